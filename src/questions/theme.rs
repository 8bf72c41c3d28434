//! How lists and questions are drawn by dialoguer.

use std::cell::RefCell;
use std::fmt;

use console::{Term, measure_text_width};
use dialoguer::theme::Theme;

use crate::text::{command_key, cut};

/// What you can type, behind a question.
pub(super) const CHOICES: &str = " [y/N] ";

/// Draws the question of a yes or a no.
pub(super) struct CharacterTheme;

impl Theme for CharacterTheme {
    fn format_input_prompt(
        &self,
        f: &mut dyn fmt::Write,
        prompt: &str,
        _: Option<&str>,
    ) -> fmt::Result {
        write!(f, "{prompt}{CHOICES}")
    }

    fn format_input_prompt_selection(
        &self,
        f: &mut dyn fmt::Write,
        prompt: &str,
        typed: &str,
    ) -> fmt::Result {
        write!(f, "{prompt}{CHOICES}{typed}")
    }
}

/// Draws a search among these entries, until what is typed begins like a command: no entry has to have
/// its letters, so it ends the search.
pub(super) struct SearchTheme<'e> {
    entries: &'e [String],
    command: RefCell<String>,
}

impl<'e> SearchTheme<'e> {
    /// Nothing is typed yet.
    pub(super) fn of(entries: &'e [String]) -> Self {
        Self {
            entries,
            command: RefCell::default(),
        }
    }

    /// The beginning of a command, where one ended the search.
    pub(super) fn command(&self) -> Option<String> {
        let begun = self.command.take();
        (!begun.is_empty()).then_some(begun)
    }

    /// Whether an entry has the letters in this order, as the search finds it: a capital letter is
    /// only that letter.
    fn finds(&self, typed: &str) -> bool {
        let exact = typed.contains(char::is_uppercase);
        self.entries.iter().any(|entry| {
            let entry = if exact {
                entry.clone()
            } else {
                entry.to_lowercase()
            };
            let mut letters = entry.chars();
            typed
                .chars()
                .all(|wanted| letters.any(|letter| letter == wanted))
        })
    }
}

impl Theme for SearchTheme<'_> {
    // A search that is longer than the line would be shown anew at every key.
    fn format_fuzzy_select_prompt(
        &self,
        f: &mut dyn fmt::Write,
        prompt: &str,
        typed: &str,
        cursor: usize,
    ) -> fmt::Result {
        let key = command_key(typed);
        if key.starts_with('/') {
            self.command.replace(key);
            return Err(fmt::Error);
        }
        let (mut before, after) = typed.split_at(cursor);
        let note = if self.finds(typed) { "" } else { NOTHING };
        // For the cursor, and for the mark of a cut.
        let room = room().saturating_sub(prompt.len() + note.len() + 3);
        while measure_text_width(before) > room {
            let mut letters = before.chars();
            letters.next();
            before = letters.as_str();
        }
        let after = cut(after, room + 1 - measure_text_width(before));
        write!(f, "{prompt} {before}|{after}{note}")
    }
}

// A text for people.
const NOTHING: &str = "  Nothing matches.";

/// The columns of the screen as it is now, less the last, where terminals differ.
fn room() -> usize {
    usize::from(Term::stderr().size().1).saturating_sub(1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_search_of_any_length_stays_on_its_line() {
        let typed = "日本語abc".repeat(40);
        for at in [0, 3, typed.len() / 2, typed.len()] {
            let at = (at..).find(|at| typed.is_char_boundary(*at)).unwrap();
            let mut line = String::new();
            let drawn =
                SearchTheme::of(&[]).format_fuzzy_select_prompt(&mut line, "Search:", &typed, at);
            assert!(
                drawn.is_ok() && measure_text_width(&line) <= room(),
                "{line}"
            );
            assert!(line.contains('|'));
        }
    }

    #[test]
    fn a_search_that_begins_like_a_command_ends_with_what_was_typed() {
        let entries = [String::from("he/she")];
        let theme = SearchTheme::of(&entries);
        for (typed, command) in [
            ("he/", None),
            (" /", Some("/")),
            ("／LE", Some("/LE")),
            ("", None),
        ] {
            let mut line = String::new();
            let drawn = theme.format_fuzzy_select_prompt(&mut line, "Search:", typed, typed.len());
            assert_eq!(drawn.is_err(), command.is_some(), "{typed}");
            assert_eq!(theme.command().as_deref(), command);
        }
    }

    #[test]
    fn a_search_that_finds_nothing_says_so_and_how_to_clear_it() {
        let entries = ["A full apology", "Wörter"].map(String::from);
        for (typed, found) in [
            ("", true),
            ("aapol", true),
            ("wört", true),
            ("Full", false),
            ("zz", false),
        ] {
            let mut line = String::new();
            let theme = SearchTheme::of(&entries);
            let drawn = theme.format_fuzzy_select_prompt(&mut line, "Search:", typed, typed.len());
            let told = line.ends_with("|  Nothing matches.");
            assert!(drawn.is_ok() && told != found, "{line}");
        }
    }
}
