//! Conditions: small, total, and decided by the answers alone.

/// When a step is shown, or a group ends.
#[derive(Clone, Debug, PartialEq)]
pub enum Condition {
    /// A test of one step's answer.
    Step {
        /// The step's id.
        step: String,
        /// What must hold of its answer.
        test: AnswerTest,
    },
    /// Every one holds. True when there are none.
    All(Vec<Condition>),
    /// At least one holds. False when there are none.
    Any(Vec<Condition>),
    /// It does not hold.
    Not(Box<Condition>),
}

/// A test of one answer. A skipped or unreached answer makes every test false but
/// `Answered(false)`.
#[derive(Clone, Debug, PartialEq)]
pub enum AnswerTest {
    /// The answer is this: an option id, `true` or `false`, a number, or a text, all as typed.
    Is(String),
    /// There is an answer, and it is not this.
    IsNot(String),
    /// Among the picked options is this one.
    Includes(String),
    /// The number is this or higher.
    AtLeast(i64),
    /// The number is this or lower.
    AtMost(i64),
    /// There is an answer (`true`), or there is none (`false`).
    Answered(bool),
}

impl Condition {
    /// The ids of all steps it looks at, in order, with repeats.
    pub fn steps(&self) -> Vec<&str> {
        match self {
            Self::Step { step, .. } => vec![step],
            Self::All(parts) | Self::Any(parts) => parts.iter().flat_map(Self::steps).collect(),
            Self::Not(inner) => inner.steps(),
        }
    }
}
