//! What is asked outside a session: a yes or a no, a name that is typed to be sure, one thing or
//! several from a list. Nothing private is typed here.
//!
//! Where single keys can be read, dialoguer asks; in plain mode, on a small screen and in tests a line
//! is read. Whoever asks makes sure first that somebody is there. A text about somebody's life can
//! stand above any of it, so `/leave`, `/support` and `/pause` do what they do in a session, and a
//! command can be typed anywhere.

mod choice;
mod theme;

use std::io::{BufRead, Write};
use std::thread;
use std::time::Duration;

use console::Term;
use dialoguer::Input;
use dialoguer::theme::SimpleTheme;

use self::theme::{CHOICES, CharacterTheme};
use crate::ask::command::{self, TypedLine};
use crate::ask::{Reply, SupportPage};
use crate::error::{Error, Exit, Result};
use crate::safety::SafetyTexts;
use crate::terminal::{ERASE, ERASE_ALL, ERASE_OLDER, REPORTS_OFF, signals};
use crate::text::language::Language;
use crate::text::{inert, is_same_name, width, wrap};

/// So long is waited for the thread that a signal ends the program in.
const PATIENCE: Duration = Duration::from_secs(4);

/// Somebody at a terminal.
pub struct Asker<'a> {
    /// Whether single keys are read.
    pub keys: bool,
    /// The columns of their screen.
    pub columns: usize,
    /// Its rows.
    pub rows: usize,
    /// Where lines come from, otherwise.
    pub input: &'a mut dyn BufRead,
    /// Where questions are shown.
    pub screen: &'a mut dyn Write,
    /// The help lines.
    pub support: Box<SupportPage<'a>>,
}

