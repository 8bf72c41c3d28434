//! Whether a file can hold words, told by its bytes.

use memchr::memchr_iter;

use super::SearchQuery;
use super::fold::fold_into;

impl SearchQuery {
    /// Whether a file with these bytes can hold all of the words. When it says no, they are not
    /// there. The bytes are made small letters on the way only where that changes nothing else, in a
    /// copy.
    pub(super) fn may_be_in(&self, bytes: &[u8]) -> bool {
        if has_escaped_letters(bytes) {
            return true;
        }
        let small = bytes.to_ascii_lowercase();
        let mut accented = None;
        if !small.is_ascii() {
            let Ok(text) = std::str::from_utf8(&small) else {
                return true;
            };
            accented = Some(text);
        }
        let mut folded: Option<String> = None;
        self.terms.iter().all(|term| {
            let Some(certain) = &term.certain else {
                return true;
            };
            certain.find(&small).is_some()
                || accented.is_some_and(|text| {
                    let folded = folded.get_or_insert_with(|| fold_accented(text));
                    certain.find(folded.as_bytes()).is_some()
                })
        })
    }
}

/// Whether a letter may be written as its number, or a word over the end of a line.
fn has_escaped_letters(bytes: &[u8]) -> bool {
    memchr_iter(b'\\', bytes).any(|at| {
        matches!(
            bytes.get(at + 1),
            Some(b'u' | b'U' | b'x' | b'\n' | b'\r' | b' ' | b'\t')
        )
    })
}

/// The words with other letters than those of ASCII in them, as they are compared, a line each.
fn fold_accented(text: &str) -> String {
    let bytes = text.as_bytes();
    let is_other = |byte: &u8| !byte.is_ascii();
    let is_end = |byte: &u8| byte.is_ascii() && !byte.is_ascii_alphanumeric();
    let (mut out, mut from) = (String::new(), 0);
    while let Some(found) = bytes[from..].iter().position(is_other) {
        let found = from + found;
        let start = bytes[from..found].iter().rposition(is_end);
        let start = start.map_or(from, |before| from + before + 1);
        let end = bytes[found..].iter().position(is_end);
        let end = end.map_or(bytes.len(), |after| found + after);
        fold_into(&text[start..end], &mut out);
        out.push('\n');
        from = end;
    }
    out
}
