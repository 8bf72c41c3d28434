//! The works that built-in exercises rest on, each once: `exercises/sources.toml`.

use std::collections::BTreeSet;
use std::sync::LazyLock;

use toml::de::DeTable;

use crate::format::key::{Format, Key, ROOT, Shape};
use crate::format::problem::{Code, Problem, Span, in_order};
use crate::format::read::{number, tables, text};
use crate::format::{check, is_id, syntax};

/// A work that an exercise can rest on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Work {
    /// What exercises call it; empty for one that is not listed.
    pub id: String,
    /// Who wrote it.
    pub author: String,
    /// The year it came out.
    pub year: i64,
    /// Its title.
    pub title: String,
    /// Its DOI.
    pub doi: Option<String>,
    /// The page of whoever provides it.
    pub address: Option<String>,
    /// What kind of work it is.
    pub kind: Option<String>,
    /// What was found.
    pub found: Option<String>,
    /// How far that goes.
    pub limits: String,
}

const FILE: &[&str] = &[ROOT];
const WORK: &[&str] = &["work"];
const KINDS: &[&str] = &[
    "experiment",
    "trial",
    "study",
    "case-study",
    "review",
    "meta-analysis",
    "guidance",
    "book",
];

/// The file of works.
#[rustfmt::skip]
pub static WORKS: Format = Format::new("Works that exercises of trust-coach rest on, format 1", "file of works", &[
    Key::must(FILE, "format", Shape::Number(1, 1), "The format of the file: 1."),
    Key::must(FILE, "work", Shape::Sections(WORK), "The works; each begins with [[work]]."),
    Key::must(WORK, "id", Shape::Id, "What exercises call it, such as weger-2014."),
    Key::must(WORK, "author", Shape::Line, "Who wrote it; the last name first."),
    Key::must(WORK, "year", Shape::Number(1000, 9999), "The year it came out."),
    Key::must(WORK, "title", Shape::Line, "Its title, word for word."),
    Key::may(WORK, "doi", Shape::Line, "Its DOI, such as \"10.1000/182\"; or else an address."),
    Key::may(WORK, "address", Shape::Line, "The provider’s own page, not a home page or a copy."),
    Key::must(WORK, "kind", Shape::OneOf(KINDS), "What kind of work it is."),
    Key::must(WORK, "found", Shape::Line, "What was found."),
    Key::must(WORK, "limits", Shape::Line, "How far that goes."),
    Key::must(WORK, "checked", Shape::Day, "The day the entry was last checked."),
]);

const TEXT: &str = include_str!("../../exercises/sources.toml");

static BUILT_IN: LazyLock<Vec<Work>> = LazyLock::new(|| {
    let tree = syntax::tree(TEXT, &mut Vec::new());
    tables(tree.root.get_ref(), "work").map(work).collect()
});

/// The listed works, in the order of their ids.
pub fn built_in() -> &'static [Work] {
    &BUILT_IN
}

/// The listed work with this id. Only its own section is read: all of them together take longer than
/// the exercise that names it.
pub fn find(id: &str) -> Option<Work> {
    let line = is_id(id).then(|| format!("\nid = \"{id}\"\n"))?;
    let section = TEXT
        .split("\n[[work]]")
        .find(|section| section.starts_with(&line))?;
    let tree = syntax::tree(section, &mut Vec::new());
    Some(work(tree.root.get_ref()))
}

/// Whether a TOML text means to be a file of works and not an exercise.
pub fn is_works(text: &str) -> bool {
    text.lines().any(|line| line.trim() == "[[work]]")
}

/// Returns everything that is wrong with a file of works, in the order of the text.
pub fn problems(text: &str) -> Vec<Problem> {
    let mut problems = Vec::new();
    let tree = syntax::tree(text, &mut problems);
    check::check(&WORKS, text, &tree, &mut problems);
    let mut earlier: Vec<Work> = Vec::new();
    for table in tables(tree.root.get_ref(), "work") {
        let work = work(table);
        let place = |key: &str| table.get(key).map_or(0..0, toml::Spanned::span);
        problems.extend(wrong(&work, &earlier, &place));
        earlier.push(work);
    }
    in_order(problems)
}

