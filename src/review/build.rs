//! From rules as their authors wrote them to rules that can be run.

mod alternatives;

use std::borrow::Cow;

use super::code;
use super::file::{self, RulesFile, SourceFile, SourceRule, SourceText, split, trimmed};
use super::fold::{Spellings, WordReadings, plain};
use super::inflection::Inflection;
use super::matcher::{Matcher, PatternId};
use super::pattern::{MOST_TOKENS, Pattern, PatternPiece, Token};
use super::rule::{CompiledRule, MatchTest, PatternGroup, Patterns, Where};
use super::vocabulary::{ListEntry, Vocabulary, WordId};

/// What is being built.
#[derive(Debug, Default)]
pub(super) struct Builder {
    pub known: Vocabulary,
    pub spellings: Spellings,
    inflection: Inflection,
    pub matcher: Matcher,
    pub rules: Vec<CompiledRule>,
    pub wrong: Vec<RuleError>,
    /// The words of the one text that the rules are for, where they are for one: what has other
    /// words in it cannot match, and is left out. That is most, and what it would cost to build.
    pub only: Option<WordReadings>,
    /// The rule of the file that is being added, by its number in it.
    at: Option<usize>,
}

/// What is wrong with a part of a rule: the text it is about, and why.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct RuleError {
    /// The rule, by its number in its file; none for a list.
    pub rule: Option<usize>,
    pub text: String,
    pub what: RuleFault,
}

/// The ways in which a pattern or a list can be wrong.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum RuleFault {
    UnknownList(String),
    UnknownRule(String),
    UnknownCode,
    TooLong(usize),
    BadToken(String),
    BadMarker,
    TooMany,
    NothingToFind,
    BadPlace,
    Taken,
    Twice,
}

/// So many times a rule is called not right, and it says nothing any more.
pub(super) const NOT_RIGHT: usize = 3;
/// The longest gap in a pattern, and the farthest that a test looks before or after a match.
const LONGEST_GAP: usize = 20;
const FARTHEST: usize = 60;

impl Builder {
    /// Adds the spellings of a file: before anything that is spelled.
    pub fn spell(&mut self, file: &RulesFile) {
        for (read, spelled) in &file.same {
            for spelled in spelled {
                self.spellings.add(read, spelled);
            }
        }
        for (verb, past) in &file.irregular {
            self.inflection.add(verb, past);
        }
    }

    /// Adds the lists and rules of a file; what is wrong in it is noted, and left out.
    pub fn add(&mut self, mut file: SourceFile, own: bool) {
        self.at = None;
        for (name, entries) in &file.lists {
            if self.known.list(name).is_some() {
                let what = if own {
                    RuleFault::Taken
                } else {
                    RuleFault::Twice
                };
                self.note(name, what);
                continue;
            }
            let mut ready = Vec::new();
            for entry in entries {
                if !self.may_match(entry) {
                    continue;
                }
                match self.written_out(entry, true) {
                    Ok(entries) => ready.extend(entries.iter().filter_map(|one| self.entry(one))),
                    Err(what) => self.note(entry, what),
                }
            }
            self.known.add_list(name, ready);
        }
        let rules: Vec<SourceRule> = match &mut file {
            Cow::Borrowed(file) => file.rules.iter().map(Cow::Borrowed).collect(),
            Cow::Owned(file) => file.rules.drain(..).map(Cow::Owned).collect(),
        };
        for (number, rule) in rules.into_iter().enumerate() {
            self.at = Some(number);
            self.rule(rule, own);
        }
        self.at = None;
        for id in &file.silence {
            match self.rules.iter_mut().find(|rule| rule.text.id == *id) {
                Some(rule) => rule.silent = true,
                None => self.note(id, RuleFault::UnknownRule(id.to_string())),
            }
        }
        // An id that is gone is no fault there: the program wrote it.
        for rule in &mut self.rules {
            let said = file.not_right.iter().filter(|id| **id == rule.text.id);
            rule.silent |= said.count() >= NOT_RIGHT;
        }
    }

    fn note(&mut self, text: &str, what: RuleFault) {
        self.wrong.push(RuleError {
            rule: self.at,
            text: text.to_string(),
            what,
        });
    }

