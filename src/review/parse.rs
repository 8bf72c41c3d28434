//! Reads a rules file that may be wrong: its text and its shape, then what its rules mean. Reports
//! everything it finds, so that an author mends a file in one go.

use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::file::{RuleSection, RuleValue, RulesFile, SourceText};
use super::keys::{self, KEYS, RuleKey, RuleShape};
use super::meaning;
use crate::format::problem::{Code, Problem, Span, any_error};
use crate::format::{is_id, nearest, syntax};

/// A rules file of the person's own, in which nothing is wrong.
#[derive(Clone, Debug)]
pub struct OwnRules(pub(super) RulesFile);

/// Reads a rules file of the person's own.
///
/// # Errors
///
/// Everything that is wrong with it but its examples, in the order of the text.
pub fn own(text: &str) -> Result<OwnRules, Vec<Problem>> {
    let (read, mut problems) = read(text);
    if !any_error(&problems) {
        meaning::rules(&read, &mut problems);
    }
    if any_error(&problems) || read.file.built_in {
        return Err(problems);
    }
    Ok(OwnRules(read.file))
}

/// Everything that is wrong with a rules file, its examples included, in the order of the text.
pub fn check(text: &str) -> Vec<Problem> {
    let (read, mut problems) = read(text);
    if !any_error(&problems) {
        let rules = meaning::rules(&read, &mut problems);
        if !any_error(&problems) {
            meaning::examples(&read, &rules, &mut problems);
        }
    }
    problems.sort_by_key(|problem| (problem.span.start, problem.code));
    problems
}

/// Whether a TOML text means to be a rules file and not an exercise.
pub fn is_rules(text: &str) -> bool {
    let begins = |line: &str, word: &str| {
        let rest = line.strip_prefix(word);
        rest.is_some_and(|rest| rest.trim_start().starts_with('='))
    };
    let head = text.lines().map(str::trim_start);
    let mut head = head.take_while(|line| !line.starts_with('['));
    head.any(|line| begins(line, "subject")) || text.lines().any(|line| line.trim() == "[[rule]]")
}

/// The file, where its shape is right.
pub(super) fn whole(text: &str) -> Option<RulesFile> {
    let (read, problems) = read(text);
    (!any_error(&problems)).then_some(read.file)
}

/// A file, and where its texts stand.
pub(super) struct RulesReading {
    pub file: RulesFile,
    places: Vec<(String, Span)>,
    lists: Vec<(String, Span)>,
}

impl RulesReading {
    /// Where a list stands for the last time.
    pub fn list(&self, name: &str) -> Option<Span> {
        let mut lists = self.lists.iter().rev();
        lists
            .find(|(known, _)| known == name)
            .map(|(_, span)| span.clone())
    }

    /// Where a text first stands at or after a place, or that place.
    pub fn place(&self, text: &str, after: usize) -> Span {
        let mut places = self.places.iter();
        let found = places.find(|(known, span)| known == text && span.start >= after);
        found.map_or(after..after, |(_, span)| span.clone())
    }

    /// Where the rule with this number begins.
    pub fn rule(&self, number: usize) -> usize {
        self.file.starts.get(number).copied().unwrap_or_default()
    }
}

fn read(text: &str) -> (RulesReading, Vec<Problem>) {
    let mut problems = Vec::new();
    let tree = syntax::tree(text, &mut problems);
    let mut walk = RulesWalk {
        read: RulesReading {
            file: RulesFile::default(),
            places: Vec::new(),
            lists: Vec::new(),
        },
        problems: Vec::new(),
        whole: tree.is_whole(),
    };
    walk.table(RuleSection::Top, "this file", tree.root.get_ref(), 0..0);
    let found = walk.problems.into_iter();
    problems.extend(found.filter(|problem| tree.is_sound(&problem.span)));
    problems.sort_by_key(|problem| (problem.span.start, problem.code));
    (walk.read, problems)
}

/// One pass over the tree, from the root down.
struct RulesWalk {
    read: RulesReading,
    problems: Vec<Problem>,
    whole: bool,
}

