//! The rules of a subject, ready to look at texts.

mod built_in;
mod examples;
mod find;
mod once;

use std::borrow::Cow;
use std::cmp::Reverse;
use std::ops::Range;

use super::build::{Builder, RuleError};
use super::file::{RuleKind, RuleText, RulesFile, SourceFile};
use super::fold::WordReadings;
use super::keys::{CONTROL, HEAVY, WORDS};
use super::letters::LetterReading;
use super::parse::OwnRules;
use super::rule::CompiledRule;
use super::second::agreed;
use super::third::told_to_them;
use super::words::{PIECE, TextWords, unwrapped};
use super::{Finding, MISSING, Review, Subject, language, parse};
use crate::text::position::LineStarts;
pub use built_in::BUILT_IN;
use built_in::{base, built_in};

/// Parts of less weight than this need not be there, and nobody is told when they are not: such as
/// to ask to be forgiven.
const NEEDED: u32 = 25;

/// A letter with none of these parts is no apology.
const SORRY: [&str; 2] = ["regret", "responsibility"];

/// Heavy words of these rules are no reason to be silent where the other said them.
const HEARD: [&str; 2] = ["heavy-fear", "heavy-force"];

/// Whether texts of a subject may speak of the other as of a third person: they’re for oneself, or for both.
fn watches(subject: Subject) -> bool {
    matches!(subject, Subject::Promise | Subject::Opening)
}

/// The person's own files for a subject.
fn own_of(
    subject: Subject,
    own: impl IntoIterator<Item = OwnRules>,
) -> impl Iterator<Item = SourceFile> {
    let own = own.into_iter().map(|own| own.0);
    let own = own.filter(move |file| file.subject == subject.name());
    own.map(Cow::Owned)
}

/// An example that comes out otherwise than its author says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ExampleMismatch {
    /// The id of the rule.
    pub rule: String,
    /// The text.
    pub example: String,
    /// Whether something should have been found in it.
    pub wanted: bool,
}

/// The rules of one subject.
#[derive(Debug)]
pub struct Rules {
    subject: Subject,
    built: Builder,
    /// How many of the rules look for heavy words; they come first.
    heavy: usize,
    /// How many look for those, or for what watches over somebody: these come next.
    quiet: usize,
    /// How many of the rules were there before those of the file that is looked at.
    base: usize,
}

impl Rules {
    /// The rules that come with the program.
    pub fn built_in(subject: Subject) -> Self {
        Self::with(subject, [])
    }

    /// The rules that come with the program, with those of the person's own files for the same
    /// subject. They add rules, and silence others; no built-in id changes its meaning.
    pub fn with(subject: Subject, own: impl IntoIterator<Item = OwnRules>) -> Self {
        Self::of(subject, base(subject), own_of(subject, own), true, None)
    }

    /// The same rules made ready for one text alone: what cannot match in it is left out, so that
    /// it takes a fraction of the time. They say of that text what the others say of it.
    pub fn for_text(
        subject: Subject,
        own: impl IntoIterator<Item = OwnRules>,
        text: &str,
        about: Option<&str>,
    ) -> Self {
        let turned = told_to_them(text).filter(|_| watches(subject));
        let texts = std::iter::once(text).chain(about);
        let texts: Vec<&str> = texts.chain(turned.as_deref()).collect();
        // A long one has words for nearly all of them, and noting each of its own takes room.
        let is_short = texts.iter().all(|text| text.len() <= PIECE);
        Self::of(
            subject,
            base(subject),
            own_of(subject, own),
            true,
            is_short.then_some(texts),
        )
    }

    /// The rules of these files. What is wrong in them is left out; see [`Self::wrong`].
    pub(super) fn of(
        subject: Subject,
        base: impl IntoIterator<Item = SourceFile>,
        files: impl IntoIterator<Item = SourceFile>,
        own: bool,
        only: Option<Vec<&str>>,
    ) -> Self {
        let mut built = Builder::default();
        let (mut heavy, mut quiet) = (0, 0);
        let base: Vec<SourceFile> = base.into_iter().collect();
        let files: Vec<SourceFile> = files.into_iter().collect();
        base.iter().chain(&files).for_each(|file| built.spell(file));
        built.only = only.map(|texts| {
            let mut readings = WordReadings::default();
            texts
                .iter()
                .for_each(|text| readings.add(text, &built.spellings));
            readings.spell(&built.spellings);
            readings
        });
        for file in base {
            let (is_heavy, is_control) = (file.subject == HEAVY, file.subject == CONTROL);
            built.add(file, false);
            if is_heavy {
                heavy = built.rules.len();
            }
            if is_heavy || is_control {
                quiet = built.rules.len();
            }
        }
        let base = built.rules.len();
        for file in files {
            built.add(file, own);
        }
        built.known.finish();
        Self {
            subject,
            built,
            heavy,
            quiet,
            base,
        }
    }

