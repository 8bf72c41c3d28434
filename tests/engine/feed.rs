//! What hostile bytes are fed to, and what must hold whatever they are. The fuzz targets and a test
//! over the kept seeds share these functions.

use jiff::civil::Time;
use trust_coach::answers::{Answers, problems, to_fill_in};
use trust_coach::dates::LocalDay;
use trust_coach::engine::{Context, Engine};
use trust_coach::exercise::{library::Library, parse};
use trust_coach::format::report;
use trust_coach::input;
use trust_coach::journal::vault::seal;
use trust_coach::journal::{archive, format};
use trust_coach::ledger::{DayFacts, DayTally, Fact, OpenDays, promises};
use trust_coach::session::{Moment, Session};
use trust_coach::terminal::{Key, keys_in};
use trust_coach::text::{clean, inert, is_unsafe, json};

/// A session that can be read can be written, and is then the same; so is its head.
pub fn session(bytes: &[u8]) {
    let Ok(text) = std::str::from_utf8(bytes) else {
        return;
    };
    let head = format::head_from_text(text);
    let Ok(session) = format::from_text(text) else {
        return;
    };
    let written = format::to_text(&session);
    let again = format::from_text(&written).expect("what is written can be read");
    assert!(format::same(&again, &session), "{again:?}\n{session:?}");
    let head = head.expect("the head of what can be read can be read");
    assert_eq!(head.id, session.id);
}

/// A fact that can be read can be written, and is then the same; whatever it says, what follows from it
/// is found out without a panic, and the days file of it reads back as it is.
pub fn fact(bytes: &[u8]) {
    let Ok(text) = std::str::from_utf8(bytes) else {
        return;
    };
    let Ok(fact) = Fact::from_text(text) else {
        return;
    };
    let again = Fact::from_text(&fact.to_text()).expect("what is written can be read");
    assert_eq!(again.to_text(), fact.to_text());
    let today = jiff::civil::date(2026, 11, 27);
    let promises = promises([fact]);
    for promise in &promises {
        let days = promise.days(promise.first_day().min(today)..=today, today);
        assert!(DayTally::of(&days).answered() <= days.len());
        let _ = (promise.to_look_at(today), promise.next_day(today));
    }
    let days = OpenDays::of(&promises, today);
    let read = OpenDays::from_table(days.to_table()).expect("what is noted can be read");
    assert_eq!(read.until(today), days.until(today));
    let known = DayFacts::of(&promises, today);
    assert_eq!(DayFacts::from_value(&known.to_value()), Some(known));
}

/// What is wrong with an exercise can be shown, and does not steer a terminal. One that is right can be
/// begun, and an answers file for it filled in.
pub fn exercise(bytes: &[u8]) {
    let Ok(text) = std::str::from_utf8(bytes) else {
        return;
    };
    for found in parse::check("seed", text) {
        let human = report::human("seed.toml", text, &found, 80);
        let short = report::short("seed.toml", text, &found);
        let object = json::line(&report::json("seed.toml", text, &found));
        for shown in [human, short, object] {
            assert!(
                !shown.replace("\u{1b}[", "").contains(is_unsafe),
                "{shown:?}"
            );
        }
    }
    let _ = parse::head("seed", text);
    if let Ok(exercise) = parse::exercise("seed", text) {
        let outline = to_fill_in(&exercise);
        Answers::from_text(&outline, "outline").expect("an outline is an answers file");
        let session = Session::new(&exercise.head, Moment::default(), 1);
        let mut engine = Engine::new(exercise, session, Context::default());
        let now = jiff::Zoned::default();
        for _ in 0..50 {
            if engine.ask().is_none() {
                break;
            }
            engine.skip(&now);
        }
    }
}

/// An answers file is understood or refused, and what is wrong with its answers can be told.
pub fn answers(bytes: &[u8]) {
    let Ok(text) = std::str::from_utf8(bytes) else {
        return;
    };
    match Answers::from_text(text, "answers.toml") {
        Ok(answers) => {
            let today = LocalDay::of(&jiff::Zoned::default(), Time::midnight());
            let library = Library::open([]);
            let exercise = library.load("unsent-letter").expect("it is built in");
            let _ = problems(&exercise, &answers, &[], &today);
        }
        Err(error) => {
            assert!(!error.to_string().contains(is_unsafe));
        }
    }
}

/// What claims to be encrypted is opened by nobody whom it was not made for. Keys are read or refused.
pub fn vault_header(bytes: &[u8]) {
    let header = seal::header(bytes);
    let key = seal::Identity::read(KEY).expect("a key");
    if seal::open(bytes, &key).is_ok() {
        header.expect("what can be opened begins as it should");
    }
    if let Ok(text) = std::str::from_utf8(bytes) {
        let _ = text.parse::<seal::Recipient>();
        let _ = seal::Identity::read(text);
    }
}

/// An archive is proven or refused.
pub fn archive(bytes: &[u8]) {
    let _ = archive::prove(bytes);
}

/// A key for this alone.
pub const KEY: &str = "AGE-SECRET-KEY-1WJZ0X6E3CMN8PQ4CY8LDXQPUZDALWY2SE026D36X62UCF94ELJCQ2G5WM0";

/// Nothing but Enter is Enter, and Ctrl-C works whatever came before it.
pub fn keys(bytes: &[u8]) {
    // The first byte says in how large pieces the rest comes.
    let Some((size, bytes)) = bytes.split_first() else {
        return;
    };
    let pieces = bytes.chunks(usize::from(*size).max(1));
    let pressed = keys_in(pieces.clone());
    let holds = |part: &[u8]| bytes.windows(part.len()).any(|here| here == part);
    // A line end, and the numbers that protocols have for Enter, Ctrl-J and Ctrl-M.
    let enters: [&[u8]; 8] = [b"\r", b"\n", b"13", b"57414", b"106", b"109", b"74", b"77"];
    // The keypad, where modifiers can stand before the letter.
    let is_modifier = |byte: &u8| matches!(byte, b'0'..=b'9' | b';');
    let is_keypad = |from: &[u8]| {
        let body = from
            .strip_prefix(b"\x1bO")
            .or(from.strip_prefix(b"\xc2\x8f"));
        let mut letters = body.into_iter().flatten().skip_while(|it| is_modifier(it));
        letters.next() == Some(&b'M')
    };
    let keypad = (0..bytes.len()).any(|at| is_keypad(&bytes[at..]));
    if !keypad && !enters.into_iter().any(holds) {
        assert!(!pressed.contains(&Key::Enter), "{pressed:?}");
    }
    let stopped = keys_in(pieces.chain([b"\x03".as_slice()]));
    assert_eq!(stopped.last(), Some(&Key::Interrupt), "{stopped:?}");
}

/// Text that comes in by the one door has no byte order mark before it and no NUL byte in it, and once
/// it is clean it stays as it is.
pub fn text(bytes: &[u8]) {
    let Ok(read) = input::decode(bytes.to_vec()) else {
        return;
    };
    assert!(!read.contains('\0'));
    if let Ok(as_it_was) = std::str::from_utf8(bytes) {
        assert_eq!(
            read,
            as_it_was.strip_prefix('\u{feff}').unwrap_or(as_it_was)
        );
    }
    let kept = clean(&read);
    assert!(!kept.contains(is_unsafe), "{kept:?}");
    assert_eq!(clean(&kept), kept);
    assert!(!inert(&read).contains(is_unsafe));
    let again = input::decode(kept.clone().into_owned().into_bytes()).expect("it is text");
    assert_eq!(again, kept.strip_prefix('\u{feff}').unwrap_or(&kept));
}
