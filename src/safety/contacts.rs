//! The person's own contacts for help: a name and a number each, in a plain file that is easily
//! edited by hand.

use toml::{Table, Value};

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

/// The newest format of the file that this program reads.
const FORMAT: i64 = 1;

impl Contacts {
    /// Reads the file's text.
    ///
    /// # Errors
    ///
    /// What is wrong with it, in one line for a person.
    pub fn read(text: &str) -> Result<Self, String> {
        let file: Table = toml::from_str(text).map_err(|error| {
            let before = error.span().map_or(0, |span| span.start);
            let before = text.as_bytes().iter().take(before);
            let line = before.filter(|byte| **byte == b'\n').count() + 1;
            format!("line {line}: {}", error.message())
        })?;
        match file.get("format").map(Value::as_integer) {
            None | Some(Some(FORMAT)) => {}
            Some(_) => return Err(format!("this program reads format {FORMAT} of it")),
        }
        let entries = match file.get("contact") {
            None => &[][..],
            Some(Value::Array(entries)) => entries,
            Some(_) => return Err(String::from("each contact begins with [[contact]]")),
        };
        let all = entries.iter().enumerate().map(|(at, entry)| {
            let text = |key| {
                let found = entry.get(key).and_then(as_text);
                found.ok_or_else(|| format!("contact {} has no {key}", at + 1))
            };
            Ok(Contact {
                name: text("name")?,
                number: text("number")?,
            })
        });
        let all = all.collect::<Result<_, String>>()?;
        Ok(Self { all, file })
    }

    /// The contact of this name, in any case.
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
            self.file.insert("format".into(), FORMAT.into());
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
        let wanted = name.trim().to_lowercase();
        let same = |contact: &Contact| contact.name.trim().to_lowercase() == wanted;
        self.all.iter().position(same)
    }
}

/// A text that says something. A number without spaces may stand there without quotes.
fn as_text(value: &Value) -> Option<String> {
    let text = match value {
        Value::String(text) => text.trim().to_string(),
        Value::Integer(number) => number.to_string(),
        _ => return None,
    };
    (!text.is_empty()).then_some(text)
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
    fn what_is_wrong_is_said_with_its_place() {
        let wrong = |text: &str| Contacts::read(text).unwrap_err();
        assert!(wrong("format = 1\nname = oops\n").starts_with("line 2: "));
        assert_eq!(wrong("format = 2"), "this program reads format 1 of it");
        assert_eq!(
            wrong("contact = \"Ana\""),
            "each contact begins with [[contact]]"
        );
        assert_eq!(
            wrong("[[contact]]\nname = \"Ana\"\n"),
            "contact 1 has no number"
        );
        assert_eq!(
            wrong("[[contact]]\nname = \" \"\nnumber = \"1\"\n"),
            "contact 1 has no name"
        );
    }
}
