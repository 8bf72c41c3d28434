//! What `promise add` asks a person for: one thing after the other, and all of it is saved at the end.
//! What is typed is kept meanwhile.

use std::sync::Arc;

use jiff::civil::Date;
use jiff::{ToSpan, Zoned};

use super::common::PromiseLedger;
use crate::ask::{Ask, Choice, Input, Rejection, Tone, Want};
use crate::commands::open::{self, UnlockFlags};
use crate::commands::text_file::some_text;
use crate::dates::{self, Toward, TypedDay};
use crate::error::{Exit, Result};
use crate::home::Home;
use crate::home::world::World;
use crate::journal::PROMISE_DRAFTS;
use crate::ledger::{DayRule, WhenReading, read_when};
use crate::sessions::runner::Saver;
use crate::sessions::{QuestionOutcome, SingleQuestion, UnfinishedWords, given};
use crate::text::first_words;

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
    pub(super) look: Option<Date>,
}

/// What can be asked, in this order.
#[derive(Clone, Copy, PartialEq)]
enum PromiseQuestion {
    What,
    To,
    IfThen,
    When,
    LastDay,
    Until,
    Look,
}

/// A question, its name, its words, and what it takes.
type OpenPromiseQuestion = (PromiseQuestion, &'static str, &'static str, Want);

impl PromiseQuestion {
    const ALL: [OpenPromiseQuestion; 7] = [
        (Self::What, "what", WHAT, Want::Text),
        (Self::To, "to", TO, Want::Line),
        (Self::IfThen, "if-then", IF_THEN, Want::Text),
        (Self::When, "when", WHEN, Want::When { or_no: false }),
        (Self::LastDay, "last-day", LAST_DAY, Want::YesNo),
        (Self::Until, "until", UNTIL, Want::Date),
        (Self::Look, "look", LOOK, Want::Date),
    ];

    fn is_optional(self) -> bool {
        !matches!(self, Self::What | Self::When | Self::LastDay)
    }
}

/// A person who is asked.
struct PromiseQuestions<'a> {
    screen: SingleQuestion,
    home: &'a Home,
    ledger: &'a PromiseLedger,
    words: Arc<UnfinishedWords>,
    /// When it’s due, as it was understood.
    reading: Option<WhenReading>,
    /// Whether the last day of a month is meant, where a month lacks the day that was typed.
    last_day: bool,
    until: Option<Date>,
}

/// Asks for what is missing. Back with what was typed, which is kept until it is forgotten, or with how
/// it ended where it went no further.
pub(super) fn complete(
    draft: &mut PromiseDraft,
    ledger: &PromiseLedger,
    world: &mut World<'_>,
    key: &UnlockFlags,
) -> Result<std::result::Result<Arc<UnfinishedWords>, Exit>> {
    let home = Home::with(ledger.store().clone(), world);
    let mut screen = SingleQuestion::open(world, &home, false, String::new())?;
    let words = match unfinished(draft, &mut screen, &home, &world.clock.now())? {
        QuestionOutcome::Given(words) => Arc::new(words),
        QuestionOutcome::Leave => {
            return screen.part(world, &QuestionOutcome::<()>::Leave).map(Err);
        }
        _ => {
            screen.finish();
            return Ok(Err(Exit::Paused));
        }
    };
    if words.is_closed() {
        screen.finish();
        open::unlock(world, ledger.store(), key)?;
        screen = SingleQuestion::open(world, &home, false, String::new())?;
    }
    screen.keep_words(&words);
    let mut questions = PromiseQuestions {
        screen,
        home: &home,
        ledger,
        words: Arc::clone(&words),
        reading: draft.rule.take().map(WhenReading::Rule),
        last_day: false,
        until: None,
    };
    match questions.fill(draft)? {
        QuestionOutcome::Given(()) => {
            questions.screen.finish();
            Ok(Ok(words))
        }
        other => questions.screen.part(world, &other).map(Err),
    }
}

/// What was typed before, where they go on with it, or nothing yet.
fn unfinished(
    draft: &PromiseDraft,
    screen: &mut SingleQuestion,
    home: &Home,
    now: &Zoned,
) -> Result<QuestionOutcome<UnfinishedWords>> {
    let new = || UnfinishedWords::new(home, PROMISE_DRAFTS, COMMAND);
    let left = UnfinishedWords::left(home, PROMISE_DRAFTS, COMMAND);
    let Some(left) = left.filter(|_| draft.what.is_none()) else {
        return Ok(QuestionOutcome::Given(new()));
    };
    let options = [CONTINUE, START_NEW, DELETE].map(|label| Choice {
        id: String::from(label),
        label: String::from(label),
        note: None,
    });
    let what = first_words(&left.words("what"), 60);
    let prompt = match what.is_empty() {
        _ if left.is_closed() => format!("{YOU_STOPPED} {}\n\n{CLOSED}", left.typed_last(now)),
        true => String::from(YOU_STOPPED),
        false => format!("{YOU_STOPPED}\n\n“{what}”\n\n{WHAT_NOW}"),
    };
    match given!(screen.choose(home, &prompt, &options)) {
        0 => return Ok(QuestionOutcome::Given(left)),
        1 => {}
        _ => left.forget(),
    }
    Ok(QuestionOutcome::Given(new()))
}

