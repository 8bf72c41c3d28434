//! What a pack says of itself, checked like an exercise.

use crate::exercise::{Pack, table};
use crate::format::problem::{Problem, in_order};
use crate::format::read::text;
use crate::format::{check, syntax};

/// Reads a `pack.toml`.
///
/// # Errors
///
/// Everything that is wrong with it, in the order of the text.
pub fn pack(text_of_file: &str) -> Result<Pack, Vec<Problem>> {
    let mut problems = Vec::new();
    let tree = syntax::tree(text_of_file, &mut problems);
    check::check(&table::PACK, text_of_file, &tree, &mut problems);
    if !problems.is_empty() {
        return Err(in_order(problems));
    }
    let root = tree.root.get_ref();
    let line = |key| text(root, key).unwrap_or_default();
    Ok(Pack {
        name: line("name"),
        title: text(root, "title"),
        author: line("author"),
        licence: line("licence"),
        version: line("version"),
        language: line("language"),
        address: text(root, "address"),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    const GOOD: &str = "format = 1\nname = \"abende\"\nauthor = \"A. Autorin\"\n\
        licence = \"CC BY 4.0\"\nversion = \"1.2\"\nlanguage = \"de\"\n";

    fn codes(text: &str) -> Vec<&'static str> {
        let problems = pack(text).err().unwrap_or_default();
        problems.iter().map(|problem| problem.code.id()).collect()
    }

    #[test]
    fn what_a_pack_says_of_itself_is_read() {
        let pack = pack(GOOD).unwrap();
        assert_eq!(
            (pack.name.as_str(), pack.version.as_str()),
            ("abende", "1.2")
        );
        assert_eq!(pack.title, None);
    }

    #[test]
    fn everything_that_is_wrong_is_told() {
        assert_eq!(codes(&GOOD.replace("format = 1\n", "")), ["TC0202"]);
        assert_eq!(codes(&GOOD.replace("format = 1", "format = 2")), ["TC0208"]);
        assert_eq!(
            codes(&GOOD.replace("\"abende\"", "\"Abende 2\"")),
            ["TC0205"]
        );
        assert_eq!(codes(&GOOD.replace("licence", "license")), ["TC0201"]);
        assert_eq!(codes(&GOOD.replace("\"1.2\"", "1")), ["TC0203"]);
        assert_eq!(codes("name = "), ["TC0101"]);
        assert_eq!(codes(&format!("{GOOD}x-mine = 1\n")), [""; 0]);
    }
}
