//! The built-in exercises as texts: readable, complete, in the tone of the house.

use std::collections::BTreeSet;

use trust_coach::exercise::library::{BUILT_IN, Library};
use trust_coach::exercise::parse::lint::TONE;
use trust_coach::exercise::{Asking, Exercise, LineLimit, StepKind, Strategy, Template};
use trust_coach::review::{Rules, Subject};
use trust_coach::safety::{self, SafetyTexts};
use trust_coach::text::language::Language;

pub fn exercises() -> Vec<Exercise> {
    let library = Library::open(None);
    BUILT_IN
        .iter()
        .map(|(id, _)| library.load(id).unwrap())
        .collect()
}

/// Everything a person reads of an exercise, in order.
pub fn texts(exercise: &Exercise) -> Vec<String> {
    let mut texts = vec![exercise.head.summary.clone(), exercise.opening.clone()];
    texts.extend(exercise.caution.clone());
    for step in &exercise.steps {
        texts.extend(step.templates().map(Template::outline));
        let options = step.options().iter();
        texts.extend(
            options
                .flat_map(|option| [Some(option.label.clone()), option.note.clone()])
                .flatten(),
        );
        if let Asking::Draw { pool, .. } = &step.ask {
            texts.extend(pool.iter().map(|item| item.text.clone()));
        }
    }
    texts.push(exercise.closing.outline());
    texts
}

/// Prose alone: commands to type and lines of a list are no sentences.
fn prose(texts: &[String]) -> String {
    let lines = texts.iter().flat_map(|text| text.lines());
    let lines = lines.filter(|line| !line.trim_start().starts_with(['/', '-', '#']));
    let lines = lines.filter(|line| !line.contains("trust-coach "));
    let sentence = |line: &str| {
        let line = line.trim();
        let ended = line.ends_with(['.', '?', '!', ':', '”', '"']);
        if line.is_empty() || ended {
            line.to_string()
        } else {
            format!("{line}.")
        }
    };
    lines.map(sentence).collect::<Vec<_>>().join(" ")
}

fn words_a_sentence(text: &str) -> f64 {
    let (words, sentences) = (
        textstat::lexicon_count(text),
        textstat::sentence_count(text),
    );
    f64::from(u32::try_from(words).unwrap()) / f64::from(u32::try_from(sentences.max(1)).unwrap())
}

#[test]
fn every_exercise_reads_at_grade_seven_or_below_in_short_sentences() {
    for exercise in exercises() {
        let text = prose(&texts(&exercise));
        let (grade, words) = (
            textstat::flesch_kincaid_grade(&text),
            words_a_sentence(&text),
        );
        println!(
            "{:<18} grade {grade:.1}, {words:.1} words a sentence",
            exercise.head.id
        );
        assert!(grade <= 7.0, "{}: grade {grade:.1}", exercise.head.id);
        assert!(
            words <= 15.0,
            "{}: {words:.1} words a sentence",
            exercise.head.id
        );
    }
}

#[test]
fn the_safety_texts_read_at_grade_five_or_below() {
    let texts = SafetyTexts::built_in(Language::English);
    let mut all = vec![texts.intro, texts.ask, texts.routes_intro, texts.device];
    all.extend(texts.signs);
    all.extend(
        texts
            .routes
            .into_iter()
            .flat_map(|route| [route.title, route.text]),
    );
    all.extend([
        texts.own_behaviour,
        texts.not_therapy,
        texts.numbers_change,
        texts.heavy,
    ]);
    let text = prose(&all);
    let grade = textstat::flesch_kincaid_grade(&text);
    println!(
        "safety             grade {grade:.1}, {:.1} words a sentence",
        words_a_sentence(&text)
    );
    assert!(grade <= 5.0, "grade {grade:.1}");
}

#[test]
fn there_is_an_exercise_for_each_strategy() {
    let there: BTreeSet<Strategy> = exercises()
        .iter()
        .map(|exercise| exercise.head.strategy)
        .collect();
    assert_eq!(there.len(), Strategy::ALL.len());
}

