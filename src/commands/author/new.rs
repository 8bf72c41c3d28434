//! `author new`: an exercise file that is ready to be edited.

use std::fs::DirBuilder;
use std::io;
use std::os::unix::fs::DirBuilderExt;
use std::path::{Path, PathBuf};

use clap::builder::PossibleValuesParser;

use super::new_file::{could_not, is_theirs, write_new, write_schema};
use crate::commands::open;
use crate::error::{Error, Exit, Result};
use crate::exercise::library::{BUILT_IN, quoted};
use crate::exercise::{Strategy, parse, table};
use crate::format::is_id;
use crate::home::world::World;
use crate::plan;
use crate::plan::library::is_built_in;
use crate::plan::table::PLAN;
use crate::text::inert;

/// Start a new exercise, or a plan, from a small, complete example
///
/// It goes into your folder of exercises or plans, along with the schema that editors check it against.
/// Existing files are never overwritten.
#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// Its id: small letters, digits and hyphens
    #[arg(value_name = "ID")]
    id: Option<String>,
    /// Its title; without an ID, the id is made from it
    #[arg(long)]
    title: Option<String>,
    /// What it works on
    #[arg(long, value_parser = PossibleValuesParser::new(Strategy::ALL.map(|(_, id)| id)))]
    strategy: Option<String>,
    /// What its last question takes
    #[arg(long, value_parser = PossibleValuesParser::new(QUESTIONS.map(|question| question.kind)))]
    kind: Option<String>,
    /// Put the private safety questions before it
    #[arg(long)]
    gate: bool,
    /// How many people do it; for two, it's an example of what two people have
    #[arg(long = "for", value_name = "WHO", value_parser = ["one", "two"], default_value = "one")]
    people: String,
    /// Start a plan, which leads through exercises over weeks
    #[arg(long, conflicts_with_all = ["strategy", "kind", "gate", "people"])]
    plan: bool,
    /// The language it’s written in
    #[arg(long, default_value = "en")]
    lang: String,
    /// Write to this file or folder; `-` is standard output
    #[arg(long, short, value_name = "PATH")]
    output: Option<PathBuf>,
}

/// Where it goes.
enum AuthorTarget {
    Out,
    /// A file, and whether it is in the person's own folder, which is theirs alone.
    File(PathBuf, bool),
}

/// Writes it, and says what to do next.
pub(super) fn run(args: &Args, world: &mut World<'_>) -> Result<Exit> {
    let (id, target) = args.target(world)?;
    let name = match &target {
        AuthorTarget::Out => format!("{id}.toml"),
        AuthorTarget::File(path, _) => quoted(path),
    };
    if args.is_for_two() && args.kind.is_some() {
        return Err(Error::usage("--kind is for exercises for one")
            .hint("the example for two has a step of each sort that two people need"));
    }
    let choices = match args.strategy.is_none() && !args.plan && open::can_ask(world) {
        true => args.asked(world)?,
        false => Some(args.choices()),
    };
    let Some(choices) = choices else {
        return Ok(Exit::Done);
    };
    let text = args.text(&id, &name, &choices, world)?;
    let AuthorTarget::File(path, own) = target else {
        return world.print(&text).map(|()| Exit::Done);
    };
    let folder = path.parent().filter(|above| !above.as_os_str().is_empty());
    let folder = folder.unwrap_or(Path::new("."));
    if own {
        let made = DirBuilder::new().recursive(true).mode(0o700).create(folder);
        made.map_err(|error| could_not(folder, &error))?;
    }
    write_new(&path, &text, own)?;
    let schema = match args.plan {
        true => write_schema(folder, PLAN_SCHEMA, &PLAN, own)?,
        false => write_schema(folder, SCHEMA, &table::EXERCISE, own)?,
    };
    world.print(&format!("{}\n", path.display()))?;
    world.tell(&inert(&format!(
        "Open it in an editor.{schema}\nThen: trust-coach check {name}\n\
         and:  trust-coach author preview {name}\n"
    )));
    Ok(Exit::Done)
}

/// What sort of exercise it is to be.
struct AuthorChoices<'a> {
    strategy: &'a str,
    question: ExampleQuestion,
    gate: bool,
}

impl Args {
    fn is_for_two(&self) -> bool {
        self.people == "two"
    }

