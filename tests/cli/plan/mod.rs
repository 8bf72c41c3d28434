//! Plans, as a person or a script follows them.

mod asking;
mod elsewhere;
mod files;
mod home;
mod verbs;
mod weeks;

use crate::common::{Output, Sandbox, files};

/// What somebody does on a day so many days after Sunday, 1 November 2026.
fn on(sandbox: &Sandbox, after: i64, args: &[&str]) -> Output {
    use jiff::ToSpan;
    let day = jiff::civil::date(2026, 11, 1).saturating_add(after.days());
    let mut command = sandbox.command(args);
    // No two things are said in the same moment.
    let minute = files(&sandbox.home().join("ledger")).len();
    let now = format!("{day}T19:{minute:02}:00+00:00[UTC]");
    command.env("TRUST_COACH_NOW", now).env("TERM", "xterm");
    sandbox.finish(&mut command)
}

/// The same, where nothing may go wrong.
fn done(sandbox: &Sandbox, after: i64, args: &[&str]) -> String {
    let output = on(sandbox, after, args);
    assert_eq!(output.code, Some(0), "{args:?}: {output}");
    output.stdout
}

/// Does an exercise with somebody's answers.
fn does(sandbox: &Sandbox, after: i64, exercise: &str, who: &str) {
    let answers = format!(
        "{}/tests/answers/{exercise}/{who}.toml",
        env!("CARGO_MANIFEST_DIR")
    );
    let args = ["exercise", exercise, "--screened", "--answers", &answers];
    done(sandbox, after, &args);
}

/// Somebody who began `reliable-again` on the first day.
fn begun() -> Sandbox {
    let sandbox = Sandbox::new();
    done(&sandbox, 0, &["plan", "start", "reliable-again"]);
    sandbox
}

/// What `next --json` says.
fn next(sandbox: &Sandbox, after: i64) -> serde_json::Value {
    serde_json::from_str(&done(sandbox, after, &["next", "--json"])).unwrap()
}
