//! `history then-and-now`: an earlier answer asked again without showing it, then both together.

use std::io::BufRead;

use super::beside::{Column, SideBySide};
use super::change::{change, in_a_line, is_gated};
use super::named::{NameMatch, named};
use super::which;
use crate::ask::{Ask, Choice, Input, Tone, Want};
use crate::commands::text_file::{TextFile, refused, some_text};
use crate::error::{Error, Exit, Result};
use crate::home::Home;
use crate::home::world::World;
use crate::journal::Lock;
use crate::session::{Answer, Moment, Session, SessionNote, SessionState, Value};
use crate::sessions::{ProgressTarget, QuestionOutcome, SingleQuestion};
use crate::text::inert;

/// Answer an earlier question again, then see both answers
///
/// Asks an earlier question again without showing what you wrote. Your new answer is kept with the
/// session as a note, and the first one stays as it is. Then you see both.
#[derive(Debug, Default, clap::Args)]
pub(super) struct Args {
    /// A session, or an exercise, which means its newest finished session
    session: String,
    /// The answer to ask again: STEP, or STEP@2 for its second round
    #[arg(long, value_name = "ID")]
    answer: Option<String>,
    #[command(flatten)]
    text: TextFile,
    /// With --text-file: confirm that you’ve seen the private safety questions alone
    #[arg(long)]
    screened: bool,
}

impl Args {
    /// For this session.
    pub(super) fn of(session: String) -> Self {
        Self {
            session,
            ..Self::default()
        }
    }
}

pub(super) fn run(
    args: &Args,
    world: &mut World<'_>,
    place: &Home,
    input: &mut dyn BufRead,
) -> Result<Exit> {
    let id = match named(place, &args.session, &world.clock.now())? {
        NameMatch::Session(id) => id,
        NameMatch::Exercise(exercise) => newest(place, &exercise, args.answer.as_deref())?,
    };
    let session = place.store.sessions().read(&id)?;
    let written = candidates(&session, args.answer.as_deref())?;
    let now = Moment::new(&world.clock.now());
    if let Some(text) = args.text.read(world, input, "a text")? {
        let answer = only(&written)?;
        if is_gated(place, &session) && !args.screened {
            let error = Error::nobody_to_ask(NOT_SCREENED);
            return Err(error.hint(HOW_SCREENED));
        }
        let text = some_text(&Input::Words(text)).map_err(|reason| refused("the text", &reason))?;
        let note = SessionNote::answering(now, text, &answer.id());
        change(&place.store, &id, |session| {
            session.notes.push(note.clone());
            Ok(())
        })?;
        return both(world, &session, answer, &note);
    }
    let lock = Lock::take(&place.store, &id)?;
    with_person(world, place, &session, &written, lock, &now)
}

fn with_person(
    world: &mut World<'_>,
    place: &Home,
    session: &Session,
    written: &[&Answer],
    lock: Lock,
    now: &Moment,
) -> Result<Exit> {
    let gated = is_gated(place, session);
    let private = gated || written.iter().any(|answer| answer.sensitive);
    let read_it = format!("Read it: trust-coach history show {}", session.short_id());
    let mut sitting = SingleQuestion::open(world, place, private, read_it.clone())?;
    if gated {
        sitting = match sitting.through_the_gate(world, place)? {
            Ok(sitting) => sitting,
            Err(exit) => return Ok(exit),
        };
    }
    sitting.say(Tone::Title, &in_a_line(session))?;
    let answer = match written {
        [only] => *only,
        several => match which_one(&mut sitting, place, several)? {
            QuestionOutcome::Given(at) => several[at],
            QuestionOutcome::Nothing => {
                sitting.finish();
                world.tell(NOT_NOW);
                return Ok(Exit::Done);
            }
            other => return sitting.part(world, &other),
        },
    };
    let blank = SessionNote::answering(now.clone(), String::new(), &answer.id());
    sitting.keep(place, lock, session, ProgressTarget::Note(blank.clone()))?;
    sitting.say(Tone::Aside, BLIND)?;
    let ask = Ask {
        private,
        ..Ask::own(&answer.id().to_string(), answer.prompt.clone(), Want::Text)
    };
    match sitting.ask(place, &ask, some_text)? {
        QuestionOutcome::Given(text) => {
            let note = SessionNote { text, ..blank };
            let mut with = session.clone();
            with.notes.push(note.clone());
            sitting.save(&with)?;
            if private {
                // Nothing of it may be left in view.
                let text = set(SideBySide::Stacked(usize::MAX), session, answer, &note);
                sitting.say(Tone::Text, &text)?;
                let ready = Ask::own("seen", SEEN, Want::Ready);
                if let QuestionOutcome::Leave = sitting.ask(place, &ready, |_| Ok(()))? {
                    return sitting.part(world, &QuestionOutcome::<()>::Leave);
                }
                sitting.finish();
                world.tell(&format!("Saved. {read_it}\n"));
                return Ok(Exit::Done);
            }
            sitting.finish();
            both(world, session, answer, &note)
        }
        QuestionOutcome::Nothing => {
            sitting.save(session)?;
            sitting.finish();
            world.tell(NOT_NOW);
            Ok(Exit::Done)
        }
        other => sitting.part(world, &other),
    }
}

