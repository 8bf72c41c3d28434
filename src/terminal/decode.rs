//! Bytes from a keyboard read as keys. Sequences may come in pieces; unknown ones are swallowed.

use super::keys::Key;

const PASTE_END: &[u8] = b"\x1b[201~";

/// The longest control sequence that is waited for.
const LONGEST: usize = 256;

/// Turns bytes into keys.
#[derive(Debug, Default)]
pub(super) struct Decoder {
    pending: Vec<u8>,
    pasting: bool,
    /// How many of the pending bytes of a paste hold no beginning of its end.
    searched: usize,
}

/// What the pending bytes begin with.
enum SequenceStart {
    Key(Key, usize),
    Char(char, usize),
    Nothing(usize),
    PasteStart(usize),
    Incomplete,
}

impl Decoder {
    /// Reads bytes and returns the keys that are complete.
    pub(super) fn feed(&mut self, bytes: &[u8]) -> Vec<Key> {
        self.pending.extend_from_slice(bytes);
        let mut keys = Vec::new();
        let mut at = 0;
        loop {
            if self.pasting {
                let paste_so_far = &self.pending[at..];
                let from = std::mem::take(&mut self.searched).min(paste_so_far.len());
                let Some(length) = find(&paste_so_far[from..], PASTE_END) else {
                    self.searched = paste_so_far.len().saturating_sub(PASTE_END.len());
                    break;
                };
                let length = from + length;
                keys.push(paste(&paste_so_far[..length]));
                at += length + PASTE_END.len();
                self.pasting = false;
            }
            match head(&self.pending[at..]) {
                SequenceStart::Key(key, used) => {
                    keys.push(key);
                    at += used;
                }
                SequenceStart::Char(c, used) => {
                    match keys.last_mut() {
                        Some(Key::Text(text)) => text.push(c),
                        _ => keys.push(Key::Text(c.into())),
                    }
                    at += used;
                }
                SequenceStart::Nothing(used) => at += used,
                SequenceStart::PasteStart(used) => {
                    at += used;
                    self.pasting = true;
                }
                SequenceStart::Incomplete => break,
            }
        }
        self.pending.drain(..at);
        keys
    }

    /// Whether bytes are waiting for more to come.
    pub(super) fn waits(&self) -> bool {
        !self.pending.is_empty()
    }

    /// Nothing more came for a while: a lone Esc is the key, what was pasted so far is given out,
    /// a broken sequence is dropped.
    pub(super) fn settle(&mut self) -> Vec<Key> {
        if self.pasting {
            // What may be the start of the end, of a character or of a line break waits on.
            let tail = (1..PASTE_END.len().min(self.pending.len() + 1))
                .rev()
                .find(|length| PASTE_END.starts_with(&self.pending[self.pending.len() - length..]))
                .unwrap_or(0);
            let mut length = self.pending.len() - tail;
            if let Err(error) = std::str::from_utf8(&self.pending[..length])
                && error.error_len().is_none()
            {
                length = error.valid_up_to();
            }
            if self.pending[..length].ends_with(b"\r") {
                length -= 1;
            }
            if length == 0 {
                return Vec::new();
            }
            self.searched = 0;
            let piece: Vec<u8> = self.pending.drain(..length).collect();
            return vec![paste(&piece)];
        }
        // A letter whose bytes come slowly is still to be completed.
        let letter = std::str::from_utf8(&self.pending);
        if letter.is_err_and(|error| error.valid_up_to() == 0 && error.error_len().is_none()) {
            return Vec::new();
        }
        let lone = self.pending == b"\x1b";
        self.pending.clear();
        if lone { vec![Key::Escape] } else { Vec::new() }
    }

    /// Forgets what is pending.
    pub(super) fn clear(&mut self) {
        *self = Self::default();
    }
}

fn paste(bytes: &[u8]) -> Key {
    Key::Paste(String::from_utf8_lossy(bytes).into_owned())
}

fn find(bytes: &[u8], wanted: &[u8]) -> Option<usize> {
    bytes.windows(wanted.len()).position(|part| part == wanted)
}

fn head(bytes: &[u8]) -> SequenceStart {
    let Some(first) = bytes.first() else {
        return SequenceStart::Incomplete;
    };
    match first {
        0x1b => escape(bytes),
        0x00..=0x1f | 0x7f => {
            control(*first).map_or(SequenceStart::Nothing(1), |key| SequenceStart::Key(key, 1))
        }
        _ => character(bytes),
    }
}

