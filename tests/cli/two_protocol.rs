//! Exercises for two over the protocol: who they are, whose turn it is, what they show, and nothing
//! that is closed before.

use serde_json::{Value, json};

use crate::common::Sandbox;
use crate::protocol::Client;

const WISH: &str = include_str!("../fixtures/two/wish.toml");
pub(crate) const EVERY_KEY: &str = include_str!("../fixtures/exercises/good/two.toml");
const MARKER: &str = "heron-7781";
pub(crate) const ARGS: [&str; 5] = ["exercise", "two", "--io", "json", "--screened"];

pub(crate) fn sandbox(exercise: &str) -> Sandbox {
    let sandbox = Sandbox::new();
    sandbox.write("home/exercises/two.toml", exercise);
    sandbox
}

/// What somebody says who wants to get on.
pub(crate) fn usual(ask: &Value) -> Value {
    match ask["id"].as_str().unwrap() {
        "name-a" => return json!("A"),
        "name-b" => return json!("B"),
        _ => {}
    }
    match ask["kind"].as_str().unwrap() {
        "ready" => Value::Null,
        "one" => ask["options"][0]["id"].clone(),
        "scale" => ask["range"]["to"].clone(),
        "when" => json!("each sunday for 4 weeks"),
        _ => json!("Walk on Sunday."),
    }
}

/// Goes through it and gives every message. What is said to a question is `say`'s.
pub(crate) fn messages(
    sandbox: &Sandbox,
    args: &[&str],
    say: impl Fn(&Value) -> Value,
) -> Vec<Value> {
    let mut client = Client::new(sandbox, args);
    let mut seen = Vec::new();
    while let Some(message) = client.next() {
        if message["type"] == "ask" {
            client.answer(message["id"].as_str().unwrap(), &say(&message));
        }
        seen.push(message);
    }
    let output = sandbox.wait(client.child);
    assert_eq!(output.code, Some(0), "{output}");
    assert!(!output.stderr.contains(MARKER), "{output}");
    seen
}

pub(crate) fn of_type(messages: &[Value], kind: &str) -> Vec<Value> {
    let those = messages.iter().filter(|message| message["type"] == kind);
    those.cloned().collect()
}

#[test]
fn a_program_hears_who_they_are_and_before_each_hand_over_who_is_next() {
    let sandbox = sandbox(EVERY_KEY);
    let seen = messages(&sandbox, &ARGS, usual);
    let people = of_type(&seen, "person");
    assert_eq!(seen[0]["type"], "hello");
    assert_eq!(
        people,
        [
            json!({ "type": "person", "id": "a", "name": "A" }),
            json!({ "type": "person", "id": "b", "name": "B" }),
        ]
    );
    let hands = of_type(&seen, "hand-over");
    let to: Vec<&str> = hands
        .iter()
        .map(|hand| hand["to"].as_str().unwrap())
        .collect();
    assert_eq!(to[..5], ["a", "b", "a", "b", "both"]);
    for (at, message) in seen.iter().enumerate() {
        if message["type"] == "hand-over" {
            let next = &seen[at + 1];
            assert_eq!(
                (&next["type"], &next["id"]),
                (&json!("ask"), &message["id"])
            );
            assert_eq!(next["hand_over"], true);
            let person = next["person"].as_str().unwrap_or("both");
            assert_eq!(message["to"], person);
        }
    }
}

