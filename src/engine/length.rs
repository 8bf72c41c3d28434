//! Which step somebody is at, and of how many.

use std::hash::{DefaultHasher, Hash, Hasher};

use super::Engine;
use super::path::{Slot, StepPath, ToldLength};
use super::usual_way::usual_ids;
use crate::ask::StepPosition;
use crate::exercise::Condition;
use crate::session::Answer;

impl Engine {
    /// Where a session that is paused now goes on: the first step that is open.
    pub fn open_place(&self) -> Option<StepPosition> {
        self.path().next.map(|next| self.place(next))
    }

    /// Which step this is, of how many as far as one can tell. What was told on the way here never
    /// grows: where a branch turned out longer, it is told no more.
    pub(super) fn place(&self, slot: Slot) -> StepPosition {
        let StepPath { settled, next } = self.path();
        let at = settled.iter().position(|met| *met == slot);
        let step = at.unwrap_or(settled.len()) + 1;
        let here = match next {
            Some(next) => self.length(settled, *next),
            None => PathLength::exactly(settled.len()),
        };
        let told = self
            .told_before(settled)
            .map_or(here.of, |told| told.min(here.of));
        StepPosition {
            step,
            of: if told < here.sure { here.of } else { told },
            about: here.about,
            grew: told < here.sure,
        }
    }

    /// The least length that was told at the steps behind; none at the first.
    fn told_before(&self, settled: &[Slot]) -> Option<usize> {
        let mut told = self.told.borrow_mut();
        let (ground, mut near) = (self.ground(), 0);
        let mut is_same = true;
        for (at, slot) in settled.iter().enumerate() {
            let given = ground.find(*slot, &mut near).map(fingerprint);
            is_same &= told
                .get(at)
                .is_some_and(|told| (told.slot, told.given) == (*slot, given));
            if !is_same {
                told.truncate(at);
                let of = self.length(&settled[..at], *slot).of;
                let of = told.last().map_or(of, |before| of.min(before.of));
                told.push(ToldLength {
                    slot: *slot,
                    given,
                    of,
                });
            }
        }
        settled.len().checked_sub(1).map(|last| told[last].of)
    }

    /// How long the way is, as far as one can tell when `settled` is met and `next` is not: with the
    /// steps that are usual, where it is open whether they come.
    fn length(&self, settled: &[Slot], next: Slot) -> PathLength {
        let usual = self.usual.get_or_init(|| usual_ids(&self.exercise));
        let (mut sure, mut of, mut about) = (settled.len() + 1, settled.len() + 1, false);
        for here in self.ground().ahead(next) {
            let step = self.step(here);
            let (comes, is_sure) = match &step.when {
                None => (true, true),
                Some(when) if self.decided(settled, when, next, here) => {
                    (self.ground().holds(settled, here, when), true)
                }
                Some(_) => (usual.contains(&step.id), false),
            };
            sure += usize::from(comes && is_sure);
            of += usize::from(comes);
            about |= !is_sure;
        }
        let mut rest = self.exercise.steps[next.step..].iter();
        let about = about || rest.any(|step| step.group.is_some());
        PathLength { sure, of, about }
    }

    /// Whether every step that a condition looks at, seen from `here`, lies behind the first open one.
    fn decided(&self, settled: &[Slot], when: &Condition, next: Slot, here: Slot) -> bool {
        let mut closed = self.session.answers.iter().filter(|answer| answer.closed);
        // What both may still show counts as usual until then.
        let waits = closed.any(|answer| when.steps().contains(&answer.step.as_str()));
        !waits
            && when.steps().iter().all(|id| {
                let at = self.exercise.steps.iter().position(|step| step.id == *id);
                // Whoever comes second has not answered what the first has.
                let is_second = here.by.is_some() && here.by != next.by;
                let passed = |at| !is_second && at < next.step;
                at.is_some_and(|at| passed(at) && self.exercise.steps[at].group.is_none())
                    || settled.iter().any(|slot| {
                        let by = !is_second || slot.by.is_none_or(|by| here.by == Some(by));
                        by && slot.round == here.round && self.exercise.steps[slot.step].id == *id
                    })
            })
    }
}

/// How long a way is.
struct PathLength {
    /// So many steps at least.
    sure: usize,
    /// So many as far as one can tell.
    of: usize,
    /// Whether later answers can change that.
    about: bool,
}

impl PathLength {
    fn exactly(of: usize) -> Self {
        Self {
            sure: of,
            of,
            about: false,
        }
    }
}

/// A number for what was given, which another would not have.
fn fingerprint(answer: &Answer) -> u64 {
    let mut hasher = DefaultHasher::new();
    (&answer.given, answer.closed).hash(&mut hasher);
    hasher.finish()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::engine::Context;
    use crate::exercise::library::Library;
    use crate::session::Partners;
    use crate::test_support::{given, now, session};

    impl Engine {
        /// What was told at the steps behind, without remembering any of it.
        fn told_again(&self, settled: &[Slot]) -> Option<usize> {
            let lengths = (0..settled.len()).map(|at| self.length(&settled[..at], settled[at]).of);
            lengths.min()
        }
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(60))]

        #[test]
        fn what_is_remembered_of_the_way_is_what_the_answers_say(
            which in any::<prop::sample::Index>(),
            choices in prop::collection::vec(any::<u8>(), 1..40),
        ) {
            let library = Library::open(None);
            let ids: Vec<String> = library.heads().into_iter().map(|entry| entry.id).collect();
            let exercise = library.load(which.get::<String>(&ids)).unwrap();
            let mut session = session("20261122T174501.000Z-00000001");
            session.answers.clear();
            if exercise.head.for_two {
                session.set_partners(&Partners::letters());
            }
            let mut engine = Engine::new(exercise, session, Context::default());
            for choice in choices {
                let Some(ask) = engine.ask() else { break };
                match choice % 8 {
                    0 => drop(engine.back()),
                    1 => engine.skip(&now()),
                    2 => {
                        let ids: Vec<_> = engine.review().iter().map(|(_, given)| given.id()).collect();
                        let id = ids.get(usize::from(choice) % ids.len().max(1));
                        id.into_iter().for_each(|id| engine.revise(id));
                    }
                    _ => drop(engine.answer(&given(&ask.want, usize::from(choice / 8)), &now())),
                }
                let path = engine.ground().walk();
                prop_assert_eq!(engine.path(), &path);
                let told = engine.told_again(&path.settled);
                prop_assert_eq!(engine.told_before(&path.settled), told);
            }
        }
    }
}
