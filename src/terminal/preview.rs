//! What a person would see first of a question on a screen of a given size, without a terminal.
//! Set by the code that sets the real screen.

use super::OpenQuestion;
use super::choosing::ListQuestion;
use super::foot::Foot;
use super::guard::ScreenSize;
use super::head::{self, HeadParts, ScreenHead};
use super::page::{page_end, page_rows};
use super::paint::{Frame, ScreenLine};
use super::write::TextQuestion;
use crate::ask::{Ask, Note, Want};
use crate::text::language::Language;

/// A question as it comes.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Preview {
    /// What is read first, a page each, with the row that says how to go on.
    pub before: Vec<Vec<String>>,
    /// The screen on which it is answered.
    pub screen: Vec<String>,
    /// What had no room there.
    pub misfits: Vec<Misfit>,
}

/// Something that has no room on the screen on which a question is answered.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Misfit {
    /// Only the last rows of the question stay in view.
    Question {
        /// So many rows of it.
        rows: usize,
        /// Of so many.
        of: usize,
    },
    /// Where one is.
    Place,
    /// Answers that are pinned.
    Pins,
    /// Entries of the list.
    Entries {
        /// So many are in view to begin with.
        seen: usize,
        /// Of so many.
        of: usize,
    },
    /// What is said about the entries of the list: only that of the one pointed at is shown.
    Details,
}

/// A question of the exercise with this title and language, on a screen of so many columns and rows.
pub fn question(ask: &Ask, title: &str, language: Language, size: (usize, usize)) -> Preview {
    let (columns, rows) = size;
    let size = ScreenSize { columns, rows };
    let question = OpenQuestion {
        ask,
        initial: ask.initial.clone().unwrap_or_default(),
        title: title.to_string(),
        language,
        again: false,
        refused: false,
        saved: false,
        message: None,
        earlier: Vec::new(),
        notes: Vec::new(),
    };
    let mut choosing = match &ask.want {
        Want::One { options, other } => ListQuestion::one(&question, options, other.as_deref()),
        Want::Many { options, min, max } => ListQuestion::many(&question, options, (*min, *max)),
        Want::YesNo => ListQuestion::yes_no(&question),
        _ => match ListQuestion::scale(&question, head::width(size)) {
            Some(choosing) => choosing,
            None => return written(&question, size),
        },
    };
    choosing.plan(&question, size, Vec::new());
    let frame = choosing.frame(size);
    let mut shown = shown(&choosing.head, &frame, &question, size);
    let (seen, of) = choosing.in_view(size);
    if seen < of {
        shown.misfits.push(Misfit::Entries { seen, of });
    } else if choosing.hides_notes(size) {
        shown.misfits.push(Misfit::Details);
    }
    shown
}

/// Texts that wait for nothing, a page each where they are longer than the screen.
pub fn notes(notes: &[Note], language: Language, size: (usize, usize)) -> Vec<Vec<String>> {
    let (columns, rows) = size;
    let size = ScreenSize { columns, rows };
    let mut lines: Vec<ScreenLine> = notes
        .iter()
        .flat_map(|note| head::note(note, size))
        .collect();
    lines.pop();
    if lines.len() < rows {
        return vec![texts(&lines)];
    }
    pages(&lines, language, size)
}

fn written(question: &OpenQuestion<'_>, size: ScreenSize) -> Preview {
    let mut writing = TextQuestion::new(question);
    writing.plan(size, Vec::new());
    let frame = writing.frame(size);
    shown(&writing.head, &frame, question, size)
}

fn shown(
    head: &ScreenHead,
    frame: &Frame,
    question: &OpenQuestion<'_>,
    size: ScreenSize,
) -> Preview {
    Preview {
        before: pages(&head.before, question.language, size),
        screen: texts(&frame.rows),
        misfits: misfits(head, question, size),
    }
}

