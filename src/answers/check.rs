//! What is wrong with a script's answers, all of it at once.

use std::collections::BTreeSet;

use super::Answers;
use super::batch::{self, ScriptedAnswer};
use crate::dates::LocalDay;
use crate::engine;
use crate::exercise::{Asking, Condition, Exercise, Step, StepKind};
use crate::format::did_you_mean;
use crate::session::{AnswerId, Partner};
use crate::text::first_words;

/// How many columns of a key a message shows.
const QUOTED: usize = 40;

/// For so many unknown keys the nearest name is looked for. With more it is another file.
const MEANT: usize = 100;

/// One thing that is wrong with a script's answers.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AnswerProblem {
    /// A stable word for programs: `missing`, `unknown`, `unknown-draw`, `unknown-item`,
    /// `no-answer`, `twice`, `answered`, or a rejection's code.
    pub code: &'static str,
    /// The answer's key.
    pub id: String,
    /// The step's kind; none where there is no such step.
    pub kind: Option<StepKind>,
    /// The ids of what can be chosen, where something is chosen.
    pub options: Vec<String>,
    /// For people.
    pub message: String,
}

impl AnswerProblem {
    /// Whether it is only that nothing was given.
    pub fn is_missing(&self) -> bool {
        self.code == MISSING
    }

    /// Whether the session has another answer already.
    pub fn is_answered(&self) -> bool {
        self.code == ANSWERED
    }

    /// Whether one of two people has closed an answer already.
    pub fn is_closed(&self) -> bool {
        self.code == CLOSED
    }
}

const MISSING: &str = "missing";
pub(super) const ANSWERED: &str = "answered";
pub(super) const CLOSED: &str = "closed";

/// Everything that is wrong: what no step knows, what cannot be an answer, what its step does not
/// take, on the way taken or not; and what was missing when a [`batch::Batch`] went the way, as
/// far as that way is certain. What hangs on an answer that is missing or wrong itself is named
/// with that one.
pub fn problems(
    exercise: &Exercise,
    answers: &Answers,
    met: &[batch::BatchProblem],
    today: &LocalDay,
) -> Vec<AnswerProblem> {
    let mut all: Vec<AnswerProblem> = unknown(exercise, answers);
    all.extend(draws(exercise, answers));
    for fault in &answers.faults {
        let message = format!("answer `{}`: {}", short(&fault.key), fault.message);
        all.push(problem(exercise, fault.code, &fault.key, message));
    }
    let faulty: BTreeSet<&str> = answers.faults.iter().map(|f| f.key.as_str()).collect();
    let met = met.iter().filter(|met| !faulty.contains(met.id.as_str()));
    let met: Vec<&batch::BatchProblem> = met.collect();
    let open: BTreeSet<&str> = met
        .iter()
        .map(|met| met.id.as_str())
        .chain(faulty)
        .collect();
    for met in &met {
        if met.code == MISSING && uncertain(exercise, &met.id, &open) {
            continue;
        }
        let message = if met.code == EMPTY {
            format!("answer `{}`: {IS_EMPTY}", met.id)
        } else {
            met.message.clone()
        };
        let also = hanging(exercise, answers, &met.id);
        all.push(problem(exercise, met.code, &met.id, message + &also));
    }
    let elsewhere = elsewhere(exercise, answers, &open, today);
    all.extend(elsewhere);
    all
}

pub(super) fn short(key: &str) -> String {
    first_words(key, QUOTED)
}

pub(super) fn problem(
    exercise: &Exercise,
    code: &'static str,
    id: &str,
    message: String,
) -> AnswerProblem {
    let step = exercise.step(base(id));
    let options = step.map(Step::options).unwrap_or_default();
    AnswerProblem {
        code,
        id: id.to_string(),
        kind: step.map(Step::kind),
        options: options.iter().map(|option| option.id.clone()).collect(),
        message,
    }
}

