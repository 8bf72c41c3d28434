//! The ratings in a session's text. A parser of TOML takes most of its time over words that nobody
//! wants then, so what we write ourselves is read line by line; anything else is parsed.

use memchr::{memchr, memchr2};
use toml::{Table, Value as Toml};

use super::read::session;
use super::{ANSWERS, FormatError, from_text};
use crate::exercise::StepKind;
use crate::session::{Answer, Outcome, PARTNERS, Partner, Session, Value};
use crate::text::structure::behind_value;

/// The session with its head, the names of two who did it, and its ratings, given or skipped; nothing
/// else. A fault in what is left out need not be noticed.
pub fn ratings_from_text(text: &str) -> Result<Session, FormatError> {
    match by_lines(text) {
        Some((head, answers)) => session(head).map(|head| Session { answers, ..head }),
        None => from_text(text).map(only_ratings),
    }
}

fn only_ratings(mut whole: Session) -> Session {
    let partners = whole.extra.remove(PARTNERS);
    let answers = whole.answers.into_iter().filter(is_rating);
    let ratings = answers.map(|rating| Answer {
        item: None,
        ..rating.given_alone()
    });
    Session {
        at: None,
        notes: Vec::new(),
        answers: ratings.collect(),
        extra: partners
            .map(|two| (PARTNERS.into(), two))
            .into_iter()
            .collect(),
        ..whole
    }
}

fn is_rating(answer: &Answer) -> bool {
    let is_given = matches!(answer.given, Outcome::Value(_) | Outcome::Skipped);
    answer.kind == StepKind::Rate && is_given
}

/// Keys and values of a table, as they stand in the first lines of each.
type Lines<'t> = Vec<(&'t str, &'t str)>;

/// The head of a session and its ratings; nothing where a line isn't as we write it.
fn by_lines(text: &str) -> Option<(Table, Vec<Answer>)> {
    if text.len() > LONGEST {
        return None;
    }
    let (mut head, mut ratings) = (None, Vec::new());
    let (mut header, mut lines) = ("", Lines::new());
    let mut at = 0;
    while at < text.len() {
        let start = at;
        let end = at + memchr(b'\n', &text.as_bytes()[at..])?;
        let line = &text[start..end];
        at = end + 1;
        if line == ANSWERS || line == NOTES {
            put(header, &lines, &mut head, &mut ratings)?;
            header = line;
            lines.clear();
        } else if !line.is_empty() && !line.starts_with('#') {
            let (key, value) = line.split_at(memchr(b' ', line.as_bytes())?);
            let value = value.strip_prefix(" = ")?;
            let mut letters = key.bytes();
            if !letters.all(|it| it.is_ascii_lowercase() || it == b'_')
                || ["answers", PARTNERS].contains(&key)
            {
                return None;
            }
            lines.push((key, value));
            if quoted(value).is_none() {
                at = behind_value(text, start + key.len() + 3)?;
            }
        }
    }
    put(header, &lines, &mut head, &mut ratings)?;
    head.map(|head| (head, ratings))
}

/// Adds what is wanted of a table.
fn put(
    header: &str,
    lines: &Lines<'_>,
    head: &mut Option<Table>,
    ratings: &mut Vec<Answer>,
) -> Option<()> {
    if header == ANSWERS {
        let (_, kind) = lines.iter().find(|(key, _)| *key == "kind")?;
        if quoted(kind)? == StepKind::Rate.name() {
            ratings.extend(Some(rating(lines)?).filter(is_rating));
        }
    } else if head.is_none() {
        let wanted = lines.iter().filter(|(key, _)| HEAD.contains(key));
        let pairs = wanted.map(|(key, value)| Some((key.to_string(), simple(value)?)));
        *head = Some(pairs.collect::<Option<Table>>()?);
    }
    Some(())
}

fn rating(lines: &Lines<'_>) -> Option<Answer> {
    let find = |key| lines.iter().find(|(name, _)| *name == key);
    let find = |key| find(key).map(|(_, value)| *value);
    let flag = |key| match find(key) {
        None | Some("false") => Some(false),
        Some("true") => Some(true),
        Some(_) => None,
    };
    let given = match (find("value"), flag("skipped")?, flag("seen")?) {
        (Some(value), false, false) => Outcome::Value(Value::Number(number(value)?)),
        (None, true, false) => Outcome::Skipped,
        (None, false, _) => Outcome::Pending,
        _ => return None,
    };
    Some(Answer {
        step: quoted(find("step")?)?.to_string(),
        round: match find("round") {
            Some(round) => u32::try_from(number(round)?).ok()?,
            None => 1,
        },
        by: match find("by") {
            Some(by) => Some(Partner::from_id(quoted(by)?)?),
            None => None,
        },
        closed: flag("closed")?,
        kind: StepKind::Rate,
        prompt: String::new(),
        name: match find("name") {
            Some(name) => Some(quoted(name)?.to_string()),
            None => None,
        },
        given,
        item: None,
        label: None,
        at: None,
        unreached: flag("unreached")?,
        sensitive: flag("sensitive")?,
        versions: Vec::new(),
        findings: Vec::new(),
        progress: None,
        extra: Table::new(),
    })
}

