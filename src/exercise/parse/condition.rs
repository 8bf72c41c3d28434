//! Conditions, each test checked against the step that it tests.

use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::scope::StepScope;
use crate::exercise::{AnswerTest, Asking, Condition, Step};
use crate::format::did_you_mean;
use crate::format::problem::{Code, Problem, Span};
use crate::format::read::{SpannedValue, as_number, as_text, list, number, text};

/// Reads a condition that may test the steps before `before`. None when some of it is wrong, so
/// that nothing further is concluded from it.
pub(super) fn read(
    value: &SpannedValue<'_>,
    scope: &StepScope,
    before: usize,
    problems: &mut Vec<Problem>,
) -> Option<Condition> {
    let table = value.get_ref().as_table()?;
    let mut parts = |key| -> Option<Vec<Condition>> {
        // Every part is read, so that every part's problems are told.
        let parts: Vec<_> = list(table, key)
            .iter()
            .map(|part| read(part, scope, before, problems))
            .collect();
        parts.into_iter().collect()
    };
    if table.contains_key("all") {
        return parts("all").map(Condition::All);
    }
    if table.contains_key("any") {
        return parts("any").map(Condition::Any);
    }
    if let Some(inner) = table.get("not") {
        let inner = read(inner, scope, before, problems)?;
        return Some(Condition::Not(Box::new(inner)));
    }
    let id = text(table, "step")?;
    let span = table.get("step").map(Spanned::span)?;
    match scope.find(&id, before, &span) {
        Ok(step) => match test(table, step) {
            Ok(test) => test.map(|test| Condition::Step { step: id, test }),
            Err(problem) => {
                problems.push(problem);
                None
            }
        },
        Err(problem) => {
            problems.extend(problem);
            None
        }
    }
}

/// The one test of a condition; none when its shape was wrong.
pub(crate) fn test(table: &DeTable<'_>, step: &Step) -> Result<Option<AnswerTest>, Problem> {
    if step.kind().spec().value.is_none() {
        let span = table.get("step").map(Spanned::span).unwrap_or_default();
        let message = format!("step `{}` only shows text, so it has no answer", step.id);
        return Err(Problem::new(Code::TestDoesNotFit, span, message)
            .help("test a step that asks something"));
    }
    if let Some(value) = table.get("is") {
        return literal(value, step, "is").map(|text| text.map(AnswerTest::Is));
    }
    if let Some(value) = table.get("is_not") {
        return literal(value, step, "is_not").map(|text| text.map(AnswerTest::IsNot));
    }
    if let Some(value) = table.get("includes") {
        return includes(value, step).map(|id| id.map(AnswerTest::Includes));
    }
    for (key, make) in [
        ("at_least", AnswerTest::AtLeast as fn(i64) -> AnswerTest),
        ("at_most", AnswerTest::AtMost),
    ] {
        if let Some(limit) = number(table, key) {
            let span = table.get(key).map(Spanned::span).unwrap_or_default();
            return limits(limit, span, step, key).map(|()| Some(make(limit)));
        }
    }
    let answered = table
        .get("answered")
        .and_then(|value| value.get_ref().as_bool());
    Ok(answered.map(AnswerTest::Answered))
}

/// The value of `is` or `is_not`, as a person would type it.
fn literal(value: &SpannedValue<'_>, step: &Step, key: &str) -> Result<Option<String>, Problem> {
    let span = value.span();
    match (&step.ask, value.get_ref()) {
        (Asking::Choose { other, .. }, DeValue::String(id)) => {
            option(id, &span, step, *other).map(Some)
        }
        (Asking::Rate { from, to, .. }, DeValue::Integer(_)) => {
            let number = as_number(value).unwrap_or(*from);
            within(number, *from, *to, span, step).map(|()| Some(number.to_string()))
        }
        (Asking::Confirm, DeValue::Boolean(yes)) => Ok(Some(yes.to_string())),
        (
            Asking::Write { .. } | Asking::Draw { .. } | Asking::Compose { .. } | Asking::Date,
            DeValue::String(_),
        ) => Ok(as_text(value)),
        _ => {
            let message = format!("`{key}` doesn’t fit the answer to step `{}`", step.id);
            Err(Problem::new(Code::TestDoesNotFit, span, message).help(fitting(step, key)))
        }
    }
}

/// How a test of this step is written.
fn fitting(step: &Step, key: &str) -> String {
    let id = &step.id;
    match &step.ask {
        Asking::Choose { options, .. } => {
            let first = options.first().map_or("…", |option| &option.id);
            format!("it’s a choice: {key} = \"{first}\"")
        }
        Asking::Pick { .. } => {
            format!("several can be picked: {{ step = \"{id}\", includes = \"…\" }}")
        }
        Asking::Rate { from, .. } => format!("it’s a number: {key} = {from}"),
        Asking::Confirm => format!("it’s a yes or no: {key} = true, or {key} = false"),
        Asking::Promise(_) => {
            format!("it’s followed or not: {{ step = \"{id}\", answered = true }}")
        }
        _ => format!("it’s text: {key} = \"…\""),
    }
}

fn includes(value: &SpannedValue<'_>, step: &Step) -> Result<Option<String>, Problem> {
    let Asking::Pick { .. } = step.ask else {
        let message = format!("`includes` is for picks, and step `{}` isn’t one", step.id);
        return Err(
            Problem::new(Code::TestDoesNotFit, value.span(), message).help(fitting(step, "is"))
        );
    };
    match as_text(value) {
        Some(id) => option(&id, &value.span(), step, false).map(Some),
        None => Ok(None),
    }
}

/// An option of the step, or the problem with its id.
pub(super) fn option(id: &str, span: &Span, step: &Step, other: bool) -> Result<String, Problem> {
    let mut known: Vec<&str> = step
        .options()
        .iter()
        .map(|option| option.id.as_str())
        .collect();
    if other {
        known.push(crate::exercise::OTHER);
    }
    if known.contains(&id) {
        return Ok(id.to_string());
    }
    let message = format!("step `{}` has no option `{}`", step.id, id.escape_debug());
    let help = match did_you_mean(id, known.iter().copied()) {
        Some(question) => question,
        None => format!("its options: {}", known.join(", ")),
    };
    Err(Problem::new(Code::UnknownOption, span.clone(), message).help(help))
}

fn limits(limit: i64, span: Span, step: &Step, key: &str) -> Result<(), Problem> {
    match step.ask {
        Asking::Rate { from, to, .. } => within(limit, from, to, span, step),
        _ => {
            let message = format!("`{key}` is for ratings, and step `{}` isn’t one", step.id);
            Err(Problem::new(Code::TestDoesNotFit, span, message).help(fitting(step, "is")))
        }
    }
}

fn within(number: i64, from: i64, to: i64, span: Span, step: &Step) -> Result<(), Problem> {
    if (from..=to).contains(&number) || from >= to {
        return Ok(());
    }
    let message = format!("step `{}` goes from {from} to {to}", step.id);
    Err(Problem::new(Code::TestDoesNotFit, span, message)
        .help("test for a number that can be given"))
}
