//! What two people agree on, from the evening they sit together to the weeks after it.

use crate::common::{Output, Sandbox, files};
use crate::promise::at;
use crate::two_protocol::{self, ARGS, EVERY_KEY, messages, of_type};

const MEETING: &str = include_str!("../answers/weekly-meeting/walk.toml");
const AGREEMENT: &str = include_str!("../answers/agreement/evenings.toml");

/// What one of them keeps to themselves.
const MARKER: &str = "heron-7781";

fn done(sandbox: &Sandbox, exercise: &str, answers: &str) -> Output {
    sandbox.write("answers.toml", answers);
    let words = ["exercise", exercise, "--answers", "answers.toml"];
    let output = at(
        sandbox,
        20,
        "20:00",
        &[&words[..], &["--screened"]].concat(),
    );
    assert_eq!(output.code, Some(0), "{output}");
    output
}

/// They agreed on Friday the 20th: Mondays and Thursdays until 4 December.
fn agreed() -> Sandbox {
    let sandbox = Sandbox::new();
    done(&sandbox, "agreement", AGREEMENT);
    sandbox
}

#[test]
fn two_meet_and_agree_and_a_week_later_due_names_what_they_agreed() {
    let sandbox = Sandbox::new();
    let kept = MEETING
        .replace("You had cooked", MARKER)
        .replace("Nobody said anything about the new shelf", MARKER)
        .replacen("show-hard = true", "show-hard = false", 1)
        .replace("once on sunday", "each sunday for 4 weeks");
    done(
        &sandbox,
        "weekly-meeting",
        &kept.replace("back = \"heron-7781", "back = \"You"),
    );
    done(&sandbox, "agreement", AGREEMENT);
    // Neither can read what the other kept closed.
    for file in files(&sandbox.home()) {
        let bytes = std::fs::read(&file).unwrap();
        let text = String::from_utf8_lossy(&bytes);
        assert!(!text.contains(MARKER), "{}: {text}", file.display());
        assert!(file.extension().is_none_or(|ending| ending != "key"));
    }
    let due = |day| {
        let page = at(&sandbox, day, "19:00", &["due"]).stdout;
        page.split_whitespace().collect::<Vec<_>>().join(" ")
    };
    let week_later = due(27);
    for words in [
        "Mirela and Jon: On Sunday at five we go for a walk, without phones. Sunday 22 November",
        "Hanna and Milo: On Mondays and Thursdays Hanna is home by six",
        "Monday 23 November Thursday 26 November",
    ] {
        assert!(week_later.contains(words), "{words}: {week_later}");
    }
    assert!(
        due(29).starts_with("Today, Sunday 29 November"),
        "{}",
        due(29)
    );
}

#[test]
fn an_agreement_is_a_fact_of_both_with_their_names() {
    let sandbox = agreed();
    let facts = files(&sandbox.home().join("ledger"));
    let text = std::fs::read_to_string(&facts[0]).unwrap();
    assert_eq!(facts.len(), 1);
    for line in [
        "who = \"both\"\n",
        "\"Hanna\"",
        "\"Milo\"",
        "step = \"agree\"\n",
    ] {
        assert!(text.contains(line), "{line}: {text}");
    }
    let listed = at(&sandbox, 21, "19:00", &["promise"]).stdout;
    assert!(listed.contains("Agreed by Hanna and Milo."), "{listed}");
    let shown = at(&sandbox, 21, "19:00", &["promise", "show", "last"]).stdout;
    assert!(shown.contains("Agreed by Hanna and Milo."), "{shown}");
    let json = at(&sandbox, 21, "19:00", &["promise", "list", "--json"]).stdout;
    assert!(
        json.contains("\"who\": \"both\"") && !json.contains("Hanna"),
        "{json}"
    );
    let facts = at(
        &sandbox,
        21,
        "19:00",
        &["promise", "show", "last", "--json"],
    )
    .stdout;
    assert!(!facts.contains("Hanna"), "{facts}");
    // One of them ends it, without a reason, and can't change it alone.
    let words = [
        "promise",
        "change",
        "last",
        "--when",
        "each day for 2 weeks",
    ];
    let changed = at(&sandbox, 21, "19:00", &words);
    assert_eq!(changed.code, Some(2), "{changed}");
    assert!(
        changed.stderr.contains("you both agreed on that"),
        "{changed}"
    );
    let ended = at(&sandbox, 21, "19:00", &["promise", "let-go", "last"]);
    assert_eq!(ended.code, Some(0), "{ended}");
}

