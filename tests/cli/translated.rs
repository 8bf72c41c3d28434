//! Exercises in another language.

use insta::assert_snapshot;

use crate::common::Sandbox;

const DARK: &str = "format = 1\n[answers]\nkind-of = \"dark\"\n";

#[test]
fn an_exercise_is_done_in_german_and_its_session_says_so() {
    let sandbox = Sandbox::new();
    sandbox.write("a.toml", DARK);
    sandbox.run(&["exercise", "bad-day", "--lang", "de", "--answers", "a.toml"]);
    let session = sandbox.session();
    assert!(session.contains("lang = \"de\""), "{session}");
    assert!(session.contains("Was für ein Tag ist es?"), "{session}");
    assert!(
        session.contains("label = \"Ich will nicht mehr leben\""),
        "{session}"
    );
}

#[test]
fn a_paused_session_goes_on_in_its_language() {
    let sandbox = Sandbox::new();
    sandbox.write("a.toml", DARK);
    sandbox.run(&["exercise", "bad-day", "--lang", "de", "--answers", "a.toml"]);
    let path = sandbox.sessions()[0].clone();
    let text = std::fs::read_to_string(&path).unwrap();
    let (head, _) = text.split_once("\n[[answers]]").unwrap();
    std::fs::write(&path, head.replace("state = \"done\"", "state = \"open\"")).unwrap();
    sandbox.run(&["resume", "--answer", "kind-of=dark"]);
    assert!(sandbox.session().contains("Was für ein Tag ist es?"));
}

#[test]
fn a_language_that_is_not_there_is_told_with_those_that_are() {
    let sandbox = Sandbox::new();
    assert_snapshot!(sandbox.run(&["exercise", "bad-day", "--lang", "fr"]), @"
    --- stderr ---
    error: there’s no bad-day in fr
    hint: it’s in en, and also in de
    --- exit 2 ---
    ");
    assert_snapshot!(sandbox.run(&["exercise", "promise", "--lang", "de"]), @"
    --- stderr ---
    error: there’s no promise in de
    hint: it’s in en, and in no other language
    --- exit 2 ---
    ");
}

#[test]
fn lists_and_pages_say_what_is_translated() {
    let sandbox = Sandbox::new();
    let listed = sandbox.run(&["list"]).stdout;
    let line = listed.lines().find(|line| line.contains("  bad-day "));
    assert!(line.unwrap().ends_with("(also in German)"), "{listed}");
    let line = listed.lines().find(|line| line.contains("  promise "));
    assert!(!line.unwrap().contains("also in"), "{listed}");
    let shown = sandbox.run(&["show", "bad-day"]).stdout;
    let begin = "also in German: trust-coach exercise bad-day --lang de\n";
    assert!(shown.contains(begin), "{shown}");
}

#[test]
fn a_script_is_done_in_the_same_language_wherever_it_runs() {
    let sandbox = Sandbox::new();
    sandbox.write("a.toml", DARK);
    sandbox.write("home/config.toml", "language = \"de\"\n");
    let mut command = sandbox.command(&["exercise", "bad-day", "--answers", "a.toml"]);
    let done = sandbox.finish(command.env("LC_ALL", "de_DE.UTF-8"));
    assert_eq!(done.code, Some(0), "{done}");
    assert!(sandbox.session().contains("lang = \"en\""));
}
