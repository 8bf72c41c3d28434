//! What somebody else gave in exercises for two: it goes out, and is searched, only if they agree.

use serde_json::Value;
use trust_coach::export::ExportFormat;

use crate::common::{Output, Sandbox};
use crate::partner::quick_partner;
use crate::take_back::shown;
use crate::vault::private;

/// What each of them wrote.
pub(crate) const MINE: &str = "You were tired.";
const THEIRS: &str = "You waited for me.";

pub(crate) fn ran(sandbox: &Sandbox, words: &[&str]) -> Output {
    let output = sandbox.run(words);
    assert_eq!(output.code, Some(0), "{words:?}: {output}");
    output
}

pub(crate) fn exported(sandbox: &Sandbox, words: &[&str]) -> Output {
    ran(sandbox, &[&["export"], words].concat())
}

/// The answers of one of the two in the JSON of the one session.
fn answers_of(json: &str, by: &str) -> Vec<Value> {
    let document: Value = serde_json::from_str(json).unwrap();
    let all = document["sessions"][0]["answers"].as_array().unwrap();
    let theirs = all.iter().filter(|answer| answer["by"] == by);
    theirs.cloned().collect()
}

#[test]
fn no_format_has_what_they_gave_unless_they_agree() {
    let sandbox = shown();
    // CSV has no texts; what it has of theirs is in the next test.
    let all = ExportFormat::ALL.iter();
    for (_, format, ..) in all.filter(|(format, ..)| *format != ExportFormat::Csv) {
        for more in [&[][..], &["--all"], &["--answers", "back"]] {
            let words = [&["--format", format], more].concat();
            let output = exported(&sandbox, &words);
            assert!(output.stdout.contains(MINE), "{words:?}: {output}");
            assert!(!output.stdout.contains(THEIRS), "{words:?}: {output}");
            assert!(output.stderr.contains("that Il gave"), "{output}");
            assert!(output.stderr.contains("left out"), "{output}");
            let agreed = exported(&sandbox, &[&words[..], &["--agreed", "il"]].concat());
            assert!(agreed.stdout.contains(THEIRS), "{words:?}: {agreed}");
            assert!(!agreed.stderr.contains("--agreed"), "{agreed}");
        }
    }
}

#[test]
fn a_home_of_somebody_who_is_neither_of_the_two_gives_out_what_neither_gave() {
    let sandbox = shown();
    sandbox.write("home/config.toml", "name = \"Ilse\"\n");
    let output = exported(&sandbox, &["--format", "markdown"]);
    for words in [MINE, THEIRS] {
        assert!(!output.stdout.contains(words), "{output}");
    }
    for name in ["that Mo gave", "that Il gave"] {
        assert!(output.stderr.contains(name), "{output}");
    }
    let agreed = ["--format", "markdown", "--agreed", "Mo"];
    let agreed = exported(&sandbox, &agreed);
    assert!(
        agreed.stdout.contains(MINE) && !agreed.stdout.contains(THEIRS),
        "{agreed}"
    );
}

#[test]
fn without_the_names_of_both_nobodys_words_are_the_owners_and_doctor_says_so() {
    let sandbox = shown();
    let session = sandbox.sessions().pop().unwrap();
    let text = std::fs::read_to_string(&session).unwrap();
    let nameless = text.replace("[partners]\na = \"Mo\"\nb = \"Il\"\n", "");
    assert_ne!(nameless, text);
    for (text, why) in [
        (nameless, "doesn’t name both people"),
        (
            text.replace("b = \"Il\"", "b = \"Mo\""),
            "both people have the same name",
        ),
    ] {
        std::fs::write(&session, text).unwrap();
        let output = exported(&sandbox, &["--format", "markdown", "--all"]);
        assert!(!output.stdout.contains(THEIRS), "{output}");
        let doctor = sandbox.run(&["doctor"]);
        assert!(doctor.stdout.contains(why), "{doctor}");
    }
}

