//! Ctrl-C and being told to end: one thread waits, saves, gives the terminal back and leaves.

use std::io::{self, Write};
use std::process;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, LazyLock, Once};
use std::thread;
use std::time::Duration;

use rustix::termios::{self, OptionalActions, QueueSelector};
use signal_hook::consts::{SIGHUP, SIGINT, SIGTERM};
use signal_hook::iterator::Signals;
use signal_hook::{flag, low_level};

use super::Guard;
use super::editor;
use crate::text::inert;

/// Whether a signal came meanwhile.
pub(super) type SignalNote = Arc<AtomicBool>;

/// How long saving may take before we leave without waiting for it.
const PATIENCE: Duration = Duration::from_secs(3);

/// Whether a signal that was noted once, and that nobody waits for, ends the program as usual.
static USUAL: LazyLock<Arc<AtomicBool>> = LazyLock::new(Arc::default);

/// Notes a signal from now on instead of ending. Nothing where the system will not have it.
pub(super) fn note(signal: i32) -> Option<SignalNote> {
    USUAL.store(false, Ordering::SeqCst);
    let noted = SignalNote::default();
    flag::register(signal, Arc::clone(&noted)).ok()?;
    flag::register_conditional_default(signal, Arc::clone(&USUAL)).ok()?;
    Some(noted)
}

/// Ends the program where the signal came meanwhile, as it would have then, and from now on when it
/// comes, until somebody waits for it.
pub(super) fn restore_default(signal: i32, noted: Option<&SignalNote>) {
    USUAL.store(true, Ordering::SeqCst);
    if noted.is_some_and(|noted| noted.load(Ordering::SeqCst)) {
        let _ = low_level::emulate_default_handler(signal);
    }
}

/// Waits for SIGINT, SIGTERM and SIGHUP in a thread of its own. At the first one the terminal is
/// given back, `on_signal` saves and returns the last line to print (after SIGHUP nothing is
/// printed), and the process ends with 128 and the signal's number. A second Ctrl-C, or saving
/// that takes more than three seconds, ends it at once.
pub fn watch(
    guard: Option<Arc<Guard>>,
    on_signal: impl FnOnce(i32) -> String + Send + 'static,
) -> io::Result<()> {
    let mut signals = Signals::new([SIGINT, SIGTERM, SIGHUP])?;
    USUAL.store(false, Ordering::SeqCst);
    thread::Builder::new()
        .name("signals".into())
        .spawn(move || {
            let mut on_signal = Some(on_signal);
            let mut first: Option<i32> = None;
            loop {
                let mut came: Vec<i32> = signals.wait().collect();
                // Whoever reads keys says Ctrl-C where another signal has interrupted it.
                came.sort_by_key(|signal| *signal == SIGINT);
                for signal in came {
                    if signal == SIGINT && first.is_none() && editor::is_open() {
                        // Ctrl-C in an editor is the editor's.
                        continue;
                    }
                    match (first, on_signal.take()) {
                        (None, Some(save)) => {
                            first = Some(signal);
                            if let Some(guard) = &guard {
                                guard.restore();
                            }
                            leave(signal, save);
                        }
                        (Some(SIGINT), _) if signal == SIGINT => {
                            end(signal);
                        }
                        _ => {}
                    }
                }
            }
        })?;
    Ok(())
}

/// Makes ready for a question outside a session, whose keys somebody else reads: what was typed
/// before it is dropped, and a signal that ends the program gives the terminal back as it is now.
pub fn before_question() {
    static WATCHES: Once = Once::new();
    let _ = termios::tcflush(io::stdin(), QueueSelector::IFlush);
    WATCHES.call_once(|| {
        let Ok(modes) = termios::tcgetattr(io::stdin()) else {
            return;
        };
        let _ = watch(None, move |_| {
            let _ = termios::tcsetattr(io::stdin(), OptionalActions::Now, &modes);
            let _ = io::stderr().write_all(b"\r\n\x1b[?25h");
            String::new()
        });
    });
}

fn leave(signal: i32, save: impl FnOnce(i32) -> String + Send + 'static) {
    let saving = thread::Builder::new().spawn(move || {
        let last_line = save(signal);
        if signal != SIGHUP && !last_line.is_empty() {
            let _ = writeln!(io::stderr(), "{}", inert(&last_line));
        }
        end(signal);
    });
    let clock = thread::Builder::new().spawn(move || {
        thread::sleep(PATIENCE);
        end(signal);
    });
    if saving.is_err() && clock.is_err() {
        end(signal);
    }
}

// The one place outside `main` that ends the process: the main thread may be waiting for a key,
// or hang in a terminal that takes nothing.
#[allow(clippy::exit)]
fn end(signal: i32) {
    process::exit(128 + signal);
}
