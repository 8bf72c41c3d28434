//! The end of a person's session: what they wrote, as one page, and what comes next.

use jiff::{Span, Zoned};

use super::runner::{Saver, help};
use super::screen::{PersonScreen, gone};
use crate::ask::{Ask, Choice, Note, Prompter, Rejection, Reply, Tone, chosen};
use crate::dates::day_in_words;
use crate::engine::{Engine, SAFE_ALONE};
use crate::error::Result;
use crate::exercise::{Asking, ExerciseHead, Step, Strategy};
use crate::home::Home;
use crate::session::{Answer, Session, Value};
use crate::text::language::Language;

/// What somebody would like after a session.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum NextWish {
    /// Nothing more.
    Stop,
    /// Another exercise.
    Another,
    /// The exercise with this id.
    Exercise(String),
    /// To be gone, with nothing left in view.
    Leave,
}

/// The last page of a session that is finished.
pub(super) struct LastPage<'p> {
    pub(super) home: &'p Home,
    pub(super) engine: &'p Engine,
    /// Whether they came from the page for somebody who may be afraid.
    pub(super) may_be_afraid: bool,
    pub(super) now: &'p Zoned,
    /// Where a day to look back is kept; none where nothing is kept, or a list can't be read.
    pub(super) saver: Option<&'p dyn Saver>,
}

impl LastPage<'_> {
    /// Shows what was written and the exercise's last words, and asks what comes next.
    pub(super) fn show(&self, screen: &mut PersonScreen) -> Result<NextWish> {
        let language = self.engine.language();
        for note in page(&self.engine.review(), language) {
            say(screen, &note)?;
        }
        say(screen, &Note::new(Tone::Text, self.engine.closing()))?;
        let option = |id: &str, label| option(id, language.translate(label));
        let in_danger = self.may_be_afraid || self.engine.met_help();
        let mut options = vec![option("another", ANOTHER), option("stop", STOP)];
        if in_danger {
            options = vec![option("lines", HELP_LINES), option("stop", STOP_TODAY)];
            if let Some(id) = self.finds_help() {
                options.insert(1, option(&id, FIND));
            }
        }
        let has_text = |answer: &Answer| matches!(answer.value(), Some(Value::Text(_)));
        let answers = &self.engine.session().answers;
        let today = self.engine.today(self.now).date.to_string();
        // Where the exercise asked for a day, that one will do.
        let has_day = |answer: &Answer| matches!(answer.value(), Some(Value::Date(day)) if day.as_str() >= today.as_str());
        let has_room = self.saver.is_some() && !in_danger && !answers.iter().any(has_day);
        if has_room && answers.iter().any(has_text) {
            options.insert(0, option("look-back", LOOK_BACK));
        }
        loop {
            // A stray Enter leads nobody on who is in danger, and none of two, who may have said so alone.
            let ask = Ask {
                unmarked: in_danger || self.engine.partners().is_some(),
                ..Ask::own_choice("next", language.translate(WHAT_NEXT), &options)
            };
            match self.choose(screen, &ask, &options)? {
                Err(wish) => return Ok(wish),
                Ok("another") => return Ok(NextWish::Another),
                Ok("stop") => return Ok(NextWish::Stop),
                Ok("lines") => say(screen, &self.lines(None))?,
                Ok("look-back") => {
                    let days = days(language);
                    let ask = Ask::own_choice("next", language.translate(WHEN), &days);
                    match self.choose(screen, &ask, &days)? {
                        Err(NextWish::Leave) => return Ok(NextWish::Leave),
                        Err(_) => {}
                        Ok(id) => {
                            self.look_back(screen, id.parse().unwrap_or_default())?;
                            options.remove(0);
                        }
                    }
                }
                Ok(id) => return Ok(NextWish::Exercise(id.to_string())),
            }
        }
    }

    /// The exercise that finds somebody to talk to, for somebody who may be afraid; none after itself.
    fn finds_help(&self) -> Option<String> {
        let heads = self.home.library.heads().into_iter();
        let mut heads = heads.filter_map(|entry| entry.head.ok());
        let finds = |head: &ExerciseHead| {
            let is_safe = head.tags.iter().any(|tag| tag == SAFE_ALONE);
            head.strategy == Strategy::Help && is_safe && head.pack.is_none()
        };
        let found = heads.find(finds).map(|head| head.id);
        found.filter(|id| *id != self.engine.exercise().head.id)
    }

    /// Asks until an option is chosen, by its id, or they would rather end.
    fn choose<'o>(
        &self,
        screen: &mut PersonScreen,
        ask: &Ask,
        options: &'o [Choice],
    ) -> Result<std::result::Result<&'o str, NextWish>> {
        let language = self.engine.language();
        loop {
            let reply = screen.ask(ask).map_err(|error| gone(&error))?;
            let note = match chosen(options, reply) {
                Ok(Some(option)) => return Ok(Ok(&option.id)),
                Ok(None) => {
                    let rejection = Rejection::not_an_option(language);
                    screen
                        .reject(ask, &rejection)
                        .map_err(|error| gone(&error))?;
                    continue;
                }
                Err(Reply::Leave) => return Ok(Err(NextWish::Leave)),
                Err(Reply::Pause | Reply::Skip) => return Ok(Err(NextWish::Stop)),
                Err(Reply::Back) => Note::new(Tone::Status, language.translate(IS_DONE)),
                Err(Reply::Support(country)) => self.lines(country.as_deref()),
                Err(Reply::Help) => Note::new(Tone::Aside, help(self.saver.is_some(), language)),
                Err(_) => Note::new(Tone::Aside, language.translate(NO_MORE)),
            };
            say(screen, &note)?;
        }
    }

    fn lines(&self, country: Option<&str>) -> Note {
        let support = self.home.shelf.support_in(self.engine.language());
        Note::new(Tone::Text, support.short_page(country))
    }

    fn look_back(&self, screen: &mut PersonScreen, days: i32) -> Result<()> {
        let language = self.engine.language();
        let today = self.engine.today(self.now).date;
        let day = today.saturating_add(Span::new().days(days));
        let mut session: Session = self.engine.session().clone();
        session.set_look_back(&day.to_string());
        if let Some(saver) = self.saver {
            saver.save(&session)?;
        }
        let day = day_in_words(day, language);
        let told = language.fill(OFFERS_IT, &[("day", &day)]);
        say(screen, &Note::new(Tone::Status, told))
    }
}

