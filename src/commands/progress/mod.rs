//! `trust-coach progress`: what was rated, over time.

mod page;
pub(super) mod read;
mod word;

use std::num::NonZeroUsize;

use clap::builder::{PossibleValuesParser, TypedValueParser};
use serde_json::{Value as Json, json};

use super::open::{self, UnlockFlags};
use super::scope::SessionFilter;
use crate::error::{Error, Exit, Result};
use crate::export;
use crate::format::did_you_mean;
use crate::home::world::World;
use crate::progress::{ChangeNote, DayStrip, LookedAt, Measure, PairHistory};
use crate::session::{Partner, short_id};
use crate::text::json;
use page::ChartStyle;
use read::RatedHistory;
use word::WordCounts;

/// Show your ratings over time
///
/// Says in words what changed by more than your ratings’ usual ups and downs, and what didn’t, with a small
/// picture below. Without a name it lists everything you rated.
#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// What to show: an exercise, or one rating of it, such as check-in/open
    #[arg(value_name = "MEASURE")]
    measures: Vec<String>,
    #[command(flatten)]
    scope: SessionFilter,
    /// Only the newest N ratings of each
    #[arg(long, value_name = "N")]
    last: Option<NonZeroUsize>,
    /// In exercises for two: only what one of them rated, the first or the second to give a name
    #[arg(long, value_name = "WHO", value_parser = partners())]
    by: Option<Partner>,
    /// Which picture to show below the words
    #[arg(long, value_enum, default_value = "dots", value_name = "WHICH")]
    chart: ChartStyle,
    /// On which of the last 91 days you finished an exercise, instead of ratings
    #[arg(long, conflicts_with_all = ["csv", "last", "chart", "measures"])]
    days: bool,
    /// In how many sessions of each month this word or phrase is, instead of ratings; can be given
    /// several times
    #[arg(long, value_name = "WORD", conflicts_with_all = ["csv", "last", "chart", "measures", "days"])]
    word: Vec<String>,
    /// Print a table for a spreadsheet
    #[arg(long, conflicts_with = "json")]
    csv: bool,
    /// Print JSON
    #[arg(long)]
    json: bool,
    #[command(flatten)]
    key: UnlockFlags,
}

/// Reads every finished session that is meant, and shows its ratings.
pub(super) fn run(args: &Args, world: &mut World<'_>) -> Result<Exit> {
    let store = open::to_read(world, &args.key)?;
    if !args.word.is_empty() {
        let counts = WordCounts::read(world, &store, &args.scope, &args.word)?;
        world.print(&match args.json {
            true => json::pretty(&counts.as_json()),
            false => counts.page(),
        })?;
        return Ok(Exit::Done);
    }
    let mut read = RatedHistory::read(world, &store, &args.scope, &args.measures, None)?;
    let mut chosen = chosen(std::mem::take(&mut read.measures), &args.measures)?;
    if args.by.is_some() {
        chosen.retain(|measure| measure.by == args.by);
    }
    let last = args.last.map(NonZeroUsize::get);
    read.pair.keep(args.by, last);
    if let Some(last) = last {
        chosen
            .iter_mut()
            .for_each(|measure| measure.keep_last(last));
    }
    let printed = if args.json {
        let mut object = object(&chosen, args.days.then_some(&read.days));
        add_pair(&mut object, &read.pair);
        json::pretty(&object)
    } else if args.csv {
        export::ratings(&chosen)
    } else if args.days {
        page::days(&read.days, &world.terminal)
    } else if chosen.is_empty() {
        world.tell(match read.paused {
            0 => NOTHING_YET,
            _ => NOTHING_FINISHED,
        });
        String::new()
    } else if args.measures.is_empty() {
        page::overview(&chosen, &world.terminal)
    } else {
        let chart = match world.terminal.plain {
            true => ChartStyle::None,
            false => args.chart,
        };
        page::pages(&chosen, &world.terminal, chart)
    };
    world.print(&printed)?;
    if args.json || args.csv || args.days {
        return Ok(Exit::Done);
    }
    world.print(&page::pair(&read.pair, &world.terminal))?;
    if read.paused > 0 && !chosen.is_empty() {
        world.print(&page::paused(read.paused, &world.terminal))?;
    }
    if let Some((session, day)) = read.offered(&store, world.clock.now().date()) {
        let (day, short) = (day.strftime("%-d %B"), short_id(session));
        world.print(&format!(
            "\nA text from {day} can be answered again:\n  trust-coach history compare {short} --blind\n"
        ))?;
    }
    Ok(Exit::Done)
}

