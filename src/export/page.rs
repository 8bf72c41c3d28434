//! What a page says, before it is Markdown or HTML.

use super::Exporter;
use crate::exercise::Exercise;
use crate::progress::{DayStrip, Measure, words};
use crate::session::{Answer, Session, SessionState};

/// One piece of a page. Texts in it are as the person or an author wrote them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Block {
    /// The title of the page, or of a session in it.
    Title(String),
    /// The heading of a part.
    Part(String),
    /// The heading of one answer.
    Answer(String),
    /// A line on when and what, in our own words.
    Facts(String),
    /// What was asked.
    Asked(String),
    /// The person's own words.
    Words(String),
    /// Short lines.
    List(Vec<String>),
    /// Rows below a row of headings.
    Table(Vec<String>, Vec<Vec<String>>),
    /// A measure: its words, a picture and its numbers.
    Chart(Box<Measure>),
    /// Days on which something was done: the words, a picture and the days.
    Strip(DayStrip),
}

impl Block {
    /// What a picture says in words, and as a table; from the value that it is drawn from.
    pub(super) fn alternative(&self) -> Option<(String, Self)> {
        let head = |names: [&str; 2]| names.map(String::from).to_vec();
        match self {
            Self::Chart(measure) => {
                let rows = measure.points.iter().map(|point| {
                    let value = point.value.map(|value| value.to_string());
                    vec![
                        point.day.to_string(),
                        value.unwrap_or_else(|| LEFT_OUT.into()),
                    ]
                });
                let table = Self::Table(head(["Day", "Rating"]), rows.collect());
                Some((words::change(measure), table))
            }
            Self::Strip(strip) => {
                let done = strip.days().filter(|(_, count)| *count > 0);
                let rows = done.map(|(day, count)| vec![day.to_string(), count.to_string()]);
                let table = Self::Table(head(["Day", "Finished"]), rows.collect());
                Some((strip.words(), table))
            }
            _ => None,
        }
    }
}

/// How blocks are written.
pub trait Markup {
    /// What stands before everything; `title` is for where a page is listed.
    fn begin(&self, title: &str) -> String;
    /// Blocks that belong together, in the language `lang`.
    fn blocks(&self, blocks: &[Block], lang: &str) -> String;
    /// What stands between two sets of blocks.
    fn between(&self) -> &'static str;
    /// What stands behind everything.
    fn end(&self) -> String;
}

/// Sessions one after the other, as they went.
#[derive(Debug)]
pub struct Transcripts<M> {
    markup: M,
    any: bool,
}

impl<M> Transcripts<M> {
    /// Written with this markup.
    pub fn new(markup: M) -> Self {
        Self { markup, any: false }
    }
}

impl<M: Markup> Exporter for Transcripts<M> {
    fn begin(&mut self) -> String {
        self.markup.begin(TITLE)
    }

    fn session(&mut self, session: &Session, _: Option<&Exercise>) -> String {
        let before = if self.any { self.markup.between() } else { "" };
        self.any = true;
        before.to_string() + &self.markup.blocks(&blocks(session), &session.lang)
    }

    fn end(&mut self) -> String {
        self.markup.end()
    }
}

/// A session as it went.
fn blocks(session: &Session) -> Vec<Block> {
    let mut blocks = vec![
        Block::Title(session.title.clone()),
        Block::Facts(facts(session)),
    ];
    for answer in &session.answers {
        let asked = match answer.prompt.trim() {
            "" => called(answer),
            prompt => prompt,
        };
        blocks.push(Block::Asked(asked.to_string()));
        blocks.push(Block::Words(said(answer)));
    }
    for note in &session.notes {
        blocks.push(Block::Facts(format!("Added {}:", note.at.minute())));
        blocks.push(Block::Words(note.text.clone()));
    }
    blocks
}

fn facts(session: &Session) -> String {
    let state = match session.state {
        SessionState::Open => "paused",
        SessionState::Done => "done",
        SessionState::Left => "left",
    };
    let tags = match session.tags.is_empty() {
        true => String::new(),
        false => format!(" Tags: {}.", session.tags.join(", ")),
    };
    let (begun, short) = (session.started.minute(), session.short_id());
    match &session.ended {
        Some(ended) => format!(
            "Begun {begun}, {state} {}. Session {short}.{tags}",
            ended.minute()
        ),
        None => format!("Begun {begun}, {state}. Session {short}.{tags}"),
    }
}

/// The short name of an answer.
pub(super) fn called(answer: &Answer) -> &str {
    answer.name.as_deref().unwrap_or(&answer.step)
}

/// An answer in words; a word for nothing where nothing was picked.
pub(super) fn said(answer: &Answer) -> String {
    let nothing = if answer.closed { KEPT_BACK } else { NOTHING };
    answer.words().unwrap_or_else(|| String::from(nothing))
}

// Texts for people.
const TITLE: &str = "What I wrote";
const NOTHING: &str = "(nothing)";
pub(super) const KEPT_BACK: &str = "(left out)";
const LEFT_OUT: &str = "left out";
