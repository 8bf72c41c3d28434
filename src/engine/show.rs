//! What a person is shown of a step: the prompt with its answers filled in, what stands there to
//! begin with, earlier answers in view, and where they are.

use std::collections::BTreeMap;
use std::fmt::Display;

use super::draw::chosen_under_names;
use super::path::Slot;
use super::read_options;
use super::versions::text_at;
use super::{Engine, draw};
use crate::ask::{Ask, InitialSource, Pin, Want};
use crate::dates::DayRule;
use crate::exercise::{Asking, LineLimit, Reference, Step, Template};
use crate::session::{Answer, Value};
use crate::text::counted;
use crate::text::language::Language;

impl Engine {
    /// Returns the language that the program speaks meanwhile.
    pub fn language(&self) -> Language {
        self.exercise.head.language()
    }

    pub(super) fn asking(&self, slot: Slot, prompt: String) -> Ask {
        let step = self.step(slot);
        let (initial, initial_by) = self.initial(slot);
        Ask {
            id: slot.id(&step.id).to_string(),
            place: Some(self.place(slot)),
            pins: self.pins(slot),
            prompt,
            want: want(step),
            initial,
            initial_by,
            back: self.before().is_some(),
            optional: step.optional,
            private: step.sensitive || step.participation.is_alone(),
            unmarked: step.unmarked,
            person: slot.by,
            sealed: step.participation.seal,
            secret: false,
            seconds: step.participation.seconds,
            hand_over: false,
            known: self.known_choice(slot),
        }
    }

    /// The prompt of a slot. A drawn item stands before the last paragraph, which asks.
    pub(super) fn prompt(&self, slot: Slot) -> String {
        let step = self.step(slot);
        let text = self.fill(slot, &step.prompt).trim().to_string();
        if let (Asking::Choose { verdict: true, .. }, Some(promise)) =
            (&step.ask, self.promise_at(slot))
        {
            return format!("“{}”\n\n{}\n\n{text}", promise.what, promise.days);
        }
        if let Some(seconds) = step.participation.seconds {
            return format!("{text}\n\n{}", floor_in_words(seconds));
        }
        let Some(item) = self.drawn_text(slot) else {
            return text;
        };
        with_item(&text, &item)
    }

    /// A text with answers filled in, as seen from `slot`.
    pub(super) fn fill(&self, slot: Slot, template: &Template) -> String {
        let met = self.met_before(slot);
        template.fill_with_names(
            |reference| self.quoted(&met, slot, reference),
            |name| self.name_of(name, slot),
            self.session().short_id(),
        )
    }

    fn quoted(&self, met: &[Slot], slot: Slot, reference: &Reference) -> Option<String> {
        match &reference.exercise {
            Some(exercise) => {
                let key = (exercise.clone(), reference.step.clone());
                self.context.outside.get(&key).cloned()
            }
            None => self.ground().words(met, slot, &reference.step),
        }
    }

    /// What is settled before `slot` on the way taken.
    pub(super) fn met_before(&self, slot: Slot) -> Vec<Slot> {
        let mut met = self.path().settled.clone();
        if let Some(here) = met.iter().position(|other| *other == slot) {
            met.truncate(here);
        }
        met
    }

    /// The text that a `compose` step begins with: a paragraph for each source that was answered.
    pub(super) fn compose(&self, slot: Slot) -> String {
        let Asking::Compose { from, headings, .. } = &self.step(slot).ask else {
            return String::new();
        };
        let met = self.met_before(slot);
        let ground = self.ground();
        let paragraph = |id: &String| {
            let words = ground.words(&met, slot, id)?;
            let words = words.trim();
            let name = self.exercise.step(id).and_then(|step| step.name.as_ref());
            match name.filter(|_| *headings) {
                _ if words.is_empty() => None,
                Some(name) => Some(format!("{name}:\n{words}")),
                None => Some(words.to_string()),
            }
        };
        let paragraphs: Vec<String> = from.iter().filter_map(paragraph).collect();
        paragraphs.join("\n\n")
    }

    /// The id of the item that a `draw` shows: the saved one, else the one to draw now.
    pub(super) fn drawn(&self, slot: Slot) -> Option<String> {
        let step = self.step(slot);
        let Asking::Draw { pool, .. } = &step.ask else {
            return None;
        };
        let saved = self
            .ground()
            .answer(slot)
            .and_then(|answer| answer.item.as_ref());
        if let Some(saved) = saved.filter(|saved| pool.iter().any(|item| item.id == **saved)) {
            return Some(saved.clone());
        }
        let wanted = self.context.draws.get(&slot.id(&step.id).to_string());
        if let Some(wanted) = wanted.filter(|id| pool.iter().any(|item| item.id == **id)) {
            return Some(wanted.clone());
        }
        let none = Vec::new();
        let recent = self.context.recent.get(&step.id).unwrap_or(&none);
        let pool = draw::fitting(pool, &self.known());
        // Whoever comes second isn't given what the first has just answered.
        let group = step.group.as_deref().and_then(|id| self.exercise.group(id));
        let before = group.filter(|_| self.ground().is_swapped(slot));
        let round = slot.round + before.map_or(0, |group| group.at_most);
        draw::item(self.session.seed, &step.id, round, &pool, recent).map(|item| item.id.clone())
    }

    /// What is known of the person: what they chose elsewhere, and over it what they chose here.
    fn known(&self) -> BTreeMap<String, String> {
        let mut known = self.context.known.clone();
        known.extend(chosen_under_names(&self.session, &self.exercise));
        known
    }

