//! `trust-coach support`, and what belongs to it: the person's own contacts.

mod own;

use clap::Subcommand;
use serde_json::{Value, json};

use crate::error::{Error, Exit, Result};
use crate::home::support::SupportSource;
use crate::home::world::World;
use crate::safety::{Contact, Contacts, Country, HelpLines, Support};
use crate::text::json;
use crate::text::{inert, width, wrap};

/// Show help lines, numbers first
///
/// Needs nothing and stores nothing. For a danger to life it names the emergency numbers first,
/// then the people you added yourself.
#[derive(Debug, clap::Args)]
#[command(args_conflicts_with_subcommands = true)]
pub struct Args {
    #[command(subcommand)]
    command: Option<SupportCommand>,
    /// Show only this country, by its two letters or its name
    #[arg(long, value_name = "COUNTRY")]
    region: Option<String>,
    /// Print JSON
    #[arg(long)]
    json: bool,
}

#[derive(Debug, Subcommand)]
enum SupportCommand {
    Add(own::AddContact),
    List(own::ListContacts),
    Remove(own::RemoveContact),
}

/// Carries it out.
pub fn run(args: &Args, world: &mut World<'_>) -> Result<Exit> {
    match &args.command {
        None => show(args, world),
        Some(SupportCommand::Add(args)) => own::add(args, world),
        Some(SupportCommand::List(args)) => own::list(args, world),
        Some(SupportCommand::Remove(args)) => own::remove(args, world),
    }
}

/// Prints the help lines.
fn show(args: &Args, world: &mut World<'_>) -> Result<Exit> {
    let mut support = SupportSource::look(world).support();
    if let Some(words) = &args.region {
        support.region = Some(words.clone());
    }
    if args.json {
        world.print(&json::pretty(&object(&support)))?;
        if let Err(reason) = &support.contacts {
            let warning = format!("warning: your own contacts could not be read\n{reason}\n");
            world.tell(&inert(&warning));
        }
    } else {
        let page = wrap(&inert(&support.page()), width(world.terminal.columns));
        world.page(&(page.join("\n") + "\n"))?;
    }
    match (&support.region, support.country()) {
        // The numbers that are there matter more than the mistake.
        (Some(words), None) => Err(Error::usage(format!("no numbers were checked for {words}"))
            .hint(format!("the list has: {}", codes(&support.lines)))),
        _ => Ok(Exit::Done),
    }
}

fn codes(lines: &HelpLines) -> String {
    let codes = lines.countries.iter().map(|country| country.code.as_str());
    codes.collect::<Vec<_>>().join(", ")
}

/// One country, or all of them.
fn object(support: &Support) -> Value {
    let wanted = support.country();
    let countries = support.lines.countries.iter();
    let countries = countries.filter(|one| wanted.is_none_or(|wanted| wanted.code == one.code));
    let none = Contacts::default();
    let contacts = support.contacts.as_ref().unwrap_or(&none);
    let directories = support
        .lines
        .directories
        .iter()
        .map(|list| json!({ "name": list.name, "address": list.address, "note": list.note }));
    json!({
        "format": "1.0",
        "checked": support.lines.checked,
        "old": support.is_old(),
        "contacts": contacts.all.iter().map(contact).collect::<Vec<_>>(),
        "countries": countries.map(country).collect::<Vec<_>>(),
        "directories": directories.collect::<Vec<_>>(),
    })
}

fn country(country: &Country) -> Value {
    let lines = country.lines.iter().map(|line| {
        json!({
            "name": line.name,
            "number": line.number,
            "for": line.whom,
            "hours": line.hours,
            "note": line.note,
        })
    });
    json!({
        "code": country.code,
        "name": country.name,
        "emergency": country.emergency,
        "note": country.note,
        "lines": lines.collect::<Vec<_>>(),
    })
}

fn contact(contact: &Contact) -> Value {
    json!({ "name": contact.name, "number": contact.number })
}
