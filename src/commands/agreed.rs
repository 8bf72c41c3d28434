//! Whose words go out or are looked through, in sessions of two people.

use crate::home::settings::SettingKind;
use crate::home::world::World;
use crate::session::Household;

/// Whose home this is, and who agrees.
pub(super) fn household(world: &World<'_>, agreed: &[String]) -> Household {
    let owner = world.config.settings.value(SettingKind::Name);
    Household {
        owner: owner.map(String::from),
        agreed: agreed.to_vec(),
    }
}
