//! Plain mode: lines are added and nothing is ever moved, coloured or drawn over. For screen
//! readers, for simple terminals, and for programs that drive a terminal.

mod entry;
mod floor;
mod keyboard;
mod options;
mod text;

use std::fmt::Display;
use std::io::{self, Write};
use std::sync::Arc;
use std::time::Instant;

use zeroize::Zeroizing;

pub use keyboard::{Keyboard, KeyboardLine, LineTerminal, Stdin};
use options::{in_rows, several, standing};

use crate::ask::{
    Ask, FloorTime, Input, Note, ProgressKeeper, Prompter, Rejection, Reply, Retry, Tone, Want,
};
use crate::text::language::Language;
use crate::text::underline;
use crate::text::{inert, wrap};

/// Opens a person's own editor on a text, with the prompt in view. Returns the text as it was left,
/// with a sentence where there is something to say, or a sentence on why there is none.
pub type EditorHook = Box<dyn FnMut(&str, &str) -> Result<(String, Option<String>), String>>;

/// Reads a line of which nothing is shown, from the moment at which it calls what it is given. A line
/// that can't be taken is a sentence on why.
pub type HiddenLine =
    Box<dyn FnMut(&mut dyn FnMut()) -> io::Result<Result<Option<Zeroizing<String>>, &'static str>>>;

/// A prompter that only ever adds lines.
pub struct PlainPrompter<K, W> {
    keyboard: K,
    out: W,
    width: usize,
    language: Language,
    keep: Arc<dyn ProgressKeeper>,
    edit: Option<EditorHook>,
    hide: Option<HiddenLine>,
    /// A text of many lines that goes on after a hint or the like, by the id of its question.
    unfinished: Option<(String, Vec<String>)>,
    /// The text that was given last, in case it will not do.
    given: Option<(String, Vec<String>)>,
    /// A line that may be a command; with Enter alone, or typed again, it is text.
    doubted: Option<String>,
    /// What came behind such a line, to be read after it; `None` in it for Ctrl-D.
    behind: Option<Option<KeyboardLine>>,
    /// A text of many lines is being typed.
    many_lines: bool,
    /// Words of their own may answer the question.
    takes_words: bool,
    told: bool,
    /// The time of whoever has the floor.
    floor: Option<FloorTime>,
    /// They know that what is private stays in the window.
    told_it_stays: bool,
    /// They know that saving fails.
    told_it_fails: bool,
}

/// What a typed line comes to.
enum LineOutcome {
    /// Words, or an empty line.
    Words(String),
    /// A command, as the reply it asks for.
    Reply(Reply),
    /// `/editor`.
    Editor,
    /// Ctrl-C, with what stood in the line.
    Stopped(String),
    /// Ctrl-D.
    End,
}

impl<K: Keyboard, W: Write> PlainPrompter<K, W> {
    /// Reads lines from `keyboard` and adds lines of at most `width` columns to `out`.
    pub fn new(keyboard: K, out: W, width: usize, keep: Arc<dyn ProgressKeeper>) -> Self {
        Self {
            keyboard,
            out,
            width,
            language: Language::default(),
            keep,
            edit: None,
            hide: None,
            unfinished: None,
            given: None,
            doubted: None,
            behind: None,
            many_lines: false,
            takes_words: false,
            told: false,
            floor: None,
            told_it_stays: false,
            told_it_fails: false,
        }
    }

    /// Lets `/editor` open the person's own editor.
    #[must_use]
    pub fn with_editor(mut self, edit: EditorHook) -> Self {
        self.edit = Some(edit);
        self
    }

    /// Lets what stays closed, and a passphrase, be typed unseen.
    #[must_use]
    pub fn with_hidden(mut self, hide: HiddenLine) -> Self {
        self.hide = Some(hide);
        self
    }

    /// Speaks this language.
    #[must_use]
    pub fn speaking(mut self, language: Language) -> Self {
        self.language = language;
        self
    }

