//! What Enter and Ctrl-D mean, given what was typed. Pure.

use super::area::LineMode;
use super::buffer::Buffer;
use crate::ask::Reply;
use crate::ask::command::{self, TypedLine};
use crate::text::language::Language;

/// What is to happen.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Submit {
    /// The text goes on in a new line.
    NewLine,
    /// What stands there is the answer.
    Done,
    /// A command; its words have been taken out of the text.
    Reply(Reply),
    /// The command that opens their own editor, likewise.
    Editor,
    /// Perhaps a command: a sentence to say.
    Doubtful(String),
}

/// What ended the line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum LineEnd {
    /// Enter.
    Enter,
    /// Ctrl-D.
    Done,
}

/// Reads the line that was just ended. `warned` is what was said of it before; the
/// second time it counts as text.
pub(super) fn submit(
    buffer: &mut Buffer,
    lines: LineMode,
    end: LineEnd,
    warned: &mut Option<String>,
    language: Language,
) -> Submit {
    let meant = meant(buffer, lines, end, warned, language);
    // Words that lack letters are other words. Where the text goes on it is only said.
    if meant == Submit::Done && std::mem::take(&mut buffer.lacks) {
        return Submit::Doubtful(language.translate(UNREADABLE).into());
    }
    meant
}

fn meant(
    buffer: &mut Buffer,
    lines: LineMode,
    end: LineEnd,
    warned: &mut Option<String>,
    language: Language,
) -> Submit {
    if let Some(line) = buffer.typed_last_line().map(String::from) {
        match command::read(&line, language) {
            TypedLine::Reply(reply) => {
                buffer.replace_last_line("");
                return Submit::Reply(reply);
            }
            TypedLine::Editor => {
                buffer.replace_last_line("");
                return Submit::Editor;
            }
            TypedLine::Doubtful(what) if warned.as_ref() != Some(&what) => {
                *warned = Some(what.clone());
                return Submit::Doubtful(what);
            }
            TypedLine::Doubtful(_) => *warned = None,
            TypedLine::Words(words) => {
                if words != line {
                    buffer.replace_last_line(&words);
                }
                if lines == LineMode::Many && line == "." {
                    buffer.drop_last_line();
                    return Submit::Done;
                }
            }
        }
    }
    // Behind words that stood there already, or were pasted, a command is a command.
    let tail = buffer.typed_tail();
    let command = match tail.map(|line| command::read_behind(line, language)) {
        Some(TypedLine::Reply(reply)) => Some(Submit::Reply(reply)),
        Some(TypedLine::Editor) => Some(Submit::Editor),
        Some(TypedLine::Doubtful(what)) if warned.as_ref() != Some(&what) => {
            *warned = Some(what.clone());
            return Submit::Doubtful(what);
        }
        _ => None,
    };
    if let Some(command) = command {
        buffer.drop_typed_tail();
        return command;
    }
    match (lines, end) {
        (LineMode::Many, LineEnd::Enter) => Submit::NewLine,
        _ => Submit::Done,
    }
}

// Texts for people.
pub(super) const UNREADABLE: &str = "This terminal sends letters that aren’t UTF-8, and they were left out. Set it to UTF-8 to type them.";

#[cfg(test)]
mod tests {
    use super::*;

    fn typed(words: &str) -> Buffer {
        let mut buffer = Buffer::default();
        buffer.insert(words);
        buffer
    }

    fn enter(buffer: &mut Buffer) -> Submit {
        submit(
            buffer,
            LineMode::Many,
            LineEnd::Enter,
            &mut None,
            Language::English,
        )
    }

    #[test]
    fn a_command_is_taken_out_of_the_text() {
        let mut buffer = typed("words\n/skip");
        assert_eq!(enter(&mut buffer), Submit::Reply(Reply::Skip));
        assert_eq!(buffer.text(), "words\n");
    }

    #[test]
    fn a_pasted_command_is_text() {
        let mut buffer = typed("words\n");
        buffer.paste("/skip");
        assert_eq!(enter(&mut buffer), Submit::NewLine);
        assert_eq!(buffer.text(), "words\n/skip");
    }

