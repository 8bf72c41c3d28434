//! The person's own editor, for a text that has become long.

mod command;
mod open;

use std::env;
use std::ffi::OsString;
use std::fmt::Display;
use std::fs::File;
use std::io;
use std::os::fd::OwnedFd;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use super::draft::{self, Draft, DraftText};
pub use super::draft::{DraftPlace, Drafts};
use crate::ask::ProgressKeeper;
use crate::error::Result as Outcome;
use crate::output::is_in_memory;
use crate::text::language::Language;
use command::{command, is_in};
use open::open_draft;
pub use open::{discard, forget, is_open, rescue};

/// An editor that comes back sooner, with nothing changed, has perhaps only told a window to open.
const SOON: Duration = Duration::from_secs(1);

/// The texts of drafts below a folder that programs have left which run no more.
pub fn left_below(folder: &Path) -> Vec<PathBuf> {
    draft::left_below(folder)
}

/// That something stays in a folder.
pub fn left_beside(folder: &Path, language: Language) -> String {
    language.fill(LEFT_BESIDE, &[("folder", &folder.display())])
}

/// What came of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum EditOutcome {
    /// This is the text now.
    Text(String),
    /// It stays as it was, and here is why.
    Same(String),
    /// This is the text now, and there is something to say.
    TextAnd(String, String),
}

/// What an editor is opened with.
#[derive(Clone, Debug)]
pub struct EditorSetup {
    /// The folder for drafts.
    pub drafts: Drafts,
    /// The editor that is set, where no variable names one.
    pub named: Option<String>,
    /// The language that is spoken.
    pub language: Language,
    /// Where a number for the name of a draft's folder comes from.
    pub random: fn() -> Outcome<u32>,
}

/// Opens the editor on `text`, with `prompt` below it to read. The draft lies in a folder of its own
/// below that for drafts. It goes once `keep` has what was written, and stays where it holds words
/// that are nowhere else. The terminal has been given back to its usual modes; `screen` is what the
/// editor shows itself on.
pub fn edit(
    text: &str,
    prompt: &str,
    setup: &EditorSetup,
    screen: OwnedFd,
    keep: &dyn ProgressKeeper,
) -> io::Result<EditOutcome> {
    let language = setup.language;
    let named = setup.named.as_ref().map(OsString::from);
    let variable = |name: &str| env::var_os(name);
    let path = env::var_os("PATH").unwrap_or_default();
    let Some(words) = command(&variable, named, &|program| is_in(&path, program)) else {
        return Ok(EditOutcome::Same(language.translate(NO_EDITOR).into()));
    };
    let DraftPlace { folder, guarded } = setup.drafts.place();
    let leaks =
        |folder: &PathBuf| guarded && !File::open(folder).is_ok_and(|folder| is_in_memory(&folder));
    let Some(folder) = folder.filter(|folder| !leaks(folder)) else {
        return Ok(EditOutcome::Same(language.translate(WOULD_LEAK).into()));
    };
    let note = if guarded {
        format!("{}\n\n{prompt}", language.translate(GUARDED))
    } else {
        prompt.to_string()
    };
    let draft = Draft::new(&folder, text, &note, language, setup.random)?;
    let begun = Instant::now();
    *open_draft() = Some(draft.clone());
    let ended = run(&words, &draft.file, screen);
    *open_draft() = None;
    let name = words[0].to_string_lossy().into_owned();
    Ok(match ended {
        Err(error) if error.kind() == io::ErrorKind::NotFound => {
            let _ = draft.remove_alone();
            EditOutcome::Same(language.fill(NOT_INSTALLED, &[("name", &name)]))
        }
        Err(error) => {
            let _ = draft.remove_alone();
            let values: [(&str, &dyn Display); 2] = [("name", &name), ("error", &error)];
            EditOutcome::Same(language.fill(NOT_OPENED, &values))
        }
        Ok(ended_well) => {
            let how = (name.as_str(), ended_well, begun.elapsed() < SOON);
            settled(&draft, text, how, keep, language)
        }
    })
}