#[test]
fn each_says_only_their_own_and_a_difference_stands_as_one() {
    let sandbox = agreed();
    let say = |words: &[&str]| at(&sandbox, 26, "19:00", &[&["promise"], words].concat());
    let nobody = say(&["kept", "last", "monday"]);
    assert_eq!(nobody.code, Some(2), "{nobody}");
    assert!(
        nobody
            .stderr
            .contains("--by a is Hanna, and --by b is Milo"),
        "{nobody}"
    );
    assert_eq!(
        say(&["kept", "last", "monday", "--by", "Hanna"]).code,
        Some(0)
    );
    let shown = say(&["show", "last"]).stdout;
    assert!(shown.contains("kept (Hanna: kept)"), "{shown}");
    assert_eq!(
        say(&["missed", "last", "monday", "--by", "b"]).code,
        Some(0)
    );
    let shown = say(&["show", "last"]).stdout;
    assert!(
        shown.contains("seen differently (Hanna: kept, Milo: missed)"),
        "{shown}"
    );
    assert!(!shown.contains("answered"), "{shown}");
    let json = say(&["show", "last", "--json"]).stdout;
    let json: serde_json::Value = serde_json::from_str(&json).unwrap();
    assert_eq!(
        json["days"][0]["by"],
        serde_json::json!({ "a": "kept", "b": "missed" })
    );
    assert_eq!(json["counts"]["missed"], 0);
    // Milo thinks again: what Hanna said stays hers.
    assert_eq!(
        say(&["kept", "last", "monday", "--by", "milo"]).code,
        Some(0)
    );
    let shown = say(&["show", "last"]).stdout;
    assert!(shown.contains("kept (Hanna: kept, Milo: kept)"), "{shown}");
    assert_eq!(
        say(&["show", "last", "--all"])
            .stdout
            .matches(", says Milo")
            .count(),
        2
    );
    let stranger = say(&["kept", "last", "monday", "--by", "Kim"]);
    assert_eq!(stranger.code, Some(2), "{stranger}");
    // Each takes back only their own.
    assert_eq!(say(&["undo", "last"]).code, Some(2));
    let taken = say(&["undo", "last", "--by", "a"]);
    let said = "Taken back: what Hanna said, “kept” for Monday";
    assert!(taken.stderr.contains(said), "{taken}");
    let shown = say(&["show", "last"]).stdout;
    assert!(shown.contains("kept (Milo: kept)"), "{shown}");
}

#[test]
fn a_promise_of_one_has_nobody_to_name() {
    let sandbox = crate::promise::promised();
    let said = at(
        &sandbox,
        17,
        "19:00",
        &["promise", "kept", "last", "--by", "a"],
    );
    assert_eq!(said.code, Some(2), "{said}");
    assert!(said.stderr.contains("is one person’s promise"), "{said}");
}

#[test]
fn guesses_are_counted_where_both_showed_them_and_no_others() {
    let sandbox = Sandbox::new();
    done(
        &sandbox,
        "guesses",
        include_str!("../answers/guesses/closed.toml"),
    );
    let told = at(&sandbox, 21, "19:00", &["progress"]).stdout;
    assert!(!told.contains("Guessed"), "{told}");
    done(
        &sandbox,
        "guesses",
        include_str!("../answers/guesses/nights.toml"),
    );
    let told = at(&sandbox, 21, "19:00", &["progress", "guesses"]).stdout;
    assert!(
        told.contains("Guessed within one point 5 of 6 times."),
        "{told}"
    );
    for words in ["  Mara: off by 0 0 1\n", "  Ilir: off by 1 4 0\n"] {
        assert!(told.contains(words), "{told}");
    }
    let args = ["progress", "guesses", "--by", "b"];
    let theirs = at(&sandbox, 21, "19:00", &args).stdout;
    assert!(
        theirs.contains("Guessed within one point 2 of 3 times."),
        "{theirs}"
    );
    assert!(!theirs.contains("Mara"), "{theirs}");
    let json = at(&sandbox, 21, "19:00", &["progress", "guesses", "--json"]).stdout;
    let json: serde_json::Value = serde_json::from_str(&json).unwrap();
    let guessed = &json["guessed"];
    assert_eq!(
        (&guessed["within_one"], &guessed["of"]),
        (&5.into(), &6.into())
    );
    let off = guessed["each"].as_array().unwrap().iter();
    let off: Vec<i64> = off.map(|guess| guess["off"].as_i64().unwrap()).collect();
    assert_eq!(off.iter().sum::<i64>(), 6);
}

