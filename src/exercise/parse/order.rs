//! Where the head of an exercise ends: a list reads no further.

use toml::de::{DeTable, DeValue};

use crate::format::key::OWN;
use crate::format::problem::{Code, Problem};
use crate::format::read::SpannedValue;

/// Where the first step begins, found without parsing: the first line that begins with `[[step]]`.
pub(super) fn head_end(text: &str) -> Option<usize> {
    const HEADER: &str = "[[step]]";
    if text.starts_with(HEADER) {
        return Some(0);
    }
    text.match_indices(HEADER)
        .map(|(at, _)| at)
        .find(|at| text[..*at].ends_with('\n'))
}

/// What a list reads must stand before the first step, and the first step must be found
/// without parsing.
pub(super) fn order(text: &str, root: &DeTable<'_>, problems: &mut Vec<Problem>) {
    let Some(steps) = root.get("step") else {
        return;
    };
    let first = match steps.get_ref() {
        DeValue::Array(list) => {
            list.iter()
                .next()
                .map_or(steps.span(), SpannedValue::span)
                .start
        }
        _ => return,
    };
    match head_end(text) {
        Some(end) if end == first => {}
        Some(end) => problems.push(
            Problem::new(
                Code::StepHeader,
                end..end + "[[step]]".len(),
                "this line looks like the first step, but it isn’t",
            )
            .help("put a space in front, so that no line of a text begins with [[step]]"),
        ),
        None => problems.push(
            Problem::new(
                Code::StepHeader,
                steps.span(),
                "each step needs its own table",
            )
            .help("write [[step]] at the start of a line, and the step’s keys below it"),
        ),
    }
    for (name, value) in root {
        let late = name.span().start > first && name.get_ref() != "step";
        if late && !name.get_ref().starts_with(OWN) && value.span().start > first {
            let message = format!("`{}` comes after the first step", name.get_ref());
            problems.push(
                Problem::new(Code::Misplaced, name.span(), message)
                    .help("move it above the first [[step]]"),
            );
        }
    }
}
