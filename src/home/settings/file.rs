//! The settings file: TOML with keys of one table, and everything that is wrong with it at once.

use std::ops::Range;

use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::{KEYS, SettingKey, SettingKind};
use crate::format::nearest;
use crate::safety::HelpLines;

/// A setting that the file makes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SettingLine {
    /// Its name.
    pub key: &'static str,
    /// Its value; a switch is `true` or `false`.
    pub value: String,
    /// The line it stands in, from 1.
    pub number: usize,
}

/// Something that is wrong with the file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SettingProblem {
    /// The line it is in, from 1.
    pub number: usize,
    /// What it is, for a person.
    pub message: String,
}

/// Reads a settings file: what it says, and everything that is wrong with it. What is right holds
/// also beside what is wrong.
pub fn read(text: &str) -> (Vec<SettingLine>, Vec<SettingProblem>) {
    let (mut lines, mut problems) = (Vec::new(), Vec::new());
    let (table, errors) = DeTable::parse_recoverable(text);
    let number = |span: Range<usize>| {
        let before = text.as_bytes().iter().take(span.start);
        before.filter(|byte| **byte == b'\n').count() + 1
    };
    for error in errors {
        problems.push(SettingProblem {
            number: number(error.span().unwrap_or_default()),
            message: error.message().to_string(),
        });
    }
    for (name, value) in table.get_ref() {
        let at = number(name.span());
        match setting(name.get_ref(), value) {
            Ok((key, value)) => lines.push(SettingLine {
                key: key.name,
                value,
                number: at,
            }),
            Err(message) => problems.push(SettingProblem {
                number: at,
                message,
            }),
        }
    }
    problems.sort_by_key(|problem| problem.number);
    (lines, problems)
}

fn setting(
    name: &str,
    value: &Spanned<DeValue<'_>>,
) -> Result<(&'static SettingKey, String), String> {
    let Some(key) = KEYS.iter().find(|key| key.name == name) else {
        let meant = nearest(name, KEYS.iter().map(|key| key.name));
        let meant = meant.map(|meant| format!("; did you mean `{meant}`?"));
        return Err(format!(
            "unknown setting `{name}`{}",
            meant.unwrap_or_default()
        ));
    };
    let wrong = || format!("`{name}` takes {}", key.kind.takes());
    let value = match (key.kind, value.get_ref()) {
        (SettingKind::Switch, DeValue::Boolean(on)) => on.to_string(),
        (SettingKind::Switch, _) => return Err(wrong()),
        (_, DeValue::String(words)) => words.to_string(),
        _ => return Err(wrong()),
    };
    let fits = match key.kind {
        SettingKind::Colour => ["auto", "always", "never"].contains(&value.as_str()),
        SettingKind::Country => HelpLines::is_listed(&value),
        SettingKind::Editor | SettingKind::Folder => !value.trim().is_empty(),
        SettingKind::Switch | SettingKind::Pager => true,
    };
    if fits { Ok((key, value)) } else { Err(wrong()) }
}

impl SettingKind {
    /// What it takes, in words.
    fn takes(self) -> String {
        match self {
            Self::Switch => String::from("true or false"),
            Self::Colour => String::from("\"auto\", \"always\" or \"never\""),
            Self::Pager => String::from("a program in quotes, or \"\" for none"),
            Self::Editor => String::from("a program in quotes"),
            Self::Folder => String::from("a folder in quotes"),
            Self::Country => {
                let countries = HelpLines::built_in().countries.iter();
                let codes: Vec<&str> = countries.map(|one| one.code.as_str()).collect();
                format!("a country in quotes, one of {}", codes.join(", "))
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn problems(text: &str) -> Vec<String> {
        let (_, problems) = read(text);
        let shown = problems
            .iter()
            .map(|problem| format!("{}: {}", problem.number, problem.message));
        shown.collect()
    }

    #[test]
    fn everything_that_is_wrong_is_told_with_its_line_and_the_rest_holds() {
        let text = "plian = true\n\nplain = 1\ncolor = \"red\"\npager = \"more\"\n[x]\n";
        assert_eq!(
            problems(text),
            [
                "1: unknown setting `plian`; did you mean `plain`?",
                "3: `plain` takes true or false",
                "4: `color` takes \"auto\", \"always\" or \"never\"",
                "6: unknown setting `x`",
            ]
        );
        let (lines, _) = read(text);
        let [pager] = lines.as_slice() else {
            panic!("{lines:?}");
        };
        assert_eq!(
            (pager.key, pager.value.as_str(), pager.number),
            ("pager", "more", 5)
        );
    }

    #[test]
    fn what_is_not_toml_is_told_by_its_line_too() {
        let found = problems("plain = true\npager = more\nplain = false\n");
        assert!(
            found.iter().any(|problem| problem.starts_with("2: ")),
            "{found:?}"
        );
        assert!(
            found.iter().any(|problem| problem.starts_with("3: ")),
            "{found:?}"
        );
    }

    #[test]
    fn a_country_is_one_with_help_lines() {
        assert_eq!(problems("region = \"uk\""), [""; 0]);
        assert!(problems("region = \"atlantis\"")[0].contains("one of AT, AU"));
    }
}
