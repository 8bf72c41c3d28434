//! A session as a record of the journal.

use std::collections::BTreeSet;

use jiff::civil::{Date, DateTime};

use super::format::{self, FormatError};
use super::record::{Record, RecordKind};
use crate::session::{Answer, Moment, Outcome, Partner, Session, SessionId, SessionState, Value};

impl Record for Session {
    const KIND: &'static RecordKind =
        &RecordKind::of::<Self>("sessions", "session", "trust-coach history");

    fn id(&self) -> &str {
        &self.id
    }

    fn with_id(self, id: SessionId) -> Self {
        Self { id, ..self }
    }

    fn started(&self) -> &Moment {
        &self.started
    }

    fn to_text(&self) -> String {
        format::to_text(self)
    }

    fn from_text(text: &str) -> Result<Self, FormatError> {
        format::from_text(text)
    }

    fn contradictions(&self) -> Vec<String> {
        let answers = self.answers.iter();
        let given = answers.clone().filter_map(|answer| answer.at.as_ref());
        let versions = answers.clone().flat_map(|answer| &answer.versions);
        let moments = [("started", &self.started)]
            .into_iter()
            .chain(self.ended.iter().map(|at| ("ended", at)))
            .chain(self.notes.iter().map(|note| ("at", &note.at)))
            .chain(given.map(|at| ("at", at)))
            .chain(versions.map(|version| ("at", &version.at)));
        // Of what was closed only the day is kept.
        let is_day = |at: &Moment| at.day() == at.0 && at.0.parse::<Date>().is_ok();
        let odd = moments.filter_map(|(key, at)| match at.other_zone() {
            Some(zone) => Some(format!(
                "{key} = {:?} has an offset that {zone} didn’t have then",
                at.0
            )),
            None if at.unknown_zone().is_some() => {
                Some(format!("{key} = {:?} has a zone that isn’t known", at.0))
            }
            None if at.at().is_none() && !is_day(at) => {
                Some(format!("{key} = {:?} isn’t a date and time", at.0))
            }
            None => None,
        });
        let mut all: Vec<String> = odd.collect();
        let versions = answers.clone().flat_map(|answer| &answer.versions);
        let given = answers.clone().filter_map(Answer::value);
        for value in given.chain(versions.map(|version| &version.value)) {
            if let Value::Date(date) = value
                && !is_date(date)
            {
                all.push(format!("value = {date:?} isn’t a date"));
            }
        }
        let ended = self.ended.as_ref().and_then(Moment::at);
        if let (Some(started), Some(ended)) = (self.started.at(), ended)
            && ended < started
        {
            all.push(String::from("it ends before it begins"));
        }
        let two = self.partners();
        let named = Partner::PAIR.map(|partner| self.partner_name(partner).is_some());
        if two.is_some() && named != [true, true] {
            all.push(String::from("`partners` doesn’t name both people"));
        } else if two.is_some_and(|two| two.are_alike()) {
            all.push(String::from("both people have the same name"));
        }
        for answer in answers.clone().filter(|answer| answer.closed) {
            if answer.own_value().is_some() {
                let id = answer.id();
                all.push(format!(
                    "the answer to {id} is closed, but its words are in plain text"
                ));
            }
        }
        let mut known = BTreeSet::new();
        // What was typed for a step that asks for something else now is kept beside its answer.
        for id in answers.filter(|answer| !answer.unreached).map(Answer::id) {
            if !known.insert(id.clone()) {
                all.push(format!("it has two answers to {id}"));
            }
        }
        all
    }

    fn is_same(&self, other: &Self) -> bool {
        format::same(self, other)
    }

    fn contains(&self, part: &Self) -> bool {
        let is_on = part.state != SessionState::Done || self.state == SessionState::Done;
        is_on
            && self.exercise == part.exercise
            && part.notes.iter().all(|note| self.notes.contains(note))
            && part.tags.iter().all(|tag| self.has_tag(tag))
            && part
                .extra
                .iter()
                .all(|(key, value)| self.extra.get(key) == Some(value))
            && part.answers.iter().all(|answer| {
                let mut same = self.answers.iter().filter(|one| one.is(&answer.id()));
                is_empty(answer) || same.any(|one| answer_holds(one, answer))
            })
    }
}

/// Whether an answer is a day of the calendar, or one with a time.
fn is_date(date: &str) -> bool {
    let moment = Moment(date.to_string());
    let has_time = date.len() > "2026-12-01".len();
    match has_time {
        true => {
            moment.other_zone().is_none()
                && moment.unknown_zone().is_none()
                && (moment.at().is_some() || date.parse::<DateTime>().is_ok())
        }
        false => date.parse::<Date>().is_ok(),
    }
}

/// Whether nothing was given yet.
fn is_empty(answer: &Answer) -> bool {
    matches!(answer.given, Outcome::Pending | Outcome::Seen)
        && answer.progress.is_none()
        && answer.versions.is_empty()
        && answer.extra.is_empty()
}

fn answer_holds(whole: &Answer, part: &Answer) -> bool {
    let had = |value: &Value| {
        whole.value() == Some(value) || whole.versions.iter().any(|one| one.value == *value)
    };
    let given = match &part.given {
        Outcome::Pending | Outcome::Seen => true,
        Outcome::Closed(_) => whole.given == part.given,
        Outcome::Skipped => whole.given == Outcome::Skipped || whole.value().is_some(),
        Outcome::Value(_) if whole.given == part.given => whole.label == part.label,
        Outcome::Value(value) => had(value),
    };
    // A text in progress went into the answer that was given after it, or was put away.
    let put_away = |text: &String| had(&Value::Text(text.clone()));
    let progress = part.progress == whole.progress || part.progress.as_ref().is_none_or(put_away);
    given
        && (progress || (part.value().is_none() && whole.value().is_some()))
        && (part.item.is_none() || part.item == whole.item)
        && part.versions.iter().all(|one| had(&one.value))
        && part
            .extra
            .iter()
            .all(|(key, value)| whole.extra.get(key) == Some(value))
}
