//! Paused sessions of two people who said when they wanted to go on.

use jiff::Zoned;
use jiff::civil::Date;

use super::promise::words::day_words;
use crate::home::world::World;
use crate::journal::{Store, StoreError};
use crate::session::{SessionId, SessionState, short_id};

/// When two people wanted to go on with a session.
pub(super) struct AgreedReturn {
    /// The session.
    pub(super) session: SessionId,
    /// The moment, or the day, as it is kept.
    pub(super) at: String,
    /// Whether it has come.
    pub(super) is_due: bool,
    day: Date,
    time: Option<String>,
}

impl AgreedReturn {
    /// Returns those of sessions that are paused still, as far as that's known without asking.
    pub(super) fn all(world: &World<'_>, store: &Store) -> Vec<Self> {
        let now = world.clock.now();
        let noted = store.returns().into_iter();
        let paused = noted.filter(|(id, _)| match store.sessions().read_head(id) {
            Ok(head) => head.state == SessionState::Open,
            Err(StoreError::Gone { .. }) => false,
            Err(_) => true,
        });
        paused
            .filter_map(|(session, at)| Self::read(session, at, &now))
            .collect()
    }

    fn read(session: SessionId, at: String, now: &Zoned) -> Option<Self> {
        let (day, time, is_due) = match at.parse::<Zoned>() {
            Ok(moment) => {
                let time = moment.strftime("%H:%M").to_string();
                (moment.date(), Some(time), moment <= *now)
            }
            Err(_) => {
                let day: Date = at.parse().ok()?;
                (day, None, day <= now.date())
            }
        };
        Some(Self {
            session,
            at,
            is_due,
            day,
            time,
        })
    }

    /// `You both wanted to go on today at 20:00.`
    pub(super) fn words(&self, today: Date) -> String {
        let tomorrow = today.tomorrow().ok();
        let day = match self.day {
            day if day == today => String::from("today"),
            day if Some(day) == tomorrow => String::from("tomorrow"),
            day => format!("on {}", day_words(day, today)),
        };
        let time = self.time.as_ref().map(|time| format!(" at {time}"));
        format!(
            "You both wanted to go on {day}{}.",
            time.unwrap_or_default()
        )
    }

    /// The same, and how.
    pub(super) fn lines(&self, today: Date) -> String {
        let short = short_id(&self.session);
        format!("{}\n  trust-coach resume {short}\n", self.words(today))
    }
}
