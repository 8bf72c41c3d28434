//! `trust-coach review`: feedback on a text from a file or standard input.

use std::io::{self, Read};
use std::path::{Path, PathBuf};

use clap::ValueEnum;
use clap::builder::PossibleValuesParser;
use serde_json::json;

use crate::error::{Error, Exit, Result};
use crate::format::did_you_mean;
use crate::home::rules::own;
use crate::home::world::World;
use crate::input::{self, InputError};
use crate::review::report;
use crate::review::{
    Finding, LONG_TEXT, MISSES, MISSING, MOST_MISSED, Review, RuleKind, Rules, Subject,
};
use crate::safety::SafetyTexts;
use crate::text::json;
use crate::text::language::Language;
use crate::text::{inert, width, with_unseen_sequences, wrap};

/// Look over something you wrote, and say what the rules notice
///
/// Nothing is sent or saved. The rules can be wrong: you know what you meant. They never write for
/// you.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// The file; `-` or no name is standard input
    #[arg(value_name = "FILE")]
    file: Option<PathBuf>,
    /// What kind of text it is
    #[arg(long = "as", value_name = "SUBJECT", value_parser = PossibleValuesParser::new(Subject::ALL.map(|(_, name)| name)))]
    subject: Option<String>,
    /// What the other person said, in a file: for reflections
    #[arg(long, value_name = "FILE")]
    about: Option<PathBuf>,
    /// Print JSON
    #[arg(long)]
    json: bool,
    /// List the rules
    #[arg(long, conflicts_with_all = ["file", "explain"])]
    rules: bool,
    /// Explain a rule: what it looks for, why, and examples
    #[arg(long, value_name = "RULE", conflicts_with = "file")]
    explain: Option<String>,
    /// Only these rules, separated by commas
    #[arg(long, value_name = "RULES", value_delimiter = ',')]
    only: Vec<String>,
    /// All but these rules, separated by commas
    #[arg(
        long,
        value_name = "RULES",
        value_delimiter = ',',
        conflicts_with = "only"
    )]
    without: Vec<String>,
    /// Exit with 6 if there is one
    #[arg(long, value_enum, value_name = "WHAT", value_delimiter = ',')]
    fail_on: Vec<FailOn>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum FailOn {
    /// A mark: something that hurts
    Mark,
    /// A part that wasn’t found
    Missing,
}

/// Longer texts are not read.
const MOST_BYTES: u64 = 8 * 1024 * 1024;

/// Reviews a text, or tells about the rules.
pub fn run(args: &Args, world: &mut World<'_>) -> Result<Exit> {
    let subject = args.subject.as_deref().and_then(Subject::from_name);
    if args.rules {
        return list(subject, args.json, world);
    }
    if let Some(rule) = &args.explain {
        return explain(rule, subject, world);
    }
    let subject = subject.ok_or_else(|| {
        let names = Subject::ALL.map(|(_, name)| name).join(", ");
        Error::usage("the kind of text is needed")
            .hint(format!("add --as SUBJECT, one of: {names}"))
    })?;
    let text = args.text(world)?;
    let about = args.about.as_deref().map(read).transpose()?;
    let rules = Rules::for_text(subject, own(world), &text, about.as_deref());
    args.know(&rules)?;
    let review = rules.review(&text, about.as_deref());
    let findings = review.findings.iter();
    let findings: Vec<&Finding> = findings.filter(|finding| args.wants(finding)).collect();
    if args.json {
        world.print(&json::pretty(&report::json(
            subject.name(),
            &review,
            &findings,
        )))?;
    } else {
        world.print(&shown(&text, &review, &findings, &rules, world))?;
    }
    Ok(args.exit(&findings))
}

impl Args {
    /// That every rule named exists.
    fn know(&self, rules: &Rules) -> Result<()> {
        for name in self.only.iter().chain(&self.without) {
            let bare = name.strip_prefix(MISSING).unwrap_or(name);
            if !rules.texts().any(|rule| rule.id == bare) {
                let ids = rules.texts().map(|rule| &*rule.id);
                return Err(unknown(name, did_you_mean(bare, ids), rules.subject()));
            }
        }
        Ok(())
    }

