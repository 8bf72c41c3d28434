//! `trust-coach exercise`.

use std::collections::BTreeMap;

use clap::Args as ClapArgs;

use super::answer_flags::AnswerFlags;
use super::choose;
use super::open::{self, UnlockFlags};
use super::promise::common::PromiseLedger;
use crate::engine::is_for;
use crate::error::{Error, Exit, Result};
use crate::exercise::{Asking, Exercise, ExerciseHead, PoolItem};
use crate::home::Home;
use crate::home::world::{World, random};
use crate::journal::Vault;
use crate::sessions::{
    self, AnswerOptions, Mode, NextWish, Persistence, SessionStart, StartPoint, StartRequest,
};

/// Do an exercise
///
/// Asks one step at a time and saves as you write. Ctrl-C or /pause stops, and `trust-coach resume`
/// picks it up again. If some answers come from a file or the command line, you’re only asked for
/// the rest; in a script nothing is asked. If nothing had to be asked, the name of the saved
/// session is printed.
#[derive(Debug, Default, ClapArgs)]
pub struct Args {
    /// The exercise’s id, as `trust-coach list` shows it; at a terminal you can choose one
    #[arg(value_name = "EXERCISE")]
    exercise: Option<String>,
    /// Pick one at random that doesn’t start with safety questions
    #[arg(long, conflicts_with = "exercise")]
    random: bool,
    /// Make draws repeatable
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u64).range(..=i64::MAX as u64))]
    seed: Option<u64>,
    /// Do it in another language, such as `de`, where there’s a translation. At a terminal your locale
    /// or the `language` setting decides; `en` brings back the English one
    #[arg(long, value_name = "LANGUAGE")]
    lang: Option<String>,
    /// Do it about a promise: `last`, or the first few of its eight characters
    #[arg(long, value_name = "PROMISE")]
    about: Option<String>,
    /// Check the answers and print what each step would get, without saving anything
    #[arg(long, conflicts_with = "io")]
    dry_run: bool,
    /// Don’t save this session
    #[arg(long, conflicts_with = "io")]
    no_save: bool,
    #[command(flatten)]
    input: AnswerFlags,
    #[command(flatten)]
    key: UnlockFlags,
}

impl Args {
    /// For this exercise, or for one that is chosen from a list.
    pub(super) fn of(exercise: Option<String>) -> Self {
        Self {
            exercise,
            ..Self::default()
        }
    }
}

/// Does the exercise.
pub fn run(args: &Args, world: &mut World<'_>) -> Result<Exit> {
    let (store, about) = match &args.about {
        None if args.key.is_given() => (open::to_read(world, &args.key)?, Vec::new()),
        None => (open::to_write(world)?, Vec::new()),
        Some(name) => {
            let ledger = PromiseLedger::to_write(world, &args.key)?;
            let promise = ledger.id(name)?;
            (ledger.into_store(), vec![promise])
        }
    };
    let home = Home::with(store, world);
    let options = args.input.options();
    let named = match &args.exercise {
        None if args.random => Some(any(&home, args.seed)?),
        None if !Mode::decide(&options, &world.terminal).is_person() => {
            return Err(choose::no_exercise());
        }
        named => choose::exercise(world, &home.library, named.as_deref())?,
    };
    let Some(id) = named else {
        return Ok(Exit::Done);
    };
    let asks = Mode::decide(&options, &world.terminal).is_person();
    let home = match args.about.is_none() && !args.key.is_given() {
        true => with_promises(world, home, &id, asks)?,
        false => home,
    };
    let persistence = match (args.dry_run, args.no_save) {
        (true, _) => Persistence::DryRun,
        (false, true) => Persistence::Nothing,
        (false, false) => Persistence::Save,
    };
    let head = match &args.lang {
        Some(lang) => translated(&home, &id, lang)?,
        // A script is done in the same language everywhere.
        None if asks => home.library.head_in(&id, &world.language())?,
        None => home.library.head(&id)?,
    };
    let request = StartRequest {
        head,
        offer_paused: !args.no_save,
        persistence,
    };
    let seed = args.seed;
    let point = StartPoint::New { seed, about };
    carry_out(world, &home, &options, &request, point)
}

/// Begins an exercise for somebody at their terminal; the safety questions come first also where only
/// the plan asks for them.
pub(super) fn begin(id: &str, gate: bool, world: &mut World<'_>) -> Result<Exit> {
    let home = Home::with(open::to_write(world)?, world);
    let options = AnswerOptions::default();
    if !Mode::decide(&options, &world.terminal).is_person() {
        let error = Error::nobody_to_ask(format!("{id} needs somebody to answer"));
        return Err(error.hint(format!(
            "a script brings answers: trust-coach exercise {id} --answers FILE"
        )));
    }
    let home = with_promises(world, home, id, true)?;
    let mut head = home.library.head_in(id, &world.language())?;
    head.gate |= gate;
    let request = StartRequest {
        head,
        offer_paused: true,
        persistence: Persistence::Save,
    };
    let point = StartPoint::New {
        seed: None,
        about: Vec::new(),
    };
    carry_out(world, &home, &options, &request, point)
}

