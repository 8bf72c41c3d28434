//! Where messages go: to a client, or into a file beside a session. One line a message, out at
//! once.

use std::io::{self, Write};
use std::path::Path;
use std::sync::{Mutex, PoisonError};

use super::{
    AnswerMessage, AskMessage, DoneMessage, EndStatus, FindingMessage, HandOverMessage,
    HelloMessage, Message, NoteMessage, PersonMessage, RejectionMessage, ShownAnswer, ShownMessage,
    StepMessage, TextMessage, TimeMessage, VERSION, ValueMessage,
};
use crate::ask::{self, FloorMark, FloorTime, Input, Rejection, Reply, Tone};
use crate::session::{Partner, Partners};
use crate::text::json;

/// Which of a person's words are written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TextPolicy {
    /// All: the one who reads is the one who answers.
    All,
    /// Answers but those to sensitive steps, and no text that quotes one of these.
    Answers,
    /// None, and no text that could quote one.
    None,
}

/// A way out for messages.
pub struct Wire {
    session: String,
    path: String,
    words: TextPolicy,
    inner: Mutex<WireState>,
}

struct WireState {
    out: Box<dyn Write + Send>,
    /// The question that was put last.
    about: Option<String>,
    seq: u64,
    /// What was asked for last, to tell a hint from other texts.
    wanted: Option<Reply>,
    /// What must not be quoted.
    secrets: Vec<String>,
    /// The last line is out.
    ended: bool,
}

impl Wire {
    /// Messages about the session with this full id, saved in the file `path`, go to `out`.
    pub fn new(
        session: &str,
        path: &Path,
        words: TextPolicy,
        out: impl Write + Send + 'static,
    ) -> Self {
        Self {
            session: session.to_string(),
            path: path.display().to_string(),
            words,
            inner: Mutex::new(WireState {
                out: Box::new(out),
                about: None,
                seq: 0,
                wanted: None,
                secrets: Vec::new(),
                ended: false,
            }),
        }
    }

    /// Words that must not be quoted, from earlier in the session.
    pub fn keep_secret(&self, words: impl IntoIterator<Item = String>) {
        self.with(|inner| inner.hide(words));
    }

    /// The first line.
    pub fn hello(&self, exercise: &str, steps: usize) -> io::Result<()> {
        let hello = HelloMessage {
            id: &self.session,
            protocol: VERSION,
            exercise,
            session: crate::session::short_id(&self.session),
            steps,
        };
        self.with(|inner| inner.send(&Message::Hello(hello)))
    }

    /// The two who do it.
    pub fn people(&self, partners: &Partners) -> io::Result<()> {
        // Their names were asked for; what follows is about the session again.
        self.with(|inner| {
            inner.about = None;
            io::Result::Ok(())
        })?;
        Partner::PAIR.into_iter().try_for_each(|partner| {
            let (id, name) = (partner.id(), partners.name(partner));
            self.with(|inner| inner.send(&Message::Person(PersonMessage { id, name })))
        })
    }

    /// What two people show each other at the step `id`; nothing where it stays closed.
    pub fn shown(&self, id: &str, mut answers: Vec<ShownAnswer>) -> io::Result<()> {
        if self.words != TextPolicy::All {
            for answer in &mut answers {
                (answer.prompt, answer.text) = (None, None);
            }
        }
        self.with(|inner| inner.send(&Message::Shown(ShownMessage { id, answers })))
    }

    /// What there is to say of the time of whoever has the floor, and notes that it is said.
    pub fn time(&self, id: &str, floor: &mut FloorTime) -> io::Result<()> {
        let of = floor.seconds();
        let passed = match floor.pass() {
            FloorMark::Half => of / 2,
            FloorMark::Whole => of,
        };
        self.with(|inner| inner.send(&Message::Time(TimeMessage { id, passed, of })))
    }

    /// A text that is shown.
    pub fn note(&self, note: &ask::Note) -> io::Result<()> {
        if note.tone == Tone::Personal && self.words != TextPolicy::All {
            return Ok(());
        }
        self.with(|inner| {
            let id = inner.about.clone().unwrap_or_else(|| self.session.clone());
            let text = Some(note.text.as_str()).filter(|text| self.may_say(inner, text));
            let id = id.as_str();
            let wanted = inner.wanted.take();
            let message = match (note.tone, wanted) {
                (Tone::Aside, Some(Reply::Hint)) => Message::Hint(TextMessage { id, text }),
                (Tone::Aside, Some(Reply::Why)) => Message::Why(TextMessage { id, text }),
                (tone, _) => Message::Note(NoteMessage {
                    id,
                    tone: tone_name(tone),
                    text,
                }),
            };
            inner.send(&message)
        })
    }

    /// A question is put. The program's own, which belong to no step, stay between it and the
    /// person.
    pub fn ask(&self, ask: &ask::Ask) -> io::Result<()> {
        if ask.place.is_none() {
            return Ok(());
        }
        self.with(|inner| {
            if ask.hand_over {
                let (id, to) = (ask.id.as_str(), ask.person_id().unwrap_or("both"));
                inner.send(&Message::HandOver(HandOverMessage { id, to }))?;
            }
            inner.seq += 1;
            inner.about = Some(ask.id.clone());
            let mut question = AskMessage::new(ask, inner.seq);
            if self.words != TextPolicy::All {
                if ask.private {
                    inner.hide(ask.initial.clone());
                }
                let silent = ask.private;
                let may = |text: &String| !silent && self.may_say(inner, text);
                question.prompt = question.prompt.filter(may);
                question.initial = question.initial.filter(may);
                question.pins.retain(|pin| may(&pin.text));
                if question.initial.is_none() {
                    question.initial_by = None;
                }
            }
            inner.send(&Message::Ask(Box::new(question)))
        })
    }

