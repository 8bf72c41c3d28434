//! The built-in plans as texts: honest about their evidence, in the tone of the house, and each way in
//! which they end as good as another.

use std::collections::BTreeSet;

use trust_coach::exercise::library::Library;
use trust_coach::exercise::parse::lint::TONE;
use trust_coach::plan::library::{BUILT_IN, PlanLibrary};
use trust_coach::plan::{Plan, RuleEffect};

fn plans() -> Vec<Plan> {
    let library = PlanLibrary::open(None, None);
    BUILT_IN
        .iter()
        .map(|(id, _)| library.load(id).unwrap())
        .collect()
}

/// Everything that people read of a plan.
fn texts(plan: &Plan) -> Vec<String> {
    let head = [
        &plan.title,
        &plan.summary,
        &plan.opening,
        &plan.closing,
        &plan.caution,
        &plan.evidence,
    ];
    let mut texts: Vec<String> = head.into_iter().cloned().collect();
    texts.extend(
        plan.endings
            .iter()
            .flat_map(|it| [it.title.clone(), it.text.clone()]),
    );
    texts.extend(plan.phases.iter().map(|phase| phase.title.clone()));
    texts.extend(plan.stages.iter().filter_map(|stage| stage.why.clone()));
    texts.extend(plan.rules.iter().map(|rule| rule.why.clone()));
    texts
}

#[test]
fn the_six_plans_have_their_names_weeks_and_roles() {
    let plans = plans();
    let told: BTreeSet<_> = plans
        .iter()
        .map(|plan| (plan.id.as_str(), plan.weeks, plan.role.name()))
        .collect();
    let wanted = [
        ("after-a-betrayal", 12, "both"),
        ("after-you-broke-trust", 12, "broke"),
        ("after-you-were-hurt", 12, "hurt"),
        ("enough-to-decide", 4, "unsure"),
        ("reliable-again", 8, "anyone"),
        ("talk-again", 6, "both"),
    ];
    assert_eq!(told, wanted.into());
}

#[test]
fn each_says_how_weak_its_evidence_is_and_names_its_sources() {
    for plan in plans() {
        let evidence = plan.evidence.to_lowercase();
        assert!(evidence.contains("weak"), "{}", plan.id);
        assert!(plan.sources.len() >= 2, "{}", plan.id);
    }
}

#[test]
fn parting_and_not_being_ready_are_endings_as_good_as_any() {
    for plan in plans() {
        for id in ["we-part", "not-ready", "with-help"] {
            let ending = plan.endings.iter().find(|ending| ending.id == id);
            assert!(
                ending.is_some_and(|it| it.text.len() > 40),
                "{}: {id}",
                plan.id
            );
        }
        let part = plan.endings.iter().find(|it| it.id == "we-part").unwrap();
        assert!(
            part.text.contains("as good an ending as any"),
            "{}",
            plan.id
        );
        // Where it leads to staying, it is no more than the others.
        let longest = plan.endings.iter().map(|it| it.text.len()).max().unwrap();
        assert!(longest <= part.text.len() * 2, "{}", plan.id);
    }
}

#[test]
fn every_stage_belongs_to_a_phase_or_stands_beside_and_says_why() {
    for plan in plans() {
        for stage in &plan.stages {
            let id = format!("{}/{}", plan.id, stage.id);
            assert_eq!(stage.phase.is_none(), stage.only_when.is_some(), "{id}");
            assert!(stage.why.is_some(), "{id}");
        }
        let offers = plan
            .rules
            .iter()
            .filter(|it| matches!(it.effect, RuleEffect::Offer(_)));
        assert!(
            offers.count() >= usize::from(plan.id != "enough-to-decide"),
            "{}",
            plan.id
        );
    }
}

#[test]
fn what_a_plan_for_the_hurt_or_the_unsure_names_presses_nobody_to_forgive_or_stay() {
    for plan in plans() {
        if [
            "after-you-were-hurt",
            "after-a-betrayal",
            "enough-to-decide",
        ]
        .contains(&plan.id.as_str())
        {
            let named: Vec<&str> = plan.exercises().collect();
            assert!(!named.contains(&"forgive-if-i-want"), "{}", plan.id);
        }
    }
}

#[test]
fn plans_read_at_grade_seven_or_below_in_the_tone_of_the_house() {
    let library = Library::open(None);
    for plan in plans() {
        let texts = texts(&plan);
        let prose = texts.iter().map(|text| {
            let text = text.replace("trust-coach exercise find-help", "the page on help");
            match text.ends_with(['.', '?', '!']) {
                true => text,
                false => text + ".",
            }
        });
        let prose = prose.collect::<Vec<_>>().join(" ");
        let grade = textstat::flesch_kincaid_grade(&prose);
        println!("{:<22} grade {grade:.1}", plan.id);
        assert!(grade <= 7.0, "{}: grade {grade:.1}", plan.id);
        let lower = prose.to_lowercase();
        for (word, _) in TONE {
            let found = lower
                .split(|c: char| !c.is_alphanumeric())
                .any(|there| there == *word);
            assert!(!found, "{}: {word}", plan.id);
        }
        for exercise in plan.exercises() {
            assert!(library.head(exercise).is_ok(), "{}: {exercise}", plan.id);
        }
    }
}
