//! The menu of `trust-coach` alone, for a person at a terminal.

use super::reasons;
use crate::ask::{Ask, Choice, Tone};
use crate::commands::history;
use crate::commands::returns::AgreedReturn;
use crate::error::{Exit, Result};
use crate::exercise::ExerciseHead;
use crate::home::Home;
use crate::home::settings::SettingKind;
use crate::home::world::World;
use crate::plan::library::PlanLibrary;
use crate::session::{Session, SessionId, SessionState};
use crate::sessions::{QuestionOutcome, SingleQuestion, given, led_to_help};
use crate::text::language::Language;

/// What somebody would like to do.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum HomeWish {
    /// To go on with this session, or with a paused one that is sealed.
    Resume(Option<SessionId>),
    /// To say what came of the days of their promises.
    Look,
    /// To do what is next in their plan.
    Plan,
    /// To answer again what this session asked.
    AnswerAgain(SessionId),
    /// To begin this plan.
    StartPlan(String),
    /// To begin this exercise, or one of all.
    Begin(Option<String>),
    /// To do something small that is drawn by chance.
    Today,
    /// To be led to an exercise by what brings them here.
    Reasons,
    /// To read what they wrote.
    Written,
    /// The help lines.
    Support,
    /// Nothing more.
    Stop,
}

/// An entry of the menu.
struct HomeEntry {
    label: String,
    note: Option<String>,
    wish: HomeWish,
}

/// Asks what they would like; how it ended, where they left.
pub(super) fn ask(
    world: &mut World<'_>,
    place: &Home,
    newest: &[Session],
    to_look_at: Option<String>,
    step: Option<Option<String>>,
    suggested: Option<&ExerciseHead>,
) -> Result<std::result::Result<HomeWish, Exit>> {
    let is_new = step.is_none() && to_look_at.is_none();
    let first = is_new && newest.is_empty() && !place.store.any_sealed();
    // What brings somebody here, and where they go, doesn’t stay in view when they leave from there.
    let leaves_nothing = !world.terminal.plain;
    let mut menu = SingleQuestion::open(world, place, leaves_nothing, String::new())?;
    let wish = if first {
        let folder = place.data.iter();
        let folder: String = folder.map(|path| path.display().to_string()).collect();
        menu.say(
            Tone::Text,
            &format!("{WHAT_IT_IS} {folder}\n\n{AT_ANY_TIME}"),
        )?;
        by_reason(&mut menu, place, false)?
    } else {
        let mut entries = blocks(world, place, newest, to_look_at, step, suggested);
        entries.extend(ALWAYS.map(|(label, wish)| entry(label, None, wish)));
        menu.say(Tone::Title, GREETING)?;
        from_entries(&mut menu, place, &entries)?
    };
    match wish {
        QuestionOutcome::Given(wish) => {
            menu.finish();
            Ok(Ok(wish))
        }
        QuestionOutcome::Nothing | QuestionOutcome::Back | QuestionOutcome::Pause => {
            menu.finish();
            Ok(Ok(HomeWish::Stop))
        }
        QuestionOutcome::Leave => menu.part(world, &wish).map(Err),
    }
}

fn from_entries(
    menu: &mut SingleQuestion,
    place: &Home,
    entries: &[HomeEntry],
) -> Result<QuestionOutcome<HomeWish>> {
    let options = entries.iter().map(|entry| Choice {
        id: entry.label.clone(),
        label: entry.label.clone(),
        note: entry.note.clone(),
    });
    let options: Vec<Choice> = options.collect();
    loop {
        let at = given!(menu.choose(place, WHAT_NOW, &options));
        match &entries[at].wish {
            HomeWish::Support => menu.say(Tone::Text, &place.shelf.support().page())?,
            HomeWish::Reasons => match by_reason(menu, place, true)? {
                QuestionOutcome::Nothing | QuestionOutcome::Back => {}
                came => return Ok(came),
            },
            wish => return Ok(QuestionOutcome::Given(wish.clone())),
        }
    }
}

