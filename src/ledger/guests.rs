//! What a guest said about promises of both, which stays out unless they agree.

use std::collections::BTreeMap;

use super::fact::{Fact, FactId, Statement};
use crate::session::{Household, Partner, Partners, as_told, says};

/// The two who agreed on a promise, and what those who are guests told in the session that it comes from.
type Agreement = (Partners, Vec<String>);

/// Leaves out what was said by those who aren't at home and haven't agreed, and what repeats word for word
/// what they `told` in a session. Returns the rest, and whose each is that is left out.
pub fn without_guests(
    facts: Vec<Fact>,
    household: &Household,
    told: impl Fn(&str, &[Partner]) -> Vec<String>,
) -> (Vec<Fact>, Vec<String>) {
    let made = facts.iter().filter_map(|fact| match &fact.statement {
        Statement::Made(terms) => {
            let two = terms.partners.clone()?;
            let session = terms.origin.as_ref().map(|origin| &origin.session);
            let told = session.map(|session| told(session, &household.guests(&two)));
            Some((fact.of.clone(), (two, told.unwrap_or_default())))
        }
        _ => None,
    });
    let agreed: BTreeMap<FactId, Agreement> = made.collect();
    let mut names = Vec::new();
    let mut rest = facts;
    rest.retain(|fact| {
        let Some((two, told)) = agreed.get(&fact.of) else {
            return true;
        };
        let said = fact.by.filter(|by| household.is_guest(two, *by));
        let repeats = |text: &str| told.iter().any(|words| says(&as_told(text), words));
        let is_repeated = own_texts(fact).iter().any(|(_, text)| repeats(text));
        let first = household.guests(two).first().copied();
        let whose = said.or(first.filter(|_| is_repeated));
        names.extend(whose.map(|by| two.name(by).to_string()));
        whose.is_none()
    });
    (rest, names)
}

/// Returns what a person wrote in a fact themselves, and what it is.
pub fn own_texts(fact: &Fact) -> Vec<(&'static str, &str)> {
    let [what, to, if_then] = match &fact.statement {
        Statement::Made(terms) => [Some(&terms.what), terms.to.as_ref(), terms.if_then.as_ref()],
        Statement::Changed { change, .. } => [
            change.what.as_ref(),
            change.to.as_ref(),
            change.if_then.as_ref(),
        ],
        _ => [None, None, None],
    };
    let all = [
        ("promise", what),
        ("to", to),
        ("if-then", if_then),
        ("note", fact.note.as_ref()),
    ];
    let there = all.into_iter();
    there
        .filter_map(|(of, text)| Some((of, text?.as_str())))
        .collect()
}
