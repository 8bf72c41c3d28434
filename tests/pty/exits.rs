//! Every exit code of the table, reached by the program itself.

use std::collections::BTreeSet;
use std::process::{Command, Stdio};

use rustix::process::Signal;
use trust_coach::error::EXITS;

use crate::harness::{Screen, USUAL};
use crate::session::{Home, TEA};

/// Codes that another test reaches, and its name.
const ELSEWHERE: [(u8, &str); 1] = [(124, "protocol, lines")];

fn run(home: &Home, args: &[&str]) -> i32 {
    let mut command = Command::new(env!("CARGO_BIN_EXE_trust-coach"));
    let command = command
        .args(args)
        .env("TRUST_COACH_HOME", home.path())
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::null());
    command.status().unwrap().code().unwrap()
}

/// How a session at the terminal ends after this was done to it.
fn ended(home: &Home, end: impl Fn(&Screen)) -> i32 {
    let mut screen = Screen::program(home.path(), &["exercise", "tea"], USUAL);
    screen.wait_list("> 1 ");
    end(&screen);
    screen.wait_exit()
}

#[test]
fn every_code_of_the_table_is_reached() {
    let home = Home::with(TEA);
    let broken = home.path().join("broken.toml");
    std::fs::write(&broken, "format = 1\n").unwrap();
    let in_the_way = Home::with(TEA);
    std::fs::write(in_the_way.path().join("sessions"), "").unwrap();
    let answers = ["kind=mint", "memory=m", "warm=3", "again=no"];
    let all = answers.iter().flat_map(|answer| ["--answer", answer]);
    let all: Vec<&str> = ["exercise", "tea"].into_iter().chain(all).collect();

    let mut reached: BTreeSet<u8> = ELSEWHERE.iter().map(|(code, _)| *code).collect();
    let mut reach = |code: u8, got: i32| {
        assert_eq!(got, i32::from(code));
        reached.insert(code);
    };
    reach(0, run(&home, &all));
    reach(1, run(&in_the_way, &all));
    reach(
        2,
        run(&home, &["exercise", "tea", "--answer", "kind=coffee"]),
    );
    reach(3, run(&home, &["exercise", "tea"]));
    reach(5, run(&home, &["check", broken.to_str().unwrap()]));
    let unreadable = Home::with(TEA);
    assert_eq!(run(&unreadable, &all), 0);
    let month = unreadable.path().join("sessions/2026/11");
    std::fs::create_dir_all(&month).unwrap();
    std::fs::write(month.join("20261122T174501.032Z-9f3a61c2.toml"), "half a").unwrap();
    reach(6, run(&unreadable, &["doctor"]));
    // A session that one signal paused is offered first to the next one, in a list as well.
    reach(129, ended(&home, |screen| screen.signal(Signal::HUP)));
    reach(130, ended(&home, |screen| screen.send("\x03")));
    reach(143, ended(&home, |screen| screen.signal(Signal::TERM)));
    let mut screen = Screen::program(home.path(), &["--plain", "resume"], USUAL);
    screen.wait_somewhere("from 1 to 2");
    screen.send("/pause\n");
    reach(4, screen.wait_exit());

    let table: BTreeSet<u8> = EXITS.iter().map(|(code, _)| *code).collect();
    assert_eq!(reached, table, "each code needs something that reaches it");
}
