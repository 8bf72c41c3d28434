//! Reads a built-in rules file in a fraction of the time that a full TOML parser takes, which is
//! most of what a review costs at start-up. It knows the few forms that those files use and gives
//! up on any other; then the full parser reads the file. A test holds the two against each other.

use super::file::{RuleSection, RuleValue, RulesFile, SourceText};

/// The file, or none where its text has a form that is not known here.
pub(super) fn read(text: &'static str) -> Option<RulesFile> {
    let mut reader = QuickReader { rest: text };
    let mut file = RulesFile::default();
    let mut section = RuleSection::Top;
    loop {
        reader.skip();
        if reader.rest.is_empty() {
            return Some(file);
        }
        if reader.rest.starts_with('[') {
            section = match reader.line() {
                "[lists]" => RuleSection::Lists,
                "[same]" => RuleSection::Same,
                "[irregular]" => RuleSection::Irregular,
                "[[rule]]" => RuleSection::Rule,
                "[[rule.case]]" => RuleSection::Case,
                _ => return None,
            };
            file.begin(section);
            continue;
        }
        let key = reader.key()?;
        let value = reader.value()?;
        file.set(section, SourceText::Borrowed(key), value)?;
    }
}

struct QuickReader {
    rest: &'static str,
}

impl QuickReader {
    /// Passes white space, line ends and comments.
    fn skip(&mut self) {
        loop {
            self.rest = self.rest.trim_ascii_start();
            if !self.rest.starts_with('#') {
                return;
            }
            self.line();
        }
    }

    fn line(&mut self) -> &'static str {
        let end = self.rest.find('\n').unwrap_or(self.rest.len());
        let (line, rest) = self.rest.split_at(end);
        self.rest = rest;
        line.trim_ascii_end()
    }

    fn key(&mut self) -> Option<&'static str> {
        let key = if self.rest.starts_with('"') {
            self.string()?
        } else {
            let bare = |c: char| c.is_ascii_alphanumeric() || matches!(c, '_' | '-' | '.');
            let end = self.rest.find(|c| !bare(c))?;
            let (key, rest) = self.rest.split_at(end);
            self.rest = rest;
            key
        };
        self.rest = self.rest.trim_ascii_start().strip_prefix('=')?;
        self.rest = self.rest.trim_ascii_start();
        Some(key)
    }

    /// A text of one line without an escape.
    fn string(&mut self) -> Option<&'static str> {
        let inside = self.rest.strip_prefix('"')?;
        let end = memchr::memchr3(b'"', b'\\', b'\n', inside.as_bytes())?;
        let after = inside[end..].strip_prefix('"')?;
        if end == 0 && after.starts_with('"') {
            return None;
        }
        self.rest = after;
        Some(&inside[..end])
    }

    fn value(&mut self) -> Option<RuleValue> {
        match self.rest.as_bytes().first()? {
            b'"' => self
                .string()
                .map(|text| RuleValue::Text(SourceText::Borrowed(text))),
            b'[' => self.list().map(RuleValue::List),
            b'0'..=b'9' => self.line().parse().ok().map(RuleValue::Number),
            _ => self.line().parse().ok().map(RuleValue::Flag),
        }
    }

    fn list(&mut self) -> Option<Vec<SourceText>> {
        self.rest = self.rest.strip_prefix('[')?;
        let mut texts = Vec::new();
        loop {
            self.skip();
            if let Some(rest) = self.rest.strip_prefix(']') {
                self.rest = rest;
                return Some(texts);
            }
            texts.push(SourceText::Borrowed(self.string()?));
            self.skip();
            match self.rest.strip_prefix(',') {
                Some(rest) => self.rest = rest,
                None if self.rest.starts_with(']') => {}
                None => return None,
            }
        }
    }
}
