use insta::assert_snapshot;

use crate::common::Sandbox;

const EVERYTHING: &str = include_str!("../fixtures/exercises/good/everything.toml");

fn home() -> Sandbox {
    let sandbox = Sandbox::new();
    sandbox.write("home/exercises/everything.toml", EVERYTHING);
    sandbox
}

#[test]
fn a_page_tells_what_it_is_for_what_is_asked_and_what_it_rests_on() {
    assert_snapshot!(home().run(&["show", "everything"]), @"
    Everything there is
    everything · apology · about 12 min · yours

    Uses every kind of step and every key.
    A short private page on safety comes first. Nothing about it is kept.

    When not to do this
      Not while you are afraid of them.

    What it asks
      role; What did you do?; What did it do?; How deep?; What do you
      offer?; What you say; When will you look back?; What you say; Follow
      it

    What it rests on
      Somebody 2016

    All of it: trust-coach show everything --steps --sources
    --- exit 0 ---
    ");
}

#[test]
fn every_step_and_every_source_are_there_for_whoever_asks() {
    assert_snapshot!(home().run(&["show", "everything", "--steps", "--sources"]), @"
    Everything there is
    everything · apology · about 12 min · yours

    Why one does this, and what to have at hand.

    What it asks
      1. Welcome.
      2. Who are you in this?
         (one of: I did it / I was hurt)
         Why: The next steps differ.
      3. What did you do?
         (in your own words; depends on earlier answers)
      4. You wrote: …. How would they say it?
         (in your own words; depends on earlier answers)
         Why: So that … is seen from there.
      5. What did it do?
         (any of: Fear / Doubt; can be repeated)
      6. How deep?
         (a number from 0 to 10; depends on earlier answers; can be
          repeated)
      7. Is there more?
         (yes or no; can be repeated)
      8. What comes to mind?
         (one of 2 is drawn; answer in your own words; depends on earlier
          answers)
      9. What do you offer?
         (in your own words; depends on earlier answers)
     10. Your words, put together.
         (your own sentences, put together to revise)
     11. When will you look back?
         (a day)
     12. When do you begin?
         (a day; depends on earlier answers)
     13. When is it due?
         (on which days it’s due; depends on earlier answers)
     14. It could be shorter.

    What it rests on
      Somebody (2016). On saying sorry
        doi: 10.1000/182
        https://example.org/sorry
        Supports: owning what one did
        How strong: one experiment
    --- exit 0 ---
    ");
}

#[test]
fn every_built_in_exercise_is_shown_on_one_screen() {
    let sandbox = Sandbox::new();
    for id in sandbox.run(&["list", "--ids"]).stdout.lines() {
        let page = sandbox.run(&["show", id]);
        assert_eq!(page.code, Some(0), "{page}");
        let lines = page.stdout.lines().count();
        assert!(lines <= 23, "{lines} lines\n{page}");
    }
}

#[test]
fn nothing_is_wider_than_a_narrow_terminal() {
    let sandbox = home();
    let output = sandbox.finish(
        sandbox
            .command(&["show", "everything"])
            .env("COLUMNS", "40"),
    );
    for line in output.stdout.lines() {
        assert!(line.chars().count() <= 40, "{line}");
    }
    assert_eq!(output.code, Some(0));
}

#[test]
fn json_has_the_steps_and_the_sources() {
    let output = home().run(&["show", "everything", "--json"]);
    let page: serde_json::Value = serde_json::from_str(&output.stdout).unwrap();
    assert_eq!(page["format"], "1.0");
    assert_eq!(page["exercise"]["origin"], "own");
    assert_eq!(page["steps"].as_array().unwrap().len(), 14);
    assert_snapshot!(format!("{:#}", page["steps"][1]), @r#"
    {
      "id": "role",
      "kind": "choose",
      "prompt": "Who are you in this?",
      "name": "role",
      "why": "The next steps differ.",
      "options": [
        {
          "id": "did",
          "label": "I did it"
        },
        {
          "id": "hurt",
          "label": "I was hurt"
        }
      ],
      "group": null,
      "conditional": false,
      "optional": false,
      "sensitive": false
    }
    "#);
    assert_snapshot!(format!("{:#}", page["sources"][0]), @r#"
    {
      "id": null,
      "author": "Somebody",
      "year": 2016,
      "title": "On saying sorry",
      "doi": "10.1000/182",
      "address": "https://example.org/sorry",
      "kind": null,
      "found": null,
      "supports": "owning what one did",
      "strength": "one experiment"
    }
    "#);
}

#[test]
fn an_unknown_exercise_comes_with_the_nearest_name() {
    assert_snapshot!(home().run(&["show", "evrything"]), @r#"
    --- stderr ---
    error: there’s no exercise called evrything
    hint: did you mean everything?
    hint: `trust-coach list` shows all of them
    --- exit 2 ---
    "#);
    assert_snapshot!(home().run(&["show", "../../etc/passwd\u{1b}"]), @r#"
    --- stderr ---
    error: there’s no exercise called ../../etc/passwd\u{1b}
    hint: `trust-coach list` shows all of them
    --- exit 2 ---
    "#);
}

#[test]
fn a_broken_exercise_says_how_to_see_what_is_wrong() {
    let sandbox = home();
    sandbox.write(
        "home/exercises/everything.toml",
        EVERYTHING.replace("prompt", "promt"),
    );
    assert_snapshot!(sandbox.run(&["show", "everything"]), @"
    --- stderr ---
    error: exercise everything has 14 errors
    hint: `trust-coach check $SANDBOX/home/exercises/everything.toml` shows them
    --- exit 5 ---
    ");
}
