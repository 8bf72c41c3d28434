//! The answers file that is printed for an exercise, filled in and done; and the one that is
//! recorded of what was done, done again.

use jiff::civil::Time;
use proptest::prelude::*;

use crate::common::now;
use crate::personas::NoRules;
use trust_coach::answers::batch::{Batch, ScriptedAnswer};
use trust_coach::answers::{Answers, problems, record, to_fill_in};
use trust_coach::ask::Input;
use trust_coach::dates::LocalDay;
use trust_coach::engine::{Context, Engine};
use trust_coach::exercise::library::{BUILT_IN, Library};
use trust_coach::exercise::{Asking, Exercise, Step};
use trust_coach::session::{AnswerId, Moment, Partners, Session};
use trust_coach::sessions::runner::{
    Feedback, NoSaver, Runner, SessionEnd, SharedKeyboard, SoftLines,
};

/// So many ways of filling in are tried with each exercise.
const WAYS: usize = 8;

/// What a person could write behind the `=`.
fn value(step: &Step, way: usize) -> String {
    let option = |at: usize| &step.options()[at % step.options().len()];
    match &step.ask {
        Asking::Say { .. } => panic!("{} doesn’t ask anything", step.id),
        _ if way == WAYS - 1 => String::from("{ skip = true }"),
        Asking::Write { .. } | Asking::Draw { .. } | Asking::Compose { .. } => {
            String::from("\"\"\"\nSome words.\n\nMore of them.\n\"\"\"")
        }
        Asking::Choose { .. } if way.is_multiple_of(2) => format!("\"{}\"", option(way).id),
        Asking::Choose { options, .. } => (way % options.len() + 1).to_string(),
        Asking::Pick { min, max, .. } => {
            let count = (*min as usize + way).min(*max as usize);
            let count = count.min(step.options().len());
            let ids: Vec<String> = (0..count)
                .map(|at| format!("\"{}\"", option(way + at).id))
                .collect();
            format!("[{}]", ids.join(", "))
        }
        Asking::Rate { from, to, .. } => (from + way as i64 % (to - from + 1)).to_string(),
        Asking::Confirm => way.is_multiple_of(2).to_string(),
        Asking::Date => String::from("2026-12-01"),
        Asking::Promise(_) if way.is_multiple_of(2) => String::from("false"),
        Asking::Promise(_) => String::from("\"weekdays until 2099-12-04\""),
        Asking::Share { .. } => String::from("true"),
    }
}

fn filled_in(exercise: &Exercise, way: usize) -> String {
    let empty = to_fill_in(exercise);
    let (head, below) = empty.split_once("\n[answers]\n").unwrap();
    let (mut text, mut alone) = (format!("{head}\n[answers]\n"), false);
    for line in below.lines() {
        alone |= line.starts_with("[answers.");
        let id = line
            .strip_prefix('#')
            .and_then(|line| line.split_once(" = "));
        let at = id.and_then(|(id, _)| exercise.steps.iter().position(|step| step.id == id));
        let Some(at) = at else {
            text.push_str(&format!("{line}\n"));
            continue;
        };
        let step = &exercise.steps[at];
        let group = step.group.as_deref().and_then(|name| exercise.group(name));
        let rounds = group.map_or(1, |group| group.at_most);
        let value = match step.ask {
            Asking::Promise(_) if alone => String::from("true"),
            _ => value(step, if way == WAYS - 1 { way } else { way + at }),
        };
        text.push_str(&format!("{} = {value}\n", step.id));
        for round in 2..=rounds {
            text.push_str(&format!("\"{}@{round}\" = {value}\n", step.id));
        }
    }
    text
}

fn read(text: &str) -> Answers {
    Answers::from_text(text, "a test").unwrap()
}

/// Does the exercise with answers, and tells what was wrong with them.
fn done(exercise: &Exercise, answers: &Answers) -> (Session, Vec<String>) {
    let seed = answers.seed.unwrap_or(1);
    let mut session = Session::new(&exercise.head, Moment::new(&now()), seed);
    if exercise.head.for_two {
        session.set_partners(&Partners::letters());
    }
    let mut batch = Batch::new(answers.given.clone(), false);
    let context = Context {
        draws: answers.draws.clone(),
        ..Context::default()
    };
    let mut runner = Runner {
        engine: Engine::new(exercise.clone(), session, context),
        prompter: &mut batch,
        saver: &NoSaver::default(),
        listener: &mut |_| {},
        now: &now,
        person: false,
        support: &|_| String::new(),
        feedback: Feedback::new(&NoRules, SoftLines::default()),
        keyboard: SharedKeyboard::default(),
    };
    assert_eq!(runner.run().unwrap(), SessionEnd::Done);
    let session = runner.engine.session().clone();
    let today = LocalDay::of(&now(), Time::midnight());
    let wrong = problems(exercise, answers, batch.problems(), &today);
    let wrong = wrong.into_iter().map(|problem| problem.message);
    (session, wrong.collect())
}

#[test]
fn every_built_in_exercise_can_be_done_with_its_file_filled_in_by_kind() {
    for (id, _) in BUILT_IN {
        let exercise = Library::open(None).load(id).unwrap();
        for way in 0..WAYS {
            let text = filled_in(&exercise, way);
            let (_, wrong) = done(&exercise, &read(&text));
            assert!(wrong.is_empty(), "{id}, way {way}: {wrong:#?}\n{text}");
        }
    }
}

#[test]
fn a_file_that_was_not_touched_lacks_answers_and_has_nothing_wrong_in_it() {
    for (id, _) in BUILT_IN {
        let exercise = Library::open(None).load(id).unwrap();
        let (_, wrong) = done(&exercise, &read(&to_fill_in(&exercise)));
        assert!(!wrong.is_empty(), "{id}");
        let missing = wrong.iter().all(|message| message.starts_with("missing "));
        assert!(missing, "{id}: {wrong:#?}");
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(150))]

    #[test]
    fn whatever_was_written_a_recorded_file_gives_it_again(
        words in "(?s)[a-z'\"\\\\ \n#=\\[\\]]{0,12}.{0,12}[a-z'\"\\\\]",
        way in 0..WAYS - 1,
        which in 0..BUILT_IN.len(),
    ) {
        let exercise = Library::open(None).load(BUILT_IN[which].0).unwrap();
        let mut answers = read(&filled_in(&exercise, way));
        for (key, scripted) in &mut answers.given {
            let id: AnswerId = key.parse().unwrap();
            let step = exercise.step(&id.step).unwrap();
            let own = matches!(step.ask, Asking::Choose { other: true, .. });
            if own || matches!(step.ask, Asking::Write { .. } | Asking::Draw { .. } | Asking::Compose { .. }) {
                *scripted = ScriptedAnswer::Given(Input::Words(words.clone()));
            }
        }
        let (session, wrong) = done(&exercise, &answers);
        prop_assert!(wrong.is_empty(), "{wrong:?}");
        let recorded = record(&exercise, &session);
        let (again, wrong) = done(&exercise, &read(&recorded));
        prop_assert!(wrong.is_empty(), "{wrong:?}");
        prop_assert_eq!(again, session);
    }
}

/// What is typed to go on at a step with nothing to answer: whoever is advised to change a text is
/// asked, and leaves it as it is.
pub(crate) fn gone_on(step: Option<&Step>) -> String {
    match step.map(|step| &step.ask) {
        Some(Asking::Say { change: Some(_) }) => String::from("2"),
        _ => String::new(),
    }
}
