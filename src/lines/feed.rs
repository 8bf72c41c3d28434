//! Lines from a script on standard input: one reader for the whole run, which waits no longer than
//! it is told to.

use std::io;
use std::time::{Duration, Instant};

use rustix::event::{PollFd, PollFlags, Timespec, poll};
use rustix::io::Errno;

/// The longest line, and the longest text of many, in bytes.
pub const LONGEST: usize = 8 * 1024 * 1024;

/// What comes next.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum FeedItem {
    /// A line, without its end. The last one may have had none.
    Line(String),
    /// A line longer than the limit. It was passed over.
    TooLong,
    /// A line that is not UTF-8. It was passed over.
    NotText,
    /// Nothing more comes.
    End,
    /// Nothing came in time.
    TooSlow,
    /// Nobody reads what we say any more.
    Gone,
}

/// Why a script gives no more answers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FeedEnd {
    /// The input ended.
    End,
    /// The input ended within a text that was begun with `<<WORD`.
    Unfinished,
    /// No answer came in time.
    TooSlow,
    /// Too many lines would not do.
    TooOften,
    /// Nobody reads what we say any more.
    Gone,
}

/// The reader. Whatever it has read ahead is for the questions that come.
#[derive(Debug)]
pub struct Feed {
    ahead: Vec<u8>,
    /// How much of `ahead` is known to hold no line end.
    seen: usize,
    /// The rest of a line that is too long is passed over.
    skipping: bool,
    /// A line was read.
    begun: bool,
    ended: bool,
    patience: Option<Duration>,
    listened_to: bool,
}

/// What waiting came to.
enum WaitOutcome {
    Ready,
    TooSlow,
    Gone,
}

impl Feed {
    /// Takes lines of at most [`LONGEST`] bytes, and waits for as long as `patience` for each answer.
    /// With `listened_to`, also notices when nobody reads standard output any more.
    pub fn new(patience: Option<Duration>, listened_to: bool) -> Self {
        Self {
            ahead: Vec::new(),
            seen: 0,
            skipping: false,
            begun: false,
            ended: false,
            patience,
            listened_to,
        }
    }

    /// When an answer to a question put now is too late.
    pub fn deadline(&self) -> Option<Instant> {
        self.patience
            .and_then(|patience| Instant::now().checked_add(patience))
    }

    /// The next line, if it comes before `until`.
    pub fn next(&mut self, until: Option<Instant>) -> FeedItem {
        loop {
            if let Some(fed) = self.line() {
                return fed;
            }
            if self.ended {
                return FeedItem::End;
            }
            match self.wait(until) {
                WaitOutcome::Ready => self.fill(),
                WaitOutcome::TooSlow => return FeedItem::TooSlow,
                WaitOutcome::Gone => return FeedItem::Gone,
            }
        }
    }

    /// Whether a whole line is there already.
    pub fn has_line(&self) -> bool {
        self.ahead.contains(&b'\n')
    }

    /// Whether it is known that nothing more comes. Does not wait.
    pub fn at_end(&mut self) -> bool {
        while self.ahead.is_empty() && !self.ended {
            match self.wait(Some(Instant::now())) {
                WaitOutcome::Ready => self.fill(),
                WaitOutcome::TooSlow | WaitOutcome::Gone => return false,
            }
        }
        self.ahead.is_empty()
    }

    fn line(&mut self) -> Option<FeedItem> {
        let end = self.ahead[self.seen..]
            .iter()
            .position(|byte| *byte == b'\n');
        let Some(end) = end.map(|end| self.seen + end) else {
            if self.ahead.len() > LONGEST {
                self.skipping = true;
                self.ahead.clear();
            }
            self.seen = self.ahead.len();
            return None;
        };
        let mut line: Vec<u8> = self.ahead.drain(..=end).collect();
        self.seen = 0;
        line.pop();
        if std::mem::take(&mut self.skipping) || line.len() > LONGEST {
            return Some(FeedItem::TooLong);
        }
        if line.last() == Some(&b'\r') {
            line.pop();
        }
        // A stream has no encoding but UTF-8; a mark stands before its first line alone.
        let first = !std::mem::replace(&mut self.begun, true);
        let line = match line.strip_prefix("\u{feff}".as_bytes()) {
            Some(rest) if first => rest.to_vec(),
            _ => line,
        };
        let text = String::from_utf8(line)
            .ok()
            .filter(|text| !text.contains('\0'));
        Some(text.map_or(FeedItem::NotText, FeedItem::Line))
    }

    /// Reads what is there. A standard input that cannot be read has ended.
    fn fill(&mut self) {
        let mut buffer = [0; 65536];
        match rustix::io::read(io::stdin(), &mut buffer) {
            Ok(count) if count > 0 => self.ahead.extend_from_slice(&buffer[..count]),
            Err(Errno::INTR | Errno::AGAIN) => {}
            Ok(_) | Err(_) => {
                self.ended = true;
                if !self.ahead.is_empty() || self.skipping {
                    self.ahead.push(b'\n');
                }
            }
        }
    }

    fn wait(&self, until: Option<Instant>) -> WaitOutcome {
        let (stdin, stdout) = (io::stdin(), io::stdout());
        loop {
            let left = until.map(|until| until.saturating_duration_since(Instant::now()));
            let time = left.and_then(|left| Timespec::try_from(left).ok());
            let mut polled = [
                PollFd::new(&stdin, PollFlags::IN),
                PollFd::new(&stdout, PollFlags::empty()),
            ];
            let count = if self.listened_to { 2 } else { 1 };
            match poll(&mut polled[..count], time.as_ref()) {
                Err(Errno::INTR) => {}
                Ok(0) => return WaitOutcome::TooSlow,
                Ok(_) if self.listened_to && closed(&polled[1]) => return WaitOutcome::Gone,
                // After an error, reading tells what is wrong.
                Err(_) | Ok(_) => return WaitOutcome::Ready,
            }
        }
    }
}

fn closed(stream: &PollFd<'_>) -> bool {
    stream.revents().intersects(PollFlags::ERR | PollFlags::HUP)
}
