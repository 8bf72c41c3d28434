//! `history take-back`: what one of two people showed is closed again, or erased.

use std::io::BufRead;
use std::path::PathBuf;

use super::change::{change, in_a_line};
use super::common::tell_copies;
use super::which;
use crate::commands::agreed::household;
use crate::commands::choose;
use crate::commands::open::{self, UnlockFlags, say, until_right};
use crate::error::{Error, Exit, Result};
use crate::exercise::Exercise;
use crate::home;
use crate::home::world::World;
use crate::journal::vault::seal::Identity;
use crate::journal::{Store, StoreError};
use crate::ledger::{Statement, own_texts};
use crate::session::{
    Answer, AnswerId, OwnKey, Partner, Partners, Session, as_told, says, telling,
};
use crate::text::{counted, inert};

/// Take back what you showed in an exercise for two
///
/// It’s closed again if you have a passphrase of your own, and erased if you don’t, with whatever quotes
/// it in that session. In somebody else’s home it takes your passphrase, or a yes from both of you.
/// Exports, backups and synced copies that were made before still have it.
#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// `last`, or the first few of its eight characters; at a terminal you can choose one
    session: Option<String>,
    /// Only these answers, each as STEP, or STEP@2 for its second round
    #[arg(value_name = "STEP")]
    steps: Vec<String>,
    /// Who takes it back, as `a`, `b` or the name
    #[arg(long = "as", value_name = "WHO")]
    who: Option<String>,
    /// Erase it, even if you have a passphrase of your own
    #[arg(long)]
    delete: bool,
    /// Who is here and agrees, so that nobody is asked: you, and in somebody else’s home both of you
    #[arg(long, value_name = "NAME,...", value_delimiter = ',')]
    agreed: Vec<String>,
    /// Read your own passphrase from the first line of this file
    #[arg(
        long,
        value_name = "FILE",
        hide_short_help = true,
        conflicts_with = "agreed"
    )]
    as_passphrase_file: Option<PathBuf>,
}

/// What becomes of what is taken back.
enum Fate {
    /// Only their own key opens it.
    Closed(OwnKey, Box<Identity>),
    /// Nobody has it any more.
    Erased,
}

pub(super) fn run(
    args: &Args,
    world: &mut World<'_>,
    store: &Store,
    input: &mut dyn BufRead,
) -> Result<Exit> {
    let Some(id) = choose::session_to_change(world, store, args.session.as_deref())? else {
        return Ok(Exit::Done);
    };
    let session = store.sessions().read(&id)?;
    let Some(two) = session.partners() else {
        let what = format!("session {} isn’t one for two people", session.short_id());
        return Err(Error::usage(what).hint(FOR_ONE));
    };
    let Some(partner) = who(args, world, &two, input)? else {
        return Ok(Exit::Done);
    };
    let taking = Taking {
        ids: ids(&session, &two, partner, &args.steps)?,
        exercise: home::library(world)
            .load_in(&session.exercise, &session.lang)
            .ok(),
        session,
        two,
        partner,
    };
    let Some(fate) = taking.consent(args, world, store, input)? else {
        world.tell("Nothing was taken back.\n");
        return Ok(Exit::Failed);
    };
    let count = counted(taking.ids.len(), "answer");
    let outside = taking.said_outside(store);
    let mut repeats = Vec::new();
    change(store, &id, |session| {
        repeats = taking.carry_out(session, store, &fate)?;
        Ok(())
    })?;
    let fate = match fate {
        Fate::Closed(..) => format!(
            "It’s closed again: `trust-coach history show {} --as {}` opens it.",
            taking.session.short_id(),
            partner.id()
        ),
        Fate::Erased if store.copies_of(&id).is_empty() => String::from("It’s erased here."),
        Fate::Erased => String::from("It’s erased from the session."),
    };
    say(world, &format!("Taken back: {count}. {fate} {COPIES}"));
    if !repeats.is_empty() {
        let ids: Vec<String> = repeats.iter().map(AnswerId::to_string).collect();
        say(
            world,
            &format!("Said again in {}. {REPEATS}", ids.join(", ")),
        );
    }
    if !outside.is_empty() {
        let text = format!("Said again in {}. {GOES_OUT}", outside.join(", "));
        say(world, &inert(&text));
    }
    tell_copies(world, store, &id);
    Ok(Exit::Done)
}

