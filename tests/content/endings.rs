//! What is said at the end fits whoever is there, and what they chose.

use trust_coach::engine::{Context, Engine};

use crate::exercises::exercises;
use crate::personas::{Persona, personas_of};

/// A person, and what is said at the end to others alone.
const UNSAID: [(&str, &str, &[&str]); 20] = [
    (
        "setback",
        "ngozi",
        &[
            "exercise apology",
            "reliability-review",
            "--answer words",
            "matters more",
        ],
    ),
    ("setback", "dan", &["exercise apology", "--answer words"]),
    (
        "tell-truth",
        "uma",
        &["Your day to tell them", "question-time"],
    ),
    ("promise", "ada", &["exercise apology"]),
    ("promise", "ruth", &["exercise apology"]),
    ("impact", "lotte", &["leep on it"]),
    ("impact", "xavi", &["time for this:"]),
    ("apology", "carla", &["exercise promise", "what you say"]),
    ("apology", "ivo", &["exercise promise", "what you say"]),
    ("apology-heard", "rafe", &["Whether you forgive"]),
    ("looks-like", "edit", &["exercise promise", "tell-truth"]),
    ("patience", "emre", &["Being patient"]),
    ("openness", "ines-maria", &["exercise promise"]),
    ("openness", "zoe", &["exercise promise"]),
    ("why-us", "noa", &["exercise apology"]),
    ("first-weeks-broke", "amir", &["Is it over?"]),
    ("first-weeks-broke", "li", &["Is it over?"]),
    ("money-facts", "gil", &["ask about facts"]),
    ("money-facts", "delphine", &["tell-truth"]),
    ("money-facts", "ria", &["ask about facts"]),
];

/// All that is said to somebody on their way and at the end.
fn said(person: &Persona) -> String {
    let session = person.by_script().0;
    let prompts = session.answers.iter().map(|answer| answer.prompt.clone());
    let mut said: Vec<String> = prompts.collect();
    let engine = Engine::new(person.exercise.clone(), session, Context::default());
    said.push(engine.closing());
    said.join("\n\n")
}

#[test]
fn the_end_follows_who_somebody_is_and_what_they_chose() {
    for (id, person, unsaid) in UNSAID {
        let people = personas_of(id);
        let name = format!("{id}/{person}.toml");
        let (them, others): (Vec<_>, Vec<_>) = people.iter().partition(|one| one.name == name);
        let heard = said(them[0]);
        for words in unsaid {
            assert!(!heard.contains(words), "{name}: {words}\n{heard}");
            let mut others = others.iter().map(|one| said(one));
            assert!(others.any(|heard| heard.contains(words)), "{name}: {words}");
        }
    }
}

#[test]
fn nothing_is_called_saved_that_may_have_been_left_out() {
    for exercise in exercises() {
        let id = &exercise.head.id;
        let steps = exercise.steps.iter().map(|step| step.prompt.outline());
        for text in steps.chain([exercise.closing.outline()]) {
            for (at, _) in text.match_indices(" saved") {
                let start = text[..at].rfind(['.', '\n']).map_or(0, |end| end + 1);
                let sentence = text[start..at].trim();
                let vague = ["What you", "If you", "Your line: "].iter();
                let mut vague = vague.filter(|open| sentence.starts_with(**open));
                assert!(vague.next().is_some(), "{id}: {sentence} saved");
            }
        }
    }
}
