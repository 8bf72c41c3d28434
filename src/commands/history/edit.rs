//! `history edit`: an answer changed long after it was given. What it was before is kept as well.

use std::io::{self, BufRead};

use super::change::{change, in_a_line, is_gated};
use super::which;
use crate::ask::{Ask, Input as Typed, Rejection, Tone, Want};
use crate::commands::agreed::household;
use crate::commands::text_file::{TextFile, refused, some_text};
use crate::commands::{choose, open};
use crate::dates::LocalDay;
use crate::engine;
use crate::error::{Error, Exit, Result};
use crate::exercise::Step;
use crate::home::Home;
use crate::home::world::World;
use crate::journal::Lock;
use crate::session::{Answer, AnswerId, Moment, Outcome, Session, SessionState, Value};
use crate::sessions::{ProgressTarget, QuestionOutcome, SingleQuestion};
use crate::text::language::Language;

/// Change an answer; the earlier version is kept too
///
/// Opens the answer as it is now; /skip leaves it out. `trust-coach history show S --all` shows earlier
/// versions. With --text-file, write a rating, a choice, a yes or no, or a date as you would type it in a session.
#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// `last`, or the first few of its eight characters; at a terminal you can choose one
    session: Option<String>,
    /// The answer: STEP, or STEP@2 for its second round; at a terminal you can choose one
    #[arg(value_name = "ID")]
    answer: Option<String>,
    #[command(flatten)]
    text: TextFile,
}

pub(super) fn run(
    args: &Args,
    world: &mut World<'_>,
    place: &Home,
    input: &mut dyn BufRead,
) -> Result<Exit> {
    let Some(id) = choose::session_to_change(world, &place.store, args.session.as_deref())? else {
        return Ok(Exit::Done);
    };
    let Some(named) = which_answer(world, place, &id, args.answer.as_deref())? else {
        return Ok(Exit::Done);
    };
    refuse_others(world, place, &id, &named)?;
    let (now, today) = (world.clock.now(), world.today());
    if let Some(text) = args.text.read(world, input, "the new answer")? {
        let mut changed = false;
        let session = change(&place.store, &id, |session| {
            let gate = AllowedValues::of(place, session, &named)?;
            let (value, label) = gate
                .read(&Typed::Words(text), &today)
                .map_err(|reason| refused(&format!("answer `{named}`"), &reason))?;
            changed = gate.revise(session, value, label, Moment::new(&now));
            Ok(())
        })?;
        told(world, &session, changed);
        return Ok(Exit::Done);
    }
    let lock = Lock::take(&place.store, &id)?;
    let mut session = place.store.sessions().read(&id)?;
    let gate = AllowedValues::of(place, &session, &named)?;
    let answer = which::answer(&session, &named)?;
    let go_on = format!(
        "To continue: trust-coach history edit {} {named}",
        session.short_id()
    );
    let private = answer.sensitive || is_gated(place, &session);
    let ask = Ask {
        private,
        initial: answer
            .progress
            .clone()
            .or_else(|| engine::as_typed(answer, Language::English)),
        ..Ask::own(&named, answer.prompt.clone(), gate.want())
    };
    let mut sitting = SingleQuestion::open(world, place, private, go_on)?;
    let keep = ProgressTarget::Answer(answer.id());
    sitting.keep(place, lock, &session, keep)?;
    sitting.say(Tone::Title, &in_a_line(&session))?;
    match sitting.ask(place, &ask, |typed| gate.read(typed, &today))? {
        QuestionOutcome::Given((value, label)) => {
            let changed = gate.revise(&mut session, value, label, Moment::new(&now));
            sitting.save(&session)?;
            sitting.finish();
            told(world, &session, changed);
            Ok(Exit::Done)
        }
        QuestionOutcome::Nothing => {
            let at = Moment::new(&now);
            let answer = gate.answer(&mut session);
            let answer = answer.filter(|_| sitting.is_left_out());
            let changed = answer.is_some_and(|it| engine::leave_out(it, sitting.typed(), at));
            sitting.save(&session)?;
            sitting.finish();
            told(world, &session, changed);
            Ok(Exit::Done)
        }
        other => sitting.part(world, &other),
    }
}

/// Refuses to change what somebody else of two people gave.
fn refuse_others(world: &World<'_>, place: &Home, id: &str, named: &str) -> Result<()> {
    let session = place.store.sessions().read(id)?;
    let answer = which::answer(&session, named)?;
    refuse_agreed(place, &session, answer)?;
    let by = answer.by;
    let (Some(two), Some(by)) = (session.partners(), by) else {
        return Ok(());
    };
    if !household(world, &[]).is_guest(&two, by) {
        return Ok(());
    }
    let error = Error::usage(format!(
        "{} gave this answer, so it isn’t changed here",
        two.name(by)
    ));
    Err(error.hint("`trust-coach history take-back` takes it out, if they agree"))
}

