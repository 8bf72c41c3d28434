//! Questions that are answered in words: one line, many lines, a number, a date, or just Enter.

use std::fmt::Display;
use std::io;

use super::area::{Area, KeyEffect, LineMode};
use super::editor;
use super::foot::{Foot, SavingMark};
use super::guard::ScreenSize;
use super::head::{HeadParts, ScreenHead, above, message_lines, width};
use super::keys::Key;
use super::layout::Cell;
use super::paint::{Frame, ScreenLine};
use super::screen::KeyAction;
use super::submit::{LineEnd, Submit, UNREADABLE, submit};
use super::{AnswerInWords, OpenQuestion, Terminal, words};
use crate::ask::{Input, Reply, Want};

const SAVES: &str = "Nothing is written yet. Ctrl-D again saves and stops; /skip leaves it out.";
const STOPS: &str = "Nothing is written yet. Ctrl-D again stops; /skip leaves it out.";
const ON_A_PAGE: &str = "Press Enter to continue. Ctrl-D again stops here.";
const DOUBTFUL: &str = "{what} Enter again keeps it as text.";
const NO_DRAFT: &str = "A draft for the editor could not be kept in {folder}: {error}.";
const NO_EDITOR_FOR_CLOSED: &str =
    "An editor keeps copies of its own, so there’s none for what stays closed.";
const NOTHING_TO_WRITE: &str =
    "There’s nothing to write here. Press Enter to continue; /help lists what you can type.";

/// Being asked in words, from the first key to the last.
pub(super) struct TextQuestion<'a> {
    pub(super) question: &'a OpenQuestion<'a>,
    area: Area,
    lines: LineMode,
    pub(super) head: ScreenHead,
    /// What was said below the text, until the text changes.
    pub(super) message: Option<String>,
    /// The unknown word that was spoken of.
    warned: Option<String>,
    /// What stood in one line to begin with, as long as no key has changed it.
    prefilled: Option<String>,
    /// What is suggested, and stands there again where the line is emptied.
    suggestion: Option<String>,
    /// The answer that a command is typed in place of.
    set_aside: Option<String>,
    /// Ctrl-D was pressed on nothing, and they were told what the next one does.
    pausing: bool,
    /// Whether the foot says that the answer before is saved, until a key is pressed.
    saved: bool,
    /// What the foot says of saving now.
    mark: Option<SavingMark>,
}

impl Terminal {
    /// Asks for words.
    pub(super) fn write(&mut self, question: &OpenQuestion<'_>) -> io::Result<AnswerInWords> {
        let mut writing = TextQuestion::new(question);
        let reply = match self.read_before(question, |terminal| terminal.plan(&mut writing))? {
            Some(reply) => reply,
            None => self.press_until_done(&mut writing)?,
        };
        self.close(&writing, &reply)?;
        let standing = writing.area.buffer.text().to_string();
        Ok(AnswerInWords { reply, standing })
    }

