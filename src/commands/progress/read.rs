//! What was rated in all sessions, read once.

use std::collections::{BTreeMap, HashMap, HashSet};
use std::ops::ControlFlow;
use std::sync::{Arc, Mutex, PoisonError};

use jiff::ToSpan;
use jiff::civil::Date;

use crate::commands::history::{can_be_offered, left_out, misnamed};
use crate::commands::scope::SessionFilter;
use crate::error::Result;
use crate::exercise::library::Library;
use crate::exercise::{AnswerTest, Asking, Condition, Exercise};
use crate::home::world::World;
use crate::journal::{self, Store, StoreError};
use crate::progress::{DayStrip, Measure, MeasureScale, PairHistory, PairPoint, Rating};
use crate::session::{Household, Partners, Session, SessionId, SessionState, Value};

/// What was rated, when something was done, and what may be answered again.
pub(crate) struct RatedHistory {
    /// What was rated; sensitive ratings only where they were named.
    pub measures: Vec<Measure>,
    /// The days on which something was finished.
    pub days: DayStrip,
    /// What two people showed each other.
    pub pair: PairHistory,
    /// The names of guests who haven't agreed, with how many ratings of theirs are left out.
    pub kept_back: BTreeMap<String, usize>,
    /// How many sessions have ratings and aren’t finished.
    pub paused: usize,
    /// The newest sessions in which there may be a text that can be answered again, and their days.
    earlier: Vec<(SessionId, Date)>,
}

impl RatedHistory {
    /// Reads every finished session that is meant, and tells which could not be read. Of several
    /// rounds of a step the last counts. With a household, what a guest rated is left out.
    pub(crate) fn read(
        world: &mut World<'_>,
        store: &Store,
        scope: &SessionFilter,
        named: &[String],
        household: Option<&Household>,
    ) -> Result<Self> {
        store.check()?;
        let library = crate::home::library(world);
        let heads: HashMap<String, _> = library
            .heads()
            .into_iter()
            .filter_map(|entry| Some((entry.id, entry.head.ok()?)))
            .collect();
        let today = world.clock.now().date();
        let can_be_earlier = |session: &Session, day: Date| {
            day <= today.saturating_sub(OFFERED_AFTER.days())
                && heads.get(&session.exercise).is_some_and(|head| !head.gate)
        };
        let within = scope.at(world, store)?;
        let strategy = |id: &str| heads.get(id).map(|head| head.strategy);
        let exercises = Mutex::new(KnownExercises::new(&library, household));
        let read = |name: Result<String, StoreError>, _: &mut Vec<u8>| {
            let session = name.and_then(|id| store.sessions().read_ratings(&id))?;
            let day = session.started.day().parse::<Date>().ok();
            let meant = day.filter(|_| within.lets_through(&session, &strategy));
            let Some(day) = meant else {
                return Ok(ReadSession::Other);
            };
            match session.state {
                SessionState::Done => {}
                SessionState::Open if !session.answers.is_empty() => {
                    return Ok(ReadSession::Paused);
                }
                _ => return Ok(ReadSession::Other),
            }
            let mut exercises = exercises.lock().unwrap_or_else(PoisonError::into_inner);
            let ratings = exercises.ratings(&session, day, named);
            let earlier = can_be_earlier(&session, day).then_some(session.id);
            Ok(ReadSession::Done(day, ratings, earlier))
        };
        let mut paused = 0;
        let (mut ratings, mut days) = (Vec::new(), Vec::new());
        let (mut earlier, mut bad) = (Vec::new(), Vec::new());
        journal::each(within.names(store), false, read, |read| {
            match read {
                Ok(ReadSession::Done(day, rated, id)) => {
                    days.push(day);
                    ratings.extend(rated);
                    let id = id.filter(|_| earlier.len() < MOST_EARLIER);
                    earlier.extend(id.map(|id| (id, day)));
                }
                Ok(ReadSession::Paused) => paused += 1,
                Ok(ReadSession::Other) | Err(StoreError::Unsaved { .. }) => {}
                Err(error) => bad.push(error),
            }
            ControlFlow::Continue(())
        });
        for error in bad.into_iter().chain(misnamed(store)) {
            world.tell(&left_out(error));
        }
        let mut exercises = exercises
            .into_inner()
            .unwrap_or_else(PoisonError::into_inner);
        let pair = std::mem::take(&mut exercises.pair);
        let kept_back = std::mem::take(&mut exercises.kept_back);
        let scale = &mut |rating: &Rating| exercises.scale(&rating.exercise, &rating.step);
        Ok(Self {
            pair,
            kept_back,
            paused,
            measures: Measure::collect(ratings, scale),
            days: DayStrip::of(days, today),
            earlier,
        })
    }

