//! What kind of answer a question takes, and how it is spoken of.

use std::fmt::Display;

use crate::text::language::Language;

/// What kind of answer a question takes.
#[derive(Clone, Debug, PartialEq)]
pub enum Want {
    /// Nothing but going on.
    Ready,
    /// One line of text.
    Line,
    /// Text of as many lines as they like.
    Text,
    /// One of the options.
    One {
        /// What to choose from.
        options: Vec<Choice>,
        /// The label under which they may type their own, where they may.
        other: Option<String>,
    },
    /// Several of the options.
    Many {
        /// What to pick from.
        options: Vec<Choice>,
        /// The fewest.
        min: usize,
        /// The most.
        max: usize,
    },
    /// A number.
    Scale {
        /// The lowest.
        from: i64,
        /// The highest.
        to: i64,
        /// What the lowest means.
        low: Option<String>,
        /// What the highest means.
        high: Option<String>,
    },
    /// Yes or no.
    YesNo,
    /// A day, or a day and time, as a person would type it.
    Date,
    /// On which days something is due, as a person would type it.
    When {
        /// Whether `no` is an answer.
        or_no: bool,
    },
}

impl Want {
    /// What [`Want::name`] gives, each once.
    pub const NAMES: [&'static str; 9] = [
        "ready", "line", "text", "one", "many", "scale", "yes-no", "date", "when",
    ];

    /// The word that other programs know it by.
    pub fn name(&self) -> &'static str {
        match self {
            Self::Ready => "ready",
            Self::Line => "line",
            Self::Text => "text",
            Self::One { .. } => "one",
            Self::Many { .. } => "many",
            Self::Scale { .. } => "scale",
            Self::YesNo => "yes-no",
            Self::Date => "date",
            Self::When { .. } => "when",
        }
    }

    /// Whether words of their own can be an answer.
    pub fn takes_words(&self) -> bool {
        matches!(
            self,
            Self::Line | Self::Text | Self::One { other: Some(_), .. }
        )
    }

    /// The options, where there are some.
    pub fn options(&self) -> Option<&[Choice]> {
        match self {
            Self::One { options, .. } | Self::Many { options, .. } => Some(options),
            _ => None,
        }
    }

    /// What the ends of a scale mean, in words.
    pub fn ends(&self, language: Language) -> Vec<String> {
        let Self::Scale {
            from,
            to,
            low,
            high,
        } = self
        else {
            return Vec::new();
        };
        let ends = [(from, low), (to, high)].into_iter();
        let ends = ends.filter_map(|(number, label)| Some((number, label.as_ref()?)));
        let in_words = |(number, label): (&i64, &String)| {
            let values: [(&str, &dyn Display); 2] = [("number", number), ("label", label)];
            language.fill("{number} means: {label}", &values)
        };
        ends.map(in_words).collect()
    }

    /// What a script can give, in a few words.
    pub fn takes(&self) -> String {
        let ids = |options: &[Choice]| {
            let ids: Vec<&str> = options.iter().map(|option| option.id.as_str()).collect();
            ids.join(" | ")
        };
        match self {
            Self::Ready => String::from("nothing"),
            Self::Line => String::from("one line"),
            Self::Text => String::from("text"),
            Self::One { options, .. } => ids(options),
            Self::Many { options, .. } => format!("several of {}", ids(options)),
            Self::Scale { from, to, .. } => format!("a number from {from} to {to}"),
            Self::YesNo => String::from("yes or no"),
            Self::Date => String::from("a date"),
            Self::When { or_no: true } => String::from("when it’s due, or no"),
            Self::When { or_no: false } => String::from("when it’s due"),
        }
    }

    /// How to give it on one line, where that is the same everywhere.
    pub fn hint(&self, language: Language) -> String {
        let words = match self {
            Self::Ready | Self::Text | Self::One { .. } | Self::Many { .. } => "",
            Self::Line => "One line.",
            Self::Scale { from, to, .. } => {
                return language.fill(A_NUMBER, &[("from", from), ("to", to)]);
            }
            Self::YesNo => "yes or no?",
            Self::Date => A_DAY,
            Self::When { or_no: true } => WHEN_OR_NO,
            Self::When { or_no: false } => WHEN,
        };
        language.translate(words).to_string()
    }
}

// Texts for people.
const A_NUMBER: &str = "A number from {from} to {to}.";
const A_DAY: &str = "A day, such as tomorrow, friday, in 2 weeks or 2026-12-01.";
const WHEN: &str =
    "As you’d say it: weekdays until friday, each sunday for 4 weeks, once on friday.";
const WHEN_OR_NO: &str =
    "As you’d say it: weekdays until friday, each sunday for 4 weeks, once on friday. Or no.";

/// An option.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Choice {
    /// Its id.
    pub id: String,
    /// What is read.
    pub label: String,
    /// More about it.
    pub note: Option<String>,
}

impl Choice {
    /// The ids of what each of two people is offered before something is shown: to show it, to go back and
    /// change it, to keep it closed.
    pub const SHARING: [&str; 3] = ["show", "change", "keep"];
}
