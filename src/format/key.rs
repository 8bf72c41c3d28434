//! A format as data: its tables and their keys. The checks, the suggestions, the JSON Schema and the
//! documentation of every file that people write all go by such a table.

use serde_json::Value;
use toml::de::DeTable;

use super::problem::{Problem, Span};

/// The table that is the file itself.
pub const ROOT: &str = "file";

/// The key that says which of several tables a section is.
pub const KIND: &str = "kind";

/// Keys and tables that begin with this are the author's own and are never read.
pub const OWN: &str = "x-";

/// What a key takes.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Shape {
    /// Text, not empty.
    Text,
    /// Text on one line, not empty.
    Line,
    /// Text on one line, or "" for none.
    LineOrNone,
    /// Small letters, digits and hyphens, beginning with a letter.
    Id,
    /// One of these words.
    OneOf(&'static [&'static str]),
    /// A whole number, from the first to the second.
    Number(i64, i64),
    /// `true` or `false`.
    Boolean,
    /// Text, a whole number, or `true` or `false`.
    Literal,
    /// Text, or a whole number.
    LineOrNumber,
    /// A day: text, or a date of TOML's own.
    Day,
    /// A list of these, at least so many.
    List(&'static Shape, usize),
    /// One table.
    Table(TableShape),
    /// A list of tables, at least so many.
    Tables(&'static str, usize),
    /// Tables under names of the author's own.
    Named(&'static str),
    /// Lists of texts under names of the author's own.
    NamedLists,
    /// Tables below a header each, such as `[[step]]`. Where they can be several, each has a
    /// [`KIND`] that says which.
    Sections(&'static [&'static str]),
}

/// A table that is a value of its own.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct TableShape {
    /// Its name in the format.
    pub table: &'static str,
    /// How messages speak of it, such as "a condition".
    pub what: &'static str,
    /// How one is written.
    pub example: &'static str,
}

/// A key of a format.
#[derive(Clone, Copy, Debug)]
pub struct Key {
    /// The tables it stands in.
    pub at: &'static [&'static str],
    /// Its name.
    pub name: &'static str,
    /// What it takes.
    pub shape: Shape,
    /// Whether it must be there.
    pub required: bool,
    /// What it is, in a line.
    pub doc: &'static str,
}

impl Key {
    /// A key that must be there.
    pub const fn must(
        at: &'static [&'static str],
        name: &'static str,
        shape: Shape,
        doc: &'static str,
    ) -> Self {
        let key = Self::may(at, name, shape, doc);
        Self {
            required: true,
            ..key
        }
    }

    /// A key that may be left out.
    pub const fn may(
        at: &'static [&'static str],
        name: &'static str,
        shape: Shape,
        doc: &'static str,
    ) -> Self {
        Self {
            at,
            name,
            shape,
            required: false,
            doc,
        }
    }

    /// Whether it stands in one of these tables.
    pub fn is_in(&self, tables: &[&str]) -> bool {
        self.at.iter().any(|at| tables.contains(at))
    }
}

/// A table whose keys are not looked at one by one alone: what must hold of them together.
#[derive(Clone, Copy, Debug)]
pub struct TableRule {
    /// Its name.
    pub table: &'static str,
    /// Whether it takes no keys of the author's own.
    pub closed: bool,
    /// What is wrong with one whose keys are right each.
    pub check: fn(&DeTable<'_>, Span) -> Option<Problem>,
    /// Says the same in its schema.
    pub refine: fn(&mut Value),
}

/// A format of files that people write.
#[derive(Clone, Copy, Debug)]
pub struct Format {
    /// The title of its schema.
    pub title: &'static str,
    /// What such a file is in messages, such as "exercise".
    pub what: &'static str,
    /// The newest version of it that this program reads.
    pub version: i64,
    /// Every key, in the order in which files have them.
    pub keys: &'static [Key],
    /// Keys that later formats will give a meaning.
    pub later_keys: &'static [&'static str],
    /// Words that later formats will take, with their keys.
    pub later_words: &'static [(&'static str, &'static str)],
    /// The tables with a rule.
    pub rules: &'static [TableRule],
    /// Whether keys that are not known are somebody else's and left alone.
    pub open: bool,
}

impl Format {
    /// A format with these keys and nothing else.
    pub const fn new(title: &'static str, what: &'static str, keys: &'static [Key]) -> Self {
        Self {
            title,
            what,
            version: 1,
            keys,
            later_keys: &[],
            later_words: &[],
            rules: &[],
            open: false,
        }
    }

    /// The keys of one of these tables, in order.
    pub fn keys(&self, tables: &[&str]) -> impl Iterator<Item = &'static Key> {
        self.keys.iter().filter(move |key| key.is_in(tables))
    }

    /// The rule of a table.
    pub(super) fn rule(&self, table: &str) -> Option<&TableRule> {
        self.rules.iter().find(|rule| rule.table == table)
    }
}

/// The names in a list of pairs, for a table of keys.
pub const fn words<T: Copy, const N: usize>(all: &[(T, &'static str); N]) -> [&'static str; N] {
    let mut words = [""; N];
    let mut i = 0;
    while i < N {
        words[i] = all[i].1;
        i += 1;
    }
    words
}
