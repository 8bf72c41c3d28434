//! The second reader of long apologies: of each sentence it says whether it is a mark, by weights of words
//! that `tests/evalset/learn_letters.py` learns from labelled letters.

use std::collections::BTreeSet;
use std::ops::{Range, RangeInclusive};

use super::matcher::MOST_HITS;
use super::second::{LONG_TEXT, MarkedWords, plain_words};
use super::words::{TextWords, WordBreak};

const WEIGHTS: &str = include_str!("../../exercises/rules/sentences.txt");

/// So many letters of each word are looked at.
const STEM: usize = 5;

/// A sentence of fewer words is a fragment, and one of more has no place to underline.
const LENGTHS: RangeInclusive<usize> = 5..=LONG_TEXT;

/// Words that leave something open. What has none of them isn’t said to be in doubt by weights alone.
const OPEN: [&str; 20] = [
    "any",
    "anyone",
    "anybody",
    "anything",
    "apparently",
    "could",
    "however",
    "if",
    "may",
    "maybe",
    "might",
    "perhaps",
    "possibly",
    "seem",
    "seemed",
    "should",
    "unless",
    "whatever",
    "wherever",
    "whether",
];
const LEAVES_OPEN: &str = "conditional";

/// What the weights say of the sentences of a long text.
#[derive(Debug)]
pub(super) struct LetterReading {
    sentences: Vec<SentenceReading>,
    is_sorry: bool,
}

#[derive(Debug)]
struct SentenceReading {
    words: Range<usize>,
    /// How far it is above what each mark asks of a sentence where a rule found something.
    backed: Vec<f64>,
    /// The mark that it’s surest of, where there can be little doubt: a sentence is one at most.
    surest: Option<usize>,
}

impl LetterReading {
    /// Reads a text; none where it is short. One that is not to say sorry has no marks but those of rules: who is
    /// hurt or afraid writes letters too.
    pub fn of(text: &str, words: &TextWords, is_sorry: bool) -> Option<Self> {
        if words.len() <= LONG_TEXT {
            return None;
        }
        let ranges = sentences(words);
        let mut lengths = Vec::with_capacity(ranges.len());
        let mut opens = Vec::with_capacity(ranges.len());
        let mut places: Vec<(String, usize)> = Vec::new();
        for (at, range) in ranges.iter().enumerate() {
            let plain = plain_words(&text[words.span(range)]);
            opens.push(plain.iter().any(|word| OPEN.contains(&&**word)));
            let grams = stems(plain);
            lengths.push(f64::from(u32::try_from(grams.len().max(1)).unwrap_or(u32::MAX)).sqrt());
            places.extend(grams.into_iter().map(|gram| (gram, at)));
        }
        places.sort_unstable();
        let (sure, backed) = (biases("sure"), biases("backed"));
        let mut sums = vec![vec![0; sure.len()]; ranges.len()];
        // Both are in the order of bytes, so they are walked side by side.
        let mut places = places.as_slice();
        for line in WEIGHTS.lines().skip_while(|line| !line.contains('\t')) {
            let mut fields = line.split('\t');
            let gram = fields.next().unwrap_or_default();
            while places.first().is_some_and(|(known, _)| **known < *gram) {
                places = &places[1..];
            }
            let count = places.iter().take_while(|(known, _)| known == gram).count();
            let here = &places[..count];
            if here.is_empty() {
                continue;
            }
            for (mark, weight) in fields.filter_map(weight) {
                for (_, place) in here {
                    if let Some(sum) = sums[*place].get_mut(mark) {
                        *sum += weight;
                    }
                }
            }
        }
        let read = ranges.into_iter().zip(sums).zip(lengths).zip(opens);
        let sentences = read.map(|(((words, sums), length), opens)| {
            let above = |biases: &[i32]| -> Vec<f64> {
                let both = biases.iter().zip(&sums);
                both.map(|(bias, sum)| f64::from(*bias) + f64::from(*sum) / length)
                    .collect()
            };
            let sure = above(&sure).into_iter().zip(marks()).enumerate();
            let sure =
                sure.filter(|(_, (sure, mark))| *sure >= 0.0 && (opens || *mark != LEAVES_OPEN));
            let surest = sure.max_by(|(_, (one, _)), (_, (other, _))| one.total_cmp(other));
            SentenceReading {
                backed: above(&backed),
                surest: surest.map(|(at, _)| at),
                words,
            }
        });
        Some(Self {
            sentences: sentences.collect(),
            is_sorry,
        })
    }

