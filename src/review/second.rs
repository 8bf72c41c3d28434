//! A second reader, who must agree before a mark of an apology or a reflection is shown: weights of
//! words, learned from labelled texts by `tests/evalset/learn.py`. It never speaks for itself.

use std::collections::{BTreeSet, HashMap};
use std::ops::Range;

use super::Subject;
use super::fold::plain;
use super::words::TextWords;

const WEIGHTS: &str = include_str!("../../exercises/rules/weights.txt");

/// A text of more words than these is read by the sentence. Where much is said, much is said in another sense.
pub const LONG_TEXT: usize = 60;

/// Words that are marked, and whether a rule found them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct MarkedWords {
    pub words: Range<usize>,
    pub by_rule: bool,
}

/// The weights of one mark.
pub(super) struct WeightTable {
    bias: i32,
    grams: HashMap<&'static str, i32>,
}

impl WeightTable {
    /// Returns the weights of a mark; none where the rule speaks alone, as all of a person's own do: they
    /// can't take the id of a built-in one.
    pub fn of(subject: Subject, mark: &str) -> Option<Self> {
        let head = format!("\n[{} {mark}]\n", subject.name());
        let start = WEIGHTS.find(&head)? + head.len();
        let section = WEIGHTS[start..].split("\n[").next()?;
        let mut grams: HashMap<_, _> = section
            .lines()
            .filter_map(|line| {
                let (gram, weight) = line.rsplit_once(' ')?;
                Some((gram, weight.parse().ok()?))
            })
            .collect();
        let bias = grams.remove("=")?;
        Some(Self { bias, grams })
    }

    /// Whether these words may well be what the mark is about.
    pub fn agrees(&self, text: &str) -> bool {
        let grams = grams(text);
        let known = grams.iter().filter_map(|gram| self.grams.get(&**gram));
        let sum: i32 = known.sum();
        let length = f64::from(u32::try_from(grams.len().max(1)).unwrap_or(u32::MAX)).sqrt();
        f64::from(self.bias) + f64::from(sum) / length >= 0.0
    }

    /// Returns the grams that speak most strongly for the mark, or against it.
    pub fn strongest(&self, speaks_for: bool, most: usize) -> Vec<&'static str> {
        let sign = if speaks_for { -1 } else { 1 };
        let mut grams: Vec<_> = self
            .grams
            .iter()
            .map(|(gram, weight)| (sign * weight, *gram))
            .filter(|(weight, _)| *weight < 0)
            .collect();
        grams.sort_unstable();
        grams.into_iter().take(most).map(|(_, gram)| gram).collect()
    }
}

/// Returns what the second reader agrees with of what a rule found.
pub(super) fn agreed(
    subject: Subject,
    mark: &str,
    found: Vec<Range<usize>>,
    words: &TextWords,
    text: &str,
) -> Vec<MarkedWords> {
    if found.is_empty() {
        return Vec::new();
    }
    let table = WeightTable::of(subject, mark);
    let agrees = |hit: &Range<usize>| {
        let around = match words.len() > LONG_TEXT {
            true => words.sentence(hit, LONG_TEXT),
            false => words.around(hit),
        };
        let around = &text[words.span(&around)];
        table.as_ref().is_none_or(|table| table.agrees(around))
    };
    let agreed = found.into_iter().filter(agrees);
    let by_rule = |words| MarkedWords {
        words,
        by_rule: true,
    };
    agreed.map(by_rule).collect()
}

/// Returns the words of a text, as `learn.py` reads them.
pub(super) fn plain_words(text: &str) -> Vec<String> {
    let plain: String = plain(text).chars().filter(|c| *c != '\'').collect();
    let words = plain.split(|c: char| !c.is_ascii_alphanumeric());
    let words = words.filter(|word| !word.is_empty());
    words.map(String::from).collect()
}

/// Returns the distinct words and pairs of words of a text.
fn grams(text: &str) -> BTreeSet<String> {
    let words = plain_words(text);
    let pairs: Vec<_> = words.windows(2).map(|pair| pair.join(" ")).collect();
    words.into_iter().chain(pairs).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::review::{RuleKind, Rules};

    #[test]
    fn every_mark_of_apologies_and_reflections_has_weights_and_no_other_rule_has() {
        let mut known = 0;
        for (subject, _) in Subject::ALL {
            for rule in Rules::built_in(subject).texts() {
                let weighed = matches!(subject, Subject::Apology | Subject::Reflection)
                    && rule.kind == RuleKind::Mark
                    && rule.id != "parrot";
                let table = WeightTable::of(subject, &rule.id);
                let of = format!("{} {}", subject.name(), rule.id);
                let say = "has no weights, or should have none: run .ci/outside/learn --new";
                assert_eq!(table.is_some(), weighed, "{of} {say}");
                known += usize::from(weighed);
            }
        }
        assert_eq!(WEIGHTS.matches("\n[").count(), known);
    }

    #[test]
    fn what_a_rule_gives_as_its_examples_the_second_reader_agrees_with() {
        let (mut vetoed, mut all) = (Vec::new(), 0);
        for subject in [Subject::Apology, Subject::Reflection] {
            for rule in Rules::built_in(subject).texts() {
                let Some(table) = WeightTable::of(subject, &rule.id) else {
                    continue;
                };
                all += rule.caught.len();
                let silent = rule.caught.iter().filter(|text| !table.agrees(text));
                vetoed.extend(silent.map(|text| format!("{}: {text}", rule.id)));
            }
        }
        // Weights that were learned for other rules would be silent on most.
        assert!(
            vetoed.len() * 50 <= all,
            "{all} examples, and not {vetoed:#?}"
        );
    }

    #[test]
    fn words_are_cut_as_they_were_when_the_weights_were_learned() {
        let cut: Vec<String> = grams("Don’t, CAFÉ don't").into_iter().collect();
        assert_eq!(cut, ["cafe", "cafe dont", "dont", "dont cafe"]);
        assert!(grams("… 😀").is_empty());
    }

    #[test]
    fn words_that_speak_for_a_mark_are_not_those_that_speak_against_it() {
        let table = WeightTable::of(Subject::Apology, "conditional").unwrap();
        assert!(table.strongest(true, 5).contains(&"if"));
        assert!(!table.strongest(false, 5).contains(&"if"));
        assert!(table.agrees("I'm sorry if that upset you."));
        assert!(!table.agrees("We had soup and watched the snooker."));
    }
}
