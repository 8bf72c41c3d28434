//! Promises with the vault on, in zones whose days have no midnight, and on two machines.

use std::process::Stdio;

use super::{at, command, promised};
use crate::common::{Sandbox, files};

#[test]
fn with_the_vault_on_saying_needs_no_passphrase_and_reading_does() {
    let sandbox = promised();
    let key = sandbox.write("key.txt", "four or more words\n");
    std::fs::set_permissions(&key, std::os::unix::fs::PermissionsExt::from_mode(0o600)).unwrap();
    let key = key.to_str().unwrap();
    let on = sandbox.run(&["vault", "on", "--passphrase-file", key]);
    assert_eq!(on.code, Some(0), "{on}");
    let ledger = sandbox.home().join("ledger");
    let name = files(&ledger)[0]
        .file_name()
        .unwrap()
        .to_str()
        .unwrap()
        .to_string();
    let short = name
        .split('.')
        .nth(1)
        .unwrap()
        .split_once("Z-")
        .unwrap()
        .1
        .to_string();
    let what = sandbox.write("what.txt", "Secret marmalade.");
    for args in [
        &[
            "promise",
            "add",
            "--what-file",
            what.to_str().unwrap(),
            "--when",
            "once on sunday",
        ][..],
        &["promise", "kept", &short, "2026-11-18"],
        &["promise", "skip", &short, "2026-11-19"],
        &["promise", "let-go", &short],
    ] {
        let mut said = command(&sandbox, 18, "19:10", args);
        let said = sandbox.finish(said.stdin(Stdio::null()));
        assert_eq!(said.code, Some(0), "{said}");
    }
    for file in files(&ledger) {
        let bytes = std::fs::read(&file).unwrap();
        let text = String::from_utf8_lossy(&bytes);
        assert!(
            !text.contains("marmalade") && !text.contains("message"),
            "{file:?}"
        );
    }
    assert_eq!(
        at(&sandbox, 18, "19:20", &["due"]).to_string(),
        "--- exit 0 ---"
    );
    for args in [
        &["promise"][..],
        &["promise", "show", &short],
        &["promise", "undo", &short],
    ] {
        assert_eq!(at(&sandbox, 18, "19:20", args).code, Some(3), "{args:?}");
    }
    let show = [
        "promise",
        "show",
        &short,
        "--json",
        "--passphrase-file",
        key,
    ];
    let shown = at(&sandbox, 18, "19:20", &show);
    assert!(shown.stdout.contains("\"kept\": 1"), "{shown}");
    assert!(
        shown.stdout.contains("\"let_go\": \"2026-11-18\""),
        "{shown}"
    );
}

#[test]
fn a_day_without_a_midnight_is_a_day() {
    for (zone, day) in [
        ("America/Santiago", "2027-09-05"),
        ("Africa/Cairo", "2027-04-30"),
        ("Asia/Beirut", "2027-03-28"),
    ] {
        let sandbox = Sandbox::new();
        let run = |args: &[&str]| {
            let mut command = sandbox.command(args);
            let now = jiff::civil::DateTime::strptime("%F %T", format!("{day} 12:00:00")).unwrap();
            let now = now
                .to_zoned(jiff::tz::TimeZone::get(zone).unwrap())
                .unwrap();
            sandbox.finish(command.env("TRUST_COACH_NOW", now.to_string()))
        };
        let when = format!("each day from {day} for 3 days");
        let made = run(&["promise", "add", "Call.", "--when", &when]);
        assert!(made.stderr.contains(": 3 days."), "{zone}: {made}");
        assert_eq!(run(&["due", "--count"]).stdout, "1\n", "{zone}");
        let kept = run(&["promise", "kept", "last"]);
        assert_eq!(kept.code, Some(0), "{zone}: {kept}");
        assert_eq!(run(&["due", "--count"]).stdout, "0\n", "{zone}");
        assert_eq!(
            run(&["due", "--count", "--within", "2"]).stdout,
            "2\n",
            "{zone}"
        );
    }
}

