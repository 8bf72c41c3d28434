//! A rules file as plain data: what [`super::parse`] and [`super::quick`] make of its text.

use std::borrow::Cow;

/// A text out of a file: borrowed where the file is compiled in.
pub type SourceText = Cow<'static, str>;

/// A rules file, or a rule, in which nothing is changed any more: borrowed where it comes with the program.
pub(super) type SourceFile = Cow<'static, RulesFile>;
pub(super) type SourceRule = Cow<'static, RuleText>;

/// A list of words under its name.
pub(super) type WordListText = (SourceText, Vec<SourceText>);

/// Whether a rule looks for what a good text has, or for what hurts in it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Default)]
pub enum RuleKind {
    /// Something a good text has.
    #[default]
    Part,
    /// Something that hurts.
    Mark,
}

impl RuleKind {
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
pub(super) struct PatternGroupText {
    /// What is looked for: any of these.
    pub patterns: Vec<SourceText>,
    /// What is not meant: a match that overlaps one of these does not count.
    pub except: Vec<SourceText>,
    /// What cancels a match.
    pub unless: Vec<SourceText>,
    /// Of these at least one must hold, where there are any.
    pub only_if: Vec<SourceText>,
    /// Whether words in quotation marks count.
    pub quoted: bool,
    /// Whether they leave no doubt in a long text either.
    pub plain: bool,
}

/// A rule as its author wrote it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct RuleText {
    /// Its id.
    pub id: SourceText,
    /// What it looks for.
    pub kind: RuleKind,
    /// Whether its message says so plainly.
    pub firm: bool,
    /// How much it matters, from 1 to 100.
    pub weight: u32,
    /// A few words on what it looks for, to be read in a list.
    pub name: SourceText,
    /// What is said: of a mark when it is found, of a part when it is not.
    pub message: SourceText,
    /// What the person may look at.
    pub look_at: SourceText,
    /// Why it matters to the reader.
    pub why: SourceText,
    /// What it rests on.
    pub source: SourceText,
    /// The code behind it, for what patterns cannot say.
    pub code: Option<SourceText>,
    /// Texts in which it finds something.
    pub caught: Vec<SourceText>,
    /// Texts in which it finds nothing.
    pub passes: Vec<SourceText>,
    /// Texts in which it would find something but for what is not meant.
    pub excepted: Vec<SourceText>,
    /// What the examples are about, where the rule compares.
    pub about: Option<SourceText>,
    /// The part that this one is a closer look at.
    pub part_of: Option<SourceText>,
    pub(super) cases: Vec<PatternGroupText>,
}

/// A rules file.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct RulesFile {
    /// What the rules are for: the name of a subject, `words`, `heavy` or `control`.
    pub subject: SourceText,
    /// Whether it comes with the program.
    pub built_in: bool,
    /// Where its rules begin in its text, where that is known.
    pub starts: Vec<usize>,
    /// Lists of words.
    pub lists: Vec<WordListText>,
    /// Spellings that are read as other words: what is read, and how it is spelled.
    pub same: Vec<WordListText>,
    /// Verbs, and the forms of their past that no rule of spelling makes.
    pub irregular: Vec<WordListText>,
    /// Ids of rules that say nothing.
    pub silence: Vec<SourceText>,
    /// Ids of rules, one for each time that a remark of theirs was called not right.
    pub not_right: Vec<SourceText>,
    /// The rules, in order.
    pub rules: Vec<RuleText>,
}

/// Where in a file a key stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum RuleSection {
    Top,
    Lists,
    Same,
    Irregular,
    Rule,
    Case,
    Examples,
}

/// What a key holds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum RuleValue {
    Text(SourceText),
    List(Vec<SourceText>),
    Number(u32),
    Flag(bool),
}

impl RulesFile {
    /// Begins a rule or a case of the last rule.
    pub fn begin(&mut self, section: RuleSection) {
        match (section, self.rules.last_mut()) {
            (RuleSection::Rule, _) => self.rules.push(RuleText {
                weight: 50,
                ..RuleText::default()
            }),
            (RuleSection::Case, Some(rule)) => rule.cases.push(PatternGroupText::default()),
            _ => {}
        }
    }

