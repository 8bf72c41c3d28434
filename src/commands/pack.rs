//! `pack` and what belongs to it: exercises that somebody else wrote.

use std::collections::BTreeSet;
use std::io::{self, BufRead, ErrorKind};
use std::path::{Path, PathBuf};

use serde_json::{Value, json};

use super::open;
use crate::error::{Error, Exit, Result};
use crate::exercise::library::bundle::{self, Bundle, Refusal};
use crate::exercise::library::{packs, quoted};
use crate::exercise::{Exercise, MANIFEST, Pack, id_in, parse};
use crate::format::report;
use crate::format::{did_you_mean, is_id};
use crate::home::within_reach;
use crate::home::world::World;
use crate::plan;
use crate::text::json as view;
use crate::text::{inert, width, wrap};

/// Add, list and remove packs: exercises that somebody else wrote
///
/// A pack is a folder with exercises and a pack.toml. Nothing in it is ever run. Its exercises are
/// called PACK/EXERCISE, and they’re marked as third-party wherever they’re shown.
#[derive(Debug, clap::Args)]
pub struct Args {
    #[command(subcommand)]
    command: PackCommand,
}

#[derive(Debug, clap::Subcommand)]
enum PackCommand {
    Add(AddPack),
    List(ListPacks),
    Remove(RemovePack),
}

/// Check a pack and copy it to your files
#[derive(Debug, clap::Args)]
struct AddPack {
    /// The pack’s folder
    #[arg(value_name = "DIR")]
    folder: PathBuf,
    /// Replace the pack with the same name
    #[arg(long)]
    replace: bool,
}

/// List the packs you added
#[derive(Debug, clap::Args)]
struct ListPacks {
    /// Print JSON
    #[arg(long)]
    json: bool,
}

/// Remove a pack, but keep the sessions of its exercises
#[derive(Debug, clap::Args)]
struct RemovePack {
    /// Its name, as `trust-coach pack list` shows it
    name: String,
    /// Don’t ask
    #[arg(long)]
    yes: bool,
}

/// Carries it out.
pub fn run(args: &Args, world: &mut World<'_>) -> Result<Exit> {
    let folder = world.folders()?.packs();
    match &args.command {
        PackCommand::Add(args) => add(args, world, &folder),
        PackCommand::List(args) => list(args, world, &folder),
        PackCommand::Remove(args) => remove(args, world, &folder, &mut io::stdin().lock()),
    }
}

fn add(args: &AddPack, world: &mut World<'_>, packs: &Path) -> Result<Exit> {
    let bundle = match Bundle::read(&args.folder) {
        Ok(bundle) => match broken_plans(&bundle, &args.folder) {
            Some(refusal) => return Err(refused(refusal, &args.folder, world)?),
            None => bundle,
        },
        Err(refusal) => return Err(refused(refusal, &args.folder, world)?),
    };
    let pack = &bundle.pack;
    let mut lines = vec![about(pack), String::from(THIRD_PARTY), String::new()];
    for exercise in &bundle.exercises {
        let head = &exercise.head;
        lines.push(format!("{}  {} min", head.id, head.minutes));
        lines.push(format!("  {}", head.title));
    }
    for (name, text) in bundle.plans() {
        if let Ok(plan) = plan::parse::plan(name, text) {
            lines.push(format!("{}  {} weeks", id_of_plan(name, pack), plan.weeks));
            lines.push(format!("  {}", plan.title));
        }
    }
    let quotes: BTreeSet<&str> = bundle
        .exercises
        .iter()
        .flat_map(Exercise::outside_references)
        .filter_map(|reference| reference.exercise.as_deref())
        .filter(|other| other.split_once('/').is_none_or(|(of, _)| of != pack.name))
        .collect();
    if !quotes.is_empty() {
        let quotes: Vec<&str> = quotes.into_iter().collect();
        lines.push(format!(
            "\nIts screens show answers that you gave in: {}",
            quotes.join(", ")
        ));
    }
    let installed = bundle.install(packs, args.replace);
    installed.map_err(|error| match error.kind() {
        ErrorKind::AlreadyExists => {
            Error::usage(format!("there’s already a pack called {}", pack.name))
                .hint("--replace puts this one in its place; your sessions stay")
        }
        _ => could_not("add", pack, &error),
    })?;
    lines.push(format!(
        "\nAdded. To remove it: trust-coach pack remove {}",
        pack.name
    ));
    let text = wrap(&inert(&lines.join("\n")), width(world.terminal.columns));
    world.tell(&(text.join("\n") + "\n"));
    Ok(Exit::Done)
}

/// What is wrong with the plans of a pack, where anything is.
fn broken_plans(bundle: &Bundle, folder: &Path) -> Option<Refusal> {
    let problems = bundle.plans().filter_map(|(name, text)| {
        let problems = plan::parse::plan(name, text).err()?;
        Some((folder.join(name), text.to_string(), problems))
    });
    let broken: Vec<_> = problems.collect();
    (!broken.is_empty()).then_some(Refusal::Broken(broken))
}

/// What a plan of a pack is called.
fn id_of_plan(name: &str, pack: &Pack) -> String {
    let stem = Path::new(name).file_stem().unwrap_or_default();
    id_in(&pack.name, &stem.to_string_lossy())
}

