//! The menu that Esc opens, everywhere.

use std::io;

use super::Terminal;
use super::area::{Area, LineMode};
use super::choosing::{ListOutcome, ListQuestion, POINT_FIRST};
use super::foot::Foot;
use super::head::ScreenHead;
use super::list::ListView;
use super::paint::ScreenLine;
use crate::ask::Reply;

/// What Esc offers, in this order.
const MENU: [(&str, Option<Reply>); 9] = [
    ("Keep going", None),
    ("Back to the step before", Some(Reply::Back)),
    ("Rather not say", Some(Reply::Skip)),
    ("Pause: save and stop for now", Some(Reply::Pause)),
    ("A hint", Some(Reply::Hint)),
    ("Why this is asked", Some(Reply::Why)),
    ("What you can type", Some(Reply::Help)),
    ("See help lines now", Some(Reply::Support(None))),
    ("Leave: save, and clear the screen", Some(Reply::Leave)),
];

/// The same where nothing that is typed is kept.
const STOP: &str = "Stop for now";
const CLEAR: &str = "Leave: clear the screen and stop";

impl Terminal {
    /// What Esc opens: what they would like to do instead, or `None` to keep going.
    pub(super) fn menu(&mut self, head: &[ScreenLine]) -> io::Result<Option<Reply>> {
        let fitting = |(_, reply): &&(&str, Option<Reply>)| match reply {
            Some(Reply::Hint | Reply::Why) => self.menu.step,
            Some(Reply::Back) => self.menu.back,
            Some(Reply::Skip) => self.menu.skip,
            _ => true,
        };
        let menu: Vec<_> = MENU.iter().filter(fitting).collect();
        let keeps = self.keep.keeps();
        let label = |(label, reply): &&(&'static str, Option<Reply>)| match reply {
            Some(Reply::Pause) if !keeps => STOP,
            Some(Reply::Leave) if !keeps => CLEAR,
            _ => *label,
        };
        let language = self.screen.language;
        let labels = menu.iter().map(|entry| language.translate(label(entry)));
        let mut list = ListView::new(labels.map(|label| (label, None)));
        list.at = Some(0);
        list.pointer = self.signs.pointer;
        let size = self.screen.size();
        let fits = head.len() + menu.len() + 4 <= size.rows;
        let kept = if fits { head.to_vec() } else { Vec::new() };
        let mut choosing = ListQuestion {
            question: None,
            language: self.screen.language,
            head: ScreenHead {
                kept,
                ..ScreenHead::default()
            },
            list,
            typed: Area::new(LineMode::One, ""),
            keys: Foot::Choose,
            beside: None,
            message: None,
            warned: None,
            planned: None,
            takes_words: false,
            own: String::new(),
            standing: false,
            saved: false,
            mark: None,
        };
        loop {
            let at = match self.press_until_chosen(&mut choosing)? {
                ListOutcome::List => choosing.list.at,
                ListOutcome::Words(typed) => typed
                    .trim()
                    .parse()
                    .ok()
                    .and_then(|n: usize| n.checked_sub(1)),
                ListOutcome::Instead(reply) => return Ok(Some(reply)),
                ListOutcome::Menu => return Ok(None),
            };
            match at.and_then(|at| menu.get(at)) {
                Some((_, reply)) => return Ok(reply.clone()),
                None => choosing.message = Some(self.screen.language.translate(POINT_FIRST).into()),
            }
        }
    }
}
