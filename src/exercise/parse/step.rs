//! What the exercise means: steps in order, each checked against those before it.

use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::quote::{TextSite, VisibleWhen};
use super::reach::answered;
use super::scope::StepScope;
use super::{answer, condition, group, head, reach, two};
use crate::exercise::{
    AnswerOption, Answerer, Asking, Condition, Exercise, LineLimit, OTHER, Participation, PoolItem,
    PromiseSources, Step, StepKind, Template,
};
use crate::format::problem::{Code, Problem, Span};
use crate::format::read::{self, as_text, count, flag, list, number, tables, text};
use crate::text::columns;

/// The widest name that fits everywhere it is shown.
const NAME_COLUMNS: usize = 24;

/// Reads an exercise whose tree is whole, and reports everything that it cannot mean.
pub(super) fn exercise(
    id: &str,
    text: &str,
    root: &DeTable<'_>,
    problems: &mut Vec<Problem>,
) -> Exercise {
    let steps: Vec<_> = tables(root, "step").collect();
    let ids = ids(steps.iter().copied(), "id");
    let before = self::ids(steps.iter().copied(), "was");
    repeated(&[ids.clone(), before].concat(), "step", problems);
    let mut reading = StepReader {
        text,
        scope: StepScope::new(ids.into_iter(), head::is_for_two(root)),
        problems,
    };
    for (index, table) in steps.iter().enumerate() {
        let step = reading.step(index, table);
        reading.scope.push(step);
    }
    let StepReader {
        scope, problems, ..
    } = reading;
    let closing = TextSite {
        scope: &scope,
        text,
        before: steps.len(),
        shown: VisibleWhen::AtTheEnd,
        alone: false,
    };
    closing.check(root, &["closing"], problems);
    let groups = group::read(root, &steps, &scope, problems);
    two::check(root, &steps, &scope, &groups, problems);
    Exercise {
        head: head::head(id, root),
        opening: read::text(root, "opening").unwrap_or_default(),
        closing: template(root, "closing").unwrap_or_default(),
        caution: read::text(root, "caution"),
        sources: head::sources(root),
        groups,
        steps: scope.into_steps(),
    }
}

/// The ids of some tables under a key, with their index and place.
fn ids<'a>(tables: impl Iterator<Item = &'a DeTable<'a>>, key: &str) -> Vec<(usize, String, Span)> {
    tables
        .enumerate()
        .filter_map(|(index, table)| Some((index, text(table, key)?, table.get(key)?.span())))
        .collect()
}

/// Reports every id that an earlier table has already.
fn repeated(ids: &[(usize, String, Span)], what: &str, problems: &mut Vec<Problem>) {
    for (at, (_, id, span)) in ids.iter().enumerate() {
        if let Some((_, _, first)) = ids[..at].iter().find(|(_, earlier, _)| earlier == id) {
            let message = format!("the {what} id `{}` is used twice", id.escape_debug());
            problems.push(
                Problem::new(Code::DuplicateId, span.clone(), message)
                    .second(first.clone(), "first used here")
                    .help("answers are stored under ids, so each needs its own"),
            );
        }
    }
}

struct StepReader<'a> {
    text: &'a str,
    scope: StepScope,
    problems: &'a mut Vec<Problem>,
}

