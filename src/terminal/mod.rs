//! Prompts for a person at a terminal: a text area and lists of our own, so that what is shown is
//! what is saved, and so that commands can be typed everywhere.
//!
//! The parts that decide anything are pure and tested without a terminal: `buffer`, `layout`,
//! `window`, `area`, `decode`, `submit`, `head`, `paint`.

use std::io;
use std::sync::Arc;

mod area;
mod buffer;
mod choose;
mod choosing;
mod cut_line;
mod decode;
mod draft;
pub mod editor;
mod foot;
mod guard;
mod hand_over;
mod head;
mod hidden;
mod input;
mod keys;
mod layout;
mod list;
mod menu;
mod named;
mod page;
pub mod pager;
mod pages;
mod paint;
pub mod preview;
mod question;
mod record;
mod screen;
pub mod secret;
mod sequence;
pub mod signals;
mod submit;
mod window;
pub mod work_bar;
mod write;

use crate::ask::{Ask, Input, Note, ProgressKeeper, Prompter, Rejection, Reply, Retry, Want};
use crate::text::look::Signs;
pub use decode::keys_in;
use editor::EditorSetup;
pub use guard::{ERASE, ERASE_ALL, ERASE_OLDER, Guard, PromptStream, REPORTS_OFF};
pub use keys::Key;
use paint::ScreenLine;
use question::{AnswerInWords, EarlierInput, OpenQuestion};
use screen::TerminalScreen;

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
pub struct TerminalSetup {
    /// Where text in progress goes.
    pub keep: Arc<dyn ProgressKeeper + Send + Sync>,
    /// What the person's own editor is opened with.
    pub editor: EditorSetup,
    /// What may stay on the screen.
    pub privacy: Privacy,
    /// Whether anything may stand out by weight and colour.
    pub colour: bool,
    /// The signs that it can show.
    pub signs: Signs,
    /// The stream to prompt on.
    pub output: PromptStream,
}

/// Prompts for a person at a terminal.
pub struct Terminal {
    screen: TerminalScreen,
    signs: Signs,
    keep: Arc<dyn ProgressKeeper + Send + Sync>,
    editor: EditorSetup,
    privacy: Privacy,
    /// Notes that were said since the last question.
    notes: Vec<Note>,
    /// How many rows of them are on the main screen.
    fresh: usize,
    /// Those that had no room there and are read before the next question.
    late: Vec<Note>,
    /// What they had not read yet when they typed something else: it’s read before anything is asked.
    unread: Option<Vec<Note>>,
    /// The question that was put last, and what stood there.
    held: Option<EarlierInput>,
    /// Why the last answer will not do.
    rejection: Option<String>,
    /// A private question was answered, and its screen can be left.
    answered_privately: bool,
    /// The title of the exercise that is done.
    title: String,
    /// Whether its answers are saved.
    saves: bool,
    /// What the menu can offer now.
    menu: foot::MenuScope,
    /// A step of it was answered last.
    answered_step: bool,
}

impl Terminal {
    /// Takes the terminal over. An error when standard input is not one.
    pub fn new(settings: TerminalSetup) -> io::Result<Self> {
        let guard = Arc::new(Guard::new(settings.output)?);
        Ok(Self {
            screen: TerminalScreen::new(guard, settings.colour, settings.editor.language),
            signs: settings.signs,
            keep: settings.keep,
            editor: settings.editor,
            privacy: settings.privacy,
            notes: Vec::new(),
            fresh: 0,
            late: Vec::new(),
            unread: None,
            held: None,
            rejection: None,
            answered_privately: false,
            title: String::new(),
            saves: false,
            menu: foot::MenuScope::default(),
            answered_step: false,
        })
    }

    /// From now on the steps of an exercise with this title are asked, and what is answered is on the
    /// disk before the next question where `saves` is true.
    pub fn begin_exercise(&mut self, title: &str, saves: bool) {
        (self.title, self.saves) = (title.to_string(), saves);
    }

