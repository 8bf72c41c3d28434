//! Texts to compare: side by side where the screen has room for it, else one under the other.

use super::show::laid;
use crate::exercise::StepKind;
use crate::home::world::Streams;
use crate::session::{Answer, Outcome, Session};
use crate::text::changes::mark_changes;
use crate::text::{columns, width, wrap};

/// How they are set.
#[derive(Clone, Copy, Debug)]
pub(super) enum SideBySide {
    /// One under the other, in so many columns; without a limit where there is no screen.
    Stacked(usize),
    /// Side by side, in so many columns each.
    Beside(usize),
}

/// A text under its heading.
pub(super) struct Column {
    /// When it was written, and where it is.
    pub heading: String,
    /// What it says.
    pub text: String,
}

/// Between two columns.
const GAP: &str = " | ";

/// The narrowest screen for two columns, and the widest that is used.
const ROOM: usize = 70;
const MOST: usize = 120;

impl SideBySide {
    /// What the screen has room for. Plain mode reads from top to bottom.
    pub(super) fn of(terminal: &Streams) -> Self {
        if !terminal.stdout {
            Self::Stacked(usize::MAX)
        } else if terminal.plain || terminal.columns < ROOM {
            Self::Stacked(width(terminal.columns))
        } else {
            Self::Beside((terminal.columns.min(MOST) - GAP.len()) / 2)
        }
    }

    /// A text over the whole width, with `start` before each line.
    pub(super) fn whole(self, text: &str, start: &str) -> String {
        match self {
            Self::Stacked(width) => laid(text, width, start),
            Self::Beside(column) => laid(text, width(column * 2 + GAP.len()), start),
        }
    }

    /// What was asked, whether both answers are the same, and the answers: those of a few words in
    /// one line, and two texts that differ under their headings, with what differs marked.
    pub(super) fn compared(self, asked: &str, cells: &[Column; 2], is_text: bool) -> String {
        let asked = self.whole(asked, "> ");
        let [then, now] = cells;
        let (before, after) = (then.text.trim_end(), now.text.trim_end());
        let answers = if before == after {
            let gap = if is_text { "\n\n" } else { " " };
            self.whole(&format!("{SAME}{gap}{before}"), "")
        } else if !is_text {
            self.whole(&format!("{CHANGED} first {before}, then {after}"), "")
        } else if let Some(marked) = mark_changes(before, after) {
            let headings = cells.each_ref().map(|cell| cell.heading.clone());
            let marked = headings.into_iter().zip(marked);
            let marked = marked.map(|(heading, text)| Column { heading, text });
            let marked = self.cells(&marked.collect::<Vec<_>>());
            format!("{}\n\n{marked}", self.whole(IN_BRACKETS, ""))
        } else {
            format!("{CHANGED}\n\n{}", self.cells(cells))
        };
        format!("{asked}\n\n{answers}")
    }

    /// Two texts, or the same number of them in each row of two.
    pub(super) fn cells(self, cells: &[Column]) -> String {
        match self {
            Self::Stacked(width) => {
                let blocks = cells
                    .iter()
                    .flat_map(|cell| [format!("{}:", cell.heading), laid(&cell.text, width, "")]);
                blocks.collect::<Vec<_>>().join("\n\n")
            }
            Self::Beside(column) => {
                let rows = cells.chunks(2).map(|pair| beside(pair, column));
                rows.collect::<Vec<_>>().join("\n\n")
            }
        }
    }
}

fn beside(pair: &[Column], column: usize) -> String {
    let sides: Vec<Vec<String>> = pair
        .iter()
        .map(|cell| {
            let mut lines = wrap(&cell.heading, column);
            lines.push(String::new());
            lines.extend(wrap(cell.text.trim_end_matches('\n'), column));
            lines
        })
        .collect();
    let height = sides.iter().map(Vec::len).max().unwrap_or_default();
    let rows = (0..height).map(|row| {
        let cells = sides
            .iter()
            .map(|lines| lines.get(row).map_or("", String::as_str));
        let cells: Vec<&str> = cells.collect();
        let Some((last, before)) = cells.split_last() else {
            return String::new();
        };
        let mut line = String::new();
        for cell in before {
            let blank = column.saturating_sub(columns(cell));
            line.push_str(cell);
            line.push_str(&" ".repeat(blank));
            line.push_str(GAP);
        }
        line.push_str(last);
        line.trim_end().to_string()
    });
    rows.collect::<Vec<_>>().join("\n")
}

