//! Text to a session: what is known is checked, what is not known is kept.

use std::borrow::Cow;

use memchr::memmem;
use toml::{Table, Value as Toml};

use super::{ANSWERS, FORMAT, FormatError, to_text};
use crate::exercise::{StepKind, ValueShape};
use crate::session::{
    Answer, AnswerVersion, Moment, Outcome, Partner, Session, SessionNote, SessionState,
    StoredFinding, Value,
};
use crate::text::position::line_of;
use crate::text::structure::{MOST_VALUES, is_overfull};

/// How many answers a session can have.
const MOST_ANSWERS: usize = 20_000;

type Result<T> = std::result::Result<T, FormatError>;

/// The session in the text of its file.
pub fn from_text(text: &str) -> Result<Session> {
    session(parse(text)?)
}

/// The session in the table that such a text holds.
pub fn from_table(table: Table) -> Result<Session> {
    session(table)
}

/// The table in the text of a session's file: all that is in it, under the names and in the order
/// of the file.
pub fn to_table(session: &Session) -> Result<Table> {
    parse(&to_text(session))
}

/// The session without its answers: only what stands before the first line `[[answers]]` is parsed.
pub fn head_from_text(text: &str) -> Result<Session> {
    let head = head(text).unwrap_or(text);
    match from_text(head) {
        // A text of several lines in the head may look like its end. Then the whole file tells.
        Err(FormatError::Toml { .. }) if head.len() < text.len() => from_text(text),
        parsed => parsed,
    }
    .map(|session| Session {
        answers: Vec::new(),
        ..session
    })
}

/// What stands before the first line `[[answers]]`; nothing where there is no such line.
fn head(text: &str) -> Option<&str> {
    if text.starts_with(ANSWERS) {
        return Some("");
    }
    let end = text.match_indices('\n').find(|(at, _)| {
        text.get(at + 1..)
            .is_some_and(|rest| rest.starts_with(ANSWERS))
    })?;
    text.get(..=end.0)
}

fn parse(text: &str) -> Result<Table> {
    // We write every CR as an escape, so these are line ends of somebody's editor.
    let text = if text.contains("\r\n") {
        Cow::Owned(text.replace("\r\n", "\n"))
    } else {
        Cow::Borrowed(text)
    };
    // Small answers take far more memory than their text, and nobody gives so many.
    if memmem::find_iter(text.as_bytes(), ANSWERS).count() > MOST_ANSWERS {
        let what = format!("it has more than {MOST_ANSWERS} answers, too many for a session");
        return Err(FormatError::Shape(what));
    }
    if is_overfull(&text) {
        let what = format!("it holds more than {MOST_VALUES} values, and no session does");
        return Err(FormatError::Shape(what));
    }
    text.parse::<Table>().map_err(|error| {
        let start = error.span().map_or(0, |span| span.start);
        FormatError::Toml {
            line: line_of(&*text, start),
            message: error.message().to_string(),
        }
    })
}

pub(super) fn session(table: Table) -> Result<Session> {
    let mut head = Fields { table, of: None };
    match head.number("format")? {
        Some(FORMAT) => {}
        Some(found) if found > FORMAT => {
            return Err(FormatError::Newer {
                found,
                known: FORMAT,
            });
        }
        _ => return Err(head.wrong("format", "a number from 1 up")),
    }
    let id = head.needed("id")?;
    let exercise = head.needed("exercise")?;
    let state = SessionState::from_name(&head.needed("state")?)
        .ok_or_else(|| head.wrong("state", "open, done or left"))?;
    let seed = u64::try_from(head.number("seed")?.unwrap_or(0))
        .map_err(|_| head.wrong("seed", "a number from 0 up"))?;
    Ok(Session {
        id,
        exercise_version: head.number("exercise_version")?.unwrap_or(1),
        title: head.text("title")?.unwrap_or_else(|| exercise.clone()),
        exercise,
        lang: head.text("lang")?.unwrap_or_else(|| "en".to_string()),
        state,
        started: head
            .moment("started")?
            .ok_or_else(|| head.missing("started"))?,
        ended: head.moment("ended")?,
        seed,
        at: head.text("at")?,
        tags: head.texts("tags")?.unwrap_or_default(),
        notes: each(head.tables("notes")?, "note", note)?,
        answers: each(head.tables("answers")?, "answer", answer)?,
        extra: head.table,
    })
}

