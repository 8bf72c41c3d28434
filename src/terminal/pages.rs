//! Text that is longer than the screen, read page by page, and the notes above a question.

use std::io;

use super::head::{HeadParts, ScreenHead};
use super::page::{PageCommand, PageTurn, page_end, page_rows, same_place};
use super::paint::ScreenLine;

use super::write::TextQuestion;
use super::{OpenQuestion, Privacy, Terminal, record};
use crate::ask::{Ask, Note, Reply, SupportPage, Tone};

/// Rows that any answer takes below its question.
const ANSWER: usize = 4;

impl Terminal {
    /// Shows a text page by page until all was read, or until they would like to do something else.
    /// `lay` sets it for the screen as it is: a window of another size goes on where they were. On the
    /// main screen the rows stay.
    pub(super) fn read(
        &mut self,
        lay: impl FnMut(&Self) -> Vec<ScreenLine>,
    ) -> io::Result<Option<Reply>> {
        let interruption = self.read_on(lay)?;
        Ok(interruption.map(|(reply, _)| reply))
    }

    /// As [`Self::read`], with the rows that came before the page they typed on.
    fn read_on(
        &mut self,
        mut lay: impl FnMut(&Self) -> Vec<ScreenLine>,
    ) -> io::Result<Option<(Reply, Vec<ScreenLine>)>> {
        let (mut rows, mut at) = (lay(self), 0);
        let mut typed = self.page_command();
        while at < rows.len() {
            if self.screen.was_wiped() {
                let anew = lay(self);
                at = same_place(&rows[..at], &anew);
                rows = anew;
                continue;
            }
            let count = page_rows(&rows[at..], self.screen.size());
            let end = at + page_end(&rows[at..], count);
            let turn = self.screen.show_page(&rows[at..end], count, &mut typed)?;
            match turn {
                PageTurn::Anew => continue,
                PageTurn::Next => at = end,
                _ => {}
            }
            typed = self.page_command();
            if let Some(reply) = self.follow(turn)? {
                rows.truncate(at);
                return Ok(Some((reply, rows)));
            }
        }
        Ok(None)
    }

    /// Lets them read notes, and keeps those that were not read when they type something else.
    fn read_notes(&mut self, notes: &[Note]) -> io::Result<Option<Reply>> {
        let interruption = self.read_on(|terminal| terminal.screen.note_lines(notes))?;
        Ok(interruption.map(|(reply, read)| {
            self.leave_unread(notes, &read);
            reply
        }))
    }

    /// Keeps the paragraphs of these notes that come behind rows that were read.
    fn leave_unread(&mut self, notes: &[Note], read: &[ScreenLine]) {
        let paragraphs: Vec<Note> = notes.iter().flat_map(paragraphs).collect();
        let shown = |count: &usize| letters(&self.screen.note_lines(&paragraphs[..*count]));
        let is_read = |count: &usize| shown(count) <= letters(read);
        let count = (1..=paragraphs.len()).take_while(is_read).count();
        let rest = paragraphs[count..].iter().cloned();
        self.unread.get_or_insert_default().extend(rest);
    }

    /// Lets them read the notes that stand on the main screen.
    fn read_standing(&mut self, notes: &[Note]) -> io::Result<Option<Reply>> {
        let mut typed = self.page_command();
        loop {
            if self.screen.was_wiped() {
                return self.read_notes(notes);
            }
            let turn = self.screen.show_page(&[], 0, &mut typed)?;
            match turn {
                PageTurn::Anew => continue,
                PageTurn::Next => return Ok(None),
                _ => typed = self.page_command(),
            }
            if let Some(reply) = self.follow(turn)? {
                self.unread = Some(Vec::new());
                return Ok(Some(reply));
            }
        }
    }

    /// Lets them read what must be read before the question: notes that it would scroll away, notes
    /// that had no room, the earlier part of its prompt. `plan` sets the question for the screen as it is.
    pub(super) fn read_before(
        &mut self,
        question: &OpenQuestion<'_>,
        mut plan: impl FnMut(&Self) -> ScreenHead,
    ) -> io::Result<Option<Reply>> {
        let kept = plan(self).kept.len();
        let mut lay = |terminal: &Self| {
            // Asked again, what was read stands above, unless something said in between took its place.
            let is_covered = terminal.screen.is_private() && !question.notes.is_empty();
            match !question.again || is_covered {
                true => plan(terminal).before,
                false => Vec::new(),
            }
        };
        let whole = self.screen.size().rows;
        let comes_first = self.late.is_empty() && lay(self).is_empty();
        let next = if comes_first { kept + ANSWER } else { whole };
        let crowded = self.fresh + next > whole;
        // No question that nobody has seen is left out.
        let skips = std::mem::take(&mut self.menu.skip_unseen);
        let late = std::mem::take(&mut self.late);
        if self.fresh > 0 && crowded && !self.screen.is_private() {
            self.fresh = 0;
            if let Some(reply) = self.read_standing(&question.notes)? {
                self.unread.get_or_insert_default().extend(late);
                return Ok(Some(reply));
            }
        }
        if let Some(reply) = self.read_notes(&late)? {
            return Ok(Some(reply));
        }
        let notes = match self.screen.is_private() {
            true => &question.notes[..],
            false => &[],
        };
        self.menu.skip_unseen = skips && notes.is_empty();
        let interruption = self.read_on(&mut lay)?;
        self.menu.skip_unseen = skips;
        lay(self);
        Ok(interruption.map(|(reply, read)| {
            self.leave_unread(notes, &read);
            reply
        }))
    }

