//! Where a passphrase comes from that nobody types.

use std::fs::{self, File};
use std::io::{self, ErrorKind, Read};
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};

use rustix::fs::{Mode, OFlags};
use zeroize::Zeroizing;

use super::say::say;
use crate::error::{Error, Result};
use crate::home::world::World;
use crate::journal::vault::seal::Passphrase;
use crate::terminal::secret::{LONGEST_SECRET, is_shown};

/// Where the passphrase comes from when nobody types it. Never an argument and never a variable:
/// both are in view of others on the machine.
#[derive(Clone, Debug, Default, clap::Args)]
#[command(next_help_heading = "With the vault on")]
pub(super) struct UnlockFlags {
    /// Read the passphrase from the first line of this file; `-` is standard input
    #[arg(long, value_name = "FILE", hide_short_help = true, global = true)]
    passphrase_file: Option<PathBuf>,
    /// Read the passphrase from the first line of this open file descriptor
    #[arg(
        long,
        value_name = "N",
        hide_short_help = true,
        global = true,
        conflicts_with = "passphrase_file"
    )]
    passphrase_fd: Option<u32>,
}

impl UnlockFlags {
    /// Where a file or a descriptor says it.
    pub(super) fn new(file: Option<PathBuf>, fd: Option<u32>) -> Self {
        Self {
            passphrase_file: file,
            passphrase_fd: fd,
        }
    }

    /// Whether a script brings the passphrase.
    pub(super) fn is_given(&self) -> bool {
        self.passphrase_file.is_some() || self.passphrase_fd.is_some()
    }

    /// The passphrase that a script brings.
    pub(super) fn brought(&self, world: &mut World<'_>) -> Result<Option<Passphrase>> {
        let path = match (&self.passphrase_file, self.passphrase_fd) {
            (Some(path), _) if path == Path::new("-") => PathBuf::from("/dev/stdin"),
            (Some(path), _) => path.clone(),
            (None, Some(fd)) => PathBuf::from(format!("/dev/fd/{fd}")),
            (None, None) => return Ok(None),
        };
        let is_open = |mode: u32| mode & 0o077 != 0;
        let mode = fs::metadata(&path).map(|found| found.permissions().mode());
        if self.passphrase_file.is_some() && mode.is_ok_and(is_open) {
            say(
                world,
                &format!("warning: other people can read {}", path.display()),
            );
        }
        let named = match self.passphrase_fd {
            Some(fd) if self.passphrase_file.is_none() => format!("descriptor {fd}"),
            _ => path.display().to_string(),
        };
        let words = first_line(&path).map_err(|error| {
            let failed = format!("could not read the passphrase from {named}");
            let failed = Error::failed(failed).because(&error);
            match error.kind() {
                ErrorKind::InvalidData => failed.hint("save it as plain text in UTF-8"),
                ErrorKind::IsADirectory => {
                    failed.hint("name the file inside it that has the passphrase")
                }
                ErrorKind::PermissionDenied if descriptor(&path).is_some() => failed.hint(
                    "it’s open for writing only; `--passphrase-fd 3 3<FILE` opens one for reading",
                ),
                ErrorKind::ResourceBusy => {
                    failed.hint("leave the option out: you’re asked then, and nothing is shown")
                }
                _ => failed,
            }
        })?;
        if words.is_empty() {
            return Err(Error::usage(format!(
                "the first line of {named} is empty: there’s no passphrase in it"
            )));
        }
        Ok(Some(Passphrase::new(words.to_string())))
    }
}

/// Opens where a passphrase comes from. What would never end, or be typed for all to see, is an error.
fn open(path: &Path) -> io::Result<File> {
    let Some(descriptor) = descriptor(path) else {
        return File::open(path);
    };
    // To open the end of a pipe that is written to opens its other end, and nothing ever comes.
    if is_for_writing(descriptor) {
        return Err(ErrorKind::PermissionDenied.into());
    }
    // Whoever reads standard input next goes on behind the line, in a file as in a pipe.
    if descriptor == 0 {
        return Ok(File::from(rustix::io::fcntl_dupfd_cloexec(io::stdin(), 3)?));
    }
    // One whose writer is gone already still has what was written.
    let flags = OFlags::RDONLY | OFlags::NONBLOCK | OFlags::CLOEXEC;
    let file = rustix::fs::open(path, flags, Mode::empty())?;
    rustix::fs::fcntl_setfl(&file, OFlags::empty())?;
    Ok(File::from(file))
}

/// The open descriptor that a path names, as the system spells such paths.
fn descriptor(path: &Path) -> Option<u32> {
    match path.to_str()? {
        "/dev/stdin" => Some(0),
        "/dev/stdout" => Some(1),
        "/dev/stderr" => Some(2),
        path => {
            let number = path.strip_prefix("/dev/fd/");
            let number = number.or_else(|| path.strip_prefix("/proc/self/fd/"));
            number?.parse().ok()
        }
    }
}

/// Whether a descriptor is open for writing alone, where the system tells.
fn is_for_writing(descriptor: u32) -> bool {
    let told = fs::read_to_string(format!("/proc/self/fdinfo/{descriptor}")).unwrap_or_default();
    let flags = told.lines().find_map(|line| line.strip_prefix("flags:"));
    let flags = flags.and_then(|flags| u32::from_str_radix(flags.trim(), 8).ok());
    flags.is_some_and(|flags| OFlags::from_bits_retain(flags) & OFlags::ACCMODE == OFlags::WRONLY)
}

/// The first line, and not a byte more: the rest can be for somebody else.
fn first_line(path: &Path) -> io::Result<Zeroizing<String>> {
    let mut file = open(path)?;
    if is_shown(&file) {
        return Err(io::Error::new(ErrorKind::ResourceBusy, TERMINAL));
    }
    let mut bytes = Zeroizing::new(Vec::with_capacity(LONGEST_SECRET + 1));
    let mut byte = [0];
    while file.read(&mut byte)? == 1 && byte != *b"\n" {
        if bytes.len() == LONGEST_SECRET {
            return Err(io::Error::other(
                "its first line is longer than 4,096 bytes",
            ));
        }
        bytes.push(byte[0]);
    }
    if bytes.last() == Some(&b'\r') {
        bytes.pop();
    }
    let words = bytes.strip_prefix("\u{feff}".as_bytes()).unwrap_or(&bytes);
    let words = std::str::from_utf8(words);
    let words = words.ok().filter(|words| !words.contains('\0'));
    let words =
        words.ok_or_else(|| io::Error::new(ErrorKind::InvalidData, "it isn’t UTF-8 text"))?;
    Ok(Zeroizing::new(words.to_string()))
}

// Texts for people.
const TERMINAL: &str = "it’s a terminal, which would show the passphrase as it’s typed";
