//! What must hold in an exercise for two: nothing closed decides or shows anything before it's
//! shared, and everybody knows who answers.

use toml::de::DeTable;

use super::head::is_for_two;
use super::scope::StepScope;
use crate::exercise::{Answerer, Asking, Group, Partner, Step, StepKind};
use crate::format::problem::{Code, Problem, Span};
use crate::format::read::{as_text, flag, list, text};

/// The keys of a step that need two people.
const FOR_TWO: [&str; 4] = ["by", "seal", "guess", "seconds"];

/// Reports what doesn't fit who does the exercise.
pub(super) fn check(
    root: &DeTable<'_>,
    tables: &[&DeTable<'_>],
    scope: &StepScope,
    groups: &[Group],
    problems: &mut Vec<Problem>,
) {
    if !is_for_two(root) {
        return only_for_two(root, tables, problems);
    }
    if !root.contains_key("gate") {
        let message = "an exercise for two needs `gate`";
        problems.push(
            Problem::new(Code::MissingKey, place(root, "for"), message).help(
                "add gate = \"screen\": each is asked separately whether they want to do this",
            ),
        );
    }
    for (index, table) in tables.iter().enumerate() {
        reserved(table, problems);
        let Some(step) = text(table, "id").and_then(|id| scope.earlier(&id, index + 1)) else {
            continue;
        };
        let group = groups
            .iter()
            .find(|group| Some(&group.name) == step.group.as_ref());
        answerer(table, step, group, problems);
        guess(table, step, scope, index, problems);
        let next = tables.get(index + 1).and_then(|next| text(next, "id"));
        let next = next.and_then(|id| scope.earlier(&id, index + 2));
        seen_first(table, step, next, problems);
    }
}

fn only_for_two(root: &DeTable<'_>, tables: &[&DeTable<'_>], problems: &mut Vec<Problem>) {
    let mut report = |span: Span, what: String| {
        let message = format!("{what} is for exercises for two");
        problems.push(
            Problem::new(Code::WhoAnswers, span, message)
                .help("add for = \"two\" above the first [[step]], or leave it out"),
        );
    };
    for table in tables {
        for key in FOR_TWO.iter().filter(|key| table.contains_key(**key)) {
            report(place(table, key), format!("`{key}`"));
        }
        if text(table, "kind").as_deref() == Some("share") {
            report(place(table, "kind"), String::from("a step of kind share"));
        }
    }
    let groups = root
        .get("group")
        .and_then(|groups| groups.get_ref().as_table());
    for table in groups.into_iter().flat_map(|groups| groups.values()) {
        if let Some(table) = table
            .get_ref()
            .as_table()
            .filter(|group| flag(group, "swap"))
        {
            report(place(table, "swap"), String::from("`swap`"));
        }
    }
}

/// An answers file has a table for each person, and that's what these ids would be.
fn reserved(table: &DeTable<'_>, problems: &mut Vec<Problem>) {
    let id = text(table, "id").filter(|id| Answerer::ALL.iter().any(|(_, word)| word == id));
    if let Some(id) = id {
        let message = format!("a step can’t be called `{id}` in an exercise for two");
        problems.push(
            Problem::new(Code::PersonId, place(table, "id"), message)
                .help("it’s the name of a person’s table in answers files; choose another id"),
        );
    }
}

fn answerer(table: &DeTable<'_>, step: &Step, group: Option<&Group>, problems: &mut Vec<Problem>) {
    let mut report = |code, key: &str, message: String, help: &str| {
        problems.push(Problem::new(code, place(table, key), message).help(help));
    };
    let (id, part) = (&step.id, &step.participation);
    let is_one = matches!(part.by, Answerer::One(_));
    if part.seal && part.by == Answerer::Both {
        let message = format!("both answer `{id}` together, so nothing is closed");
        report(
            Code::WhoAnswers,
            "seal",
            message,
            "say who answers: by = \"each\", \"a\" or \"b\"",
        );
    }
    if part.seal && step.ask.review().is_some() {
        let message =
            format!("what’s written at `{id}` is closed, and a review would talk about it");
        report(
            Code::ClosedReview,
            "review",
            message,
            "leave out `review`, or let both see the step",
        );
    }
    if part.seconds.is_some() && !is_one {
        let message = String::from("only one of the two has the floor");
        report(
            Code::WhoAnswers,
            "seconds",
            message,
            "say whose floor it is: by = \"a\" or by = \"b\"",
        );
    }
    if step.kind() == StepKind::Promise && part.by != Answerer::Both {
        let message = String::from("in an exercise for two a promise is made by both");
        report(
            Code::WhoAnswers,
            "by",
            message,
            "write by = \"both\"; each is asked separately whether they want it too",
        );
    }
    if step.kind() == StepKind::Share && step.group.is_some() {
        let message = String::from("a step of kind share can’t be in a group");
        report(
            Code::WhoAnswers,
            "group",
            message,
            "put it behind the group",
        );
    }
    if group.is_some_and(|group| group.swap) && !is_one {
        let message = format!("`{id}` is in a group that is swapped, and belongs to both");
        report(
            Code::SwapOfBoth,
            "id",
            message,
            "write by = \"a\" or by = \"b\", or take it out of the group",
        );
    }
}

