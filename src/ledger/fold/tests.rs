use jiff::civil::date;
use proptest::prelude::*;

use super::*;
use crate::dates::{DayPattern, DayRule, WeekdaySet};
use crate::ledger::{DayTally, PromiseChange};
use crate::session::Moment;

const MADE: &str = "20261115T181044.032Z-5c0e77a1";

/// A fact that is said as the `nth`.
fn fact(nth: usize, statement: Statement) -> Fact {
    Fact {
        id: match statement {
            Statement::Made(_) => MADE.to_string(),
            _ => format!("20261116T{:06}.000Z-{nth:08x}", nth * 100),
        },
        about: "promise".to_string(),
        of: MADE.to_string(),
        at: Moment("2026-11-16T21:45:12+01:00[Europe/Berlin]".to_string()),
        instead_of: Vec::new(),
        statement,
        by: None,
        note: None,
        extra: toml::Table::new(),
    }
}

/// Weekdays from 16 November to 4 December 2026.
fn made() -> Fact {
    let pattern = DayPattern::Weekly {
        every: 1,
        on: WeekdaySet::WEEKDAYS,
    };
    let until = Some(date(2026, 12, 4));
    fact(
        0,
        Statement::Made(PromiseTerms {
            what: "I will write.".to_string(),
            to: None,
            if_then: None,
            rule: DayRule::new(pattern, date(2026, 11, 16), until).unwrap(),
            look: None,
            origin: None,
            follows: None,
            partners: None,
        }),
    )
}

fn day(day: i8) -> Date {
    date(2026, 11, day)
}

fn said(nth: usize, verdict: Verdict, on: i8) -> Fact {
    let on = day(on);
    let times = None;
    fact(nth, Statement::Verdict { verdict, on, times })
}

fn moved(nth: usize, on: i8, to: i8) -> Fact {
    fact(
        nth,
        Statement::Moved {
            on: day(on),
            to_day: Some(day(to)),
            told: None,
        },
    )
}

fn instead(fact: Fact, of: &[&Fact]) -> Fact {
    Fact {
        instead_of: of.iter().map(|fact| fact.id.clone()).collect(),
        ..fact
    }
}

fn one(facts: &[Fact]) -> Promise {
    let facts = [made()].into_iter().chain(facts.iter().cloned());
    let mut all = promises(facts);
    assert_eq!(all.len(), 1);
    all.remove(0)
}

/// The first week's days as they stand on its Friday, a word each.
fn week(promise: &Promise) -> String {
    let days = promise.days(day(16)..=day(22), day(20));
    let words = days.iter().map(|day| {
        let also: String = day
            .also_said()
            .iter()
            .map(|it| format!("/{}", word(*it)))
            .collect();
        format!("{}{}{also}", day.on.day(), word(day.state))
    });
    words.collect::<Vec<_>>().join(" ")
}

fn word(state: DayState) -> String {
    match state {
        DayState::Said(verdict) => verdict.name()[..1].to_string(),
        DayState::SeenDifferently => "d".to_string(),
        DayState::Moved(Some(to)) => format!(">{}", to.day()),
        DayState::Moved(None) => "x".to_string(),
        DayState::Skipped(_) => "s".to_string(),
        DayState::Unanswered => ".".to_string(),
        DayState::Today => "!".to_string(),
        DayState::Ahead => "?".to_string(),
    }
}

#[test]
fn days_follow_from_the_rule_and_what_was_said() {
    assert_eq!(week(&one(&[])), "16. 17. 18. 19. 20!");
    let facts = [
        said(1, Verdict::Kept, 16),
        said(2, Verdict::Missed, 17),
        moved(3, 18, 21),
        fact(
            4,
            Statement::Skipped {
                on: day(19),
                through: Some(day(20)),
                cause: SkipCause::Ill,
            },
        ),
        said(5, Verdict::Part, 20),
    ];
    let promise = one(&facts);
    assert_eq!(week(&promise), "16k 17m 18>21 19s 20p 21?");
    let tally = DayTally::of(&promise.days(day(1)..=day(20), day(20)));
    let (kept, answered) = (tally.kept, tally.answered());
    assert_eq!((kept, answered, tally.changed, tally.skipped), (1, 3, 1, 1));
    assert_eq!(tally.kept_of_answered(), None, "three days say nothing");
}

#[test]
fn a_verdict_that_names_another_takes_its_place_whatever_the_clock_said() {
    let missed = said(5, Verdict::Missed, 16);
    let kept = instead(said(1, Verdict::Kept, 16), &[&missed]);
    let promise = one(&[missed.clone(), kept]);
    assert!(week(&promise).starts_with("16k 17."));
    assert_eq!(promise.replaced, [missed]);
}