    /// Returns what is marked, each sentence once: the words that the rule found where it may well be right,
    /// and a whole sentence where there can be little doubt, and nothing that isn’t meant. None for a mark that has
    /// no weights.
    pub fn marked(
        &self,
        mark: &str,
        [hits, plain, excepted]: [&[Range<usize>]; 3],
        words: &TextWords,
    ) -> Option<Vec<MarkedWords>> {
        let at = marks().position(|known| known == mark)?;
        // Behind so many finds the rule found no more, and what it would have found is not known.
        let end = match hits.last() {
            Some(last) if hits.len() >= MOST_HITS => last.end,
            _ => words.len(),
        };
        let marked = self.sentences.iter().filter_map(|sentence| {
            let within = |hit: &&Range<usize>| {
                sentence.words.start < hit.end && hit.start < sentence.words.end
            };
            if let Some(hit) = plain.iter().chain(hits).find(within) {
                let words = hit.clone();
                let is_plain = plain.contains(hit);
                return (is_plain || sentence.backed[at] >= 0.0).then_some(MarkedWords {
                    words,
                    by_rule: true,
                });
            }
            // What somebody else said, or what is taken back, is often quoted.
            let mut of_sentence = words.all[sentence.words.clone()].iter();
            let is_quoted = of_sentence.any(|word| word.quoted);
            let is_sure = self.is_sorry
                && sentence.words.end <= end
                && sentence.surest == Some(at)
                && !is_quoted
                && !excepted.iter().any(|hit| within(&hit))
                && LENGTHS.contains(&sentence.words.len());
            is_sure.then(|| MarkedWords {
                words: sentence.words.clone(),
                by_rule: false,
            })
        });
        Some(marked.collect())
    }
}

/// Returns the marks that have weights.
fn marks() -> impl Iterator<Item = &'static str> {
    fields("marks")
}

fn biases(name: &str) -> Vec<i32> {
    fields(name).filter_map(|bias| bias.parse().ok()).collect()
}

/// Returns what stands in the line of that name at the top.
fn fields(name: &str) -> impl Iterator<Item = &'static str> {
    let mut lines = WEIGHTS.lines().take_while(|line| !line.contains('\t'));
    let line = lines.find_map(|line| line.strip_prefix(name));
    line.unwrap_or_default().split_whitespace()
}

/// Returns the number of a mark and a weight.
fn weight(field: &str) -> Option<(usize, i32)> {
    let (mark, weight) = field.split_once(':')?;
    Some((mark.parse().ok()?, weight.parse().ok()?))
}

/// Returns the words of each sentence.
fn sentences(words: &TextWords) -> Vec<Range<usize>> {
    let starts = (0..words.len()).filter(|at| words.before(*at) == WordBreak::Sentence || *at == 0);
    let starts: Vec<usize> = starts.collect();
    let ends = starts.iter().skip(1).copied().chain([words.len()]);
    starts
        .iter()
        .copied()
        .zip(ends)
        .map(|(start, end)| start..end)
        .collect()
}

