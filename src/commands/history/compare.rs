//! `history compare`: two sessions side by side, or one answer through all sessions of an exercise.

use serde::Serialize;
use serde_json::json;

use super::beside::{Column, SideBySide};
use super::common::FORMAT;
use super::named::{NameMatch, named};
use super::stream::{StreamItem, StreamOptions};
use super::{json as shown, which};
use crate::error::{Error, Exit, Result};
use crate::exercise::{Exercise, StepKind};
use crate::home::Home;
use crate::home::world::World;
use crate::journal::StoreError;
use crate::session::{Answer, AnswerId, Outcome, Session};
use crate::text::json::{nested, pretty};
use crate::text::{first_words, inert};

/// Compare two sessions side by side, or follow one answer over time
///
/// With two sessions of the same exercise: what both asked, and what you answered each time. With
/// --answer ID and an exercise (or one of its sessions): that answer in all sessions, oldest first.
/// With --answer ID and two sessions: only that answer.
#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// Two sessions; or, with --answer, an exercise or one of its sessions
    #[arg(required = true, num_args = 1..=2)]
    session: Vec<String>,
    /// Only this answer: STEP, or STEP@2 for its second round
    #[arg(long, value_name = "ID")]
    answer: Option<String>,
    /// Print JSON, without what was written
    #[arg(long)]
    json: bool,
    /// With --json: include what was asked and written
    #[arg(long, requires = "json")]
    with_text: bool,
}

pub(super) fn run(args: &Args, world: &mut World<'_>, place: &Home) -> Result<Exit> {
    match (args.session.as_slice(), &args.answer) {
        ([one], Some(id)) => {
            let exercise = match named(place, one, &world.clock.now())? {
                NameMatch::Exercise(exercise) => exercise,
                NameMatch::Session(session) => place.store.sessions().read_head(&session)?.exercise,
            };
            follow(args, world, place, &exercise, id)
        }
        ([one, other], _) => {
            let now = world.clock.now();
            let mut sessions = [one, other].map(|name| place.store.sessions().find(name, &now));
            sessions.sort_by_key(|id| id.as_ref().ok().cloned());
            let [one, other] = sessions;
            let (mut one, mut other) = (
                place.store.sessions().read(&one?)?,
                place.store.sessions().read(&other?)?,
            );
            if let Ok(exercise) = place.library.load(&other.exercise) {
                one.rename_steps(&exercise);
                other.rename_steps(&exercise);
            }
            two(args, world, &one, &other)
        }
        (names, _) => {
            let name = names.first().map_or("", String::as_str);
            Err(
                Error::usage(format!("there’s nothing to compare {name} with")).hint(
                    "name a second session, or add --answer ID to follow one answer through time",
                ),
            )
        }
    }
}

/// Two sessions, the older one first.
fn two(args: &Args, world: &mut World<'_>, one: &Session, other: &Session) -> Result<Exit> {
    if one.id == other.id {
        return Err(Error::usage("that’s the same session twice")
            .hint("`trust-coach history` lists your sessions"));
    }
    if one.exercise != other.exercise {
        let (a, b) = (&one.exercise, &other.exercise);
        return Err(
            Error::usage(format!("these are different exercises: {a} and {b}"))
                .hint("only sessions of the same exercise can be compared"),
        );
    }
    let mut rows = rows(one, other);
    if let Some(id) = &args.answer {
        let wanted = id.parse().ok();
        let ids: Vec<String> = rows.iter().map(|row| row.any().id().to_string()).collect();
        rows.retain(|row| wanted.as_ref().is_some_and(|id| row.any().is(id)));
        if rows.is_empty() {
            let error = Error::usage(format!("no answer {id} in these sessions"));
            return Err(which::with_names(error, &ids, id));
        }
    }
    if args.json {
        let answers = rows.iter().map(|row| {
            let given = [row.one, row.other];
            let given = given.map(|given| given.map(|given| shown::answer(given, args.with_text)));
            json!({ "step": row.any().step, "round": row.any().round, "given": given })
        });
        let object = json!({
            "format": FORMAT,
            "sessions": [shown::head(one), shown::head(other)],
            "answers": answers.collect::<Vec<_>>(),
        });
        world.print(&pretty(&object))?;
        return Ok(Exit::Done);
    }
    let layout = SideBySide::of(&world.terminal);
    let title = first_words(&other.title, usize::MAX);
    let (from, to) = (one.started.day(), other.started.day());
    let mut blocks = vec![layout.whole(&format!("# {title}: {from} and {to}"), "")];
    for row in &rows {
        blocks.push(row.set(layout, [heading(one), heading(other)]));
    }
    let text = blocks.join("\n\n") + "\n";
    show(world, &text)
}

