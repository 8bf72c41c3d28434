//! Choosing one thing, or several, from a list: with letters that narrow it and arrows, or by numbers in
//! lines.

use console::Term;
use dialoguer::theme::SimpleTheme;
use dialoguer::{FuzzySelect, Input};

use super::theme::SearchTheme;
use super::{Asker, COMMANDS, NEXT_ROW};
use crate::error::Result;
use crate::text::{cut, inert, name_key, width, wrap_indented};

/// The least columns on which a search has room.
const SEARCH_COLUMNS: usize = 36;

/// What stands before an entry, at most: a pointer and a mark.
const MARKS: usize = 6;

impl Asker<'_> {
    /// The one of some entries that they choose, by its place; none where they don't want any. Letters
    /// narrow the list, where there's room for a search; else it's chosen by its number, or by words.
    ///
    /// # Errors
    ///
    /// The terminal is gone.
    pub fn choose(&mut self, question: &str, entries: &[String]) -> Result<Option<usize>> {
        let shown = self.fit(entries);
        // What is found is told by its words.
        let mut apart: Vec<&String> = shown.iter().collect();
        apart.sort_unstable();
        apart.dedup();
        let has_room = self.columns >= SEARCH_COLUMNS && apart.len() == shown.len();
        if !self.keys || !has_room || entries.is_empty() {
            return self.choose_by_number(question, entries);
        }
        self.put(question);
        self.put(NARROW);
        let (entries, mut shown) = (shown.len(), shown);
        shown.extend(["/support", "/leave"].map(String::from));
        let theme = SearchTheme::of(&shown);
        let select = FuzzySelect::with_theme(&theme)
            .with_prompt(SEARCH)
            .items(&shown)
            .highlight_matches(false)
            .report(false)
            .max_length(self.rows.saturating_sub(4));
        loop {
            let select = select.clone();
            let found = self.by_keys(NEXT_ROW, |term| search(term, select, &theme))?;
            let command = match found {
                Found::Command(typed) => typed,
                Found::Entry(at) => {
                    self.record(at.map(|at| &shown[at]));
                    match at.filter(|at| *at >= entries) {
                        Some(at) => shown[at].clone(),
                        None => return Ok(at),
                    }
                }
            };
            if !self.fulfils(&command)? {
                if command.trim().is_empty() {
                    continue;
                }
                self.put(COMMANDS);
            }
            // The list would push what was said out of view.
            self.typed(GO_ON)?;
        }
    }

    /// Those of some entries whose numbers they type, by their places; none at the end of all lines.
    /// `marked` are meant by Enter alone. No key marks anything: commands are typed here, too.
    ///
    /// # Errors
    ///
    /// The terminal is gone.
    pub fn mark(
        &mut self,
        question: &str,
        entries: &[String],
        marked: &[bool],
    ) -> Result<Option<Vec<usize>>> {
        let is_marked = |at: &usize| marked.get(*at).is_some_and(|marked| *marked);
        let has_marks = marked.contains(&true);
        self.put(question);
        loop {
            for (at, entry) in entries.iter().enumerate() {
                let mark = match (has_marks, is_marked(&at)) {
                    (false, _) => "",
                    (true, true) => "[x] ",
                    (true, false) => "[ ] ",
                };
                self.numbered(at, entries.len(), &format!("{mark}{entry}"));
            }
            self.put(if has_marks { AS_MARKED } else { UNMARKED });
            let Some(typed) = self.typed(NUMBERS)? else {
                return Ok(None);
            };
            if typed.is_empty() {
                return Ok(Some((0..entries.len()).filter(is_marked).collect()));
            }
            if typed.eq_ignore_ascii_case(NONE) {
                return Ok(Some(Vec::new()));
            }
            let words = typed.split([',', ' ']).filter(|word| !word.is_empty());
            let numbers = words.map(|word| number(word, entries.len()).ok_or(word));
            match numbers.collect::<std::result::Result<Vec<_>, _>>() {
                Ok(mut places) => {
                    places.sort_unstable();
                    places.dedup();
                    return Ok(Some(places));
                }
                Err(word) => {
                    let word = inert(word).into_owned();
                    self.put(&format!("“{word}” isn’t one of these numbers."));
                }
            }
        }
    }

    fn choose_by_number(&mut self, question: &str, entries: &[String]) -> Result<Option<usize>> {
        let mut places = with("", entries);
        self.put(question);
        loop {
            for at in &places {
                self.numbered(*at, entries.len(), &entries[*at]);
            }
            let Some(typed) = self.answer(BY_NUMBER)?.filter(|typed| !typed.is_empty()) else {
                return Ok(None);
            };
            match number(&typed, entries.len()) {
                Some(at) => return Ok(Some(at)),
                None => places = with(&typed, entries),
            }
            if places.is_empty() {
                self.put(&format!("None of them has “{}” in it.", inert(&typed)));
                places = with("", entries);
            }
        }
    }

    /// The entries as they fit on one line each.
    fn fit(&self, entries: &[String]) -> Vec<String> {
        let shown = entries.iter().map(|entry| fit(&inert(entry), self.columns));
        shown.collect()
    }

    fn numbered(&mut self, at: usize, of: usize, entry: &str) {
        let digits = of.to_string().len();
        let first = format!("{:>digits$} ", at + 1);
        let rest = " ".repeat(first.len());
        for line in wrap_indented(&inert(entry), width(self.columns), &first, &rest) {
            self.show(&format!("{line}\n"));
        }
    }

    /// What was chosen stays in view where the list was.
    fn record(&mut self, chosen: Option<&String>) {
        if let Some(chosen) = chosen {
            self.show(&format!("> {chosen}\n"));
        }
    }
}

