//! What somebody writes is for them alone: in the modes of files, and in what is said of mistakes.

use std::os::unix::fs::{MetadataExt, PermissionsExt};
use std::path::Path;

use crate::common::Sandbox;
use crate::export::three;

const MARK: &str = "Zwickelbrot";

/// That everything below a folder is for its owner alone.
fn all_closed(folder: &Path, seen: &mut usize) {
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let found = path.symlink_metadata().unwrap();
        let wanted = if found.is_dir() { 0o700 } else { 0o600 };
        let mode = found.permissions().mode() & 0o7777;
        assert_eq!(mode, wanted, "{}: {mode:o}", path.display());
        assert_eq!(found.uid(), folder.metadata().unwrap().uid());
        *seen += 1;
        if found.is_dir() {
            all_closed(&path, seen);
        }
    }
}

#[test]
fn every_file_that_any_command_makes_is_for_its_owner_alone_whatever_the_umask() {
    for mask in ["000", "077"] {
        let sandbox = Sandbox::new();
        let answers = concat!(
            env!("CARGO_MANIFEST_DIR"),
            "/tests/answers/unsent-letter/sam.toml"
        );
        sandbox.write("answers/answers.toml", std::fs::read(answers).unwrap());
        sandbox.write("answers/pass", "correct horse battery staple\n");
        let out = sandbox.home().with_file_name("out");
        std::fs::create_dir(&out).unwrap();
        let line = "cd out
            $TC exercise unsent-letter --answers ../answers/answers.toml --record record.toml --events events
            $TC history tag last us
            $TC support add Robin 555
            for ending in json jsonl md csv html; do $TC export --output all.$ending; done
            $TC export --layout hand-over --output page.html
            $TC backup all.tar
            rm -r ../home/sessions
            $TC import all.json
            $TC restore all.tar
            $TC vault on --passphrase-file ../answers/pass
            $TC exercise unsent-letter --answers ../answers/answers.toml";
        let ran = sandbox.shell(&format!(
            "set -e; umask {mask}; {}",
            line.replace("\n", ";").replace("do;", "do")
        ));
        assert_eq!(ran.code, Some(0), "{mask}: {ran}");
        let mut seen = 0;
        all_closed(&sandbox.home(), &mut seen);
        all_closed(&out, &mut seen);
        assert!(seen > 20, "{seen}");
    }
}

#[test]
fn no_mistake_in_a_file_is_told_in_the_words_that_stand_there() {
    let breaks: [fn(&str) -> String; 8] = [
        |text| format!("{text}{MARK}\n"),
        |text| format!("{text}{MARK} = \"{MARK}\n"),
        |text| format!("{text}\"{MARK}\" = {MARK}\n"),
        |text| format!("{text}value = '''{MARK}\n"),
        |text| text.replacen("title = \"", &format!("title = [\"{MARK}\"] #\""), 1),
        |text| text.replacen("state = \"", &format!("state = \"{MARK}"), 1),
        |text| text.replacen("kind = \"", &format!("kind = \"{MARK}"), 1),
        |text| text.replacen("value = \"", &format!("value = \"{MARK}\\q"), 1),
    ];
    for broken in breaks {
        let sandbox = three();
        let path = sandbox.sessions().remove(0);
        let text = std::fs::read_to_string(&path).unwrap();
        let wrong = broken(&text);
        assert!(wrong.contains(MARK) && wrong != text);
        std::fs::write(&path, &wrong).unwrap();
        for args in [
            &["history", "show", "aaaaaaaa"][..],
            &["history", "--with-text", "--json"],
            &["history", "search", "week"],
            &["export", "--format", "csv"],
            &["export", "aaaaaaaa"],
            &["resume", "aaaaaaaa"],
            &["doctor"],
        ] {
            let ran = sandbox.run(args);
            assert!(!ran.stderr.contains(MARK), "{args:?}: {ran}");
            assert!(args[0] != "doctor" || !ran.stdout.contains(MARK), "{ran}");
        }
        assert_eq!(std::fs::read_to_string(&path).unwrap(), wrong);
    }
}

#[test]
fn an_import_that_is_refused_does_not_tell_what_is_in_it() {
    let sandbox = Sandbox::new();
    let good = three()
        .run(&["export", "--all", "--format", "jsonl"])
        .stdout;
    let good = good.lines().next().unwrap().replace("[id1]", "aaaaaaaa");
    for wrong in [
        good.replacen(
            "\"title\":\"",
            &format!("\"title\":[\"{MARK}\"],\"x\":\""),
            1,
        ),
        good.replacen("\"state\":\"", &format!("\"state\":\"{MARK}"), 1),
        good.replacen("\"value\":", &format!("\"value\":\"{MARK}\"\"value\":"), 1),
        good.replacen("\"kind\":\"", &format!("\"kind\":\"{MARK}"), 1),
        format!("{MARK}{good}"),
        format!("{good}\n{MARK}"),
    ] {
        sandbox.write("in.json", wrong);
        let ran = sandbox.run(&["import", "in.json"]);
        assert_eq!(ran.code, Some(2), "{ran}");
        assert!(!ran.stderr.contains(MARK) && ran.stdout.is_empty(), "{ran}");
    }
}
