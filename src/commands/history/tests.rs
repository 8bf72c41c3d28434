use std::fs;
use std::path::Path;

use clap::Parser;
use insta::assert_snapshot;
use toml::Table;

use super::*;
use crate::exercise::Kind;
use crate::exercise::Strategy;
use crate::session::{Answer, Given, Moment, Note, Session, State, Value};
use crate::world::{Clock, Folders, Terminal};

#[derive(Debug, Parser)]
struct Line {
    #[command(flatten)]
    args: Args,
}

/// What a run left: how it ended, what it printed, what it told.
struct Ran {
    exit: Result<Exit>,
    out: String,
    err: String,
}

/// A screen of so many columns; none for a pipe.
type Screen = Option<usize>;

fn store(home: &Path) -> Store {
    let folders = Folders::under(home);
    Store::new(folders.data, folders.state)
}

fn run_line(home: &Path, line: &str, screen: Screen, typed: &str) -> Ran {
    let words = std::iter::once("history").chain(line.split_whitespace());
    let args = Line::try_parse_from(words).unwrap().args;
    let (mut out, mut err) = (Vec::new(), Vec::new());
    let mut world = World {
        out: &mut out,
        err: &mut err,
        terminal: Terminal {
            stdin: screen.is_some(),
            stdout: screen.is_some(),
            stderr: screen.is_some(),
            columns: screen.unwrap_or(80),
            rows: 24,
            plain: false,
            colour: false,
        },
        clock: Clock::Pinned(Box::new(at("2026-11-22T18:45:01.032"))),
    };
    let store = store(home);
    let strategy = |id: &str| Strategy::from_id(id);
    let exit = match &args.command {
        None => list::run(&args.list, &mut world, &store, &strategy),
        Some(Command::Show(args)) => show::run(args, &mut world, &store),
        Some(Command::Delete(args)) => delete::run(args, &mut world, &store, &mut typed.as_bytes()),
    };
    let text = |bytes| String::from_utf8(bytes).unwrap();
    let (out, err) = (text(out), text(err).replace(&*home.to_string_lossy(), "~"));
    Ran { exit, out, err }
}

fn list_of(home: &Path, line: &str) -> String {
    let ran = run_line(home, line, None, "");
    assert!(matches!(ran.exit, Ok(Exit::Done)));
    ran.out
}

fn at(time: &str) -> jiff::Zoned {
    format!("{time}[Europe/Berlin]").parse().unwrap()
}

fn answer(step: &str, kind: Kind, given: Given) -> Answer {
    Answer {
        step: step.to_string(),
        round: 1,
        kind,
        prompt: format!("What about {step}?"),
        name: None,
        given,
        item: None,
        label: None,
        at: None,
        unreached: false,
        versions: Vec::new(),
        progress: None,
        extra: Table::new(),
    }
}

fn written(step: &str, text: &str) -> Answer {
    let value = Value::Text(text.to_string());
    answer(step, Kind::Write, Given::Value(value))
}

fn save(home: &Path, hex: u32, time: &str, exercise: &str, change: impl FnOnce(&mut Session)) {
    let store = store(home);
    let now = at(time);
    let mut session = Session {
        id: store.claim(&now, || Ok(hex)).unwrap(),
        exercise: exercise.to_string(),
        exercise_version: 1,
        title: "A full apology".to_string(),
        lang: "en".to_string(),
        state: State::Open,
        started: Moment::new(&now),
        ended: None,
        seed: 1,
        at: None,
        tags: Vec::new(),
        notes: Vec::new(),
        answers: vec![written("act", "I read your messages.\n\n# And more.\n")],
        extra: Table::new(),
    };
    change(&mut session);
    store.save(&session).unwrap();
}

