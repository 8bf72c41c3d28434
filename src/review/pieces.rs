//! Long texts, looked at piece by piece: what rules need to know of each word takes a hundred times the room of
//! a short one.

use std::ops::Range;

use super::rules::weightiest_first;
use super::words::PIECE;
use super::{Review, RuleKind, Rules};
use crate::text::is_unseen;
use crate::text::position::LineStarts;

/// So many are looked at again with the next piece, since something may be said across the cut.
const AGAIN: usize = 1024;

impl Rules {
    /// Looks at a text; `about` is what the other said, for rules that compare.
    pub fn review(&self, text: &str, about: Option<&str>) -> Review {
        let places = LineStarts::of(text);
        let about = about.map(|about| &about[pieces(about).swap_remove(0)]);
        let piece =
            |at: Range<usize>| self.review_piece(&text[at.clone()], about, (at.start, &places));
        let mut pieces = pieces(text).into_iter();
        let mut end = 0;
        let first = pieces.next().map(|at| {
            end = at.end;
            piece(at)
        });
        let mut review = first.unwrap_or_default();
        for at in pieces {
            let again = self.read(&text[at.start..end]).len();
            end = at.end;
            review.add(piece(at), again);
        }
        review
    }
}

impl Review {
    /// Adds what is said of the next piece, of which so many words were looked at before.
    fn add(&mut self, more: Self, again: usize) {
        self.heavy |= more.heavy;
        self.control |= more.control;
        self.words += more.words.saturating_sub(again);
        for ((_, there), (_, more)) in self.parts.iter_mut().zip(&more.parts) {
            *there |= more;
        }
        let is_missed = |rule: &str| more.findings.iter().any(|one| one.rule == rule);
        self.findings
            .retain(|one| one.kind != RuleKind::Part || is_missed(&one.rule));
        let marks = more.findings.into_iter();
        for mark in marks.filter(|one| one.kind != RuleKind::Part) {
            let is_same = |one: &super::Finding| one.rule == mark.rule && one.span == mark.span;
            if !self.findings.iter().any(is_same) {
                self.findings.push(mark);
            }
        }
        if self.heavy || self.control {
            self.findings.clear();
        }
        self.findings.sort_by_key(weightiest_first);
    }
}

/// The pieces of a text, at least one; each begins a little before the one before it ends.
fn pieces(text: &str) -> Vec<Range<usize>> {
    let (mut pieces, mut start) = (Vec::new(), 0);
    while text.len() - start > PIECE {
        let end = cut(text, start + PIECE);
        pieces.push(start..end);
        start = cut(text, end - AGAIN);
    }
    pieces.push(start..text.len());
    pieces
}

/// A place near a byte where a sentence ends; or else a word, which is never cut.
fn cut(text: &str, at: usize) -> usize {
    let boundary = |mut at: usize| {
        while !text.is_char_boundary(at) {
            at -= 1;
        }
        at
    };
    let (from, at) = (boundary(at - AGAIN), boundary(at));
    let near = &text[from..at];
    let ends_word = |c: char| !(c.is_alphanumeric() || is_unseen(c));
    let sentence = near.rfind(['.', '!', '?', '\n']);
    let end = sentence.or_else(|| near.rfind(' '));
    let end = end.or_else(|| near.rfind(ends_word)).map(|end| from + end);
    let end = end.or_else(|| text[at..].find(ends_word).map(|end| at + end));
    let width = |end: usize| text[end..].chars().next().map_or(0, char::len_utf8);
    end.map_or(text.len(), |end| end + width(end))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::review::Subject;

    #[test]
    fn every_byte_is_in_a_piece_and_each_piece_overlaps_the_one_before() {
        for unit in ["x\n", "word ", "\u{1f46a}", "One day. "] {
            let text = unit.repeat(3 * PIECE / unit.len());
            let pieces = pieces(&text);
            assert!(pieces.len() > 2, "{unit}");
            assert_eq!(
                (pieces[0].start, pieces[pieces.len() - 1].end),
                (0, text.len())
            );
            for two in pieces.windows(2) {
                assert!(two[0].start < two[1].start, "{unit}");
                assert!(two[1].start < two[0].end, "{unit}");
                assert!(two[0].len() <= PIECE, "{unit}");
            }
        }
        let none = pieces("");
        assert_eq!((none.len(), &none[0]), (1, &(0..0)));
    }

    #[test]
    fn what_is_far_down_in_a_long_text_is_found_once_and_at_its_place() {
        let rules = Rules::built_in(Subject::Apology);
        let line = "The bus was late and we talked about the garden for a while.\n";
        let before = line.repeat(PIECE / line.len());
        // Once in the middle of a piece, once where two of them overlap.
        for end in [PIECE / 2, AGAIN / 2] {
            let far = &before[..before.len() - end / line.len() * line.len()];
            let text = format!(
                "{far}I'm sorry, but you started it.\n{}",
                &before[..PIECE / 2 / line.len() * line.len() + 10 * line.len()]
            );
            let some = line.repeat(50);
            let short = format!("{some}I'm sorry, but you started it.\n{some}");
            let short = rules.review(&short, None);
            let review = rules.review(&text, None);
            let marks = |review: &Review| -> Vec<String> {
                let marks = review.findings.iter();
                let marks = marks.filter(|one| one.kind == RuleKind::Mark);
                marks.map(|one| one.rule.clone()).collect()
            };
            assert!(!marks(&short).is_empty());
            assert_eq!(marks(&review), marks(&short));
            let found = &review.findings[0];
            assert_eq!(found.line, far.lines().count() + 1);
            assert!(text[found.span.clone()].contains("started"), "{found:?}");
            assert_eq!(review.parts[0], (String::from("regret"), true));
            assert_eq!(review.words, rules.read(&text).len());
        }
        let heavy = format!("{before}{before}He hits me and I am afraid of him.");
        let review = rules.review(&heavy, None);
        assert!(review.heavy && review.findings.is_empty());
    }
}
