//! A child in a pseudo-terminal, with a terminal emulator that reads what it shows.

use std::fs;
use std::io::{Read, Write};
use std::num::NonZeroU16;
use std::path::{Path, PathBuf};
use std::process::Child;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::thread;
use std::time::Duration;

use pty_process::Size;
use pty_process::blocking::{Command, Pts, Pty};
use rustix::process::{Pid, Signal, kill_process};
use rustix::termios::{LocalModes, Termios, tcgetattr};
use tempfile::TempDir;

use crate::common::NOW;
use crate::patience::{soon, until};
use crate::styled;

/// A sequence that shows nothing.
const END: &[u8] = b"\x1b]777;end\x07";

/// The variables that tell the child what to do and where to put what came back.
pub(crate) const CASE: &str = "TRUST_COACH_PTY_CASE";
pub(crate) const OUT: &str = "TRUST_COACH_PTY_OUT";

/// Columns and rows.
pub(crate) type Window = (u16, u16);
pub(crate) const USUAL: Window = (80, 24);
pub(crate) const SMALL: Window = (40, 15);

/// What a person sees and types.
pub(crate) struct Screen {
    pty: Arc<Pty>,
    pts: Pts,
    child: Child,
    parser: Arc<Mutex<vt100::Parser>>,
    bytes: Arc<Mutex<Vec<u8>>>,
    /// How many bytes had come when something was typed last.
    before_keys: AtomicUsize,
    home: TempDir,
    before: Termios,
}

fn size((columns, rows): Window) -> (NonZeroU16, NonZeroU16) {
    (
        NonZeroU16::new(rows).unwrap(),
        NonZeroU16::new(columns).unwrap(),
    )
}

impl Screen {
    /// Starts the child on a case.
    pub(crate) fn open(case: &str, window: Window) -> Self {
        Self::open_with(case, window, &[])
    }

    /// Starts the child on a case with more variables.
    pub(crate) fn open_with(case: &str, window: Window, variables: &[(&str, &str)]) -> Self {
        let me = std::env::current_exe().unwrap();
        let words = ["--exact", "driver_child", "--nocapture", "--test-threads=1"];
        Self::start(Command::new(me).args(words), case, window, variables)
    }

    /// Starts the child below a shell, so that it can be stopped and woken.
    pub(crate) fn open_in_shell(case: &str, window: Window) -> Self {
        let me = std::env::current_exe().unwrap();
        let line = "\"$0\" --exact driver_child --nocapture --test-threads=1; true";
        let command = Command::new("/bin/sh").args(["-c", line]).arg(me);
        Self::start(command, case, window, &[])
    }

    /// Starts the program itself, with its files below `home`.
    pub(crate) fn program(home: &Path, args: &[&str], window: Window) -> Self {
        Self::program_with(home, args, window, &[])
    }

    /// Starts the program itself with more variables.
    pub(crate) fn program_with(
        home: &Path,
        args: &[&str],
        window: Window,
        more: &[(&str, &str)],
    ) -> Self {
        let command = Command::new(env!("CARGO_BIN_EXE_trust-coach")).args(args);
        let home = home.to_str().unwrap();
        let variables = [("TRUST_COACH_HOME", home), ("TRUST_COACH_NOW", NOW)];
        Self::start(command, "", window, &[&variables, more].concat())
    }

    /// Runs a line in a shell; in it the program is `"$0"`.
    pub(crate) fn shell(home: &Path, line: &str) -> Self {
        let command = Command::new("/bin/sh").args(["-c", line]);
        let command = command.arg(env!("CARGO_BIN_EXE_trust-coach"));
        let variables = [
            ("TRUST_COACH_HOME", home.to_str().unwrap()),
            ("TRUST_COACH_NOW", NOW),
        ];
        Self::start(command, "", USUAL, &variables)
    }

    fn start(command: Command, case: &str, window: Window, more: &[(&str, &str)]) -> Self {
        let home = tempfile::tempdir().unwrap();
        let (pty, pts) = pty_process::blocking::open().unwrap();
        pty.resize(Size::new(window.1, window.0)).unwrap();
        let before = tcgetattr(&pty).unwrap();
        let mut command = command
            .env("TERM", "xterm-256color")
            .env(CASE, case)
            .env(OUT, home.path())
            .env("RUST_BACKTRACE", "0")
            .env_remove("VISUAL")
            .env_remove("LC_ALL")
            .env_remove("LC_CTYPE")
            .env_remove("LC_MESSAGES")
            .env_remove("LANG")
            .env_remove("EDITOR");
        for (name, value) in more {
            command = command.env(name, value);
        }
        let child = command.spawn_borrowed(&pts).unwrap();
        let (rows, columns) = size(window);
        let parser = Arc::new(Mutex::new(vt100::Parser::new(rows, columns, 2000)));
        let pty = Arc::new(pty);
        let read = Arc::<Mutex<Vec<u8>>>::default();
        let (from, to, all) = (Arc::clone(&pty), Arc::clone(&parser), Arc::clone(&read));
        thread::spawn(move || {
            let mut bytes = [0; 4096];
            while let Ok(count) = (&*from).read(&mut bytes) {
                if count == 0 {
                    break;
                }
                // Whoever sees the bytes finds them on the screen, and the other way round.
                let mut to = to.lock().unwrap();
                to.process(&bytes[..count]);
                all.lock().unwrap().extend_from_slice(&bytes[..count]);
            }
        });
        Self {
            pty,
            pts,
            child,
            parser,
            bytes: read,
            before_keys: AtomicUsize::new(0),
            home,
            before,
        }
    }

