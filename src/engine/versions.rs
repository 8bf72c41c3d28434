//! Earlier wordings of a text, so that one can see later how it grew.

use crate::session::{Answer, AnswerVersion, Moment, Outcome, Value};

/// So many earlier wordings of a text are kept: the first, and the latest others.
const MOST: usize = 20;

/// So many bytes of earlier wordings are kept in all; the latest one is kept however long it is.
const MOST_BYTES: usize = 256 * 1024;

/// Puts `given` in the place of what an answer holds. A text that is changed stays among the
/// earlier wordings; the same text again is no other wording. What they would rather not say any
/// more goes with all its wordings.
pub(super) fn replace(answer: &mut Answer, given: Outcome) {
    if answer.given == given {
        return;
    }
    answer.findings.clear();
    let before = std::mem::replace(&mut answer.given, given);
    if matches!(answer.given, Outcome::Skipped | Outcome::Seen) {
        answer.versions.clear();
        return;
    }
    if let Outcome::Value(value @ Value::Text(_)) = before {
        answer.versions.push(AnswerVersion {
            at: answer.at.clone().unwrap_or_default(),
            value,
            extra: toml::Table::new(),
        });
    } else if let Some(last) = answer.versions.last()
        && answer.value() == Some(&last.value)
    {
        // It was opened again, and is given as it was.
        answer.versions.pop();
    }
    bound(&mut answer.versions);
}

/// Puts another value in the place of an answer of any kind, long after it was given: what it was
/// before stays among the earlier wordings, with its time. True where that changes something.
pub fn revise(answer: &mut Answer, value: Value, label: Option<String>, at: Moment) -> bool {
    answer.progress = None;
    if answer.value() == Some(&value) && answer.label == label {
        return false;
    }
    let before = std::mem::replace(&mut answer.given, Outcome::Value(value));
    if let Outcome::Value(value) = before {
        answer.versions.push(AnswerVersion {
            at: answer.at.clone().unwrap_or_else(|| at.clone()),
            value,
            extra: toml::Table::new(),
        });
        bound(&mut answer.versions);
    }
    answer.findings.clear();
    answer.label = label;
    answer.at = Some(at);
    true
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
            replace(&mut answer, text(words));
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
        replace(&mut answer, text("one"));
        assert_eq!(answer.findings.len(), 1);
        replace(&mut answer, text("two"));
        assert_eq!(answer.findings, []);
    }

    #[test]
    fn a_text_that_was_opened_again_and_given_as_it_was_has_no_other_wording() {
        let mut answer = answer(text("one"));
        replace(&mut answer, Outcome::Pending);
        assert_eq!(wordings(&answer), ["one"]);
        replace(&mut answer, text("one"));
        assert_eq!(wordings(&answer), [""; 0]);
        replace(&mut answer, Outcome::Pending);
        replace(&mut answer, text("two"));
        assert_eq!(wordings(&answer), ["one"]);
    }

    #[test]
    fn what_they_would_rather_not_say_any_more_goes_with_its_wordings() {
        let mut answer = answer(text("one"));
        replace(&mut answer, text("two"));
        replace(&mut answer, Outcome::Skipped);
        assert_eq!((wordings(&answer).len(), answer.findings.len()), (0, 0));
    }

    #[test]
    fn what_is_chosen_or_rated_has_no_wordings() {
        let mut answer = answer(Outcome::Value(Value::Number(3)));
        replace(&mut answer, Outcome::Value(Value::Number(4)));
        assert_eq!(wordings(&answer), [""; 0]);
    }

    #[test]
    fn the_first_wording_and_the_latest_are_kept_within_bounds() {
        let mut answer = answer(text("0"));
        for number in 1..100 {
            replace(&mut answer, text(&number.to_string()));
        }
        let kept = wordings(&answer);
        assert_eq!(kept.len(), MOST);
        assert_eq!((kept[0].as_str(), kept[1].as_str()), ("0", "80"));
        assert_eq!(kept[MOST - 1], "98");
        for letter in ["a", "b", "c"] {
            replace(&mut answer, text(&letter.repeat(MOST_BYTES / 2 + 1)));
        }
        let kept = wordings(&answer);
        assert_eq!(kept.len(), 2, "the first, and the latest long one");
        assert!(kept[0] == "0" && kept[1].starts_with('b'));
        replace(&mut answer, text(&"d".repeat(MOST_BYTES + 1)));
        replace(&mut answer, text("e"));
        let kept = wordings(&answer);
        assert_eq!(kept.len(), 1, "a text as long as this is kept alone");
        assert!(kept[0].starts_with('d'));
    }
}
