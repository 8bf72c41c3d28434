//! What stands in the head of an exercise.

use toml::de::DeTable;

use crate::exercise::{ExerciseHead, Source, Strategy};
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
        tags: list(root, "tags").iter().filter_map(as_text).collect(),
        pack: None,
    }
}

/// What the exercise rests on.
pub(super) fn sources(root: &DeTable<'_>) -> Vec<Source> {
    tables(root, "sources")
        .map(|source| {
            let line = |key| text(source, key).unwrap_or_default();
            Source {
                author: line("author"),
                year: number(source, "year").unwrap_or_default(),
                title: line("title"),
                doi: text(source, "doi"),
                address: text(source, "address"),
                supports: line("supports"),
                strength: line("strength"),
            }
        })
        .collect()
}
