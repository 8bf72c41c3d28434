//! The identity of an answer: its step, its round, and in an exercise for two who gave it.

use std::fmt;
use std::str::FromStr;

use crate::exercise::Partner;

/// The identity of an answer within its session. Written as `act`, `act@2` in the second round, and
/// with the partner in front in an exercise for two: `a:act`.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct AnswerId {
    /// The step's id.
    pub step: String,
    /// The pass through the step's group, from 1.
    pub round: u32,
    /// Who answered; `None` in an exercise for one.
    pub by: Option<Partner>,
}

impl AnswerId {
    /// The answer of `step` in `round` that belongs to nobody alone.
    pub fn new(step: impl Into<String>, round: u32) -> Self {
        Self {
            step: step.into(),
            round,
            by: None,
        }
    }
}

impl fmt::Display for AnswerId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.by {
            Some(Partner::A) => f.write_str("a:")?,
            Some(Partner::B) => f.write_str("b:")?,
            None => {}
        }
        f.write_str(&self.step)?;
        match self.round {
            1 => Ok(()),
            round => write!(f, "@{round}"),
        }
    }
}

impl FromStr for AnswerId {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let (by, rest) = match (text.strip_prefix("a:"), text.strip_prefix("b:")) {
            (Some(rest), _) => (Some(Partner::A), rest),
            (_, Some(rest)) => (Some(Partner::B), rest),
            _ => (None, text),
        };
        let (step, round) = match rest.split_once('@') {
            Some((step, round)) => (step, round.parse().ok().filter(|round| *round > 0)),
            None => (rest, Some(1)),
        };
        match round {
            Some(round) if !step.is_empty() => Ok(Self {
                step: step.to_string(),
                round,
                by,
            }),
            _ => Err(ANSWER_ID_SHAPE.to_string()),
        }
    }
}

const ANSWER_ID_SHAPE: &str =
    "name an answer by its step, such as `act`, or `act@2` in a second round";

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_name_of_an_answer_is_read_as_it_is_written() {
        let of = |by| AnswerId {
            by,
            ..AnswerId::new("act", 2)
        };
        for (id, name) in [
            (AnswerId::new("act", 1), "act"),
            (AnswerId::new("act", 12), "act@12"),
            (of(Some(Partner::A)), "a:act@2"),
            (of(Some(Partner::B)), "b:act@2"),
        ] {
            assert_eq!(id.to_string(), name);
            assert_eq!(name.parse(), Ok(id));
        }
        for wrong in ["", "@2", "a:", "act@", "act@0", "act@x", "act@-1"] {
            assert!(wrong.parse::<AnswerId>().is_err(), "{wrong}");
        }
    }
}
