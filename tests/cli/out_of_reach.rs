//! Folders that somebody isn't allowed to look into. The tests run as whom permissions hold, also as root.

use std::fs::{self, Permissions};
use std::os::unix::fs::PermissionsExt;
use std::os::unix::process::CommandExt;
use std::process::Command;

use insta::assert_snapshot;

use crate::common::{Output, Sandbox};
use crate::tea;
use crate::vault::{one_done, quick_vault};

/// The number of a user who owns nothing.
const NOBODY: u32 = 65534;

fn shell(sandbox: &Sandbox, line: &str) {
    let done = sandbox.shell(line);
    assert_eq!(done.code, Some(0), "{line}: {done}");
}

/// Gives everything to a user whom permissions hold.
fn hand_over(sandbox: &Sandbox) {
    if rustix::process::geteuid().is_root() {
        // A file that this process had open for writing could not be run while another test begins.
        shell(
            sandbox,
            "cp $TC program && chmod 755 . program && chown -R 65534 .",
        );
    }
}

/// What that user sees.
fn run(sandbox: &Sandbox, args: &[&str]) -> Output {
    let ours = sandbox.command(args);
    if !rustix::process::geteuid().is_root() {
        return sandbox.run(args);
    }
    let folder = ours.get_current_dir().unwrap();
    let mut command = Command::new(folder.join("program"));
    command.args(args).env_clear().current_dir(folder);
    command.envs(
        ours.get_envs()
            .filter_map(|(name, value)| Some((name, value?))),
    );
    sandbox.finish(command.uid(NOBODY))
}

/// Lets nobody into a folder below the home while `look` looks.
fn closed(sandbox: &Sandbox, name: &str, look: impl FnOnce()) {
    let folder = sandbox.home().join(name);
    fs::set_permissions(&folder, Permissions::from_mode(0o000)).unwrap();
    look();
    fs::set_permissions(&folder, Permissions::from_mode(0o700)).unwrap();
}

#[test]
fn the_vault_says_what_it_could_not_look_into() {
    let sandbox = one_done();
    quick_vault(&sandbox);
    for folder in ["ledger", "quarantine"] {
        fs::create_dir_all(sandbox.home().join(folder)).unwrap();
    }
    hand_over(&sandbox);
    for folder in [
        "sessions",
        "sessions/2026",
        "sessions/2026/11",
        "ledger",
        "quarantine",
    ] {
        closed(&sandbox, folder, || {
            let status = run(&sandbox, &["vault", "status"]);
            assert_eq!(status.code, Some(1), "{folder}: {status}");
            assert!(
                status.stdout.contains("There may be more"),
                "{folder}: {status}"
            );
            assert!(
                status.stderr.contains(&format!("/home/{folder}")),
                "{status}"
            );
            let json = run(&sandbox, &["vault", "status", "--json"]);
            assert!(
                json.stdout.contains("\"not_counted\": 1"),
                "{folder}: {json}"
            );
        });
    }
    assert_snapshot!(run(&sandbox, &["vault", "status"]), @r"
    The vault is on.
    Who can read what you save:
      since 2026-11-22  you
    0 sessions encrypted, 1 in plain text.
    `trust-coach vault on` encrypts the rest.
    This is the list used for saving. It’s compared with the one your
    passphrase protects whenever you type that.
    --- exit 0 ---
    ");
    let on = ["vault", "on", "--passphrase-file", "pass"];
    assert_eq!(run(&sandbox, &on).code, Some(0));
    // It isn't done while there is something that may be plain.
    closed(&sandbox, "sessions", || {
        let again = run(&sandbox, &on);
        assert_eq!(again.code, Some(1), "{again}");
        assert!(again.stderr.contains("skipped: could not list"), "{again}");
        fs::rename(
            sandbox.home().join("identities/identity.age"),
            sandbox.home().with_file_name("key"),
        )
        .unwrap();
        let new = run(&sandbox, &on);
        assert_eq!(new.code, Some(1), "{new}");
        assert!(
            !sandbox.home().join("identities/identity.age").exists(),
            "{new}"
        );
    });
}

#[test]
fn own_exercises_plans_packs_and_rules_that_nobody_can_look_into_are_said() {
    let sandbox = tea::home();
    sandbox.write("letter.txt", "I’m sorry.");
    for folder in ["plans", "packs/mine/plans", "rules", "state/locks"] {
        fs::create_dir_all(sandbox.home().join(folder)).unwrap();
    }
    hand_over(&sandbox);
    fs::set_permissions(sandbox.home(), Permissions::from_mode(0o700)).unwrap();
    let said: [(&str, &[&[&str]]); 6] = [
        (
            "exercises",
            &[&["list"], &["list", "--json"], &["show", "tea"]],
        ),
        ("plans", &[&["plan", "list"]]),
        (
            "packs",
            &[&["list"], &["pack", "list"], &["show", "mine/walk"]],
        ),
        ("packs/mine", &[&["list"], &["show", "mine/walk"]]),
        ("rules", &[&["review", "--as", "apology", "letter.txt"]]),
        ("state/locks", &[]),
    ];
    for (name, commands) in said {
        closed(&sandbox, name, || {
            for args in commands {
                let output = run(&sandbox, args);
                let all = format!("{}{}", output.stdout, output.stderr);
                assert!(all.contains(&format!("/home/{name}")), "{args:?}: {output}");
                let code = if name == "rules" { 0 } else { 1 };
                assert_eq!(output.code, Some(code), "{args:?}: {output}");
            }
            let doctor = run(&sandbox, &["doctor"]);
            assert_eq!(doctor.code, Some(6), "{name}: {doctor}");
            let shown = format!("/home/{name}\n    Permission denied");
            assert!(doctor.stdout.contains(&shown), "{name}: {doctor}");
            assert!(!doctor.stdout.contains("fine"), "{name}: {doctor}");
            // No repair is done without its lock.
            if name == "state/locks" {
                return;
            }
            run(&sandbox, &["doctor", "--repair"]);
            let again = run(&sandbox, &["doctor"]);
            assert!(
                !again.stdout.contains("Permission denied"),
                "{name}: {again}"
            );
        });
    }
}

#[test]
fn a_file_in_the_place_of_a_folder_of_ones_own_is_named() {
    for name in ["exercises", "plans", "packs", "rules", "state/locks"] {
        let sandbox = Sandbox::new();
        sandbox.write(format!("home/{name}"), "");
        let doctor = sandbox.run(&["doctor"]);
        assert_eq!(doctor.code, Some(6), "{name}: {doctor}");
        assert!(
            doctor
                .stdout
                .contains(&format!("/home/{name}\n    Not a directory")),
            "{name}: {doctor}"
        );
    }
}