    fn entry(&mut self, entry: &SourceText) -> Option<ListEntry> {
        let rest = |from: usize| match entry {
            SourceText::Borrowed(text) => SourceText::Borrowed(&text[from..]),
            SourceText::Owned(text) => SourceText::Owned(text[from..].to_string()),
        };
        if let Some(name) = entry.strip_prefix('@') {
            let list = self.known.list(name);
            if list.is_none() {
                self.note(entry, RuleFault::UnknownList(name.to_string()));
            }
            return list.map(ListEntry::List);
        }
        if entry.starts_with('!') {
            let word = rest(1);
            return self
                .may_be(&word)
                .then(|| ListEntry::Not(self.known.add(word)));
        }
        if entry.starts_with('-') {
            return Some(ListEntry::Ending(rest(1)));
        }
        if let Some(begin) = entry.strip_suffix('-') {
            return Some(ListEntry::Beginning(SourceText::Owned(begin.to_string())));
        }
        self.words(entry).map(ListEntry::Words)
    }

    /// Whether a word, as it is read, can be in the text.
    fn may_be(&self, word: &str) -> bool {
        self.only.as_ref().is_none_or(|only| only.has(word))
    }

    /// The numbers of the words that a word or a row of words is read as; none where one of them
    /// cannot be in the text.
    fn words(&mut self, text: &SourceText) -> Option<Vec<WordId>> {
        let mut ids = Vec::new();
        let mut rest = text.clone();
        while !rest.is_empty() {
            let end = rest.find(' ').unwrap_or(rest.len());
            let (word, after) = split(&rest, end);
            rest = after;
            let simple = word.bytes().all(|byte| byte.is_ascii_lowercase());
            if simple && !self.may_be(&word) {
                return None;
            }
            if simple && !self.spellings.changes(&word) {
                ids.push(self.known.add(word));
                continue;
            }
            let folded = plain(&word);
            let mut read = Vec::new();
            let give = |word: Cow<'_, str>| read.push(word.into_owned());
            self.spellings.read(&folded, &self.known, give);
            for word in read {
                if !self.may_be(&word) {
                    return None;
                }
                ids.push(self.known.add(SourceText::Owned(word)));
            }
        }
        Some(ids)
    }

    /// Reads the patterns that a text stands for; none where it cannot match in the text.
    pub fn patterns(&mut self, text: &SourceText) -> Result<Vec<Pattern>, RuleFault> {
        let mut patterns = Vec::new();
        if !self.may_match(text) {
            return Ok(patterns);
        }
        for text in self.written_out(text, false)? {
            patterns.extend(self.pattern(&text)?);
        }
        Ok(patterns)
    }

    /// Reads a pattern; none where it cannot match in the text.
    fn pattern(&mut self, text: &SourceText) -> Result<Option<Pattern>, RuleFault> {
        let mut pieces = Vec::new();
        let (mut begin, mut finish) = (None, None);
        let mut rest = text.clone();
        while !rest.is_empty() {
            let end = rest.find(' ').unwrap_or(rest.len());
            let (word, after) = split(&rest, end);
            rest = after;
            let (bare, optional) = match word.strip_suffix('?') {
                Some(bare) if !matches!(bare, "" | "$") => (bare, true),
                _ => (&*word, false),
            };
            let at = pieces.len();
            let mut push = |token| pieces.push(PatternPiece { token, optional });
            match bare {
                "" => {}
                "<" if begin.is_none() => begin = Some(at),
                ">" if begin.is_some() && finish.is_none() => finish = Some(at),
                "<" | ">" => return Err(RuleFault::BadMarker),
                "^" => push(Token::Start),
                "$" => push(Token::End),
                "$?" => push(Token::Question),
                "," => push(Token::Clause),
                _ if bare.starts_with('*') => {
                    let most = bare[1..].parse().ok();
                    let most = most.filter(|most| (1..=LONGEST_GAP).contains(most));
                    let most = most.and_then(|most| u8::try_from(most).ok());
                    push(Token::Gap(
                        most.ok_or_else(|| RuleFault::BadToken(bare.into()))?,
                    ));
                }
                _ if bare.starts_with('@') => {
                    let list = self.known.list(&bare[1..]);
                    let list = list.ok_or_else(|| RuleFault::UnknownList(bare[1..].into()))?;
                    push(Token::List(list));
                }
                _ if bare.contains(|c: char| !(c.is_alphanumeric() || c == '\'')) => {
                    return Err(RuleFault::BadToken(bare.into()));
                }
                _ => {
                    let length = bare.len();
                    match self.words(&split(&word, length).0) {
                        Some(ids) => ids.into_iter().for_each(|id| push(Token::Word(id))),
                        None if optional => {}
                        None => return Ok(None),
                    }
                }
            }
        }
        if pieces.len() > MOST_TOKENS {
            return Err(RuleFault::TooLong(pieces.len()));
        }
        let solid = |piece: &PatternPiece| {
            !piece.optional && matches!(piece.token, Token::Word(_) | Token::List(_))
        };
        let first = pieces.iter().find(|piece| !piece.is_place());
        let opens_with_gap = first.is_some_and(|piece| matches!(piece.token, Token::Gap(_)));
        if !pieces.iter().any(solid) || opens_with_gap {
            return Err(RuleFault::NothingToFind);
        }
        let marked = match (begin, finish) {
            (None, None) => None,
            (Some(begin), Some(finish)) if begin < finish => Some(begin..finish),
            _ => return Err(RuleFault::BadMarker),
        };
        Ok(Some(Pattern { pieces, marked }))
    }

