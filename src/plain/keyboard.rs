//! Lines from a terminal, one at a time, with what a pasted line gives away.

use std::any::Any;
use std::io;
use std::time::{Duration, Instant};

use rustix::event::{PollFd, PollFlags, Timespec, poll};
use rustix::io::Errno;

use crate::text::clean;

/// The longest line that a terminal hands over, in bytes.
const LONGEST: usize = 4095;

/// The bytes that Ctrl-C and Ctrl-Z send.
const CTRL_C: u8 = 0x03;
const CTRL_Z: u8 = 0x1a;

/// So many lines are dropped at once: whatever goes on sending must not hold anything up.
const MOST_DROPPED: usize = 1000;

/// A line that was typed or pasted.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct KeyboardLine {
    /// Its text, cleaned, without the line end.
    pub text: String,
    /// More is waiting behind it already, so it was pasted.
    pub more: bool,
    /// It may have been cut by the terminal.
    pub cut: bool,
    /// It isn't UTF-8, and has no text.
    pub unreadable: bool,
    /// Ctrl-C ended it.
    pub stopped: bool,
    /// Ctrl-Z came in it: it goes on once the program does.
    pub suspended: bool,
}

impl KeyboardLine {
    /// What these bytes are.
    fn of(line: &[u8], more: bool) -> Self {
        let text = std::str::from_utf8(line);
        Self {
            unreadable: text.is_err(),
            text: text.map_or_else(|_| String::new(), |text| clean(text).into_owned()),
            more,
            cut: line.len() >= LONGEST,
            ..Self::default()
        }
    }

    /// Whether it is Enter alone.
    pub(super) fn is_enter(&self) -> bool {
        self.text.trim().is_empty() && !self.unreadable && !self.stopped
    }
}

/// Where lines come from.
pub trait Keyboard {
    /// The next line; `None` for Ctrl-D on an empty one.
    fn line(&mut self) -> io::Result<Option<KeyboardLine>>;

    /// Whether something is waiting to be read.
    fn waiting(&mut self) -> bool;

    /// Drops what was typed and not read: it wasn't meant for what is asked next.
    fn drop_typeahead(&mut self) {}

    /// Stops as Ctrl-C does, once what was typed is kept.
    fn stop(&mut self) -> io::Error {
        io::ErrorKind::Interrupted.into()
    }

    /// Stops for a while, as Ctrl-Z does.
    fn suspend(&mut self) {}

    /// Whether something comes within this time. Where nobody can tell, the next line is waited for.
    fn comes_within(&mut self, _patience: Duration) -> bool {
        true
    }
}

/// What a terminal does for a line that is typed at it.
#[derive(Clone, Copy, Debug)]
pub struct LineTerminal {
    /// Has Ctrl-C and Ctrl-Z end the line in place of dropping it, until what comes back is dropped.
    pub begin: fn() -> Box<dyn Any>,
    /// Does what Ctrl-C does otherwise.
    pub stop: fn() -> io::Error,
    /// Does what Ctrl-Z does otherwise.
    pub suspend: fn(),
}

/// The process's own standard input. Nothing is read ahead, so that Ctrl-D ends one text and not
/// the session.
#[derive(Debug)]
pub struct Stdin {
    ahead: Vec<u8>,
    terminal: LineTerminal,
}

impl Stdin {
    /// Lines that are typed at this terminal.
    pub fn new(terminal: LineTerminal) -> Self {
        Self {
            ahead: Vec::new(),
            terminal,
        }
    }

    fn fill(&mut self) -> io::Result<usize> {
        let mut buffer = [0; 8192];
        loop {
            match rustix::io::read(io::stdin(), &mut buffer) {
                Ok(count) => {
                    self.ahead.extend_from_slice(&buffer[..count]);
                    return Ok(count);
                }
                Err(Errno::INTR) => {}
                Err(error) => return Err(error.into()),
            }
        }
    }
}

impl Keyboard for Stdin {
    fn line(&mut self) -> io::Result<Option<KeyboardLine>> {
        let _begun = (self.terminal.begin)();
        loop {
            let ends = |byte: &u8| [b'\n', CTRL_C, CTRL_Z].contains(byte);
            if let Some(end) = self.ahead.iter().position(ends) {
                if self.ahead[end] == CTRL_Z {
                    // What was typed so far begins the line that goes on.
                    self.ahead.remove(end);
                    return Ok(Some(KeyboardLine {
                        suspended: true,
                        ..KeyboardLine::of(&self.ahead[..end], false)
                    }));
                }
                let line: Vec<u8> = self.ahead.drain(..=end).collect();
                return Ok(Some(KeyboardLine {
                    stopped: line[end] == CTRL_C,
                    ..KeyboardLine::of(&line[..end], self.waiting())
                }));
            }
            if self.fill()? == 0 {
                if self.ahead.is_empty() {
                    return Ok(None);
                }
                self.ahead.push(b'\n');
            }
        }
    }

    fn stop(&mut self) -> io::Error {
        (self.terminal.stop)()
    }

    fn suspend(&mut self) {
        (self.terminal.suspend)();
    }

    fn waiting(&mut self) -> bool {
        self.comes_within(Duration::ZERO)
    }

    fn drop_typeahead(&mut self) {
        // A line that has no end yet stays with the terminal, and in view.
        for _ in 0..MOST_DROPPED {
            self.ahead.clear();
            if !self.waiting() || self.fill().is_err() {
                break;
            }
        }
        self.ahead.clear();
    }

    fn comes_within(&mut self, patience: Duration) -> bool {
        if !self.ahead.is_empty() {
            return true;
        }
        let (stdin, begun) = (io::stdin(), Instant::now());
        loop {
            let left = patience.saturating_sub(begun.elapsed());
            let left = Timespec::try_from(left).ok();
            match poll(&mut [PollFd::new(&stdin, PollFlags::IN)], left.as_ref()) {
                Err(Errno::INTR) => {}
                ready => return ready.is_ok_and(|ready| ready > 0),
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_that_is_not_utf_8_has_no_text_and_none_of_its_letters_become_others() {
        let line = |bytes: &[u8]| KeyboardLine::of(bytes, false);
        assert_eq!(line("café noir".as_bytes()).text, "café noir");
        let line = line(b"caf\xe9 noir");
        assert!(line.unreadable && line.text.is_empty(), "{line:?}");
    }
}
