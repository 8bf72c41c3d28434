//! The minutes that an exercise says it takes, held against what made-up people take: they read at
//! 180 words a minute and write at 12.

use trust_coach::exercise::StepKind;
use trust_coach::exercise::library::BUILT_IN;
use trust_coach::session::{Answer, Outcome, Session};
use unicode_segmentation::UnicodeSegmentation;

use crate::personas::{Persona, personas_of};

fn words(text: &str) -> usize {
    text.unicode_words().count()
}

/// How many words somebody reads on their way: what stands around the steps, what each of them says,
/// their own sentences where they are put together. Hints and reasons are read on request alone.
fn read(persona: &Persona, session: &Session) -> usize {
    let exercise = &persona.exercise;
    let caution = exercise.caution.as_deref().unwrap_or_default();
    let around = words(&exercise.opening) + words(caution) + words(&exercise.closing.outline());
    let met = session.answers.iter().map(|answer| {
        let step = exercise.step(&answer.step).unwrap();
        let options = step.options().iter();
        let options = options.map(|one| words(&one.label) + one.note.as_deref().map_or(0, words));
        let own = match answer.kind {
            StepKind::Compose => answer.words().map_or(0, |own| words(&own)),
            _ => 0,
        };
        words(&answer.prompt) + options.sum::<usize>() + own
    });
    around + met.sum::<usize>()
}

fn written(session: &Session) -> usize {
    let texts = session.answers.iter().filter(|answer| {
        matches!(answer.kind, StepKind::Write | StepKind::Draw)
            && matches!(answer.given, Outcome::Value(_))
    });
    texts.filter_map(Answer::words).map(|own| words(&own)).sum()
}

/// For how many minutes one of two people has the floor.
fn on_the_floor(persona: &Persona, session: &Session) -> f64 {
    let steps = session.answers.iter().filter(|answer| !answer.closed);
    let steps = steps.filter_map(|answer| persona.exercise.step(&answer.step));
    let seconds = steps.filter_map(|step| step.participation.seconds);
    f64::from(seconds.sum::<u32>()) / 60.0
}

#[test]
fn the_minutes_of_an_exercise_are_within_a_quarter_of_what_somebody_takes_who_does_it_whole() {
    let mut far = Vec::new();
    for (id, _) in BUILT_IN {
        let people = personas_of(id);
        let takes = people.iter().map(|persona| {
            let (session, noting) = persona.by_script();
            let count = |number: usize| f64::from(u32::try_from(number).unwrap());
            let floor = on_the_floor(persona, &session);
            let (read, written) = (read(persona, &session), written(&session));
            let closed = noting.closed;
            count(read + closed.read) / 180.0 + count(written + closed.written) / 12.0 + floor
        });
        let most = takes.fold(0.0, f64::max);
        #[allow(clippy::cast_precision_loss, reason = "at most 600")]
        let stated = people[0].exercise.head.minutes as f64;
        // A minute is the least that can be said.
        let near = (stated - most).abs() <= (most / 4.0).max(1.0);
        if !near {
            far.push(format!(
                "{id}: `minutes` is {stated}, and the slowest in tests/answers/{id}/ takes {most:.1}"
            ));
        }
    }
    assert!(far.is_empty(), "{far:#?}");
}
