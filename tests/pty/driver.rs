//! The child's side: a terminal back end that is put a list of questions.

use std::fs::OpenOptions;
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex};

use serde_json::json;
use trust_coach::ask::{
    Ask, Choice, Input, Note, Pin, ProgressKeeper, Prompter, Rejection, Reply, StepPosition, Tone,
    Want,
};
use trust_coach::terminal::editor::{Drafts, EditorSetup};
use trust_coach::terminal::{Guard, Privacy, PromptStream, Terminal, TerminalSetup, signals};
use trust_coach::text::language::Language;
use trust_coach::text::look::Signs;

use crate::harness::{CASE, OUT};

/// What the child does, one after the other.
enum Step {
    Say(Tone, String),
    Ask(Ask),
    /// Asks until something else than an answer comes back has been told what was asked for.
    Talk(Ask),
    /// Rejects the first answer.
    Twice(Ask),
    /// Waits until the test says go on.
    Wait,
    Panic,
    EraseAll,
}

pub(crate) const QUESTION: &str = "What was said on Tuesday night?";

pub(crate) fn ask(want: Want) -> Ask {
    Ask {
        place: Some(StepPosition {
            step: 3,
            of: 7,
            about: false,
            grew: false,
        }),
        back: true,
        ..Ask::own("said", QUESTION, want)
    }
}

fn option(id: &str, label: &str) -> Choice {
    Choice {
        id: id.into(),
        label: label.into(),
        note: None,
    }
}

pub(crate) fn feelings() -> Vec<Choice> {
    vec![
        option("calm", "calm"),
        option("tense", "tense"),
        option("tired", "עייף מאוד מאוד מאוד מאוד אחרי יום"),
        option("joy", "日本語の選択肢"),
    ]
}

fn many_feelings() -> Vec<Choice> {
    let names = (1..=20).map(|number| (format!("f{number}"), format!("feeling {number}")));
    names.map(|(id, label)| option(&id, &label)).collect()
}

