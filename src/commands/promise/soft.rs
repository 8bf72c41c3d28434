//! The soft line about the words of a promise.

use crate::commands::review::soft_line;
use crate::review::{Rules, Subject};

/// What is said of words after which help is worth offering. It refuses nothing, and nothing of it is kept.
pub(super) fn soft_line_of(texts: [Option<&String>; 2]) -> Option<String> {
    let texts: Vec<&str> = texts.into_iter().flatten().map(String::as_str).collect();
    let text = texts.join("\n\n");
    let rules = Rules::for_text(Subject::Promise, [], &text, None);
    soft_line(&rules.review(&text, None))
}
