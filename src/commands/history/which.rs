//! Which answer of a session is meant: `act`, or `act@2` in the second round.

use crate::error::{Error, Result};
use crate::format::did_you_mean;
use crate::session::{Answer, Session};

/// The answer with this name. Without one the error names the nearest.
pub(super) fn answer<'s>(session: &'s Session, id: &str) -> Result<&'s Answer> {
    let answer = id.parse().ok().and_then(|id| session.answer(&id));
    answer.ok_or_else(|| no_answer(session, id))
}

fn no_answer(session: &Session, id: &str) -> Error {
    let ids = session
        .answers
        .iter()
        .map(|answer| answer.id().to_string())
        .collect::<Vec<_>>();
    let error = Error::usage(format!("no answer {id} in session {}", session.short_id()));
    with_names(error, &ids, id)
}

/// An error with a hint at the name that was perhaps meant, or at all there are.
pub(super) fn with_names(error: Error, ids: &[String], typed: &str) -> Error {
    let of_one = format!(":{typed}");
    let of_each: Vec<&str> = ids
        .iter()
        .map(String::as_str)
        .filter(|id| id.ends_with(&of_one))
        .collect();
    if of_each.len() > 1 {
        return error.hint(format!("did you mean `{}`?", of_each.join("` or `")));
    }
    match did_you_mean(typed, ids.iter().map(String::as_str)) {
        Some(question) => error.hint(question),
        _ if ids.is_empty() => error.hint("it has no answers yet"),
        _ => error.hint(format!("it has {}", ids.join(", "))),
    }
}

/// What a person calls it: its short name, where it has one.
pub(super) fn called(answer: &Answer) -> String {
    match (&answer.name, answer.round) {
        (None, _) => answer.id().to_string(),
        (Some(name), 1) => name.clone(),
        (Some(name), round) => format!("{name} {round}"),
    }
}