fn steps(case: &str) -> (Privacy, Vec<Step>) {
    let text = || ask(Want::Text);
    let line = || ask(Want::Line);
    let one = |options: Vec<Choice>, other: Option<&str>| {
        ask(Want::One {
            options,
            other: other.map(String::from),
        })
    };
    let many = || {
        ask(Want::Many {
            options: feelings(),
            min: 0,
            max: 4,
        })
    };
    let scale = ask(Want::Scale {
        from: 1,
        to: 7,
        low: Some("low".into()),
        high: Some("high".into()),
    });
    let repeat = |ask: Ask, count: usize| {
        let asks = (0..count).map(move |number| Ask {
            id: format!("said{number}"),
            ..ask.clone()
        });
        asks.map(Step::Ask).collect::<Vec<_>>()
    };
    let main = |steps: Vec<Step>| (Privacy::Main, steps);
    match case {
        "texts" => main(repeat(text(), 8)),
        "lines" => main(repeat(line(), 8)),
        "words" => main(vec![
            Step::Ask(Ask {
                id: "scale".into(),
                ..scale
            }),
            Step::Ask(Ask {
                id: "date".into(),
                ..ask(Want::Date)
            }),
            Step::Ask(Ask {
                id: "ready".into(),
                ..ask(Want::Ready)
            }),
        ]),
        "one" => main(vec![Step::Ask(one(feelings(), None))]),
        "one-grave" => main(vec![Step::Ask(Ask {
            unmarked: true,
            ..one(feelings(), None)
        })]),
        "one-many" => main(vec![Step::Ask(one(many_feelings(), None))]),
        "one-notes" => main(vec![Step::Ask(one(
            feelings()
                .into_iter()
                .map(|choice| Choice {
                    note: Some("a note that says more about it than the label does".into()),
                    ..choice
                })
                .collect(),
            None,
        ))]),
        "other" => main(vec![Step::Ask(one(feelings(), Some("something else")))]),
        "many" => main(vec![Step::Ask(Ask {
            initial: Some("tense".into()),
            ..many()
        })]),
        "prefilled" => main(vec![Step::Ask(Ask {
            initial: Some("in 14 days".into()),
            ..ask(Want::Date)
        })]),
        "own-line" => main(vec![Step::Ask(Ask {
            initial: Some("in 14 days".into()),
            ..line()
        })]),
        "yes-no" => main(vec![Step::Ask(ask(Want::YesNo))]),
        "yes-no-no" => main(vec![Step::Ask(Ask {
            initial: Some("no".into()),
            ..ask(Want::YesNo)
        })]),
        "text-then-yes-no" | "text-then-one" => main(vec![
            Step::Ask(Ask {
                id: "line".into(),
                ..line()
            }),
            Step::Wait,
            Step::Ask(match case {
                "text-then-one" => one(feelings(), None),
                _ => ask(Want::YesNo),
            }),
        ]),
        "secret-one" => main(vec![
            Step::Ask(Ask {
                private: true,
                ..one(feelings(), None)
            }),
            Step::Ask(Ask {
                id: "after".into(),
                ..line()
            }),
        ]),
        "talk" => main(vec![Step::Talk(text())]),
        "talk-private" => main(vec![Step::Talk(Ask {
            private: true,
            ..text()
        })]),
        "twice" => main(vec![Step::Twice(text())]),
        "long-prompt" => {
            let mut paragraphs: Vec<String> = (1..=6)
                .map(|number| format!("Paragraph {number} {}", "goes on and on ".repeat(12).trim()))
                .collect();
            paragraphs.push("And what did you do then?".into());
            main(vec![Step::Ask(Ask {
                prompt: paragraphs.join("\n\n"),
                pins: vec![
                    Pin {
                        name: "why".into(),
                        text: "because it matters to me ".repeat(5),
                    },
                    Pin {
                        name: "who".into(),
                        text: "Alex".into(),
                    },
                ],
                ..text()
            })])
        }
        "panic" => main(vec![Step::Ask(line()), Step::Panic]),
        "panic-private" => (Privacy::Alternate, vec![Step::Ask(line()), Step::Panic]),
        "secret" => main(vec![
            Step::Say(Tone::Text, "This is said before.".into()),
            Step::Ask(Ask {
                private: true,
                prompt: "A secret?".into(),
                ..text()
            }),
            Step::Ask(Ask {
                id: "after".into(),
                ..line()
            }),
        ]),
        "alternate" => {
            let long: Vec<String> = (1..=40).map(|row| format!("Notice {row}.")).collect();
            (
                Privacy::Alternate,
                vec![
                    Step::Say(Tone::Title, "An exercise".into()),
                    Step::Ask(Ask {
                        id: "first".into(),
                        ..text()
                    }),
                    Step::Say(Tone::Text, long.join("\n")),
                    Step::Ask(line()),
                    Step::Say(Tone::Status, "That is all.".into()),
                ],
            )
        }
        "private-texts" => (Privacy::Alternate, repeat(text(), 2)),
        "hang" => main(vec![Step::Ask(text())]),
        "opening" | "unread" | "private-unread" => {
            let rows: Vec<String> = (1..=40).map(|row| format!("Opening {row}.")).collect();
            let steps = vec![
                Step::Say(Tone::Title, "An exercise".into()),
                Step::Say(Tone::Text, "Short words before it.".into()),
                Step::Say(Tone::Text, rows.join("\n")),
                Step::Ask(text()),
                Step::Say(Tone::Aside, "A short hint.".into()),
                Step::Ask(if case == "opening" { line() } else { text() }),
            ];
            match case {
                "private-unread" => (Privacy::Alternate, steps),
                _ => main(steps),
            }
        }
        "finished" | "dropped" => {
            let rows: Vec<String> = (1..=40).map(|row| format!("Closing {row}.")).collect();
            main(vec![
                Step::Ask(line()),
                Step::Say(Tone::Text, rows.join("\n")),
            ])
        }
        "erase" => main(vec![Step::Ask(line()), Step::EraseAll]),
        "hostile" => main(vec![
            Step::Say(Tone::Title, "Title\u{1b}]0;taken\u{7}\u{1b}[2J".into()),
            Step::Ask(Ask {
                prompt: "Prompt\u{1b}[?1049h\u{9b}31m".into(),
                initial: Some("in\u{1b}[Aitial".into()),
                pins: vec![Pin {
                    name: "pin\u{1b}c".into(),
                    text: "\u{202e}x".into(),
                }],
                ..line()
            }),
            Step::Ask(one(
                vec![option("a", "a\u{1b}[2Jb"), option("b", "b")],
                None,
            )),
        ]),
        other => match other.strip_prefix("commands of ") {
            Some(exercise) => (
                Privacy::Main,
                crate::commands::asks(exercise).map(Step::Ask).collect(),
            ),
            None => panic!("no such case: {other}"),
        },
    }
}

