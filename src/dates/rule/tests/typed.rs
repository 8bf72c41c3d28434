use jiff::Zoned;
use jiff::civil::{Date, Time, date};

use super::super::*;
use super::{EVER, TODAY, berlin, rule};
use crate::dates::today_of;

#[test]
fn rules_are_read_as_people_type_them() {
    // What is typed, the rule in words, its first day, and how many days it has.
    for row in [
        "weekdays until friday | on weekdays until Friday 4 December 2026 | 2026-11-30 | 5",
        "Each weekday until 2026-12-04 | on weekdays until Friday 4 December 2026 | 2026-11-30 | 5",
        "weekdays from 2026-11-16 until 2026-12-04 | on weekdays until Friday 4 December 2026 | 2026-11-16 | 15",
        "each sunday for 6 times | on Sundays until Sunday 3 January 2027 | 2026-11-29 | 6",
        "on sundays for a month | on Sundays until Sunday 27 December 2026 | 2026-11-29 | 5",
        "every monday and thursday for 2 weeks | on Mondays and Thursdays until Friday 11 December 2026 | 2026-11-30 | 4",
        "mondays, wednesdays, and fridays until 11 dec | on Mondays, Wednesdays and Fridays until Friday 11 December 2026 | 2026-11-30 | 6",
        "every other tuesday for 6 weeks | every 2 weeks on Tuesday until Friday 8 January 2027 | 2026-12-01 | 3",
        "every 2 weeks from monday for 4 weeks | every 2 weeks on Monday until Sunday 27 December 2026 | 2026-11-30 | 2",
        "every three days for 2 weeks | every 3 days until Friday 11 December 2026 | 2026-11-28 | 5",
        "daily for 2 weeks | each day until Friday 11 December 2026 | 2026-11-28 | 14",
        "each day at 7 pm from today until tomorrow | each day at 19:00 until Saturday 28 November 2026 | 2026-11-27 | 2",
        "3 times a week for 4 weeks | 3 times a week until Sunday 27 December 2026 | 2026-12-06 | 4",
        "once a week until 2026-12-10 | once a week until Sunday 13 December 2026 | 2026-12-06 | 2",
        "on the 1st of each month until march 2nd 2027 | on the 1st of each month until Tuesday 2 March 2027 | 2026-12-01 | 4",
        "on the last day of each month for 3 months | on the last day of each month until Saturday 27 February 2027 | 2026-11-30 | 3",
        "every 3 months on the 15th for a year | every 3 months on the 15th until Saturday 27 November 2027 | 2026-12-15 | 4",
        "once on friday at 18:00 | once on Friday 4 December 2026 at 18:00 | 2026-12-04 | 1",
        "tomorrow | once on Saturday 28 November 2026 | 2026-11-28 | 1",
        "on the 4th of december 6pm | once on Friday 4 December 2026 at 18:00 | 2026-12-04 | 1",
        "2026-12-04T17:00Z | once on Friday 4 December 2026 at 18:00 | 2026-12-04 | 1",
        "once on friday at 18:00 in america/new_york | once on Friday 4 December 2026 at 18:00 in America/New_York | 2026-12-04 | 1",
        "once on 2026-12-04T18:00:00-05:00[America/New_York] | once on Friday 4 December 2026 at 18:00 in America/New_York | 2026-12-04 | 1",
        "FREQ=WEEKLY;BYDAY=SU;COUNT=2 | on Sundays until Sunday 6 December 2026 | 2026-11-29 | 2",
        "FREQ=MONTHLY;BYMONTHDAY=-1 until 2026-12-31 | on the last day of each month until Thursday 31 December 2026 | 2026-11-30 | 2",
    ] {
        let [typed, words, first, days] = row.split(" | ").collect::<Vec<_>>()[..] else {
            panic!("{row}");
        };
        let rule = rule(typed);
        assert_eq!(rule.words(), words, "{typed}");
        let all: Vec<Date> = rule.days(EVER).collect();
        let (first, days) = (first.parse().unwrap(), days.parse().unwrap());
        assert_eq!((all[0], all.len()), (first, days), "{typed}");
        assert!(all.iter().all(|day| rule.is_day(*day)), "{typed}");
    }
}

