//! The draft that an editor has open now, for whoever must end the program meanwhile.

use std::path::{Path, PathBuf};
use std::sync::{Mutex, MutexGuard, PoisonError};

use crate::terminal::draft::{Draft, DraftText};

/// The draft that is open now, for the thread that waits for signals.
static OPEN: Mutex<Option<Draft>> = Mutex::new(None);

pub(super) fn open_draft() -> MutexGuard<'static, Option<Draft>> {
    OPEN.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Whether an editor is open now, to whom Ctrl-C belongs.
pub fn is_open() -> bool {
    open_draft().is_some()
}

/// The text of the draft that is open now, as the editor saved it last. For the last moment before
/// the process ends; the draft stays until [`forget`].
pub fn rescue() -> Option<String> {
    match open_draft().as_ref()?.read().ok()? {
        DraftText::Text(text) | DraftText::Doubtful(text) => Some(text),
        DraftText::Untouched | DraftText::Gone | DraftText::Emptied | DraftText::NotText(_) => None,
    }
}

/// Removes the draft that is open now, where no words are in it or beside it but those that were `saved`
/// elsewhere. Otherwise returns the folder in which it stays, and which `doctor` names too.
pub fn forget(saved: Option<&str>) -> Option<PathBuf> {
    let open = open_draft().take()?;
    let removed = match (open.read(), saved) {
        (Ok(DraftText::Text(_)), Some(saved)) => open.remove_taken(saved),
        (Ok(DraftText::Untouched | DraftText::Gone | DraftText::Emptied), _) => open.remove_alone(),
        _ => Err(open.file.parent()?),
    };
    removed.err().map(Path::to_path_buf)
}

/// Removes the draft that is open now with all that the editor put beside it, where nothing is to be kept.
pub fn discard() {
    if let Some(open) = open_draft().take() {
        open.remove();
    }
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;
    use crate::text::language::Language;

    #[test]
    fn at_a_signal_only_a_draft_whose_words_are_all_saved_goes() {
        for (text, beside, saved, stays) in [
            ("half a letter", "", Some("half a letter"), false),
            (
                "half a letter",
                "b0VIM and more",
                Some("half a letter"),
                true,
            ),
            ("half a letter, and more", "", Some("half a letter"), true),
            ("half a letter", "", None, true),
        ] {
            let home = tempfile::tempdir().unwrap();
            let draft = Draft::new(home.path(), "half", "What?", Language::English, || Ok(1));
            let draft = draft.unwrap();
            fs::write(&draft.file, text).unwrap();
            fs::write(draft.file.with_file_name(".text.md.swp"), beside).unwrap();
            *open_draft() = Some(draft.clone());
            let left = forget(saved);
            assert_eq!(left.is_some(), stays, "{text} {beside}");
            assert_eq!(draft.file.exists(), stays, "{text} {beside}");
            assert!(!is_open());
        }
    }
}
