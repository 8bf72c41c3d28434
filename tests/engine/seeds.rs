//! Every kept seed of the fuzz targets goes through what the targets feed.

use std::fs;
use std::path::Path;

use crate::feed;

type Feed = fn(&[u8]);

/// Every target: its folder of seeds, and what it feeds.
const TARGETS: [(&str, Feed); 8] = [
    ("answers", feed::answers),
    ("archive", feed::archive),
    ("exercise", feed::exercise),
    ("fact", feed::fact),
    ("keys", feed::keys),
    ("session", feed::session),
    ("text", feed::text),
    ("vault_header", feed::vault_header),
];

#[test]
fn every_seed_is_taken_or_refused_and_none_breaks_anything() {
    for (name, feed) in TARGETS {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR"))
            .join("tests/fixtures/seeds")
            .join(name);
        let mut count = 0;
        for seed in fs::read_dir(folder).unwrap() {
            feed(&fs::read(seed.unwrap().path()).unwrap());
            count += 1;
        }
        assert!(count > 0, "{name} has no seed");
    }
}

#[test]
fn every_target_is_fed_here_too() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("fuzz/fuzz_targets");
    // A package comes without the targets, but with their seeds.
    let Ok(targets) = fs::read_dir(folder) else {
        return;
    };
    let mut targets: Vec<String> = targets
        .map(|file| {
            file.unwrap()
                .path()
                .file_stem()
                .unwrap()
                .to_string_lossy()
                .into_owned()
        })
        .collect();
    targets.sort();
    assert_eq!(targets, TARGETS.map(|(name, _)| name));
}
