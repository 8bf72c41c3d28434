//! Encrypted sessions that somebody hides, with every other sign of the vault gone: what is noticed, and what
//! the page on privacy says that nothing tells of.

use std::collections::BTreeMap;
use std::fs;

use serde_json::json;
use trust_coach::exercise::library::BUILT_IN;

use crate::common::Sandbox;
use crate::protocol::Client;
use crate::tea::{ANSWERS, home};
use crate::vault::quick_vault;
use crate::vault_signs::{Attack, begin, identities, leaks, sealed};

/// Removes all that tells of the vault but for what was saved.
fn without_signs(sandbox: &Sandbox) {
    fs::remove_dir_all(identities(sandbox)).unwrap();
    fs::remove_dir_all(sandbox.home().join("state")).unwrap();
}

/// Puts so many plain sessions of each day before the one that there is, or behind it, as somebody else
/// would make them up.
fn made_up(sandbox: &Sandbox, year: u32, count: usize) {
    let other = home();
    other.write("a.toml", ANSWERS);
    assert_eq!(begin(&other), Some(0));
    let plain = other.sessions().pop().unwrap();
    let month = sandbox.home().join(format!("sessions/{year}/11"));
    fs::create_dir_all(&month).unwrap();
    for nth in 0..count {
        let name = format!("{year}1122T174501.000Z-{nth:08x}.toml");
        fs::copy(&plain, month.join(name)).unwrap();
    }
}

/// Gives what is sealed the name of what is plain.
fn renamed_plain(sandbox: &Sandbox) {
    for path in sandbox.sessions() {
        fs::rename(&path, path.with_extension("")).unwrap();
    }
}

#[test]
fn encrypted_sessions_in_a_folder_of_another_name_tell_of_the_vault() {
    let sandbox = sealed();
    without_signs(&sandbox);
    let folder = sandbox.home().join("sessions");
    fs::rename(&folder, folder.with_file_name(".old")).unwrap();
    assert_eq!(begin(&sandbox), Some(1));
    assert!(!leaks(&sandbox));
}

#[test]
fn encrypted_sessions_that_are_named_as_plain_ones_tell_of_the_vault_behind_some_that_were_made_up()
{
    for (newer, older) in [(10, 0), (11, 5), (30, 30)] {
        let sandbox = sealed();
        for _ in 0..5 {
            assert_eq!(begin(&sandbox), Some(0));
        }
        without_signs(&sandbox);
        renamed_plain(&sandbox);
        made_up(&sandbox, 2027, newer);
        made_up(&sandbox, 2025, older);
        let output = sandbox.run(&["exercise", "tea", "--answers", "a.toml"]);
        assert_eq!(output.code, Some(1), "{newer} and {older}: {output}");
    }
}

#[test]
fn a_name_of_an_unfinished_save_hides_no_encrypted_session_unless_it_is_one_of_ours() {
    let sandbox = sealed();
    without_signs(&sandbox);
    let session = sandbox.sessions().pop().unwrap();
    fs::rename(&session, session.with_extension("tmp")).unwrap();
    assert_eq!(begin(&sandbox), Some(1));
}

#[test]
fn what_the_page_on_privacy_says_that_nothing_tells_of_saves_plain() {
    let moved: [(&str, Attack); 3] = [
        ("all of it moved out of the folder", |sandbox| {
            fs::rename(
                sandbox.home().join("sessions"),
                sandbox.home().with_file_name("x"),
            )
            .unwrap();
        }),
        ("put into the quarantine folder", |sandbox| {
            let session = sandbox.sessions().pop().unwrap();
            let aside = sandbox.home().join("quarantine");
            fs::create_dir_all(&aside).unwrap();
            fs::rename(&session, aside.join(session.file_name().unwrap())).unwrap();
        }),
        (
            "called as nothing that we know in a folder of another name",
            |sandbox| {
                let session = sandbox.sessions().pop().unwrap();
                fs::create_dir_all(sandbox.home().join("x")).unwrap();
                fs::rename(session, sandbox.home().join("x/y")).unwrap();
            },
        ),
    ];
    for (what, attack) in moved {
        let sandbox = sealed();
        without_signs(&sandbox);
        attack(&sandbox);
        let output = sandbox.run(&["exercise", "tea", "--answers", "a.toml"]);
        assert_eq!(output.code, Some(0), "{what}: {output}");
        assert!(leaks(&sandbox), "{what}");
    }
}