    fn press_until_done(&mut self, writing: &mut TextQuestion<'_>) -> io::Result<Reply> {
        self.screen.listen()?;
        loop {
            if let Some(reply) = self.look_at(writing, writing.is_empty())? {
                return Ok(reply);
            }
            let said = self.screen.floor_says(writing.question.ask);
            writing.message = said.or(writing.message.take());
            if !self.screen.has_more() {
                self.show(writing)?;
            }
            let key = match self.screen.press()? {
                KeyAction::Key(key) => key,
                KeyAction::Nothing => continue,
                KeyAction::Gone => return Ok(Reply::Pause),
            };
            writing.saved = false;
            writing.make_room(&key);
            let effect = writing.area.press(&key);
            writing.put_back_when_empty(&key);
            let ended = match (effect, key) {
                // A command is on its way; what stood there stays until it is something else.
                (KeyEffect::Changed, _) if writing.set_aside.is_some() => None,
                (KeyEffect::Changed, _) => {
                    self.changed(writing);
                    None
                }
                (KeyEffect::Unused, Key::Enter) => self.ended(writing, LineEnd::Enter)?,
                (KeyEffect::Unused, Key::Done) if writing.is_empty() && writing.pausing => {
                    Some(Reply::Pause)
                }
                (KeyEffect::Unused, Key::Done) if writing.is_empty() => {
                    writing.pausing = true;
                    let is_page = writing.question.ask.want == Want::Ready;
                    let stops = if self.keep.keeps() { SAVES } else { STOPS };
                    let message = if is_page { ON_A_PAGE } else { stops };
                    writing.message = Some(self.screen.language.translate(message).into());
                    None
                }
                (KeyEffect::Unused, Key::Done) => self.ended(writing, LineEnd::Done)?,
                (KeyEffect::Unused, Key::Editor) => {
                    self.edit(writing)?;
                    None
                }
                (KeyEffect::Unused, Key::Escape) => {
                    let reply = self.menu(&writing.head.kept)?;
                    self.screen.listen()?;
                    reply
                }
                (KeyEffect::Same | KeyEffect::Unused, _) => None,
            };
            if let Some(reply) = ended {
                return Ok(reply);
            }
        }
    }

    fn changed(&self, writing: &mut TextQuestion<'_>) {
        writing.message = None;
        if writing.question.ask.want != Want::Ready {
            // What is suggested was typed by nobody.
            let stands = writing.stands() && writing.suggests();
            let text = writing.area.buffer.text();
            self.keep.progress(if stands { "" } else { text });
        }
    }

    fn ended(&mut self, writing: &mut TextQuestion<'_>, end: LineEnd) -> io::Result<Option<Reply>> {
        let before = writing.area.buffer.text().len();
        let meant = submit(
            &mut writing.area.buffer,
            writing.lines,
            end,
            &mut writing.warned,
            self.screen.language,
        );
        if writing.area.buffer.text().len() != before {
            self.changed(writing);
        }
        match meant {
            Submit::NewLine | Submit::Done if writing.leaves_out() => return Ok(Some(Reply::Skip)),
            Submit::NewLine => {
                let lacks = std::mem::take(&mut writing.area.buffer.lacks);
                writing.area.press(&Key::Text("\n".into()));
                self.changed(writing);
                let language = self.screen.language;
                writing.message = lacks.then(|| language.translate(UNREADABLE).into());
            }
            Submit::Doubtful(what) if !writing.question.ask.want.takes_words() => {
                writing.area.set("");
                (writing.message, writing.warned) = (Some(what), None);
            }
            Submit::Doubtful(what) => {
                writing.area.put_before(writing.set_aside.take());
                writing.message = Some(self.screen.language.fill(DOUBTFUL, &[("what", &what)]));
            }
            Submit::Reply(reply) => {
                writing.put_back();
                return Ok(Some(reply));
            }
            Submit::Editor => {
                writing.put_back();
                self.edit(writing)?;
            }
            Submit::Done if writing.question.ask.want != Want::Ready => {
                return Ok(Some(words(writing.area.buffer.text())));
            }
            Submit::Done if writing.is_empty() => return Ok(Some(Reply::Answer(Input::Ready))),
            Submit::Done => {
                writing.area.set("");
                writing.message = Some(self.screen.language.translate(NOTHING_TO_WRITE).into());
            }
        }
        Ok(None)
    }

