//! Text that is longer than the screen, read page by page, and the notes above a question.

use std::io;

use super::head::{HeadParts, ScreenHead};
use super::page::PageTurn;
use super::paint::ScreenLine;

use super::{OpenQuestion, Terminal, record};
use crate::ask::{Ask, Reply};

/// Rows that any answer takes below its question.
const ANSWER: usize = 4;

impl Terminal {
    /// Shows rows page by page until all were read, or until they would like to do something else.
    /// On the main screen the rows stay.
    pub(super) fn read(&mut self, rows: &[ScreenLine]) -> io::Result<Option<Reply>> {
        let mut rest = rows;
        while !rest.is_empty() {
            let (count, turn) = self.screen.show_page(rest, self.menu.skip_unseen)?;
            let next = turn == PageTurn::Next;
            if let Some(reply) = self.follow(turn)? {
                return Ok(Some(reply));
            }
            if next {
                rest = &rest[count..];
            }
        }
        Ok(None)
    }

    /// Lets them read what must be read before the question: notes that it would scroll away, notes
    /// that had no room, the earlier part of its prompt.
    pub(super) fn read_before(
        &mut self,
        question: &OpenQuestion<'_>,
        head: &ScreenHead,
    ) -> io::Result<Option<Reply>> {
        // Asked again, only what was said in between is new.
        let news = match question.again && self.screen.is_private() && !head.before.is_empty() {
            true => self.screen.note_lines(&question.notes),
            false => Vec::new(),
        };
        let before: &[ScreenLine] = if question.again { &news } else { &head.before };
        let late = std::mem::take(&mut self.late);
        let next = if late.is_empty() && before.is_empty() {
            head.kept.len() + ANSWER
        } else {
            self.screen.size().rows
        };
        let crowded = self.fresh + next > self.screen.size().rows;
        if self.fresh > 0 && crowded && !self.screen.is_private() {
            loop {
                let (_, turn) = self.screen.show_page(&[], self.menu.skip_unseen)?;
                let next = turn == PageTurn::Next;
                if let Some(reply) = self.follow(turn)? {
                    return Ok(Some(reply));
                }
                if next {
                    break;
                }
            }
        }
        if let Some(reply) = self.read(&late)? {
            return Ok(Some(reply));
        }
        self.read(before)
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

    /// After the window got another size: what is visible was cleared, so the notes come again.
    pub(super) fn print_again(
        &mut self,
        question: &OpenQuestion<'_>,
        head: &ScreenHead,
    ) -> io::Result<()> {
        let rows = self.screen.note_lines(&question.notes);
        let fits = rows.len() + head.kept.len() + ANSWER <= self.screen.size().rows;
        if fits && !self.screen.is_private() {
            self.screen.print(&rows)?;
        }
        Ok(())
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

    fn follow(&mut self, turn: PageTurn) -> io::Result<Option<Reply>> {
        match turn {
            PageTurn::Next => Ok(None),
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
