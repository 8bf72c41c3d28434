//! What the rules of a file mean: whether their patterns can be read, what they refer to, and how
//! their examples come out. Reports everything it finds, so that an author mends a file in one go.

use super::build::{RuleError, RuleFault};
use super::keys::{CONTROL, HEAVY, WORDS};
use super::parse::{OwnRules, RulesReading, read};
use super::pattern::MOST_TOKENS;
use super::rules::Rules;
use super::{RuleKind, Subject};
use crate::format::problem::{Code, Problem, any_error, in_order};
use crate::format::{did_you_mean, nearest};

/// Reads a rules file of the person's own.
///
/// # Errors
///
/// Everything that is wrong with it but its examples, in the order of the text.
pub fn own(text: &str) -> Result<OwnRules, Vec<Problem>> {
    let (read, mut problems) = read(text);
    if !any_error(&problems) {
        rules(&read, &mut problems);
    }
    if any_error(&problems) || read.file.built_in {
        return Err(problems);
    }
    Ok(OwnRules(read.file))
}

/// Everything that is wrong with a rules file, its examples included, in the order of the text.
pub fn check(text: &str) -> Vec<Problem> {
    let (read, mut problems) = read(text);
    if !any_error(&problems) {
        let rules = rules(&read, &mut problems);
        if !any_error(&problems) {
            examples(&read, &rules, &mut problems);
        }
    }
    in_order(problems)
}

/// Builds the rules of a file on top of those it can rely on, and reports what does not fit.
fn rules(read: &RulesReading, problems: &mut Vec<Problem>) -> Rules {
    let file = &read.file;
    if !file.built_in && matches!(&*file.subject, WORDS | HEAVY | CONTROL) {
        let span = read.place(&file.subject, 0);
        let message = format!("only the program itself can have `{}`", file.subject);
        let names = Subject::ALL.map(|(_, name)| name).join(", ");
        problems.push(
            Problem::new(Code::UnknownWord, span, message)
                .help(format!("your own rules can be for: {names}")),
        );
    }
    let rules = Rules::with_file(file);
    for wrong in rules.wrong() {
        problems.push(problem(read, wrong, &rules));
    }
    for (number, rule) in file.rules.iter().enumerate() {
        let start = read.rule(number);
        if rule.passes.len() < rule.caught.len() {
            let message = format!(
                "rule `{}` has {} near misses for {} catches",
                rule.id,
                rule.passes.len(),
                rule.caught.len()
            );
            problems.push(
                Problem::new(Code::FewPasses, read.place(&rule.id, start), message)
                    .help("a false alarm costs more than silence: add to examples.passes"),
            );
        }
        if rule.excepts() && rule.excepted.is_empty() {
            let message = format!("rule `{}` has no example of what isn’t meant", rule.id);
            problems.push(
                Problem::new(Code::Empty, read.place(&rule.id, start), message)
                    .help("add to examples.excepted"),
            );
        }
        if rule.caught.is_empty() {
            let message = format!("rule `{}` has no example that it catches", rule.id);
            problems.push(
                Problem::new(Code::Empty, read.place(&rule.id, start), message)
                    .help("add to examples.caught"),
            );
        }
    }
    rules
}

/// Runs the examples of a file's rules.
fn examples(read: &RulesReading, rules: &Rules, problems: &mut Vec<Problem>) {
    for (id, example) in rules.needless_exceptions() {
        let number = read.file.rules.iter().position(|rule| rule.id == id);
        let span = read.place(&example, read.rule(number.unwrap_or_default()));
        let message = format!("rule `{id}` finds nothing here without `except` either");
        problems.push(
            Problem::new(Code::ExampleFails, span, message)
                .help("write a text that its patterns find, and `except` lets go"),
        );
    }
    for miss in rules.misses() {
        let mut numbered = read.file.rules.iter().enumerate();
        let Some((number, rule)) = numbered.find(|(_, rule)| rule.id == miss.rule) else {
            continue;
        };
        let span = read.place(&miss.example, read.rule(number));
        let (message, help) = match (miss.wanted, rule.kind) {
            (true, _) => (
                format!("rule `{}` doesn’t find this", miss.rule),
                "fix its patterns, or look at what cancels them",
            ),
            (false, RuleKind::Mark) => (
                format!("rule `{}` finds something here, but shouldn’t", miss.rule),
                "add to `unless` what makes it innocent",
            ),
            (false, RuleKind::Part) => (
                format!("rule `{}` takes this for the part, but it isn’t", miss.rule),
                "make its patterns narrower, or add to `unless`",
            ),
        };
        problems.push(Problem::new(Code::ExampleFails, span, message).help(help));
    }
}

