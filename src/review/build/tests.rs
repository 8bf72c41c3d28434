//! From texts to patterns, and what is said of texts that are none.

use std::borrow::Cow;
use std::ops::Range;

use super::*;
use crate::review::file::{PatternGroupText, RuleText};
use crate::review::pattern::PatternHit;
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
    builder.add(Cow::Owned(file), false);
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
        hits.map(|hit| &text[words.span(&hit.all)]).collect()
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
        builder.add(Cow::Owned(file()), false);
        builder.add(Cow::Owned(file()), own);
        let wrong: Vec<_> = builder.wrong.iter().map(|error| &error.what).collect();
        assert_eq!(wrong, [&fault, &fault]);
        assert_eq!(builder.rules.len(), 1);
    }
}

#[test]
fn only_a_rule_that_is_there_can_be_silenced() {
    let mut builder = Builder::default();
    builder.add(
        Cow::Owned(RulesFile {
            rules: vec![rule("one", group(&["sorry"])), rule("two", group(&["sad"]))],
            silence: texts(&["two", "three"]),
            ..RulesFile::default()
        }),
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
        assert_eq!(!test.everywhere.is_empty(), place == Where::Text, "{text}");
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
        Cow::Owned(RulesFile {
            rules: vec![rule("one", group(&["sorry"]))],
            ..RulesFile::default()
        }),
        false,
    );
    let test = builder.test(&"rule: one".into()).unwrap().unwrap();
    assert_eq!(test.place, Where::Rule(0));
    let unknown = builder.test(&"rule: two".into()).map(|_| ()).unwrap_err();
    assert_eq!(unknown, RuleFault::UnknownRule("two".into()));
}

/// Returns the words of every match of a pattern, whatever it stands for, in the order of what it stands for.
fn shown<'t>(
    lists: &Lists,
    pattern: &'static str,
    text: &'t str,
    words_of: impl Fn(&PatternHit) -> &Range<usize>,
) -> Vec<&'t str> {
    let mut built = build(lists, group(&["unused"]));
    assert_eq!(built.wrong, [], "{pattern}");
    built.matcher = Matcher::default();
    let ids = built.sought(&texts(&[pattern]));
    built.known.finish();
    let words = TextWords::read(text, &built.known, &built.spellings);
    let hits = built.matcher.find(&words, &built.known);
    let hits = ids.iter().flat_map(|id| hits.of(*id));
    hits.map(|hit| &text[words.span(words_of(hit))]).collect()
}

#[test]
fn alternatives_stand_for_each_of_their_words_and_combine() {
    let lists: &Lists = &[("kin", &["mum", "my wife|husband", "that? cat"])];
    let one = |pattern, text| shown(lists, pattern, text, |hit| &hit.all);
    assert_eq!(
        one(
            "i|we forgot @kin|you",
            "I forgot mum, we forgot you, they forgot you"
        ),
        ["I forgot mum", "we forgot you"]
    );
    assert_eq!(
        one("@kin", "my husband, that cat"),
        ["my husband", "that cat", "cat"]
    );
    assert_eq!(
        one("am so|very? sorry", "am very sorry, am sorry"),
        ["am sorry", "am very sorry", "am sorry"]
    );
    assert_eq!(one("don't|will come", "I dont come"), ["dont come"]);
    assert_eq!(fault("a||b"), RuleFault::BadToken("a||b".into()));
    assert_eq!(
        fault("a|b|c|d|e|f|g|h|i|j a|b|c|d|e|f|g|h|i|j a|b|c|d|e|f|g|h|i|j a|b"),
        RuleFault::TooMany
    );
}

#[test]
fn a_verb_stands_for_all_its_forms() {
    let text = "I forget, she forgets, forgetting is mine";
    assert_eq!(
        shown(&[], "~forget", text, |hit| &hit.all),
        ["forget", "forgets", "forgetting"]
    );
    assert_eq!(fault("~"), RuleFault::BadToken("~".into()));
}

#[test]
fn tests_take_alternatives_as_well() {
    let mut builder = Builder::default();
    let test = builder
        .test(&"before 3: not|never ~go".into())
        .unwrap()
        .unwrap();
    assert_eq!(test.patterns.len(), 2 * 4);
}

#[test]
fn a_marker_underlines_what_is_inside_it_and_the_rest_has_to_be_there() {
    let shown = |pattern, text| shown(&[], pattern, text, |hit| &hit.shown).join("; ");
    let text = "I am sorry if you were hurt. If you were hurt I did it.";
    assert_eq!(shown("sorry < if *3 hurt >", text), "if you were hurt");
    assert_eq!(shown("am so? < sorry > if", text), "sorry");
    assert_eq!(shown("sorry if you", text), "sorry if you");
    for pattern in ["sorry < if", "sorry > if", "< > sorry", "< a > < b >"] {
        assert_eq!(fault(pattern), RuleFault::BadMarker, "{pattern}");
    }
}

#[test]
fn a_match_that_overlaps_what_is_not_meant_does_not_count() {
    let group = PatternGroupText {
        except: texts(&["sorry sight"]),
        ..group(&["am sorry", "a sorry"])
    };
    let file = RulesFile {
        rules: vec![rule("one", group)],
        ..RulesFile::default()
    };
    let rules = crate::review::Rules::of(
        crate::review::Subject::Apology,
        [],
        [Cow::Owned(file)],
        true,
        None,
    );
    assert!(rules.finds(0, "I am sorry.", None, true));
    assert!(!rules.finds(0, "What a sorry sight.", None, true));
    assert!(rules.finds(0, "What a sorry sight.", None, false));
    assert!(rules.finds(0, "I am sorry for such a sorry sight.", None, true));
}
