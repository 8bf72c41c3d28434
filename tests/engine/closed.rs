//! Closed answers of two people, looked for on the disk: after every change, and after kills at any
//! moment. A child process is this same test binary, told by a variable what it does.

use std::io::{BufRead, BufReader, Write};
use std::ops::ControlFlow;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::thread;
use std::time::Duration;

use proptest::prelude::*;
use rand::rngs::ChaCha8Rng;
use rand::{RngExt, SeedableRng};
use trust_coach::exercise::StepKind;
use trust_coach::home::folders::Folders;
use trust_coach::home::world;
use trust_coach::journal::vault::seal::{Identity, Passphrase};
use trust_coach::journal::{Lock, Store, StoreLock, Writer, format, opened_answer};
use trust_coach::session::{Answer, Moment, Outcome, Partner, Partners, Session, Value};

use crate::common::{files, pending, session};

const MARKER: &str = "heron-7781";
const SHOWN: &str = "a walk by the sea";
const OWN: &str = "heather and old stones";
const VAULT: &str = "the vault has its own";

/// What a child does, and where.
const PART: &str = "TRUST_COACH_CLOSED_PART";
const HOME: &str = "TRUST_COACH_CLOSED_HOME";

pub(crate) fn store(home: &Path) -> Store {
    let folders = Folders::under(home);
    Store::new(folders.data, folders.state)
}

fn words(words: &str) -> Passphrase {
    Passphrase::new(words.into())
}

fn closed(step: &str, by: Partner) -> Answer {
    Answer {
        by: Some(by),
        closed: true,
        ..pending(step)
    }
}

/// A session of two with nothing given yet, and what saves it.
fn begin(store: &Store, own: bool) -> (Session, Writer) {
    let now = jiff::Zoned::now();
    let mut session = Session {
        started: Moment::new(&now),
        answers: Partner::PAIR.map(|by| closed("wish", by)).to_vec(),
        ..session(&store.sessions().claim(&now, world::random).unwrap())
    };
    session.set_partners(&Partners::letters());
    let sealer = store.sealer(&mut session).unwrap();
    if own {
        let (key, own) = store.make_own_key(&words(OWN), 2).unwrap();
        sealer.use_key(Partner::B, &key);
        session.set_own_key(Partner::B, Some(own));
    }
    let lock = Lock::take(store, &session.id).unwrap();
    let writer = Writer::start_sealing(store.clone(), lock, session.clone(), Some(sealer));
    (session, writer.unwrap())
}

fn text(text: &str) -> Outcome {
    Outcome::Value(Value::Text(text.into()))
}

/// Whether a word lies anywhere below a folder, in whole or in an unfinished file.
pub(crate) fn lies_below(folder: &Path, word: &str) -> Option<PathBuf> {
    let holds = |path: &PathBuf| {
        let bytes = std::fs::read(path).unwrap_or_default();
        let mut windows = bytes.windows(word.len());
        windows.any(|window| window == word.as_bytes())
    };
    files(folder).into_iter().find(holds)
}

/// Not a test of its own: what the children of the next one do.
#[test]
fn child() {
    let (Ok(part), Some(home)) = (std::env::var(PART), std::env::var_os(HOME)) else {
        return;
    };
    let store = store(Path::new(&home));
    let (mut session, writer) = begin(&store, part.contains("own"));
    writer.save(&session).unwrap();
    let mut out = std::io::stdout().lock();
    writeln!(out, "\n:begun").unwrap();
    out.flush().unwrap();
    loop {
        for at in [0, 1] {
            writer.begin_answer(Some(session.answers[at].id()));
            let mut typed = String::new();
            for word in 0..8 {
                typed.push_str(&format!("{MARKER} {word}\n"));
                writer.progress(&typed);
                thread::sleep(Duration::from_micros(300));
            }
            session.answers[at].given = text(&typed);
            writer.save(&session).unwrap();
        }
        for answer in &mut session.answers {
            answer.given = Outcome::Skipped;
        }
        writer.save(&session).unwrap();
    }
}

