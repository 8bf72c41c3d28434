//! Exercises in German, from the first screen to the last: no English on the way.

use std::collections::BTreeSet;
use std::fs;

use crate::common::english::english;
use crate::harness::{SMALL, Screen, USUAL, Window};
use crate::patience::until;
use crate::session::{Home, TEA};

/// What the screen says last when it waits, and what is typed there. A bare Enter leaves out or keeps
/// what may be.
const FULL: [(&str, &str); 8] = [
    ("Enter: weiter", "\r"),
    ("Enter: nehmen", "1\r"),
    ("Leertaste: [x]  Enter: fertig", " \r"),
    ("Strg-D: Ende", "Ein Satz.\x04"),
    ("Enter: fertig", "morgen\r"),
    ("Enter: behalten", "\r"),
    ("Enter: auslassen", "morgen\r"),
    ("Allen älteren Text", "2\r"),
];
const PLAIN: [(&str, &str); 9] = [
    ("Weiter mit Enter.", "\n"),
    ("Tipp eine Zahl von 1 bis", "1\n"),
    ("Tipp Zahlen mit Kommas", "1\n"),
    ("beendet den Text.", "Ein Satz.\n.\n"),
    ("beendet ihn.", "Noch ein Satz.\n.\n"),
    ("ja oder nein?", "ja\n"),
    ("Eine Zeile.", "Ein Wort.\n"),
    ("Ein Tag, zum Beispiel", "morgen\n"),
    ("So, wie du es sagen würdest", "nein\n"),
];
/// Typed in place of the first answers.
const INSTEAD: [&str; 8] = [
    "/xyz", "/help", "/why", "/hint", "/support", "99", "/back", "/pause",
];
const FINISH: &str = "Abschließen und speichern";
const LAST: &str = "Was möchtest du als Nächstes tun?";

/// Whether nothing comes for a moment: a row that asks may be followed by others of the same question.
fn stands_still(screen: &Screen, all: &str) -> bool {
    std::thread::sleep(std::time::Duration::from_millis(30));
    screen.everything().join("\n") == all
}

/// Does what is left of an exercise, with `instead` in place of the first answers, and collects all
/// that is seen.
fn walk(screen: &mut Screen, cues: &[(&str, &str)], instead: &[&str]) -> String {
    let is_plain = cues == PLAIN;
    let mut instead = instead.iter();
    let (mut seen, mut before) = (String::new(), String::new());
    for _ in 0..200 {
        let is_cue = |row: &String| match is_plain {
            true => row == ">" || row.contains("beendet"),
            false => cues.iter().any(|(cue, _)| row.contains(cue)),
        };
        let waits = || {
            let rows = screen.rows();
            let last = rows.iter().rev().find(|row| !row.is_empty());
            let is_shown = screen.look(|screen| !screen.hide_cursor());
            let all = screen.everything().join("\n");
            is_shown
                && (is_plain || screen.takes_keys())
                && last.is_some_and(is_cue)
                && all != before
                && (!is_plain || stands_still(screen, &all))
        };
        assert!(until(waits), "nothing new came behind this:\n{before}");
        let all = screen.everything().join("\n");
        seen += &all;
        before.clone_from(&all);
        let last = cues
            .iter()
            .filter_map(|cue| Some((all.rfind(cue.0)? + cue.0.len(), cue)));
        let Some((_, (cue, keys))) = last.max() else {
            continue;
        };
        let end = &keys[keys.len() - 1..];
        let is_list = cue.contains("nehmen") || cue.contains("eine Zahl von");
        if all
            .rfind(LAST)
            .is_some_and(|at| is_list && !all[at..].contains("Schritt"))
        {
            screen.send(&format!("/pause{end}"));
            break;
        }
        match is_list.then(|| instead.next()).flatten() {
            Some(&"/pause") => {
                screen.send(&format!("/pause{end}"));
                break;
            }
            Some(typed) => screen.send(&format!("{typed}{end}")),
            // What was answered isn't opened again.
            None if is_list && all.rfind(FINISH) > all.rfind("Schritt ") => {
                screen.send(&format!("1{end}"));
            }
            None => screen.send(keys),
        }
    }
    screen.wait_exit();
    seen + &screen.everything().join("\n")
}

fn no_english_on_the_way(id: &str, flags: &[&str], window: Window, cues: &[(&str, &str)]) {
    let home = Home::with(TEA);
    let args = [&["exercise", id, "--lang", "de"], flags].concat();
    let open = || {
        let berlin = [("TZ", "Europe/Berlin")];
        Screen::program_with(home.path(), &args, window, &berlin)
    };
    let first = walk(&mut open(), cues, &INSTEAD);
    for said in [
        "kein Befehl",
        "diese Liste",
        "Tipp",
        "112",
        "Nimm eins von",
        "Pause",
    ] {
        assert!(first.contains(said), "{id}: {said}\n{first}");
    }
    let rest = walk(&mut open(), cues, &[]);
    for said in ["Damit weitermachen", "Abschließen", LAST] {
        assert!(rest.contains(said), "{id}: {said}\n{rest}");
    }
    for seen in [first, rest] {
        assert_eq!(
            english(&seen),
            BTreeSet::new(),
            "{id} {window:?} {flags:?}\n{seen}"
        );
    }
}

