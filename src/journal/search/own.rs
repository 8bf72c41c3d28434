//! What in a session is the person's own words.

use crate::exercise::ValueShape;
use crate::session::{Answer, Partner, PlainValue, Session, SessionNote, Value, as_told, says};

/// A text that the person wrote, or the words of what they chose.
#[derive(Clone, Copy, Debug)]
pub struct OwnText<'s> {
    /// What it is.
    pub part: TextPart<'s>,
    /// What it says.
    pub text: &'s str,
}

/// What a text is in its session.
#[derive(Clone, Copy, Debug)]
pub enum TextPart<'s> {
    /// An answer.
    Answer(&'s Answer),
    /// Typed, and not yet an answer.
    Progress(&'s Answer),
    /// An earlier wording of an answer.
    Earlier(&'s Answer),
    /// An addendum.
    Note(&'s SessionNote),
}

/// Everything in a session that the person wrote, in the order of the file; without what guests gave, and
/// without texts that repeat it word for word.
pub(super) fn own_words(
    session: &Session,
    guests: Vec<Partner>,
) -> impl Iterator<Item = OwnText<'_>> {
    let notes = session.notes.iter().map(|note| OwnText {
        part: TextPart::Note(note),
        text: &note.text,
    });
    let theirs = session.told_by(&guests);
    let answers = session.answers.iter();
    let answers = answers.filter(move |it| it.by.is_none_or(|by| !guests.contains(&by)));
    let own = answers.flat_map(of_answer).chain(notes);
    own.filter(move |own| {
        theirs.is_empty() || {
            let text = as_told(own.text);
            !theirs.iter().any(|words| says(&text, words))
        }
    })
}

fn of_answer(answer: &Answer) -> impl Iterator<Item = OwnText<'_>> {
    let given = answer.value().into_iter().flat_map(|value| match value {
        // What was chosen is known by its words, where they are there.
        Value::Choice(_) | Value::Choices(_) if answer.label.is_some() => Vec::new(),
        value => texts(value),
    });
    let given = given.chain(answer.label.as_deref()).map(|text| OwnText {
        part: TextPart::Answer(answer),
        text,
    });
    let progress = answer.progress.as_deref().map(|text| OwnText {
        part: TextPart::Progress(answer),
        text,
    });
    let versions = answer.versions.iter();
    let earlier = versions
        .flat_map(|version| texts(&version.value))
        .map(|text| OwnText {
            part: TextPart::Earlier(answer),
            text,
        });
    given.chain(progress).chain(earlier)
}

/// The words in a value. Numbers, days, yes and no are none.
fn texts(value: &Value) -> Vec<&str> {
    match (value.shape(), value.plain()) {
        (ValueShape::Text | ValueShape::Id, PlainValue::Text(text)) => vec![text],
        (_, PlainValue::Ids(ids)) => ids.iter().map(String::as_str).collect(),
        _ => Vec::new(),
    }
}
