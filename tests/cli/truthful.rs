//! What is said is what happened. What needs a failing system is in `.ci/outside/failing-calls`.

use std::fs;
use std::os::unix::fs::{PermissionsExt, symlink};

use crate::doctor::{ONE, put, text, well};
use crate::tea::{ANSWERS, home};

#[test]
fn a_backup_that_is_not_whole_never_has_the_name_of_one_that_is() {
    let (sandbox, month) = well();
    let link = month.join("20261101T000000.000Z-00000001.toml");
    symlink("/etc/passwd", &link).unwrap();
    for name in ["all.tar.incomplete", "all.tar.incomplete-2"] {
        let output = sandbox.run(&["backup", "all.tar"]);
        assert_eq!(output.code, Some(1), "{output}");
        assert!(output.stderr.contains(name), "{output}");
        let folder = sandbox.home().parent().unwrap().to_path_buf();
        assert!(folder.join(name).exists() && !folder.join("all.tar").exists());
    }
    fs::remove_file(link).unwrap();
    assert_eq!(sandbox.run(&["backup", "all.tar"]).code, Some(0));
}

#[test]
fn what_stands_behind_the_end_of_a_backup_is_noticed() {
    let (sandbox, _) = well();
    sandbox.run(&["backup", "all.tar"]);
    let path = sandbox.home().parent().unwrap().join("all.tar");
    let whole = fs::read(&path).unwrap();
    for (more, code) in [(b"\0\0\0\0".as_slice(), 0), (b"x", 1), (b"\0\0more", 1)] {
        fs::write(&path, [&whole, more].concat()).unwrap();
        let output = sandbox.run(&["restore", "--dry-run", "all.tar"]);
        assert_eq!(output.code, Some(code), "{more:?}: {output}");
    }
}

#[test]
fn doctor_looks_at_who_may_use_the_settings_and_the_contacts() {
    for (name, mode) in [
        ("config.toml", 0o666),
        ("config.toml", 0o620),
        ("contacts.toml", 0o644),
    ] {
        let (sandbox, _) = well();
        let path = sandbox.home().join(name);
        put(&path, "");
        assert_eq!(sandbox.run(&["doctor"]).code, Some(0));
        fs::set_permissions(&path, fs::Permissions::from_mode(mode)).unwrap();
        let output = sandbox.run(&["doctor"]);
        assert_eq!(output.code, Some(6), "{name}: {output}");
        assert!(output.stdout.contains(name), "{output}");
        assert_eq!(sandbox.run(&["doctor", "--repair"]).code, Some(0));
    }
}

#[test]
fn an_option_is_meant_by_its_id_in_any_case() {
    // The label is in capitals too, so an id that differs from it.
    let sandbox = home();
    sandbox.write(
        "a.toml",
        ANSWERS.replace("kind = \"Mint\"", "kind = \"MINT\""),
    );
    let output = sandbox.run(&["exercise", "tea", "--answers", "a.toml"]);
    assert_eq!(output.code, Some(0), "{output}");
    assert!(sandbox.session().contains("value = \"mint\""));
}

#[test]
fn a_command_that_cannot_write_all_leaves_nothing_and_takes_away_what_a_killed_one_left() {
    let (sandbox, month) = well();
    put(
        &month.join(format!("{ONE}.toml")),
        &text(ONE, &"warm ".repeat(40_000)),
    );
    let folder = sandbox.home().with_file_name("out");
    std::fs::create_dir(&folder).unwrap();
    let left = || std::fs::read_dir(&folder).unwrap().count();
    for (command, name) in [
        ("export last --output", "all.md"),
        ("export last --format json --output", "all.json"),
        ("backup", "all.tar"),
    ] {
        let path = folder.join(name);
        // Past so many blocks no file may go.
        let line = format!("ulimit -f 32; exec \"$TC\" {command} out/{name}");
        let output = sandbox.shell(&line);
        assert_eq!(output.code, Some(1), "{command}: {output}");
        assert_eq!(left(), 0, "{command}");
        // As the system leaves it that has killed one: no process has such a number.
        put(
            &folder.join(".trust-coach-unfinished.4194305-0.tmp"),
            "half",
        );
        let line = format!("exec \"$TC\" {command} out/{name}");
        let output = sandbox.shell(&line);
        assert_eq!(output.code, Some(0), "{command}: {output}");
        assert_eq!(left(), 1, "what was left of it is gone: {command}");
        std::fs::remove_file(path).unwrap();
    }
}
