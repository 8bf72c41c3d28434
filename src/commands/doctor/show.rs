//! Findings as people and as programs read them.

use std::fmt::Write;

use serde_json::{Value, json};

use super::outcome::{Checkup, DoctorEntry, RepairMode, RepairResult};
use super::words;
use crate::journal::health::{HealthIssue, RepairOutcome};
use crate::text::counted;

/// The version of what `--json` prints: it only grows within a major number.
const FORMAT: &str = "1.0";

/// How many of one sort are named; a script gets all.
const MANY: usize = 20;

/// What was found of one sort.
pub(super) fn group(findings: &[HealthIssue]) -> String {
    let words = words::of(findings[0].sort);
    let mut text = format!("{}\n", words.found(findings.len(), findings[0].noun));
    for finding in findings.iter().take(MANY) {
        let _ = writeln!(text, "  {}", finding.path.display());
        if let Some(why) = &finding.why {
            let _ = writeln!(text, "    {why}");
        }
    }
    if findings.len() > MANY {
        let _ = writeln!(text, "  and {} more", findings.len() - MANY);
    }
    if let Some(hint) = words.hint() {
        let _ = writeln!(text, "hint: {hint}");
    }
    text
}

/// What came of them.
pub(super) fn outcomes(cases: &[DoctorEntry], how: RepairMode) -> String {
    let mut text = String::new();
    for case in cases.iter().take(MANY) {
        match &case.outcome {
            RepairResult::Repaired(RepairOutcome::Moved(to)) => {
                let _ = writeln!(text, "  now {}", to.display());
            }
            RepairResult::Repaired(RepairOutcome::Split(other)) => {
                let _ = writeln!(text, "  the other version is now {}", other.display());
            }
            RepairResult::Stays
            | RepairResult::Repaired(
                RepairOutcome::Removed | RepairOutcome::Mended | RepairOutcome::Over,
            ) => {}
            RepairResult::Failed(error) => {
                let causes = error.causes.iter().map(|cause| format!(": {cause}"));
                let causes = causes.collect::<String>();
                let _ = writeln!(text, "  not repaired: {}{causes}", error.message);
            }
        }
    }
    let repaired = cases.iter().filter(|case| is_repaired(case)).count();
    if repaired > 0 {
        let _ = writeln!(text, "  {repaired} repaired");
    }
    let repairs = cases.iter().filter(|case| case.finding.can_be_repaired());
    let (repairs, first) = (repairs.count(), &cases[0].finding);
    if how == RepairMode::Nothing && repairs > 0 {
        let question = words::of(first.sort).question(repairs, first.noun);
        let _ = writeln!(text, "  repair: {}", question.trim_end_matches('?'));
    }
    text + "\n"
}

/// What it comes to.
pub(super) fn end(looked: &Checkup, cases: &[DoctorEntry], how: RepairMode) -> String {
    let facts = match looked.records.facts {
        0 => String::new(),
        facts => format!(", {}", counted(facts, "fact")),
    };
    let mut text = format!(
        "Looked at {}{facts} and {} of your own. ",
        counted(looked.records.sessions, "session"),
        counted(looked.exercises, "exercise")
    );
    let repaired = cases.iter().filter(|case| is_repaired(case)).count();
    let left = cases.len() - repaired;
    text += &match (cases.len(), left) {
        // An empty folder may be one whose disk is away.
        (0, _) if looked.records.all() + looked.exercises == 0 => {
            format!("There’s nothing in {} yet.\n", looked.folder.display())
        }
        (0, _) => String::from("Everything is fine.\n"),
        (_, 0) => String::from("Everything that was wrong is repaired.\n"),
        (_, _) if repaired > 0 => format!("{} left.\n", counted(left, "finding")),
        _ => format!("{}.\n", counted(left, "finding")),
    };
    let (folder, kept) = &looked.quarantine;
    if *kept > 0 {
        let files = counted(*kept, "file");
        let _ = writeln!(
            text,
            "{files} in the quarantine folder {}",
            folder.display()
        );
    }
    let repairs = cases.iter().any(|case| case.finding.can_be_repaired());
    if how == RepairMode::Nothing && repairs {
        text += REPAIR;
    }
    text
}

pub(super) fn is_repaired(case: &DoctorEntry) -> bool {
    matches!(case.outcome, RepairResult::Repaired(_))
}

/// All of it for programs.
pub(super) fn json(looked: &Checkup, cases: &[DoctorEntry]) -> Value {
    json!({
        "format": FORMAT,
        "sessions": looked.records.sessions,
        "facts": looked.records.facts,
        "exercises": looked.exercises,
        "quarantined": looked.quarantine.1,
        "findings": cases.iter().map(case).collect::<Vec<_>>(),
    })
}

fn case(case: &DoctorEntry) -> Value {
    let (outcome, to) = match &case.outcome {
        RepairResult::Stays => ("stays", None),
        RepairResult::Failed(_) => ("failed", None),
        RepairResult::Repaired(RepairOutcome::Moved(to)) => ("moved", Some(to)),
        RepairResult::Repaired(RepairOutcome::Split(other)) => ("split", Some(other)),
        RepairResult::Repaired(RepairOutcome::Removed) => ("removed", None),
        RepairResult::Repaired(RepairOutcome::Mended | RepairOutcome::Over) => ("mended", None),
    };
    let error = match &case.outcome {
        RepairResult::Failed(error) => Some(&error.message),
        _ => None,
    };
    json!({
        "sort": case.finding.sort.name(),
        "path": case.finding.path.display().to_string(),
        "why": case.finding.why,
        "can_be_repaired": case.finding.can_be_repaired(),
        "outcome": outcome,
        "to": to.map(|to| to.display().to_string()),
        "error": error,
    })
}

// Texts for people.
const REPAIR: &str = "hint: `trust-coach doctor --repair` does every safe repair\n";
