//! What a rule does: finds the words it is about. Most rules are patterns; see [`super::code`] for
//! the others.

use std::cell::OnceCell;
use std::ops::Range;

use super::file::SourceRule;
use super::matcher::{Hits, PatternId};
use super::pattern::{Pattern, PatternHit};
use super::vocabulary::Vocabulary;
use super::words::TextWords;

/// What a rule is handed.
pub(super) struct RuleInput<'a> {
    /// The text itself.
    pub words: &'a TextWords,
    /// What it is about, where that was given.
    pub about: Option<&'a TextWords>,
    pub known: &'a Vocabulary,
    pub hits: &'a Hits,
    /// Which of the rules before this one found something, by their number.
    pub found: &'a [bool],
    /// Whether what is not meant is left out; not so only where it is to be seen that it matters.
    pub excepting: bool,
}

/// Something that finds words.
pub(super) trait Rule: std::fmt::Debug + Send + Sync {
    /// The words it is about, each finding as a row of words. An empty row at the beginning is
    /// about the text as a whole.
    fn find(&self, text: &RuleInput<'_>) -> Vec<Range<usize>>;

    /// Those of them that need no second reader in a long text.
    fn find_plain(&self, _: &RuleInput<'_>) -> Vec<Range<usize>> {
        Vec::new()
    }

    /// The words that are known not to be meant.
    fn find_excepted(&self, _: &RuleInput<'_>) -> Vec<Range<usize>> {
        Vec::new()
    }
}

/// A rule that can be run.
#[derive(Debug)]
pub(super) struct CompiledRule {
    pub text: SourceRule,
    pub find: Box<dyn Rule>,
    pub own: bool,
    pub silent: bool,
}

/// A rule that is patterns, and what cancels them.
#[derive(Debug, Default)]
pub(super) struct Patterns {
    pub cases: Vec<PatternGroup>,
    /// What also finds words, for what a pattern cannot say: as if they matched in the first case.
    pub code: Option<Box<dyn Rule>>,
}

/// Patterns, and what cancels them.
#[derive(Debug, Default)]
pub(super) struct PatternGroup {
    pub patterns: Vec<PatternId>,
    /// A match that overlaps one of these does not count.
    pub except: Vec<PatternId>,
    pub unless: Vec<MatchTest>,
    pub only_if: Vec<MatchTest>,
    pub quoted: bool,
    pub plain: bool,
}

/// Something that is so or not, near a match or in the whole text.
#[derive(Debug)]
pub(super) struct MatchTest {
    pub place: Where,
    /// Any of these.
    pub patterns: Vec<Pattern>,
    /// The same, looked for everywhere, so that it costs nothing to ask; for [`Where::Text`].
    pub everywhere: Vec<PatternId>,
}

/// Where a test looks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Where {
    /// Begins in the so many words before the match.
    Before(usize),
    /// Begins in the so many words after it.
    After(usize),
    /// Begins in the match itself.
    Within,
    /// Anywhere in its sentence.
    Sentence,
    /// Anywhere in the text.
    Text,
    /// Anywhere in what the text is about.
    About,
    /// The rule with this number found something.
    Rule(usize),
}

/// How far from a match its sentence is looked at, to either side.
const FARTHEST: usize = 60;

impl Rule for Patterns {
    fn find(&self, text: &RuleInput<'_>) -> Vec<Range<usize>> {
        self.find_in(text, |_| true)
    }

    fn find_plain(&self, text: &RuleInput<'_>) -> Vec<Range<usize>> {
        self.find_in(text, |case| case.plain)
    }

    fn find_excepted(&self, text: &RuleInput<'_>) -> Vec<Range<usize>> {
        let except = self.cases.iter().flat_map(|case| &case.except);
        let hits = except.flat_map(|id| text.hits.of(*id));
        hits.map(|hit| hit.all.clone()).collect()
    }
}

