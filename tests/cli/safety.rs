use insta::assert_snapshot;

use crate::common::Sandbox;

#[test]
fn the_private_questions_need_a_terminal() {
    assert_snapshot!(Sandbox::new().run(&["safety"]), @r"
    --- stderr ---
    error: the safety questions need a terminal
    hint: `trust-coach support` shows help lines anywhere
    --- exit 3 ---
    ");
}