#[test]
fn a_program_gives_the_names_of_both_before_anything_is_asked_of_them() {
    let sandbox = sandbox(EVERY_KEY);
    let mut client = Client::new(&sandbox, &ARGS);
    let first = client.until("ask");
    assert_eq!(
        (&first["id"], &first["kind"], &first["optional"]),
        (&json!("name-a"), &json!("line"), &json!(true))
    );
    for unseen in ["", " ", "\u{3164}\u{1d159}", "\u{1b}[31m"] {
        client.answer("name-a", &json!(unseen));
        assert_eq!(client.until("invalid")["code"], "empty", "{unseen:?}");
        assert_eq!(client.until("ask")["id"], "name-a");
    }
    client.answer("name-a", &json!(" Mo\u{1b}[0m\nMarie "));
    assert_eq!(client.until("ask")["id"], "name-b");
    client.answer("name-b", &json!("MO  Marie\u{200b}"));
    assert_eq!(client.until("invalid")["code"], "same-name");
    assert_eq!(client.until("ask")["id"], "name-b");
    client.send(&json!({ "type": "skip", "id": "name-b" }));
    let people = ["a", "b"].map(|_| client.until("person"));
    assert_eq!(
        people.map(|person| person["name"].clone()),
        [json!("Mo Marie"), json!("B")]
    );
    let closeness = loop {
        let ask = client.until("ask");
        let id = ask["id"].as_str().unwrap().to_string();
        if id == "a:close" {
            break ask["prompt"].as_str().unwrap().to_string();
        }
        client.answer(&id, &usual(&ask));
    };
    assert!(
        closeness.starts_with("Mo Marie, how close did you feel to B"),
        "{closeness}"
    );
    client.send(&json!({ "type": "pause", "id": "a:close" }));
    client.until("done");
    assert_eq!(sandbox.wait(client.child).code, Some(4));
    assert!(sandbox.session().contains("a = \"Mo Marie\"\nb = \"B\"\n"));
    let mut again = Client::new(&sandbox, &["resume", "--io", "json", "--screened"]);
    assert_eq!(again.until("person")["name"], "Mo Marie");
    let ask = again.until("ask");
    assert_ne!(ask["id"], "name-a");
    again.send(&json!({ "type": "pause", "id": ask["id"] }));
    again.until("done");
    sandbox.wait(again.child);
}

#[test]
fn what_ends_the_session_in_place_of_a_name_ends_it() {
    for (kind, status, code) in [("pause", "paused", 4), ("leave", "left", 0)] {
        let sandbox = sandbox(EVERY_KEY);
        let mut client = Client::new(&sandbox, &ARGS);
        client.until("ask");
        client.answer("name-a", &json!("Mo"));
        client.until("ask");
        client.send(&json!({ "type": kind, "id": "name-b" }));
        assert_eq!(client.until("done")["status"], status);
        assert_eq!(sandbox.wait(client.child).code, Some(code));
        assert!(sandbox.session().contains("a = \"A\"\n"));
    }
    let sandbox = sandbox(EVERY_KEY);
    let output = sandbox.run_with(&ARGS, "");
    assert_eq!(output.code, Some(4), "{output}");
}

#[test]
fn what_both_show_is_one_message_with_whose_it_is() {
    let sandbox = sandbox(EVERY_KEY);
    let seen = messages(&sandbox, &ARGS, usual);
    let shown = of_type(&seen, "shown");
    assert_eq!(shown.len(), 1);
    let answers = shown[0]["answers"].as_array().unwrap();
    let each: Vec<_> = answers
        .iter()
        .map(|answer| {
            [&answer["id"], &answer["person"], &answer["text"]].map(|value| value.as_str().unwrap())
        })
        .collect();
    assert_eq!(
        each,
        [
            ["a:close", "a", "7"],
            ["b:close", "b", "7"],
            ["a:guess", "a", "7"],
            ["b:guess", "b", "7"]
        ]
    );
    assert_eq!(
        answers[0]["prompt"],
        "A, how close did you feel to B this week?"
    );
}

