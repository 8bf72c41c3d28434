use super::*;
use proptest::prelude::*;

fn span_of(text: &str, words: &str) -> Range<usize> {
    let start = text.find(words).unwrap();
    start..start + words.len()
}

fn at(text: &str, words: &str, width: usize) -> Vec<String> {
    underlined(text, span_of(text, words), width, columns)
}

#[test]
fn words_are_underlined_in_their_line() {
    assert_eq!(
        at(
            "Dear J.,\nI am sorry if you were hurt.\nYours",
            "if you were hurt",
            72
        ),
        [
            "  I am sorry if you were hurt.",
            "             ~~~~~~~~~~~~~~~~"
        ]
    );
}

#[test]
fn ends_of_lines_and_a_mark_before_the_text_are_not_shown() {
    let text = "\u{feff}sorry if you\r\nwere hurt\r\nYours";
    assert_eq!(
        at(text, "if you\r\nwere", 72),
        ["  sorry if you", "        ~~~~~~", "  were hurt", "  ~~~~"]
    );
}

#[test]
fn words_that_run_over_the_end_of_a_row_are_underlined_in_both() {
    assert_eq!(
        at("I am sorry if you were hurt.", "if you were hurt", 24),
        [
            "  I am sorry if you",
            "             ~~~~~~",
            "  were hurt.",
            "  ~~~~~~~~~",
        ]
    );
}

#[test]
fn of_a_long_line_only_the_rows_with_the_words_are_shown() {
    let line = "one two three four five six seven eight nine ten eleven twelve thirteen";
    assert_eq!(at(line, "seven", 20), ["… seven eight nine …", "  ~~~~~",]);
}

#[test]
fn wide_characters_emoji_tabs_and_what_steers_a_terminal_have_their_columns() {
    assert_eq!(
        at("日本 but 日本", "but", 40),
        ["  日本 but 日本", "       ~~~"]
    );
    assert_eq!(at("\tif so", "if", 40), ["      if so", "      ~~"]);
    assert_eq!(at("é👍 if", "👍", 40), ["  é👍 if", "   ~~"]);
    assert_eq!(
        at("a\u{1b}[2J if", "if", 40),
        ["  a\\u{1b}[2J if", "             ~~"]
    );
}

#[test]
fn a_finding_over_many_rows_is_underlined_in_the_first_of_them() {
    let text = "word ".repeat(60);
    let rows = underlined(&text, 0..text.len(), 20, columns);
    assert_eq!(rows.iter().filter(|row| row.contains('~')).count(), 4);
    assert!(rows[rows.len() - 2].ends_with(" …"), "{rows:?}");
}

#[test]
fn in_a_sentence_the_words_stand_before_what_is_said_of_them() {
    let text = "I am sorry if\nyou were hurt.";
    let said = |span| sentence(text, span, "It can be read as doubt.");
    let span = span_of(text, "if\nyou were hurt");
    assert_eq!(said(span), "“if you were hurt”: It can be read as doubt.");
    assert_eq!(said(0..0), "It can be read as doubt.");
}

#[test]
fn a_span_that_does_not_fit_the_text_is_no_reason_to_fail() {
    for span in [3..900, 900..901, 1..2] {
        underlined("日本", span.clone(), 40, columns);
        sentence("日本", span, "So.");
    }
    assert_eq!(underlined("", 0..3, 40, columns), [""; 0]);
}

#[test]
fn of_a_line_of_a_megabyte_what_is_near_is_shown() {
    let text = "word ".repeat(100_000) + "if so" + &" word".repeat(100_000);
    let rows = at(&text, "if so", 24);
    assert_eq!(rows.len(), 2, "{rows:?}");
    assert!(rows[0].starts_with("… ") && rows[0].ends_with(" …"));
    let whole = underlined(&text, 0..text.len(), 24, columns);
    assert_eq!(whole.len(), 2 * UNDERLINED);
}

fn texts() -> impl Strategy<Value = String> {
    let piece = prop::sample::select(vec![
        "a",
        "word",
        "longer-word",
        " ",
        "  ",
        "\n",
        "\t",
        "日本語",
        "é",
        "👍",
        "👨‍👩‍👧",
        "🇩🇪",
        "❤️",
        "\u{1b}[2J",
        "\u{202e}",
        "שלום",
        "می‌خواهم",
        "supercalifragilisticexpialidocious",
    ]);
    prop::collection::vec(piece, 0..40).prop_map(|pieces| pieces.concat())
}

/// What stands above the signs, row by row, without spaces.
fn above_the_signs(rows: &[String], measure: fn(&str) -> usize) -> String {
    let mut found = String::new();
    for pair in rows.windows(2) {
        let is_signs = |row: &str| row.contains('~') && row.chars().all(|c| "~ ".contains(c));
        if !is_signs(&pair[1]) {
            continue;
        }
        let mut column = 0;
        for character in pair[0].graphemes(true) {
            let takes = measure(character);
            let signs: String = pair[1].chars().skip(column).take(takes).collect();
            let full = takes > 0 && signs == "~".repeat(takes);
            assert!(
                full || !signs.contains('~'),
                "{character:?} half underlined: {pair:?}"
            );
            found.push_str(if full { character } else { "" });
            column += takes;
        }
    }
    found.split_whitespace().collect()
}

proptest! {
    #[test]
    fn every_sign_stands_under_a_character_of_the_span(
        text in texts(),
        ends in any::<[prop::sample::Index; 2]>(),
        width in 20_usize..80,
        wide in any::<bool>(),
    ) {
        let measure = if wide { crate::text::cells } else { columns };
        let places: Vec<usize> = text.grapheme_indices(true).map(|(at, _)| at).chain([text.len()]).collect();
        let [a, b] = ends.map(|end| places[end.index(places.len())]);
        let span = a.min(b)..a.max(b);
        let rows = underlined(&text, span.clone(), width, measure);
        for row in &rows {
            let takes: usize = row.graphemes(true).map(measure).sum();
            prop_assert!(takes <= width, "{takes} of {width}: {row:?}");
        }
        let meant: String = inert(&text[span]).split_whitespace().collect();
        let found = above_the_signs(&rows, measure);
        let signs = rows.iter().filter(|row| row.contains('~')).count();
        if signs < UNDERLINED {
            prop_assert_eq!(found, meant);
        } else {
            prop_assert!(meant.starts_with(&found), "{} {}", found, meant);
        }
    }
}
