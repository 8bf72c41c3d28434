//! What narrows sessions and promises down: a name that nothing has is told, never answered with nothing.

use insta::assert_snapshot;

use super::home;

#[test]
fn an_exercise_that_nobody_knows_is_told_by_everything_that_takes_one() {
    let sandbox = home();
    assert_snapshot!(sandbox.run(&["history", "--exercise", "te"]), @"
    --- stderr ---
    error: there’s no exercise called te, and no session of one
    hint: did you mean `tea`?
    hint: `trust-coach list` shows all of them
    --- exit 2 ---
    ");
    for args in [
        &["history", "--exercise", "ttea"] as &[&str],
        &["history", "--exercise", "Tea"],
        &["history", "--json", "--exercise", "ttea"],
        &["history", "search", "table", "--exercise", "ttea"],
        &["export", "--exercise", "ttea"],
        &["progress", "--exercise", "ttea"],
        &["progress", "--word", "table", "--exercise", "ttea"],
        &["report", "--exercise", "ttea", "--output", "-"],
    ] {
        let output = sandbox.run(args);
        assert_eq!(output.code, Some(2), "{args:?}: {output}");
        let said = output.stderr.contains("there’s no exercise called");
        assert!(
            said && output.stderr.contains("did you mean `tea`?"),
            "{args:?}: {output}"
        );
        assert_eq!(output.stdout, "", "{args:?}");
    }
    // One that nobody has done yet isn't unknown.
    assert_eq!(
        sandbox.run(&["history", "--exercise", "apology"]).code,
        Some(0)
    );
}

#[test]
fn an_exercise_that_is_no_longer_installed_is_found_by_what_was_done_of_it() {
    let sandbox = home();
    let there = sandbox.run(&["history", "--exercise", "tea"]).stdout;
    assert!(there.contains("Tea"), "{there}");
    std::fs::remove_file(sandbox.home().join("exercises/tea.toml")).unwrap();
    assert_eq!(sandbox.run(&["history", "--exercise", "tea"]).stdout, there);
    let near = sandbox.run(&["history", "--exercise", "teaa"]);
    assert!(near.stderr.contains("did you mean `tea`?"), "{near}");
}

#[test]
fn a_tag_that_nothing_has_is_told_and_so_is_a_person_nobody_knows() {
    let sandbox = home();
    assert_eq!(
        sandbox.run(&["history", "tag", "last", "kitchen"]).code,
        Some(0)
    );
    assert_snapshot!(sandbox.run(&["history", "--tag", "kitchn"]), @"
    --- stderr ---
    error: no session has the tag kitchn
    hint: did you mean `kitchen`?
    --- exit 2 ---
    ");
    assert!(
        sandbox
            .run(&["history", "--tag", "KITCHEN"])
            .stdout
            .contains("[kitchen]")
    );
    assert_snapshot!(sandbox.run(&["export", "--agreed", "Mo"]), @"
    --- stderr ---
    error: nobody called Mo has done an exercise for two here
    --- exit 2 ---
    ");
    assert_eq!(
        sandbox
            .run(&["report", "--agreed", "Mo", "--output", "-"])
            .code,
        Some(2)
    );
    assert_eq!(
        sandbox
            .run(&["history", "search", "a", "--agreed", "Mo"])
            .code,
        Some(2)
    );
    let add = [
        "promise",
        "add",
        "Call.",
        "--when",
        "each sunday for 2 weeks",
        "--to",
        "Mara",
    ];
    assert_eq!(sandbox.run(&add).code, Some(0));
    assert_snapshot!(sandbox.run(&["promise", "list", "--to", "Mra"]), @"
    --- stderr ---
    error: no promise is to Mra
    hint: did you mean `Mara`?
    --- exit 2 ---
    ");
    assert!(
        sandbox
            .run(&["promise", "list", "--to", "mara"])
            .stdout
            .contains("Call.")
    );
}
