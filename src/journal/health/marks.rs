//! A file in two versions, as git leaves it when it cannot put them together.

/// The two versions of a text that holds git's marks: ours, then theirs.
pub(super) fn sides(text: &str) -> Option<(String, String)> {
    let (mut ours, mut theirs) = (String::new(), String::new());
    let mut side = Side::Both;
    let mut found = false;
    for line in text.split_inclusive('\n') {
        let mark = line.trim_end();
        side = match side {
            Side::Both if mark.starts_with("<<<<<<< ") || mark == "<<<<<<<" => Side::Ours,
            Side::Ours if mark.starts_with("||||||| ") || mark == "|||||||" => Side::Base,
            Side::Ours | Side::Base if mark == "=======" => Side::Theirs,
            Side::Theirs if mark.starts_with(">>>>>>> ") || mark == ">>>>>>>" => {
                found = true;
                Side::Both
            }
            same => {
                if matches!(same, Side::Both | Side::Ours) {
                    ours.push_str(line);
                }
                if matches!(same, Side::Both | Side::Theirs) {
                    theirs.push_str(line);
                }
                same
            }
        };
    }
    (found && side == Side::Both).then_some((ours, theirs))
}

/// Which version a line belongs to.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Side {
    Both,
    Ours,
    Base,
    Theirs,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_versions_come_out_whole() {
        let text = "a\n<<<<<<< HEAD\nb\n=======\nc\n>>>>>>> other\nd\n";
        let sides = sides(text).unwrap();
        assert_eq!(sides, ("a\nb\nd\n".into(), "a\nc\nd\n".into()));
    }

    #[test]
    fn what_was_there_before_both_is_left_out() {
        let text = "<<<<<<< HEAD\nb\n||||||| 4711\nx\n=======\nc\n>>>>>>> other\n";
        assert_eq!(sides(text), Some(("b\n".into(), "c\n".into())));
    }

    #[test]
    fn a_line_of_signs_alone_is_no_mark() {
        for text in ["a\n=======\nb\n", "<<<<<<< HEAD\na\n", ""] {
            assert_eq!(sides(text), None, "{text}");
        }
    }
}
