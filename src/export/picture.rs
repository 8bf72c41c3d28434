//! Pictures on a page: the ratings of a measure, and the days on which something was done. Each is
//! drawn from the value from which its words and its table are made too.

use jiff::civil::Date;
use svg::Node;
use svg::node::Text;
use svg::node::element::Element;

use crate::progress::strip::{WEEKDAYS, row};
use crate::progress::{DayStrip, Measure, words};
use crate::text::{cut, inert};

/// How wide every picture is, in its own units: so its letters have one size on a phone and a desk.
const WIDTH: i64 = 400;

/// The size of the letters in a picture.
const LETTERS: i64 = 12;

/// Where the ratings lie: left, right, top and bottom.
const FIELD: (i64, i64, i64, i64) = (34, 386, 30, 150);

/// The name of a month needs so much room.
const MONTH: i64 = 36;

/// A scale with more points than this has lines at its ends alone.
const MOST_LINES: i64 = 10;

/// The size of a dot.
const DOT: i64 = 4;

/// The ratings of a measure over their days: a dot each, no line between them.
pub(super) fn chart(measure: &Measure) -> String {
    let (left, right, top, bottom) = FIELD;
    let scale = &measure.scale;
    let mut picture = picture(
        &id(&measure.id),
        190,
        &measure.name,
        &words::change(measure),
    );
    let span = i128::from(scale.to) - i128::from(scale.from);
    let height = |value: i64| {
        let above = i128::from(value) - i128::from(scale.from);
        let room = i128::from(bottom - top);
        let up = if span > 0 {
            above * room / span
        } else {
            room / 2
        };
        bottom - i64::try_from(up).unwrap_or_default()
    };
    let values = match scale.to.saturating_sub(scale.from) < MOST_LINES {
        true => (scale.from..=scale.to).collect(),
        false => vec![scale.from, scale.to],
    };
    for value in values {
        let y = height(value);
        picture.append(line((left, y), (right, y)));
        picture.append(text((left - 8, y + 4), "end", &value.to_string()));
    }
    for (value, end, y) in [
        (scale.to, &scale.high, top - 14),
        (scale.from, &scale.low, 186),
    ] {
        if let Some(end) = end {
            let words = cut(&format!("{value}: {end}"), 50);
            picture.append(text((left, y), "start", &words));
        }
    }
    let days = measure.points.iter().map(|point| point.day);
    let (first, last) = (days.clone().min(), days.max());
    let (mut free, mut month) = (left, None);
    for point in &measure.points {
        let x = across(
            point.day,
            first.unwrap_or(point.day),
            last.unwrap_or(point.day),
        );
        let here = Some((point.day.year(), point.day.month()));
        if month != here && x >= free && x + MONTH <= WIDTH {
            let name = point.day.strftime("%b").to_string();
            picture.append(text((x - DOT, bottom + 18), "start", &name));
            free = x + MONTH;
        }
        month = here;
        if let Some(value) = point.value {
            let mut dot = Element::new("circle");
            dot.assign("class", "dot");
            dot.assign("cx", x);
            dot.assign("cy", height(value));
            dot.assign("r", DOT);
            picture.append(dot);
        }
    }
    picture.to_string()
}

/// Where a day is from left to right.
fn across(day: Date, first: Date, last: Date) -> i64 {
    let (left, right, ..) = FIELD;
    let (left, right) = (left + 2 * DOT, right - 2 * DOT);
    let days = |from: Date, to: Date| i64::from((to - from).get_days());
    match days(first, last) {
        0 => i64::midpoint(left, right),
        all => left + days(first, day) * (right - left) / all,
    }
}

/// A square for each day, with a frame and how often where something was done.
pub(super) fn strip(strip: &DayStrip) -> String {
    const DAY: (i64, i64) = (26, 20);
    let mut picture = picture("days", 150, "Days", &strip.words());
    let number = |at: usize| i64::try_from(at).unwrap_or_default();
    for (at, (short, _)) in WEEKDAYS.iter().enumerate() {
        picture.append(text((0, 15 + number(at) * DAY.1), "start", short));
    }
    for (day, count) in strip.days() {
        let (x, y) = (
            34 + number(strip.week(day)) * DAY.0,
            2 + number(row(day.weekday())) * DAY.1,
        );
        let mut cell = Element::new("rect");
        cell.assign("class", if count > 0 { "done" } else { "none" });
        cell.assign("x", x);
        cell.assign("y", y);
        cell.assign("width", DAY.0 - 4);
        cell.assign("height", DAY.1 - 3);
        picture.append(cell);
        if count > 0 {
            let middle = (x + (DAY.0 - 4) / 2, y + 13);
            picture.append(text(middle, "middle", &count.to_string()));
        }
    }
    picture.to_string()
}

/// An empty picture with its name and what it says, for those who do not see it.
fn picture(id: &str, height: i64, name: &str, words: &str) -> Element {
    let mut picture = Element::new("svg");
    picture.assign("role", "img");
    picture.assign("viewBox", format!("0 0 {WIDTH} {height}"));
    picture.assign("aria-labelledby", format!("{id}-name {id}-words"));
    for (tag, part, words) in [("title", "name", name), ("desc", "words", words)] {
        let mut element = Element::new(tag);
        element.assign("id", format!("{id}-{part}"));
        element.append(Text::new(inert(words)));
        picture.append(element);
    }
    picture
}

