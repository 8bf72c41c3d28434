//! The kinds of steps, by name.

/// What a step asks for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum StepKind {
    /// Nothing; a screenful to read.
    Say,
    /// Free text.
    Write,
    /// One option.
    Choose,
    /// Several options.
    Pick,
    /// A number on a scale.
    Rate,
    /// Yes or no.
    Confirm,
    /// A day, or a day and time.
    Date,
    /// One item of a pool, and text about it.
    Draw,
    /// Earlier sentences put together, to revise.
    Compose,
}

impl StepKind {
    /// Every kind, as it is written in files.
    pub const ALL: [(Self, &str); 9] = [
        (Self::Say, "say"),
        (Self::Write, "write"),
        (Self::Choose, "choose"),
        (Self::Pick, "pick"),
        (Self::Rate, "rate"),
        (Self::Confirm, "confirm"),
        (Self::Date, "date"),
        (Self::Draw, "draw"),
        (Self::Compose, "compose"),
    ];

    /// The word in files.
    pub fn name(self) -> &'static str {
        Self::ALL
            .iter()
            .find(|(kind, _)| *kind == self)
            .map_or("", |(_, name)| name)
    }

    /// The kind with this name.
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL
            .iter()
            .find(|(_, word)| *word == name)
            .map(|(kind, _)| *kind)
    }
}
