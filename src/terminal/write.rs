//! Questions that are answered in words: one line, many lines, a number, a date, or just Enter.

use std::io;

use super::area::{Area, Effect, Lines};
use super::editor;
use super::guard::Size;
use super::head::{Head, Parts, message_lines, width, wrap};
use super::keys::Key;
use super::layout::{Layout, Place};
use super::paint::{Frame, Line, Look};
use super::screen::Pressed;
use super::submit::{End, Submit, submit};
use super::{Answered, Question, Terminal, words};
use crate::ask::command::Command;
use crate::ask::{Given, Reply, Want};

const AGAIN_PAUSES: &str =
    "Nothing is written yet. Ctrl-D again saves and stops; /skip leaves it out.";
const NOTHING_TO_WRITE: &str =
    "There is nothing to write here. Enter goes on; /help lists the rest.";

/// Being asked in words, from the first key to the last.
pub(super) struct Writing<'a> {
    question: &'a Question<'a>,
    area: Area,
    lines: Lines,
    pub(super) head: Head,
    /// The size that the head was set for.
    planned: Option<Size>,
    /// What was said below the text, until the text changes.
    message: Option<String>,
    /// The unknown word that was spoken of.
    warned: Option<String>,
    /// What stood in one line to begin with, as long as no key has changed it: what is typed first
    /// takes its place.
    prefilled: Option<String>,
    /// Ctrl-D was pressed on nothing, and they were told what the next one does.
    pausing: bool,
}

impl Terminal {
    /// Asks for words.
    pub(super) fn write(&mut self, question: &Question<'_>) -> io::Result<Answered> {
        let mut writing = Writing::new(question);
        self.plan(&mut writing);
        let reply = match self.read_before(question, &writing.head)? {
            Some(reply) => reply,
            None => self.press_until_done(&mut writing)?,
        };
        let text = writing.area.buffer.text().to_string();
        self.close(&writing, &reply)?;
        Ok(Answered {
            reply,
            standing: text,
        })
    }

    fn press_until_done(&mut self, writing: &mut Writing<'_>) -> io::Result<Reply> {
        self.screen.listen()?;
        loop {
            self.screen.look()?;
            // The menu or an editor may have seen the window change, too.
            if writing.planned != Some(self.screen.size()) {
                self.plan(writing);
                self.print_again(writing.question, &writing.head)?;
            }
            if !self.screen.has_more() {
                self.show(writing)?;
            }
            let key = match self.screen.press()? {
                Pressed::Key(key) => key,
                Pressed::Nothing => continue,
                Pressed::Gone => return Ok(Reply::Pause),
            };
            let replaced = writing.replace_by(&key);
            let ended = match (writing.area.press(&key), key) {
                // A command is on its way; what stood there stays until it is something else.
                (Effect::Changed, Key::Text(slash)) if replaced && slash.starts_with('/') => None,
                (Effect::Changed, _) => {
                    self.changed(writing);
                    None
                }
                (Effect::Unused, Key::Enter) => self.ended(writing, End::Enter)?,
                (Effect::Unused, Key::Done) if writing.is_empty() && writing.pausing => {
                    Some(Reply::Pause)
                }
                (Effect::Unused, Key::Done) if writing.is_empty() => {
                    writing.pausing = true;
                    writing.message = Some(AGAIN_PAUSES.into());
                    None
                }
                (Effect::Unused, Key::Done) => self.ended(writing, End::Done)?,
                (Effect::Unused, Key::Editor) => {
                    self.edit(writing)?;
                    None
                }
                (Effect::Unused, Key::Escape) => {
                    let reply = self.menu(&writing.head.kept)?;
                    self.screen.listen()?;
                    reply
                }
                (Effect::Same | Effect::Unused, _) => None,
            };
            if let Some(reply) = ended {
                return Ok(reply);
            }
        }
    }

    fn changed(&self, writing: &mut Writing<'_>) {
        writing.message = None;
        if writing.question.ask.want != Want::Ready {
            self.keep.progress(writing.area.buffer.text());
        }
    }

