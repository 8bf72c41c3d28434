//! What of a session may leave, and what stays.

use std::fmt;
use std::str::FromStr;

use crate::exercise::{Asking, Exercise, StepKind};
use crate::session::{
    Answer, AnswerId, Household, Outcome, Partner, Session, as_told, is_telling, is_their_own,
    one_line, says,
};

/// How much of a session a format shows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Depth {
    /// All that its file holds.
    Whole,
    /// What was answered, and the notes: not what was skipped or only read, nor earlier wordings.
    Answers,
    /// Ratings, choices, yes or no, and dates.
    Chosen,
    /// Ratings.
    Ratings,
    /// Answers for a page to give away: a text that the person put together out of their answers
    /// stands for these, so that what they took out of it stays out.
    Page,
}

impl Depth {
    fn shows(self, kind: StepKind) -> bool {
        match self {
            Self::Whole | Self::Answers | Self::Page => true,
            Self::Chosen => !kind.gives_text(),
            Self::Ratings => kind == StepKind::Rate,
        }
    }

    fn has_notes(self) -> bool {
        matches!(self, Self::Whole | Self::Answers)
    }
}

/// Which answers the person wants to leave.
#[derive(Clone, Debug)]
pub struct ExportSelection {
    /// These alone; all of them where nothing is named.
    pub answers: Vec<AnswerName>,
    /// Also those that are marked sensitive, and those of branches that were not taken.
    pub all: bool,
    /// How much the format shows.
    pub depth: Depth,
    /// Whose answers leave, of two people.
    pub household: Household,
}

/// The name of an answer: its step, with its exercise before it or its round behind it where these
/// matter, such as `check-in/trust` or `act@2`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AnswerName {
    exercise: Option<String>,
    id: AnswerId,
    /// Whether a round was named; otherwise it is the name of the step's answers in all rounds.
    one_round: bool,
}

impl AnswerName {
    /// Whether it is the name of this answer.
    pub fn means(&self, session: &Session, answer: &Answer) -> bool {
        self.id.step == answer.step
            && (!self.one_round || self.id.round == answer.round)
            && self
                .exercise
                .as_ref()
                .is_none_or(|id| *id == session.exercise)
    }
}

impl AnswerName {
    /// The step in it.
    pub fn step(&self) -> &str {
        &self.id.step
    }
}

impl FromStr for AnswerName {
    type Err = String;

    fn from_str(typed: &str) -> Result<Self, Self::Err> {
        let (exercise, rest) = match typed.trim().rsplit_once('/') {
            Some((exercise, rest)) => (Some(exercise.to_string()), rest),
            None => (None, typed.trim()),
        };
        if exercise.as_deref() == Some("") {
            return Err(SHAPE.to_string());
        }
        Ok(Self {
            exercise,
            id: rest.parse().map_err(|_| SHAPE)?,
            one_round: rest.contains('@'),
        })
    }
}

impl fmt::Display for AnswerName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(exercise) = &self.exercise {
            write!(f, "{exercise}/")?;
        }
        match (self.one_round, self.id.round) {
            (true, 1) => write!(f, "{}@1", self.id.step),
            _ => self.id.fmt(f),
        }
    }
}

/// How many answers stay, and why.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct OmittedAnswers {
    /// They are marked sensitive, or hold the words of one that is.
    pub sensitive: usize,
    /// They belong to branches that were not taken.
    pub unreached: usize,
    /// The person would rather not say, or has not answered yet.
    pub unsaid: usize,
    /// A text put together out of them stands for them, or they for it.
    pub composed: usize,
}

/// What leaves of one session.
#[derive(Clone, Debug)]
pub struct Leaving {
    /// The session with nothing in it but what leaves.
    pub session: Session,
    /// What stays.
    pub left_out: OmittedAnswers,
    /// Whether it leaves at all: a session without one of the wished answers does not.
    pub leaves: bool,
    /// Which of the wished names are names of answers in it.
    pub named: Vec<AnswerName>,
    /// The steps of answers that were not wished for.
    pub others: Vec<String>,
    /// The names of those who haven't agreed that theirs leaves, of two people, and how many answers stay.
    pub guests: Vec<(String, usize)>,
}