/// A value of the head, in a line that needs no parser.
fn simple(value: &str) -> Option<Toml> {
    if let Some(items) = value.strip_prefix('[') {
        let items = items.strip_suffix(']')?;
        let items = items.split(", ").filter(|it| !it.is_empty());
        let items = items.map(|item| quoted(item).map(Toml::from));
        return items.collect::<Option<_>>().map(Toml::Array);
    }
    let text = quoted(value).map(Toml::from);
    text.or_else(|| number(value).map(Toml::Integer))
}

fn quoted(value: &str) -> Option<&str> {
    let text = value.strip_prefix('"')?;
    // The first quote ends it, and nothing before that stands for something else.
    let end = memchr2(b'"', b'\\', text.as_bytes())?;
    (end + 1 == text.len()).then_some(text.strip_suffix('"')?)
}

fn number(value: &str) -> Option<i64> {
    let number: i64 = value.parse().ok()?;
    // Others than ours may begin with a plus or a zero.
    (!value.starts_with(['+', '0']) || value == "0").then_some(number)
}

const NOTES: &str = "[[notes]]";

/// A longer text is parsed, where what is too much for a session is refused.
const LONGEST: usize = 200_000;

/// What is wanted of a session's head.
const HEAD: [&str; 11] = [
    "format",
    "id",
    "exercise",
    "exercise_version",
    "title",
    "lang",
    "state",
    "started",
    "ended",
    "seed",
    "tags",
];

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::super::tests::random::{part_of_file, sessions};
    use super::super::to_text;
    use super::*;
    use crate::test_support::answer;

    fn is_as_parsed(text: &str) -> Result<(), TestCaseError> {
        if let Ok(whole) = from_text(text) {
            prop_assert_eq!(ratings_from_text(text), Ok(only_ratings(whole)), "{}", text);
        }
        Ok(())
    }

    #[test]
    fn what_we_write_needs_no_parser_and_what_somebody_else_wrote_is_parsed() {
        let text = Outcome::Value(Value::Text(String::from("Well.\n[[answers]]\n'")));
        let number = Outcome::Value(Value::Number(5));
        let session = Session {
            answers: vec![
                answer("why", StepKind::Write, text),
                answer("open", StepKind::Rate, number),
                answer("heard", StepKind::Rate, Outcome::Skipped),
                answer("later", StepKind::Rate, Outcome::Pending),
            ],
            tags: vec![String::from("week"), String::from("us")],
            ..crate::test_support::session("20261122T174501.032Z-9f3a61c2")
        };
        let file = to_text(&session);
        let ratings = only_ratings(session);
        assert_eq!(ratings.answers.len(), 2);
        assert!(by_lines(&file).is_some(), "{file}");
        assert_eq!(ratings_from_text(&file), Ok(ratings.clone()));
        for (ours, theirs) in [
            ("value = 5", "value = 0x5"),
            ("value = 5", "value = 5 # five"),
            ("value = 5\n", "value = +5\r\n"),
            (
                "[[answers]]\nstep = \"open\"",
                "[[ answers ]]\nstep = 'open'",
            ),
            ("step = \"open\"\n", "\"step\"=\"op\\u0065n\"\n"),
        ] {
            let theirs = file.replace(ours, theirs);
            assert_ne!(theirs, file);
            assert_eq!(by_lines(&theirs), None, "{theirs}");
            assert_eq!(ratings_from_text(&theirs), Ok(ratings.clone()), "{theirs}");
        }
    }

    #[test]
    fn nobody_is_named_whom_the_file_does_not_name() {
        let answer = "[[answers]]\nstep = \"open\"\nkind = \"rate\"\nvalue = 4\nby = \"a\"\n";
        is_as_parsed(&format!("{HEAD}{answer}")).unwrap();
    }

    proptest! {
        #[test]
        fn the_ratings_of_any_session_are_those_that_a_parser_finds(session in sessions()) {
            is_as_parsed(&to_text(&session))?;
        }

        #[test]
        fn lines_in_any_order_give_what_a_parser_finds_in_them(
            lines in prop::collection::vec(part_of_file(), 0..12)
        ) {
            is_as_parsed(&format!("{HEAD}{}", lines.concat()))?;
        }

        #[test]
        fn a_file_that_was_edited_anywhere_gives_what_a_parser_finds_in_it(
            session in sessions(),
            part in part_of_file(),
            at in any::<prop::sample::Index>(),
            length in 0..40_usize,
        ) {
            let file = to_text(&session);
            let ends: Vec<usize> = file.char_indices().map(|(at, _)| at).collect();
            let from = at.index(ends.len());
            let to = ends.get(from + length).copied().unwrap_or(file.len());
            is_as_parsed(&format!("{}{part}{}", &file[..ends[from]], &file[to..]))?;
        }
    }

    const HEAD: &str = r#"format = 1
id = "a"
exercise = "b"
state = "done"
started = "c"
"#;
}
