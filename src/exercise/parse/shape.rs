//! The shape of a file, checked against the table of keys: what is there that is not known, what
//! is missing, and what has the wrong type.

use std::rc::Rc;

use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::read::{SpannedValue, as_number, as_text};
use super::wording::{homes, list};
use crate::exercise::table::{self, FormatKey, KeyShape, TableKind};
use crate::exercise::{FORMAT, StepKind};
use crate::format::problem::{Code, Problem, Span};
use crate::format::syntax::SourceTree;

/// Where the first step begins, found without parsing: the first line that begins with `[[step]]`.
pub(super) fn head_end(text: &str) -> Option<usize> {
    const HEADER: &str = "[[step]]";
    if text.starts_with(HEADER) {
        return Some(0);
    }
    text.match_indices(HEADER)
        .map(|(at, _)| at)
        .find(|at| text[..*at].ends_with('\n'))
}

/// Checks a whole file. Where it is torn nothing is called missing.
pub(super) fn check(text: &str, tree: &SourceTree<'_>, problems: &mut Vec<Problem>) {
    walk(text, tree, |_| true, problems);
}

/// Checks what a pack says of itself.
pub(super) fn check_pack(text: &str, tree: &SourceTree<'_>, problems: &mut Vec<Problem>) {
    let root = tree.root.get_ref();
    if later_format(root, "this pack", problems) {
        return;
    }
    let mut walk = ExerciseWalk::new(text, tree);
    walk.table(
        root,
        0..0,
        &TableOwner::of(TableKind::Pack, "the pack"),
        |_| true,
    );
    walk.hand_over(tree, problems);
}

/// Checks what stands before the first step.
pub(super) fn check_head(text: &str, tree: &SourceTree<'_>, problems: &mut Vec<Problem>) {
    walk(text, tree, |key| key.shape != KeyShape::Steps, problems);
}

fn walk(
    text: &str,
    tree: &SourceTree<'_>,
    wanted: fn(&FormatKey) -> bool,
    problems: &mut Vec<Problem>,
) {
    let root = tree.root.get_ref();
    if later_format(root, "this exercise", problems) {
        return;
    }
    let mut walk = ExerciseWalk::new(text, tree);
    walk.table(
        root,
        0..0,
        &TableOwner::of(TableKind::Top, "the exercise"),
        wanted,
    );
    if walk.whole {
        walk.order(root);
    }
    walk.hand_over(tree, problems);
}

/// Of a file in a later format nothing else can be said.
fn later_format(root: &DeTable<'_>, what: &str, problems: &mut Vec<Problem>) -> bool {
    let Some(value) = root.get("format") else {
        return false;
    };
    match as_number(value) {
        Some(format) if format > FORMAT => {
            problems.push(needs(value.span(), what, format));
            true
        }
        _ => false,
    }
}

/// The problem of something that a later format will know.
pub(super) fn needs(span: Span, what: &str, format: i64) -> Problem {
    let message = format!("{what} needs format {format}");
    let help = format!("this version of trust-coach reads format {FORMAT}");
    Problem::new(Code::NeedsNewerFormat, span, message).help(help)
}

/// The table whose keys are looked at.
pub(super) struct TableOwner {
    /// What it is; none for a step whose kind is not known.
    pub(super) place: Option<TableKind>,
    /// How messages speak of it.
    name: String,
}

impl TableOwner {
    fn of(place: TableKind, name: impl Into<String>) -> Self {
        Self {
            place: Some(place),
            name: name.into(),
        }
    }

    /// Whether it is a table under a header of its own, into which keys of the exercise can slip.
    fn is_below(&self) -> bool {
        let below = |place| {
            matches!(
                place,
                TableKind::Step(_) | TableKind::Source | TableKind::Group
            )
        };
        self.place.is_none_or(below)
    }
}