/// What of a session leaves, by the person's wish. What stays is not told by the rest either: a
/// prompt that quotes it goes, and so does a text that holds the words of a sensitive answer. In the
/// place of what one of two people hasn't agreed to stands a closed answer.
pub fn leaving(
    mut session: Session,
    exercise: Option<&Exercise>,
    wish: &ExportSelection,
) -> Leaving {
    let mut left_out = OmittedAnswers::default();
    let (mut named, mut others) = (Vec::new(), Vec::new());
    let two = session.partners();
    let guests = two.as_ref().map(|two| wish.household.guests(two));
    let guests = guests.unwrap_or_default();
    let is_sensitive = |answer: &Answer| {
        let step = exercise.and_then(|exercise| exercise.step(&answer.step));
        answer.sensitive || step.is_some_and(|step| step.sensitive)
    };
    let is_wished = |answer: &Answer| {
        let mut names = wish.answers.iter();
        wish.all || names.any(|name| name.means(&session, answer))
    };
    let answers = session.answers.iter();
    let is_secret = |it: &&Answer| it.kind.gives_text() && is_sensitive(it) && !is_wished(it);
    let secret = answers.filter(is_secret).flat_map(words);
    // What only a sensitive answer says, and what somebody else gave, wherever it stands; and the words
    // of all that stays.
    let mut secrets: Vec<String> = secret.filter(|words| is_telling(words)).collect();
    let (mut theirs, mut stays) = (session.told_by(&guests), Vec::new());
    // What of each of the two is kept back.
    let mut kept_back = [0_usize; 2];
    let place =
        |by: Option<Partner>| usize::from(by.or(guests.first().copied()) == Some(Partner::B));
    for mut answer in std::mem::take(&mut session.answers) {
        let names = wish.answers.iter();
        let before = named.len();
        named.extend(names.filter(|name| name.means(&session, &answer)).cloned());
        let is_named = named.len() > before;
        let sensitive = is_sensitive(&answer);
        let hidden = (sensitive || says_any(words(&answer), &secrets)) && !wish.all && !is_named;
        let unwanted = !wish.answers.is_empty() && !is_named;
        let untaken = answer.unreached && !wish.all;
        let shown = usize::from(wish.depth.shows(answer.kind));
        let is_guest = answer.by.is_some_and(|by| guests.contains(&by));
        let is_theirs = is_guest && answer.kind != StepKind::Say;
        if is_theirs || says_any(words(&answer).map(|text| as_told(&text)), &theirs) {
            let told = words(&answer);
            let telling = told.clone().filter(|words| is_their_own(words));
            theirs.extend(telling.map(|words| as_told(&words)));
            stays.extend(told);
            if shown == 1 && !unwanted && !untaken {
                kept_back[place(answer.by.filter(|_| is_guest))] += 1;
                session.answers.push(closed(answer, &stays));
            }
            continue;
        }
        if hidden || unwanted || untaken {
            let told = words(&answer);
            if hidden {
                secrets.extend(told.clone().filter(|words| is_telling(words)));
            }
            stays.extend(told);
            if unwanted {
                others.push(answer.step);
            } else if untaken {
                left_out.unreached += shown;
            } else {
                left_out.sensitive += shown;
            }
            continue;
        }
        if !wish.depth.shows(answer.kind) {
            continue;
        }
        if wish.depth != Depth::Whole && answer.value().is_none() {
            left_out.unsaid += usize::from(answer.kind != StepKind::Say);
            continue;
        }
        if says_any([one_line(&answer.prompt)], &stays) {
            answer.prompt = String::new();
        }
        if wish.depth != Depth::Whole || !wish.answers.is_empty() {
            as_it_is_now(&mut answer);
        }
        session.answers.push(answer);
    }
    if !wish.answers.is_empty() {
        session.tags.clear();
        session.extra = toml::Table::new();
    }
    if !wish.answers.is_empty() || !wish.depth.has_notes() {
        session.notes.clear();
    }
    if wish.depth != Depth::Whole {
        session.tags.retain(|_| wish.depth == Depth::Answers);
        session.extra = toml::Table::new();
    }
    let told = session.notes.len() + session.tags.len();
    let is_own = |text: &str| !says_any([as_told(text)], &theirs);
    session.notes.retain(|note| is_own(&note.text));
    session.tags.retain(|tag| is_own(tag));
    kept_back[place(None)] += told - session.notes.len() - session.tags.len();
    two.iter().for_each(|two| session.set_partners(two));
    guests
        .iter()
        .for_each(|guest| session.set_own_key(*guest, None));
    if wish.depth == Depth::Page {
        left_out.composed = fold(&mut session.answers, exercise);
    }
    Leaving {
        leaves: wish.answers.is_empty() || session.answers.len() > kept_back.iter().sum(),
        guests: two.map_or(Vec::new(), |two| {
            let count = |by: Partner| kept_back[usize::from(by == Partner::B)];
            let named = |by: &Partner| (two.name(*by).to_string(), count(*by));
            guests.iter().map(named).collect()
        }),
        session,
        left_out,
        named,
        others,
    }
}

