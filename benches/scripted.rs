//! What a script waits for: one session from an answers file, and the same one by lines and by
//! JSON messages, beside a minimal program that brings as many files of the same size to the same
//! disk. Prints ratios; asserts nothing.
//!
//! `cargo bench --bench scripted`

#![allow(
    clippy::unwrap_used,
    clippy::print_stdout,
    reason = "a benchmark, not the program"
)]

use std::fs::{self, File};
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use clap::Parser;
use serde_json::{Value, json};

/// The yardstick: clap, and `saves` files brought to the disk as a session is.
#[derive(Parser)]
struct Minimal {
    #[arg(long, num_args = 3, value_names = ["SAVES", "BYTES", "FOLDER"])]
    yardstick: Option<Vec<String>>,
    #[arg(long, hide = true)]
    bench: bool,
}

const ROUNDS: usize = 60;

const ANSWERS: &str = concat!(
    env!("CARGO_MANIFEST_DIR"),
    "/tests/answers/apology/jonas.toml"
);

fn main() {
    if let Some(yardstick) = Minimal::parse().yardstick {
        let [saves, bytes, folder] = yardstick.as_slice() else {
            return;
        };
        save(
            saves.parse().unwrap(),
            bytes.parse().unwrap(),
            folder.as_ref(),
        );
        return;
    }
    let home = tempfile::tempdir().unwrap();
    let home = home.path();
    let (lines, messages, saves, path) = conversation(home);
    let bytes = fs::metadata(&path).unwrap().len();
    // In the folder of the sessions: what a file costs differs between folders of one disk.
    let folder = path.parent().unwrap();

    let own = std::env::current_exe().unwrap();
    let bare = |saves: usize| {
        let mut command = Command::new(&own);
        let numbers = [saves.to_string(), bytes.to_string()];
        command.arg("--yardstick").args(numbers).arg(folder);
        command
    };
    let answers = |arguments: &[&str]| coach(home, &[&["exercise"], arguments].concat());
    let file = ["apology", "--screened", "--answers", ANSWERS];
    let by_lines = ["apology", "--screened", "--io", "lines"];
    let by_json = ["apology", "--screened", "--io", "json"];

    let mut times: [Vec<Duration>; 5] = Default::default();
    for _ in 0..ROUNDS {
        times[0].push(run(bare(1), None));
        times[1].push(run(answers(&file), None));
        times[2].push(run(bare(saves), None));
        times[3].push(run(answers(&by_lines), Some(&lines)));
        times[4].push(run(answers(&by_json), Some(&messages)));
    }
    let [one, file, many, lines, json] = times.map(median);
    println!("a session of {bytes} bytes, {saves} saves where every answer is saved");
    row("minimal program, 1 file", one, one, None);
    row("answers file", file, one, Some(3.0));
    row("minimal program, all files", many, many, None);
    row("--io lines", lines, many, Some(1.5));
    row("--io json", json, many, Some(1.5));
}

fn row(name: &str, time: Duration, base: Duration, bar: Option<f64>) {
    let ratio = time.as_secs_f64() / base.as_secs_f64();
    let bar = bar.map_or(String::new(), |bar| format!(" (at most {bar:.2})"));
    println!("{name:<26} {:>8.2} ms   {ratio:.2}{bar}", millis(time));
}

/// Brings files to the disk: made, written, synced, renamed, and the folder synced.
fn save(saves: usize, bytes: usize, folder: &Path) {
    let text = vec![b'a'; bytes];
    let (temporary, path) = (folder.join("bare.tmp"), folder.join("bare"));
    for _ in 0..saves {
        let mut file = File::create_new(&temporary).unwrap();
        file.write_all(&text).unwrap();
        file.sync_all().unwrap();
        fs::rename(&temporary, &path).unwrap();
        File::open(folder).unwrap().sync_all().unwrap();
    }
}

fn coach(home: &Path, arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_trust-coach"));
    command.args(arguments).env("TRUST_COACH_HOME", home);
    command
}

fn run(mut command: Command, input: Option<&Path>) -> Duration {
    let stdin = input.map_or_else(Stdio::null, |input| File::open(input).unwrap().into());
    command
        .stdin(stdin)
        .stdout(Stdio::null())
        .stderr(Stdio::null());
    let start = Instant::now();
    assert!(command.status().unwrap().success());
    start.elapsed()
}

/// What to say over standard input to give the answers of the file, as lines and as messages, and
/// how often the session is saved meanwhile, and its file. Found out by doing it, one question at a time.
fn conversation(home: &Path) -> (PathBuf, PathBuf, usize, PathBuf) {
    let answers: toml::Table = fs::read_to_string(ANSWERS).unwrap().parse().unwrap();
    let (lines, messages) = (home.join("lines"), home.join("messages"));
    let (mut text, mut said) = (String::new(), String::new());
    loop {
        fs::write(&messages, &said).unwrap();
        let mut command = coach(home, &["exercise", "apology", "--screened", "--io", "json"]);
        command
            .stdin(File::open(&messages).unwrap())
            .stderr(Stdio::null());
        let output = String::from_utf8(command.output().unwrap().stdout).unwrap();
        let heard: Vec<Value> = output
            .lines()
            .map(|line| serde_json::from_str(line).unwrap())
            .collect();
        if heard
            .last()
            .is_some_and(|done| done["status"] == "finished")
        {
            fs::write(&lines, text).unwrap();
            let saves = heard
                .iter()
                .filter(|message| message["type"] == "saved")
                .count();
            let path = heard.last().unwrap()["path"].as_str().unwrap();
            return (lines, messages, saves, path.into());
        }
        let ask = heard
            .iter()
            .rfind(|message| message["type"] == "ask")
            .unwrap();
        let id = ask["id"].as_str().unwrap();
        let value = answers["answers"]
            .get(id)
            .map(|value| serde_json::to_value(value).unwrap());
        let value = value
            .filter(|value| !value.is_object())
            .or_else(|| ask.get("initial").cloned());
        let (line, message) = match value {
            _ if ask["kind"] == "ready" => (String::new(), json!({ "type": "answer", "id": id })),
            None => (String::from("/skip\n"), json!({ "type": "skip", "id": id })),
            Some(value) => {
                let words = match &value {
                    Value::Bool(yes) => String::from(if *yes { "yes" } else { "no" }),
                    Value::String(words) if words.contains('\n') => format!("<<END\n{words}\nEND"),
                    Value::String(words) => words.clone(),
                    other => other.to_string(),
                };
                let message = json!({ "type": "answer", "id": id, "value": value });
                (format!("{words}\n"), message)
            }
        };
        text.push_str(&line);
        said.push_str(&format!("{message}\n"));
    }
}

fn median(mut times: Vec<Duration>) -> Duration {
    times.sort();
    times[times.len() / 2]
}

fn millis(time: Duration) -> f64 {
    time.as_secs_f64() * 1000.0
}
