//! A program that shows a long text page by page. What it shows is private, so it keeps no history
//! of its own, a stray key saves nothing (`less` has keys for that), and the text goes to its standard input and nowhere else.

use std::ffi::OsString;
use std::io::{self, Write};
use std::process::{ChildStdin, Command, Stdio};
use std::sync::Arc;
use std::sync::atomic::AtomicBool;
use std::thread;
use std::time::Duration;

use signal_hook::consts::SIGINT;
use signal_hook::low_level::unregister;

use crate::text::columns;

/// The program and its arguments; none where nothing or `cat` is set.
pub fn words(set: &str) -> Option<Vec<OsString>> {
    // A quote too many names the program as it is.
    let words = shell_words::split(set).unwrap_or_else(|_| vec![set.to_string()]);
    let first = words.first()?;
    let none = first.trim().is_empty() || (first == "cat" && words.len() == 1);
    (!none).then(|| words.into_iter().map(OsString::from).collect())
}

/// Whether a text has more rows than a screen that also shows the shell's prompt.
pub fn is_taller(text: &str, width: usize, rows: usize) -> bool {
    let height = |line: &str| columns(line).div_ceil(width.max(1)).max(1);
    text.lines().map(height).sum::<usize>() >= rows
}

/// What `less` does where somebody has set nothing: it ends at Ctrl-C, leaves nothing in the window, and says
/// at its foot what the keys do, as `keys` has it.
pub fn less_options(keys: &str) -> String {
    let keys = keys.replace(':', "\\:");
    format!("IKRPs{keys}$")
}

/// What the keys of a pager do.
pub const KEYS: &str = "space: go on, q: leave";

/// Shows a text and waits until the person has seen enough. `options` are for `less`, where the
/// person has set none.
///
/// # Errors
///
/// The program could not be started, or ended without reading anything; nothing was shown.
pub fn show(text: &str, words: &[OsString], options: Option<&str>) -> io::Result<()> {
    let (program, arguments) = words.split_first().ok_or(io::ErrorKind::NotFound)?;
    let mut command = Command::new(program);
    command
        .args(arguments)
        .env("LESSHISTFILE", "-")
        .env("LESSSECURE", "1")
        // Texts are UTF-8 whatever the locale says, or lacks.
        .env("LESSCHARSET", "utf-8")
        .stdin(Stdio::piped());
    if let Some(options) = options {
        command.env("LESS", options);
    }
    // Ctrl-C is for the pager; ending before it does would leave two programs at one keyboard.
    let mine = signal_hook::flag::register(SIGINT, Arc::new(AtomicBool::new(false)))?;
    let started = command
        .spawn()
        .map_err(|error| io::Error::new(error.kind(), format!("it could not be started: {error}")));
    let shown = started.and_then(|mut pager| {
        let mut stdin = pager.stdin.take().ok_or(io::ErrorKind::BrokenPipe)?;
        let text = text.as_bytes();
        // It is read while the end of the pipe is still ours, so that what stays in it can be told.
        let (written, all) = write_some(&mut stdin, text);
        let unread = |stdin: &ChildStdin| rustix::io::ioctl_fionread(stdin).unwrap_or(0);
        while all && unread(&stdin) > 0 && pager.try_wait()?.is_none() {
            thread::sleep(LOOK);
        }
        if !all {
            pager.wait()?;
        }
        let nothing_read = pager.try_wait()?.is_some() && unread(&stdin) == written as u64;
        drop(stdin);
        let ended = pager.wait()?;
        if nothing_read && !text.is_empty() {
            return Err(io::Error::other(format!(
                "it ended without reading ({ended})"
            )));
        }
        Ok(())
    });
    unregister(mine);
    shown
}

/// Writes until the reader has gone. Tells how much went, and whether that is all.
fn write_some(to: &mut impl Write, text: &[u8]) -> (usize, bool) {
    let mut written = 0;
    while written < text.len() {
        match to.write(&text[written..]) {
            Ok(0) => break,
            Ok(count) => written += count,
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            // Whoever leaves before the end has seen enough.
            Err(_) => break,
        }
    }
    (written, written == text.len())
}

/// How long between two looks whether the pager has read it all.
const LOOK: Duration = Duration::from_millis(20);

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_and_cat_are_no_pager() {
        assert_eq!(words(""), None);
        assert_eq!(words("  "), None);
        assert_eq!(words("''"), None);
        assert_eq!(words("cat"), None);
        assert_eq!(words("less -R"), Some(vec!["less".into(), "-R".into()]));
        assert_eq!(words("it's"), Some(vec!["it's".into()]));
    }

    #[test]
    fn a_text_is_taller_when_its_rows_and_a_prompt_do_not_fit() {
        assert!(!is_taller("one\ntwo\n", 80, 3));
        assert!(is_taller("one\ntwo\n\n", 80, 3));
        assert!(is_taller("a line that wraps\n", 5, 4));
    }

    #[test]
    fn a_pager_that_is_not_there_is_an_error() {
        assert!(show("text", &["/nowhere/pager".into()], None).is_err());
    }

    #[test]
    fn a_pager_that_ends_without_reading_has_shown_nothing() {
        let long = "a line of text\n".repeat(20_000);
        for text in ["a short text\n", &long] {
            for pager in ["false", "true"] {
                let error = show(text, &[pager.into()], None).unwrap_err().to_string();
                assert!(error.starts_with("it ended without reading"), "{error}");
            }
            for pager in ["head -c 1", "sh -c 'cat >/dev/null; exit 3'"] {
                let words = words(pager).unwrap();
                let words = [&["env".into()], words.as_slice()].concat();
                let silent = [
                    &[
                        "sh".into(),
                        "-c".into(),
                        "\"$@\" >/dev/null".into(),
                        "-".into(),
                    ],
                    words.as_slice(),
                ]
                .concat();
                show(text, &silent, None).unwrap();
            }
        }
    }
}
