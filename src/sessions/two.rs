//! What comes before an exercise for two: the names, and the question to each alone. Nothing of the
//! question is kept, and both answers look the same from outside.

use std::io;

use super::names::{FIRST_NAME, MOST_NAME, SECOND_NAME, name, same_name, say_support};
use super::runner::hand_over_in_words;
use crate::ask::{Ask, Choice, Note, Prompter, Rejection, Reply, Tone, Want, chosen};
use crate::engine::Scene;
use crate::format::nearest;
use crate::safety::Support;
use crate::session::{Partner, Partners};
use crate::text::language::Language;
use crate::text::{first_words, is_same_name};

/// Where it leads.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum TwoOutcome {
    /// Both want to.
    Begin(Partners),
    /// At least one doesn't.
    NotToday,
    /// Out, with nothing left in view.
    Leave,
}

/// Asks for the names where there are none, whether one is meant that is nearly the name of somebody
/// who is `listed` with a key, and each alone whether they want to do it today.
pub(super) fn begin(
    prompter: &mut dyn Prompter,
    support: &Support,
    known: Option<&Partners>,
    listed: &[String],
) -> io::Result<TwoOutcome> {
    let mut names: Vec<String> = Vec::new();
    while let Some((partner, question)) = QUESTIONS.get(names.len()).copied() {
        let typed = match known {
            Some(partners) => Some(partners.name(partner).to_string()),
            None => name(
                prompter,
                support,
                &format!("name-{}", partner.id()),
                question,
            )?,
        };
        let meant = match typed {
            Some(typed) => meant(prompter, support, typed, listed)?,
            None => None,
        };
        let Some(name) = meant else {
            return Ok(TwoOutcome::Leave);
        };
        let first = names.first().filter(|_| known.is_none()).cloned();
        let both = first.map(|a| Partners { a, b: name.clone() });
        if both.is_some_and(|both| both.are_alike()) {
            prompter.say(&Note::new(Tone::Status, same_name(&name)))?;
            continue;
        }
        names.push(name);
    }
    let partners = match <[String; 2]>::try_from(names) {
        Ok([a, b]) => Partners { a, b },
        Err(_) => Partners::letters(),
    };
    let mut wanted = true;
    for partner in Partner::PAIR {
        match wants(prompter, support, partner, &partners)? {
            Some(yes) => wanted &= yes,
            None => return Ok(TwoOutcome::Leave),
        }
    }
    let both = hand_over_in_words(Scene::Together, &partners);
    if hand_over(prompter, support, &both, None)?.is_none() {
        return Ok(TwoOutcome::Leave);
    }
    Ok(match wanted {
        true => TwoOutcome::Begin(partners),
        false => TwoOutcome::NotToday,
    })
}

/// Asks, where all that is typed stays in the window, whether closed steps are left out. Nothing for
/// wanting to go.
pub(super) fn leaves_out_closed(
    prompter: &mut dyn Prompter,
    support: &Support,
) -> io::Result<Option<bool>> {
    let options = [("go-on", GO_ON), ("leave-out", LEAVE_OUT)].map(|(id, label)| Choice {
        id: id.to_string(),
        label: label.to_string(),
        note: None,
    });
    let ask = Ask {
        unmarked: true,
        ..Ask::own_choice("closed-steps", format!("{STAYS}\n\n{GO_ON_SO}"), &options)
    };
    loop {
        match chosen(&options, prompter.ask(&ask)?) {
            Ok(Some(option)) => return Ok(Some(option.id == "leave-out")),
            Ok(None) => {
                prompter.reject(&ask, &Rejection::not_an_option(Language::English))?;
            }
            Err(Reply::Leave | Reply::Pause) => return Ok(None),
            Err(Reply::Support(country)) => say_support(prompter, support, country.as_deref())?,
            Err(_) => prompter.say(&Note::new(Tone::Aside, BOTH_WAYS))?,
        }
    }
}

/// The name that is meant: what was typed, or the one of somebody with a lasting key that it's nearly.
/// Nothing for wanting to go.
fn meant(
    prompter: &mut dyn Prompter,
    support: &Support,
    typed: String,
    listed: &[String],
) -> io::Result<Option<String>> {
    if listed.iter().any(|one| is_same_name(one, &typed)) {
        return Ok(Some(typed));
    }
    let Some(near) = nearest(&typed, listed.iter().map(String::as_str)) else {
        return Ok(Some(typed));
    };
    let (named, other) = (first_words(near, MOST_NAME), first_words(&typed, MOST_NAME));
    let options = [
        ("listed", format!("{named}, who has a passphrase here")),
        ("typed", format!("{other}, who is somebody else")),
    ];
    let options = options.map(|(id, label)| Choice {
        id: id.to_string(),
        label,
        note: None,
    });
    let ask = Ask {
        private: true,
        unmarked: true,
        ..Ask::own_choice("name-meant", format!("Did you mean {named}?"), &options)
    };
    loop {
        match chosen(&options, prompter.ask(&ask)?) {
            Ok(Some(option)) if option.id == "listed" => return Ok(Some(near.to_string())),
            Ok(Some(_)) => return Ok(Some(typed)),
            Ok(None) => {
                prompter.reject(&ask, &Rejection::not_an_option(Language::English))?;
            }
            Err(Reply::Leave | Reply::Pause) => return Ok(None),
            Err(Reply::Support(country)) => say_support(prompter, support, country.as_deref())?,
            Err(_) => prompter.say(&Note::new(Tone::Aside, KEY_BY_NAME))?,
        }
    }
}

