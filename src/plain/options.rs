//! Options that are chosen by typing: how many, and which of them stand there.

use std::io::{self, Write};

use crate::ask::{Ask, Choice, Input, Reply, Want, all_by_row, by_row};
use crate::text::language::Language;
use crate::text::{inert, wrap_indented};

/// How to pick several, and how many.
pub(super) fn several(min: usize, max: usize, of: usize, language: Language) -> String {
    let words = match (min, max) {
        (min, max) if min == max => "Type numbers with commas between them: {min} of them.",
        (0, max) if max >= of => "Type numbers with commas between them.",
        (0, _) => "Type numbers with commas between them, {max} at most.",
        (_, max) if max >= of => "Type numbers with commas between them, at least {min}.",
        _ => "Type numbers with commas between them, from {min} to {max} of them.",
    };
    language.fill(words, &[("min", &min), ("max", &max)])
}

/// The option that stands there, as what Enter alone gives.
pub(super) fn standing(ask: &Ask, options: &[Choice]) -> Option<(String, Input)> {
    let initial = ask.initial.as_ref()?;
    let ids: Vec<&str> = initial
        .split(',')
        .map(str::trim)
        .filter(|id| !id.is_empty())
        .collect();
    let labels: Vec<&str> = ids
        .iter()
        .filter_map(|id| options.iter().find(|option| option.id == *id))
        .map(|option| option.label.as_str())
        .collect();
    let words = if labels.is_empty() {
        initial.clone()
    } else {
        labels.join(", ")
    };
    let given = if labels.is_empty() {
        Input::Words(initial.clone())
    } else {
        Input::Options(ids.into_iter().map(String::from).collect())
    };
    Some((words, given))
}

/// What was typed below a list, as the options that it means there.
pub(super) fn in_rows(want: &Want, reply: Reply) -> Reply {
    let Reply::Answer(Input::Words(words)) = &reply else {
        return reply;
    };
    let meant = match want {
        Want::One { options, .. } => by_row(options, words).map(|option| vec![option]),
        Want::Many { options, .. } => all_by_row(options, words),
        _ => None,
    };
    let ids = meant.map(|all| all.iter().map(|option| option.id.clone()).collect());
    ids.map_or(reply, |ids| Reply::Answer(Input::Options(ids)))
}

/// Writes the options, and under which words they may type their own.
pub(super) fn list(
    out: &mut dyn Write,
    (width, language): (usize, Language),
    options: &[Choice],
    other: Option<&str>,
) -> io::Result<()> {
    for (at, option) in options.iter().enumerate() {
        let first = format!("{:>2}. ", at + 1);
        let mut label = inert(&option.label).into_owned();
        if let Some(note) = &option.note {
            label = format!("{label}: {}", inert(note));
        }
        for line in wrap_indented(&label, width, &first, "    ") {
            writeln!(out, "{line}")?;
        }
    }
    match other {
        Some(other) => {
            let other = language.translate(other);
            let type_it = language.fill("{other}: type it", &[("other", &other)]);
            writeln!(out, "    {type_it}\n")
        }
        None => writeln!(out),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_is_the_row_s_though_options_are_called_by_numbers_and_enter_alone_keeps_what_stands()
     {
        let options = ["0", "1", "2", "3"].map(|label| Choice {
            id: label.into(),
            label: label.into(),
            note: None,
        });
        let mut ask = Ask::own_choice("how", "How much?", &options);
        let typed = |words: &str| Reply::Answer(Input::Words(words.into()));
        let taken = |id: &str| Reply::Answer(Input::Options(vec![id.into()]));
        assert_eq!(in_rows(&ask.want, typed("1")), taken("0"));
        assert_eq!(in_rows(&ask.want, typed("4")), taken("3"));
        assert_eq!(in_rows(&ask.want, typed("9")), typed("9"));
        ask.initial = Some("1".into());
        let (_, kept) = standing(&ask, &options).unwrap();
        assert_eq!(in_rows(&ask.want, Reply::Answer(kept)), taken("1"));
    }
}
