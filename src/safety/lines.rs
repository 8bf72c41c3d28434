//! Help lines from the dated data file.

use serde::Deserialize;

/// Every line that was checked, by country, and where to look for more.
#[derive(Clone, Debug, Deserialize)]
pub struct HelpLines {
    /// The day on which the numbers were checked, `2026-11-22`.
    pub checked: String,
    /// Countries with at least one checked number.
    #[serde(rename = "country")]
    pub countries: Vec<Country>,
    /// Lists of lines in other countries.
    #[serde(rename = "directory")]
    pub directories: Vec<Directory>,
}

/// A country's numbers.
#[derive(Clone, Debug, Deserialize)]
pub struct Country {
    /// Two letters, such as `GB`; `EU` for the numbers of many countries of Europe.
    pub code: String,
    /// Its name.
    pub name: String,
    /// Emergency numbers; empty where none was checked.
    #[serde(default)]
    pub emergency: Vec<String>,
    /// Something to know about them.
    pub note: Option<String>,
    /// The pages that its numbers were compared with.
    pub compared: Vec<String>,
    /// Its help lines.
    #[serde(default, rename = "line")]
    pub lines: Vec<HelpLine>,
}

/// A help line.
#[derive(Clone, Debug, Deserialize)]
pub struct HelpLine {
    /// Who answers.
    pub name: String,
    /// What to dial, or where to look.
    pub number: String,
    /// Whom it is for.
    #[serde(rename = "for")]
    pub whom: String,
    /// When it is open, where that is known.
    pub hours: Option<String>,
    /// Something to know about it.
    pub note: Option<String>,
}

/// A list of help lines.
#[derive(Clone, Debug, Deserialize)]
pub struct Directory {
    /// What it is.
    pub name: String,
    /// Where to find it.
    pub address: String,
    /// Something to know about it.
    pub note: Option<String>,
}

impl HelpLines {
    /// The shipped lines.
    pub fn built_in() -> Self {
        toml::from_str(super::LINES).unwrap_or_else(|error| unreachable!("built-in lines: {error}"))
    }

    /// The country with this code or name, in any case.
    pub fn country(&self, words: &str) -> Option<&Country> {
        let wanted = words.trim().to_lowercase();
        // The code that most people of the United Kingdom would type is not its ISO code.
        let code = if wanted == "uk" { "gb" } else { &wanted };
        let named = |country: &&Country| {
            country.code.to_lowercase() == code || country.name.to_lowercase() == wanted
        };
        self.countries.iter().find(named)
    }

    /// The emergency numbers alone, of one country or of all.
    pub fn emergency(&self, country: Option<&Country>) -> String {
        let numbers = |country: &Country| country.emergency.join(" or ");
        let line = match country {
            Some(country) if country.emergency.is_empty() => return String::new(),
            Some(country) => numbers(country),
            None => {
                let with = self
                    .countries
                    .iter()
                    .filter(|country| !country.emergency.is_empty());
                let each = with.map(|country| format!("{}: {}", country.name, numbers(country)));
                each.collect::<Vec<_>>().join("\n")
            }
        };
        format!("{LIFE_IN_DANGER}\n{line}")
    }

    /// Where to look for more lines.
    pub fn elsewhere(&self) -> String {
        let lists = self.directories.iter().map(|list| {
            let note = list
                .note
                .as_ref()
                .map(|note| format!(" ({note})"))
                .unwrap_or_default();
            format!("{}: {}{note}", list.name, list.address)
        });
        let lists: Vec<String> = lists.collect();
        format!("{OTHER_COUNTRIES}\n{}", lists.join("\n"))
    }
}

impl Country {
    /// Its lines: the number first, then who answers.
    pub fn numbers(&self) -> String {
        let mut block = vec![format!("{}:", self.name)];
        for line in &self.lines {
            let more = [line.hours.as_ref(), line.note.as_ref()];
            let more: Vec<&str> = more.into_iter().flatten().map(String::as_str).collect();
            let more = if more.is_empty() {
                String::new()
            } else {
                format!(" ({})", more.join("; "))
            };
            block.push(format!(
                "{}  {}, {}{more}",
                line.number, line.whom, line.name
            ));
        }
        block.extend(self.note.clone());
        block.join("\n")
    }
}

// Texts for people.
const LIFE_IN_DANGER: &str = "If a life is in danger now, call:";
const OTHER_COUNTRIES: &str = "Other countries, and more lines:";

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_country_is_found_by_code_or_name() {
        let lines = HelpLines::built_in();
        for words in ["gb", "UK", "united kingdom"] {
            assert_eq!(
                lines.country(words).map(|country| country.code.as_str()),
                Some("GB")
            );
        }
        assert!(lines.country("atlantis").is_none());
    }
}
