//! What went wrong, why, and what to do next; and the one table of exit codes.

use std::cell::Cell;
use std::fmt;
use std::io::{self, Write};
use std::panic::{self, AssertUnwindSafe, PanicHookInfo};

use crate::text::look::Look;

/// How a run ended. The numbers are part of the command line's contract.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Exit {
    /// Done; also a search without a hit, and `/leave`.
    Done,
    /// Failed.
    Failed,
    /// Usage, or an invalid or unknown answer.
    Usage,
    /// Input was needed and there was nobody to ask.
    InputNeeded,
    /// Paused, saved.
    Paused,
    /// An exercise or rules file has errors.
    BadExercise,
    /// Something was looked for, and it was found.
    Found,
    /// No answer came in time; saved.
    TimedOut,
    /// Ended by a signal, after saving.
    Signal(u8),
}

impl Exit {
    /// The number the process ends with.
    pub fn code(self) -> u8 {
        match self {
            Self::Done => 0,
            Self::Failed => 1,
            Self::Usage => 2,
            Self::InputNeeded => 3,
            Self::Paused => 4,
            Self::BadExercise => 5,
            Self::Found => 6,
            Self::TimedOut => 124,
            Self::Signal(number) => 128 + number,
        }
    }
}

/// Every exit code and what it means, for the help and the manual.
pub const EXITS: &[(u8, &str)] = &[
    (0, "done; also a search that found nothing, and /leave"),
    (1, "failed"),
    (2, "wrong usage, or an answer that is wrong or unknown"),
    (
        3,
        "something is missing and there’s nobody to ask: answers, a passphrase, --screened",
    ),
    (4, "paused, saved"),
    (5, "an exercise file has errors"),
    (6, "found what it was looking for"),
    (124, "no answer in time, saved"),
    (129, "ended by SIGHUP, after saving"),
    (130, "ended by Ctrl-C, after saving"),
    (143, "ended by SIGTERM, after saving"),
];

/// An error as a person reads it: one line on what, its causes, and hints on what to do next.
#[derive(Debug)]
pub struct Error {
    /// The exit code this error ends the run with.
    pub exit: Exit,
    /// What went wrong, with the name or path, in lower case and without a full stop.
    pub message: String,
    /// Details that belong to the message, one a line, indented when shown.
    pub details: Vec<String>,
    /// Why, outermost first.
    pub causes: Vec<String>,
    /// What to do next.
    pub hints: Vec<String>,
}

/// A result with the error that `main` reports.
pub type Result<T, E = Error> = std::result::Result<T, E>;

impl Error {
    /// An error that ends the run with `exit`.
    pub fn new(exit: Exit, message: impl Into<String>) -> Self {
        Self {
            exit,
            message: message.into(),
            details: Vec::new(),
            causes: Vec::new(),
            hints: Vec::new(),
        }
    }

    /// Something failed that is nobody's mistake on the command line.
    pub fn failed(message: impl Into<String>) -> Self {
        Self::new(Exit::Failed, message)
    }

    /// The command line, or an answer in it, is not right.
    pub fn usage(message: impl Into<String>) -> Self {
        Self::new(Exit::Usage, message)
    }

    /// An end of the run that is no error, or is told already: nothing more is shown.
    pub fn told(exit: Exit) -> Self {
        Self::new(exit, "")
    }

    /// Something is needed, and nobody is at the terminal to be asked.
    pub fn nobody_to_ask(what: impl fmt::Display) -> Self {
        let message = format!("{what}, and there’s nobody to ask");
        Self::new(Exit::InputNeeded, message)
    }

