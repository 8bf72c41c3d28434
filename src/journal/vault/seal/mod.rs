//! Sealing and opening in the age format, which any age tool can open too. The one file that knows
//! how.

use std::cell::RefCell;
use std::collections::HashSet;
use std::fmt;
use std::io::{Read, Write};
use std::str::FromStr;

use age::armor::{ArmoredReader, ArmoredWriter, Format};
use age::secrecy::{ExposeSecret, SecretString};
use age::{DecryptError, Decryptor, EncryptError, Encryptor, scrypt, x25519};
use age_core::format::{FileKey, Stanza};
use unicode_normalization::UnicodeNormalization;
use zeroize::Zeroizing;

use crate::error::caught;
use crate::text::is_unseen;

/// How slow a passphrase is made: scrypt with 2 to the power of this. A second on a laptop, and
/// 256 MiB; the same everywhere, so that what was sealed on a fast machine opens on a slow one.
pub const WORK: u8 = 18;

/// A passphrase with fewer characters is guessed too soon.
const SHORTEST: usize = 8;

/// The slowest passphrase that is tried: 1 GiB. Who can replace a file could otherwise make the
/// program hang, or take all memory.
pub const MOST_WORK: u8 = 20;

/// The first bytes of every sealed file.
pub(in crate::journal) const MAGIC: &[u8] = b"age-encryption.org/v1\n";

/// Words that only the person knows. Wiped from memory when dropped, and never shown.
#[derive(Clone)]
pub struct Passphrase(SecretString);

impl Passphrase {
    /// Takes the words, which are not looked at: what age tools take is what counts.
    pub fn new(words: String) -> Self {
        Self(SecretString::from(words))
    }

    /// Whether both are the same words, however their letters are composed.
    pub fn is(&self, other: &Self) -> bool {
        self.composed().0.expose_secret() == other.composed().0.expose_secret()
    }

    /// The form that a passphrase is set in: an `é` can be typed as one character or as two.
    fn composed(&self) -> Self {
        let words = Zeroizing::new(self.0.expose_secret().nfc().collect::<String>());
        Self::new(words.to_string())
    }

    /// The other forms that it may have been set in elsewhere.
    fn other_forms(&self) -> Vec<Self> {
        let typed = self.0.expose_secret();
        let apart = Zeroizing::new(typed.nfd().collect::<String>());
        let mut forms = vec![self.composed(), Self::new(apart.to_string())];
        // What was pasted may have more in it than anybody sees, and blanks of another kind.
        for blank in [None, Some(' ')] {
            let seen = typed.chars().filter_map(|c| match c {
                c if !is_untypable(c) => Some(c),
                c => blank.filter(|_| c.is_whitespace()),
            });
            let seen = Zeroizing::new(seen.nfc().collect::<String>());
            forms.push(Self::new(seen.to_string()));
        }
        forms.retain(|form| form.0.expose_secret() != typed);
        forms.dedup_by(|one, other| one.0.expose_secret() == other.0.expose_secret());
        forms
    }

    /// Why it should not be set, where there is a reason.
    pub fn flaw(&self) -> Option<PassphraseFlaw> {
        let words = self.0.expose_secret();
        if words.chars().any(is_untypable) {
            return Some(PassphraseFlaw::Unseen);
        }
        let short = words.chars().filter(|c| *c != ' ').count() < SHORTEST;
        short.then_some(PassphraseFlaw::Short)
    }
}

/// Whether a character of a passphrase can't be seen, or be told from a blank: nobody could type it again.
fn is_untypable(c: char) -> bool {
    c.is_control() || is_unseen(c) || (c.is_whitespace() && c != ' ')
}

/// Why words should not be set as a passphrase, as what is said of them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum PassphraseFlaw {
    /// It is guessed too soon.
    #[error("has fewer than 8 characters, not counting blanks, and is too easy to guess")]
    Short,
    /// Something in it can't be seen, and so not be typed again.
    #[error("has a character that can’t be seen, such as a tab, so it could hardly be typed again")]
    Unseen,
}

impl fmt::Debug for Passphrase {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Passphrase")
    }
}

/// Somebody who can open what is sealed for them: the public half of a key, `age1...`.
#[derive(Clone, PartialEq, Eq)]
pub struct Recipient(x25519::Recipient);

impl FromStr for Recipient {
    type Err = NotARecipient;

    fn from_str(words: &str) -> Result<Self, NotARecipient> {
        if words.to_ascii_uppercase().starts_with("AGE-SECRET-KEY-") {
            return Err(NotARecipient::Secret);
        }
        let recipient = words.parse().map_err(|_| NotARecipient::Other)?;
        Ok(Self(recipient))
    }
}