    fn text(&self, world: &World<'_>) -> Result<String> {
        match self.file.as_deref() {
            Some(path) if path != Path::new("-") => read(path),
            None if world.terminal.stdin => Err(Error::usage("there’s no text to look at")
                .hint("name a file, or `-` to type it here and end with Ctrl-D")),
            _ => text_of(io::stdin(), "standard input"),
        }
    }

    fn wants(&self, finding: &Finding) -> bool {
        let bare = finding.rule.strip_prefix(MISSING).unwrap_or(&finding.rule);
        let named = |rules: &[String]| {
            rules
                .iter()
                .any(|rule| *rule == finding.rule || rule == bare)
        };
        (self.only.is_empty() || named(&self.only)) && !named(&self.without)
    }

    fn exit(&self, findings: &[&Finding]) -> Exit {
        let has = |kind| findings.iter().any(|finding| finding.kind == kind);
        let fails = self.fail_on.iter().any(|on| match on {
            FailOn::Mark => has(RuleKind::Mark),
            FailOn::Missing => has(RuleKind::Part),
        });
        if fails { Exit::Found } else { Exit::Done }
    }
}

fn read(path: &Path) -> Result<String> {
    let name = path.to_string_lossy();
    let file = input::open(path).map_err(|error| unreadable(&name, &error))?;
    text_of(file, &name)
}

fn text_of(stream: impl Read, name: &str) -> Result<String> {
    let bytes = input::read_bytes(stream, MOST_BYTES);
    // A mark stays: places in the text are places in the file.
    let mark = "\u{feff}";
    let marked = bytes
        .as_ref()
        .is_ok_and(|bytes| bytes.starts_with(mark.as_bytes()));
    let text = bytes.and_then(input::decode);
    let text = text.map_err(|error| unreadable(name, &error))?;
    let text = with_unseen_sequences(&text);
    Ok(if marked {
        format!("{mark}{text}")
    } else {
        text.into_owned()
    })
}

fn unreadable(name: &str, error: &InputError) -> Error {
    match error {
        InputError::Io(error) => Error::failed(format!("could not read {name}")).because(error),
        InputError::NotFile => Error::failed(format!("could not read {name}: {error}")),
        InputError::TooLarge(_) => Error::failed(format!("{name} is larger than 8 MB"))
            .hint("pass only the part you want looked at"),
        InputError::Nul | InputError::Encoding(_) => Error::failed(format!("{name}: {error}"))
            .hint("save it as plain text, in UTF-8, and try again"),
    }
}

fn unknown(name: &str, near: Option<String>, subject: Subject) -> Error {
    let error = Error::usage(format!("there’s no rule “{name}” for {}", subject.name()));
    match near {
        Some(question) => error.hint(question),
        None => error.hint(format!(
            "trust-coach review --rules --as {}",
            subject.name()
        )),
    }
}

/// The one line that is said of a text after which help is worth offering.
pub(super) fn soft_line(review: &Review) -> Option<String> {
    let texts = SafetyTexts::built_in(Language::English);
    let line = match review {
        Review { heavy: true, .. } => texts.heavy,
        Review { control: true, .. } => texts.control,
        _ => return None,
    };
    Some(line.replace("/support", "trust-coach support"))
}

/// What a person reads.
fn shown(
    text: &str,
    review: &Review,
    findings: &[&Finding],
    rules: &Rules,
    world: &World<'_>,
) -> String {
    let wide = width(world.terminal.columns);
    let say = |line: &str| wrap(line, wide).join("\n") + "\n";
    if review.words == 0 {
        return say(NO_WORDS);
    }
    if let Some(line) = soft_line(review) {
        return say(&line) + &say(NOT_LOOKED_AT);
    }
    if !review.english {
        return say(NOT_ENGLISH);
    }
    let mut blocks = Vec::new();
    for found in findings
        .iter()
        .filter(|finding| finding.kind == RuleKind::Mark)
    {
        blocks.push(if world.terminal.plain {
            report::sentences(text, found, wide)
        } else {
            report::marked(text, found, wide)
        });
    }
    if blocks.is_empty() {
        blocks.push(say(NO_MARKS));
    }
    let there = review.parts.iter().filter(|(_, there)| *there);
    let names: Vec<&str> = there
        .filter_map(|(id, _)| rules.texts().find(|rule| rule.id == *id))
        .map(|rule| &*rule.name)
        .collect();
    if !names.is_empty() {
        blocks.push(say(&format!("Found: {}.", names.join("; "))));
    }
    let missing = findings
        .iter()
        .filter(|finding| finding.kind == RuleKind::Part)
        .take(MOST_MISSED);
    let missing: String = missing.map(|found| report::missing(found, wide)).collect();
    if !missing.is_empty() {
        blocks.push(say(NOT_FOUND) + &missing);
    } else if review.words > LONG_TEXT {
        blocks.push(say(MISSES));
    }
    blocks.join("\n")
}