/// Who takes something back; none where they choose nobody.
fn who(
    args: &Args,
    world: &mut World<'_>,
    two: &Partners,
    input: &mut dyn BufRead,
) -> Result<Option<Partner>> {
    let names = Partner::PAIR.map(|one| inert(two.name(one)).into_owned());
    let [a, b] = &names;
    match &args.who {
        Some(typed) => two.meant(typed).map(Some).ok_or_else(|| {
            let error = Error::usage(format!("{} isn’t one of the two", typed.trim()));
            error.hint(format!("--as a is {a}, and --as b is {b}"))
        }),
        None if open::can_ask(world) => {
            let at = open::asker(world, input).choose(WHO, &names)?;
            Ok(at.and_then(|at| Partner::PAIR.get(at).copied()))
        }
        None => {
            let error = Error::usage("it isn’t clear who takes something back");
            Err(error.hint(format!("--as a is {a}, and --as b is {b}")))
        }
    }
}

/// What one of the two gave and the other can read: the steps that are named, or all of it.
fn ids(
    session: &Session,
    two: &Partners,
    partner: Partner,
    steps: &[String],
) -> Result<Vec<AnswerId>> {
    let can_be_read = |it: &&Answer| !it.closed && (!it.told().is_empty() || it.value().is_some());
    let given = session.answers.iter();
    let given = given.filter(|it| it.by == Some(partner) && can_be_read(it));
    let given: Vec<AnswerId> = given.map(Answer::id).collect();
    let (short, name) = (session.short_id(), inert(two.name(partner)));
    if given.is_empty() {
        let what = format!("session {short} shows nothing that {name} gave");
        return Err(Error::usage(what));
    }
    if steps.is_empty() {
        return Ok(given);
    }
    let named = steps.iter().map(|typed| {
        let id = typed.parse::<AnswerId>().ok();
        let id = id.map(|id| AnswerId {
            by: id.by.or(Some(partner)),
            ..id
        });
        id.filter(|id| given.contains(id)).ok_or_else(|| {
            let what = format!("{name} shows no answer {typed} in session {short}");
            let ids = given.iter().map(|id| AnswerId {
                by: None,
                ..id.clone()
            });
            let ids: Vec<String> = ids.map(|id| id.to_string()).collect();
            which::with_names(Error::usage(what), &ids, typed)
        })
    });
    named.collect()
}

/// What somebody takes back.
struct Taking {
    session: Session,
    two: Partners,
    partner: Partner,
    ids: Vec<AnswerId>,
    /// As it is today, where it's there.
    exercise: Option<Exercise>,
}

impl Taking {
    fn name(&self, partner: Partner) -> String {
        inert(self.two.name(partner)).into_owned()
    }

    /// The key of their own that they have, for this session or a lasting one.
    fn own_key(&self, store: &Store) -> Result<Option<OwnKey>> {
        if let Some(own) = self.session.own_key(self.partner) {
            return Ok(Some(own));
        }
        let lasting = store.partner(self.two.name(self.partner))?;
        Ok(lasting.map(|lasting| store.lasting_key(&lasting)))
    }

    /// What becomes of it, once whoever has to has agreed; none where they don't. It's their passphrase
    /// or their name that says yes: Enter alone never does.
    fn consent(
        &self,
        args: &Args,
        world: &mut World<'_>,
        store: &Store,
        input: &mut dyn BufRead,
    ) -> Result<Option<Fate>> {
        let is_home = household(world, &[]).owner(&self.two) == Some(self.partner);
        let needed = match is_home {
            true => vec![self.partner],
            false => vec![self.partner, self.partner.other()],
        };
        if !args.agreed.is_empty() {
            if !args.delete && self.own_key(store)?.is_some() {
                let name = self.name(self.partner);
                let error = Error::usage(format!("{name} has a passphrase of their own"));
                return Err(error.hint(CLOSE_OR_ERASE));
            }
            return self
                .agreed(&args.agreed, &needed)
                .map(|()| Some(Fate::Erased));
        }
        let flags = UnlockFlags::new(args.as_passphrase_file.clone(), None);
        let name = self.name(self.partner);
        let can_ask = open::can_ask(world);
        match self.own_key(store)? {
            Some(own) if flags.is_given() || can_ask && !(is_home && args.delete) => {
                self.tell(world);
                let question = format!("{name}’s own passphrase (not shown): ");
                let unlock =
                    |passphrase: &_| store.unlock_own_key(&self.session.id, &own, passphrase);
                let (key, _) = until_right(world, &flags, &question, &unlock)
                    .map_err(|error| error.hint(self.without_asking(&needed)))?;
                Ok(Some(match args.delete {
                    true => Fate::Erased,
                    false => Fate::Closed(own, Box::new(key)),
                }))
            }
            None if flags.is_given() => {
                let error = Error::usage(format!("{name} has no passphrase of their own here"));
                Err(error.hint(self.without_asking(&needed)))
            }
            _ if can_ask => {
                self.tell(world);
                for one in needed {
                    let name = self.name(one);
                    say(
                        world,
                        &format!("{name}, type your name if you want this. {ENTER}"),
                    );
                    if !open::asker(world, input).confirm_name("Name", &name)? {
                        return Ok(None);
                    }
                }
                Ok(Some(Fate::Erased))
            }
            _ => {
                let error = Error::nobody_to_ask("taking something back needs a yes");
                Err(error.hint(self.without_asking(&needed)))
            }
        }
    }

