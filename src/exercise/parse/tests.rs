use proptest::prelude::{Just, ProptestConfig, Strategy, TestCaseError, any, prop};
use proptest::{prop_assert, prop_assert_eq, prop_oneof, proptest};

use super::*;
use crate::exercise::table::EXERCISE;
use crate::exercise::{AnswerTest, Answerer, Asking, Condition, Participation, Partner};
use crate::format::problem::Level;
use crate::format::report;

const EVERYTHING: &str = include_str!("../../../tests/fixtures/exercises/good/everything.toml");
const TWO: &str = include_str!("../../../tests/fixtures/exercises/good/two.toml");
const SMALL: &str = include_str!("../../../tests/fixtures/exercises/good/small.toml");

/// The small exercise with more steps.
fn with(steps: &str) -> String {
    format!("{SMALL}\n{steps}")
}

/// The codes of all errors in a text.
fn codes(text: &str) -> Vec<&'static str> {
    let problems = exercise("x", text).err().unwrap_or_default();
    problems.iter().map(|problem| problem.code.id()).collect()
}

#[test]
fn an_exercise_with_every_key_has_no_problem() {
    assert_eq!(check("everything", EVERYTHING), []);
    let exercise = exercise("everything", EVERYTHING).unwrap();
    assert_eq!(exercise.steps.len(), 14);
    assert_eq!(head("everything", EVERYTHING).unwrap(), exercise.head);
    let default = |id| exercise.step(id).unwrap().default.as_deref();
    assert_eq!(default("effect"), Some("fear, doubt"));
    assert_eq!(default("deep"), Some("3"));
    assert_eq!(default("more"), Some("false"));
    assert_eq!(default("first"), Some("2026-12-01"));
    assert_eq!(exercise.group("effects").unwrap().at_most, 3);
    let until = Condition::Step {
        step: String::from("more"),
        test: AnswerTest::Is(String::from("false")),
    };
    assert_eq!(exercise.group("effects").unwrap().repeat_until, until);
}

#[test]
fn what_each_is_asked_takes_twice_as_long_and_the_floor_has_its_time() {
    let takes = |text: &str| lint::span_of_minutes(&exercise("x", text).unwrap());
    let (least, most) = takes(TWO);
    let (_, briefly) = takes(&TWO.replace("seconds = 60", "seconds = 30"));
    // Half a minute less for each of the two in each of three rounds.
    assert!((most - briefly - 3.0).abs() < 0.01, "{most} and {briefly}");
    let step =
        "\n[[step]]\nid = \"more\"\nkind = \"confirm\"\nprompt = \"Do you want more of it?\"\n";
    let longer = |by: &str| takes(&format!("{TWO}{step}by = \"{by}\"\n")).0 - least;
    assert!((longer("each") - 2.0 * longer("both")).abs() < 0.01);
}

#[test]
fn an_exercise_for_two_says_who_answers_and_what_is_closed() {
    let two = exercise("two", TWO).unwrap();
    assert!(two.head.for_two && two.head.gate && two.group("floor").unwrap().swap);
    let part = |id| two.step(id).unwrap().participation.clone();
    assert_eq!(part("agree"), Participation::default());
    assert_eq!(part("back").by, Answerer::One(Partner::B));
    assert_eq!(part("speak").seconds, Some(60));
    let guess = Participation {
        by: Answerer::Each,
        seal: true,
        guess: Some(String::from("close")),
        seconds: None,
    };
    assert_eq!(part("guess"), guess);
    let of = ["close", "guess"].map(String::from).to_vec();
    assert_eq!(two.step("show").unwrap().ask, Asking::Share { of });
}

#[test]
fn an_answer_is_closed_until_its_share_and_open_afterwards() {
    let question = "\n[[step]]\nid = \"q\"\nkind = \"confirm\"\nprompt = \"Well?\"\n\
        when = { step = \"close\", at_least = 4 }\nname = \"Well\"\n";
    let early = TWO.replacen(
        "\n[[step]]\nid = \"show\"",
        &format!("{question}\n[[step]]\nid = \"show\""),
        1,
    );
    assert_eq!(codes(&early), ["TC0501"]);
    assert_eq!(codes(&format!("{TWO}{question}")), [""; 0]);
}

#[test]
fn every_key_of_the_format_is_in_an_exercise_with_every_key() {
    let everything = format!("{EVERYTHING}\n{TWO}");
    for key in EXERCISE.keys {
        let written = [
            format!("\n{} = ", key.name),
            format!("{{ {} = ", key.name),
            format!(", {} = ", key.name),
            format!("[{}", key.name),
        ];
        let there = written.iter().any(|key| everything.contains(key));
        assert!(there, "`{}` is missing there", key.name);
    }
}