fn hand_over(
    prompter: &mut dyn Prompter,
    support: &Support,
    words: &str,
    person: Option<Partner>,
) -> io::Result<Option<()>> {
    let ask = Ask {
        private: true,
        person,
        hand_over: true,
        ..Ask::own("hand-over", words, Want::Ready)
    };
    loop {
        match prompter.ask(&ask)? {
            Reply::Leave | Reply::Pause => return Ok(None),
            Reply::Support(country) => say_support(prompter, support, country.as_deref())?,
            // Nothing but Enter opens what one of them sees alone.
            Reply::Answer(_) => return Ok(Some(())),
            _ => prompter.say(&Note::new(Tone::Aside, WHY))?,
        }
    }
}

/// Whether one of them wants to do it today. Nothing for wanting to go.
fn wants(
    prompter: &mut dyn Prompter,
    support: &Support,
    partner: Partner,
    partners: &Partners,
) -> io::Result<Option<bool>> {
    let words = hand_over_in_words(Scene::Alone(partner), partners);
    if hand_over(prompter, support, &words, Some(partner))?.is_none() {
        return Ok(None);
    }
    let name = first_words(partners.name(partner), MOST_NAME);
    let numbers = support.first();
    let other = first_words(partners.name(partner.other()), MOST_NAME);
    let told = TOLD.replace("{other}", &other);
    let prompt = format!("{name}, {ALONE}\n\n{SIGNS}\n\n{numbers}\n\n{told}\n\n{WANT}");
    let options = [("yes", YES), ("no", NOT_TODAY_LABEL)].map(|(id, label)| Choice {
        id: id.to_string(),
        label: label.to_string(),
        note: None,
    });
    let ask = Ask {
        private: true,
        unmarked: true,
        sealed: true,
        person: Some(partner),
        ..Ask::own_choice("want", prompt, &options)
    };
    loop {
        match chosen(&options, prompter.ask(&ask)?) {
            Ok(Some(option)) => return Ok(Some(option.id == "yes")),
            Ok(None) => {
                prompter.reject(&ask, &Rejection::not_an_option(Language::English))?;
            }
            Err(Reply::Skip) => return Ok(Some(false)),
            Err(Reply::Leave | Reply::Pause) => return Ok(None),
            Err(Reply::Support(country)) => say_support(prompter, support, country.as_deref())?,
            Err(_) => prompter.say(&Note::new(Tone::Aside, WHY))?,
        }
    }
}

/// How each is asked for their name.
const QUESTIONS: [(Partner, &str); 2] = [(Partner::A, FIRST_NAME), (Partner::B, SECOND_NAME)];

// Texts for people.
const KEY_BY_NAME: &str = "Somebody’s own passphrase is found by their name. With another name, what \
    they close isn’t kept under it.";
const ALONE: &str = "alone. Nobody else should see this screen or hear it.";
const STAYS: &str = "In this mode what is typed stays in the window, and so does what is closed. If \
    your screen is read aloud, use headphones when you’re alone with it. If one of you can’t look away \
    from the screen, leave the closed steps out.";
const GO_ON_SO: &str = "How do you want to do it?";
const GO_ON: &str = "Go on";
const LEAVE_OUT: &str = "Leave the closed steps out";
const BOTH_WAYS: &str = "“Go on” asks each of you alone, one after the other. Without the closed steps \
    you do the rest together. /leave takes you out.";
const SIGNS: &str = "Some things aren’t for two. If one of you is afraid of the other, if one of you \
    hurts, forces or controls the other, if somebody asked for no contact, or if you’re thinking of \
    ending your life, then this isn’t for today. You don’t have to say which.";
const TOLD: &str = "You don’t need a reason to say no. If {other} says yes, they can work \
    out that you didn’t. To stop without an answer, type /leave.";
const WANT: &str = "Do you want to do this today?";
const YES: &str = "Yes, I want to do this today";
const NOT_TODAY_LABEL: &str = "Not today";
const WHY: &str = "Each of you is asked separately, and no answer is kept. /support has help lines, and \
    /leave takes you out.";
pub(super) const NOT_TODAY: &str = "Not today. It takes a yes from both of you, and nobody has to give a \
    reason.\n\nEach of you can do something alone: find somebody who can help (find-help), write a letter \
    that stays unsent, if nobody reads along (unsent-letter), or read the help lines (trust-coach support).";