/// Returns the distinct words of a sentence, cut short, pairs of them, and the first one and the first two once
/// more as its beginning.
fn stems(mut words: Vec<String>) -> BTreeSet<String> {
    words.iter_mut().for_each(|word| word.truncate(STEM));
    let pairs: Vec<_> = words.windows(2).map(|pair| pair.join(" ")).collect();
    let begins = (1..=2).filter_map(|length| Some(format!("^ {}", words.get(..length)?.join(" "))));
    let begins: Vec<_> = begins.collect();
    words.into_iter().chain(pairs).chain(begins).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::review::fold::Spellings;
    use crate::review::vocabulary::Vocabulary;
    use crate::review::{Rules, Subject};

    #[test]
    fn every_mark_of_apologies_has_weights_for_letters_and_nothing_else_has() {
        let rules = Rules::built_in(Subject::Apology);
        let known: BTreeSet<_> = marks().collect();
        let of_rules = rules
            .texts()
            .filter(|rule| rule.kind == crate::review::RuleKind::Mark);
        assert_eq!(
            of_rules.map(|rule| &*rule.id).collect::<BTreeSet<_>>(),
            known
        );
        assert_eq!(
            (biases("sure").len(), biases("backed").len()),
            (known.len(), known.len())
        );
        let weighed = WEIGHTS.lines().filter(|line| line.contains('\t'));
        assert!(
            weighed
                .clone()
                .is_sorted_by_key(|line| line.split('\t').next())
        );
        for line in weighed {
            let mut fields = line.split('\t').skip(1);
            assert!(
                fields.all(|field| weight(field).is_some_and(|(mark, _)| mark < known.len())),
                "{line}"
            );
        }
    }

    #[test]
    fn sentences_are_cut_as_the_weights_were_learned() {
        let cut: Vec<String> = stems(plain_words("Nobody told me.")).into_iter().collect();
        let wanted = [
            "^ nobod",
            "^ nobod told",
            "me",
            "nobod",
            "nobod told",
            "told",
            "told me",
        ];
        assert_eq!(cut, wanted);
        assert!(stems(plain_words("…")).is_empty());
    }

    #[test]
    fn a_fragment_and_a_letter_that_says_no_sorry_are_marked_by_rules_alone() {
        let story = "You sat in the kitchen with your coat on and looked at the letter. ".repeat(5);
        let marked = |sentence: &str, is_sorry: bool, hits: &[Range<usize>]| {
            let text = format!("{story}{sentence}");
            let (known, spellings) = (Vocabulary::default(), Spellings::default());
            let words = TextWords::read(&text, &known, &spellings);
            let letter = LetterReading::of(&text, &words, is_sorry).unwrap();
            letter
                .marked("conditional", [hits, &[], &[]], &words)
                .unwrap()
                .len()
        };
        let whole = "I am sorry if anything I said may have hurt you.";
        assert_eq!(marked(whole, true, &[]), 1);
        assert_eq!(marked(whole, false, &[]), 0);
        let found = 73..75;
        assert_eq!(marked(whole, false, &[found]), 1);
        assert_eq!(marked("Sorry if so.", true, &[]), 0);
    }

    #[test]
    fn behind_more_finds_than_are_kept_no_whole_sentence_is_marked() {
        let rules = Rules::built_in(Subject::Apology);
        let sorry = "I am sorry if anything I said may have hurt you. ".repeat(MOST_HITS + 20);
        let review = rules.review(&sorry, None);
        let mut found = review
            .findings
            .iter()
            .filter(|one| one.rule == "conditional");
        assert!(found.clone().count() >= MOST_HITS);
        assert!(found.all(|one| one.span.len() < 40));
    }

    #[test]
    fn a_sentence_of_a_letter_is_marked_once_and_not_where_it_is_quoted() {
        let rules = Rules::built_in(Subject::Apology);
        let marks = |text: &str| {
            let review = rules.review(text, None);
            let marks = review
                .findings
                .into_iter()
                .filter(|one| one.rule == "conditional");
            marks
                .map(|one| text[one.span].to_string())
                .collect::<Vec<_>>()
        };
        let story = "You sat in the kitchen with your coat on and looked at the letter. ".repeat(5);
        let sorry = "I am sorry if anything I said may have hurt you.";
        assert_eq!(marks(&format!("{story}{sorry}")).len(), 1);
        assert_eq!(
            marks(&format!("{story}You read it to me: “{sorry}”")).len(),
            0
        );
        assert_eq!(marks(&story).len(), 0);
        // Each paragraph of a long quotation opens it, and the last one closes it.
        for (open, close) in [("“", "”"), ("\"", "\""), ("«", "»"), ("‘", "’")] {
            let quoted = format!("{open}{sorry}\n\n{open}{sorry}\n\n{open}{sorry}{close}");
            let text = format!("{story}You read it to me:\n\n{quoted}\n\n{story}");
            assert_eq!(marks(&text).len(), 0, "{open}");
            assert_eq!(marks(&format!("{text}{sorry}")).len(), 1, "{open}");
        }
        let own = format!("{story}“{sorry}\n\n{sorry}");
        assert_eq!(marks(&own).len(), 2);
    }
}
