//! What stands above the place for the answer: where we are, pins, the prompt. Pure.

use super::guard::ScreenSize;
use super::paint::{Look, ScreenLine, tail_rows};
use crate::ask::{Ask, Note, Tone, Want};
use crate::text::language::Language;
use crate::text::{self, underline};

/// With fewer columns a title says nothing.
const TITLE: usize = 12;

/// The most rows that pins take.
const PINS: usize = 2;

/// The most rows that a prompt's last paragraph takes when not all of it fits.
const LAST_PARAGRAPH: usize = 5;

/// Everything that could stand above the answer.
#[derive(Clone, Debug, Default)]
pub(super) struct HeadParts {
    /// Notes that have not been seen on this screen.
    pub(super) notes: Vec<ScreenLine>,
    /// Such as "Good news · step 3 of 7".
    pub(super) step: Option<String>,
    /// Earlier answers, a row each.
    pub(super) pins: Vec<String>,
    /// The prompt's paragraphs, wrapped.
    pub(super) prompt: Vec<Vec<String>>,
    /// Whether the last of them is what is asked.
    pub(super) asks: bool,
    /// Options in full, where a list cannot show them so.
    pub(super) details: Vec<String>,
    /// What must stay beside the answer, such as the ends of a scale.
    pub(super) beside: Vec<String>,
}

/// What gives way when there is no room, in this order.
#[derive(Clone, Copy)]
enum HeadPart {
    Pins,
    Step,
    Beside,
}

/// What is shown when.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct ScreenHead {
    /// To be read first, page by page; empty when all fits.
    pub(super) before: Vec<ScreenLine>,
    /// What stays above the answer.
    pub(super) kept: Vec<ScreenLine>,
    /// The part of the prompt that stays in the scrollback once it is answered.
    pub(super) record: Vec<ScreenLine>,
    /// Whether something had to go that should stay above the answer, such as where we are.
    pub(super) lacks: bool,
}

impl HeadParts {
    /// The parts of a question, set for a screen. `title` is the exercise's, or empty.
    pub(super) fn new(ask: &Ask, title: &str, size: ScreenSize, language: Language) -> Self {
        let width = width(size);
        let pins = ask.pins.iter().take(PINS).map(|pin| {
            let row = format!("{}: {}", pin.name, pin.text);
            text::first_words(&row, width)
        });
        let paragraphs = ask.prompt.trim_end().split("\n\n");
        Self {
            step: ask.place.map(|place| {
                let optional = if ask.optional { OPTIONAL } else { "" };
                let step = place.in_words(language) + language.translate(optional);
                titled(title, &step, width)
            }),
            pins: pins.collect(),
            asks: ask.want != Want::Ready,
            prompt: paragraphs
                .filter(|paragraph| !paragraph.trim().is_empty())
                .map(|paragraph| wrap(paragraph, width))
                .collect(),
            ..Self::default()
        }
    }

    /// Sets the parts in at most `room` rows, the last of them empty where there is space for it.
    pub(super) fn plan(&self, room: usize) -> ScreenHead {
        let (airy, tight) = (self.rows(true), self.rows(false));
        if airy.len() <= room || tight.len() <= room {
            return ScreenHead {
                before: Vec::new(),
                kept: if airy.len() <= room { airy } else { tight },
                record: self.told(&self.prompt),
                lacks: false,
            };
        }
        let last = self.prompt.last().cloned().unwrap_or_default();
        let whole_first = last.len() > LAST_PARAGRAPH.min(room) || !self.details.is_empty();
        let told = self.prompt.len() - usize::from(!whole_first && !self.prompt.is_empty());
        let mut first = Self {
            // Where one is stands with the question, or a part of it.
            step: self.step.clone().filter(|_| told > 0),
            pins: Vec::new(),
            prompt: self.prompt[..told].to_vec(),
            asks: self.asks && told == self.prompt.len(),
            beside: Vec::new(),
            ..self.clone()
        };
        let mut staying = Self {
            notes: Vec::new(),
            details: Vec::new(),
            prompt: vec![tail(&last, LAST_PARAGRAPH)],
            ..self.clone()
        };
        let mut lacks = false;
        // The prompt goes last: what is least missed gives way to it.
        for part in [HeadPart::Pins, HeadPart::Step, HeadPart::Beside] {
            if staying.rows(false).len() <= room {
                break;
            }
            lacks = true;
            match part {
                HeadPart::Pins => staying.pins.clear(),
                HeadPart::Step => staying.step = None,
                HeadPart::Beside => first.beside = std::mem::take(&mut staying.beside),
            }
        }
        let over = staying.rows(false).len().saturating_sub(room);
        let rows = last.len().min(LAST_PARAGRAPH);
        staying.prompt = vec![tail(&last, rows.saturating_sub(over).max(1))];
        if !self.asks && told == 0 {
            // What is only to be read once more stays beside the end of what was read before it.
            let free = room.saturating_sub(staying.rows(true).len() + 1);
            let at = self.notes.len() - tail_rows(&self.notes, free);
            staying.notes = self.notes[at..].to_vec();
            first.notes.truncate(at);
        }
        let (airy, tight) = (staying.rows(true), staying.rows(false));
        let kept = if airy.len() <= room { airy } else { tight };
        if told == 0 && self.notes.is_empty() {
            return ScreenHead {
                before: Vec::new(),
                kept,
                record: self.told(&self.prompt),
                lacks,
            };
        }
        ScreenHead {
            before: first.rows(true),
            kept,
            record: if whole_first {
                Vec::new()
            } else {
                plain(&last)
            },
            lacks,
        }
    }

