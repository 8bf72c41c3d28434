//! Questions that are answered from a list, and the menu that Esc opens.

use std::io;

use super::head::{Head, Parts, width};
use super::lists::{self, Picked};
use super::paint::{Line, Look};
use super::screen::{Pressed, wait_for_the_end};
use super::{Answered, Question, Terminal, words};
use crate::prompt::{Ask, Choice, Given, Reply, Want};
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

/// A list as it is shown.
struct Listed {
    head: Head,
    labels: Vec<String>,
    /// The keys, in words.
    keys: &'static str,
    /// The rows of the list's own.
    rows: usize,
}

impl Terminal {
    /// Asks for one option.
    pub(super) fn choose_one(
        &mut self,
        question: &Question<'_>,
        options: &[Choice],
        other: Option<&str>,
    ) -> io::Result<Answered> {
        let mut labels: Vec<&str> = options.iter().map(|option| option.label.as_str()).collect();
        labels.extend(other);
        let standing = question.initial.trim();
        let known = options.iter().position(|option| option.id == standing);
        let own = known.is_none() && !standing.is_empty() && other.is_some();
        let mut at = known.unwrap_or(if own { options.len() } else { 0 });
        loop {
            let list = self.list(question, options, &labels, 4, "Up, Down, Enter  Esc: menu")?;
            self.show_list(question, &list)?;
            let output = self.screen.guard().output();
            match self.settle(lists::one(output, &list.labels, at, list.rows))? {
                Picked::Taken(index) => match options.get(index) {
                    Some(option) => {
                        self.close_list(question, &list.head, &option.label)?;
                        return Ok(Answered {
                            reply: Reply::Answer(Given::Options(vec![option.id.clone()])),
                            standing: option.id.clone(),
                        });
                    }
                    None => {
                        self.screen.erase()?;
                        return self.write_own(question, own.then_some(standing));
                    }
                },
                Picked::Left(index) => {
                    at = index;
                    if let Some(reply) = self.menu(&list.head.kept)? {
                        let id = options.get(index).map_or("", |option| &option.id);
                        return self.leave_list(question, &list.head, reply, id.to_string());
                    }
                }
            }
        }
    }

    /// Asks for several options.
    pub(super) fn choose_many(
        &mut self,
        question: &Question<'_>,
        options: &[Choice],
        min: usize,
        max: usize,
    ) -> io::Result<Answered> {
        let labels: Vec<&str> = options.iter().map(|option| option.label.as_str()).collect();
        let standing: Vec<&str> = question.initial.split(',').map(str::trim).collect();
        let is_standing = |option: &Choice| standing.contains(&option.id.as_str());
        let mut marked: Vec<bool> = options.iter().map(is_standing).collect();
        loop {
            let keys = "Space: mark  Enter: done  Esc: menu";
            let mut list = self.list(question, options, &labels, 8, keys)?;
            list.head
                .kept
                .push(Line::from(how_many(min, max, options.len())));
            self.show_list(question, &list)?;
            let output = self.screen.guard().output();
            match self.settle(lists::many(output, &list.labels, &marked, list.rows))? {
                Picked::Taken(taken) => {
                    let chosen: Vec<&Choice> = chosen(options, &taken).collect();
                    let ids: Vec<String> = chosen.iter().map(|option| option.id.clone()).collect();
                    let said: Vec<&str> = chosen.iter().map(|c| c.label.as_str()).collect();
                    let said = if said.is_empty() {
                        "(none)".into()
                    } else {
                        said.join(", ")
                    };
                    self.close_list(question, &list.head, &said)?;
                    return Ok(Answered {
                        standing: ids.join(", "),
                        reply: Reply::Answer(Given::Options(ids)),
                    });
                }
                Picked::Left(as_marked) => {
                    marked = as_marked;
                    if let Some(reply) = self.menu(&list.head.kept)? {
                        let ids: Vec<&str> =
                            chosen(options, &marked).map(|c| c.id.as_str()).collect();
                        return self.leave_list(question, &list.head, reply, ids.join(", "));
                    }
                }
            }
        }
    }