    fn edit(&mut self, writing: &mut TextQuestion<'_>) -> io::Result<()> {
        if writing.question.ask.want == Want::Ready {
            writing.message = Some(self.screen.language.translate(NOTHING_TO_WRITE).into());
            return Ok(());
        }
        if writing.question.ask.sealed {
            writing.message = Some(self.screen.language.translate(NO_EDITOR_FOR_CLOSED).into());
            return Ok(());
        }
        let text = writing.area.buffer.text().to_string();
        let setup = self.editor.clone();
        let screen = self.screen.guard().output().duplicate()?;
        let (keep, prompt) = (self.keep.clone(), &writing.question.ask.prompt);
        let edited = self
            .screen
            .suspend_while(|| editor::edit(&text, prompt, &setup, screen, keep.as_ref()))?;
        match edited {
            Ok(editor::EditOutcome::Text(text)) => {
                writing.area.set(&text);
                self.changed(writing);
            }
            Ok(editor::EditOutcome::TextAnd(text, why)) => {
                writing.area.set(&text);
                self.changed(writing);
                writing.message = Some(why);
            }
            Ok(editor::EditOutcome::Same(why)) => writing.message = Some(why),
            Err(error) => {
                let folder = setup.drafts.place().folder.unwrap_or_default();
                let folder = folder.display();
                let values: [(&str, &dyn Display); 2] = [("folder", &folder), ("error", &error)];
                writing.message = Some(self.screen.language.fill(NO_DRAFT, &values));
            }
        }
        Ok(())
    }

    pub(super) fn plan(&self, writing: &mut TextQuestion<'_>) -> ScreenHead {
        let size = self.screen.size();
        let question = writing.question;
        writing.head = self.plan_with_notes(question, |notes| {
            writing.plan(size, notes);
            writing.head.clone()
        });
        writing.head.clone()
    }

    pub(super) fn show(&mut self, writing: &mut TextQuestion<'_>) -> io::Result<()> {
        let saved = writing.saved && writing.head.before.is_empty();
        writing.mark = self.screen.told.mark(self.keep.saving(), saved);
        let frame = writing.frame(self.screen.size());
        self.screen.paint(frame)
    }

    /// Takes the question away; what was answered stays in the scrollback.
    fn close(&mut self, writing: &TextQuestion<'_>, reply: &Reply) -> io::Result<()> {
        let ask = writing.question.ask;
        match reply {
            Reply::Answer(Input::Words(text)) => self.record(ask, Some(text)),
            Reply::Skip => self.record(ask, None),
            Reply::Answer(_) => {
                let lines = self.record_of(writing.question, &writing.head);
                self.screen.record(&lines)
            }
            _ => self.screen.erase(),
        }
    }
}

impl<'a> TextQuestion<'a> {
    /// No key has been pressed yet.
    pub(super) fn new(question: &'a OpenQuestion<'a>) -> Self {
        let lines = match question.ask.want {
            Want::Text => LineMode::Many,
            _ => LineMode::One,
        };
        let ask = question.ask;
        let initial = match ask.want {
            Want::Ready => "",
            _ => &question.initial,
        };
        Self {
            question,
            area: Area::new(lines, initial).in_language(question.language),
            lines,
            head: ScreenHead::default(),
            saved: question.saved,
            mark: None,
            message: question.message.clone(),
            warned: None,
            prefilled: (lines == LineMode::One && !initial.is_empty()).then(|| initial.to_string()),
            suggestion: question.suggestion().filter(|_| lines == LineMode::One),
            set_aside: None,
            pausing: false,
        }
    }

    /// Sets what stands above the text for a screen, `notes` first.
    pub(super) fn plan(&mut self, size: ScreenSize, notes: Vec<ScreenLine>) {
        let question = self.question;
        let mut parts = HeadParts::new(question.ask, &question.title, size, question.language);
        parts.notes = notes;
        // A scale whose numbers have no room in a row.
        parts.beside = question.ask.want.ends(question.language);
        let wanted = self.area.wanted_rows(width(size));
        let area = match self.lines {
            // A text that stands there already is to be read, too.
            LineMode::Many => (size.rows / 4).max(wanted.min(size.rows / 2)).max(3),
            LineMode::One => 3,
        };
        self.head = parts.plan(size.rows.saturating_sub(area + 1).max(1));
    }