    /// Adds a cause and the causes behind it.
    #[must_use]
    pub fn because(mut self, cause: &(dyn std::error::Error + 'static)) -> Self {
        let mut next = Some(cause);
        while let Some(error) = next {
            self.causes.push(error.to_string());
            next = error.source();
        }
        self
    }

    /// Adds a line on what to do next.
    #[must_use]
    pub fn hint(mut self, hint: impl Into<String>) -> Self {
        self.hints.push(hint.into());
        self
    }

    /// Adds a line that belongs to the message.
    #[must_use]
    pub fn detail(mut self, detail: impl Into<String>) -> Self {
        self.details.push(detail.into());
        self
    }
}

/// The whole report, a line each, made inert for a terminal.
impl Error {
    /// The error as a terminal shows it, with its first word standing out where it may.
    pub fn shown(&self, styled: bool) -> String {
        let text = self.to_string();
        let word = Look::Strong.paint(ERROR, styled);
        text.strip_prefix(ERROR)
            .map_or_else(|| text.clone(), |rest| format!("{word}{rest}"))
    }
}

/// What an error begins with.
const ERROR: &str = "error:";

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let inert = crate::text::inert;
        if self.message.is_empty() {
            return Ok(());
        }
        writeln!(f, "{ERROR} {}", inert(&self.message))?;
        for detail in &self.details {
            writeln!(f, "  {}", inert(detail))?;
        }
        for cause in &self.causes {
            writeln!(f, "caused by: {}", inert(cause))?;
        }
        for hint in &self.hints {
            writeln!(f, "hint: {}", inert(hint))?;
        }
        Ok(())
    }
}

impl std::error::Error for Error {}

thread_local! {
    /// Whether a panic of this thread is caught and told of by whoever caught it.
    static CAUGHT: Cell<bool> = const { Cell::new(false) };
}

/// Runs what panics in a dependency where the system fails it; none where it did.
pub fn caught<T>(run: impl FnOnce() -> T) -> Option<T> {
    CAUGHT.set(true);
    let done = panic::catch_unwind(AssertUnwindSafe(run));
    CAUGHT.set(false);
    done.ok()
}

/// Lets a panic say where it was and nothing else: its message could hold a person's words.
pub fn keep_words_out_of_panics() {
    panic::set_hook(Box::new(|panicked| {
        if !CAUGHT.get() {
            let _ = io::stderr().write_all(panic_report(panicked).as_bytes());
        }
    }));
}

fn panic_report(panicked: &PanicHookInfo<'_>) -> String {
    let place = panicked.location().map_or_else(String::new, |place| {
        format!(" ({}:{})", place.file(), place.line())
    });
    format!(
        "error: trust-coach made a mistake and stopped{place}\n\
         hint: what was saved is on the disk; `trust-coach doctor` looks at it\n"
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_panic_says_where_it_was_and_no_words() {
        let before = panic::take_hook();
        let said = std::sync::Arc::new(std::sync::Mutex::new(String::new()));
        let to = std::sync::Arc::clone(&said);
        panic::set_hook(Box::new(move |panicked| {
            to.lock().unwrap().push_str(&panic_report(panicked));
        }));
        let words = String::from("what nobody may read");
        assert!(caught(|| panic!("{words}")).is_none());
        panic::set_hook(before);
        let said = said.lock().unwrap();
        assert!(said.contains("error.rs:"), "{said}");
        assert!(!said.contains("nobody may read"), "{said}");
    }

    #[test]
    fn the_table_has_every_code_once() {
        let exits = [
            Exit::Done,
            Exit::Failed,
            Exit::Usage,
            Exit::InputNeeded,
            Exit::Paused,
            Exit::BadExercise,
            Exit::Found,
            Exit::TimedOut,
            Exit::Signal(1),
            Exit::Signal(2),
            Exit::Signal(15),
        ];
        let codes: Vec<u8> = EXITS.iter().map(|(code, _)| *code).collect();
        assert_eq!(codes, exits.map(Exit::code));
    }

    #[test]
    fn a_report_has_a_line_for_each_thing_and_cannot_steer_a_terminal() {
        let error = Error::usage("no \u{1b}[31mway").detail("d").hint("go home");
        assert_eq!(
            error.to_string(),
            "error: no \\u{1b}[31mway\n  d\nhint: go home\n"
        );
    }
}
