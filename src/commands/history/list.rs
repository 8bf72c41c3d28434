//! `history`: the newest sessions, mostly from their heads alone.

use clap::builder::{PossibleValue, PossibleValuesParser, TypedValueParser};
use jiff::civil::Date;
use serde::Serialize;

use super::common::{NOT_SHOWN, StrategyLookup, left_out, minute_in_words, state_in_words};
use super::json::{self, SessionBodyJson, SessionJson};
use super::stream::{StreamItem, StreamOptions, limit};
use crate::commands::agreed::{household, tell_unsearched};
use crate::commands::scope::{DatedFilter, SessionFilter};
use crate::error::{Error, Exit, Result};
use crate::exercise::Strategy;
use crate::home::world::World;
use crate::journal::{SearchQuery, Store, StoreError};
use crate::session::{Answer, Partners, Session, SessionState};
use crate::text::json::nested;
use crate::text::{cut, first_words, inert, pad};

/// What is listed, and how.
#[derive(Debug, Default, clap::Args)]
pub(super) struct HistoryList {
    /// Show at most this many; 0 shows all
    #[arg(long, value_name = "N", default_value_t = 10)]
    limit: usize,
    #[command(flatten)]
    scope: SessionFilter,
    /// Only those in this state
    #[arg(long, value_parser = states())]
    state: Option<SessionState>,
    /// Only those where you wrote this; use quotes for a phrase
    #[arg(long, value_name = "TEXT")]
    with: Vec<String>,
    /// Also show the first words of what you wrote
    #[arg(long, conflicts_with_all = ["json", "ids"])]
    long: bool,
    /// Print JSON, without what was written
    #[arg(long)]
    json: bool,
    /// With --json: include what was asked and written
    #[arg(long, requires = "json")]
    with_text: bool,
    /// Print only the short names, one per line, for shell completion
    #[arg(long, hide = true, conflicts_with = "json")]
    ids: bool,
}

impl HistoryList {
    /// Returns how many of the newest it shows; nothing where others may be read before so many are found.
    pub(super) fn newest(&self) -> Option<usize> {
        let few = limit(self.limit) <= FEW && !self.is_narrow();
        few.then_some(self.limit)
    }

    fn is_narrow(&self) -> bool {
        self.state.is_some() || !self.with.is_empty() || self.scope.is_narrow()
    }
}

/// So few are read one by one.
const FEW: usize = 100;

pub(super) fn run(
    args: &HistoryList,
    world: &mut World<'_>,
    store: &Store,
    strategies: StrategyLookup<'_>,
) -> Result<Exit> {
    store.check()?;
    let words = match args.with.as_slice() {
        [] => None,
        typed => {
            let words = SearchQuery::read(typed).ok_or_else(nothing_to_find)?;
            Some(words.of_household(household(world, &[])))
        }
    };
    let within = args.scope.at(world, store)?;
    let limit = limit(args.limit);
    let columns = world.terminal.columns;
    let screen = (world.terminal.stdout && !args.json && !args.ids).then(|| ListScreen {
        columns,
        today: world.clock.now().date(),
    });
    let lister = Lister {
        args,
        store,
        words,
        within,
        screen,
        strategies,
    };
    let names = lister.within.names(store);
    let stream = StreamOptions {
        json: args.json,
        limit,
        few: args.newest().is_some(),
        painted: false,
        peek: false,
        behind: String::new(),
    };
    let printed = stream.print(world, names, |name, buffer| lister.look(name, buffer))?;
    if args.ids {
        return Ok(Exit::Done);
    }
    let nothing_yet = printed.count == 0 && store.sessions().heads().next().is_none();
    let mut unread = Vec::new();
    if nothing_yet || !args.is_narrow() {
        let last = store.sessions().newest().flatten().nth(limit - 1);
        // Where the list ends before it is full, every folder was looked into.
        let last = last.filter(|_| printed.count == limit).unwrap_or_default();
        unread = store.sessions().misnamed(&last, last.is_empty());
    }
    for path in &unread {
        let path = path.clone();
        world.tell(&left_out(StoreError::Misnamed { path }));
    }
    if printed.count == 0 && !printed.some_left_out && unread.is_empty() {
        world.tell(if nothing_yet { NOTHING_YET } else { NO_MATCH });
        // The disk with all of it may be away.
        if nothing_yet {
            let folder = store.data_folder().display().to_string();
            world.tell(&inert(&format!("{LOOKED_IN}\n  {folder}\n")));
        }
    }
    let guests = lister.words.map(|words| words.guests());
    tell_unsearched(
        world,
        guests.unwrap_or_default(),
        "`trust-coach history search` takes",
    );
    Ok(Exit::Done)
}

/// Nothing that could be looked for was given.
pub(super) fn nothing_to_find() -> Error {
    Error::usage("there’s no word to search for").hint("give one or more words")
}

/// Looks at sessions one by one.
struct Lister<'a> {
    args: &'a HistoryList,
    store: &'a Store,
    words: Option<SearchQuery>,
    within: DatedFilter<'a>,
    /// None in a pipe, where nothing is cut and a day is its date.
    screen: Option<ListScreen>,
    strategies: StrategyLookup<'a>,
}

