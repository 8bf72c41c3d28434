//! The two people who do an exercise together, and the keys that are somebody's own.

use super::{Partner, Session};
use crate::text::{clean_name, is_same_name, looks_like, name_key};

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

    /// A name that stands in a file as it's shown: on one line, and the letter where nothing in it can be
    /// seen.
    pub fn good(name: &str, partner: Partner) -> String {
        clean_name(name).unwrap_or_else(|| Self::letters().name(partner).to_string())
    }

    /// Whether both have one name, as people read it: then it says of neither who is meant.
    pub fn are_alike(&self) -> bool {
        let seen = |name: &str| name_key(name).chars().map(looks_like).collect::<String>();
        seen(&self.a) == seen(&self.b)
    }

    /// The name of one of them.
    pub fn name(&self, partner: Partner) -> &str {
        match partner {
            Partner::A => &self.a,
            Partner::B => &self.b,
        }
    }

    /// The name of one of them, to be changed.
    pub fn name_mut(&mut self, partner: Partner) -> &mut String {
        match partner {
            Partner::A => &mut self.a,
            Partner::B => &mut self.b,
        }
    }

    /// The one who is called so.
    pub fn called(&self, name: &str) -> Option<Partner> {
        let mut pair = Partner::PAIR.into_iter();
        pair.find(|one| is_same_name(self.name(*one), name))
    }

    /// The one who is meant by their name, or by `a` or `b`.
    pub fn meant(&self, typed: &str) -> Option<Partner> {
        let letter = || Partner::from_id(&typed.trim().to_lowercase());
        self.called(typed).or_else(letter)
    }
}

/// Whose home this is, and who agrees that what they gave in exercises for two is looked through or
/// goes out.
#[derive(Clone, Debug, Default)]
pub struct Household {
    /// What the owner is called; without a name they’re the first of two.
    pub owner: Option<String>,
    /// The names of those who agree.
    pub agreed: Vec<String>,
}

impl Household {
    /// Which of the two the owner is; none where the owner has a name, and neither of the two is called so.
    pub fn owner(&self, two: &Partners) -> Option<Partner> {
        match &self.owner {
            Some(name) => two.called(name),
            None => Some(Partner::A),
        }
    }

    /// Whether one of the two isn’t the owner and hasn’t agreed: what they gave stays out.
    pub fn is_guest(&self, two: &Partners, by: Partner) -> bool {
        let agrees = |name: &String| is_same_name(name, two.name(by));
        self.owner(two) != Some(by) && !self.agreed.iter().any(agrees)
    }

    /// Those of the two who are guests.
    pub fn guests(&self, two: &Partners) -> Vec<Partner> {
        let mut guests = Partner::PAIR.to_vec();
        guests.retain(|by| self.is_guest(two, *by));
        guests
    }
}

impl Session {
    /// The two who do it, in an exercise for two. Files from before there were such exercises have
    /// none, so they stand with the keys that are not known.
    /// Where a name is missing beside answers of two, the letter stands for it: nobody's words are taken for
    /// the owner's.
    pub fn partners(&self) -> Option<Partners> {
        let named = Partner::PAIR.map(|partner| self.partner_name(partner));
        let of_two = || self.answers.iter().any(|answer| answer.by.is_some());
        if named == [None, None] && !of_two() {
            return None;
        }
        let [a, b] = named.map(Option::unwrap_or_default);
        Some(Partners {
            a: Partners::good(a, Partner::A),
            b: Partners::good(b, Partner::B),
        })
    }

    /// The name of one of the two, as it stands in the file.
    pub fn partner_name(&self, partner: Partner) -> Option<&str> {
        let table = self.extra.get(PARTNERS)?.as_table()?;
        table.get(partner.id())?.as_str()
    }

    /// Sets who does it. What else stands beside their names stays.
    pub fn set_partners(&mut self, partners: &Partners) {
        let before = self.extra.get(PARTNERS).and_then(toml::Value::as_table);
        let mut names = before.cloned().unwrap_or_default();
        for partner in Partner::PAIR {
            names.insert(partner.id().into(), partners.name(partner).into());
        }
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
pub const PARTNERS: &str = "partners";

/// The key of the keys that are somebody's own.
const OWN_KEYS: &str = "seals";

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn two_names_that_read_the_same_are_one() {
        for (a, b, alike) in [
            ("Mo", "Mo", true),
            ("Mo", " mo ", true),
            ("Mo", "Mo\u{200b}", true),
            ("Ren\u{e9}", "Rene\u{301}", true),
            ("Mo", "M\u{43e}", true),
            ("Ren\u{e9}", "Rene", false),
            ("Mo", "Mo B.", false),
            ("\u{41e}\u{43b}\u{44f}", "Ola", false),
        ] {
            let (a, b) = (a.to_string(), b.to_string());
            assert_eq!(Partners { a, b }.are_alike(), alike);
        }
    }
}
