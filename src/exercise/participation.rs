//! Who answers a step in an exercise for two, and what stays closed.

use super::{Exercise, Group, Step, StepKind};

/// One of two people who do an exercise together.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Partner {
    /// The first to give a name.
    A,
    /// The second.
    B,
}

impl Partner {
    /// Both, in the order in which they’re asked.
    pub const PAIR: [Self; 2] = [Self::A, Self::B];

    /// The letter in files.
    pub fn id(self) -> &'static str {
        match self {
            Self::A => "a",
            Self::B => "b",
        }
    }

    /// The other of the two.
    #[must_use]
    pub fn other(self) -> Self {
        match self {
            Self::A => Self::B,
            Self::B => Self::A,
        }
    }

    /// The one with this letter.
    pub fn from_id(id: &str) -> Option<Self> {
        Self::PAIR.into_iter().find(|partner| partner.id() == id)
    }
}

/// Who answers a step.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Answerer {
    /// One of the two.
    One(Partner),
    /// First one alone, then the other.
    Each,
    /// Both together, one answer. In an exercise for one: the person.
    #[default]
    Both,
}

impl Answerer {
    /// Everyone that `by` takes, as it’s written.
    pub const ALL: [(Self, &str); 4] = [
        (Self::One(Partner::A), "a"),
        (Self::One(Partner::B), "b"),
        (Self::Each, "each"),
        (Self::Both, "both"),
    ];

    /// The one that this word means.
    pub fn from_id(id: &str) -> Option<Self> {
        let found = Self::ALL.iter().find(|(_, word)| *word == id);
        found.map(|(answerer, _)| *answerer)
    }
}

/// What two people have to do with a step. In an exercise for one it’s empty.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Participation {
    /// Who answers.
    pub by: Answerer,
    /// Closed until a `share` step names it.
    pub seal: bool,
    /// The step at which the other gave what’s guessed here.
    pub guess: Option<String>,
    /// How long somebody has the floor.
    pub seconds: Option<u32>,
}

impl Participation {
    /// Whether one of the two is alone with the step.
    pub fn is_alone(&self) -> bool {
        self.seal || self.by == Answerer::Each
    }
}

impl Exercise {
    /// Whether anything that two people give in it is closed.
    pub fn closes_anything(&self) -> bool {
        self.head.for_two && self.steps.iter().any(|step| step.participation.seal)
    }
}

impl Step {
    /// Who reads it: whoever answers, and the first of two where both do.
    pub fn reader(&self) -> Partner {
        match self.participation.by {
            Answerer::One(partner) => partner,
            Answerer::Both | Answerer::Each => Partner::A,
        }
    }

    /// Whether it asks this one of two people for an answer, or for a yes of their own; `None` stands
    /// for both together, and for the one person of an exercise for one.
    pub fn is_asked_of(&self, by: Option<Partner>, group: Option<&Group>) -> bool {
        let swaps = group.is_some_and(|group| group.swap);
        match (self.kind(), self.participation.by, by) {
            (StepKind::Share, _, by) => by.is_some(),
            (StepKind::Promise, ..) => true,
            (_, Answerer::Both, by) => by.is_none(),
            (_, Answerer::Each, by) => by.is_some(),
            (_, Answerer::One(one), by) => by.is_some_and(|by| swaps || by == one),
        }
    }
}

/// A person whose name a text has.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PersonName {
    /// One of the two, whoever reads.
    Of(Partner),
    /// Whoever answers.
    Me,
    /// The other of the two.
    Other,
}

impl PersonName {
    /// Every name, as it’s written between braces.
    pub const ALL: [(Self, &str); 4] = [
        (Self::Of(Partner::A), "@a"),
        (Self::Of(Partner::B), "@b"),
        (Self::Me, "@me"),
        (Self::Other, "@other"),
    ];

    /// The one that this word means.
    pub fn from_word(word: &str) -> Option<Self> {
        let found = Self::ALL.iter().find(|(_, name)| *name == word);
        found.map(|(name, _)| *name)
    }

    /// What stands for the name where nobody has given one and this one of two people reads.
    pub fn letter(self, reader: Partner) -> &'static str {
        let partner = match self {
            Self::Of(partner) => partner,
            Self::Me => reader,
            Self::Other => reader.other(),
        };
        match partner {
            Partner::A => "A",
            Partner::B => "B",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_mean_what_they_are_written_for() {
        for (answerer, word) in Answerer::ALL {
            assert_eq!(Answerer::from_id(word), Some(answerer));
        }
        for partner in Partner::PAIR {
            assert_eq!(Partner::from_id(partner.id()), Some(partner));
            assert_eq!(partner.other().other(), partner);
        }
        assert_eq!(PersonName::from_word("@c"), None);
        assert_eq!(PersonName::Me.letter(Partner::B), "B");
        assert_eq!(PersonName::Other.letter(Partner::B), "A");
    }
}
