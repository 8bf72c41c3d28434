use crate::common::Sandbox;
use crate::tea::home;

#[test]
fn every_shell_gets_a_script() {
    for shell in ["bash", "zsh", "fish", "powershell", "elvish"] {
        let output = Sandbox::new().run(&["completions", shell]);
        assert_eq!(output.code, Some(0), "{output}");
        assert_eq!(output.stderr, "");
        for command in ["exercise", "history", "support"] {
            assert!(output.stdout.contains(command), "{shell}: {command}");
        }
    }
}

#[test]
fn three_shells_ask_the_program_for_names_wherever_one_belongs() {
    for shell in ["bash", "zsh", "fish"] {
        let script = Sandbox::new().run(&["completions", shell]).stdout;
        for ask in ["list --ids", "history --ids --limit 50"] {
            assert!(script.contains(ask), "{shell}: {ask}");
        }
    }
    // Exercises behind `show`, `exercise` and `--exercise`; sessions behind `resume`, `history
    // show` and `history delete`; and the functions themselves.
    let zsh = Sandbox::new().run(&["completions", "zsh"]).stdout;
    assert!(zsh.matches("_trust-coach-exercises").count() >= 4, "{zsh}");
    assert!(zsh.matches("_trust-coach-sessions").count() >= 4, "{zsh}");
}

#[test]
fn names_are_printed_one_a_line_and_nothing_else() {
    let sandbox = home();
    let ids = sandbox.run(&["list", "--ids"]);
    assert!(ids.stdout.lines().any(|line| line == "tea"), "{ids}");
    assert!(ids.stdout.lines().all(|line| !line.contains(' ')), "{ids}");
    assert_eq!(ids.stderr, "");
    let none = sandbox.run(&["history", "--ids"]);
    assert_eq!(none.to_string(), "--- exit 0 ---");
    let letter = concat!(
        env!("CARGO_MANIFEST_DIR"),
        "/tests/answers/unsent-letter/hana.toml"
    );
    sandbox.run(&["exercise", "unsent-letter", "--answers", letter]);
    let ids = sandbox.run(&["history", "--ids"]);
    assert_eq!(ids.to_string(), "[id1]\n--- exit 0 ---");
}
