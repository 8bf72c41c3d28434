//! Exercises about promises that the ledger has.

use serde_json::Value;

use crate::common::Sandbox;
use crate::promise::{at, promised};
use crate::vault::quick_vault;

/// The short name of the one promise there is, from the name of its file.
fn short(sandbox: &Sandbox) -> String {
    let facts = crate::common::files(&sandbox.home().join("ledger"));
    let name = facts[0].file_stem().unwrap().to_str().unwrap();
    name.rsplit_once('-').unwrap().1.to_string()
}

/// What came of the days since the 21st.
fn days(sandbox: &Sandbox) -> Vec<(String, String)> {
    let args = ["promise", "show", "last", "--json", "--since", "2026-11-21"];
    let shown = at(sandbox, 29, "20:00", &args).stdout;
    let shown: Value = serde_json::from_str(&shown).unwrap();
    let days = shown["days"].as_array().unwrap().iter();
    let words = |value: &Value| value.as_str().unwrap().to_string();
    days.map(|day| (words(&day["on"]), words(&day["is"])))
        .collect()
}

const REVIEW: &str = r#"
exercise = "reliability-review"
[answers]
role = "neither"
came = "kept"
helped = { skip = true }
see = { skip = true }
next = "none"
often = "first"
next-look = "2026-12-06"
"#;

#[test]
fn a_look_at_the_week_goes_over_the_promises_that_are_followed_and_notes_their_days() {
    let sandbox = promised();
    at(&sandbox, 24, "19:00", &["promise", "missed", "last"]);
    sandbox.write("a.toml", REVIEW);
    let args = ["exercise", "reliability-review", "--answers", "a.toml"];
    let done = at(&sandbox, 29, "19:00", &args);
    assert_eq!(done.code, Some(0), "{done}");
    let is = |day: &str, is: &str| (format!("2026-11-{day}"), is.to_string());
    assert_eq!(
        days(&sandbox),
        [
            is("23", "kept"),
            is("24", "missed"),
            is("25", "kept"),
            is("26", "kept"),
            is("27", "kept")
        ]
    );
    let session = sandbox.session();
    assert!(
        session.contains("I'll send a message before six"),
        "{session}"
    );
    assert!(session.contains("No answer yet for Monday 23 November, Wednesday 25 November"));
    assert!(!session.contains("step = \"any\"") && !session.contains("step = \"another\""));
    // As if it had been killed between the session and its facts: what is said meanwhile stays.
    let facts = crate::common::files(&sandbox.home().join("ledger"));
    let noted = facts
        .iter()
        .filter(|path| path.to_str().unwrap().contains("20261129T"));
    assert_eq!(noted.clone().count(), 4);
    noted.for_each(|path| std::fs::remove_file(path).unwrap());
    let id = sandbox.sessions()[0].file_stem().unwrap().to_owned();
    at(
        &sandbox,
        29,
        "19:30",
        &["promise", "missed", "last", "friday"],
    );
    sandbox.write("home/state/unfollowed/x", "");
    std::fs::write(sandbox.home().join("state/unfollowed").join(id), "").unwrap();
    assert_eq!(
        days(&sandbox),
        [
            is("23", "kept"),
            is("24", "missed"),
            is("25", "kept"),
            is("26", "kept"),
            is("27", "missed")
        ]
    );
    assert_eq!(
        crate::common::files(&sandbox.home().join("ledger")).len(),
        6
    );
}

#[test]
fn after_midnight_a_look_at_the_week_ends_with_the_evening_before_where_the_settings_say_so() {
    for (settings, asked) in [
        ("", "No answer yet for Wednesday 18 November, "),
        (
            "day-ends = \"03:00\"\n",
            "No answer yet for Tuesday 17 November, ",
        ),
    ] {
        let sandbox = promised();
        sandbox.write("home/config.toml", settings);
        sandbox.write("a.toml", REVIEW);
        let args = ["exercise", "reliability-review", "--answers", "a.toml"];
        let done = at(&sandbox, 24, "01:30", &args);
        assert_eq!(done.code, Some(0), "{done}");
        let session = sandbox.session();
        assert!(session.contains(asked), "{session}");
    }
}

#[test]
fn without_promises_or_with_words_of_its_own_a_script_is_asked_as_ever() {
    for sandbox in [Sandbox::new(), promised()] {
        let own = REVIEW.replace(
            "came =",
            "any = \"some\"\npromise = \"Call.\"\nanother = false\ncame =",
        );
        sandbox.write("a.toml", own);
        let args = ["exercise", "reliability-review", "--answers", "a.toml"];
        let done = at(&sandbox, 29, "19:00", &args);
        assert_eq!(done.code, Some(0), "{done}");
        assert!(sandbox.session().contains("Call."));
        assert!(!sandbox.session().contains("No answer yet"));
    }
}

#[test]
fn with_the_vault_on_a_script_without_the_passphrase_is_told_that_it_goes_over_no_promises() {
    let sandbox = promised();
    quick_vault(&sandbox);
    let on = at(
        &sandbox,
        24,
        "19:00",
        &["vault", "on", "--passphrase-file", "pass"],
    );
    assert_eq!(on.code, Some(0), "{on}");
    sandbox.write("a.toml", REVIEW);
    let mut args = vec!["exercise", "reliability-review", "--answers", "a.toml"];
    let closed = at(&sandbox, 29, "19:00", &args);
    assert!(
        closed.stderr.starts_with(
            "The vault is on, so this goes over none of the promises you follow.\n\
         hint: --passphrase-file FILE opens them\n"
        ),
        "{closed}"
    );
    assert_eq!(closed.code, Some(3), "{closed}");
    args.extend(["--passphrase-file", "pass"]);
    let opened = at(&sandbox, 29, "19:10", &args);
    assert_eq!(opened.code, Some(0), "{opened}");
    assert!(!opened.stderr.contains("none of the promises"), "{opened}");
}

#[test]
fn after_a_miss_the_exercise_begins_with_the_words_and_what_comes_next_follows() {
    let sandbox = promised();
    let short = short(&sandbox);
    let missed = at(&sandbox, 24, "19:00", &["promise", "missed", "last"]);
    assert!(
        missed.stderr.contains("exercise setback --about [fact1]"),
        "{missed}"
    );
    sandbox.write(
        "a.toml",
        r#"
exercise = "setback"
[answers]
whose = "self"
freely = "free"
often = "first"
happened = "I said I would write, and I didn't."
broke-why = "forgot"
next = "On Tuesday: if it's five, then I'll write one line."
repair-self = { skip = true }
look = "2026-12-06"
follow = "once on tuesday"
"#,
    );
    let args = [
        "exercise",
        "setback",
        "--about",
        &short,
        "--answers",
        "a.toml",
        "--screened",
    ];
    let done = at(&sandbox, 24, "19:30", &args);
    assert_eq!(done.code, Some(0), "{done}");
    assert!(sandbox.session().contains("I'll send a message before six"));
    let listed = at(
        &sandbox,
        24,
        "19:40",
        &["promise", "show", "last", "--json"],
    )
    .stdout;
    let listed: Value = serde_json::from_str(&listed).unwrap();
    let follows = listed["facts"][0]["follows"].as_str().unwrap_or_default();
    assert!(follows.ends_with("[fact1]"), "{listed}");
    let none = at(
        &sandbox,
        24,
        "19:40",
        &["exercise", "setback", "--about", "ffffffff"],
    );
    assert_eq!(none.code, Some(2), "{none}");
}
