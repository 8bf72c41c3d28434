//! Exercises that somebody else wrote: a pack in German, from the folder to the history.

use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::PathBuf;

use insta::assert_snapshot;
use serde_json::{Value, json};

use crate::common::{Output, Sandbox, files};

pub(crate) fn fixture() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/packs/abende")
}

/// A world with the pack in it.
pub(crate) fn with_pack() -> Sandbox {
    let sandbox = Sandbox::new();
    let added = add(&sandbox);
    assert_eq!(added.code, Some(0), "{added}");
    sandbox
}

fn add(sandbox: &Sandbox) -> Output {
    sandbox.run(&["pack", "add", fixture().to_str().unwrap()])
}

const ANSWERS: [&str; 6] = [
    "--answer",
    "blick=Du hast den Tee gekocht.",
    "--answer",
    "heute=ja",
    "--answer",
    "satz=Danke für den Tee.",
];

pub(crate) fn thank(sandbox: &Sandbox) -> Output {
    let mut args = vec!["exercise", "abende/dank"];
    args.extend(ANSWERS);
    sandbox.run(&args)
}

fn parsed(output: &Output) -> Value {
    serde_json::from_str(&output.stdout).unwrap_or_else(|_| panic!("{output}"))
}

#[test]
fn a_pack_is_checked_copied_and_listed_with_its_author() {
    let sandbox = Sandbox::new();
    assert_snapshot!(add(&sandbox), @"
    --- stderr ---
    abende (Abende zu zweit), version 1.0, by Beratungsstelle Musterstadt,
    licence CC BY 4.0, in de
    It’s third-party: it doesn’t come with trust-coach, and the people who
    make trust-coach haven’t read it.

    abende/dank  3 min
      Danke für etwas Kleines
    abende/zuhoeren  6 min
      Zuhören und zurückgeben

    Added. To remove it: trust-coach pack remove abende
    --- exit 0 ---
    ");
    assert_snapshot!(sandbox.run(&["pack", "list"]), @r"
    abende (Abende zu zweit), version 1.0, by Beratungsstelle Musterstadt,
    licence CC BY 4.0, in de
      abende/dank
      abende/zuhoeren
    --- exit 0 ---
    ");
    let listed = parsed(&sandbox.run(&["pack", "list", "--json"]));
    assert_eq!(listed["packs"][0]["licence"], "CC BY 4.0");
    assert_eq!(listed["packs"][0]["third_party"], true);
    assert_eq!(listed["packs"][0]["exercises"][1], "abende/zuhoeren");
    let folder = sandbox.home().join("packs/abende");
    let mode = |path: &PathBuf| path.metadata().unwrap().permissions().mode() & 0o777;
    assert_eq!(mode(&folder), 0o700);
    let copied = files(&folder);
    assert_eq!(copied.len(), 4, "{copied:?}");
    assert!(copied.iter().all(|file| mode(file) == 0o600));
    let packs = fs::read_dir(sandbox.home().join("packs"));
    assert_eq!(packs.unwrap().count(), 1);
}

#[test]
fn it_is_marked_as_third_party_wherever_it_is_shown() {
    let sandbox = with_pack();
    let list = sandbox.run(&["list", "--strategy", "values"]).stdout;
    let item = list.lines().skip_while(|line| !line.contains("abende/"));
    assert_snapshot!(item.collect::<Vec<_>>().join("\n"), @"  abende/dank       3 min  Danke für etwas Kleines  (third-party)");
    let all = parsed(&sandbox.run(&["list", "--json"]));
    let all = all["exercises"].as_array().unwrap();
    let one = all.iter().find(|one| one["id"] == "abende/dank").unwrap();
    assert_eq!(
        (&one["origin"], &one["lang"]),
        (&json!("pack"), &json!("de"))
    );
    assert_eq!(one["pack"]["author"], "Beratungsstelle Musterstadt");
    let show = sandbox.run(&["show", "abende/dank"]).stdout;
    assert_snapshot!(show.lines().take(4).collect::<Vec<_>>().join("\n"), @r"
    Danke für etwas Kleines
    abende/dank · values · about 3 min · third-party
    Third-party: from the pack abende, by Beratungsstelle Musterstadt
    (licence CC BY 4.0). It doesn’t come with trust-coach.
    ");
    let show = parsed(&sandbox.run(&["show", "abende/dank", "--json"]));
    assert_eq!(show["exercise"]["pack"]["third_party"], true);
    let opening = sandbox.run_with(&["exercise", "abende/dank", "--io", "lines"], "/leave\n");
    assert!(
        opening.stderr.contains("Third-party: from the pack abende"),
        "{opening}"
    );
    let preview = sandbox.run(&["author", "preview", "abende/dank"]).stdout;
    assert!(
        preview.contains("|Third-party: from the pack abende, by"),
        "{preview}"
    );
    let file = sandbox.home().join("packs/abende/dank.toml");
    let check = sandbox.run(&["check", "--deny-warnings", file.to_str().unwrap()]);
    assert_snapshot!(check, @r"
    --- stderr ---
    $SANDBOX/home/packs/abende/dank.toml is third-party, from the pack abende; only its author can fix it
    1 file checked, nothing to fix
    --- exit 0 ---
    ");
    let ids = sandbox.run(&["list", "--ids"]).stdout;
    assert!(ids.lines().any(|id| id == "abende/zuhoeren"), "{ids}");
}

#[test]
fn a_suggestion_from_a_pack_is_marked_too() {
    let sandbox = with_pack();
    let answers = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/answers");
    let all = parsed(&sandbox.run(&["list", "--json"]));
    let built_in = all["exercises"].as_array().unwrap().iter();
    for one in built_in.filter(|one| one["origin"] == "built-in" && one["gate"] == false) {
        let id = one["id"].as_str().unwrap();
        let mut personas = files(&answers.join(id));
        personas.sort();
        let persona = personas[0].to_str().unwrap();
        let done = sandbox.run(&["exercise", id, "--answers", persona]);
        assert_eq!(done.code, Some(0), "{id}: {done}");
    }
    let home = sandbox.run(&[]).stdout;
    let begin = home.lines().skip_while(|line| *line != "To start:");
    assert_snapshot!(begin.take(5).collect::<Vec<_>>().join("\n"), @r"
    To start:
      trust-coach exercise abende/dank
        Danke für etwas Kleines, about 3 minutes (third-party)
      trust-coach exercise abende/zuhoeren
        Zuhören und zurückgeben, about 6 minutes (third-party)
    ");
}

#[test]
fn its_exercises_are_done_kept_quoted_and_found_again() {
    let sandbox = with_pack();
    let done = thank(&sandbox);
    assert_eq!(done.code, Some(0), "{done}");
    let text = sandbox.session();
    assert!(text.contains("exercise = \"abende/dank\""), "{text}");
    assert!(
        text.contains("Du hast gesehen: Du hast den Tee gekocht."),
        "{text}"
    );
    assert_snapshot!(sandbox.run(&["history"]), @r"
    2026-11-22 18:45  [id1]  done    Danke für etwas Kleines
    --- exit 0 ---
    ");
    let only = sandbox.run(&["history", "--exercise", "abende/dank", "--ids"]);
    assert_eq!(only.stdout.lines().count(), 1, "{only}");
    let named = sandbox.run(&["export", "--answers", "abende/dank/satz"]);
    assert!(named.stdout.contains("Danke für den Tee."), "{named}");
    let answer = sandbox.run(&["history", "show", "last", "--answer", "satz"]);
    assert_eq!(answer.stdout, "Danke für den Tee.\n");
    // What the other exercise of the pack quotes.
    let quoting = sandbox.run_with(
        &["exercise", "abende/zuhoeren", "--io", "lines"],
        "\n/pause\n",
    );
    let quoted = "In der letzten Übung hast du gesehen: Du hast den Tee gekocht.";
    let said = quoting
        .stderr
        .split_whitespace()
        .collect::<Vec<_>>()
        .join(" ");
    assert!(said.contains(quoted), "{quoting}");
    // A paused one goes on.
    let resumed = sandbox.run_with(&["resume", "--io", "lines"], "/leave\n");
    assert!(
        resumed.stderr.contains("Was hat die andere Person gesagt?"),
        "{resumed}"
    );
}

#[test]
fn a_draw_does_not_bring_the_same_item_twice_in_a_row() {
    let sandbox = with_pack();
    for _ in 0..3 {
        thank(&sandbox);
    }
    let items = sandbox.sessions().into_iter().map(|path| {
        let text = fs::read_to_string(path).unwrap();
        let line = text.lines().find(|line| line.starts_with("item = "));
        line.unwrap().to_string()
    });
    let items: std::collections::BTreeSet<String> = items.collect();
    assert_eq!(items.len(), 3, "{items:?}");
}

#[test]
fn an_answers_file_and_a_record_name_the_exercise_in_full() {
    let sandbox = with_pack();
    let template = sandbox.run(&["answers", "abende/dank"]).stdout;
    assert!(
        template.contains("exercise = \"abende/dank\""),
        "{template}"
    );
    let mut args = vec!["exercise", "abende/dank", "--record", "again.toml"];
    args.extend(ANSWERS);
    sandbox.run(&args);
    let again = sandbox.run(&["exercise", "abende/dank", "--answers", "again.toml"]);
    assert_eq!(again.code, Some(0), "{again}");
}

#[test]
fn a_pack_is_removed_after_asking_and_what_was_written_stays() {
    let sandbox = with_pack();
    thank(&sandbox);
    sandbox.run_with(&["exercise", "abende/dank", "--io", "lines"], "/pause\n");
    assert_snapshot!(sandbox.run(&["pack", "remove", "abend", "--yes"]), @r"
    --- stderr ---
    error: there’s no pack called abend
    hint: did you mean `abende`?
    --- exit 2 ---
    ");
    assert_snapshot!(sandbox.run(&["pack", "remove", "abende"]), @"
    --- stderr ---
    error: removing pack abende needs a yes, and there’s nobody to ask
    hint: add --yes to remove it without asking
    --- exit 3 ---
    ");
    assert_snapshot!(sandbox.run(&["pack", "remove", "abende", "--yes"]), @r"
    --- stderr ---
    Removed abende. What you wrote in its exercises stays.
    --- exit 0 ---
    ");
    assert_snapshot!(sandbox.run(&["pack", "remove", "abende", "--yes"]), @r"
    --- stderr ---
    error: there’s no pack called abende
    hint: `trust-coach pack list` shows yours
    --- exit 2 ---
    ");
    assert_snapshot!(sandbox.run(&["pack", "list"]), @r"
    --- stderr ---
    No pack has been added yet: trust-coach pack add DIR
    --- exit 0 ---
    ");
    assert_eq!(sandbox.sessions().len(), 2);
    assert_snapshot!(sandbox.run(&["show", "abende/dank"]), @r"
    --- stderr ---
    error: there’s no exercise called abende/dank
    hint: is the pack abende installed? `trust-coach pack list` shows yours
    hint: `trust-coach list` shows all of them
    --- exit 2 ---
    ");
    let show = sandbox.run(&["history", "show", "last"]);
    assert_eq!(show.code, Some(0), "{show}");
}

#[test]
fn a_newer_version_takes_the_place_of_the_old_one_only_when_asked_to() {
    let sandbox = with_pack();
    assert_snapshot!(add(&sandbox), @"
    --- stderr ---
    error: there’s already a pack called abende
    hint: --replace puts this one in its place; your sessions stay
    --- exit 2 ---
    ");
    for file in ["pack.toml", "dank.toml"] {
        let text = fs::read_to_string(fixture().join(file)).unwrap();
        sandbox.write(format!("new/{file}"), text.replace("\"1.0\"", "\"1.1\""));
    }
    let replaced = sandbox.run(&["pack", "add", "--replace", "new"]);
    assert_eq!(replaced.code, Some(0), "{replaced}");
    let listed = parsed(&sandbox.run(&["pack", "list", "--json"]));
    assert_eq!(listed["packs"][0]["version"], "1.1");
    let exercises = listed["packs"][0]["exercises"].as_array().unwrap();
    assert_eq!(exercises.len(), 1);
}

#[test]
fn a_replacement_that_was_killed_loses_no_pack_and_leaves_nothing() {
    let sandbox = with_pack();
    let packs = sandbox.home().join("packs");
    // No process has so large a number.
    let (new, old) = (".abende.4194305.tmp", ".abende.4194305.old");
    fs::create_dir(packs.join(new)).unwrap();
    fs::rename(packs.join("abende"), packs.join(old)).unwrap();
    let again = add(&sandbox);
    assert!(
        again.stderr.contains("already a pack called abende"),
        "{again}"
    );
    let names = || {
        files(&packs)
            .into_iter()
            .map(|path| path.strip_prefix(&packs).unwrap().to_owned())
    };
    assert!(names().all(|name| name.starts_with("abende")));
    assert!(!packs.join(new).exists() && !packs.join(old).exists());
    fs::create_dir(packs.join(old)).unwrap();
    fs::write(packs.join(old).join("pack.toml"), "old").unwrap();
    add(&sandbox);
    assert!(!packs.join(old).exists() && packs.join("abende/pack.toml").exists());
}

#[test]
fn a_pack_that_was_moved_aside_by_one_that_was_killed_is_back_with_the_next_command() {
    let sandbox = with_pack();
    let packs = sandbox.home().join("packs");
    let commands: [&[&str]; 5] = [
        &["list"],
        &["pack", "list"],
        &["show", "abende/dank"],
        &["doctor"],
        &["backup", "all.tar"],
    ];
    for command in commands {
        let left = [".abende.4194305.tmp", ".abende.4194305.old"].map(|name| packs.join(name));
        fs::create_dir(&left[0]).unwrap();
        fs::rename(packs.join("abende"), &left[1]).unwrap();
        let output = sandbox.run(command);
        assert!(packs.join("abende/dank.toml").exists(), "{output}");
        assert!(left.iter().all(|path| !path.exists()), "{output}");
    }
}
