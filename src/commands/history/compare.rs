//! `history compare`: two sessions side by side, one answer through all sessions of an exercise, or
//! one text beside a new answer.

use std::io::BufRead;

use serde_json::json;

use super::beside::{Column, SideBySide, answers, heading, words};
use super::blind::AnswerAgain;
use super::common::FORMAT;
use super::follow::FollowedAnswer;
use super::named::{NameMatch, named};
use super::{json as shown, which};
use crate::commands::text_file::TextFile;
use crate::error::{Error, Exit, Result};
use crate::home::Home;
use crate::home::world::World;
use crate::session::{Answer, Session};
use crate::text::json::pretty;
use crate::text::{counted, first_words, inert};

/// Compare what you wrote then with what you write now
///
/// With two sessions of the same exercise: what both asked, what changed, and what stayed the same.
/// With --blind and one session (or an exercise): asks a question again without showing what you
/// wrote, at least two weeks later. Your new answer is kept with the session as a note, the first one
/// stays as it is, and you see both. With --answer ID and an exercise (or one of its sessions): that
/// answer in all sessions, oldest first. With --answer ID and two sessions: only that answer.
#[derive(Debug, Default, clap::Args)]
pub(super) struct Args {
    /// Two sessions; or, with --answer or --blind, an exercise or one of its sessions
    #[arg(required = true, num_args = 1..=2)]
    session: Vec<String>,
    /// Only this answer: STEP, or STEP@2 for its second round
    #[arg(long, value_name = "ID")]
    answer: Option<String>,
    /// Answer again before you see what you wrote
    #[arg(long, conflicts_with = "json")]
    blind: bool,
    #[command(flatten)]
    text: TextFile,
    /// With --text-file: confirm that you’ve seen the private safety questions alone
    #[arg(long, requires = "blind")]
    screened: bool,
    /// Print JSON, without what was written
    #[arg(long)]
    json: bool,
    /// With --json: include what was asked and written
    #[arg(long, requires = "json")]
    with_text: bool,
}

impl Args {
    /// To answer again what this session asked.
    pub(super) fn blind(session: String) -> Self {
        Self {
            session: vec![session],
            blind: true,
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
    if args.text.is_given() && !args.blind {
        let error = Error::usage("--text-file is an answer to a question that’s asked again");
        return Err(error.hint("add --blind"));
    }
    match (args.session.as_slice(), &args.answer) {
        ([name], _) if args.blind => {
            let again = AnswerAgain {
                name,
                answer: args.answer.as_deref(),
                text: &args.text,
                screened: args.screened,
            };
            again.run(world, place, input)
        }
        (_, _) if args.blind => Err(Error::usage(
            "only one session can be answered again at a time",
        )
        .hint("name one session, or an exercise")),
        ([one], Some(id)) => {
            let exercise = match named(place, one, &world.clock.now())? {
                NameMatch::Exercise(exercise) => exercise,
                NameMatch::Session(session) => place.store.sessions().read_head(&session)?.exercise,
            };
            let shown = FollowedAnswer {
                exercise: &exercise,
                id,
                json: args.json,
                with_text: args.with_text,
            };
            shown.print(world, place)
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
                    "name a second session, or add --blind to answer again, or --answer ID to follow \
                     one answer",
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
    let changed = rows.iter().filter(|row| row.is_changed()).count();
    let changed = match (changed, rows.len()) {
        (0, _) => String::from(NOTHING_CHANGED),
        (changed, all) => format!("{changed} of {} changed.", counted(all, "answer")),
    };
    let mut blocks = vec![
        layout.whole(&format!("# {title}: {from} and {to}"), ""),
        layout.whole(&changed, ""),
    ];
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

    /// Whether it was answered in other words, or only once.
    fn is_changed(&self) -> bool {
        match (self.one, self.other) {
            (Some(one), Some(other)) => words(one) != words(other),
            _ => true,
        }
    }

    fn set(&self, layout: SideBySide, headings: [String; 2]) -> String {
        let prompts = [self.one, self.other].map(|answer| answer.map(|answer| &answer.prompt));
        let is_same = !matches!(prompts, [Some(one), Some(other)] if one != other);
        let [one, other] = headings;
        let cell = |answer: Option<&Answer>, heading: String| {
            let text = answer.map_or_else(|| String::from(NOT_ASKED), words);
            let text = match answer {
                Some(answer) if !is_same => format!("{}\n\n{text}", quoted(&answer.prompt)),
                _ => text,
            };
            Column { heading, text }
        };
        let cells = [cell(self.one, one), cell(self.other, other)];
        if is_same {
            layout.compared(&self.any().prompt, &cells, self.any().kind.gives_text())
        } else {
            format!("{ASKED_DIFFERENTLY}\n\n{}", layout.cells(&cells))
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

// Texts for people.
const NOT_ASKED: &str = "(not asked)";
const NOTHING_CHANGED: &str = "Nothing changed.";
const ASKED_DIFFERENTLY: &str = "Asked in other words:";
