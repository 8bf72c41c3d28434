//! Whatever a person does with what is found, what they gave last is what is saved.

use std::collections::BTreeMap;

use proptest::prelude::*;

use super::rules::{Coached, SORRY};
use super::*;
use crate::session::AnswerId;
use crate::session::Value;
use crate::test_support::now;

/// Answers whatever is asked by chance, and remembers what was given last at each step.
struct ByChance<'d> {
    disk: &'d Disk,
    /// The step that was answered last.
    last: String,
    choices: Vec<u8>,
    given: BTreeMap<String, Option<String>>,
}

const TEXTS: [&str; 4] = [
    "I am sorry.",
    "Sorry if you cried.",
    "It was just me, but I will mend it.",
    "I could kill",
];

impl Prompter for ByChance<'_> {
    fn say(&mut self, _: &Note) -> io::Result<()> {
        Ok(())
    }

    fn ask(&mut self, ask: &Ask) -> io::Result<Reply> {
        let Some(choice) = self.choices.pop() else {
            return Ok(Reply::Pause);
        };
        let choice = usize::from(choice);
        if ask.id == "findings" {
            let saved = self.disk.saved.borrow();
            let answer = saved
                .as_ref()
                .unwrap()
                .answer(&AnswerId::new(&self.last, 1));
            let given = self.given[&self.last].clone().unwrap();
            let text = answer.unwrap().value();
            assert_eq!(text, Some(&Value::Text(given)), "saved before it is shown");
            let open = answer.unwrap().findings.iter().any(|found| !found.kept);
            assert!(open, "the question is open in the file");
        }
        if ask.place.is_none() {
            let own = match choice % 9 {
                0 => Reply::Back,
                1 => Reply::Skip,
                2 => Reply::Why,
                at => says(["change", "a1", "a2", "keep", "why", "finish"][at - 3]),
            };
            return Ok(own);
        }
        let text = match (choice % 7, &ask.initial) {
            (5, _) => return Ok(Reply::Back),
            (6, _) => None,
            (4, Some(standing)) => Some(standing.clone()),
            (at, _) => Some(TEXTS[at % TEXTS.len()].to_string()),
        };
        self.last.clone_from(&ask.id);
        self.given.insert(ask.id.clone(), text.clone());
        Ok(text.map_or(Reply::Skip, |text| says(&text)))
    }

    fn reject(&mut self, _: &Ask, _: &Rejection) -> io::Result<Retry> {
        Ok(Retry::Again)
    }
}

proptest! {
    #[test]
    fn the_saved_text_is_always_what_was_given_last(
        choices in prop::collection::vec(any::<u8>(), 1..60),
    ) {
        let exercise = parse::exercise("sorry", SORRY).unwrap();
        let (disk, coach) = (Disk::default(), Coached);
        let mut who = ByChance { disk: &disk, last: String::new(), choices, given: BTreeMap::new() };
        let mut runner = Runner {
            engine: Engine::new(exercise, session(), Context::default()),
            prompter: &mut who,
            saver: &disk,
            listener: &mut |_| {},
            now: &now,
            person: true,
            support: &|_| String::new(),
            feedback: Feedback::new(&coach, SoftLines::default()),
            keyboard: SharedKeyboard::default(),
        };
        runner.run().unwrap();
        let saved = disk.saved.borrow().clone().unwrap();
        for (step, text) in &who.given {
            let answer = saved.answer(&AnswerId::new(step, 1));
            let value = answer.and_then(|answer| answer.value());
            let now = match value {
                Some(Value::Text(text)) => Some(text.clone()),
                _ => answer.and_then(|answer| answer.progress.clone()),
            };
            // What was put together and never changed is put together anew when a part changes.
            let anew = step == "draft" && now.is_none();
            // One that was left out stands there again when a part changes.
            let again = step == "draft" && text.is_none();
            prop_assert!(anew || again || now == *text, "{}: {:?}, and given {:?}", step, now, text);
        }
        for answer in &saved.answers {
            let length = answer.words().map_or(0, |words| words.len());
            prop_assert!(answer.findings.iter().all(|found| found.span.1 <= length));
        }
    }
}
