use insta::assert_snapshot;

use crate::common::Sandbox;

#[test]
fn numbers_of_one_country_come_first() {
    assert_snapshot!(Sandbox::new().run(&["support", "--region", "us"]), @r"
    If a life is in danger now, call:
    911

    United States:
    1-800-799-7233  domestic abuse, National Domestic Violence Hotline
    988  suicide and crisis, 988 Suicide and Crisis Lifeline

    Other countries, and more lines:
    Befrienders Worldwide, a list of crisis centres by country:
    https://www.befrienders.org
    Find a Helpline, crisis lines by country: https://findahelpline.com
    Shelters in Canada, on a map: https://sheltersafe.ca

    Numbers change. These were checked on the day shown. If one does not
    work, try the next one, or a list by country. Checked on 2026-11-22.

    Some lines are for people who hurt, scare or control someone, and who
    want to stop. They know this kind of call. You can call before something
    happens.

    If you feel close to it now, go to another place first. Then call.

    An apology can wait. What you do comes first.

    Someone may be able to see what you do on this device. This program
    cannot stop that.

    What you save stays in files in your home folder. “trust-coach where”
    shows the place. Your list of typed commands and the text above in this
    window can stay too.

    /leave ends the exercise, and takes its own text off the screen. To
    clear everything at once can be noticed.

    If you can, use a device that they cannot reach. A friend, a library or
    a doctor may have one.

    These are writing exercises. They are not therapy, and not for an
    emergency. No person reads what you write. The program cannot tell if
    someone is in danger.

    If a life is in danger now, call:
    911
    --- exit 0 ---
    ");
}

#[test]
fn the_emergency_numbers_are_also_what_stays_in_sight_of_a_long_list() {
    let output = Sandbox::new().run(&["support"]);
    let first: Vec<&str> = output.stdout.lines().take(7).collect();
    assert!(
        output.stdout.trim_end().ends_with(&first.join("\n")),
        "{output}"
    );
    assert!(first.contains(&"United States: 911"), "{output}");
    assert!(output.stdout.contains("--region US"), "{output}");
}

#[test]
fn the_country_of_the_settings_is_the_one_that_is_shown_and_a_flag_goes_before_it() {
    let sandbox = Sandbox::new();
    sandbox.write("home/config.toml", "region = \"nz\"\n");
    let of = |args: &[&str]| sandbox.run(args).stdout;
    let here = of(&["support"]);
    assert!(here.contains("\n111\n") && !here.contains("999"), "{here}");
    assert!(of(&["support", "--region", "uk"]).contains("\n999\n"));
}

#[test]
fn a_country_without_numbers_still_gives_all_there_are() {
    let output = Sandbox::new().run(&["support", "--region", "atlantis"]);
    assert!(output.stdout.contains("116 123"), "{output}");
    assert_snapshot!(output.stderr, @r"
    error: no numbers were checked for atlantis
    hint: the list has: GB, IE, US, CA, AU, NZ, DE, AT, FR, IT, EU
    ");
    assert_eq!(output.code, Some(2));
}

#[test]
fn help_lines_need_no_home_and_leave_nothing_behind() {
    let sandbox = Sandbox::new();
    let mut command = sandbox.command(&["support"]);
    let output = sandbox.finish(command.env_remove("TRUST_COACH_HOME"));
    assert_eq!(output.code, Some(0), "{output}");
    assert!(!sandbox.home().exists());
}

#[test]
fn own_contacts_stand_right_behind_the_emergency_number_and_are_kept_as_plain_text() {
    let sandbox = Sandbox::new();
    assert_snapshot!(sandbox.run(&["support", "add", "Ana Pires", "0151", "000 000"]), @r"
    --- stderr ---
    Added Ana Pires: 0151 000 000
    It is kept as plain text, also when the rest is encrypted.
    Whoever can use your account can read it:
    $SANDBOX/home/contacts.toml
    --- exit 0 ---
    ");
    sandbox.run(&["support", "add", "Dr. Ode", "+44 20 0000"]);
    let shown = sandbox.run(&["support", "--region", "us"]).stdout;
    let first: Vec<&str> = shown.lines().take(7).collect();
    assert_snapshot!(first.join("\n"), @r"
    If a life is in danger now, call:
    911

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
    error: Ana is there already: 0151
    hint: trust-coach support remove ana
    --- exit 2 ---
    ");
    assert_snapshot!(sandbox.run(&["support", "add", "An\u{1b}a", "0152"]), @r"
    --- stderr ---
    error: the name has a character in it that cannot be shown
    --- exit 2 ---
    ");
    assert_snapshot!(sandbox.run(&["support", "add", "Bo", " "]), @r"
    --- stderr ---
    error: the number is empty
    --- exit 2 ---
    ");
    assert_snapshot!(sandbox.run(&["support", "add", "Bo", &"1".repeat(61)]), @r"
    --- stderr ---
    error: the number is too long
    hint: 60 columns are the most
    --- exit 2 ---
    ");
    assert_snapshot!(sandbox.run(&["support", "remove", "Bo"]), @r"
    --- stderr ---
    error: there is nobody named Bo among your contacts
    hint: `trust-coach support list` shows them
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
    let first: Vec<&str> = page.stdout.lines().take(6).collect();
    assert_snapshot!(first.join("\n"), @r"
    If a life is in danger now, call:
    911

    Your own contacts could not be read:
    $SANDBOX/home/contacts.toml: line 2: string values must be
    quoted, expected literal string
    ");
    assert_snapshot!(sandbox.run(&["support", "add", "Bo", "1"]), @r"
    --- stderr ---
    error: your own contacts could not be read
      $SANDBOX/home/contacts.toml: line 2: string values must be quoted, expected literal string
    hint: mend the file in an editor, or move it away
    --- exit 1 ---
    ");
    assert_eq!(std::fs::read_to_string(path).unwrap(), broken);
    let json = sandbox.run(&["support", "--json"]);
    assert!(json.stderr.starts_with("warning: "), "{json}");
    assert!(json.stdout.contains("116 123"), "{json}");
}

#[test]
fn numbers_that_were_checked_over_a_year_ago_say_so() {
    let sandbox = Sandbox::new();
    let later = |args: &[&str]| {
        let mut command = sandbox.command(args);
        sandbox.finish(command.env("TRUST_COACH_NOW", "2027-11-23T12:00:00Z[UTC]"))
    };
    let page = later(&["support", "--region", "us"]).stdout;
    let checked = page
        .lines()
        .skip_while(|line| !line.starts_with("Numbers change"));
    assert_snapshot!(checked.take(4).collect::<Vec<_>>().join("\n"), @r"
    Numbers change. These were checked on the day shown. If one does not
    work, try the next one, or a list by country. Checked on 2026-11-22.
    That is more than a year ago, so some may be wrong by now. Look up the
    number of your country before you need it.
    ");
    assert!(
        later(&["support", "--json"])
            .stdout
            .contains("\"old\": true")
    );
    let now = sandbox.run(&["support", "--json"]).stdout;
    assert!(now.contains("\"old\": false"), "{now}");
}

#[test]
fn help_lines_in_an_exercise_are_the_same_page() {
    let sandbox = Sandbox::new();
    sandbox.run(&["support", "add", "Ana", "0151 000"]);
    let steps = "/support\n/leave\n";
    let page = sandbox.run_with(&["exercise", "why-us", "--io", "lines"], steps);
    assert!(page.stderr.contains("0151 000  Ana"), "{page}");
}