fn problem(read: &RulesReading, wrong: &RuleError, rules: &Rules) -> Problem {
    let start = wrong.rule.map_or(0, |number| read.rule(number));
    let list = matches!(wrong.what, RuleFault::Taken | RuleFault::Twice) && wrong.rule.is_none();
    let span = list.then(|| read.list(&wrong.text)).flatten();
    let span = span.unwrap_or_else(|| read.place(&wrong.text, start));
    let new = |code, message: String| Problem::new(code, span.clone(), message);
    match &wrong.what {
        RuleFault::UnknownList(name) => {
            let message = format!("there’s no list `{name}` up to here");
            let problem = new(Code::UnknownName, message);
            match nearest(name, rules.list_names()) {
                Some(near) => problem.help(format!("did you mean `@{near}`?")),
                None => problem.help("lists go below [lists], before what uses them"),
            }
        }
        RuleFault::UnknownRule(id) => {
            let problem = new(
                Code::UnknownName,
                format!("there’s no rule `{id}` up to here"),
            );
            let ids = rules.texts().map(|rule| &*rule.id);
            match did_you_mean(id, ids) {
                Some(question) => problem.help(question),
                None => problem.help("a rule can ask about the rules above it"),
            }
        }
        RuleFault::UnknownCode => new(
            Code::UnknownName,
            format!("there’s no code `{}`", wrong.text),
        )
        .help("leave out `code`, and write patterns"),
        RuleFault::TooLong(count) => {
            let message = format!("this pattern has {count} tokens");
            new(Code::BadPattern, message).help(format!("at most {MOST_TOKENS}; split it"))
        }
        RuleFault::BadToken(token) => {
            let message = format!("`{token}` means nothing in a pattern");
            new(Code::BadPattern, message).help(TOKENS)
        }
        RuleFault::BadMarker => new(
            Code::BadPattern,
            String::from("the marker isn’t closed, or there are two"),
        )
        .help("`<` and `>` stand once each, around what’s to be underlined"),
        RuleFault::TooMany => new(
            Code::BadPattern,
            String::from("this stands for more than a thousand patterns"),
        )
        .help("take some of the alternatives out, or make a list of them"),
        RuleFault::NothingToFind => {
            let message = String::from("there’s nothing to look for here");
            new(Code::BadPattern, message)
                .help("a pattern begins with a word or a list, and has one that must be there")
        }
        RuleFault::BadPlace => new(
            Code::BadPattern,
            String::from("this doesn’t say where to look"),
        )
        .help(PLACES),
        RuleFault::Taken => {
            let message = format!("`{}` is built in", wrong.text);
            new(Code::Taken, message).help("choose a name of your own; `silence` turns a rule off")
        }
        RuleFault::Twice => new(
            Code::DuplicateId,
            format!("`{}` is there twice", wrong.text),
        )
        .help("each needs a name of its own"),
    }
}

const TOKENS: &str = "a word, one|other, ~go for every form of a verb, @list, *3 for up to three words, ^ and $ for the ends of a sentence, \
    $? for the end of a question, a comma where a part of it begins or ends; a ? after a word or a list \
    that may be left out";
const PLACES: &str = "begin with `before 3:`, `after 3:`, `within:`, `sentence:`, `text:`, `about:` or \
    `rule:`";
