//! Pictures of ratings, made of letters that a screen reader can spell. The words beside them say
//! everything that they show.

use super::{Measure, MeasurePoint};
use crate::text::{columns, cut};

/// The least columns between two ratings; a third makes months easier to read.
const APART: usize = 3;

/// What a rating is drawn as.
const DOT: char = 'o';

/// A scale with more points than this is told in words alone.
const MOST_ROWS: i64 = 21;

/// A row for each point of the scale, the highest first, and the months below. The newest ratings
/// that have room in `width` columns. No rows where there would be too many.
pub fn dots(measure: &Measure, width: usize) -> Vec<String> {
    let scale = &measure.scale;
    if scale.to.saturating_sub(scale.from) >= MOST_ROWS {
        return Vec::new();
    }
    let labels: Vec<String> = (scale.from..=scale.to)
        .rev()
        .map(|value| label(measure, value, width))
        .collect();
    let room = labels.iter().map(|label| columns(label)).max().unwrap_or(0);
    let cells = width.saturating_sub(room + 3) / APART;
    let before = measure.points.len().saturating_sub(cells);
    let points = &measure.points[before..];
    let mut rows: Vec<String> = (scale.from..=scale.to)
        .rev()
        .zip(&labels)
        .map(|(value, label)| {
            let cell = |point: &MeasurePoint| match point.value {
                Some(here) if here == value => DOT,
                _ => ' ',
            };
            let cells: String = points
                .iter()
                .map(|point| format!("  {}", cell(point)))
                .collect();
            let pad = " ".repeat(room - columns(label));
            format!("{label}{pad} |{cells}").trim_end().to_string()
        })
        .collect();
    let pad = " ".repeat(room);
    rows.push(format!("{pad} +{}", "-".repeat(APART * points.len() + 1)));
    let months = months(points, width.saturating_sub(room + 2));
    rows.push(format!("{pad}  {months}").trim_end().to_string());
    rows
}

/// The number, and at the ends what it means where there is room for that.
fn label(measure: &Measure, value: i64, width: usize) -> String {
    const WIDE: usize = 60;
    const WORDS: usize = 18;
    let scale = &measure.scale;
    let words = match value {
        value if value == scale.from => scale.low.as_deref(),
        value if value == scale.to => scale.high.as_deref(),
        _ => None,
    };
    match words {
        Some(words) if width >= WIDE => format!("{value} {}", cut(words, WORDS)),
        _ => value.to_string(),
    }
}

/// The month where it begins, where its name has room and doesn't touch the one before.
fn months(points: &[MeasurePoint], width: usize) -> String {
    let mut line = String::new();
    let mut month = None;
    for (at, point) in points.iter().enumerate() {
        let here = (point.day.year(), point.day.month());
        let column = APART * at + 2;
        if month != Some(here) && columns(&line) < column && column + 3 <= width {
            line.push_str(&" ".repeat(column - columns(&line)));
            line.push_str(&point.day.strftime("%b").to_string());
            line.push(' ');
        }
        month = Some(here);
    }
    line
}

/// The newest ratings in one line, as digits with a dot for what was left out; at most `width`
/// columns.
pub fn digits(measure: &Measure, width: usize) -> String {
    let words = measure.points.iter().map(|point| match point.value {
        Some(value) => value.to_string(),
        None => String::from("."),
    });
    let words: Vec<String> = words.collect();
    let mut used = 0;
    let fitting = words.iter().rev().take_while(|word| {
        used += word.len() + 1;
        used <= width + 1
    });
    let before = words.len().saturating_sub(fitting.count().max(1));
    words[before..].join(" ")
}

/// The newest ratings in one line of heights, with a dot for what was left out; at most `width`
/// columns.
pub fn spark(measure: &Measure, width: usize) -> String {
    let scale = &measure.scale;
    let span = i128::from(scale.to) - i128::from(scale.from);
    let last = i128::try_from(HEIGHTS.len() - 1).unwrap_or_default();
    let height = |value: i64| {
        let above = i128::from(value) - i128::from(scale.from);
        // Where all are the same number there is one height.
        let at = if span > 0 {
            (above * last + span / 2) / span
        } else {
            0
        };
        let at = usize::try_from(at).unwrap_or_default();
        HEIGHTS.get(at).copied().unwrap_or(HEIGHTS[0])
    };
    let before = measure.points.len().saturating_sub(width);
    let points = measure.points[before..].iter();
    points
        .map(|point| point.value.map_or('·', height))
        .collect()
}

/// From the lowest number of a scale to the highest.
const HEIGHTS: [char; 7] = ['▁', '▂', '▃', '▄', '▅', '▆', '▇'];

#[cfg(test)]
mod tests {
    use insta::assert_snapshot;

    use super::*;
    use crate::progress::measure::tests::weekly;

    fn ratings() -> Vec<Option<i64>> {
        [3, 2, 3, 4, 3, 0, 4, 3, 4, 5, 4, 5, 5]
            .map(|value| (value > 0).then_some(value))
            .to_vec()
    }

    #[test]
    fn each_point_of_the_scale_has_a_row_and_a_week_left_out_is_a_gap() {
        assert_snapshot!(dots(&weekly(&ratings()), 72).join("\n"), @"
        7 told it first |
        6               |
        5               |                             o     o  o
        4               |           o        o     o     o
        3               |  o     o     o        o
        2               |     o
        1 held back     |
                        +----------------------------------------
                           Aug            Oct         Nov
        ");
        assert_snapshot!(dots(&weekly(&ratings()), 38).join("\n"), @"
        7 |
        6 |
        5 |                       o     o  o
        4 |     o        o     o     o
        3 |  o     o        o
        2 |
        1 |
          +----------------------------------
             Sep      Oct         Nov
        ");
    }

    #[test]
    fn a_scale_that_has_no_room_has_no_picture() {
        for (low, high, rows) in [
            (0, 20, 23),
            (0, 21, 0),
            (0, i64::MAX, 0),
            (i64::MIN, i64::MAX, 0),
        ] {
            let mut measure = weekly(&[Some(3)]);
            (measure.scale.from, measure.scale.to) = (low, high);
            assert_eq!(dots(&measure, 72).len(), rows, "{low} to {high}");
        }
    }

    #[test]
    fn the_newest_are_what_has_room() {
        let many: Vec<_> = (0..80).map(|week| Some(week % 7 + 1)).collect();
        for width in [12, 20, 38, 72] {
            let rows = dots(&weekly(&many), width);
            assert!(rows.iter().all(|row| columns(row) <= width), "{rows:#?}");
            assert!(digits(&weekly(&many), width).len() <= width);
        }
        assert_eq!(digits(&weekly(&ratings()), 9), "4 5 4 5 5");
        assert_eq!(digits(&weekly(&ratings()), 72), "3 2 3 4 3 . 4 3 4 5 4 5 5");
    }

    #[test]
    fn a_spark_has_a_height_for_each_point_of_a_scale() {
        assert_eq!(spark(&weekly(&ratings()), 72), "▃▂▃▄▃·▄▃▄▅▄▅▅");
        assert_eq!(spark(&weekly(&ratings()), 3), "▄▅▅");
        let mut measure = weekly(&[Some(3), Some(7)]);
        (measure.scale.from, measure.scale.to) = (i64::MIN, i64::MAX);
        assert_eq!(spark(&measure, 9).chars().count(), 2);
    }
}
