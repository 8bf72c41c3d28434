//! A passphrase that is asked for within a session: what is typed isn't shown.

use std::io;
use std::time::Instant;

use zeroize::{Zeroize, Zeroizing};

use super::hand_over::HAND_OVER_PAUSE;
use super::keys::Key;
use super::screen::KeyAction;
use super::secret::{LONGEST_SECRET, NOT_UTF8, TOO_LONG};
use super::write::TextQuestion;
use super::{AnswerInWords, OpenQuestion, Terminal};
use crate::ask::command::{self, TypedLine};
use crate::ask::{Input, Reply};

impl Terminal {
    /// Asks for words that aren't shown. What was typed before the question is dropped.
    pub(super) fn write_hidden(
        &mut self,
        question: &OpenQuestion<'_>,
    ) -> io::Result<AnswerInWords> {
        let mut writing = TextQuestion::new(question);
        let reply = match self.read_before(question, |terminal| terminal.plan(&mut writing))? {
            Some(reply) => reply,
            None => self.type_hidden(&mut writing)?,
        };
        self.screen.erase()?;
        let standing = String::new();
        Ok(AnswerInWords { reply, standing })
    }

    fn type_hidden(&mut self, writing: &mut TextQuestion<'_>) -> io::Result<Reply> {
        let mut typed = Zeroizing::new(String::with_capacity(LONGEST_SECRET));
        let mut flaw = None;
        self.screen.listen()?;
        self.screen.forget_typeahead()?;
        let begun = Instant::now();
        loop {
            if let Some(reply) = self.look_at(writing, typed.is_empty())? {
                return Ok(reply);
            }
            self.show(writing)?;
            let key = match self.screen.press()? {
                KeyAction::Key(key) => key,
                KeyAction::Nothing => continue,
                KeyAction::Gone => return Ok(Reply::Pause),
            };
            match key {
                Key::Text(mut text) | Key::Paste(mut text) => {
                    // As at every other prompt and in a file: one line, and no character that steers.
                    let line = text.split(['\n', '\r']).next().unwrap_or_default();
                    for c in line.chars().filter(|c| !c.is_ascii_control()) {
                        if typed.len() + c.len_utf8() <= LONGEST_SECRET {
                            typed.push(c);
                        } else {
                            flaw = Some(TOO_LONG);
                        }
                    }
                    text.zeroize();
                }
                Key::Backspace => {
                    typed.pop();
                }
                Key::Unreadable => flaw = Some(NOT_UTF8),
                Key::CutToStart => {
                    typed.clear();
                    flaw = None;
                }
                Key::Enter if flaw.is_some() => {
                    typed.clear();
                    let flaw = flaw.take().map(|flaw| self.screen.language.translate(flaw));
                    writing.message = flaw.map(String::from);
                }
                // One Enter too many before it says nothing here.
                Key::Enter if typed.is_empty() && begun.elapsed() < HAND_OVER_PAUSE => {}
                Key::Enter => {
                    return Ok(match command::read_hidden(&typed, self.screen.language) {
                        TypedLine::Reply(reply) => reply,
                        TypedLine::Editor => Reply::Help,
                        TypedLine::Doubtful(what) => {
                            typed.clear();
                            writing.message = Some(what);
                            continue;
                        }
                        TypedLine::Words(_) => Reply::Answer(Input::Words(typed.to_string())),
                    });
                }
                Key::Escape => {
                    let menu = self.menu(&writing.head.kept)?;
                    self.screen.listen()?;
                    if let Some(reply) = menu {
                        return Ok(reply);
                    }
                }
                _ => {}
            }
        }
    }
}
