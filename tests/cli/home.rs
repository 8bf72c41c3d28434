use insta::assert_snapshot;

use crate::common::Sandbox;

#[test]
fn alone_it_says_what_it_is_and_how_to_begin() {
    assert_snapshot!(Sandbox::new().run(&[]), @"
    trust-coach helps you build trust, or rebuild it.
    It asks, and you write. What you write stays on this device.
    Nothing is sent anywhere.

    To start:
      trust-coach exercise ask-one-thing
        One good question, about 3 minutes
      trust-coach exercise promise
        One promise you can keep, about 18 minutes
      trust-coach exercise good-news
        Answering good news, about 12 minutes
    All exercises: trust-coach list
    Help lines: trust-coach support
    --- exit 0 ---
    ");
}

#[test]
fn the_help_shows_every_command_and_every_exit_code() {
    assert_snapshot!(Sandbox::new().run(&["--help"]), @"
    A private, offline coach for building and rebuilding trust

    Walks you through exercises, saves what you write in files that only you can
    read, and sends nothing anywhere.

    Usage: trust-coach [OPTIONS] [COMMAND]

    Commands:
      list         List the exercises, grouped by what they work on
      show         Show on one screen what an exercise is for, what it asks and what
                   it’s based on
      exercise     Do an exercise
      resume       Continue a paused session
      answers      Print an answers file for an exercise, ready to fill in
      history      Show what you have done so far, newest first
      promise      Follow your promises day by day, and say how each day went
      due          Show which of your promises are due, and which days have no
                   answer yet
      plan         Follow a plan: a few exercises over weeks, one thing at a time
      next         Show the one thing that’s next in your plan, and why
      progress     Show your ratings over time
      report       Write a page on how the weeks went, to read or print
      review       Look over something you wrote, and say what the rules notice
      export       Export sessions, to keep them elsewhere or give them to somebody
      import       Import sessions and promises exported as JSON or JSON Lines
      check        Check exercise and plan files, and show everything that’s wrong
                   with them
      author       Write exercises: start a new one, or see every screen of one
      pack         Add, list and remove packs: exercises that somebody else wrote
      schema       Print the JSON Schema for files that you write, or for `--io
                   json`
      where        Show where your files are
      doctor       Check all your files, show what’s wrong, and offer safe repairs
      backup       Back up everything you have here to one file
      restore      Restore a backup, after checking all of it
      vault        Encrypt what you write, so that nobody can read it without your
                   passphrase
      partner      Give somebody a lasting passphrase for what they close in
                   exercises for two
      support      Show help lines, numbers first
      safety       Show the private safety questions on their own
      config       Show your settings, and where each comes from
      completions  Print completions for your shell
      man          Write the manual, one page per command
      help         Print this message or the help of the given subcommand(s)

    Options:
      -h, --help
              Print help (see a summary with '-h')

      -V, --version
              Print version

    Everywhere:
          --plain
              Print line by line and never redraw, for screen readers and simple
              terminals

          --color <WHEN>
              When to use colour

              Possible values:
              - auto:   At a terminal, unless a variable says otherwise
              - always: Always
              - never:  Never

    Exit codes:
      0    done; also a search that found nothing, and /leave
      1    failed
      2    wrong usage, or an answer that is wrong or unknown
      3    something is missing and there’s nobody to ask: answers, a passphrase,
      --screened
      4    paused, saved
      5    an exercise file has errors
      6    found what it was looking for
      124  no answer in time, saved
      129  ended by SIGHUP, after saving
      130  ended by Ctrl-C, after saving
      143  ended by SIGTERM, after saving
    --- exit 0 ---
    ");
}

#[test]
fn days_of_promises_are_counted_on_the_home_screen_without_their_words() {
    let sandbox = crate::promise::promised();
    let home = crate::promise::at(&sandbox, 18, "19:10", &[]);
    assert!(
        home.stdout
            .contains("To look at: 3 days with no answer yet\n  trust-coach promise look\n"),
        "{home}"
    );
    assert!(!home.stdout.contains("message"), "{home}");
}

#[test]
fn a_text_from_four_weeks_ago_is_named_and_a_fresh_one_is_not() {
    let sandbox = crate::history::home();
    assert!(!sandbox.run(&[]).stdout.contains("--blind"));
    crate::history::session(
        &sandbox,
        "20261025T060000.000Z-0000003c",
        "2026-10-25",
        "Mint.",
    );
    let output = sandbox.run(&[]);
    let line = "You wrote “Tea” four weeks ago. It can be answered again.\n  trust-coach history compare [id2] --blind\n";
    assert!(output.stdout.contains(line), "{output}");
    // Whoever was led to help since isn't asked again about before.
    let answers = format!(
        "{}/tests/answers/check-in/yael.toml",
        env!("CARGO_MANIFEST_DIR")
    );
    let done = sandbox.run(&["exercise", "check-in", "--answers", &answers]);
    assert_eq!(done.code, Some(0), "{done}");
    assert!(!sandbox.run(&[]).stdout.contains("--blind"));
}

#[test]
fn an_exercise_typed_as_a_command_comes_with_the_command_that_does_it() {
    let sandbox = Sandbox::new();
    let output = sandbox.run(&["apology"]);
    assert_eq!(output.code, Some(2), "{output}");
    let hint = "hint: it’s an exercise: trust-coach exercise apology\n";
    assert!(output.stderr.ends_with(hint), "{output}");
    assert!(!sandbox.run(&["apologize"]).stderr.contains("hint:"));
    for word in ["helplines", "panic", "Hilfe", "suport"] {
        let output = sandbox.run(&[word]);
        let hint = "hint: for help lines: trust-coach support\n";
        assert!(output.stderr.ends_with(hint), "{output}");
    }
}
