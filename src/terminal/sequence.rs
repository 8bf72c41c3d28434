//! What the first bytes from a keyboard are: a letter, a key, something to drop, or not all of it yet.

use super::keys::Key;

/// The longest control sequence that is waited for.
const LONGEST: usize = 256;

/// What pending bytes begin with, and how many bytes that takes.
pub(super) enum SequenceStart {
    Key(Key, usize),
    Char(char, usize),
    Nothing(usize),
    PasteStart(usize),
    Incomplete,
}

/// Where some bytes begin in others.
pub(super) fn find(bytes: &[u8], wanted: &[u8]) -> Option<usize> {
    bytes.windows(wanted.len()).position(|part| part == wanted)
}

/// What the bytes begin with.
pub(super) fn start(bytes: &[u8]) -> SequenceStart {
    let Some(first) = bytes.first() else {
        return SequenceStart::Incomplete;
    };
    match first {
        0x1b => escape(bytes),
        0x00..=0x1f | 0x7f => key_or_nothing(control(*first), 1),
        // Control characters of 8 bits, as UTF-8 has them: each stands for an Esc with a letter.
        0xc2 => match bytes.get(1) {
            Some(0x8f) => keypad(bytes),
            Some(0x9b) => control_sequence(bytes),
            Some(0x90 | 0x98 | 0x9d..=0x9f) => string_sequence(bytes),
            _ => character(bytes),
        },
        _ => character(bytes),
    }
}

fn key_or_nothing(key: Option<Key>, used: usize) -> SequenceStart {
    key.map_or(SequenceStart::Nothing(used), |key| {
        SequenceStart::Key(key, used)
    })
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
        0x19 => Key::Redo,
        0x1a => Key::Suspend,
        0x1b => Key::Escape,
        0x1f => Key::Undo,
        _ => return None,
    })
}

