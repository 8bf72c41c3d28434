//! Exercises for two, with answers files and for programs.

use std::io::Write;
use std::process::Stdio;

use crate::common::{Output, Sandbox, files};
use crate::partner::quick_partner;

const TWO: &str = include_str!("../fixtures/exercises/good/two.toml");

const ANSWERS: &str = r#"format = 1
exercise = "two"
names = { a = "Mo", b = "Il" }
[answers]
thing = "Walk on Sunday at five."
agree = "each sunday for 4 weeks"
[answers.a]
close = 6
guess = 4
show = true
understood = 6
back = "You were tired."
agree = true
[answers.b]
close = 3
guess = 3
show = true
agree = true
back = "You waited for me."
understood = 5
"#;

pub(crate) fn sandbox() -> Sandbox {
    let sandbox = Sandbox::new();
    sandbox.write("home/exercises/two.toml", TWO);
    sandbox
}

/// Does it with these answers, one of them changed.
pub(crate) fn done(sandbox: &Sandbox, (from, to): (&str, &str)) -> Output {
    sandbox.write("answers.toml", ANSWERS.replacen(from, to, 1));
    let words = ["exercise", "two", "--answers", "answers.toml", "--screened"];
    let output = sandbox.run(&words);
    assert_eq!(output.code, Some(0), "{output}");
    output
}

#[test]
fn nobody_is_asked_in_front_of_the_other_about_what_stayed_closed() {
    let quiet = include_str!("../answers/weekly-meeting/quiet.toml");
    for hidden in ["show-hard = false", "show-good = false"] {
        let sandbox = Sandbox::new();
        let shown = hidden.replace("false", "true");
        let all = quiet.replace("= false", "= true");
        sandbox.write("a.toml", all.replacen(&shown, hidden, 1));
        let words = ["exercise", "weekly-meeting", "--answers", "a.toml"];
        let answer = ["--answer", "talk=no"];
        let is_hard = hidden.starts_with("show-hard");
        let end = if is_hard { 0 } else { 2 };
        let done = sandbox.run(&[&words[..], &answer[..end], &["--screened"]].concat());
        assert_eq!(done.code, Some(0), "{done}");
        let session = sandbox.session();
        let asks = |words: &str| session.contains(words);
        assert_eq!(asks("what each of you would like:"), !is_hard, "{session}");
        assert_eq!(asks("an evening in without the television"), !is_hard);
        assert_eq!(asks("Would you both like to do that"), !is_hard);
        assert_eq!(asks("Take a minute to let that sink in."), is_hard);
    }
}

#[test]
fn a_name_is_on_one_line_whatever_door_it_came_by() {
    let sandbox = sandbox();
    for name in ["Mo\\nLind", " Mo\\u2028 Lind ", "\\u0007Mo\\u000bLind"] {
        done(&sandbox, ("\"Mo\"", &format!("\"{name}\"")));
        let session = sandbox.sessions().pop().unwrap();
        let text = std::fs::read_to_string(&session).unwrap();
        assert!(text.contains("a = \"Mo Lind\"\n"), "{text}");
        // By hand.
        let edited = text.replace("\"Mo Lind\"", &format!("\"{name}\""));
        std::fs::write(&session, edited).unwrap();
        let shown = sandbox.run(&["history", "show", "last"]);
        assert!(
            shown.stdout.contains("Mo Lind, you have the floor."),
            "{shown}"
        );
        // From another machine.
        let exported = sandbox.shell("$TC export --format jsonl last --agreed 'Il' >one.jsonl");
        assert_eq!(exported.code, Some(0), "{exported}");
        std::fs::remove_file(&session).unwrap();
        let imported = sandbox.run(&["import", "one.jsonl"]);
        assert_eq!(imported.code, Some(0), "{imported}");
        let shown = sandbox.run(&["history", "show", "last"]);
        assert!(
            shown.stdout.contains("Mo Lind, you have the floor."),
            "{shown}"
        );
        for session in sandbox.sessions() {
            std::fs::remove_file(session).unwrap();
        }
    }
    sandbox.write("answers.toml", ANSWERS.replace("\"Mo\"", "\"\\u200b\""));
    let words = ["exercise", "two", "--answers", "answers.toml", "--screened"];
    assert_eq!(sandbox.run(&words).code, Some(2));
}

