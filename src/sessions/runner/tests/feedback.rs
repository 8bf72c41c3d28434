//! What is said of a text, when it is asked about, and what becomes of it.

use super::rules::{Coached, SORRY};
use super::*;
use crate::session::AnswerId;
use crate::session::{StoredFinding, Value};
use crate::sessions::runner::Event;
use crate::test_support::{ScriptedPerson, now};

/// A session with these answers, and what was found; a script where `person` is false.
fn coached(before: Session, doing: Vec<Reply>, person: bool) -> (Ran, Vec<String>) {
    let exercise = SORRY.replace("lang = \"en\"", &format!("lang = \"{}\"", before.lang));
    let exercise = parse::exercise("sorry", &exercise).unwrap();
    let mut who = ScriptedPerson::new(doing);
    let (coach, disk) = (Coached, Disk::default());
    let mut heard = Vec::new();
    let mut listener = |event: &Event<'_>| match event {
        Event::Found(id, finding) => heard.push(format!("{id}: {}", finding.rule)),
        Event::HelpOffered(id) => heard.push(format!("{id}: help")),
        _ => {}
    };
    let mut runner = Runner {
        engine: Engine::new(exercise, before, Context::default()),
        prompter: &mut who,
        saver: &disk,
        listener: &mut listener,
        now: &now,
        person,
        support: &|_| "Call 116 123.".into(),
        feedback: Feedback::new(&coach, soft("That sounds hard. /support")),
        keyboard: SharedKeyboard::default(),
    };
    let ended = runner.run();
    let session = runner.engine.session().clone();
    let saved = disk.saved.borrow();
    assert_eq!(saved.as_ref(), Some(&session), "all is saved");
    let ran = Ran {
        ended,
        person: who,
        session,
    };
    (ran, heard)
}

fn with(doing: Vec<Reply>) -> Ran {
    coached(session(), doing, true).0
}

fn findings<'s>(ran: &'s Ran, step: &str) -> Vec<(&'s str, bool)> {
    let answer = ran.session.answer(&AnswerId::new(step, 1)).unwrap();
    let findings = answer.findings.iter();
    findings
        .map(|found| (found.rule.as_str(), found.kept))
        .collect()
}

fn text<'s>(ran: &'s Ran, step: &str) -> &'s str {
    match ran.session.answer(&AnswerId::new(step, 1)).unwrap().value() {
        Some(Value::Text(text)) => text,
        other => panic!("{other:?}"),
    }
}

#[test]
fn what_is_found_is_shown_and_when_it_is_kept_the_next_step_comes() {
    let ran = with(vec![
        says("I am sorry if you cried."),
        says("keep"),
        Reply::Pause,
    ]);
    assert_eq!(ran.person.asked(), ["act", "findings", "draft"]);
    assert_eq!(ran.person.shown, "The “if” can be read as doubt.\n");
    assert_eq!(findings(&ran, "act"), [("conditional", true)]);
    let found = &ran
        .session
        .answer(&AnswerId::new("act", 1))
        .unwrap()
        .findings[0];
    assert_eq!(&text(&ran, "act")[found.span.0..found.span.1], "if you");
}

#[test]
fn a_text_in_which_nothing_is_found_is_not_asked_about() {
    let ran = with(vec![says("I took it and I lied."), Reply::Pause]);
    assert_eq!(
        (ran.person.asked().len(), ran.person.shown.as_str()),
        (2, "")
    );
}

#[test]
fn at_most_three_are_shown_the_weightiest_first_and_keeping_them_is_the_end_of_it() {
    let words = "It was just better, but I am sorry if you cried, if you left.";
    let ran = with(vec![says(words), says("keep"), Reply::Pause]);
    assert_eq!(ran.person.asked(), ["act", "findings", "draft"]);
    let shown: Vec<&str> = ran.person.shown.lines().collect();
    assert_eq!(
        shown,
        [
            "The “if” can be read as doubt.",
            "What follows can be read as a reason.",
            "It can sound small."
        ]
    );
    let all = [
        ("conditional", true),
        ("conditional", true),
        ("excuse", true),
        ("minimise", true),
        ("vague", false),
    ];
    assert_eq!(findings(&ran, "act"), all);
}