/// A guess is about what the other chose, behind closed doors, on the same scale.
fn guess(
    table: &DeTable<'_>,
    step: &Step,
    scope: &StepScope,
    index: usize,
    problems: &mut Vec<Problem>,
) {
    let Some(id) = &step.participation.guess else {
        return;
    };
    let span = table.get("guess").map_or(0..0, toml::Spanned::span);
    let guessed = match scope.find_any(id, index, &span) {
        Ok(guessed) => guessed,
        Err(problem) => return problems.extend(problem),
    };
    let is_closed = |step: &Step| {
        let part = &step.participation;
        part.by == Answerer::Each && part.seal
    };
    let message = if !is_closed(guessed) {
        format!("each has to answer `{id}`, and it has to be closed")
    } else if !is_closed(step) {
        String::from("a guess is made by each, and it’s closed")
    } else if !is_alike(&guessed.ask, &step.ask) {
        format!("`{id}` takes other answers than this step")
    } else {
        return;
    };
    problems.push(Problem::new(Code::NotToGuess, span, message).help(
        "both steps need by = \"each\" and seal = true, and the same scale or the same options",
    ));
}

fn is_alike(one: &Asking, other: &Asking) -> bool {
    match (one, other) {
        (Asking::Rate { from, to, .. }, Asking::Rate { from: f, to: t, .. }) => {
            (from, to) == (f, t)
        }
        (
            Asking::Choose { options, .. },
            Asking::Choose {
                options: others, ..
            },
        ) => {
            let ids = options.iter().map(|option| &option.id);
            ids.eq(others.iter().map(|option| &option.id))
        }
        _ => false,
    }
}

/// One is asked right after the other, who answers with the first answer in view.
fn seen_first(table: &DeTable<'_>, step: &Step, next: Option<&Step>, problems: &mut Vec<Problem>) {
    let is_of = |step: &Step, partner| step.participation.by == Answerer::One(partner);
    let in_turn = |next: &&Step| {
        let others = |partner: Partner| is_of(step, partner) && is_of(next, partner.other());
        next.kind() == step.kind() && Partner::PAIR.into_iter().any(others)
    };
    if step.pin && !step.participation.seal && next.filter(in_turn).is_some() {
        let message = format!(
            "the other answers next, with the answer to `{}` in view",
            step.id
        );
        problems.push(
            Problem::new(Code::SeenFirst, place(table, "pin"), message)
                .help("leave out `pin`, or close it: by = \"each\" with seal = true"),
        );
    }
}

/// The steps that a `share` shows: each is closed, and isn't shown yet.
pub(super) fn shared(
    table: &DeTable<'_>,
    scope: &StepScope,
    index: usize,
    problems: &mut Vec<Problem>,
) -> Vec<String> {
    let mut of: Vec<String> = Vec::new();
    for value in list(table, "of") {
        let (Some(id), span) = (as_text(value), value.span()) else {
            continue;
        };
        let step = match scope.find_any(&id, index, &span) {
            Ok(step) => step,
            Err(problem) => {
                problems.extend(problem);
                continue;
            }
        };
        if !step.participation.seal {
            let message = format!("`{id}` isn’t closed, so there’s nothing to show");
            let help = "name steps with seal = true";
            problems.push(Problem::new(Code::NotToShare, span, message).help(help));
        } else if scope.is_shared(&id, index) || of.contains(&id) {
            let message = format!("`{id}` is shown already");
            let help = "name each closed step once";
            problems.push(Problem::new(Code::NotToShare, span, message).help(help));
        } else {
            of.push(id);
        }
    }
    of
}

/// Where a key stands.
fn place(table: &DeTable<'_>, key: &str) -> Span {
    table.get_key_value(key).map_or(0..0, |(key, _)| key.span())
}
