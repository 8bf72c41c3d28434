//! Being asked with a list: which key does what. Pure.

use super::Question;
use super::area::{Area, Effect, Lines};
use super::guard::Size;
use super::head::Head;
use super::keys::Key;
use super::list::List;
use super::submit::{End, Submit, submit};
use crate::prompt::{Command, Reply};

/// Being asked with a list, from the first key to the last.
pub(super) struct Choosing<'a> {
    /// The question above the list; none above the menu.
    pub(super) question: Option<&'a Question<'a>>,
    pub(super) head: Head,
    pub(super) list: List,
    pub(super) typed: Area,
    pub(super) keys: &'static str,
    /// What must be in sight besides the prompt.
    pub(super) beside: Option<String>,
    pub(super) message: Option<String>,
    pub(super) warned: Option<String>,
    /// The size that the head was set for.
    pub(super) planned: Option<Size>,
}

/// How it ended.
pub(super) enum Chosen {
    /// Enter, with the list as it stands.
    List,
    /// These words were typed.
    Words(String),
    /// Something else.
    Instead(Reply),
    /// Esc.
    Menu,
}

impl<'a> Choosing<'a> {
    /// Nothing is typed yet but `typed`.
    pub(super) fn new(
        question: &'a Question<'a>,
        list: List,
        typed: &str,
        keys: &'static str,
    ) -> Self {
        Self {
            question: Some(question),
            head: Head::default(),
            list,
            typed: Area::new(Lines::One, typed),
            keys,
            beside: None,
            message: question.message.clone(),
            warned: None,
            planned: None,
        }
    }

    /// Takes a key; something when it ends the question.
    pub(super) fn press(&mut self, key: &Key) -> Option<Chosen> {
        let blank = self.typed.buffer.text().is_empty();
        match key {
            Key::Up => self.list.up(),
            Key::Down => self.list.down(),
            Key::Escape => return Some(Chosen::Menu),
            Key::Text(typed) if typed == " " && blank => {
                self.message = (self.list.at.is_none()).then(|| POINT_FIRST.into());
                self.list.toggle();
                return None;
            }
            Key::Enter | Key::Done if blank => {
                let ready = self.list.at.is_some() || self.list.marks.is_some();
                if ready && *key == Key::Enter {
                    return Some(Chosen::List);
                }
                self.message = Some(POINT_FIRST.into());
                return None;
            }
            Key::Enter | Key::Done => return self.enter(),
            _ => {
                if self.typed.press(key) != Effect::Changed {
                    return None;
                }
            }
        }
        self.message = None;
        None
    }

    fn enter(&mut self) -> Option<Chosen> {
        match submit(
            &mut self.typed.buffer,
            Lines::One,
            End::Enter,
            &mut self.warned,
        ) {
            Submit::Command(Command::Editor) => self.message = Some(NO_EDITOR.into()),
            Submit::Command(command) => return command.reply().map(Chosen::Instead),
            Submit::Unknown(word) => {
                self.message = Some(format!("{word} is not a command. /help lists them."));
                self.typed.set("");
            }
            Submit::NewLine | Submit::Done => {
                let words = self.typed.buffer.text().trim().to_string();
                self.typed.set("");
                return Some(Chosen::Words(words));
            }
        }
        None
    }
}

// Texts for people.
pub(super) const POINT_FIRST: &str = "Move with the arrow keys, or type a number, then Enter.";
const NO_EDITOR: &str = "There is nothing to write here. /help lists the rest.";
