//! Keys as they come, from standard input and nowhere else.

use std::collections::VecDeque;
use std::io;
use std::time::Duration;

use rustix::event::{PollFd, PollFlags, Timespec, poll};
use rustix::io::Errno;

use super::decode::Decoder;
use super::keys::Key;

/// How long to wait before it is looked whether the window has another size.
const TICK: Duration = Duration::from_millis(200);

/// How long after an Esc another byte can still belong to it.
const ESCAPE: Duration = Duration::from_millis(50);

/// What happened at the keyboard.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum KeyboardEvent {
    /// A key.
    Key(Key),
    /// Nothing, for a while.
    Tick,
    /// The keyboard is gone.
    Gone,
}

/// Reads keys.
#[derive(Debug, Default)]
pub(super) struct KeyInput {
    decoder: Decoder,
    ready: VecDeque<Key>,
}

impl KeyInput {
    /// The next key, or nothing after a short while.
    pub(super) fn next(&mut self) -> io::Result<KeyboardEvent> {
        if let Some(key) = self.ready.pop_front() {
            return Ok(KeyboardEvent::Key(key));
        }
        let patience = if self.decoder.waits() { ESCAPE } else { TICK };
        match wait(patience)? {
            InputWait::Nothing => self.ready.extend(self.decoder.flush()),
            InputWait::Interrupted => {}
            InputWait::Bytes => {
                let mut bytes = [0; 4096];
                match rustix::io::read(io::stdin(), &mut bytes) {
                    Ok(0) | Err(Errno::IO) => return Ok(KeyboardEvent::Gone),
                    Ok(count) => self.ready.extend(self.decoder.feed(&bytes[..count])),
                    Err(Errno::INTR | Errno::AGAIN) => {}
                    Err(error) => return Err(error.into()),
                }
            }
        }
        Ok(self
            .ready
            .pop_front()
            .map_or(KeyboardEvent::Tick, KeyboardEvent::Key))
    }

    /// Whether keys that were read are still to be taken.
    pub(super) fn has_more(&self) -> bool {
        !self.ready.is_empty()
    }

    /// Forgets what was read and not taken.
    pub(super) fn clear(&mut self) {
        self.decoder.clear();
        self.ready.clear();
    }
}

enum InputWait {
    Bytes,
    Nothing,
    Interrupted,
}

fn wait(patience: Duration) -> io::Result<InputWait> {
    let stdin = io::stdin();
    let mut keyboard = [PollFd::new(&stdin, PollFlags::IN)];
    let patience = Timespec::try_from(patience).map_err(io::Error::other)?;
    match poll(&mut keyboard, Some(&patience)) {
        Ok(0) => Ok(InputWait::Nothing),
        Ok(_) => Ok(InputWait::Bytes),
        Err(Errno::INTR) => Ok(InputWait::Interrupted),
        Err(error) => Err(error.into()),
    }
}
