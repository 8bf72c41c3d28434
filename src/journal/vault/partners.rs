//! Keys that are somebody's own: with one of them, nobody but its owner opens what they close in an
//! exercise for two. One is made for a session and lies in it, or lasts and lies in the folder of keys.

use std::path::PathBuf;

use sha2::{Digest, Sha256};

use super::Reader;
use super::readers::{self, PARTNER_KEY_HEAD, PARTNERS_HEAD};
use super::seal::{self, Identity, Passphrase, Recipient, SealError};
use super::signs::begins_sealed;
use crate::error::caught;
use crate::journal::contents::{as_text, missing, whole};
use crate::journal::error::StoreError;
use crate::journal::names::list;
use crate::journal::store::{Store, folder_of};
use crate::journal::temp::is_temp;
use crate::session::{Moment, OwnKey, Partner, Session};
use crate::text::is_same_name;

type Result<T> = std::result::Result<T, StoreError>;

impl Store {
    /// Everybody who has a lasting key, as the list in the open says.
    pub fn partners(&self) -> Result<Vec<Reader>> {
        let path = self.partners_file();
        let bytes = match whole(&path) {
            Err(error) if missing(&error) => return Ok(Vec::new()),
            bytes => bytes?,
        };
        readers::from_plain(as_text(&path, &bytes)?)
            .map_err(|line| StoreError::BadPartners { path, line })
    }

    /// The one of them with this name.
    pub fn partner(&self, name: &str) -> Result<Option<Reader>> {
        let mut partners = self.partners()?.into_iter();
        Ok(partners.find(|partner| is_same_name(&partner.name, name)))
    }

    /// Makes a lasting key under a passphrase, made slow with the factor `work`.
    pub fn add_partner(
        &self,
        name: &str,
        now: &Moment,
        passphrase: &Passphrase,
        work: u8,
    ) -> Result<Reader> {
        self.prepare()?;
        let mut partners = self.partners()?;
        let identity = self.new_key()?;
        let partner = Reader {
            recipient: identity.recipient(),
            since: now.clone(),
            name: name.to_string(),
        };
        self.make_folders(&self.identities())?;
        self.write_partner_key(&partner, &identity, passphrase, work)?;
        // The list comes last: whoever stands in it has a key.
        partners.push(partner.clone());
        self.write_partners(&partners)?;
        Ok(partner)
    }

    /// Writes a lasting key under a passphrase. At any moment one opens it: the one before, or this one.
    pub fn write_partner_key(
        &self,
        partner: &Reader,
        identity: &Identity,
        passphrase: &Passphrase,
        work: u8,
    ) -> Result<()> {
        let one = std::slice::from_ref(partner);
        let text = readers::to_secret(PARTNER_KEY_HEAD, identity, one);
        let locked = seal::lock(text.as_bytes(), passphrase, work);
        let locked = locked.map_err(|source| self.cannot_seal(source))?;
        self.replace(&self.partner_key_file(&partner.recipient), &locked)
    }

    /// Removes a lasting key: what was closed for it can be opened by nobody then.
    pub fn remove_partner(&self, partner: &Reader) -> Result<()> {
        let mut partners = self.partners()?;
        partners.retain(|other| other.recipient != partner.recipient);
        self.write_partners(&partners)?;
        let path = self.partner_key_file(&partner.recipient);
        match self.remove(&path) {
            Err(error) if !missing(&error) => Err(error),
            _ => self.sync_folder(&folder_of(&path)),
        }
    }

    /// A lasting key as a session names it.
    pub fn lasting_key(&self, partner: &Reader) -> OwnKey {
        OwnKey {
            recipient: partner.recipient.to_string(),
            key: key_name(&partner.recipient),
        }
    }

    /// Whether something was closed for a key in a session already: then its name is no stranger's.
    fn is_in_session(&self, session: &str, own: &OwnKey) -> bool {
        let session: Option<Session> = self.sessions().read(session).ok();
        session.is_some_and(|session| {
            let mut keys = Partner::PAIR.into_iter().map(|by| session.own_key(by));
            keys.any(|key| key.as_ref() == Some(own))
        })
    }

    /// Where a key lies that lasts; none of one session's own.
    pub(in crate::journal) fn lasting_key_file(&self, own: &OwnKey) -> Option<PathBuf> {
        let lasts = own.key.starts_with(KEY_NAME);
        lasts.then(|| self.identities().join(format!("{}.age", own.key)))
    }

    /// Makes a key for one session.
    pub fn make_own_key(&self, passphrase: &Passphrase, work: u8) -> Result<(Identity, OwnKey)> {
        let identity = self.new_key()?;
        let text = readers::to_secret(PARTNER_KEY_HEAD, &identity, &[]);
        let locked = seal::lock(text.as_bytes(), passphrase, work);
        let key = locked.and_then(|locked| seal::armored(&locked));
        let own = OwnKey {
            recipient: identity.recipient().to_string(),
            key: key.map_err(|source| self.cannot_seal(source))?,
        };
        Ok((identity, own))
    }

