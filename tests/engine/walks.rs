//! Random walks over random valid exercises.

use std::collections::BTreeMap;

use crate::common::now;
use crate::random_exercise::{Dice, exercise};
use proptest::prelude::*;
use trust_coach::ask::{Ask, InitialSource, Input, Want};
use trust_coach::engine::{Context, Engine, usual_steps};
use trust_coach::exercise::library::{BUILT_IN, Library};
use trust_coach::exercise::{Asking, Exercise, PoolItem, Step};
use trust_coach::journal::format;
use trust_coach::session::{self, AnswerId, Moment, Session, SessionState};

pub(crate) fn session(exercise: &Exercise, seed: u64) -> Session {
    Session {
        id: "20261122T174501.000Z-00000001".into(),
        ..Session::new(&exercise.head, Moment::new(&now()), seed)
    }
}

fn begin(exercise: &Exercise) -> Engine {
    Engine::new(exercise.clone(), session(exercise, 7), Context::default())
}

/// The first `draw` of a session and the item that it shows; every step before it is left out. The
/// engine is handed back where it stands.
fn first_draw(mut engine: Engine) -> Option<(Engine, Step, String)> {
    while engine.ask().is_some() {
        let at = engine.session().at.clone().unwrap();
        let item = engine
            .session()
            .answer(&AnswerId::new(&at, 1))
            .and_then(|a| a.item.clone());
        let step = engine.exercise().step(&at).cloned().unwrap();
        if let Some(item) = item {
            return Some((engine, step, item));
        }
        engine.skip(&now());
    }
    None
}

#[test]
fn a_named_item_is_drawn_unless_there_is_none_of_that_name_or_another_was_shown() {
    let mut met = 0;
    for (id, _) in BUILT_IN {
        let exercise = Library::open(None).load(id).unwrap();
        let Some((engine, step, by_chance)) = first_draw(begin(&exercise)) else {
            continue;
        };
        let Asking::Draw { pool, .. } = &step.ask else {
            panic!("{} draws nothing", step.id);
        };
        let other = |item: &&PoolItem| item.id != by_chance;
        let other = pool.iter().find(other).unwrap().id.clone();
        let wanting = |session: &Session, item: &str| {
            let draws = [(step.id.clone(), item.to_string())].into();
            let context = Context {
                draws,
                ..Context::default()
            };
            let engine = Engine::new(exercise.clone(), session.clone(), context);
            first_draw(engine).unwrap().2
        };
        let anew = session(&exercise, 7);
        assert_eq!(wanting(&anew, &other), other, "{id}");
        assert_eq!(wanting(&anew, "no-such-item"), by_chance, "{id}");
        assert_eq!(wanting(engine.session(), &other), by_chance, "{id}");
        met += 1;
    }
    assert!(met > 0);
}

/// A valid answer, every text a word of its own so that it can be found again.
pub(crate) fn reply(ask: &Ask, dice: &mut Dice<'_>, serial: &mut u32) -> Input {
    *serial += 1;
    match &ask.want {
        Want::Ready => Input::Ready,
        Want::Line | Want::Text => Input::Words(format!("word{serial}word")),
        Want::One { options, other } => {
            match dice.below(options.len() + usize::from(other.is_some())) {
                at if at < options.len() => Input::Options(vec![options[at].id.clone()]),
                _ => Input::Words(format!("word{serial}word")),
            }
        }
        Want::Many { options, min, max } => {
            let count = (min + dice.below(max - min + 1)).min(options.len());
            let first = dice.below(options.len() - count + 1);
            Input::Options(
                options[first..first + count]
                    .iter()
                    .map(|o| o.id.clone())
                    .collect(),
            )
        }
        Want::Scale { from, to, .. } => {
            let steps = usize::try_from(to - from).unwrap();
            Input::Words((from + i64::try_from(dice.below(steps + 1)).unwrap()).to_string())
        }
        Want::YesNo => Input::Words(if dice.below(2) == 0 { "yes" } else { "no" }.into()),
        Want::Date => Input::Words(format!("in {} days", dice.below(300))),
        Want::When { .. } => Input::Words(format!("each sunday for {} weeks", 1 + dice.below(9))),
    }
}

/// One step forward: an answer, or now and then a skip.
fn go_on(engine: &mut Engine, dice: &mut Dice<'_>, serial: &mut u32) -> bool {
    let Some(ask) = engine.ask() else {
        return false;
    };
    if dice.below(6) == 0 {
        engine.skip(&now());
    } else {
        let given = reply(&ask, dice, serial);
        let taken = engine.answer(&given, &now());
        assert_eq!(taken, Ok(()), "{given:?} for {ask:?}");
    }
    true
}