    /// Plans what stands above the answer, where nothing else keeps the notes in view: with all of them
    /// as far as they have room, else with those that stood there before, and what is new is read first.
    pub(super) fn plan_with_notes(
        &self,
        question: &OpenQuestion<'_>,
        mut plan: impl FnMut(Vec<ScreenLine>) -> ScreenHead,
    ) -> ScreenHead {
        if !self.screen.is_private() {
            return plan(Vec::new());
        }
        let earlier = self.screen.note_lines(&question.earlier);
        let news = self.screen.note_lines(&question.notes);
        let head = plan([earlier.clone(), news.clone()].concat());
        if head.before.is_empty() || earlier.is_empty() {
            return head;
        }
        ScreenHead {
            before: news,
            ..plan(earlier)
        }
    }

    /// Looks whether the window changed, also while there was the menu or an editor.
    pub(super) fn look_at(
        &mut self,
        writing: &mut TextQuestion<'_>,
        idle: bool,
    ) -> io::Result<Option<Reply>> {
        self.screen.look()?;
        if !self.screen.was_wiped() {
            return Ok(None);
        }
        let (question, was_whole) = (writing.question, writing.head.before.is_empty());
        self.set_anew(question, (was_whole, idle), |terminal| {
            terminal.plan(writing)
        })
    }

    /// Sets a question anew after all that was visible went: the notes that stood above it come again.
    /// Where they have no room any more, they are read first; so is the part of a private question that
    /// was in view and has none, which no scrollback has. But nothing comes in between while somebody
    /// types, unless they are `idle`.
    pub(super) fn set_anew(
        &mut self,
        question: &OpenQuestion<'_>,
        (was_whole, idle): (bool, bool),
        mut plan: impl FnMut(&Self) -> ScreenHead,
    ) -> io::Result<Option<Reply>> {
        let kept = plan(self).kept.len();
        let rows = self.screen.note_lines(&question.notes);
        let reply = if self.screen.is_private() {
            match was_whole && idle {
                true => self.read(|terminal| plan(terminal).before)?,
                false => None,
            }
        } else if rows.len() + kept + ANSWER <= self.screen.size().rows {
            self.fresh = rows.len();
            self.screen.print(&rows)?;
            None
        } else if idle && std::mem::take(&mut self.fresh) > 0 {
            self.read(|terminal| terminal.screen.note_lines(&question.notes))?
        } else {
            None
        };
        plan(self);
        self.screen.listen()?;
        Ok(reply)
    }

    /// Takes a question away once something was given, or it was left out; two rows stay.
    pub(super) fn record(&mut self, ask: &Ask, given: Option<&str>) -> io::Result<()> {
        let size = self.screen.size();
        let lines = record::answered(ask, given, self.signs.given, size, self.screen.language);
        self.screen.record(&lines)
    }

    /// The rows of a text that stay once it was read, the last of them empty.
    pub(super) fn record_of(
        &self,
        question: &OpenQuestion<'_>,
        head: &ScreenHead,
    ) -> Vec<ScreenLine> {
        let mut rows = if question.again {
            let parts = HeadParts::new(
                question.ask,
                &question.title,
                self.screen.size(),
                question.language,
            );
            parts.plan(usize::MAX).record
        } else {
            head.record.clone()
        };
        if !rows.is_empty() {
            rows.push(ScreenLine::default());
        }
        rows
    }

    /// Shows what has not been read yet, at the end; true where they left meanwhile.
    pub(super) fn show_the_rest(&mut self, support: &SupportPage<'_>) -> io::Result<bool> {
        self.leave_answered()?;
        let late = std::mem::take(&mut self.late);
        if !self.screen.is_private() {
            self.screen.print(&self.screen.note_lines(&late))?;
            return Ok(false);
        }
        let mut notes = std::mem::take(&mut self.notes);
        if self.privacy == Privacy::Alternate {
            let mut reply = self.read_notes(&notes)?;
            while let Some(Reply::Support(country)) = reply {
                notes = vec![Note::new(Tone::Text, support(country.as_deref()))];
                notes.extend(self.unread.take().unwrap_or_default());
                reply = self.read_notes(&notes)?;
            }
            self.screen.rest()?;
            self.screen.leave_private()?;
            Ok(reply == Some(Reply::Leave))
        } else {
            self.screen.leave_private()?;
            notes.retain(|note| !note.private);
            self.screen.print(&self.screen.note_lines(&notes))?;
            Ok(false)
        }
    }

    fn page_command(&self) -> PageCommand {
        PageCommand::new(self.screen.language, self.menu.skip_unseen)
    }

    fn follow(&mut self, turn: PageTurn) -> io::Result<Option<Reply>> {
        match turn {
            PageTurn::Next | PageTurn::Anew => Ok(None),
            PageTurn::Menu => {
                let all = self.menu;
                self.menu.skip &= all.skip_unseen;
                let chosen = self.menu(&[]);
                self.menu = all;
                chosen
            }
            PageTurn::Instead(reply) => Ok(Some(reply)),
            PageTurn::Gone => Ok(Some(Reply::Pause)),
        }
    }
}

/// A note for each paragraph of one; the words it is about stay with the first.
fn paragraphs(note: &Note) -> Vec<Note> {
    let paragraphs = note.text.trim_end().split("\n\n").enumerate();
    let paragraph = |(at, text): (usize, &str)| Note {
        text: text.into(),
        quote: note.quote.clone().filter(|_| at == 0),
        ..*note
    };
    paragraphs.map(paragraph).collect()
}

/// How many letters rows have.
fn letters(rows: &[ScreenLine]) -> usize {
    let letters = rows.iter().flat_map(|row| row.text.chars());
    letters.filter(|letter| !letter.is_whitespace()).count()
}
