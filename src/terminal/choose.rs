//! Questions that are answered from a list: one option, several, yes or no. Whatever is typed stands below the list, so that numbers, words and commands are taken
//! at Enter, and no letter chooses anything by itself.

use std::io;

use super::choosing::{ListOutcome, ListQuestion, TYPE_IT};
use super::head::{ScreenHead, width};
use super::screen::KeyAction;
use super::{AnswerInWords, OpenQuestion, Terminal, words};
use crate::ask::{Ask, Choice, Input, Reply, all_by_row, by_row};

impl Terminal {
    /// Asks for one option.
    pub(super) fn choose_one(
        &mut self,
        question: &OpenQuestion<'_>,
        options: &[Choice],
        other: Option<&str>,
    ) -> io::Result<AnswerInWords> {
        let mut choosing = ListQuestion::one(question, options, other);
        loop {
            let chosen = self.choose(&mut choosing)?;
            let at = choosing.list.at.and_then(|at| options.get(at));
            let option = match &chosen {
                ListOutcome::List => at,
                ListOutcome::Words(words) => by_row(options, words),
                ListOutcome::Instead(_) | ListOutcome::Menu => None,
            };
            let id = at.map(|option| option.id.clone()).unwrap_or_default();
            match (chosen, option) {
                (_, Some(option)) => {
                    self.close_list(&choosing, Some(&option.label))?;
                    let reply = Reply::Answer(Input::Options(vec![option.id.clone()]));
                    return Ok(AnswerInWords {
                        reply,
                        standing: option.id.clone(),
                    });
                }
                (ListOutcome::Words(number), None)
                    if other.is_some() && number == (options.len() + 1).to_string() =>
                {
                    choosing.message = Some(question.language.translate(TYPE_IT).into());
                }
                (ListOutcome::Words(own), None) => {
                    self.close_list(&choosing, Some(&own))?;
                    let reply = words(&own);
                    // What means no option leaves the pointer where it was.
                    let standing = match other {
                        None if !id.is_empty() => id,
                        _ => own,
                    };
                    return Ok(AnswerInWords { reply, standing });
                }
                (ListOutcome::Instead(reply), None) => {
                    self.close_instead(&choosing, &reply)?;
                    let standing = match choosing.own_words() {
                        "" => id,
                        own => own.to_string(),
                    };
                    return Ok(AnswerInWords { reply, standing });
                }
                (ListOutcome::List, None) if choosing.list.at.is_some() => {
                    choosing.message = Some(question.language.translate(TYPE_IT).into());
                }
                (ListOutcome::List | ListOutcome::Menu, None) => {
                    choosing.message = Some(choosing.point_first());
                }
            }
        }
    }

    /// Asks for several options.
    pub(super) fn choose_many(
        &mut self,
        question: &OpenQuestion<'_>,
        options: &[Choice],
        min: usize,
        max: usize,
    ) -> io::Result<AnswerInWords> {
        let mut choosing = ListQuestion::many(question, options, (min, max));
        let chosen = loop {
            let chosen = self.choose(&mut choosing)?;
            match &chosen {
                // What is marked stays so, and what was typed is shown beside it before it's taken.
                ListOutcome::Words(words) if choosing.has_marks() => {
                    match all_by_row(options, words) {
                        Some(all) => choosing.mark(options, &all),
                        None => break chosen,
                    }
                }
                _ => break chosen,
            }
        };
        let marks = choosing.list.marks.clone().unwrap_or_default();
        let marked = options.iter().zip(marks).filter(|(_, marked)| *marked);
        let marked: Vec<&Choice> = marked.map(|(option, _)| option).collect();
        let ids: Vec<String> = marked.iter().map(|option| option.id.clone()).collect();
        let standing = ids.join(", ");
        let reply = match chosen {
            ListOutcome::Words(typed) => match all_by_row(options, &typed) {
                Some(all) => {
                    let labels: Vec<&str> = all.iter().map(|option| &*option.label).collect();
                    self.close_list(&choosing, Some(&labels.join(", ")))?;
                    let ids = all.iter().map(|option| option.id.clone()).collect();
                    Reply::Answer(Input::Options(ids))
                }
                None => {
                    self.close_list(&choosing, Some(&typed))?;
                    words(&typed)
                }
            },
            ListOutcome::Instead(reply) => {
                self.close_instead(&choosing, &reply)?;
                reply
            }
            ListOutcome::List | ListOutcome::Menu => {
                let labels: Vec<&str> = marked.iter().map(|option| option.label.as_str()).collect();
                let said = if labels.is_empty() {
                    question.language.translate("(none)").to_string()
                } else {
                    labels.join(", ")
                };
                self.close_list(&choosing, Some(&said))?;
                Reply::Answer(Input::Options(ids))
            }
        };
        Ok(AnswerInWords { reply, standing })
    }

    /// Asks for yes or no.
    pub(super) fn choose_yes_no(
        &mut self,
        question: &OpenQuestion<'_>,
    ) -> io::Result<AnswerInWords> {
        let mut choosing = ListQuestion::yes_no(question);
        loop {
            let chosen = self.choose(&mut choosing)?;
            let at = choosing
                .list
                .at
                .map_or("", |at| if at == 0 { "yes" } else { "no" });
            let said = match chosen {
                ListOutcome::List if !at.is_empty() => at.to_string(),
                ListOutcome::Words(typed) => match typed.trim() {
                    "1" => String::from("yes"),
                    "2" => String::from("no"),
                    typed => typed.to_string(),
                },
                ListOutcome::Instead(reply) => {
                    self.close_instead(&choosing, &reply)?;
                    return Ok(AnswerInWords {
                        reply,
                        standing: at.into(),
                    });
                }
                ListOutcome::List | ListOutcome::Menu => {
                    choosing.message = Some(choosing.point_first());
                    continue;
                }
            };
            let label = match said.as_str() {
                "yes" => "Yes",
                "no" => "No",
                typed => typed,
            };
            self.close_list(&choosing, Some(question.language.translate(label)))?;
            return Ok(AnswerInWords {
                reply: words(&said),
                standing: at.into(),
            });
        }
    }

