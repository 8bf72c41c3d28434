use icalendar::{Calendar, CalendarComponent, Component};
use insta::assert_snapshot;

use crate::common::Sandbox;

fn with(when: &[&str]) -> Sandbox {
    let sandbox = Sandbox::new();
    for (at, when) in when.iter().enumerate() {
        sandbox.write("what.txt", format!("I’ll call, {at}; and listen.\nAt six."));
        let args = ["promise", "add", "--what-file", "what.txt", "--when", when];
        let output = sandbox.run(&args);
        assert_eq!(output.code, Some(0), "{output}");
    }
    sandbox
}

/// The calendar, read by the library's own reader, and as it was written.
fn written(sandbox: &Sandbox, args: &[&str]) -> (Calendar, String) {
    let output = sandbox.run(&[&["promise", "calendar"], args].concat());
    assert_eq!(output.code, Some(0), "{output}");
    let text = output.stdout;
    assert!(text.lines().all(|line| line.len() <= 75), "{text}");
    assert_eq!(text.matches('\n').count(), text.matches("\r\n").count());
    let calendar: Calendar = text.parse().unwrap();
    (calendar, text)
}

#[test]
fn days_are_all_day_transparent_private_and_neutral() {
    let sandbox = with(&["weekdays from 2026-11-16 until 2026-12-04"]);
    let output = sandbox.run(&["promise", "skip", "last", "2026-11-20", "--cause", "ill"]);
    assert_eq!(output.code, Some(0), "{output}");
    let (calendar, text) = written(&sandbox, &[]);
    assert_eq!(calendar.components.len(), 1);
    let mut lines: Vec<&str> = text.lines().collect();
    // The name of the fact is another one each time.
    lines.retain(|line| !line.starts_with("UID:20261122T174501.000Z-"));
    assert_snapshot!(lines.join("\n"), @"
    BEGIN:VCALENDAR
    VERSION:2.0
    PRODID:-//trust-coach//trust-coach//EN
    CALSCALE:GREGORIAN
    BEGIN:VEVENT
    CLASS:PRIVATE
    DTSTAMP:20261122T174501Z
    DTSTART;VALUE=DATE:20261116
    RRULE:FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR;WKST=MO;UNTIL=20261204
    SEQUENCE:1
    SUMMARY:Check in
    TRANSP:TRANSPARENT
    EXDATE;VALUE=DATE:20261120
    END:VEVENT
    END:VCALENDAR
    ");
    assert!(!text.contains("call"), "{text}");
}

#[test]
fn a_day_that_was_moved_is_an_event_of_its_own() {
    let sandbox = with(&["weekdays from 2026-11-16 until 2026-12-04"]);
    let args = [
        "promise",
        "change",
        "last",
        "--on",
        "2026-11-25",
        "--to-day",
        "2026-11-28",
    ];
    let output = sandbox.run(&args);
    assert_eq!(output.code, Some(0), "{output}");
    let (calendar, text) = written(&sandbox, &[]);
    assert_eq!(calendar.components.len(), 2, "{text}");
    assert!(text.contains("EXDATE;VALUE=DATE:20261125\r\n"), "{text}");
    assert!(text.contains("+20261128@trust-coach.invalid\r\n"), "{text}");
    assert!(text.contains("DTSTART;VALUE=DATE:20261128\r\n"), "{text}");
}

#[test]
fn words_titles_alarms_and_things_to_do_are_read_back_as_they_were() {
    let sandbox = with(&["each sunday at 18:00 for 2 weeks"]);
    let args = [
        "--with-text",
        "--title",
        "Us; a, b\\c ‹é›",
        "--at",
        "17:30",
        "--as",
        "todo",
    ];
    let (calendar, text) = written(&sandbox, &args);
    let CalendarComponent::Todo(todo) = &calendar.components[0] else {
        panic!("{text}");
    };
    assert_eq!(todo.get_summary(), Some("Us; a, b\\c ‹é›"));
    assert_eq!(
        todo.get_description(),
        Some("I’ll call, 0; and listen.\nAt six.")
    );
    assert!(text.contains("DTSTART:20261129T180000\r\n"), "{text}");
    assert!(text.contains("UNTIL=20261206T180000\r\n"), "{text}");
    // The reminder is the last thing in it.
    assert!(text.contains("END:VALARM\r\nEND:VTODO\r\n"), "{text}");
    assert!(text.contains("TRIGGER:-PT1800S\r\n"), "{text}");
}

#[test]
fn only_what_is_asked_for_is_written_and_a_moment_in_a_zone_in_utc() {
    let sandbox = with(&[
        "once on 2026-12-04T18:00:00-05:00[America/New_York]",
        "each sunday for 2 weeks",
    ]);
    let (calendar, _) = written(&sandbox, &[]);
    assert_eq!(calendar.components.len(), 2);
    let (calendar, text) = written(&sandbox, &["last"]);
    assert_eq!(calendar.components.len(), 1, "{text}");
    let (_, text) = written(&sandbox, &["--all"]);
    assert!(text.contains("DTSTART:20261204T230000Z\r\n"), "{text}");
    let refused = sandbox.run(&["promise", "calendar", "--title", "a\nb"]);
    assert_eq!(refused.code, Some(2), "{refused}");
    let none = Sandbox::new().run(&["promise", "calendar"]);
    assert_eq!(none.code, Some(1), "{none}");
    let args = ["promise", "calendar", "--output", "days.ics"];
    assert_eq!(sandbox.run(&args).code, Some(0));
    let again = sandbox.run(&args);
    assert_ne!(again.code, Some(0), "{again}");
}
