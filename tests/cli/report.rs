//! The page on how the weeks went: what is on it, what is not, and where it goes.

use age::x25519::Identity;
use insta::assert_snapshot;

use crate::common::{Output, Sandbox};
use crate::progress::{QUARTER, rated};
use crate::sealed::opened;

fn report(sandbox: &Sandbox, args: &[&str]) -> Output {
    sandbox.run(&[&["report"], args].concat())
}

#[test]
fn the_page_has_each_rating_in_words_as_a_picture_and_as_a_table() {
    let sandbox = rated(&QUARTER);
    let page = report(&sandbox, &["--output", "-", "--days"]);
    assert_eq!(page.code, Some(0), "{page}");
    let html = &page.stdout;
    assert_eq!(html.matches("<circle").count(), 12);
    assert_eq!(html.matches("<svg").count(), 2);
    let words =
        "First six between 2 and 4, on average 3.2. Last six between 3 and 5, on average 4.3.";
    assert_eq!(
        html.matches(words).count(),
        2,
        "below the picture and within: {html}"
    );
    // One table for the screen and one for paper.
    assert_eq!(html.matches("<td dir=\"auto\">2026-08-30</td>").count(), 4);
    for absent in ["<script", "http:", "https:", "src=", "url(", "close"] {
        assert!(!html.contains(absent), "{absent} in {html}");
    }
    assert!(html.contains("default-src 'none'"));
}

#[test]
fn markdown_has_the_words_and_the_table() {
    let sandbox = rated(&QUARTER[..2]);
    assert_snapshot!(report(&sandbox, &["--output", "-", "--format", "markdown", "--title", "Our weeks"]), @"
    # Our weeks

    Made on Sunday 22 November 2026. These are one person’s own ratings, on their own scale. The questions haven’t been validated, and the numbers prove nothing about anybody.

    ## A look at the week

    ### I was open

    So far between 2 and 3, the newest 2. Too few to say whether anything changed: it takes 12, and there are 2.

    | Day | Rating |
    | --- | --- |
    | 2026-08-30 | 3 |
    | 2026-09-06 | 2 |
    --- exit 0 ---
    ");
}

#[test]
fn sensitive_ratings_are_on_it_only_where_they_are_named() {
    let sandbox = rated(&QUARTER[..3]);
    assert_snapshot!(report(&sandbox, &["--preview", "--measure", "week/close", "--measure", "week/open"]), @"
    This goes out:
      I was open: 3 ratings
      close: 3 ratings
    --- exit 0 ---
    ");
    assert_snapshot!(report(&sandbox, &["--preview", "--days"]), @"
    This goes out:
      I was open: 3 ratings
      Days with a finished exercise: 3
    --- exit 0 ---
    ");
}

#[test]
fn promises_are_counted_without_their_words_unless_those_are_wanted() {
    let sandbox = rated(&QUARTER[..1]);
    let add = [
        "promise",
        "add",
        "--what-file",
        "-",
        "--when",
        "daily from 2026-11-20 until 2026-11-21",
    ];
    let added = sandbox.run_with(&add, "I’ll call at six.\n");
    assert_eq!(added.code, Some(0), "{added}");
    let kept = sandbox.run(&["promise", "kept", "last", "2026-11-20"]);
    assert_eq!(kept.code, Some(0), "{kept}");
    let page = |more: &[&str]| {
        let args = ["--output", "-", "--format", "markdown", "--promises"];
        report(&sandbox, &[&args, more].concat())
    };
    let counts = page(&[]);
    assert!(
        counts.stdout.contains("## 1 promise\n") && counts.stdout.contains("| Kept | 1 |"),
        "{counts}"
    );
    assert!(!counts.stdout.contains("six"), "{counts}");
    assert!(
        page(&["--with-text"])
            .stdout
            .contains("## I’ll call at six.")
    );
}

#[test]
fn a_new_file_is_written_and_one_that_is_there_is_left_alone() {
    let sandbox = rated(&QUARTER);
    assert_snapshot!(report(&sandbox, &["--output", "page.html"]), @"
    --- stderr ---
    page.html is written in plain text: anyone who can open the file can read it.
    --- exit 0 ---
    ");
    assert_snapshot!(report(&sandbox, &["--output", "page.html"]), @"
    --- stderr ---
    error: page.html already exists
    hint: choose another name, or move that file away
    --- exit 2 ---
    ");
    assert_snapshot!(report(&sandbox, &[]), @"
    --- stderr ---
    error: the following required arguments were not provided:
      --output <FILE>

    Usage: trust-coach report --output <FILE>

    For more information, try '--help'.
    --- exit 2 ---
    ");
    assert_snapshot!(sandbox.run_with(&["report", "--preview", "--measure", "week/opne"], ""), @"
    --- stderr ---
    error: there are no ratings of `week/opne`
    hint: did you mean `week/open`?
    --- exit 2 ---
    ");
    assert_snapshot!(Sandbox::new().run(&["report", "--preview"]), @"
    --- stderr ---
    error: there’s nothing to report yet
    hint: `trust-coach exercise check-in` asks for ratings, week by week
    --- exit 1 ---
    ");
}

#[test]
fn a_sealed_page_is_read_with_its_key_alone() {
    let sandbox = rated(&QUARTER);
    let key = Identity::generate();
    let recipient = key.to_public().to_string();
    let sealed = report(
        &sandbox,
        &["--output", "page.html.age", "--to-age", &recipient],
    );
    assert_snapshot!(sealed, @"
    --- stderr ---
    page.html.age is written and sealed: only someone with one of its keys can open it.
    --- exit 0 ---
    ");
    let file = sandbox.home().with_file_name("page.html.age");
    let file = std::fs::read_to_string(file).unwrap();
    assert!(file.is_ascii() && !file.contains("I was open"), "{file}");
    let plain = report(&sandbox, &["--output", "-"]).stdout;
    assert_eq!(opened(&file, &key), plain);
    let preview = report(&sandbox, &["--preview", "--to-age", &recipient]);
    assert_eq!(preview.stdout, report(&sandbox, &["--preview"]).stdout);
}

#[test]
fn what_was_rated_in_a_paused_session_is_named_and_counts_once_it_is_finished() {
    let sandbox = rated(&[3, 4]);
    let pause = |at: usize| {
        let path = &sandbox.sessions()[at];
        let text = std::fs::read_to_string(path).unwrap();
        let lines = text.lines().filter(|line| !line.starts_with("ended = "));
        let open: Vec<&str> = lines.collect();
        let open = open.join("\n") + "\n";
        std::fs::write(path, open.replace("state = \"done\"", "state = \"open\"")).unwrap();
    };
    pause(1);
    assert_snapshot!(sandbox.run(&["progress"]), @"
    A look at the week
      week/open  I was open  3

    The newest ratings, oldest first; a dot is one that you left out.
    One of them, in words: trust-coach progress week/open

    One session with ratings is paused. What you rated counts once you
    finish it:
      trust-coach resume
    --- exit 0 ---
    ");
    pause(0);
    assert_snapshot!(sandbox.run(&["progress"]), @"
    --- stderr ---
    Nothing is rated in a finished session yet.
    What you rated counts once you finish it:
      trust-coach resume
    --- exit 0 ---
    ");
}