impl PromiseQuestions<'_> {
    fn fill(&mut self, draft: &mut PromiseDraft) -> Result<QuestionOutcome<()>> {
        let (has_rule, no_end) = (self.reading.is_some(), draft.no_end);
        let mut open = PromiseQuestion::ALL.to_vec();
        open.retain(|(question, ..)| match question {
            PromiseQuestion::What => draft.what.is_none(),
            PromiseQuestion::To => draft.to.is_none(),
            PromiseQuestion::IfThen => draft.if_then.is_none(),
            PromiseQuestion::When | PromiseQuestion::LastDay => !has_rule,
            PromiseQuestion::Until => !no_end,
            PromiseQuestion::Look => draft.look.is_none(),
        });
        let mut at = self.take_up(&open, draft);
        let mut unsaved = false;
        while let Some((question, id, prompt, want)) = open.get(at) {
            if !self.applies(*question) {
                at += 1;
                continue;
            }
            let mut before = (0..at).rev();
            let before = before.find(|before| self.applies(open[*before].0));
            let prompt = match &self.reading {
                Some(WhenReading::MonthEnd { day, .. }) => {
                    prompt.replace("{day}", &day.to_string())
                }
                _ => (*prompt).to_string(),
            };
            let typed = self.words.words(id);
            let ask = Ask {
                optional: question.is_optional(),
                back: before.is_some(),
                initial: (!typed.is_empty()).then_some(typed),
                ..Ask::own(id, prompt, want.clone())
            };
            self.words.ask(id);
            let (ledger, rule) = (self.ledger, self.rule());
            let outcome = self.screen.ask(self.home, &ask, |given| {
                let words = typed_words(given);
                read(*question, words, ledger, rule.as_ref()).map(|_| words.to_string())
            })?;
            match outcome {
                QuestionOutcome::Given(words) => {
                    // It was understood a moment ago.
                    let _ = self.take(*question, &words, draft);
                    self.words.note(id, &words);
                    at += 1;
                }
                QuestionOutcome::Nothing if question.is_optional() => {
                    let _ = self.take(*question, "", draft);
                    self.words.note(id, "");
                    at += 1;
                }
                QuestionOutcome::Nothing => {
                    let needed = if before.is_some() {
                        NEEDED
                    } else {
                        NEEDED_FIRST
                    };
                    self.screen.say(Tone::Status, needed)?;
                }
                QuestionOutcome::Back => at = before.unwrap_or(at),
                QuestionOutcome::Pause => match self.words.flush() {
                    Err(error) if !unsaved => {
                        unsaved = true;
                        let why = error.causes.join(": ");
                        let text = format!("{UNSAVED}: {why}. {STOP_AGAIN}");
                        self.screen.say(Tone::Status, &text)?;
                    }
                    _ => return Ok(QuestionOutcome::Pause),
                },
                QuestionOutcome::Leave => return Ok(QuestionOutcome::Leave),
            }
        }
        let rule = self.rule();
        draft.rule = match (rule, self.until) {
            (Some(rule), _) if rule.until().is_some() || no_end => Some(rule),
            (Some(rule), until) => {
                // Four weeks, the first day among them, where nothing is said.
                let weeks = rule.from().max(self.ledger.today).saturating_add(27.days());
                let end = until.and_then(|until| rule.ending(Some(until)));
                let end = end.or_else(|| rule.ending(Some(weeks)));
                Some(end.unwrap_or(rule))
            }
            (None, _) => None,
        };
        Ok(QuestionOutcome::Given(()))
    }

    /// Takes up what was typed before, as far as it can still be understood; the first question to ask.
    fn take_up(&mut self, open: &[OpenPromiseQuestion], draft: &mut PromiseDraft) -> usize {
        let stopped = self.words.at();
        let Some(stopped) = open.iter().position(|(_, id, ..)| *id == stopped) else {
            return 0;
        };
        let taken = open[..stopped].iter().position(|(question, id, ..)| {
            let typed = self.words.words(id);
            self.applies(*question) && self.take(*question, &typed, draft).is_err()
        });
        taken.unwrap_or(stopped)
    }

    /// Whether there is something to ask.
    fn applies(&self, question: PromiseQuestion) -> bool {
        match question {
            PromiseQuestion::LastDay => matches!(self.reading, Some(WhenReading::MonthEnd { .. })),
            PromiseQuestion::Until => self.rule().is_none_or(|rule| rule.until().is_none()),
            _ => true,
        }
    }

    /// The days as they were understood, without an end that was asked for.
    fn rule(&self) -> Option<DayRule> {
        self.reading.clone().map(|reading| match reading {
            WhenReading::Rule(rule) => rule,
            WhenReading::MonthEnd { last, .. } if self.last_day => last,
            WhenReading::MonthEnd { exact, .. } => exact,
        })
    }

    /// Takes what was typed at a question.
    fn take(
        &mut self,
        question: PromiseQuestion,
        typed: &str,
        draft: &mut PromiseDraft,
    ) -> Result<(), Rejection> {
        match read(question, typed, self.ledger, self.rule().as_ref())? {
            GivenTerm::Words(words) => match question {
                PromiseQuestion::What => draft.what = words,
                PromiseQuestion::To => draft.to = words,
                _ => draft.if_then = words,
            },
            GivenTerm::When(reading) => self.reading = Some(*reading),
            GivenTerm::YesNo(yes) => self.last_day = yes,
            GivenTerm::Day(day) if question == PromiseQuestion::Until => self.until = day,
            GivenTerm::Day(day) => draft.look = day,
        }
        Ok(())
    }
}