#[cfg(test)]
mod tests {
    use std::rc::Rc;

    use super::*;
    use crate::ask::Input;
    use crate::safety::{Contacts, SafetyTexts};
    use crate::test_support::ScriptedPerson;
    use crate::text::language::Language;

    fn support() -> Support {
        Support {
            language: Language::English,
            texts: SafetyTexts::built_in(Language::English),
            contacts: Ok(Contacts::default()),
            region: Some("gb".into()),
            command: "/support",
            locale: None,
            now: Rc::new(jiff::Zoned::now),
        }
    }

    /// Goes through it with these answers to the question, and gives what was asked and shown.
    fn run(first: &str, second: &str) -> (TwoOutcome, ScriptedPerson) {
        let words = |words: &str| Reply::Answer(Input::Words(words.into()));
        let ready = || Reply::Answer(Input::Ready);
        let replies = vec![
            words("Mo"),
            words("Il"),
            ready(),
            words(first),
            ready(),
            words(second),
            ready(),
        ];
        let mut person = ScriptedPerson::new(replies);
        let outcome = begin(&mut person, &support(), None, &[]).unwrap();
        assert!(person.replies.is_empty(), "asked less than expected");
        (outcome, person)
    }

    #[test]
    fn both_ways_through_the_question_have_the_same_screens() {
        let (both, yes) = run("yes", "yes");
        let (one, no) = run("no", "yes");
        let (other, not) = run("1", "2");
        assert!(matches!(both, TwoOutcome::Begin(_)));
        assert_eq!((one, other), (TwoOutcome::NotToday, TwoOutcome::NotToday));
        assert_eq!(yes.asked, no.asked);
        assert_eq!(yes.asked, not.asked);
        assert_eq!((&yes.shown, &yes.shown), (&no.shown, &not.shown));
    }

    #[test]
    fn two_people_with_one_name_are_asked_again() {
        let words = |words: &str| Reply::Answer(Input::Words(words.into()));
        let replies = vec![words("Mo"), words("mo "), words("Mo B."), Reply::Leave];
        let mut person = ScriptedPerson::new(replies);
        begin(&mut person, &support(), None, &[]).unwrap();
        assert!(person.replies.is_empty(), "asked less than expected");
        let said = "You both typed mo. Add something, so it’s clear who is meant.";
        assert_eq!(person.shown.matches(said).count(), 1, "{}", person.shown);
    }

    #[test]
    fn a_name_that_is_nearly_one_with_a_key_is_asked_about_and_another_is_not() {
        let listed = [String::from("Ilir")];
        let meant = |typed: &str, replies: Vec<Reply>| {
            let mut person = ScriptedPerson::new(replies);
            let name = meant(&mut person, &support(), typed.to_string(), &listed);
            assert!(person.replies.is_empty(), "asked less than expected");
            assert!(person.asked.iter().all(|ask| ask.first_mark(2).is_none()));
            name.unwrap()
        };
        let words = |words: &str| Reply::Answer(Input::Words(words.into()));
        for typed in [" ilir", "Ilir", "Mara"] {
            assert_eq!(meant(typed, Vec::new()).as_deref(), Some(typed));
        }
        let asked = |reply: &str| meant("Illir", vec![words(""), words(reply)]);
        assert_eq!(asked("1").as_deref(), Some("Ilir"));
        assert_eq!(asked("2").as_deref(), Some("Illir"));
        assert_eq!(meant("Illir", vec![Reply::Why, Reply::Leave]), None);
    }

    #[test]
    fn each_is_warned_before_the_question_that_the_other_can_work_out_a_no() {
        let (_, person) = run("yes", "no");
        let asked = person.asked.iter().filter(|ask| ask.id == "want");
        for (ask, other) in asked.zip(["Il", "Mo"]) {
            let warned = format!("If {other} says yes, they can work out that you didn’t.");
            let (before, after) = ask.prompt.split_once(&warned).unwrap();
            let (signs, numbers) = before.split_once("You don’t have to say which.").unwrap();
            assert!(signs.ends_with("this isn’t for today. "), "{signs}");
            assert!(numbers.contains("999"), "{numbers}");
            assert!(after.contains("/leave"), "{after}");
        }
    }

    #[test]
    fn each_is_asked_alone_behind_a_hand_over_with_nothing_marked_and_numbers_in_view() {
        let (_, person) = run("yes", "no");
        let questions = person.asked.iter().filter(|ask| ask.id == "want");
        let people: Vec<_> = questions.clone().map(|ask| ask.person).collect();
        assert_eq!(people, [Some(Partner::A), Some(Partner::B)]);
        for ask in questions {
            assert_eq!(ask.first_mark(2), None);
            assert!(ask.prompt.contains("999"), "{}", ask.prompt);
        }
        for (at, ask) in person.asked.iter().enumerate() {
            let behind = at > 0 && person.asked[at - 1].hand_over;
            assert!(ask.id != "want" || behind);
        }
    }
}
