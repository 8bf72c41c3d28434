use proptest::prelude::*;

use super::*;
use crate::journal::format::to_text;
use crate::journal::tests::{now, saved, session, store};
use crate::session::{AnswerVersion, Moment, Outcome, SessionNote, Value};

fn words(typed: &[&str]) -> SearchQuery {
    SearchQuery::read(typed).unwrap()
}

fn writing(text: &str) -> Session {
    let mut session = session("20261122T174501.032Z-00000001");
    session.answers[0].given = Outcome::Value(Value::Text(text.to_string()));
    session
}

/// Whether the words are in a text, by its file's bytes and by what is in it. The first must never
/// miss what the second finds.
fn found(typed: &[&str], text: &str) -> bool {
    let (words, session) = (words(typed), writing(text));
    let there = words.are_in(&session);
    assert!(words.may_be_in(to_text(&session).as_bytes()) || !there);
    there
}

#[test]
fn all_words_must_be_there_in_any_order_and_any_case() {
    let text = "I read your messages\non Tuesday night.";
    assert!(found(&["tuesday", "READ"], text));
    assert!(!found(&["tuesday", "wednesday"], text));
    assert!(found(&["mess"], text));
}

#[test]
fn a_phrase_is_found_as_it_stands_also_over_the_end_of_a_line() {
    let text = "I read your messages\non Tuesday   night.";
    assert!(found(&["messages on tuesday night"], text));
    assert!(!found(&["tuesday messages"], text));
    assert!(found(&["\"messages on\" night"], text));
    assert!(!found(&["\"on messages\" night"], text));
    assert!(found(&["“your messages”"], text));
}

#[test]
fn a_line_holds_words_and_phrases() {
    let words = SearchQuery::read_line("night \"your messages\"").unwrap();
    assert!(words.are_in(&writing("At night I read your messages.")));
    assert!(!words.are_in(&writing("At night I read messages, your own.")));
    assert!(SearchQuery::read_line(" \"\" ").is_none());
}

#[test]
fn quotes_backslashes_and_other_letters_are_found_whatever_the_file_makes_of_them() {
    for (typed, text) in [
        ("\\o/", "she did \\o/ then"),
        ("don't", "they don’t and \"won't\""),
        ("cafe", "in the Café\r"),
        ("café", "IN THE CAFE"),
        ("trustworthy", "trust\u{ad}worthy"),
        ("любовь", "О Любовь\u{301}!"),
        ("...", "and then... nothing"),
        ("strasse", "Große Straße"),
        ("it's 'so'", "it's ‘so’ '''"),
    ] {
        assert!(found(&[typed], text), "{typed} in {text}");
    }
}

#[test]
fn letters_that_somebody_wrote_as_numbers_are_found() {
    let text = to_text(&writing("caf"));
    let text = text.replace("\"caf\"", "\"caf\\u00e9\"");
    let words = words(&["cafe"]);
    assert!(words.may_be_in(text.as_bytes()));
    assert!(words.are_in(&format::from_text(&text).unwrap()));
}

#[test]
fn only_what_the_person_wrote_is_searched() {
    let mut session = writing("I read it");
    session.title = String::from("heron");
    session.answers[0].prompt = String::from("heron?");
    session.answers[0].name = Some(String::from("heron"));
    assert!(!words(&["heron"]).are_in(&session));
    let at = Moment::new(&now());
    let extra = toml::Table::new();
    let text = String::from("A heron.");
    let with: [&dyn Fn(&mut Session); 5] = [
        &|session| session.answers[0].progress = Some(text.clone()),
        &|session| session.answers[0].given = Outcome::Value(Value::Text(text.clone())),
        &|session| {
            session.answers[0].label = Some(text.clone());
            session.answers[0].given = Outcome::Value(Value::Choice("other".into()));
        },
        &|session| {
            session.notes = vec![SessionNote {
                at: at.clone(),
                text: text.clone(),
                extra: extra.clone(),
            }];
        },
        &|session| {
            session.answers[0].versions = vec![AnswerVersion {
                at: at.clone(),
                value: Value::Text(text.clone()),
                extra: extra.clone(),
            }];
        },
    ];
    for change in with {
        let mut session = session.clone();
        change(&mut session);
        assert!(words(&["heron"]).are_in(&session));
    }
}

#[test]
fn nothing_to_look_for_is_not_a_search() {
    for typed in [&[][..], &[""], &["  ", "\u{200b}"], &["\"\""]] {
        assert!(SearchQuery::read(typed).is_none(), "{typed:?}");
    }
}

#[test]
fn the_places_of_words_are_whole_characters_in_order_and_apart() {
    let words = words(&["cafe", "fes", "ss"]);
    let text = "Two Cafe\u{301}s, one STRAßE.";
    let found: Vec<&str> = words
        .places(text)
        .into_iter()
        .map(|range| &text[range])
        .collect();
    assert_eq!(found, ["Cafe\u{301}s", "ß"]);
    assert!(words.places("nothing").is_empty());
}

#[test]
fn a_file_without_the_words_is_not_understood_and_one_with_them_must_be() {
    let home = tempfile::tempdir().unwrap();
    let store = store(home.path());
    let session = saved(&store, 1);
    std::fs::write(
        store.sessions().path(&session.id),
        "a heron, and no session",
    )
    .unwrap();
    let mut buffer = Vec::new();
    let crane = store
        .sessions()
        .read_with(&session.id, &words(&["crane"]), &mut buffer);
    assert!(crane.unwrap().is_none());
    let heron = store
        .sessions()
        .read_with(&session.id, &words(&["heron"]), &mut buffer);
    assert!(matches!(heron, Err(StoreError::Unreadable { .. })));
    // What is no text at all could hold anything.
    std::fs::write(
        store.sessions().path(&session.id),
        b"\xff\xfec\0r\0a\0n\0e\0",
    )
    .unwrap();
    let crane = store
        .sessions()
        .read_with(&session.id, &words(&["crane"]), &mut buffer);
    assert!(matches!(crane, Err(StoreError::Io { .. })));
}

/// Texts out of letters that are compared in uncommon ways, and of what TOML escapes.
fn text() -> impl Strategy<Value = String> {
    let letters = vec![
        "a",
        "A",
        "e",
        "é",
        "e\u{301}",
        "ß",
        "s",
        "S",
        " ",
        "\n",
        "\t",
        "\"",
        "'",
        "’",
        "\\",
        "\\u",
        "\r",
        "\u{ad}",
        "\u{200b}",
        "\u{1b}",
        "İ",
        "i",
        "ı",
        "σ",
        "ς",
        "が",
        "か",
        "👨‍👩‍👧",
        "[[answers]]",
        "\u{feff}",
        "'''",
        "\"\"\"",
        "1",
        "ﬁ",
        "f",
        "æ",
        "K",
    ];
    proptest::collection::vec(proptest::sample::select(letters), 0..12)
        .prop_map(|letters| letters.concat())
}

proptest! {
    #[test]
    fn bytes_never_hide_what_is_written(before in text(), looked_for in text(), after in text(), typed in text()) {
        let whole = format!("{before}{looked_for}{after}");
        let session = writing(&whole);
        let file = to_text(&session);
        for typed in [&looked_for, &typed] {
            let Some(words) = SearchQuery::read(&[typed.replace(['"', '“', '”'], " ")]) else {
                continue;
            };
            prop_assert!(words.may_be_in(file.as_bytes()) || !words.are_in(&session));
            prop_assert_eq!(words.are_in(&session), !words.places(&whole).is_empty());
        }
    }
}
