//! Sessions as others read them: one file a format, values in and text out.
//!
//! [`leaving`] says what of a session may leave, so that what is shown before and what is written
//! then come from one place.

mod calendar;
mod csv;
mod exporter;
mod hand_over;
mod html;
pub mod json;
mod leave;
mod markdown;
mod page;
mod picture;
mod read;
mod report;
mod summary;

use crate::session::SessionId;
use hand_over::HandOver;
use html::Html;
use markdown::Markdown;
use page::Transcripts;

pub use calendar::{CalendarLook, calendar};
pub use csv::{PromiseDayRows, ratings};
pub use exporter::Exporter;
pub use hand_over::TAG as HAND_OVER;
pub use leave::{AnswerName, Depth, ExportSelection, Leaving, OmittedAnswers, leaving};
pub use read::{ImportProblem, ImportedRecords, MOST_PROBLEMS, read};
pub use report::{PromiseCount, Report};
pub use summary::Summary;

/// What sessions can be written as.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ExportFormat {
    /// One JSON document with everything in it; it can be read in again.
    Json,
    /// The same, a session a line.
    JsonLines,
    /// To read, and to change in any editor.
    Markdown,
    /// Ratings and choices, a row an answer.
    Csv,
    /// One page to read or print.
    Html,
}

impl ExportFormat {
    /// Every format: its name, what a file of it ends with, and what it is for.
    pub const ALL: [(Self, &str, &str, &str); 5] = [
        (Self::Json, "json", "json", "everything, to import again"),
        (
            Self::JsonLines,
            "jsonl",
            "jsonl",
            "the same, one session per line",
        ),
        (Self::Markdown, "markdown", "md", "your answers, to read"),
        (Self::Csv, "csv", "csv", "ratings and choices over time"),
        (Self::Html, "html", "html", "one page, to read or print"),
    ];

    /// Its name on the command line.
    pub fn name(self) -> &'static str {
        Self::ALL
            .iter()
            .find(|(format, ..)| *format == self)
            .map_or("", |(_, name, ..)| name)
    }

    /// The format with this name.
    pub fn from_name(name: &str) -> Option<Self> {
        let found = Self::ALL.iter().find(|(_, known, ..)| *known == name);
        found.map(|(format, ..)| *format)
    }

    /// The format of a file that ends like this.
    pub fn from_ending(ending: &str) -> Option<Self> {
        let mut all = Self::ALL.iter();
        let found = all.find(|(_, _, known, _)| ending.eq_ignore_ascii_case(known));
        found.map(|(format, ..)| *format)
    }

    /// Whether it has a place for what was said about promises.
    pub fn has_facts(self) -> bool {
        match self {
            Self::Json | Self::JsonLines => true,
            Self::Markdown | Self::Csv | Self::Html => false,
        }
    }

    /// How much of a session it shows.
    pub fn depth(self) -> Depth {
        match self {
            Self::Json | Self::JsonLines => Depth::Whole,
            Self::Markdown | Self::Html => Depth::Answers,
            Self::Csv => Depth::Chosen,
        }
    }

    /// What writes sessions one after the other.
    pub fn exporter(self) -> Box<dyn Exporter> {
        match self {
            Self::Json => Box::new(json::Document::default()),
            Self::JsonLines => Box::new(json::JsonLines),
            Self::Markdown => Box::new(Transcripts::new(Markdown)),
            Self::Csv => Box::new(csv::Csv),
            Self::Html => Box::new(Transcripts::new(Html)),
        }
    }

    /// What writes one page for a professional, which begins with the answers of the session
    /// `brought`; nothing where this is no format for a page.
    pub fn hand_over(self, brought: Option<SessionId>) -> Option<Box<dyn Exporter>> {
        match self {
            Self::Markdown => Some(Box::new(HandOver::new(Markdown, brought))),
            Self::Html => Some(Box::new(HandOver::new(Html, brought))),
            Self::Json | Self::JsonLines | Self::Csv => None,
        }
    }
}

#[cfg(test)]
mod tests;
