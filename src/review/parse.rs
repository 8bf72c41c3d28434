//! Reads a rules file that may be wrong: its text, its shape, and where its texts stand.

use toml::de::{DeTable, DeValue};

use super::file::{RuleSection, RuleValue, RulesFile, SourceText};
use super::keys;
use crate::format::problem::{Problem, Span, any_error, in_order};
use crate::format::read::{SpannedValue, as_number, as_text};
use crate::format::{check as format_check, syntax};

/// A rules file of the person's own, in which nothing is wrong.
#[derive(Clone, Debug)]
pub struct OwnRules(pub(super) RulesFile);

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

pub(super) fn read(text: &str) -> (RulesReading, Vec<Problem>) {
    let mut problems = Vec::new();
    let tree = syntax::tree(text, &mut problems);
    format_check::check(&keys::RULES, text, &tree, &mut problems);
    let problems = in_order(problems);
    let mut read = RulesReading {
        file: RulesFile::default(),
        places: Vec::new(),
        lists: Vec::new(),
    };
    read.fill(RuleSection::Top, tree.root.get_ref());
    (read, problems)
}

impl RulesReading {
    /// Puts the values of a table in their places; what has the wrong shape was reported before.
    fn fill(&mut self, section: RuleSection, table: &DeTable<'_>) {
        for (name, value) in table {
            match (section, name.get_ref().as_ref(), value.get_ref()) {
                (RuleSection::Top, "lists", DeValue::Table(lists)) => {
                    let names = lists
                        .keys()
                        .map(|name| (name.get_ref().to_string(), name.span()));
                    self.lists.extend(names);
                    self.fill(RuleSection::Lists, lists);
                }
                (RuleSection::Top, "same", DeValue::Table(same)) => {
                    self.fill(RuleSection::Same, same);
                }
                (RuleSection::Top, "irregular", DeValue::Table(verbs)) => {
                    self.fill(RuleSection::Irregular, verbs);
                }
                (RuleSection::Rule, "examples", DeValue::Table(examples)) => {
                    self.fill(RuleSection::Examples, examples);
                }
                (RuleSection::Top, "rule", DeValue::Array(rules)) => {
                    self.sections(RuleSection::Rule, rules);
                }
                (RuleSection::Rule, "case", DeValue::Array(cases)) => {
                    self.sections(RuleSection::Case, cases);
                }
                (_, key, _) => {
                    if let Some(value) = self.value(value) {
                        let (section, key) = match section {
                            RuleSection::Examples => (RuleSection::Rule, format!("examples.{key}")),
                            section => (section, key.to_string()),
                        };
                        self.file.set(section, SourceText::Owned(key), value);
                    }
                }
            }
        }
    }

    fn sections(&mut self, section: RuleSection, tables: &[SpannedValue<'_>]) {
        for value in tables {
            if let DeValue::Table(table) = value.get_ref() {
                self.file.begin(section);
                if section == RuleSection::Rule {
                    self.file.starts.push(value.span().start);
                }
                self.fill(section, table);
            }
        }
    }

    fn value(&mut self, value: &SpannedValue<'_>) -> Option<RuleValue> {
        match value.get_ref() {
            DeValue::Boolean(flag) => Some(RuleValue::Flag(*flag)),
            DeValue::Integer(_) => u32::try_from(as_number(value)?).ok().map(RuleValue::Number),
            DeValue::Array(values) => {
                let texts = values.iter().filter_map(|value| self.text(value));
                Some(RuleValue::List(texts.collect()))
            }
            _ => {
                let text = self.text(value)?;
                Some(RuleValue::Text(SourceText::Owned(
                    text.trim_end().to_string(),
                )))
            }
        }
    }

    fn text(&mut self, value: &SpannedValue<'_>) -> Option<SourceText> {
        let text = as_text(value)?;
        self.places.push((text.clone(), value.span()));
        Some(SourceText::Owned(text))
    }
}
