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
