//! Where an export goes.

use std::io::{self, BufWriter, ErrorKind, Write};
use std::path::Path;

use zeroize::Zeroizing;

use crate::error::{Error, Result};
use crate::home::new_file::{self, NewFile};
use crate::journal::vault::seal::{Recipient, armored, seal};

/// An export on its way.
pub(crate) struct ExportOutput<'a> {
    way: ExportTarget<'a>,
    /// Who alone can open it, and what there is for them so far, kept in memory until it is sealed.
    sealed: Option<(&'a [Recipient], Zeroizing<Vec<u8>>)>,
}

/// A file, or the product stream.
enum ExportTarget<'a> {
    Stream(&'a mut dyn Write),
    File(&'a Path, BufWriter<NewFile>),
}

impl<'a> ExportOutput<'a> {
    /// Into a new file at `path`, else to `stream`; sealed where there are recipients.
    pub(crate) fn open(
        path: Option<&'a Path>,
        stream: &'a mut dyn Write,
        recipients: &'a [Recipient],
    ) -> Result<Self> {
        let way = match path {
            Some(path) => ExportTarget::File(path, BufWriter::new(NewFile::create(path)?)),
            None => ExportTarget::Stream(stream),
        };
        let sealed = !recipients.is_empty();
        Ok(Self {
            way,
            sealed: sealed.then(|| (recipients, Zeroizing::default())),
        })
    }

    /// Writes a piece.
    pub(crate) fn write_piece(&mut self, text: &str) -> Result<()> {
        match &mut self.sealed {
            Some((_, waiting)) => {
                waiting.extend_from_slice(text.as_bytes());
                Ok(())
            }
            None => self.write(text.as_bytes()),
        }
    }

    /// Brings all of it to where it goes.
    pub(crate) fn finish(mut self) -> Result<()> {
        if let Some((recipients, text)) = self.sealed.take() {
            let sealed = seal(&text, recipients).and_then(|sealed| armored(&sealed));
            let sealed = sealed
                .map_err(|error| Error::failed("could not seal the export").because(&error))?;
            self.write(sealed.as_bytes())?;
        }
        let flushed = match &mut self.way {
            ExportTarget::Stream(stream) => stream.flush(),
            ExportTarget::File(_, file) => file.flush(),
        };
        flushed.or_else(|error| self.failed(&error))?;
        match self.way {
            ExportTarget::Stream(_) => Ok(()),
            ExportTarget::File(path, file) => {
                let file = file.into_inner();
                let file = file.map_err(|error| new_file::failed(path, error.error()))?;
                file.finish()
            }
        }
    }

    fn write(&mut self, bytes: &[u8]) -> Result<()> {
        let written = match &mut self.way {
            ExportTarget::Stream(stream) => stream.write_all(bytes),
            ExportTarget::File(_, file) => file.write_all(bytes),
        };
        written.or_else(|error| self.failed(&error))
    }

    fn failed(&self, error: &io::Error) -> Result<()> {
        match &self.way {
            ExportTarget::File(path, _) => Err(new_file::failed(path, error)),
            // The reader has seen enough.
            ExportTarget::Stream(_) if error.kind() == ErrorKind::BrokenPipe => Ok(()),
            ExportTarget::Stream(_) => {
                Err(Error::failed("could not write to standard output").because(error))
            }
        }
    }
}