    fn told(&self, prompt: &[Vec<String>]) -> Vec<ScreenLine> {
        let parts = Self {
            step: self.step.clone(),
            prompt: prompt.to_vec(),
            ..Self::default()
        };
        let mut rows = parts.rows(true);
        rows.pop();
        rows
    }

    fn rows(&self, airy: bool) -> Vec<ScreenLine> {
        let mut blocks: Vec<Vec<ScreenLine>> = vec![self.notes.clone()];
        blocks.push(
            self.step
                .iter()
                .map(|step| ScreenLine::new(step, Look::Quiet))
                .collect(),
        );
        blocks.push(plain(&self.pins));
        let last = self.prompt.len().checked_sub(1).filter(|_| self.asks);
        blocks.extend(self.prompt.iter().enumerate().map(|(index, paragraph)| {
            let look = if last == Some(index) {
                Look::Strong
            } else {
                Look::Plain
            };
            paragraph
                .iter()
                .map(|row| ScreenLine::new(row, look))
                .collect()
        }));
        blocks.push(plain(&self.details));
        blocks.push(plain(&self.beside));
        let mut rows = Vec::new();
        for block in blocks.into_iter().filter(|block| !block.is_empty()) {
            rows.extend(block);
            if airy {
                rows.push(ScreenLine::default());
            }
        }
        rows
    }
}

/// The width that text is set in.
pub(super) fn width(size: ScreenSize) -> usize {
    text::width(size.columns).min(size.columns.max(1))
}

/// Untrusted text as rows.
pub(super) fn wrap(words: &str, width: usize) -> Vec<String> {
    text::wrap(&text::inert(words).replace('\t', "    "), width)
}

/// A note as rows, with an empty one behind it.
pub(super) fn note(note: &Note, size: ScreenSize) -> Vec<ScreenLine> {
    let look = match note.tone {
        Tone::Title => Look::Strong,
        Tone::Text | Tone::Aside | Tone::Status | Tone::Personal => Look::Plain,
    };
    let width = width(size);
    let quote = note.quote.as_ref();
    let quote = quote
        .map(|quote| underline::underlined(&quote.text, quote.span.clone(), width, text::cells));
    let text = wrap(note.text.trim_end(), width).into_iter();
    let text = text.map(|row| ScreenLine::new(row, look));
    let rows = quote.unwrap_or_default().into_iter().map(|row| {
        let points = !row.trim().is_empty() && row.chars().all(|c| matches!(c, ' ' | '~'));
        let look = if points { Look::Finding } else { Look::Plain };
        ScreenLine::new(row, look)
    });
    rows.chain(text).chain([ScreenLine::default()]).collect()
}

/// A message in at most half of the screen's rows. Where that's too few, its beginning gives way: a path
/// that a person needs stands at its end. It's whole on a row of its own where a row has room for it.
pub(super) fn message_lines(message: &str, size: ScreenSize) -> Vec<ScreenLine> {
    let most = size.columns.saturating_sub(1).max(width(size));
    let rows = text::wrap_words(message, width(size));
    let rows: Vec<String> = rows.iter().flat_map(|row| text::wrap(row, most)).collect();
    plain(&tail(&rows, (size.rows / 2).max(3)))
}

/// What stays of the rows above an answer where a screen has room for all but so many rows.
pub(super) fn above(rows: &[ScreenLine], others: usize, size: ScreenSize) -> &[ScreenLine] {
    let over = (rows.len() + others).saturating_sub(size.rows);
    &rows[over.min(rows.len())..]
}

/// What is said of an optional step.
const OPTIONAL: &str = " (optional)";