/// Refuses to change for one of two what both said yes to.
fn refuse_agreed(place: &Home, session: &Session, answer: &Answer) -> Result<()> {
    let exercise = place.library.load_in(&session.exercise, &session.lang);
    let (Some(_), Ok(exercise)) = (session.partners(), exercise) else {
        return Ok(());
    };
    let mut promises = exercise.promises_from(&answer.step);
    let given = |id: &str| {
        session
            .answers
            .iter()
            .any(|it| it.step == id && it.value().is_some())
    };
    if !promises.any(|step| given(&step.id)) {
        return Ok(());
    }
    let error = Error::usage("both of you agreed on this, so it isn’t changed here");
    Err(error.hint(match session.state {
        SessionState::Open => {
            "`trust-coach resume` can change it at the end, and asks you both again"
        }
        _ => "agree on something new together, or stop it with `trust-coach promise let-go`",
    }))
}

/// The answer that is named, or else one that they choose; none where they choose none.
fn which_answer(
    world: &mut World<'_>,
    place: &Home,
    id: &str,
    named: Option<&str>,
) -> Result<Option<String>> {
    if let Some(named) = named {
        return Ok(Some(named.to_string()));
    }
    let session = place.store.sessions().read(id)?;
    let answers = session.answers.iter();
    let given = |it: &&Answer| matches!(it.given, Outcome::Value(_) | Outcome::Skipped);
    let answers: Vec<&Answer> = answers.filter(given).collect();
    if answers.is_empty() || !open::can_ask(world) {
        let ids = answers.iter().map(|answer| answer.id().to_string());
        let none = Error::usage("no answer is named");
        return Err(which::with_names(none, &ids.collect::<Vec<_>>(), ""));
    }
    let names: Vec<String> = answers.iter().map(|answer| which::called(answer)).collect();
    let chosen = open::asker(world, &mut io::stdin().lock()).choose(WHICH_ANSWER, &names)?;
    Ok(chosen.map(|at| answers[at].id().to_string()))
}

fn told(world: &mut World<'_>, session: &Session, changed: bool) {
    if !changed {
        world.tell(AS_IT_WAS);
        return;
    }
    let show = format!("trust-coach history show {} --all", session.short_id());
    world.tell(&format!("Saved. The earlier version is kept: {show}\n"));
}

/// What an answer may be changed to.
struct AllowedValues {
    id: AnswerId,
    /// The step as the exercise has it today, where it asks for the same kind of answer.
    asks: Option<Step>,
}

impl AllowedValues {
    /// For an answer that was given, or left out on purpose.
    fn of(place: &Home, session: &Session, id: &str) -> Result<Self> {
        let answer = which::answer(session, id)?;
        let (short, own) = (session.short_id(), Error::failed);
        match answer.given {
            Outcome::Value(_) | Outcome::Skipped => {}
            Outcome::Seen => return Err(own(format!("{id} doesn’t ask anything"))),
            Outcome::Closed(_) => return Err(own(format!("{id} is closed"))),
            Outcome::Pending => {
                let error = own(format!("{id} isn’t answered yet"));
                return Err(error.hint(format!("`trust-coach resume {short}` continues there")));
            }
        }
        let asks = step(place, session, answer);
        if asks.is_none() && !is_text(answer) {
            let error = own(format!(
                "{id} can’t be edited here: the exercise {} no longer has that step",
                session.exercise
            ));
            let path = place.store.sessions().path(&session.id);
            return Err(error.hint(format!("change it in {}", path.display())));
        }
        Ok(Self {
            id: answer.id(),
            asks,
        })
    }

    fn want(&self) -> Want {
        self.asks.as_ref().map_or(Want::Text, engine::want)
    }

    fn read(&self, typed: &Typed, today: &LocalDay) -> Result<(Value, Option<String>), Rejection> {
        match &self.asks {
            Some(step) => engine::understand(step, typed, today, Language::English),
            None => Ok((Value::Text(some_text(typed)?), None)),
        }
    }

    /// Puts it in its place. False where it is what it was.
    fn revise(
        &self,
        session: &mut Session,
        value: Value,
        label: Option<String>,
        at: Moment,
    ) -> bool {
        let answer = self.answer(session);
        answer.is_some_and(|answer| engine::revise(answer, value, label, at))
    }

    fn answer<'s>(&self, session: &'s mut Session) -> Option<&'s mut Answer> {
        let mut answers = session.answers.iter_mut();
        answers.find(|answer| answer.is(&self.id))
    }
}

fn step(place: &Home, session: &Session, answer: &Answer) -> Option<Step> {
    let exercise = place
        .library
        .load_in(&session.exercise, &session.lang)
        .ok()?;
    let step = exercise.step(&answer.step)?;
    (step.kind() == answer.kind).then(|| step.clone())
}

fn is_text(answer: &Answer) -> bool {
    matches!(answer.value(), Some(Value::Text(_)))
}

// Texts for people.
const WHICH_ANSWER: &str = "Which answer?";
const AS_IT_WAS: &str = "Nothing was changed.\n";
