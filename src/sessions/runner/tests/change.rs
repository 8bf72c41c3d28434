//! Where a step advises a change, the text is opened from there.

use super::*;
use crate::session::Value;

/// The walk, with advice behind what was seen.
fn advised(doing: Vec<Reply>) -> Ran {
    let advice =
        "[[step]]\nid = \"advice\"\nkind = \"say\"\nchange = \"seen\"\nprompt = \"Look again.\"\n";
    run_through(&format!("{WALK}\n{advice}"), &Disk::default(), doing)
}

#[test]
fn the_text_is_changed_at_once_and_nothing_between_is_asked_again() {
    let ran = advised(vec![
        says("1"),
        says("Three white geese"),
        says("1"),
        says("Three grey geese"),
        says("go-on"),
        says("finish"),
    ]);
    assert_eq!(
        ran.person.asked(),
        ["way", "seen", "advice", "seen", "advice", "look-back"]
    );
    let seen = ran.session.answer(&AnswerId::new("seen", 1)).unwrap();
    assert_eq!(seen.value(), Some(&Value::Text("Three grey geese".into())));
    assert!(matches!(ran.ended, Ok(SessionEnd::Done)));
}

#[test]
fn going_on_commands_and_other_words_leave_it_as_it_is() {
    let ran = advised(vec![
        says("1"),
        says("Three white geese"),
        says("perhaps"),
        Reply::Back,
        says("Three white geese"),
        says("Leave it as it is"),
        says("finish"),
    ]);
    assert_eq!(
        ran.person.asked(),
        [
            "way",
            "seen",
            "advice",
            "advice",
            "seen",
            "advice",
            "look-back"
        ]
    );
}

#[test]
fn where_there_is_no_text_there_is_nothing_to_change() {
    let ran = advised(vec![
        says("1"),
        Reply::Skip,
        Reply::Answer(Input::Ready),
        says("finish"),
    ]);
    assert_eq!(ran.person.asked(), ["way", "seen", "advice", "look-back"]);
    assert!(matches!(ran.ended, Ok(SessionEnd::Done)));
}