/// What the rows that stay lack.
fn misfits(head: &ScreenHead, question: &OpenQuestion<'_>, size: ScreenSize) -> Vec<Misfit> {
    let parts = HeadParts::new(question.ask, &question.title, size, question.language);
    let kept = |row: &String| head.kept.iter().any(|line| line.text == *row);
    let mut misfits = Vec::new();
    let last = parts.prompt.last().map_or(&[][..], Vec::as_slice);
    let stays = |rows: &[String]| {
        let mut windows = head.kept.windows(rows.len().max(1));
        rows.is_empty() || windows.any(|lines| lines.iter().map(|line| &line.text).eq(rows))
    };
    if !stays(last) {
        // The first of the rows that stay has a mark before it, and is not as it was.
        let rows = (1..last.len()).find(|cut| stays(&last[*cut..]));
        misfits.push(Misfit::Question {
            rows: rows.map_or(0, |cut| last.len() - cut + 1),
            of: last.len(),
        });
    }
    if !parts.step.iter().all(kept) {
        misfits.push(Misfit::Place);
    }
    if !parts.pins.iter().all(kept) {
        misfits.push(Misfit::Pins);
    }
    misfits
}

fn pages(lines: &[ScreenLine], language: Language, size: ScreenSize) -> Vec<Vec<String>> {
    let (mut pages, mut rest) = (Vec::new(), lines);
    while !rest.is_empty() {
        let count = page_rows(rest, size);
        let mut page = texts(&rest[..count]);
        page.push(Foot::Read.words(head::width(size), language));
        pages.push(page);
        rest = &rest[page_end(rest, count)..];
    }
    pages
}

fn texts(lines: &[ScreenLine]) -> Vec<String> {
    lines.iter().map(|line| line.text.clone()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ask::{Choice, StepPosition};

    fn ask(prompt: &str, want: Want) -> Ask {
        Ask {
            place: Some(StepPosition {
                step: 2,
                of: 9,
                about: true,
                grew: false,
            }),
            ..Ask::own("act", prompt, want)
        }
    }

    fn drawn(ask: &Ask) -> Preview {
        question(ask, "Tea", Language::English, (40, 15))
    }

    fn options(count: usize, note: Option<&str>) -> Want {
        let option = |number: usize| Choice {
            id: format!("o{number}"),
            label: format!("Option {number}"),
            note: note.map(String::from),
        };
        Want::One {
            options: (1..=count).map(option).collect(),
            other: None,
        }
    }

    #[test]
    fn what_fits_is_one_screen() {
        let shown = drawn(&ask("What did you do?", Want::Text));
        assert_eq!(shown.before, [[""; 0]; 0]);
        assert_eq!(shown.misfits, []);
        assert_eq!(shown.screen[0], "Tea · step 2 of about 9");
        assert_eq!(shown.screen[2], "What did you do?");
        assert_eq!(
            shown.screen.last().unwrap(),
            "Ctrl-D: done  Ctrl-O: editor  Esc: menu"
        );
    }

    #[test]
    fn earlier_paragraphs_are_pages_of_their_own() {
        let prompt = format!("{}\n\nWhat was it?", "Some words to read. ".repeat(40));
        let shown = drawn(&ask(&prompt, Want::Text));
        assert!(shown.before.len() > 1, "{shown:?}");
        assert!(shown.before.iter().all(|page| page.len() < 15), "{shown:?}");
        assert!(shown.screen.contains(&"What was it?".to_string()));
        assert_eq!(shown.misfits, []);
    }

    #[test]
    fn what_has_no_room_is_told() {
        let words: String = (1..60).map(|n| format!("word {n} ")).collect();
        let long = drawn(&ask(&words, Want::Text));
        assert!(matches!(long.misfits[..], [Misfit::Question { rows: 5, of }] if of > 9));
        let many = drawn(&ask("Which?", options(30, None)));
        assert!(matches!(many.misfits[..], [Misfit::Entries { seen, of: 30 }] if seen > 5));
        let noted = drawn(&ask("Which?", options(6, Some("A word on it."))));
        assert_eq!(noted.misfits, [Misfit::Details]);
    }
}
