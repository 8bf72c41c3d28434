//! Bytes from a keyboard read as keys. Sequences may come in pieces; what is not known is dropped
//! whole and decides nothing. Ctrl-C is a key in every state.

use super::keys::Key;
use super::sequence::{SequenceStart, find, start};

const PASTE_END: &[u8] = b"\x1b[201~";

/// So many looks without a byte mean that the rest of a sequence, or of a paste, will not come.
const STALLED: u32 = 5;

/// The same for the reply of a terminal, which can come over a slow line.
const STALLED_REPLY: u32 = 40;

/// Turns bytes into keys.
#[derive(Debug, Default)]
pub(super) struct Decoder {
    pending: Vec<u8>,
    pasting: bool,
    /// How many of the pending bytes of a paste hold no beginning of its end.
    searched: usize,
    /// How often it was looked in vain since the last byte came.
    looks: u32,
    /// The beginning of a terminal's reply was dropped, and its end is still to come.
    in_reply: bool,
}

impl Decoder {
    /// Reads bytes and returns the keys that are complete.
    pub(super) fn feed(&mut self, bytes: &[u8]) -> Vec<Key> {
        let stalled = std::mem::take(&mut self.looks) >= STALLED;
        let mut keys = Vec::new();
        if self.pasting && ends_paste(bytes, stalled) {
            // The end of the paste was lost on its way.
            self.pasting = false;
            keys.push(paste(&std::mem::take(&mut self.pending)));
        }
        let late = if std::mem::take(&mut self.in_reply) {
            end_of_reply(bytes)
        } else {
            0
        };
        self.pending.extend_from_slice(&bytes[late..]);
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
            match start(&self.pending[at..]) {
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
    pub(super) fn flush(&mut self) -> Vec<Key> {
        self.looks = self.looks.saturating_add(1);
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
        match self.pending.as_slice() {
            [] => {}
            b"\x1b" => {
                self.pending.clear();
                return vec![Key::Escape];
            }
            [
                0x1b,
                b']' | b'P',
                b'0'..=b'9' | b'$' | b'+' | b'>' | b'!',
                ..,
            ] => {
                self.in_reply = self.looks > STALLED_REPLY;
                if self.in_reply {
                    self.pending.clear();
                }
            }
            [0x1b, ..] | [0xc2, 0x80..=0x9f, ..] if self.looks > STALLED => self.pending.clear(),
            // A sequence, or a letter whose bytes come slowly, is still to be completed.
            _ => {}
        }
        Vec::new()
    }
}

/// The keys in what came from a keyboard in pieces, one soon after the other.
pub fn keys_in<'p>(pieces: impl IntoIterator<Item = &'p [u8]>) -> Vec<Key> {
    let mut decoder = Decoder::default();
    let keys = pieces.into_iter().map(|piece| decoder.feed(piece));
    keys.flatten().collect()
}

/// Whether bytes that come in the middle of a paste were pressed: Ctrl-C alone always, and once the
/// paste has stalled every key that it would take for its own.
fn ends_paste(bytes: &[u8], stalled: bool) -> bool {
    let pressed = matches!(bytes.first(), Some(0x03 | 0x04 | 0x0d | 0x1b));
    let rest = PASTE_END.starts_with(bytes) && bytes.len() > 1;
    bytes == b"\x03" || (stalled && pressed && !rest && find(bytes, PASTE_END).is_none())
}

/// How many bytes are the end of a reply whose beginning was dropped.
fn end_of_reply(bytes: &[u8]) -> usize {
    if bytes.first() == Some(&b'\\') {
        return 1;
    }
    let control = bytes.iter().position(|byte| *byte < 0x20);
    match control.map(|at| (at, &bytes[at..])) {
        Some((at, [0x07, ..])) => at + 1,
        Some((at, [0x1b, b'\\', ..])) => at + 2,
        _ => 0,
    }
}

fn paste(bytes: &[u8]) -> Key {
    std::str::from_utf8(bytes).map_or(Key::Unreadable, |words| Key::Paste(words.into()))
}

#[cfg(test)]
mod tests;
