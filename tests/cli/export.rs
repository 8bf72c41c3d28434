//! Sessions as they leave: what is written, what stays, and what is said about both.

use std::os::unix::fs::PermissionsExt;

use insta::assert_snapshot;

use crate::common::Sandbox;

/// A session with a sensitive answer, one with a text in it and a branch not taken, and one that is paused.
pub(crate) fn three() -> Sandbox {
    let sandbox = Sandbox::new();
    for (id, text) in [
        ("20260105T080000.000Z-aaaaaaaa", OPENNESS),
        ("20260301T190000.000Z-bbbbbbbb", LETTER),
        ("20260301T200000.000Z-cccccccc", PAUSED),
    ] {
        let path = format!("home/sessions/2026/{}/{id}.toml", &id[4..6]);
        sandbox.write(path, text.replace("$ID", id));
    }
    sandbox.write("home/format", "1\n");
    sandbox
}

const OPENNESS: &str = r#"format = 1
id = "$ID"
exercise = "openness"
title = "What I tell on my own"
state = "done"
started = "2026-01-05T09:00:00+01:00[Europe/Berlin]"
ended = "2026-01-05T09:10:00+01:00[Europe/Berlin]"
tags = ["spring"]

[[answers]]
step = "side"
kind = "choose"
prompt = "Which one is closest to you?"
value = "broke"
name = "Where I stand"
label = "I broke trust and offer something"

[[answers]]
step = "offer"
kind = "write"
prompt = "You chose: I broke trust and offer something. What do you offer?"
value = "Every Sunday I say what the week was like."
name = "What I offer"
"#;

const LETTER: &str = r#"format = 1
id = "$ID"
exercise = "gone"
title = "An exercise that is gone"
state = "done"
started = "2026-03-01T20:00:00+01:00[Europe/Berlin]"

[[notes]]
at = "2026-03-02T20:00:00+01:00[Europe/Berlin]"
text = "I read it again."

[[answers]]
step = "who"
kind = "write"
prompt = "Who is it for?"
value = "Robin Hood"
sensitive = true

[[answers]]
step = "read"
kind = "say"
prompt = "Breathe."
seen = true

[[answers]]
step = "act"
kind = "write"
prompt = "What did Robin Hood do?"
value = '''
=Took from the rich.

<b>Gave</b> to the *poor*.
'''
versions = [
  { at = "2026-03-01T20:01:00+01:00[Europe/Berlin]", value = "Took." },
]

[[answers]]
step = "trust"
round = 2
kind = "rate"
prompt = "How much trust?"
value = 5

[[answers]]
step = "why"
kind = "write"
prompt = "Why?"
skipped = true

[[answers]]
step = "other"
kind = "write"
prompt = "Or else?"
value = "On a branch."
unreached = true
"#;

const PAUSED: &str = r#"format = 1
id = "$ID"
exercise = "gone"
title = "An exercise that is gone"
state = "open"
started = "2026-03-01T21:00:00+01:00[Europe/Berlin]"

[[answers]]
step = "act"
kind = "write"
prompt = "What happened?"
progress = "It was la"
"#;

