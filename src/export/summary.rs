//! What leaves, told before it does.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;

use super::{AnswerName, Leaving, OmittedAnswers};
use crate::format::did_you_mean;
use crate::session::Answer;
use crate::text::counted;

/// What leaves of all sessions.
#[derive(Clone, Debug, Default)]
pub struct Summary {
    exercises: Vec<ExerciseSummary>,
    left_out: OmittedAnswers,
    named: Vec<AnswerName>,
    others: BTreeSet<String>,
    facts: usize,
    kept_back: BTreeMap<String, usize>,
}

/// What leaves of the sessions of one exercise.
#[derive(Clone, Debug)]
struct ExerciseSummary {
    id: String,
    title: String,
    /// Short name and begin of each session, oldest first.
    sessions: Vec<(String, String)>,
    /// What each answer is called, how often it leaves, and its step.
    answers: Vec<(String, usize, String)>,
    notes: usize,
    tags: usize,
    /// Earlier wordings and unfinished texts.
    earlier: usize,
    unfinished: usize,
}

impl Summary {
    /// Counts what leaves of one more session.
    pub fn add(&mut self, leaving: &Leaving) {
        let session = &leaving.session;
        self.left_out.sensitive += leaving.left_out.sensitive;
        self.left_out.unreached += leaving.left_out.unreached;
        self.left_out.unsaid += leaving.left_out.unsaid;
        self.left_out.composed += leaving.left_out.composed;
        for name in &leaving.named {
            if !self.named.contains(name) {
                self.named.push(name.clone());
            }
        }
        self.others.extend(leaving.others.iter().cloned());
        for (name, count) in &leaving.guests {
            self.keep_back(name, *count);
        }
        if !leaving.leaves {
            return;
        }
        let at = self
            .exercises
            .iter()
            .position(|part| part.id == session.exercise);
        let at = at.unwrap_or_else(|| {
            self.exercises
                .push(ExerciseSummary::of(&session.exercise, &session.title));
            self.exercises.len() - 1
        });
        let Some(part) = self.exercises.get_mut(at) else {
            return;
        };
        let begun = (session.short_id().to_string(), session.started.minute());
        part.sessions.push(begun);
        part.notes += session.notes.len();
        part.tags += session.tags.len();
        for answer in &session.answers {
            part.add(answer);
        }
    }

    /// Counts so many facts that leave.
    pub fn add_facts(&mut self, count: usize) {
        self.facts += count;
    }

    /// Counts so many answers that stay with somebody who hasn't agreed.
    pub fn keep_back(&mut self, name: &str, count: usize) {
        if count > 0 {
            *self.kept_back.entry(name.to_string()).or_default() += count;
        }
    }

    /// The names of those who haven't agreed that theirs leaves, with how many answers stay.
    pub fn kept_back(&self) -> &BTreeMap<String, usize> {
        &self.kept_back
    }

    /// Whether nothing leaves.
    pub fn is_empty(&self) -> bool {
        self.exercises.is_empty() && self.facts == 0
    }

    /// The first of these names that is the name of no answer that leaves.
    pub fn nobody_has<'n>(&self, names: &'n [AnswerName]) -> Option<&'n AnswerName> {
        names.iter().find(|name| !self.named.contains(name))
    }

    /// The question whether the step of another answer was meant, that has nearly this name.
    pub fn did_you_mean(&self, name: &AnswerName) -> Option<String> {
        did_you_mean(name.step(), self.others.iter().map(String::as_str))
    }
}

/// What stays with whoever gave it, a line a person.
pub(super) fn kept_back(names: &BTreeMap<String, usize>, what: &str) -> String {
    let line = |(name, count): (&String, &usize)| {
        format!(
            "  {} that {name} gave and hasn’t agreed to\n",
            counted(*count, what)
        )
    };
    names.iter().map(line).collect()
}

impl ExerciseSummary {
    fn of(id: &str, title: &str) -> Self {
        Self {
            id: id.to_string(),
            title: title.to_string(),
            sessions: Vec::new(),
            answers: Vec::new(),
            notes: 0,
            tags: 0,
            earlier: 0,
            unfinished: 0,
        }
    }

    fn add(&mut self, answer: &Answer) {
        self.earlier += answer.versions.len();
        self.unfinished += usize::from(answer.progress.is_some());
        if answer.value().is_none() {
            return;
        }
        let called = answer.name.as_ref().unwrap_or(&answer.step);
        let known = self
            .answers
            .iter_mut()
            .find(|(_, _, step)| *step == answer.step);
        match known {
            Some((_, count, _)) => *count += 1,
            None => {
                let called = called.split_whitespace().collect::<Vec<_>>().join(" ");
                self.answers.push((called, 1, answer.step.clone()));
            }
        }
    }
}

/// A short list, as a person reads it before they say yes.
impl fmt::Display for Summary {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.is_empty() {
            f.write_str(NOTHING)?;
        } else {
            f.write_str(LEAVES)?;
        }
        for part in &self.exercises {
            part.fmt(f)?;
        }
        if self.facts > 0 {
            writeln!(f, "  {FACTS}\n    {}", counted(self.facts, "fact"))?;
        }
        let left = &self.left_out;
        let stays = [
            (left.sensitive, STAYS_SENSITIVE),
            (left.unreached, STAYS_UNREACHED),
            (left.unsaid, STAYS_UNSAID),
            (left.composed, STAYS_COMPOSED),
        ];
        let mut stays = stays.iter().filter(|(count, _)| *count > 0).peekable();
        if stays.peek().is_some() || !self.kept_back.is_empty() {
            f.write_str(STAYS)?;
        }
        f.write_str(&kept_back(&self.kept_back, "answer"))?;
        for (count, what) in stays {
            writeln!(f, "  {} {what}", counted(*count, "answer"))?;
        }
        Ok(())
    }
}

impl ExerciseSummary {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let title = self.title.split_whitespace().collect::<Vec<_>>().join(" ");
        writeln!(f, "  {title}")?;
        match self.sessions.as_slice() {
            [(short, begun)] => writeln!(f, "    session {short}, begun {begun}")?,
            [(_, first), .., (_, last)] => {
                let count = self.sessions.len();
                writeln!(f, "    {count} sessions, begun {first} to {last}")?;
            }
            [] => {}
        }
        for (called, count, _) in &self.answers {
            match count {
                1 => writeln!(f, "    - {called}")?,
                _ => writeln!(f, "    - {called} ({count} times)")?,
            }
        }
        for (count, what) in [
            (self.notes, "note"),
            (self.tags, "tag"),
            (self.earlier, "earlier wording"),
            (self.unfinished, "unfinished text"),
        ] {
            if count > 0 {
                writeln!(f, "    - {}", counted(count, what))?;
            }
        }
        Ok(())
    }
}

// Texts for people.
const LEAVES: &str = "This goes out:\n";
const NOTHING: &str = "Nothing goes out.\n";
const FACTS: &str = "What was said about promises";
pub(super) const STAYS: &str = "This stays here:\n";
const STAYS_SENSITIVE: &str = "marked sensitive, or with words of one that is";
const STAYS_UNREACHED: &str = "from a branch you didn’t take";
const STAYS_UNSAID: &str = "that you didn’t give, or would rather not say";
const STAYS_COMPOSED: &str = "already on the page in other words";
