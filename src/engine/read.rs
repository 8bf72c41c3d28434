//! From what came back to a value: the one gate that typed, scripted and chosen answers all pass.

use super::read_days;
use super::read_days::{ReadValue, reject};
use super::read_options::{choose, chosen, pick};
use crate::ask::{Input, Rejection};
use crate::dates::LocalDay;
use crate::exercise::{Asking, LineLimit, Step, StepKind};
use crate::session::{Answer, OTHER, Outcome, Value};
use crate::text::clean;
use crate::text::is_blank;
use crate::text::language::Language;

/// Whether `step` would take this answer, without any session: the gate that every answer passes.
pub fn check(
    step: &Step,
    given: &Input,
    today: &LocalDay,
    language: Language,
) -> Result<(), Rejection> {
    if declines(step, given, language) {
        return Ok(());
    }
    read(step, given, today, language).map(|_| ())
}

/// What this answer is to `step`, with the words of what was chosen. The same gate as [`check`].
pub fn understand(
    step: &Step,
    given: &Input,
    today: &LocalDay,
    language: Language,
) -> Result<(Value, Option<String>), Rejection> {
    read(step, given, today, language).map(|read| (read.value, read.label))
}

/// Whether this answer says what was given at `step` already. The same gate as [`check`].
pub fn says_the_same(
    step: &Step,
    given: &Input,
    answer: &Answer,
    today: &LocalDay,
    language: Language,
) -> Result<bool, Rejection> {
    if declines(step, given, language) {
        return Ok(answer.given == Outcome::Skipped);
    }
    let (value, label) = understand(step, given, today, language)?;
    // Of what they chose from a list, the words may have changed since.
    let is_own = value == Value::Choice(OTHER.into());
    Ok(answer.own_value() == Some(&value) && (!is_own || answer.label == label))
}

/// Reads an answer to `step`. A `say` step takes none and is not read here.
pub(super) fn read(
    step: &Step,
    given: &Input,
    today: &LocalDay,
    language: Language,
) -> Result<ReadValue, Rejection> {
    let words = match given {
        Input::Ready => String::new(),
        Input::Words(words) => clean(words).into_owned(),
        Input::Options(ids) => return chosen(step, ids, language),
        Input::YesNo(_) if is_text(step.kind()) => {
            let text = "This question takes text, not true or false.";
            return Err(reject("not-text", language.translate(text)));
        }
        Input::YesNo(_) => String::from(given.words().unwrap_or_default()),
    };
    match &step.ask {
        Asking::Say { .. } | Asking::Share { .. } => Err(reject(
            "not-asked",
            language.translate("There’s nothing to answer here."),
        )),
        Asking::Write {
            lines: LineLimit::One,
            ..
        } => one_line(&words, language),
        Asking::Write { .. } | Asking::Draw { .. } | Asking::Compose { .. } => {
            text(&words, language)
        }
        Asking::Choose { options, other, .. } => {
            let other = *other && !matches!(given, Input::YesNo(_));
            choose(options, other, &words, language)
        }
        Asking::Pick { .. } => pick(step, &words, language),
        Asking::Rate { from, to, .. } => rate(*from, *to, &words, language),
        Asking::Confirm => confirm(&words, language),
        Asking::Date => read_days::date(&words, today, language),
        Asking::Promise(sources) => {
            read_days::rule(&words, sources.until.is_some(), today, language)
        }
    }
}

fn is_text(kind: StepKind) -> bool {
    matches!(kind, StepKind::Write | StepKind::Draw | StepKind::Compose)
}

/// What says no.
const NO: &[&str] = &["n", "no", "nope", "false", "no thanks", "no thank you"];

/// Whether a promise is not to be followed, which leaves the step out.
pub(super) fn declines(step: &Step, given: &Input, language: Language) -> bool {
    let no = |words: &str| NO.contains(&&*spoken(words, language));
    step.kind() == StepKind::Promise && given.words().is_some_and(no)
}

/// What was typed in place of a yes or a no, as the English that is read: without the marks that people
/// put behind it.
fn spoken(words: &str, language: Language) -> String {
    let words = words.split(|c: char| c.is_whitespace() || ".!,".contains(c));
    let words: Vec<&str> = words.filter(|word| !word.is_empty()).collect();
    language.typed(&words.join(" ")).to_lowercase()
}

fn empty(language: Language) -> Rejection {
    reject(
        "empty",
        language
            .translate("Nothing is written yet. Write a few words, or type /skip to leave it out."),
    )
}

/// Text of many lines: what trails behind the last word goes, nothing else changes.
fn text(words: &str, language: Language) -> Result<ReadValue, Rejection> {
    let words = words.trim_end();
    if is_blank(words) {
        return Err(empty(language));
    }
    Ok(Value::Text(words.to_string()).into())
}

fn one_line(words: &str, language: Language) -> Result<ReadValue, Rejection> {
    let line = words.trim().replace('\n', " ");
    if is_blank(&line) {
        return Err(empty(language));
    }
    Ok(Value::Text(line).into())
}

fn rate(from: i64, to: i64, words: &str, language: Language) -> Result<ReadValue, Rejection> {
    match words.trim().parse::<i64>() {
        Ok(number) if (from..=to).contains(&number) => Ok(Value::Number(number).into()),
        _ => Err(reject(
            "not-on-scale",
            language.fill(
                "Please type a number from {from} to {to}.",
                &[("from", &from), ("to", &to)],
            ),
        )),
    }
}

