//! Rules that hold a text against what it is about: what is said back, what is only repeated, and
//! where the talk turns to somebody else's story.

use std::borrow::Cow;
use std::collections::HashSet;
use std::ops::Range;

use super::rule::{Rule, RuleInput};
use super::vocabulary::Vocabulary;
use super::words::{TextWords, WordBreak};

/// Words that carry no content: a list that the rules file has to have.
const SMALL: &str = "small";
/// Words that speak to the other.
const TO_YOU: &[&str] = &["you", "your", "yours", "yourself"];
/// Words that may open a sentence without saying anything.
const OPENERS: &str = "openers";
/// Words for a feeling: one that the other did not use is more than an echo.
const FEELING: &str = "feeling";

/// Sentences that have content in common with what the text is about.
#[derive(Debug)]
pub(super) struct SaysBack;

/// A text that is nearly word for word what it is about.
#[derive(Debug)]
pub(super) struct Echo;

/// Sentences about the one who writes, where the other told of something that they have no part in.
#[derive(Debug)]
pub(super) struct OwnStory;

/// A sentence that speaks to the other needs so many content words in common, another one more.
const SHARED: usize = 1;
/// A sentence with so few content words does not need to name the other.
const SHORT: usize = 4;

/// Of 624 reflections that experts labelled, 5 in 100 have more than four words in a row in common
/// with what was said, and 1 in 100 has that and more than half of its words.
const LONGEST_RUN: usize = 4;
/// So many in a hundred words have to be the other's own before a text counts as an echo.
const REPEATED: usize = 85;
/// Who writes so much is not repeating; it also bounds what the comparison costs.
const MOST_WORDS: usize = 200;

impl Rule for SaysBack {
    fn find(&self, text: &RuleInput<'_>) -> Vec<Range<usize>> {
        let Some(about) = text.about else {
            return Vec::new();
        };
        let said = content(about, 0..about.len(), text.known);
        let part_of_it = has(about, &(0..about.len()), TO_YOU);
        let takes_up = |sentence: &Range<usize>| {
            let here = content(text.words, sentence.clone(), text.known);
            let shared = here.intersection(&said).count();
            let to_you = has(text.words, sentence, TO_YOU);
            if is_own(text, sentence) && !to_you && !part_of_it {
                return false;
            }
            let short = here.len() <= SHORT && !has(text.words, sentence, &["i", "my", "me"]);
            shared > SHARED || (shared == SHARED && (to_you || short))
        };
        sentences(text.words).filter(takes_up).collect()
    }
}

impl Rule for OwnStory {
    fn find(&self, text: &RuleInput<'_>) -> Vec<Range<usize>> {
        // Where the other spoke of "you", what "I" did may be their story said back.
        if text
            .about
            .is_none_or(|about| has(about, &(0..about.len()), TO_YOU))
        {
            return Vec::new();
        }
        let own =
            |sentence: &Range<usize>| is_own(text, sentence) && !has(text.words, sentence, TO_YOU);
        sentences(text.words).filter(own).collect()
    }
}

/// Whether a sentence begins with the one who writes it.
fn is_own(text: &RuleInput<'_>, sentence: &Range<usize>) -> bool {
    let openers = text.known.list(OPENERS);
    let says_nothing = |at: &usize| openers.is_some_and(|list| text.words.is_on(*at, list));
    let first = sentence.clone().find(|at| !says_nothing(at));
    first.is_some_and(|at| matches!(text.words.spelling(at), "i" | "my" | "mine" | "me"))
}

impl Rule for Echo {
    fn find(&self, text: &RuleInput<'_>) -> Vec<Range<usize>> {
        let (Some(about), words) = (text.about, text.words) else {
            return Vec::new();
        };
        if words.len() > MOST_WORDS || words.len() <= LONGEST_RUN {
            return Vec::new();
        }
        let part = about.len().min(MOST_WORDS * 2);
        let said: Vec<&str> = (0..part).map(|at| turned(about.spelling(at))).collect();
        let here: Vec<&str> = (0..words.len())
            .map(|at| turned(words.spelling(at)))
            .collect();
        let known: HashSet<&str> = said.iter().copied().collect();
        let repeated = here
            .iter()
            .filter(|word| known.contains(*word) || IN_A_CHECK.contains(word));
        let most = repeated.count() * 100 >= here.len() * REPEATED;
        let whole = here.len() * 2 >= about.len();
        let feeling = text.known.list(FEELING);
        let felt = |at: usize| feeling.is_some_and(|list| words.is_on(at, list));
        let adds = (0..words.len()).any(|at| felt(at) && !known.contains(here[at]));
        if most && whole && !adds && longest_run(&here, &said) > LONGEST_RUN {
            return std::iter::once(0..words.len()).collect();
        }
        Vec::new()
    }
}

/// The sentences of a text, each as a row of words.
fn sentences(words: &TextWords) -> impl Iterator<Item = Range<usize>> {
    let mut start = 0;
    std::iter::from_fn(move || {
        if start >= words.len() {
            return None;
        }
        let mut end = start + 1;
        while words.before(end) != WordBreak::Sentence {
            end += 1;
        }
        let sentence = start..end;
        start = end;
        Some(sentence)
    })
}

