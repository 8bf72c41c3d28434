//! The forms of a verb: by the rules of English spelling, and from a closed list where there are none.

use std::collections::HashMap;
use std::hash::BuildHasherDefault;

use super::file::SourceText;
use super::vocabulary::WordHasher;

/// The verbs whose past no rule makes, each with its forms.
#[derive(Clone, Debug, Default)]
pub(super) struct Inflection {
    irregular: HashMap<SourceText, Vec<SourceText>, BuildHasherDefault<WordHasher>>,
}

impl Inflection {
    /// Adds a verb whose past has these forms.
    pub fn add(&mut self, verb: &SourceText, past: &[SourceText]) {
        self.irregular.insert(verb.clone(), past.to_vec());
    }

    /// The past of a verb, where it is listed.
    pub fn past(&self, verb: &str) -> &[SourceText] {
        self.irregular.get(verb).map_or(&[], Vec::as_slice)
    }

    /// Returns the verb and its forms. Where a last letter may be doubled it comes both ways, since
    /// people type it both ways.
    pub fn forms(&self, verb: &str) -> Vec<String> {
        let cut = |end: &str| verb.strip_suffix(end);
        let soft_y = cut("y").filter(|stem| stem.ends_with(is_consonant));
        let mut forms = vec![verb.to_string()];
        forms.push(match soft_y {
            Some(stem) => format!("{stem}ies"),
            None if ends_in_any(verb, &["s", "x", "z", "ch", "sh", "o"]) => format!("{verb}es"),
            None => format!("{verb}s"),
        });
        forms.push(match (cut("ie"), cut("e")) {
            (Some(stem), _) => format!("{stem}ying"),
            (None, Some(stem)) if !ends_in_any(verb, &["ee", "oe", "ye"]) => format!("{stem}ing"),
            _ => format!("{verb}ing"),
        });
        let doubled = doubled(verb);
        forms.extend(doubled.iter().map(|doubled| format!("{doubled}ing")));
        let past = self.past(verb);
        if !past.is_empty() {
            forms.extend(past.iter().map(ToString::to_string));
            return forms;
        }
        forms.push(match soft_y {
            Some(stem) => format!("{stem}ied"),
            None if verb.ends_with('e') => format!("{verb}d"),
            None => format!("{verb}ed"),
        });
        forms.extend(doubled.iter().map(|doubled| format!("{doubled}ed")));
        forms
    }
}

/// Returns a verb with its last letter twice where that can be so: "stop", "admit".
fn doubled(verb: &str) -> Option<String> {
    let mut last = verb.chars().rev();
    let (end, vowel, begin) = (last.next()?, last.next()?, last.next()?);
    let short = is_consonant(end) && !is_consonant(vowel) && is_consonant(begin);
    (short && !"wxy".contains(end)).then(|| format!("{verb}{end}"))
}

fn ends_in_any(verb: &str, ends: &[&str]) -> bool {
    ends.iter().any(|end| verb.ends_with(end))
}

fn is_consonant(letter: char) -> bool {
    !"aeiou".contains(letter)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn forms(verb: &str) -> String {
        let mut inflection = Inflection::default();
        inflection.add(&"forget".into(), &["forgot".into(), "forgotten".into()]);
        inflection.forms(verb).join(" ")
    }

    #[test]
    fn a_regular_verb_follows_the_spelling() {
        assert_eq!(forms("call"), "call calls calling called");
        assert_eq!(forms("promise"), "promise promises promising promised");
        assert_eq!(forms("carry"), "carry carries carrying carried");
        assert_eq!(forms("annoy"), "annoy annoys annoying annoyed");
        assert_eq!(forms("watch"), "watch watches watching watched");
        assert_eq!(forms("lie"), "lie lies lying lied");
        assert_eq!(forms("agree"), "agree agrees agreeing agreed");
    }

    #[test]
    fn a_last_letter_comes_once_and_twice_where_it_may_be_doubled() {
        assert_eq!(forms("stop"), "stop stops stoping stopping stoped stopped");
        assert_eq!(forms("show"), "show shows showing showed");
    }

    #[test]
    fn an_irregular_verb_has_the_past_that_is_listed_and_no_other() {
        assert_eq!(
            forms("forget"),
            "forget forgets forgeting forgetting forgot forgotten"
        );
    }
}
