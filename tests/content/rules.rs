//! The review rules as they come with the program: every example comes out as its author says, heavy
//! words switch all of them off, and any text comes back whole.

use std::sync::{LazyLock, OnceLock};

use proptest::prelude::*;
use trust_coach::review::{BUILT_IN, RuleKind, Rules, Subject, meaning};

/// The rules for a subject, which take a while to read: once for all tests.
pub(crate) fn built_in(subject: Subject) -> &'static Rules {
    static READ: LazyLock<Vec<OnceLock<Rules>>> =
        LazyLock::new(|| Subject::ALL.iter().map(|_| OnceLock::new()).collect());
    let at = Subject::ALL.iter().position(|(one, _)| *one == subject);
    READ[at.unwrap()].get_or_init(|| Rules::built_in(subject))
}

fn all() -> impl Iterator<Item = &'static Rules> {
    Subject::ALL.iter().map(|(subject, _)| built_in(*subject))
}

#[test]
fn nothing_is_wrong_with_the_built_in_rules() {
    for (name, text) in BUILT_IN {
        assert_eq!(meaning::check(text), [], "{name}");
    }
}

#[test]
fn every_example_of_every_rule_comes_out_as_it_says() {
    for rules in all() {
        assert_eq!(rules.misses(), [], "{}", rules.subject().name());
    }
}

#[test]
fn every_rule_has_at_least_as_many_near_misses_as_catches() {
    for rules in all() {
        for rule in rules.texts() {
            assert!(!rule.caught.is_empty(), "{}", rule.id);
            assert!(rule.passes.len() >= rule.caught.len(), "{}", rule.id);
        }
    }
}

#[test]
fn a_text_with_heavy_words_draws_no_finding_whatever_it_is_read_as() {
    let heavy = include_str!("../fixtures/review/heavy.txt");
    assert!(heavy.lines().count() >= 60);
    for rules in all() {
        for text in heavy.lines() {
            let review = rules.review(text, None);
            assert!(review.heavy, "{text}");
            assert_eq!(review.findings, [], "{text}");
        }
    }
}

#[test]
fn promises_and_requests_that_watch_over_somebody_draw_no_finding() {
    for subject in [Subject::Promise, Subject::Opening, Subject::Apology] {
        let rules = built_in(subject);
        for text in [
            "You have to show me your phone.",
            "I'll let you check my location.",
            "I'll ask you before I see my friends.",
            "I will give you my whole salary on the first of every month.",
            "I'd like you to stop seeing your sister.",
            "I will install a tracking app on Friday.",
            "Could you let me look through your phone each night?",
            "I'd like you to ask me before you buy anything.",
        ] {
            let review = rules.review(text, None);
            assert!(review.control && review.findings.is_empty(), "{text}");
        }
        for text in [
            "I'll charge your phone.",
            "I'll send you a message when I'm late.",
            "I'll tell you what I spent before you ask.",
            "I will phone my mother every Sunday.",
            "I'd like you to text me if you'll be late.",
            "I'll stop checking your phone.",
        ] {
            assert!(!rules.review(text, None).control, "{text}");
        }
    }
}

#[test]
fn what_watches_over_somebody_is_told_from_what_two_people_agree_on() {
    let of = |subject| (subject, built_in(subject));
    let rules = [of(Subject::Promise), of(Subject::Opening)];
    for line in include_str!("../fixtures/review/watching.txt").lines() {
        let (what, text) = line.split_once(": ").unwrap();
        let (seen, subject) = what.split_once(' ').unwrap();
        let rules = rules.iter().find(|(known, _)| known.name() == subject);
        let review = rules.unwrap().1.review(text, None);
        assert_eq!(review.control, seen == "seen", "{text}");
        assert!(!review.control || review.findings.is_empty(), "{text}");
    }
}

#[test]
fn no_text_of_everyday_life_is_taken_for_watching_over_somebody() {
    let folder = format!("{}/tests/evalset", env!("CARGO_MANIFEST_DIR"));
    let files = [
        "dev/everyday",
        "own/everyday",
        "aside/everyday",
        "own/innocent",
        "aside/innocent",
    ];
    let texts =
        files.map(|file| std::fs::read_to_string(format!("{folder}/{file}.jsonl")).unwrap());
    let rules = built_in(Subject::Opening);
    let mut seen = 0;
    for line in texts.iter().flat_map(|text| text.lines()) {
        let text: serde_json::Value = serde_json::from_str(line).unwrap();
        let text = text["text"].as_str().unwrap();
        assert!(!rules.review(text, None).control, "{text}");
        seen += 1;
    }
    assert!(seen >= 500, "only {seen} texts");
}