#[test]
fn what_both_show_is_in_the_session_with_whoever_gave_it() {
    let sandbox = sandbox();
    done(&sandbox, ("", ""));
    let session = sandbox.session();
    assert!(
        session.contains("[partners]\na = \"Mo\"\nb = \"Il\"\n"),
        "{session}"
    );
    assert!(!session.contains("closed") && !session.contains("AGE ENCRYPTED"));
    assert_eq!(session.matches("\nby = \"a\"\n").count(), 5, "{session}");
    let text = sandbox.run(&["history", "show", "last"]).stdout;
    for words in [
        "Mo, you have the floor.",
        "Il, you have the floor.",
        "\n\nMo: ",
        "\n\nIl: ",
    ] {
        assert!(text.contains(words), "{words}: {text}");
    }
    let doctor = sandbox.run(&["doctor"]);
    assert!(!doctor.stdout.contains("can’t be true"), "{doctor}");
    let guide = "(About 1 minute. You can stop sooner.)";
    assert_eq!(text.matches(guide).count(), 2, "{text}");
    let promises = sandbox.run(&["promise", "list"]).stdout;
    assert!(promises.contains("Walk on Sunday at five."), "{promises}");
}

#[test]
fn what_one_keeps_is_nowhere_and_every_reason_leaves_the_same() {
    let reasons = [
        ("guess = 3\nshow = true", "guess = 3\nshow = false"),
        ("guess = 3\n", "guess = { skip = true }\n"),
        ("guess = 4\nshow = true", "guess = 4\nshow = false"),
    ];
    let mut left: Vec<String> = Vec::new();
    for reason in reasons {
        let sandbox = sandbox();
        done(&sandbox, reason);
        let session = sandbox.session();
        let steps = session.lines().filter(|line| line.starts_with("step = "));
        left.push(steps.collect::<Vec<_>>().join("\n"));
        assert!(!session.contains("\"close\""), "{session}");
        // What they agreed comes after it, and holds all the same.
        let promises = sandbox.run(&["promise", "list"]).stdout;
        assert!(promises.contains("Walk on Sunday at five."), "{promises}");
        let keys = files(&sandbox.home()).into_iter();
        let keys = keys.filter(|file| file.extension().is_some_and(|ending| ending == "key"));
        assert_eq!(keys.count(), 0);
    }
    assert_eq!(left[0], left[1]);
    assert_eq!(left[0], left[2]);
}

#[test]
fn where_nobody_can_type_a_passphrase_it_is_said_that_a_lasting_key_is_not_used() {
    let sandbox = sandbox();
    let words = "The passphrase of Il can only be typed at a terminal";
    let before = done(&sandbox, ("show = true", "show = false"));
    assert!(!before.stderr.contains(words), "{before}");
    quick_partner(&sandbox, "Il");
    let after = done(&sandbox, ("show = true", "show = false"));
    assert!(after.stderr.contains(words), "{after}");
}

#[test]
fn an_agreement_takes_a_yes_from_each() {
    for change in [
        (
            "understood = 6\nback = \"You were tired.\"\nagree = true",
            "understood = 6\nback = \"You were tired.\"\nagree = false",
        ),
        (
            "show = true\nagree = true\nback",
            "show = true\nagree = false\nback",
        ),
    ] {
        let sandbox = sandbox();
        done(&sandbox, change);
        assert!(
            !sandbox
                .run(&["promise", "list"])
                .stdout
                .contains("Walk on Sunday")
        );
    }
}