    /// What puts the terminal back, for the signal thread and the panic hook.
    pub fn guard(&self) -> Arc<Guard> {
        Arc::clone(self.screen.guard())
    }

    /// Shows what has not been read yet and gives the terminal back. True where they left meanwhile,
    /// so that nothing may stay in view. `support` has the help lines, for whoever asks there.
    pub fn finish(mut self, support: &crate::ask::SupportPage<'_>) -> io::Result<bool> {
        let shown = self.show_the_rest(support);
        let left = self.unless_over(shown)?;
        if left {
            self.erase_visible()?;
        }
        // What was typed meanwhile was not meant for the shell.
        self.screen.guard().drop_typeahead()?;
        self.screen.guard().restore();
        Ok(left)
    }

    /// Takes away what was shown, for leaving without a trace: clears what is visible on the main
    /// screen, or just leaves the alternate one when all was shown there.
    pub fn erase_visible(&mut self) -> io::Result<()> {
        let on_main = self.privacy == Privacy::Main;
        if on_main {
            self.screen.guard().erase_at_the_end();
        }
        let erased = self.erase(on_main);
        self.unless_over(erased)
    }

    /// Clears what is visible and what was scrolled away, whoever printed it. Not every terminal
    /// obeys.
    pub fn erase_scrollback(&mut self) -> io::Result<()> {
        let erased = self.erase(true);
        let erased = erased.and_then(|()| self.screen.clear_scrollback());
        self.unless_over(erased)
    }

    fn erase(&mut self, visible: bool) -> io::Result<()> {
        self.notes.clear();
        self.late.clear();
        self.unread = None;
        self.screen.take_back_record();
        self.answered_privately = false;
        self.screen.leave_private()?;
        if visible {
            self.screen.clear()?;
        }
        Ok(())
    }

    /// Nothing must go on while the signal thread ends the process.
    fn unless_over<T>(&self, done: io::Result<T>) -> io::Result<T> {
        if self.screen.guard().is_over() {
            return Err(screen::wait_for_the_end());
        }
        done
    }

    /// Prints on the main screen, as far as nothing unread is scrolled away.
    fn print(&mut self, notes: &[Note]) -> io::Result<()> {
        let rows = self.screen.note_lines(notes);
        if !self.late.is_empty() || self.fresh + rows.len() >= self.screen.size().rows {
            self.late.extend_from_slice(notes);
            return Ok(());
        }
        self.fresh += rows.len();
        self.screen.print(&rows)
    }

    fn tell(&mut self, note: &Note) -> io::Result<()> {
        if note.private {
            // It is about the private question that was answered last, whose screen stays.
            self.answered_privately = false;
        }
        self.leave_answered()?;
        let private = note.private || self.privacy == Privacy::Alternate;
        if private && !self.screen.is_private() {
            self.screen.enter_private()?;
        }
        self.notes.push(note.clone());
        if self.screen.is_private() {
            return Ok(());
        }
        self.screen.measure();
        self.print(std::slice::from_ref(note))
    }

    /// Leaves the screen of a private question that was answered.
    fn leave_answered(&mut self) -> io::Result<()> {
        if std::mem::take(&mut self.answered_privately) {
            self.screen.leave_private()?;
            let kept = self.screen.language.translate(NOT_SHOWN);
            let kept = [ScreenLine::from(kept), ScreenLine::default()];
            self.screen.print(&kept)?;
        }
        Ok(())
    }

    /// Goes to the screen that the question belongs on.
    fn enter(&mut self, private: bool) -> io::Result<()> {
        if private {
            return self.screen.enter_private();
        }
        if self.screen.is_private() {
            self.screen.leave_private()?;
            self.notes.retain(|note| !note.private);
            self.print(&self.notes.clone())?;
        }
        Ok(())
    }