/// How a search ended.
enum Found {
    /// With an entry, by its place, or with none.
    Entry(Option<usize>),
    /// With a line that begins with a slash.
    Command(String),
}

/// Lets them search. Where they type a slash first, the list makes room for the line of a command.
fn search(
    term: &Term,
    select: FuzzySelect<'_>,
    theme: &SearchTheme<'_>,
) -> dialoguer::Result<Found> {
    let found = select.interact_on_opt(term);
    let Some(begun) = theme.command() else {
        return found.map(Found::Entry);
    };
    term.show_cursor()?;
    let input = Input::<String>::with_theme(&SimpleTheme).with_prompt(COMMAND);
    let input = input.with_initial_text(begun).allow_empty(true);
    input.interact_text_on(term).map(Found::Command)
}

/// An entry cut to one line. dialoguer counts bytes where it looks for lines that were broken.
fn fit(entry: &str, columns: usize) -> String {
    let (line, most) = (
        entry.replace(['\n', '\t'], " "),
        columns.saturating_sub(MARKS),
    );
    let mut widths = (0..=most).rev().map(|width| cut(&line, width));
    widths
        .find(|line| line.len() <= columns)
        .unwrap_or_default()
}

/// The place that a number means, from 1.
fn number(typed: &str, of: usize) -> Option<usize> {
    let at = typed.parse::<usize>().ok()?.checked_sub(1)?;
    (at < of).then_some(at)
}

/// The places of the entries that have these words in them, in any case; those that begin with them first.
fn with(typed: &str, entries: &[String]) -> Vec<usize> {
    let typed = name_key(typed);
    let place = |at: &usize| name_key(&entries[*at]).find(&typed);
    let mut places: Vec<usize> = (0..entries.len())
        .filter(|at| place(at).is_some())
        .collect();
    places.sort_by_key(|at| place(at) != Some(0));
    places
}

// Texts for people.
const SEARCH: &str = "Search:";
const NARROW: &str = "Type to search, or use the arrows, then Enter. Esc: leave.";
const COMMAND: &str = "Command";
const GO_ON: &str = "Enter goes on";
const NONE: &str = "none";
const BY_NUMBER: &str = "Number or words (Enter alone: none): ";
const NUMBERS: &str = "Numbers";
const AS_MARKED: &str =
    "Type the numbers of all you want, such as 1 3, or none. Enter alone: as marked.";
const UNMARKED: &str = "Type the numbers of all you want, such as 1 3. Enter alone: none.";

#[cfg(test)]
mod tests {
    use console::measure_text_width;

    use super::super::tests::asked;
    use super::*;

    fn entries() -> Vec<String> {
        ["A full apology", "Answering good news", "Good enough"]
            .map(String::from)
            .to_vec()
    }

    #[test]
    fn a_number_chooses_and_enter_alone_chooses_none() {
        for (typed, at) in [
            ("2\n", Some(1)),
            ("\n", None),
            ("", None),
            ("0\n1\n", Some(0)),
        ] {
            let (chosen, _) = asked(typed, |asker| asker.choose("Which?", &entries()));
            assert_eq!(chosen, at, "{typed:?}");
        }
    }

    #[test]
    fn words_narrow_the_list_and_numbers_stay_what_they_were() {
        let (chosen, shown) = asked("GOOD\n3\n", |asker| asker.choose("Which?", &entries()));
        assert_eq!(chosen, Some(2));
        let asked = format!("{BY_NUMBER}3 Good enough\n2 Answering good news\n{BY_NUMBER}");
        assert!(shown.ends_with(&asked), "{shown}");
        let (chosen, shown) = asked_for_none();
        assert_eq!(chosen, None);
        assert!(
            shown.contains("None of them has “tea”\nin it.\n1 A full apology"),
            "{shown}"
        );
    }

    #[test]
    fn what_begins_with_the_words_stands_before_what_has_them_inside() {
        let entries = ["Algeria", "Germany", "Niger"].map(String::from);
        assert_eq!(with("ger", &entries), [1, 0, 2]);
        assert_eq!(with("", &entries), [0, 1, 2]);
    }

    fn asked_for_none() -> (Option<usize>, String) {
        asked("tea\n\n", |asker| asker.choose("Which?", &entries()))
    }

    #[test]
    fn several_are_marked_by_their_numbers() {
        for (typed, places) in [
            ("3, 1\n", Some(vec![0, 2])),
            ("\n", Some(vec![1])),
            ("None\n", Some(vec![])),
            ("4\n2 2\n", Some(vec![1])),
            ("", None),
        ] {
            let (marked, shown) = asked(typed, |asker| {
                asker.mark("Which?", &entries(), &[false, true, false])
            });
            assert_eq!(marked, places, "{typed:?}");
            assert!(shown.contains("2 [x] Answering good\n"), "{shown}");
        }
    }

    #[test]
    fn what_is_no_number_marks_nothing_and_without_marks_enter_alone_means_none() {
        for typed in ["a\n\n", "/paus\n\n", "/help\n\n", "\n"] {
            let (marked, shown) =
                asked(typed, |asker| asker.mark("Which?", &entries(), &[false; 3]));
            assert_eq!(marked, Some(vec![]), "{typed:?}");
            assert!(shown.contains("\n2 Answering good news\n"), "{shown}");
        }
    }

    #[test]
    fn an_entry_is_one_line_in_columns_and_in_bytes() {
        assert_eq!(fit("one\ntwo", 40), "one two");
        for entry in ["a".repeat(99), "日本語の選択肢".repeat(9), "’".repeat(99)] {
            let line = fit(&entry, 40);
            assert!(
                line.len() <= 40 && measure_text_width(&line) <= 34,
                "{line}"
            );
            assert!(line.ends_with('…'));
        }
    }
}
