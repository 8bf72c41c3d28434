use insta::assert_snapshot;

use crate::common::Sandbox;

const SMALL: &str = r#"format = 1
version = 1
title = "Two roads"
strategy = "values"
minutes = 3
summary = "Choose a road."
opening = "There are two."
closing = "You took {{road|no road}}."

[[step]]
id = "road"
kind = "choose"
name = "The road"
pin = true
prompt = "Which one?"
hints = ["Either is fine."]
options = [
  { id = "left", label = "Left", note = "down to the river" },
  { id = "right", label = "Right" },
]

[[step]]
id = "see"
kind = "draw"
when = { step = "road", is = "left" }
prompt = "What do you see?"
why = "Seeing is half of it."
hints = ["Look twice."]
pool = [
  { id = "boat", text = "There is a boat." },
  { id = "bird", text = "There is a bird." },
]

[[step]]
id = "tell"
kind = "compose"
prompt = "Put together: {{road|no road}}, with {{see|nothing seen}}."
from = [{ use = "see" }]
"#;

#[test]
fn every_screen_is_shown_with_its_condition_and_what_belongs_to_it() {
    let sandbox = Sandbox::new();
    sandbox.write("roads.toml", SMALL);
    assert_snapshot!(sandbox.run(&["author", "preview", "roads.toml"]), @"
    Two roads
    roads, 40 columns, 15 rows

    Before the first step
    +----------------------------------------+
    |Two roads (about 3 minutes)             |
    |                                        |
    |There are two.                          |
    +----------------------------------------+

    1. `road` (choose)
    +----------------------------------------+
    |Two roads · step 1 of about 3           |
    |                                        |
    |Which one?                              |
    |                                        |
    |> 1 Left                                |
    |    down to the river                   |
    |  2 Right                               |
    |                                        |
    |Arrows or number  Enter: take  Esc: menu|
    +----------------------------------------+
    /hint
    +----------------------------------------+
    |Hint 1 of 1. Either is fine.            |
    +----------------------------------------+

    2. `see` (draw)
    draws `boat`, item 1 of 2
    only when `road` is left
    +----------------------------------------+
    |Two roads · step 2 of about 3           |
    |                                        |
    |The road: [The road]                    |
    |                                        |
    |There is a boat.                        |
    |                                        |
    |What do you see?                        |
    |                                        |
    |                                        |
    |                                        |
    |Ctrl-D: done  Ctrl-O: editor  Esc: menu |
    +----------------------------------------+

    2. `see` (draw)
    draws `bird`, item 2 of 2
    only when `road` is left
    +----------------------------------------+
    |Two roads · step 2 of about 3           |
    |                                        |
    |The road: [The road]                    |
    |                                        |
    |There is a bird.                        |
    |                                        |
    |What do you see?                        |
    |                                        |
    |                                        |
    |                                        |
    |Ctrl-D: done  Ctrl-O: editor  Esc: menu |
    +----------------------------------------+
    /why
    +----------------------------------------+
    |Seeing is half of it.                   |
    +----------------------------------------+
    /hint
    +----------------------------------------+
    |Hint 1 of 1. Look twice.                |
    +----------------------------------------+

    3. `tell` (compose)
    +----------------------------------------+
    |Two roads · step 3 of about 3           |
    |                                        |
    |The road: [The road]                    |
    |                                        |
    |Put together: [The road], with [see].   |
    |                                        |
    |[see]                                   |
    |                                        |
    |Ctrl-D: done  Ctrl-O: editor  Esc: menu |
    +----------------------------------------+

    At the end
    +----------------------------------------+
    |You took [The road].                    |
    +----------------------------------------+

    Everything fits.
    --- exit 0 ---
    ");
}

#[test]
fn plain_mode_is_previewed_as_it_adds_its_lines() {
    let sandbox = Sandbox::new();
    let output = sandbox.run_with(
        &["--plain", "author", "preview", "-", "--width", "60"],
        SMALL,
    );
    assert_snapshot!(output, @r"
    Two roads
    exercise, in plain mode, 60 columns

    Before the first step
    Two roads (about 3 minutes)

    There are two.

    1. `road` (choose)
    Step 1 of about 3.

    Which one?

    You can type /back, /skip, /pause, /hint or /why alone on a
    line. /help lists all of them.

     1. Left: down to the river
     2. Right

    Type a number from 1 to 2, or the words.
    >
    /hint
    Hint 1 of 1. Either is fine.

    2. `see` (draw)
    draws `boat`, item 1 of 2
    only when `road` is left
    Step 2 of about 3.

    The road: [The road]

    There is a boat.

    What do you see?

    Write as many lines as you like. A dot alone on a line ends
    the text.

    2. `see` (draw)
    draws `bird`, item 2 of 2
    only when `road` is left
    Step 2 of about 3.

    The road: [The road]

    There is a bird.

    What do you see?

    Write as many lines as you like. A dot alone on a line ends
    the text.
    /why
    Seeing is half of it.
    /hint
    Hint 1 of 1. Look twice.

    3. `tell` (compose)
    Step 3 of about 3.

    The road: [The road]

    Put together: [The road], with [see].

    What’s there so far:

    [see]

    1 keep it, 2 add to it, 3 start again? (Enter alone: keep)
    >

    At the end
    You took [The road].
    --- exit 0 ---
    ");
}

#[test]
fn what_does_not_fit_is_said() {
    let sandbox = Sandbox::new();
    let option = |n: usize| format!("{{ id = \"o{n}\", label = \"A thing to do, number {n}\" }},");
    let options: String = (1..=12).map(option).collect();
    let long = "Word by word by word by word. ".repeat(12);
    let text = SMALL.replace(
        "{ id = \"left\", label = \"Left\", note = \"down to the river\" },",
        &format!("{{ id = \"left\", label = \"Left\" }},{options}"),
    );
    let text = text.replace("Put together: ", &long);
    sandbox.write("roads.toml", text);
    let output = sandbox.run(&["author", "preview", "roads.toml"]);
    let said = output.stdout.lines();
    let said: Vec<&str> = said
        .filter(|line| line.starts_with('!') || line.contains("not fit"))
        .collect();
    assert_snapshot!(said.join("\n"), @"
    ! only 10 of the list’s 14 entries are in view; the arrow keys bring the rest
    ! only 5 of the last paragraph’s 10 rows stay in view while answering
    ");
}

#[test]
fn what_cannot_be_previewed_is_said_with_what_to_do() {
    let sandbox = Sandbox::new();
    assert_snapshot!(sandbox.run(&["author", "preview", "chek-in"]), @r"
    --- stderr ---
    error: there’s no exercise called chek-in
    hint: did you mean check-in?
    hint: `trust-coach list` shows all of them
    --- exit 2 ---
    ");
    assert_snapshot!(sandbox.run(&["author", "preview", "none.toml"]), @r"
    --- stderr ---
    error: could not read none.toml
      No such file or directory (os error 2)
    --- exit 1 ---
    ");
    sandbox.write("bad.toml", "format = 1\n");
    assert_snapshot!(sandbox.run(&["author", "preview", "bad.toml"]), @r"
    --- stderr ---
    error: exercise bad has 1 error
    hint: `trust-coach check bad.toml` shows them
    --- exit 5 ---
    ");
    assert_eq!(
        sandbox
            .run(&["author", "preview", "tea", "--width", "5"])
            .code,
        Some(2)
    );
}

#[test]
fn a_preview_speaks_the_language_of_the_exercise() {
    let sandbox = Sandbox::new();
    let german = include_str!("../../exercises/first-weeks-hurt.de.toml");
    sandbox.write("wochen.de.toml", german);
    let preview = ["author", "preview", "wochen.de.toml", "--width", "60"];
    for mode in [&[][..], &["--plain"]] {
        let shown = sandbox.run(&[&preview, mode].concat()).stdout;
        assert!(shown.contains("chritt 2 von etwa 22"), "{shown}");
        assert!(shown.contains("Tipp 1 von 2"), "{shown}");
        assert!(!shown.contains("tep 2 of about"), "{shown}");
    }
}
