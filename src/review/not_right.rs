//! What a person says isn't right about a remark: noted in a rules file of theirs, by the rule's id and
//! without a word of what they wrote.

use super::{Subject, meaning};

/// Returns the rules file in which the rule was called not right once more; none where the file, as
/// it is now, can't be used or has its list in another form. An empty one is begun anew. All else in
/// it stays.
pub fn not_right(before: &str, subject: Subject, rule: &str) -> Option<String> {
    let mut lines: Vec<String> = before.lines().map(String::from).collect();
    if before.trim().is_empty() {
        let head = format!(
            "{HEAD}format = 1\nsubject = \"{}\"\n{BEGIN}]",
            subject.name()
        );
        lines = head.lines().map(String::from).collect();
    }
    let list = lines
        .iter_mut()
        .find(|line| line.starts_with(BEGIN) && line.ends_with(']'))?;
    let comma = if *list == format!("{BEGIN}]") {
        ""
    } else {
        ", "
    };
    list.truncate(list.len() - 1);
    list.push_str(&format!("{comma}\"{rule}\"]"));
    let after = format!("{}\n", lines.join("\n"));
    meaning::own(&after).ok().map(|_| after)
}

const BEGIN: &str = "not_right = [";

const HEAD: &str = "\
# Remarks you called not right. After three times a rule says nothing any more; take its id out here, and
# it speaks again.
";

#[cfg(test)]
mod tests {
    use super::*;
    use crate::review::Rules;
    use crate::review::build::NOT_RIGHT as TIMES;

    #[test]
    fn a_rule_that_was_called_not_right_three_times_says_nothing_and_all_else_stays() {
        let words = "I will never be late again.";
        let finds = |own: &str| {
            let own = meaning::own(own).unwrap();
            let rules = Rules::with(Subject::Promise, [own]);
            let found = rules.review(words, None).findings;
            found.iter().any(|finding| finding.rule == "absolute")
        };
        let mut text = String::new();
        for time in 1..=TIMES {
            text = not_right(&text, Subject::Promise, "absolute").unwrap();
            assert_eq!(finds(&text), time < TIMES, "{text}");
        }
        assert!(
            text.ends_with("not_right = [\"absolute\", \"absolute\", \"absolute\"]\n"),
            "{text}"
        );
        let own = text.replace("format = 1", "# Mine.\nformat = 1\nsilence = [\"vague\"]");
        let after = not_right(&own, Subject::Promise, "several").unwrap();
        assert!(after.contains("# Mine.\n") && after.contains("silence = [\"vague\"]"));
        assert!(after.contains("\"absolute\", \"several\"]"), "{after}");
    }

    #[test]
    fn a_file_that_cannot_be_used_is_left_alone() {
        for text in [
            "format = 2\nsubject = \"promise\"\nnot_right = []\n",
            "format = 1\nsubject = \"promise\"\n",
            "not_right = [\n\"absolute\",\n]\n",
        ] {
            assert_eq!(
                not_right(text, Subject::Promise, "absolute"),
                None,
                "{text}"
            );
        }
    }
}
