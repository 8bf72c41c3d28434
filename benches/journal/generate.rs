//! Made-up sessions, ten a day back from one day, as the program writes them.

use std::fs;
use std::path::Path;

use jiff::ToSpan;
use jiff::civil::date;
use trust_coach::exercise::StepKind;
use trust_coach::journal::format::to_text;
use trust_coach::session::{Answer, Moment, Outcome, Session, SessionState, Value};

/// Words that make up the texts; every session has some of the first ones.
const WORDS: [&str; 24] = [
    "kitchen", "I", "was", "late", "and", "said", "nothing", "about", "it", "because", "you",
    "looked", "tired", "so", "we", "ate", "in", "silence", "then", "the", "door", "closed",
    "again", "slowly",
];

/// The same with letters that are not in ASCII.
const ACCENTED: [&str; 8] = [
    "café",
    "für",
    "naïve",
    "señor",
    "garçon",
    "“door”",
    "don’t",
    "Zoë",
];

/// Writes so many sessions below `home`, of which so many in a hundred are not ASCII alone.
pub(crate) fn sessions(home: &Path, count: usize, accented: usize) {
    fs::create_dir_all(home.join("sessions")).unwrap();
    fs::write(home.join("format"), "1\n").unwrap();
    let newest = date(2026, 11, 20);
    let mut last = String::new();
    for number in 0..count {
        let day = newest.saturating_sub(i64::try_from(number / 10).unwrap().days());
        let hour = 20 - number % 10;
        let id = format!("{}T{hour:02}3015.123Z-{number:08x}", day.strftime("%Y%m%d"));
        let month = day.strftime("%Y/%m").to_string();
        let folder = home.join("sessions").join(&month);
        if month != last {
            fs::create_dir_all(&folder).unwrap();
            last = month;
        }
        let other = number % 100 < accented;
        let started = format!("{day}T{hour:02}:30:15+00:00[UTC]");
        let session = session(&id, &started, number, other);
        fs::write(folder.join(format!("{id}.toml")), to_text(&session)).unwrap();
    }
}

fn session(id: &str, started: &str, number: usize, other: bool) -> Session {
    let at = Moment(started.to_string());
    let answers = (0..5).map(|step| answer(step, number, other, &at));
    Session {
        id: id.to_string(),
        exercise: String::from("apology"),
        exercise_version: 1,
        title: String::from("A full apology"),
        lang: String::from("en"),
        state: SessionState::Done,
        started: at.clone(),
        ended: Some(at.clone()),
        seed: 4711,
        at: None,
        tags: Vec::new(),
        notes: Vec::new(),
        answers: answers.collect(),
        extra: toml::Table::new(),
    }
}

fn answer(step: usize, number: usize, other: bool, at: &Moment) -> Answer {
    let mut words: Vec<&str> = vec![WORDS[0]];
    for place in 0..36 {
        let next = number.wrapping_mul(31) + step * 17 + place * (7 + number % 5);
        words.push(if other && place % 6 == 0 {
            ACCENTED[next % ACCENTED.len()]
        } else {
            WORDS[next % WORDS.len()]
        });
    }
    if step == 2 && number % 1000 == 7 {
        words[9] = super::WORD;
    }
    let lines: Vec<String> = words.chunks(9).map(|line| line.join(" ")).collect();
    Answer {
        step: format!("step-{step}"),
        by: None,
        closed: false,
        round: 1,
        kind: StepKind::Write,
        prompt: String::from("What happened? Say it as a camera would have seen it."),
        name: Some(String::from("What happened")),
        given: Outcome::Value(Value::Text(lines.join("\n"))),
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
