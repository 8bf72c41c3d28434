//! Facts as files: what the commands that know all files do with them.

use std::fs;
use std::path::{Path, PathBuf};

use crate::common::Sandbox;
use crate::doctor::{put, well};

pub(crate) const MADE: &str = "20261115T181044.032Z-5c0e77a1";
pub(crate) const KEPT: &str = "20261116T190201.090Z-77aa0c19";

/// A second verdict on that day, by a machine that didn't know of the first.
const MISSED: &str = "20261116T200201.090Z-77aa0c1a";

/// The file of the fact that makes a promise.
pub(crate) fn made(id: &str) -> String {
    format!(
        "format = 1\nid = \"{id}\"\nabout = \"promise\"\nof = \"{id}\"\nfact = \"made\"\n\
         at = \"2026-11-15T19:10:44+01:00[Europe/Berlin]\"\nwhat = \"I will write before six.\"\n\
         rule = \"DTSTART;VALUE=DATE:20261116 \
         RRULE:FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR;UNTIL=20261204;WKST=MO\"\n"
    )
}

/// The file of a verdict on a day of the promise `of`.
pub(crate) fn kept(id: &str, of: &str, note: &str) -> String {
    format!(
        "format = 1\nid = \"{id}\"\nabout = \"promise\"\nof = \"{of}\"\nfact = \"kept\"\n\
         at = \"2026-11-16T20:02:01+01:00[Europe/Berlin]\"\non = \"2026-11-16\"\nnote = \"{note}\"\n"
    )
}

/// Where a fact lies.
pub(crate) fn path(home: &Path, id: &str) -> PathBuf {
    let month = home.join("ledger").join(&id[..4]).join(&id[4..6]);
    fs::create_dir_all(&month).unwrap();
    for folder in month.ancestors().take(3) {
        crate::doctor::own(folder);
    }
    month.join(format!("{id}.toml"))
}

/// A home with two sessions, a promise and a verdict on one of its days.
pub(crate) fn with_facts() -> Sandbox {
    let (sandbox, _) = well();
    put(&path(&sandbox.home(), MADE), &made(MADE));
    put(
        &path(&sandbox.home(), KEPT),
        &kept(KEPT, MADE, "On the tram."),
    );
    sandbox
}

#[test]
fn facts_travel_with_sessions_and_come_in_once() {
    let sandbox = with_facts();
    for format in ["json", "jsonl"] {
        let export = ["export", "--ledger", "--format", format];
        let exported = |sandbox: &Sandbox| {
            let output = sandbox.command(&export).output().unwrap();
            assert!(output.status.success() && output.stderr.is_empty());
            String::from_utf8(output.stdout).unwrap()
        };
        let text = exported(&sandbox);
        let empty = Sandbox::new();
        empty.write("in.json", &text);
        let came = empty.run(&["import", "in.json"]);
        let told = "2 new\nfacts about promises: 2 new\n";
        assert_eq!((came.code, &*came.stderr), (Some(0), told), "{came}");
        assert_eq!(exported(&empty), text);
        let again = empty.run(&["import", "in.json"]);
        let told = "2 already here\nfacts about promises: 2 already here\n";
        assert_eq!((again.code, &*again.stderr), (Some(0), told), "{again}");
        // A fact never changes: another one under its name stays out.
        empty.write("in.json", text.replace("tram", "bus"));
        let other = empty.run(&["import", "in.json"]);
        assert_eq!(other.code, Some(1), "{other}");
        assert!(other.stderr.contains("and says something else"), "{other}");
        assert_eq!(exported(&empty), text);
    }
}