    /// Opens somebody's own key; `session` has it where it doesn't last. It is theirs, or it isn't
    /// opened: what stands in the open beside it is compared with what only they can open.
    pub fn unlock_own_key(
        &self,
        session: &str,
        own: &OwnKey,
        passphrase: &Passphrase,
    ) -> Result<Identity> {
        let (path, bytes) = if let Some(path) = self.lasting_key_file(own) {
            match whole(&path) {
                Err(error) if missing(&error) && self.is_in_session(session, own) => {
                    return Err(StoreError::ClosedKeyMissing { path });
                }
                Err(error) if missing(&error) => return Err(StoreError::OtherPartnerKey { path }),
                bytes => (path, bytes?),
            }
        } else {
            let path = self.sessions().path(session);
            (path, seal::unarmored(&own.key).unwrap_or_default())
        };
        let text = seal::unlock(&bytes, passphrase).map_err(|source| StoreError::NotOpened {
            path: path.clone(),
            source,
        })?;
        let text = std::str::from_utf8(&text).ok();
        let Some((identity, _)) = text.and_then(readers::from_secret) else {
            return Err(StoreError::NoKey { path });
        };
        match identity.recipient().to_string() == own.recipient {
            true => Ok(identity),
            false => Err(StoreError::OtherPartnerKey { path }),
        }
    }

    /// Lasting keys that stand in no list, copies of them, those that are cut off, and lines of the list
    /// without a key.
    pub fn unlisted_partner_keys(&self) -> Vec<PathBuf> {
        let partners = self.partners().unwrap_or_default();
        let listed = partners
            .iter()
            .map(|partner| self.partner_key_file(&partner.recipient));
        let listed: Vec<PathBuf> = listed.collect();
        let names = list(&self.identities()).unwrap_or_default().into_iter();
        let is_copy = |name: &str| {
            is_of_partners(name) && !is_temp(name) && begins_sealed(&self.identities().join(name))
        };
        let there = names
            .filter(|(name, _)| is_partner_key(name) || is_copy(name))
            .map(|(name, _)| self.identities().join(name));
        let there: Vec<PathBuf> = there.collect();
        let one_sided = |some: &[PathBuf], others: &[PathBuf]| {
            let alone = some.iter().filter(|path| !others.contains(path));
            alone.cloned().collect::<Vec<_>>()
        };
        let is_cut = |partner: &&Reader| {
            let key = whole(&self.partner_key_file(&partner.recipient));
            key.is_ok_and(|key| !readers::is_whole(&key, PARTNER_KEY_HEAD, Some(partner)))
        };
        let cut = partners.iter().filter(is_cut);
        let cut = cut.map(|partner| self.partner_key_file(&partner.recipient));
        let alone = [one_sided(&there, &listed), one_sided(&listed, &there)].concat();
        alone.into_iter().chain(cut).collect()
    }

    /// The list of those with a lasting key.
    pub fn partners_file(&self) -> PathBuf {
        self.identities().join(LIST_NAME)
    }

    /// The lasting key of somebody.
    pub fn partner_key_file(&self, recipient: &Recipient) -> PathBuf {
        self.identities()
            .join(format!("{}.age", key_name(recipient)))
    }

    fn write_partners(&self, partners: &[Reader]) -> Result<()> {
        let text = readers::to_plain(PARTNERS_HEAD, partners);
        self.replace(&self.partners_file(), text.as_bytes())
    }

    fn new_key(&self) -> Result<Identity> {
        caught(Identity::generate).ok_or_else(|| self.cannot_seal(SealError::NoChance))
    }

    fn cannot_seal(&self, source: SealError) -> StoreError {
        let path = self.identities();
        StoreError::CannotSeal { path, source }
    }
}

/// What the file of a lasting key is called: it follows from the key, so that no other key stands in
/// for it.
fn key_name(recipient: &Recipient) -> String {
    let digest = Sha256::digest(recipient.to_string());
    let hex = digest.iter().take(4).map(|byte| format!("{byte:02x}"));
    format!("{KEY_NAME}{}", hex.collect::<String>())
}

/// Whether a file is called as a lasting key or the list of them is, or as programs call their copies and
/// unfinished saves of these. The vault's key is never called so.
pub(super) fn is_of_partners(name: &str) -> bool {
    let name = name.to_lowercase();
    [KEY_NAME, LIST_NAME].iter().any(|ours| name.contains(ours))
}

/// Whether a file in the folder of keys is called as a lasting key is.
fn is_partner_key(name: &str) -> bool {
    let hex = name
        .strip_prefix(KEY_NAME)
        .and_then(|rest| rest.strip_suffix(".age"));
    hex.is_some_and(|hex| hex.len() == 8 && hex.bytes().all(|byte| byte.is_ascii_hexdigit()))
}