/// Asks what brings them here, then which exercise. Nothing of that is kept.
fn by_reason(
    menu: &mut SingleQuestion,
    place: &Home,
    back: bool,
) -> Result<QuestionOutcome<HomeWish>> {
    let reasons = reasons::all();
    let options: Vec<Choice> = reasons
        .iter()
        .map(|reason| choice(&reason.words, None))
        .collect();
    loop {
        let at = given!(menu.choose_in(place, &page(WHAT_BRINGS_YOU, &options, back)));
        let heads = reasons[at].exercises.iter();
        let heads = heads.filter_map(|id| place.library.head(id).ok());
        let heads: Vec<ExerciseHead> = heads.collect();
        let minutes = |head: &ExerciseHead| format!("{}, {}", head.title, head.minutes_in_words());
        let fitting = heads
            .iter()
            .map(|head| choice(&minutes(head), Some(&head.summary)));
        let plan = reasons[at].plan.as_ref();
        let plan = plan.and_then(|id| PlanLibrary::open(None, None).load(id).ok());
        let lead = plan.as_ref().map(|plan| {
            let label = format!("A plan for weeks: {}", plan.title);
            choice(&label, Some(&plan.summary))
        });
        let fitting: Vec<Choice> = fitting.chain(lead).chain([choice(ALL, None)]).collect();
        match menu.choose_in(place, &page(WHICH_ONE, &fitting, true))? {
            QuestionOutcome::Given(at) => {
                if let Some(plan) = plan.filter(|_| at == heads.len()) {
                    return Ok(QuestionOutcome::Given(HomeWish::StartPlan(plan.id)));
                }
                let id = heads.get(at).map(|head| head.id.clone());
                return Ok(QuestionOutcome::Given(HomeWish::Begin(id)));
            }
            QuestionOutcome::Nothing | QuestionOutcome::Back => {}
            QuestionOutcome::Pause => return Ok(QuestionOutcome::Pause),
            QuestionOutcome::Leave => return Ok(QuestionOutcome::Leave),
        }
    }
}

/// A list with or without one before it.
fn page(prompt: &str, options: &[Choice], back: bool) -> Ask {
    Ask {
        back,
        ..Ask::own_choice("which", prompt, options)
    }
}

/// What is due or at hand, most urgent first. Nobody who looks on learns what was written, or the
/// name of an exercise with safety questions.
fn blocks(
    world: &World<'_>,
    place: &Home,
    newest: &[Session],
    to_look_at: Option<String>,
    step: Option<Option<String>>,
    suggested: Option<&ExerciseHead>,
) -> Vec<HomeEntry> {
    let begin = suggested.map(|head| {
        let minutes = format!("about {}", head.minutes_in_words());
        let label = format!("Begin “{}”", head.title);
        entry(
            &label,
            Some(minutes),
            HomeWish::Begin(Some(head.id.clone())),
        )
    });
    let look = to_look_at.map(|days| entry(LOOK, Some(days), HomeWish::Look));
    let step = step.map(|step| entry(PLAN, step, HomeWish::Plan));
    let wished = wished(world, place, newest).or_else(|| again(world, place));
    let blocks = [paused(world, place, newest), look, step, wished, begin];
    blocks.into_iter().flatten().collect()
}

/// The newest session that can be gone on with.
fn paused(world: &World<'_>, place: &Home, newest: &[Session]) -> Option<HomeEntry> {
    if place.store.any_sealed() {
        let note = Some(String::from(VAULT_IS_ON));
        return Some(entry(PERHAPS_PAUSED, note, HomeWish::Resume(None)));
    }
    let is_open = |it: &&Session| it.state == SessionState::Open;
    let mut open = newest.iter().filter(is_open);
    let paused = open.find(|it| !place.store.is_open_elsewhere(&it.id))?;
    let note = match return_words(world, place, &paused.id) {
        Some(words) => words,
        None => called(world, place, paused),
    };
    let wish = HomeWish::Resume(Some(paused.id.clone()));
    Some(entry(GO_ON, Some(note), wish))
}

/// When two people wanted to go on with a paused session, in words.
pub(super) fn return_words(world: &World<'_>, place: &Home, session: &str) -> Option<String> {
    let agreed = AgreedReturn::all(world, &place.store).into_iter();
    let mut agreed = agreed.filter(|agreed| agreed.session == session);
    agreed
        .next()
        .map(|agreed| agreed.words(world.clock.now().date()))
}

/// A session that they wished to look back at by today, and have not yet.
fn wished(world: &World<'_>, place: &Home, newest: &[Session]) -> Option<HomeEntry> {
    let today = world.today().date.to_string();
    let due = |session: &&Session| {
        let is_due = |day: &str| {
            let mut notes = session.notes.iter().filter(|note| note.again().is_some());
            day <= today.as_str() && !notes.any(|note| note.at.day() >= day)
        };
        session.look_back().is_some_and(is_due)
    };
    let session = newest.iter().find(due)?;
    let note = called(world, place, session);
    let wish = HomeWish::AnswerAgain(session.id.clone());
    Some(entry(LOOK_BACK, Some(note), wish))
}

/// Something written long ago that can be answered again.
pub(super) struct EarlierText {
    pub(super) session: Session,
    /// When that was, in words.
    pub(super) ago: &'static str,
}

