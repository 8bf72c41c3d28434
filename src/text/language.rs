//! The language in which the program speaks during a session: English, or German from a file.
//!
//! A text stands in English where it’s said, and its German in `exercises/support/words.de.toml`
//! under the English. What isn’t there is said in English.

use std::collections::HashMap;
use std::fmt::Display;
use std::sync::LazyLock;

use serde::Deserialize;

use super::name_key;

/// A language that the program speaks.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Language {
    /// The one that it’s written in.
    #[default]
    English,
    /// From the file.
    German,
}

/// What a file of a language holds.
#[derive(Deserialize)]
struct Words {
    /// What is said: the English, and what is said for it.
    said: HashMap<String, String>,
    /// What help lines say of themselves.
    lines: HashMap<String, String>,
    /// What people type: a word, and the English word that is read for it.
    typed: HashMap<String, String>,
}

static GERMAN: LazyLock<Words> = LazyLock::new(|| {
    toml::from_str(include_str!("../../exercises/support/words.de.toml"))
        .unwrap_or_else(|error| unreachable!("built-in words: {error}"))
});

impl Language {
    /// Returns the language for a text in `lang`, such as `de` or `de-AT`.
    pub fn of(lang: &str) -> Self {
        match lang.split(['-', '_']).next() {
            Some("de") => Self::German,
            _ => Self::English,
        }
    }

    /// Returns the code by which translations of exercises name it.
    pub fn code(self) -> &'static str {
        match self {
            Self::English => "en",
            Self::German => "de",
        }
    }

    fn words(self) -> Option<&'static Words> {
        match self {
            Self::English => None,
            Self::German => Some(&GERMAN),
        }
    }

    /// Returns what is said for an English text.
    pub fn translate(self, english: &str) -> &str {
        let words = self.words();
        let said = words.and_then(|words| words.said.get(english).or(words.lines.get(english)));
        said.map_or(english, String::as_str)
    }

    /// Returns what is said for an English text with `{name}` in it, and puts in what each name
    /// stands for.
    pub fn fill(self, english: &str, values: &[(&str, &dyn Display)]) -> String {
        let mut filled = String::new();
        let mut rest = self.translate(english);
        while let Some((before, after)) = rest.split_once('{') {
            filled.push_str(before);
            let value = after.split_once('}').and_then(|(name, behind)| {
                let value = values.iter().find(|(known, _)| *known == name)?.1;
                Some((value, behind))
            });
            rest = match value {
                Some((value, behind)) => {
                    filled.push_str(&value.to_string());
                    behind
                }
                None => {
                    filled.push('{');
                    after
                }
            };
        }
        filled + rest
    }

    /// Returns a day, a rule for days or a yes or no as it was typed, in the words that are read.
    pub fn typed(self, given: &str) -> String {
        let Some(words) = self.words() else {
            return given.to_string();
        };
        let known = |word: &str| words.typed.get(word).map(String::as_str);
        let given: Vec<&str> = given.split_whitespace().collect();
        let mut read: Vec<String> = Vec::new();
        let mut at = 0;
        while let Some(word) = given.get(at) {
            let lower = name_key(word);
            let (bare, comma) = match lower.strip_suffix(',') {
                Some(bare) => (bare, ","),
                None => (lower.as_str(), ""),
            };
            let next = given.get(at + 1).map(|next| name_key(next));
            let next = next.as_deref().unwrap_or_default();
            let is_number = |word: &str| word.starts_with(|c: char| c.is_ascii_digit());
            let english = known(bare);
            at += 1;
            match (english, next) {
                // “19.30 Uhr”, with “um” before it or without.
                (_, "uhr") if is_number(bare) => {
                    if read.last().is_none_or(|last| last != "at") {
                        read.push(String::from("at"));
                    }
                    read.push(bare.replace('.', ":"));
                    at += 1;
                }
                // “zwei Wochen lang”.
                (_, unit) if matches!(given.get(at + 1), Some(&"lang")) => {
                    read.push(format!(
                        "for {} {}",
                        english.unwrap_or(bare),
                        known(unit).unwrap_or(unit)
                    ));
                    at += 2;
                }
                (Some(english), _) => read.push(format!("{english}{comma}")),
                (None, _) => read.push(word.to_string()),
            }
        }
        read.retain(|word| !word.is_empty());
        read.join(" ")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn english_is_said_as_it_stands() {
        assert_eq!(Language::of("en"), Language::English);
        assert_eq!(Language::English.translate("Yes"), "Yes");
        assert_eq!(Language::English.typed("Friday at 7pm"), "Friday at 7pm");
    }

    #[test]
    fn german_comes_from_the_file_whatever_the_country() {
        for lang in ["de", "de-AT", "de_CH"] {
            assert_eq!(Language::of(lang).translate("Yes"), "Ja");
        }
        assert_eq!(Language::German.translate("no such text"), "no such text");
    }

    #[test]
    fn values_are_put_in_as_they_are() {
        let values: [(&str, &dyn Display); 2] = [("min", &"{max}"), ("max", &3)];
        assert_eq!(
            Language::English.fill("{min} to {max} {else}", &values),
            "{max} to 3 {else}"
        );
    }

    #[test]
    fn a_word_is_read_however_its_letters_are_composed() {
        for word in ["übermorgen", "u\u{308}bermorgen", "U\u{308}BERMORGEN"] {
            assert_eq!(Language::German.typed(word), "day after tomorrow");
        }
    }

    #[test]
    fn a_translation_names_what_the_english_names() {
        let names = |text: &str| {
            let parts = text.split('{').skip(1);
            let mut names: Vec<String> = parts
                .filter_map(|part| Some(part.split_once('}')?.0.to_string()))
                .collect();
            names.sort();
            names
        };
        for (english, german) in GERMAN.said.iter().chain(&GERMAN.lines) {
            assert_eq!(names(english), names(german), "{english}");
            assert_eq!(
                english.contains("trust-coach"),
                german.contains("trust-coach"),
                "{english}"
            );
            assert!(!german.trim().is_empty(), "{english}");
        }
    }

    #[test]
    fn days_that_are_typed_in_german_are_read_as_english_ones() {
        for (german, english) in [
            ("morgen", "tomorrow"),
            ("Übermorgen", "day after tomorrow"),
            ("am Freitag", "on friday"),
            ("Freitag, 4. Dezember 2026", "friday, 4. december 2026"),
            ("31. Dezember", "31. december"),
            ("am Freitag, dem 4. Dezember", "on friday, 4. december"),
            ("in zwei Wochen", "in two weeks"),
            ("in 28 Tagen", "in 28 days"),
            ("jeden Sonntag für 4 Wochen", "every sunday for 4 weeks"),
            ("jeden Tag, eine Woche lang", "every day, for one week"),
            (
                "montags, mittwochs und freitags",
                "mondays, wednesdays and fridays",
            ),
            ("werktags bis Freitag", "weekdays until friday"),
            ("einmal am Freitag um 18 Uhr", "once on friday at 18"),
            ("morgen 7.30 Uhr", "tomorrow at 7:30"),
            ("am letzten Tag jedes Monats", "on last day every month"),
            ("immer montags und donnerstags", "mondays and thursdays"),
            ("Nein, danke", "no, thanks"),
            ("Ja", "yes"),
            ("tomorrow", "tomorrow"),
            ("2026-12-01", "2026-12-01"),
        ] {
            assert_eq!(Language::German.typed(german), english);
        }
    }
}
