//! A second reader, who must agree before a mark of an apology or a reflection is shown: weights of
//! words, learned from labelled texts by `tests/evalset/learn.py`. It never speaks for itself.
//! Of a long apology it reads each sentence alone, with weights of their own: there the rules only hint, and it
//! must be sure.

use std::collections::{BTreeSet, HashMap};
use std::ops::Range;
use std::sync::LazyLock;

use super::Subject;
use super::fold::plain;
use super::words::TextWords;

const WEIGHTS: &str = include_str!("../../exercises/rules/weights.txt");

/// In a text of more words than these, each sentence is judged by itself: where much is said, much is said in
/// another sense.
pub(super) const LONG_TEXT: usize = 60;

/// What ends the title of a table for the sentences of long texts.
const SENTENCE: &str = " sentence";

/// Every table by its title, read once.
static TABLES: LazyLock<HashMap<&'static str, WeightTable>> = LazyLock::new(|| {
    let sections = WEIGHTS.split("\n[").skip(1);
    sections.filter_map(WeightTable::read).collect()
});

/// Of a sentence, so many letters of each word are looked at.
const STEM: usize = 5;

/// The weights of one mark.
pub(super) struct WeightTable {
    bias: i32,
    grams: HashMap<&'static str, i32>,
    cut: fn(&str) -> BTreeSet<String>,
}

impl WeightTable {
    /// Returns the weights of a mark in short texts; none where the rule speaks alone, as all of a person's own
    /// do: they can't take the id of a built-in one.
    pub fn of(subject: Subject, mark: &str) -> Option<&'static Self> {
        TABLES.get(&*format!("{} {mark}", subject.name()))
    }

    /// Returns the weights of a mark in the sentences of a long text: those of short texts where it has no
    /// others.
    pub fn of_sentences(subject: Subject, mark: &str) -> Option<&'static Self> {
        let title = format!("{} {mark}{SENTENCE}", subject.name());
        TABLES.get(&*title).or_else(|| Self::of(subject, mark))
    }

    /// Reads a section of the weights: its title and its table.
    fn read(section: &'static str) -> Option<(&'static str, Self)> {
        let (title, lines) = section.split_once("]\n")?;
        let weights = lines.lines().filter_map(|line| {
            let (gram, weight) = line.rsplit_once(' ')?;
            Some((gram, weight.parse().ok()?))
        });
        let mut grams: HashMap<_, _> = weights.collect();
        let bias = grams.remove("=")?;
        let cut = if title.ends_with(SENTENCE) {
            stems
        } else {
            grams_of
        };
        Some((title, Self { bias, grams, cut }))
    }

    /// Whether these words may well be what the mark is about.
    pub fn agrees(&self, text: &str) -> bool {
        let grams = (self.cut)(text);
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

/// Returns what the second reader agrees with of what a rule finds in a text. Of a sentence of a long text a rule
/// speaks once.
pub(super) fn agreed(
    subject: Subject,
    mark: &str,
    mut found: Vec<Range<usize>>,
    words: &TextWords,
    text: &str,
) -> Vec<Range<usize>> {
    let long = words.len() > LONG_TEXT;
    let table = if long {
        WeightTable::of_sentences(subject, mark)
    } else {
        WeightTable::of(subject, mark)
    };
    let Some(table) = table else {
        return found;
    };
    let around = |hit: &Range<usize>| {
        if long {
            words.sentence(hit, LONG_TEXT)
        } else {
            words.around(hit)
        }
    };
    found.retain(|hit| table.agrees(&text[words.span(&around(hit))]));
    found.dedup_by_key(|hit| if long { around(hit) } else { hit.clone() });
    found
}

/// Returns the words of a text, as `learn.py` reads them.
fn words(text: &str) -> Vec<String> {
    let plain: String = plain(text).chars().filter(|c| *c != '\'').collect();
    let words = plain.split(|c: char| !c.is_ascii_alphanumeric());
    let words = words.filter(|word| !word.is_empty());
    words.map(String::from).collect()
}

/// Returns the distinct words and pairs of words of a text.
fn grams_of(text: &str) -> BTreeSet<String> {
    let words = words(text);
    let pairs: Vec<_> = words.windows(2).map(|pair| pair.join(" ")).collect();
    words.into_iter().chain(pairs).collect()
}

/// Returns the distinct words of a sentence, cut short, and the first one and the first two once more as its
/// beginning.
fn stems(text: &str) -> BTreeSet<String> {
    let mut words = words(text);
    words.iter_mut().for_each(|word| word.truncate(STEM));
    let begins = (1..=2).filter_map(|length| Some(format!("^ {}", words.get(..length)?.join(" "))));
    let begins: Vec<_> = begins.collect();
    words.into_iter().chain(begins).collect()
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
        let sections = WEIGHTS.matches("\n[").count();
        assert_eq!(sections - WEIGHTS.matches(" sentence]\n").count(), known);
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
        let cut: Vec<String> = grams_of("Don’t, CAFÉ don't").into_iter().collect();
        assert_eq!(cut, ["cafe", "cafe dont", "dont", "dont cafe"]);
        assert!(grams_of("… 😀").is_empty());
        let cut: Vec<String> = stems("Nobody told me.").into_iter().collect();
        assert_eq!(cut, ["^ nobod", "^ nobod told", "me", "nobod", "told"]);
        assert!(stems("…").is_empty());
    }

    #[test]
    fn a_sentence_of_a_long_apology_has_weights_of_its_own() {
        let table = WeightTable::of_sentences(Subject::Apology, "excuse").unwrap();
        assert!(table.agrees("Everyone was doing it and I had no choice."));
        assert!(!table.agrees("Excuse me for your evenings."));
        assert!(!table.agrees("You sat there on your own and waited."));
        let reflection = WeightTable::of_sentences(Subject::Reflection, "advice").unwrap();
        assert!(reflection.agrees("You should talk to him."));
        assert!(WeightTable::of_sentences(Subject::Promise, "vague").is_none());
    }

    #[test]
    fn what_only_hints_is_marked_in_a_long_text_and_once_a_sentence() {
        let rules = Rules::built_in(Subject::Apology);
        let marks = |text: &str| {
            let review = rules.review(text, None);
            let marks = review.findings.iter().filter(|one| one.rule == "excuse");
            marks.count()
        };
        let letter =
            "I am sorry that I lied to you about the car. The baby was sick and my phone was flat.";
        assert_eq!(marks(letter), 0);
        let story = " You sat in the kitchen with your coat on and looked at the letter.".repeat(4);
        assert_eq!(marks(&(letter.to_string() + &story)), 1);
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
