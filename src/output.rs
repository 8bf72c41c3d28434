//! Files that are made new: all of them through this one door, so that nothing that is there is ever
//! written over, and so that what is private is so from the first moment.

use std::fs::{File, OpenOptions, Permissions};
use std::io;
use std::os::fd::AsFd;
use std::os::unix::fs::{OpenOptionsExt, PermissionsExt};
use std::path::Path;

/// What only its owner can read.
const PRIVATE: u32 = 0o600;

/// What others may read too, as far as the umask lets them.
const SHARED: u32 = 0o666;

/// Makes a new file that only its owner can read, whatever the umask.
///
/// # Errors
///
/// Something is there already, or the system said no.
pub fn create_private(path: &Path) -> io::Result<File> {
    let file = create(path, PRIVATE)?;
    // A umask only takes from the mode. Where that cannot be given back, on a stick for one, the
    // file is no less private for it.
    let _ = file.set_permissions(Permissions::from_mode(PRIVATE));
    Ok(file)
}

/// Makes a new file that others are meant to get, with the mode that the umask leaves.
///
/// # Errors
///
/// Something is there already, or the system said no.
pub fn create_shared(path: &Path) -> io::Result<File> {
    create(path, SHARED)
}

fn create(path: &Path, mode: u32) -> io::Result<File> {
    let mut options = OpenOptions::new();
    options.write(true).create_new(true).mode(mode).open(path)
}

/// Whether a file or a folder is in memory, and not on a disk. Where the system can't tell, it's not.
#[cfg(target_os = "linux")]
pub fn is_in_memory(at: impl AsFd) -> bool {
    /// What marks tmpfs and ramfs.
    const MARKS: [u32; 2] = [0x0102_1994, 0x8584_58f6];
    #[allow(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "a mark has 32 bits, whatever the width of the field"
    )]
    rustix::fs::fstatfs(at).is_ok_and(|found| MARKS.contains(&(found.f_type as u32)))
}

/// Whether a file or a folder is in memory, and not on a disk. Where the system can't tell, it's not.
#[cfg(not(target_os = "linux"))]
pub fn is_in_memory(_at: impl AsFd) -> bool {
    false
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;

    #[test]
    fn what_is_there_stays_and_what_is_new_is_private() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a");
        create_private(&path).unwrap();
        let mode = fs::metadata(&path).unwrap().permissions().mode();
        assert_eq!(mode & 0o777, PRIVATE);
        fs::write(&path, "words").unwrap();
        for made in [create_private(&path), create_shared(&path)] {
            assert_eq!(made.unwrap_err().kind(), io::ErrorKind::AlreadyExists);
        }
        assert_eq!(fs::read_to_string(&path).unwrap(), "words");
    }
}
