//! What brings people here, and which exercises that leads to.

use serde::Deserialize;

/// Something that brings somebody here.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Reason {
    /// In their words.
    pub(super) words: String,
    /// The ids of the exercises it leads to, the one to begin with first.
    pub(super) exercises: Vec<String>,
    /// The id of the plan that it leads to.
    pub(super) plan: Option<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct ReasonsFile {
    any_day: Vec<String>,
    reason: Vec<Reason>,
}

/// All of them, in the order they are offered in.
pub(super) fn all() -> Vec<Reason> {
    file().reason
}

/// The ids of exercises that fit any day and anybody, also somebody who is afraid.
pub(super) fn any_day() -> Vec<String> {
    file().any_day
}

fn file() -> ReasonsFile {
    let file = toml::from_str(TEXT);
    file.unwrap_or_else(|error| unreachable!("built-in reasons: {error}"))
}

const TEXT: &str = include_str!("reasons.toml");

#[cfg(test)]
mod tests {
    use super::*;
    use crate::exercise::library::Library;

    #[test]
    fn each_of_six_reasons_leads_to_two_or_three_exercises_that_there_are() {
        let library = Library::open(None);
        let all = all();
        assert_eq!(all.len(), 6);
        let any_day = any_day();
        let is_open = |id: &String| library.head(id).is_ok_and(|head| !head.gate);
        assert!(!any_day.is_empty() && any_day.iter().all(is_open));
        for reason in all {
            assert!((2..=3).contains(&reason.exercises.len()), "{reason:?}");
            for id in &reason.exercises {
                assert!(library.head(id).is_ok(), "{id}");
            }
            if let Some(id) = &reason.plan {
                assert!(crate::plan::library::is_built_in(id), "{id}");
            }
        }
    }
}