impl fmt::Display for Recipient {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl fmt::Debug for Recipient {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

/// Why words are nobody that can be sealed for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum NotARecipient {
    /// It is the secret half, which nobody should give away.
    #[error("that’s a secret key, which only its owner should have")]
    Secret,
    /// It is something else.
    #[error("that isn’t a recipient: one begins with age1 and has 62 characters")]
    Other,
}

/// A key: who has it opens what was sealed for its [`Recipient`]. Wiped from memory when dropped.
#[derive(Clone)]
pub struct Identity(x25519::Identity);

impl Identity {
    /// A new one, that nobody has had. Panics where the system gives no random numbers.
    pub fn generate() -> Self {
        Self(x25519::Identity::generate())
    }

    /// Reads the secret words, `AGE-SECRET-KEY-1...`.
    pub fn read(words: &str) -> Option<Self> {
        words.parse().ok().map(Self)
    }

    /// The secret words.
    pub fn secret(&self) -> Zeroizing<String> {
        Zeroizing::new(self.0.to_string().expose_secret().to_string())
    }

    /// Its public half.
    pub fn recipient(&self) -> Recipient {
        Recipient(self.0.to_public())
    }
}

impl fmt::Debug for Identity {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Identity({})", self.recipient())
    }
}

/// Why something could not be sealed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum SealError {
    /// There is nobody to seal it for.
    #[error("there’s nobody to encrypt it for")]
    Nobody,
    /// The system gave no random numbers, and without them nothing is secret.
    #[error("the system gave no random numbers")]
    NoChance,
    /// What came out would not give the same back.
    #[error("decrypting it would not give the same text")]
    Unequal,
}

/// Why something could not be opened.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum OpenError {
    /// It is not in the age format, or not in a version that is known.
    #[error("it isn’t an age file")]
    NotSealed,
    /// It was sealed for others.
    #[error("it’s encrypted for another key")]
    NotForUs,
    /// The passphrase is another one.
    #[error("the passphrase is wrong")]
    WrongPassphrase,
    /// It is not under a passphrase.
    #[error("it isn’t protected by a passphrase")]
    NoPassphrase,
    /// The passphrase was made slower than is tried.
    #[error("its work factor is {0}; at most {MOST_WORK} is tried")]
    TooSlow(u8),
    /// It was sealed, and has been changed or cut off since.
    #[error("it was changed or cut off after it was encrypted")]
    Damaged,
}

/// Whether bytes begin like a sealed file.
pub fn is_sealed(bytes: &[u8]) -> bool {
    bytes.starts_with(MAGIC)
}

/// Looks whether a sealed file begins as one should. What is in it stays closed, so that damage
/// further on is not seen.
///
/// # Errors
///
/// What is wrong with its beginning.
pub fn header(sealed: &[u8]) -> Result<(), OpenError> {
    Decryptor::new_buffered(sealed)?;
    Ok(())
}

/// How many can open a sealed file, by its beginning: each has a line of its own there. What is not
/// sealed nobody opens.
pub fn openers(sealed: &[u8]) -> usize {
    let head = sealed.split(|byte| *byte == b'\n');
    let head = head.take_while(|line| !line.starts_with(b"---"));
    head.filter(|line| line.starts_with(b"-> X25519 ")).count()
}

/// Seals `bytes` so that each of `recipients` can open them. What comes out has been opened again
/// and is the same.
pub fn seal(bytes: &[u8], recipients: &[Recipient]) -> Result<Vec<u8>, SealError> {
    if recipients.is_empty() {
        return Err(SealError::Nobody);
    }
    caught(|| seal_with_chance(bytes, recipients)).unwrap_or(Err(SealError::NoChance))
}

fn seal_with_chance(bytes: &[u8], recipients: &[Recipient]) -> Result<Vec<u8>, SealError> {
    let witness = Witness::default();
    let all = recipients.iter().map(|one| &one.0 as &dyn age::Recipient);
    let all = all.chain([&witness as &dyn age::Recipient]);
    let sealed = write(Encryptor::with_recipients(all), bytes)?;
    let same = opened(&sealed, &witness).is_ok_and(|opened| *opened == bytes);
    if same {
        Ok(sealed)
    } else {
        Err(SealError::Unequal)
    }
}

/// What was sealed as lines of plain letters, which mail leaves as they are. Any age tool takes both.
pub fn armored(sealed: &[u8]) -> Result<String, SealError> {
    let mut text = Vec::with_capacity(sealed.len() * 3 / 2);
    ArmoredWriter::wrap_output(&mut text, Format::AsciiArmor)
        .and_then(|mut writer| {
            writer.write_all(sealed)?;
            writer.finish()
        })
        .map_err(|_| SealError::Unequal)?;
    String::from_utf8(text).map_err(|_| SealError::Unequal)
}

/// What [`armored`] made lines of; nothing where it's something else.
pub fn unarmored(text: &str) -> Option<Vec<u8>> {
    let mut bytes = Vec::new();
    let mut reader = ArmoredReader::new(text.as_bytes());
    reader.read_to_end(&mut bytes).ok()?;
    Some(bytes)
}

/// Opens what [`seal`] sealed for this key.
pub fn open(sealed: &[u8], identity: &Identity) -> Result<Zeroizing<Vec<u8>>, OpenError> {
    opened(sealed, &identity.0)
}

