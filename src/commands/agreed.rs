//! Whose words of exercises for two go out, or are looked through.

use std::collections::{BTreeMap, BTreeSet};

use super::known::KnownNames;
use super::open;
use crate::error::Result;
use crate::home::settings::SettingKind;
use crate::home::world::World;
use crate::journal::Store;
use crate::ledger::Statement;
use crate::session::{Household, Partner, Partners, Session};
use crate::text::{counted, inert, is_same_name};

/// Who agrees, where nobody is asked.
#[derive(Clone, Debug, Default, clap::Args)]
pub(crate) struct AgreedFlag {
    /// Who agrees that what they gave in exercises for two is included; without it, only your own is
    #[arg(long, value_name = "NAME,...", value_delimiter = ',')]
    agreed: Vec<String>,
}

impl AgreedFlag {
    /// Whose home this is, and who agrees.
    pub(super) fn household(&self, world: &World<'_>) -> Household {
        household(world, &self.agreed)
    }

    /// Refuses the name of somebody who has given nothing here.
    pub(super) fn refuse_unknown(&self, store: &Store) -> Result<()> {
        for name in &self.agreed {
            let mut known = KnownNames::new([], is_same_name);
            let two = |two: Partners| vec![two.a, two.b];
            let in_head = |head: &Session| head.partners().map(two).unwrap_or_default();
            if !known.has_in_sessions(name, store, in_head) {
                // Of a session that was deleted, what was agreed in it may be left.
                let made = store.facts().all().0.into_iter();
                let terms = made.filter_map(|fact| match fact.statement {
                    Statement::Made(terms) => terms.partners,
                    _ => None,
                });
                known.add(terms.flat_map(two));
                let what = format!("nobody called {name} has done an exercise for two here");
                known.refuse_unknown(name, what)?;
            }
        }
        Ok(())
    }
}

/// Whose home this is, and who agrees.
pub(super) fn household(world: &World<'_>, agreed: &[String]) -> Household {
    let owner = world.config.settings.value(SettingKind::Name);
    Household {
        owner: owner.map(String::from),
        agreed: agreed.to_vec(),
    }
}

/// What guests told in a session, by its name; nothing where it can’t be read.
pub(super) fn told_in(store: &Store) -> impl Fn(&str, &[Partner]) -> Vec<String> {
    |session, guests| {
        let session = store.sessions().read(session);
        session.map_or(Vec::new(), |session| session.told_by(guests))
    }
}

/// Asks each at the terminal whether what they gave goes out too. Only their name is a yes.
pub(super) fn ask(world: &mut World<'_>, guests: &BTreeMap<String, usize>) -> Result<Vec<String>> {
    let mut agreed = Vec::new();
    for (name, count) in guests {
        let shown = inert(name).into_owned();
        let count = counted(*count, "answer");
        open::say(
            world,
            &format!(
                "{count} from exercises for two: {shown} gave them. {shown}, type your name if they may go out too. {ENTER}"
            ),
        );
        let mut input = std::io::stdin().lock();
        if open::asker(world, &mut input).confirm_name("Name", &shown)? {
            agreed.push(name.clone());
        }
    }
    Ok(agreed)
}

/// Says what stays with somebody who hasn't agreed, and how they can.
pub(super) fn tell(world: &mut World<'_>, guests: &BTreeMap<String, usize>) {
    for (name, count) in guests {
        let (are, them) = if *count == 1 {
            ("is", "it")
        } else {
            ("are", "them")
        };
        let (name, count) = (inert(name), counted(*count, "answer"));
        let text = format!(
            "{count} that {name} gave {are} left out. `--agreed {name:?}` includes {them}, if {name} agrees."
        );
        open::say(world, &text);
    }
}

/// Says whose words were passed over where some were looked for, and what includes them.
pub(super) fn tell_unsearched(world: &mut World<'_>, names: BTreeSet<String>, with: &str) {
    for name in names {
        let name = inert(&name);
        world.tell(&format!(
            "what {name} wrote isn’t searched; if they agree, {with} --agreed {name:?}\n"
        ));
    }
}

// Texts for people.
const ENTER: &str = "Enter alone keeps them here.";
