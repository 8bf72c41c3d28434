//! One page for a professional: what the person brings in their own words, what they have worked
//! on, and their ratings over time.

use super::Exporter;
use super::page::{Block, Markup, called, said};
use crate::exercise::{Asking, Exercise, StepKind};
use crate::session::{Partner, Session, Value};

/// The tag by which an exercise says that its answers are what a person brings.
pub const TAG: &str = "hand-over";

/// So many of the last values of a rating are on the page.
const VALUES: usize = 8;

/// The page, once all sessions were shown to it.
#[derive(Debug)]
pub struct HandOver<M> {
    markup: M,
    /// The session whose answers the page begins with.
    brought: Option<String>,
    words: Vec<Block>,
    lang: Option<String>,
    worked: Vec<ExercisePractice>,
    rated: Vec<RatingSeries>,
}

/// An exercise, how often, and the first and the last day.
#[derive(Debug)]
struct ExercisePractice {
    exercise: String,
    title: String,
    times: usize,
    first: String,
    last: String,
}

/// A rating, and its values with their days, oldest first.
#[derive(Debug)]
struct RatingSeries {
    exercise: String,
    step: String,
    by: Option<Partner>,
    called: String,
    title: String,
    scale: String,
    values: Vec<(String, i64)>,
}

impl<M: Markup> HandOver<M> {
    /// A page that begins with the answers of this session.
    pub fn new(markup: M, brought: Option<String>) -> Self {
        Self {
            markup,
            brought,
            words: Vec::new(),
            lang: None,
            worked: Vec::new(),
            rated: Vec::new(),
        }
    }

    fn worked(&mut self, session: &Session) {
        let day = session.started.day().to_string();
        let known = self
            .worked
            .iter_mut()
            .find(|one| one.exercise == session.exercise);
        match known {
            Some(known) => {
                known.times += 1;
                known.last = day;
            }
            None => self.worked.push(ExercisePractice {
                exercise: session.exercise.clone(),
                title: session.title.clone(),
                times: 1,
                first: day.clone(),
                last: day,
            }),
        }
    }

    fn rated(&mut self, session: &Session, exercise: Option<&Exercise>) {
        for answer in &session.answers {
            let Some(Value::Number(number)) = answer.value() else {
                continue;
            };
            let value = (session.started.day().to_string(), *number);
            let known = self.rated.iter_mut().find(|one| {
                one.exercise == session.exercise && one.step == answer.step && one.by == answer.by
            });
            match known {
                Some(known) => known.values.push(value),
                None => self.rated.push(RatingSeries {
                    exercise: session.exercise.clone(),
                    step: answer.step.clone(),
                    by: answer.by,
                    called: match (answer.by, session.partners()) {
                        (Some(by), Some(two)) => format!("{}, {}", called(answer), two.name(by)),
                        _ => called(answer).to_string(),
                    },
                    title: session.title.clone(),
                    scale: scale(exercise, &answer.step),
                    values: vec![value],
                }),
            }
        }
    }
}

impl<M: Markup> Exporter for HandOver<M> {
    fn begin(&mut self) -> String {
        self.markup.begin(TITLE)
    }

    fn session(&mut self, session: &Session, exercise: Option<&Exercise>) -> String {
        self.worked(session);
        self.rated(session, exercise);
        if self.brought.as_ref() == Some(&session.id) {
            self.lang = Some(session.lang.clone());
            self.words.push(Block::Part(session.title.clone()));
            self.words
                .push(Block::Facts(format!("Written {}.", session.started.day())));
            for answer in session
                .answers
                .iter()
                .filter(|answer| answer.kind != StepKind::Rate)
            {
                self.words.push(Block::Answer(called(answer).to_string()));
                self.words.push(Block::Words(said(answer)));
            }
        }
        String::new()
    }

    fn end(&mut self) -> String {
        let mut people = self.rated.iter().filter_map(|rating| rating.by);
        let first = people.next();
        let whose = match people.any(|by| Some(by) != first) {
            true => OF_TWO,
            false => OWN,
        };
        let mut blocks = vec![
            Block::Title(TITLE.to_string()),
            Block::Facts(whose.to_string()),
        ];
        blocks.append(&mut self.words);
        if !self.rated.is_empty() {
            blocks.push(Block::Part(RATED.to_string()));
            let rows = self.rated.iter().map(RatingSeries::row).collect();
            blocks.push(Block::Table(RATED_HEAD.map(String::from).to_vec(), rows));
        }
        if !self.worked.is_empty() {
            blocks.push(Block::Part(WORKED.to_string()));
            blocks.push(Block::List(
                self.worked.iter().map(ExercisePractice::line).collect(),
            ));
        }
        let page = self
            .markup
            .blocks(&blocks, self.lang.as_deref().unwrap_or("en"));
        page + &self.markup.end()
    }
}

impl ExercisePractice {
    fn line(&self) -> String {
        let Self {
            title,
            times,
            first,
            last,
            ..
        } = self;
        match times {
            1 => format!("{title}: {first}"),
            _ if first == last => format!("{title}: {times} times, {first}"),
            _ => format!("{title}: {times} times, {first} to {last}"),
        }
    }
}

impl RatingSeries {
    fn row(&self) -> Vec<String> {
        let before = self.values.len().saturating_sub(VALUES);
        let values = self.values.iter().skip(before);
        let values = values
            .map(|(day, value)| format!("{value} ({day})"))
            .collect::<Vec<_>>();
        let values = match before {
            0 => values.join(", "),
            _ => format!("{before} before, then {}", values.join(", ")),
        };
        vec![
            format!("{} ({})", self.called, self.title),
            self.scale.clone(),
            values,
        ]
    }
}

/// What the numbers mean, where the exercise still says it.
fn scale(exercise: Option<&Exercise>, step: &str) -> String {
    let step = exercise.and_then(|exercise| exercise.step(step));
    let Some(Asking::Rate {
        from,
        to,
        low,
        high,
        ..
    }) = step.map(|step| &step.ask)
    else {
        return String::new();
    };
    let end = |number: &i64, label: &Option<String>| match label {
        Some(label) => format!("{number} ({label})"),
        None => number.to_string(),
    };
    format!("{} to {}", end(from, low), end(to, high))
}

// Texts for people.
const TITLE: &str = "A page to bring along";
const OWN: &str = "These are one person’s own words and ratings. They aren’t a test.";
const OF_TWO: &str = "These are people’s own words and ratings, each with a name where there are two. They aren’t a test.";
const RATED: &str = "Ratings over time";
const RATED_HEAD: [&str; 3] = ["What", "Scale", "Ratings, oldest first"];
const WORKED: &str = "What I have worked on";
