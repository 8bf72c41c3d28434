use jiff::civil::date;
use proptest::prelude::*;

use super::*;
use crate::dates::{DayPattern, WeekdaySet};
use crate::ledger::{PromiseChange, PromiseTerms, SkipCause, Verdict};
use crate::session::Moment;

const TODAY: Date = date(2026, 11, 27);

pub(in crate::ledger) fn fact(number: u32, statement: Statement) -> Fact {
    let id = |number: u32| format!("20261115T181044.032Z-{number:08x}");
    let of = match &statement {
        Statement::Made(_) => id(number),
        _ => id(1),
    };
    Fact {
        id: id(number),
        about: "promise".to_string(),
        of,
        at: Moment("2026-11-15T19:10:44+01:00[Europe/Berlin]".to_string()),
        instead_of: Vec::new(),
        statement,
        by: None,
        note: None,
        extra: Table::new(),
    }
}

pub(in crate::ledger) fn made(rule: DayRule) -> Fact {
    let terms = PromiseTerms {
        what: "I will write before six.".to_string(),
        to: None,
        if_then: None,
        rule,
        look: None,
        origin: None,
        follows: None,
        partners: None,
    };
    fact(1, Statement::Made(terms))
}

pub(in crate::ledger) fn kept(number: u32, on: Date) -> Fact {
    fact(
        number,
        Statement::Verdict {
            verdict: Verdict::Kept,
            on,
            times: None,
        },
    )
}

pub(in crate::ledger) fn weekdays(from: Date, until: Option<Date>) -> DayRule {
    let on = WeekdaySet::WEEKDAYS;
    DayRule::new(DayPattern::Weekly { every: 1, on }, from, until).unwrap()
}

/// The open days by the facts themselves.
fn by_facts(facts: &[Fact], last: Date) -> Vec<Date> {
    let promises = promises(facts.to_vec());
    let open = promises.iter().filter(|promise| promise.let_go().is_none());
    let days = open.flat_map(|promise| {
        let days = promise.days(promise.first_day().min(TODAY)..=last, TODAY);
        let open = days
            .into_iter()
            .filter(|day| day.is_open() || day.state == DayState::Ahead);
        open.map(|day| day.on).collect::<Vec<_>>()
    });
    days.collect()
}

fn through_text(days: &OpenDays) -> OpenDays {
    let text = toml::to_string(&days.to_table()).unwrap();
    assert!(!text.contains("before six"), "{text}");
    OpenDays::from_table(text.parse().unwrap()).unwrap()
}

fn named(days: &OpenDays, last: Date) -> Vec<Date> {
    days.until(last).into_iter().map(|(day, _)| day).collect()
}

#[test]
fn a_promise_that_is_answered_or_let_go_leaves_nothing() {
    let week = weekdays(date(2026, 11, 23), Some(date(2026, 11, 27)));
    let mut facts = vec![made(week)];
    facts.extend((23..=27).map(|day| kept(u32::try_from(day).unwrap(), date(2026, 11, day))));
    let days = OpenDays::of(&promises(facts), TODAY);
    assert_eq!(days, OpenDays::default());
    let since = TODAY;
    let facts = vec![
        made(weekdays(TODAY, None)),
        fact(2, Statement::LetGo { since }),
    ];
    assert_eq!(OpenDays::of(&promises(facts), TODAY), OpenDays::default());
}

#[test]
fn what_is_no_table_of_days_is_nothing() {
    for text in ["", "promise = 1", "promise = [{ of = 1 }]"] {
        assert_eq!(OpenDays::from_table(text.parse().unwrap()), None, "{text}");
    }
}

fn statements() -> impl Strategy<Value = Statement> {
    let day = || (0_i64..80).prop_map(|day| date(2026, 11, 1).saturating_add(day.days()));
    let verdict = Verdict::Missed;
    prop_oneof![
        3 => day().prop_map(move |on| Statement::Verdict { verdict, on, times: None }),
        1 => (day(), prop::option::of(day())).prop_map(|(on, to_day)| Statement::Moved {
            on,
            to_day,
            told: None,
        }),
        1 => (day(), prop::option::of(0_i64..20)).prop_map(|(on, more)| Statement::Skipped {
            on,
            through: more.map(|more| on.saturating_add(more.days())),
            cause: SkipCause::Away,
        }),
        1 => (day(), day()).prop_map(|(since, from)| Statement::Changed {
            since,
            change: PromiseChange {
                rule: Some(weekdays(from, None)),
                ..PromiseChange::default()
            },
        }),
    ]
}

proptest! {
    #[test]
    fn they_are_the_days_that_follow_from_the_facts(
        said in prop::collection::vec(statements(), 0..8),
        ends in prop::option::of(0_i64..60),
    ) {
        let until = ends.map(|days| date(2026, 11, 20).saturating_add(days.days()));
        let mut facts = vec![made(weekdays(date(2026, 11, 16), until))];
        facts.extend(said.into_iter().zip(2..).map(|(said, number)| fact(number, said)));
        let days = through_text(&OpenDays::of(&promises(facts.clone()), TODAY));
        for last in [TODAY, date(2026, 12, 24), date(2027, 6, 1)] {
            prop_assert_eq!(named(&days, last), by_facts(&facts, last));
        }
    }

    #[test]
    fn an_answer_that_is_added_later_counts_as_if_it_had_been_there(
        days in prop::collection::btree_set(0_i64..40, 0..8),
        before in 0_usize..8,
    ) {
        let mut facts = vec![made(weekdays(date(2026, 11, 16), None))];
        let on = |days: &i64| date(2026, 11, 16).saturating_add(days.days());
        // Only days of the promise can be answered.
        let answered = days.iter().map(on).filter(|day| weekdays(date(2026, 11, 16), None).is_day(*day));
        facts.extend(answered.zip(2..).map(|(day, number)| kept(number, day)));
        let (first, rest) = facts.split_at(before.clamp(1, facts.len()));
        let mut noted = OpenDays::of(&promises(first.to_vec()), TODAY);
        for fact in rest {
            noted.add(fact);
        }
        let mut from_nothing = OpenDays::default();
        for fact in &facts {
            from_nothing.add(fact);
        }
        for last in [TODAY, date(2027, 3, 1)] {
            prop_assert_eq!(named(&through_text(&noted), last), by_facts(&facts, last));
            prop_assert_eq!(named(&from_nothing, last), by_facts(&facts, last));
        }
    }
}
