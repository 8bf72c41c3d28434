//! What a review costs: `trust-coach review` of a draft of 200 words beside `trust-coach --version`,
//! one review once rules are loaded, and a megabyte of several texts, hostile ones included. Prints
//! times and ratios; asserts nothing.
//!
//! `cargo bench --bench review`

#![allow(
    clippy::unwrap_used,
    clippy::print_stdout,
    reason = "a benchmark, not the program"
)]

use std::hint::black_box;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use trust_coach::review::{Rules, Subject};

const ROUNDS: usize = 300;
/// How long the longest text is.
const LARGE: usize = 1024 * 1024;

const DRAFT: &str = "On Friday I told your sister what you had said to me about her, and I told it as a joke. \
You had asked me to keep it to myself. You found out at the table, in front of your parents, and you went quiet and \
left before the cake. I saw it and I did not come after you. I am sorry. I am ashamed that I made you the price of a \
laugh. I wanted to be liked by them, that is why I did it, and it was not mine to tell. I have rung your sister and \
said that I twisted it, and that you had only been worried about her. I know that this does not put it right. Is \
there anything you would like me to say to your parents? Next time somebody asks me about you I will say that they \
should ask you. ";

fn main() {
    process();
    loaded();
    large();
}

/// The whole program, from its start to its end.
fn process() {
    let home = tempfile::tempdir().unwrap();
    let draft = home.path().join("draft.txt");
    std::fs::write(&draft, draft_of(200)).unwrap();
    let run = |args: &[&str]| {
        let start = Instant::now();
        let mut command = Command::new(env!("CARGO_BIN_EXE_trust-coach"));
        command.args(args).env("TRUST_COACH_HOME", home.path());
        let status = command.stdout(Stdio::null()).status().unwrap();
        assert!(status.success());
        start.elapsed()
    };
    let path = draft.to_str().unwrap();
    let (mut version, mut review) = (Vec::new(), Vec::new());
    for _ in 0..ROUNDS {
        version.push(run(&["--version"]));
        review.push(run(&["review", path, "--as", "apology"]));
    }
    let base = median(version);
    println!(
        "trust-coach --version          {:>8.2} ms   1.00",
        millis(base)
    );
    line(
        "trust-coach review, 200 words",
        median(review),
        base,
        "at most 3.00",
    );
}

/// A review once rules are loaded, for each subject, beside the 2 ms it may take.
fn loaded() {
    let draft = draft_of(200);
    for (subject, name) in Subject::ALL {
        let mut loads = Vec::new();
        for _ in 0..20 {
            let start = Instant::now();
            black_box(Rules::built_in(subject));
            loads.push(start.elapsed());
        }
        let rules = Rules::built_in(subject);
        let mut times = Vec::new();
        for _ in 0..100 {
            let start = Instant::now();
            black_box(rules.review(&draft, None));
            times.push(start.elapsed());
        }
        let bar = Duration::from_millis(2);
        println!(
            "load {name:<10}                {:>8.2} ms",
            millis(median(loads))
        );
        line(
            &format!("review as {name}"),
            median(times),
            bar,
            "of 2 ms, at most 1.00",
        );
    }
}

/// A megabyte, as twice as much text of half the size: linear is 2.
fn large() {
    let rules = Rules::built_in(Subject::Apology);
    let repeated = |text: &str, size: usize| text.repeat(size / text.len());
    for (name, text) in [
        ("drafts", DRAFT),
        ("one word", "i "),
        (
            "a word of each rule",
            "i you was sorry if but not it only made never again my a so ",
        ),
        ("no break anywhere", "sorry"),
        ("quotation marks", "\"'\u{201c} "),
        ("ends of sentences", "i. you? "),
        ("held down", "sooooooooooooooooooooooooooooooo "),
    ] {
        let (half, whole) = (repeated(text, LARGE / 2), repeated(text, LARGE));
        let time = |text: &str| {
            let start = Instant::now();
            black_box(rules.review(text, None));
            start.elapsed()
        };
        let (half, whole) = (time(&half), time(&whole));
        println!(
            "1 MB, {name:<24} {:>8.0} ms   {:.2} times half of it",
            millis(whole),
            whole.as_secs_f64() / half.as_secs_f64()
        );
    }
}

fn draft_of(words: usize) -> String {
    DRAFT
        .split_whitespace()
        .cycle()
        .take(words)
        .collect::<Vec<_>>()
        .join(" ")
}

fn line(name: &str, time: Duration, base: Duration, bar: &str) {
    let ratio = time.as_secs_f64() / base.as_secs_f64();
    println!("{name:<30} {:>8.3} ms   {ratio:.2} ({bar})", millis(time));
}

fn median(mut times: Vec<Duration>) -> Duration {
    times.sort();
    times[times.len() / 2]
}

fn millis(time: Duration) -> f64 {
    time.as_secs_f64() * 1000.0
}
