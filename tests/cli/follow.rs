//! A step that asks on which days an earlier answer is followed as a promise.

use insta::assert_snapshot;

use crate::common::{Sandbox, exercise_text};
use crate::protocol::message;

const FOLLOW: &str = exercise_text!(
    r#"title = "A small promise"
strategy = "reliability"
minutes = 2
summary = "Promise one thing."
opening = "One thing is enough."
closing = "Due: {{follow|not followed}}."
"#,
    r#"[[step]]
id = "act"
kind = "write"
name = "The promise"
prompt = "What will you do?"

[[step]]
id = "until"
kind = "date"
name = "Until"
prompt = "Until when?"

[[step]]
id = "follow"
kind = "promise"
name = "Follow it"
what = "act"
until = "until"
default = "each day"
when = { step = "act", answered = true }
prompt = "When is it due?"
"#
);

pub(crate) fn home() -> Sandbox {
    let sandbox = Sandbox::new();
    sandbox.write("home/exercises/small.toml", FOLLOW);
    sandbox
}

/// An answers file with this for the promise.
pub(crate) fn answers(follow: &str) -> String {
    format!("[answers]\nact = \"I’ll call.\"\nuntil = \"2026-12-20\"\nfollow = {follow}\n")
}

fn stored(sandbox: &Sandbox) -> String {
    let session = sandbox.session();
    let at = session.find("step = \"follow\"").unwrap();
    let lines = session[at..].lines();
    let kept = lines.filter(|line| line.starts_with("value") || line.starts_with("skipped"));
    kept.collect::<Vec<_>>().join("\n")
}

#[test]
fn a_script_says_when_or_that_it_is_not_followed() {
    for (given, kept) in [
        (
            "\"weekdays until 2026-12-04\"",
            "DTSTART;VALUE=DATE:20261123 RRULE:FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR;WKST=MO;UNTIL=20261204",
        ),
        // Without an end of its own it ends on the day that was given before.
        (
            "\"each sunday\"",
            "DTSTART;VALUE=DATE:20261129 RRULE:FREQ=WEEKLY;BYDAY=SU;WKST=MO;UNTIL=20261220",
        ),
        ("\"once on friday at 18:00\"", "DTSTART:20261127T180000"),
        ("\"DTSTART:20261127T180000\"", "DTSTART:20261127T180000"),
        ("false", ""),
        ("\"No, thank you.\"", ""),
        ("\"No.\"", ""),
        ("{ skip = true }", ""),
    ] {
        let sandbox = home();
        sandbox.write("a.toml", answers(given));
        let output = sandbox.run(&["exercise", "small", "--answers", "a.toml"]);
        assert_eq!(output.code, Some(0), "{output}");
        let kept = match kept {
            "" => "skipped = true".to_string(),
            kept => format!("value = \"{kept}\""),
        };
        assert_eq!(stored(&sandbox), kept, "{given}");
    }
}

#[test]
fn what_is_understood_in_part_is_told_and_nothing_is_saved() {
    let sandbox = home();
    for (given, told) in [
        (
            "weekdays until friday week",
            "“friday week”: I read “friday”, but not “week”.",
        ),
        (
            "on the 31st of each month",
            "Not every month has day 31. You can type: on the last day of each month",
        ),
        (
            "each sunday from 2027-01-01",
            "Its first day would be Sunday 3 January 2027",
        ),
    ] {
        sandbox.write("a.toml", answers(&format!("\"{given}\"")));
        let output = sandbox.run(&["exercise", "small", "--answers", "a.toml"]);
        assert_eq!(output.code, Some(2), "{output}");
        assert!(
            output.stderr.contains(&format!("answer `follow`: {told}")),
            "{output}"
        );
    }
    assert!(sandbox.sessions().is_empty());
}

