//! Questions that are answered from a list: one option, several, yes or no.

use std::io;

use super::listed::{Chosen, Listing};
use super::lists;
use super::{Answered, Question, Terminal, words};
use crate::prompt::{Ask, Choice, Given, Reply, Want};

impl Terminal {
    /// Asks for one option.
    pub(super) fn choose_one(
        &mut self,
        question: &Question<'_>,
        options: &[Choice],
        other: Option<&str>,
    ) -> io::Result<Answered> {
        let mut labels: Vec<&str> = options.iter().map(|option| option.label.as_str()).collect();
        labels.extend(other);
        let standing = question.initial.trim();
        let known = options.iter().position(|option| option.id == standing);
        let own = known.is_none() && !standing.is_empty() && other.is_some();
        let first = known.unwrap_or(if own { options.len() } else { 0 });
        let listing = Listing {
            question,
            options,
            labels,
            cursor: "> ".len(),
            keys: "Up, Down, Enter  Esc: menu",
            beside: None,
        };
        let chosen = self.choose(&listing, first, |output, list, first| {
            lists::one(output, &list.labels, *first, list.rows)
        })?;
        match chosen {
            Chosen::Taken(index, head) => match options.get(index) {
                Some(option) => {
                    self.close_list(question, &head, &option.label)?;
                    Ok(Answered {
                        reply: Reply::Answer(Given::Options(vec![option.id.clone()])),
                        standing: option.id.clone(),
                    })
                }
                None => {
                    self.screen.erase()?;
                    self.write_own(question, if own { standing } else { "" })
                }
            },
            Chosen::Instead(reply, index) => Ok(Answered {
                reply,
                standing: options
                    .get(index)
                    .map_or_else(|| standing.to_string(), |option| option.id.clone()),
            }),
        }
    }

    /// Asks for several options.
    pub(super) fn choose_many(
        &mut self,
        question: &Question<'_>,
        options: &[Choice],
        min: usize,
        max: usize,
    ) -> io::Result<Answered> {
        let standing: Vec<&str> = question.initial.split(',').map(str::trim).collect();
        let is_standing = |option: &Choice| standing.contains(&option.id.as_str());
        let marked: Vec<bool> = options.iter().map(is_standing).collect();
        let listing = Listing {
            question,
            options,
            labels: options.iter().map(|option| option.label.as_str()).collect(),
            cursor: "> [x] ".len(),
            keys: "Space: mark  Enter: done  Esc: menu",
            beside: Some(how_many(min, max, options.len())),
        };
        let chosen = self.choose(&listing, marked, |output, list, marked| {
            lists::many(output, &list.labels, marked, list.rows)
        })?;
        let of = |marks: &[bool], part: fn(&Choice) -> &str| -> Vec<String> {
            let chosen = options.iter().zip(marks).filter(|(_, marked)| **marked);
            chosen.map(|(option, _)| part(option).to_string()).collect()
        };
        match chosen {
            Chosen::Taken(marks, head) => {
                let labels = of(&marks, |option| &option.label).join(", ");
                let said = if labels.is_empty() { "(none)" } else { &labels };
                self.close_list(question, &head, said)?;
                let ids = of(&marks, |option| &option.id);
                Ok(Answered {
                    standing: ids.join(", "),
                    reply: Reply::Answer(Given::Options(ids)),
                })
            }
            Chosen::Instead(reply, marks) => Ok(Answered {
                reply,
                standing: of(&marks, |option| &option.id).join(", "),
            }),
        }
    }

    /// Asks for yes or no.
    pub(super) fn choose_yes_no(&mut self, question: &Question<'_>) -> io::Result<Answered> {
        let standing = match question.initial.trim() {
            "yes" => Some(true),
            "no" => Some(false),
            _ => None,
        };
        let word = |yes: Option<bool>| yes.map_or("", |yes| if yes { "yes" } else { "no" });
        let listing = Listing {
            question,
            options: &[],
            labels: Vec::new(),
            cursor: 0,
            keys: "y or n  Esc: menu",
            beside: None,
        };
        let chosen = self.choose(&listing, standing, |output, _, standing| {
            lists::yes_no(output, *standing)
        })?;
        match chosen {
            Chosen::Taken(yes, head) => {
                self.close_list(question, &head, word(yes))?;
                Ok(Answered {
                    reply: words(word(yes)),
                    standing: word(yes).into(),
                })
            }
            Chosen::Instead(reply, standing) => Ok(Answered {
                reply,
                standing: word(standing).into(),
            }),
        }
    }

    fn write_own(&mut self, question: &Question<'_>, own: &str) -> io::Result<Answered> {
        let ask = Ask {
            want: Want::Line,
            ..question.ask.clone()
        };
        self.write(&Question {
            ask: &ask,
            initial: own.to_string(),
            again: true,
            message: None,
            notes: Vec::new(),
        })
    }
}

fn how_many(min: usize, max: usize, all: usize) -> String {
    match (min, max.min(all)) {
        (min, max) if min == max => format!("Mark {min}."),
        (0, max) if max == all => "Mark as many as you like, or none.".into(),
        (0, max) => format!("Mark up to {max}, or none."),
        (min, max) if max == all => format!("Mark {min} or more."),
        (min, max) => format!("Mark {min} to {max}."),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn how_many_to_mark_is_said_in_words() {
        let said = [(2, 2), (0, 9), (0, 3), (1, 9), (1, 3)].map(|(min, max)| how_many(min, max, 9));
        assert_eq!(
            said,
            [
                "Mark 2.",
                "Mark as many as you like, or none.",
                "Mark up to 3, or none.",
                "Mark 1 or more.",
                "Mark 1 to 3."
            ]
        );
    }
}
