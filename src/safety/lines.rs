//! Help lines from the dated data file.

use std::sync::LazyLock;

use jiff::civil::Date;
use serde::de::Error as _;
use serde::{Deserialize, Deserializer};

use super::table::FORMAT;
use crate::format::problem::{Code, Problem};
use crate::format::{check, report, syntax};
use crate::text::language::Language;
use crate::text::name_key;

/// Every line that was checked, by country, and where to look for more.
#[derive(Clone, Debug, Deserialize)]
pub struct HelpLines {
    /// Countries with at least an emergency number.
    #[serde(rename = "country")]
    pub countries: Vec<Country>,
    /// Lists of lines in other countries.
    #[serde(rename = "directory")]
    pub directories: Vec<Directory>,
}

/// A country's numbers.
#[derive(Clone, Debug, Deserialize)]
pub struct Country {
    /// Two letters, such as `GB`; `EU` for the countries of the Union that have no entry.
    pub code: String,
    /// Its name.
    pub name: String,
    /// Codes of further countries that its numbers are for.
    #[serde(default)]
    covers: Vec<String>,
    /// Its time zones; one that ends in `/` stands for all below it.
    zones: Vec<String>,
    /// What to call when a life is in danger.
    pub emergency: Vec<EmergencyNumber>,
    /// How to get help without speaking.
    pub silent: Option<String>,
    /// Something else to know.
    pub note: Option<String>,
    /// The page that names its emergency numbers.
    #[serde(deserialize_with = "address")]
    pub page: String,
    /// The day on which they were last compared with it.
    #[serde(deserialize_with = "day")]
    pub checked: Date,
    /// Its help lines.
    #[serde(default, rename = "line")]
    pub lines: Vec<HelpLine>,
}

/// An emergency number.
#[derive(Clone, Debug, Deserialize)]
pub struct EmergencyNumber {
    /// What to dial.
    pub number: String,
    /// Who comes.
    #[serde(rename = "for")]
    pub whom: String,
}

/// A help line.
#[derive(Clone, Debug, Deserialize)]
pub struct HelpLine {
    /// Who answers.
    pub name: String,
    /// What to dial.
    pub number: String,
    /// What it helps with.
    pub need: Need,
    /// Whom it is for.
    #[serde(rename = "for")]
    pub whom: String,
    /// The part of the country it is for, where it is not for all of it.
    pub area: Option<String>,
    /// When it is open, where that is sure.
    pub hours: Option<String>,
    /// Ways to reach it besides calling.
    pub text: Option<String>,
    /// The languages spoken there, where that is sure.
    pub languages: Option<String>,
    /// Its own page.
    #[serde(deserialize_with = "address")]
    pub page: String,
    /// The day on which it was last compared with a public source.
    #[serde(deserialize_with = "day")]
    pub checked: Date,
}

/// What a help line helps with, in the order of the page.
#[derive(Clone, Copy, Debug, Deserialize, PartialEq, Eq)]
#[serde(rename_all = "kebab-case")]
pub enum Need {
    /// Being hurt, threatened or controlled.
    Abuse,
    /// Thoughts of suicide, or being at the end of one's strength.
    Crisis,
    /// Hurting or scaring someone, and wanting to stop.
    OwnBehaviour,
}

impl Need {
    /// All of them, in order.
    pub const ALL: [Self; 3] = [Self::Abuse, Self::Crisis, Self::OwnBehaviour];

    /// Its name in the file.
    pub fn name(self) -> &'static str {
        match self {
            Self::Abuse => "abuse",
            Self::Crisis => "crisis",
            Self::OwnBehaviour => "own-behaviour",
        }
    }
}

/// A list of help lines.
#[derive(Clone, Debug, Deserialize)]
pub struct Directory {
    /// What it is.
    pub name: String,
    /// Where to find it.
    #[serde(deserialize_with = "address")]
    pub address: String,
}

