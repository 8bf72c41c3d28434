//! Markdown that shows what was written: nothing in it is taken for markup.

use super::page::{Block, Markup};
use crate::text::inert;

/// Markdown, as CommonMark has it, with tables.
#[derive(Debug)]
pub struct Markdown;

impl Markup for Markdown {
    fn begin(&self, _: &str) -> String {
        String::new()
    }

    fn blocks(&self, blocks: &[Block], _: &str) -> String {
        blocks.iter().map(block).collect::<Vec<_>>().join("\n\n") + "\n"
    }

    fn between(&self) -> &'static str {
        "\n"
    }

    fn end(&self) -> String {
        String::new()
    }
}

fn block(one: &Block) -> String {
    match one {
        Block::Title(text) => format!("# {}", line(text)),
        Block::Part(text) => format!("## {}", line(text)),
        Block::Answer(text) => format!("### {}", line(text)),
        Block::Facts(text) => line(text),
        Block::Chart(_) | Block::Strip(_) => match one.alternative() {
            Some((words, table)) => format!("{}\n\n{}", escaped(&words), block(&table)),
            None => String::new(),
        },
        Block::Asked(text) => {
            let lines = escaped(text);
            let lines = lines.split('\n').map(|line| match line {
                "" => String::from(">"),
                line => format!("> {line}"),
            });
            lines.collect::<Vec<_>>().join("\n")
        }
        Block::Words(text) => escaped(text),
        Block::List(items) => {
            let items = items.iter().map(|item| format!("- {}", line(item)));
            items.collect::<Vec<_>>().join("\n")
        }
        Block::Table(head, rows) => {
            let row = |cells: &Vec<String>| {
                let cells = cells.iter().map(|cell| line(cell).replace('|', "\\|"));
                format!("| {} |", cells.collect::<Vec<_>>().join(" | "))
            };
            let rule = head.iter().map(|_| "---").collect::<Vec<_>>().join(" | ");
            let rows = rows.iter().map(|cells| format!("\n{}", row(cells)));
            format!("{}\n| {rule} |{}", row(head), rows.collect::<String>())
        }
    }
}

/// A text on one line, with nothing in it that is markup.
fn line(text: &str) -> String {
    escaped(&text.split_whitespace().collect::<Vec<_>>().join(" "))
}

/// A text with its lines, and nothing in it that is markup.
fn escaped(text: &str) -> String {
    let text = inert(text);
    let lines = text.trim_end().lines().map(|line| one(line.trim()));
    let (mut lines, mut out) = (lines.peekable(), String::with_capacity(text.len()));
    while let Some(line) = lines.next() {
        out.push_str(&line);
        match lines.peek() {
            // Two spaces break a line inside of a paragraph.
            Some(next) if !line.is_empty() && !next.is_empty() => out.push_str("  \n"),
            Some(_) => out.push('\n'),
            None => {}
        }
    }
    out
}

fn one(line: &str) -> String {
    let mut out = String::with_capacity(line.len() + 8);
    let digits = line.bytes().take_while(u8::is_ascii_digit).count();
    for (at, c) in line.char_indices() {
        let first = at == 0 && matches!(c, '#' | '>' | '+' | '-' | '=' | ':' | '|');
        let numbered = at == digits && digits > 0 && matches!(c, '.' | ')');
        if first || numbered || matches!(c, '\\' | '`' | '*' | '_' | '[' | ']' | '<' | '&' | '~') {
            out.push('\\');
        }
        out.push(c);
    }
    out
}

#[cfg(test)]
mod tests {
    use proptest::strategy::Strategy;
    use pulldown_cmark::{Event, Options, Parser, Tag, TagEnd};

    use super::*;

    #[test]
    fn what_looks_like_markup_is_shown_as_it_was_written() {
        let text = "# not *that*\n1. one\n- two\n\n    <b>&amp; [x](y) `c`\n2026 was it\n";
        assert_eq!(
            escaped(text),
            "\\# not \\*that\\*  \n1\\. one  \n\\- two\n\n\\<b>\\&amp; \\[x\\](y) \\`c\\`  \n2026 was it"
        );
    }

    proptest::proptest! {
        #[test]
        fn any_text_is_shown_as_it_was_written(
            text in proptest::collection::vec(
                proptest::prop_oneof![MARKUP, "[a-c ]{1,3}", proptest::char::any().prop_map(String::from)], 0..12
            ).prop_map(|parts| parts.concat())
        ) {
            let (mut shown, mut markup) = (String::new(), Vec::new());
            let options = Options::ENABLE_TABLES
                | Options::ENABLE_STRIKETHROUGH
                | Options::ENABLE_TASKLISTS
                | Options::ENABLE_FOOTNOTES
                | Options::ENABLE_GFM;
            for event in Parser::new_ext(&escaped(&text), options) {
                match event {
                    Event::Text(text) => shown.push_str(&text),
                    Event::HardBreak | Event::SoftBreak | Event::Start(Tag::Paragraph) => shown.push(' '),
                    Event::End(TagEnd::Paragraph) => {}
                    other => markup.push(format!("{other:?}")),
                }
            }
            let words = |text: &str| text.split_whitespace().map(str::to_string).collect::<Vec<_>>();
            proptest::prop_assert_eq!(words(&shown), words(&inert(&text)), "{}", escaped(&text));
            proptest::prop_assert!(markup.is_empty(), "{:?}", markup);
        }
    }

    /// All that Markdown and what is built on it take for markup.
    const MARKUP: &str = r##"[-#>+=~:|*_`\\\[\](){}<>!&;.0-9^$"' \n]{1,4}"##;

    #[test]
    fn a_cell_is_one_line_and_ends_where_it_should() {
        let cells = |words: &[&str]| words.iter().map(ToString::to_string).collect::<Vec<_>>();
        let table = Block::Table(cells(&["a|b", "c"]), vec![cells(&["1\n2", "\u{1b}[2J"])]);
        assert_eq!(
            block(&table),
            "| a\\|b | c |\n| --- | --- |\n| 1 2 | \\\\u{1b}\\[2J |"
        );
    }
}
