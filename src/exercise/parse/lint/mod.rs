//! What could be better. An exercise with nothing but these can be done.

mod english;
mod hidden;
mod step;
mod tone;
mod whole;

use crate::exercise::Exercise;
use crate::format::problem::Problem;
use crate::format::syntax;

pub use tone::WORDS as TONE;
pub use whole::span_of_minutes;

/// Looks at an exercise as a whole, which takes longer than to load it.
pub(super) fn whole(text: &str, exercise: &Exercise) -> Vec<Problem> {
    let mut problems = Vec::new();
    let tree = syntax::tree(text, &mut Vec::new());
    let root = tree.root.get_ref();
    whole::check(text, root, exercise, &mut problems);
    hidden::check(text, root, &mut problems);
    if exercise.head.lang.starts_with("en") {
        english::check(root, exercise, &mut problems);
    }
    problems
}
