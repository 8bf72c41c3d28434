//! What `progress` costs over 10,000 sessions, beside walking and reading them, and the memory it takes.
//! Prints ratios; asserts nothing.

#![allow(
    clippy::unwrap_used,
    clippy::print_stdout,
    reason = "a benchmark, not the program"
)]

#[allow(dead_code, reason = "there is more in it than is needed here")]
#[path = "journal/measure.rs"]
mod measure;

use std::fs;
use std::path::Path;

use jiff::ToSpan;
use jiff::civil::date;
use measure::{Run, alternate, is_walk, peak, row, walk};
use trust_coach::exercise::StepKind;
use trust_coach::journal::format::to_text;
use trust_coach::session::{Answer, Moment, Outcome, Session, SessionState, Value};

const SESSIONS: usize = 10_000;

const ROUNDS: usize = 10;

/// What a check-in rates.
const RATED: [&str; 6] = ["predictable", "dependable", "open", "heard", "safe", "hope"];

fn main() {
    if is_walk() {
        return;
    }
    let home = tempfile::tempdir_in(env!("CARGO_TARGET_TMPDIR")).unwrap();
    fs::create_dir_all(home.path().join("sessions")).unwrap();
    fs::write(home.path().join("format"), "1\n").unwrap();
    for number in 0..SESSIONS {
        write(home.path(), number);
    }
    let walk = walk(&home.path().join("sessions"));
    println!("{SESSIONS} sessions");
    for arguments in [
        &["progress"][..],
        &["progress", "check-in/open"],
        &["progress", "--days"],
    ] {
        let program = env!("CARGO_BIN_EXE_trust-coach");
        let ours = Run::new(program, arguments).variable("TRUST_COACH_HOME", home.path());
        let [time, yardstick] = alternate([&ours, &walk], ROUNDS);
        row(
            &arguments.join(" "),
            time,
            yardstick,
            "walking and reading",
            Some(3.0),
        );
        println!("  {:.1} MiB of at most 32", peak(&ours));
    }
}

/// A check-in, ten a day back from one day.
fn write(home: &Path, number: usize) {
    let day = date(2026, 11, 20).saturating_sub(i64::try_from(number / 10).unwrap().days());
    let hour = 20 - number % 10;
    let id = format!("{}T{hour:02}3015.123Z-{number:08x}", day.strftime("%Y%m%d"));
    let at = Moment(format!("{day}T{hour:02}:30:15+00:00[UTC]"));
    let texts = ["helped", "valued"].map(|step| {
        let words = "We talked in the kitchen, and it was quiet. ".repeat(4);
        answer(step, StepKind::Write, Value::Text(words), &at)
    });
    let rated = RATED.iter().zip(number..).map(|(step, nth)| {
        let value = i64::try_from(nth % 7).unwrap() + 1;
        answer(step, StepKind::Rate, Value::Number(value), &at)
    });
    let session = Session {
        id: id.clone(),
        exercise: String::from("check-in"),
        exercise_version: 5,
        title: String::from("A check-in with yourself"),
        lang: String::from("en"),
        state: SessionState::Done,
        started: at.clone(),
        ended: Some(at.clone()),
        seed: 4711,
        at: None,
        tags: Vec::new(),
        notes: Vec::new(),
        answers: rated.chain(texts).collect(),
        extra: toml::Table::new(),
    };
    let folder = home
        .join("sessions")
        .join(day.strftime("%Y/%m").to_string());
    fs::create_dir_all(&folder).unwrap();
    fs::write(folder.join(format!("{id}.toml")), to_text(&session)).unwrap();
}

fn answer(step: &str, kind: StepKind, value: Value, at: &Moment) -> Answer {
    Answer {
        step: step.to_string(),
        by: None,
        closed: false,
        round: 1,
        kind,
        prompt: String::from("How was it this week? Think of two or three ordinary moments."),
        name: Some(step.to_string()),
        given: Outcome::Value(value),
        item: None,
        label: None,
        at: Some(at.clone()),
        unreached: false,
        sensitive: false,
        versions: Vec::new(),
        findings: Vec::new(),
        progress: None,
        extra: toml::Table::new(),
    }
}