    /// Reads a test; none where it cannot hold in the text.
    fn test(&mut self, text: &SourceText) -> Result<Option<MatchTest>, RuleFault> {
        let end = text.find(':').ok_or(RuleFault::BadPlace)?;
        let (place, rest) = split(text, end);
        let rest = trimmed(rest);
        let mut place = place.split_whitespace();
        let (word, number) = (place.next().unwrap_or_default(), place.next());
        let number = number.map(|number| {
            let number = number.parse().ok();
            number.filter(|number| (1..=FARTHEST).contains(number))
        });
        let place = match (word, number) {
            ("before", Some(Some(most))) => Where::Before(most),
            ("after", Some(Some(most))) => Where::After(most),
            ("within", None) => Where::Within,
            ("sentence", None) => Where::Sentence,
            ("text", None) => Where::Text,
            ("about", None) => Where::About,
            ("rule", None) => {
                let index = self.rules.iter().position(|rule| rule.text.id == rest);
                let index = index.ok_or_else(|| RuleFault::UnknownRule(rest.to_string()))?;
                return Ok(Some(MatchTest {
                    place: Where::Rule(index),
                    patterns: Vec::new(),
                    everywhere: Vec::new(),
                }));
            }
            _ => return Err(RuleFault::BadPlace),
        };
        let patterns = self.patterns(&rest)?;
        if patterns.is_empty() {
            return Ok(None);
        }
        let everywhere = patterns.iter().filter(|_| place == Where::Text);
        let everywhere = everywhere.map(|pattern| self.matcher.add(pattern.clone()));
        Ok(Some(MatchTest {
            place,
            everywhere: everywhere.collect(),
            patterns,
        }))
    }

    fn tests(&mut self, texts: &[SourceText]) -> Vec<MatchTest> {
        let mut tests = Vec::with_capacity(texts.len());
        for text in texts {
            match self.test(text) {
                Ok(test) => tests.extend(test),
                Err(what) => self.note(text, what),
            }
        }
        tests
    }

    /// Reads patterns that are looked for everywhere.
    fn sought(&mut self, texts: &[SourceText]) -> Vec<PatternId> {
        let mut ids = Vec::new();
        for text in texts {
            match self.patterns(text) {
                Ok(patterns) => ids.extend(patterns.into_iter().map(|one| self.matcher.add(one))),
                Err(what) => self.note(text, what),
            }
        }
        ids
    }

    fn case(&mut self, case: &file::PatternGroupText, coded: bool) -> PatternGroup {
        let mut ready = PatternGroup {
            quoted: case.quoted,
            plain: case.plain,
            ..PatternGroup::default()
        };
        ready.patterns = self.sought(&case.patterns);
        // What can find nothing need not be cancelled.
        if ready.patterns.is_empty() && self.only.is_some() && !coded {
            return ready;
        }
        ready.except = self.sought(&case.except);
        ready.unless = self.tests(&case.unless);
        ready.only_if = self.tests(&case.only_if);
        // That none of them can hold is not the same as that there are none.
        if ready.only_if.is_empty() && !case.only_if.is_empty() {
            ready.patterns.clear();
        }
        ready
    }

    fn rule(&mut self, text: SourceRule, own: bool) {
        if let Some(known) = self.rules.iter().find(|rule| rule.text.id == text.id) {
            let what = if own && !known.own {
                RuleFault::Taken
            } else {
                RuleFault::Twice
            };
            return self.note(&text.id, what);
        }
        if text.code.is_none() && text.cases.is_empty() {
            self.note(&text.id, RuleFault::NothingToFind);
        }
        let cases = text
            .cases
            .iter()
            .map(|case| self.case(case, text.code.is_some()));
        let mut patterns = Patterns {
            cases: cases.collect(),
            code: None,
        };
        if let Some(name) = &text.code {
            patterns.code = code::named(name);
            if patterns.code.is_none() {
                return self.note(name, RuleFault::UnknownCode);
            }
            if patterns.cases.is_empty() {
                patterns.cases.push(PatternGroup::default());
            }
        }
        self.rules.push(CompiledRule {
            text,
            find: Box::new(patterns),
            own,
            silent: false,
        });
    }
}

#[cfg(test)]
pub(super) mod tests;
