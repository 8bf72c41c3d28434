//! What a look at every file found, and what came of it.

use std::path::PathBuf;

use crate::error::Error;
use crate::journal::RecordCounts;
use crate::journal::health::{HealthIssue, RepairOutcome};

/// What was found, and what came of it.
pub(super) struct DoctorEntry {
    pub finding: HealthIssue,
    pub outcome: RepairResult,
}

/// What came of one finding.
pub(super) enum RepairResult {
    /// It is as it was.
    Stays,
    Repaired(RepairOutcome),
    Failed(Error),
}

/// What was looked at.
pub(super) struct Checkup {
    /// Where everything is.
    pub folder: PathBuf,
    pub records: RecordCounts,
    pub exercises: usize,
    /// The quarantine folder, and how many things are in it.
    pub quarantine: (PathBuf, usize),
}

/// Whether to repair.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum RepairMode {
    All,
    Ask,
    Nothing,
}