#[test]
fn after_a_kill_at_any_moment_no_closed_word_lies_anywhere_and_its_owner_opens_it() {
    let number = |name| std::env::var(name).ok()?.parse().ok();
    let kills: usize = number("TRUST_COACH_KILLS").map_or(6, |kills: usize| kills);
    let seed = u64::from(std::process::id());
    println!("seed {seed}");
    let mut random = ChaCha8Rng::seed_from_u64(seed);
    for part in ["machine", "own", "machine, vault", "own, vault"] {
        let home = tempfile::tempdir().unwrap();
        let mut store = store(home.path());
        if part.contains("vault") {
            let now = crate::common::moment();
            let opened = store.make_vault(&now, &words(VAULT), 2).unwrap();
            store = store.with_key(opened.identity);
        }
        let mut opened = 0;
        for _ in 0..kills {
            let mut child = Command::new(std::env::current_exe().unwrap());
            child.args(["--exact", "closed::child", "--nocapture"]);
            child.env(PART, part).env(HOME, home.path());
            child.stdin(Stdio::null()).stderr(Stdio::null());
            let mut child = child.stdout(Stdio::piped()).spawn().unwrap();
            let mut said = BufReader::new(child.stdout.take().unwrap());
            let mut line = String::new();
            while !line.starts_with(":begun") {
                line.clear();
                assert_ne!(said.read_line(&mut line).unwrap(), 0, "the child ended");
            }
            thread::sleep(Duration::from_micros(random.random_range(0..80_000)));
            child.kill().unwrap();
            child.wait().unwrap();
            assert_eq!(lies_below(home.path(), MARKER), None, "{part}");
            let id = store.sessions().newest().next().unwrap().unwrap();
            let mut session = store.sessions().read(&id).unwrap();
            if let Some(own) = session.own_key(Partner::B) {
                let key = store.unlock_own_key(&id, &own, &words(OWN)).unwrap();
                session.answers[1] = opened_answer(&session.answers[1], &key).unwrap();
            }
            store.sealer(&mut session).unwrap();
            for answer in &session.answers {
                assert!(!matches!(answer.given, Outcome::Closed(_)), "{part}");
                let given = matches!(&answer.given, Outcome::Value(Value::Text(text)) if text.contains(MARKER));
                let typed = answer
                    .progress
                    .as_deref()
                    .is_some_and(|text| text.contains(MARKER));
                opened += usize::from(given || typed);
            }
        }
        // Some kills must fall where something was written, else nothing was shown.
        assert!(opened > 0, "{part}");
    }
}

/// Does one of the things that happen to a closed answer.
fn change(session: &mut Session, writer: &Writer, choice: u8) {
    let at = usize::from(choice % 2);
    let answer = &mut session.answers[at];
    let was_shown = !answer.closed;
    match choice / 2 % 5 {
        _ if was_shown => return,
        0 => {
            writer.begin_answer(Some(answer.id()));
            writer.progress(&format!("{MARKER} {choice}"));
            return writer.flush().unwrap();
        }
        1 => answer.given = text(&format!("{MARKER} {choice}")),
        2 => answer.given = Outcome::Skipped,
        3 => {
            answer.progress = Some(MARKER.into());
            answer.label = Some(MARKER.into());
        }
        _ => {
            answer.given = text(SHOWN);
            (answer.progress, answer.label) = (None, None);
            answer.closed = false;
            answer.versions.clear();
        }
    }
    writer.save(session).unwrap();
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    #[test]
    fn whatever_happens_the_file_parses_and_holds_no_closed_word(
        choices in prop::collection::vec(any::<u8>(), 1..20),
        own in any::<bool>(),
    ) {
        let home = tempfile::tempdir().unwrap();
        let store = store(home.path());
        let (mut session, writer) = begin(&store, own);
        writer.save(&session).unwrap();
        let path = store.sessions().path(&session.id);
        for choice in choices {
            change(&mut session, &writer, choice);
            let left = std::fs::read_to_string(&path).unwrap();
            let read = format::from_text(&left);
            prop_assert!(read.is_ok(), "{left}");
            prop_assert_eq!(lies_below(home.path(), MARKER), None);
            let shown = session.answers.iter().filter(|answer| !answer.closed).count();
            prop_assert_eq!(left.matches(SHOWN).count(), shown);
            // As much of it as ends before an answer is a session too; and nothing that is cut within one
            // tells what was closed.
            for (cut, _) in left.match_indices("\n[[answers]]") {
                prop_assert!(format::from_text(&left[..cut]).is_ok());
            }
            for cut in (0..left.len()).step_by(53).filter(|cut| left.is_char_boundary(*cut)) {
                if let Ok(cut) = format::from_text(&left[..cut]) {
                    let open = |answer: &Answer| answer.closed && answer.own_value().is_some();
                    prop_assert!(!cut.answers.iter().any(open));
                }
            }
        }
    }
}

#[test]
fn turning_the_vault_on_and_off_leaves_closed_what_was_closed() {
    let home = tempfile::tempdir().unwrap();
    let store = store(home.path());
    let (mut session, writer) = begin(&store, true);
    for answer in &mut session.answers {
        answer.given = text(MARKER);
        answer.kind = StepKind::Write;
    }
    writer.save(&session).unwrap();
    drop(writer);
    let before = store.sessions().read(&session.id).unwrap();
    let now = crate::common::moment();
    let opened = store.make_vault(&now, &words(VAULT), 2).unwrap();
    let all = StoreLock::take(&store).unwrap();
    let go_on = &mut |_| ControlFlow::Continue(());
    store.seal_all(&all, &opened, go_on).unwrap();
    assert_eq!(lies_below(home.path(), "AGE ENCRYPTED FILE"), None);
    let key = Identity::read(&opened.identity.secret()).unwrap();
    let with_key = store.with_key(key);
    assert_eq!(with_key.sessions().read(&session.id).unwrap(), before);
    store
        .open_all(&all, &opened, "20261122T174501Z", go_on)
        .unwrap();
    assert_eq!(store.sessions().read(&session.id).unwrap(), before);
    assert_eq!(lies_below(home.path(), MARKER), None);
}
