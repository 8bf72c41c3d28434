//! The person's settings: one table of what can be set, what a file says, and which of flags,
//! environment, file and default has the last word. Pure; the file is read at the edge.

use std::ffi::OsString;

use jiff::civil::Time;

use crate::dates::day_end;

mod file;

pub use file::{SETTINGS, SettingLine, read};

/// Something that can be set.
#[derive(Debug)]
pub struct SettingKey {
    /// Its name in the file.
    pub name: &'static str,
    /// What it takes.
    pub kind: SettingKind,
    /// Variables that go before the file, the first before the second.
    pub variables: &'static [&'static str],
    /// What holds when nobody says anything; empty for nothing.
    pub default: &'static str,
    /// What it does, in one line.
    pub help: &'static str,
}

/// What a setting takes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SettingKind {
    /// `true` or `false`.
    Switch,
    /// `auto`, `always` or `never`.
    Colour,
    /// A program with its arguments; empty, or `cat`, for none.
    Pager,
    /// A program with its arguments.
    Editor,
    /// A country with help lines.
    Country,
    /// A language, such as `de`.
    Language,
    /// A folder.
    Folder,
    /// `ask` or `print`.
    Home,
    /// `true` or `false`: whether days may be known without the passphrase.
    Permission,
    /// `true` or `false`: whether titles that tell much stand on the first screen.
    Titles,
    /// `true` or `false`: whether what was written long ago is offered again.
    LookBack,
    /// A time of the night, such as `03:00`.
    TimeOfNight,
    /// What somebody is called.
    Name,
}

/// Everything that can be set. The file, its messages, `config` and the manual go by it.
pub const KEYS: &[SettingKey] = &[
    SettingKey {
        name: "plain",
        kind: SettingKind::Switch,
        variables: &["TRUST_COACH_PLAIN", "ACCESSIBLE"],
        default: "false",
        help: "print line by line and never redraw, for screen readers and simple terminals",
    },
    SettingKey {
        name: "color",
        kind: SettingKind::Colour,
        variables: &["NO_COLOR", "CLICOLOR_FORCE", "FORCE_COLOR", "CLICOLOR"],
        default: "auto",
        help: "when to use colour: auto, always or never",
    },
    SettingKey {
        name: "pager",
        kind: SettingKind::Pager,
        variables: &["TRUST_COACH_PAGER", "PAGER"],
        default: "less",
        help: "the program that shows long texts; leave it empty to use none",
    },
    SettingKey {
        name: "editor",
        kind: SettingKind::Editor,
        variables: &["VISUAL", "EDITOR"],
        default: "",
        help: "what /editor and Ctrl-O open; nano or vi if it isn’t set",
    },
    SettingKey {
        name: "region",
        kind: SettingKind::Country,
        variables: &[],
        default: "",
        help: "the country whose help lines `support` shows (two letters); otherwise it’s guessed",
    },
    SettingKey {
        name: "language",
        kind: SettingKind::Language,
        variables: &[],
        default: "",
        help: "the language of exercises that are translated, such as de; otherwise your locale’s",
    },
    SettingKey {
        name: "exercises",
        kind: SettingKind::Folder,
        variables: &[],
        default: "",
        help: "one more folder with exercises",
    },
    SettingKey {
        name: "home",
        kind: SettingKind::Home,
        variables: &[],
        default: "ask",
        help: "what `trust-coach` alone does at a terminal: ask with a menu, or print",
    },
    SettingKey {
        name: "titles",
        kind: SettingKind::Titles,
        variables: &[],
        default: "false",
        help: "let `trust-coach` alone name a paused exercise even if it has safety questions",
    },
    SettingKey {
        name: "look-back",
        kind: SettingKind::LookBack,
        variables: &[],
        default: "true",
        help: "let `trust-coach` alone offer what you wrote long ago to be answered again",
    },
    SettingKey {
        name: "due-without-passphrase",
        kind: SettingKind::Permission,
        variables: &[],
        default: "false",
        help: "with the vault on: let `due` say how many days are open; the days are kept in plain text, without words",
    },
    SettingKey {
        name: "day-ends",
        kind: SettingKind::TimeOfNight,
        variables: &[],
        default: "00:00",
        help: "how late in the night a day ends, from 00:00 to 12:00",
    },
    SettingKey {
        name: "name",
        kind: SettingKind::Name,
        variables: &[],
        default: "",
        help: "what you’re called in exercises for two; if it isn’t set, you’re the first of the two",
    },
];

/// Who had the last word.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SettingSource {
    /// A flag of this run.
    Flag,
    /// This variable.
    Variable(&'static str),
    /// The file, in this line.
    File(usize),
    /// Nobody.
    Default,
}

/// A setting as it holds.
#[derive(Clone, Debug)]
pub struct Setting {
    /// Which one.
    pub key: &'static SettingKey,
    /// Its value; a switch is `true` or `false`, and what is not set is empty.
    pub value: String,
    /// Who said so.
    pub by: SettingSource,
}