    /// The rules for a subject out of texts that are not compiled in, the words first, then the
    /// heavy ones: for those who write the built-in rules, and measure them.
    pub fn from_texts<'t>(subject: Subject, texts: impl Iterator<Item = &'t str>) -> Self {
        let files = texts.filter_map(parse::whole).map(Cow::Owned);
        Self::of(subject, files, [], false, None)
    }

    /// A file's rules on top of those it can rely on.
    pub(super) fn with_file(file: &RulesFile) -> Self {
        let subject = Subject::from_name(&file.subject).unwrap_or(Subject::Apology);
        let below: &[&str] = match &*file.subject {
            WORDS => &[],
            HEAVY | CONTROL => &[WORDS],
            _ if file.built_in => &[WORDS, HEAVY],
            name => &[WORDS, HEAVY, name],
        };
        let base = below.iter().filter_map(|name| built_in(name));
        let is_own = !file.built_in;
        let file = Cow::Owned(file.clone());
        Self::of(subject, base.map(Cow::Borrowed), [file], is_own, None)
    }

    /// What the rules are built of.
    pub(super) fn into_builder(self) -> Builder {
        self.built
    }

    /// What is wrong in the files.
    pub(super) fn wrong(&self) -> &[RuleError] {
        &self.built.wrong
    }

    /// The names of all lists.
    pub(super) fn list_names(&self) -> impl Iterator<Item = &str> {
        self.built.known.list_names()
    }
}

impl Rules {
    /// The words of a text.
    pub(super) fn read(&self, text: &str) -> TextWords {
        TextWords::read(text, &self.built.known, &self.built.spellings)
    }