/// What becomes of a text after the editor; the draft goes once there are no words in it alone.
fn settled(
    draft: &Draft,
    text: &str,
    (editor, ended_well, soon): (&str, bool, bool),
    keep: &dyn ProgressKeeper,
    language: Language,
) -> EditOutcome {
    match taken(draft, text, (editor, ended_well, soon), language) {
        EditOutcome::Text(edited) if keep.secure(&edited) => match draft.remove_taken(&edited) {
            Ok(()) => EditOutcome::Text(edited),
            Err(folder) => EditOutcome::TextAnd(edited, left_beside(folder, language)),
        },
        EditOutcome::Text(edited) => EditOutcome::TextAnd(edited, kept(draft, language)),
        other => other,
    }
}

fn kept(draft: &Draft, language: Language) -> String {
    language.fill(
        "The draft is kept: {file}",
        &[("file", &draft.file.display())],
    )
}

/// What becomes of a text after the editor, and of a draft in which nothing is new.
fn taken(
    draft: &Draft,
    text: &str,
    (editor, ended_well, soon): (&str, bool, bool),
    language: Language,
) -> EditOutcome {
    let say = |words: &str| language.translate(words).to_string();
    let kept = || kept(draft, language);
    // Nothing came of it, for this reason.
    let nothing = |why: String| {
        EditOutcome::Same(match draft.remove_alone() {
            Ok(()) => why,
            Err(folder) => {
                let left = language.fill(LEFT_BESIDE, &[("folder", &folder.display())]);
                format!("{why} {left}")
            }
        })
    };
    match draft.read() {
        Err(error) => EditOutcome::Same(format!("{}: {error}. {}", say(UNREADABLE), kept())),
        Ok(DraftText::Untouched) => nothing(match (ended_well, soon) {
            (false, _) => say(ENDED_WITHOUT_SAVING),
            (true, true) => language.fill(CAME_BACK_SOON, &[("editor", &editor)]),
            (true, false) => say(NOTHING_CHANGED),
        }),
        Ok(DraftText::Gone) => nothing(say(GONE)),
        Ok(DraftText::Emptied) if text.is_empty() => nothing(say(EMPTIED_TOO)),
        Ok(DraftText::Emptied) => nothing(say(EMPTIED)),
        Ok(_) if !ended_well => EditOutcome::Same(format!("{} {}", say(ENDED_BADLY), kept())),
        Ok(DraftText::Text(edited)) => EditOutcome::Text(edited),
        Ok(DraftText::Doubtful(edited)) => {
            EditOutcome::TextAnd(edited, format!("{} {}", say(BELOW), kept()))
        }
        Ok(DraftText::NotText(error)) => {
            EditOutcome::Same(format!("{}: {error}. {}", say(NOT_TEXT), kept()))
        }
    }
}

fn run(words: &[OsString], file: &Path, screen: OwnedFd) -> io::Result<bool> {
    let status = Command::new(&words[0])
        .args(&words[1..])
        .arg(file)
        .stdin(Stdio::inherit())
        .stdout(Stdio::from(screen.try_clone()?))
        .stderr(Stdio::from(screen))
        .status()?;
    Ok(status.success())
}

// Texts for people.
const NOT_INSTALLED: &str =
    "The editor {name} isn’t installed. Set EDITOR to another, such as EDITOR=nano.";
const NOT_OPENED: &str = "{name} could not be opened: {error}.";
const CAME_BACK_SOON: &str =
    "Nothing changed. If {editor} opens a window, does your editor need --wait?";
const NO_EDITOR: &str = "No editor is set. Set EDITOR to the one you like, such as EDITOR=nano.";
const ENDED_WITHOUT_SAVING: &str = "The editor ended without saving, so the text is as it was.";
const ENDED_BADLY: &str = "The editor ended with an error, so the text is as it was.";
const NOTHING_CHANGED: &str = "Nothing changed.";
const GONE: &str = "The editor took its draft away, so the text is as it was.";
const EMPTIED: &str = "The draft came back quite empty, so the text is as it was. To empty the text, delete only what \
    stands above the line.";
