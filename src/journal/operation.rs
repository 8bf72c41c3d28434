//! What the journal does with files, as errors name it.

/// What was being done with a file or folder when the system said no.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Operation {
    /// Making a folder that only its owner can enter.
    MakeFolder,
    /// Listing a folder.
    List,
    /// Making a new file.
    Create,
    /// Writing to it.
    Write,
    /// Waiting until it is on the disk.
    Sync,
    /// Giving it its name.
    Rename,
    /// Waiting until its name is on the disk.
    SyncFolder,
    /// Reading.
    Read,
    /// Taking a lock.
    Lock,
    /// Removing.
    Remove,
    /// Setting who may read it.
    SetMode,
}

impl Operation {
    /// Whether it only looks.
    pub(super) fn is_reading(self) -> bool {
        matches!(self, Self::List | Self::Read)
    }

    /// The same in words, before the name of the file.
    pub(super) fn words(self) -> &'static str {
        match self {
            Self::MakeFolder => "make the folder",
            Self::List => "list the folder",
            Self::Create => "make the file",
            Self::Write => "write to",
            Self::Sync => "write to the disk:",
            Self::Rename => "rename",
            Self::SyncFolder => "write the folder to the disk:",
            Self::Read => "read",
            Self::Lock => "lock",
            Self::Remove => "remove",
            Self::SetMode => "set the permissions of",
        }
    }
}
