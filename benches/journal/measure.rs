//! Programs run in turn, and what they took.

use std::ffi::OsString;
use std::fs;
use std::path::Path;
use std::process::{Command, Stdio};
use std::thread;
use std::time::{Duration, Instant};

/// A program with its arguments, to be run again and again.
pub(crate) struct Run {
    program: String,
    arguments: Vec<String>,
    variables: Vec<(String, OsString)>,
}

impl Run {
    pub(crate) fn new(program: &str, arguments: &[&str]) -> Self {
        Self {
            program: program.to_string(),
            arguments: arguments.iter().map(ToString::to_string).collect(),
            variables: Vec::new(),
        }
    }

    pub(crate) fn variable(mut self, name: &str, value: &Path) -> Self {
        let value = value.as_os_str().to_os_string();
        self.variables.push((name.to_string(), value));
        self
    }

    fn command(&self) -> Command {
        let mut command = Command::new(&self.program);
        command
            .args(&self.arguments)
            .envs(self.variables.iter().cloned())
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(Stdio::null());
        command
    }

    /// Runs it once.
    pub(crate) fn time(&self) -> Duration {
        let start = Instant::now();
        // ripgrep ends with 1 where it finds nothing.
        assert!(self.command().status().unwrap().code().unwrap() <= 1);
        start.elapsed()
    }
}

/// A program that walks a folder and reads the files in it: this one, told to be a yardstick.
pub(crate) fn walk(folder: &Path) -> Run {
    let own = std::env::current_exe().unwrap();
    let folder = folder.to_str().unwrap();
    Run::new(own.to_str().unwrap(), &[YARDSTICK, folder])
}

/// Whether this run is such a yardstick. It has walked then.
pub(crate) fn is_walk() -> bool {
    let words: Vec<String> = std::env::args().skip(1).collect();
    let [YARDSTICK, folder] = words.iter().map(String::as_str).collect::<Vec<_>>()[..] else {
        return false;
    };
    println!("{} bytes", walk_and_read(Path::new(folder)));
    true
}

const YARDSTICK: &str = "--yardstick";

fn walk_and_read(folder: &Path) -> usize {
    let mut bytes = 0;
    for entry in fs::read_dir(folder).unwrap() {
        let entry = entry.unwrap();
        bytes += if entry.file_type().unwrap().is_dir() {
            walk_and_read(&entry.path())
        } else {
            fs::read(entry.path()).unwrap().len()
        };
    }
    bytes
}

/// How long each takes, run in turn after one turn that does not count.
pub(crate) fn alternate<const N: usize>(runs: [&Run; N], rounds: usize) -> [Duration; N] {
    let mut times = [(); N].map(|()| Vec::new());
    for round in 0..=rounds {
        for (run, times) in runs.iter().zip(&mut times) {
            let time = run.time();
            if round > 0 {
                times.push(time);
            }
        }
    }
    times.map(median)
}

pub(crate) fn median(mut times: Vec<Duration>) -> Duration {
    times.sort();
    times[times.len() / 2]
}

/// The most memory that a run needs, in MiB. A short one may be over before it is looked at, so it
/// is run a few times.
pub(crate) fn peak(run: &Run) -> f64 {
    (0..5).map(|_| mark(run)).fold(0.0, f64::max)
}

/// The kernel keeps the mark; it is looked at until the run has ended.
fn mark(run: &Run) -> f64 {
    let mut child = run.command().spawn().unwrap();
    let status = format!("/proc/{}/status", child.id());
    let mut most = 0.0;
    while child.try_wait().unwrap().is_none() {
        let text = fs::read_to_string(&status).unwrap_or_default();
        let mark = text.lines().find_map(|line| line.strip_prefix("VmHWM:"));
        let mark = mark.and_then(|mark| mark.split_whitespace().next()?.parse::<f64>().ok());
        most = mark.map_or(most, |kib| kib / 1024.0);
        thread::sleep(Duration::from_micros(100));
    }
    most
}

/// A line of the table.
pub(crate) fn row(name: &str, ours: Duration, yardstick: Duration, what: &str, bar: Option<f64>) {
    let bar = bar.map_or(String::new(), |bar| format!(" (at most {bar:.1})"));
    let ratio = ours.as_secs_f64() / yardstick.as_secs_f64();
    println!(
        "  {name:<26} {:>9.2} ms  {ratio:>6.2}{bar} of {what}, {:.2} ms",
        millis(ours),
        millis(yardstick)
    );
}

fn millis(time: Duration) -> f64 {
    time.as_secs_f64() * 1000.0
}
