//! Words that are typed and not shown: a passphrase.

use std::any::Any;
use std::fs::File;
use std::io::{self, Write};
use std::sync::atomic::Ordering;

use rustix::event::{PollFd, PollFlags, Timespec, poll};
use rustix::io::Errno;
use rustix::termios::{
    self, LocalModes, OptionalActions, QueueSelector, SpecialCodeIndex, Termios,
};
use signal_hook::consts::{SIGHUP, SIGTERM, SIGTSTP};
use signal_hook::low_level;
use zeroize::Zeroizing;

pub use super::screen::interrupt;
use super::signals::{self, SignalNote};

/// The longest passphrase in bytes, wherever it comes from. What has room for all of it is never moved,
/// which would leave copies.
pub const LONGEST_SECRET: usize = 4096;

/// How long between looks for a signal.
const BETWEEN: Timespec = Timespec {
    tv_sec: 0,
    tv_nsec: 100_000_000,
};

/// What came of asking.
#[derive(Debug)]
pub enum SecretInput {
    /// These words.
    Words(Zeroizing<String>),
    /// What was typed is no passphrase: a sentence that says why.
    Refused(&'static str),
    /// Ctrl-D on nothing, or nobody is there any more.
    Nothing,
    /// Ctrl-C.
    Stopped,
}

/// Asks for words, as often as it takes. From the first question on nothing that is typed is shown,
/// also not between two questions; when this is dropped the terminal is as before, and also when a
/// signal ends the program meanwhile.
pub struct SecretPrompt {
    hidden: Option<SilentTerminal>,
    noted: [Option<SignalNote>; 2],
}

const SIGNALS: [i32; 2] = [SIGTERM, SIGHUP];

impl SecretPrompt {
    /// Takes the terminal at standard input.
    pub fn begin() -> io::Result<Self> {
        let noted = SIGNALS.map(signals::note);
        let hidden = Some(SilentTerminal::begin()?);
        Ok(Self { hidden, noted })
    }