#[test]
fn the_session_comes_out_again_from_what_was_recorded() {
    let sandbox = sandbox();
    sandbox.write("answers.toml", ANSWERS);
    for kept in ["true", "false"] {
        sandbox.write(
            "answers.toml",
            ANSWERS.replace("show = true", &format!("show = {kept}")),
        );
        let record = format!("record-{kept}.toml");
        let words = [
            "exercise",
            "two",
            "--answers",
            "answers.toml",
            "--screened",
            "--record",
        ];
        let output = sandbox.run(&[&words[..], &[&record]].concat());
        assert_eq!(output.code, Some(0), "{output}");
        let again = sandbox.run(&["exercise", "two", "--answers", &record, "--screened"]);
        assert_eq!(again.code, Some(0), "{again}");
    }
    let texts: Vec<String> = sandbox
        .sessions()
        .iter()
        .map(|file| std::fs::read_to_string(file).unwrap())
        .map(|text| {
            text.split("\n[[answers]]")
                .skip(1)
                .collect::<Vec<_>>()
                .join("\n")
        })
        .map(|text| {
            text.lines()
                .filter(|line| !line.starts_with("at = "))
                .collect::<Vec<_>>()
                .join("\n")
        })
        .collect();
    let different: std::collections::BTreeSet<_> = texts.iter().collect();
    assert_eq!((texts.len(), different.len()), (4, 2));
}

#[test]
fn answers_of_nobody_are_refused_with_the_table_they_belong_to() {
    let sandbox = sandbox();
    sandbox.write(
        "answers.toml",
        ANSWERS.replace("thing = ", "close = 3\nthing = "),
    );
    let words = ["exercise", "two", "--answers", "answers.toml", "--screened"];
    let output = sandbox.run(&words);
    assert_eq!(output.code, Some(2), "{output}");
    assert!(
        output.stderr.contains("[answers.a] and [answers.b]"),
        "{output}"
    );
}

#[test]
fn a_program_hears_who_is_asked_and_when_the_keyboard_changes_hands() {
    let sandbox = sandbox();
    let mut command = sandbox.command(&["exercise", "two", "--io", "json", "--screened"]);
    let mut child = command
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let mut input = child.stdin.take().unwrap();
    for line in [
        r#"{"type":"answer","id":"name-a","value":"Mo"}"#,
        r#"{"type":"skip","id":"name-b"}"#,
        r#"{"type":"answer","id":"hand-over","value":null}"#,
        r#"{"type":"answer","id":"a:close","value":6}"#,
    ] {
        writeln!(input, "{line}").unwrap();
    }
    drop(input);
    let output = child.wait_with_output().unwrap();
    let text = String::from_utf8(output.stdout).unwrap();
    let asks = text
        .lines()
        .map(|line| serde_json::from_str::<serde_json::Value>(line).unwrap());
    let asks: Vec<_> = asks.filter(|line| line["type"] == "ask").collect();
    assert_eq!(asks[2]["hand_over"], true, "{text}");
    assert_eq!(
        (&asks[3]["id"], &asks[3]["person"]),
        (&"a:close".into(), &"a".into())
    );
    assert_eq!(asks[3]["sealed"], true);
    assert!(
        !sandbox.session().contains("value = 6"),
        "{}",
        sandbox.session()
    );
    assert!(sandbox.session().contains("AGE ENCRYPTED FILE"));
}

#[test]
fn each_of_the_two_draws_something_else() {
    let answers = include_str!("../answers/validation/desk.toml");
    for seed in ["1", "2", "3"] {
        let sandbox = Sandbox::new();
        sandbox.write("answers.toml", answers);
        let words = ["exercise", "validation", "--answers", "answers.toml"];
        let output = sandbox.run(&[&words[..], &["--screened", "--seed", seed]].concat());
        assert_eq!(output.code, Some(0), "{output}");
        let session = sandbox.session();
        let drawn = session.lines().filter(|line| line.starts_with("item = "));
        let drawn: Vec<&str> = drawn.collect();
        assert_eq!(drawn.len(), 2, "{session}");
        assert_ne!(drawn[0], drawn[1], "{session}");
    }
}