fn confirm(words: &str, language: Language) -> Result<ReadValue, Rejection> {
    match spoken(words, language).as_str() {
        "y" | "yes" | "true" => Ok(Value::YesNo(true).into()),
        no if NO.contains(&no) => Ok(Value::YesNo(false).into()),
        _ => Err(reject(
            "not-yes-or-no",
            language.translate("Please type yes or no."),
        )),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::exercise::{AnswerOption, Template, TemplatePiece};

    fn step(ask: Asking) -> Step {
        Step {
            id: "step".into(),
            was: None,
            ask,
            when: None,
            group: None,
            prompt: Template {
                pieces: vec![TemplatePiece::Text("Well?".into())],
            },
            name: None,
            why: None,
            hints: Vec::new(),
            optional: false,
            default: None,
            pin: false,
            sensitive: false,
            unmarked: false,
            help: false,
            remember: None,
            once: false,
            participation: crate::exercise::Participation::default(),
        }
    }

    fn options() -> Vec<AnswerOption> {
        let option = |id: &str, label: &str| AnswerOption {
            id: id.into(),
            label: label.into(),
            note: None,
        };
        vec![
            option("walk", "A walk, alone"),
            option("call", "A call"),
            option("rest", "Rest"),
        ]
    }

    fn today() -> LocalDay {
        LocalDay::of(&crate::test_support::now(), jiff::civil::Time::midnight())
    }

    fn typed(ask: Asking, words: &str) -> Result<Value, &'static str> {
        read(
            &step(ask),
            &Input::Words(words.into()),
            &today(),
            Language::English,
        )
        .map(|read| read.value)
        .map_err(|rejection| rejection.code)
    }

    #[test]
    fn a_text_keeps_its_lines_and_loses_what_trails() {
        let ask = || Asking::Write {
            lines: LineLimit::Many,
            min_words: None,
            review: None,
            about: None,
            of_promise: false,
        };
        assert_eq!(
            typed(ask(), "  one\n\ntwo \n\n"),
            Ok(Value::Text("  one\n\ntwo".into()))
        );
        assert_eq!(typed(ask(), "a\u{1b}[31mb"), Ok(Value::Text("ab".into())));
        assert_eq!(typed(ask(), " \n\t"), Err("empty"));
        let bare = read(
            &step(ask()),
            &Input::YesNo(true),
            &today(),
            Language::English,
        );
        assert_eq!(bare.unwrap_err().code, "not-text");
    }

    #[test]
    fn several_are_picked_in_the_order_of_the_exercise() {
        let ask = || Asking::Pick {
            options: options(),
            min: 0,
            max: 2,
        };
        let ids = |ids: &[&str]| {
            Ok(Value::Choices(
                ids.iter().map(ToString::to_string).collect(),
            ))
        };
        assert_eq!(typed(ask(), "3, walk"), ids(&["walk", "rest"]));
        assert_eq!(typed(ask(), "a walk, alone"), ids(&["walk"]));
        assert_eq!(typed(ask(), "none"), ids(&[]));
        assert_eq!(typed(ask(), ""), ids(&[]));
        assert_eq!(typed(ask(), "1,2,3"), Err("how-many"));
        assert_eq!(typed(ask(), "walk, swim"), Err("not-an-option"));
    }

    #[test]
    fn something_else_is_kept_as_it_was_typed() {
        let ask = Asking::Choose {
            options: options(),
            other: true,
            verdict: false,
        };
        for none in [Input::Words("7".into()), Input::YesNo(true)] {
            assert!(read(&step(ask.clone()), &none, &today(), Language::English).is_err());
        }
        for unseen in ["\u{1d159}", "\u{2800}\u{3164}", "\u{1b}[31m"] {
            assert!(typed(ask.clone(), unseen).is_err(), "{unseen:?}");
        }
        let given = Input::Words("A swim".into());
        let read = read(&step(ask), &given, &today(), Language::English).unwrap();
        assert_eq!(read.value, Value::Choice(OTHER.into()));
        assert_eq!(read.label.as_deref(), Some("A swim"));
    }

    #[test]
    fn what_does_not_fit_the_kind_is_refused() {
        let choose = Asking::Choose {
            options: options(),
            other: false,
            verdict: false,
        };
        let rate = || Asking::Rate {
            from: 1,
            to: 7,
            low: None,
            high: None,
            measure: None,
            up_is_better: None,
        };
        assert_eq!(typed(choose, "4"), Err("not-an-option"));
        assert_eq!(typed(rate(), "8"), Err("not-on-scale"));
        assert_eq!(typed(rate(), "seven"), Err("not-on-scale"));
        assert_eq!(typed(Asking::Confirm, "perhaps"), Err("not-yes-or-no"));
        assert_eq!(typed(Asking::Date, "soon"), Err("no-date"));
    }

    #[test]
    fn a_yes_or_a_no_is_read_with_the_marks_that_people_put_behind_it() {
        for (words, is_yes) in [
            ("Yes.", true),
            (" Y ", true),
            ("No!", false),
            ("no, thanks", false),
        ] {
            assert_eq!(typed(Asking::Confirm, words), Ok(Value::YesNo(is_yes)));
        }
        for words in ["yes?", "no 5", "yes no", ".", "no idea"] {
            assert_eq!(
                typed(Asking::Confirm, words),
                Err("not-yes-or-no"),
                "{words}"
            );
        }
        assert_eq!(spoken("Nein.", Language::German), "no");
        assert_eq!(spoken("Nein, danke!", Language::German), "no thanks");
    }
}
