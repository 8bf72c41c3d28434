//! Which item a `draw` shows: a function of the seed, the step and the round, and of nothing else
//! that happens in a session, so that going back or taking another branch never changes it.

use std::collections::BTreeMap;

use rand::Rng;
use rand::SeedableRng;
use rand::rngs::ChaCha20Rng;

use crate::exercise::{Exercise, PoolItem};
use crate::session::{Session, Value};

/// What somebody has chosen who broke trust, or whose trust was broken.
const TRUST_BROKE: [&str; 3] = ["broke", "hurt", "both"];

/// The deepest that is drawn for them.
const DEEPEST_AFTERWARDS: u32 = 2;

/// Whether an item is for somebody of whom this is remembered: the option they chose last, by the name
/// it’s remembered under.
#[must_use]
pub fn is_for(item: &PoolItem, known: &BTreeMap<String, String>) -> bool {
    let mut options = known.values();
    let is_hard_time = |option: &String| TRUST_BROKE.contains(&option.as_str());
    !options.any(|option| {
        item.not_for.contains(option) || is_hard_time(option) && item.depth > DEEPEST_AFTERWARDS
    })
}

/// What was chosen in a session at the steps that remember, by the name.
#[must_use]
pub fn chosen_under_names(session: &Session, exercise: &Exercise) -> BTreeMap<String, String> {
    let answers = session.answers.iter().filter(|answer| !answer.unreached);
    let chosen = answers.filter_map(|answer| {
        let name = exercise.step(&answer.step)?.remember.clone()?;
        match answer.value()? {
            Value::Choice(option) => Some((name, option.clone())),
            _ => None,
        }
    });
    chosen.collect()
}

/// The items to draw from for somebody: where none is for them, those that come too close, and all of them
/// only where each says that it isn’t for them.
pub(super) fn fitting(pool: &[PoolItem], known: &BTreeMap<String, String>) -> Vec<PoolItem> {
    let is_allowed = |item: &PoolItem| !known.values().any(|option| item.not_for.contains(option));
    let tests: [&dyn Fn(&PoolItem) -> bool; 2] = [&|item| is_for(item, known), &is_allowed];
    let fitting = tests.map(|test| {
        let items = pool.iter().filter(|item| test(item));
        items.cloned().collect::<Vec<PoolItem>>()
    });
    let mut fitting = fitting.into_iter().filter(|items| !items.is_empty());
    fitting.next().unwrap_or_else(|| pool.to_vec())
}

/// The item of `pool` to show. `recent` are the ids used in recent sessions of this exercise,
/// newest first: those come last, and when all are used the oldest comes back first.
pub(super) fn item<'p>(
    seed: u64,
    step: &str,
    round: u32,
    pool: &'p [PoolItem],
    recent: &[String],
) -> Option<&'p PoolItem> {
    let mut generator = ChaCha20Rng::from_seed(key(seed, step));
    let mut order: Vec<(usize, u64, &PoolItem)> = pool
        .iter()
        .map(|item| {
            let chance = generator.next_u64();
            let age = recent.iter().position(|id| *id == item.id);
            // Never used: rank 0. Used: the newer, the later.
            (age.map_or(0, |age| recent.len() - age), chance, item)
        })
        .collect();
    order.sort_by_key(|(rank, chance, _)| (*rank, *chance));
    let place = usize::try_from(round.saturating_sub(1)).unwrap_or(0) % pool.len().max(1);
    order.get(place).map(|(_, _, item)| *item)
}

/// The generator's key: the seed in the first eight bytes, then a 64-bit FNV-1a of the step's id.
/// Spelled out, so that a seed gives the same draw in every version.
fn key(seed: u64, step: &str) -> [u8; 32] {
    let hash = step.bytes().fold(0xcbf2_9ce4_8422_2325_u64, |hash, byte| {
        (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3)
    });
    let mut key = [0; 32];
    key[..8].copy_from_slice(&seed.to_le_bytes());
    key[8..16].copy_from_slice(&hash.to_le_bytes());
    key
}

#[cfg(test)]
mod tests {
    use super::*;

    fn pool(size: usize) -> Vec<PoolItem> {
        (0..size)
            .map(|n| PoolItem {
                id: format!("i{n}"),
                text: String::new(),
                depth: 1,
                not_for: Vec::new(),
            })
            .collect()
    }

    fn drawn(seed: u64, rounds: u32, pool: &[PoolItem], recent: &[&str]) -> Vec<String> {
        let recent: Vec<String> = recent.iter().map(ToString::to_string).collect();
        (1..=rounds)
            .filter_map(|round| item(seed, "scene", round, pool, &recent))
            .map(|item| item.id.clone())
            .collect()
    }

    #[test]
    fn what_is_not_for_somebody_is_not_drawn_while_there_is_anything_else() {
        let mut pool = pool(4);
        pool[0].not_for = vec![String::from("minor")];
        pool[1].not_for = vec![String::from("hurt"), String::from("ex")];
        pool[2].depth = 3;
        let left = |name: &str, option: &str| {
            let known = [(name.to_string(), option.to_string())].into();
            let ids = fitting(&pool, &known).into_iter().map(|item| item.id);
            ids.collect::<Vec<_>>()
        };
        assert_eq!(left("relation", "partner"), ["i0", "i1", "i2", "i3"]);
        assert_eq!(left("relation", "minor"), ["i1", "i2", "i3"]);
        assert_eq!(left("role", "hurt"), ["i0", "i3"]);
        assert_eq!(left("role", "broke"), ["i0", "i1", "i3"]);
        let known = [(String::from("role"), String::from("hurt"))].into();
        assert_eq!(fitting(&pool[1..3], &known), pool[2..3]);
        assert_eq!(fitting(&pool[1..2], &known), pool[1..2]);
    }

    #[test]
    fn a_seed_gives_the_same_draws_for_ever() {
        assert_eq!(drawn(4711, 4, &pool(8), &[]), ["i3", "i4", "i7", "i0"]);
    }

    #[test]
    fn rounds_show_every_item_before_one_comes_again() {
        let mut all = drawn(1, 8, &pool(8), &[]);
        all.sort();
        all.dedup();
        assert_eq!(all.len(), 8);
        assert_eq!(drawn(1, 9, &pool(8), &[])[8], drawn(1, 1, &pool(8), &[])[0]);
    }

    #[test]
    fn what_was_used_lately_comes_last_and_the_oldest_first_among_it() {
        for seed in 0..50 {
            let order = drawn(seed, 4, &pool(4), &["i2", "i0"]);
            assert_eq!(order[2..], ["i0", "i2"]);
        }
        assert_eq!(drawn(7, 1, &pool(2), &["i1", "i0"]), ["i0"]);
    }
}
