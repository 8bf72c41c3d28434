//! Whether a text is English, by the small words that every English text is full of.

use super::vocabulary::Vocabulary;
use super::words::TextWords;

/// The list of small words.
pub(super) const COMMON: &str = "common";

/// Fewer words than this tell nothing.
const FEWEST: usize = 6;
/// Of an English text at least one word in so many is a small one; of most it is one in two.
const ONE_IN: usize = 7;

/// Whether the words look like English; true where that cannot be told.
pub(super) fn is_english(words: &TextWords, known: &Vocabulary) -> bool {
    let count = words.len();
    let foreign = (0..count).filter(|at| !words.spelling(*at).starts_with(|c: char| c.is_ascii()));
    if foreign.count() * 2 > count {
        return false;
    }
    let Some(list) = known.list(COMMON).filter(|_| count >= FEWEST) else {
        return true;
    };
    let small = (0..count).filter(|at| words.is_on(*at, list)).count();
    small * ONE_IN >= count
}