impl Patterns {
    fn find_in(
        &self,
        text: &RuleInput<'_>,
        counts: fn(&PatternGroup) -> bool,
    ) -> Vec<Range<usize>> {
        let mut found: Vec<Range<usize>> = Vec::new();
        let cases = self.cases.iter().enumerate();
        for (index, case) in cases.filter(|(_, case)| counts(case)) {
            let code = self.code.as_ref().filter(|_| index == 0);
            let coded = code.map(|code| code.find(text)).unwrap_or_default();
            let coded: Vec<PatternHit> = coded.into_iter().map(PatternHit::from).collect();
            // The same for every match, so worked out once.
            let asked: Vec<OnceCell<bool>> =
                vec![OnceCell::new(); case.unless.len() + case.only_if.len()];
            let (unless, only_if) = asked.split_at(case.unless.len());
            let holds =
                |test: &MatchTest, known: &OnceCell<bool>, hit: &Range<usize>| match test.place {
                    Where::Text | Where::About | Where::Rule(_) => {
                        *known.get_or_init(|| test.holds(text, hit))
                    }
                    _ => test.holds(text, hit),
                };
            let hits = |ids: &'_ [PatternId]| {
                let hits = ids.iter().flat_map(|id| text.hits.of(*id));
                hits.cloned().collect::<Vec<_>>()
            };
            let excepted = if text.excepting {
                hits(&case.except)
            } else {
                Vec::new()
            };
            for PatternHit { all: hit, shown } in hits(&case.patterns).iter().chain(&coded) {
                let first = text.words.all.get(hit.start);
                if !case.quoted && first.is_some_and(|word| word.quoted) {
                    continue;
                }
                let overlaps =
                    |other: &PatternHit| other.all.start < hit.end && hit.start < other.all.end;
                if excepted.iter().any(overlaps) {
                    continue;
                }
                let mut tests = case.unless.iter().zip(unless);
                let cancelled = tests.any(|(test, known)| holds(test, known, hit));
                let mut needs = case.only_if.iter().zip(only_if);
                let wanted =
                    case.only_if.is_empty() || needs.any(|(test, known)| holds(test, known, hit));
                if !cancelled && wanted {
                    found.push(shown.clone());
                }
            }
        }
        found.sort_by_key(|hit| (hit.start, std::cmp::Reverse(hit.end)));
        let mut apart: Vec<Range<usize>> = Vec::new();
        for hit in found {
            match apart.last_mut() {
                Some(last) if hit.start < last.end => last.end = last.end.max(hit.end),
                _ => apart.push(hit),
            }
        }
        apart
    }
}

impl MatchTest {
    fn holds(&self, text: &RuleInput<'_>, hit: &Range<usize>) -> bool {
        let words = text.words;
        let begins = |words: &TextWords, at: usize| {
            let mut patterns = self.patterns.iter();
            patterns.any(|pattern| pattern.at(words, text.known, at).is_some())
        };
        let any = |mut starts: Range<usize>| starts.any(|at| begins(words, at));
        match self.place {
            Where::Before(most) => {
                let start = words.sentence(hit, most).start;
                let mut starts = start..hit.start;
                starts.any(|at| {
                    let mut found = self.patterns.iter();
                    found.any(|pattern| {
                        let found = pattern.at(words, text.known, at);
                        found.is_some_and(|found| found.all.end <= hit.start)
                    })
                })
            }
            Where::After(most) => any(hit.end..words.sentence(hit, most).end),
            Where::Within => any(hit.clone()),
            Where::Sentence => any(words.sentence(hit, FARTHEST)),
            Where::Text => {
                let mut everywhere = self.everywhere.iter();
                everywhere.any(|id| !text.hits.of(*id).is_empty())
            }
            Where::About => text
                .about
                .is_some_and(|about| (0..about.len()).any(|at| begins(about, at))),
            Where::Rule(index) => text.found.get(index).copied().unwrap_or_default(),
        }
    }
}