/// The screen that a list is read on, and the day.
struct ListScreen {
    columns: usize,
    today: Date,
}

impl Lister<'_> {
    fn look(&self, name: Result<String, StoreError>, buffer: &mut Vec<u8>) -> StreamItem {
        match name.and_then(|id| self.read(&id, buffer)) {
            Ok(Some(session)) if self.lets_through(&session) => {
                StreamItem::Shown(self.shown(&session))
            }
            Ok(_) | Err(StoreError::Unsaved { .. }) => StreamItem::Passed,
            Err(error) => StreamItem::LeftOut(error),
        }
    }

    fn lets_through(&self, head: &Session) -> bool {
        self.args.state.is_none_or(|state| head.state == state)
            && self.within.lets_through(head, self.strategies)
    }

    /// As much of a session as is needed.
    fn read(&self, id: &str, buffer: &mut Vec<u8>) -> Result<Option<Session>, StoreError> {
        match &self.words {
            Some(words) => self.store.sessions().read_with(id, words, buffer),
            None if self.args.with_text || self.args.long => {
                self.store.sessions().read(id).map(Some)
            }
            None => self.store.sessions().read_head(id).map(Some),
        }
    }

    fn shown(&self, session: &Session) -> String {
        if self.args.ids {
            return format!("{}\n", session.short_id());
        }
        if !self.args.json {
            return self.item(session);
        }
        let more = ListDetails {
            strategy: (self.strategies)(&session.exercise).map(Strategy::id),
            written: self.args.with_text.then(|| json::written(session, true)),
        };
        let head = json::head(session);
        nested(&SessionJson { head, more }, 2)
    }
}

impl Lister<'_> {
    /// One session as people read it.
    fn item(&self, session: &Session) -> String {
        let mut title = session.title.clone();
        if !session.tags.is_empty() {
            title.push_str(&format!(" [{}]", session.tags.join(", ")));
        }
        let mut item = match &self.screen {
            Some(screen) => screen.row(session, &title),
            None => format!(
                "{}  {}  {}  {}\n",
                inert(&session.started.minute()),
                session.short_id(),
                pad(state_in_words(session.state), 6),
                first_words(&title, usize::MAX)
            ),
        };
        if self.args.long {
            let width = self.screen.as_ref().map_or(usize::MAX, |on| on.columns);
            let answers = session.answers.iter().filter(|answer| !answer.unreached);
            let two = session.partners();
            for line in answers.filter_map(|answer| written(answer, two.as_ref())) {
                item.push_str(&cut(&format!("    {line}"), width));
                item.push('\n');
            }
        }
        item
    }
}

/// The name of an answer, and what was written.
fn written(answer: &Answer, two: Option<&Partners>) -> Option<String> {
    let words = answer.words()?;
    let words = if answer.sensitive { NOT_SHOWN } else { &words };
    let name = answer.name.as_deref().unwrap_or(&answer.step);
    let who = two.zip(answer.by).map(|(two, by)| two.name(by));
    let who = who.map_or(String::new(), |who| format!("{who}, "));
    Some(first_words(&format!("{who}{name}: {words}"), usize::MAX))
}

/// What a list says of a session besides its head.
#[derive(Serialize)]
struct ListDetails<'s> {
    strategy: Option<&'static str>,
    #[serde(flatten)]
    written: Option<SessionBodyJson<'s>>,
}

impl ListScreen {
    /// A session as a row: when, title, state, short name; two lines where the screen is narrow.
    fn row(&self, head: &Session, title: &str) -> String {
        const WHEN: usize = "2026-11-22 18:45".len();
        const STATE: usize = "paused".len();
        const TITLE: usize = 44;
        const NARROW: usize = 60;
        let when = pad(
            &inert(&minute_in_words(&head.started.minute(), self.today)),
            WHEN,
        );
        let (state, id) = (pad(state_in_words(head.state), STATE), head.short_id());
        if self.columns < NARROW {
            // The short name is what commands are told, so it's never cut.
            let title = first_words(title, self.columns.saturating_sub(2));
            return format!("{when}  {state}  {id}\n  {title}\n");
        }
        let room = self.columns - (WHEN + STATE + id.len() + 3 * 2);
        let room = room.min(TITLE);
        let title = pad(&first_words(title, room), room);
        format!("{when}  {title}  {state}  {id}\n")
    }
}

fn states() -> impl TypedValueParser<Value = SessionState> {
    let values = SessionState::ALL.map(|(state, name)| {
        let value = PossibleValue::new(state_in_words(state));
        if name == state_in_words(state) {
            value
        } else {
            value.alias(name)
        }
    });
    PossibleValuesParser::new(values).try_map(|word| {
        let mut all = SessionState::ALL.into_iter();
        all.find(|(state, name)| *name == word || state_in_words(*state) == word)
            .map(|(state, _)| state)
            .ok_or("no such state")
    })
}

const NOTHING_YET: &str = "\
Nothing here yet. `trust-coach list` shows the exercises you can start.
";

const LOOKED_IN: &str = "If you expected something, it’s looked for in:";

const NO_MATCH: &str = "\
No session matches. `trust-coach history --limit 0` shows all of them.
";
