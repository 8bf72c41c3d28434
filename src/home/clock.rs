//! What the time is, from the machine or pinned.

use jiff::Zoned;

use super::environment::variable;
use crate::error::{Error, Result};

/// The time. Looking up the local zone is slow, so it is done when first asked.
#[derive(Clone, Debug)]
pub enum Clock {
    /// The machine's.
    Machine,
    /// Always the same moment, for runs that must repeat.
    Pinned(Box<Zoned>),
}

impl Clock {
    /// The machine's, unless `TRUST_COACH_NOW` pins a moment in RFC 9557 form.
    pub fn look() -> Result<Self> {
        let Some(moment) = variable("TRUST_COACH_NOW") else {
            return Ok(Self::Machine);
        };
        let moment = moment.to_string_lossy();
        match moment.parse::<Zoned>() {
            Ok(now) => Ok(Self::Pinned(Box::new(now))),
            Err(error) => Err(Error::usage(format!(
                "TRUST_COACH_NOW isn’t a date and time: {moment}"
            ))
            .because(&error)
            .hint("write it as 2026-11-22T18:45:01+01:00[Europe/Berlin], or unset it")),
        }
    }

    /// The zone that `TZ` names, where nobody knows it: all times are in UTC then.
    pub fn unknown_zone(&self) -> Option<String> {
        let named = variable("TZ").filter(|_| matches!(self, Self::Machine))?;
        let is_unknown = Zoned::now().time_zone().is_unknown();
        is_unknown.then(|| named.to_string_lossy().into_owned())
    }

    /// Now, in the local zone.
    pub fn now(&self) -> Zoned {
        match self {
            Self::Machine => Zoned::now(),
            Self::Pinned(now) => (**now).clone(),
        }
    }
}
