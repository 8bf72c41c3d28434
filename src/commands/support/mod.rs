//! `trust-coach support`, and what belongs to it: the person's own contacts.

mod own;

use clap::Subcommand;
use serde_json::{Value, json};

use crate::error::{Error, Exit, Result};
use crate::format::{beginning_with, nearest};
use crate::home::support::SupportSource;
use crate::home::world::World;
use crate::safety::{Contacts, Country, HelpLines, Support};
use crate::text::json;
use crate::text::language::Language;
use crate::text::{inert, width, wrap};

/// Show help lines, numbers first
///
/// Needs nothing and stores nothing. It shows the emergency numbers first, then the
/// people you added yourself. The country is the one in your settings; otherwise it’s guessed from
/// your time zone and language settings, and the first line says so. In a German locale, or with
/// `language = "de"` in your settings, it’s in German.
#[derive(Debug, clap::Args)]
#[command(args_conflicts_with_subcommands = true)]
pub struct Args {
    #[command(subcommand)]
    command: Option<SupportCommand>,
    /// Show the lines of this country, by its two letters or its name
    country: Vec<String>,
    /// The same as COUNTRY, for scripts
    #[arg(long, value_name = "COUNTRY", conflicts_with = "country")]
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
    let language = match args.json {
        true => Language::English,
        false => Language::of(&world.language()),
    };
    let mut support = SupportSource::look(world).support_in(language);
    support.command = "trust-coach support";
    let named = (!args.country.is_empty()).then(|| args.country.join(" "));
    if let Some(country) = named.or_else(|| args.region.clone()) {
        support.region = Some(country);
    }
    if args.json {
        world.print(&json::pretty(&object(&support)))?;
        if let Err(reason) = &support.contacts {
            let warning = format!("warning: your own contacts could not be read\n{reason}\n");
            world.tell(&inert(&warning));
        }
    } else {
        let page = wrap(&inert(&support.page()), width(world.terminal.columns));
        world.page_in(language, &(page.join("\n") + "\n"))?;
    }
    match (&support.region, support.country()) {
        // The numbers that are there matter more than the mistake.
        (Some(words), None) => Err(unknown(words, language)),
        _ => Ok(Exit::Done),
    }
}

/// A country without an entry, and which one could have been meant.
fn unknown(words: &str, language: Language) -> Error {
    let error = Error::usage(format!("no help lines are listed for {words}"));
    let countries = &HelpLines::built_in().countries;
    let names = countries
        .iter()
        .map(|country| language.translate(&country.name));
    let begun: Vec<&str> = beginning_with(words, names.clone()).collect();
    if let [others @ .., last] = begun.as_slice()
        && !others.is_empty()
    {
        let others = others.join(", ");
        return error.hint(format!("did you mean {others} or {last}?"));
    }
    if let Some(name) = nearest(words, names) {
        return error.hint(format!("did you mean {name}?"));
    }
    let codes = countries.iter().map(|country| country.code.as_str());
    let codes = codes.collect::<Vec<_>>().join(", ");
    error.hint(format!("the list has: {codes}"))
}

/// The country whose lines the page shows, or all of them where none is known.
fn object(support: &Support) -> Value {
    let (lines, found) = (HelpLines::built_in(), support.country());
    let countries = lines.countries.iter();
    let countries = countries.filter(|one| found.is_none_or(|(found, _)| found.code == one.code));
    let none = Contacts::default();
    let contacts = support.contacts.as_ref().unwrap_or(&none);
    let directories = lines.directories.iter();
    let directories = directories.map(|list| json!({ "name": list.name, "address": list.address }));
    json!({
        "format": "1.0",
        "country": found.map(|(country, _)| &country.code),
        "from": found.map(|(_, origin)| origin.name()),
        "contacts": contacts.all.iter().map(own::contact).collect::<Vec<_>>(),
        "countries": countries.map(|one| country(one, support)).collect::<Vec<_>>(),
        "directories": directories.collect::<Vec<_>>(),
    })
}

fn country(country: &Country, support: &Support) -> Value {
    let emergency = country.emergency.iter();
    let emergency = emergency.map(|one| json!({ "number": one.number, "for": one.whom }));
    let lines = country.lines.iter().map(|line| {
        json!({
            "name": line.name,
            "number": line.number,
            "need": line.need.name(),
            "for": line.whom,
            "area": line.area,
            "hours": line.hours,
            "text": line.text,
            "languages": line.languages,
            "page": line.page,
            "checked": line.checked.to_string(),
            "old": support.is_old(line.checked),
        })
    });
    json!({
        "code": country.code,
        "name": country.name,
        "emergency": emergency.collect::<Vec<_>>(),
        "silent": country.silent,
        "note": country.note,
        "page": country.page,
        "checked": country.checked.to_string(),
        "old": support.is_old(country.checked),
        "lines": lines.collect::<Vec<_>>(),
    })
}