/// A work, from the keys of its table.
pub(super) fn work(table: &DeTable<'_>) -> Work {
    let line = |key| text(table, key).unwrap_or_default();
    Work {
        id: line("id"),
        author: line("author"),
        year: number(table, "year").unwrap_or_default(),
        title: line("title"),
        doi: text(table, "doi"),
        address: text(table, "address"),
        kind: text(table, "kind"),
        found: text(table, "found"),
        limits: text(table, "limits").unwrap_or_else(|| line("strength")),
    }
}

fn wrong(work: &Work, earlier: &[Work], place: &dyn Fn(&str) -> Span) -> Vec<Problem> {
    let mut found = Vec::new();
    let mut report = |code, key: &str, message: String, help: &str| {
        found.push(Problem::new(code, place(key), message).help(help));
    };
    if let Some(same) = earlier.iter().find(|other| is_same(work, other)) {
        let message = format!("this work is already listed, as `{}`", same.id);
        report(
            Code::Taken,
            "title",
            message,
            "list each work once; exercises refer to its id",
        );
    }
    if earlier.iter().any(|other| other.id == work.id) {
        let message = format!("the id `{}` is used twice", work.id.escape_debug());
        report(
            Code::DuplicateId,
            "id",
            message,
            "give each work an id of its own",
        );
    }
    if is_description(&work.title) {
        let message = String::from("this describes the work; it isn’t its title");
        report(
            Code::NotATitle,
            "title",
            message,
            "write the title as it was published",
        );
    }
    match (&work.doi, &work.address) {
        (None, None) => {
            let message = String::from("this work has neither `doi` nor `address`");
            report(
                Code::MissingKey,
                "title",
                message,
                "give the one that leads to it",
            );
        }
        (_, Some(address)) if !leads_to_a_page(address) => {
            let message = String::from("this leads to a home page, or to somebody’s copy");
            report(
                Code::NoPage,
                "address",
                message,
                "give the DOI, or the provider’s own page",
            );
        }
        _ => {}
    }
    found
}

/// Words that begin what somebody says of a work, in place of its title.
const DESCRIBING: &[&str] = &[
    "study",
    "studies",
    "two studies",
    "four studies",
    "a study",
    "a look",
    "look at",
    "looking at",
    "notes",
    "program notes",
    "summary",
    "trial of",
];

fn is_description(title: &str) -> bool {
    let lower = title.to_lowercase();
    let begins = |words: &&str| {
        let rest = lower.strip_prefix(*words);
        rest.is_some_and(|rest| rest.starts_with([' ', ',', ':']))
    };
    DESCRIBING.iter().any(begins) || title.ends_with(')')
}

/// Hosts that keep copies of what others wrote.
const COPIES: &[&str] = &[
    "scribd.",
    "abcdocz.",
    "studylib.",
    "docslib.",
    "doczz.",
    "vdocuments.",
    "fdocuments.",
    "moam.",
    "indexarticles.",
    "researchgate.",
    "academia.edu",
    "paperzz.",
];

fn leads_to_a_page(address: &str) -> bool {
    let Some(rest) = address.strip_prefix("https://") else {
        return false;
    };
    let (host, path) = rest.split_once('/').unwrap_or((rest, ""));
    !path.is_empty() && !COPIES.iter().any(|copy| host.contains(copy))
}

/// Whether two entries mean one work: the same DOI; or first author, year and most of the title.
fn is_same(one: &Work, other: &Work) -> bool {
    let first = |work: &Work| plain(&work.author).into_iter().next();
    let (title, theirs) = (words_of(&one.title), words_of(&other.title));
    let shared = title.intersection(&theirs).count();
    let alike = shared * 2 >= title.len().min(theirs.len()).max(1);
    let same_doi = one.doi.is_some() && one.doi == other.doi;
    same_doi || (first(one) == first(other) && one.year == other.year && alike)
}

