//! Feedback on a text once it is given and saved: what rules point at is shown, and the person
//! says what to do about it. A script is told of it and never asked.

use std::cell::Cell;
use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;
use std::rc::Rc;

use super::{Event, NextStep, Runner};
use crate::ask::{StepPosition, Tone};
use crate::engine::ReviewableText;
use crate::error::Error;
use crate::review::{Finding, LONG_TEXT, MISSING, MOST_MISSED, Review, RuleKind, Rules, Subject};
use crate::session::{AnswerId, StoredFinding, Value};

/// So many findings are shown at a time, the weightiest first.
pub(super) const AT_A_TIME: usize = 3;

/// The language that the rules are for.
const LANG: &str = "en";

/// The language of which they know heavy words, and nothing else.
const HEARD_ONLY: &str = "de";

/// A text of which something was said.
pub(super) struct ReviewedText<'t> {
    /// Where its step stands.
    pub place: Option<StepPosition>,
    /// The text.
    pub draft: &'t ReviewableText,
    /// What was said.
    pub news: &'t NewFindings,
}

/// Where rules come from.
pub trait Coach {
    /// The rules of a subject, for a text and what it is about; they need be no good for any other.
    fn rules(&self, subject: Subject, text: &str, about: Option<&str>) -> Rc<Rules>;

    /// What could not be used of them, a sentence each. Told once.
    fn left_out(&self) -> Vec<String> {
        Vec::new()
    }
}

/// The rules that come with the program.
pub struct BuiltIn;

impl Coach for BuiltIn {
    fn rules(&self, subject: Subject, text: &str, about: Option<&str>) -> Rc<Rules> {
        Rc::new(Rules::for_text(subject, [], text, about))
    }
}

/// What feedback needs, and what was said already.
pub struct Feedback<'a> {
    coach: &'a dyn Coach,
    pub(super) soft: SoftLines<'a>,
    /// What was said of a text.
    said: BTreeMap<AnswerId, BTreeSet<SaidKey>>,
    /// The parts that were listed last for a text.
    listed: BTreeMap<AnswerId, Vec<(String, bool)>>,
    /// The soft lines that were said.
    offered: BTreeSet<String>,
    /// The last answer came from a script, though a person sits there.
    unseen: Rc<Cell<bool>>,
}

/// What is said once of a text, in the place of everything else.
#[derive(Clone, Copy, Debug, Default)]
pub struct SoftLines<'a> {
    /// To somebody who writes of heavy things.
    pub heavy: &'a str,
    /// To somebody whose promise or request watches over one of them.
    pub control: &'a str,
}

/// A rule and the words it points at, in small letters and without regard to spaces. The words of
/// what is missing are empty.
pub(super) type SaidKey = (String, String);

impl<'a> Feedback<'a> {
    /// With the lines that are said in the place of everything else.
    pub fn new(coach: &'a dyn Coach, soft: SoftLines<'a>) -> Self {
        Self {
            coach,
            soft,
            said: BTreeMap::new(),
            listed: BTreeMap::new(),
            offered: BTreeSet::new(),
            unseen: Rc::default(),
        }
    }

    /// Asks nothing about an answer while `unseen` says that it came from a script.
    #[must_use]
    pub fn unless(self, unseen: Rc<Cell<bool>>) -> Self {
        Self { unseen, ..self }
    }
}

/// What there is to say of a text, and was not said of it before.
pub(super) struct NewFindings {
    /// What hurts in it, the weightiest first.
    pub marks: Vec<Finding>,
    /// What is not in it.
    pub missing: Vec<Finding>,
    /// The names of the parts that were found, and of those that were not, where they are listed.
    pub parts: Option<(Vec<String>, Vec<String>)>,
    /// Whether the text is so long that rules miss most.
    pub long: bool,
}

impl NewFindings {
    /// All of it, what hurts first.
    pub fn findings(&self) -> impl Iterator<Item = &Finding> {
        self.marks.iter().chain(&self.missing)
    }

    /// What one rule found, and the rest.
    pub fn apart(&self, rule: &str) -> (Self, Self) {
        [true, false]
            .map(|is_rule| {
                let of = |findings: &[Finding]| {
                    let of = findings.iter().filter(|it| (it.rule == rule) == is_rule);
                    of.cloned().collect()
                };
                Self {
                    marks: of(&self.marks),
                    missing: of(&self.missing),
                    parts: None,
                    long: self.long,
                }
            })
            .into()
    }