#[test]
fn heavy_words_are_heard_however_they_are_wrapped_quoted_or_joined() {
    for text in [
        "I want to kill my\u{ad}self.",
        "I want to ki\u{200b}ll my\u{2060}\u{ad}self.",
        "I want to ki\u{61c}ll my\u{34f}\u{fe0f}\u{e0020}\u{180e}self.",
        "\u{feff}I want to kill myself.",
        "> I want to kill\n> myself.",
        "> > he said he will\n> > kill me",
        "I want to kill\r\nmyself tonight.",
        "| I want to end\n| my\n| life",
        "Dear mum,\n\nI want\nto\nkill\nmyself",
    ] {
        let own = Rules::for_text(Subject::Apology, [], text, None);
        for rules in [built_in(Subject::Opening), &own] {
            assert!(rules.review(text, None).heavy, "{text:?}");
        }
    }
    let rules = built_in(Subject::Promise);
    for text in [
        "You can check my\n> phone.",
        "You can check my ph\u{ad}one.",
    ] {
        assert!(rules.review(text, None).control, "{text:?}");
    }
    // However many there are: no place is looked at twice.
    let hidden = format!("I want to kill my{}self.", "\u{ad}".repeat(300_000));
    assert!(rules.review(&hidden, None).heavy);
    for text in [
        "I’d like to kill\n\nmyself I can stand.",
        "I will kill time.\nMe too.",
    ] {
        assert!(!rules.review(text, None).heavy, "{text:?}");
    }
}

#[test]
fn marks_are_seen_in_quoted_lines_and_across_hidden_characters_and_are_in_their_place() {
    let rules = built_in(Subject::Apology);
    let plain = "I am sorry if you were hurt by what I said that night.";
    let marked = |text: &str| {
        let findings = rules.review(text, None).findings;
        let found = findings.into_iter().find(|one| one.rule == "conditional");
        found.map(|found| text[found.span].to_string())
    };
    assert_eq!(marked(plain).as_deref(), Some("sorry if you were hurt"));
    for (text, words) in [
        (
            "I am sor\u{ad}ry if y\u{200b}ou were hurt.",
            "sor\u{ad}ry if y\u{200b}ou were hurt",
        ),
        (
            "> I want to tell you today that I am sorry if\n> you were hurt by it.",
            "sorry if\n> you were hurt",
        ),
    ] {
        assert_eq!(marked(text).as_deref(), Some(words), "{text:?}");
    }
}

#[test]
fn figures_of_speech_are_not_heavy() {
    let rules = built_in(Subject::Apology);
    for text in include_str!("../fixtures/review/innocent.txt").lines() {
        assert!(!rules.review(text, None).heavy, "{text}");
    }
}

pub(crate) fn marks(rules: &Rules, text: &str, about: Option<&str>) -> Vec<String> {
    let marks = rules.review(text, about).findings.into_iter();
    let marks = marks.filter(|finding| finding.kind == RuleKind::Mark);
    marks.map(|finding| finding.rule).collect()
}

#[test]
fn what_is_owned_is_told_from_what_they_are_blamed_for() {
    let rules = built_in(Subject::Apology);
    for line in include_str!("../fixtures/review/alone.txt").lines() {
        let (mark, text) = line.split_once(": ").unwrap();
        let wanted: Vec<&str> = (mark != "none").then_some(mark).into_iter().collect();
        assert_eq!(marks(rules, text, None), wanted, "{text}");
    }
}

#[test]
fn an_answer_with_a_feeling_that_they_did_not_name_is_no_echo() {
    let rules = built_in(Subject::Reflection);
    let late = "You came late again and the food was cold!";
    let angry = "You are angry because I came late again and the food was cold, yes?";
    assert!(marks(rules, angry, Some(late)).is_empty());
    let same = "So I came late again and the food was cold, yes?";
    assert_eq!(marks(rules, same, Some(late)), ["parrot"]);
    let proud = "You're proud of her, and a bit sad that she's leaving.";
    assert!(marks(rules, proud, Some("She's off to uni. I'm so proud.")).is_empty());
}

#[test]
fn a_sentence_of_a_long_letter_gets_the_remark_that_fits_once() {
    let rules = built_in(Subject::Apology);
    let before = "I’m sorry about Saturday at your mum’s. I told everyone at the table what you earn, and I \
        laughed about it. You had to sit there with your whole family looking at you.";
    let after = "I rang your mum this morning and told her that it was me who read your payslip. The money \
        is back in the envelope on your desk. From now on I ask before I open anything with your name on it.";
    for line in include_str!("../fixtures/review/remarks.txt").lines() {
        let (mark, sentence) = line.split_once(": ").unwrap();
        let wanted: Vec<&str> = (mark != "none").then_some(mark).into_iter().collect();
        let letter = format!("{before} {sentence} {after}");
        for text in [sentence, &letter] {
            assert_eq!(marks(rules, text, None), wanted, "{text}");
        }
    }
}

#[test]
fn the_ids_that_others_rely_on_are_there() {
    let expected: &[(Subject, RuleKind, &str)] = &[
        (
            Subject::Apology,
            RuleKind::Part,
            "regret responsibility names-harm explanation repair change specific-change asks-forgiveness",
        ),
        (
            Subject::Apology,
            RuleKind::Mark,
            "conditional excuse blame-other sympathy-instead passive minimise counter demand vague-change grovel",
        ),
    ];
    for (subject, kind, ids) in expected {
        let rules = built_in(*subject);
        for id in ids.split(' ') {
            let found = rules
                .texts()
                .any(|rule| rule.id == id && rule.kind == *kind);
            assert!(found, "{} {id}", subject.name());
        }
    }
}

