//! The row below everything else: the keys that do something here, always worded alike. Pure.

use super::paint::{Look, ScreenLine};
use crate::ask::{Ask, SavingState};
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

    /// The row. At its right stands what there is to say of saving.
    pub(super) fn line(
        self,
        width: usize,
        mark: Option<SavingMark>,
        language: Language,
    ) -> ScreenLine {
        let Some(mark) = mark else {
            return ScreenLine::new(self.words(width, language), Look::Quiet);
        };
        let told = language.translate(mark.words());
        let room = width.saturating_sub(columns(told));
        let keys = self.words(room.saturating_sub(2), language);
        ScreenLine::new(format!("{keys:<room$}{told}"), Look::Quiet)
    }
}

/// What the foot says of saving.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum SavingMark {
    /// What was answered is on the disk.
    Saved,
    /// What was typed can't be brought there.
    NotSaved,
}

impl SavingMark {
    fn words(self) -> &'static str {
        match self {
            Self::Saved => SAVED,
            Self::NotSaved => NOT_SAVED,
        }
    }
}

/// What the foot has said of saving, so that the end of a failure is said as well.
#[derive(Debug, Default)]
pub(super) struct SavingTold {
    failed: bool,
    /// It has worked since, and no key was pressed.
    recovered: bool,
}

impl SavingTold {
    /// What to say now. `answered` where the answer before is to be called saved.
    pub(super) fn mark(&mut self, state: SavingState, answered: bool) -> Option<SavingMark> {
        match state {
            SavingState::Failing => self.failed = true,
            SavingState::Saved => self.recovered |= std::mem::take(&mut self.failed),
            SavingState::Waiting => {}
        }
        let is_saved = state == SavingState::Saved && (answered || self.recovered);
        match self.failed {
            true => Some(SavingMark::NotSaved),
            false => is_saved.then_some(SavingMark::Saved),
        }
    }

    /// A key was pressed: what was said of saving is about what stood there before.
    pub(super) fn pressed(&mut self) {
        self.recovered = false;
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
const NOT_SAVED: &str = "not saved";

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
            for mark in [SavingMark::Saved, SavingMark::NotSaved] {
                for width in [24, 40, 72] {
                    let row = foot.line(width, Some(mark), language).text;
                    assert_eq!(text::columns(&row), width);
                    let told = language.translate(mark.words());
                    assert!(row.ends_with(&format!(" {told}")), "{row}");
                }
            }
        }
    }

    #[test]
    fn nothing_is_called_saved_while_saving_fails_and_that_it_works_again_is_said_until_a_key() {
        use SavingState::{Failing, Saved, Waiting};
        let mut told = SavingTold::default();
        assert_eq!(told.mark(Saved, true), Some(SavingMark::Saved));
        assert_eq!(told.mark(Saved, false), None);
        assert_eq!(told.mark(Waiting, false), None);
        assert_eq!(told.mark(Failing, true), Some(SavingMark::NotSaved));
        told.pressed();
        assert_eq!(told.mark(Waiting, false), Some(SavingMark::NotSaved));
        assert_eq!(told.mark(Saved, false), Some(SavingMark::Saved));
        assert_eq!(told.mark(Saved, false), Some(SavingMark::Saved));
        told.pressed();
        assert_eq!(told.mark(Saved, false), None);
    }
}
