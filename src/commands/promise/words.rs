//! How promises and their days are spoken of.

use jiff::civil::Date;

use crate::ledger::{DayState, DayTally, PromiseTerms, Verdict};
use crate::session::Partners;
use crate::text::{first_words, wrap_indented};

/// A state of a day for people: a letter for the grid, and words.
pub(super) fn state_words(state: DayState) -> (char, &'static str) {
    match state {
        DayState::Said(Verdict::Kept) => ('k', "kept"),
        DayState::Said(Verdict::Part) => ('p', "partly kept"),
        DayState::Said(Verdict::Missed) => ('m', "missed"),
        DayState::Said(Verdict::Repaired) => ('r', "put right"),
        DayState::SeenDifferently => ('d', "seen differently"),
        DayState::Moved(_) => ('c', "changed in time"),
        DayState::Skipped(_) => ('s', "didn’t come up"),
        DayState::Unanswered | DayState::Today => ('.', "no answer yet"),
        DayState::Ahead => ('-', "still to come"),
    }
}

/// `Friday 27 November`, with the year where it is another one.
pub(crate) fn day_words(day: Date, today: Date) -> String {
    let year = if day.year() == today.year() {
        ""
    } else {
        " %Y"
    };
    day.strftime(&format!("%A %-d %B{year}")).to_string()
}

/// `16 Nov`.
pub(super) fn short_day(day: Date) -> String {
    day.strftime("%-d %b").to_string()
}

/// `Kept 7 of the 8 days you answered.` Nothing where none was answered.
pub(super) fn tally_words(tally: DayTally) -> Option<String> {
    match (tally.kept, tally.answered()) {
        (_, 0) => None,
        (1, 1) => Some(String::from("Kept on the one day you answered.")),
        (0, 1) if tally.part == 1 => {
            Some(String::from("Kept in part on the one day you answered."))
        }
        (0, 1) if tally.repaired == 1 => Some(String::from(
            "Missed, and put right, on the one day you answered.",
        )),
        (0, 1) => Some(String::from("Not kept on the one day you answered.")),
        (kept, answered) => Some(format!("Kept {kept} of the {answered} days you answered.")),
    }
}

/// `Mara and Ilir`, each as long as there is room for.
pub(crate) fn names_words(partners: &Partners) -> String {
    let [a, b] = [&partners.a, &partners.b].map(|name| first_words(name, 20));
    format!("{a} and {b}")
}

/// What was promised in full, wrapped: the act, then what sets it off.
pub(super) fn terms_lines(terms: &PromiseTerms, width: usize, indent: &str) -> Vec<String> {
    let texts = [Some(&terms.what), terms.if_then.as_ref()];
    let lines = texts.into_iter().flatten().flat_map(|text| text.lines());
    lines
        .flat_map(|line| wrap_indented(line, width, indent, indent))
        .collect()
}
