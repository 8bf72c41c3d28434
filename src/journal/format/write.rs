//! A session to text. The order is written by hand: what a person looks for stands first, and
//! nothing of the head may come after the answers.

use toml::{Table, Value as Toml};

use super::text::{array, inline, key, plain, string, value};
use super::{ANSWERS, FORMAT};
use crate::exercise::StepKind;
use crate::session::{Answer, AnswerVersion, Moment, Outcome, Session, SessionNote, StoredFinding};

const COMMENT: &str = "# trust-coach session. Edit freely; comments are not kept.";

/// The text of a session's file. [`super::from_text`] gives back an equal session, as long as every
/// value fits its answer's kind and no unknown key has the name of a known one; who saves compares.
pub fn to_text(session: &Session) -> String {
    let mut out = TomlLines(format!("{COMMENT}\n"));
    head(&mut out, session);
    for note in &session.notes {
        out.header("[[notes]]");
        self::note(&mut out, note);
    }
    for (name, inner) in &session.extra {
        tables(&mut out, &key(name), inner);
    }
    for answer in &session.answers {
        out.header(ANSWERS);
        self::answer(&mut out, answer);
    }
    out.0
}

/// Lines of a file as they are added.
struct TomlLines(String);

impl TomlLines {
    fn header(&mut self, header: &str) {
        self.0.push('\n');
        self.0.push_str(header);
        self.0.push('\n');
    }

    fn pair(&mut self, name: &str, written: &str) {
        for part in [&key(name), " = ", written, "\n"] {
            self.0.push_str(part);
        }
    }

    fn text(&mut self, name: &str, text: &str) {
        self.pair(name, &string(text));
    }

    fn maybe(&mut self, name: &str, text: Option<&str>) {
        if let Some(text) = text {
            self.text(name, text);
        }
    }

    fn flag(&mut self, name: &str, set: bool) {
        if set {
            self.pair(name, "true");
        }
    }

    fn all(&mut self, table: &Table) {
        for (name, inner) in table {
            self.pair(name, &value(inner));
        }
    }
}

fn head(out: &mut TomlLines, session: &Session) {
    out.pair("format", &FORMAT.to_string());
    out.text("id", &session.id);
    out.text("exercise", &session.exercise);
    out.pair("exercise_version", &session.exercise_version.to_string());
    out.text("title", &session.title);
    out.text("lang", &session.lang);
    out.text("state", session.state.name());
    out.text("started", &session.started.0);
    out.maybe("ended", session.ended.as_ref().map(|at| at.0.as_str()));
    out.pair("seed", &session.seed.to_string());
    out.maybe("at", session.at.as_deref());
    out.pair("tags", &array(session.tags.iter().map(|tag| string(tag))));
    for (name, inner) in &session.extra {
        if !is_tables(inner) {
            out.pair(name, &value(inner));
        }
    }
}

fn note(out: &mut TomlLines, note: &SessionNote) {
    out.text("at", &note.at.0);
    out.text("text", &note.text);
    out.all(&note.extra);
}

/// Whether a value reads best under a header of its own. Such a one must come after the plain keys.
fn is_tables(value: &Toml) -> bool {
    match value {
        Toml::Table(_) => true,
        Toml::Array(items) => !items.is_empty() && items.iter().all(Toml::is_table),
        _ => false,
    }
}

fn tables(out: &mut TomlLines, name: &str, value: &Toml) {
    match value {
        Toml::Table(table) if !table.is_empty() && table.values().all(Toml::is_table) => {
            for (inner, value) in table {
                tables(out, &format!("{name}.{}", key(inner)), value);
            }
        }
        Toml::Table(table) => {
            out.header(&format!("[{name}]"));
            out.all(table);
        }
        Toml::Array(items) if is_tables(value) => {
            for table in items.iter().filter_map(Toml::as_table) {
                out.header(&format!("[[{name}]]"));
                out.all(table);
            }
        }
        _ => {}
    }
}

/// An answer alone, as it is read back by [`super::closed_answer`]: what is encrypted of a closed one.
pub fn answer_to_text(answer: &Answer) -> String {
    let mut out = TomlLines(String::new());
    let open = Answer {
        closed: false,
        ..answer.clone()
    };
    self::answer(&mut out, &open);
    out.0
}

fn answer(out: &mut TomlLines, answer: &Answer) {
    out.text("step", &answer.step);
    if answer.round != 1 {
        out.pair("round", &answer.round.to_string());
    }
    out.text("kind", answer.kind.name());
    out.text("prompt", &answer.prompt);
    if let Some(by) = answer.by {
        out.text("by", by.id());
    }
    if answer.closed {
        // What is not encrypted yet is not written.
        out.flag("closed", true);
        if let Outcome::Closed(sealed) = &answer.given {
            out.text("sealed", sealed);
        }
        out.maybe("at", answer.at.as_ref().map(Moment::day));
        out.maybe("name", answer.name.as_deref());
        return out.all(&answer.extra);
    }
    if let Outcome::Value(given) = &answer.given {
        out.pair("value", &plain(given.plain()));
    }
    out.maybe("at", answer.at.as_ref().map(|at| at.0.as_str()));
    out.maybe("name", answer.name.as_deref());
    out.maybe("item", answer.item.as_deref());
    out.maybe("label", answer.label.as_deref());
    out.flag("skipped", answer.given == Outcome::Skipped);
    out.flag("seen", answer.given == Outcome::Seen);
    out.flag("unreached", answer.unreached);
    out.flag("sensitive", answer.sensitive);
    if !answer.versions.is_empty() {
        let versions = answer.versions.iter();
        out.pair("versions", &rows(versions.map(|one| version(one, answer))));
    }
    if !answer.findings.is_empty() {
        out.pair("findings", &rows(answer.findings.iter().map(found)));
    }
    out.maybe("progress", answer.progress.as_deref());
    out.all(&answer.extra);
}

/// An array with a value on each line.
fn rows(values: impl Iterator<Item = String>) -> String {
    let mut out = "[\n".to_string();
    for value in values {
        out.push_str("  ");
        out.push_str(&value);
        out.push_str(",\n");
    }
    out + "]"
}

/// An exercise may change the kind of a step between two wordings; then the version says its own.
fn version(version: &AnswerVersion, answer: &Answer) -> String {
    let shape = version.value.shape();
    // The kind alone tells how to read it.
    let kind = (answer.kind.spec().value != Some(shape))
        .then(|| ("kind", string(StepKind::of(shape).name())));
    inline(
        std::iter::once(("at", string(&version.at.0)))
            .chain(kind)
            .chain(std::iter::once(("value", plain(version.value.plain()))))
            .chain(others(&version.extra)),
    )
}

fn found(found: &StoredFinding) -> String {
    let (start, end) = found.span;
    let kept = found.kept.then(|| ("kept", String::from("true")));
    let span = array([start, end].iter().map(ToString::to_string));
    inline(
        [("rule", string(&found.rule)), ("span", span)]
            .into_iter()
            .chain(kept)
            .chain(others(&found.extra)),
    )
}

/// Keys that are not known, with their values written.
fn others(extra: &Table) -> impl Iterator<Item = (&str, String)> {
    extra
        .iter()
        .map(|(name, inner)| (name.as_str(), value(inner)))
}
