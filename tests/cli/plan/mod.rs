//! Plans, as a person or a script follows them.

mod asking;
mod danger;
mod elsewhere;
mod files;
mod home;
mod six_weeks;
mod together;
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

/// Looks at the week: each promise that had days in it was kept.
fn reviews(sandbox: &Sandbox, after: i64) {
    let whole = (0..8).any(|promises| {
        let mut text = String::from(
            "format = 1\nexercise = \"reliability-review\"\n[answers]\nrole = \"neither\"\n\
             next = \"none\"\noften = \"first\"\nnext-look = \"in 2 weeks\"\n",
        );
        text += match promises {
            0 => "any = \"none\"\n",
            _ => "see = \"The small ones last.\"\n",
        };
        for round in 1..=promises {
            let round = match round {
                1 => String::new(),
                round => format!("@{round}"),
            };
            text += &format!("\"came{round}\" = \"kept\"\n\"helped{round}\" = {{ skip = true }}\n");
        }
        let answers = sandbox.write("review.toml", text);
        let answers = answers.to_str().unwrap();
        let args = ["exercise", "reliability-review", "--answers", answers];
        on(sandbox, after, &args).code == Some(0)
    });
    assert!(whole, "no number of promises fits");
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
