//! Looking for words in encrypted sessions, beside the age crate alone on the same files, on one
//! core. Prints times; asserts nothing. The passphrase is not part of it: it is asked for once a
//! command, and takes as long as it was made slow.
//!
//! `cargo bench --bench vault`

#![allow(
    clippy::unwrap_used,
    clippy::print_stdout,
    clippy::cast_precision_loss,
    reason = "a benchmark, not the program"
)]

use std::fs;
use std::hint::black_box;
use std::io::Read;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use trust_coach::journal::vault::seal::Passphrase;
use trust_coach::journal::{SearchQuery, Store, StoreLock};
use trust_coach::session::{Moment, SessionId};

/// So many microseconds a session may come on top of the age crate.
const BAR: f64 = 20.0;

const SESSIONS: usize = 2_000;

const ROUNDS: usize = 15;

/// A word that one session in a thousand has.
const WORD: &str = "heron";

const WORDS: &str = "I read your messages on Tuesday night while you were asleep, and told myself \
    that I only wanted to know whether you were all right. That was not true. When you asked me in \
    the kitchen I said that I had not touched your phone, and you believed me.";

fn main() {
    let home = tempfile::tempdir().unwrap();
    let plain = Store::new(home.path().to_path_buf(), home.path().join("state"));
    let now = Moment("2026-11-22T18:45:01+01:00[Europe/Berlin]".to_string());
    let passphrase = Passphrase::new("four or more words".to_string());
    let opened = plain.make_vault(&now, &passphrase, 2).unwrap();
    let (mut size, month) = (0, home.path().join("sessions/2026/11"));
    fs::create_dir_all(&month).unwrap();
    for number in 0..SESSIONS {
        let id = format!("202611{:02}T000000.000Z-{number:08x}", number % 28 + 1);
        let text = session(&id, number);
        size += text.len();
        fs::write(month.join(format!("{id}.toml")), text).unwrap();
    }
    let all = StoreLock::take(&plain).unwrap();
    plain
        .seal_all(&all, &opened, &mut |_| std::ops::ControlFlow::Continue(()))
        .unwrap();
    let secret = opened.identity.secret();
    let store = plain.with_key(opened.identity);
    let ids: Vec<SessionId> = store.sessions().newest().map(Result::unwrap).collect();
    let files: Vec<PathBuf> = ids.iter().map(|id| store.sessions().path(id)).collect();
    let words = SearchQuery::read(&[WORD]).unwrap();
    let key: age::x25519::Identity = secret.parse().unwrap();
    let (mut ours, mut bare, mut found) = (Vec::new(), Vec::new(), 0);
    for _ in 0..ROUNDS {
        bare.push(time(|| {
            for file in &files {
                bare_age(file, &key);
            }
        }));
        let mut buffer = Vec::new();
        ours.push(time(|| {
            let read =
                |id: &SessionId| store.sessions().read_with(id, &words, &mut buffer).unwrap();
            found = ids.iter().filter_map(read).count();
        }));
    }
    let each = |mut times: Vec<Duration>| {
        times.sort();
        times[times.len() / 2].as_secs_f64() * 1e6 / ids.len() as f64
    };
    let (ours, bare) = (each(ours), each(bare));
    println!(
        "{SESSIONS} encrypted sessions of {} bytes, {found} with the word",
        size / SESSIONS
    );
    println!("the age crate alone   {bare:>8.1} us a session");
    println!("search                {ours:>8.1} us a session");
    println!(
        "on top                {:>8.1} us (at most {BAR:.0})",
        ours - bare
    );
}

fn bare_age(file: &Path, key: &age::x25519::Identity) {
    let bytes = fs::read(file).unwrap();
    let decryptor = age::Decryptor::new_buffered(&bytes[..]).unwrap();
    let keys = std::iter::once(key as &dyn age::Identity);
    let mut text = Vec::with_capacity(bytes.len());
    let mut reader = decryptor.decrypt(keys).unwrap();
    reader.read_to_end(&mut text).unwrap();
    black_box(text);
}

fn time(work: impl FnOnce()) -> Duration {
    let start = Instant::now();
    work();
    start.elapsed()
}

/// A finished session with five answers.
fn session(id: &str, number: usize) -> String {
    let at = "2026-11-22T18:45:01+01:00[Europe/Berlin]";
    let mut text = format!(
        "format = 1\nid = \"{id}\"\nexercise = \"unsent-letter\"\nexercise_version = 1\n\
         title = \"A letter to keep\"\nlang = \"en\"\nstate = \"done\"\nstarted = \"{at}\"\n\
         ended = \"{at}\"\nseed = {number}\ntags = []\n"
    );
    for step in ["one", "two", "three", "four", "five"] {
        let last = if number % 1000 == 7 { WORD } else { "bird" };
        text.push_str(&format!(
            "\n[[answers]]\nstep = \"{step}\"\nkind = \"write\"\nprompt = \"What happened then?\"\n\
             value = \"{WORDS} A {last}.\"\nat = \"{at}\"\n"
        ));
    }
    text
}
