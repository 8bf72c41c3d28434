//! The shape of a file, checked against its format: what is there that is not known, what is
//! missing, and what has the wrong type. Everything is reported at once.

use std::rc::Rc;

use toml::Spanned;
use toml::de::{DeString, DeTable, DeValue};

use super::key::{Format, KIND, Key, OWN, ROOT, Shape};
use super::problem::{Code, MOST_PROBLEMS, Problem, Span};
use super::read::{SpannedValue, as_number, as_text};
use super::syntax::SourceTree;
use super::{is_id, nearest};

/// Checks a whole file and returns whether it is of a format that is known: of a later one nothing
/// else can be said. Where the text is torn nothing is called missing.
pub(crate) fn check(
    format: &'static Format,
    text: &str,
    tree: &SourceTree<'_>,
    problems: &mut Vec<Problem>,
) -> bool {
    walk(format, text, tree, false, problems)
}

/// Checks what stands before the first section: no section is called missing.
pub(crate) fn check_head(
    format: &'static Format,
    text: &str,
    tree: &SourceTree<'_>,
    problems: &mut Vec<Problem>,
) -> bool {
    walk(format, text, tree, true, problems)
}

fn walk(
    format: &'static Format,
    text: &str,
    tree: &SourceTree<'_>,
    head: bool,
    problems: &mut Vec<Problem>,
) -> bool {
    let root = tree.root.get_ref();
    let mut walk = Walk {
        format,
        text,
        whole: tree.is_whole(),
        head,
        problems: Vec::new(),
        slipped: Vec::new(),
        known: Vec::new(),
    };
    if let Some(value) = root.get("format").filter(|_| walk.has_version())
        && let Some(version) = as_number(value).filter(|version| *version > format.version)
    {
        let what = format!("this {}", format.what);
        problems.push(walk.needs(value.span(), &what, version));
        return false;
    }
    let name = format!("the {}", format.what);
    let owner = walk.owner(&[ROOT], name, 0..0, None);
    walk.table(root, &owner);
    let found = walk.problems.into_iter();
    problems.extend(found.filter(|problem| tree.is_sound(&problem.span)));
    true
}

/// The keys of some tables.
type Keys = Rc<[&'static Key]>;

/// The table whose keys are looked at.
pub(super) struct Owner<'o> {
    /// What it can be: several for a section whose kind is not known.
    tables: &'static [&'static str],
    /// What other sections of its list can be.
    siblings: &'static [&'static str],
    keys: Keys,
    /// How messages speak of it.
    name: String,
    /// Where it is told what it lacks.
    span: Span,
    /// Where it begins.
    start: usize,
    /// The table that it stands in.
    above: Option<&'o Owner<'o>>,
}

/// One pass over the tree, from the root down.
pub(super) struct Walk<'a> {
    pub(super) format: &'static Format,
    pub(super) text: &'a str,
    whole: bool,
    head: bool,
    problems: Vec<Problem>,
    /// Keys that were found in a table below the one they belong to, with that one.
    slipped: Vec<(&'static str, &'static str)>,
    /// The keys of the tables that were met: there are many tables, and few sorts of them.
    known: Vec<(&'static [&'static str], Keys)>,
}

