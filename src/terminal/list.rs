//! A list as rows: numbered entries with their notes, one of them pointed at, some marked. Pure.
//! Pointer and marks are told by characters alone.

use std::ops::RangeInclusive;

use super::named;
use super::paint::ScreenLine;
use crate::text::language::Language;
use crate::text::look::{Look, Signs};
use crate::text::{columns, cut, inert, name_key, wrap_indented};

/// An entry.
#[derive(Clone, Debug, PartialEq, Eq)]
struct ListItem {
    label: String,
    note: Option<String>,
}

/// A list, and where they are in it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct ListView {
    entries: Vec<ListItem>,
    /// The entry pointed at.
    pub(super) at: Option<usize>,
    /// Which entries are marked, where several can be.
    pub(super) marks: Option<Vec<bool>>,
    /// The sign before the entry pointed at.
    pub(super) pointer: &'static str,
    /// The language of the words on entries out of sight.
    pub(super) language: Language,
    /// Whether the notes stand beside the labels, in a column of their own, a row each.
    pub(super) in_columns: bool,
    /// What its ends mean, where the entries are the numbers of a scale in a row.
    scale: Option<(String, String)>,
}

impl ListView {
    /// Entries by label and note, none of them pointed at.
    pub(super) fn new<'a>(entries: impl IntoIterator<Item = (&'a str, Option<&'a str>)>) -> Self {
        let entry = |(label, note): (&str, Option<&str>)| ListItem {
            label: inert(label).into_owned(),
            note: note.map(|note| inert(note).into_owned()),
        };
        Self {
            entries: entries.into_iter().map(entry).collect(),
            at: None,
            marks: None,
            pointer: Signs::of(false).pointer,
            language: Language::default(),
            in_columns: false,
            scale: None,
        }
    }

    /// The numbers of a scale, with what its ends mean.
    pub(super) fn scale(numbers: RangeInclusive<i64>, low: &str, high: &str) -> Self {
        let numbers: Vec<String> = numbers.map(|number| number.to_string()).collect();
        let list = Self::new(numbers.iter().map(|number| (number.as_str(), None)));
        let scale = Some((inert(low).into_owned(), inert(high).into_owned()));
        Self { scale, ..list }
    }

    /// Points at the entry before, the last one at the start.
    pub(super) fn up(&mut self) {
        let last = self.entries.len().saturating_sub(1);
        let before = self.at.and_then(|at| at.checked_sub(1));
        self.at = self.middle().or(before).or(Some(last));
    }

    /// Points at the next entry, the first one at the end.
    pub(super) fn down(&mut self) {
        let next = self.at.map_or(0, |at| at + 1);
        let next = Some(next).filter(|next| *next < self.entries.len());
        self.at = self.middle().or(next).or(Some(0));
    }

    /// Where the first arrow key leads among numbers: neither end is nearer than the other.
    fn middle(&self) -> Option<usize> {
        let starts = self.at.is_none() && self.is_scale();
        starts.then(|| self.entries.len().saturating_sub(1) / 2)
    }

    /// Whether it is a row of numbers.
    pub(super) fn is_scale(&self) -> bool {
        self.scale.is_some()
    }

    /// The label of the entry pointed at.
    pub(super) fn pointed(&self) -> Option<&str> {
        Some(self.entries.get(self.at?)?.label.as_str())
    }

    /// The last entry.
    pub(super) fn last(&self) -> Option<usize> {
        self.entries.len().checked_sub(1)
    }

    /// Points at the entry whose number was typed, where there is one.
    pub(super) fn point_at_number(&mut self, typed: &str) {
        let typed = typed.trim();
        let by_number = || typed.parse::<usize>().ok()?.checked_sub(1);
        let at = match self.scale {
            Some(_) => self.entries.iter().position(|entry| entry.label == typed),
            None => by_number().filter(|at| *at < self.entries.len()),
        };
        self.at = at.or(self.at);
    }

    /// Whether a label begins with these letters.
    pub(super) fn has_word_with(&self, letters: &str) -> bool {
        let begins = |entry: &ListItem| name_key(&entry.label).starts_with(&name_key(letters));
        self.entries.iter().any(begins)
    }

    /// Marks the entry pointed at, or takes its mark away.
    pub(super) fn toggle(&mut self) {
        if let (Some(at), Some(marks)) = (self.at, &mut self.marks)
            && let Some(mark) = marks.get_mut(at)
        {
            *mark = !*mark;
        }
    }

    /// How many rows it takes with everything in it.
    pub(super) fn wanted(&self, width: usize) -> usize {
        if let Some(ends) = &self.scale {
            return self.numbers(ends, width).len();
        }
        (0..self.entries.len())
            .map(|index| self.entry(index, width, true).len())
            .sum()
    }

    /// The rows in at most `room`, the entry pointed at among them. Where there is no room for all,
    /// notes of other entries give way first.
    pub(super) fn rows(&self, width: usize, room: usize) -> Vec<ScreenLine> {
        if let Some(ends) = &self.scale {
            return self.numbers(ends, width);
        }
        let all = |notes: bool| -> Vec<Vec<String>> {
            let shown = |index| self.entry(index, width, notes || self.at == Some(index));
            (0..self.entries.len()).map(shown).collect()
        };
        let mut blocks = all(true);
        if blocks.iter().map(Vec::len).sum::<usize>() > room {
            blocks = all(false);
        }
        if blocks.iter().map(Vec::len).sum::<usize>() <= room {
            return blocks
                .concat()
                .into_iter()
                .map(|row| self.line(row))
                .collect();
        }
        self.window(&blocks, width, room)
    }

    /// How many entries are in view in `room` rows, and how many there are.
    pub(super) fn in_view(&self, width: usize, room: usize) -> (usize, usize) {
        let of = self.entries.len();
        if self.scale.is_some() {
            return (of, of);
        }
        let shown = |index| self.entry(index, width, self.at == Some(index));
        let blocks: Vec<Vec<String>> = (0..of).map(shown).collect();
        if blocks.iter().map(Vec::len).sum::<usize>() <= room {
            return (of, of);
        }
        let (from, to) = self.around(&blocks, room);
        (to - from, of)
    }

    /// The entries around the one pointed at, with a word on how many are out of sight.
    fn window(&self, blocks: &[Vec<String>], width: usize, room: usize) -> Vec<ScreenLine> {
        let (from, to) = self.around(blocks, room);
        let mut rows = Vec::new();
        if from > 0 {
            let more = self
                .language
                .fill("{count} more above", &[("count", &from)]);
            rows.push(cut(&format!("  {more}"), width));
        }
        rows.extend(blocks[from..to].concat());
        if to < blocks.len() {
            let count = blocks.len() - to;
            let more = self
                .language
                .fill("{count} more below", &[("count", &count)]);
            rows.push(cut(&format!("  {more}"), width));
        }
        rows.truncate(room.max(1));
        rows.into_iter().map(|row| self.line(row)).collect()
    }

    /// The numbers in one row, and what the ends mean below them: in one row where it has room.
    fn numbers(&self, (low, high): &(String, String), width: usize) -> Vec<ScreenLine> {
        let (mut row, mut at) = (String::new(), 0..0);
        for (index, entry) in self.entries.iter().enumerate() {
            let pointed = self.at == Some(index);
            let sign = if pointed { self.pointer } else { " " };
            let start = row.len();
            row.push_str(&format!("{sign}{} ", entry.label));
            if pointed {
                at = start..row.trim_end().len();
            }
        }
        let across = columns(row.trim_end());
        let room = across.saturating_sub(1 + columns(low) + columns(high));
        let ends = if room > 1 {
            vec![format!(" {low}{}{high}", " ".repeat(room))]
        } else {
            let (first, last) = (self.entries.first(), self.entries.last());
            let end = |entry: Option<&ListItem>, means: &str| {
                let number = entry.map_or("", |entry| entry.label.as_str());
                wrap_indented(&format!("{number} = {means}"), width, " ", "     ")
            };
            let mut ends = if low.is_empty() {
                Vec::new()
            } else {
                end(first, low)
            };
            ends.extend(if high.is_empty() {
                Vec::new()
            } else {
                end(last, high)
            });
            ends
        };
        let ends = ends.into_iter().filter(|row| !row.trim().is_empty());
        let row = ScreenLine::from(row.trim_end()).stressed(at, Look::Accent);
        [row]
            .into_iter()
            .chain(ends.map(ScreenLine::from))
            .collect()
    }

    /// A row; its pointer and the number behind it stand out.
    fn line(&self, row: String) -> ScreenLine {
        let Some(entry) = row.strip_prefix(self.pointer) else {
            return match self.in_columns {
                true => named::line(row),
                false => ScreenLine::from(row),
            };
        };
        let number = entry.trim_start().split(' ').next().unwrap_or_default();
        let end = row.len() - entry.trim_start().len() + number.len();
        ScreenLine::from(row).stressed(0..end, Look::Accent)
    }

    /// Which entries have room around the one pointed at.
    fn around(&self, blocks: &[Vec<String>], room: usize) -> (usize, usize) {
        let at = self.at.unwrap_or(0);
        let height = |from: usize, to: usize| {
            let hidden = usize::from(from > 0) + usize::from(to < blocks.len());
            blocks[from..to].iter().map(Vec::len).sum::<usize>() + hidden
        };
        let (mut from, mut to) = (at, (at + 1).min(blocks.len()));
        loop {
            if to < blocks.len() && height(from, to + 1) <= room {
                to += 1;
            } else if from > 0 && height(from - 1, to) <= room {
                from -= 1;
            } else {
                break;
            }
        }
        (from, to)
    }

    fn entry(&self, index: usize, width: usize, with_note: bool) -> Vec<String> {
        let entry = &self.entries[index];
        let pointer = if self.at == Some(index) {
            self.pointer
        } else {
            " "
        };
        let mark = match self.marks.as_ref().and_then(|marks| marks.get(index)) {
            None => "",
            Some(true) => "[x] ",
            Some(false) => "[ ] ",
        };
        let digits = self.entries.len().to_string().len();
        let first = format!("{pointer} {mark}{:>digits$} ", index + 1);
        if let Some(note) = entry.note.as_ref().filter(|_| self.in_columns) {
            let named = self.entries.iter().filter(|entry| entry.note.is_some());
            let names = named.map(|entry| entry.label.as_str());
            return vec![named::row(&first, names, (&entry.label, note), width)];
        }
        let rest = " ".repeat(columns(&first));
        let mut rows = wrap_indented(&entry.label, width, &first, &rest);
        if let Some(note) = entry.note.as_ref().filter(|_| with_note) {
            rows.extend(wrap_indented(note, width, &rest, &rest));
        }
        rows
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(list: &ListView, width: usize, room: usize) -> Vec<String> {
        list.rows(width, room)
            .into_iter()
            .map(|line| line.text)
            .collect()
    }

    #[test]
    fn notes_stand_below_their_labels_and_give_way_first() {
        let mut list = ListView::new([("Say it", Some("when both are calm")), ("Wait", None)]);
        assert_eq!(list.wanted(40), 3);
        assert_eq!(
            shown(&list, 40, 9),
            ["  1 Say it", "    when both are calm", "  2 Wait"]
        );
        assert_eq!(shown(&list, 40, 2), ["  1 Say it", "  2 Wait"]);
        list.down();
        assert_eq!(
            shown(&list, 40, 3),
            ["> 1 Say it", "    when both are calm", "  2 Wait"]
        );
    }

    #[test]
    fn marks_are_told_by_characters() {
        let mut list = ListView::new([("a", None), ("b", None)]);
        list.marks = Some(vec![false, true]);
        list.toggle();
        assert_eq!(shown(&list, 20, 9), ["  [ ] 1 a", "  [x] 2 b"]);
        list.down();
        list.toggle();
        assert_eq!(shown(&list, 20, 9), ["> [x] 1 a", "  [x] 2 b"]);
    }

    #[test]
    fn a_scale_is_a_row_of_numbers_with_what_its_ends_mean_below_it() {
        let mut list = ListView::scale(1..=7, "calm", "very upset");
        list.at = Some(3);
        assert_eq!(
            shown(&list, 40, 4),
            [" 1  2  3 >4  5  6  7", " calm     very upset"]
        );
        let wordy = ListView::scale(0..=10, "nothing at all of it", "as strong as it could be");
        assert_eq!(
            shown(&wordy, 40, 4),
            [
                " 0  1  2  3  4  5  6  7  8  9  10",
                " 0 = nothing at all of it",
                " 10 = as strong as it could be"
            ]
        );
        let bare = ListView::scale(1..=3, "", "");
        assert_eq!(shown(&bare, 40, 4), [" 1  2  3"]);
    }

    #[test]
    fn the_pointer_goes_round() {
        let mut list = ListView::new([("a", None), ("b", None)]);
        list.up();
        assert_eq!(list.at, Some(1));
        list.down();
        assert_eq!(list.at, Some(0));
    }

    #[test]
    fn whatever_the_room_the_entry_pointed_at_is_in_sight() {
        let labels: Vec<String> = (1..=20).map(|n| format!("feeling {n}")).collect();
        let mut list = ListView::new(labels.iter().map(|label| (label.as_str(), Some("a note"))));
        for room in 3..30 {
            for at in 0..20 {
                list.at = Some(at);
                let rows = shown(&list, 30, room);
                assert!(rows.len() <= room, "{rows:?}");
                assert!(
                    rows.iter().any(|row| row.starts_with("> ")),
                    "{room} {at} {rows:?}"
                );
            }
        }
        list.at = Some(10);
        let rows = shown(&list, 30, 6);
        assert!(
            rows[0].ends_with("more above") && rows[5].ends_with("more below"),
            "{rows:?}"
        );
    }
}
