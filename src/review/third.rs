//! Texts that speak of the other as “him”, “her” or by a name, turned to the “you” that the rules know.

use unicode_segmentation::UnicodeSegmentation;

/// What stands for others in a text that’s turned.
struct Roles<'r> {
    /// For “he” and “him”.
    third: [&'static str; 2],
    /// For “his”; nothing where it stays.
    whose: Option<&'static str>,
    /// A name, and what stands for it as somebody, and before what is theirs.
    names: &'r [(&'r str, [&'static str; 2])],
}

/// Words before which “her” is somebody and not whose something is.
const BEHIND_SOMEBODY: [&str; 37] = [
    "her", "his", "their", "my", "the", "a", "an", "all", "every", "each", "when", "where", "who",
    "what", "how", "if", "before", "after", "at", "on", "in", "to", "by", "for", "from", "about",
    "and", "so", "that", "look", "read", "see", "check", "go", "know", "have", "i",
];

/// What is done to somebody who stands behind it.
const DONE_TO: [&str; 11] = [
    "show", "let", "give", "send", "tell", "ask", "hand", "text", "call", "allow", "to",
];

/// Who stands behind one of these does something.
const BEFORE_SUBJECT: [&str; 14] = [
    "and", "then", "but", "or", "if", "when", "whenever", "before", "after", "until", "so", "that",
    "because", "while",
];

/// Whom somebody lives with, behind “my”.
const PARTNERS: [&str; 9] = [
    "husband",
    "wife",
    "partner",
    "boyfriend",
    "girlfriend",
    "fiance",
    "fiancé",
    "fiancée",
    "spouse",
];

/// Turns what one person writes of somebody else; nothing where they write of nobody. What is given to them
/// may be theirs: then it stays so.
pub(super) fn told_to_them(text: &str) -> Option<String> {
    let mut roles = Roles {
        third: ["you", "you"],
        whose: None,
        names: &[],
    };
    let (mut told, is_given) = turned(text, &roles);
    if !is_given {
        roles.whose = Some("your");
        told = turned(text, &roles).0;
    }
    (told != text).then_some(told)
}

/// Turns what two people wrote of each other, as each of them would say it to the other.
pub fn told_to_each_other(text: &str, [one, other]: [&str; 2]) -> [String; 2] {
    // A name can be several words, and one of them the beginning of the other.
    let mut names = [(one, "Firstname"), (other, "Secondname")];
    names.sort_by_key(|(name, _)| std::cmp::Reverse(name.len()));
    let text = names
        .into_iter()
        .fold(text.to_string(), |text, (name, word)| {
            let small = name.to_lowercase();
            with_word(&with_word(&text, name, word), &small, word)
        });
    let said_by = |me: &'static str, them: &'static str| {
        let roles = Roles {
            third: ["I", "you"],
            whose: Some("my"),
            names: &[(me, ["I", "my"]), (them, ["you", "your"])],
        };
        turned(&text, &roles).0
    };
    [
        said_by("firstname", "secondname"),
        said_by("secondname", "firstname"),
    ]
}

/// The text with a word in the place of a name, wherever that stands as a whole.
fn with_word(text: &str, name: &str, word: &str) -> String {
    let is_inside = |c: Option<char>| c.is_some_and(char::is_alphanumeric);
    let (mut named, mut behind) = (String::with_capacity(text.len()), 0);
    for (at, _) in text.match_indices(name) {
        let end = at + name.len();
        let before = text[..at].chars().next_back();
        if !name.is_empty() && !is_inside(before) && !is_inside(text[end..].chars().next()) {
            named.push_str(&text[behind..at]);
            named.push_str(word);
            behind = end;
        }
    }
    named + &text[behind..]
}

/// The text with others’ words in it, and whether something is given to somebody there.
fn turned(text: &str, roles: &Roles<'_>) -> (String, bool) {
    let words: Vec<&str> = text.split_word_bounds().collect();
    let small: Vec<String> = words.iter().map(|word| word.to_lowercase()).collect();
    let each_other = text.to_lowercase().contains("each other");
    let (mut turned, mut is_given) = (String::with_capacity(text.len()), false);
    // Whether the next word is what somebody else does.
    let mut acts = false;
    let mut at = 0;
    while let Some(word) = words.get(at) {
        // Nobody is meant by what stands between words, which most of a text can be.
        if !word.starts_with(char::is_alphanumeric) {
            acts &= word.trim().is_empty();
            turned.push_str(word);
            at += 1;
            continue;
        }
        let whole = small[at].replace('’', "'");
        let (stem, ending) = match whole.split_once('\'') {
            Some((stem, ending)) => (stem, Some(ending)),
            None => (&*whole, None),
        };
        let mut before = small[..at].iter().rev().map(String::as_str);
        let before = before.find(|word| !word.trim().is_empty());
        let next = (at + 1..words.len()).find(|at| !words[*at].trim().is_empty());
        let behind = next.map_or("", |at| &*small[at]);
        let is_done_to = || before.is_some_and(|verb| DONE_TO.contains(&done(verb)));
        let is_name = word.len() > 2 && word.starts_with(char::is_uppercase);
        let starts = |word: &str| !word.starts_with(char::is_alphanumeric);
        let is_somebody = starts(behind) || BEHIND_SOMEBODY.contains(&behind);
        let partner = behind.trim_end_matches("'s").trim_end_matches("’s");
        let [he, him] = roles.third;
        let named = roles.names.iter().find(|(name, _)| *name == stem);
        let mut somebody = |who| {
            is_given |= is_done_to();
            Some(who)
        };
        let other = match (stem, named) {
            (_, Some((_, [_, whose]))) if ending == Some("s") => Some(*whose),
            (_, Some((_, [who, _]))) if *who == "I" && is_done_to() => somebody("me"),
            (_, Some((_, [who, _]))) => somebody(who),
            ("he" | "she" | "they", _) => Some(he),
            ("him" | "them", _) => somebody(him),
            ("her", _) if is_somebody => somebody(him),
            ("his" | "her" | "their", _) => roles.whose,
            ("each", _) if behind == "other" => somebody("you"),
            ("other", _) if before == Some("each") => Some(""),
            ("our", _) if each_other => Some("my"),
            ("my", _) if roles.names.is_empty() && PARTNERS.contains(&partner) => {
                at = next.unwrap_or(at);
                somebody(if partner.len() < behind.len() {
                    "your"
                } else {
                    "you"
                })
            }
            _ if roles.names.is_empty() && is_name && is_done_to() => somebody(him),
            _ => None,
        };
        let subject =
            before.is_none_or(|before| starts(before) || BEFORE_SUBJECT.contains(&before));
        match other {
            Some(other) => {
                turned.push_str(other);
                let ending = ending.filter(|ending| *ending != "s");
                if let Some(ending) = ending {
                    turned.push_str(&format!("'{ending}"));
                }
                acts = ending.is_none() && subject && matches!(other, "I" | "you");
            }
            None if acts && word.chars().all(char::is_alphabetic) => {
                let verb = done(word);
                let will = if verb == *word { "" } else { "will " };
                turned.push_str(&format!("{will}{verb}"));
                acts = false;
            }
            None => {
                acts &= word.trim().is_empty();
                turned.push_str(word);
            }
        }
        at += 1;
    }
    (turned, is_given)
}

/// What somebody does, said to them: “show” for “shows”.
fn done(verb: &str) -> &str {
    match verb {
        "has" => "have",
        "is" => "be",
        "goes" => "go",
        "does" => "do",
        _ if verb.ends_with("ss") || verb.len() < 4 => verb,
        _ => verb.strip_suffix('s').unwrap_or(verb),
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
            ("I'll show my wife my phone.", "I'll show you my phone."),
            ("I check her phone.", "I check your phone."),
            ("I'll give her her pay.", "I'll give you her pay."),
            ("I'll ask Ben before I go.", "I'll ask you before I go."),
            (
                "She shows me her messages.",
                "you will show me your messages.",
            ),
            ("He’ll have to tell me.", "you'll have to tell me."),
            ("We show each other our phones.", "We show you  my phones."),
        ] {
            assert_eq!(told_to_them(text).as_deref(), Some(told));
        }
        assert_eq!(told_to_them("I'll be home by six on Sunday."), None);
    }

    #[test]
    fn what_two_wrote_is_said_by_each_to_the_other() {
        let text = "Jo O'Neil shows Ben her phone. Ben's wages go to Jo O'Neil.";
        let [jo, ben] = told_to_each_other(text, ["Jo O'Neil", "Ben"]);
        assert_eq!(jo, "I will show you my phone. your wages go to me.");
        assert!(ben.starts_with("you will show me my phone"), "{ben}");
        let [ann, _] = told_to_each_other("Annie and ann: Anna shows A B.", ["Ann", "Annie"]);
        assert_eq!(ann, "you and I: Anna shows A B.");
    }
}
