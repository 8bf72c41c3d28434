use insta::assert_snapshot;

use std::fs::{self, File};
use std::time::{Duration, SystemTime};

use crate::vault::{private, quick_vault};

use super::{answered, at, command, promised};
use crate::common::Sandbox;

#[test]
fn what_is_due_is_shown_with_what_has_no_answer() {
    let sandbox = answered();
    assert_snapshot!(at(&sandbox, 27, "19:10", &["due", "--within", "3"]), @"
    Today, Friday 27 November
      [fact1]  I'll send a message before six when I'll be home late.
    Monday 30 November
      [fact1]  I'll send a message before six when I'll be home late.
    No answer yet
      [fact1]  Tuesday 24 November
      [fact1]  Wednesday 25 November

    Look at them: trust-coach promise look
    --- exit 0 ---
    ");
    let mut narrow = command(&sandbox, 27, "19:10", &["due"]);
    assert_snapshot!(sandbox.finish(narrow.env("COLUMNS", "40")), @"
    Today, Friday 27 November
      [fact1]  I'll send a message before
        six when I'll be home late.
    No answer yet
      [fact1]  Tuesday 24 November
      [fact1]  Wednesday 25 November

    Look at them: trust-coach promise look
    --- exit 0 ---
    ");
    assert_snapshot!(at(&promised(), 27, "19:10", &["due"]), @"
    Today, Friday 27 November
      [fact1]  I'll send a message before six when I'll be home late.
    No answer yet
      [fact1]  9 days, the last on Thursday 26 November

    Look at them: trust-coach promise look
    --- exit 0 ---
    ");
}

#[test]
fn a_prompt_and_cron_get_numbers_and_exit_codes_and_no_words() {
    let sandbox = answered();
    let due = |args: &[&str]| at(&sandbox, 27, "19:10", &[&["due"], args].concat());
    assert_snapshot!(due(&["--count"]), @"
    3
    --- exit 0 ---
    ");
    assert_snapshot!(due(&["--short"]), @"
    3 to look at
    --- exit 0 ---
    ");
    assert_snapshot!(due(&["--quiet"]), @"--- exit 6 ---");
    assert_snapshot!(due(&["--count", "--exit-code"]), @"
    3
    --- exit 6 ---
    ");
    assert_snapshot!(due(&["--json"]), @r#"
    {
      "format": "1.0",
      "today": "2026-11-27",
      "closed": false,
      "unseen": 0,
      "count": 3,
      "due": [
        {
          "promise": "20261115T181000.000Z-[fact1]",
          "on": "2026-11-24",
          "state": "unanswered"
        },
        {
          "promise": "20261115T181000.000Z-[fact1]",
          "on": "2026-11-25",
          "state": "unanswered"
        },
        {
          "promise": "20261115T181000.000Z-[fact1]",
          "on": "2026-11-27",
          "state": "today"
        }
      ],
      "returns": []
    }
    --- exit 0 ---
    "#);
    let nothing = |args: &[&str]| Sandbox::new().run(&[&["due"], args].concat());
    assert_snapshot!(nothing(&[]), @"--- exit 0 ---");
    assert_snapshot!(nothing(&["--quiet"]), @"--- exit 0 ---");
    assert_snapshot!(nothing(&["--short"]), @"--- exit 0 ---");
    assert_snapshot!(nothing(&["--count"]), @"
    0
    --- exit 0 ---
    ");
}

#[test]
fn looking_makes_no_file() {
    let sandbox = Sandbox::new();
    for args in [&["due"][..], &["promise"], &["promise", "list", "--json"]] {
        sandbox.run(args);
    }
    assert!(!sandbox.home().exists());
}

/// Makes it seem as if the days had been noted long after the last fact.
fn settle(sandbox: &Sandbox) {
    let later = SystemTime::now() + Duration::from_secs(60);
    let file = File::open(sandbox.home().join("state/days.toml")).unwrap();
    file.set_modified(later).unwrap();
}

/// What `due` says on the 27th.
fn due(sandbox: &Sandbox, args: &[&str]) -> String {
    let said = at(sandbox, 27, "19:10", &[&["due"], args].concat());
    assert_eq!(said.code, Some(0), "{said}");
    said.stdout
}

#[test]
fn days_that_were_noted_hold_until_something_is_said() {
    let sandbox = answered();
    assert_eq!(due(&sandbox, &["--count"]), "3\n");
    settle(&sandbox);
    let noted = sandbox.home().join("state/days.toml");
    let text = fs::read_to_string(&noted).unwrap();
    assert!(!text.contains("message"), "{text}");
    // What is noted is believed, and nothing else is read.
    let month = sandbox.home().join("ledger/2026/11");
    let time = fs::metadata(&month).unwrap().modified().unwrap();
    for fact in fs::read_dir(&month).unwrap().flatten() {
        fs::write(fact.path(), "").unwrap();
    }
    File::open(&month).unwrap().set_modified(time).unwrap();
    assert_eq!(due(&sandbox, &["--count"]), "3\n");
    assert_eq!(due(&sandbox, &["--count", "--within", "3"]), "4\n");
    fs::remove_file(&noted).unwrap();
    // Of what isn't understood no number would be true.
    let said = at(&sandbox, 27, "19:10", &["due", "--count"]);
    assert_eq!((said.code, &*said.stdout), (Some(1), ""), "{said}");
}

#[test]
fn a_new_answer_counts_at_once() {
    let sandbox = answered();
    due(&sandbox, &["--count"]);
    settle(&sandbox);
    let kept = at(&sandbox, 27, "19:11", &["promise", "kept", "last"]);
    assert_eq!(kept.code, Some(0), "{kept}");
    assert_eq!(due(&sandbox, &["--count"]), "2\n");
}

#[test]
fn with_the_vault_on_nothing_is_said_unless_that_was_allowed() {
    let sandbox = answered();
    due(&sandbox, &["--count"]);
    let noted = sandbox.home().join("state/days.toml");
    assert!(noted.exists());
    quick_vault(&sandbox);
    let pass = ["--passphrase-file", "pass"];
    let on = at(
        &sandbox,
        27,
        "19:10",
        &[&["vault", "on"][..], &pass].concat(),
    );
    assert_eq!(on.code, Some(0), "{on}");
    assert!(!noted.exists());
    for args in [&[][..], &["--count"], &["--short"]] {
        assert_eq!(due(&sandbox, args), "", "{args:?}");
    }
    assert!(due(&sandbox, &["--json"]).contains("\"closed\": true"));
    sandbox.write("home/config.toml", "due-without-passphrase = true\n");
    // Nobody has opened the vault since, and nothing says that nothing is due.
    let said = at(&sandbox, 27, "19:10", &["due", "--count"]);
    assert_eq!((said.code, &*said.stdout), (Some(1), ""), "{said}");
    assert!(
        said.stderr.contains("isn’t known on this machine"),
        "{said}"
    );
    let list = at(&sandbox, 27, "19:10", &[&["promise"][..], &pass].concat());
    assert_eq!(list.code, Some(0), "{list}");
    assert_eq!(due(&sandbox, &["--count"]), "3\n");
    assert_eq!(due(&sandbox, &["--short"]), "3 to look at\n");
    assert_snapshot!(due(&sandbox, &[]), @"3 days to look at. Read them: trust-coach promise look");
    // Without the passphrase an answer counts, and so does a promise.
    let id = promise_id(&sandbox);
    let kept = at(&sandbox, 27, "19:11", &["promise", "kept", &id]);
    assert_eq!(kept.code, Some(0), "{kept}");
    assert_eq!(due(&sandbox, &["--count"]), "2\n");
    // A second answer takes the place of the first, whatever the clock says and though nobody can read.
    let part = at(&sandbox, 27, "18:00", &["promise", "part", &id]);
    assert_eq!(part.code, Some(0), "{part}");
    let show = ["promise", "show", &id, "--json"];
    let shown = at(&sandbox, 27, "19:11", &[&show[..], &pass].concat());
    let shown: serde_json::Value = serde_json::from_str(&shown.stdout).unwrap();
    let days = shown["days"].as_array().unwrap();
    let today = days.iter().find(|day| day["on"] == "2026-11-27").unwrap();
    assert_eq!(today["is"], "part", "{today}");
    assert_eq!(today["also_said"], serde_json::json!([]), "{today}");
    private(&sandbox, "words", "Call the counsellor.");
    let added = [
        "promise",
        "add",
        "--what-file",
        "words",
        "--when",
        "daily from 2026-11-26 until 2026-12-01",
    ];
    let added = at(&sandbox, 27, "19:12", &added);
    assert_eq!(added.code, Some(0), "{added}");
    assert_eq!(due(&sandbox, &["--count"]), "4\n");
    let text = fs::read_to_string(&noted).unwrap();
    assert!(
        !text.contains("message") && !text.contains("counsellor"),
        "{text}"
    );
    // A fact that another machine has brought is told, and not counted.
    let month = sandbox.home().join("ledger/2026/11");
    let facts = fs::read_dir(&month).unwrap().flatten();
    let fact = facts.map(|fact| fact.path()).next().unwrap();
    fs::copy(fact, month.join("20261127T180000.000Z-00000001.toml.age")).unwrap();
    assert_snapshot!(due(&sandbox, &[]), @"
    4 days to look at. Read them: trust-coach promise look
    1 fact has come from elsewhere, and none of that is counted here.
    ");
    // It goes again where that is allowed no more.
    sandbox.write("home/config.toml", "");
    assert_eq!(due(&sandbox, &["--count"]), "");
    assert!(!noted.exists());
}

/// The hex part of the promise, from the names of files alone: it is the oldest.
fn promise_id(sandbox: &Sandbox) -> String {
    let facts = fs::read_dir(sandbox.home().join("ledger/2026/11")).unwrap();
    let names = facts
        .flatten()
        .map(|fact| fact.file_name().into_string().unwrap());
    names.min().unwrap()["20261115T181000.000Z-".len()..][..8].to_string()
}

#[test]
fn a_day_lasts_until_the_hour_that_the_settings_say() {
    let sandbox = promised();
    let due = |day, time| at(&sandbox, day, time, &["due", "--json"]).stdout;
    assert!(due(17, "02:30").contains("\"today\": \"2026-11-17\""));
    sandbox.write("home/config.toml", "day-ends = \"03:00\"\n");
    assert!(due(17, "02:30").contains("\"today\": \"2026-11-16\""));
    let kept = at(&sandbox, 17, "02:59", &["promise", "kept", "last"]);
    assert!(kept.stderr.contains("Monday 16 November"), "{kept}");
    assert_eq!(at(&sandbox, 17, "02:59", &["due", "--count"]).stdout, "0\n");
    assert_eq!(at(&sandbox, 17, "03:00", &["due", "--count"]).stdout, "1\n");
    // Told after midnight, it was still in time, and a promise of the evening before is still fresh.
    let moved = ["promise", "change", "last", "--on", "2026-11-17", "--drop"];
    assert_eq!(at(&sandbox, 18, "02:30", &moved).code, Some(0));
    assert_eq!(at(&sandbox, 18, "03:30", &moved).code, Some(2));
    let add = ["promise", "add", "Call.", "--when", "each day for 3 days"];
    let made = at(&sandbox, 20, "23:50", &add);
    assert!(made.stderr.contains(": 3 days."), "{made}");
    let mended = ["promise", "change", "last", "--to", "Ilir"];
    let mended = at(&sandbox, 21, "02:50", &mended);
    assert!(mended.stderr.contains("mended"), "{mended}");
}

#[test]
fn on_a_narrow_screen_no_line_is_wider_than_it() {
    let sandbox = promised();
    let mut command = command(&sandbox, 27, "19:10", &["due"]);
    let shown = sandbox.finish(command.env("COLUMNS", "40")).stdout;
    assert!(shown.contains("9 days, the last on"), "{shown}");
    let widest = shown.lines().map(|line| line.chars().count()).max();
    assert!(widest.unwrap() <= 40, "{shown}");
}

/// Puts a month of facts out of reach: a file is in its place.
fn hide(sandbox: &Sandbox) {
    let month = sandbox.home().join("ledger/2026/11");
    fs::rename(&month, sandbox.home().with_file_name("away")).unwrap();
    fs::write(month, "").unwrap();
}

#[test]
fn what_cannot_be_looked_into_is_said_each_time_and_is_not_nothing() {
    let sandbox = promised();
    hide(&sandbox);
    let run = |args: &[&str]| at(&sandbox, 27, "19:10", args);
    for args in [
        &["due"] as &[&str],
        &["due", "--count"],
        &["due", "--short"],
        &["due", "--json"],
        &["due", "--quiet"],
        &["due", "--count"],
        &["next", "--short"],
        &["next"],
        &["next", "--json"],
        &["plan"],
        &["plan", "start", "reliable-again", "--json"],
        &["plan", "stop"],
        &["promise", "list"],
        &["promise", "show", "last"],
        &["promise", "kept", "last", "2026-11-20"],
        &["promise", "calendar", "--output", "-"],
    ] {
        let output = run(args);
        let said = (output.code, output.stdout.as_str());
        assert_eq!(said, (Some(1), ""), "{args:?}: {output}");
        assert_eq!(
            output.stderr.matches("ledger/2026/11").count(),
            1,
            "{args:?}: {output}"
        );
        for calm in [
            "Nothing",
            "nothing",
            "no promise",
            "no plan",
            "aren’t doing",
        ] {
            assert!(!output.stderr.contains(calm), "{args:?}: {output}");
        }
    }
    // The lines without a command are shown all the same.
    let home = run(&[]);
    assert_eq!(home.stderr.matches("ledger/2026/11").count(), 1, "{home}");
    for noted in ["days.toml", "next.toml"] {
        assert!(
            !sandbox.home().join("state").join(noted).exists(),
            "{noted}"
        );
    }
    let month = sandbox.home().join("ledger/2026/11");
    fs::remove_file(&month).unwrap();
    fs::rename(sandbox.home().with_file_name("away"), month).unwrap();
    assert_eq!(run(&["due", "--count"]).stdout, "10\n");
}

#[test]
fn what_was_noted_of_a_ledger_that_could_not_be_read_is_not_believed() {
    let sandbox = promised();
    fs::create_dir_all(sandbox.home().join("state")).unwrap();
    // As it was noted when nothing could be looked into.
    let noted = "format = 1\nfacts = 1\npromise = []\n\n[months]\n\n[said]\n";
    fs::write(sandbox.home().join("state/days.toml"), noted).unwrap();
    let away = sandbox.home().with_file_name("away");
    fs::rename(sandbox.home().join("ledger/2026"), away).unwrap();
    fs::write(sandbox.home().join("ledger/2026"), "").unwrap();
    let count = at(&sandbox, 27, "19:10", &["due", "--count"]);
    assert_eq!(
        (count.code, count.stdout.as_str()),
        (Some(1), ""),
        "{count}"
    );
}

#[test]
fn a_ledger_that_a_newer_program_wrote_is_not_an_empty_one() {
    let sandbox = promised();
    fs::write(sandbox.home().join("format"), "2\n").unwrap();
    for args in [
        &["due", "--count"][..],
        &["promise", "list"],
        &["promise", "kept", "last"],
    ] {
        let output = at(&sandbox, 27, "19:10", args);
        let came = (output.code, output.stdout.as_str());
        assert_eq!(came, (Some(1), ""), "{args:?}: {output}");
        assert!(!output.stderr.contains("no promises yet"), "{output}");
    }
}