#[test]
fn the_unsent_letter_is_german_on_every_screen() {
    no_english_on_the_way("unsent-letter", &[], USUAL, &FULL);
    no_english_on_the_way("unsent-letter", &[], SMALL, &FULL);
    no_english_on_the_way("unsent-letter", &["--plain"], USUAL, &PLAIN);
}

#[test]
fn the_first_weeks_are_german_on_every_screen() {
    for id in ["first-weeks-hurt", "first-weeks-broke"] {
        no_english_on_the_way(id, &[], USUAL, &FULL);
        no_english_on_the_way(id, &[], SMALL, &FULL);
        no_english_on_the_way(id, &["--plain"], USUAL, &PLAIN);
    }
}

#[test]
fn the_second_of_each_list_leads_to_german_as_well() {
    let second = FULL.map(|(cue, keys)| (cue, if keys == "1\r" { "2\r" } else { keys }));
    for id in [
        "bad-day",
        "one-line",
        "unsent-letter",
        "first-weeks-hurt",
        "first-weeks-broke",
    ] {
        no_english_on_the_way(id, &[], USUAL, &second);
    }
}

#[test]
fn the_short_ones_are_german_on_every_screen() {
    for id in ["one-line", "bad-day"] {
        no_english_on_the_way(id, &[], USUAL, &FULL);
        no_english_on_the_way(id, &[], SMALL, &FULL);
        no_english_on_the_way(id, &["--plain"], USUAL, &PLAIN);
    }
}

#[test]
fn the_settings_the_locale_or_a_flag_say_in_which_language_an_exercise_is_done() {
    let (german, english) = (("LC_ALL", "de_AT.UTF-8"), ("LC_ALL", "en_GB.UTF-8"));
    for (settings, locale, flags, title) in [
        ("", german, &[][..], "Eine Zeile"),
        ("", english, &[], "One line"),
        ("", english, &["--lang", "de"], "Eine Zeile"),
        ("", german, &["--lang", "en"], "One line"),
        ("language = \"de\"\n", english, &[], "Eine Zeile"),
        ("language = \"en\"\n", german, &[], "One line"),
    ] {
        let home = Home::with(TEA);
        fs::write(home.path().join("config.toml"), settings).unwrap();
        let args = [&["exercise", "one-line"], flags].concat();
        let screen = Screen::program_with(home.path(), &args, USUAL, &[locale]);
        screen.wait_somewhere(title);
    }
    let home = Home::with(TEA);
    let screen = Screen::program_with(home.path(), &["safety"], USUAL, &[german]);
    screen.wait_somewhere("Ja, mindestens eins");
}

#[test]
fn the_private_page_and_what_is_behind_it_are_german() {
    let head = "format = 1\nversion = 1\nlang = \"de\"\ngate = \"screen\"\n";
    let exercise = TEA.replace("format = 1\nversion = 1\n", head);
    let home = Home::with(&exercise.replace("lang = \"en\"\n", ""));
    let berlin = [("TZ", "Europe/Berlin")];
    let open = |flags: &[&str]| {
        let args = [&["exercise", "tea"], flags].concat();
        Screen::program_with(home.path(), &args, USUAL, &berlin)
    };
    let mut screen = open(&[]);
    let mut seen = screen.wait_words("Ja, mindestens eins").join("\n");
    for (typed, next) in [
        ("/back\r", "Das ist die erste Seite."),
        ("/why\r", "gefährlich"),
        ("/support\r", "116 016"),
        ("1\r", "Enter: weiter"),
    ] {
        screen.send(typed);
        seen += &screen.wait_words(next).join("\n");
        while !screen
            .rows()
            .iter()
            .any(|row| row.contains("Enter: nehmen") || typed == "1\r")
        {
            let before = screen.rows();
            screen.send("\r");
            seen += &screen
                .wait("the next page", |rows| rows != before)
                .join("\n");
        }
    }
    loop {
        let before = screen.rows();
        seen += &before.join("\n");
        if before
            .iter()
            .any(|row| row.contains("Was möchtest du tun?"))
        {
            break;
        }
        screen.send("\r");
        screen.wait("the next page", |rows| rows != before);
    }
    screen.send("/leave\r");
    screen.wait_exit();
    screen.wait_somewhere("Fertig.");
    let english = english(&(seen.clone() + &screen.everything().join("\n")));
    assert_eq!(english, BTreeSet::new(), "{seen}");
}
