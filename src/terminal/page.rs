//! A page of text that is longer than the screen: how many rows it holds, and what is typed below it.
//! Pure.

use super::area::{Area, LineMode};
use super::foot::Foot;
use super::guard::ScreenSize;
use super::head::{self, message_lines};
use super::keys::Key;
use super::layout::Cell;
use super::paint::{Frame, Look, ScreenLine};
use super::submit::{LineEnd, Submit, submit};
use crate::ask::Reply;
use crate::text;
use crate::text::language::Language;

/// What is next after a page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum PageTurn {
    /// The next page.
    Next,
    /// The menu.
    Menu,
    /// What they typed instead.
    Instead(Reply),
    /// The same text, set anew: all that was visible went.
    Anew,
    /// Nothing: the keyboard is gone.
    Gone,
}

/// What is typed below a page.
#[derive(Default)]
pub(super) struct PageCommand {
    language: Language,
    typed: Option<Area>,
    message: Option<String>,
    /// Whether the question that follows can be left out from here.
    skips: bool,
}

impl PageCommand {
    /// Nothing is typed yet.
    pub(super) fn new(language: Language, skips: bool) -> Self {
        Self {
            language,
            skips,
            ..Self::default()
        }
    }

    /// The page with what is typed, and what can be done.
    pub(super) fn frame(&mut self, page: &[ScreenLine], size: ScreenSize) -> Frame {
        let width = head::width(size);
        let mut rows = page.to_vec();
        let message = self.message.as_ref();
        let mut foot = message.map_or(Vec::new(), |message| message_lines(message, size));
        let keys = self.typed.as_ref().map_or(Foot::Read, |_| Foot::Line);
        foot.push(ScreenLine::new(
            keys.words(width, self.language),
            Look::Quiet,
        ));
        let end = foot.last().map_or("", |row| &row.text);
        let mut cursor = Cell {
            row: rows.len() + foot.len().saturating_sub(1),
            column: text::columns(end),
        };
        if let Some(typed) = &mut self.typed {
            typed.resize(width, 1);
            let shown = typed.show();
            (cursor.row, cursor.column) = (rows.len(), shown.cursor.column);
            rows.extend(shown.rows.into_iter().map(ScreenLine::from));
        }
        rows.extend(foot);
        Frame {
            rows,
            cursor: Some(cursor),
        }
    }

    /// Takes a key; something when it leads on.
    pub(super) fn press(&mut self, key: &Key) -> Option<PageTurn> {
        self.message = None;
        let Some(typed) = &mut self.typed else {
            return match key {
                Key::Enter | Key::PageDown | Key::Done => Some(PageTurn::Next),
                Key::Text(words) if words.trim().is_empty() => Some(PageTurn::Next),
                Key::Escape => Some(PageTurn::Menu),
                Key::Text(_) => {
                    let typed = self.typed.insert(Area::new(LineMode::One, ""));
                    typed.press(key);
                    None
                }
                _ => None,
            };
        };
        match key {
            Key::Escape => return Some(PageTurn::Menu),
            Key::Enter | Key::Done => {}
            _ => {
                typed.press(key);
                if typed.buffer.text().is_empty() {
                    self.typed = None;
                }
                return None;
            }
        }
        let meant = submit(
            &mut typed.buffer,
            LineMode::One,
            LineEnd::Enter,
            &mut None,
            self.language,
        );
        self.typed = None;
        self.message = Some(match meant {
            Submit::Editor => self.language.translate(NOTHING_TO_WRITE).to_string(),
            Submit::Reply(Reply::Skip) if !self.skips => {
                self.language.translate(NOT_ASKED_YET).to_string()
            }
            Submit::Reply(reply) => return Some(PageTurn::Instead(reply)),
            Submit::Doubtful(what) => what,
            Submit::NewLine | Submit::Done => {
                self.language.translate(NOTHING_TO_ANSWER).to_string()
            }
        });
        None
    }
}

/// How many of the rows one page shows: as many as fit, but no row of a paragraph or a list stands alone
/// on a page, neither on this one nor on the next.
pub(super) fn page_rows(rows: &[ScreenLine], size: ScreenSize) -> usize {
    let most = size.rows.saturating_sub(2).max(1);
    if rows.len() <= most {
        return rows.len();
    }
    let is_text = |row: &&ScreenLine| !row.text.trim().is_empty();
    let fits = |count: &usize| {
        let (here, next) = rows.split_at(*count);
        let above = here.iter().rev().take_while(is_text).count();
        let below = next.iter().take_while(is_text).count();
        let is_alone = |rows: usize, parted: usize| rows == 1 && parted > 0;
        let left = next.iter().filter(is_text).count();
        !is_alone(above, below) && !is_alone(below, above) && left > 1
    };
    let fitting = (1.max(most / 2)..=most).rev().find(fits);
    fitting.unwrap_or(most)
}

/// Where the page behind one of `count` rows begins: never with the empty row that ends a block.
pub(super) fn page_end(rows: &[ScreenLine], count: usize) -> usize {
    count + usize::from(rows.get(count) == Some(&ScreenLine::default()))
}

