//! The page that is read when help is needed: numbers first, then everything else.

use std::fmt::{Display, Write as _};
use std::rc::Rc;

use jiff::civil::Date;
use jiff::{ToSpan, Zoned};

use super::{Contacts, Country, HelpLine, HelpLines, Need, SafetyTexts};
use crate::text::language::Language;

/// Help lines with what the person chose and added themselves.
#[derive(Clone)]
pub struct Support {
    /// The language that they’re read in.
    pub language: Language,
    /// The words around them.
    pub texts: SafetyTexts,
    /// The person's own contacts, or why they cannot be read.
    pub contacts: Result<Contacts, String>,
    /// The country they chose, by its code or name.
    pub region: Option<String>,
    /// What they type to see those of another country.
    pub command: &'static str,
    /// The locale of their messages, such as `de_AT.UTF-8`.
    pub locale: Option<String>,
    /// The moment and the time zone, looked up when they are needed.
    pub now: Rc<dyn Fn() -> Zoned>,
}

/// What told the country.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CountryOrigin {
    /// The person did.
    Chosen,
    /// The time zone.
    Zone,
    /// The locale.
    Locale,
}

impl CountryOrigin {
    /// Its name for programs.
    pub fn name(self) -> &'static str {
        match self {
            Self::Chosen => "region",
            Self::Zone => "time zone",
            Self::Locale => "locale",
        }
    }
}

impl Support {
    /// The country whose numbers are shown, and what told it. Nothing is asked for it.
    pub fn country(&self) -> Option<(&'static Country, CountryOrigin)> {
        let lines = HelpLines::built_in();
        if let Some(words) = &self.region {
            return Some((lines.country(words, self.language)?, CountryOrigin::Chosen));
        }
        let now = (self.now)();
        let zone = now.time_zone().iana_name().unwrap_or_default();
        if let Some(country) = lines.of_zone(zone) {
            return Some((country, CountryOrigin::Zone));
        }
        // Somewhere else for sure: a language must not lead to another continent.
        if zone.contains('/') && !zone.starts_with("Etc/") {
            return None;
        }
        let country = lines.of_locale(self.locale.as_deref()?)?;
        Some((country, CountryOrigin::Locale))
    }

    /// The whole page. What stands last is what stays in sight of a small window, so it ends with
    /// the numbers that it begins with.
    pub fn page(&self) -> String {
        let mut blocks = vec![self.first()];
        if let Some((country, _)) = self.country() {
            blocks.extend(country.note.iter().map(|note| self.own_words(note)));
            for need in Need::ALL {
                let lines = country.lines_for(need).map(|line| self.details(line));
                let lines = lines.collect::<Vec<_>>().join("\n\n");
                if !lines.is_empty() {
                    blocks.push(format!("{}\n\n{lines}", self.own_words(heading(need))));
                }
            }
        }
        if self.country().is_some_and(|(it, _)| !it.lines.is_empty()) {
            blocks.push(self.texts.numbers_change.trim().to_string());
        }
        blocks.push(self.elsewhere());
        let texts = &self.texts;
        let last = [&texts.own_behaviour, &texts.device, &texts.not_therapy];
        blocks.extend(last.map(|text| text.trim().to_string()));
        if let Some((country, CountryOrigin::Zone | CountryOrigin::Locale)) = self.country() {
            let [keep, place] = [KEEP, WHERE].map(|words| self.own_words(words));
            blocks.push(format!("{keep}\nregion = \"{}\"\n{place}", country.code));
        }
        blocks.push(self.emergency());
        blocks.push(self.own());
        joined(blocks)
    }

