//! `history note`, `edit` and `compare --blind` from scripts.

use insta::assert_snapshot;

use super::{home, session};
use crate::common::Sandbox;

fn file(sandbox: &Sandbox, number: usize) -> String {
    std::fs::read_to_string(&sandbox.sessions()[number]).unwrap()
}

#[test]
fn a_note_is_added_and_everything_else_stays() {
    let sandbox = home();
    let before = file(&sandbox, 1);
    let note = "We spoke about it.\r\n\r\nIt was \u{1b}[31mgood.\n\n";
    sandbox.write("note.txt", note);
    assert_snapshot!(sandbox.run(&["history", "note", "last", "--text-file", "note.txt"]), @r"
    --- stderr ---
    Added. Read it: trust-coach history show [id2]
    --- exit 0 ---
    ");
    let output = sandbox.run_with(
        &["history", "note", "last", "--text-file", "-"],
        "And again.",
    );
    assert_eq!(output.code, Some(0), "{output}");
    let after = file(&sandbox, 1);
    let notes = after.find("[[notes]]").unwrap();
    let answers = after.find("[[answers]]").unwrap();
    assert_snapshot!(&after[notes..answers], @r#"
    [[notes]]
    at = "2026-11-22T18:45:01+01:00[Europe/Berlin]"
    text = '''
    We spoke about it.

    It was good.'''

    [[notes]]
    at = "2026-11-22T18:45:01+01:00[Europe/Berlin]"
    text = "And again."
    "#);
    let without = format!("{}{}", &after[..notes], &after[answers..]);
    let lines = |text: &str| {
        text.lines()
            .filter(|line| !line.starts_with('#'))
            .map(String::from)
            .collect::<Vec<_>>()
    };
    assert_eq!(lines(&without), lines(&before));
}

#[test]
fn a_note_that_is_none_changes_nothing() {
    let sandbox = home();
    let before = file(&sandbox, 1);
    sandbox.write("empty.txt", " \n\n");
    sandbox.write("bytes.txt", [0xff, 0xfa]);
    assert_snapshot!(sandbox.run(&["history", "note", "last"]), @r"
    --- stderr ---
    error: a text is needed, and there’s nobody to ask
    hint: give it with --text-file FILE, or --text-file - for standard input
    --- exit 3 ---
    ");
    assert_snapshot!(sandbox.run(&["history", "note", "last", "--text-file", "empty.txt"]), @r"
    --- stderr ---
    error: the note: nothing is written in it
    --- exit 2 ---
    ");
    assert_snapshot!(sandbox.run(&["history", "note", "last", "--text-file", "bytes.txt"]), @"
    --- stderr ---
    error: bytes.txt: it isn’t UTF-8 text (line 1)
    hint: save it as plain text, in UTF-8
    --- exit 2 ---
    ");
    assert_snapshot!(sandbox.run(&["history", "note", "last", "--text-file", "nowhere.txt"]), @r"
    --- stderr ---
    error: could not read nowhere.txt
    caused by: No such file or directory (os error 2)
    --- exit 1 ---
    ");
    assert_snapshot!(sandbox.run(&["history", "note", "cafe", "--text-file", "empty.txt"]), @"
    --- stderr ---
    error: there’s no session called cafe
    hint: the newest is [id2]; `trust-coach history` shows more
    --- exit 2 ---
    ");
    assert_eq!(file(&sandbox, 1), before);
}

#[test]
fn an_answer_is_changed_and_kept_as_it_was() {
    let sandbox = home();
    let edit = |id: &str, text: &str| {
        sandbox.run_with(&["history", "edit", "last", id, "--text-file", "-"], text)
    };
    assert_snapshot!(edit("memory", "The table was green.\n"), @r"
    --- stderr ---
    Saved. The earlier version is kept: trust-coach history show [id2] --all
    --- exit 0 ---
    ");
    assert_snapshot!(edit("memory", "The table was green."), @r"
    --- stderr ---
    Nothing was changed.
    --- exit 0 ---
    ");
    assert_eq!(edit("kind", "Mint").code, Some(0));
    assert_eq!(edit("warm", "5").code, Some(0));
    assert_snapshot!(sandbox.run(&["history", "show", "last", "--all"]), @r"
    # Tea

    Begun 2026-11-20 07:00, done 2026-11-20 07:10. Session [id2].

    > Which tea do you like?

    (2026-11-20 07:01)

    green

    (2026-11-22 18:45)

    Mint

    > Tell of one cup of Green tea.

    (2026-11-20 07:05)

    The table, and Café noise.

    (2026-11-22 18:45)

    The table was green.

    > How warm?

    (2026-11-20 07:06)

    3

    (2026-11-22 18:45)

    5
    --- exit 0 ---
    ");
    assert!(file(&sandbox, 1).contains("mood = \"kept, though unknown\""));
}

#[test]
fn what_a_step_does_not_take_changes_nothing() {
    let sandbox = home();
    let before = file(&sandbox, 1);
    let edit = |id: &str, text: &str| {
        sandbox.run_with(&["history", "edit", "last", id, "--text-file", "-"], text)
    };
    assert_snapshot!(edit("warm", "9"), @r"
    --- stderr ---
    error: answer `warm`: Please type a number from 1 to 5
    --- exit 2 ---
    ");
    assert_snapshot!(edit("kind", "coffee"), @r"
    --- stderr ---
    error: answer `kind`: Please give a number from 1 to 2, or one of: green, mint
    --- exit 2 ---
    ");
    assert_snapshot!(edit("memory", " \n"), @r"
    --- stderr ---
    error: answer `memory`: nothing is written in it
    --- exit 2 ---
    ");
    assert_snapshot!(edit("memori", "x"), @r"
    --- stderr ---
    error: no answer memori in session [id2]
    hint: did you mean `memory`?
    --- exit 2 ---
    ");
    assert_snapshot!(edit("memory@2", "x"), @r"
    --- stderr ---
    error: no answer memory@2 in session [id2]
    hint: did you mean `memory`?
    --- exit 2 ---
    ");
    assert_snapshot!(sandbox.run(&["history", "edit", "last", "memory"]), @r"
    --- stderr ---
    error: the new answer is needed, and there’s nobody to ask
    hint: give it with --text-file FILE, or --text-file - for standard input
    --- exit 3 ---
    ");
    assert_eq!(file(&sandbox, 1), before);
}

#[test]
fn texts_can_be_changed_when_the_exercise_is_gone_and_what_needs_it_cannot() {
    let sandbox = home();
    std::fs::remove_file(sandbox.home().join("exercises/tea.toml")).unwrap();
    let edit = |id: &str, text: &str| {
        sandbox.run_with(&["history", "edit", "last", id, "--text-file", "-"], text)
    };
    assert_eq!(edit("memory", "Another table.").code, Some(0));
    assert_snapshot!(edit("warm", "2"), @"
    --- stderr ---
    error: warm can’t be edited here: the exercise tea no longer has that step
    hint: change it in $SANDBOX/home/sessions/2026/11/20261120T060000.000Z-[id2].toml
    --- exit 1 ---
    ");
}

#[test]
fn an_answer_is_given_again_and_both_are_shown() {
    let sandbox = home();
    let again = |args: &[&str], text: &str| {
        let args = [
            &["history", "compare", "--blind"],
            args,
            &["--text-file", "-"],
        ]
        .concat();
        sandbox.run_with(&args, text)
    };
    assert_snapshot!(again(&["tea"], "It was white, I think."), @"
    > Tell of one cup of Green tea.

    Changed:

    Then, 2026-10-01 07:05:

    My aunt's kitchen table.
    It was blue.

    Now, 2026-11-22 18:45:

    It was white, I think.
    --- stderr ---
    Saved as a note: trust-coach history show [id1]
    --- exit 0 ---
    ");
    // The newest finished session of the exercise that’s two weeks old.
    let kept = file(&sandbox, 0);
    assert!(kept.contains("It was blue."), "{kept}");
    let notes = kept.find("[[notes]]").unwrap();
    assert_snapshot!(&kept[notes..kept.find("[[answers]]").unwrap()], @r#"
    [[notes]]
    at = "2026-11-22T18:45:01+01:00[Europe/Berlin]"
    text = "It was white, I think."
    step = "memory"
    "#);
    assert_snapshot!(again(&["0000002b", "--answer", "memory"], "Blue."), @"
    --- stderr ---
    error: what you wrote in session [id2] is still fresh
    hint: two weeks later it can be answered again; `trust-coach history show [id2]` shows it
    --- exit 1 ---
    ");
    assert_snapshot!(sandbox.run(&["history", "compare", "tea", "--answer", "memory"]), @"
    2026-10-01 07:00, [id1]:

    My aunt's kitchen table.
    It was blue.

    2026-11-22 18:45, answered again:

    It was white, I think.

    2026-11-20 07:00, [id2]:

    The table, and Café noise.
    --- exit 0 ---
    ");
    assert_snapshot!(again(&["tea", "--answer", "warm"], "5"), @r"
    --- stderr ---
    error: no finished session of tea has a text in warm
    hint: `trust-coach history --exercise tea` shows its sessions
    --- exit 2 ---
    ");
    assert_snapshot!(again(&["0000001a", "--answer", "warm"], "5"), @r"
    --- stderr ---
    error: warm isn’t a text that you wrote
    hint: only texts can be asked again this way
    --- exit 2 ---
    ");
    assert_snapshot!(again(&["coffee"], "5"), @"
    --- stderr ---
    error: there’s no session called coffee
    hint: the newest is [id2]; `trust-coach history` shows more
    --- exit 2 ---
    ");
    assert_snapshot!(again(&["tea"], ""), @r"
    --- stderr ---
    error: the text: nothing is written in it
    --- exit 2 ---
    ");
    assert_snapshot!(sandbox.run(&["history", "compare", "tea", "--blind"]), @r"
    --- stderr ---
    error: a text is needed, and there’s nobody to ask
    hint: give it with --text-file FILE, or --text-file - for standard input
    --- exit 3 ---
    ");
}

#[test]
fn where_several_texts_could_be_meant_one_must_be_named() {
    let sandbox = home();
    let text = file(&sandbox, 0).replace(
        "[[answers]]\nstep = \"warm\"",
        "[[answers]]\nstep = \"other\"\nkind = \"write\"\nprompt = \"And?\"\nvalue = \"No.\"\n\n[[answers]]\nstep = \"warm\"",
    );
    std::fs::write(&sandbox.sessions()[0], text).unwrap();
    let output = sandbox.run_with(
        &[
            "history",
            "compare",
            "0000001a",
            "--blind",
            "--text-file",
            "-",
        ],
        "x",
    );
    assert_snapshot!(output, @r"
    --- stderr ---
    error: which answer do you mean?
    hint: add --answer with one of: memory, other
    --- exit 2 ---
    ");
}

#[test]
fn an_exercise_with_safety_questions_needs_them_seen_before_it_is_answered_again() {
    let sandbox = home();
    let path = sandbox.home().join("exercises/tea.toml");
    let gated = std::fs::read_to_string(&path)
        .unwrap()
        .replace("lang = ", "gate = \"screen\"\nlang = ");
    std::fs::write(&path, gated).unwrap();
    let args = [
        "history",
        "compare",
        "0000001a",
        "--blind",
        "--text-file",
        "-",
    ];
    assert_snapshot!(sandbox.run_with(&args, "x"), @r"
    --- stderr ---
    error: this exercise has private safety questions, and there’s nobody to ask
    hint: read `trust-coach safety` alone, then add --screened to say you have
    --- exit 3 ---
    ");
    let screened = [&args[..], &["--screened"]].concat();
    assert_eq!(sandbox.run_with(&screened, "x").code, Some(0));
}

#[test]
fn a_session_that_is_open_elsewhere_is_left_alone() {
    let sandbox = home();
    session(
        &sandbox,
        "20261121T060000.000Z-0000003c",
        "2026-11-21",
        "Open.",
    );
    let path = sandbox.sessions()[2].clone();
    let text = std::fs::read_to_string(&path).unwrap();
    std::fs::write(
        &path,
        text.replace(
            "state = \"done\"",
            "state = \"open\"\nlook-back = \"2026-11-22\"",
        ),
    )
    .unwrap();
    let mut child = sandbox.start(&["resume", "0000003c", "--io", "lines"]);
    // It has the session as soon as it asks.
    let mut first = [0];
    std::io::Read::read_exact(child.stderr.as_mut().unwrap(), &mut first).unwrap();
    for args in [
        &["history", "note", "0000003c", "--text-file", "-"][..],
        &["history", "edit", "0000003c", "memory", "--text-file", "-"],
        &[
            "history",
            "compare",
            "0000003c",
            "--blind",
            "--text-file",
            "-",
        ],
        &["history", "tag", "0000003c", "fine"],
    ] {
        let output = sandbox.run_with(args, "x");
        let pid = child.id().to_string();
        assert_eq!(output.code, Some(1), "{output}");
        assert!(
            output
                .stderr
                .contains(&format!("open in another window (process {pid})")),
            "{output}"
        );
    }
    child.kill().unwrap();
    child.wait().unwrap();
}
