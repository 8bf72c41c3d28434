//! From rules as their authors wrote them to rules that can be run.

use super::file::{self, File, Line, RuleText};
use super::fold::{Spellings, plain};
use super::matcher::Matcher;
use super::pattern::{MOST_TOKENS, Pattern, Piece, Token};
use super::rule::{Case, Patterns, Place, Test};
use super::vocabulary::{Entry, Vocabulary};
use super::{code, rules};

/// What is being built.
#[derive(Debug, Default)]
pub(super) struct Builder {
    pub known: Vocabulary,
    pub spellings: Spellings,
    pub matcher: Matcher,
    pub rules: Vec<rules::Ready>,
}

/// What is wrong with a part of a rule: the text it is about, and why.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Wrong {
    pub text: String,
    pub what: What,
}

/// The ways in which a pattern or a list can be wrong.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum What {
    UnknownList(String),
    UnknownRule(String),
    UnknownCode,
    TooLong(usize),
    BadToken(String),
    NothingToFind,
    BadPlace,
}

/// The longest gap in a pattern, and the farthest that a test looks before or after a match.
const LONGEST_GAP: usize = 20;
const FARTHEST: usize = 60;

impl Builder {
    /// Adds the spellings and the lists of a file.
    pub fn lists(&mut self, file: &File) -> Result<(), Wrong> {
        for (read, spelled) in &file.same {
            for spelled in spelled {
                self.spellings.add(read, spelled);
            }
        }
        for (name, entries) in &file.lists {
            let mut ready = Vec::with_capacity(entries.len());
            for entry in entries {
                ready.push(self.entry(entry)?);
            }
            self.known.add_list(name, ready);
        }
        Ok(())
    }

    fn entry(&mut self, entry: &Line) -> Result<Entry, Wrong> {
        let rest = |from: usize| match entry {
            Line::Borrowed(text) => Line::Borrowed(&text[from..]),
            Line::Owned(text) => Line::Owned(text[from..].to_string()),
        };
        if let Some(name) = entry.strip_prefix('@') {
            let list = self.known.list(name);
            return list.map(Entry::List).ok_or_else(|| Wrong {
                text: entry.to_string(),
                what: What::UnknownList(name.to_string()),
            });
        }
        if entry.starts_with('!') {
            return Ok(Entry::Not(self.known.add(rest(1))));
        }
        if entry.starts_with('-') {
            return Ok(Entry::Ending(rest(1)));
        }
        if let Some(begin) = entry.strip_suffix('-') {
            return Ok(Entry::Beginning(Line::Owned(begin.to_string())));
        }
        Ok(Entry::Words(self.words(entry)))
    }

    /// The numbers of the words that a word or a row of words is read as.
    fn words(&mut self, text: &Line) -> Vec<u32> {
        let simple = |byte: u8| byte.is_ascii_lowercase();
        if text.bytes().all(simple) && !self.spellings.changes(text) {
            return vec![self.known.add(text.clone())];
        }
        let mut ids = Vec::new();
        for word in text.split_whitespace() {
            let word = plain(word);
            let mut read = Vec::new();
            let give = |word: std::borrow::Cow<'_, str>| read.push(word.into_owned());
            self.spellings.read(&word, &self.known, give);
            for word in read {
                ids.push(self.known.add(Line::Owned(word)));
            }
        }
        ids
    }

