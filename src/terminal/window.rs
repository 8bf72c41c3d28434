//! Which rows of a text are visible when it has more rows than there is room for.

use crate::text::language::Language;

/// What is visible.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct WindowView {
    /// The first visible row.
    pub(super) first: usize,
    /// How many rows are visible.
    pub(super) count: usize,
    /// How many rows there are above; more than none is said in a row of its own.
    pub(super) above: usize,
    /// How many rows there are below; more than none is said in a row of its own.
    pub(super) below: usize,
}

/// The view of `height` rows, with those that say how much there is above and below, that shows
/// the row `cursor` of `total` and is nearest to the last one, which began at row `first`.
pub(super) fn view(total: usize, cursor: usize, height: usize, first: usize) -> WindowView {
    let height = height.max(1);
    if total <= height {
        return cut(total, height, 0);
    }
    // Room for the words on what is above and below, where that leaves any for the text.
    let last_first = total - height + usize::from(height >= 3);
    let mut first = first.min(cursor).min(last_first);
    while cursor >= first + cut(total, height, first).count {
        first += 1;
    }
    // The one row above fits in the place of the word on it.
    if first == 1 && height >= 3 {
        first = 0;
    }
    cut(total, height, first)
}

fn cut(total: usize, height: usize, first: usize) -> WindowView {
    let told = height >= 3;
    let room = height - usize::from(told && first > 0);
    let more = first + room < total;
    let count = (total - first).min(room - usize::from(told && more));
    WindowView {
        first,
        count,
        above: first,
        below: total - first - count,
    }
}

/// The words on rows above that are out of sight.
pub(super) fn more_above(rows: usize, language: Language) -> String {
    let words = if rows == 1 { ONE_ABOVE } else { ABOVE };
    language.fill(words, &[("rows", &rows)])
}

/// The words on rows below that are out of sight.
pub(super) fn more_below(rows: usize, language: Language) -> String {
    let words = if rows == 1 { ONE_BELOW } else { BELOW };
    language.fill(words, &[("rows", &rows)])
}

// Texts for people.
const ONE_ABOVE: &str = "({rows} more line above)";
const ABOVE: &str = "({rows} more lines above)";
const ONE_BELOW: &str = "({rows} more line below)";
const BELOW: &str = "({rows} more lines below)";

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn a_text_that_fits_is_seen_whole() {
        let whole = WindowView {
            first: 0,
            count: 4,
            above: 0,
            below: 0,
        };
        assert_eq!(view(4, 3, 4, 2), whole);
    }

    #[test]
    fn the_view_moves_no_more_than_it_must() {
        assert_eq!(view(20, 10, 6, 8).first, 8);
        assert_eq!(view(20, 12, 6, 8).first, 9);
        assert_eq!(view(20, 5, 6, 8).first, 5);
    }

    #[test]
    fn the_words_on_hidden_rows_count_them() {
        assert_eq!(more_above(12, Language::English), "(12 more lines above)");
        assert_eq!(more_below(1, Language::English), "(1 more line below)");
    }

    proptest! {
        #[test]
        fn the_cursor_is_always_in_view_and_every_row_is_accounted_for(
            total in 1_usize..80, cursor in 0_usize..80, height in 1_usize..20, first in 0_usize..90,
        ) {
            let cursor = cursor.min(total - 1);
            let seen = view(total, cursor, height, first);
            prop_assert!(seen.first <= cursor && cursor < seen.first + seen.count);
            prop_assert_eq!(seen.above + seen.count + seen.below, total);
            let words = usize::from(seen.above > 0) + usize::from(seen.below > 0);
            let told = if height >= 3 { words } else { 0 };
            prop_assert_eq!(seen.count + told, total.min(height));
        }
    }
}
