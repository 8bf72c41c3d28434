//! The page that is read when help is needed: numbers first, then everything else.

use jiff::ToSpan;
use jiff::civil::Date;

use super::{Contacts, Country, HelpLines, SafetyTexts};

/// Help lines with what the person chose and added themselves.
pub struct Support {
    /// The shipped lines.
    pub lines: HelpLines,
    /// The words around them.
    pub texts: SafetyTexts,
    /// The person's own contacts, or why they cannot be read.
    pub contacts: Result<Contacts, String>,
    /// The country they chose, by its code; none for all.
    pub region: Option<String>,
    /// The day, looked up when it is needed.
    pub today: Box<dyn Fn() -> Date>,
}

impl Support {
    /// The chosen country.
    pub fn country(&self) -> Option<&Country> {
        self.lines.country(self.region.as_deref()?)
    }

    /// The whole page, one country or all of them. What stands last is what stays in sight of a
    /// small window, so it ends with the numbers that it begins with.
    pub fn page(&self) -> String {
        let first = self.first();
        let mut blocks = vec![first.clone()];
        match self.country() {
            Some(country) => blocks.push(country.numbers()),
            None => blocks.extend(self.lines.countries.iter().map(Country::numbers)),
        }
        blocks.push(self.lines.elsewhere());
        blocks.push(self.checked());
        blocks.push(self.texts.own_behaviour.trim().to_string());
        blocks.push(self.texts.device.trim().to_string());
        blocks.push(self.texts.not_therapy.trim().to_string());
        if self.country().is_none() {
            blocks.push(String::from(ONE_COUNTRY));
        }
        blocks.push(first);
        blocks.retain(|block| !block.is_empty());
        blocks.join("\n\n")
    }

    /// What comes before everything else: the emergency numbers, then the person's own contacts.
    pub fn first(&self) -> String {
        let mut blocks = vec![self.lines.emergency(self.country()), self.own()];
        blocks.retain(|block| !block.is_empty());
        blocks.join("\n\n")
    }

    fn own(&self) -> String {
        match &self.contacts {
            Ok(contacts) if contacts.all.is_empty() => String::new(),
            Ok(contacts) => {
                let each = contacts.all.iter();
                let each = each.map(|contact| format!("{}  {}", contact.number, contact.name));
                format!("{OWN}\n{}", each.collect::<Vec<_>>().join("\n"))
            }
            Err(reason) => format!("{UNREADABLE}\n{reason}"),
        }
    }

    /// Whether the numbers were checked more than a year ago.
    pub fn is_old(&self) -> bool {
        let checked: Option<Date> = self.lines.checked.parse().ok();
        let until = checked.and_then(|day| day.checked_add(1.year()).ok());
        until.is_none_or(|until| (self.today)() > until)
    }

    fn checked(&self) -> String {
        let change = &self.texts.numbers_change;
        let old = if self.is_old() { OLD } else { "" };
        format!("{change} Checked on {}.{old}", self.lines.checked)
    }
}

// Texts for people.
const OWN: &str = "Your own contacts:";
const UNREADABLE: &str = "Your own contacts could not be read:";
const OLD: &str = " That is more than a year ago, so some may be wrong by now. Look up the number \
    of your country before you need it.";
const ONE_COUNTRY: &str = "For one country: trust-coach support --region US\n\
    To keep that choice, write region = \"US\" in your settings file: trust-coach where";

#[cfg(test)]
mod tests {
    use super::*;
    use crate::safety::Contact;

    fn support(region: Option<&str>, today: &str) -> Support {
        let today: Date = today.parse().unwrap();
        let mut contacts = Contacts::default();
        contacts.add(Contact {
            name: "Ana".into(),
            number: "0151 000".into(),
        });
        Support {
            lines: HelpLines::built_in(),
            texts: SafetyTexts::built_in(),
            contacts: Ok(contacts),
            region: region.map(String::from),
            today: Box::new(move || today),
        }
    }

    #[test]
    fn numbers_stand_above_everything_else_and_again_at_the_end() {
        let support = support(Some("us"), "2026-11-22");
        let page = support.page();
        let place = |words: &str| {
            page.find(words)
                .unwrap_or_else(|| panic!("{words} in {page}"))
        };
        assert!(place("911") < place("0151 000"));
        assert!(place("0151 000") < place("988"));
        assert!(place("988") < place("Numbers change"));
        assert!(place("Numbers change") < place(support.texts.not_therapy.trim()));
        assert!(page.ends_with(&support.first()));
        assert!(page.starts_with(&support.first()));
    }

    #[test]
    fn contacts_that_cannot_be_read_hide_no_number() {
        let mut support = support(None, "2026-11-22");
        support.contacts = Err("line 1: oops".into());
        assert!(support.page().contains("116 123"));
        assert!(support.page().contains("line 1: oops"));
    }

    #[test]
    fn a_year_after_the_check_the_page_says_so() {
        let of = |today: &str| {
            let mut support = support(None, today);
            support.lines.checked = "2026-11-22".into();
            (support.is_old(), support.page().contains(OLD))
        };
        assert_eq!(of("2027-11-22"), (false, false));
        assert_eq!(of("2027-11-23"), (true, true));
    }
}
