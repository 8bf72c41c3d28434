//! One answer through all sessions of an exercise.

use serde::Serialize;

use super::beside::{Column, SideBySide, answers, heading, words};
use super::stream::{StreamItem, StreamOptions};
use super::{json as shown, which};
use crate::error::{Error, Exit, Result};
use crate::exercise::Exercise;
use crate::home::Home;
use crate::home::world::World;
use crate::journal::StoreError;
use crate::session::{AnswerId, Session};
use crate::text::json::nested;
use crate::text::{first_words, inert};

/// One answer through all sessions of an exercise, oldest first.
pub(super) struct FollowedAnswer<'a> {
    pub(super) exercise: &'a str,
    /// STEP, or STEP@2.
    pub(super) id: &'a str,
    pub(super) json: bool,
    pub(super) with_text: bool,
}

impl FollowedAnswer<'_> {
    pub(super) fn print(&self, world: &mut World<'_>, place: &Home) -> Result<Exit> {
        let (exercise, id) = (self.exercise, self.id);
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
            args: self,
            place,
            exercise,
            loaded,
            id: wanted,
            layout,
            screen: world.terminal.stdout,
        };
        let stream = StreamOptions {
            json: self.json,
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
}

/// What is said of a session besides its head.
#[derive(Serialize)]
struct Followed<'s> {
    answer: shown::AnswerJson<'s>,
    again: Vec<shown::NoteJson<'s>>,
}

struct Follower<'a> {
    args: &'a FollowedAnswer<'a>,
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
