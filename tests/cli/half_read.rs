//! What a script gives that would be lost, or read as something else, without a word.

use insta::assert_snapshot;

use crate::tea::{ANSWERS, home};

#[test]
fn an_answer_that_no_step_asked_for_is_named() {
    let sandbox = home();
    sandbox.write("a.toml", ANSWERS);
    let args = ["exercise", "tea", "--answers", "a.toml"];
    assert_eq!(sandbox.run(&args).stderr, "");
    let more = ["--answer", "scene@3=A third scene."];
    let output = sandbox.run(&[&args[..], &more].concat());
    assert_eq!(output.code, Some(0), "{output}");
    assert_snapshot!(output.stderr, @"warning: the other answers lead past these, so they aren’t saved: `scene@3`");
    let more = ["--answer", "more@3=no"];
    let output = sandbox.run(&[&args[..], &more].concat());
    assert_snapshot!(output.stderr, @"warning: the other answers lead past these, so they aren’t saved: `more@3`");
}

#[test]
fn a_bare_true_is_no_text_and_a_first_round_has_no_number() {
    let sandbox = home();
    let text = "[answers]\nkind = \"green\"\nmemory = true\n\"warm@1\" = 3\n";
    sandbox.write("a.toml", text);
    let output = sandbox.run(&["exercise", "tea", "--answers", "a.toml"]);
    assert_eq!(output.code, Some(2), "{output}");
    for said in [
        "answer `memory`: This question takes text, not true or false.",
        "unknown answer `warm@1`; `warm` is asked once",
        "missing answer `warm`",
    ] {
        assert!(output.stderr.contains(said), "{said}: {output}");
    }
    assert!(!output.stderr.contains("already has"), "{output}");
    assert!(sandbox.sessions().is_empty());
}

#[test]
fn a_character_that_no_text_has_is_refused_however_it_is_written() {
    for (name, text) in [
        (
            "a.toml",
            "format = 1\nexercise = \"tea\"\n[answers]\nmemory = \"kill my\\u0000self\"\n",
        ),
        (
            "a.json",
            r#"{"format": 1, "exercise": "tea", "answers": {"memory": "kill my\u0000self"}}"#,
        ),
    ] {
        let sandbox = home();
        sandbox.write(name, text);
        let output = sandbox.run(&["exercise", "tea", "--answers", name, "--defaults"]);
        assert_eq!(output.code, Some(2), "{output}");
        let said = "answer `memory`: a text can’t have the character U+0000 in it";
        assert!(output.stderr.contains(said), "{output}");
        assert!(sandbox.sessions().is_empty());
    }
}

#[test]
fn a_space_before_the_word_that_ends_a_text_is_none() {
    let sandbox = home();
    let lines = "green\n<< END\nOne.\nTwo.\nEND\n/pause\n";
    let output = sandbox.run_with(&["exercise", "tea", "--io", "lines"], lines);
    assert_eq!(output.code, Some(4), "{output}");
    let memory = sandbox.run(&["history", "show", "last", "--answer", "memory"]);
    assert_eq!(memory.stdout, "One.\nTwo.\n");
}

#[test]
fn a_space_beside_a_key_is_no_part_of_it() {
    let sandbox = home();
    sandbox.write("a.toml", ANSWERS);
    let args = [
        "exercise",
        "tea",
        "--answers",
        "a.toml",
        "--answer",
        "warm =2",
    ];
    assert_eq!(sandbox.run(&args).code, Some(0));
    let warm = sandbox.run(&["history", "show", "last", "--answer", "warm"]);
    assert_eq!(warm.stdout, "2\n");
}

#[test]
fn days_that_end_before_they_begin_are_refused() {
    let sandbox = home();
    let args = ["history", "--since", "2026-12-01", "--until", "2026-11-01"];
    assert_snapshot!(sandbox.run(&args), @"
    --- stderr ---
    error: no day is both since 2026-12-01 and until 2026-11-01
    hint: --since is the earlier day, --until the later one
    --- exit 2 ---
    ");
}

#[test]
fn so_many_times_a_week_is_counted_in_weeks() {
    let sandbox = home();
    let args = [
        "promise",
        "add",
        "Walk.",
        "--when",
        "3 times a week for 2 weeks",
    ];
    assert_snapshot!(sandbox.run(&args).stderr, @"
    It’s due 3 times a week until Sunday 6 December 2026: 2 weeks, 6 times
    in all.
    Followed as [fact1]. From Sunday 29 November on, say how it went:
    trust-coach promise kept [fact1]
    ");
}

#[test]
fn a_time_of_day_in_words_is_asked_for_as_a_time() {
    let sandbox = home();
    let add = ["promise", "add", "Call.", "--when"];
    for (when, said) in [
        ("tonight", "today at 20:00"),
        ("every evening", "every day at 20:00, each monday at 7:30"),
        (
            "each monday morning",
            "every day at 20:00, each monday at 7:30",
        ),
    ] {
        let output = sandbox.run(&[&add[..], &[when]].concat());
        assert_eq!(output.code, Some(2), "{output}");
        let words = format!("error: “{when}”: at what time?\nhint: you can type: {said}\n");
        assert_eq!(output.stderr, words);
    }
    assert_eq!(
        sandbox.run(&[&add[..], &["by friday"]].concat()).code,
        Some(0)
    );
}

#[test]
fn the_id_of_an_exercise_of_ones_own_is_answered_with_its_file() {
    let sandbox = home();
    let output = sandbox.run(&["check", "tea"]);
    assert_eq!(output.code, Some(1), "{output}");
    assert!(
        output.stderr.contains("hint: trust-coach check "),
        "{output}"
    );
    assert!(output.stderr.contains("tea.toml\n"), "{output}");
    let output = sandbox.run(&["check", "apology"]);
    assert!(!output.stderr.contains("hint:"), "{output}");
}

#[test]
fn a_moment_without_quotation_marks_keeps_its_zone() {
    let kept = |day: &str| {
        let sandbox = home();
        sandbox.write("a.toml", ANSWERS.replace("\"in 2 weeks\"", day));
        let output = sandbox.run(&["exercise", "tea", "--answers", "a.toml"]);
        assert_eq!(output.code, Some(0), "{day}: {output}");
        let session = sandbox.session();
        let (_, answer) = session.split_once("step = \"day\"").unwrap();
        let value = answer.lines().find(|line| line.starts_with("value = "));
        value.unwrap().to_string()
    };
    for (bare, moment) in [
        ("2026-12-01T19:00:00-05:00", "2026-12-01T19:00:00-05:00"),
        ("2026-12-01 19:00:00-05:00", "2026-12-01T19:00:00-05:00"),
        ("2026-12-01T19:00:00Z", "2026-12-01T19:00:00Z"),
        ("2026-12-01", "2026-12-01"),
    ] {
        assert_eq!(kept(bare), kept(&format!("\"{moment}\"")), "{bare}");
        assert!(kept(bare).contains("2026-12-0"), "{bare}: {}", kept(bare));
    }
    assert_ne!(
        kept("2026-12-01T19:00:00-05:00"),
        kept("2026-12-01T19:00:00Z")
    );
}
