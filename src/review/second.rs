//! A second reader, who must agree before a mark of an apology or a reflection is shown: weights of
//! words, learned from labelled texts by `tests/evalset/learn.py`. It never speaks for itself.

use std::collections::{BTreeSet, HashMap};

use super::Subject;
use super::fold::plain;

const WEIGHTS: &str = include_str!("../../exercises/rules/weights.txt");

/// In a text of more words than these, each sentence is judged by itself, and more strictly: where much is
/// said, much is said in another sense.
pub(super) const LONG_TEXT: usize = 60;

/// The weights of one mark.
pub(super) struct WeightTable {
    bias: i32,
    long_bias: i32,
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
        let long_bias = grams.remove("=long").unwrap_or(bias);
        Some(Self {
            bias,
            long_bias,
            grams,
        })
    }

    /// Whether these words, a short text or a sentence of a long one, may well be what the mark is about.
    pub fn agrees(&self, text: &str, long: bool) -> bool {
        let grams = grams(text);
        let known = grams.iter().filter_map(|gram| self.grams.get(&**gram));
        let sum: i32 = known.sum();
        let length = f64::from(u32::try_from(grams.len().max(1)).unwrap_or(u32::MAX)).sqrt();
        let bias = if long { self.long_bias } else { self.bias };
        f64::from(bias) + f64::from(sum) / length >= 0.0
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

/// Returns the distinct words and pairs of words of a text, as `learn.py` cuts them.
fn grams(text: &str) -> BTreeSet<String> {
    let plain: String = plain(text).chars().filter(|c| *c != '\'').collect();
    let words: Vec<&str> = plain
        .split(|c: char| !c.is_ascii_alphanumeric())
        .filter(|word| !word.is_empty())
        .collect();
    let pairs = words.windows(2).map(|pair| pair.join(" "));
    words
        .iter()
        .copied()
        .map(String::from)
        .chain(pairs)
        .collect()
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
                assert_eq!(table.is_some(), weighed, "{} {}", subject.name(), rule.id);
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
                let silent = rule.caught.iter().filter(|text| !table.agrees(text, false));
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
    fn a_sentence_of_a_long_text_must_say_more_than_a_short_text() {
        for id in ["excuse", "counter", "demand", "minimise"] {
            let table = WeightTable::of(Subject::Apology, id).unwrap();
            assert!(table.long_bias < table.bias, "{id}");
        }
        let table = WeightTable::of(Subject::Apology, "excuse").unwrap();
        assert!(!table.agrees("Excuse me for your evenings.", true));
    }

    #[test]
    fn words_that_speak_for_a_mark_are_not_those_that_speak_against_it() {
        let table = WeightTable::of(Subject::Apology, "conditional").unwrap();
        assert!(table.strongest(true, 5).contains(&"if"));
        assert!(!table.strongest(false, 5).contains(&"if"));
        assert!(table.agrees("I'm sorry if that upset you.", false));
        assert!(!table.agrees("We had soup and watched the snooker.", false));
    }
}