/// A closed answer, out of the text that was encrypted.
pub fn closed_answer(text: &str) -> Result<Answer> {
    let table = parse(text)?;
    let opened = answer(Fields { table, of: None })?;
    Ok(Answer {
        closed: true,
        ..opened
    })
}

fn each<T>(tables: Vec<Table>, word: &str, read: fn(Fields) -> Result<T>) -> Result<Vec<T>> {
    tables
        .into_iter()
        .enumerate()
        .map(|(index, table)| {
            let of = Some(format!("{word} {}", index + 1));
            read(Fields { table, of })
        })
        .collect()
}

fn note(mut fields: Fields) -> Result<SessionNote> {
    Ok(SessionNote {
        at: fields.moment("at")?.ok_or_else(|| fields.missing("at"))?,
        text: fields.needed("text")?,
        extra: fields.table,
    })
}

fn answer(mut fields: Fields) -> Result<Answer> {
    let step = fields.needed("step")?;
    let round = u32::try_from(fields.number("round")?.unwrap_or(1))
        .map_err(|_| fields.wrong("round", "a number from 1 up"))?;
    let kind = fields.kind()?.ok_or_else(|| fields.missing("kind"))?;
    let by = fields.take("by", "a or b", |value| Partner::from_id(value.as_str()?))?;
    let closed = fields.flag("closed")?;
    let sealed = fields.text("sealed")?;
    let value = fields.value(kind)?;
    let skipped = fields.flag("skipped")?;
    let seen = fields.flag("seen")?;
    let given = match (value, skipped, seen) {
        (None, false, false) if sealed.is_some() => Outcome::Closed(sealed.unwrap_or_default()),
        (Some(value), false, false) => Outcome::Value(value),
        (None, true, false) => Outcome::Skipped,
        (None, false, true) => Outcome::Seen,
        (None, false, false) => Outcome::Pending,
        _ => return Err(fields.wrong("value", "left out if it was skipped or only seen")),
    };
    Ok(Answer {
        step,
        round,
        by,
        closed,
        kind,
        prompt: fields.text("prompt")?.unwrap_or_default(),
        name: fields.text("name")?,
        given,
        item: fields.text("item")?,
        label: fields.text("label")?,
        at: fields.moment("at")?,
        unreached: fields.flag("unreached")?,
        sensitive: fields.flag("sensitive")?,
        versions: fields
            .tables("versions")?
            .into_iter()
            .map(|table| {
                let of = fields.of.clone();
                version(Fields { table, of }, kind)
            })
            .collect::<Result<_>>()?,
        findings: fields
            .tables("findings")?
            .into_iter()
            .map(|table| {
                let of = fields.of.clone();
                found(Fields { table, of })
            })
            .collect::<Result<_>>()?,
        progress: fields.text("progress")?,
        extra: fields.table,
    })
}

fn version(mut fields: Fields, kind: StepKind) -> Result<AnswerVersion> {
    let kind = fields.kind()?.unwrap_or(kind);
    Ok(AnswerVersion {
        at: fields.moment("at")?.ok_or_else(|| fields.missing("at"))?,
        value: fields.value(kind)?.ok_or_else(|| fields.missing("value"))?,
        extra: fields.table,
    })
}

fn found(mut fields: Fields) -> Result<StoredFinding> {
    Ok(StoredFinding {
        rule: fields.needed("rule")?,
        span: fields.span("span")?.ok_or_else(|| fields.missing("span"))?,
        kept: fields.flag("kept")?,
        extra: fields.table,
    })
}

/// A table whose known keys are taken out one by one; what is left is not known.
struct Fields {
    table: Table,
    of: Option<String>,
}

