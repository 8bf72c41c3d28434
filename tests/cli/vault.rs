//! The vault: what it says, what asks for the passphrase, and what never does.

use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::PathBuf;

use insta::assert_snapshot;
use trust_coach::home::folders::Folders;
use trust_coach::journal::Store;
use trust_coach::journal::vault::seal::Passphrase;

use crate::common::{Sandbox, files};
use crate::tea::{ANSWERS, home};

/// Fast: nothing in these tests is worth guarding.
const QUICK: u8 = 2;

pub(crate) const WORDS: &str = "four or more words";

pub(crate) fn store(sandbox: &Sandbox) -> Store {
    let folders = Folders::under(&sandbox.home());
    Store::new(folders.data, folders.state)
}

/// Turns the vault on without the wait, and writes its passphrase to `pass`.
pub(crate) fn quick_vault(sandbox: &Sandbox) {
    let now = crate::common::moment();
    let passphrase = Passphrase::new(WORDS.to_string());
    store(sandbox).make_vault(&now, &passphrase, QUICK).unwrap();
    private(sandbox, "pass", WORDS);
}

pub(crate) fn private(sandbox: &Sandbox, name: &str, words: &str) -> PathBuf {
    let path = sandbox.write(name, format!("{words}\n"));
    fs::set_permissions(&path, fs::Permissions::from_mode(0o600)).unwrap();
    path
}

/// A home with a finished session in it.
pub(crate) fn one_done() -> Sandbox {
    let sandbox = home();
    sandbox.write("a.toml", ANSWERS);
    // As the program makes it; here the exercise was there first.
    fs::set_permissions(sandbox.home(), fs::Permissions::from_mode(0o700)).unwrap();
    sandbox.run(&["exercise", "tea", "--answers", "a.toml"]);
    sandbox
}

/// Everything in the home, to see that nothing has changed.
fn content(sandbox: &Sandbox) -> Vec<(PathBuf, Vec<u8>)> {
    let mut all = files(&sandbox.home());
    all.sort();
    let read = |path: PathBuf| (path.clone(), fs::read(path).unwrap());
    all.into_iter().map(read).collect()
}

