//! Pages that are put together out of what was written.

use insta::assert_snapshot;

use crate::common::Sandbox;

#[test]
fn a_composed_page_can_carry_the_names_of_its_steps_as_headings() {
    let sandbox = Sandbox::new();
    let page = r#"format = 1
version = 1
title = "A page"
strategy = "time"
minutes = 2
summary = "A page."
opening = "A page."
closing = "Done."

[[step]]
id = "where"
kind = "write"
name = "Where"
prompt = "Where?"

[[step]]
id = "when"
kind = "write"
name = "When"
prompt = "When?"

[[step]]
id = "page"
kind = "compose"
headings = true
from = [{ use = "where" }, { use = "when" }]
prompt = "The page."
"#;
    sandbox.write("home/exercises/page.toml", page);
    let answers = [
        "exercise",
        "page",
        "--answer",
        "where=On the bench",
        "--answer",
        "when=At six",
    ];
    assert_eq!(sandbox.run(&answers).code, Some(0));
    let shown = sandbox.run(&["history", "show", "last", "--answer", "page"]);
    assert_snapshot!(shown, @r"
    Where:
    On the bench

    When:
    At six
    --- exit 0 ---
    ");
}
