use super::super::*;
use super::{TODAY, berlin, refusal, rule};

#[test]
fn what_is_understood_in_part_is_refused_with_what_it_stumbled_over() {
    for (typed, says) in [
        (
            "weekdays until friday week",
            "“friday week”: I read “friday”, but not “week”.",
        ),
        (
            "weekdays until christmas",
            "I can’t read “christmas” as a day.",
        ),
        (
            "on monday and thursday",
            "“on monday and thursday”: I read “on monday”, but not “and thursday”.",
        ),
        (
            "each monday or thursday",
            "“each monday or thursday”: I read “each monday”, but not “or thursday”.",
        ),
        (
            "on mondays and thursday",
            "“on mondays and thursday”: I read “on mondays”, but not “and thursday”.",
        ),
        (
            "every second tuesday",
            "I can’t tell which days “every second tuesday” means.",
        ),
        ("weekly", "“weekly”: on which day?"),
        ("every month", "“every month”: on which day?"),
        ("every 2 weeks", "“every 2 weeks”: on which day?"),
        (
            "once in 2 weeks",
            "I can’t tell which days “once in 2 weeks” means.",
        ),
        ("until friday", "It doesn’t say on which days."),
        ("", "It doesn’t say on which days."),
        ("soon", "I can’t tell which days “soon” means."),
        (
            "every 99 days",
            "I can’t tell which days “every 99 days” means.",
        ),
        (
            "on the 32nd of each month",
            "I can’t tell which days “on the 32nd of each month” means.",
        ),
        (
            "when they have heard me out and want to",
            "I can’t tell which days that means.",
        ),
        (
            "on the last friday of each month",
            "“on the last friday of each month”: I read “on the last friday”, but not “of each month”.",
        ),
        (
            "each day until friday for 2 weeks",
            "It has one end, “until” or “for”.",
        ),
        (
            "each day until friday until monday",
            "“until” is there twice.",
        ),
        ("each day for ever", "I can’t read “for ever”."),
        ("each day at noon", "I can’t read “at noon”."),
        (
            "friday until sunday",
            "“friday” is one day, without a beginning and an end.",
        ),
        ("2026-12-04T18:00 at 19:00", "I can’t read “at 19:00”."),
        (
            "each sunday until 2026-11-28",
            "The first day would be Sunday 29 November 2026, and the last day Saturday 28 November 2026.",
        ),
        ("FREQ=YEARLY", "“FREQ=YEARLY” isn’t read here."),
        ("FREQ=MONTHLY;BYDAY=2TU", "“BYDAY=2TU” isn’t read here."),
        (
            "FREQ=MONTHLY;BYDAY=TU",
            "“BYDAY” isn’t read with “FREQ=MONTHLY” here.",
        ),
        (
            "FREQ=MONTHLY;BYMONTHDAY=1;BYSETPOS=1",
            "“BYSETPOS=1” isn’t read here.",
        ),
        ("FREQ=WEEKLY;WKST=SU", "“WKST=SU” isn’t read here."),
        ("FREQ=DAILY;INTERVAL=53", "“INTERVAL=53” isn’t read here."),
        (
            "FREQ=DAILY;UNTIL=20261204T180000Z",
            "“UNTIL=20261204T180000Z” isn’t read here.",
        ),
        (
            "FREQ=DAILY;UNTIL=20261204;COUNT=2",
            "A rule has one end, “UNTIL” or “COUNT”.",
        ),
        ("FREQ=DAILY;FREQ=DAILY", "“FREQ” is there twice."),
        (
            "FREQ=DAILY;COUNT=2 until friday",
            "It has an end in “FREQ=…” already.",
        ),
        (
            "INTERVAL=2;FREQ=DAILY;UNTIL=20250101",
            "This rule has no day.",
        ),
    ] {
        let refusal = refusal(typed);
        let (said, example) = refusal.split_once(" You can type: ").unwrap();
        assert_eq!(said, says, "{typed}");
        assert!(example.len() > 5, "{typed}");
    }
}

#[test]
fn every_example_of_a_refusal_can_be_typed() {
    let mut problems = vec![WHEN_EXAMPLES.to_string()];
    for typed in [
        "",
        "soon",
        "friday until monday",
        "FREQ=YEARLY",
        "FREQ=DAILY;INTERVAL=0",
        "FREQ=MONTHLY;BYMONTHDAY=0",
        "FREQ=DAILY;COUNT=0",
        "every 2 weeks",
    ] {
        problems.push(
            read_when(typed, TODAY, &berlin())
                .unwrap_err()
                .example
                .to_string(),
        );
    }
    for example in problems.iter().flat_map(|examples| examples.split(", ")) {
        rule(example);
    }
    for tail in ["until friday week", "from soon", "at noon", "for ever"] {
        let problem = read_when(&format!("each day {tail}"), TODAY, &berlin()).unwrap_err();
        for example in problem.example.split(", ") {
            rule(&format!("each day {example}"));
        }
    }
}