/// Asks which answer, by their names alone.
fn which_one(
    sitting: &mut SingleQuestion,
    place: &Home,
    written: &[&Answer],
) -> Result<QuestionOutcome<usize>> {
    let options = written.iter().map(|answer| Choice {
        id: answer.id().to_string(),
        label: which::called(answer),
        note: None,
    });
    let options: Vec<Choice> = options.collect();
    sitting.choose(place, WHICH, &options)
}

/// Shows what was written then and what is written now.
fn both(
    world: &mut World<'_>,
    session: &Session,
    answer: &Answer,
    note: &SessionNote,
) -> Result<Exit> {
    let text = set(SideBySide::of(&world.terminal), session, answer, note) + "\n";
    if world.terminal.stdout {
        world.page(&inert(&text))?;
    } else {
        world.print(&text)?;
    }
    let short = session.short_id();
    world.tell(&format!(
        "Saved as a note: trust-coach history show {short}\n"
    ));
    Ok(Exit::Done)
}

fn set(layout: SideBySide, session: &Session, answer: &Answer, note: &SessionNote) -> String {
    let then = answer.at.as_ref().unwrap_or(&session.started);
    let cells = [
        Column {
            heading: format!("Then, {}", then.minute()),
            text: answer.words().unwrap_or_default(),
        },
        Column {
            heading: format!("Now, {}", note.at.minute()),
            text: note.text.clone(),
        },
    ];
    let prompt = layout.whole(&answer.prompt, "> ");
    format!("{prompt}\n\n{}", layout.cells(&cells))
}

/// The newest finished session of an exercise in which there is something to ask again.
fn newest(place: &Home, exercise: &str, id: Option<&str>) -> Result<String> {
    let heads = place.store.sessions().heads().flatten();
    let done = heads.filter(|head| head.exercise == exercise && head.state == SessionState::Done);
    let sessions = done.filter_map(|head| place.store.sessions().read(&head.id).ok());
    let mut fitting = sessions.filter(|session| candidates(session, id).is_ok());
    let Some(session) = fitting.next() else {
        let what = id.map_or_else(|| String::from("a text"), |id| format!("a text in {id}"));
        return Err(
            Error::usage(format!("no finished session of {exercise} has {what}")).hint(format!(
                "`trust-coach history --exercise {exercise}` shows its sessions"
            )),
        );
    };
    Ok(session.id)
}

/// The answers that can be asked again: texts, and only one of them where it is named.
fn candidates<'s>(session: &'s Session, id: Option<&str>) -> Result<Vec<&'s Answer>> {
    let is_text = |answer: &Answer| matches!(answer.value(), Some(Value::Text(_)));
    if let Some(id) = id {
        let answer = which::answer(session, id)?;
        if !is_text(answer) {
            return Err(Error::usage(format!("{id} isn’t a text that you wrote"))
                .hint("only texts can be asked again this way"));
        }
        return Ok(vec![answer]);
    }
    let written = session
        .answers
        .iter()
        .filter(|answer| is_text(answer) && !answer.unreached);
    let written: Vec<&Answer> = written.collect();
    if written.is_empty() {
        let short = session.short_id();
        return Err(Error::usage(format!(
            "session {short} has no text that can be asked again"
        )));
    }
    Ok(written)
}

fn only<'s>(written: &[&'s Answer]) -> Result<&'s Answer> {
    match written {
        [only] => Ok(only),
        several => {
            let ids: Vec<String> = several
                .iter()
                .map(|answer| answer.id().to_string())
                .collect();
            Err(Error::usage("which answer do you mean?")
                .hint(format!("add --answer with one of: {}", ids.join(", "))))
        }
    }
}

// Texts for people.
const WHICH: &str = "Which question do you want to answer again?";
const BLIND: &str = "Once you’ve answered, you’ll see what you wrote back then.";
const SEEN: &str = "Continue when you’ve read both. They’re saved.";
const NOT_NOW: &str = "Nothing was added.\n";
const NOT_SCREENED: &str = "this exercise has private safety questions";
const HOW_SCREENED: &str = "read `trust-coach safety` alone, then add --screened to say you have";
