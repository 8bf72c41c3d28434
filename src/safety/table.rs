//! The format of the file of help lines.

use crate::format::key::{Format, Key, ROOT, Shape};

/// Every key of it.
pub(super) static FORMAT: Format = Format::new("trust-coach help lines", "file", KEYS);

const FILE: &[&str] = &[ROOT];
const DIRECTORY: &[&str] = &["directory"];
const COUNTRY: &[&str] = &["country"];
const EMERGENCY: &[&str] = &["emergency"];
const LINE: &[&str] = &["line"];
const CHECKED: &[&str] = &["country", "line"];
const NUMBER: &[&str] = &["emergency", "line"];
const NAME: &[&str] = &["directory", "country", "line"];
const NEEDS: &[&str] = &["abuse", "crisis", "own-behaviour"];
const LINES: Shape = Shape::List(&Shape::Line, 0);

#[rustfmt::skip]
const KEYS: &[Key] = &[
    Key::must(FILE, "format", Shape::Number(1, i64::MAX), "The number of the format: 1."),
    Key::must(FILE, "directory", Shape::Sections(DIRECTORY), "Lists of lines by country."),
    Key::must(FILE, "country", Shape::Sections(COUNTRY), "The numbers of a country."),
    Key::must(NAME, "name", Shape::Line, "Its name."),
    Key::must(DIRECTORY, "address", Shape::Line, "Where it is: https://..."),
    Key::must(COUNTRY, "code", Shape::Line, "Its two letters, such as GB."),
    Key::may(COUNTRY, "covers", LINES, "Codes of further countries that its numbers are for."),
    Key::must(COUNTRY, "zones", LINES, "Its time zones; one that ends in / stands for all below."),
    Key::must(COUNTRY, "emergency", Shape::Tables("emergency", 1), "What to call in danger."),
    Key::may(COUNTRY, "silent", Shape::Line, "How to get help without speaking."),
    Key::may(COUNTRY, "note", Shape::Line, "Something else to know."),
    Key::must(NUMBER, "number", Shape::Line, "What to dial."),
    Key::must(EMERGENCY, "for", Shape::Line, "Who comes."),
    Key::must(LINE, "need", Shape::OneOf(NEEDS), "What it helps with."),
    Key::must(LINE, "for", Shape::Line, "Whom it’s for."),
    Key::may(LINE, "area", Shape::Line, "The part of the country it’s for."),
    Key::may(LINE, "hours", Shape::Line, "When it’s open, where that is sure."),
    Key::may(LINE, "text", Shape::Line, "Ways to reach it besides calling."),
    Key::may(LINE, "languages", Shape::Line, "The languages spoken there."),
    Key::must(CHECKED, "page", Shape::Line, "The page that names the number: https://..."),
    Key::must(CHECKED, "checked", Shape::Day, "The day it was last compared, as 2026-11-29."),
    Key::may(COUNTRY, "line", Shape::Sections(LINE), "Its help lines."),
];