    /// Puts a value in its place; none where the key is not known there or takes something else.
    pub fn set(&mut self, section: RuleSection, key: SourceText, value: RuleValue) -> Option<()> {
        match (section, value) {
            (RuleSection::Lists, RuleValue::List(words)) => self.lists.push((key, words)),
            (RuleSection::Same, RuleValue::List(words)) => self.same.push((key, words)),
            (RuleSection::Irregular, RuleValue::List(words)) => self.irregular.push((key, words)),
            (RuleSection::Top, value) => match (&*key, value) {
                ("format", RuleValue::Number(_)) => {}
                ("subject", RuleValue::Text(subject)) => self.subject = subject,
                ("silence", RuleValue::List(ids)) => self.silence = ids,
                ("not_right", RuleValue::List(ids)) => self.not_right = ids,
                ("built_in", RuleValue::Flag(flag)) => self.built_in = flag,
                _ => return None,
            },
            (RuleSection::Rule | RuleSection::Case, value) => {
                let rule = self.rules.last_mut()?;
                let case = matches!(
                    &*key,
                    "patterns" | "except" | "unless" | "only_if" | "quoted" | "plain"
                );
                if !case {
                    return (section == RuleSection::Rule).then(|| rule.set(&key, value))?;
                }
                if rule.cases.is_empty() {
                    rule.cases.push(PatternGroupText::default());
                }
                return rule.cases.last_mut()?.set(&key, value);
            }
            _ => return None,
        }
        Some(())
    }
}

impl RuleText {
    /// Whether there is something that is not meant.
    pub(super) fn excepts(&self) -> bool {
        self.cases.iter().any(|case| !case.except.is_empty())
    }

    fn set(&mut self, key: &str, value: RuleValue) -> Option<()> {
        match (key, value) {
            ("id", RuleValue::Text(text)) => self.id = text,
            ("kind", RuleValue::Text(text)) => {
                self.kind = RuleKind::ALL.iter().find(|(_, name)| *name == text)?.0;
            }
            ("wording", RuleValue::Text(text)) => self.firm = text == "firm",
            ("weight", RuleValue::Number(number)) => self.weight = number,
            ("name", RuleValue::Text(text)) => self.name = text,
            ("message", RuleValue::Text(text)) => self.message = text,
            ("look_at", RuleValue::Text(text)) => self.look_at = text,
            ("why", RuleValue::Text(text)) => self.why = text,
            ("source", RuleValue::Text(text)) => self.source = text,
            ("code", RuleValue::Text(text)) => self.code = Some(text),
            ("part_of", RuleValue::Text(text)) => self.part_of = Some(text),
            ("examples.caught", RuleValue::List(texts)) => self.caught = texts,
            ("examples.passes", RuleValue::List(texts)) => self.passes = texts,
            ("examples.excepted", RuleValue::List(texts)) => self.excepted = texts,
            ("examples.about", RuleValue::Text(text)) => self.about = Some(text),
            _ => return None,
        }
        Some(())
    }
}

impl PatternGroupText {
    fn set(&mut self, key: &str, value: RuleValue) -> Option<()> {
        match (key, value) {
            ("patterns", RuleValue::List(patterns)) => self.patterns = patterns,
            ("except", RuleValue::List(patterns)) => self.except = patterns,
            ("unless", RuleValue::List(patterns)) => self.unless = patterns,
            ("only_if", RuleValue::List(patterns)) => self.only_if = patterns,
            ("quoted", RuleValue::Flag(flag)) => self.quoted = flag,
            ("plain", RuleValue::Flag(flag)) => self.plain = flag,
            _ => return None,
        }
        Some(())
    }
}

/// A line before a place, and what comes after the character there.
pub(super) fn split(line: &SourceText, at: usize) -> (SourceText, SourceText) {
    let after = (at + 1).min(line.len());
    match line {
        SourceText::Borrowed(text) => (
            SourceText::Borrowed(&text[..at]),
            SourceText::Borrowed(&text[after..]),
        ),
        SourceText::Owned(text) => (
            SourceText::Owned(text[..at].to_string()),
            SourceText::Owned(text[after..].to_string()),
        ),
    }
}

/// A line without the blanks around it.
pub(super) fn trimmed(line: SourceText) -> SourceText {
    match line {
        SourceText::Borrowed(text) => SourceText::Borrowed(text.trim()),
        SourceText::Owned(text) => SourceText::Owned(text.trim().to_string()),
    }
}