    /// Asks on `out`. What was typed before the question is dropped.
    pub fn ask(&mut self, question: &str, out: &mut dyn Write) -> io::Result<SecretInput> {
        termios::tcflush(io::stdin(), QueueSelector::IFlush)?;
        out.write_all(question.as_bytes())?;
        out.flush()?;
        let typed = read(&|| {
            let mut noted = self.noted.iter().flatten();
            noted.any(|noted| noted.load(Ordering::SeqCst))
        });
        let _ = out.write_all(b"\n").and_then(|()| out.flush());
        typed
    }
}

impl Drop for SecretPrompt {
    fn drop(&mut self) {
        drop(self.hidden.take());
        for (noted, signal) in self.noted.iter().zip(SIGNALS) {
            signals::restore_default(signal, noted.as_ref());
        }
    }
}

/// Whether a file is a terminal, which shows what is typed for whoever reads from it.
pub fn is_shown(file: &File) -> bool {
    termios::isatty(file)
}

/// Reads a line within a session, whose signals somebody else waits for: nothing of it is shown from the
/// moment at which `ready` is called. What was typed before is dropped.
pub fn read_hidden(ready: &mut dyn FnMut()) -> io::Result<SecretInput> {
    let hidden = SilentTerminal::begin()?;
    signals::put_back_at_signal(Some(hidden.before.clone()));
    ready();
    let typed = read(&|| false);
    drop(hidden);
    signals::put_back_at_signal(None);
    match typed? {
        SecretInput::Stopped => Err(interrupt()),
        typed => Ok(typed),
    }
}

/// Has Ctrl-C and Ctrl-Z end the line that is being typed, in place of dropping it, until what comes back is
/// dropped.
/// Where there is no terminal, nothing changes.
pub fn keep_line() -> Box<dyn Any> {
    let Ok(before) = termios::tcgetattr(io::stdin()) else {
        return Box::new(());
    };
    let mut modes = before.clone();
    modes.special_codes[SpecialCodeIndex::VINTR] = NOTHING;
    modes.special_codes[SpecialCodeIndex::VEOL2] = CTRL_C;
    modes.special_codes[SpecialCodeIndex::VSUSP] = NOTHING;
    modes.special_codes[SpecialCodeIndex::VEOL] = CTRL_Z;
    let _ = termios::tcsetattr(io::stdin(), OptionalActions::Now, &modes);
    signals::put_back_at_signal(Some(before.clone()));
    Box::new(KeptLine(before))
}

/// Stops for a while, as Ctrl-Z does.
pub fn suspend() {
    let _ = low_level::emulate_default_handler(SIGTSTP);
}

/// The modes of before, which come back when this is dropped.
struct KeptLine(Termios);

impl Drop for KeptLine {
    fn drop(&mut self) {
        let _ = termios::tcsetattr(io::stdin(), OptionalActions::Now, &self.0);
        signals::put_back_at_signal(None);
    }
}

/// What Ctrl-C and Ctrl-Z send, and what no key does.
const CTRL_C: u8 = 0x03;
const CTRL_Z: u8 = 0x1a;
const NOTHING: u8 = 0;

/// The terminal, showing nothing of what is typed and leaving all keys to us.
struct SilentTerminal {
    before: Termios,
}

impl SilentTerminal {
    fn begin() -> io::Result<Self> {
        let before = termios::tcgetattr(io::stdin())?;
        let mut modes = before.clone();
        modes.local_modes &= !(LocalModes::ECHO
            | LocalModes::ECHONL
            | LocalModes::ICANON
            | LocalModes::ISIG
            | LocalModes::IEXTEN);
        termios::tcsetattr(io::stdin(), OptionalActions::Flush, &modes)?;
        Ok(Self { before })
    }
}

impl Drop for SilentTerminal {
    fn drop(&mut self) {
        let _ = termios::tcsetattr(io::stdin(), OptionalActions::Now, &self.before);
    }
}

fn read(is_over: &dyn Fn() -> bool) -> io::Result<SecretInput> {
    let mut line = SecretBuffer::default();
    loop {
        let stdin = io::stdin();
        let mut looks = [PollFd::new(&stdin, PollFlags::IN)];
        match poll(&mut looks, Some(&BETWEEN)) {
            Ok(0) | Err(Errno::INTR) if is_over() => return Ok(SecretInput::Stopped),
            Ok(0) | Err(Errno::INTR) => continue,
            looked => looked?,
        };
        let mut key = [0];
        match rustix::io::read(&stdin, &mut key) {
            Ok(0) => return Ok(line.end()),
            Ok(_) => {
                if let Some(typed) = line.key(key[0]) {
                    return Ok(typed);
                }
            }
            Err(Errno::INTR) => {}
            Err(error) => return Err(error.into()),
        }
    }
}

/// What is typed so far.
struct SecretBuffer {
    bytes: Zeroizing<Vec<u8>>,
    /// More was typed than there is room for.
    is_over: bool,
    /// Within the bytes of an arrow or another key that types nothing.
    escape: EscapeState,
}

#[derive(PartialEq)]
enum EscapeState {
    None,
    Begun,
    Within,
}

impl Default for SecretBuffer {
    fn default() -> Self {
        Self {
            bytes: Zeroizing::new(Vec::with_capacity(LONGEST_SECRET)),
            is_over: false,
            escape: EscapeState::None,
        }
    }
}

impl SecretBuffer {
    /// Takes a byte. Tells what was typed when that is over.
    fn key(&mut self, byte: u8) -> Option<SecretInput> {
        let before = std::mem::replace(&mut self.escape, EscapeState::None);
        match (before, byte) {
            (EscapeState::Begun, b'[' | b'O') | (EscapeState::Within, 0x20..=0x3f) => {
                self.escape = EscapeState::Within;
            }
            (_, 0x1b) => self.escape = EscapeState::Begun,
            (_, b'\n' | b'\r') => return Some(self.words()),
            (_, 0x03) => return Some(SecretInput::Stopped),
            (EscapeState::Begun | EscapeState::Within, _) => {}
            (_, 0x04) if self.bytes.is_empty() => return Some(SecretInput::Nothing),
            (_, 0x08 | 0x7f) => self.rub_out(),
            (_, 0x15) => *self = Self::default(),
            (_, 0x20..) if self.bytes.len() == LONGEST_SECRET => self.is_over = true,
            (_, 0x20..) => self.bytes.push(byte),
            _ => {}
        }
        None
    }

