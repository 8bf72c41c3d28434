//! A typed line: words, a command, or what may be either.

use std::io::{self, Write};

use super::text::is_slip;
use super::{Keyboard, KeyboardLine, LineOutcome, PlainPrompter};
use crate::ask::command::{self, TypedLine};
use crate::text::inert;

impl<K: Keyboard, W: Write> PlainPrompter<K, W> {
    /// Reads one line that isn't shown. What stays in the window would tell the other of two people.
    pub(super) fn hidden_entry(&mut self) -> io::Result<LineOutcome> {
        let typed = loop {
            let Some(hide) = &mut self.hide else {
                self.cue()?;
                return self.entry();
            };
            let out = &mut self.out;
            let typed = hide(&mut || {
                let _ = write!(out, "> ").and_then(|()| out.flush());
            })?;
            writeln!(self.out)?;
            match typed {
                Ok(typed) => break typed,
                Err(why) => self.lines(self.language.translate(why))?,
            }
        };
        Ok(match typed {
            None => LineOutcome::End,
            Some(typed) => match command::read(&typed, self.language) {
                TypedLine::Editor => LineOutcome::Editor,
                TypedLine::Reply(reply) => LineOutcome::Reply(reply),
                _ => LineOutcome::Words(typed.to_string()),
            },
        })
    }

    /// Reads one line. A command counts only when nothing is waiting behind it: what is waiting
    /// was pasted.
    pub(super) fn entry(&mut self) -> io::Result<LineOutcome> {
        loop {
            let typed = match self.behind.take() {
                Some(typed) => typed,
                None => {
                    self.say_time()?;
                    self.keyboard.line()?
                }
            };
            if let Some(typed) = typed.as_ref().filter(|typed| typed.suspended) {
                self.keyboard.suspend();
                write!(self.out, "\n> {}", inert(&typed.text))?;
                self.out.flush()?;
                continue;
            }
            if let Some(doubted) = self.doubted.take() {
                let answers = |typed: &KeyboardLine| typed.is_enter() || typed.text == doubted;
                let is_answer = typed.as_ref().is_some_and(answers);
                if is_answer {
                    return Ok(LineOutcome::Words(doubted));
                }
                if let Some(words) = self.undoubted(doubted, typed.as_ref()) {
                    self.behind = self.many_lines.then_some(typed);
                    return Ok(words);
                }
            }
            let Some(typed) = typed else {
                return Ok(LineOutcome::End);
            };
            if typed.unreadable {
                self.lines(self.language.translate(UNREADABLE))?;
                self.cue()?;
                continue;
            }
            if typed.cut {
                self.lines(self.language.translate(LINE_CUT))?;
            }
            if typed.stopped {
                return Ok(LineOutcome::Stopped(typed.text));
            }
            if typed.more {
                return Ok(LineOutcome::Words(typed.text));
            }
            match command::read(&typed.text, self.language) {
                TypedLine::Editor => return Ok(LineOutcome::Editor),
                TypedLine::Reply(reply) => return Ok(LineOutcome::Reply(reply)),
                TypedLine::Doubtful(what) => {
                    let keeps = match self.many_lines {
                        true => ENTER_KEEPS,
                        false => ENTER_KEEPS_OR,
                    };
                    self.lines(&match self.takes_words {
                        true => format!("{what} {}", self.language.translate(keeps)),
                        false => what,
                    })?;
                    self.cue()?;
                    if self.takes_words && !self.many_lines {
                        self.keep.progress(&typed.text);
                    }
                    self.doubted = self.takes_words.then_some(typed.text);
                }
                TypedLine::Words(words) => return Ok(LineOutcome::Words(words)),
            }
        }
    }

    /// What becomes of a line that may be a command once something else than Enter follows. In a text of many
    /// lines nothing but a mistyped command alone is dropped; where one line answers, a new one takes its place.
    fn undoubted(&self, doubted: String, next: Option<&KeyboardLine>) -> Option<LineOutcome> {
        let has_words = doubted.split_whitespace().nth(1).is_some();
        match next {
            Some(next) if !self.many_lines => {
                let typed = next.text.trim();
                match next.stopped && typed.is_empty() {
                    true => Some(LineOutcome::Stopped(doubted)),
                    false => (has_words && is_slip(typed)).then_some(LineOutcome::Words(doubted)),
                }
            }
            _ => has_words.then_some(LineOutcome::Words(doubted)),
        }
    }
}

// Texts for people.
const ENTER_KEEPS: &str = "Enter alone keeps it as text.";
const ENTER_KEEPS_OR: &str =
    "Enter alone keeps it as text; anything else you type takes its place.";
const UNREADABLE: &str = "That line isn’t UTF-8 text, so nothing of it was taken. Set the terminal to UTF-8 and type it again.";
const LINE_CUT: &str = "This line is as long as the terminal allows (4,095 bytes), so its end may be missing. Use shorter lines, or /editor, to keep all of it.";

#[cfg(test)]
pub(super) mod tests {
    use std::sync::{Arc, Mutex};

    use super::*;
    use crate::ask::{Ask, Input, ProgressKeeper, Prompter, Reply, Want};

