//! What the claims of the page on privacy are shown with: a home, and a look at a run from outside.

use std::fs;
use std::io::{BufRead, BufReader};
use std::os::unix::fs::{MetadataExt, PermissionsExt};
use std::os::unix::process::CommandExt;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use crate::common::files;
use crate::privacy::run;

pub(crate) const ANSWERS: &str = concat!(
    env!("CARGO_MANIFEST_DIR"),
    "/tests/answers/unsent-letter/hana.toml"
);

pub(crate) fn mode(path: &Path) -> u32 {
    fs::metadata(path).unwrap().permissions().mode() & 0o777
}

pub(crate) fn holds(path: &Path, words: &str) -> bool {
    String::from_utf8_lossy(&fs::read(path).unwrap()).contains(words)
}

pub(crate) fn sessions(home: &Path) -> Vec<PathBuf> {
    files(&home.join("sessions"))
}

pub(crate) fn save(home: &Path) -> (Option<i32>, String) {
    run(home, &["exercise", "unsent-letter", "--answers", ANSWERS])
}

pub(crate) fn add_promise(home: &Path, what: &str) {
    let (code, said) = run(home, &["promise", "add", what, "--when", "once tomorrow"]);
    assert_eq!(code, Some(0), "{said}");
}

/// The eight characters that a record is called by.
pub(crate) fn hex(path: &Path) -> String {
    let name = path.file_name().unwrap().to_string_lossy();
    name.split_once("Z-").unwrap().1[..8].to_string()
}

/// Looks from outside at a run that waits for an answer, as somebody who isn't root.
pub(crate) fn no_core_and_no_look_into_memory() {
    let home = tempfile::tempdir().unwrap();
    let program = home.path().join("program");
    fs::copy(env!("CARGO_BIN_EXE_trust-coach"), &program).unwrap();
    let mut command = Command::new("sh");
    command
        .args([
            "-c",
            "ulimit -c unlimited; exec \"$0\" exercise unsent-letter --io json",
        ])
        .arg(&program)
        .env("TRUST_COACH_HOME", home.path().join("home"))
        .stdin(Stdio::piped())
        .stdout(Stdio::piped());
    if rustix::process::geteuid().is_root() {
        fs::set_permissions(home.path(), fs::Permissions::from_mode(0o777)).unwrap();
        command.uid(NOBODY);
    }
    let mut child = command.spawn().unwrap();
    // It asks: what it does at its start is done.
    let mut first = String::new();
    let mut out = BufReader::new(child.stdout.take().unwrap());
    out.read_line(&mut first).unwrap();
    let of = |name: &str| PathBuf::from(format!("/proc/{}/{name}", child.id()));
    let limits = fs::read_to_string(of("limits")).unwrap();
    let owner = fs::metadata(of("mem")).unwrap().uid();
    child.kill().unwrap();
    child.wait().unwrap();
    let core = limits.lines().find(|line| line.starts_with("Max core"));
    let words: Vec<&str> = core.unwrap().split_whitespace().collect();
    assert_eq!(words[4..6], ["0", "0"], "{limits}");
    assert_eq!(owner, 0, "the memory belongs to its user: {first}");
}

/// A user with nothing of their own.
const NOBODY: u32 = 65_534;

pub(crate) fn saves_nothing(home: &Path) -> String {
    let before = sessions(home).len();
    let (code, said) = save(home);
    assert_eq!(code, Some(1), "{said}");
    assert_eq!(sessions(home).len(), before, "{said}");
    said
}

pub(crate) fn opened(home: &Path, args: &[&str]) -> (Option<i32>, String) {
    fs::write(home.join("pass"), "four or more words\n").unwrap();
    run(home, &[args, &["--passphrase-file", "pass"]].concat())
}