/// The step's id in an answer's key.
fn base(key: &str) -> &str {
    let key = key
        .strip_prefix("a:")
        .or(key.strip_prefix("b:"))
        .unwrap_or(key);
    key.split_once('@').map_or(key, |(id, _)| id)
}

fn round(key: &str) -> Option<u32> {
    // One key for one answer: `act@1`, `act@02` and `act@+2` are none.
    let id: AnswerId = key.parse().ok()?;
    (id.to_string() == key).then_some(id.round)
}

/// The step that an answer with this key is for, in a round that there can be.
fn asked_by<'e>(exercise: &'e Exercise, key: &str) -> Option<&'e Step> {
    let step = exercise.step(base(key))?;
    let group = step.group.as_deref().and_then(|name| exercise.group(name));
    let rounds = group.map_or(1, |group| group.at_most);
    let there = round(key).is_some_and(|round| round <= rounds);
    let theirs = key
        .parse::<AnswerId>()
        .is_ok_and(|id| step.is_asked_of(id.by, group));
    (there && theirs && step.kind() != StepKind::Say).then_some(step)
}

fn unknown(exercise: &Exercise, answers: &Answers) -> Vec<AnswerProblem> {
    let ids = || {
        let asking = exercise
            .steps
            .iter()
            .filter(|step| step.kind() != StepKind::Say);
        asking.map(|step| step.id.as_str())
    };
    let keys = answers.given.keys();
    keys.filter(|key| asked_by(exercise, key).is_none())
        .enumerate()
        .map(|(at, key)| {
            let message = match exercise.step(base(key)).map(Step::kind) {
                Some(StepKind::Say) => {
                    format!("answer `{}`: this step doesn’t ask anything", short(key))
                }
                Some(_) if exercise.head.for_two => {
                    format!("unknown answer `{}`; {}", short(key), people(exercise, key))
                }
                Some(_) => format!("unknown answer `{}`; {}", short(key), rounds(exercise, key)),
                None => {
                    let meant = (at < MEANT && key.len() <= 2 * QUOTED)
                        .then(|| did_you_mean(base(key), ids()));
                    let meant = meant.flatten().map(|question| format!("; {question}"));
                    format!(
                        "unknown answer `{}`{}",
                        short(key),
                        meant.unwrap_or_default()
                    )
                }
            };
            problem(exercise, "unknown", key, message)
        })
        .collect()
}

/// Who is asked what a key names.
fn people(exercise: &Exercise, key: &str) -> String {
    let step = exercise.step(base(key));
    let group = step.and_then(|step| exercise.group(step.group.as_deref()?));
    let asked = |by| step.is_some_and(|step| step.is_asked_of(by, group));
    if asked(None) {
        return String::from("it’s answered together, in [answers]");
    }
    let tables = Partner::PAIR
        .into_iter()
        .filter(|partner| asked(Some(*partner)));
    let tables: Vec<String> = tables
        .map(|partner| format!("[answers.{}]", partner.id()))
        .collect();
    format!(
        "it belongs to {}, and may have too many rounds",
        tables.join(" and ")
    )
}

/// What rounds the step of a key has.
fn rounds(exercise: &Exercise, key: &str) -> String {
    let id = base(key);
    let group = exercise.step(id).and_then(|step| step.group.as_deref());
    match group
        .and_then(|name| exercise.group(name))
        .map(|group| group.at_most)
    {
        None | Some(1) => format!("`{id}` is asked once"),
        Some(2) => format!("the rounds are `{id}` and `{id}@2`"),
        Some(last) => format!("the rounds are `{id}`, `{id}@2`, up to `{id}@{last}`"),
    }
}

