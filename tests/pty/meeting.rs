//! Two people at one terminal: a weekly meeting, an agreement, and what stands there a week later.

use trust_coach::exercise::library::Library;
use trust_coach::exercise::{Exercise, Partner, PersonName};

use crate::harness::{Screen, USUAL};
use crate::session::{Home, TEA, finish};
use crate::two::{MARKER, both_say, lies_below, take, without_own_key};

const CTRL_D: &str = "\x04";

/// The two, the one who is asked first.
const MO: [&str; 2] = ["Mo", "Il"];
const IL: [&str; 2] = ["Il", "Mo"];

/// An exercise at a terminal. What is waited for are the exercise's own words.
struct Meeting {
    exercise: Exercise,
    screen: Screen,
}

impl Meeting {
    /// Opens it, and both say that they want to.
    fn open(home: &Home, id: &str) -> Self {
        let screen = home.open(&["exercise", id], USUAL);
        Self {
            exercise: Library::open(None).load(id).unwrap(),
            screen: both_say(screen, "1\r", "1\r"),
        }
    }

    /// How the last paragraph of a step begins, as the first of two reads it.
    fn question(&self, step: &str, [a, b]: [&str; 2]) -> String {
        let prompt = &self.exercise.step(step).unwrap().prompt;
        let name = |name| match name {
            PersonName::Of(Partner::A) | PersonName::Me => a.to_string(),
            PersonName::Of(Partner::B) | PersonName::Other => b.to_string(),
        };
        let text = prompt.fill_with_names(|_| None, name, "last");
        let last = text.trim().rsplit("\n\n").next().unwrap();
        let begins: Vec<&str> = last.split_whitespace().take(5).collect();
        begins.join(" ")
    }

    /// Waits for each step, and gives the keys that answer it.
    fn answer(&self, two: [&str; 2], all: &[(&str, &str)]) {
        for (step, keys) in all {
            self.screen.wait_words(&self.question(step, two));
            self.screen.send(keys);
        }
    }

    /// The first time that each is alone: nobody sets a passphrase.
    fn each_alone(&self, mo: &[(&str, &str)], il: &[(&str, &str)]) {
        for (two, answers) in [(MO, mo), (IL, il)] {
            take(&self.screen, &format!("Now {}, alone", two[0]));
            without_own_key(&self.screen);
            self.answer(two, answers);
        }
    }

    /// Each says alone, behind a hand-over, what they want of a list; then both are there again.
    fn each_says(&self, list: &str, mo: &str, il: &str) {
        for (name, answer) in [("Now Mo, alone", mo), ("Now Il, alone", il)] {
            take(&self.screen, name);
            self.screen.turn_pages(list);
            self.screen.wait_list(list);
            self.screen.send(answer);
        }
        take(&self.screen, "Now both of you");
    }

    /// What both read then, until they go on.
    fn both_read(&self, words: &str) -> String {
        let seen = self.screen.wait_words(words).join("\n");
        self.screen.send("\r");
        seen
    }
}

fn meet(home: &Home) {
    let mut at = Meeting::open(home, "weekly-meeting");
    at.screen.turn_pages("Now Mo, alone");
    let glad = format!("{MARKER}, on Tuesday.\r");
    let hurt = format!("You were on the phone.{CTRL_D}");
    let none = format!("nothing this week{CTRL_D}");
    at.each_alone(
        &[
            ("glad", &glad),
            ("kept", "I rang the landlord.\r"),
            ("hurt", &hurt),
            ("wish", "A walk on Sunday.\r"),
            ("reaction", "1\r"),
        ],
        &[
            ("glad", "The soup.\r"),
            ("kept", "Home by six on Wednesday.\r"),
            ("hurt", &none),
            ("wish", "nothing this week\r"),
            ("reaction", "1\r"),
        ],
    );
    at.each_says("Keep it closed", "3\r", "1\r");
    let closed = at.both_read("both read it");
    assert!(closed.contains("This stays closed today."), "{closed}");
    // Nobody is asked to let sink in what stayed closed.
    at.each_says("Keep it closed", "1\r", "1\r");
    let shown = at.both_read("both read it");
    assert!(shown.contains("Mo: A walk on Sunday."), "{shown}");
    at.answer(MO, &[("talk", "1\r")]);
    let back = "You were alone with it.\r";
    for two in [MO, IL] {
        at.answer(
            two,
            &[("speak", "\r"), ("back", back), ("understood", "6\r")],
        );
    }
    let agreed = "each sunday for 4 weeks\r";
    at.answer(
        MO,
        &[
            ("one-thing", "Walk on Sunday at five.\r"),
            ("agree", agreed),
        ],
    );
    at.each_says("Not like this", "1\r", "1\r");
    at.both_read("agreed on this");
    at.answer(MO, &[("next", "\r")]);
    finish(&mut at.screen);
}

fn agree(home: &Home) {
    let mut at = Meeting::open(home, "agreement");
    at.screen.turn_pages(&at.question("issue", MO));
    let (issue, facts) = ("The evenings.\r", "One of us is alone with the children.\r");
    at.answer(MO, &[("issue", issue), ("facts", facts)]);
    let [mo, il, deal] = [
        "I do Mondays.",
        "We swap week by week.",
        "On Mondays Mo is home by six. On Tuesdays Il is.",
    ]
    .map(|words| format!("{words}{CTRL_D}"));
    let limit = ("limit", "nothing\r");
    at.each_alone(&[("ways", &mo), limit], &[("ways", &il), limit]);
    at.each_says("Keep it closed", "1\r", "1\r");
    at.both_read("both read it");
    at.answer(
        MO,
        &[
            ("overlap", "\r"),
            ("stays-out", "\r"),
            ("deal", &deal),
            ("early", "A message by noon.\r"),
            ("missed", "They take the next day.\r"),
            ("page", CTRL_D),
            ("look", "\r"),
            ("agree", "mondays and tuesdays\r"),
        ],
    );
    at.each_says("Not like this", "1\r", "1\r");
    at.both_read("agreed on this");
    for two in [MO, IL] {
        take(&at.screen, &format!("Now {}, alone", two[0]));
        let question = at.question("reaction", two);
        at.screen.turn_pages(&question);
        at.screen.wait_list(&question);
        at.screen.send("1\r");
    }
    finish(&mut at.screen);
}

#[test]
fn two_meet_and_agree_at_one_terminal_and_a_week_later_due_names_what_they_agreed() {
    let home = Home::with(TEA);
    meet(&home);
    agree(&home);
    assert!(!lies_below(home.path(), MARKER));
    let due = |now| {
        let page = home.output_at(now, &["due"]);
        page.split_whitespace().collect::<Vec<_>>().join(" ")
    };
    let week_later = due("2026-11-29T19:00:00+01:00[Europe/Berlin]");
    for words in [
        "Mo and Il: Walk on Sunday at five.",
        "Mo and Il: On Mondays Mo is home by six.",
    ] {
        assert!(week_later.contains(words), "{words}: {week_later}");
    }
    let both = home.output_at("2026-11-29T19:00:00+01:00[Europe/Berlin]", &["progress"]);
    assert!(
        both.contains("Felt understood on the first try 2 of 2 times."),
        "{both}"
    );
}
