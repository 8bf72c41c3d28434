//! A passphrase of somebody's own: asked for when the keyboard comes to them for the first time, before
//! a word of theirs is closed.

use super::{NextStep, Runner, SessionEnd, help};
use crate::ask::{Ask, Choice, Input, Rejection, Reply, Retry, StepPosition, Tone, Want, chosen};
use crate::engine::Scene;
use crate::error::Error;
use crate::exercise::{Partner, StepKind};
use crate::journal::vault::seal::{Identity, OpenError, Passphrase, WORK};
use crate::journal::{Sealer, StoreError, opened_answer};
use crate::session::OwnKey;
use crate::text::first_words;

/// What came of asking for a passphrase.
enum PassphraseReply {
    /// These words.
    Words(Passphrase),
    /// Enter alone.
    None,
    /// They would rather end here.
    End(SessionEnd),
}

impl Runner<'_> {
    /// Asks one of the two, once, for the passphrase of a key of their own, or whether they want one.
    /// `None` where what was about to be asked stands as it was.
    pub(super) fn ask_for_own_key(
        &mut self,
        partner: Partner,
        place: Option<StepPosition>,
    ) -> Result<Option<NextStep>, Error> {
        let Some(sealer) = self.saver.sealer().filter(|_| self.person).cloned() else {
            return Ok(None);
        };
        let closes = self.engine.exercise().closes_anything() && !self.keyboard.leaves_out_closed;
        if !closes || self.keyboard.asked_for_key.contains(&partner) {
            return Ok(None);
        }
        self.keyboard.asked_for_key.push(partner);
        let own = match self.engine.session().own_key(partner) {
            Some(own) => Some(own),
            None if self.engine.has_closed(partner) => return Ok(None),
            None => {
                let listed = sealer.store().partner(&self.name(partner))?;
                listed.map(|listed| sealer.store().lasting_key(&listed))
            }
        };
        match own {
            Some(own) => self.unlock(&sealer, partner, own, place),
            None => self.offer_own_key(&sealer, partner, place),
        }
    }

    /// Opens what they closed before, with the passphrase that they have.
    fn unlock(
        &mut self,
        sealer: &Sealer,
        partner: Partner,
        own: OwnKey,
        place: Option<StepPosition>,
    ) -> Result<Option<NextStep>, Error> {
        let prompt = format!("{}, {YOUR_PASSPHRASE}", self.name(partner));
        loop {
            let passphrase = match self.passphrase(partner, &prompt, place)? {
                PassphraseReply::Words(passphrase) => passphrase,
                PassphraseReply::End(end) => return Ok(Some(NextStep::End(end))),
                PassphraseReply::None => return self.go_on_without(partner, place),
            };
            let session = &self.engine.session().id;
            match sealer.store().unlock_own_key(session, &own, &passphrase) {
                Ok(key) => return self.use_own_key(sealer, partner, own, &key),
                Err(StoreError::NotOpened {
                    source: OpenError::WrongPassphrase,
                    ..
                }) => self.say(Tone::Status, WRONG)?,
                // It was removed, or lies on another machine: the rest can be done without it.
                Err(StoreError::ClosedKeyMissing { .. }) => {
                    self.say(Tone::Status, KEY_IS_GONE)?;
                    return self.go_on_without(partner, place);
                }
                Err(error) => return Err(error.into()),
            }
        }
    }

    /// Says what comes of going on without the passphrase, and waits until it is read: the next screen can
    /// be the other's.
    fn go_on_without(
        &mut self,
        partner: Partner,
        place: Option<StepPosition>,
    ) -> Result<Option<NextStep>, Error> {
        let words = match self.engine.has_closed(partner) {
            true => format!("{STAYS_CLOSED} {NOT_UNDER_IT}"),
            false => String::from(NOT_UNDER_IT),
        };
        let ask = Ask {
            private: true,
            person: Some(partner),
            ..Ask::own("without", &words, Want::Ready)
        };
        self.until_read(&ask, place)
    }

    /// Asks whether they want one for what they close here.
    fn offer_own_key(
        &mut self,
        sealer: &Sealer,
        partner: Partner,
        place: Option<StepPosition>,
    ) -> Result<Option<NextStep>, Error> {
        let prompt = format!("{}, {OFFER}", self.name(partner));
        loop {
            let passphrase = match self.passphrase(partner, &prompt, place)? {
                PassphraseReply::Words(passphrase) => passphrase,
                PassphraseReply::None => return Ok(None),
                PassphraseReply::End(end) => return Ok(Some(NextStep::End(end))),
            };
            if let Some(flaw) = passphrase.flaw() {
                self.say(Tone::Status, &format!("That {flaw}."))?;
                continue;
            }
            match self.passphrase(partner, AGAIN, place)? {
                PassphraseReply::Words(again) if again.is(&passphrase) => {}
                PassphraseReply::End(end) => return Ok(Some(NextStep::End(end))),
                _ => {
                    self.say(Tone::Status, NOT_THE_SAME)?;
                    continue;
                }
            }
            let (key, own) = sealer.store().make_own_key(&passphrase, WORK)?;
            self.say(Tone::Status, SET)?;
            return self.use_own_key(sealer, partner, own, &key);
        }
    }

    /// Asks both whether they wait for a passphrase that wasn't typed, where nothing can be shown without
    /// it. `None` where they go on.
    pub(super) fn wait_for_passphrase(
        &mut self,
        place: Option<StepPosition>,
    ) -> Result<Option<NextStep>, Error> {
        let mut pair = Partner::PAIR.into_iter();
        if !pair.any(|partner| self.engine.is_locked(partner)) {
            return Ok(None);
        }
        if let Some(end) = self.hand_over(Some(Scene::Together), place)? {
            return Ok(Some(end));
        }
        let options = [("pause", WAIT), ("go-on", GO_ON_WITHOUT)].map(|(id, label)| Choice {
            id: id.into(),
            label: label.into(),
            note: None,
        });
        let ask = Ask {
            place,
            ..Ask::own_choice("locked", NOT_TYPED, &options)
        };
        let paused = SessionEnd::Paused(place);
        loop {
            let end = match chosen(&options, self.ask_once(&ask)?) {
                Ok(Some(option)) if option.id == "go-on" => return Ok(None),
                Ok(Some(_)) | Err(Reply::Pause) => paused,
                Err(Reply::Leave) => SessionEnd::Left,
                Err(Reply::Support(country)) => {
                    self.say_support(country.as_deref())?;
                    continue;
                }
                Ok(None) | Err(_) => {
                    let reason = Rejection::not_an_option(self.engine.language());
                    match self.reject(&ask, &reason)? {
                        Retry::GiveUp => paused,
                        _ => continue,
                    }
                }
            };
            return Ok(Some(NextStep::End(end)));
        }
    }

    fn use_own_key(
        &mut self,
        sealer: &Sealer,
        partner: Partner,
        own: OwnKey,
        key: &Identity,
    ) -> Result<Option<NextStep>, Error> {
        let before = self.engine.current_id();
        sealer.use_key(partner, key);
        let open = |answer: &_| opened_answer(answer, key);
        self.engine.use_own_key(partner, own, &open);
        self.save()?;
        let stands = self.engine.current_id() == before
            && matches!(
                self.engine.current_kind(),
                Some(StepKind::Share | StepKind::Promise)
            );
        Ok((!stands).then_some(NextStep::GoOn))
    }

    fn passphrase(
        &mut self,
        partner: Partner,
        prompt: &str,
        place: Option<StepPosition>,
    ) -> Result<PassphraseReply, Error> {
        let ask = Ask {
            private: true,
            sealed: true,
            secret: true,
            // Enter alone goes on without one.
            optional: prompt != AGAIN,
            person: Some(partner),
            ..Ask::own("passphrase", prompt, Want::Line)
        };
        loop {
            // Nobody listens: it is in no file of events.
            let asked = self.prompter.ask(&ask);
            let reply = asked.map_err(|error| self.gone(&error))?;
            match reply {
                Reply::Answer(Input::Words(words)) if words.is_empty() => {
                    return Ok(PassphraseReply::None);
                }
                Reply::Answer(Input::Words(words)) => {
                    return Ok(PassphraseReply::Words(Passphrase::new(words)));
                }
                Reply::Pause => return Ok(PassphraseReply::End(SessionEnd::Paused(place))),
                Reply::Leave => return Ok(PassphraseReply::End(SessionEnd::Left)),
                Reply::Support(country) => self.say_support(country.as_deref())?,
                Reply::Help => self.say(
                    Tone::Aside,
                    &help(self.saver.keeps(), self.engine.language()),
                )?,
                Reply::Back => self.say(Tone::Status, super::two::OTHERS_STAY_CLOSED)?,
                Reply::Why | Reply::Hint => self.say(Tone::Aside, WHY)?,
                Reply::Skip | Reply::Answer(_) => return Ok(PassphraseReply::None),
            }
        }
    }

    fn name(&self, partner: Partner) -> String {
        let partners = self.engine.partners();
        let name = partners.map_or(partner.id(), |partners| partners.name(partner));
        first_words(name, super::two::MOST_NAME)
    }

    /// Says what becomes of what stayed closed, where anything did, and how to take back what was shown.
    /// It is the same whatever the reason.
    pub(super) fn tell_what_stays_closed(&mut self) -> Result<(), Error> {
        if !self.person {
            return Ok(());
        }
        let mut lines = Vec::new();
        for partner in Partner::PAIR {
            if !self.engine.has_closed(partner) {
                continue;
            }
            let (name, id) = (self.name(partner), partner.id());
            let short = self.engine.session().short_id();
            lines.push(match self.engine.keeps_closed(partner) {
                true => format!(
                    "What {name} didn’t show stays encrypted under {name}’s own passphrase. \
                     `trust-coach history show {short} --as {id}` opens it."
                ),
                false => format!("What {name} didn’t show is erased now."),
            });
        }
        if self.engine.has_shown() && self.saver.keeps() {
            let short = self.engine.session().short_id();
            lines.push(format!(
                "{TAKE_BACK} `trust-coach history take-back {short}`."
            ));
        }
        match lines.is_empty() {
            true => Ok(()),
            false => self.say(Tone::Text, &lines.join("\n")),
        }
    }
}

