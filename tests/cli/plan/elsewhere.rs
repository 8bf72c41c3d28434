//! What is said about a plan is backed up, restored, exported, sealed and looked at like all facts.

use super::{begun, does, done, next, on};
use crate::common::{Sandbox, files};
use crate::vault::quick_vault;

#[test]
fn facts_about_a_plan_are_exported_imported_backed_up_and_restored() {
    let sandbox = begun();
    does(&sandbox, 1, "promise", "ada");
    done(&sandbox, 2, &["plan", "pause"]);
    let there = next(&sandbox, 3);
    done(
        &sandbox,
        3,
        &[
            "export", "--ledger", "--all", "--format", "json", "--output", "all.json",
        ],
    );
    done(&sandbox, 3, &["backup", "all.tar"]);
    for args in [&["import", "all.json"][..], &["restore", "all.tar"]] {
        let other = Sandbox::new();
        let from = sandbox.home().join("..").join(args[1]);
        done(&other, 3, &[args[0], from.to_str().unwrap()]);
        assert_eq!(next(&other, 3), there, "{args:?}");
        let facts = files(&other.home().join("ledger"));
        assert_eq!(facts.len(), 3, "{args:?}");
    }
    let healthy = on(&sandbox, 3, &["doctor"]);
    assert_eq!(healthy.code, Some(0), "{healthy}");
}

#[test]
fn with_the_vault_on_the_passphrase_tells_what_is_next_and_a_prompt_says_nothing() {
    let sandbox = begun();
    assert_eq!(done(&sandbox, 1, &["next", "--short"]), "promise today\n");
    quick_vault(&sandbox);
    let pass = ["--passphrase-file", "pass"];
    done(&sandbox, 1, &[&["vault", "on"][..], &pass].concat());
    assert!(!sandbox.home().join("state/next.toml").exists());
    assert_eq!(done(&sandbox, 1, &["next", "--short"]), "");
    assert_eq!(on(&sandbox, 1, &["next"]).code, Some(3));
    assert_eq!(on(&sandbox, 1, &["plan", "pause"]).code, Some(3));
    let told = done(&sandbox, 1, &[&["next"][..], &pass].concat());
    assert!(told.starts_with("Next: One promise you can keep"), "{told}");
    assert!(!done(&sandbox, 1, &[]).contains("your plan"));
    // Where it was allowed, a prompt knows that there is something, and not what.
    sandbox.write("home/config.toml", "due-without-passphrase = true\n");
    done(&sandbox, 1, &[&["next"][..], &pass].concat());
    assert_eq!(
        done(&sandbox, 1, &["next", "--short"]),
        "a plan step today\n"
    );
    let noted = std::fs::read_to_string(sandbox.home().join("state/next.toml")).unwrap();
    assert!(!noted.contains("promise"), "{noted}");
    done(&sandbox, 1, &[&["plan", "pause"][..], &pass].concat());
    done(&sandbox, 1, &[&["next"][..], &pass].concat());
    assert_eq!(done(&sandbox, 1, &["next", "--short"]), "");
}
