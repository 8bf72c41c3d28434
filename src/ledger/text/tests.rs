//! What is read and written, and why not.

use super::*;

const HEAD: &str = r#"format = 1
id = "20261118T204512.411Z-0b77d2c4"
about = "promise"
of = "20261115T181044.032Z-5c0e77a1"
at = "2026-11-18T21:45:12+01:00[Europe/Berlin]"
"#;

fn fact(keys: &str) -> Result<Fact> {
    Fact::from_text(&format!("{HEAD}{keys}"))
}

#[test]
fn every_sort_of_fact_is_read_as_it_is_written() {
    for keys in [
        "fact = \"made\"\nwhat = \"I'll “write”.\\n\\tAnd\\r\\u0007 call. '''\"\nto = \"Mara\"\n\
         if_then = \"If it rings, then I look.\"\n\
         rule = \"DTSTART:20261116T180000 RRULE:FREQ=WEEKLY;BYDAY=MO;WKST=MO\"\n\
         look = \"2026-11-29\"\nsession = \"20261115T174501.000Z-9f3a61c2\"\nstep = \"act@2\"\n\
         exercise = \"promise\"\nfollows = \"20261101T174501.000Z-00000001\"\n",
        "fact = \"made\"\nwhat = \"Call.\"\nrule = \"DTSTART;VALUE=DATE:20261116\"\n",
        "fact = \"made\"\nwhat = \"Walk.\"\nrule = \"DTSTART;VALUE=DATE:20261116\"\n\
         who = \"both\"\npartners = [\"Mo\", \"Il\"]\n",
        "fact = \"kept\"\non = \"2026-11-18\"\n",
        "fact = \"missed\"\non = \"2026-11-18\"\nby = \"b\"\n",
        "fact = \"part\"\non = \"2026-11-22\"\ntimes = 2\n",
        "fact = \"repaired\"\non = \"2026-11-18\"\nnote = \"Told her.\"\n\
         instead_of = [\"20261118T190201.090Z-77aa0c19\"]\n",
        "fact = \"changed\"\non = \"2026-11-18\"\nto_day = \"2026-11-19\"\ntold = \"2026-11-17\"\n",
        "fact = \"changed\"\non = \"2026-11-18\"\n",
        "fact = \"changed\"\nsince = \"2026-11-18\"\nwhat = \"Less.\"\n",
        "fact = \"skipped\"\non = 2026-11-18\nthrough = \"2026-11-20\"\ncause = \"ill\"\n",
        "fact = \"let-go\"\nsince = \"2026-11-18\"\n",
        "fact = \"noted\"\nnote = \"\"\n",
        "fact = \"taken-back\"\ntakes = \"20261118T190201.090Z-77aa0c19\"\n",
    ] {
        let fact = fact(keys).unwrap_or_else(|error| panic!("{keys}: {error}"));
        assert!(fact.extra.is_empty(), "{keys}: {:?}", fact.extra);
        assert_eq!(Fact::from_text(&fact.to_text()), Ok(fact), "{keys}");
    }
}

#[test]
fn what_is_said_about_a_plan_is_read_as_it_is_written() {
    for keys in [
        "fact = \"started\"\nplan = \"reliable-again\"\nversion = 2\n\
         counted_since = \"2026-10-01\"\nweekday = \"sunday\"\n",
        "fact = \"started\"\nplan = \"ours/steady\"\n",
        "fact = \"paused\"\nuntil = \"2026-12-01\"\n",
        "fact = \"paused\"\n",
        "fact = \"resumed\"\n",
        "fact = \"postponed\"\nstage = \"week\"\nuntil = \"2026-12-01\"\n",
        "fact = \"skipped\"\nstage = \"week\"\n",
        "fact = \"stopped\"\nending = \"we-part\"\n",
        "fact = \"stopped\"\n",
    ] {
        let text = HEAD.replace("\"promise\"", "\"plan\"") + "on = \"2026-11-20\"\n" + keys;
        let fact = Fact::from_text(&text).unwrap_or_else(|error| panic!("{keys}: {error}"));
        assert!(matches!(fact.statement, Statement::Plan { .. }), "{keys}");
        assert!(fact.extra.is_empty(), "{keys}: {:?}", fact.extra);
        assert_eq!(Fact::from_text(&fact.to_text()), Ok(fact), "{keys}");
    }
}

#[test]
fn what_a_newer_program_says_is_kept_whole() {
    for keys in [
        "fact = \"kept\"\non = \"2026-11-18\"\nmood = { from = 1, to = [2, 3] }\n",
        "fact = \"celebrated\"\non = 5\nnote = [\"a\"]\n",
        "fact = \"changed\"\nsince = \"2026-11-18\"\nwho = \"both\"\n",
    ] {
        let fact = fact(keys).unwrap();
        assert!(!fact.extra.is_empty(), "{keys}");
        let again = Fact::from_text(&fact.to_text()).unwrap();
        assert_eq!(again, fact);
    }
    let plan = HEAD.replace("\"promise\"", "\"plan\"") + "fact = \"kept\"\nplan = \"weeks\"\n";
    let plan = Fact::from_text(&plan).unwrap();
    assert_eq!(plan.statement, Statement::Newer("kept".to_string()));
}

#[test]
fn what_is_no_fact_says_why() {
    for (keys, why) in [
        ("", "`fact` is missing"),
        ("fact = \"kept\"\n", "`on` is missing"),
        (
            "fact = \"kept\"\non = \"tomorrow\"\n",
            "`on` should be a day such as 2026-12-01",
        ),
        ("fact = \"made\"\nwhat = \"x\"\n", "`rule` is missing"),
        (
            "fact = \"kept\"\non = \"2026-11-18\"\ntimes = 300\n",
            "`times` should be a number from 0 to 255",
        ),
    ] {
        let error = fact(keys).unwrap_err();
        assert_eq!(error.to_string(), why, "{keys}");
    }
    let lines = "fact = \"started\"\non = \"2026-11-01\"\n";
    let start = HEAD.replace("\"promise\"", "\"plan\"") + lines;
    let why = Fact::from_text(&start).unwrap_err().to_string();
    assert_eq!(why, "`plan` is missing");
    let newer = HEAD.replace("format = 1", "format = 2");
    assert_eq!(Fact::from_text(&newer), Err(FactError::Newer { found: 2 }));
    let broken = Fact::from_text("format = 1\nid = ").unwrap_err();
    assert!(
        matches!(broken, FactError::Toml { line: 2, .. }),
        "{broken}"
    );
}
