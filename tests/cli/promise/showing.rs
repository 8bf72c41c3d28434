use insta::assert_snapshot;

use super::{answered, at, command, promised};
use crate::common::Sandbox;

#[test]
fn promises_are_listed_with_what_was_kept() {
    let sandbox = answered();
    at(
        &sandbox,
        27,
        "19:08",
        &["promise", "add", "Call.", "--when", "once on sunday"],
    );
    assert_snapshot!(at(&sandbox, 27, "19:10", &["promise"]), @"
    [fact10]  once on Sunday 29 November 2026
      Call.
    [fact1]  on weekdays until Friday 4 December 2026
      I'll send a message before six when I'll be home late.
      To Mara. Kept 5 of the 7 days you answered. 3 days have no answer yet.
    --- exit 0 ---
    ");
    assert_snapshot!(at(&sandbox, 27, "19:10", &["promise", "list", "--due", "--json"]), @r#"
    {
      "format": "1.0",
      "today": "2026-11-27",
      "promises": [
        {
          "promise": "20261115T181000.000Z-[fact1]",
          "made": "2026-11-15T19:10:00+01:00[Europe/Berlin]",
          "open": true,
          "who": "one",
          "rule": "DTSTART;VALUE=DATE:20261116 RRULE:FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR;WKST=MO;UNTIL=20261204",
          "rule_in_words": "on weekdays from Monday 16 November 2026 until Friday 4 December 2026",
          "look": null,
          "let_go": null,
          "next": "2026-11-27",
          "to_look_at": 3,
          "counted": {
            "since": "2026-10-31",
            "until": "2026-11-27"
          },
          "counts": {
            "kept": 5,
            "part": 1,
            "missed": 0,
            "repaired": 1,
            "seen_differently": 0,
            "changed": 0,
            "skipped": 0,
            "unanswered": 3
          },
          "kept_of_said": 0.7142857142857143
        }
      ]
    }
    --- exit 0 ---
    "#);
    let to = at(&sandbox, 27, "19:10", &["promise", "list", "--to", "mara"]).stdout;
    assert!(to.contains("To Mara.") && !to.contains("Call."), "{to}");
    assert_snapshot!(at(&sandbox, 27, "19:10", &["promise", "list", "--ended"]), @"
    --- stderr ---
    No promise matches. `trust-coach promise list --all` shows all of them.
    --- exit 0 ---
    ");
    assert_snapshot!(Sandbox::new().run(&["promise"]), @"
    --- stderr ---
    No promise is followed yet. `trust-coach promise add` follows one.
    --- exit 0 ---
    ");
}

#[test]
fn a_promise_is_shown_with_a_grid_of_its_days() {
    assert_snapshot!(at(&answered(), 27, "19:10", &["promise", "show", "last"]), @"
    I'll send a message before six when I'll be home late.
    To Mara. It’s due on weekdays from Monday 16 November 2026 until Friday
    4 December 2026.

            Mon  Tue  Wed  Thu  Fri
    16 Nov    k    k    r    k    k
    23 Nov    p    .    .    k    .

    k kept 5   r put right 1   p partly kept 1   . no answer yet 3
    Kept 5 of the 7 days you answered.
    --- exit 0 ---
    ");
}

#[test]
fn on_a_narrow_screen_and_in_plain_mode_the_days_are_words() {
    let sandbox = answered();
    let mut narrow = command(&sandbox, 27, "19:10", &["promise", "show", "last"]);
    assert_snapshot!(sandbox.finish(narrow.env("COLUMNS", "40")), @"
    I'll send a message before six when I'll
    be home late.
    To Mara. It’s due on weekdays from
    Monday 16 November 2026 until Friday 4
    December 2026.

    16 Nov: Mon kept, Tue kept, Wed put
      right, Thu kept, Fri kept
    23 Nov: Mon partly kept, Tue no answer
      yet, Wed no answer yet, Thu kept, Fri
      no answer yet

    kept 5, put right 1, partly kept 1, no
    answer yet 3
    Kept 5 of the 7 days you answered.
    --- exit 0 ---
    ");
    assert_snapshot!(at(&sandbox, 27, "19:10", &["--plain", "promise", "show", "last"]), @"
    I'll send a message before six when I'll be home late.
    To Mara. It’s due on weekdays from Monday 16 November 2026 until Friday
    4 December 2026.

    16 Nov: Mon kept, Tue kept, Wed put right, Thu kept, Fri kept
    23 Nov: Mon partly kept, Tue no answer yet, Wed no answer yet, Thu kept,
      Fri no answer yet

    kept 5, put right 1, partly kept 1, no answer yet 3
    Kept 5 of the 7 days you answered.
    --- exit 0 ---
    ");
}

#[test]
fn what_two_machines_said_without_knowing_of_each_other_is_both_shown() {
    let sandbox = promised();
    let one = at(&sandbox, 27, "19:10", &["promise", "kept", "last"]);
    assert_eq!(one.code, Some(0));
    let other = promised();
    at(&other, 27, "19:11", &["promise", "missed", "last"]);
    // What the other machine said about the same promise arrives here.
    let name = |sandbox: &Sandbox| {
        let mut files = crate::common::files(&sandbox.home().join("ledger"));
        files.sort();
        files
    };
    let (here, there) = (name(&sandbox), name(&other));
    let hex = |path: &std::path::Path| path.file_stem().unwrap().to_str().unwrap().to_string();
    let text = std::fs::read_to_string(&there[1]).unwrap();
    let text = text.replace(&hex(&there[0]), &hex(&here[0]));
    std::fs::write(here[0].with_file_name(there[1].file_name().unwrap()), text).unwrap();
    let shown = at(&sandbox, 27, "19:20", &["promise", "show", "last"]).stdout;
    assert!(
        shown.contains("27 Nov  missed, and also kept (answered twice)"),
        "{shown}"
    );
    at(&sandbox, 27, "19:30", &["promise", "part", "last"]);
    let shown = at(&sandbox, 27, "19:40", &["promise", "show", "last"]).stdout;
    assert!(
        !shown.contains("answered twice") && shown.contains("p partly kept 1"),
        "{shown}"
    );
}

#[test]
fn a_file_that_is_not_understood_is_named_and_hides_no_promise_and_counts_for_one() {
    let sandbox = promised();
    sandbox.write(
        "home/ledger/2026/11/20261120T000000.000Z-00000bad.toml",
        "format = 1\nid = \"oops",
    );
    let list = at(&sandbox, 27, "19:10", &["promise"]);
    assert!(list.stdout.contains("I'll send a message"), "{list}");
    assert!(list.stderr.contains("left out"), "{list}");
    assert_eq!(list.code, Some(1), "{list}");
    let count = at(&sandbox, 27, "19:10", &["due", "--count"]);
    assert_eq!((count.code, &*count.stdout), (Some(1), ""), "{count}");
    let kept = at(&sandbox, 27, "19:10", &["promise", "kept", "last"]);
    let unclear = "so it isn’t clear which promise is called last";
    assert!(kept.stderr.contains(unclear), "{kept}");
}

#[test]
fn text_that_could_steer_a_terminal_is_shown_by_its_code() {
    let sandbox = promised();
    let file = crate::common::files(&sandbox.home().join("ledger")).remove(0);
    let text = std::fs::read_to_string(&file).unwrap();
    std::fs::write(&file, text.replace("Mara", "\\u001b]0;x\\u0007Mara")).unwrap();
    for args in [&["promise"][..], &["promise", "show", "last"], &["due"]] {
        let shown = at(&sandbox, 27, "19:10", args);
        assert!(!shown.stdout.contains('\u{1b}'), "{shown}");
    }
}

#[test]
fn a_promise_under_a_name_that_is_nearly_right_counts_as_one_that_cannot_be_read() {
    for nearly in [".ID.icloud", "ID.txt", "../../2025/01/ID"] {
        let sandbox = promised();
        let file = crate::common::files(&sandbox.home().join("ledger")).remove(0);
        let name = file.file_name().unwrap().to_str().unwrap();
        let other = file.with_file_name(nearly.replace("ID", name));
        std::fs::create_dir_all(other.parent().unwrap()).unwrap();
        std::fs::rename(&file, &other).unwrap();
        for args in [&["due", "--count"][..], &["promise"], &["next", "--short"]] {
            let output = at(&sandbox, 27, "19:10", args);
            assert_eq!(
                (output.code, &*output.stdout),
                (Some(1), ""),
                "{args:?}: {output}"
            );
            assert!(output.stderr.contains("isn’t read"), "{args:?}: {output}");
        }
    }
}

#[test]
fn a_promise_that_is_gone_while_something_was_said_about_it_is_told() {
    let sandbox = promised();
    at(&sandbox, 27, "19:10", &["promise", "kept", "last"]);
    let facts = crate::common::files(&sandbox.home().join("ledger")).into_iter();
    let is_made = |file: &std::path::PathBuf| {
        let text = std::fs::read_to_string(file).unwrap();
        text.contains("fact = \"made\"")
    };
    for made in facts.filter(is_made) {
        std::fs::remove_file(made).unwrap();
    }
    for args in [&["due", "--count"][..], &["promise"]] {
        let output = at(&sandbox, 28, "19:10", args);
        // It may have been deleted on another machine, so nothing stops.
        assert_eq!(output.code, Some(0), "{output}");
        let said = "isn’t there, though something was said";
        assert!(output.stderr.contains(said), "{output}");
    }
}

#[test]
fn an_exercise_that_goes_over_promises_says_that_one_cannot_be_read() {
    let sandbox = promised();
    let review = ["exercise", "reliability-review", "--dry-run", "--defaults"];
    let said = "about promises can’t be read";
    let whole = at(&sandbox, 27, "19:10", &review);
    assert!(!whole.stderr.contains(said), "{whole}");
    let broken = "home/ledger/2026/11/20261120T000000.000Z-00000bad.toml";
    sandbox.write(broken, "format = 1\nid = \"oops");
    let output = at(&sandbox, 27, "19:10", &review);
    assert!(output.stderr.contains(said), "{output}");
}
