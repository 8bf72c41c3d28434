//! Every door that text comes in by treats it in the same way: marks, encodings, line ends.

use crate::common::{Output, Sandbox, files};
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

/// The doors that words come through which are text already, and what is done to bring them in.
type WordsDoor = (&'static str, fn(&Sandbox, &str) -> Output);

/// Words in arguments, in the files and streams of programs, and in what is said about promises.
const WORDS_DOORS: [WordsDoor; 9] = [
    ("--answer", |sandbox, words| {
        done(sandbox, ANSWERS, &["--answer", &format!("memory={words}")])
    }),
    ("an answers file in TOML", |sandbox, words| {
        let answers = ANSWERS.replace("My aunt made it.\n\nIn a glass.", "");
        let quoted = serde_json::to_string(words).unwrap();
        let answers = answers.replace("memory = \"\"\"\n\"\"\"", &format!("memory = {quoted}"));
        done(sandbox, &answers, &[])
    }),
    ("--io json", |sandbox, words| {
        let answer = |id: &str, value: serde_json::Value| {
            serde_json::json!({ "type": "answer", "id": id, "value": value }).to_string() + "\n"
        };
        let lines = answer("kind", "green".into()) + &answer("memory", words.into());
        sandbox.run_with(&["exercise", "tea", "--io", "json"], lines)
    }),
    ("--io lines", |sandbox, words| {
        let lines = format!("green\n<<END\n{words}\nEND\n");
        sandbox.run_with(&["exercise", "tea", "--io", "lines"], lines)
    }),
    ("import", |sandbox, words| {
        done(sandbox, ANSWERS, &["--answer", "memory=Placeholder."]);
        sandbox.shell("\"$TC\" export --format jsonl >out.jsonl");
        let export = sandbox.home().with_file_name("out.jsonl");
        let export = std::fs::read_to_string(export).unwrap();
        let quoted = serde_json::to_string(words).unwrap();
        sandbox.write("in.jsonl", export.replace("\"Placeholder.\"", &quoted));
        std::fs::remove_file(sandbox.sessions().remove(0)).unwrap();
        sandbox.run(&["import", "in.jsonl"])
    }),
    ("promise add", |sandbox, words| {
        sandbox.run(&["promise", "add", words, "--when", "once on sunday"])
    }),
    ("promise add --what-file", |sandbox, words| {
        sandbox.write("in.txt", words);
        let file = ["--what-file", "in.txt"];
        sandbox.run(&[&["promise", "add", "--when", "once on sunday"][..], &file].concat())
    }),
    ("promise add --note-file", |sandbox, words| {
        sandbox.write("in.txt", words);
        let file = ["--note-file", "in.txt"];
        sandbox.run(
            &[
                &["promise", "add", "Call.", "--when", "once on sunday"][..],
                &file,
            ]
            .concat(),
        )
    }),
    ("history note by a pipe", |sandbox, words| {
        done(sandbox, ANSWERS, &[]);
        sandbox.run_with(&["history", "note", "last", "--text-file", "-"], words)
    }),
];

/// What no screen shows: joiners, fillers, blank letters, a notehead that isn't there, tags, a mark with
/// no letter below it.
const UNSEEN: &str = "\u{200b}\u{2060}\u{ad}\u{3164}\u{115f}\u{1160}\u{ffa0}\u{2800}\u{1d159}\u{fe0f}\u{e0067}\u{301}";

/// What is saved of sessions and promises.
fn saved(sandbox: &Sandbox) -> String {
    let all = ["sessions", "ledger"].map(|folder| files(&sandbox.home().join(folder)));
    let texts = all
        .iter()
        .flatten()
        .map(|file| std::fs::read_to_string(file).unwrap());
    texts.collect()
}

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
    let texts: [(&str, Vec<u8>); 12] = [
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
        (
            "with colours",
            b"first \x1b[1;31mone\x1b[0m\nsecond".to_vec(),
        ),
        (
            "out of a terminal",
            b"\x1b]0;a title\x07first one\x1b(B\x1b[K\n\x1bP1$r\x1b\\second".to_vec(),
        ),
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
            (UNSEEN.as_bytes(), ""),
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

#[test]
fn words_that_are_text_already_are_treated_alike_by_every_door() {
    for (door, through) in WORDS_DOORS {
        let parted = "one\ntwo\nthree\nfour\nfive\nsix\nseven\neight";
        for (words, wanted) in [
            ("first one\nsecond", "first one\nsecond"),
            (
                "\u{feff}one\r\ntwo\rthree\u{b}four\u{c}five\u{85}six\u{2028}seven\u{2029}eight",
                parted,
            ),
            (
                "\u{1b}]0;a title\u{7}first \u{1b}[1;31mone\u{1b}[0m\u{1b}(B\u{1b}[K\n\u{1b}7second",
                "first one\nsecond",
            ),
        ] {
            let sandbox = home();
            let output = through(&sandbox, words);
            let kept = saved(&sandbox);
            let is_kept = kept.contains(wanted) || kept.contains(&wanted.replace('\n', "\\n"));
            let marked = kept.contains('\u{feff}') || kept.to_lowercase().contains("\\ufeff");
            assert!(is_kept && !marked, "{door}, {words:?}: {output}\n{kept}");
        }
        let sandbox = home();
        let output = through(&sandbox, UNSEEN);
        // What comes in whole from another machine stays as it was there.
        let kept = saved(&sandbox);
        let is_there = kept.contains('\u{2060}') || kept.contains("\\u2060");
        let refused = output.code != Some(0) && !is_there;
        assert!(refused || door == "import", "{door}: {output}");
    }
}

#[test]
fn a_name_or_a_title_in_which_nothing_can_be_seen_is_refused_wherever_one_is_typed() {
    for unseen in [
        "\u{200b}",
        "\u{3164}",
        "\u{61c}\u{200f}",
        "\u{e0067}",
        " \u{ad}",
        "\u{1d159}\u{301}",
    ] {
        let sandbox = home();
        done(&sandbox, ANSWERS, &[]);
        let add = [
            "promise",
            "add",
            "Call.",
            "--when",
            "every sunday until 1 december 2027",
        ];
        assert_eq!(sandbox.run(&add).code, Some(0));
        let before = saved(&sandbox);
        for args in [
            &["history", "tag", "last", unseen] as &[&str],
            &["support", "add", unseen, "123"],
            &["support", "add", "Kim", unseen],
            &["partner", "add", unseen],
            &["vault", "recipients", "add", READER, "--name", unseen],
            &[&add[..], &["--to", unseen]].concat(),
            &["promise", "add", unseen, "--when", "once on sunday"],
            &[
                "promise", "calendar", "--title", unseen, "--output", "out.ics",
            ],
            &["report", "--title", unseen, "--output", "out.html"],
            &["author", "new", "walk", "--title", unseen],
            &["author", "new", "--title", unseen],
        ] {
            let output = sandbox.run(args);
            assert_eq!(output.code, Some(2), "{args:?}: {output}");
        }
        assert_eq!(saved(&sandbox), before);
    }
}

/// Somebody's public key.
const READER: &str = "age1lggyhqrw2nlhcxprm67z43rta597azn8gknawjehu9d9dl0jq3yqqvfafg";

#[test]
fn half_of_what_opens_a_text_is_never_the_text() {
    for half in [
        "<<",
        " << ",
        "<<E ND",
        "<<-END",
        "<<'END'",
        "<<<END",
        "<<Ende.>>",
    ] {
        let sandbox = home();
        let lines = format!("green\n{half}\nFine.\n");
        let output = sandbox.run_with(&["exercise", "tea", "--io", "lines"], lines);
        assert!(
            output.stderr.contains("needs a word right behind it"),
            "{half}: {output}"
        );
        assert!(sandbox.session().contains("\nvalue = \"Fine.\""), "{half}");
        assert!(!sandbox.session().contains("<<"), "{half}");
    }
    let sandbox = home();
    let lines = "green\n<<END\n<<\nEND\n";
    sandbox.run_with(&["exercise", "tea", "--io", "lines"], lines);
    assert!(sandbox.session().contains("\nvalue = \"<<\""));
}
