//! An answer is cut off at any moment, again and again: each fact is whole or not there, and saying it
//! once more doubles nothing.

use std::process::{Command, Stdio};
use std::thread;
use std::time::Duration;

use rand::rngs::ChaCha8Rng;
use rand::{RngExt, SeedableRng};
use trust_coach::ledger::{Fact, Statement};

use super::{at, command, promised};
use crate::common::Sandbox;
use crate::follow::{answers, home};
use crate::vault::store;

/// All facts; a file that cannot be read is a failure.
fn facts(sandbox: &Sandbox) -> Vec<Fact> {
    let (facts, problems) = store(sandbox).facts().all();
    assert!(problems.is_empty(), "{problems:?}");
    facts
}

/// How often to kill, and when.
#[allow(clippy::print_stdout, reason = "the seed, for whoever runs it again")]
fn kills() -> (u64, ChaCha8Rng) {
    let number = |name| {
        let value = std::env::var(name).ok();
        value.and_then(|value| value.parse().ok())
    };
    let kills: u64 = number("TRUST_COACH_KILLS").unwrap_or(25);
    let seed: u64 = number("TRUST_COACH_SEED").unwrap_or(u64::from(std::process::id()));
    println!("seed {seed}");
    (kills, ChaCha8Rng::seed_from_u64(seed))
}

/// Runs something and kills it after so many microseconds.
fn killed(mut run: Command, after: u64) {
    let mut child = run
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .unwrap();
    thread::sleep(Duration::from_micros(after));
    child.kill().unwrap();
    child.wait().unwrap();
}

#[test]
fn a_kill_between_a_session_and_its_promise_is_healed_by_whatever_is_run_next() {
    let (kills, mut chance) = kills();
    let sandbox = home();
    sandbox.write("a.toml", answers("\"weekdays until friday\""));
    for nth in 0..kills {
        let args = ["exercise", "small", "--answers", "a.toml"];
        let run = command(&sandbox, 22, "19:10", &args);
        killed(run, chance.random_range(0..60_000));
        let heals = [&[][..], &["due"], &["promise"], &["doctor", "--repair"]];
        let nth = usize::try_from(nth).unwrap();
        at(&sandbox, 22, "19:11", heals[nth % heals.len()]);
        let done = sandbox.sessions().into_iter().filter(|path| {
            let session = std::fs::read_to_string(path).unwrap();
            session.contains("\nstate = \"done\"")
        });
        assert_eq!(facts(&sandbox).len(), done.count());
    }
}

#[test]
fn a_kill_while_days_are_answered_leaves_whole_facts_and_nothing_doubled() {
    let (kills, mut chance) = kills();
    let days = "2026-11-16..2026-11-27";
    let kept = ["promise", "kept", "last", days];
    let mut sandbox = promised();
    for _ in 0..kills {
        let answering = command(&sandbox, 27, "19:10", &kept);
        killed(answering, chance.random_range(0..20_000));
        assert!(
            facts(&sandbox)[..]
                .last()
                .is_some_and(|first| { matches!(first.statement, Statement::Made(_)) })
        );
        if facts(&sandbox).len() > 5 {
            // Some of it, or all of it: now it's said once more.
            let again = at(&sandbox, 27, "19:11", &kept);
            assert_eq!(again.code, Some(0), "{again}");
            let mut answered: Vec<_> = facts(&sandbox).iter().filter_map(Fact::day).collect();
            answered.sort_unstable();
            let all = answered.len();
            answered.dedup();
            assert_eq!((all, answered.len()), (10, 10));
            sandbox = promised();
        }
    }
    let again = at(&sandbox, 27, "19:11", &kept);
    assert_eq!(again.code, Some(0), "{again}");
    assert_eq!(facts(&sandbox).len(), 11);
    // What was being written is swept an hour later, and doctor has nothing to say of facts.
    let doctor = at(&sandbox, 27, "19:12", &["doctor"]);
    assert!(doctor.stdout.contains("11 facts"), "{doctor}");
}
