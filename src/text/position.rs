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

/// Where the lines of a text begin, for many bytes of it.
pub struct LineStarts<'t> {
    text: &'t str,
    lines: Vec<usize>,
}

impl<'t> LineStarts<'t> {
    /// The lines of a text.
    pub fn of(text: &'t str) -> Self {
        let newlines = text.match_indices('\n').map(|(at, _)| at + 1);
        Self {
            text,
            lines: std::iter::once(0).chain(newlines).collect(),
        }
    }

    /// Line and column of a byte, both from 1.
    pub fn at(&self, byte: usize) -> (usize, usize) {
        let line = self.lines.partition_point(|start| *start <= byte).max(1);
        let start = self.lines[line - 1];
        let before = self.text.get(start..byte).unwrap_or_default();
        (line, before.chars().count() + 1)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_count_characters_from_one() {
        assert_eq!(position("a\nüb", 0), (1, 1));
        assert_eq!(position("a\nüb", 4), (2, 2));
        assert_eq!(position("a\nüb", 99), (2, 3));
        let lines = LineStarts::of("a\nüb");
        assert_eq!([0, 2, 4].map(|at| lines.at(at)), [(1, 1), (2, 1), (2, 2)]);
    }
}
