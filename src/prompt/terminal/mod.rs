//! Prompts for a person at a terminal: a text area of our own for words, lists from dialoguer.
//!
//! The parts that decide anything are pure and tested without a terminal: [`buffer`], [`layout`],
//! [`window`], [`area`], [`keys`], [`submit`], [`head`], [`paint`].

use std::io;
use std::path::PathBuf;
use std::sync::Arc;

mod area;
mod buffer;
mod choose;
mod guard;
mod head;
mod input;
mod keys;
mod layout;
mod lists;
mod paint;
mod screen;
mod submit;
mod window;
mod write;

use super::{Ask, Given, Keep, Note, Prompter, Rejection, Reply, Retry, Want};
pub use guard::{Guard, Output};
use paint::Line;
use screen::Screen;

/// Whether a screen is large enough for this back end; a smaller one takes plain prompts.
pub fn fits(columns: usize, rows: usize) -> bool {
    columns >= 20 && rows >= 8
}

/// What may stay on the screen.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Privacy {
    /// Questions and answers stay in the scrollback, but for private questions.
    Main,
    /// Everything is shown on the alternate screen, and nothing stays.
    Alternate,
}

/// What a terminal back end is made of.
pub struct Settings {
    /// Where text in progress goes.
    pub keep: Arc<dyn Keep + Send + Sync>,
    /// The folder for drafts that are open in an editor; made when first needed.
    pub drafts: PathBuf,
    /// What may stay on the screen.
    pub privacy: Privacy,
    /// Whether headings may be bold and footers faint.
    pub colour: bool,
    /// The stream to prompt on.
    pub output: Output,
}

/// Prompts for a person at a terminal.
pub struct Terminal {
    screen: Screen,
    keep: Arc<dyn Keep + Send + Sync>,
    drafts: PathBuf,
    privacy: Privacy,
    /// Notes that were said since the last question.
    notes: Vec<Note>,
    /// The question that was put last and not answered, and what stood there.
    held: Option<Held>,
    /// Why the last answer will not do.
    rejection: Option<String>,
}

/// What stood in a question's place for the answer when something else came in between.
#[derive(Clone, Debug)]
struct Held {
    id: String,
    text: String,
}

/// A question as it is being asked.
struct Question<'a> {
    ask: &'a Ask,
    /// What stands there to begin with.
    initial: String,
    /// It was asked just before: what could not stay in view has been read.
    again: bool,
    /// Why the last answer will not do.
    message: Option<String>,
    /// Notes to show above it.
    notes: Vec<Note>,
}

/// What came back, in words for the scrollback and as it stood there.
struct Answered {
    reply: Reply,
    /// What stood there, as it can be put there again.
    standing: String,
}

impl Terminal {
    /// Takes the terminal over. An error when standard input is not one.
    pub fn new(settings: Settings) -> io::Result<Self> {
        let guard = Arc::new(Guard::new(settings.output)?);
        Ok(Self {
            screen: Screen::new(guard, settings.colour),
            keep: settings.keep,
            drafts: settings.drafts,
            privacy: settings.privacy,
            notes: Vec::new(),
            held: None,
            rejection: None,
        })
    }

    /// What puts the terminal back, for the signal thread and the panic hook.
    pub fn guard(&self) -> Arc<Guard> {
        Arc::clone(self.screen.guard())
    }

    /// Shows what has not been read yet and gives the terminal back.
    pub fn finish(mut self) -> io::Result<()> {
        if self.screen.is_private() {
            let notes = std::mem::take(&mut self.notes);
            if self.privacy == Privacy::Alternate {
                self.screen.read(&self.screen.note_lines(&notes))?;
                self.screen.leave_private()?;
            } else {
                self.screen.leave_private()?;
                self.print(&notes)?;
            }
        }
        self.screen.guard().restore();
        Ok(())
    }

    /// Clears what is visible, for leaving without a trace on the screen.
    pub fn erase_visible(&mut self) -> io::Result<()> {
        self.notes.clear();
        self.screen.leave_private()?;
        self.screen.clear()
    }

    /// Clears what is visible and what was scrolled away, whoever printed it. Not every terminal
    /// obeys.
    pub fn erase_scrollback(&mut self) -> io::Result<()> {
        self.erase_visible()?;
        self.screen.clear_scrollback()
    }

    fn print(&self, notes: &[Note]) -> io::Result<()> {
        self.screen.print(&self.screen.note_lines(notes))
    }

    /// Goes to the screen that the question belongs on.
    fn enter(&mut self, private: bool) -> io::Result<Vec<Note>> {
        let notes = std::mem::take(&mut self.notes);
        let was_private = self.screen.is_private();
        if private {
            self.screen.enter_private()?;
            return Ok(notes);
        }
        if was_private {
            self.screen.leave_private()?;
            self.print(&notes)?;
        }
        Ok(Vec::new())
    }

    fn put(&mut self, question: &Question<'_>) -> io::Result<Answered> {
        match &question.ask.want {
            Want::Ready | Want::Line | Want::Text | Want::Date | Want::Scale { .. } => {
                self.write(question)
            }
            Want::One { options, other } => self.choose_one(question, options, other.as_deref()),
            Want::Many { options, min, max } => self.choose_many(question, options, *min, *max),
            Want::YesNo => self.choose_yes_no(question),
        }
    }
}

impl Prompter for Terminal {
    fn say(&mut self, note: &Note) -> io::Result<()> {
        if !self.screen.is_private() {
            if self.privacy == Privacy::Alternate {
                self.screen.enter_private()?;
            } else {
                self.print(std::slice::from_ref(note))?;
            }
        }
        self.notes.push(note.clone());
        Ok(())
    }

    fn ask(&mut self, ask: &Ask) -> io::Result<Reply> {
        let notes = self.enter(ask.private || self.privacy == Privacy::Alternate)?;
        let held = self.held.take().filter(|held| held.id == ask.id);
        let message = self.rejection.take().filter(|_| held.is_some());
        let question = Question {
            ask,
            again: held.is_some(),
            initial: held.map_or_else(|| ask.initial.clone().unwrap_or_default(), |held| held.text),
            message,
            notes,
        };
        let answered = self.put(&question);
        self.screen.rest()?;
        let Answered { reply, standing } = answered?;
        let is_answer = matches!(reply, Reply::Answer(_));
        self.held = Some(Held {
            id: ask.id.clone(),
            text: standing,
        });
        if is_answer && self.privacy == Privacy::Main && self.screen.is_private() {
            self.screen.leave_private()?;
            self.screen
                .print(&[Line::from("(kept private)"), Line::default()])?;
        }
        Ok(reply)
    }

    fn reject(&mut self, ask: &Ask, reason: &Rejection) -> io::Result<Retry> {
        if self.held.as_ref().is_some_and(|held| held.id == ask.id) {
            self.rejection = Some(reason.message.clone());
        }
        Ok(Retry::Again)
    }
}

impl Drop for Terminal {
    fn drop(&mut self) {
        self.screen.guard().restore();
    }
}

/// An answer in words.
fn words(text: &str) -> Reply {
    Reply::Answer(Given::Words(text.to_string()))
}
