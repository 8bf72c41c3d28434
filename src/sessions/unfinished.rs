//! What was typed for something that is saved only once it is whole, such as a promise. It is kept
//! meanwhile, so that nobody who stops in the middle loses a word.

use std::collections::BTreeMap;
use std::sync::{Mutex, MutexGuard, PoisonError};

use toml::{Table, Value};

use super::Persistence;
use super::closed::{self, drafts};
use super::runner::Saver;
use crate::ask::ProgressKeeper;
use crate::error::{Error, Result};
use crate::home::Home;
use crate::home::unfinished::UnfinishedFile;
use crate::session::{AnswerId, Session};
use crate::text::is_blank;

/// Words by the question that they answer, and the file that keeps them.
pub struct UnfinishedWords {
    /// None where nothing may lie on the disk in the open, and there is no folder in memory.
    file: Option<UnfinishedFile>,
    /// Whether the file is in memory, since what is saved is encrypted.
    in_memory: bool,
    /// What goes on with it.
    command: &'static str,
    typed: Mutex<TypedWords>,
}

/// What was typed so far.
#[derive(Clone, Debug, Default)]
struct TypedWords {
    /// The question that was put last.
    at: String,
    words: BTreeMap<String, String>,
}

impl UnfinishedWords {
    /// With nothing typed yet, of things called `name` that `command` makes.
    pub fn new(home: &Home, name: &str, command: &'static str) -> Result<Self> {
        let below = drafts(home, Persistence::Save, name);
        let file = below.map(|below| UnfinishedFile::new(&below)).transpose()?;
        Ok(Self::with(home, file, command, TypedWords::default()))
    }

    /// What somebody typed before and stopped, the newest.
    pub fn left(home: &Home, name: &str, command: &'static str) -> Option<Self> {
        let file = UnfinishedFile::newest(&drafts(home, Persistence::Save, name)?)?;
        let table: Table = file.read().ok()?.parse().ok()?;
        let words = table.get("words")?.as_table()?.iter();
        let words = words.filter_map(|(id, words)| Some((id.clone(), words.as_str()?.to_string())));
        let typed = TypedWords {
            at: table.get("at")?.as_str()?.to_string(),
            words: words.collect(),
        };
        Some(Self::with(home, Some(file), command, typed))
    }

    fn with(
        home: &Home,
        file: Option<UnfinishedFile>,
        command: &'static str,
        typed: TypedWords,
    ) -> Self {
        Self {
            file,
            in_memory: closed::seals(&home.store),
            command,
            typed: Mutex::new(typed),
        }
    }

    /// The question at which they stopped.
    pub fn at(&self) -> String {
        self.typed().at.clone()
    }

    /// From now on what is typed belongs to this question.
    pub fn ask(&self, id: &str) {
        self.typed().at = id.to_string();
    }

    /// What was typed at a question; nothing where it was left out.
    pub fn words(&self, id: &str) -> String {
        self.typed().words.get(id).cloned().unwrap_or_default()
    }

    /// Notes what a question was answered with, and keeps it as far as it can be kept.
    pub fn note(&self, id: &str, words: &str) {
        self.typed().words.insert(id.to_string(), words.to_string());
        // Where they stop it is told, and tried again.
        let _ = self.flush();
    }

    /// It is whole, and saved where it belongs.
    pub fn forget(&self) {
        self.typed().words.clear();
        self.file.iter().for_each(UnfinishedFile::remove);
    }

    fn typed(&self) -> MutexGuard<'_, TypedWords> {
        self.typed.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl TypedWords {
    fn is_empty(&self) -> bool {
        self.words.values().all(|words| is_blank(words))
    }
}

impl ProgressKeeper for UnfinishedWords {
    fn progress(&self, text: &str) {
        let mut typed = self.typed();
        let at = typed.at.clone();
        typed.words.insert(at, text.to_string());
    }

    fn secure(&self, text: &str) -> bool {
        self.progress(text);
        self.keeps() && self.flush().is_ok()
    }

    fn keeps(&self) -> bool {
        self.file.is_some()
    }
}

impl Saver for UnfinishedWords {
    fn save(&self, _session: &Session) -> Result<()> {
        Ok(())
    }

    fn begin_answer(&self, _id: Option<AnswerId>) {}

    fn flush(&self) -> Result<()> {
        let typed = self.typed();
        let Some(file) = self.file.as_ref().filter(|_| !typed.is_empty()) else {
            return Ok(());
        };
        let words = typed.words.iter();
        let words = words.map(|(id, words)| (id.clone(), Value::from(words.as_str())));
        let words: Table = words.collect();
        let table = Table::from_iter([
            (String::from("at"), Value::from(typed.at.as_str())),
            (String::from("words"), Value::from(words)),
        ]);
        let text = format!("# `{}` goes on with this.\n{table}", self.command);
        file.write(&text)
            .map_err(|error| Error::failed("what you typed could not be saved").because(&error))
    }

    fn stopped(&self) -> Option<String> {
        let command = self.command;
        Some(match (&self.file, self.in_memory) {
            _ if self.typed().is_empty() => format!("{NOTHING} {command}"),
            (None, _) => String::from(NOWHERE),
            (Some(_), true) => format!("{IN_MEMORY}\n{GO_ON} {command}"),
            (Some(_), false) => format!("{STOPPED}\n{GO_ON} {command}"),
        })
    }
}

// Texts for people.
const NOTHING: &str = "Stopped. Nothing was saved.\nTo start again:";
const NOWHERE: &str = "Stopped. What you typed wasn’t kept: with the vault on it may not lie on the \
    disk in plain text.";
const IN_MEMORY: &str = "Stopped. The vault is on, so what you typed is kept in memory only, until \
    you log out or this machine stops.";
pub(super) const STOPPED: &str = "Stopped. What you typed is saved.";
const GO_ON: &str = "To continue:";