#[test]
fn two_machines_that_exchange_their_files_say_the_same() {
    let one = promised();
    let other = Sandbox::new();
    let exchange = |from: &Sandbox, to: &Sandbox| {
        for file in files(&from.home().join("ledger")) {
            let name = file.strip_prefix(from.home()).unwrap();
            let there = to.home().join(name);
            if !there.exists() {
                let copy = to.write(std::path::Path::new("home").join(name), "");
                std::fs::copy(&file, copy).unwrap();
            }
        }
    };
    exchange(&one, &other);
    at(&one, 18, "19:10", &["promise", "missed", "last"]);
    at(
        &other,
        18,
        "19:11",
        &["promise", "kept", "last", "2026-11-16..2026-11-18"],
    );
    at(
        &one,
        18,
        "19:12",
        &["promise", "skip", "last", "2026-11-19"],
    );
    exchange(&one, &other);
    exchange(&other, &one);
    let show = |sandbox: &Sandbox| at(sandbox, 19, "19:10", &["promise", "show", "last", "--json"]);
    let (here, there) = (show(&one), show(&other));
    assert_eq!(here.stdout, there.stdout);
    assert!(
        here.stdout
            .contains("\"also_said\": [\n        \"missed\"\n      ]"),
        "{here}"
    );
}

#[test]
fn eight_at_once_lose_nothing_and_double_nothing() {
    let sandbox = promised();
    let children: Vec<_> = (0..8)
        .map(|nth| {
            let day = format!("2026-11-{}", 16 + nth % 5);
            let kept = ["promise", "kept", "last", &day];
            let mut kept = command(&sandbox, 20, &format!("19:1{nth}"), &kept);
            kept.stdout(Stdio::null())
                .stderr(Stdio::piped())
                .spawn()
                .unwrap()
        })
        .collect();
    for child in children {
        assert_eq!(sandbox.wait(child).code, Some(0));
    }
    let shown = at(&sandbox, 20, "20:10", &["promise", "show", "last"]).stdout;
    assert!(shown.contains("Kept 5 of the 5 days"), "{shown}");
    assert!(!shown.contains("answered twice"), "{shown}");
}

#[test]
fn today_is_the_day_where_the_machine_is_now() {
    let sandbox = Sandbox::new();
    let run = |now: &str, args: &[&str]| {
        let mut command = sandbox.command(args);
        sandbox.finish(command.env("TRUST_COACH_NOW", now))
    };
    let (berlin, west) = (
        "2026-11-27T01:00:00+01:00[Europe/Berlin]",
        "2026-11-26T16:00:00-08:00[America/Los_Angeles]",
    );
    let when = "once on 2026-11-27";
    let made = run(
        "2026-11-25T12:00:00+01:00[Europe/Berlin]",
        &["promise", "add", "Call.", "--when", when],
    );
    assert_eq!(made.code, Some(0), "{made}");
    assert_eq!(run(berlin, &["due", "--count"]).stdout, "1\n");
    assert_eq!(run(west, &["due", "--count"]).stdout, "0\n");
    assert_eq!(
        run(west, &["promise", "kept", "last", "2026-11-27"]).code,
        Some(2)
    );
    assert_eq!(run(berlin, &["promise", "kept", "last"]).code, Some(0));
    // A time keeps the zone that it was typed in, and says so.
    let when = "once on 2026-11-28 at 18:00 in europe/berlin";
    let add = ["promise", "add", "Write.", "--when", when];
    assert_eq!(run(west, &add).code, Some(0));
    let shown = run(west, &["promise", "show", "last"]).stdout;
    assert!(shown.contains("at 18:00 in Europe/Berlin"), "{shown}");
}

#[test]
fn a_day_that_ends_in_the_night_is_whole_where_the_clock_is_changed() {
    // Clocks go from 2:00 to 3:00, and from 3:00 back to 2:00.
    for (at, today) in [
        ("2027-03-28T01:59:00+01:00[Europe/Berlin]", "2027-03-27"),
        ("2027-03-28T03:00:00+02:00[Europe/Berlin]", "2027-03-28"),
        ("2026-10-25T02:30:00+02:00[Europe/Berlin]", "2026-10-24"),
        ("2026-10-25T02:30:00+01:00[Europe/Berlin]", "2026-10-24"),
        ("2026-10-25T03:00:00+01:00[Europe/Berlin]", "2026-10-25"),
    ] {
        let sandbox = Sandbox::new();
        sandbox.write("home/config.toml", "day-ends = \"03:00\"\n");
        let mut due = sandbox.command(&["due", "--json"]);
        let due = sandbox.finish(due.env("TRUST_COACH_NOW", at));
        let said = format!("\"today\": \"{today}\"");
        assert!(due.stdout.contains(&said), "{at}: {due}");
    }
}