#[test]
fn what_repeats_theirs_word_for_word_stays_as_well_and_is_no_promise() {
    let sandbox = shown();
    for text in ["Il said: You waited for me.", "I felt heard."] {
        sandbox.write("note.txt", text);
        ran(
            &sandbox,
            &["history", "note", "last", "--text-file", "note.txt"],
        );
    }
    let output = exported(&sandbox, &["--format", "markdown"]);
    assert!(output.stdout.contains("I felt heard."), "{output}");
    assert!(!output.stdout.contains(THEIRS), "{output}");
    let found = sandbox.run(&["history", "search", "waited"]);
    assert!(!found.stdout.contains("waited for me"), "{found}");
    let promise = [
        "promise",
        "add",
        "--from",
        "last/b:back",
        "--when",
        "tomorrow",
    ];
    let refused = sandbox.run(&promise);
    assert_eq!(refused.code, Some(2), "{refused}");
    assert!(refused.stderr.contains("Il wrote that"), "{refused}");
}

#[test]
fn a_program_is_told_who_gave_each_answer() {
    let sandbox = shown();
    let shown = ran(
        &sandbox,
        &["history", "show", "last", "--json", "--with-text"],
    );
    let shown: Value = serde_json::from_str(&shown.stdout).unwrap();
    assert_eq!(shown["partners"]["b"], "Il");
    let answers = shown["answers"].as_array().unwrap().iter();
    let mut said = answers.filter(|answer| answer["step"] == "back");
    let said = [said.next().unwrap(), said.next().unwrap()];
    let by = said.map(|answer| (answer["by"].as_str(), answer["value"].as_str()));
    assert_eq!(by, [(Some("b"), Some(THEIRS)), (Some("a"), Some(MINE))]);
    let long = ran(&sandbox, &["history", "--long"]).stdout;
    assert!(
        long.contains("    Il, ") && long.contains("    Mo, "),
        "{long}"
    );
}

#[test]
fn in_its_place_it_says_that_it_was_left_out() {
    let sandbox = shown();
    let markdown = exported(&sandbox, &["--format", "markdown"]).stdout;
    let place = "> Il, say it back in your own words, and write it here.\n\n(left out)";
    assert!(markdown.contains(place), "{markdown}");
    let json = exported(&sandbox, &["--all"]).stdout;
    let theirs = answers_of(&json, "b");
    assert_eq!(theirs.len(), 5, "{json}");
    let closed = theirs.iter().filter(|answer| answer["closed"] == true);
    // One step only gives them the floor.
    assert_eq!(closed.count(), 4, "{json}");
    for answer in theirs.iter().filter(|answer| answer["kind"] != "say") {
        for key in ["value", "label", "at", "versions", "sealed"] {
            assert!(answer.get(key).is_none(), "{answer}");
        }
    }
    assert!(
        answers_of(&json, "a")
            .iter()
            .all(|it| it.get("closed").is_none())
    );
    let csv = exported(&sandbox, &["--format", "csv"]).stdout;
    let rows: Vec<&str> = csv.lines().filter(|row| row.ends_with(",b")).collect();
    assert_eq!(rows.len(), 3, "{csv}");
    assert!(
        rows.iter().all(|row| row.contains(",rate,,(left out),")),
        "{csv}"
    );
    assert_eq!(csv.lines().filter(|row| row.ends_with(",a")).count(), 3);
    let preview = exported(&sandbox, &["--preview"]).stdout;
    assert!(
        preview.contains("4 answers that Il gave and hasn’t agreed to"),
        "{preview}"
    );
}

#[test]
fn what_came_in_without_theirs_says_so_and_doubles_nothing() {
    let sandbox = shown();
    exported(&sandbox, &["--all", "--output", "all.json"]);
    let again = ran(&sandbox, &["import", "all.json"]);
    assert_eq!(sandbox.sessions().len(), 1, "{again}");
    assert!(sandbox.session().contains(THEIRS));
    let other = Sandbox::new();
    let file = sandbox.home().with_file_name("all.json");
    ran(&other, &["import", file.to_str().unwrap()]);
    let text = ran(&other, &["history", "show", "last"]).stdout;
    assert!(text.contains(MINE) && text.contains("(closed)"), "{text}");
    assert!(!text.contains("not answered yet"), "{text}");
    assert_eq!(ran(&other, &["doctor"]).code, Some(0));
    // The whole comes in later, if they agree after all.
    let whole = ["--all", "--agreed", "Il", "--output", "whole.json"];
    exported(&sandbox, &whole);
    let file = sandbox.home().with_file_name("whole.json");
    ran(&other, &["import", file.to_str().unwrap()]);
    assert_eq!(other.sessions().len(), 1);
    assert!(other.session().contains(THEIRS));
}

