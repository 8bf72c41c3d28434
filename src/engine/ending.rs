//! The last words of an exercise, and when they are help alone.

use super::Engine;
use super::path::Slot;

impl Engine {
    /// Whether they were led to a page for somebody who may be in danger, or forced. What one of two
    /// said alone doesn't count: both see the end.
    pub fn met_help(&self) -> bool {
        let mut met = self.path().settled.iter().map(|slot| self.step(*slot));
        // What everybody reads says nothing of them.
        self.partners.is_none() && met.any(|step| step.help && step.when.is_some())
    }

    /// The closing text, with answers filled in; help alone, for somebody who may be in danger. An
    /// exercise that is for somebody afraid keeps its own.
    pub fn closing(&self) -> String {
        let head = &self.exercise.head;
        if self.met_help() && !head.tags.iter().any(|tag| tag == SAFE_ALONE) {
            return self.language().translate(HELP_FIRST).to_string();
        }
        // Behind the last step, and so in no group.
        let end = Slot {
            step: self.exercise.steps.len(),
            round: 1,
            by: None,
        };
        self.fill(end, &self.exercise.closing)
    }
}

/// The tag of exercises for somebody who may be afraid.
pub const SAFE_ALONE: &str = "safe-alone";

// Texts for people.
const HELP_FIRST: &str = "trust-coach support shows who you can call, day or night.\n\n\
    That’s enough for today. You don’t have to decide anything now.\n\n\
    To find someone who can help you:\n\ntrust-coach exercise find-help";
