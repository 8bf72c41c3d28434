//! Ctrl-C and being told to end: one thread waits, saves, gives the terminal back and leaves.

use std::io::{self, Write};
use std::process;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, LazyLock, Mutex, MutexGuard, PoisonError};
use std::thread;
use std::time::Duration;

use rustix::termios::{self, LocalModes, OptionalActions, QueueSelector, Termios};
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

/// The same, and nobody else ends the program at the signal meanwhile.
pub(super) fn note_alone(signal: i32) -> Option<SignalNote> {
    *locked(&PLAN) = None;
    note(signal)
}

/// Ends the program where the signal came meanwhile, as it would have then, and from now on when it
/// comes, until somebody waits for it.
pub(super) fn restore_default(signal: i32, noted: Option<&SignalNote>) {
    USUAL.store(true, Ordering::SeqCst);
    if noted.is_some_and(|noted| noted.load(Ordering::SeqCst)) {
        let _ = low_level::emulate_default_handler(signal);
    }
}

/// What is done at the first signal that ends the program.
struct SignalPlan {
    guard: Option<Arc<Guard>>,
    on_signal: Box<dyn FnOnce(i32) -> String + Send>,
}

/// The plan that was made last: one run can ask a question and do a session.
static PLAN: Mutex<Option<SignalPlan>> = Mutex::new(None);

/// Waits for SIGINT, SIGTERM and SIGHUP in a thread of its own. At the first one the terminal is
/// given back, `on_signal` saves and returns the last line to print (after SIGHUP nothing is
/// printed), and the process ends with 128 and the signal's number. A second Ctrl-C, or saving
/// that takes more than three seconds, ends it at once. Called again, it takes the place of what
/// was to be done before.
pub fn watch(
    guard: Option<Arc<Guard>>,
    on_signal: impl FnOnce(i32) -> String + Send + 'static,
) -> io::Result<()> {
    static WAITS: Mutex<bool> = Mutex::new(false);
    let on_signal = Box::new(on_signal);
    *locked(&PLAN) = Some(SignalPlan { guard, on_signal });
    USUAL.store(false, Ordering::SeqCst);
    let mut waits = locked(&WAITS);
    if !*waits {
        let mut signals = Signals::new([SIGINT, SIGTERM, SIGHUP])?;
        let wait = move || wait(&mut signals);
        thread::Builder::new().name("signals".into()).spawn(wait)?;
        *waits = true;
    }
    Ok(())
}

/// How the terminal was before something was typed unseen.
static BEFORE_HIDDEN: Mutex<Option<Termios>> = Mutex::new(None);

/// Has the terminal put back to these modes when a signal ends the program.
pub(super) fn put_back_at_signal(modes: Option<Termios>) {
    *locked(&BEFORE_HIDDEN) = modes;
}

fn wait(signals: &mut Signals) {
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
            if first.is_none()
                && let Some(plan) = locked(&PLAN).take()
            {
                first = Some(signal);
                if let Some(guard) = &plan.guard {
                    guard.restore();
                }
                if let Some(modes) = locked(&BEFORE_HIDDEN).take() {
                    let _ = termios::tcsetattr(io::stdin(), OptionalActions::Now, &modes);
                }
                leave(signal, plan.on_signal);
            } else if (first, signal) == (Some(SIGINT), SIGINT) {
                end(signal);
            }
        }
    }
}

fn locked<T>(of: &Mutex<T>) -> MutexGuard<'_, T> {
    of.lock().unwrap_or_else(PoisonError::into_inner)
}

/// The terminal during a question outside a session: what is typed between two keys is not shown.
/// Dropped, it is as it was.
pub struct UnseenKeys(Option<Termios>);

impl Drop for UnseenKeys {
    fn drop(&mut self) {
        if let Some(modes) = &self.0 {
            let _ = termios::tcsetattr(io::stdin(), OptionalActions::Now, modes);
        }
        IS_ASKING.store(false, Ordering::SeqCst);
    }
}

/// Whether somebody else reads keys for a question.
static IS_ASKING: AtomicBool = AtomicBool::new(false);

/// The terminal while a row at its bottom is drawn again and again: Ctrl-C writes nothing into it.
pub(super) fn hide_control_keys() -> UnseenKeys {
    let Ok(modes) = termios::tcgetattr(io::stdin()) else {
        return UnseenKeys(None);
    };
    let before = UnseenKeys(Some(modes.clone()));
    let mut hidden = modes;
    hidden.local_modes -= LocalModes::ECHOCTL;
    let _ = termios::tcsetattr(io::stdin(), OptionalActions::Now, &hidden);
    before
}

/// Makes ready for a question outside a session, whose keys somebody else reads: what was typed
/// before it is dropped, and a signal that ends the program gives the terminal back as it is now, behind
/// `way_out`.
pub fn before_question(way_out: &'static str) -> UnseenKeys {
    let _ = termios::tcflush(io::stdin(), QueueSelector::IFlush);
    let Ok(modes) = termios::tcgetattr(io::stdin()) else {
        return UnseenKeys(None);
    };
    let before = UnseenKeys(Some(modes.clone()));
    let mut unseen = modes.clone();
    unseen.local_modes &= !(LocalModes::ECHO | LocalModes::ICANON);
    IS_ASKING.store(true, Ordering::SeqCst);
    let _ = watch(None, move |_| {
        // Whoever was interrupted at reading a key sets the modes once more.
        for _ in 0..20 {
            if IS_ASKING.load(Ordering::SeqCst) {
                thread::sleep(Duration::from_millis(5));
            }
        }
        let _ = termios::tcsetattr(io::stdin(), OptionalActions::Now, &modes);
        let _ = write!(io::stderr(), "{way_out}\x1b[?25h");
        String::new()
    });
    let _ = termios::tcsetattr(io::stdin(), OptionalActions::Now, &unseen);
    before
}

fn leave(signal: i32, save: Box<dyn FnOnce(i32) -> String + Send>) {
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