/// Three sessions, and a name that is claimed and not used.
fn three() -> tempfile::TempDir {
    let home = tempfile::tempdir().unwrap();
    let path = home.path();
    save(path, 0x1a, "2026-10-01T08:00:00", "promise", |session| {
        session.state = State::Done;
        session.title = "One small promise".to_string();
    });
    save(path, 0x2b, "2026-11-20T00:30:00", "time", |session| {
        session.state = State::Left;
        session.title =
            "Giving it time, and what to do with a day on which nothing moves".to_string();
    });
    save(path, 0x9f3a_61c2, "2026-11-22T18:00:00", "apology", |_| {});
    let store = store(path);
    store.claim(&at("2026-11-22T18:30:00"), || Ok(1)).unwrap();
    home
}

#[test]
fn sessions_are_listed_newest_first() {
    let home = three();
    assert_snapshot!(list_of(home.path(), ""), @r#"
    2026-11-22 18:00  9f3a61c2  paused  A full apology
    2026-11-20 00:30  0000002b  left    Giving it time, and what to do with a day on which nothing moves
    2026-10-01 08:00  0000001a  done    One small promise
    "#);
}

#[test]
fn a_narrow_screen_gets_two_lines_for_each() {
    let home = three();
    let ran = run_line(home.path(), "", Some(40), "");
    assert!(ran.out.lines().all(|line| line.chars().count() <= 40));
    assert_snapshot!(ran.out, @r#"
    2026-11-22 18:00  9f3a61c2  paused
      A full apology
    2026-11-20 00:30  0000002b  left
      Giving it time, and what to do with a…
    2026-10-01 08:00  0000001a  done
      One small promise
    "#);
}

#[test]
fn a_list_can_be_narrowed_down() {
    let home = three();
    let shown = |line: &str| {
        let list = list_of(home.path(), line);
        let ids = list
            .lines()
            .map(|line| line[18..26].trim_start_matches('0').to_string());
        ids.collect::<Vec<_>>().join(" ")
    };
    for (line, ids) in [
        ("--limit 1", "9f3a61c2"),
        ("--limit 0", "9f3a61c2 2b 1a"),
        ("--since 2026-11-20", "9f3a61c2 2b"),
        ("--since 2026-11-21", "9f3a61c2"),
        ("--since 2d", "9f3a61c2 2b"),
        ("--since 0d", "9f3a61c2"),
        ("--strategy time", "2b"),
        ("--exercise promise", "1a"),
        ("--state paused", "9f3a61c2"),
        ("--state open", "9f3a61c2"),
        ("--state done --since 2026-11-01", ""),
    ] {
        assert_eq!(shown(line), ids, "{line}");
    }
}

#[test]
fn a_filter_that_is_not_one_is_a_usage_error() {
    for line in [
        "--since soon",
        "--state on",
        "--strategy love",
        "--limit -1",
    ] {
        let words = std::iter::once("history").chain(line.split_whitespace());
        assert!(Line::try_parse_from(words).is_err(), "{line}");
    }
}

#[test]
fn json_of_the_list_holds_nothing_that_was_written() {
    let home = three();
    let json = list_of(home.path(), "--json --limit 1");
    assert_snapshot!(json, @r#"
    {
      "format": "1.0",
      "sessions": [
        {
          "id": "20261122T170000.000Z-9f3a61c2",
          "short": "9f3a61c2",
          "exercise": "apology",
          "strategy": "apology",
          "title": "A full apology",
          "state": "open",
          "started": "2026-11-22T18:00:00+01:00[Europe/Berlin]",
          "ended": null,
          "tags": []
        }
      ]
    }
    "#);
}

#[test]
fn an_empty_history_says_what_to_do() {
    let home = tempfile::tempdir().unwrap();
    let store = store(home.path());
    store.claim(&at("2026-11-22T18:30:00"), || Ok(1)).unwrap();
    let ran = run_line(home.path(), "", Some(80), "");
    assert_eq!(
        (ran.out.as_str(), ran.err.as_str()),
        (
            "",
            "nothing done yet\nhint: `trust-coach list` shows what there is to begin with\n"
        )
    );
}

#[test]
fn a_file_that_cannot_be_read_is_named_and_hides_no_other() {
    let home = three();
    let path = store(home.path()).path("20261122T170000.000Z-9f3a61c2");
    fs::write(path, "format = 1\nid =\n").unwrap();
    let ran = run_line(home.path(), "", None, "");
    assert_eq!(ran.out.lines().count(), 2);
    assert_snapshot!(ran.err, @r#"
    left out: could not understand ~/sessions/2026/11/20261122T170000.000Z-9f3a61c2.toml: line 2: string values must be quoted, expected literal string
    hint: it is left as it is; open it in an editor and mend that place
    "#);
}

#[test]
fn what_a_title_holds_cannot_steer_the_terminal_or_break_the_list() {
    let home = tempfile::tempdir().unwrap();
    save(
        home.path(),
        1,
        "2026-11-22T18:00:00",
        "apology",
        |session| {
            session.title = "a\n\u{1b}[2J\u{9b}b".to_string();
        },
    );
    for line in ["", "--json", "show last", "show last --json --with-text"] {
        let ran = run_line(home.path(), line, Some(80), "");
        assert!(!ran.out.contains(['\u{1b}', '\u{9b}']), "{}", ran.out);
    }
    assert_eq!(list_of(home.path(), "").lines().count(), 1);
    let json = list_of(home.path(), "show last --json");
    let json: serde_json::Value = serde_json::from_str(&json).unwrap();
    assert_eq!(json["title"], "a\n\u{1b}[2J\u{9b}b");
}

fn rich(home: &Path) {
    save(
        home,
        0x9f3a_61c2,
        "2026-11-22T18:00:00",
        "apology",
        |session| {
            let mut chosen = answer(
                "who",
                Kind::Choose,
                Given::Value(Value::Choice("me".into())),
            );
            chosen.label = Some("I did".to_string());
            let mut again = written("offer", "I cook on Sundays");
            again.round = 2;
            let mut not_taken = written("letter", "Dear you");
            not_taken.unreached = true;
            let mut begun = answer("draft", Kind::Write, Given::Pending);
            begun.progress = Some("I am".to_string());
            session.answers.extend([
                answer("read", Kind::Say, Given::Seen),
                chosen,
                answer("why", Kind::Write, Given::Skipped),
                answer("sure", Kind::Confirm, Given::Value(Value::YesNo(true))),
                again,
                not_taken,
                begun,
            ]);
            session.state = State::Done;
            session.ended = Some(Moment::new(&at("2026-11-22T19:10:00")));
            session.notes = vec![Note {
                at: Moment::new(&at("2026-11-23T08:00:00")),
                text: "We talked.".to_string(),
                extra: Table::new(),
            }];
        },
    );
}

#[test]
fn a_transcript_has_each_prompt_and_answer_in_order() {
    let home = tempfile::tempdir().unwrap();
    rich(home.path());
    assert_snapshot!(list_of(home.path(), "show last"), @r#"
    # A full apology

    Begun 2026-11-22 18:00, done 2026-11-22 19:10. Session 9f3a61c2.

    > What about act?

    I read your messages.

    # And more.

    > What about read?

    > What about who?

    I did

    > What about why?

    (rather not say)

    > What about sure?

    yes

    > What about offer?

    I cook on Sundays

    > What about draft?

    (in progress, not yet an answer)

    I am

    Added 2026-11-23 08:00:

    We talked.
    "#);
    assert!(list_of(home.path(), "show 9 --all").contains("Dear you"));
}

#[test]
fn a_transcript_is_wrapped_on_a_screen() {
    let home = tempfile::tempdir().unwrap();
    save(
        home.path(),
        1,
        "2026-11-22T18:00:00",
        "apology",
        |session| {
            session.answers = vec![written("act", &"word ".repeat(60))];
        },
    );
    let ran = run_line(home.path(), "show last", Some(40), "");
    assert!(
        ran.out
            .lines()
            .skip(3)
            .all(|line| line.chars().count() <= 40)
    );
    assert_eq!(list_of(home.path(), "show last").lines().count(), 7);
}

#[test]
fn one_answer_is_printed_as_it_was_saved() {
    let home = tempfile::tempdir().unwrap();
    rich(home.path());
    for (answer, text) in [
        ("act", "I read your messages.\n\n# And more.\n"),
        ("who", "I did\n"),
        ("sure", "yes\n"),
        ("offer@2", "I cook on Sundays\n"),
    ] {
        assert_eq!(
            list_of(home.path(), &format!("show last --answer {answer}")),
            text
        );
    }
    for (answer, exit, hint) in [
        ("offer", Exit::Usage, "perhaps offer@2"),
        ("acts", Exit::Usage, "perhaps act"),
        (
            "draft",
            Exit::Failed,
            "`trust-coach resume 9f3a61c2` goes on there",
        ),
    ] {
        let line = format!("show last --answer {answer}");
        let error = run_line(home.path(), &line, None, "").exit.unwrap_err();
        assert_eq!((error.exit, error.hints), (exit, vec![hint.to_string()]));
    }
}

#[test]
fn control_characters_of_an_answer_reach_a_pipe_and_no_screen() {
    let home = tempfile::tempdir().unwrap();
    save(
        home.path(),
        1,
        "2026-11-22T18:00:00",
        "apology",
        |session| {
            session.answers = vec![written("act", "a\u{1b}[2Jb")];
        },
    );
    let line = "show last --answer act";
    assert_eq!(list_of(home.path(), line), "a\u{1b}[2Jb\n");
    let ran = run_line(home.path(), line, Some(80), "");
    assert_eq!(ran.out, "a\\u{1b}[2Jb\n");
}

#[test]
fn json_of_a_session_holds_texts_only_when_asked() {
    let home = tempfile::tempdir().unwrap();
    rich(home.path());
    let bare = list_of(home.path(), "show last --json");
    for text in ["messages", "What about", "I did", "We talked", "I am"] {
        assert!(!bare.contains(text), "{bare}");
    }
    let whole = list_of(home.path(), "show last --json --with-text");
    let whole: serde_json::Value = serde_json::from_str(&whole).unwrap();
    assert_eq!(whole["format"], "1.0");
    assert_eq!(whole["answers"][2]["value"], "me");
    assert_eq!(whole["answers"][7]["progress"], "I am");
    assert_eq!(whole["notes"][0]["text"], "We talked.");
}

#[test]
fn deleting_asks_for_the_name_and_says_which_file() {
    let home = three();
    let ran = run_line(home.path(), "delete 9f", Some(80), "\n");
    assert!(matches!(ran.exit, Ok(Exit::Failed)));
    assert_snapshot!(ran.err, @r#"
    This removes one session for good: A full apology, begun 2026-11-22 18:00.
    Its file is ~/sessions/2026/11/20261122T170000.000Z-9f3a61c2.toml
    Type 9f3a61c2 to remove it, or press Enter to keep it: Nothing was removed.
    "#);
    assert_eq!(list_of(home.path(), "").lines().count(), 3);
    let ran = run_line(home.path(), "delete 9f", Some(80), "9f3a61c2\n");
    assert!(matches!(ran.exit, Ok(Exit::Done)));
    assert_eq!(list_of(home.path(), "").lines().count(), 2);
}

#[test]
fn deleting_without_a_terminal_needs_a_yes() {
    let home = three();
    let error = run_line(home.path(), "delete last", None, "9f3a61c2\n").exit;
    assert_eq!(error.unwrap_err().exit, Exit::InputNeeded);
    let ran = run_line(home.path(), "delete last --yes", None, "");
    assert!(matches!(ran.exit, Ok(Exit::Done)));
    assert_eq!(
        ran.err,
        "Removed ~/sessions/2026/11/20261122T170000.000Z-9f3a61c2.toml\n"
    );
    assert_eq!(list_of(home.path(), "").lines().count(), 2);
}

#[test]
fn a_session_that_cannot_be_read_can_be_deleted() {
    let home = three();
    let path = store(home.path()).path("20261122T170000.000Z-9f3a61c2");
    fs::write(&path, "half a").unwrap();
    let ran = run_line(home.path(), "delete 9f3a", Some(80), "9f3a61c2\n");
    assert!(matches!(ran.exit, Ok(Exit::Done)));
    assert!(!path.exists());
}
