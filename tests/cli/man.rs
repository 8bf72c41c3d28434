use insta::assert_snapshot;

use crate::common::Sandbox;

#[test]
fn each_command_has_a_page_with_the_exit_codes() {
    let sandbox = Sandbox::new();
    let output = sandbox.run(&["man", "--dir", "pages/new"]);
    assert_eq!(output.code, Some(0), "{output}");
    let below = "pages/new/trust-coach-history-show.1";
    assert!(output.stdout.lines().any(|path| path == below), "{output}");
    for path in output.stdout.lines() {
        let path = sandbox.home().parent().unwrap().join(path);
        let page = std::fs::read_to_string(path).unwrap();
        assert!(page.contains(".SH \"EXIT STATUS\""), "{page}");
        for (code, means) in trust_coach::error::EXITS {
            assert!(page.contains(&format!("\\fB{code}\\fR")), "{code}");
            assert!(page.replace('\\', "").contains(means), "{means}");
        }
    }
}

#[test]
fn settings_stand_on_the_page_of_the_program() {
    let sandbox = Sandbox::new();
    sandbox.run(&["man", "--dir", "pages"]);
    let page = sandbox.home().with_file_name("pages/trust-coach.1");
    let page = std::fs::read_to_string(page).unwrap();
    for key in trust_coach::home::settings::KEYS {
        assert!(
            page.contains(&format!("\\fB{}\\fR", key.name.replace('-', "\\-"))),
            "{}",
            key.name
        );
        assert!(page.contains(&key.variables.join(", ")), "{}", key.name);
    }
}

#[test]
fn a_folder_that_cannot_be_made_is_named() {
    let sandbox = Sandbox::new();
    sandbox.write("pages", "in the way");
    assert_snapshot!(sandbox.run(&["man", "--dir", "pages"]), @r"
    --- stderr ---
    error: could not write pages
    caused by: File exists (os error 17)
    --- exit 1 ---
    ");
}

#[test]
fn no_page_goes_into_a_folder_of_ours_or_to_standard_output() {
    let sandbox = Sandbox::new();
    for folder in ["home/identities", "home/sessions/new/pages", "-"] {
        let output = sandbox.run(&["man", "--dir", folder]);
        assert_eq!(output.code, Some(2), "{output}");
    }
    assert!(!sandbox.home().exists());
}
