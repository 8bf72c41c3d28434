//! Every door that text comes in by treats it in the same way: marks, encodings, line ends.

use crate::common::{Output, Sandbox};
use crate::tea::{ANSWERS, home};

/// A door, and what is done to bring a file of bytes through it.
type Door = (&'static str, fn(&Sandbox) -> Output);

/// The doors that keep a text of several lines.
const DOORS: [Door; 4] = [
    ("--answer ID=@FILE", |sandbox| {
        done(sandbox, ANSWERS, &["--answer", "memory=@in.txt"])
    }),
    ("a file named in an answers file", |sandbox| {
        let (before, rest) = ANSWERS.split_once("memory = ").unwrap();
        let behind = rest.rsplit_once("\"\"\"").unwrap().1;
        let answers = format!("{before}memory = {{ file = \"in.txt\" }}{behind}");
        done(sandbox, &answers, &[])
    }),
    ("history note", |sandbox| {
        done(sandbox, ANSWERS, &[]);
        sandbox.run(&["history", "note", "last", "--text-file", "in.txt"])
    }),
    ("history edit", |sandbox| {
        done(sandbox, ANSWERS, &[]);
        sandbox.run(&["history", "edit", "last", "memory", "--text-file", "in.txt"])
    }),
];

fn done(sandbox: &Sandbox, answers: &str, more: &[&str]) -> Output {
    sandbox.write("a.toml", answers);
    sandbox.run(&[&["exercise", "tea", "--answers", "a.toml"], more].concat())
}

fn utf16(text: &str, unit: fn(u16) -> [u8; 2]) -> Vec<u8> {
    format!("\u{feff}{text}")
        .encode_utf16()
        .flat_map(unit)
        .collect()
}

#[test]
fn every_door_reads_the_same_text_from_the_same_bytes() {
    let texts: [(&str, Vec<u8>); 10] = [
        ("as it is", b"first one\nsecond".to_vec()),
        ("with a mark", "\u{feff}first one\nsecond".into()),
        ("in UTF-16", utf16("first one\nsecond", u16::to_le_bytes)),
        (
            "in UTF-16 the other way round",
            utf16("first one\r\nsecond", u16::to_be_bytes),
        ),
        ("from Windows", b"first one\r\nsecond".to_vec()),
        ("from an old Mac", b"first one\rsecond".to_vec()),
        ("out of a presentation", b"first one\x0bsecond".to_vec()),
        ("out of a page", b"first one\x0csecond".to_vec()),
        ("with NEL", "first one\u{85}second".into()),
        ("with a line separator", "first one\u{2028}second".into()),
    ];
    for (door, through) in DOORS {
        for (what, bytes) in &texts {
            let sandbox = home();
            sandbox.write("in.txt", bytes);
            let output = through(&sandbox);
            assert_eq!(output.code, Some(0), "{door}, {what}: {output}");
            let session = sandbox.session();
            let kept =
                session.contains("first one\nsecond") || session.contains("first one\\nsecond");
            assert!(
                kept && !session.contains('\u{feff}'),
                "{door}, {what}:\n{session}"
            );
        }
    }
}

#[test]
fn every_door_refuses_what_is_not_text_and_what_cannot_be_seen() {
    for (door, through) in DOORS {
        for (bytes, said) in [
            (b"caf\xe9".as_slice(), "isn’t UTF-8 text"),
            (b"a\0b", "NUL bytes"),
            ("\u{200b}\u{2060}\u{ad}".as_bytes(), ""),
        ] {
            let sandbox = home();
            sandbox.write("in.txt", bytes);
            let output = through(&sandbox);
            assert_ne!(output.code, Some(0), "{door}: {output}");
            assert!(output.stderr.contains(said), "{door}: {output}");
            let kept = sandbox
                .sessions()
                .iter()
                .any(|_| sandbox.session().contains('\u{2060}'));
            assert!(!kept, "{door}");
        }
    }
}