    /// What the flags say, and what is usual.
    fn choices(&self) -> AuthorChoices<'_> {
        let kind = self.kind.as_deref();
        let mut questions = QUESTIONS.into_iter();
        let named = questions.find(|question| kind == Some(question.kind));
        AuthorChoices {
            strategy: self.strategy.as_deref().unwrap_or(USUAL_STRATEGY),
            question: named.unwrap_or(QUESTIONS[0]),
            gate: self.gate,
        }
    }

    /// Asks what it works on, what its last question takes, and whether the private safety questions
    /// come first; none where they stop.
    fn asked(&self, world: &mut World<'_>) -> Result<Option<AuthorChoices<'_>>> {
        let mut choices = self.choices();
        let headings = Strategy::ALL.map(|(strategy, _)| strategy.heading().to_string());
        let mut input = io::stdin().lock();
        let mut asker = open::asker(world, &mut input);
        let Some(at) = asker.choose(WHAT_IT_WORKS_ON, &headings)? else {
            return Ok(None);
        };
        choices.strategy = Strategy::ALL[at].1;
        if self.is_for_two() {
            return Ok(Some(choices));
        }
        if self.kind.is_none() {
            let kinds = QUESTIONS.map(|question| question.words.to_string());
            let Some(at) = asker.choose(WHAT_IT_TAKES, &kinds)? else {
                return Ok(None);
            };
            choices.question = QUESTIONS[at];
        }
        choices.gate = self.gate || asker.confirm(GATE)?;
        Ok(Some(choices))
    }

    fn target(&self, world: &World<'_>) -> Result<(String, AuthorTarget)> {
        let id = match (&self.id, &self.title) {
            (Some(id), _) => id.clone(),
            (None, Some(title)) => made_of(title),
            (None, None) => String::from(USUAL),
        };
        let what = if self.plan { "plan" } else { "exercise" };
        let (id, target) = match &self.output {
            None => {
                let folders = world.folders()?;
                let folder = match self.plan {
                    true => folders.plans(),
                    false => folders.exercises(),
                };
                let path = folder.join(format!("{id}.toml"));
                (id, AuthorTarget::File(path, true))
            }
            Some(path) if path == Path::new("-") => (id, AuthorTarget::Out),
            Some(folder) if folder.is_dir() => {
                let path = folder.join(format!("{id}.toml"));
                let own = is_theirs(&path, world)?;
                (id, AuthorTarget::File(path, own))
            }
            Some(file) => {
                let stem = file
                    .file_name()
                    .and_then(|name| name.to_str()?.strip_suffix(".toml"));
                let Some(stem) = stem else {
                    let what = format!("{} is neither a folder nor a TOML file", file.display());
                    return Err(Error::usage(what).hint("give it a name that ends in .toml"));
                };
                if self.id.as_deref().is_some_and(|id| id != stem) {
                    let what = format!("the file {stem}.toml doesn’t match the id {id}");
                    return Err(Error::usage(what).hint("its id is its file name"));
                }
                let own = is_theirs(file, world)?;
                (stem.to_string(), AuthorTarget::File(file.clone(), own))
            }
        };
        if !is_id(&id) {
            return Err(
                Error::usage(format!("{id} can’t be the id of a new {what}")).hint(
                    "use small letters, digits and hyphens, starting with a letter: evening-talk",
                ),
            );
        }
        let is_there = match self.plan {
            true => is_built_in(&id),
            false => BUILT_IN.iter().any(|(known, _)| *known == id),
        };
        if is_there {
            return Err(Error::usage(format!("{id} is a built-in {what}"))
                .hint("your file would replace it; choose another id"));
        }
        Ok((id, target))
    }

    /// The text, filled in; it has no error.
    fn text(
        &self,
        id: &str,
        name: &str,
        choices: &AuthorChoices<'_>,
        world: &World<'_>,
    ) -> Result<String> {
        let is_lang = |lang: &str| {
            let plain = lang.chars().all(|c| c.is_ascii_alphanumeric() || c == '-');
            (2..=35).contains(&lang.len()) && plain
        };
        if !is_lang(&self.lang) {
            return Err(Error::usage(format!("{} isn’t a language", self.lang))
                .hint("usually two letters: en, de, pt-BR"));
        }
        let title = match &self.title {
            Some(title) => title.trim().to_string(),
            None => capital(&id.replace('-', " ")),
        };
        let text = match (self.plan, self.is_for_two()) {
            (true, _) => PLAN_TEXT,
            (_, true) => TEXT_FOR_TWO,
            _ => TEXT,
        };
        let text = text
            .replace("@FILE@", name)
            .replace("@TITLE@", &toml::Value::from(title).to_string())
            .replace("@STRATEGY@", choices.strategy)
            .replace("@QUESTION@", choices.question.text)
            .replace("# gate =", if choices.gate { "gate =" } else { "# gate =" })
            .replace("@LANG@", &self.lang)
            .replace("@YEAR@", &world.clock.now().year().to_string());
        let problems = match self.plan {
            true => plan::parse::plan(id, &text).err(),
            false => parse::exercise(id, &text).err(),
        };
        match problems {
            None => Ok(text),
            Some(problems) => {
                let why = problems.first().map_or("", |problem| &problem.message);
                Err(Error::usage("this title can’t be used").detail(why))
            }
        }
    }
}