    /// The page within a session, short enough to be read at once: what comes first, and the most
    /// important line for each need. Of `country` where one was named.
    pub fn short_page(&self, country: Option<&str>) -> String {
        if let Some(country) = country {
            let mut there = self.clone();
            there.region = Some(country.to_string());
            return there.short_page(None);
        }
        let mut blocks = vec![self.first()];
        if let Some((country, _)) = self.country() {
            blocks.extend(country.note.iter().map(|note| self.own_words(note)));
            let lines = Need::ALL.map(|need| short_list(country, need)).concat();
            if lines.iter().any(|line| self.is_old(line.checked)) {
                blocks.push(self.own_words(SOME_OLD));
            }
            let lines = lines.into_iter().map(|line| self.short(line));
            blocks.push(lines.collect::<Vec<_>>().join("\n"));
            let code = self.region.as_ref().map(|_| format!(" {}", country.code));
            blocks.push(self.own_words(MORE) + &code.unwrap_or_default());
        }
        let found = self.country();
        if found.is_none_or(|(country, _)| country.lines.is_empty()) {
            blocks.push(self.elsewhere());
        }
        joined(blocks)
    }

    /// What comes before everything else: whose numbers these are, the emergency numbers, then the
    /// person's own contacts.
    pub fn first(&self) -> String {
        let (words, name) = match self.country() {
            None => (UNKNOWN, ""),
            Some((country, CountryOrigin::Chosen)) => (CHOSEN, country.name.as_str()),
            Some((country, CountryOrigin::Locale)) => (FROM_LOCALE, country.name.as_str()),
            Some((country, CountryOrigin::Zone)) => (FROM_ZONE, country.name.as_str()),
        };
        let name = self.language.translate(name);
        let names: [(&str, &dyn Display); 2] = [("country", &name), ("command", &self.command)];
        let whose = self.language.fill(words, &names);
        joined(vec![whose, self.emergency(), self.own()])
    }

    /// Whether something was checked more than a year ago.
    pub fn is_old(&self, checked: Date) -> bool {
        let until = checked.checked_add(1.year());
        until.is_ok_and(|until| (self.now)().date() > until)
    }

    fn emergency(&self) -> String {
        let Some((country, _)) = self.country() else {
            return self.own_words(EMERGENCY_UNKNOWN);
        };
        let mut block = self.own_words(LIFE_IN_DANGER);
        for number in &country.emergency {
            let whom = self.own_words(&number.whom);
            let _ = write!(block, "\n{}  {whom}", self.own_words(&number.number));
        }
        if let Some(silent) = country.silent_or(NOT_SILENT) {
            let asks = self.own_words(SILENT);
            let _ = write!(block, "\n{asks} {}", self.own_words(silent));
        }
        if self.is_old(country.checked) {
            let _ = write!(block, "\n{}", self.checked(country.checked));
        }
        block
    }

    fn own(&self) -> String {
        match &self.contacts {
            Ok(contacts) if contacts.all.is_empty() => String::new(),
            Ok(contacts) => {
                let each = contacts.all.iter();
                let each = each.map(|contact| format!("\n{}  {}", contact.number, contact.name));
                self.own_words(OWN) + &each.collect::<String>()
            }
            Err(reason) => format!("{}\n{reason}", self.own_words(UNREADABLE)),
        }
    }

    /// All that is known of a line, the number first.
    fn details(&self, line: &HelpLine) -> String {
        let whom = self.own_words(&line.whom);
        let mut block = format!("{}\n", self.named(line));
        block += &self.language.fill("For {whom}", &[("whom", &whom)]);
        let hours = line.hours.as_deref().unwrap_or(HOURS_UNKNOWN);
        let _ = write!(block, "\n{}", self.own_words(hours));
        if let Some(text) = &line.text {
            let _ = write!(block, "; {}", self.own_words(text));
        }
        if let Some(languages) = &line.languages {
            let languages = self.own_words(languages);
            block += &self
                .language
                .fill("\nLanguages: {languages}", &[("languages", &languages)]);
        }
        let _ = write!(block, "\n{}\n{}", line.page, self.checked(line.checked));
        block
    }

    /// When something was checked, and that it was long ago where it was.
    fn checked(&self, day: Date) -> String {
        let words = if self.is_old(day) {
            CHECKED_LONG_AGO
        } else {
            "Checked on {day}"
        };
        self.language.fill(words, &[("day", &day)])
    }

