//! `promise show`: one promise, and what came of its days.

use std::collections::BTreeSet;

use jiff::ToSpan;
use jiff::civil::{Date, Weekday};

use super::common::PromiseLedger;
use super::days::day;
use super::list::CountedDays;
use super::show_json::as_json;
use super::words::{day_words, names_words, short_day, state_words, tally_words, terms_lines};
use crate::commands::open::UnlockFlags;
use crate::dates::TypedDay;
use crate::error::{Exit, Result};
use crate::home::world::World;
use crate::ledger::{DayState, DayTally, Fact, Promise, PromiseDay, Statement};
use crate::session::{Partner, short_id};
use crate::text::{counted_as, first_words, inert, json, width, wrap, wrap_indented};

/// Show a promise and how its days went
#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// `last`, or the first few of its eight characters; at a terminal you can choose one
    promise: Option<String>,
    /// Show days from this one on; four weeks back when left out
    #[arg(long, value_name = "DAY", value_parser = day)]
    since: Option<TypedDay>,
    /// Show days up to this one; today when left out
    #[arg(long, value_name = "DAY", value_parser = day)]
    until: Option<TypedDay>,
    /// Also show what no longer counts, with times and names
    #[arg(long)]
    all: bool,
    /// Print JSON, without what was written
    #[arg(long)]
    json: bool,
    /// With --json: also what was written
    #[arg(long, requires = "json")]
    with_text: bool,
}

/// The least columns on which the grid of days has room.
const GRID_COLUMNS: usize = 60;

pub(super) fn run(args: &Args, world: &mut World<'_>, key: &UnlockFlags) -> Result<Exit> {
    let ledger = PromiseLedger::to_read(world, key)?;
    let Some(id) = ledger.chosen(world, args.promise.as_deref())? else {
        return Ok(Exit::Done);
    };
    let Some(promise) = ledger.promise(&id) else {
        return Ok(Exit::Done);
    };
    let counted = CountedDays::new(args.since, args.until, ledger.today);
    if args.json {
        let whole = as_json(promise, counted, ledger.today, (args.with_text, args.all));
        world.print(&json::pretty(&whole))?;
        return Ok(Exit::Done);
    }
    let page = Page {
        promise,
        counted,
        today: ledger.today,
        width: width(world.terminal.columns),
        grid: !world.terminal.plain && world.terminal.columns >= GRID_COLUMNS,
    };
    let terms = promise.terms();
    let origin = terms.origin.as_ref().map(|origin| {
        let head = ledger.store().sessions().read_head(&origin.session);
        let title = head.map_or_else(|_| String::new(), |head| format!(", {}", head.title));
        format!("From the session {}{title}", short_id(&origin.session))
    });
    let before = terms.follows.as_ref();
    let before = before.map(|before| format!("It comes after {}.", short_id(before)));
    let origins: Vec<String> = origin.into_iter().chain(before).collect();
    world.page(&inert(&page.text(args.all, &origins)))?;
    Ok(Exit::Done)
}

/// What there is to show of a promise, and how.
struct Page<'p> {
    promise: &'p Promise,
    counted: CountedDays,
    today: Date,
    width: usize,
    grid: bool,
}

