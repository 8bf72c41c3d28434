//! What is out of reach is never taken for what isn't there.

use std::fs;
use std::os::unix::fs::symlink;

use insta::assert_snapshot;

use crate::common::{Output, Sandbox};
use crate::doctor::{ONE, TWO, put, text, well};
use crate::tea::home;

/// Answers to an exercise that is always there.
const ANSWERS: &str = concat!(
    env!("CARGO_MANIFEST_DIR"),
    "/tests/answers/good-news/finn.toml"
);

pub(crate) fn says_nowhere(output: &Output, link: &str, code: i32) {
    let said = format!("{}{}", output.stdout, output.stderr);
    assert_eq!(output.code, Some(code), "{output}");
    assert!(said.contains(link), "{output}");
    for calm in ["Nothing is wrong", "nothing done yet", "Nothing done yet"] {
        assert!(!said.contains(calm), "{output}");
    }
}

#[test]
fn a_home_that_leads_nowhere_is_said_by_every_command_and_nothing_is_made_behind_it() {
    for link in [
        "home",
        "home/sessions",
        "home/ledger",
        "home/identities",
        "home/state",
    ] {
        let sandbox = Sandbox::new();
        let at = sandbox.home().parent().unwrap().join(link);
        fs::create_dir_all(at.parent().unwrap()).unwrap();
        symlink("/nowhere/stick", &at).unwrap();
        for args in [
            &["history"] as &[&str],
            &["history", "--json"],
            &["history", "search", "tea"],
            &["history", "show", "last"],
            &["history", "delete", "last", "--yes"],
            &["resume"],
            &["export", "--format", "json"],
            &["backup", "all.tar"],
            &["vault", "status"],
            &["exercise", "good-news", "--answers", ANSWERS],
        ] {
            let output = sandbox.run(args);
            says_nowhere(&output, &format!("$SANDBOX/{link} is a link"), 1);
        }
        let output = sandbox.run(&["doctor"]);
        says_nowhere(&output, &format!("$SANDBOX/{link}"), 6);
        assert!(!at.exists() && !at.parent().unwrap().join("all.tar").exists());
    }
}

#[test]
fn a_folder_of_exercises_that_is_not_there_is_said() {
    let sandbox = home();
    sandbox.write("home/config.toml", "exercises = \"/nowhere/walks\"\n");
    let output = sandbox.run(&["list"]);
    says_nowhere(&output, "/nowhere/walks: there’s no such folder", 1);
    assert!(output.stdout.contains("apology"), "{output}");
    says_nowhere(&sandbox.run(&["list", "--json"]), "/nowhere/walks", 1);
    says_nowhere(&sandbox.run(&["doctor"]), "/nowhere/walks", 6);
    // What is there can still be done.
    let done = sandbox.run(&["show", "tea"]);
    assert_eq!(done.code, Some(0), "{done}");
}

#[test]
fn links_to_exercises_packs_and_settings_that_lead_nowhere_are_said() {
    for (name, args) in [
        ("exercises", &["list"] as &[&str]),
        ("packs", &["list"]),
        ("packs", &["pack", "list"]),
        ("plans", &["plan", "list"]),
        ("rules", &["review", "--as", "apology", "letter.txt"]),
        ("quarantine", &["backup", "all.tar"]),
        ("config.toml", &["list"]),
        ("contacts.toml", &["support"]),
    ] {
        let (sandbox, _) = well();
        sandbox.write("letter.txt", "I’m sorry.");
        symlink("/nowhere/there", sandbox.home().join(name)).unwrap();
        let output = sandbox.run(args);
        let said = format!("{}{}", output.stdout, output.stderr);
        assert!(said.contains(name), "{name}: {output}");
        says_nowhere(&sandbox.run(&["doctor"]), name, 6);
    }
}

#[test]
fn where_it_cannot_be_known_how_the_vault_stands_nobody_is_told_that_it_is_on() {
    let (sandbox, _) = well();
    let state = sandbox.home().join("state");
    let _ = fs::rename(&state, sandbox.home().with_file_name("away"));
    symlink("/nowhere/there", &state).unwrap();
    let output = sandbox.run(&["doctor"]);
    says_nowhere(&output, "state", 6);
    assert!(!output.stdout.contains("vault"), "{output}");
}

#[test]
fn a_backup_without_a_folder_that_leads_nowhere_is_not_whole() {
    for name in ["exercises", "plans", "rules", "packs", "quarantine"] {
        let (sandbox, _) = well();
        symlink("/nowhere/there", sandbox.home().join(name)).unwrap();
        let output = sandbox.run(&["backup", "all.tar"]);
        assert_eq!(output.code, Some(1), "{name}: {output}");
        assert!(output.stderr.contains("leads nowhere"), "{name}: {output}");
        assert!(!sandbox.home().with_file_name("all.tar").exists(), "{name}");
    }
}