/// An id out of the words of a title.
fn made_of(title: &str) -> String {
    let plain = title.to_lowercase();
    let words = plain.split(|c: char| !c.is_ascii_alphanumeric());
    let id = words.filter(|word| !word.is_empty()).collect::<Vec<_>>();
    let id = id.join("-");
    let id = id.trim_start_matches(|c: char| !c.is_ascii_lowercase());
    if id.is_empty() {
        String::from(USUAL)
    } else {
        id.to_string()
    }
}

fn capital(words: &str) -> String {
    let mut letters = words.chars();
    letters.next().map_or_else(String::new, |first| {
        first.to_uppercase().chain(letters).collect()
    })
}

/// What is written.
const TEXT: &str = include_str!("new.toml");
const TEXT_FOR_TWO: &str = include_str!("new_two.toml");
const PLAN_TEXT: &str = include_str!("new_plan.toml");

/// A question for the end of the example.
#[derive(Clone, Copy)]
struct ExampleQuestion {
    /// The kind of its step.
    kind: &'static str,
    /// What it takes, for people.
    words: &'static str,
    /// Its keys.
    text: &'static str,
}

/// One for each kind of answer; the first is the usual one.
const QUESTIONS: [ExampleQuestion; 6] = [
    ExampleQuestion {
        kind: "write",
        words: "Their own words",
        text: r#"kind = "write"
prompt = """
Think of one small thing you can do this week.

What is it?"""
hints = [
  "Something that takes ten minutes at most.",
  "“On Friday I’ll ...”",
  "First try: “I’ll be nicer.”\nClearer: “On Friday I’ll cook, and leave my phone in the hall.”\nWhy: both of you can see it happen.",
]"#,
    },
    ExampleQuestion {
        kind: "choose",
        words: "One option from a list",
        text: r#"kind = "choose"
prompt = "Which small thing could you do this week?"
options = [
  { id = "ask", label = "Ask how their day was" },
  { id = "cook", label = "Cook for both of you" },
]"#,
    },
    ExampleQuestion {
        kind: "pick",
        words: "Several options from a list",
        text: r#"kind = "pick"
prompt = "Which small things could you do this week?"
options = [
  { id = "ask", label = "Ask how their day was" },
  { id = "cook", label = "Cook for both of you" },
]"#,
    },
    ExampleQuestion {
        kind: "rate",
        words: "A number",
        text: r#"kind = "rate"
prompt = "How likely is it that you’ll do one small thing for them this week?"
from = 1
to = 5
low = "not likely"
high = "very likely""#,
    },
    ExampleQuestion {
        kind: "confirm",
        words: "Yes or no",
        text: r#"kind = "confirm"
prompt = "Is there one small thing that you can do for them this week?""#,
    },
    ExampleQuestion {
        kind: "date",
        words: "A day",
        text: r#"kind = "date"
prompt = "When will you do one small thing for them?""#,
    },
];

/// The file that the first line of [`TEXT`] names.
const SCHEMA: &str = "exercise.schema.json";
const PLAN_SCHEMA: &str = "plan.schema.json";

/// What it works on where nobody says.
const USUAL_STRATEGY: &str = "values";

/// The id of one that has no other.
const USUAL: &str = "my-exercise";

// Texts for people.
const WHAT_IT_WORKS_ON: &str = "What does it work on?";
const WHAT_IT_TAKES: &str = "What does its last question take?";
const GATE: &str = "Does it end in talking or writing to the other person about a hurt? Then the private \
    safety questions come first.";

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_id_is_made_of_the_letters_of_a_title() {
        assert_eq!(made_of("What did I hear?"), "what-did-i-hear");
        assert_eq!(made_of("3 good things"), "good-things");
        assert_eq!(made_of("Über uns"), "ber-uns");
        assert_eq!(made_of("言葉"), USUAL);
    }

    #[test]
    fn the_first_line_names_the_schema() {
        for text in [TEXT, TEXT_FOR_TWO] {
            assert!(text.starts_with(&format!("#:schema ./{SCHEMA}\n")));
        }
        assert!(PLAN_TEXT.starts_with(&format!("#:schema ./{PLAN_SCHEMA}\n")));
    }
}
