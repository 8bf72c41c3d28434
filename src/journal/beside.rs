//! Files that a person wants somewhere: under a name of their own beside that place until they are whole.

use std::fs::File;
use std::io;
use std::path::{Path, PathBuf};
use std::time::SystemTime;

use super::store::folder_of;
use super::sweep::{is_over, temps_below};
use super::temp;

/// What a file is called beside the place where a person wants it, until it is whole: their own name for
/// it may be as long as a name can be.
const UNFINISHED: &str = "trust-coach-unfinished";

/// Makes the file in which one comes to be that a person wants at `path`, and removes what was left
/// there of others that were cut off.
///
/// # Errors
///
/// What the system says.
pub fn create_beside(
    path: &Path,
    make: impl Fn(&Path) -> io::Result<File>,
) -> io::Result<(PathBuf, File)> {
    sweep(path);
    let (temp, made) = temp::create(&path.with_file_name(UNFINISHED), make);
    Ok((temp, made?))
}

/// Removes what is left beside `path` of files that were cut off.
fn sweep(path: &Path) {
    let mut temps = Vec::new();
    temps_below(&folder_of(path), &[], 0, &mut temps);
    for temp in temps {
        let name = temp.file_name().unwrap_or_default().to_string_lossy();
        if name.starts_with(&format!(".{UNFINISHED}.")) && is_over(&temp, SystemTime::now()) {
            let _ = std::fs::remove_file(&temp);
        }
    }
}
