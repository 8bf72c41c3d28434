//! What is closed in an exercise for two, looked for from outside.

use std::fs;
use std::io::{BufRead, BufReader, Write};
use std::os::unix::fs::{PermissionsExt, chown};
use std::os::unix::process::CommandExt;
use std::process::{Child, ChildStdout, Command, Stdio};

use trust_coach::journal::vault::seal::Passphrase;
use trust_coach::session::{Partner, Session};

use crate::common::{Sandbox, files};

const TWO: &str = include_str!("../fixtures/two/wish.toml");
const MARKER: &str = "heron-7781";

/// A user with nothing of their own.
const NOBODY: u32 = 65_534;

fn sandbox() -> Sandbox {
    let sandbox = Sandbox::new();
    sandbox.write("home/exercises/tea.toml", TWO);
    sandbox
}

/// Answers as a program does, and waits for so many questions. The program goes on as long as somebody
/// listens.
fn answered(child: &mut Child, lines: &[&str], asks: usize) -> BufReader<ChildStdout> {
    let mut input = child.stdin.take().unwrap();
    for line in lines {
        writeln!(input, "{line}").unwrap();
    }
    let mut out = BufReader::new(child.stdout.take().unwrap());
    let (mut line, mut asked) = (String::new(), 0);
    while asked < asks {
        line.clear();
        assert_ne!(out.read_line(&mut line).unwrap(), 0, "it ended");
        asked += usize::from(line.contains(r#""type":"ask""#));
    }
    child.stdin = Some(input);
    out
}

const HERON: [&str; 4] = [
    r#"{"type":"skip","id":"name-a"}"#,
    r#"{"type":"skip","id":"name-b"}"#,
    r#"{"type":"answer","id":"hand-over","value":null}"#,
    r#"{"type":"answer","id":"a:wish","value":"heron-7781"}"#,
];

/// A session that was paused after its first closed answer.
fn paused() -> Sandbox {
    let sandbox = sandbox();
    let mut child = sandbox.start(&["exercise", "tea", "--io", "json", "--screened"]);
    let listens = answered(&mut child, &HERON, 5);
    sandbox.wait(child);
    drop(listens);
    sandbox
}

#[test]
fn no_file_of_events_has_a_closed_word_even_where_words_are_wanted() {
    let sandbox = sandbox();
    let args = ["exercise", "tea", "--io", "json", "--screened"];
    let events = ["--events", "events.jsonl", "--with-text"];
    let mut child = sandbox.start(&[&args[..], &events].concat());
    let listens = answered(&mut child, &HERON, 5);
    let output = sandbox.wait(child);
    drop(listens);
    let events = sandbox.home().with_file_name("events.jsonl");
    let events = fs::read_to_string(events).unwrap();
    assert!(events.contains("a:wish"), "{events}");
    assert!(
        !events.contains(MARKER) && !output.stderr.contains(MARKER),
        "{events}"
    );
}

#[test]
fn a_key_that_cannot_be_read_is_said_and_what_it_opens_stays() {
    let sandbox = paused();
    let keys = files(&sandbox.home().join("state/two"));
    let key = |of: &str| keys.iter().find(|key| key.to_string_lossy().ends_with(of));
    let (key, other) = (key("-a.key").unwrap(), key("-b.key").unwrap());
    let (whole, session) = (fs::read(key).unwrap(), sandbox.session());
    let other = fs::read(other).unwrap();
    let resume = ["resume", "--io", "json", "--screened"];
    for broken in [Some(&b"half a key"[..]), Some(b""), Some(&other), None] {
        match broken {
            Some(broken) => fs::write(key, broken).unwrap(),
            None => fs::remove_file(key).unwrap(),
        }
        let output = sandbox.run(&resume);
        assert_eq!(output.code, Some(1), "{output}");
        assert!(output.to_string().contains("-a.key"), "{output}");
        assert_eq!(fs::read(key).ok().as_deref(), broken);
        let doctor = sandbox.run(&["doctor", "--json"]);
        assert_eq!(doctor.stdout.matches("lost-key").count(), 1, "{doctor}");
    }
    // None is made for the one who has closed nothing either.
    let folder = key.parent().unwrap();
    fs::remove_dir_all(folder).unwrap();
    assert_eq!(sandbox.run(&resume).code, Some(1));
    assert!(files(folder).is_empty());
    assert_eq!(sandbox.session(), session);
    fs::create_dir(folder).unwrap();
    fs::write(key, &whole).unwrap();
    fs::set_permissions(key, fs::Permissions::from_mode(0o644)).unwrap();
    let doctor = sandbox.run(&["doctor", "--json"]);
    assert!(!doctor.stdout.contains("lost-key"), "{doctor}");
    assert!(doctor.stdout.contains("(mode 644)"), "{doctor}");
    let resumed = sandbox.run(&resume);
    assert_eq!(resumed.code, Some(4), "{resumed}");
    assert_eq!(fs::read(key).unwrap(), whole);
}

#[test]
fn doctor_leaves_alone_what_a_link_among_the_keys_leads_to() {
    let sandbox = sandbox();
    let other = sandbox.write("other", "a program");
    fs::set_permissions(&other, fs::Permissions::from_mode(0o755)).unwrap();
    let folder = sandbox.home().join("state/two");
    fs::create_dir_all(&folder).unwrap();
    std::os::unix::fs::symlink(&other, folder.join("x-a.key")).unwrap();
    std::os::unix::fs::symlink(&other, sandbox.home().join("contacts.toml")).unwrap();
    sandbox.run(&["doctor", "--repair"]);
    let mode = fs::metadata(&other).unwrap().permissions().mode();
    assert_eq!(mode & 0o777, 0o755);
}

#[test]
fn a_session_whose_keys_cannot_be_kept_leaves_nothing() {
    let sandbox = sandbox();
    fs::create_dir_all(sandbox.home().join("state")).unwrap();
    std::os::unix::fs::symlink("away", sandbox.home().join("state/two")).unwrap();
    let output = sandbox.run(&["exercise", "tea", "--io", "json", "--screened"]);
    assert_eq!(output.code, Some(1), "{output}");
    assert!(sandbox.sessions().is_empty(), "{:?}", sandbox.sessions());
    let doctor = sandbox.run(&["doctor", "--json"]);
    assert!(doctor.stdout.contains("dangling-link"), "{doctor}");
}

#[test]
fn without_the_passphrase_of_one_of_them_a_script_changes_nothing() {
    let sandbox = paused();
    let store = crate::vault::store(&sandbox);
    let id = store.sessions().newest().next().unwrap().unwrap();
    let mut session: Session = store.sessions().read(&id).unwrap();
    let words = Passphrase::new("four words nobody knows".into());
    let (_, own) = store.make_own_key(&words, 1).unwrap();
    session.set_own_key(Partner::A, Some(own));
    store.sessions().save(&session).unwrap();
    let before = sandbox.session();
    sandbox.write(
        "g.toml",
        "[answers.a]\nshow = true\n[answers.b]\nshow = true\n",
    );
    for how in [
        &["--io", "json"][..],
        &["--io", "lines"],
        &["--answers", "g.toml"],
    ] {
        let output = sandbox.run(&[&["resume", "--screened"], how].concat());
        assert_eq!(output.code, Some(3), "{output}");
        assert!(
            output.stderr.contains("A has to type the passphrase"),
            "{output}"
        );
        assert_eq!(sandbox.session(), before);
    }
    // A lasting key that isn’t there any more is named.
    let lasting = crate::partner::quick_partner(&sandbox, "A");
    session.set_own_key(Partner::A, Some(store.lasting_key(&lasting)));
    store.sessions().save(&session).unwrap();
    let lost = || {
        let doctor = sandbox.run(&["doctor", "--json"]);
        doctor.stdout.matches("lost-key").count()
    };
    assert_eq!(lost(), 0);
    fs::remove_file(store.partner_key_file(&lasting.recipient)).unwrap();
    assert_eq!(lost(), 1);
}

#[test]
fn answers_from_a_file_go_on_with_what_was_closed_before() {
    let sandbox = paused();
    let resume = |wish: &str| {
        let (a, b) = (
            format!("[answers.a]\n{wish}"),
            "[answers.b]\nwish = \"Soup.\"",
        );
        let both = "[answers]\ntogether = \"Calm.\"";
        let answers = format!("{both}\n{a}\nwarm = 3\nshow = true\n{b}\nwarm = 4\nshow = true\n");
        sandbox.write("g.toml", answers);
        sandbox.run(&["resume", "--answers", "g.toml", "--screened"])
    };
    let (folder, before) = (sandbox.home().join("state/two"), sandbox.session());
    let away = folder.with_file_name("away");
    fs::rename(&folder, &away).unwrap();
    let output = resume("");
    assert_eq!(output.code, Some(1), "{output}");
    assert!(output.stderr.contains("-a.key"), "{output}");
    let _ = fs::remove_dir_all(&folder);
    fs::rename(&away, &folder).unwrap();
    // Whoever tries what somebody may have closed isn't told whether it's that.
    let tried = [MARKER, "Something else."].map(|wish| resume(&format!("wish = \"{wish}\"")));
    assert_eq!(tried[0].to_string(), tried[1].to_string());
    assert_eq!(tried[0].code, Some(2), "{}", tried[0]);
    let said = "answer `a:wish`: it was given before and stays closed";
    assert!(tried[0].stderr.contains(said), "{}", tried[0]);
    assert_eq!(sandbox.session(), before);
    let output = resume("");
    assert_eq!((output.code, &*output.stderr), (Some(0), ""), "{output}");
    let session = sandbox.session();
    assert!(
        session.contains(MARKER) && session.contains("Soup."),
        "{session}"
    );
    assert!(files(&folder).is_empty());
}

#[test]
fn a_session_that_got_another_name_goes_on_with_its_keys() {
    let sandbox = paused();
    let session = sandbox.sessions().pop().unwrap();
    let name = session.to_str().unwrap();
    let other = format!(
        "{}aaaaaaaa.toml",
        &name[..name.len() - "aaaaaaaa.toml".len()]
    );
    fs::rename(&session, &other).unwrap();
    let repaired = sandbox.run(&["doctor", "--repair"]);
    assert!(!repaired.stdout.contains("no passphrase"), "{repaired}");
    let resumed = sandbox.run(&["resume", "--io", "json", "--screened"]);
    assert_eq!(resumed.code, Some(4), "{resumed}");
    // Under the name that no session has any more nothing stays of it.
    let keys = files(&sandbox.home().join("state/two"));
    let of_a = |key: &&std::path::PathBuf| key.to_string_lossy().ends_with("-a.key");
    let its: Vec<_> = keys.iter().filter(of_a).collect();
    assert_eq!(its.len(), 1, "{keys:?}");
    assert!(its[0].to_string_lossy().ends_with("-aaaaaaaa-a.key"));
}

/// Whether a process of the user who looks can open a file of the other one.
fn opens(path: &str, user: Option<u32>) -> bool {
    let mut look = Command::new("head");
    look.args(["-c", "1", path]);
    look.stdout(Stdio::null()).stderr(Stdio::null());
    if let Some(user) = user {
        look.uid(user);
    }
    look.status().unwrap().success()
}

#[test]
fn another_program_of_the_same_user_cannot_look_into_the_memory_of_two_people() {
    let home = tempfile::tempdir().unwrap();
    let program = home.path().join("program");
    // A file that this process had open for writing could not be run while another test begins.
    let mut copy = Command::new("cp");
    copy.arg(env!("CARGO_BIN_EXE_trust-coach")).arg(&program);
    assert!(copy.status().unwrap().success());
    let exercises = home.path().join("home/exercises");
    fs::create_dir_all(&exercises).unwrap();
    fs::write(exercises.join("tea.toml"), TWO).unwrap();
    let user = rustix::process::geteuid().is_root().then_some(NOBODY);
    if user.is_some() {
        fs::set_permissions(home.path(), fs::Permissions::from_mode(0o755)).unwrap();
        for path in ["home", "home/exercises", "home/exercises/tea.toml"] {
            chown(home.path().join(path), user, user).unwrap();
        }
    }
    let mut command = Command::new(&program);
    command
        .args(["exercise", "tea", "--io", "json", "--screened"])
        .env("TRUST_COACH_HOME", home.path().join("home"))
        .stdin(Stdio::piped())
        .stdout(Stdio::piped());
    // Any other program of theirs can be looked into.
    let mut other = Command::new("sleep");
    other.arg("60");
    if let Some(user) = user {
        command.uid(user);
        other.uid(user);
    }
    let (mut child, mut other) = (command.spawn().unwrap(), other.spawn().unwrap());
    let _listens = answered(&mut child, &HERON, 5);
    let of = |child: &Child, name: &str| format!("/proc/{}/{name}", child.id());
    let looked = ["mem", "environ", "maps"].map(|name| opens(&of(&child, name), user));
    let usual = opens(&of(&other, "environ"), user);
    for child in [&mut child, &mut other] {
        child.kill().unwrap();
        child.wait().unwrap();
    }
    assert_eq!(looked, [false; 3]);
    assert!(usual);
}