impl RulesWalk {
    fn report(&mut self, code: Code, span: Span, message: String, help: String) {
        self.problems
            .push(Problem::new(code, span, message).help(help));
    }

    fn table(&mut self, at: RuleSection, who: &str, table: &DeTable<'_>, span: Span) {
        for (name, value) in table {
            match keys::keys(at).find(|key| key.name == name.get_ref()) {
                Some(key) => self.value(key, value),
                None if name.get_ref().starts_with("x-") => {}
                None => self.unknown(at, name.get_ref(), name.span()),
            }
        }
        let missing: Vec<&RuleKey> = keys::keys(at)
            .filter(|key| key.required && self.whole && !table.contains_key(key.name))
            .collect();
        if !missing.is_empty() {
            let names: Vec<_> = missing
                .iter()
                .map(|key| format!("`{}`", key.name))
                .collect();
            let help: Vec<_> = missing
                .iter()
                .map(|key| format!("{}: {}", key.name, key.doc))
                .collect();
            let message = format!("{who} has no {}", names.join(", "));
            self.report(Code::MissingKey, span, message, help.join("\n"));
        }
    }

    fn unknown(&mut self, at: RuleSection, name: &str, span: Span) {
        let known = keys::keys(at).map(|key| key.name);
        let elsewhere = KEYS.iter().find(|key| key.name == name && key.at != at);
        let help = match (nearest(name, known), elsewhere) {
            (Some(near), _) => format!("did you mean `{near}`?"),
            (None, Some(key)) if at == RuleSection::Case && key.at == RuleSection::Rule => {
                String::from("keys of the rule stand above its first [[rule.case]]")
            }
            _ => {
                let known: Vec<_> = keys::keys(at).map(|key| key.name).collect();
                format!("known here: {}", known.join(", "))
            }
        };
        let message = format!("unknown key `{}`", name.escape_debug());
        self.report(Code::UnknownKey, span, message, help);
    }

    fn value(&mut self, key: &RuleKey, value: &Spanned<DeValue<'_>>) {
        let span = value.span();
        match (key.shape, value.get_ref()) {
            (RuleShape::Named(section), DeValue::Table(inner)) => self.named(section, inner),
            (RuleShape::Tables(section), DeValue::Array(tables)) => {
                for table in tables {
                    self.read.file.begin(section);
                    if section == RuleSection::Rule {
                        self.read.file.starts.push(table.span().start);
                    }
                    match table.get_ref() {
                        DeValue::Table(inner) => {
                            let who = named(section, inner);
                            self.table(section, &who, inner, table.span());
                        }
                        _ => self.wrong_type(key, table.span()),
                    }
                }
            }
            (RuleShape::Examples, DeValue::Table(inner)) => {
                self.table(RuleSection::Examples, "the table of examples", inner, span);
            }
            (RuleShape::Lines, DeValue::Array(values)) => {
                let texts = self.texts(key, values);
                self.set(key, RuleValue::List(texts));
            }
            (RuleShape::Flag, DeValue::Boolean(flag)) => self.set(key, RuleValue::Flag(*flag)),
            (RuleShape::Number(least, most), DeValue::Integer(number)) => {
                let number = number.as_str().parse().ok();
                match number.filter(|number| (least..=most).contains(number)) {
                    Some(number) => self.set(key, RuleValue::Number(number)),
                    None if key.name == "format" => {
                        let message = String::from("these rules need a newer format");
                        let help = String::from("this version of trust-coach reads format 1");
                        self.report(Code::NeedsNewerFormat, span, message, help);
                    }
                    None => {
                        let message = format!("`{}` is too low or too high", key.name);
                        let help = format!("a number from {least} to {most}");
                        self.report(Code::OutOfRange, span, message, help);
                    }
                }
            }
            (RuleShape::Line | RuleShape::Id | RuleShape::OneOf(_), DeValue::String(text)) => {
                self.line(key, text, span);
            }
            _ => self.wrong_type(key, span),
        }
    }

