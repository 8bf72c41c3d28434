//! A question in lines that are only ever added, with all that its answer may be. Nobody is told
//! when they cannot be written: answers may come all the same.

use std::io::Write;

use super::LinesPrompter;
use crate::ask::{Ask, Choice, InitialSource, Want};
use crate::text::{first_words, inert, wrap, wrap_indented};

impl<W: Write> LinesPrompter<W> {
    fn line(&mut self, text: &str) {
        for line in wrap(&inert(text), self.width) {
            let _ = writeln!(self.out, "{}", line.trim_end());
        }
    }

    pub(super) fn paragraph(&mut self, text: &str) {
        self.line(text);
        let _ = writeln!(self.out);
        let _ = self.out.flush();
    }

    /// Where we are, what was said before, and the prompt.
    pub(super) fn head(&mut self, ask: &Ask) {
        let place = ask.place.map_or(String::new(), |place| {
            let about = if place.about { "about " } else { "" };
            format!(" step {} of {about}{}", place.step, place.of)
        });
        self.line(&format!("[{}]{place}", ask.id));
        let _ = writeln!(self.out);
        for pin in &ask.pins {
            let text = first_words(&pin.text, self.width.saturating_mul(2));
            self.paragraph(&format!("{}: {text}", pin.name));
        }
        self.paragraph(&ask.prompt);
    }

    /// The whole question.
    pub(super) fn question(&mut self, ask: &Ask) {
        self.head(ask);
        match &ask.want {
            Want::One { options, other } => self.options(options, other.as_deref()),
            Want::Many { options, .. } => self.options(options, None),
            Want::Scale {
                from,
                to,
                low,
                high,
            } => {
                for (number, label) in [(from, low), (to, high)] {
                    if let Some(label) = label {
                        self.line(&format!("{number} means: {label}"));
                    }
                }
            }
            _ => {}
        }
        self.line(&how(&ask.want));
        if let Some(initial) = &ask.initial {
            self.line(&stands(ask.initial_by, initial, self.width));
        }
        let _ = writeln!(self.out);
        let _ = self.out.flush();
    }

    fn options(&mut self, options: &[Choice], other: Option<&str>) {
        for (at, option) in options.iter().enumerate() {
            let first = format!("{:>3} ", at + 1);
            let note = option.note.as_ref().map(|note| format!(" ({note})"));
            let text = format!(
                "{}: {}{}",
                option.id,
                option.label,
                note.unwrap_or_default()
            );
            for line in wrap_indented(&inert(&text), self.width, &first, "    ") {
                let _ = writeln!(self.out, "{line}");
            }
        }
        if let Some(other) = other {
            self.line(&format!("    {other}: type it"));
        }
        let _ = writeln!(self.out);
    }
}

/// What one line can say.
fn how(want: &Want) -> String {
    match want {
        Want::Text => String::from("One line, or <<END, lines, and END alone on a line."),
        Want::One { options, .. } => format!("A number from 1 to {}, or an id.", options.len()),
        Want::Many { options, min, max } => {
            let most = options.len().min(*max);
            let none = if *min == 0 { "; or none" } else { "" };
            format!("From {min} to {most} numbers or ids, with commas between{none}.")
        }
        _ => want.hint(),
    }
}

fn stands(by: InitialSource, initial: &str, width: usize) -> String {
    let words = first_words(initial, width.saturating_mul(2));
    match by {
        InitialSource::Person => format!("An empty line keeps what you gave: {words}"),
        InitialSource::Author => format!("An empty line takes: {words}"),
        InitialSource::Composed => {
            format!("An empty line takes your own sentences together: {words}")
        }
    }
}
