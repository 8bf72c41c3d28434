//! What can be wrong with a file that an author writes: one visible table of codes, and problems as plain data.
//! How they look is somebody else's business.

use std::ops::Range;

/// Where something stands in a file, in bytes from its beginning.
pub type Span = Range<usize>;

/// After so many problems of a file nobody reads on.
pub const MOST_PROBLEMS: usize = 1000;

/// Problems as people read them, from the first line to the last, and no more than anybody reads.
pub fn in_order(mut problems: Vec<Problem>) -> Vec<Problem> {
    problems.sort_by_key(|problem| (problem.span.start, problem.code));
    problems.truncate(MOST_PROBLEMS);
    problems
}

/// How much a problem matters.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Level {
    /// The exercise cannot be done.
    Error,
    /// It can be done, and could be better.
    Warning,
}

impl Level {
    /// The word in messages.
    pub fn name(self) -> &'static str {
        match self {
            Self::Error => "error",
            Self::Warning => "warning",
        }
    }
}

/// One thing that is wrong, and where.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    /// What sort of problem it is.
    pub code: Code,
    /// The text it is about.
    pub span: Span,
    /// What is wrong, in one line.
    pub message: String,
    /// What to do about it.
    pub help: Option<String>,
    /// Another place that belongs to it, and what is there.
    pub second: Option<(Span, String)>,
}

impl Problem {
    /// A problem at `span`.
    pub fn new(code: Code, span: Span, message: impl Into<String>) -> Self {
        Self {
            code,
            span,
            message: message.into(),
            help: None,
            second: None,
        }
    }

    /// Adds what to do about it.
    #[must_use]
    pub fn help(mut self, help: impl Into<String>) -> Self {
        self.help = Some(help.into());
        self
    }

    /// Points at another place that belongs to it.
    #[must_use]
    pub fn second(mut self, span: Span, label: impl Into<String>) -> Self {
        self.second = Some((span, label.into()));
        self
    }

    /// How much it matters: each code has one level.
    pub fn level(&self) -> Level {
        self.code.level()
    }
}

macro_rules! codes {
    ($($name:ident $id:literal $doc:literal)*) => {
        /// The sorts of problems. A code never changes its meaning: `TC01` is about the text,
        /// `TC02` about its shape, `TC03` about what it means, `TC04` about how it reads,
        /// `TC05` about two people.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum Code {
            $(#[doc = $doc] $name,)*
        }

        impl Code {
            /// Every code with its id and a line on what it is about.
            pub const ALL: &[(Self, &str, &str)] = &[$((Self::$name, $id, $doc),)*];
        }
    };
}