#[test]
fn what_they_closed_and_its_key_stay_too() {
    let sandbox = shown();
    quick_partner(&sandbox, "Il");
    private(&sandbox, "own", crate::partner::OWN);
    let back = ["history", "take-back", "last", "back", "--as", "b"];
    ran(
        &sandbox,
        &[&back[..], &["--as-passphrase-file", "own"]].concat(),
    );
    let json = exported(&sandbox, &["--all"]).stdout;
    assert!(
        !json.contains("AGE ENCRYPTED") && !json.contains("seals"),
        "{json}"
    );
    let agreed = exported(&sandbox, &["--all", "--agreed", "Il"]).stdout;
    assert!(
        agreed.contains("AGE ENCRYPTED") && agreed.contains("seals"),
        "{agreed}"
    );
}

#[test]
fn whoever_the_settings_name_takes_their_own_along() {
    let sandbox = shown();
    sandbox.write("home/config.toml", "name = \"Il\"\n");
    let output = exported(&sandbox, &["--format", "markdown"]);
    assert!(
        output.stdout.contains(THEIRS) && !output.stdout.contains(MINE),
        "{output}"
    );
    assert!(output.stderr.contains("--agreed \"Mo\""), "{output}");
}

#[test]
fn a_search_passes_over_what_they_gave_and_does_not_tell_whether_a_word_is_in_it() {
    let sandbox = shown();
    let search = |words: &[&str]| ran(&sandbox, &[&["history", "search"], words].concat());
    assert!(search(&["tired"]).stdout.contains("back"));
    let (there, nowhere) = (search(&["waited"]), search(&["heron"]));
    assert_eq!(there.stdout, "");
    assert_eq!(
        (&there.stdout, &there.stderr),
        (&nowhere.stdout, &nowhere.stderr)
    );
    assert!(there.stderr.contains("--agreed \"Il\""), "{there}");
    let agreed = search(&["waited", "--agreed", "Il"]);
    assert!(agreed.stdout.contains(THEIRS), "{agreed}");
    assert!(!agreed.stderr.contains("--agreed"), "{agreed}");
    let misspelled = sandbox.run(&["history", "search", "waited", "--agreed", "Ill"]);
    assert!(
        misspelled.stderr.contains("did you mean `Il`?"),
        "{misspelled}"
    );
    assert_eq!((misspelled.code, &*misspelled.stdout), (Some(2), ""));
    let json = search(&["waited", "--json", "--with-text"]).stdout;
    assert!(!json.contains(THEIRS), "{json}");
    let listed = ran(&sandbox, &["history", "--with", "waited"]);
    assert_eq!(listed.stdout, "", "{listed}");
    let months = |word: &str| ran(&sandbox, &["progress", "--word", word]);
    let (there, nowhere) = (months("waited"), months("heron"));
    let same = there.stdout.replace("waited", "heron");
    assert_eq!(same, nowhere.stdout, "{there}");
    for said in [listed.stderr, there.stderr] {
        assert!(said.contains("what Il wrote isn’t searched"), "{said}");
    }
    let alone = crate::vault::one_done();
    let search = alone.run(&["history", "search", "heron"]);
    assert!(!search.stderr.contains("--agreed"), "{search}");
}

#[test]
fn pages_to_give_away_have_their_ratings_only_if_they_agree() {
    let sandbox = shown();
    let page =
        |words: &[&str]| exported(&sandbox, &[&["--layout", "hand-over"], words].concat()).stdout;
    let (mine, both) = (page(&[]), page(&["--agreed", "Il"]));
    assert!(mine.contains("Close, Mo") && !mine.contains("Il"), "{mine}");
    assert!(mine.contains("one person’s own words"), "{mine}");
    assert!(
        both.contains("Close, Mo") && both.contains("Close, Il"),
        "{both}"
    );
    assert!(!both.contains("one person’s own words"), "{both}");
    let report = |words: &[&str]| {
        let format = ["report", "--format", "markdown", "--output", "-"];
        ran(&sandbox, &[&format[..], words].concat())
    };
    let (mine, both) = (report(&[]), report(&["--agreed", "Il"]));
    assert!(
        mine.stdout.contains("Close, Mo") && !mine.stdout.contains(", Il"),
        "{mine}"
    );
    assert!(
        mine.stdout
            .contains("What the other person rated isn’t on this page."),
        "{mine}"
    );
    assert!(mine.stderr.contains("3 answers that Il gave"), "{mine}");
    assert!(both.stdout.contains("Close, Il"), "{both}");
    assert!(!both.stdout.contains("isn’t on this page"), "{both}");
    let preview = ran(&sandbox, &["report", "--preview"]).stdout;
    assert!(
        preview.contains("3 ratings that Il gave and hasn’t agreed to"),
        "{preview}"
    );
}