fn words_of(text: &str) -> BTreeSet<String> {
    let words = plain(text).into_iter();
    words.filter(|word| word.chars().count() > 3).collect()
}

/// The words of a text, small and without accents.
fn plain(text: &str) -> Vec<String> {
    use unicode_normalization::UnicodeNormalization;
    let bare: String = text
        .nfd()
        .filter(|c| !unicode_normalization::char::is_combining_mark(*c))
        .collect();
    let words = bare.split(|c: char| !c.is_alphanumeric());
    let words = words.filter(|word| !word.is_empty());
    words.map(str::to_lowercase).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn codes(text: &str) -> Vec<Code> {
        problems(text).iter().map(|problem| problem.code).collect()
    }

    fn with(change: (&str, &str)) -> String {
        let good = "format = 1\n[[work]]\nid = \"a-2001\"\nauthor = \"Álvarez, Bo\"\nyear = 2001\n\
            title = \"Kept promises between neighbours\"\ndoi = \"10.1000/1\"\nkind = \"study\"\n\
            found = \"They help.\"\nlimits = \"Few people.\"\nchecked = 2026-11-29\n";
        good.replacen(change.0, change.1, 1)
    }

    #[test]
    fn the_listed_works_have_no_problem_and_stand_in_order() {
        assert_eq!(problems(TEXT), []);
        let ids: Vec<&str> = built_in().iter().map(|work| work.id.as_str()).collect();
        assert!(ids.is_sorted() && ids.len() > 30, "{ids:?}");
    }

    #[test]
    fn a_work_is_found_as_it_is_listed() {
        for work in built_in() {
            assert_eq!(find(&work.id).as_ref(), Some(work));
        }
        for id in ["", "algoe", "algoe-2010\"\nauthor = \"Algoe, Gable, Maisel"] {
            assert_eq!(find(id), None, "{id:?}");
        }
    }

    #[test]
    fn a_description_is_no_title() {
        assert_eq!(codes(&with(("", ""))), []);
        for title in [
            "Study of 79 couples on answers to good news",
            "Two studies over time on trust",
            "A look at 14 studies",
            "Eye of the beholder (Journal of Family Psychology 26)",
        ] {
            let text = with(("Kept promises between neighbours", title));
            assert_eq!(codes(&text), [Code::NotATitle], "{title}");
        }
    }

    #[test]
    fn a_home_page_or_a_copy_is_no_page() {
        for address in [
            "https://example.org",
            "https://example.org/",
            "http://example.org/paper",
            "https://www.scribd.com/document/1",
            "https://studylib.net/doc/2",
        ] {
            let text = with(("doi = \"10.1000/1\"", &format!("address = \"{address}\"")));
            assert_eq!(codes(&text), [Code::NoPage], "{address}");
        }
        let good = "address = \"https://example.org/paper\"";
        assert_eq!(codes(&with(("doi = \"10.1000/1\"", good))), []);
        assert_eq!(
            codes(&with(("doi = \"10.1000/1\"\n", ""))),
            [Code::MissingKey]
        );
    }

    #[test]
    fn a_work_is_found_to_be_there_twice_in_other_words_too() {
        let again = with(("a-2001", "b-2001"))
            .replace("format = 1\n", "")
            .replace("Álvarez, Bo", "Alvarez and others")
            .replace(
                "Kept promises between neighbours",
                "Promises kept between neighbors",
            )
            .replace("10.1000/1", "10.1000/2");
        let both = with(("", "")) + &again;
        assert_eq!(codes(&both), [Code::Taken]);
        let other = both.replace("Promises kept between neighbors", "Sleep and gardens");
        assert_eq!(codes(&other), []);
        assert_eq!(
            codes(&other.replace("10.1000/2", "10.1000/1")),
            [Code::Taken]
        );
    }
}
