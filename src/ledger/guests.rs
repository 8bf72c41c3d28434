//! What a guest said about promises of both, which stays out unless they agree.

use std::collections::BTreeMap;

use super::fact::{Fact, FactId, Statement};
use crate::session::{Household, Partners};

/// Leaves out what was said by those who aren't at home and haven't agreed. Returns the rest, and the
/// name of whoever said it for each that is left out.
pub fn without_guests(facts: Vec<Fact>, household: &Household) -> (Vec<Fact>, Vec<String>) {
    let made = facts.iter().filter_map(|fact| match &fact.statement {
        Statement::Made(terms) => Some((fact.of.clone(), terms.partners.clone()?)),
        _ => None,
    });
    let partners: BTreeMap<FactId, Partners> = made.collect();
    let mut names = Vec::new();
    let mut rest = facts;
    rest.retain(|fact| {
        let Some((by, two)) = fact.by.zip(partners.get(&fact.of)) else {
            return true;
        };
        let stays = household.guest(two) == Some(by);
        if stays {
            names.push(two.name(by).to_string());
        }
        !stays
    });
    (rest, names)
}
