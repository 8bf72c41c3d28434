//! A list that begins at what was chosen last, in whichever exercise.

use std::fs;

use crate::common::exercise_text;
use crate::harness::{Screen, USUAL};
use crate::session::Home;

const HERE: &str = exercise_text!(
    r#"title = "Here"
strategy = "time"
minutes = 2
summary = "Say where you stand."
opening = "Welcome."
closing = "Until next time."
"#,
    r#"[[step]]
id = "role"
kind = "choose"
remember = "role"
name = "Where I stand"
prompt = "Which fits you?"
options = [{ id = "broke", label = "I broke trust" }, { id = "hurt", label = "I was hurt" }]
"#
);

/// A home in which somebody said in another exercise where they stand.
fn home(remember: &str) -> Home {
    let home = Home::with(HERE);
    let there = HERE.replace("id = \"role\"\n", "id = \"side\"\n");
    let there = there.replace("remember = \"role\"\n", remember);
    fs::write(home.path().join("exercises/there.toml"), there).unwrap();
    let before = "2026-11-20T19:00:00Z[UTC]";
    home.output_at(before, &["exercise", "there", "--answer", "side=hurt"]);
    home
}

fn here(home: &Home) -> Screen {
    Screen::program(home.path(), &["exercise", "tea", "--plain"], USUAL)
}

#[test]
fn what_was_chosen_in_another_exercise_is_kept_with_an_empty_line() {
    let home = home("remember = \"role\"\n");
    let mut screen = here(&home);
    screen.wait_somewhere("(Enter alone: I was hurt)");
    screen.send("\n");
    screen.wait_somewhere("Where I stand: I was hurt");
    screen.send("1\n");
    screen.wait_somewhere("What would you like to do next?");
    screen.send("stop\n");
    assert_eq!(screen.wait_exit(), 0);
    let answer = home.output(&["history", "show", "last", "--answer", "role"]);
    assert_eq!(answer, "I was hurt\n");
}

#[test]
fn what_is_not_remembered_begins_with_nothing() {
    let home = home("");
    let screen = here(&home);
    screen.wait_somewhere("from 1 to 2");
    assert!(!screen.everything().join(" ").contains("Enter alone"));
}

#[test]
fn what_is_asked_once_is_taken_with_a_word_until_back_changes_it() {
    let home = home("remember = \"role\"\n");
    let once = HERE.replace(
        "remember = \"role\"\n",
        "remember = \"role\"\nonce = true\n",
    );
    let more =
        "\n[[step]]\nid = \"how\"\nkind = \"write\"\nlines = \"one\"\nprompt = \"How are you?\"\n";
    fs::write(home.path().join("exercises/tea.toml"), once + more).unwrap();
    let mut screen = here(&home);
    screen.wait_somewhere("How are you?");
    let seen = screen.everything().join("\n");
    assert!(seen.contains("Where I stand: I was hurt, as last time. /back changes it."));
    assert!(!seen.contains("Which fits you?"), "{seen}");
    screen.send("/back\n");
    screen.wait_somewhere("(Enter alone: I was hurt)");
    screen.send("1\n");
    screen.send("Fine.\n");
    screen.wait_somewhere("Where I stand: I broke trust");
    screen.send("/pause\n");
    screen.wait_exit();
    let answer = home.output(&["history", "show", "last", "--answer", "role"]);
    assert_eq!(answer, "I broke trust\n");
}
