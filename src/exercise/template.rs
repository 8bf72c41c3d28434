//! Texts that quote earlier answers: `{{step-id}}`, `{{exercise-id/step-id}}`,
//! `{{step-id|otherwise}}`, names in an exercise for two, such as `{{@me}}`, `{{@session}}` for how this
//! session is called in a command, and `{{{{` for a literal `{{`.

use std::ops::Range;

use super::{Partner, PersonName};
use crate::format::is_id;

/// A text with the places where answers go.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Template {
    /// Its parts in order.
    pub pieces: Vec<TemplatePiece>,
}

/// A part of a template.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum TemplatePiece {
    /// Words as they are.
    Text(String),
    /// An answer.
    Answer(Reference),
    /// The name of one of two people.
    Name(PersonName),
    /// What this session is called in a command.
    Session,
}

/// Which answer a template quotes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reference {
    /// Another exercise, whose latest finished session is meant; `None` is this session.
    pub exercise: Option<String>,
    /// The step's id.
    pub step: String,
    /// What stands there when there is no answer. Where it is empty, the paragraph is left out.
    pub otherwise: Option<String>,
}

impl Reference {
    /// Whether its paragraph is left out where there is no answer.
    fn leaves_out(&self) -> bool {
        self.otherwise.as_deref() == Some("")
    }
}

/// A part of a template's text, as it was found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum TemplateMatch {
    /// A part of the template.
    Piece(TemplatePiece),
    /// Braces that quote nothing, and why.
    Bad(&'static str),
}

/// The parts of a template's text in order, each with its place in bytes.
pub(super) fn scan(text: &str) -> Vec<(Range<usize>, TemplateMatch)> {
    let mut found = Vec::new();
    let mut at = 0;
    while at < text.len() {
        let rest = &text[at..];
        let (length, part) = if rest.starts_with(LITERAL) {
            (LITERAL.len(), words(OPEN))
        } else if rest.starts_with(OPEN) {
            quote(rest)
        } else {
            let length = rest.find(OPEN).unwrap_or(rest.len());
            (length, words(&rest[..length]))
        };
        found.push((at..at + length, part));
        at += length;
    }
    found
}

/// What stands between two paragraphs.
const GAP: &str = "\n\n";
const OPEN: &str = "{{";
const CLOSE: &str = "}}";
const LITERAL: &str = "{{{{";
const SESSION: &str = "@session";

/// What stands for a session in a command where there is none yet: the newest.
const NEWEST: &str = "last";

fn words(text: &str) -> TemplateMatch {
    TemplateMatch::Piece(TemplatePiece::Text(text.to_string()))
}

/// The quote that `text` begins with, and its length.
fn quote(text: &str) -> (usize, TemplateMatch) {
    let Some(end) = text.find(CLOSE) else {
        return (OPEN.len(), TemplateMatch::Bad("these braces have no end"));
    };
    let (inside, length) = (&text[OPEN.len()..end], end + CLOSE.len());
    if let Some(next) = inside.find(OPEN) {
        let message = "these braces aren’t closed before the next ones";
        return (OPEN.len() + next, TemplateMatch::Bad(message));
    }
    if inside.trim() == SESSION {
        return (length, TemplateMatch::Piece(TemplatePiece::Session));
    }
    if let Some(name) = PersonName::from_word(inside.trim()) {
        return (length, TemplateMatch::Piece(TemplatePiece::Name(name)));
    }
    let (answer, otherwise) = match inside.split_once('|') {
        Some((answer, otherwise)) => (answer.trim(), Some(otherwise.to_string())),
        None => (inside.trim(), None),
    };
    let (exercise, step) = match answer.rsplit_once('/') {
        Some((exercise, step)) => (Some(exercise), step),
        None => (None, answer),
    };
    let named = exercise.is_none_or(|exercise| exercise.split('/').all(is_id)) && is_id(step);
    if !named {
        return (length, TemplateMatch::Bad("these braces name no step"));
    }
    let reference = Reference {
        exercise: exercise.map(str::to_string),
        step: step.to_string(),
        otherwise,
    };
    (
        length,
        TemplateMatch::Piece(TemplatePiece::Answer(reference)),
    )
}