#[test]
fn a_rule_that_nobody_ended_has_no_end() {
    let rule = rule("weekdays");
    assert_eq!(rule.until(), None);
    assert_eq!(rule.days(EVER).count(), MOST_DAYS);
    assert_eq!(rule.ending(Some(TODAY)), None);
    let week = rule.ending(Some(date(2026, 12, 4))).unwrap();
    assert_eq!(week.words(), "on weekdays until Friday 4 December 2026");
}

#[test]
fn a_day_that_some_months_lack_is_asked_back() {
    let reading = read_when("on the 31st of each month", TODAY, &berlin());
    let Ok(WhenReading::MonthEnd {
        day: 31,
        last,
        exact,
    }) = reading
    else {
        panic!("{reading:?}");
    };
    assert_eq!(last.words(), "on the last day of each month");
    assert_eq!(exact.words(), "on the 31st of each month, if there is one");
    let days: Vec<Date> = exact.days(EVER).take(3).collect();
    assert_eq!(
        days,
        [date(2026, 12, 31), date(2027, 1, 31), date(2027, 3, 31)]
    );
    assert_eq!(rule(&exact.words()), exact);
    assert_eq!(
        rule("on the 30th of each month, if there is one until 2027-03-30")
            .days(EVER)
            .count(),
        4
    );
}

#[test]
fn leap_days_and_the_end_of_the_calendar_are_days_like_others() {
    let leap =
        DayRule::from_rrule("FREQ=MONTHLY;INTERVAL=12;BYMONTHDAY=29", date(2028, 2, 29)).unwrap();
    let days: Vec<Date> = leap.days(EVER).take(2).collect();
    assert_eq!(days, [date(2028, 2, 29), date(2032, 2, 29)]);
    assert_eq!(
        rule("each day from 2028-02-28 until 2028-03-01")
            .days(EVER)
            .count(),
        3
    );
    for (words, expected) in [
        ("once on 29 feb", "2028-02-29"),
        (
            "on the last day of each month from 2028-01-31 until 2028-04-01",
            "2028-01-31 2028-02-29 2028-03-31",
        ),
        (
            "on the last day of each month from 2027-01-31 until 2027-04-01",
            "2027-01-31 2027-02-28 2027-03-31",
        ),
        (
            "FREQ=MONTHLY;BYMONTHDAY=29 from 2027-01-29 until 2027-04-01",
            "2027-01-29 2027-03-29",
        ),
        (
            "FREQ=MONTHLY;BYMONTHDAY=29 from 2028-01-29 until 2028-04-01",
            "2028-01-29 2028-02-29 2028-03-29",
        ),
    ] {
        let days: Vec<String> = rule(words).days(EVER).map(|day| day.to_string()).collect();
        assert_eq!(days.join(" "), expected, "{words}");
    }
    let far = rule("each day until 9999-12-31");
    let last: Vec<Date> = far.days(date(9999, 12, 30)..=Date::MAX).collect();
    assert_eq!(last, [date(9999, 12, 30), date(9999, 12, 31)]);
    assert_eq!(far.days(EVER).count(), MOST_DAYS);
    assert_eq!(far.last_days(&EVER).last(), Some(&date(9999, 12, 31)));
    for words in [
        "weekdays",
        "twice a week",
        "on the last day of each month",
        "every 52 weeks on friday",
    ] {
        let days = rule(words).days(date(9999, 10, 1)..=Date::MAX).count();
        assert!(days <= 66, "{words}: {days}");
    }
    let last = read_when("each sunday", date(9999, 12, 30), &berlin());
    assert!(last.is_err(), "{last:?}");
    let once = rule("once on 9999-12-31");
    assert!(once.is_day(date(9999, 12, 31)));
}

#[test]
fn the_last_days_of_a_rule_are_found_however_long_ago_it_began() {
    for rrule in [
        "FREQ=DAILY",
        "FREQ=DAILY;INTERVAL=3",
        "FREQ=WEEKLY;INTERVAL=2;BYDAY=SU,MO",
        "FREQ=MONTHLY;BYMONTHDAY=31",
        "FREQ=MONTHLY;BYMONTHDAY=-1",
    ] {
        let rule = DayRule::from_rrule(rrule, date(1998, 1, 4)).unwrap();
        let window = date(2024, 3, 1)..=date(2026, 11, 29);
        let days: Vec<Date> = rule.days(window.clone()).collect();
        assert_eq!(rule.last_days(&window), days, "{rrule}");
        assert!(
            rule.last_days(&(EVER.start().to_owned()..=*window.end()))
                .ends_with(&days)
        );
    }
    let daily = DayRule::from_rrule("FREQ=DAILY", date(1998, 1, 4)).unwrap();
    assert_eq!(daily.last_days(&EVER).len(), MOST_DAYS);
    assert!(daily.last_days(&(Date::MIN..=date(1998, 1, 3))).is_empty());
}

