//! `trust-coach support`.

use clap::Args as ClapArgs;
use serde_json::{Value, json};

use crate::config::Kind;
use crate::error::{Error, Exit, Result};
use crate::safety::{Country, Lines, Texts};
use crate::view::json;
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
    /// Print JSON
    #[arg(long)]
    json: bool,
}

/// All countries are taller than a window. What stands last is what stays in sight, so the emergency
/// numbers are said there once more.
const ONE_COUNTRY: &str = "For one country: trust-coach support --region US";

/// Prints the help lines.
pub fn run(args: &Args, world: &mut World<'_>) -> Result<Exit> {
    let lines = Lines::built_in();
    let usual = world.config.settings.value(Kind::Country).map(String::from);
    let words = args.region.clone().or(usual);
    let country = words.as_ref().and_then(|words| lines.country(words));
    let page = if args.json {
        json::pretty(&object(&lines, country))
    } else {
        let mut page = lines.page(country, &Texts::built_in());
        if country.is_none() {
            page = format!("{page}\n\n{ONE_COUNTRY}\n\n{}", lines.emergency(None));
        }
        set(&page, world.terminal.columns)
    };
    world.print(&page)?;
    match (words, country) {
        // The numbers that are there matter more than the mistake.
        (Some(words), None) => Err(Error::usage(format!("no numbers were checked for {words}"))
            .hint(format!("the list has: {}", codes(&lines)))),
        _ => Ok(Exit::Done),
    }
}

fn codes(lines: &Lines) -> String {
    let codes = lines.countries.iter().map(|country| country.code.as_str());
    codes.collect::<Vec<_>>().join(", ")
}

/// One country, or all of them.
fn object(lines: &Lines, country: Option<&Country>) -> Value {
    let countries = lines.countries.iter();
    let countries = countries.filter(|one| country.is_none_or(|wanted| wanted.code == one.code));
    let countries = countries.map(|country| {
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
    });
    let directories = lines
        .directories
        .iter()
        .map(|list| json!({ "name": list.name, "address": list.address, "note": list.note }));
    json!({
        "format": "1.0",
        "checked": lines.checked,
        "countries": countries.collect::<Vec<_>>(),
        "directories": directories.collect::<Vec<_>>(),
    })
}

fn set(page: &str, columns: usize) -> String {
    wrap(&inert(page), width(columns)).join("\n") + "\n"
}