    /// Asks for yes or no.
    pub(super) fn choose_yes_no(&mut self, question: &Question<'_>) -> io::Result<Answered> {
        let standing = match question.initial.trim() {
            "yes" => Some(true),
            "no" => Some(false),
            _ => None,
        };
        let word = |yes| if yes { "yes" } else { "no" };
        loop {
            let list = self.list(question, &[], &[], 4, "y or n  Esc: menu")?;
            self.show_list(question, &list)?;
            self.screen.way_out("\r\n")?;
            let output = self.screen.guard().output();
            match self.settle(lists::yes_no(output, standing))? {
                Picked::Taken(yes) => {
                    let said = word(yes.unwrap_or_default());
                    self.close_list(question, &list.head, said)?;
                    return Ok(Answered {
                        reply: words(said),
                        standing: said.into(),
                    });
                }
                Picked::Left(_) => {
                    if let Some(reply) = self.menu(&list.head.kept)? {
                        let standing = standing.map_or("", word).to_string();
                        return self.leave_list(question, &list.head, reply, standing);
                    }
                }
            }
        }
    }

    /// What Esc opens: what they would like to do instead, or `None` to keep going.
    pub(super) fn menu(&mut self, head: &[Line]) -> io::Result<Option<Reply>> {
        let size = self.screen.size();
        let labels: Vec<String> = MENU
            .iter()
            .map(|(label, _)| text::cut(label, entry(size.columns, 4)))
            .collect();
        let fits = head.len() + MENU.len() + 2 <= size.rows;
        let head = if fits { head } else { &[] };
        self.screen.paint_above(head.to_vec())?;
        self.screen.hand_over()?;
        let rows = size.rows.saturating_sub(head.len() + 2).max(3);
        let output = self.screen.guard().output();
        match self.settle(lists::one(output, &labels, 0, rows))? {
            Picked::Taken(index) => Ok(MENU.get(index).and_then(|(_, reply)| reply.clone())),
            Picked::Left(_) => Ok(None),
        }
    }

    fn write_own(&mut self, question: &Question<'_>, own: Option<&str>) -> io::Result<Answered> {
        let ask = Ask {
            want: Want::Line,
            ..question.ask.clone()
        };
        self.write(&Question {
            ask: &ask,
            initial: own.unwrap_or_default().to_string(),
            again: true,
            message: None,
            notes: Vec::new(),
        })
    }

    /// Sets a list for the screen as it is now, which must have room for three entries.
    fn list(
        &mut self,
        question: &Question<'_>,
        options: &[Choice],
        labels: &[&str],
        taken: usize,
        keys: &'static str,
    ) -> io::Result<Listed> {
        self.wait_for_room()?;
        let size = self.screen.size();
        let width = width(size);
        let entry = entry(size.columns, taken);
        let numbered: Vec<String> = labels
            .iter()
            .enumerate()
            .map(|(index, label)| format!("{} {}", index + 1, text::inert(label)))
            .collect();
        let in_full = options.iter().any(|option| option.note.is_some())
            || numbered.iter().any(|label| text::columns(label) > entry);
        let mut parts = Parts::new(question.ask, size);
        parts.notes = self.screen.note_lines(&question.notes);
        if in_full {
            parts.details = details(options, &numbered, width);
        }
        // Below the head: the keys or a message and how many, dialoguer's own row, the entries,
        // and the row that its cursor ends on.
        let message = question.message.as_ref();
        let message = message.map_or(0, |message| self.screen.message_lines(message).len());
        let own = 3 + message + usize::from(taken > 4);
        let all = labels.len().min(IN_VIEW);
        let roomy = parts.plan(size.rows.saturating_sub(own + all).max(1));
        let head = if roomy.before.is_empty() {
            roomy
        } else {
            parts.plan(size.rows.saturating_sub(own + all.min(3)).max(1))
        };
        let rows = size.rows.saturating_sub(head.kept.len() + own).max(3);
        Ok(Listed {
            head,
            labels: numbered
                .iter()
                .map(|label| text::cut(label, entry))
                .collect(),
            keys,
            rows,
        })
    }

