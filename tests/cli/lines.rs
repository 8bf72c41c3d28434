//! Sessions by lines on standard input.

use insta::assert_snapshot;
use std::io::Write;

use crate::common::Sandbox;
use crate::tea::{TEA, home};

const LINES: &str = "mint\nno\n<<END\nMy aunt made it.\n\n/skip is text here\nEND\nNothing.\nno\n\n\
    in 2 weeks\n\n";

/// The one session's answers: step, then value, progress or how it was left.
fn answers(sandbox: &Sandbox) -> String {
    let table: toml::Table = sandbox.session().parse().unwrap();
    let mut lines = vec![format!("state {}", table["state"])];
    let none = Vec::new();
    let answers = table.get("answers").and_then(toml::Value::as_array);
    for answer in answers.unwrap_or(&none) {
        let mut line = answer["step"].to_string();
        for key in ["round", "value", "label", "progress", "skipped"] {
            if let Some(value) = answer.get(key) {
                line.push_str(&format!(" {key} {value}"));
            }
        }
        lines.push(line);
    }
    lines.join("\n")
}

#[test]
fn a_line_is_an_answer() {
    let sandbox = home();
    let args = ["exercise", "tea", "--io", "lines", "--seed", "7"];
    let output = sandbox.run_with(&args, LINES);
    assert_snapshot!(output, @"
    20261122T174501.000Z-[id1]
    --- stderr ---
    Tea (about 2 minutes)

    Put the kettle on.

    [kind] step 1 of about 7

    Which tea do you like?

      1 green: Green tea
      2 mint: Mint

    A number from 1 to 2, or an id.

    [sugar] step 2 of about 8

    With sugar?

    yes or no?

    [memory] step 3 of about 8

    Tell of one cup of Mint.

    One line, or <<END, lines, and END alone on a line.

    [scene] step 4 of about 8

    It is dawn.

    What would you drink then?

    One line, or <<END, lines, and END alone on a line.

    [more] step 5 of about 8

    Another scene?

    yes or no?

    [warm] step 6 of 8

    How warm?

    A number from 1 to 5.
    An empty line takes: 4

    [day] step 7 of 8

    When is the next cup?

    A day, such as tomorrow, friday, in 2 weeks or 2026-12-01.

    [text] step 8 of 8

    Read it once more.

    One line, or <<END, lines, and END alone on a line.
    An empty line takes your own sentences together: My aunt made it. /skip
    is text here Nothing.

    Drink it while it is warm.

    --- exit 0 ---
    ");
    assert_snapshot!(answers(&sandbox), @r#"
    state "done"
    "kind" value "mint" label "Mint"
    "sugar" value false
    "memory" value """
    My aunt made it.

    /skip is text here"""
    "scene" value "Nothing."
    "more" value false
    "warm" value 4
    "day" value "2026-12-06"
    "text" value """
    My aunt made it.

    /skip is text here

    Nothing."""
    "#);
}

#[test]
fn the_end_of_input_saves_names_the_step_and_takes_no_default() {
    let sandbox = home();
    let lines = "mint\nno\nA cup.\nx\nno\n";
    let output = sandbox.run_with(&["exercise", "tea", "--io", "lines"], lines);
    assert_eq!(output.code, Some(4));
    let last: Vec<&str> = output.stderr.lines().rev().take(2).collect();
    assert_snapshot!(last.join("\n"), @r"
    To continue: trust-coach resume [id1]
    Paused at step 6 (warm): the input ended here. Everything so far is saved.
    ");
    assert!(answers(&sandbox).ends_with("\"warm\""));
    let output = sandbox.run_with(&["resume", "--io", "lines"], "3\ntoday\n\n");
    assert_eq!(output.code, Some(0), "{output}");
    assert!(answers(&sandbox).starts_with("state \"done\""));
}

#[test]
fn a_line_that_will_not_do_is_asked_again_three_times_and_ends_the_run() {
    let sandbox = home();
    let args = ["exercise", "tea", "--io", "lines"];
    let output = sandbox.run_with(&args, "coffee\n/bakc\n/editor\n7\nmint\n");
    assert_snapshot!(output, @"
    20261122T174501.000Z-[id1]
    --- stderr ---
    Tea (about 2 minutes)

    Put the kettle on.

    [kind] step 1 of about 7

    Which tea do you like?

      1 green: Green tea
      2 mint: Mint

    A number from 1 to 2, or an id.

    Please give a number from 1 to 2, or one of: green, mint.

    [kind] step 1 of about 7

    Which tea do you like?

      1 green: Green tea
      2 mint: Mint

    A number from 1 to 2, or an id.

    /bakc isn’t a command. Did you mean /back? /help lists them. Type // for
    a slash at the start of a line.

    [kind] step 1 of about 7

    Which tea do you like?

      1 green: Green tea
      2 mint: Mint

    A number from 1 to 2, or an id.

    There’s no editor here.

    [kind] step 1 of about 7

    Which tea do you like?

      1 green: Green tea
      2 mint: Mint

    A number from 1 to 2, or an id.

    Please give a number from 1 to 2, or one of: green, mint.

    Paused at step 1 (kind): that answer doesn’t fit. Everything so far is saved.
    To continue: trust-coach resume [id1]
    --- exit 2 ---
    ");
    assert_eq!(answers(&sandbox), "state \"open\"\n\"kind\"");
}

#[test]
fn a_last_line_that_will_not_do_is_not_asked_again() {
    let sandbox = home();
    let output = sandbox.run_with(&["exercise", "tea", "--io", "lines"], "coffee");
    assert_eq!(output.code, Some(2));
    assert_eq!(output.stderr.matches("[kind]").count(), 1, "{output}");
}

#[test]
fn an_open_text_at_the_end_of_input_is_kept_as_text_in_progress() {
    let sandbox = home();
    let lines = "green\n<<WORD\nMy aunt made it.\n\nIn a";
    let output = sandbox.run_with(&["exercise", "tea", "--io", "lines"], lines);
    assert_eq!(output.code, Some(4));
    assert!(
        output.stderr.contains("in the middle of a text"),
        "{output}"
    );
    assert_snapshot!(answers(&sandbox), @r#"
    state "open"
    "kind" value "green" label "Green tea"
    "memory" progress """
    My aunt made it.

    In a"""
    "#);
}

#[test]
fn commands_are_whole_lines_and_a_double_slash_stands_for_one() {
    let sandbox = home();
    let lines = "green\n/back\nmint\n/skip\n//skip\n/help\n/support\n/why\n/leave\nmore\n";
    let output = sandbox.run_with(&["exercise", "tea", "--io", "lines"], lines);
    assert_eq!((output.code, output.stdout.as_str()), (Some(0), ""));
    for words in [
        "/pause: stop",
        "However you stop, what you wrote is saved.",
        "nothing more on why",
        "If a life is in danger now, call:",
    ] {
        assert!(output.stderr.contains(words), "{words}: {output}");
    }
    assert_snapshot!(answers(&sandbox), @r#"
    state "left"
    "kind" value "mint" label "Mint"
    "sugar" skipped true
    "memory" value "/skip"
    "scene"
    "#);
}

#[test]
fn the_way_back_leads_past_screens_that_ask_nothing() {
    let sandbox = Sandbox::new();
    let say = |id: &str| format!("[[step]]\nid = \"{id}\"\nkind = \"say\"\nprompt = \"Read.\"\n\n");
    let (head, steps) = TEA.split_once("[[step]]").unwrap();
    let (first, rest) = steps.split_once("[[step]]").unwrap();
    let says = |a, b| say(a) + &say(b);
    let text = format!(
        "{head}{}[[step]]{first}{}[[step]]{rest}",
        says("one", "two"),
        says("three", "four")
    );
    sandbox.write("home/exercises/tea.toml", text);
    let lines = "mint\n/back\n/back\ngreen\nA cup.\n";
    let output = sandbox.run_with(&["exercise", "tea", "--io", "lines"], lines);
    assert_eq!(output.code, Some(4));
    assert!(
        output.stderr.contains("Paused at step 7 (scene)"),
        "{output}"
    );
    assert!(answers(&sandbox).contains("\"kind\" value \"green\""));
}

#[test]
fn the_private_questions_stand_before_it() {
    let sandbox = Sandbox::new();
    let gated = TEA.replace("lang =", "gate = \"screen\"\nlang =");
    sandbox.write("home/exercises/tea.toml", gated);
    for io in ["lines", "json"] {
        let args = ["exercise", "tea", "--io", io];
        assert_eq!(sandbox.run_with(&args, LINES).code, Some(3));
    }
    assert!(sandbox.sessions().is_empty());
    let args = ["exercise", "tea", "--io", "lines", "--screened"];
    assert_eq!(sandbox.run_with(&args, LINES).code, Some(0));
}

#[test]
fn a_signal_saves_what_was_read_of_a_text() {
    let sandbox = home();
    let mut child = sandbox.start(&["exercise", "tea", "--io", "lines"]);
    let mut stdin = child.stdin.take().unwrap();
    stdin
        .write_all(b"green\n<<END\nMy aunt made it.\n")
        .unwrap();
    while sandbox.sessions().is_empty() || !sandbox.session().contains("My aunt") {
        std::thread::sleep(std::time::Duration::from_millis(10));
    }
    let pid = rustix::process::Pid::from_child(&child);
    rustix::process::kill_process(pid, rustix::process::Signal::TERM).unwrap();
    let output = sandbox.wait(child);
    assert_eq!(output.code, Some(143), "{output}");
    assert!(output.stderr.contains("trust-coach resume"), "{output}");
}

#[test]
fn a_text_may_be_long_and_one_that_is_too_long_is_refused() {
    let sandbox = home();
    let long = format!("word {}", "– ".repeat(263_000));
    let lines = format!("green\n{long}\n<<END\n{long}\nEND\n");
    let args = ["exercise", "tea", "--io", "lines"];
    let output = sandbox.run_with(&args, lines);
    assert_eq!(output.code, Some(4));
    let session = sandbox.session();
    assert_eq!(session.matches(long.trim_end()).count(), 2);

    let sandbox = home();
    let line = "a".repeat(9 * 1024 * 1024);
    let output = sandbox.run_with(&args, format!("green\n{line}\n<<END\n{line}\nEND\nFine.\n"));
    assert_eq!(
        output
            .stderr
            .matches("A text can have up to 8 MiB.")
            .count(),
        2
    );
    assert!(answers(&sandbox).contains("value \"Fine.\""));
}

#[test]
fn what_is_not_text_is_refused() {
    let sandbox = home();
    let args = ["exercise", "tea", "--io", "lines"];
    let output = sandbox.run_with(
        &args,
        [b"green\n\xff\xfe\n" as &[u8], b"\x1b[31mFine.\n"].concat(),
    );
    assert!(
        output.stderr.contains("A line has to be text in UTF-8."),
        "{output}"
    );
    let kept = answers(&sandbox);
    assert!(kept.contains("Fine.") && !kept.contains("[31m"), "{kept}");
    assert!(!kept.contains('\u{1b}'), "{kept}");
}

#[test]
fn other_ways_to_answer_do_not_mix_with_it() {
    let args = ["exercise", "tea", "--io", "lines", "--answers", "a.toml"];
    let output = home().run(&args);
    assert_eq!(output.code, Some(2), "{output}");
}

#[test]
fn nothing_to_read_pauses_at_once() {
    for (line, code) in [
        ("$TC exercise tea --io lines </dev/null", 4),
        ("$TC exercise tea --io lines <&-", 4),
        ("$TC exercise tea --io lines </", 4),
        ("$TC exercise tea --io lines </dev/null 2>log", 4),
        ("$TC exercise tea --io lines </dev/null 2>&-", 4),
        ("$TC exercise tea --io lines </dev/null >&-", 4),
        ("$TC exercise tea --io lines </dev/null >/dev/full", 1),
        ("$TC exercise tea --io json </dev/null", 4),
        ("$TC exercise tea --io json <&-", 4),
        ("$TC exercise tea --io json </dev/null 2>log", 4),
        ("$TC exercise tea --io json </dev/null >&-", 4),
        ("$TC exercise tea --io json </dev/null >/dev/full", 4),
    ] {
        let sandbox = home();
        let output = sandbox.shell(line);
        assert_eq!(output.code, Some(code), "{line}: {output}");
        assert!(sandbox.session().contains("state = \"open\""), "{line}");
    }
}

#[test]
fn a_loop_that_reads_keeps_its_lines() {
    let sandbox = home();
    let script = "printf 'one\\ntwo\\nthree\\n' | while read -r word; do \
        $TC exercise tea --answer memory=\"$word\" --answer kind=1 --answer scene=x \
        --answer more=no --answer day=today --defaults >/dev/null; echo \"$word $?\"; done";
    assert_snapshot!(sandbox.shell(script), @r"
    one 0
    two 0
    three 0
    --- exit 0 ---
    ");
    assert_eq!(sandbox.sessions().len(), 3);
}
