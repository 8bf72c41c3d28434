//! Two people at one keyboard: who sits there, what each has closed, and what both get to see.

use jiff::Zoned;

use super::Engine;
use super::path::Slot;
use crate::exercise::{Answerer, Asking, Partner, PersonName, StepKind};
use crate::session::{Answer, AnswerId, Outcome, OwnKey, Partners};

/// Who sits before the screen, in an exercise for two.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Scene {
    /// Both of them.
    Together,
    /// One of them, and the other looks away.
    Alone(Partner),
}

impl Engine {
    /// What the current step asks for.
    pub fn current_kind(&self) -> Option<StepKind> {
        self.current().map(|slot| self.step(slot).kind())
    }

    /// The two who do it.
    pub fn partners(&self) -> Option<&Partners> {
        self.partners.as_ref()
    }

    /// Notes when the two go on, as they typed it. Returns whether a moment to come is meant.
    pub fn set_return(&mut self, words: &str, now: &Zoned) -> bool {
        let at = crate::dates::read(words, &self.today(now))
            .ok()
            .filter(|at| match at.parse::<Zoned>() {
                Ok(moment) => moment > *now,
                Err(_) => *at >= self.today(now).date.to_string(),
            });
        let is_meant = at.is_some();
        if is_meant {
            self.session.set_return_at(at);
        }
        is_meant
    }

    /// Forgets it: they go on.
    pub fn forget_return(&mut self) {
        self.session.set_return_at(None);
    }

    /// Who sits before the screen now; nothing in an exercise for one.
    pub fn scene(&self) -> Option<Scene> {
        match self.current() {
            Some(slot) => self.scene_at(slot),
            None => self.partners.as_ref().map(|_| Scene::Together),
        }
    }

    pub(super) fn scene_at(&self, slot: Slot) -> Option<Scene> {
        self.partners.as_ref()?;
        let alone = self.step(slot).participation.is_alone();
        Some(match slot.by.filter(|_| alone) {
            Some(partner) => Scene::Alone(partner),
            None => Scene::Together,
        })
    }

    /// Whether the step is one of whoever sits there now. Nobody is asked again whether they show
    /// something.
    pub(super) fn can_go_back_to(&self, slot: Slot) -> bool {
        self.scene_at(slot) == self.scene() && self.step(slot).kind() != StepKind::Share
    }

    /// The name of a person in a text that is read at `slot`.
    pub(super) fn name_of(&self, name: PersonName, slot: Slot) -> String {
        let partner = match name {
            PersonName::Of(partner) if self.ground().is_swapped(slot) => Some(partner.other()),
            PersonName::Of(partner) => Some(partner),
            PersonName::Me => slot.by,
            PersonName::Other => slot.by.map(Partner::other),
        };
        match (partner, &self.partners) {
            (Some(partner), Some(partners)) => partners.name(partner).to_string(),
            _ => name.letter(slot.by.unwrap_or(Partner::A)).to_string(),
        }
    }

    /// The prompt of the current step as one of the two reads it.
    pub fn prompt_for(&self, partner: Partner) -> String {
        let Some(slot) = self.current() else {
            return String::new();
        };
        let by = Some(partner);
        let template = &self.step(slot).prompt;
        self.fill(Slot { by, ..slot }, template).trim().to_string()
    }

    /// The steps that the current `share` step shows.
    fn shared_steps(&self) -> &[String] {
        match self.current().map(|slot| &self.step(slot).ask) {
            Some(Asking::Share { of }) => of,
            _ => &[],
        }
    }

    /// The closed answers that the current `share` step would show, of one of the two.
    pub fn closed_of(&self, partner: Partner) -> Vec<&Answer> {
        let of = self.shared_steps();
        let answers = self.session.answers.iter();
        let theirs = answers.filter(|answer| answer.closed && answer.by == Some(partner));
        theirs
            .filter(|answer| !answer.unreached && of.contains(&answer.step))
            .collect()
    }

    /// Whether something that one of the two would show there is under a passphrase that wasn't typed.
    pub fn is_locked(&self, partner: Partner) -> bool {
        let mut closed = self.closed_of(partner).into_iter();
        closed.any(|answer| matches!(answer.given, Outcome::Closed(_)))
    }

