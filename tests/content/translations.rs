//! Translations ask the same as what they translate.

use trust_coach::exercise::library::{BUILT_IN, Library, TRANSLATED};
use trust_coach::exercise::{Asking, Exercise, parse};

/// All of an exercise that isn’t said to anyone.
fn shape(exercise: &Exercise) -> Vec<String> {
    let head = &exercise.head;
    let mut shape = vec![format!("{} {} {:?}", head.version, head.minutes, head.tags)];
    shape.extend(exercise.groups.iter().map(|group| format!("{group:?}")));
    shape.extend(exercise.steps.iter().map(|step| {
        let options: Vec<&str> = step.options().iter().map(|one| one.id.as_str()).collect();
        let pool: Vec<&str> = match &step.ask {
            Asking::Draw { pool, .. } => pool.iter().map(|item| item.id.as_str()).collect(),
            _ => Vec::new(),
        };
        let quotes = step.prompt.references();
        let quotes: Vec<_> = quotes.map(|quote| (&quote.exercise, &quote.step)).collect();
        let (id, kind, when, group) = (&step.id, step.kind(), &step.when, &step.group);
        let (hints, default) = (step.hints.len(), &step.default);
        format!(
            "{id} {kind:?} {when:?} {group:?} {options:?} {pool:?} {quotes:?} {hints} {default:?}"
        )
    }));
    shape
}

#[test]
fn a_translation_has_the_steps_options_and_conditions_of_its_exercise() {
    let library = Library::open(None);
    for (id, lang, text) in TRANSLATED {
        assert!(BUILT_IN.iter().any(|(known, _)| known == id), "{id}");
        assert_eq!(parse::check(id, text), [], "{id} in {lang}");
        let translated = library.load_in(id, lang).unwrap();
        assert_eq!(translated.head.lang, *lang, "{id}");
        assert_eq!(
            shape(&translated),
            shape(&library.load(id).unwrap()),
            "{id} in {lang}"
        );
    }
}

#[test]
fn five_exercises_are_there_in_german_and_no_english_prompt_is_among_them() {
    let german = TRANSLATED.iter().filter(|(_, lang, _)| *lang == "de");
    assert_eq!(german.clone().count(), 5);
    let library = Library::open(None);
    for (id, lang, _) in german {
        let (one, other) = (
            library.load_in(id, lang).unwrap(),
            library.load(id).unwrap(),
        );
        for (german, english) in one.steps.iter().zip(&other.steps) {
            assert_ne!(german.prompt, english.prompt, "{id}: {}", english.id);
            assert!(
                german.why.is_none() || german.why != english.why,
                "{id}: {}",
                english.id
            );
        }
    }
}
