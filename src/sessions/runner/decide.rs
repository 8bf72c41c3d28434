//! What was found in a text is shown, and the person says what to do about it: keep it, change it, or
//! first hear why.

use std::collections::BTreeSet;

use super::feedback::{AT_A_TIME, NewFindings, ReviewedText, SaidKey, point};
use super::two::OTHERS_STAY_CLOSED;
use super::{NO_HINT, NO_WHY, NextStep, Runner, SessionEnd, help};
use crate::ask::{Ask, Choice, Note, Quote, Rejection, Reply, StepPosition, Tone, Want, chosen};
use crate::engine::ReviewableText;
use crate::error::Error;
use crate::review::{Finding, MISSES, RuleKind, Subject};
use crate::text::underline::sentence;

/// What to do about it.
#[derive(Clone, Copy)]
enum FindingChoice {
    Keep,
    Change,
    Why,
    NotRight,
}

impl FindingChoice {
    const ALL: [(Self, &'static str, &'static str); 4] = [
        (Self::Keep, "keep", "Keep it as it is"),
        (Self::Change, "change", "Change it"),
        (Self::Why, "why", "Why?"),
        (Self::NotRight, "not-right", "This remark isn’t right"),
    ];
}

impl Runner<'_> {
    /// Says what was found in a text.
    pub(super) fn show(&mut self, draft: &ReviewableText, news: &NewFindings) -> Result<(), Error> {
        for finding in &news.marks {
            let quote = quote(draft, finding);
            self.tell(draft.private, &finding.message, quote)?;
        }
        match &news.parts {
            // A private note is read with the question that follows.
            Some((found, not)) if !(draft.private && news.is_empty()) => {
                self.tell(draft.private, &listed(found, not, news.long), None)
            }
            _ => Ok(()),
        }
    }

    /// Asks what to do, until they keep the text, change it or stop.
    pub(super) fn decide(&mut self, text: &ReviewedText<'_>) -> Result<NextStep, Error> {
        let options = FindingChoice::ALL.map(|(_, id, label)| Choice {
            id: id.into(),
            label: label.into(),
            note: None,
        });
        let ask = Ask {
            initial: Some(options[0].id.clone()),
            private: text.draft.private,
            back: true,
            ..Ask::own_choice("findings", WHAT_NOW, &options)
        };
        loop {
            let reply = self.ask_once(&ask)?;
            let does = match chosen(&options, reply) {
                Ok(option) => {
                    let is = |id| option.is_some_and(|option| option.id == id);
                    FindingChoice::ALL
                        .iter()
                        .find(|(_, id, _)| is(*id))
                        .map(|found| found.0)
                }
                // Whatever else is typed here does what it does at a step, and loses nothing.
                Err(Reply::Pause) => return Ok(NextStep::End(SessionEnd::Paused(text.place))),
                Err(Reply::Leave) => return Ok(NextStep::End(SessionEnd::Left)),
                Err(Reply::Back) => Some(FindingChoice::Change),
                Err(Reply::Skip) => Some(FindingChoice::Keep),
                Err(Reply::Hint | Reply::Why) => Some(FindingChoice::Why),
                Err(Reply::Help) => {
                    self.say(
                        Tone::Aside,
                        &help(self.saver.keeps(), self.engine.language()),
                    )?;
                    continue;
                }
                Err(Reply::Support(country)) => {
                    self.say_support(country.as_deref())?;
                    continue;
                }
                Err(Reply::Answer(_)) => None,
            };
            match does {
                Some(FindingChoice::Keep) => {
                    self.keep(text);
                    return Ok(NextStep::GoOn);
                }
                Some(FindingChoice::Change) => {
                    self.engine.open_again(&text.draft.id);
                    return Ok(NextStep::GoOn);
                }
                Some(FindingChoice::Why) => self.explain(text)?,
                Some(FindingChoice::NotRight) => {
                    if let Some(next) = self.call_not_right(text)? {
                        return Ok(next);
                    }
                }
                // The remarks stay where they are.
                None => {
                    self.reject(&ask, &Rejection::not_an_option(self.engine.language()))?;
                }
            }
        }
    }

    /// What was said of the text stays silent from now on.
    fn keep(&mut self, text: &ReviewedText<'_>) {
        let id = &text.draft.id;
        let Some(answer) = self.engine.session().answer(id) else {
            return;
        };
        let said: BTreeSet<SaidKey> = text
            .news
            .findings()
            .map(|finding| point(&finding.rule, &finding.span, &text.draft.text))
            .collect();
        let mut findings = answer.findings.clone();
        for found in &mut findings {
            let (start, end) = found.span;
            found.kept |= said.contains(&point(&found.rule, &(start..end), &text.draft.text));
        }
        self.engine.note_findings(id, findings);
    }

    /// Takes down which remark isn't right; where it was the only one the text is kept, and otherwise
    /// they are asked about the others again. Nothing is noted of a private text.
    fn call_not_right(&mut self, text: &ReviewedText<'_>) -> Result<Option<NextStep>, Error> {
        let options: Vec<Choice> = (text.news.findings())
            .map(|finding| Choice {
                id: finding.rule.clone(),
                label: finding.message.clone(),
                note: None,
            })
            .collect();
        let rule = if let [only] = &options[..] {
            Some(only.id.clone())
        } else {
            let ask = Ask {
                private: text.draft.private,
                back: true,
                ..Ask::own_choice("not-right", WHICH, &options)
            };
            match chosen(&options, self.ask_once(&ask)?) {
                Ok(option) => option.map(|option| option.id.clone()),
                Err(Reply::Pause) => {
                    return Ok(Some(NextStep::End(SessionEnd::Paused(text.place))));
                }
                Err(Reply::Leave) => return Ok(Some(NextStep::End(SessionEnd::Left))),
                Err(_) => None,
            }
        };
        let Some(rule) = rule else {
            return Ok(None);
        };
        let subject = text.draft.rules.as_deref().and_then(Subject::from_name);
        if let (Some(subject), false) = (subject, text.draft.private) {
            self.saver.call_not_right(subject, &rule);
        }
        let (noted, rest) = text.news.apart(&rule);
        self.keep(&ReviewedText {
            news: &noted,
            ..*text
        });
        if rest.is_empty() {
            return Ok(Some(NextStep::GoOn));
        }
        // The others may have been scrolled away.
        self.say(Tone::Status, NOTED)?;
        self.show(text.draft, &rest)?;
        for finding in &rest.missing {
            self.tell(text.draft.private, &finding.message, None)?;
        }
        let rest = ReviewedText {
            news: &rest,
            ..*text
        };
        self.decide(&rest).map(Some)
    }

    /// Why it was said, what to look at, and what that rests on.
    fn explain(&mut self, text: &ReviewedText<'_>) -> Result<(), Error> {
        let news = text.news;
        for finding in news.marks.iter().chain(news.missing.iter().take(AT_A_TIME)) {
            let what = match finding.kind {
                RuleKind::Mark => "",
                RuleKind::Part => &finding.message,
            };
            let why = format!(
                "{what} {} {}\n{FROM} {}",
                finding.why, finding.look_at, finding.source
            );
            let why = sentence(&text.draft.text, finding.span.clone(), why.trim_start());
            self.tell(text.draft.private, &why, None)?;
        }
        Ok(())
    }

    /// Says something on the screen of a private text, which is left when they go on.
    pub(super) fn tell_privately(
        &mut self,
        text: &str,
        place: Option<StepPosition>,
    ) -> Result<NextStep, Error> {
        self.save()?;
        let ask = Ask {
            private: true,
            ..Ask::own("heavy", text, Want::Ready)
        };
        Ok(self.until_read(&ask, place)?.unwrap_or(NextStep::GoOn))
    }

    /// Waits until something has been read; how it ends where they leave there.
    pub(super) fn until_read(
        &mut self,
        ask: &Ask,
        place: Option<StepPosition>,
    ) -> Result<Option<NextStep>, Error> {
        loop {
            match self.ask_once(ask)? {
                Reply::Pause => return Ok(Some(NextStep::End(SessionEnd::Paused(place)))),
                Reply::Leave => return Ok(Some(NextStep::End(SessionEnd::Left))),
                Reply::Support(country) => self.say_support(country.as_deref())?,
                // Nothing but Enter opens what one of them sees alone.
                reply if reply == Reply::Help || (ask.hand_over && reply == Reply::Skip) => {
                    let help = help(self.saver.keeps(), self.engine.language());
                    self.say(Tone::Aside, &help)?;
                }
                // What two people read together, and a hand-over, stay until they go on.
                Reply::Back if self.is_for_two() => {
                    self.say(Tone::Status, OTHERS_STAY_CLOSED)?;
                }
                Reply::Hint if self.is_for_two() => self.say(Tone::Aside, NO_HINT)?,
                Reply::Why if self.is_for_two() => self.say(Tone::Aside, NO_WHY)?,
                _ => return Ok(None),
            }
        }
    }

    /// Says something for the person alone.
    pub(super) fn tell(
        &mut self,
        private: bool,
        text: &str,
        quote: Option<Quote>,
    ) -> Result<(), Error> {
        let note = Note {
            quote,
            private,
            ..Note::new(Tone::Personal, text)
        };
        self.show_note(&note)
    }
}

fn quote(draft: &ReviewableText, finding: &Finding) -> Option<Quote> {
    (!finding.span.is_empty()).then(|| Quote {
        text: draft.text.clone(),
        span: finding.span.clone(),
    })
}

/// The parts that were found, and those that were not, in words.
fn listed(found: &[String], not: &[String], long: bool) -> String {
    let mut lines = Vec::new();
    if !found.is_empty() {
        lines.push(format!("{FOUND} {}.", found.join("; ")));
    }
    if !not.is_empty() {
        lines.push(format!("{NOT_FOUND} {}. {NOT_ALL}", not.join("; ")));
    } else if long {
        lines.push(MISSES.into());
    }
    lines.join("\n")
}

// Texts for people.
const WHAT_NOW: &str = "What would you like to do?";
const WHICH: &str = "Which remark isn’t right?";
const NOTED: &str = "Thanks. It stays as you wrote it there. What about the rest?";
const FROM: &str = "From:";
const FOUND: &str = "Found:";
const NOT_FOUND: &str = "Not found:";
const NOT_ALL: &str = "Rules miss things, and not every text needs all of this.";
