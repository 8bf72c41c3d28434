//! Text of many lines: begun, gone on with, opened in an editor, and given.

use std::io::{self, Write};

use super::{Keyboard, LineOutcome, NO_EDITOR_HERE, NOTHING_YET, PlainPrompter};
use crate::ask::{Ask, InitialSource, Input, Reply, SavingState};
use crate::text;

impl<K: Keyboard, W: Write> PlainPrompter<K, W> {
    /// Text of many lines.
    pub(super) fn text(&mut self, ask: &Ask) -> io::Result<Reply> {
        let mut lines = match self.begin_text(ask)? {
            Ok(lines) => lines,
            Err(reply) => return Ok(reply),
        };
        loop {
            self.say_saving()?;
            self.many_lines = true;
            let entry = self.entry();
            self.many_lines = false;
            match entry? {
                LineOutcome::Stopped(words) => {
                    lines.extend((!words.trim().is_empty()).then_some(words));
                    self.keep_new(&lines);
                    return Err(self.keyboard.stop());
                }
                LineOutcome::End if is_blank(&lines) => return Ok(Reply::Pause),
                LineOutcome::End => return Ok(self.given(ask, lines)),
                LineOutcome::Words(words) if words.trim() == "." && !self.keyboard.waiting() => {
                    if !is_blank(&lines) {
                        return Ok(self.given(ask, lines));
                    }
                    self.lines(self.language.translate(NOTHING_YET))?;
                }
                LineOutcome::Words(words) => lines.push(words),
                LineOutcome::Reply(reply) => {
                    self.keep_new(&lines);
                    if matches!(
                        reply,
                        Reply::Hint | Reply::Why | Reply::Help | Reply::Support(_)
                    ) {
                        self.unfinished = Some((ask.id.clone(), lines));
                    }
                    return Ok(reply);
                }
                LineOutcome::Editor => lines = self.edit(ask, lines)?,
            }
            self.keep_new(&lines);
        }
    }

    /// What stood there is kept until there are words in its place.
    fn keep_new(&self, lines: &[String]) {
        if !is_blank(lines) {
            self.keep.progress(&lines.join("\n"));
        }
    }

    /// Says once that saving fails, and once that it works again.
    fn say_saving(&mut self) -> io::Result<()> {
        let said = match (self.keep.saving(), self.told_it_fails) {
            (SavingState::Failing, false) => SAVING_FAILS,
            (SavingState::Saved, true) => SAVING_WORKS,
            _ => return Ok(()),
        };
        self.told_it_fails = !self.told_it_fails;
        self.lines(self.language.translate(said))
    }

    fn given(&mut self, ask: &Ask, lines: Vec<String>) -> Reply {
        let text = lines.join("\n");
        self.given = Some((ask.id.clone(), lines));
        Reply::Answer(Input::Words(text))
    }