#[test]
fn after_a_change_only_what_is_new_is_said_and_what_was_left_standing_is_kept() {
    let ran = with(vec![
        says("I am sorry if you cried, but it was late."),
        says("change"),
        says("I am sorry if you cried, it was just a joke."),
        says("keep"),
        Reply::Pause,
    ]);
    let asked = ["act", "findings", "act", "findings", "draft"];
    assert_eq!(ran.person.asked(), asked);
    assert_eq!(ran.person.shown.matches("read as doubt").count(), 1);
    assert_eq!(ran.person.shown.matches("sound small").count(), 1);
    let kept = [("conditional", true), ("minimise", true)];
    assert_eq!(findings(&ran, "act"), kept);
    assert_eq!(
        ran.session
            .answer(&AnswerId::new("act", 1))
            .unwrap()
            .versions
            .len(),
        1
    );
}

#[test]
fn after_a_change_without_news_it_goes_on_also_when_nothing_was_changed() {
    let first = "I am sorry if you cried.";
    for second in [first, "Sorry if you cried.", "I am sorry. You cried."] {
        let ran = with(vec![
            says(first),
            says("change"),
            says(second),
            Reply::Pause,
        ]);
        assert_eq!(ran.person.asked(), ["act", "findings", "act", "draft"]);
        assert!(findings(&ran, "act").iter().all(|(_, kept)| *kept));
    }
}

#[test]
fn a_text_that_is_changed_opens_with_its_words() {
    let first = says("Sorry if you cried.");
    let ask = with(vec![first, says("change"), Reply::Pause])
        .person
        .asked
        .pop();
    let ask = ask.unwrap();
    assert_eq!(ask.id, "act");
    assert_eq!(ask.initial.as_deref(), Some("Sorry if you cried."));
}

#[test]
fn why_says_why_what_to_look_at_and_the_source_and_asks_again() {
    for why in [says("why"), Reply::Why, Reply::Hint] {
        let ran = with(vec![says("Sorry if you cried."), why, Reply::Pause]);
        assert_eq!(ran.person.asked(), ["act", "findings", "findings"]);
        let words = "They know that it hurt. Look at what comes behind it.\nFrom: Another study.";
        assert!(ran.person.shown.contains(words), "{}", ran.person.shown);
    }
}

#[test]
fn every_command_works_in_the_question_and_loses_nothing() {
    let doing = |reply| vec![says("Sorry if you cried."), reply, Reply::Pause];
    for (reply, asked, kept) in [
        (Reply::Back, "act", false),
        (Reply::Skip, "draft", true),
        (Reply::Help, "findings", false),
        (Reply::Support(None), "findings", false),
        (says("perhaps"), "findings", false),
    ] {
        let ran = with(doing(reply.clone()));
        assert_eq!(*ran.person.asked().last().unwrap(), asked, "{reply:?}");
        assert_eq!(text(&ran, "act"), "Sorry if you cried.");
        assert_eq!(findings(&ran, "act"), [("conditional", kept)], "{reply:?}");
    }
    for (reply, ended) in [(Reply::Pause, "Paused"), (Reply::Leave, "Left")] {
        let ran = with(doing(reply));
        assert!(format!("{:?}", ran.ended).contains(ended));
        assert_eq!(text(&ran, "act"), "Sorry if you cried.");
    }
}

#[test]
fn after_a_pause_in_the_question_it_is_asked_again_but_not_once_it_was_answered() {
    let words = "Sorry if you cried.";
    let paused = with(vec![says(words), Reply::Pause]).session;
    let ran = coached(paused, vec![says("keep"), Reply::Pause], true).0;
    assert_eq!(ran.person.asked(), ["findings", "draft"]);
    assert_eq!(findings(&ran, "act"), [("conditional", true)]);
    let doing = vec![Reply::Back, says(words), Reply::Pause];
    let again = coached(ran.session, doing, true).0;
    assert_eq!(again.person.asked(), ["draft", "act", "draft"]);
    assert_eq!(again.person.shown, "");
}

#[test]
fn what_is_missing_is_told_of_a_whole_text_and_what_was_kept_in_a_part_stays_silent_there() {
    let words = "I am sorry if you cried.";
    let keep = || says("keep");
    let ran = with(vec![says(words), keep(), says(words), keep(), Reply::Pause]);
    let asked = ["act", "findings", "draft", "findings", "then"];
    assert_eq!(ran.person.asked(), asked);
    assert_eq!(findings(&ran, "act"), [("conditional", true)]);
    let kept = [("conditional", true), ("missing-repair", true)];
    assert_eq!(findings(&ran, "draft"), kept);
    let listed = "Found: that you are sorry.\nNot found: what you offer. \
        Rules miss things, and not every text needs all of this.\n";
    assert!(ran.person.shown.ends_with(listed), "{}", ran.person.shown);
    assert_eq!(ran.person.shown.matches("read as doubt").count(), 1);
}