fn show(world: &mut World<'_>, text: &str) -> Result<Exit> {
    if world.terminal.stdout {
        world.page(&inert(text))?;
    } else {
        world.print(text)?;
    }
    Ok(Exit::Done)
}

fn heading(session: &Session) -> String {
    format!("{}, {}", session.started.minute(), session.short_id())
}

/// What was answered to one step in two sessions.
struct ComparisonRow<'s> {
    one: Option<&'s Answer>,
    other: Option<&'s Answer>,
    any: &'s Answer,
}

impl ComparisonRow<'_> {
    fn any(&self) -> &Answer {
        self.any
    }

    fn set(&self, layout: SideBySide, headings: [String; 2]) -> String {
        let prompts = [self.one, self.other].map(|answer| answer.map(|answer| &answer.prompt));
        let same = !matches!(prompts, [Some(one), Some(other)] if one != other);
        let sides = [self.one, self.other].into_iter().zip(headings);
        let cells: Vec<Column> = sides
            .map(|(answer, heading)| {
                let text = answer.map_or_else(|| String::from(NOT_ASKED), words);
                let text = match answer {
                    Some(answer) if !same => format!("{}\n\n{text}", quoted(&answer.prompt)),
                    _ => text,
                };
                Column { heading, text }
            })
            .collect();
        if same {
            let prompt = layout.whole(&self.any().prompt, "> ");
            format!("{prompt}\n\n{}", layout.cells(&cells))
        } else {
            layout.cells(&cells)
        }
    }
}

fn quoted(prompt: &str) -> String {
    let lines = prompt.trim_end().lines().map(|line| format!("> {line}"));
    lines.collect::<Vec<_>>().join("\n")
}

/// The answers of both, in the order of the newer one; what only the older one has comes last.
fn rows<'s>(one: &'s Session, other: &'s Session) -> Vec<ComparisonRow<'s>> {
    let newer = answers(other).map(|answer| ComparisonRow {
        one: answers(one).find(|before| before.is(&answer.id())),
        other: Some(answer),
        any: answer,
    });
    let gone = answers(one).filter(|answer| !answers(other).any(|after| after.is(&answer.id())));
    let gone = gone.map(|answer| ComparisonRow {
        one: Some(answer),
        other: None,
        any: answer,
    });
    newer.chain(gone).collect()
}

/// What there is to compare in a session.
fn answers(session: &Session) -> impl Iterator<Item = &Answer> {
    session.answers.iter().filter(|answer| {
        answer.kind != StepKind::Say && !answer.unreached && answer.given != Outcome::Pending
    })
}

fn words(answer: &Answer) -> String {
    match &answer.given {
        Outcome::Skipped => String::from(SKIPPED),
        _ => answer.words().unwrap_or_else(|| String::from(NOTHING)),
    }
}

