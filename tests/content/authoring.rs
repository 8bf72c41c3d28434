//! The guide for authors: its exercises are checked, its commands run, and its lists are those of
//! the program.

use std::fmt::Write;
use std::process::Command;

use trust_coach::exercise::parse;
use trust_coach::exercise::table::{EXERCISE, KIND_NAMES, PACK};
use trust_coach::exercise::{StepKind, Strategy};
use trust_coach::format::key::{Format, ROOT, Shape};
use trust_coach::format::problem::Code;
use trust_coach::plan::table::PLAN;

const REFERENCE: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/docs/authoring-reference.md");
const PLANS: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/docs/plans.md");

/// The pages of the guide, one after the other.
fn guide() -> String {
    [
        include_str!("../../docs/authoring.md"),
        include_str!("../../docs/authoring-more.md"),
    ]
    .concat()
}

/// The blocks that begin with this line, without their fences.
fn blocks(fence: &str) -> Vec<String> {
    let text = guide();
    let begin = format!("\n```{fence}\n");
    let parts = text.split(&begin).skip(1);
    parts
        .map(|part| part.split("\n```").next().unwrap().to_string() + "\n")
        .collect()
}

/// Everything above the first step of the guide's whole exercise.
fn head() -> String {
    let whole = &blocks("toml")[0];
    whole
        .split("[[step]]")
        .next()
        .unwrap()
        .replace("{{words|nothing yet}}", "it")
}

#[test]
fn its_whole_exercise_has_nothing_to_mend() {
    let [whole] = &blocks("toml")[..] else {
        panic!("not one whole exercise");
    };
    assert_eq!(parse::check("good-to-have-you", whole), []);
}

#[test]
fn its_steps_have_nothing_to_mend_but_the_time_of_the_whole() {
    let mut kinds: Vec<StepKind> = Vec::new();
    let for_two = |steps: String| {
        head().replace("for = \"one\"", "for = \"two\"\ngate = \"screen\"") + &steps
    };
    let texts = blocks("toml step").into_iter();
    let texts = texts.map(|steps| format!("{}{steps}", head()));
    for text in texts.chain(blocks("toml two").into_iter().map(for_two)) {
        let mut problems = parse::check("steps", &text);
        problems.retain(|problem| problem.code != Code::FarMinutes);
        assert_eq!(problems, [], "{text}");
        let exercise = parse::exercise("steps", &text).unwrap();
        kinds.extend(exercise.steps.iter().map(trust_coach::exercise::Step::kind));
    }
    for (kind, name) in StepKind::ALL {
        assert!(kinds.contains(&kind), "no example of {name}");
    }
}

#[test]
fn its_pack_can_be_read() {
    let [pack] = &blocks("toml pack")[..] else {
        panic!("not one pack");
    };
    assert_eq!(parse::pack(pack).unwrap().name, "evenings");
}

#[test]
fn its_commands_print_what_it_shows() {
    let home = tempfile::tempdir().unwrap();
    for block in blocks("console") {
        for shown in block.split("$ trust-coach ").skip(1) {
            let (line, expected) = shown.split_once('\n').unwrap();
            let script = format!("\"$TC\" {line} 2>&1");
            let output = Command::new("sh")
                .args(["-c", &script])
                .env("TC", env!("CARGO_BIN_EXE_trust-coach"))
                .env("HOME", home.path())
                .env("TRUST_COACH_HOME", home.path())
                .output()
                .unwrap();
            let printed = String::from_utf8(output.stdout).unwrap();
            let printed = printed.replace(home.path().to_str().unwrap(), "$HOME");
            assert_eq!(printed.trim_end(), expected.trim_end(), "{line}");
            assert!(output.status.success(), "{line}");
        }
    }
}

#[test]
fn it_names_every_strategy_kind_of_step_and_review() {
    let text = guide();
    for (_, kind) in StepKind::ALL {
        assert!(text.contains(&format!("`{kind}`")), "{kind}");
    }
    for (_, subject) in trust_coach::review::Subject::ALL {
        assert!(text.contains(&format!("`{subject}`")), "{subject}");
    }
    assert!(exercise_keys().contains(Strategy::ALL[0].1));
}