#[test]
fn a_whole_text_with_every_part_lists_them_and_asks_nothing() {
    let words = "I am sorry and I will mend it.";
    let ran = with(vec![says(words), says(words), Reply::Pause]);
    assert_eq!(ran.person.asked(), ["act", "draft", "then"]);
    let listed = "Found: that you are sorry; what you offer.\n";
    assert_eq!(ran.person.shown, listed);
}

#[test]
fn of_a_long_text_in_which_nothing_is_missed_it_is_said_that_rules_miss_most() {
    let words = "I am sorry and I will mend it. ".repeat(9);
    let ran = with(vec![says(&words), says(&words), Reply::Pause]);
    let listed = "what you offer.\nRules miss most of what can hurt in a long text.\n";
    assert!(ran.person.shown.ends_with(listed), "{}", ran.person.shown);
}

#[test]
fn heavy_words_switch_every_finding_off_and_are_answered_softly_once() {
    let words = says("It was just me. I am sorry if you cried. I want to kill myself.");
    let doing = vec![words.clone(), words.clone(), words, says("finish")];
    let ran = with(doing);
    assert_eq!(ran.person.asked(), ["act", "draft", "then", "look-back"]);
    assert_eq!(ran.person.shown, "That sounds hard. /support\n");
    let answers = &ran.session.answers;
    assert!(answers.iter().all(|answer| answer.findings.is_empty()));
}

#[test]
fn heavy_words_in_a_text_without_rules_are_answered_as_well() {
    let calm = || says("I am sorry and I will mend it.");
    let ran = with(vec![calm(), calm(), says("I could kill."), Reply::Pause]);
    let shown = ran.person.shown;
    assert!(shown.ends_with("That sounds hard. /support\n"), "{shown}");
}

#[test]
fn a_program_hears_of_heavy_words_once_and_not_which_they_are() {
    let calm = || says("I am sorry and I will mend it.");
    let (_, heard) = coached(
        session(),
        vec![calm(), calm(), says("I could kill.")],
        false,
    );
    assert_eq!(heard, ["then: help"]);
    let words = || says("I want to kill myself.");
    let (_, heard) = coached(session(), vec![words(), words(), words()], false);
    assert_eq!(heard, ["act: help"]);
}

#[test]
fn a_script_is_told_of_every_finding_and_never_asked() {
    let words = says("It was just better, but I am sorry if you cried.");
    let doing = vec![words.clone(), words, says("So.")];
    let (ran, found) = coached(session(), doing, false);
    assert_eq!(ran.person.asked(), ["act", "draft", "then"]);
    assert_eq!(ran.person.shown, "");
    let rules = ["conditional", "excuse", "minimise", "vague"];
    let mut all = rules.map(|rule| format!("act: {rule}")).to_vec();
    all.extend(rules.map(|rule| format!("draft: {rule}")));
    all.push(String::from("draft: missing-repair"));
    assert_eq!(found, all);
    assert_eq!(findings(&ran, "act"), rules.map(|rule| (rule, false)));
}

#[test]
fn another_language_is_left_alone() {
    let german = Session {
        lang: "de".into(),
        ..session()
    };
    let words = says("Sorry if you cried, but it was just late.");
    let (ran, found) = coached(german, vec![words, Reply::Pause], true);
    assert_eq!((ran.person.shown.as_str(), found.len()), ("", 0));
    let words = says("Es tut mir leid, wenn du geweint hast, but ich war nur spaet dran.");
    let ran = with(vec![words, Reply::Pause]);
    assert_eq!(
        (ran.person.asked().len(), ran.person.shown.as_str()),
        (2, "")
    );
}

#[test]
fn findings_in_a_file_that_somebody_edited_are_no_reason_to_fail() {
    let mut paused = with(vec![says("I lied."), Reply::Pause]).session;
    paused.answers[0].findings = vec![StoredFinding {
        rule: "gone".into(),
        span: (7, 900),
        kept: true,
        extra: toml::Table::new(),
    }];
    let doing = vec![Reply::Back, says("Sorry ✿ if you cried."), Reply::Pause];
    let ran = coached(paused, doing, true).0;
    assert_eq!(ran.person.asked(), ["draft", "act", "findings"]);
}