/// Where in a text that was set anew the row is at which what had been read of it ends.
pub(super) fn same_place(read: &[ScreenLine], rows: &[ScreenLine]) -> usize {
    let (read, mut passed) = (letters(read), 0);
    let unread = rows.iter().position(|row| {
        passed += letters(std::slice::from_ref(row));
        passed > read
    });
    let Some(unread) = unread.filter(|_| read > 0) else {
        return if read > 0 { rows.len() } else { 0 };
    };
    // Where one is stands above what it's about.
    let is_about_it = |row: &&ScreenLine| row.look == Look::Quiet || row.text.trim().is_empty();
    let above = rows[..unread].iter().rev().take_while(is_about_it).count();
    let above = &rows[unread - above..unread];
    unread
        - above
            .iter()
            .skip_while(|row| row.look != Look::Quiet)
            .count()
}

/// How many letters rows have that are there at any width.
fn letters(rows: &[ScreenLine]) -> usize {
    let rows = rows
        .iter()
        .filter(|row| matches!(row.look, Look::Plain | Look::Strong));
    let letters = rows.flat_map(|row| row.text.chars());
    letters.filter(|letter| !letter.is_whitespace()).count()
}

// Texts for people.
const NOTHING_TO_WRITE: &str = "There’s nothing to write here.";
const NOTHING_TO_ANSWER: &str = "There’s nothing to type here.";
const NOT_ASKED_YET: &str = "The question comes next.";

#[cfg(test)]
mod tests {
    use super::*;

    /// Paragraphs of so many rows, with an empty row between.
    fn paragraphs(rows: &[usize]) -> Vec<ScreenLine> {
        let paragraphs: Vec<Vec<ScreenLine>> = rows
            .iter()
            .map(|count| vec![ScreenLine::from("words"); *count])
            .collect();
        paragraphs.join(&ScreenLine::default())
    }

    #[test]
    fn a_message_is_whole_on_a_narrow_screen() {
        let size = ScreenSize {
            columns: 40,
            rows: 15,
        };
        let mut command = PageCommand::new(Language::English, false);
        for key in [Key::Text("/leve".into()), Key::Enter] {
            assert_eq!(command.press(&key), None);
        }
        let frame = command.frame(&paragraphs(&[3]), size);
        let told: Vec<&str> = frame.rows[3..].iter().map(|row| row.text.trim()).collect();
        assert_eq!(
            told.join(" "),
            "/leve isn’t a command. Did you mean /leave? Enter: go on  Esc: menu"
        );
        let cursor = frame.cursor.unwrap();
        assert_eq!(cursor.row, frame.rows.len() - 1);
    }

    #[test]
    fn a_text_that_is_set_anew_goes_on_with_the_word_at_which_it_was_left() {
        use crate::ask::{Note, Tone};
        let words: Vec<String> = (0..120).map(|at| format!("word{at}")).collect();
        let paragraphs = words.chunks(40).map(|words| words.join(" "));
        let note = Note::new(Tone::Text, paragraphs.collect::<Vec<_>>().join("\n\n"));
        let lay = |columns| head::note(&note, ScreenSize { columns, rows: 15 });
        for (from, to) in [(80, 40), (40, 80), (40, 40), (80, 23)] {
            let (old, new) = (lay(from), lay(to));
            for at in 0..old.len() {
                let place = same_place(&old[..at], &new);
                let rest = old[at..].iter().flat_map(|row| row.text.split_whitespace());
                let first = rest.into_iter().next();
                let row = new.get(place).map_or("", |row| row.text.as_str());
                let has_it = first.is_none_or(|first| row.split_whitespace().any(|w| w == first));
                assert!(has_it, "{from} to {to}, row {at}: {first:?} in {row:?}");
            }
        }
        let step = [
            ScreenLine::new("Step 2", Look::Quiet),
            ScreenLine::default(),
        ];
        let rows = [&paragraphs_of(1)[..], &step, &paragraphs_of(2)].concat();
        assert_eq!(same_place(&paragraphs_of(1), &rows), 2);
        assert_eq!(same_place(&[], &rows), 0);
        assert_eq!(same_place(&rows, &rows), rows.len());
    }

    /// Some paragraphs of a row, each with an empty one behind it.
    fn paragraphs_of(count: usize) -> Vec<ScreenLine> {
        vec![[ScreenLine::from("words"), ScreenLine::default()]; count].concat()
    }

    #[test]
    fn no_row_of_a_paragraph_stands_alone_at_the_foot_or_the_head_of_a_page() {
        // A page has room for eight rows.
        let size = ScreenSize {
            columns: 40,
            rows: 10,
        };
        for (rows, first) in [
            (&[4, 3][..], 8),
            (&[6, 4], 7),
            (&[4, 4], 7),
            (&[4, 5], 8),
            (&[9], 7),
            (&[5, 3], 6),
            (&[8, 1], 6),
            (&[2, 2, 1, 1], 6),
            (&[12], 8),
        ] {
            assert_eq!(page_rows(&paragraphs(rows), size), first, "{rows:?}");
        }
    }

    #[test]
    fn however_rows_are_parted_every_page_has_some_and_all_are_shown() {
        for rows in 3..12 {
            let size = ScreenSize { columns: 40, rows };
            for first in 1..9 {
                for second in 1..9 {
                    let rows = paragraphs(&[first, second, first, 1, second]);
                    let (mut rest, mut shown) = (&rows[..], 0);
                    while !rest.is_empty() {
                        let count = page_rows(rest, size);
                        assert!(count > 0 && count <= size.rows - 2);
                        shown += rest[..count]
                            .iter()
                            .filter(|row| !row.text.is_empty())
                            .count();
                        rest = &rest[page_end(rest, count)..];
                    }
                    assert_eq!(shown, 2 * first + 2 * second + 1);
                }
            }
        }
    }
}
