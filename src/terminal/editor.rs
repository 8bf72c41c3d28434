//! The person's own editor, for a text that has become long.

use std::env;
use std::ffi::OsString;
use std::fs::{self, DirBuilder, OpenOptions};
use std::io::{self, Write};
use std::os::fd::OwnedFd;
use std::os::unix::fs::{DirBuilderExt, OpenOptionsExt, PermissionsExt};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use crate::error::Result as Outcome;

/// What is above this line in the draft is the text; the rest is ours.
const SCISSORS: &str = "------ >8 ------";

/// Tried in turn where no editor is named.
const USUAL: [&str; 2] = ["nano", "vi"];

/// An editor that comes back sooner, with nothing changed, has perhaps only told a window to open.
const SOON: Duration = Duration::from_secs(1);

/// The draft that is open now, for the thread that waits for signals.
static OPEN: Mutex<Option<OpenDraft>> = Mutex::new(None);

struct OpenDraft {
    file: PathBuf,
    folder: PathBuf,
    prompt: String,
}

fn open_draft() -> MutexGuard<'static, Option<OpenDraft>> {
    OPEN.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Whether an editor is open now, to whom Ctrl-C belongs.
pub fn is_open() -> bool {
    open_draft().is_some()
}

/// The text of the draft that is open now, as the editor saved it last. For the last moment before
/// the process ends; the draft stays until [`forget`].
pub fn rescue() -> Option<String> {
    let open = open_draft();
    let open = open.as_ref()?;
    let text = fs::read(&open.file).ok()?;
    Some(cut_off(&String::from_utf8_lossy(&text), &open.prompt))
}

/// Removes the draft that is open now: its text is safe elsewhere.
pub fn forget() {
    if let Some(open) = open_draft().take() {
        let _ = fs::remove_dir_all(open.folder);
    }
}

/// The folder for drafts. It can change while prompts are shown: a session gets its name late.
#[derive(Clone, Debug)]
pub struct Drafts {
    folder: Arc<Mutex<Option<PathBuf>>>,
    /// Whether it is in memory, since what is saved is encrypted.
    guarded: bool,
}

impl Drafts {
    /// This folder, made when it is first needed; without one no editor is opened. It is `guarded`
    /// where the rest of what is written is encrypted.
    pub fn new(folder: Option<PathBuf>, guarded: bool) -> Self {
        Self {
            folder: Arc::new(Mutex::new(folder)),
            guarded,
        }
    }

    /// Another folder from now on.
    pub fn set(&self, folder: Option<PathBuf>) {
        *self.folder.lock().unwrap_or_else(PoisonError::into_inner) = folder;
    }

    /// The folder.
    pub fn folder(&self) -> Option<PathBuf> {
        self.folder
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .clone()
    }
}

/// What came of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum EditOutcome {
    /// This is the text now.
    Text(String),
    /// It stays as it was, and here is why.
    Same(String),
}

/// What an editor is opened with.
#[derive(Clone, Debug)]
pub struct EditorSetup {
    /// The folder for drafts.
    pub drafts: Drafts,
    /// The editor that is set, where no variable names one.
    pub named: Option<String>,
    /// Where a number for the name of a draft's folder comes from.
    pub random: fn() -> Outcome<u32>,
}

