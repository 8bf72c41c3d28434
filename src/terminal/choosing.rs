//! Being asked with a list: which key does what. Pure.

mod own_words;

use std::ops::RangeInclusive;

use super::OpenQuestion;
use super::area::{Area, KeyEffect, LineMode};
use super::foot::{Foot, SavingMark};
use super::guard::ScreenSize;
use super::head::{HeadParts, ScreenHead, above, message_lines, width, wrap};
use super::keys::Key;
use super::layout::Cell;
use super::list::ListView;
use super::paint::{Frame, ScreenLine};
use super::submit::{LineEnd, Submit, submit};
use crate::ask::{Choice, Reply, Want};
use crate::text::language::Language;

/// The most rows that a list would like to have while its question is read.
const IN_VIEW: usize = 12;

/// The rows that a list has in any case.
const AT_LEAST: usize = 4;

/// So many rows of what is asked stay in view beside a message, where a few entries do.
const QUESTION: usize = 3;

/// The most numbers that stand in a row.
const MOST_NUMBERS: usize = 11;

/// Being asked with a list, from the first key to the last.
pub(super) struct ListQuestion<'a> {
    /// The question above the list; none above the menu.
    pub(super) question: Option<&'a OpenQuestion<'a>>,
    pub(super) language: Language,
    pub(super) head: ScreenHead,
    pub(super) list: ListView,
    pub(super) typed: Area,
    pub(super) keys: Foot,
    /// What must be in sight besides the prompt.
    pub(super) beside: Option<String>,
    pub(super) message: Option<String>,
    pub(super) warned: Option<String>,
    /// The size that the head was set for.
    pub(super) planned: Option<ScreenSize>,
    /// Whether words of their own are an answer.
    pub(super) takes_words: bool,
    /// Words of their own that were set aside for an option, and come back where the list takes them.
    pub(super) own: String,
    /// Whether words of their own stand there as they were given before.
    pub(super) standing: bool,
    /// Whether the foot says that the answer before is saved, until a key is pressed.
    pub(super) saved: bool,
    /// What the foot says of saving now.
    pub(super) mark: Option<SavingMark>,
}

/// How it ended.
pub(super) enum ListOutcome {
    /// Enter, with the list as it stands.
    List,
    /// These words were typed.
    Words(String),
    /// Something else.
    Instead(Reply),
    /// Esc.
    Menu,
}

impl<'a> ListQuestion<'a> {
    /// Nothing is typed yet but `typed`.
    pub(super) fn new(
        question: &'a OpenQuestion<'a>,
        list: ListView,
        typed: &str,
        keys: Foot,
    ) -> Self {
        Self {
            question: Some(question),
            language: question.language,
            head: ScreenHead::default(),
            list,
            typed: Area::new(LineMode::One, typed),
            keys,
            saved: question.saved,
            mark: None,
            beside: None,
            message: question.message.clone(),
            warned: None,
            planned: None,
            takes_words: question.ask.want.takes_words(),
            own: String::new(),
            standing: !typed.is_empty(),
        }
    }

    /// One option, or one of their own under the label `other`.
    pub(super) fn one(
        question: &'a OpenQuestion<'a>,
        options: &[Choice],
        other: Option<&str>,
    ) -> Self {
        let entries = options.iter().map(entry);
        let type_it = question.language.translate(TYPE_IT);
        let mut list = ListView::new(entries.chain(other.map(|other| (other, Some(type_it)))));
        list.in_columns = question.ask.is_look_back();
        let standing = question.initial.trim();
        list.at = options.iter().position(|option| option.id == standing);
        let own = if list.at.is_none() && other.is_some() {
            standing
        } else {
            ""
        };
        if !own.is_empty() {
            list.at = list.last();
        } else if list.at.is_none() {
            list.at = question.ask.first_mark(options.len());
        }
        Self::new(question, list, own, Foot::Choose)
    }

    /// Several options, so many at least and at most.
    pub(super) fn many(
        question: &'a OpenQuestion<'a>,
        options: &[Choice],
        (min, max): (usize, usize),
    ) -> Self {
        let standing: Vec<&str> = question.initial.split(',').map(str::trim).collect();
        let mut list = ListView::new(options.iter().map(entry));
        let is_standing = |option: &Choice| standing.contains(&option.id.as_str());
        list.marks = Some(options.iter().map(is_standing).collect());
        list.at = question.ask.first_mark(options.len());
        let mut choosing = Self::new(question, list, "", Foot::Mark);
        choosing.beside = Some(how_many(min, max, options.len(), question.language));
        choosing
    }