/// Gives the current step again what it already holds.
fn give_again(engine: &mut Engine) {
    let id = engine.current_id().unwrap();
    let skipped = engine.session().answer(&id).unwrap().given == session::Outcome::Skipped;
    let ask = engine.ask().unwrap();
    if skipped {
        engine.skip(&now());
    } else if ask.want == Want::Ready {
        engine.answer(&Input::Ready, &now()).unwrap();
    } else {
        assert_eq!(ask.initial_by, InitialSource::Person);
        engine
            .answer(&Input::Words(ask.initial.unwrap()), &now())
            .unwrap();
    }
}

pub(crate) fn shown(ask: &Ask) -> String {
    let pins: Vec<&str> = ask.pins.iter().map(|pin| pin.text.as_str()).collect();
    format!(
        "{}\n{}\n{}",
        ask.prompt,
        pins.join("\n"),
        ask.initial.clone().unwrap_or_default()
    )
}

fn unreached_words(engine: &Engine) -> Vec<String> {
    let answers = engine
        .session()
        .answers
        .iter()
        .filter(|answer| answer.unreached);
    answers
        .filter_map(trust_coach::session::Answer::words)
        .filter(|w| w.starts_with("word"))
        .collect()
}

/// Goes forward to the end; the number of steps that is told only ever shrinks, unless it is not told.
fn assert_never_grows(exercise: &Exercise, dice: &mut Dice<'_>) {
    let (mut engine, mut serial, mut told) = (begin(exercise), 0, Vec::<usize>::new());
    while let Some(ask) = engine.ask() {
        let place = ask.place.unwrap();
        if !place.grew {
            told.push(place.of);
            let least = told.iter().min() == Some(&place.of);
            assert!(least && place.step <= place.of, "{told:?}");
        }
        go_on(&mut engine, dice, &mut serial);
    }
}

#[test]
fn on_the_usual_way_of_every_exercise_the_number_of_steps_is_told_all_the_time() {
    for (id, _) in BUILT_IN {
        let exercise = Library::open(None).load(id).unwrap();
        // How often two people are asked is told once they have begun.
        if exercise.head.for_two {
            continue;
        }
        let usual = usual_steps(&exercise);
        let mut engine = begin(&exercise);
        while let Some(ask) = engine.ask() {
            let at = engine.session().at.clone().unwrap();
            // Nobody can tell how often a group is repeated.
            let is_usual = usual
                .iter()
                .any(|step| step.id == at && step.group.is_none());
            if !is_usual {
                break;
            }
            assert!(!ask.place.unwrap().grew, "{id}, {at}");
            let given = match &ask.want {
                Want::Many { options, min, .. } => {
                    let first = options.iter().take((*min).max(1));
                    Input::Options(first.map(|option| option.id.clone()).collect())
                }
                Want::Scale { from, .. } => Input::Words(from.to_string()),
                Want::One { options, .. } => Input::Options(vec![options[0].id.clone()]),
                Want::YesNo => Input::Words("yes".into()),
                want => reply(
                    &Ask::own("a", "", want.clone()),
                    &mut Dice::new(&[1]),
                    &mut 0,
                ),
            };
            engine.answer(&given, &now()).unwrap();
        }
    }
}

