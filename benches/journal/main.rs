//! What a journal of many sessions costs: the newest ten, a search, everything as JSON, and saving
//! an answer, each beside a yardstick in the same run. Prints ratios; asserts nothing.
//!
//! `cargo bench --bench journal` measures 10, 1,000 and 10,000 sessions;
//! `cargo bench --bench journal -- 100000` measures 10 and as many as are named.

#![allow(
    clippy::unwrap_used,
    clippy::print_stdout,
    reason = "a benchmark, not the program"
)]

mod generate;
mod measure;

use std::fs::{self, File};
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Instant;

use measure::{Run, alternate, is_walk, median, peak, row, walk};
use trust_coach::journal::Store;
use trust_coach::session::{Outcome, Value};

/// What is measured where no other sizes are named. The first is what the newest ten are held
/// against.
const SIZES: [usize; 3] = [10, 1_000, 10_000];

/// The word that one session in a thousand has.
const WORD: &str = "heron";

/// No part of it may need more memory than this, in MiB.
const MEMORY: f64 = 32.0;

fn main() {
    if is_walk() {
        return;
    }
    let words: Vec<String> = std::env::args().skip(1).collect();
    let named: Vec<usize> = words.iter().filter_map(|word| word.parse().ok()).collect();
    let sizes = if named.is_empty() {
        SIZES.to_vec()
    } else {
        [&SIZES[..1], &named].concat()
    };
    let with_rg = Command::new("rg").arg("--version").output().is_ok();
    if !with_rg {
        println!("ripgrep is not installed: search has no yardstick");
    }
    let base = Home::new(sizes[0], 0);
    for size in sizes {
        println!("\n{size} sessions");
        let plain = Home::new(size, 0);
        let mixed = Home::new(size, 30);
        newest(&base, &plain);
        if with_rg {
            search(&plain, "search, all ASCII", 1.2);
            search(&mixed, "search, 30 % not ASCII", 4.0);
        }
        everything(&plain, &[], "all as JSON", 2.5);
        everything(&mixed, &["--with-text"], "all as JSON with texts", 5.0);
        saving(&plain);
        memory(&plain, &mixed);
    }
}

/// A home folder with many sessions.
struct Home {
    folder: tempfile::TempDir,
    size: usize,
}

impl Home {
    /// With so many sessions, of which so many in a hundred are not ASCII alone.
    fn new(size: usize, accented: usize) -> Self {
        // On a disk and not in memory: saving is measured too.
        let folder = tempfile::tempdir_in(env!("CARGO_TARGET_TMPDIR")).unwrap();
        generate::sessions(folder.path(), size, accented);
        Self { folder, size }
    }

    fn path(&self) -> &Path {
        self.folder.path()
    }

    fn sessions(&self) -> PathBuf {
        self.path().join("sessions")
    }

    fn coach(&self, arguments: &[&str]) -> Run {
        let program = env!("CARGO_BIN_EXE_trust-coach");
        Run::new(program, arguments).variable("TRUST_COACH_HOME", self.path())
    }

    /// The bars of what reads everything hold from 10,000 sessions on; with few, starting is most
    /// of it.
    fn bar(&self, bar: f64) -> Option<f64> {
        (self.size >= 10_000).then_some(bar)
    }

    fn rounds(&self) -> usize {
        match self.size {
            0..=100 => 60,
            101..=1_000 => 30,
            1_001..=10_000 => 15,
            _ => 7,
        }
    }
}

/// The newest ten, beside the same in a journal of few.
fn newest(base: &Home, home: &Home) {
    let (few, many) = (base.coach(&["history"]), home.coach(&["history"]));
    let [few, many] = alternate([&few, &many], 60);
    row("newest ten", many, few, "at 10 sessions", Some(1.2));
}

/// A word that few sessions have, beside ripgrep on the same files.
fn search(home: &Home, name: &str, bar: f64) {
    let ours = home.coach(&["history", "search", WORD, "--limit", "0"]);
    let theirs = Run::new("rg", &["-il", WORD, home.sessions().to_str().unwrap()]);
    let [ours, theirs] = alternate([&ours, &theirs], home.rounds());
    row(name, ours, theirs, "rg -il", home.bar(bar));
}

/// Every session as JSON, beside a program that walks the folders and reads the files.
fn everything(home: &Home, more: &[&str], name: &str, bar: f64) {
    let arguments = [&["history", "--json", "--limit", "0"], more].concat();
    let ours = home.coach(&arguments);
    let walk = walk(&home.sessions());
    let [ours, walk] = alternate([&ours, &walk], home.rounds());
    row(name, ours, walk, "walking and reading", home.bar(bar));
}

/// A changed answer brought to the disk, beside the same bytes written to a temporary file, synced,
/// renamed, and the folder synced.
fn saving(home: &Home) {
    const SAVES: usize = 200;
    let store = Store::new(home.path().to_path_buf(), home.path().join("state"));
    let id = store.sessions().newest().next().unwrap().unwrap();
    let mut session = store.sessions().read(&id).unwrap();
    let path = store.sessions().path(&id);
    let folder = path.parent().unwrap();
    let (mut ours, mut bare) = (Vec::new(), Vec::new());
    for count in 0..SAVES {
        let text = format!("What I wrote at last, for the {count:04}th time.");
        session.answers[0].given = Outcome::Value(Value::Text(text));
        let start = Instant::now();
        store.sessions().save(&session).unwrap();
        ours.push(start.elapsed());
        let bytes = fs::read(&path).unwrap();
        let start = Instant::now();
        bring(&bytes, folder);
        bare.push(start.elapsed());
    }
    row(
        "saving an answer",
        median(ours),
        median(bare),
        "the bare calls",
        Some(1.3),
    );
}

fn bring(bytes: &[u8], folder: &Path) {
    let (temporary, path) = (folder.join("bare.tmp"), folder.join("bare"));
    let mut file = File::create_new(&temporary).unwrap();
    file.write_all(bytes).unwrap();
    file.sync_all().unwrap();
    fs::rename(&temporary, &path).unwrap();
    File::open(folder).unwrap().sync_all().unwrap();
}

/// The most memory that any of them needs.
fn memory(plain: &Home, mixed: &Home) {
    for (name, run) in [
        ("newest ten", plain.coach(&["history"])),
        (
            "search",
            mixed.coach(&["history", "search", WORD, "--limit", "0"]),
        ),
        // A word that every session has: all of them are understood.
        (
            "search, all found",
            mixed.coach(&["history", "search", "kitchen", "--limit", "0"]),
        ),
        (
            "all as JSON with texts",
            mixed.coach(&["history", "--json", "--limit", "0", "--with-text"]),
        ),
    ] {
        let most = peak(&run);
        println!("  {name:<26} {most:>9.1} MiB at most (bar {MEMORY:.0})");
    }
}
