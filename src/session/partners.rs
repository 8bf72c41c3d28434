//! The two people who do an exercise together, and the keys that are somebody's own.

use super::{Partner, Session};

/// The names of two people who do an exercise together.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Partners {
    /// The first.
    pub a: String,
    /// The second.
    pub b: String,
}

impl Partners {
    /// The letters, where nobody has given a name.
    pub fn letters() -> Self {
        Self {
            a: String::from("A"),
            b: String::from("B"),
        }
    }

    /// The name of one of them.
    pub fn name(&self, partner: Partner) -> &str {
        match partner {
            Partner::A => &self.a,
            Partner::B => &self.b,
        }
    }
}

impl Session {
    /// The two who do it, in an exercise for two. Files from before there were such exercises have
    /// none, so they stand with the keys that are not known.
    pub fn partners(&self) -> Option<Partners> {
        let table = self.extra.get(PARTNERS)?.as_table()?;
        let name = |partner: Partner| Some(table.get(partner.id())?.as_str()?.to_string());
        Some(Partners {
            a: name(Partner::A)?,
            b: name(Partner::B)?,
        })
    }

    /// Sets who does it.
    pub fn set_partners(&mut self, partners: &Partners) {
        let names = Partner::PAIR.map(|partner| {
            let name = toml::Value::from(partners.name(partner));
            (partner.id().to_string(), name)
        });
        let names = toml::Table::from_iter(names);
        self.extra.insert(PARTNERS.into(), names.into());
    }
}

impl Session {
    /// When two people wanted to go on with it: a day, or a moment with its zone.
    pub fn return_at(&self) -> Option<&str> {
        self.extra.get(RETURN)?.as_str()
    }

    /// Sets it, or takes it out.
    pub fn set_return_at(&mut self, at: Option<String>) {
        match at {
            Some(at) => self.extra.insert(RETURN.into(), at.into()),
            None => self.extra.remove(RETURN),
        };
    }
}

/// A key of somebody's own, for what they close: nothing but their passphrase opens it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OwnKey {
    /// What their closed answers are encrypted for.
    pub recipient: String,
    /// The key under their passphrase, as an age file in letters, or the name of one in the folder of
    /// keys.
    pub key: String,
}

impl Session {
    /// The key of one of the two, where it's their own. It stands with the keys that are not known,
    /// as names do.
    pub fn own_key(&self, partner: Partner) -> Option<OwnKey> {
        let keys = self.extra.get(OWN_KEYS)?.as_table()?;
        let table = keys.get(partner.id())?.as_table()?;
        let text = |name: &str| Some(table.get(name)?.as_str()?.to_string());
        Some(OwnKey {
            recipient: text("recipient")?,
            key: text("key")?,
        })
    }

    /// Sets it, or takes it out.
    pub fn set_own_key(&mut self, partner: Partner, own: Option<OwnKey>) {
        let keys = self.extra.remove(OWN_KEYS);
        let mut keys = match keys {
            Some(toml::Value::Table(keys)) => keys,
            _ => toml::Table::new(),
        };
        keys.remove(partner.id());
        if let Some(OwnKey { recipient, key }) = own {
            let table = [("recipient", recipient), ("key", key)];
            let table = table.map(|(name, text)| (name.to_string(), text.into()));
            let table = toml::Table::from_iter(table);
            keys.insert(partner.id().to_string(), table.into());
        }
        if !keys.is_empty() {
            self.extra.insert(OWN_KEYS.into(), keys.into());
        }
    }
}

/// The key of the moment at which they wanted to go on.
const RETURN: &str = "return";

/// The key of the names of two people.
const PARTNERS: &str = "partners";

/// The key of the keys that are somebody's own.
const OWN_KEYS: &str = "seals";