#[derive(Clone)]
struct Kept {
    last: Arc<Mutex<String>>,
    out: PathBuf,
}

impl ProgressKeeper for Kept {
    fn progress(&self, text: &str) {
        *self.last.lock().unwrap() = text.into();
    }
}

impl Kept {
    fn write(&self, line: &serde_json::Value) {
        let mut file = OpenOptions::new()
            .create(true)
            .append(true)
            .open(self.out.join("replies"))
            .unwrap();
        writeln!(file, "{line}").unwrap();
    }

    fn reply(&self, reply: &Reply) {
        let words = match reply {
            Reply::Answer(Input::Words(words)) => Some(words.clone()),
            _ => None,
        };
        let progress = self.last.lock().unwrap().clone();
        self.write(&json!({ "reply": format!("{reply:?}"), "words": words, "progress": progress }));
    }
}

/// What the child runs when it is started with a case; nothing otherwise.
pub(crate) fn run() {
    let (Ok(case), Some(out)) = (std::env::var(CASE), std::env::var_os(OUT)) else {
        return;
    };
    let kept = Kept {
        last: Arc::default(),
        out: out.clone().into(),
    };
    if case == "work" {
        return crate::work::child();
    }
    let (privacy, steps) = steps(&case);
    let mut terminal = Terminal::new(TerminalSetup {
        keep: Arc::new(kept.clone()),
        editor: EditorSetup {
            drafts: Drafts::in_folder(Some(Path::new(&out).join("drafts")), false),
            named: None,
            language: Language::English,
            random: trust_coach::home::world::random,
        },
        privacy,
        colour: true,
        signs: Signs::of(std::env::var_os("LC_ALL").is_some()),
        output: PromptStream::choose().unwrap(),
    })
    .unwrap();
    Guard::restore_at_panic(&terminal.guard());
    let at_signal = kept.clone();
    let hangs = case == "hang";
    signals::watch(Some(terminal.guard()), move |signal| {
        let progress = at_signal.last.lock().unwrap().clone();
        at_signal.write(&json!({ "signal": signal, "progress": progress }));
        if hangs {
            loop {
                std::thread::park();
            }
        }
        "Saved. Goodbye.".into()
    })
    .unwrap();
    for step in steps {
        take(&mut terminal, &kept, step).unwrap();
    }
    if case == "dropped" {
        drop(terminal);
    } else {
        terminal.finish(&|_| String::new()).unwrap();
    }
    io::stderr().write_all(b"THE END\n").unwrap();
}

fn take(terminal: &mut Terminal, kept: &Kept, step: Step) -> io::Result<()> {
    match step {
        Step::Say(tone, text) => terminal.say(&Note::new(tone, text)),
        Step::Ask(ask) => {
            kept.reply(&terminal.ask(&ask)?);
            Ok(())
        }
        Step::Talk(ask) => loop {
            let reply = terminal.ask(&ask)?;
            kept.reply(&reply);
            match reply {
                Reply::Answer(_) => return Ok(()),
                other => terminal.say(&Note::new(Tone::Aside, format!("You asked: {other:?}.")))?,
            }
        },
        Step::Twice(ask) => {
            kept.reply(&terminal.ask(&ask)?);
            terminal.reject(
                &ask,
                &Rejection {
                    code: "short",
                    message: "A few more words would help, or /skip.".into(),
                },
            )?;
            kept.reply(&terminal.ask(&ask)?);
            Ok(())
        }
        Step::Wait => {
            while !kept.out.join("go").exists() {
                std::thread::sleep(std::time::Duration::from_millis(5));
            }
            Ok(())
        }
        Step::Panic => panic!("as the case wants it"),
        Step::EraseAll => terminal.erase_scrollback(),
    }
}
