//! Whether two sessions say the same.

use toml::{Table, Value};

use crate::session::Session;

/// Whether two sessions say the same, whatever the order of keys that are not known. Two numbers
/// that are none (`nan`) are the same here, though not equal.
pub fn same(one: &Session, other: &Session) -> bool {
    one == other || tamed(one) == tamed(other)
}

/// The session with a word in place of each number that is none.
fn tamed(session: &Session) -> Session {
    let mut tame = session.clone();
    tame_table(&mut tame.extra);
    for note in &mut tame.notes {
        tame_table(&mut note.extra);
    }
    for answer in &mut tame.answers {
        tame_table(&mut answer.extra);
        for version in &mut answer.versions {
            tame_table(&mut version.extra);
        }
    }
    tame
}

fn tame_table(table: &mut Table) {
    for (_, value) in table.iter_mut() {
        tame_value(value);
    }
}

fn tame_value(value: &mut Value) {
    match value {
        Value::Float(number) if number.is_nan() => *value = Value::String("nan".to_string()),
        Value::Array(items) => items.iter_mut().for_each(tame_value),
        Value::Table(table) => tame_table(table),
        _ => {}
    }
}

#[cfg(test)]
mod tests {
    use super::super::{from_text, to_text};
    use super::*;

    const HEAD: &str =
        "format = 1\nid = \"a\"\nexercise = \"b\"\nstate = \"left\"\nstarted = \"c\"\n";

    #[test]
    fn a_number_that_is_none_and_another_order_of_unknown_keys_are_the_same() {
        let text = format!("{HEAD}x = nan\nt.u = [[{{v = nan}}]]\nlater = 1\n");
        let session = from_text(&text).unwrap();
        let again = from_text(&to_text(&session)).unwrap();
        assert_ne!(again, session, "nan is not equal to itself");
        assert!(same(&again, &session));
    }

    #[test]
    fn what_differs_beside_such_a_number_is_not_the_same() {
        let one = from_text(&format!("{HEAD}x = nan\ny = 1\n")).unwrap();
        for other in ["x = nan\ny = 2\n", "x = nan\n", "x = \"nan\"\ny = 2\n"] {
            let other = from_text(&format!("{HEAD}{other}")).unwrap();
            assert!(!same(&one, &other));
        }
    }
}
