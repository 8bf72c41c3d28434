//! What was typed for something that is saved only once it is whole, such as a promise. It is kept
//! meanwhile, so that nobody who stops in the middle loses a word.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::thread;
use std::time::Duration;

use jiff::{Timestamp, Zoned};
use toml::{Table, Value};

use super::Persistence;
use super::closed::{self, draft_place, memory_folders};
use super::runner::Saver;
use crate::ask::ProgressKeeper;
use crate::error::{Error, Result};
use crate::home::Home;
use crate::home::unfinished::UnfinishedFile;
use crate::journal::Store;
use crate::session::{AnswerId, Session};
use crate::terminal::editor::DraftPlace;
use crate::text::is_blank;

/// What is typed is on its way to its file this long after, at the latest.
const REST: Duration = Duration::from_secs(1);

/// Words by the question that they answer, and the file that keeps them.
pub struct UnfinishedWords(Arc<KeptWords>);

/// What the thread that saves shares with those who type.
struct KeptWords {
    store: Store,
    /// What such things are called.
    name: String,
    /// What goes on with it.
    command: &'static str,
    typed: Mutex<TypedWords>,
    /// Taken before what was typed.
    file: Mutex<Option<UnfinishedFile>>,
}

/// What was typed so far.
#[derive(Clone, Debug, Default)]
struct TypedWords {
    /// The question that was put last.
    at: String,
    words: BTreeMap<String, String>,
    /// Whether a save is on its way.
    due: bool,
}

impl UnfinishedWords {
    /// With nothing typed yet, of things called `name` that `command` makes.
    pub fn new(home: &Home, name: &str, command: &'static str) -> Self {
        Self::with(home, name, command, (None, TypedWords::default()))
    }

    /// What somebody typed before in this home and stopped, the newest: not what another window has open.
    pub fn left(home: &Home, name: &str, command: &'static str) -> Option<Self> {
        let here = home.store.drafts(name);
        let mut folders = memory_folders(&home.store);
        folders.push(here.clone());
        let files = folders
            .iter()
            .flat_map(|folder| UnfinishedFile::all(folder));
        let mut files: Vec<UnfinishedFile> = files.collect();
        files.sort_by_key(UnfinishedFile::changed);
        let mut found = files.into_iter().rev().filter_map(|file| {
            let table: Table = file.read().ok()?.parse().ok()?;
            // In memory lie those of every home.
            let of = table.get("home").and_then(Value::as_str);
            if !file.is_below(&here) && of != Some(&whose(&home.store)) {
                return None;
            }
            let words = table.get("words")?.as_table()?.iter();
            let words =
                words.filter_map(|(id, words)| Some((id.clone(), words.as_str()?.to_string())));
            let typed = TypedWords {
                at: table.get("at")?.as_str()?.to_string(),
                words: words.collect(),
                due: false,
            };
            Some((Some(file), typed))
        });
        Some(Self::with(home, name, command, found.next()?))
    }

    fn with(
        home: &Home,
        name: &str,
        command: &'static str,
        (file, typed): (Option<UnfinishedFile>, TypedWords),
    ) -> Self {
        Self(Arc::new(KeptWords {
            store: home.store.clone(),
            name: name.to_string(),
            command,
            typed: Mutex::new(typed),
            file: Mutex::new(file),
        }))
    }

    /// Whether something was typed that may only be shown to whoever has the passphrase.
    pub fn is_closed(&self) -> bool {
        let store = &self.0.store;
        !self.0.typed().is_empty() && closed::seals(store) && !store.has_key()
    }

    /// When something was typed last, as far as the disk says so.
    pub fn typed_last(&self, now: &Zoned) -> String {
        let changed = self.0.file().as_ref().and_then(UnfinishedFile::changed);
        let changed = changed.and_then(|at| Timestamp::try_from(at).ok());
        let changed = changed.map(|at| at.to_zoned(now.time_zone().clone()));
        changed.map_or_else(String::new, |at| at.strftime(TYPED_LAST).to_string())
    }

    /// The question at which they stopped.
    pub fn at(&self) -> String {
        self.0.typed().at.clone()
    }

    /// From now on what is typed belongs to this question.
    pub fn ask(&self, id: &str) {
        self.0.typed().at = id.to_string();
    }

    /// What was typed at a question; nothing where it was left out.
    pub fn words(&self, id: &str) -> String {
        self.0.typed().words.get(id).cloned().unwrap_or_default()
    }

