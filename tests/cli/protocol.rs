//! Sessions over the protocol: every message fits its schema, has `type` first and `id` second,
//! and its keys in the schema's order.

use std::io::{BufRead, BufReader, Write};
use std::process::{Child, ChildStdin, ChildStdout};
use std::sync::LazyLock;

use insta::assert_snapshot;
use serde_json::{Value, json};

use crate::common::{Output, Sandbox};
use crate::schema::fits;
use crate::tea::home;

const ARGS: [&str; 4] = ["exercise", "tea", "--io", "json"];

static SCHEMA: LazyLock<Value> = LazyLock::new(|| {
    let output = Sandbox::new().run(&["schema", "protocol"]);
    assert_eq!(output.code, Some(0), "{output}");
    serde_json::from_str(&output.stdout).unwrap()
});

/// A line of the program's, checked.
pub(crate) fn message(line: &str) -> Value {
    let value: Value = serde_json::from_str(line).unwrap();
    let kind = value["type"].as_str().unwrap();
    assert!(
        line.starts_with(&format!("{{\"type\":\"{kind}\",\"id\":\"")),
        "{line}"
    );
    let definition = &SCHEMA["definitions"][kind];
    assert!(fits(&SCHEMA, definition, &value), "{line}");
    assert!(fits(&SCHEMA, &SCHEMA, &value), "{line}");
    let known: Vec<&String> = definition["properties"]
        .as_object()
        .unwrap()
        .keys()
        .collect();
    let places: Vec<Option<usize>> = value
        .as_object()
        .unwrap()
        .keys()
        .map(|key| known.iter().position(|name| *name == key))
        .collect();
    assert!(places.iter().all(Option::is_some), "{line}");
    assert!(places.is_sorted(), "{line}");
    value
}

fn messages(output: &Output) -> Vec<Value> {
    output.stdout.lines().map(message).collect()
}

/// The types and ids of messages, without what stands in every session.
fn outline(messages: &[Value]) -> String {
    let line = |message: &Value| {
        let mut line = format!("{} {}", message["type"], message["id"]);
        for key in ["kind", "code", "status", "text"] {
            if let Some(value) = message.get(key) {
                line.push_str(&format!(" {value}"));
            }
        }
        line.replace('"', "")
    };
    messages.iter().map(line).collect::<Vec<_>>().join("\n")
}

/// A client that waits for each question.
pub(crate) struct Client {
    pub(crate) child: Child,
    stdin: Option<ChildStdin>,
    stdout: BufReader<ChildStdout>,
}

impl Client {
    pub(crate) fn new(sandbox: &Sandbox, args: &[&str]) -> Self {
        let mut child = sandbox.start(args);
        let stdin = child.stdin.take();
        let stdout = BufReader::new(child.stdout.take().unwrap());
        Self {
            child,
            stdin,
            stdout,
        }
    }

    pub(crate) fn next(&mut self) -> Option<Value> {
        let mut line = String::new();
        self.stdout.read_line(&mut line).unwrap();
        (!line.is_empty()).then(|| message(line.trim_end()))
    }

    /// The next message of this type.
    pub(crate) fn until(&mut self, kind: &str) -> Value {
        loop {
            let message = self.next().unwrap();
            if message["type"] == kind {
                return message;
            }
        }
    }

    pub(crate) fn send(&mut self, message: &Value) {
        assert!(fits(&SCHEMA, &SCHEMA, message), "{message}");
        writeln!(self.stdin.as_mut().unwrap(), "{message}").unwrap();
    }

    pub(crate) fn answer(&mut self, id: &str, value: &Value) {
        match value {
            Value::Null => self.send(&json!({ "type": "answer", "id": id })),
            value => self.send(&json!({ "type": "answer", "id": id, "value": value })),
        }
    }
}

