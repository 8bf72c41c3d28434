//! Every screen of a session takes every command, at any size: also the pages that are read before a
//! question.

use trust_coach::ask::{Ask, SlashCommand, StepPosition};
use trust_coach::engine::preview::screens;
use trust_coach::exercise::library::{BUILT_IN, Library};

use crate::harness::{SMALL, Screen, USUAL};

/// An editor that isn't there.
const EDITOR: &str = "/no/such/editor";

/// Every command, and what it gives; nothing for the one that opens an editor.
fn commands() -> impl Iterator<Item = (&'static str, Option<String>)> + Clone {
    let all = SlashCommand::ALL.iter();
    all.map(|(command, typed, _)| (*typed, command.reply().map(|reply| format!("{reply:?}"))))
}

/// Every question of an exercise with the command that is typed there: the next one each time, or
/// all of them at each, where the long run asks for that.
fn questions(exercise: &str) -> Vec<(Ask, &'static str, Option<String>)> {
    let exercise = Library::open(None).load(exercise).unwrap();
    let screens = screens(&exercise).into_iter();
    let each = if std::env::var_os("TRUST_COACH_ALL_COMMANDS").is_some() {
        commands().count()
    } else {
        1
    };
    let asks = screens
        .flat_map(|screen| vec![screen.ask; each])
        .enumerate();
    let typed = |((at, ask), (typed, reply)): ((usize, Ask), _)| {
        let id = format!("{at} {typed}");
        // The number on the screen tells that this is the question.
        let place = ask.place.map(|place| StepPosition {
            step: at + 1,
            ..place
        });
        (Ask { id, place, ..ask }, typed, reply)
    };
    asks.zip(commands().cycle()).map(typed).collect()
}

/// What the child is put.
pub(crate) fn asks(exercise: &str) -> impl Iterator<Item = Ask> {
    questions(exercise).into_iter().map(|question| question.0)
}

#[test]
fn every_screen_of_every_exercise_takes_every_command() {
    std::thread::scope(|scope| {
        for window in [USUAL, SMALL] {
            scope.spawn(move || {
                for (id, _) in BUILT_IN {
                    let screen = Screen::open_with(
                        &format!("commands of {id}"),
                        window,
                        &[("EDITOR", EDITOR)],
                    );
                    for (at, (_, typed, reply)) in questions(id).iter().enumerate() {
                        screen.wait_words(&format!("Step {} of", at + 1));
                        screen.send(&format!("{typed}\r"));
                        if reply.is_none() {
                            let told = [EDITOR, "nothing to write here", "An editor keeps copies"];
                            screen.wait("a word on the editor", |rows| {
                                let rows = rows.join(" ");
                                told.iter().any(|words| rows.contains(words))
                            });
                            screen.send("/skip\r");
                        }
                        let given = screen.wait_reply(at + 1);
                        let reply = reply.as_deref().unwrap_or("Skip");
                        assert_eq!(given["reply"], *reply, "{id}, question {at} at {window:?}");
                    }
                }
            });
        }
    });
}

#[test]
fn a_command_is_shown_as_it_is_typed_below_a_page_and_can_be_taken_back() {
    let screen = Screen::open("long-prompt", SMALL);
    screen.wait_words("Enter: go on");
    screen.send("/lea");
    screen.wait("the command", |rows| rows.iter().any(|row| row == "/lea"));
    screen.send("\x7f\x7f\x7f\x7f");
    screen.wait("nothing typed", |rows| rows.iter().all(|row| row != "/lea"));
    screen.send("/lave\r");
    screen.wait_words("/lave isn’t a command.");
    screen.send("/leave\r");
    assert_eq!(screen.wait_reply(1)["reply"], "Leave");
}
