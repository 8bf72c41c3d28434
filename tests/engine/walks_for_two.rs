//! Random walks of two people at one keyboard, over every exercise for two and over random ones.

use std::sync::LazyLock;

use proptest::prelude::*;
use proptest::sample::Index;
use trust_coach::engine::{Context, Engine, Scene};
use trust_coach::exercise::library::{BUILT_IN, Library};
use trust_coach::exercise::{Exercise, StepKind};
use trust_coach::home::world;
use trust_coach::journal::{Lock, Writer, format};
use trust_coach::session::{Answer, Moment, Partner, Partners, Session, SessionState, Value};

use crate::closed::{lies_below, store};
use crate::common::now;
use crate::random_exercise::Dice;
use crate::random_for_two::exercise_for_two;
use crate::walks::{reply, session, shown};

/// Every exercise for two that comes with the program, read once.
pub(crate) static BUILT_IN_FOR_TWO: LazyLock<Vec<Exercise>> = LazyLock::new(|| {
    let library = Library::open(None);
    let all = BUILT_IN.iter().map(|(id, _)| library.load(id).unwrap());
    all.filter(|exercise| exercise.head.for_two).collect()
});

pub(crate) fn some_exercise(dice: &mut Dice<'_>, at: Index) -> Exercise {
    match dice.below(2) {
        0 => exercise_for_two(dice),
        _ => BUILT_IN_FOR_TWO[at.index(BUILT_IN_FOR_TWO.len())].clone(),
    }
}

pub(crate) fn session_of_two(exercise: &Exercise) -> Session {
    let mut session = session(exercise, 7);
    session.set_partners(&Partners::letters());
    session
}

/// One step forward: an answer, a skip, or what both say to showing something.
fn go_on(engine: &mut Engine, dice: &mut Dice<'_>, serial: &mut u32) -> bool {
    let Some(ask) = engine.ask() else {
        return false;
    };
    if engine.current_kind() == Some(StepKind::Share) {
        let show = dice.below(2) == 0 && engine.is_whole();
        engine.share(show, &now());
    } else if dice.below(6) == 0 {
        engine.skip(&now());
    } else {
        let given = reply(&ask, dice, serial);
        assert_eq!(
            engine.answer(&given, &now()),
            Ok(()),
            "{given:?} for {ask:?}"
        );
    }
    true
}

/// Types something that isn't an answer yet, in words of its own.
fn type_on(engine: &mut Engine, serial: &mut u32) {
    *serial += 1;
    engine.progress(&format!("word{serial}typed"));
}

/// What is closed now, with whose it is. Texts are words that are found again.
fn closed_words(answers: &[Answer]) -> Vec<(Option<Partner>, String)> {
    let closed = answers.iter().filter(|answer| answer.closed);
    let words = closed.flat_map(|answer| {
        let text = match answer.own_value() {
            Some(Value::Text(text)) => Some(text.clone()),
            _ => None,
        };
        let all = [text, answer.label.clone(), answer.progress.clone()];
        let words = all
            .into_iter()
            .flatten()
            .filter(|text| text.starts_with("word"));
        words.map(|words| (answer.by, words)).collect::<Vec<_>>()
    });
    words.collect()
}

/// Nobody sees a word that is closed, but for its owner alone.
fn assert_only_owners_read(engine: &mut Engine) {
    let Some(ask) = engine.ask() else { return };
    let scene = engine.scene();
    let mut screens = vec![
        shown(&ask),
        engine.why().unwrap_or_default(),
        engine.closing(),
    ];
    screens.extend(engine.clone().hint().map(|hint| hint.text));
    for (by, words) in closed_words(&engine.session().answers) {
        let is_theirs = by.map(Scene::Alone) == scene;
        let seen = screens.iter().any(|screen| screen.contains(&words));
        assert!(is_theirs || !seen, "{words} of {by:?} in {screens:?}");
    }
    for partner in Partner::PAIR {
        let theirs = engine.closed_of(partner);
        assert!(theirs.iter().all(|answer| answer.by == Some(partner)));
    }
}

/// Goes back, and never to what the other one gave.
fn go_back(engine: &mut Engine) {
    let (scene, by) = (engine.scene(), engine.current_id().and_then(|id| id.by));
    if engine.back() {
        assert_eq!(engine.scene(), scene);
        let now = engine.current_id().and_then(|id| id.by);
        assert!(
            scene == Some(Scene::Together) || now == by,
            "{by:?}, {now:?}"
        );
    }
}

