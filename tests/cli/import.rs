//! Sessions that come in: all of them or none, nothing doubled, nothing lost.

use insta::assert_snapshot;

use crate::common::{Output, Sandbox};
use crate::export::three;

fn import(sandbox: &Sandbox, text: impl AsRef<[u8]>) -> Output {
    sandbox.write("in.json", text);
    sandbox.run(&["import", "in.json"])
}

/// What an export of everything prints.
fn exported(sandbox: &Sandbox, format: &str) -> String {
    let args = ["export", "--all", "--format", format];
    let output = sandbox.command(&args).output().unwrap();
    assert!(output.status.success() && output.stderr.is_empty());
    String::from_utf8(output.stdout).unwrap()
}

#[test]
fn an_export_comes_into_an_empty_home_and_leaves_it_byte_for_byte() {
    let sandbox = three();
    for (exercise, answers) in [
        ("unsent-letter", "sam"),
        ("check-in", "ben"),
        ("promise", "ada"),
    ] {
        let file = format!(
            "{}/tests/answers/{exercise}/{answers}.toml",
            env!("CARGO_MANIFEST_DIR")
        );
        let done = sandbox.run(&["exercise", exercise, "--answers", &file, "--screened"]);
        assert_eq!(done.code, Some(0), "{done}");
    }
    for format in ["json", "jsonl"] {
        let text = exported(&sandbox, format);
        let empty = Sandbox::new();
        let came = import(&empty, &text);
        assert_eq!(
            (came.code, came.stderr.as_str()),
            (Some(0), "6 new\nfacts about promises: 2 new\n"),
            "{came}"
        );
        assert_eq!(exported(&empty, format), text);
        let files = |sandbox: &Sandbox| {
            let files = sandbox.sessions().into_iter();
            files
                .map(|path| path.file_name().unwrap().to_owned())
                .collect::<Vec<_>>()
        };
        assert_eq!(files(&empty), files(&sandbox));
        let again = import(&empty, &text);
        assert_eq!(
            (again.stdout.as_str(), again.stderr.as_str()),
            ("", "6 already here\nfacts about promises: 2 already here\n")
        );
        assert_eq!(exported(&empty, format), text);
    }
}