/// All settings as they hold in this run.
#[derive(Clone, Debug)]
pub struct Settings(Vec<Setting>);

impl Settings {
    /// Flags go before variables, variables before the file, the file before defaults. `variable`
    /// gives a variable that is set, also when it is empty.
    pub fn decide(
        flags: &[(&str, String)],
        variable: &dyn Fn(&str) -> Option<OsString>,
        file: &[SettingLine],
    ) -> Self {
        let decide = |key: &'static SettingKey| {
            let flag = flags.iter().find(|(name, _)| *name == key.name);
            // `--color auto` goes before the file, and lets variables say otherwise.
            let firm = flag.filter(|(_, value)| key.kind != SettingKind::Colour || value != "auto");
            let line = file.iter().find(|line| line.key == key.name);
            let (value, by) = if let Some((_, value)) = firm {
                (value.clone(), SettingSource::Flag)
            } else if let Some((value, name)) = key.in_environment(variable) {
                (value, SettingSource::Variable(name))
            } else if let Some((_, value)) = flag {
                (value.clone(), SettingSource::Flag)
            } else if let Some(line) = line {
                (line.value.clone(), SettingSource::File(line.number))
            } else {
                (key.default.to_string(), SettingSource::Default)
            };
            Setting { key, value, by }
        };
        let mut all: Vec<Setting> = KEYS.iter().map(decide).collect();
        // What a terminal cannot do is no matter of taste.
        if dumb(variable)
            && let Some(plain) = all
                .iter_mut()
                .find(|one| one.key.kind == SettingKind::Switch)
            && plain.value != "true"
        {
            plain.value = String::from("true");
            plain.by = SettingSource::Variable("TERM");
        }
        Self(all)
    }

    /// Each setting, in the order of the table.
    pub fn all(&self) -> &[Setting] {
        &self.0
    }

    /// The value of a setting; none when it is empty.
    pub fn value(&self, kind: SettingKind) -> Option<&str> {
        let found = self.0.iter().find(|setting| setting.key.kind == kind);
        let value = found.map(|setting| setting.value.as_str());
        value.filter(|value| !value.is_empty())
    }

    /// Whether somebody made this setting.
    pub fn is_made(&self, kind: SettingKind) -> bool {
        let mut all = self.0.iter();
        all.any(|setting| setting.key.kind == kind && setting.by != SettingSource::Default)
    }

    /// Whether the days of promises may be known without the passphrase.
    pub fn due_without_passphrase(&self) -> bool {
        self.is_on(SettingKind::Permission)
    }

    /// Whether a setting that takes `true` or `false` is on.
    pub fn is_on(&self, kind: SettingKind) -> bool {
        self.value(kind) == Some("true")
    }

    /// Until when in the night a day lasts.
    pub fn day_ends(&self) -> Time {
        let set = self.value(SettingKind::TimeOfNight);
        set.and_then(day_end).unwrap_or(Time::midnight())
    }

    /// Whether plain mode is on.
    pub fn plain(&self) -> bool {
        self.is_on(SettingKind::Switch)
    }
}

impl SettingKey {
    /// What the environment says of it, and in which variable.
    fn in_environment(
        &self,
        variable: &dyn Fn(&str) -> Option<OsString>,
    ) -> Option<(String, &'static str)> {
        self.variables.iter().find_map(|name| {
            let value = variable(name)?.to_string_lossy().into_owned();
            let value = match self.kind {
                SettingKind::Pager => Some(value),
                _ if value.trim().is_empty() => None,
                SettingKind::Switch
                | SettingKind::Permission
                | SettingKind::Titles
                | SettingKind::LookBack => Some(is_yes(&value).to_string()),
                SettingKind::Colour => colour(name, &value).map(String::from),
                SettingKind::Editor
                | SettingKind::Country
                | SettingKind::Language
                | SettingKind::Folder
                | SettingKind::Home
                | SettingKind::TimeOfNight
                | SettingKind::Name => Some(value),
            };
            value.map(|value| (value, *name))
        })
    }
}

/// What one of the variables on colour says with a value that is not empty.
fn colour(name: &str, value: &str) -> Option<&'static str> {
    match (name, value) {
        ("NO_COLOR", _) | ("CLICOLOR", "0") => Some("never"),
        ("CLICOLOR", _) | (_, "0") => None,
        _ => Some("always"),
    }
}

/// Whether a variable that is set says yes: it is not one of the words for no.
fn is_yes(value: &str) -> bool {
    let value = value.trim().to_lowercase();
    !matches!(value.as_str(), "0" | "false" | "no" | "off")
}

/// Whether the terminal can do nothing but add lines.
pub fn dumb(variable: &dyn Fn(&str) -> Option<OsString>) -> bool {
    variable("TERM").is_none_or(|term| term.is_empty() || term == "dumb")
}

#[cfg(test)]
mod tests;