    /// What the screen shows now.
    pub(super) fn frame(&mut self, size: ScreenSize) -> Frame {
        let message = self.message.iter();
        let mut below: Vec<ScreenLine> = message.flat_map(|it| message_lines(it, size)).collect();
        let above = above(&self.head.kept, below.len() + 1, size);
        let head = above.len();
        let foot = self.foot();
        let footer = foot.line(width(size), self.mark, self.question.language);
        if below.is_empty() || head + below.len() + 4 <= size.rows {
            below.push(footer);
        }
        let room = size.rows.saturating_sub(head + below.len()).max(1);
        let width = width(size);
        let wanted = self.area.wanted_rows(width);
        self.area.resize(width, wanted.min(room));
        let shown = self.area.show();
        let mut rows = above.to_vec();
        rows.extend(shown.rows.into_iter().map(ScreenLine::from));
        // A row of air above the keys where there is any to spare.
        if rows.len() + below.len() < size.rows {
            rows.push(ScreenLine::default());
        }
        rows.extend(below);
        let cursor = Cell {
            row: head + shown.cursor.row,
            ..shown.cursor
        };
        Frame {
            rows,
            cursor: Some(cursor),
        }
    }

    /// Whether Enter leaves the step out: it may be, and nothing stands there.
    fn leaves_out(&self) -> bool {
        let ask = self.question.ask;
        ask.optional && ask.want != Want::Ready && self.area.buffer.text().is_empty()
    }

    fn suggests(&self) -> bool {
        self.question.suggests(self.area.buffer.text())
    }

    /// Whether what stood there to begin with still does.
    fn stands(&self) -> bool {
        self.prefilled.as_deref() == Some(self.area.buffer.text())
    }

    fn is_empty(&self) -> bool {
        self.area.buffer.text().trim().is_empty()
    }

    /// A slash typed behind an answer that stands in one line begins a command: the answer is set
    /// aside meanwhile. Whatever else is typed first takes the place of a suggestion.
    fn make_room(&mut self, key: &Key) {
        let stands = self.stands();
        match key {
            Key::Text(typed) if stands && typed.starts_with('/') => {
                self.set_aside = self.prefilled.take();
                self.area.set("");
            }
            Key::Text(_) | Key::Paste(_) if stands && self.suggests() => {
                self.suggestion = self.prefilled.take();
                self.area.set("");
            }
            Key::Enter | Key::Done | Key::Escape => {}
            // What may be left out can be emptied for that.
            _ if stands && self.suggests() && !self.question.ask.optional => {
                self.suggestion = self.prefilled.take();
            }
            _ => self.prefilled = None,
        }
    }

    /// The command was taken back, or what was typed in place of a suggestion: what stood there stands
    /// there again.
    fn put_back_when_empty(&mut self, key: &Key) {
        if !matches!(key, Key::Enter | Key::Done) && self.is_empty() {
            self.set_aside = self.set_aside.take().or(self.suggestion.take());
            self.put_back();
        }
    }

    /// After a command in place of what stood there: it stands there again.
    fn put_back(&mut self) {
        if let Some(answer) = self.set_aside.take() {
            self.area.set(&answer);
            self.prefilled = Some(answer);
        }
    }

    fn foot(&self) -> Foot {
        let refused = self.question.refused && self.question.initial == self.area.buffer.text();
        let stands = self.stands() && !refused;
        match (&self.question.ask.want, self.lines) {
            (Want::Ready, _) if self.is_empty() => Foot::Read,
            (Want::Line, _) if self.question.ask.secret && self.leaves_out() => Foot::Read,
            _ if self.leaves_out() => Foot::LeaveOut,
            (_, LineMode::Many) if self.question.ask.sealed => Foot::ClosedLines,
            (_, LineMode::Many) => Foot::Lines,
            (_, LineMode::One) if stands && self.suggests() => Foot::KeepOrType,
            (_, LineMode::One) if stands => Foot::Keep,
            (_, LineMode::One) => Foot::Line,
        }
    }
}
