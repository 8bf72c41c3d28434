//! What is sealed opens for those it is for, and only when nothing from it was changed.

use super::*;

/// Fast: nothing in these tests is worth guarding.
const QUICK: u8 = 2;

fn words(words: &str) -> Passphrase {
    Passphrase::new(words.to_string())
}

#[test]
fn what_is_sealed_opens_for_each_recipient_and_for_nobody_else() {
    let (one, two, other) = (
        Identity::generate(),
        Identity::generate(),
        Identity::generate(),
    );
    let recipients = [one.recipient(), two.recipient()];
    for text in ["", "I read your messages.", &"long ".repeat(40_000)] {
        let sealed = seal(text.as_bytes(), &recipients).unwrap();
        assert!(is_sealed(&sealed));
        for identity in [&one, &two] {
            assert_eq!(*open(&sealed, identity).unwrap(), text.as_bytes());
        }
        assert_eq!(open(&sealed, &other).unwrap_err(), OpenError::NotForUs);
    }
    assert_eq!(seal(b"words", &[]).unwrap_err(), SealError::Nobody);
}

#[test]
fn letters_for_mail_hold_what_was_sealed() {
    let identity = Identity::generate();
    let sealed = seal(&[0xff; 200], &[identity.recipient()]).unwrap();
    let text = armored(&sealed).unwrap();
    assert!(text.starts_with("-----BEGIN AGE ENCRYPTED FILE-----\n"));
    assert!(text.lines().all(|line| line.len() <= 64 && line.is_ascii()));
    let mut back = Vec::new();
    let mut reader = age::armor::ArmoredReader::new(text.as_bytes());
    reader.read_to_end(&mut back).unwrap();
    assert_eq!(back, sealed);
}

#[test]
fn the_check_of_what_was_sealed_leaves_no_trace_in_it() {
    let identity = Identity::generate();
    let sealed = seal(b"words", &[identity.recipient()]).unwrap();
    let text = String::from_utf8_lossy(&sealed);
    let stanzas = text.lines().filter(|line| line.starts_with("-> "));
    assert_eq!(stanzas.filter(|line| line.contains("X25519")).count(), 1);
}

#[test]
fn a_file_that_was_changed_or_cut_off_does_not_open() {
    let identity = Identity::generate();
    let sealed = seal(b"I read your messages.", &[identity.recipient()]).unwrap();
    for at in 0..sealed.len() {
        assert!(open(&sealed[..at], &identity).is_err(), "cut off at {at}");
        let mut changed = sealed.clone();
        changed[at] ^= 1;
        assert!(open(&changed, &identity).is_err(), "changed at {at}");
    }
    assert_eq!(
        open(b"half a", &identity).unwrap_err(),
        OpenError::NotSealed
    );
    assert_eq!(open(b"", &identity).unwrap_err(), OpenError::NotSealed);
}

#[test]
fn a_passphrase_opens_and_another_one_does_not() {
    let locked = lock(b"words", &words("four or more words"), QUICK).unwrap();
    assert_eq!(
        *unlock(&locked, &words("four or more words")).unwrap(),
        b"words"
    );
    let wrong = unlock(&locked, &words("four or more word")).unwrap_err();
    assert_eq!(wrong, OpenError::WrongPassphrase);
    let identity = Identity::generate();
    let sealed = seal(b"words", &[identity.recipient()]).unwrap();
    assert_eq!(
        unlock(&sealed, &words("a")).unwrap_err(),
        OpenError::NoPassphrase
    );
    assert_eq!(open(&locked, &identity).unwrap_err(), OpenError::NotForUs);
}

#[test]
fn a_passphrase_that_was_made_too_slow_is_not_tried() {
    let locked = lock(b"words", &words("four or more words"), QUICK).unwrap();
    let text: Vec<u8> = locked.clone();
    let at = text.windows(3).position(|three| three == b" 2\n").unwrap();
    let slow = [&text[..at], b" 40\n", &text[at + 3..]].concat();
    assert_eq!(
        unlock(&slow, &words("four or more words")).unwrap_err(),
        OpenError::TooSlow(40)
    );
}

#[test]
fn only_a_recipient_is_one_and_a_secret_key_is_told_apart() {
    let identity = Identity::generate();
    let recipient = identity.recipient();
    assert_eq!(recipient.to_string().parse(), Ok(recipient));
    let secret = identity.secret();
    assert_eq!(secret.parse::<Recipient>(), Err(NotARecipient::Secret));
    assert_eq!(
        Identity::read(&secret).unwrap().recipient(),
        identity.recipient()
    );
    for other in ["", "age1", "ssh-ed25519 AAAA", "AGE1abc"] {
        assert_eq!(
            other.parse::<Recipient>(),
            Err(NotARecipient::Other),
            "{other}"
        );
    }
}

#[test]
fn nothing_secret_is_in_what_is_printed_for_programmers() {
    let identity = Identity::generate();
    assert!(!format!("{identity:?}").contains("SECRET"));
    assert_eq!(format!("{:?}", words("four or more")), "Passphrase");
}

#[test]
fn a_passphrase_opens_however_its_letters_are_composed() {
    let (one, two) = ("caf\u{e9} noir", "cafe\u{301} noir");
    let passphrase = |words: &str| Passphrase::new(words.to_string());
    for set in [one, two] {
        let locked = lock(b"words", &passphrase(set), 4).unwrap();
        for typed in [one, two] {
            assert_eq!(*unlock(&locked, &passphrase(typed)).unwrap(), b"words");
        }
        let other = unlock(&locked, &passphrase("cafe noir"));
        assert!(matches!(other, Err(OpenError::WrongPassphrase)));
    }
    assert!(passphrase(one).is(&passphrase(two)));
}

#[test]
fn what_nobody_could_type_again_is_not_set_and_opens_what_was_set_without_it() {
    for unseen in [
        "\t", "\n", "\u{ad}", "\u{200b}", "\u{feff}", "\u{a0}", "\u{b}", "\u{1b}",
    ] {
        let with = words(&format!("soft{unseen}hyphen words"));
        assert_eq!(with.flaw(), Some(PassphraseFlaw::Unseen), "{unseen:?}");
        let locked = lock(b"words", &words("softhyphen words"), 4).unwrap();
        assert_eq!(*unlock(&locked, &with).unwrap(), b"words", "{unseen:?}");
    }
    let locked = lock(b"words", &words("two words"), 4).unwrap();
    assert_eq!(
        *unlock(&locked, &words("two\u{a0}words")).unwrap(),
        b"words"
    );
    assert_eq!(words("seven 77").flaw(), Some(PassphraseFlaw::Short));
    assert_eq!(words("žluťoučký kůň 日本").flaw(), None);
}
