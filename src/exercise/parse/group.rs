//! Groups: each is described, has steps, and its steps stand together.

use toml::de::DeTable;

use super::condition;
use super::scope::StepScope;
use crate::exercise::Group;
use crate::format::did_you_mean;
use crate::format::key::OWN;
use crate::format::problem::{Code, Problem, Span};
use crate::format::read::{as_text, count, flag, list, text};

/// Reads the groups, in the order in which they are described.
pub(super) fn read(
    root: &DeTable<'_>,
    steps: &[&DeTable<'_>],
    scope: &StepScope,
    problems: &mut Vec<Problem>,
) -> Vec<Group> {
    let empty = DeTable::new();
    let described = root
        .get("group")
        .and_then(|groups| groups.get_ref().as_table());
    let described = described.unwrap_or(&empty);
    let members: Vec<Option<(String, Span)>> = steps.iter().map(|step| member(step)).collect();
    undescribed(described, &members, problems);
    scattered(&members, problems);
    let mut groups = Vec::new();
    for (name, value) in described {
        let (word, span) = (name.get_ref().as_ref(), name.span());
        let Some(table) = value
            .get_ref()
            .as_table()
            .filter(|_| !word.starts_with(OWN))
        else {
            continue;
        };
        let last = members
            .iter()
            .rposition(|group| is_in(group.as_ref(), word));
        let Some(last) = last else {
            let message = format!("no step belongs to group `{}`", word.escape_debug());
            problems.push(Problem::new(Code::UnusedGroup, span, message).help(format!(
                "write group = \"{}\" in its steps, or take it out",
                word.escape_debug()
            )));
            continue;
        };
        let until = table.get("repeat_until");
        let until = until.and_then(|until| condition::read(until, scope, last + 1, problems));
        groups.extend(until.map(|repeat_until| Group {
            name: word.to_string(),
            repeat_until,
            at_most: count(table, "at_most").unwrap_or(1).max(1),
            swap: flag(table, "swap"),
            each_promise: table.contains_key("each"),
            unasked: list(table, "unasked").iter().filter_map(as_text).collect(),
        }));
    }
    groups
}

fn member(step: &DeTable<'_>) -> Option<(String, Span)> {
    Some((text(step, "group")?, step.get("group")?.span()))
}

fn is_in(member: Option<&(String, Span)>, name: &str) -> bool {
    member.is_some_and(|(group, _)| group == name)
}

fn undescribed(
    described: &DeTable<'_>,
    members: &[Option<(String, Span)>],
    problems: &mut Vec<Problem>,
) {
    let known = || described.keys().map(|name| name.get_ref().as_ref());
    let mut told: Vec<&str> = Vec::new();
    for (name, span) in members.iter().flatten() {
        // A group that is not described is told of once, at its first step.
        if known().any(|known| known == name) || told.contains(&name.as_str()) {
            continue;
        }
        told.push(name);
        let name = name.escape_debug();
        let message = format!("group `{name}` has no table");
        let help = match did_you_mean(&name.to_string(), known()) {
            Some(question) => question,
            None => {
                format!("add [group.{name}] with repeat_until and at_most above the first [[step]]")
            }
        };
        problems.push(Problem::new(Code::UnknownGroup, span.clone(), message).help(help));
    }
}

fn scattered(members: &[Option<(String, Span)>], problems: &mut Vec<Problem>) {
    for (index, member) in members.iter().enumerate() {
        let Some((name, span)) = member else {
            continue;
        };
        let last = members[..index]
            .iter()
            .rposition(|earlier| is_in(earlier.as_ref(), name));
        let Some(last) = last.filter(|last| last + 1 < index) else {
            continue;
        };
        let first = members[last].as_ref().map(|(_, span)| span.clone());
        let message = format!(
            "the steps of group `{}` aren’t next to each other",
            name.escape_debug()
        );
        let problem = Problem::new(Code::ScatteredGroup, span.clone(), message)
            .help("move this step up to the others, or take it out of the group");
        problems.push(match first {
            Some(first) => problem.second(first, "the others are here"),
            None => problem,
        });
    }
}
