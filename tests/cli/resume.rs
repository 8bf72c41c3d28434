use insta::assert_snapshot;

use crate::common::Sandbox;
use crate::tea::home;

#[test]
fn with_nothing_paused_it_says_what_one_can_do() {
    assert_snapshot!(home().run(&["resume"]), @r"
    --- stderr ---
    error: no session is paused
    hint: `trust-coach list` shows what you can start
    hint: `trust-coach resume SESSION` also continues one that you left
    --- exit 2 ---
    ");
}

#[test]
fn a_finished_session_is_not_taken_up_again() {
    let sandbox = home();
    let answers =
        "[answers]\nkind = 1\nmemory = \"m\"\nscene = \"s\"\nmore = false\nday = \"today\"";
    sandbox.write("a.toml", answers);
    sandbox.run(&["exercise", "tea", "--answers", "a.toml", "--defaults"]);
    assert_snapshot!(sandbox.run(&["resume", "last"]), @r"
    --- stderr ---
    error: session [id1] is finished
    hint: read it with `trust-coach history show [id1]`
    --- exit 2 ---
    ");
}

#[test]
fn a_script_can_finish_a_paused_session() {
    let sandbox = home();
    let paused = PAUSED.replace("id = \"tea\"", "");
    sandbox.write(format!("home/sessions/2026/11/{ID}.toml"), paused);
    let missing = sandbox.run(&["resume"]);
    assert_snapshot!(missing, @"
    --- stderr ---
    error: 5 answers are missing, and there’s nobody to ask; nothing was saved
      missing answer `memory` (text): Tell of one cup of Green tea.
      missing answer `scene` (text): What would you drink then?
      missing answer `more` (yes or no): Another scene?
      missing answer `warm` (a number from 1 to 5): How warm?
      missing answer `day` (a date): When is the next cup?
    hint: `trust-coach answers tea` prints a file to fill in
    --- exit 3 ---
    ");
    let args = [
        "resume",
        "9f3a",
        "--answer",
        "memory=My aunt.",
        "--answer",
        "scene=Tea",
        "--answer",
        "more=no",
        "--answer",
        "day=today",
        "--defaults",
        "--json",
        "--record",
        "again.toml",
    ];
    let output = sandbox.run(&args);
    assert_eq!(output.code, Some(0), "{output}");
    assert!(output.stdout.contains("\"state\":\"done\""), "{output}");
    let again = ["exercise", "tea", "--answers", "again.toml", "--no-save"];
    assert_eq!(sandbox.run(&again).code, Some(0));
    assert_snapshot!(sandbox.session(), @r#"
    # trust-coach session. Edit freely; comments are not kept.
    format = 1
    id = "20261122T174501.032Z-[id1]"
    exercise = "tea"
    exercise_version = 1
    title = "Tea"
    lang = "en"
    state = "done"
    started = "2026-11-22T18:45:01+01:00[Europe/Berlin]"
    ended = "2026-11-22T18:45:01+01:00[Europe/Berlin]"
    seed = 7
    tags = []
    mood = "kept, though unknown"

    [[answers]]
    step = "kind"
    kind = "choose"
    prompt = "Which tea do you like?"
    value = "green"
    at = "2026-11-22T18:45:01+01:00[Europe/Berlin]"
    label = "Green tea"
    weather = "rain"

    [[answers]]
    step = "memory"
    kind = "write"
    prompt = "Tell of one cup of Green tea."
    value = "My aunt."
    at = "2026-11-22T18:45:01+01:00[Europe/Berlin]"
    name = "A memory"

    [[answers]]
    step = "scene"
    kind = "draw"
    prompt = '''
    It is dawn.

    What would you drink then?'''
    value = "Tea"
    at = "2026-11-22T18:45:01+01:00[Europe/Berlin]"
    item = "dawn"

    [[answers]]
    step = "more"
    kind = "confirm"
    prompt = "Another scene?"
    value = false
    at = "2026-11-22T18:45:01+01:00[Europe/Berlin]"

    [[answers]]
    step = "warm"
    kind = "rate"
    prompt = "How warm?"
    value = 4
    at = "2026-11-22T18:45:01+01:00[Europe/Berlin]"

    [[answers]]
    step = "day"
    kind = "date"
    prompt = "When is the next cup?"
    value = "2026-11-22"
    at = "2026-11-22T18:45:01+01:00[Europe/Berlin]"

    [[answers]]
    step = "text"
    kind = "compose"
    prompt = "Read it once more."
    value = '''
    My aunt.

    Tea'''
    at = "2026-11-22T18:45:01+01:00[Europe/Berlin]"

    [[answers]]
    step = "gone"
    kind = "write"
    prompt = "A step of an older version?"
    value = "Still here."
    "#);
}

/// Ordinary answers to what [`PAUSED`] has left open.
const REST: &str = "memory = \"My aunt.\"\nscene = \"Tea\"\nmore = false\nday = \"today\"\n";

#[test]
fn another_answer_to_what_was_answered_already_is_refused_and_nothing_is_saved() {
    let sandbox = home();
    // One round is done, and a text of the second one is begun.
    let round = format!(
        "{PAUSED}\n{}",
        [
            ("memory", "write", "\"My aunt.\""),
            ("scene", "draw", "\"Tea\""),
            ("more", "confirm", "true"),
        ]
        .map(|(step, kind, value)| format!(
            "[[answers]]\nstep = \"{step}\"\nkind = \"{kind}\"\nprompt = \"?\"\nvalue = {value}\n"
        ))
        .join("\n")
    );
    let path = sandbox.write(format!("home/sessions/2026/11/{ID}.toml"), &round);
    let others =
        "kind = \"mint\"\nmemory = \"My whole childhood.\"\nscene = { skip = true }\nmore = true\n";
    let rest = "\"scene@2\" = \"Water\"\n\"more@2\" = false\nday = \"today\"\n";
    sandbox.write("other.toml", format!("[answers]\n{others}{rest}"));
    let resume = ["resume", "--answers", "other.toml", "--defaults"];
    assert_snapshot!(sandbox.run(&resume), @r"
    --- stderr ---
    error: 3 problems with the answers; nothing was saved
      answer `kind`: it already has another answer
      answer `memory`: it already has another answer
      answer `scene`: it already has another answer
    hint: `trust-coach history edit SESSION ID` changes an answer that’s saved already
    --- exit 2 ---
    ");
    assert_eq!(std::fs::read_to_string(&path).unwrap(), round);
    let json = sandbox.run(&[&resume[..], &["--json"]].concat());
    assert!(json.stdout.contains("\"code\":\"answered\""), "{json}");
    // The same answers, in other words for them, are fine.
    let same = "kind = \"Green Tea\"\nmemory = \"My aunt.\\n\"\nscene = \"Tea\"\nmore = \"yes\"\n";
    sandbox.write("same.toml", format!("[answers]\n{same}{rest}"));
    let resumed = sandbox.run(&["resume", "--answers", "same.toml", "--defaults"]);
    assert_eq!(resumed.code, Some(0), "{resumed}");
    assert_eq!(resumed.stderr, "");
    let saved = std::fs::read_to_string(&path).unwrap();
    assert!(saved.contains("value = \"Water\""), "{saved}");
}

#[test]
fn a_draft_that_a_script_answers_otherwise_stays_among_the_earlier_versions() {
    let sandbox = home();
    let draft = "\n[[answers]]\nstep = \"memory\"\nkind = \"write\"\nprompt = \"?\"\nprogress = \"Half a sent\"\n";
    sandbox.write(
        format!("home/sessions/2026/11/{ID}.toml"),
        format!("{PAUSED}{draft}"),
    );
    sandbox.write("a.toml", format!("[answers]\n{REST}"));
    let resumed = sandbox.run(&["resume", "--answers", "a.toml", "--defaults"]);
    assert_eq!(resumed.code, Some(0), "{resumed}");
    let shown = sandbox.run(&["history", "show", "last", "--all"]).stdout;
    assert!(
        shown.contains("Half a sent") && shown.contains("My aunt."),
        "{shown}"
    );
}

#[test]
fn a_file_cut_in_half_is_left_alone_and_named() {
    let sandbox = home();
    let half = &PAUSED[..PAUSED.len() - 12];
    let path = sandbox.write(format!("home/sessions/2026/11/{ID}.toml"), half);
    assert_snapshot!(sandbox.run(&["resume", "9f3a"]), @r#"
    --- stderr ---
    error: could not understand $SANDBOX/home/sessions/2026/11/20261122T174501.032Z-[id1].toml
    caused by: line 28: invalid basic string, expected `"`
    hint: it’s left as it is; open it in an editor and fix that place
    --- exit 1 ---
    "#);
    assert_eq!(std::fs::read_to_string(path).unwrap(), half);
}

#[test]
fn two_programs_do_not_write_one_session() {
    let sandbox = home();
    sandbox.write(format!("home/sessions/2026/11/{ID}.toml"), PAUSED);
    let lock = sandbox.write(format!("home/state/locks/{ID}"), "4242\n");
    let held = std::fs::File::open(lock).unwrap();
    held.lock().unwrap();
    assert_snapshot!(sandbox.run(&["resume"]), @r"
    --- stderr ---
    error: session [id1] is open in another window (process 4242)
    hint: continue there, or close it first
    --- exit 1 ---
    ");
}

#[test]
fn a_newer_session_that_is_open_in_another_window_is_passed_over() {
    let sandbox = home();
    sandbox.write(format!("home/sessions/2026/11/{ID}.toml"), PAUSED);
    let newer = PAUSED.replace(ID, NEWER).replace("T18:45", "T18:50");
    sandbox.write(format!("home/sessions/2026/11/{NEWER}.toml"), newer);
    let lock = sandbox.write(format!("home/state/locks/{NEWER}"), "4242\n");
    let held = std::fs::File::open(lock).unwrap();
    held.lock().unwrap();
    let shown = sandbox.run(&[]).stdout;
    assert!(shown.contains("Paused on 2026-11-22 18:45: Tea"), "{shown}");
    let resumed = sandbox.run(&["resume", "--answer", "memory=My aunt."]);
    assert_eq!(resumed.code, Some(3), "{resumed}");
    assert_snapshot!(sandbox.run(&["resume", "1111"]), @r"
    --- stderr ---
    error: session [id2] is open in another window (process 4242)
    hint: continue there, or close it first
    --- exit 1 ---
    ");
}

#[test]
fn home_offers_nothing_that_is_open_in_another_window() {
    let sandbox = home();
    sandbox.write(format!("home/sessions/2026/11/{ID}.toml"), PAUSED);
    let lock = sandbox.write(format!("home/state/locks/{ID}"), "4242\n");
    let shown = sandbox.run(&[]).stdout;
    assert!(shown.contains("Paused on"), "{shown}");
    let held = std::fs::File::open(lock).unwrap();
    held.lock().unwrap();
    let shown = sandbox.run(&[]).stdout;
    assert!(!shown.contains("Paused on"), "{shown}");
}

const NEWER: &str = "20261122T175001.032Z-11111111";
const ID: &str = "20261122T174501.032Z-9f3a61c2";
const PAUSED: &str = r#"# trust-coach session. Edit freely; comments are not kept.
format = 1
id = "20261122T174501.032Z-9f3a61c2"
exercise = "tea"
exercise_version = 1
title = "Tea"
lang = "en"
state = "open"
started = "2026-11-22T18:45:01+01:00[Europe/Berlin]"
seed = 7
at = "memory"
tags = []
mood = "kept, though unknown"

[[answers]]
step = "kind"
kind = "choose"
prompt = "Which tea do you like?"
value = "green"
at = "2026-11-22T18:45:01+01:00[Europe/Berlin]"
label = "Green tea"
weather = "rain"

[[answers]]
step = "gone"
kind = "write"
prompt = "A step of an older version?"
value = "Still here."
"#;

const UNTRUE: &str = "says something that can’t be true";

/// What the program saves itself, its doctor and its import take.
fn is_taken(sandbox: &Sandbox) {
    let doctor = sandbox.run(&["doctor"]);
    assert!(!doctor.stdout.contains(UNTRUE), "{doctor}");
    sandbox.run(&[
        "export", "--all", "--format", "json", "--output", "all.json",
    ]);
    let other = Sandbox::new();
    let file = sandbox.home().with_file_name("all.json");
    let came = other.run(&["import", file.to_str().unwrap()]);
    assert_eq!(came.code, Some(0), "{came}");
}

/// A session of three texts, left after the second.
fn begun(now: &str) -> Sandbox {
    let sandbox = Sandbox::new();
    sandbox.write("home/exercises/own.toml", own("write"));
    let mut command = sandbox.command(&["exercise", "own", "--io", "lines"]);
    let input = sandbox.write("typed.txt", "First words.\nSecond words.\n");
    command
        .env("TRUST_COACH_NOW", now)
        .stdin(std::fs::File::open(input).unwrap());
    let output = sandbox.finish(&mut command);
    assert_eq!(output.code, Some(4), "{output}");
    sandbox
}

fn own(kind: &str) -> String {
    let more = if kind == "rate" {
        "from = 1\nto = 5\n"
    } else {
        ""
    };
    let step = |id: &str, kind: &str, more: &str| {
        format!("[[step]]\nid = \"{id}\"\nkind = \"{kind}\"\n{more}prompt = \"{id}?\"\n\n")
    };
    let head = "format = 1\nversion = 1\ntitle = \"Own\"\nstrategy = \"empathy\"\nminutes = 2\n\
                summary = \"Three texts.\"\nopening = \"Three.\"\nclosing = \"Done.\"\nlang = \"en\"\n\n";
    let steps = [
        step("one", "write", ""),
        step("two", kind, more),
        step("three", "write", ""),
    ];
    format!("{head}{}", steps.concat())
}

#[test]
fn where_the_clock_was_set_back_meanwhile_a_session_does_not_end_before_it_begins() {
    let sandbox = begun("2026-11-22T20:45:01+01:00[Europe/Berlin]");
    let done = sandbox.run(&["resume", "--answer", "three=Third words."]);
    assert_eq!(done.code, Some(0), "{done}");
    assert!(
        sandbox
            .session()
            .contains("ended = \"2026-11-22T20:45:01+01:00")
    );
    let mut doctor = sandbox.command(&["doctor"]);
    let doctor = doctor.env(
        "TRUST_COACH_NOW",
        "2026-11-23T20:45:01+01:00[Europe/Berlin]",
    );
    let doctor = sandbox.finish(doctor);
    assert!(!doctor.stdout.contains(UNTRUE), "{doctor}");
}

#[test]
fn words_for_a_step_that_asks_for_something_else_now_are_no_contradiction() {
    let sandbox = begun("2026-11-22T18:00:01+01:00[Europe/Berlin]");
    sandbox.write("home/exercises/own.toml", own("rate"));
    let done = sandbox.run_with(&["resume", "--io", "lines"], "3\nThird words.\n");
    assert_eq!(done.code, Some(0), "{done}");
    assert!(sandbox.session().contains("Second words."));
    is_taken(&sandbox);
}
