//! What a run is handed from outside: variables, folders, the clock, randomness, and what the
//! streams lead to. Read once, at the edge; nothing below asks the environment again.

use std::env;
use std::ffi::OsString;
use std::io::{self, IsTerminal, Write};
use std::path::{Path, PathBuf};

use console::Term;
use rand::TryRng;

use super::clock::Clock;
use super::environment::{locale, typed_path, variable};
use super::folders::Folders;
use super::settings::{self, SettingKind, Settings};
use crate::dates::LocalDay;
use crate::error::{Error, Exit, Result};
use crate::format::report::all_in_brief;
use crate::input::{self, InputError};
use crate::journal::StoreError;
use crate::terminal::pager;
use crate::terminal::work_bar::WorkBar;
use crate::text::language::Language;
use crate::text::look::Signs;
use crate::text::{columns, inert, inert_unless, wrap_words};

/// Everything that comes from outside.
pub struct World<'a> {
    /// The product: lists, transcripts, JSON.
    pub out: &'a mut dyn Write,
    /// Everything else that is said.
    pub err: &'a mut dyn Write,
    /// What the streams lead to.
    pub terminal: Streams,
    /// The time, from the machine or pinned.
    pub clock: Clock,
    /// The person's settings.
    pub config: LoadedSettings,
}

impl<'a> World<'a> {
    /// Looks at the process's own streams and variables.
    pub fn look(
        out: &'a mut dyn Write,
        err: &'a mut dyn Write,
        flags: &[(&str, String)],
    ) -> Result<Self> {
        let config = LoadedSettings::look(flags);
        let (terminal, clock) = (Streams::look(&config.settings), Clock::look()?);
        Ok(Self {
            out,
            err,
            terminal,
            clock,
            config,
        })
    }

    /// Which day it is: after midnight still the old one, as far as `day-ends` says.
    pub fn today(&self) -> LocalDay {
        LocalDay::of(&self.clock.now(), self.config.settings.day_ends())
    }

    /// The folders, or what to do when there is no home.
    pub fn folders(&self) -> Result<Folders> {
        Folders::find()
    }

    /// Writes to the product stream what can steer no terminal: what goes to a pipe often ends on a
    /// screen. A closed pipe is not an error: the reader has seen enough.
    pub fn print(&mut self, text: &str) -> Result<()> {
        // What is painted has passed the filter before.
        self.print_bytes(inert_unless(text, self.terminal.paints).as_bytes())
    }

    /// Writes to the product stream what need not be text, such as the name of a file, and what has
    /// passed the filter before it was coloured.
    pub fn print_bytes(&mut self, bytes: &[u8]) -> Result<()> {
        self.write_part(bytes).map(|_| ())
    }

    /// Writes a part of a long product. False once nobody reads it any more.
    pub fn write_part(&mut self, part: impl AsRef<[u8]>) -> Result<bool> {
        let written = self.out.write_all(part.as_ref());
        let written = written.and_then(|()| self.out.flush());
        let read = !matches!(&written, Err(error) if error.kind() == io::ErrorKind::BrokenPipe);
        finish(written, "standard output").map(|()| read)
    }

    /// Shows a text that can be longer than the screen: through the person's pager, where there is
    /// a screen to page and more to read than it holds. Plain mode only ever adds lines.
    pub fn page(&mut self, text: &str) -> Result<()> {
        self.page_in(Language::English, text)
    }

    /// The same, and what its keys do is said in this language.
    pub fn page_in(&mut self, language: Language, text: &str) -> Result<()> {
        let at = self.terminal;
        let named = self.config.settings.value(SettingKind::Pager);
        let named = named.unwrap_or_default().to_string();
        let fits = !pager::is_taller(text, at.columns, at.rows);
        let Some(words) = pager::words(&named).filter(|_| at.stdout && !at.plain && !fits) else {
            return self.print(text);
        };
        let options = pager::less_options(language.translate(pager::KEYS));
        let options = variable("LESS").is_none().then_some(options);
        match pager::show(text, &words, options.as_deref()) {
            Ok(()) => Ok(()),
            Err(error) => {
                self.print(text)?;
                // Nobody need miss a pager that they did not ask for.
                if self.config.settings.is_made(SettingKind::Pager) {
                    self.tell(&inert(&format!(
                        "the pager {named} showed nothing: {error}\n"
                    )));
                }
                Ok(())
            }
        }
    }

