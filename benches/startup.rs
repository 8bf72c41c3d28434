//! How long a person waits: `list`, the first prompt of an exercise with safety questions, and the menu of
//! `trust-coach` alone, each beside a minimal clap program in the same run. Prints ratios of the
//! medians, and of the quickest runs, which a busy machine changes least; asserts nothing.
//!
//! `cargo bench --bench startup`

#![allow(
    clippy::unwrap_used,
    clippy::print_stdout,
    reason = "a benchmark, not the program"
)]

use std::io::Read;
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use clap::Parser;

/// The yardstick: clap, and one line.
#[derive(Parser)]
struct Minimal {
    #[arg(long)]
    yardstick: bool,
    #[arg(long, hide = true)]
    bench: bool,
}

const ROUNDS: usize = 300;

fn main() {
    let minimal = Minimal::parse();
    if minimal.yardstick {
        println!("one line");
        return;
    }
    let home = tempfile::tempdir().unwrap();
    let own = std::env::current_exe().unwrap();
    let coach = Path::new(env!("CARGO_BIN_EXE_trust-coach"));
    let mut times: [Vec<Duration>; 4] = Default::default();
    for _ in 0..ROUNDS {
        times[0].push(run(&own, &["--yardstick"], home.path()));
        times[1].push(run(coach, &["list"], home.path()));
        times[2].push(first_words(
            coach,
            &["exercise", "apology"],
            PRIVATE,
            home.path(),
        ));
        times[3].push(first_words(coach, &[], MENU, home.path()));
    }
    let [base, others @ ..] = times.map(|mut times| {
        times.sort();
        [times[times.len() / 2], times[0]]
    });
    println!("minimal clap program   {:>8.2} ms", millis(base[0]));
    let bars = [
        ("trust-coach list", 1.6),
        ("first prompt, apology", 2.0),
        ("menu of home", 2.5),
    ];
    for ((name, bar), times) in bars.into_iter().zip(others) {
        let ratio = |at: usize| times[at].as_secs_f64() / base[at].as_secs_f64();
        println!(
            "{name:<22} {:>8.2} ms   {:.2}, quickest {:.2} (at most {bar:.2})",
            millis(times[0]),
            ratio(0),
            ratio(1)
        );
    }
}

/// Words of the private page, and of the menu.
const PRIVATE: &[u8] = b"everyone sees this page";
const MENU: &[u8] = b"What brings you here?";

fn run(program: &Path, arguments: &[&str], home: &Path) -> Duration {
    let start = Instant::now();
    let mut command = Command::new(program);
    command
        .args(arguments)
        .env("TRUST_COACH_HOME", home)
        .stdout(Stdio::null());
    assert!(command.status().unwrap().success());
    start.elapsed()
}

/// From the start of the process to these words on a terminal.
fn first_words(program: &Path, arguments: &[&str], words: &[u8], home: &Path) -> Duration {
    let (mut pty, terminal) = pty_process::blocking::open().unwrap();
    pty.resize(pty_process::Size::new(24, 80)).unwrap();
    let start = Instant::now();
    let command = pty_process::blocking::Command::new(program);
    let command = command.args(arguments).env("TRUST_COACH_HOME", home);
    let mut child = command
        .env("TERM", "xterm-256color")
        .spawn(terminal)
        .unwrap();
    let (mut seen, mut buffer) = (Vec::new(), [0; 4096]);
    while !contains(&seen, words) {
        let count = pty.read(&mut buffer).unwrap();
        seen.extend_from_slice(&buffer[..count]);
    }
    let time = start.elapsed();
    child.kill().unwrap();
    child.wait().unwrap();
    time
}

fn contains(text: &[u8], words: &[u8]) -> bool {
    text.windows(words.len()).any(|window| window == words)
}

fn millis(time: Duration) -> f64 {
    time.as_secs_f64() * 1000.0
}
