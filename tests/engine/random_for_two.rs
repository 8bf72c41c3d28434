//! Random valid exercises for two: parts that each close something, that give each the floor, and
//! that are done together.

use trust_coach::exercise::{
    AnswerOption, AnswerTest, Answerer, Asking, Condition, Exercise, ExerciseHead, Group,
    LineLimit, Participation, Partner, PersonName, PromiseSources, Reference, Step, Strategy,
    Template, TemplatePiece,
};

use crate::random_exercise::{Dice, exercise};

pub fn exercise_for_two(dice: &mut Dice<'_>) -> Exercise {
    let mut made = Made::default();
    for part in 0..1 + dice.below(4) {
        match dice.below(3) {
            0 => made.closed(dice, part),
            1 => made.floor(dice, part),
            _ => made.together(dice, part),
        }
    }
    let closing = made.template(dice, &[PersonName::Of(Partner::A)]);
    let one = exercise(&mut Dice::new(&[]));
    Exercise {
        head: ExerciseHead {
            id: "random-two".into(),
            strategy: Strategy::Communication,
            gate: true,
            for_two: true,
            ..one.head
        },
        closing,
        groups: made.groups,
        steps: made.steps,
        ..one
    }
}

/// What there is of an exercise so far.
#[derive(Default)]
struct Made {
    steps: Vec<Step>,
    groups: Vec<Group>,
    /// Steps that both may know of from here on.
    open: Vec<String>,
}

impl Made {
    /// Each writes and rates alone, and mostly they can show it.
    fn closed(&mut self, dice: &mut Dice<'_>, part: usize) {
        let mut of = Vec::new();
        for at in 0..1 + dice.below(3) {
            let id = format!("closed{part}x{at}");
            let ask = match dice.below(4) {
                0 => rate(),
                1 => choose(),
                2 => Asking::Date,
                _ => write(),
            };
            let can_guess = matches!(ask, Asking::Rate { .. } | Asking::Choose { .. });
            self.each(dice, &id, ask.clone(), None);
            of.push(id.clone());
            if can_guess && dice.below(2) == 0 {
                let guess = format!("guess{part}x{at}");
                self.each(dice, &guess, ask, Some(id));
                of.push(guess);
            }
        }
        if dice.below(4) > 0 {
            self.step(
                dice,
                &format!("show{part}"),
                Asking::Share { of: of.clone() },
                &[],
            );
            self.open.extend(of);
        }
    }

    /// One speaks, the other says it back, until it fits; then the other way round.
    fn floor(&mut self, dice: &mut Dice<'_>, part: usize) {
        let id = |name: &str| format!("{name}{part}");
        let (group, until) = (id("floor"), id("fits"));
        let first = self.steps.len();
        let by = |partner| Participation {
            by: Answerer::One(partner),
            ..Participation::default()
        };
        let names = [PersonName::Of(Partner::A), PersonName::Of(Partner::B)];
        self.step(dice, &id("speak"), Asking::Say { change: None }, &names);
        self.steps[first].participation = Participation {
            seconds: Some(60),
            ..by(Partner::A)
        };
        self.step(dice, &id("back"), write(), &names);
        self.steps[first + 1].participation = by(Partner::B);
        self.step(dice, &until, rate(), &names);
        self.steps[first + 2].participation = by(Partner::A);
        for step in &mut self.steps[first..] {
            step.group = Some(group.clone());
        }
        self.groups.push(Group {
            name: group,
            repeat_until: Condition::Step {
                step: until.clone(),
                test: AnswerTest::AtLeast(5),
            },
            at_most: 1 + u32::try_from(dice.below(3)).unwrap(),
            swap: true,
            each_promise: false,
            unasked: Vec::new(),
        });
        self.open.extend([id("back"), until]);
    }

    /// They answer together, and may agree on it.
    fn together(&mut self, dice: &mut Dice<'_>, part: usize) {
        let id = format!("together{part}");
        let ask = match dice.below(3) {
            0 => choose(),
            1 => Asking::Confirm,
            _ => write(),
        };
        let is_text = matches!(ask, Asking::Write { .. });
        self.step(dice, &id, ask, &[PersonName::Of(Partner::B)]);
        if let (Some(known), true) = (self.known(dice), dice.below(2) == 0)
            && let Some(last) = self.steps.last_mut()
        {
            last.when = Some(Condition::Step {
                step: known,
                test: AnswerTest::Answered(dice.below(3) > 0),
            });
        }
        self.open.push(id.clone());
        if is_text && dice.below(2) == 0 {
            let promise = PromiseSources {
                what: id,
                ..PromiseSources::default()
            };
            self.step(dice, &format!("agree{part}"), Asking::Promise(promise), &[]);
        }
    }

    fn each(&mut self, dice: &mut Dice<'_>, id: &str, ask: Asking, guess: Option<String>) {
        self.step(dice, id, ask, &[PersonName::Me, PersonName::Other]);
        if let Some(last) = self.steps.last_mut() {
            last.participation = Participation {
                by: Answerer::Each,
                seal: true,
                guess,
                seconds: None,
            };
        }
    }

    fn step(&mut self, dice: &mut Dice<'_>, id: &str, ask: Asking, names: &[PersonName]) {
        let (prompt, why) = (self.template(dice, names), self.template(dice, names));
        let hints = (0..dice.below(3))
            .map(|_| self.template(dice, names))
            .collect();
        let one = exercise(&mut Dice::new(&[])).steps.remove(0);
        self.steps.push(Step {
            id: id.into(),
            ask,
            when: None,
            group: None,
            prompt,
            why: Some(why),
            hints,
            pin: dice.below(3) == 0,
            ..one
        });
        // Before it's shown nothing closed can be pinned.
        if let Some(last) = self.steps.last_mut() {
            last.pin &= !id.starts_with("closed") && !id.starts_with("guess");
        }
    }

    /// A step that both know of, where there's one.
    fn known(&self, dice: &mut Dice<'_>) -> Option<String> {
        self.open.get(dice.below(self.open.len())).cloned()
    }

    /// Words with names in them, and now and then an answer that both know of.
    fn template(&self, dice: &mut Dice<'_>, names: &[PersonName]) -> Template {
        let mut pieces = vec![TemplatePiece::Text("Words here. ".into())];
        pieces.extend(names.iter().copied().map(TemplatePiece::Name));
        if let (Some(step), true) = (self.known(dice), dice.below(2) == 0) {
            pieces.push(TemplatePiece::Answer(Reference {
                exercise: None,
                step,
                otherwise: Some("nothing".into()),
            }));
        }
        Template { pieces }
    }
}

fn write() -> Asking {
    Asking::Write {
        lines: LineLimit::Many,
        min_words: None,
        review: None,
        about: None,
        of_promise: false,
    }
}

fn rate() -> Asking {
    Asking::Rate {
        from: 1,
        to: 7,
        low: None,
        high: None,
        measure: None,
        up_is_better: None,
    }
}

fn choose() -> Asking {
    let option = |n| AnswerOption {
        id: format!("o{n}"),
        label: format!("Option {n}"),
        note: None,
    };
    Asking::Choose {
        options: (0..3).map(option).collect(),
        other: true,
        verdict: false,
    }
}
