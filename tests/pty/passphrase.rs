//! Setting a passphrase at a terminal, wherever one is set.

use crate::harness::Screen;

/// Answers the question about a new passphrase: one that is too short and one that is typed in two ways
/// are refused first.
pub(crate) fn set(screen: &Screen, words: &str) {
    let typed = format!("{words}\r");
    screen.send("short\r");
    screen.wait_words("fewer than 8");
    screen.send(&typed);
    screen.wait_words("The same passphrase again");
    screen.send("something else\r");
    screen.wait_words("weren’t the same");
    screen.send(&typed);
    // Where lines are only added, the first question may still stand above.
    screen.wait_for("the second question", |screen| {
        let rows = screen.contents();
        let asked = rows.matches("The same passphrase again").count();
        asked == 2 || asked == 1 && !rows.contains("fewer than 8")
    });
    screen.send(&typed);
}
