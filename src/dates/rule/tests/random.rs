use jiff::ToSpan;
use jiff::civil::{Date, Time, date};
use jiff::tz::TimeZone;
use proptest::prelude::*;

use super::super::*;
use super::{EVER, TODAY};

fn patterns() -> impl Strategy<Value = DayPattern> {
    let on = (1_u8..128).prop_map(|bits| {
        let week = jiff::civil::Weekday::Monday.cycle_forward().take(7);
        let days = week.enumerate().filter(|(at, _)| bits >> at & 1 == 1);
        days.fold(WeekdaySet::default(), |on, (_, day)| on.with(day))
    });
    let day = prop_oneof![1_i8..=31, Just(-1)];
    prop_oneof![
        (1_u8..=52).prop_map(|every| DayPattern::Daily { every }),
        (1_u8..=52, on).prop_map(|(every, on)| DayPattern::Weekly { every, on }),
        (1_u8..=12, day).prop_map(|(every, day)| DayPattern::Monthly { every, day }),
        (1_u8..=20).prop_map(DayPattern::TimesAWeek),
        Just(DayPattern::Once),
    ]
}

prop_compose! {
    fn rules()(
        pattern in patterns(),
        from in 0_i32..60_000,
        length in prop::option::of(0_i32..3000),
        minute in prop::option::of(0_i8..60),
    ) -> Option<DayRule> {
        let from = date(1990, 1, 1).checked_add(from.days()).unwrap();
        let until = length.map(|length| from.checked_add(length.days()).unwrap());
        let rule = DayRule::new(pattern, from, until)?;
        Some(rule.at(minute.map(|minute| Time::constant(18, minute, 0, 0))))
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2000))]

    #[test]
    fn a_rule_is_read_back_from_its_words_and_from_its_line(rule in rules()) {
        let Some(rule) = rule else { return Ok(()) };
        let before = rule.from().yesterday().unwrap();
        let read = |words: &str, today| read_when(words, today, &TimeZone::UTC);
        let same = Ok(WhenReading::Rule(rule.clone()));
        prop_assert_eq!(&read(&rule.words(), before), &same, "{}", rule.words());
        prop_assert_eq!(&read(&rule.words_with_start(), TODAY), &same, "{}", rule.words_with_start());
        prop_assert_eq!(rule.to_string().parse(), Ok(rule.clone()));
        let parts = DayRule::from_parts(rule.to_rrule().as_deref(), rule.from(), rule.until(), rule.times());
        prop_assert_eq!(parts.map(|parts| parts.at(rule.time())), Ok(rule.clone()));
    }

    #[test]
    fn rule_days_are_those_of_the_rrule_crate(rule in rules()) {
        let Some(rule) = rule else { return Ok(()) };
        let Some(rrule) = rule.to_rrule() else { return Ok(()) };
        let rrule = match rrule.contains("UNTIL") {
            true => format!("{rrule}T000000Z"),
            false => rrule,
        };
        // What begins the calendar's list is a due day there.
        let start = rule.days(EVER).next().unwrap().strftime("%Y%m%d").to_string();
        let set: ::rrule::RRuleSet = format!("DTSTART:{start}T000000Z\nRRULE:{rrule}").parse().unwrap();
        let theirs: Vec<String> = set.into_iter().take(50).map(|time| time.format("%Y-%m-%d").to_string()).collect();
        let ours: Vec<String> = rule.days(EVER).take(50).map(|day| day.to_string()).collect();
        prop_assert_eq!(&ours, &theirs, "{}", rrule);
    }

    #[test]
    fn whatever_is_typed_is_read_or_refused(words in "[ -~éß“”,]{0,60}") {
        let _ = read_when(&words, TODAY, &TimeZone::UTC);
        let _ = words.parse::<DayRule>();
    }

    #[test]
    fn whatever_words_are_put_together_make_a_rule_that_can_be_read_back(
        words in prop::collection::vec(prop::sample::select(vec![
            "each", "every", "on", "once", "the", "last", "1st", "31st", "day", "days", "week", "weeks", "month", "of",
            "monday", "fridays", "and", ",", "other", "3", "two", "times", "a", "from", "until", "for", "at", "18:00", "tomorrow", "weekdays", "in",
        ]), 1..8)
    ) {
        let Ok(WhenReading::Rule(rule)) = read_when(&words.join(" "), TODAY, &TimeZone::UTC) else { return Ok(()) };
        let again = read_when(&rule.words_with_start(), TODAY, &TimeZone::UTC);
        prop_assert_eq!(again, Ok(WhenReading::Rule(rule)));
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(100))]

    #[test]
    fn a_window_shows_the_days_in_it_and_no_other(rule in rules(), offset in 0_i32..20_000) {
        let Some(rule) = rule else { return Ok(()) };
        let first = rule.from().checked_add(offset.days()).unwrap();
        let last = first.checked_add(400.days()).unwrap();
        let in_window: Vec<Date> = rule.days(first..=last).collect();
        let all: Vec<Date> = rule.days(EVER).filter(|day| (first..=last).contains(day)).collect();
        // Before the last of the days that a rule may have, a window leaves none out.
        if rule.days(EVER).last().is_some_and(|end| end > last) {
            prop_assert_eq!(in_window, all);
        }
    }
}