    /// The lines to go on from: an unfinished text, or the one that stands there if they keep it.
    fn begin_text(&mut self, ask: &Ask) -> io::Result<Result<Vec<String>, Reply>> {
        match self.unfinished.take() {
            Some((id, lines)) if id == ask.id => {
                self.lines(self.language.translate(GO_ON_WRITING))?;
                return Ok(Ok(lines));
            }
            _ => {}
        }
        let Some(initial) = ask
            .initial
            .as_deref()
            .filter(|text| !text.trim().is_empty())
        else {
            self.paragraph(self.language.translate(HOW_TO_WRITE))?;
            return Ok(Ok(Vec::new()));
        };
        let stands = if ask.initial_by == InitialSource::Person {
            SO_FAR
        } else {
            TO_BEGIN_WITH
        };
        self.paragraph(self.language.translate(stands))?;
        self.paragraph(initial)?;
        let lines = || initial.split('\n').map(String::from).collect::<Vec<_>>();
        loop {
            self.lines(self.language.translate(KEEP_ADD_ANEW))?;
            self.cue()?;
            match self.entry()? {
                LineOutcome::End => return Ok(Err(Reply::Pause)),
                LineOutcome::Reply(reply) => return Ok(Err(reply)),
                LineOutcome::Stopped(words) => {
                    if !is_slip(words.trim()) {
                        let lines = [lines(), vec![words]].concat();
                        self.keep.progress(&lines.join("\n"));
                    }
                    return Err(self.keyboard.stop());
                }
                LineOutcome::Editor => {
                    let lines = self.edit(ask, lines())?;
                    self.paragraph(self.language.translate(HOW_TO_WRITE))?;
                    return Ok(Ok(lines));
                }
                LineOutcome::Words(words) => match words.trim().to_lowercase().as_str() {
                    "" | "1" | "keep" | "behalten" => {
                        return Ok(Err(Reply::Answer(Input::Words(initial.to_string()))));
                    }
                    "2" | "add" | "ergänzen" => {
                        self.paragraph(self.language.translate(HOW_TO_WRITE))?;
                        return Ok(Ok(lines()));
                    }
                    "3" | "anew" | "neu" => {
                        self.paragraph(self.language.translate(HOW_TO_WRITE))?;
                        return Ok(Ok(Vec::new()));
                    }
                    other if is_slip(other) && !self.keyboard.waiting() => {
                        self.lines(self.language.translate(ONE_TWO_OR_THREE))?;
                    }
                    // A sentence, written already: it is kept, as what is added.
                    _ => {
                        let mut lines = lines();
                        lines.push(words);
                        self.keep.progress(&lines.join("\n"));
                        self.paragraph(self.language.translate(ADDED))?;
                        return Ok(Ok(lines));
                    }
                },
            }
        }
    }

    fn edit(&mut self, ask: &Ask, lines: Vec<String>) -> io::Result<Vec<String>> {
        let Some(edit) = &mut self.edit else {
            self.lines(self.language.translate(NO_EDITOR_HERE))?;
            return Ok(lines);
        };
        match edit(&ask.prompt, &lines.join("\n")) {
            Ok((text, said)) => {
                self.paragraph(self.language.translate(TO_BEGIN_WITH_FROM_EDITOR))?;
                self.paragraph(&text)?;
                if let Some(said) = said {
                    self.whole_words(&said)?;
                }
                self.lines(self.language.translate(GO_ON_WRITING))?;
                Ok(text.split('\n').map(String::from).collect())
            }
            Err(why) => {
                self.whole_words(&why)?;
                Ok(lines)
            }
        }
    }

    /// Says something in which a path may stand that a person copies.
    fn whole_words(&mut self, text: &str) -> io::Result<()> {
        let mut lines = text::wrap_words(&text::inert(text), self.width).into_iter();
        lines.try_for_each(|line| writeln!(self.out, "{line}"))
    }
}

fn is_blank(lines: &[String]) -> bool {
    lines.iter().all(|line| text::is_blank(line))
}

/// Whether a line that chooses nothing has no words in it that could be lost, such as `4`.
pub(super) fn is_slip(line: &str) -> bool {
    line.len() < 3
        && line
            .chars()
            .all(|c| c.is_ascii_digit() || c.is_ascii_punctuation())
}

// Texts for people.
const HOW_TO_WRITE: &str = "Write as many lines as you like. A dot alone on a line ends the text.";
const GO_ON_WRITING: &str =
    "Your text is still there. Keep writing; a dot alone on a line ends it.";
const SAVING_FAILS: &str =
    "Your words can’t be saved at the moment. They’re still here, and saving is tried again.";
const SAVING_WORKS: &str = "Your words are saved again.";
const SO_FAR: &str = "You wrote:";
const TO_BEGIN_WITH: &str = "What’s there so far:";
const TO_BEGIN_WITH_FROM_EDITOR: &str = "Your text now:";
const KEEP_ADD_ANEW: &str = "1 keep it, 2 add to it, 3 start again? (Enter alone: keep)";
const ONE_TWO_OR_THREE: &str = "Please type 1, 2 or 3. Nothing was changed.";
const ADDED: &str = "That wasn’t 1, 2 or 3. What you typed is kept, as a line added at the end. Nothing else was changed. Keep writing; a dot alone on a line ends the text.";

