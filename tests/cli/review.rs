use insta::assert_snapshot;

use crate::common::Sandbox;

#[test]
fn what_is_there_and_what_is_not_is_said_in_plain_words() {
    let output = Sandbox::new().run_with(&["review", "-", "--as", "apology"], "I am sorry.");
    assert_eq!(output.code, Some(0), "{output}");
    assert!(
        output.stdout.contains("Found: that you are sorry"),
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
            "This does not look like English. The rules are for English, so they say\nnothing here.\n",
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
    assert_snapshot!(sandbox.run(&["review", "picture.png", "--as", "apology"]), @r"
    --- stderr ---
    error: picture.png is not text
    hint: save it as plain text, in UTF-8, and try again
    --- exit 1 ---
    ");
    assert_snapshot!(sandbox.run(&["review", "none.txt", "--as", "apology"]), @r"
    --- stderr ---
    error: could not read none.txt
    caused by: No such file or directory (os error 2)
    --- exit 1 ---
    ");
    assert_snapshot!(sandbox.run(&["review", "folder", "--as", "apology"]), @r"
    --- stderr ---
    error: could not read folder: it is a folder
    --- exit 1 ---
    ");
}

#[test]
fn the_subject_must_be_said_and_must_exist() {
    let sandbox = Sandbox::new();
    assert_snapshot!(sandbox.run_with(&["review"], "Sorry."), @r"
    --- stderr ---
    error: what is the text?
    hint: --as SUBJECT, one of: apology, reflection, empathy, promise, opening
    --- exit 2 ---
    ");
    assert_snapshot!(sandbox.run_with(&["review", "--as", "apology", "--only", "regrett"], "Sorry."), @r"
    --- stderr ---
    error: there is no rule “regrett” for apology
    hint: did you mean regret?
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