    /// Returns the newest session with a text that can be answered again, and its day.
    pub(crate) fn offered(&self, store: &Store, today: Date) -> Option<(&str, Date)> {
        let mut earlier = self.earlier.iter();
        let offered = earlier.find(|(id, _)| {
            let session = store.sessions().read(id);
            session.is_ok_and(|session| can_be_offered(&session, today))
        });
        offered.map(|(id, day)| (id.as_str(), *day))
    }
}

/// What a session is to ratings.
enum ReadSession {
    /// It is finished: its day, what was rated, and its id where a text in it may be answered again.
    Done(Date, Vec<Rating>, Option<SessionId>),
    /// It has ratings, and isn’t finished.
    Paused,
    /// Nothing.
    Other,
}

/// Texts that many ratings share.
#[derive(Default)]
struct SharedTexts(HashSet<Arc<str>>);

impl SharedTexts {
    fn of(&mut self, text: &str) -> Arc<str> {
        if let Some(known) = self.0.get(text) {
            return known.clone();
        }
        let new: Arc<str> = text.into();
        self.0.insert(new.clone());
        new
    }
}

/// Exercises, each loaded once, and the texts that ratings of them share.
struct KnownExercises<'l> {
    library: &'l Library,
    loaded: HashMap<String, Option<Exercise>>,
    texts: SharedTexts,
    pair: PairHistory,
    household: Option<&'l Household>,
    kept_back: BTreeMap<String, usize>,
}

impl<'l> KnownExercises<'l> {
    fn new(library: &'l Library, household: Option<&'l Household>) -> Self {
        Self {
            library,
            household,
            kept_back: BTreeMap::new(),
            loaded: HashMap::new(),
            texts: SharedTexts::default(),
            pair: PairHistory::default(),
        }
    }

    fn load(&mut self, id: &str) {
        if !self.loaded.contains_key(id) {
            let exercise = self.library.load(id).ok();
            self.loaded.insert(id.to_string(), exercise);
        }
    }

