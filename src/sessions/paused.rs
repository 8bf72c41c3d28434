//! A paused session of the exercise that is to begin: go on with it, begin anew, or put it aside.

use jiff::civil::Date;

use super::ending::NO_MORE;
use super::runner::help;
use super::screen::{PersonScreen, gone};
use super::{SessionStart, StartPoint, take_up};
use crate::ask::{Ask, Choice, Note, Prompter, Rejection, Reply, Tone, chosen};
use crate::error::Result;
use crate::exercise::ExerciseHead;
use crate::home::Home;
use crate::session::{Session, SessionState};
use crate::text::language::Language;

/// What they chose.
pub(super) enum PausedChoice {
    /// Begin a new one.
    New,
    /// Go on with the one of this name.
    GoOn(String),
    /// Neither, for now.
    Stop,
    /// To be gone, with nothing left in view.
    Leave,
}

/// The newest paused session of an exercise that is not open in another program.
pub(super) fn session(home: &Home, exercise: &ExerciseHead) -> Option<Session> {
    let same = |head: &Session| {
        head.exercise == exercise.id
            && head.state == SessionState::Open
            && !home.store.is_open_elsewhere(&head.id)
    };
    home.store
        .sessions()
        .heads()
        .take(NEWEST)
        .flatten()
        .find(same)
}

/// Asks whether to go on with a paused session. One that is put aside is kept and not offered
/// again.
pub(super) fn ask(
    screen: &mut PersonScreen,
    home: &Home,
    (language, today): (Language, Date),
    paused: Session,
) -> Result<PausedChoice> {
    let options = [
        ("go-on", GO_ON),
        ("new", BEGIN_ANEW),
        ("discard", PUT_ASIDE),
    ]
    .map(|(id, label)| Choice {
        id: id.into(),
        label: language.translate(label).into(),
        note: None,
    });
    let begun = paused.started.day_in_words(today, language);
    let prompt = language.fill(YOU_PAUSED, &[("title", &paused.title), ("begun", &begun)]);
    let ask = Ask::own_choice("paused", prompt, &options);
    loop {
        let reply = screen.ask(&ask).map_err(|error| gone(&error))?;
        let chosen = match chosen(&options, reply) {
            Ok(chosen) => chosen.map(|option| option.id.as_str()),
            Err(Reply::Pause) => return Ok(PausedChoice::Stop),
            Err(Reply::Leave) => return Ok(PausedChoice::Leave),
            Err(Reply::Support(country)) => {
                let support = home.shelf.support_in(language);
                let page = support.short_page(country.as_deref());
                screen
                    .say(&Note::new(Tone::Text, page))
                    .map_err(|error| gone(&error))?;
                continue;
            }
            Err(other) => {
                let said = match other {
                    Reply::Help => help(true, language),
                    _ => language.translate(NO_MORE).to_string(),
                };
                let told = screen.say(&Note::new(Tone::Aside, said));
                told.map_err(|error| gone(&error))?;
                continue;
            }
        };
        match chosen {
            Some("go-on") => return Ok(PausedChoice::GoOn(paused.id)),
            Some("new") => return Ok(PausedChoice::New),
            Some("discard") => {
                put_aside(home, &paused.id)?;
                return Ok(PausedChoice::New);
            }
            _ => {
                let rejected = screen.reject(&ask, &Rejection::not_an_option(language));
                rejected.map_err(|error| gone(&error))?;
            }
        }
    }
}

/// Stops offering a paused session. What is in it stays.
fn put_aside(home: &Home, id: &str) -> Result<()> {
    let SessionStart {
        point: StartPoint::Paused(mut session, _lock),
        ..
    } = take_up(home, id)?
    else {
        return Ok(());
    };
    session.state = SessionState::Left;
    Ok(home.store.sessions().save(&session)?)
}

/// How many sessions are looked through for a paused one.
const NEWEST: usize = 200;

// Texts for people.
const YOU_PAUSED: &str = "You began “{title}” {begun} and paused it.";
const GO_ON: &str = "Continue it";
const BEGIN_ANEW: &str = "Start a new one";
const PUT_ASIDE: &str = "Put it aside and start a new one";
