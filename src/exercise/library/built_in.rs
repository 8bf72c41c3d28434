//! The exercises that are compiled in, and an index of their heads that is made by `build.rs`, so that
//! a list parses none of them.

use crate::exercise::{ExerciseHead, Strategy};

macro_rules! texts {
    ($($id:literal)*) => {
        &[$(($id, include_str!(concat!("../../../exercises/", $id, ".toml"))),)*]
    };
}

macro_rules! german {
    ($id:literal) => {
        (
            $id,
            "de",
            include_str!(concat!("../../../exercises/", $id, ".de.toml")),
        )
    };
}

/// The exercises that are compiled in: id and text, in the order of lists.
#[rustfmt::skip]
pub const BUILT_IN: &[(&str, &str)] = texts![
    "active-listening"
    "raise-it-gently"
    "hard-talk"
    "tell-truth"
    "be-known"
    "ask-one-thing"
    "let-them-finish"
    "speaker-listener"
    "same-fight"
    "time-out"
    "promise"
    "reliability-review"
    "setback"
    "routines"
    "rituals"
    "agreement"
    "empathy"
    "makes-sense"
    "other-side"
    "third-person"
    "good-news"
    "offer-support"
    "validation"
    "guesses"
    "support-kind"
    "apology"
    "hear-it-out"
    "hear-the-hurt"
    "apology-heard"
    "apology-together"
    "small-sorry"
    "small-repair"
    "stories"
    "check-in"
    "weekly-meeting"
    "before-you-go-on"
    "impact"
    "openness"
    "openness-for-two"
    "looks-like"
    "question-time"
    "question-window"
    "long-road"
    "patience"
    "bad-day"
    "one-line"
    "unsent-letter"
    "first-weeks-hurt"
    "first-weeks-broke"
    "forgive-if-i-want"
    "find-help"
    "money-facts"
    "first-session"
    "how-it-came"
    "why-us"
    "why-us-for-two"
    "rulers"
    "eye-to-eye"
    "appreciation"
    "thanks"
    "remember-when"
];

/// Translations that are compiled in: id, language and text.
pub const TRANSLATED: &[(&str, &str, &str)] = &[
    german!("unsent-letter"),
    german!("first-weeks-hurt"),
    german!("first-weeks-broke"),
    german!("bad-day"),
    german!("one-line"),
];

/// What a list shows of a built-in exercise.
struct IndexEntry {
    id: &'static str,
    version: i64,
    lang: &'static str,
    title: &'static str,
    strategy: &'static str,
    minutes: i64,
    summary: &'static str,
    gate: bool,
    for_two: bool,
    tags: &'static [&'static str],
}

/// One entry for each exercise, in the order of their ids.
static INDEX: &[IndexEntry] = include!(concat!(env!("OUT_DIR"), "/heads.rs"));

/// What a list shows of the built-in exercise with this id.
pub(super) fn head(id: &str) -> Option<ExerciseHead> {
    let at = INDEX.binary_search_by_key(&id, |entry| entry.id).ok()?;
    let entry = &INDEX[at];
    Some(ExerciseHead {
        id: entry.id.to_string(),
        version: entry.version,
        lang: entry.lang.to_string(),
        title: entry.title.to_string(),
        strategy: Strategy::from_id(entry.strategy)?,
        minutes: entry.minutes,
        summary: entry.summary.to_string(),
        gate: entry.gate,
        for_two: entry.for_two,
        tags: entry.tags.iter().map(ToString::to_string).collect(),
        pack: None,
    })
}