impl StepReader<'_> {
    /// Reads the step at `index`; none when its kind or id is not known.
    fn step(&mut self, index: usize, table: &DeTable<'_>) -> Option<Step> {
        let id = text(table, "id");
        let when = table.get("when");
        let when = when.and_then(|when| self.when(when, index));
        let participation = participation(table);
        let kind = text(table, "kind").and_then(|kind| StepKind::from_name(&kind));
        let site = TextSite {
            scope: &self.scope,
            text: self.text,
            before: index,
            shown: match (&when, table.contains_key("when")) {
                (None, true) => VisibleWhen::Unclear,
                (when, _) => VisibleWhen::WithStep(when.as_ref()),
            },
            alone: participation.by != Answerer::Both || kind == Some(StepKind::Share),
        };
        site.check(table, &["prompt", "why", "hints"], self.problems);
        let kind = kind?;
        let ask = self.asking(kind, index, table);
        let mut step = Step {
            id: id?,
            was: text(table, "was"),
            ask,
            when,
            group: text(table, "group"),
            prompt: template(table, "prompt").unwrap_or_default(),
            name: text(table, "name"),
            why: template(table, "why"),
            hints: list(table, "hints")
                .iter()
                .filter_map(as_text)
                .map(|hint| Template::parse(&hint).0)
                .collect(),
            optional: flag(table, "optional"),
            default: None,
            pin: flag(table, "pin"),
            sensitive: flag(table, "sensitive"),
            unmarked: flag(table, "unmarked"),
            help: flag(table, "help"),
            remember: text(table, "remember"),
            once: flag(table, "once"),
            participation,
        };
        self.name(table);
        self.sure_of_words(&step, index, table);
        if let Some(default) = table.get("default") {
            step.default = answer::default(default, &step, self.problems);
        }
        Some(step)
    }

    fn when(&mut self, value: &read::SpannedValue<'_>, index: usize) -> Option<Condition> {
        let condition = condition::read(value, &self.scope, index, self.problems)?;
        if !reach::possible(&condition, &self.scope, index) {
            let message = "this condition is never true, so the step is never shown";
            self.problems
                .push(Problem::new(Code::Unreachable, value.span(), message).help(
                    "look for two tests that rule each other out, here or in the steps it tests",
                ));
            return None;
        }
        Some(condition)
    }

    fn name(&mut self, table: &DeTable<'_>) {
        let (Some(name), Some(value)) = (text(table, "name"), table.get("name")) else {
            return;
        };
        let wide = columns(&name);
        if wide > NAME_COLUMNS {
            let message =
                format!("a name can have {NAME_COLUMNS} columns at most, and this has {wide}");
            self.problems.push(
                Problem::new(Code::TooWide, value.span(), message)
                    .help("two or three words are enough"),
            );
        }
    }

    fn asking(&mut self, kind: StepKind, index: usize, table: &DeTable<'_>) -> Asking {
        let review = text(table, "review");
        match kind {
            StepKind::Say => Asking::Say {
                change: self.source_text(table, "change", index),
            },
            StepKind::Write => Asking::Write {
                lines: match text(table, "lines").as_deref() {
                    Some("one") => LineLimit::One,
                    _ => LineLimit::Many,
                },
                min_words: count(table, "min_words"),
                review,
                about: self.source_text(table, "about", index),
                of_promise: table.contains_key("promise"),
            },
            StepKind::Choose => {
                let other = flag(table, "other");
                if let Some(span) = place(table, "once").filter(|_| !table.contains_key("remember"))
                {
                    self.crossed(
                        span,
                        String::from("`once` needs a name to `remember` it under"),
                    );
                }
                Asking::Choose {
                    options: self.options(table, other),
                    other,
                    verdict: table.contains_key("promise"),
                }
            }
            StepKind::Pick => self.pick(table),
            StepKind::Rate => self.rate(table),
            StepKind::Confirm => Asking::Confirm,
            StepKind::Date => Asking::Date,
            StepKind::Draw => Asking::Draw {
                pool: self.pool(table),
                review,
            },
            StepKind::Compose => Asking::Compose {
                from: tables(table, "from")
                    .filter_map(|part| self.source_text(part, "use", index))
                    .collect(),
                headings: flag(table, "headings"),
                review,
            },
            StepKind::Promise => Asking::Promise(PromiseSources {
                what: self.source_text(table, "what", index).unwrap_or_default(),
                to: self.source_text(table, "to", index),
                if_then: self.source_text(table, "if_then", index),
                until: self.source_day(table, "until", index),
                look: self.source_day(table, "look", index),
                follows: flag(table, "follows"),
            }),
            StepKind::Share => Asking::Share {
                of: two::shared(table, &self.scope, index, self.problems),
            },
        }
    }

    /// Reports a promise that can be asked about when nobody has said what is promised.
    fn sure_of_words(&mut self, step: &Step, index: usize, table: &DeTable<'_>) {
        let Asking::Promise(PromiseSources { what, .. }) = &step.ask else {
            return;
        };
        let unclear = step.when.is_none() && table.contains_key("when");
        let sure = answered(step.when.as_ref(), &self.scope, index);
        if what.is_empty() || unclear || sure.contains(&what.as_str()) {
            return;
        }
        let message = format!("there may be no answer to `{what}`: any step can be skipped");
        let span = place(table, "what").unwrap_or_default();
        self.problems.push(
            Problem::new(Code::UnsurePromise, span, message).help(format!(
                "show the step only when = {{ step = \"{what}\", answered = true }}"
            )),
        );
    }

    /// The earlier step under `key`, whose answer must be a day.
    fn source_day(&mut self, table: &DeTable<'_>, key: &str, index: usize) -> Option<String> {
        let (id, span) = (text(table, key)?, table.get(key)?.span());
        match self.scope.find(&id, index, &span) {
            Ok(step) if step.kind() == StepKind::Date => return Some(id),
            Ok(step) => {
                let message = format!("step `{id}` ({}) gives no day", step.kind().name());
                let problem = Problem::new(Code::NotADay, span, message);
                self.problems.push(problem.help("name a step of kind date"));
            }
            Err(problem) => self.problems.extend(problem),
        }
        None
    }

    /// The earlier step under `key`, whose answer must be the person's own text.
    fn source_text(&mut self, table: &DeTable<'_>, key: &str, index: usize) -> Option<String> {
        let (id, span) = (text(table, key)?, table.get(key)?.span());
        match self.scope.find(&id, index, &span) {
            Ok(step) if step.kind().gives_text() => return Some(id),
            Ok(step) => {
                let kind = step.kind().name();
                let message = format!("step `{id}` ({kind}) has no text of their own");
                self.problems.push(
                    Problem::new(Code::NotAText, span, message)
                        .help("name a step of kind write, draw or compose"),
                );
            }
            Err(problem) => self.problems.extend(problem),
        }
        None
    }

    fn options(&mut self, table: &DeTable<'_>, other: bool) -> Vec<AnswerOption> {
        let ids = ids(tables(table, "options"), "id");
        repeated(&ids, "option", self.problems);
        for (_, _, span) in ids.iter().filter(|(_, id, _)| other && id == OTHER) {
            let message = format!("`{OTHER}` already means what they type themselves");
            self.problems.push(
                Problem::new(Code::ReservedOption, span.clone(), message)
                    .help("give this option another id, or leave out other = true"),
            );
        }
        tables(table, "options")
            .map(|option| AnswerOption {
                id: text(option, "id").unwrap_or_default(),
                label: text(option, "label").unwrap_or_default(),
                note: text(option, "note"),
            })
            .collect()
    }

    fn pick(&mut self, table: &DeTable<'_>) -> Asking {
        let options = self.options(table, false);
        let all = u32::try_from(options.len()).unwrap_or(u32::MAX);
        let (min, max) = (count(table, "min"), count(table, "max"));
        if let Some(span) = place(table, "max").filter(|_| max.is_some_and(|max| max > all)) {
            self.crossed(
                span,
                format!("`max` is more than the {all} options there are"),
            );
        }
        let most = max.unwrap_or(all).min(all);
        if let Some(span) = place(table, "min").filter(|_| min.is_some_and(|min| min > most)) {
            self.crossed(
                span,
                format!("`min` is more than the {most} that can be picked"),
            );
        }
        Asking::Pick {
            options,
            min: min.unwrap_or(1),
            max: most,
        }
    }

    fn rate(&mut self, table: &DeTable<'_>) -> Asking {
        let (from, to) = (number(table, "from"), number(table, "to"));
        if let (Some(from), Some(to), Some(span)) = (from, to, place(table, "to"))
            && from >= to
        {
            self.crossed(span, format!("`to` must be above `from`, which is {from}"));
        }
        Asking::Rate {
            from: from.unwrap_or_default(),
            to: to.unwrap_or_default(),
            low: text(table, "low"),
            high: text(table, "high"),
            measure: text(table, "measure"),
            up_is_better: text(table, "better").map(|end| end == "up"),
        }
    }

    fn crossed(&mut self, span: Span, message: String) {
        self.problems
            .push(Problem::new(Code::Crossed, span, message));
    }

    fn pool(&mut self, table: &DeTable<'_>) -> Vec<PoolItem> {
        repeated(&ids(tables(table, "pool"), "id"), "item", self.problems);
        tables(table, "pool")
            .map(|item| PoolItem {
                id: text(item, "id").unwrap_or_default(),
                text: text(item, "text").unwrap_or_default(),
                depth: count(item, "depth").unwrap_or(1),
                not_for: list(item, "not_for").iter().filter_map(as_text).collect(),
            })
            .collect()
    }
}

/// A text that may quote answers; what is wrong with its braces is checked where it matters.
fn template(table: &DeTable<'_>, key: &str) -> Option<Template> {
    text(table, key).map(|text| Template::parse(&text).0)
}

/// Who answers, and what stays closed.
fn participation(table: &DeTable<'_>) -> Participation {
    let by = text(table, "by").and_then(|by| Answerer::from_id(&by));
    Participation {
        by: by.unwrap_or_default(),
        seal: flag(table, "seal"),
        guess: text(table, "guess"),
        seconds: count(table, "seconds"),
    }
}

/// Where the value of a key stands.
fn place(table: &DeTable<'_>, key: &str) -> Option<Span> {
    table.get(key).map(Spanned::<DeValue<'_>>::span)
}