// Texts for people.
const OFFER: &str = "if you like, set a passphrase of your own. Then only you can open what you \
    keep closed, now and later. Nobody can reset it.\n\nType four or more words, which aren’t shown. \
    Enter alone goes on without one.";
const AGAIN: &str = "The same passphrase again, which isn’t shown.";
const SET: &str = "Your passphrase is set.";
const YOUR_PASSPHRASE: &str = "type your own passphrase, which isn’t shown.\n\nEnter alone goes on \
    without it.";
const STAYS_CLOSED: &str = "What you closed under your passphrase stays closed, and without it nothing \
    closed can be shown here. /pause keeps it all for another day.";
const NOT_UNDER_IT: &str =
    "What you write now isn’t kept under your passphrase: what isn’t shown is erased at the end.";
const NOT_TYPED: &str = "Some of this was closed under a passphrase that wasn’t typed today, so nothing closed can be \
    shown. If you go on, what isn’t under a passphrase is erased at the end.\n\nWhat would you like to do?";
const WAIT: &str = "Pause, and keep everything";
const GO_ON_WITHOUT: &str = "Go on without showing anything";
const KEY_IS_GONE: &str = "The key for that passphrase isn’t here, so nothing can open it.";
const WRONG: &str = "That isn’t the passphrase. Please try again.";
const NOT_THE_SAME: &str = "Those two weren’t the same. Please try again.";
const TAKE_BACK: &str = "Either of you can take back what you showed:";
const WHY: &str = "With a passphrase of your own, somebody who uses this account can’t open what you \
    keep closed, and it isn’t erased at the end.";
