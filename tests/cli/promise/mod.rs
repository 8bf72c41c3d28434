//! Promises, as a person or a script follows them.

mod answering;
mod calendars;
mod changing;
mod due;
mod elsewhere;
mod killed;
mod making;
mod showing;
mod story;

use std::process::Command;

use crate::common::{Output, Sandbox};

/// What somebody does on a day in November 2026: the day, the time, and the arguments.
pub(crate) fn at(sandbox: &Sandbox, day: u8, time: &str, args: &[&str]) -> Output {
    sandbox.finish(&mut command(sandbox, day, time, args))
}

pub(crate) fn command(sandbox: &Sandbox, day: u8, time: &str, args: &[&str]) -> Command {
    let mut command = sandbox.command(args);
    let now = format!("2026-11-{day}T{time}:00+01:00[Europe/Berlin]");
    command.env("TRUST_COACH_NOW", now).env("TERM", "xterm");
    command
}

/// A promise that was made on Sunday the 15th for weekdays until 4 December.
pub(crate) fn promised() -> Sandbox {
    let sandbox = Sandbox::new();
    let made = at(
        &sandbox,
        15,
        "19:10",
        &[
            "promise",
            "add",
            "I'll send a message before six when I'll be home late.",
            "--when",
            "weekdays until 2026-12-04",
            "--to",
            "Mara",
        ],
    );
    assert_eq!(made.code, Some(0), "{made}");
    sandbox
}

/// The same with answers for most days until Friday the 27th.
pub(crate) fn answered() -> Sandbox {
    let sandbox = promised();
    for (time, args) in [
        ("19:00", &["kept", "last", "2026-11-16..2026-11-17"][..]),
        ("19:01", &["missed", "last", "2026-11-18"]),
        ("19:02", &["repaired", "last", "2026-11-18"]),
        ("19:03", &["kept", "last", "2026-11-19", "2026-11-20"]),
        ("19:04", &["part", "last", "2026-11-23"]),
        ("19:05", &["kept", "last", "yesterday"]),
    ] {
        let said = at(&sandbox, 27, time, &[&["promise"], args].concat());
        assert_eq!(said.code, Some(0), "{said}");
    }
    sandbox
}
