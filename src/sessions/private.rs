//! The private screen of a person, and what its page offers.

use super::gate::{self, GateOutcome, SoloExercise};
use super::screen::{PersonScreen, gone};
use crate::engine::SAFE_ALONE;
use crate::error::Result;
use crate::exercise::ExerciseHead;
use crate::home::Home;
use crate::text::language::Language;

/// The tag of exercises for the first weeks, which the page behind the screen names apart.
const FIRST_WEEKS: &str = "first-weeks";

/// Shows the private screen before an exercise, or on its own, and tells where it leads. Before what is for
/// the first weeks after a betrayal came out, nobody is asked whether one did.
pub(super) fn ask_privately(
    screen: &mut PersonScreen,
    home: &Home,
    before: Option<&ExerciseHead>,
    language: Language,
) -> Result<GateOutcome> {
    let has = |head: &ExerciseHead, wanted: &str| head.tags.iter().any(|tag| tag == wanted);
    let solo = || {
        let heads = home
            .library
            .heads()
            .into_iter()
            .filter_map(|entry| entry.head.ok());
        // What stands on a page for people in danger is read by those who make this program.
        let ours = heads.filter(|head| head.pack.is_none());
        let solo =
            ours.filter(|head| !head.gate && (has(head, SAFE_ALONE) || has(head, FIRST_WEEKS)));
        let solo = solo.map(|head| SoloExercise {
            first_weeks: has(&head, FIRST_WEEKS),
            title: title_in(home, &head, language),
            id: head.id,
        });
        solo.collect()
    };
    let mut support = home.shelf.support_in(language);
    if before.is_some_and(|head| has(head, FIRST_WEEKS)) {
        let texts = &mut support.texts;
        texts.signs.retain(|sign| *sign != texts.recent);
    }
    gate::screen(screen, &support, &solo).map_err(|error| gone(&error))
}

/// The title of an exercise in a language, or its own with a word on that.
fn title_in(home: &Home, head: &ExerciseHead, language: Language) -> String {
    let translated = home.library.load_in(&head.id, language.code());
    match translated.map(|exercise| exercise.head) {
        Ok(translated) if translated.language() == language => translated.title,
        _ => language.fill("{title} (in English)", &[("title", &head.title)]),
    }
}