    /// The language of exercises that are translated: the one that's set, else that of the locale.
    pub fn language(&self) -> String {
        let set = self.config.settings.value(SettingKind::Language);
        let lang = set.map_or_else(|| locale().unwrap_or_default(), String::from);
        let code = lang.split(['_', '.', '@', '-']).next().unwrap_or_default();
        code.to_lowercase()
    }

    /// A bar for work on so many things: in view at a full terminal, once it takes a while.
    pub fn work_bar(&self, doing: &str, of: usize, thing: &'static str) -> WorkBar {
        let shown = self.terminal.stderr && !self.terminal.plain;
        WorkBar::new(shown, doing, of, thing)
    }

    /// Says what went wrong. Returns how the program ends then.
    pub fn tell_error(&mut self, error: &Error) -> Exit {
        let styled = self.terminal.colour && !self.terminal.plain;
        self.tell(&error.shown(styled));
        error.exit
    }

    /// Says something that is not the product. Nobody is told when that fails.
    pub fn tell(&mut self, text: &str) {
        let width = self.terminal.columns;
        let is_wide = |line: &str| columns(line) > width;
        let wrapped = (self.terminal.stderr && text.lines().any(is_wide))
            .then(|| wrap_words(text, width).join("\n"));
        let text = inert_unless(wrapped.as_deref().unwrap_or(text), self.terminal.colour);
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

/// The person's settings, with the file they come from.
#[derive(Debug)]
pub struct LoadedSettings {
    /// The settings that hold.
    pub settings: Settings,
    /// Where the file is, or would be; none without a home.
    pub file: Option<PathBuf>,
    /// What is wrong with the file. What is right in it holds all the same.
    pub broken: Option<Error>,
}

impl LoadedSettings {
    /// Reads the file, where there is one, and the variables.
    fn look(flags: &[(&str, String)]) -> Self {
        let file = Folders::find().ok().map(|folders| folders.config());
        let (lines, broken) = file.as_deref().map_or((Vec::new(), None), lines);
        Self {
            settings: Settings::decide(flags, &|name| env::var_os(name), &lines),
            file,
            broken,
        }
    }

    /// No file, no flags, no variables.
    pub fn bare() -> Self {
        let terminal = |name: &str| (name == "TERM").then(|| OsString::from("xterm"));
        Self {
            settings: Settings::decide(&[], &terminal, &[]),
            file: None,
            broken: None,
        }
    }

    /// The one more folder with exercises. `~` is the home folder, and a relative path goes from
    /// the settings file.
    pub fn exercises(&self) -> Option<PathBuf> {
        let named = typed_path(self.settings.value(SettingKind::Folder)?);
        if named.is_absolute() {
            return Some(named);
        }
        Some(self.file.as_deref()?.parent()?.join(named))
    }
}

/// What the settings file says, and what is wrong with it.
fn lines(file: &Path) -> (Vec<settings::SettingLine>, Option<Error>) {
    let text = match input::read_file(file, 1 << 20) {
        Ok(text) => text,
        Err(InputError::Io(error)) if error.kind() == io::ErrorKind::NotFound => {
            let broken = input::dangling_link(file)
                .map(|link| StoreError::LeadsNowhere { path: link.into() }.into());
            return (Vec::new(), broken);
        }
        Err(error) => {
            let what = format!("could not read the settings in {}", file.display());
            return (Vec::new(), Some(Error::usage(what).because(&error)));
        }
    };
    let (lines, problems) = settings::read(&text);
    if problems.is_empty() {
        return (lines, None);
    }
    let what = match problems.len() {
        1 => String::from("there’s a problem"),
        count => format!("there are {count} problems"),
    };
    let mut error = Error::usage(format!("{what} in {}", file.display()));
    error.details = all_in_brief(&text, problems);
    let error = error.hint("`trust-coach config --explain` shows what can be set");
    (lines, Some(error))
}

/// The least rows on which a question by keys has room.
const KEY_ROWS: usize = 8;

/// What the streams lead to.
#[derive(Clone, Copy, Debug)]
pub struct Streams {
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
    /// Whether single keys of somebody can be read, outside a session.
    pub keys: bool,
    /// Whether what is said in colour is also said in colour on the prompts' screen.
    pub colour: bool,
    /// Whether the product may be in colour.
    pub paints: bool,
    /// The signs that can be shown where the language is set to be so.
    pub signs: Signs,
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
    /// Whether to colour what goes to a stream: a `terminal`, or one that can do no more than add
    /// lines (`dumb`), or neither.
    pub fn on(self, terminal: bool, dumb: bool) -> bool {
        match self {
            Self::Always => true,
            Self::Never => false,
            Self::Auto => terminal && !dumb,
        }
    }

    /// By the word for it.
    pub fn named(word: &str) -> Self {
        match word {
            "always" => Self::Always,
            "never" => Self::Never,
            _ => Self::Auto,
        }
    }
}

impl Streams {
    /// Looks at the process's own streams and variables.
    pub fn look(settings: &Settings) -> Self {
        let (stdin, stdout, stderr) = (
            io::stdin().is_terminal(),
            io::stdout().is_terminal(),
            io::stderr().is_terminal(),
        );
        let sizes = [Term::stderr(), Term::stdout()].map(|term| term.size_checked());
        let mut sizes = sizes.into_iter().flatten();
        let size = sizes.find(|(rows, columns)| *rows > 0 && *columns > 0);
        let rows = size.map_or(24, |(rows, _)| usize::from(rows));
        let asked = variable("COLUMNS").and_then(|columns| columns.to_str()?.parse().ok());
        let colour = Colour::named(settings.value(SettingKind::Colour).unwrap_or_default());
        let (plain, dumb) = (settings.plain(), settings::dumb(&|name| env::var_os(name)));
        Self {
            stdin,
            stdout,
            stderr,
            columns: size
                .map(|(_, columns)| usize::from(columns))
                .or(asked)
                .unwrap_or(80),
            rows,
            plain,
            keys: stdin && stderr && !plain && rows >= KEY_ROWS,
            colour: colour.on(stderr, dumb),
            paints: colour.on(stdout, dumb) && !plain,
            signs: Signs::of(is_utf8(&|name| variable(name))),
        }
    }
}

/// Whether the locale is one in UTF-8: the first of the three variables that is set says so.
fn is_utf8(variable: &dyn Fn(&str) -> Option<OsString>) -> bool {
    let locale = ["LC_ALL", "LC_CTYPE", "LANG"]
        .into_iter()
        .find_map(variable);
    let locale = locale.unwrap_or_default().to_string_lossy().to_lowercase();
    locale.contains("utf-8") || locale.contains("utf8")
}

/// Keeps words and passphrases out of core files, and out of reach of other programs of this account.
pub fn keep_memory_private() {
    use rustix::process::{Resource, Rlimit, setrlimit};
    let none = Rlimit {
        current: Some(0),
        maximum: Some(0),
    };
    let _ = setrlimit(Resource::Core, none);
    #[cfg(target_os = "linux")]
    let _ = rustix::process::set_dumpable_behavior(rustix::process::DumpableBehavior::NotDumpable);
}

/// Has a write that a limit on the size of files forbids fail as one does on a full disk. Where nobody hears the
/// signal for it, it ends the program without a word.
pub fn fail_at_limits() {
    let heard = std::sync::Arc::default();
    let _ = signal_hook::flag::register(signal_hook::consts::SIGXFSZ, heard);
}

/// A number nobody can guess, from the system.
pub fn random() -> Result<u32> {
    rand::rngs::SysRng
        .try_next_u32()
        .map_err(|error| Error::failed("the system could not give a random number").because(&error))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_locale_says_whether_it_is_in_utf_8() {
        let locale = |pairs: &[(&str, &str)]| {
            is_utf8(&|name| {
                let found = pairs.iter().find(|(one, _)| *one == name);
                found.map(|(_, value)| OsString::from(value))
            })
        };
        assert!(locale(&[("LANG", "de_DE.UTF-8")]));
        assert!(locale(&[("LC_ALL", "C.utf8"), ("LANG", "C")]));
        assert!(!locale(&[("LC_ALL", "C"), ("LANG", "en_GB.UTF-8")]));
        assert!(!locale(&[]));
    }

    #[test]
    fn colour_is_for_terminals_that_know_it() {
        assert!(Colour::Auto.on(true, false));
        assert!(!Colour::Auto.on(true, true));
        assert!(!Colour::Auto.on(false, false));
        assert!(Colour::named("always").on(false, true));
        assert!(!Colour::named("never").on(true, false));
    }
}
