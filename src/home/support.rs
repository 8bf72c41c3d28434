//! What help lines need from this machine: the person's contacts, the country, the locale,
//! the time.

use std::fs;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};
use std::rc::Rc;

use super::clock::Clock;
use super::environment::locale;
use super::settings::SettingKind;
use super::world::World;
use crate::exercise::library::MOST_BYTES;
use crate::input;
use crate::safety::{Contacts, SafetyTexts, Support};
use crate::text::language::Language;

/// What help lines are made of, looked up only when somebody wants to read them.
#[derive(Clone, Debug)]
pub struct SupportSource {
    contacts: Option<PathBuf>,
    region: Option<String>,
    locale: Option<String>,
    clock: Clock,
}

impl SupportSource {
    /// Where everything lies. Needs no home and no settings.
    pub fn look(world: &World<'_>) -> Self {
        let region = world.config.settings.value(SettingKind::Country);
        Self {
            contacts: world.folders().ok().map(|folders| folders.contacts()),
            region: region.map(String::from),
            locale: locale(),
            clock: world.clock.clone(),
        }
    }

    /// The help lines as they are now, in English.
    pub fn support(&self) -> Support {
        self.support_in(Language::English)
    }

    /// The help lines as they are now, as a session shows them in a language.
    pub fn support_in(&self, language: Language) -> Support {
        let clock = self.clock.clone();
        let contacts = self.contacts.as_deref();
        Support {
            language,
            texts: SafetyTexts::built_in(language),
            contacts: contacts.map_or_else(|| Ok(Contacts::default()), read),
            region: self.region.clone(),
            command: "/support",
            locale: self.locale.clone(),
            now: Rc::new(move || clock.now()),
        }
    }
}

/// The person's own contacts, none where there is no file; or why it cannot be read.
pub fn read(path: &Path) -> std::result::Result<Contacts, String> {
    let name = |reason: String| format!("{}: {reason}", path.display());
    match fs::symlink_metadata(path) {
        Err(error) if error.kind() == ErrorKind::NotFound => return Ok(Contacts::default()),
        _ => {}
    }
    let text = input::read_file(path, MOST_BYTES).map_err(|error| name(error.to_string()))?;
    Contacts::read(&text).map_err(name)
}
