//! A script answers, a line an answer. Prompts go where people can read along; nothing but the
//! steps ever asks, so that a line always belongs to the step that its writer meant.

pub mod feed;
mod show;

use std::io::{self, Write};
use std::sync::Arc;

use crate::ask::command::{self, TypedLine};
use crate::ask::{Ask, Input, Note, ProgressKeeper, Prompter, Rejection, Reply, Retry, Tone, Want};
use crate::text::clean;
use crate::text::language::Language;
use feed::{Feed, FeedEnd, FeedItem};

/// How often a question is put again after a line that will not do.
const AGAIN: usize = 3;

/// A prompter for lines.
pub struct LinesPrompter<W> {
    feed: Feed,
    out: W,
    width: usize,
    language: Language,
    keep: Arc<dyn ProgressKeeper>,
    stopped: Option<FeedEnd>,
    /// The question that was answered with lines that would not do, and how many.
    missed: (String, usize),
    /// They go back: screens that ask nothing are passed over, each once.
    back: bool,
    passed: Option<String>,
}

/// What was read for a question.
enum ReadLine {
    /// A reply.
    Reply(Reply),
    /// A line that will not do, and why.
    Miss(String),
}

impl<W: Write> LinesPrompter<W> {
    /// Asks on `out`, in at most `width` columns, and takes answers from `feed`. The text in
    /// progress goes to `keep`.
    pub fn new(feed: Feed, out: W, width: usize, keep: Arc<dyn ProgressKeeper>) -> Self {
        Self {
            feed,
            out,
            width,
            language: Language::default(),
            keep,
            stopped: None,
            missed: (String::new(), 0),
            back: false,
            passed: None,
        }
    }

    /// Speaks this language.
    #[must_use]
    pub fn speaking(mut self, language: Language) -> Self {
        self.language = language;
        self
    }

    /// Why no more lines are read, where that is so.
    pub fn stopped(&self) -> Option<FeedEnd> {
        self.stopped
    }

    fn own(&self, words: &str) -> String {
        self.language.translate(words).to_string()
    }

    fn stop(&mut self, why: FeedEnd) -> ReadLine {
        self.stopped = Some(why);
        ReadLine::Reply(Reply::Pause)
    }

    /// A screen to read needs no line. On the way back it is passed over, or one could never get
    /// behind it.
    fn ready(&mut self, ask: &Ask) -> Reply {
        if self.back && self.passed.as_ref() != Some(&ask.id) {
            self.passed = Some(ask.id.clone());
            return Reply::Back;
        }
        self.back = false;
        self.passed = None;
        self.head(ask);
        Reply::Answer(Input::Ready)
    }

    fn read(&mut self, ask: &Ask) -> ReadLine {
        let until = self.feed.deadline();
        let line = match self.feed.next(until) {
            FeedItem::Line(line) => line,
            FeedItem::TooLong => return ReadLine::Miss(self.own(TOO_LONG)),
            FeedItem::NotText => return ReadLine::Miss(self.own(NOT_TEXT)),
            FeedItem::End => return self.stop(FeedEnd::End),
            FeedItem::TooSlow => return self.stop(FeedEnd::TooSlow),
            FeedItem::Gone => return self.stop(FeedEnd::Gone),
        };
        if let Some(word) = opens_block(&line).filter(|_| takes_block(&ask.want)) {
            return match is_end(word) {
                true => self.block(word),
                false => ReadLine::Miss(self.own(NO_END)),
            };
        }
        match command::read(&line, self.language) {
            TypedLine::Editor => ReadLine::Miss(self.own(NO_EDITOR)),
            TypedLine::Reply(reply) => ReadLine::Reply(reply),
            TypedLine::Doubtful(what) if line.trim_start().starts_with('/') => {
                ReadLine::Miss(format!("{} {}", clean(&what), self.own(NOT_A_COMMAND)))
            }
            // A script's own words; it says commands alone.
            TypedLine::Doubtful(_) => {
                ReadLine::Reply(Reply::Answer(Input::Words(standing(ask, line))))
            }
            TypedLine::Words(words) => {
                ReadLine::Reply(Reply::Answer(Input::Words(standing(ask, words))))
            }
        }
    }