/// One pass over the tree, from the root down.
pub(super) struct ExerciseWalk<'a> {
    pub(super) text: &'a str,
    whole: bool,
    problems: Vec<Problem>,
    /// Keys of the exercise that were found in one of its tables.
    slipped: Vec<&'static str>,
    /// The keys of the places that were met.
    known: Vec<(Option<TableKind>, Rc<[&'static FormatKey]>)>,
}

impl<'a> ExerciseWalk<'a> {
    fn new(text: &'a str, tree: &SourceTree<'_>) -> Self {
        Self {
            text,
            whole: tree.is_whole(),
            problems: Vec::new(),
            slipped: Vec::new(),
            known: Vec::new(),
        }
    }

    /// The keys of a place, looked up once: there are many tables, and few sorts of them.
    fn keys(&mut self, place: Option<TableKind>) -> Rc<[&'static FormatKey]> {
        if let Some((_, keys)) = self.known.iter().find(|(known, _)| *known == place) {
            return Rc::clone(keys);
        }
        let keys: Rc<[&'static FormatKey]> = match place {
            Some(place) => table::keys(place).collect(),
            None => table::step_keys().collect(),
        };
        self.known.push((place, Rc::clone(&keys)));
        keys
    }

    /// Hands over what was found where the text is not torn.
    fn hand_over(self, tree: &SourceTree<'_>, problems: &mut Vec<Problem>) {
        let found = self.problems.into_iter();
        problems.extend(found.filter(|problem| tree.is_sound(&problem.span)));
    }

    pub(super) fn report(&mut self, problem: Problem) {
        self.problems.push(problem);
    }

    /// Checks the keys of a table against those it may have; `wanted` narrows what must be there.
    fn table(
        &mut self,
        table: &DeTable<'_>,
        span: Span,
        owner: &TableOwner,
        wanted: impl Fn(&FormatKey) -> bool,
    ) {
        let keys = self.keys(owner.place);
        let mut meant = Vec::new();
        for (name, value) in table {
            let known = keys.iter().find(|key| key.name == name.get_ref());
            match known {
                Some(key) => self.value(key, key.shape, value, owner),
                None => meant.extend(self.unknown(name, owner, &keys)),
            }
        }
        if !self.whole {
            return;
        }
        let missing = keys.iter().copied().filter(|key| {
            let there = table.contains_key(key.name)
                || meant.contains(&key.name)
                || (owner.place == Some(TableKind::Top) && self.slipped.contains(&key.name));
            // Without its kind nobody knows what else a step needs.
            let due = owner.place.is_some() || matches!(key.name, "id" | "kind");
            key.required && due && !there && wanted(key)
        });
        self.missing(&missing.collect::<Vec<_>>(), span, owner);
    }

    /// Reports all keys that a table lacks, in one.
    fn missing(&mut self, keys: &[&FormatKey], span: Span, owner: &TableOwner) {
        if keys.is_empty() {
            return;
        }
        let names: Vec<_> = keys.iter().map(|key| format!("`{}`", key.name)).collect();
        let help: Vec<_> = keys.iter().map(|key| key.doc_line()).collect();
        let message = format!("{} has no {}", owner.name, names.join(", "));
        self.report(Problem::new(Code::MissingKey, span, message).help(help.join("\n")));
    }

    /// Reports a key that is not known here, and returns the one that was probably meant.
    fn unknown(
        &mut self,
        key: &Spanned<toml::de::DeString<'_>>,
        owner: &TableOwner,
        keys: &[&'static FormatKey],
    ) -> Option<&'static str> {
        let (name, span) = (key.get_ref().as_ref(), key.span());
        if name.starts_with(table::OWN) && owner.place != Some(TableKind::Condition) {
            return None;
        }
        if table::RESERVED_KEYS.contains(&name) {
            self.report(needs(span, &format!("`{name}`"), FORMAT + 1));
            return None;
        }
        let problem = Problem::new(Code::UnknownKey, span, format!("unknown key `{name}`"));
        let step = matches!(owner.place, Some(TableKind::Step(_)));
        let homes = homes(name);
        let mut meant = None;
        let of_all = table::keys(TableKind::Top).find(|key| owner.is_below() && key.name == name);
        let problem = if step && !homes.is_empty() {
            let kinds = homes.join(", ");
            Problem {
                message: format!("`{name}` is not a key of {}", owner.name),
                ..problem.help(format!("it belongs to steps of kind {kinds}"))
            }
        } else if let Some(of_all) = of_all {
            self.slipped.push(of_all.name);
            Problem {
                code: Code::Misplaced,
                message: format!("`{name}` belongs to the whole exercise"),
                ..problem.help("move it above the first line with brackets, [[step]] or another")
            }
        } else if let Some(near) = table::nearest(name, keys.iter().map(|key| key.name)) {
            meant = Some(near);
            problem.help(format!("did you mean `{near}`?"))
        } else {
            let known = list(keys.iter().map(|key| key.name));
            problem.help(format!("{} can have: {known}", owner.name))
        };
        self.report(problem);
        meant
    }

    pub(super) fn entry(&mut self, key: &FormatKey, place: TableKind, value: &SpannedValue<'_>) {
        match value.get_ref() {
            DeValue::Table(table) => {
                let name = format!("this entry of `{}`", key.name);
                self.table(table, value.span(), &TableOwner::of(place, name), |_| true);
            }
            _ => self.wrong_type(key, KeyShape::Named(place), value),
        }
    }

    pub(super) fn named(&mut self, place: TableKind, tables: &DeTable<'_>) {
        for (name, value) in tables {
            if name.get_ref().starts_with(table::OWN) {
                continue;
            }
            if let DeValue::Table(table) = value.get_ref() {
                if !table::is_id(name.get_ref()) {
                    self.bad_id(name.span(), "this name");
                }
                let owner = TableOwner::of(place, format!("group `{}`", name.get_ref()));
                self.table(table, name.span(), &owner, |_| true);
            } else {
                let message = "a group is a table with a name";
                self.report(
                    Problem::new(Code::WrongType, name.span(), message)
                        .help("write [group.name], and the keys of the group below"),
                );
            }
        }
    }

    pub(super) fn steps<'v>(&mut self, steps: impl Iterator<Item = &'v SpannedValue<'v>>) {
        for (index, value) in steps.enumerate() {
            let DeValue::Table(step) = value.get_ref() else {
                let message = "a step is a table";
                self.report(
                    Problem::new(Code::WrongType, value.span(), message)
                        .help("write [[step]], and its keys below"),
                );
                continue;
            };
            let id = step
                .get("id")
                .and_then(as_text)
                .filter(|id| table::is_id(id));
            let who = id.map_or_else(
                || format!("step {}", index + 1),
                |id| format!("step `{id}`"),
            );
            let kind = step.get("kind").and_then(as_text);
            let kind = kind.and_then(|kind| StepKind::from_name(&kind));
            let owner = TableOwner {
                name: kind.map_or_else(|| who.clone(), |kind| format!("{who} ({})", kind.name())),
                place: kind.map(TableKind::Step),
            };
            self.table(step, value.span(), &owner, |_| true);
        }
    }

    pub(super) fn condition(&mut self, table: &DeTable<'_>, span: Span) {
        let before = self.problems.len();
        let owner = TableOwner::of(TableKind::Condition, "a condition");
        self.table(table, span.clone(), &owner, |_| true);
        if self.problems.len() > before || !self.whole {
            return;
        }
        let there = |names: &[&str]| {
            names
                .iter()
                .filter(|name| table.contains_key(**name))
                .count()
        };
        let (tests, combined) = (there(table::TESTS), there(table::COMBINED));
        let step = table.contains_key("step");
        if (step && tests == 1 && combined == 0) || (!step && tests == 0 && combined == 1) {
            return;
        }
        let message = match (step, tests, combined) {
            (true, 0, 0) => "this condition names a step and does not test it",
            (false, 1.., 0) => "this condition tests, and names no step",
            (false, 0, 0) => "this condition is empty",
            _ => "this condition has more than one test",
        };
        self.report(Problem::new(Code::NotACondition, span, message).help(
            "write { step = \"id\", is = \"…\" }, or one of all = […], any = […], not = { … }",
        ));
    }

    /// What a list reads must stand before the first step, and the first step must be found
    /// without parsing.
    fn order(&mut self, root: &DeTable<'_>) {
        let Some(steps) = root.get("step") else {
            return;
        };
        let first = match steps.get_ref() {
            DeValue::Array(list) => {
                list.iter()
                    .next()
                    .map_or(steps.span(), SpannedValue::span)
                    .start
            }
            _ => return,
        };
        match head_end(self.text) {
            Some(end) if end == first => {}
            Some(end) => self.report(
                Problem::new(
                    Code::StepHeader,
                    end..end + "[[step]]".len(),
                    "this line looks like the first step, and it is not",
                )
                .help("put a space before it, so that no line of a text begins with [[step]]"),
            ),
            None => self.report(
                Problem::new(
                    Code::StepHeader,
                    steps.span(),
                    "steps are written one by one",
                )
                .help("write [[step]] at the beginning of a line, and the step's keys below"),
            ),
        }
        for (name, value) in root {
            let late = name.span().start > first && name.get_ref() != "step";
            if late && !name.get_ref().starts_with(table::OWN) && value.span().start > first {
                let message = format!("`{}` stands after the first step", name.get_ref());
                self.report(
                    Problem::new(Code::Misplaced, name.span(), message)
                        .help("move it above the first [[step]]"),
                );
            }
        }
    }
}