#[test]
fn line_ends_of_other_systems_are_newlines() {
    let windows = EVERYTHING.replace('\n', "\r\n");
    let there = exercise("everything", &windows).unwrap();
    let here = exercise("everything", EVERYTHING).unwrap();
    assert_eq!(there, here);
    assert_eq!(head("everything", &windows).unwrap(), here.head);
}

#[test]
fn a_byte_order_mark_does_no_harm() {
    let text = format!("\u{feff}{SMALL}");
    assert_eq!(codes(&text), [""; 0]);
    assert!(head("x", &text).is_ok());
}

#[test]
fn joiners_and_direction_marks_are_welcome() {
    let text = SMALL.replace("What do you see?", "می‌خواهم \u{200f}שלום 👨‍👩‍👧");
    assert_eq!(codes(&text), [""; 0]);
}

#[test]
fn a_condition_proves_an_answer_through_all_any_and_not() {
    let quote = |when: &str| {
        codes(&with(&format!(
            "[[step]]\nid = \"sure\"\nkind = \"confirm\"\nprompt = \"Sure?\"\n\n\
             [[step]]\nid = \"last\"\nkind = \"write\"\nprompt = \"{{{{only}}}}\"\nwhen = {when}\n"
        )))
    };
    let only = r#"{ step = "only", answered = true }"#;
    let none = r#"{ step = "only", answered = false }"#;
    let sure = r#"{ step = "sure", is = true }"#;
    for proof in [
        only.to_string(),
        format!("{{ all = [{sure}, {only}] }}"),
        format!("{{ any = [{only}, {{ step = \"only\", is_not = \"x\" }}] }}"),
        format!("{{ not = {none} }}"),
        format!("{{ not = {{ any = [{sure}, {none}] }} }}"),
    ] {
        assert_eq!(quote(&proof), [""; 0], "{proof}");
    }
    for doubt in [
        sure.to_string(),
        none.to_string(),
        format!("{{ any = [{sure}, {only}] }}"),
        format!("{{ not = {only} }}"),
        format!("{{ not = {{ all = [{sure}, {none}] }} }}"),
    ] {
        assert_eq!(quote(&doubt), ["TC0307"], "{doubt}");
    }
}

#[test]
fn what_can_never_hold_is_told_apart_from_what_can() {
    let steps = r#"
[[step]]
id = "role"
kind = "choose"
prompt = "Who?"
options = [{ id = "did", label = "I did it" }, { id = "hurt", label = "I was hurt" }]

[[step]]
id = "act"
kind = "write"
prompt = "What?"
when = { step = "role", is = "did" }

[[step]]
id = "signs"
kind = "pick"
prompt = "Which?"
max = 2
options = [{ id = "a", label = "A" }, { id = "b", label = "B" }, { id = "c", label = "C" }]

[[step]]
id = "deep"
kind = "rate"
prompt = "How deep?"
from = 1
to = 3

[[step]]
id = "last"
kind = "confirm"
prompt = "Well?"
when = "#;
    let told = |when: &str| codes(&with(&format!("{steps}{when}\n")));
    for possible in [
        r#"{ all = [{ step = "role", is_not = "did" }, { step = "act", answered = false }] }"#,
        r#"{ all = [{ not = { step = "role", is = "did" } }, { not = { step = "role", is = "hurt" } }] }"#,
        r#"{ all = [{ step = "signs", includes = "a" }, { step = "signs", includes = "b" }] }"#,
        r#"{ all = [{ step = "signs", answered = true }, { not = { step = "signs", includes = "a" } }] }"#,
        r#"{ all = [{ step = "deep", at_least = 2 }, { step = "deep", at_most = 2 }] }"#,
        r#"{ any = [{ step = "act", answered = true }, { step = "role", is = "hurt" }] }"#,
        r#"{ all = [{ step = "only", is_not = "x" }, { step = "only", is_not = "y" }] }"#,
    ] {
        assert_eq!(told(possible), [""; 0], "{possible}");
    }
    for never in [
        r#"{ all = [{ step = "role", is = "hurt" }, { step = "act", is_not = "x" }] }"#,
        r#"{ all = [{ step = "role", answered = false }, { step = "act", answered = true }] }"#,
        r#"{ all = [{ step = "signs", includes = "a" }, { step = "signs", includes = "b" }, { step = "signs", includes = "c" }] }"#,
        r#"{ all = [{ step = "deep", is_not = 1 }, { step = "deep", is_not = 2 }, { step = "deep", is_not = 3 }] }"#,
        r#"{ all = [{ any = [{ step = "deep", is = 1 }, { step = "deep", is = 2 }] }, { step = "deep", at_least = 3 }] }"#,
        r#"{ all = [{ step = "only", is = "x" }, { step = "only", is = "y" }] }"#,
        r#"{ not = { any = [{ step = "deep", answered = true }, { step = "deep", answered = false }] } }"#,
    ] {
        assert_eq!(told(never), ["TC0315"], "{never}");
    }
}