fn character(bytes: &[u8]) -> SequenceStart {
    let length = match bytes[0] {
        0x00..=0x7f => 1,
        0xc2..=0xdf => 2,
        0xe0..=0xef => 3,
        0xf0..=0xf4 => 4,
        _ => return SequenceStart::Key(Key::Unreadable, 1),
    };
    let piece = &bytes[..length.min(bytes.len())];
    match std::str::from_utf8(piece) {
        Ok(text) => text.chars().next().map_or(SequenceStart::Nothing(1), |c| {
            SequenceStart::Char(c, length)
        }),
        Err(error) => match error.error_len() {
            None => SequenceStart::Incomplete,
            Some(bad) => SequenceStart::Key(Key::Unreadable, bad),
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
        b'O' => keypad(bytes),
        b']' | b'P' | b'X' | b'^' | b'_' => string_sequence(bytes),
        b'b' => SequenceStart::Key(Key::WordLeft, 2),
        b'f' => SequenceStart::Key(Key::WordRight, 2),
        0x08 | 0x7f => SequenceStart::Key(Key::CutWord, 2),
        b'\r' | b'\n' => SequenceStart::Key(Key::Enter, 2),
        // A control key behind an Esc is itself.
        0x00..=0x1f => SequenceStart::Nothing(1),
        _ => match character(&bytes[1..]) {
            SequenceStart::Incomplete => SequenceStart::Incomplete,
            SequenceStart::Char(_, used) | SequenceStart::Key(_, used) => {
                SequenceStart::Nothing(1 + used)
            }
            _ => SequenceStart::Nothing(2),
        },
    }
}

/// A key of the keypad or a function key. Some terminals put the modifiers before its letter.
fn keypad(bytes: &[u8]) -> SequenceStart {
    let is_modifier = |byte: &u8| matches!(byte, b'0'..=b'9' | b';');
    let body = &bytes[2..];
    let Some(length) = body.iter().position(|byte| !is_modifier(byte)) else {
        return SequenceStart::Incomplete;
    };
    let used = 2 + length + 1;
    match body[length] {
        // A control key behind it is itself.
        0x00..=0x1f => SequenceStart::Nothing(used - 1),
        // The Enter key of the keypad.
        b'M' => SequenceStart::Key(Key::Enter, used),
        last => {
            let modifier = std::str::from_utf8(&body[..length]).ok();
            let modifier = modifier.and_then(|it| it.rsplit(';').next()?.parse().ok());
            key_or_nothing(motion(last, modifier.unwrap_or(1)), used)
        }
    }
}

fn control_sequence(bytes: &[u8]) -> SequenceStart {
    // The Linux console sends `ESC [ [ A` for function keys.
    if bytes.get(2) == Some(&b'[') {
        return match bytes.get(3) {
            None => SequenceStart::Incomplete,
            // A control key in it is itself.
            Some(0x00..=0x1f) => SequenceStart::Nothing(3),
            Some(_) => SequenceStart::Nothing(4),
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
    let (body, last, used) = (&body[..length], body[length], 2 + length + 1);
    if !(0x40..=0x7e).contains(&last) {
        return SequenceStart::Nothing(used - 1);
    }
    if (last, body) == (b'M', b"".as_slice()) {
        return old_mouse(bytes, used);
    }
    // What reports something is no key: it has a mark of its own, or bytes that keys do not have.
    if body
        .iter()
        .any(|byte| !matches!(byte, b'0'..=b'9' | b';' | b':'))
    {
        return SequenceStart::Nothing(used);
    }
    let number = |at: usize, part: usize| {
        let field = body.split(|byte| *byte == b';').nth(at)?;
        let part = field.split(|byte| *byte == b':').nth(part)?;
        std::str::from_utf8(part).ok()?.parse::<u32>().ok()
    };
    let modifier = number(1, 0).unwrap_or(1);
    // A key of another alphabet comes with what is on it where letters are Latin.
    let latin = number(0, 2).filter(|_| modifier.saturating_sub(1) & 4 != 0);
    if number(1, 1) == Some(RELEASED) {
        return SequenceStart::Nothing(used);
    }
    let key = match (last, number(0, 0)) {
        (b'~', Some(200)) => return SequenceStart::PasteStart(used),
        (b'~', Some(27)) => number(2, 0).and_then(|code| spelled_out(code, modifier)),
        (b'u', Some(code)) => spelled_out(latin.unwrap_or(code), modifier),
        (b'~', Some(1 | 7)) => motion(b'H', modifier),
        (b'~', Some(4 | 8)) => motion(b'F', modifier),
        (b'~', Some(3)) => Some(Key::Delete),
        (b'~', Some(5)) => Some(Key::PageUp),
        (b'~', Some(6)) => Some(Key::PageDown),
        (last, _) => motion(last, modifier),
    };
    match key {
        Some(Key::Text(text)) => text
            .chars()
            .next()
            .map_or(SequenceStart::Nothing(used), |c| {
                SequenceStart::Char(c, used)
            }),
        key => key_or_nothing(key, used),
    }
}

/// A key that was let go, in kitty's protocol.
const RELEASED: u32 = 3;

/// The oldest reports of a mouse have three bytes behind their end, or characters of two bytes each.
fn old_mouse(bytes: &[u8], used: usize) -> SequenceStart {
    let mut end = used;
    for _ in 0..3 {
        end += match bytes[end..] {
            [] | [0xc2..=0xdf] => return SequenceStart::Incomplete,
            [0x00..=0x1f, ..] => return SequenceStart::Nothing(end),
            [0xc2..=0xdf, 0x80..=0xbf, ..] => 2,
            _ => 1,
        };
    }
    SequenceStart::Nothing(end)
}

/// A key spelled out as a number with its modifiers, as xterm's modifyOtherKeys and kitty's protocol
/// do.
fn spelled_out(code: u32, modifier: u32) -> Option<Key> {
    // Shift, Alt, Ctrl; the locks do not matter, and of the others we know no key.
    let held = modifier.saturating_sub(1);
    let (shift, alt, control_held) = (held & 1 != 0, held & 2 != 0, held & 4 != 0);
    if held & 0b11_1000 != 0 {
        return None;
    }
    let letter = char::from_u32(code)?;
    match (code, letter) {
        (13 | 57414, _) => Some(Key::Enter),
        (27, _) => Some(Key::Escape),
        (9, _) => Some(Key::Tab),
        (8 | 127, _) if alt || control_held => Some(Key::CutWord),
        (8 | 127, _) => Some(Key::Backspace),
        (57399..=57408, _) => char::from_digit(code - 57399, 10).map(|c| Key::Text(c.into())),
        (57417, _) => motion(b'D', modifier),
        (57418, _) => motion(b'C', modifier),
        (57419, _) => Some(Key::Up),
        (57420, _) => Some(Key::Down),
        // Function keys of kitty's protocol.
        (57344..=63743, _) => None,
        (_, '_' | '/') if control_held => Some(Key::Undo),
        (_, 'a'..='z' | 'A'..='Z') if control_held => control(u8::try_from(code & 0x1f).ok()?),
        _ if control_held => None,
        (_, 'b') if alt => Some(Key::WordLeft),
        (_, 'f') if alt => Some(Key::WordRight),
        _ if alt || letter.is_control() => None,
        _ if shift => Some(Key::Text(letter.to_uppercase().collect())),
        _ => Some(Key::Text(letter.into())),
    }
}

fn motion(last: u8, modifier: u32) -> Option<Key> {
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
        _ => return None,
    })
}

/// A string for or from the terminal, up to its end. Any other control character cuts it off.
fn string_sequence(bytes: &[u8]) -> SequenceStart {
    let Some(at) = bytes[2..].iter().position(|byte| *byte < 0x20) else {
        return SequenceStart::Incomplete;
    };
    match &bytes[2 + at..] {
        [0x07, ..] => SequenceStart::Nothing(2 + at + 1),
        [0x1b, b'\\', ..] => SequenceStart::Nothing(2 + at + 2),
        [0x1b] => SequenceStart::Incomplete,
        _ => SequenceStart::Nothing(2 + at),
    }
}