#[test]
fn turning_it_on_says_twice_that_there_is_no_way_back_and_encrypts_what_is_there() {
    let sandbox = one_done();
    private(&sandbox, "pass", WORDS);
    let on = sandbox.run(&["vault", "on", "--passphrase-file", "pass"]);
    assert_snapshot!(on, @"
    --- stderr ---
    This encrypts every session. Nobody can read one without your
    passphrase, not even somebody who uses this account. Saving never asks
    for it. Reading does, once for each command.

    If you forget it, there’s no way back: nobody can reset it, and no copy
    is kept.

    Once more: without this passphrase, nobody can ever read what you wrote
    again, including you.
    The vault is on: 1 session encrypted. One person can read it: you.

    Older copies may still be in plain text: backups, git history, other
    devices, and what a disk keeps of deleted files. trust-coach can’t reach
    those.

    Your passphrase opens this file, and this file opens everything else.
    Keep a copy of it:
      $SANDBOX/home/identities/identity.age
    --- exit 0 ---
    ");
    let identities = sandbox.home().join("identities");
    let key = fs::read(identities.join("identity.age")).unwrap();
    let head = String::from_utf8_lossy(&key);
    let stanza = head.lines().nth(1).unwrap();
    assert!(
        stanza.starts_with("-> scrypt ") && stanza.ends_with(" 18"),
        "{stanza}"
    );
    let mode = |path: &PathBuf| fs::metadata(path).unwrap().permissions().mode() & 0o777;
    assert_eq!(mode(&identities), 0o700);
    assert!(files(&identities).iter().all(|path| mode(path) == 0o600));
    // Nothing says which exercise it was, and nothing what was written.
    let sessions = sandbox.sessions();
    let name = sessions[0].file_name().unwrap().to_str().unwrap();
    assert!(
        name.starts_with("20261122T174501.000Z-") && name.ends_with(".toml.age"),
        "{name}"
    );
    for (path, bytes) in content(&sandbox) {
        let has = |words: &str| {
            bytes
                .windows(words.len())
                .any(|some| some == words.as_bytes())
        };
        let own = path.starts_with(sandbox.home().join("exercises"));
        assert!(
            own || !has("My aunt") && !has("= \"tea\"") && !has(WORDS),
            "{path:?}"
        );
    }
    assert_snapshot!(sandbox.run(&["vault", "on"]), @r"
    --- stderr ---
    The vault is already on: 1 session encrypted.
    --- exit 0 ---
    ");
    assert_snapshot!(sandbox.run(&["vault", "status"]), @"
    The vault is on.
    Who can read what you save:
      since 2026-11-22  you
    1 session encrypted, 0 in plain text.
    This is the list used for saving. It’s compared with the one your
    passphrase protects whenever you type that.
    --- exit 0 ---
    ");
}

#[test]
fn what_only_writes_never_asks_and_what_reads_asks_once() {
    let sandbox = one_done();
    quick_vault(&sandbox);
    sandbox.run(&["vault", "on", "--passphrase-file", "pass"]);
    let never: &[&[&str]] = &[
        &[],
        &["list"],
        &["show", "tea"],
        &["check", "home/exercises/tea.toml"],
        &["support"],
        &["answers", "tea"],
        &["exercise", "tea", "--answers", "a.toml"],
        &["exercise", "tea", "--answers", "a.toml", "--dry-run"],
        &["where"],
        &["config"],
        &["schema", "exercise"],
        &["vault", "status"],
        &["doctor"],
        &["backup", "all.tar"],
        &["history", "path", "last"],
        &["history", "delete", "last", "--yes"],
    ];
    for args in never {
        let output = sandbox.run(args);
        assert_eq!(output.code, Some(0), "{args:?}\n{output}");
    }
    let asks: &[&[&str]] = &[
        &["history"],
        &["history", "--json"],
        &["history", "show", "last"],
        &["history", "search", "aunt"],
        &["history", "compare", "last", "last"],
        &["history", "compare", "tea", "--blind"],
        &["history", "note", "last"],
        &["history", "edit", "last", "memory"],
        &["history", "tag", "last", "mine"],
        &["resume"],
        &["export"],
        &["vault", "off"],
        &["vault", "passphrase"],
    ];
    for args in asks {
        let output = sandbox.run(args);
        assert_eq!(output.code, Some(3), "{args:?}\n{output}");
        assert_eq!(output.stdout, "", "{args:?}");
        let brought = [*args, &["--passphrase-file", "pass"]].concat();
        // These need more than the passphrase, or change what is asked for.
        let more = ["off", "passphrase", "resume", "compare", "note", "edit"];
        if !args.iter().any(|arg| more.contains(arg)) {
            let output = sandbox.run(&brought);
            assert_eq!(output.code, Some(0), "{args:?}\n{output}");
            assert_eq!(
                output.stderr.matches("The vault is open").count(),
                1,
                "{output}"
            );
        }
    }
    assert_snapshot!(sandbox.run(&["history", "show", "last"]), @r"
    --- stderr ---
    error: the passphrase is needed, and there’s nobody to ask
    hint: give it with --passphrase-file FILE or --passphrase-fd N
    --- exit 3 ---
    ");
}

#[test]
fn the_mark_of_an_encoding_belongs_to_no_passphrase() {
    let sandbox = one_done();
    quick_vault(&sandbox);
    private(&sandbox, "marked", &format!("\u{feff}{WORDS}\r\nmore"));
    let on = sandbox.run(&["vault", "on", "--passphrase-file", "marked"]);
    assert_eq!(on.code, Some(0), "{on}");
    let read = sandbox.run(&["history", "show", "last", "--passphrase-file", "pass"]);
    assert_eq!(read.code, Some(0), "{read}");
}

#[test]
fn a_passphrase_that_is_too_long_is_refused_and_never_cut() {
    let sandbox = one_done();
    quick_vault(&sandbox);
    let words = "word ".repeat(820);
    private(&sandbox, "longest", &words[..4096]);
    private(&sandbox, "longer", &words[..4097]);
    let longer = sandbox.run(&["vault", "on", "--passphrase-file", "longer"]);
    assert_snapshot!(longer, @"
    --- stderr ---
    error: could not read the passphrase from longer
    caused by: its first line is longer than 4,096 bytes
    --- exit 1 ---
    ");
    let longest = sandbox.run(&["vault", "on", "--passphrase-file", "longest"]);
    assert!(
        longest.stderr.contains("that isn’t the passphrase"),
        "{longest}"
    );
}

#[test]
fn a_wrong_passphrase_says_so_and_costs_nothing() {
    let sandbox = one_done();
    quick_vault(&sandbox);
    sandbox.run(&["vault", "on", "--passphrase-file", "pass"]);
    let before = content(&sandbox);
    private(&sandbox, "wrong", "four or more word");
    let wrong = sandbox.run(&["history", "--passphrase-file", "wrong"]);
    assert_snapshot!(wrong, @r"
    --- stderr ---
    error: that isn’t the passphrase; nothing was changed
    hint: check capital letters and spaces
    --- exit 1 ---
    ");
    private(&sandbox, "empty", "");
    let empty = sandbox.run(&["vault", "off", "--passphrase-file", "empty"]);
    assert_snapshot!(empty, @r"
    --- stderr ---
    error: the first line of empty is empty: there’s no passphrase in it
    --- exit 2 ---
    ");
    let none = sandbox.run(&["history", "--passphrase-file", "none"]);
    assert_snapshot!(none, @r"
    --- stderr ---
    error: could not read the passphrase from none
    caused by: No such file or directory (os error 2)
    --- exit 1 ---
    ");
    assert!(content(&sandbox) == before);
}

#[test]
fn the_passphrase_comes_through_a_descriptor_and_the_rest_stays_for_others() {
    let sandbox = one_done();
    quick_vault(&sandbox);
    sandbox.run(&["vault", "on", "--passphrase-file", "pass"]);
    let output = sandbox.shell("$TC history --ids --passphrase-fd 3 3<pass");
    assert_eq!(output.stdout, "[id1]\n", "{output}");
    let output = sandbox.shell(
        "{ cat pass; echo more; } | { $TC history --ids --passphrase-fd 0 2>/dev/null; cat; }",
    );
    assert_eq!(output.stdout, "[id1]\nmore\n", "{output}");
    sandbox.shell("chmod 644 pass");
    let output = sandbox.run(&["history", "--ids", "--passphrase-file", "pass"]);
    assert_snapshot!(output, @"
    [id1]
    --- stderr ---
    warning: other people can read pass
    The vault is open. One person can read it: you.
    --- exit 0 ---
    ");
}

#[test]
fn a_session_is_saved_encrypted_and_says_that_earlier_answers_count_as_none() {
    let sandbox = one_done();
    quick_vault(&sandbox);
    sandbox.run(&["vault", "on", "--passphrase-file", "pass"]);
    let args = [
        "exercise",
        "tea",
        "--answers",
        "a.toml",
        "--record",
        "r.toml",
    ];
    // Both began in the same moment: which name comes first is chance.
    let done = sandbox.run(&args).to_string().replace("[id2]", "[id1]");
    assert_snapshot!(done, @r"
    20261122T174501.000Z-[id1]
    --- stderr ---
    The vault is on, so your earlier answers aren’t used here.
    warning: r.toml isn’t encrypted
    --- exit 0 ---
    ");
    let status = store(&sandbox).forms().unwrap();
    assert_eq!((status.plain.all(), status.sealed.sessions), (0, 2));
    assert_snapshot!(sandbox.run(&[]), @"
    trust-coach helps you build trust, or rebuild it.
    It asks, and you write. What you write stays on this device.
    Nothing is sent anywhere.

    The vault is on. To continue a paused session:
      trust-coach resume

    To start:
      trust-coach exercise ask-one-thing
        One good question, about 3 minutes
      trust-coach exercise promise
        One promise you can keep, about 18 minutes
      trust-coach exercise good-news
        Answering good news, about 12 minutes
    All exercises: trust-coach list
    Help lines: trust-coach support
    --- exit 0 ---
    ");
}

#[test]
fn a_paused_session_goes_on_with_the_passphrase() {
    let sandbox = home();
    quick_vault(&sandbox);
    let lines = sandbox.run_with(&["exercise", "tea", "--io", "lines"], "mint\n");
    assert_eq!(lines.code, Some(4), "{lines}");
    let resume = |more: &[&str], input: &str| {
        sandbox.run_with(
            &[&["resume", "--io", "lines"], more].concat(),
            input.to_string(),
        )
    };
    assert_eq!(resume(&[], "").code, Some(3));
    let paused = resume(&["--passphrase-file", "pass"], "no\n<<X\nMy aunt.\nX\n");
    assert_eq!(paused.code, Some(4), "{paused}");
    assert_eq!(sandbox.sessions().len(), 1);
    let show = ["history", "show", "last", "--passphrase-file", "pass"];
    let shown = sandbox.run(&show);
    assert!(shown.stdout.contains("My aunt."), "{shown}");
    assert_eq!(store(&sandbox).forms().unwrap().sealed.sessions, 1);
}

#[test]
fn status_tells_programs_the_same() {
    let sandbox = one_done();
    assert_snapshot!(sandbox.run(&["vault", "status"]), @"
    The vault is off.
    0 sessions encrypted, 1 in plain text.
    --- exit 0 ---
    ");
    quick_vault(&sandbox);
    assert_snapshot!(sandbox.run(&["vault", "status"]).stdout, @"
    The vault is on.
    Who can read what you save:
      since 2026-11-22  you
    0 sessions encrypted, 1 in plain text.
    `trust-coach vault on` encrypts the rest.
    This is the list used for saving. It’s compared with the one your
    passphrase protects whenever you type that.
    ");
    let json: serde_json::Value =
        serde_json::from_str(&sandbox.run(&["vault", "status", "--json"]).stdout).unwrap();
    assert_eq!(json["format"], "1.0");
    assert_eq!(json["vault"], "on");
    assert_eq!(json["plain"], 1);
    assert_eq!(json["encrypted"], 0);
    assert_eq!(json["readers"][0]["name"], "you");
    fs::remove_file(sandbox.home().join("identities/recipients.txt")).unwrap();
    assert_snapshot!(sandbox.run(&["vault", "status"]), @"
    The vault is on.
    0 sessions encrypted, 1 in plain text.
    `trust-coach vault on` encrypts the rest.
    --- stderr ---
    error: nothing can be saved: $SANDBOX/home/identities/recipients.txt lists nobody who may read it
    hint: `trust-coach vault recipients reset` writes it again, with your passphrase
    --- exit 1 ---
    ");
    let exercise = sandbox.run(&["exercise", "tea", "--answers", "a.toml"]);
    assert_eq!(exercise.code, Some(1), "{exercise}");
    assert_eq!(sandbox.sessions().len(), 1);
}
