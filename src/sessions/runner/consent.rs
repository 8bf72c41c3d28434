//! What each of two people is asked alone before anything closed is shown.

/// What one of the two reads there: what of theirs would be shown, or that it is the other's alone, and the
/// prompt of the step.
pub(super) fn consent_prompt(name: &str, theirs: &[String], prompt: &str) -> String {
    let shown = match theirs.is_empty() {
        true => format!("{name}, {NOTHING_OF_YOURS}"),
        false => format!("{name}, {WOULD_BE_SHOWN}\n\n{}", theirs.join("\n\n")),
    };
    format!("{shown}\n\n{ONLY_BOTH}\n\n{prompt}")
}

// Texts for people.
const WOULD_BE_SHOWN: &str = "alone. This would be shown:";
const NOTHING_OF_YOURS: &str = "alone. Nothing that you wrote would be shown here.";
const ONLY_BOTH: &str = "Each of you is asked alone. It’s shown only if you both choose “Show it”.";

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn whoever_closed_nothing_there_reads_so() {
        let none = consent_prompt("Il", &[], "Shall it be shown?");
        assert!(none.contains("Nothing that you wrote") && !none.contains(WOULD_BE_SHOWN));
        let some = consent_prompt("Il", &["Rest".into()], "Shall it be shown?");
        assert!(
            some.starts_with("Il, alone. This would be shown:\n\nRest\n\nEach"),
            "{some}"
        );
    }
}
