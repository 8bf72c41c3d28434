//! `trust-coach support`.

use clap::Args as ClapArgs;

use crate::error::{Error, Exit, Result};
use crate::safety::{Lines, Texts};
use crate::view::text::{inert, width, wrap};
use crate::world::World;

/// Show help lines, numbers first
///
/// Needs nothing and stores nothing. For a danger to life it names the emergency numbers first.
#[derive(Debug, ClapArgs)]
pub struct Args {
    /// Show only this country, by its two letters or its name
    #[arg(long, value_name = "COUNTRY")]
    region: Option<String>,
}

/// Prints the help lines.
pub fn run(args: &Args, world: &mut World<'_>) -> Result<Exit> {
    let (lines, texts) = (Lines::built_in(), Texts::built_in());
    let country = match &args.region {
        None => None,
        Some(words) => match lines.country(words) {
            Some(country) => Some(country),
            None => {
                // The numbers that are there matter more than the mistake.
                world.print(&set(&lines.page(None, &texts), world.terminal.columns))?;
                let codes: Vec<&str> = lines
                    .countries
                    .iter()
                    .map(|country| country.code.as_str())
                    .collect();
                return Err(Error::usage(format!("no numbers were checked for {words}"))
                    .hint(format!("the list has: {}", codes.join(", "))));
            }
        },
    };
    world.print(&set(&lines.page(country, &texts), world.terminal.columns))?;
    Ok(Exit::Done)
}

fn set(page: &str, columns: usize) -> String {
    wrap(&inert(page), width(columns)).join("\n") + "\n"
}