    /// Asks for a number of a scale, in a row where it has room.
    pub(super) fn choose_number(
        &mut self,
        question: &OpenQuestion<'_>,
    ) -> io::Result<AnswerInWords> {
        let Some(mut choosing) = ListQuestion::scale(question, width(self.screen.size())) else {
            return self.write(question);
        };
        loop {
            let chosen = self.choose(&mut choosing)?;
            let at = choosing.list.pointed().map(String::from);
            let said = match (chosen, &at) {
                (ListOutcome::List, Some(number)) => number.clone(),
                (ListOutcome::Words(typed), _) => typed,
                (ListOutcome::Instead(reply), _) => {
                    self.close_instead(&choosing, &reply)?;
                    return Ok(AnswerInWords {
                        reply,
                        standing: at.unwrap_or_default(),
                    });
                }
                (ListOutcome::List | ListOutcome::Menu, _) => {
                    choosing.message = Some(choosing.point_first());
                    continue;
                }
            };
            self.close_list(&choosing, Some(&said))?;
            return Ok(AnswerInWords {
                reply: words(&said),
                standing: said,
            });
        }
    }

    /// Puts a question with its list, until something is chosen there or in the menu.
    fn choose(&mut self, choosing: &mut ListQuestion<'_>) -> io::Result<ListOutcome> {
        choosing.list.pointer = self.signs.pointer;
        choosing.list.language = self.screen.language;
        if choosing.planned.is_none()
            && let Some(question) = choosing.question
        {
            if let Some(reply) =
                self.read_before(question, |terminal| terminal.plan_list(choosing))?
            {
                return Ok(ListOutcome::Instead(reply));
            }
            self.screen.forget_typeahead()?;
        }
        loop {
            match self.press_until_chosen(choosing)? {
                ListOutcome::Menu => {
                    if let Some(reply) = self.menu(&choosing.head.kept.clone())? {
                        return Ok(ListOutcome::Instead(reply));
                    }
                }
                chosen => {
                    let asked = choosing.question.map(|question| question.ask);
                    if asked.is_some_and(Ask::is_delicate) {
                        // What was typed behind it was not meant for what nobody has seen yet.
                        self.screen.forget_typeahead()?;
                    }
                    return Ok(chosen);
                }
            }
        }
    }

    pub(super) fn press_until_chosen(
        &mut self,
        choosing: &mut ListQuestion<'_>,
    ) -> io::Result<ListOutcome> {
        self.screen.listen()?;
        loop {
            let size = self.screen.size();
            self.screen.look()?;
            match choosing.question {
                Some(question) if self.screen.was_wiped() => {
                    let was_whole = choosing.head.before.is_empty();
                    let plan = |terminal: &Self| terminal.plan_list(choosing);
                    if let Some(reply) = self.set_anew(question, (was_whole, true), plan)? {
                        return Ok(ListOutcome::Instead(reply));
                    }
                }
                // The rows above the menu were set for another width.
                None if self.screen.size() != size => choosing.head.kept.clear(),
                _ => {}
            }
            if !self.screen.has_more() {
                self.show_list(choosing)?;
            }
            let key = match self.screen.press()? {
                KeyAction::Key(key) => key,
                KeyAction::Nothing => continue,
                KeyAction::Gone => return Ok(ListOutcome::Instead(Reply::Pause)),
            };
            let before = choosing.own_words().to_string();
            if let Some(chosen) = choosing.press(&key) {
                return Ok(chosen);
            }
            let own = choosing.own_words();
            if own != before {
                self.keep.progress(own);
            }
        }
    }

    fn plan_list(&self, choosing: &mut ListQuestion<'_>) -> ScreenHead {
        if let Some(question) = choosing.question {
            choosing.head = self.plan_with_notes(question, |notes| {
                choosing.plan(question, self.screen.size(), notes);
                choosing.head.clone()
            });
        }
        choosing.head.clone()
    }

    fn show_list(&mut self, choosing: &mut ListQuestion<'_>) -> io::Result<()> {
        let saved = choosing.saved && choosing.head.before.is_empty();
        choosing.mark = self.screen.told.mark(self.keep.saving(), saved);
        let frame = choosing.frame(self.screen.size());
        self.screen.paint(frame)
    }

    /// Takes the question away; what was chosen stays in the scrollback.
    fn close_list(&mut self, choosing: &ListQuestion<'_>, said: Option<&str>) -> io::Result<()> {
        let (Some(question), Some(said)) = (choosing.question, said) else {
            return self.screen.erase();
        };
        self.record(question.ask, Some(said))
    }

    fn close_instead(&mut self, choosing: &ListQuestion<'_>, reply: &Reply) -> io::Result<()> {
        match choosing.question {
            Some(question) if *reply == Reply::Skip => self.record(question.ask, None),
            _ => self.screen.erase(),
        }
    }
}