fn control(byte: u8) -> Option<Key> {
    Some(match byte {
        0x01 => Key::LineStart,
        0x02 => Key::Left,
        0x03 => Key::Interrupt,
        0x04 => Key::Done,
        0x05 => Key::LineEnd,
        0x06 => Key::Right,
        0x08 | 0x7f => Key::Backspace,
        0x09 => Key::Tab,
        0x0a | 0x0d => Key::Enter,
        0x0b => Key::CutToEnd,
        0x0c => Key::Redraw,
        0x0e => Key::Down,
        0x0f => Key::Editor,
        0x10 => Key::Up,
        0x15 => Key::CutToStart,
        0x17 => Key::CutWord,
        0x1a => Key::Suspend,
        _ => return None,
    })
}

fn character(bytes: &[u8]) -> SequenceStart {
    let length = match bytes[0] {
        0x00..=0x7f => 1,
        0xc2..=0xdf => 2,
        0xe0..=0xef => 3,
        0xf0..=0xf4 => 4,
        _ => return SequenceStart::Nothing(1),
    };
    let piece = &bytes[..length.min(bytes.len())];
    match std::str::from_utf8(piece) {
        Ok(text) => text.chars().next().map_or(SequenceStart::Nothing(1), |c| {
            SequenceStart::Char(c, length)
        }),
        Err(error) => match error.error_len() {
            None => SequenceStart::Incomplete,
            Some(bad) => SequenceStart::Nothing(bad),
        },
    }
}

fn escape(bytes: &[u8]) -> SequenceStart {
    let Some(second) = bytes.get(1) else {
        return SequenceStart::Incomplete;
    };
    match second {
        0x1b => SequenceStart::Key(Key::Escape, 1),
        b'[' => control_sequence(bytes),
        b'O' => bytes.get(2).map_or(SequenceStart::Incomplete, |last| {
            motion(*last, 1).map_or(SequenceStart::Nothing(3), |key| SequenceStart::Key(key, 3))
        }),
        b']' | b'P' | b'X' | b'^' | b'_' => string_sequence(bytes),
        b'b' => SequenceStart::Key(Key::WordLeft, 2),
        b'f' => SequenceStart::Key(Key::WordRight, 2),
        0x08 | 0x7f => SequenceStart::Key(Key::CutWord, 2),
        b'\r' | b'\n' => SequenceStart::Key(Key::Enter, 2),
        _ => match character(&bytes[1..]) {
            SequenceStart::Char(_, used) | SequenceStart::Nothing(used) => {
                SequenceStart::Nothing(1 + used)
            }
            _ => SequenceStart::Incomplete,
        },
    }
}

fn control_sequence(bytes: &[u8]) -> SequenceStart {
    // The Linux console sends `ESC [ [ A` for function keys.
    if bytes.get(2) == Some(&b'[') {
        return if bytes.len() > 3 {
            SequenceStart::Nothing(4)
        } else {
            SequenceStart::Incomplete
        };
    }
    let body = &bytes[2..];
    let Some(length) = body.iter().position(|byte| !(0x20..=0x3f).contains(byte)) else {
        return if body.len() > LONGEST {
            SequenceStart::Nothing(bytes.len())
        } else {
            SequenceStart::Incomplete
        };
    };
    let last = body[length];
    let used = 2 + length + 1;
    if !(0x40..=0x7e).contains(&last) {
        return SequenceStart::Nothing(used - 1);
    }
    let mut numbers = body[..length]
        .split(|byte| *byte == b';')
        .map(|digits| std::str::from_utf8(digits).ok()?.parse::<u16>().ok());
    let first = numbers.next().flatten();
    let modifier = numbers.next().flatten().unwrap_or(1);
    if last != b'~' {
        return motion(last, modifier).map_or(SequenceStart::Nothing(used), |key| {
            SequenceStart::Key(key, used)
        });
    }
    let key = match first {
        Some(200) => return SequenceStart::PasteStart(used),
        Some(1 | 7) => motion(b'H', modifier),
        Some(4 | 8) => motion(b'F', modifier),
        Some(3) => Some(Key::Delete),
        Some(5) => Some(Key::PageUp),
        Some(6) => Some(Key::PageDown),
        _ => None,
    };
    key.map_or(SequenceStart::Nothing(used), |key| {
        SequenceStart::Key(key, used)
    })
}

fn motion(last: u8, modifier: u16) -> Option<Key> {
    // 3 is Alt, 5 is Ctrl, and both with others.
    let far = modifier > 2;
    Some(match (last, far) {
        (b'A', _) => Key::Up,
        (b'B', _) => Key::Down,
        (b'C', false) => Key::Right,
        (b'C', true) => Key::WordRight,
        (b'D', false) => Key::Left,
        (b'D', true) => Key::WordLeft,
        (b'H', false) => Key::Home,
        (b'H', true) => Key::TextStart,
        (b'F', false) => Key::End,
        (b'F', true) => Key::TextEnd,
        (b'M', _) => Key::Enter,
        _ => return None,
    })
}

