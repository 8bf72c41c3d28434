//! What nobody should be asked about: true marks stay beside it.

use trust_coach::review::Subject;

use trust_coach::exercise::Template;

use crate::exercises::exercises;
use crate::rules::{built_in, marks};

/// Makes sure that a part is found in the first texts and not in the others.
fn assert_part(subject: Subject, part: &str, with: &[&str], without: &[&str]) {
    let rules = built_in(subject);
    let with = with.iter().map(|text| (text, true));
    for (text, there) in with.chain(without.iter().map(|text| (text, false))) {
        let parts = rules.review(text, None).parts;
        assert_eq!(parts.contains(&(part.to_string(), true)), there, "{text}");
    }
}

#[test]
fn what_is_told_of_one_act_is_no_second_promise() {
    let rules = built_in(Subject::Promise);
    for text in [
        "If I'm angry on the phone, I'll say I'm hanging up and when I'll ring back, for the next month.",
        "If I'm late, I'll text that I'm late and when I'll be there, until June.",
        "Until Easter I'll say I need a break and when I'll be back, before I leave the room.",
        "Each Sunday until June I'll write down how the week went and what I'll do next.",
        "On Monday I'll write down what I owe and when I'll pay it.",
        "When I go out I'll leave a note saying who I'm meeting and where I'll be, all of May.",
    ] {
        assert!(
            !marks(rules, text, None).contains(&"several".to_string()),
            "{text}"
        );
    }
    for text in [
        "I'll pay for the fence and I'll say sorry to your mum.",
        "I'll ring my sponsor on Monday and when I'm home I will wash up.",
    ] {
        assert!(
            marks(rules, text, None).contains(&"several".to_string()),
            "{text}"
        );
    }
}

#[test]
fn money_and_shopping_are_in_ones_own_hands_and_weight_is_not() {
    assert_part(
        Subject::Promise,
        "own-control",
        &[
            "I'll pay 50 pounds into the joint account on the first of each month until June.",
            "I'll put 20 pounds in the tin each Friday.",
            "I'll give you back ten pounds a week until June.",
            "I'll bring two kilos of rice on Saturday.",
            "I'll take the loose stone to the tip on Saturday.",
            "I'll save 100 pounds by the first of May.",
        ],
        &[
            "I'll lose five kilos by June.",
            "I'm going to lose ten pounds.",
        ],
    );
}

#[test]
fn what_somebody_is_sorry_to_have_done_to_them_is_harm_they_name() {
    assert_part(
        Subject::Apology,
        "names-harm",
        &[
            "I'm sorry that I made you feel stupid in front of Kofi.",
            "I'm so sorry that I made you feel small at dinner.",
            "I'm sorry that I left you waiting in the rain.",
            "I'm sorry that I frightened you on the motorway.",
            "I'm sorry that I humiliated you in front of your mother.",
            "I am sorry that I made you cry on your birthday.",
        ],
        &[
            "I'm sorry if I made you feel stupid.",
            "I'm sorry that you felt stupid.",
            "I'm sorry that maybe I made you feel stupid.",
        ],
    );
}

#[test]
fn heavy_words_in_german_are_heard_and_everyday_ones_are_not() {
    let rules = built_in(Subject::Opening);
    let heavy = include_str!("../fixtures/review/heavy-german.txt");
    let light = include_str!("../fixtures/review/light-german.txt");
    for (texts, is_heavy) in [(heavy, true), (light, false)] {
        assert!(texts.lines().count() >= 60);
        for text in texts.lines() {
            assert_eq!(rules.review(text, None).heavy, is_heavy, "{text}");
        }
    }
}

#[test]
fn whoever_follows_a_better_example_is_not_taken_for_somebody_in_danger() {
    let rules = built_in(Subject::Opening);
    let (mut seen, mut taken) = (0, Vec::new());
    for exercise in exercises() {
        let id = &exercise.head.id;
        let hints = exercise.steps.iter().flat_map(|step| &step.hints);
        for hint in hints.map(Template::outline) {
            let Some((_, better)) = hint.split_once("Clearer: “") else {
                continue;
            };
            let better = better.split('”').next().unwrap_or_default();
            let review = rules.review(better, None);
            taken.extend((review.heavy || review.control).then(|| format!("{id}: {better}")));
            seen += 1;
        }
    }
    assert_eq!(taken, [""; 0]);
    assert!(seen > 100, "{seen}");
}
