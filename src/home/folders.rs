//! Where the person's files are.

use std::ffi::OsString;
use std::path::{Path, PathBuf};

use etcetera::BaseStrategy;

use super::environment::variable;
use crate::error::{Error, Result};
use crate::journal::archive;
use crate::text::{is_misleading, is_unsafe};

/// Where the person's files are.
#[derive(Clone, Debug)]
pub struct Folders {
    /// Sessions and own exercises: worth a backup.
    pub data: PathBuf,
    /// Locks and editor drafts: of this machine only.
    pub state: PathBuf,
    /// The folder of the settings file.
    config: PathBuf,
}

/// The path in a variable. In crontabs and unit files nothing expands a `~` or a name of another
/// variable, and what is not whole would be another folder wherever the program is started.
fn whole_path(name: &str, value: OsString) -> Result<PathBuf> {
    let path = PathBuf::from(value);
    let text = path.to_string_lossy();
    // Joiners stand in Persian names and in pictures.
    let unseen = |c: char| c.is_control() || is_unsafe(c) || is_misleading(c) || c == '\u{200b}';
    let odd = text.contains(unseen);
    if path.is_absolute() && !odd {
        return Ok(path);
    }
    let what = if odd {
        "has a character that can’t be seen"
    } else {
        "isn’t a whole path"
    };
    let text = text.escape_debug();
    Err(Error::usage(format!("{name} {what}: \"{text}\""))
        .hint("write the path from the root, such as /home/you/coach; a ~ isn’t expanded here"))
}

impl Folders {
    /// `TRUST_COACH_HOME` for everything, else the XDG folders.
    pub fn find() -> Result<Self> {
        if let Some(home) = variable("TRUST_COACH_HOME") {
            return whole_path("TRUST_COACH_HOME", home).map(|home| Self::under(&home));
        }
        let no_home = || {
            Error::failed("there’s no home folder to keep sessions in")
                .hint("set HOME, or set TRUST_COACH_HOME to a folder of yours")
        };
        // The crate falls back to the user database; an unset or empty HOME is worth a clear word.
        if variable("HOME").is_none() && variable("XDG_DATA_HOME").is_none() {
            return Err(no_home());
        }
        if let Some(home) = variable("HOME") {
            whole_path("HOME", home)?;
        }
        // One that isn’t whole is passed over, as its standard says.
        for name in ["XDG_DATA_HOME", "XDG_STATE_HOME", "XDG_CONFIG_HOME"] {
            if let Some(folder) = variable(name).filter(|it| Path::new(it).is_absolute()) {
                whole_path(name, folder)?;
            }
        }
        let base = etcetera::choose_base_strategy().map_err(|_| no_home())?;
        let data = base.data_dir().join("trust-coach");
        let state = base
            .state_dir()
            .unwrap_or_else(|| base.data_dir())
            .join("trust-coach");
        let config = base.config_dir().join("trust-coach");
        Ok(Self {
            data,
            state,
            config,
        })
    }

    /// Everything below one folder.
    pub fn under(home: &Path) -> Self {
        Self {
            data: home.to_path_buf(),
            state: home.join("state"),
            config: home.to_path_buf(),
        }
    }

    /// The settings file.
    pub fn config(&self) -> PathBuf {
        self.config.join("config.toml")
    }

    /// The person's own contacts for help.
    pub fn contacts(&self) -> PathBuf {
        self.data.join("contacts.toml")
    }

    /// Exercises that somebody else wrote.
    pub fn packs(&self) -> PathBuf {
        self.data.join("packs")
    }

    /// The person's own plans.
    pub fn plans(&self) -> PathBuf {
        self.data.join("plans")
    }

    /// Whether a whole path is, or lies in, a folder or file of ours: what is written there would be read
    /// as something else.
    pub fn keep(&self, path: &Path) -> bool {
        let mut ours = vec![self.state.clone(), self.config()];
        ours.extend(archive::names().map(|name| self.data.join(name)));
        ours.into_iter().any(|ours| {
            let (folder, name) = (ours.parent().and_then(whole), ours.file_name());
            let links = [
                whole(&ours),
                folder.zip(name).map(|(folder, name)| folder.join(name)),
            ];
            links.iter().flatten().any(|ours| path.starts_with(ours))
        })
    }

    /// The person's own exercises.
    pub fn exercises(&self) -> PathBuf {
        self.data.join("exercises")
    }
}

/// The path from the root on, with no link in what is there of it.
pub fn whole(path: &Path) -> Option<PathBuf> {
    let path = std::path::absolute(path).ok()?;
    let mut above = path.ancestors();
    let there = above.find_map(|above| Some((above, above.canonicalize().ok()?)));
    there.and_then(|(above, found)| Some(found.join(path.strip_prefix(above).ok()?)))
}