    /// What came back. A client knows what it said; a file of events is told.
    pub fn reply(&self, ask: &ask::Ask, reply: &Reply) -> io::Result<()> {
        if ask.place.is_none() {
            return Ok(());
        }
        self.with(|inner| {
            inner.wanted = Some(reply.clone());
            if self.words == TextPolicy::All {
                return Ok(());
            }
            let id = ask.id.as_str();
            let message = match reply {
                Reply::Answer(given) => {
                    if ask.private {
                        inner.hide(secrets(ask, given));
                    }
                    let told = !ask.private && self.words == TextPolicy::Answers;
                    let value = match given {
                        Input::Options(ids) if told => Some(ValueMessage::Options(ids)),
                        given => given
                            .words()
                            .filter(|words| told && self.may_say(inner, words))
                            .map(ValueMessage::Words),
                    };
                    Message::Answer(AnswerMessage { id, value })
                }
                Reply::Back => Message::Back(StepMessage { id }),
                // Whether somebody answered what stays closed is nobody's business.
                Reply::Skip if ask.sealed => Message::Answer(AnswerMessage { id, value: None }),
                Reply::Skip => Message::Skip(StepMessage { id }),
                Reply::Pause => Message::Pause(StepMessage { id }),
                Reply::Leave => Message::Leave(StepMessage { id }),
                // The answer to these follows as a message of its own.
                Reply::Hint | Reply::Why | Reply::Help | Reply::Support(_) => return Ok(()),
            };
            inner.send(&message)
        })
    }

    /// An answer will not do.
    pub fn invalid(&self, ask: &ask::Ask, reason: &Rejection) -> io::Result<()> {
        let trouble = RejectionMessage {
            id: &ask.id,
            code: reason.code,
            message: &reason.message,
        };
        self.with(|inner| inner.send(&Message::Invalid(trouble)))
    }

    /// Everything up to here is on the disk.
    pub fn saved(&self) -> io::Result<()> {
        self.with(|inner| {
            let id = inner.about.clone().unwrap_or_else(|| self.session.clone());
            inner.send(&Message::Saved(StepMessage { id: &id }))
        })
    }

    /// What a rule found in a text. None of its words are in it.
    pub fn finding(&self, found: FindingMessage<'_>) -> io::Result<()> {
        self.with(|inner| inner.send(&Message::Finding(found)))
    }

    /// Help is worth offering after a text. None of its words are in it.
    pub fn support(&self, id: &str) -> io::Result<()> {
        self.with(|inner| inner.send(&Message::Support(StepMessage { id })))
    }

    /// Something was not understood, or went wrong.
    pub fn error(&self, code: &str, message: &str) -> io::Result<()> {
        self.with(|inner| {
            let id = inner.about.clone().unwrap_or_else(|| self.session.clone());
            let trouble = RejectionMessage {
                id: &id,
                code,
                message,
            };
            inner.send(&Message::Error(trouble))
        })
    }

    /// The last line. Nothing is written after it.
    pub fn done(&self, status: EndStatus) -> io::Result<()> {
        let done = DoneMessage {
            id: &self.session,
            status,
            session: crate::session::short_id(&self.session),
            path: &self.path,
        };
        self.with(|inner| {
            let sent = inner.send(&Message::Done(done));
            inner.ended = true;
            sent
        })
    }

    /// Whether a text that may quote the person can be written.
    fn may_say(&self, inner: &WireState, text: &str) -> bool {
        match self.words {
            TextPolicy::All => true,
            TextPolicy::Answers => !inner.secrets.iter().any(|secret| text.contains(secret)),
            TextPolicy::None => false,
        }
    }

    fn with<T>(&self, work: impl FnOnce(&mut WireState) -> T) -> T {
        work(&mut self.inner.lock().unwrap_or_else(PoisonError::into_inner))
    }
}

impl WireState {
    fn send(&mut self, message: &Message<'_>) -> io::Result<()> {
        if self.ended {
            return Ok(());
        }
        let value = serde_json::to_value(message)?;
        self.out.write_all(json::line(&value).as_bytes())?;
        self.out.flush()
    }

    fn hide(&mut self, words: impl IntoIterator<Item = String>) {
        let words = words.into_iter().map(|words| words.trim().to_string());
        self.secrets.extend(words.filter(|words| !words.is_empty()));
    }
}

/// The words of an answer to a sensitive step: as given, and as they can be quoted later.
fn secrets(ask: &ask::Ask, given: &Input) -> Vec<String> {
    let given = match given {
        Input::Options(ids) => ids.clone(),
        given => given.words().map(String::from).into_iter().collect(),
    };
    let options = match &ask.want {
        ask::Want::One { options, .. } | ask::Want::Many { options, .. } => options.as_slice(),
        _ => &[],
    };
    let meant = |words: &String| ask::meant(options, words).map(|option| option.label.clone());
    let labels: Vec<String> = given
        .iter()
        .flat_map(|words| words.split(',').map(String::from).collect::<Vec<_>>())
        .filter_map(|words| meant(&words))
        .collect();
    [given, labels].concat()
}

fn tone_name(tone: Tone) -> &'static str {
    match tone {
        Tone::Title => "title",
        Tone::Text => "text",
        Tone::Aside | Tone::Personal => "aside",
        Tone::Status => "status",
    }
}
