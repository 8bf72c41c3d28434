//! How long a person waits: `list`, and the first prompt of an exercise with safety questions,
//! beside a minimal clap program in the same run. Prints ratios; asserts nothing.
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
    let (mut yardstick, mut list, mut prompt) = (Vec::new(), Vec::new(), Vec::new());
    for _ in 0..ROUNDS {
        yardstick.push(run(&own, &["--yardstick"], home.path()));
        list.push(run(coach, &["list"], home.path()));
        prompt.push(first_prompt(coach, home.path()));
    }
    let base = median(yardstick);
    println!("minimal clap program   {:>8.2} ms   1.00", millis(base));
    for (name, times, bar) in [
        ("trust-coach list", list, 1.6),
        ("first prompt, apology", prompt, 3.0),
    ] {
        let time = median(times);
        let ratio = time.as_secs_f64() / base.as_secs_f64();
        println!(
            "{name:<22} {:>8.2} ms   {ratio:.2} (at most {bar:.2})",
            millis(time)
        );
    }
}

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

/// From the start of the process to the first words of the private screen on a terminal.
fn first_prompt(program: &Path, home: &Path) -> Duration {
    let (mut pty, terminal) = pty_process::blocking::open().unwrap();
    pty.resize(pty_process::Size::new(24, 80)).unwrap();
    let start = Instant::now();
    let command = pty_process::blocking::Command::new(program);
    let command = command
        .args(["exercise", "apology"])
        .env("TRUST_COACH_HOME", home);
    let mut child = command
        .env("TERM", "xterm-256color")
        .spawn(terminal)
        .unwrap();
    let (mut seen, mut buffer) = (Vec::new(), [0; 4096]);
    while !contains(&seen, b"everyone sees this page") {
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

fn median(mut times: Vec<Duration>) -> Duration {
    times.sort();
    times[times.len() / 2]
}

fn millis(time: Duration) -> f64 {
    time.as_secs_f64() * 1000.0
}
