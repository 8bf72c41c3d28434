//! `history show`: a session as a transcript, one bare text of it, or JSON.

use std::path::PathBuf;

use super::common::{FORMAT, state_in_words};
use super::{json, which};
use crate::commands::choose;
use crate::commands::open::{self, UnlockFlags, until_right};
use crate::error::{Error, Exit, Result};
use crate::home::world::World;
use crate::journal::{Store, opened_answer};
use crate::session::{Answer, Moment, Outcome, Partner, Session, Value};
use crate::text::json::nested;
use crate::text::language::Language;
use crate::text::{inert, width, wrap_indented};

/// Show a session, in Markdown
#[derive(Debug, Default, clap::Args)]
pub(super) struct Args {
    /// `last`, or the first few of its eight characters; at a terminal you can choose one
    session: Option<String>,
    /// Print only the text of one answer: STEP, or STEP@2 for its second round
    #[arg(long, value_name = "STEP", conflicts_with = "json")]
    answer: Option<String>,
    /// Also show earlier versions, and answers on branches you left
    #[arg(long, conflicts_with_all = ["answer", "json"])]
    all: bool,
    /// Also show what one of two people kept closed, with their own passphrase: a or b
    #[arg(long = "as", value_name = "PERSON", value_parser = ["a", "b"])]
    partner: Option<String>,
    /// Read their passphrase from the first line of this file
    #[arg(
        long,
        value_name = "FILE",
        requires = "partner",
        hide_short_help = true
    )]
    as_passphrase_file: Option<PathBuf>,
    /// Print JSON, without what was written
    #[arg(long)]
    json: bool,
    /// With --json: include what was asked and written
    #[arg(long, requires = "json")]
    with_text: bool,
}

pub(super) fn run(args: &Args, world: &mut World<'_>, store: &Store) -> Result<Exit> {
    let Some(id) = choose::session(world, store, args.session.as_deref())? else {
        return Ok(Exit::Done);
    };
    let mut session = store.sessions().read(&id)?;
    if let Some(partner) = args.partner.as_deref().and_then(Partner::from_id) {
        let key = UnlockFlags::new(args.as_passphrase_file.clone(), None);
        open_closed(&mut session, partner, world, store, &key)?;
    }
    let text = match &args.answer {
        _ if args.json => as_json(&session, args.with_text),
        Some(id) => bare(&session, id)?,
        None => {
            let layout = match world.terminal.stdout {
                true => TranscriptLayout::for_screen(width(world.terminal.columns)),
                false => TranscriptLayout::MARKDOWN,
            };
            transcript(&session, args.all, layout)
        }
    };
    if world.terminal.stdout {
        world.page(&inert(&text))?;
    } else {
        world.print(&text)?;
    }
    Ok(Exit::Done)
}

/// Opens what one of two people kept closed, for reading alone.
fn open_closed(
    session: &mut Session,
    partner: Partner,
    world: &mut World<'_>,
    store: &Store,
    flags: &UnlockFlags,
) -> Result<()> {
    let (short, person) = (session.short_id(), partner.id());
    let Some(own) = session.own_key(partner) else {
        let what = format!("{person} kept nothing under a passphrase in session {short}");
        return Err(Error::usage(what).hint(ONLY_WITH_ONE));
    };
    let name = session.partners();
    let name = name.map_or_else(|| person.to_string(), |two| two.name(partner).to_string());
    let name = inert(&name);
    if !flags.is_given() && !open::can_ask(world) {
        let error = Error::nobody_to_ask(format!("{name}’s own passphrase is needed"));
        return Err(error.hint("give it with --as-passphrase-file FILE"));
    }
    let question = format!("{name}’s own passphrase (not shown): ");
    let unlock = |passphrase: &_| store.unlock_own_key(&session.id, &own, passphrase);
    let (key, _) = until_right(world, flags, &question, &unlock)?;
    for answer in &mut session.answers {
        if let Some(opened) = opened_answer(answer, &key) {
            *answer = Answer {
                closed: false,
                ..opened
            };
        }
    }
    Ok(())
}

fn as_json(session: &Session, text: bool) -> String {
    let whole = json::WholeSessionJson {
        format: FORMAT,
        head: json::head(session),
        written: json::written(session, text),
    };
    nested(&whole, 0) + "\n"
}

/// The text of one answer, with a line end where it has none.
fn bare(session: &Session, id: &str) -> Result<String> {
    let answer = which::answer(session, id)?;
    let mut text = match &answer.given {
        Outcome::Value(value) => bare_value(value, answer),
        Outcome::Skipped => return Err(Error::failed(format!("no text in {id}: rather not say"))),
        Outcome::Closed(_) => return Err(Error::failed(format!("no text in {id}: it’s closed"))),
        Outcome::Seen => {
            return Err(Error::failed(format!(
                "no text in {id}: it doesn’t ask anything"
            )));
        }
        Outcome::Pending => {
            return Err(
                Error::failed(format!("no text in {id}: not answered yet")).hint(format!(
                    "`trust-coach resume {}` continues there",
                    session.short_id()
                )),
            );
        }
    };
    if !text.ends_with('\n') {
        text.push('\n');
    }
    Ok(text)
}