impl HelpLines {
    /// The shipped lines.
    pub fn built_in() -> &'static Self {
        static LINES: LazyLock<HelpLines> = LazyLock::new(|| {
            HelpLines::read(super::LINES).unwrap_or_else(|problems| {
                let all = problems
                    .iter()
                    .map(|problem| report::short("lines.toml", super::LINES, problem));
                unreachable!("built-in lines: {}", all.collect::<String>())
            })
        });
        &LINES
    }

    /// Reads a file of help lines.
    ///
    /// # Errors
    ///
    /// What is wrong with it, and where.
    pub fn read(text: &str) -> Result<Self, Vec<Problem>> {
        let mut problems = Vec::new();
        let tree = syntax::tree(text, &mut problems);
        check::check(&FORMAT, text, &tree, &mut problems);
        if !problems.is_empty() {
            return Err(problems);
        }
        toml::from_str(text).map_err(|error| {
            let span = error.span().unwrap_or_default();
            vec![Problem::new(Code::WrongType, span, error.message())]
        })
    }

    /// Whether the shipped lines have this country. Settings ask at every start, so a code is found
    /// without reading the file.
    pub fn is_listed(words: &str) -> bool {
        let code = format!("\ncode = \"{}\"\n", words.to_uppercase());
        super::LINES.contains(&code) || Self::built_in().country(words, Language::English).is_some()
    }

    /// The country with this code or name, in any case and in each language that there is, or the one that
    /// covers it.
    pub fn country(&self, words: &str, language: Language) -> Option<&Country> {
        let wanted = name_key(words);
        let wanted = wanted.strip_prefix("the ").unwrap_or(&wanted);
        // What many people would type who are there.
        let code = match wanted {
            "uk" | "britain" | "great britain" | "england" | "scotland" | "wales"
            | "northern ireland" => "gb",
            "usa" | "america" => "us",
            "holland" => "nl",
            "éire" | "eire" => "ie",
            code => code,
        };
        let languages = [language, Language::German];
        let is = |country: &&Country| {
            let covers = country.covers.iter();
            name_key(&country.code) == code
                || name_key(&country.name) == wanted
                || languages
                    .iter()
                    .any(|it| name_key(it.translate(&country.name)) == wanted)
                || covers
                    .map(|other| name_key(other))
                    .any(|other| other == code)
        };
        self.countries.iter().find(is)
    }

    /// The country of a time zone.
    pub fn of_zone(&self, zone: &str) -> Option<&Country> {
        let holds = |known: &String| {
            zone == known || known.ends_with('/') && zone.starts_with(known.as_str())
        };
        self.countries
            .iter()
            .find(|country| country.zones.iter().any(holds))
    }

    /// The country of a locale, such as `de_AT.UTF-8`.
    pub fn of_locale(&self, locale: &str) -> Option<&Country> {
        let (_, territory) = locale.split_once('_')?;
        let code = territory.split(['.', '@']).next()?;
        self.country(code, Language::English)
    }
}

impl Country {
    /// How to get help without speaking, or `none` where no way is confirmed. Where nothing but its
    /// emergency number was checked, its note says so.
    pub fn silent_or<'c>(&'c self, none: &'c str) -> Option<&'c str> {
        let none = Some(none).filter(|_| !self.lines.is_empty());
        self.silent.as_deref().or(none)
    }

    /// Its lines for a need, the most important first.
    pub fn lines_for(&self, need: Need) -> impl Iterator<Item = &HelpLine> {
        self.lines.iter().filter(move |line| line.need == need)
    }
}

fn address<'d, D: Deserializer<'d>>(from: D) -> Result<String, D::Error> {
    let text = String::deserialize(from)?;
    if text.starts_with("https://") && !text.contains(' ') {
        Ok(text)
    } else {
        Err(D::Error::custom("an address begins with https://"))
    }
}

