//! `trust-coach doctor`: looks at every file, says what is wrong, and offers the repairs that are
//! safe.

mod extra;
mod outcome;
mod show;
mod words;

use std::io::{self, BufRead};

use outcome::{Checkup, DoctorEntry, RepairMode, RepairResult};

use super::open::{self, UnlockFlags};
use crate::error::{Exit, Result};
use crate::home::world::{World, random};
use crate::journal::health::{HealthIssue, HealthReport};
use crate::journal::{Store, StoreLock, Vault};
use crate::sessions::follow_unfollowed_promises;
use crate::text::inert;
use crate::text::json::pretty;

/// Check all your files, show what’s wrong, and offer safe repairs
///
/// Checks every session and everything you said about promises: whether it can be read, whose it
/// is, who can read it, and what sync programs or interrupted runs left beside it. Checks your own
/// exercises and settings too. At a terminal it asks before each kind of repair. No repair throws
/// words away: what’s in the way is moved to the quarantine folder. Exits with 0 when nothing is
/// wrong any more, and with 6 when something is. What’s encrypted is checked from the inside only
/// if you give the passphrase.
#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// Do every safe repair without asking
    #[arg(long)]
    repair: bool,
    /// Print JSON, and don’t ask anything
    #[arg(long)]
    json: bool,
    #[command(flatten)]
    key: UnlockFlags,
}

/// Looks at every file.
fn examine(world: &World<'_>, store: &Store) -> Result<HealthReport> {
    let forms = store.forms().unwrap_or_default();
    let count = forms.plain.all() + forms.sealed.all();
    let mut bar = world.work_bar("Looking", count, "file");
    let now = world.clock.now().timestamp().into();
    let report = store.examine(now, &mut |looked| bar.at(looked));
    if bar.is_stopped() {
        return Err(bar.stopped().hint("nothing was changed"));
    }
    Ok(report)
}

/// Looks, tells, and repairs what may be repaired.
pub(super) fn run(args: &Args, world: &mut World<'_>) -> Result<Exit> {
    let mut store = open::to_write(world)?;
    let mut passphrase = None;
    if args.key.is_given() && store.vault()? == Vault::KeyMissing {
        // Without its key there is nothing to open, and all the more to look for.
        passphrase = args.key.brought(world)?;
    } else if args.key.is_given() && store.any_sealed() {
        // Where nothing sealed has its own name, there's nothing to open before that's mended.
        store = open::to_read(world, &args.key)?;
    }
    if args.repair {
        follow_unfollowed_promises(world, &store);
    }
    let library = crate::home::library(world);
    let mut report = examine(world, &store)?;
    let folders = world.folders()?;
    report.file(&folders.config(), false);
    report.file(&folders.contacts(), true);
    if let Some(passphrase) = &passphrase {
        report.key_is(store.key_for(passphrase).as_deref());
    }
    let HealthReport {
        records,
        mut findings,
    } = report;
    let exercises = extra::exercises(&library, &mut findings);
    extra::plans_and_rules(world, &library, &mut findings);
    extra::settings(world, &mut findings);
    extra::drafts(&store, &mut findings);
    findings.sort_by_key(|one| one.sort);
    let ask = !args.json && !args.repair && open::can_ask(world);
    let mut doctor = Doctor {
        store: &store,
        lock: None,
        how: match (args.repair, ask) {
            (true, _) => RepairMode::All,
            (false, true) => RepairMode::Ask,
            (false, false) => RepairMode::Nothing,
        },
    };
    let groups = findings.chunk_by(|one, other| (one.sort, one.noun) == (other.sort, other.noun));
    let groups: Vec<&[HealthIssue]> = groups.collect();
    let agreed = match doctor.how {
        RepairMode::All => vec![true; groups.len()],
        RepairMode::Nothing => vec![false; groups.len()],
        RepairMode::Ask => {
            for group in &groups {
                print(world, &show::group(group))?;
            }
            agreed(world, &groups, &mut io::stdin().lock())?
        }
    };
    let mut cases = Vec::new();
    for (group, may) in groups.into_iter().zip(agreed) {
        if !args.json && doctor.how != RepairMode::Ask {
            print(world, &show::group(group))?;
        }
        let treated = doctor.treat(group, may)?;
        if !args.json {
            print(world, &show::outcomes(&treated, doctor.how))?;
        }
        cases.extend(treated);
    }
    if cases.iter().any(show::is_repaired) {
        store.adopt_all_partner_keys();
    }
    let looked = Checkup {
        folder: store.data_folder().to_path_buf(),
        records,
        exercises,
        quarantine: (store.quarantine(), entries(&store)),
    };
    if args.json {
        world.print(&pretty(&show::json(&looked, &cases)))?;
    } else {
        print(world, &show::end(&looked, &cases, doctor.how))?;
    }
    Ok(if cases.iter().all(show::is_repaired) {
        Exit::Done
    } else {
        Exit::Found
    })
}

