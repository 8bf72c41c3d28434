//! A rules file as plain data: what [`super::parse`] and [`super::quick`] make of its text.

use std::borrow::Cow;

/// A text out of a file: borrowed where the file is compiled in.
pub type Line = Cow<'static, str>;

/// A list of words under its name.
pub(super) type List = (Line, Vec<Line>);

/// Whether a rule looks for what a good text has, or for what hurts in it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Default)]
pub enum Kind {
    /// Something a good text has.
    #[default]
    Part,
    /// Something that hurts.
    Mark,
}

impl Kind {
    /// Both with their names in files.
    pub const ALL: [(Self, &'static str); 2] = [(Self::Part, "part"), (Self::Mark, "mark")];

    /// The word in files and in JSON.
    pub fn name(self) -> &'static str {
        match self {
            Self::Part => "part",
            Self::Mark => "mark",
        }
    }
}

/// Patterns, and what cancels what they match.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Case {
    /// What is looked for: any of these.
    pub patterns: Vec<Line>,
    /// What cancels a match.
    pub unless: Vec<Line>,
    /// Of these at least one must hold, where there are any.
    pub only_if: Vec<Line>,
    /// Whether words in quotation marks count.
    pub quoted: bool,
}

/// A rule as its author wrote it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct RuleText {
    /// Its id.
    pub id: Line,
    /// What it looks for.
    pub kind: Kind,
    /// Whether its message says so plainly.
    pub firm: bool,
    /// How much it matters, from 1 to 100.
    pub weight: u32,
    /// A few words on what it looks for, to be read in a list.
    pub name: Line,
    /// What is said: of a mark when it is found, of a part when it is not.
    pub message: Line,
    /// What the person may look at.
    pub look_at: Line,
    /// Why it matters to the reader.
    pub why: Line,
    /// What it rests on.
    pub source: Line,
    /// The code behind it, for what patterns cannot say.
    pub code: Option<Line>,
    /// Texts in which it finds something.
    pub caught: Vec<Line>,
    /// Texts in which it finds nothing.
    pub passes: Vec<Line>,
    /// What the examples are about, where the rule compares.
    pub about: Option<Line>,
    pub(super) cases: Vec<Case>,
}

/// A rules file.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct File {
    /// What the rules are for: the name of a subject, `words` or `heavy`.
    pub subject: Line,
    /// Whether it comes with the program.
    pub built_in: bool,
    /// Where its rules begin in its text, where that is known.
    pub starts: Vec<usize>,
    /// Lists of words.
    pub lists: Vec<List>,
    /// Spellings that are read as other words: what is read, and how it is spelled.
    pub same: Vec<List>,
    /// Ids of rules that say nothing.
    pub silence: Vec<Line>,
    /// The rules, in order.
    pub rules: Vec<RuleText>,
}

/// Where in a file a key stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Section {
    Top,
    Lists,
    Same,
    Rule,
    Case,
    Examples,
}

/// What a key holds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Value {
    Text(Line),
    List(Vec<Line>),
    Number(u32),
    Flag(bool),
}

impl File {
    /// Begins a rule or a case of the last rule.
    pub fn begin(&mut self, section: Section) {
        match (section, self.rules.last_mut()) {
            (Section::Rule, _) => self.rules.push(RuleText {
                weight: 50,
                ..RuleText::default()
            }),
            (Section::Case, Some(rule)) => rule.cases.push(Case::default()),
            _ => {}
        }
    }

    /// Puts a value in its place; none where the key is not known there or takes something else.
    pub fn set(&mut self, section: Section, key: Line, value: Value) -> Option<()> {
        match (section, value) {
            (Section::Lists, Value::List(words)) => self.lists.push((key, words)),
            (Section::Same, Value::List(words)) => self.same.push((key, words)),
            (Section::Top, value) => match (&*key, value) {
                ("format", Value::Number(_)) => {}
                ("subject", Value::Text(subject)) => self.subject = subject,
                ("silence", Value::List(ids)) => self.silence = ids,
                ("built_in", Value::Flag(flag)) => self.built_in = flag,
                _ => return None,
            },
            (Section::Rule | Section::Case, value) => {
                let rule = self.rules.last_mut()?;
                let case = matches!(&*key, "patterns" | "unless" | "only_if" | "quoted");
                if !case {
                    return (section == Section::Rule).then(|| rule.set(&key, value))?;
                }
                if rule.cases.is_empty() {
                    rule.cases.push(Case::default());
                }
                return rule.cases.last_mut()?.set(&key, value);
            }
            _ => return None,
        }
        Some(())
    }
}

impl RuleText {
    fn set(&mut self, key: &str, value: Value) -> Option<()> {
        match (key, value) {
            ("id", Value::Text(text)) => self.id = text,
            ("kind", Value::Text(text)) => {
                self.kind = Kind::ALL.iter().find(|(_, name)| *name == text)?.0;
            }
            ("wording", Value::Text(text)) => self.firm = text == "firm",
            ("weight", Value::Number(number)) => self.weight = number,
            ("name", Value::Text(text)) => self.name = text,
            ("message", Value::Text(text)) => self.message = text,
            ("look_at", Value::Text(text)) => self.look_at = text,
            ("why", Value::Text(text)) => self.why = text,
            ("source", Value::Text(text)) => self.source = text,
            ("code", Value::Text(text)) => self.code = Some(text),
            ("examples.caught", Value::List(texts)) => self.caught = texts,
            ("examples.passes", Value::List(texts)) => self.passes = texts,
            ("examples.about", Value::Text(text)) => self.about = Some(text),
            _ => return None,
        }
        Some(())
    }
}

impl Case {
    fn set(&mut self, key: &str, value: Value) -> Option<()> {
        match (key, value) {
            ("patterns", Value::List(patterns)) => self.patterns = patterns,
            ("unless", Value::List(patterns)) => self.unless = patterns,
            ("only_if", Value::List(patterns)) => self.only_if = patterns,
            ("quoted", Value::Flag(flag)) => self.quoted = flag,
            _ => return None,
        }
        Some(())
    }
}
