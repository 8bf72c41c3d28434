//! How hard a text is to read: the Flesch-Kincaid grade, for English.

/// Texts with fewer words than this have no grade that means anything.
pub const FEWEST_WORDS: usize = 30;

/// The school year in which most can read a text, by the lengths of its sentences and words. None
/// when it has fewer than [`FEWEST_WORDS`] words.
pub fn grade(text: &str) -> Option<f64> {
    let words: Vec<&str> = words(text).collect();
    if words.len() < FEWEST_WORDS {
        return None;
    }
    let syllables: usize = words.iter().map(|word| syllables(word)).sum();
    let (count, sentences) = (float(words.len()), float(sentences(text)));
    Some(0.39 * count / sentences + 11.8 * float(syllables) / count - 15.59)
}

/// The sentences of texts for a screen as prose: commands to type and lines of a list are left out,
/// and a line without an end gets one.
pub fn prose<'a>(texts: impl Iterator<Item = &'a str>) -> String {
    let lines = texts.flat_map(str::lines).map(str::trim);
    let lines = lines.filter(|line| !line.is_empty() && !line.starts_with(['/', '-', '#']));
    let lines = lines.filter(|line| !line.contains("trust-coach "));
    let ended = |line: &str| match line.ends_with(['.', '?', '!', ':', '…', '”', '"']) {
        true => line.to_string(),
        false => format!("{line}."),
    };
    lines.map(ended).collect::<Vec<_>>().join(" ")
}

/// The words of a text: what has a letter or a digit.
pub fn words(text: &str) -> impl Iterator<Item = &str> {
    let words = text.split(|c: char| c.is_whitespace() || c == '—');
    words.filter(|word| word.contains(char::is_alphanumeric))
}

/// How many sentences a text has, at least one.
fn sentences(text: &str) -> usize {
    let ends = |word: &&str| {
        let bare = word.trim_end_matches(['”', '"', '’', '\'', ')']);
        bare.ends_with(['.', '?', '!', '…'])
    };
    words(text).filter(ends).count().max(1)
}

/// How many syllables an English word has, by rule of thumb: groups of vowels, without the ends
/// that are written and not spoken.
pub fn syllables(word: &str) -> usize {
    let letters: String = word.to_lowercase();
    let parts = letters.split(|c: char| !c.is_alphabetic() && c != '’' && c != '\'');
    let parts = parts.map(|part| part.replace(['’', '\''], ""));
    parts
        .filter(|part| !part.is_empty())
        .map(|part| spoken(&part))
        .sum::<usize>()
        .max(1)
}

fn spoken(word: &str) -> usize {
    let mut count = groups(word);
    // Two vowels that are spoken apart.
    for apart in ["ia", "io", "eo", "ua", "iu", "eing", "ying"] {
        count += usize::from(word.contains(apart));
    }
    for together in [
        "tion", "sion", "cial", "tial", "cious", "tious", "gua", "qua", "eop",
    ] {
        count -= usize::from(word.contains(together)).min(count);
    }
    for end in SILENT_INSIDE {
        if let Some(stem) = word.strip_suffix(end)
            && groups(stem) > 0
            && stem.ends_with('e')
        {
            count -= 1;
        }
    }
    if silent_end(word) {
        count = count.saturating_sub(1);
    }
    count.max(1)
}

/// Ends before which an `e` is silent, as in hopeful.
const SILENT_INSIDE: [&str; 4] = ["ful", "less", "ly", "ment"];

/// Whether the last `e`, `es` or `ed` of a word is not spoken.
fn silent_end(word: &str) -> bool {
    let vowel = |c: char| "aeiouy".contains(c);
    if let Some(stem) = word.strip_suffix("ed") {
        return !stem.ends_with(['t', 'd']) && !stem.ends_with(vowel);
    }
    if let Some(stem) = word.strip_suffix("es") {
        let hisses = stem.ends_with(['s', 'x', 'z', 'c', 'g']) || stem.ends_with("ch");
        return !(hisses || stem.ends_with("sh") || stem.ends_with(vowel));
    }
    word.strip_suffix('e').is_some_and(|stem| {
        let little = stem.ends_with('l') && !stem.trim_end_matches('l').ends_with(vowel);
        !little && !stem.ends_with(vowel)
    })
}

/// How often letters that are no vowel are followed by vowels.
fn groups(word: &str) -> usize {
    let mut before = false;
    let mut count = 0;
    for c in word.chars() {
        let vowel = "aeiouyäöüáéíóúàèùâêîôû".contains(c);
        count += usize::from(vowel && !before);
        before = vowel;
    }
    count
}

fn float(count: usize) -> f64 {
    f64::from(u32::try_from(count).unwrap_or(u32::MAX))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn syllables_are_counted_as_they_are_spoken() {
        let known = [
            (
                1,
                "I the do made talked hurts times you’re through words one eye",
            ),
            (
                2,
                "saying wanted trying table hopeful people open being little lion safely writing",
            ),
            (3, "exercise beginning however together happiness radio"),
            (4, "apology communicate understanding situation"),
        ];
        for (count, words) in known {
            for word in words.split(' ') {
                assert_eq!(syllables(word), count, "{word}");
            }
        }
    }

    #[test]
    fn a_plain_text_has_a_low_grade_and_an_office_text_a_high_one() {
        let plain = "You can stop at any time. No one sees what you write. ".repeat(4);
        let office = "Comprehensive organisational transparency necessitates considerable \
                      institutional accountability regarding prior administrative decisions. "
            .repeat(4);
        let (plain, office) = (grade(&plain).unwrap(), grade(&office).unwrap());
        assert!(plain < 3.0, "{plain}");
        assert!(office > 15.0, "{office}");
    }

    #[test]
    fn grades_are_near_those_of_a_library_for_them() {
        for (id, text) in crate::exercise::library::BUILT_IN {
            let exercise = crate::exercise::parse::exercise(id, text).unwrap();
            let prompts: Vec<String> = exercise.steps.iter().map(|s| s.prompt.outline()).collect();
            let text = prose(prompts.iter().map(String::as_str));
            let (ours, theirs) = (grade(&text).unwrap(), textstat::flesch_kincaid_grade(&text));
            assert!((ours - theirs).abs() < 1.0, "{id}: {ours:.1}, {theirs:.1}");
        }
    }

    #[test]
    fn a_few_words_have_no_grade() {
        assert_eq!(grade("What do you see?"), None);
    }

    #[test]
    fn commands_and_lists_are_no_prose() {
        let text = "Look at it\n\ntrust-coach list\n- one\n/pause\nReady?";
        assert_eq!(prose([text].into_iter()), "Look at it. Ready?");
    }
}