#[test]
fn no_message_has_a_closed_word_before_it_is_shown_and_none_where_it_stays_closed() {
    let marked = |ask: &Value| match ask["id"].as_str().unwrap() {
        "a:wish" | "b:wish" => json!(MARKER),
        _ => usual(ask),
    };
    let shows = sandbox(WISH);
    let events = ["--events", "events.jsonl", "--with-text"];
    let seen = messages(&shows, &[&ARGS[..], &events].concat(), marked);
    let first = seen
        .iter()
        .position(|message| message.to_string().contains(MARKER));
    let first = first.unwrap();
    assert_eq!(seen[first]["type"], "shown");
    assert_eq!(seen[first]["answers"][0]["text"], MARKER);
    let file = shows.home().with_file_name("events.jsonl");
    let file = std::fs::read_to_string(file).unwrap();
    assert!(
        file.contains(r#""type":"shown""#) && !file.contains(MARKER),
        "{file}"
    );

    let keeps = sandbox(WISH);
    let seen = messages(&keeps, &ARGS, |ask| match ask["id"].as_str().unwrap() {
        "b:show" => json!("keep"),
        _ => marked(ask),
    });
    assert!(
        seen.iter()
            .all(|message| !message.to_string().contains(MARKER))
    );
    assert_eq!(of_type(&seen, "shown")[0]["answers"], json!([]));
}

#[test]
fn going_back_and_going_on_later_give_no_closed_word_to_the_program() {
    let sandbox = sandbox(WISH);
    let mut client = Client::new(&sandbox, &ARGS);
    for id in ["name-a", "name-b"] {
        assert_eq!(client.until("ask")["id"], id);
        client.send(&json!({ "type": "skip", "id": id }));
    }
    client.until("ask");
    client.answer("hand-over", &Value::Null);
    client.until("ask");
    client.answer("a:wish", &json!(MARKER));
    assert_eq!(client.until("ask")["id"], "a:warm");
    client.send(&json!({ "type": "back", "id": "a:warm" }));
    let again = client.until("ask");
    assert_eq!(
        (&again["id"], &again["sealed"]),
        (&json!("a:wish"), &json!(true))
    );
    assert!(again.get("initial").is_none(), "{again}");
    client.send(&json!({ "type": "pause", "id": "a:wish" }));
    client.until("done");
    assert_eq!(sandbox.wait(client.child).code, Some(4));
    let resume = ["resume", "--io", "json", "--screened"];
    let seen = messages(&sandbox, &resume, |ask| match ask["id"].as_str().unwrap() {
        "a:show" => json!("keep"),
        _ => usual(ask),
    });
    assert_eq!(of_type(&seen, "person").len(), 2);
    assert!(
        seen.iter()
            .all(|message| !message.to_string().contains(MARKER))
    );
}

#[test]
fn a_file_of_events_does_not_tell_who_left_out_a_closed_step() {
    let files = [json!("wish"), Value::Null].map(|wish| {
        let sandbox = sandbox(WISH);
        let args = [&ARGS[..], &["--events", "events.jsonl"]].concat();
        let mut client = Client::new(&sandbox, &args);
        while let Some(message) = client.next() {
            let id = message["id"].as_str().unwrap();
            match (message["type"].as_str().unwrap(), id, &wish) {
                ("ask", "a:wish", Value::Null) => client.send(&json!({ "type": "skip", "id": id })),
                ("ask", "a:wish", words) => client.answer(id, words),
                ("ask", "b:show", _) => client.answer(id, &json!("keep")),
                ("ask", ..) => client.answer(id, &usual(&message)),
                _ => {}
            }
        }
        assert_eq!(sandbox.wait(client.child).code, Some(0));
        let file = sandbox.home().with_file_name("events.jsonl");
        let lines = std::fs::read_to_string(file).unwrap();
        let named = |line: &str| {
            let line: Value = serde_json::from_str(line).unwrap();
            let is_session = line["type"] == "hello" || line["type"] == "done";
            (!is_session).then(|| {
                (
                    line["type"].clone(),
                    line["id"].as_str().map(|id| id.len() < 20),
                )
            })
        };
        lines.lines().filter_map(named).collect::<Vec<_>>()
    });
    assert!(files[0].len() > 10);
    assert_eq!(files[0], files[1]);
}

#[test]
fn a_program_that_knows_nothing_of_two_people_gets_through_all_the_same() {
    for exercise in [WISH, EVERY_KEY] {
        let sandbox = sandbox(exercise);
        let mut client = Client::new(&sandbox, &ARGS);
        while let Some(message) = client.next() {
            // It knows the first version's messages alone, and of a question what stood there then.
            if message["type"] != "ask" {
                assert_ne!(message["type"], "error", "{message}");
                continue;
            }
            let known = ["id", "kind", "options", "range"].map(|key| (key, message[key].clone()));
            let known = Value::Object(
                known
                    .map(|(key, value)| (key.into(), value))
                    .into_iter()
                    .collect(),
            );
            client.answer(known["id"].as_str().unwrap(), &usual(&known));
        }
        assert_eq!(sandbox.wait(client.child).code, Some(0));
        assert!(sandbox.session().contains("state = \"done\""));
    }
}

#[test]
fn a_program_hears_of_the_time_that_somebody_has_the_floor_and_the_question_stays_open() {
    let sandbox = sandbox(&EVERY_KEY.replace("seconds = 60", "seconds = 10"));
    let mut client = Client::new(&sandbox, &ARGS);
    let asked = loop {
        let ask = client.until("ask");
        let id = ask["id"].as_str().unwrap();
        if id == "a:speak" {
            break ask;
        }
        client.answer(id, &usual(&ask));
    };
    assert_eq!(asked["seconds"], 10);
    let time = client.until("time");
    assert_eq!(
        time,
        json!({ "type": "time", "id": "a:speak", "passed": 5, "of": 10 })
    );
    client.answer("a:speak", &Value::Null);
    assert_eq!(client.until("saved")["id"], "a:speak");
    let id = client.until("ask")["id"].clone();
    client.send(&json!({ "type": "pause", "id": id }));
    client.until("done");
    assert_eq!(sandbox.wait(client.child).code, Some(4));
}

#[test]
fn lines_for_a_script_say_no_closed_word_before_both_show_it() {
    for (show, shown) in [("yes", true), ("no", false)] {
        let sandbox = sandbox(WISH);
        // What was given is kept by an empty line, on the way back as well.
        let lines = format!("{MARKER}\n/back\n\n4\nrest\n5\nyes\n{show}\nTea.\n");
        let args = ["exercise", "two", "--io", "lines", "--screened"];
        let output = sandbox.run_with(&args, lines);
        assert_eq!(output.code, Some(0), "{output}");
        let before = output.stderr.split("both read it").next().unwrap();
        let before = before.rsplit_once("[hand-over]").unwrap().0;
        assert!(
            before.contains("keeps what you gave, which stays closed"),
            "{output}"
        );
        assert!(!before.contains(MARKER), "{output}");
        assert_eq!(output.stderr.contains(MARKER), shown, "{output}");
    }
}

#[test]
fn what_was_shown_stays_until_they_go_on_and_nobody_is_asked_again_whether_to_show_it() {
    let sandbox = sandbox(WISH);
    let mut client = Client::new(&sandbox, &ARGS);
    let mut went_back = Vec::new();
    while let Some(message) = client.next() {
        if message["type"] != "ask" {
            continue;
        }
        let id = message["id"].as_str().unwrap();
        if ["shown", "together"].contains(&id) && !went_back.contains(&id.to_string()) {
            went_back.push(id.to_string());
            client.send(&json!({ "type": "back", "id": id }));
            let note = client.until("note");
            let says = note["text"].as_str().unwrap();
            assert!(says.starts_with("You can’t go back from here."), "{note}");
            assert_eq!(client.until("ask")["id"], id);
        }
        client.answer(id, &usual(&message));
    }
    assert_eq!(went_back, ["shown", "together"]);
    assert_eq!(sandbox.wait(client.child).code, Some(0));
}