#[test]
fn what_leaves_of_promises_is_told_before_and_asked_for() {
    let sandbox = with_facts();
    let preview = |args: &[&str]| {
        sandbox
            .run(&[&["export", "--preview"], args].concat())
            .stdout
    };
    let line = "  What was said about promises\n    2 facts\n";
    assert!(preview(&["--ledger"]).contains(line));
    assert!(preview(&["--all"]).contains(line));
    assert!(!preview(&[]).contains("promises"));
    assert!(!preview(&["--all", "last"]).contains("promises"));
    assert!(!sandbox.run(&["export"]).stdout.contains("before six"));
    insta::assert_snapshot!(sandbox.run(&["export", "--ledger", "--format", "html"]), @"
    --- stderr ---
    error: promises can’t be written as html
    hint: add --format json, --format jsonl, or --format csv
    --- exit 2 ---
    ");
}

#[test]
fn the_days_of_promises_are_a_table_for_a_spreadsheet_without_words() {
    let sandbox = with_facts();
    put(
        &path(&sandbox.home(), MISSED),
        &kept(MISSED, MADE, "").replace("fact = \"kept\"", "fact = \"missed\""),
    );
    let table = ["export", "--ledger", "--format", "csv"];
    insta::assert_snapshot!(sandbox.run(&table), @"
    day,promise,is,also_said
    2026-11-16,[fact1],missed,kept
    2026-11-17,[fact1],unanswered,
    2026-11-18,[fact1],unanswered,
    2026-11-19,[fact1],unanswered,
    2026-11-20,[fact1],unanswered,
    --- exit 0 ---
    ");
    let preview = sandbox.run(&[&table[..], &["--preview"]].concat());
    assert!(preview.stdout.contains("3 facts"), "{preview}");
    assert!(!preview.stdout.contains("session"), "{preview}");
    let empty = Sandbox::new().run(&table);
    assert_eq!(empty.code, Some(1), "{empty}");
}

#[test]
fn a_fact_that_is_wrong_is_told_with_its_place_and_nothing_comes_in() {
    let sandbox = Sandbox::new();
    sandbox.write(
        "in.json",
        r#"{ "format": "1.0", "sessions": [], "ledger": [
            { "format": 1, "id": "x", "about": "promise", "of": "x", "fact": "noted", "at": "" },
            { "format": 1, "about": "promise", "fact": "kept" } ] }"#,
    );
    insta::assert_snapshot!(sandbox.run(&["import", "in.json"]), @"
    --- stderr ---
    error: there are 2 problems in in.json; nothing was imported
      fact 1: `id` should look like 20261122T174501.032Z-9f3a61c2, but is x
      fact 2: `id` is missing
    --- exit 2 ---
    ");
    assert!(!sandbox.home().join("ledger").exists());
}

#[test]
fn a_backup_brings_facts_back() {
    let sandbox = with_facts();
    let backup = sandbox.run(&["backup", "all.tar"]);
    assert!(backup.stderr.contains("2 sessions and 2 facts"), "{backup}");
    fs::remove_dir_all(sandbox.home().join("ledger")).unwrap();
    let restored = sandbox.run(&["restore", "all.tar"]);
    assert_eq!(restored.code, Some(0), "{restored}");
    assert!(path(&sandbox.home(), MADE).exists() && path(&sandbox.home(), KEPT).exists());
}

#[test]
fn a_search_finds_what_was_promised_and_what_was_remarked() {
    let sandbox = with_facts();
    let search = |args: &[&str]| sandbox.run(&[&["history", "search"], args].concat());
    insta::assert_snapshot!(search(&["SIX", "write"]), @"
    2026-11-15 19:10  [fact1]  promise: I will write before six.
    --- exit 0 ---
    ");
    insta::assert_snapshot!(search(&["tram", "--json", "--with-text"]), @r#"
    {
      "format": "1.0",
      "sessions": [],
      "ledger": [
        {
          "id": "20261116T190201.090Z-[fact2]",
          "promise": "20261115T181044.032Z-[fact1]",
          "at": "2026-11-16T20:02:01+01:00[Europe/Berlin]",
          "found": [
            {
              "in": "note",
              "line": "On the tram.",
              "marked": [
                "tram"
              ]
            }
          ]
        }
      ]
    }
    --- exit 0 ---
    "#);
    assert!(!search(&["tram", "--json"]).stdout.contains("tram"));
    let none = ["tram", "--until", "2026-11-15"];
    assert!(search(&none).stderr.starts_with("Nothing you wrote"));
    assert_eq!(search(&["tram", "--exercise", "tea"]).stdout, "");
}
