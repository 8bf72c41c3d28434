//! What is pasted and what an editor saves come in by the same door as files and streams do: whatever bytes
//! they are, the words are the same.

use std::fs;
use std::os::unix::fs::PermissionsExt;

use crate::harness::{Screen, USUAL};

const WANTED: &str = "first one\nsecond";

/// Texts that say the same, and what they are out of.
const TEXTS: [(&str, &str); 9] = [
    ("as it is", "first one\nsecond"),
    ("with a mark", "\u{feff}first one\nsecond"),
    ("from Windows", "first one\r\nsecond"),
    ("from an old Mac", "first one\rsecond"),
    ("out of a presentation", "first one\u{b}second"),
    ("out of a page", "first one\u{c}second"),
    ("with NEL", "first one\u{85}second"),
    ("with a line separator", "first one\u{2028}second"),
    (
        "out of a terminal",
        "\u{1b}]0;a title\u{7}first \u{1b}[1;31mone\u{1b}[0m\u{1b}(B\u{1b}[K\n\u{1b}7second",
    ),
];

fn utf16(unit: fn(u16) -> [u8; 2]) -> Vec<u8> {
    let marked = format!("\u{feff}{WANTED}");
    marked.encode_utf16().flat_map(unit).collect()
}

/// What an editor can save, with what stands below the text left out.
fn saved() -> Vec<(&'static str, Vec<u8>)> {
    let texts = TEXTS.map(|(what, text)| (what, text.into()));
    let wide = [
        ("in UTF-16", utf16(u16::to_le_bytes)),
        ("in UTF-16 the other way round", utf16(u16::to_be_bytes)),
    ];
    texts.into_iter().chain(wide).collect()
}

#[test]
fn a_pasted_text_has_the_same_words_whatever_parts_its_lines() {
    for (what, text) in TEXTS {
        let screen = Screen::open("texts", USUAL);
        screen.wait_words("Ctrl-D: done");
        screen.paste(text);
        screen.send("\x04");
        assert_eq!(screen.wait_answer(1), WANTED, "{what}");
    }
}

#[test]
fn what_an_editor_saves_has_the_same_words_in_each_encoding_that_tells_itself() {
    for (what, bytes) in saved() {
        let folder = tempfile::tempdir().unwrap();
        let text = folder.path().join("saved");
        fs::write(&text, bytes).unwrap();
        let editor = folder.path().join("editor");
        let script = format!("#!/bin/sh\ncat '{}' > \"$1\"\n", text.display());
        fs::write(&editor, script).unwrap();
        fs::set_permissions(&editor, fs::Permissions::from_mode(0o755)).unwrap();
        let editor = [("EDITOR", editor.to_str().unwrap()), ("VISUAL", "")];
        let screen = Screen::open_with("texts", USUAL, &editor);
        screen.wait_words("Ctrl-D: done");
        screen.send("\x0f");
        screen.wait_words("second");
        screen.send("\x04");
        assert_eq!(screen.wait_answer(1).trim_end(), WANTED, "{what}");
    }
}