#[test]
fn sessions_with_nearly_the_right_name_are_mentioned_and_given_their_name() {
    let (sandbox, month) = well();
    let three = ONE.replace("9f3a61c2", "00000003");
    put(&month.join(format!("{three}.txt")), &text(&three, "three"));
    put(&month.join(format!(".{ONE}.toml.icloud")), "bplist00");
    put(&month.join("walk.toml.txt"), &text(ONE, "walk"));
    let output = sandbox.run(&["doctor"]);
    for name in [".txt", ".icloud", "walk.toml.txt"] {
        assert!(output.stdout.contains(name), "{output}");
    }
    assert_eq!(output.code, Some(6));
    sandbox.run(&["doctor", "--repair"]);
    let path = month.join(format!("{three}.toml"));
    assert!(fs::read_to_string(path).unwrap().contains("three"));
    assert_eq!(sandbox.sessions().len(), 4);
}

#[test]
fn a_session_from_the_future_is_named_by_doctor_and_is_not_the_last() {
    let (sandbox, month) = well();
    let late = "20990101T000000.000Z-00000009";
    let folder = month.parent().unwrap().with_file_name("2099").join("01");
    fs::create_dir_all(&folder).unwrap();
    put(&folder.join(format!("{late}.toml")), &text(late, "late"));
    let output = sandbox.run(&["doctor", "--json"]);
    assert!(output.stdout.contains("\"future\""), "{output}");
    let shown = sandbox.run(&["history", "path", "last"]);
    assert!(shown.stdout.contains("20261122"), "{shown}");
    for args in [
        &["delete", "last", "--yes"] as &[&str],
        &["tag", "last", "x"],
        &["note", "last", "--text-file", "format"],
        &["edit", "last", "a", "--text-file", "format"],
    ] {
        sandbox.write("format", "words");
        let output = sandbox.run(&[&["history"], args].concat());
        assert_eq!(output.code, Some(1), "{output}");
        assert!(output.stderr.contains("2099-01-01"), "{output}");
    }
    assert_eq!(sandbox.sessions().len(), 3);
}

#[test]
fn a_newest_session_under_nearly_its_name_is_named_and_no_other_is_taken_for_it() {
    for nearly in [
        ".ID.toml.icloud",
        "ID 2.toml",
        "ID.TOML",
        "ID.toml.txt",
        "ID (conflicted copy).toml",
        "sub/ID.toml",
    ] {
        let (sandbox, month) = well();
        let path = month.join(nearly.replace("ID", ONE));
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::rename(month.join(format!("{ONE}.toml")), &path).unwrap();
        sandbox.write("words", "words");
        let other = month.join(format!("{TWO}.toml"));
        let before = fs::read(&other).unwrap();
        let name = nearly.split("ID").last().unwrap();
        for args in [
            &["delete", "last", "--yes"] as &[&str],
            &["tag", "last", "x"],
            &["note", "last", "--text-file", "words"],
            &["edit", "last", "a", "--text-file", "words"],
            &["take-back", "last", "--as", "a", "--agreed", "a"],
        ] {
            let output = sandbox.run(&[&["history"], args].concat());
            assert_eq!(output.code, Some(1), "{nearly}: {output}");
            assert!(output.stderr.contains(name), "{nearly}: {output}");
        }
        assert_eq!(fs::read(&other).unwrap(), before);
        let listed = sandbox.run(&["history"]);
        assert!(listed.stdout.contains("Tea"), "{nearly}: {listed}");
        assert!(listed.stderr.contains(name), "{nearly}: {listed}");
        fs::remove_file(&other).unwrap();
        for (args, code) in [
            (&["history"] as &[&str], 0),
            (&["history", "show", "last"], 1),
            (&["export", "--format", "json"], 1),
        ] {
            let output = sandbox.run(args);
            assert_eq!(output.code, Some(code), "{nearly}: {output}");
            assert!(output.stderr.contains(name), "{nearly}: {output}");
            assert!(!output.stderr.contains("Nothing here yet"), "{output}");
        }
    }
}

