//! `promise list`: the promises there are, the newest first.

use jiff::ToSpan;
use jiff::civil::Date;
use serde_json::{Value, json};

use super::common::PromiseLedger;
use super::days::day;
use super::words::{day_words, names_words, tally_words, terms_lines};
use crate::commands::known::KnownNames;
use crate::commands::open::UnlockFlags;
use crate::dates::{Toward, TypedDay};
use crate::error::{Exit, Result};
use crate::home::world::World;
use crate::ledger::{DayTally, Promise};
use crate::session::short_id;
use crate::text::{counted_as, inert, is_same_name, json, width, wrap_indented};

/// Show your promises, the newest first
#[derive(Debug, clap::Args)]
pub(super) struct PromiseList {
    /// All of them, not only those with something left to do or to say
    #[arg(long, conflicts_with = "ended")]
    all: bool,
    /// Only those that are over
    #[arg(long)]
    ended: bool,
    /// Only those with a day to look at
    #[arg(long)]
    due: bool,
    /// Only those to this person
    #[arg(long, value_name = "NAME")]
    to: Option<String>,
    /// Count days from this one on; four weeks back when left out
    #[arg(long, value_name = "DAY", value_parser = day)]
    since: Option<TypedDay>,
    /// Count days up to this one; today when left out
    #[arg(long, value_name = "DAY", value_parser = day)]
    until: Option<TypedDay>,
    /// Show at most this many; 0 shows all
    #[arg(long, value_name = "N", default_value_t = 20)]
    limit: usize,
    /// Print JSON, without what was promised
    #[arg(long)]
    json: bool,
    /// With --json: also what was promised
    #[arg(long, requires = "json")]
    with_text: bool,
}

/// The days that are counted.
#[derive(Clone, Copy, Debug)]
pub(super) struct CountedDays {
    /// The first.
    pub(super) since: Date,
    /// The last.
    pub(super) until: Date,
}

impl CountedDays {
    /// The days that flags name; the last four weeks otherwise.
    pub(super) fn new(since: Option<TypedDay>, until: Option<TypedDay>, today: Date) -> Self {
        let on = |day: TypedDay| day.on(today, Toward::Past);
        let until = until.map_or(today, on);
        let weeks = until.saturating_sub(27.days());
        let since = since.map_or(weeks, on).min(until);
        Self { since, until }
    }
}

pub(super) fn run(args: &PromiseList, world: &mut World<'_>, key: &UnlockFlags) -> Result<Exit> {
    let ledger = PromiseLedger::to_read(world, key)?;
    let today = ledger.today;
    let counted = CountedDays::new(args.since, args.until, today);
    if let Some(name) = args.to.as_ref().filter(|_| !ledger.all().is_empty()) {
        let names = ledger.all().iter().filter_map(|it| it.terms().to.clone());
        let known = KnownNames::new(names, is_same_name);
        known.refuse_unknown(name, format!("no promise is to {name}"))?;
    }
    let is_meant = |promise: &&Promise| {
        let to = promise.terms().to.as_deref();
        let open = || promise.is_open(today);
        (args.all || open() != args.ended)
            && (!args.due || !promise.to_look_at(today).is_empty())
            && args
                .to
                .as_ref()
                .is_none_or(|name| to.is_some_and(|to| is_same_name(to, name)))
    };
    let limit = if args.limit == 0 {
        usize::MAX
    } else {
        args.limit
    };
    let meant = ledger.all().iter().rev().filter(is_meant).take(limit);
    if args.json {
        let all = meant.map(|promise| entry(promise, counted, today, args.with_text));
        let list = json!({
            "format": "1.0",
            "today": today.to_string(),
            "promises": all.collect::<Vec<_>>(),
        });
        world.print(&json::pretty(&list))?;
        return Ok(ledger.exit());
    }
    let width = width(world.terminal.columns);
    let text: String = meant
        .map(|promise| item(promise, counted, today, width))
        .collect();
    if text.is_empty() && ledger.is_whole {
        world.tell(if ledger.all().is_empty() {
            NONE_YET
        } else {
            NO_MATCH
        });
        return Ok(Exit::Done);
    }
    world.page(&inert(&text))?;
    Ok(ledger.exit())
}

/// One promise as people read it.
fn item(promise: &Promise, counted_days: CountedDays, today: Date, width: usize) -> String {
    let terms = promise.terms();
    let head = format!("{}  {}", short_id(&promise.id), terms.rule.words());
    let mut lines = wrap_indented(&head, width, "", "  ");
    lines.extend(terms_lines(terms, width, "  "));
    let mut facts = Vec::new();
    let agreed = terms.partners.as_ref();
    facts.extend(agreed.map(|two| format!("Agreed by {}.", names_words(two))));
    facts.extend(terms.to.as_ref().map(|to| format!("To {to}.")));
    facts.extend(
        promise
            .let_go()
            .map(|day| format!("Let go on {}.", day_words(day, today))),
    );
    let days = promise.days(counted_days.since..=counted_days.until, today);
    facts.extend(tally_words(DayTally::of(&days)));
    let open = promise.to_look_at(today).len();
    if open > 0 {
        let days = counted_as(open, "day has", "days have");
        facts.push(format!("{days} no answer yet."));
    }
    if !facts.is_empty() {
        lines.extend(wrap_indented(&facts.join(" "), width, "  ", "  "));
    }
    lines.join("\n") + "\n"
}

/// One promise as programs read it.
pub(super) fn entry(promise: &Promise, counted: CountedDays, today: Date, text: bool) -> Value {
    let terms = promise.terms();
    let tally = DayTally::of(&promise.days(counted.since..=counted.until, today));
    let day = |day: Option<Date>| day.map(|day| day.to_string());
    let mut entry = json!({
        "promise": promise.id,
        "made": promise.made().at.0,
        "open": promise.is_open(today),
        "who": if terms.partners.is_some() { "both" } else { "one" },
        "rule": terms.rule.to_string(),
        "rule_in_words": terms.rule.words_with_start(),
        "look": day(terms.look),
        "let_go": day(promise.let_go()),
        "next": day(promise.next_day(today)),
        "to_look_at": promise.to_look_at(today).len(),
        "counted": { "since": counted.since.to_string(), "until": counted.until.to_string() },
        "counts": {
            "kept": tally.kept,
            "part": tally.part,
            "missed": tally.missed,
            "repaired": tally.repaired,
            "seen_differently": tally.seen_differently,
            "changed": tally.changed,
            "skipped": tally.skipped,
            "unanswered": tally.unanswered,
        },
        "kept_of_said": tally.kept_of_answered(),
    });
    if let (true, Some(entry)) = (text, entry.as_object_mut()) {
        let names = terms.partners.as_ref();
        let names = names.map(|two| json!({ "a": two.a, "b": two.b }));
        entry.insert("partners".into(), json!(names));
        entry.insert("what".into(), json!(terms.what));
        entry.insert("to".into(), json!(terms.to));
        entry.insert("if_then".into(), json!(terms.if_then));
    }
    entry
}

// Texts for people.
const NONE_YET: &str = "\
No promise is followed yet. `trust-coach promise add` follows one.
";
const NO_MATCH: &str = "\
No promise matches. `trust-coach promise list --all` shows all of them.
";
