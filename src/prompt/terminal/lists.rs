//! The lists and the yes-or-no themselves, drawn by dialoguer.
//!
//! Its items are bare numbers and the theme puts the labels in: dialoguer measures items in bytes,
//! and would clear too many rows for labels outside ASCII.

use std::cell::Cell;
use std::fmt;
use std::io;

use console::Term;
use dialoguer::theme::Theme;
use dialoguer::{Confirm, MultiSelect, Select};

use super::guard::Output;

/// What came of a list. Ctrl-C is an error, `Interrupted`, and has raised its signal already.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Picked<T> {
    /// This was chosen.
    Taken(T),
    /// Esc: this is how it stood.
    Left(T),
}

/// Labels, and the marks as they were drawn last. Marks and cursor are told by characters alone.
struct Labels<'a> {
    labels: &'a [String],
    marked: Vec<Cell<bool>>,
    active: Cell<usize>,
}

impl<'a> Labels<'a> {
    fn new(labels: &'a [String], marked: &[bool]) -> Self {
        Self {
            labels,
            marked: marked.iter().copied().map(Cell::new).collect(),
            active: Cell::new(0),
        }
    }

    fn label(&self, number: &str, active: bool) -> &str {
        let index = number.parse().unwrap_or(0);
        if active {
            self.active.set(index);
        }
        self.labels.get(index).map_or("", String::as_str)
    }

    fn numbers(&self) -> Vec<String> {
        (0..self.labels.len())
            .map(|index| index.to_string())
            .collect()
    }
}

impl Theme for Labels<'_> {
    fn format_prompt(&self, out: &mut dyn fmt::Write, prompt: &str) -> fmt::Result {
        out.write_str(prompt)
    }

    fn format_confirm_prompt(
        &self,
        out: &mut dyn fmt::Write,
        prompt: &str,
        default: Option<bool>,
    ) -> fmt::Result {
        let keys = match default {
            None => "y/n",
            Some(true) => "Y/n",
            Some(false) => "y/N",
        };
        write!(out, "{prompt} [{keys}] ")
    }

    fn format_select_prompt_item(
        &self,
        out: &mut dyn fmt::Write,
        number: &str,
        active: bool,
    ) -> fmt::Result {
        let cursor = if active { ">" } else { " " };
        write!(out, "{cursor} {}", self.label(number, active))
    }

    fn format_multi_select_prompt_item(
        &self,
        out: &mut dyn fmt::Write,
        number: &str,
        checked: bool,
        active: bool,
    ) -> fmt::Result {
        let label = self.label(number, active);
        let index: Option<usize> = number.parse().ok();
        if let Some(mark) = index.and_then(|index| self.marked.get(index)) {
            mark.set(checked);
        }
        let cursor = if active { ">" } else { " " };
        let mark = if checked { "[x]" } else { "[ ]" };
        write!(out, "{cursor} {mark} {label}")
    }
}

/// One of the labels, at most `rows` of them in view, beginning at `first`.
pub(super) fn one(
    output: Output,
    labels: &[String],
    first: usize,
    rows: usize,
) -> io::Result<Picked<usize>> {
    let theme = Labels::new(labels, &[]);
    let chosen = Select::with_theme(&theme)
        .with_prompt("")
        .report(false)
        .items(theme.numbers())
        .default(first.min(labels.len().saturating_sub(1)))
        .max_length(rows)
        .interact_on_opt(&term(output));
    let at = theme.active.get();
    picked(chosen, || at)
}

/// Several of the labels, with some marked to begin with.
pub(super) fn many(
    output: Output,
    labels: &[String],
    marked: &[bool],
    rows: usize,
) -> io::Result<Picked<Vec<bool>>> {
    let theme = Labels::new(labels, marked);
    let chosen = MultiSelect::with_theme(&theme)
        .with_prompt("")
        .report(false)
        .items(theme.numbers())
        .defaults(marked)
        .max_length(rows)
        .interact_on_opt(&term(output));
    let chosen = chosen.map(|chosen| {
        chosen.map(|chosen| {
            (0..labels.len())
                .map(|index| chosen.contains(&index))
                .collect()
        })
    });
    let marks = theme.marked.iter().map(Cell::get).collect();
    picked(chosen, || marks)
}

/// Yes or no; Enter takes `standing` where there is one.
pub(super) fn yes_no(output: Output, standing: Option<bool>) -> io::Result<Picked<Option<bool>>> {
    let theme = Labels::new(&[], &[]);
    let mut confirm = Confirm::with_theme(&theme)
        .with_prompt("Yes or no?")
        .report(false);
    if let Some(standing) = standing {
        confirm = confirm.default(standing);
    }
    let chosen = confirm.interact_on_opt(&term(output));
    picked(chosen.map(|chosen| chosen.map(Some)), || standing)
}

fn term(output: Output) -> Term {
    match output {
        Output::Stderr => Term::stderr(),
        Output::Stdout => Term::stdout(),
    }
}

fn picked<T>(
    chosen: dialoguer::Result<Option<T>>,
    standing: impl FnOnce() -> T,
) -> io::Result<Picked<T>> {
    match chosen {
        Ok(Some(chosen)) => Ok(Picked::Taken(chosen)),
        Ok(None) => Ok(Picked::Left(standing())),
        Err(dialoguer::Error::IO(error)) => Err(error),
    }
}
