//! A proven archive back to where its files belong, never over another file.

use std::fs;
use std::io::Read;
use std::path::{Path, PathBuf};

use super::super::addition::Addition;
use super::super::contents::{missing, whole};
use super::super::encoding::Encoding;
use super::super::error::StoreError;
use super::super::store::{Store, WorkListener, folder_of};
use super::pack::sum;
use super::prove::{Proof, RestoreRefusal, each};
use super::{ArchivePart, ArchiveRoots, DECIDING, parts, record_kind};

/// How a file of an archive stands to what is on this machine.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FileComparison {
    /// It is not here.
    New,
    /// It is here already, the same.
    Same,
    /// Something else is here under its name. It is not put back.
    Differs,
    /// It is not here, and somebody decided to leave it in the archive.
    Declined,
}

/// What putting an archive back does.
#[derive(Debug, Default)]
pub struct RestorePlan {
    /// Each file, with where it belongs.
    pub files: Vec<(PathBuf, FileComparison)>,
    /// The files of another vault that stand in the way of one in the archive whose encrypted
    /// sessions could then be opened by nobody here.
    pub other_vault: Option<PathBuf>,
    /// New files that decide what runs and who can read.
    pub deciding: Vec<PathBuf>,
}

impl RestorePlan {
    /// How many files stand like this.
    pub fn count(&self, standing: FileComparison) -> usize {
        self.of(standing).count()
    }

    /// Leaves the files that decide something in the archive.
    pub fn decline_deciding(&mut self) {
        for (path, standing) in &mut self.files {
            if self.deciding.contains(path) {
                *standing = FileComparison::Declined;
            }
        }
    }

    /// The files that stand like this.
    pub fn of(&self, standing: FileComparison) -> impl Iterator<Item = &Path> {
        let like = self.files.iter().filter(move |(_, is)| *is == standing);
        like.map(|(path, _)| path.as_path())
    }
}

impl Store {
    /// Looks how a proven archive stands to what is here. Changes nothing.
    pub fn plan(&self, proof: &Proof, place: &ArchiveRoots) -> Result<RestorePlan, StoreError> {
        let mut plan = RestorePlan::default();
        for (name, line) in &proof.files {
            let path = place.path(name);
            let standing = self.standing(name, line, &path, place)?;
            if standing == FileComparison::Differs
                && name.starts_with("identities/")
                && !name.starts_with("identities/partner")
                && proof.sealed > 0
            {
                plan.other_vault.get_or_insert_with(|| path.clone());
            }
            let first = name.split('/').next().unwrap_or_default();
            if standing == FileComparison::New && DECIDING.contains(&first) {
                plan.deciding.push(path.clone());
            }
            plan.files.push((path, standing));
        }
        Ok(plan)
    }

    fn standing(
        &self,
        name: &str,
        line: &str,
        path: &Path,
        place: &ArchiveRoots,
    ) -> Result<FileComparison, StoreError> {
        // A link on the way would lead out of the person's folder.
        for (at, _) in name.match_indices('/').skip(1) {
            let folder = place.path(&name[..at]);
            if fs::symlink_metadata(&folder).is_ok_and(|found| !found.is_dir()) {
                return Err(StoreError::OutOfPlace { path: folder });
            }
        }
        match whole(path) {
            // A name that was taken for a session which was never saved to: not one of an archive.
            Ok(here) if sum(name, &here) == line => Ok(FileComparison::Same),
            Ok(_) | Err(StoreError::OutOfPlace { .. } | StoreError::TooLarge { .. }) => {
                Ok(FileComparison::Differs)
            }
            Err(error) if missing(&error) => Ok(match self.in_other_form(name, path) {
                true => FileComparison::Differs,
                false => FileComparison::New,
            }),
            Err(error) => Err(error),
        }
    }

    /// Whether a session is here in the other form: plain where it is encrypted, or the other way.
    fn in_other_form(&self, name: &str, path: &Path) -> bool {
        let file = path.file_name().unwrap_or_default().to_string_lossy();
        let other =
            Encoding::split(&file).map(|(id, form)| format!("{id}{}", form.other().ending()));
        let there = |other| fs::symlink_metadata(path.with_file_name(other)).is_ok();
        record_kind(name).is_some() && other.is_some_and(there)
    }

    /// Puts back what a plan says is new. The caller holds the store's lock. It can be cut off at any
    /// moment and done again. `tell` hears how many files are back.
    ///
    /// # Errors
    ///
    /// The archive is not what was proven any more, or the system said no.
    pub fn put_back(
        &self,
        from: impl Read,
        proof: &Proof,
        plan: &RestorePlan,
        place: &ArchiveRoots,
        tell: &mut WorkListener<'_>,
    ) -> Result<Result<usize, StoreError>, RestoreRefusal> {
        let mut addition = Addition::new(self);
        let mut files = proof.files.iter().zip(&plan.files);
        let (mut failed, mut stopped) = (None, false);
        if let Err(error) = self.prepare() {
            return Ok(Err(error));
        }
        each(from, |name, bytes| {
            let is_ours = |(first, part): (&str, ArchivePart)| {
                name == first
                    || (part == ArchivePart::Folder && name.starts_with(&format!("{first}/")))
            };
            if failed.is_some() || stopped || !parts().any(is_ours) {
                return Ok(());
            }
            let Some(((proven, line), (path, standing))) = files.next() else {
                return Err(RestoreRefusal::Changed);
            };
            if proven != name || *line != sum(name, bytes) {
                return Err(RestoreRefusal::Changed);
            }
            let ours = *standing == FileComparison::New && place.path(name) == *path;
            // What has come there meanwhile stays, such as the number of the format.
            if !ours || fs::symlink_metadata(path).is_ok() {
                return Ok(());
            }
            let mut place = || {
                self.make_folders(&folder_of(path))?;
                addition.write(path, bytes)?;
                if addition.is_full() {
                    addition.name()?;
                    stopped = tell(addition.named()).is_break();
                }
                Ok(())
            };
            failed = place().err();
            Ok(())
        })?;
        Ok(match failed {
            Some(error) => Err(error),
            None => addition.name().map(|()| addition.named()),
        })
    }
}
