//! How text stands out on a terminal: by weight, slant, and the sixteen colours whose shades the
//! person's own theme decides. Never by colour alone: green and yellow are for signs, and an error
//! begins with its word in bold, since red words have a contrast of 2.4 to 1 on some themes.
//!
//! Nobody can tell whether a theme is light or dark, so text never takes a colour that is read
//! against the theme's background, and is never dimmed: on a light theme cyan, and on Solarized dim
//! text, can hardly be read. The tests compute it.

use console::Style;

/// How a piece of text looks.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Look {
    /// Like all text.
    #[default]
    Plain,
    /// A question or a heading.
    Strong,
    /// Beside the text: where one is, what was asked before, which keys there are.
    Quiet,
    /// What can be acted on.
    Accent,
    /// The sign before what is saved.
    Saved,
    /// The signs under what the reviewer points at.
    Finding,
}

impl Look {
    /// The text as a terminal shows it like this; as it is where nothing may be styled.
    pub fn paint(self, text: &str, styled: bool) -> String {
        let style = match self {
            _ if !styled => return text.to_string(),
            Self::Plain => return text.to_string(),
            Self::Strong => Style::new().bold(),
            Self::Quiet => Style::new().italic(),
            Self::Accent => Style::new().black().on_cyan().on_bright(),
            Self::Saved => Style::new().black().on_green(),
            Self::Finding => Style::new().black().on_yellow(),
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
        assert_eq!(Look::Quiet.paint("a", true), "\u{1b}[3ma\u{1b}[0m");
        assert_eq!(
            Look::Saved.paint("a", true),
            "\u{1b}[30m\u{1b}[42ma\u{1b}[0m"
        );
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

    /// A terminal's colours: what it writes with on what, and the sixteen.
    struct Theme {
        name: &'static str,
        text: u32,
        ground: u32,
        sixteen: [u32; 16],
    }

    /// The defaults of xterm, GNOME Terminal (VTE) and Apple's Terminal, and Solarized.
    fn themes() -> Vec<Theme> {
        let xterm = [
            0x0000_0000,
            0x00cd_0000,
            0x0000_cd00,
            0x00cd_cd00,
            0x0000_00ee,
            0x00cd_00cd,
            0x0000_cdcd,
            0x00e5_e5e5,
            0x007f_7f7f,
            0x00ff_0000,
            0x0000_ff00,
            0x00ff_ff00,
            0x005c_5cff,
            0x00ff_00ff,
            0x0000_ffff,
            0x00ff_ffff,
        ];
        let solarized = [
            0x0007_3642,
            0x00dc_322f,
            0x0085_9900,
            0x00b5_8900,
            0x0026_8bd2,
            0x00d3_3682,
            0x002a_a198,
            0x00ee_e8d5,
            0x0000_2b36,
            0x00cb_4b16,
            0x0058_6e75,
            0x0065_7b83,
            0x0083_9496,
            0x006c_71c4,
            0x0093_a1a1,
            0x00fd_f6e3,
        ];
        let gnome = [
            0x0017_1421,
            0x00c0_1c28,
            0x0026_a269,
            0x00a2_734c,
            0x0012_488b,
            0x00a3_47ba,
            0x002a_a1b3,
            0x00d0_cfcc,
            0x005e_5c64,
            0x00f6_6151,
            0x0033_d17a,
            0x00e9_ad0c,
            0x002a_7bde,
            0x00c0_61cb,
            0x0033_c7de,
            0x00ff_ffff,
        ];
        let apple = [
            0x0000_0000,
            0x0099_0000,
            0x0000_a600,
            0x0099_9900,
            0x0000_00b2,
            0x00b2_00b2,
            0x0000_a6b2,
            0x00bf_bfbf,
            0x0066_6666,
            0x00e5_0000,
            0x0000_d900,
            0x00e5_e500,
            0x0000_00ff,
            0x00e5_00e5,
            0x0000_e5e5,
            0x00e5_e5e5,
        ];
        let theme = |name, text, ground, sixteen| Theme {
            name,
            text,
            ground,
            sixteen,
        };
        vec![
            theme("xterm", 0x0000_0000, 0x00ff_ffff, xterm),
            theme("xterm, reversed", 0x00ff_ffff, 0x0000_0000, xterm),
            theme("Solarized light", 0x0065_7b83, 0x00fd_f6e3, solarized),
            theme("Solarized dark", 0x0083_9496, 0x0000_2b36, solarized),
            theme("GNOME light", 0x0017_1421, 0x00ff_ffff, gnome),
            theme("GNOME dark", 0x00d0_cfcc, 0x0017_1421, gnome),
            theme("Apple’s Basic", 0x0000_0000, 0x00ff_ffff, apple),
            theme("Apple’s Pro", 0x00f2_f2f2, 0x0000_0000, apple),
        ]
    }

    /// The contrast of two colours, as WCAG 2 computes it.
    fn contrast(one: u32, other: u32) -> f64 {
        let luminance = |colour: u32| {
            let [_, red, green, blue] = colour.to_be_bytes().map(|part| {
                let part = f64::from(part) / 255.0;
                match part <= 0.040_45 {
                    true => part / 12.92,
                    false => ((part + 0.055) / 1.055).powf(2.4),
                }
            });
            0.2126 * red + 0.7152 * green + 0.0722 * blue
        };
        let (one, other) = (luminance(one), luminance(other));
        (one.max(other) + 0.05) / (one.min(other) + 0.05)
    }

    /// The contrast of text that looks like this on a theme. How a terminal dims is its own affair:
    /// some halve the way to the ground, so that is taken.
    fn contrast_of(look: Look, theme: &Theme) -> f64 {
        let painted = look.paint("a", true);
        let (codes, _) = painted.split_once('a').unwrap();
        let (mut text, mut ground, mut dim) = (theme.text, theme.ground, false);
        for code in codes.split("\u{1b}[").filter(|code| !code.is_empty()) {
            let numbers = code.trim_end_matches('m').split(';');
            let numbers: Vec<usize> = numbers.map(|number| number.parse().unwrap()).collect();
            match numbers[..] {
                [1 | 3] => {}
                [2] => dim = true,
                [number @ 30..=37] => text = theme.sixteen[number - 30],
                [number @ 40..=47] => ground = theme.sixteen[number - 40],
                [38, 5, number] => text = theme.sixteen[number],
                [48, 5, number] => ground = theme.sixteen[number],
                _ => panic!("{code}"),
            }
        }
        if dim {
            let half = |shift: u32| (((text >> shift) & 255) + ((ground >> shift) & 255)) / 2;
            text = half(16) << 16 | half(8) << 8 | half(0);
        }
        contrast(text, ground)
    }

    /// Every way in which words are shown, and every way in which signs are, whose place tells too.
    const WORDS: [Look; 4] = [Look::Plain, Look::Strong, Look::Quiet, Look::Accent];
    const SIGNS: [Look; 2] = [Look::Saved, Look::Finding];

    #[test]
    fn words_and_signs_are_read_well_on_light_and_dark_themes() {
        let mut told = String::new();
        for theme in themes() {
            // No text can be read better than the theme's own.
            let own = contrast(theme.text, theme.ground);
            let bars = WORDS.map(|look| (look, own.min(4.5)));
            // What WCAG 2 asks of signs.
            let bars = bars.into_iter().chain(SIGNS.map(|look| (look, 3.0)));
            told += theme.name;
            for (look, bar) in bars {
                let contrast = contrast_of(look, &theme);
                assert!(contrast >= bar, "{} {look:?}: {contrast:.2}", theme.name);
                told += &format!(" {contrast:.1}");
            }
            told.push('\n');
        }
        insta::assert_snapshot!(told, @"
        xterm 21.0 21.0 21.0 16.7 9.7 12.3
        xterm, reversed 21.0 21.0 21.0 16.7 9.7 12.3
        Solarized light 4.1 4.1 4.1 4.9 4.1 4.1
        Solarized dark 4.7 4.7 4.7 4.9 4.1 4.1
        GNOME light 18.1 18.1 18.1 8.9 5.6 4.4
        GNOME dark 11.6 11.6 11.6 8.9 5.6 4.4
        Apple’s Basic 21.0 21.0 21.0 13.3 6.5 6.9
        Apple’s Pro 18.8 18.8 18.8 13.3 6.5 6.9
        ");
    }
}
