//! How long one of two people has the floor: a guide, of which two things are said.

use std::time::{Duration, Instant};

use super::Ask;

/// The time of whoever has the floor. What time it is is handed in.
#[derive(Clone, Debug)]
pub struct FloorTime {
    id: String,
    seconds: u32,
    begun: Instant,
    /// What has been said of it.
    said: Option<FloorMark>,
}

/// What is said of somebody's time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FloorMark {
    /// Half of it is over.
    Half,
    /// It is over.
    Whole,
}

impl FloorTime {
    /// Returns the time of a question: the one that is `running` where it's put again.
    pub fn of(ask: &Ask, running: Option<Self>, now: Instant) -> Option<Self> {
        let seconds = ask.seconds?;
        let new = || Self {
            id: ask.id.clone(),
            seconds,
            begun: now,
            said: None,
        };
        Some(running.filter(|it| it.id == ask.id).unwrap_or_else(new))
    }

    /// Returns how long it is until there's something to say, if there is.
    pub fn left(&self, now: Instant) -> Option<Duration> {
        let whole = Duration::from_secs(self.seconds.into());
        let until = match self.said {
            None => whole / 2,
            Some(FloorMark::Half) => whole,
            Some(FloorMark::Whole) => return None,
        };
        Some(until.saturating_sub(now.saturating_duration_since(self.begun)))
    }

    /// Notes that the next thing is said, and returns it.
    pub fn pass(&mut self) -> FloorMark {
        let mark = match self.said {
            None => FloorMark::Half,
            Some(_) => FloorMark::Whole,
        };
        self.said = Some(mark);
        mark
    }

    /// Returns how long it is.
    pub fn seconds(&self) -> u32 {
        self.seconds
    }
}

impl FloorMark {
    /// Returns it in words.
    pub fn words(self) -> &'static str {
        match self {
            Self::Half => HALF,
            Self::Whole => WHOLE,
        }
    }
}

// Texts for people.
const HALF: &str = "Half of the time is over.";
const WHOLE: &str = "The time is over. Finish your sentence in peace.";

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ask::Want;

    fn floor(id: &str) -> Ask {
        Ask {
            seconds: Some(120),
            ..Ask::own(id, "", Want::Ready)
        }
    }

    #[test]
    fn half_of_it_and_its_end_are_said_once_each() {
        let begun = Instant::now();
        let at = |seconds| begun + Duration::from_secs(seconds);
        let mut time = FloorTime::of(&floor("a:speak"), None, begun).unwrap();
        assert_eq!(time.left(at(10)), Some(Duration::from_secs(50)));
        assert_eq!(time.left(at(60)), Some(Duration::ZERO));
        assert_eq!(time.pass(), FloorMark::Half);
        assert_eq!(time.left(at(60)), Some(Duration::from_secs(60)));
        assert_eq!(time.left(at(500)), Some(Duration::ZERO));
        assert_eq!(time.pass(), FloorMark::Whole);
        assert_eq!(time.left(at(500)), None);
    }

    #[test]
    fn a_question_that_is_put_again_keeps_its_time_and_another_has_its_own() {
        let begun = Instant::now();
        let later = begun + Duration::from_secs(40);
        let time = FloorTime::of(&floor("a:speak"), None, begun);
        let again = FloorTime::of(&floor("a:speak"), time.clone(), later).unwrap();
        assert_eq!(again.left(later), Some(Duration::from_secs(20)));
        let other = FloorTime::of(&floor("b:speak"), time.clone(), later).unwrap();
        assert_eq!(other.left(later), Some(Duration::from_secs(60)));
        let none = Ask::own("a:speak", "", Want::Ready);
        assert!(FloorTime::of(&none, time, later).is_none());
    }
}
