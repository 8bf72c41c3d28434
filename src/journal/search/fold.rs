//! Text as it is compared: small letters without accents, one kind of quotation mark, one space
//! between words. What is written with an accent is found without, and the other way round.

use unicode_normalization::char::{canonical_combining_class, decompose_compatible};

use crate::text::is_unseen;

/// The text as it is compared.
pub(super) fn fold(text: &str) -> String {
    let mut folded = String::with_capacity(text.len());
    fold_into(text, &mut folded);
    folded
}

/// Puts the text as it is compared behind what is in `out`.
pub(super) fn fold_into(text: &str, out: &mut String) {
    let mut blank = false;
    for c in text.chars() {
        each(c, |c| push(out, &mut blank, c));
    }
}

/// The text as it is compared, and for each byte of that the place of its character in `text`. A text
/// is far below 4 GiB, and half the memory counts.
pub(super) fn fold_with_places(text: &str) -> (String, Vec<u32>) {
    let mut folded = String::with_capacity(text.len());
    let mut places = Vec::with_capacity(text.len());
    let mut blank = false;
    for (place, c) in text.char_indices() {
        each(c, |c| push(&mut folded, &mut blank, c));
        places.resize(folded.len(), u32::try_from(place).unwrap_or(u32::MAX));
    }
    (folded, places)
}

/// Words in a row are one space apart, whatever stands between them.
fn push(out: &mut String, blank: &mut bool, c: char) {
    let is_blank = c.is_whitespace();
    if is_blank && !*blank {
        out.push(' ');
    } else if !is_blank {
        out.push(c);
    }
    *blank = is_blank;
}

/// What a character is compared as: itself, others, or nothing.
fn each(c: char, mut put: impl FnMut(char)) {
    if c.is_ascii() {
        put(c.to_ascii_lowercase());
        return;
    }
    for c in c.to_lowercase() {
        let plain = match c {
            '‘' | '’' | '‚' | '‛' | 'ʼ' | '´' => "'",
            '“' | '”' | '„' | '‟' | '«' | '»' => "\"",
            '‐'..='―' | '−' => "-",
            'ß' => "ss",
            'æ' => "ae",
            'œ' => "oe",
            'ø' => "o",
            'ł' => "l",
            'đ' | 'ð' => "d",
            'þ' => "th",
            'ħ' => "h",
            'ı' => "i",
            'ς' => "σ",
            // The same letters on Arabic and on Persian keyboards.
            'ي' | 'ى' => "ی",
            'ك' => "ک",
            _ => {
                decompose_compatible(c, |part| {
                    if !is_dropped(part) {
                        part.to_lowercase().for_each(&mut put);
                    }
                });
                continue;
            }
        };
        plain.chars().for_each(&mut put);
    }
}

/// Accents, points and harakat, and what cannot be seen. Signs that make another letter stay, as in
/// Hindi or Japanese.
fn is_dropped(c: char) -> bool {
    canonical_combining_class(c) >= 10 || is_unseen(c)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn case_accents_and_kinds_of_quotes_make_no_difference() {
        for (one, other) in [
            ("Café", "cafe"),
            ("cafe\u{301}", "CAFÉ"),
            ("Straße", "STRASSE"),
            ("don’t", "don't"),
            ("„so“", "\"so\""),
            ("Smørrebrød", "smorrebrod"),
            ("İstanbul", "istanbul"),
            ("ΣΊΣΥΦΟΣ", "σισυφος"),
            ("Ёлка", "елка"),
            ("trust\u{ad}worthy", "trustworthy"),
            ("می‌خواهم", "ميخواهم"),
            ("שָׁלוֹם", "שלום"),
            ("ｆｕｌｌ", "full"),
            ("각", "\u{1100}\u{1161}\u{11a8}"),
            ("one\n\n  two\u{a0}three", "one two three"),
        ] {
            assert_eq!(fold(one), fold(other), "{one} {other}");
        }
    }

    #[test]
    fn other_letters_stay_other_letters() {
        for (one, other) in [("か", "が"), ("कि", "क"), ("n", "m"), ("и", "i")] {
            assert_ne!(fold(one), fold(other), "{one} {other}");
        }
    }

    #[test]
    fn each_byte_knows_where_it_comes_from() {
        let (folded, places) = fold_with_places("Aß\u{301}é b");
        assert_eq!(folded, "asse b");
        assert_eq!(places, [0, 1, 1, 5, 7, 8]);
    }
}
