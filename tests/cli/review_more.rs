//! More of `review`: what stands apart from the rules themselves.

use insta::assert_snapshot;

use crate::common::Sandbox;

#[test]
fn a_line_of_a_megabyte_is_looked_at_and_a_larger_file_is_not() {
    let sandbox = Sandbox::new();
    let text = "I am sorry if it hurt. ".repeat(45_000);
    let output = sandbox.run_with(&["review", "--as", "apology", "--json"], &text);
    assert_eq!(output.code, Some(0), "{}", output.stderr);
    sandbox.write("large.txt", "word ".repeat(2_000_000));
    assert_snapshot!(sandbox.run(&["review", "large.txt", "--as", "apology"]), @r"
    --- stderr ---
    error: large.txt is larger than 8 MB
    hint: pass only the part you want looked at
    --- exit 1 ---
    ");
}

#[test]
fn explain_shows_the_words_that_speak_for_a_mark_and_against_it() {
    let sandbox = Sandbox::new();
    let explained = sandbox.run(&["review", "--explain", "conditional"]).stdout;
    assert!(explained.contains("“if”"), "{explained}");
    assert!(explained.contains("against it most:"), "{explained}");
    let promise = sandbox.run(&["review", "--explain", "absolute"]).stdout;
    assert!(!promise.contains("against it most:"), "{promise}");
}

#[test]
fn a_mark_that_the_words_around_it_speak_against_is_not_shown() {
    let sandbox = Sandbox::new();
    let args = ["review", "--as", "apology", "--only", "excuse"];
    let shown = |text: &str| {
        let output = sandbox.run_with(&args, text);
        output.stdout.contains("(excuse)")
    };
    assert!(shown("I'm sorry I was late, it was because of work."));
    assert!(!shown(
        "I'm sorry. I did not come to your wedding and I said it is because of work."
    ));
}

#[test]
fn colours_in_a_file_hide_no_word_and_move_none() {
    let sandbox = Sandbox::new();
    let review = |text: &str| sandbox.run_with(&["review", "-", "--as", "apology", "--json"], text);
    let plain = review("I want to kill myself.\n").stdout;
    assert!(plain.contains("\"heavy\": true"), "{plain}");
    for text in [
        "I want to \u{1b}[1mkill\u{1b}[0m myself.\n",
        "I want to ki\u{1b}[31mll my\u{1b}[mself.\n",
        "\u{1b}]0;a title\u{7}I want to kill\u{1b}(B myself.\n",
    ] {
        assert_eq!(review(text).stdout, plain, "{text:?}");
    }
    let mark = "I'm sorry, \u{1b}[1mbut\u{1b}[0m you started it.\n";
    let found: serde_json::Value = serde_json::from_str(&review(mark).stdout).unwrap();
    let span = &found["findings"][0]["span"];
    let span = [0, 1].map(|at| usize::try_from(span[at].as_u64().unwrap()).unwrap());
    assert_eq!(&mark[span[0]..span[1]], "you started it");
}
