//! `trust-coach import`: brings sessions in that an export has written.

use std::io;
use std::ops::ControlFlow;
use std::path::{Path, PathBuf};

use super::open::{self, UnlockFlags};
use crate::error::{Error, Exit, Result};
use crate::export::{ImportProblem, MOST_PROBLEMS, read};
use crate::home::world::World;
use crate::input::{self, InputError};
use crate::journal::{Arrival, Record, Store, StoreError, StoreLock};
use crate::ledger::Fact;
use crate::session::{Session, short_id};
use crate::text::{first_words, inert};

/// Import sessions and promises exported as JSON or JSON Lines
///
/// Sessions that are already here aren’t duplicated. A session that continued elsewhere replaces
/// the one here; if the words differ, both are kept. If anything in the file is wrong, nothing is
/// imported.
#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// The file; `-` is standard input
    #[arg(value_name = "FILE")]
    file: PathBuf,
    /// Show what would be imported, without writing anything
    #[arg(long)]
    dry_run: bool,
    #[command(flatten)]
    key: UnlockFlags,
}

/// Larger files are not read; an export can be written in parts.
const MOST_BYTES: u64 = 64 * 1024 * 1024;

/// So many problems are told; more would hide the first.
const MOST_SHOWN: usize = 20;

/// Brings them in, and tells what became of each.
pub(super) fn run(args: &Args, world: &mut World<'_>) -> Result<Exit> {
    let name = match args.file.to_str() {
        Some("-") => "standard input".to_string(),
        _ => args.file.display().to_string(),
    };
    // The passphrase is the first line of what comes in there.
    let is_behind = args.file == Path::new("-") && args.key.is_given();
    let opened = is_behind.then(|| open::to_read(world, &args.key));
    let opened = opened.transpose()?;
    let text = text(&args.file, &name)?;
    let records = read(text).map_err(|problems| wrong(&name, &problems))?;
    let sessions = records.sessions;
    let store = match opened {
        Some(store) => store,
        None => open::to_read(world, &args.key)?,
    };
    store.check()?;
    let all = match args.dry_run {
        true => None,
        false => Some(StoreLock::take(&store)?),
    };
    let (mut counts, mut open, mut failed) = (ImportCounts::default(), Vec::new(), None);
    let mut bar = world.work_bar("Importing", sessions.len(), "session");
    let mut take = |session: &Session, arrival: Result<Arrival, StoreError>| {
        let done = match arrival {
            Ok(arrival) => {
                counts.add(&arrival);
                let line = told(session, &arrival);
                let shown = bar.aside(|| world.print(&line));
                shown.map(|()| bar.at(counts.brought()))
            }
            Err(error @ StoreError::Held { .. }) => {
                open.push(Error::from(error));
                Ok(ControlFlow::Continue(()))
            }
            Err(error) => Err(Error::from(error).hint(format!(
                "at least {} of {} imported; run the same command again for the rest",
                counts.brought(),
                sessions.len()
            ))),
        };
        done.unwrap_or_else(|error| {
            failed = Some(error);
            ControlFlow::Break(())
        })
    };
    match &all {
        Some(all) => store.sessions().bring_in(all, &sessions, take),
        None => {
            let mut sessions = sessions.iter();
            let _ = sessions.try_for_each(|one| take(one, store.sessions().arrival(one)));
        }
    }
    if let Some(error) = failed {
        return Err(error);
    }
    if bar.is_stopped() {
        return Err(bar
            .stopped()
            .hint("run the same command again for the rest"));
    }
    drop(bar);
    if !args.dry_run && counts.new + counts.beside > 0 {
        store.adopt_all_partner_keys();
    }
    world.tell(&counts.told(args.dry_run));
    if !records.facts.is_empty() {
        let facts = FactArrivals::find(&store, records.facts)?;
        if !args.dry_run {
            store.facts().add(&facts.new)?;
        }
        world.tell(&facts.told());
        open.extend(facts.other);
    }
    for error in &open {
        world.tell(&format!(
            "{}\n",
            inert(&format!("left out: {}", error.message))
        ));
    }
    Ok(if open.is_empty() {
        Exit::Done
    } else {
        Exit::Failed
    })
}

/// What came in, for people.
#[derive(Debug, Default)]
struct ImportCounts {
    new: usize,
    further: usize,
    beside: usize,
    here: usize,
}

impl ImportCounts {
    fn add(&mut self, arrival: &Arrival) {
        match arrival {
            Arrival::New => self.new += 1,
            Arrival::Further => self.further += 1,
            Arrival::Beside(_) => self.beside += 1,
            Arrival::Here => self.here += 1,
        }
    }