    /// Yes or no.
    pub(super) fn yes_no(question: &'a OpenQuestion<'a>) -> Self {
        let mut list =
            ListView::new(["Yes", "No"].map(|label| (question.language.translate(label), None)));
        list.at = ["yes", "no"]
            .iter()
            .position(|word| *word == question.initial.trim());
        Self::new(question, list, "", Foot::Choose)
    }

    /// A number of a scale that has room for all of them in a row; else it is typed.
    pub(super) fn scale(question: &'a OpenQuestion<'a>, width: usize) -> Option<Self> {
        let Want::Scale {
            from,
            to,
            low,
            high,
        } = &question.ask.want
        else {
            return None;
        };
        let count = usize::try_from(to.checked_sub(*from)?).ok()? + 1;
        let row = |numbers: RangeInclusive<i64>| -> usize {
            numbers.map(|number| number.to_string().len() + 2).sum()
        };
        if count > MOST_NUMBERS || row(*from..=*to) > width {
            return None;
        }
        let words = |end: &Option<String>| end.clone().unwrap_or_default();
        let mut list = ListView::scale(*from..=*to, &words(low), &words(high));
        let standing = question.initial.trim().parse::<i64>().ok();
        let earlier = standing.and_then(|number| usize::try_from(number - from).ok());
        // Nothing is rated by Enter alone.
        list.at = earlier.filter(|at| *at < count);
        Some(Self::new(question, list, "", Foot::Choose))
    }

    /// Sets what stands above the list for a screen, `notes` first.
    pub(super) fn plan(
        &mut self,
        question: &OpenQuestion<'_>,
        size: ScreenSize,
        notes: Vec<ScreenLine>,
    ) {
        self.planned = Some(size);
        let mut parts = HeadParts::new(question.ask, &question.title, size, question.language);
        parts.notes = notes;
        let beside = self.beside.iter();
        let beside = beside.flat_map(|words| wrap(words, width(size)));
        parts.beside.extend(beside);
        let wanted = self.list.wanted(width(size));
        // Below the list: what is typed, and the keys.
        let plan = |list: usize| parts.plan(size.rows.saturating_sub(2 + list).max(1));
        // The list makes room until all that is to be read stays above it.
        let all = |head: &ScreenHead| head.before.is_empty() && !head.lacks;
        let mut heads = (AT_LEAST..=IN_VIEW)
            .rev()
            .map(|most| plan(wanted.min(most)));
        let head = heads
            .find(all)
            .unwrap_or_else(|| plan(wanted.min(AT_LEAST)));
        self.head = head;
    }

    /// How many entries of the list are in view, and how many there are.
    pub(super) fn in_view(&self, size: ScreenSize) -> (usize, usize) {
        self.list.in_view(width(size), self.room(size))
    }

    /// Whether notes of the list give way to its entries.
    pub(super) fn hides_notes(&self, size: ScreenSize) -> bool {
        self.list.wanted(width(size)) > self.room(size)
    }

    /// The rows that the list has below the head while nothing else is said.
    fn room(&self, size: ScreenSize) -> usize {
        size.rows.saturating_sub(self.head.kept.len() + 2).max(1)
    }

    /// What the screen shows now.
    pub(super) fn frame(&mut self, size: ScreenSize) -> Frame {
        let width = width(size);
        let message = self.message.as_ref();
        let message = message.map_or(Vec::new(), |message| message_lines(message, size));
        // What is read first gives way to a message; entries do where only the question is left, but for a few.
        let wanted = self.list.wanted(width).min(self.room(size));
        let question = self.head.kept.len().min(QUESTION);
        let room = size.rows.saturating_sub(message.len() + question + 2);
        let room = room.min(wanted).max(wanted.min(AT_LEAST)).max(1);
        let list = self.list.rows(width, room);
        let others = list.len() + message.len() + 2;
        let mut rows = above(&self.head.kept, others, size).to_vec();
        rows.extend(list);
        rows.extend(message);
        self.typed.resize(width, 1);
        let typed = self.typed.show();
        let cursor = Cell {
            row: rows.len() + typed.cursor.row,
            ..typed.cursor
        };
        rows.extend(typed.rows.into_iter().map(ScreenLine::from));
        let writes = !self.standing && !self.typed_words().is_empty();
        let keys = if writes { Foot::Line } else { self.keys };
        rows.push(keys.line(width, self.mark, self.language));
        Frame {
            rows,
            cursor: Some(cursor),
        }
    }

