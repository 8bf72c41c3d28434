//! `trust-coach where`.

use clap::Args as ClapArgs;

use crate::error::{Exit, Result};
use crate::home::world::World;
use crate::text::inert;
use crate::text::json::line;

/// Show where your files are
#[derive(Debug, ClapArgs)]
pub struct Args {
    /// Print JSON
    #[arg(long)]
    json: bool,
}

/// Prints the folders.
pub fn run(args: &Args, world: &mut World<'_>) -> Result<Exit> {
    let folders = world.folders()?;
    let places = [
        (
            "sessions",
            folders.data.join("sessions"),
            "what you wrote, a file for each session",
        ),
        (
            "ledger",
            folders.data.join("ledger"),
            "what you said about promises, a file for each entry",
        ),
        ("exercises", folders.exercises(), "exercises of your own"),
        (
            "packs",
            folders.packs(),
            "exercises that somebody else wrote",
        ),
        (
            "contacts",
            folders.contacts(),
            "people you can call, in plain text",
        ),
        (
            "state",
            folders.state.clone(),
            "locks, unfinished editor drafts, and open days of promises",
        ),
        ("config", folders.config(), "your settings"),
    ];
    if args.json {
        let mut object = serde_json::Map::new();
        object.insert("format".into(), "1.0".into());
        for (name, path, _) in &places {
            object.insert((*name).into(), path.display().to_string().into());
        }
        return world
            .print(&line(&serde_json::Value::Object(object)))
            .map(|()| Exit::Done);
    }
    let lines = places.iter().map(|(name, path, what)| {
        format!(
            "{name:<10} {}\n           {what}\n",
            inert(&path.display().to_string())
        )
    });
    world.print(&lines.collect::<String>())?;
    Ok(Exit::Done)
}
