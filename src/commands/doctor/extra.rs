//! What else belongs to the person: exercises, settings, contacts.

use crate::error::Error;
use crate::exercise::library::{self, Library};
use crate::home::world::World;
use crate::journal::Store;
use crate::journal::health::{HealthIssue, IssueKind};
use crate::safety::Contacts;
use crate::sessions;

/// Looks at every exercise of the person's own. Tells how many there are.
pub(super) fn exercises(library: &Library, findings: &mut Vec<HealthIssue>) -> usize {
    let mut count = 0;
    for entry in library.heads() {
        let Some(path) = entry.origin.path() else {
            continue;
        };
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

/// Looks for drafts that were left in memory.
pub(super) fn drafts(store: &Store, findings: &mut Vec<HealthIssue>) {
    let left = sessions::drafts_in_memory(store).into_iter();
    findings.extend(left.map(|text| HealthIssue::without_repair(IssueKind::Draft, text, None)));
}

/// Looks at the settings and the contacts for help.
pub(super) fn settings(world: &mut World<'_>, findings: &mut Vec<HealthIssue>) {
    if let (Some(broken), Some(file)) = (world.config.broken.take(), &world.config.file) {
        let why = broken.details.iter().chain(&broken.causes);
        let mut why = why.cloned().collect::<Vec<_>>().join("; ");
        if why.is_empty() {
            why = broken.message;
        }
        findings.push(HealthIssue::without_repair(
            IssueKind::Settings,
            file,
            Some(why),
        ));
    }
    let Ok(contacts) = world.folders().map(|folders| folders.contacts()) else {
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
