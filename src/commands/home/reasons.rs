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
    reason: Vec<Reason>,
}

/// All of them, in the order they are offered in.
pub(super) fn all() -> Vec<Reason> {
    let file = toml::from_str(TEXT);
    let file: ReasonsFile = file.unwrap_or_else(|error| unreachable!("built-in reasons: {error}"));
    file.reason
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
