//! `trust-coach progress`: what was rated, over time.

mod page;

use std::collections::HashMap;
use std::num::NonZeroUsize;
use std::ops::ControlFlow;

use serde_json::{Value as Json, json};

use super::history::left_out;
use super::open::{self, UnlockFlags};
use super::scope::{DatedFilter, SessionFilter};
use crate::error::{Error, Exit, Result};
use crate::exercise::library::Library;
use crate::exercise::{Asking, Exercise, StepKind};
use crate::export;
use crate::format::did_you_mean;
use crate::home::world::World;
use crate::journal::{self, StoreError};
use crate::progress::{ChangeNote, LookedAt, Measure, MeasureScale, Rating};
use crate::session::{Outcome, Session, SessionState, Value, short_id};
use crate::text::json;

/// Show what you rated, over time
///
/// Says in words what changed by more than your ratings vary anyway, and what didn’t, with a small
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
    /// Which picture to show below the words
    #[arg(long, value_enum, default_value = "dots", value_name = "WHICH")]
    chart: ChartStyle,
    /// Print a table for a spreadsheet
    #[arg(long, conflicts_with = "json")]
    csv: bool,
    /// Print JSON
    #[arg(long)]
    json: bool,
    #[command(flatten)]
    key: UnlockFlags,
}

/// Which picture stands below the words.
#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
enum ChartStyle {
    /// A row for each point of the scale
    Dots,
    /// No picture
    None,
}

/// Reads every finished session that is meant, and shows its ratings.
pub(super) fn run(args: &Args, world: &mut World<'_>) -> Result<Exit> {
    let store = open::to_read(world, &args.key)?;
    store.check()?;
    let library = crate::home::library(world);
    let heads: HashMap<String, _> = library
        .heads()
        .into_iter()
        .filter_map(|entry| Some((entry.id, entry.head.ok()?.strategy)))
        .collect();
    let within = args.scope.at(&world.clock);
    let strategy = |id: &str| heads.get(id).copied();
    let meant = |session: &Session| within.lets_through(session, &strategy);
    let (mut ratings, bad) = ratings(&within, &store, &args.measures, &meant);
    for error in bad {
        world.tell(&left_out(error));
    }
    let mut exercises = KnownExercises::new(&library);
    for rating in &mut ratings {
        if let Some(exercise) = exercises.load(&rating.exercise) {
            rating.step = exercise.step_id_today(&rating.step).to_string();
        }
    }
    let scales: HashMap<(String, String), Option<MeasureScale>> = ratings
        .iter()
        .map(|rating| (rating.exercise.clone(), rating.step.clone()))
        .map(|(exercise, step)| {
            let scale = exercises.scale(&exercise, &step);
            ((exercise, step), scale)
        })
        .collect();
    let scale = |rating: &Rating| {
        let key = (rating.exercise.clone(), rating.step.clone());
        scales.get(&key).cloned().flatten()
    };
    let all = Measure::collect(ratings, &scale);
    let mut chosen = chosen(all, &args.measures)?;
    if let Some(last) = args.last {
        chosen
            .iter_mut()
            .for_each(|measure| measure.keep_last(last.get()));
    }
    let printed = if args.json {
        json::pretty(&object(&chosen))
    } else if args.csv {
        export::ratings(&chosen)
    } else if chosen.is_empty() {
        world.tell(NOTHING_YET);
        String::new()
    } else if args.measures.is_empty() {
        page::overview(&chosen, &world.terminal)
    } else {
        let picture = args.chart == ChartStyle::Dots && !world.terminal.plain;
        page::pages(&chosen, &world.terminal, picture)
    };
    world.print(&printed)?;
    Ok(Exit::Done)
}

/// The ratings of the sessions that are meant, and what could not be read. Sensitive ones only where
/// they are named.
fn ratings(
    within: &DatedFilter<'_>,
    store: &journal::Store,
    named: &[String],
    meant: &(dyn Fn(&Session) -> bool + Sync),
) -> (Vec<Rating>, Vec<StoreError>) {
    let (mut all, mut bad) = (Vec::new(), Vec::new());
    let read = |name: Result<String, StoreError>, _: &mut Vec<u8>| {
        let session = name.and_then(|id| store.sessions().read(&id))?;
        let counts = session.state == SessionState::Done && meant(&session);
        Ok(if counts {
            of_session(&session, named)
        } else {
            Vec::new()
        })
    };
    journal::each(within.names(store), false, read, |read| {
        match read {
            Ok(ratings) => all.extend(ratings),
            Err(StoreError::Unsaved { .. }) => {}
            Err(error) => bad.push(error),
        }
        ControlFlow::Continue(())
    });
    (all, bad)
}

/// The ratings of one session; of several rounds the last.
fn of_session(session: &Session, named: &[String]) -> Vec<Rating> {
    let Ok(day) = session.started.day().parse() else {
        return Vec::new();
    };
    let mut ratings: Vec<Rating> = Vec::new();
    for answer in &session.answers {
        let value = match &answer.given {
            Outcome::Value(Value::Number(number)) => Some(*number),
            Outcome::Skipped => None,
            _ => continue,
        };
        let is_named = || named.contains(&format!("{}/{}", session.exercise, answer.step));
        if answer.kind != StepKind::Rate || answer.unreached || answer.sensitive && !is_named() {
            continue;
        }
        ratings.retain(|earlier| earlier.step != answer.step);
        ratings.push(Rating {
            session: session.id.clone(),
            day,
            exercise: session.exercise.clone(),
            title: session.title.clone(),
            step: answer.step.clone(),
            name: answer.name.clone().unwrap_or_else(|| answer.step.clone()),
            value,
        });
    }
    ratings
}

/// Exercises, each loaded once.
struct KnownExercises<'l> {
    library: &'l Library,
    loaded: HashMap<String, Option<Exercise>>,
}

impl<'l> KnownExercises<'l> {
    fn new(library: &'l Library) -> Self {
        let loaded = HashMap::new();
        Self { library, loaded }
    }

    fn load(&mut self, id: &str) -> Option<&Exercise> {
        let load = || self.library.load(id).ok();
        let loaded = self.loaded.entry(id.to_string()).or_insert_with(load);
        loaded.as_ref()
    }

    /// What the numbers of a step mean, where there is such a step.
    fn scale(&mut self, exercise: &str, step: &str) -> Option<MeasureScale> {
        match &self.load(exercise)?.step(step)?.ask {
            Asking::Rate {
                from,
                to,
                low,
                high,
                measure,
                up_is_better,
            } => Some(MeasureScale {
                from: *from,
                to: *to,
                low: low.clone(),
                high: high.clone(),
                measure: measure.clone(),
                up_is_better: *up_is_better,
            }),
            _ => None,
        }
    }
}

/// Those that were named, or all.
fn chosen(all: Vec<Measure>, named: &[String]) -> Result<Vec<Measure>> {
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

fn object(measures: &[Measure]) -> Json {
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
    json!({ "format": "1.0", "series": series })
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
nothing rated yet
hint: `trust-coach exercise check-in` asks for ratings, week by week
";
