//! What is English in a text that is meant to be German.

use std::collections::BTreeSet;

/// Words that every English text has, and no German one.
const ENGLISH: [&str; 41] = [
    "the", "you", "your", "and", "is", "to", "press", "of", "for", "with", "what", "this", "that",
    "it", "not", "are", "from", "or", "type", "saved", "step", "when", "how", "can", "have", "on",
    "at", "by", "be", "would", "there", "here", "below", "above", "done", "keep", "lines", "than",
    "anyone", "hours", "checked",
];

/// The words of a text that are English, but for commands, addresses and what says that it is.
pub(crate) fn english(text: &str) -> BTreeSet<String> {
    let ours = |line: &&str| {
        let not = ["trust-coach", "://", "(auf Englisch)"];
        !not.iter().any(|part| line.contains(part))
    };
    let words = text.lines().filter(ours).flat_map(str::split_whitespace);
    let words = words.filter(|word| !word.contains('/'));
    let parts = words.flat_map(|word| word.split(|c: char| !c.is_alphabetic()));
    let lower = parts.map(str::to_lowercase);
    lower
        .filter(|word| ENGLISH.contains(&word.as_str()))
        .collect()
}
