//! The system calls that a save is made of, each behind a method, so that a test can make any of
//! them fail.

use std::collections::HashSet;
use std::fs::{self, DirBuilder, File, Permissions};
use std::io::{self, Write};
use std::os::unix::fs::{DirBuilderExt, MetadataExt, PermissionsExt};
use std::path::Path;

use rustix::fs::{CWD, FsWord, RenameFlags, renameat_with};
use rustix::io::Errno;

use crate::output;

/// How many bytes a session's file can have. A person does not write that much, and reading more
/// would take more memory than a machine can spare.
pub(super) const MOST: u64 = 16 << 20;

/// What changes files and folders.
pub trait Files: Send + Sync {
    /// Makes a new file that only its owner can read, whatever the umask. Fails where one is.
    fn create(&self, path: &Path) -> io::Result<File>;
    /// Writes some of the bytes and tells how many.
    fn write(&self, file: &mut File, bytes: &[u8]) -> io::Result<usize>;
    /// Returns once the file's content is on the disk. Never asked twice of one file: after an
    /// error the system may have dropped what it could not write.
    fn sync(&self, file: &File) -> io::Result<()>;
    /// Returns once the content of all these files is on the disk. Never asked twice of one file.
    fn sync_all(&self, files: &[&File]) -> io::Result<()>;
    /// Gives a file a new name, in place of what had it.
    fn rename(&self, from: &Path, to: &Path) -> io::Result<()>;
    /// Gives a file a new name that nothing has. Fails where something has it.
    fn rename_new(&self, from: &Path, to: &Path) -> io::Result<()>;
    /// Returns once the names in a folder are on the disk.
    fn sync_dir(&self, path: &Path) -> io::Result<()>;
    /// Makes a new folder that only its owner can enter, whatever the umask. Fails where one is.
    fn make_dir(&self, path: &Path) -> io::Result<()>;
    /// Removes a file.
    fn remove(&self, path: &Path) -> io::Result<()>;
}

/// The disk that a file lies on, where all of it can be waited for at once: with many small files that is
/// much quicker than one after the other. A disk that a program serves only hears of single files.
fn whole_disk(file: &File) -> io::Result<Option<u64>> {
    const SERVED: FsWord = 0x6573_5546;
    match rustix::fs::fstatfs(file)?.f_type {
        SERVED => Ok(None),
        _ => Ok(Some(file.metadata()?.dev())),
    }
}

/// The machine's own.
#[derive(Clone, Copy, Debug)]
pub struct Disk;

impl Files for Disk {
    fn create(&self, path: &Path) -> io::Result<File> {
        output::create_private(path)
    }

    fn write(&self, file: &mut File, bytes: &[u8]) -> io::Result<usize> {
        file.write(bytes)
    }

    fn sync(&self, file: &File) -> io::Result<()> {
        file.sync_all()
    }

    fn sync_all(&self, files: &[&File]) -> io::Result<()> {
        let mut synced = HashSet::new();
        for file in files {
            match whole_disk(file)? {
                Some(disk) if !synced.insert(disk) => {}
                Some(_) => rustix::fs::syncfs(file)?,
                None => file.sync_all()?,
            }
        }
        Ok(())
    }

    fn rename(&self, from: &Path, to: &Path) -> io::Result<()> {
        fs::rename(from, to)
    }

    fn rename_new(&self, from: &Path, to: &Path) -> io::Result<()> {
        match renameat_with(CWD, from, CWD, to, RenameFlags::NOREPLACE) {
            // File systems that cannot do it in one. Names in our folders are ours, so that nobody
            // comes in between.
            Err(Errno::INVAL | Errno::NOSYS | Errno::NOTSUP) => {
                if fs::symlink_metadata(to).is_ok() {
                    return Err(io::ErrorKind::AlreadyExists.into());
                }
                fs::rename(from, to)
            }
            renamed => Ok(renamed?),
        }
    }

    fn sync_dir(&self, path: &Path) -> io::Result<()> {
        File::open(path)?.sync_all()
    }

    fn make_dir(&self, path: &Path) -> io::Result<()> {
        DirBuilder::new().mode(0o700).create(path)?;
        // A umask only takes from the mode; where that cannot be given back, on a stick for one, the
        // folder is no less private for it.
        let _ = fs::set_permissions(path, Permissions::from_mode(0o700));
        Ok(())
    }

    fn remove(&self, path: &Path) -> io::Result<()> {
        fs::remove_file(path)
    }
}
