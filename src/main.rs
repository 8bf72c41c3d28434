//! The program: parse, run, report, exit code.

use std::io::{self, Write};
use std::process::ExitCode;

use trust_coach::commands::{self, Cli};
use trust_coach::error::{Exit, Result};
use trust_coach::home::world::World;

fn main() -> ExitCode {
    let cli = match Cli::read(&std::env::args_os().collect::<Vec<_>>()) {
        Ok(cli) => cli,
        Err(error) => {
            return ExitCode::from(commands::not_read(&error).code());
        }
    };
    match run(&cli) {
        Ok(exit) => ExitCode::from(exit.code()),
        Err(error) => {
            let _ = write!(io::stderr(), "{error}");
            ExitCode::from(error.exit.code())
        }
    }
}

fn run(cli: &Cli) -> Result<Exit> {
    trust_coach::error::keep_words_out_of_panics();
    trust_coach::home::world::keep_memory_private();
    trust_coach::home::world::fail_at_limits();
    let (mut out, mut err) = (io::stdout(), io::stderr());
    let mut world = World::look(&mut out, &mut err, &cli.flags())?;
    commands::run(cli, &mut world).or_else(|error| Ok(world.tell_error(&error)))
}