/// A finished session whose day has come round, where nothing in it is private. None where somebody was
/// led to help lately: what they wrote before may be about whom they fear.
pub(super) fn earlier_text(world: &World<'_>, place: &Home) -> Option<EarlierText> {
    if place.store.any_sealed() || !world.config.settings.is_on(SettingKind::LookBack) {
        return None;
    }
    let today = world.today().date;
    let due = |(days, ago): &(i32, &'static str)| {
        let day = |off: i32| today.saturating_sub(jiff::Span::new().days(days + off));
        let name = |off: i32| day(off).strftime("%Y%m%d").to_string();
        let (first, end) = (name(AROUND), name(-AROUND - 1));
        let names = place.store.sessions().newest().flatten();
        let names = names.skip_while(|id| *id >= end);
        let names = names.take_while(|id| *id >= first);
        let mut sessions = names.filter_map(|id| place.store.sessions().read(&id).ok());
        let session = sessions
            .find(|session| history::can_be_offered(session, today) && is_open(place, session))?;
        Some(EarlierText { session, ago })
    };
    let earlier = LOOK_BACKS.iter().find_map(due)?;
    let lately = today.saturating_sub(jiff::Span::new().days(LATELY));
    let lately = lately.strftime("%Y%m%d").to_string();
    let sessions = place.store.sessions();
    let names = sessions.newest().flatten().take_while(|id| *id >= lately);
    let mut newest = names.take(NEWEST).filter_map(|id| sessions.read(&id).ok());
    let in_danger = newest.any(|session| led_to_help(place, &session));
    (!in_danger).then_some(earlier)
}

fn again(world: &World<'_>, place: &Home) -> Option<HomeEntry> {
    let EarlierText { session, ago } = earlier_text(world, place)?;
    let label = format!("Answer again what you wrote {ago}");
    let note = Some(format!("“{}”", session.title));
    Some(entry(&label, note, HomeWish::AnswerAgain(session.id)))
}

/// What a session is called where others may see it.
fn called(world: &World<'_>, place: &Home, session: &Session) -> String {
    let today = world.clock.now().date();
    let begun = session.started.day_in_words(today, Language::English);
    match open_title(world, place, session) {
        Some(title) => format!("“{title}”, begun {begun}"),
        None => format!("begun {begun}"),
    }
}

/// The title of a session's exercise, where others may see it.
pub(super) fn open_title<'s>(
    world: &World<'_>,
    place: &Home,
    session: &'s Session,
) -> Option<&'s str> {
    let shows = world.config.settings.is_on(SettingKind::Titles) || is_open(place, session);
    shows.then_some(&session.title)
}

/// Whether a session is of an exercise without safety questions.
fn is_open(place: &Home, session: &Session) -> bool {
    let head = place.library.head(&session.exercise);
    head.is_ok_and(|head| !head.gate)
}

fn entry(label: &str, note: Option<String>, wish: HomeWish) -> HomeEntry {
    let label = label.to_string();
    HomeEntry { label, note, wish }
}

fn choice(label: &str, note: Option<&str>) -> Choice {
    Choice {
        id: label.to_string(),
        label: label.to_string(),
        note: note.map(String::from),
    }
}

/// What is on the menu every time.
const ALWAYS: [(&str, HomeWish); 6] = [
    ("Help me choose", HomeWish::Reasons),
    ("Something small for today", HomeWish::Today),
    (ALL, HomeWish::Begin(None)),
    ("What I wrote", HomeWish::Written),
    ("Help lines", HomeWish::Support),
    ("Stop", HomeWish::Stop),
];

/// After how many days something is offered to be answered again, in words.
const LOOK_BACKS: [(i32, &str); 3] = [
    (28, "four weeks ago"),
    (90, "three months ago"),
    (365, "a year ago"),
];

/// So many days around that day.
const AROUND: i32 = 3;

/// For so many days, and in so many sessions, nothing earlier is offered once help was.
const LATELY: i32 = 28;
const NEWEST: usize = 30;

// Texts for people.
const WHAT_IT_IS: &str = "trust-coach helps you build trust, or rebuild it.\n\
    It asks, and you write, for yourself. Nothing is sent anywhere.\nIt’s kept in";
const AT_ANY_TIME: &str = "/support shows help lines, and /leave clears the screen and stops.";
const GREETING: &str = "Welcome back.";
const WHAT_NOW: &str = "What would you like to do?";
const WHAT_BRINGS_YOU: &str = "What brings you here?";
const WHICH_ONE: &str = "One of these could help. Which would you like to do?";
const ALL: &str = "All exercises";
const LOOK_BACK: &str = "Look back, as you wanted to";
const GO_ON: &str = "Pick up where you left off";
const PERHAPS_PAUSED: &str = "See whether anything is paused";
const PLAN: &str = "Go on with your plan";
const LOOK: &str = "Say how your promises went";
const VAULT_IS_ON: &str = "The vault is on, so your passphrase is asked first.";