fn string_sequence(bytes: &[u8]) -> SequenceStart {
    let end = bytes.iter().position(|byte| *byte == 0x07).map(|at| at + 1);
    let end = end.or_else(|| find(&bytes[2..], b"\x1b\\").map(|at| at + 4));
    end.map_or(SequenceStart::Incomplete, SequenceStart::Nothing)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn keys(bytes: &[u8]) -> Vec<Key> {
        Decoder::default().feed(bytes)
    }

    fn text(text: &str) -> Key {
        Key::Text(text.into())
    }

    #[test]
    fn letters_and_control_keys_are_read() {
        assert_eq!(
            keys("aé日\r\x7f\x08\x04".as_bytes()),
            [
                text("aé日"),
                Key::Enter,
                Key::Backspace,
                Key::Backspace,
                Key::Done
            ]
        );
    }

    #[test]
    fn arrows_are_read_in_both_modes_and_with_modifiers() {
        assert_eq!(keys(b"\x1b[A\x1bOB"), [Key::Up, Key::Down]);
        assert_eq!(keys(b"\x1b[1;5C\x1b[1;3D"), [Key::WordRight, Key::WordLeft]);
        assert_eq!(
            keys(b"\x1b[H\x1b[4~\x1b[3~\x1b[1;5F"),
            [Key::Home, Key::End, Key::Delete, Key::TextEnd]
        );
        assert_eq!(
            keys(b"\x1b[5~\x1b[6~\x1bb\x1bf"),
            [Key::PageUp, Key::PageDown, Key::WordLeft, Key::WordRight]
        );
    }

    #[test]
    fn unknown_sequences_are_swallowed() {
        let unknown =
            "\x1b[15~\x1b[[A\x1bOP\x1b[?1;2c\x1b]11;rgb:0/0/0\x07\x1bP1$r\x1b\\\x1bé\x1b[Za";
        assert_eq!(keys(unknown.as_bytes()), [text("a")]);
    }

    #[test]
    fn a_paste_keeps_all_that_is_in_it() {
        let mut decoder = Decoder::default();
        let body = format!("{}\r\n\x1b[31m/skip", "x".repeat(9000));
        let bytes = format!("\x1b[200~{body}\x1b[201~b");
        let mut read = Vec::new();
        for piece in bytes.as_bytes().chunks(1000) {
            read.extend(decoder.feed(piece));
        }
        assert_eq!(read, [Key::Paste(body), text("b")]);
    }

    #[test]
    fn a_paste_that_stalls_gives_out_what_has_come_and_stays_a_paste() {
        let mut decoder = Decoder::default();
        assert_eq!(decoder.feed(b"\x1b[200~one\r"), []);
        assert_eq!(decoder.settle(), [Key::Paste("one".into())]);
        assert_eq!(decoder.feed(b"\n/skip\x1b[20"), []);
        assert_eq!(decoder.settle(), [Key::Paste("\r\n/skip".into())]);
        assert_eq!(decoder.feed(b"1~"), [Key::Paste(String::new())]);
        assert!(!decoder.waits());
    }

    #[test]
    fn a_lone_escape_is_a_key_only_when_nothing_follows() {
        let mut decoder = Decoder::default();
        assert_eq!(decoder.feed(b"\x1b"), []);
        assert!(decoder.waits());
        assert_eq!(decoder.settle(), [Key::Escape]);
        assert_eq!(decoder.feed(b"\x1b["), []);
        assert_eq!(decoder.feed(b"D"), [Key::Left]);
    }

    proptest! {
        #[test]
        fn pieces_of_any_size_read_the_same(
            bytes in proptest::collection::vec(
                prop_oneof![Just(0x1b_u8), Just(b'['), Just(b'~'), Just(b'2'), any::<u8>()], 0..80),
            cut in 1_usize..8,
        ) {
            let whole = keys(&bytes);
            let mut decoder = Decoder::default();
            let mut pieces = Vec::new();
            for piece in bytes.chunks(cut) {
                pieces.extend(decoder.feed(piece));
            }
            let flat = |keys: Vec<Key>| keys.iter().map(|key| format!("{key:?}"))
                .collect::<String>().replace("\")Text(\"", "");
            prop_assert_eq!(flat(whole), flat(pieces));
        }
    }

    #[test]
    fn a_letter_whose_bytes_come_slowly_is_not_lost() {
        let mut decoder = Decoder::default();
        assert!(decoder.feed("é".as_bytes()[..1].as_ref()).is_empty());
        assert!(decoder.settle().is_empty());
        assert_eq!(decoder.feed(&"é".as_bytes()[1..]), [Key::Text("é".into())]);
    }
}
