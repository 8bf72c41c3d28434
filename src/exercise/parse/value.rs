//! The values of keys, each checked against the shape that its key takes.

use toml::de::DeValue;

use super::read::{SpannedValue, as_number, as_text};
use super::shape::{ExerciseWalk, TableOwner, needs};
use super::wording::{found, list, mended, takes};
use crate::exercise::table::{self, FormatKey, KeyShape, TableKind};
use crate::exercise::{FORMAT, StepKind};
use crate::format::problem::{Code, Problem, Span};
use crate::format::syntax::unsafe_character;
use crate::text::{has_unsafe, is_unsafe};

impl ExerciseWalk<'_> {
    /// Checks a value against the shape that its key takes.
    pub(super) fn value(
        &mut self,
        key: &FormatKey,
        shape: KeyShape,
        value: &SpannedValue<'_>,
        owner: &TableOwner,
    ) {
        match (shape, value.get_ref()) {
            (KeyShape::Text, DeValue::String(_)) => self.string(key, value, true),
            (KeyShape::Id, DeValue::String(_)) => self.id(key, value),
            (KeyShape::OneOf(words), DeValue::String(word)) => self.word(key, value, word, words),
            (KeyShape::Number(least, most), DeValue::Integer(_)) => {
                self.number(key, value, least, most);
            }
            (KeyShape::Line | KeyShape::Literal, DeValue::String(_)) => {
                self.string(key, value, false)
            }
            (KeyShape::Boolean | KeyShape::Literal, DeValue::Boolean(_))
            | (KeyShape::Literal, DeValue::Integer(_)) => {}
            (KeyShape::Answer, DeValue::Datetime(_))
                if owner.place == Some(TableKind::Step(StepKind::Date)) => {}
            (KeyShape::Answer, _) => {
                if let Some(TableKind::Step(kind)) = owner.place {
                    self.value(key, table::answer_shape(kind), value, owner);
                }
            }
            (KeyShape::List(inner), DeValue::Array(values)) => {
                self.at_least(key, value, values.len(), 1);
                for value in values {
                    self.value(key, *inner, value, owner);
                }
            }
            (KeyShape::Tables(place, least), DeValue::Array(values)) => {
                self.at_least(key, value, values.len(), least);
                for value in values {
                    self.entry(key, place, value);
                }
            }
            (KeyShape::Named(place), DeValue::Table(tables)) => self.named(place, tables),
            (KeyShape::Condition, DeValue::Table(table)) => self.condition(table, value.span()),
            (KeyShape::Steps, DeValue::Array(steps)) => self.steps(steps.iter()),
            _ => self.wrong_type(key, shape, value),
        }
    }

    fn string(&mut self, key: &FormatKey, value: &SpannedValue<'_>, lines: bool) {
        let text = as_text(value).unwrap_or_default();
        let written = self.text.get(value.span()).unwrap_or_default();
        let escaped = |c: &char| is_unsafe(*c) && !written.contains(*c);
        if has_unsafe(&text)
            && let Some(c) = text.chars().find(escaped)
        {
            self.report(unsafe_character(value.span(), c));
        }
        if text.trim().is_empty() {
            let message = format!("`{}` is empty", key.name);
            self.report(Problem::new(Code::Empty, value.span(), message).help(key.doc_line()));
        } else if !lines && text.trim_end().contains('\n') {
            let message = format!("`{}` is text on one line, and this has several", key.name);
            self.report(Problem::new(Code::WrongType, value.span(), message).help(key.doc_line()));
        }
    }

    fn id(&mut self, key: &FormatKey, value: &SpannedValue<'_>) {
        let id = as_text(value).unwrap_or_default();
        if !table::is_id(&id) {
            self.bad_id(value.span(), &format!("`{}`", key.name));
        }
    }

    pub(super) fn bad_id(&mut self, span: Span, what: &str) {
        let message = format!("{what} is not an id");
        self.report(
            Problem::new(Code::BadId, span, message).help(
                "an id is small letters a to z, digits and hyphens, and begins with a letter",
            ),
        );
    }

    fn word(&mut self, key: &FormatKey, value: &SpannedValue<'_>, word: &str, words: &[&str]) {
        if words.contains(&word) {
            return;
        }
        if table::RESERVED_WORDS.contains(&(key.name, word)) {
            let what = format!("`{} = \"{word}\"`", key.name);
            return self.report(needs(value.span(), &what, FORMAT + 1));
        }
        let message = format!("`{}` cannot be \"{}\"", key.name, word.escape_debug());
        let known = list(words.iter().copied());
        let help = match table::nearest(word, words.iter().copied()) {
            Some(meant) => format!("did you mean \"{meant}\"? It is one of: {known}"),
            None => format!("it is one of: {known}"),
        };
        self.report(Problem::new(Code::UnknownWord, value.span(), message).help(help));
    }

    fn number(&mut self, key: &FormatKey, value: &SpannedValue<'_>, least: i64, most: i64) {
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

    fn at_least(&mut self, key: &FormatKey, value: &SpannedValue<'_>, there: usize, least: usize) {
        if there < least {
            let message = match there {
                0 => format!("`{}` is empty", key.name),
                _ => format!("`{}` has {there} and needs at least {least}", key.name),
            };
            self.report(Problem::new(Code::Empty, value.span(), message).help(key.doc_line()));
        }
    }

    pub(super) fn wrong_type(
        &mut self,
        key: &FormatKey,
        shape: KeyShape,
        value: &SpannedValue<'_>,
    ) {
        let message = format!(
            "`{}` takes {}, and this is {}",
            key.name,
            takes(shape),
            found(value.get_ref())
        );
        let help = mended(key.name, shape, value, self.text).unwrap_or_else(|| key.doc_line());
        self.report(Problem::new(Code::WrongType, value.span(), message).help(help));
    }
}
