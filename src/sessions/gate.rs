//! The private screen before an exercise, and the page behind it.

use std::io;

use crate::ask::{Ask, Choice, Note, Prompter, Rejection, Reply, Tone, chosen};
use crate::safety::Support;
use crate::text::language::Language;

/// Where the private screen leads.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum GateOutcome {
    /// Into the exercise.
    Pass,
    /// Into another exercise, by its id, to be done alone.
    Instead(String),
    /// Out, with nothing left in view.
    Leave,
}

/// An exercise that the page with all the routes offers.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SoloExercise {
    /// Its id.
    pub id: String,
    /// Its title.
    pub title: String,
    /// Whether it is for the first weeks after a betrayal came out, and so not for somebody afraid.
    pub first_weeks: bool,
}

/// Shows the private screen, and after yes or rather-not-say the page with all the routes. `solo`
/// is looked up only for that page: the screen itself must be there at once.
pub fn screen(
    prompter: &mut dyn Prompter,
    support: &Support,
    solo: &dyn Fn() -> Vec<SoloExercise>,
) -> io::Result<GateOutcome> {
    let texts = &support.texts;
    let signs: Vec<String> = texts.signs.iter().map(|sign| format!("- {sign}")).collect();
    let prompt = format!(
        "{}\n\n{}\n\n{}",
        texts.intro.trim(),
        signs.join("\n"),
        texts.ask
    );
    let options = [
        ("yes", &texts.yes),
        ("no", &texts.no),
        ("rather-not", &texts.rather_not),
    ]
    .map(option);
    loop {
        let answer = ask(prompter, "private", &prompt, &options, support)?;
        match answer.as_deref() {
            None => return Ok(GateOutcome::Leave),
            Some("no") => return Ok(GateOutcome::Pass),
            Some("back") => {
                let text = support.language.translate(NOTHING_BEFORE);
                prompter.say(&Note::new(Tone::Status, text))?;
            }
            Some(_) => {
                if let Some(gate) = routes(prompter, support, &solo())? {
                    return Ok(gate);
                }
            }
        }
    }
}

/// The page with all the routes; the same after yes and after rather-not-say. `None` to be asked
/// again: a slip must not shut the door.
fn routes(
    prompter: &mut dyn Prompter,
    support: &Support,
    solo: &[SoloExercise],
) -> io::Result<Option<GateOutcome>> {
    let texts = &support.texts;
    let language = support.language;
    let routes: Vec<String> = texts
        .routes
        .iter()
        .map(|route| format!("{}\n{}", route.title, route.text.trim()))
        .collect();
    prompter.say(&Note::new(Tone::Text, support.first()))?;
    prompter.say(&Note::new(Tone::Text, texts.routes_intro.trim()))?;
    for route in &routes {
        prompter.say(&Note::new(Tone::Text, route.as_str()))?;
    }
    let options = options(solo, language);
    loop {
        match ask(
            prompter,
            "routes",
            language.translate(WHAT_NOW),
            &options,
            support,
        )?
        .as_deref()
        {
            None | Some("leave") => return Ok(Some(GateOutcome::Leave)),
            Some("back") => return Ok(None),
            Some("lines") => {
                prompter.say(&Note::new(Tone::Text, support.page()))?;
            }
            Some(id) => return Ok(Some(GateOutcome::Instead(id.to_string()))),
        }
    }
}

/// What can be chosen on that page. What is not for somebody afraid stands last, and says so.
fn options(solo: &[SoloExercise], language: Language) -> Vec<Choice> {
    let (first_weeks, safe): (Vec<&SoloExercise>, Vec<&SoloExercise>) =
        solo.iter().partition(|solo| solo.first_weeks);
    let own = [("leave", LEAVE), ("lines", HELP_LINES)];
    let own = own.map(|(id, label)| option((id, language.translate(label))));
    let safe = safe.iter().map(|solo| option((&solo.id, &solo.title)));
    let first_weeks = first_weeks.iter().map(|solo| Choice {
        note: Some(language.translate(NOBODY_AFRAID).to_string()),
        ..option((&solo.id, &solo.title))
    });
    own.into_iter().chain(safe).chain(first_weeks).collect()
}

/// Asks until one of the options is chosen. `None` for wanting to go.
fn ask(
    prompter: &mut dyn Prompter,
    id: &str,
    prompt: &str,
    options: &[Choice],
    support: &Support,
) -> io::Result<Option<String>> {
    let language = support.language;
    let ask = Ask {
        private: true,
        back: id == "routes",
        ..Ask::own_choice(id, prompt, options)
    };
    loop {
        match chosen(options, prompter.ask(&ask)?) {
            Ok(Some(option)) => return Ok(Some(option.id.clone())),
            Ok(None) => {
                prompter.reject(&ask, &Rejection::not_an_option(language))?;
            }
            Err(Reply::Leave | Reply::Pause) => return Ok(None),
            Err(Reply::Back) => return Ok(Some(String::from("back"))),
            // There's nothing to leave out on the page behind it.
            Err(Reply::Skip) if ask.back => {
                prompter.reject(&ask, &Rejection::not_an_option(language))?;
            }
            Err(Reply::Skip) => return Ok(Some(String::from("rather-not"))),
            Err(Reply::Support(country)) => {
                let page = support.short_page(country.as_deref());
                prompter.say(&Note::new(Tone::Text, page))?;
            }
            Err(Reply::Help) => prompter.say(&Note::new(Tone::Aside, language.translate(HELP)))?,
            Err(_) => prompter.say(&Note::new(Tone::Aside, language.translate(WHY)))?,
        }
    }
}

