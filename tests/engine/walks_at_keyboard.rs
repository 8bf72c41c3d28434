//! Random walks of two people through a whole session: who sits before the screen, and what is said
//! and asked there.

use std::cell::RefCell;
use std::io;
use std::rc::Rc;

use proptest::prelude::*;
use proptest::sample::Index;
use trust_coach::ask::{Ask, Input, Note, Prompter, Rejection, Reply, Retry, Want};
use trust_coach::engine::{Context, Engine, Scene};
use trust_coach::review::{Rules, Subject};
use trust_coach::session::Partner;
use trust_coach::sessions::runner::{
    Coach, Event, Feedback, NoSaver, Runner, SharedKeyboard, SoftLines,
};

use crate::common::now;
use crate::random_exercise::Dice;
use crate::walks::{reply, shown};
use crate::walks_for_two::{session_of_two, some_exercise};

/// A passphrase of somebody's own.
pub(crate) const OWN: &str = "heather and old stones";

/// No remarks on what they write.
pub(crate) struct NoRules;

impl Coach for NoRules {
    fn rules(&self, subject: Subject, _: &str, _: Option<&str>) -> Rc<Rules> {
        Rc::new(Rules::from_texts(subject, std::iter::empty()))
    }
}

/// Two people who do what the dice say, and remember what each wrote alone.
pub(crate) struct TwoPeople<'w> {
    pub(crate) dice: Dice<'w>,
    pub(crate) serial: u32,
    /// Who took the keyboard last.
    pub(crate) at: Scene,
    pub(crate) alone: Vec<(Partner, String)>,
    /// What they have shown each other.
    pub(crate) open: &'w RefCell<Vec<String>>,
    pub(crate) went_back: bool,
    /// Whether they would rather show than keep something closed.
    pub(crate) shows_gladly: bool,
    /// How many more questions they answer.
    pub(crate) patience: usize,
}

impl TwoPeople<'_> {
    /// Whoever sits there now may read this.
    fn reads(&self, text: &str) {
        for (owner, words) in &self.alone {
            let is_theirs = self.at == Scene::Alone(*owner) || self.open.borrow().contains(words);
            assert!(
                is_theirs || !text.contains(words),
                "{words} of {owner:?} at {:?}: {text}",
                self.at
            );
        }
    }

    fn says(&mut self, ask: &Ask) -> Reply {
        self.patience = self.patience.saturating_sub(1);
        if self.patience == 0 {
            return Reply::Pause;
        }
        if ask.secret {
            // Their own passphrase, which they have with them or not.
            let words = if self.dice.below(5) == 0 { "" } else { OWN };
            return Reply::Answer(Input::Words(words.to_string()));
        }
        let shows = |words: &Want| match words {
            Want::One { options, .. } => options.iter().any(|option| option.id == "show"),
            _ => false,
        };
        if self.shows_gladly && shows(&ask.want) && self.dice.below(4) > 0 {
            return Reply::Answer(Input::Options(vec!["show".to_string()]));
        }
        match self.dice.below(12) {
            0 | 1 if ask.place.is_some() => Reply::Back,
            2 => Reply::Skip,
            3 => Reply::Hint,
            4 => Reply::Why,
            _ => Reply::Answer(reply(ask, &mut self.dice, &mut self.serial)),
        }
    }
}

impl Prompter for TwoPeople<'_> {
    fn say(&mut self, note: &Note) -> io::Result<()> {
        self.reads(&note.text);
        Ok(())
    }

    fn ask(&mut self, ask: &Ask) -> io::Result<Reply> {
        assert_ne!(ask.id, "saving", "it can't be saved");
        let went_back = std::mem::take(&mut self.went_back);
        if ask.hand_over {
            assert!(!went_back, "back gave the keyboard away: {}", ask.prompt);
            self.at = ask.person.map_or(Scene::Together, Scene::Alone);
            self.reads(&shown(ask));
            return Ok(Reply::Answer(Input::Ready));
        }
        if let Some(person) = ask.person.filter(|_| ask.sealed) {
            assert_eq!(self.at, Scene::Alone(person), "{ask:?}");
        }
        self.reads(&shown(ask));
        let reply = self.says(ask);
        self.went_back = reply == Reply::Back;
        if let (Reply::Answer(Input::Words(words)), Scene::Alone(person)) = (&reply, self.at)
            && words.starts_with("word")
        {
            self.alone.push((person, words.clone()));
        }
        Ok(reply)
    }

    fn reject(&mut self, ask: &Ask, reason: &Rejection) -> io::Result<Retry> {
        // No command answers whether to wait for a passphrase.
        assert_eq!(ask.id, "locked", "{reason:?} for {ask:?}");
        Ok(Retry::Again)
    }
}

proptest! {
    #[test]
    fn whoever_sits_there_reads_and_says_only_their_own_until_both_show_it(
        entropy in prop::collection::vec(any::<u16>(), 60..600), at in any::<Index>(), person in any::<bool>(),
    ) {
        let mut dice = Dice::new(&entropy);
        let exercise = some_exercise(&mut dice, at);
        let session = session_of_two(&exercise);
        let open = RefCell::default();
        let mut people = TwoPeople {
            dice,
            serial: 0,
            at: Scene::Together,
            alone: Vec::new(),
            open: &open,
            went_back: false,
            shows_gladly: false,
            patience: 200,
        };
        let mut listener = |event: &Event<'_>| {
            if let Event::Shown(_, answers) = event {
                open.borrow_mut().extend(answers.iter().filter_map(|answer| answer.words()));
            }
        };
        let mut runner = Runner {
            engine: Engine::new(exercise, session, Context::default()),
            prompter: &mut people,
            saver: &NoSaver::default(),
            listener: &mut listener,
            now: &now,
            person,
            support: &|_| String::new(),
            feedback: Feedback::new(&NoRules, SoftLines::default()),
            keyboard: SharedKeyboard::default(),
        };
        prop_assert!(runner.run().is_ok());
    }
}