fn draws(exercise: &Exercise, answers: &Answers) -> Vec<AnswerProblem> {
    let mut all = Vec::new();
    for (key, item) in &answers.draws {
        let Some(Asking::Draw { pool, .. }) = asked_by(exercise, key).map(|step| &step.ask) else {
            let drawing = exercise
                .steps
                .iter()
                .filter(|step| step.kind() == StepKind::Draw);
            let ids: Vec<&str> = drawing.map(|step| step.id.as_str()).collect();
            let message = match ids.as_slice() {
                [] => format!("draw `{}`: this exercise draws nothing", short(key)),
                ids => format!(
                    "draw `{}`: the steps that draw are {}",
                    short(key),
                    ids.join(", ")
                ),
            };
            all.push(problem(exercise, "unknown-draw", key, message));
            continue;
        };
        if pool.iter().any(|known| known.id == *item) {
            continue;
        }
        let ids: Vec<&str> = pool.iter().map(|item| item.id.as_str()).collect();
        let message = format!(
            "draw `{key}`: there’s no item `{}`; the items are {}",
            short(item),
            ids.join(", ")
        );
        let mut problem = problem(exercise, "unknown-item", key, message);
        problem.options = ids.into_iter().map(String::from).collect();
        all.push(problem);
    }
    all
}

/// Whether it is not certain that the step would be asked, or would lack an answer: what decides
/// that is open itself.
fn uncertain(exercise: &Exercise, key: &str, open: &BTreeSet<&str>) -> bool {
    let Some(step) = exercise.step(base(key)) else {
        return false;
    };
    let here = round(key).unwrap_or(1);
    let is_open =
        |id: &str, round: u32| open.contains(AnswerId::new(id, round).to_string().as_str());
    let group = step.group.as_deref().and_then(|name| exercise.group(name));
    let by_condition = step.when.as_ref().is_some_and(|when| {
        let same_group = |id: &str| exercise.step(id).is_some_and(|s| s.group == step.group);
        when.steps().iter().any(|id| match &step.group {
            Some(_) if same_group(id) => is_open(id, here),
            _ => open.iter().any(|key| base(key) == *id),
        })
    });
    let by_sources = match &step.ask {
        Asking::Compose { from, .. } => {
            from.iter().any(|id| open.iter().any(|key| base(key) == id))
        }
        _ => false,
    };
    let by_rounds = group.is_some_and(|group| {
        let ends = group.repeat_until.steps();
        (1..here).any(|before| ends.iter().any(|id| is_open(id, before)))
    });
    by_condition || by_sources || by_rounds
}

/// The steps that may be asked too, once this one has an answer.
fn hanging(exercise: &Exercise, answers: &Answers, key: &str) -> String {
    let id = base(key);
    let looks = |condition: &Condition| condition.steps().contains(&id);
    let steps = exercise.steps.iter().filter(|step| {
        step.kind() != StepKind::Say
            && step.when.as_ref().is_some_and(looks)
            && !answers.given.keys().any(|given| base(given) == step.id)
    });
    let ids: Vec<String> = steps.map(|step| format!("`{}`", step.id)).collect();
    match ids.as_slice() {
        [] => String::new(),
        ids => format!(" (then perhaps also {})", ids.join(", ")),
    }
}

/// Answers that no step asked for on this way, and that their steps would not take.
fn elsewhere(
    exercise: &Exercise,
    answers: &Answers,
    open: &BTreeSet<&str>,
    today: &LocalDay,
) -> Vec<AnswerProblem> {
    let given = answers.given.iter();
    given
        .filter(|(key, _)| !open.contains(key.as_str()))
        .filter_map(|(key, scripted)| {
            let ScriptedAnswer::Given(given) = scripted else {
                return None;
            };
            let step = asked_by(exercise, key)?;
            // The yes of each of two people, which is no answer to the step.
            if key.contains(':') && matches!(step.kind(), StepKind::Share | StepKind::Promise) {
                return None;
            }
            let rejection = engine::check(step, given, today, exercise.head.language()).err()?;
            let why = if rejection.code == EMPTY {
                IS_EMPTY
            } else {
                &rejection.message
            };
            let message = format!("answer `{key}`: {why}");
            Some(problem(exercise, rejection.code, key, message))
        })
        .collect()
}

/// The code of a text with nothing in it.
const EMPTY: &str = "empty";

// Texts for people.
const IS_EMPTY: &str = "it’s empty; { skip = true } leaves it out";
