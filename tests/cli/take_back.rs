//! `history take-back`: what one of two people showed, taken back in their own home and in the other's.

use std::fs;
use std::thread;
use std::time::Duration;

use rand::rngs::ChaCha8Rng;
use rand::{RngExt, SeedableRng};
use trust_coach::session::{Answer, Partner, Session};

use crate::common::{Output, Sandbox, files};
use crate::partner::{OWN, quick_partner};
use crate::two::{done, sandbox};
use crate::vault::{private, quick_vault, store};

/// A home in which Mo and Il showed each other what they chose.
pub(crate) fn shown() -> Sandbox {
    let sandbox = sandbox();
    done(&sandbox, ("", ""));
    sandbox
}

fn take_back(sandbox: &Sandbox, words: &[&str]) -> Output {
    sandbox.run(&[&["history", "take-back", "last"], words].concat())
}

fn taken(sandbox: &Sandbox, words: &[&str]) -> Output {
    let output = take_back(sandbox, words);
    assert_eq!(output.code, Some(0), "{output}");
    output
}

/// Each answer that can be read, as `a:close`.
fn ids(sandbox: &Sandbox) -> Vec<String> {
    let store = store(sandbox);
    let id = store.sessions().newest().next().unwrap().unwrap();
    let session: Session = store.sessions().read(&id).unwrap();
    let answers = session.answers.iter().filter(|it| it.value().is_some());
    answers.map(|answer| answer.id().to_string()).collect()
}

#[test]
fn the_owner_takes_one_answer_back_and_nothing_else_goes() {
    let sandbox = shown();
    let mut before = ids(&sandbox);
    let output = taken(&sandbox, &["close", "--as", "a", "--agreed", "Mo"]);
    assert!(
        output.stderr.contains("1 answer") && output.stderr.contains("backups"),
        "{output}"
    );
    before.retain(|id| id != "a:close");
    assert_eq!(ids(&sandbox), before);
    // Whoever guessed it keeps their guess, which is compared with nothing any more.
    let progress = sandbox.run(&["progress", "two", "--json"]).stdout;
    assert!(progress.contains("\"step\": \"guess\""), "{progress}");
    let read = sandbox.run(&["progress", "two"]).stdout;
    assert!(!read.contains("2 times"), "{read}");
}

#[test]
fn what_the_program_quoted_of_it_goes_along() {
    let sandbox = shown();
    let asked = "You said it back: “Mo: You were tired.";
    assert!(sandbox.session().contains(asked), "{}", sandbox.session());
    taken(&sandbox, &["back", "--as", "a", "--agreed", "Mo"]);
    let session = sandbox.session();
    assert!(
        session.contains("“Mo: …") && session.contains("Il: You waited for me.”"),
        "{session}"
    );
    for file in files(&sandbox.home()) {
        let text = String::from_utf8_lossy(&fs::read(&file).unwrap()).into_owned();
        assert!(!text.contains("You were tired."), "{text}");
    }
}

#[test]
fn in_somebody_elses_home_it_takes_a_yes_from_both() {
    let sandbox = shown();
    let before = sandbox.session();
    for agreed in ["Il", "Mo", "b"] {
        let output = take_back(&sandbox, &["--as", "b", "--agreed", agreed]);
        assert_eq!(output.code, Some(3), "{output}");
        assert!(output.stderr.contains("has to agree too"), "{output}");
        assert!(output.stderr.contains("--agreed \"Il,Mo\""), "{output}");
    }
    assert_eq!(sandbox.session(), before);
    taken(&sandbox, &["--as", "Il", "--agreed", "il,mo"]);
    let left = ids(&sandbox);
    assert!(left.iter().all(|id| !id.starts_with("b:")), "{left:?}");
    assert!(left.contains(&"a:close".to_string()) && left.contains(&"thing".to_string()));
    let again = take_back(&sandbox, &["--as", "b", "--agreed", "Il,Mo"]);
    assert_eq!(again.code, Some(2), "{again}");
}

