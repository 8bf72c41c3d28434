//! What the doctor says of each sort of finding. Texts for people.

use crate::journal::health::IssueKind;

/// What is said of one sort.
pub(super) struct IssueText {
    sort: IssueKind,
    /// What was found, of one thing and of `#` things.
    found: [&'static str; 2],
    advice: Advice,
}

/// What can be done.
enum Advice {
    /// A repair: the question for one thing and for `#` things.
    Repair([&'static str; 2]),
    /// What the person can do.
    Person(&'static str),
}

impl IssueText {
    /// What was found, of records that are called `noun`.
    pub(super) fn found(&self, count: usize, noun: &str) -> String {
        counted(self.found, count, noun)
    }

    /// Asks whether to repair so many things.
    pub(super) fn question(&self, count: usize, noun: &str) -> String {
        match self.advice {
            Advice::Repair(question) => counted(question, count, noun),
            Advice::Person(hint) => hint.to_string(),
        }
    }

    /// What a person can do where there is no repair.
    pub(super) fn hint(&self) -> Option<&'static str> {
        match self.advice {
            Advice::Repair(_) => None,
            Advice::Person(hint) => Some(hint),
        }
    }
}

/// The words for a sort.
pub(super) fn of(sort: IssueKind) -> &'static IssueText {
    let mut all = WORDS.iter();
    // A test walks all sorts, so that each has its own.
    all.find(|words| words.sort == sort).unwrap_or(&WORDS[0])
}

fn counted([one, many]: [&str; 2], count: usize, noun: &str) -> String {
    let words = match count {
        1 => one.to_string(),
        _ => many.replace('#', &count.to_string()),
    };
    // What is said of sessions is said of facts in the same words.
    words.replace(SESSION, noun)
}

const SESSION: &str = "session";

const WORDS: [IssueText; 35] = [
    IssueText {
        sort: IssueKind::Unreadable,
        found: [
            "1 file can’t be read as a session.",
            "# files can’t be read as sessions.",
        ],
        advice: Advice::Repair([
            "Move it to the quarantine folder, as it is?",
            "Move them to the quarantine folder, as they are?",
        ]),
    },
    IssueText {
        sort: IssueKind::NewerFolder,
        found: [
            "A newer trust-coach wrote your folder, so nothing else was checked.",
            "A newer trust-coach wrote your folders, so nothing else was checked.",
        ],
        advice: Advice::Person("update trust-coach on this machine too"),
    },
    IssueText {
        sort: IssueKind::NoFormat,
        found: [
            "The file with your folder’s format number is missing, or has no number in it.",
            "# files with a folder’s format number are missing, or have no number in them.",
        ],
        advice: Advice::Repair(["Write it again?", "Write them again?"]),
    },
    IssueText {
        sort: IssueKind::NotYours,
        found: [
            "1 file or folder belongs to another user.",
            "# files or folders belong to another user.",
        ],
        advice: Advice::Person(
            "if it’s meant to be yours, an administrator can hand it over with `chown`",
        ),
    },
    IssueText {
        sort: IssueKind::Mode,
        found: [
            "1 file or folder has the wrong permissions.",
            "# files or folders have the wrong permissions.",
        ],
        advice: Advice::Repair([
            "Change it so that only you can use it?",
            "Change them so that only you can use them?",
        ]),
    },
    IssueText {
        sort: IssueKind::Closed,
        found: [
            "1 file or folder could not be checked.",
            "# files or folders could not be checked.",
        ],
        advice: Advice::Person("try other tools; the disk may be failing"),
    },
    IssueText {
        sort: IssueKind::Vault,
        found: [
            "The vault isn’t in order, so nothing can be saved.",
            "The vaults aren’t in order, so nothing can be saved.",
        ],
        advice: Advice::Person("`trust-coach vault status` says how to go on"),
    },
    IssueText {
        sort: IssueKind::Lock,
        found: [
            "1 thing is where a lock should be and isn’t one, so nothing can be saved there.",
            "# things are where locks should be and aren’t, so nothing can be saved there.",
        ],
        advice: Advice::Person("move it somewhere else; no lock holds words of yours"),
    },
    IssueText {
        sort: IssueKind::Marks,
        found: [
            "1 session has two versions in it that git could not merge.",
            "# sessions each have two versions in them that git could not merge.",
        ],
        advice: Advice::Repair([
            "Keep both as two sessions, and move the file to the quarantine folder?",
            "Keep both of each as two sessions, and move the files to the quarantine folder?",
        ]),
    },
    IssueText {
        sort: IssueKind::Newer,
        found: [
            "1 session was written by a newer trust-coach.",
            "# sessions were written by a newer trust-coach.",
        ],
        advice: Advice::Person("update trust-coach on this machine too"),
    },
    IssueText {
        sort: IssueKind::NotAFile,
        found: [
            "1 thing is in the place of a session or a folder of sessions, but is neither.",
            "# things are in the place of sessions or folders of sessions, but are neither.",
        ],
        advice: Advice::Repair([
            "Move it to the quarantine folder, as it is?",
            "Move them to the quarantine folder, as they are?",
        ]),
    },
    IssueText {
        sort: IssueKind::Copy,
        found: [
            "1 file is another version of a session that was changed in two places.",
            "# files are other versions of sessions that were changed in two places.",
        ],
        advice: Advice::Repair([
            "Keep it as a separate session, next to the other?",
            "Keep each as a separate session, next to the other?",
        ]),
    },
    IssueText {
        sort: IssueKind::SameCopy,
        found: [
            "1 file is an exact copy of a session.",
            "# files are exact copies of sessions.",
        ],
        advice: Advice::Repair(["Remove the copy?", "Remove the copies?"]),
    },
    IssueText {
        sort: IssueKind::ChangedCopy,
        found: [
            "1 file is a copy of a fact and says something else. Facts never change, so somebody edited it.",
            "# files are copies of facts and say something else. Facts never change, so somebody edited them.",
        ],
        advice: Advice::Repair([
            "Move it to the quarantine folder, as it is?",
            "Move them to the quarantine folder, as they are?",
        ]),
    },
    IssueText {
        sort: IssueKind::WrongName,
        found: [
            "1 fact is in a file with the wrong name.",
            "# facts are in files with the wrong names.",
        ],
        advice: Advice::Repair([
            "Rename the file, or move it to the quarantine folder if that name is taken?",
            "Rename the files, or move any whose name is taken to the quarantine folder?",
        ]),
    },
    IssueText {
        sort: IssueKind::Orphan,
        found: [
            "1 fact is about a promise that isn’t there.",
            "# facts are about promises that aren’t there.",
        ],
        advice: Advice::Repair([
            "Move it to the quarantine folder, as it is?",
            "Move them to the quarantine folder, as they are?",
        ]),
    },
    IssueText {
        sort: IssueKind::Future,
        found: [
            "1 session is from a time that hasn’t come yet.",
            "# sessions are from times that haven’t come yet.",
        ],
        advice: Advice::Person(
            "the clock of the machine that wrote it may have been wrong; what it says counts all the same",
        ),
    },
    IssueText {
        sort: IssueKind::Misnamed,
        found: [
            "1 session is in a file whose name isn’t a session’s name.",
            "# sessions are in files whose names aren’t sessions’ names.",
        ],
        advice: Advice::Repair([
            "Rename it, as a separate session?",
            "Rename each, as a separate session?",
        ]),
    },
    IssueText {
        sort: IssueKind::Misplaced,
        found: [
            "1 session is in the wrong folder for its month.",
            "# sessions are in the wrong folders for their months.",
        ],
        advice: Advice::Repair(["Move it there?", "Move them there?"]),
    },
    IssueText {
        sort: IssueKind::DanglingLink,
        found: [
            "1 link leads nowhere, so what it points to can’t be reached.",
            "# links lead nowhere, so what they point to can’t be reached.",
        ],
        advice: Advice::Person("is the disk it leads to plugged in and mounted?"),
    },
    IssueText {
        sort: IssueKind::Ignored,
        found: [
            "1 file is named almost like a session, and isn’t read.",
            "# files are named almost like sessions, and aren’t read.",
        ],
        advice: Advice::Person("rename it if it is a session, or move it to another folder"),
    },
    IssueText {
        sort: IssueKind::OtherName,
        found: [
            "1 session has another session’s name in it.",
            "# sessions have other sessions’ names in them.",
        ],
        advice: Advice::Repair(["Put its own name in?", "Put their own names in?"]),
    },
    IssueText {
        sort: IssueKind::Contradiction,
        found: [
            "1 session says something that can’t be true.",
            "# sessions say something that can’t be true.",
        ],
        advice: Advice::Person("fix it in an editor: `trust-coach history path` names the file"),
    },
    IssueText {
        sort: IssueKind::Plain,
        found: [
            "1 session isn’t encrypted, although the vault is on.",
            "# sessions aren’t encrypted, although the vault is on.",
        ],
        advice: Advice::Person("`trust-coach vault on` encrypts what’s left"),
    },
    IssueText {
        sort: IssueKind::Foreign,
        found: [
            "1 file in your folder isn’t trust-coach’s, and isn’t encrypted.",
            "# files in your folder aren’t trust-coach’s, and aren’t encrypted.",
        ],
        advice: Advice::Person(
            "look at it; if it holds words of yours, delete it or move it somewhere safe",
        ),
    },
    IssueText {
        sort: IssueKind::Readers,
        found: [
            "1 session can be read by more people than your list has.",
            "# sessions can be read by more people than your list has.",
        ],
        advice: Advice::Person(
            "`trust-coach vault recipients reset` encrypts everything anew for your list alone",
        ),
    },
    IssueText {
        sort: IssueKind::KeyCopy,
        found: [
            "1 copy of a key is beside the vault’s own. It’s tried when the key doesn’t work.",
            "# copies of keys are beside the vault’s own. They’re tried when the key doesn’t work.",
        ],
        advice: Advice::Repair([
            "The key is missing. Use this copy as the key?",
            "The key is missing. Use the first of them as the key?",
        ]),
    },
    IssueText {
        sort: IssueKind::PartnerKey,
        found: [
            "1 key of a partner isn’t on the list of partners, or is on it and missing or cut off.",
            "# keys of partners aren’t on the list of partners, or are on it and missing or cut off.",
        ],
        advice: Advice::Person(
            "it may be a copy that a sync program made, or somebody else changed the list: `trust-coach partner list` shows it",
        ),
    },
    IssueText {
        sort: IssueKind::LostKey,
        found: [
            "1 key isn’t there, or isn’t the one it was.",
            "# keys aren’t there, or aren’t the ones they were.",
        ],
        advice: Advice::Person("put it back from a copy, unless it still opens"),
    },
    IssueText {
        sort: IssueKind::Unfinished,
        found: [
            "1 file was left behind by a save that was interrupted.",
            "# files were left behind by saves that were interrupted.",
        ],
        advice: Advice::Repair(["Remove it?", "Remove them?"]),
    },
    IssueText {
        sort: IssueKind::Unused,
        found: [
            "1 file is empty: a session that never began.",
            "# files are empty: sessions that never began.",
        ],
        advice: Advice::Repair(["Remove it?", "Remove them?"]),
    },
    IssueText {
        sort: IssueKind::Draft,
        found: [
            "1 text was left unfinished when the program ended.",
            "# texts were left unfinished when the program ended.",
        ],
        advice: Advice::Person("read it, copy what you want to keep, then delete the file"),
    },
    IssueText {
        sort: IssueKind::Exercise,
        found: [
            "1 of your own exercises has errors and can’t be used.",
            "# of your own exercises have errors and can’t be used.",
        ],
        advice: Advice::Person("`trust-coach check FILE` shows what is wrong"),
    },
    IssueText {
        sort: IssueKind::OwnFile,
        found: [
            "1 of your own plans or rules files has something wrong with it.",
            "# of your own plans or rules files have something wrong with them.",
        ],
        advice: Advice::Person(
            "rename it to something like my-plan.toml; `trust-coach check FILE` shows what else is wrong",
        ),
    },
    IssueText {
        sort: IssueKind::Settings,
        found: [
            "1 of your settings files has mistakes in it.",
            "# of your settings files have mistakes in them.",
        ],
        advice: Advice::Person(
            "fix it in an editor; `trust-coach config --explain` shows all the keys",
        ),
    },
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_sort_has_its_words() {
        for (sort, name) in IssueKind::ALL {
            assert_eq!(of(sort).sort, sort, "{name}");
        }
    }
}
