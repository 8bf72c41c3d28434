//! Texts that speak of the other as “him”, “her” or by a name, turned to the “you” that the rules know.

use unicode_segmentation::UnicodeSegmentation;

/// Who is who in a text that’s turned.
struct Roles<'r> {
    /// What stands for “he”, “him” and “his”.
    third: [&'static str; 3],
    /// A name, and what stands for it as whoever does something, and before what is theirs.
    names: &'r [(&'r str, [&'static str; 2])],
}

/// Words before which “her” is somebody and not whose something is.
const BEHIND_SOMEBODY: [&str; 34] = [
    "my", "the", "a", "an", "all", "every", "each", "when", "where", "who", "what", "how", "if",
    "before", "after", "at", "on", "in", "to", "by", "for", "from", "about", "and", "so", "that",
    "look", "read", "see", "check", "go", "know", "have", "i",
];

/// What is done to somebody whose name stands behind it.
const DONE_TO: [&str; 10] = [
    "show", "let", "give", "send", "tell", "ask", "hand", "text", "call", "allow",
];

/// Turns what one person writes of somebody else; nothing where they write of nobody.
pub(super) fn told_to_them(text: &str) -> Option<String> {
    let roles = Roles {
        third: ["you", "you", "your"],
        names: &[],
    };
    let turned = turned(text, &roles);
    (turned != text).then_some(turned)
}

/// Turns what two people wrote of each other, as each of them would say it to the other.
pub fn told_to_each_other(text: &str, [one, other]: [&str; 2]) -> [String; 2] {
    let said_by = |me: &str, other: &str| {
        let names = [(me, ["I", "my"]), (other, ["you", "your"])];
        let third = ["I", "you", "my"];
        turned(
            text,
            &Roles {
                third,
                names: &names,
            },
        )
    };
    [said_by(one, other), said_by(other, one)]
}

fn turned(text: &str, roles: &Roles<'_>) -> String {
    let words: Vec<&str> = text.split_word_bounds().collect();
    let each_other = text.to_lowercase().contains("each other");
    let mut turned = String::with_capacity(text.len());
    // Whether the next word is what “you” or “I” does.
    let mut acts = false;
    for (at, word) in words.iter().enumerate() {
        let whole = word.to_lowercase().replace('’', "'");
        let (stem, ending) = match whole.split_once('\'') {
            Some((stem, ending)) => (stem, Some(ending)),
            None => (&*whole, None),
        };
        let near = |mut words: Box<dyn Iterator<Item = &&str> + '_>| {
            let near = words.find(|word| !word.trim().is_empty());
            near.map(|word| word.to_lowercase())
        };
        let before = || near(Box::new(words[..at].iter().rev()));
        let next = || near(Box::new(words[at + 1..].iter()));
        let [he, him, his] = roles.third;
        let named = roles
            .names
            .iter()
            .find(|(name, _)| name.to_lowercase() == stem);
        let is_done_to = || before().is_some_and(|verb| DONE_TO.contains(&done(&verb)));
        let is_name = |word: &str| word.len() > 2 && word.starts_with(|c: char| c.is_uppercase());
        let is_somebody = || {
            let next = next().filter(|next| next.starts_with(char::is_alphanumeric));
            next.is_none_or(|next| BEHIND_SOMEBODY.contains(&&*next))
        };
        let other = match (stem, named) {
            (_, Some((_, [_, whose]))) if ending == Some("s") => Some(*whose),
            (_, Some((_, [who, _]))) => Some(if is_done_to() && *who == "I" {
                "me"
            } else {
                who
            }),
            ("he" | "she" | "they", _) => Some(he),
            ("him" | "them", _) => Some(him),
            ("her", _) if is_somebody() => Some(him),
            ("his" | "her" | "their", _) => Some(his),
            ("each", _) if next().as_deref() == Some("other") => Some("you"),
            ("other", _) if before().as_deref() == Some("each") => Some(""),
            ("our", _) if each_other => Some("my"),
            _ if roles.names.is_empty() && is_name(word) && is_done_to() => Some(him),
            _ => None,
        };
        match other {
            Some(other) => {
                turned.push_str(other);
                if let Some(ending) = ending.filter(|ending| *ending != "s") {
                    turned.push_str(&format!("'{ending}"));
                }
                acts = matches!(other, "I" | "you");
            }
            None if acts && word.chars().all(char::is_alphabetic) => {
                turned.push_str(done(word));
                acts = false;
            }
            None => {
                acts &= word.trim().is_empty();
                turned.push_str(word);
            }
        }
    }
    turned
}

/// What somebody does, said to them: “show” for “shows”.
fn done(verb: &str) -> &str {
    match verb {
        "has" => "have",
        "is" => "are",
        _ => match verb.strip_suffix("oes") {
            Some("g") => "go",
            Some("d") => "do",
            _ if verb.ends_with("ss") || verb.len() < 4 => verb,
            _ => verb.strip_suffix('s').unwrap_or(verb),
        },
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn whoever_is_written_of_becomes_you() {
        for (text, told) in [
            ("I'll show him my phone.", "I'll show you my phone."),
            ("I'll show her my phone.", "I'll show you my phone."),
            ("I check her phone.", "I check your phone."),
            ("I'll ask Ben before I go.", "I'll ask you before I go."),
            ("She shows me her messages.", "you show me your messages."),
            ("He’ll have to tell me.", "you'll have to tell me."),
            ("We show each other our phones.", "We show you  my phones."),
        ] {
            assert_eq!(told_to_them(text).as_deref(), Some(told));
        }
        assert_eq!(told_to_them("I'll be home by six on Sunday."), None);
    }

    #[test]
    fn what_two_wrote_is_said_by_each_to_the_other() {
        let text = "Ana shows Ben her phone. Ben's wages go to Ana.";
        let [ana, ben] = told_to_each_other(text, ["Ana", "Ben"]);
        assert_eq!(ana, "I show you my phone. your wages go to I.");
        assert!(ben.starts_with("you show me my phone"), "{ben}");
    }
}