proptest! {
    #[test]
    fn the_number_of_steps_never_grows(
        entropy in proptest::collection::vec(any::<u16>(), 40..400), at in any::<proptest::sample::Index>(),
    ) {
        let dice = &mut Dice::new(&entropy);
        assert_never_grows(&exercise(dice), dice);
        let (id, _) = BUILT_IN[at.index(BUILT_IN.len())];
        assert_never_grows(&Library::open(None).load(id).unwrap(), dice);
    }

    #[test]
    fn any_walk_ends_without_a_panic(entropy in proptest::collection::vec(any::<u16>(), 40..400)) {
        let dice = &mut Dice::new(&entropy);
        let exercise = exercise(dice);
        let (mut engine, mut serial) = (begin(&exercise), 0);
        for _ in 0..60 {
            match dice.below(8) {
                0 => { engine.back(); }
                1 => { engine.hint(); engine.why(); engine.closing(); }
                2 => engine.progress("half a sent"),
                3 => { let review: Vec<_> = engine.review().iter().map(|(_, answer)| answer.id()).collect();
                       if !review.is_empty() { engine.revise(&review[dice.below(review.len())]); } }
                4 => { engine = Engine::new(exercise.clone(), engine.session().clone(), Context::default()); }
                _ => { go_on(&mut engine, dice, &mut serial); }
            }
        }
        let mut left = 500;
        while go_on(&mut engine, dice, &mut serial) {
            left -= 1;
            prop_assert!(left > 0, "the walk does not end");
        }
        engine.finish(&now());
        prop_assert_eq!(engine.session().state, SessionState::Done);
        prop_assert!(engine.session().answers.iter().all(|answer| answer.settled() || answer.progress.is_some()));
    }

    #[test]
    fn going_back_and_giving_the_same_answers_gives_the_same_session(
        entropy in proptest::collection::vec(any::<u16>(), 40..400), steps in 1..20_usize, back in 1..20_usize,
    ) {
        let dice = &mut Dice::new(&entropy);
        let exercise = exercise(dice);
        let (mut engine, mut serial) = (begin(&exercise), 0);
        for _ in 0..steps {
            go_on(&mut engine, dice, &mut serial);
        }
        engine.ask();
        let (before, here) = (engine.session().clone(), engine.current_id());
        let mut gone = 0;
        while gone < back && engine.back() {
            engine.ask();
            gone += 1;
        }
        for _ in 0..gone {
            give_again(&mut engine);
        }
        engine.ask();
        prop_assert_eq!(engine.current_id(), here);
        prop_assert_eq!(engine.session(), &before);
    }

    #[test]
    fn every_wording_of_a_text_that_was_ever_given_is_still_there(
        entropy in proptest::collection::vec(any::<u16>(), 40..400),
    ) {
        let dice = &mut Dice::new(&entropy);
        let exercise = exercise(dice);
        let (mut engine, mut serial) = (begin(&exercise), 0);
        let mut given: BTreeMap<AnswerId, Vec<String>> = BTreeMap::new();
        for _ in 0..40 {
            if dice.below(2) == 0 {
                engine.back();
            }
            let (Some(ask), Some(turn)) = (engine.ask(), engine.current_id()) else { break };
            let words = reply(&ask, dice, &mut serial);
            engine.answer(&words, &now()).unwrap();
            if let (Want::Line | Want::Text, Input::Words(words)) = (&ask.want, words) {
                given.entry(turn).or_default().push(words);
            }
        }
        for (id, mut texts) in given {
            let answer = engine.session().answer(&id).unwrap();
            let versions = answer.versions.iter().map(|version| &version.value);
            let all: Vec<String> = versions.chain(answer.value())
                .map(|value| match value {
                    session::Value::Text(text) => text.clone(),
                    other => format!("{other:?}"),
                })
                .collect();
            texts.dedup();
            // Of more than 20 earlier wordings not all are kept.
            prop_assert!(texts.len() > 21 || texts.iter().all(|text| all.contains(text)), "{texts:?} {all:?}");
            prop_assert!(all.windows(2).all(|pair| pair[0] != pair[1]), "{all:?}");
        }
    }

    #[test]
    fn a_paused_and_resumed_session_equals_an_uninterrupted_one(
        entropy in proptest::collection::vec(any::<u16>(), 40..400), pauses in proptest::collection::vec(any::<bool>(), 60),
    ) {
        let dice = &mut Dice::new(&entropy);
        let exercise = exercise(dice);
        let (mut whole, mut serial) = (begin(&exercise), 0);
        let (mut paused, mut other_serial) = (whole.clone(), 0);
        for pause in pauses {
            let rest = &mut dice.clone();
            go_on(&mut whole, dice, &mut serial);
            if pause {
                paused.ask();
                let saved = format::from_text(&format::to_text(paused.session())).unwrap();
                paused = Engine::new(exercise.clone(), saved, Context::default());
            }
            go_on(&mut paused, rest, &mut other_serial);
        }
        prop_assert_eq!(whole.session(), paused.session());
    }

    #[test]
    fn an_answer_of_a_branch_not_taken_is_never_shown(
        entropy in proptest::collection::vec(any::<u16>(), 40..400),
    ) {
        let dice = &mut Dice::new(&entropy);
        let exercise = exercise(dice);
        let (mut engine, mut serial) = (begin(&exercise), 0);
        for _ in 0..60 {
            if dice.below(3) == 0 {
                engine.back();
            }
            let Some(ask) = engine.ask() else { break };
            let shown = shown(&ask);
            for words in unreached_words(&engine) {
                prop_assert!(!shown.contains(&words), "{words} in {shown}");
                prop_assert!(!engine.closing().contains(&words));
            }
            go_on(&mut engine, dice, &mut serial);
        }
    }
}
