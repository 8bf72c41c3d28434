//! How long the whole catalogue takes to load, which checks every exercise for errors, beside
//! reading the same texts as plain TOML; and how long all that `check` looks at takes. Prints the
//! quickest of many rounds, since others may use the machine, and ratios; asserts nothing.
//!
//! `cargo bench --bench catalogue`

#![allow(
    clippy::unwrap_used,
    clippy::print_stdout,
    reason = "a benchmark, not the program"
)]

use std::hint::black_box;
use std::time::{Duration, Instant};

use trust_coach::exercise::library::{BUILT_IN, Library};
use trust_coach::exercise::parse;

const ROUNDS: usize = 100;

fn main() {
    let (mut toml, mut load, mut check, mut heads) = (vec![], vec![], vec![], vec![]);
    for _ in 0..ROUNDS {
        toml.push(time(|| {
            for (_, text) in BUILT_IN {
                black_box(toml::de::DeTable::parse(text).unwrap());
            }
        }));
        load.push(time(|| {
            let library = Library::open(None);
            for (id, _) in BUILT_IN {
                black_box(library.load(id).unwrap());
            }
        }));
        check.push(time(|| {
            for (id, text) in BUILT_IN {
                assert!(black_box(parse::check(id, text)).is_empty());
            }
        }));
        heads.push(time(|| {
            black_box(Library::open(None).heads());
        }));
    }
    let base = quickest(toml);
    println!("{} exercises", BUILT_IN.len());
    println!("as plain TOML          {:>8.2} ms   1.00", millis(base));
    for (name, times) in [
        ("heads, for a list", heads),
        ("loaded and checked", load),
        ("all that check looks at", check),
    ] {
        let time = quickest(times);
        let ratio = time.as_secs_f64() / base.as_secs_f64();
        println!("{name:<23}{:>8.2} ms   {ratio:.2}", millis(time));
    }
}

fn time(work: impl FnOnce()) -> Duration {
    let start = Instant::now();
    work();
    start.elapsed()
}

fn quickest(times: Vec<Duration>) -> Duration {
    times.into_iter().min().unwrap()
}

fn millis(time: Duration) -> f64 {
    time.as_secs_f64() * 1000.0
}
