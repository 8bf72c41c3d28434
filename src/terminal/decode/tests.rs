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
    let unknown = "\x1b[15~\x1b[[A\x1bOP\x1b[?1;2c\x1b]11;rgb:0/0/0\x07\x1bP1$r\x1b\\\x1bé\x1b[Za";
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
    assert_eq!(decoder.flush(), [Key::Paste("one".into())]);
    assert_eq!(decoder.feed(b"\n/skip\x1b[20"), []);
    assert_eq!(decoder.flush(), [Key::Paste("\r\n/skip".into())]);
    assert_eq!(decoder.feed(b"1~"), [Key::Paste(String::new())]);
    assert!(!decoder.waits());
}

#[test]
fn a_lone_escape_is_a_key_only_when_nothing_follows() {
    let mut decoder = Decoder::default();
    assert_eq!(decoder.feed(b"\x1b"), []);
    assert!(decoder.waits());
    assert_eq!(decoder.flush(), [Key::Escape]);
    assert_eq!(decoder.feed(b"\x1b["), []);
    assert_eq!(decoder.feed(b"D"), [Key::Left]);
}

proptest! {
    #[test]
    fn pieces_of_any_size_read_the_same(
        bytes in proptest::collection::vec(
            prop_oneof![Just(0x1b_u8), Just(b'['), Just(b'~'), Just(b'2'), any::<u8>()]
                .prop_filter("alone it ends a paste", |byte| *byte != 3), 0..80),
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

/// Keys of bytes that come in pieces, with so many looks in vain between them.
fn slowly(pieces: &[&[u8]], looks: u32) -> Vec<Key> {
    let mut decoder = Decoder::default();
    let mut keys = Vec::new();
    for piece in pieces {
        keys.extend(decoder.feed(piece));
        keys.extend((0..looks).flat_map(|_| decoder.flush()));
    }
    keys
}

#[test]
fn a_mouse_that_a_crashed_program_left_on_decides_nothing() {
    for report in [
        "\x1b[<65;10;10M",
        "\x1b[<0;10;10m",
        "\x1b[M !!",
        "\x1b[32;10;10M",
        "\x1b[I\x1b[O",
        "\x1b[12;40R",
        "\x1b[?997;1n",
        "\x1b[Ma\u{a0}!",
        "\u{9b}<64;1;1M",
        "\u{9d}11;rgb:0/0/0\x07",
        "\x1bO5P",
        "\x1bO1;2P",
        "\u{8f}P",
    ] {
        assert_eq!(
            keys(format!("{report}a").as_bytes()),
            [text("a")],
            "{report:?}"
        );
    }
}

#[test]
fn every_spelling_of_enter_and_of_control_keys_is_read() {
    for enter in [
        "\r",
        "\n",
        "\x1bOM",
        "\x1b\r",
        "\x1b[27;2;13~",
        "\x1b[27;5;13~",
        "\x1b[13u",
        "\x1b[13;2u",
        "\x1b[13;5:1u",
        "\x1b[57414u",
        "\x1bO2M",
    ] {
        assert_eq!(keys(enter.as_bytes()), [Key::Enter], "{enter:?}");
    }
    for (typed, key) in [
        ("\x1b[27;5;99~", Key::Interrupt),
        ("\x1b[99;5u", Key::Interrupt),
        ("\x1b[100;5u", Key::Done),
        ("\x1b[1089::99;5u", Key::Interrupt),
        ("\x1b[1074::100;5u", Key::Done),
        ("\x1b[1089::99u", text("с")),
        ("\x1bO5C", Key::WordRight),
        ("\x1b[27;5;68~", Key::Done),
        ("\x1b[27u", Key::Escape),
        ("\x1b[9;1u", Key::Tab),
        ("\x1b[127;3u", Key::CutWord),
        ("\x1b[97;2u", text("A")),
        ("\x1b[27;2;64~", text("@")),
        ("\x1b[228u", text("ä")),
        ("\x1b[98;3u", Key::WordLeft),
        ("\x1f", Key::Undo),
        ("\x1b[95;5u", Key::Undo),
        ("\x19", Key::Redo),
    ] {
        assert_eq!(keys(typed.as_bytes()), [key], "{typed:?}");
    }
    // A key that is let go, and keys of other keyboards.
    assert_eq!(keys(b"\x1b[13;1:3u\x1b[57358u\x1b[97;9u"), []);
}

#[test]
fn a_paste_whose_end_never_comes_leaves_the_ways_out_alive() {
    let paste = |words: &str| Key::Paste(words.into());
    for (pressed, key) in [
        ("\x03", Key::Interrupt),
        ("\x04", Key::Done),
        ("\r", Key::Enter),
        ("\x1b", Key::Escape),
    ] {
        let read = slowly(&[b"\x1b[200~some words", pressed.as_bytes()], STALLED);
        assert_eq!(read[0], paste("some words"));
        assert_eq!(read.last(), Some(&key), "{pressed:?}");
    }
    let read = slowly(&[b"\x1b[200~some", b"\x03"], 0);
    assert_eq!(read, [paste("some"), Key::Interrupt]);
    // A slow paste stays one.
    let read = slowly(&[b"\x1b[200~one", b"\rtwo", b"\x1b[201~"], STALLED - 1);
    assert_eq!(read, [paste("one"), paste("\rtwo"), paste("")]);
}

#[test]
fn a_reply_of_the_terminal_in_pieces_types_nothing() {
    for pieces in [
        [b"\x1b]11;rgb:1e1e".as_slice(), b"/1e1e/1e1e\x1b\\a"],
        [b"\x1b]11;rgb:1e1e/1e1e/1e1e\x1b", b"\\a"],
        [b"\x1bP1$r0 q", b"\x1b\\a"],
        [b"\x1b]4;1;rgb:0/", b"0/0\x07a"],
    ] {
        for looks in [0, STALLED, STALLED_REPLY + 1] {
            assert_eq!(slowly(&pieces, looks), [text("a")], "{pieces:?} {looks}");
        }
    }
    assert_eq!(slowly(&[b"\x1b]11;rgb", b"\x03"], 2), [Key::Interrupt]);
}

/// Everything that Enter can be spelled as.
fn has_enter(bytes: &[u8]) -> bool {
    bytes
        .iter()
        .any(|byte| matches!(byte, b'\r' | b'\n' | b'M' | b'u' | b'~'))
}

proptest! {
    #[test]
    fn nothing_is_taken_for_enter_but_enter(
        bytes in proptest::collection::vec(prop_oneof![
            Just(0x1b_u8), Just(b'['), Just(b'<'), Just(b';'), b'0'..=b'9', Just(b'O'), Just(b'R'), any::<u8>(),
        ], 0..60),
    ) {
        let bytes: Vec<u8> = bytes.into_iter().filter(|byte| !has_enter(&[*byte])).collect();
        prop_assert!(!slowly(&[&bytes], STALLED_REPLY + 1).contains(&Key::Enter));
    }
}

#[test]
fn a_letter_whose_bytes_come_slowly_is_not_lost() {
    let mut decoder = Decoder::default();
    assert!(decoder.feed("é".as_bytes()[..1].as_ref()).is_empty());
    assert!(decoder.flush().is_empty());
    assert_eq!(decoder.feed(&"é".as_bytes()[1..]), [Key::Text("é".into())]);
}
