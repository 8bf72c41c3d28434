//! English that reads as if it were translated, and beginnings that keep a person from the first
//! question.

use toml::de::DeTable;

use super::whole::{place, said};
use crate::exercise::{Exercise, StepKind};
use crate::format::problem::{Code, Problem};
use crate::text::readability::words;

/// How many words stand before the first question, and in a caution.
const START_WORDS: usize = 60;
const CAUTION_WORDS: usize = 35;

/// So few places say nothing about how somebody writes.
const FEW_PLACES: usize = 8;

/// A run of this many sentences, each of this many words or fewer, sounds chopped.
const RUN: usize = 4;
const SHORT: usize = 5;

/// What nobody says who grew up with English.
const PHRASES: &[&str] = &[
    "the other one",
    "it is so",
    "was it so",
    "it was good so",
    "of one's own",
    "what came in between",
    "what came of it",
    "reads along",
    "in what are",
    "in what is",
    "with what would",
    "for which thing",
    "what is so for",
    "which of these are so",
    "think that you heard",
    "think that they say",
    "look into their phone",
    "look into your phone",
    "go away from",
    "go away now",
    "how it is for them",
    "understood newly",
    "with no yes",
    "with a no allowed",
    "goes with it",
    "went with it",
    "please choose one of",
    "paper from the bank",
    "letters from the bank",
    "threats or blows",
    "where they are not like",
    "have a quiet place",
    "write to you before i start",
    "like the talk more",
    "for another talk",
    "not for it if",
    "not for now if",
    "not if you",
];

/// What a sentence that begins with “To ...” goes on with if that was its subject.
const FINITE: &[&str] = &[
    "is", "isn't", "does", "doesn't", "did", "can", "may", "helps", "helped", "makes", "shows",
    "takes", "means", "has", "gives", "keeps", "leaves", "needs",
];

const NOT: &[&str] = &[
    "do", "does", "did", "is", "are", "was", "were", "could", "would", "has", "have", "had", "will",
];
const PAIRS: &[(&str, &str)] = &[
    ("it", "is"),
    ("that", "is"),
    ("there", "is"),
    ("you", "are"),
    ("they", "are"),
    ("we", "are"),
    ("i", "am"),
    ("i", "will"),
    ("you", "will"),
    ("they", "will"),
];

/// Looks at everything that is said to a person, but for hints.
pub(super) fn check(root: &DeTable<'_>, exercise: &Exercise, problems: &mut Vec<Problem>) {
    let mut texts = vec![exercise.head.summary.clone(), exercise.opening.clone()];
    texts.extend(exercise.caution.clone());
    texts.extend(exercise.steps.iter().flat_map(said));
    texts.push(exercise.closing.outline());
    let at = place(root, "opening");
    let mut warn = |code, message: String, help: &str| {
        problems.push(Problem::new(code, at.clone(), message).help(help));
    };

    let (short, long) = contractions(&texts.join("\n"));
    if short + long >= FEW_PLACES && short < long {
        let message = format!(
            "only {short} of {} places that could have a contraction have one",
            short + long
        );
        warn(
            Code::FewContractions,
            message,
            "say “don’t”, “it’s” and “you’re”, as people do",
        );
    }
    let sentences: Vec<Vec<String>> = texts.iter().map(|text| sentences(text)).collect();
    let subjects: Vec<&String> = sentences
        .iter()
        .flatten()
        .filter(|one| has_infinitive_subject(one))
        .collect();
    if let [first, _, ..] = subjects[..] {
        let message = format!(
            "{} sentences begin with “To ...” as their subject",
            subjects.len()
        );
        warn(
            Code::InfinitiveSubject,
            message,
            &format!("“Asking helps” is easier than “To ask helps”; the first is “{first}”"),
        );
    }
    let run = |text: &&Vec<String>| {
        text.windows(RUN)
            .any(|run| run.iter().all(|one| words(one).count() <= SHORT))
    };
    if let Some(text) = sentences.iter().find(run) {
        let message = format!("{RUN} sentences in a row have {SHORT} words or fewer");
        warn(
            Code::ShortSentences,
            message,
            &format!("join two of them; they are in “{}”", text.join(" ")),
        );
    }
    let all = plain(&texts.join("\n"));
    for phrase in PHRASES.iter().filter(|phrase| all.contains(*phrase)) {
        warn(
            Code::TranslatedPhrase,
            format!("“{phrase}” sounds translated"),
            "say it as you would to a friend",
        );
    }
    let start = before_first_question(exercise);
    if start > START_WORDS {
        let message =
            format!("there are {start} words before the first answer; {START_WORDS} are enough");
        warn(
            Code::LongStart,
            message,
            "greet, then ask; put the rest into `why`",
        );
    }
    let caution = exercise
        .caution
        .as_deref()
        .map_or(0, |text| words(text).count());
    if caution > CAUTION_WORDS {
        let message = format!("the caution has {caution} words; {CAUTION_WORDS} are enough");
        warn(
            Code::LongStart,
            message,
            "say who this isn’t for, and where to find help",
        );
    }
}

