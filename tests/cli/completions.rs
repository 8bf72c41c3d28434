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
        for ask in ["list --ids", "plan list --ids", "history --ids --limit 50"] {
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

#[test]
fn in_bash_every_command_that_is_recognised_has_its_own_words() {
    let script = Sandbox::new().run(&["completions", "bash"]).stdout;
    let named = script
        .lines()
        .filter_map(|line| line.trim().strip_prefix("cmd=\""));
    let named: Vec<&str> = named.map(|line| line.trim_end_matches('"')).collect();
    assert!(named.len() > 60, "{}", named.len());
    for name in named.iter().filter(|name| !name.is_empty()) {
        let case = format!("{name})");
        assert!(script.lines().any(|line| line.trim() == case), "{name}");
    }
}