fn day<'d, D: Deserializer<'d>>(from: D) -> Result<Date, D::Error> {
    let text = String::deserialize(from)?;
    let day = text.parse();
    day.map_err(|_| D::Error::custom("a day is written as 2026-11-29"))
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    fn code(country: Option<&Country>) -> Option<&str> {
        country.map(|country| country.code.as_str())
    }

    #[test]
    fn a_country_is_found_by_code_or_name() {
        let lines = HelpLines::built_in();
        for words in ["gb", "UK", "united kingdom"] {
            assert_eq!(code(lines.country(words, Language::English)), Some("GB"));
        }
        for (words, country) in [
            ("gr", "EU"),
            ("Deutschland", "DE"),
            ("Scotland", "GB"),
            ("the Netherlands", "NL"),
            ("Éire", "IE"),
        ] {
            assert_eq!(code(lines.country(words, Language::English)), Some(country));
        }
        assert_eq!(code(lines.country("atlantis", Language::English)), None);
        let listed = ["za", "UK", "Germany", "hr", "xx", "code"].map(HelpLines::is_listed);
        assert_eq!(listed, [true, true, true, true, false, false]);
    }

    #[test]
    fn a_time_zone_and_a_locale_lead_to_a_country() {
        let lines = HelpLines::built_in();
        for (zone, country) in [
            ("Europe/Vienna", Some("AT")),
            ("America/Indiana/Knox", Some("US")),
            ("Australia/Perth", Some("AU")),
            ("Asia/Calcutta", Some("IN")),
            ("Europe/Athens", Some("EU")),
            ("America/Bogota", None),
            ("UTC", None),
        ] {
            assert_eq!(code(lines.of_zone(zone)), country, "{zone}");
        }
        for (locale, country) in [
            ("de_AT.UTF-8", Some("AT")),
            ("pt_BR", Some("BR")),
            ("fr_FR@euro", Some("FR")),
            ("es_CO.UTF-8", None),
            ("C.UTF-8", None),
            ("POSIX", None),
        ] {
            assert_eq!(code(lines.of_locale(locale)), country, "{locale}");
        }
    }

    #[test]
    fn no_code_and_no_time_zone_stands_in_two_countries() {
        let (mut codes, mut zones) = (BTreeSet::new(), BTreeSet::new());
        for country in &HelpLines::built_in().countries {
            for code in country.covers.iter().chain([&country.code]) {
                assert!(codes.insert(code), "{code}");
            }
            for zone in &country.zones {
                assert!(zones.insert(zone), "{zone}");
            }
        }
    }

    #[test]
    fn every_country_has_somebody_for_police_and_for_an_ambulance() {
        let any = |country: &Country, word: &str| {
            let named = |number: &EmergencyNumber| {
                number.whom.contains(word) || number.whom.contains("any emergency")
            };
            country.emergency.iter().any(named)
        };
        for country in &HelpLines::built_in().countries {
            assert!(any(country, "police"), "{}", country.name);
            assert!(any(country, "ambulance"), "{}", country.name);
        }
    }

    #[test]
    fn no_line_is_called_by_its_number_alone() {
        for country in &HelpLines::built_in().countries {
            for line in &country.lines {
                assert_ne!(line.name, line.number, "{}", country.code);
            }
        }
    }

    #[test]
    fn every_country_has_a_line_for_abuse_and_one_for_a_crisis_or_says_where_to_look() {
        let (mut without, directories) = (Vec::new(), &HelpLines::built_in().directories);
        for country in &HelpLines::built_in().countries {
            let has = |need| country.lines_for(need).next().is_some();
            if !has(Need::Abuse) || !has(Need::Crisis) {
                let note = country.note.as_deref().unwrap_or_default();
                assert!(note.contains("lists below"), "{}", country.name);
                without.push(country.code.as_str());
            }
        }
        assert_eq!(without, ["EU"]);
        for need in ["crisis lines", "abuse lines"] {
            assert!(directories.iter().any(|one| one.name.contains(need)));
        }
    }

    #[test]
    fn what_is_wrong_with_a_file_is_told_with_its_place() {
        let file = "format = 1\n[[directory]]\nname = \"A\"\naddress = \"https://a.org\"\n\
            [[country]]\ncode = \"XX\"\nname = \"X\"\nzones = []\n\
            emergency = [{ number = \"0\", for = \"all\" }]\n\
            page = \"https://x.org\"\nchecked = \"2026-11-29\"\n[[country.line]]\nname = \"N\"\n\
            number = \"1\"\nneed = \"abuse\"\nfor = \"all\"\npage = \"https://n.org\"\n\
            checked = \"2026-11-28\"\n";
        assert!(HelpLines::read(file).is_ok());
        let wrong = |from: &str, to: &str| {
            let file = file.replace(from, to);
            let problems = HelpLines::read(&file).unwrap_err();
            let found = report::short("f", &file, &problems[0]);
            found.trim_end().to_string()
        };
        assert_eq!(
            wrong("2026-11-28", "2026-13-28"),
            "f:18:11: error[TC0203]: a day is written as 2026-11-29"
        );
        assert_eq!(
            wrong("https://n.org", "n.org"),
            "f:17:8: error[TC0203]: an address begins with https://"
        );
        for (from, to, what) in [
            (
                "number = \"1\"",
                "number = \" \"",
                "f:14:10: error[TC0207]: `number` is empty",
            ),
            (
                "\"abuse\"",
                "\"love\"",
                "f:15:8: error[TC0204]: `need` can’t be \"love\"",
            ),
            (
                "\nfor =",
                "\nfro =",
                "f:16:1: error[TC0201]: unknown key `fro`",
            ),
            ("[{", "[1, {", "f:9:14: error[TC0203]"),
        ] {
            assert!(wrong(from, to).starts_with(what), "{}", wrong(from, to));
        }
        assert!(wrong("need = \"abuse\"\n", "").contains("line 1 has no `need`"));
        assert!(wrong("format = 1", "format = 2").contains("needs format 2"));
        assert!(wrong("zones = []", "zones = [").contains("[TC0101]"));
    }
}