proptest! {
    #[test]
    fn a_walk_of_two_ends_back_never_crosses_and_nobody_reads_what_the_other_closed(
        entropy in prop::collection::vec(any::<u16>(), 60..400), at in any::<Index>(),
    ) {
        let dice = &mut Dice::new(&entropy);
        let exercise = some_exercise(dice, at);
        let mut engine = Engine::new(exercise.clone(), session_of_two(&exercise), Context::default());
        let mut serial = 0;
        for _ in 0..60 {
            assert_only_owners_read(&mut engine);
            match dice.below(8) {
                0 | 1 => go_back(&mut engine),
                2 => type_on(&mut engine, &mut serial),
                3 => engine = Engine::new(exercise.clone(), engine.session().clone(), Context::default()),
                4 => {
                    // Only what both see can be looked at again at the end.
                    let review: Vec<_> = engine.review().iter().map(|(_, answer)| (*answer).clone()).collect();
                    prop_assert!(closed_words(&review).is_empty(), "{review:?}");
                }
                _ => _ = go_on(&mut engine, dice, &mut serial),
            }
        }
        let mut left = 500;
        while go_on(&mut engine, dice, &mut serial) {
            left -= 1;
            prop_assert!(left > 0, "the walk does not end");
        }
        let kept = closed_words(&engine.session().answers);
        engine.finish(&now());
        prop_assert_eq!(engine.session().state, SessionState::Done);
        let text = format::to_text(engine.session());
        prop_assert!(kept.iter().all(|(_, words)| !text.contains(words)), "{kept:?} in {text}");
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(12))]

    #[test]
    fn on_every_walk_each_prefix_of_the_file_parses_and_has_no_closed_word(
        entropy in prop::collection::vec(any::<u16>(), 60..300), at in any::<Index>(),
    ) {
        let dice = &mut Dice::new(&entropy);
        let exercise = some_exercise(dice, at);
        let home = tempfile::tempdir().unwrap();
        let store = store(home.path());
        let mut begun = Session {
            id: store.sessions().claim(&jiff::Zoned::now(), world::random).unwrap(),
            started: Moment::new(&now()),
            ..session_of_two(&exercise)
        };
        let sealer = store.sealer(&mut begun).unwrap();
        let lock = Lock::take(&store, &begun.id).unwrap();
        let path = store.sessions().path(&begun.id);
        let writer = Writer::start_sealing(store.clone(), lock, begun.clone(), Some(sealer)).unwrap();
        let (mut engine, mut serial) = (Engine::new(exercise.clone(), begun, Context::default()), 0);
        for _ in 0..30 {
            match dice.below(6) {
                0 => go_back(&mut engine),
                1 => type_on(&mut engine, &mut serial),
                _ if go_on(&mut engine, dice, &mut serial) => {}
                _ => break,
            }
            writer.save(engine.session()).unwrap();
            for (_, words) in closed_words(&engine.session().answers) {
                prop_assert_eq!(lies_below(home.path(), &words), None);
            }
            let left = std::fs::read_to_string(&path).unwrap();
            prop_assert!(format::from_text(&left).is_ok(), "{left}");
            for (cut, _) in left.match_indices("\n[[answers]]") {
                prop_assert!(format::from_text(&left[..cut]).is_ok(), "{}", &left[..cut]);
            }
            for cut in (0..left.len()).step_by(211).filter(|cut| left.is_char_boundary(*cut)) {
                if let Ok(cut) = format::from_text(&left[..cut]) {
                    prop_assert!(closed_words(&cut.answers).is_empty());
                }
            }
        }
        // Whoever goes on later finds what each closed, and goes on where they were.
        writer.save(engine.session()).unwrap();
        let mut read = store.sessions().read(&engine.session().id).unwrap();
        store.sealer(&mut read).unwrap();
        let words = |session: &Session| closed_words(&session.answers);
        prop_assert_eq!(words(&read), words(engine.session()));
        let resumed = Engine::new(exercise, read, Context::default());
        prop_assert_eq!(resumed.current_id(), forward(&engine).current_id());
    }
}

/// The engine as whoever goes on later has it: at the first step that is open.
fn forward(engine: &Engine) -> Engine {
    Engine::new(
        engine.exercise().clone(),
        engine.session().clone(),
        Context::default(),
    )
}