/// What stands in the place of an answer that stays with whoever gave it.
fn closed(answer: Answer, stays: &[String]) -> Answer {
    let quotes = says_any([one_line(&answer.prompt)], stays);
    Answer {
        prompt: if quotes {
            String::new()
        } else {
            answer.prompt.clone()
        },
        closed: true,
        given: Outcome::Pending,
        item: None,
        ..answer.given_alone()
    }
}

/// An answer without what it was before, and what it may become.
fn as_it_is_now(answer: &mut Answer) {
    answer.versions.clear();
    answer.findings.clear();
    answer.progress = None;
    answer.extra = toml::Table::new();
}

/// Leaves one of two out where a text was put together out of other answers: the text where it is
/// just these, else these. Tells how many answers it left out.
fn fold(answers: &mut Vec<Answer>, exercise: Option<&Exercise>) -> usize {
    let before = answers.len();
    let composed = answers
        .iter()
        .filter(|answer| answer.kind == StepKind::Compose);
    for text in composed.cloned().collect::<Vec<_>>() {
        let step = exercise.and_then(|exercise| exercise.step(&text.step));
        let is_part = |answer: &Answer| match step.map(|step| &step.ask) {
            Some(Asking::Compose { from, .. }) => from.contains(&answer.step),
            // The exercise is not there any more: it was put together out of what was written.
            _ => answer.kind == StepKind::Write,
        };
        let whole = one_line(&text.words().unwrap_or_default());
        let says_all = |answer: &Answer| words(answer).all(|words| says(&whole, &words));
        let mut parts = answers.iter().filter(|answer| is_part(answer)).peekable();
        if parts.peek().is_some() && parts.all(says_all) {
            answers.retain(|answer| !answer.is(&text.id()));
        } else {
            answers.retain(|answer| !is_part(answer));
        }
    }
    before - answers.len()
}

/// The words by which an answer is quoted, on one line.
fn words(answer: &Answer) -> impl Iterator<Item = String> + Clone {
    answer.told().into_iter().map(|text| one_line(&text))
}

/// Whether one of the texts holds one of these words, not as a part of a longer word.
fn says_any(texts: impl IntoIterator<Item = String>, secrets: &[String]) -> bool {
    texts
        .into_iter()
        .any(|text| secrets.iter().any(|secret| says(&text, secret)))
}

const SHAPE: &str = "write the id of a step, such as act, act@2 or apology/act";
