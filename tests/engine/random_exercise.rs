//! Random valid exercises out of a list of numbers, so that a failing one shrinks.

use trust_coach::exercise::{
    AnswerOption, AnswerTest, Asking, Condition, Exercise, ExerciseHead, Group, LineLimit,
    Participation, PoolItem, PromiseSources, Reference, Step, StepKind, Strategy, Template,
    TemplatePiece,
};

/// Numbers handed out one by one, and zero when they are used up.
#[derive(Clone)]
pub struct Dice<'a> {
    numbers: std::slice::Iter<'a, u16>,
}

impl<'a> Dice<'a> {
    pub fn new(numbers: &'a [u16]) -> Self {
        Self {
            numbers: numbers.iter(),
        }
    }

    pub fn below(&mut self, bound: usize) -> usize {
        usize::from(*self.numbers.next().unwrap_or(&0)) % bound.max(1)
    }
}

pub fn exercise(dice: &mut Dice<'_>) -> Exercise {
    let count = 2 + dice.below(9);
    let grouped = if dice.below(2) == 0 {
        0..0
    } else {
        let at = dice.below(count);
        at..at + 1 + dice.below(count - at)
    };
    let mut steps: Vec<Step> = Vec::new();
    for at in 0..count {
        let step = step(dice, at, &steps, grouped.contains(&at));
        steps.push(step);
    }
    let groups = (!grouped.is_empty()).then(|| Group {
        name: "again".into(),
        repeat_until: condition(dice, &steps[..grouped.end]),
        at_most: 1 + u32::try_from(dice.below(4)).unwrap(),
        swap: false,
        each_promise: false,
        unasked: Vec::new(),
    });
    Exercise {
        head: ExerciseHead {
            id: "random".into(),
            version: 1,
            lang: "en".into(),
            title: "Random".into(),
            strategy: Strategy::Values,
            minutes: 5,
            summary: "A walk.".into(),
            gate: false,
            for_two: false,
            tags: Vec::new(),
            pack: None,
        },
        opening: "Begin.".into(),
        closing: template(dice, &steps),
        caution: None,
        sources: Vec::new(),
        groups: groups.into_iter().collect(),
        steps,
    }
}

fn step(dice: &mut Dice<'_>, at: usize, before: &[Step], grouped: bool) -> Step {
    let when = !before.is_empty() && dice.below(3) == 0;
    let ask = asking(dice, before);
    // Nothing is given there.
    let is_read = matches!(ask, Asking::Say { .. });
    Step {
        id: format!("s{at}"),
        was: None,
        ask,
        when: when.then(|| condition(dice, before)),
        group: grouped.then(|| String::from("again")),
        prompt: template(dice, before),
        name: None,
        why: Some(template(dice, before)),
        hints: (0..dice.below(3)).map(|_| template(dice, before)).collect(),
        optional: false,
        default: None,
        pin: dice.below(3) == 0,
        sensitive: dice.below(5) == 0 && !is_read,
        unmarked: dice.below(5) == 0,
        help: false,
        remember: None,
        once: false,
        participation: Participation::default(),
    }
}

fn asking(dice: &mut Dice<'_>, before: &[Step]) -> Asking {
    let options = || {
        (0..3)
            .map(|n| AnswerOption {
                id: format!("o{n}"),
                label: format!("Option {n}"),
                note: None,
            })
            .collect()
    };
    let text = before.iter().find(|step| step.kind().gives_text());
    match dice.below(11) {
        0 => Asking::Say { change: None },
        1 => Asking::Write {
            lines: LineLimit::Many,
            min_words: Some(3),
            review: None,
            about: None,
            of_promise: false,
        },
        2 => Asking::Write {
            lines: LineLimit::One,
            min_words: None,
            review: None,
            about: None,
            of_promise: false,
        },
        3 => Asking::Choose {
            options: options(),
            other: dice.below(2) == 0,
            verdict: false,
        },
        4 => Asking::Pick {
            options: options(),
            min: u32::try_from(dice.below(2)).unwrap(),
            max: 3,
        },
        5 => Asking::Rate {
            from: 1,
            to: 7,
            low: None,
            high: None,
            measure: None,
            up_is_better: None,
        },
        6 => Asking::Confirm,
        7 => Asking::Draw {
            pool: (0..3)
                .map(|n| PoolItem {
                    id: format!("i{n}"),
                    text: format!("Scene {n}."),
                    depth: 1,
                    not_for: Vec::new(),
                })
                .collect(),
            review: None,
        },
        8 => Asking::Date,
        9 if text.is_some() => Asking::Promise(PromiseSources {
            what: text.unwrap().id.clone(),
            ..PromiseSources::default()
        }),
        _ if before.is_empty() => Asking::Date,
        _ => Asking::Compose {
            from: before
                .iter()
                .filter(|_| dice.below(2) == 0)
                .map(|step| step.id.clone())
                .collect(),
            headings: dice.below(2) == 0,
            review: None,
        },
    }
}

fn condition(dice: &mut Dice<'_>, before: &[Step]) -> Condition {
    match dice.below(8) {
        7 => Condition::Not(Box::new(condition(dice, before))),
        6 => Condition::All(vec![condition(dice, before), condition(dice, before)]),
        5 => Condition::Any(vec![condition(dice, before), condition(dice, before)]),
        _ => {
            let step = &before[dice.below(before.len())];
            let test = match (step.kind(), dice.below(3)) {
                (_, 0) => AnswerTest::Answered(dice.below(2) == 0),
                (StepKind::Choose, 1) => AnswerTest::Is("o1".into()),
                (StepKind::Choose, _) => AnswerTest::IsNot("o1".into()),
                (StepKind::Pick, _) => AnswerTest::Includes("o2".into()),
                (StepKind::Rate, 1) => AnswerTest::AtLeast(4),
                (StepKind::Rate, _) => AnswerTest::AtMost(4),
                (StepKind::Confirm, _) => AnswerTest::Is("true".into()),
                _ => AnswerTest::Answered(true),
            };
            Condition::Step {
                step: step.id.clone(),
                test,
            }
        }
    }
}

fn template(dice: &mut Dice<'_>, before: &[Step]) -> Template {
    let mut pieces = vec![TemplatePiece::Text("Words here. ".into())];
    if !before.is_empty() && dice.below(2) == 0 {
        let step = before[dice.below(before.len())].id.clone();
        pieces.push(TemplatePiece::Answer(Reference {
            exercise: None,
            step,
            otherwise: Some("nothing".into()),
        }));
    }
    Template { pieces }
}