    fn line(&mut self, key: &RuleKey, text: &str, span: Span) {
        let problem = match key.shape {
            _ if text.trim().is_empty() || text.contains('\n') => {
                let message = format!("`{}` takes a text on one line", key.name);
                Some((Code::Empty, message, String::from(key.doc)))
            }
            RuleShape::Id if !is_id(text) => {
                let message = format!("`{}` is no id", text.escape_debug());
                let help = String::from("small letters, digits and hyphens, a letter first");
                Some((Code::BadId, message, help))
            }
            RuleShape::OneOf(words) if !words.contains(&text) => {
                let message = format!("`{}` cannot be \"{}\"", key.name, text.escape_debug());
                let help = format!("it is one of: {}", words.join(", "));
                Some((Code::UnknownWord, message, help))
            }
            _ => None,
        };
        if let Some((code, message, help)) = problem {
            return self.report(code, span, message, help);
        }
        self.read.places.push((text.to_string(), span));
        self.set(key, RuleValue::Text(SourceText::Owned(text.to_string())));
    }

    fn texts(&mut self, key: &RuleKey, values: &[Spanned<DeValue<'_>>]) -> Vec<SourceText> {
        let mut texts = Vec::with_capacity(values.len());
        for value in values {
            match value.get_ref() {
                DeValue::String(text) if !text.trim().is_empty() => {
                    self.read.places.push((text.to_string(), value.span()));
                    texts.push(SourceText::Owned(text.to_string()));
                }
                _ => self.wrong_type(key, value.span()),
            }
        }
        texts
    }

    fn named(&mut self, section: RuleSection, table: &DeTable<'_>) {
        let key = RuleKey {
            at: section,
            name: "a list",
            shape: RuleShape::Lines,
            required: false,
            doc: "a list of texts, such as [\"one\", \"two words\"]",
        };
        for (name, value) in table {
            let Some(values) = value.get_ref().as_array() else {
                self.wrong_type(&key, value.span());
                continue;
            };
            let name_text = name.get_ref().to_string();
            if section == RuleSection::Lists {
                self.read.lists.push((name_text.clone(), name.span()));
            }
            let texts = self.texts(&key, values);
            let set = self.read.file.set(
                section,
                SourceText::Owned(name_text),
                RuleValue::List(texts),
            );
            debug_assert!(set.is_some(), "a list has its place");
        }
    }

    fn wrong_type(&mut self, key: &RuleKey, span: Span) {
        let takes = match key.shape {
            RuleShape::Lines => "a list of texts",
            RuleShape::Number(..) => "a whole number",
            RuleShape::Flag => "true or false",
            RuleShape::Named(_) => "lists under names, below a header such as [lists]",
            RuleShape::Tables(RuleSection::Case) => "tables, each below [[rule.case]]",
            RuleShape::Tables(_) => "tables, each below [[rule]]",
            RuleShape::Examples => "examples.caught and examples.passes",
            RuleShape::Line | RuleShape::Id | RuleShape::OneOf(_) => "a text",
        };
        let message = format!("`{}` takes {takes}", key.name);
        self.report(Code::WrongType, span, message, String::from(key.doc));
    }

    fn set(&mut self, key: &RuleKey, value: RuleValue) {
        let (section, name) = match key.at {
            RuleSection::Examples => (RuleSection::Rule, format!("examples.{}", key.name)),
            section => (section, String::from(key.name)),
        };
        let set = self.read.file.set(section, SourceText::Owned(name), value);
        debug_assert!(set.is_some(), "`{}` has its place", key.name);
    }
}

/// How messages speak of a table.
fn named(section: RuleSection, table: &DeTable<'_>) -> String {
    let id = table
        .get("id")
        .and_then(|id| id.get_ref().as_str().map(str::to_string));
    match (section, id) {
        (RuleSection::Case, _) => String::from("this case"),
        (_, Some(id)) => format!("rule `{}`", id.escape_debug()),
        (_, None) => String::from("this rule"),
    }
}
