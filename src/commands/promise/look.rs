//! `promise look`: a person goes through the days that have no answer yet, and says what came of each.

use std::collections::BTreeMap;

use jiff::ToSpan;
use jiff::civil::Date;

use super::ask::no_day;
use super::common::PromiseLedger;
use super::days::day;
use super::offer::after_missed;
use super::words::{day_words, names_words};
use crate::ask::{Ask, Choice, Input, Rejection, Tone, Want};
use crate::commands::open::{UnlockFlags, say};
use crate::dates::{Toward, TypedDay};
use crate::error::{Error, Exit, Result};
use crate::home::Home;
use crate::home::world::World;
use crate::ledger::{DayState, Fact, FactId, Promise, SkipCause, Statement, Verdict};
use crate::session::{Moment, Partner};
use crate::sessions::{QuestionOutcome, SingleQuestion, given, somebody_is_there};
use crate::text::{counted, first_words};

/// Go through the days without an answer and say how each one went
#[derive(Debug, Default, clap::Args)]
pub(super) struct Args {
    /// Only days from this one on
    #[arg(long, value_name = "DAY", value_parser = day)]
    since: Option<TypedDay>,
}

/// What can be said of a day: a name, and words.
const ANSWERS: [(&str, &str); 7] = [
    ("kept", "I kept it"),
    ("part", "I kept part of it"),
    ("changed", "I changed it in time"),
    ("missed", "I missed it"),
    ("repaired", "I missed it, and put it right"),
    ("skipped", "It didn’t come up"),
    ("later", "Not now"),
];

/// A person at their screen, with the promises they go through.
struct DayReview<'a> {
    screen: SingleQuestion,
    home: &'a Home,
    ledger: &'a PromiseLedger,
    /// The days that were asked about so far, by their places, and what was noted of each.
    shown: Vec<usize>,
    noted: BTreeMap<usize, Fact>,
    /// Who of two people answers, of each promise of both.
    speakers: BTreeMap<FactId, Partner>,
}

pub(super) fn run(args: &Args, world: &mut World<'_>, key: &UnlockFlags) -> Result<Exit> {
    if !somebody_is_there(world) {
        let error = Error::nobody_to_ask("the days are asked about one by one");
        return Err(error
            .hint("`trust-coach due` shows them")
            .hint("`trust-coach promise kept`, `part`, `missed` and `repaired` answer them"));
    }
    let ledger = PromiseLedger::to_read(world, key)?;
    let since = args
        .since
        .map_or(Date::MIN, |day| day.on(ledger.today, Toward::Past));
    let mut days: Vec<(Date, &Promise)> = Vec::new();
    for promise in ledger.all() {
        let open = promise.to_look_at(ledger.today).into_iter();
        let open = open.chain(said_by_one(promise, ledger.today));
        days.extend(open.filter(|day| *day >= since).map(|day| (day, promise)));
    }
    days.sort_by_key(|(day, _)| std::cmp::Reverse(*day));
    if days.is_empty() {
        if ledger.is_whole {
            world.tell("There’s nothing to look at.\n");
        }
        return Ok(ledger.exit());
    }
    let home = Home::with(ledger.store().clone(), world);
    let go_on =
        String::from("The days you’ve answered are saved. To continue: trust-coach promise look");
    let mut review = DayReview {
        screen: SingleQuestion::open(world, &home, false, go_on)?,
        home: &home,
        ledger: &ledger,
        shown: Vec::new(),
        noted: BTreeMap::new(),
        speakers: BTreeMap::new(),
    };
    let mut at = 0;
    while let Some((on, promise)) = days.get(at) {
        match review.day((at, days.len()), *on, promise)? {
            QuestionOutcome::Given(()) => {
                review.shown.push(at);
                at += 1;
            }
            QuestionOutcome::Nothing => at += 1,
            QuestionOutcome::Back => at = review.shown.pop().unwrap_or(at),
            other => return review.screen.part(world, &other),
        }
    }
    let noted = review.noted;
    review.screen.finish();
    let days = counted(noted.len(), "day");
    say(world, &format!("{days} noted."));
    // Several that were missed are spoken of once.
    if let Some(fact) = noted.values().rfind(|fact| is_missed(fact)) {
        after_missed(world, key, &fact.of)?;
    }
    Ok(Exit::Done)
}