#[test]
fn a_session_with_a_way_back_a_hint_and_a_skip() {
    let sandbox = home();
    let mut client = Client::new(&sandbox, &ARGS);
    let mut seen = Vec::new();
    let (mut back, mut hint) = (true, true);
    let mut previous = 0;
    while let Some(message) = client.next() {
        seen.push(message.clone());
        if message["type"] != "ask" {
            continue;
        }
        let seq = message["seq"].as_u64().unwrap();
        assert_eq!(seq, previous + 1);
        previous = seq;
        let id = message["id"].as_str().unwrap();
        match id {
            "memory" if std::mem::take(&mut hint) => {
                client.send(&json!({ "type": "hint", "id": id }));
            }
            "memory" if std::mem::take(&mut back) => {
                client.send(&json!({ "type": "back", "id": id }));
            }
            "memory" => client.send(&json!({ "type": "skip", "id": id, "unknown": [1] })),
            "kind" => client.answer(id, &json!("green")),
            "more" => client.answer(id, &json!(false)),
            "warm" => client.answer(id, &json!(5)),
            "day" => client.answer(id, &json!("2026-12-01")),
            "text" => client.answer(id, &message["initial"]),
            _ => client.answer(id, &json!("Two\nlines.")),
        }
    }
    let output = sandbox.wait(client.child);
    assert_eq!((output.code, output.stderr.as_str()), (Some(0), ""));
    let session = sandbox.sessions()[0].file_stem().unwrap().to_owned();
    let outline = outline(&seen).replace(session.to_str().unwrap(), "[session]");
    assert_snapshot!(outline, @r"
    hello [session]
    note [session] Tea (about 2 minutes)
    note [session] Put the kettle on.
    saved [session]
    ask kind one
    saved kind
    ask memory text
    hint memory There’s no hint for this step.
    saved memory
    ask memory text
    saved memory
    ask kind one
    saved kind
    ask memory text
    saved memory
    ask scene text
    saved scene
    ask more yes-no
    saved more
    ask warm scale
    saved warm
    ask day date
    saved day
    ask text text
    saved text
    note text Drink it while it is warm.
    done [session] finished
    ");
    let done = seen.last().unwrap();
    assert_eq!(done["path"], sandbox.sessions()[0].to_str().unwrap());
    assert!(sandbox.session().contains("state = \"done\""));
}

#[test]
fn a_question_says_all_that_a_client_needs() {
    let sandbox = home();
    let input =
        "{\"type\":\"answer\",\"id\":\"kind\",\"value\":2}\n{\"type\":\"back\",\"id\":\"sugar\"}\n";
    let args = [&ARGS as &[&str], &["--seed", "7"]].concat();
    let output = sandbox.run_with(&args, input);
    assert_eq!(output.code, Some(4));
    messages(&output);
    assert_snapshot!(output, @r#"
    {"type":"hello","id":"20261122T174501.000Z-[id1]","protocol":"1.1","exercise":"tea","session":"[id1]","steps":8}
    {"type":"note","id":"20261122T174501.000Z-[id1]","tone":"title","text":"Tea (about 2 minutes)"}
    {"type":"note","id":"20261122T174501.000Z-[id1]","tone":"text","text":"Put the kettle on."}
    {"type":"saved","id":"20261122T174501.000Z-[id1]"}
    {"type":"ask","id":"kind","seq":1,"kind":"one","prompt":"Which tea do you like?","options":[{"id":"green","label":"Green tea"},{"id":"mint","label":"Mint"}],"optional":false,"pins":[],"step":1,"of":7,"about":true,"private":false}
    {"type":"saved","id":"kind"}
    {"type":"ask","id":"sugar","seq":2,"kind":"yes-no","prompt":"With sugar?","options":[],"optional":false,"pins":[],"step":2,"of":8,"about":true,"private":false}
    {"type":"saved","id":"sugar"}
    {"type":"ask","id":"kind","seq":3,"kind":"one","prompt":"Which tea do you like?","options":[{"id":"green","label":"Green tea"},{"id":"mint","label":"Mint"}],"optional":false,"initial":"mint","initial_by":"person","pins":[],"step":1,"of":8,"about":true,"private":false}
    {"type":"saved","id":"kind"}
    {"type":"done","id":"20261122T174501.000Z-[id1]","status":"paused","session":"[id1]","path":"$SANDBOX/home/sessions/2026/11/20261122T174501.000Z-[id1].toml"}
    --- stderr ---
    Paused at step 1 (kind): the input ended here. Everything so far is saved.
    To continue: trust-coach resume [id1]
    --- exit 4 ---
    "#);
}

#[test]
fn what_is_not_understood_is_an_error_and_the_question_stays_open() {
    let sandbox = home();
    let long = "a".repeat(9 * 1024 * 1024);
    let lines = [
        "rubbish",
        "",
        "[]",
        "{\"type\":\"skip\"}",
        "{\"type\":\"skip\",\"id\":\"memory\"}",
        "{\"type\":\"dance\",\"id\":\"kind\"}",
        "{\"type\":\"answer\",\"id\":\"kind\"}",
        "{\"type\":\"answer\",\"id\":\"kind\",\"value\":{}}",
        &long,
        "{\"type\":\"answer\",\"id\":\"kind\",\"value\":\"coffee\"}",
        "{\"type\":\"answer\",\"id\":\"kind\",\"value\":1}",
        "{\"type\":\"leave\",\"id\":\"memory\"}",
        "{\"type\":\"answer\",\"id\":\"memory\",\"value\":\"too late\"}",
    ];
    let input = [lines.join("\n").as_bytes(), b"\n\xff\n"].concat();
    let output = sandbox.run_with(&ARGS, input);
    assert_eq!(output.code, Some(0), "{output}");
    let seen = messages(&output);
    let seen = outline(&seen[3..]);
    let last = seen.rsplit_once('\n').unwrap();
    assert!(last.1.ends_with(" left"));
    assert_snapshot!(last.0, @r"
    saved 20261122T174501.000Z-[id1]
    ask kind one
    error kind bad-json
    error kind bad-message
    error kind bad-message
    error kind wrong-id
    error kind unknown-type
    error kind bad-value
    error kind bad-value
    error kind too-long
    invalid kind not-an-option
    saved kind
    ask kind one
    saved kind
    ask memory text
    saved memory
    ");
}

#[test]
fn closing_standard_input_pauses() {
    let sandbox = home();
    let output = sandbox.run_with(&ARGS, "");
    assert_eq!(output.code, Some(4));
    let seen = messages(&output);
    assert_eq!(seen.last().unwrap()["status"], "paused");
    assert_snapshot!(output.stderr, @r"
    Paused at step 1 (kind): the input ended here. Everything so far is saved.
    To continue: trust-coach resume [id1]
    ");
    let resumed = sandbox.run_with(&["resume", "--io", "json"], "");
    let seen = outline(&messages(&resumed));
    assert!(seen.contains("ask kind one"), "{seen}");
}

#[test]
fn a_client_that_stops_reading_finds_its_answers_saved() {
    let sandbox = home();
    let mut client = Client::new(&sandbox, &ARGS);
    client.until("ask");
    client.answer("kind", &json!("green"));
    client.until("ask");
    let Client {
        child,
        stdin,
        stdout,
    } = client;
    drop(stdout);
    // Standard input stays open: the program notices all the same.
    let output = sandbox.wait(child);
    drop(stdin);
    assert_eq!(output.code, Some(4), "{output}");
    assert!(output.stderr.contains("nothing reads"), "{output}");
    assert!(sandbox.session().contains("value = \"green\""));
}

#[test]
fn no_answer_in_time_saves_and_has_a_code_of_its_own() {
    for io in ["json", "lines"] {
        let sandbox = home();
        let args = ["exercise", "tea", "--io", io, "--answer-timeout", "1s"];
        let mut child = sandbox.start(&args);
        let stdin = child.stdin.take();
        let output = sandbox.wait(child);
        drop(stdin);
        assert_eq!(output.code, Some(124), "{output}");
        assert!(output.stderr.contains("no answer came in time"), "{output}");
        assert!(sandbox.session().contains("state = \"open\""));
    }
}

#[test]
fn a_signal_saves_and_says_so() {
    let sandbox = home();
    let mut client = Client::new(&sandbox, &ARGS);
    client.until("ask");
    client.answer("kind", &json!("green"));
    client.until("ask");
    let pid = rustix::process::Pid::from_child(&client.child);
    rustix::process::kill_process(pid, rustix::process::Signal::TERM).unwrap();
    assert_eq!(client.until("done")["status"], "paused");
    assert_eq!(sandbox.wait(client.child).code, Some(143));
    assert!(sandbox.session().contains("value = \"green\""));
}

#[test]
fn a_long_text_goes_over_the_wire_both_ways() {
    let sandbox = home();
    let mut client = Client::new(&sandbox, &ARGS);
    client.until("ask");
    client.answer("kind", &json!("green"));
    client.until("ask");
    let long = format!("word\n{}", "“–” \\ \"–\"\n".repeat(65_536));
    client.answer("memory", &json!(long));
    client.until("ask");
    client.send(&json!({ "type": "back", "id": "scene" }));
    assert_eq!(client.until("ask")["initial"], long.trim_end());
    client.stdin = None;
    client.until("done");
    assert_eq!(sandbox.wait(client.child).code, Some(4));
}

#[test]
fn the_schema_refuses_what_is_no_message() {
    for value in [
        json!({ "type": "skip" }),
        json!({ "id": "a" }),
        json!({ "type": "dance", "id": "a" }),
        json!({ "type": "answer", "id": "a", "value": {} }),
        json!({ "type": "done", "id": "a", "status": "lost", "session": "", "path": "" }),
        json!({ "type": "ask", "id": "a" }),
    ] {
        assert!(!fits(&SCHEMA, &SCHEMA, &value), "{value}");
    }
}
