//! What could be better about an exercise as a whole, once nothing in it is wrong.

use toml::de::DeTable;

use super::tone;
use crate::exercise::{
    Answerer, Asking, Condition, Exercise, Group, LineLimit, Step, StepKind, Template,
};
use crate::format::problem::{Code, Problem, Span};
use crate::format::read::tables;
use crate::text::readability::{grade, prose, words};

/// The grade that tired and upset people can still read.
const HIGHEST_GRADE: f64 = 7.0;

/// How many words a minute are read, and typed.
const READ: f64 = 183.0;
const TYPED: f64 = 25.0;

/// Looks at the whole exercise.
pub(super) fn check(
    text: &str,
    root: &DeTable<'_>,
    exercise: &Exercise,
    problems: &mut Vec<Problem>,
) {
    if exercise.sources.is_empty() {
        let help = "add a [[sources]] table; your own practice counts, if `strength` says so";
        let message = "this exercise doesn’t say what it’s based on";
        problems.push(Problem::new(Code::NoSource, place(root, "title"), message).help(help));
    }
    for (table, step) in tables(root, "step").zip(&exercise.steps) {
        super::step::step(table, step, problems);
        hints(table, step, problems);
        unused(table, step, exercise, problems);
        commas(table, step, exercise, problems);
        without_effect(table, step, exercise, problems);
    }
    minutes(root, exercise, problems);
    if exercise.head.lang.starts_with("en") {
        reading(root, exercise, problems);
        tone::check(text, root, problems);
    }
}

/// Where a key stands.
pub(super) fn place(table: &DeTable<'_>, key: &str) -> Span {
    table.get_key_value(key).map_or(0..0, |(key, _)| key.span())
}

fn hints(table: &DeTable<'_>, step: &Step, problems: &mut Vec<Problem>) {
    if matches!(step.kind(), StepKind::Write | StepKind::Draw) && step.hints.is_empty() {
        let message = format!("step `{}` asks for words but has no hint", step.id);
        problems.push(
            Problem::new(Code::NoHint, place(table, "id"), message)
                .help("a nudge, opening words, then a full example: hints = [\"...\", \"...\"]"),
        );
    }
}

/// An answer that nothing looks at is for the person to read again, and then it has a name.
fn unused(table: &DeTable<'_>, step: &Step, exercise: &Exercise, problems: &mut Vec<Problem>) {
    let asks = step.kind().spec().value.is_some();
    if asks && step.name.is_none() && !step.pin && !is_used(&step.id, exercise) {
        let message = format!(
            "nothing uses the answer to `{}`, and it has no name to find it by",
            step.id
        );
        problems.push(
            Problem::new(Code::UnusedId, place(table, "id"), message)
                .help("add `name`, or quote it later, or leave the step out"),
        );
    }
}

fn is_used(id: &str, exercise: &Exercise) -> bool {
    let looks = |condition: &Condition| condition.steps().contains(&id);
    let composes = |step: &Step| match &step.ask {
        Asking::Compose { from, .. } => from.iter().any(|part| part == id),
        Asking::Write { about, .. } => about.as_deref() == Some(id),
        Asking::Promise(sources) => sources.steps().any(|step| step == id),
        Asking::Share { of } => of.iter().any(|step| step == id),
        _ => step.participation.guess.as_deref() == Some(id),
    };
    let mut groups = exercise.groups.iter();
    let mut steps = exercise.steps.iter();
    is_quoted(id, exercise)
        || groups.any(|group| looks(&group.repeat_until))
        || steps.any(|step| composes(step) || step.when.as_ref().is_some_and(looks))
}

/// A picked label with a comma in it cannot be told from two labels once it is quoted.
fn commas(table: &DeTable<'_>, step: &Step, exercise: &Exercise, problems: &mut Vec<Problem>) {
    if step.kind() != StepKind::Pick || !is_quoted(&step.id, exercise) {
        return;
    }
    for (option, choice) in tables(table, "options").zip(step.options()) {
        if choice.label.contains(',') {
            let message = "this label has a comma, but it’s quoted in a list with commas";
            let span = option.get("label").map_or(0..0, toml::Spanned::span);
            problems.push(
                Problem::new(Code::CommaInLabel, span, message).help("say it without the comma"),
            );
        }
    }
}

fn is_quoted(id: &str, exercise: &Exercise) -> bool {
    let texts = exercise.steps.iter().flat_map(Step::templates);
    let mut quotes = texts
        .chain([&exercise.closing])
        .flat_map(Template::references);
    quotes.any(|quote| quote.exercise.is_none() && quote.step == id)
}

/// What is written and changes nothing.
fn without_effect(
    table: &DeTable<'_>,
    step: &Step,
    exercise: &Exercise,
    problems: &mut Vec<Problem>,
) {
    if step.pin && exercise.steps.last() == Some(step) {
        let message = "this is the last step, so `pin` does nothing";
        problems.push(
            Problem::new(Code::NoEffect, place(table, "pin"), message).help("leave out `pin`"),
        );
    }
    if let Asking::Write {
        review: None,
        about: Some(_),
        ..
    } = step.ask
    {
        let message = "`about` tells a review what to compare with, but there’s no `review`";
        problems.push(
            Problem::new(Code::NoEffect, place(table, "about"), message)
                .help("add `review`, or leave out `about`"),
        );
    }
}

