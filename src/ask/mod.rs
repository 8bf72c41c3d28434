//! How the program talks with whoever answers: a person, a script, a test.
//!

use std::io;
use std::ops::Range;

use crate::exercise::Partner;
use crate::text::language::Language;

mod choice;
pub mod command;
mod floor;
mod input;
mod saving;
mod want;

pub use choice::{all_by_row, by_row, chosen, meant};
pub use command::SlashCommand;
pub use floor::{FloorMark, FloorTime};
pub use input::Input;
pub use saving::SavingState;
pub use want::{Choice, Want};

/// Somebody, or something, that can be shown text and asked questions.
pub trait Prompter {
    /// Shows text; waits for nothing.
    fn say(&mut self, note: &Note) -> io::Result<()>;

    /// Puts one question and returns what came back.
    fn ask(&mut self, ask: &Ask) -> io::Result<Reply>;

    /// Tells why a reply will not do: a person is asked again, a script ends there.
    fn reject(&mut self, ask: &Ask, reason: &Rejection) -> io::Result<Retry>;
}

/// A text to show.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Note {
    /// What sort of text it is, which decides how it looks.
    pub tone: Tone,
    /// Paragraphs, with an empty line between them; not wrapped.
    pub text: String,
    /// The person's own words that it is about.
    pub quote: Option<Quote>,
    /// Not for other eyes: nothing of it may stay in the scrollback. A private question follows.
    pub private: bool,
}

impl Note {
    /// A note of this tone.
    pub fn new(tone: Tone, text: impl Into<String>) -> Self {
        Self {
            tone,
            text: text.into(),
            quote: None,
            private: false,
        }
    }
}

/// Words in the text that they stand in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Quote {
    /// The whole text.
    pub text: String,
    /// The bytes of the words.
    pub span: Range<usize>,
}

/// What sort of text a note is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Tone {
    /// The name of what begins.
    Title,
    /// Text to read.
    Text,
    /// A hint, or why something is asked.
    Aside,
    /// What the program just did, in one line.
    Status,
    /// Between the program and the person: like text to read, and in no file of events.
    Personal,
}

/// One question.
#[derive(Clone, Debug, PartialEq)]
pub struct Ask {
    /// The step's id, with `@2` behind it in its second round, and so on.
    pub id: String,
    /// Where it stands in the exercise; `None` for the program's own questions.
    pub place: Option<StepPosition>,
    /// Earlier answers to keep in view.
    pub pins: Vec<Pin>,
    /// Paragraphs, with an empty line between them; not wrapped.
    pub prompt: String,
    /// What kind of answer it takes.
    pub want: Want,
    /// What stands there to begin with, as a person would type it (option ids for `One` and
    /// `Many`, comma separated; `yes` or `no`).
    pub initial: Option<String>,
    /// Who put `initial` there.
    pub initial_by: InitialSource,
    /// There’s a step before it that one can go back to.
    pub back: bool,
    /// Worded as one that may be left out.
    pub optional: bool,
    /// Not for other eyes: nothing of it may stay in the scrollback.
    pub private: bool,
    /// Its list points at nothing to begin with, so that a stray Enter answers nothing: where it is
    /// about safety, consent, sharing, an agreement or a verdict.
    pub unmarked: bool,
    /// Which of two people it's for.
    pub person: Option<Partner>,
    /// What is answered stays closed: no editor, and no words of it anywhere else.
    pub sealed: bool,
    /// A passphrase: what is typed isn't shown, and is kept nowhere. Only people are asked.
    pub secret: bool,
    /// How long whoever it's for has the floor, as a guide.
    pub seconds: Option<u32>,
    /// The keyboard changes hands: nothing of before stays in view, and what was typed before
    /// doesn't count.
    pub hand_over: bool,
    /// What is said in its place where `initial` is taken without asking: it was chosen in an earlier
    /// session.
    pub known: Option<String>,
}

impl Ask {
    /// What its list points at to begin with, where nothing was answered before: the first of
    /// `count` entries, or nothing.
    pub fn first_mark(&self, count: usize) -> Option<usize> {
        let is_grave = self.is_delicate() || self.want == Want::YesNo;
        (!is_grave && count > 0).then_some(0)
    }

    /// Whether nothing but its own screen answers it: what is typed on another page is not meant for it.
    pub fn is_delicate(&self) -> bool {
        self.private || self.unmarked
    }

