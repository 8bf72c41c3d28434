//! From what came back to a value: the one gate that typed, scripted and chosen answers all pass.

use crate::ask::{self, Input, Rejection};
use crate::dates::{self, DayRule, LocalDay, WhenReading};
use crate::exercise::{AnswerOption, Asking, LineLimit, Step, StepKind};
use crate::session::{OTHER, Value};
use crate::text::clean;
use crate::text::is_blank;

/// Whether `step` would take this answer, without any session: the gate that every answer passes.
pub fn check(step: &Step, given: &Input, today: &LocalDay) -> Result<(), Rejection> {
    if declines(step, given) {
        return Ok(());
    }
    read(step, given, today).map(|_| ())
}

/// What this answer is to `step`, with the words of what was chosen. The same gate as [`check`].
pub fn understand(
    step: &Step,
    given: &Input,
    today: &LocalDay,
) -> Result<(Value, Option<String>), Rejection> {
    read(step, given, today).map(|read| (read.value, read.label))
}

/// A value, and the words of what was chosen.
#[derive(Debug, PartialEq)]
pub(super) struct ReadValue {
    pub value: Value,
    pub label: Option<String>,
}

impl From<Value> for ReadValue {
    fn from(value: Value) -> Self {
        Self { value, label: None }
    }
}

/// Reads an answer to `step`. A `say` step takes none and is not read here.
pub(super) fn read(step: &Step, given: &Input, today: &LocalDay) -> Result<ReadValue, Rejection> {
    let words = match given {
        Input::Ready => String::new(),
        Input::Words(words) => clean(words).into_owned(),
        Input::Options(ids) => return chosen(step, ids),
    };
    match &step.ask {
        Asking::Say | Asking::Share { .. } => {
            Err(reject("not-asked", "There’s nothing to answer here."))
        }
        Asking::Write {
            lines: LineLimit::One,
            ..
        } => one_line(&words),
        Asking::Write { .. } | Asking::Draw { .. } | Asking::Compose { .. } => text(&words),
        Asking::Choose { options, other, .. } => choose(options, *other, &words),
        Asking::Pick { .. } => pick(step, &words),
        Asking::Rate { from, to, .. } => rate(*from, *to, &words),
        Asking::Confirm => confirm(&words),
        Asking::Date => match dates::read(&words, today) {
            Some(date) => Ok(Value::Date(date).into()),
            None => Err(reject(
                "no-date",
                format!("Please type a day, such as {}.", dates::EXAMPLES),
            )),
        },
        Asking::Promise(sources) => rule(&words, sources.until.is_some(), today),
    }
}

/// Whether a promise is not to be followed, which leaves the step out.
pub(super) fn declines(step: &Step, given: &Input) -> bool {
    let no = |words: &String| matches!(words.trim().to_lowercase().as_str(), "n" | "no" | "false");
    step.kind() == StepKind::Promise && matches!(given, Input::Words(words) if no(words))
}

/// A rule for days. Without an end it will do where one is known from elsewhere.
fn rule(words: &str, end_is_known: bool, today: &LocalDay) -> Result<ReadValue, Rejection> {
    let stored = words.trim().parse::<DayRule>().map(WhenReading::Rule);
    let read = stored.or_else(|_| dates::read_when(words, today.date, &today.zone));
    match read {
        Ok(WhenReading::Rule(rule)) if rule.until().is_none() && !end_is_known => {
            Err(no_end(&rule))
        }
        Ok(WhenReading::Rule(rule)) => Ok(rule_value(&rule)),
        Ok(WhenReading::MonthEnd { day, last, exact }) => {
            let (last, exact) = (last.words(), exact.words());
            Err(reject(
                "no-rule",
                format!("Not every month has day {day}. You can type: {last}; or: {exact}."),
            ))
        }
        Err(problem) => Err(reject("no-rule", problem.to_string())),
    }
}

pub(super) fn rule_value(rule: &DayRule) -> ReadValue {
    ReadValue {
        value: Value::Rule(rule.to_string()),
        label: Some(rule.words()),
    }
}

pub(super) fn no_end(rule: &DayRule) -> Rejection {
    let words = rule.words();
    reject(
        "no-end",
        format!(
            "Until when? A week or two is long enough: {words} for 2 weeks, {words} until friday."
        ),
    )
}

fn reject(code: &'static str, message: impl Into<String>) -> Rejection {
    Rejection {
        code,
        message: message.into(),
    }
}

fn empty() -> Rejection {
    reject(
        "empty",
        "Nothing is written yet. Write a few words, or type /skip to leave it out.",
    )
}

/// Text of many lines: what trails behind the last word goes, nothing else changes.
fn text(words: &str) -> Result<ReadValue, Rejection> {
    let words = words.trim_end();
    if is_blank(words) {
        return Err(empty());
    }
    Ok(Value::Text(words.to_string()).into())
}