impl Page<'_> {
    fn text(&self, all: bool, origins: &[String]) -> String {
        let mut blocks = vec![self.head()];
        let days = self
            .promise
            .days(self.counted.since..=self.counted.until, self.today);
        if !days.is_empty() {
            blocks.push(if self.grid {
                self.grid(&days)
            } else {
                self.weeks(&days)
            });
            blocks.push(self.counts(&days));
        }
        let remarks: Vec<String> = self.remarks(&days).collect();
        blocks.push(remarks.join("\n"));
        let origins = origins.iter().flat_map(|origin| wrap(origin, self.width));
        blocks.push(origins.collect::<Vec<_>>().join("\n"));
        if all {
            blocks.push(self.facts());
        }
        blocks.retain(|block| !block.is_empty());
        blocks.join("\n\n") + "\n"
    }

    fn head(&self) -> String {
        let terms = self.promise.terms();
        let mut lines = terms_lines(terms, self.width, "");
        let mut about = Vec::new();
        let agreed = terms.partners.as_ref();
        about.extend(agreed.map(|two| format!("Agreed by {}.", names_words(two))));
        about.extend(terms.to.as_ref().map(|to| format!("To {to}.")));
        about.push(format!("It’s due {}.", terms.rule.words_with_start()));
        let day = |day| day_words(day, self.today);
        about.extend(terms.look.map(|on| format!("Look at it on {}.", day(on))));
        about.extend(
            self.promise
                .let_go()
                .map(|on| format!("Let go on {}.", day(on))),
        );
        lines.extend(wrap(&about.join(" "), self.width));
        let mut before = &self.promise.made_terms().if_then;
        for (since, terms) in self.promise.rewordings() {
            let if_then = terms.if_then.as_ref().filter(|_| terms.if_then != *before);
            let if_then = if_then.map_or(String::new(), |if_then| format!(" {if_then}"));
            let since = format!("Since {}: {}{if_then}", day(*since), terms.what);
            lines.extend(wrap(&since, self.width));
            before = &terms.if_then;
        }
        lines.join("\n")
    }

    /// A row for each week, a letter for each day.
    fn grid(&self, days: &[PromiseDay<'_>]) -> String {
        let columns: BTreeSet<i8> = days
            .iter()
            .map(|day| day.on.weekday().to_monday_zero_offset())
            .collect();
        let names = columns.iter().filter_map(|offset| {
            let day = Weekday::from_monday_zero_offset(*offset).ok()?;
            Some(format!("{:>5}", &format!("{day:?}")[..3]))
        });
        let mut rows = vec![format!("{:6}{}", "", names.collect::<String>())];
        for week in weeks(days) {
            let cells = columns.iter().map(|offset| {
                let is_it =
                    |day: &&PromiseDay<'_>| day.on.weekday().to_monday_zero_offset() == *offset;
                let day = week.iter().find(is_it);
                let letter = day.map_or(' ', |day| state_words(day.state).0);
                format!("{letter:>5}")
            });
            let row = format!(
                "{:>6}{}",
                short_day(monday(week[0].on)),
                cells.collect::<String>()
            );
            rows.push(row.trim_end().to_string());
        }
        rows.join("\n")
    }

    /// A line for each week, in words.
    fn weeks(&self, days: &[PromiseDay<'_>]) -> String {
        let lines = weeks(days).flat_map(|week| {
            let said = week.iter().map(|day| {
                let name = day.on.strftime("%a");
                format!("{name} {}", state_words(day.state).1)
            });
            let line = format!(
                "{}: {}",
                short_day(monday(week[0].on)),
                said.collect::<Vec<_>>().join(", ")
            );
            wrap_indented(&line, self.width, "", "  ")
        });
        lines.collect::<Vec<_>>().join("\n")
    }

    /// What the letters mean and how many there are of each, then what was kept.
    fn counts(&self, days: &[PromiseDay<'_>]) -> String {
        let mut kinds: Vec<((char, &str), usize)> = Vec::new();
        for day in days {
            let words = state_words(day.state);
            match kinds.iter_mut().find(|(there, _)| *there == words) {
                Some((_, count)) => *count += 1,
                None => kinds.push((words, 1)),
            }
        }
        let kinds = kinds
            .iter()
            .map(|((letter, words), count)| match self.grid {
                true => format!("{letter} {words} {count}"),
                false => format!("{words} {count}"),
            });
        let between = if self.grid { "   " } else { ", " };
        let mut lines = wrap(&kinds.collect::<Vec<_>>().join(between), self.width);
        let tally = tally_words(DayTally::of(days));
        lines.extend(tally.into_iter().flat_map(|tally| wrap(&tally, self.width)));
        if self.promise.first_day() < self.counted.since {
            let earlier = format!(
                "Counted since {}. --since DAY shows earlier days.",
                day_words(self.counted.since, self.today)
            );
            lines.extend(wrap(&earlier, self.width));
        }
        lines.join("\n")
    }

    /// Days on which there is more to say, and remarks on the whole.
    fn remarks(&self, days: &[PromiseDay<'_>]) -> impl Iterator<Item = String> {
        let days = days.iter().filter_map(|day| {
            let moved = match day.state {
                DayState::Moved(Some(to)) => {
                    let there = self.promise.days(to..=to, self.today);
                    let came = there.iter().map(|day| state_words(day.state).1);
                    let came = came.map(|came| format!(": {came}")).collect::<String>();
                    format!(", to {}{came}", day_words(to, self.today))
                }
                DayState::Moved(None) => String::from(", dropped"),
                _ => String::new(),
            };
            let also = day.also_said();
            let twice = match also.as_slice() {
                [] => String::new(),
                also => {
                    let words = also.iter().map(|state| state_words(*state).1);
                    format!(
                        ", and also {} (answered twice)",
                        words.collect::<Vec<_>>().join(", ")
                    )
                }
            };
            let notes: Vec<&str> = day
                .facts
                .iter()
                .filter_map(|fact| fact.note.as_deref())
                .collect();
            let each = self.each_said(day);
            if moved.is_empty() && twice.is_empty() && each.is_empty() && notes.is_empty() {
                return None;
            }
            let said = format!("{}{moved}{each}{twice}", state_words(day.state).1);
            Some(self.remark(&short_day(day.on), &said, &notes))
        });
        let days: Vec<String> = days.collect();
        let notes = self.promise.facts.iter().filter_map(|fact| {
            let note = fact.note.as_deref()?;
            let is_whole = fact.day().is_none();
            is_whole.then(|| self.remark(&written_on(fact), "", &[note]))
        });
        let newer = self.promise.facts.iter();
        let newer = newer.filter(|fact| matches!(fact.statement, Statement::Newer(_)));
        let newer = match newer.count() {
            0 => None,
            count => Some(
                counted_as(count, "thing was said", "things were said")
                    + " by a newer program, and aren’t shown here.",
            ),
        };
        days.into_iter()
            .chain(notes.collect::<Vec<_>>())
            .chain(newer)
    }

    /// What each of two people said of a day.
    fn each_said(&self, day: &PromiseDay<'_>) -> String {
        let Some(partners) = &self.promise.terms().partners else {
            return String::new();
        };
        let said = Partner::PAIR.into_iter().filter_map(|partner| {
            let state = day.said_by(Some(partner))?;
            let name = first_words(partners.name(partner), 20);
            Some(format!("{name}: {}", state_words(state).1))
        });
        let said: Vec<String> = said.collect();
        match said.is_empty() {
            true => String::new(),
            false => format!(" ({})", said.join(", ")),
        }
    }

    fn remark(&self, when: &str, said: &str, notes: &[&str]) -> String {
        let mut lines = Vec::new();
        let indent = " ".repeat(8);
        let first = format!("{when:<8}");
        let mut texts = notes.iter().flat_map(|note| note.lines());
        let head = match said {
            "" => texts.next().unwrap_or_default(),
            said => said,
        };
        lines.extend(wrap_indented(head, self.width, &first, &indent));
        lines.extend(texts.flat_map(|line| wrap_indented(line, self.width, &indent, &indent)));
        lines.join("\n")
    }

    /// Who of two people said it.
    fn speaker(&self, fact: &Fact) -> String {
        let partners = &self.promise.terms().partners;
        match (fact.by, partners) {
            (Some(by), Some(partners)) => {
                format!(", says {}", first_words(partners.name(by), 20))
            }
            _ => String::new(),
        }
    }

    /// Every fact with its time and name, those that don’t count any more as well.
    fn facts(&self) -> String {
        let counting = self.promise.facts.iter().map(|fact| (fact, ""));
        let replaced = self.promise.replaced.iter();
        let replaced = replaced.map(|fact| (fact, ", doesn’t count any more"));
        let mut all: Vec<(&Fact, &str)> = counting.chain(replaced).collect();
        all.sort_by_key(|(fact, _)| &fact.id);
        let lines = all.iter().flat_map(|(fact, counts)| {
            let on = fact.day().map(|on| format!(" {on}"));
            let line = format!(
                "{}  {}  {}{}{}{counts}",
                fact.at.minute(),
                short_id(&fact.id),
                fact.statement.name(),
                on.unwrap_or_default(),
                self.speaker(fact)
            );
            wrap_indented(&line, self.width, "", "  ")
        });
        lines.collect::<Vec<_>>().join("\n")
    }
}

/// The days of each week together.
fn weeks<'d, 'p>(days: &'d [PromiseDay<'p>]) -> impl Iterator<Item = &'d [PromiseDay<'p>]> {
    days.chunk_by(|one, other| monday(one.on) == monday(other.on))
}

fn monday(day: Date) -> Date {
    day.saturating_sub(i64::from(day.weekday().to_monday_zero_offset()).days())
}

/// The day on which something was said, short.
fn written_on(fact: &Fact) -> String {
    let day = fact.at.day();
    day.parse().map_or_else(|_| day.to_string(), short_day)
}