    /// Whether everything that the current `share` step shows has been answered.
    pub fn is_whole(&self) -> bool {
        let expected = |id: &String| match self.exercise.step(id).map(|step| &step.participation) {
            Some(part) if part.by == Answerer::Each => 2,
            _ => 1,
        };
        self.shared_steps().iter().all(|id| {
            let both = Partner::PAIR.map(|partner| self.closed_of(partner));
            let given = both.iter().flatten().filter(|answer| answer.step == *id);
            let given: Vec<_> = given.map(|answer| answer.own_value().is_some()).collect();
            given.len() >= expected(id) && given.into_iter().all(|given| given)
        })
    }

    /// Ends the current `share` step. What both wanted to show is open from now on, as it is now.
    pub fn share(&mut self, show: bool, now: &Zoned) {
        let Some(slot) = self.current() else {
            return;
        };
        if show {
            let of = self.shared_steps().to_vec();
            let answers = self.session.answers.iter_mut();
            let shown = |answer: &&mut Answer| answer.closed && !answer.unreached;
            for answer in answers.filter(shown).filter(|it| of.contains(&it.step)) {
                answer.closed = false;
                // Only what was shown is open; what stood there before was seen by nobody.
                (answer.versions, answer.progress) = (Vec::new(), None);
            }
        }
        self.record_answer(slot, Outcome::Seen, None, now);
    }

    /// What both see of the steps that were shown, with what each had guessed.
    pub fn shown(&self, of: &[AnswerId]) -> String {
        let partners = self.partners.clone().unwrap_or_else(Partners::letters);
        let mut lines: Vec<String> = Vec::new();
        let mut heading = None;
        for id in of {
            let (Some(step), Some(answer)) =
                (self.exercise.step(&id.step), self.session.answer(id))
            else {
                continue;
            };
            if step.participation.guess.is_some() {
                continue;
            }
            if heading.replace(id.step.as_str()) != Some(id.step.as_str()) {
                let name = step.name.as_ref().unwrap_or(&step.id);
                lines.push(format!("\n{name}"));
            }
            let name = |partner| partners.name(partner);
            let who = answer.by.map(name).unwrap_or_default();
            let words = answer.words().unwrap_or_default();
            lines.push(format!("{who}: {words}"));
            let other = answer.by.map(Partner::other);
            let guess = of.iter().find_map(|guess| {
                let step = self.exercise.step(&guess.step)?;
                let meant = step.participation.guess.as_ref() == Some(&id.step);
                let answer = self.session.answer(guess).filter(|_| meant)?;
                answer.words().filter(|_| answer.by == other)
            });
            if let (Some(guess), Some(other)) = (guess, other) {
                lines.push(format!("{} had guessed: {guess}", name(other)));
            }
        }
        lines.join("\n").trim().to_string()
    }

    /// Whether anything that was closed has been shown.
    pub fn has_shown(&self) -> bool {
        let mut answers = self.session.answers.iter();
        answers.any(|answer| {
            let step = self.exercise.step(&answer.step);
            answer.value().is_some() && step.is_some_and(|step| step.participation.seal)
        })
    }

    /// Whether one of the two has anything closed here that says something.
    pub fn has_closed(&self, partner: Partner) -> bool {
        let mut answers = self.session.answers.iter();
        answers.any(|answer| {
            let says = answer.settled() || answer.progress.is_some();
            answer.closed && answer.by == Some(partner) && says
        })
    }

    /// Who was being asked when the session was saved, where only their passphrase tells whether they
    /// had answered.
    pub fn asked_behind_key(&self) -> Option<Partner> {
        let at = self.session.at.as_ref()?;
        let asked = self
            .session
            .answers
            .iter()
            .filter(|answer| answer.step == *at);
        let last = asked.max_by_key(|answer| (answer.round, answer.by))?;
        let partner = last
            .by
            .filter(|_| matches!(last.given, Outcome::Closed(_)))?;
        self.session.own_key(partner).map(|_| partner)
    }

    /// Notes that what one of the two closes has a key of their own, and opens with it what they closed
    /// before.
    pub fn use_own_key(
        &mut self,
        partner: Partner,
        own: OwnKey,
        open: &dyn Fn(&Answer) -> Option<Answer>,
    ) {
        self.session.set_own_key(partner, Some(own));
        self.own_keys.insert(partner);
        for answer in &mut self.session.answers {
            if let Some(opened) = Some(partner)
                .filter(|_| answer.by == Some(partner))
                .and_then(|_| open(answer))
            {
                *answer = opened;
            }
        }
    }