/// Opens the editor on `text`, with `prompt` below it to read. The draft lives in a folder of its
/// own under that for drafts and is taken away afterwards. The terminal has been given back to its usual
/// modes; `screen` is what the editor shows itself on.
pub fn edit(
    text: &str,
    prompt: &str,
    setup: &EditorSetup,
    screen: OwnedFd,
) -> io::Result<EditOutcome> {
    let named = setup.named.as_ref().map(OsString::from);
    let variable = |name: &str| env::var_os(name);
    let Some(words) = command(&variable, named, &|program| is_in_path(program)) else {
        return Ok(EditOutcome::Same(
            "There is no editor here. Set EDITOR to the one you like, such as EDITOR=nano.".into(),
        ));
    };
    let Some(folder) = setup.drafts.folder() else {
        return Ok(EditOutcome::Same(WOULD_LEAK.into()));
    };
    let with_note;
    let prompt = if setup.drafts.guarded {
        with_note = format!("{GUARDED}\n\n{prompt}");
        &with_note
    } else {
        prompt
    };
    let draft = Draft::new(&folder, &laid_out(text, prompt), setup.random)?;
    let begun = Instant::now();
    *open_draft() = Some(OpenDraft {
        file: draft.file.clone(),
        folder: draft.folder.clone(),
        prompt: prompt.to_string(),
    });
    let ended = run(&words, &draft.file, screen);
    *open_draft() = None;
    let name = words[0].to_string_lossy().into_owned();
    match ended {
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(EditOutcome::Same(format!(
            "The editor {name} is not there. Set EDITOR to another one, such as EDITOR=nano.",
        ))),
        Err(error) => Ok(EditOutcome::Same(format!(
            "{name} could not be opened: {error}."
        ))),
        Ok(false) => Ok(EditOutcome::Same(
            "The editor ended without saving, so the text is as it was.".into(),
        )),
        Ok(true) => {
            let edited = cut_off(&draft.read()?, prompt);
            if edited == text && begun.elapsed() < SOON {
                return Ok(EditOutcome::Same(format!(
                    "Nothing changed. If {name} opens a window, does your editor need --wait?",
                )));
            }
            Ok(EditOutcome::Text(edited))
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

/// The command to run: the first of VISUAL, EDITOR and the one that is set that says something,
/// else a usual one.
fn command(
    variable: &dyn Fn(&str) -> Option<OsString>,
    named: Option<OsString>,
    is_there: &dyn Fn(&str) -> bool,
) -> Option<Vec<OsString>> {
    let variables = ["VISUAL", "EDITOR"].into_iter().filter_map(variable);
    for value in variables.chain(named) {
        // A value that is not text, or has a quote too many, names the program as it is.
        let words = value
            .to_str()
            .and_then(|value| shell_words::split(value).ok());
        let words = words.map_or_else(
            || vec![value],
            |words| words.into_iter().map(OsString::from).collect(),
        );
        if words.first().is_some_and(|program| !program.is_empty()) {
            return Some(words);
        }
    }
    let usual = USUAL.into_iter().find(|program| is_there(program))?;
    Some(vec![usual.into()])
}

fn is_in_path(program: &str) -> bool {
    let path = env::var_os("PATH").unwrap_or_default();
    env::split_paths(&path).any(|folder| {
        fs::metadata(folder.join(program))
            .is_ok_and(|file| file.is_file() && file.permissions().mode() & 0o111 != 0)
    })
}

fn footer(prompt: &str) -> String {
    format!("\n{SCISSORS}\nWrite above this line; what is below it is not kept.\n\n{prompt}\n")
}

fn laid_out(text: &str, prompt: &str) -> String {
    format!("{text}{}", footer(prompt))
}

fn cut_off(draft: &str, prompt: &str) -> String {
    if let Some(text) = draft.strip_suffix(&footer(prompt)) {
        return text.to_string();
    }
    let mut kept: Vec<&str> = draft.lines().collect();
    if let Some(line) = kept.iter().rposition(|line| line.trim_end() == SCISSORS) {
        kept.truncate(line);
    } else if let Some(text) = draft.trim_end().strip_suffix(prompt.trim_end()) {
        kept = text.lines().collect();
    }
    kept.join("\n")
}

/// A file that only its owner can read, in a folder of its own, since editors put copies beside it.
struct Draft {
    folder: PathBuf,
    file: PathBuf,
}

impl Draft {
    fn new(drafts: &Path, text: &str, random: fn() -> Outcome<u32>) -> io::Result<Self> {
        let private = |recursive| {
            let mut builder = DirBuilder::new();
            builder.mode(0o700).recursive(recursive);
            builder
        };
        private(true).create(drafts)?;
        let number = || random().map_err(|error| io::Error::other(error.message));
        let folder = drafts.join(format!("{:08x}{:08x}", number()?, number()?));
        private(false).create(&folder)?;
        let draft = Self {
            file: folder.join("text.md"),
            folder,
        };
        OpenOptions::new()
            .write(true)
            .create_new(true)
            .mode(0o600)
            .open(&draft.file)?
            .write_all(text.as_bytes())?;
        Ok(draft)
    }

    fn read(&self) -> io::Result<String> {
        let bytes = fs::read(&self.file)?;
        Ok(String::from_utf8_lossy(&bytes).into_owned())
    }
}

impl Drop for Draft {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.folder);
        // The session's folder, when this was the only draft in it.
        if let Some(parent) = self.folder.parent() {
            let _ = fs::remove_dir(parent);
        }
    }
}

// Texts for people.
const WOULD_LEAK: &str = "With the vault on, no editor is opened here: its draft would lie on the \
    disk in plain words.";
const GUARDED: &str = "The vault is on. This draft is only in memory, but your editor may keep copies \
    of its\nown: swap, undo and backup files.";

#[cfg(test)]
mod tests {
    use super::*;

    fn chosen(visual: &str, editor: &str, there: &str) -> Vec<String> {
        let variable = |name: &str| {
            let value = if name == "VISUAL" { visual } else { editor };
            (value != "unset").then(|| value.into())
        };
        let words = command(&variable, None, &|program| program == there).unwrap_or_default();
        let words = words.iter().map(|word| word.to_string_lossy().into_owned());
        words.collect()
    }

    #[test]
    fn visual_comes_before_editor_and_an_empty_one_is_as_good_as_none() {
        assert_eq!(chosen("emacs -nw", "vim", ""), ["emacs", "-nw"]);
        assert_eq!(chosen("", "vim", ""), ["vim"]);
        assert_eq!(
            chosen(" ", "\"my editor\" --wait", ""),
            ["my editor", "--wait"]
        );
        assert_eq!(chosen("unset", "unset", "vi"), ["vi"]);
        assert!(chosen("unset", "", "").is_empty());
    }

    #[test]
    fn the_editor_that_is_set_comes_behind_variables_and_before_the_usual_ones() {
        let named = || Some(OsString::from("my-editor -w"));
        let one = |name: &str| (name == "EDITOR").then(|| OsString::from("vim"));
        let first = |words: Option<Vec<OsString>>| words.unwrap()[0].clone();
        assert_eq!(first(command(&one, named(), &|_| true)), "vim");
        assert_eq!(first(command(&|_| None, named(), &|_| true)), "my-editor");
    }

    #[test]
    fn what_is_written_comes_back_as_it_was() {
        for text in [
            "",
            "one",
            "one\n",
            "# not a comment\n\n------ >8 ------ in it",
        ] {
            assert_eq!(cut_off(&laid_out(text, "What?"), "What?"), text);
        }
    }

    #[test]
    fn text_comes_back_without_what_stands_below_the_line() {
        let changed = laid_out("one", "What?").replace("one", "two\nthree") + "\n  more";
        assert_eq!(cut_off(&changed, "What?"), "two\nthree");
        assert_eq!(cut_off("all\ngone\n\nWhat?\n", "What?"), "all\ngone\n");
        assert_eq!(cut_off("only mine\n", "What?"), "only mine");
    }

    #[test]
    fn a_draft_is_private_and_leaves_nothing_behind() {
        let home = tempfile::tempdir().unwrap();
        let drafts = home.path().join("drafts");
        let draft = Draft::new(&drafts, "words", crate::home::world::random).unwrap();
        let mode = |path: &Path| fs::metadata(path).unwrap().permissions().mode() & 0o777;
        assert_eq!(
            (mode(&drafts), mode(&draft.folder), mode(&draft.file)),
            (0o700, 0o700, 0o600)
        );
        assert_eq!(draft.read().unwrap(), "words");
        drop(draft);
        assert!(!drafts.exists());
    }
}