/// Prints lines for people: on a screen set to its width, else as they are.
fn print(world: &mut World<'_>, text: &str) -> Result<()> {
    if world.terminal.stdout {
        let page = open::set(text, world.terminal.columns);
        world.print(&page)
    } else {
        world.print(&inert(text))
    }
}

struct Doctor<'s> {
    store: &'s Store,
    /// Taken before the first repair.
    lock: Option<StoreLock>,
    how: RepairMode,
}

impl Doctor<'_> {
    /// Repairs findings of one sort, if it may.
    fn treat(&mut self, group: &[HealthIssue], may: bool) -> Result<Vec<DoctorEntry>> {
        let may = may && repairs(group) > 0;
        if may && self.lock.is_none() {
            self.lock = Some(StoreLock::take(self.store)?);
        }
        let case = |finding: &HealthIssue| DoctorEntry {
            finding: finding.clone(),
            outcome: if may && finding.can_be_repaired() {
                match self.store.repair(finding, &mut random) {
                    Ok(done) => RepairResult::Repaired(done),
                    Err(error) => RepairResult::Failed(error.into()),
                }
            } else {
                RepairResult::Stays
            },
        };
        Ok(group.iter().map(case).collect())
    }
}

/// How many findings of one sort can be repaired.
fn repairs(group: &[HealthIssue]) -> usize {
    let can = group.iter().filter(|finding| finding.can_be_repaired());
    can.count()
}

/// Asks the person at the terminal which sorts of findings to repair.
fn agreed(
    world: &mut World<'_>,
    groups: &[&[HealthIssue]],
    input: &mut dyn BufRead,
) -> Result<Vec<bool>> {
    let places: Vec<usize> = (0..groups.len())
        .filter(|at| repairs(groups[*at]) > 0)
        .collect();
    let question = |at: usize| {
        let (first, count) = (&groups[at][0], repairs(groups[at]));
        words::of(first.sort).question(count, first.noun)
    };
    let mut agreed = vec![false; groups.len()];
    match places.as_slice() {
        [] => {}
        [one] => agreed[*one] = open::asker(world, input).confirm(&question(*one))?,
        several => {
            let entry = |at: &usize| {
                let (first, count) = (&groups[*at][0], groups[*at].len());
                let found = words::of(first.sort).found(count, first.noun);
                format!("{} {found}", question(*at))
            };
            let entries: Vec<String> = several.iter().map(entry).collect();
            let none = vec![false; entries.len()];
            let chosen = open::asker(world, input).mark(WHAT_TO_REPAIR, &entries, &none)?;
            for at in chosen.into_iter().flatten() {
                agreed[several[at]] = true;
            }
        }
    }
    Ok(agreed)
}

fn entries(store: &Store) -> usize {
    std::fs::read_dir(store.quarantine()).map_or(0, Iterator::count)
}

// Texts for people.
const WHAT_TO_REPAIR: &str = "What would you like to repair?";