#[test]
fn json_holds_everything_but_what_is_sensitive_or_on_a_branch_not_taken() {
    let sandbox = three();
    assert_snapshot!(sandbox.run(&["export", "b"]), @r#"
    {
      "format": "1.0",
      "sessions": [
        {
          "format": 1,
          "id": "20260301T190000.000Z-[id2]",
          "exercise": "gone",
          "exercise_version": 1,
          "title": "An exercise that is gone",
          "lang": "en",
          "state": "done",
          "started": "2026-03-01T20:00:00+01:00[Europe/Berlin]",
          "seed": 0,
          "tags": [],
          "notes": [
            {
              "at": "2026-03-02T20:00:00+01:00[Europe/Berlin]",
              "text": "I read it again."
            }
          ],
          "answers": [
            {
              "step": "read",
              "kind": "say",
              "prompt": "Breathe.",
              "seen": true
            },
            {
              "step": "act",
              "kind": "write",
              "prompt": "",
              "value": "=Took from the rich.\n\n<b>Gave</b> to the *poor*.\n",
              "versions": [
                {
                  "at": "2026-03-01T20:01:00+01:00[Europe/Berlin]",
                  "value": "Took."
                }
              ]
            },
            {
              "step": "trust",
              "round": 2,
              "kind": "rate",
              "prompt": "How much trust?",
              "value": 5
            },
            {
              "step": "why",
              "kind": "write",
              "prompt": "Why?",
              "skipped": true
            }
          ]
        }
      ]
    }
    --- exit 0 ---
    "#);
}

#[test]
fn a_session_a_line_and_all_of_it_where_that_is_asked_for() {
    let sandbox = three();
    let lines = sandbox.run(&[
        "export",
        "--format",
        "jsonl",
        "--all",
        "--until",
        "2026-03-01",
    ]);
    assert_eq!((lines.code, lines.stderr.as_str()), (Some(0), ""));
    assert_eq!(lines.stdout.lines().count(), 3);
    for words in [
        "Robin Hood",
        "On a branch.",
        "What did Robin Hood do?",
        "Took.",
        "It was la",
    ] {
        assert!(lines.stdout.contains(words), "{words}");
    }
}

#[test]
fn what_leaves_can_be_seen_before_and_what_stays_is_counted() {
    let sandbox = three();
    assert_snapshot!(sandbox.run(&["export", "--preview"]), @r#"
    This goes out:
      What I tell on my own
        session [id1], begun 2026-01-05 09:00
        - What I offer
        - 1 tag
      An exercise that is gone
        2 sessions, begun 2026-03-01 20:00 to 2026-03-01 21:00
        - act
        - trust
        - 1 note
        - 1 earlier wording
        - 1 unfinished text
    This stays here:
      2 answers marked sensitive, or with words of one that is
      1 answer from a branch you didn’t take
    --- exit 0 ---
    "#);
    assert_snapshot!(sandbox.run(&["export", "--preview", "--answers", "offer,gone/trust@2"]), @r#"
    This goes out:
      What I tell on my own
        session [id1], begun 2026-01-05 09:00
        - What I offer
      An exercise that is gone
        session [id2], begun 2026-03-01 20:00
        - trust
    --- exit 0 ---
    "#);
}

#[test]
fn only_the_chosen_answers_leave_and_no_prompt_quotes_another() {
    let sandbox = three();
    let chosen = sandbox.run(&["export", "--answers", "offer", "--format", "jsonl"]);
    assert_snapshot!(chosen, @r#"
    {"format":1,"id":"20260105T080000.000Z-[id1]","exercise":"openness","exercise_version":1,"title":"What I tell on my own","lang":"en","state":"done","started":"2026-01-05T09:00:00+01:00[Europe/Berlin]","ended":"2026-01-05T09:10:00+01:00[Europe/Berlin]","seed":0,"tags":[],"answers":[{"step":"offer","kind":"write","prompt":"","value":"Every Sunday I say what the week was like.","name":"What I offer"}]}
    --- exit 0 ---
    "#);
    // One that is named leaves, marked or not.
    let named = sandbox.run(&["export", "--answers", "side", "--format", "jsonl"]);
    assert!(
        named.stdout.contains("I broke trust and offer something"),
        "{named}"
    );
}

#[test]
fn a_name_that_no_answer_has_is_told_before_anything_is_written() {
    let sandbox = three();
    let wrong = ["export", "--answers", "ofer", "--output", "a.json"];
    assert_snapshot!(sandbox.run(&wrong), @r#"
    --- stderr ---
    error: no answer ofer in these sessions
    hint: did you mean `offer`?
    --- exit 2 ---
    "#);
    assert_snapshot!(sandbox.run(&["export", "--answers", "/act"]), @r#"
    --- stderr ---
    error: invalid value '/act' for '--answers <STEP,...>': write the id of a step, such as act, act@2 or apology/act

    For more information, try '--help'.
    --- exit 2 ---
    "#);
    assert!(!sandbox.home().parent().unwrap().join("a.json").exists());
}

#[test]
fn a_file_is_new_and_for_its_owner_alone() {
    let sandbox = three();
    let file = sandbox.home().parent().unwrap().join("a.jsonl");
    let run = || sandbox.run(&["export", "last", "--output", "a.jsonl"]);
    assert_snapshot!(run(), @r#"
    --- stderr ---
    a.jsonl is written in plain text: anyone who can open the file can read it.
    --- exit 0 ---
    "#);
    assert_eq!(file.metadata().unwrap().permissions().mode() & 0o777, 0o600);
    let before = std::fs::read(&file).unwrap();
    assert!(before.ends_with(b"\"progress\":\"It was la\"}]}\n"));
    assert_snapshot!(run(), @r#"
    --- stderr ---
    error: a.jsonl already exists
    hint: choose another name, or move that file away
    --- exit 2 ---
    "#);
    assert_eq!(std::fs::read(&file).unwrap(), before);
    assert_snapshot!(sandbox.run(&["export", "--output", "none/a.json"]), @r#"
    --- stderr ---
    error: could not write none/a.json
    caused by: No such file or directory (os error 2)
    --- exit 1 ---
    "#);
    let nothing = ["export", "--since", "2030-01-01", "--output", "b.json"];
    assert_snapshot!(sandbox.run(&nothing), @r#"
    --- stderr ---
    error: there’s nothing to export
    hint: `trust-coach history --limit 0` shows all sessions
    --- exit 1 ---
    "#);
    assert!(!file.with_file_name("b.json").exists());
}

#[test]
fn a_hyphen_for_a_file_is_standard_output() {
    let sandbox = three();
    let asked = ["export", "last", "--format", "jsonl"];
    let plain = sandbox.run(&asked);
    let hyphen = sandbox.run(&[&asked[..], &["--output", "-"]].concat());
    assert!(!plain.stdout.is_empty(), "{plain}");
    assert_eq!(hyphen.to_string(), plain.to_string());
    assert!(!sandbox.home().with_file_name("-").exists());
}

#[test]
fn one_that_cannot_be_read_is_told_and_the_others_leave() {
    let sandbox = three();
    sandbox.write(
        "home/sessions/2026/02/20260201T080000.000Z-0000000d.toml",
        "half a",
    );
    let all = sandbox.run(&["export", "--format", "jsonl"]);
    assert_eq!(
        (all.stdout.lines().count(), all.code),
        (3, Some(1)),
        "{all}"
    );
    assert_snapshot!(all.stderr, @r#"
    left out: could not understand $SANDBOX/home/sessions/2026/02/20260201T080000.000Z-[id2].toml: line 1: key with no value, expected `=`
    hint: it’s left as it is; open it in an editor and fix that place
    "#);
    let named = sandbox.run(&["export", "0000000d", "--output", "d.json"]);
    assert_eq!(
        (named.stdout.as_str(), named.code),
        ("", Some(1)),
        "{named}"
    );
}
