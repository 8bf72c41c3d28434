//! What leaves of a session, and that everything comes back from JSON.

use proptest::prelude::*;
use serde_json::Value as Json;

use super::json::{from_json, to_json};
use super::read::read_any;
use super::*;
use crate::journal::format::tests::random::sessions;
use crate::journal::format::to_text;
use crate::session::Session;

/// The sessions in a JSON document, or in JSON Lines.
fn sessions_in(text: &str) -> Vec<Session> {
    let values: Vec<Json> = match serde_json::from_str::<Json>(text) {
        Ok(document) if document.get("sessions").is_some() => {
            document["sessions"].as_array().unwrap().clone()
        }
        _ => text
            .lines()
            .map(|line| serde_json::from_str(line).unwrap())
            .collect(),
    };
    let sessions = values.into_iter().map(|value| match value {
        Json::Object(object) => from_json(object).unwrap(),
        other => panic!("{other}"),
    });
    sessions.collect()
}

fn written(sessions: &[Session], format: ExportFormat) -> String {
    let mut exporter = format.exporter();
    let mut text = exporter.begin();
    for session in sessions {
        text.push_str(&exporter.session(session, None));
    }
    text + &exporter.end()
}

proptest! {
    #[test]
    fn any_session_comes_back_from_json_as_it_was(all in prop::collection::vec(sessions(), 0..3)) {
        for format in [ExportFormat::Json, ExportFormat::JsonLines] {
            let text = written(&all, format);
            let back = sessions_in(&text);
            // Two NaN are not equal, though the same; their text is.
            let files = |all: &[Session]| all.iter().map(to_text).collect::<Vec<_>>();
            prop_assert_eq!(files(&back), files(&all));
            prop_assert_eq!(written(&back, format), text);
        }
    }
}

/// The sessions with names that can be names.
fn named(sessions: Vec<Session>) -> Vec<Session> {
    let sessions = sessions.into_iter().enumerate();
    let id = |at| format!("20261122T174501.{at:03}Z-9f3a61c2");
    sessions
        .map(|(at, session)| Session {
            id: id(at),
            ..session
        })
        .collect()
}

proptest! {
    #[test]
    fn an_import_gives_what_was_exported_but_for_what_steers_a_terminal(
        all in prop::collection::vec(sessions(), 1..3)
    ) {
        for format in [ExportFormat::Json, ExportFormat::JsonLines] {
            let text = written(&named(all.clone()), format);
            // Two unknown keys can be the same without what is filtered; then one of them stays.
            let first = read_any(text.clone()).unwrap();
            let again = written(&first.sessions, format);
            prop_assert!(!again.contains("\\u001b") && !again.contains("\\u009b"));
            prop_assert_eq!(written(&read_any(again.clone()).unwrap().sessions, format), again.clone());
            // A carriage return steers too, and is written `\r`.
            let steering = |one: &Session| ["\\u{", "\\r"].map(|it| format!("{one:?}").contains(it));
            let steers = named(all.clone()).iter().any(|one| steering(one).contains(&true));
            prop_assert!(steers || again == text);
        }
    }
}

#[test]
fn what_json_has_no_word_for_comes_back_too() {
    let text = "format = 1\nid = \"x\"\nexercise = \"e\"\nstate = \"done\"\nstarted = \"s\"\n\
                seed = 0\ntags = []\n\
                odd = [1979-05-27, 07:32:00, nan, -inf, 1.0, 1, { \"$toml\" = 3 }, {}, 0.1]\n";
    let session = crate::journal::format::from_text(text).unwrap();
    let json = to_json(&session);
    insta::assert_snapshot!(json["odd"], @r#"[{"$toml":"1979-05-27"},{"$toml":"07:32:00"},{"$toml":"nan"},{"$toml":"-inf"},1.0,1,{"$toml":{"$toml":3}},{},0.1]"#);
    let Json::Object(object) = json else { panic!() };
    assert_eq!(to_text(&from_json(object).unwrap()), to_text(&session));
}
