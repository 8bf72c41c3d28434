//! Facts as files: what the commands that know all files do with them.

use std::fs;
use std::path::{Path, PathBuf};

use crate::common::Sandbox;
use crate::doctor::{put, well};

pub(crate) const MADE: &str = "20261115T181044.032Z-5c0e77a1";
pub(crate) const KEPT: &str = "20261116T190201.090Z-77aa0c19";

/// The file of the fact that makes a promise.
pub(crate) fn made(id: &str) -> String {
    format!(
        "format = 1\nid = \"{id}\"\nabout = \"promise\"\nof = \"{id}\"\nfact = \"made\"\n\
         at = \"2026-11-15T19:10:44+01:00[Europe/Berlin]\"\nwhat = \"I will write before six.\"\n\
         rule = \"DTSTART;VALUE=DATE:20261116 \
         RRULE:FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR;UNTIL=20261204;WKST=MO\"\n"
    )
}

/// The file of a verdict on a day of the promise `of`.
pub(crate) fn kept(id: &str, of: &str, note: &str) -> String {
    format!(
        "format = 1\nid = \"{id}\"\nabout = \"promise\"\nof = \"{of}\"\nfact = \"kept\"\n\
         at = \"2026-11-16T20:02:01+01:00[Europe/Berlin]\"\non = \"2026-11-16\"\nnote = \"{note}\"\n"
    )
}

/// Where a fact lies.
pub(crate) fn path(home: &Path, id: &str) -> PathBuf {
    let month = home.join("ledger").join(&id[..4]).join(&id[4..6]);
    fs::create_dir_all(&month).unwrap();
    for folder in month.ancestors().take(3) {
        crate::doctor::own(folder);
    }
    month.join(format!("{id}.toml"))
}

/// A home with two sessions, a promise and a verdict on one of its days.
pub(crate) fn with_facts() -> Sandbox {
    let (sandbox, _) = well();
    put(&path(&sandbox.home(), MADE), &made(MADE));
    put(
        &path(&sandbox.home(), KEPT),
        &kept(KEPT, MADE, "On the tram."),
    );
    sandbox
}
