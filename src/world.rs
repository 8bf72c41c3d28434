//! What a run is handed from outside: variables, folders, the clock, randomness, and what the
//! streams lead to. Read once, at the edge; nothing below asks the environment again.

use std::env;
use std::ffi::OsString;
use std::io::{self, IsTerminal, Write};
use std::path::{Path, PathBuf};

use etcetera::BaseStrategy;
use jiff::Zoned;
use rand::TryRng;

use crate::error::{Error, Result};

/// Everything that comes from outside.
pub struct World<'a> {
    /// The product: lists, transcripts, JSON.
    pub out: &'a mut dyn Write,
    /// Everything else that is said.
    pub err: &'a mut dyn Write,
    /// What the streams lead to.
    pub terminal: Terminal,
    /// The time, from the machine or pinned.
    pub clock: Clock,
}

impl<'a> World<'a> {
    /// Looks at the process's own streams and variables.
    pub fn look(
        out: &'a mut dyn Write,
        err: &'a mut dyn Write,
        plain: bool,
        colour: Colour,
    ) -> Result<Self> {
        let (terminal, clock) = (Terminal::look(plain, colour), Clock::look()?);
        Ok(Self {
            out,
            err,
            terminal,
            clock,
        })
    }

    /// The folders, or what to do when there is no home.
    pub fn folders(&self) -> Result<Folders> {
        Folders::find()
    }

    /// Writes to the product stream. A closed pipe is not an error: the reader has seen enough.
    pub fn print(&mut self, text: &str) -> Result<()> {
        finish(
            self.out
                .write_all(text.as_bytes())
                .and_then(|()| self.out.flush()),
            "standard output",
        )
    }

    /// Says something that is not the product. Nobody is told when that fails.
    pub fn tell(&mut self, text: &str) {
        let _ = self
            .err
            .write_all(text.as_bytes())
            .and_then(|()| self.err.flush());
    }
}

fn finish(result: io::Result<()>, to: &str) -> Result<()> {
    match result {
        Err(error) if error.kind() != io::ErrorKind::BrokenPipe => {
            Err(Error::failed(format!("could not write to {to}")).because(&error))
        }
        _ => Ok(()),
    }
}

/// What the streams lead to.
#[derive(Clone, Copy, Debug)]
pub struct Terminal {
    /// Whether answers can come from a person's keyboard.
    pub stdin: bool,
    /// Whether the product is read on a screen.
    pub stdout: bool,
    /// Whether prompts are read on a screen.
    pub stderr: bool,
    /// Columns of the screen; 80 where there is none.
    pub columns: usize,
    /// Rows of the screen; 24 where there is none.
    pub rows: usize,
    /// Whether prompts only ever add lines: asked for, or the screen can do no more.
    pub plain: bool,
    /// Whether what is said in colour is also said in colour on the prompts' screen.
    pub colour: bool,
}

/// When to use colour.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, clap::ValueEnum)]
pub enum Colour {
    /// At a terminal, unless a variable says otherwise.
    #[default]
    Auto,
    /// Always.
    Always,
    /// Never.
    Never,
}

impl Colour {
    /// Decides once: the flag, then `NO_COLOR`, `CLICOLOR_FORCE` and `FORCE_COLOR`, `CLICOLOR`,
    /// `TERM`, then whether somebody looks.
    pub fn decide(self, variable: impl Fn(&str) -> Option<OsString>, terminal: bool) -> bool {
        let on = |name| variable(name).is_some_and(|value| value != "0");
        match self {
            Self::Always => true,
            Self::Never => false,
            Self::Auto if variable("NO_COLOR").is_some() => false,
            Self::Auto if on("CLICOLOR_FORCE") || on("FORCE_COLOR") => true,
            Self::Auto => {
                let off = variable("CLICOLOR").is_some_and(|value| value == "0");
                terminal && !off && !dumb(&variable)
            }
        }
    }
}

fn dumb(variable: impl Fn(&str) -> Option<OsString>) -> bool {
    variable("TERM").is_none_or(|term| term == "dumb")
}

/// Whether a variable asks for plain mode: set, and not one of the words for no.
fn wanted(value: Option<OsString>) -> bool {
    value.is_some_and(|value| {
        let value = value.to_string_lossy().to_lowercase();
        !matches!(value.as_str(), "0" | "false" | "no" | "off")
    })
}

impl Terminal {
    /// Looks at the process's own streams and variables.
    pub fn look(plain: bool, colour: Colour) -> Self {
        let (stdin, stdout, stderr) = (
            io::stdin().is_terminal(),
            io::stdout().is_terminal(),
            io::stderr().is_terminal(),
        );
        let size = [
            rustix::termios::tcgetwinsize(io::stderr()),
            rustix::termios::tcgetwinsize(io::stdout()),
        ]
        .into_iter()
        .flatten()
        .find(|size| size.ws_col > 0 && size.ws_row > 0);
        let asked = variable("COLUMNS").and_then(|columns| columns.to_str()?.parse().ok());
        Self {
            stdin,
            stdout,
            stderr,
            columns: size
                .map(|size| usize::from(size.ws_col))
                .or(asked)
                .unwrap_or(80),
            rows: size.map_or(24, |size| usize::from(size.ws_row)),
            plain: plain
                || wanted(variable("TRUST_COACH_PLAIN"))
                || wanted(variable("ACCESSIBLE"))
                || dumb(variable),
            colour: colour.decide(variable, stderr),
        }
    }
}

