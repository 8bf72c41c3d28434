//! Random valid exercises out of a list of numbers, so that a failing one shrinks.

use trust_coach::exercise::{
    Asking, Choice, Condition, Exercise, Group, Head, Item, Kind, Lines, Piece, Reference, Step,
    Strategy, Template, Test,
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
    });
    Exercise {
        head: Head {
            id: "random".into(),
            version: 1,
            lang: "en".into(),
            title: "Random".into(),
            strategy: Strategy::Values,
            minutes: 5,
            summary: "A walk.".into(),
            gate: false,
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
    Step {
        id: format!("s{at}"),
        ask: asking(dice, before),
        when: when.then(|| condition(dice, before)),
        group: grouped.then(|| String::from("again")),
        prompt: template(dice, before),
        name: None,
        why: Some(template(dice, before)),
        hints: (0..dice.below(3)).map(|_| template(dice, before)).collect(),
        optional: false,
        default: None,
        pin: dice.below(3) == 0,
        sensitive: dice.below(5) == 0,
    }
}

fn asking(dice: &mut Dice<'_>, before: &[Step]) -> Asking {
    let options = || {
        (0..3)
            .map(|n| Choice {
                id: format!("o{n}"),
                label: format!("Option {n}"),
                note: None,
            })
            .collect()
    };
    match dice.below(10) {
        0 => Asking::Say,
        1 => Asking::Write {
            lines: Lines::Many,
            min_words: Some(3),
            review: None,
            about: None,
        },
        2 => Asking::Write {
            lines: Lines::One,
            min_words: None,
            review: None,
            about: None,
        },
        3 => Asking::Choose {
            options: options(),
            other: dice.below(2) == 0,
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
        },
        6 => Asking::Confirm,
        7 => Asking::Draw {
            pool: (0..3)
                .map(|n| Item {
                    id: format!("i{n}"),
                    text: format!("Scene {n}."),
                })
                .collect(),
            review: None,
        },
        8 => Asking::Date,
        _ if before.is_empty() => Asking::Date,
        _ => Asking::Compose {
            from: before
                .iter()
                .filter(|_| dice.below(2) == 0)
                .map(|step| step.id.clone())
                .collect(),
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
                (_, 0) => Test::Answered(dice.below(2) == 0),
                (Kind::Choose, 1) => Test::Is("o1".into()),
                (Kind::Choose, _) => Test::IsNot("o1".into()),
                (Kind::Pick, _) => Test::Includes("o2".into()),
                (Kind::Rate, 1) => Test::AtLeast(4),
                (Kind::Rate, _) => Test::AtMost(4),
                (Kind::Confirm, _) => Test::Is("true".into()),
                _ => Test::Answered(true),
            };
            Condition::Step {
                step: step.id.clone(),
                test,
            }
        }
    }
}

fn template(dice: &mut Dice<'_>, before: &[Step]) -> Template {
    let mut pieces = vec![Piece::Text("Words here. ".into())];
    if !before.is_empty() && dice.below(2) == 0 {
        let step = before[dice.below(before.len())].id.clone();
        pieces.push(Piece::Answer(Reference {
            exercise: None,
            step,
            otherwise: Some("nothing".into()),
        }));
    }
    Template { pieces }
}
