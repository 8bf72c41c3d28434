//! The terminal as it was, and the way back to it: after a session, at a signal, at a panic.

use std::io::{self, IsTerminal, Write};
use std::os::fd::{AsFd, OwnedFd};
use std::panic;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError, TryLockError};
use std::thread;
use std::time::Duration;

use rustix::termios::{
    self, InputModes, LocalModes, OptionalActions, QueueSelector, SpecialCodeIndex, Termios,
};

/// Switches off what a crashed program may have left on: reports of the mouse, of focus and of the
/// theme. None of them is a key that somebody pressed.
pub const REPORTS_OFF: &str = "\x1b[?1000l\x1b[?1002l\x1b[?1003l\x1b[?1004l\x1b[?1005l\x1b[?1006l\x1b[?1015l\x1b[?1016l\x1b[?2031l";

/// Clears what is visible.
pub const ERASE: &str = "\x1b[H\x1b[2J";

/// Clears what was scrolled away.
pub const ERASE_OLDER: &str = "\x1b[3J";

/// Asks whoever leaves about what was scrolled away.
pub const ERASE_ALL: &str = "Clear all older text in this window too?";

/// The stream that prompts go to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PromptStream {
    /// Standard error, as a rule.
    Stderr,
    /// Standard output, when standard error is not a terminal.
    Stdout,
}

impl PromptStream {
    /// Standard error if it is a terminal, else standard output if that is one.
    pub fn choose() -> Option<Self> {
        if io::stderr().is_terminal() {
            Some(Self::Stderr)
        } else if io::stdout().is_terminal() {
            Some(Self::Stdout)
        } else {
            None
        }
    }

    /// Its size in columns and rows; 80 by 24 where nobody knows.
    pub(super) fn size(self) -> ScreenSize {
        let size = match self {
            Self::Stderr => termios::tcgetwinsize(io::stderr()),
            Self::Stdout => termios::tcgetwinsize(io::stdout()),
        };
        match size {
            Ok(size) if size.ws_col > 0 && size.ws_row > 0 => ScreenSize {
                columns: size.ws_col.into(),
                rows: size.ws_row.into(),
            },
            _ => ScreenSize {
                columns: 80,
                rows: 24,
            },
        }
    }

    /// A copy of the stream, to hand to another program.
    pub(super) fn duplicate(self) -> io::Result<OwnedFd> {
        match self {
            Self::Stderr => io::stderr().as_fd().try_clone_to_owned(),
            Self::Stdout => io::stdout().as_fd().try_clone_to_owned(),
        }
    }

    fn write(self, bytes: &[u8]) -> io::Result<()> {
        match self {
            Self::Stderr => io::stderr().write_all(bytes),
            Self::Stdout => {
                let mut out = io::stdout().lock();
                out.write_all(bytes).and_then(|()| out.flush())
            }
        }
    }
}

/// A screen's size.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct ScreenSize {
    /// Columns.
    pub(super) columns: usize,
    /// Rows.
    pub(super) rows: usize,
}

/// How keys reach us.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum KeyMode {
    /// Kept unseen for the question that comes next; Ctrl-C and Ctrl-Z are signals. Lines are not
    /// gathered: what is typed so would not be seen before one more key.
    Resting,
    /// Every key at once and unseen, Ctrl-C and Ctrl-Z as keys; pastes are marked as such.
    Raw,
}

/// What is different from how it was.
#[derive(Debug, Default)]
struct TerminalChanges {
    alternate: bool,
    pastes_marked: bool,
    /// The bytes that lead to a free row below what is shown.
    way_out: String,
    /// Whether what is shown goes, whatever ends it.
    erases: bool,
}

/// Remembers the terminal as it was and puts it back. Shared by the thread that prompts, the one
/// that waits for signals, and the panic hook.
#[derive(Debug)]
pub struct Guard {
    output: PromptStream,
    before: Termios,
    changes: Mutex<TerminalChanges>,
    over: AtomicBool,
}

impl Guard {
    /// Remembers how the terminal is now. An error when standard input is not a terminal.
    pub fn new(output: PromptStream) -> io::Result<Self> {
        Ok(Self {
            output,
            before: termios::tcgetattr(io::stdin())?,
            changes: Mutex::default(),
            over: AtomicBool::new(false),
        })
    }

    /// The stream that prompts go to.
    pub(super) fn output(&self) -> PromptStream {
        self.output
    }

    /// Puts everything back: modes, cursor, line wrapping, the main screen. May be called from any
    /// thread and any number of times; nothing is shown through this guard afterwards.
    pub fn restore(&self) {
        if !self.over.swap(true, Ordering::SeqCst) {
            self.put_back();
        }
    }

    /// Puts everything back when the program panics, before the message is printed.
    pub fn restore_at_panic(guard: &Arc<Self>) {
        let guard = Arc::clone(guard);
        let then = panic::take_hook();
        panic::set_hook(Box::new(move |info| {
            guard.put_back();
            then(info);
        }));
    }