    /// Whether there is nothing to ask about.
    pub fn is_empty(&self) -> bool {
        self.marks.is_empty() && self.missing.is_empty()
    }
}

impl Runner<'_> {
    /// Takes up the question about a text that was open when the session was paused.
    pub(super) fn take_up(&mut self) -> Result<NextStep, Error> {
        match self.engine.undecided().filter(|_| self.person) {
            Some(id) => self.look_at(&id, None),
            None => Ok(NextStep::GoOn),
        }
    }

    /// Looks at the text of an answer.
    pub(super) fn look_at(
        &mut self,
        id: &AnswerId,
        place: Option<StepPosition>,
    ) -> Result<NextStep, Error> {
        let lang = self.engine.exercise().head.lang.split('-').next();
        let hears = [LANG, HEARD_ONLY].iter().any(|known| lang == Some(known));
        let Some(draft) = self.engine.text_of(id).filter(|_| hears) else {
            return Ok(NextStep::GoOn);
        };
        if lang == Some(HEARD_ONLY) {
            return self.listen(&draft, place);
        }
        let Some(subject) = draft.rules.as_deref().and_then(Subject::from_name) else {
            return self.listen(&draft, place);
        };
        if self.asks() {
            // Nothing is said of words that are not safe yet.
            self.saver.begin_answer(None);
            self.save()?;
        }
        let (rules, review) = self.review(subject, &draft.text, draft.about.as_deref())?;
        self.recall(&draft);
        let found = self.shown_in_file(&draft, &review);
        self.engine.note_findings(id, found);
        if (review.heavy || review.control) && self.engine.partners().is_some() {
            return Ok(NextStep::GoOn);
        }
        if review.heavy {
            return self.offer_help(self.feedback.soft.heavy, &draft, place);
        }
        if review.control {
            return self.offer_help(self.feedback.soft.control, &draft, place);
        }
        let news = self.news(&draft, &review, &rules);
        for finding in news.findings() {
            (self.listener)(&Event::Found(&draft.id, finding));
        }
        if self.asks() || !self.person {
            // What was brought has been told to no person yet.
            let said = self.feedback.said.entry(draft.id.clone()).or_default();
            said.extend(news.findings().map(|finding| point_of(finding, &draft)));
        }
        if !self.asks() {
            return Ok(NextStep::GoOn);
        }
        if !news.is_empty() {
            // The question is still open when the session is cut off in it.
            self.save()?;
        }
        self.show(&draft, &news)?;
        if news.is_empty() {
            return Ok(NextStep::GoOn);
        }
        let text = ReviewedText {
            place,
            draft: &draft,
            news: &news,
        };
        self.decide(&text)
    }

    /// What the rules of a subject say of a text, with a word to a person on those that had to be left
    /// out.
    pub(super) fn review(
        &mut self,
        subject: Subject,
        text: &str,
        about: Option<&str>,
    ) -> Result<(Rc<Rules>, Review), Error> {
        let rules = self.feedback.coach.rules(subject, text, about);
        if self.person {
            for what in self.feedback.coach.left_out() {
                self.say(Tone::Status, &what)?;
            }
        }
        let review = rules.review(text, about);
        Ok((rules, review))
    }

    /// Whether somebody is asked about what they gave.
    fn asks(&self) -> bool {
        self.person && !self.feedback.unseen.get()
    }

    /// A text that no rules look at can have heavy words in it all the same, or promise or ask for what
    /// watches over somebody.
    fn listen(
        &mut self,
        draft: &ReviewableText,
        place: Option<StepPosition>,
    ) -> Result<NextStep, Error> {
        let SoftLines { heavy, control } = self.feedback.soft;
        if [heavy, control]
            .iter()
            .all(|line| self.feedback.offered.contains(*line))
        {
            return Ok(NextStep::GoOn);
        }
        let (_, review) = self.review(Subject::Opening, &draft.text, None)?;
        match review {
            Review { heavy: true, .. } => self.offer_help(heavy, draft, place),
            Review { control: true, .. } => self.offer_help(control, draft, place),
            _ => Ok(NextStep::GoOn),
        }
    }

    /// Each line once in a session, and nothing of it is kept.
    fn offer_help(
        &mut self,
        words: &str,
        draft: &ReviewableText,
        place: Option<StepPosition>,
    ) -> Result<NextStep, Error> {
        if !self.feedback.offered.insert(words.into()) {
            return Ok(NextStep::GoOn);
        }
        (self.listener)(&Event::HelpOffered(&draft.id));
        if draft.private && self.person {
            return self.tell_privately(words, place);
        }
        self.tell(false, words, None)?;
        Ok(NextStep::GoOn)
    }

    /// Remembers what they kept in this text, and in those it was put together from.
    fn recall(&mut self, draft: &ReviewableText) {
        let answers = self.engine.session().answers.iter();
        let kept = answers
            .filter(|answer| answer.is(&draft.id) || draft.sources.contains(&answer.step))
            .flat_map(|answer| {
                let text = match answer.value() {
                    Some(Value::Text(text)) => text.as_str(),
                    _ => "",
                };
                let kept = answer.findings.iter().filter(|found| found.kept);
                kept.map(move |found| point(&found.rule, &(found.span.0..found.span.1), text))
            });
        let kept: Vec<SaidKey> = kept.collect();
        let said = self.feedback.said.entry(draft.id.clone()).or_default();
        said.extend(kept);
    }

    /// What the file has of a review: all that may be said of the text. What was said before and
    /// still stands is kept.
    fn shown_in_file(&self, draft: &ReviewableText, review: &Review) -> Vec<StoredFinding> {
        let said = self.feedback.said.get(&draft.id);
        let all = review.findings.iter();
        all.filter(|finding| may_be_said(finding, draft))
            .map(|finding| StoredFinding {
                rule: finding.rule.clone(),
                span: (finding.span.start, finding.span.end),
                kept: self.asks()
                    && said.is_some_and(|said| said.contains(&point_of(finding, draft))),
                extra: toml::Table::new(),
            })
            .collect()
    }

    /// What was not said of this text yet.
    fn news(&mut self, draft: &ReviewableText, review: &Review, rules: &Rules) -> NewFindings {
        let said = self.feedback.said.get(&draft.id);
        let is_new =
            |finding: &&Finding| said.is_none_or(|said| !said.contains(&point_of(finding, draft)));
        let new = |kind| {
            let findings = review.findings.iter();
            findings
                .filter(move |finding| finding.kind == kind && may_be_said(finding, draft))
                .filter(is_new)
        };
        let asks = self.asks();
        let most = if asks { AT_A_TIME } else { usize::MAX };
        let mut seen = BTreeSet::new();
        let marks = new(RuleKind::Mark)
            // What a rule has to say need not be read twice at a time.
            .filter(|finding| seen.insert(finding.rule.clone()) || !asks)
            .take(most)
            .cloned()
            .collect();
        let missing = new(RuleKind::Part).take(most).cloned().collect();
        let parts = (draft.whole && review.english && review.words > 0)
            .then(|| self.parts(draft, review, rules))
            .flatten();
        NewFindings {
            marks,
            missing,
            parts,
            long: review.words > LONG_TEXT,
        }
    }

    /// The parts by their names, unless they were listed just so before.
    fn parts(
        &mut self,
        draft: &ReviewableText,
        review: &Review,
        known: &Rules,
    ) -> Option<(Vec<String>, Vec<String>)> {
        let before = self
            .feedback
            .listed
            .insert(draft.id.clone(), review.parts.clone());
        if before.as_ref() == Some(&review.parts) {
            return None;
        }
        let there = review.parts.iter().filter(|(_, there)| *there);
        let there: Vec<&str> = there.map(|(id, _)| id.as_str()).collect();
        let missing = review.findings.iter();
        let missing = missing.filter_map(|finding| finding.rule.strip_prefix(MISSING));
        let missing: Vec<&str> = missing.take(MOST_MISSED).collect();
        let names = |ids: Vec<&str>| {
            let rules = ids.into_iter();
            let rules = rules.filter_map(|id| known.texts().find(|rule| rule.id == id));
            rules.map(|rule| rule.name.to_string()).collect()
        };
        Some((names(there), names(missing)))
    }
}

/// Marks are said of every text; what is not there only where all of it was asked for.
fn may_be_said(finding: &Finding, draft: &ReviewableText) -> bool {
    match finding.kind {
        RuleKind::Mark => true,
        RuleKind::Part => draft.whole,
    }
}

/// What is remembered of a finding.
pub(super) fn point(rule: &str, span: &Range<usize>, text: &str) -> SaidKey {
    let words = text.get(span.clone()).unwrap_or_default();
    let words: Vec<&str> = words.split_whitespace().collect();
    (rule.to_string(), words.join(" ").to_lowercase())
}

fn point_of(finding: &Finding, draft: &ReviewableText) -> SaidKey {
    point(&finding.rule, &finding.span, &draft.text)
}
