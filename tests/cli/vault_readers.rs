//! Readers who come and go, keys under other names, and sealed files in odd places are noticed.

use std::fs;

use trust_coach::journal::vault::seal::{Identity, openers};

use crate::common::{Output, Sandbox};
use crate::tea::ANSWERS;
use crate::vault::{WORDS, one_done, private, quick_vault, store};

fn sealed() -> Sandbox {
    let sandbox = one_done();
    quick_vault(&sandbox);
    let output = with_pass(&sandbox, &["vault", "on"]);
    assert_eq!(output.code, Some(0), "{output}");
    sandbox
}

fn with_pass(sandbox: &Sandbox, args: &[&str]) -> Output {
    sandbox.run(&[args, &["--passphrase-file", "pass"]].concat())
}

fn begin(sandbox: &Sandbox) -> Output {
    sandbox.write("a.toml", ANSWERS);
    sandbox.run(&["exercise", "tea", "--answers", "a.toml"])
}

#[test]
fn a_reader_who_came_for_one_save_and_went_is_noticed_when_a_session_is_opened_and_by_doctor() {
    let sandbox = sealed();
    let list = sandbox.home().join("identities/recipients.txt");
    let before = fs::read_to_string(&list).unwrap();
    let other = Identity::generate().recipient().to_string();
    fs::write(&list, format!("{before}{other}\n")).unwrap();
    assert_eq!(begin(&sandbox).code, Some(0));
    fs::write(&list, &before).unwrap();
    let sealed = sandbox.sessions().into_iter();
    let counts = sealed.map(|session| openers(&fs::read(session).unwrap()));
    assert_eq!(counts.max(), Some(2));
    let said = "more people can read session";
    for args in [
        &["history"] as &[&str],
        &["history", "show", "last"],
        &["export", "last", "--format", "json"],
    ] {
        let output = with_pass(&sandbox, args);
        let words = output.stderr.split_whitespace().collect::<Vec<_>>();
        assert!(words.join(" ").contains(said), "{output}");
    }
    for args in [
        &["doctor", "--json"] as &[&str],
        &["doctor", "--json", "--passphrase-file", "pass"],
    ] {
        let output = sandbox.run(args);
        assert_eq!(output.code, Some(6), "{output}");
        assert!(output.stdout.contains("\"readers\""), "{output}");
    }
    let reset = with_pass(&sandbox, &["vault", "recipients", "reset"]);
    assert_eq!(reset.code, Some(0), "{reset}");
    let output = with_pass(&sandbox, &["history"]);
    assert!(!output.stderr.contains("more people"), "{output}");
    assert_eq!(sandbox.run(&["doctor"]).code, Some(0));
}

#[test]
fn a_key_that_a_sync_program_renamed_is_known_tried_and_given_its_name_back() {
    for name in [
        "identity.sync-conflict-20261123-101530-ABCDEFG.age",
        "identity (conflicted copy 2026-11-23 101530).age",
        "identity.age.orig",
    ] {
        let sandbox = sealed();
        let folder = sandbox.home().join("identities");
        fs::rename(folder.join("identity.age"), folder.join(name)).unwrap();
        let read = with_pass(&sandbox, &["history", "show", "last"]);
        assert!(read.stdout.contains("My aunt made it"), "{name}: {read}");
        assert_eq!(begin(&sandbox).code, Some(1), "{name}");
        let output = sandbox.run(&["doctor"]);
        assert!(output.stdout.contains(name), "{output}");
        sandbox.run(&["doctor", "--repair"]);
        assert_eq!(begin(&sandbox).code, Some(0), "{name}");
        assert_eq!(sandbox.run(&["doctor"]).code, Some(0), "{name}");
    }
}

#[test]
fn the_version_of_a_key_from_another_machine_opens_with_its_own_passphrase() {
    let sandbox = sealed();
    let key = sandbox.home().join("identities/identity.age");
    let copy = key.with_file_name("identity.sync-conflict-20261123-101530-ABCDEFG.age");
    fs::rename(&key, &copy).unwrap();
    // The same key, under another passphrase.
    let words = trust_coach::journal::vault::seal::Passphrase::new(WORDS.to_string());
    let opened = store(&sandbox).unlock(&words).unwrap();
    let other = trust_coach::journal::vault::seal::Passphrase::new("quite other words".to_string());
    store(&sandbox).write_identity(&opened, &other, 2).unwrap();
    let read = with_pass(&sandbox, &["history", "show", "last"]);
    assert!(read.stdout.contains("My aunt made it"), "{read}");
    private(&sandbox, "pass", "words of nobody");
    assert_eq!(with_pass(&sandbox, &["history"]).code, Some(1));
}

#[test]
fn sealed_files_say_that_there_is_a_vault_wherever_they_were_moved() {
    let moves: [fn(&str) -> String; 4] = [
        |name| format!("sessions/{name}"),
        |name| format!("sessions/2026/11/.{name}"),
        |name| format!("sessions/old/deep/{name}.bak"),
        |name| format!("sessions/2026/{}", name.replace(".toml.age", ".age")),
    ];
    for to in moves {
        let sandbox = sealed();
        let from = sandbox.sessions().pop().unwrap();
        let to = sandbox
            .home()
            .join(to(from.file_name().unwrap().to_str().unwrap()));
        fs::create_dir_all(to.parent().unwrap()).unwrap();
        fs::rename(&from, &to).unwrap();
        fs::remove_dir_all(sandbox.home().join("identities")).unwrap();
        fs::remove_dir_all(sandbox.home().join("state")).unwrap();
        let output = begin(&sandbox);
        assert_eq!(output.code, Some(1), "{to:?}: {output}");
        assert!(output.stderr.contains("nothing can be saved"), "{output}");
    }
}

#[test]
fn the_vault_is_not_off_while_something_sealed_lies_in_an_odd_place() {
    let sandbox = sealed();
    let from = sandbox.sessions().pop().unwrap();
    let to = sandbox.home().join("sessions/letter.age");
    fs::copy(&from, &to).unwrap();
    let output = with_pass(&sandbox, &["vault", "off"]);
    assert_eq!(output.code, Some(1), "{output}");
    assert!(output.stderr.contains("letter.age"), "{output}");
    fs::remove_file(&to).unwrap();
    let output = with_pass(&sandbox, &["vault", "off"]);
    assert_eq!(output.code, Some(0), "{output}");
    assert_eq!(begin(&sandbox).code, Some(0));
}

#[test]
fn a_draft_that_a_killed_program_left_in_memory_is_found() {
    let sandbox = one_done();
    let memory = sandbox.home().parent().unwrap().join("run");
    // No process has so large a number.
    let draft = memory.join("trust-coach-4194305-0123456789abcdef");
    fs::create_dir_all(&draft).unwrap();
    fs::set_permissions(&memory, std::os::unix::fs::PermissionsExt::from_mode(0o700)).unwrap();
    fs::write(draft.join("text.md"), "half a letter").unwrap();
    let mut command = sandbox.command(&["doctor"]);
    let output = sandbox.finish(command.env("XDG_RUNTIME_DIR", &memory));
    assert_eq!(output.code, Some(6), "{output}");
    assert!(
        output.stdout.contains("0123456789abcdef/text.md"),
        "{output}"
    );
}
