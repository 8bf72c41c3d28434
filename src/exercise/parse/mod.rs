//! From TOML text to an exercise that cannot be wrong, in two stages: the text and its shape, then
//! what it means. Both report everything they find, so that an author mends a file in one go.

mod answer;
mod condition;
mod group;
mod head;
pub mod lint;
mod order;
mod pack;
mod quote;
mod reach;
mod scope;
mod step;
#[cfg(test)]
mod tests;
mod two;

pub(crate) use condition::test as answer_test;
pub use pack::pack;

use super::{Exercise, ExerciseHead, table};
use crate::format::key::Format;
use crate::format::problem::{Code, Problem, in_order};
use crate::format::syntax::SourceTree;
use crate::format::{check, syntax};

/// Reads a whole exercise.
///
/// # Errors
///
/// Everything that is wrong with it, in the order of the text, up to what [`in_order`] lets through. What could
/// merely be better is for [`check`] to say: it takes longer, and nobody who does the exercise asks.
pub fn exercise(id: &str, text: &str) -> Result<Exercise, Vec<Problem>> {
    let mut problems = Vec::new();
    let tree = syntax::tree(text, &mut problems);
    let root = tree.root.get_ref();
    shape(text, &tree, check::check, &mut problems);
    // A later format may mean anything; a torn tree would blame the author for what was lost.
    let readable = tree.is_whole() && !problems.iter().any(is_later_format);
    let exercise = readable.then(|| step::exercise(id, text, root, &mut problems));
    match exercise {
        Some(exercise) if problems.is_empty() => Ok(exercise),
        _ => Err(in_order(problems)),
    }
}

/// Everything that an author may want to know of an exercise: what is wrong with it or, when
/// nothing is, also how it reads as a whole. In the order of the text.
pub fn check(id: &str, text: &str) -> Vec<Problem> {
    match exercise(id, text) {
        Err(problems) => problems,
        Ok(exercise) => in_order(lint::whole(text, &exercise)),
    }
}

/// Reads only what a list shows: the text before the first line that begins with `[[step]]`.
///
/// # Errors
///
/// What is wrong with that part.
pub fn head(id: &str, text: &str) -> Result<ExerciseHead, Vec<Problem>> {
    let mut problems = Vec::new();
    let text = &text[..order::head_end(text).unwrap_or(text.len())];
    let tree = syntax::tree(text, &mut problems);
    shape(text, &tree, check::check_head, &mut problems);
    if problems.is_empty() {
        Ok(head::head(id, tree.root.get_ref()))
    } else {
        Err(in_order(problems))
    }
}

/// Checks the keys of an exercise, and the order in which they stand.
fn shape(
    text: &str,
    tree: &SourceTree<'_>,
    check: fn(&'static Format, &str, &SourceTree<'_>, &mut Vec<Problem>) -> bool,
    problems: &mut Vec<Problem>,
) {
    if check(&table::EXERCISE, text, tree, problems) && tree.is_whole() {
        order::order(text, tree.root.get_ref(), problems);
    }
}

fn is_later_format(problem: &Problem) -> bool {
    problem.code == Code::NeedsNewerFormat
}