codes! {
    Syntax "TC0101" "The text isn’t TOML."
    UnsafeCharacter "TC0102" "A character that can control a terminal or reverse text."
    UnknownKey "TC0201" "A key that isn’t known, or doesn’t belong there."
    MissingKey "TC0202" "A key that is missing."
    WrongType "TC0203" "A value of the wrong type for its key."
    UnknownWord "TC0204" "A value that isn’t one of the words its key takes."
    BadId "TC0205" "An id that isn’t small letters, digits and hyphens."
    OutOfRange "TC0206" "A number that is too low or too high."
    Empty "TC0207" "An empty text or list."
    NeedsNewerFormat "TC0208" "Something that belongs to a later format."
    NotACondition "TC0209" "A condition that has no test, or more than one."
    Misplaced "TC0210" "Something about the whole exercise that isn’t at the top."
    StepHeader "TC0211" "Steps that a list of exercises could not tell from the head."
    DuplicateId "TC0301" "An id that is used twice."
    UnknownStep "TC0302" "A reference to a step that doesn’t exist."
    LaterStep "TC0303" "A reference to a step that doesn’t come earlier."
    TestDoesNotFit "TC0304" "A test that the step’s kind of answer can never pass."
    UnknownOption "TC0305" "An option that the step doesn’t have."
    BadQuote "TC0306" "Braces that don’t quote an answer."
    UnguardedQuote "TC0307" "A quote of an answer that may be missing."
    UnknownGroup "TC0308" "A group or a phase that has no table."
    UnusedGroup "TC0309" "A group without steps, or a phase without stages."
    ScatteredGroup "TC0310" "A group whose steps aren’t next to each other."
    BadDefault "TC0311" "A default that could not be an answer to its step."
    Crossed "TC0312" "A lowest number above the highest."
    ReservedOption "TC0313" "An option id that already means something else."
    NotAText "TC0314" "A reference to a step that has no text."
    Unreachable "TC0315" "A condition that can never be true."
    TooWide "TC0316" "A name that is too wide."
    UnsurePromise "TC0317" "A promise whose words may be missing."
    NotADay "TC0318" "A reference to a step that gives no day."
    BadPattern "TC0321" "A rule’s pattern that can’t be read, or that finds nothing."
    UnknownName "TC0322" "A list, a rule, a work, an exercise, a stage or code that isn’t there, or not yet."
    Taken "TC0323" "An id or a list that is built in."
    ExampleFails "TC0324" "An example that turns out differently."
    FewPasses "TC0325" "A rule with fewer near misses than catches."
    NotATitle "TC0326" "A description of a work instead of its title."
    NoPage "TC0327" "An address that leads to a home page, or to somebody’s copy."
    NotADuration "TC0331" "A length of time that isn’t so many days or weeks."
    NotApart "TC0332" "Two stages with one exercise that nothing keeps apart."
    RuleEffects "TC0333" "A rule of a plan that does nothing, or more than one thing."
    LongPrompt "TC0401" "A long prompt."
    WideLabel "TC0402" "A label that narrow screens cut."
    TallParagraph "TC0403" "A last paragraph that doesn’t stay in view on a small screen."
    NoSource "TC0404" "An exercise that doesn’t say what it’s based on."
    NoHint "TC0405" "A step that asks for words but has no hint."
    HighGrade "TC0406" "An exercise that is hard to read."
    Tone "TC0407" "A word that scolds, praises, presses, counts or labels."
    FarMinutes "TC0408" "A time that is far from what the words take."
    CommaInLabel "TC0409" "A label with a comma, quoted in a list with commas."
    NoEffect "TC0410" "A key that changes nothing."
    UnusedId "TC0411" "An answer that nothing uses, and that has no name."
    FewContractions "TC0412" "Few contractions where people would use them."
    InfinitiveSubject "TC0413" "Sentences that begin with “To ...” as their subject."
    ShortSentences "TC0414" "Four very short sentences in a row."
    TranslatedPhrase "TC0415" "A phrase that sounds translated."
    LongStart "TC0416" "Many words before the first question, or a long caution."
    HiddenCharacter "TC0417" "A character that can’t be seen, and says nothing."
    StillClosed "TC0501" "What is closed would decide what is asked, or would be seen."
    ClosedReview "TC0502" "A review of a text that is closed."
    NotToShare "TC0503" "A `share` of what isn’t closed, or is shown already."
    NotToGuess "TC0504" "A guess at what the other didn’t give there."
    SeenFirst "TC0505" "An answer that the other sees before giving theirs."
    SwapOfBoth "TC0506" "A group that is swapped, with a step that is nobody’s own."
    PersonId "TC0507" "A step whose id is the name of a person’s table."
    WhoAnswers "TC0508" "A key that doesn’t fit who answers."
    EarlierText "TC0509" "Another session’s text in an exercise for two."
}

impl Code {
    /// The stable id, such as `TC0201`.
    pub fn id(self) -> &'static str {
        Self::ALL
            .iter()
            .find(|(code, ..)| *code == self)
            .map_or("", |(_, id, _)| id)
    }

    /// How much a problem of this sort matters.
    pub fn level(self) -> Level {
        if (Self::LongPrompt..=Self::HiddenCharacter).contains(&self) || self == Self::SeenFirst {
            Level::Warning
        } else {
            Level::Error
        }
    }
}

/// Whether any of the problems is an error.
pub fn any_error(problems: &[Problem]) -> bool {
    problems
        .iter()
        .any(|problem| problem.level() == Level::Error)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_are_unique_and_in_order() {
        let ids: Vec<_> = Code::ALL.iter().map(|(_, id, _)| id).collect();
        assert!(ids.is_sorted_by(|a, b| a < b), "{ids:?}");
    }

    #[test]
    fn what_reads_badly_is_a_warning_and_all_else_an_error() {
        for (code, id, _) in Code::ALL {
            let warns = code.level() == Level::Warning;
            let reads_badly = id.starts_with("TC04") || *code == Code::SeenFirst;
            assert_eq!(warns, reads_badly, "{id}");
        }
    }
}
