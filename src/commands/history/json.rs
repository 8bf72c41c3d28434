//! A session for programs. What a person wrote or chose is in it only where that was asked for, and
//! so are prompts, for they may quote it.
//!
//! Nothing is copied on the way: a list can be long.

use serde::Serialize;

use crate::session::{self, Partner, PlainValue, Session, Value};

/// A session, with more behind what is known without opening it.
#[derive(Serialize)]
pub(super) struct SessionJson<'s, M> {
    #[serde(flatten)]
    pub head: SessionHeadJson<'s>,
    #[serde(flatten)]
    pub more: M,
}

/// A session on its own.
#[derive(Serialize)]
pub(super) struct WholeSessionJson<'s> {
    pub format: &'static str,
    #[serde(flatten)]
    pub head: SessionHeadJson<'s>,
    #[serde(flatten)]
    pub written: SessionBodyJson<'s>,
}

/// What is known of a session without opening it.
#[derive(Serialize)]
pub(super) struct SessionHeadJson<'s> {
    id: &'s str,
    short: &'s str,
    exercise: &'s str,
    title: &'s str,
    state: &'static str,
    started: &'s str,
    ended: Option<&'s str>,
    tags: &'s [String],
}

/// What is inside a session.
#[derive(Serialize)]
pub(super) struct SessionBodyJson<'s> {
    exercise_version: i64,
    lang: &'s str,
    /// The names of two people.
    #[serde(skip_serializing_if = "Option::is_none")]
    partners: Option<PartnersJson>,
    answers: Vec<AnswerJson<'s>>,
    notes: Vec<NoteJson<'s>>,
}

/// Who two people are.
#[derive(Serialize)]
struct PartnersJson {
    a: String,
    b: String,
}

/// One answer.
#[derive(Serialize)]
pub(super) struct AnswerJson<'s> {
    step: &'s str,
    round: u32,
    kind: &'static str,
    /// Who gave it, of two people.
    #[serde(skip_serializing_if = "Option::is_none")]
    by: Option<&'static str>,
    name: Option<&'s str>,
    given: &'static str,
    at: Option<&'s str>,
    unreached: bool,
    sensitive: bool,
    #[serde(flatten)]
    text: Option<TextJson<'s>>,
}

/// What was asked and written.
#[derive(Serialize)]
struct TextJson<'s> {
    prompt: &'s str,
    value: Option<PlainValue<'s>>,
    label: Option<&'s str>,
    item: Option<&'s str>,
    progress: Option<&'s str>,
    versions: Vec<VersionJson<'s>>,
    findings: Vec<FindingJson<'s>>,
}

#[derive(Serialize)]
struct VersionJson<'s> {
    at: &'s str,
    value: PlainValue<'s>,
}

#[derive(Serialize)]
struct FindingJson<'s> {
    rule: &'s str,
    span: [usize; 2],
    kept: bool,
}

/// An addendum, or an answer given again.
#[derive(Serialize)]
pub(super) struct NoteJson<'s> {
    at: &'s str,
    #[serde(skip_serializing_if = "Option::is_none")]
    step: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    round: Option<u32>,
    #[serde(skip_serializing_if = "Option::is_none")]
    text: Option<&'s str>,
}

pub(super) fn head(session: &Session) -> SessionHeadJson<'_> {
    SessionHeadJson {
        id: &session.id,
        short: session.short_id(),
        exercise: &session.exercise,
        title: &session.title,
        state: session.state.name(),
        started: &session.started.0,
        ended: session.ended.as_ref().map(|at| at.0.as_str()),
        tags: &session.tags,
    }
}

pub(super) fn written(session: &Session, text: bool) -> SessionBodyJson<'_> {
    let answers = session.answers.iter().map(|given| answer(given, text));
    let notes = session.notes.iter().map(|added| note(added, text));
    SessionBodyJson {
        exercise_version: session.exercise_version,
        lang: &session.lang,
        partners: session
            .partners()
            .filter(|_| text)
            .map(|two| PartnersJson { a: two.a, b: two.b }),
        answers: answers.collect(),
        notes: notes.collect(),
    }
}

pub(super) fn note(note: &session::SessionNote, text: bool) -> NoteJson<'_> {
    let again = note.again();
    NoteJson {
        at: &note.at.0,
        round: again.as_ref().map(|id| id.round),
        step: again.map(|id| id.step),
        text: text.then_some(note.text.as_str()),
    }
}

pub(super) fn answer(answer: &session::Answer, text: bool) -> AnswerJson<'_> {
    let given = match &answer.given {
        session::Outcome::Pending => "pending",
        session::Outcome::Seen => "seen",
        session::Outcome::Skipped => "skipped",
        session::Outcome::Value(_) => "value",
        session::Outcome::Closed(_) => "closed",
    };
    AnswerJson {
        step: &answer.step,
        round: answer.round,
        kind: answer.kind.name(),
        by: answer.by.map(Partner::id),
        name: answer.name.as_deref(),
        given,
        at: answer.at.as_ref().map(|at| at.0.as_str()),
        unreached: answer.unreached,
        sensitive: answer.sensitive,
        text: text.then(|| self::text(answer)),
    }
}

fn text(answer: &session::Answer) -> TextJson<'_> {
    let versions = answer.versions.iter().map(|version| VersionJson {
        at: &version.at.0,
        value: version.value.plain(),
    });
    let findings = answer.findings.iter().map(|found| FindingJson {
        rule: &found.rule,
        span: [found.span.0, found.span.1],
        kept: found.kept,
    });
    TextJson {
        prompt: &answer.prompt,
        value: answer.value().map(Value::plain),
        label: answer.label.as_deref(),
        item: answer.item.as_deref(),
        progress: answer.progress.as_deref(),
        versions: versions.collect(),
        findings: findings.collect(),
    }
}
