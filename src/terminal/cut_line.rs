//! The line in a draft below which everything is ours: laid out, and found again however an editor or a
//! formatter has changed it.

/// What is above this line in the draft is the text; the rest is ours.
const SCISSORS: &str = "------ >8 ------";

/// So many words of ours at the end of a draft are no chance.
const FEW: usize = 3;

/// What stands below a text: the line, the words that say so, and the question.
pub(super) fn footer(read_only: &str, note: &str) -> String {
    format!("\n{SCISSORS}\n{read_only}\n\n{note}\n")
}

/// The text without what is ours, and whether something that isn't ours stood below it.
pub(super) fn above(read: &str, read_only: &str, note: &str) -> (String, bool) {
    if let Some(text) = read.strip_suffix(&footer(read_only, note)) {
        return (text.to_string(), false);
    }
    let sentence = place_of(read, read_only);
    let line = cut_line(&read[..sentence.unwrap_or(read.len())]);
    let (at, below) = match (line, sentence) {
        // A line of theirs, further above.
        (Some((_, end)), Some(at)) if !read[end..at].trim().is_empty() => (at, at),
        (Some((start, end)), _) => (start, end),
        (None, Some(at)) => (at, at),
        // The line was taken away. What is left of us at the end is the question.
        (None, None) => {
            let end = question_at_end(read, note).unwrap_or(read.len());
            return (read[..end].to_string(), false);
        }
    };
    let text = read[..at].trim_end_matches([' ', '\t']);
    let text = text.strip_suffix('\n').unwrap_or(text).to_string();
    let ours = format!("{read_only} {note}");
    // Words of ours that are left, in their order, and no others.
    let mut ours = words(&ours).map(|(_, word)| word);
    let only_ours = words(&read[below..]).all(|(_, word)| ours.any(|our| our == word));
    (text, !only_ours)
}

/// The words of a text with their places, as they are compared: dashes and quotation marks are alike,
/// since editors put one for another, and so are words with a sign of Markdown before them and without.
fn words(text: &str) -> impl DoubleEndedIterator<Item = (usize, String)> + '_ {
    let words = text.split_whitespace();
    words.map(|word| (word.as_ptr() as usize - text.as_ptr() as usize, plain(word)))
}

fn plain(word: &str) -> String {
    let mut plain = String::new();
    for c in word.replace("&gt;", ">").chars() {
        match c {
            '-' | '\u{2010}'..='\u{2015}' | '\u{2212}' | '\u{2500}' if plain.ends_with('-') => {}
            '-' | '\u{2010}'..='\u{2015}' | '\u{2212}' | '\u{2500}' => plain.push('-'),
            '\u{2018}'..='\u{201b}' | '\u{2039}' | '\u{203a}' => plain.push('\''),
            '\u{201c}'..='\u{201f}' | '«' | '»' => plain.push('"'),
            '…' => plain.push_str("..."),
            '\\' => {}
            other => plain.push(other),
        }
    }
    plain
}

/// Where the cut line stands last, and where it ends.
fn cut_line(text: &str) -> Option<(usize, usize)> {
    let all: Vec<(usize, String)> = words(text).collect();
    let end = |at: usize| {
        let (start, _) = all[at];
        let word = text[start..].split_whitespace().next();
        start + word.map_or(0, str::len)
    };
    let is = |at: usize, wanted: &str| all.get(at).is_some_and(|(_, word)| word == wanted);
    (0..all.len())
        .rev()
        .find_map(|at| match all[at].1.as_str() {
            "->8-" => Some((all[at].0, end(at))),
            "-" if is(at + 1, ">8") && is(at + 2, "-") => Some((all[at].0, end(at + 2))),
            "-" if is(at + 1, ">8-") => Some((all[at].0, end(at + 1))),
            "->8" if is(at + 1, "-") => Some((all[at].0, end(at + 1))),
            _ => None,
        })
}

/// Where words of ours stand last, however a formatter has set the space between them.
fn place_of(text: &str, ours: &str) -> Option<usize> {
    let all: Vec<(usize, String)> = words(text).collect();
    let ours: Vec<String> = words(ours).map(|(_, word)| word).collect();
    let found = all.windows(ours.len().max(1)).rfind(|some| {
        let some = some.iter().map(|(_, word)| word);
        some.eq(&ours)
    });
    found.map(|some| some[0].0)
}

/// Where the question begins at the end of a text, all of it or its last paragraphs, however it is
/// wrapped.
fn question_at_end(text: &str, note: &str) -> Option<usize> {
    let text = text.trim_end();
    let all: Vec<(usize, String)> = words(text).collect();
    let begins = note.match_indices("\n\n").map(|(at, _)| at);
    std::iter::once(0).chain(begins).find_map(|from| {
        let ours: Vec<String> = words(&note[from..]).map(|(_, word)| word).collect();
        let few = ours.is_empty() || from > 0 && ours.len() < FEW;
        let place = all.len().checked_sub(ours.len()).filter(|_| !few)?;
        let is_ours = all[place..].iter().map(|(_, word)| word).eq(&ours);
        is_ours.then(|| all[place].0)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    const READ_ONLY: &str = "Write above this line; anything below it is dropped.";
    const NOTE: &str = "The vault is on.\n\nWhat didn’t you say to them, and why?";

    /// The text that is taken of a draft, where nothing in it is doubtful.
    fn text_of(read: &str) -> String {
        let (text, doubtful) = above(read, READ_ONLY, NOTE);
        assert!(!doubtful, "{read:?}");
        text
    }

    #[test]
    fn no_word_of_ours_comes_back_however_the_line_was_changed() {
        for line in [
            "— >8 —",
            "——— >8 ———",
            "--- >8 ---",
            "–>8–",
            "------ &gt;8 ------",
            "\\------ >8 ------",
            "------\n>8 ------",
            "---->8 ----",
        ] {
            let sentence = READ_ONLY.replace("line; ", "line;\n");
            let asks = NOTE.replace('’', "'").replace("to them, ", "to\nthem, ");
            for below in [
                format!("\n{sentence}\n\n{NOTE}\n"),
                format!("\n\n{asks}\n"),
                format!(" {sentence} {asks}"),
                String::new(),
            ] {
                let read = format!("two\nthree\n{line}{below}");
                assert_eq!(text_of(&read), "two\nthree", "{read:?}");
            }
        }
    }

    #[test]
    fn the_question_goes_where_the_line_and_the_sentence_were_taken_away() {
        for left in [
            NOTE,
            "The vault is on. What\ndidn't you say to\nthem, and why?",
            "What didn’t you say\nto them, and why?\n",
        ] {
            assert_eq!(text_of(&format!("two\n\n{left}")), "two\n\n", "{left:?}");
        }
        // A word that both have is theirs.
        assert_eq!(text_of("two, and why?\n"), "two, and why?\n");
    }

    #[test]
    fn a_line_of_theirs_is_a_part_of_their_text() {
        let theirs = "one\n------ >8 ------\ntwo";
        let read = format!("{theirs}\n\n{READ_ONLY}\n{NOTE}");
        assert_eq!(text_of(&read), format!("{theirs}\n"));
        let read = format!("{theirs}\n— >8 —\n{NOTE}");
        assert_eq!(text_of(&read), theirs);
    }

    #[test]
    fn what_is_written_below_the_line_is_doubtful() {
        for below in [format!("{NOTE} And this."), String::from("And this.")] {
            let read = format!("two\n— >8 —\n{READ_ONLY}\n{below}");
            assert_eq!(above(&read, READ_ONLY, NOTE), (String::from("two"), true));
        }
    }
}