    /// A line in a few words.
    fn short(&self, line: &HelpLine) -> String {
        let need = self.own_words(match line.need {
            Need::Abuse => "abuse",
            Need::Crisis => "crisis",
            Need::OwnBehaviour => "own behaviour",
        });
        let hours = line.hours.as_deref();
        let hours = hours.map(|hours| format!(", {}", self.own_words(hours)));
        format!("{} ({need}{})", self.named(line), hours.unwrap_or_default())
    }

    fn named(&self, line: &HelpLine) -> String {
        let area = line.area.as_deref();
        let area = area.map(|area| format!(", {}", self.own_words(area)));
        let number = self.own_words(&line.number);
        format!("{number}  {}{}", line.name, area.unwrap_or_default())
    }

    /// Where to look for more lines.
    fn elsewhere(&self) -> String {
        let lists = HelpLines::built_in().directories.iter();
        let lists = lists.map(|list| format!("{}\n{}", self.own_words(&list.name), list.address));
        format!(
            "{}\n{}",
            self.own_words(OTHER_COUNTRIES),
            lists.collect::<Vec<_>>().join("\n")
        )
    }

    fn own_words(&self, english: &str) -> String {
        self.language.translate(english).to_string()
    }
}

/// The most important line of a country for a need; where none is for the whole of it, one for each
/// part.
fn short_list(country: &Country, need: Need) -> Vec<&HelpLine> {
    let mut lines = country.lines_for(need);
    match lines.find(|line| line.area.is_none()) {
        Some(line) => vec![line],
        None => country.lines_for(need).collect(),
    }
}

fn joined(mut blocks: Vec<String>) -> String {
    blocks.retain(|block| !block.is_empty());
    blocks.join("\n\n")
}

fn heading(need: Need) -> &'static str {
    match need {
        Need::Abuse => "If someone hurts, threatens or controls you:",
        Need::Crisis => "If you’re thinking of ending your life, or can’t cope any more:",
        Need::OwnBehaviour => "If you hurt or scare someone and want to stop:",
    }
}

// Texts for people.
const UNKNOWN: &str = "I don’t know your country’s lines. Name a country, such as:\n{command} GB";
const CHOSEN: &str = "{country}. For another country:\n{command} COUNTRY";
const FROM_ZONE: &str =
    "Guessed from your time zone: {country}. If that’s wrong:\n{command} COUNTRY";
const FROM_LOCALE: &str = "Guessed from your language settings: {country}. If that’s wrong:\n\
    {command} COUNTRY";
const LIFE_IN_DANGER: &str = "If a life is in danger now, call:";
const SILENT: &str = "Can’t speak or hear?";
const NOT_SILENT: &str = "No other way has been confirmed for this country.";
const EMERGENCY_UNKNOWN: &str = "If a life is in danger now, call your country’s emergency number.\n112 works in the whole \
    European Union, and in Iceland, Liechtenstein, Norway, Switzerland and the United Kingdom.";
const OWN: &str = "Your own contacts:";
const UNREADABLE: &str = "Your own contacts could not be read:";
const HOURS_UNKNOWN: &str = "Hours: see its page";
const CHECKED_LONG_AGO: &str = "Checked on {day}, more than a year ago: it may be wrong by now";
const SOME_OLD: &str = "Some of these were checked more than a year ago, and may be wrong by now.";
const MORE: &str = "More lines, once you’ve stopped here:\ntrust-coach support";
const OTHER_COUNTRIES: &str = "Other countries, and more lines:";
const WHERE: &str = "The file is shown by: trust-coach where";
const KEEP: &str = "To keep this country, add this line to your settings file:";

#[cfg(test)]
mod tests {
    use super::*;
    use crate::safety::Contact;

    fn support(region: Option<&str>, now: &str) -> Support {
        let now: Zoned = now.parse().unwrap();
        let mut contacts = Contacts::default();
        contacts.add(Contact {
            name: "Ana".into(),
            number: "0151 000".into(),
        });
        Support {
            language: Language::English,
            texts: SafetyTexts::built_in(Language::English),
            contacts: Ok(contacts),
            region: region.map(String::from),
            command: "/support",
            locale: Some("de_CH.UTF-8".into()),
            now: Rc::new(move || now.clone()),
        }
    }

