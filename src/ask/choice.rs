//! Which option a person means.

use super::{Choice, Input, Reply};
use crate::text::name_key;

/// The option that a reply chooses: `Ok(None)` when it means none of them, `Err` with the reply
/// when it is no answer.
pub fn chosen(options: &[Choice], reply: Reply) -> Result<Option<&Choice>, Reply> {
    match reply {
        Reply::Answer(Input::Options(ids)) => Ok(meant(options, &ids.concat())),
        Reply::Answer(given) => Ok(given.words().and_then(|words| meant(options, words))),
        other => Err(other),
    }
}

/// The option meant by its id or its label, however they are written, or its number from 1.
pub fn meant<'o>(options: &'o [Choice], words: &str) -> Option<&'o Choice> {
    let words = words.trim();
    let wanted = name_key(words);
    let exact = options.iter().find(|option| option.id == words);
    let named =
        |option: &&Choice| name_key(&option.id) == wanted || name_key(&option.label) == wanted;
    exact.or_else(|| options.iter().find(named)).or_else(|| {
        let number: usize = words.parse().ok()?;
        options.get(number.checked_sub(1)?)
    })
}

/// The option that is meant where rows with numbers stand in view: a row's number first, whatever the
/// options are called.
pub fn by_row<'o>(options: &'o [Choice], words: &str) -> Option<&'o Choice> {
    let number = words.trim().parse::<usize>().ok();
    let row = number.and_then(|number| options.get(number.checked_sub(1)?));
    row.or_else(|| meant(options, words))
}

/// The same for several, with commas between them; a label can hold one itself. None where any of the
/// words means no option.
pub fn all_by_row<'o>(options: &'o [Choice], words: &str) -> Option<Vec<&'o Choice>> {
    if let Some(option) = by_row(options, words) {
        return Some(vec![option]);
    }
    let parts = words.split(',').filter(|part| !part.trim().is_empty());
    let all: Option<Vec<&Choice>> = parts.map(|part| by_row(options, part)).collect();
    all.filter(|all| !all.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_option_is_meant_by_id_label_or_number() {
        let option = |id: &str, label: &str| Choice {
            id: id.into(),
            label: label.into(),
            note: None,
        };
        let options = [
            option("calm", "Quite calm"),
            option("2", "Tense"),
            option("off", "I’d rather not say"),
        ];
        for (words, id) in [
            ("calm", "calm"),
            (" QUITE calm ", "calm"),
            ("1", "calm"),
            ("2", "2"),
            // Keyboards have another apostrophe.
            ("i'd rather not say", "off"),
        ] {
            assert_eq!(
                meant(&options, words).map(|option| option.id.as_str()),
                Some(id)
            );
        }
        for words in ["", "0", "4", "cal", "-1"] {
            assert_eq!(meant(&options, words), None, "{words}");
        }
    }

    #[test]
    fn at_a_keyboard_the_number_of_a_row_wins_over_labels_that_are_numbers() {
        let options = ["0", "1", "2", "3"].map(|label| Choice {
            id: label.into(),
            label: label.into(),
            note: None,
        });
        let ids = |words| {
            let all = all_by_row(&options, words)?.into_iter();
            Some(all.map(|option| option.id.clone()).collect::<Vec<_>>())
        };
        for (words, ids_meant) in [
            ("1", vec!["0"]),
            ("4", vec!["3"]),
            ("0", vec!["0"]),
            (" 2, 4,", vec!["1", "3"]),
        ] {
            let ids_meant = ids_meant.into_iter().map(String::from).collect();
            assert_eq!(ids(words), Some(ids_meant), "{words}");
        }
        for words in ["", ",", "none", "5", "1, 9"] {
            assert_eq!(ids(words), None, "{words}");
        }
    }
}