/// Where one is; the title goes first where at least some of its words have room.
fn titled(title: &str, step: &str, width: usize) -> String {
    match width.checked_sub(text::columns(step) + 3) {
        Some(room) if room >= TITLE && !title.is_empty() => {
            format!("{} · {step}", text::first_words(title, room))
        }
        _ => match step.strip_prefix('s') {
            Some(rest) => format!("S{rest}"),
            None => step.to_string(),
        },
    }
}

fn plain(rows: &[String]) -> Vec<ScreenLine> {
    rows.iter()
        .map(|row| ScreenLine::from(row.as_str()))
        .collect()
}

/// The last rows of a paragraph: what is asked stands at its end.
fn tail(rows: &[String], most: usize) -> Vec<String> {
    if rows.len() <= most {
        return rows.to_vec();
    }
    let mut kept = rows[rows.len() - most..].to_vec();
    let width = rows.iter().map(|row| text::columns(row)).max().unwrap_or(1);
    kept[0] = text::cut(&format!("… {}", kept[0]), width.max(2));
    kept
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ask::{Pin, StepPosition};

    fn ask(prompt: &str) -> Ask {
        Ask {
            place: Some(StepPosition {
                step: 3,
                of: 7,
                about: true,
                grew: false,
            }),
            pins: vec![Pin {
                name: "why".into(),
                text: "because it matters to me more than anything else".into(),
            }],
            back: true,
            ..Ask::own("act", prompt, Want::Text)
        }
    }

    fn parts(ask: &Ask) -> HeadParts {
        HeadParts::new(ask, "", small(), Language::English)
    }

    fn small() -> ScreenSize {
        ScreenSize {
            columns: 40,
            rows: 15,
        }
    }

    fn rows(lines: &[ScreenLine]) -> Vec<&str> {
        lines.iter().map(|line| line.text.as_str()).collect()
    }

    #[test]
    fn what_fits_is_shown_at_once_with_air_between() {
        let head = parts(&ask("One.\n\nTwo?")).plan(10);
        assert_eq!(head.before, []);
        assert_eq!(
            rows(&head.kept),
            [
                "Step 3 of about 7",
                "",
                "why: because it matters to me more than…",
                "",
                "One.",
                "",
                "Two?",
                ""
            ]
        );
        assert_eq!(
            rows(&head.record),
            ["Step 3 of about 7", "", "One.", "", "Two?"]
        );
    }

    #[test]
    fn when_room_is_short_the_earlier_paragraphs_come_first_and_the_last_stays() {
        let head = parts(&ask("One.\n\nTwo.\n\nAnd three?")).plan(4);
        assert_eq!(
            rows(&head.before),
            ["Step 3 of about 7", "", "One.", "", "Two.", ""]
        );
        assert_eq!(
            rows(&head.kept),
            [
                "Step 3 of about 7",
                "why: because it matters to me more than…",
                "And three?"
            ]
        );
        assert_eq!(rows(&head.record), ["And three?"]);
    }

    #[test]
    fn a_last_paragraph_that_is_too_long_is_read_whole_and_its_end_stays() {
        for (words, room) in [(30, 9), (7, 2)] {
            let long = "some words ".repeat(words) + "what was it?";
            let head = parts(&ask(&long)).plan(room);
            assert!(head.before.len() > room);
            let kept = rows(&head.kept);
            assert!(kept.len() <= room, "{kept:?}");
            assert!(kept.iter().any(|row| row.starts_with('…')));
            assert!(kept.iter().any(|row| row.ends_with("what was it?")));
            assert_eq!(head.record, []);
        }
    }

    #[test]
    fn a_plan_never_takes_more_than_its_room() {
        let prompt = format!("One.\n\n{}", "some words ".repeat(12));
        for room in 1..12 {
            let kept = parts(&ask(&prompt)).plan(room).kept;
            assert!(kept.len() <= room, "{room}: {kept:?}");
        }
    }

    #[test]
    fn the_title_stands_before_the_step_as_far_as_it_has_room() {
        let title = "When trust was broken";
        let place = StepPosition {
            step: 3,
            of: 20,
            about: true,
            grew: false,
        };
        let step = place.in_words(Language::English);
        for (optional, width, row) in [
            ("", 72, "When trust was broken · step 3 of about 20"),
            ("", 40, "When trust was bro… · step 3 of about 20"),
            (OPTIONAL, 40, "Step 3 of about 20 (optional)"),
        ] {
            assert_eq!(titled(title, &(step.clone() + optional), width), row);
        }
        assert_eq!(titled("", &step, 72), "Step 3 of about 20");
    }
}