    /// Reads a pattern.
    pub fn pattern(&mut self, text: &str) -> Result<Pattern, Wrong> {
        let wrong = |what| Wrong {
            text: text.to_string(),
            what,
        };
        let mut pieces = Vec::new();
        for word in text.split_whitespace() {
            let (bare, optional) = match word.strip_suffix('?') {
                Some(bare) if !matches!(bare, "" | "$") => (bare, true),
                _ => (word, false),
            };
            let mut push = |token| pieces.push(Piece { token, optional });
            match bare {
                "^" => push(Token::Start),
                "$" => push(Token::End),
                "$?" => push(Token::Question),
                "," => push(Token::Clause),
                _ if bare.starts_with('*') => {
                    let most = bare[1..].parse().ok();
                    let most = most.filter(|most| (1..=LONGEST_GAP).contains(most));
                    let most = most.and_then(|most| u8::try_from(most).ok());
                    push(Token::Gap(
                        most.ok_or_else(|| wrong(What::BadToken(bare.into())))?,
                    ));
                }
                _ if bare.starts_with('@') => {
                    let list = self.known.list(&bare[1..]);
                    let list = list.ok_or_else(|| wrong(What::UnknownList(bare[1..].into())))?;
                    push(Token::List(list));
                }
                _ if bare.contains(|c: char| !(c.is_alphanumeric() || c == '\'')) => {
                    return Err(wrong(What::BadToken(bare.into())));
                }
                _ => {
                    let ids = self.words(&Line::Owned(bare.to_string()));
                    ids.into_iter().for_each(|id| push(Token::Word(id)));
                }
            }
        }
        if pieces.len() > MOST_TOKENS {
            return Err(wrong(What::TooLong(pieces.len())));
        }
        let solid = |piece: &Piece| {
            !piece.optional && matches!(piece.token, Token::Word(_) | Token::List(_))
        };
        let first = pieces.iter().find(|piece| !piece.is_place());
        let opens_with_gap = first.is_some_and(|piece| matches!(piece.token, Token::Gap(_)));
        if !pieces.iter().any(solid) || opens_with_gap {
            return Err(wrong(What::NothingToFind));
        }
        Ok(Pattern { pieces })
    }

    fn test(&mut self, text: &str) -> Result<Test, Wrong> {
        let wrong = |what| Wrong {
            text: text.to_string(),
            what,
        };
        let (place, rest) = text.split_once(':').ok_or_else(|| wrong(What::BadPlace))?;
        let rest = rest.trim();
        let mut place = place.split_whitespace();
        let (word, number) = (place.next().unwrap_or_default(), place.next());
        let number =
            number.map(|number| number.parse().ok().filter(|n| (1..=FARTHEST).contains(n)));
        let place = match (word, number) {
            ("before", Some(Some(most))) => Place::Before(most),
            ("after", Some(Some(most))) => Place::After(most),
            ("within", None) => Place::Within,
            ("sentence", None) => Place::Sentence,
            ("text", None) => Place::Text,
            ("about", None) => Place::About,
            ("rule", None) => {
                let index = self.rules.iter().position(|rule| rule.text.id == rest);
                let index = index.ok_or_else(|| wrong(What::UnknownRule(rest.into())))?;
                return Ok(Test {
                    place: Place::Rule(index),
                    pattern: Pattern::default(),
                    everywhere: None,
                });
            }
            _ => return Err(wrong(What::BadPlace)),
        };
        let pattern = self.pattern(rest).map_err(|inner| Wrong {
            text: text.to_string(),
            ..inner
        })?;
        let everywhere = (place == Place::Text).then(|| self.matcher.add(pattern.clone()));
        Ok(Test {
            place,
            pattern,
            everywhere,
        })
    }

    fn case(&mut self, case: &file::Case) -> Result<Case, Wrong> {
        let mut ready = Case {
            quoted: case.quoted,
            ..Case::default()
        };
        for text in &case.patterns {
            let pattern = self.pattern(text)?;
            ready.patterns.push(self.matcher.add(pattern));
        }
        for text in &case.unless {
            ready.unless.push(self.test(text)?);
        }
        for text in &case.only_if {
            ready.only_if.push(self.test(text)?);
        }
        Ok(ready)
    }

    /// Adds a rule.
    pub fn rule(&mut self, text: RuleText, own: bool) -> Result<(), Wrong> {
        let mut patterns = Patterns::default();
        for case in &text.cases {
            patterns.cases.push(self.case(case)?);
        }
        if let Some(name) = &text.code {
            patterns.code = Some(code::named(name).ok_or_else(|| Wrong {
                text: name.to_string(),
                what: What::UnknownCode,
            })?);
            if patterns.cases.is_empty() {
                patterns.cases.push(Case::default());
            }
        }
        self.rules.push(rules::Ready {
            text,
            find: Box::new(patterns),
            own,
            silent: false,
        });
        Ok(())
    }
}
