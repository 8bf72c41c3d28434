//! A file of events beside a session: what was asked and what came of it, without the words unless
//! they are wanted.

use std::cell::{OnceCell, RefCell};
use std::fs::File;
use std::io::{self, Write};
use std::path::Path;
use std::rc::Rc;
use std::sync::{Arc, Mutex, PoisonError};

use super::AnswerOptions;
use super::runner::{Coach, Event, SessionEnd};
use crate::error::{Error, Result};
use crate::exercise::Exercise;
use crate::home::Home;
use crate::home::new_file::failed;
use crate::home::rules as own_rules;
use crate::output;
use crate::review::{Finding, OwnRules, Rules, Subject};
use crate::session::{Answer, Session};
use crate::wire::{EndStatus, FindingMessage, ShownAnswer, TextPolicy, Wire};

/// The file, open and for its owner alone.
pub(super) struct Sink {
    file: File,
    words: TextPolicy,
}

/// Opens the file of events that the command line asks for. One that exists is left alone.
pub(super) fn open(asked: &AnswerOptions) -> Result<Option<Sink>> {
    let Some(path) = &asked.events else {
        return Ok(None);
    };
    let file = output::create_private(path).map_err(|error| failed(path, &error))?;
    let words = if asked.with_text {
        TextPolicy::Answers
    } else {
        TextPolicy::None
    };
    Ok(Some(Sink { file, words }))
}

impl Sink {
    /// Begins with the line on what is done. Events that cannot be written are lost.
    pub(super) fn begin(self, home: &Home, session: &Session, exercise: &Exercise) -> Arc<Wire> {
        let path = home.store.sessions().path(&session.id);
        let wire = Wire::new(&session.id, &path, self.words, self.file);
        wire.keep_secret(secrets(session, exercise));
        let _ = wire.hello(&exercise.head.id, exercise.steps.len());
        Arc::new(wire)
    }
}

/// What was said at sensitive steps before.
fn secrets(session: &Session, exercise: &Exercise) -> Vec<String> {
    let sensitive = |id: &str| exercise.step(id).is_none_or(|step| step.sensitive);
    let answers = session.answers.iter();
    answers
        .filter(|answer| sensitive(&answer.step))
        .flat_map(|answer| [answer.words(), answer.progress.clone()])
        .flatten()
        .collect()
}

/// Events of a session that has no name before it is saved.
pub(super) struct BufferedEvents {
    sink: Sink,
    memory: SharedBuffer,
    wire: Arc<Wire>,
}

impl BufferedEvents {
    /// Holds events back.
    pub(super) fn new(sink: Sink, session: &Session, exercise: &Exercise) -> Self {
        let memory = SharedBuffer::default();
        let wire = Wire::new("", Path::new(""), sink.words, memory.clone());
        wire.keep_secret(secrets(session, exercise));
        Self {
            sink,
            memory,
            wire: Arc::new(wire),
        }
    }

    /// The file again, with nothing in it: what was held back did not come to pass.
    pub(super) fn into_sink(self) -> Sink {
        self.sink
    }

    /// Where events go.
    pub(super) fn wire(&self) -> Arc<Wire> {
        Arc::clone(&self.wire)
    }

    /// Writes them, now that the session is saved.
    pub(super) fn release(self, home: &Home, session: &Session, exercise: &Exercise) {
        let events = self.memory.take();
        let Ok(file) = self.sink.file.try_clone() else {
            return;
        };
        let wire = self.sink.begin(home, session, exercise);
        let _ = { file }.write_all(&events);
        let _ = wire.saved();
        let _ = wire.done(EndStatus::Finished);
    }

    /// Writes that nothing was saved.
    pub(super) fn failed(self, error: &Error) {
        let events = self.memory.take();
        let mut file = self.sink.file;
        let _ = file.write_all(&events);
        let wire = Wire::new("", Path::new(""), TextPolicy::None, file);
        let _ = wire.error("not-saved", &error.message);
    }
}