const EMPTIED_TOO: &str = "The draft came back quite empty, so the text stays empty.";
const LEFT_BESIDE: &str = "Something else that the editor wrote is kept: {folder}";
const BELOW: &str = "Something below the line was changed; only what’s above it was taken.";
const NOT_TEXT: &str = "The editor saved something that can’t be read";
const UNREADABLE: &str = "What the editor saved can’t be read";
const WOULD_LEAK: &str =
    "With the vault on, no editor opens here: its draft would be on the disk in plain text.";
const GUARDED: &str = "The vault is on. This draft is in a folder that’s kept in memory, but your editor may keep\ncopies \
    of its own: swap, undo and backup files.";

#[cfg(test)]
mod tests {
    use super::*;
    use std::fs;
    use std::os::unix::fs::PermissionsExt;

    #[test]
    fn where_a_draft_would_leak_no_editor_is_opened() {
        let setup = EditorSetup {
            drafts: Drafts::in_folder(None, true),
            // It would say something else if it were run.
            named: Some("false".into()),
            language: Language::English,
            random: || Ok(1),
        };
        let screen = fs::File::open("/dev/null").unwrap();
        let outcome = edit(
            "half a letter",
            "What was said?",
            &setup,
            screen.into(),
            &(),
        );
        assert_eq!(outcome.unwrap(), EditOutcome::Same(WOULD_LEAK.into()));
    }

    /// Tells whether the draft was still there when the words were to be saved.
    struct Disk(PathBuf, bool, std::cell::Cell<bool>);

    impl ProgressKeeper for Disk {
        fn progress(&self, _text: &str) {}

        fn secure(&self, _text: &str) -> bool {
            self.2.set(draft_in(&self.0).is_some());
            self.1
        }
    }

    #[test]
    fn an_editor_that_takes_the_draft_away_or_empties_it_leaves_the_text_as_it_was() {
        for (does, text, says) in [
            ("rm \"$1\"", "half", GONE),
            ("rm \"$1\"; exit 1", "half", GONE),
            (": >\"$1\"", "half", EMPTIED),
            (": >\"$1\"", "", EMPTIED_TOO),
            ("echo more >>\"$1\"; mv \"$1\" \"$1.new\"", "half", GONE),
            ("echo more >\"$1.new\"", "half", CAME_BACK_SOON),
        ] {
            let home = tempfile::tempdir().unwrap();
            let script = home.path().join("editor");
            fs::write(&script, format!("#!/bin/sh\n{does}\n")).unwrap();
            fs::set_permissions(&script, fs::Permissions::from_mode(0o755)).unwrap();
            let folder = home.path().join("drafts");
            let draft = Draft::new(&folder, text, "What?", Language::English, || Ok(1)).unwrap();
            let screen = fs::File::open("/dev/null").unwrap();
            let well = run(&[script.into_os_string()], &draft.file, screen.into()).unwrap();
            let how = ("editor", well, true);
            let EditOutcome::Same(why) = settled(&draft, text, how, &(), Language::English) else {
                panic!("{does}");
            };
            let says = says.replace("{editor}", "editor");
            assert!(why.starts_with(&says), "{does}: {why}");
            // What is said to be kept is there, and nothing else is.
            let left = draft_in(&folder).and_then(|file| Some(file.parent()?.to_path_buf()));
            let named = why
                .split_once("is kept: ")
                .map(|(_, named)| PathBuf::from(named));
            assert_eq!(named, left, "{does}: {why}");
            assert_eq!(left.is_some(), does.ends_with("new\""), "{does}");
        }
    }

