//! Who can read what is saved, as it is written twice: in the open, for saving, and under the
//! passphrase, where nobody else can change it.

use zeroize::Zeroizing;

use super::seal::{Identity, Recipient};
use crate::session::Moment;
use crate::text::clean_name;

/// Somebody who can read what is saved.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reader {
    /// Their public key.
    pub recipient: Recipient,
    /// Since when what is saved is for them too; empty where the file does not say.
    pub since: Moment,
    /// What the person calls them.
    pub name: String,
}

/// The list as it stands in the open, behind a head. `age -R` takes it as it is.
pub(super) fn to_plain(head: &str, readers: &[Reader]) -> String {
    let mut text = String::from(head);
    for reader in readers {
        text.push_str(&lines(reader));
    }
    text
}

/// Reads the list that stands in the open, or tells the number of the line that is nobody.
pub(super) fn from_plain(text: &str) -> Result<Vec<Reader>, usize> {
    let mut readers: Vec<Reader> = Vec::new();
    let mut about = (Moment::default(), String::new());
    // Some editors put a mark before it that nobody sees.
    let text = text.trim_start_matches('\u{feff}');
    for (at, line) in text.lines().enumerate() {
        let line = line.trim();
        if let Some(words) = line.strip_prefix(SINCE) {
            let (since, name) = words.split_once(": ").unwrap_or((words, ""));
            about = (Moment(since.trim().to_string()), name.trim().to_string());
        } else if !line.is_empty() && !line.starts_with('#') {
            let recipient: Recipient = line.parse().map_err(|_| at + 1)?;
            let (since, name) = std::mem::take(&mut about);
            if readers.iter().all(|reader| reader.recipient != recipient) {
                readers.push(Reader {
                    recipient,
                    since,
                    name,
                });
            }
        }
    }
    Ok(readers)
}

/// What is put under the passphrase: an age identity file behind a head, with the list in its comments.
pub(super) fn to_secret(head: &str, identity: &Identity, readers: &[Reader]) -> Zeroizing<String> {
    // Enough at once: a text that grows leaves copies behind that nobody wipes.
    let mut text = Zeroizing::new(String::with_capacity(1024 + readers.len() * 512));
    text.push_str(head);
    for line in readers.iter().map(lines).collect::<String>().lines() {
        text.push_str(COMMENT);
        text.push_str(line);
        text.push('\n');
    }
    text.push_str(&identity.secret());
    text.push('\n');
    text
}

/// Whether the file of a key is long enough for what is under its passphrase, at least the key itself and
/// its owner: one that was cut off opens nothing, and only the passphrase would tell.
pub(super) fn is_whole(locked: &[u8], head: &str, owner: Option<&Reader>) -> bool {
    // age’s format (C2SP): the last line of the head begins so, then come 16 bytes, and each part of
    // the text has 16 more.
    let mut lines_of_head = locked.split_inclusive(|byte| *byte == b'\n');
    let is_last = |line: &&[u8]| line.starts_with(b"--- ");
    let Some(before) = lines_of_head.position(|line| is_last(&line)) else {
        return false;
    };
    let lines_of_head = locked.split_inclusive(|byte| *byte == b'\n');
    let length: usize = lines_of_head.take(before + 1).map(<[u8]>::len).sum();
    let owner = owner.map_or(0, |owner| {
        head.len() + lines(owner).len() + 2 * COMMENT.len()
    });
    locked.len() >= length + 16 + 16 + owner + SECRET_LENGTH
}

/// How long a key is, with the break behind it.
const SECRET_LENGTH: usize = 75;

/// Reads what was under the passphrase. Nothing where it holds no key.
pub(super) fn from_secret(text: &str) -> Option<(Identity, Vec<Reader>)> {
    let identity = text.lines().find_map(|line| Identity::read(line.trim()))?;
    let list = text.lines().filter_map(|line| line.strip_prefix(COMMENT));
    let list = list.filter(|line| line.starts_with(SINCE) || line.starts_with("age1"));
    let list: Vec<&str> = list.collect();
    Some((identity, from_plain(&list.join("\n")).ok()?))
}

fn lines(reader: &Reader) -> String {
    let name = clean_name(&reader.name).map_or_else(String::new, |name| format!(": {name}"));
    format!("{SINCE}{}{name}\n{}\n", reader.since.0, reader.recipient)
}

const SINCE: &str = "# since ";
const COMMENT: &str = "# ";

pub(super) const PLAIN_HEAD: &str = "\
# Everybody below can read what trust-coach saves from now on. The true list is under your
# passphrase, and this one is compared with it whenever you type that. To change it, use
# `trust-coach vault recipients`.
";

pub(super) const SECRET_HEAD: &str = "\
# The key of a trust-coach vault. Who has it can read everything. Below is who may read.
";

pub(super) const PARTNERS_HEAD: &str = "\
# Everybody below keeps what they close in exercises for two under a passphrase of their own. It’s
# compared with their key when they type that. To change it, use `trust-coach partner`.
";

pub(super) const PARTNER_KEY_HEAD: &str = "\
# The key to what somebody closed in exercises for two. Who has it can read that, and nothing else.
";

#[cfg(test)]
mod tests {
    use super::*;

    fn reader(name: &str) -> Reader {
        Reader {
            recipient: Identity::generate().recipient(),
            since: crate::test_support::moment(),
            name: name.to_string(),
        }
    }

    #[test]
    fn both_lists_give_back_what_they_were_made_of() {
        let identity = Identity::generate();
        let readers = [reader("this vault"), reader("a: b"), reader("")];
        assert_eq!(
            from_plain(&to_plain(PLAIN_HEAD, &readers)).unwrap(),
            readers
        );
        let marked = format!("\u{feff}{}", to_plain("", &readers));
        assert_eq!(from_plain(&marked).unwrap(), readers);
        let secret = to_secret(SECRET_HEAD, &identity, &readers);
        let (same, list) = from_secret(&secret).unwrap();
        assert_eq!(
            (same.recipient(), &list[..]),
            (identity.recipient(), &readers[..])
        );
    }

    #[test]
    fn a_key_that_was_cut_off_anywhere_is_not_whole() {
        let identity = Identity::generate();
        assert_eq!(identity.secret().len() + 1, SECRET_LENGTH);
        let owner = reader("this vault");
        let secret = to_secret(SECRET_HEAD, &identity, std::slice::from_ref(&owner));
        let words = super::super::seal::Passphrase::new("words".into());
        let locked = super::super::seal::lock(secret.as_bytes(), &words, 1).unwrap();
        let is_whole = |length: usize| is_whole(&locked[..length], SECRET_HEAD, Some(&owner));
        assert!(is_whole(locked.len()));
        assert!((0..locked.len()).all(|length| !is_whole(length)));
    }

    #[test]
    fn a_name_cannot_smuggle_in_a_reader() {
        let (mut one, other) = (reader("phone"), reader("x"));
        one.name = format!("phone\n{}", other.recipient);
        assert_eq!(from_plain(&to_plain(PLAIN_HEAD, &[one])).unwrap().len(), 1);
    }

    #[test]
    fn a_list_by_hand_is_understood_and_a_line_that_is_nobody_is_told() {
        let (one, two) = (reader("").recipient, reader("").recipient);
        let text = format!("# mine\n{one}\n\n  {two}  \n{one}\n");
        let readers = from_plain(&text).unwrap();
        assert_eq!(readers.len(), 2);
        assert_eq!(readers[1].recipient, two);
        assert_eq!(from_plain(&format!("{text}age1nobody\n")), Err(6));
    }
}