/// How many words a person reads up to the first step that asks something.
fn before_first_question(exercise: &Exercise) -> usize {
    let says = exercise
        .steps
        .iter()
        .take_while(|step| step.kind() == StepKind::Say)
        .count();
    let shown = exercise.steps.iter().take(says + 1);
    let shown = shown
        .filter(|step| step.when.is_none())
        .map(|step| step.prompt.outline());
    shown
        .chain([exercise.opening.clone()])
        .map(|text| words(&text).count())
        .sum()
}

/// The text in small letters, with straight apostrophes.
fn plain(text: &str) -> String {
    text.to_lowercase().replace('’', "'")
}

/// How many contractions there are, and how many could have been.
fn contractions(text: &str) -> (usize, usize) {
    let text = plain(text);
    let words: Vec<&str> = words(&text)
        .map(|word| word.trim_matches(|c: char| !c.is_alphanumeric()))
        .collect();
    let ends = ["n't", "'re", "'ll", "'m", "'ve", "'d"];
    let is_short = |word: &&&str| {
        ends.iter().any(|end| word.ends_with(end))
            || ["it's", "that's", "there's", "what's"].contains(*word)
    };
    let long = |pair: &[&str]| {
        let [first, second] = pair else { return false };
        second == &"not" && NOT.contains(first) || PAIRS.contains(&(first, second))
    };
    let short = words.iter().filter(is_short).count();
    let cannot = words.iter().filter(|word| **word == "cannot").count();
    (
        short,
        cannot + words.windows(2).filter(|pair| long(pair)).count(),
    )
}

/// A text's sentences. What ends in a colon is no sentence.
fn sentences(text: &str) -> Vec<String> {
    let mut found = Vec::new();
    // What is left for the person to fill in ends no sentence.
    for line in text.replace("...", "…").lines() {
        let mut rest = line.trim();
        while let Some(end) = rest.find(['.', '?']) {
            let end = rest[end..]
                .find(' ')
                .map_or(rest.len(), |space| end + space);
            found.push(rest[..end].to_owned());
            rest = rest[end..].trim_start();
        }
    }
    found
}

fn has_infinitive_subject(sentence: &str) -> bool {
    let clause = sentence.split([',', ':']).next().unwrap_or_default();
    let clause = plain(clause);
    let words: Vec<&str> = words(&clause).collect();
    words.first() == Some(&"to") && words.iter().skip(2).any(|word| FINITE.contains(word))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn contractions_are_counted_where_one_is_possible() {
        assert_eq!(contractions("It’s fine, and you don't have to."), (2, 0));
        assert_eq!(
            contractions("It is fine: say it if you cannot, and they do not."),
            (0, 3)
        );
    }

    #[test]
    fn an_infinitive_as_a_subject_is_told_from_one_that_says_what_for() {
        assert!(has_infinitive_subject(
            "To look at it in writing helps many people."
        ));
        assert!(!has_infinitive_subject(
            "To change the text now, go back to it."
        ));
        assert!(!has_infinitive_subject("Asking helps."));
    }

    #[test]
    fn sentences_end_with_a_stop_and_headings_are_none() {
        assert_eq!(
            sentences("To see it:\nOne two. Three?"),
            ["One two.", "Three?"]
        );
    }
}
