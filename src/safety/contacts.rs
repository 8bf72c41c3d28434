//! The person's own contacts for help: a name and a number each, in a plain file that is easily
//! edited by hand.

use toml::de::DeTable;
use toml::{Table, Value};

use crate::format::key::{Format, Key, ROOT, Shape};
use crate::format::report::all_in_brief;
use crate::format::{check, read, syntax};
use crate::text::is_same_name;

/// Somebody to call.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Contact {
    /// Who it is.
    pub name: String,
    /// What to dial, as it was written.
    pub number: String,
}

/// Own contacts, in the order of the file.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Contacts {
    /// Everyone in the file.
    pub all: Vec<Contact>,
    /// The file as it was, so that keys of somebody else's stay.
    file: Table,
}

const FILE: &[&str] = &[ROOT];
const CONTACT: &[&str] = &["contact"];

/// The file of contacts.
static CONTACTS: Format = Format {
    open: true,
    ..Format::new(
        "Contacts for trust-coach, format 1",
        "file of contacts",
        &[
            Key::may(
                FILE,
                "format",
                Shape::Number(1, 1),
                "The format of the file: 1.",
            ),
            Key::may(
                FILE,
                "contact",
                Shape::Sections(CONTACT),
                "each contact begins with [[contact]]",
            ),
            Key::must(CONTACT, "name", Shape::Line, "who it is"),
            Key::must(CONTACT, "number", Shape::LineOrNumber, "what to dial"),
        ],
    )
};

impl Contacts {
    /// Reads the file's text.
    ///
    /// # Errors
    ///
    /// Everything that is wrong with it, in one line for a person.
    pub fn read(text: &str) -> Result<Self, String> {
        let mut problems = Vec::new();
        let tree = syntax::tree(text, &mut problems);
        check::check(&CONTACTS, text, &tree, &mut problems);
        if !problems.is_empty() {
            return Err(all_in_brief(text, problems).join("; "));
        }
        let all = read::tables(tree.root.get_ref(), "contact").map(|entry| Contact {
            name: line(entry, "name"),
            number: line(entry, "number"),
        });
        Ok(Self {
            all: all.collect(),
            file: toml::from_str(text).map_err(|error| error.message().to_string())?,
        })
    }

    /// The contact of this name, however it is written.
    pub fn find(&self, name: &str) -> Option<&Contact> {
        let at = self.place(name)?;
        self.all.get(at)
    }

    /// Adds one at the end.
    pub fn add(&mut self, contact: Contact) {
        let mut entry = Table::new();
        entry.insert("name".into(), contact.name.clone().into());
        entry.insert("number".into(), contact.number.clone().into());
        if self.file.is_empty() {
            self.file.insert("format".into(), CONTACTS.version.into());
        }
        let entries = self.file.entry("contact");
        if let Value::Array(entries) = entries.or_insert(Value::Array(Vec::new())) {
            entries.push(entry.into());
        }
        self.all.push(contact);
    }

    /// Takes the contact of this name out.
    pub fn remove(&mut self, name: &str) -> Option<Contact> {
        let at = self.place(name)?;
        if let Some(Value::Array(entries)) = self.file.get_mut("contact") {
            entries.remove(at);
        }
        Some(self.all.remove(at))
    }

    /// The text of the file.
    pub fn text(&self) -> String {
        format!("{HEADING}\n{}", self.file)
    }

    fn place(&self, name: &str) -> Option<usize> {
        let mut all = self.all.iter();
        all.position(|contact| is_same_name(&contact.name, name))
    }
}

/// A text on one line. A number without spaces may stand there without quotes.
fn line(entry: &DeTable<'_>, key: &str) -> String {
    let number = || read::number(entry, key).map(|number| number.to_string());
    let text = read::text(entry, key).or_else(number);
    text.unwrap_or_default().trim().to_string()
}

/// The first lines of the file.
const HEADING: &str = "# Your own contacts for `trust-coach support`: plain text, never encrypted.\n\
    # Edit freely; comments are not kept.";

#[cfg(test)]
mod tests {
    use super::*;

    fn contact(name: &str, number: &str) -> Contact {
        Contact {
            name: name.into(),
            number: number.into(),
        }
    }

    #[test]
    fn what_is_added_is_read_again_and_what_is_removed_is_gone() {
        let mut contacts = Contacts::default();
        contacts.add(contact("Ana \"A.\"", "0151 000 000"));
        contacts.add(contact("Bo", "+44 20 0000"));
        let mut again = Contacts::read(&contacts.text()).unwrap();
        assert_eq!(again.all, contacts.all);
        assert_eq!(again.remove(" bo"), Some(contact("Bo", "+44 20 0000")));
        assert_eq!(again.remove("bo"), None);
        let last = Contacts::read(&again.text()).unwrap();
        assert_eq!(last.all, [contact("Ana \"A.\"", "0151 000 000")]);
    }

    #[test]
    fn keys_of_somebody_elses_stay() {
        let text = "mine = 1\n[[contact]]\nname = \"Ana\"\nnumber = 999\nnote = \"at night\"\n";
        let mut contacts = Contacts::read(text).unwrap();
        assert_eq!(contacts.all, [contact("Ana", "999")]);
        contacts.add(contact("Bo", "1"));
        assert!(contacts.text().contains("mine = 1"), "{}", contacts.text());
        assert!(contacts.text().contains("at night"), "{}", contacts.text());
    }

    #[test]
    fn everything_that_is_wrong_is_said_with_its_place() {
        let wrong = |text: &str| Contacts::read(text).unwrap_err();
        assert!(wrong("format = 1\nname = oops\n").starts_with("line 2: "));
        assert_eq!(
            wrong("format = 2"),
            "line 1: this file of contacts needs format 2; this version of trust-coach reads format 1"
        );
        assert_eq!(
            wrong("contact = \"Ana\""),
            "line 1: `contact` (each contact begins with [[contact]]) takes a list of tables, \
             but this is text"
        );
        assert_eq!(
            wrong("[[contacts]]\nname = \"Ana\"\nnumber = \"999\"\n"),
            "line 1: unknown key `contacts`; did you mean `contact`?"
        );
        assert_eq!(
            wrong("[[contact]]\nname = \" \"\n\n[[contact]]\nname = \"Bo\"\nnumer = \"1\"\n"),
            "line 1: contact 1 has no `number` (what to dial); \
             line 2: `name` (who it is) is empty; \
             line 6: unknown key `numer`; did you mean `number`?"
        );
    }
}