#[test]
fn what_they_said_about_a_promise_of_both_stays_too() {
    let sandbox = shown();
    sandbox.write("note.txt", "I slept in, and it was lovely.");
    let said = ["promise", "missed", "last", "2026-11-29", "--by", "b"];
    let note = ["--note-file", "note.txt"];
    let mut command = sandbox.command(&[&said[..], &note].concat());
    command.env(
        "TRUST_COACH_NOW",
        "2026-11-29T20:00:00+01:00[Europe/Berlin]",
    );
    let output = sandbox.finish(&mut command);
    assert_eq!(output.code, Some(0), "{output}");
    let left = exported(&sandbox, &["--ledger", "--all"]);
    assert!(left.stdout.contains("\"made\""), "{left}");
    assert!(
        !left.stdout.contains("slept in") && !left.stdout.contains("missed"),
        "{left}"
    );
    assert!(left.stderr.contains("5 answers that Il gave"), "{left}");
    let agreed = exported(&sandbox, &["--ledger", "--agreed", "Il"]).stdout;
    assert!(agreed.contains("slept in"), "{agreed}");
    let search = |words: &[&str]| ran(&sandbox, &[&["history", "search", "slept"], words].concat());
    assert_eq!(search(&[]).stdout, "");
    assert!(search(&["--agreed", "Il"]).stdout.contains("slept"));
}

#[test]
fn a_text_that_repeats_theirs_word_for_word_stays_with_it() {
    let sandbox = crate::two::sandbox();
    let (repeated, other) = (format!("I heard: {THEIRS}"), "I heard something else.");
    for (said, goes) in [(repeated.as_str(), false), (other, true)] {
        let words = format!("\"{said}\"");
        crate::two::done(&sandbox, ("\"You were tired.\"", &words));
        let text = exported(&sandbox, &["last", "--format", "markdown"]).stdout;
        assert_eq!(text.contains("I heard"), goes, "{text}");
        ran(&sandbox, &["history", "delete", "last", "--yes"]);
    }
}

#[test]
fn showing_and_backing_up_leave_nothing_out() {
    let sandbox = shown();
    let text = ran(&sandbox, &["history", "show", "last"]).stdout;
    assert!(text.contains(MINE) && text.contains(THEIRS), "{text}");
    let progress = ran(&sandbox, &["progress", "two"]).stdout;
    assert!(
        progress.contains("Close, Mo") && progress.contains("Close, Il"),
        "{progress}"
    );
    ran(&sandbox, &["backup", "all.tar"]);
    let archive = std::fs::read(sandbox.home().with_file_name("all.tar")).unwrap();
    assert!(String::from_utf8_lossy(&archive).contains(THEIRS));
}

#[test]
fn a_promise_of_both_that_repeats_theirs_word_for_word_stays_as_well() {
    let sandbox = crate::two::sandbox();
    crate::two::done(&sandbox, ("Walk on Sunday at five.", THEIRS));
    let found = sandbox.run(&["history", "search", "waited"]);
    assert!(!found.stdout.contains("waited for me"), "{found}");
    let report = ["report", "--promises", "--with-text", "--output", "-"];
    assert!(!sandbox.run(&report).stdout.contains("waited for me"));
    let left = exported(&sandbox, &["--ledger", "--all"]);
    assert!(!left.stdout.contains("waited for me"), "{left}");
    let agreed = exported(&sandbox, &["--ledger", "--agreed", "Il"]).stdout;
    let agreed: Value = serde_json::from_str(&agreed).unwrap();
    assert!(agreed["ledger"].to_string().contains(THEIRS), "{agreed}");
}
