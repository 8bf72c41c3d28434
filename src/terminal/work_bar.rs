//! Long work: a bar once it has taken a second, and Ctrl-C between two things that are done.

use std::ops::ControlFlow;
use std::sync::atomic::Ordering;
use std::time::{Duration, Instant};

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};
use signal_hook::consts::SIGINT;

use super::signals::{self, SignalNote, UnseenKeys};
use crate::error::{Error, Exit};
use crate::text::counted;

/// Work that is done in a second shows nothing.
const QUIET: Duration = Duration::from_secs(1);

/// How far work on many things is. Dropped, nothing of it stays in view.
pub struct WorkBar {
    bar: ProgressBar,
    begun: Instant,
    /// The thing that there are many of, such as `session`.
    thing: &'static str,
    of: usize,
    done: usize,
    /// Whether it may come into view, and has not yet.
    waits: bool,
    interrupted: Option<SignalNote>,
    /// The terminal as it was before it came into view.
    keys: Option<UnseenKeys>,
}

impl WorkBar {
    /// Work on so many things, in view where it may be `shown`. Ctrl-C is noted from now on.
    pub fn new(shown: bool, doing: &str, of: usize, thing: &'static str) -> Self {
        let hidden = ProgressDrawTarget::hidden();
        let length = u64::try_from(of).ok();
        let bar = ProgressBar::with_draw_target(length, hidden).with_message(doing.to_string());
        if let Ok(style) = ProgressStyle::with_template(LOOK) {
            bar.set_style(style.progress_chars("=> "));
        }
        Self {
            bar,
            begun: Instant::now(),
            thing,
            of,
            done: 0,
            waits: shown,
            interrupted: signals::note_alone(SIGINT),
            keys: None,
        }
    }

    /// So many things are done. Breaks where the person wants it to stop here.
    pub fn at(&mut self, done: usize) -> ControlFlow<()> {
        self.done = done;
        self.bar
            .set_position(u64::try_from(done).unwrap_or(u64::MAX));
        if self.waits && self.begun.elapsed() >= QUIET {
            self.waits = false;
            self.keys = Some(signals::hide_control_keys());
            self.bar
                .set_draw_target(ProgressDrawTarget::stderr_with_hz(8));
        }
        if self.is_stopped() {
            ControlFlow::Break(())
        } else {
            ControlFlow::Continue(())
        }
    }

    /// One more thing is done.
    pub fn at_next(&mut self) -> ControlFlow<()> {
        self.at(self.done + 1)
    }

    /// Does something that writes to the terminal, with the bar out of its way.
    pub fn aside<T>(&self, work: impl FnOnce() -> T) -> T {
        self.bar.suspend(work)
    }

    /// Whether Ctrl-C was pressed.
    pub fn is_stopped(&self) -> bool {
        let noted = self.interrupted.as_ref();
        noted.is_some_and(|noted| noted.load(Ordering::SeqCst))
    }

    /// What is said of work that was stopped.
    pub fn stopped(&self) -> Error {
        let of = counted(self.of, self.thing);
        Error::new(
            Exit::Signal(2),
            format!("stopped after {} of {of}", self.done),
        )
    }
}

impl Drop for WorkBar {
    fn drop(&mut self) {
        self.bar.finish_and_clear();
        self.keys = None;
        signals::restore_default(SIGINT, None);
    }
}

/// What is done, of how many, and how long it may still take.
const LOOK: &str = "{msg} {pos} of {len} [{bar:10}] {eta} left";

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn work_that_was_stopped_says_how_far_it_came() {
        let mut bar = WorkBar::new(false, "Importing", 3, "session");
        assert!(bar.at(1).is_continue() && !bar.is_stopped());
        if let Some(noted) = &bar.interrupted {
            noted.store(true, Ordering::SeqCst);
        }
        assert!(bar.at(2).is_break());
        let error = bar.stopped();
        assert_eq!(error.message, "stopped after 2 of 3 sessions");
        assert_eq!(error.exit.code(), 130);
    }
}
