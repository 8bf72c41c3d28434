//! The program is killed while somebody types three paragraphs at a terminal.

use std::fs;
use std::path::Path;
use std::thread;
use std::time::{Duration, Instant};

use rand::rngs::ChaCha20Rng;
use rand::{Rng, SeedableRng};
use rustix::process::Signal;
use trust_coach::journal::format;
use trust_coach::session::{Outcome, Session};
use trust_coach::text::language::Language;

use crate::common::exercise_text;
use crate::harness::{Screen, USUAL};
use crate::patience::until;
use crate::session::{Home, TEA, wait_step};

/// How many runs go on at once: they mostly wait.
const AT_ONCE: u64 = 25;

const EXERCISE: &str = exercise_text!(
    r#"title = "One text"
strategy = "values"
minutes = 1
summary = "Write."
opening = "Write."
closing = "Done."
"#,
    r#"[[step]]
id = "text"
kind = "write"
lines = "many"
prompt = "What do you want to write?"
"#
);

#[allow(clippy::print_stdout, reason = "a figure for the long run")]
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
    let session = session(home.path());
    let saved = session.answers[0].progress.clone().unwrap_or_default();
    let text: String = typed.iter().map(|(_, letter)| letter).collect();
    assert!(
        text.starts_with(&saved),
        "seed {seed}: {saved:?} is not what was typed: {text:?}"
    );
    // White space alone is no text yet. How much time that is on this machine is a figure and no
    // promise: the program's own clock is looked at in the unit tests of what waits to be saved.
    let lost = typed
        .get(saved.chars().count())
        .map(|(at, _)| killed.duration_since(*at));
    println!(
        "seed {seed}: {} ms of typing lost",
        lost.unwrap_or_default().as_millis()
    );
}

/// Types, and rests until it is saved.
fn one_rest() {
    let home = tempfile::tempdir().unwrap();
    fs::create_dir(home.path().join("exercises")).unwrap();
    fs::write(home.path().join("exercises/one-text.toml"), EXERCISE).unwrap();
    let mut screen = Screen::program(home.path(), &["exercise", "one-text"], USUAL);
    screen.wait_words("Ctrl-D: done");
    screen.send("not a line yet");
    let saved = || {
        session(home.path()).answers[0]
            .progress
            .clone()
            .unwrap_or_default()
    };
    assert!(until(|| saved() == "not a line yet"), "{:?}", saved());
    screen.signal(Signal::KILL);
    assert_ne!(screen.wait_exit(), 0);
    assert_eq!(saved(), "not a line yet");
}

#[test]
fn what_was_typed_before_a_rest_is_there_after_a_kill() {
    one_rest();
}

/// The one session below a home.
fn session(home: &Path) -> Session {
    let month = fs::read_dir(home.join("sessions/2026/11")).unwrap();
    let mut files = month.map(|file| file.unwrap().path());
    let file = files.find(|path| path.extension().is_some_and(|end| end == "toml"));
    format::from_text(&fs::read_to_string(file.unwrap()).unwrap()).unwrap()
}

#[test]
fn a_kill_leaves_the_file_whole_with_the_first_part_of_what_was_typed() {
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

#[test]
fn words_left_out_after_they_were_given_are_in_the_file_while_they_stand_on_the_screen() {
    for (signal, leave_out) in [
        (Signal::HUP, ["\x1b", "3\r"]),
        (Signal::TERM, ["\r", "/skip\r"]),
        (Signal::INT, [" and more\r", "/skip\r"]),
    ] {
        let home = Home::with(TEA);
        let mut screen = home.open(&["exercise", "tea"], USUAL);
        screen.wait_list("Green tea");
        screen.send("2\r");
        wait_step(&screen, "one cup of Mint");
        screen.send("A long story.\x04");
        wait_step(&screen, "How warm was it?");
        screen.send("\x15/back\r");
        wait_step(&screen, "one cup of Mint");
        screen.send(leave_out[0]);
        if signal == Signal::HUP {
            screen.wait_list("Rather not say");
        }
        screen.send(leave_out[1]);
        wait_step(&screen, "How warm was it?");
        screen.send("\x15/back\r");
        wait_step(&screen, "one cup of Mint");
        screen.wait_words("A long story.");
        screen.signal(signal);
        assert_ne!(screen.wait_exit(), 0);
        let answer = &session(home.path()).answers[1];
        assert_eq!(answer.given, Outcome::Skipped);
        let kept: Vec<Option<String>> = answer
            .versions
            .iter()
            .map(|version| {
                version
                    .value
                    .in_words(None, version.at.on(), Language::English)
            })
            .collect();
        let told = |words: &str| Some(words.to_string());
        match signal {
            Signal::INT => assert_eq!(
                kept,
                [told("A long story."), told("A long story. and more")]
            ),
            _ => assert_eq!(kept, [told("A long story.")]),
        }
        let found = home.output(&["history", "search", "long story"]);
        assert!(found.contains("long story"), "{found}");
        let shown = home.output(&["history", "show", "last", "--all"]);
        assert!(shown.contains("A long story."), "{shown}");
        let shown = home.output(&["history", "show", "last"]);
        assert!(!shown.contains("A long story."), "{shown}");
    }
}
