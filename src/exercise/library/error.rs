//! Why an exercise cannot be used, said so that a person can act on it.

use std::fmt;
use std::path::{Path, PathBuf};

use crate::error::{Error, Exit};
use crate::format::is_id;
use crate::format::problem::{Level, Problem};

/// Why a file cannot be used.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum FileFault {
    /// Its name has no exercise id.
    Name,
    /// It is a folder that was named and isn't there.
    Missing,
    /// It is a folder that nobody can look into, and why.
    Closed(String),
    /// It could not be read, and why.
    Unreadable(String),
    /// So many things in it are wrong.
    Problems(usize),
}

impl fmt::Display for FileFault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Name => f.write_str("its name isn’t an exercise id"),
            Self::Missing => f.write_str("there’s no such folder"),
            Self::Unreadable(reason) | Self::Closed(reason) => f.write_str(reason),
            Self::Problems(1) => f.write_str("1 problem"),
            Self::Problems(count) => write!(f, "{count} problems"),
        }
    }
}

/// Why an exercise could not be loaded.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum LoadError {
    /// There is none with this id.
    Unknown {
        /// The id that was asked for.
        id: String,
        /// The id that was probably meant.
        nearest: Option<String>,
        /// A folder that may have it, and that nobody can look into.
        unseen: Option<PathBuf>,
    },
    /// Its file could not be read.
    Unreadable {
        /// The file.
        path: PathBuf,
        /// Why.
        reason: String,
    },
    /// It has errors.
    Broken {
        /// The id that was asked for.
        id: String,
        /// Its file; none when it is built in.
        path: Option<PathBuf>,
        /// Everything that is wrong with it.
        problems: Vec<Problem>,
    },
}

impl From<LoadError> for Error {
    fn from(error: LoadError) -> Self {
        match error {
            LoadError::Unknown {
                id,
                nearest,
                unseen,
            } => {
                let error = match unseen {
                    None => Self::usage(format!("there’s no exercise called {id}")),
                    Some(folder) => Self::failed(format!("no exercise called {id} was found"))
                        .detail(format!("{} can’t be looked into", folder.display())),
                };
                match (nearest, id.split_once('/')) {
                    (Some(meant), _) => error.hint(format!("did you mean {meant}?")),
                    (None, Some((pack, _))) if is_id(pack) => error.hint(format!(
                        "is the pack {pack} installed? `trust-coach pack list` shows yours"
                    )),
                    (None, _) => error,
                }
                .hint("`trust-coach list` shows all of them")
            }
            LoadError::Unreadable { path, reason } => {
                Self::failed(format!("could not read {}", path.display())).detail(reason)
            }
            LoadError::Broken { id, path, problems } => {
                let path = path.map_or_else(|| format!("{id}.toml"), |path| quoted(&path));
                let count = match errors(&problems) {
                    1 => String::from("1 error"),
                    count => format!("{count} errors"),
                };
                Self::new(Exit::BadExercise, format!("exercise {id} has {count}"))
                    .hint(format!("`trust-coach check {path}` shows them"))
            }
        }
    }
}

/// A path as it can be pasted into a shell.
pub fn quoted(path: &Path) -> String {
    let path = path.to_string_lossy();
    let plain = |c: char| c.is_alphanumeric() || "/._-+,=@%".contains(c);
    if !path.is_empty() && path.chars().all(plain) {
        return path.into_owned();
    }
    format!("'{}'", path.replace('\'', r"'\''"))
}

pub(super) fn errors(problems: &[Problem]) -> usize {
    let errors = problems.iter().filter(|p| p.level() == Level::Error);
    errors.count()
}
