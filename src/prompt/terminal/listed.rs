//! A list below its question: how both are set for the screen, and what stays afterwards.

use std::io;

use super::guard::Output;
use super::head::{Head, Parts, width};
use super::lists::{self, Picked};
use super::paint::{Frame, Line, Look};
use super::screen::{Pressed, wait_for_the_end};
use super::{Question, Terminal};
use crate::prompt::{Choice, Reply};
use crate::view::text;

/// The widest window that entries of a list are cut for, so that they do not wrap when a larger one
/// shrinks.
const NARROW: usize = 40;

/// The most options that a list would like to show at once.
const IN_VIEW: usize = 12;

/// What Esc offers, in this order.
const MENU: [(&str, Option<Reply>); 9] = [
    ("Keep going", None),
    ("Back to the step before", Some(Reply::Back)),
    ("Rather not say", Some(Reply::Skip)),
    ("Pause: save and stop for now", Some(Reply::Pause)),
    ("A hint", Some(Reply::Hint)),
    ("Why this is asked", Some(Reply::Why)),
    ("What can be typed", Some(Reply::Help)),
    ("Help lines, now", Some(Reply::Support)),
    ("Leave: save, clear the screen and go", Some(Reply::Leave)),
];

/// What a list is to show.
pub(super) struct Listing<'a> {
    /// The question it answers.
    pub(super) question: &'a Question<'a>,
    /// The options, for their notes.
    pub(super) options: &'a [Choice],
    /// What is read in the list.
    pub(super) labels: Vec<&'a str>,
    /// The columns before a label.
    pub(super) cursor: usize,
    /// The keys, in words.
    pub(super) keys: &'static str,
    /// What must be in sight besides the prompt.
    pub(super) beside: Option<String>,
}

/// A list set for the screen.
pub(super) struct Listed {
    head: Head,
    /// The labels, numbered and cut.
    pub(super) labels: Vec<String>,
    /// How many of them there is room for.
    pub(super) rows: usize,
}

/// How it ended.
pub(super) enum Chosen<T> {
    /// With a choice; the question is still on the screen.
    Taken(T, Head),
    /// With something else, and this is how the choice stood.
    Instead(Reply, T),
}

impl Terminal {
    /// Puts a question and lets `pick` draw the list below it, until something is chosen there or in
    /// the menu that Esc opens.
    pub(super) fn choose<T>(
        &mut self,
        listing: &Listing<'_>,
        standing: T,
        pick: impl Fn(Output, &Listed, &T) -> io::Result<Picked<T>>,
    ) -> io::Result<Chosen<T>> {
        let mut standing = standing;
        let list = self.set(listing)?;
        if let Some(reply) = self.read_before(listing.question, &list.head)? {
            return Ok(Chosen::Instead(reply, standing));
        }
        loop {
            let list = self.set(listing)?;
            self.show_list(listing, &list)?;
            let picked = pick(self.screen.guard().output(), &list, &standing);
            match self.settle(picked)? {
                Picked::Taken(taken) => return Ok(Chosen::Taken(taken, list.head)),
                Picked::Left(left) => standing = left,
            }
            if let Some(reply) = self.menu(&list.head.kept)? {
                if reply == Reply::Skip {
                    self.close_list(listing.question, &list.head, "(rather not say)")?;
                } else {
                    self.screen.erase()?;
                }
                return Ok(Chosen::Instead(reply, standing));
            }
        }
    }

    /// What Esc opens: what they would like to do instead, or `None` to keep going.
    pub(super) fn menu(&mut self, head: &[Line]) -> io::Result<Option<Reply>> {
        self.wait_for_room()?;
        let size = self.screen.size();
        let cut = |(label, _): &(&str, Option<Reply>)| text::cut(label, entry(size.columns, 2));
        let labels: Vec<String> = MENU.iter().map(cut).collect();
        let fits = head.len() + MENU.len() + 2 <= size.rows;
        let head = if fits { head } else { &[] };
        self.screen.begin_list(head.to_vec(), labels.len())?;
        let rows = size.rows.saturating_sub(head.len() + 2).max(3);
        let picked = lists::one(self.screen.guard().output(), &labels, 0, rows);
        match self.settle(picked)? {
            Picked::Taken(index) => Ok(MENU.get(index).and_then(|(_, reply)| reply.clone())),
            Picked::Left(_) => Ok(None),
        }
    }