/// What was written, with a heading for each text: the texts that were put together, where there are
/// any, else all that was given.
fn page(given: &[(&Step, &Answer)], language: Language) -> Vec<Note> {
    let is_composed = |step: &Step| matches!(step.ask, Asking::Compose { .. });
    let whole = given
        .iter()
        .any(|(step, answer)| is_composed(step) && answer.value().is_some());
    let mut notes = Vec::new();
    for (step, answer) in given {
        let Some(words) = answer
            .words_in(language)
            .filter(|_| !whole || is_composed(step))
        else {
            continue;
        };
        let name = step.name.as_deref().unwrap_or(&step.id);
        if step.sensitive {
            notes.push(Note::new(
                Tone::Status,
                format!("{name}: {}", language.translate(NOT_SHOWN)),
            ));
        } else if matches!(answer.value(), Some(Value::Text(_))) {
            notes.push(Note::new(Tone::Title, name));
            notes.push(Note::new(Tone::Text, words));
        } else {
            notes.push(Note::new(Tone::Status, format!("{name}: {words}")));
        }
    }
    notes
}

fn days(language: Language) -> Vec<Choice> {
    let day = |(id, label): &(&str, &str)| option(id, language.translate(label));
    DAYS.iter().map(day).collect()
}

fn option(id: &str, label: &str) -> Choice {
    Choice {
        id: id.to_string(),
        label: label.to_string(),
        note: None,
    }
}

fn say(screen: &mut PersonScreen, note: &Note) -> Result<()> {
    screen.say(note).map_err(|error| gone(&error))
}

/// In how many days one can look back.
const DAYS: [(&str, &str); 3] = [
    ("7", "In a week"),
    ("28", "In four weeks"),
    ("91", "In three months"),
];

// Texts for people.
const WHAT_NEXT: &str = "What would you like to do next?";
const LOOK_BACK: &str = "Look back on a later day";
const OFFERS_IT: &str = "From {day} on, it’ll be waiting for you in `trust-coach`.";
const WHEN: &str = "When would you like to look back?";
const ANOTHER: &str = "Another exercise";
const STOP: &str = "Stop for now";
const HELP_LINES: &str = "Help lines";
const FIND: &str = "Find someone who can help";
const STOP_TODAY: &str = "Stop here for today";
const NOT_SHOWN: &str = "(not shown)";
const IS_DONE: &str =
    "It’s finished, so you can’t go back. `trust-coach history edit` changes an answer.";
pub(super) const NO_MORE: &str = "There’s nothing more on this. /help shows what you can type.";