/// The time. Looking up the local zone is slow, so it is done when first asked.
#[derive(Clone, Debug)]
pub enum Clock {
    /// The machine's.
    Machine,
    /// Always the same moment, for runs that must repeat.
    Pinned(Box<Zoned>),
}

impl Clock {
    /// The machine's, unless `TRUST_COACH_NOW` pins a moment in RFC 9557 form.
    pub fn look() -> Result<Self> {
        let Some(moment) = variable("TRUST_COACH_NOW") else {
            return Ok(Self::Machine);
        };
        let moment = moment.to_string_lossy();
        match moment.parse::<Zoned>() {
            Ok(now) => Ok(Self::Pinned(Box::new(now))),
            Err(error) => Err(
                Error::usage(format!("TRUST_COACH_NOW is not a moment: {moment}"))
                    .because(&error)
                    .hint("write it as 2026-11-22T18:45:01+01:00[Europe/Berlin], or unset it"),
            ),
        }
    }

    /// Now, in the local zone.
    pub fn now(&self) -> Zoned {
        match self {
            Self::Machine => Zoned::now(),
            Self::Pinned(now) => (**now).clone(),
        }
    }
}

/// Where the person's files are.
#[derive(Clone, Debug)]
pub struct Folders {
    /// Sessions and own exercises: worth a backup.
    pub data: PathBuf,
    /// Locks and editor drafts: of this machine only.
    pub state: PathBuf,
}

impl Folders {
    /// `TRUST_COACH_HOME` for everything, else the XDG folders.
    pub fn find() -> Result<Self> {
        if let Some(home) = variable("TRUST_COACH_HOME") {
            return Ok(Self::under(Path::new(&home)));
        }
        let no_home = || {
            Error::failed("there is no home folder to keep sessions in")
                .hint("set HOME, or set TRUST_COACH_HOME to a folder of your own")
        };
        // The crate falls back to the user database; an unset or empty HOME is worth a clear word.
        if variable("HOME").is_none() && variable("XDG_DATA_HOME").is_none() {
            return Err(no_home());
        }
        let base = etcetera::choose_base_strategy().map_err(|_| no_home())?;
        let data = base.data_dir().join("trust-coach");
        let state = base
            .state_dir()
            .unwrap_or_else(|| base.data_dir())
            .join("trust-coach");
        Ok(Self { data, state })
    }

    /// Everything below one folder.
    pub fn under(home: &Path) -> Self {
        Self {
            data: home.to_path_buf(),
            state: home.join("state"),
        }
    }

    /// The person's own exercises.
    pub fn exercises(&self) -> PathBuf {
        self.data.join("exercises")
    }
}

/// A variable that is set and not empty.
pub fn variable(name: &str) -> Option<OsString> {
    env::var_os(name).filter(|value| !value.is_empty())
}

/// A number nobody can guess, from the system.
pub fn random() -> Result<u32> {
    rand::rngs::SysRng
        .try_next_u32()
        .map_err(|error| Error::failed("the system gave no random number").because(&error))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn colour(flag: Colour, variables: &[(&str, &str)], terminal: bool) -> bool {
        let found = |name: &str| {
            let set = variables
                .iter()
                .find(|(known, value)| *known == name && !value.is_empty());
            set.map(|(_, value)| OsString::from(value))
        };
        flag.decide(found, terminal)
    }

    #[test]
    fn colour_is_decided_in_one_order() {
        let term = ("TERM", "xterm");
        assert!(colour(Colour::Auto, &[term], true));
        assert!(!colour(Colour::Auto, &[term], false));
        assert!(!colour(Colour::Auto, &[], true));
        assert!(!colour(Colour::Auto, &[("TERM", "dumb")], true));
        assert!(!colour(
            Colour::Auto,
            &[term, ("NO_COLOR", "1"), ("CLICOLOR_FORCE", "1")],
            true
        ));
        assert!(colour(Colour::Auto, &[term, ("NO_COLOR", "")], true));
        assert!(colour(Colour::Auto, &[("FORCE_COLOR", "1")], false));
        assert!(!colour(Colour::Auto, &[term, ("FORCE_COLOR", "0")], false));
        assert!(!colour(Colour::Auto, &[term, ("CLICOLOR", "0")], true));
        assert!(colour(Colour::Always, &[("NO_COLOR", "1")], false));
        assert!(!colour(Colour::Never, &[term, ("FORCE_COLOR", "1")], true));
    }

    #[test]
    fn plain_mode_can_be_switched_off_by_a_word_for_no() {
        assert!(wanted(Some("1".into())));
        assert!(!wanted(Some("False".into())));
        assert!(!wanted(None));
    }
}
