//! What a pack may not bring, and what is said of one that was spoilt.

use std::fs;
use std::os::unix::fs::symlink;
use std::os::unix::net::UnixListener;
use std::path::PathBuf;

use insta::assert_snapshot;

use crate::common::{Sandbox, files};
use crate::packs::{fixture, thank, with_pack};

/// A copy of the fixture in the sandbox, to be spoilt.
fn copy(sandbox: &Sandbox) -> PathBuf {
    for file in files(&fixture()) {
        let name = file.file_name().unwrap().to_str().unwrap();
        sandbox.write(format!("mine/{name}"), fs::read(&file).unwrap());
    }
    sandbox.home().with_file_name("mine")
}

#[test]
fn what_does_not_belong_into_a_pack_keeps_it_out() {
    for reason in [
        "it’s a link",
        "it’s hidden",
        "it’s a folder",
        "it isn’t a file",
        "neither an exercise nor a text",
        "larger than 1 MB",
        "isn’t an exercise id",
        "it has no pack.toml",
    ] {
        let sandbox = Sandbox::new();
        let mine = copy(&sandbox);
        let done = match reason {
            "it’s a link" => symlink("/etc/passwd", mine.join("a.toml")),
            "it’s hidden" => fs::write(mine.join(".profile"), "x"),
            "it’s a folder" => fs::create_dir(mine.join("rules")),
            "it isn’t a file" => UnixListener::bind(mine.join("a.toml")).map(|_| ()),
            "neither an exercise nor a text" => fs::write(mine.join("run.sh"), "x"),
            "larger than 1 MB" => fs::write(mine.join("README.md"), vec![b'x'; 1_100_000]),
            "isn’t an exercise id" => fs::write(mine.join("Mein Abend.toml"), "x"),
            _ => fs::remove_file(mine.join("pack.toml")),
        };
        done.unwrap();
        let output = sandbox.run(&["pack", "add", "mine"]);
        assert_eq!(output.code, Some(2), "{output}");
        assert!(output.stderr.contains(reason), "{reason}: {output}");
        assert!(!sandbox.home().join("packs").exists(), "{reason}");
    }
}

#[test]
fn everything_that_is_wrong_in_a_pack_is_shown_in_its_line() {
    let sandbox = Sandbox::new();
    let folder = copy(&sandbox);
    for (file, from, to) in [
        ("pack.toml", "licence", "license"),
        ("dank.toml", "kind = \"choose\"", "kind = \"chose\""),
    ] {
        let text = fs::read_to_string(folder.join(file)).unwrap();
        fs::write(folder.join(file), text.replace(from, to)).unwrap();
    }
    assert_snapshot!(sandbox.run(&["pack", "add", "mine"]), @r#"
    error[TC0204]: `kind` can’t be "chose"
      --> mine/dank.toml:42:8
       |
    42 | kind = "chose"
       |        ^^^^^^^
       |
       = help: did you mean "choose"? It can be: say, write, choose, pick, rate, confirm, date, draw, compose, promise, share

    error[TC0201]: unknown key `license`
     --> mine/pack.toml:5:1
      |
    5 | license = "CC BY 4.0"
      | ^^^^^^^
      |
      = help: did you mean `licence`?

    --- stderr ---
    error: mine wasn’t added: it has 2 errors
    hint: trust-coach check mine/dank.toml mine/pack.toml
    --- exit 5 ---
    "#);
    assert!(!sandbox.home().join("packs").exists());
    let none = sandbox.run(&["pack", "add", "nowhere"]);
    assert_snapshot!(none, @r"
    --- stderr ---
    error: nowhere wasn’t added
      nowhere: No such file or directory (os error 2)
    hint: `trust-coach help pack` says what a pack is
    --- exit 2 ---
    ");
}

#[test]
fn a_pack_whose_own_file_was_spoilt_later_still_works_and_is_told_of() {
    let sandbox = with_pack();
    let file = sandbox.home().join("packs/abende/pack.toml");
    fs::write(&file, "name = ").unwrap();
    assert_snapshot!(sandbox.run(&["pack", "list"]), @r"
    abende, version unknown, by unknown, licence unknown, in unknown
      abende/dank
      abende/zuhoeren
    --- stderr ---
    warning: $SANDBOX/home/packs/abende/pack.toml can’t be read
    hint: trust-coach check $SANDBOX/home/packs/abende/pack.toml
    --- exit 0 ---
    ");
    assert_eq!(thank(&sandbox).code, Some(0));
    let check = sandbox.run(&["check", file.to_str().unwrap()]);
    assert_eq!(check.code, Some(5), "{check}");
}
