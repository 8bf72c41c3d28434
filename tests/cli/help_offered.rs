//! Words of harm, fear or force are told to programs too, and so is a promise that watches over
//! somebody; none of the words are in what is told, and nothing is praised.

use crate::common::{Output, Sandbox, exercise_text};
use crate::protocol::message;

const VOW: &str = exercise_text!(
    r#"title = "Vow"
strategy = "values"
minutes = 2
summary = "Write a promise."
opening = "Here."
closing = "Done."
"#,
    r#"
[[step]]
id = "vow"
kind = "write"
lines = "many"
review = "promise"
prompt = "What do you promise?"

[[step]]
id = "more"
kind = "write"
lines = "many"
prompt = "Anything more?"
"#
);

fn given(vow: &str, more: &str) -> (Sandbox, Output) {
    let sandbox = Sandbox::new();
    sandbox.write("home/exercises/vow.toml", VOW);
    let answer = |id: &str, value: &str| {
        serde_json::json!({ "type": "answer", "id": id, "value": value }).to_string()
    };
    let lines = format!("{}\n{}\n", answer("vow", vow), answer("more", more));
    let args = ["exercise", "vow", "--io", "json", "--events", "all.jsonl"];
    let output = sandbox.run_with(&args, lines);
    (sandbox, output)
}

fn types(output: &Output, wanted: &str) -> Vec<String> {
    let messages = output.stdout.lines().map(message);
    let wanted = messages.filter(|message| message["type"] == wanted);
    wanted.map(|message| message.to_string()).collect()
}

#[test]
fn a_program_is_told_once_of_heavy_words_in_any_text() {
    let (sandbox, output) = given(
        "I will be home by six.",
        "He broke my tooth. He broke my arm.",
    );
    assert_eq!(
        types(&output, "support"),
        [r#"{"type":"support","id":"more"}"#]
    );
    let folder = sandbox.home().parent().unwrap().to_path_buf();
    let events = std::fs::read_to_string(folder.join("all.jsonl")).unwrap();
    assert!(!events.contains("\"support\""), "{events}");
    let (_, output) = given("He said he will kill me.", "He broke my tooth.");
    assert_eq!(
        types(&output, "support"),
        [r#"{"type":"support","id":"vow"}"#]
    );
    assert_eq!(types(&output, "finding"), [""; 0]);
    let (_, output) = given("I will be home by six.", "Nothing more.");
    assert_eq!(types(&output, "support"), [""; 0]);
}

#[test]
fn in_german_heavy_words_are_heard_and_nothing_else_is_said() {
    for (lang, words, is_told) in [
        ("de", "Er schlägt mich, wenn er trinkt.", true),
        (
            "de",
            "Tut mir leid, aber du hast angefangen. Sorry if you were hurt.",
            false,
        ),
        ("fr", "Er schlägt mich, wenn er trinkt.", false),
    ] {
        let sandbox = Sandbox::new();
        let vow = VOW.replace("lang = \"en\"", &format!("lang = \"{lang}\""));
        sandbox.write("home/exercises/vow.toml", vow);
        let answers = ["vow", "more"].map(|id| {
            serde_json::json!({ "type": "answer", "id": id, "value": words }).to_string() + "\n"
        });
        let output = sandbox.run_with(&["exercise", "vow", "--io", "json"], answers.concat());
        let told = is_told.then_some(r#"{"type":"support","id":"vow"}"#);
        assert_eq!(types(&output, "support"), Vec::from_iter(told), "{output}");
        assert_eq!(types(&output, "finding"), [""; 0], "{output}");
        let notes = types(&output, "note").concat();
        assert_eq!(notes.contains("klingt sehr schwer"), is_told, "{notes}");
    }
}

#[test]
fn a_promise_that_watches_over_somebody_draws_one_soft_line_and_nothing_else() {
    for vow in [
        "I will share my location with you every evening at eight.",
        "You can check my phone whenever you like.",
        "I will give you my whole salary on the first of every month.",
    ] {
        let (sandbox, output) = given(vow, "Nothing more.");
        let shown = sandbox.run(&["history", "show", "last", "--json", "--with-text"]);
        assert!(shown.stdout.contains(vow), "{shown}");
        for kept in ["control", "support", "agree"] {
            assert!(!shown.stdout.contains(kept), "{shown}");
        }
        assert_eq!(
            types(&output, "support"),
            [r#"{"type":"support","id":"vow"}"#]
        );
        assert_eq!(types(&output, "finding"), [""; 0], "{output}");
        let notes = types(&output, "note").concat();
        assert!(
            notes.contains("agree on that freely") && notes.contains("/support"),
            "{notes}"
        );
        let sandbox = Sandbox::new();
        let output = sandbox.run_with(&["review", "--as", "promise", "-"], vow);
        let words: Vec<&str> = output.stdout.split_whitespace().collect();
        assert!(
            words
                .join(" ")
                .contains("trust-coach support shows numbers"),
            "{output}"
        );
        assert!(!output.stdout.contains("It has"), "{output}");
    }
}

#[test]
fn so_does_a_step_that_is_followed_as_a_promise_and_a_wish_without_a_review() {
    let follow = "\n[[step]]\nid = \"follow\"\nkind = \"promise\"\nwhat = \"vow\"\n\
                  when = { step = \"vow\", answered = true }\nprompt = \"When?\"\n";
    let exercise = VOW.replace("review = \"promise\"\n", "") + follow;
    let sandbox = Sandbox::new();
    sandbox.write("home/exercises/vow.toml", exercise);
    let given = |vow: &str, more: &str| {
        let answer = |id: &str, value: &str| {
            serde_json::json!({ "type": "answer", "id": id, "value": value }).to_string() + "\n"
        };
        let lines = answer("vow", vow) + &answer("more", more) + &answer("follow", "no");
        types(
            &sandbox.run_with(&["exercise", "vow", "--io", "json"], lines),
            "support",
        )
    };
    let calm = "I'll charge your phone.";
    let control = "I'll let you read my messages every evening.";
    assert_eq!(given(calm, calm), [""; 0]);
    assert_eq!(
        given(control, control),
        [r#"{"type":"support","id":"vow"}"#]
    );
    assert_eq!(given(calm, control), [r#"{"type":"support","id":"more"}"#]);
}
