//! How commands say things to people.

use crate::home::world::World;
use crate::text::{inert, width, wrap};

/// Says lines for people, set to the width of the screen.
pub(super) fn say(world: &mut World<'_>, text: &str) {
    let page = set(text, world.terminal.columns);
    world.tell(&page);
}

/// Lines for people, inert, set to the width of a screen. A line that begins with a blank (a path, a
/// list) stays whole, so that it can be copied.
pub(super) fn set(text: &str, columns: usize) -> String {
    let (width, mut page) = (width(columns), String::new());
    for line in inert(text).lines() {
        let set = if line.starts_with(' ') {
            vec![line.to_string()]
        } else {
            wrap(line, width)
        };
        for line in set {
            page.push_str(&line);
            page.push('\n');
        }
    }
    page
}
