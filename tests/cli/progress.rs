//! Ratings over weeks: in words, as a picture, and for programs.

use insta::assert_snapshot;
use serde_json::Value;

use crate::common::{Output, Sandbox, exercise_text};

const WEEK: &str = exercise_text!(
    r#"title = "A look at the week"
strategy = "time"
minutes = 2
summary = "Rate a week."
opening = "Welcome."
closing = "Until next week."
"#,
    r#"[[step]]
id = "open"
kind = "rate"
from = 1
to = 7
low = "held back"
high = "told it first"
name = "I was open"
prompt = "How open were you?"

[[step]]
id = "close"
kind = "rate"
from = 1
to = 5
sensitive = true
prompt = "How close are you?"
"#
);

/// A home with a session for each of these, a week apart; 0 leaves the rating out.
pub(crate) fn rated(values: &[u8]) -> Sandbox {
    let sandbox = Sandbox::new();
    sandbox.write("home/exercises/week.toml", WEEK);
    for (value, week) in values.iter().zip(0..) {
        let open = match value {
            0 => String::from("{ skip = true }"),
            value => value.to_string(),
        };
        let answers = format!("format = 1\n[answers]\nopen = {open}\nclose = 3\n");
        sandbox.write("a.toml", answers);
        let day = jiff::civil::date(2026, 8, 30) + jiff::ToSpan::days(7 * week);
        let now = format!("{day}T19:00:00Z[UTC]");
        let args = ["exercise", "week", "--answers", "a.toml"];
        let mut command = sandbox.command(&args);
        let output = sandbox.finish(command.env("TRUST_COACH_NOW", now));
        assert_eq!(output.code, Some(0), "{output}");
    }
    sandbox
}

pub(crate) const QUARTER: [u8; 13] = [3, 2, 3, 4, 3, 0, 4, 3, 4, 5, 4, 5, 5];

fn progress(sandbox: &Sandbox, args: &[&str]) -> Output {
    sandbox.run(&[&["progress"], args].concat())
}