#[test]
fn who_felt_understood_at_the_first_try_is_counted_over_the_weeks() {
    let sandbox = Sandbox::new();
    let saturday = include_str!("../answers/speaker-listener/saturday.toml");
    let sooner = saturday
        .replace(
            "understood = 4\nmissing = \"That I felt like the help.\"\n",
            "",
        )
        .replace("\"understood@2\" = 6", "understood = 6")
        .replace(
            "\"back@2\" = \"You carried everything up alone, and you felt like the help.\"\n",
            "",
        );
    done(&sandbox, "speaker-listener", saturday);
    sandbox.write("answers.toml", sooner);
    let words = [
        "exercise",
        "speaker-listener",
        "--answers",
        "answers.toml",
        "--screened",
    ];
    let next_day = at(&sandbox, 21, "20:00", &words);
    assert_eq!(next_day.code, Some(0), "{next_day}");
    let told = |args: &[&str]| at(&sandbox, 22, "19:00", args).stdout;
    let both = told(&["progress", "felt-understood"]);
    for words in [
        "Felt understood on the first try 3 of 4 times.\n",
        "  Dana: 1 of 2\n",
        "  Olek: 2 of 2\n",
    ] {
        assert!(both.contains(words), "{words}: {both}");
    }
    let newest = told(&["progress", "felt-understood", "--by", "a", "--last", "1"]);
    assert!(
        newest.contains("on the first try 1 of 1 time.\n  Dana: 1 of 1\n"),
        "{newest}"
    );
    let json: serde_json::Value =
        serde_json::from_str(&told(&["progress", "felt-understood", "--json"])).unwrap();
    assert_eq!(
        json["first_try"],
        serde_json::json!({ "understood": 3, "of": 4 })
    );
    assert!(!told(&["progress", "check-in"]).contains("first try"));
}

#[test]
fn a_program_hears_of_help_where_two_would_agree_to_watch_over_one_of_them() {
    for (deal, helps) in [
        ("A shows B her phone every evening.", 1),
        ("A cooks on Sunday.", 0),
    ] {
        let sandbox = two_protocol::sandbox(EVERY_KEY);
        let seen = messages(&sandbox, &ARGS, |ask| match ask["id"].as_str() {
            Some("thing") => serde_json::json!(deal),
            _ => two_protocol::usual(ask),
        });
        assert_eq!(of_type(&seen, "support").len(), helps, "{deal}");
        let asks = of_type(&seen, "ask");
        let mut alone = asks.iter().filter(|ask| ask["id"] == "b:agree");
        let prompt = alone.next().unwrap()["prompt"].as_str().unwrap();
        assert_eq!(
            prompt.contains("checking up on someone"),
            helps == 1,
            "{prompt}"
        );
    }
}

#[test]
fn a_yes_to_showing_can_be_said_in_capitals_and_on_the_command_line() {
    for yes in ["true", "True", "YES", "show"] {
        let sandbox = Sandbox::new();
        sandbox.write("a.toml", include_str!("../answers/thanks/week.toml"));
        let answer = format!("a:show={yes}");
        let words = [
            "exercise",
            "thanks",
            "--answers",
            "a.toml",
            "--screened",
            "--answer",
            &answer,
        ];
        let output = sandbox.run(&words);
        assert_eq!(output.code, Some(0), "{yes}: {output}");
        assert!(!sandbox.session().contains("closed"), "{yes}");
    }
}

#[test]
fn what_both_agreed_on_is_not_changed_by_one_of_them() {
    let sandbox = crate::two::sandbox();
    crate::two::done(&sandbox, ("", ""));
    sandbox.write("new", "Il stays at home.");
    for (answer, code) in [("thing", 2), ("agree", 2)] {
        let words = ["history", "edit", "last", answer, "--text-file", "new"];
        let output = sandbox.run(&words);
        assert_eq!(output.code, Some(code), "{output}");
        assert!(output.stderr.contains("both of you agreed"), "{output}");
    }
    assert!(!sandbox.session().contains("Il stays"));
    // Where nothing was agreed, it's theirs to change.
    let sandbox = crate::two::sandbox();
    crate::two::done(
        &sandbox,
        ("agree = \"each sunday for 4 weeks\"", "agree = false"),
    );
    sandbox.write("new", "Il stays at home.");
    let words = ["history", "edit", "last", "thing", "--text-file", "new"];
    let output = sandbox.run(&words);
    assert_eq!(output.code, Some(0), "{output}");
}
