//! Random walks of two people who pause and go on, with passphrases of their own or without, and who
//! take back and change between what they showed: everything can be saved, everything is found again, and
//! nothing closed lies anywhere.

use std::cell::RefCell;
use std::path::Path;
use std::process::{Command, Output};

use proptest::prelude::*;
use proptest::sample::Index;
use trust_coach::engine::{Context, Engine, Scene};
use trust_coach::exercise::{Asking, Exercise};
use trust_coach::home::world;
use trust_coach::journal::vault::seal::Passphrase;
use trust_coach::journal::{Lock, Store, Writer, opened_answer};
use trust_coach::session::{Moment, Partner, Session, SessionState};
use trust_coach::sessions::runner::{
    Event, Feedback, Runner, SessionEnd, SharedKeyboard, SoftLines,
};

use crate::closed::{lies_below, store as store_at};
use crate::common::now;
use crate::random_exercise::Dice;
use crate::walks_at_keyboard::{NoRules, OWN, TwoPeople};
use crate::walks_for_two::{BUILT_IN_FOR_TWO, session_of_two};

fn program(home: &Path, args: &[&str]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_trust-coach"));
    command.args(args).env("TRUST_COACH_HOME", home);
    command.stdin(std::process::Stdio::null());
    command.output().unwrap()
}

/// Goes on with a session as long as they have patience.
fn go_on(store: &Store, exercise: &Exercise, id: &str, people: &mut TwoPeople<'_>) -> Session {
    let lock = Lock::take(store, id).unwrap();
    let mut session = store.sessions().read(id).unwrap();
    let sealer = store.sealer(&mut session).unwrap();
    let writer = Writer::start_sealing(store.clone(), lock, session.clone(), Some(sealer)).unwrap();
    people.at = Scene::Together;
    people.went_back = false;
    people.patience = 3 + people.dice.below(40);
    let open = people.open;
    let mut listener = |event: &Event<'_>| {
        if let Event::Shown(_, answers) = event {
            open.borrow_mut()
                .extend(answers.iter().filter_map(|answer| answer.words()));
        }
    };
    let mut runner = Runner {
        engine: Engine::new(exercise.clone(), session, Context::default()),
        prompter: people,
        saver: &writer,
        listener: &mut listener,
        now: &now,
        person: true,
        support: &|_| String::new(),
        feedback: Feedback::new(&NoRules, SoftLines::default()),
        keyboard: SharedKeyboard::default(),
    };
    let end = runner.run().unwrap();
    let session = runner.engine.session().clone();
    assert_eq!(end == SessionEnd::Done, session.state == SessionState::Done);
    session
}

/// Every answer with its words, those under a passphrase of somebody's own as well.
fn words_of(store: &Store, session: &Session) -> Vec<(String, String)> {
    let mut session = session.clone();
    if session.state == SessionState::Open {
        store.sealer(&mut session).unwrap();
    }
    for partner in Partner::PAIR {
        let Some(own) = session.own_key(partner) else {
            continue;
        };
        let passphrase = Passphrase::new(OWN.to_string());
        let key = store
            .unlock_own_key(&session.id, &own, &passphrase)
            .unwrap();
        for answer in &mut session.answers {
            if let Some(opened) = opened_answer(answer, &key) {
                *answer = opened;
            }
        }
    }
    let answers = session.answers.iter();
    let words = answers.filter_map(|answer| Some((answer.id().to_string(), answer.words()?)));
    words.filter(|(_, words)| !words.is_empty()).collect()
}

