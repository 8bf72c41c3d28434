//! `history search`: what was written once, found again.

use std::io::BufRead;

use serde::Serialize;
use serde_json::{Value as Json, json};

use super::common::{NOT_SHOWN, StrategyLookup, left_out, misnamed};
use super::json::{SessionJson, head};
use super::list::nothing_to_find;
use super::promised;
use super::stream::{StreamItem, StreamOptions, limit};
use crate::commands::agreed::{AgreedFlag, tell_unsearched};
use crate::commands::scope::{DatedFilter, SessionFilter};
use crate::error::{Error, Exit, Result};
use crate::exercise::Strategy;
use crate::home::world::World;
use crate::input;
use crate::journal::{OwnText, SearchQuery, Store, StoreError, TextPart};
use crate::session::{Answer, Session};
use crate::text::json::nested;
use crate::text::marked::{MarkedPiece, lines};
use crate::text::{columns, first_words, inert, width, wrap_indented};

/// Find sessions and promises by what you wrote
///
/// Searches your answers, notes, earlier versions and unfinished text for all the words, but not
/// the questions. Capitals and accents don’t matter, and parts of words are found too. Use quotes
/// for a phrase: history search "the kitchen table" sorry
///
/// Your shell may remember what you type here. Leave WORDS out to be asked for them, or use `-` to
/// read them from standard input.
#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// The words to find, all of them
    words: Vec<String>,
    /// Show at most this many sessions; 0 shows all
    #[arg(long, value_name = "N", default_value_t = 20)]
    limit: usize,
    #[command(flatten)]
    scope: SessionFilter,
    #[command(flatten)]
    agreed: AgreedFlag,
    /// Print JSON, without what was written
    #[arg(long)]
    json: bool,
    /// With --json: include the lines that have the words
    #[arg(long, requires = "json")]
    with_text: bool,
}

/// So many lines of a session are shown on a screen.
const LINES: usize = 3;

pub(super) fn run(
    args: &Args,
    world: &mut World<'_>,
    store: &Store,
    strategies: StrategyLookup<'_>,
    input: &mut dyn BufRead,
) -> Result<Exit> {
    store.check()?;
    args.agreed.refuse_unknown(store)?;
    let words = words(args, world, input)?.of_household(args.agreed.household(world));
    let within = args.scope.at(world, store)?;
    let names = within.names(store);
    let searcher = Searcher {
        args,
        store,
        words,
        within,
        strategies,
        screen: world.terminal.stdout.then(|| width(world.terminal.columns)),
        bold: world.terminal.paints,
    };
    let (promised, problems) = promised::find(store, &searcher.words, &searcher.within);
    let behind = match promised.as_slice() {
        [] => String::new(),
        some => {
            let facts = some.iter().map(|fact| fact.as_json(args.with_text));
            let facts = facts.collect::<Vec<_>>();
            format!(",\n  \"ledger\": {}", nested(&facts, 1))
        }
    };
    let stream = StreamOptions {
        json: args.json,
        limit: limit(args.limit),
        few: false,
        painted: world.terminal.paints,
        peek: true,
        behind,
    };
    let printed = stream.print(world, names, |name, buffer| searcher.look(name, buffer))?;
    if !args.json {
        let shown = promised.iter();
        let shown = shown.map(|fact| fact.shown(searcher.screen, searcher.bold));
        world.print(&shown.collect::<String>())?;
    }
    let problems: Vec<StoreError> = misnamed(store).chain(problems).collect();
    let some_left_out = printed.some_left_out || !problems.is_empty();
    for problem in problems {
        world.tell(&left_out(problem));
    }
    let nothing = match searcher.words.has_phrase() {
        true => NO_PHRASE,
        false => NOTHING,
    };
    if printed.count == 0 && promised.is_empty() && !some_left_out {
        world.tell(nothing);
    }
    tell_unsearched(world, searcher.words.guests(), "add");
    if printed.more {
        world.tell(MORE);
    }
    Ok(Exit::Done)
}

/// What to look for: from the command line, or where nobody else sees it.
fn words(args: &Args, world: &mut World<'_>, input: &mut dyn BufRead) -> Result<SearchQuery> {
    let mut typed = String::new();
    let read = match args.words.as_slice() {
        [only] if only == "-" => {
            let read = input::read(input, 1 << 20);
            typed = read.map_err(|error| Error::usage(format!("standard input: {error}")))?;
            Ok(typed.len())
        }
        [] if world.terminal.stdin && (world.terminal.stderr || world.terminal.stdout) => {
            world.tell(WHICH_WORDS);
            input.read_line(&mut typed)
        }
        [] => {
            let error = Error::new(Exit::InputNeeded, "there’s no word to search for");
            return Err(error.hint("give words, or `-` to read them from standard input"));
        }
        given => return SearchQuery::read(given).ok_or_else(nothing_to_find),
    };
    read.map_err(|error| Error::failed("could not read what was typed").because(&error))?;
    SearchQuery::read_line(&typed).ok_or_else(nothing_to_find)
}

/// Looks at sessions one by one.
struct Searcher<'a> {
    args: &'a Args,
    store: &'a Store,
    words: SearchQuery,
    within: DatedFilter<'a>,
    strategies: StrategyLookup<'a>,
    /// The width of the screen; none for a pipe.
    screen: Option<usize>,
    bold: bool,
}