    /// Takes the question away; what was chosen stays in the scrollback.
    pub(super) fn close_list(
        &mut self,
        question: &Question<'_>,
        head: &Head,
        said: &str,
    ) -> io::Result<()> {
        let mut lines = self.record_of(question, head);
        let width = width(self.screen.size());
        let said = text::wrap_indented(&text::inert(said), width, "> ", "  ");
        lines.extend(said.into_iter().map(Line::from));
        lines.push(Line::default());
        self.screen.record(&lines)
    }

    /// Sets a list for the screen as it is now.
    fn set(&mut self, listing: &Listing<'_>) -> io::Result<Listed> {
        self.wait_for_room()?;
        let size = self.screen.size();
        let width = width(size);
        let entry = entry(size.columns, listing.cursor);
        let numbered: Vec<String> = (1..)
            .zip(&listing.labels)
            .map(|(number, label)| format!("{number} {}", text::inert(label)))
            .collect();
        let is_cut = numbered.iter().any(|label| text::columns(label) > entry);
        let has_notes = listing.options.iter().any(|option| option.note.is_some());
        let mut parts = Parts::new(listing.question.ask, size);
        if self.screen.is_private() {
            parts.notes = self.screen.note_lines(&listing.question.notes);
        }
        if is_cut || has_notes {
            parts.details = details(listing.options, &numbered, width);
        }
        parts.beside.extend(listing.beside.clone());
        // Below the head: a message, the keys, dialoguer's own row, the entries, and the row that
        // its cursor ends on.
        let message = listing.question.message.as_ref();
        let message = message.map_or(0, |message| self.screen.message_lines(message).len());
        let own = 3 + message;
        let all = listing.labels.len().min(IN_VIEW);
        let mut head = parts.plan(size.rows.saturating_sub(own + all).max(1));
        if !head.before.is_empty() {
            head = parts.plan(size.rows.saturating_sub(own + all.min(3)).max(1));
        }
        let rows = size.rows.saturating_sub(head.kept.len() + own).max(3);
        let labels = numbered.iter().map(|label| text::cut(label, entry));
        Ok(Listed {
            labels: labels.collect(),
            head,
            rows,
        })
    }

    fn show_list(&mut self, listing: &Listing<'_>, list: &Listed) -> io::Result<()> {
        let mut rows = list.head.kept.clone();
        if let Some(message) = &listing.question.message {
            rows.extend(self.screen.message_lines(message));
        }
        let keys = text::cut(listing.keys, width(self.screen.size()));
        rows.push(Line::new(keys, Look::Faint));
        self.screen.begin_list(rows, list.labels.len())
    }

    /// After a list: Ctrl-C has raised a signal, which ends us; if the window has another size now,
    /// what the list left behind goes.
    fn settle<T>(&mut self, picked: io::Result<Picked<T>>) -> io::Result<Picked<T>> {
        self.screen.end_list();
        if let Err(error) = &picked
            && error.kind() == io::ErrorKind::Interrupted
        {
            return Err(wait_for_the_end());
        }
        self.screen.look()?;
        picked
    }

    /// dialoguer cannot draw a list in fewer than three rows, and a question needs some more.
    fn wait_for_room(&mut self) -> io::Result<()> {
        self.screen.look()?;
        while self.screen.size().rows < 6 {
            self.screen.listen()?;
            self.screen.paint(Frame {
                rows: vec![Line::from("Please make the window larger.")],
                cursor: None,
            })?;
            if self.screen.press()? == Pressed::Gone {
                return Err(io::ErrorKind::UnexpectedEof.into());
            }
            self.screen.look()?;
        }
        Ok(())
    }
}

fn entry(columns: usize, cursor: usize) -> usize {
    columns.min(NARROW).saturating_sub(cursor + 2).max(1)
}

fn details(options: &[Choice], numbered: &[String], width: usize) -> Vec<String> {
    let mut rows = Vec::new();
    for (index, label) in numbered.iter().enumerate() {
        rows.extend(text::wrap_indented(label, width, "", "  "));
        if let Some(note) = options.get(index).and_then(|option| option.note.as_ref()) {
            rows.extend(text::wrap_indented(&text::inert(note), width, "  ", "  "));
        }
    }
    rows
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn options_in_full_have_their_notes_below_them() {
        let options = [Choice {
            id: "a".into(),
            label: "Say it".into(),
            note: Some("when both are calm".into()),
        }];
        let numbered = ["1 Say it".to_string(), "2 Other".to_string()];
        assert_eq!(
            details(&options, &numbered, 12),
            ["1 Say it", "  when both", "  are calm", "2 Other"]
        );
    }
}
