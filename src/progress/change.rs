//! Whether ratings changed by more than they vary anyway.
//!
//! The first six are compared with the last six, and only when there are 12, 18, 24 and so on:
//! whoever looks every week sees a change in most half-years in which there is none. Weeks hang
//! together, so the error is widened for an autocorrelation of .3. The test simulates it.

use crate::progress::Measure;

/// How many ratings each of the two ends has.
const END: usize = 6;

/// No spread is taken to be less than this: numbers are whole.
const LEAST_SPREAD: f64 = 0.6;

/// A smaller difference is none that anybody would feel.
const LEAST_DIFFERENCE: f64 = 1.0;

/// How many standard errors a difference must have.
const ERRORS: f64 = 2.5;

/// How much one week hangs on the week before.
const AUTOCORRELATION: f64 = 0.3;

/// What can be said of a change.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum ChangeNote {
    /// Too few ratings to say anything.
    TooFew {
        /// How many there are.
        have: usize,
    },
    /// The ends differ by no more than the ratings vary.
    Within(LookedAt),
    /// They differ by more.
    Beyond(LookedAt),
}

/// The two ends that were compared.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct LookedAt {
    /// How many ratings there were; later ones wait for the next look.
    pub count: usize,
    /// The mean of the first six.
    pub first: f64,
    /// The mean of the last six of those.
    pub last: f64,
    /// The lowest and the highest of the first six.
    pub first_range: (i64, i64),
    /// The lowest and the highest of the last six.
    pub last_range: (i64, i64),
    /// The difference that would be more than they vary.
    pub needed: f64,
}

impl LookedAt {
    /// Returns by how much the last lie above the first.
    pub fn difference(&self) -> f64 {
        self.last - self.first
    }
}

impl ChangeNote {
    /// How many ratings are needed before anything is said.
    pub const NEEDED: usize = 2 * END;

    /// What can be said of a measure.
    pub fn of(measure: &Measure) -> Self {
        Self::of_values(&measure.values())
    }

    fn of_values(values: &[i64]) -> Self {
        let count = values.len() / END * END;
        if count < Self::NEEDED {
            return Self::TooFew { have: values.len() };
        }
        let (first, last) = (&values[..END], &values[count - END..count]);
        let spread = f64::midpoint(variance(first), variance(last))
            .sqrt()
            .max(LEAST_SPREAD);
        let widened = (1.0 + AUTOCORRELATION) / (1.0 - AUTOCORRELATION);
        let error = spread * (2.0 / number(END)).sqrt() * widened.sqrt();
        let looked = LookedAt {
            count,
            first: mean(first),
            last: mean(last),
            first_range: range(first),
            last_range: range(last),
            needed: (ERRORS * error).max(LEAST_DIFFERENCE),
        };
        if looked.difference().abs() >= looked.needed {
            Self::Beyond(looked)
        } else {
            Self::Within(looked)
        }
    }
}

/// Ratings are small numbers.
#[expect(
    clippy::cast_precision_loss,
    reason = "ratings and their counts are small"
)]
fn float(value: i64) -> f64 {
    value as f64
}

fn number(count: usize) -> f64 {
    float(i64::try_from(count).unwrap_or(i64::MAX))
}

fn mean(values: &[i64]) -> f64 {
    values.iter().map(|value| float(*value)).sum::<f64>() / number(values.len())
}

fn variance(values: &[i64]) -> f64 {
    let mean = mean(values);
    let squares = values.iter().map(|value| (float(*value) - mean).powi(2));
    squares.sum::<f64>() / number(values.len() - 1)
}

fn range(values: &[i64]) -> (i64, i64) {
    let (low, high) = (values.iter().min(), values.iter().max());
    (
        low.copied().unwrap_or_default(),
        high.copied().unwrap_or_default(),
    )
}

#[cfg(test)]
mod tests {
    use rand::rngs::ChaCha20Rng;
    use rand::{RngExt, SeedableRng};

    use super::*;

    /// A half-year of ratings from 1 to 7 around 4, standard deviation 1, each hanging on the one
    /// before; from week 13 on higher by `jump`.
    fn half_year(random: &mut ChaCha20Rng, jump: f64) -> Vec<i64> {
        let mut normal = || -> f64 { (0..12).map(|_| random.random::<f64>()).sum::<f64>() - 6.0 };
        let mut level = normal();
        let weeks = (0..26).map(|week| {
            level = AUTOCORRELATION * level + (1.0 - AUTOCORRELATION.powi(2)).sqrt() * normal();
            let mean = if jump == 0.0 { 4.0 } else { 2.5 };
            let value = mean + level + if week < 13 { 0.0 } else { jump };
            #[expect(clippy::cast_possible_truncation, reason = "between 1 and 7")]
            let value = value.round().clamp(1.0, 7.0) as i64;
            value
        });
        weeks.collect()
    }

    /// In how many of 2,000 half-years a change is named at any of the looks.
    fn named(jump: f64) -> usize {
        let mut random = ChaCha20Rng::seed_from_u64(20_261_129);
        let said = (0..2000).filter(|_| {
            let values = half_year(&mut random, jump);
            let looks = (ChangeNote::NEEDED..=values.len())
                .map(|count| ChangeNote::of_values(&values[..count]));
            looks
                .into_iter()
                .any(|note| matches!(note, ChangeNote::Beyond(_)))
        });
        said.count()
    }

    #[test]
    fn a_change_is_not_made_of_noise() {
        let (false_notes, jumps) = (named(0.0), named(3.0));
        assert!(
            false_notes <= 160,
            "{false_notes} of 2,000 half-years without a change"
        );
        assert!(jumps >= 1700, "{jumps} of 2,000 jumps of 3");
    }

    #[test]
    fn below_twelve_nothing_is_said_and_between_two_looks_the_last_one_stands() {
        assert_eq!(
            ChangeNote::of_values(&[4; 11]),
            ChangeNote::TooFew { have: 11 }
        );
        let mut values = vec![2, 3, 2, 3, 2, 3, 6, 7, 6, 7, 6, 7];
        let ChangeNote::Beyond(looked) = ChangeNote::of_values(&values) else {
            panic!("a climb of four is a change")
        };
        assert_eq!(
            (looked.count, looked.first_range, looked.last_range),
            (12, (2, 3), (6, 7))
        );
        assert!((looked.difference() - 4.0).abs() < 1e-9);
        values.extend([1; 5]);
        assert_eq!(ChangeNote::of_values(&values), ChangeNote::Beyond(looked));
        let still = ChangeNote::of_values(&[4; 18]);
        let ChangeNote::Within(looked) = still else {
            panic!("{still:?}")
        };
        assert_eq!(looked.count, 18);
        assert!(looked.needed >= LEAST_DIFFERENCE);
    }
}
