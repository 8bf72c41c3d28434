//! What is begun by chance.

use crate::common::Sandbox;

#[test]
fn by_chance_nothing_is_begun_that_is_not_for_somebody_who_was_hurt() {
    let sandbox = Sandbox::new();
    let begun = |sandbox: &Sandbox, seed: u32| {
        let seed = seed.to_string();
        let output = sandbox.run(&["exercise", "--random", "--seed", &seed]);
        let stderr = output.stderr;
        let (_, name) = stderr.split_once("hint: `trust-coach answers ").unwrap();
        name.split('`')
            .next()
            .unwrap()
            .split(' ')
            .next()
            .unwrap()
            .to_string()
    };
    let old_days = |seed: &u32| begun(&sandbox, *seed) == "remember-when";
    let seed = (0..60).rev().find(old_days).unwrap();
    let answers = concat!(
        env!("CARGO_MANIFEST_DIR"),
        "/tests/answers/check-in/ines.toml"
    );
    let output = sandbox.run(&["exercise", "check-in", "--answers", answers]);
    assert_eq!(output.code, Some(0), "{output}");
    for seed in seed - 3..seed + 3 {
        assert_ne!(begun(&sandbox, seed), "remember-when");
    }
}