    fn brought(&self) -> usize {
        self.new + self.further + self.beside + self.here
    }

    fn told(&self, dry_run: bool) -> String {
        let parts = [
            (self.new, "new"),
            (self.further, "updated"),
            (self.beside, "kept beside another"),
            (self.here, "already here"),
        ];
        let parts = parts.iter().filter(|(count, _)| *count > 0);
        let parts = parts
            .map(|(count, what)| format!("{count} {what}"))
            .collect::<Vec<_>>();
        let what = match parts.is_empty() {
            true => "it has no sessions".to_string(),
            false => parts.join(", "),
        };
        match dry_run {
            true => format!("{what}; nothing was imported\n"),
            false => format!("{what}\n"),
        }
    }
}

/// What becomes of facts that come in. Facts never change, so nothing goes on, and nothing is kept twice.
#[derive(Debug, Default)]
struct FactArrivals {
    new: Vec<Fact>,
    here: usize,
    /// Those that say something else than the one of that name here.
    other: Vec<Error>,
}

impl FactArrivals {
    fn find(store: &Store, facts: Vec<Fact>) -> Result<Self> {
        let mut arrivals = Self::default();
        for fact in facts {
            match store.facts().read(&fact.id) {
                Ok(here) if here.is_same(&fact) => arrivals.here += 1,
                Ok(_) | Err(StoreError::Unreadable { .. }) => {
                    let id = short_id(&fact.id);
                    let other = format!("fact {id} is already here and says something else");
                    arrivals.other.push(Error::failed(other));
                }
                Err(StoreError::Gone { .. }) => arrivals.new.push(fact),
                Err(error) => return Err(error.into()),
            }
        }
        // A file that somebody put together can have one twice.
        arrivals.new.sort_by(|one, other| one.id.cmp(&other.id));
        arrivals.new.dedup();
        Ok(arrivals)
    }

    fn told(&self) -> String {
        let parts = [(self.new.len(), "new"), (self.here, "already here")];
        let parts = parts.iter().filter(|(count, _)| *count > 0);
        let parts = parts
            .map(|(count, what)| format!("{count} {what}"))
            .collect::<Vec<_>>();
        match parts.is_empty() {
            true => String::new(),
            false => format!("facts about promises: {}\n", parts.join(", ")),
        }
    }
}

/// A session that comes in, in a line. What is already here is only counted.
fn told(session: &Session, arrival: &Arrival) -> String {
    let facts = format!(
        "{}  {}  {}",
        inert(&session.started.minute()),
        session.short_id(),
        first_words(&session.title, usize::MAX)
    );
    match arrival {
        Arrival::Here => String::new(),
        Arrival::New => format!("new      {facts}\n"),
        Arrival::Further => format!("updated  {facts}\n"),
        Arrival::Beside(id) => format!("beside   {facts} (as {})\n", short_id(id)),
    }
}

fn text(path: &Path, name: &str) -> Result<String> {
    let bytes = match path.to_str() {
        Some("-") => input::read_bytes(io::stdin(), MOST_BYTES),
        _ => input::open(path).and_then(|file| input::read_bytes(file, MOST_BYTES)),
    };
    let sealed = |bytes: &Vec<u8>| {
        SEALED
            .iter()
            .any(|start| bytes.starts_with(start.as_bytes()))
    };
    if bytes.as_ref().is_ok_and(sealed) {
        return Err(Error::usage(format!("{name} is sealed with age"))
            .hint("decrypt it first: age --decrypt -i KEY FILE | trust-coach import -"));
    }
    bytes.and_then(input::decode).map_err(|error| match error {
        InputError::Io(error) => Error::failed(format!("could not read {name}")).because(&error),
        InputError::TooLarge(_) => Error::failed(format!("{name} is larger than 64 MiB"))
            .hint("export it in parts, with --since and --until"),
        error => Error::usage(format!("{name}: {error}")),
    })
}

/// What files of age begin with.
const SEALED: [&str; 2] = ["age-encryption.org/", "-----BEGIN AGE ENCRYPTED FILE-----"];

fn wrong(name: &str, problems: &[ImportProblem]) -> Error {
    let what = match problems.len() {
        1 => "there’s a problem".to_string(),
        MOST_PROBLEMS => format!("there are {MOST_PROBLEMS} problems or more"),
        count => format!("there are {count} problems"),
    };
    let mut error = Error::usage(format!("{what} in {name}; nothing was imported"));
    for problem in problems.iter().take(MOST_SHOWN) {
        error = error.detail(format!("{}: {}", problem.place, problem.message));
    }
    match problems.len().saturating_sub(MOST_SHOWN) {
        0 => error,
        more => error.detail(format!("and {more} more")),
    }
}
