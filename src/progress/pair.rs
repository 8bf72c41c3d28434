//! What two people showed each other, over time: how far off each guess was, and how often somebody
//! felt understood on the first try.

use std::collections::BTreeSet;
use std::sync::Arc;

use jiff::civil::Date;

use crate::session::Partner;
use crate::text::counted;

/// What one of two people did in a session, where both showed it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PairPoint<T> {
    /// The session's full id.
    pub session: Arc<str>,
    /// The local day on which the session began.
    pub day: Date,
    /// The step's id.
    pub step: Arc<str>,
    /// Who did it.
    pub by: Partner,
    /// Their name.
    pub name: Arc<str>,
    /// What came of it.
    pub value: T,
}

/// What came of it in all sessions, oldest first.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct PairHistory {
    /// By how many points each guess was off.
    pub guesses: Vec<PairPoint<u64>>,
    /// Whether each felt understood on the first try.
    pub tries: Vec<PairPoint<bool>>,
}

impl PairHistory {
    /// Sorts it, and keeps what one of them did, where that's wanted, in the newest `last` sessions.
    pub fn keep(&mut self, by: Option<Partner>, last: Option<usize>) {
        keep(&mut self.guesses, by, last);
        keep(&mut self.tries, by, last);
    }

    /// Returns how many guesses were off by one point at most.
    pub fn near(&self) -> usize {
        self.guesses.iter().filter(|guess| guess.value <= 1).count()
    }

    /// Returns how often somebody felt understood on the first try.
    pub fn understood(&self) -> usize {
        self.tries.iter().filter(|one| one.value).count()
    }

    /// Says it: a line on all of them, and one for each of the two.
    pub fn words(&self) -> Vec<String> {
        let mut lines = Vec::new();
        if !self.guesses.is_empty() {
            let times = counted(self.guesses.len(), "time");
            lines.push(format!(
                "Guessed within one point {} of {times}.",
                self.near()
            ));
            for (name, guesses) in of_each(&self.guesses) {
                let days = guesses.chunk_by(|one, next| one.session == next.session);
                let off = |guess: &&PairPoint<u64>| guess.value.to_string();
                let days = days.map(|day| day.iter().map(off).collect::<Vec<_>>().join(" "));
                let days: Vec<String> = days.collect();
                lines.push(format!("  {name}: off by {}", days.join(", then ")));
            }
        }
        if !self.tries.is_empty() {
            let times = counted(self.tries.len(), "time");
            let understood = self.understood();
            lines.push(format!(
                "Felt understood on the first try {understood} of {times}."
            ));
            for (name, tries) in of_each(&self.tries) {
                let hits = tries.iter().filter(|one| one.value).count();
                lines.push(format!("  {name}: {hits} of {}", tries.len()));
            }
        }
        lines
    }
}

/// Those of each of the two, under the name that they had last.
fn of_each<T>(points: &[PairPoint<T>]) -> impl Iterator<Item = (&str, Vec<&PairPoint<T>>)> {
    Partner::PAIR.into_iter().filter_map(move |by| {
        let theirs: Vec<_> = points.iter().filter(|point| point.by == by).collect();
        let last = theirs.last()?;
        Some((&*last.name, theirs))
    })
}

fn keep<T>(points: &mut Vec<PairPoint<T>>, by: Option<Partner>, last: Option<usize>) {
    points.retain(|point| by.is_none_or(|by| point.by == by));
    points.sort_by(|a, b| (a.day, &a.session).cmp(&(b.day, &b.session)));
    let Some(last) = last else { return };
    let sessions: BTreeSet<_> = points
        .iter()
        .map(|it| (it.day, it.session.clone()))
        .collect();
    if let Some(first) = sessions.into_iter().rev().take(last).next_back() {
        points.retain(|point| (point.day, point.session.clone()) >= first);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn point<T>(day: i8, by: Partner, value: T) -> PairPoint<T> {
        let day = jiff::civil::date(2026, 11, day);
        PairPoint {
            session: day.to_string().into(),
            day,
            step: "guess".into(),
            by,
            name: ["Mo", "Il"][usize::from(by == Partner::B)].into(),
            value,
        }
    }

    fn history() -> PairHistory {
        let (a, b) = (Partner::A, Partner::B);
        let guesses = [(8, a, 0), (8, b, 1), (1, a, 3), (1, a, 1), (1, b, 2)];
        let tries = [(1, a, false), (1, b, true), (8, a, true)];
        PairHistory {
            guesses: guesses.map(|(day, by, off)| point(day, by, off)).into(),
            tries: tries.map(|(day, by, hit)| point(day, by, hit)).into(),
        }
    }

    #[test]
    fn each_has_a_line_with_the_oldest_session_first() {
        let mut history = history();
        history.keep(None, None);
        assert_eq!(
            history.words(),
            [
                "Guessed within one point 3 of 5 times.",
                "  Mo: off by 3 1, then 0",
                "  Il: off by 2, then 1",
                "Felt understood on the first try 2 of 3 times.",
                "  Mo: 1 of 2",
                "  Il: 1 of 1",
            ]
        );
    }

    #[test]
    fn one_of_them_and_the_newest_sessions_alone_can_be_kept() {
        let mut history = history();
        history.keep(Some(Partner::A), Some(1));
        assert_eq!(
            history.words(),
            [
                "Guessed within one point 1 of 1 time.",
                "  Mo: off by 0",
                "Felt understood on the first try 1 of 1 time.",
                "  Mo: 1 of 1",
            ]
        );
        assert_eq!(PairHistory::default().words(), [""; 0]);
    }
}