impl Searcher<'_> {
    fn look(&self, name: Result<String, StoreError>, buffer: &mut Vec<u8>) -> StreamItem {
        let read = name.and_then(|id| self.store.sessions().read_with(&id, &self.words, buffer));
        match read {
            Ok(Some(session)) if self.within.lets_through(&session, self.strategies) => {
                StreamItem::Shown(self.shown(&session))
            }
            Ok(_) | Err(StoreError::Unsaved { .. }) => StreamItem::Passed,
            Err(error) => StreamItem::LeftOut(error),
        }
    }

    fn shown(&self, session: &Session) -> String {
        let found = self.words.own_words(session).flat_map(|own| {
            let places = self.words.places(own.text);
            let lines = lines(own.text, &places).into_iter();
            lines.map(move |line| (own, line))
        });
        if self.args.json {
            return self.as_json(session, found);
        }
        match self.screen {
            None => self.in_pipe(session, found),
            Some(width) => self.on_screen(session, found.collect(), width),
        }
    }

    fn on_screen(
        &self,
        session: &Session,
        found: Vec<(OwnText<'_>, MarkedPiece)>,
        width: usize,
    ) -> String {
        let facts = format!(
            "{}  {}",
            inert(&session.started.minute()),
            session.short_id()
        );
        let title = first_words(&session.title, width.saturating_sub(2));
        let mut out = if facts.len() + 2 + columns(&title) > width {
            format!("{facts}\n  {title}\n")
        } else {
            format!("{facts}  {title}\n")
        };
        let more = found.len().saturating_sub(LINES);
        for (own, line) in found.into_iter().take(LINES) {
            let line = if is_sensitive(&own) {
                String::from(NOT_SHOWN)
            } else {
                line.near_first(width * 2 - 24).shown(self.bold)
            };
            let text = format!("{}: {line}", inert(&whose(&own, true)));
            for line in wrap_indented(&text, width, "  ", "    ") {
                out.push_str(line.trim_end());
                out.push('\n');
            }
        }
        if more > 0 {
            let lines = if more == 1 { "line" } else { "lines" };
            out.push_str(&format!("  and {more} more {lines}\n"));
        }
        out
    }

    /// A line for each line that was found, which says itself where it is from.
    fn in_pipe<'s>(
        &self,
        session: &Session,
        found: impl Iterator<Item = (OwnText<'s>, MarkedPiece)>,
    ) -> String {
        let facts = format!(
            "{}  {}",
            inert(&session.started.minute()),
            session.short_id()
        );
        let found = found.map(|(own, line)| {
            let line = if is_sensitive(&own) {
                String::from(NOT_SHOWN)
            } else {
                line.shown(self.bold)
            };
            format!("{facts}  {}: {line}\n", inert(&whose(&own, false)))
        });
        found.collect()
    }

    fn as_json<'s>(
        &self,
        session: &Session,
        found: impl Iterator<Item = (OwnText<'s>, MarkedPiece)>,
    ) -> String {
        let found = found.map(|(own, line)| {
            let (kind, answer, at) = match own.part {
                TextPart::Answer(answer) => ("answer", Some(answer), answer.at.as_ref()),
                TextPart::Progress(answer) => ("progress", Some(answer), None),
                TextPart::Earlier(answer) => ("earlier", Some(answer), None),
                TextPart::Note(note) => ("note", None, Some(&note.at)),
            };
            let mut shown = json!({
                "in": kind,
                "step": answer.map(|answer| &answer.step),
                "round": answer.map(|answer| answer.round),
                "name": answer.and_then(|answer| answer.name.as_ref()),
                "at": at.map(|at| &at.0),
            });
            if self.args.with_text {
                shown["line"] = line.text().into();
                shown["marked"] = line.marks().collect();
            }
            shown
        });
        let more = SearchDetails {
            strategy: (self.strategies)(&session.exercise).map(Strategy::id),
            found: found.collect(),
        };
        let head = head(session);
        nested(&SessionJson { head, more }, 2)
    }
}

/// What a search says of a session besides its head.
#[derive(Serialize)]
struct SearchDetails {
    strategy: Option<&'static str>,
    found: Vec<Json>,
}

fn is_sensitive(own: &OwnText<'_>) -> bool {
    match own.part {
        TextPart::Answer(answer) | TextPart::Progress(answer) | TextPart::Earlier(answer) => {
            answer.sensitive
        }
        TextPart::Note(_) => false,
    }
}

/// Where a text is from: the name of its step, or its id for programs.
fn whose(own: &OwnText<'_>, named: bool) -> String {
    let of = |answer: &Answer| {
        let name = answer.name.as_ref().filter(|_| named);
        let name = name.map_or(answer.step.as_str(), String::as_str);
        match answer.round {
            1 => name.to_string(),
            round if named => format!("{name} {round}"),
            round => format!("{name}@{round}"),
        }
    };
    match own.part {
        TextPart::Answer(answer) => of(answer),
        TextPart::Progress(answer) => format!("{} (in progress)", of(answer)),
        TextPart::Earlier(answer) => format!("{} (earlier)", of(answer)),
        TextPart::Note(_) => String::from("note"),
    }
}

// Texts for people.
const WHICH_WORDS: &str = "Which words? ";
const NOTHING: &str = "Nothing you wrote has all these words.\n";
const NO_PHRASE: &str = "Nothing you wrote has all these words and phrases.\n";
const MORE: &str = "More sessions match. --limit 0 shows all.\n";
