//! The screen and the keyboard together: what is shown, what is pressed, and the ways out.

use std::io;
use std::sync::Arc;
use std::thread;
use std::time::{Duration, Instant};

use signal_hook::consts::{SIGINT, SIGTSTP};
use signal_hook::low_level;

use super::foot::SavingTold;
use super::guard::{ERASE, ERASE_OLDER, Guard, KeyMode, ScreenSize};
use super::head;
use super::input::{KeyInput, KeyboardEvent};
use super::keys::Key;
use super::page::{PageCommand, PageTurn};
use super::paint::{Frame, Painter, ScreenLine};
use super::submit::UNREADABLE;
use crate::ask::{Ask, FloorTime, Note};
use crate::text::language::Language;

/// How long we wait to be ended by the signal that we raised or that took the keyboard away.
const LAST_WAIT: Duration = Duration::from_secs(10);

/// What a person pressed, as far as it is not dealt with here.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum KeyAction {
    /// A key.
    Key(Key),
    /// Nothing, or something that is done already: look at the screen again.
    Nothing,
    /// The keyboard is gone.
    Gone,
}

/// A block of rows on the screen, and the keyboard.
pub(super) struct TerminalScreen {
    guard: Arc<Guard>,
    input: KeyInput,
    painter: Painter,
    size: ScreenSize,
    /// The language that is spoken.
    pub(super) language: Language,
    /// Rows of the last answer that will stay, unless it has to be given again.
    held_back: Vec<ScreenLine>,
    /// The time of whoever has the floor.
    floor: Option<FloorTime>,
    /// What the foot says of saving.
    pub(super) told: SavingTold,
    /// A key could not be read since the last line.
    unreadable: bool,
    /// What stood above the block went since somebody asked.
    wiped: bool,
}

impl TerminalScreen {
    /// Nothing is shown yet.
    pub(super) fn new(guard: Arc<Guard>, colour: bool, language: Language) -> Self {
        let size = guard.output().size();
        Self {
            guard,
            input: KeyInput::default(),
            painter: Painter::new(colour),
            size,
            language,
            held_back: Vec::new(),
            floor: None,
            told: SavingTold::default(),
            unreadable: false,
            wiped: false,
        }
    }

    /// What puts the terminal back.
    pub(super) fn guard(&self) -> &Arc<Guard> {
        &self.guard
    }

    /// The size that was seen last.
    pub(super) fn size(&self) -> ScreenSize {
        self.size
    }

    /// Takes the window's size while nothing of ours is shown that must stay in its place.
    pub(super) fn measure(&mut self) {
        self.size = self.guard.output().size();
    }

    /// Looks whether the window has another size. If it has, what is visible goes: a terminal that
    /// has set its rows anew cannot be told which of them are ours.
    pub(super) fn look(&mut self) -> io::Result<()> {
        let size = self.guard.output().size();
        if size != self.size {
            self.size = size;
            self.clear()?;
        }
        Ok(())
    }

    /// Whether all that was visible went since this was asked last, so that it has to be set anew.
    pub(super) fn was_wiped(&mut self) -> bool {
        std::mem::take(&mut self.wiped)
    }

    /// What there is to say now of the time of whoever has the floor.
    pub(super) fn floor_says(&mut self, ask: &Ask) -> Option<String> {
        let now = Instant::now();
        self.floor = FloorTime::of(ask, self.floor.take(), now);
        let floor = self.floor.as_mut()?;
        let is_due = floor.left(now)?.is_zero();
        is_due.then(|| self.language.translate(floor.pass().words()).to_string())
    }

    /// Takes every key from now on.
    pub(super) fn listen(&mut self) -> io::Result<()> {
        self.guard.keys(KeyMode::Raw)
    }

    /// Leaves the keys alone.
    pub(super) fn rest(&mut self) -> io::Result<()> {
        self.guard.keys(KeyMode::Resting)
    }

    /// Whether keys wait, so that painting can wait as well.
    pub(super) fn has_more(&self) -> bool {
        self.input.has_more()
    }

    /// What is pressed next. Ctrl-C and Ctrl-Z are dealt with.
    pub(super) fn press(&mut self) -> io::Result<KeyAction> {
        if self.guard.is_over() {
            return Err(wait_for_the_end());
        }
        match self.input.next()? {
            KeyboardEvent::Key(Key::Interrupt) => Err(interrupt()),
            KeyboardEvent::Key(Key::Suspend) => self.suspend().map(|()| KeyAction::Nothing),
            KeyboardEvent::Key(Key::Redraw) => self.clear().map(|()| KeyAction::Nothing),
            KeyboardEvent::Key(key) => {
                self.told.pressed();
                // Half a letter is known as none only together with the key behind it.
                let ends = matches!(key, Key::Enter | Key::Done | Key::Escape | Key::CutToStart);
                self.unreadable = key == Key::Unreadable || self.unreadable && !ends;
                Ok(KeyAction::Key(key))
            }
            KeyboardEvent::Tick => Ok(KeyAction::Nothing),
            KeyboardEvent::Gone => {
                // A hang-up comes with a signal, which saves; if it does not come, pausing saves.
                thread::sleep(Duration::from_millis(500));
                Ok(KeyAction::Gone)
            }
        }
    }