impl DayReview<'_> {
    /// Asks what came of the day at this place of so many, and saves it at once; nothing where there’s
    /// nothing to ask.
    fn day(
        &mut self,
        (at, count): (usize, usize),
        on: Date,
        promise: &Promise,
    ) -> Result<QuestionOutcome<()>> {
        let today = self.ledger.today;
        let terms = promise.terms_on(on);
        let is_today = if on == today { ", today" } else { "" };
        // In the question itself the day stays in view on the smallest screen.
        let day = format!("{} of {count}. {}{is_today}.", at + 1, day_words(on, today));
        let to = terms.to.as_ref().map(|to| format!("To {to}."));
        let agreed = terms.partners.as_ref();
        let agreed = agreed.map(|two| format!("Agreed by {}.", names_words(two)));
        let by = given!(self.speaker(promise));
        let said = promise.days(on..=on, today);
        if by.is_some() && said.iter().any(|day| day.said_by(by).is_some()) {
            return Ok(QuestionOutcome::Nothing);
        }
        let texts = [Some(terms.what.clone()), terms.if_then.clone(), to, agreed];
        let text: Vec<String> = texts.into_iter().flatten().collect();
        self.screen.say(Tone::Text, &text.join("\n"))?;
        let asked = match terms.rule.times() {
            Some(times) => self.times(&day, on, times),
            None => self.verdict(&day, on),
        };
        let statement = match asked? {
            QuestionOutcome::Nothing => None,
            asked => given!(Ok::<_, Error>(asked)),
        };
        let is_moved = matches!(statement, Some(Statement::Moved { .. }));
        let is_verdict = matches!(statement, Some(Statement::Verdict { .. }));
        let by = by.filter(|_| is_verdict);
        self.note_day(at, &promise.id, on, statement, by)?;
        // Whoever leaves at the next question has said this much.
        if is_moved {
            let to_day = match self.moved_to(promise.first_day())? {
                QuestionOutcome::Back => {
                    self.note_day(at, &promise.id, on, None, None)?;
                    return self.day((at, count), on, promise);
                }
                outcome => given!(Ok::<_, Error>(outcome)),
            };
            if to_day.is_some() {
                self.note_day(at, &promise.id, on, Some(moved(on, to_day)), None)?;
            }
        }
        Ok(QuestionOutcome::Given(()))
    }

    /// Saves what was said of a day, in the place of what was said of it before somebody went back to it.
    fn note_day(
        &mut self,
        at: usize,
        of: &FactId,
        on: Date,
        statement: Option<Statement>,
        by: Option<Partner>,
    ) -> Result<()> {
        let fact = match statement {
            Some(statement) => self.ledger.day_fact(of, on, statement, by)?,
            None => None,
        };
        match (fact, self.noted.remove(&at)) {
            (Some(mut fact), before) => {
                fact.instead_of.extend(before.map(|before| before.id));
                let saved = self.ledger.save(vec![fact])?;
                self.noted.extend(saved.into_iter().map(|fact| (at, fact)));
            }
            (None, Some(before)) => {
                let taken = Statement::TakenBack(before.id);
                self.ledger.save(vec![self.ledger.fact(of, taken)])?;
            }
            (None, None) => {}
        }
        Ok(())
    }

    /// Who of two people answers: asked once, of a promise of both.
    fn speaker(&mut self, promise: &Promise) -> Result<QuestionOutcome<Option<Partner>>> {
        let Some(two) = &promise.terms().partners else {
            return Ok(QuestionOutcome::Given(None));
        };
        if let Some(known) = self.speakers.get(&promise.id) {
            return Ok(QuestionOutcome::Given(Some(*known)));
        }
        let options = Partner::PAIR.map(|partner| Choice {
            id: String::from(partner.id()),
            label: first_words(two.name(partner), 20),
            note: None,
        });
        let ask = Ask {
            unmarked: true,
            back: !self.shown.is_empty(),
            ..Ask::own_choice("speaker", WHO_ANSWERS, &options)
        };
        let at = given!(self.screen.choose_in(self.home, &ask));
        let by = Partner::PAIR[at];
        self.speakers.insert(promise.id.clone(), by);
        Ok(QuestionOutcome::Given(Some(by)))
    }

    /// Asks for one of the answers. Nothing stands marked, so that Enter alone says nothing.
    fn verdict(&mut self, day: &str, on: Date) -> Result<QuestionOutcome<Option<Statement>>> {
        let options = ANSWERS.map(|(id, label)| Choice {
            id: String::from(id),
            label: String::from(label),
            note: None,
        });
        let ask = Ask {
            unmarked: true,
            back: !self.shown.is_empty(),
            ..Ask::own_choice("verdict", format!("{day} {WHAT_CAME}"), &options)
        };
        let at = given!(self.screen.choose_in(self.home, &ask));
        Ok(QuestionOutcome::Given(match ANSWERS[at].0 {
            "changed" => Some(moved(on, None)),
            "skipped" => Some(Statement::Skipped {
                on,
                through: None,
                cause: SkipCause::NoOccasion,
            }),
            id => Verdict::from_name(id).map(|verdict| {
                let times = None;
                Statement::Verdict { verdict, on, times }
            }),
        }))
    }

    /// Asks how many times it was in the week.
    fn times(
        &mut self,
        day: &str,
        on: Date,
        promised: u8,
    ) -> Result<QuestionOutcome<Option<Statement>>> {
        let want = Want::Scale {
            from: 0,
            to: i64::from(promised),
            low: None,
            high: None,
        };
        let ask = Ask {
            unmarked: true,
            back: !self.shown.is_empty(),
            ..Ask::own("times", format!("{day} {HOW_OFTEN}"), want)
        };
        self.screen.ask(self.home, &ask, |given| {
            let times = match given {
                Input::Words(words) => words.trim().parse::<u8>().ok(),
                Input::Ready | Input::YesNo(_) | Input::Options(_) => None,
            };
            let times = times.filter(|times| *times <= promised);
            let times = times.ok_or_else(|| Rejection {
                code: "not-on-the-scale",
                message: format!("A number from 0 to {promised}, please."),
            })?;
            let verdict = Verdict::of_times(times, promised);
            let times = Some(times);
            Ok(Some(Statement::Verdict { verdict, on, times }))
        })
    }

    /// Asks where a day went; nothing where it was dropped.
    fn moved_to(&mut self, first: Date) -> Result<QuestionOutcome<Option<Date>>> {
        let today = self.ledger.today;
        let ask = Ask {
            optional: true,
            back: true,
            ..Ask::own("to-day", TO_DAY, Want::Date)
        };
        let outcome = self.screen.ask(self.home, &ask, |given| match given {
            Input::Words(words) if !words.trim().is_empty() => {
                let day = TypedDay::read(words).ok_or_else(no_day)?;
                let day = day.on(today, Toward::Coming);
                if day < first {
                    let message = String::from(TOO_EARLY);
                    return Err(Rejection {
                        code: "before-it-begins",
                        message,
                    });
                }
                Ok(Some(day))
            }
            _ => Ok(None),
        })?;
        Ok(match outcome {
            QuestionOutcome::Nothing => QuestionOutcome::Given(None),
            outcome => outcome,
        })
    }
}