    /// Takes a key; something when it ends the question.
    pub(super) fn press(&mut self, key: &Key) -> Option<ListOutcome> {
        self.saved = false;
        let blank = self.typed.buffer.text().is_empty();
        match key {
            Key::Up => self.step(ListView::up),
            Key::Down => self.step(ListView::down),
            Key::Left if blank && self.list.is_scale() => self.list.up(),
            Key::Right if blank && self.list.is_scale() => self.list.down(),
            Key::Home if blank => self.list.at = Some(0),
            Key::End if blank => self.list.at = self.list.last(),
            Key::Text(typed) if blank && self.moves(typed) => match typed.as_str() {
                "j" => self.list.down(),
                _ => self.list.up(),
            },
            Key::Escape => return Some(ListOutcome::Menu),
            Key::Text(typed) if typed == " " && self.marks_at_space() => {
                self.typed.set("");
                self.message = (self.list.at.is_none()).then(|| self.point_first());
                self.list.toggle();
                return None;
            }
            Key::Enter | Key::Done if blank => {
                let ready = self.list.at.is_some() || self.list.marks.is_some();
                if ready && *key == Key::Enter {
                    return Some(ListOutcome::List);
                }
                self.message = Some(self.point_first());
                return None;
            }
            Key::Enter | Key::Done => return self.enter(),
            _ => {
                // A number or a command is no part of what was given before.
                let begins = |typed: &str| typed.starts_with(|c: char| c == '/' || c.is_numeric());
                if self.standing && matches!(key, Key::Text(typed) if begins(typed)) {
                    self.set_aside();
                }
                if self.typed.press(key) != KeyEffect::Changed {
                    return None;
                }
                self.standing = false;
                self.list.point_at_number(self.typed.buffer.text());
                if !self.typed_words().is_empty() {
                    self.list.at = self.list.last();
                }
            }
        }
        self.message = None;
        None
    }

    /// Whether Space marks: where nothing is typed, or the number of the entry pointed at.
    fn marks_at_space(&self) -> bool {
        let typed = self.typed.buffer.text();
        let pointed = self.list.at.map(|at| (at + 1).to_string());
        typed.is_empty() || (self.list.marks.is_some() && pointed.as_deref() == Some(typed))
    }

    /// Whether any option is marked.
    pub(super) fn has_marks(&self) -> bool {
        self.list.marks.iter().flatten().any(|marked| *marked)
    }

    /// Marks these as well.
    pub(super) fn mark(&mut self, options: &[Choice], these: &[&Choice]) {
        let marks = self.list.marks.iter_mut().flatten().zip(options);
        marks.for_each(|(mark, option)| *mark |= these.contains(&option));
    }

    /// Whether a letter moves in the list: j and k, unless they begin what can be typed there.
    fn moves(&self, typed: &str) -> bool {
        matches!(typed, "j" | "k") && !self.takes_words && !self.list.has_word_with(typed)
    }

    /// What is said where nothing is pointed at.
    pub(super) fn point_first(&self) -> String {
        self.language.translate(POINT_FIRST).into()
    }

    fn enter(&mut self) -> Option<ListOutcome> {
        match submit(
            &mut self.typed.buffer,
            LineMode::One,
            LineEnd::Enter,
            &mut self.warned,
            self.language,
        ) {
            Submit::Editor => {
                self.message = Some(self.language.translate(NO_EDITOR).into());
            }
            Submit::Reply(reply) => return Some(ListOutcome::Instead(reply)),
            Submit::Doubtful(what) => {
                self.message = Some(self.language.fill(DOUBTFUL, &[("what", &what)]));
                self.typed.set("");
                // Only words of their own could be meant so.
                self.warned = self.warned.take().filter(|_| self.takes_words);
            }
            Submit::NewLine | Submit::Done => {
                let words = self.typed.buffer.text().trim().to_string();
                self.typed.set("");
                return Some(ListOutcome::Words(words));
            }
        }
        None
    }
}

fn entry(option: &Choice) -> (&str, Option<&str>) {
    (&option.label, option.note.as_deref())
}

fn how_many(min: usize, max: usize, all: usize, language: Language) -> String {
    let max = max.min(all);
    let words = match (min, max) {
        (min, max) if min == max => "Mark {min}.",
        (0, max) if max == all => "Mark as many as you like, or none.",
        (0, _) => "Mark up to {max}, or none.",
        (_, max) if max == all => "Mark {min} or more.",
        _ => "Mark {min} to {max}.",
    };
    language.fill(words, &[("min", &min), ("max", &max)])
}

// Texts for people.
pub(super) const TYPE_IT: &str = "Type it, then Enter.";
pub(super) const POINT_FIRST: &str = "Choose one with the arrow keys or by its number, then Enter.";
const DOUBTFUL: &str = "{what} /help lists what you can type.";
const NO_EDITOR: &str = "There’s nothing to write here. /help lists what you can type.";

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn how_many_to_mark_is_said_in_words() {
        let said = [(2, 2), (0, 9), (0, 3), (1, 9), (1, 3)]
            .map(|(min, max)| how_many(min, max, 9, Language::English));
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
}
