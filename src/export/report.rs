//! A page on how the weeks went: what was rated, in words, as pictures and as numbers; the days on
//! which something was done; and what came of promises.

use std::collections::BTreeMap;

use super::ExportFormat;
use super::html::Html;
use super::markdown::Markdown;
use super::page::{Block, Markup};
use super::summary::{STAYS, kept_back};
use crate::ledger::DayTally;
use crate::progress::{DayStrip, Measure};
use crate::text::{counted, first_words};

/// What is on the page.
#[derive(Debug)]
pub struct Report {
    /// Its title.
    pub title: String,
    /// The day it was made, in words.
    pub made: String,
    /// What was rated.
    pub measures: Vec<Measure>,
    /// The days on which something was done, where they are wanted.
    pub days: Option<DayStrip>,
    /// What came of promises, where that is wanted.
    pub promises: Vec<PromiseCount>,
    /// Who hasn't agreed that their ratings leave, with how many stay.
    pub kept_back: BTreeMap<String, usize>,
}

/// What came of a promise, or of all of them.
#[derive(Debug)]
pub struct PromiseCount {
    /// What was promised, where its words are wanted; else how many promises they are.
    pub name: String,
    /// The counts.
    pub tally: DayTally,
}

impl Report {
    /// The title where nobody gave one.
    pub const TITLE: &str = "How the weeks went";

    /// Whether there is nothing to show.
    pub fn is_empty(&self) -> bool {
        self.measures.is_empty() && self.days.is_none() && self.promises.is_empty()
    }

    /// Returns the page.
    pub fn page(&self, format: ExportFormat) -> String {
        match format {
            ExportFormat::Markdown => self.written(&Markdown),
            ExportFormat::Json
            | ExportFormat::JsonLines
            | ExportFormat::Csv
            | ExportFormat::Html => self.written(&Html),
        }
    }

    fn written(&self, markup: &impl Markup) -> String {
        let page = markup.begin(&self.title) + &markup.blocks(&self.blocks(), "en");
        page + &markup.end()
    }

    fn blocks(&self) -> Vec<Block> {
        let whose = match self.measures.iter().any(|measure| measure.by.is_some()) {
            true => EACH,
            false => ONE,
        };
        let others = match self.kept_back.is_empty() {
            true => "",
            false => KEPT_BACK,
        };
        let mut blocks = vec![
            Block::Title(self.title.clone()),
            Block::Facts(format!("{}. {whose}{others} {UNVALIDATED}", self.made)),
        ];
        let exercises = self
            .measures
            .chunk_by(|one, other| one.exercise == other.exercise);
        for exercise in exercises {
            blocks.push(Block::Part(exercise[0].title.clone()));
            for measure in exercise {
                blocks.push(Block::Answer(measure.name.clone()));
                blocks.push(Block::Chart(Box::new(measure.clone())));
            }
        }
        if let Some(days) = &self.days {
            blocks.push(Block::Part(DAYS.to_string()));
            blocks.push(Block::Strip(days.clone()));
        }
        for promise in &self.promises {
            blocks.push(Block::Part(promise.name.clone()));
            let rows =
                counts(promise.tally).map(|(what, count)| vec![what.into(), count.to_string()]);
            let head = ["How it went", "Days"].map(String::from).to_vec();
            blocks.push(Block::Table(head, rows.to_vec()));
        }
        blocks
    }

    /// Returns what leaves, as a person reads it before they say yes.
    pub fn summary(&self) -> String {
        let mut lines = vec![String::from("This goes out:")];
        for measure in &self.measures {
            let name = first_words(&measure.name, usize::MAX);
            lines.push(format!("  {name}: {}", counted(measure.rated(), "rating")));
        }
        if let Some(days) = &self.days {
            lines.push(format!("  {DAYS}: {}", days.done()));
        }
        for promise in &self.promises {
            let days: usize = counts(promise.tally).iter().map(|(_, count)| count).sum();
            let name = first_words(&promise.name, usize::MAX);
            lines.push(format!("  {name}: counts of {}", counted(days, "day")));
        }
        let stays = match self.kept_back.is_empty() {
            true => String::new(),
            false => format!("{STAYS}{}", kept_back(&self.kept_back, "rating")),
        };
        lines.join("\n") + "\n" + &stays
    }
}

fn counts(tally: DayTally) -> [(&'static str, usize); 6] {
    [
        ("Kept", tally.kept),
        ("Kept in part", tally.part),
        ("Missed", tally.missed),
        ("Missed and put right", tally.repaired),
        ("Moved, or didn’t come up", tally.changed + tally.skipped),
        ("No answer yet", tally.unanswered),
    ]
}

// Texts for people.
const ONE: &str = "These are one person’s own ratings, on their own scale.";
const EACH: &str = "Each rating is one person’s own, on their own scale.";
const KEPT_BACK: &str = " What the other person rated isn’t on this page.";
const UNVALIDATED: &str =
    "The questions haven’t been validated, and the numbers prove nothing about anybody.";
const DAYS: &str = "Days with a finished exercise";
