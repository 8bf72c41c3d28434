//! How often each pattern of a rules file matches in a collection of texts, for those who write rules.

use super::matcher::Matcher;
use super::parse::whole;
use super::rules::Rules;
use super::words::TextWords;

/// A pattern as its author wrote it, and where it matched. What cancels matches is not looked at.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PatternUse {
    /// The id of its rule.
    pub rule: String,
    /// The pattern.
    pub pattern: String,
    /// How many matches there were.
    pub matches: usize,
    /// In how many of the texts.
    pub texts: usize,
}

/// Counts the matches of every pattern of a rules file, in the order of the file; nothing where it is none.
pub fn pattern_uses(file: &str, texts: &[String]) -> Vec<PatternUse> {
    let Some(file) = whole(file) else {
        return Vec::new();
    };
    let mut built = Rules::with_file(&file).into_builder();
    let mut matcher = Matcher::default();
    let mut uses = Vec::new();
    for rule in &file.rules {
        for pattern in rule.cases.iter().flat_map(|case| &case.patterns) {
            let written = built.patterns(pattern).unwrap_or_default().into_iter();
            let ids: Vec<_> = written.map(|one| matcher.add(one)).collect();
            let counted = PatternUse {
                rule: rule.id.to_string(),
                pattern: pattern.to_string(),
                matches: 0,
                texts: 0,
            };
            uses.push((counted, ids));
        }
    }
    for text in texts {
        let words = TextWords::read(text, &built.known, &built.spellings);
        let hits = matcher.find(&words, &built.known);
        for (counted, ids) in &mut uses {
            let matches: usize = ids.iter().map(|id| hits.of(*id).len()).sum();
            counted.matches += matches;
            counted.texts += usize::from(matches > 0);
        }
    }
    uses.into_iter().map(|(counted, _)| counted).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_pattern_is_counted_with_all_that_it_stands_for() {
        let file = r#"format = 1
subject = "apology"
[lists]
kin = ["mum", "dad"]
[[rule]]
id = "kin"
kind = "mark"
wording = "tentative"
name = "N"
message = "M."
look_at = "L."
why = "W."
source = "S."
examples.caught = ["My mum."]
examples.passes = ["My cat."]
patterns = ["my|your @kin", "~forget @kin"]
"#;
        let texts = ["Your mum and my dad.", "My mum.", "The cat forgot."];
        let uses = pattern_uses(file, &texts.map(String::from));
        let counts: Vec<_> = uses.iter().map(|one| (one.matches, one.texts)).collect();
        assert_eq!(counts, [(3, 2), (0, 0)]);
        assert_eq!(uses[0].pattern, "my|your @kin");
    }
}
