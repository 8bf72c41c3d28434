use insta::assert_snapshot;

use crate::common::Sandbox;

#[test]
fn numbers_of_one_country_come_first() {
    assert_snapshot!(Sandbox::new().run(&["support", "--region", "us"]), @"
    United States. For another country:
    trust-coach support COUNTRY

    If a life is in danger now, call:
    911  police, ambulance and fire
    Can’t speak or hear? In many places you can send a text message to 911.
    Where that doesn’t work, use a textphone (TTY) or a relay service.

    If someone hurts, threatens or controls you:

    1-800-799-7233  National Domestic Violence Hotline
    For anyone, and people who want to change what they do themselves
    24 hours; text START to 88788, chat on its page, or TTY 1-800-787-3224
    Languages: English and Spanish; interpreters for more than 200
    https://www.thehotline.org
    Checked on 2026-11-29

    1-844-762-8483  StrongHearts Native Helpline
    For Native Americans and Alaska Natives
    24 hours; text the same number, or chat on its page
    https://strongheartshelpline.org
    Checked on 2026-11-29

    If you’re thinking of ending your life, or can’t cope any more:

    988  988 Suicide and Crisis Lifeline
    For anyone
    24 hours; text the same number, or chat on its page
    https://988lifeline.org
    Checked on 2026-11-29

    Numbers change. Each of these was checked on the date shown. If one
    doesn’t work, try the next one, or a list by country.

    Other countries, and more lines:
    Find a Helpline: crisis lines by country
    https://findahelpline.com
    Befrienders Worldwide: crisis centres by country
    https://befrienders.org
    NO MORE: abuse lines by country
    https://nomoredirectory.org

    There are help lines for people who hurt, scare or control someone and
    want to stop. They get calls like this every day, and you can ring
    before anything happens.

    If you feel you might do it now, go somewhere else first, then call.

    Saying sorry can wait. What you do next matters more.

    Someone else may be able to see what you do on this device, and this
    program can’t stop that.

    What you save is kept in files in your home folder. To see where, type
    “trust-coach where”. The commands you’ve typed, and the text further up
    in this window, may still be there too.

    /leave ends the exercise and takes its own text off the screen. If you
    clear everything at once, someone may notice.

    If you can, use a device they can’t get to. A friend, a library or your
    doctor may have one.

    These are writing exercises. They aren’t therapy, and they aren’t meant
    for an emergency. Nobody reads what you write, and the program can’t
    tell if someone is in danger.

    If a life is in danger now, call:
    911  police, ambulance and fire
    Can’t speak or hear? In many places you can send a text message to 911.
    Where that doesn’t work, use a textphone (TTY) or a relay service.
    --- exit 0 ---
    ");
}

#[test]
fn the_country_is_guessed_and_the_first_line_says_from_what() {
    let sandbox = Sandbox::new();
    let first = |zone: &str, variables: &[(&str, &str)]| {
        let mut command = sandbox.command(&["support"]);
        let now = format!("2026-11-29T12:00:00Z[{zone}]");
        command.env("TRUST_COACH_NOW", now).env("COLUMNS", "200");
        let output = sandbox.finish(command.envs(variables.iter().copied()));
        assert_eq!(output.code, Some(0), "{output}");
        let lines: Vec<&str> = output.stdout.lines().take(7).collect();
        lines.join("\n")
    };
    assert_snapshot!(first("Europe/Oslo", &[("LANG", "de_DE.UTF-8")]), @"
    Nach deiner Zeitzone: Norwegen. Wenn das nicht stimmt:
    trust-coach support LAND

    Wenn gerade ein Leben in Gefahr ist, ruf an:
    112  Polizei
    113  Rettung
    Du kannst nicht sprechen oder hören? SMS an 112 oder 113. Das geht, wenn
    ");
    let mut command = sandbox.command(&["support", "norwegen"]);
    let named = sandbox.finish(command.env("LANG", "de_DE.UTF-8"));
    assert!(named.stdout.starts_with("Norwegen."), "{named}");
    let mut command = sandbox.command(&["support", "--json"]);
    let same = sandbox.finish(command.env("LANG", "de_DE.UTF-8"));
    assert!(!same.stdout.contains("Polizei"), "{same}");
    // The first of the three that is set is the one that holds.
    let locales = [
        ("LC_ALL", ""),
        ("LC_MESSAGES", "pt_BR.UTF-8"),
        ("LANG", "en_US.UTF-8"),
    ];
    assert_snapshot!(first("UTC", &locales), @"
    Guessed from your language settings: Brazil. If that’s wrong:
    trust-coach support COUNTRY

    If a life is in danger now, call:
    190  police
    192  ambulance
    Can’t speak or hear? No other way has been confirmed for this country.
    ");
    assert_snapshot!(first("Africa/Lagos", &[("LANG", "en_GB.UTF-8")]), @"
    I don’t know your country’s lines. Name a country, such as:
    trust-coach support GB

    If a life is in danger now, call your country’s emergency number.
    112 works in the whole European Union, and in Iceland, Liechtenstein,
    Norway, Switzerland and the United Kingdom.
    ");
    assert_snapshot!(first("UTC", &[("LANG", "C.UTF-8")]), @"
    I don’t know your country’s lines. Name a country, such as:
    trust-coach support GB

    If a life is in danger now, call your country’s emergency number.
    112 works in the whole European Union, and in Iceland, Liechtenstein,
    Norway, Switzerland and the United Kingdom.
    ");
}

#[test]
fn the_emergency_numbers_are_also_what_stays_in_sight_of_a_long_list() {
    let output = Sandbox::new().run(&["support"]);
    let lines: Vec<&str> = output.stdout.lines().collect();
    assert_snapshot!(lines[lines.len() - 9..].join("\n"), @r#"
    To keep this country, add this line to your settings file:
    region = "DE"
    The file is shown by: trust-coach where

    If a life is in danger now, call:
    110  police
    112  ambulance and fire
    Can’t speak or hear? Use the nora app, which works without speaking.
    Sign up before you need it.
    "#);
}

#[test]
fn the_country_of_the_settings_is_the_one_that_is_shown_and_a_flag_goes_before_it() {
    let sandbox = Sandbox::new();
    sandbox.write("home/config.toml", "region = \"nz\"\n");
    let of = |args: &[&str]| sandbox.run(args).stdout;
    let here = of(&["support"]);
    assert!(
        here.starts_with("New Zealand. For another country:"),
        "{here}"
    );
    assert!(
        here.contains("\n111  police") && !here.contains("999"),
        "{here}"
    );
    assert!(of(&["support", "--region", "uk"]).contains("\n999 or 112  police"));
    assert_eq!(of(&["support", "UK"]), of(&["support", "--region", "gb"]));
    assert_eq!(
        of(&["support", "usa"]),
        of(&["support", "United", "States"])
    );
    // A country of the European Union without lines of its own.
    assert!(of(&["support", "GR"]).contains("\n112  police"));
}

#[test]
fn a_country_without_numbers_is_told_what_to_call_and_where_to_look() {
    let output = Sandbox::new().run(&["support", "atlantis"]);
    let first: Vec<&str> = output.stdout.lines().take(14).collect();
    assert_snapshot!(first.join("\n"), @"
    I don’t know your country’s lines. Name a country, such as:
    trust-coach support GB

    If a life is in danger now, call your country’s emergency number.
    112 works in the whole European Union, and in Iceland, Liechtenstein,
    Norway, Switzerland and the United Kingdom.

    Other countries, and more lines:
    Find a Helpline: crisis lines by country
    https://findahelpline.com
    Befrienders Worldwide: crisis centres by country
    https://befrienders.org
    NO MORE: abuse lines by country
    https://nomoredirectory.org
    ");
    assert_snapshot!(output.stderr, @"
    error: no help lines are listed for atlantis
    hint: the list has: AT, AU, BE, BR, CA, CH, DE, DK, ES, EU, FI, FR, GB, IE, IN, IT, JP, MX, NL, NO, NZ, PH, PL, PT, SE, SG, US, ZA
    ");
    assert_eq!(output.code, Some(2));
    assert_snapshot!(Sandbox::new().run(&["support", "--region", "Grmany"]).stderr, @"
    error: no help lines are listed for Grmany
    hint: did you mean Germany?
    ");
}

#[test]
fn programs_get_every_fact_of_a_line() {
    let of = |args: &[&str]| -> serde_json::Value {
        serde_json::from_str(&Sandbox::new().run(args).stdout).unwrap()
    };
    let one = of(&["support", "--json", "--region", "no"]);
    assert_eq!(
        (&one["country"], &one["from"]),
        (&"NO".into(), &"region".into())
    );
    assert_eq!(one["countries"].as_array().unwrap().len(), 1);
    let norway = &one["countries"][0];
    let ambulance = serde_json::json!({ "number": "113", "for": "ambulance" });
    assert_eq!(norway["emergency"][1], ambulance);
    assert_snapshot!(serde_json::to_string_pretty(&norway["lines"][1]).unwrap(), @r#"
    {
      "name": "Kirkens SOS",
      "number": "22 40 00 40",
      "need": "crisis",
      "for": "anyone",
      "area": null,
      "hours": "24 hours",
      "text": "chat and messages on its page",
      "languages": "Norwegian and English; Sami in messages",
      "page": "https://www.kirkens-sos.no",
      "checked": "2026-11-29",
      "old": false
    }
    "#);
    assert_eq!(of(&["support", "--json"])["from"], "time zone");
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
fn lines_that_were_checked_over_a_year_ago_say_so() {
    let sandbox = Sandbox::new();
    let later = |args: &[&str]| {
        let mut command = sandbox.command(args);
        sandbox.finish(command.env("TRUST_COACH_NOW", "2027-11-30T12:00:00Z[UTC]"))
    };
    let page = later(&["support", "--region", "za"]).stdout;
    let first: Vec<&str> = page.lines().take(18).collect();
    assert_snapshot!(first.join("\n"), @"
    South Africa. For another country:
    trust-coach support COUNTRY

    If a life is in danger now, call:
    10111  police
    10177  ambulance
    112  any emergency, from a mobile
    Can’t speak or hear? No other way has been confirmed for this country.
    Checked on 2026-11-29, more than a year ago: it may be wrong by now

    If someone hurts, threatens or controls you:

    0800 428 428  GBV Command Centre
    For anyone facing violence
    24 hours; text HELP to 31531, or dial *120*7867# to be called back
    https://gbv.org.za
    Checked on 2026-11-29, more than a year ago: it may be wrong by now
    ");
    let json = later(&["support", "--json", "--region", "za"]).stdout;
    assert!(
        json.contains("\"old\": true") && !json.contains("\"old\": false"),
        "{json}"
    );
    let now = sandbox.run(&["support", "--json"]).stdout;
    assert!(
        now.contains("\"old\": false") && !now.contains("\"old\": true"),
        "{now}"
    );
}

#[test]
fn in_an_exercise_help_lines_are_one_short_page() {
    let sandbox = Sandbox::new();
    sandbox.run(&["support", "add", "Ana", "0151 000"]);
    let steps = "/support\n/leave\n";
    let page = sandbox.run_with(&["exercise", "why-us", "--io", "lines"], steps);
    let from = page.stderr.find("Guessed").unwrap();
    let shown = &page.stderr[from..];
    let shown = &shown[..shown.find("\n\n[who]").unwrap()];
    assert_snapshot!(shown, @"
    Guessed from your time zone: Germany. If that’s wrong:
    /support COUNTRY

    If a life is in danger now, call:
    110  police
    112  ambulance and fire
    Can’t speak or hear? Use the nora app, which works without speaking.
    Sign up before you need it.

    Your own contacts:
    0151 000  Ana

    116 016  Hilfetelefon Gewalt gegen Frauen (abuse, 24 hours)
    0800 111 0 111 or 0800 111 0 222  TelefonSeelsorge (crisis, 24 hours)

    More lines, once you’ve stopped here:
    trust-coach support
    ");
}

#[test]
fn in_an_exercise_a_country_is_named_as_the_page_says() {
    let sandbox = Sandbox::new();
    let output = sandbox.shell(
        "printf '/support\\n/support GB\\n/leave\\n' | \
         TRUST_COACH_NOW='2026-11-29T12:00:00Z[Africa/Lagos]' $TC exercise why-us --io lines",
    );
    let first = output.stderr.find(" such as:\n/support GB\n");
    let then = output.stderr.find("999 or 112  police");
    assert!(first.is_some() && first < then, "{output}");
}

#[test]
fn what_begins_a_name_is_asked_about_and_so_is_every_country_that_begins_so() {
    for (words, meant) in [
        ("ger", "Germany"),
        ("aust", "Austria or Australia"),
        ("uni", "United Kingdom or United States"),
        ("land", ""),
    ] {
        let output = Sandbox::new().run(&["support", words]);
        let hint = format!("hint: did you mean {meant}?\n");
        assert_eq!(output.stderr.contains(&hint), !meant.is_empty(), "{output}");
        assert_eq!(output.code, Some(2), "{output}");
    }
    for (words, name) in [("Österreich", "Austria"), ("scotland", "United Kingdom")] {
        let output = Sandbox::new().run(&["support", words]);
        assert!(output.stdout.starts_with(name), "{output}");
        assert_eq!(output.code, Some(0), "{output}");
    }
}
