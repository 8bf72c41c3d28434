//! What the ratings of a measure say, in words that are complete without a picture.

use super::{ChangeNote, LookedAt, Measure};
use crate::dates::day_in_words;
use crate::text::counted;
use crate::text::language::Language;

/// Says how often something was rated, and since when.
pub fn since(measure: &Measure) -> String {
    let first = measure
        .points
        .first()
        .map(|point| day_in_words(point.day, Language::English));
    format!(
        "{}: {} since {}.",
        measure.title,
        counted(measure.rated(), "rating"),
        first.unwrap_or_default()
    )
}

/// Says what changed and what didn't, in words.
pub fn change(measure: &Measure) -> String {
    let between = |(low, high): (i64, i64)| match low == high {
        true => format!("all {low}"),
        false => format!("between {low} and {high}"),
    };
    let ends = |looked: &LookedAt| {
        format!(
            "First six {}, on average {:.1}. Last six {}, on average {:.1}.",
            between(looked.first_range),
            looked.first,
            between(looked.last_range),
            looked.last
        )
    };
    let mut words = match ChangeNote::of(measure) {
        ChangeNote::TooFew { have } => format!(
            "{} Too few to say whether anything changed: it takes {}, and there {} {have}.",
            so_far(&measure.values()),
            ChangeNote::NEEDED,
            if have == 1 { "is" } else { "are" }
        ),
        ChangeNote::Within(looked) => {
            format!("{} {WITHIN}{}", ends(&looked), later(measure, &looked))
        }
        ChangeNote::Beyond(looked) => {
            let way = if looked.difference() > 0.0 {
                "higher"
            } else {
                "lower"
            };
            let by = looked.difference().abs();
            let ends = ends(&looked);
            let later = later(measure, &looked);
            let rises = looked.difference() > 0.0;
            let end = match measure.scale.up_is_better.map(|up| up == rises) {
                Some(true) => ", for the better",
                Some(false) => ", for the worse",
                None => "",
            };
            format!("{ends} The last six are {way} by {by:.1}{end}. {BEYOND}{later}")
        }
    };
    match measure.left_out() {
        0 => {}
        1 => words += " Once you chose not to say.",
        count => words += &format!(" {count} times you chose not to say."),
    }
    if measure.other_scale > 0 {
        let older = counted(measure.other_scale, "older rating");
        words += &format!(" {older} on another scale left out.");
    }
    words
}

/// Where the numbers lie.
fn so_far(values: &[i64]) -> String {
    match (values.iter().min(), values.iter().max(), values.last()) {
        (Some(low), Some(high), _) if low == high => format!("So far {low}."),
        (Some(low), Some(high), Some(newest)) => {
            format!("So far between {low} and {high}, the newest {newest}.")
        }
        _ => String::new(),
    }
}

/// Between two looks the words of the last one stand.
fn later(measure: &Measure, looked: &LookedAt) -> String {
    match measure.rated() - looked.count {
        0 => String::new(),
        since => format!(
            " That covers the first {}; the next comparison comes after {} more.",
            looked.count,
            6 - since
        ),
    }
}

// Texts for people.
const WITHIN: &str = "That’s within the usual ups and downs of your ratings.";
const BEYOND: &str = "That’s more than the usual ups and downs of your ratings.";