    /// Says, once, that what is private stays in the window: nothing here can take it away.
    pub fn tell_that_it_stays(&mut self) -> io::Result<()> {
        if self.told_it_stays {
            return Ok(());
        }
        self.told_it_stays = true;
        self.paragraph(self.language.translate(STAYS_IN_VIEW))
    }

    fn lines(&mut self, text: &str) -> io::Result<()> {
        for line in wrap(&inert(text), self.width) {
            writeln!(self.out, "{}", line.trim_end())?;
        }
        Ok(())
    }

    fn paragraph(&mut self, text: &str) -> io::Result<()> {
        self.lines(text)?;
        writeln!(self.out)
    }

    fn cue(&mut self) -> io::Result<()> {
        write!(self.out, "> ")?;
        self.out.flush()
    }

    fn head(&mut self, ask: &Ask) -> io::Result<()> {
        if let Some(place) = ask.place {
            let optional = if ask.optional {
                self.language.translate(" (optional)")
            } else {
                ""
            };
            let step = place.in_words(self.language).replacen('s', "S", 1);
            self.paragraph(&format!("{step}{optional}."))?;
        }
        for pin in &ask.pins {
            let text = crate::text::first_words(&pin.text, self.width.saturating_mul(2));
            self.paragraph(&format!("{}: {text}", pin.name))?;
        }
        self.paragraph(&ask.prompt)?;
        if !self.told && ask.place.is_some() {
            self.told = true;
            self.paragraph(self.language.translate(TOLD_ONCE))?;
        }
        Ok(())
    }

    /// A question that one line answers. `keeps` says what Enter alone gives, with its words.
    fn one_line(
        &mut self,
        ask: &Ask,
        how: &str,
        keeps: Option<(String, Input)>,
        hidden: bool,
    ) -> io::Result<Reply> {
        let leaves_out = ask.optional && keeps.is_none();
        match &keeps {
            Some((words, _)) if !words.is_empty() => {
                let values: [(&str, &dyn Display); 2] = [("how", &how), ("words", words)];
                self.lines(&self.language.fill(ENTER_ALONE, &values))?;
            }
            _ => self.lines(how)?,
        }
        if leaves_out {
            self.lines(self.language.translate(ENTER_LEAVES_OUT))?;
        }
        loop {
            let typed = if hidden {
                self.hidden_entry()?
            } else {
                self.cue()?;
                self.entry()?
            };
            match typed {
                LineOutcome::End => return Ok(Reply::Pause),
                LineOutcome::Reply(reply) => return Ok(reply),
                LineOutcome::Stopped(words) => {
                    if self.takes_words && !words.trim().is_empty() {
                        self.keep.progress(&words);
                    }
                    return Err(self.keyboard.stop());
                }
                LineOutcome::Editor => self.lines(self.language.translate(NO_EDITOR_HERE))?,
                LineOutcome::Words(words) if words.trim().is_empty() => {
                    if let Some((_, given)) = keeps {
                        return Ok(Reply::Answer(given));
                    }
                    if leaves_out {
                        return Ok(Reply::Skip);
                    }
                    if how == Want::Line.hint(self.language) {
                        self.lines(self.language.translate(NOTHING_YET))?;
                    } else {
                        let skip = ask.place.map_or("", |_| self.language.translate(SKIP));
                        let nothing = self.language.fill(NOTHING_TYPED, &[("how", &how)]);
                        self.lines(format!("{nothing} {skip}").trim_end())?;
                    }
                }
                LineOutcome::Words(words) => return Ok(Reply::Answer(Input::Words(words))),
            }
        }
    }
}

impl<K: Keyboard, W: Write> Prompter for PlainPrompter<K, W> {
    fn say(&mut self, note: &Note) -> io::Result<()> {
        match (note.tone, &note.quote) {
            (Tone::Status, _) => self.lines(&note.text),
            (_, None) => self.paragraph(&note.text),
            (_, Some(quote)) => {
                let span = quote.span.clone();
                self.paragraph(&underline::sentence(&quote.text, span, &note.text))
            }
        }
    }

