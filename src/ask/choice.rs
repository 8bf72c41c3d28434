//! Which option a person means.

use super::{Choice, Input, Reply};

/// The option that a reply chooses: `Ok(None)` when it means none of them, `Err` with the reply
/// when it is no answer.
pub fn chosen(options: &[Choice], reply: Reply) -> Result<Option<&Choice>, Reply> {
    match reply {
        Reply::Answer(Input::Options(ids)) => Ok(meant(options, &ids.concat())),
        Reply::Answer(Input::Words(words)) => Ok(meant(options, &words)),
        Reply::Answer(Input::Ready) => Ok(None),
        other => Err(other),
    }
}

/// The option meant by its id or its label (in any case), or its number from 1.
pub fn meant<'o>(options: &'o [Choice], words: &str) -> Option<&'o Choice> {
    let words = words.trim();
    let label = words.to_lowercase();
    let exact = options.iter().find(|option| option.id == words);
    let named = |option: &&Choice| {
        option.id.to_lowercase() == label || option.label.to_lowercase() == label
    };
    exact.or_else(|| options.iter().find(named)).or_else(|| {
        let number: usize = words.parse().ok()?;
        options.get(number.checked_sub(1)?)
    })
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
        let options = [option("calm", "Quite calm"), option("2", "Tense")];
        for (words, id) in [
            ("calm", "calm"),
            (" QUITE calm ", "calm"),
            ("1", "calm"),
            ("2", "2"),
        ] {
            assert_eq!(
                meant(&options, words).map(|option| option.id.as_str()),
                Some(id)
            );
        }
        for words in ["", "0", "3", "cal", "-1"] {
            assert_eq!(meant(&options, words), None, "{words}");
        }
    }
}