/// Bytes in memory, for two hands.
#[derive(Clone, Default)]
struct SharedBuffer(Arc<Mutex<Vec<u8>>>);

impl SharedBuffer {
    fn take(&self) -> Vec<u8> {
        std::mem::take(&mut self.0.lock().unwrap_or_else(PoisonError::into_inner))
    }
}

impl Write for SharedBuffer {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .write(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// The rules that come with the program, with the person's own.
pub(super) struct HomeCoach<'h> {
    home: &'h Home,
    /// The person's own files, read when a text needs them for the first time.
    own: OnceCell<Vec<OwnRules>>,
    /// Those that cannot be used, and have not been told of yet.
    left_out: RefCell<Vec<String>>,
}

impl<'h> HomeCoach<'h> {
    /// The rules of this home.
    pub(super) fn new(home: &'h Home) -> Self {
        Self {
            home,
            own: OnceCell::default(),
            left_out: RefCell::default(),
        }
    }
}

impl Coach for HomeCoach<'_> {
    fn rules(&self, subject: Subject, text: &str, about: Option<&str>) -> Rc<Rules> {
        let own = self.own.get_or_init(|| {
            let data = self.home.data.as_deref();
            let (own, left_out) = data.map(own_rules::read).unwrap_or_default();
            let told = left_out.iter().map(|file| {
                let (path, reason) = (file.path.display(), &file.reason);
                let more = match file.is_misnamed {
                    true => String::new(),
                    false => format!("\nTo see why: {}", file.hint()),
                };
                format!("Your rules in {path} aren’t used: {reason}.{more}")
            });
            self.left_out.borrow_mut().extend(told);
            own
        });
        Rc::new(Rules::for_text(subject, own.iter().cloned(), text, about))
    }

    fn left_out(&self) -> Vec<String> {
        self.left_out.take()
    }
}

/// Tells a program on the other side, and a file beside it, what happens. The program has its
/// questions from whoever puts them; whether anybody hears it shows with the next one, and events
/// that cannot be written are lost.
pub(super) fn listener(
    client: Option<Arc<Wire>>,
    file: Option<Arc<Wire>>,
) -> impl FnMut(&Event<'_>) {
    move |event| {
        if let Some(file) = &file {
            let _ = match event {
                Event::Said(note) => file.note(note),
                Event::Asked(ask) => file.ask(ask),
                Event::Replied(ask, reply) => file.reply(ask, reply),
                Event::Rejected(ask, reason) => file.invalid(ask, reason),
                _ => Ok(()),
            };
        }
        // A file that lies about doesn't say who wrote of what.
        if let (Some(client), Event::HelpOffered(id)) = (&client, event) {
            let _ = client.support(&id.to_string());
        }
        for wire in client.iter().chain(&file) {
            let _ = match event {
                Event::Saved => wire.saved(),
                Event::Found(id, finding) => wire.finding(found(&id.to_string(), finding)),
                Event::Shown(id, answers) => wire.shown(
                    id,
                    answers.iter().filter_map(|answer| shown(answer)).collect(),
                ),
                Event::Ended(end) => wire.done(status(*end)),
                _ => Ok(()),
            };
        }
    }
}

fn found<'f>(id: &'f str, finding: &'f Finding) -> FindingMessage<'f> {
    FindingMessage {
        id,
        rule: &finding.rule,
        kind: finding.kind.name(),
        firm: finding.firm,
        span: [finding.span.start, finding.span.end],
        message: &finding.message,
    }
}

fn shown(answer: &Answer) -> Option<ShownAnswer> {
    Some(ShownAnswer {
        id: answer.id().to_string(),
        person: answer.by?.id(),
        prompt: Some(answer.prompt.clone()),
        text: answer.words(),
    })
}

fn status(end: SessionEnd) -> EndStatus {
    match end {
        SessionEnd::Done => EndStatus::Finished,
        SessionEnd::Paused(_) => EndStatus::Paused,
        SessionEnd::Left => EndStatus::Left,
    }
}
