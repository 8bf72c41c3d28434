use insta::assert_snapshot;

use crate::common::Sandbox;

#[test]
fn where_the_files_are_is_no_secret_to_their_owner() {
    let sandbox = Sandbox::new();
    assert_snapshot!(sandbox.run(&["where"]), @"
    sessions   $SANDBOX/home/sessions
               what you wrote, a file for each session
    ledger     $SANDBOX/home/ledger
               what you said about promises, a file for each entry
    exercises  $SANDBOX/home/exercises
               exercises of your own
    packs      $SANDBOX/home/packs
               exercises that somebody else wrote
    contacts   $SANDBOX/home/contacts.toml
               people you can call, in plain text
    state      $SANDBOX/home/state
               locks, unfinished editor drafts, and open days of promises
    config     $SANDBOX/home/config.toml
               your settings
    --- exit 0 ---
    ");
    assert_snapshot!(sandbox.run(&["where", "--json"]), @r#"
    {"format":"1.0","sessions":"$SANDBOX/home/sessions","ledger":"$SANDBOX/home/ledger","exercises":"$SANDBOX/home/exercises","packs":"$SANDBOX/home/packs","contacts":"$SANDBOX/home/contacts.toml","state":"$SANDBOX/home/state","config":"$SANDBOX/home/config.toml"}
    --- exit 0 ---
    "#);
}
