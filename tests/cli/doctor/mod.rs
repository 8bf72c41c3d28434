//! `doctor`: every sort of finding, told, in JSON, and repaired.

mod facts;
mod files;
mod whole;

use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};

use trust_coach::journal::format;

use crate::common::{Sandbox, files};

pub(crate) const ONE: &str = "20261122T174501.032Z-9f3a61c2";
pub(crate) const TWO: &str = "20261121T080000.000Z-0badcafe";

pub(crate) fn text(id: &str, words: &str) -> String {
    format!(
        "format = 1\nid = \"{id}\"\nexercise = \"tea\"\ntitle = \"Tea\"\nstate = \"done\"\n\
         started = \"2026-11-22T18:45:01+01:00[Europe/Berlin]\"\n\n[[answers]]\nstep = \"a\"\n\
         kind = \"write\"\nvalue = \"{words}\"\n"
    )
}

pub(crate) fn put(path: &Path, words: &str) {
    fs::write(path, words).unwrap();
    fs::set_permissions(path, fs::Permissions::from_mode(0o600)).unwrap();
}

/// Makes a folder its owner's alone.
pub(crate) fn own(folder: &Path) {
    fs::set_permissions(folder, fs::Permissions::from_mode(0o700)).unwrap();
}

/// A home with two sessions, in which nothing is wrong.
pub(crate) fn well() -> (Sandbox, PathBuf) {
    let sandbox = Sandbox::new();
    let month = sandbox.home().join("sessions/2026/11");
    fs::create_dir_all(&month).unwrap();
    put(&sandbox.home().join("format"), "1\n");
    for folder in ["", "sessions", "sessions/2026", "sessions/2026/11"] {
        own(&sandbox.home().join(folder));
    }
    for id in [ONE, TWO] {
        put(&month.join(format!("{id}.toml")), &text(id, "warm"));
    }
    (sandbox, month)
}

/// What a doctor who doesn’t ask anything says, with the names that chance gives left out.
pub(super) fn told(sandbox: &Sandbox, args: &[&str]) -> String {
    sandbox.run(&[&["doctor"], args].concat()).to_string()
}

/// Every session reads, and together they hold just these words.
pub(super) fn words(sandbox: &Sandbox) -> Vec<String> {
    let mut words: Vec<String> = files(&sandbox.home().join("sessions"))
        .iter()
        .map(|file| {
            let session = format::from_text(&fs::read_to_string(file).unwrap()).unwrap();
            session.answers[0].words().unwrap()
        })
        .collect();
    words.sort();
    words
}
