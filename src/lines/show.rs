//! A question in lines that are only ever added, with all that its answer may be. Nobody is told
//! when they cannot be written: answers may come all the same.

use std::io::Write;

use super::LinesPrompter;
use crate::ask::{Ask, Choice, InitialSource, StepPosition, Want};
use crate::text::language::Language;
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
            let place = StepPosition {
                grew: false,
                ..place
            };
            format!(" {}", place.in_words(self.language))
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
            _ => {}
        }
        for end in ask.want.ends(self.language) {
            self.line(&end);
        }
        self.line(&how(&ask.want, self.language));
        if ask.sealed && ask.initial.is_some() {
            // A log of this may be read by the other of two people.
            self.line(self.language.translate(KEEPS_CLOSED));
        } else if let Some(initial) = &ask.initial {
            self.line(&stands(ask.initial_by, initial, self.width, self.language));
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
            let other = self.language.translate(other);
            let type_it = self.language.fill("{other}: type it", &[("other", &other)]);
            self.line(&format!("    {type_it}"));
        }
        let _ = writeln!(self.out);
    }
}

/// What one line can say.
fn how(want: &Want, language: Language) -> String {
    match want {
        Want::Text => language.translate(BLOCK).to_string(),
        Want::One { options, .. } => language.fill(AN_ID, &[("count", &options.len())]),
        Want::Many { options, min, max } => {
            let most = options.len().min(*max);
            let words = if *min == 0 { SOME_OR_NONE } else { SOME };
            language.fill(words, &[("min", min), ("most", &most)])
        }
        _ => want.hint(language),
    }
}

fn stands(by: InitialSource, initial: &str, width: usize, language: Language) -> String {
    let stands = match by {
        InitialSource::Person => KEEPS,
        InitialSource::Author => TAKES,
        InitialSource::Composed => TAKES_TOGETHER,
    };
    let words = first_words(initial, width.saturating_mul(2));
    language.fill(stands, &[("words", &words)])
}

// Texts for people.
const BLOCK: &str = "One line, or <<END, lines, and END alone on a line.";
const AN_ID: &str = "A number from 1 to {count}, or an id.";
const SOME: &str = "From {min} to {most} numbers or ids, with commas between.";
const SOME_OR_NONE: &str = "From {min} to {most} numbers or ids, with commas between; or none.";
const KEEPS_CLOSED: &str = "An empty line keeps what you gave, which stays closed.";
const KEEPS: &str = "An empty line keeps what you gave: {words}";
const TAKES: &str = "An empty line takes: {words}";
const TAKES_TOGETHER: &str = "An empty line takes your own sentences together: {words}";