fn option((id, label): (&str, impl AsRef<str>)) -> Choice {
    Choice {
        id: id.to_string(),
        label: label.as_ref().to_string(),
        note: None,
    }
}

// Texts for people.
const LEAVE: &str = "Leave this page";
const HELP_LINES: &str = "Help lines";
const WHAT_NOW: &str = "What would you like to do?";
const NOBODY_AFRAID: &str = "If it came out in the last few weeks, and nobody is afraid";
const WHY: &str = "Some exercises end in a conversation about a hurt, and for some people that’s \
    dangerous. So everyone is asked first. /leave takes you out.";
const HELP: &str = "/leave: clear the screen and go\n/support: help lines, now\n\
    /skip: rather not say\n/why: why this is asked\n/back: to the page before";
const NOTHING_BEFORE: &str = "This is the first page. /leave takes you out.";

#[cfg(test)]
mod tests {
    use std::rc::Rc;

    use super::*;
    use crate::ask::Input;
    use crate::safety::{Contacts, SafetyTexts};
    use crate::test_support::ScriptedPerson;

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

    fn run(replies: &[&str]) -> (GateOutcome, String) {
        let given = |words: &&str| match *words {
            "/leave" => Reply::Leave,
            "/skip" => Reply::Skip,
            "/back" => Reply::Back,
            "/support" => Reply::Support(None),
            "/help" => Reply::Help,
            words => Reply::Answer(Input::Words(words.into())),
        };
        let mut person = ScriptedPerson::new(replies.iter().map(given).collect());
        let solo = SoloExercise {
            id: "alone".into(),
            title: "Alone".into(),
            first_weeks: false,
        };
        let solo = || vec![solo.clone()];
        let gate = screen(&mut person, &support(), &solo).unwrap();
        assert!(person.replies.is_empty(), "asked less than expected");
        assert!(person.asked.iter().all(|ask| ask.private));
        let prompts = person.asked.iter().map(|ask| ask.prompt.as_str());
        (gate, person.shown.clone() + &prompts.collect::<String>())
    }

    #[test]
    fn no_leads_on_without_another_word() {
        let (gate, shown) = run(&["no"]);
        assert_eq!(gate, GateOutcome::Pass);
        assert!(shown.ends_with(&SafetyTexts::built_in(Language::English).ask));
    }

    #[test]
    fn yes_and_rather_not_say_lead_to_the_same_page() {
        let (yes, after_yes) = run(&["yes", "leave"]);
        let (rather_not, after_rather_not) = run(&["3", "leave"]);
        assert_eq!((yes, &after_yes), (rather_not, &after_rather_not));
        let place = |words: &str| after_yes.find(words).unwrap();
        assert!(place("999") < place("If someone’s life is in danger now\n"));
        assert_eq!(run(&["/skip", "leave"]).1, after_yes);
    }

    #[test]
    fn there_is_a_way_out_at_every_point_and_help_lines_too() {
        assert_eq!(run(&["/leave"]).0, GateOutcome::Leave);
        assert_eq!(run(&["yes", "/leave"]).0, GateOutcome::Leave);
        assert!(run(&["/support", "no"]).1.contains("116 123"));
        assert!(run(&["yes", "lines", "leave"]).1.contains("116 123"));
        assert!(run(&["/help", "no"]).1.contains("/leave: clear"));
    }

    #[test]
    fn after_a_slip_one_can_go_back_to_the_question() {
        assert_eq!(run(&["yes", "/back", "no"]).0, GateOutcome::Pass);
    }

    #[test]
    fn what_is_for_the_first_weeks_stands_last_and_apart() {
        let solo = |id: &str, first_weeks| SoloExercise {
            id: id.into(),
            title: id.into(),
            first_weeks,
        };
        let options = options(
            &[solo("weeks", true), solo("letter", false)],
            Language::English,
        );
        let shown: Vec<_> = options
            .iter()
            .map(|option| (&*option.id, option.note.as_deref()))
            .collect();
        let all = [
            ("leave", None),
            ("lines", None),
            ("letter", None),
            ("weeks", Some(NOBODY_AFRAID)),
        ];
        assert_eq!(shown, all);
    }

    #[test]
    fn an_exercise_to_do_alone_can_be_taken_instead() {
        assert_eq!(
            run(&["yes", "alone"]).0,
            GateOutcome::Instead("alone".into())
        );
    }
}
