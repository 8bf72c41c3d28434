//! Who can read: the passphrase, and the list of readers.

use std::fs;
use std::time::{Duration, SystemTime};

use insta::assert_snapshot;
use trust_coach::journal::vault::seal::{Identity, Passphrase};

use crate::common::{Output, Sandbox};
use crate::vault::{WORDS, one_done, private, quick_vault, store};
use crate::vault_signs::sealed;

#[test]
fn the_passphrase_can_be_changed() {
    let sandbox = one_done();
    quick_vault(&sandbox);
    private(&sandbox, "new", "other words than those");
    let both = ["--passphrase-file", "pass", "--new-passphrase-file"];
    let short = private(&sandbox, "short", "seven77");
    let args = [
        &["vault", "passphrase"],
        &both[..],
        &[short.to_str().unwrap()],
    ]
    .concat();
    assert_snapshot!(sandbox.run(&args), @"
    --- stderr ---
    The vault is open. One person can read it: you.
    1 session isn’t encrypted. `trust-coach vault on` encrypts the rest.
    error: the passphrase has fewer than 8 characters, not counting blanks, and is too easy to guess
    --- exit 2 ---
    ");
    let args = [&["vault", "passphrase"], &both[..], &["new"]].concat();
    assert_snapshot!(sandbox.run(&args), @"
    --- stderr ---
    The vault is open. One person can read it: you.
    1 session isn’t encrypted. `trust-coach vault on` encrypts the rest.
    Your passphrase is changed. Older copies of the key, in backups or git
    history, still open with the old one.
    --- exit 0 ---
    ");
    let opens = |words: &str| {
        store(&sandbox)
            .unlock(&Passphrase::new(words.to_string()))
            .is_ok()
    };
    assert!(!opens(WORDS) && opens("other words than those"));
}

#[test]
fn a_list_that_somebody_changed_is_shown_at_every_unlock() {
    let sandbox = one_done();
    quick_vault(&sandbox);
    sandbox.run(&["vault", "on", "--passphrase-file", "pass"]);
    let list = sandbox.home().join("identities/recipients.txt");
    let other = Identity::generate().recipient().to_string();
    let text = fs::read_to_string(&list).unwrap();
    fs::write(
        &list,
        format!("{text}# since 2026-01-01: backup\n{other}\n"),
    )
    .unwrap();
    let day = SystemTime::UNIX_EPOCH + Duration::from_secs(1_795_000_000);
    let file = fs::OpenOptions::new().append(true).open(&list).unwrap();
    file.set_modified(day).unwrap();
    let output = sandbox.run(&["history", "--ids", "--passphrase-file", "pass"]);
    let shown = output.to_string().replace(&other, "[other]");
    assert_snapshot!(shown, @"
    [id1]
    --- stderr ---
    The vault is open.
    warning: the list of who can read what you save isn’t the one you set
      the list was last changed on 2026-11-18 12:06
      can read, but you didn’t add them: backup (since 2026-01-01) [other]
      sessions saved since then: 1; the newest is [id1]
    hint: `trust-coach vault recipients reset` puts your list back and
    encrypts those sessions again
    hint: if that wasn’t you, somebody else can write to your files
    --- exit 0 ---
    ");
}

fn keys(sandbox: &Sandbox, args: &[&str]) -> Output {
    sandbox.run(
        &[
            &["vault", "recipients"],
            args,
            &["--passphrase-file", "pass"],
        ]
        .concat(),
    )
}

#[test]
fn somebody_else_reads_what_is_saved_from_now_on_and_on_request_the_rest() {
    let sandbox = one_done();
    quick_vault(&sandbox);
    sandbox.run(&["vault", "on", "--passphrase-file", "pass"]);
    let lind = Identity::generate();
    let recipient = lind.recipient().to_string();
    let shown = |output: Output| output.to_string().replace(&recipient, "[lind]");
    let added = keys(&sandbox, &["add", &recipient, "--name", "Dr Lind"]);
    assert_snapshot!(shown(added), @"
    --- stderr ---
    The vault is open. One person can read it: you.
    Dr Lind can read what you save from now on. They can’t read earlier
    sessions until you change one; --existing opens all of them.
    --- exit 0 ---
    ");
    let of_lind = || {
        let store = store(&sandbox).with_key(lind.clone());
        store
            .sessions()
            .newest()
            .filter(|id| store.sessions().read(id.as_ref().unwrap()).is_ok())
            .count()
    };
    assert_eq!(of_lind(), 0);
    sandbox.run(&["exercise", "tea", "--answers", "a.toml"]);
    assert_eq!(of_lind(), 1);
    let again = keys(&sandbox, &["add", &recipient, "--existing"]);
    assert_snapshot!(shown(again), @"
    --- stderr ---
    The vault is open. 2 people can read it: you, Dr Lind (since
    2026-11-22).
    Dr Lind can read every session, and everything you save from now on.
    2 sessions encrypted again.
    --- exit 0 ---
    ");
    assert_eq!(of_lind(), 2);
    let own = store(&sandbox).readers().unwrap()[0].recipient.to_string();
    let listed = keys(&sandbox, &[]).to_string().replace(&own, "[own]");
    assert_snapshot!(listed.replace(&recipient, "[lind]"), @"
    2026-11-22  [own]  you
    2026-11-22  [lind]  Dr Lind
    --- stderr ---
    The vault is open. 2 people can read it: you, Dr Lind (since
    2026-11-22).
    --- exit 0 ---
    ");
    let json: serde_json::Value =
        serde_json::from_str(&keys(&sandbox, &["--json"]).stdout).unwrap();
    assert_eq!(json["readers"][1]["recipient"], recipient);
    assert_eq!(json["list_is_the_same"], true);
    let removed = keys(&sandbox, &["remove", "dr lind"]);
    assert_snapshot!(shown(removed), @"
    --- stderr ---
    The vault is open. 2 people can read it: you, Dr Lind (since
    2026-11-22).
    Dr Lind can’t read what you save from now on. They can still read
    anything they copied.
    2 sessions encrypted again.
    --- exit 0 ---
    ");
    assert_eq!(of_lind(), 0);
}

#[test]
fn what_cannot_be_a_recipient_is_told_and_changes_nothing() {
    let sandbox = one_done();
    quick_vault(&sandbox);
    let list = || fs::read(store(&sandbox).list_file()).unwrap();
    let before = list();
    let secret = Identity::generate().secret().to_string();
    let output = keys(&sandbox, &["add", &secret]);
    assert!(!output.to_string().contains(&secret));
    assert_snapshot!(output, @r"
    --- stderr ---
    error: that’s a secret key, which only its owner should have
    hint: it’s the public key that `age-keygen` prints
    --- exit 2 ---
    ");
    assert_snapshot!(keys(&sandbox, &["add", "age1nobody"]), @r"
    --- stderr ---
    error: that isn’t a recipient: one begins with age1 and has 62 characters
    hint: it’s the public key that `age-keygen` prints
    --- exit 2 ---
    ");
    let own = store(&sandbox).readers().unwrap()[0].recipient.to_string();
    let named = keys(&sandbox, &["add", &own, "--name", "you"]);
    assert_snapshot!(named, @r"
    --- stderr ---
    error: you is the name of your own key
    --- exit 2 ---
    ");
    assert_snapshot!(keys(&sandbox, &["add", &own]), @"
    --- stderr ---
    The vault is open. One person can read it: you.
    1 session isn’t encrypted. `trust-coach vault on` encrypts the rest.
    error: you can already read
    --- exit 2 ---
    ");
    assert_snapshot!(keys(&sandbox, &["remove", "you"]), @"
    --- stderr ---
    The vault is open. One person can read it: you.
    1 session isn’t encrypted. `trust-coach vault on` encrypts the rest.
    error: you can’t remove yourself: then nobody could read it
    hint: `trust-coach vault off` turns everything back into plain files
    --- exit 2 ---
    ");
    assert_snapshot!(keys(&sandbox, &["remove", "Ana"]), @"
    --- stderr ---
    The vault is open. One person can read it: you.
    1 session isn’t encrypted. `trust-coach vault on` encrypts the rest.
    error: no reader is called Ana
    hint: the readers are: you
    --- exit 2 ---
    ");
    assert_eq!(list(), before);
}

#[test]
fn a_list_that_somebody_changed_is_put_back_and_all_is_encrypted_anew() {
    let sandbox = one_done();
    quick_vault(&sandbox);
    sandbox.run(&["vault", "on", "--passphrase-file", "pass"]);
    let list = store(&sandbox).list_file();
    let before = fs::read_to_string(&list).unwrap();
    let other = Identity::generate();
    fs::write(&list, format!("{before}{}\n", other.recipient())).unwrap();
    sandbox.run(&["exercise", "tea", "--answers", "a.toml"]);
    let of_other = || {
        let store = store(&sandbox).with_key(other.clone());
        store
            .sessions()
            .newest()
            .filter(|id| store.sessions().read(id.as_ref().unwrap()).is_ok())
            .count()
    };
    assert_eq!(of_other(), 1);
    let reset = keys(&sandbox, &["reset"]);
    assert_eq!(reset.code, Some(0), "{reset}");
    let end: Vec<&str> = reset.stderr.lines().rev().take(2).collect();
    assert_eq!(
        end,
        [
            "2 sessions encrypted again.",
            "The list is as you set it. One person can read it: you."
        ]
    );
    assert_eq!(fs::read_to_string(&list).unwrap(), before);
    assert_eq!(of_other(), 0);
}

#[test]
fn encrypting_anew_that_was_cut_off_is_told_and_gone_on_with() {
    let sandbox = one_done();
    quick_vault(&sandbox);
    sandbox.run(&["vault", "on", "--passphrase-file", "pass"]);
    store(&sandbox).begin_resealing().unwrap();
    let status = sandbox.run(&["vault", "status"]);
    assert!(status.stdout.contains("isn’t finished"), "{status}");
    let on = sandbox.run(&["vault", "on", "--passphrase-file", "pass"]);
    assert_snapshot!(on, @"
    --- stderr ---
    The vault is open. One person can read it: you.
    The vault is on: 1 session encrypted. One person can read it: you.
    --- exit 0 ---
    ");
    assert!(!store(&sandbox).is_resealing().unwrap());
}

#[test]
fn a_passphrase_file_that_is_not_text_says_what_to_do() {
    let sandbox = one_done();
    quick_vault(&sandbox);
    sandbox.run(&["vault", "on", "--passphrase-file", "pass"]);
    let utf16: Vec<u8> = WORDS.encode_utf16().flat_map(u16::to_le_bytes).collect();
    let with_mark = [b"\xff\xfe".as_slice(), &utf16].concat();
    for bytes in [b"caf\xe9\n".as_slice(), &utf16, &with_mark] {
        fs::write(sandbox.home().join("odd"), bytes).unwrap();
        let odd = sandbox.home().join("odd");
        let output = sandbox.run(&["history", "--passphrase-file", odd.to_str().unwrap()]);
        assert_eq!(output.code, Some(1), "{output}");
        assert!(
            output
                .stderr
                .contains("hint: save it as plain text in UTF-8"),
            "{output}"
        );
    }
    fs::create_dir(sandbox.home().join("folder")).unwrap();
    let folder = sandbox.home().join("folder");
    let output = sandbox.run(&["history", "--passphrase-file", folder.to_str().unwrap()]);
    assert!(
        output.stderr.contains("hint: name the file inside it"),
        "{output}"
    );
}

#[test]
fn turning_it_off_gives_the_plain_files_back() {
    let sandbox = one_done();
    let before = fs::read(&sandbox.sessions()[0]).unwrap();
    quick_vault(&sandbox);
    sandbox.run(&["vault", "on", "--passphrase-file", "pass"]);
    assert_snapshot!(sandbox.run(&["vault", "off", "--passphrase-file", "pass"]), @"
    --- stderr ---
    The vault is open. One person can read it: you.
    The vault is off: 1 session decrypted. Anyone who uses this account can
    read what you saved, and what you save from now on, including in windows
    that are already open.
    The key is kept, protected by its passphrase, for encrypted copies
    elsewhere:
      $SANDBOX/home/identities/old-20261122T174501Z.age
    --- exit 0 ---
    ");
    assert_eq!(fs::read(&sandbox.sessions()[0]).unwrap(), before);
    assert_eq!(sandbox.run(&["history"]).code, Some(0));
    assert_snapshot!(sandbox.run(&["vault", "off"]), @r"
    --- stderr ---
    error: the vault is off
    hint: `trust-coach vault on` turns it on
    --- exit 2 ---
    ");
}

#[test]
fn the_passphrase_there_is_already_is_no_new_one() {
    let sandbox = one_done();
    quick_vault(&sandbox);
    private(&sandbox, "two-lines", &format!("{WORDS}\n{WORDS}"));
    let same = "$TC vault passphrase --passphrase-fd 3 --new-passphrase-fd 3 3<two-lines";
    let output = sandbox.shell(same);
    assert_eq!(output.code, Some(2), "{output}");
    assert!(
        output
            .stderr
            .contains("that’s the passphrase there is already"),
        "{output}"
    );
}

#[test]
fn a_descriptor_that_gives_no_passphrase_is_refused_at_once() {
    let sandbox = one_done();
    quick_vault(&sandbox);
    sandbox.run(&["vault", "on", "--passphrase-file", "pass"]);
    let first = |line: &str| {
        let output = sandbox.shell(line);
        format!("{}{}", output.stdout, output.stderr)
    };
    let writing = "error: could not read the passphrase from descriptor 1\n\
        caused by: permission denied\n\
        hint: it’s open for writing only; `--passphrase-fd 3 3<FILE` opens one for reading\n";
    assert_eq!(first("$TC history --passphrase-fd 1 | cat"), writing);
    assert_eq!(first("$TC vault off --passphrase-fd 1 | cat"), writing);
    for (door, named) in [
        ("history --passphrase-fd 2 2>out; cat out", "descriptor 2"),
        ("history --passphrase-fd 3 3>out", "descriptor 3"),
        ("history --passphrase-file /dev/stdout | cat", "/dev/stdout"),
        ("history --passphrase-file /dev/fd/1 | cat", "/dev/fd/1"),
        (
            "vault passphrase --passphrase-file pass --new-passphrase-fd 1 | cat",
            "descriptor 1",
        ),
    ] {
        let said = first(&format!("$TC {door}"));
        assert!(
            said.contains(&format!("could not read the passphrase from {named}\n"))
                && said.contains("it’s open for writing only"),
            "{door}: {said}"
        );
    }
    let closed = first("$TC history --passphrase-fd 9 9<&-");
    assert!(
        closed.starts_with("error: could not read the passphrase from descriptor 9\n"),
        "{closed}"
    );
    // Whoever wrote is gone already, and what they wrote is there.
    sandbox.shell("mkfifo pipe");
    let gone = "{ cat pass >pipe & } ; exec 3<pipe; wait; $TC history --ids --passphrase-fd 3 2>&1";
    assert!(first(gone).contains("[id1]"), "{}", first(gone));
}

#[test]
fn behind_the_passphrase_standard_input_goes_on_in_a_file_as_in_a_pipe() {
    let sandbox = sealed();
    private(&sandbox, "both", &format!("{WORDS}\nA note of mine."));
    let import = "$TC export --format jsonl --passphrase-file pass >all.jsonl && cat pass all.jsonl | \
        $TC import - --passphrase-file -";
    let output = sandbox.shell(import);
    assert_eq!(output.code, Some(0), "{output}");
    for input in ["cat both | $TC", "<both $TC"] {
        let note = format!("{input} history note last --text-file - --passphrase-file -");
        let output = sandbox.shell(&note);
        assert_eq!(output.code, Some(0), "{note}: {output}");
        let show = ["history", "show", "last", "--passphrase-file", "pass"];
        let shown = sandbox.run(&show).stdout;
        assert!(shown.contains("A note of mine."), "{note}: {shown}");
        assert!(!shown.contains(WORDS), "{note}: {shown}");
    }
}