/// How names of lasting keys begin.
const KEY_NAME: &str = "partner-";

const LIST_NAME: &str = "partners.txt";

#[cfg(test)]
mod tests {
    use super::*;
    use crate::journal::Vault;
    use crate::journal::tests::store;
    use crate::journal::vault::seal::OpenError;
    use crate::test_support::moment;

    fn words(words: &str) -> Passphrase {
        Passphrase::new(words.into())
    }

    #[test]
    fn a_lasting_key_opens_with_its_passphrase_alone_and_is_no_vault() {
        let home = tempfile::tempdir().unwrap();
        let store = store(home.path());
        let ilir = store
            .add_partner("Ilir", &moment(), &words("one two three"), 1)
            .unwrap();
        assert_eq!(store.partner(" ilir").unwrap(), Some(ilir.clone()));
        assert_eq!(store.vault().unwrap(), Vault::Off);
        let own = store.lasting_key(&ilir);
        let unlock = |words: &Passphrase| store.unlock_own_key("", &own, words);
        assert_eq!(
            unlock(&words("one two three")).unwrap().recipient(),
            ilir.recipient
        );
        let wrong = unlock(&words("another one"));
        assert!(matches!(
            wrong,
            Err(StoreError::NotOpened {
                source: OpenError::WrongPassphrase,
                ..
            })
        ));
        let key = unlock(&words("one two three")).unwrap();
        let new = words("four five");
        store.write_partner_key(&ilir, &key, &new, 1).unwrap();
        assert!(unlock(&words("one two three")).is_err() && unlock(&words("four five")).is_ok());
        assert!(store.unlisted_partner_keys().is_empty());
        store.remove_partner(&ilir).unwrap();
        assert!(store.partners().unwrap().is_empty() && unlock(&words("four five")).is_err());
    }

    #[test]
    fn a_key_that_was_put_in_the_place_of_theirs_is_not_taken() {
        let home = tempfile::tempdir().unwrap();
        let store = store(home.path());
        let passphrase = words("one two three");
        let ilir = store
            .add_partner("Ilir", &moment(), &passphrase, 1)
            .unwrap();
        let strange = Identity::generate().recipient();
        let text = std::fs::read_to_string(store.partners_file()).unwrap();
        let changed = text.replace(&ilir.recipient.to_string(), &strange.to_string());
        std::fs::write(store.partners_file(), changed).unwrap();
        let listed = store.partner("Ilir").unwrap().unwrap();
        assert_eq!(listed.recipient, strange);
        let own = store.lasting_key(&listed);
        let refused = |own: &OwnKey| {
            let opened = store.unlock_own_key("", own, &passphrase);
            assert!(matches!(opened, Err(StoreError::OtherPartnerKey { .. })));
        };
        refused(&own);
        assert_eq!(store.unlisted_partner_keys().len(), 2);
        // Their own file under the name of the other key is not it either.
        std::fs::copy(
            store.partner_key_file(&ilir.recipient),
            store.partner_key_file(&strange),
        )
        .unwrap();
        refused(&own);
        let (_, mut session) = store.make_own_key(&passphrase, 1).unwrap();
        session.recipient = strange.to_string();
        refused(&session);
    }

    #[test]
    fn whatever_is_called_after_a_lasting_key_is_no_key_of_the_vault_and_opens_none() {
        let home = tempfile::tempdir().unwrap();
        let store = store(home.path());
        let passphrase = words("one two three");
        let ilir = store
            .add_partner("Ilir", &moment(), &passphrase, 1)
            .unwrap();
        let key = store.partner_key_file(&ilir.recipient);
        let name = key.file_name().unwrap().to_str().unwrap();
        let stem = name.trim_end_matches(".age");
        let temp = format!(".{name}.2147483646-0.tmp");
        let copies = [
            format!("{stem}.sync-conflict-20261130-101010-ABCDEFG.age"),
            format!("{stem} (1).age"),
            format!("{name}~"),
            format!("Copy of {name}"),
            format!(".{name}.swp"),
            name.to_uppercase(),
            String::from("partners.txt.bak"),
        ];
        for name in copies.iter().chain([&temp]) {
            std::fs::copy(&key, store.identities().join(name)).unwrap();
            assert_eq!(store.vault().unwrap(), Vault::Off, "{name}");
        }
        assert!(store.key_copies().is_empty());
        assert_eq!(store.unlisted_partner_keys().len(), copies.len());
        // Under any other name it isn't taken for what it isn't either.
        std::fs::rename(&key, store.identities().join("key.age")).unwrap();
        assert!(store.unlock(&passphrase).is_err() && store.key_for(&passphrase).is_none());
        std::fs::rename(store.identities().join("key.age"), store.identity_file()).unwrap();
        let opened = store.unlock(&passphrase);
        assert!(matches!(opened, Err(StoreError::NoKey { .. })));
    }
}