    fn show_list(&mut self, question: &Question<'_>, list: &Listed) -> io::Result<()> {
        if !question.again {
            self.screen.read(&list.head.before)?;
        }
        let mut rows = list.head.kept.clone();
        if let Some(message) = &question.message {
            rows.extend(self.screen.message_lines(message));
        }
        let keys = text::cut(list.keys, width(self.screen.size()));
        rows.push(Line::new(keys, Look::Faint));
        self.screen.paint_above(rows)?;
        self.screen.hand_over()
    }

    /// After a list: Ctrl-C has raised a signal, which ends us; if the window has another size now,
    /// what the list left behind goes.
    fn settle<T>(&mut self, picked: io::Result<Picked<T>>) -> io::Result<Picked<T>> {
        self.screen.take_back();
        if let Err(error) = &picked
            && error.kind() == io::ErrorKind::Interrupted
        {
            return Err(wait_for_the_end());
        }
        self.screen.look()?;
        picked
    }

    fn close_list(&mut self, question: &Question<'_>, head: &Head, said: &str) -> io::Result<()> {
        let mut lines = head.record.clone();
        if question.again && lines.is_empty() {
            lines = Parts::new(question.ask, self.screen.size())
                .plan(usize::MAX)
                .record;
        }
        let width = width(self.screen.size());
        let said = text::wrap_indented(&text::inert(said), width, "> ", "  ");
        if !lines.is_empty() {
            lines.push(Line::default());
        }
        lines.extend(said.into_iter().map(Line::from));
        lines.push(Line::default());
        self.screen.record(&lines)
    }

    fn leave_list(
        &mut self,
        question: &Question<'_>,
        head: &Head,
        reply: Reply,
        standing: String,
    ) -> io::Result<Answered> {
        if reply == Reply::Skip {
            self.close_list(question, head, "(rather not say)")?;
        } else {
            self.screen.erase()?;
        }
        Ok(Answered { reply, standing })
    }

    /// dialoguer cannot draw a list in fewer than three rows, and a question needs some more.
    fn wait_for_room(&mut self) -> io::Result<()> {
        self.screen.look()?;
        while self.screen.size().rows < 6 {
            self.screen.listen()?;
            self.screen
                .paint_above(vec![Line::from("Please make the window larger.")])?;
            if self.screen.press()? == Pressed::Gone {
                return Err(io::ErrorKind::UnexpectedEof.into());
            }
            self.screen.look()?;
        }
        Ok(())
    }
}

fn entry(columns: usize, taken: usize) -> usize {
    columns.min(NARROW).saturating_sub(taken).max(1)
}

fn chosen<'a>(options: &'a [Choice], marked: &'a [bool]) -> impl Iterator<Item = &'a Choice> {
    let marks = options.iter().zip(marked);
    marks
        .filter(|(_, marked)| **marked)
        .map(|(option, _)| option)
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

fn how_many(min: usize, max: usize, all: usize) -> String {
    match (min, max.min(all)) {
        (min, max) if min == max => format!("Mark {min}."),
        (0, max) if max == all => "Mark as many as you like, or none.".into(),
        (0, max) => format!("Mark up to {max}, or none."),
        (min, max) if max == all => format!("Mark {min} or more."),
        (min, max) => format!("Mark {min} to {max}."),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn how_many_to_mark_is_said_in_words() {
        let said = [(2, 2), (0, 9), (0, 3), (1, 9), (1, 3)].map(|(min, max)| how_many(min, max, 9));
        assert_eq!(
            said,
            [
                "Mark 2.",
                "Mark as many as you like, or none.",
                "Mark up to 3, or none.",
                "Mark 1 or more.",
                "Mark 1 to 3."
            ]
        );
    }

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