#[test]
fn rules_made_ready_for_one_text_say_the_same_of_it() {
    for rules in all() {
        let dev = include_str!("../evalset/dev/apologies.jsonl").lines();
        let dev = dev.chain(include_str!("../evalset/dev/reflections.jsonl").lines());
        for line in dev.step_by(6) {
            let row: serde_json::Value = serde_json::from_str(line).unwrap();
            let text = row["text"].as_str().or(row["reply"].as_str()).unwrap();
            let about = row["partner_says"].as_str();
            let one = Rules::for_text(rules.subject(), [], text, about);
            assert_eq!(one.review(text, about), rules.review(text, about), "{text}");
        }
    }
}

/// Texts made of what rules look for, and of anything.
fn texts() -> impl Strategy<Value = String> {
    let words = prop::sample::select(vec![
        "I", "you", "sorry", "if", "but", "not", "was", "hurt", "\"", "'", "’", ".", "?", "\n",
        "\n\n", ",", "…", "😀", "é", "made", "never", "again", "I'm", "don't", "sooo", "«", "“",
        "”", "—", "the", "only", "a", "\u{0}", "\t",
    ]);
    prop_oneof![
        prop::collection::vec(words, 0..60).prop_map(|words| words.join(" ")),
        any::<String>(),
    ]
}

proptest! {
    #[test]
    fn every_finding_is_at_words_of_the_text(text in texts()) {
        for finding in built_in(Subject::Apology).review(&text, None).findings {
            prop_assert!(text.get(finding.span.clone()).is_some());
            prop_assert_eq!(finding.span.is_empty(), finding.kind == RuleKind::Part);
            let line = text[..finding.span.start].matches('\n').count() + 1;
            prop_assert_eq!(finding.line, line);
        }
    }
}

#[test]
fn letters_that_nobody_sees_are_no_words_wherever_they_stand() {
    // Fillers of Hangul, which count as letters: alone, before a word, within one and after one.
    for filler in ['\u{115f}', '\u{1160}', '\u{3164}', '\u{ffa0}'] {
        for text in [
            format!("{filler}"),
            format!("{filler}{filler} {filler}'{filler}"),
            format!("I’m {filler}sorry I lied to you yest{filler}erday.{filler}"),
        ] {
            for rules in all() {
                let found = rules.review(&text, None);
                let one = Rules::for_text(rules.subject(), [], &text, None);
                assert_eq!(one.review(&text, None), found, "{text:?}");
            }
        }
    }
}

/// The better one of two examples in a hint, without its quotation marks.
fn better(hint: &str) -> Option<String> {
    let marks = ["Clearer: ", "Better: ", "For example: "];
    let (_, after) = marks.iter().find_map(|mark| hint.split_once(mark))?;
    let text = after.split("\n\nWhy:").next().unwrap_or(after);
    Some(text.replace(['“', '”'], ""))
}

#[test]
fn no_better_example_draws_a_mark_of_its_own_review() {
    let mut seen = 0;
    for exercise in super::exercises::exercises() {
        for step in &exercise.steps {
            let Some(subject) = step.ask.review().and_then(Subject::from_name) else {
                continue;
            };
            let rules = built_in(subject);
            for text in step.hints.iter().filter_map(|hint| better(&hint.outline())) {
                seen += 1;
                let findings = rules.review(&text, None).findings;
                let marks = findings.iter().filter(|one| one.kind == RuleKind::Mark);
                let marks: Vec<&str> = marks.map(|one| one.rule.as_str()).collect();
                assert!(
                    marks.is_empty(),
                    "{} {}: {marks:?}",
                    exercise.head.id,
                    step.id
                );
            }
        }
    }
    assert!(seen >= 12, "only {seen} examples were found");
}

#[test]
fn nothing_is_missed_that_need_not_be_there_and_one_absence_is_said_once() {
    let review = built_in(Subject::Apology).review("The bus was late today.", None);
    let missing: Vec<&str> = review
        .findings
        .iter()
        .map(|one| one.rule.as_str())
        .collect();
    assert_eq!(
        missing,
        [
            "missing-responsibility",
            "missing-names-harm",
            "missing-repair",
            "missing-change",
            "missing-regret"
        ]
    );
    let text = "I lied to you. I’m sorry. You cried all night. I’ll pay it back on Friday.";
    let review = built_in(Subject::Apology).review(text, None);
    let missing: Vec<&str> = review
        .findings
        .iter()
        .map(|one| one.rule.as_str())
        .collect();
    assert_eq!(
        missing,
        ["missing-change"],
        "and not a second one for the same"
    );
}

#[test]
fn heavy_words_of_the_other_switch_every_finding_off_as_well() {
    let rules = built_in(Subject::Reflection);
    let reply = "Why would you say that? You should go for a walk.";
    let review = rules.review(reply, Some("I want to kill myself."));
    assert!(review.heavy);
    assert_eq!(review.findings, []);
    assert!(!rules.review(reply, Some("The bus was late.")).heavy);
}