    /// Notes what a question was answered with, and keeps it as far as it can be kept.
    pub fn note(&self, id: &str, words: &str) {
        let mut typed = self.0.typed();
        typed.words.insert(id.to_string(), words.to_string());
        drop(typed);
        // Where they stop it is told, and tried again.
        let _ = self.flush();
    }

    /// It is whole, and saved where it belongs.
    pub fn forget(&self) {
        self.0.typed().words.clear();
        let _ = self.flush();
    }
}

impl TypedWords {
    fn is_empty(&self) -> bool {
        self.words.values().all(|words| is_blank(words))
    }
}

impl KeptWords {
    fn typed(&self) -> MutexGuard<'_, TypedWords> {
        self.typed.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn file(&self) -> MutexGuard<'_, Option<UnfinishedFile>> {
        self.file.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Where they go now: the vault may have been turned on since the last time.
    fn place(&self) -> DraftPlace {
        draft_place(&self.store, Persistence::Save, &self.name)
    }

    /// Brings what was typed to its file, and what lies in another place than it should goes.
    fn flush(&self) -> Result<()> {
        let mut file = self.file();
        // A slow disk must not hold up who types on.
        let typed = {
            let mut typed = self.typed();
            typed.due = false;
            typed.clone()
        };
        if typed.is_empty() {
            file.take().iter().for_each(UnfinishedFile::remove);
            return Ok(());
        }
        let Some(below) = self.place().folder else {
            return Ok(());
        };
        let new = match &*file {
            Some(there) if there.is_below(&below) => None,
            _ => Some(UnfinishedFile::new(&below)?),
        };
        let moved = new.is_some();
        let before = new.and_then(|new| file.replace(new));
        let text = self.text(&typed);
        let Some(Err(error)) = file.as_mut().map(|file| file.write(&text)) else {
            before.iter().for_each(UnfinishedFile::remove);
            return Ok(());
        };
        if moved {
            file.iter().for_each(UnfinishedFile::remove);
            *file = before;
        }
        Err(Error::failed("what you typed could not be saved").because(&error))
    }

    fn text(&self, typed: &TypedWords) -> String {
        let words = typed.words.iter();
        let words = words.map(|(id, words)| (id.clone(), Value::from(words.as_str())));
        let words: Table = words.collect();
        let table = Table::from_iter([
            (String::from("at"), Value::from(typed.at.as_str())),
            (String::from("home"), Value::from(whose(&self.store))),
            (String::from("words"), Value::from(words)),
        ]);
        format!("# `{}` goes on with this.\n{table}", self.command)
    }
}

/// Which home these are of.
fn whose(store: &Store) -> String {
    let folder = store.data_folder();
    let folder = folder.canonicalize().unwrap_or_else(|_| folder.into());
    folder.to_string_lossy().into_owned()
}

impl ProgressKeeper for UnfinishedWords {
    /// It is saved a second later at the latest, with what was typed meanwhile.
    fn progress(&self, text: &str) {
        let mut typed = self.0.typed();
        let at = typed.at.clone();
        let before = typed.words.get(&at).map_or("", String::as_str);
        if before == text {
            return;
        }
        typed.words.insert(at, text.to_string());
        if !std::mem::replace(&mut typed.due, true) {
            let kept = Arc::clone(&self.0);
            let save = move || {
                thread::sleep(REST);
                // Where they stop it is told, and tried again.
                if kept.typed().due {
                    let _ = kept.flush();
                }
            };
            // Without a thread it is saved with the answer.
            let _ = thread::Builder::new().name("words".into()).spawn(save);
        }
    }

    fn secure(&self, text: &str) -> bool {
        self.progress(text);
        self.keeps() && self.flush().is_ok()
    }

    fn keeps(&self) -> bool {
        self.0.place().folder.is_some()
    }
}

impl Saver for UnfinishedWords {
    fn save(&self, _session: &Session) -> Result<()> {
        Ok(())
    }

    fn begin_answer(&self, _id: Option<AnswerId>) {}

    fn flush(&self) -> Result<()> {
        self.0.flush()
    }

    fn stopped(&self) -> Option<String> {
        let command = self.0.command;
        if self.0.typed().is_empty() {
            return Some(format!("{NOTHING} {command}"));
        }
        Some(match self.0.place() {
            DraftPlace { folder: None, .. } => String::from(NOWHERE),
            DraftPlace { guarded: true, .. } => format!("{IN_MEMORY}\n{GO_ON} {command}"),
            DraftPlace { .. } => format!("{STOPPED}\n{GO_ON} {command}"),
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
const TYPED_LAST: &str = "You last typed on %-d %B %Y at %H:%M.";
const GO_ON: &str = "To continue:";
