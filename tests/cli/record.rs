//! What is left of a scripted session besides the session: a file that does it again, or nothing.

use std::os::unix::fs::PermissionsExt;

use insta::assert_snapshot;

use crate::answers::{exercise, json, with_answers};
use crate::common::files;
use crate::tea::{ANSWERS, home};

#[test]
fn a_recorded_session_is_the_same_when_it_is_done_again() {
    let sandbox = with_answers(ANSWERS.replace("sugar = false", "sugar = { skip = true }"));
    assert_eq!(
        exercise(&sandbox, &["--record", "again.toml"]).code,
        Some(0)
    );
    let first = sandbox.session();
    let recorded = sandbox.home().parent().unwrap().join("again.toml");
    let mode = recorded.metadata().unwrap().permissions().mode();
    assert_eq!(mode & 0o777, 0o600);
    assert_snapshot!(std::fs::read_to_string(&recorded).unwrap(), @r#"
    # Tea, 2026-11-22
    format = 1
    exercise = "tea"
    version = 1
    seed = 7

    [draws]
    scene = "dawn"
    "scene@2" = "rain"

    [answers]
    kind = "mint"
    sugar = { skip = true }
    memory = '''
    My aunt made it.

    In a glass.'''
    scene = "Nothing."
    more = true
    "scene@2" = "Water."
    "more@2" = false
    warm = 3
    day = "2026-12-06"
    text = '''
    My aunt made it.

    In a glass.

    Water.'''
    "#);
    let args = ["exercise", "tea", "--answers", "again.toml"];
    assert_eq!(sandbox.run(&args).code, Some(0));
    let newest = sandbox
        .sessions()
        .into_iter()
        .map(|path| std::fs::read_to_string(path).unwrap());
    let without_id = |text: &str| {
        let lines = text.lines().filter(|line| !line.starts_with("id = "));
        lines.collect::<Vec<_>>().join("\n")
    };
    for session in newest {
        assert_eq!(without_id(&session), without_id(&first));
    }
}

#[test]
fn a_file_that_is_there_is_not_recorded_over() {
    let sandbox = with_answers(ANSWERS);
    assert_snapshot!(exercise(&sandbox, &["--record", "answers.toml"]), @r"
    --- stderr ---
    error: answers.toml already exists
    hint: choose another name, or move that file away
    --- exit 2 ---
    ");
    assert!(sandbox.sessions().is_empty());
    let nowhere = exercise(&sandbox, &["--record", "none/again.toml"]);
    assert_eq!(nowhere.code, Some(1), "{nowhere}");
    assert!(sandbox.sessions().is_empty());
}

#[test]
fn a_dry_run_shows_the_steps_in_order_and_writes_nothing() {
    let sandbox = with_answers(ANSWERS.replace("warm = 3\n", ""));
    let before = files(&sandbox.home());
    assert_snapshot!(exercise(&sandbox, &["--dry-run", "--defaults", "--record", "no.toml"]), @r"
      1. kind     choose   Mint
      2. sugar    confirm  no
           only when `kind` is mint
      3. memory   write    My aunt made it. In a glass.
      4. scene    draw     Nothing.
      5. more     confirm  yes
      6. scene@2  draw     Water.
      7. more@2   confirm  no
      8. warm     rate     (default) 4
      9. day      date     Sunday 6 December 2026
     10. text     compose  (put together) My aunt made it. In a glass. Wate…
    --- exit 0 ---
    ");
    assert_snapshot!(exercise(&sandbox, &["--dry-run"]), @"
      1. kind     choose   Mint
      2. sugar    confirm  no
           only when `kind` is mint
      3. memory   write    My aunt made it. In a glass.
      4. scene    draw     Nothing.
      5. more     confirm  yes
      6. scene@2  draw     Water.
      7. more@2   confirm  no
      8. warm     rate     missing
      9. day      date     Sunday 6 December 2026
     10. text     compose  (put together) My aunt made it. In a glass. Wate…
    --- stderr ---
    error: 1 answer is missing, and there’s nobody to ask; nothing was saved
      missing answer `warm` (a number from 1 to 5): How warm?
    hint: `trust-coach answers tea` prints a file to fill in
    --- exit 3 ---
    ");
    let object = json(&exercise(&sandbox, &["--dry-run", "--json"]));
    assert_eq!(object["steps"][1]["when"], "`kind` is mint");
    assert_eq!(object["problems"][0]["id"], "warm");
    sandbox.write("answers.toml", ANSWERS.replace("Mint", "Milk"));
    assert_snapshot!(exercise(&sandbox, &["--dry-run"]), @r"
      1. kind     choose   (see below)
       - sugar    confirm  depends on what’s missing
           only when `kind` is mint
      2. memory   write    My aunt made it. In a glass.
      3. scene    draw     Nothing.
      4. more     confirm  yes
      5. scene@2  draw     Water.
      6. more@2   confirm  no
      7. warm     rate     3
      8. day      date     Sunday 6 December 2026
      9. text     compose  (put together) My aunt made it. In a glass. Wate…
    --- stderr ---
    error: 1 problem with the answers; nothing was saved
      answer `kind`: Please give a number from 1 to 2, or one of: green, mint.
    hint: `trust-coach answers tea` prints a file to fill in
    --- exit 2 ---
    ");
    assert_eq!(files(&sandbox.home()), before);
    assert!(!sandbox.home().join("state").exists() && !sandbox.home().join("sessions").exists());
    assert!(!sandbox.home().parent().unwrap().join("no.toml").exists());
}

#[test]
fn nothing_below_home_is_made_when_nothing_is_to_be_kept() {
    let sandbox = with_answers(ANSWERS);
    let before = files(&sandbox.home());
    assert_snapshot!(exercise(&sandbox, &["--no-save"]), @r"
    --- stderr ---
    Nothing was saved.
    --- exit 0 ---
    ");
    assert_snapshot!(exercise(&sandbox, &["--no-save", "--json"]), @r#"
    {"format":"1.0","session":null,"path":null,"state":"done"}
    --- exit 0 ---
    "#);
    let built_in = [
        "exercise",
        "apology",
        "--no-save",
        "--screened",
        "--no-input",
    ];
    assert_eq!(sandbox.run(&built_in).code, Some(3));
    assert_eq!(files(&sandbox.home()), before);
    let folders = std::fs::read_dir(sandbox.home()).unwrap();
    let names: Vec<_> = folders.map(|entry| entry.unwrap().file_name()).collect();
    assert_eq!(names, ["exercises"]);
}

#[test]
fn an_answer_to_a_sensitive_step_says_so_in_the_file() {
    let sandbox = crate::common::Sandbox::new();
    let answers = concat!(
        env!("CARGO_MANIFEST_DIR"),
        "/tests/answers/openness/cal.toml"
    );
    let done = sandbox.run(&["exercise", "openness", "--answers", answers, "--screened"]);
    assert_eq!(done.code, Some(0), "{done}");
    let session = sandbox.session();
    let marked = session
        .split("\n[[answers]]\n")
        .filter(|part| part.contains("sensitive = true"));
    let marked = marked.collect::<Vec<_>>();
    assert_eq!(marked.len(), 2, "{session}");
    for (part, step) in marked.iter().zip(["side", "own"]) {
        assert!(
            part.starts_with(&format!("step = \"{step}\"\n")),
            "{session}"
        );
    }
}

#[test]
fn nothing_is_begun_where_another_program_answers_and_nothing_is_to_be_kept() {
    for flag in ["--no-save", "--dry-run"] {
        for how in ["lines", "json"] {
            let sandbox = home();
            let output = sandbox.run_with(&["exercise", "tea", flag, "--io", how], "");
            assert!(output.stderr.contains("cannot be used with"), "{output}");
            assert_eq!(output.code, Some(2));
            assert!(sandbox.sessions().is_empty());
        }
    }
}

#[test]
fn two_files_that_are_one_are_refused_before_anything_is_asked() {
    for (record, events) in [("one", "one"), ("one", "./one"), ("link/one", "one")] {
        let sandbox = with_answers(ANSWERS);
        std::os::unix::fs::symlink(".", sandbox.home().with_file_name("link")).unwrap();
        for more in [&[] as &[&str], &["--no-save"], &["--dry-run"]] {
            let files = ["--record", record, "--events", events];
            let output = exercise(&sandbox, &[&files[..], more].concat());
            let said = format!("error: --record and --events are one file: {record}\n");
            assert!(output.stderr.starts_with(&said), "{output}");
            assert_eq!(output.code, Some(2), "{output}");
            assert!(!sandbox.home().with_file_name("one").exists());
        }
        let asking = ["exercise", "tea", "--io", "lines"];
        let files = ["--record", record, "--events", events];
        let output = sandbox.run_with(&[&asking[..], &files].concat(), "green\n");
        assert!(output.stderr.contains("are one file"), "{output}");
        assert!(sandbox.sessions().is_empty());
    }
    let sandbox = with_answers(ANSWERS);
    for flag in ["--record", "--events"] {
        for there in ["answers.toml", "/dev/stdout"] {
            let output = exercise(&sandbox, &[flag, there]);
            assert!(output.stderr.starts_with("error: "), "{output}");
            assert!(sandbox.sessions().is_empty());
        }
    }
}

#[test]
fn no_file_of_theirs_is_written_among_those_of_the_program() {
    let sandbox = with_answers(ANSWERS);
    assert_eq!(exercise(&sandbox, &[]).code, Some(0));
    std::os::unix::fs::symlink("home", sandbox.home().with_file_name("link")).unwrap();
    let before = files(&sandbox.home());
    for place in [
        "home/exercises/x.toml",
        "link/sessions/x.toml",
        "home/sessions/2026/11/x.json",
        "home/config.toml",
        "home/contacts.toml",
        "home/state/x",
        "home/format",
    ] {
        for args in [
            &["export", "--output"] as &[&str],
            &["backup"],
            &["report", "--output"],
            &["promise", "calendar", "--output"],
            &["exercise", "tea", "--answers", "answers.toml", "--record"],
            &["exercise", "tea", "--answers", "answers.toml", "--events"],
        ] {
            let output = sandbox.run(&[args, &[place]].concat());
            let said = format!("error: {place} is where trust-coach keeps its own files\n");
            assert!(output.stderr.starts_with(&said), "{args:?}: {output}");
            assert_eq!(output.code, Some(2), "{output}");
        }
    }
    assert_eq!(files(&sandbox.home()), before);
    let beside = sandbox.run(&["export", "--output", "home/out.json"]);
    assert_eq!(beside.code, Some(0), "{beside}");
}

#[test]
fn what_another_program_answered_is_recorded_too() {
    for (how, given) in [
        ("lines", "green\nIn a glass.\n"),
        (
            "json",
            "{\"type\":\"answer\",\"id\":\"kind\",\"value\":\"green\"}\n",
        ),
    ] {
        let sandbox = home();
        let args = ["exercise", "tea", "--io", how, "--record", "again.toml"];
        sandbox.run_with(&args, given);
        let again = sandbox.home().with_file_name("again.toml");
        let again = std::fs::read_to_string(again).unwrap();
        assert!(again.contains("\nkind = \"green\"\n"), "{how}: {again}");
    }
}