    /// Types these lines; Ctrl-C ends one where it begins with `^C`.
    pub struct Lines(pub Vec<&'static str>);

    impl Keyboard for Lines {
        fn line(&mut self) -> io::Result<Option<KeyboardLine>> {
            if self.0.is_empty() {
                return Ok(None);
            }
            let typed = self.0.remove(0);
            let stopped = typed.strip_prefix("^C");
            Ok(Some(KeyboardLine {
                text: stopped.unwrap_or(typed).into(),
                stopped: stopped.is_some(),
                ..KeyboardLine::default()
            }))
        }

        fn waiting(&mut self) -> bool {
            false
        }
    }

    /// What was kept last.
    #[derive(Default)]
    pub struct KeptText(pub Mutex<Option<String>>);

    impl ProgressKeeper for KeptText {
        fn progress(&self, text: &str) {
            *self.0.lock().unwrap() = Some(text.into());
        }
    }

    /// What comes of these lines, and what was kept last.
    fn typed(want: Want, lines: &[&'static str]) -> (Option<String>, String) {
        let keep = Arc::new(KeptText::default());
        let lines = Lines(lines.to_vec());
        let mut prompter = PlainPrompter::new(lines, Vec::new(), 80, keep.clone());
        let given = match prompter.ask(&Ask::own("what", "What?", want)) {
            Ok(Reply::Answer(Input::Words(words))) => Some(words),
            Ok(reply) => Some(format!("{reply:?}")),
            Err(_) => None,
        };
        let kept = keep.0.lock().unwrap().clone().unwrap_or_default();
        (given, kept)
    }

    #[test]
    fn a_line_with_a_command_behind_its_words_stays_whatever_comes_next() {
        let line = "You never said /leave";
        for (next, whole) in [
            (
                &["I mean goodbye.", "."][..],
                "First.\nYou never said /leave\nI mean goodbye.",
            ),
            (&["."], "First.\nYou never said /leave"),
            (&[], "First.\nYou never said /leave"),
            (&["", "."], "First.\nYou never said /leave"),
            (&[line, "."], "First.\nYou never said /leave"),
            (
                &["And so /leave", "", "."],
                "First.\nYou never said /leave\nAnd so /leave",
            ),
        ] {
            let lines = [&["First.", line], next].concat();
            assert_eq!(
                typed(Want::Text, &lines).0.as_deref(),
                Some(whole),
                "{next:?}"
            );
        }
        let paused = typed(Want::Text, &["First.", line, "/pause"]);
        assert_eq!(
            paused,
            (Some("Pause".into()), "First.\nYou never said /leave".into())
        );
        // A mistyped command alone is none of the text.
        let mistyped = typed(Want::Text, &["First.", "/paus", "More.", "."]);
        assert_eq!(mistyped.0.as_deref(), Some("First.\nMore."));
    }

    #[test]
    fn where_one_line_answers_a_new_one_takes_its_place_and_a_dot_does_not() {
        let line = "I'm sorry that I shouted /pause";
        for (next, given) in [
            ("", line),
            (".", line),
            ("I'm sorry that I shouted.", "I'm sorry that I shouted."),
        ] {
            assert_eq!(
                typed(Want::Line, &[line, next]).0.as_deref(),
                Some(given),
                "{next}"
            );
        }
        let paused = typed(Want::Line, &[line, "/pause"]);
        assert_eq!(paused, (Some("Pause".into()), line.into()));
    }

    #[test]
    fn after_ctrl_z_what_was_typed_stands_there_again() {
        struct Suspended(usize);

        impl Keyboard for Suspended {
            fn line(&mut self) -> io::Result<Option<KeyboardLine>> {
                self.0 += 1;
                Ok(Some(KeyboardLine {
                    text: ["Half a", "Half a line."][self.0 - 1].into(),
                    suspended: self.0 == 1,
                    ..KeyboardLine::default()
                }))
            }

            fn waiting(&mut self) -> bool {
                false
            }
        }

        let mut out = Vec::new();
        let keep = Arc::new(KeptText::default());
        let mut prompter = PlainPrompter::new(Suspended(0), &mut out, 80, keep);
        let reply = prompter.ask(&Ask::own("what", "What?", Want::Line));
        assert_eq!(
            reply.unwrap(),
            Reply::Answer(Input::Words("Half a line.".into()))
        );
        drop(prompter);
        assert!(String::from_utf8(out).unwrap().contains("\n> Half a"));
    }

    #[test]
    fn ctrl_c_keeps_the_line_that_has_no_end_yet() {
        assert_eq!(
            typed(Want::Text, &["One.", "^CHalf a"]),
            (None, "One.\nHalf a".into())
        );
        assert_eq!(typed(Want::Line, &["^CHalf a"]), (None, "Half a".into()));
        let doubted = typed(Want::Text, &["One.", "Two /leave", "^C"]);
        assert_eq!(doubted, (None, "One.\nTwo /leave".into()));
        assert_eq!(typed(Want::YesNo, &["^Cye"]), (None, String::new()));
    }
}
