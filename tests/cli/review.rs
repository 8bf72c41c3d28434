use insta::assert_snapshot;

use crate::common::Sandbox;

#[test]
fn what_is_there_and_what_is_not_is_said_in_plain_words() {
    let output = Sandbox::new().run_with(&["review", "-", "--as", "apology"], "I am sorry.");
    assert_eq!(output.code, Some(0), "{output}");
    assert!(
        output.stdout.contains("Found: that you’re sorry"),
        "{output}"
    );
}

#[test]
fn a_text_without_words_has_nothing_to_look_at() {
    let sandbox = Sandbox::new();
    for text in ["", " \n\t", "😀🎉 👨‍👩‍👧", "...!?"] {
        let output = sandbox.run_with(&["review", "--as", "apology"], text);
        assert_eq!(
            output.stdout, "There are no words in it to look at.\n",
            "{text:?}"
        );
        assert_eq!(output.code, Some(0));
    }
}

#[test]
fn another_language_is_told_once_and_calmly() {
    let sandbox = Sandbox::new();
    for text in [
        "Es tut mir leid, dass ich dich gestern angelogen habe. Das war falsch von mir.",
        "Lo siento mucho por no haber llegado a tiempo a tu fiesta de ayer.",
        "Прости меня, пожалуйста, я был неправ",
        "对不起，我不应该这样做。",
    ] {
        let output = sandbox.run_with(&["review", "--as", "apology"], text);
        assert_eq!(
            output.stdout,
            "This doesn’t look like English. The rules only know English, so they say\nnothing here.\n",
            "{text}"
        );
        assert_eq!(output.code, Some(0));
    }
}

