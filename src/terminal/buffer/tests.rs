use super::*;
use proptest::prelude::*;

#[derive(Clone, Debug)]
enum Edit {
    Insert(String),
    Paste(String),
    DeleteLeft,
    DeleteRight,
    DeleteWord,
    DeleteToStart,
    DeleteToEnd,
    Left,
    Right,
    WordLeft,
    WordRight,
}

/// The same, done the slow and plain way: a list of characters and a place in it.
#[derive(Default)]
struct Model {
    characters: Vec<String>,
    at: usize,
}

impl Model {
    fn set(&mut self, before: &str, behind: &str) {
        let whole = format!("{before}{behind}");
        self.characters = whole.graphemes(true).map(String::from).collect();
        let mut length = 0;
        self.at = self.characters.len();
        for (index, character) in self.characters.iter().enumerate() {
            if length >= before.len() {
                self.at = index;
                break;
            }
            length += character.len();
        }
    }

    fn before(&self) -> String {
        self.characters[..self.at].concat()
    }

    fn behind(&self, from: usize) -> String {
        self.characters[from..].concat()
    }

    fn is_space(&self, index: usize) -> bool {
        self.characters[index].trim().is_empty()
    }

    fn word_left(&self) -> usize {
        let mut at = self.at;
        while at > 0 && self.is_space(at - 1) {
            at -= 1;
        }
        while at > 0 && !self.is_space(at - 1) {
            at -= 1;
        }
        at
    }

    fn apply(&mut self, edit: &Edit) {
        let last = self.characters.len();
        let break_before = |index: &usize| self.characters[*index] == "\n";
        match edit {
            Edit::Insert(words) | Edit::Paste(words) => {
                let words = text::clean(words).into_owned();
                self.set(&(self.before() + &words), &self.behind(self.at));
            }
            Edit::DeleteLeft => {
                let from = self.at.saturating_sub(1);
                self.set(&self.characters[..from].concat(), &self.behind(self.at));
            }
            Edit::DeleteRight => {
                self.set(&self.before(), &self.behind((self.at + 1).min(last)));
            }
            Edit::DeleteWord => {
                let from = self.word_left();
                self.set(&self.characters[..from].concat(), &self.behind(self.at));
            }
            Edit::DeleteToStart => {
                let from = (0..self.at).rev().find(break_before).map_or(0, |i| i + 1);
                self.set(&self.characters[..from].concat(), &self.behind(self.at));
            }
            Edit::DeleteToEnd => {
                let to = (self.at..last).find(break_before).unwrap_or(last);
                self.set(&self.before(), &self.behind(to));
            }
            Edit::Left => self.at = self.at.saturating_sub(1),
            Edit::Right => self.at = (self.at + 1).min(last),
            Edit::WordLeft => self.at = self.word_left(),
            Edit::WordRight => {
                while self.at < last && self.is_space(self.at) {
                    self.at += 1;
                }
                while self.at < last && !self.is_space(self.at) {
                    self.at += 1;
                }
            }
        }
    }
}

fn apply(buffer: &mut Buffer, edit: &Edit) {
    match edit {
        Edit::Insert(words) => buffer.insert(words),
        Edit::Paste(words) => buffer.paste(words),
        Edit::DeleteLeft => buffer.delete_left(),
        Edit::DeleteRight => buffer.delete_right(),
        Edit::DeleteWord => buffer.delete_word(),
        Edit::DeleteToStart => buffer.delete_to_line_start(),
        Edit::DeleteToEnd => buffer.delete_to_line_end(),
        Edit::Left => buffer.left(),
        Edit::Right => buffer.right(),
        Edit::WordLeft => buffer.word_left(),
        Edit::WordRight => buffer.word_right(),
    }
}

fn words() -> impl Strategy<Value = String> {
    let bits = [
        "a",
        "no",
        " ",
        "\n",
        "\t",
        "é",
        "日本",
        "👨‍👩‍👧",
        "👍🏽",
        "🇩🇪",
        "🇫",
        "שלום",
        "می‌خواهم",
        "\u{1b}[A",
        "\r\n",
        "\u{200f}",
    ];
    proptest::collection::vec(proptest::sample::select(bits.to_vec()), 1..5)
        .prop_map(|bits| bits.concat())
}

fn edit() -> impl Strategy<Value = Edit> {
    prop_oneof![
        4 => words().prop_map(Edit::Insert),
        1 => words().prop_map(Edit::Paste),
        1 => Just(Edit::DeleteLeft),
        1 => Just(Edit::DeleteRight),
        1 => Just(Edit::DeleteWord),
        1 => Just(Edit::DeleteToStart),
        1 => Just(Edit::DeleteToEnd),
        2 => Just(Edit::Left),
        1 => Just(Edit::Right),
        1 => Just(Edit::WordLeft),
        1 => Just(Edit::WordRight),
    ]
}

proptest! {
    #[test]
    fn any_edits_equal_a_plain_list_of_characters(
        edits in proptest::collection::vec(edit(), 1..60),
    ) {
        let (mut buffer, mut model) = (Buffer::default(), Model::default());
        for edit in &edits {
            apply(&mut buffer, edit);
            model.apply(edit);
            prop_assert_eq!(buffer.text(), model.characters.concat());
            prop_assert_eq!(buffer.cursor(), model.before().len());
            prop_assert_eq!(buffer.typed.len(), buffer.text().len());
        }
    }

    #[test]
    fn any_edits_are_taken_back_to_the_beginning_and_made_again(
        stood in words(),
        edits in proptest::collection::vec(edit(), 1..60),
    ) {
        let mut buffer = Buffer::new(&stood);
        let begun = buffer.text().to_string();
        edits.iter().for_each(|edit| apply(&mut buffer, edit));
        let (text, typed) = (buffer.text().to_string(), buffer.typed.clone());
        while buffer.undo() {}
        prop_assert_eq!(buffer.text(), begun);
        while buffer.redo() {}
        prop_assert_eq!((buffer.text(), &buffer.typed), (text.as_str(), &typed));
    }
}

#[test]
fn only_what_was_typed_counts_as_a_typed_last_line() {
    let mut buffer = Buffer::new("said\n");
    buffer.insert("/skip");
    assert_eq!(buffer.typed_last_line(), Some("/skip"));
    buffer.insert("\n");
    buffer.paste("/sk");
    buffer.insert("ip");
    assert_eq!(buffer.typed_last_line(), None);
}

#[test]
fn a_last_line_is_not_read_while_the_cursor_is_elsewhere() {
    let mut buffer = Buffer::default();
    buffer.insert("one\n/skip");
    buffer.move_to(1);
    assert_eq!(buffer.typed_last_line(), None);
}

#[test]
fn dropping_the_last_line_takes_its_line_break_along() {
    let mut buffer = Buffer::default();
    buffer.insert("one\n.");
    buffer.drop_last_line();
    assert_eq!(buffer.text(), "one");
    buffer.drop_last_line();
    assert_eq!(buffer.text(), "");
}
