//! Time that somebody has the floor, in lines.

use std::io::{self, Write};
use std::time::Instant;

use super::{Keyboard, PlainPrompter};

impl<K: Keyboard, W: Write> PlainPrompter<K, W> {
    /// Says what there is to say of somebody's time, as long as they enter nothing.
    pub(super) fn say_time(&mut self) -> io::Result<()> {
        while let Some(floor) = &mut self.floor
            && let Some(left) = floor.left(Instant::now())
            && !self.keyboard.comes_within(left)
        {
            let words = self.language.translate(floor.pass().words());
            writeln!(self.out)?;
            self.lines(words)?;
            self.cue()?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;
    use std::time::Duration;

    use super::*;
    use crate::ask::{Ask, Input, Prompter, Reply, Want};
    use crate::plain::KeyboardLine;

    /// Somebody who lets time pass so many times before they press Enter.
    struct Slow(usize);

    impl Keyboard for Slow {
        fn line(&mut self) -> io::Result<Option<KeyboardLine>> {
            Ok(Some(KeyboardLine {
                text: String::new(),
                ..KeyboardLine::default()
            }))
        }

        fn waiting(&mut self) -> bool {
            false
        }

        fn comes_within(&mut self, _patience: Duration) -> bool {
            self.0 = self.0.wrapping_sub(1);
            self.0 == usize::MAX
        }
    }

    #[test]
    fn half_of_the_time_and_its_end_are_a_line_each_while_nothing_is_entered() {
        let said = [0, 1, 2].map(|times| {
            let mut out = Vec::new();
            let ask = Ask {
                seconds: Some(60),
                ..Ask::own("speak", "You have the floor.", Want::Ready)
            };
            let mut prompter = PlainPrompter::new(Slow(times), &mut out, 80, Arc::new(()));
            assert_eq!(prompter.ask(&ask).unwrap(), Reply::Answer(Input::Ready));
            drop(prompter);
            let text = String::from_utf8(out).unwrap();
            ["Half of the time is over.", "The time is over."].map(|words| text.contains(words))
        });
        assert_eq!(said, [[false, false], [true, false], [true, true]]);
    }
}
