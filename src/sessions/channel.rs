//! A session with another program on standard input: a line an answer, or messages in JSON.

use std::collections::BTreeMap;
use std::io::{self, BufWriter, Stderr};
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use clap::{Args, ValueEnum};

use super::closed;
use super::events::{self, HomeCoach, NotifyingSaver, Sink};
use super::person::{JournalSaver, OTHER_VERSION, course, desk, signalled};
use super::runner::{Coach, Feedback, Runner, SessionEnd};
use super::script::not_screened;
use super::watched::WatchedPrompter;
use super::{
    AnswerFlags, Persistence, SessionStart, StartPoint, engine_drawing, gone, new_session,
};
use crate::ask::{Note, Prompter, Tone};
use crate::engine::Engine;
use crate::error::{Error, Exit, Result};
use crate::exercise::Exercise;
use crate::home::Home;
use crate::home::world::{World, random};
use crate::journal::{Lock, Writer};
use crate::lines::LinesPrompter;
use crate::lines::feed::{Feed, FeedEnd};
use crate::safety::SafetyTexts;
use crate::session::Session;
use crate::terminal::signals;
use crate::text::{inert, width};
use crate::wire::client::JsonPrompter;
use crate::wire::{TextPolicy, Wire};

/// How another program takes part.
#[derive(Debug, Default, Args)]
#[command(next_help_heading = "Answers from another program")]
pub struct ChannelFlags {
    /// Ask on standard input: a line an answer, or messages in JSON
    #[arg(long, value_enum, value_name = "HOW",
        conflicts_with_all = ["answers", "answer", "defaults", "no_input"])]
    pub io: Option<ChannelProtocol>,
    /// Save and end with 124 when no answer comes for so long, such as 60s, 5m or 1h
    #[arg(long, value_name = "TIME", value_parser = duration, requires = "io")]
    pub answer_timeout: Option<Duration>,
    /// Write what happens into a new file, as messages in JSON without your words
    #[arg(long, value_name = "FILE")]
    pub events: Option<PathBuf>,
    /// With --events: write your words too, but those to sensitive steps
    #[arg(long, requires = "events")]
    pub with_text: bool,
}

/// What goes over standard input.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum ChannelProtocol {
    /// A line an answer; <<WORD begins a text that the line WORD ends
    Lines,
    /// One JSON object a line, questions on standard output; `trust-coach schema protocol`
    Json,
}

/// `60s`, `5m`, `1h`, or seconds alone.
fn duration(text: &str) -> Result<Duration, String> {
    let (number, unit) = match text.char_indices().find(|(_, c)| !c.is_ascii_digit()) {
        Some((at, _)) => text.split_at(at),
        None => (text, "s"),
    };
    let second = match unit {
        "s" => Some(1),
        "m" => Some(60),
        "h" => Some(3600),
        _ => None,
    };
    let seconds = number.parse::<u64>().ok().zip(second);
    seconds
        .and_then(|(number, second)| number.checked_mul(second))
        .filter(|seconds| *seconds > 0)
        .map(Duration::from_secs)
        .ok_or_else(|| String::from("write it as 60s, 5m or 1h"))
}

/// Whoever is on the other side.
enum Caller {
    Lines(Box<LinesPrompter<BufWriter<Stderr>>>),
    Json(Box<JsonPrompter>),
}

impl Caller {
    fn prompter(&mut self) -> &mut dyn Prompter {
        match self {
            Self::Lines(lines) => lines.as_mut(),
            Self::Json(json) => json.as_mut(),
        }
    }

    fn stopped(&self) -> Option<FeedEnd> {
        match self {
            Self::Lines(lines) => lines.stopped(),
            Self::Json(json) => json.stopped(),
        }
    }
}