impl Asker<'_> {
    /// Whether they say yes to a question of any length. Enter alone says no.
    ///
    /// # Errors
    ///
    /// The terminal is gone.
    pub fn confirm(&mut self, question: &str) -> Result<bool> {
        self.confirmed(question, NEXT_ROW)
    }

    /// Whether they say yes. `way_out` is what a signal shows that ends the run meanwhile.
    fn confirmed(&mut self, question: &str, way_out: &'static str) -> Result<bool> {
        let mut lines = wrap(question, width(self.columns).saturating_sub(CHOICES.len()));
        // Keys are read behind the last line alone.
        let question = lines.pop().unwrap_or_default();
        lines
            .iter()
            .for_each(|line| self.show(&format!("{line}\n")));
        if !self.keys {
            let typed = self.answer(&format!("{question}{CHOICES}"))?;
            return Ok(said_yes(&typed.unwrap_or_default()) == Some(true));
        }
        loop {
            // A whole line: one key decides nothing, nor does a letter of something else.
            let known = |typed: &String| {
                let known = said_yes(typed).is_some() || is_command(typed);
                known.then_some(()).ok_or(YES_OR_NO)
            };
            let input = Input::<String>::with_theme(&CharacterTheme).with_prompt(question.as_str());
            let input = input.allow_empty(true).validate_with(known);
            let typed = self.by_keys(way_out, |term| input.interact_text_on(term))?;
            if !self.fulfils(&typed)? {
                return Ok(said_yes(&typed) == Some(true));
            }
        }
    }

    /// Whether they type this name: what it is ("session"), and the name. Enter alone says no.
    ///
    /// # Errors
    ///
    /// The terminal is gone.
    pub fn confirm_name(&mut self, what: &str, name: &str) -> Result<bool> {
        let is_name = |typed: &str| is_same_name(typed, name);
        if !self.keys {
            let typed = self.answer(&format!("{what}: "))?;
            return Ok(is_name(&typed.unwrap_or_default()));
        }
        loop {
            let input = Input::<String>::with_theme(&SimpleTheme)
                .with_prompt(what)
                .allow_empty(true)
                .validate_with(|typed: &String| {
                    let fits = typed.trim().is_empty() || is_name(typed) || is_command(typed);
                    let other = || format!("That isn’t {name}. Enter alone changes nothing.");
                    fits.then_some(()).ok_or_else(other)
                });
            let typed = self.by_keys(NEXT_ROW, |term| input.interact_text_on(term))?;
            if !self.fulfils(&typed)? {
                return Ok(is_name(&typed));
            }
        }
    }

    /// The line that is typed behind these words, where it is no command; none at the end of all lines.
    fn answer(&mut self, words: &str) -> Result<Option<String>> {
        loop {
            self.show(words);
            let typed = self.line()?;
            if !self.fulfils(typed.as_deref().unwrap_or_default())? {
                return Ok(typed);
            }
        }
    }

    /// The line that is typed behind one word, by keys or not; otherwise as [`Self::answer`].
    fn typed(&mut self, word: &str) -> Result<Option<String>> {
        if !self.keys {
            return self.answer(&format!("{word}: "));
        }
        loop {
            let input = Input::<String>::with_theme(&SimpleTheme).with_prompt(word);
            let input = input.allow_empty(true);
            let typed = self.by_keys(NEXT_ROW, |term| input.interact_text_on(term))?;
            if !self.fulfils(&typed)? {
                return Ok(Some(typed.trim().to_string()));
            }
        }
    }

    /// Does what a command asks for, or says what can be typed. False where the line is none; where it ends the run, all is said.
    ///
    /// # Errors
    ///
    /// The command ends the run, or the terminal is gone.
    pub fn fulfils(&mut self, typed: &str) -> Result<bool> {
        match command::read(typed, Language::English) {
            TypedLine::Words(_) => Ok(false),
            TypedLine::Doubtful(what) => {
                self.put(&what);
                Ok(true)
            }
            TypedLine::Reply(Reply::Support(country)) => {
                let page = (self.support)(country.as_deref());
                self.show("\n");
                self.put(&page);
                self.show("\n");
                Ok(true)
            }
            TypedLine::Reply(Reply::Leave) => {
                if self.keys {
                    self.show(ERASE);
                    let older = self.confirmed(ERASE_ALL, ERASE)?;
                    self.show(ERASE);
                    self.show(if older { ERASE_OLDER } else { "" });
                }
                let left = &SafetyTexts::built_in(Language::English).left;
                self.show(&format!("{left}\n"));
                Err(Error::told(Exit::Done))
            }
            TypedLine::Reply(Reply::Pause) => {
                self.show(STOPPED);
                Err(Error::told(Exit::Paused))
            }
            TypedLine::Reply(_) | TypedLine::Editor => {
                self.put(COMMANDS);
                Ok(true)
            }
        }
    }

    /// Shows a text, set to the screen.
    fn put(&mut self, text: &str) {
        for line in wrap(&inert(text), width(self.columns)) {
            self.show(&format!("{line}\n"));
        }
    }

    /// Lets dialoguer ask. `way_out` is what a signal shows that ends the run meanwhile.
    fn by_keys<T>(
        &mut self,
        way_out: &'static str,
        ask: impl FnOnce(&Term) -> dialoguer::Result<T>,
    ) -> Result<T> {
        self.show(REPORTS_OFF);
        let unseen = signals::before_question(way_out);
        let asked = ask(&Term::stderr());
        drop(unseen);
        asked.map_err(|dialoguer::Error::IO(error)| {
            if error.kind() == std::io::ErrorKind::Interrupted {
                // Ctrl-C. The thread that waits for it gives the terminal back and ends the program.
                thread::sleep(PATIENCE);
                return Error::new(Exit::Signal(2), "ended by Ctrl-C");
            }
            unread(&error)
        })
    }

    /// Shows it. A screen that is gone is noticed when a line is read.
    fn show(&mut self, text: &str) {
        let _ = write!(self.screen, "{text}");
        let _ = self.screen.flush();
    }

    /// The next line; none at the end of all lines.
    fn line(&mut self) -> Result<Option<String>> {
        let mut typed = String::new();
        let read = self.input.read_line(&mut typed);
        let read = read.map_err(|error| unread(&error))?;
        Ok((read > 0).then(|| typed.trim().to_string()))
    }
}

/// Whether a line says yes; none where it says neither.
fn said_yes(line: &str) -> Option<bool> {
    match line.trim().to_lowercase().as_str() {
        "y" | "yes" => Some(true),
        "" | "n" | "no" => Some(false),
        _ => None,
    }
}

/// Whether a line is a command, or like one.
fn is_command(line: &str) -> bool {
    let meant = command::read(line, Language::English);
    !matches!(meant, TypedLine::Words(_))
}

