//! Ctrl-C and being told to end: one thread waits, saves, gives the terminal back and leaves.

use std::io::{self, Write};
use std::process;
use std::sync::Arc;
use std::thread;
use std::time::{Duration, Instant};

use signal_hook::consts::{SIGHUP, SIGINT, SIGTERM};
use signal_hook::iterator::Signals;

use super::editor;
use super::terminal::Guard;

/// How long saving may take before we leave without waiting for it.
const PATIENCE: Duration = Duration::from_secs(3);

/// One press of Ctrl-C in a list arrives as two signals, close together.
const ONE_PRESS: Duration = Duration::from_millis(200);

/// Waits for SIGINT, SIGTERM and SIGHUP in a thread of its own. At the first one the terminal is
/// given back, `on_signal` saves and returns the last line to print (after SIGHUP nothing is
/// printed), and the process ends with 128 and the signal's number. A second Ctrl-C, or saving
/// that takes more than three seconds, ends it at once.
pub fn watch(
    guard: Option<Arc<Guard>>,
    on_signal: impl FnOnce(i32) -> String + Send + 'static,
) -> io::Result<()> {
    let mut signals = Signals::new([SIGINT, SIGTERM, SIGHUP])?;
    thread::Builder::new()
        .name("signals".into())
        .spawn(move || {
            let mut on_signal = Some(on_signal);
            let mut first: Option<(i32, Instant)> = None;
            for signal in std::iter::repeat_with(|| next(&mut signals)).flatten() {
                if signal == SIGINT && first.is_none() && editor::is_open() {
                    // Ctrl-C in an editor is the editor's.
                    continue;
                }
                match (first, on_signal.take()) {
                    (None, Some(save)) => {
                        first = Some((signal, Instant::now()));
                        if let Some(guard) = &guard {
                            guard.restore();
                        }
                        leave(signal, guard.clone(), save);
                    }
                    (Some((SIGINT, at)), _) if signal == SIGINT && at.elapsed() > ONE_PRESS => {
                        end(signal);
                    }
                    _ => {}
                }
            }
        })?;
    Ok(())
}

/// The signals that came since the last ones. A list answers to any signal with a SIGINT of its
/// own, which is then not the one that counts.
fn next(signals: &mut Signals) -> Vec<i32> {
    let mut together: Vec<i32> = signals.wait().collect();
    together.sort_by_key(|signal| *signal == SIGINT);
    together
}

fn leave(
    signal: i32,
    guard: Option<Arc<Guard>>,
    save: impl FnOnce(i32) -> String + Send + 'static,
) {
    let saving = thread::Builder::new().spawn(move || {
        let last_line = save(signal);
        if let Some(guard) = guard {
            guard.restore_again();
        }
        if signal != SIGHUP && !last_line.is_empty() {
            let _ = writeln!(io::stderr(), "{last_line}");
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
