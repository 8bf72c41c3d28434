//! Plans: exercises over weeks, in an order, with conditions. What is next follows from what was done
//! and said; no place in a plan is ever stored. Pure, but for [`library`], which reads files.

mod condition;
mod condition_rule;
mod history;
pub mod library;
mod next;
pub mod parse;
mod reason;
mod run;
mod stages;
pub mod table;
#[cfg(test)]
mod tests;
mod walk;

pub use condition::{PlanCondition, PlanTest};
pub use history::StageEnd;
pub use next::{NextStep, PlanAnswer, next};
pub use reason::NextReason;
pub use run::{PlanRun, plan_runs};
pub use stages::{PlanSituation, StageState, StageStatus};
pub use walk::stages;

use crate::exercise::Pack;

/// The newest plan format that this program reads.
pub const FORMAT: i64 = 1;

/// A whole plan, checked.
#[derive(Clone, Debug, PartialEq)]
pub struct Plan {
    /// Its id, from its file name.
    pub id: String,
    /// The version of its content.
    pub version: i64,
    /// Its title.
    pub title: String,
    /// Who it is for.
    pub role: PlanRole,
    /// About how many weeks it takes.
    pub weeks: i64,
    /// About how many minutes it takes in a week.
    pub minutes_a_week: i64,
    /// What one does, in a sentence.
    pub summary: String,
    /// What is said when it begins.
    pub opening: String,
    /// What is said when it's over.
    pub closing: String,
    /// When not to do it.
    pub caution: String,
    /// How strong, or weak, the evidence for it is.
    pub evidence: String,
    /// The listed works that it rests on, by their ids.
    pub sources: Vec<String>,
    /// How it can end, one ending as good as another.
    pub endings: Vec<PlanEnding>,
    /// Its stretches, in the order in which stages name them.
    pub phases: Vec<PlanPhase>,
    /// Its stages, in order.
    pub stages: Vec<PlanStage>,
    /// What can come in between.
    pub rules: Vec<PlanRule>,
    /// The pack it is from, when a third party wrote it.
    pub pack: Option<Pack>,
}

/// Who a plan is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PlanRole {
    /// Somebody who broke trust.
    Broke,
    /// Somebody whose trust was broken.
    Hurt,
    /// Somebody who wants to be closer.
    Closer,
    /// Somebody who isn't sure whether to go on.
    Unsure,
    /// Two people together.
    Both,
    /// Anybody.
    Anyone,
}

/// One way in which a plan can end.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PlanEnding {
    /// Its id.
    pub id: String,
    /// Its title.
    pub title: String,
    /// What is said then.
    pub text: String,
}

/// A stretch of a plan.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PlanPhase {
    /// What stages call it.
    pub id: String,
    /// Its title.
    pub title: String,
}

/// One exercise of a plan, with its conditions.
#[derive(Clone, Debug, PartialEq)]
pub struct PlanStage {
    /// Its id, unique in the plan.
    pub id: String,
    /// The exercise.
    pub exercise: String,
    /// The stretch it belongs to.
    pub phase: Option<String>,
    /// Why it stands here.
    pub why: Option<String>,
    /// Worded as one that can be left out. Any stage can be skipped.
    pub optional: bool,
    /// The places of the stages that must be over first.
    pub after: Vec<usize>,
    /// So many days later.
    pub wait: u32,
    /// Skipped where this is false when its turn comes.
    pub when: Option<PlanCondition>,
    /// It stands beside the order, and is offered whenever this becomes true.
    pub only_when: Option<PlanCondition>,
    /// How it is repeated.
    pub repeat: Option<StageRepeat>,
}

/// How a stage is repeated.
#[derive(Clone, Debug, PartialEq)]
pub struct StageRepeat {
    /// So many days apart.
    pub every: u32,
    /// At least so often.
    pub at_least: u32,
    /// At most so often.
    pub at_most: u32,
    /// It's over when this is true, once it was done often enough.
    pub until: Option<PlanCondition>,
}

/// What can come in between, when something is so.
#[derive(Clone, Debug, PartialEq)]
pub struct PlanRule {
    /// Its id.
    pub id: String,
    /// When.
    pub when: PlanCondition,
    /// Why, for people.
    pub why: String,
    /// What follows.
    pub effect: RuleEffect,
}

/// What a rule brings.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum RuleEffect {
    /// An exercise is offered, once each time the rule becomes true.
    Offer(String),
    /// The plan waits for so many days.
    Pause(u32),
    /// The stage at this place is passed over.
    Pass(usize),
    /// The plan is over.
    End,
}

impl Plan {
    /// Returns the stage with this id.
    pub fn stage(&self, id: &str) -> Option<&PlanStage> {
        self.stages.iter().find(|stage| stage.id == id)
    }

    /// Returns every exercise that it names, with repeats.
    pub fn exercises(&self) -> impl Iterator<Item = &str> {
        let offers = self.rules.iter().filter_map(|rule| match &rule.effect {
            RuleEffect::Offer(exercise) => Some(exercise),
            _ => None,
        });
        let stages = self.stages.iter().map(|stage| &stage.exercise);
        stages.chain(offers).map(String::as_str)
    }

    /// Returns every condition in it.
    pub fn conditions(&self) -> impl Iterator<Item = &PlanCondition> {
        let stages = self.stages.iter().flat_map(|stage| {
            let until = stage
                .repeat
                .as_ref()
                .and_then(|repeat| repeat.until.as_ref());
            [stage.when.as_ref(), stage.only_when.as_ref(), until]
        });
        stages
            .flatten()
            .chain(self.rules.iter().map(|rule| &rule.when))
    }
}

impl PlanRole {
    /// Every role, as it is written in files and typed.
    pub const ALL: [(Self, &str); 6] = [
        (Self::Broke, "broke"),
        (Self::Hurt, "hurt"),
        (Self::Closer, "closer"),
        (Self::Unsure, "unsure"),
        (Self::Both, "both"),
        (Self::Anyone, "anyone"),
    ];

    /// Returns the role with this name.
    pub fn from_name(name: &str) -> Option<Self> {
        let mut all = Self::ALL.iter();
        all.find(|(_, word)| *word == name).map(|(role, _)| *role)
    }

    /// Returns the word in files.
    pub fn name(self) -> &'static str {
        let mut all = Self::ALL.iter();
        all.find(|(role, _)| *role == self)
            .map_or("", |(_, name)| name)
    }

    /// Returns for whom it is, in words.
    pub fn words(self) -> &'static str {
        match self {
            Self::Broke => "for someone who broke trust",
            Self::Hurt => "for someone who was hurt",
            Self::Closer => "for someone who’d like to be closer",
            Self::Unsure => "for someone who isn’t sure",
            Self::Both => "for two people together",
            Self::Anyone => "for anyone",
        }
    }
}
