//! What else belongs to the person: exercises, plans, rules, settings, contacts.

use std::path::Path;

use crate::commands::plan::ledger::plans;
use crate::error::Error;
use crate::exercise::library::{self, FileFault, Library};
use crate::home::world::World;
use crate::home::{misnamed, not_called, rules};
use crate::input::dangling_link;
use crate::journal::Store;
use crate::journal::health::{HealthIssue, IssueKind};
use crate::plan;
use crate::safety::Contacts;
use crate::sessions;

/// Looks at every exercise of the person's own. Tells how many there are.
pub(super) fn exercises(library: &Library, findings: &mut Vec<HealthIssue>) -> usize {
    let mut count = 0;
    for entry in library.heads() {
        let Some(path) = entry.origin.path() else {
            continue;
        };
        // The walk has told of folders of ours.
        if let Err(FileFault::Closed(why)) = entry.head {
            if findings.iter().all(|known| known.path != path) {
                let issue = HealthIssue::without_repair(IssueKind::Closed, path, Some(why));
                findings.push(issue);
            }
            continue;
        }
        count += 1;
        let why = match entry.head {
            Err(broken) => broken.to_string(),
            Ok(_) => match library.load(&entry.id).map_err(Error::from) {
                Ok(_) => continue,
                Err(error) => error.message,
            },
        };
        findings.push(HealthIssue::without_repair(
            IssueKind::Exercise,
            path,
            Some(why),
        ));
    }
    count
}

/// Looks at the plans and the rules of the person's own.
pub(super) fn plans_and_rules(
    world: &World<'_>,
    library: &Library,
    findings: &mut Vec<HealthIssue>,
) {
    let mut add = |path: &Path, why: String| {
        let issue = HealthIssue::without_repair(IssueKind::OwnFile, path, Some(why));
        findings.push(issue);
    };
    let plans = plans(world);
    for id in plans.ids() {
        let origin = plans.origin(id);
        let Some(path) = origin.path() else {
            continue;
        };
        let why = match plans.load(id) {
            Ok(_) => unknown_exercise(id, path, library),
            Err(error) => Some(brief(error)),
        };
        if let Some(why) = why {
            add(path, why);
        }
    }
    for path in plans.misnamed() {
        add(path, String::from("its name isn’t a plan’s id"));
    }
    let Ok(folders) = world.folders() else {
        return;
    };
    for file in rules::read(&folders.data).1 {
        // A folder that can't be looked into is told of as such.
        if dangling_link(&file.path).is_none() && file.path != folders.data.join("rules") {
            add(&file.path, file.reason);
        }
    }
}

/// What is wrong with the exercises that a plan names; the first of it.
fn unknown_exercise(id: &str, path: &Path, library: &Library) -> Option<String> {
    let text = library::read(path).ok()?;
    let problems = plan::parse::problems(id, &text, library).into_iter();
    problems.map(|problem| problem.message).next()
}

/// What an error says, without its heading where there is more.
fn brief(error: Error) -> String {
    let why = error.details.iter().chain(&error.causes);
    match why.cloned().collect::<Vec<_>>().join("; ") {
        why if why.is_empty() => error.message,
        why => why,
    }
}

/// Looks for drafts that were left in memory.
pub(super) fn drafts(store: &Store, findings: &mut Vec<HealthIssue>) {
    let left = sessions::drafts_in_memory(store).into_iter();
    findings.extend(left.map(|text| HealthIssue::without_repair(IssueKind::Draft, text, None)));
}

/// Looks at the settings and the contacts for help.
pub(super) fn settings(world: &mut World<'_>, findings: &mut Vec<HealthIssue>) {
    if let (Some(broken), Some(file)) = (world.config.broken.take(), &world.config.file) {
        findings.push(HealthIssue::without_repair(
            IssueKind::Settings,
            file,
            Some(brief(broken)),
        ));
    }
    let contacts = world.folders().ok().map(|folders| folders.contacts());
    for ours in world.config.file.iter().chain(&contacts) {
        let called = misnamed(ours).into_iter().map(|path| {
            let why = Some(not_called(ours));
            HealthIssue::without_repair(IssueKind::Settings, path, why)
        });
        findings.extend(called);
    }
    let Some(contacts) = contacts else {
        return;
    };
    if contacts.symlink_metadata().is_ok() {
        let read = library::read(&contacts).and_then(|text| Contacts::read(&text));
        if let Err(why) = read {
            findings.push(HealthIssue::without_repair(
                IssueKind::Settings,
                contacts,
                Some(why),
            ));
        }
    }
}
