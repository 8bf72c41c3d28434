//! Names that sync programs give to the other version of a file that changed in two places.

use super::super::names::{ID_LENGTH, is_id};

/// How a program names such copies: what follows the name, and who does it.
const MARKS: &[(&str, &str)] = &[
    (".sync-conflict-", "Syncthing"),
    ("conflicted copy", "Dropbox or Nextcloud"),
    ("(case conflict", "Dropbox"),
    ("_conf(", "ownCloud"),
    (".orig", "git"),
    (".rej", "git"),
    ("_BASE_", "git"),
    ("_LOCAL_", "git"),
    ("_REMOTE_", "git"),
    ("_BACKUP_", "git"),
    ("~HEAD", "git"),
];

/// The session that a file with this name is a copy of, and which program made it, where the name
/// tells. A name that only begins like a session was copied by a person, or by a program that we
/// do not know.
pub(super) fn copy_of(name: &str) -> Option<(&str, Option<&'static str>)> {
    let (id, rest) = (name.get(..ID_LENGTH)?, name.get(ID_LENGTH..)?);
    if !is_id(id) {
        return None;
    }
    let who = MARKS.iter().find(|(mark, _)| rest.contains(mark));
    let by_hand = [".toml", ".txt", ".text"]
        .iter()
        .any(|part| rest.contains(part))
        || rest.ends_with('~');
    (who.is_some() || by_hand).then_some((id, who.map(|(_, who)| *who)))
}

#[cfg(test)]
mod tests {
    use super::*;

    const NAME: &str = "20261122T174501.032Z-9f3a61c2";

    #[test]
    fn copies_are_known_by_the_names_that_programs_give_them() {
        for (rest, who) in [
            (
                ".sync-conflict-20261123-101530-ABCDEFG.toml",
                Some("Syncthing"),
            ),
            (
                " (conflicted copy 2026-11-23 101530).toml",
                Some("Dropbox or Nextcloud"),
            ),
            (
                " (Ana's conflicted copy 2026-11-23).toml",
                Some("Dropbox or Nextcloud"),
            ),
            (".toml.orig", Some("git")),
            ("_LOCAL_4711.toml", Some("git")),
            (".toml~HEAD", Some("git")),
            (" (1).toml", None),
            (" - Copy.toml", None),
            (".toml~", None),
            (".txt", None),
            (".toml.age.orig", Some("git")),
        ] {
            let name = format!("{NAME}{rest}");
            assert_eq!(copy_of(&name), Some((NAME, who)), "{name}");
        }
    }

    #[test]
    fn other_names_are_no_copies() {
        for name in [
            "notes.toml",
            "2026.toml",
            "20261122T174501.032Z-9f3a61c2.pdf",
            "",
        ] {
            assert_eq!(copy_of(name), None, "{name}");
        }
    }
}
