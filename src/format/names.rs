//! Names: what an id looks like, and which known name somebody meant.

use crate::text::name_key;

/// Whether text is an id: small letters, digits and hyphens, beginning with a letter.
pub fn is_id(text: &str) -> bool {
    text.starts_with(|c: char| c.is_ascii_lowercase())
        && text
            .chars()
            .all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-')
}

/// The name that a file should have which is meant as TOML and is called otherwise: an editor has put
/// an ending behind it, it is in capitals, or a cloud keeps it elsewhere. A copy that an editor keeps of
/// one is none.
pub fn meant_as_toml(name: &str) -> Option<String> {
    let lower = name.to_lowercase();
    let meant = match lower.strip_prefix('.') {
        Some(shown) => shown.strip_suffix(".icloud"),
        None => [".txt", ".text", ".md"]
            .iter()
            .find_map(|end| lower.strip_suffix(end))
            .or_else(|| (!name.ends_with(".toml")).then_some(lower.as_str())),
    };
    meant
        .filter(|name| name.ends_with(".toml"))
        .map(String::from)
}

/// [`is_id`] as a regular expression, for schemas.
pub const ID_PATTERN: &str = "^[a-z][a-z0-9-]*$";

/// The known word nearest to a mistyped one, if any is near: the shortest that begins with it, else the
/// shortest that has all its parts, else the one that's most like it.
pub fn nearest<'a>(typed: &str, known: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let typed = name_key(typed);
    let known: Vec<&str> = known.into_iter().collect();
    if let Some(begun) = beginning_with(&typed, known.iter().copied()).min_by_key(|word| word.len())
    {
        return Some(begun);
    }
    let has_all = |word: &&&str| {
        let known = name_key(word);
        let has = |part: &str| known.split('-').any(|known| known == part);
        typed.contains('-') && typed.split('-').all(has)
    };
    if let Some(longer) = known.iter().filter(has_all).min_by_key(|word| word.len()) {
        return Some(longer);
    }
    known
        .into_iter()
        .map(|word| (strsim::jaro_winkler(&typed, &name_key(word)), word))
        .filter(|(likeness, _)| *likeness > 0.8)
        .max_by(|a, b| a.0.total_cmp(&b.0))
        .map(|(_, word)| word)
}

/// The known words that begin with what was typed, in any case; none for a letter alone.
pub fn beginning_with<'a>(
    typed: &str,
    known: impl IntoIterator<Item = &'a str>,
) -> impl Iterator<Item = &'a str> {
    let typed = name_key(typed);
    let begins = move |word: &&str| typed.len() > 1 && name_key(word).starts_with(&typed);
    known.into_iter().filter(begins)
}

/// The question whether somebody meant the known word nearest to what they typed, if any is near.
pub fn did_you_mean<'a>(typed: &str, known: impl IntoIterator<Item = &'a str>) -> Option<String> {
    nearest(typed, known).map(|meant| format!("did you mean `{meant}`?"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_are_small_letters_digits_and_hyphens() {
        assert!(is_id("a") && is_id("why-us-2"));
        assert!(!is_id("") && !is_id("2a") && !is_id("A") && !is_id("a_b") && !is_id("é"));
    }

    #[test]
    fn a_near_miss_has_a_suggestion_and_a_far_one_has_none() {
        let names = || ["id", "kind", "prompt", "hints", "when"];
        assert_eq!(nearest("promt", names()), Some("prompt"));
        assert_eq!(nearest("Hint", names()), Some("hints"));
        assert_eq!(nearest("colour", names()), None);
        assert_eq!(nearest("illir", ["Mara", "Ilir"]), Some("Ilir"));
        assert_eq!(
            nearest("ger", ["Algeria", "Niger", "Germany"]),
            Some("Germany")
        );
        assert_eq!(
            nearest("apo", ["apology-heard", "apology"]),
            Some("apology")
        );
        assert_eq!(
            nearest(
                "after-hurt",
                ["after-you-broke-trust", "after-you-were-hurt"]
            ),
            Some("after-you-were-hurt")
        );
        assert_eq!(beginning_with("i", ["id"]).count(), 0);
    }
}
