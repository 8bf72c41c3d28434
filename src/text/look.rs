//! How text stands out on a terminal: by weight, and by the sixteen colours whose shades the
//! person's own theme decides. Never by colour alone.

use console::Style;

/// How a piece of text looks.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Look {
    /// Like all text.
    #[default]
    Plain,
    /// A question or a heading.
    Strong,
    /// Less in the way than text.
    Faint,
    /// What can be acted on.
    Accent,
    /// What is saved.
    Saved,
    /// What the reviewer points at.
    Finding,
    /// What went wrong.
    Trouble,
}

impl Look {
    /// The text as a terminal shows it like this; as it is where nothing may be styled.
    pub fn paint(self, text: &str, styled: bool) -> String {
        let style = match self {
            _ if !styled => return text.to_string(),
            Self::Plain => return text.to_string(),
            Self::Strong => Style::new().bold(),
            Self::Faint => Style::new().dim(),
            Self::Accent => Style::new().cyan().bold(),
            Self::Saved => Style::new().green(),
            Self::Finding => Style::new().yellow(),
            Self::Trouble => Style::new().red().bold(),
        };
        style.force_styling(true).apply_to(text).to_string()
    }
}

/// The signs that stand before a line, each a column wide.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Signs {
    /// Before the entry of a list that Enter takes.
    pub pointer: &'static str,
    /// Before an answer that was given.
    pub given: &'static str,
}

impl Signs {
    /// Those that a terminal shows, which has only ASCII where `utf8` is false.
    pub fn of(utf8: bool) -> Self {
        let (pointer, given) = if utf8 { ("❯", "✓") } else { (">", "*") };
        Self { pointer, given }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_is_styled_only_where_it_may_be() {
        assert_eq!(Look::Strong.paint("a", true), "\u{1b}[1ma\u{1b}[0m");
        assert_eq!(Look::Faint.paint("a", true), "\u{1b}[2ma\u{1b}[0m");
        assert_eq!(Look::Saved.paint("a", true), "\u{1b}[32ma\u{1b}[0m");
        assert_eq!(Look::Plain.paint("a", true), "a");
        assert_eq!(Look::Strong.paint("a", false), "a");
    }

    #[test]
    fn every_sign_takes_one_column() {
        for signs in [Signs::of(true), Signs::of(false)] {
            assert_eq!(crate::text::columns(signs.pointer), 1);
            assert_eq!(crate::text::columns(signs.given), 1);
        }
        assert!(Signs::of(false).pointer.is_ascii() && Signs::of(false).given.is_ascii());
    }
}