/// Everything that is said in one step, but for hints.
pub(super) fn said(step: &Step) -> Vec<String> {
    let mut said = vec![step.prompt.outline()];
    said.extend(step.why.iter().map(Template::outline));
    for option in step.options() {
        said.push(option.label.clone());
        said.extend(option.note.clone());
    }
    if let Asking::Draw { pool, .. } = &step.ask {
        said.extend(pool.iter().map(|item| item.text.clone()));
    }
    said
}

fn reading(root: &DeTable<'_>, exercise: &Exercise, problems: &mut Vec<Problem>) {
    let steps: Vec<(&str, Vec<String>)> = exercise
        .steps
        .iter()
        .map(|step| (step.id.as_str(), said(step)))
        .collect();
    let mut all = vec![exercise.head.summary.clone(), exercise.opening.clone()];
    all.extend(exercise.caution.clone());
    all.extend(steps.iter().flat_map(|(_, said)| said.clone()));
    all.push(exercise.closing.outline());
    let of = |texts: &[String]| grade(&prose(texts.iter().map(String::as_str)));
    let Some(whole) = of(&all).filter(|whole| *whole > HIGHEST_GRADE) else {
        return;
    };
    let hardest = steps.iter().filter_map(|(id, said)| Some((*id, of(said)?)));
    let hardest = hardest.max_by(|a, b| a.1.total_cmp(&b.1));
    let hardest = hardest.map_or(String::new(), |(id, grade)| {
        format!("; the hardest step is `{id}` (grade {grade:.0})")
    });
    let message = format!("this exercise reads at grade {whole:.1}; up to 7 suits tired readers");
    problems.push(
        Problem::new(Code::HighGrade, place(root, "opening"), message)
            .help(format!("use shorter sentences and shorter words{hardest}")),
    );
}

/// The fewest and the most minutes that an exercise takes: without the steps that hang on answers,
/// and with all of them. Where both are asked, it takes the time of both.
pub fn span_of_minutes(exercise: &Exercise) -> (f64, f64) {
    let around = [exercise.opening.as_str(), &exercise.closing.outline()];
    let around = around.iter().map(|text| reads(text)).sum::<f64>()
        + exercise.caution.as_deref().map_or(0.0, reads);
    let (mut least, mut most) = (around, around);
    for step in &exercise.steps {
        let group = step.group.as_deref().and_then(|name| exercise.group(name));
        let twice = step.participation.by == Answerer::Each || group.is_some_and(|one| one.swap);
        let times = if twice { 2.0 } else { 1.0 };
        let takes = takes(step) * times;
        if step.when.is_none() {
            least += takes;
        }
        // Somebody may leave the floor sooner.
        let floor = f64::from(step.participation.seconds.unwrap_or(0)) / 60.0 * times;
        let rounds = group.map_or(1, |group: &Group| group.at_most.min(3));
        most += (takes + floor) * f64::from(rounds);
    }
    (least, most)
}

/// How many minutes a step takes to read and to answer.
fn takes(step: &Step) -> f64 {
    let options = step.options().iter();
    let options: f64 = options
        .map(|o| reads(&o.label) + o.note.as_deref().map_or(0.0, reads))
        .sum();
    let answer = match &step.ask {
        Asking::Say { .. } => 0.0,
        Asking::Write {
            lines: LineLimit::One,
            ..
        } => 8.0 / TYPED,
        Asking::Write { min_words, .. } => f64::from(min_words.unwrap_or(0).max(25)) / TYPED,
        Asking::Draw { pool, .. } => {
            let words: usize = pool.iter().map(|item| words(&item.text).count()).sum();
            25.0 / TYPED + count(words) / count(pool.len().max(1)) / READ
        }
        // To read one's own sentences again, and to change a few words.
        Asking::Compose { from, .. } => count(from.len()) * 25.0 / READ + 10.0 / TYPED,
        _ => 0.1,
    };
    reads(&step.prompt.outline()) + options + answer
}

fn reads(text: &str) -> f64 {
    count(words(text).count()) / READ
}

fn count(number: usize) -> f64 {
    f64::from(u32::try_from(number).unwrap_or(u32::MAX))
}

fn minutes(root: &DeTable<'_>, exercise: &Exercise, problems: &mut Vec<Problem>) {
    let (least, most) = span_of_minutes(exercise);
    #[allow(clippy::cast_precision_loss, reason = "at most 600")]
    let stated = exercise.head.minutes as f64;
    // People think, and stop, and read twice.
    if stated + 1.0 >= least && stated <= most * 2.0 + 3.0 {
        return;
    }
    let (from, to) = (least.ceil().max(1.0), most.ceil().max(1.0));
    let message = format!("`minutes` says {stated}, but the words take about {from} to {to}");
    problems.push(
        Problem::new(Code::FarMinutes, place(root, "minutes"), message)
            .help("that’s reading 183 words a minute and typing 25, with no time to think"),
    );
}