fn line(from: (i64, i64), to: (i64, i64)) -> Element {
    let mut line = Element::new("line");
    for (name, at) in [("x1", from.0), ("y1", from.1), ("x2", to.0), ("y2", to.1)] {
        line.assign(name, at);
    }
    line
}

fn text(at: (i64, i64), anchor: &str, words: &str) -> Element {
    let mut text = Element::new("text");
    text.assign("x", at.0);
    text.assign("y", at.1);
    text.assign("font-size", LETTERS);
    text.assign("text-anchor", anchor);
    text.append(Text::new(inert(words)));
    text
}

/// A name that can stand in an attribute, whatever somebody called their step.
fn id(name: &str) -> String {
    let plain = |c: char| if c.is_ascii_alphanumeric() { c } else { '-' };
    format!("m-{}", name.chars().map(plain).collect::<String>())
}

#[cfg(test)]
mod tests {
    use jiff::ToSpan;
    use jiff::civil::date;
    use svg::parser::Event;

    use super::*;
    use crate::progress::{MeasurePoint, MeasureScale};

    fn measure(values: &[Option<i64>]) -> Measure {
        let point = |(value, week): (&Option<i64>, i64)| MeasurePoint {
            day: date(2026, 8, 30).saturating_add((7 * week).days()),
            value: *value,
            session: "x".into(),
        };
        Measure {
            id: String::from("a\"><b/x"),
            exercise: String::from("a"),
            step: String::from("x"),
            title: String::from("A"),
            by: None,
            name: String::from("<b>\u{1b}[31m"),
            scale: MeasureScale {
                from: 1,
                to: 7,
                low: Some(String::from("never")),
                high: Some(String::from("always")),
                measure: None,
                up_is_better: None,
            },
            points: values.iter().zip(0..).map(point).collect(),
            other_scale: 0,
        }
    }

    /// The numbers of these attributes of every element with this name.
    fn numbers(picture: &str, tag: &str, names: [&str; 2]) -> Vec<(i64, i64)> {
        let of = |event| match event {
            Event::Tag(found, _, attributes) if found == tag && !attributes.is_empty() => {
                let [a, b] = names.map(|name| attributes[name].parse::<i64>().unwrap());
                Some((a, b))
            }
            _ => None,
        };
        svg::read(picture).unwrap().filter_map(of).collect()
    }

    #[test]
    fn the_picture_shows_the_ratings_that_the_words_and_the_table_have() {
        let measure = measure(&[Some(1), Some(7), None, Some(4)]);
        let picture = chart(&measure);
        let (left, right, top, bottom) = FIELD;
        let dots = numbers(&picture, "circle", ["cx", "cy"]);
        let shown = dots
            .iter()
            .map(|(_, y)| 1 + (bottom - y) * 6 / (bottom - top));
        assert_eq!(shown.collect::<Vec<_>>(), measure.values());
        assert!(dots.is_sorted() && dots.iter().all(|(x, _)| (left..=right).contains(x)));
        let words = words::change(&measure);
        assert!(words.contains("between 1 and 7, the newest 4"), "{words}");
        assert!(picture.contains(&words), "{picture}");
        let (said, table) = crate::export::page::Block::Chart(Box::new(measure))
            .alternative()
            .unwrap();
        assert_eq!(said, words);
        let crate::export::page::Block::Table(_, rows) = table else {
            panic!("a table stands beside the picture")
        };
        let values: Vec<&str> = rows.iter().map(|row| row[1].as_str()).collect();
        assert_eq!(values, ["1", "7", "left out", "4"]);
    }

    #[test]
    fn months_do_not_touch_and_every_letter_lies_in_the_picture() {
        for weeks in [1, 2, 13, 26, 200] {
            let picture = chart(&measure(&vec![Some(3); weeks]));
            let letters = numbers(&picture, "text", ["x", "y"]);
            let (.., bottom) = FIELD;
            let months = letters.iter().filter(|(_, y)| *y == bottom + 18);
            let months: Vec<i64> = months.map(|(x, _)| *x).collect();
            assert!(!months.is_empty());
            assert!(
                months.windows(2).all(|pair| pair[1] - pair[0] >= MONTH),
                "{months:?}"
            );
            let lies = |(x, y): &(i64, i64)| (0..WIDTH).contains(x) && (LETTERS..190).contains(y);
            assert!(letters.iter().all(lies), "{letters:?}");
        }
    }

    #[test]
    fn each_day_has_a_square_and_each_done_one_its_number() {
        let today = date(2026, 11, 27);
        let value = DayStrip::of([today, today, date(2026, 11, 2)], today);
        let picture = strip(&value);
        let squares = numbers(&picture, "rect", ["x", "y"]);
        assert_eq!(squares.len(), value.days().count());
        assert_eq!(picture.matches("class=\"done\"").count(), value.done());
        assert!(picture.contains('2') && picture.contains(&value.words()));
    }

    #[test]
    fn nothing_that_was_written_is_taken_for_markup() {
        let picture = chart(&measure(&[Some(3)]));
        assert!(
            !picture.contains("<b>") && !picture.contains('\u{1b}'),
            "{picture}"
        );
        assert!(!picture.contains("><b/x"), "{picture}");
    }
}
