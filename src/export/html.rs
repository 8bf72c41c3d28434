//! One page of HTML that needs nothing else: no script, no link to anywhere, to be read on a phone
//! or printed.

use super::page::{Block, Markup};
use super::picture;
use crate::text::inert;

/// HTML, a page in one file.
#[derive(Debug)]
pub struct Html;

impl Markup for Html {
    fn begin(&self, title: &str) -> String {
        let title = escaped(title);
        format!(
            "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n\
             <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n\
             <meta http-equiv=\"Content-Security-Policy\" \
             content=\"default-src 'none'; style-src 'unsafe-inline'\">\n\
             <meta name=\"referrer\" content=\"no-referrer\">\n\
             <title>{title}</title>\n<style>\n{STYLE}</style>\n</head>\n<body>\n<main>\n"
        )
    }

    fn blocks(&self, blocks: &[Block], lang: &str) -> String {
        let is_lang = |c: char| c.is_ascii_alphanumeric() || c == '-';
        let lang = match !lang.is_empty() && lang.len() <= 35 && lang.chars().all(is_lang) {
            true => format!(" lang=\"{lang}\""),
            false => String::new(),
        };
        let blocks = blocks.iter().map(|one| block(one) + "\n");
        format!(
            "<article{lang}>\n{}</article>\n",
            blocks.collect::<String>()
        )
    }

    fn between(&self) -> &'static str {
        ""
    }

    fn end(&self) -> String {
        "</main>\n</body>\n</html>\n".to_string()
    }
}

fn block(one: &Block) -> String {
    match one {
        Block::Title(text) => format!("<h1 dir=\"auto\">{}</h1>", line(text)),
        Block::Part(text) => format!("<h2 dir=\"auto\">{}</h2>", line(text)),
        Block::Answer(text) => format!("<h3 dir=\"auto\">{}</h3>", line(text)),
        Block::Facts(text) => format!("<p class=\"facts\" lang=\"en\">{}</p>", line(text)),
        Block::Asked(text) => format!("<div class=\"asked\">{}</div>", paragraphs(text)),
        Block::Words(text) => format!("<div class=\"words\">{}</div>", paragraphs(text)),
        Block::Chart(measure) => figure(one, &picture::chart(measure)),
        Block::Strip(strip) => figure(one, &picture::strip(strip)),
        Block::List(items) => {
            let items = items
                .iter()
                .map(|item| format!("<li dir=\"auto\">{}</li>", line(item)));
            format!("<ul>{}</ul>", items.collect::<String>())
        }
        Block::Table(head, rows) => {
            let cells = |cells: &[String], tag: &str| {
                let cells = cells
                    .iter()
                    .map(|cell| format!("<{tag} dir=\"auto\">{}</{tag}>", line(cell)));
                format!("<tr>{}</tr>", cells.collect::<String>())
            };
            let rows = rows.iter().map(|row| cells(row, "td")).collect::<String>();
            let head = cells(head, "th scope=\"col\"").replace("</th scope=\"col\">", "</th>");
            format!("<table>{head}{rows}</table>")
        }
    }
}

/// A picture, its words below it, and its numbers: to be opened on a screen, always there on paper.
fn figure(one: &Block, picture: &str) -> String {
    let Some((words, table)) = one.alternative() else {
        return String::new();
    };
    let (words, table) = (line(&words), block(&table));
    format!(
        "<figure>{picture}\n<figcaption>{words}</figcaption>\n\
         <details class=\"screen\"><summary>{NUMBERS}</summary>{table}</details>\n\
         <div class=\"paper\">{table}</div></figure>"
    )
}

/// A paragraph for each part between empty lines; each runs in its own direction.
fn paragraphs(text: &str) -> String {
    let text = text.trim_end().replace("\r\n", "\n");
    let parts = text.split("\n\n").map(|part| part.trim_matches('\n'));
    let parts = parts.filter(|part| !part.trim().is_empty());
    parts
        .map(|part| format!("<p dir=\"auto\">{}</p>", escaped(part)))
        .collect()
}

fn line(text: &str) -> String {
    escaped(&text.split_whitespace().collect::<Vec<_>>().join(" "))
}

fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 16);
    for c in inert(text).chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#39;"),
            c => out.push(c),
        }
    }
    out
}

// Texts for people.
const NUMBERS: &str = "The numbers";

const STYLE: &str = "\
body { margin: 0; background: #fff; color: #1a1a1a; font: 1.06rem/1.5 Georgia, serif; }
main { max-width: 38rem; margin: 0 auto; padding: 1rem; overflow-wrap: break-word; }
article { margin-bottom: 3rem; }
h1 { font-size: 1.5rem; line-height: 1.25; } h2 { font-size: 1.25rem; margin-top: 2rem; }
h3 { font-size: 1rem; margin: 1.2rem 0 0; }
p { white-space: pre-wrap; margin: 0.5rem 0; }
.facts { color: #555; font-size: 0.9rem; }
.asked { color: #444; border-inline-start: 3px solid #bbb; padding-inline-start: 0.8rem; margin-top: 1.5rem; }
table { border-collapse: collapse; width: 100%; font-size: 0.95rem; }
th, td { border: 1px solid #bbb; padding: 0.3rem 0.5rem; text-align: start; vertical-align: top; }
figure { margin: 0.5rem 0 1.5rem; } figcaption { margin-top: 0.5rem; } svg { display: block; width: 100%; max-width: 32rem; height: auto; }
svg text { fill: #1a1a1a; font-family: system-ui, sans-serif; } svg line { stroke: #ccc; } .dot { fill: #0b5394; }
.none { fill: none; stroke: #ccc; } .done { fill: none; stroke: #0b5394; stroke-width: 2; } .paper { display: none; }
@media (prefers-color-scheme: dark) { svg text { fill: #e8e8e8; } svg line, .none { stroke: #444; } .dot { fill: #9cc4f0; } .done { stroke: #9cc4f0; }
  body { background: #161616; color: #e8e8e8; } .facts, .asked { color: #bbb; } }
@media print { body { background: #fff; color: #000; font-size: 11pt; } main { max-width: none; padding: 0; }
  figure { break-inside: avoid-page; } .screen { display: none; } .paper { display: block; }
  svg text { fill: #000; } svg line, .none { stroke: #999; } .dot { fill: #000; } .done { stroke: #000; }
  article { break-after: page; } article:last-child { break-after: auto; }
  h1, h2, h3, .asked { break-after: avoid; } tr, li { break-inside: avoid; } .facts, .asked { color: #333; } }
";

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_that_was_written_is_taken_for_markup() {
        let text = "<script>alert('x')</script>\n\n\u{202e}&amp; \"q\"\nnext";
        assert_eq!(
            block(&Block::Words(text.to_string())),
            "<div class=\"words\"><p dir=\"auto\">&lt;script&gt;alert(&#39;x&#39;)&lt;/script&gt;</p>\
             <p dir=\"auto\">\\u{202e}&amp;amp; &quot;q&quot;\nnext</p></div>"
        );
        let page = Html.blocks(&[Block::Title("\"><b>".to_string())], "en\" onload=\"x");
        assert_eq!(
            page,
            "<article>\n<h1 dir=\"auto\">&quot;&gt;&lt;b&gt;</h1>\n</article>\n"
        );
    }
}