#[test]
fn weeks_begin_on_monday() {
    let from = date(2026, 11, 29);
    let rule = DayRule::from_rrule("FREQ=WEEKLY;INTERVAL=2;BYDAY=SU,MO", from).unwrap();
    let days: Vec<Date> = rule.days(EVER).take(3).collect();
    assert_eq!(days, [from, date(2026, 12, 7), date(2026, 12, 13)]);
    let rrule = "FREQ=WEEKLY;INTERVAL=2;BYDAY=MO,SU;WKST=MO";
    assert_eq!(rule.to_rrule().as_deref(), Some(rrule));
}

#[test]
fn on_one_line_a_rule_is_what_a_calendar_has() {
    for (typed, line) in [
        (
            "weekdays until friday",
            "DTSTART;VALUE=DATE:20261130 RRULE:FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR;WKST=MO;UNTIL=20261204",
        ),
        ("once on friday at 18:00", "DTSTART:20261204T180000"),
        (
            "once on friday at 18:00 in Asia/Tokyo",
            "DTSTART;TZID=Asia/Tokyo:20261204T180000",
        ),
        (
            "3 times a week",
            "DTSTART;VALUE=DATE:20261130 RRULE:FREQ=WEEKLY;BYDAY=SU;WKST=MO X-TIMES:3",
        ),
    ] {
        assert_eq!(rule(typed).to_string(), line);
        assert_eq!(line.parse(), Ok(rule(typed)));
    }
    for line in [
        "",
        "DTSTART",
        "DTSTART:2026",
        "DTSTART;VALUE=DATE:20261130 FREQ=DAILY",
        "DTSTART;VALUE=DATE:20261130 RRULE:FREQ=DAILY X-TIMES:0",
    ] {
        assert!(line.parse::<DayRule>().is_err(), "{line}");
    }
}

#[test]
fn the_day_lasts_into_the_night_by_the_clock_on_the_wall() {
    // The moment, the hour in which a day begins, and the day it is.
    for row in [
        "2026-11-28T02:59:59+01:00[Europe/Berlin] 3 2026-11-27",
        "2026-11-28T03:00:00+01:00[Europe/Berlin] 3 2026-11-28",
        "2026-11-28T00:00:00+01:00[Europe/Berlin] 0 2026-11-28",
        // The night in which the clock goes from two to three, and the one in which it goes back.
        "2027-03-28T03:00:00+02:00[Europe/Berlin] 3 2027-03-28",
        "2026-10-25T02:30:00+02:00[Europe/Berlin] 3 2026-10-24",
        "2026-10-25T02:30:00+01:00[Europe/Berlin] 3 2026-10-24",
        "2026-10-25T03:00:00+01:00[Europe/Berlin] 3 2026-10-25",
        // Days that begin at one o'clock.
        "2027-09-05T01:00:00-03:00[America/Santiago] 0 2027-09-05",
        "2027-09-05T01:00:00-03:00[America/Santiago] 3 2027-09-04",
        "2027-04-30T01:30:00+03:00[Africa/Cairo] 3 2027-04-29",
        "2027-03-28T03:00:00+03:00[Asia/Beirut] 3 2027-03-28",
        "2028-03-01T01:00:00+01:00[Europe/Berlin] 3 2028-02-29",
        // The same moment, for somebody who flew west.
        "2026-12-05T01:00:00+01:00[Europe/Berlin] 0 2026-12-05",
        "2026-12-04T19:00:00-05:00[America/New_York] 0 2026-12-04",
    ] {
        let [now, hour, today] = row.split(' ').collect::<Vec<_>>()[..] else {
            panic!("{row}");
        };
        let (now, today) = (now.parse::<Zoned>().unwrap(), today.parse().unwrap());
        let begins = Time::constant(hour.parse().unwrap(), 0, 0, 0);
        assert_eq!(today_of(&now, begins), today, "{row}");
    }
}
