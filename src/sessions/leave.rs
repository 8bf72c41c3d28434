//! The way out of a person's session: what is said last, and what stays in view.

use super::Persistence;
use super::runner::SessionEnd;
use super::screen::PersonScreen;
use super::signals::{NOTHING_KEPT, SignalContext};
use crate::engine::Engine;
use crate::error::Exit;
use crate::exercise::Asking;
use crate::home::world::World;
use crate::safety::SafetyTexts;

/// Takes leave of the person, after a last text where there is one.
pub(super) fn part(
    world: &mut World<'_>,
    context: &SignalContext,
    screen: PersonScreen,
    (how, last): (SessionEnd, Option<String>),
    engine: &Engine,
    support: &dyn Fn() -> String,
) -> Exit {
    context.end();
    let kept = context.persistence != Persistence::Nothing;
    match how {
        SessionEnd::Left => leave(world, context, screen),
        SessionEnd::Paused(at) => {
            screen.finish(None, support);
            if !kept {
                world.tell(&format!("\n{NOTHING_KEPT}\n"));
                return Exit::Done;
            }
            let at = at.map_or(String::new(), |at| format!(" at step {}", at.step));
            world.tell(&format!(
                "\nPaused{at}. {SAVED_SO_FAR}\nTo continue: trust-coach resume\n"
            ));
            Exit::Paused
        }
        SessionEnd::Done => {
            if screen.finish(last.as_deref(), support) {
                world.tell(&format!("{}\n", SafetyTexts::built_in().left));
            } else if kept {
                world.tell(&format!("\n{SAVED}\n{}", how_to_read(engine)));
            } else {
                world.tell(&format!("\n{NOTHING_KEPT}\n"));
            }
            Exit::Done
        }
    }
}

/// How to read the session again, and how to copy each text that was put together.
fn how_to_read(engine: &Engine) -> String {
    let show = format!("trust-coach history show {}", engine.session().short_id());
    let composed = engine.review().into_iter().filter_map(|(step, answer)| {
        let composed = matches!(step.ask, Asking::Compose { .. }) && answer.value().is_some();
        composed.then(|| format!("Copy the text out:\n  {show} --answer {}\n", answer.id()))
    });
    let composed: String = composed.collect();
    format!("Read it:\n  {show}\n{composed}")
}

/// Leaves nothing of ours in view, and one neutral line.
pub(super) fn leave(world: &mut World<'_>, context: &SignalContext, screen: PersonScreen) -> Exit {
    context.end();
    screen.leave();
    world.tell(&format!("{}\n", SafetyTexts::built_in().left));
    Exit::Done
}

// Texts for people.
const SAVED_SO_FAR: &str = "Your words are saved.";
const SAVED: &str = "Saved.";