#[test]
fn what_is_no_text_and_what_cannot_be_read_is_said_so() {
    let sandbox = Sandbox::new();
    sandbox.write("picture.png", b"\x89PNG\r\n\x1a\n\xff\xfe");
    sandbox.write("folder/x", "");
    assert_snapshot!(sandbox.run(&["review", "picture.png", "--as", "apology"]), @"
    --- stderr ---
    error: picture.png: it isn’t UTF-8 text (line 1)
    hint: save it as plain text, in UTF-8, and try again
    --- exit 1 ---
    ");
    assert_snapshot!(sandbox.run(&["review", "none.txt", "--as", "apology"]), @r"
    --- stderr ---
    error: could not read none.txt
    caused by: No such file or directory (os error 2)
    --- exit 1 ---
    ");
    assert_snapshot!(sandbox.run(&["review", "folder", "--as", "apology"]), @"
    --- stderr ---
    error: could not read folder: it isn’t a file
    --- exit 1 ---
    ");
}

#[test]
fn the_subject_must_be_said_and_must_exist() {
    let sandbox = Sandbox::new();
    assert_snapshot!(sandbox.run_with(&["review"], "Sorry."), @r"
    --- stderr ---
    error: the kind of text is needed
    hint: add --as SUBJECT, one of: apology, reflection, empathy, promise, opening
    --- exit 2 ---
    ");
    assert_snapshot!(sandbox.run_with(&["review", "--as", "apology", "--only", "regrett"], "Sorry."), @"
    --- stderr ---
    error: there’s no rule “regrett” for apology
    hint: did you mean `regret`?
    --- exit 2 ---
    ");
}

#[test]
fn a_script_can_fail_on_what_is_missing() {
    let sandbox = Sandbox::new();
    let fails = |text: &str| {
        let args = [
            "review",
            "--as",
            "apology",
            "--only",
            "regret",
            "--fail-on",
            "missing",
        ];
        sandbox.run_with(&args, text).code
    };
    assert_eq!(fails("I am sorry."), Some(0));
    assert_eq!(fails("I broke your lamp."), Some(6));
}

/// A rule of a counsellor's own, and a built-in one that says nothing.
const OWN: &str = r#"
format = 1
subject = "apology"
silence = ["minimise"]

[lists]
office = ["memo", "action point"]

[[rule]]
id = "office-words"
kind = "mark"
wording = "tentative"
name = "office words"
message = "This sounds like work."
look_at = "Look at who will read it."
why = "They are not a colleague."
source = "My practice."
examples.caught = ["Here is a memo."]
examples.passes = ["Here is a letter."]
patterns = ["@office"]
"#;

#[test]
fn a_rule_is_added_and_another_silenced_by_one_file_of_ones_own() {
    let sandbox = Sandbox::new();
    let text = "I forgot your party. Sorry, it was only a small thing. Here is a memo about it.";
    let args = ["review", "--as", "apology", "--only", "minimise"];
    assert!(sandbox.run_with(&args, text).stdout.contains("only"));
    sandbox.write("home/rules/mine.toml", OWN);
    assert!(!sandbox.run_with(&args, text).stdout.contains("(minimise)"));
    let args = ["review", "--as", "apology", "--only", "office-words"];
    assert_snapshot!(sandbox.run_with(&args, text), @r"
    Line 1: “memo”.
    This sounds like work. Look at who will read it. (office-words)

    Found: that you’re sorry; what you did, said as your own doing.
    --- exit 0 ---
    ");
    let rules = sandbox
        .run(&["review", "--rules", "--as", "apology"])
        .stdout;
    assert!(
        rules.contains("office-words: office words (may be wrong)"),
        "{rules}"
    );
    assert_eq!(
        sandbox.run(&["check", "home/rules/mine.toml"]).code,
        Some(0)
    );
}

#[test]
fn a_broken_file_of_ones_own_is_told_of_and_left_out() {
    let sandbox = Sandbox::new();
    sandbox.write("home/rules/mine.toml", OWN.replace("@office", "@offices"));
    let args = ["review", "--as", "apology", "--only", "regret"];
    assert_snapshot!(sandbox.run_with(&args, "I am sorry."), @r"
    The rules found nothing to ask about.

    Found: that you’re sorry.
    --- stderr ---
    warning: skipped $SANDBOX/home/rules/mine.toml: it has 1 error
    hint: trust-coach check $SANDBOX/home/rules/mine.toml
    --- exit 0 ---
    ");
}

#[test]
fn words_are_underlined_in_their_line() {
    let text = "Dear Ana,\nI broke the lamp. I'm sorry if that upset you, but it was only a lamp.";
    let args = [
        "review",
        "--as",
        "apology",
        "--only",
        "conditional,minimise",
    ];
    let sandbox = Sandbox::new();
    assert_snapshot!(sandbox.run_with(&args, text), @r"
    Line 2: “sorry if that upset”.
    These words leave open whether it happened, or whether it hurt. Look at
    what you know. Is it really in doubt? (conditional)

    Line 2: “it was only a lamp”.
    This may make what happened look small. Look at the size of the word.
    How big was it for them? (minimise)

    Found: that you’re sorry; what you did, said as your own doing.
    --- exit 0 ---
    ");
    let mut command = sandbox.command(&[
        "review",
        "a.txt",
        "--as",
        "apology",
        "--only",
        "conditional",
    ]);
    sandbox.write("a.txt", text);
    assert_snapshot!(sandbox.finish(command.env("TERM", "xterm").env("COLUMNS", "40")), @r"
    line 2
      I broke the lamp. I'm sorry if that
                            ~~~~~~~~~~~~~
      upset you, but it was only a lamp.
      ~~~~~
    These words leave open whether it
    happened, or whether it hurt. Look at
    what you know. Is it really in doubt?
    (conditional)

    Found: that you’re sorry; what you did,
    said as your own doing.
    --- exit 0 ---
    ");
}

#[test]
fn what_other_systems_put_at_the_ends_of_lines_and_before_a_text_is_not_shown() {
    let sandbox = Sandbox::new();
    let text = "\u{feff}I'm sorry if you were hurt by that.\r\nI feel sorry if that upset you.\r\n";
    sandbox.write("a.txt", text);
    let args = [
        "review",
        "a.txt",
        "--as",
        "apology",
        "--only",
        "conditional",
    ];
    let mut command = sandbox.command(&args);
    assert_snapshot!(sandbox.finish(command.env("TERM", "xterm").env("COLUMNS", "40")), @r"
    line 1
      I'm sorry if you were hurt by that.
          ~~~~~~~~~~~~~~~~~~~~~~
    These words leave open whether it
    happened, or whether it hurt. Look at
    what you know. Is it really in doubt?
    (conditional)

    line 2
      I feel sorry if that upset you.
             ~~~~~~~~~~~~~~~~~~~
    These words leave open whether it
    happened, or whether it hurt. Look at
    what you know. Is it really in doubt?
    (conditional)

    Found: that you’re sorry.
    --- exit 0 ---
    ");
    let sentences = sandbox.run(&args).to_string();
    assert!(
        sentences.contains("Line 1: “sorry if you were hurt”."),
        "{sentences}"
    );
    assert!(!sentences.contains(r"\u{"), "{sentences}");
    let json = sandbox.run(&[&args[..], &["--json"]].concat()).stdout;
    let json: serde_json::Value = serde_json::from_str(&json).unwrap();
    let place = |at: usize| json["findings"][0]["span"][at].as_u64().unwrap() as usize;
    assert_eq!(&text[place(0)..place(1)], "sorry if you were hurt");
}

#[test]
fn json_has_every_finding_with_its_place() {
    let args = [
        "review",
        "--as",
        "apology",
        "--json",
        "--only",
        "conditional",
    ];
    let text = "I broke the lamp. I'm sorry if that upset you.";
    assert_snapshot!(Sandbox::new().run_with(&args, text), @r#"
    {
      "format": "1.0",
      "subject": "apology",
      "words": 11,
      "english": true,
      "heavy": false,
      "control": false,
      "parts": {
        "regret": true,
        "responsibility": true,
        "names-harm": false,
        "explanation": false,
        "repair": false,
        "specific-change": false,
        "change": false,
        "asks-forgiveness": false
      },
      "findings": [
        {
          "rule": "conditional",
          "kind": "mark",
          "firm": true,
          "weight": 80,
          "span": [
            22,
            41
          ],
          "line": 1,
          "column": 23,
          "message": "These words leave open whether it happened, or whether it hurt.",
          "look_at": "Look at what you know. Is it really in doubt?",
          "why": "Someone who was hurt can hear that you doubt it.",
          "source": "Robbennolt 2003: an apology that owned the act helped more than one that only said sorry."
        }
      ]
    }
    --- exit 0 ---
    "#);
}

#[test]
fn heavy_words_draw_one_soft_line_and_nothing_else() {
    let text = "I'm sorry I made you hit me. It was only the wine.";
    let output = Sandbox::new().run_with(&["review", "--as", "apology"], text);
    assert_snapshot!(output, @"
    Some of this sounds very hard. If you’d like to talk to someone about
    it, trust-coach support shows you numbers. You can also just carry on.
    The rest of it wasn’t looked over.
    --- exit 0 ---
    ");
}

#[test]
fn a_rule_is_explained() {
    let args = ["review", "--explain", "grovel"];
    assert_snapshot!(Sandbox::new().run(&args), @"
    grovel (apology): something that hurts

    This seems to be about you as a person, more than about what you did.
    Look at what you did. It’s enough to own that.

    Why: They may feel that they have to comfort you, just when they need
    comfort.

    The words say it plainly.
    From: Lewicki, Polin, Lount 2016: owning the act counted most. Putting
    yourself down is none of the six parts.

    It’s shown only where the words around it speak for it. These do most:
    “im a”, “deserve”, “myself”, “useless”, “sorry im”.

    These speak against it most: “that”, “when”, “im sorry”, “so im”, “by”.

    Found in:
    - I'm such a failure.
    - im scum
    - I hate myself.
    - I don't deserve you.
    - You'd be better off without me.
    - I don't know why you put up with me.
    - I ruin everything.
    - I'm a terrible person.

    Not found in:
    - I was a coward.
    - It was a stupid thing to do.
    - That was a rotten thing to say.
    - I hate that I did it.
    - You don't deserve that.
    - I was a fool to say it.
    - You are not useless.
    - I felt like rubbish.
    - I'm a numpty and I'm sorry.
    --- exit 0 ---
    ");
    let args = ["review", "--explain", "gravel"];
    assert_snapshot!(Sandbox::new().run(&args), @"
    --- stderr ---
    error: there’s no rule “gravel”
    hint: did you mean `grovel`?
    --- exit 2 ---
    ");
}