#[test]
fn without_an_end_it_asks_until_when() {
    let sandbox = home();
    let answers = answers("\"each sunday\"").replace("\"2026-12-20\"", "{ skip = true }");
    sandbox.write("a.toml", answers);
    assert_snapshot!(sandbox.run(&["exercise", "small", "--answers", "a.toml"]), @"
    --- stderr ---
    error: 1 problem with the answers; nothing was saved
      answer `follow`: Until when? A week or two is long enough: on Sundays for 2 weeks, on Sundays until friday.
    hint: `trust-coach answers small` prints a file to fill in
    --- exit 2 ---
    ");
}

#[test]
fn it_is_asked_on_one_line_and_can_be_gone_back_to() {
    let sandbox = home();
    let lines = "I’ll call.\n2026-12-20\nnow and then\nweekdays until friday\n";
    assert_snapshot!(sandbox.run_with(&["exercise", "small", "--io", "lines"], lines), @"
    20261122T174501.000Z-[id1]
    --- stderr ---
    A small promise (about 2 minutes)

    One thing is enough.

    [act] step 1 of about 3

    What will you do?

    One line, or <<END, lines, and END alone on a line.

    [until] step 2 of 3

    Until when?

    A day, such as tomorrow, friday, in 2 weeks or 2026-12-01.

    [follow] step 3 of 3

    When is it due?

    As you’d say it: weekdays until friday, each sunday for 4 weeks, once on
    friday. Or no.
    An empty line takes: each day

    I can’t tell which days “now and then” means. You can type: weekdays,
    each monday, 3 times a week, once on friday.

    [follow] step 3 of 3

    When is it due?

    As you’d say it: weekdays until friday, each sunday for 4 weeks, once on
    friday. Or no.
    An empty line takes: each day

    Due: on weekdays until Friday 27 November 2026.

    --- exit 0 ---
    ");

    let sandbox = home();
    let lines = "I’ll call.\n2026-12-20\n/back\n2026-12-13\n/pause\n";
    let output = sandbox.run_with(&["exercise", "small", "--io", "lines"], lines);
    assert_eq!(output.code, Some(4), "{output}");
    let output = sandbox.run(&["resume", "--answer", "follow=each sunday"]);
    assert_eq!(output.code, Some(0), "{output}");
    assert!(
        stored(&sandbox).ends_with("UNTIL=20261213\""),
        "{}",
        stored(&sandbox)
    );
}

#[test]
fn another_program_is_asked_when() {
    let sandbox = home();
    let input = "{\"type\":\"answer\",\"id\":\"act\",\"value\":\"I’ll call.\"}\n\
        {\"type\":\"answer\",\"id\":\"until\",\"value\":\"2026-12-20\"}\n\
        {\"type\":\"answer\",\"id\":\"follow\",\"value\":false}\n";
    let output = sandbox.run_with(&["exercise", "small", "--io", "json"], input);
    assert_eq!(output.code, Some(0), "{output}");
    let mut asked = output.stdout.lines().map(message);
    let follow = asked.find(|message| message["id"] == "follow").unwrap();
    assert_eq!(
        (&follow["kind"], &follow["initial"]),
        (&"when".into(), &"each day".into())
    );
    assert_eq!(stored(&sandbox), "skipped = true");
}

#[test]
fn what_was_recorded_can_be_given_again_and_exports_have_its_words() {
    let sandbox = home();
    sandbox.write("a.toml", answers("\"every other tuesday for 6 weeks\""));
    sandbox.run(&[
        "exercise",
        "small",
        "--answers",
        "a.toml",
        "--record",
        "r.toml",
    ]);
    let first = stored(&sandbox);
    let record = std::fs::read_to_string(sandbox.home().join("../r.toml")).unwrap();
    assert!(
        record.contains("follow = \"DTSTART;VALUE=DATE:20261124 RRULE:"),
        "{record}"
    );
    let dry = sandbox.run(&["exercise", "small", "--answers", "r.toml", "--dry-run"]);
    assert_snapshot!(dry, @"
      1. act     write    I’ll call.
      2. until   date     Sunday 20 December 2026
      3. follow  promise  every 2 weeks on Tuesday until Sunday 3 January 2…
           only when `act` is answered
    --- exit 0 ---
    ");
    let again = home();
    again.write("r.toml", record);
    let output = again.run(&["exercise", "small", "--answers", "r.toml"]);
    assert_eq!(output.code, Some(0), "{output}");
    assert_eq!(stored(&again), first);

    let shown = sandbox.run(&["history", "show", "last", "--answer", "follow"]);
    assert_snapshot!(shown, @"
    every 2 weeks on Tuesday until Sunday 3 January 2027
    --- exit 0 ---
    ");
    assert_snapshot!(sandbox.run(&["export", "--format", "csv", "--all"]), @"
    started,exercise,step,name,round,kind,value,label,session,by
    2026-11-22 18:45,small,until,Until,1,date,2026-12-20,,[id1],
    2026-11-22 18:45,small,follow,Follow it,1,promise,DTSTART;VALUE=DATE:20261124 RRULE:FREQ=WEEKLY;INTERVAL=2;BYDAY=TU;WKST=MO;UNTIL=20270103,every 2 weeks on Tuesday until Sunday 3 January 2027,[id1],
    --- exit 0 ---
    ");
    let page = sandbox.run(&["export", "--format", "markdown", "--all"]);
    assert!(
        page.stdout.contains("every 2 weeks on Tuesday until"),
        "{page}"
    );
}

#[test]
fn a_preview_and_a_file_to_fill_in_say_what_it_takes() {
    let sandbox = home();
    assert_snapshot!(sandbox.run(&["answers", "small"]), @r#"
    # Answers for small: A small promise
    #
    # To give an answer, take the # off its line and write the answer after
    # the =. Then do the exercise, or only check the file:
    #
    #   trust-coach exercise small --answers FILE
    #   trust-coach exercise small --answers FILE --dry-run
    #
    # Put text of several lines between three quotes: """. Give an option by
    # its id, its label or its number. { skip = true } says "rather not
    # say", at any step; { file = "words.txt" } takes the text from a file.
    # At a terminal you’re asked for whatever has no answer here; in a
    # script it’s an error.
    format = 1
    exercise = "small"
    version = 1

    [answers]
    # What will you do?
    # - write: text
    #act = ""

    # Until when?
    # - date: a day, or a day and time: 2026-12-01, tomorrow, in 2 weeks
    #until = ""

    # When is it due?
    # - promise: when it’s due: weekdays until 2026-12-04, each sunday for 4
    #   weeks; or false; each day with --defaults
    # - only when `act` is answered
    #follow = ""
    --- exit 0 ---
    "#);
    let preview = sandbox.run(&["author", "preview", "home/exercises/small.toml"]);
    assert_snapshot!(preview, @"
    A small promise
    small, 40 columns, 15 rows

    Before the first step
    +----------------------------------------+
    |A small promise (about 2 minutes)       |
    |                                        |
    |One thing is enough.                    |
    +----------------------------------------+

    1. `act` (write)
    +----------------------------------------+
    |A small promise · step 1 of about 3     |
    |                                        |
    |What will you do?                       |
    |                                        |
    |                                        |
    |                                        |
    |Ctrl-D: done  Ctrl-O: editor  Esc: menu |
    +----------------------------------------+

    2. `until` (date)
    +----------------------------------------+
    |A small promise · step 2 of about 3     |
    |                                        |
    |Until when?                             |
    |                                        |
    |                                        |
    |                                        |
    |Enter: done  Esc: menu                  |
    +----------------------------------------+

    3. `follow` (promise)
    only when `act` is answered
    +----------------------------------------+
    |A small promise · step 3 of about 3     |
    |                                        |
    |When is it due?                         |
    |                                        |
    |each day                                |
    |                                        |
    |Enter: keep  Type: change  Esc: menu    |
    +----------------------------------------+

    At the end
    +----------------------------------------+
    |Due: [Follow it].                       |
    +----------------------------------------+

    Everything fits.
    --- exit 0 ---
    ");
}
