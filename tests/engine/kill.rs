//! Runs that are cut off at any moment, and two runs at once. A child process is this same test
//! binary, told by a variable to play its part in the test `child`.

use std::fs;
use std::io::{BufRead, BufReader, Write};
use std::os::unix::fs::PermissionsExt;
use std::path::Path;
use std::process::{Child, ChildStdout, Command, Stdio};
use std::sync::atomic::{AtomicU64, Ordering};
use std::thread;
use std::time::{Duration, Instant, SystemTime};

use rand::rngs::ChaCha8Rng;
use rand::{RngExt, SeedableRng};
use trust_coach::home::folders::Folders;
use trust_coach::home::world;
use trust_coach::journal::{Lock, Store, StoreError, Writer};
use trust_coach::session::{AnswerId, Moment, Outcome, Session, Value};

use crate::common::{pending, session};

/// What a child does; without it the test `child` has nothing to play.
const PART: &str = "TRUST_COACH_TEST_PART";
const HOME: &str = "TRUST_COACH_TEST_HOME";

const TEXT: &str = "\
I read your messages on Tuesday night while you were asleep. I told myself that I only wanted to \
know whether you were all right, and that was not true.

When you asked me on Wednesday I said that I had not touched your phone. You believed me, and I let \
you. That is the part that I keep coming back to.

I have thought about what it is like to live with someone who looks over your shoulder. You have \
been quieter since, and I think that I know why. “Fine” was all you said — and I left it at that.
";

fn store(home: &Path) -> Store {
    let folders = Folders::under(home);
    Store::new(folders.data, folders.state)
}

fn begin(store: &Store) -> Session {
    let now = jiff::Zoned::now();
    let session = Session {
        started: Moment::new(&now),
        answers: vec![pending("act")],
        ..session(&store.sessions().claim(&now, world::random).unwrap())
    };
    store.sessions().save(&session).unwrap();
    session
}

/// Not a test of its own: what the children of the tests below do.
#[test]
fn child() {
    let (Ok(part), Some(home)) = (std::env::var(PART), std::env::var_os(HOME)) else {
        return;
    };
    let store = store(Path::new(&home));
    let session = begin(&store);
    let lock = Lock::take(&store, &session.id).unwrap();
    let writer = Writer::start(store, lock, session.clone()).unwrap();
    say("begun", 0);
    match part.as_str() {
        "type" => type_text(&writer),
        "save" => save_without_pause(&writer, session),
        "wait" => thread::sleep(Duration::from_secs(600)),
        "end" => writer.save(&session).unwrap(),
        other => panic!("there is no part {other}"),
    }
}

/// Tells the parent something, past the test harness.
fn say(word: &str, number: u128) {
    let mut out = std::io::stdout().lock();
    writeln!(out, "\n:{word} {number}").unwrap();
    out.flush().unwrap();
}

/// Types as a quick person does, telling the time after each key.
fn type_text(writer: &Writer) {
    let begun = Instant::now();
    writer.begin_answer(Some(AnswerId::new("act", 1)));
    let mut typed = String::new();
    for c in TEXT.chars() {
        typed.push(c);
        writer.progress(&typed);
        say("key", begun.elapsed().as_millis());
        thread::sleep(Duration::from_millis(if c == ' ' { 40 } else { 14 }));
    }
    thread::sleep(Duration::from_secs(600));
}

/// Saves a longer text each time, telling each save that has returned.
fn save_without_pause(writer: &Writer, mut session: Session) {
    for count in 1.. {
        session.answers[0].given = Outcome::Value(Value::Text("line\n".repeat(count)));
        writer.save(&session).unwrap();
        say("saved", count as u128);
    }
}

fn start(part: &str, home: &Path) -> Command {
    let mut command = Command::new(std::env::current_exe().unwrap());
    command
        .args(["--exact", "kill::child", "--nocapture"])
        .env(PART, part)
        .env(HOME, home)
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::null());
    command
}

/// The child, once it has begun, and what it says.
fn begun(part: &str, home: &Path) -> (Child, BufReader<ChildStdout>) {
    let mut child = start(part, home).spawn().unwrap();
    let mut said = BufReader::new(child.stdout.take().unwrap());
    let mut line = String::new();
    while !line.starts_with(":begun") {
        line.clear();
        assert_ne!(said.read_line(&mut line).unwrap(), 0, "the child ended");
    }
    (child, said)
}

/// Kills the child after `time`; the numbers that it told until then.
fn killed(part: &str, home: &Path, time: Duration) -> Vec<u128> {
    let (mut child, said) = begun(part, home);
    let reader = thread::spawn(move || {
        said.split(b'\n')
            .map_while(Result::ok)
            .filter_map(|line| String::from_utf8(line).ok())
            .filter_map(|line| line.strip_prefix(':')?.split_once(' ')?.1.parse().ok())
            .collect::<Vec<u128>>()
    });
    thread::sleep(time);
    child.kill().unwrap();
    child.wait().unwrap();
    reader.join().unwrap()
}

