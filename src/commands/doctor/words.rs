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

const WORDS: [IssueText; 23] = [
    IssueText {
        sort: IssueKind::Unreadable,
        found: [
            "1 file cannot be read as a session.",
            "# files cannot be read as sessions.",
        ],
        advice: Advice::Repair([
            "Move it to the quarantine folder, as it is?",
            "Move them to the quarantine folder, as they are?",
        ]),
    },
    IssueText {
        sort: IssueKind::NewerFolder,
        found: [
            "Your folder was written by a newer trust-coach. Nothing else was looked at.",
            "Your folders were written by a newer trust-coach. Nothing else was looked at.",
        ],
        advice: Advice::Person("use the newer trust-coach here too"),
    },
    IssueText {
        sort: IssueKind::NoFormat,
        found: [
            "The file that says the format of your folder is missing, or holds no number.",
            "# files that say the format of a folder are missing, or hold no number.",
        ],
        advice: Advice::Repair(["Write it?", "Write them?"]),
    },
    IssueText {
        sort: IssueKind::NotYours,
        found: [
            "1 file or folder belongs to another user.",
            "# files or folders belong to another user.",
        ],
        advice: Advice::Person(
            "if it should be yours, an administrator can give it to you with `chown`",
        ),
    },
    IssueText {
        sort: IssueKind::Mode,
        found: [
            "1 file or folder has the wrong permissions.",
            "# files or folders have the wrong permissions.",
        ],
        advice: Advice::Repair([
            "Set it so that you alone may use it?",
            "Set them so that you alone may use them?",
        ]),
    },
    IssueText {
        sort: IssueKind::Closed,
        found: [
            "1 file or folder could not be looked at.",
            "# files or folders could not be looked at.",
        ],
        advice: Advice::Person("look at it with other tools; it may be the disk"),
    },
    IssueText {
        sort: IssueKind::Marks,
        found: [
            "1 session holds two versions: git could not put them together.",
            "# sessions hold two versions each: git could not put them together.",
        ],
        advice: Advice::Repair([
            "Keep both, as two sessions, and the file as it is in the quarantine folder?",
            "Keep both of each, as two sessions, and the files as they are in the quarantine folder?",
        ]),
    },
    IssueText {
        sort: IssueKind::Newer,
        found: [
            "1 session was written by a newer trust-coach.",
            "# sessions were written by a newer trust-coach.",
        ],
        advice: Advice::Person("use the newer trust-coach here too"),
    },
    IssueText {
        sort: IssueKind::NotAFile,
        found: [
            "1 thing is where a session or a folder of sessions should be, and is neither.",
            "# things are where a session or a folder of sessions should be, and are neither.",
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
            "Keep it as a session of its own, next to the other one?",
            "Keep each as a session of its own, next to the other one?",
        ]),
    },
    IssueText {
        sort: IssueKind::SameCopy,
        found: [
            "1 file is a copy of a session, and the same to the letter.",
            "# files are copies of sessions, and the same to the letter.",
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
            "1 fact is in a file that has another name.",
            "# facts are in files that have other names.",
        ],
        advice: Advice::Repair([
            "Give it its name, or move it to the quarantine folder if that's taken?",
            "Give each its name, or move it to the quarantine folder if that's taken?",
        ]),
    },
    IssueText {
        sort: IssueKind::Orphan,
        found: [
            "1 fact is about a promise that isn't there.",
            "# facts are about promises that aren't there.",
        ],
        advice: Advice::Repair([
            "Move it to the quarantine folder, as it is?",
            "Move them to the quarantine folder, as they are?",
        ]),
    },
    IssueText {
        sort: IssueKind::Future,
        found: [
            "1 fact is from a time that hasn't come yet.",
            "# facts are from times that haven't come yet.",
        ],
        advice: Advice::Person(
            "the clock of the machine that wrote it may have been wrong; what it says counts all the same",
        ),
    },
    IssueText {
        sort: IssueKind::Misnamed,
        found: [
            "1 session is in a file whose name does not fit a session.",
            "# sessions are in files whose names do not fit a session.",
        ],
        advice: Advice::Repair([
            "Give it a name as a session of its own?",
            "Give each a name as a session of its own?",
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
        sort: IssueKind::Plain,
        found: [
            "1 session is not encrypted, though the vault is on.",
            "# sessions are not encrypted, though the vault is on.",
        ],
        advice: Advice::Person("`trust-coach vault on` goes on with what is left"),
    },
    IssueText {
        sort: IssueKind::Unfinished,
        found: [
            "1 file is what a save that was cut off has left.",
            "# files are what saves that were cut off have left.",
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
            "1 text was open in an editor when the program ended.",
            "# texts were open in an editor when the program ended.",
        ],
        advice: Advice::Person("read it, copy what you want to keep, then delete the file"),
    },
    IssueText {
        sort: IssueKind::Exercise,
        found: [
            "1 exercise of your own cannot be done.",
            "# exercises of your own cannot be done.",
        ],
        advice: Advice::Person("`trust-coach check FILE` shows what is wrong"),
    },
    IssueText {
        sort: IssueKind::Settings,
        found: [
            "1 file with settings of yours cannot be understood.",
            "# files with settings of yours cannot be understood.",
        ],
        advice: Advice::Person("mend it in an editor; `trust-coach config --explain` has all keys"),
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
