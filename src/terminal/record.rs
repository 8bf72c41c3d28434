//! What stays of a question once it is answered: two rows, so that the next one stands out. Pure.

use super::guard::ScreenSize;
use super::head::width;
use super::paint::{Look, ScreenLine};
use crate::ask::Ask;
use crate::text::first_words;
use crate::text::language::Language;

/// The question in one row, and below it the first words of what was given, with the sign of an
/// answer; or a word for none.
pub(super) fn answered(
    ask: &Ask,
    given: Option<&str>,
    sign: &str,
    size: ScreenSize,
    language: Language,
) -> Vec<ScreenLine> {
    let width = width(size);
    let prompt = ask.prompt.trim_end();
    let question = prompt.rsplit("\n\n").next().unwrap_or_default();
    let question = ScreenLine::new(first_words(question, width), Look::Quiet);
    let room = width.saturating_sub(2);
    let answer = match given {
        Some(words) => {
            let row = format!("{sign} {}", first_words(words, room));
            ScreenLine::from(row).stressed(0..sign.len(), Look::Saved)
        }
        None => {
            let row = format!("  {}", first_words(language.translate(left_out(ask)), room));
            ScreenLine::new(row, Look::Quiet)
        }
    };
    vec![question, answer, ScreenLine::default()]
}

/// What is said of a step without an answer.
fn left_out(ask: &Ask) -> &'static str {
    if ask.optional {
        "(left out)"
    } else {
        "(rather not say)"
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ask::Want;

    #[test]
    fn a_question_and_its_answer_are_a_row_each_with_their_first_words() {
        let ask = Ask::own(
            "act",
            "Before.\n\nWhat was it that you did then?",
            Want::Text,
        );
        let size = ScreenSize {
            columns: 24,
            rows: 15,
        };
        let texts = |given| -> Vec<String> {
            let rows = answered(&ask, given, "*", size, Language::English);
            rows.into_iter().map(|row| row.text).collect()
        };
        assert_eq!(
            texts(Some("I read\nyour messages again.")),
            ["What was it that you di…", "* I read your messages …", ""]
        );
        assert_eq!(texts(None)[1], "  (rather not say)");
    }
}
