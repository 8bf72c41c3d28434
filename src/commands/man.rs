//! `trust-coach man`: the manual, a page for each command.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use clap::Command;
use clap_mangen::Man;

use crate::error::{EXITS, Error, Exit, Result};
use crate::home::new_file::refuse_own;
use crate::home::settings::KEYS;
use crate::home::world::World;

/// Write the manual, one page per command
///
/// Read a page with `man -l DIR/trust-coach.1`, or put them in a folder that `manpath` lists.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// The folder to write them to; it’s created if needed
    #[arg(long, value_name = "DIR")]
    dir: PathBuf,
}

/// Writes the pages and prints their paths.
pub fn run(args: &Args, world: &mut World<'_>) -> Result<Exit> {
    let failed = |path: &Path, error: &io::Error| {
        Error::failed(format!("could not write {}", path.display())).because(error)
    };
    refuse_own(&args.dir, world)?;
    fs::create_dir_all(&args.dir).map_err(|error| failed(&args.dir, &error))?;
    let mut command = super::Cli::command().disable_help_subcommand(true);
    command.build();
    for (name, page) in pages(&command)? {
        let path = args.dir.join(name);
        fs::write(&path, page).map_err(|error| failed(&path, &error))?;
        let line = format!("{}\n", path.display());
        world.print(&crate::text::inert(&line))?;
    }
    Ok(Exit::Done)
}

/// The page of a command and of those below it: file name and text.
fn pages(command: &Command) -> Result<Vec<(String, Vec<u8>)>> {
    let name = command.get_display_name().unwrap_or(command.get_name());
    let text = page(command)
        .map_err(|error| Error::failed(format!("could not set the page {name}")).because(&error))?;
    let mut all = vec![(format!("{name}.1"), text)];
    for below in command
        .get_subcommands()
        .filter(|below| !below.is_hide_set())
    {
        all.extend(pages(below)?);
    }
    Ok(all)
}

fn page(command: &Command) -> io::Result<Vec<u8>> {
    let source = concat!("trust-coach ", env!("CARGO_PKG_VERSION"));
    let man = Man::new(command.clone()).source(source);
    let mut text = Vec::new();
    man.render_title(&mut text)?;
    man.render_name_section(&mut text)?;
    man.render_synopsis_section(&mut text)?;
    man.render_description_section(&mut text)?;
    man.render_options_section(&mut text)?;
    if command.get_subcommands().next().is_some() {
        man.render_subcommands_section(&mut text)?;
    }
    let exits = EXITS.iter().map(|(code, means)| (code.to_string(), *means));
    text.extend(section("EXIT STATUS", exits).into_bytes());
    // The settings belong to all commands, and stand on the page of the program.
    if command
        .get_display_name()
        .is_none_or(|name| name == command.get_name())
    {
        let named = KEYS.iter().filter(|key| !key.variables.is_empty());
        let variables = named.map(|key| (key.variables.join(", "), key.help));
        let home = (String::from("TRUST_COACH_HOME"), HOME);
        text.extend(section("ENVIRONMENT", variables.chain([home])).into_bytes());
        let keys = KEYS.iter().map(|key| (key.name.to_string(), key.help));
        text.extend(section("SETTINGS", keys).into_bytes());
    }
    Ok(text)
}

/// A section with a term and its meaning in each item.
fn section<'a>(title: &str, items: impl Iterator<Item = (String, &'a str)>) -> String {
    let items =
        items.map(|(term, means)| format!(".TP\n\\fB{}\\fR\n{}\n", roff(&term), roff(means)));
    format!(".SH \"{title}\"\n{}", items.collect::<String>())
}

/// A line of text that roff takes for text.
fn roff(line: &str) -> String {
    let escaped = line.replace('\\', "\\e").replace('-', "\\-");
    if escaped.starts_with(['.', '\'']) {
        return format!("\\&{escaped}");
    }
    escaped
}

const HOME: &str = "one folder for everything: settings, sessions and your own exercises";