    #[test]
    fn nothing_is_said_to_be_as_it_was_where_the_draft_was_changed() {
        for does in [
            "sed -i 's/$/\\r/' \"$1\"",
            "sed -i '1s/^/\\xef\\xbb\\xbf/' \"$1\"",
            "sed -i 's/line; /line;\\n/' \"$1\"",
            "sed -i '/What?/d' \"$1\"",
        ] {
            let home = tempfile::tempdir().unwrap();
            let folder = home.path().join("drafts");
            let draft = Draft::new(&folder, "half", "What?", Language::English, || Ok(1)).unwrap();
            let words = ["sh", "-c", does, "editor"].map(OsString::from);
            let screen = fs::File::open("/dev/null").unwrap();
            assert!(run(&words, &draft.file, screen.into()).unwrap());
            let how = ("editor", true, false);
            let outcome = settled(&draft, "half", how, &(), Language::English);
            // Nothing keeps the words here, so the draft stays.
            let same = EditOutcome::Text("half".into());
            let kept = EditOutcome::TextAnd("half".into(), kept(&draft, Language::English));
            assert!(outcome == same || outcome == kept, "{does}: {outcome:?}");
        }
    }

    fn draft_in(folder: &std::path::Path) -> Option<PathBuf> {
        let draft = fs::read_dir(folder).ok()?.next()?.ok()?.path();
        fs::read_dir(draft).ok()?.next()?.ok().map(|it| it.path())
    }

    #[test]
    fn a_draft_goes_once_its_words_are_saved_and_stays_where_they_are_not() {
        for saves in [true, false] {
            let (home, tools) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
            let script = tools.path().join("editor");
            fs::write(&script, "#!/bin/sh\nsed -i s/half/whole/ \"$1\"\n").unwrap();
            fs::set_permissions(&script, fs::Permissions::from_mode(0o755)).unwrap();
            let folder = home.path().join("drafts");
            let words = [script.into_os_string()];
            let draft = Draft::new(&folder, "half a letter", "What?", Language::English, || {
                Ok(1)
            })
            .unwrap();
            let screen = fs::File::open("/dev/null").unwrap();
            assert!(run(&words, &draft.file, screen.into()).unwrap());
            let disk = Disk(folder.clone(), saves, std::cell::Cell::default());
            let outcome = settled(
                &draft,
                "half a letter",
                ("editor", true, false),
                &disk,
                Language::English,
            );
            let whole = String::from("whole a letter");
            assert!(disk.2.get(), "it was removed before its words were saved");
            assert_eq!(draft_in(&folder).is_none(), saves);
            match saves {
                true => assert_eq!(outcome, EditOutcome::Text(whole)),
                false => assert_eq!(
                    outcome,
                    EditOutcome::TextAnd(whole, kept(&draft, Language::English))
                ),
            }
        }
    }

    #[test]
    fn what_an_editor_saved_beside_the_draft_is_kept_and_named_after_the_draft_was_taken_too() {
        for beside in ["letter.md", "text.md"] {
            let home = tempfile::tempdir().unwrap();
            let folder = home.path().join("drafts");
            let draft = Draft::new(&folder, "half", "What?", Language::English, || Ok(1)).unwrap();
            let does =
                format!("echo saved >\"$1\"; echo \"saved, and the rest\" >\"${{1%/*}}/{beside}\"");
            let words = ["sh", "-c", &does, "editor"].map(OsString::from);
            let screen = fs::File::open("/dev/null").unwrap();
            assert!(run(&words, &draft.file, screen.into()).unwrap());
            let disk = Disk(folder.clone(), true, std::cell::Cell::default());
            let how = ("editor", true, false);
            let outcome = settled(&draft, "half", how, &disk, Language::English);
            let is_beside = beside == "letter.md";
            assert_eq!(draft.file.exists(), is_beside);
            let kept = draft.file.with_file_name(beside);
            let kept = fs::read_to_string(kept).unwrap_or_default();
            assert_eq!(kept.ends_with("the rest\n"), is_beside);
            let EditOutcome::TextAnd(text, why) = outcome else {
                assert!(!is_beside, "{outcome:?}");
                continue;
            };
            assert!(text.starts_with("saved") && is_beside);
            let named = draft.file.parent().unwrap().display().to_string();
            assert!(why.ends_with(&named), "{why}");
        }
    }
}