#[cfg(test)]
mod tests {
    use std::sync::{Arc, Mutex};

    use super::*;
    use crate::ask::{ProgressKeeper, Prompter, Want};
    use crate::plain::entry::tests::{KeptText, Lines};

    /// Saving stands like this, one after the other.
    struct Disk(Mutex<Vec<SavingState>>);

    impl ProgressKeeper for Disk {
        fn progress(&self, _: &str) {}

        fn saving(&self) -> SavingState {
            self.0.lock().unwrap().remove(0)
        }
    }

    #[test]
    fn who_starts_again_has_what_stood_there_until_new_words_do() {
        for (lines, kept) in [
            (vec!["3", "/pause"], None),
            (vec!["3", "", "/hint"], None),
            (vec!["3", "New words.", "/pause"], Some("New words.")),
            // A line that may be a command isn't lost to whoever only presses Enter.
            (
                vec!["3", "So tired. /back", "", "/pause"],
                Some("So tired. /back"),
            ),
        ] {
            let keep = Arc::new(KeptText::default());
            let mut out = Vec::new();
            let mut prompter = PlainPrompter::new(Lines(lines), &mut out, 80, keep.clone());
            let ask = Ask {
                initial: Some("Old words.".into()),
                ..Ask::own("text", "Write.", Want::Text)
            };
            prompter.ask(&ask).unwrap();
            assert_eq!(keep.0.lock().unwrap().as_deref(), kept);
        }
    }

    #[test]
    fn that_enter_alone_keeps_a_line_is_said_only_where_words_can_be_an_answer() {
        let wants = [Want::Text, Want::Line, Want::YesNo, Want::Date];
        for (want, says) in wants.into_iter().zip([true, true, false, false]) {
            let mut out = Vec::new();
            let keep = Arc::new(KeptText::default());
            let lines = Lines(vec!["/paus", "/pause"]);
            let mut prompter = PlainPrompter::new(lines, &mut out, 80, keep);
            prompter.ask(&Ask::own("what", "What?", want)).unwrap();
            drop(prompter);
            let out = String::from_utf8(out).unwrap();
            assert_eq!(out.contains("Enter alone keeps it as text"), says, "{out}");
        }
    }

    #[test]
    fn nothing_typed_turns_a_page_but_enter_alone() {
        let mut out = Vec::new();
        let lines = Lines(vec!["He reads my phone.", "", "too far"]);
        let mut prompter = PlainPrompter::new(lines, &mut out, 80, Arc::new(KeptText::default()));
        let reply = prompter
            .ask(&Ask::own("page", "A page.", Want::Ready))
            .unwrap();
        assert_eq!(reply, Reply::Answer(Input::Ready));
        drop(prompter);
        let out = String::from_utf8(out).unwrap();
        assert_eq!(
            out.matches("There’s nothing to type here.").count(),
            1,
            "{out}"
        );
    }

    #[test]
    fn that_saving_fails_and_that_it_works_again_is_said_once_each() {
        use SavingState::{Failing, Saved, Waiting};
        let states = vec![Saved, Failing, Failing, Waiting, Saved];
        let mut out = Vec::new();
        let keep = Arc::new(Disk(Mutex::new(states)));
        let lines = Lines(vec!["one", "two", "three", "four", "."]);
        let mut prompter = PlainPrompter::new(lines, &mut out, 80, keep);
        prompter
            .ask(&Ask::own("text", "Write.", Want::Text))
            .unwrap();
        drop(prompter);
        let text = String::from_utf8(out).unwrap().replace('\n', " ");
        assert_eq!(text.matches(SAVING_FAILS).count(), 1, "{text}");
        let behind = text.split_once(SAVING_FAILS).unwrap().1;
        assert_eq!(behind.matches(SAVING_WORKS).count(), 1, "{text}");
    }
}