/// What an exercise needs: with the vault on, one that goes over promises asks for the passphrase to
/// read them. Where nobody can be asked, it's said that it goes over none.
fn with_promises(world: &mut World<'_>, home: Home, id: &str, asks: bool) -> Result<Home> {
    if home.store.vault()? == Vault::Off || !sessions::goes_over_promises(&home.library.load(id)?) {
        return Ok(home);
    }
    if home.store.facts().newest().next().is_none() {
        return Ok(home);
    }
    if !asks {
        world.tell(CLOSED);
        return Ok(home);
    }
    let store = open::to_read(world, &UnlockFlags::default())?;
    Ok(Home { store, ..home })
}

/// The head of an exercise in a language.
fn translated(home: &Home, id: &str, lang: &str) -> Result<ExerciseHead> {
    let head = home.library.load_in(id, lang)?.head;
    if head.lang == lang {
        return Ok(head);
    }
    let entries = home.library.heads();
    let entry = entries.into_iter().find(|entry| entry.id == id);
    let languages = entry.map_or_else(Vec::new, |entry| entry.translations);
    let error = Error::usage(format!("there’s no {id} in {lang}"));
    Err(match &*languages.join(", ") {
        "" => error.hint(format!("it’s in {}, and in no other language", head.lang)),
        languages => error.hint(format!("it’s in {}, and also in {languages}", head.lang)),
    })
}

fn carry_out(
    world: &mut World<'_>,
    home: &Home,
    options: &AnswerOptions,
    request: &StartRequest,
    point: StartPoint,
) -> Result<Exit> {
    let done = sessions::perform(world, home, options, request, |paused| match paused {
        Some(session) => sessions::take_up(home, &session),
        None => {
            let head = &request.head;
            let exercise = home.library.load_in(&head.id, &head.lang)?;
            Ok(SessionStart {
                exercise,
                point,
                partners: None,
            })
        }
    })?;
    next(done, world)
}

/// Goes on with what somebody would like after a session.
pub(super) fn next((exit, wish): (Exit, NextWish), world: &mut World<'_>) -> Result<Exit> {
    match wish {
        NextWish::Another => run(&Args::of(None), world),
        NextWish::Exercise(id) => run(&Args::of(Some(id)), world),
        NextWish::Stop | NextWish::Leave => Ok(exit),
    }
}

/// Does something small with a question that is drawn, for somebody at their terminal.
pub(super) fn today(world: &mut World<'_>) -> Result<Exit> {
    let home = Home::with(open::to_write(world)?, world);
    let known = sessions::known(&home);
    let small = |exercise: &Exercise| exercise.head.minutes <= SMALL && !pools(exercise).is_empty();
    let id = by_chance(&home, None, |exercise| {
        small(exercise) && has_items(exercise, &known)
    })?;
    run(&Args::of(Some(id)), world)
}

/// One exercise by chance in which there’s something for this person.
fn any(home: &Home, seed: Option<u64>) -> Result<String> {
    let known = sessions::known(home);
    by_chance(home, seed, |exercise| has_items(exercise, &known))
}

/// What begins with safety questions is never sprung on anyone.
fn by_chance(home: &Home, seed: Option<u64>, fits: impl Fn(&Exercise) -> bool) -> Result<String> {
    let heads = home.library.heads().into_iter();
    let heads = heads.filter_map(|entry| entry.head.ok());
    let ids = heads.filter(|head| !head.gate).map(|head| head.id);
    let fits = |id: &String| home.library.load(id).is_ok_and(|exercise| fits(&exercise));
    let ids: Vec<String> = ids.filter(fits).collect();
    let number = match seed {
        Some(seed) => seed,
        None => u64::from(random()?),
    };
    let count = u64::try_from(ids.len()).unwrap_or(1).max(1);
    let at = usize::try_from(number % count).unwrap_or(0);
    ids.into_iter()
        .nth(at)
        .ok_or_else(|| Error::failed("there’s no exercise to choose from"))
}

fn pools(exercise: &Exercise) -> Vec<&[PoolItem]> {
    let pools = exercise.steps.iter().filter_map(|step| match &step.ask {
        Asking::Draw { pool, .. } => Some(pool.as_slice()),
        _ => None,
    });
    pools.collect()
}

/// Whether an exercise draws nothing, or has something to draw for somebody of whom this is known.
fn has_items(exercise: &Exercise, known: &BTreeMap<String, String>) -> bool {
    let pools = pools(exercise);
    let mut items = pools.iter().copied().flatten();
    pools.is_empty() || items.any(|item| is_for(item, known))
}

/// How many minutes something small takes at most.
const SMALL: i64 = 3;

// Texts for people.
const CLOSED: &str = "\
The vault is on, so this goes over none of the promises you follow.
hint: --passphrase-file FILE opens them
";