/// What a key takes, in words.
fn takes(shape: Shape) -> String {
    match shape {
        Shape::Text => "text".into(),
        Shape::Line | Shape::LineOrNone => "text on one line".into(),
        Shape::Id => "an id".into(),
        Shape::OneOf(words) => words
            .iter()
            .map(|word| format!("`\"{word}\"`"))
            .collect::<Vec<_>>()
            .join(", "),
        Shape::Number(..) => "a number".into(),
        Shape::Boolean => "`true` or `false`".into(),
        Shape::Literal => "text, a number, `true` or `false`".into(),
        Shape::LineOrNumber => "text or a number".into(),
        Shape::Day => "a day".into(),
        Shape::List(..) => "a list".into(),
        Shape::Tables(..) | Shape::Sections(_) => "a list of tables".into(),
        Shape::Named(_) | Shape::NamedLists => "tables with names".into(),
        Shape::Table(table) => table.what.into(),
    }
}

/// A table of keys under its name, the tables they stand in, and the format.
type KeyTable = (&'static str, &'static Format, &'static [&'static str]);

/// The tables of the reference.
fn exercise_keys() -> String {
    keys(&[
        ("The exercise", &EXERCISE, &[ROOT]),
        ("`[[sources]]`", &EXERCISE, &["source"]),
        ("`[group.NAME]`", &EXERCISE, &["group"]),
        ("`[[step]]`", &EXERCISE, KIND_NAMES),
        ("An option", &EXERCISE, &["option"]),
        ("An item of a `pool`", &EXERCISE, &["item"]),
        ("A part of `from`", &EXERCISE, &["paragraph"]),
        ("A condition", &EXERCISE, &["condition"]),
        ("`pack.toml`", &PACK, &[ROOT]),
    ])
}

/// The tables of a plan.
fn plan_keys() -> String {
    keys(&[
        ("The plan", &PLAN, &[ROOT]),
        ("An entry of `endings`", &PLAN, &["ending"]),
        ("`[phase.NAME]`", &PLAN, &["phase"]),
        ("`[[stage]]`", &PLAN, &["stage"]),
        ("`[[rule]]`", &PLAN, &["rule"]),
        ("A condition", &PLAN, &["condition"]),
    ])
}

/// A chapter on keys, out of the one table.
fn keys(places: &[KeyTable]) -> String {
    let mut text = String::new();
    for (name, format, tables) in places.iter().copied() {
        let _ = writeln!(text, "\n### {name}\n\n| key | takes | is |\n|---|---|---|");
        for key in format.keys(tables) {
            let kinds = key.at.iter().filter(|at| KIND_NAMES.contains(at));
            let kinds: Vec<&str> = kinds.copied().collect();
            let only = match kinds.len() {
                0 => String::new(),
                // All of them, or all that ask something.
                some if some >= KIND_NAMES.len() - 1 => String::new(),
                _ => format!(" In {}.", kinds.join(", ")),
            };
            let needed = if key.required { ", needed" } else { "" };
            let (takes, doc) = (takes(key.shape), key.doc);
            let _ = writeln!(text, "| `{}` | {takes}{needed} | {doc}{only} |", key.name);
        }
    }
    text
}

/// The chapter on messages, out of the one table.
fn codes() -> String {
    let mut text = String::from("\n| code | is about |\n|---|---|\n");
    for (code, id, doc) in Code::ALL {
        let level = code.level().name();
        let _ = writeln!(text, "| {id} ({level}) | {} |", doc.trim());
    }
    text
}

/// With UPDATE_DOCS=1 in the environment the lists are written anew.
#[test]
fn its_lists_are_those_of_the_program() {
    for (page, name, wanted) in [
        (REFERENCE, "keys", exercise_keys()),
        (REFERENCE, "codes", codes()),
        (PLANS, "keys", plan_keys()),
    ] {
        let text = std::fs::read_to_string(page).unwrap();
        let begin = format!("<!-- {name}: written by the tests -->\n");
        let (before, rest) = text.split_once(&begin).unwrap();
        let end = format!("\n<!-- end of {name} -->");
        let (there, behind) = rest.split_once(end.trim_start()).unwrap();
        if std::env::var_os("UPDATE_DOCS").is_some() {
            let new = format!("{before}{begin}{wanted}{end}{behind}");
            std::fs::write(page, new).unwrap();
            continue;
        }
        assert_eq!(
            there.trim(),
            wanted.trim(),
            "UPDATE_DOCS=1 cargo test --test content authoring writes the {name} of {page} anew"
        );
    }
}
