//! The answers file of a session: done again with it, the same session comes out but for times
//! and its name.

use crate::exercise::{Asking, Exercise, StepKind};
use crate::journal::format::text::{key, plain, string};
use crate::session::{Answer, AnswerId, OTHER, Outcome, Partner, Session, Value};
use crate::text::inert;

use super::file::FORMAT;

/// The answers of a session as a file: its seed, what was drawn, and every answer on the way that
/// was taken. Answers of steps that the exercise does not have any more are left out.
pub fn record(exercise: &Exercise, session: &Session) -> String {
    let about = format!("{}, {}", exercise.head.title, session.started.day());
    let mut file = format!(
        "# {}\nformat = {FORMAT}\nexercise = {}\nversion = {}\nseed = {}\n",
        inert(&one_line(&about)),
        string(&session.exercise),
        exercise.head.version,
        session.seed
    );
    if let Some(partners) = session.partners() {
        let [a, b] = Partner::PAIR.map(|partner| string(partners.name(partner)));
        file.push_str(&format!("names = {{ a = {a}, b = {b} }}\n"));
    }
    let taken = || {
        session
            .answers
            .iter()
            .filter(|answer| is_taken(exercise, answer) && !answer.closed)
    };
    let draws = taken().filter_map(|answer| Some((answer, answer.item.as_ref()?)));
    for (at, (answer, item)) in draws.enumerate() {
        if at == 0 {
            file.push_str("\n[draws]\n");
        }
        file.push_str(&format!("{} = {}\n", name(answer), string(item)));
    }
    file.push_str("\n[answers]\n");
    for answer in taken() {
        if let Some(value) = written(answer) {
            file.push_str(&format!("{} = {value}\n", name(answer)));
        }
        file.push_str(&said_by_each(exercise, session, answer));
    }
    file.push_str(&kept(exercise, session));
    file
}

/// What stayed closed, as left out.
fn kept(exercise: &Exercise, session: &Session) -> String {
    let sealed = exercise.steps.iter().filter(|step| step.participation.seal);
    let mut lines = String::new();
    for (step, by) in sealed.flat_map(|step| Partner::PAIR.map(|by| (step, by))) {
        let group = step.group.as_deref().and_then(|name| exercise.group(name));
        let id = AnswerId {
            by: Some(by),
            ..AnswerId::new(&step.id, 1)
        };
        let is_closed = session.answer(&id).is_none_or(|answer| answer.closed);
        if step.is_asked_of(Some(by), group) && is_closed {
            lines.push_str(&format!("{} = {{ skip = true }}\n", key(&id.to_string())));
        }
    }
    lines
}

fn is_taken(exercise: &Exercise, answer: &Answer) -> bool {
    let step = exercise.step(&answer.step);
    !answer.unreached && step.is_some_and(|step| step.kind() == answer.kind)
}

fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn name(answer: &Answer) -> String {
    key(&answer.id().to_string())
}

/// What each of two people said to a share or an agreement.
fn said_by_each(exercise: &Exercise, session: &Session, answer: &Answer) -> String {
    let step = exercise
        .step(&answer.step)
        .filter(|_| exercise.head.for_two);
    let of = match step.map(|step| &step.ask) {
        Some(Asking::Share { of }) => of.as_slice(),
        Some(Asking::Promise(_)) => &[],
        _ => return String::new(),
    };
    let shown = session
        .answers
        .iter()
        .any(|answer| of.contains(&answer.step) && !answer.closed);
    let said = shown || answer.value().is_some();
    let mut lines = String::new();
    for by in Partner::PAIR {
        let own = AnswerId {
            by: Some(by),
            ..AnswerId::new(&answer.step, 1)
        };
        lines.push_str(&format!("{} = {said}\n", key(&own.to_string())));
    }
    lines
}

/// What gives the same answer again; nothing where none was given.
fn written(answer: &Answer) -> Option<String> {
    let value = match &answer.given {
        Outcome::Pending | Outcome::Seen | Outcome::Closed(_) => return None,
        Outcome::Skipped if answer.kind == StepKind::Say => return None,
        Outcome::Skipped => return Some(String::from("{ skip = true }")),
        Outcome::Value(value) => value,
    };
    Some(match value {
        Value::Choice(id) if id == OTHER => string(answer.label.as_deref().unwrap_or(id)),
        value => plain(value.plain()),
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::exercise::parse;
    use crate::session::Partner;
    use crate::test_support::{answer, session};

    const TWO: &str = include_str!("../../tests/fixtures/two/wish.toml");

    #[test]
    fn what_somebody_keeps_under_their_own_passphrase_is_recorded_as_left_out() {
        let exercise = parse::exercise("tea", TWO).unwrap();
        let text = |words: &str| Outcome::Value(Value::Text(words.into()));
        let kept = Answer {
            by: Some(Partner::B),
            closed: true,
            ..answer("wish", StepKind::Write, text("heron-7781"))
        };
        let share = answer("show", StepKind::Share, Outcome::Seen);
        let session = Session {
            answers: vec![kept, share],
            ..session("20261122T174501.032Z-9f3a61c2")
        };
        let recorded = record(&exercise, &session);
        assert!(!recorded.contains("heron-7781"), "{recorded}");
        assert!(
            recorded.contains("\"b:wish\" = { skip = true }"),
            "{recorded}"
        );
        assert!(recorded.contains("\"b:show\" = false"), "{recorded}");
    }
}
