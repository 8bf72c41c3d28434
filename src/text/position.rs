//! Which line of a text a byte is in.

/// The line of a byte, from 1.
pub fn line_of(text: impl AsRef<[u8]>, at: usize) -> usize {
    let before = text.as_ref().iter().take(at);
    before.filter(|byte| **byte == b'\n').count() + 1
}

/// The line and column of a byte, both from 1, the column in characters.
pub fn position(text: &str, at: usize) -> (usize, usize) {
    let before = text.get(..at).unwrap_or(text);
    let start = before.rfind('\n').map_or(0, |newline| newline + 1);
    (line_of(before, at), before[start..].chars().count() + 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_count_characters_from_one() {
        assert_eq!(position("a\nüb", 0), (1, 1));
        assert_eq!(position("a\nüb", 4), (2, 2));
        assert_eq!(position("a\nüb", 99), (2, 3));
    }
}