#[test]
fn what_two_machines_said_is_both_there_until_one_verdict_names_both() {
    let (kept, missed) = (said(1, Verdict::Kept, 16), said(2, Verdict::Missed, 16));
    let both = [kept.clone(), missed.clone()];
    assert!(week(&one(&both)).starts_with("16m/k 17."));
    let same = [kept.clone(), said(2, Verdict::Kept, 16)];
    assert!(week(&one(&same)).starts_with("16k 17."));
    let settled = instead(said(3, Verdict::Part, 16), &[&kept, &missed]);
    assert!(week(&one(&[kept, missed, settled])).starts_with("16p 17."));
}

#[test]
fn each_of_two_people_says_only_their_own_and_nobody_decides_between_them() {
    let by = |partner, fact: Fact| Fact {
        by: Some(partner),
        ..fact
    };
    let mo = by(Partner::A, said(1, Verdict::Kept, 16));
    let il = by(Partner::B, said(2, Verdict::Missed, 16));
    let week_of = |facts: &[Fact]| week(&one(facts));
    assert!(week_of(std::slice::from_ref(&mo)).starts_with("16k 17."));
    assert!(week_of(&[mo.clone(), il.clone()]).starts_with("16d 17."));
    let agreeing = instead(by(Partner::B, said(3, Verdict::Kept, 16)), &[&il]);
    assert!(week_of(&[mo.clone(), il.clone(), agreeing]).starts_with("16k 17."));
    // What one of them said on two machines is answered twice; what the other said never is.
    let again = by(Partner::A, said(4, Verdict::Part, 16));
    assert!(week_of(&[mo.clone(), il, again]).starts_with("16d/k 17."));
    let promise = one(&[mo]);
    let day = &promise.days(day(16)..=day(16), day(20))[0];
    assert_eq!(
        day.said_by(Some(Partner::A)),
        Some(DayState::Said(Verdict::Kept))
    );
    assert_eq!(day.said_by(Some(Partner::B)), None);
}

#[test]
fn what_is_taken_back_brings_back_what_it_had_replaced() {
    let missed = said(1, Verdict::Missed, 16);
    let kept = instead(said(2, Verdict::Kept, 16), &[&missed]);
    let undo = fact(3, Statement::TakenBack(kept.id.clone()));
    let all = [missed, kept.clone(), undo];
    assert!(week(&one(&all)).starts_with("16m 17."));
    // What was replaced twice doesn't come back by itself.
    let part = instead(said(4, Verdict::Part, 16), &[&kept]);
    assert!(week(&one(&[all[0].clone(), kept, part])).starts_with("16p 17."));
    let unmade = fact(1, Statement::TakenBack(MADE.to_string()));
    assert!(week(&one(&[unmade])).starts_with("16. 17."));
}

#[test]
fn facts_that_name_each_other_still_have_one_result() {
    let (mut one_way, mut other) = (said(1, Verdict::Kept, 16), said(2, Verdict::Missed, 16));
    one_way.instead_of = vec![other.id.clone()];
    other.instead_of = vec![one_way.id.clone()];
    let promise = one(&[one_way, other]);
    assert!(week(&promise).starts_with("16. 17."));
    assert_eq!(promise.replaced.len(), 2);
}

#[test]
fn a_day_that_was_moved_can_be_moved_again_and_a_moved_day_that_is_none_adds_nothing() {
    let facts = [moved(1, 17, 21), moved(2, 21, 22), moved(3, 14, 15)];
    assert_eq!(week(&one(&facts)), "16. 17>21 18. 19. 20! 21>22 22?");
}

#[test]
fn a_change_holds_from_its_day_and_before_the_first_day_it_always_did() {
    let change = |since: i8| {
        let rule = DayRule::new(
            DayPattern::Weekly {
                every: 1,
                on: jiff::civil::Weekday::Thursday.into(),
            },
            day(since),
            None,
        );
        let change = PromiseChange {
            what: Some("I will call.".to_string()),
            rule,
            ..PromiseChange::default()
        };
        let since = day(since);
        fact(1, Statement::Changed { since, change })
    };
    let promise = one(&[change(18)]);
    assert_eq!(week(&promise), "16. 17. 19.");
    assert_eq!(promise.terms_on(day(17)).what, "I will write.");
    assert_eq!(promise.terms().what, "I will call.");
    assert_eq!(promise.rewordings().count(), 1);
    let mended = one(&[change(16)]);
    assert_eq!(week(&mended), "19.");
    assert_eq!(mended.terms_on(day(1)).what, "I will call.");
    assert_eq!(mended.rewordings().count(), 0);
}

