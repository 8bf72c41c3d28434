//! The values of keys, each checked against the shape that its key takes.

use toml::de::DeValue;

use super::check::{Owner, Walk};
use super::key::{Key, Shape};
use super::problem::{Code, Problem, Span};
use super::read::{SpannedValue, as_number, as_text};
use super::syntax::unsafe_character;
use super::wording::{found, list, mended, takes};
use super::{is_id, nearest};
use crate::text::{has_unsafe, is_blank, is_unsafe};

impl Walk<'_> {
    /// Checks a value against the shape that its key takes.
    pub(super) fn value(
        &mut self,
        key: &'static Key,
        shape: &'static Shape,
        value: &SpannedValue<'_>,
        owner: &Owner<'_>,
    ) {
        match (shape, value.get_ref()) {
            (Shape::Text, DeValue::String(_)) => self.string(key, value, true),
            (Shape::LineOrNone, DeValue::String(text)) if text.is_empty() => {}
            (
                Shape::Line | Shape::LineOrNone | Shape::Literal | Shape::LineOrNumber | Shape::Day,
                DeValue::String(_),
            ) => self.string(key, value, false),
            (Shape::Id, DeValue::String(_)) => self.id(key, value),
            (Shape::OneOf(words), DeValue::String(word)) => self.word(key, value, word, words),
            (Shape::Number(least, most), DeValue::Integer(_)) => {
                self.number(key, value, *least, *most);
            }
            (Shape::Boolean | Shape::Literal, DeValue::Boolean(_))
            | (Shape::Literal | Shape::LineOrNumber, DeValue::Integer(_))
            | (Shape::Day, DeValue::Datetime(_)) => {}
            (Shape::List(inner, least), DeValue::Array(values)) => {
                self.at_least(key, value, values.len(), *least);
                for value in values {
                    self.value(key, inner, value, owner);
                }
            }
            (Shape::Tables(table, least), DeValue::Array(values)) => {
                self.at_least(key, value, values.len(), *least);
                let what = format!("this entry of `{}`", key.name);
                for value in values {
                    match value.get_ref() {
                        DeValue::Table(entry) => {
                            let tables = std::slice::from_ref(table);
                            self.inner(tables, &what, (entry, value.span()), owner);
                        }
                        _ => self.wrong_type(key, &Shape::Named(table), value),
                    }
                }
            }
            (Shape::Table(inner), DeValue::Table(table)) => {
                let tables = std::slice::from_ref(&inner.table);
                self.inner(tables, inner.what, (table, value.span()), owner);
            }
            (Shape::Named(table), DeValue::Table(named)) => self.named(key, table, named, owner),
            (Shape::NamedLists, DeValue::Table(named)) => {
                for value in named.values() {
                    self.value(key, LIST, value, owner);
                }
            }
            (Shape::Sections(tables), DeValue::Array(sections)) => {
                self.sections(key, tables, sections, owner);
            }
            _ => self.wrong_type(key, shape, value),
        }
    }

    fn string(&mut self, key: &Key, value: &SpannedValue<'_>, lines: bool) {
        let text = as_text(value).unwrap_or_default();
        let written = self.text.get(value.span()).unwrap_or_default();
        let escaped = |c: &char| is_unsafe(*c) && !written.contains(*c);
        if has_unsafe(&text)
            && let Some(c) = text.chars().find(escaped)
        {
            self.report(unsafe_character(value.span(), c));
        }
        if is_blank(&text) {
            let message = format!("`{}` is empty", key.name);
            self.report(Problem::new(Code::Empty, value.span(), message).help(key.doc_line()));
        } else if !lines && text.trim_end().contains('\n') {
            let message = format!("`{}` is text on one line, but this has several", key.name);
            self.report(Problem::new(Code::WrongType, value.span(), message).help(key.doc_line()));
        }
    }

    fn id(&mut self, key: &Key, value: &SpannedValue<'_>) {
        let id = as_text(value).unwrap_or_default();
        if !is_id(&id) {
            self.bad_id(value.span(), &format!("`{}`", key.name));
        }
    }

    pub(super) fn bad_id(&mut self, span: Span, what: &str) {
        let message = format!("{what} isn’t an id");
        self.report(
            Problem::new(Code::BadId, span, message).help(
                "an id has small letters a to z, digits and hyphens, and begins with a letter",
            ),
        );
    }

    fn word(&mut self, key: &Key, value: &SpannedValue<'_>, word: &str, words: &[&str]) {
        if words.contains(&word) {
            return;
        }
        if self.format.later_words.contains(&(key.name, word)) {
            let what = format!("`{} = \"{word}\"`", key.name);
            let version = self.format.version + 1;
            return self.report(self.needs(value.span(), &what, version));
        }
        let message = format!("`{}` can’t be \"{}\"", key.name, word.escape_debug());
        let known = list(words.iter().copied());
        let help = match nearest(word, words.iter().copied()) {
            Some(meant) => format!("did you mean \"{meant}\"? It can be: {known}"),
            None => format!("it can be: {known}"),
        };
        self.report(Problem::new(Code::UnknownWord, value.span(), message).help(help));
    }

    fn number(&mut self, key: &Key, value: &SpannedValue<'_>, least: i64, most: i64) {
        if as_number(value).is_some_and(|number| (least..=most).contains(&number)) {
            return;
        }
        let message = if least == most {
            format!("`{}` must be {least}", key.name)
        } else {
            format!("`{}` must be a number from {least} to {most}", key.name)
        };
        self.report(Problem::new(Code::OutOfRange, value.span(), message).help(key.doc_line()));
    }

    fn at_least(&mut self, key: &Key, value: &SpannedValue<'_>, there: usize, least: usize) {
        if there < least {
            let message = match there {
                0 => format!("`{}` is empty", key.name),
                _ => format!("`{}` has {there} and needs at least {least}", key.name),
            };
            self.report(Problem::new(Code::Empty, value.span(), message).help(key.doc_line()));
        }
    }

    fn wrong_type(&mut self, key: &Key, shape: &Shape, value: &SpannedValue<'_>) {
        let message = format!(
            "`{}` takes {}, but this is {}",
            key.name,
            takes(shape),
            found(value.get_ref())
        );
        let help = mended(key.name, shape, value, self.text).unwrap_or_else(|| key.doc_line());
        self.report(Problem::new(Code::WrongType, value.span(), message).help(help));
    }
}

/// A list below the header of named lists.
const LIST: &Shape = &Shape::List(&Shape::Text, 0);
