//! The screen that a person sits at: the full terminal, or lines alone.

use std::io::{self, Stderr, Stdout, Write};
use std::os::fd::AsFd;
use std::sync::Arc;

use super::Mode;
use super::signals::SignalContext;
use crate::ask::{
    Ask, Input, Note, ProgressKeeper, Prompter, Rejection, Reply, Retry, SupportPage, Tone, Want,
};
use crate::error::{Error, Result};
use crate::home::settings::SettingKind;
use crate::home::world::{World, random};
use crate::plain::{EditorHook, LineTerminal, PlainPrompter, Stdin};
use crate::terminal::editor::{EditOutcome, EditorSetup, edit};
use crate::terminal::secret::{SecretInput, interrupt, keep_line, read_hidden, suspend};
use crate::terminal::signals;
use crate::terminal::{ERASE_ALL, Guard, Privacy, PromptStream, Terminal, TerminalSetup};
use crate::text::language::Language;
use crate::text::width;

/// A person's screen.
pub(super) enum PersonScreen {
    /// Lines are added, and nothing else.
    Plain(Box<PlainPrompter<Stdin, LineStream>>),
    /// The full terminal; `true` where nothing of it stays.
    Terminal(Box<Terminal>, bool),
}

/// Where lines are added: standard error, or standard output when only that is a screen.
pub(super) enum LineStream {
    Err(Stderr),
    Out(Stdout),
}

impl PersonScreen {
    /// Opens the screen and begins to wait for signals, at which `on_signal` saves and gives the
    /// last line. A `private` one leaves nothing behind, as far as the mode can.
    pub(super) fn open(
        world: &World<'_>,
        mode: Mode,
        private: bool,
        context: &Arc<SignalContext>,
        on_signal: impl FnOnce(i32) -> String + Send + 'static,
    ) -> Result<Self> {
        let language = context.language;
        let keeper: Arc<dyn ProgressKeeper + Send + Sync> = context.clone();
        let drafts = context.drafts.clone();
        let output = PromptStream::choose().ok_or_else(|| Error::failed("there’s no screen"))?;
        let failed = |error: io::Error| {
            Error::failed("could not use the terminal")
                .because(&error)
                .hint("try --plain, which needs less of it")
        };
        let setup = EditorSetup {
            drafts,
            named: world
                .config
                .settings
                .value(SettingKind::Editor)
                .map(String::from),
            language,
            random,
        };
        if mode == Mode::Plain {
            signals::watch(None, on_signal).map_err(failed)?;
            let stream = LineStream::new(output);
            let editor = editor(setup, output, keeper.clone());
            let plain = PlainPrompter::new(
                Stdin::new(LineTerminal {
                    begin: keep_line,
                    stop: interrupt,
                    suspend,
                }),
                stream,
                width(world.terminal.columns),
                keeper,
            );
            let plain = plain.with_editor(editor).speaking(language);
            let mut plain = plain.with_hidden(Box::new(|ready| {
                Ok(match read_hidden(ready)? {
                    SecretInput::Words(words) => Ok(Some(words)),
                    SecretInput::Refused(why) => Err(why),
                    SecretInput::Nothing | SecretInput::Stopped => Ok(None),
                })
            }));
            if private {
                plain.tell_that_it_stays().map_err(failed)?;
            }
            return Ok(Self::Plain(Box::new(plain)));
        }
        let privacy = if private {
            Privacy::Alternate
        } else {
            Privacy::Main
        };
        let colour = world.terminal.colour;
        let settings = TerminalSetup {
            keep: keeper,
            editor: setup,
            privacy,
            colour,
            signs: world.terminal.signs,
            output,
        };
        let terminal = Terminal::new(settings).map_err(failed)?;
        Guard::restore_at_panic(&terminal.guard());
        signals::watch(Some(terminal.guard()), on_signal).map_err(failed)?;
        Ok(Self::Terminal(Box::new(terminal), private))
    }

    /// From now on the steps of an exercise are asked.
    pub(super) fn begin_exercise(&mut self, title: &str, saves: bool) {
        if let Self::Terminal(terminal, _) = self {
            terminal.begin_exercise(title, saves);
        }
    }

