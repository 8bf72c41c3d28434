//! What the thread that waits for signals needs to know of a session, and what it does.

use std::path::Path;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, OnceLock};

use super::runner::Saver;
use super::{Persistence, closed};
use crate::ask::{ProgressKeeper, SavingState};
use crate::error::Error;
use crate::home::Home;
use crate::terminal::editor::{self, Drafts};
use crate::text::inert;
use crate::text::language::Language;
use crate::wire::{EndStatus, Wire};

/// What is known of a session while it runs, by whoever must end it at a signal. It is there from
/// the first screen, and learns the rest when it is known.
pub(super) struct SignalContext {
    /// What saves the session, from the moment there is one.
    pub saver: OnceLock<Arc<dyn Saver + Send + Sync>>,
    /// Who is told how it ended.
    pub wires: OnceLock<Vec<Arc<Wire>>>,
    /// Where drafts go that are open in an editor.
    pub drafts: Drafts,
    /// What is kept of the session.
    pub persistence: Persistence,
    /// The language that is spoken.
    pub language: Language,
    /// Whether what is saved was encrypted when it began.
    pub sealed: bool,
    /// All is saved and said; a signal changes nothing any more.
    over: AtomicBool,
}

impl SignalContext {
    /// Begins before there is a session.
    pub(super) fn new(home: &Home, persistence: Persistence, language: Language) -> Arc<Self> {
        Arc::new(Self {
            saver: OnceLock::new(),
            wires: OnceLock::new(),
            drafts: Drafts::new(closed::drafts(home, persistence, "unnamed")),
            persistence,
            language,
            sealed: closed::seals(&home.store),
            over: AtomicBool::new(false),
        })
    }

    /// From now on a signal changes nothing.
    pub(super) fn end(&self) {
        self.over.store(true, Ordering::SeqCst);
    }

    /// Saves what was typed, at a signal. Gives the last line, for which `after` has the words once
    /// all is saved.
    pub(super) fn ended_by_signal(&self, after: impl FnOnce(&dyn Saver) -> String) -> String {
        if self.over.load(Ordering::SeqCst) {
            return String::new();
        }
        let saver = self.saver.get();
        let kept = self.persistence != Persistence::Nothing;
        let Some(saver) = saver.filter(|_| kept) else {
            if kept {
                let left = editor::forget(None);
                return left.map_or_else(String::new, |left| self.named(&left));
            }
            editor::discard();
            return self.language.translate(NOTHING_KEPT).into();
        };
        let rescued = editor::rescue();
        if let Some(text) = &rescued {
            saver.progress(text);
        }
        let saved = saver.flush();
        for wire in self.wires.get().into_iter().flatten() {
            let _ = wire.done(EndStatus::Paused);
        }
        match saved {
            Ok(()) => {
                let left = editor::forget(rescued.as_deref());
                let left = left.map(|left| self.named(&left) + "\n");
                left.unwrap_or_default() + &after(saver.as_ref())
            }
            Err(error) => not_all_saved(&error, self.language),
        }
    }

    /// That something of the editor's stays in a folder.
    fn named(&self, folder: &Path) -> String {
        inert(&editor::left_beside(folder, self.language)).into_owned()
    }
}

impl ProgressKeeper for SignalContext {
    fn progress(&self, text: &str) {
        if let Some(saver) = self.saver.get() {
            saver.progress(text);
        }
    }

    fn secure(&self, text: &str) -> bool {
        self.saver.get().is_none_or(|saver| saver.secure(text))
    }

    fn keeps(&self) -> bool {
        self.saver.get().is_some_and(|saver| saver.keeps())
    }

    fn saving(&self) -> SavingState {
        let saver = self.saver.get();
        saver.map_or(SavingState::Saved, |saver| saver.saving())
    }
}

/// What a signal does in the middle of a session.
pub(super) fn pause(context: &Arc<SignalContext>) -> impl FnOnce(i32) -> String + Send + 'static {
    let context = Arc::clone(context);
    move |_| {
        context.ended_by_signal(|saver| {
            let news = saver.news().map(|news| format!("{}\n", inert(&news)));
            news.unwrap_or_default() + context.language.translate(PAUSED_BY_SIGNAL)
        })
    }
}

/// What is said last where not all of it could be saved.
pub(super) fn not_all_saved(error: &Error, language: Language) -> String {
    format!("{} {}.", language.translate(NOT_ALL_SAVED), error.message)
}

// Texts for people.
const PAUSED_BY_SIGNAL: &str = "Paused. Your words are saved.\nTo continue: trust-coach resume";
const NOT_ALL_SAVED: &str = "Stopped. The last words could not be saved:";
pub(super) const NOTHING_KEPT: &str = "Nothing from this session was kept.";