/// The session after a kill. Also shows that nothing is in the way of going on, and that what was
/// left behind can be swept.
fn survivor(home: &Path) -> Session {
    let store = store(home);
    let id = store.sessions().find("last", &jiff::Zoned::now()).unwrap();
    let session = store.sessions().read(&id).unwrap();
    let lock = Lock::take(&store, &id).unwrap();
    store.sessions().save(&session).unwrap();
    drop(lock);
    store.sweep(SystemTime::now() + Duration::from_secs(3 * 60 * 60));
    let path = store.sessions().path(&id);
    let left = fs::read_dir(path.parent().unwrap()).unwrap().count();
    assert_eq!(left, 1);
    session
}

/// How many kills, and where the randomness begins: `TRUST_COACH_KILLS`, `TRUST_COACH_SEED`.
fn plan() -> (usize, ChaCha8Rng) {
    let number = |name| {
        let value = std::env::var(name).ok()?;
        Some(value.parse::<u64>().expect("a number"))
    };
    let kills = number("TRUST_COACH_KILLS").unwrap_or(25);
    let seed = number("TRUST_COACH_SEED").unwrap_or_else(|| world::random().unwrap().into());
    println!("seed {seed}");
    (
        usize::try_from(kills).unwrap(),
        ChaCha8Rng::seed_from_u64(seed),
    )
}

/// Calls `kill` for each of the times, some at once.
fn kill_each(times: &[Duration], kill: impl Fn(Duration) + Sync) {
    for some in times.chunks(25) {
        thread::scope(|scope| {
            for time in some {
                scope.spawn(|| kill(*time));
            }
        });
    }
}

fn times(most: u64) -> Vec<Duration> {
    let (kills, mut random) = plan();
    (0..kills)
        .map(|_| Duration::from_millis(random.random_range(0..most)))
        .collect()
}

#[test]
fn a_kill_leaves_the_first_part_of_what_was_typed_and_a_file_that_can_be_read() {
    let most_lost = AtomicU64::new(0);
    kill_each(&times(9500), |time| {
        let home = tempfile::tempdir().unwrap();
        let keys = killed("type", home.path(), time);
        let session = survivor(home.path());
        let kept = session.answers[0].progress.clone().unwrap_or_default();
        assert!(TEXT.starts_with(&kept), "{kept}");
        // How long ago the oldest lost key was typed, by the clock of the one who typed. It hangs on
        // the machine; when a save is due is shown where time is handed in.
        let oldest_lost = keys.get(kept.chars().count()).copied();
        let lost = oldest_lost.map_or(0, |at| keys.last().unwrap_or(&at) - at);
        most_lost.fetch_max(u64::try_from(lost).unwrap(), Ordering::Relaxed);
    });
    println!("at most {} ms of typing lost", most_lost.into_inner());
}

#[test]
fn a_kill_while_saving_costs_nothing_that_was_said_to_be_saved() {
    kill_each(&times(200), |time| {
        let home = tempfile::tempdir().unwrap();
        let saves = killed("save", home.path(), time);
        let told = saves.last().copied().unwrap_or_default();
        let session = survivor(home.path());
        let kept = match session.answers[0].value() {
            Some(Value::Text(text)) => text.lines().count() as u128,
            _ => 0,
        };
        assert!(kept == told || kept == told + 1, "{kept} of {told}");
    });
}

#[test]
fn the_second_process_is_told_which_one_has_the_session() {
    let home = tempfile::tempdir().unwrap();
    let (mut child, _said) = begun("wait", home.path());
    let store = store(home.path());
    let id = store.sessions().find("last", &jiff::Zoned::now()).unwrap();
    let error = Lock::take(&store, &id).unwrap_err();
    child.kill().unwrap();
    child.wait().unwrap();
    assert!(
        matches!(error, StoreError::Held { pid, .. } if pid == Some(child.id())),
        "{error}"
    );
    assert!(Lock::take(&store, &id).is_ok());
}

#[test]
fn files_and_folders_are_their_owners_alone_whatever_the_umask() {
    for umask in ["000", "077", "777"] {
        let home = tempfile::tempdir().unwrap();
        let below = home.path().join("share").join("trust-coach");
        let plain = start("end", &below);
        let status = Command::new("sh")
            .args(["-c", &format!("umask {umask}; exec \"$0\" \"$@\"")])
            .arg(plain.get_program())
            .args(plain.get_args())
            .envs(
                plain
                    .get_envs()
                    .filter_map(|(name, value)| Some((name, value?))),
            )
            .stdout(Stdio::null())
            .status()
            .unwrap();
        assert!(status.success());
        let mut folders = vec![home.path().join("share")];
        let mut files = 0;
        while let Some(folder) = folders.pop() {
            assert_eq!(mode(&folder), 0o700, "{folder:?} under umask {umask}");
            for entry in fs::read_dir(&folder).unwrap() {
                let path = entry.unwrap().path();
                if path.is_dir() {
                    folders.push(path);
                } else {
                    files += 1;
                    assert_eq!(mode(&path), 0o600, "{path:?} under umask {umask}");
                }
            }
        }
        assert_eq!(files, 2);
    }
}

fn mode(path: &Path) -> u32 {
    fs::metadata(path).unwrap().permissions().mode() & 0o777
}