/// Whether a line that was typed unseen is a command, or like one and too short for a passphrase.
pub fn is_hidden_command(line: &str) -> bool {
    let meant = command::read_hidden(line, Language::English);
    !matches!(meant, TypedLine::Words(_))
}

fn unread(error: &std::io::Error) -> Error {
    Error::failed("could not read what was typed").because(error)
}

/// Goes below what is shown.
const NEXT_ROW: &str = "\r\n";

// Texts for people.
const YES_OR_NO: &str = "Type y or n, then press Enter.";
const COMMANDS: &str = "You can type /support for help lines, /pause to stop, and /leave to clear the screen and stop.";
const STOPPED: &str = "Stopped.\n";

#[cfg(test)]
mod tests {
    use super::*;

    pub(super) fn asked<T>(
        typed: &str,
        ask: impl FnOnce(&mut Asker<'_>) -> Result<T>,
    ) -> (T, String) {
        let mut screen = Vec::new();
        let mut asker = Asker {
            keys: false,
            columns: 24,
            rows: 24,
            input: &mut typed.as_bytes(),
            screen: &mut screen,
            support: Box::new(|_| String::from("Help.")),
        };
        let given = ask(&mut asker).unwrap();
        drop(asker);
        (given, String::from_utf8(screen).unwrap())
    }

    #[test]
    fn a_command_is_taken_wherever_words_are_typed() {
        let entries = [String::from("one"), String::from("two")];
        type Question<'q> = &'q dyn Fn(&mut Asker<'_>) -> Result<bool>;
        let questions: [(&str, Question<'_>); 4] = [
            ("y\n", &|asker| asker.confirm("Begin it?")),
            ("Mo\n", &|asker| asker.confirm_name("Name", "Mo")),
            ("2\n", &|asker| {
                Ok(asker.choose("Which?", &entries)? == Some(1))
            }),
            ("1\n", &|asker| {
                Ok(asker.mark("Which?", &entries, &[false, false])? == Some(vec![0]))
            }),
        ];
        for (yes, question) in questions {
            let (is, shown) = asked(&format!("/support\n/Support GB\n{yes}"), question);
            assert!(is && shown.matches("Help.").count() == 2, "{shown}");
            for (typed, answered) in [
                ("/paus\n", "Did you mean /pause?"),
                ("/help\n", "You can type /support"),
                ("/back\n", "You can type /support"),
            ] {
                let (is, shown) = asked(&format!("{typed}{yes}"), question);
                assert!(is && shown.replace('\n', " ").contains(answered), "{shown}");
            }
            for (typed, exit, said) in [
                ("/leave\n", Exit::Done, "Done.\n"),
                (" ／LEAVE \n", Exit::Done, "Done.\n"),
                (" /pause \n", Exit::Paused, "Stopped.\n"),
                ("/quit\n", Exit::Paused, "Stopped.\n"),
                ("/stop\n", Exit::Paused, "Stopped.\n"),
            ] {
                let (ended, shown) = asked(&format!("{typed}{yes}"), |asker| Ok(question(asker)));
                let ended = ended.unwrap_err();
                assert_eq!((ended.exit, ended.to_string().as_str()), (exit, ""));
                assert!(shown.ends_with(said), "{shown}");
            }
        }
    }

    #[test]
    fn only_a_yes_is_a_yes() {
        for (typed, yes) in [
            ("y\n", true),
            (" YES \r\n", true),
            ("\n", false),
            ("", false),
            ("n\n", false),
            ("yes please\n", false),
        ] {
            let shown = String::from("Write it? [y/N] ");
            assert_eq!(
                asked(typed, |asker| asker.confirm("Write it?")),
                (yes, shown)
            );
        }
    }

    #[test]
    fn a_long_question_is_set_to_the_screen() {
        let (_, shown) = asked("y\n", |asker| asker.confirm("Move it to the other folder?"));
        assert_eq!(shown, "Move it to the\nother folder? [y/N] ");
    }

    #[test]
    fn only_the_whole_name_is_the_name() {
        for (typed, yes) in [
            ("9F3A61C2\n", true),
            ("9f3a\n", false),
            ("y\n", false),
            ("", false),
        ] {
            let (is, shown) = asked(typed, |asker| asker.confirm_name("Session", "9f3a61c2"));
            assert_eq!((is, shown.as_str()), (yes, "Session: "), "{typed:?}");
        }
    }
}