/// How a session is set: as Markdown for files and programs; on a screen what was said is set in from
/// what was asked, and no signs are needed.
#[derive(Clone, Copy)]
struct TranscriptLayout {
    width: usize,
    /// What stands before the title, before what was asked, and before what was said.
    title: &'static str,
    asked: &'static str,
    said: &'static str,
}

impl TranscriptLayout {
    const MARKDOWN: Self = Self {
        width: usize::MAX,
        title: "# ",
        asked: "> ",
        said: "",
    };

    fn for_screen(width: usize) -> Self {
        Self {
            width,
            title: "",
            asked: "",
            said: "    ",
        }
    }

    fn asked(self, text: &str) -> String {
        laid(text, self.width, self.asked)
    }

    fn said(self, text: &str) -> String {
        laid(text, self.width, self.said)
    }
}

fn transcript(session: &Session, all: bool, layout: TranscriptLayout) -> String {
    let title = format!("{}{}", layout.title, one_line(&session.title));
    let mut blocks = vec![title, facts(session)];
    let two = session.partners();
    for answer in &session.answers {
        if answer.unreached && !all {
            continue;
        }
        blocks.push(layout.asked(&answer.prompt));
        if all && !answer.versions.is_empty() {
            blocks.extend(grown(answer, layout));
        }
        let by = two.as_ref().zip(answer.by).map(|(two, by)| two.name(by));
        blocks.extend(given(answer, by, layout));
    }
    for note in &session.notes {
        let at = note.at.minute();
        blocks.push(match note.again() {
            None => format!("Added {at}:"),
            Some(id) => {
                let answer = session.answer(&id);
                let name = answer.and_then(|answer| answer.name.clone());
                let name = name.unwrap_or(id.step);
                format!("Answered again {at} ({}):", one_line(&name))
            }
        });
        blocks.push(layout.said(&note.text));
    }
    blocks.join("\n\n") + "\n"
}

fn facts(session: &Session) -> String {
    let state = state_in_words(session.state);
    let ended = session.ended.as_ref().map(Moment::minute);
    let (begun, id) = (session.started.minute(), session.short_id());
    let tags = match session.tags.as_slice() {
        [] => String::new(),
        tags => format!(" Tags: {}.", one_line(&tags.join(", "))),
    };
    match ended {
        Some(ended) => format!("Begun {begun}, {state} {ended}. Session {id}.{tags}"),
        None => format!("Begun {begun}, {state}. Session {id}.{tags}"),
    }
}

/// The earlier wordings of a text, each with its time, and the time of the last one.
fn grown(answer: &Answer, layout: TranscriptLayout) -> Vec<String> {
    let when = |at: &Moment| layout.said(&format!("({})", at.minute()));
    let earlier = answer.versions.iter().flat_map(|version| {
        let words = version
            .value
            .in_words(None, version.at.on(), Language::English)
            .unwrap_or_else(|| String::from(NOTHING));
        [when(&version.at), layout.said(&words)]
    });
    let last = answer.value().and(answer.at.as_ref()).map(when);
    earlier.chain(last).collect()
}

/// What was given, behind the name of who gave it, where that is one of two people.
fn given(answer: &Answer, by: Option<&str>, layout: TranscriptLayout) -> Vec<String> {
    let asks = answer.kind.spec().value.is_some();
    let words = match &answer.given {
        Outcome::Value(_) => Some(answer.words().unwrap_or_else(|| String::from(NOTHING))),
        Outcome::Skipped => Some(String::from("(left out)")),
        Outcome::Closed(_) => Some(String::from("(closed)")),
        // It came from an export in which it wasn't.
        Outcome::Pending if answer.closed => Some(String::from("(closed)")),
        Outcome::Pending if answer.progress.is_none() && asks => {
            Some(String::from("(not answered yet)"))
        }
        Outcome::Pending | Outcome::Seen => None,
    };
    let named = words.map(|words| match by {
        Some(name) => layout.said(&format!("{name}: {words}")),
        None => layout.said(&words),
    });
    let mut blocks: Vec<String> = named.into_iter().collect();
    if answer.unreached {
        blocks.push(layout.said("(not part of the final version)"));
    }
    if let Some(text) = &answer.progress {
        blocks.push(layout.said("(in progress, not yet an answer)"));
        blocks.push(layout.said(text));
    }
    blocks
}

/// A value as a script wants it: a date as it is stored, everything else in words.
fn bare_value(value: &Value, answer: &Answer) -> String {
    match value {
        Value::Date(date) => date.clone(),
        _ => answer.words().unwrap_or_default(),
    }
}

/// Text with each line wrapped and `start` before it, without empty lines at its end.
pub(super) fn laid(text: &str, width: usize, start: &str) -> String {
    let mut laid = String::with_capacity(text.len());
    // Row by row: of a text of short lines all rows at once take many times its size.
    for line in text.trim_end_matches('\n').split('\n') {
        let rows = match width {
            usize::MAX => vec![format!("{start}{line}")],
            width => wrap_indented(line, width, start, start),
        };
        for row in rows {
            laid.push_str(row.trim_end_matches(' '));
            laid.push('\n');
        }
    }
    laid.pop();
    laid
}

fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

// Texts for people.
const NOTHING: &str = "(nothing)";
const ONLY_WITH_ONE: &str = "only what was closed under somebody’s own passphrase is kept";
