//! Setting a passphrase at a terminal, wherever one is set.

use crate::harness::Screen;

/// Answers the question about a new passphrase: one that is too short and one that is typed in two ways
/// are refused first.
pub(crate) fn set(screen: &Screen, words: &str) {
    let typed = format!("{words}\r");
    screen.send("short\r");
    screen.wait_words("fewer than 8");
    wait_question(screen, "shown", "fewer than 8");
    screen.send(&typed);
    wait_question(screen, "The same passphrase again", "fewer than 8");
    screen.send("something else\r");
    screen.wait_words("weren’t the same");
    wait_question(screen, "shown", "weren’t the same");
    screen.send(&typed);
    wait_question(screen, "The same passphrase again", "weren’t the same");
    screen.send(&typed);
}

/// Waits until the question is asked, and stands below the refusal where that is still there: what is
/// typed between the two is dropped.
fn wait_question(screen: &Screen, question: &str, refusal: &str) {
    screen.wait(question, |rows| {
        let rows = rows.join("\n");
        rows.rfind(question) > rows.rfind(refusal)
    });
}
