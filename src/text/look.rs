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
}

impl Look {
    /// The text as a terminal shows it like this; as it is where nothing may be styled.
    pub fn paint(self, text: &str, styled: bool) -> String {
        let style = match self {
            _ if !styled => return text.to_string(),
            Self::Plain => return text.to_string(),
            Self::Strong => Style::new().bold(),
            Self::Faint => Style::new().dim(),
        };
        style.force_styling(true).apply_to(text).to_string()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_is_styled_only_where_it_may_be() {
        assert_eq!(Look::Strong.paint("a", true), "\u{1b}[1ma\u{1b}[0m");
        assert_eq!(Look::Faint.paint("a", true), "\u{1b}[2ma\u{1b}[0m");
        assert_eq!(Look::Plain.paint("a", true), "a");
        assert_eq!(Look::Strong.paint("a", false), "a");
    }
}