fn list(subject: Option<Subject>, as_json: bool, world: &mut World<'_>) -> Result<Exit> {
    let subjects: Vec<Subject> = Subject::ALL
        .iter()
        .map(|(known, _)| *known)
        .filter(|known| subject.is_none_or(|wanted| wanted == *known))
        .collect();
    let own = own(world);
    let with = |subject| Rules::with(subject, own.iter().cloned());
    let all: Vec<Rules> = subjects.into_iter().map(with).collect();
    if as_json {
        let objects = all.iter().flat_map(|rules| {
            let name = rules.subject().name();
            rules
                .listed()
                .filter(|(_, _, silent)| !silent)
                .map(move |(rule, own, _)| report::rule_json(name, rule, own))
        });
        let value = json!({ "format": "1.0", "rules": objects.collect::<Vec<_>>() });
        return world.print(&json::pretty(&value)).map(|()| Exit::Done);
    }
    let wide = width(world.terminal.columns);
    let mut blocks = Vec::new();
    for rules in &all {
        for (kind, title) in [(RuleKind::Part, PARTS), (RuleKind::Mark, MARKS)] {
            let of_kind = rules.texts().filter(|rule| rule.kind == kind);
            let lines: String = of_kind.map(|rule| report::rule_line(rule, wide)).collect();
            if !lines.is_empty() {
                blocks.push(format!("{}: {title}\n{lines}", rules.subject().name()));
            }
        }
    }
    world.print(&blocks.join("\n"))?;
    Ok(Exit::Done)
}

fn explain(name: &str, subject: Option<Subject>, world: &mut World<'_>) -> Result<Exit> {
    let bare = name.strip_prefix(MISSING).unwrap_or(name);
    let wide = width(world.terminal.columns);
    let own = own(world);
    let all: Vec<Rules> = Subject::ALL
        .iter()
        .filter(|(known, _)| subject.is_none_or(|wanted| wanted == *known))
        .map(|(known, _)| Rules::with(*known, own.iter().cloned()))
        .collect();
    let named = |rules: &&Rules| rules.texts().any(|rule| rule.id == bare);
    let blocks: Vec<String> = all
        .iter()
        .filter(named)
        .flat_map(|rules| {
            let of_name = rules.texts().filter(|rule| rule.id == bare);
            of_name.map(|rule| report::explained(rules.subject(), rule, wide))
        })
        .collect();
    if blocks.is_empty() {
        let ids = all
            .iter()
            .flat_map(|rules| rules.texts().map(|rule| &*rule.id));
        let error = Error::usage(format!("there’s no rule “{name}”"));
        return Err(match did_you_mean(bare, ids) {
            Some(question) => error.hint(question),
            None => error.hint("trust-coach review --rules"),
        });
    }
    world.print(&inert(&blocks.join("\n\n")))?;
    Ok(Exit::Done)
}

const PARTS: &str = "what a good text has";
const MARKS: &str = "what hurts";
const NOT_LOOKED_AT: &str = "The rest of it wasn’t looked over.";
const NO_WORDS: &str = "There are no words in it to look at.";
const NOT_ENGLISH: &str =
    "This doesn’t look like English. The rules only know English, so they say nothing here.";
const NO_MARKS: &str = "The rules found nothing to ask about.";
const NOT_FOUND: &str = "Not found. Rules miss things, and not every text needs all of this:";
