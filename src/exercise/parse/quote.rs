//! Quotes of answers: every one must name an earlier step, and must have something to show.

use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::reach::answered;
use super::scope::StepScope;
use crate::exercise::template::{TemplateMatch, TemplatePiece, scan};
use crate::exercise::{Condition, PersonName, Reference};
use crate::format::problem::{Code, MOST_PROBLEMS, Problem, Span};
use crate::format::read::{SpannedValue, as_text, list};

/// Where a text stands: what it may quote depends on that.
pub(super) struct TextSite<'a> {
    /// The steps so far.
    pub(super) scope: &'a StepScope,
    /// The text of the file.
    pub(super) text: &'a str,
    /// Only steps before this one have an answer.
    pub(super) before: usize,
    /// When the text is shown at all.
    pub(super) shown: VisibleWhen<'a>,
    /// Whether one person alone reads it.
    pub(super) alone: bool,
}

/// When a text is shown.
pub(super) enum VisibleWhen<'a> {
    /// At the end, whatever was answered.
    AtTheEnd,
    /// With its step: always, or only when this holds.
    WithStep(Option<&'a Condition>),
    /// Nobody knows: the condition is wrong, and that is told elsewhere.
    Unclear,
}

impl TextSite<'_> {
    /// Checks the texts under these keys of a table.
    pub(super) fn check(&self, table: &DeTable<'_>, keys: &[&str], problems: &mut Vec<Problem>) {
        for key in keys {
            let Some(value) = table.get(*key) else {
                continue;
            };
            match value.get_ref() {
                DeValue::Array(_) => {
                    for text in list(table, key) {
                        self.text(text, problems);
                    }
                }
                _ => self.text(value, problems),
            }
        }
    }

    fn text(&self, value: &SpannedValue<'_>, problems: &mut Vec<Problem>) {
        let Some(decoded) = as_text(value) else {
            return;
        };
        let whole = Spanned::span(value);
        let written = self.text.get(whole.clone()).unwrap_or_default();
        // Braces are written as they are in every sort of string, so the n-th here is the n-th there.
        let places = braces(written);
        for (index, (part, found)) in braces(&decoded).into_iter().enumerate() {
            if problems.len() >= MOST_PROBLEMS {
                return;
            }
            let same = |(place, _): &&(Span, TemplateMatch)| {
                written[place.clone()] == decoded[part.clone()]
            };
            let span = match places.get(index).filter(same) {
                Some((place, _)) => whole.start + place.start..whole.start + place.end,
                None => whole.clone(),
            };
            match found {
                TemplateMatch::Bad(why) => {
                    problems.push(Problem::new(Code::BadQuote, span, why).help(
                        "write {{step-id}}, or {{step-id|otherwise}}; {{{{ stands for two braces",
                    ));
                }
                TemplateMatch::Piece(TemplatePiece::Answer(reference)) => {
                    problems.extend(self.reference(&reference, span));
                }
                TemplateMatch::Piece(TemplatePiece::Name(name)) => {
                    problems.extend(self.name(name, span));
                }
                TemplateMatch::Piece(TemplatePiece::Text(_) | TemplatePiece::Session) => {}
            }
        }
    }

    /// What is wrong with a name there.
    fn name(&self, name: PersonName, span: Span) -> Option<Problem> {
        if !self.scope.for_two {
            let message = "names are for exercises for two";
            return Some(
                Problem::new(Code::BadQuote, span, message)
                    .help("say “you”, or add for = \"two\" above the first [[step]]"),
            );
        }
        let is_clear = self.alone || matches!(name, PersonName::Of(_));
        (!is_clear).then(|| {
            let message = "both read this, so nobody knows who is meant";
            Problem::new(Code::BadQuote, span, message).help("write {{@a}} or {{@b}}")
        })
    }

    fn reference(&self, reference: &Reference, span: Span) -> Option<Problem> {
        let Reference {
            exercise,
            step: id,
            otherwise,
        } = reference;
        if exercise.is_some() && self.scope.for_two {
            let message = "only one of the two wrote that earlier text";
            return Some(
                Problem::new(Code::EarlierText, span, message)
                    .help("leave it out; an exercise for two quotes nothing from other sessions"),
            );
        }
        if let Some(exercise) = exercise {
            return otherwise.is_none().then(|| {
                let message = format!("`{exercise}` may have no answer yet");
                Problem::new(Code::UnguardedQuote, span, message).help(format!(
                    "say what to show then: {{{{{exercise}/{id}|otherwise}}}}"
                ))
            });
        }
        let step = match self.scope.find(id, self.before, &span) {
            Ok(step) => step,
            Err(problem) => return problem,
        };
        if step.kind().spec().value.is_none() {
            let message = format!("step `{id}` only shows text, so it has no answer");
            return Some(
                Problem::new(Code::NotAText, span, message)
                    .help("quote a step that asks something"),
            );
        }
        let mut help = format!("say what to show then: {{{{{id}|otherwise}}}}");
        let sure = match self.shown {
            VisibleWhen::AtTheEnd => false,
            VisibleWhen::WithStep(when) => {
                help += &format!(
                    "; or show the step only when = {{ step = \"{id}\", answered = true }}"
                );
                answered(when, self.scope, self.before).contains(&id.as_str())
            }
            VisibleWhen::Unclear => true,
        };
        (!sure && otherwise.is_none()).then(|| {
            let message = format!("there may be no answer to `{id}`: any step can be skipped");
            Problem::new(Code::UnguardedQuote, span, message).help(help)
        })
    }
}

/// The parts of a text that are in braces, or should be.
fn braces(text: &str) -> Vec<(Span, TemplateMatch)> {
    let mut parts = scan(text);
    parts.retain(|(_, found)| !matches!(found, TemplateMatch::Piece(TemplatePiece::Text(_))));
    parts
}