fn one_line(words: &str) -> Result<ReadValue, Rejection> {
    let line = words.trim().replace('\n', " ");
    if line.is_empty() {
        return Err(empty());
    }
    Ok(Value::Text(line).into())
}

/// The option that is meant.
fn option<'o>(options: &'o [AnswerOption], words: &str) -> Option<&'o AnswerOption> {
    let shown: Vec<ask::Choice> = options.iter().map(choice).collect();
    let id = &ask::meant(&shown, words)?.id;
    options.iter().find(|option| option.id == *id)
}

fn choose(options: &[AnswerOption], other: bool, words: &str) -> Result<ReadValue, Rejection> {
    if let Some(option) = option(options, words) {
        let value = Value::Choice(option.id.clone());
        return Ok(ReadValue {
            value,
            label: Some(option.label.clone()),
        });
    }
    let own = words.trim().replace('\n', " ");
    // A bare number is a slip in a list of numbers, and no answer of their own.
    if other && !own.is_empty() && own.parse::<i64>().is_err() {
        return Ok(ReadValue {
            value: Value::Choice(OTHER.into()),
            label: Some(own),
        });
    }
    Err(not_an_option(options))
}

fn not_an_option(options: &[AnswerOption]) -> Rejection {
    let names: Vec<&str> = options.iter().map(|option| option.id.as_str()).collect();
    let (count, names) = (options.len(), names.join(", "));
    reject(
        Rejection::NOT_AN_OPTION,
        format!("Please give a number from 1 to {count}, or one of: {names}."),
    )
}

fn pick(step: &Step, words: &str) -> Result<ReadValue, Rejection> {
    let words = words.trim();
    if words.is_empty() || words == "none" {
        return chosen(step, &[]);
    }
    // A label can hold a comma.
    if option(step.options(), words).is_some() {
        return chosen(step, &[words.to_string()]);
    }
    let parts = words
        .split(',')
        .map(str::trim)
        .filter(|part| !part.is_empty());
    chosen(step, &parts.map(String::from).collect::<Vec<_>>())
}

/// What was chosen from a list, each by id, label or number.
fn chosen(step: &Step, given: &[String]) -> Result<ReadValue, Rejection> {
    match &step.ask {
        Asking::Choose { options, other, .. } => match given {
            [words] => choose(options, *other, words),
            _ => Err(not_an_option(options)),
        },
        Asking::Pick { options, min, max } => {
            let meant: Option<Vec<&AnswerOption>> =
                given.iter().map(|words| option(options, words)).collect();
            let meant = meant.ok_or_else(|| not_an_option(options))?;
            let kept: Vec<&AnswerOption> = options
                .iter()
                .filter(|option| meant.contains(option))
                .collect();
            let count = u32::try_from(kept.len()).unwrap_or(u32::MAX);
            if count < *min || count > *max {
                return Err(reject("how-many", how_many(*min, *max)));
            }
            let labels: Vec<&str> = kept.iter().map(|option| option.label.as_str()).collect();
            let label = (!labels.is_empty()).then(|| labels.join(", "));
            let value = Value::Choices(kept.iter().map(|option| option.id.clone()).collect());
            Ok(ReadValue { value, label })
        }
        _ => Err(reject("not-a-list", "This question doesn’t take a list.")),
    }
}

fn how_many(min: u32, max: u32) -> String {
    if min == max {
        format!("Please pick {min}.")
    } else if min == 0 {
        format!("Please pick {max} at most.")
    } else {
        format!("Please pick {min} to {max}.")
    }
}

fn rate(from: i64, to: i64, words: &str) -> Result<ReadValue, Rejection> {
    match words.trim().parse::<i64>() {
        Ok(number) if (from..=to).contains(&number) => Ok(Value::Number(number).into()),
        _ => Err(reject(
            "not-on-scale",
            format!("Please type a number from {from} to {to}."),
        )),
    }
}

fn confirm(words: &str) -> Result<ReadValue, Rejection> {
    match words.trim().to_lowercase().as_str() {
        "y" | "yes" | "true" => Ok(Value::YesNo(true).into()),
        "n" | "no" | "false" => Ok(Value::YesNo(false).into()),
        _ => Err(reject("not-yes-or-no", "Please type yes or no.")),
    }
}

pub(super) fn choice(choice: &AnswerOption) -> ask::Choice {
    ask::Choice {
        id: choice.id.clone(),
        label: choice.label.clone(),
        note: choice.note.clone(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::exercise::{Template, TemplatePiece};

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
            remember: None,
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
        read(&step(ask), &Input::Words(words.into()), &today())
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
        assert_eq!(
            typed(ask(), "a\u{1b}[31mb"),
            Ok(Value::Text("a[31mb".into()))
        );
        assert_eq!(typed(ask(), " \n\t"), Err("empty"));
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
        let seven = Input::Words("7".into());
        assert!(read(&step(ask.clone()), &seven, &today()).is_err());
        let given = Input::Words("A swim".into());
        let read = read(&step(ask), &given, &today()).unwrap();
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
}
