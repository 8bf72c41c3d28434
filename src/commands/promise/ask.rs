//! What `promise add` asks a person for: one thing after the other, and all of it is saved at the end.

use jiff::ToSpan;

use super::common::PromiseLedger;
use crate::ask::{Ask, Input, Rejection, Want};
use crate::commands::text_file::some_text;
use crate::dates::{self, Toward, TypedDay};
use crate::error::{Exit, Result};
use crate::home::Home;
use crate::home::world::World;
use crate::ledger::{DayRule, WhenReading, read_when};
use crate::sessions::{QuestionOutcome, SingleQuestion, given};

/// What is known of a promise that is about to be made.
#[derive(Default)]
pub(super) struct PromiseDraft {
    /// The act.
    pub(super) what: Option<String>,
    /// To whom.
    pub(super) to: Option<String>,
    /// What sets it off.
    pub(super) if_then: Option<String>,
    /// Its days.
    pub(super) rule: Option<DayRule>,
    /// Whether it may go on without an end.
    pub(super) no_end: bool,
    /// The day on which to look at it as a whole.
    pub(super) look: Option<jiff::civil::Date>,
}

/// A person who is asked.
struct PromiseQuestions<'a> {
    screen: SingleQuestion,
    home: &'a Home,
    ledger: &'a PromiseLedger,
}

/// Asks for what is missing. Back with how it ended where it went no further.
pub(super) fn complete(
    draft: &mut PromiseDraft,
    ledger: &PromiseLedger,
    world: &mut World<'_>,
) -> Result<Option<Exit>> {
    let home = Home::with(ledger.store().clone(), world);
    let go_on = String::from("Nothing was saved. To start again: trust-coach promise add");
    let mut questions = PromiseQuestions {
        screen: SingleQuestion::open(world, &home, false, go_on)?,
        home: &home,
        ledger,
    };
    match questions.fill(draft)? {
        QuestionOutcome::Given(()) => {
            questions.screen.finish();
            Ok(None)
        }
        QuestionOutcome::Nothing => {
            questions.screen.finish();
            world.tell("Nothing was saved.\n");
            Ok(Some(Exit::Done))
        }
        other => questions.screen.part(world, &other).map(Some),
    }
}

impl PromiseQuestions<'_> {
    fn fill(&mut self, draft: &mut PromiseDraft) -> Result<QuestionOutcome<()>> {
        if draft.what.is_none() {
            let ask = Ask::own("what", WHAT, Want::Text);
            draft.what = Some(given!(self.screen.ask(self.home, &ask, some_text)));
        }
        if draft.to.is_none() {
            draft.to = given!(self.optional("to", TO, Want::Line, some_words));
        }
        if draft.if_then.is_none() {
            draft.if_then = given!(self.optional("if-then", IF_THEN, Want::Text, some_words));
        }
        let rule = match draft.rule.take() {
            Some(rule) => rule,
            None => given!(self.rule()),
        };
        let rule = match rule.until().is_some() || draft.no_end {
            true => rule,
            false => given!(self.end(&rule)),
        };
        draft.rule = Some(rule);
        if draft.look.is_none() {
            let today = self.ledger.today;
            draft.look = given!(self.optional("look", LOOK, Want::Date, |words| {
                let day = TypedDay::read(words).map(|day| day.on(today, Toward::Coming));
                day.ok_or_else(no_day)
            }));
        }
        Ok(QuestionOutcome::Given(()))
    }

    /// Asks for something that can be left out, by Enter alone as well.
    fn optional<T>(
        &mut self,
        id: &str,
        prompt: &str,
        want: Want,
        read: impl Fn(&str) -> Result<T, Rejection>,
    ) -> Result<QuestionOutcome<Option<T>>> {
        let ask = Ask {
            optional: true,
            ..Ask::own(id, prompt, want)
        };
        let outcome = self
            .screen
            .ask(self.home, &ask, |given| match typed(given) {
                "" => Ok(None),
                words => read(words).map(Some),
            })?;
        Ok(match outcome {
            QuestionOutcome::Nothing => QuestionOutcome::Given(None),
            outcome => outcome,
        })
    }

    /// Asks when it’s due.
    fn rule(&mut self) -> Result<QuestionOutcome<DayRule>> {
        let (today, zone) = (self.ledger.today, self.ledger.zone());
        let ask = Ask::own("when", WHEN, Want::When);
        let reading = given!(self.screen.ask(self.home, &ask, |given| {
            read_when(typed(given), today, &zone).map_err(|problem| Rejection {
                code: "not-a-rule",
                message: problem.to_string(),
            })
        }));
        let (day, last, exact) = match reading {
            WhenReading::Rule(rule) => return Ok(QuestionOutcome::Given(rule)),
            WhenReading::MonthEnd { day, last, exact } => (day, last, exact),
        };
        let question = format!("Not every month has day {day}. Take the last day of each month?");
        let ask = Ask::own("last-day", question, Want::YesNo);
        let is_last = given!(
            self.screen
                .ask(self.home, &ask, |given| match typed(given) {
                    "yes" | "y" => Ok(true),
                    "no" | "n" => Ok(false),
                    _ => Err(Rejection {
                        code: "not-a-yes-or-no",
                        message: String::from("Please say yes or no."),
                    }),
                })
        );
        Ok(QuestionOutcome::Given(if is_last { last } else { exact }))
    }

    /// Asks how long it lasts: four weeks, the first day among them, where nothing is said.
    fn end(&mut self, rule: &DayRule) -> Result<QuestionOutcome<DayRule>> {
        let today = self.ledger.today;
        let ending = |until| {
            rule.ending(Some(until)).ok_or_else(|| Rejection {
                code: "no-day",
                message: String::from("None of its days comes before then. A later day will do."),
            })
        };
        let end = given!(self.optional("until", UNTIL, Want::Date, |words| {
            let day = TypedDay::read(words).ok_or_else(no_day)?;
            ending(day.on(today, Toward::Coming))
        }));
        let weeks = rule.from().max(today).saturating_add(27.days());
        let end = end.or_else(|| rule.ending(Some(weeks)));
        Ok(QuestionOutcome::Given(end.unwrap_or_else(|| rule.clone())))
    }
}

fn typed(given: &Input) -> &str {
    match given {
        Input::Words(words) => words.trim(),
        Input::Ready | Input::Options(_) => "",
    }
}

fn some_words(words: &str) -> Result<String, Rejection> {
    some_text(&Input::Words(words.to_string()))
}

pub(super) fn no_day() -> Rejection {
    Rejection {
        code: "not-a-day",
        message: format!(
            "I can’t tell which day that is. You can type: {}",
            dates::EXAMPLES
        ),
    }
}

// Texts for people.
const WHAT: &str = "What will you do? One thing, in one sentence.";
const TO: &str =
    "Who are you promising it to? A name or a letter. Leave it out if it’s for yourself.";
const IF_THEN: &str = "What sets it off, and what will you do then? “If my phone rings at half past \
    five, I’ll look at the clock.” You can leave it out.";
const WHEN: &str =
    "When is it due? As you’d say it: each weekday, on Sundays, once on Friday, 3 times a week.";
const UNTIL: &str = "Until when? A week or two is long enough. Leave it out for four weeks.";
const LOOK: &str = "On which day will you look at it as a whole? You can leave it out.";
