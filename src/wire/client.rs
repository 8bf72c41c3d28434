//! Another program answers, in JSON: one object a line, one question open at a time.

use std::io;
use std::sync::Arc;
use std::time::Instant;

use super::Wire;
use crate::ask::{Ask, FloorTime, Input, Note, Prompter, Rejection, Reply, Retry, Want};
use crate::lines::feed::{Feed, FeedEnd, FeedItem};
use crate::wire;

/// A prompter that speaks the protocol.
pub struct JsonPrompter {
    feed: Feed,
    wire: Arc<Wire>,
    stopped: Option<FeedEnd>,
    floor: Option<FloorTime>,
    /// What is said to the next question, which isn't put.
    held: Option<Reply>,
}

impl JsonPrompter {
    /// Asks over `wire`, and takes answers from `feed`.
    pub fn new(feed: Feed, wire: Arc<Wire>) -> Self {
        Self {
            feed,
            wire,
            stopped: None,
            floor: None,
            held: None,
        }
    }

    /// Takes what was said before as the reply to the next question.
    pub fn hold(&mut self, reply: Reply) {
        self.held = Some(reply);
    }

    /// Why no more answers come, where that is so.
    pub fn stopped(&self) -> Option<FeedEnd> {
        self.stopped
    }

    fn stop(&mut self, why: FeedEnd) -> Reply {
        self.stopped = Some(why);
        Reply::Pause
    }

    /// Reads until something is understood.
    fn reply(&mut self, ask: &Ask) -> io::Result<Reply> {
        let until = self.feed.deadline();
        self.floor = FloorTime::of(ask, self.floor.take(), Instant::now());
        loop {
            let now = Instant::now();
            let left = self.floor.as_ref().and_then(|floor| floor.left(now));
            let mark = left.map(|left| now + left);
            let mark = mark.filter(|mark| until.is_none_or(|until| *mark < until));
            let refused = match self.feed.next(mark.or(until)) {
                FeedItem::TooSlow if mark.is_some() => {
                    if let Some(floor) = &mut self.floor {
                        self.wire.time(&ask.id, floor)?;
                    }
                    continue;
                }
                FeedItem::Line(line) if line.trim().is_empty() => continue,
                FeedItem::Line(line) => match wire::read(&line, &ask.id) {
                    Ok(Reply::Answer(_)) if ask.want == Want::Ready => {
                        return Ok(Reply::Answer(Input::Ready));
                    }
                    Ok(Reply::Answer(Input::Ready)) => {
                        wire::RequestError::new("bad-value", NO_VALUE)
                    }
                    Ok(reply) => return Ok(reply),
                    Err(refused) => refused,
                },
                FeedItem::TooLong => wire::RequestError::new("too-long", TOO_LONG),
                FeedItem::NotText => wire::RequestError::new("bad-json", NOT_TEXT),
                FeedItem::End => return Ok(self.stop(FeedEnd::End)),
                FeedItem::TooSlow => return Ok(self.stop(FeedEnd::TooSlow)),
                FeedItem::Gone => return Ok(self.stop(FeedEnd::Gone)),
            };
            self.wire.error(refused.code, &refused.message)?;
        }
    }
}

impl Prompter for JsonPrompter {
    fn say(&mut self, note: &Note) -> io::Result<()> {
        if self.wire.note(note).is_err() {
            self.stop(FeedEnd::Gone);
        }
        Ok(())
    }

    fn ask(&mut self, ask: &Ask) -> io::Result<Reply> {
        if let Some(reply) = self.held.take() {
            return Ok(reply);
        }
        if self.stopped.is_some() || self.wire.ask(ask).is_err() {
            let why = self.stopped.unwrap_or(FeedEnd::Gone);
            return Ok(self.stop(why));
        }
        // What can no longer be said is no reason to lose what was.
        let reply = match self.reply(ask) {
            Ok(reply) => reply,
            Err(_) => self.stop(FeedEnd::Gone),
        };
        if self.stopped.is_none() && self.wire.reply(ask, &reply).is_err() {
            return Ok(self.stop(FeedEnd::Gone));
        }
        Ok(reply)
    }

    fn reject(&mut self, ask: &Ask, reason: &Rejection) -> io::Result<Retry> {
        if self.wire.invalid(ask, reason).is_err() {
            self.stop(FeedEnd::Gone);
        }
        Ok(Retry::Again)
    }
}

// Texts for people.
const NO_VALUE: &str = "An answer here needs a value; use skip to leave it out.";
const TOO_LONG: &str = "A line has at most 8 MiB.";
const NOT_TEXT: &str = "A line has to be text in UTF-8.";