#[test]
fn each_session_that_comes_in_is_told_and_a_dry_run_only_tells() {
    let text = exported(&three(), "json");
    let sandbox = Sandbox::new();
    sandbox.write("in.json", &text);
    assert_snapshot!(sandbox.run(&["import", "--dry-run", "in.json"]), @r"
    new      2026-01-05 09:00  aaaaaaaa  What I tell on my own
    new      2026-03-01 20:00  bbbbbbbb  An exercise that is gone
    new      2026-03-01 21:00  cccccccc  An exercise that is gone
    --- stderr ---
    3 new; nothing was imported
    --- exit 0 ---
    ");
    assert!(!sandbox.home().join("sessions").exists());
    assert_snapshot!(sandbox.run_with(&["import", "-"], &text), @r"
    new      2026-01-05 09:00  [id1]  What I tell on my own
    new      2026-03-01 20:00  [id2]  An exercise that is gone
    new      2026-03-01 21:00  [id3]  An exercise that is gone
    --- stderr ---
    3 new
    --- exit 0 ---
    ");
}

#[test]
fn a_session_that_went_on_takes_the_place_of_the_one_here_and_other_words_stay_beside_it() {
    let sandbox = three();
    let text = exported(&sandbox, "jsonl");
    let later = text
        .replace("\"state\":\"open\"", "\"state\":\"done\"")
        .replace("\"progress\":\"It was la\"", "\"value\":\"It was late.\"")
        .replace("Every Sunday I say what the week was like.", "Nothing.");
    let came = import(&sandbox, &later);
    assert_eq!(
        came.stderr,
        "1 updated, 1 kept beside another, 1 already here\n"
    );
    assert_eq!(sandbox.sessions().len(), 4);
    let all = exported(&sandbox, "jsonl");
    for words in ["It was late.", "Every Sunday", "\"Nothing.\""] {
        assert!(all.contains(words), "{words}");
    }
    for again in [later, text] {
        let again = import(&sandbox, again);
        assert_eq!(again.stderr, "3 already here\n");
    }
}

#[test]
fn all_that_is_wrong_is_told_at_once_and_nothing_is_written() {
    let sandbox = Sandbox::new();
    let good = exported(&three(), "jsonl");
    let good = good.lines().next().unwrap();
    let lines = [
        good.to_string(),
        good.replace("20260105T080000.000Z-aaaaaaaa", "../../20260105T080000"),
        "{\"format\":1".to_string(),
        good.replace("\"format\":1", "\"format\":7"),
        good.replace("\"done\"", "null"),
        good.replace("\"kind\":\"write\"", "\"kind\":\"dance\""),
        "[]".to_string(),
        good.replacen("{\"", "{\"title\":\"Lost\",\"", 1),
        good.replacen("\"value\":", "\"value\":\"lost\",\"value\":", 1),
    ];
    assert_snapshot!(import(&sandbox, lines.join("\n")), @"
    --- stderr ---
    error: there are 8 problems in in.json; nothing was imported
      line 2: `id` should look like 20261122T174501.032Z-9f3a61c2, but is ../../20260105T080000
      line 3: not JSON: EOF while parsing an object
      line 4: it has format 7, but this program only reads formats up to 1
      line 5: `state` holds null; leave the key out instead
      line 6: `kind` of answer 2 should be the kind of a step
      line 7: not a session
      line 8: not JSON: the key `title` is there twice
      line 9: not JSON: the key `value` is there twice
    --- exit 2 ---
    ");
    assert!(!sandbox.home().join("sessions").exists());
}

#[test]
fn what_doctor_would_name_does_not_come_in() {
    let good = exported(&three(), "jsonl");
    let good = good.lines().next().unwrap();
    let value: serde_json::Value = serde_json::from_str(good).unwrap();
    let mut twice = value.clone();
    let answers = twice["answers"].as_array_mut().unwrap();
    answers.push(answers[1].clone());
    let started = value["started"].as_str().unwrap();
    let id = value["id"].as_str().unwrap();
    let sandbox = Sandbox::new();
    let lines = [
        good.replace(started, "9999-12-31T23:59:59"),
        twice.to_string(),
        good.replace("\"title\":\"", "\"title\":\"\\u0000"),
        good.replace(started, "2026-01-05T08:00:00+09:00[Europe/Berlin]"),
        good.replace(id, "20261341T170000.000Z-aaaabbbb"),
        good.replace(started, "2026-01-05T08:00:00+01:00[Mars/Base]"),
    ];
    assert_snapshot!(import(&sandbox, lines.join("\n")), @r#"
    --- stderr ---
    error: there are 6 problems in in.json; nothing was imported
      line 1: started = "9999-12-31T23:59:59" isn’t a date and time
      line 2: it has two answers to offer
      line 3: a text in it has the character U+0000, which can’t be saved
      line 4: started = "2026-01-05T08:00:00+09:00[Europe/Berlin]" has an offset that Europe/Berlin didn’t have then
      line 5: `id` begins with a time that isn’t in the calendar: 20261341T170000.000Z-aaaabbbb
      line 6: started = "2026-01-05T08:00:00+01:00[Mars/Base]" has a zone that isn’t known
    --- exit 2 ---
    "#);
    assert!(!sandbox.home().join("sessions").exists());
}

#[test]
fn what_is_no_export_is_refused_with_what_to_do() {
    let sandbox = three();
    assert_snapshot!(import(&sandbox, sandbox.run(&["history", "--json"]).stdout), @r"
    --- stderr ---
    error: there are 3 problems in in.json; nothing was imported
      session 1: this is a line of a list, not a session; `trust-coach export` writes whole sessions
      session 2: this is a line of a list, not a session; `trust-coach export` writes whole sessions
      session 3: this is a line of a list, not a session; `trust-coach export` writes whole sessions
    --- exit 2 ---
    ");
    for (text, told) in [
        ("", "the file: it’s empty"),
        ("\n \n", "the file: it’s empty"),
        ("[1]", "the file: not an export"),
        ("{\n}", "the file: not an export"),
        ("{\"sessions\": []}", "the file: not an export"),
        (
            "{\"format\": \"2.0\", \"sessions\": []}",
            "the file: it has format 2.0",
        ),
        ("format = 1\n", "line 1, column 2: not JSON"),
        (
            "-----BEGIN AGE ENCRYPTED FILE-----\n",
            "in.json is sealed with age\nhint: decrypt it first",
        ),
    ] {
        let output = import(&sandbox, text);
        assert!(
            output.stderr.contains(told) && output.code == Some(2),
            "{output}"
        );
    }
    assert_snapshot!(import(&sandbox, b"\xff\xfa"), @"
    --- stderr ---
    error: in.json: it isn’t UTF-8 text (line 1)
    --- exit 2 ---
    ");
    assert_snapshot!(sandbox.run(&["import", "none.json"]), @r"
    --- stderr ---
    error: could not read none.json
    caused by: No such file or directory (os error 2)
    --- exit 1 ---
    ");
    assert_snapshot!(import(&sandbox, "{\"format\": \"1.3\", \"sessions\": []}"), @r"
    --- stderr ---
    it has no sessions
    --- exit 0 ---
    ");
}

#[test]
fn what_could_steer_a_terminal_does_not_come_in() {
    let text =
        exported(&three(), "jsonl").replace("On a branch.", "\\u001b[2J\\u009b\\u202e\\r\\nYes");
    let sandbox = Sandbox::new();
    let came = import(&sandbox, text);
    assert_eq!(came.code, Some(0), "{came}");
    let session = std::fs::read_to_string(&sandbox.sessions()[1]).unwrap();
    assert!(session.contains("value = '''\n\nYes'''"), "{session}");
}

#[test]
fn a_closed_answer_whose_words_are_there_is_a_mistake_before_anything_comes_in() {
    let sandbox = crate::take_back::shown();
    let exported = sandbox.shell("$TC export --all --agreed Il >all.json");
    assert_eq!(exported.code, Some(0), "{exported}");
    let text = std::fs::read_to_string(sandbox.home().with_file_name("all.json")).unwrap();
    let mut all: serde_json::Value = serde_json::from_str(&text).unwrap();
    let answers = all["sessions"][0]["answers"].as_array_mut().unwrap();
    let given = answers
        .iter_mut()
        .find(|answer| answer["by"] == "b" && answer["value"].is_string());
    given.unwrap()["closed"] = true.into();
    let other = crate::common::Sandbox::new();
    other.write("all.json", all.to_string());
    let output = other.run(&["import", "all.json"]);
    assert_eq!(output.code, Some(2), "{output}");
    assert!(
        output
            .stderr
            .contains("is closed, but its words are in plain text"),
        "{output}"
    );
    assert!(other.sessions().is_empty());
}