#[test]
fn words_come_first_and_are_complete_and_the_picture_stands_below() {
    let sandbox = rated(&QUARTER);
    let full = |columns: &str| {
        let mut command = sandbox.command(&["progress", "week/open"]);
        sandbox.finish(command.env("TERM", "xterm").env("COLUMNS", columns))
    };
    assert_snapshot!(full("80"), @"
    I was open
    A look at the week: 12 ratings since Sunday 30 August 2026.
    First six between 2 and 4, on average 3.2. Last six between 3 and 5, on
    average 4.3. That’s within the usual ups and downs of your ratings. Once
    you chose not to say.

    7 told it first |
    6               |
    5               |                             o     o  o
    4               |           o        o     o     o
    3               |  o     o     o        o
    2               |     o
    1 held back     |
                    +----------------------------------------
                       Aug            Oct         Nov

    These ratings are yours, on your own scale. They prove nothing about
    anybody.
    --- exit 0 ---
    ");
    assert_snapshot!(full("40"), @"
    I was open
    A look at the week: 12 ratings since
    Sunday 30 August 2026.
    First six between 2 and 4, on average
    3.2. Last six between 3 and 5, on
    average 4.3. That’s within the usual ups
    and downs of your ratings. Once you
    chose not to say.

    7 |
    6 |
    5 |                          o     o  o
    4 |        o        o     o     o
    3 |     o     o        o
    2 |  o
    1 |
      +-------------------------------------
         Sep         Oct         Nov

    These ratings are yours, on your own
    scale. They prove nothing about anybody.
    --- exit 0 ---
    ");
    assert_snapshot!(progress(&sandbox, &["--plain", "week"]), @"
    I was open
    A look at the week: 12 ratings since Sunday 30 August 2026.
    First six between 2 and 4, on average 3.2. Last six between 3 and 5, on
    average 4.3. That’s within the usual ups and downs of your ratings. Once
    you chose not to say.

    These ratings are yours, on your own scale. They prove nothing about
    anybody.
    --- exit 0 ---
    ");
    assert_snapshot!(progress(&sandbox, &["week/open", "--last", "4", "--chart", "none"]), @"
    I was open
    A look at the week: 4 ratings since Sunday 1 November 2026.
    So far between 4 and 5, the newest 5. Too few to say whether anything
    changed: it takes 12, and there are 4.

    These ratings are yours, on your own scale. They prove nothing about
    anybody.
    --- exit 0 ---
    ");
}

#[test]
fn a_change_that_is_more_than_they_vary_by_is_named() {
    let sandbox = rated(&[2, 2, 3, 2, 3, 2, 6, 6, 5, 6, 6, 5, 1]);
    assert_snapshot!(progress(&sandbox, &["week/open", "--chart", "none"]), @"
    I was open
    A look at the week: 13 ratings since Sunday 30 August 2026.
    First six between 2 and 3, on average 2.3. Last six between 5 and 6, on
    average 5.7. The last six are higher by 3.3. That’s more than the usual
    ups and downs of your ratings. That covers the first 12; the next
    comparison comes after 5 more.

    These ratings are yours, on your own scale. They prove nothing about
    anybody.
    --- exit 0 ---
    ");
}

#[test]
fn without_a_name_all_are_listed() {
    assert_snapshot!(progress(&rated(&QUARTER), &[]), @"
    A look at the week
      week/open  I was open  3 2 3 4 3 . 4 3 4 5 4 5 5

    The newest ratings, oldest first; a dot is one that you left out.
    One of them, in words: trust-coach progress week/open
    --- exit 0 ---
    ");
    assert_snapshot!(progress(&Sandbox::new(), &[]), @"
    --- stderr ---
    Nothing is rated yet.
    `trust-coach exercise check-in` asks for ratings, week by week.
    --- exit 0 ---
    ");
}

#[test]
fn sensitive_ratings_are_shown_only_where_they_are_named() {
    let sandbox = rated(&QUARTER[..3]);
    assert!(!progress(&sandbox, &["week"]).stdout.contains("close"));
    assert!(
        progress(&sandbox, &["week/close"])
            .stdout
            .contains("3 ratings")
    );
}

#[test]
fn programs_get_points_and_the_note_and_spreadsheets_rows() {
    let sandbox = rated(&QUARTER);
    let json = progress(&sandbox, &["week/open", "--json"]);
    let value: Value = serde_json::from_str(&json.stdout).unwrap();
    let series = &value["series"][0];
    assert_eq!(series["points"].as_array().unwrap().len(), 12);
    assert_eq!(series["points"][0]["day"], "2026-08-30");
    assert_eq!(series["left_out"], 1);
    assert_snapshot!(series["note"], @r#"{"code":"within","first":3.17,"last":4.33,"difference":1.17,"needed":1.54,"looked_at":12}"#);
    assert_snapshot!(progress(&sandbox, &["--csv", "--last", "2"]), @"
    day,exercise,step,by,value
    2026-11-15,week,open,,5
    2026-11-22,week,open,,5
    --- exit 0 ---
    ");
    let since = progress(&sandbox, &["--json", "--since", "2026-11-01"]);
    let value: Value = serde_json::from_str(&since.stdout).unwrap();
    assert_eq!(value["series"][0]["points"].as_array().unwrap().len(), 4);
}

#[test]
fn a_name_that_nothing_was_rated_under_is_a_usage_error() {
    assert_snapshot!(progress(&rated(&QUARTER[..1]), &["week/opne"]), @"
    --- stderr ---
    error: there are no ratings of `week/opne`
    hint: did you mean `week/open`?
    --- exit 2 ---
    ");
}

/// A session of an exercise that is gone, with these ratings of one step: its id, its name, a number.
fn foreign(sandbox: &Sandbox, id: &str, day: &str, (step, name, value): (&str, &str, i64)) {
    sandbox.write("home/format", "1\n");
    let text = format!(
        "format = 1\nid = \"{id}\"\nexercise = \"gone\"\nexercise_version = 1\ntitle = \"Gone\"\n\
         lang = \"en\"\nstate = \"done\"\nstarted = \"{day}T19:00:00+00:00[UTC]\"\n\
         ended = \"{day}T19:00:00+00:00[UTC]\"\ntags = []\n\n[[answers]]\nstep = \"{step}\"\n\
         kind = \"rate\"\nprompt = \"How much?\"\nvalue = {value}\nat = \"{day}T19:00:00+00:00[UTC]\"\n\
         name = \"{name}\"\n"
    );
    let month = format!("{}/{}", &id[..4], &id[4..6]);
    sandbox.write(format!("home/sessions/{month}/{id}.toml"), text);
}

#[test]
fn numbers_that_were_edited_by_hand_are_told_and_no_picture_is_made_of_them() {
    let sandbox = Sandbox::new();
    for (id, value) in [(1, i64::MIN), (2, i64::MAX)] {
        let (id, day) = (
            format!("2026010{id}T190000.000Z-0000000{id}"),
            format!("2026-01-0{id}"),
        );
        foreign(&sandbox, &id, &day, ("a", "Much", value));
    }
    let output = progress(&sandbox, &["gone/a"]);
    assert_eq!(output.code, Some(0), "{output}");
    assert!(output.stdout.contains("So far between"), "{output}");
    assert!(!output.stdout.contains('|'), "{output}");
}

#[test]
fn names_that_would_steer_a_terminal_are_in_their_column() {
    let sandbox = Sandbox::new();
    let id = "20260101T190000.000Z-00000001";
    foreign(
        &sandbox,
        id,
        "2026-01-01",
        ("\\u001b[31m\\nx", "\\u001b[2J", 3),
    );
    let output = progress(&sandbox, &[]);
    assert_eq!(output.code, Some(0), "{output}");
    assert!(
        output.stdout.contains("\n  gone/\\u{1b}[31m x  "),
        "{output}"
    );
}

#[test]
fn none_of_the_newest_is_no_number_of_them() {
    let output = progress(&rated(&[3]), &["week/open", "--last", "0"]);
    assert_eq!(output.code, Some(2), "{output}");
    assert!(output.stderr.contains("'0'"), "{output}");
}

#[test]
fn the_days_are_told_in_words_and_shown_a_letter_a_day() {
    let sandbox = rated(&QUARTER);
    let mut command = sandbox.command(&["progress", "--days"]);
    let full = sandbox.finish(command.env("TERM", "xterm"));
    assert_snapshot!(full, @"
    You finished an exercise on 13 of the last 91 days. Most often it was a
    Sunday. Each column is a week, and a number says how often that day.

    Mon  . . . . . . . . . . . . .
    Tue  . . . . . . . . . . . . .
    Wed  . . . . . . . . . . . . .
    Thu  . . . . . . . . . . . . .
    Fri  . . . . . . . . . . . . .
    Sat  . . . . . . . . . . . . .
    Sun  1 1 1 1 1 1 1 1 1 1 1 1 1
    --- exit 0 ---
    ");
    let plain = progress(&sandbox, &["--days", "--plain"]);
    assert_eq!(plain.stdout.lines().count(), 2, "{plain}");
    let json = progress(&sandbox, &["--days", "--json"]);
    let value: Value = serde_json::from_str(&json.stdout).unwrap();
    assert_eq!(value["days"].as_array().unwrap().len(), 13);
}

#[test]
fn where_a_terminal_can_show_it_the_list_has_heights() {
    let sandbox = rated(&QUARTER);
    let shown = |lang: &str| {
        let mut command = sandbox.command(&["progress", "--color", "always"]);
        sandbox.finish(command.env("LC_ALL", lang)).stdout
    };
    // Through a pipe there are digits, in any language.
    assert!(shown("C.UTF-8").contains("3 2 3 4 3 . 4"));
    assert!(shown("C").contains("3 2 3 4 3 . 4"));
}

#[test]
fn words_are_counted_by_month_as_the_search_finds_them() {
    let sandbox = crate::history::home();
    assert_snapshot!(progress(&sandbox, &["--word", "TABLE", "--word", "blue"]), @"
    “TABLE”: in 2 of 2 sessions
      Oct 2026  1 of 1
      Nov 2026  1 of 1

    “blue”: in 1 of 2 sessions
      Oct 2026  1 of 1
      Nov 2026  0 of 1
    --- exit 0 ---
    ");
    let json = progress(&sandbox, &["--word", "cafe", "--json"]);
    let value: Value = serde_json::from_str(&json.stdout).unwrap();
    assert_eq!(value["months"][1]["words"]["cafe"], 1);
    assert_eq!(progress(&sandbox, &["--word", " "]).code, Some(2));
}

#[test]
fn a_text_that_can_be_answered_again_is_named_below_the_ratings_and_nowhere_else() {
    let sandbox = crate::history::home();
    let line = "\nA text from 1 October can be answered again:\n  trust-coach history compare [id1] --blind\n";
    let named = |args: &[&str]| progress(&sandbox, args).stdout.contains(line);
    assert!(named(&[]) && named(&["tea/warm"]));
    assert!(!named(&["--json"]) && !named(&["--csv"]) && !named(&["--days"]));
    let path = &sandbox.sessions()[0];
    let text = std::fs::read_to_string(path).unwrap();
    let private = text.replace("kind = \"write\"\n", "kind = \"write\"\nsensitive = true\n");
    assert_ne!(text, private);
    std::fs::write(path, private).unwrap();
    assert!(!named(&[]));
}

#[test]
fn of_two_people_each_has_their_own_ratings_under_their_name() {
    let sandbox = Sandbox::new();
    sandbox.write("home/format", "1\n");
    for (day, a, b) in [(1, 2, 6), (8, 3, 6)] {
        let answer = |by: &str, value: i64| {
            format!(
                "[[answers]]\nstep = \"heated\"\nkind = \"rate\"\nprompt = \"How?\"\nby = \"{by}\"\n\
                 value = {value}\nname = \"How heated\"\n\n"
            )
        };
        let id = format!("202601{day:02}T190000.000Z-0000000{day}");
        let at = format!("2026-01-{day:02}T19:00:00+00:00[UTC]");
        let text = format!(
            "format = 1\nid = \"{id}\"\nexercise = \"gone\"\ntitle = \"Gone\"\nstate = \"done\"\n\
             started = \"{at}\"\nended = \"{at}\"\ntags = []\n\n[partners]\na = \"Mara\"\nb = \"Ilir\"\n\n"
        );
        let text = text + &answer("a", a) + &answer("b", b);
        sandbox.write(format!("home/sessions/2026/01/{id}.toml"), text);
    }
    assert_snapshot!(progress(&sandbox, &[]), @"
    Gone
      gone/heated  How heated, Mara  2 3
      gone/heated  How heated, Ilir  6 6

    The newest ratings, oldest first; a dot is one that you left out.
    One of them, in words: trust-coach progress gone/heated
    --- exit 0 ---
    ");
    assert_snapshot!(progress(&sandbox, &["gone", "--by", "a", "--chart", "spark"]), @"
    How heated, Mara
    Gone: 2 ratings since Thursday 1 January 2026.
    So far between 2 and 3, the newest 3. Too few to say whether anything
    changed: it takes 12, and there are 2.

    Each rating is one person’s own, on their own scale. It proves nothing
    about anybody.
    --- exit 0 ---
    ");
    let mut spark = sandbox.command(&["progress", "gone", "--by", "a", "--chart", "spark"]);
    let spark = sandbox.finish(spark.env("TERM", "xterm"));
    assert!(
        spark.stdout.contains("there are 2.\n\n2 3\n\nEach"),
        "{spark}"
    );
    assert_snapshot!(progress(&sandbox, &["--csv"]), @"
    day,exercise,step,by,value
    2026-01-01,gone,heated,a,2
    2026-01-08,gone,heated,a,3
    2026-01-01,gone,heated,b,6
    2026-01-08,gone,heated,b,6
    --- exit 0 ---
    ");
    let json = progress(&sandbox, &["gone/heated", "--by", "b", "--json"]);
    let value: Value = serde_json::from_str(&json.stdout).unwrap();
    assert_eq!(value["series"].as_array().unwrap().len(), 1);
    assert_eq!(value["series"][0]["by"], "b");
    assert_eq!(progress(&sandbox, &["--by", "c"]).code, Some(2));
}
