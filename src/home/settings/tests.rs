//! Which of flags, variables, file and default decides.

use super::*;

fn decided(
    kind: SettingKind,
    flags: &[(&str, &str)],
    variables: &[(&str, &str)],
    file: &str,
) -> (String, SettingSource) {
    let variable = |name: &str| {
        let set = variables.iter().find(|(known, _)| *known == name);
        let usual = (name == "TERM").then(|| OsString::from("xterm"));
        set.map(|(_, value)| OsString::from(value)).or(usual)
    };
    let flags: Vec<(&str, String)> = flags
        .iter()
        .map(|(name, value)| (*name, (*value).to_string()))
        .collect();
    let (lines, problems) = read(file);
    assert_eq!(problems, []);
    let settings = Settings::decide(&flags, &variable, &lines);
    let one = settings.all().iter().find(|one| one.key.kind == kind);
    let one = one.unwrap();
    (one.value.clone(), one.by)
}

fn colour_by(flags: &[(&str, &str)], variables: &[(&str, &str)], file: &str) -> String {
    decided(SettingKind::Colour, flags, variables, file).0
}

#[test]
fn flags_go_before_variables_variables_before_the_file_and_the_file_before_the_default() {
    let file = "\nplain = false\npager = \"more\"";
    let on = [("TRUST_COACH_PLAIN", "1")];
    let off = [("TRUST_COACH_PLAIN", "0"), ("ACCESSIBLE", "1")];
    let plain = |flags: &[(&str, &str)], variables: &[(&str, &str)], file: &str| {
        decided(SettingKind::Switch, flags, variables, file)
    };
    assert_eq!(
        plain(&[], &[], ""),
        ("false".into(), SettingSource::Default)
    );
    assert_eq!(
        plain(&[], &[], file),
        ("false".into(), SettingSource::File(2))
    );
    assert_eq!(
        plain(&[], &on, file),
        ("true".into(), SettingSource::Variable("TRUST_COACH_PLAIN"))
    );
    assert_eq!(
        plain(&[], &off, "plain = true"),
        ("false".into(), SettingSource::Variable("TRUST_COACH_PLAIN"))
    );
    assert_eq!(
        plain(&[("plain", "true")], &off, file),
        ("true".into(), SettingSource::Flag)
    );
    assert_eq!(
        decided(SettingKind::Pager, &[], &[("PAGER", "most")], file),
        ("most".into(), SettingSource::Variable("PAGER"))
    );
    assert_eq!(
        decided(
            SettingKind::Pager,
            &[],
            &[("TRUST_COACH_PAGER", ""), ("PAGER", "most")],
            file
        ),
        (String::new(), SettingSource::Variable("TRUST_COACH_PAGER"))
    );
    assert_eq!(
        decided(
            SettingKind::Editor,
            &[],
            &[("VISUAL", " "), ("EDITOR", "ed")],
            ""
        ),
        ("ed".into(), SettingSource::Variable("EDITOR"))
    );
}

#[test]
fn what_a_terminal_cannot_do_is_not_asked_of_it() {
    let dumb = [("TERM", "dumb"), ("TRUST_COACH_PLAIN", "no")];
    assert_eq!(
        decided(SettingKind::Switch, &[], &dumb, "plain = false"),
        ("true".into(), SettingSource::Variable("TERM"))
    );
}

#[test]
fn colour_is_decided_in_one_order() {
    let force = ("FORCE_COLOR", "1");
    assert_eq!(colour_by(&[], &[], ""), "auto");
    assert_eq!(colour_by(&[], &[("NO_COLOR", "")], ""), "auto");
    assert_eq!(colour_by(&[], &[("NO_COLOR", "1"), force], ""), "never");
    assert_eq!(
        colour_by(&[], &[("CLICOLOR_FORCE", "0"), force], ""),
        "always"
    );
    assert_eq!(colour_by(&[], &[("FORCE_COLOR", "0")], ""), "auto");
    assert_eq!(colour_by(&[], &[("CLICOLOR", "0")], ""), "never");
    assert_eq!(colour_by(&[], &[("CLICOLOR", "1")], ""), "auto");
    assert_eq!(colour_by(&[], &[], "color = \"never\""), "never");
    assert_eq!(colour_by(&[], &[force], "color = \"never\""), "always");
    assert_eq!(colour_by(&[("color", "never")], &[force], ""), "never");
    let file = "color = \"always\"";
    assert_eq!(colour_by(&[("color", "auto")], &[], file), "auto");
    assert_eq!(
        colour_by(&[("color", "auto")], &[("NO_COLOR", "1")], file),
        "never"
    );
}
