//! An answers file that is ready to fill in: everything an exercise can ask, in its order, each
//! answer behind a `#` that is taken away when it is given.

use serde_json::{Value as Json, json};

use super::file::FORMAT;
use crate::exercise::condition_words;
use crate::exercise::{Asking, Exercise, LineLimit, Step, StepKind};
use crate::journal::format::text::{key, string};
use crate::session::{AnswerId, Partner};
use crate::text::wrap_indented;

/// How wide comments are set.
const WIDTH: usize = 72;

/// The file as TOML. As it stands it gives no answer.
pub fn to_fill_in(exercise: &Exercise) -> String {
    let mut file = OutlineLines(String::new());
    let head = &exercise.head;
    file.words(&format!("Answers for {}: {}", head.id, head.title));
    file.words("");
    file.words(HOW);
    file.words("");
    let screened = if head.gate { " --screened" } else { "" };
    let run = format!(
        "  trust-coach exercise {} --answers FILE{screened}",
        head.id
    );
    file.line(&format!("# {run}"));
    file.line(&format!("# {run} --dry-run"));
    file.words("");
    file.words(VALUES);
    if head.gate {
        file.words("");
        file.words(GATE);
    }
    file.line(&format!("format = {FORMAT}"));
    file.line(&format!("exercise = {}", string(&head.id)));
    file.line(&format!("version = {}", head.version));
    file.draws(exercise);
    if head.for_two {
        file.line("#names = { a = \"A\", b = \"B\" }");
    }
    file.steps("[answers]", exercise, None);
    for partner in Partner::PAIR.into_iter().filter(|_| head.for_two) {
        file.steps(
            &format!("[answers.{}]", partner.id()),
            exercise,
            Some(partner),
        );
    }
    file.0
}

/// The same as JSON, which has no comments: what is asked stands in `x-steps`, and each answer is
/// `null` until it is given.
pub fn to_fill_in_json(exercise: &Exercise) -> Json {
    let steps = asking(exercise).map(|step| (step.id.clone(), described(exercise, step)));
    let null = |by: Option<Partner>| {
        let steps = asking(exercise).filter(move |step| is_asked(exercise, step, by));
        steps.map(|step| (step.id.clone(), Json::Null))
    };
    let own = Partner::PAIR.into_iter().filter(|_| exercise.head.for_two);
    let own = own.map(|partner| {
        let table = Json::Object(null(Some(partner)).collect());
        (partner.id().to_string(), table)
    });
    let answers = null(None).chain(own);
    json!({
        "format": FORMAT,
        "exercise": exercise.head.id,
        "version": exercise.head.version,
        "x-how": HOW_JSON,
        "x-steps": Json::Object(steps.collect()),
        "answers": Json::Object(answers.collect()),
    })
}

fn asking(exercise: &Exercise) -> impl Iterator<Item = &Step> {
    let steps = exercise.steps.iter();
    steps.filter(|step| step.kind() != StepKind::Say)
}

/// Whether this one of two people, or everybody together, answers a step.
fn is_asked(exercise: &Exercise, step: &Step, by: Option<Partner>) -> bool {
    let group = step.group.as_deref().and_then(|name| exercise.group(name));
    let yes = step.kind() == StepKind::Promise && by.is_some();
    step.is_asked_of(by, group) && (exercise.head.for_two || !yes)
}

fn described(exercise: &Exercise, step: &Step) -> Json {
    let options = step.options().iter();
    let pool = match &step.ask {
        Asking::Draw { pool, .. } => pool.as_slice(),
        _ => &[],
    };
    json!({
        "prompt": step.prompt.outline_for(step.reader()).trim(),
        "kind": step.kind().name(),
        "takes": takes(step),
        "options": options.map(|o| json!({ "id": o.id, "label": o.label })).collect::<Vec<_>>(),
        "pool": pool.iter().map(|i| json!({ "id": i.id, "text": i.text })).collect::<Vec<_>>(),
        "optional": step.optional,
        "default": step.default,
        "when": step.when.as_ref().map(condition_words::words),
        "rounds": rounds(exercise, step),
    })
}