#[test]
fn an_answer_proves_the_answers_that_its_own_step_needed() {
    let text = with(
        "[[step]]\nid = \"then\"\nkind = \"write\"\nprompt = \"And?\"\n\
         when = { step = \"only\", answered = true }\n\n\
         [[step]]\nid = \"last\"\nkind = \"write\"\nprompt = \"{{only}}, {{then}}\"\n\
         when = { step = \"then\", answered = true }\n",
    );
    assert_eq!(codes(&text), [""; 0]);
}

#[test]
fn a_wrong_condition_is_told_of_once_and_not_through_its_quotes() {
    let text = with(
        "[[step]]\nid = \"last\"\nkind = \"write\"\nprompt = \"{{only}}\"\n\
         when = { step = \"onyl\", answered = true }\n",
    );
    assert_eq!(codes(&text), ["TC0302"]);
}

#[test]
fn a_step_of_unknown_kind_can_be_referred_to_without_more_problems() {
    let text = with(
        "[[step]]\nid = \"odd\"\nkind = \"wirte\"\nprompt = \"And?\"\n\n\
         [[step]]\nid = \"last\"\nkind = \"write\"\nprompt = \"{{odd}}\"\nabout = \"odd\"\n\
         when = { step = \"odd\", at_least = 3 }\n",
    );
    assert_eq!(codes(&text), ["TC0204"]);
}

#[test]
fn one_syntax_error_is_one_problem() {
    for (from, to) in [
        ("\"empathy\"", "empathy"),
        ("\"A small one\"", "\"A small one"),
        ("minutes = 3", "minutes 3"),
        ("[[step]]", "[[step]"),
        ("prompt = ", "prompt = [\"x\", "),
        ("prompt = \"What", "prompt = \"\"\"What"),
        ("id = \"only\"", "id = \"only\"\nid = \"two\""),
    ] {
        assert_eq!(codes(&SMALL.replace(from, to)), ["TC0101"], "{to}");
    }
}

#[test]
fn a_head_is_read_whatever_stands_below_it() {
    let text = format!("{SMALL}\nthis is = = not [ TOML");
    assert_eq!(head("x", &text).unwrap().title, "A small one");
    assert!(exercise("x", &text).is_err());
}

/// A text with some of its characters taken out, doubled, or replaced.
fn mutated() -> impl Strategy<Value = String> {
    let hurt = prop_oneof![
        Just(String::new()),
        "[\\[\\]{}\"'=#.,|\\\\\n\r\t\u{0}\u{1b}\u{9b}\u{202e}é👨‍👩‍👧a1 ]{0,3}",
        Just(String::from("[[step]]")),
        Just(String::from("{{only}}")),
        Just(String::from("\"\"\"")),
    ];
    let places = prop::collection::vec((any::<prop::sample::Index>(), 0..6usize, hurt), 1..6);
    places.prop_map(|places| {
        let mut text: Vec<char> = EVERYTHING.chars().collect();
        for (at, cut, put) in places {
            let at = at.index(text.len());
            let end = (at + cut).min(text.len());
            text.splice(at..end, put.chars());
        }
        text.into_iter().collect()
    })
}

/// Parses, and checks what must hold of every text.
fn holds(text: &str) -> Result<(), TestCaseError> {
    let read = exercise("x", text);
    let problems = check("x", text);
    for problem in &problems {
        prop_assert!(text.get(problem.span.clone()).is_some(), "{problem:?}");
        let _ = report::human("x.toml", text, problem, 80);
        let _ = report::json("x.toml", text, problem);
        let short = report::short("x.toml", text, problem);
        prop_assert_eq!(short.lines().count(), 1, "{}", short);
    }
    let bad = problems
        .iter()
        .any(|problem| problem.level() == Level::Error);
    prop_assert_eq!(bad, read.is_err());
    if let Ok(exercise) = read {
        prop_assert_eq!(head("x", text), Ok(exercise.head));
    } else {
        let _ = head("x", text);
    }
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn no_text_makes_the_parser_stumble(text in any::<String>()) {
        holds(&text)?;
    }

    #[test]
    fn no_text_of_tomls_own_characters_does(text in "[a-z\\[\\]{}\"'=#.,0-9 \n\\\\-]{0,120}") {
        holds(&text)?;
    }

    #[test]
    fn no_damage_to_a_good_exercise_does(text in mutated()) {
        holds(&text)?;
    }
}