#[test]
fn whoever_the_settings_name_is_at_home() {
    let sandbox = shown();
    sandbox.write("home/config.toml", "name = \"il\"\n");
    let other = take_back(&sandbox, &["--as", "a", "--agreed", "Mo"]);
    assert_eq!(other.code, Some(3), "{other}");
    taken(&sandbox, &["--as", "b", "--agreed", "Il"]);
}

#[test]
fn what_cannot_be_taken_back_is_said_and_nothing_is_changed() {
    let sandbox = shown();
    let before = sandbox.session();
    for (words, code, says) in [
        (&[][..], 2, "--as a is Mo, and --as b is Il"),
        (&["--as", "a"], 3, "there’s nobody to ask"),
        (&["--as", "c"], 2, "isn’t one of the two"),
        (&["closer", "--as", "a"], 2, "did you mean `close`?"),
        (&["b:close", "--as", "a"], 2, "Mo shows no answer b:close"),
        (&["thing", "--as", "a"], 2, "Mo shows no answer thing"),
        (&["--as", "a", "--agreed", "Max"], 2, "isn’t one of the two"),
    ] {
        let output = take_back(&sandbox, words);
        assert_eq!(output.code, Some(code), "{words:?}: {output}");
        assert!(output.stderr.contains(says), "{words:?}: {output}");
    }
    assert_eq!(sandbox.session(), before);
    private(&sandbox, "own", OWN);
    let none = take_back(&sandbox, &["--as", "b", "--as-passphrase-file", "own"]);
    assert_eq!(none.code, Some(2), "{none}");
    let alone = crate::vault::one_done();
    let output = take_back(&alone, &["--as", "a"]);
    assert_eq!(output.code, Some(2), "{output}");
    assert!(
        output.stderr.contains("isn’t one for two people"),
        "{output}"
    );
}

#[test]
fn a_passphrase_of_their_own_closes_it_again_and_opens_it_for_them() {
    let sandbox = shown();
    quick_partner(&sandbox, "Il");
    private(&sandbox, "wrong", "some other words");
    let back = ["back", "--as", "b", "--as-passphrase-file"];
    let wrong = take_back(&sandbox, &[&back[..], &["wrong"]].concat());
    assert_eq!(wrong.code, Some(1), "{wrong}");
    assert!(wrong.stderr.contains("nothing was changed"), "{wrong}");
    assert!(sandbox.session().contains("You waited for me."));
    let closed = taken(&sandbox, &[&back[..], &["own"]].concat());
    assert!(closed.stderr.contains("--as b` opens it"), "{closed}");
    for file in files(&sandbox.home().join("sessions")) {
        let text = fs::read_to_string(&file).unwrap();
        assert!(!text.contains("You waited for me."), "{text}");
    }
    let show = ["history", "show", "last"];
    let theirs = ["--as", "b", "--as-passphrase-file", "own"];
    assert!(sandbox.run(&show).stdout.contains("(closed)"));
    let nobody = sandbox.run(&[&show[..], &["--as", "b"]].concat());
    assert!(
        nobody
            .stderr
            .ends_with("hint: give it with --as-passphrase-file FILE\n"),
        "{nobody}"
    );
    let which = sandbox.run(&[&show[..], &["--answer", "close"]].concat());
    assert!(
        which
            .stderr
            .ends_with("hint: did you mean `a:close` or `b:close`?\n"),
        "{which}"
    );
    let opened = sandbox.run(&[&show[..], &theirs].concat()).stdout;
    assert!(opened.contains("You waited for me."), "{opened}");
    taken(&sandbox, &[&theirs[..], &["--delete", "close"]].concat());
    assert!(!ids(&sandbox).contains(&"b:close".to_string()));
    let opened = sandbox.run(&[&show[..], &theirs].concat()).stdout;
    assert!(
        opened.contains("You waited for me.") && !opened.contains("> Il, how close"),
        "{opened}"
    );
}