    fn ended(&mut self, writing: &mut Writing<'_>, end: End) -> io::Result<Option<Reply>> {
        let before = writing.area.buffer.text().len();
        let meant = submit(
            &mut writing.area.buffer,
            writing.lines,
            end,
            &mut writing.warned,
        );
        if writing.area.buffer.text().len() != before {
            self.changed(writing);
        }
        match meant {
            Submit::NewLine => {
                writing.area.press(&Key::Text("\n".into()));
                self.changed(writing);
            }
            Submit::Unknown(word) => {
                writing.message = Some(format!(
                    "{word} is not a command. Enter again keeps it as text; /help lists them.",
                ));
            }
            Submit::Command(command) => {
                writing.put_back();
                if command != Command::Editor {
                    return Ok(command.reply());
                }
                self.edit(writing)?;
            }
            Submit::Done if writing.question.ask.want != Want::Ready => {
                return Ok(Some(words(writing.area.buffer.text())));
            }
            Submit::Done if writing.is_empty() => return Ok(Some(Reply::Answer(Given::Ready))),
            Submit::Done => {
                writing.area.set("");
                writing.message = Some(NOTHING_TO_WRITE.into());
            }
        }
        Ok(None)
    }

    fn edit(&mut self, writing: &mut Writing<'_>) -> io::Result<()> {
        if writing.question.ask.want == Want::Ready {
            writing.message = Some(NOTHING_TO_WRITE.into());
            return Ok(());
        }
        let text = writing.area.buffer.text().to_string();
        let setup = self.editor.clone();
        let screen = self.screen.guard().output().duplicate()?;
        let edited = self
            .screen
            .lend(|| editor::edit(&text, &writing.question.ask.prompt, &setup, screen))?;
        match edited {
            Ok(editor::Edited::Text(text)) => {
                writing.area.set(&text);
                self.changed(writing);
            }
            Ok(editor::Edited::Same(why)) => writing.message = Some(why),
            Err(error) => {
                writing.message = Some(format!(
                    "A draft for the editor could not be kept in {}: {error}.",
                    setup.drafts.folder().unwrap_or_default().display(),
                ));
            }
        }
        Ok(())
    }

    fn plan(&self, writing: &mut Writing<'_>) {
        let size = self.screen.size();
        let notes = match self.screen.is_private() {
            true => self.screen.note_lines(&writing.question.notes),
            false => Vec::new(),
        };
        writing.plan(size, notes);
    }

    fn show(&mut self, writing: &mut Writing<'_>) -> io::Result<()> {
        let frame = writing.frame(self.screen.size());
        self.screen.paint(frame)
    }

    /// Takes the question away; what was answered stays in the scrollback.
    fn close(&mut self, writing: &Writing<'_>, reply: &Reply) -> io::Result<()> {
        let mut lines = self.record_of(writing.question, &writing.head);
        match reply {
            Reply::Answer(Given::Words(text)) => {
                let layout = Layout::new(text, width(self.screen.size()));
                let rows = layout.rows.iter().map(|row| &text[row.start..row.end]);
                lines.extend(rows.map(Line::from));
            }
            Reply::Skip => lines.push(Line::from("(rather not say)")),
            Reply::Answer(_) => return self.screen.record(&lines),
            _ => return self.screen.erase(),
        }
        lines.push(Line::default());
        self.screen.record(&lines)
    }
}

impl<'a> Writing<'a> {
    /// No key has been pressed yet.
    pub(super) fn new(question: &'a Question<'a>) -> Self {
        let lines = match question.ask.want {
            Want::Text => Lines::Many,
            _ => Lines::One,
        };
        let initial = match question.ask.want {
            Want::Ready => "",
            _ => &question.initial,
        };
        Self {
            question,
            area: Area::new(lines, initial),
            lines,
            head: Head::default(),
            planned: None,
            message: question.message.clone(),
            warned: None,
            prefilled: (lines == Lines::One && !initial.is_empty()).then(|| initial.to_string()),
            pausing: false,
        }
    }