    /// Reads a text up to the line `word`. Nothing in it is a command.
    fn block(&mut self, word: &str) -> ReadLine {
        let (mut text, mut begun) = (String::new(), false);
        let (mut too_long, mut broken) = (false, false);
        loop {
            if !self.feed.has_line() {
                self.keep.progress(&clean(&text));
            }
            match self.feed.next(self.feed.deadline()) {
                FeedItem::Line(line) if line.trim_end() == word => break,
                FeedItem::Line(line) if text.len() + line.len() <= self::feed::LONGEST => {
                    if std::mem::replace(&mut begun, true) {
                        text.push('\n');
                    }
                    text.push_str(&line);
                }
                FeedItem::Line(_) | FeedItem::TooLong => too_long = true,
                FeedItem::NotText => broken = true,
                FeedItem::End => return self.stop(FeedEnd::Unfinished),
                FeedItem::TooSlow => return self.stop(FeedEnd::TooSlow),
                FeedItem::Gone => return self.stop(FeedEnd::Gone),
            }
        }
        if too_long || broken {
            self.keep.progress(&clean(&text));
            let why = if too_long { TOO_LONG } else { NOT_TEXT };
            return ReadLine::Miss(self.own(why));
        }
        ReadLine::Reply(Reply::Answer(Input::Words(text)))
    }

    /// Says why a line will not do. After too many of them, or with nothing more to read, it is
    /// the last.
    fn miss(&mut self, ask: &Ask, why: &str) {
        self.paragraph(why);
        if self.missed.0 != ask.id {
            self.missed = (ask.id.clone(), 0);
        }
        self.missed.1 += 1;
        if self.missed.1 > AGAIN || self.feed.at_end() {
            self.stopped = Some(FeedEnd::TooOften);
        }
    }
}

/// What stands behind the sign that opens a text.
fn opens_block(line: &str) -> Option<&str> {
    Some(line.trim().strip_prefix("<<")?.trim_start())
}

/// Whether a word can end a text. A shell means something else by a hyphen before it.
fn is_end(word: &str) -> bool {
    let fits = |c: char| c.is_ascii_alphanumeric() || c == '_' || c == '-';
    !word.is_empty() && !word.starts_with('-') && word.chars().all(fits)
}

fn takes_block(want: &Want) -> bool {
    matches!(want, Want::Line | Want::Text)
}

/// An empty line takes what stands there, as the question says.
fn standing(ask: &Ask, words: String) -> String {
    match &ask.initial {
        Some(initial) if words.trim().is_empty() => initial.clone(),
        _ => words,
    }
}

impl<W: Write> Prompter for LinesPrompter<W> {
    fn say(&mut self, note: &Note) -> io::Result<()> {
        match note.tone {
            // A log of this may be read by others.
            Tone::Personal => {}
            // On the way back past screens that ask nothing, this is said of none of them.
            Tone::Status if self.back && self.passed.is_some() => {}
            _ => self.paragraph(&note.text),
        }
        Ok(())
    }

    fn ask(&mut self, ask: &Ask) -> io::Result<Reply> {
        if self.stopped.is_some() {
            return Ok(Reply::Pause);
        }
        if ask.want == Want::Ready {
            return Ok(self.ready(ask));
        }
        self.back = false;
        self.passed = None;
        loop {
            self.question(ask);
            match self.read(ask) {
                ReadLine::Reply(reply) => {
                    self.back = reply == Reply::Back;
                    return Ok(reply);
                }
                ReadLine::Miss(why) => self.miss(ask, &why),
            }
            if self.stopped.is_some() {
                return Ok(Reply::Pause);
            }
        }
    }

    fn reject(&mut self, ask: &Ask, reason: &Rejection) -> io::Result<Retry> {
        self.miss(ask, &reason.message);
        Ok(Retry::Again)
    }
}

// Texts for people.
const TOO_LONG: &str = "A text can have up to 8 MiB.";
const NOT_TEXT: &str = "A line has to be text in UTF-8.";
const NO_END: &str = "<< opens a text, and needs a word right behind it that ends the text, such as <<END. \
    A text that begins with << itself goes between the two.";
const NO_EDITOR: &str = "There’s no editor here.";
const NOT_A_COMMAND: &str = "/help lists them. Type // for a slash at the start of a line.";
