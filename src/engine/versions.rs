//! Earlier wordings of a text, so that one can see later how it grew.

use crate::session::{Answer, AnswerVersion, Moment, OTHER, Outcome, Value};
use crate::text::is_blank;

/// So many earlier wordings of a text are kept: the first, and the latest others.
const MOST: usize = 20;

/// So many bytes of earlier wordings are kept in all; the latest one is kept however long it is.
const MOST_BYTES: usize = 256 * 1024;

/// Puts `given` in the place of what an answer holds. Words that are changed, left out or taken back
/// stay among the earlier wordings; the same words again are no other wording.
pub(super) fn replace(answer: &mut Answer, given: Outcome, label: Option<String>) {
    if answer.given == given && answer.label == label {
        return;
    }
    answer.findings.clear();
    let (before, at) = (own_words(answer), answer.at.clone());
    (answer.given, answer.label) = (given, label);
    if let Some(value) = before {
        keep(answer, value, at.unwrap_or_default());
    } else if let Some(last) = answer.versions.last()
        && own_words(answer).as_ref() == Some(&last.value)
    {
        // It was opened again, and is given as it was.
        answer.versions.pop();
    }
}

/// Puts what stands there in progress among the earlier wordings: it was left out, or something else was
/// given in its place, and not erased.
pub fn put_away(answer: &mut Answer, at: Moment) {
    if let Some(text) = answer.progress.take().filter(|text| !is_blank(text)) {
        // The line on which the command was typed is no other wording.
        keep(answer, Value::Text(text.trim_end().into()), at);
    }
}

/// Puts another value in the place of an answer of any kind, long after it was given: what it was
/// before stays among the earlier wordings, with its time. True where that changes something.
pub fn revise(answer: &mut Answer, value: Value, label: Option<String>, at: Moment) -> bool {
    answer.progress = None;
    if answer.value() == Some(&value) && answer.label == label {
        return false;
    }
    supersede(answer, Outcome::Value(value), label, at);
    true
}

/// Leaves an answer out long after it was given: what it was before, and what was `typed` now, stays
/// among the earlier wordings. True where that changes something.
pub fn leave_out(answer: &mut Answer, typed: Option<String>, at: Moment) -> bool {
    answer.progress = typed.or(answer.progress.take());
    let before = answer.versions.len();
    let was = answer.given == Outcome::Skipped;
    if !was {
        supersede(answer, Outcome::Skipped, None, at.clone());
    }
    put_away(answer, at);
    !was || answer.versions.len() != before
}

/// Puts something in the place of what an answer of any kind is, which stays among the earlier wordings.
fn supersede(answer: &mut Answer, given: Outcome, label: Option<String>, at: Moment) {
    let words = own_words(answer);
    if let Outcome::Value(value) = std::mem::replace(&mut answer.given, given) {
        let given = answer.at.clone().unwrap_or_else(|| at.clone());
        keep(answer, words.unwrap_or(value), given);
    }
    answer.findings.clear();
    (answer.label, answer.at) = (label, Some(at));
}

/// What a person put into words themselves: a text, or what they typed for "something else".
fn own_words(answer: &Answer) -> Option<Value> {
    match (&answer.given, &answer.label) {
        (Outcome::Value(text @ Value::Text(_)), _) => Some(text.clone()),
        (Outcome::Value(Value::Choice(id)), Some(typed)) if id == OTHER => {
            Some(Value::Text(typed.clone()))
        }
        _ => None,
    }
}

fn keep(answer: &mut Answer, value: Value, at: Moment) {
    let versions = &mut answer.versions;
    if versions.last().is_some_and(|last| last.value == value) {
        return;
    }
    versions.push(AnswerVersion {
        at,
        value,
        extra: toml::Table::new(),
    });
    bound(versions);
}

/// The text that stands at a step: in progress, given, or given before it was left out.
pub(super) fn text_at(answer: &Answer) -> Option<String> {
    let skipped = answer.given == Outcome::Skipped;
    let before = answer.versions.last().filter(|_| skipped);
    let given = answer.own_value().or(before.map(|before| &before.value));
    let given = match given {
        Some(Value::Text(text)) => Some(text),
        _ => None,
    };
    answer.progress.as_ref().or(given).cloned()
}

/// Whether an answer that is still to be given holds words all the same.
pub(super) fn holds_words(answer: &Answer) -> bool {
    answer.progress.is_some() || !answer.versions.is_empty()
}

fn bound(versions: &mut Vec<AnswerVersion>) {
    while versions.len() > MOST || (versions.len() > 1 && bytes(versions) > MOST_BYTES) {
        // The first one goes last, but for the latest.
        versions.remove(usize::from(versions.len() > 2));
    }
}

