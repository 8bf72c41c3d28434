//! Turning the vault on and off is cut off at any moment, again and again: every session and fact is there
//! all the time, and it can always be gone on with.

use std::collections::BTreeMap;
use std::thread;
use std::time::Duration;

use rand::rngs::ChaCha8Rng;
use rand::{RngExt, SeedableRng};
use trust_coach::journal::vault::seal::Passphrase;
use trust_coach::journal::{Store, Vault};
use trust_coach::ledger::Fact;
use trust_coach::session::Session;

use crate::common::{Sandbox, files};
use crate::doctor::put;
use crate::facts::{made, path};
use crate::tea::{ANSWERS, home};
use crate::vault::{WORDS, quick_vault, store};

/// How many sessions there are. More make each run longer, and the kills rarer between two steps.
const MANY: usize = 12;

/// As many facts.
fn add_facts(sandbox: &Sandbox) {
    for nth in 0..MANY {
        let id = format!("20261115T181044.032Z-{nth:08x}");
        put(&path(&sandbox.home(), &id), &made(&id));
    }
}

fn all(store: &Store) -> (BTreeMap<String, Session>, Vec<Fact>) {
    let read = |id: String| (id.clone(), store.sessions().read(&id).unwrap());
    let (facts, problems) = store.facts().all();
    assert!(problems.is_empty(), "{problems:?}");
    let ids = store.sessions().newest();
    (ids.map(|id| read(id.unwrap())).collect(), facts)
}

/// Every session and fact, whatever form it is in.
fn readable(sandbox: &Sandbox) -> (BTreeMap<String, Session>, Vec<Fact>) {
    let store = store(sandbox);
    if store.vault().unwrap() == Vault::Off {
        return all(&store);
    }
    let opened = store.unlock(&Passphrase::new(WORDS.to_string())).unwrap();
    all(&store.with_key(opened.identity))
}

#[test]
fn a_kill_while_sessions_and_facts_are_turned_loses_none_of_them() {
    let sandbox = home();
    sandbox.write("a.toml", ANSWERS);
    for _ in 0..MANY {
        sandbox.run(&["exercise", "tea", "--answers", "a.toml"]);
    }
    add_facts(&sandbox);
    let before = readable(&sandbox);
    assert_eq!((before.0.len(), before.1.len()), (MANY, MANY));
    let number = |name| {
        std::env::var(name)
            .ok()
            .and_then(|value| value.parse().ok())
    };
    let kills: u64 = number("TRUST_COACH_KILLS").unwrap_or(25);
    let seed: u64 = number("TRUST_COACH_SEED").unwrap_or(u64::from(std::process::id()));
    println!("seed {seed}");
    let mut random = ChaCha8Rng::seed_from_u64(seed);
    let (mut tries, mut turned_both) = (0, false);
    // Some kills must fall between sessions, else nothing was shown.
    while tries < kills || !turned_both {
        tries += 1;
        assert!(tries < kills + 1000, "no kill falls between sessions");
        if store(&sandbox).vault().unwrap() == Vault::Off {
            quick_vault(&sandbox);
        }
        let to = if random.random_bool(0.5) { "on" } else { "off" };
        let mut child = sandbox.start(&["vault", to, "--passphrase-file", "pass"]);
        if tries <= kills {
            thread::sleep(Duration::from_micros(random.random_range(0..60_000)));
        } else {
            let mixed = || {
                store(&sandbox)
                    .forms()
                    .is_ok_and(|it| it.plain.all() > 0 && it.sealed.all() > 0)
            };
            while child.try_wait().unwrap().is_none() && !mixed() {}
        }
        child.kill().unwrap();
        child.wait().unwrap();
        let forms = store(&sandbox).forms().unwrap();
        turned_both |= forms.plain.all() > 0 && forms.sealed.all() > 0;
        assert!(readable(&sandbox) == before, "after vault {to}");
    }
    if store(&sandbox).vault().unwrap() == Vault::Off {
        quick_vault(&sandbox);
    }
    let on = sandbox.run(&["vault", "on", "--passphrase-file", "pass"]);
    assert_eq!(on.code, Some(0), "{on}");
    assert_eq!(store(&sandbox).forms().unwrap().plain.all(), 0);
    assert_eq!(sandbox.sessions().len(), MANY);
    let off = sandbox.run(&["vault", "off", "--passphrase-file", "pass"]);
    assert_eq!(off.code, Some(0), "{off}");
    assert!(readable(&sandbox) == before);
}