/// What an answer is, once it is understood.
enum GivenTerm {
    Words(Option<String>),
    When(Box<WhenReading>),
    YesNo(bool),
    Day(Option<Date>),
}

/// Understands an answer. `rule` is when it’s due, without its end.
fn read(
    question: PromiseQuestion,
    typed: &str,
    ledger: &PromiseLedger,
    rule: Option<&DayRule>,
) -> Result<GivenTerm, Rejection> {
    let today = ledger.today;
    let day = || {
        let day = TypedDay::read(typed).map(|day| day.on(today, Toward::Coming));
        day.ok_or_else(no_day)
    };
    Ok(match question {
        PromiseQuestion::To | PromiseQuestion::IfThen if typed.is_empty() => GivenTerm::Words(None),
        PromiseQuestion::Until | PromiseQuestion::Look if typed.is_empty() => GivenTerm::Day(None),
        PromiseQuestion::What | PromiseQuestion::To | PromiseQuestion::IfThen => {
            GivenTerm::Words(Some(some_text(&Input::Words(typed.to_string()))?))
        }
        PromiseQuestion::When => {
            let reading = read_when(typed, today, &ledger.zone());
            GivenTerm::When(Box::new(reading.map_err(|problem| Rejection {
                code: "not-a-rule",
                message: problem.to_string(),
            })?))
        }
        PromiseQuestion::LastDay => match typed {
            "yes" | "y" => GivenTerm::YesNo(true),
            "no" | "n" => GivenTerm::YesNo(false),
            _ => {
                return Err(Rejection {
                    code: "not-a-yes-or-no",
                    message: String::from("Please say yes or no."),
                });
            }
        },
        PromiseQuestion::Until => {
            let day = day()?;
            if rule.is_some_and(|rule| rule.ending(Some(day)).is_none()) {
                return Err(Rejection {
                    code: "no-day",
                    message: String::from(
                        "None of its days comes before then. A later day will do.",
                    ),
                });
            }
            GivenTerm::Day(Some(day))
        }
        PromiseQuestion::Look => GivenTerm::Day(Some(day()?)),
    })
}

fn typed_words(given: &Input) -> &str {
    match given {
        Input::Words(words) => words.trim(),
        Input::Ready | Input::YesNo(_) | Input::Options(_) => "",
    }
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

/// What goes on with a promise that isn’t made yet.
const COMMAND: &str = "trust-coach promise add";

// Texts for people.
const WHAT: &str = "What will you do? One thing, in one sentence.";
const TO: &str =
    "Who are you promising it to? A name or an initial. Leave it out if it’s for yourself.";
const IF_THEN: &str = "What will remind you, and what will you do then? “If my phone rings at half past \
    five, I’ll look at the clock.” You can leave it out.";
const WHEN: &str =
    "When is it due? As you’d say it: each weekday, on Sundays, once on Friday, 3 times a week.";
const LAST_DAY: &str = "Not every month has day {day}. Take the last day of each month?";
const UNTIL: &str = "Until when? A week or two is long enough. Leave it out for four weeks.";
const LOOK: &str = "On which day will you look at it as a whole? You can leave it out.";
const NEEDED_FIRST: &str = "A promise needs this. /pause stops for now.";
const NEEDED: &str =
    "A promise needs this. /back goes to the question before, and /pause stops for now.";
const UNSAVED: &str = "What you typed could not be saved";
const STOP_AGAIN: &str = "If you stop again, it’s lost.";
const YOU_STOPPED: &str = "You began a promise and stopped before it was saved.";
const CLOSED: &str = "The vault is on, so it’s shown only after your passphrase.";
const WHAT_NOW: &str = "What would you like to do?";
const CONTINUE: &str = "Continue it";
const START_NEW: &str = "Start a new one";
const DELETE: &str = "Delete it and start a new one";
