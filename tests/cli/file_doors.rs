//! Files that people write by hand: each is read the same with a mark, in UTF-16 and with the line ends
//! of Windows, and one that is no text is refused with its reason.

use std::path::PathBuf;

use crate::common::Output;
use crate::tea::{ANSWERS, TEA, home};

/// What reads a file: its name below the sandbox, its text, the command, and what is said of it where it
/// was read.
type FileDoor = (
    &'static str,
    fn() -> String,
    &'static [&'static str],
    &'static str,
);

const DOORS: [FileDoor; 9] = [
    (
        "home/config.toml",
        || "region = \"NO\"\n".into(),
        &["config", "--json"],
        "\"line\": 1",
    ),
    (
        "home/contacts.toml",
        || "[[contact]]\nname = \"Ana\"\nnumber = \"0151\"\n".into(),
        &["support", "list"],
        "0151  Ana",
    ),
    (
        "home/exercises/walk.toml",
        || TEA.replace("\"Tea\"", "\"Walk\""),
        &["list"],
        "walk",
    ),
    (
        "home/plans/steady.toml",
        || include_str!("../../plans/reliable-again.toml").into(),
        &["plan", "list"],
        "steady  ",
    ),
    (
        "home/rules/office.toml",
        || RULES.into(),
        &["review", "--rules", "--as", "apology"],
        "office-words",
    ),
    (
        "a.toml",
        || ANSWERS.into(),
        &["exercise", "tea", "--answers", "a.toml"],
        "",
    ),
    (
        "a.json",
        || JSON.into(),
        &["exercise", "tea", "--answers", "a.json"],
        "",
    ),
    ("in.jsonl", exported, &["import", "in.jsonl"], ""),
    (
        "text.md",
        || "I'm sorry if you felt hurt.\n".into(),
        &["review", "text.md", "--as", "apology"],
        "",
    ),
];

const JSON: &str = r#"{
"exercise": "tea",
"answers": {
"kind": "mint", "sugar": false, "memory": "One.\nTwo.", "scene": "Nothing.", "more": false, "warm": 3, "day": "in 2 weeks"
}}
"#;

const RULES: &str = r#"format = 1
subject = "apology"

[[rule]]
id = "office-words"
kind = "mark"
wording = "tentative"
name = "words of the office"
message = "This may sound like work."
look_at = "Look at who will read it."
why = "They are not a colleague."
source = "My practice."
examples.caught = ["Going forward I will be on time."]
examples.passes = ["I went forward to meet you."]
patterns = ["going forward"]
"#;

/// The export of one session.
fn exported() -> String {
    let sandbox = home();
    sandbox.write("a.toml", ANSWERS);
    sandbox.run(&["exercise", "tea", "--answers", "a.toml"]);
    sandbox.run(&["export", "--format", "jsonl"]).stdout
}

fn through((name, text, args, _): &FileDoor, bytes: impl Fn(&str) -> Vec<u8>) -> (Output, PathBuf) {
    let sandbox = home();
    sandbox.write("text.md", "I'm sorry.\n");
    let path = sandbox.write(name, bytes(&text()));
    (sandbox.run(args), path)
}

fn utf16(text: &str, unit: fn(u16) -> [u8; 2]) -> Vec<u8> {
    let marked = format!("\u{feff}{text}");
    marked.encode_utf16().flat_map(unit).collect()
}

/// How a text is written into a file.
type Encoding = fn(&str) -> Vec<u8>;

#[test]
fn a_file_that_somebody_wrote_is_read_in_each_encoding_that_tells_itself() {
    for door in &DOORS {
        let (usual, _) = through(door, |text| text.into());
        assert!(usual.to_string().contains(door.3), "{}: {usual}", door.0);
        let ways: [(&str, Encoding); 4] = [
            ("a mark", |text| format!("\u{feff}{text}").into()),
            ("UTF-16", |text| utf16(text, u16::to_le_bytes)),
            ("UTF-16 the other way round", |text| {
                utf16(text, u16::to_be_bytes)
            }),
            ("Windows", |text| text.replace('\n', "\r\n").into()),
        ];
        for (way, bytes) in ways {
            let (output, _) = through(door, bytes);
            assert_eq!(output.code, usual.code, "{}, {way}: {output}", door.0);
            assert_eq!(output.stdout, usual.stdout, "{}, {way}", door.0);
            assert_eq!(output.stderr, usual.stderr, "{}, {way}", door.0);
        }
    }
}

#[test]
fn a_file_that_is_no_text_is_named_with_the_reason() {
    for door in &DOORS {
        for (bytes, why) in [
            (b"a\0b".as_slice(), "NUL bytes"),
            (b"caf\xe9 = 1\n", "isn’t UTF-8 text"),
        ] {
            let (output, path) = through(door, |_| bytes.to_vec());
            let said = format!("{}{}", output.stdout, output.stderr);
            let name = path.file_name().unwrap().to_str().unwrap();
            assert!(said.contains(why), "{}: {output}", door.0);
            let named = said.contains(name) || said.contains(name.split('.').next().unwrap());
            assert!(named, "{}: {output}", door.0);
        }
    }
}

#[test]
fn a_text_for_an_answer_that_is_too_large_is_refused_at_every_door_alike() {
    let sandbox = crate::tea::home();
    let large = "x\n".repeat(5 << 20);
    sandbox.write("large.txt", &large);
    sandbox.write(
        "named.toml",
        "[answers]\nmemory = { file = \"large.txt\" }\n",
    );
    sandbox.write(
        "a.toml",
        format!("[answers]\nmemory = \"\"\"\n{large}\"\"\"\n"),
    );
    for (args, name) in [
        (["--answer", "memory=@large.txt"], "large.txt"),
        (["--answers", "named.toml"], "large.txt"),
        (["--answers", "a.toml"], "a.toml"),
    ] {
        let output = sandbox.run(&[&["exercise", "tea", "--defaults"], &args[..]].concat());
        assert_eq!(output.code, Some(2), "{output}");
        let why = format!("{name}: it’s larger than 8 MB");
        assert!(output.stderr.contains(&why), "{output}");
    }
}
