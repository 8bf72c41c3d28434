use insta::assert_snapshot;

use super::{home, session};

#[test]
fn two_sessions_are_set_one_under_the_other_without_a_screen_the_older_first() {
    let sandbox = home();
    assert_snapshot!(sandbox.run(&["history", "compare", "last", "0000001a"]), @"
    # Tea: 2026-10-01 and 2026-11-20

    1 of 3 answers changed.

    > Which tea do you like?

    The same both times: Green tea

    > Tell of one cup of Green tea.

    Changed:

    2026-10-01 07:00, [id1]:

    My aunt's kitchen table.
    It was blue.

    2026-11-20 07:00, [id2]:

    The table, and Café noise.

    > How warm?

    The same both times: 3
    --- exit 0 ---
    ");
    assert_snapshot!(sandbox.run(&["history", "compare", "0000001a", "last", "--answer", "warm"]), @"
    # Tea: 2026-10-01 and 2026-11-20

    Nothing changed.

    > How warm?

    The same both times: 3
    --- exit 0 ---
    ");
}

#[test]
fn what_was_asked_in_one_alone_or_in_other_words_is_said() {
    let sandbox = home();
    let path = &sandbox.sessions()[1];
    let text = std::fs::read_to_string(path).unwrap();
    let text = text
        .replace(
            "Tell of one cup of Green tea.",
            "Tell of one cup of mint tea.",
        )
        .replace("value = 3\n", "skipped = true\n")
        + "\n[[answers]]\nstep = \"again\"\nkind = \"confirm\"\nprompt = \"Again?\"\nvalue = true\n";
    std::fs::write(path, text).unwrap();
    assert_snapshot!(sandbox.run(&["history", "compare", "last", "0000001a"]), @"
    # Tea: 2026-10-01 and 2026-11-20

    3 of 4 answers changed.

    > Which tea do you like?

    The same both times: Green tea

    Asked in other words:

    2026-10-01 07:00, [id1]:

    > Tell of one cup of Green tea.

    My aunt's kitchen table.
    It was blue.

    2026-11-20 07:00, [id2]:

    > Tell of one cup of mint tea.

    The table, and Café noise.

    > How warm?

    Changed: first 3, then (left out)

    > Again?

    Changed: first (not asked), then yes
    --- exit 0 ---
    ");
}

#[test]
fn one_answer_is_followed_through_time() {
    let sandbox = home();
    assert_snapshot!(sandbox.run(&["history", "compare", "tea", "--answer", "warm"]), @r"
    2026-10-01 07:00  [id1]  3
    2026-11-20 07:00  [id2]  3
    --- exit 0 ---
    ");
    let by_session = sandbox.run(&["history", "compare", "last", "--answer", "memory"]);
    assert_snapshot!(by_session, @r"
    2026-10-01 07:00, [id1]:

    My aunt's kitchen table.
    It was blue.

    2026-11-20 07:00, [id2]:

    The table, and Café noise.
    --- exit 0 ---
    ");
    // Also when the exercise is gone.
    std::fs::remove_file(sandbox.home().join("exercises/tea.toml")).unwrap();
    let gone = sandbox.run(&["history", "compare", "tea", "--answer", "warm"]);
    assert_eq!(gone.stdout.lines().count(), 2, "{gone}");
}

#[test]
fn json_of_both_holds_texts_only_when_asked() {
    let sandbox = home();
    let two = ["history", "compare", "last", "0000001a", "--json"];
    let bare = sandbox.run(&two);
    assert!(
        !bare.stdout.contains("table") && !bare.stdout.contains("cup"),
        "{bare}"
    );
    let memory = [&two[..], &["--with-text", "--answer", "memory"]].concat();
    assert_snapshot!(sandbox.run(&memory), @r#"
    {
      "format": "1.0",
      "sessions": [
        {
          "id": "20261001T060000.000Z-[id1]",
          "short": "[id1]",
          "exercise": "tea",
          "title": "Tea",
          "state": "done",
          "started": "2026-10-01T07:00:00+01:00[Europe/Berlin]",
          "ended": "2026-10-01T07:10:00+01:00[Europe/Berlin]",
          "tags": []
        },
        {
          "id": "20261120T060000.000Z-[id2]",
          "short": "[id2]",
          "exercise": "tea",
          "title": "Tea",
          "state": "done",
          "started": "2026-11-20T07:00:00+01:00[Europe/Berlin]",
          "ended": "2026-11-20T07:10:00+01:00[Europe/Berlin]",
          "tags": []
        }
      ],
      "answers": [
        {
          "step": "memory",
          "round": 1,
          "given": [
            {
              "step": "memory",
              "round": 1,
              "kind": "write",
              "name": "A memory",
              "given": "value",
              "at": "2026-10-01T07:05:00+01:00[Europe/Berlin]",
              "unreached": false,
              "sensitive": false,
              "prompt": "Tell of one cup of Green tea.",
              "value": "My aunt's kitchen table.\nIt was blue.",
              "label": null,
              "item": null,
              "progress": null,
              "versions": [],
              "findings": []
            },
            {
              "step": "memory",
              "round": 1,
              "kind": "write",
              "name": "A memory",
              "given": "value",
              "at": "2026-11-20T07:05:00+01:00[Europe/Berlin]",
              "unreached": false,
              "sensitive": false,
              "prompt": "Tell of one cup of Green tea.",
              "value": "The table, and Café noise.",
              "label": null,
              "item": null,
              "progress": null,
              "versions": [],
              "findings": []
            }
          ]
        }
      ]
    }
    --- exit 0 ---
    "#);
    let follow = [
        "history",
        "compare",
        "tea",
        "--answer",
        "warm",
        "--json",
        "--with-text",
    ];
    let follow: serde_json::Value = serde_json::from_str(&sandbox.run(&follow).stdout).unwrap();
    assert_eq!(
        follow["sessions"][0]["started"],
        "2026-10-01T07:00:00+01:00[Europe/Berlin]"
    );
    assert_eq!(follow["sessions"][1]["answer"]["value"], 3);
}

#[test]
fn what_cannot_be_compared_is_told() {
    let sandbox = home();
    session(
        &sandbox,
        "20261121T060000.000Z-0000003c",
        "2026-11-21",
        "Open.",
    );
    let path = sandbox.sessions()[2].clone();
    let text = std::fs::read_to_string(&path).unwrap();
    std::fs::write(&path, text.replace("\"tea\"", "\"coffee\"")).unwrap();
    assert_snapshot!(sandbox.run(&["history", "compare"]), @r"
    --- stderr ---
    error: the following required arguments were not provided:
      <SESSION>...

    Usage: trust-coach history compare <SESSION>...

    For more information, try '--help'.
    --- exit 2 ---
    ");
    assert_snapshot!(sandbox.run(&["history", "compare", "last"]), @"
    --- stderr ---
    error: there’s nothing to compare last with
    hint: name a second session, or add --blind to answer again, or --answer ID to follow one answer
    --- exit 2 ---
    ");
    assert_snapshot!(sandbox.run(&["history", "compare", "last", "0000003c"]), @r"
    --- stderr ---
    error: that’s the same session twice
    hint: `trust-coach history` lists your sessions
    --- exit 2 ---
    ");
    assert_snapshot!(sandbox.run(&["history", "compare", "last", "0000001a"]), @r"
    --- stderr ---
    error: these are different exercises: tea and coffee
    hint: only sessions of the same exercise can be compared
    --- exit 2 ---
    ");
    assert_snapshot!(sandbox.run(&["history", "compare", "tea", "0000001a"]), @"
    --- stderr ---
    error: there’s no session called tea
    hint: the newest is [id3]; `trust-coach history` shows more
    --- exit 2 ---
    ");
    assert_snapshot!(sandbox.run(&["history", "compare", "0000001a", "0000002b", "--answer", "warn"]), @r"
    --- stderr ---
    error: no answer warn in these sessions
    hint: did you mean `warm`?
    --- exit 2 ---
    ");
    assert_snapshot!(sandbox.run(&["history", "compare", "tea", "--answer", "warn"]), @r"
    --- stderr ---
    error: no session of tea has an answer warn
    hint: did you mean `warm`?
    --- exit 2 ---
    ");
    assert_snapshot!(sandbox.run(&["history", "compare", "apology", "--answer", "act"]), @r"
    --- stderr ---
    error: no session of apology has an answer act
    hint: `trust-coach exercise apology` begins one
    --- exit 2 ---
    ");
    assert_snapshot!(sandbox.run(&["history", "compare", "nobody", "--answer", "act"]), @"
    --- stderr ---
    error: there’s no session called nobody
    hint: the newest is [id3]; `trust-coach history` shows more
    --- exit 2 ---
    ");
}