/// When a session was, and its name.
pub(super) fn heading(session: &Session) -> String {
    format!("{}, {}", session.started.minute(), session.short_id())
}

/// What there is to compare in a session.
pub(super) fn answers(session: &Session) -> impl Iterator<Item = &Answer> {
    session.answers.iter().filter(|answer| {
        answer.kind != StepKind::Say && !answer.unreached && answer.given != Outcome::Pending
    })
}

/// An answer as it is compared.
pub(super) fn words(answer: &Answer) -> String {
    match &answer.given {
        Outcome::Skipped => String::from(SKIPPED),
        _ => answer.words().unwrap_or_else(|| String::from(NOTHING)),
    }
}

// Texts for people.
const SAME: &str = "The same both times:";
const CHANGED: &str = "Changed:";
const IN_BRACKETS: &str = "Changed; what differs is in [brackets]:";
const SKIPPED: &str = "(left out)";
const NOTHING: &str = "(nothing)";

#[cfg(test)]
mod tests {
    use super::*;

    fn terminal(stdout: bool, plain: bool, columns: usize) -> Streams {
        Streams {
            stdin: stdout,
            stdout,
            stderr: stdout,
            columns,
            rows: 24,
            plain,
            keys: false,
            colour: false,
            paints: false,
            signs: crate::text::look::Signs::of(false),
        }
    }

    fn cells() -> [Column; 2] {
        ["Then", "Now"].map(|heading| Column {
            heading: heading.to_string(),
            text: format!("{heading} I wrote more words than fit in a line.\n\n猫 sat.\n"),
        })
    }

    #[test]
    fn two_columns_need_a_wide_screen_that_is_not_plain() {
        for (terminal, beside) in [
            (terminal(true, false, 80), true),
            (terminal(true, false, 69), false),
            (terminal(true, true, 120), false),
            (terminal(false, false, 120), false),
        ] {
            let layout = SideBySide::of(&terminal);
            assert_eq!(
                matches!(layout, SideBySide::Beside(_)),
                beside,
                "{terminal:?}"
            );
        }
    }

    #[test]
    fn columns_stand_straight_whatever_is_in_them() {
        let set = SideBySide::Beside(20).cells(&cells());
        insta::assert_snapshot!(set, @r"
        Then                 | Now
                             |
        Then I wrote more    | Now I wrote more
        words than fit in a  | words than fit in a
        line.                | line.
                             |
        猫 sat.              | 猫 sat.
        ");
        let at = |line: &str| line.find(GAP).map(|at| columns(&line[..at]));
        assert!(set.lines().all(|line| at(line).is_none_or(|at| at == 20)));
    }

    #[test]
    fn on_a_narrow_screen_one_follows_the_other() {
        insta::assert_snapshot!(SideBySide::Stacked(30).cells(&cells()), @r"
        Then:

        Then I wrote more words than
        fit in a line.

        猫 sat.

        Now:

        Now I wrote more words than
        fit in a line.

        猫 sat.
        ");
    }

    #[test]
    fn what_differs_in_two_texts_is_marked_in_columns_and_one_under_the_other() {
        let cell = |heading: &str, text: &str| Column {
            heading: heading.to_string(),
            text: text.to_string(),
        };
        let cells = [
            cell("Then", "I said too little at the table.\n"),
            cell("Now", "I said far too much at the table.\n"),
        ];
        let set = |layout: SideBySide| layout.compared("How was it?", &cells, true);
        insta::assert_snapshot!(set(SideBySide::Beside(38)), @"
        > How was it?

        Changed; what differs is in [brackets]:

        Then                                   | Now
                                               |
        I said too [little] at the table.      | I said [far] too [much] at the table.
        ");
        insta::assert_snapshot!(set(SideBySide::Stacked(40)), @"
        > How was it?

        Changed; what differs is in [brackets]:

        Then:

        I said too [little] at the table.

        Now:

        I said [far] too [much] at the table.
        ");
    }
}