impl Walk<'_> {
    pub(super) fn report(&mut self, problem: Problem) {
        // One more than is shown, so that what is shown is known not to be all.
        if self.problems.len() <= MOST_PROBLEMS {
            self.problems.push(problem);
        }
    }

    /// The problem of something that a later format will know.
    pub(super) fn needs(&self, span: Span, what: &str, version: i64) -> Problem {
        let message = format!("{what} needs format {version}");
        let known = self.format.version;
        let help = format!("this version of trust-coach reads format {known}");
        Problem::new(Code::NeedsNewerFormat, span, message).help(help)
    }

    fn has_version(&self) -> bool {
        self.format.keys(&[ROOT]).any(|key| key.name == "format")
    }

    fn keys(&mut self, tables: &'static [&'static str]) -> Keys {
        if let Some((_, keys)) = self.known.iter().find(|(known, _)| *known == tables) {
            return Rc::clone(keys);
        }
        let keys: Keys = self.format.keys(tables).collect();
        self.known.push((tables, Rc::clone(&keys)));
        keys
    }

    fn owner<'o>(
        &mut self,
        tables: &'static [&'static str],
        name: String,
        span: Span,
        above: Option<&'o Owner<'o>>,
    ) -> Owner<'o> {
        Owner {
            tables,
            siblings: &[],
            keys: self.keys(tables),
            name,
            start: span.start,
            span,
            above,
        }
    }

    /// Checks the keys of a table against those it may have.
    fn table(&mut self, table: &DeTable<'_>, owner: &Owner<'_>) {
        let slipped = self.slipped.len();
        let mut meant = Vec::new();
        for (name, value) in table {
            let mut known = owner.keys.iter().filter(|key| key.name == name.get_ref());
            match (known.next(), known.next()) {
                (Some(key), None) => self.value(key, &key.shape, value, owner),
                // What it takes depends on the kind, and that is not known.
                (Some(_), Some(_)) => {}
                (None, _) => meant.extend(self.unknown(name, table, owner)),
            }
        }
        if !self.whole {
            return;
        }
        let slipped = &self.slipped[slipped..];
        let missing = owner.keys.iter().copied().filter(|key| {
            let there = table.contains_key(key.name)
                || meant.contains(&key.name)
                || slipped.contains(&(owner.tables[0], key.name));
            // Without its kind nobody knows what else a section needs.
            let due = owner.tables.len() == 1 || matches!(key.name, "id" | KIND);
            let below = self.head && matches!(key.shape, Shape::Sections(_));
            key.required && due && !there && !below
        });
        let missing: Vec<&Key> = missing.collect();
        if !missing.is_empty() {
            let names: Vec<_> = missing
                .iter()
                .map(|key| format!("`{}`", key.name))
                .collect();
            let help: Vec<_> = missing.iter().map(|key| key.doc_line()).collect();
            let message = format!("{} has no {}", owner.name, names.join(", "));
            self.report(
                Problem::new(Code::MissingKey, owner.span.clone(), message).help(help.join("\n")),
            );
        }
    }

    /// Reports a key that is not known here, and returns the one that was probably meant.
    fn unknown(
        &mut self,
        key: &Spanned<DeString<'_>>,
        table: &DeTable<'_>,
        owner: &Owner<'_>,
    ) -> Option<&'static str> {
        let (name, span) = (key.get_ref().as_ref(), key.span());
        if self.problems.len() > MOST_PROBLEMS {
            return None;
        }
        if name.starts_with(OWN)
            && self
                .format
                .rule(owner.tables[0])
                .is_none_or(|rule| !rule.closed)
        {
            return None;
        }
        let names = owner.keys.iter().map(|key| key.name);
        if self.format.open {
            // What is not ours is only mistyped where something of ours is missing.
            let is_due = |key: &&&Key| key.required || matches!(key.shape, Shape::Sections(_));
            let due = owner.keys.iter().filter(is_due);
            let due = due
                .map(|key| key.name)
                .filter(|key| !table.contains_key(*key));
            let near = nearest(name, due)?;
            let problem = unknown(name, span).help(format!("did you mean `{near}`?"));
            self.report(problem);
            return Some(near);
        }
        if self.format.later_keys.contains(&name) {
            let version = self.format.version + 1;
            self.report(self.needs(span, &format!("`{name}`"), version));
            return None;
        }
        let homes = owner.siblings.iter().filter(|table| {
            let mut keys = self.format.keys(std::slice::from_ref(table));
            owner.tables.len() == 1 && keys.any(|key| key.name == name)
        });
        let homes: Vec<&str> = homes.copied().collect();
        let mut meant = None;
        let problem = if !homes.is_empty() {
            let message = format!("`{name}` isn’t a key of {}", owner.name);
            let help = format!("it belongs to steps of kind {}", homes.join(", "));
            Problem::new(Code::UnknownKey, span, message).help(help)
        } else if let Some((above, name)) = self.above(name, owner) {
            self.slipped.push((above.tables[0], name));
            let header = header(self.text, owner.start).unwrap_or_default();
            let (whose, help) = if above.above.is_none() {
                let sections = |key: &&Key| matches!(key.shape, Shape::Sections(_));
                let first = above.keys.iter().copied().find(sections);
                let first = first.map_or("", |key| key.name);
                let help =
                    format!("move it above the first line with brackets, [[{first}]] or another");
                (format!("the whole {}", self.format.what), help)
            } else {
                (
                    above.name.clone(),
                    format!("move it above its first {header}"),
                )
            };
            let message = format!("`{name}` belongs to {whose}");
            Problem::new(Code::Misplaced, span, message).help(help)
        } else if let Some(near) = nearest(name, names.clone()) {
            meant = Some(near);
            unknown(name, span).help(format!("did you mean `{near}`?"))
        } else {
            let known: Vec<_> = names.collect();
            unknown(name, span).help(format!("{} can have: {}", owner.name, known.join(", ")))
        };
        self.report(problem);
        meant
    }

    /// The table above that has this key, where the key has slipped below a header.
    fn above<'o>(&self, name: &str, owner: &'o Owner<'o>) -> Option<(&'o Owner<'o>, &'static str)> {
        header(self.text, owner.start)?;
        let above = owner.above?;
        match above.keys.iter().find(|key| key.name == name) {
            Some(key) => Some((above, key.name)),
            None => self.above(name, above),
        }
    }

    /// A table that is the value of a key.
    pub(super) fn inner(
        &mut self,
        tables: &'static [&'static str],
        what: &str,
        value: (&DeTable<'_>, Span),
        above: &Owner<'_>,
    ) {
        let (table, span) = value;
        let before = self.problems.len();
        let owner = self.owner(tables, what.to_string(), span.clone(), Some(above));
        self.table(table, &owner);
        if self.problems.len() == before
            && self.whole
            && let Some(rule) = self.format.rule(tables[0])
        {
            self.problems.extend((rule.check)(table, span));
        }
    }

    /// Tables under names.
    pub(super) fn named(
        &mut self,
        key: &Key,
        table: &'static &'static str,
        named: &DeTable<'_>,
        above: &Owner<'_>,
    ) {
        for (name, value) in named {
            if name.get_ref().starts_with(OWN) {
                continue;
            }
            let what = key.name;
            if let DeValue::Table(inner) = value.get_ref() {
                if !is_id(name.get_ref()) {
                    self.bad_id(name.span(), "this name");
                }
                let who = format!("{what} `{}`", name.get_ref());
                let mut owner =
                    self.owner(std::slice::from_ref(table), who, name.span(), Some(above));
                owner.start = value.span().start;
                self.table(inner, &owner);
            } else {
                let help = format!("write [{what}.name], and the keys of the {what} below");
                self.report(
                    Problem::new(
                        Code::WrongType,
                        name.span(),
                        format!("a {what} is a table with a name"),
                    )
                    .help(help),
                );
            }
        }
    }

    /// Tables below a header each.
    pub(super) fn sections(
        &mut self,
        key: &Key,
        tables: &'static [&'static str],
        sections: &[SpannedValue<'_>],
        above: &Owner<'_>,
    ) {
        let what = key.name;
        for (index, value) in sections.iter().enumerate() {
            let DeValue::Table(section) = value.get_ref() else {
                let help = format!("write [[{what}]], and its keys below");
                self.report(
                    Problem::new(
                        Code::WrongType,
                        value.span(),
                        format!("a {what} is a table"),
                    )
                    .help(help),
                );
                continue;
            };
            let id = section.get("id").and_then(as_text).filter(|id| is_id(id));
            let who = match id {
                Some(id) => format!("{what} `{id}`"),
                None => format!("{what} {}", index + 1),
            };
            let mut owner = self.owner(tables, who, value.span(), Some(above));
            if tables.len() > 1 {
                owner.siblings = tables;
                let kind = section.get(KIND).and_then(as_text);
                let kind = kind.and_then(|kind| tables.iter().position(|table| *table == kind));
                if let Some(kind) = kind {
                    owner.tables = &tables[kind..=kind];
                    owner.keys = self.keys(owner.tables);
                    owner.name = format!("{} ({})", owner.name, tables[kind]);
                }
            }
            self.table(section, &owner);
        }
    }
}

fn unknown(name: &str, span: Span) -> Problem {
    let message = format!("unknown key `{}`", name.escape_debug());
    Problem::new(Code::UnknownKey, span, message)
}

/// The header that a table stands below; none for a table in braces, into which nothing slips.
fn header(text: &str, start: usize) -> Option<&str> {
    let line = text.get(start..)?.lines().next()?;
    let end = line.rfind(']')? + 1;
    line.starts_with('[').then(|| &line[..end])
}
