//! How an exercise is answered and what is kept of it: decided once, from what was asked for and
//! what the streams lead to.

use std::path::{Path, PathBuf};
use std::time::Duration;

use crate::home::world::{Streams, World};

/// Where answers come from, and what is told of the session besides.
#[derive(Clone, Debug, Default)]
pub struct AnswerOptions {
    /// A file of answers; `-` is standard input.
    pub answers: Option<PathBuf>,
    /// Single answers, `ID=VALUE` or `ID=@FILE`.
    pub answer: Vec<String>,
    /// Whether the declared defaults count as answers.
    pub defaults: bool,
    /// Whether nobody is asked.
    pub no_input: bool,
    /// A new file for the answers that were given.
    pub record: Option<PathBuf>,
    /// Whether the end is printed as JSON.
    pub json: bool,
    /// Whether the private safety questions were seen alone.
    pub screened: bool,
    /// Another program on standard input.
    pub protocol: Option<ChannelProtocol>,
    /// How long one answer may take.
    pub answer_timeout: Option<Duration>,
    /// A new file for what happens.
    pub events: Option<PathBuf>,
    /// Whether the person's words stand in it.
    pub with_text: bool,
}

/// What goes over standard input.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ChannelProtocol {
    /// A line an answer.
    Lines,
    /// One JSON object a line.
    Json,
}

/// Who answers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mode {
    /// A person at a full terminal.
    Terminal,
    /// A person, line by line.
    Plain,
    /// A script; nobody is asked.
    Script,
    /// Another program on standard input.
    Channel(ChannelProtocol),
}

impl Mode {
    /// Decides by what was asked for, and by whether somebody sits there whose keyboard is free.
    pub fn decide(options: &AnswerOptions, streams: &Streams) -> Self {
        if let Some(protocol) = options.protocol {
            return Self::Channel(protocol);
        }
        let nobody = !streams.stdin || !(streams.stderr || streams.stdout);
        if options.no_input || options.takes_from_stdin() > 0 || nobody {
            Self::Script
        } else if streams.plain || !crate::terminal::fits(streams.columns, streams.rows) {
            Self::Plain
        } else {
            Self::Terminal
        }
    }

    /// Whether a person answers.
    pub fn is_person(self) -> bool {
        matches!(self, Self::Terminal | Self::Plain)
    }
}

/// Whether a person can be asked.
pub fn somebody_is_there(world: &World<'_>) -> bool {
    Mode::decide(&AnswerOptions::default(), &world.terminal) != Mode::Script
}

impl AnswerOptions {
    /// Whether some steps need not be asked.
    pub(super) fn brings_answers(&self) -> bool {
        self.answers.is_some() || !self.answer.is_empty() || self.defaults
    }

    /// How many answers come from standard input. Where any does, nobody can be asked there.
    pub(super) fn takes_from_stdin(&self) -> usize {
        let file = self.answers.as_deref() == Some(Path::new("-"));
        let is_stdin = |pair: &&String| matches!(pair.split_once('='), Some((_, "@-")));
        usize::from(file) + self.answer.iter().filter(is_stdin).count()
    }
}

/// What is kept of a session.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Persistence {
    /// It is saved.
    #[default]
    Save,
    /// Nothing.
    Nothing,
    /// There is no session: what it would be is printed.
    DryRun,
}