/// Those that were named, or all.
pub(super) fn chosen(all: Vec<Measure>, named: &[String]) -> Result<Vec<Measure>> {
    let is = |measure: &Measure, name: &String| {
        *name == measure.id
            || *name == measure.exercise
            || *name == format!("{}/{}", measure.exercise, measure.step)
    };
    for name in named {
        if !all.iter().any(|measure| is(measure, name)) {
            let known = all
                .iter()
                .flat_map(|measure| [measure.id.as_str(), measure.exercise.as_str()]);
            let error = Error::usage(format!("there are no ratings of `{name}`"));
            return Err(match did_you_mean(name, known) {
                Some(meant) => error.hint(meant),
                None => error.hint("`trust-coach progress` lists what you have rated"),
            });
        }
    }
    let wanted = |measure: &Measure| named.is_empty() || named.iter().any(|name| is(measure, name));
    Ok(all.into_iter().filter(wanted).collect())
}

fn partners() -> impl TypedValueParser<Value = Partner> {
    PossibleValuesParser::new(Partner::PAIR.map(Partner::id))
        .try_map(|id| Partner::from_id(&id).ok_or("no such partner"))
}

fn object(measures: &[Measure], days: Option<&DayStrip>) -> Json {
    let series: Vec<Json> = measures
        .iter()
        .map(|measure| {
            let points = measure.points.iter().filter_map(|point| {
                let (value, session) = (point.value?, short_id(&point.session));
                Some(json!({ "day": point.day.to_string(), "value": value, "session": session }))
            });
            json!({
                "id": measure.id,
                "exercise": measure.exercise,
                "step": measure.step,
                "name": measure.name,
                "by": measure.by.map(Partner::id),
                "from": measure.scale.from,
                "to": measure.scale.to,
                "better": measure.scale.up_is_better.map(|up| if up { "up" } else { "down" }),
                "points": points.collect::<Vec<_>>(),
                "left_out": measure.left_out(),
                "other_scale": measure.other_scale,
                "note": note(&ChangeNote::of(measure)),
            })
        })
        .collect();
    let mut object = json!({ "format": "1.0", "series": series });
    if let Some(days) = days {
        let done = days.days().filter(|(_, count)| *count > 0);
        let done = done.map(|(day, count)| json!({ "day": day.to_string(), "finished": count }));
        object["days"] = done.collect();
    }
    object
}

/// Adds what two people showed each other, where they did.
fn add_pair(object: &mut Json, pair: &PairHistory) {
    if !pair.guesses.is_empty() {
        let guesses = pair.guesses.iter().map(|guess| {
            let (day, session) = (guess.day.to_string(), short_id(&guess.session));
            json!({
                "day": day, "session": session, "step": &*guess.step, "by": guess.by.id(), "off": guess.value,
            })
        });
        let guesses: Vec<Json> = guesses.collect();
        let of = guesses.len();
        object["guessed"] = json!({ "within_one": pair.near(), "of": of, "each": guesses });
    }
    if !pair.tries.is_empty() {
        let (hits, of) = (pair.understood(), pair.tries.len());
        object["first_try"] = json!({ "understood": hits, "of": of });
    }
}

fn note(note: &ChangeNote) -> Json {
    let hundredths = |number: f64| (number * 100.0).round() / 100.0;
    let of = |code: &str, looked: &LookedAt| {
        json!({
            "code": code,
            "first": hundredths(looked.first),
            "last": hundredths(looked.last),
            "difference": hundredths(looked.difference()),
            "needed": hundredths(looked.needed),
            "looked_at": looked.count,
        })
    };
    match note {
        ChangeNote::TooFew { have } => {
            json!({ "code": "too-few", "have": have, "needed": ChangeNote::NEEDED })
        }
        ChangeNote::Within(looked) => of("within", looked),
        ChangeNote::Beyond(looked) => of("beyond", looked),
    }
}

// Texts for people.
const NOTHING_YET: &str = "\
Nothing is rated yet.
`trust-coach exercise check-in` asks for ratings, week by week.
";
const NOTHING_FINISHED: &str = "\
Nothing is rated in a finished session yet.
What you rated counts once you finish it:
  trust-coach resume
";