/// Returns what is said of a day that was moved. They say themselves that it was in time.
fn moved(on: Date, to_day: Option<Date>) -> Statement {
    let told = Some(Moment(on.to_string()));
    Statement::Moved { on, to_day, told }
}

fn is_missed(fact: &Fact) -> bool {
    matches!(
        fact.statement,
        Statement::Verdict {
            verdict: Verdict::Missed,
            ..
        }
    )
}

/// The days of the last four weeks on which one of two people said something, and the other didn't.
fn said_by_one(promise: &Promise, today: Date) -> Vec<Date> {
    if promise.terms().partners.is_none() || promise.let_go().is_some() {
        return Vec::new();
    }
    let days = promise.days(today.saturating_sub(27.days())..=today, today);
    let half = days.iter().filter(|day| {
        let said = Partner::PAIR.map(|partner| day.said_by(Some(partner)).is_some());
        matches!(day.state, DayState::Said(_)) && said[0] != said[1]
    });
    half.map(|day| day.on).collect()
}

// Texts for people.
const WHO_ANSWERS: &str = "You both agreed on this, and each says only their own. Who’s answering?";
const WHAT_CAME: &str = "How did it go?";
const HOW_OFTEN: &str = "How many times was it this week?";
const TOO_EARLY: &str = "The promise only began after that. Please type a later day.";
const TO_DAY: &str = "Which day did you move it to? Leave it out if you dropped it.";