fn bytes(versions: &[AnswerVersion]) -> usize {
    let texts = versions.iter().map(|version| match &version.value {
        Value::Text(text) => text.len(),
        _ => 0,
    });
    texts.sum()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::exercise::StepKind;
    use crate::session::StoredFinding;

    fn text(words: &str) -> Outcome {
        Outcome::Value(Value::Text(words.into()))
    }

    fn answer(given: Outcome) -> Answer {
        Answer {
            findings: vec![StoredFinding {
                rule: "excuse".into(),
                span: (0, 1),
                kept: false,
                extra: toml::Table::new(),
            }],
            ..crate::test_support::answer("act", StepKind::Write, given)
        }
    }

    fn wordings(answer: &Answer) -> Vec<String> {
        let values = answer.versions.iter().map(|version| match &version.value {
            Value::Text(text) => text.clone(),
            other => format!("{other:?}"),
        });
        values.collect()
    }

    #[test]
    fn a_changed_text_keeps_its_earlier_wordings_oldest_first() {
        let mut answer = answer(text("one"));
        for words in ["two", "two", "three", "one"] {
            replace(&mut answer, text(words), None);
        }
        assert_eq!(wordings(&answer), ["one", "two", "three"]);
        assert_eq!(answer.given, text("one"));
    }

    #[test]
    fn an_answer_of_any_kind_is_revised_and_stays_as_it_was_as_well() {
        let mut warm = answer(Outcome::Value(Value::Number(2)));
        let (before, later) = (warm.at.clone(), Moment("2026-12-01T00:00:00".into()));
        assert!(!revise(&mut warm, Value::Number(2), None, later.clone()));
        assert_eq!((&warm.at, warm.findings.len()), (&before, 1));
        assert!(revise(&mut warm, Value::Number(4), None, later.clone()));
        assert_eq!(warm.given, Outcome::Value(Value::Number(4)));
        assert_eq!(warm.at, Some(later.clone()));
        assert_eq!((warm.versions.len(), warm.findings.len()), (1, 0));
        assert_eq!(Some(&warm.versions[0].at), before.as_ref());
        assert_eq!(warm.versions[0].value, Value::Number(2));
        // What they would rather not say then, and say now, had no wording.
        let mut skipped = answer(Outcome::Skipped);
        assert!(revise(&mut skipped, Value::Text("now".into()), None, later));
        assert!(skipped.versions.is_empty());
    }

    #[test]
    fn findings_stay_with_the_text_that_they_point_into() {
        let mut answer = answer(text("one"));
        replace(&mut answer, text("one"), None);
        assert_eq!(answer.findings.len(), 1);
        replace(&mut answer, text("two"), None);
        assert_eq!(answer.findings, []);
    }

    #[test]
    fn a_text_that_was_opened_again_and_given_as_it_was_has_no_other_wording() {
        let mut answer = answer(text("one"));
        replace(&mut answer, Outcome::Pending, None);
        assert_eq!(wordings(&answer), ["one"]);
        replace(&mut answer, text("one"), None);
        assert_eq!(wordings(&answer), [""; 0]);
        replace(&mut answer, Outcome::Pending, None);
        replace(&mut answer, text("two"), None);
        assert_eq!(wordings(&answer), ["one"]);
    }

    #[test]
    fn what_they_would_rather_not_say_any_more_stays_among_the_earlier_wordings() {
        let mut answer = answer(text("one"));
        replace(&mut answer, text("two"), None);
        answer.progress = Some("three".into());
        replace(&mut answer, Outcome::Skipped, None);
        put_away(&mut answer, Moment::default());
        assert_eq!(wordings(&answer), ["one", "two", "three"]);
        assert_eq!((answer.findings.len(), answer.progress.as_ref()), (0, None));
        // Put away again as it is, and then given after all.
        answer.progress = Some("three".into());
        put_away(&mut answer, Moment::default());
        assert_eq!(wordings(&answer), ["one", "two", "three"]);
        replace(&mut answer, text("three"), None);
        assert_eq!(wordings(&answer), ["one", "two"]);
    }

    #[test]
    fn what_was_typed_for_something_else_stays_as_a_wording() {
        let other = || Outcome::Value(Value::Choice(OTHER.into()));
        let mut answer = answer(other());
        answer.label = Some("an aunt".into());
        replace(&mut answer, other(), Some("an uncle".into()));
        assert_eq!(wordings(&answer), ["an aunt"]);
        let hill = Outcome::Value(Value::Choice("hill".into()));
        replace(&mut answer, hill, Some("Uphill".into()));
        replace(&mut answer, Outcome::Skipped, None);
        assert_eq!(wordings(&answer), ["an aunt", "an uncle"]);
        replace(&mut answer, other(), Some("an uncle".into()));
        let choice = Value::Choice("hill".into());
        revise(&mut answer, choice, None, Moment::default());
        assert_eq!(wordings(&answer), ["an aunt", "an uncle"]);
    }

    #[test]
    fn what_is_chosen_or_rated_has_no_wordings() {
        let mut answer = answer(Outcome::Value(Value::Number(3)));
        replace(&mut answer, Outcome::Value(Value::Number(4)), None);
        assert_eq!(wordings(&answer), [""; 0]);
    }

    #[test]
    fn the_first_wording_and_the_latest_are_kept_within_bounds() {
        let mut answer = answer(text("0"));
        for number in 1..100 {
            replace(&mut answer, text(&number.to_string()), None);
        }
        let kept = wordings(&answer);
        assert_eq!(kept.len(), MOST);
        assert_eq!((kept[0].as_str(), kept[1].as_str()), ("0", "80"));
        assert_eq!(kept[MOST - 1], "98");
        for letter in ["a", "b", "c"] {
            replace(&mut answer, text(&letter.repeat(MOST_BYTES / 2 + 1)), None);
        }
        let kept = wordings(&answer);
        assert_eq!(kept.len(), 2, "the first, and the latest long one");
        assert!(kept[0] == "0" && kept[1].starts_with('b'));
        replace(&mut answer, text(&"d".repeat(MOST_BYTES + 1)), None);
        replace(&mut answer, text("e"), None);
        let kept = wordings(&answer);
        assert_eq!(kept.len(), 1, "a text as long as this is kept alone");
        assert!(kept[0].starts_with('d'));
    }
}
