//! All patterns of all rules, looked for in one pass over a text.

use super::pattern::{Pattern, PatternHit, Token};
use super::vocabulary::{Vocabulary, has};
use super::words::TextWords;

/// The number of a pattern.
pub(super) type PatternId = u32;

/// Of one pattern no more matches than this are kept: nobody reads more, and a text that is nothing
/// but matches stays cheap.
pub(super) const MOST_HITS: usize = 64;

/// Patterns, by what they begin with.
#[derive(Clone, Debug, Default)]
pub(super) struct Matcher {
    patterns: Vec<Pattern>,
    by_word: Vec<Vec<PatternId>>,
    by_list: Vec<Vec<PatternId>>,
}

/// What was matched: for each pattern, the words of each match.
pub(super) struct Hits {
    by_pattern: Vec<Vec<PatternHit>>,
}

impl Hits {
    /// The matches of a pattern, in the order of the text.
    pub fn of(&self, pattern: PatternId) -> &[PatternHit] {
        self.by_pattern
            .get(pattern as usize)
            .map_or(&[], Vec::as_slice)
    }
}

impl Matcher {
    /// Adds a pattern that is looked for everywhere.
    pub fn add(&mut self, pattern: Pattern) -> PatternId {
        let id = PatternId::try_from(self.patterns.len()).unwrap_or(PatternId::MAX);
        for first in pattern.firsts() {
            let (index, at) = match first {
                Token::Word(word) => (&mut self.by_word, word as usize),
                Token::List(list) => (&mut self.by_list, usize::from(list)),
                _ => continue,
            };
            if index.len() <= at {
                index.resize_with(at + 1, Vec::new);
            }
            index[at].push(id);
        }
        self.patterns.push(pattern);
        id
    }

    /// Looks for every pattern in a text.
    pub fn find(&self, words: &TextWords, known: &Vocabulary) -> Hits {
        let possible = self.possible(words, known);
        let keep = |index: &Vec<Vec<PatternId>>| -> Vec<Vec<PatternId>> {
            let keep = |ids: &Vec<PatternId>| -> Vec<PatternId> {
                let ids = ids.iter().copied();
                ids.filter(|id| possible[*id as usize]).collect()
            };
            index.iter().map(keep).collect()
        };
        let (by_word, by_list) = (keep(&self.by_word), keep(&self.by_list));
        let mut wanted = vec![0_u64; known.blocks()];
        for (list, ids) in by_list.iter().enumerate() {
            if !ids.is_empty() {
                wanted[list / 64] |= 1 << (list % 64);
            }
        }
        let mut hits = vec![Vec::new(); self.patterns.len()];
        let mut attempt = |id: PatternId, at: usize| {
            let hits: &mut Vec<PatternHit> = &mut hits[id as usize];
            if hits.len() < MOST_HITS
                && let Some(hit) = self.patterns[id as usize].at(words, known, at)
            {
                hits.push(hit);
            }
        };
        for at in 0..words.len() {
            if let Some(ids) = by_word.get(words.all[at].id as usize) {
                ids.iter().for_each(|id| attempt(*id, at));
            }
            let begun = words.lists_begun(at).iter().zip(&wanted);
            for (block, (begun, wanted)) in begun.enumerate() {
                let mut bits = begun & wanted;
                while bits != 0 {
                    let list = block * 64 + bits.trailing_zeros() as usize;
                    bits &= bits - 1;
                    by_list[list].iter().for_each(|id| attempt(*id, at));
                }
            }
        }
        Hits { by_pattern: hits }
    }

    /// For each pattern, whether all that it cannot do without is somewhere in the text.
    fn possible(&self, words: &TextWords, known: &Vocabulary) -> Vec<bool> {
        let mut lists = vec![0_u64; known.blocks()];
        let mut there = vec![false; known.words()];
        for at in 0..words.len() {
            for (all, here) in lists.iter_mut().zip(words.lists_begun(at)) {
                *all |= here;
            }
            if let Some(there) = there.get_mut(words.all[at].id as usize) {
                *there = true;
            }
        }
        let is_there = |token: Token| match token {
            Token::Word(id) => there[id as usize],
            Token::List(list) => has(&lists, list),
            _ => true,
        };
        let patterns = self.patterns.iter();
        patterns
            .map(|pattern| pattern.needed().all(is_there))
            .collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::review::build::tests::{Lists, found};

    const LISTS: &Lists = &[("kin", &["mum", "dad"]), ("sad", &["sorry", "-ful"])];

    #[test]
    fn each_pattern_has_its_matches_in_the_order_of_the_text() {
        let patterns = ["sorry", "@kin", "i *3 @kin"];
        let text = "I tell mum sorry and dad sorry";
        let [sorry, kin, tell] = &found(LISTS, &patterns, text)[..] else {
            panic!("not three");
        };
        assert_eq!(*sorry, ["sorry", "sorry"]);
        assert_eq!(*kin, ["mum", "dad"]);
        assert_eq!(*tell, ["I tell mum"]);
    }

    #[test]
    fn a_pattern_begins_with_a_list_a_word_or_what_follows_something_optional() {
        let text = "Mum is sorry. Sorry is what I am.";
        let hits = found(LISTS, &["@kin? is sorry", "so? sorry is"], text);
        assert_eq!(hits, [vec!["Mum is sorry", "is sorry"], vec!["Sorry is"]]);
    }

    #[test]
    fn a_pattern_of_which_a_needed_word_is_nowhere_finds_nothing() {
        let hits = found(LISTS, &["mum *5 sorry", "mum"], "Mum was there.");
        assert_eq!(hits, [vec![], vec!["Mum"]]);
    }

    #[test]
    fn an_ending_finds_words_that_no_rule_names() {
        assert_eq!(
            found(LISTS, &["so @sad"], "so doleful a day"),
            [["so doleful"]]
        );
    }

    #[test]
    fn of_one_pattern_sixty_four_matches_are_kept() {
        let text = "sorry ".repeat(MOST_HITS + 10);
        assert_eq!(found(LISTS, &["sorry"], &text)[0].len(), MOST_HITS);
    }

    #[test]
    fn lists_beyond_the_first_sixty_four_are_found_as_well() {
        let mut lists = vec![("first", &["x"][..]); 70];
        let names: Vec<String> = (0..70).map(|number| format!("list{number}")).collect();
        for (list, name) in lists.iter_mut().zip(names) {
            list.0 = name.leak();
        }
        lists[69].1 = &["sorry"];
        assert_eq!(found(&lists, &["@list69"], "I am sorry"), [["sorry"]]);
    }

    #[test]
    fn nothing_is_found_in_nothing_nor_by_a_pattern_that_is_not_there() {
        assert_eq!(found(LISTS, &["sorry"], ""), [Vec::<&str>::new()]);
        let hits = Hits {
            by_pattern: Vec::new(),
        };
        assert!(hits.of(3).is_empty());
    }
}