/// Does an exercise with the program on the other side. Every answer is saved before the next
/// question.
pub(super) fn run(
    world: &mut World<'_>,
    place: &Home,
    input: &AnswerFlags,
    io: ChannelProtocol,
    sink: Option<Sink>,
    doing: SessionStart,
) -> Result<Exit> {
    let exercise = doing.exercise;
    if exercise.head.gate && !input.screened {
        return Err(not_screened(&exercise.head.id));
    }
    let late = course(place, Persistence::Save);
    signals::watch(None, signalled(&late))
        .map_err(|error| Error::failed("could not wait for signals").because(&error))?;
    let (session, lock, new) = begin(world, place, &exercise, doing.begun)?;
    let id = session.id.clone();
    let writer = Arc::new(Writer::start(place.store.clone(), lock, session.clone())?);
    let _ = late.writer.set(Arc::clone(&writer));

    let watch = sink.map(|sink| sink.begin(place, &session, &exercise));
    let wire = (io == ChannelProtocol::Json).then(|| {
        let path = place.store.path(&id);
        Arc::new(Wire::new(&id, &path, TextPolicy::All, io::stdout()))
    });
    let everyone = late
        .wires
        .get_or_init(|| watch.iter().chain(&wire).cloned().collect());
    let desk = desk(&late);
    let feed = Feed::new(input.channel.answer_timeout, io == ChannelProtocol::Json);
    let mut caller = match &wire {
        Some(wire) => {
            // A client that is gone already shows with the first question.
            let _ = wire.hello(&exercise.head.id, exercise.steps.len());
            Caller::Json(Box::new(JsonPrompter::new(feed, Arc::clone(wire))))
        }
        None => {
            let out = BufWriter::new(io::stderr());
            let width = width(world.terminal.columns);
            Caller::Lines(Box::new(LinesPrompter::new(feed, out, width, desk.clone())))
        }
    };

    let earlier = closed::earlier(place, &exercise);
    let changed = !new && session.exercise_version != exercise.head.version;
    let clock = world.clock.clone();
    let mut prompter = WatchedPrompter::new(caller.prompter(), watch);
    if changed {
        let note = Note::new(Tone::Status, OTHER_VERSION);
        prompter.say(&note).map_err(|error| gone(&error))?;
    }
    if let Some(text) = earlier {
        let note = Note::new(Tone::Status, text);
        prompter.say(&note).map_err(|error| gone(&error))?;
    }
    let kept = JournalSaver(writer);
    let support = place.shelf.support();
    let coach = HomeCoach::new(place, everyone.iter().cloned());
    let mut runner = Runner {
        engine: engine_drawing(place, exercise, session, false, BTreeMap::new()),
        prompter: &mut prompter,
        saver: &NotifyingSaver::new(&kept, everyone.iter().cloned()),
        desk: &desk,
        now: &|| clock.now(),
        person: false,
        support: &support.page(),
        feedback: Feedback::new(&coach, &support.texts.heavy),
    };
    if new {
        runner.open().map_err(|error| gone(&error))?;
    }
    let ended = runner.run().inspect_err(|error| {
        for wire in everyone {
            let _ = wire.error("failed", &error.message);
        }
    })?;
    let engine = runner.engine;
    for what in coach.left_out() {
        world.tell(&format!("{}\n", inert(&what)));
    }
    if ended == SessionEnd::Done {
        let closing = Note::new(Tone::Text, engine.closing());
        prompter.say(&closing).map_err(|error| gone(&error))?;
    }
    events::ended(everyone, ended);
    finish(world, io, &engine, ended, caller.stopped())
}

/// A session with a name and a lock; `true` when it is a new one.
fn begin(
    world: &World<'_>,
    place: &Home,
    exercise: &Exercise,
    begun: StartPoint,
) -> Result<(Session, Lock, bool)> {
    match begun {
        StartPoint::New { seed } => {
            let mut session = new_session(exercise, seed, world)?;
            session.id = place.store.claim(&world.clock.now(), random)?;
            let lock = Lock::take(&place.store, &session.id)
                .inspect_err(|_| place.store.give_up(&session.id))?;
            Ok((session, lock, true))
        }
        StartPoint::Paused(session, lock) => Ok((*session, lock, false)),
    }
}

/// The last words, and the exit code.
fn finish(
    world: &mut World<'_>,
    io: ChannelProtocol,
    engine: &Engine,
    ended: SessionEnd,
    stopped: Option<FeedEnd>,
) -> Result<Exit> {
    let session = engine.session();
    if io == ChannelProtocol::Lines && ended != SessionEnd::Left {
        world.print(&format!("{}\n", session.id))?;
    }
    let at = match ended {
        SessionEnd::Done => return Ok(Exit::Done),
        SessionEnd::Left => {
            world.tell(&format!("{}\n", SafetyTexts::built_in().left));
            return Ok(Exit::Done);
        }
        SessionEnd::Paused(at) => at,
    };
    let step = at.map_or(String::new(), |at| format!(" at step {}", at.step));
    let id = engine.current_id();
    let id = id.map_or(String::new(), |id| format!(" ({id})"));
    let (why, exit) = match stopped {
        None => ("", Exit::Paused),
        Some(FeedEnd::End) => (INPUT_ENDED, Exit::Paused),
        Some(FeedEnd::Unfinished) => (UNFINISHED, Exit::Paused),
        Some(FeedEnd::Gone) => (NOBODY_READS, Exit::Paused),
        Some(FeedEnd::TooSlow) => (NO_ANSWER, Exit::TimedOut),
        Some(FeedEnd::TooOften) => (WILL_NOT_DO, Exit::Usage),
    };
    let short = session.short_id();
    world.tell(&format!(
        "Paused{step}{id}{why}. {SAVED_SO_FAR}\nGo on: trust-coach resume {short}\n"
    ));
    Ok(exit)
}

// Texts for people.
const INPUT_ENDED: &str = ": the input ended here";
const UNFINISHED: &str = ": the input ended within a text, which is kept as it is";
const NOBODY_READS: &str = ": nobody reads the questions any more";
const NO_ANSWER: &str = ": no answer came in time";
const WILL_NOT_DO: &str = ": the answer will not do";
const SAVED_SO_FAR: &str = "Everything up to here is saved.";

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_time_is_a_number_with_a_unit() {
        let seconds = |text| duration(text).map(|time| time.as_secs());
        assert_eq!(
            ["60s", "5m", "1h", "7"].map(seconds),
            [60, 300, 3600, 7].map(Ok)
        );
        for text in ["", "0s", "s", "1d", "-1s", "1.5s", "99999999999999999999h"] {
            assert!(duration(text).is_err(), "{text}");
        }
    }
}
