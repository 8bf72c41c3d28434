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

/// So many times is read what is to be forgotten: whatever goes on sending must not hold anything up.
const MOST_FORGOTTEN: usize = 16;

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
    /// Words were forgotten whose Enter may still come.
    forgot_words: bool,
}

impl KeyInput {
    /// The next key, or nothing after a short while.
    pub(super) fn next(&mut self) -> io::Result<KeyboardEvent> {
        let event = self.read()?;
        // It ends what was typed before, and decides nothing.
        let ends = self.forgot_words && event == KeyboardEvent::Key(Key::Enter);
        self.forgot_words &= event == KeyboardEvent::Tick;
        Ok(if ends { KeyboardEvent::Tick } else { event })
    }

    fn read(&mut self) -> io::Result<KeyboardEvent> {
        if let Some(key) = self.ready.pop_front() {
            return Ok(KeyboardEvent::Key(key));
        }
        let patience = if self.decoder.waits() { ESCAPE } else { TICK };
        match wait(patience)? {
            InputWait::Nothing => self.ready.extend(self.decoder.flush()),
            InputWait::Bytes if !self.take()? => return Ok(KeyboardEvent::Gone),
            InputWait::Bytes | InputWait::Interrupted => {}
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

    /// Reads what is there. Tells whether the keyboard is.
    fn take(&mut self) -> io::Result<bool> {
        let mut bytes = [0; 4096];
        match rustix::io::read(io::stdin(), &mut bytes) {
            Ok(0) | Err(Errno::IO) => return Ok(false),
            Ok(count) => self.ready.extend(self.decoder.feed(&bytes[..count])),
            Err(Errno::INTR | Errno::AGAIN) => {}
            Err(error) => return Err(error.into()),
        }
        Ok(true)
    }

    /// Forgets what was pressed before this moment: it was meant for something else. A command that is
    /// being typed stays, and so does Ctrl-C: nobody should have to type those twice.
    pub(super) fn forget(&mut self) -> io::Result<()> {
        for _ in 0..MOST_FORGOTTEN {
            if !matches!(wait(Duration::ZERO)?, InputWait::Bytes) || !self.take()? {
                break;
            }
        }
        self.forgot_words = keep_command(&mut self.ready);
        Ok(())
    }
}

/// Takes away all keys but Ctrl-C and a command that no Enter has ended. Tells whether there were words
/// instead that none has ended.
fn keep_command(keys: &mut VecDeque<Key>) -> bool {
    let stops = keys.contains(&Key::Interrupt);
    let ended = keys
        .iter()
        .rposition(|key| matches!(key, Key::Enter | Key::Done));
    keys.drain(..ended.map_or(0, |at| at + 1));
    let words = keys.iter().map(|key| match key {
        Key::Text(words) => words.as_str(),
        _ => "",
    });
    let words: String = words.collect();
    let is_command = words.trim_start().starts_with('/');
    if !is_command {
        keys.clear();
    }
    if stops {
        *keys = VecDeque::from([Key::Interrupt]);
    }
    !is_command && !words.trim().is_empty()
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn of_what_was_typed_ahead_only_a_command_without_its_enter_stays() {
        let text = |words: &str| Key::Text(words.to_string());
        let slash = [text("/"), text("leave")];
        for (keys, kept, forgot) in [
            (vec![], vec![], false),
            (vec![text("yes"), Key::Enter], vec![], false),
            (vec![text("yes")], vec![], true),
            (vec![text("1"), Key::Enter, text("no")], vec![], true),
            (vec![text(" ")], vec![], false),
            (slash.to_vec(), slash.to_vec(), false),
            (
                [&[text("1"), Key::Enter], &slash[..]].concat(),
                slash.to_vec(),
                false,
            ),
            ([&slash[..], &[Key::Enter]].concat(), vec![], false),
            (
                vec![text("a"), Key::Interrupt, text("b")],
                vec![Key::Interrupt],
                true,
            ),
            (vec![Key::Paste("/leave".into())], vec![], false),
        ] {
            let mut ready = VecDeque::from(keys.clone());
            assert_eq!(keep_command(&mut ready), forgot, "{keys:?}");
            assert_eq!(Vec::from(ready), kept, "{keys:?}");
        }
    }
}