    /// Whether the terminal has been given back for good.
    pub(super) fn is_over(&self) -> bool {
        self.over.load(Ordering::SeqCst)
    }

    /// Shows bytes and remembers how to get below them.
    pub(super) fn show(&self, bytes: &str, way_out: String) -> io::Result<()> {
        let mut changes = self.changes();
        if self.is_over() {
            return Err(io::ErrorKind::Interrupted.into());
        }
        changes.way_out = way_out;
        self.output.write(bytes.as_bytes())
    }

    /// Sets how keys reach us.
    pub(super) fn keys(&self, keys: KeyMode) -> io::Result<()> {
        let mut changes = self.changes();
        if self.is_over() {
            return Err(io::ErrorKind::Interrupted.into());
        }
        let marked = keys == KeyMode::Raw;
        if changes.pastes_marked != marked {
            if marked {
                self.output.write(REPORTS_OFF.as_bytes())?;
            }
            self.output.write(if marked {
                b"\x1b[?2004h"
            } else {
                b"\x1b[?2004l"
            })?;
            changes.pastes_marked = marked;
        }
        termios::tcsetattr(io::stdin(), OptionalActions::Drain, &self.modes(keys))?;
        Ok(())
    }

    /// Drops what was typed and not read.
    pub(super) fn drop_typeahead(&self) -> io::Result<()> {
        Ok(termios::tcflush(io::stdin(), QueueSelector::IFlush)?)
    }

    /// Goes to the alternate screen, empty, or back to the main one.
    pub(super) fn alternate(&self, alternate: bool) -> io::Result<()> {
        let mut changes = self.changes();
        if self.is_over() {
            return Err(io::ErrorKind::Interrupted.into());
        }
        if changes.alternate == alternate {
            return Ok(());
        }
        changes.alternate = alternate;
        changes.way_out.clear();
        self.output.write(if alternate {
            b"\x1b[?1049h\x1b[H\x1b[2J".as_slice()
        } else {
            LEAVE_ALTERNATE.as_bytes()
        })
    }

    /// From now on nothing that is shown stays, whatever ends it.
    pub(super) fn erase_at_the_end(&self) {
        self.changes().erases = true;
    }

    /// Whether the alternate screen is shown.
    pub(super) fn is_alternate(&self) -> bool {
        self.changes().alternate
    }

    /// Gives the terminal to somebody else for a while: modes and main screen as they were.
    pub(super) fn suspend(&self) {
        self.put_back();
    }

    fn modes(&self, keys: KeyMode) -> Termios {
        let mut modes = self.before.clone();
        modes.input_modes &= !(InputModes::ICRNL
            | InputModes::INLCR
            | InputModes::IGNCR
            | InputModes::ISTRIP
            | InputModes::IXON);
        modes.local_modes &=
            !(LocalModes::ICANON | LocalModes::ECHO | LocalModes::ECHONL | LocalModes::IEXTEN);
        if keys == KeyMode::Raw {
            modes.local_modes &= !LocalModes::ISIG;
        }
        modes.special_codes[SpecialCodeIndex::VMIN] = 1;
        modes.special_codes[SpecialCodeIndex::VTIME] = 0;
        modes
    }

    fn put_back(&self) {
        let changes = self.changes_soon();
        // Not drained: a terminal that is stopped would hold us here.
        let _ = termios::tcsetattr(io::stdin(), OptionalActions::Now, &self.before);
        let mut bytes = String::new();
        let mut leave = "\x1b[?1049l";
        if let Some(mut changes) = changes {
            let way_out = std::mem::take(&mut changes.way_out);
            bytes.push_str(match changes.erases && !way_out.is_empty() {
                true => ERASE,
                false => &way_out,
            });
            changes.pastes_marked = false;
            leave = match std::mem::take(&mut changes.alternate) {
                true => LEAVE_ALTERNATE,
                false => "",
            };
        }
        bytes.push_str("\x1b[0m\x1b[?2004l\x1b[?7h\x1b[?25h");
        bytes.push_str(leave);
        let _ = self.output.write(bytes.as_bytes());
    }

    fn changes(&self) -> MutexGuard<'_, TerminalChanges> {
        self.changes.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The changes, unless somebody holds them for longer than a frame takes to write: then they
    /// hang in a terminal that takes nothing, or it is this very thread that panicked.
    fn changes_soon(&self) -> Option<MutexGuard<'_, TerminalChanges>> {
        for _ in 0..20 {
            match self.changes.try_lock() {
                Ok(changes) => return Some(changes),
                Err(TryLockError::Poisoned(poisoned)) => return Some(poisoned.into_inner()),
                Err(TryLockError::WouldBlock) => thread::sleep(Duration::from_millis(10)),
            }
        }
        None
    }
}

/// Back to the main screen. A terminal that has only one, such as a console without windows, would show
/// on it what was private.
const LEAVE_ALTERNATE: &str = "\x1b[H\x1b[2J\x1b[?1049l";

impl Drop for Guard {
    fn drop(&mut self) {
        self.restore();
    }
}
