use insta::assert_snapshot;

use crate::common::Sandbox;

#[test]
fn own_contacts_stand_right_behind_the_emergency_number_and_are_kept_as_plain_text() {
    let sandbox = Sandbox::new();
    assert_snapshot!(sandbox.run(&["support", "add", "Ana Pires", "0151", "000 000"]), @r"
    --- stderr ---
    Added Ana Pires: 0151 000 000
    It’s kept as plain text, even when everything else is encrypted.
    Anyone who can use your account can read it:
    $SANDBOX/home/contacts.toml
    --- exit 0 ---
    ");
    sandbox.run(&["support", "add", "Dr. Ode", "+44 20 0000"]);
    let shown = sandbox.run(&["support", "--region", "us"]).stdout;
    let first: Vec<&str> = shown.lines().take(11).collect();
    assert_snapshot!(first.join("\n"), @"
    United States. For another country:
    trust-coach support COUNTRY

    If a life is in danger now, call:
    911  police, ambulance and fire
    Can’t speak or hear? In many places you can send a text message to 911.
    Where that doesn’t work, use a textphone (TTY) or a relay service.

    Your own contacts:
    0151 000 000  Ana Pires
    +44 20 0000  Dr. Ode
    ");
    assert_snapshot!(sandbox.run(&["support", "list"]), @r"
    0151 000 000  Ana Pires
    +44 20 0000  Dr. Ode
    --- exit 0 ---
    ");
    let path = sandbox.home().join("contacts.toml");
    assert_snapshot!(std::fs::read_to_string(&path).unwrap(), @r#"
    # Your own contacts for `trust-coach support`: plain text, never encrypted.
    # Edit freely; comments are not kept.
    format = 1

    [[contact]]
    name = "Ana Pires"
    number = "0151 000 000"

    [[contact]]
    name = "Dr. Ode"
    number = "+44 20 0000"
    "#);
    let mode = std::os::unix::fs::PermissionsExt::mode(&path.metadata().unwrap().permissions());
    assert_eq!(mode & 0o777, 0o600);
    assert_snapshot!(sandbox.run(&["support", "remove", "ana pires"]), @r"
    --- stderr ---
    Removed Ana Pires: 0151 000 000
    --- exit 0 ---
    ");
    let left = sandbox.run(&["support", "--json"]).stdout;
    let left: serde_json::Value = serde_json::from_str(&left).unwrap();
    let one = serde_json::json!([{ "name": "Dr. Ode", "number": "+44 20 0000" }]);
    assert_eq!(left["contacts"], one);
    let listed = sandbox.run(&["support", "list", "--json"]).stdout;
    let listed: serde_json::Value = serde_json::from_str(&listed).unwrap();
    assert_eq!(listed["contacts"], one);
}

#[test]
fn what_is_no_contact_is_not_added() {
    let sandbox = Sandbox::new();
    sandbox.run(&["support", "add", "Ana", "0151"]);
    assert_snapshot!(sandbox.run(&["support", "add", "ana", "0152"]), @r"
    --- stderr ---
    error: Ana is already in the list: 0151
    hint: trust-coach support remove ana
    --- exit 2 ---
    ");
    assert_snapshot!(sandbox.run(&["support", "add", "An\u{1b}a", "0152"]), @r"
    --- stderr ---
    error: the name has a character in it that can’t be shown
    --- exit 2 ---
    ");
    assert_snapshot!(sandbox.run(&["support", "add", "Bo", " "]), @r"
    --- stderr ---
    error: the number is empty
    --- exit 2 ---
    ");
    assert_snapshot!(sandbox.run(&["support", "add", "Bo", &"1".repeat(61)]), @"
    --- stderr ---
    error: the number is too long
    hint: it can have 60 columns at most
    --- exit 2 ---
    ");
    assert_snapshot!(sandbox.run(&["support", "remove", "Bo"]), @r"
    --- stderr ---
    error: nobody called Bo is among your contacts
    hint: `trust-coach support list` shows them
    --- exit 2 ---
    ");
    assert_snapshot!(sandbox.run(&["support", "remove", "Anna"]), @r"
    --- stderr ---
    error: nobody called Anna is among your contacts
    hint: did you mean `Ana`?
    --- exit 2 ---
    ");
    assert_snapshot!(sandbox.run(&["support", "list"]), @r"
    0151  Ana
    --- exit 0 ---
    ");
}

#[test]
fn contacts_that_cannot_be_read_hide_no_number_and_are_left_as_they_are() {
    let sandbox = Sandbox::new();
    let broken = "[[contact]]\nname = Ana\n";
    let path = sandbox.write("home/contacts.toml", broken);
    let page = sandbox.run(&["support", "--region", "us"]);
    assert_eq!(page.code, Some(0), "{page}");
    let first: Vec<&str> = page.stdout.lines().take(13).collect();
    assert_snapshot!(first.join("\n"), @r#"
    United States. For another country:
    trust-coach support COUNTRY

    If a life is in danger now, call:
    911  police, ambulance and fire
    Can’t speak or hear? In many places you can send a text message to 911.
    Where that doesn’t work, use a textphone (TTY) or a relay service.

    Your own contacts could not be read:
    $SANDBOX/home/contacts.toml: line 2: this text has no quotes
    around it; write "Ana"

    If someone hurts, threatens or controls you:
    "#);
    assert_snapshot!(sandbox.run(&["support", "add", "Bo", "1"]), @r#"
    --- stderr ---
    error: your own contacts could not be read
      $SANDBOX/home/contacts.toml: line 2: this text has no quotes around it; write "Ana"
    hint: fix the file in an editor, or move it away
    --- exit 1 ---
    "#);
    assert_eq!(std::fs::read_to_string(path).unwrap(), broken);
    let json = sandbox.run(&["support", "--json"]);
    assert!(json.stderr.starts_with("warning: "), "{json}");
    assert!(json.stdout.contains("116 016"), "{json}");
}

#[test]
fn of_several_that_are_added_and_removed_at_the_same_time_none_is_lost() {
    let sandbox = Sandbox::new();
    sandbox.run(&["support", "add", "Old", "0"]);
    let names = ["N1", "N2", "N3", "N4", "N5", "N6"];
    let add = |name| sandbox.start(&["support", "add", name, "1"]);
    let adding: Vec<_> = names.into_iter().map(add).collect();
    let removed = sandbox.run(&["support", "remove", "Old"]).code;
    let mut expected: Vec<&str> = Vec::new();
    for (name, child) in names.into_iter().zip(adding) {
        let output = sandbox.wait(child);
        // On a machine with much else to do one may wait too long; it says so.
        let is_busy = output.stderr.contains("another trust-coach");
        assert!(output.code == Some(0) || is_busy, "{output}");
        expected.extend((!is_busy).then_some(name));
    }
    expected.extend((removed != Some(0)).then_some("Old"));
    let listed = sandbox.run(&["support", "list"]).stdout;
    let listed = listed
        .lines()
        .filter_map(|line| Some(line.split_once("  ")?.1));
    let mut listed: Vec<&str> = listed.collect();
    listed.sort_unstable();
    assert_eq!(listed, expected);
}