#[test]
fn of_two_answers_that_one_of_them_gives_neither_is_taken() {
    let sandbox = sandbox();
    let args = ["exercise", "two", "--answers", "answers.toml", "--screened"];
    sandbox.write(
        "answers.toml",
        ANSWERS.replace("[answers]", "[answers]\n\"a:close\" = 1"),
    );
    let output = sandbox.run(&args);
    let said = "answer `a:close`: it’s there twice, as `a:close` and as `close` of a";
    assert!(output.stderr.contains(said), "{output}");
    sandbox.write("answers.toml", ANSWERS);
    let twice = [
        "--answer",
        "a:close=1",
        "--answer",
        "b:close=1",
        "--answer",
        "a:close=2",
    ];
    let output = sandbox.run(&[&args[..], &twice].concat());
    let said = "answer `a:close`: --answer gives it twice, as “1” and as “2”";
    assert!(output.stderr.contains(said), "{output}");
    assert_eq!(output.code, Some(2), "{output}");
    sandbox.write(
        "answers.toml",
        ANSWERS.replace("b = \"Il\"", "b = \"\u{1d159}\u{3164}\""),
    );
    let output = sandbox.run(&args);
    assert!(output.stderr.contains("`names` is {"), "{output}");
    assert!(sandbox.sessions().is_empty());
}

#[test]
fn what_is_no_yes_and_no_no_shows_nothing_and_erases_nothing() {
    for (step, said) in [
        ("show = \"shwo\"", "answer `b:show`: true shows it"),
        ("show = \"\"", "answer `b:show`: "),
        ("show = 99", "answer `b:show`: "),
        ("show = []", "answer `b:show`: "),
        (
            "show = \"change\"",
            "answer `b:show`: nothing can be changed in a file",
        ),
        (
            "show = 2",
            "answer `b:show`: nothing can be changed in a file",
        ),
    ] {
        let sandbox = sandbox();
        let (a, b) = ANSWERS.split_once("[answers.b]").unwrap();
        let b = b.replacen("show = true", step, 1);
        sandbox.write("answers.toml", format!("{a}[answers.b]{b}"));
        let words = ["exercise", "two", "--answers", "answers.toml", "--screened"];
        let output = sandbox.run(&words);
        assert_eq!(output.code, Some(2), "{step}: {output}");
        assert!(output.stderr.contains(said), "{step}: {output}");
        assert!(sandbox.sessions().is_empty(), "{step}");
    }
    let sandbox = sandbox();
    let maybe = ANSWERS.replace("agree = true\nback", "agree = \"maybe\"\nback");
    sandbox.write("answers.toml", maybe);
    let words = ["exercise", "two", "--answers", "answers.toml", "--screened"];
    assert_eq!(sandbox.run(&words).code, Some(2));
}

#[test]
fn answers_of_other_people_go_on_with_nothing() {
    let sandbox = sandbox();
    let mut child = sandbox.start(&["exercise", "two", "--io", "json", "--screened"]);
    let mut input = child.stdin.take().unwrap();
    for (id, value) in [("name-a", "Mo"), ("name-b", "Il")] {
        let line = format!(r#"{{"type":"answer","id":"{id}","value":"{value}"}}"#);
        writeln!(input, "{line}").unwrap();
    }
    drop(input);
    assert_eq!(sandbox.wait(child).code, Some(4));
    let before = sandbox.session();
    let swapped = ANSWERS.replace("a = \"Mo\", b = \"Il\"", "a = \"Il\", b = \"Mo\"");
    sandbox.write("answers.toml", swapped);
    let words = ["resume", "--answers", "answers.toml", "--screened"];
    let output = sandbox.run(&words);
    assert_eq!(output.code, Some(2), "{output}");
    let said = "these answers are Il’s and Mo’s, but the session is Mo’s and Il’s";
    assert!(output.stderr.contains(said), "{output}");
    assert_eq!(sandbox.session(), before);
    sandbox.write("answers.toml", ANSWERS);
    assert_eq!(sandbox.run(&words).code, Some(0));
}