/// Whether one of these words stands in a part of a text.
fn has(words: &TextWords, part: &Range<usize>, any: &[&str]) -> bool {
    part.clone().any(|at| any.contains(&words.spelling(at)))
}

/// The words that carry content, without their endings.
fn content<'w>(
    words: &'w TextWords,
    part: Range<usize>,
    known: &Vocabulary,
) -> HashSet<Cow<'w, str>> {
    let small = known.list(SMALL);
    part.filter(|at| !small.is_some_and(|list| words.is_on(*at, list)))
        .map(|at| stem(words.spelling(at)))
        .collect()
}

/// The longest row of words that stands in both.
fn longest_run(a: &[&str], b: &[&str]) -> usize {
    let mut longest = 0;
    let mut before = vec![0_usize; b.len() + 1];
    for word in a {
        let mut here = vec![0_usize; b.len() + 1];
        for (at, other) in b.iter().enumerate() {
            if word == other {
                here[at + 1] = before[at] + 1;
                longest = longest.max(here[at + 1]);
            }
        }
        before = here;
    }
    longest
}

/// A word as both sides say it: who says a thing back turns I into you.
fn turned(word: &str) -> &str {
    match word {
        "i" | "me" | "you" | "us" | "we" => "i",
        "my" | "your" | "our" | "mine" | "yours" | "ours" => "my",
        "am" | "are" | "is" => "am",
        "was" | "were" => "was",
        other => other,
    }
}

/// Words that ask whether one got it right.
const IN_A_CHECK: &[&str] = &[
    "am", "that", "it", "right", "correct", "so", "okay", "yeah", "yes", "no", "just", "hm", "oh",
];

/// A word without its ending, so that "driving" meets "drives".
fn stem(word: &str) -> Cow<'_, str> {
    let irregular = IRREGULAR.iter().find(|(form, _)| *form == word);
    if let Some((_, base)) = irregular {
        return Cow::Borrowed(base);
    }
    for ending in ENDINGS {
        if let Some(stem) = word.strip_suffix(ending)
            && stem.len() >= SHORTEST_STEM
        {
            let bytes = stem.as_bytes();
            let doubled = bytes[bytes.len() - 1] == bytes[bytes.len() - 2];
            let bare = if doubled {
                stem.get(..stem.len() - 1)
            } else {
                Some(stem)
            };
            return Cow::Borrowed(bare.unwrap_or(stem));
        }
    }
    Cow::Borrowed(word)
}

const SHORTEST_STEM: usize = 3;

const ENDINGS: &[&str] = &[
    "ings", "ing", "edly", "ied", "ies", "ed", "ly", "es", "er", "s", "e", "y",
];

/// Forms that have another word in them than their ending.
const IRREGULAR: &[(&str, &str)] = &[
    ("told", "tell"),
    ("tells", "tell"),
    ("telling", "tell"),
    ("came", "com"),
    ("went", "go"),
    ("gone", "go"),
    ("goes", "go"),
    ("going", "go"),
    ("left", "leav"),
    ("bought", "buy"),
    ("forgot", "forget"),
    ("forgotten", "forget"),
    ("lost", "los"),
    ("kept", "keep"),
    ("slept", "sleep"),
    ("asleep", "sleep"),
    ("ate", "eat"),
    ("eaten", "eat"),
    ("spent", "spend"),
    ("sent", "send"),
    ("took", "tak"),
    ("taken", "tak"),
    ("gave", "giv"),
    ("given", "giv"),
    ("drove", "driv"),
    ("spoke", "speak"),
    ("spoken", "speak"),
    ("said", "say"),
    ("says", "say"),
    ("heard", "hear"),
    ("made", "mak"),
    ("met", "meet"),
    ("paid", "pay"),
    ("rang", "ring"),
    ("rung", "ring"),
    ("sold", "sell"),
    ("broke", "break"),
    ("broken", "break"),
    ("wrote", "writ"),
    ("written", "writ"),
    ("thought", "think"),
    ("brought", "bring"),
    ("found", "find"),
    ("children", "kid"),
    ("child", "kid"),
    ("kids", "kid"),
    ("men", "man"),
    ("women", "woman"),
    ("phoned", "phon"),
    ("phone", "phon"),
    ("mother", "mum"),
    ("father", "dad"),
    ("telly", "tv"),
    ("television", "tv"),
    ("two", "2"),
    ("three", "3"),
    ("four", "4"),
    ("five", "5"),
    ("six", "6"),
    ("seven", "7"),
    ("eight", "8"),
    ("nine", "9"),
    ("ten", "10"),
    ("twice", "2"),
    ("once", "1"),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn forms_of_one_word_have_one_stem() {
        for (a, b) in [
            ("drives", "driving"),
            ("told", "tell"),
            ("stopped", "stop"),
            ("keys", "key"),
        ] {
            assert_eq!(stem(a), stem(b), "{a} and {b}");
        }
        assert_ne!(stem("bus"), stem("be"));
    }

    #[test]
    fn the_longest_run_is_counted_in_words() {
        let said = ["the", "whole", "house", "is", "mine"];
        assert_eq!(longest_run(&["a", "whole", "house", "is"], &said), 3);
        assert_eq!(longest_run(&[], &said), 0);
    }
}