impl Fields {
    fn named(&self, key: &str) -> String {
        match &self.of {
            Some(of) => format!("`{key}` of {of}"),
            None => format!("`{key}`"),
        }
    }

    fn missing(&self, key: &str) -> FormatError {
        FormatError::Shape(format!("{} is missing", self.named(key)))
    }

    fn wrong(&self, key: &str, should: &str) -> FormatError {
        FormatError::Shape(format!("{} should be {should}", self.named(key)))
    }

    fn take<T>(
        &mut self,
        key: &str,
        should: &str,
        read: impl Fn(Toml) -> Option<T>,
    ) -> Result<Option<T>> {
        match self.table.remove(key) {
            None => Ok(None),
            Some(value) => match read(value) {
                Some(read) => Ok(Some(read)),
                None => Err(self.wrong(key, should)),
            },
        }
    }

    fn text(&mut self, key: &str) -> Result<Option<String>> {
        self.take(key, "text in quotes", text)
    }

    fn needed(&mut self, key: &str) -> Result<String> {
        self.text(key)?.ok_or_else(|| self.missing(key))
    }

    fn number(&mut self, key: &str) -> Result<Option<i64>> {
        self.take(key, "a whole number", |value| value.as_integer())
    }

    fn flag(&mut self, key: &str) -> Result<bool> {
        self.take(key, "true or false", |value| value.as_bool())
            .map(Option::unwrap_or_default)
    }

    fn texts(&mut self, key: &str) -> Result<Option<Vec<String>>> {
        self.take(key, "a list of texts", texts)
    }

    fn tables(&mut self, key: &str) -> Result<Vec<Table>> {
        self.take(key, "a list of tables", |value| {
            let Toml::Array(items) = value else {
                return None;
            };
            items.into_iter().map(table).collect::<Option<Vec<_>>>()
        })
        .map(Option::unwrap_or_default)
    }

    fn span(&mut self, key: &str) -> Result<Option<(usize, usize)>> {
        self.take(key, "two numbers from 0 up, such as [4, 9]", |value| {
            let ends = value.as_array()?.iter().map(|end| {
                let end = end.as_integer()?;
                usize::try_from(end).ok()
            });
            match ends.collect::<Option<Vec<_>>>()?.as_slice() {
                [start, end] if start <= end => Some((*start, *end)),
                _ => None,
            }
        })
    }

    fn moment(&mut self, key: &str) -> Result<Option<Moment>> {
        Ok(self.take(key, "a moment in quotes", date)?.map(Moment))
    }

    fn kind(&mut self) -> Result<Option<StepKind>> {
        self.take("kind", "the kind of a step", |value| {
            StepKind::from_name(value.as_str()?)
        })
    }

    fn value(&mut self, kind: StepKind) -> Result<Option<Value>> {
        let shape = kind.spec().value;
        let should = shape.map_or("left out", ValueShape::takes);
        self.take("value", should, |value| match shape? {
            ValueShape::Text => text(value).map(Value::Text),
            ValueShape::Id => text(value).map(Value::Choice),
            ValueShape::Ids => texts(value).map(Value::Choices),
            ValueShape::Number => value.as_integer().map(Value::Number),
            ValueShape::YesNo => value.as_bool().map(Value::YesNo),
            ValueShape::Date => date(value).map(Value::Date),
            ValueShape::Rule => text(value).map(Value::Rule),
        })
    }
}

fn text(value: Toml) -> Option<String> {
    match value {
        Toml::String(text) => Some(text),
        _ => None,
    }
}

/// A date may also stand without quotes, as somebody who knows TOML would write it.
fn date(value: Toml) -> Option<String> {
    match value {
        Toml::Datetime(at) => Some(at.to_string()),
        other => text(other),
    }
}

fn texts(value: Toml) -> Option<Vec<String>> {
    match value {
        Toml::Array(items) => items.into_iter().map(text).collect(),
        _ => None,
    }
}

fn table(value: Toml) -> Option<Table> {
    match value {
        Toml::Table(table) => Some(table),
        _ => None,
    }
}