    /// Types, once keys are read: the words of a question stand there before it is, and until then a
    /// terminal shows what is typed, and it's dropped.
    pub(crate) fn send(&self, keys: &(impl AsRef<[u8]> + ?Sized)) {
        let begun = self.bytes().windows(8).any(|bytes| bytes == b"\x1b[?2004h");
        // The search in a long list is dialoguer's, which asks for no marks around what is pasted.
        let searches =
            |screen: &vt100::Screen| screen.hide_cursor() && screen.contents().contains("Search: ");
        let reads_keys = |screen: &vt100::Screen| screen.bracketed_paste() || searches(screen);
        let reads = !begun || until(|| self.look(reads_keys));
        assert!(reads, "no key is read:\n{}", self.rows().join("\n"));
        self.send_early(keys);
    }

    /// Types, whether keys are read or not.
    pub(crate) fn send_early(&self, keys: &(impl AsRef<[u8]> + ?Sized)) {
        self.before_keys
            .store(self.bytes.lock().unwrap().len(), Ordering::Relaxed);
        // In pieces: a terminal's queue is short, and the child must have its turn.
        for piece in keys.as_ref().chunks(512) {
            (&*self.pty).write_all(piece).unwrap();
            thread::sleep(Duration::from_millis(1));
        }
    }

    /// Pastes, as a terminal marks it.
    pub(crate) fn paste(&self, words: &str) {
        self.send(&format!("\x1b[200~{words}\x1b[201~"));
    }

    /// Gives the window another size.
    pub(crate) fn resize(&self, window: Window) {
        let (rows, columns) = size(window);
        self.parser.lock().unwrap().set_size(rows, columns);
        self.pty.resize(Size::new(window.1, window.0)).unwrap();
    }

    /// Sends a signal to the child.
    pub(crate) fn signal(&self, signal: Signal) {
        let pid = Pid::from_raw(i32::try_from(self.child.id()).unwrap()).unwrap();
        kill_process(pid, signal).unwrap();
    }

    /// The process that was started.
    pub(crate) fn pid(&self) -> u32 {
        self.child.id()
    }

    /// Looks at the emulator.
    pub(crate) fn look<T>(&self, at: impl FnOnce(&vt100::Screen) -> T) -> T {
        at(self.parser.lock().unwrap().screen())
    }

    /// The visible rows.
    pub(crate) fn rows(&self) -> Vec<String> {
        self.look(rows)
    }

    /// The visible rows with what stands out in them: `[bold|words]`, `[dim|words]`, and colours by
    /// their names.
    pub(crate) fn styled(&self) -> Vec<String> {
        self.look(styled::rows)
    }

    /// Everything on the screen and in the scrollback.
    pub(crate) fn everything(&self) -> Vec<String> {
        let mut parser = self.parser.lock().unwrap();
        let screen = parser.screen_mut();
        let mut all = Vec::new();
        for back in (1..=screen.scrollback_len()).rev() {
            screen.set_scrollback(back);
            all.extend(rows(screen).first().cloned());
        }
        screen.set_scrollback(0);
        all.extend(rows(screen));
        all
    }

    /// Waits until the rows are as they should be and the cursor is shown, which ends a frame.
    pub(crate) fn wait(&self, what: &str, is_so: impl Fn(&[String]) -> bool) -> Vec<String> {
        self.wait_answered();
        self.wait_for(what, |screen| !screen.hide_cursor() && is_so(&rows(screen)));
        self.rows()
    }

    /// Waits until something came since keys were sent, so that what stood there before is not taken
    /// for the answer to them. Some keys have none.
    fn wait_answered(&self) {
        let before = self.before_keys.load(Ordering::Relaxed);
        soon(|| self.bytes.lock().unwrap().len() > before);
    }

    /// Whether the program reads keys now. What came before is dropped where a question is new, so
    /// words that stand on the screen are not enough.
    pub(crate) fn takes_keys(&self) -> bool {
        self.look(vt100::Screen::bracketed_paste)
    }

    /// Waits until some row contains the words.
    pub(crate) fn wait_words(&self, words: &str) -> Vec<String> {
        self.wait(words, |rows| rows.iter().any(|row| row.contains(words)))
    }

    /// Waits until a list takes keys, and has these words in it or above it.
    pub(crate) fn wait_list(&self, words: &str) -> Vec<String> {
        self.wait_answered();
        self.wait_for(words, |screen| {
            let rows = rows(screen);
            let has_words = rows.iter().any(|row| row.contains(words));
            !screen.hide_cursor() && screen.bracketed_paste() && is_list(&rows) && has_words
        });
        self.rows()
    }

