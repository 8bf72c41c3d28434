//! What could be better in one step.

use toml::de::DeTable;

use crate::exercise::{Step, StepKind};
use crate::format::problem::{Code, Problem};
use crate::format::read::{tables, text};
use crate::text::{columns, wrap};

/// More words than this are not read by someone who is upset.
const PROMPT_WORDS: usize = 60;
/// Wider labels are cut in a list on 40 columns.
const LABEL_COLUMNS: usize = 36;
/// The columns and rows of the smallest screen that a prompt's last paragraph has to itself.
const SMALL_SCREEN: (usize, usize) = (40, 5);

/// Looks at one step.
pub(super) fn step(table: &DeTable<'_>, step: &Step, problems: &mut Vec<Problem>) {
    // A screenful to read may be long; what is asked must be taken in at once.
    if step.kind() != StepKind::Say {
        prompt(table, step, problems);
    }
    for option in tables(table, "options") {
        let (Some(label), Some(value)) = (text(option, "label"), option.get("label")) else {
            continue;
        };
        let wide = columns(&label);
        if wide > LABEL_COLUMNS {
            let message =
                format!("this label is {wide} columns wide; narrow screens show {LABEL_COLUMNS}");
            problems.push(
                Problem::new(Code::WideLabel, value.span(), message)
                    .help("shorten it, or put the rest into `note`"),
            );
        }
    }
}

fn prompt(table: &DeTable<'_>, step: &Step, problems: &mut Vec<Problem>) {
    let Some((key, _)) = table.get_key_value("prompt") else {
        return;
    };
    let shown = step.prompt.outline();
    let words = shown.split_whitespace().count();
    if words > PROMPT_WORDS {
        let message =
            format!("this prompt has {words} words; {PROMPT_WORDS} are easier to take in");
        problems.push(
            Problem::new(Code::LongPrompt, key.span(), message)
                .help("move what can wait into `why` or `hints`, or into a `say` step before it"),
        );
        return;
    }
    let (columns, rows) = SMALL_SCREEN;
    let last = shown.trim().rsplit("\n\n").next().unwrap_or_default();
    let tall = wrap(last, columns).len();
    if tall > rows {
        let message =
            format!("the last paragraph takes {tall} rows of a small screen; {rows} stay in view");
        problems.push(
            Problem::new(Code::TallParagraph, key.span(), message)
                .help("put the question itself into a short last paragraph, after an empty line"),
        );
    }
}