impl Template {
    /// Reads a text. Braces that quote nothing are kept as they are written, and told with their
    /// place in the text, in bytes, and what is wrong with them.
    pub fn parse(text: &str) -> (Self, Vec<(Range<usize>, &'static str)>) {
        let (mut pieces, mut bad) = (Vec::new(), Vec::new());
        for (place, found) in scan(text) {
            match found {
                TemplateMatch::Piece(piece) => pieces.push(piece),
                TemplateMatch::Bad(why) => {
                    pieces.push(TemplatePiece::Text(text[place.clone()].to_string()));
                    bad.push((place, why));
                }
            }
        }
        (Self { pieces }, bad)
    }

    /// The answers it quotes.
    pub fn references(&self) -> impl Iterator<Item = &Reference> {
        self.pieces.iter().filter_map(|piece| match piece {
            TemplatePiece::Answer(reference) => Some(reference),
            TemplatePiece::Text(_) | TemplatePiece::Name(_) | TemplatePiece::Session => None,
        })
    }

    /// The text with every quote filled in by `answer`, in one pass: what is quoted is never read
    /// as a template again. What has neither answer nor otherwise leaves nothing. Names are letters.
    pub fn fill(&self, answer: impl FnMut(&Reference) -> Option<String>) -> String {
        self.fill_for(Partner::A, answer)
    }

    fn fill_for(
        &self,
        reader: Partner,
        answer: impl FnMut(&Reference) -> Option<String>,
    ) -> String {
        self.fill_with_names(answer, |name| name.letter(reader).to_string(), NEWEST)
    }

    /// The same, with the names that `name` gives, in a session that commands call `session`.
    pub fn fill_with_names(
        &self,
        mut answer: impl FnMut(&Reference) -> Option<String>,
        name: impl Fn(PersonName) -> String,
        session: &str,
    ) -> String {
        let mut text = String::new();
        // Where the paragraph begins, and whether it is left out.
        let (mut start, mut out) = (0, false);
        for piece in &self.pieces {
            match piece {
                TemplatePiece::Text(words) => {
                    let mut parts = words.split(GAP);
                    text.push_str(parts.next().unwrap_or_default());
                    for part in parts {
                        if std::mem::take(&mut out) {
                            text.truncate(start);
                        } else {
                            text.push_str(GAP);
                        }
                        start = text.len();
                        text.push_str(part);
                    }
                }
                TemplatePiece::Name(person) => text.push_str(&name(*person)),
                TemplatePiece::Session => text.push_str(session),
                TemplatePiece::Answer(reference) => {
                    let words = answer(reference).or_else(|| reference.otherwise.clone());
                    out |= words.as_deref() == Some("") && reference.leaves_out();
                    text.push_str(&words.unwrap_or_default());
                }
            }
        }
        if out {
            text.truncate(start.saturating_sub(GAP.len()));
        }
        text
    }

    /// Where answers stand in the text that this was filled to, in bytes; `None` where it's another text.
    pub fn quotes(&self, filled: &str) -> Option<Vec<Range<usize>>> {
        let (mut quotes, mut at) = (Vec::new(), 0);
        let mut gap: Option<bool> = None;
        for piece in &self.pieces {
            let TemplatePiece::Text(words) = piece else {
                gap = Some(gap.unwrap_or(false) || matches!(piece, TemplatePiece::Answer(_)));
                continue;
            };
            let words = match (gap, at) {
                (None, 0) => words.trim_start(),
                _ => words,
            };
            let words = words.trim_end();
            let found = at + filled.get(at..)?.find(words)?;
            if gap == Some(true) {
                quotes.push(at..found);
            } else if gap.is_none() && found != at {
                return None;
            }
            (gap, at) = (None, found + words.len());
        }
        match gap {
            Some(true) => quotes.push(at..filled.len()),
            Some(false) => {}
            None if filled.get(at..)?.trim().is_empty() => {}
            None => return None,
        }
        Some(quotes)
    }

    /// The text without its quotes filled in: every answer shown as `…`, or as its otherwise.
    pub fn outline(&self) -> String {
        self.outline_for(Partner::A)
    }

    /// The same as this one of two people reads it.
    pub fn outline_for(&self, reader: Partner) -> String {
        self.fill_for(reader, |reference| {
            let quotes = reference.otherwise.is_none() || reference.leaves_out();
            quotes.then(|| String::from("…"))
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn filled(text: &str) -> String {
        Template::parse(text)
            .0
            .fill(|reference| (reference.step == "act").then(|| String::from("{{act}}")))
    }

    #[test]
    fn where_answers_stand_is_found_again_and_not_in_another_text() {
        let quotes = |template: &str, filled: &str| {
            let quotes = Template::parse(template).0.quotes(filled)?;
            Some(
                quotes
                    .into_iter()
                    .map(|at| filled[at].trim().to_string())
                    .collect::<Vec<_>>(),
            )
        };
        assert_eq!(quotes("No gap.", "No gap."), Some(vec![]));
        assert_eq!(
            quotes(
                "You know: “{{act}}” And {{@me}}, {{size}}?",
                "You know: “no” And Mo, small?"
            ),
            Some(vec!["no".into(), "small".into()])
        );
        assert_eq!(
            quotes("You said {{act}}", "You said me"),
            Some(vec!["me".into()])
        );
        assert_eq!(quotes("You said {{act}}.", "Another text."), None);
        assert_eq!(quotes("No gap.", "No gap. More."), None);
    }

    #[test]
    fn an_answer_stands_where_it_is_quoted_and_is_not_read_again() {
        assert_eq!(filled("You wrote: {{act}}."), "You wrote: {{act}}.");
        assert_eq!(filled("{{ act | nothing yet}}"), "{{act}}");
    }

    #[test]
    fn a_session_is_called_in_commands_as_it_is_and_the_newest_where_there_is_none() {
        let text = Template::parse("history show {{@session}}").0;
        assert_eq!(text.outline(), "history show last");
        let named =
            text.fill_with_names(|_| None, |name| name.letter(Partner::A).into(), "9f3a61c2");
        assert_eq!(named, "history show 9f3a61c2");
    }

    #[test]
    fn what_has_no_answer_leaves_its_otherwise_or_nothing() {
        assert_eq!(filled("a {{none|this}} b{{none}}."), "a this b.");
    }

    #[test]
    fn an_empty_otherwise_leaves_the_paragraph_out_where_there_is_no_answer() {
        assert_eq!(filled("one\n\nnow {{none|}}.\n\ntwo"), "one\n\ntwo");
        assert_eq!(
            filled("one\n\nnow {{act|}}.\n\ntwo"),
            "one\n\nnow {{act}}.\n\ntwo"
        );
        assert_eq!(filled("{{none|}} one\n\ntwo"), "two");
        assert_eq!(filled("one\n\n{{act}} {{none|}}"), "one");
        let outline = Template::parse("one {{none|}}").0.outline();
        assert_eq!(outline, "one …");
    }

    #[test]
    fn four_braces_are_two() {
        assert_eq!(filled("{{{{ and } and {"), "{{ and } and {");
    }

    #[test]
    fn the_last_part_of_a_path_is_the_step() {
        let (template, bad) = Template::parse("{{pack/apology/act|x}}");
        let reference = template.references().next().unwrap();
        assert_eq!(reference.exercise.as_deref(), Some("pack/apology"));
        assert_eq!(reference.step, "act");
        assert_eq!(bad, []);
    }

    #[test]
    fn bad_braces_are_told_with_their_place_and_stay_as_written() {
        for (text, place) in [
            ("a {{act", 2..4),
            ("a {{act} {{act}}", 2..9),
            ("a {{My Act}} b", 2..12),
            ("{{}}", 0..4),
            ("{{a/}}", 0..6),
        ] {
            let (template, bad) = Template::parse(text);
            assert_eq!(bad.len(), 1, "{text}");
            assert_eq!(bad[0].0, place, "{text}");
            assert!(
                template
                    .fill(|_| Some(String::from("x")))
                    .contains(&text[place])
            );
        }
    }
}