#[test]
fn every_exercise_is_complete() {
    for exercise in exercises() {
        let id = &exercise.head.id;
        assert!(exercise.caution.is_some(), "{id} has no caution");
        assert!(!exercise.sources.is_empty(), "{id} has no source");
        assert!(
            exercise.steps.iter().any(|step| step.when.is_some()),
            "{id} has no branch"
        );
        let closing = exercise.closing.outline();
        assert!(
            closing.contains("trust-coach "),
            "{id} does not say what to do next"
        );
        for step in exercise
            .steps
            .iter()
            .filter(|step| step.kind() != StepKind::Say)
        {
            let name = &step.id;
            assert!(
                step.why.is_some(),
                "{id}: {name} does not say why it is asked"
            );
            assert!(step.name.is_some(), "{id}: {name} has no short name");
            let long = match step.ask {
                Asking::Write { lines, .. } => lines == LineLimit::Many,
                Asking::Draw { .. } => true,
                _ => false,
            };
            if long || matches!(step.ask, Asking::Compose { .. }) {
                assert!(step.hints.len() >= 2, "{id}: {name} has no staged hints");
            }
            if long {
                let example = step.hints.last().unwrap().outline();
                assert!(
                    ["Clearer", "Better", "For example"]
                        .iter()
                        .any(|mark| example.contains(mark)),
                    "{id}: {name} has no worked example"
                );
            }
        }
    }
}

/// Whether a caution sends somebody away who is afraid, or is hurt or controlled.
fn turns_the_afraid_away(exercise: &Exercise) -> bool {
    let caution = exercise.caution.as_deref().unwrap_or_default();
    let words = [
        "afraid", "fear", "scare", "hurts", "hurt you", "control", "forc", "threat",
    ];
    words
        .iter()
        .any(|word| caution.to_lowercase().contains(word))
}

fn has_tag(exercise: &Exercise, tag: &str) -> bool {
    exercise.head.tags.iter().any(|own| own == tag)
}

#[test]
fn what_the_page_offers_to_somebody_afraid_has_no_caution_against_it() {
    let mut safe = Vec::new();
    for exercise in exercises() {
        if has_tag(&exercise, "safe-alone") {
            assert!(!exercise.head.gate, "{} has the gate", exercise.head.id);
            assert!(!turns_the_afraid_away(&exercise), "{}", exercise.head.id);
            safe.push(exercise.head.id);
        }
    }
    assert_eq!(safe, ["unsent-letter", "find-help"]);
    for id in ["why-us", "appreciation", "check-in"] {
        let exercise = Library::open(None).load(id).unwrap();
        assert!(turns_the_afraid_away(&exercise), "{id} would pass as safe");
    }
}

#[test]
fn the_first_weeks_are_not_gated_and_their_cautions_name_the_afraid() {
    let all = exercises();
    let both = all.iter().filter(|one| has_tag(one, "first-weeks"));
    let both: Vec<&Exercise> = both.collect();
    assert_eq!(both.len(), 2);
    for exercise in both {
        assert!(!exercise.head.gate && turns_the_afraid_away(exercise));
        let opening = textstat::lexicon_count(&exercise.opening);
        let caution = textstat::lexicon_count(exercise.caution.as_deref().unwrap());
        let id = &exercise.head.id;
        assert!(opening <= 60 && caution <= 35, "{id}: {opening}, {caution}");
    }
}

#[test]
fn exercises_rest_on_listed_works_and_every_listed_work_is_used() {
    let mut used = BTreeSet::new();
    for exercise in exercises() {
        let mut own = BTreeSet::new();
        for source in exercise.sources {
            let listed = trust_coach::exercise::works::find(&source.work.id);
            assert_eq!(listed.as_ref(), Some(&source.work), "{}", exercise.head.id);
            assert!(
                own.insert(source.work.id),
                "{} names one twice",
                exercise.head.id
            );
        }
        used.extend(own);
    }
    let listed = trust_coach::exercise::works::built_in();
    let listed: BTreeSet<String> = listed.iter().map(|work| work.id.clone()).collect();
    assert_eq!(used, listed);
}

#[test]
fn empathy_draws_from_at_least_forty_items() {
    let exercise = Library::open(None).load("empathy").unwrap();
    let pools = exercise.steps.iter().filter_map(|step| match &step.ask {
        Asking::Draw { pool, .. } => Some(pool.len()),
        _ => None,
    });
    assert!(pools.max().unwrap() >= 40);
}

