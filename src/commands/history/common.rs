//! What several of the commands on sessions need.

use jiff::ToSpan;
use jiff::civil::Date;

use crate::commands::say::say;
use crate::error::Error;
use crate::exercise::Strategy;
use crate::home::world::World;
use crate::journal::{Store, StoreError};
use crate::session::SessionState;
use crate::text::inert;

/// What the exercise with an id works on, where there is such an exercise.
pub(super) type StrategyLookup<'a> = &'a (dyn Fn(&str) -> Option<Strategy> + Sync);

/// A file that is left out of what is shown, and why.
pub(crate) fn left_out(error: StoreError) -> String {
    let error = Error::from(error);
    let causes = error.causes.iter().map(|cause| format!(": {cause}"));
    let hints = error.hints.iter().map(|hint| format!("hint: {hint}\n"));
    format!(
        "left out: {}{}\n{}",
        inert(&error.message),
        inert(&causes.collect::<String>()),
        inert(&hints.collect::<String>())
    )
}

/// The sessions that aren’t read, since their names are only nearly right.
pub(crate) fn misnamed(store: &Store) -> impl Iterator<Item = StoreError> {
    let paths = store.sessions().misnamed("", true).into_iter();
    paths.map(|path| StoreError::Misnamed { path })
}

/// Names the files that may have what was in a session, and that nobody touched.
pub(super) fn tell_copies(world: &mut World<'_>, store: &Store, id: &str) {
    let copies = store.copies_of(id).into_iter();
    let copies: String = copies
        .map(|copy| format!("  {}\n", copy.display()))
        .collect();
    if !copies.is_empty() {
        say(world, &format!("{COPIES}\n{copies}"));
    }
}

/// How a session stands, in a word for people.
pub(crate) fn state_in_words(state: SessionState) -> &'static str {
    match state {
        SessionState::Open => "paused",
        SessionState::Done => "done",
        SessionState::Left => "left",
    }
}

// Texts for people.
const COPIES: &str = "Copies here may still have it. They stay as they are until you remove them:";

/// What stands for the words of an answer to a sensitive question.
pub(super) const NOT_SHOWN: &str = "(not shown)";

/// A day as people say it: its date, but for today and yesterday.
pub(crate) fn day_in_words(day: &str, today: Date) -> &str {
    let yesterday = today.saturating_sub(1.day());
    match day.parse::<Date>() {
        Ok(date) if date == today => "today",
        Ok(date) if date == yesterday => "yesterday",
        _ => day,
    }
}

/// A minute as people say it: its date and time, but for today and yesterday.
pub(crate) fn minute_in_words(minute: &str, today: Date) -> String {
    let (day, time) = minute.split_once(' ').unwrap_or((minute, ""));
    format!("{} {time}", day_in_words(day, today))
}

/// The version of what `--json` prints: it only grows within a major number.
pub(super) const FORMAT: &str = "1.0";
