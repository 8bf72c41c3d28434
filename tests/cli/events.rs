//! The file of events beside a session.

use std::os::unix::fs::PermissionsExt;

use insta::assert_snapshot;
use serde_json::Value;

use crate::common::Sandbox;
use crate::protocol::message;
use crate::tea::{TEA, home};

const ANSWERS: &str = "[answers]\nkind = \"mint\"\nsugar = true\nmemory = \"Aunt Maria.\"\n\
    scene = \"Rain on tin.\"\nmore = false\nwarm = 3\nday = \"today\"\n";

/// The exercise with a memory that is for no other eyes, quoted later.
fn private() -> Sandbox {
    let sandbox = Sandbox::new();
    let text = TEA
        .replace("name = \"A memory\"", "sensitive = true\npin = true")
        .replace("How warm?", "How warm was {{memory|it}}?");
    sandbox.write("home/exercises/tea.toml", text);
    sandbox.write("a.toml", ANSWERS);
    sandbox
}

fn events(sandbox: &Sandbox) -> String {
    let path = sandbox.home().parent().unwrap().join("events");
    let mode = std::fs::metadata(&path).unwrap().permissions().mode();
    assert_eq!(mode & 0o777, 0o600);
    std::fs::read_to_string(path).unwrap()
}

fn checked(text: &str) -> Vec<Value> {
    text.lines().map(message).collect()
}

#[test]
fn the_events_of_a_scripted_session_hold_no_words() {
    let sandbox = home();
    sandbox.write("a.toml", ANSWERS);
    let args = ["exercise", "tea", "--answers", "a.toml", "--seed", "7"];
    let output = sandbox.run(&[&args as &[&str], &["--events", "events"]].concat());
    assert_eq!(output.code, Some(0), "{output}");
    let text = events(&sandbox);
    checked(&text);
    for words in ["Maria", "Rain", "Mint.", "today", "true,\"value\""] {
        assert!(!text.contains(words), "{words}: {text}");
    }
    let id = sandbox.sessions()[0].file_stem().unwrap().to_owned();
    let id = id.to_str().unwrap();
    let (long, short) = (id, id.rsplit_once('-').unwrap().1);
    let home = sandbox.home();
    let text = text.replace(long, "[session]").replace(short, "[short]");
    assert_snapshot!(text.replace(home.to_str().unwrap(), "$HOME"), @r#"
    {"type":"hello","id":"[session]","protocol":"1.1","exercise":"tea","session":"[short]","steps":8}
    {"type":"ask","id":"kind","seq":1,"kind":"one","options":[{"id":"green","label":"Green tea"},{"id":"mint","label":"Mint"}],"optional":false,"pins":[],"step":1,"of":7,"about":true,"private":false}
    {"type":"answer","id":"kind"}
    {"type":"ask","id":"sugar","seq":2,"kind":"yes-no","options":[],"optional":false,"pins":[],"step":2,"of":8,"about":true,"private":false}
    {"type":"answer","id":"sugar"}
    {"type":"ask","id":"memory","seq":3,"kind":"text","options":[],"optional":false,"pins":[],"step":3,"of":8,"about":true,"private":false}
    {"type":"answer","id":"memory"}
    {"type":"ask","id":"scene","seq":4,"kind":"text","options":[],"optional":false,"pins":[],"step":4,"of":8,"about":true,"private":false}
    {"type":"answer","id":"scene"}
    {"type":"ask","id":"more","seq":5,"kind":"yes-no","options":[],"optional":false,"pins":[],"step":5,"of":8,"about":true,"private":false}
    {"type":"answer","id":"more"}
    {"type":"ask","id":"warm","seq":6,"kind":"scale","options":[],"range":{"from":1,"to":5},"optional":false,"pins":[],"step":6,"of":8,"about":false,"private":false}
    {"type":"answer","id":"warm"}
    {"type":"ask","id":"day","seq":7,"kind":"date","options":[],"optional":false,"pins":[],"step":7,"of":8,"about":false,"private":false}
    {"type":"answer","id":"day"}
    {"type":"ask","id":"text","seq":8,"kind":"text","options":[],"optional":false,"pins":[],"step":8,"of":8,"about":false,"private":false}
    {"type":"answer","id":"text"}
    {"type":"saved","id":"[session]"}
    {"type":"done","id":"[session]","status":"finished","session":"[short]","path":"$HOME/sessions/2026/11/[session].toml"}
    "#);
}

#[test]
fn with_text_it_holds_answers_but_nothing_that_is_sensitive_or_quotes_it() {
    let sandbox = private();
    let args = ["exercise", "tea", "--answers", "a.toml"];
    let more = ["--events", "events", "--with-text"];
    let output = sandbox.run(&[&args as &[&str], &more].concat());
    assert_eq!(output.code, Some(0), "{output}");
    let text = events(&sandbox);
    checked(&text);
    assert!(text.contains("Rain on tin."), "{text}");
    assert!(!text.contains("Maria"), "{text}");
}

#[test]
fn what_was_sensitive_before_a_pause_stays_out_after_it() {
    let sandbox = private();
    let lines = "mint\nyes\nAunt Maria.\n";
    let output = sandbox.run_with(&["exercise", "tea", "--io", "lines"], lines);
    assert_eq!(output.code, Some(4), "{output}");
    let args = [
        "resume",
        "--io",
        "json",
        "--events",
        "events",
        "--with-text",
    ];
    let answers = "{\"type\":\"answer\",\"id\":\"scene\",\"value\":\"Rain on tin.\"}\n\
        {\"type\":\"answer\",\"id\":\"more\",\"value\":false}\n\
        {\"type\":\"answer\",\"id\":\"warm\",\"value\":4}\n\
        {\"type\":\"answer\",\"id\":\"day\",\"value\":\"today\"}\n\
        {\"type\":\"answer\",\"id\":\"text\",\"value\":\"Aunt Maria. Rain on tin.\"}\n";
    let output = sandbox.run_with(&args, answers);
    assert_eq!(output.code, Some(0), "{output}");
    let text = events(&sandbox);
    checked(&text);
    assert!(text.contains("Rain on tin."), "{text}");
    assert!(!text.contains("Maria"), "{text}");
    assert!(text.trim_end().ends_with(".toml\"}"));
}

#[test]
fn a_file_that_exists_is_left_alone() {
    let sandbox = home();
    let path = sandbox.write("events", "mine");
    let args = ["exercise", "tea", "--io", "lines", "--events", "events"];
    assert_snapshot!(sandbox.run(&args), @r"
    --- stderr ---
    error: events already exists
    hint: choose another name, or move that file away
    --- exit 2 ---
    ");
    assert_eq!(std::fs::read_to_string(path).unwrap(), "mine");
    assert!(sandbox.sessions().is_empty());
}

#[test]
fn answers_that_will_not_do_are_told_and_nothing_is_saved() {
    let sandbox = home();
    let args = [
        "exercise",
        "tea",
        "--answer",
        "kind=coffee",
        "--events",
        "events",
    ];
    assert_eq!(sandbox.run(&args).code, Some(2));
    let seen = checked(&events(&sandbox));
    assert_eq!(seen.last().unwrap()["code"], "not-saved");
    assert!(sandbox.sessions().is_empty());
}
