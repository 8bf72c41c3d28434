//! Sessions as people and spreadsheets read them, and the page to give to a counsellor.

use std::fs;

use insta::assert_snapshot;

use crate::common::Sandbox;
use crate::export::three;

#[test]
fn markdown_shows_what_was_answered_as_it_was_written() {
    assert_snapshot!(three().run(&["export", "--format", "markdown"]), @r"
    # What I tell on my own

    Begun 2026-01-05 09:00, done 2026-01-05 09:10. Session [id1]. Tags: spring.

    > What I offer

    Every Sunday I say what the week was like.

    # An exercise that is gone

    Begun 2026-03-01 20:00, done. Session [id2].

    > act

    \=Took from the rich.

    \<b>Gave\</b> to the \*poor\*.

    > How much trust?

    5

    Added 2026-03-02 20:00:

    I read it again.

    # An exercise that is gone

    Begun 2026-03-01 21:00, paused. Session [id3].
    --- exit 0 ---
    ");
}

#[test]
fn a_table_has_ratings_and_choices_and_no_text() {
    let sandbox = three();
    assert_snapshot!(sandbox.run(&["export", "--format", "csv", "--all"]), @"
    started,exercise,step,name,round,kind,value,label,session,by
    2026-01-05 09:00,openness,side,Where I stand,1,choose,broke,I broke trust and offer something,[id1],
    2026-03-01 20:00,gone,trust,,2,rate,5,,[id2],
    --- exit 0 ---
    ");
}

#[test]
fn a_page_of_html_needs_nothing_from_anywhere() {
    let sandbox = three();
    let done = sandbox.run(&["export", "--output", "all.html"]);
    assert_eq!(done.code, Some(0), "{done}");
    let page = fs::read_to_string(sandbox.home().with_file_name("all.html")).unwrap();
    let (head, body) = page.split_once("<main>\n").unwrap();
    for needed in [
        "charset=\"utf-8\"",
        "width=device-width",
        "default-src 'none'",
        "@media print",
    ] {
        assert!(head.contains(needed), "{needed}");
    }
    for outside in [
        "http:", "https:", "//", "<script", "<link", "<img", "url(", "@import", " src=", " href=",
    ] {
        assert!(!page.contains(outside), "{outside}");
    }
    assert_snapshot!(body, @r#"
    <article lang="en">
    <h1 dir="auto">What I tell on my own</h1>
    <p class="facts" lang="en">Begun 2026-01-05 09:00, done 2026-01-05 09:10. Session aaaaaaaa. Tags: spring.</p>
    <div class="asked"><p dir="auto">What I offer</p></div>
    <div class="words"><p dir="auto">Every Sunday I say what the week was like.</p></div>
    </article>
    <article lang="en">
    <h1 dir="auto">An exercise that is gone</h1>
    <p class="facts" lang="en">Begun 2026-03-01 20:00, done. Session bbbbbbbb.</p>
    <div class="asked"><p dir="auto">act</p></div>
    <div class="words"><p dir="auto">=Took from the rich.</p><p dir="auto">&lt;b&gt;Gave&lt;/b&gt; to the *poor*.</p></div>
    <div class="asked"><p dir="auto">How much trust?</p></div>
    <div class="words"><p dir="auto">5</p></div>
    <p class="facts" lang="en">Added 2026-03-02 20:00:</p>
    <div class="words"><p dir="auto">I read it again.</p></div>
    </article>
    <article lang="en">
    <h1 dir="auto">An exercise that is gone</h1>
    <p class="facts" lang="en">Begun 2026-03-01 21:00, paused. Session cccccccc.</p>
    </article>
    </main>
    </body>
    </html>
    "#);
}

/// First sessions and check-ins of several people, as one.
fn worked() -> Sandbox {
    let sandbox = Sandbox::new();
    for (day, exercise, answers) in [
        ("01", "check-in", "ines"),
        ("08", "check-in", "lou"),
        ("15", "apology", "bea"),
        ("20", "first-session", "gareth"),
        ("22", "first-session", "renata"),
    ] {
        let file = format!(
            "{}/tests/answers/{exercise}/{answers}.toml",
            env!("CARGO_MANIFEST_DIR")
        );
        let args = ["exercise", exercise, "--answers", &file, "--screened"];
        let now = format!("2026-11-{day}T18:00:00+01:00[Europe/Berlin]");
        let done = sandbox.finish(sandbox.command(&args).env("TRUST_COACH_NOW", now));
        assert_eq!(done.code, Some(0), "{done}");
    }
    sandbox
}

#[test]
fn a_page_for_a_counsellor_has_goals_what_was_tried_ratings_and_what_to_ask() {
    let sandbox = worked();
    assert_snapshot!(sandbox.run(&["export", "--layout", "hand-over"]), @"
    # A page to bring along

    These are one person’s own words and ratings. They aren’t a test.

    ## What to bring to a first session

    Written 2026-11-22.

    ### Who goes

    Just me

    ### Where I stand

    I was hurt

    ### Who it’s about

    My partner

    ### What brings me

    I come because my husband had a other life with money, 3 years. I know it since march. Now I am tired and my doctor said, talk to somebody.

    ### How long it’s been hard

    A few months

    ### One moment that shows it

    On monday he put the keys on the table, only a bit loud, and I began to cry and could not stop until the bus.

    ### What we’ve tried

    Waiting and saying nothing, Advice from friends or family, Seeing a doctor

    ### How that went

    It helped to sleep by my sister two nights. Worse was when all gave me advice.

    ### What I want from it

    I would notice that I eat at the table and not standing. And I know where I live in summer.

    ### My part of that

    I can go to my sister on fridays without to explain it.

    ### What I don’t want

    I dont want to be asked if I forgive.

    ### Good for them to know

    I take medicine for my mood, Another language is easier for me, I want some time alone with you

    ### What I want to ask

    How do you work?, What do you note down? Who sees it?, What if I need a break?

    ### A question of my own

    Do you have also women who stayed? And women who went?

    ### The hardest sentence

    I do not know if I want to stay.

    ### The day of the session

    Thursday 26 November 2026 at 14:30

    ## Ratings over time

    | What | Scale | Ratings, oldest first |
    | --- | --- | --- |
    | They kept their word (A check-in with yourself) | 1 (I had to guess) to 7 (I knew what to expect) | 3 (2026-11-01), 7 (2026-11-08) |
    | They told me first (A check-in with yourself) | 1 (closed) to 7 (they told me things) | 2 (2026-11-01), 7 (2026-11-08) |
    | I felt heard (A check-in with yourself) | 1 (not at all) to 7 (I felt heard) | 3 (2026-11-01), 6 (2026-11-08) |
    | I felt safe to say no (A check-in with yourself) | 1 (saying no would have cost me) to 7 (I could say no) | 3 (2026-11-01), 7 (2026-11-08) |
    | Hope (A check-in with yourself) | 1 (none at the moment) to 7 (a lot) | 4 (2026-11-01), 4 (2026-11-08) |
    | They were there for me (A check-in with yourself) | 1 (I felt alone with it) to 7 (they were there) | 7 (2026-11-08) |
    | Trust between us (What to bring to a first session) | 1 (none at all) to 7 (full trust) | 2 (2026-11-20), 1 (2026-11-22) |
    | How close we are (What to bring to a first session) | 1 (far apart) to 7 (very close) | 4 (2026-11-20), 2 (2026-11-22) |
    | How I am (What to bring to a first session) | 1 (very badly) to 7 (well) | 4 (2026-11-20), 2 (2026-11-22) |
    | Hope (What to bring to a first session) | 1 (no hope) to 7 (a lot of hope) | 6 (2026-11-20), 4 (2026-11-22) |

    ## What I have worked on

    - A check-in with yourself: 2 times, 2026-11-01 to 2026-11-08
    - A full apology: 2026-11-15
    - What to bring to a first session: 2 times, 2026-11-20 to 2026-11-22
    --- exit 0 ---
    ");
}

#[test]
fn what_was_taken_out_of_the_text_to_read_out_is_not_on_the_page() {
    let sandbox = worked();
    let path = sandbox.sessions().pop().unwrap();
    let session = fs::read_to_string(&path).unwrap();
    let (before, text) = session.split_once("step = \"page\"").unwrap();
    let taken_out = "I do not know if I want to stay.";
    assert!(text.contains(taken_out));
    let page = text.replace(taken_out, "And one thing more.");
    fs::write(&path, format!("{before}step = \"page\"{page}")).unwrap();
    let page = sandbox.run(&[
        "export",
        "--layout",
        "hand-over",
        "last",
        "--format",
        "html",
    ]);
    assert_eq!(page.code, Some(0), "{page}");
    assert!(!page.stdout.contains(taken_out), "{page}");
    assert!(page.stdout.contains("And one thing more."), "{page}");
    assert!(
        page.stdout
            .contains("<h3 dir=\"auto\">What I want to ask</h3>"),
        "{page}"
    );
    let preview = sandbox.run(&["export", "--layout", "hand-over", "last", "--preview"]);
    assert!(
        preview
            .stdout
            .contains("already on the page in other words"),
        "{preview}"
    );
    assert!(
        !preview.stdout.contains("The hardest sentence"),
        "{preview}"
    );
}

#[test]
fn a_page_without_words_says_how_to_make_them_and_data_is_no_page() {
    let sandbox = three();
    assert_snapshot!(sandbox.run(&["export", "--layout", "hand-over"]), @r"
    # A page to bring along

    These are one person’s own words and ratings. They aren’t a test.

    ## Ratings over time

    | What | Scale | Ratings, oldest first |
    | --- | --- | --- |
    | trust (An exercise that is gone) |  | 5 (2026-03-01) |

    ## What I have worked on

    - What I tell on my own: 2026-01-05
    - An exercise that is gone: 2026-03-01
    --- stderr ---
    The page has none of your own words yet. This exercise helps you write them: trust-coach exercise first-session
    --- exit 0 ---
    ");
    assert_snapshot!(sandbox.run(&["export", "--layout", "hand-over", "--format", "csv"]), @r"
    --- stderr ---
    error: a page can’t be written as csv
    hint: add --format markdown, or --format html
    --- exit 2 ---
    ");
}

#[test]
fn a_page_of_a_paused_session_says_how_to_go_on_with_it() {
    let sandbox = Sandbox::new();
    sandbox.run_with(&["exercise", "why-us", "--io", "lines"], "/pause\n");
    assert_snapshot!(sandbox.run(&["export", "last", "--layout", "hand-over"]), @"
    --- stderr ---
    error: there’s nothing to export
    hint: [id1] is paused, and a page has only what is finished. To go on with it: trust-coach resume [id1]
    To export it as it is: trust-coach export [id1]
    --- exit 1 ---
    ");
}

/// An exercise promises this page by its command.
#[test]
fn the_command_at_the_end_of_the_exercise_makes_the_page() {
    let line = "trust-coach export --layout hand-over --output page.html";
    let exercise = include_str!("../../exercises/first-session.toml");
    assert!(exercise.contains(&format!("\n{line}\n")) || exercise.contains(&format!("\n{line}\"")));
    let sandbox = worked();
    let words = line.split_whitespace().skip(1).collect::<Vec<_>>();
    let done = sandbox.run(&words);
    assert_eq!(done.code, Some(0), "{done}");
    let page = fs::read_to_string(sandbox.home().with_file_name("page.html")).unwrap();
    assert!(
        page.contains("I would notice that I eat at the table"),
        "{page}"
    );
}
