//! What differs between two texts, marked in both by signs that are read aloud and print.

use similar::{Algorithm, DiffTag, capture_diff_slices};

/// The two texts with what differs in `[brackets]`; none where too little of them is the same for that
/// to help.
pub fn mark_changes(before: &str, after: &str) -> Option<[String; 2]> {
    let [before, after] = [before, after].map(|text| {
        let pieces = text.split_inclusive(char::is_whitespace);
        pieces.collect::<Vec<_>>()
    });
    let words = |pieces: &[&str]| pieces.iter().filter(|it| !it.trim().is_empty()).count();
    let most = words(&before).max(words(&after));
    if most > MOST_WORDS {
        return None;
    }
    let [one, other] = [&before, &after].map(|pieces| {
        let words = pieces.iter().map(|piece| piece.trim_end());
        words.collect::<Vec<_>>()
    });
    let (mut marked, mut same) = ([String::new(), String::new()], 0);
    for step in capture_diff_slices(Algorithm::Myers, &one, &other) {
        let (tag, there, here) = step.as_tag_tuple();
        let pieces = [&before[there], &after[here]];
        let is_same = tag == DiffTag::Equal;
        same += if is_same { words(pieces[0]) } else { 0 };
        for (out, pieces) in marked.iter_mut().zip(pieces) {
            match is_same {
                true => out.extend(pieces.iter().copied()),
                false => put_marked(out, pieces),
            }
        }
    }
    (same * LEAST_SAME >= most).then_some(marked)
}

/// Adds pieces in brackets, each line in its own.
fn put_marked(out: &mut String, pieces: &[&str]) {
    for line in pieces.split_inclusive(|piece| piece.ends_with('\n')) {
        let line = line.concat();
        let (words, start) = (line.trim(), line.trim_start());
        match words {
            "" => out.push_str(&line),
            words => {
                let (blank, rest) = (line.len() - start.len(), &start[words.len()..]);
                out.push_str(&format!("{}[{words}]{rest}", &line[..blank]));
            }
        }
    }
}

/// At least one word in so many has to be the same.
const LEAST_SAME: usize = 3;

/// Longer texts are not compared word by word: that takes too long.
const MOST_WORDS: usize = 5_000;

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn what_differs_stands_in_brackets_in_both() {
        let marked = mark_changes(
            "I said too little at the table,\nand it was late.",
            "I said far too little at the table,\nand you went to bed.",
        );
        let [then, now] = marked.unwrap();
        assert_eq!(then, "I said too little at the table,\nand [it was late.]");
        assert_eq!(
            now,
            "I said [far] too little at the table,\nand [you went to bed.]"
        );
        let [then, now] = mark_changes("one two\n\nthree", "one two\nfour\n\nfive\n").unwrap();
        assert_eq!(
            (then.as_str(), now.as_str()),
            ("one two\n\n[three]", "one two\n[four]\n\n[five]\n")
        );
    }

    #[test]
    fn texts_with_little_in_common_and_very_long_ones_are_left_as_they_are() {
        assert_eq!(mark_changes("It was late.", "You went to bed early."), None);
        assert_eq!(mark_changes("", "Well."), None);
        let long = "word ".repeat(MOST_WORDS + 1);
        assert_eq!(mark_changes(&long, &format!("{long}more")), None);
    }

    proptest! {
        #[test]
        fn without_the_brackets_both_are_as_they_were(
            before in "[a-c \n]{0,30}",
            after in "[a-c \n]{0,30}",
        ) {
            if let Some(marked) = mark_changes(&before, &after) {
                prop_assert_eq!(marked.map(|text| text.replace(['[', ']'], "")), [before, after]);
            }
        }
    }
}
