//! Which steps a reference can mean: those that come before it.

use std::collections::HashMap;

use crate::exercise::{Asking, Step};
use crate::format::did_you_mean;
use crate::format::problem::{Code, Problem, Span};

/// The steps of the exercise being read, as far as they are known.
pub(super) struct StepScope {
    places: HashMap<String, (usize, Span)>,
    steps: Vec<Option<Step>>,
    /// Whether two people do the exercise.
    pub(super) for_two: bool,
}

impl StepScope {
    /// A scope of steps with these ids, none of them read yet.
    pub(super) fn new(ids: impl Iterator<Item = (usize, String, Span)>, for_two: bool) -> Self {
        let mut places = HashMap::new();
        for (index, id, span) in ids {
            places.entry(id).or_insert((index, span));
        }
        Self {
            places,
            steps: Vec::new(),
            for_two,
        }
    }

    /// Adds the next step; none when it could not be read.
    pub(super) fn push(&mut self, step: Option<Step>) {
        self.steps.push(step);
    }

    /// The steps that were read.
    pub(super) fn into_steps(self) -> Vec<Step> {
        self.steps.into_iter().flatten().collect()
    }

    /// A step that was read and comes before the step at `before`.
    pub(super) fn earlier(&self, id: &str, before: usize) -> Option<&Step> {
        let (index, _) = self.places.get(id)?;
        if *index >= before {
            return None;
        }
        self.steps.get(*index)?.as_ref()
    }

    /// The earlier step that `id` means, whose answer may be read there. `Err` carries the problem,
    /// where one was not already reported elsewhere.
    pub(super) fn find(
        &self,
        id: &str,
        before: usize,
        span: &Span,
    ) -> Result<&Step, Option<Problem>> {
        let step = self.find_any(id, before, span)?;
        if !step.participation.seal || self.is_shared(id, before) {
            return Ok(step);
        }
        let message = format!("the answer to `{id}` is still closed here");
        let place = self.places.get(id).map_or(0..0, |(_, place)| place.clone());
        Err(Some(
            Problem::new(Code::StillClosed, span.clone(), message)
                .second(place, "it’s closed here")
                .help(format!(
                    "what is asked would give it away; first show it, in a step of kind share with of = [\"{id}\"]"
                )),
        ))
    }

    /// Whether a `share` step before `before` names this step.
    pub(super) fn is_shared(&self, id: &str, before: usize) -> bool {
        let earlier = self.steps.iter().take(before).flatten();
        earlier.into_iter().any(|step| match &step.ask {
            Asking::Share { of } => of.iter().any(|shown| shown == id),
            _ => false,
        })
    }

    /// The earlier step that `id` means, closed or not.
    pub(super) fn find_any(
        &self,
        id: &str,
        before: usize,
        span: &Span,
    ) -> Result<&Step, Option<Problem>> {
        match self.places.get(id) {
            None => Err(Some(self.unknown(id, before, span))),
            Some((index, place)) if *index >= before => {
                let message = format!("step `{id}` doesn’t come before this one");
                Err(Some(
                    Problem::new(Code::LaterStep, span.clone(), message)
                        .second(place.clone(), "it’s here")
                        .help("only earlier steps have an answer yet"),
                ))
            }
            Some((index, _)) => match self.steps.get(*index) {
                Some(Some(step)) => Ok(step),
                _ => Err(None),
            },
        }
    }

    fn unknown(&self, id: &str, before: usize, span: &Span) -> Problem {
        let problem = Problem::new(
            Code::UnknownStep,
            span.clone(),
            format!("there’s no step `{}`", id.escape_debug()),
        );
        let earlier = self.places.iter().filter(|(_, (index, _))| *index < before);
        let mut ids: Vec<_> = earlier
            .map(|(id, (index, _))| (index, id.as_str()))
            .collect();
        ids.sort_unstable();
        let ids: Vec<_> = ids.into_iter().map(|(_, id)| id).collect();
        match did_you_mean(id, ids.iter().copied()) {
            Some(question) => problem.help(question),
            None if ids.is_empty() => problem.help("no step comes before this"),
            None if ids.len() > MOST_NAMED => problem,
            None => problem.help(format!("earlier steps: {}", ids.join(", "))),
        }
    }
}

/// A longer list of steps is no help.
const MOST_NAMED: usize = 20;
