//! Nobody is coached in what they were forced to, and whoever is afraid is told before anything is written.

use std::fs;

use trust_coach::exercise::library::Library;
use trust_coach::exercise::{Asking, Exercise, Step};
use trust_coach::safety::{HelpLines, SafetyTexts};
use trust_coach::text::language::Language;

use crate::common::Sandbox;
use crate::personas::personas_of;
use crate::privacy::run;

fn exercise(id: &str) -> Exercise {
    Library::open(None).load(id).unwrap()
}

/// Whether words are typed at it, or followed.
fn takes_words(step: &Step) -> bool {
    matches!(
        step.ask,
        Asking::Write { .. } | Asking::Draw { .. } | Asking::Compose { .. } | Asking::Promise(_)
    )
}

#[test]
fn a_promise_is_asked_about_before_it_is_written_and_after_a_no_it_is_not_coached() {
    let steps = exercise("promise").steps;
    let asked = steps.iter().position(|step| step.id == "free").unwrap();
    assert!(!steps[..asked].iter().any(takes_words));
    let home = tempfile::tempdir().unwrap();
    for role in ["broke", "self", "hurt", "other"] {
        // Nothing else is missing: there is no other question on this way.
        let role = format!("role={role}");
        let (code, said) = run(
            home.path(),
            &[
                "exercise", "promise", "--answer", &role, "--answer", "free=no",
            ],
        );
        assert_eq!(code, Some(0), "{said}");
        let (_, shown) = run(home.path(), &["history", "show", "last", "--json"]);
        let shown: serde_json::Value = serde_json::from_str(&shown).unwrap();
        let answers = shown["answers"].as_array().unwrap().iter();
        let asked = answers.filter(|one| one["kind"] != "say").count();
        assert_eq!(asked, 2, "{shown}");
    }
}

#[test]
fn a_check_in_begins_with_a_page_for_somebody_afraid_of_which_nothing_is_kept() {
    let first = exercise("check-in").steps.remove(0);
    assert!(matches!(first.ask, Asking::Say { .. }));
    let text = first.prompt.outline();
    for words in ["afraid", "/support", "/leave"] {
        assert!(text.contains(words), "{text}");
    }
    // Neither that it was read, nor where they stopped.
    for typed in ["", "/pause\n", "/leave\n", "both\n/pause\n"] {
        let sandbox = Sandbox::new();
        sandbox.run_with(&["exercise", "check-in", "--io", "lines"], typed);
        let shown = sandbox.run(&["history", "show", "last", "--json"]);
        for (of, text) in [("file", sandbox.session()), ("json", shown.stdout)] {
            assert!(
                !text.contains("fear") && !text.contains("say"),
                "{typed} {of}: {text}"
            );
        }
    }
}

#[test]
fn that_somebody_read_a_page_for_people_in_danger_is_kept_nowhere() {
    for (id, typed, pages) in [
        ("bad-day", "afraid\n", ["afraid-note"]),
        ("bad-day", "dark\n", ["dark-note"]),
        ("promise", "broke\nno\n", ["not-free"]),
        ("first-weeks-hurt", "dark\n/pause\n", ["dark-note"]),
    ] {
        let sandbox = Sandbox::new();
        let args = ["exercise", id, "--io", "lines"];
        let done = sandbox.run_with(&args, typed);
        let kept = sandbox.session();
        for page in pages {
            assert!(done.stderr.contains(page), "{done}");
            assert!(!kept.contains(page), "{kept}");
        }
    }
}

#[test]
fn whom_an_exercise_with_another_person_is_not_for_is_asked_or_said_at_once() {
    for id in ["third-person", "empathy", "active-listening"] {
        let exercise = exercise(id);
        assert!(exercise.head.gate || exercise.caution.is_some(), "{id}");
        assert!(
            exercise.caution.unwrap().contains("trust-coach support"),
            "{id}"
        );
    }
}

#[test]
fn who_says_that_they_are_afraid_is_asked_for_nothing_towards_the_other() {
    for (id, person, last, after) in [
        ("raise-it-gently", "inge", "afraid-stop", &[][..]),
        ("tell-truth", "zeno", "safe-stop", &["help-day"]),
        ("remember-when", "ottmar", "afraid-stop", &[]),
        ("hear-the-hurt", "no-third", "room-stop", &[]),
        ("question-window", "no-third", "room-stop", &[]),
        ("apology-together", "no-third", "room-stop", &[]),
    ] {
        let people = personas_of(id);
        let name = format!("{id}/{person}.toml");
        let person = people.iter().find(|one| one.name == name).unwrap();
        let answers = person.by_script().0.answers;
        let steps: Vec<&str> = answers.iter().map(|answer| answer.step.as_str()).collect();
        let at = steps.iter().position(|step| *step == last).unwrap();
        assert_eq!(steps[at + 1..], *after, "{name}");
        let exercise = exercise(id);
        let page = exercise.step(last).unwrap().prompt.outline();
        let way_out = ["/support", "find-help"];
        assert!(way_out.iter().any(|way| page.contains(way)), "{page}");
    }
    // Somebody afraid may still look at what they need themselves.
    let people = personas_of("why-us");
    let mina = people.iter().find(|one| one.name == "why-us/mina.toml");
    let answers = mina.unwrap().by_script().0.answers;
    let steps: Vec<&str> = answers.iter().map(|answer| answer.step.as_str()).collect();
    for asked in ["afraid-note", "cost", "need"] {
        assert!(steps.contains(&asked), "{steps:?}");
    }
    for asked in ["good", "bring", "stay-if", "how-part"] {
        assert!(!steps.contains(&asked), "{steps:?}");
    }
}

