//! What an editor put beside a draft. Words may be in that alone, so it goes with the draft only where
//! they are known.

use std::fs;
use std::path::Path;

use super::{Draft, DraftText, MOST_BYTES};
use crate::input;

/// How a file begins in which vim keeps what came before a text that it saved: nobody has lost that.
const VIM_UNDO: &[u8] = b"Vim\x9fUnDo\xe5";

impl Draft {
    /// Takes it away, unless the editor put something else beside it than what was laid out: words
    /// may be in that alone. Otherwise returns the folder in which it stays.
    pub(in crate::terminal) fn remove_alone(&self) -> Result<(), &Path> {
        self.remove_unless(&|path| path != self.file && !self.is_known(path, None))
    }

    /// The same once the text that was `taken` out of it is safe: what holds no other may go.
    pub(in crate::terminal) fn remove_taken(&self, taken: &str) -> Result<(), &Path> {
        self.remove_unless(&|path| !self.is_known(path, Some(taken)))
    }

    fn remove_unless(&self, holds_more: &dyn Fn(&Path) -> bool) -> Result<(), &Path> {
        let beside = fs::read_dir(&self.folder).into_iter().flatten().flatten();
        if beside.into_iter().any(|entry| holds_more(&entry.path())) {
            return Err(&self.folder);
        }
        self.remove();
        Ok(())
    }

    /// Whether nothing is in a file but what was laid out, or the text that was taken.
    fn is_known(&self, path: &Path, taken: Option<&str>) -> bool {
        let read = input::open(path).and_then(|file| input::read_bytes(file, MOST_BYTES));
        let Ok(bytes) = read else {
            return false;
        };
        let is_history = taken.is_some() && bytes.starts_with(VIM_UNDO);
        is_history
            || match self.text_in(bytes) {
                DraftText::Untouched | DraftText::Emptied => true,
                DraftText::Text(text) => {
                    taken.is_some_and(|taken| taken.trim_end() == text.trim_end())
                }
                _ => false,
            }
    }
}

#[cfg(test)]
mod tests {
    use super::super::tests::draft;
    use super::super::{READ_ONLY, footer};
    use super::*;

    #[test]
    fn what_the_editor_put_beside_a_draft_stays_where_words_may_be_in_it_alone() {
        for (beside, stays) in [("", false), ("as it was", false), ("other words", true)] {
            let (_home, draft) = draft("one");
            let text = match beside {
                "as it was" => draft.laid_out.clone(),
                other => other.to_string(),
            };
            fs::write(draft.folder.join(".text.md.swp"), text).unwrap();
            assert_eq!(draft.remove_alone().is_err(), stays, "{beside}");
            assert_eq!(draft.folder.exists(), stays, "{beside}");
        }
    }

    #[test]
    fn of_what_was_saved_beside_a_draft_only_what_holds_no_other_words_goes_with_it() {
        let footer = footer(READ_ONLY, "What?");
        for (name, beside, stays) in [
            ("letter.md", "two, and the rest".into(), true),
            ("text.md~", format!("two, half{footer}"), true),
            (".text.md.swp", "b0VIM 9.1 two".into(), true),
            ("latin.md", "two".into(), false),
            ("text.md~", format!("one{footer}"), false),
            ("copy.md", format!("two{footer}"), false),
            ("empty", String::new(), false),
        ] {
            let (_home, draft) = draft("one");
            fs::write(&draft.file, format!("two{footer}")).unwrap();
            fs::write(draft.folder.join(name), &beside).unwrap();
            assert_eq!(draft.remove_taken("two").is_err(), stays, "{beside}");
            assert_eq!(draft.folder.exists(), stays, "{beside}");
        }
        let (_home, draft) = draft("one");
        fs::write(draft.folder.join(".text.md.un~"), VIM_UNDO).unwrap();
        assert!(draft.remove_alone().is_err());
        // Saved once more since it was read.
        fs::write(&draft.file, "two, and more").unwrap();
        assert!(draft.remove_taken("two").is_err());
        assert!(draft.remove_taken("two, and more").is_ok());
    }
}
