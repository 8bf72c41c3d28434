//! What stands in the head of an exercise.

use toml::de::DeTable;

use crate::exercise::{ExerciseHead, Source, Strategy, works};
use crate::format::read::{as_text, list, number, tables, text};

/// What a list shows.
pub(super) fn head(id: &str, root: &DeTable<'_>) -> ExerciseHead {
    let line = |key| text(root, key).unwrap_or_default();
    ExerciseHead {
        id: id.to_string(),
        version: number(root, "version").unwrap_or(1),
        lang: text(root, "lang").unwrap_or_else(|| String::from("en")),
        title: line("title"),
        strategy: Strategy::from_id(&line("strategy")).unwrap_or(Strategy::Communication),
        minutes: number(root, "minutes").unwrap_or_default(),
        summary: line("summary"),
        gate: text(root, "gate").is_some(),
        for_two: is_for_two(root),
        tags: list(root, "tags").iter().filter_map(as_text).collect(),
        pack: None,
    }
}

/// Whether two people do it.
pub(super) fn is_for_two(root: &DeTable<'_>) -> bool {
    text(root, "for").as_deref() == Some("two")
}

/// What the exercise rests on.
pub(super) fn sources(root: &DeTable<'_>) -> Vec<Source> {
    tables(root, "sources")
        .map(|source| {
            let listed = text(source, "id").and_then(|id| works::find(&id));
            Source {
                strength: text(source, "strength").filter(|_| listed.is_some()),
                work: listed.unwrap_or_else(|| works::work(source)),
                supports: text(source, "supports").unwrap_or_default(),
            }
        })
        .collect()
}