    fn rub_out(&mut self) {
        // The bytes of one character: those that go on with it, and the one that begins it.
        while let Some(byte) = self.bytes.pop() {
            if byte & 0xc0 != 0x80 {
                break;
            }
        }
    }

    /// The terminal is gone.
    fn end(&mut self) -> SecretInput {
        if self.bytes.is_empty() {
            SecretInput::Nothing
        } else {
            self.words()
        }
    }

    fn words(&mut self) -> SecretInput {
        match std::str::from_utf8(&self.bytes) {
            _ if self.is_over => SecretInput::Refused(TOO_LONG),
            Ok(words) => SecretInput::Words(Zeroizing::new(words.to_string())),
            Err(_) => SecretInput::Refused(NOT_UTF8),
        }
    }
}

// Texts for people.
pub(super) const NOT_UTF8: &str = "This terminal doesn’t send letters in UTF-8, so what you typed can’t be told apart. It wasn’t used. Set the terminal to UTF-8 and type the passphrase again.";
pub(super) const TOO_LONG: &str =
    "A passphrase has 4,096 bytes at most. What you typed wasn’t used.";

#[cfg(test)]
mod tests {
    use super::*;

    fn typed(keys: &[u8]) -> Option<String> {
        let mut line = SecretBuffer::default();
        let typed = keys.iter().find_map(|key| line.key(*key));
        typed.map(|typed| match typed {
            SecretInput::Words(words) => words.to_string(),
            other => format!("{other:?}"),
        })
    }

    #[test]
    fn words_end_with_enter_and_are_kept_as_they_are() {
        for (keys, words) in [
            ("four or more\r", "four or more"),
            (" two  blanks \n", " two  blanks "),
            ("žluťoučký\r", "žluťoučký"),
            ("\r", ""),
        ] {
            assert_eq!(typed(keys.as_bytes()).as_deref(), Some(words), "{keys}");
        }
        assert_eq!(typed(b"not ended"), None);
    }

    #[test]
    fn keys_rub_out_clear_stop_and_type_nothing() {
        for (keys, words) in [
            ("abc\x7f\x7fd\r", "ad"),
            ("aťť\x08\r", "ať"),
            ("\x7fa\r", "a"),
            ("wrong\x15right\r", "right"),
            ("a\x1b[Db\x1b[1;5C\x1bOPc\t\r", "abc"),
            ("\x1b[200~pasted\x1b[201~\r", "pasted"),
            ("a\x03", "Stopped"),
            ("\x04", "Nothing"),
            ("a\x04b\r", "ab"),
        ] {
            assert_eq!(typed(keys.as_bytes()).as_deref(), Some(words), "{keys:?}");
        }
    }

    #[test]
    fn a_passphrase_is_as_long_as_in_a_file_and_a_longer_one_is_refused_and_not_cut() {
        let keys = |count| [vec![b'a'; count], vec![b'\r']].concat();
        let all = typed(&keys(LONGEST_SECRET)).unwrap();
        assert_eq!(all.len(), LONGEST_SECRET);
        let refused = format!("Refused({TOO_LONG:?})");
        assert_eq!(typed(&keys(LONGEST_SECRET + 1)).unwrap(), refused);
        let again = [vec![b'a'; LONGEST_SECRET * 2], b"\x15right\r".to_vec()].concat();
        assert_eq!(typed(&again).unwrap(), "right");
    }

    #[test]
    fn letters_that_are_not_utf_8_are_refused_and_never_become_others() {
        let refused = Some(format!("Refused({NOT_UTF8:?})"));
        assert_eq!(typed(b"caf\xe9 noir\r"), refused);
        assert_eq!(typed(b"caf\xe9\r"), refused);
        assert_eq!(typed(b"caf\xe9\x7fe\r").as_deref(), Some("cafe"));
    }
}