/// How often a step can be asked.
fn rounds(exercise: &Exercise, step: &Step) -> u32 {
    let group = step.group.as_deref().and_then(|name| exercise.group(name));
    group.map_or(1, |group| group.at_most)
}

/// What a step takes, in a few words.
fn takes(step: &Step) -> String {
    let mut words = match &step.ask {
        Asking::Write {
            lines: LineLimit::One,
            ..
        } => String::from("one line of text"),
        Asking::Choose { other: true, .. } => String::from("one option, or your own words"),
        Asking::Pick { min, max, .. } => format!("a list of {min} to {max} options"),
        Asking::Rate {
            from,
            to,
            low,
            high,
            ..
        } => {
            let end = |label: &Option<String>| match label {
                Some(label) => format!(" ({label})"),
                None => String::new(),
            };
            format!("a number from {from}{} to {to}{}", end(low), end(high))
        }
        _ => String::from(step.kind().spec().script),
    };
    if step.optional {
        words.push_str("; { skip = true } leaves it out");
    }
    if let Some(default) = &step.default {
        words.push_str(&format!("; {} with --defaults", default.trim()));
    }
    words
}

/// Lines of the file as they are added.
struct OutlineLines(String);

impl OutlineLines {
    fn line(&mut self, line: &str) {
        self.0.push_str(line.trim_end());
        self.0.push('\n');
    }

    /// Text as comments, a line for each of its own at least.
    fn words(&mut self, text: &str) {
        self.hanging(text, "# ", "# ");
    }

    fn hanging(&mut self, text: &str, first: &str, rest: &str) {
        for line in wrap_indented(text, WIDTH, first, rest) {
            self.line(&line);
        }
    }

    /// The items that chance would choose among.
    fn draws(&mut self, exercise: &Exercise) {
        let pools: Vec<(&Step, &str)> = exercise
            .steps
            .iter()
            .filter_map(|step| match &step.ask {
                Asking::Draw { pool, .. } => Some((step, pool.first()?.id.as_str())),
                _ => None,
            })
            .collect();
        if pools.is_empty() {
            return;
        }
        self.line("");
        self.words(DRAWS);
        self.line("#seed = 1");
        self.line("#[draws]");
        for (step, item) in pools {
            self.line(&format!("#{} = {}", key(&step.id), string(item)));
        }
    }

    /// The table of what somebody answers.
    fn steps(&mut self, table: &str, exercise: &Exercise, by: Option<Partner>) {
        self.line(&format!("\n{table}"));
        let steps = asking(exercise).filter(|step| is_asked(exercise, step, by));
        for (at, step) in steps.enumerate() {
            if at > 0 {
                self.line("");
            }
            if by.is_some() && step.kind() == StepKind::Promise {
                self.words(OWN_YES);
                self.line(&format!("#{} = true", key(&step.id)));
            } else {
                self.step(exercise, step, by.unwrap_or(Partner::A));
            }
        }
    }

    fn step(&mut self, exercise: &Exercise, step: &Step, reader: Partner) {
        self.words(step.prompt.outline_for(reader).trim());
        self.hanging(
            &format!("{}: {}", step.kind().name(), takes(step)),
            "# - ",
            "#   ",
        );
        let pool = match &step.ask {
            Asking::Draw { pool, .. } => pool.as_slice(),
            _ => &[],
        };
        let options = step
            .options()
            .iter()
            .map(|option| (&option.id, &option.label));
        for (id, label) in options.chain(pool.iter().map(|item| (&item.id, &item.text))) {
            let label = label.split_whitespace().collect::<Vec<_>>().join(" ");
            self.hanging(&format!("{id} - {label}"), "#     ", "#         ");
        }
        if let Some(when) = &step.when {
            let when = format!("only when {}", condition_words::words(when));
            self.hanging(&when, "# - ", "#   ");
        }
        self.rounds(exercise, step);
        let empty = match step.ask {
            Asking::Pick { .. } => "[]",
            _ => "\"\"",
        };
        self.line(&format!("#{} = {empty}", key(&step.id)));
    }