    pub(super) fn drawn_text(&self, slot: Slot) -> Option<String> {
        let drawn = self.drawn(slot)?;
        let Asking::Draw { pool, .. } = &self.step(slot).ask else {
            return None;
        };
        pool.iter()
            .find(|item| item.id == drawn)
            .map(|item| item.text.trim().to_string())
    }

    fn initial(&self, slot: Slot) -> (Option<String>, InitialSource) {
        let step = self.step(slot);
        let answer = self.ground().answer(slot);
        let stands =
            answer.and_then(|answer| text_at(answer).or_else(|| as_typed(answer, self.language())));
        if let Some(text) = stands {
            return (Some(text), InitialSource::Person);
        }
        if let Asking::Compose { .. } = step.ask {
            let text = self.compose(slot);
            return ((!text.is_empty()).then_some(text), InitialSource::Composed);
        }
        if let Some(chosen) = self.context.remembered.get(&step.id) {
            return (Some(chosen.clone()), InitialSource::Person);
        }
        if let (
            Asking::Write {
                of_promise: true, ..
            },
            Some(promise),
        ) = (&step.ask, self.promise_at(slot))
        {
            return (Some(promise.what.clone()), InitialSource::Composed);
        }
        // A day may stand there, for which each language has its words.
        let said = |words: &String| match step.ask {
            Asking::Date => self.language().translate(words).to_string(),
            _ => words.clone(),
        };
        (
            step.default.as_ref().map(said),
            if step.default.is_some() {
                InitialSource::Author
            } else {
                InitialSource::Person
            },
        )
    }

    /// What is said of a choice that isn't asked for again; nothing where it's still to be made, or
    /// was made in this session.
    fn known_choice(&self, slot: Slot) -> Option<String> {
        let step = self.step(slot);
        if !step.once || self.ground().answer(slot).is_some_and(Answer::settled) {
            return None;
        }
        let chosen = self.context.remembered.get(&step.id)?;
        let mut options = step.options().iter();
        let label = &options.find(|option| option.id == *chosen)?.label;
        let name = step.name.as_ref().unwrap_or(&step.id);
        let values: [(&str, &dyn Display); 2] = [("name", name), ("label", label)];
        Some(self.language().fill(AS_LAST_TIME, &values))
    }

    /// Earlier answers that stay in view, oldest first; of a repeated step the latest alone.
    fn pins(&self, slot: Slot) -> Vec<Pin> {
        let ground = self.ground();
        let mut latest: Vec<Slot> = Vec::new();
        for met in self.met_before(slot) {
            latest.retain(|other| other.step != met.step);
            latest.push(met);
        }
        let pinned = latest.into_iter().filter_map(|met| {
            let step = self.step(met);
            let mine = slot.by.is_none() || met.by.is_none() || met.by == slot.by;
            let answer = ground.answer(met).filter(|_| step.pin && mine)?;
            let words = answer.words_in(self.language())?;
            let text = if step.sensitive {
                self.language().translate(MASK).to_string()
            } else {
                words
            };
            Some(Pin {
                name: step.name.clone().unwrap_or_else(|| step.id.clone()),
                text,
            })
        });
        pinned.collect()
    }
}

/// An answer as a person would type it to give it again.
pub fn as_typed(answer: &Answer, language: Language) -> Option<String> {
    let typed = match answer.own_value()? {
        Value::Choice(id) if id == crate::session::OTHER => {
            answer.label.clone().unwrap_or_default()
        }
        Value::Date(date) if date.contains('T') && date.len() > 16 => {
            date[..16].replacen('T', " ", 1)
        }
        Value::Rule(line) => match line.parse::<DayRule>() {
            Ok(rule) => rule.words_with_start_in(language),
            Err(_) => line.clone(),
        },
        value => value.plain().words(", "),
    };
    Some(typed)
}

/// How long somebody has the floor, as a guide.
pub(super) fn floor_in_words(seconds: u32) -> String {
    let time = if seconds.is_multiple_of(60) {
        counted((seconds / 60) as usize, "minute")
    } else {
        counted(seconds as usize, "second")
    };
    format!("(About {time}. You can stop sooner.)")
}

/// A prompt with what was drawn before its last paragraph, which asks.
pub(super) fn with_item(text: &str, item: &str) -> String {
    match text.rsplit_once("\n\n") {
        Some((before, last)) => format!("{before}\n\n{item}\n\n{last}"),
        None => format!("{item}\n\n{text}"),
    }
}

/// What kind of answer a step takes.
pub fn want(step: &Step) -> Want {
    match &step.ask {
        Asking::Say { .. } | Asking::Share { .. } => Want::Ready,
        Asking::Write {
            lines: LineLimit::One,
            ..
        } => Want::Line,
        Asking::Write { .. } | Asking::Draw { .. } | Asking::Compose { .. } => Want::Text,
        Asking::Choose { options, other, .. } => Want::One {
            options: options.iter().map(read_options::choice).collect(),
            other: other.then(|| String::from(SOMETHING_ELSE)),
        },
        Asking::Pick { options, min, max } => Want::Many {
            options: options.iter().map(read_options::choice).collect(),
            min: usize::try_from(*min).unwrap_or(0),
            max: usize::try_from(*max).unwrap_or(usize::MAX),
        },
        Asking::Rate {
            from,
            to,
            low,
            high,
            ..
        } => Want::Scale {
            from: *from,
            to: *to,
            low: low.clone(),
            high: high.clone(),
        },
        Asking::Confirm => Want::YesNo,
        Asking::Date => Want::Date,
        Asking::Promise(_) => Want::When { or_no: true },
    }
}

// Texts for people.
const MASK: &str = "(not shown)";
const SOMETHING_ELSE: &str = "Something else";
const AS_LAST_TIME: &str = "{name}: {label}, as last time. /back changes it.";