    /// The ratings of one session, under the ids that their steps have today.
    fn ratings(&mut self, session: &Session, day: Date, named: &[String]) -> Vec<Rating> {
        let mut ratings: Vec<Rating> = Vec::with_capacity(session.answers.len());
        if session.answers.is_empty() {
            return ratings;
        }
        self.load(&session.exercise);
        let exercise = self.loaded.get(&session.exercise).and_then(Option::as_ref);
        let (texts, id) = (&mut self.texts, Arc::<str>::from(session.id.as_str()));
        let partners = session.partners();
        let household = self.household.zip(partners.as_ref());
        let guests = household.map_or(Vec::new(), |(household, two)| household.guests(two));
        for answer in &session.answers {
            let step = match exercise {
                Some(exercise) => exercise.step_id_today(&answer.step),
                None => &answer.step,
            };
            let theirs = answer.by.filter(|by| guests.contains(by));
            if let (Some(by), Some(two)) = (theirs, &partners) {
                if matches!(answer.value(), Some(Value::Number(_))) {
                    let count = self.kept_back.entry(two.name(by).to_string());
                    *count.or_default() += 1;
                }
                continue;
            }
            let name = answer.name.as_deref().unwrap_or(step);
            let name = match (answer.by, &partners) {
                (Some(by), Some(partners)) => texts.of(&format!("{name}, {}", partners.name(by))),
                _ => texts.of(name),
            };
            let is_named = || named.contains(&format!("{}/{step}", session.exercise));
            if answer.unreached || answer.closed || answer.sensitive && !is_named() {
                continue;
            }
            let rating = Rating {
                session: id.clone(),
                day,
                exercise: texts.of(&session.exercise),
                title: texts.of(&session.title),
                step: texts.of(step),
                name,
                by: answer.by,
                value: match answer.value() {
                    Some(Value::Number(number)) => Some(*number),
                    _ => None,
                },
            };
            let mut earlier = ratings.iter_mut();
            let is_same = |it: &&mut Rating| it.step == rating.step && it.by == rating.by;
            match earlier.find(is_same) {
                Some(round) => *round = rating,
                None => ratings.push(rating),
            }
        }
        if let (Some(exercise), Some(partners)) = (exercise, partners) {
            let is_exercise = |name: &String| name.split('/').next() == Some(&session.exercise);
            let is_named = named.is_empty() || named.iter().any(is_exercise);
            if is_named {
                let guesses = guesses(exercise, &ratings, &partners);
                self.pair.guesses.extend(guesses);
            }
            if is_named || named.iter().any(|name| name == UNDERSTOOD) {
                let tries = tries(exercise, session, &ratings, &partners);
                self.pair.tries.extend(tries);
            }
        }
        ratings
    }

    /// What the numbers of a step mean, where there is such a step.
    fn scale(&mut self, exercise: &str, step: &str) -> Option<MeasureScale> {
        self.load(exercise);
        match &self.loaded.get(exercise)?.as_ref()?.step(step)?.ask {
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

/// By how much two people were off with their guesses, where both showed them.
fn guesses(exercise: &Exercise, ratings: &[Rating], partners: &Partners) -> Vec<PairPoint<u64>> {
    let guess = |guess: &Rating| {
        let of = exercise.step(&guess.step)?.participation.guess.as_deref()?;
        let other = guess.by?.other();
        let mut ratings = ratings.iter();
        let said = ratings.find(|it| &*it.step == of && it.by == Some(other))?;
        let off = guess.value?.abs_diff(said.value?);
        point(guess, partners, off)
    };
    ratings.iter().filter_map(guess).collect()
}

/// Whether each felt understood in the first round, where it goes on until they do.
fn tries(
    exercise: &Exercise,
    session: &Session,
    ratings: &[Rating],
    partners: &Partners,
) -> Vec<PairPoint<bool>> {
    let first = |rating: &Rating| {
        let step = exercise.step(&rating.step)?;
        let group = step.group.as_deref().and_then(|id| exercise.group(id))?;
        let (Asking::Rate { measure, .. }, Condition::Step { step: until, test }) =
            (&step.ask, &group.repeat_until)
        else {
            return None;
        };
        let AnswerTest::AtLeast(least) = test else {
            return None;
        };
        let is_it = measure.as_deref() == Some(UNDERSTOOD) && *until == step.id;
        let mut answers = session.answers.iter().filter(|answer| answer.round == 1);
        let answer = answers.find(|answer| {
            answer.by == rating.by && exercise.step_id_today(&answer.step) == step.id
        });
        match answer.filter(|_| is_it)?.value()? {
            Value::Number(number) => point(rating, partners, number >= least),
            _ => None,
        }
    };
    ratings.iter().filter_map(first).collect()
}

fn point<T>(rating: &Rating, partners: &Partners, value: T) -> Option<PairPoint<T>> {
    let by = rating.by?;
    Some(PairPoint {
        session: rating.session.clone(),
        day: rating.day,
        step: rating.step.clone(),
        by,
        name: partners.name(by).into(),
        value,
    })
}

/// The measure of whether somebody felt understood.
const UNDERSTOOD: &str = "felt-understood";

/// A text is offered to be answered again after so many days.
const OFFERED_AFTER: i64 = 28;

/// So many of the newest that may fit are looked at.
const MOST_EARLIER: usize = 50;
