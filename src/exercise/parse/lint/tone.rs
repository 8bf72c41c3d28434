//! Words that hurt someone who is upset, and why. For English.

use toml::de::{DeTable, DeValue};

use crate::format::problem::{Code, Problem, Span};
use crate::format::read::{SpannedValue, tables};

/// Words that scold, praise, press, count or diagnose, each with the reason that an author is told.
pub const WORDS: &[(&str, &str)] = &[
    ("should", SCOLDS),
    ("must", SCOLDS),
    ("ought to", SCOLDS),
    ("don't forget", SCOLDS),
    ("don’t forget", SCOLDS),
    ("failed", JUDGES),
    ("overdue", JUDGES),
    ("great job", PRAISES),
    ("well done", PRAISES),
    ("congratulations", PRAISES),
    ("proud of you", PRAISES),
    ("streak", COUNTS),
    ("toxic", NAMES),
    ("narcissist", NAMES),
    ("gaslight", NAMES),
    ("victim", NAMES),
    ("abuser", NAMES),
    ("you are safe", "nobody can know that from here"),
    ("!", "it reads as loud to someone who is upset"),
];

const SCOLDS: &str = "it tells people off; say what they can do, or ask";
const JUDGES: &str = "it judges; say what happened";
const PRAISES: &str = "praise from a program sounds hollow; say what is there now";
const COUNTS: &str = "counting adds pressure";
const NAMES: &str = "it puts a label on a person; say what somebody did";

/// The keys whose texts are looked at. Hints may show what does not work.
const KEYS: [&str; 5] = ["title", "summary", "opening", "closing", "caution"];
const STEP_KEYS: [&str; 4] = ["prompt", "why", "low", "high"];

/// Looks at everything that is said to a person.
pub(super) fn check(text: &str, root: &DeTable<'_>, problems: &mut Vec<Problem>) {
    let mut said: Vec<&SpannedValue<'_>> = KEYS.iter().filter_map(|key| root.get(*key)).collect();
    for step in tables(root, "step") {
        said.extend(STEP_KEYS.iter().filter_map(|key| step.get(*key)));
        for option in tables(step, "options") {
            said.extend(["label", "note"].iter().filter_map(|key| option.get(*key)));
        }
        for item in tables(step, "pool") {
            said.extend(item.get("text"));
        }
    }
    for value in said {
        if matches!(value.get_ref(), DeValue::String(_)) {
            words_of(text, value.span(), problems);
        }
    }
}

fn words_of(text: &str, place: Span, problems: &mut Vec<Problem>) {
    let own = unquoted(text.get(place.clone()).unwrap_or_default());
    for (word, reason) in WORDS {
        if let Some(at) = find(&own, word) {
            let span = place.start + at..place.start + at + word.len();
            let message = format!("“{word}” doesn’t fit the tone of these exercises");
            problems.push(Problem::new(Code::Tone, span, message).help(*reason));
        }
    }
}

/// The text in small letters, with what somebody else says in quotation marks blanked out. Every
/// byte keeps its place.
fn unquoted(written: &str) -> String {
    let outer = written.trim_matches(['"', '\'']);
    let begins = written.len() - written.trim_start_matches(['"', '\'']).len();
    let mut own = " ".repeat(begins);
    let mut quoted = false;
    for c in outer.chars() {
        let closes = quoted && matches!(c, '”' | '"');
        quoted = !closes && (quoted || matches!(c, '“' | '"'));
        if quoted || closes {
            own.push_str(&" ".repeat(c.len_utf8()));
        } else {
            own.push(c.to_ascii_lowercase());
        }
    }
    own
}

/// Where a whole word stands.
fn find(text: &str, word: &str) -> Option<usize> {
    let letter = |c: Option<char>| c.is_some_and(char::is_alphabetic);
    let is_word = word.ends_with(char::is_alphabetic);
    let whole = |at: &usize| {
        let (before, behind) = (&text[..*at], &text[at + word.len()..]);
        !is_word || !(letter(before.chars().next_back()) || letter(behind.chars().next()))
    };
    text.match_indices(word).map(|(at, _)| at).find(whole)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn whole_words_are_found_and_quoted_ones_are_not() {
        let found = |written: &str| find(&unquoted(written), "must");
        assert_eq!(found("\"You Must go\""), Some(5));
        assert_eq!(found("\"The mustard\""), None);
        assert_eq!(found("\"They said “you must”.\""), None);
        let both = "\"\"\"\nThey said \"you must\", and you must\"\"\"";
        assert_eq!(found(both), both.rfind("must"));
    }
}
