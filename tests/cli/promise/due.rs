use insta::assert_snapshot;

use super::{answered, at, command, promised};
use crate::common::Sandbox;

#[test]
fn what_is_due_is_shown_with_what_has_no_answer() {
    let sandbox = answered();
    assert_snapshot!(at(&sandbox, 27, "19:10", &["due", "--within", "3"]), @"
    Today, Friday 27 November
      [fact1]  I'll send a message before six when I'll be home late.
    Monday 30 November
      [fact1]  I'll send a message before six when I'll be home late.
    No answer yet
      [fact1]  Tuesday 24 November
      [fact1]  Wednesday 25 November

    Look at them: trust-coach promise look
    --- exit 0 ---
    ");
    let mut narrow = command(&sandbox, 27, "19:10", &["due"]);
    assert_snapshot!(sandbox.finish(narrow.env("COLUMNS", "40")), @"
    Today, Friday 27 November
      [fact1]  I'll send a message before
        six when I'll be home late.
    No answer yet
      [fact1]  Tuesday 24 November
      [fact1]  Wednesday 25 November

    Look at them: trust-coach promise look
    --- exit 0 ---
    ");
    assert_snapshot!(at(&promised(), 27, "19:10", &["due"]), @"
    Today, Friday 27 November
      [fact1]  I'll send a message before six when I'll be home late.
    No answer yet
      [fact1]  9 days, the last on Thursday 26 November

    Look at them: trust-coach promise look
    --- exit 0 ---
    ");
}

#[test]
fn a_prompt_and_cron_get_numbers_and_exit_codes_and_no_words() {
    let sandbox = answered();
    let due = |args: &[&str]| at(&sandbox, 27, "19:10", &[&["due"], args].concat());
    assert_snapshot!(due(&["--count"]), @"
    3
    --- exit 0 ---
    ");
    assert_snapshot!(due(&["--short"]), @"
    3 to look at
    --- exit 0 ---
    ");
    assert_snapshot!(due(&["--quiet"]), @"--- exit 6 ---");
    assert_snapshot!(due(&["--count", "--exit-code"]), @"
    3
    --- exit 6 ---
    ");
    assert_snapshot!(due(&["--json"]), @r#"
    {
      "format": "1.0",
      "today": "2026-11-27",
      "closed": false,
      "count": 3,
      "due": [
        {
          "promise": "20261115T181000.000Z-[fact1]",
          "on": "2026-11-24",
          "state": "unanswered"
        },
        {
          "promise": "20261115T181000.000Z-[fact1]",
          "on": "2026-11-25",
          "state": "unanswered"
        },
        {
          "promise": "20261115T181000.000Z-[fact1]",
          "on": "2026-11-27",
          "state": "today"
        }
      ]
    }
    --- exit 0 ---
    "#);
    let nothing = |args: &[&str]| Sandbox::new().run(&[&["due"], args].concat());
    assert_snapshot!(nothing(&[]), @"--- exit 0 ---");
    assert_snapshot!(nothing(&["--quiet"]), @"--- exit 0 ---");
    assert_snapshot!(nothing(&["--short"]), @"--- exit 0 ---");
    assert_snapshot!(nothing(&["--count"]), @"
    0
    --- exit 0 ---
    ");
}

#[test]
fn looking_makes_no_file() {
    let sandbox = Sandbox::new();
    for args in [&["due"][..], &["promise"], &["promise", "list", "--json"]] {
        sandbox.run(args);
    }
    assert!(!sandbox.home().exists());
}
