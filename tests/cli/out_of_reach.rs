//! Folders that somebody isn't allowed to look into. The tests run as whom permissions hold, also as root.

use std::fs::{self, Permissions};
use std::os::unix::fs::PermissionsExt;
use std::os::unix::process::CommandExt;
use std::process::Command;

use insta::assert_snapshot;

use crate::common::{Output, Sandbox};
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
