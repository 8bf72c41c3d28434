//! The row below everything else: the keys that do something here, always worded alike. Pure.

use super::paint::{Look, ScreenLine};
use crate::ask::Ask;
use crate::text::language::Language;
use crate::text::{self, columns};

/// What the keys are for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Foot {
    /// Text to read.
    Read,
    /// One of a list.
    Choose,
    /// Several of a list.
    Mark,
    /// One line.
    Line,
    /// One line in which an earlier answer stands.
    Keep,
    /// One line with a value that is kept, or replaced by typing.
    KeepOrType,
    /// Many lines.
    Lines,
    /// Many lines that no editor is opened for.
    ClosedLines,
    /// A step that may be left out, with nothing written yet.
    LeaveOut,
}

impl Foot {
    /// The keys in words that fit the width.
    pub(super) fn words(self, width: usize, language: Language) -> String {
        let short = match self {
            Self::Read => "Enter: go on",
            Self::Choose => "Enter: take",
            Self::Mark => "Space: mark  Enter: done",
            Self::Line => "Enter: done",
            Self::Keep | Self::KeepOrType => "Enter: keep",
            Self::Lines | Self::ClosedLines => "Ctrl-D: done",
            Self::LeaveOut => "Enter: leave out",
        };
        let more = match self {
            Self::Choose => "Arrows or number  Enter: take",
            Self::KeepOrType => "Enter: keep  Type: change",
            Self::Lines => "Ctrl-D: done  Ctrl-O: editor",
            _ => short,
        };
        let [short, more, menu] = [short, more, MENU].map(|keys| language.translate(keys));
        let fitting = [format!("{more}  {menu}"), format!("{short}  {menu}")];
        let mut fitting = fitting.into_iter().filter(|keys| columns(keys) <= width);
        fitting.next().unwrap_or_else(|| text::cut(short, width))
    }

    /// The row. At its right stands whether the answer before is `saved`.
    pub(super) fn line(self, width: usize, saved: bool, language: Language) -> ScreenLine {
        let told = language.translate(SAVED);
        let room = width.saturating_sub(columns(told));
        let row = match saved {
            true => format!(
                "{:<room$}{told}",
                self.words(room.saturating_sub(2), language)
            ),
            false => self.words(width, language),
        };
        ScreenLine::new(row, Look::Quiet)
    }
}

/// What the menu offers only at some questions.
#[derive(Clone, Copy, Default)]
pub(super) struct MenuScope {
    /// Hints and reasons, which nothing but a step has.
    pub(super) step: bool,
    /// The way back.
    pub(super) back: bool,
    /// Leaving it unanswered.
    pub(super) skip: bool,
    /// Leaving it unanswered from a page before it, too: from there nothing answers what nobody has seen.
    pub(super) skip_unseen: bool,
}

impl MenuScope {
    pub(super) fn of(ask: &Ask) -> Self {
        Self {
            step: ask.place.is_some(),
            back: ask.back,
            skip: ask.place.is_some() || ask.optional || ask.private,
            skip_unseen: !(ask.unmarked || (ask.private && ask.place.is_none())),
        }
    }
}

// Texts for people.
const MENU: &str = "Esc: menu";
const SAVED: &str = "saved";

#[cfg(test)]
mod tests {
    use super::*;

    const LANGUAGES: [Language; 2] = [Language::English, Language::German];

    #[test]
    fn every_row_of_keys_fits_forty_columns_whole_and_less_in_short() {
        let all = [
            Foot::Read,
            Foot::Choose,
            Foot::Mark,
            Foot::Line,
            Foot::Keep,
            Foot::KeepOrType,
            Foot::Lines,
            Foot::ClosedLines,
            Foot::LeaveOut,
        ];
        let both = |foot| LANGUAGES.map(|language| (foot, language));
        for (foot, language) in all.into_iter().flat_map(both) {
            let whole = foot.words(80, language);
            let menu = language.translate(MENU);
            assert!(columns(&whole) <= 40 && whole.ends_with(menu), "{whole}");
            assert_eq!(foot.words(40, language), whole);
            assert!(columns(&foot.words(24, language)) <= 24);
            for width in [24, 40, 72] {
                let saved = foot.line(width, true, language).text;
                assert_eq!(text::columns(&saved), width);
                let told = language.translate(SAVED);
                assert!(saved.ends_with(&format!(" {told}")), "{saved}");
            }
        }
    }
}