    /// Looks at a piece of a text that begins at a byte of it.
    pub(super) fn review_piece(
        &self,
        text: &str,
        about: Option<&str>,
        (start, place): (usize, &LineStarts<'_>),
    ) -> Review {
        let read = |text: &str| self.read(text);
        let (words, about) = (read(text), about.map(read));
        let all = self.find_all(&words, about.as_ref(), true);
        let (found, plain, excepted) = (all.found, all.plain, all.excepted);
        // Whoever wraps lines by hand, or quotes a mail, is heard all the same.
        let joined = unwrapped(text).map(|text| self.find(&read(&text), None, true));
        let any = |rules: Range<usize>| {
            let all = std::iter::once(&found).chain(&joined);
            let mut hits = all.flat_map(|found| &found[rules.clone()]);
            hits.any(|hits| !hits.is_empty())
        };
        let heavy = any(0..self.heavy) || about.is_some_and(|about| self.is_heavy_to_hear(&about));
        let control = any(self.heavy..self.quiet) || self.watches_them(text);
        let english = language::is_english(&words, &self.built.known);
        let mut review = Review {
            heavy,
            control,
            english,
            words: words.len(),
            ..Review::default()
        };
        let speaks = !heavy && !control && english && review.words > 0;
        let mut all = self.built.rules.iter().zip(&found);
        let is_sorry =
            all.any(|(rule, found)| SORRY.contains(&&*rule.text.id) && !found.is_empty());
        let is_letter = speaks && self.subject == Subject::Apology;
        let letter = is_letter.then(|| LetterReading::of(text, &words, is_sorry));
        let letter = letter.flatten();
        let mut marks = Vec::new();
        let hits = found.into_iter().zip(plain).zip(excepted);
        let all = self.built.rules.iter().zip(hits);
        for (rule, ((found, plain), excepted)) in all.skip(self.quiet) {
            match rule.text.kind {
                RuleKind::Part => {
                    let there = !found.is_empty();
                    review.parts.push((rule.text.id.to_string(), there));
                }
                RuleKind::Mark if speaks && !rule.silent => {
                    let marked = letter
                        .as_ref()
                        .and_then(|letter| {
                            letter.marked(&rule.text.id, [&found, &plain, &excepted], &words)
                        })
                        .unwrap_or_else(|| {
                            agreed(self.subject, &rule.text.id, found, &words, text)
                        });
                    marks.extend(marked.into_iter().map(|marked| (rule, marked)));
                }
                RuleKind::Mark => {}
            }
        }
        if self.subject == Subject::Apology {
            marks = once::said_once(marks);
        }
        let findings = marks.into_iter();
        review.findings = findings
            .map(|(rule, marked)| {
                let span = words.span(&marked.words);
                Finding {
                    firm: rule.text.firm && marked.by_rule,
                    ..finding(&rule.text, start + span.start..start + span.end, place)
                }
            })
            .collect();
        if speaks {
            let missing = self.missing(&review.parts);
            let missing = missing.map(|rule| finding(rule, 0..0, place));
            review.findings.extend(missing);
        }
        review.findings.sort_by_key(weightiest_first);
        review
    }

    /// Whether somebody the text speaks of is watched over in it.
    fn watches_them(&self, text: &str) -> bool {
        let turned = told_to_them(text).filter(|_| watches(self.subject));
        turned.is_some_and(|text| {
            let found = self.find(&self.read(&text), None, true);
            let mut control = found[self.heavy..self.quiet].iter();
            control.any(|hits| !hits.is_empty())
        })
    }

    /// Whether the other speaks of harm: who answers that needs no remark on how. Fear and force are
    /// what others often speak of, and what is to be heard.
    fn is_heavy_to_hear(&self, about: &TextWords) -> bool {
        let found = self.find(about, None, true);
        let mut heavy = self.built.rules[..self.heavy].iter().zip(found);
        heavy.any(|(rule, found)| !found.is_empty() && !HEARD.contains(&&*rule.text.id))
    }

    /// The parts that are not there and are worth a word.
    fn missing<'r>(&'r self, parts: &'r [(String, bool)]) -> impl Iterator<Item = &'r RuleText> {
        let absent = |id: &str| parts.iter().any(|(part, there)| part == id && !there);
        let rules = self.ready().filter(|rule| !rule.silent);
        let parts = rules.map(|rule| &*rule.text);
        let parts = parts.filter(|rule| rule.kind == RuleKind::Part && rule.weight >= NEEDED);
        parts.filter(move |rule| absent(&rule.id) && !rule.part_of.as_deref().is_some_and(absent))
    }

    /// What the rules are for.
    pub fn subject(&self) -> Subject {
        self.subject
    }

    /// The rules of the subject, in order, without those that say nothing of their own.
    pub fn texts(&self) -> impl Iterator<Item = &RuleText> {
        self.ready().map(|rule| &*rule.text)
    }

    /// The same, each with whether it is the person's own, and whether it was silenced.
    pub fn listed(&self) -> impl Iterator<Item = (&RuleText, bool, bool)> {
        self.ready()
            .map(|rule| (&*rule.text, rule.own, rule.silent))
    }

    fn ready(&self) -> impl Iterator<Item = &CompiledRule> {
        self.built.rules.iter().skip(self.quiet)
    }
}

/// The order in which findings are told.
pub(super) fn weightiest_first(finding: &Finding) -> impl Ord + use<> {
    let Range { start, end } = finding.span;
    (Reverse(finding.weight), start, end)
}

fn finding(rule: &RuleText, span: Range<usize>, places: &LineStarts<'_>) -> Finding {
    let (line, column) = places.at(span.start);
    let part = rule.kind == RuleKind::Part;
    Finding {
        rule: if part {
            format!("{MISSING}{}", rule.id)
        } else {
            rule.id.to_string()
        },
        kind: rule.kind,
        firm: rule.firm,
        span,
        line,
        column,
        message: rule.message.to_string(),
        look_at: rule.look_at.to_string(),
        why: rule.why.to_string(),
        source: rule.source.to_string(),
        weight: rule.weight,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_part_that_is_there_is_not_missed_and_one_that_is_not_is() {
        let rules = Rules::built_in(Subject::Apology);
        let review = rules.review("I'm SORRYYY, mum", None);
        assert_eq!(review.parts[0], (String::from("regret"), true));
        let review = rules.review("The bus was late today.", None);
        assert_eq!(review.parts[0], (String::from("regret"), false));
        let missing = |finding: &&crate::review::Finding| finding.rule == "missing-regret";
        assert_eq!(review.findings.iter().find(missing).unwrap().span, 0..0);
    }
}
