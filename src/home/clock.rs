//! What the time is, from the machine or pinned.

use std::time::SystemTime;

use jiff::tz::TimeZone;
use jiff::{Timestamp, Zoned};

use super::environment::variable;
use crate::error::{Error, Result};

/// The beginning of the year 9000, which stands for every later time.
const LAST: Timestamp = Timestamp::constant(221_845_392_000, 0);

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
        let is_unknown = self.now().time_zone().is_unknown();
        is_unknown.then(|| named.to_string_lossy().into_owned())
    }

    /// Now, in the local zone.
    pub fn now(&self) -> Zoned {
        match self {
            // A clock that nobody has set can be beyond the calendar, and help lines need none.
            Self::Machine => Timestamp::try_from(SystemTime::now())
                .unwrap_or(LAST)
                .to_zoned(TimeZone::system()),
            Self::Pinned(now) => (**now).clone(),
        }
    }
}
