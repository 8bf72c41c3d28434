//! The two people who do an exercise together.

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

/// The key of the names of two people.
const PARTNERS: &str = "partners";