#[test]
fn in_a_paused_session_whoever_took_it_back_is_asked_again_alone() {
    let sandbox = sandbox();
    let answers = [
        ("name-a", "\"A\""),
        ("name-b", "\"B\""),
        ("hand-over", "null"),
        ("a:close", "6"),
        ("a:guess", "4"),
        ("hand-over", "null"),
        ("b:close", "3"),
        ("b:guess", "3"),
        ("hand-over", "null"),
        ("a:show", "true"),
        ("hand-over", "null"),
        ("b:show", "true"),
        ("hand-over", "null"),
        ("shown", "null"),
    ];
    let lines = answers
        .map(|(id, value)| format!("{{\"type\":\"answer\",\"id\":\"{id}\",\"value\":{value}}}\n"));
    let json = ["--io", "json", "--screened"];
    let paused = sandbox.run_with(&[&["exercise", "two"], &json[..]].concat(), lines.concat());
    assert_eq!(paused.code, Some(4), "{paused}");
    taken(&sandbox, &["close", "--as", "a", "--agreed", "a"]);
    assert_eq!(ids(&sandbox), ["b:close", "a:guess", "b:guess"]);
    let resumed = sandbox.run_with(&[&["resume"], &json[..]].concat(), "");
    assert_eq!(resumed.code, Some(4), "{resumed}");
    assert!(resumed.stdout.contains("\"to\":\"a\""), "{resumed}");
    assert!(resumed.stderr.contains("(a:close)"), "{resumed}");
}

#[test]
fn a_copy_that_was_made_before_brings_it_back() {
    let sandbox = shown();
    for words in [
        &["export", "--all", "--agreed", "Il", "--output", "all.json"][..],
        &["backup", "all.tar"],
    ] {
        let copied = sandbox.run(words);
        assert_eq!(copied.code, Some(0), "{copied}");
    }
    let before = ids(&sandbox);
    taken(&sandbox, &["--as", "a", "--agreed", "Mo"]);
    // A backup is put back only where nothing is.
    let restored = sandbox.run(&["restore", "--yes", "all.tar"]);
    assert!(
        !ids(&sandbox).contains(&"a:close".to_string()),
        "{restored}"
    );
    let imported = sandbox.run(&["import", "all.json"]);
    assert_eq!(imported.code, Some(0), "{imported}");
    assert_eq!(ids(&sandbox), before);
}

#[test]
fn leftovers_of_ours_go_with_it_and_copies_beside_are_named() {
    for args in [
        &[
            "history",
            "take-back",
            "last",
            "--as",
            "a",
            "--agreed",
            "Mo",
        ][..],
        &["history", "delete", "last", "--yes"],
    ] {
        let sandbox = shown();
        let path = sandbox.sessions().remove(0);
        let id = path.file_stem().unwrap().to_str().unwrap();
        let beside = |name: &str| path.with_file_name(name.replace("ID", id));
        let state = sandbox.home().join("state/drafts").join(id);
        fs::create_dir_all(&state).unwrap();
        let ours = [beside(".ID.toml.77777-0.tmp"), state.join("text.md")];
        let copies = [beside("ID.toml~"), beside("ID (1).toml")];
        for copy in ours.iter().chain(&copies) {
            fs::copy(&path, copy).unwrap();
        }
        let swap = beside(".ID.toml.swp");
        fs::copy(&path, &swap).unwrap();
        let output = sandbox.run(args);
        assert_eq!(output.code, Some(0), "{output}");
        assert!(ours.iter().all(|path| !path.exists()), "{output}");
        assert!(copies.iter().all(|path| path.exists()), "{output}");
        for name in [".toml~\n", " (1).toml\n"] {
            assert!(output.stderr.contains(name), "{output}");
        }
        assert_eq!(output.stderr.contains(".toml.swp\n"), swap.exists());
        assert!(!output.stderr.contains("erased here"), "{output}");
    }
}

#[test]
fn with_the_vault_on_it_is_taken_out_of_the_encrypted_session() {
    let sandbox = sandbox();
    quick_vault(&sandbox);
    done(&sandbox, ("", ""));
    let words = ["--as", "a", "--agreed", "Mo"];
    let closed = take_back(&sandbox, &words);
    assert_eq!(closed.code, Some(3), "{closed}");
    taken(
        &sandbox,
        &[&words[..], &["--passphrase-file", "pass"]].concat(),
    );
    let show = ["history", "show", "last", "--passphrase-file", "pass"];
    let text = sandbox.run(&show).stdout;
    assert!(
        text.contains("You waited for me.") && !text.contains("You were tired."),
        "{text}"
    );
    let sessions = sandbox.sessions();
    assert!(
        sessions
            .iter()
            .all(|path| path.extension().is_some_and(|it| it == "age"))
    );
}