    /// The letter of the one of two people that it's for.
    pub fn person_id(&self) -> Option<&'static str> {
        self.person.map(Partner::id)
    }

    /// A question of the program's own, outside of any step.
    pub fn own(id: &str, prompt: impl Into<String>, want: Want) -> Self {
        Self {
            id: id.to_string(),
            place: None,
            pins: Vec::new(),
            prompt: prompt.into(),
            want,
            initial: None,
            initial_by: InitialSource::Person,
            back: false,
            optional: false,
            private: false,
            unmarked: false,
            person: None,
            sealed: false,
            secret: false,
            seconds: None,
            hand_over: false,
            known: None,
        }
    }

    /// The look back at all answers, each with its name and what was given.
    pub fn look_back(prompt: &str, options: &[Choice]) -> Self {
        Self {
            back: true,
            ..Self::own_choice(LOOK_BACK, prompt, options)
        }
    }

    /// Whether it is the look back.
    pub fn is_look_back(&self) -> bool {
        self.place.is_none() && self.id == LOOK_BACK
    }

    /// One of the program's own, to choose from a list.
    pub fn own_choice(id: &str, prompt: impl Into<String>, options: &[Choice]) -> Self {
        let want = Want::One {
            options: options.to_vec(),
            other: None,
        };
        Self::own(id, prompt, want)
    }
}

/// What the look back is called.
const LOOK_BACK: &str = "look-back";

/// Where the text that stands at a question comes from.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum InitialSource {
    /// The person: an answer given before, or text in progress.
    #[default]
    Person,
    /// The exercise's author: a declared default.
    Author,
    /// Put together out of the person's earlier answers.
    Composed,
}

/// Where a step stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct StepPosition {
    /// This step, counted from 1.
    pub step: usize,
    /// How many there are, as far as one can tell.
    pub of: usize,
    /// True when later answers can change `of`.
    pub about: bool,
    /// There are more than were told before; people are told no more then.
    pub grew: bool,
}

impl StepPosition {
    /// `step 3 of about 20`.
    pub fn in_words(self, language: Language) -> String {
        let words = match (self.grew, self.about) {
            (true, _) => "step {step}",
            (false, true) => "step {step} of about {of}",
            (false, false) => "step {step} of {of}",
        };
        language.fill(words, &[("step", &self.step), ("of", &self.of)])
    }
}

/// An earlier answer in view.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Pin {
    /// The step's short name.
    pub name: String,
    /// The answer in words; already masked when it is sensitive.
    pub text: String,
}

/// The page of help lines, of a country where one is named.
pub type SupportPage<'a> = dyn Fn(Option<&str>) -> String + 'a;

/// What came back.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Reply {
    /// An answer, not yet checked.
    Answer(Input),
    /// To the step before. Whatever was typed is kept as text in progress by the [`ProgressKeeper`].
    Back,
    /// Rather not say.
    Skip,
    /// Save and stop here.
    Pause,
    /// The next hint, please.
    Hint,
    /// Why is this asked?
    Why,
    /// What can I type here?
    Help,
    /// Help lines, now; of a country where one was named.
    Support(Option<String>),
    /// Save, and leave nothing on the screen.
    Leave,
}

/// Why an answer will not do.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rejection {
    /// A stable word for programs.
    pub code: &'static str,
    /// For people: what would do, calmly, as a sentence.
    pub message: String,
}

impl Rejection {
    /// The code where what was given is none of the options.
    pub const NOT_AN_OPTION: &str = "not-an-option";

    /// What was given is none of the options.
    pub fn not_an_option(language: Language) -> Self {
        Self {
            code: Self::NOT_AN_OPTION,
            message: language.translate(CHOOSE_ONE).to_string(),
        }
    }

    /// What would do, for somebody who reads a list and no ids, and chooses by its number or, where
    /// there are any, with the arrow keys.
    pub fn for_reader(&self, ask: &Ask, arrows: bool, language: Language) -> String {
        const COUNTS: [&str; 8] = [
            "two", "three", "four", "five", "six", "seven", "eight", "nine",
        ];
        let (Self::NOT_AN_OPTION, Some(options)) = (self.code, ask.want.options()) else {
            return self.message.clone();
        };
        let count = options.len();
        let word = count.checked_sub(2).and_then(|at| COUNTS.get(at));
        let count = word.map_or_else(
            || count.to_string(),
            |word| language.translate(word).to_string(),
        );
        let words = match arrows {
            true => "Choose one of the {count}, by its number or with the arrow keys.",
            false => "Choose one of the {count}, by its number.",
        };
        language.fill(words, &[("count", &count)])
    }
}

/// What to do after a rejection.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Retry {
    /// Ask again.
    Again,
    /// Nobody will answer better: take the step as not answered and go on to find what else is
    /// wrong. The prompter remembers that this run has failed.
    GiveUp,
}

/// Where a prompter hands text in progress, at every change. Cheap: it is remembered at once and
/// saved soon after by somebody else.
pub trait ProgressKeeper {
    /// This is what stands there now, not yet an answer.
    fn progress(&self, text: &str);

    /// The same, and waits until it is saved. False where that can't be told.
    fn secure(&self, text: &str) -> bool {
        self.progress(text);
        true
    }

    /// Whether it stays when they stop.
    fn keeps(&self) -> bool {
        true
    }

    /// How saving stands.
    fn saving(&self) -> SavingState {
        SavingState::Saved
    }
}

/// Keeps nothing.
impl ProgressKeeper for () {
    fn progress(&self, _text: &str) {}
}

// Texts for people.
const CHOOSE_ONE: &str = "Please choose one from the list.";
