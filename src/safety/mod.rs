//! A safe way in, and help lines: the private screen before some exercises, the page with all the
//! routes behind it, and the numbers.
//!
//! Nothing about the private screen is ever written, not even that it ran.

mod contacts;
mod lines;
mod support;
mod table;

use serde::Deserialize;

use crate::text::language::Language;

pub use contacts::{Contact, Contacts};
pub use lines::{Country, Directory, EmergencyNumber, HelpLine, HelpLines, Need};
pub use support::{CountryOrigin, Support};

/// The words of the private screen and of the page behind it.
#[derive(Clone, Debug, Deserialize)]
pub struct SafetyTexts {
    /// What the screen is, and that nothing of it is stored.
    pub intro: String,
    /// Things that can be so.
    pub signs: Vec<String>,
    /// The one of them that's left out before what is for the first weeks.
    pub recent: String,
    /// The one question about all of them.
    pub ask: String,
    /// The label of yes.
    pub yes: String,
    /// The label of no.
    pub no: String,
    /// The label of rather not saying.
    pub rather_not: String,
    /// What stands above the routes.
    pub routes_intro: String,
    /// The ways that are open, danger to life first.
    pub routes: Vec<Route>,
    /// That a device can be watched, and what stays on it.
    pub device: String,
    /// For someone who fears what they may do themselves.
    pub own_behaviour: String,
    /// What this program is not.
    pub not_therapy: String,
    /// That numbers change.
    pub numbers_change: String,
    /// Said once when a text has heavy words in it.
    pub heavy: String,
    /// Said once when a promise or a request watches over somebody.
    pub control: String,
    /// The last line after leaving.
    pub left: String,
}

/// One way that is open.
#[derive(Clone, Debug, Deserialize)]
pub struct Route {
    /// When it fits.
    pub title: String,
    /// What one can do.
    pub text: String,
}

impl SafetyTexts {
    /// The shipped texts.
    pub fn built_in(language: Language) -> Self {
        let texts = match language {
            Language::English => TEXTS,
            Language::German => GERMAN,
        };
        toml::from_str(texts).unwrap_or_else(|error| unreachable!("built-in texts: {error}"))
    }
}

const TEXTS: &str = include_str!("../../exercises/support/safety.toml");
const GERMAN: &str = include_str!("../../exercises/support/safety.de.toml");
const LINES: &str = include_str!("../../exercises/support/lines.toml");

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_built_in_texts_and_lines_can_be_read() {
        assert!(SafetyTexts::built_in(Language::English).signs.len() > 5);
        assert!(HelpLines::built_in().countries.len() > 5);
    }

    #[test]
    fn danger_to_life_comes_first_and_the_way_out_last() {
        let routes = SafetyTexts::built_in(Language::English).routes;
        assert!(routes.first().unwrap().title.contains("life"));
        assert!(routes.last().unwrap().text.contains("/leave"));
    }
}
