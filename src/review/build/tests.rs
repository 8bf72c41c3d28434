//! From texts to patterns, and what is said of texts that are none.

use super::*;
use crate::review::file::PatternGroupText;
use crate::review::words::TextWords;

/// Lists by their names, as the tests of rules write them.
pub(in crate::review) type Lists = [(&'static str, &'static [&'static str])];

fn texts(texts: &[&'static str]) -> Vec<SourceText> {
    texts.iter().map(|text| SourceText::from(*text)).collect()
}

/// A rule with one group of patterns.
fn rule(id: &'static str, group: PatternGroupText) -> RuleText {
    RuleText {
        id: id.into(),
        cases: vec![group],
        ..RuleText::default()
    }
}

/// Returns what these lists and this rule's patterns come to, ready to be looked for.
fn build(lists: &Lists, group: PatternGroupText) -> Builder {
    let mut builder = Builder::default();
    let lists = lists.iter().map(|(name, all)| ((*name).into(), texts(all)));
    let file = RulesFile {
        same: vec![("do not".into(), texts(&["dont"]))],
        lists: lists.collect(),
        rules: vec![rule("one", group)],
        ..RulesFile::default()
    };
    builder.spell(&file);
    builder.add(file, false);
    builder.known.finish();
    builder
}

fn group(patterns: &[&'static str]) -> PatternGroupText {
    PatternGroupText {
        patterns: texts(patterns),
        ..PatternGroupText::default()
    }
}

/// Returns what each pattern finds in a text, in the order of the patterns and of the text.
pub(in crate::review) fn found<'t>(
    lists: &Lists,
    patterns: &[&'static str],
    text: &'t str,
) -> Vec<Vec<&'t str>> {
    let built = build(lists, group(patterns));
    assert_eq!(built.wrong, [], "{patterns:?}");
    let words = TextWords::read(text, &built.known, &built.spellings);
    let hits = built.matcher.find(&words, &built.known);
    let ids = (0..).take(patterns.len());
    ids.map(|id| {
        let hits = hits.of(id).iter();
        hits.map(|hit| &text[words.span(hit)]).collect()
    })
    .collect()
}

fn faults(lists: &Lists, group: PatternGroupText) -> Vec<(String, RuleFault)> {
    let wrong = build(lists, group).wrong.into_iter();
    wrong.map(|error| (error.text, error.what)).collect()
}

fn fault(pattern: &'static str) -> RuleFault {
    let mut faults = faults(&[("kin", &["mum"])], group(&[pattern]));
    assert_eq!(faults.len(), 1, "{pattern}: {faults:?}");
    faults.remove(0).1
}

#[test]
fn a_pattern_must_hold_a_word_or_a_list_that_is_always_there() {
    for pattern in ["", "^ $", "*3", "sorry?", "@kin? ,"] {
        assert_eq!(fault(pattern), RuleFault::NothingToFind, "{pattern}");
    }
}

#[test]
fn a_pattern_does_not_open_with_a_gap() {
    assert_eq!(fault("*3 sorry"), RuleFault::NothingToFind);
    assert_eq!(fault("^ *3 sorry"), RuleFault::NothingToFind);
}

#[test]
fn a_gap_has_a_number_from_one_to_twenty() {
    for pattern in ["i *", "i *0 am", "i *21 am", "i *x am"] {
        assert!(
            matches!(fault(pattern), RuleFault::BadToken(_)),
            "{pattern}"
        );
    }
    assert_eq!(faults(&[], group(&["i *20 am"])), []);
}

#[test]
fn a_token_that_is_no_word_is_named() {
    assert_eq!(fault("so-so"), RuleFault::BadToken("so-so".into()));
}

#[test]
fn a_list_that_nobody_made_is_named() {
    assert_eq!(fault("my @cat"), RuleFault::UnknownList("cat".into()));
    let lists: &Lists = &[("kin", &["mum", "@cat"])];
    let unknown = RuleFault::UnknownList("cat".into());
    assert_eq!(
        faults(lists, group(&["@kin"])),
        [(String::from("@cat"), unknown)]
    );
}

#[test]
fn a_pattern_has_at_most_twelve_tokens_as_they_are_read() {
    assert_eq!(faults(&[], group(&["a b c d e f g h i j k l"])), []);
    assert_eq!(fault("a b c d e f g h i j k l m"), RuleFault::TooLong(13));
    assert_eq!(fault("a b c d e f g h i j k don't"), RuleFault::TooLong(13));
}

#[test]
fn a_list_or_a_rule_that_comes_twice_is_said_so_and_one_that_comes_with_the_program_is_taken() {
    let file = || RulesFile {
        lists: vec![("kin".into(), texts(&["mum"]))],
        rules: vec![rule("one", group(&["sorry"]))],
        ..RulesFile::default()
    };
    for (own, fault) in [(false, RuleFault::Twice), (true, RuleFault::Taken)] {
        let mut builder = Builder::default();
        builder.add(file(), false);
        builder.add(file(), own);
        let wrong: Vec<_> = builder.wrong.iter().map(|error| &error.what).collect();
        assert_eq!(wrong, [&fault, &fault]);
        assert_eq!(builder.rules.len(), 1);
    }
}

#[test]
fn only_a_rule_that_is_there_can_be_silenced() {
    let mut builder = Builder::default();
    builder.add(
        RulesFile {
            rules: vec![rule("one", group(&["sorry"])), rule("two", group(&["sad"]))],
            silence: texts(&["two", "three"]),
            ..RulesFile::default()
        },
        false,
    );
    let silent: Vec<bool> = builder.rules.iter().map(|rule| rule.silent).collect();
    assert_eq!(silent, [false, true]);
    let [error] = &builder.wrong[..] else {
        panic!("{:?}", builder.wrong);
    };
    assert_eq!(error.what, RuleFault::UnknownRule("three".into()));
    assert_eq!(error.rule, None);
}

#[test]
fn a_test_says_where_it_looks() {
    let places = [
        ("before 2: not", Where::Before(2)),
        ("after 60: not", Where::After(60)),
        ("within: not", Where::Within),
        ("sentence: not", Where::Sentence),
        ("text: not", Where::Text),
        ("about: not", Where::About),
    ];
    for (text, place) in places {
        let mut builder = Builder::default();
        let test = builder.test(&text.into()).unwrap().unwrap();
        assert_eq!(test.place, place);
        // What is looked for in all of a text is found once, with all other patterns.
        assert_eq!(test.everywhere.is_some(), place == Where::Text, "{text}");
    }
}

#[test]
fn a_test_that_looks_nowhere_is_wrong() {
    for text in [
        "not",
        "before: not",
        "before 0: not",
        "after 61: not",
        "within 2: not",
        "beside: not",
    ] {
        let tested = PatternGroupText {
            unless: texts(&[text]),
            ..group(&["sorry"])
        };
        let wrong = [(String::from(text), RuleFault::BadPlace)];
        assert_eq!(faults(&[], tested), wrong);
    }
}

#[test]
fn a_test_names_a_rule_above_its_own() {
    let mut builder = Builder::default();
    builder.add(
        RulesFile {
            rules: vec![rule("one", group(&["sorry"]))],
            ..RulesFile::default()
        },
        false,
    );
    let test = builder.test(&"rule: one".into()).unwrap().unwrap();
    assert_eq!(test.place, Where::Rule(0));
    let unknown = builder.test(&"rule: two".into()).map(|_| ()).unwrap_err();
    assert_eq!(unknown, RuleFault::UnknownRule("two".into()));
}
