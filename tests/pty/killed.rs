//! The program is killed while somebody types three paragraphs at a terminal.

use std::fs;
use std::thread;
use std::time::{Duration, Instant};

use rand::rngs::ChaCha20Rng;
use rand::{Rng, SeedableRng};
use rustix::process::Signal;
use trust_coach::journal::format;

use crate::harness::{Screen, USUAL};

/// At most so much typing may be lost.
const LOST: Duration = Duration::from_secs(2);

/// How many runs go on at once: they mostly wait.
const AT_ONCE: u64 = 5;

const EXERCISE: &str = r#"format = 1
version = 1
title = "One text"
strategy = "values"
for = "one"
minutes = 1
summary = "Write."
opening = "Write."
closing = "Done."
lang = "en"

[[sources]]
author = "A. Author"
year = 2020
title = "On texts"
address = "https://example.org"
supports = "Nothing."
strength = "None."

[[step]]
id = "text"
kind = "write"
lines = "many"
prompt = "What do you want to write?"
"#;

/// Types at the pace of a fast person until a moment that chance gives, and kills.
fn one_kill(seed: u64) {
    let mut chance = ChaCha20Rng::seed_from_u64(seed);
    let home = tempfile::tempdir().unwrap();
    fs::create_dir(home.path().join("exercises")).unwrap();
    fs::write(home.path().join("exercises/one-text.toml"), EXERCISE).unwrap();
    let mut screen = Screen::program(home.path(), &["exercise", "one-text"], USUAL);
    screen.wait_words("Ctrl-D: done");
    let life = Duration::from_millis(chance.next_u64() % 4000);
    let begun = Instant::now();
    let mut typed: Vec<(Instant, char)> = Vec::new();
    while begun.elapsed() < life {
        let letter = match chance.next_u32() % 12 {
            0 => '\n',
            1 | 2 => ' ',
            number => char::from(b'a' + u8::try_from(number).unwrap()),
        };
        let key = if letter == '\n' {
            "\r".to_string()
        } else {
            letter.to_string()
        };
        screen.send(&key);
        typed.push((Instant::now(), letter));
        thread::sleep(Duration::from_millis(20 + chance.next_u64() % 40));
    }
    let killed = Instant::now();
    screen.signal(Signal::KILL);
    assert_ne!(screen.wait_exit(), 0);
    let month = home.path().join("sessions/2026/11");
    let files: Vec<_> = fs::read_dir(month)
        .unwrap()
        .map(|file| file.unwrap().path())
        .collect();
    let file = files
        .iter()
        .find(|path| path.extension().is_some_and(|end| end == "toml"));
    let session = format::from_text(&fs::read_to_string(file.unwrap()).unwrap()).unwrap();
    let saved = session.answers[0].progress.clone().unwrap_or_default();
    let text: String = typed.iter().map(|(_, letter)| letter).collect();
    assert!(
        text.starts_with(&saved),
        "seed {seed}: {saved:?} is not what was typed: {text:?}"
    );
    let due = typed
        .iter()
        .filter(|(at, _)| killed.duration_since(*at) > LOST)
        .count();
    // White space alone is no text yet.
    let due: String = text.chars().take(due).collect();
    assert!(
        saved.len() >= due.trim_end().len(),
        "seed {seed}: {saved:?} lacks what was typed two seconds before: {due:?}"
    );
}

#[test]
fn a_kill_leaves_the_file_whole_and_costs_at_most_two_seconds_of_typing() {
    let kills = std::env::var("TRUST_COACH_KILLS")
        .ok()
        .and_then(|text| text.parse().ok());
    let kills: u64 = kills.unwrap_or(25);
    let first = std::time::UNIX_EPOCH.elapsed().unwrap().as_secs();
    println!("seeds from {first}");
    thread::scope(|scope| {
        for lane in 0..AT_ONCE {
            scope.spawn(move || {
                let seeds = (first..first + kills).skip(usize::try_from(lane).unwrap());
                seeds
                    .step_by(usize::try_from(AT_ONCE).unwrap())
                    .for_each(one_kill);
            });
        }
    });
}
