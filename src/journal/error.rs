//! What can go wrong with files of sessions, said so that a person can act on it.

mod report;

use std::io;
use std::path::PathBuf;
use std::sync::Arc;

use super::files::MOST;
use super::format::FormatError;
pub use super::operation::Operation;
use super::record::RecordKind;
use super::vault::mixup::KeyMixup;
use super::vault::seal::{OpenError, SealError};
use crate::input::foreign;
use crate::session::{SessionId, short_id};

/// Why something with sessions could not be done.
#[derive(Clone, Debug, thiserror::Error)]
pub enum StoreError {
    /// The system said no.
    #[error("could not {} {}", .doing.words(), .path.display())]
    Io {
        /// What was being done.
        doing: Operation,
        /// With which file or folder.
        path: PathBuf,
        /// What the system said.
        source: Arc<io::Error>,
    },
    /// A session file that cannot be understood. It is never written to.
    #[error("could not understand {}", .path.display())]
    Unreadable {
        /// The file.
        path: PathBuf,
        /// Why not.
        source: FormatError,
    },
    /// The text of the session would not give the same session back, so it was not written.
    #[error("could not save {}: reading it back would not give the same session", .path.display())]
    Unequal {
        /// The file as it would have been.
        path: PathBuf,
    },
    /// A file is larger than any session.
    #[error("{} is larger than {} MiB, which is too large for a session", .path.display(), MOST >> 20)]
    TooLarge {
        /// The file.
        path: PathBuf,
    },
    /// A link, folder or device stands where a file or folder should.
    #[error("not a regular file or folder: {}", .path.display())]
    OutOfPlace {
        /// What stands there.
        path: PathBuf,
    },
    /// A link on the way to a folder leads nowhere.
    #[error("{} is a link that leads nowhere", .path.display())]
    LeadsNowhere {
        /// The link.
        path: PathBuf,
    },
    /// The data folder was there when this began, and is not any more.
    #[error("your folder isn’t there any more: {}", .path.display())]
    WentAway {
        /// The folder.
        path: PathBuf,
    },
    /// The newest session can't be told, and something was to be changed in it.
    #[error("it isn’t clear which session is the last one: {why}")]
    LastUnclear {
        /// What is in the way.
        why: String,
    },
    /// The data folder was written by a newer program.
    #[error("{} has format {found}, but this program only knows formats up to {known}", .path.display())]
    Newer {
        /// The file that says so.
        path: PathBuf,
        /// Its format.
        found: i64,
        /// The newest that this program knows.
        known: i64,
    },
    /// The data folder belongs to somebody else.
    #[error("{} belongs to another user (number {owner}, and you are number {us})", .path.display())]
    Foreign {
        /// The folder.
        path: PathBuf,
        /// The number of its owner.
        owner: u32,
        /// Our own.
        us: u32,
    },
    /// The file that tells the data folder's format holds no number.
    #[error("no format number in {}", .path.display())]
    NoFormat {
        /// The file.
        path: PathBuf,
    },
    /// A name was claimed and nothing has been saved under it yet.
    #[error("session {} has nothing saved yet", short_id(.id))]
    Unsaved {
        /// The claimed name.
        id: SessionId,
    },
    /// No record has this name.
    #[error("there’s no {} called {name}", .kind.sought)]
    NotFound {
        /// What was looked for.
        kind: &'static RecordKind,
        /// What was asked for.
        name: String,
        /// The newest one there is.
        newest: Option<SessionId>,
    },
    /// The session with this full name is not there, or not any more.
    #[error("session {} isn’t there", short_id(.id))]
    Gone {
        /// The name.
        id: SessionId,
    },
    /// Several records begin like this.
    #[error("more than one {} starts with {name}", .kind.sought)]
    Ambiguous {
        /// What was looked for.
        kind: &'static RecordKind,
        /// What was asked for.
        name: String,
        /// Their names, newest first.
        ids: Vec<SessionId>,
    },
    /// Another program has the session open.
    #[error("session {} is open in another window{}", short_id(.id), process(.pid.as_ref()))]
    Held {
        /// The session.
        id: SessionId,
        /// The other program's process, where it said so.
        pid: Option<u32>,
    },
    /// It is sealed, and there is no key here to open it.
    #[error("it’s encrypted: {}", .path.display())]
    Sealed {
        /// The file.
        path: PathBuf,
    },
    /// It is sealed, and does not open.
    #[error("could not decrypt {}", .path.display())]
    NotOpened {
        /// The file.
        path: PathBuf,
        /// Why not.
        source: OpenError,
    },
    /// It could not be sealed, so it was not written.
    #[error("could not encrypt {}", .path.display())]
    CannotSeal {
        /// The file as it would have been.
        path: PathBuf,
        /// Why not.
        source: SealError,
    },
    /// The vault is on, and it is not known who may read.
    #[error("nothing can be saved: {} lists nobody who may read it", .path.display())]
    NoReaders {
        /// The list, which is not there or is empty.
        path: PathBuf,
    },
    /// The vault is on, and the list of who may read cannot be understood.
    #[error("nothing can be saved: line {line} of {} isn’t a reader’s key", .path.display())]
    BadReaders {
        /// The list.
        path: PathBuf,
        /// The number of the line that is nobody.
        line: usize,
    },
    /// There is or was a vault, and its key is not where it should be.
    #[error("nothing can be saved or decrypted: there’s a vault, and its key is missing or isn’t a key: {}", .path.display())]
    KeyMissing {
        /// Where it should be.
        path: PathBuf,
        /// The key of a vault that was turned off.
        kept: Option<PathBuf>,
    },
    /// One key is where another should be.
    #[error(transparent)]
    KeyMixup(#[from] KeyMixup),
    /// Turning the vault on or off isn't finished, and nothing can be sealed meanwhile.
    #[error("nothing can be saved: turning the vault {to} isn’t finished")]
    HalfTurned {
        /// Whether it's `on` or `off`.
        to: &'static str,
        /// Whether another program is at it.
        is_going: bool,
        /// Its process, where it said so.
        pid: Option<u32>,
    },
    /// The vault's owner is not among those who may read.
    #[error("nothing can be saved: you aren’t among those who may read it in {}", .path.display())]
    OwnerMissing {
        /// The list.
        path: PathBuf,
    },
    /// This machine knows of no owner of the vault yet, so that the list could be anybody's.
    #[error("nothing can be saved: your vault hasn’t been opened on this machine yet")]
    OwnerUnknown {
        /// Where it is noted.
        path: PathBuf,
    },
    /// What is under the passphrase is no key.
    #[error("{} has no key in it", .path.display())]
    NoKey {
        /// The file.
        path: PathBuf,
    },
    /// The key of this machine for what one of two people closed isn't there, or is another one.
    #[error("what one of you closed can’t be opened: its key isn’t in {}", .path.display())]
    ClosedKeyMissing {
        /// Where it should be.
        path: PathBuf,
    },
    /// Beside the records lies one that isn't read, since its name is only nearly that of one.
    #[error("{} isn’t read: its name or its folder isn’t quite right", .path.display())]
    Misnamed {
        /// The file.
        path: PathBuf,
    },
    /// The list of those with a lasting key of their own cannot be understood.
    #[error("line {line} of {} isn’t the key of a partner", .path.display())]
    BadPartners {
        /// The list.
        path: PathBuf,
        /// The number of the line that is nobody.
        line: usize,
    },
    /// What stands in the open is not the key that somebody's passphrase opens.
    #[error("what would be closed isn’t closed for the key you set: {}", .path.display())]
    OtherPartnerKey {
        /// Where the key should be, or is another one.
        path: PathBuf,
    },
    /// Another program is changing many sessions.
    #[error("another trust-coach is changing your sessions{}", process(.pid.as_ref()))]
    Busy {
        /// Its process, where it said so.
        pid: Option<u32>,
    },
}

impl StoreError {
    fn hint(&self) -> Option<String> {
        match self {
            Self::Io { source, path, doing } => match source.kind() {
                io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded => {
                    Some("free some space on the disk, then try again".to_string())
                }
                io::ErrorKind::FileTooLarge => {
                    Some("`ulimit -f` shows how large a file may get here".to_string())
                }
                io::ErrorKind::PermissionDenied
                    if let Some((theirs, owner)) =
                        foreign(path, rustix::process::geteuid().as_raw()) =>
                {
                    Some(format!(
                        "{} belongs to another user (number {owner}); with sudo, `chown -R` gives it back",
                        theirs.display()
                    ))
                }
                io::ErrorKind::PermissionDenied if doing.is_reading() => Some(
                    "check that you’re allowed to read it; `trust-coach doctor` may be able to set that right"
                        .to_string(),
                ),
                io::ErrorKind::PermissionDenied | io::ErrorKind::ReadOnlyFilesystem => Some(
                    "check that you’re allowed to write there, or set TRUST_COACH_HOME to another folder"
                        .to_string(),
                ),
                io::ErrorKind::Other if *doing == Operation::Lock => {
                    Some("move it somewhere else, then try again".to_string())
                }
                _ if *doing == Operation::SyncFolder => Some(
                "what was written is in its place, but a power cut could still undo it".to_string(),
            ),
                _ => None,
            },
            Self::Unreadable {
                source: FormatError::Newer { .. },
                ..
            }
            | Self::Newer { .. } => {
                Some("a newer trust-coach wrote it, so it’s left as it is".to_string())
            }
            Self::Unreadable { .. } => {
                Some("it’s left as it is; open it in an editor and fix that place".to_string())
            }
            Self::Unequal { .. } | Self::CannotSeal { .. } => {
                Some("the file on the disk hasn’t changed".to_string())
            }
            Self::TooLarge { .. } => Some("keep a text this long in a separate file".to_string()),
            Self::OutOfPlace { .. } => {
                Some("`trust-coach doctor` can move it out of the way".to_string())
            }
            Self::LeadsNowhere { .. } => Some(
                "is the disk it leads to plugged in and mounted? Nothing was changed".to_string(),
            ),
            Self::WentAway { .. } => Some(
                "is the disk it’s on plugged in and mounted? Nothing was made in its place"
                    .to_string(),
            ),
            Self::LastUnclear { .. } => Some(
                "name the session you mean; `trust-coach history` shows their names".to_string(),
            ),
            Self::Foreign { .. } => Some(
                "run trust-coach as its owner, or set TRUST_COACH_HOME to a folder of yours"
                    .to_string(),
            ),
            Self::NoFormat { .. } => Some("it should have the number 1 in it".to_string()),
            Self::Unsaved { .. } => None,
            Self::Gone { .. } => {
                Some("`trust-coach history` lists your sessions".to_string())
            }
            Self::NotFound {
                kind, newest: None, ..
            } => Some(format!(
                "there are no {}s yet; `trust-coach list` shows what to begin",
                kind.sought
            )),
            // Not every fact is a promise, so the newest is no help.
            Self::NotFound { kind, .. } if kind.written_once => {
                Some(format!("`{}` shows the ones there are", kind.listed_by))
            }
            Self::NotFound {
                kind,
                newest: Some(id),
                ..
            } => Some(format!(
                "the newest is {}; `{}` shows more",
                short_id(id),
                kind.listed_by
            )),
            Self::Ambiguous { .. } => Some("type more of its name".to_string()),
            Self::Held { .. } => Some("continue there, or close it first".to_string()),
            Self::Sealed { .. } => {
                Some("commands that read sessions ask for the passphrase".to_string())
            }
            Self::NotOpened { .. } => {
                Some("it’s left as it is; an older copy or another key may open it".to_string())
            }
            Self::KeyMissing { kept: Some(kept), .. } => Some(format!(
                "something encrypted came after you turned the vault off, and {} may open it: `trust-coach doctor` gives that key its name back",
                kept.display()
            )),
            Self::KeyMissing { .. } => Some(
                "move away what’s in its place, put the key back from a copy, or look for it with `trust-coach doctor`"
                    .to_string(),
            ),
            Self::KeyMixup(mixup) => Some(mixup.hint()),
            Self::HalfTurned { is_going: true, pid, .. } => Some(format!(
                "it’s still going in another window{}; try again once it’s done there",
                process(pid.as_ref())
            )),
            Self::HalfTurned { to: "on", .. } => Some("`trust-coach vault on` continues".to_string()),
            Self::HalfTurned { .. } => Some(
                "`trust-coach vault off` continues, and `trust-coach vault on` goes back"
                    .to_string(),
            ),
            Self::NoReaders { .. } | Self::BadReaders { .. } | Self::OwnerMissing { .. } => Some(
                "`trust-coach vault recipients reset` writes it again, with your passphrase"
                    .to_string(),
            ),
            Self::OwnerUnknown { .. } => Some(
                "`trust-coach vault recipients` asks for your passphrase, and shows who can read what you save"
                    .to_string(),
            ),
            Self::ClosedKeyMissing { .. } => Some(
                "continue on the machine where you began, or put that file back from a copy; nothing was changed"
                    .to_string(),
            ),
            Self::Misnamed { .. } => {
                Some("`trust-coach doctor` says what can be done about it".to_string())
            }
            Self::NoKey { .. } => Some("restore an older copy of the file".to_string()),
            Self::BadPartners { .. } => {
                Some("fix that line in an editor, or take it out".to_string())
            }
            Self::OtherPartnerKey { .. } => Some(
                "somebody else can write to your files, so nothing of yours was closed here; `trust-coach partner list` shows who has a key"
                    .to_string(),
            ),
            Self::Busy { .. } => Some("wait until it’s done, then try again".to_string()),
        }
    }
}

/// Which process it is, where that is known.
fn process(pid: Option<&u32>) -> String {
    pid.map_or_else(String::new, |pid| format!(" (process {pid})"))
}
