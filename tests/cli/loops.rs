//! Scripted sessions, one after the other and at once: none lost, none doubled. `.ci/long/loops` does
//! thousands.

use std::collections::BTreeSet;

use crate::common::Sandbox;
use crate::tea;

const APOLOGY: &str = concat!(
    env!("CARGO_MANIFEST_DIR"),
    "/tests/answers/apology/jonas.toml"
);

fn sessions(sandbox: &Sandbox, args: &[&str], count: usize) -> Vec<String> {
    let run = |_| {
        let output = sandbox.command(args).output().unwrap();
        assert!(output.status.success(), "{output:?}");
        String::from_utf8(output.stdout).unwrap().trim().to_string()
    };
    (0..count).map(run).collect()
}

/// Every session that was named is there once, whole, and no other file is.
fn check(sandbox: &Sandbox, named: &[String]) {
    let ids: BTreeSet<&String> = named.iter().collect();
    assert_eq!(ids.len(), named.len(), "a name was given twice");
    let found = crate::common::files(&sandbox.home().join("sessions"));
    assert_eq!(found.len(), named.len(), "{found:?}");
    for path in found {
        let id = path.file_stem().unwrap().to_str().unwrap().to_string();
        assert!(ids.contains(&id), "{id} was not named");
        let text = std::fs::read_to_string(&path).unwrap();
        let session: toml::Table = text.parse().unwrap();
        assert_eq!(session["id"].as_str(), Some(id.as_str()));
        assert_eq!(session["state"].as_str(), Some("done"));
    }
}

#[test]
fn sessions_one_after_the_other_are_all_there() {
    let sandbox = Sandbox::new();
    let args = ["exercise", "apology", "--screened", "--answers", APOLOGY];
    let named = sessions(&sandbox, &args, 10);
    check(&sandbox, &named);
}

#[test]
fn sessions_at_once_are_all_there() {
    let sandbox = tea::home();
    sandbox.write("a.toml", tea::ANSWERS);
    let args = ["exercise", "tea", "--answers", "a.toml"];
    let named: Vec<String> = std::thread::scope(|scope| {
        let loops: Vec<_> = (0..4)
            .map(|_| scope.spawn(|| sessions(&sandbox, &args, 10)))
            .collect();
        let named = loops.into_iter().map(|one| one.join().unwrap());
        named.flatten().collect()
    });
    check(&sandbox, &named);
}
