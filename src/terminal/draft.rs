//! The draft that an editor has open: laid out with the question below a line, and read again however
//! the editor saved it. A draft whose words are nowhere else is never removed.

mod beside;

use std::fmt;
use std::fs::{self, DirBuilder};
use std::io::{self, Write};
use std::os::unix::fs::{DirBuilderExt, MetadataExt};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};

use rustix::io::Errno;
use rustix::process::{Pid, test_kill_process};

use super::cut_line::{above, footer};
use crate::error::Result as Outcome;
use crate::input::{self, InputError};
use crate::output;
use crate::text;
use crate::text::language::Language;

/// How the names of the folders begin that drafts lie in.
const DRAFT: &str = "trust-coach-";

/// What stands below it, before the question.
const READ_ONLY: &str = "Write above this line; anything below it is dropped.";

/// The largest draft that is read again.
const MOST_BYTES: u64 = 64 << 20;

/// Where a draft goes.
#[derive(Clone, Debug)]
pub struct DraftPlace {
    /// The folder, made when it is first needed; without one no editor is opened.
    pub folder: Option<PathBuf>,
    /// Whether it is in memory, since what is saved is encrypted.
    pub guarded: bool,
}

/// Decides where a draft goes.
type DraftPlacer = Arc<dyn Fn() -> DraftPlace + Send + Sync>;

/// The place for drafts. It is decided anew each time one is laid out: the vault may have been turned
/// on meanwhile, and a session gets its name late.
#[derive(Clone)]
pub struct Drafts(Arc<Mutex<DraftPlacer>>);

impl Drafts {
    /// Where this says.
    pub fn new(place: impl Fn() -> DraftPlace + Send + Sync + 'static) -> Self {
        Self(Arc::new(Mutex::new(Arc::new(place))))
    }

    /// Always in this folder.
    pub fn in_folder(folder: Option<PathBuf>, guarded: bool) -> Self {
        let place = DraftPlace { folder, guarded };
        Self::new(move || place.clone())
    }

    /// Where this says, from now on.
    pub fn set(&self, place: impl Fn() -> DraftPlace + Send + Sync + 'static) {
        *self.0.lock().unwrap_or_else(PoisonError::into_inner) = Arc::new(place);
    }

    /// Where a draft goes now.
    pub fn place(&self) -> DraftPlace {
        let place = Arc::clone(&self.0.lock().unwrap_or_else(PoisonError::into_inner));
        place()
    }
}

impl fmt::Debug for Drafts {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Drafts")
    }
}

/// A file that only its owner can read, in a folder of its own, since editors put copies beside it.
#[derive(Clone, Debug)]
pub(super) struct Draft {
    pub(super) file: PathBuf,
    folder: PathBuf,
    /// The folder above it, where that was made for it.
    above: Option<PathBuf>,
    /// What was laid out.
    laid_out: String,
    /// The question below the line.
    note: String,
    /// The words that say which part is the person's.
    read_only: &'static str,
}

/// What an editor made of a draft.
#[derive(Debug)]
pub(super) enum DraftText {
    /// It is byte for byte what was laid out.
    Untouched,
    /// It is there no more.
    Gone,
    /// Nothing is left in it, not even what is ours.
    Emptied,
    /// The text in it.
    Text(String),
    /// The text above the line; below it stands something that is not ours.
    Doubtful(String),
    /// It is no text.
    NotText(InputError),
}

impl Draft {
    /// Makes a draft in a new folder below `drafts`, which is made where it is not there.
    pub(super) fn new(
        drafts: &Path,
        text: &str,
        note: &str,
        language: Language,
        random: fn() -> Outcome<u32>,
    ) -> io::Result<Self> {
        let read_only = language.translate(READ_ONLY);
        let mut builder = DirBuilder::new();
        builder.mode(0o700);
        let mut above = None;
        if !drafts.is_dir() {
            builder.recursive(true).create(drafts)?;
            builder.recursive(false);
            above = Some(drafts.to_path_buf());
        }
        let number = || random().map_err(|error| io::Error::other(error.message));
        // Nobody can make it before us: the name can't be guessed, and one that is there is an error.
        let pid = std::process::id();
        let folder = drafts.join(format!("{DRAFT}{pid}-{:08x}{:08x}", number()?, number()?));
        builder.create(&folder)?;
        let draft = Self {
            file: folder.join("text.md"),
            folder,
            above,
            laid_out: format!("{text}{}", footer(read_only, note)),
            note: note.to_string(),
            read_only,
        };
        output::create_private(&draft.file)?.write_all(draft.laid_out.as_bytes())?;
        Ok(draft)
    }

    /// What stands in it now.
    pub(super) fn read(&self) -> io::Result<DraftText> {
        let bytes =
            match input::open(&self.file).and_then(|file| input::read_bytes(file, MOST_BYTES)) {
                Ok(bytes) => bytes,
                Err(InputError::Io(error)) if error.kind() == io::ErrorKind::NotFound => {
                    return Ok(DraftText::Gone);
                }
                Err(InputError::Io(error)) => return Err(error),
                Err(error) => return Ok(DraftText::NotText(error)),
            };
        Ok(self.text_in(bytes))
    }

    /// What stands in a file with these bytes.
    fn text_in(&self, bytes: Vec<u8>) -> DraftText {
        if bytes == self.laid_out.as_bytes() {
            return DraftText::Untouched;
        }
        match input::decode(bytes) {
            Ok(read) if text::is_blank(&read) => DraftText::Emptied,
            Ok(read) => self.cut_off(&text::clean(&read)),
            Err(error) => DraftText::NotText(error),
        }
    }

    /// The text without what is ours, wherever the editor has moved it.
    fn cut_off(&self, read: &str) -> DraftText {
        match above(read, self.read_only, &self.note) {
            (text, false) => DraftText::Text(text),
            (text, true) => DraftText::Doubtful(text),
        }
    }

