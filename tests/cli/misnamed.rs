//! Files of our own with nearly the right name are mentioned, never passed over in silence.

use std::fs;

use crate::missing::says_nowhere;
use crate::tea::home;

#[test]
fn exercises_with_nearly_the_right_name_are_mentioned() {
    for name in [
        "walk.toml.txt",
        "walk.TOML",
        "Walk.toml",
        ".walk.toml.icloud",
    ] {
        let sandbox = home();
        let walk = sandbox.home().join("exercises/tea.toml");
        fs::copy(walk, sandbox.home().join("exercises").join(name)).unwrap();
        let output = sandbox.run(&["list"]);
        assert!(output.stderr.contains(name), "{output}");
        says_nowhere(&sandbox.run(&["doctor"]), name, 6);
    }
}

#[test]
fn plans_rules_settings_and_contacts_with_nearly_the_right_name_are_mentioned() {
    let plan: &[&str] = &["plan", "list"];
    let review: &[&str] = &["review", "text.md", "--as", "apology"];
    let (config, contacts): (&[&str], &[&str]) = (&["config"], &["support", "list"]);
    for (name, args) in [
        ("plans/weeks.toml.txt", plan),
        ("plans/Weeks.TOML", plan),
        ("plans/Weeks.toml", plan),
        ("plans/.weeks.toml.icloud", plan),
        ("packs/evening/plans/weeks.toml.md", plan),
        ("rules/office.toml.txt", review),
        ("rules/office.TOML", review),
        ("rules/.office.toml.icloud", review),
        ("config.toml.txt", config),
        ("Config.toml", config),
        (".config.toml.icloud", config),
        ("contacts.toml.txt", contacts),
        ("contacts.TOML", contacts),
        (".contacts.toml.icloud", contacts),
        (
            "contacts.sync-conflict-20261130-101010-ABCDEFG.toml",
            contacts,
        ),
        ("config (conflicted copy).toml", config),
    ] {
        let sandbox = home();
        sandbox.write("text.md", "I'm sorry that I was late.\n");
        sandbox.write("home/packs/evening/pack.toml", "");
        sandbox.write(format!("home/{name}"), "format = 1\n");
        let output = sandbox.run(args);
        let told = format!("home/{name}: its name ");
        assert!(output.stderr.contains(&told), "{name}: {output}");
        let doctor = sandbox.run(&["doctor"]);
        assert_eq!(doctor.code, Some(6), "{name}: {doctor}");
        assert!(
            doctor
                .stdout
                .contains(&format!("home/{name}\n    its name ")),
            "{doctor}"
        );
    }
}

#[test]
fn plans_and_rules_that_are_wrong_are_named_by_doctor() {
    for name in ["plans/weeks.toml", "rules/office.toml"] {
        let sandbox = home();
        sandbox.write(format!("home/{name}"), "format = 1\nnothing = 2\n");
        let doctor = sandbox.run(&["doctor"]);
        assert_eq!(doctor.code, Some(6), "{name}: {doctor}");
        assert!(
            doctor.stdout.contains(&format!("home/{name}\n")),
            "{doctor}"
        );
    }
}

#[test]
fn whatever_looks_through_sessions_names_those_with_nearly_the_right_name() {
    for nearly in [".ID.icloud", "ID.txt"] {
        let sandbox = home();
        sandbox.write("a.toml", crate::tea::ANSWERS);
        let done = sandbox.run(&["exercise", "tea", "--answers", "a.toml"]);
        assert_eq!(done.code, Some(0), "{done}");
        let session = sandbox.sessions().pop().unwrap();
        let name = session.file_name().unwrap().to_str().unwrap();
        let other = nearly.replace("ID", name);
        fs::rename(&session, session.with_file_name(&other)).unwrap();
        for args in [
            &["history"][..],
            &["history", "search", "aunt"],
            &["progress"],
            &["progress", "--word", "aunt"],
            &["report", "--output", "page.html"],
            &["resume"],
        ] {
            let output = sandbox.run(args);
            assert!(output.stderr.contains(&other), "{args:?}: {output}");
        }
        let backup = sandbox.run(&["backup", "all.tar"]);
        let is_hidden = nearly.starts_with('.');
        assert_eq!(backup.stderr.contains(&other), is_hidden, "{backup}");
    }
}