/// One of them takes something back, or they change something.
fn change(home: &Path, exercise: &Exercise, session: &Session, people: &mut TwoPeople<'_>) {
    let own = home.with_extension("own");
    std::fs::write(&own, OWN).unwrap();
    let own = own.to_str().unwrap();
    let id = session.id.as_str();
    let given = session
        .answers
        .iter()
        .filter(|answer| answer.words().is_some() && !answer.closed);
    let given: Vec<_> = given.collect();
    if given.is_empty() {
        return;
    }
    let answer = given[people.dice.below(given.len())];
    let step = answer.id().to_string();
    let words = answer.words().unwrap();
    let output = match (answer.by, people.dice.below(4)) {
        (Some(by), 0..=2) => {
            let mut args = vec!["history", "take-back", id, "--as", by.id()];
            match people.dice.below(3) {
                0 => args.extend(["--agreed", "A,B", "--delete"]),
                1 => args.extend(["--as-passphrase-file", own]),
                _ => args.extend(["--agreed", "A,B"]),
            }
            args.push(&step);
            let output = program(home, &args);
            if output.status.success() && words.starts_with("word") {
                people
                    .open
                    .borrow_mut()
                    .retain(|shown| !words.contains(shown));
                assert_eq!(lies_below(home, &words), None, "{args:?} {output:?}");
            }
            output
        }
        _ => {
            people.serial += 1;
            let asked = exercise.step(&answer.step).unwrap();
            let given = match &asked.ask {
                Asking::Choose { options, .. } | Asking::Pick { options, .. } => {
                    options[people.dice.below(options.len())].id.clone()
                }
                Asking::Rate { from, .. } => from.to_string(),
                Asking::Confirm => "no".to_string(),
                Asking::Date => "tomorrow".to_string(),
                _ => format!("word{}changed", people.serial),
            };
            let text = home.with_extension("text");
            std::fs::write(&text, given).unwrap();
            program(
                home,
                &[
                    "history",
                    "edit",
                    id,
                    &step,
                    "--text-file",
                    text.to_str().unwrap(),
                ],
            )
        }
    };
    let code = output.status.code();
    assert!(matches!(code, Some(0..=2)), "{step}: {output:?}");
}

/// So many walks, each with a program that is started again and again.
fn walks() -> u32 {
    let more = std::env::var("TRUST_COACH_WALKS");
    more.map_or(4, |more| more.parse().unwrap())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(walks()))]

    #[test]
    fn two_who_pause_take_back_and_change_can_always_go_on_and_lose_nothing(
        entropy in prop::collection::vec(any::<u16>(), 100..900), at in any::<Index>(),
    ) {
        let mut dice = Dice::new(&entropy);
        let exercise = BUILT_IN_FOR_TWO[at.index(BUILT_IN_FOR_TWO.len())].clone();
        let folder = tempfile::tempdir().unwrap();
        let home = folder.path().join("home");
        let store = store_at(&home);
        let passphrase = Passphrase::new(OWN.to_string());
        for name in ["A", "B"] {
            if dice.below(4) > 0 {
                store.add_partner(name, &Moment::new(&now()), &passphrase, 2).unwrap();
            }
        }
        let mut begun = Session {
            id: store.sessions().claim(&jiff::Zoned::now(), world::random).unwrap(),
            ..session_of_two(&exercise)
        };
        let sealer = store.sealer(&mut begun).unwrap();
        let lock = Lock::take(&store, &begun.id).unwrap();
        let writer = Writer::start_sealing(store.clone(), lock, begun.clone(), Some(sealer)).unwrap();
        writer.save(&begun).unwrap();
        drop(writer);
        let open = RefCell::default();
        let mut people = TwoPeople {
            dice, serial: 0, at: Scene::Together, alone: Vec::new(), open: &open, went_back: false,
            shows_gladly: true,
            patience: 0,
        };
        for _ in 0..8 {
            // Another program goes on with it each time.
            let store = store_at(&home);
            let session = go_on(&store, &exercise, &begun.id, &mut people);
            let read: Session = store.sessions().read(&begun.id).unwrap();
            prop_assert_eq!(words_of(&store, &read), words_of(&store, &session));
            for (_, words) in people.alone.iter().filter(|(_, words)| !open.borrow().contains(words)) {
                prop_assert_eq!(lies_below(&home, words), None, "{}", words);
            }
            if session.state == SessionState::Done {
                break;
            }
            change(&home, &exercise, &read, &mut people);
        }
        let doctor = program(&home, &["doctor"]);
        prop_assert!(doctor.status.success(), "{:?}", doctor);
    }
}
