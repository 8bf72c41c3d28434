//! The two forms in which a record lies on the disk: plain, and sealed for the vault's readers.

/// How a record lies on the disk.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Encoding {
    /// Text that its owner can read and edit.
    Plain,
    /// An age file.
    Sealed,
}

impl Encoding {
    /// The one that is written with the vault on, or off.
    pub(super) fn of(sealed: bool) -> Self {
        match sealed {
            true => Self::Sealed,
            false => Self::Plain,
        }
    }

    /// What the name of its file ends with.
    pub(super) fn ending(self) -> &'static str {
        match self {
            Self::Plain => ".toml",
            Self::Sealed => ".toml.age",
        }
    }

    /// The other one.
    pub(super) fn other(self) -> Self {
        match self {
            Self::Plain => Self::Sealed,
            Self::Sealed => Self::Plain,
        }
    }

    /// What a file's name is before its ending, with its form.
    pub(super) fn split(name: &str) -> Option<(&str, Self)> {
        [Self::Plain, Self::Sealed]
            .into_iter()
            .find_map(|form| Some((name.strip_suffix(form.ending())?, form)))
    }
}