    /// Whether everybody who is needed is among those who agree.
    fn agreed(&self, names: &[String], needed: &[Partner]) -> Result<()> {
        let agree = names.iter().map(|typed| {
            self.two.meant(typed).ok_or_else(|| {
                let error = Error::usage(format!("{} isn’t one of the two", typed.trim()));
                error.hint(self.without_asking(needed))
            })
        });
        let agree = agree.collect::<Result<Vec<Partner>>>()?;
        match needed.iter().find(|one| !agree.contains(one)) {
            None => Ok(()),
            Some(missing) => {
                let what = format!("{} has to agree too", self.name(*missing));
                Err(Error::nobody_to_ask(what).hint(self.without_asking(needed)))
            }
        }
    }

    fn without_asking(&self, needed: &[Partner]) -> String {
        let names: Vec<String> = needed.iter().map(|one| self.name(*one)).collect();
        let agree = if names.len() == 1 { "agrees" } else { "agree" };
        let (who, names) = (names.join(" and "), names.join(","));
        format!("--agreed {names:?} erases it, if {who} {agree}")
    }

    /// Says what this would take back.
    fn tell(&self, world: &mut World<'_>) {
        let answers = self.ids.iter().filter_map(|id| self.session.answer(id));
        let answers = answers.map(|answer| format!("  {}\n", which::called(answer)));
        let (name, session) = (self.name(self.partner), in_a_line(&self.session));
        let list = answers.collect::<String>();
        say(
            world,
            &format!("{name}, this would be taken back from {session}:\n{list}"),
        );
    }

    /// Returns the notes and promises of the session that repeat it: nothing will tell any more whose
    /// words they are.
    fn said_outside(&self, store: &Store) -> Vec<String> {
        let answers = self.ids.iter().filter_map(|id| self.session.answer(id));
        let said: Vec<String> = answers.flat_map(Answer::told).collect();
        let telling = telling(&said);
        let repeats = |text: &str| telling.iter().any(|words| says(&as_told(text), words));
        let notes = self.session.notes.iter();
        let count = notes.filter(|note| repeats(&note.text)).count();
        let notes = (count > 0).then(|| counted(count, "note"));
        let (facts, _) = store.facts().all();
        let made = facts.iter().filter(|fact| match &fact.statement {
            Statement::Made(terms) => terms.origin.as_ref().is_some_and(|origin| {
                origin.session == self.session.id
                    && own_texts(fact).iter().any(|(_, text)| repeats(text))
            }),
            _ => false,
        });
        let promises = made.map(|fact| format!("promise {}", fact.of));
        notes.into_iter().chain(promises).collect()
    }

    /// Returns the other texts that repeat what was taken back.
    fn carry_out(
        &self,
        session: &mut Session,
        store: &Store,
        fate: &Fate,
    ) -> Result<Vec<AnswerId>> {
        let mut closed = Vec::new();
        if let Fate::Closed(own, key) = fate {
            let again = |answer| store.close_again(&session.id, answer, key);
            let answers = self.ids.iter().filter_map(|id| session.answer(id));
            closed = answers
                .map(again)
                .collect::<Result<Vec<Answer>, StoreError>>()?;
            session.set_own_key(self.partner, Some(own.clone()));
        }
        let repeats = session.take_back(&self.ids, &closed, self.exercise.as_ref());
        // The words are in them too.
        store.sessions().remove_leftovers(&session.id)?;
        Ok(repeats)
    }
}

// Texts for people.
const FOR_ONE: &str =
    "`trust-coach history edit` changes an answer, and `history delete` removes a session";
const WHO: &str = "Who takes something back?";
const CLOSE_OR_ERASE: &str =
    "--as-passphrase-file closes it again; --delete erases it, if that’s what is wanted";
const ENTER: &str = "Enter alone leaves everything as it is.";
const REPEATS: &str = "That stays, and counts as sensitive now, so exports leave it out.";
const GOES_OUT: &str = "That stays as it is, and exports and searches have it from now on.";
const COPIES: &str =
    "Exports, backups and copies on other machines that were made before still have it.";
