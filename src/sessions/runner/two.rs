//! What only two people need: the keyboard changes hands, and each says alone whether something is
//! shown or agreed. No yes is ever written.

use jiff::civil::Date;

use super::consent::consent_prompt;
use super::{Event, NextStep, Runner, SessionEnd, help};
use crate::ask::{Ask, Choice, Input, Rejection, Reply, Retry, StepPosition, Tone, Want, chosen};
use crate::engine::Scene;
use crate::error::Error;
use crate::exercise::Partner;
use crate::review::{Subject, told_to_each_other};
use crate::session::{Answer, AnswerId, Moment, Partners, Value};
use crate::text::first_words;
use crate::text::language::Language;

/// What one of the two says to a question that is theirs alone.
enum Consent {
    Yes,
    No,
    Change,
    End(SessionEnd),
}

impl Runner<'_> {
    /// Whether two people do it.
    pub(super) fn is_for_two(&self) -> bool {
        self.engine.partners().is_some()
    }

    /// Whether rules look at what was given here. What both see brings no line on heavy words.
    pub(super) fn is_reviewed(&self, id: &AnswerId) -> bool {
        let text = || self.engine.text_of(id);
        !self.is_for_two() || text().is_some_and(|text| text.rules.is_some())
    }

    /// Why there is nothing before this step.
    pub(super) fn nothing_before(&self) -> &'static str {
        if self.is_for_two() {
            OTHERS_STAY_CLOSED
        } else {
            super::FIRST_STEP
        }
    }

    /// Says what two people should know before the first step.
    pub(super) fn explain_closed(&mut self) -> Result<(), Error> {
        let closes = self.person && !self.keyboard.leaves_out_closed;
        if closes && self.engine.exercise().closes_anything() {
            self.say(Tone::Text, CLOSED_IS)?;
        }
        self.keyboard.opening_unread = closes;
        Ok(())
    }

    /// Lets both read what was said before the first step, where a hand-over would clear it away.
    pub(super) fn read_opening(&mut self) -> Result<Option<NextStep>, Error> {
        let is_unread = std::mem::take(&mut self.keyboard.opening_unread);
        if !is_unread || !matches!(self.engine.scene(), Some(Scene::Alone(_))) {
            return Ok(None);
        }
        let ask = Ask {
            private: true,
            ..Ask::own("opening", BOTH_HAVE_READ, Want::Ready)
        };
        self.until_read(&ask, None)
    }

    /// Gives the keyboard to whoever is next. `None` where they sit there.
    pub(super) fn hand_over(
        &mut self,
        to: Option<Scene>,
        place: Option<StepPosition>,
    ) -> Result<Option<NextStep>, Error> {
        let (Some(to), Some(partners)) = (to, self.engine.partners().cloned()) else {
            return Ok(None);
        };
        if self.keyboard.scene.replace(to) == Some(to) {
            return Ok(None);
        }
        let person = match to {
            Scene::Alone(partner) => Some(partner),
            Scene::Together => None,
        };
        let ask = Ask {
            place,
            private: true,
            person,
            hand_over: true,
            ..Ask::own("hand-over", hand_over_in_words(to, &partners), Want::Ready)
        };
        match (self.until_read(&ask, place)?, person) {
            (None, Some(partner)) => self.ask_for_own_key(partner, place),
            (end, _) => Ok(end),
        }
    }

    /// Asks each alone whether what they closed may be shown, and shows all of it or nothing.
    pub(super) fn share(&mut self, ask: &Ask) -> Result<NextStep, Error> {
        let partners = self.engine.partners().cloned();
        let partners = partners.unwrap_or_else(Partners::letters);
        let mut show = true;
        for partner in Partner::PAIR {
            if let Some(end) = self.hand_over(Some(Scene::Alone(partner)), ask.place)? {
                return Ok(end);
            }
            if self.engine.is_locked(partner) {
                continue;
            }
            let closed = self.engine.closed_of(partner);
            let lines: Vec<String> = closed.iter().map(|answer| self.as_asked(answer)).collect();
            let first = closed.first().map(|answer| answer.id());
            let prompt = self.engine.prompt_for(partner);
            let prompt = consent_prompt(partners.name(partner), &lines, &prompt);
            let [show_it, change_it, keep_it] = Choice::SHARING;
            let mut options = vec![(show_it, SHOW), (change_it, CHANGE), (keep_it, KEEP)];
            options.retain(|(id, _)| *id != change_it || first.is_some());
            match self.consent(ask, partner, &prompt, &options)? {
                Consent::Yes => {}
                Consent::No => show = false,
                Consent::End(end) => return Ok(NextStep::End(end)),
                Consent::Change => {
                    if let Some(id) = first {
                        self.engine.revise(&id);
                    }
                    return Ok(NextStep::GoOn);
                }
            }
        }
        if let Some(end) = self.wait_for_passphrase(ask.place)? {
            return Ok(end);
        }
        let ids = self.engine.shared_ids();
        // A skip, heavy words and a no all look the same from outside.
        let show = show && self.engine.is_whole() && !self.is_heavy()?;
        self.engine.share(show, &(self.now)());
        self.save()?;
        if let Some(end) = self.hand_over(Some(Scene::Together), ask.place)? {
            return Ok(end);
        }
        let open: Vec<&Answer> = match show {
            true => ids
                .iter()
                .filter_map(|id| self.engine.session().answer(id))
                .collect(),
            false => Vec::new(),
        };
        (self.listener)(&Event::Shown(&ask.id, &open));
        let text = match show {
            true => format!("{}\n\n{BOTH_HAVE_READ}", self.engine.shown(&ids)),
            false => String::from(STAYS_CLOSED),
        };
        self.read_together("shown", &text, ask.place)
    }

    /// What one of them would show. A program knows what it said, and its messages may lie about.
    fn as_asked(&self, answer: &Answer) -> String {
        if !self.person {
            return answer.prompt.clone();
        }
        let (value, language) = (answer.own_value(), self.engine.language());
        let on = answer.at.as_ref().map_or(Date::MIN, Moment::on);
        let label = answer.label.as_deref();
        let words = value.and_then(|value| value.in_words(label, on, language));
        format!(
            "{}\n{}",
            answer.prompt,
            words.as_deref().unwrap_or(LEFT_OUT)
        )
    }

    /// Whether there are heavy words in what would be shown.
    fn is_heavy(&mut self) -> Result<bool, Error> {
        if !self.engine.exercise().head.lang.starts_with("en") {
            return Ok(false);
        }
        let closed = Partner::PAIR.map(|partner| self.engine.closed_of(partner));
        let texts = closed.iter().flatten();
        let texts = texts.filter_map(|answer| match answer.own_value() {
            Some(Value::Text(text)) => Some(text.clone()),
            _ => None,
        });
        for text in texts.collect::<Vec<_>>() {
            if self.review(Subject::Opening, &text, None)?.1.heavy {
                return Ok(true);
            }
        }
        Ok(false)
    }

    /// Whether one of the two would watch over the other.
    fn watches(&mut self, words: &str, partners: &Partners) -> Result<bool, Error> {
        if self.engine.language() != Language::English {
            return Ok(false);
        }
        let [a, b] = told_to_each_other(words, [&partners.a, &partners.b]);
        for text in [words, &a, &b] {
            if self.review(Subject::Promise, text, None)?.1.control {
                return Ok(true);
            }
        }
        Ok(false)
    }

    /// Asks each alone whether they want what would be agreed, and keeps it if both do.
    pub(super) fn agree(&mut self, ask: &Ask, given: &Input) -> Result<NextStep, Error> {
        let now = (self.now)();
        let words = match self.engine.agreed_in_words(given, &now) {
            Ok(Some(words)) => words,
            Ok(None) => {
                self.engine.skip(&now);
                return Ok(NextStep::GoOn);
            }
            Err(reason) => {
                if self.reject(ask, &reason)? == crate::ask::Retry::GiveUp {
                    self.engine.skip(&now);
                }
                return Ok(NextStep::GoOn);
            }
        };
        let partners = self.engine.partners().cloned();
        let partners = partners.unwrap_or_else(Partners::letters);
        let watches = self.watches(&words, &partners)?;
        let soft = self.feedback.soft.control.trim();
        let aside = match watches {
            true => format!("{soft}\n\n"),
            false => String::new(),
        };
        if let (true, Ok(id)) = (watches, ask.id.parse()) {
            (self.listener)(&Event::HelpOffered(&id));
        }
        let mut agreed = true;
        for partner in Partner::PAIR {
            if let Some(end) = self.hand_over(Some(Scene::Alone(partner)), ask.place)? {
                return Ok(end);
            }
            let name = partners.name(partner);
            let prompt = format!("{name}, {WOULD_BE_AGREED}\n\n{words}\n\n{aside}{WANT_TOO}");
            let options = [("yes", YES), ("no", NOT_LIKE_THIS)];
            match self.consent(ask, partner, &prompt, &options)? {
                Consent::Yes => {}
                Consent::No | Consent::Change => agreed = false,
                Consent::End(end) => return Ok(NextStep::End(end)),
            }
        }
        let done = match agreed {
            true => self.engine.answer(given, &now).is_ok(),
            false => false,
        };
        if !done {
            self.engine.skip(&now);
        }
        self.save()?;
        if let Some(end) = self.hand_over(Some(Scene::Together), ask.place)? {
            return Ok(end);
        }
        let text = match done {
            true => format!("{AGREED}\n\n{words}"),
            false => String::from(NOTHING_AGREED),
        };
        self.read_together("agreed", &text, ask.place)
    }

    /// One question to one of the two. Nothing is marked, so that no stray key says yes.
    fn consent(
        &mut self,
        step: &Ask,
        partner: Partner,
        prompt: &str,
        options: &[(&str, &str)],
    ) -> Result<Consent, Error> {
        let id = AnswerId {
            by: Some(partner),
            ..step
                .id
                .parse()
                .unwrap_or_else(|_| AnswerId::new(&step.id, 1))
        };
        let choice = |(id, label): &(&str, &str)| Choice {
            id: (*id).to_string(),
            label: (*label).to_string(),
            note: None,
        };
        let options: Vec<Choice> = options.iter().map(choice).collect();
        let ask = Ask {
            id: id.to_string(),
            place: step.place,
            private: true,
            unmarked: true,
            sealed: true,
            person: Some(partner),
            ..Ask::own_choice("consent", prompt, &options)
        };
        loop {
            let reply = self.ask_once(&ask)?;
            // A script says true or false.
            if let Reply::Answer(given) = &reply {
                let words = given.words().unwrap_or_default().trim().to_lowercase();
                match words.as_str() {
                    "yes" | "true" => return Ok(Consent::Yes),
                    "no" | "false" => return Ok(Consent::No),
                    _ => {}
                }
            }
            match chosen(&options, reply) {
                Ok(Some(option)) => {
                    return Ok(match option.id.as_str() {
                        "show" | "yes" => Consent::Yes,
                        "change" => Consent::Change,
                        _ => Consent::No,
                    });
                }
                // No slip is a no: what was written would be erased.
                Ok(None) => {
                    let reason = Rejection::not_an_option(self.engine.language());
                    if self.reject(&ask, &reason)? == Retry::GiveUp {
                        return Ok(Consent::No);
                    }
                }
                Err(Reply::Skip) => return Ok(Consent::No),
                Err(Reply::Pause) => return Ok(Consent::End(SessionEnd::Paused(step.place))),
                Err(Reply::Leave) => return Ok(Consent::End(SessionEnd::Left)),
                Err(Reply::Support(country)) => self.say_support(country.as_deref())?,
                Err(Reply::Back) => self.say(Tone::Status, OTHERS_STAY_CLOSED)?,
                Err(Reply::Hint) => self.say(Tone::Aside, super::NO_HINT)?,
                Err(Reply::Why) => {
                    let why = self.engine.why();
                    self.say(Tone::Aside, why.as_deref().unwrap_or(super::NO_WHY))?;
                }
                Err(Reply::Help | Reply::Answer(_)) => self.say(
                    Tone::Aside,
                    &help(self.saver.keeps(), self.engine.language()),
                )?,
            }
        }
    }

    /// Lets both read something for as long as they like.
    fn read_together(
        &mut self,
        id: &str,
        text: &str,
        place: Option<StepPosition>,
    ) -> Result<NextStep, Error> {
        let ask = Ask {
            place,
            private: true,
            ..Ask::own(id, text, Want::Ready)
        };
        Ok(self.until_read(&ask, place)?.unwrap_or(NextStep::GoOn))
    }
}

