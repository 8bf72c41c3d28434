//! Sessions printed as they are found, so that many of them need no more memory than a few.

use std::ops::ControlFlow;

use super::common::{FORMAT, left_out};
use crate::error::Result;
use crate::home::world::World;
use crate::journal::{self, StoreError};
use crate::session::SessionId;
use crate::text::inert;
use crate::text::json::open_list;

/// What came of looking at one session.
pub(super) enum StreamItem {
    /// It is printed like this: lines, or a JSON object without its end of line.
    Shown(String),
    /// It is not one of those.
    Passed,
    /// It cannot be told.
    LeftOut(StoreError),
}

/// How they are printed.
pub(super) struct StreamOptions {
    /// As the JSON list `sessions`.
    pub json: bool,
    /// So many at most.
    pub limit: usize,
    /// Only a few are needed, and the first ones will do.
    pub few: bool,
    /// More keys of the JSON document, each with a comma before it.
    pub behind: String,
    /// Whether what is shown has passed the filter already and is coloured.
    pub painted: bool,
    /// Whether to find out if there are more than the limit lets through.
    pub peek: bool,
}

/// What was printed.
pub(super) struct PrintCount {
    /// How many.
    pub count: usize,
    /// Whether there are more; known only where that was asked.
    pub more: bool,
    /// Whether some could not be told.
    pub some_left_out: bool,
}

/// So much is printed at once.
const AT_ONCE: usize = 32 * 1024;

/// As many as there are, where zero asks for all.
pub(super) fn limit(given: usize) -> usize {
    if given == 0 { usize::MAX } else { given }
}

impl StreamOptions {
    /// Looks at each session and prints what is to be shown, then tells which files were left out.
    pub(super) fn print(
        &self,
        world: &mut World<'_>,
        names: impl Iterator<Item = Result<SessionId, StoreError>> + Send,
        look: impl Fn(Result<SessionId, StoreError>, &mut Vec<u8>) -> StreamItem + Sync,
    ) -> Result<PrintCount> {
        let (mut page, mut bad) = (String::new(), Vec::new());
        let (mut count, mut more, mut printed) = (0, false, Ok(true));
        if self.json {
            page.push_str(&open_list(FORMAT, "sessions"));
        }
        journal::each(names, self.few, look, |looked| {
            // Before the next, so that the end of the last is still at hand.
            if page.len() >= AT_ONCE {
                printed = world.write_part(&page);
                page.clear();
            }
            match looked {
                StreamItem::Passed => {}
                StreamItem::LeftOut(error) => bad.push(error),
                StreamItem::Shown(_) if count == self.limit => more = true,
                StreamItem::Shown(text) => {
                    if self.json {
                        page.push_str(if count == 0 { "\n    " } else { ",\n    " });
                    }
                    page.push_str(&if self.painted {
                        text.into()
                    } else {
                        inert(&text)
                    });
                    count += 1;
                }
            }
            let enough = more || (count == self.limit && !self.peek);
            if enough || !matches!(printed, Ok(true)) {
                ControlFlow::Break(())
            } else {
                ControlFlow::Continue(())
            }
        });
        printed?;
        if self.json {
            page.push_str(if count == 0 { "]" } else { "\n  ]" });
            page.push_str(&self.behind);
            page.push_str("\n}\n");
        }
        // What stands apart from the next by an empty line has none at the end.
        if page.ends_with("\n\n") {
            page.pop();
        }
        world.print_bytes(page.as_bytes())?;
        let some_left_out = !bad.is_empty();
        for error in bad {
            world.tell(&left_out(error));
        }
        Ok(PrintCount {
            count,
            more,
            some_left_out,
        })
    }
}
