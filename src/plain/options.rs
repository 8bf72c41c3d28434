//! Options that are chosen by typing: how many, and which of them stand there.

use crate::ask::{Ask, Choice, Input};
use crate::text::language::Language;

/// How to pick several, and how many.
pub(super) fn several(min: usize, max: usize, of: usize, language: Language) -> String {
    let words = match (min, max) {
        (min, max) if min == max => "Type numbers with commas between them: {min} of them.",
        (0, max) if max >= of => "Type numbers with commas between them.",
        (0, _) => "Type numbers with commas between them, {max} at most.",
        (_, max) if max >= of => "Type numbers with commas between them, at least {min}.",
        _ => "Type numbers with commas between them, from {min} to {max} of them.",
    };
    language.fill(words, &[("min", &min), ("max", &max)])
}

/// The option that stands there, as what Enter alone gives.
pub(super) fn standing(ask: &Ask, options: &[Choice]) -> Option<(String, Input)> {
    let initial = ask.initial.as_ref()?;
    let ids: Vec<&str> = initial
        .split(',')
        .map(str::trim)
        .filter(|id| !id.is_empty())
        .collect();
    let labels: Vec<&str> = ids
        .iter()
        .filter_map(|id| options.iter().find(|option| option.id == *id))
        .map(|option| option.label.as_str())
        .collect();
    let words = if labels.is_empty() {
        initial.clone()
    } else {
        labels.join(", ")
    };
    Some((words, Input::Words(initial.clone())))
}
