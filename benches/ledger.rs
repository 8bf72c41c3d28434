//! What promises and plans cost: `due` and `next --short` with what was noted and without it, and a list
//! of all promises, each beside a yardstick in the same run. Prints ratios; asserts nothing.
//!
//! `cargo bench --bench ledger` measures 5,000 facts beside 10,000 sessions, and 10,000 facts.

#![allow(
    clippy::unwrap_used,
    clippy::print_stdout,
    reason = "a benchmark, not the program"
)]

#[path = "journal/generate.rs"]
mod generate;
#[path = "journal/measure.rs"]
mod measure;

use std::fs;
use std::path::{Path, PathBuf};
use std::thread;
use std::time::Duration;

use jiff::ToSpan;
use jiff::civil::{Date, date};
use measure::{Run, alternate, is_walk, median, peak, row, walk};
use trust_coach::ledger::{
    DayPattern, DayRule, Fact, PlanStart, PlanStatement, PromiseTerms, Statement, Verdict,
};
use trust_coach::session::Moment;

/// The word that one session in a thousand has.
const WORD: &str = "heron";

/// The day on which everything is measured.
const TODAY: Date = date(2026, 11, 27);

/// How many facts there are about one promise: what makes it, and an answer a day.
const FACTS: usize = 50;

const ROUNDS: usize = 30;

fn main() {
    if is_walk() {
        return;
    }
    println!("5,000 facts and 10,000 sessions");
    let home = Home::new(5_000, 10_000);
    due(&home);
    next(&home);
    println!("10,000 facts");
    list(&Home::new(10_000, 0));
}

/// A home folder with many facts.
struct Home(tempfile::TempDir);

impl Home {
    fn new(facts: usize, sessions: usize) -> Self {
        let folder = tempfile::tempdir_in(env!("CARGO_TARGET_TMPDIR")).unwrap();
        generate::sessions(folder.path(), sessions, 0);
        for number in 0..facts / FACTS {
            promise(folder.path(), number);
        }
        // The days file holds only where the folders have been left alone for a while.
        thread::sleep(Duration::from_millis(2_500));
        Self(folder)
    }

    fn coach(&self, arguments: &[&str]) -> Run {
        let program = env!("CARGO_BIN_EXE_trust-coach");
        let run = Run::new(program, arguments).variable("TRUST_COACH_HOME", self.0.path());
        run.variable(
            "TRUST_COACH_NOW",
            Path::new("2026-11-27T19:10:00+00:00[UTC]"),
        )
    }

    /// A program that walks the folders of facts and reads the files.
    fn walk(&self) -> Run {
        walk(&self.0.path().join("ledger"))
    }

    fn days_file(&self) -> PathBuf {
        self.0.path().join("state/days.toml")
    }
}

fn due(home: &Home) {
    let (count, version) = (home.coach(&["due", "--count"]), home.coach(&["--version"]));
    let [with, version] = alternate([&count, &version], ROUNDS);
    assert!(home.days_file().exists());
    row(
        "due, with the days file",
        with,
        version,
        "--version",
        Some(3.0),
    );
    let (mut without, mut walk) = (Vec::new(), Vec::new());
    for _ in 0..ROUNDS {
        fs::remove_file(home.days_file()).unwrap();
        without.push(count.time());
        walk.push(home.walk().time());
    }
    row(
        "due, without the days file",
        median(without),
        median(walk),
        "walking and reading",
        Some(3.0),
    );
}

/// A plan that began before everything else, so that every session counts in it.
fn next(home: &Home) {
    let began = TODAY.saturating_sub(2_000.days());
    let start = PlanStart {
        plan: String::from("after-you-were-hurt"),
        version: 1,
        counted_since: None,
        weekday: None,
    };
    let id = id(began, 7, 0, 0);
    let statement = Statement::Plan {
        on: began,
        said: PlanStatement::Started(start),
    };
    write(home.0.path(), "plan", &id, &id, began, statement);
    thread::sleep(Duration::from_millis(2_500));
    let short = home.coach(&["next", "--short"]);
    let noted = home.0.path().join("state/next.toml");
    let (mut without, mut walks) = (Vec::new(), Vec::new());
    for _ in 0..ROUNDS {
        let _ = fs::remove_file(&noted);
        without.push(short.time());
        walks.push(home.walk().time() + walk(&home.0.path().join("sessions")).time());
    }
    assert!(noted.exists());
    let (short, version) = (short, home.coach(&["--version"]));
    let [with, version] = alternate([&short, &version], ROUNDS);
    row("next --short, noted", with, version, "--version", Some(3.0));
    row(
        "next --short, worked out",
        median(without),
        median(walks),
        "walking and reading",
        None,
    );
    println!(
        "  next: {:.1} MiB of at most 32",
        peak(&home.coach(&["next"]))
    );
}

fn list(home: &Home) {
    let (list, walk) = (home.coach(&["promise", "list", "--all"]), home.walk());
    let [list, walk] = alternate([&list, &walk], ROUNDS);
    row(
        "promise list --all",
        list,
        walk,
        "walking and reading",
        Some(2.5),
    );
}

/// A promise for seven weeks with an answer on each day; each began ten days before the next one.
fn promise(home: &Path, number: usize) {
    let before = i64::try_from(number * 10 + FACTS).unwrap();
    let first = TODAY.saturating_sub(before.days());
    let until = first.saturating_add(i64::try_from(FACTS).unwrap().days());
    let rule = DayRule::new(DayPattern::Daily { every: 1 }, first, Some(until)).unwrap();
    let made = id(first, 8, number, 0);
    let terms = PromiseTerms {
        what: String::from("I will send a message before six when I will be home late."),
        to: Some(String::from("Mara")),
        if_then: Some(String::from("If my phone rings, then I look at the clock.")),
        rule,
        look: None,
        origin: None,
        follows: None,
        partners: None,
    };
    write(home, "promise", &made, &made, first, Statement::Made(terms));
    for nth in 1..FACTS {
        let on = first.saturating_add(i64::try_from(nth).unwrap().days());
        let said = Statement::Verdict {
            verdict: if nth % 7 == 0 {
                Verdict::Missed
            } else {
                Verdict::Kept
            },
            on,
            times: None,
        };
        write(home, "promise", &id(on, 20, number, nth), &made, on, said);
    }
}

fn id(day: Date, hour: u8, number: usize, nth: usize) -> String {
    let hex = number * FACTS + nth;
    format!("{}T{hour:02}3015.123Z-{hex:08x}", day.strftime("%Y%m%d"))
}

fn write(home: &Path, about: &str, id: &str, of: &str, on: Date, statement: Statement) {
    let fact = Fact {
        id: id.to_string(),
        about: about.to_string(),
        of: of.to_string(),
        at: Moment(format!("{on}T20:30:15+00:00[UTC]")),
        instead_of: Vec::new(),
        statement,
        by: None,
        note: None,
        extra: toml::Table::new(),
    };
    let folder = home.join("ledger").join(on.strftime("%Y/%m").to_string());
    fs::create_dir_all(&folder).unwrap();
    fs::write(folder.join(format!("{id}.toml")), fact.to_text()).unwrap();
}
