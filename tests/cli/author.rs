use insta::assert_snapshot;

use crate::common::Sandbox;

#[test]
fn a_new_exercise_is_whole_at_once_and_is_listed() {
    let sandbox = Sandbox::new();
    let new = &["author", "new", "evening-walk", "--strategy", "time"];
    assert_snapshot!(sandbox.run(new), @r"
    $SANDBOX/home/exercises/evening-walk.toml
    --- stderr ---
    Open it in an editor. With Tombi or Taplo, mistakes are underlined as you type.
    Then: trust-coach check $SANDBOX/home/exercises/evening-walk.toml
    and:  trust-coach author preview $SANDBOX/home/exercises/evening-walk.toml
    --- exit 0 ---
    ");
    let file = sandbox.home().join("exercises/evening-walk.toml");
    let check = sandbox.run(&["check", "--deny-warnings", file.to_str().unwrap()]);
    assert_snapshot!(check, @r"
    --- stderr ---
    1 file checked, nothing to fix
    --- exit 0 ---
    ");
    let text = std::fs::read_to_string(&file).unwrap();
    assert!(
        text.starts_with("#:schema ./exercise.schema.json\n"),
        "{text}"
    );
    let schema = std::fs::read_to_string(file.with_file_name("exercise.schema.json")).unwrap();
    assert_eq!(schema, sandbox.run(&["schema", "exercise"]).stdout);
    let listed = sandbox.run(&["list", "--strategy", "time"]);
    let line = listed
        .stdout
        .lines()
        .find(|line| line.contains("evening-walk"));
    assert!(
        line.is_some_and(|line| line.ends_with("  (yours)")),
        "{listed}"
    );
    assert_eq!(listed.stderr, "");
    for (path, mode) in [(file.as_path(), 0o600), (file.parent().unwrap(), 0o700)] {
        let found =
            std::os::unix::fs::PermissionsExt::mode(&path.metadata().unwrap().permissions());
        assert_eq!(found & 0o777, mode, "{}", path.display());
    }
}

#[test]
fn a_new_exercise_goes_into_no_folder_of_ours_but_the_one_for_exercises() {
    let sandbox = Sandbox::new();
    std::fs::create_dir_all(sandbox.home().join("sessions/2026/11")).unwrap();
    for place in [
        "home/sessions/walk.toml",
        "home/sessions/2026/11",
        "home/state/new/walk.toml",
    ] {
        let output = sandbox.run(&["author", "new", "walk", "-o", place]);
        assert_eq!(output.code, Some(2), "{output}");
        assert!(output.stderr.contains("keeps its own files"), "{output}");
    }
    let output = sandbox.run(&["author", "new", "walk", "-o", "home/exercises/walk.toml"]);
    assert_eq!(output.code, Some(0), "{output}");
    let file = sandbox.home().join("exercises/walk.toml").metadata();
    let mode = std::os::unix::fs::PermissionsExt::mode(&file.unwrap().permissions());
    assert_eq!(mode & 0o777, 0o600);
}

#[test]
fn whatever_its_last_question_takes_a_new_exercise_has_nothing_to_fix() {
    let sandbox = Sandbox::new();
    for kind in ["write", "choose", "pick", "rate", "confirm", "date"] {
        let file = format!("{kind}-walk.toml");
        let new = sandbox.run(&["author", "new", "--kind", kind, "--output", &file]);
        assert_eq!(new.code, Some(0), "{new}");
        let check = sandbox.run(&["check", "--deny-warnings", &file]);
        assert_eq!(check.code, Some(0), "{check}");
    }
}

#[test]
fn a_new_exercise_takes_its_id_from_its_title_and_goes_where_it_is_told() {
    let sandbox = Sandbox::new();
    let title = "Was hast du \"gehört\"?";
    let new = sandbox.run(&["author", "new", "--title", title, "--lang", "de", "-o", "-"]);
    assert!(new.stdout.contains("lang = \"de\""), "{new}");
    assert!(new.stdout.contains(title), "{new}");
    std::fs::create_dir(sandbox.home().parent().unwrap().join("pack")).unwrap();
    let into = sandbox.run(&["author", "new", "--title", "An evening", "--output", "pack"]);
    assert_eq!(into.stdout, "pack/an-evening.toml\n");
    let file = sandbox.run(&["author", "new", "--output", "pack/other.toml"]);
    assert_eq!(file.stdout, "pack/other.toml\n");
    assert!(!sandbox.home().exists());
    let both = ["pack/an-evening.toml", "pack/other.toml"];
    let check = sandbox.run(&["check", "--deny-warnings", both[0], both[1]]);
    assert_snapshot!(check, @r"
    --- stderr ---
    2 files checked, nothing to fix
    --- exit 0 ---
    ");
}

#[test]
fn what_is_there_is_not_overwritten_and_what_cannot_be_an_id_is_said() {
    let sandbox = Sandbox::new();
    sandbox.write("home/exercises/mine.toml", "mine");
    assert_snapshot!(sandbox.run(&["author", "new", "mine"]), @r"
    --- stderr ---
    error: $SANDBOX/home/exercises/mine.toml already exists
    hint: choose another id: trust-coach author new ID
    --- exit 2 ---
    ");
    assert_snapshot!(sandbox.run(&["author", "new", "Not An Id"]), @"
    --- stderr ---
    error: Not An Id can’t be the id of a new exercise
    hint: use small letters, digits and hyphens, starting with a letter: evening-talk
    --- exit 2 ---
    ");
    assert_snapshot!(sandbox.run(&["author", "new", "apology"]), @r"
    --- stderr ---
    error: apology is a built-in exercise
    hint: your file would replace it; choose another id
    --- exit 2 ---
    ");
    assert_snapshot!(sandbox.run(&["author", "new", "-o", "notes.txt"]), @r"
    --- stderr ---
    error: notes.txt is neither a folder nor a TOML file
    hint: give it a name that ends in .toml
    --- exit 2 ---
    ");
    assert_snapshot!(sandbox.run(&["author", "new", "a", "-o", "b.toml"]), @"
    --- stderr ---
    error: the file b.toml doesn’t match the id a
    hint: its id is its file name
    --- exit 2 ---
    ");
    assert_snapshot!(sandbox.run(&["author", "new", "b", "--title", "\u{1b}[2J"]), @r"
    --- stderr ---
    error: this title can’t be used
      the character U+001B can change what a screen shows
    --- exit 2 ---
    ");
    assert_snapshot!(sandbox.run(&["author", "new", "b", "--lang", "d\"e"]), @r#"
    --- stderr ---
    error: d"e isn’t a language
    hint: usually two letters: en, de, pt-BR
    --- exit 2 ---
    "#);
    assert_snapshot!(sandbox.run(&["author", "new", "b", "-o", "none/b.toml"]), @r"
    --- stderr ---
    error: could not write none/b.toml
    caused by: No such file or directory (os error 2)
    --- exit 1 ---
    ");
    let mine = std::fs::read_to_string(sandbox.home().join("exercises/mine.toml"));
    assert_eq!(mine.unwrap(), "mine");
}

#[test]
fn a_schema_of_somebody_else_stays_and_an_old_one_of_ours_does_not() {
    let sandbox = Sandbox::new();
    let theirs = sandbox.write("theirs/exercise.schema.json", "{}");
    let ours = "{ \"title\": \"An exercise for trust-coach, format 1\" }";
    let ours = sandbox.write("ours/exercise.schema.json", ours);
    assert_eq!(
        sandbox.run(&["author", "new", "-o", "theirs"]).code,
        Some(0)
    );
    assert_eq!(sandbox.run(&["author", "new", "-o", "ours"]).code, Some(0));
    assert_eq!(std::fs::read_to_string(theirs).unwrap(), "{}");
    assert!(std::fs::read_to_string(ours).unwrap().len() > 1000);
}

/// What two people say in the example for two.
const EACH: &str = r#"format = 1
exercise = "our-walk"
names = { a = "Mo", b = "Il" }
[answers]
thing = "On Sunday we walk once round the block."
agree = "each sunday for 4 weeks"
[answers.a]
close = 5
close-guess = 3
show = true
understood = 4
"understood@2" = 6
back = "The train was late and nobody called."
agree = true
[answers.b]
close = 4
close-guess = 5
show = true
understood = 7
back = "You were alone with it."
"back@2" = "You were alone with it, and it went on for days."
agree = true
"#;

#[test]
fn a_new_exercise_for_two_has_nothing_to_fix_names_both_and_can_be_done_at_once() {
    let sandbox = Sandbox::new();
    let args = [
        "author",
        "new",
        "our-walk",
        "--for",
        "two",
        "--strategy",
        "communication",
    ];
    let new = sandbox.run(&args);
    assert_eq!(new.code, Some(0), "{new}");
    let file = sandbox.home().join("exercises/our-walk.toml");
    let check = sandbox.run(&["check", "--deny-warnings", file.to_str().unwrap()]);
    assert_eq!(check.code, Some(0), "{check}");
    for plain in [&[][..], &["--plain"]] {
        let args = [plain, &["author", "preview", "our-walk"]].concat();
        let preview = sandbox.run(&args).stdout;
        for words in [
            "For two: A and B stand for their names.",
            "1. `close` (rate)\nA, then B, each alone and closed; here as A reads it\n",
            "A, how close did you feel to B",
            "3. `show` (share)\nasks A, then B, each alone; then both see it, or nobody\n",
            "5. `back` (write)\nB answers\n",
            "then all of it once more, with A and B exchanged\n",
            "(About 1 minute. You can stop sooner.)",
            "8. `agree` (promise)\nA and B together; then asks each alone for a yes\n",
        ] {
            assert!(preview.contains(words), "{words}: {preview}");
        }
        assert!(
            !plain.is_empty() || preview.ends_with("Everything fits.\n"),
            "{preview}"
        );
    }
    sandbox.write("each.toml", EACH);
    let args = [
        "exercise",
        "our-walk",
        "--answers",
        "each.toml",
        "--screened",
    ];
    let done = sandbox.run(&args);
    assert_eq!(done.code, Some(0), "{done}");
    let shown = sandbox.run(&["history", "show", "last"]).stdout;
    for words in [
        "Mo, how close did you feel to Il",
        "Il, how close did you feel to Mo",
    ] {
        assert!(shown.contains(words), "{shown}");
    }
    let agreed = sandbox.run(&["promise", "list"]).stdout;
    assert!(agreed.contains("Agreed by Mo and Il."), "{agreed}");
}

#[test]
fn what_belongs_to_an_exercise_for_one_is_refused_for_two() {
    let sandbox = Sandbox::new();
    let args = [
        "author", "new", "--for", "two", "--kind", "rate", "--output", "-",
    ];
    let refused = sandbox.run(&args);
    assert_eq!(refused.code, Some(2), "{refused}");
    assert!(
        refused.stderr.contains("--kind is for exercises for one"),
        "{refused}"
    );
    let plan = sandbox.run(&["author", "new", "--for", "two", "--plan", "--output", "-"]);
    assert_eq!(plan.code, Some(2), "{plan}");
}
