//! `history compare --blind`: an earlier answer asked again without showing it, then both together.

use std::io::BufRead;

use jiff::ToSpan;
use jiff::civil::Date;

use super::beside::{Column, SideBySide};
use super::change::{change, in_a_line, is_gated};
use super::named::{NameMatch, named};
use super::which;
use crate::ask::{Ask, Choice, Input, Tone, Want};
use crate::commands::text_file::{TextFile, refused, some_text};
use crate::error::{Error, Exit, Result};
use crate::exercise::StepKind;
use crate::home::Home;
use crate::home::world::World;
use crate::journal::Lock;
use crate::session::{Answer, AnswerId, Moment, Session, SessionNote, SessionState, Value};
use crate::sessions::{ProgressTarget, QuestionOutcome, SingleQuestion};
use crate::text::inert;

/// An earlier text that is to be asked again.
pub(super) struct AnswerAgain<'a> {
    /// A session, or an exercise.
    pub(super) name: &'a str,
    /// STEP, or STEP@2.
    pub(super) answer: Option<&'a str>,
    pub(super) text: &'a TextFile,
    pub(super) screened: bool,
}

impl AnswerAgain<'_> {
    /// Asks again and shows both.
    pub(super) fn run(
        &self,
        world: &mut World<'_>,
        place: &Home,
        input: &mut dyn BufRead,
    ) -> Result<Exit> {
        let now = world.clock.now();
        let wanted = WantedText {
            place,
            answer: self.answer,
            today: world.today().date,
        };
        let id = match named(place, self.name, &now)? {
            NameMatch::Session(id) => id,
            NameMatch::Exercise(exercise) => wanted.newest(&exercise)?,
        };
        let session = place.store.sessions().read(&id)?;
        let written = wanted.of(&session)?;
        let now = Moment::new(&now);
        if let Some(text) = self.text.read(world, input, "a text")? {
            let answer = only(&written)?;
            if is_gated(place, &session) && !self.screened {
                let error = Error::nobody_to_ask(NOT_SCREENED);
                return Err(error.hint(HOW_SCREENED));
            }
            let text =
                some_text(&Input::Words(text)).map_err(|reason| refused("the text", &reason))?;
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
    layout.compared(&answer.prompt, &cells, true)
}

/// Which text is to be asked again.
struct WantedText<'a> {
    place: &'a Home,
    /// The answer that was named.
    answer: Option<&'a str>,
    today: Date,
}

impl WantedText<'_> {
    /// Returns the newest finished session of an exercise in which there is something to ask again.
    fn newest(&self, exercise: &str) -> Result<String> {
        let records = self.place.store.sessions();
        let heads = records.heads().flatten();
        let is_done = |state| state == SessionState::Done;
        let done = heads.filter(|head| head.exercise == exercise && is_done(head.state));
        let sessions = done.filter_map(|head| records.read(&head.id).ok());
        let mut refused = None;
        for session in sessions {
            match self.of(&session) {
                Ok(_) => return Ok(session.id),
                Err(error) if error.exit == Exit::Failed => refused = refused.or(Some(error)),
                Err(_) => {}
            }
        }
        let what = self
            .answer
            .map_or_else(|| String::from("a text"), |id| format!("a text in {id}"));
        Err(refused.unwrap_or_else(|| {
            Error::usage(format!("no finished session of {exercise} has {what}")).hint(format!(
                "`trust-coach history --exercise {exercise}` shows its sessions"
            ))
        }))
    }

    /// Returns the answers that can be asked again: texts, and only one of them where it is named.
    fn of<'s>(&self, session: &'s Session) -> Result<Vec<&'s Answer>> {
        let short = session.short_id();
        let written: Vec<&Answer> = if let Some(id) = self.answer {
            let renamed = |error| self.renamed(session, id).ok_or(error);
            let answer = which::answer(session, id).or_else(renamed)?;
            if !is_text(answer) {
                return Err(Error::usage(format!("{id} isn’t a text that you wrote"))
                    .hint("only texts can be asked again this way"));
            }
            vec![answer]
        } else {
            let answers = session.answers.iter();
            answers.filter(|it| is_text(it) && !it.unreached).collect()
        };
        if written.is_empty() {
            return Err(Error::usage(format!(
                "session {short} has no text that can be asked again"
            )));
        }
        let ripe = written.iter().copied();
        let ripe: Vec<&Answer> = ripe
            .filter(|answer| is_ripe(session, answer, self.today))
            .collect();
        if ripe.is_empty() {
            let error = Error::failed(format!("what you wrote in session {short} is still fresh"));
            return Err(error.hint(format!(
                "two weeks later it can be answered again; `trust-coach history show {short}` \
                 shows it"
            )));
        }
        Ok(ripe)
    }

    /// The answer to a step that had another id then, or has another one today.
    fn renamed<'s>(&self, session: &'s Session, id: &str) -> Option<&'s Answer> {
        let id: AnswerId = id.parse().ok()?;
        let exercise = self.place.library.load(&session.exercise).ok()?;
        let today = |step| exercise.step_id_today(step);
        let mut answers = session.answers.iter();
        answers.find(|it| it.round == id.round && today(&it.step) == today(&id.step))
    }
}

fn is_text(answer: &Answer) -> bool {
    matches!(answer.value(), Some(Value::Text(_)))
}

/// Whether an answer is old enough to be asked again: two weeks, or as old as the person wanted it to
/// be when they chose a day to look back.
fn is_ripe(session: &Session, answer: &Answer, today: Date) -> bool {
    let written = answer.at.as_ref().unwrap_or(&session.started).day();
    let last = today.saturating_sub(TWO_WEEKS.days());
    let chosen = |day: &str| day.parse::<Date>().is_ok_and(|day| day <= today);
    written.parse::<Date>().is_ok_and(|day| day <= last) || session.look_back().is_some_and(chosen)
}

/// Whether a finished session has a text that can be offered to be answered again where others may
/// look on: nothing in it is private, and it has not been answered again yet.
pub(crate) fn can_be_offered(session: &Session, today: Date) -> bool {
    let is_done = session.state == SessionState::Done;
    let is_answered = session.notes.iter().any(|note| note.again().is_some());
    // A yes or no decides whether there's a text at all, and is in none.
    let is_private = |answer: &Answer| answer.sensitive && answer.kind != StepKind::Confirm;
    let is_private = session.answers.iter().any(is_private);
    let mut texts = session.answers.iter();
    is_done
        && !is_answered
        && !is_private
        && texts.any(|it| is_text(it) && !it.unreached && is_ripe(session, it, today))
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

/// So many days later a text can be asked again.
const TWO_WEEKS: i64 = 14;

// Texts for people.
const WHICH: &str = "Which question do you want to answer again?";
const BLIND: &str = "Once you’ve answered, you’ll see what you wrote back then.";
const SEEN: &str = "Continue when you’ve read both. They’re saved.";
const NOT_NOW: &str = "Nothing was added.\n";
const NOT_SCREENED: &str = "this exercise has private safety questions";
const HOW_SCREENED: &str = "read `trust-coach safety` alone, then add --screened to say you have";