    #[test]
    fn numbers_stand_above_everything_else_and_again_at_the_end() {
        let support = support(Some("us"), "2026-11-29T12:00[UTC]");
        let page = support.page();
        let place = |words: &str| {
            page.find(words)
                .unwrap_or_else(|| panic!("{words} in {page}"))
        };
        assert!(place("911") < place("0151 000"));
        assert!(place("0151 000") < place("\n988"));
        assert!(place("\n988") < place("Numbers change"));
        assert!(place("Numbers change") < place(support.texts.not_therapy.trim()));
        assert!(page.starts_with(&support.first()));
        assert!(page.ends_with("\n0151 000  Ana"));
    }

    #[test]
    fn the_country_is_the_chosen_one_then_that_of_the_time_zone_then_that_of_the_locale() {
        let of = |region, zone: &str| {
            let support = support(region, &format!("2026-11-29T12:00[{zone}]"));
            let found = support.country();
            found.map(|(country, origin)| (country.code.clone(), origin))
        };
        let some = |code: &str, origin| Some((String::from(code), origin));
        assert_eq!(
            of(Some("nz"), "Europe/Oslo"),
            some("NZ", CountryOrigin::Chosen)
        );
        assert_eq!(of(None, "Europe/Oslo"), some("NO", CountryOrigin::Zone));
        assert_eq!(of(None, "UTC"), some("CH", CountryOrigin::Locale));
        assert_eq!(of(None, "Etc/GMT"), some("CH", CountryOrigin::Locale));
        // A time zone elsewhere is not overruled by a language.
        assert_eq!(of(None, "Africa/Lagos"), None);
        assert_eq!(of(Some("atlantis"), "Europe/Oslo"), None);
    }

    #[test]
    fn where_no_country_is_known_no_number_is_made_up() {
        let support = support(None, "2026-11-29T12:00[Africa/Lagos]");
        for page in [support.page(), support.short_page(None)] {
            assert!(page.contains("your country’s emergency number"), "{page}");
            assert!(page.contains("https://findahelpline.com"), "{page}");
            assert!(!page.contains("999") && !page.contains("911"), "{page}");
            // No day stands there either.
            assert!(!page.contains("date shown"), "{page}");
        }
    }

    #[test]
    fn contacts_that_cannot_be_read_hide_no_number() {
        let mut support = support(Some("de"), "2026-11-29T12:00[UTC]");
        support.contacts = Err("line 1: oops".into());
        assert!(support.page().contains("116 016"));
        assert!(support.page().contains("line 1: oops"));
    }

    #[test]
    fn a_year_after_its_check_a_line_says_so() {
        let of = |day: &str| {
            let support = support(Some("nz"), &format!("{day}T12:00[UTC]"));
            let old = |page: String, words| page.contains(words);
            (
                old(support.page(), ", more than a year ago: it may"),
                old(support.short_page(None), SOME_OLD),
            )
        };
        assert_eq!(of("2027-11-29"), (false, false));
        assert_eq!(of("2027-11-30"), (true, true));
    }

    #[test]
    fn the_short_page_of_every_country_fits_a_screen() {
        for country in &HelpLines::built_in().countries {
            let support = support(Some(&country.code), "2026-11-29T12:00[UTC]");
            let page = support.short_page(None);
            assert!(crate::text::wrap(&page, 72).len() <= 22, "{page}");
            // On a narrow one no number and no command is torn.
            let rows = crate::text::wrap(&page, 40);
            for number in &country.emergency {
                let starts = |row: &String| row.starts_with(&number.number);
                assert!(rows.iter().any(starts), "{rows:?}");
            }
            assert!(rows.iter().any(|row| row == "/support COUNTRY"), "{rows:?}");
        }
    }
}