    fn ask(&mut self, ask: &Ask) -> io::Result<Reply> {
        self.floor = FloorTime::of(ask, self.floor.take(), Instant::now());
        let going_on = self
            .unfinished
            .as_ref()
            .is_some_and(|(id, _)| *id == ask.id);
        if !going_on && (ask.hand_over || ask.is_delicate()) {
            self.keyboard.drop_typeahead();
        }
        self.takes_words = ask.want.takes_words();
        if ask.private {
            self.tell_that_it_stays()?;
        }
        if !going_on {
            self.head(ask)?;
        }
        if ask.hand_over {
            self.paragraph(self.language.translate(STAYS_ABOVE))?;
        }
        // What one of two people says of themselves alone is in nobody's view.
        let hidden = ask.sealed && ask.unmarked;
        let simple = ask
            .initial
            .clone()
            .map(|text| (text.clone(), Input::Words(text)));
        let reply = match &ask.want {
            Want::Text => self.text(ask),
            _ if ask.secret => {
                let how = self.language.translate(HIDDEN);
                let nothing = Input::Words(String::new());
                self.one_line(ask, how, Some((String::new(), nothing)), true)
            }
            Want::Ready => {
                let how = self.language.translate(READY);
                loop {
                    let ready = Some((String::new(), Input::Ready));
                    match self.one_line(ask, how, ready, false)? {
                        Reply::Answer(Input::Words(_)) => {
                            self.lines(self.language.translate(NOTHING_TO_TYPE))?;
                        }
                        reply => break Ok(reply),
                    }
                }
            }
            Want::Scale { .. } => {
                for end in ask.want.ends(self.language) {
                    self.lines(&end)?;
                }
                self.one_line(ask, &ask.want.hint(self.language), simple, false)
            }
            Want::One { options, other } => {
                options::list(
                    &mut self.out,
                    (self.width, self.language),
                    options,
                    other.as_deref(),
                )?;
                let mut how = self.language.fill(A_NUMBER, &[("count", &options.len())]);
                if hidden {
                    how = format!("{how} {}", self.language.translate(HIDDEN));
                }
                self.one_line(ask, &how, standing(ask, options), hidden)
            }
            Want::Many { options, min, max } => {
                options::list(&mut self.out, (self.width, self.language), options, None)?;
                let how = several(*min, *max, options.len(), self.language);
                let none = (
                    self.language.translate("none").to_string(),
                    Input::Options(Vec::new()),
                );
                let keeps = standing(ask, options).or((*min == 0).then_some(none));
                self.one_line(ask, &how, keeps, false)
            }
            want => self.one_line(ask, &want.hint(self.language), simple, false),
        }?;
        writeln!(self.out)?;
        Ok(in_rows(&ask.want, reply))
    }

    fn reject(&mut self, ask: &Ask, reason: &Rejection) -> io::Result<Retry> {
        self.unfinished = self.given.take().filter(|(id, _)| *id == ask.id);
        self.paragraph(&reason.for_reader(ask, false, self.language))?;
        Ok(Retry::Again)
    }
}

// Texts for people.
const STAYS_IN_VIEW: &str = "In plain mode the text stays in this window when you leave.";
const STAYS_ABOVE: &str = "What was typed before is still above in this window.";
const HIDDEN: &str = "What you type here isn’t shown.";
const TOLD_ONCE: &str = "You can type /back, /skip, /pause, /hint or /why alone on a line. \
    /help lists all of them.";
const NOTHING_TO_TYPE: &str = "There’s nothing to type here.";
const READY: &str = "Press Enter to continue.";
const A_NUMBER: &str = "Type a number from 1 to {count}, or the words.";
const ENTER_ALONE: &str = "{how} (Enter alone: {words})";
const NOTHING_YET: &str =
    "Nothing is written yet. Write a few words, or type /skip to leave it out.";
const NOTHING_TYPED: &str = "Nothing has been typed yet. {how}";
const SKIP: &str = "/skip leaves it out.";
const ENTER_LEAVES_OUT: &str = "Enter alone leaves it out.";
const NO_EDITOR_HERE: &str = "There’s no editor for this question.";
