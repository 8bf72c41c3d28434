//! Translations ask the same as what they translate.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

use trust_coach::dates::TypedDay;
use trust_coach::exercise::library::{BUILT_IN, Library, TRANSLATED};
use trust_coach::exercise::{Asking, Exercise, parse};
use trust_coach::safety::{HelpLines, SafetyTexts};
use trust_coach::text::language::Language;

use crate::common::english::english;
use crate::exercises::texts;

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
        let flags = (step.sensitive, step.unmarked, step.help);
        format!(
            "{id} {kind:?} {when:?} {group:?} {options:?} {pool:?} {quotes:?} {hints} {default:?} {flags:?}"
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

#[test]
fn no_text_of_a_german_exercise_has_an_english_word() {
    let library = Library::open(None);
    for (id, _, _) in TRANSLATED.iter().filter(|(_, lang, _)| *lang == "de") {
        let exercise = library.load_in(id, "de").unwrap();
        let mut said = texts(&exercise);
        said.extend(exercise.steps.iter().filter_map(|step| step.name.clone()));
        for source in &exercise.sources {
            said.push(source.supports.clone());
            said.extend(source.strength.clone());
        }
        assert!(said.len() > 10, "{id}");
        for text in said {
            assert_eq!(english(&text), BTreeSet::new(), "{id}: {text}");
        }
    }
}

/// The words of the program's own in German, by the table they stand in.
fn german(table: &str) -> BTreeMap<String, String> {
    let words = include_str!("../../exercises/support/words.de.toml");
    let mut words: BTreeMap<String, BTreeMap<String, String>> = toml::from_str(words).unwrap();
    words.remove(table).unwrap()
}

/// The source of the program without its tests, each piece of text as it's read.
fn source() -> Vec<String> {
    let files = sources(Path::new("src")).into_iter();
    let files = files.filter(|path| !path.components().any(|part| part.as_os_str() == "tests"));
    let texts = files.map(|path| fs::read_to_string(path).unwrap());
    texts
        .map(|text| {
            let code = text.split("#[cfg(test)]\nmod tests {").next().unwrap();
            let mut joined = String::new();
            let mut lines = code.split("\\\n");
            joined.push_str(lines.next().unwrap());
            lines.for_each(|line| joined.push_str(line.trim_start()));
            joined
        })
        .collect()
}

fn sources(folder: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().path());
    entries
        .flat_map(|path| {
            if path.is_dir() {
                sources(&path)
            } else {
                vec![path]
            }
        })
        .collect()
}

#[test]
fn nothing_is_said_in_german_that_is_not_said_in_english_any_more() {
    let source = source();
    let is_day = |text: &str| {
        ["", "1 "]
            .iter()
            .any(|day| TypedDay::read(&format!("{day}{text}")).is_some())
    };
    let is_said = |english: &&String| {
        let written = format!("\"{}\"", english.replace('\n', "\\n"));
        is_day(english) || source.iter().any(|text| text.contains(&written))
    };
    let said = german("said");
    let stale: Vec<&String> = said.keys().filter(|english| !is_said(english)).collect();
    assert_eq!(stale, Vec::<&String>::new());
}

#[test]
fn what_is_said_in_a_language_has_its_german() {
    let (said, lines) = (german("said"), german("lines"));
    let literal = |text: &str| {
        let text = text.trim_start().strip_prefix('"')?;
        Some(text.split('"').next()?.replace("\\n", "\n"))
    };
    let mut missing = BTreeSet::new();
    for text in source() {
        for call in [
            ".translate(",
            ".fill(",
            ".own_words(",
            ".say_own(Tone::Aside, ",
            ".say_own(Tone::Status, ",
        ] {
            for after in text.split(call).skip(1) {
                let name: String = after
                    .trim_start()
                    .chars()
                    .take_while(|c| c.is_ascii_uppercase() || *c == '_')
                    .collect();
                let constant = (name.len() > 1)
                    .then(|| text.split_once(&format!("const {name}: &str =")))
                    .flatten();
                let english = literal(after).or_else(|| literal(constant?.1));
                missing.extend(english.filter(|english| !said.contains_key(english)));
            }
        }
    }
    assert_eq!(missing, BTreeSet::new());
    for country in &HelpLines::built_in().countries {
        let texts = country
            .emergency
            .iter()
            .flat_map(|number| [&number.number, &number.whom]);
        let of_lines = country.lines.iter().flat_map(|line| {
            let more = [&line.area, &line.hours, &line.text, &line.languages];
            [&line.number, &line.whom]
                .into_iter()
                .chain(more.into_iter().flatten())
        });
        let more = [&country.note, &country.silent].into_iter().flatten();
        let all = [&country.name]
            .into_iter()
            .chain(texts)
            .chain(of_lines)
            .chain(more);
        let words = all.filter(|text| text.contains(|c: char| c.is_ascii_lowercase()));
        for text in words {
            let is_there = lines.contains_key(text) || said.contains_key(text);
            assert!(is_there, "{}: {text}", country.code);
        }
    }
}

#[test]
fn the_safety_page_says_in_german_what_it_says_in_english() {
    let [english, german] = [Language::English, Language::German].map(SafetyTexts::built_in);
    assert_eq!(english.signs.len(), german.signs.len());
    for texts in [&english, &german] {
        assert!(texts.signs.contains(&texts.recent));
    }
    assert_eq!(english.routes.len(), german.routes.len());
    for (one, other) in english.routes.iter().zip(&german.routes) {
        let commands = |text: &str| -> Vec<String> {
            let words = text.split_whitespace();
            let words = words.map(|word| word.trim_end_matches(['.', ':']).to_string());
            words.filter(|word| word.starts_with('/')).collect()
        };
        assert_eq!(commands(&one.text), commands(&other.text), "{}", one.title);
    }
}