    fn put_on_its_screen(&mut self, ask: &Ask) -> io::Result<Reply> {
        self.screen.measure();
        let rejection = self.rejection.take();
        if rejection.is_none() {
            self.leave_answered()?;
        }
        let held = self.held.take().filter(|held| held.id == ask.id);
        let held = held.filter(|held| !held.answered || rejection.is_some());
        let private = ask.private || self.privacy == Privacy::Alternate;
        self.enter(private)?;
        let mut news = std::mem::take(&mut self.notes);
        let unread = self.unread.take().unwrap_or_default();
        if private {
            // All notes are shown there; those that had no room are among them.
            self.late.clear();
            news.extend(unread);
        } else {
            self.late.extend(unread);
        }
        self.screen.was_wiped();
        self.menu = foot::MenuScope::of(ask);
        let answered = std::mem::take(&mut self.answered_step);
        let refused = |held: &EarlierInput| rejection.is_some() || held.refused;
        let reached = held.as_ref().filter(|held| held.reached);
        let question = OpenQuestion {
            ask,
            title: self.title.clone(),
            saved: self.saves && answered && rejection.is_none() && !ask.secret,
            language: self.screen.language,
            again: reached.is_some(),
            refused: held.as_ref().is_some_and(refused),
            message: rejection.filter(|_| held.is_some()),
            earlier: reached.map_or(Vec::new(), |held| held.notes.clone()),
            initial: held.map_or_else(|| ask.initial.clone().unwrap_or_default(), |held| held.text),
            notes: news,
        };
        let AnswerInWords { reply, standing } = self.put(&question)?;
        self.screen.rest()?;
        (self.fresh, self.late) = (0, Vec::new());
        self.held = Some(EarlierInput {
            id: ask.id.clone(),
            answered: matches!(reply, Reply::Answer(_)),
            reached: question.again || self.unread.is_none(),
            refused: question.refused && standing == question.initial,
            text: standing,
            notes: if question.again {
                question.earlier
            } else {
                question.notes
            },
        });
        Ok(reply)
    }

    fn put(&mut self, question: &OpenQuestion<'_>) -> io::Result<AnswerInWords> {
        match &question.ask.want {
            Want::One { options, other } => {
                let other = other.as_deref();
                let other = other.map(|other| question.language.translate(other));
                self.choose_one(question, options, other)
            }
            Want::Many { options, min, max } => self.choose_many(question, options, *min, *max),
            Want::YesNo => self.choose_yes_no(question),
            Want::Scale { .. } => self.choose_number(question),
            _ if question.ask.secret => self.write_hidden(question),
            _ => self.write(question),
        }
    }
}

impl Prompter for Terminal {
    fn say(&mut self, note: &Note) -> io::Result<()> {
        let told = self.tell(note);
        self.unless_over(told)
    }

    fn ask(&mut self, ask: &Ask) -> io::Result<Reply> {
        if let Some(reply) = self.change_hands(ask)? {
            return Ok(reply);
        }
        let answered = self.put_on_its_screen(ask);
        let reply = self.unless_over(answered)?;
        let answered = matches!(reply, Reply::Answer(_));
        self.answered_step = answered && self.menu.step;
        self.answered_privately =
            answered && self.privacy == Privacy::Main && self.screen.is_private();
        Ok(reply)
    }

    fn reject(&mut self, ask: &Ask, reason: &Rejection) -> io::Result<Retry> {
        if self.held.as_ref().is_some_and(|held| held.id == ask.id) {
            self.rejection = Some(reason.for_reader(ask, true, self.screen.language));
            self.screen.take_back_record();
            self.answered_privately = false;
        }
        Ok(Retry::Again)
    }
}

impl Drop for Terminal {
    fn drop(&mut self) {
        if !self.screen.is_private() {
            // What waited for the next question, which does not come any more.
            let _ = self.screen.print(&self.screen.note_lines(&self.late));
        }
        self.screen.guard().restore();
    }
}

// Texts for people.
const NOT_SHOWN: &str = "(not shown)";

/// An answer in words.
fn words(text: &str) -> Reply {
    Reply::Answer(Input::Words(text.to_string()))
}