/// What stands there when the keyboard changes hands. Names are short on it, whatever was typed.
pub fn hand_over_in_words(to: Scene, partners: &Partners) -> String {
    let name = |partner| first_words(partners.name(partner), MOST_NAME);
    match to {
        Scene::Together => String::from(NOW_BOTH),
        Scene::Alone(partner) => {
            let (me, other) = (name(partner), name(partner.other()));
            format!(
                "Now {me}, alone.\n\n{other}, please look away, or go to another room until {me} calls you. \
                 What each of you writes alone is locked, and shown to the other only if you choose to. /support has help lines for everyone.\n\n\
                 {me}, press Enter when nobody else can see the screen or hear it."
            )
        }
    }
}

/// How many columns of a name stand in a sentence.
pub(super) const MOST_NAME: usize = 20;

// Texts for people.
const NOW_BOTH: &str = "Now both of you.\n\nPress Enter when you’re both here.";
const CLOSED_IS: &str = "What one of you writes alone is closed: it’s encrypted from the first \
    letter on. The key is on this machine, so somebody who uses this account and looks for it \
    can read it until you finish. What you don’t show each other is erased at the end.\n\nEach of you \
    can set a passphrase of your own instead: then nobody else opens it, and what you don’t show is \
    kept.\n\nIf your screen is read aloud, use headphones when you’re alone with it. If one of you can’t \
    look away from the screen, /skip leaves a closed step out, and `--plain` offers to leave out all of \
    them.";
pub(super) const OTHERS_STAY_CLOSED: &str =
    "You can’t go back from here. What came before a hand-over isn’t opened again.";
const LEFT_OUT: &str = "(left out)";
const SHOW: &str = "Show it";
const CHANGE: &str = "Change it";
const KEEP: &str = "Keep it closed";
const BOTH_HAVE_READ: &str = "Press Enter when you’ve both read it.";
const STAYS_CLOSED: &str = "This stays closed today. There can be many reasons, and some of them are \
    the program’s own.\n\nPress Enter when you’ve both read it.";
const WOULD_BE_AGREED: &str = "alone. This would be agreed:";
const WANT_TOO: &str = "Do you want this too?";
const YES: &str = "Yes";
const NOT_LIKE_THIS: &str = "Not like this";
const AGREED: &str = "You’ve agreed on this:";
const NOTHING_AGREED: &str = "Nothing is agreed today.";