    /// Turns pages until the words come, and returns all that was seen on the way.
    pub(crate) fn turn_pages(&self, until: &str) -> String {
        let mut seen = String::new();
        loop {
            let has = |rows: &[String], words: &str| rows.iter().any(|row| row.contains(words));
            let goes_on = |rows: &[String]| has(rows, "Enter: go on") || has(rows, "Enter: weiter");
            let page = self.wait(until, |rows| has(rows, until) || goes_on(rows));
            seen.push_str(&page.join("\n"));
            if has(&page, until) {
                return seen;
            }
            self.send("\r");
            self.wait_for("the next page", |screen| rows(screen) != page);
        }
    }

    /// Waits until the emulator's screen is as it should be.
    pub(crate) fn wait_for(&self, what: &str, is_so: impl Fn(&vt100::Screen) -> bool) {
        assert!(
            until(|| self.look(&is_so)),
            "this did not come: {what}\n{}\ncursor hidden: {}\nout: {:?}",
            self.rows().join("\n"),
            self.look(vt100::Screen::hide_cursor),
            self.replies(),
        );
    }

    /// The folder that the child writes to.
    pub(crate) fn home(&self) -> PathBuf {
        self.home.path().to_path_buf()
    }

    /// Every byte that went to the terminal so far, the echo of what was typed among them.
    pub(crate) fn bytes(&self) -> Vec<u8> {
        self.bytes.lock().unwrap().clone()
    }

    /// Lets a child that waits go on.
    pub(crate) fn go_on(&self) {
        fs::write(self.home.path().join("go"), "").unwrap();
    }

    /// What came back so far, as the driver wrote it.
    pub(crate) fn replies(&self) -> Vec<serde_json::Value> {
        let text = fs::read_to_string(self.home.path().join("replies")).unwrap_or_default();
        let whole = text.rfind('\n').map_or("", |end| &text[..end]);
        let lines = whole.lines().filter(|line| !line.is_empty());
        lines
            .map(|line| serde_json::from_str(line).unwrap())
            .collect()
    }

    /// Waits for so many replies and returns the last of them.
    pub(crate) fn wait_reply(&self, count: usize) -> serde_json::Value {
        self.wait_for(&format!("reply {count}"), |_| self.replies().len() >= count);
        self.replies()[count - 1].clone()
    }

    /// The words of the reply of that number.
    pub(crate) fn wait_answer(&self, count: usize) -> String {
        let reply = self.wait_reply(count);
        let words = reply["words"].as_str();
        words
            .unwrap_or_else(|| panic!("not words: {reply}"))
            .to_string()
    }

    /// Waits for the child to end and for all that it wrote to come through the terminal, and
    /// returns its exit code.
    pub(crate) fn wait_exit(&mut self) -> i32 {
        let mut ended = None;
        let has_ended = until(|| {
            ended = self.child.try_wait().unwrap();
            ended.is_some()
        });
        assert!(has_ended, "it does not end\n{}", self.rows().join("\n"));
        // A terminal keeps the order: what we write now comes behind all that the child wrote.
        rustix::io::write(&self.pts, END).unwrap();
        let come = until(|| {
            let mut bytes = self.bytes.lock().unwrap();
            let come = bytes.ends_with(END);
            let length = bytes.len() - if come { END.len() } else { 0 };
            bytes.truncate(length);
            come
        });
        assert!(come, "the terminal is stuck");
        ended.and_then(|status| status.code()).unwrap_or(-1)
    }

    /// Waits until the terminal is as it was before the child came: modes, cursor, screen.
    pub(crate) fn wait_sane(&self) {
        self.wait_for("a sane terminal", |screen| {
            !screen.hide_cursor() && !screen.bracketed_paste() && !screen.alternate_screen()
        });
        let now = tcgetattr(&self.pty).unwrap();
        assert_eq!(now.local_modes, self.before.local_modes);
        assert_eq!(now.input_modes, self.before.input_modes);
        assert_eq!(now.output_modes, self.before.output_modes);
    }

    /// Waits until what is typed is not shown; what was typed before that is thrown away.
    pub(crate) fn wait_unseen(&self) {
        assert!(until(|| !self.echoes()), "what is typed is still shown");
    }

    /// Whether keys are shown by the terminal itself.
    pub(crate) fn echoes(&self) -> bool {
        self.modes().local_modes.contains(LocalModes::ECHO)
    }

    pub(crate) fn modes(&self) -> Termios {
        tcgetattr(&self.pty).unwrap()
    }
}

/// Whether the last thing on the screen is a list that takes keys.
pub(crate) fn is_list(rows: &[String]) -> bool {
    let last = rows.iter().rev().find(|row| !row.is_empty());
    let keys = ["Enter: take", "Space: mark", "Enter: nehmen"];
    last.is_some_and(|row| keys.iter().any(|keys| row.contains(keys)))
}

impl Drop for Screen {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

fn rows(screen: &vt100::Screen) -> Vec<String> {
    let (_, columns) = screen.size();
    let rows = screen.rows(0, columns.get());
    rows.map(|row| row.trim_end().to_string()).collect()
}
