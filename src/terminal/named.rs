//! Names and what was given under them, a row each in two columns. Pure.

use super::paint::ScreenLine;
use crate::text::look::Look;
use crate::text::{columns, cut, pad};

/// Between the columns.
const GAP: &str = "  ";

/// A row: what stands first, a name in the column of all the names, and what was given.
pub(super) fn row<'a>(
    first: &str,
    names: impl Iterator<Item = &'a str>,
    (name, given): (&str, &str),
    width: usize,
) -> String {
    let widest = names.map(columns).max().unwrap_or_default();
    // What was given has more room than the names.
    let widest = widest.min(width * 2 / 5);
    let name = pad(&cut(name, widest), widest);
    cut(&format!("{first}{name}{GAP}{given}"), width)
}

/// Such a row, in which the name steps back.
pub(super) fn line(row: String) -> ScreenLine {
    let before = |c: char| c == ' ' || c.is_ascii_digit();
    let start = row.len() - row.trim_start_matches(before).len();
    match row[start..].find(GAP) {
        Some(gap) => ScreenLine::from(row).stressed(0..start + gap, Look::Quiet),
        None => ScreenLine::from(row),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::terminal::list::ListView;

    #[test]
    fn names_and_what_was_given_stand_in_two_columns_as_wide_as_there_is_room() {
        let given = "I read your messages while you slept";
        let mut list = ListView::new([
            ("Finish", None),
            ("Who", Some("Alex")),
            ("What I did", Some(given)),
        ]);
        list.in_columns = true;
        let shown = |width| -> Vec<String> {
            let rows = list.rows(width, 9).into_iter();
            rows.map(|line| line.text).collect()
        };
        assert_eq!(
            shown(60),
            [
                "  1 Finish",
                "  2 Who         Alex",
                "  3 What I did  I read your messages while you slept"
            ]
        );
        assert_eq!(shown(24)[2], "  3 What I d…  I read y…");
        assert_eq!(list.rows(60, 9)[1].stress, (0..7, Look::Quiet));
    }
}