/// What may be running when it is killed: all that gives files their names.
const COMMANDS: [&[&str]; 10] = [
    &["exercise", "tea", "--answers", "a.toml"],
    &["history", "tag", "last", "calm"],
    &["history", "note", "last", "--text-file", "note.txt"],
    &[
        "history",
        "edit",
        "last",
        "memory",
        "--text-file",
        "note.txt",
    ],
    &["import", "all.jsonl"],
    &["vault", "recipients", "reset"],
    &["vault", "on"],
    &["vault", "off"],
    &["vault", "off"],
    &["doctor", "--repair"],
];

/// Every word of every text, in the file where it lies in the open.
fn plain_words(sandbox: &Sandbox) -> Vec<String> {
    const TEXTS: [&str; 4] = [
        "My aunt made it",
        "In a glass",
        "Water.",
        "a word that came later",
    ];
    let files = files(&sandbox.home()).into_iter();
    let plain = files.filter_map(|path| {
        let text = String::from_utf8_lossy(&std::fs::read(&path).unwrap()).into_owned();
        let found = TEXTS.into_iter().find(|words| text.contains(words))?;
        Some(format!("{}: {found}", path.display()))
    });
    plain.collect()
}

#[test]
fn no_word_lies_beside_the_vault_whatever_was_killed_at_whatever_moment() {
    let sandbox = home();
    sandbox.write("a.toml", ANSWERS);
    sandbox.write("note.txt", "a word that came later");
    for _ in 0..4 {
        sandbox.run(&["exercise", "tea", "--answers", "a.toml"]);
    }
    sandbox.shell("\"$TC\" export --format jsonl >all.jsonl");
    let number = |name| std::env::var(name).ok()?.parse().ok();
    let kills: u64 = number("TRUST_COACH_KILLS").unwrap_or(20);
    let seed: u64 = number("TRUST_COACH_SEED").unwrap_or(u64::from(std::process::id()));
    println!("seed {seed}");
    let mut random = ChaCha8Rng::seed_from_u64(seed);
    let mut killed = 0;
    for nth in 0..kills {
        if store(&sandbox).vault().unwrap() == Vault::Off {
            quick_vault(&sandbox);
        }
        let command = COMMANDS[random.random_range(0..COMMANDS.len())];
        let key: &[&str] = match command[0] {
            "exercise" => &[],
            _ => &["--passphrase-file", "pass"],
        };
        let mut child = sandbox.start(&[command, key].concat());
        thread::sleep(Duration::from_micros(random.random_range(0..60_000)));
        killed += u64::from(child.try_wait().unwrap().is_none());
        child.kill().unwrap();
        child.wait().unwrap();
        if store(&sandbox).vault().unwrap() == Vault::Off {
            quick_vault(&sandbox);
        }
        let on = sandbox.run(&["vault", "on", "--passphrase-file", "pass"]);
        assert_eq!(on.code, Some(0), "{nth}, {command:?}: {on}");
        let plain = plain_words(&sandbox);
        assert!(plain.is_empty(), "{nth}, {command:?}: {plain:?}");
        let kept = sandbox.run(&["history", "--ids", "--passphrase-file", "pass"]);
        assert!(
            kept.stdout.lines().count() >= 4,
            "{nth}, {command:?}: {kept}"
        );
    }
    println!("{killed} of {kills} were killed before they ended; no word lay in the open");
}