#[test]
fn the_page_behind_the_questions_sends_nobody_away() {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/exercises/support/safety.toml");
    let text = fs::read_to_string(folder).unwrap();
    assert!(!text.to_lowercase().contains("go away"));
    for words in [
        "If it came out in the last few weeks, and nobody is afraid",
        "about three months, or longer if every day is still hard",
    ] {
        assert!(text.contains(words), "{words}");
    }
    assert!(
        SafetyTexts::built_in(Language::English)
            .control
            .contains("/support")
    );
}

#[test]
fn each_help_line_is_from_its_own_page_and_each_country_asked_for_is_there() {
    let lines = HelpLines::built_in();
    let codes: Vec<&str> = lines.countries.iter().map(|one| &*one.code).collect();
    for code in
        "AT AU BE BR CA CH DE DK ES EU FI FR GB IE IN IT JP MX NL NO NZ PH PL PT SE SG US ZA"
            .split(' ')
    {
        assert!(codes.contains(&code), "{code}");
    }
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/exercises/support/lines.toml");
    let file: toml::Table = fs::read_to_string(folder).unwrap().parse().unwrap();
    let countries = file["country"].as_array().unwrap();
    let of_a_country = |country: &toml::Value| {
        let lines = country.get("line").and_then(|lines| lines.as_array());
        let own = std::iter::once(country.clone());
        own.chain(lines.into_iter().flatten().cloned())
            .collect::<Vec<_>>()
    };
    for entry in countries.iter().flat_map(of_a_country) {
        let page = entry["page"].as_str().unwrap();
        let checked: jiff::civil::Date = entry["checked"].as_str().unwrap().parse().unwrap();
        assert!(checked.year() >= 2026, "{page}");
        let is_news = ["news", "radio", "fm.com", "wikipedia", "blog"];
        assert!(
            page.starts_with("https://") && !is_news.iter().any(|word| page.contains(word)),
            "{page}"
        );
    }
}

#[test]
fn every_country_says_how_to_get_help_without_speaking_or_that_no_way_is_confirmed() {
    let sandbox = Sandbox::new();
    for country in &HelpLines::built_in().countries {
        // For the Union it is asked as one of its countries.
        let code = country.code.replace("EU", "GR");
        let page = sandbox.run(&["support", "--region", &code]).stdout;
        let page = page.split_whitespace().collect::<Vec<_>>().join(" ");
        let silent = "No other way has been confirmed for this country.";
        let silent = country.silent.as_deref().unwrap_or(silent);
        let silent = format!("Can’t speak or hear? {silent}");
        // Where nothing else was checked, its note says so.
        let note = country.note.as_deref().unwrap_or_default();
        assert!(
            page.contains(&silent) || country.lines.is_empty() && page.contains(note),
            "{code}: {page}"
        );
        for line in &country.lines {
            let begin = format!("{} {}", line.number, line.name);
            let at = page
                .find(&begin)
                .unwrap_or_else(|| panic!("{begin}: {page}"));
            let said = page[at..].split("https://").next().unwrap();
            // Where the hours aren’t known, none are named.
            let hours = line.hours.as_deref().unwrap_or("see its page");
            assert!(said.contains(hours), "{code}: {said}");
            assert!(
                line.hours.is_some() || !said.contains("24 hours"),
                "{code}: {said}"
            );
        }
    }
}

#[test]
fn the_first_weeks_are_found_in_the_list() {
    let listed = Sandbox::new().run(&["list"]).stdout;
    for id in ["first-weeks-hurt", "first-weeks-broke"] {
        assert!(listed.contains(id), "{listed}");
    }
}

#[test]
fn whoever_is_afraid_in_the_first_weeks_reads_of_help_and_of_what_stays_and_is_asked_no_more() {
    for (id, option) in [
        ("first-weeks-hurt", "safe-no"),
        ("first-weeks-broke", "afraid"),
        ("bad-day", "afraid"),
    ] {
        for lang in ["en", "de"] {
            let step = if id == "bad-day" { "kind-of" } else { "state" };
            let args = ["exercise", id, "--lang", lang, "--io", "json"];
            let answer =
                format!("{{\"type\":\"answer\",\"id\":\"{step}\",\"value\":\"{option}\"}}\n");
            let read = "{\"type\":\"answer\",\"id\":\"afraid-note\",\"value\":null}\n";
            let output = Sandbox::new().run_with(&args, format!("{answer}{read}"));
            let asked = output
                .stdout
                .lines()
                .filter(|line| line.contains("\"type\":\"ask\""));
            let asked: Vec<&str> = asked.collect();
            assert_eq!(asked.len(), 2, "{id} {lang}: {output}");
            let note = asked[1];
            assert!(
                note.contains("/support")
                    && note.contains("trust-coach history delete ")
                    && !note.contains("delete last"),
                "{note}"
            );
        }
    }
}