    /// How the rounds of a group are named. Told in full at its first step alone.
    fn rounds(&mut self, exercise: &Exercise, step: &Step) {
        let last = rounds(exercise, step);
        let Some(group) = step.group.as_deref().and_then(|name| exercise.group(name)) else {
            return;
        };
        if last < 2 {
            return;
        }
        let second = key(&AnswerId::new(&step.id, 2).to_string());
        let names = match last {
            2 => format!("in a second round {second}"),
            _ => format!(
                "in later rounds {second} up to {}",
                key(&AnswerId::new(&step.id, last).to_string())
            ),
        };
        let first = exercise
            .steps
            .iter()
            .find(|other| other.group == step.group);
        let until = if first == Some(step) {
            format!(
                "; rounds end when {}",
                condition_words::words(&group.repeat_until)
            )
        } else {
            String::new()
        };
        self.hanging(&format!("{names}{until}"), "# - ", "#   ");
    }
}

// Texts for people.
const HOW: &str = "To give an answer, take the # off its line and write the answer after the =. Then do the exercise, or only check the file:";
const HOW_JSON: &str = "Replace each null with an answer: a text, an option’s id, a list of ids, a number, true or false, {\"skip\": true} or {\"file\": \"words.txt\"}.";
const VALUES: &str = "Put text of several lines between three quotes: \"\"\". Give an option by its id, its label or its number. { skip = true } says \"rather not say\", at any step; { file = \"words.txt\" } takes the text from a file. At a terminal you’re asked for whatever has no answer here; in a script it’s an error.";
const GATE: &str = "Private safety questions come before this exercise: `trust-coach safety` shows them. --screened says that you’ve answered them alone.";
const OWN_YES: &str = "true or false: whether they want what is agreed too";
const DRAWS: &str = "Draws: the same seed draws the same items, or you can name them yourself.";

#[cfg(test)]
mod tests {
    use super::*;
    use crate::answers::Answers;
    use crate::exercise::library::{BUILT_IN, Library};

    #[test]
    fn the_file_as_it_is_printed_gives_no_answer_and_names_every_step() {
        for (id, _) in BUILT_IN {
            let exercise = Library::open(None).load(id).unwrap();
            let toml = to_fill_in(&exercise);
            let json = to_fill_in_json(&exercise).to_string();
            for text in [&toml, &json] {
                let answers = Answers::from_text(text, id).unwrap();
                assert_eq!(answers.exercise.as_deref(), Some(*id));
                assert_eq!(answers.version, Some(exercise.head.version));
                assert!(answers.given.is_empty() && answers.faults.is_empty());
            }
            let wide = toml.lines().find(|line| line.chars().count() > WIDTH + 8);
            assert_eq!(wide, None);
            let (_, below) = toml.split_once("\n[answers]\n").unwrap();
            for step in asking(&exercise) {
                let line = format!("\n#{} = ", step.id);
                // In an exercise for two each of them has a table of their own.
                let most = if exercise.head.for_two { 3 } else { 1 };
                let count = below.matches(&line).count();
                assert!((1..=most).contains(&count), "{id}: {line}");
            }
        }
    }

    #[test]
    fn each_of_two_is_called_by_their_own_letter() {
        let exercise = Library::open(None).load("openness-for-two").unwrap();
        let toml = to_fill_in(&exercise);
        let (both, b) = toml.split_once("\n[answers.b]\n").unwrap();
        let (_, a) = both.split_once("\n[answers.a]\n").unwrap();
        assert!(a.contains("# A, this is for you alone.") && !a.contains("# B, "));
        assert!(b.contains("# B, this is for you alone.") && !b.contains("# A, "));
        let json = to_fill_in_json(&exercise);
        let prompt = &json["x-steps"]["wish"]["prompt"];
        assert!(prompt.as_str().unwrap().starts_with("B, this is for you"));
    }
}
