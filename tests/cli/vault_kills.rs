//! Turning the vault on and off is cut off at any moment, again and again: every session is there
//! all the time, and it can always be gone on with.

use std::collections::BTreeMap;
use std::thread;
use std::time::Duration;

use rand::rngs::ChaCha8Rng;
use rand::{RngExt, SeedableRng};
use trust_coach::journal::vault::seal::Passphrase;
use trust_coach::journal::{Store, Vault};
use trust_coach::session::Session;

use crate::common::Sandbox;
use crate::tea::{ANSWERS, home};
use crate::vault::{WORDS, quick_vault, store};

/// How many sessions there are. More make each run longer, and the kills rarer between two steps.
const MANY: usize = 12;

fn all(store: &Store) -> BTreeMap<String, Session> {
    let read = |id: String| (id.clone(), store.sessions().read(&id).unwrap());
    store
        .sessions()
        .newest()
        .map(|id| read(id.unwrap()))
        .collect()
}

/// Every session, whatever form it is in.
fn readable(sandbox: &Sandbox) -> BTreeMap<String, Session> {
    let store = store(sandbox);
    if store.vault().unwrap() == Vault::Off {
        return all(&store);
    }
    let opened = store.unlock(&Passphrase::new(WORDS.to_string())).unwrap();
    all(&store.with_key(opened.identity))
}

#[test]
fn a_kill_while_sessions_are_turned_loses_none_of_them() {
    let sandbox = home();
    sandbox.write("a.toml", ANSWERS);
    for _ in 0..MANY {
        sandbox.run(&["exercise", "tea", "--answers", "a.toml"]);
    }
    let sessions = readable(&sandbox);
    assert_eq!(sessions.len(), MANY);
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
                    .is_ok_and(|it| it.plain > 0 && it.sealed > 0)
            };
            while child.try_wait().unwrap().is_none() && !mixed() {}
        }
        child.kill().unwrap();
        child.wait().unwrap();
        let forms = store(&sandbox).forms().unwrap();
        turned_both |= forms.plain > 0 && forms.sealed > 0;
        assert!(readable(&sandbox) == sessions, "after vault {to}");
    }
    if store(&sandbox).vault().unwrap() == Vault::Off {
        quick_vault(&sandbox);
    }
    let on = sandbox.run(&["vault", "on", "--passphrase-file", "pass"]);
    assert_eq!(on.code, Some(0), "{on}");
    assert_eq!(store(&sandbox).forms().unwrap().plain, 0);
    assert_eq!(sandbox.sessions().len(), MANY);
    let off = sandbox.run(&["vault", "off", "--passphrase-file", "pass"]);
    assert_eq!(off.code, Some(0), "{off}");
    assert!(readable(&sandbox) == sessions);
}
