use insta::assert_snapshot;

use crate::common::Sandbox;

#[test]
fn where_the_files_are_is_no_secret_to_their_owner() {
    let sandbox = Sandbox::new();
    assert_snapshot!(sandbox.run(&["where"]), @r"
    sessions   $SANDBOX/home/sessions
               what you wrote, a file for each session
    exercises  $SANDBOX/home/exercises
               exercises of your own
    packs      $SANDBOX/home/packs
               exercises that somebody else wrote
    contacts   $SANDBOX/home/contacts.toml
               whom you can call, in plain text
    state      $SANDBOX/home/state
               locks and unfinished editor drafts
    config     $SANDBOX/home/config.toml
               your settings
    --- exit 0 ---
    ");
    assert_snapshot!(sandbox.run(&["where", "--json"]), @r#"
    {"format":"1.0","sessions":"$SANDBOX/home/sessions","exercises":"$SANDBOX/home/exercises","packs":"$SANDBOX/home/packs","contacts":"$SANDBOX/home/contacts.toml","state":"$SANDBOX/home/state","config":"$SANDBOX/home/config.toml"}
    --- exit 0 ---
    "#);
}
