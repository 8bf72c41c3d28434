//! Where an export goes.

use std::io::{self, BufWriter, ErrorKind, Write};
use std::path::Path;

use crate::commands::output::{self, NewFile};
use crate::error::{Error, Result};

/// A file, or the product stream.
pub(super) enum Product<'a> {
    Stream(&'a mut dyn Write),
    File(&'a Path, BufWriter<NewFile>),
}

impl<'a> Product<'a> {
    /// Into a new file at `path`, else to `stream`.
    pub(super) fn open(path: Option<&'a Path>, stream: &'a mut dyn Write) -> Result<Self> {
        Ok(match path {
            Some(path) => Self::File(path, BufWriter::new(NewFile::create(path)?)),
            None => Self::Stream(stream),
        })
    }

    /// Writes a piece.
    pub(super) fn put(&mut self, text: &str) -> Result<()> {
        let written = match self {
            Self::Stream(stream) => stream.write_all(text.as_bytes()),
            Self::File(_, file) => file.write_all(text.as_bytes()),
        };
        written.or_else(|error| self.failed(&error))
    }

    /// Brings all of it to where it goes.
    pub(super) fn finish(mut self) -> Result<()> {
        let flushed = match &mut self {
            Self::Stream(stream) => stream.flush(),
            Self::File(_, file) => file.flush(),
        };
        flushed.or_else(|error| self.failed(&error))?;
        match self {
            Self::Stream(_) => Ok(()),
            Self::File(path, file) => {
                let file = file.into_inner();
                let file = file.map_err(|error| output::failed(path, error.error()))?;
                file.finish()
            }
        }
    }

    fn failed(&self, error: &io::Error) -> Result<()> {
        match self {
            Self::File(path, _) => Err(output::failed(path, error)),
            // The reader has seen enough.
            Self::Stream(_) if error.kind() == ErrorKind::BrokenPipe => Ok(()),
            Self::Stream(_) => {
                Err(Error::failed("could not write to standard output").because(error))
            }
        }
    }
}