    /// Takes it away, with what the editor put beside it.
    pub(super) fn remove(&self) {
        let _ = fs::remove_dir_all(&self.folder);
        if let Some(above) = &self.above {
            let _ = fs::remove_dir(above);
        }
    }
}

/// The texts of drafts below a folder that programs have left which run no more.
pub(super) fn left_below(folder: &Path) -> Vec<PathBuf> {
    let us = rustix::process::geteuid().as_raw();
    let entries = |folder: &Path| fs::read_dir(folder).into_iter().flatten().flatten();
    let left = entries(folder).filter(|draft| {
        let name = draft.file_name().to_string_lossy().into_owned();
        let pid = name
            .strip_prefix(DRAFT)
            .and_then(|rest| rest.split_once('-'));
        let pid = pid.and_then(|(pid, _)| Pid::from_raw(pid.parse().ok()?));
        let ours = draft
            .metadata()
            .is_ok_and(|it| it.is_dir() && it.uid() == us);
        ours && pid.is_some_and(|pid| test_kill_process(pid) == Err(Errno::SRCH))
    });
    left.flat_map(|draft| {
        entries(&draft.path())
            .map(|text| text.path())
            .collect::<Vec<_>>()
    })
    .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::os::unix::fs::PermissionsExt;

    pub(super) fn draft(text: &str) -> (tempfile::TempDir, Draft) {
        let home = tempfile::tempdir().unwrap();
        let drafts = home.path().join("drafts");
        let draft = Draft::new(
            &drafts,
            text,
            "What?",
            Language::English,
            crate::home::world::random,
        )
        .unwrap();
        (home, draft)
    }

    /// What comes of a draft that an editor saved so.
    fn saved(bytes: impl AsRef<[u8]>) -> DraftText {
        let (_home, draft) = draft("one");
        fs::write(&draft.file, bytes).unwrap();
        draft.read().unwrap()
    }

    fn text_of(read: DraftText) -> String {
        match read {
            DraftText::Text(text) => text,
            other => panic!("no text: {other:?}"),
        }
    }

    #[test]
    fn what_is_written_comes_back_as_it_was() {
        for text in [
            "",
            "one",
            "one\n",
            "# not a comment\n\n------ >8 ------ in it",
        ] {
            let (_home, draft) = draft("");
            fs::write(&draft.file, format!("{text}{}", footer(READ_ONLY, "What?"))).unwrap();
            match draft.read().unwrap() {
                DraftText::Untouched => assert_eq!(text, ""),
                read => assert_eq!(text_of(read), text),
            }
        }
    }

    #[test]
    fn our_own_sentence_never_comes_back_wherever_a_formatter_has_moved_it() {
        for (read, text) in [
            (
                "two\n------ >8 ------ Write above this line; anything below it is dropped. What?",
                "two",
            ),
            (
                "two\n\n------\n>8 ------\nWrite above this\nline; anything below it is dropped.\n",
                "two\n",
            ),
            (
                "two\nWrite above this line; anything below it is dropped.\n\nWhat?\n",
                "two",
            ),
            ("all\ngone\n\nWhat?\n", "all\ngone\n\n"),
            ("only mine\n", "only mine\n"),
            ("\nWhat?\nI lied below.\n", "I lied below.\n"),
            ("mine\n\nWhat?\n\nand below", "mine\n\nand below"),
        ] {
            assert_eq!(text_of(saved(read)), text, "{read:?}");
        }
    }

    #[test]
    fn words_below_the_line_are_spoken_of_and_the_draft_is_kept() {
        let read = saved(format!("two{}and this too\n", footer(READ_ONLY, "What?")));
        assert!(matches!(read, DraftText::Doubtful(text) if text == "two"));
    }

    #[test]
    fn other_encodings_are_read_by_their_mark_or_refused() {
        let utf16 = format!("\u{feff}café{}", footer(READ_ONLY, "What?"));
        let bytes: Vec<u8> = utf16.encode_utf16().flat_map(u16::to_le_bytes).collect();
        assert_eq!(text_of(saved(bytes)), "café");
        let latin = [b"caf\xe9".as_slice(), footer(READ_ONLY, "What?").as_bytes()].concat();
        assert!(matches!(
            saved(latin),
            DraftText::NotText(InputError::Encoding(1))
        ));
        let windows =
            format!("\u{feff}caf\u{e9}{}", footer(READ_ONLY, "What?")).replace('\n', "\r\n");
        assert_eq!(text_of(saved(windows)), "café");
    }

    #[test]
    fn a_draft_that_is_gone_or_quite_empty_says_nothing_of_the_text() {
        for left in ["", "\n", "\u{feff}\r\n"] {
            assert!(matches!(saved(left), DraftText::Emptied), "{left:?}");
        }
        let (_home, draft) = draft("one");
        fs::remove_file(&draft.file).unwrap();
        assert!(matches!(draft.read().unwrap(), DraftText::Gone));
        // All of the text is deleted, and what is ours stands.
        assert_eq!(text_of(saved(footer(READ_ONLY, "What?"))), "");
    }

    #[test]
    fn a_draft_is_private_and_leaves_nothing_behind() {
        let (_home, draft) = draft("words");
        let mode = |path: &Path| fs::metadata(path).unwrap().permissions().mode() & 0o777;
        let drafts = draft.folder.parent().unwrap();
        assert_eq!(
            (mode(drafts), mode(&draft.folder), mode(&draft.file)),
            (0o700, 0o700, 0o600)
        );
        assert!(matches!(draft.read().unwrap(), DraftText::Untouched));
        draft.remove();
        assert!(!drafts.exists());
    }
}
