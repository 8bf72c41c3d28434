//! Conditions in words.

use super::{AnswerTest, Condition};

/// A condition as it reads behind "only when": `` `side` is one of: hurt, both ``.
pub fn words(condition: &Condition) -> String {
    match condition {
        Condition::Step { step, test } => format!("`{step}` {}", tested(test)),
        Condition::All(parts) => none_of(parts).unwrap_or_else(|| joined(parts, " and ")),
        Condition::Any(parts) => one_of(parts).unwrap_or_else(|| joined(parts, " or ")),
        Condition::Not(inner) => match &**inner {
            Condition::Step {
                step,
                test: AnswerTest::Is(what),
            } => format!("`{step}` is anything but {}", yes_or_no(what)),
            inner => format!("not ({})", words(inner)),
        },
    }
}

/// A test as it reads behind what it tests.
pub(crate) fn tested(test: &AnswerTest) -> String {
    match test {
        AnswerTest::Is(what) => format!("is {}", yes_or_no(what)),
        AnswerTest::IsNot(what) => format!("has an answer other than {}", yes_or_no(what)),
        AnswerTest::Includes(what) => format!("includes {what}"),
        AnswerTest::AtLeast(number) => format!("is {number} or more"),
        AnswerTest::AtMost(number) => format!("is {number} or less"),
        AnswerTest::Answered(true) => String::from("is answered"),
        AnswerTest::Answered(false) => String::from("has no answer"),
    }
}

/// Several answers that one step may have.
fn one_of(parts: &[Condition]) -> Option<String> {
    let same = |part: &'_ Condition| match part {
        Condition::Step {
            step,
            test: AnswerTest::Is(what),
        } => Some((step.clone(), "is", yes_or_no(what).to_string())),
        Condition::Step {
            step,
            test: AnswerTest::Includes(what),
        } => Some((step.clone(), "includes", what.clone())),
        _ => None,
    };
    let parts: Vec<_> = parts.iter().map(same).collect::<Option<_>>()?;
    let (step, verb, _) = parts.first()?;
    let alike = parts.iter().all(|part| (&part.0, &part.1) == (step, verb));
    let wanted: Vec<&str> = parts.iter().map(|part| part.2.as_str()).collect();
    alike.then(|| match wanted.as_slice() {
        [one] => format!("`{step}` {verb} {one}"),
        several => format!("`{step}` {verb} one of: {}", several.join(", ")),
    })
}

/// Several answers that one step may not have, though it has one.
fn none_of(parts: &[Condition]) -> Option<String> {
    let Condition::Step { step: first, .. } = parts.first()? else {
        return None;
    };
    let unwanted = parts.iter().map(|part| match part {
        Condition::Step {
            step,
            test: AnswerTest::IsNot(what),
        } if step == first => Some(yes_or_no(what)),
        _ => None,
    });
    let unwanted: Vec<&str> = unwanted.collect::<Option<_>>()?;
    Some(format!(
        "`{first}` has an answer other than {}",
        unwanted.join(", ")
    ))
}

fn joined(parts: &[Condition], with: &str) -> String {
    if parts.is_empty() {
        return String::from(if with == " and " { "always" } else { "never" });
    }
    let parts: Vec<String> = parts
        .iter()
        .map(|part| match part {
            Condition::All(inner) | Condition::Any(inner) if inner.len() > 1 && parts.len() > 1 => {
                format!("({})", words(part))
            }
            _ => words(part),
        })
        .collect();
    parts.join(with)
}

fn yes_or_no(what: &str) -> &str {
    match what {
        "true" => "yes",
        "false" => "no",
        other => other,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn is(step: &str, test: AnswerTest) -> Condition {
        Condition::Step {
            step: step.into(),
            test,
        }
    }

    #[test]
    fn conditions_are_said_in_words() {
        let hurt = || is("side", AnswerTest::Is("hurt".into()));
        let both = || is("side", AnswerTest::Is("both".into()));
        let yes = || is("again", AnswerTest::Is("true".into()));
        let cases = [
            (hurt(), "`side` is hurt"),
            (yes(), "`again` is yes"),
            (Condition::Any(vec![hurt()]), "`side` is hurt"),
            (
                Condition::Any(vec![hurt(), both()]),
                "`side` is one of: hurt, both",
            ),
            (
                Condition::Any(vec![hurt(), yes()]),
                "`side` is hurt or `again` is yes",
            ),
            (
                Condition::All(vec![
                    Condition::Any(vec![hurt(), both()]),
                    is("well", AnswerTest::AtMost(2)),
                ]),
                "(`side` is one of: hurt, both) and `well` is 2 or less",
            ),
            (
                Condition::Not(Box::new(Condition::Any(vec![hurt(), yes()]))),
                "not (`side` is hurt or `again` is yes)",
            ),
            (
                is("plan", AnswerTest::Answered(false)),
                "`plan` has no answer",
            ),
            (
                is("signs", AnswerTest::Includes("a".into())),
                "`signs` includes a",
            ),
        ];
        for (condition, said) in cases {
            assert_eq!(words(&condition), said);
        }
    }
}
