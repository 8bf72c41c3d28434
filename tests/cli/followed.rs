//! What a finished session leaves in the ledger.

use crate::common::{Sandbox, files};
use crate::follow::{answers, home};
use crate::promise::at;

fn facts(sandbox: &Sandbox) -> Vec<std::path::PathBuf> {
    files(&sandbox.home().join("ledger"))
}

#[test]
fn a_finished_session_makes_its_promise_once_and_one_that_was_cut_off_is_mended() {
    let sandbox = home();
    sandbox.write("a.toml", answers("\"weekdays until friday\""));
    sandbox.run(&["exercise", "small", "--answers", "a.toml"]);
    let made = facts(&sandbox);
    assert_eq!(made.len(), 1, "{made:?}");
    let first = std::fs::read_to_string(&made[0]).unwrap();
    assert!(first.contains("fact = \"made\"\nat = \"2026-11-22T18:45:01+01:00[Europe/Berlin]\""));
    assert!(first.contains("what = \"I’ll call.\"\nrule = \"DTSTART;VALUE=DATE:20261123 "));
    assert!(first.contains("step = \"follow\"\nexercise = \"small\"\n"));
    // As if the run had been killed between the session and the fact.
    let id = sandbox.sessions()[0].file_stem().unwrap().to_owned();
    let note = sandbox.home().join("state/unfollowed").join(id);
    assert!(!note.exists());
    for heals in [&[][..], &["due"], &["promise"], &["doctor", "--repair"]] {
        std::fs::remove_file(&made[0]).unwrap();
        std::fs::write(&note, "").unwrap();
        sandbox.run(heals);
        assert_eq!(facts(&sandbox), made);
        assert_eq!(std::fs::read_to_string(&made[0]).unwrap(), first);
        assert!(!note.exists());
    }

    // A promise that somebody deleted stays deleted.
    std::fs::remove_file(&made[0]).unwrap();
    sandbox.run(&[]);
    assert!(facts(&sandbox).is_empty());
}

#[test]
fn after_midnight_an_exercise_counts_its_days_from_the_evening_before_where_the_settings_say_so() {
    for (settings, tomorrow) in [("", "20261125"), ("day-ends = \"03:00\"\n", "20261124")] {
        let sandbox = home();
        sandbox.write("home/config.toml", settings);
        let answers = answers("\"each day\"").replace("2026-12-20", "tomorrow");
        sandbox.write("a.toml", answers);
        let made = at(
            &sandbox,
            24,
            "01:30",
            &["exercise", "small", "--answers", "a.toml"],
        );
        assert_eq!(made.code, Some(0), "{made}");
        let until =
            format!("DTSTART;VALUE=DATE:{tomorrow} RRULE:FREQ=DAILY;WKST=MO;UNTIL={tomorrow}");
        let fact = std::fs::read_to_string(&facts(&sandbox)[0]).unwrap();
        assert!(fact.contains(&until), "{fact}");
    }
}

#[test]
fn what_is_not_followed_not_finished_or_only_tried_makes_no_promise() {
    for (given, args) in [
        ("false", &[][..]),
        ("\"each sunday\"", &["--dry-run"]),
        ("\"soon\"", &[]),
    ] {
        let sandbox = home();
        sandbox.write("a.toml", answers(given));
        let command = ["exercise", "small", "--answers", "a.toml"];
        sandbox.run(&[&command[..], args].concat());
        assert!(facts(&sandbox).is_empty(), "{given}");
    }
    let sandbox = home();
    let lines = "I’ll call.\n2026-12-20\n/pause\n";
    sandbox.run_with(&["exercise", "small", "--io", "lines"], lines);
    sandbox.run(&[]);
    assert!(facts(&sandbox).is_empty());
    let output = sandbox.run_with(&["resume", "--io", "lines"], "each sunday\n");
    assert_eq!(output.code, Some(0), "{output}");
    assert_eq!(facts(&sandbox).len(), 1);
}

#[test]
fn words_longer_than_a_fact_are_followed_by_their_beginning() {
    let sandbox = home();
    let long = "“'\\\\\\\"é".repeat(4000);
    let answers = answers("\"weekdays until friday\"").replace("I’ll call.", &long);
    sandbox.write("a.toml", answers);
    let output = sandbox.run(&["exercise", "small", "--answers", "a.toml"]);
    assert!(!output.stderr.contains("isn’t followed yet"), "{output}");
    assert_eq!(facts(&sandbox).len(), 1);
    let listed = sandbox.run(&["promise"]);
    assert!(
        listed.stdout.contains('…') && listed.stderr.is_empty(),
        "{listed}"
    );
}
