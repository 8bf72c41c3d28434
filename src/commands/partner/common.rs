//! What several of the commands on partners need.

use crate::error::{Error, Result};
use crate::format::did_you_mean;
use crate::journal::{Reader, Store};

/// The one with this name.
pub(super) fn named(store: &Store, name: &str) -> Result<Reader> {
    if let Some(partner) = store.partner(name)? {
        return Ok(partner);
    }
    let error = Error::usage(format!(
        "nobody called {} has a key of their own",
        name.trim()
    ));
    let partners = store.partners()?;
    let names = partners.iter().map(|partner| partner.name.as_str());
    let names = names.collect::<Vec<_>>();
    let meant = did_you_mean(name, names.iter().copied());
    Err(match (meant, names.is_empty()) {
        (Some(question), _) => error.hint(question),
        (None, true) => error.hint("`trust-coach partner add NAME` makes one"),
        (None, false) => error.hint(format!("those who have one: {}", names.join(", "))),
    })
}
