//! The settings file: TOML with keys of one table, and everything that is wrong with it at once.

use toml::de::DeValue;

use super::{KEYS, SettingKind};
use crate::dates::day_end;
use crate::format::key::{Format, Key, ROOT, Shape};
use crate::format::problem::{Code, Problem, in_order};
use crate::format::{check, syntax};
use crate::safety::HelpLines;
use crate::text::position::line_of;

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

/// The settings file.
pub static SETTINGS: Format = Format::new("Settings for trust-coach", "settings file", &FILE_KEYS);

const FILE_KEYS: [Key; KEYS.len()] = {
    let mut keys = [Key::may(&[ROOT], "", Shape::Line, ""); KEYS.len()];
    let mut at = 0;
    while at < keys.len() {
        keys[at] = Key::may(&[ROOT], KEYS[at].name, KEYS[at].kind.shape(), KEYS[at].help);
        at += 1;
    }
    keys
};

/// Reads a settings file: what it says, and everything that is wrong with it. What is right holds
/// also beside what is wrong.
pub fn read(text: &str) -> (Vec<SettingLine>, Vec<Problem>) {
    let (mut lines, mut problems) = (Vec::new(), Vec::new());
    let tree = syntax::tree(text, &mut problems);
    check::check(&SETTINGS, text, &tree, &mut problems);
    for (name, value) in tree.root.get_ref() {
        let span = value.span();
        let Some(key) = KEYS.iter().find(|key| key.name == name.get_ref()) else {
            continue;
        };
        let value = match value.get_ref() {
            DeValue::Boolean(on) => on.to_string(),
            DeValue::String(words) => words.to_string(),
            _ => continue,
        };
        if problems
            .iter()
            .any(|problem| span.contains(&problem.span.start))
        {
            continue;
        }
        if let Some(help) = key.kind.wants_instead(&value) {
            let message = format!("`{}` can’t be \"{}\"", key.name, value.escape_debug());
            problems.push(Problem::new(Code::UnknownWord, span, message).help(help));
            continue;
        }
        lines.push(SettingLine {
            key: key.name,
            value,
            number: line_of(text, name.span().start),
        });
    }
    (lines, in_order(problems))
}

impl SettingKind {
    /// What its key takes.
    const fn shape(self) -> Shape {
        match self {
            Self::Switch | Self::Permission | Self::Titles | Self::LookBack => Shape::Boolean,
            Self::Colour => Shape::OneOf(&["auto", "always", "never"]),
            Self::Home => Shape::OneOf(&["ask", "print"]),
            Self::Pager => Shape::LineOrNone,
            Self::Editor
            | Self::Folder
            | Self::Country
            | Self::Language
            | Self::TimeOfNight
            | Self::Name => Shape::Line,
        }
    }

    /// Returns what can stand here, where these words are none of it.
    fn wants_instead(self, value: &str) -> Option<String> {
        match self {
            Self::Country if !HelpLines::is_listed(value) => {
                let codes = HelpLines::built_in().countries.iter();
                let codes: Vec<&str> = codes.map(|one| one.code.as_str()).collect();
                Some(format!("it can be: {}", codes.join(", ")))
            }
            Self::TimeOfNight if day_end(value).is_none() => Some(String::from(
                "it can be a time from 00:00 to 12:00, such as 03:00",
            )),
            Self::Language if !is_code(value) => Some(String::from(
                "it can be the code of a language, such as en or de",
            )),
            _ => None,
        }
    }
}

/// Whether it begins with the letters of a language: `de`, `pt-BR`, `de_DE.UTF-8`.
fn is_code(value: &str) -> bool {
    let code = value.split(['_', '.', '@', '-']).next().unwrap_or_default();
    (2..=3).contains(&code.len()) && code.bytes().all(|byte| byte.is_ascii_alphabetic())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::format::report::brief;

    fn problems(text: &str) -> Vec<String> {
        let (_, problems) = read(text);
        let shown = problems.iter().map(|problem| brief(text, problem));
        shown.collect()
    }

    #[test]
    fn everything_that_is_wrong_is_told_with_its_line_and_the_rest_holds() {
        let text = "plian = true\n\nplain = 1\ncolor = \"red\"\npager = \"more\"\n[x]\n";
        assert_eq!(
            problems(text),
            [
                "line 1: unknown key `plian`; did you mean `plain`?",
                "line 3: `plain` (print line by line and never redraw, for screen readers and simple terminals) takes true or false, but this is a number",
                "line 4: `color` can’t be \"red\"; it can be: auto, always, never",
                "line 6: unknown key `x`; the settings file can have: plain, color, pager, editor, region, language, exercises, home, titles, look-back, due-without-passphrase, day-ends, name",
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
            found.iter().any(|problem| problem.starts_with("line 2: ")),
            "{found:?}"
        );
        assert!(
            found.iter().any(|problem| problem.starts_with("line 3: ")),
            "{found:?}"
        );
    }

    #[test]
    fn a_day_ends_at_a_time_before_noon() {
        for right in ["00:00", "3:00", "03:30", "4am"] {
            assert_eq!(problems(&format!("day-ends = \"{right}\"")), [""; 0]);
        }
        for wrong in ["", "late", "25:00", "12:01", "23:00", "-1:00"] {
            let said = problems(&format!("day-ends = \"{wrong}\""));
            assert!(
                said.len() == 1 && said[0].starts_with("line 1: "),
                "{said:?}"
            );
        }
        assert!(problems("day-ends = \"23:00\"")[0].contains("such as 03:00"));
    }

    #[test]
    fn a_language_is_a_code() {
        for right in ["de", "EN", "pt-BR", "de_DE.UTF-8"] {
            assert_eq!(problems(&format!("language = \"{right}\"")), [""; 0]);
        }
        assert!(problems("language = \"english\"")[0].contains("such as en or de"));
    }

    #[test]
    fn a_country_is_one_with_help_lines() {
        assert_eq!(problems("region = \"uk\""), [""; 0]);
        assert!(problems("region = \"atlantis\"")[0].contains("it can be: AT, AU"));
    }
}