#[test]
fn one_that_is_hidden_among_many_made_up_ones_is_noticed_by_whatever_looks_at_all_of_them() {
    let sandbox = sealed();
    without_signs(&sandbox);
    renamed_plain(&sandbox);
    // Each fifth is looked into behind the ten newest.
    made_up(&sandbox, 2027, 11);
    made_up(&sandbox, 2025, 88);
    let answers = include_str!("../answers/unsent-letter/hana.toml");
    sandbox.write("letter.toml", answers);
    let letter = ["exercise", "unsent-letter", "--answers", "letter.toml"];
    let output = sandbox.run(&letter);
    assert_eq!(output.code, Some(0), "{output}");
    assert!(
        sandbox
            .sessions()
            .iter()
            .all(|path| path.extension().unwrap() == "toml")
    );
    // An exercise that would look at earlier answers looks at them before it saves.
    assert_eq!(begin(&sandbox), Some(1));
    let status = sandbox.run(&["vault", "status"]);
    assert_eq!(status.code, Some(1), "{status}");
    assert!(status.stderr.contains("its key is missing"), "{status}");
    let doctor = sandbox.run(&["doctor"]).stdout;
    assert!(doctor.contains("The vault isn’t in order"), "{doctor}");
    let list = sandbox.run(&["history", "--limit", "0"]);
    assert!(list.stderr.contains("left out: it’s encrypted"), "{list}");
}

#[test]
fn the_size_of_a_first_save_does_not_tell_which_exercise_was_begun() {
    let sandbox = Sandbox::new();
    quick_vault(&sandbox);
    let mut sizes = BTreeMap::new();
    for (id, _) in BUILT_IN {
        let before = sandbox.sessions();
        let mut client = Client::new(&sandbox, &["exercise", id, "--io", "json", "--screened"]);
        let first = loop {
            let ask = client.until("ask");
            // What is answered before is saved by now.
            let new = sandbox
                .sessions()
                .into_iter()
                .find(|one| !before.contains(one));
            let bytes = new.map(|new| fs::read(new).unwrap()).unwrap_or_default();
            if !bytes.is_empty() {
                break body(&bytes);
            }
            let reply = match ask["kind"].as_str() {
                Some("say" | "hand-over") => "answer",
                _ => "skip",
            };
            client.send(&json!({ "type": reply, "id": ask["id"] }));
        };
        client.child.kill().unwrap();
        client.child.wait().unwrap();
        let of_size: &mut Vec<&str> = sizes.entry(first).or_default();
        of_size.push(id);
    }
    assert!(sizes.len() <= 2, "{sizes:?}");
}

/// How much is encrypted in a file: what stands before it says who can open it, and is longer by chance.
fn body(file: &[u8]) -> usize {
    let line =
        |from: usize| from + file[from..].iter().position(|byte| *byte == b'\n').unwrap() + 1;
    let mut end = line(0);
    while !file[end..].starts_with(b"--- ") {
        end = line(end);
    }
    file.len() - line(end)
}

#[test]
fn sessions_that_were_moved_deep_into_another_folder_of_ours_are_signs_still() {
    for place in ["exercises/mine", "state/old/more"] {
        let sandbox = sealed();
        without_signs(&sandbox);
        let place = sandbox.home().join(place);
        fs::create_dir_all(place.parent().unwrap()).unwrap();
        fs::rename(sandbox.home().join("sessions"), place).unwrap();
        assert_eq!(begin(&sandbox), Some(1));
        assert!(!leaks(&sandbox));
    }
}