/// Puts `bytes` under a passphrase, made slow with the factor `work` (everywhere but in tests,
/// [`WORK`]). What comes out has been opened again and is the same.
pub fn lock(bytes: &[u8], passphrase: &Passphrase, work: u8) -> Result<Vec<u8>, SealError> {
    caught(|| lock_with_chance(bytes, passphrase, work)).unwrap_or(Err(SealError::NoChance))
}

fn lock_with_chance(bytes: &[u8], passphrase: &Passphrase, work: u8) -> Result<Vec<u8>, SealError> {
    let passphrase = passphrase.composed();
    let mut recipient = scrypt::Recipient::new(passphrase.0.clone());
    recipient.set_work_factor(work.clamp(1, MOST_WORK));
    let one = [&recipient as &dyn age::Recipient];
    let locked = write(Encryptor::with_recipients(one.into_iter()), bytes)?;
    let same = unlock(&locked, &passphrase).is_ok_and(|opened| *opened == bytes);
    if same {
        Ok(locked)
    } else {
        Err(SealError::Unequal)
    }
}

/// Opens what [`lock`], or another age tool, put under a passphrase. Takes as long as the passphrase
/// was made slow, once for each form that its letters can be composed in.
pub fn unlock(locked: &[u8], passphrase: &Passphrase) -> Result<Zeroizing<Vec<u8>>, OpenError> {
    let mut outcome = unlock_as_typed(locked, passphrase);
    for form in passphrase.other_forms() {
        if !matches!(outcome, Err(OpenError::WrongPassphrase)) {
            break;
        }
        outcome = unlock_as_typed(locked, &form);
    }
    outcome
}

fn unlock_as_typed(
    locked: &[u8],
    passphrase: &Passphrase,
) -> Result<Zeroizing<Vec<u8>>, OpenError> {
    if !Decryptor::new_buffered(locked)
        .map_err(OpenError::from)?
        .is_scrypt()
    {
        return Err(OpenError::NoPassphrase);
    }
    let mut identity = scrypt::Identity::new(passphrase.0.clone());
    identity.set_max_work_factor(MOST_WORK);
    opened(locked, &identity).map_err(|error| match error {
        // The key of the file did not come out: the file has no other way to say it.
        OpenError::NotForUs => OpenError::WrongPassphrase,
        other => other,
    })
}

fn write(encryptor: Result<Encryptor, EncryptError>, bytes: &[u8]) -> Result<Vec<u8>, SealError> {
    // Nothing here can fail but for want of a recipient: it is written to memory.
    let encryptor = encryptor.map_err(|_| SealError::Nobody)?;
    let mut sealed = Vec::with_capacity(bytes.len() + 1024);
    encryptor
        .wrap_output(&mut sealed)
        .and_then(|mut writer| {
            writer.write_all(bytes)?;
            writer.finish()
        })
        .map_err(|_| SealError::Unequal)?;
    Ok(sealed)
}

fn opened(sealed: &[u8], identity: &dyn age::Identity) -> Result<Zeroizing<Vec<u8>>, OpenError> {
    if !is_sealed(sealed) {
        return Err(OpenError::NotSealed);
    }
    let decryptor = Decryptor::new_buffered(sealed)?;
    let mut reader = decryptor.decrypt([identity].into_iter())?;
    // Enough at once: a buffer that grows leaves copies behind that nobody wipes.
    let mut bytes = Zeroizing::new(Vec::with_capacity(sealed.len()));
    reader
        .read_to_end(&mut bytes)
        .map_err(|_| OpenError::Damaged)?;
    Ok(bytes)
}

impl From<DecryptError> for OpenError {
    fn from(error: DecryptError) -> Self {
        match error {
            DecryptError::NoMatchingKeys | DecryptError::DecryptionFailed => Self::NotForUs,
            DecryptError::ExcessiveWork { required, .. } => Self::TooSlow(required),
            DecryptError::UnknownFormat => Self::NotSealed,
            _ => Self::Damaged,
        }
    }
}

/// Knows the key of the one file that is being sealed, and leaves no trace in it: so what comes out
/// can be opened again without a person's own key.
#[derive(Default)]
struct Witness(RefCell<Option<FileKey>>);

fn copy(key: &FileKey) -> FileKey {
    FileKey::init_with_mut(|bytes| bytes.copy_from_slice(key.expose_secret()))
}

impl age::Recipient for Witness {
    fn wrap_file_key(&self, key: &FileKey) -> Result<(Vec<Stanza>, HashSet<String>), EncryptError> {
        *self.0.borrow_mut() = Some(copy(key));
        Ok((Vec::new(), HashSet::new()))
    }
}

impl age::Identity for Witness {
    fn unwrap_stanza(&self, _: &Stanza) -> Option<Result<FileKey, DecryptError>> {
        self.0.borrow().as_ref().map(|key| Ok(copy(key)))
    }
}

#[cfg(test)]
mod tests;
