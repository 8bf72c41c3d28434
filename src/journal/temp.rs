//! What a file is called while it comes to be: beside its place, with the number of the process.

use std::fs::File;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU32, Ordering};

use rustix::process::Pid;

use super::encoding::Encoding;
use super::names::is_id;
use super::store::{TRIES, taken};

/// So much of a file's name is in that of its unfinished save: a name has 255 bytes at most.
const MOST_OF_NAME: usize = 50;

/// Makes the file in which one comes to be that will be called `path`.
pub(super) fn create(
    path: &Path,
    make: impl Fn(&Path) -> io::Result<File>,
) -> (PathBuf, io::Result<File>) {
    static COUNT: AtomicU32 = AtomicU32::new(0);
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    let name: String = name.chars().take(MOST_OF_NAME).collect();
    let mut tries = 0;
    loop {
        let count = COUNT.fetch_add(1, Ordering::Relaxed);
        let temp = path.with_file_name(format!(".{name}.{}-{count}.tmp", std::process::id()));
        tries += 1;
        match make(&temp) {
            // Left by a process that had this number before.
            Err(error) if taken(&error) && tries < TRIES => {}
            made => return (temp, made),
        }
    }
}

/// Whether a file is called as a save is that did not finish.
pub(super) fn is_temp(name: &str) -> bool {
    numbers(name).is_some()
}

/// The process whose save a file is that did not finish.
pub(super) fn saved_by(name: &str) -> Option<Pid> {
    Pid::from_raw(numbers(name)?.0.try_into().ok()?)
}

/// The process and the count in the name of an unfinished save.
fn numbers(name: &str) -> Option<(u32, u32)> {
    let name = name.strip_prefix('.')?.strip_suffix(".tmp")?;
    let (pid, count) = name.rsplit_once('.')?.1.split_once('-')?;
    Some((pid.parse().ok()?, count.parse().ok()?))
}

/// The session whose unfinished save a file is.
pub(super) fn unfinished(name: &str) -> Option<&str> {
    let (id, rest) = name
        .strip_prefix('.')?
        .split_once(Encoding::Plain.ending())?;
    (is_id(id) && rest.ends_with(".tmp")).then_some(id)
}