#[test]
fn the_last_paragraph_of_a_prompt_fits_five_rows_of_a_small_screen() {
    for exercise in exercises() {
        for step in exercise
            .steps
            .iter()
            .filter(|step| step.kind() != StepKind::Say)
        {
            let prompt = step.prompt.outline();
            let last = prompt.trim().rsplit("\n\n").next().unwrap();
            let rows = trust_coach::text::wrap(last, 40).len();
            assert!(
                rows <= 5,
                "{}: {} takes {rows} rows",
                exercise.head.id,
                step.id
            );
        }
    }
}

#[test]
fn labels_and_names_fit_a_small_screen() {
    let columns = trust_coach::text::columns;
    for exercise in exercises() {
        for step in &exercise.steps {
            for option in step.options() {
                assert!(
                    columns(&option.label) <= 36,
                    "{}: {}",
                    exercise.head.id,
                    option.label
                );
            }
        }
    }
    let texts = SafetyTexts::built_in(Language::English);
    for label in [texts.yes, texts.no, texts.rather_not] {
        assert!(columns(&label) <= 36, "{label}");
    }
}

#[test]
fn the_tone_is_calm() {
    let mut read: Vec<(String, String)> = Vec::new();
    for exercise in exercises() {
        let hints = exercise
            .steps
            .iter()
            .flat_map(|step| &step.hints)
            .map(Template::outline);
        let hints: BTreeSet<String> = hints.collect();
        // A worked example may show what does not work.
        let texts = texts(&exercise)
            .into_iter()
            .filter(|text| !hints.contains(text));
        // So may what the other one says in a scene.
        let texts = texts.filter(|text| !text.contains(['“', '"']));
        read.extend(texts.map(|text| (exercise.head.id.clone(), text)));
    }
    let safety = SafetyTexts::built_in(Language::English);
    let routes = safety.routes.into_iter().map(|route| route.text);
    read.extend(routes.map(|text| (String::from("safety"), text)));
    for (id, text) in read {
        let lower = text.to_lowercase();
        for (word, _) in TONE {
            let found = lower
                .match_indices(word)
                .any(|(at, _)| !lower[at + word.len()..].starts_with(|c: char| c.is_alphabetic()));
            assert!(!found, "{id} says {word}: {text}");
        }
    }
}

#[test]
fn every_help_line_has_a_number_and_every_country_somebody_for_a_crisis() {
    for country in &safety::HelpLines::built_in().countries {
        let numbers = country.lines.iter().map(|line| &line.number);
        let emergency = country.emergency.iter().map(|one| &one.number);
        for number in numbers.chain(emergency) {
            assert!(number.contains(|c: char| c.is_ascii_digit()), "{number}");
        }
        // One entry stands for the countries that have no lines of their own yet.
        let crisis = country.lines_for(safety::Need::Crisis).next();
        assert!(crisis.is_some() || country.code == "EU", "{}", country.name);
    }
}

#[test]
fn what_review_rules_say_reads_at_grade_six_or_below_and_in_the_tone_of_the_house() {
    for (subject, name) in Subject::ALL {
        for rule in Rules::built_in(subject).texts() {
            let said = [&*rule.message, &*rule.look_at, &*rule.why].map(str::to_string);
            let grade = textstat::flesch_kincaid_grade(&prose(&said));
            assert!(grade <= 6.0, "{name} {}: grade {grade:.1}", rule.id);
            for (word, _) in TONE {
                let lower = said.join(" ").to_lowercase();
                let word = format!(" {word} ");
                assert!(!lower.contains(&word), "{name} {} says{word}", rule.id);
            }
        }
    }
}

#[test]
fn a_question_is_drawn_also_where_nobody_said_how_close_it_should_come() {
    let sandbox = crate::common::Sandbox::new();
    let args = ["exercise", "ask-one-thing", "--io", "lines"];
    let asked = sandbox.run_with(&args, "/skip\n/skip\n");
    assert!(asked.stderr.contains("[light]"), "{asked}");
}