    /// Sets what stands above the text for a screen, `notes` first.
    pub(super) fn plan(&mut self, size: Size, notes: Vec<Line>) {
        self.planned = Some(size);
        let mut parts = Parts::new(self.question.ask, size);
        parts.notes = notes;
        parts.beside = beside(&self.question.ask.want, width(size));
        let area = match self.lines {
            Lines::Many => (size.rows / 4).max(3),
            Lines::One => 3,
        };
        self.head = parts.plan(size.rows.saturating_sub(area + 1).max(1));
    }

    /// What the screen shows now.
    pub(super) fn frame(&mut self, size: Size) -> Frame {
        let mut below = Vec::new();
        if let Some(message) = &self.message {
            below = message_lines(message, size);
        }
        let head = self.head.kept.len();
        let footer = Line::new(self.footer(width(size)), Look::Faint);
        if below.is_empty() || head + below.len() + 4 <= size.rows {
            below.push(footer);
        }
        let room = size.rows.saturating_sub(head + below.len()).max(1);
        let width = width(size);
        let wanted = self.area.wanted_rows(width);
        self.area.resize(width, wanted.min(room));
        let shown = self.area.show();
        let mut rows = self.head.kept.clone();
        rows.extend(shown.rows.into_iter().map(Line::from));
        // A row of air above the keys where there is any to spare.
        if rows.len() + below.len() < size.rows {
            rows.push(Line::default());
        }
        rows.extend(below);
        let cursor = Place {
            row: head + shown.cursor.row,
            ..shown.cursor
        };
        Frame {
            rows,
            cursor: Some(cursor),
        }
    }

    fn is_empty(&self) -> bool {
        self.area.buffer.text().trim().is_empty()
    }

    /// What is typed first takes the place of what stood in one line; every other key keeps it, to
    /// be changed.
    fn replace_by(&mut self, key: &Key) -> bool {
        if self.prefilled.as_deref() != Some(self.area.buffer.text()) {
            return false;
        }
        match key {
            Key::Text(_) | Key::Paste(_) => self.area.set(""),
            Key::Enter | Key::Done | Key::Escape => return false,
            _ => self.prefilled = None,
        }
        self.prefilled.is_some()
    }

    /// After a command in place of what stood there: it stands there again.
    fn put_back(&mut self) {
        if self.is_empty()
            && let Some(prefilled) = &self.prefilled
        {
            self.area.set(prefilled);
        }
    }

    fn footer(&self, width: usize) -> String {
        let stands = self.prefilled.as_deref() == Some(self.area.buffer.text());
        let keys = match (&self.question.ask.want, self.lines) {
            (Want::Ready, _) => ["Press Enter to go on  Esc: menu", "Enter: go on"],
            (_, Lines::Many) => ["Ctrl-D: done  Ctrl-O: editor  Esc: menu", "Ctrl-D: done"],
            (_, Lines::One) if stands => ["Enter: keep  type: replace  Esc: menu", "Enter: keep"],
            (_, Lines::One) => ["Enter: done  Esc: menu  /help", "Enter: done"],
        };
        let fitting = keys.into_iter().find(|keys| keys.len() <= width);
        fitting.unwrap_or_default().to_string()
    }
}

/// What must be in sight while answering.
pub(super) fn beside(want: &Want, width: usize) -> Vec<String> {
    let Want::Scale {
        from,
        to,
        low,
        high,
    } = want
    else {
        return Vec::new();
    };
    let end = |number: &i64, label: &Option<String>| match label {
        Some(label) => format!("{number} = {label}"),
        None => number.to_string(),
    };
    wrap(&format!("{} ... {}", end(from, low), end(to, high)), width)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_ends_of_a_scale_are_named_where_they_have_names() {
        let scale = |low: Option<&str>| Want::Scale {
            from: 1,
            to: 7,
            low: low.map(String::from),
            high: Some("high".into()),
        };
        assert_eq!(beside(&scale(Some("low")), 40), ["1 = low ... 7 = high"]);
        assert_eq!(beside(&scale(None), 40), ["1 ... 7 = high"]);
    }
}
