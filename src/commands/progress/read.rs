//! What was rated in all sessions, read once.

use std::collections::HashMap;
use std::ops::ControlFlow;

use jiff::ToSpan;
use jiff::civil::Date;

use crate::commands::history::{can_be_offered, left_out};
use crate::commands::scope::{DatedFilter, SessionFilter};
use crate::error::Result;
use crate::exercise::library::Library;
use crate::exercise::{Asking, Exercise, StepKind};
use crate::home::world::World;
use crate::journal::{self, Store, StoreError};
use crate::progress::{DayStrip, Measure, MeasureScale, Rating};
use crate::session::{Outcome, Session, SessionId, SessionState, Value};

/// What was rated, when something was done, and a text that can be answered again.
pub(in crate::commands) struct RatedHistory {
    /// What was rated; sensitive ratings only where they were named.
    pub measures: Vec<Measure>,
    /// The days on which something was finished.
    pub days: DayStrip,
    /// The newest session with a text that can be answered again, and its day.
    pub offered: Option<(SessionId, Date)>,
}

impl RatedHistory {
    /// Reads every finished session that is meant, and tells which could not be read.
    pub(in crate::commands) fn read(
        world: &mut World<'_>,
        store: &Store,
        scope: &SessionFilter,
        named: &[String],
    ) -> Result<Self> {
        store.check()?;
        let library = crate::home::library(world);
        let heads: HashMap<String, _> = library
            .heads()
            .into_iter()
            .filter_map(|entry| Some((entry.id, entry.head.ok()?)))
            .collect();
        let today = world.clock.now().date();
        let within = scope.at(&world.clock);
        let strategy = |id: &str| heads.get(id).map(|head| head.strategy);
        let meant = |session: &Session| within.lets_through(session, &strategy);
        let SessionReadings {
            mut ratings,
            days,
            fitting,
            bad,
        } = readings(&within, store, named, &meant, today);
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
        let is_open = |exercise: &String| heads.get(exercise).is_some_and(|head| !head.gate);
        let mut fitting = fitting.into_iter();
        let offered = fitting.find(|(_, _, exercise)| is_open(exercise));
        Ok(Self {
            measures: Measure::collect(ratings, &scale),
            days: DayStrip::of(days, today),
            offered: offered.map(|(id, day, _)| (id, day)),
        })
    }
}

/// What is read of many sessions.
#[derive(Default)]
struct SessionReadings {
    ratings: Vec<Rating>,
    days: Vec<Date>,
    /// The newest sessions that can be offered to be answered again, and their exercises.
    fitting: Vec<(SessionId, Date, String)>,
    bad: Vec<StoreError>,
}

/// Reads the sessions that are meant. Sensitive ratings only where they are named.
fn readings(
    within: &DatedFilter<'_>,
    store: &journal::Store,
    named: &[String],
    meant: &(dyn Fn(&Session) -> bool + Sync),
    today: Date,
) -> SessionReadings {
    let earlier = today.saturating_sub(OFFERED_AFTER.days());
    let read = |name: Result<String, StoreError>, _: &mut Vec<u8>| {
        let session = name.and_then(|id| store.sessions().read(&id))?;
        if session.state != SessionState::Done || !meant(&session) {
            return Ok(None);
        }
        let day = session.started.day().parse::<Date>().ok();
        let fitting = day.filter(|day| *day <= earlier && can_be_offered(&session, today));
        let ratings = of_session(&session, named);
        Ok(Some((
            ratings,
            day,
            fitting.map(|day| (session.id, day, session.exercise)),
        )))
    };
    let mut all = SessionReadings::default();
    journal::each(within.names(store), false, read, |read| {
        match read {
            Ok(Some((ratings, day, fitting))) => {
                all.ratings.extend(ratings);
                all.days.extend(day);
                all.fitting
                    .extend(fitting.filter(|_| all.fitting.len() < MOST_OFFERS));
            }
            Ok(None) | Err(StoreError::Unsaved { .. }) => {}
            Err(error) => all.bad.push(error),
        }
        ControlFlow::Continue(())
    });
    all
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

/// A text is offered to be answered again after so many days.
const OFFERED_AFTER: i64 = 28;

/// So many of those that fit are looked at.
const MOST_OFFERS: usize = 50;
