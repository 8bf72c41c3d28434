//! The way out of a person's session: what is said last, and what stays in view.

use super::Persistence;
use super::runner::SessionEnd;
use super::screen::PersonScreen;
use super::signals::{NOTHING_KEPT, SignalContext, not_all_saved};
use crate::engine::Engine;
use crate::error::Exit;
use crate::exercise::Asking;
use crate::home::world::World;
use crate::safety::{SafetyTexts, Support};
use crate::text::language::Language;

/// Takes leave of the person, after a last text where there is one.
pub(super) fn part(
    world: &mut World<'_>,
    context: &SignalContext,
    screen: PersonScreen,
    (how, last): (SessionEnd, Option<String>),
    engine: &Engine,
    support: &Support,
) -> Exit {
    context.end();
    let page = |country: Option<&str>| support.short_page(country);
    let language = context.language;
    let kept = context.persistence != Persistence::Nothing;
    let saver = context
        .saver
        .get()
        .filter(|_| kept && how != SessionEnd::Left);
    // They may have gone on without saving.
    if let Some(error) = saver.and_then(|saver| saver.flush().err()) {
        screen.finish(None, &page);
        world.tell(&format!("\n{}\n", not_all_saved(&error, language)));
        return Exit::Failed;
    }
    match how {
        SessionEnd::Left => leave(world, context, screen, support),
        SessionEnd::Paused(at) => {
            screen.finish(None, &page);
            if !kept {
                world.tell(&format!("\n{}\n", language.translate(NOTHING_KEPT)));
                return Exit::Done;
            }
            let step = at.map_or(String::new(), |at| {
                language.fill(" at step {step}", &[("step", &at.step)])
            });
            world.tell(&format!(
                "\n{}\n",
                language.fill(PAUSED, &[("place", &step)])
            ));
            Exit::Paused
        }
        SessionEnd::Done => {
            if screen.finish(last.as_deref(), &page) {
                world.tell(&format!(
                    "{}\n",
                    SafetyTexts::built_in(context.language).left
                ));
            } else if kept {
                let saved = language.translate(SAVED);
                world.tell(&format!("\n{saved}\n{}", how_to_read(engine, language)));
            } else {
                world.tell(&format!("\n{}\n", language.translate(NOTHING_KEPT)));
            }
            Exit::Done
        }
    }
}

/// How to read the session again, and how to copy each text that was put together.
fn how_to_read(engine: &Engine, language: Language) -> String {
    let show = format!("trust-coach history show {}", engine.session().short_id());
    let composed = engine.review().into_iter().filter_map(|(step, answer)| {
        let composed = matches!(step.ask, Asking::Compose { .. }) && answer.value().is_some();
        let copy = language.translate(COPY_OUT);
        composed.then(|| format!("{copy}\n  {show} --answer {}\n", answer.id()))
    });
    let composed: String = composed.collect();
    format!("{}\n  {show}\n{composed}", language.translate(READ_IT))
}

/// Leaves nothing of ours in view, and one neutral line.
pub(super) fn leave(
    world: &mut World<'_>,
    context: &SignalContext,
    screen: PersonScreen,
    support: &Support,
) -> Exit {
    context.end();
    screen.leave(context.language, &|country| support.short_page(country));
    world.tell(&format!(
        "{}\n",
        SafetyTexts::built_in(context.language).left
    ));
    Exit::Done
}

// Texts for people.
const PAUSED: &str = "Paused{place}. Your words are saved.\nTo continue: trust-coach resume";
const READ_IT: &str = "Read it:";
const COPY_OUT: &str = "Copy the text out:";
const SAVED: &str = "Saved.";