    /// Whether anything that one of the two didn't show is kept for them at the end.
    pub fn keeps_closed(&self, partner: Partner) -> bool {
        let mut answers = self.session.answers.iter();
        answers.any(|answer| answer.by == Some(partner) && self.is_kept_closed(answer))
    }

    fn is_kept_closed(&self, answer: &Answer) -> bool {
        let opens = |partner| {
            let is_theirs = matches!(answer.given, Outcome::Closed(_));
            self.session.own_key(partner).is_some()
                && (is_theirs || self.own_keys.contains(&partner))
        };
        answer.closed && answer.settled() && answer.by.is_some_and(opens)
    }

    /// Erases what stayed closed, but for what only its owner's passphrase opens.
    pub(super) fn erase_closed(&mut self) {
        let mut answers = std::mem::take(&mut self.session.answers);
        answers.retain(|answer| !answer.closed || self.is_kept_closed(answer));
        self.session.answers = answers;
        for partner in Partner::PAIR {
            if !self.keeps_closed(partner) {
                self.session.set_own_key(partner, None);
            }
        }
    }

    /// The ids of what the current `share` step shows, step by step.
    pub fn shared_ids(&self) -> Vec<AnswerId> {
        let of = self.shared_steps();
        let both = Partner::PAIR.map(|partner| self.closed_of(partner));
        let all: Vec<&Answer> = both.into_iter().flatten().collect();
        let ids = of.iter().flat_map(|step| {
            let here = all.iter().filter(move |answer| answer.step == *step);
            here.map(|answer| answer.id())
        });
        ids.collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ask::Input;
    use crate::engine::Context;
    use crate::exercise::library::Library;
    use crate::test_support::{given, now, session};

    #[test]
    fn how_many_steps_there_are_counts_those_of_both_and_is_told_to_the_end() {
        for id in ["guesses", "agreement", "speaker-listener", "weekly-meeting"] {
            let exercise = Library::open(None).load(id).unwrap();
            let mut session = session("20261122T174501.000Z-00000001");
            session.answers.clear();
            session.set_partners(&Partners::letters());
            let mut engine = Engine::new(exercise, session, Context::default());
            let (mut told, mut steps) = (usize::MAX, 0);
            while let Some(ask) = engine.ask() {
                let place = ask.place.unwrap();
                assert!(!place.grew, "{id}: {place:?} after {told}");
                assert!(place.of <= told, "{id}: {place:?} after {told}");
                (told, steps) = (place.of, place.step);
                if engine.current_kind() == Some(StepKind::Share) {
                    engine.share(true, &now());
                } else {
                    engine.answer(&given(&ask.want, 0), &now()).unwrap();
                }
            }
            assert_eq!(told, steps, "{id}");
        }
    }

    #[test]
    fn what_both_agreed_on_is_asked_again_once_its_words_are_changed() {
        for (id, what) in [("agreement", "deal"), ("openness-for-two", "deal")] {
            let exercise = Library::open(None).load(id).unwrap();
            let mut session = session("20261122T174501.000Z-00000001");
            session.answers.clear();
            session.set_partners(&Partners::letters());
            let mut engine = Engine::new(exercise, session, Context::default());
            while let Some(ask) = engine.ask() {
                match engine.current_kind() {
                    Some(StepKind::Share) => engine.share(true, &now()),
                    _ => engine.answer(&given(&ask.want, 0), &now()).unwrap(),
                }
            }
            let deal = AnswerId::new(what, 1);
            let words = engine.session().answer(&deal).unwrap().words().unwrap();
            for (typed, asks) in [(words, false), ("Altered by one alone.".into(), true)] {
                engine.revise(&deal);
                engine.answer(&Input::Words(typed), &now()).unwrap();
                let mut kinds = Vec::new();
                while let Some(ask) = engine.ask() {
                    kinds.extend(engine.current_kind());
                    engine.answer(&given(&ask.want, 0), &now()).unwrap();
                }
                let is_asked = kinds.contains(&StepKind::Promise);
                assert_eq!(is_asked, asks, "{id}");
            }
        }
    }
}