#[test]
fn what_people_edit_is_looked_at() {
    let (sandbox, month) = well();
    let path = month.join(format!("{ONE}.toml"));
    let good = fs::read_to_string(&path).unwrap();
    let started = "started = \"2026-11-22T18:45:01+01:00[Europe/Berlin]\"";
    let twice = good.split_once("[[answers]]").unwrap().1;
    for (edited, sort, said) in [
        (
            good.replace(started, "started = \"yesterday\""),
            "contradiction",
            "started = \\\"yesterday\\\" isn’t a date and time",
        ),
        (
            good.replace(
                started,
                &format!("{started}\nended = \"2026-11-21T08:00:00Z\""),
            ),
            "contradiction",
            "it ends before it begins",
        ),
        (
            good.replace(started, &started.replace("+01:00", "+09:00")),
            "contradiction",
            "has an offset that Europe/Berlin didn’t have then",
        ),
        (
            format!(
                "{good}\n[[answers]]\nstep = \"day\"\nkind = \"date\"\nprompt = \"When?\"\nvalue = \"2026-02-31\"\n"
            ),
            "contradiction",
            "value = \\\"2026-02-31\\\" isn’t a date",
        ),
        (
            format!("{good}\n[[answers]]{twice}"),
            "contradiction",
            "it has two answers to a",
        ),
        (
            good.replace("value =", "at = \"noon\"\nvalue ="),
            "contradiction",
            "noon",
        ),
        (
            good.replace("9f3a61c2", "00000000"),
            "other-name",
            "-00000000",
        ),
    ] {
        put(&path, &edited);
        let output = sandbox.run(&["doctor", "--json"]);
        assert_eq!(output.code, Some(6), "{said}: {output}");
        assert!(output.stdout.contains(sort), "{said}: {output}");
        assert!(output.stdout.contains(said), "{said}: {output}");
    }
    let repaired = sandbox.run(&["doctor", "--repair"]);
    assert_eq!(repaired.code, Some(0), "{repaired}");
    assert_eq!(fs::read_to_string(&path).unwrap(), good);
    // A date without quotes is a moment too.
    put(
        &path,
        &good.replace(started, "started = 2026-11-22T18:45:01+01:00"),
    );
    let output = sandbox.run(&["doctor"]);
    assert_eq!(output.code, Some(0), "{output}");
}

#[test]
fn a_session_whose_beginning_is_no_moment_is_found_by_the_day_of_its_name() {
    let (sandbox, month) = well();
    let path = month.join(format!("{ONE}.toml"));
    let started = "2026-11-22T18:45:01+01:00[Europe/Berlin]";
    put(&path, &text(ONE, "warm").replace(started, "yesterday"));
    let output = sandbox.run(&[
        "history",
        "--since",
        "2026-11-22",
        "--until",
        "2026-11-22",
        "--ids",
    ]);
    assert!(output.stdout.contains("[id2]"), "{output}");
}

#[test]
fn what_is_no_folder_in_the_place_of_records_is_not_an_empty_one() {
    for (folder, commands) in [
        (
            "ledger",
            [
                &["promise"][..],
                &["due", "--count"],
                &["promise", "kept", "last"],
            ],
        ),
        (
            "sessions",
            [&["history"], &["progress"], &["history", "--json"]],
        ),
    ] {
        let (sandbox, _) = well();
        let at = sandbox.home().join(folder);
        let _ = fs::remove_dir_all(&at);
        fs::write(&at, "").unwrap();
        for args in commands {
            let output = sandbox.run(args);
            assert_eq!(output.code, Some(1), "{output}");
            assert!(output.stdout.is_empty(), "{output}");
            assert!(
                output
                    .stderr
                    .contains(&format!("the folder $SANDBOX/home/{folder}")),
                "{output}"
            );
        }
        let output = sandbox.run(&["doctor"]);
        assert_eq!(output.code, Some(6), "{output}");
        assert!(output.stdout.contains("ot a directory"), "{output}");
        assert!(!output.stdout.contains("wrong permissions"), "{output}");
    }
}

#[test]
fn a_session_that_was_cut_to_nothing_is_named_wherever_it_is_missed() {
    let (sandbox, month) = well();
    let path = month.join(format!("{ONE}.toml"));
    let file = fs::File::options().write(true).open(&path).unwrap();
    file.set_len(0).unwrap();
    // A disk's clock may not have moved since the file was made.
    let later = std::time::SystemTime::now() + std::time::Duration::from_secs(1);
    file.set_modified(later).unwrap();
    for (args, code) in [
        (&["history"][..], 0),
        (&["doctor"], 6),
        (&["backup", "whole.tar"], 1),
    ] {
        let output = sandbox.run(args);
        assert_eq!(output.code, Some(code), "{output}");
        let said = [output.stdout, output.stderr].concat();
        assert!(said.contains("it’s empty"), "{said}");
    }
}

#[test]
fn a_folder_with_nothing_in_it_is_not_backed_up() {
    let sandbox = Sandbox::new();
    let archive = sandbox.home().with_file_name("all.tar");
    assert_snapshot!(sandbox.run(&["backup", "all.tar"]), @"
    --- stderr ---
    error: there’s nothing to back up
      $SANDBOX/home
    hint: if you expected something there, look whether its disk is connected
    --- exit 1 ---
    ");
    fs::create_dir_all(sandbox.home()).unwrap();
    assert_eq!(sandbox.run(&["backup", "all.tar"]).code, Some(1));
    assert!(!archive.exists());
}
