//! The line in a draft below which everything is ours: laid out, and found again however an editor or a
//! formatter has changed it.

/// What is above this line in the draft is the text; the rest is ours.
const SCISSORS: &str = "------ >8 ------";

/// So many words of ours in their order are no chance.
const FEW: usize = 3;

/// What stands below a text: the line, the words that say so, and the question.
pub(super) fn footer(read_only: &str, note: &str) -> String {
    format!("\n{SCISSORS}\n{read_only}\n\n{note}\n")
}

/// The text without what is ours, and whether more was done to the draft than to write above the line.
pub(super) fn above(read: &str, read_only: &str, note: &str) -> (String, bool) {
    let (mut text, mut doubtful) = above_the_last(read, read_only, note);
    // What is ours can be there more than once: pasted, merged, or taken back twice.
    while let Some(sentence) = place_of(&text, read_only) {
        doubtful = true;
        let start = match cut_line(&text[..sentence]) {
            Some((start, end)) if text[end..sentence].trim().is_empty() => start,
            _ => sentence,
        };
        let last = words(read_only).count().saturating_sub(1);
        let last = words(&text[sentence..]).nth(last);
        let end = last.map_or(text.len(), |(at, _)| end_of(&text, sentence + at));
        let behind = without_question(&text[end..], note);
        let parts = [text[..start].trim_end(), behind.trim_start()];
        let parts = parts.into_iter().filter(|part| !part.is_empty());
        text = parts.collect::<Vec<_>>().join("\n\n");
    }
    (text, doubtful)
}

/// The same where what is ours is there once.
fn above_the_last(read: &str, read_only: &str, note: &str) -> (String, bool) {
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
        // The line was taken away. What is left of us is the question.
        (None, None) => return (without_question(read, note), false),
    };
    let text = read[..at].trim_end_matches([' ', '\t']);
    let text = text.strip_suffix('\n').unwrap_or(text);
    // Without the line the question may have come above the sentence.
    let text = match line {
        Some(_) => text.to_string(),
        None => without_question(text, note),
    };
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
    let end = |at: usize| end_of(text, all[at].0);
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

/// A text without the question, all of it or its last paragraphs, where that begins a line, however it is
/// wrapped. Words of theirs may stand before it and behind it.
fn without_question(text: &str, note: &str) -> String {
    let all: Vec<(usize, String)> = words(text).collect();
    let begins = note.match_indices("\n\n").map(|(at, _)| at);
    let found = std::iter::once(0).chain(begins).find_map(|from| {
        let ours: Vec<String> = words(&note[from..]).map(|(_, word)| word).collect();
        let mut places = all.windows(ours.len().max(1));
        let is_ours = |some: &&[(usize, String)]| {
            let (start, end) = (some[0].0, end_of(text, some[some.len() - 1].0));
            let begins_line = is_blank(text[..start].rsplit('\n').next());
            // A short question is no chance where nothing else is on its line.
            let is_known =
                ours.len() >= FEW || from == 0 && is_blank(text[end..].split('\n').next());
            begins_line && is_known && some.iter().map(|(_, word)| word).eq(&ours)
        };
        let some = places.rfind(is_ours)?;
        Some((some[0].0, end_of(text, some[some.len() - 1].0)))
    });
    let Some((start, end)) = found else {
        return text.to_string();
    };
    let (before, after) = (&text[..start], text[end..].trim_start());
    match (before.trim_end(), after) {
        (_, "") => before.to_string(),
        ("", after) => after.to_string(),
        (before, after) => format!("{before}\n\n{after}"),
    }
}

/// Where the word ends that begins here.
fn end_of(text: &str, start: usize) -> usize {
    let word = text[start..].split_whitespace().next();
    start + word.map_or(0, str::len)
}

fn is_blank(line: Option<&str>) -> bool {
    line.is_none_or(|line| line.trim().is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;

    const READ_ONLY: &str = "Write above this line; anything below it is dropped.";
    const NOTE: &str = "The vault is on.\n\nWhat didn’t you say to them, and why?";

    #[test]
    fn what_is_ours_never_comes_into_the_text_though_it_is_there_twice_or_upside_down() {
        let draft = format!("First words.{}", footer(READ_ONLY, NOTE));
        let taken = |read: &str| above(read, READ_ONLY, NOTE);
        for (read, text) in [
            (draft.repeat(2), "First words.\n\nFirst words."),
            (
                draft.repeat(3),
                "First words.\n\nFirst words.\n\nFirst words.",
            ),
            (format!("{draft}Last words.\n"), "First words."),
            (
                format!("{draft}{}", footer(READ_ONLY, NOTE)),
                "First words.",
            ),
            (
                format!("{}{draft}", footer(READ_ONLY, NOTE)),
                "First words.",
            ),
        ] {
            assert_eq!(taken(&read), (text.to_string(), true), "{read:?}");
        }
        let upside_down: Vec<&str> = draft.lines().rev().collect();
        let (text, doubtful) = taken(&upside_down.join("\n"));
        assert!(doubtful && !text.contains("didn’t you say"), "{text}");
    }

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
            assert_eq!(without_question(&text, note), left, "{text:?}");
        }
        for theirs in [
            "I ask: Write to them: what didn’t you say?",
            "The vault is on. I said nothing.",
            "",
        ] {
            assert_eq!(without_question(theirs, note), theirs);
        }
        let theirs = "What? Nothing.";
        assert_eq!(without_question(theirs, "What?"), theirs);
        assert_eq!(without_question("What?\nNothing.", "What?"), "Nothing.");
        // A short line of theirs that is like the end of a longer question stays.
        let theirs = "I asked.\nAnd why?\n";
        assert_eq!(without_question(theirs, "What was it?\n\nAnd why?"), theirs);
    }
}
