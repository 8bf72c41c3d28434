//! The reading of what is chosen from a list.

use super::read_days::{ReadValue, reject};
use crate::ask::{self, Rejection};
use crate::exercise::{AnswerOption, Asking, Step};
use crate::session::{OTHER, Value};
use crate::text::is_blank;
use crate::text::language::Language;

/// The option that is meant.
fn option<'o>(options: &'o [AnswerOption], words: &str) -> Option<&'o AnswerOption> {
    let shown: Vec<ask::Choice> = options.iter().map(choice).collect();
    let id = &ask::meant(&shown, words)?.id;
    options.iter().find(|option| option.id == *id)
}

/// Reads one option, or words of their own where `other` says so.
pub(super) fn choose(
    options: &[AnswerOption],
    other: bool,
    words: &str,
    language: Language,
) -> Result<ReadValue, Rejection> {
    if let Some(option) = option(options, words) {
        let value = Value::Choice(option.id.clone());
        return Ok(ReadValue {
            value,
            label: Some(option.label.clone()),
        });
    }
    let own = words.trim().replace('\n', " ");
    // A bare number is a slip in a list of numbers, and no answer of their own.
    if other && !is_blank(&own) && own.parse::<i64>().is_err() {
        return Ok(ReadValue {
            value: Value::Choice(OTHER.into()),
            label: Some(own),
        });
    }
    Err(not_an_option(options, language))
}

fn not_an_option(options: &[AnswerOption], language: Language) -> Rejection {
    let names: Vec<&str> = options.iter().map(|option| option.id.as_str()).collect();
    let (count, names) = (options.len(), names.join(", "));
    reject(
        Rejection::NOT_AN_OPTION,
        language.fill(
            "Please give a number from 1 to {count}, or one of: {names}.",
            &[("count", &count), ("names", &names)],
        ),
    )
}

/// Reads several options with commas between.
pub(super) fn pick(step: &Step, words: &str, language: Language) -> Result<ReadValue, Rejection> {
    let words = words.trim();
    // A label can hold a comma, and an option can be called “none”.
    if option(step.options(), words).is_some() {
        return chosen(step, &[words.to_string()], language);
    }
    if words.is_empty() || words == "none" || words == language.translate("none") {
        return chosen(step, &[], language);
    }
    let parts = words
        .split(',')
        .map(str::trim)
        .filter(|part| !part.is_empty());
    let parts: Vec<String> = parts.map(String::from).collect();
    chosen(step, &parts, language)
}

/// What was chosen from a list, each by id, label or number.
pub(super) fn chosen(
    step: &Step,
    given: &[String],
    language: Language,
) -> Result<ReadValue, Rejection> {
    match &step.ask {
        Asking::Choose { options, other, .. } => match given {
            [words] => choose(options, *other, words, language),
            _ => Err(not_an_option(options, language)),
        },
        Asking::Pick { options, min, max } => {
            let meant: Option<Vec<&AnswerOption>> =
                given.iter().map(|words| option(options, words)).collect();
            let meant = meant.ok_or_else(|| not_an_option(options, language))?;
            let kept: Vec<&AnswerOption> = options
                .iter()
                .filter(|option| meant.contains(option))
                .collect();
            let count = u32::try_from(kept.len()).unwrap_or(u32::MAX);
            if count < *min || count > *max {
                return Err(reject("how-many", how_many(*min, *max, language)));
            }
            let labels: Vec<&str> = kept.iter().map(|option| option.label.as_str()).collect();
            let label = (!labels.is_empty()).then(|| labels.join(", "));
            let value = Value::Choices(kept.iter().map(|option| option.id.clone()).collect());
            Ok(ReadValue { value, label })
        }
        _ => Err(reject(
            "not-a-list",
            language.translate("This question doesn’t take a list."),
        )),
    }
}

fn how_many(min: u32, max: u32, language: Language) -> String {
    let words = match (min, max) {
        (min, max) if min == max => "Please pick {min}.",
        (0, _) => "Please pick {max} at most.",
        _ => "Please pick {min} to {max}.",
    };
    language.fill(words, &[("min", &min), ("max", &max)])
}

pub(super) fn choice(choice: &AnswerOption) -> ask::Choice {
    ask::Choice {
        id: choice.id.clone(),
        label: choice.label.clone(),
        note: choice.note.clone(),
    }
}
