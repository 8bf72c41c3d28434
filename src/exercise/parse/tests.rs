use super::*;

const EVERYTHING: &str = include_str!("../../../tests/fixtures/exercises/good/everything.toml");

#[test]
fn an_exercise_with_every_key_has_no_problem() {
    let (exercise, problems) = exercise("everything", EVERYTHING).unwrap();
    assert_eq!(problems, []);
    assert_eq!(exercise.steps.len(), 12);
    assert_eq!(head("everything", EVERYTHING).unwrap(), exercise.head);
    let default = |id| exercise.step(id).unwrap().default.as_deref();
    assert_eq!(default("effect"), Some("fear, doubt"));
    assert_eq!(default("deep"), Some("3"));
    assert_eq!(default("more"), Some("false"));
    assert_eq!(default("first"), Some("2026-12-01"));
    assert_eq!(exercise.group("effects").unwrap().at_most, 3);
}
