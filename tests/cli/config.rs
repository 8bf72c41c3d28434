use insta::assert_snapshot;

use crate::common::Sandbox;
use crate::tea::home;

/// A home with this settings file.
fn with(settings: &str) -> Sandbox {
    let sandbox = Sandbox::new();
    sandbox.write("home/config.toml", settings);
    sandbox
}

#[test]
fn settings_are_shown_as_a_file_that_can_be_saved() {
    let sandbox = with("pager = \"more\"\nregion = \"uk\"\n");
    let shown = sandbox.run(&["config"]);
    assert_snapshot!(shown, @r#"
    plain = true
    color = "auto"
    pager = "more"
    # editor = ""
    region = "uk"
    # language = ""
    # exercises = ""
    home = "ask"
    titles = false
    look-back = true
    due-without-passphrase = false
    day-ends = "00:00"
    # name = ""
    --- exit 0 ---
    "#);
    let again = with(&shown.stdout);
    assert_eq!(again.run(&["config"]).stdout, shown.stdout);
}

#[test]
fn where_each_comes_from_is_explained() {
    let sandbox = with("# mine\npager = \"more\"\n");
    let mut command = sandbox.command(&["--color", "never", "config", "--explain"]);
    let explained = sandbox.finish(command.env("EDITOR", "ed").env("TERM", "xterm"));
    assert_snapshot!(explained, @r#"
    plain = false
      built in
      print line by line and never redraw, for screen readers and simple terminals
      variables: TRUST_COACH_PLAIN, ACCESSIBLE

    color = "never"
      from --color
      when to use colour: auto, always or never
      variables: NO_COLOR, CLICOLOR_FORCE, FORCE_COLOR, CLICOLOR

    pager = "more"
      from the settings file, line 2
      the program that shows long texts; leave it empty to use none
      variables: TRUST_COACH_PAGER, PAGER

    editor = "ed"
      from EDITOR
      what /editor and Ctrl-O open; nano or vi if it isn’t set
      variables: VISUAL, EDITOR

    # region = ""
      not set
      the country whose help lines `support` shows (two letters); otherwise it’s guessed

    # language = ""
      not set
      the language of exercises that are translated, such as de; otherwise your locale’s

    # exercises = ""
      not set
      one more folder with exercises

    home = "ask"
      built in
      what `trust-coach` alone does at a terminal: ask with a menu, or print

    titles = false
      built in
      let `trust-coach` alone name a paused exercise even if it has safety questions

    look-back = true
      built in
      let `trust-coach` alone offer what you wrote long ago to be answered again

    due-without-passphrase = false
      built in
      with the vault on: let `due` say how many days are open; the days are kept in plain text, without words

    day-ends = "00:00"
      built in
      how late in the night a day ends, from 00:00 to 12:00

    # name = ""
      not set
      what you’re called in exercises for two; if it isn’t set, you’re the first of the two

    The settings file: $SANDBOX/home/config.toml
    --- exit 0 ---
    "#);
}

#[test]
fn programs_read_them_as_json() {
    let sandbox = with("plain = true\n");
    let mut command = sandbox.command(&["config", "--json"]);
    let output = sandbox.finish(command.env("PAGER", ""));
    assert_snapshot!(output, @r#"
    {
      "format": "1.0",
      "file": "$SANDBOX/home/config.toml",
      "settings": {
        "plain": {
          "value": true,
          "from": "file",
          "variable": null,
          "line": 1
        },
        "color": {
          "value": "auto",
          "from": "default",
          "variable": null,
          "line": null
        },
        "pager": {
          "value": "",
          "from": "variable",
          "variable": "PAGER",
          "line": null
        },
        "editor": {
          "value": null,
          "from": "default",
          "variable": null,
          "line": null
        },
        "region": {
          "value": null,
          "from": "default",
          "variable": null,
          "line": null
        },
        "language": {
          "value": null,
          "from": "default",
          "variable": null,
          "line": null
        },
        "exercises": {
          "value": null,
          "from": "default",
          "variable": null,
          "line": null
        },
        "home": {
          "value": "ask",
          "from": "default",
          "variable": null,
          "line": null
        },
        "titles": {
          "value": false,
          "from": "default",
          "variable": null,
          "line": null
        },
        "look-back": {
          "value": true,
          "from": "default",
          "variable": null,
          "line": null
        },
        "due-without-passphrase": {
          "value": false,
          "from": "default",
          "variable": null,
          "line": null
        },
        "day-ends": {
          "value": "00:00",
          "from": "default",
          "variable": null,
          "line": null
        },
        "name": {
          "value": null,
          "from": "default",
          "variable": null,
          "line": null
        }
      }
    }
    --- exit 0 ---
    "#);
}

#[test]
fn a_broken_file_is_told_of_with_its_lines_and_help_is_there_all_the_same() {
    let sandbox = with("plian = true\ncolor = 3\nregion = \"us\"\npager = more\n");
    assert_snapshot!(sandbox.run(&["list"]), @r#"
    --- stderr ---
    error: there are 3 problems in $SANDBOX/home/config.toml
      line 1: unknown key `plian`; did you mean `plain`?
      line 2: `color` takes a word, but this is a number; it can be: auto, always, never
      line 4: this text has no quotes around it; write "more"
    hint: `trust-coach config --explain` shows what can be set
    --- exit 2 ---
    "#);
    for args in [
        &["support"] as &[&str],
        &["where"],
        &["schema", "exercise"],
        &["completions", "bash"],
        &["--help"],
    ] {
        let output = sandbox.run(args);
        assert_eq!(output.code, Some(0), "{args:?}: {output}");
        assert_eq!(output.stderr, "", "{args:?}");
    }
    let numbers = sandbox.run(&["support"]).stdout;
    assert!(numbers.starts_with("United States. "), "{numbers}");
    assert!(numbers.contains("call:\n911  police"), "{numbers}");
    assert_eq!(sandbox.run(&["config"]).code, Some(2));
}

#[test]
fn a_settings_file_that_cannot_be_read_is_named() {
    let sandbox = Sandbox::new();
    sandbox.write("home/config.toml/in-the-way", "");
    assert_snapshot!(sandbox.run(&["list"]), @"
    --- stderr ---
    error: could not read the settings in $SANDBOX/home/config.toml
    caused by: it isn’t a file
    --- exit 2 ---
    ");
    assert_eq!(sandbox.run(&["support"]).code, Some(0));
}

#[test]
fn the_file_is_where_settings_belong() {
    let sandbox = Sandbox::new();
    sandbox.write("config/trust-coach/config.toml", "pager = \"one\"\n");
    sandbox.write("me/.config/trust-coach/config.toml", "pager = \"two\"\n");
    let root = sandbox.home();
    let pager = |variables: &[(&str, &str)]| {
        let mut command = sandbox.command(&["config"]);
        command.env_remove("TRUST_COACH_HOME");
        for (name, folder) in variables {
            command.env(name, root.with_file_name(folder));
        }
        let output = sandbox.finish(&mut command).stdout;
        let line = output.lines().find(|line| line.starts_with("pager"));
        line.unwrap_or_default().to_string()
    };
    let xdg = [("HOME", "me"), ("XDG_CONFIG_HOME", "config")];
    assert_eq!(pager(&xdg), "pager = \"one\"");
    assert_eq!(pager(&[("HOME", "me")]), "pager = \"two\"");
    assert_eq!(pager(&[]), "pager = \"less\"");
}

#[test]
fn one_more_folder_adds_exercises_behind_the_persons_own() {
    let sandbox = with("exercises = \"more\"\n");
    let tea = std::fs::read_to_string(home().home().join("exercises/tea.toml")).unwrap();
    let other = tea.replacen("title = \"", "title = \"Other ", 1);
    sandbox.write("home/more/tea.toml", other);
    sandbox.write("home/more/brew.toml", &tea);
    let title = |id: &str| {
        let shown = sandbox.run(&["show", id]).stdout;
        shown.lines().next().unwrap_or_default().to_string()
    };
    let (tea_title, brew_title) = (title("tea"), title("brew"));
    assert_eq!(tea_title, format!("Other {brew_title}"));
    sandbox.write("home/exercises/tea.toml", &tea);
    assert_eq!(title("tea"), brew_title);
    let ids = sandbox.run(&["list", "--ids"]).stdout;
    assert_eq!(ids.lines().filter(|id| *id == "tea").count(), 1, "{ids}");
    assert_eq!(ids.lines().filter(|id| *id == "brew").count(), 1, "{ids}");
}
