//! The kinds of steps: one table of what follows from a kind alone.
//!
//! CONTRIBUTING.md lists the files that a new kind touches.

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
    /// On which days an earlier answer is followed as a promise.
    Promise,
    /// Whether what each has closed is shown to both.
    Share,
}

/// What sort of value an answer is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ValueShape {
    /// The person's own text.
    Text,
    /// The id of an option.
    Id,
    /// The ids of several options.
    Ids,
    /// A whole number.
    Number,
    /// Yes or no.
    YesNo,
    /// A day, or a day and time with its zone.
    Date,
    /// The days on which something is due.
    Rule,
}

impl ValueShape {
    /// How it stands in a session's file.
    pub fn takes(self) -> &'static str {
        match self {
            Self::Text => "text in quotes",
            Self::Id => "the id of an option",
            Self::Ids => "a list of ids",
            Self::Number => "a whole number",
            Self::YesNo => "true or false",
            Self::Date => "a date in quotes",
            Self::Rule => "a rule for days in quotes",
        }
    }
}

/// What follows from a kind alone.
#[derive(Clone, Copy, Debug)]
pub struct KindSpec {
    /// The kind.
    pub kind: StepKind,
    /// The word in files.
    pub name: &'static str,
    /// What its answers are; none where nothing is asked.
    pub value: Option<ValueShape>,
    /// What an answers file gives, in a few words.
    pub script: &'static str,
    /// What the person is asked for, in a few words.
    pub asks: &'static str,
}

const fn spec(
    kind: StepKind,
    name: &'static str,
    value: Option<ValueShape>,
    script: &'static str,
    asks: &'static str,
) -> KindSpec {
    KindSpec {
        kind,
        name,
        value,
        script,
        asks,
    }
}

/// Every kind, in the order of its variants.
#[rustfmt::skip]
pub const KINDS: [KindSpec; 11] = [
    spec(StepKind::Say, "say", None, "", ""),
    spec(StepKind::Write, "write", Some(ValueShape::Text), "text", "in your own words"),
    spec(StepKind::Choose, "choose", Some(ValueShape::Id), "one option", "one of"),
    spec(StepKind::Pick, "pick", Some(ValueShape::Ids), "a list of options", "any of"),
    spec(StepKind::Rate, "rate", Some(ValueShape::Number), "a number", "a number"),
    spec(StepKind::Confirm, "confirm", Some(ValueShape::YesNo), "true or false", "yes or no"),
    spec(StepKind::Date, "date", Some(ValueShape::Date), "a day, or a day and time: 2026-12-01, tomorrow, in 2 weeks", "a day"),
    spec(StepKind::Draw, "draw", Some(ValueShape::Text), "one of the pool is drawn; text", "in your own words"),
    spec(StepKind::Compose, "compose", Some(ValueShape::Text), "text; left out, it’s put together from earlier answers", "your own sentences, put together to revise"),
    spec(StepKind::Promise, "promise", Some(ValueShape::Rule), "when it’s due: weekdays until 2026-12-04, each sunday for 4 weeks; or false", "on which days it’s due"),
    spec(StepKind::Share, "share", None, "true or false, from each: whether what they wrote may be shown", "whether both may see it"),
];

impl StepKind {
    /// Every kind with the word in files.
    pub const ALL: [(Self, &str); KINDS.len()] = {
        let mut all = [(Self::Say, ""); KINDS.len()];
        let mut at = 0;
        while at < all.len() {
            all[at] = (KINDS[at].kind, KINDS[at].name);
            at += 1;
        }
        all
    };

    /// What follows from it.
    pub fn spec(self) -> &'static KindSpec {
        static SPECS: [KindSpec; KINDS.len()] = KINDS;
        &SPECS[self as usize]
    }

    /// The word in files.
    pub fn name(self) -> &'static str {
        self.spec().name
    }

    /// Whether its answers are the person's own text.
    pub fn gives_text(self) -> bool {
        self.spec().value == Some(ValueShape::Text)
    }

    /// The first kind with such answers.
    pub fn of(value: ValueShape) -> Self {
        let kind = KINDS.iter().find(|spec| spec.value == Some(value));
        kind.map_or(Self::Say, |spec| spec.kind)
    }

    /// The kind with this name.
    pub fn from_name(name: &str) -> Option<Self> {
        let kind = KINDS.iter().find(|spec| spec.name == name);
        kind.map(|spec| spec.kind)
    }
}

/// An item of a `draw`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PoolItem {
    /// Its id, stored with the answer.
    pub id: String,
    /// What the person reads.
    pub text: String,
    /// How close it comes, from 1 to 3.
    pub depth: u32,
    /// Options remembered of a person that make it unfit for them, such as `hurt` or `minor`.
    pub not_for: Vec<String>,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_kind_stands_at_its_place_in_the_table() {
        for spec in KINDS {
            assert_eq!(spec.kind.name(), spec.name);
            assert_eq!(StepKind::from_name(spec.name), Some(spec.kind));
        }
    }
}