#[test]
fn a_promise_that_was_let_go_keeps_what_was_said_and_asks_for_nothing() {
    let since = day(18);
    let gone = [
        said(1, Verdict::Kept, 16),
        fact(2, Statement::LetGo { since }),
        said(3, Verdict::Kept, 19),
    ];
    let promise = one(&gone);
    assert_eq!(week(&promise), "16k 17. 19k");
    assert_eq!(promise.to_look_at(day(20)), []);
    assert!(!promise.is_open(day(20)));
}

#[test]
fn what_is_open_is_what_lies_ahead_or_has_no_answer() {
    let promise = one(&[]);
    assert_eq!(promise.to_look_at(day(17)), [day(16), day(17)]);
    assert_eq!(promise.next_day(day(21)), Some(day(23)));
    assert!(promise.is_open(date(2027, 1, 1)));
    let days = promise.days(day(1)..=date(2026, 12, 31), day(1));
    let kept = days.iter().enumerate().map(|(nth, day)| {
        let (on, times) = (day.on, None);
        let verdict = Verdict::Kept;
        fact(nth + 1, Statement::Verdict { verdict, on, times })
    });
    assert!(!one(&kept.collect::<Vec<_>>()).is_open(date(2027, 1, 1)));
}

/// Something said about a day of the first week, or of the whole, and which of what was said before
/// it takes the place of.
fn statements() -> impl Strategy<Value = Vec<Fact>> {
    let one = (0..9_usize, 16..23_i8, 16..25_i8, any::<[bool; 3]>());
    proptest::collection::vec(one, 0..9).prop_map(|all| {
        let mut facts: Vec<Fact> = Vec::new();
        for (nth, (kind, on, other, names)) in all.into_iter().enumerate() {
            let statement = match kind {
                0..4 => {
                    let verdict = Verdict::ALL[kind].0;
                    let (on, times) = (day(on), None);
                    Statement::Verdict { verdict, on, times }
                }
                4 => moved(0, on, other).statement,
                5 => Statement::Skipped {
                    on: day(on),
                    through: (other > on).then(|| day(other)),
                    cause: SkipCause::Away,
                },
                6 => Statement::LetGo { since: day(other) },
                7 => Statement::Changed {
                    since: day(on),
                    change: PromiseChange {
                        what: Some(format!("Wording {nth}")),
                        ..PromiseChange::default()
                    },
                },
                _ => match facts.last() {
                    Some(last) => Statement::TakenBack(last.id.clone()),
                    None => Statement::Noted,
                },
            };
            let mut new = fact(nth + 1, statement);
            let before = facts.iter().rev().zip(names).filter(|(_, named)| *named);
            new.instead_of = before.map(|(fact, _)| fact.id.clone()).collect();
            facts.push(new);
        }
        facts
    })
}

#[test]
fn what_is_due_today_is_known_of_a_promise_that_began_long_ago() {
    let mut old = made();
    if let Statement::Made(terms) = &mut old.statement {
        let every = DayPattern::Daily { every: 1 };
        terms.rule = DayRule::new(every, date(1990, 1, 1), None).unwrap();
    }
    let all = promises([old]);
    assert_eq!(all[0].to_look_at(day(27)).last(), Some(&day(27)));
}

proptest! {
    #[test]
    fn facts_have_one_result_in_every_order_of_arrival(
        (facts, shuffled) in statements().prop_flat_map(|mut facts| {
            facts.push(made());
            (Just(facts.clone()), Just(facts).prop_shuffle())
        })
    ) {
        let twice = shuffled.iter().chain(&facts).cloned();
        prop_assert_eq!(promises(twice), promises(facts));
    }

    #[test]
    fn what_a_newer_program_says_changes_no_day(facts in statements(), at in 0..9_usize) {
        let before = one(&facts);
        let newer = Statement::Newer("celebrated".to_string());
        let mut strange = fact(50, newer);
        strange.about = "plan".to_string();
        let mut orphan = said(51, Verdict::Kept, 16);
        orphan.of = "20260101T000000.000Z-00000000".to_string();
        let mut more = facts;
        more.insert(at.min(more.len()), strange);
        more.push(orphan);
        let after = one(&more);
        let window = day(1)..=date(2026, 12, 31);
        prop_assert_eq!(
            before.days(window.clone(), day(20)),
            after.days(window, day(20))
        );
        prop_assert_eq!(before.terms(), after.terms());
    }
}
