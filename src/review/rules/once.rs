//! What is said of words that more than one rule marks.

use std::cmp::Reverse;

use crate::review::rule::CompiledRule;
use crate::review::second::MarkedWords;

/// A rule and what it marks.
pub(super) type RuleMark<'r> = (&'r CompiledRule, MarkedWords);

/// Returns what is said: words within others that a weightier rule marks are not marked again, and weights alone
/// add nothing where a rule found something. A person's own rules say what they say besides.
pub(super) fn said_once(mut marks: Vec<RuleMark<'_>>) -> Vec<RuleMark<'_>> {
    marks.sort_by_key(|(rule, mark)| (!mark.by_rule, Reverse(rule.text.weight)));
    let mut said: Vec<RuleMark<'_>> = Vec::new();
    for (rule, mark) in marks {
        let words = &mark.words;
        let repeats = |(known, other): &RuleMark<'_>| {
            let other = &other.words;
            let within = other.start <= words.start && words.end <= other.end;
            let meets = other.start < words.end && words.start < other.end;
            known.text.id != rule.text.id && !known.own && (within || meets && !mark.by_rule)
        };
        if rule.own || !said.iter().any(repeats) {
            said.push((rule, mark));
        }
    }
    said
}