    /// Shows a block in place of the one that is shown.
    pub(super) fn paint(&mut self, mut frame: Frame) -> io::Result<()> {
        self.print_record()?;
        if self.unreadable
            && let Some(foot) = frame.rows.len().checked_sub(1)
        {
            let told = head::message_lines(self.language.translate(UNREADABLE), self.size);
            if let Some(cursor) = frame.cursor.as_mut().filter(|cursor| cursor.row >= foot) {
                cursor.row += told.len();
            }
            frame.rows.splice(foot..foot, told);
        }
        // A window may have become smaller than any plan allows for: its top goes.
        let over = frame.rows.len().saturating_sub(self.size.rows.max(1));
        frame.rows.drain(..over);
        if let Some(cursor) = &mut frame.cursor {
            cursor.row = cursor.row.saturating_sub(over);
        }
        let bytes = self.painter.paint(frame);
        self.guard.show(&bytes, self.painter.way_out())
    }

    /// Drops keys that were pressed before this moment: they were meant for something else. A command
    /// that is being typed stays.
    pub(super) fn forget_typeahead(&mut self) -> io::Result<()> {
        self.input.forget()
    }

    /// Takes the block away.
    pub(super) fn erase(&mut self) -> io::Result<()> {
        let bytes = self.painter.erase();
        self.guard.show(&bytes, String::new())
    }

    /// Takes the block away, and keeps rows at hand that will stay in its place once something
    /// else is shown; but not on the alternate screen, where nothing stays.
    pub(super) fn record(&mut self, lines: &[ScreenLine]) -> io::Result<()> {
        self.erase()?;
        if self.is_private() {
            return self.clear();
        }
        // What was typed fast was answered before it was shown; what it answered stays all the same.
        self.print_record()?;
        self.held_back = lines.to_vec();
        Ok(())
    }

    /// The answer will not do: nothing of it stays.
    pub(super) fn take_back_record(&mut self) {
        self.held_back.clear();
    }

    fn print_record(&mut self) -> io::Result<()> {
        let lines = std::mem::take(&mut self.held_back);
        if lines.is_empty() {
            return Ok(());
        }
        self.guard.show(&self.painter.lines(&lines), String::new())
    }

    /// Prints rows that stay.
    pub(super) fn print(&mut self, lines: &[ScreenLine]) -> io::Result<()> {
        self.print_record()?;
        self.guard.show(&self.painter.lines(lines), String::new())
    }

    /// Shows the first `count` rows of a page until a key says what is next, or a command that is typed
    /// below it. All its rows stay on the main screen.
    pub(super) fn show_page(
        &mut self,
        page: &[ScreenLine],
        count: usize,
        typed: &mut PageCommand,
    ) -> io::Result<PageTurn> {
        self.listen()?;
        loop {
            let frame = typed.frame(&page[..count], self.size);
            self.paint(frame)?;
            let turn = match self.press()? {
                KeyAction::Key(key) => match typed.press(&key) {
                    Some(turn) => turn,
                    None => continue,
                },
                KeyAction::Gone => PageTurn::Gone,
                KeyAction::Nothing => {
                    self.look()?;
                    if self.wiped {
                        return Ok(PageTurn::Anew);
                    }
                    continue;
                }
            };
            if self.is_private() || turn != PageTurn::Next {
                self.erase()?;
            } else {
                let rows = page.to_vec();
                self.paint(Frame { rows, cursor: None })?;
                let bytes = self.painter.leave() + "\x1b[?25h";
                self.guard.show(&bytes, String::new())?;
            }
            return Ok(turn);
        }
    }

    /// Notes as rows.
    pub(super) fn note_lines(&self, notes: &[Note]) -> Vec<ScreenLine> {
        let lines = notes.iter().map(|note| head::note(note, self.size));
        lines.flatten().collect()
    }

    /// Whether the alternate screen is shown.
    pub(super) fn is_private(&self) -> bool {
        self.guard.is_alternate()
    }

    /// Goes to the alternate screen, cleared.
    pub(super) fn enter_private(&mut self) -> io::Result<()> {
        if self.is_private() {
            return self.clear();
        }
        self.print_record()?;
        self.painter.forget();
        self.guard.alternate(true)
    }

    /// Goes back to the main screen.
    pub(super) fn leave_private(&mut self) -> io::Result<()> {
        if self.is_private() {
            self.painter.forget();
            self.guard.alternate(false)?;
        }
        Ok(())
    }

    /// Clears what is visible.
    pub(super) fn clear(&mut self) -> io::Result<()> {
        self.wiped = true;
        self.painter.forget();
        self.guard.show(ERASE, String::new())
    }

    /// Clears what was scrolled away.
    pub(super) fn clear_scrollback(&mut self) -> io::Result<()> {
        self.guard.show(ERASE_OLDER, String::new())
    }

    /// Lends the terminal to somebody else while `work` runs.
    pub(super) fn suspend_while<T>(&mut self, work: impl FnOnce() -> T) -> io::Result<T> {
        let private = self.is_private();
        self.erase()?;
        self.guard.suspend();
        let done = work();
        self.painter.forget();
        self.guard.alternate(private)?;
        self.listen()?;
        self.guard.show("\r", String::new())?;
        Ok(done)
    }

    fn suspend(&mut self) -> io::Result<()> {
        use rustix::process::{getpid, getsid};
        // Where no shell started us, nobody could wake us up again.
        if getsid(None).is_ok_and(|leader| leader == getpid()) {
            return Ok(());
        }
        self.suspend_while(|| low_level::emulate_default_handler(SIGTSTP))?
    }
}

/// Ctrl-C takes the same way as a signal from outside.
pub fn interrupt() -> io::Error {
    if let Err(error) = low_level::raise(SIGINT) {
        return error;
    }
    wait_for_the_end()
}

/// Waits for the signal thread to end the process.
pub(super) fn wait_for_the_end() -> io::Error {
    let begun = Instant::now();
    while begun.elapsed() < LAST_WAIT {
        thread::sleep(Duration::from_millis(100));
    }
    io::ErrorKind::Interrupted.into()
}