#[test]
fn a_kill_at_any_moment_leaves_all_of_it_or_all_but_that() {
    let sandbox = shown();
    let path = sandbox.sessions().remove(0);
    let before = fs::read(&path).unwrap();
    let read = || {
        let store = store(&sandbox);
        let id = store.sessions().newest().next().unwrap().unwrap();
        store.sessions().read(&id).unwrap()
    };
    let whole = read();
    let mut without = whole.clone();
    let is_left = |it: &Answer| it.by != Some(Partner::A) || it.value().is_none();
    without.answers.retain(is_left);
    let kept = |session: &Session| {
        let answers = session.answers.iter();
        answers
            .map(|it| (it.id(), it.given.clone()))
            .collect::<Vec<_>>()
    };
    let seed = u64::from(std::process::id());
    println!("seed {seed}");
    let mut random = ChaCha8Rng::seed_from_u64(seed);
    for _ in 0..20 {
        fs::write(&path, &before).unwrap();
        let words = [
            "history",
            "take-back",
            "last",
            "--as",
            "a",
            "--agreed",
            "Mo",
        ];
        let mut child = sandbox.start(&words);
        thread::sleep(Duration::from_micros(random.random_range(0..40_000)));
        child.kill().unwrap();
        child.wait().unwrap();
        let there = kept(&read());
        assert!(
            there == kept(&whole) || there == kept(&without),
            "{there:?}"
        );
    }
    fs::write(&path, &before).unwrap();
    taken(&sandbox, &["--as", "a", "--agreed", "Mo"]);
    assert_eq!(kept(&read()), kept(&without));
}

#[test]
fn what_they_gave_is_not_changed_in_the_others_home() {
    let sandbox = shown();
    sandbox.write("said.txt", "No.");
    let before = sandbox.session();
    let edit = [
        "history",
        "edit",
        "last",
        "b:back",
        "--text-file",
        "said.txt",
    ];
    let refused = sandbox.run(&edit);
    assert_eq!(refused.code, Some(2), "{refused}");
    assert!(refused.stderr.contains("Il gave this answer"), "{refused}");
    assert_eq!(sandbox.session(), before);
}

/// Mo changes what he gave, so that it repeats what Il gave.
pub(crate) fn said_again(sandbox: &Sandbox, words: &str) {
    sandbox.write("said.txt", words);
    let edit = ["history", "edit", "last", "a:back"];
    let edited = sandbox.run(&[&edit[..], &["--text-file", "said.txt"]].concat());
    assert_eq!(edited.code, Some(0), "{edited}");
}

/// A home in which Il gave no more than thanks.
pub(crate) fn thanked() -> Sandbox {
    let sandbox = shown();
    let session = sandbox.sessions().pop().unwrap();
    let text = sandbox.session();
    fs::write(&session, text.replace("You waited for me.", "Thank you.")).unwrap();
    said_again(&sandbox, "Thank you. My father never said it.");
    sandbox
}

#[test]
fn what_anybody_says_is_not_said_again() {
    let output = taken(&thanked(), &["back", "--as", "b", "--agreed", "Mo,Il"]);
    assert!(!output.stderr.contains("Said again"), "{output}");
}

#[test]
fn a_text_that_says_it_again_is_named_and_stays_out_of_exports() {
    let sandbox = shown();
    said_again(&sandbox, "Il said: you WAITED for me.");
    let output = taken(&sandbox, &["back", "--as", "b", "--agreed", "Mo,Il"]);
    assert!(output.stderr.contains("Said again in a:back."), "{output}");
    let exported = sandbox.run(&["export", "--format", "markdown"]);
    assert!(!exported.stdout.contains("WAITED"), "{exported}");
}
