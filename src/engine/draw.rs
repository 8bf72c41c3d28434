//! Which item a `draw` shows: a function of the seed, the step and the round, and of nothing else
//! that happens in a session, so that going back or taking another branch never changes it.

use rand::Rng;
use rand::SeedableRng;
use rand::rngs::ChaCha20Rng;

use crate::exercise::PoolItem;

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