/// One answer through all sessions of an exercise, oldest first.
fn follow(
    args: &Args,
    world: &mut World<'_>,
    place: &Home,
    exercise: &str,
    id: &str,
) -> Result<Exit> {
    place.store.check()?;
    // Names are short; what is in the files is not kept.
    let mut names: Vec<_> = place.store.sessions().newest().collect();
    names.reverse();
    let layout = match SideBySide::of(&world.terminal) {
        SideBySide::Beside(column) => SideBySide::Stacked(crate::text::width(column * 2)),
        stacked @ SideBySide::Stacked(_) => stacked,
    };
    let mut wanted: AnswerId = id
        .parse()
        .map_err(|reason: String| Error::usage(format!("no answer {id}")).hint(reason))?;
    let loaded = place.library.load(exercise).ok();
    if let Some(loaded) = &loaded {
        wanted.step = loaded.step_id_today(&wanted.step).to_string();
    }
    let follower = Follower {
        args,
        place,
        exercise,
        loaded,
        id: wanted,
        layout,
        screen: world.terminal.stdout,
    };
    let stream = StreamOptions {
        json: args.json,
        limit: usize::MAX,
        few: false,
        painted: false,
        peek: false,
        behind: String::new(),
    };
    let printed = stream.print(world, names.into_iter(), |name, _| follower.look(name))?;
    if printed.count == 0 && !printed.some_left_out {
        let error = Error::usage(format!("no session of {exercise} has an answer {id}"));
        return Err(match follower.known() {
            Some(ids) => which::with_names(error, &ids, id),
            None => error.hint(format!("`trust-coach exercise {exercise}` begins one")),
        });
    }
    Ok(Exit::Done)
}

/// What is said of a session besides its head.
#[derive(Serialize)]
struct Followed<'s> {
    answer: shown::AnswerJson<'s>,
    again: Vec<shown::NoteJson<'s>>,
}

struct Follower<'a> {
    args: &'a Args,
    place: &'a Home,
    exercise: &'a str,
    /// The exercise as it is today, where it is there.
    loaded: Option<Exercise>,
    id: AnswerId,
    layout: SideBySide,
    screen: bool,
}

impl Follower<'_> {
    fn look(&self, name: Result<String, StoreError>) -> StreamItem {
        let read = name.and_then(|id| {
            let head = self.place.store.sessions().read_head(&id)?;
            if head.exercise == self.exercise {
                self.place.store.sessions().read(&id).map(Some)
            } else {
                Ok(None)
            }
        });
        match read {
            Ok(Some(mut session)) => {
                if let Some(exercise) = &self.loaded {
                    session.rename_steps(exercise);
                }
                let shown = self.shown(&session);
                shown.map_or(StreamItem::Passed, StreamItem::Shown)
            }
            Ok(None) | Err(StoreError::Unsaved { .. }) => StreamItem::Passed,
            Err(error) => StreamItem::LeftOut(error),
        }
    }

    fn shown(&self, session: &Session) -> Option<String> {
        let answer = answers(session).find(|answer| answer.is(&self.id))?;
        let again = session
            .notes
            .iter()
            .filter(|note| note.again().as_ref() == Some(&self.id));
        if self.args.json {
            let text = self.args.with_text;
            let more = Followed {
                answer: shown::answer(answer, text),
                again: again.map(|note| shown::note(note, text)).collect(),
            };
            let head = shown::head(session);
            return Some(nested(&shown::SessionJson { head, more }, 2));
        }
        let facts = format!("{}  {}", session.started.minute(), session.short_id());
        let is_long = answer.kind.gives_text();
        let mut text = if is_long {
            let mut cells = vec![Column {
                heading: heading(session),
                text: words(answer),
            }];
            cells.extend(again.map(|note| Column {
                heading: format!("{}, answered again", note.at.minute()),
                text: note.text.clone(),
            }));
            format!("{}\n\n", self.layout.cells(&cells))
        } else {
            format!("{facts}  {}\n", first_words(&words(answer), usize::MAX))
        };
        if self.screen {
            text = inert(&text).into_owned();
        }
        Some(text)
    }

    /// The answers in the newest session of the exercise.
    fn known(&self) -> Option<Vec<String>> {
        let mut heads = self.place.store.sessions().heads().flatten();
        let head = heads.find(|head| head.exercise == self.exercise)?;
        let session = self.place.store.sessions().read(&head.id).ok()?;
        Some(
            answers(&session)
                .map(|answer| answer.id().to_string())
                .collect(),
        )
    }
}

// Texts for people.
const NOT_ASKED: &str = "(not asked)";
const SKIPPED: &str = "(left out)";
const NOTHING: &str = "(nothing)";