    /// Ends with a last text, which the person has seen when this returns. True where they left from
    /// there. `support` has the help lines.
    pub(super) fn finish(mut self, last: Option<&str>, support: &SupportPage<'_>) -> bool {
        if let Some(text) = last {
            let _ = self.say(&Note::new(Tone::Text, text));
        }
        match self {
            Self::Terminal(terminal, _) => terminal.finish(support).unwrap_or(false),
            Self::Plain(_) => false,
        }
    }

    /// Ends with nothing of ours in view. What was scrolled away goes only if they say so: an
    /// empty window is itself noticed.
    pub(super) fn leave(self, language: Language, support: &SupportPage<'_>) {
        let Self::Terminal(mut terminal, private) = self else {
            return;
        };
        let _ = terminal.erase_visible();
        if !private && asked_to_erase_all(&mut terminal, language, support) {
            let _ = terminal.erase_scrollback();
        } else if !private {
            let _ = terminal.erase_visible();
        }
    }

    fn inner(&mut self) -> &mut dyn Prompter {
        match self {
            Self::Plain(plain) => plain.as_mut(),
            Self::Terminal(terminal, _) => terminal.as_mut(),
        }
    }
}

/// Asks about the text that was scrolled away. It can be more than ours.
fn asked_to_erase_all(
    terminal: &mut Terminal,
    language: Language,
    support: &SupportPage<'_>,
) -> bool {
    // Enter alone keeps it: an empty window is itself noticed.
    let ask = Ask {
        initial: Some(String::from("no")),
        ..Ask::own("erase", language.translate(ERASE_ALL), Want::YesNo)
    };
    loop {
        let page = match terminal.ask(&ask) {
            Ok(Reply::Support(country)) => support(country.as_deref()),
            reply => {
                return matches!(reply, Ok(Reply::Answer(Input::Words(words))) if words == "yes");
            }
        };
        if terminal.say(&Note::new(Tone::Text, page)).is_err() {
            return false;
        }
    }
}

/// Opens the person's own editor from plain mode.
fn editor(
    setup: EditorSetup,
    output: PromptStream,
    keep: Arc<dyn ProgressKeeper + Send + Sync>,
) -> EditorHook {
    Box::new(move |prompt, text| {
        let screen = match output {
            PromptStream::Stderr => io::stderr().as_fd().try_clone_to_owned(),
            PromptStream::Stdout => io::stdout().as_fd().try_clone_to_owned(),
        };
        let edited = screen.and_then(|screen| edit(text, prompt, &setup, screen, keep.as_ref()));
        match edited {
            Ok(EditOutcome::Text(text)) => Ok((text, None)),
            Ok(EditOutcome::TextAnd(text, why)) => Ok((text, Some(why))),
            Ok(EditOutcome::Same(why)) => Err(why),
            Err(error) => Err(setup.language.fill(NO_EDITOR_OPENED, &[("error", &error)])),
        }
    })
}

impl LineStream {
    fn new(output: PromptStream) -> Self {
        match output {
            PromptStream::Stderr => Self::Err(io::stderr()),
            PromptStream::Stdout => Self::Out(io::stdout()),
        }
    }
}

impl Write for LineStream {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        match self {
            Self::Err(stream) => stream.write(bytes),
            Self::Out(stream) => stream.write(bytes),
        }
    }

    fn flush(&mut self) -> io::Result<()> {
        match self {
            Self::Err(stream) => stream.flush(),
            Self::Out(stream) => stream.flush(),
        }
    }
}

impl Prompter for PersonScreen {
    fn say(&mut self, note: &Note) -> io::Result<()> {
        self.inner().say(note)
    }

    fn ask(&mut self, ask: &Ask) -> io::Result<Reply> {
        self.inner().ask(ask)
    }

    fn reject(&mut self, ask: &Ask, reason: &Rejection) -> io::Result<Retry> {
        self.inner().reject(ask, reason)
    }
}

// Texts for people.
const NO_EDITOR_OPENED: &str = "The editor could not be opened: {error}.";

/// The one who answers can't be reached any more.
pub(super) fn gone(error: &std::io::Error) -> Error {
    Error::failed("the terminal can’t be reached any more").because(error)
}