    #[test]
    fn an_unknown_word_is_asked_about_once() {
        let (mut buffer, mut warned) = (typed("/bakc"), None);
        let mut press = || {
            submit(
                &mut buffer,
                LineMode::One,
                LineEnd::Enter,
                &mut warned,
                Language::English,
            )
        };
        assert_eq!(
            press(),
            Submit::Doubtful("/bakc isn’t a command. Did you mean /back?".into())
        );
        assert_eq!(press(), Submit::Done);
        assert_eq!(buffer.text(), "/bakc");
    }

    #[test]
    fn what_is_like_a_command_behind_words_that_stood_there_is_asked_about_once() {
        for (stood, typed, said) in [
            (
                "Mara",
                "/paus",
                "/paus isn’t a command. Did you mean /pause?",
            ),
            (
                "Mara",
                " /leav.",
                "/leav isn’t a command. Did you mean /leave?",
            ),
            ("Mara", " J. /pause", "/pause only works alone on its line."),
            (
                "One.\nMara",
                " (/pause)",
                "/pause only works alone on its line.",
            ),
        ] {
            for lines in [LineMode::One, LineMode::Many] {
                let (mut buffer, mut warned) = (Buffer::new(stood), None);
                buffer.insert(typed);
                let mut press = || {
                    submit(
                        &mut buffer,
                        lines,
                        LineEnd::Done,
                        &mut warned,
                        Language::English,
                    )
                };
                assert_eq!(press(), Submit::Doubtful(said.into()));
                assert_eq!(press(), Submit::Done);
                assert_eq!(buffer.text(), format!("{stood}{typed}"));
            }
        }
        // What is like none, and what was pasted, is text.
        let mut mum = Buffer::new("Mum");
        mum.insert("/Dad");
        let mut pasted = Buffer::new("Mara");
        pasted.paste("/paus");
        for buffer in [&mut mum, &mut pasted] {
            assert_eq!(enter(buffer), Submit::NewLine);
        }
    }

    #[test]
    fn words_that_lack_letters_are_taken_at_the_second_enter_alone_and_a_command_at_the_first() {
        use crate::terminal::area::Area;
        use crate::terminal::decode::keys_in;
        let english = Language::English;
        for (bytes, words) in [
            (b"caf\xe9 noir".as_slice(), "caf noir"),
            (b"caf\xe9", "caf"),
            (b"\x1b[200~caf\xe9 noir\x1b[201~ you", " you"),
        ] {
            let mut area = Area::new(LineMode::One, "");
            for key in keys_in([bytes, b"\r"]) {
                area.press(&key);
            }
            assert_eq!(area.buffer.text(), words);
            let mut enter = || {
                let (one, end) = (LineMode::One, LineEnd::Enter);
                submit(&mut area.buffer, one, end, &mut None, english)
            };
            assert_eq!(enter(), Submit::Doubtful(UNREADABLE.into()));
            assert_eq!(enter(), Submit::Done);
        }
        // Enter goes on in a new line of its own.
        let mut buffer = typed("caf");
        buffer.lacks = true;
        assert_eq!(enter(&mut buffer), Submit::NewLine);
        assert!(buffer.lacks);
        let mut buffer = typed("/leave");
        buffer.lacks = true;
        assert_eq!(enter(&mut buffer), Submit::Reply(Reply::Leave));
    }

    #[test]
    fn two_slashes_stand_for_one() {
        let mut buffer = typed("//skip");
        assert_eq!(enter(&mut buffer), Submit::NewLine);
        assert_eq!(buffer.text(), "/skip");
    }

    #[test]
    fn a_full_stop_alone_ends_many_lines_and_is_text_in_one() {
        let mut buffer = typed("words\n.");
        assert_eq!(enter(&mut buffer), Submit::Done);
        assert_eq!(buffer.text(), "words");
        let mut buffer = typed(".");
        let done = submit(
            &mut buffer,
            LineMode::One,
            LineEnd::Enter,
            &mut None,
            Language::English,
        );
        assert_eq!((done, buffer.text()), (Submit::Done, "."));
    }

    #[test]
    fn a_line_that_is_not_the_last_is_never_a_command() {
        let mut buffer = typed("/skip\nwords");
        buffer.move_to(0);
        assert_eq!(enter(&mut buffer), Submit::NewLine);
    }
}
