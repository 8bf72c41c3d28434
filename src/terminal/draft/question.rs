//! Our question in a draft from which the line above it was taken away.

/// So many words in their order are no chance.
const FEW: usize = 3;

/// The text without the question, or its last paragraphs, where that begins a line of it. Words of
/// theirs may stand before it and behind it.
pub(super) fn without(text: &str, note: &str) -> Option<String> {
    let all: Vec<&str> = text.split_whitespace().collect();
    let place = |word: &str| word.as_ptr() as usize - text.as_ptr() as usize;
    let begins = note.match_indices("\n\n").map(|(at, _)| at);
    let (start, end) = std::iter::once(0).chain(begins).find_map(|from| {
        let ours: Vec<&str> = note[from..].split_whitespace().collect();
        let mut some = all.windows(ours.len().max(1));
        some.rfind(|some| {
            let (start, end) = ends_of(some, place);
            let is_ours = some
                .iter()
                .copied()
                .map(plain)
                .eq(ours.iter().copied().map(plain));
            let begins_line = is_blank(text[..start].rsplit('\n').next());
            let ends_line = is_blank(text[end..].split('\n').next());
            is_ours && begins_line && (ends_line || ours.len() >= FEW)
        })
        .map(|some| ends_of(some, place))
    })?;
    let (before, after) = (text[..start].trim_end(), text[end..].trim_start());
    let gap = if before.is_empty() { "" } else { "\n\n" };
    Some(format!("{before}{gap}{after}"))
}

/// Where some words begin and end.
fn ends_of(some: &[&str], place: impl Fn(&str) -> usize) -> (usize, usize) {
    let last = some[some.len() - 1];
    (place(some[0]), place(last) + last.len())
}

/// A word as it is compared: editors put one quotation mark for another.
fn plain(word: &str) -> String {
    word.replace(['‘', '’'], "'").replace(['“', '”', '„'], "\"")
}

fn is_blank(line: Option<&str>) -> bool {
    line.is_none_or(|line| line.trim().is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_question_is_taken_out_of_a_text_that_was_written_around_it() {
        let note = "The vault is on.\n\nWrite to them: what didn’t you say?";
        for (text, left) in [
            (format!("\n{note}\nI lied below.\n"), "I lied below.\n"),
            (format!("One.\n\n{}\n\nTwo.", &note[18..]), "One.\n\nTwo."),
            (
                "Write to them: what\ndidn't you say? I lied.".into(),
                "I lied.",
            ),
        ] {
            assert_eq!(without(&text, note).as_deref(), Some(left), "{text:?}");
        }
        for theirs in [
            "I ask: Write to them: what didn’t you say?",
            "The vault is on. I said nothing.",
            "",
        ] {
            assert_eq!(without(theirs, note), None, "{theirs}");
        }
        assert_eq!(without("What? Nothing.", "What?"), None);
        assert_eq!(without("What?\nNothing.", "What?").unwrap(), "Nothing.");
    }
}