/// Shows what is wrong, and says why the pack stays out.
fn refused(refusal: Refusal, folder: &Path, world: &mut World<'_>) -> Result<Error> {
    let files = match refusal {
        Refusal::Unfit { path, reason } => {
            let what = format!("{} wasn’t added", folder.display());
            return Ok(Error::usage(what)
                .detail(format!("{}: {reason}", path.display()))
                .hint("`trust-coach help pack` says what a pack is"));
        }
        Refusal::Broken(files) => files,
    };
    let mut count = 0;
    for (path, text, problems) in &files {
        count += problems.len();
        let name = inert(&path.to_string_lossy()).into_owned();
        for found in problems.iter().take(MOST_SHOWN) {
            let columns = world.terminal.columns;
            world.print(&report::human(&name, text, found, columns))?;
        }
    }
    let errors = match count {
        1 => String::from("1 error"),
        count => format!("{count} errors"),
    };
    let what = format!("{} wasn’t added: it has {errors}", folder.display());
    let names = files.iter().map(|(path, ..)| quoted(path));
    let names = names.collect::<Vec<_>>().join(" ");
    Ok(Error::new(Exit::BadExercise, what).hint(format!("trust-coach check {names}")))
}

fn list(args: &ListPacks, world: &mut World<'_>, folder: &Path) -> Result<Exit> {
    within_reach(folder)?;
    let all = packs(folder);
    if args.json {
        let all: Vec<Value> = all
            .iter()
            .map(|(pack, files)| {
                let mut object = object(pack);
                object["exercises"] = json!(exercises(pack, files));
                object["path"] = json!(folder.join(&pack.name).to_string_lossy());
                object
            })
            .collect();
        world.print(&view::pretty(&json!({ "format": "1.0", "packs": all })))?;
        return Ok(Exit::Done);
    }
    let width = width(world.terminal.columns);
    for (pack, files) in &all {
        let mut block = vec![about(pack)];
        block.extend(exercises(pack, files).iter().map(|id| format!("  {id}")));
        let text = wrap(&inert(&block.join("\n")), width);
        world.print(&(text.join("\n") + "\n"))?;
        let manifest = folder.join(&pack.name).join(MANIFEST);
        let said = crate::exercise::library::read(&manifest);
        if said.is_err() || said.is_ok_and(|text| parse::pack(&text).is_err()) {
            let check = quoted(&manifest);
            world.tell(&format!(
                "warning: {} can’t be read\nhint: trust-coach check {check}\n",
                inert(&manifest.to_string_lossy())
            ));
        }
    }
    if all.is_empty() {
        world.tell(NONE);
    }
    Ok(Exit::Done)
}

/// The ids of a pack's exercises.
fn exercises(pack: &Pack, files: &[PathBuf]) -> Vec<String> {
    let names = files.iter().filter_map(|path| path.file_name()?.to_str());
    let ids = names.filter_map(|name| name.strip_suffix(".toml"));
    let ids = ids.filter(|id| is_id(id) && format!("{id}.toml") != MANIFEST);
    ids.map(|id| format!("{}/{id}", pack.name)).collect()
}

fn remove(
    args: &RemovePack,
    world: &mut World<'_>,
    folder: &Path,
    input: &mut dyn BufRead,
) -> Result<Exit> {
    let all = packs(folder);
    let Some((pack, _)) = all.iter().find(|(pack, _)| pack.name == args.name) else {
        let none = Error::usage(format!("there’s no pack called {}", args.name));
        let names = all.iter().map(|(pack, _)| pack.name.as_str());
        let meant = did_you_mean(&args.name, names);
        return Err(none.hint(meant.unwrap_or_else(|| String::from(LISTED))));
    };
    if !args.yes && !asked(pack, world, input)? {
        world.tell("Nothing was removed.\n");
        return Ok(Exit::Failed);
    }
    bundle::remove(folder, &pack.name).map_err(|error| could_not("remove", pack, &error))?;
    world.tell(&format!("Removed {}. {SESSIONS_STAY}\n", pack.name));
    Ok(Exit::Done)
}

fn asked(pack: &Pack, world: &mut World<'_>, input: &mut dyn BufRead) -> Result<bool> {
    let name = &pack.name;
    if !open::can_ask(world) {
        let what = format!("removing pack {name} needs a yes");
        return Err(Error::nobody_to_ask(what).hint("add --yes to remove it without asking"));
    }
    world.tell(&inert(&format!(
        "{}\nThis removes it. {SESSIONS_STAY}\n\
         Type {name} to remove it, or press Enter to keep it.\n",
        about(pack)
    )));
    open::asker(world, input).confirm_name("Pack", name)
}

fn could_not(what: &str, pack: &Pack, error: &io::Error) -> Error {
    Error::failed(format!("could not {what} the pack {}", pack.name)).because(error)
}

/// A pack in a line: who made it, and what it is.
fn about(pack: &Pack) -> String {
    let title = pack.title.as_ref();
    let title = title.map_or(String::new(), |title| format!(" ({title})"));
    format!(
        "{}{title}, version {}, by {}, licence {}, in {}",
        pack.name, pack.version, pack.author, pack.licence, pack.language
    )
}

/// A pack as an object.
pub(super) fn object(pack: &Pack) -> Value {
    json!({
        "name": pack.name,
        "title": pack.title,
        "author": pack.author,
        "licence": pack.licence,
        "version": pack.version,
        "language": pack.language,
        "address": pack.address,
        "third_party": true,
    })
}

/// Who sees so many problems of one file mends some of them first.
const MOST_SHOWN: usize = 100;

// Texts for people.
const THIRD_PARTY: &str = "It’s third-party: it doesn’t come with trust-coach, and the people who make trust-coach haven’t read it.";
const SESSIONS_STAY: &str = "What you wrote in its exercises stays.";
const LISTED: &str = "`trust-coach pack list` shows yours";
const NONE: &str = "No pack has been added yet: trust-coach pack add DIR\n";
