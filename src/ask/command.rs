//! Slash commands: one list for every mode, its help text, and what counts as one.

use super::Reply;
use crate::format::nearest;
use crate::text::command_key;
use crate::text::language::Language;

/// What a person can type alone on a line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SlashCommand {
    /// To the step before.
    Back,
    /// Rather not say.
    Skip,
    /// Save and stop here.
    Pause,
    /// The next hint.
    Hint,
    /// Why this is asked.
    Why,
    /// What can be typed.
    Help,
    /// Write in their own editor.
    Editor,
    /// Help lines.
    Support,
    /// Save, and leave nothing on the screen.
    Leave,
}

impl SlashCommand {
    /// Every command: what is typed, and what it does in a few words.
    pub const ALL: [(Self, &str, &str); 9] = [
        (Self::Back, "/back", "back to the step before"),
        (Self::Skip, "/skip", "rather not say"),
        (Self::Pause, "/pause", "stop for now"),
        (Self::Hint, "/hint", "a hint; type it again for more"),
        (Self::Why, "/why", "why this is asked"),
        (Self::Help, "/help", "this list"),
        (Self::Editor, "/editor", "write in your editor"),
        (Self::Support, "/support", "see help lines now"),
        (Self::Leave, "/leave", "clear the screen and leave"),
    ];

    /// What it asks of the program; `None` for [`SlashCommand::Editor`], which the prompter itself does.
    pub fn reply(self) -> Option<Reply> {
        match self {
            Self::Back => Some(Reply::Back),
            Self::Skip => Some(Reply::Skip),
            Self::Pause => Some(Reply::Pause),
            Self::Hint => Some(Reply::Hint),
            Self::Why => Some(Reply::Why),
            Self::Help => Some(Reply::Help),
            Self::Editor => None,
            Self::Support => Some(Reply::Support(None)),
            Self::Leave => Some(Reply::Leave),
        }
    }
}

/// What a line that was typed, not pasted, means.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum TypedLine {
    /// A command that asks something of the program.
    Reply(Reply),
    /// The command that opens their own editor.
    Editor,
    /// Perhaps a command: a sentence that says what is doubtful.
    Doubtful(String),
    /// Words; a leading `//` has become the one slash that was meant.
    Words(String),
}

/// Other words for commands, which people know from elsewhere.
const ALIASES: [(&str, SlashCommand); 7] = [
    ("/quit", SlashCommand::Pause),
    ("/exit", SlashCommand::Pause),
    ("/stop", SlashCommand::Pause),
    ("/zurück", SlashCommand::Back),
    ("/tipp", SlashCommand::Hint),
    ("/warum", SlashCommand::Why),
    ("/hilfe", SlashCommand::Help),
];

/// Fewer letters are no passphrase.
const SHORTEST_SECRET: usize = 8;

/// Reads a line that is typed unseen. What could be a passphrase is one, and what is like no command is
/// not said again.
pub fn read_hidden(line: &str, language: Language) -> TypedLine {
    let word = command_key(line);
    let names = SlashCommand::ALL.iter().map(|(_, typed, _)| &typed[1..]);
    let is_like_one = word.chars().count() < SHORTEST_SECRET
        && nearest(word.trim_start_matches('/'), names).is_some();
    match read(line, language) {
        TypedLine::Doubtful(_) if !is_like_one => TypedLine::Words(line.to_string()),
        meant => meant,
    }
}

/// Reads a typed line; what is doubtful is said in `language`.
pub fn read(line: &str, language: Language) -> TypedLine {
    let word = command_key(line);
    let word = word.as_str();
    if word.starts_with("//") {
        return TypedLine::Words(line.replacen("//", "/", 1));
    }
    if let Some(command) = named(word) {
        return command.reply().map_or(TypedLine::Editor, TypedLine::Reply);
    }
    let bare = word.trim_matches(|c: char| !c.is_alphanumeric());
    if word.starts_with('/') && named(&format!("/{bare}")).is_some() {
        return TypedLine::Doubtful(language.fill(NEAR, &[("word", &word), ("near", &bare)]));
    }
    let (command, behind) = word.split_once(char::is_whitespace).unwrap_or_default();
    // The name of a country has one word or two.
    if named(command) == Some(SlashCommand::Support) && behind.split_whitespace().count() <= 2 {
        return TypedLine::Reply(Reply::Support(Some(behind.trim().to_string())));
    }
    let one_word = word.len() > 1 && !word.contains(char::is_whitespace);
    if word.starts_with('/') && one_word && !word[1..].contains('/') {
        let names = SlashCommand::ALL.iter().map(|(_, typed, _)| &typed[1..]);
        return TypedLine::Doubtful(match nearest(&word[1..], names) {
            Some(near) => language.fill(NEAR, &[("word", &word), ("near", &near)]),
            None => language.fill(UNKNOWN, &[("word", &word)]),
        });
    }
    doubt(word, language).map_or_else(|| TypedLine::Words(line.to_string()), TypedLine::Doubtful)
}

/// Reads what was typed behind words that stood there already. A word with a slash is doubtful only
/// where it's like a command: `Mum/Dad` is none.
pub fn read_behind(tail: &str, language: Language) -> TypedLine {
    match read(tail, language) {
        TypedLine::Doubtful(_) => doubt(&command_key(tail), language)
            .map_or_else(|| TypedLine::Words(tail.to_string()), TypedLine::Doubtful),
        meant => meant,
    }
}

/// What is doubtful of words that end in a command, or in what is like one, whatever stands around it:
/// `J. /pause`, `(/paus)`, `J./pause`. With one word behind it, a command is still meant where a line or a
/// sentence begins with it: `/skip this`.
fn doubt(line: &str, language: Language) -> Option<String> {
    let mut words = line.split_whitespace();
    let last = words.next_back().unwrap_or_default();
    let last = last.trim_matches(AROUND);
    let begins = words.next_back();
    let is_over = |before: &str| before.ends_with(AROUND);
    let begins = begins.filter(|_| words.next_back().is_none_or(is_over));
    let mut parts = [Some(last), joined(last), begins].into_iter().flatten();
    if let Some(part) = parts.find(|part| named(part).is_some()) {
        return Some(language.fill(NOT_ALONE, &[("last", &part)]));
    }
    let names = SlashCommand::ALL.iter().map(|(_, typed, _)| &typed[1..]);
    let near = nearest(last.strip_prefix('/')?, names)?;
    Some(language.fill(NEAR, &[("word", &last), ("near", &near)]))
}

/// What begins with a slash behind the end of a sentence, as in `J./leave`. Between letters it's an “or”:
/// `stay/leave`.
fn joined(word: &str) -> Option<&str> {
    let (before, _) = word.split_once('/')?;
    let end = before.chars().next_back()?;
    let is_over = AROUND.contains(&end) || BULLETS.contains(&end);
    is_over.then(|| &word[before.len()..])
}

/// The command that this word is.
fn named(word: &str) -> Option<SlashCommand> {
    let word = word.to_lowercase();
    let all = SlashCommand::ALL
        .iter()
        .map(|(command, typed, _)| (*typed, *command));
    let mut all = all.chain(ALIASES);
    all.find(|(typed, _)| *typed == word).map(|found| found.1)
}

/// What can stand around the last word of a sentence.
const AROUND: &[char] = &[
    '(', ')', '[', ']', '“', '”', '„', '‘', '’', '«', '»', '"', '\'', '.', ',', ';', ':', '!', '?',
    '…',
];

/// What a line of a list begins with.
const BULLETS: &[char] = &['-', '–', '—', '*', '•'];

// Texts for people.
const NEAR: &str = "{word} isn’t a command. Did you mean /{near}?";
const UNKNOWN: &str = "{word} isn’t a command.";
const NOT_ALONE: &str = "{last} only works alone on its line.";

#[cfg(test)]
mod tests {
    use super::*;

    fn read(line: &str) -> TypedLine {
        super::read(line, Language::English)
    }

    #[test]
    fn a_command_alone_on_a_line_is_read_as_one() {
        for (command, typed, _) in SlashCommand::ALL {
            let meant = command.reply().map_or(TypedLine::Editor, TypedLine::Reply);
            assert_eq!(read(&format!(" {typed} ")), meant);
            // As it comes out of a web page, and from an East Asian keyboard.
            assert_eq!(read(&format!("\u{200b}{typed}\u{feff}")), meant);
            assert_eq!(read(&typed.replacen('/', "／", 1)), meant);
        }
        assert_eq!(read("ｓkip"), TypedLine::Words("ｓkip".into()));
        assert_eq!(
            read("／paus"),
            TypedLine::Doubtful("/paus isn’t a command. Did you mean /pause?".into())
        );
    }

    #[test]
    fn help_lines_take_a_country() {
        for (typed, country) in [
            ("/support GB", "GB"),
            ("/Support  New Zealand ", "New Zealand"),
        ] {
            let support = Reply::Support(Some(country.into()));
            assert_eq!(read(typed), TypedLine::Reply(support));
        }
        let text = "/support was no use that night";
        assert_eq!(read(text), TypedLine::Words(text.into()));
    }

    #[test]
    fn a_double_slash_stands_for_one() {
        assert_eq!(read("//skip"), TypedLine::Words("/skip".into()));
    }

    #[test]
    fn an_unknown_word_is_not_taken_for_text() {
        for (typed, said) in [
            ("/bakc", "/bakc isn’t a command. Did you mean /back?"),
            ("/paus", "/paus isn’t a command. Did you mean /pause?"),
            ("/nonsense", "/nonsense isn’t a command."),
            ("/ leave", "/ leave isn’t a command. Did you mean /leave?"),
            ("/leave/", "/leave/ isn’t a command. Did you mean /leave?"),
            ("/skip this", "/skip only works alone on its line."),
            ("J. /pause", "/pause only works alone on its line."),
            ("J. /pause.", "/pause only works alone on its line."),
            (
                "It was late. (/pause)",
                "/pause only works alone on its line.",
            ),
            ("(/pause)", "/pause only works alone on its line."),
            ("J./leave", "/leave only works alone on its line."),
            ("-/leave", "/leave only works alone on its line."),
            ("J. /support now", "/support only works alone on its line."),
            ("So tired. /help me", "/help only works alone on its line."),
            ("/pause.", "/pause. isn’t a command. Did you mean /pause?"),
            ("J. /paus", "/paus isn’t a command. Did you mean /pause?"),
            ("J. “/leav”", "/leav isn’t a command. Did you mean /leave?"),
            (
                "That is all. /LEAVE ",
                "/LEAVE only works alone on its line.",
            ),
        ] {
            assert_eq!(read(typed), TypedLine::Doubtful(said.into()));
        }
    }

    #[test]
    fn what_is_long_enough_for_a_passphrase_is_one_whatever_it_is_like() {
        for (typed, is_secret) in [
            ("/leave", false),
            ("/help", false),
            ("/paus", false),
            ("/correct-horse", true),
            ("/x4q", true),
            ("my dog /pause", true),
        ] {
            let meant = super::read_hidden(typed, Language::English);
            assert_eq!(
                meant == TypedLine::Words(typed.into()),
                is_secret,
                "{typed}"
            );
        }
    }

    #[test]
    fn words_from_elsewhere_are_known() {
        for word in ["/quit", "/exit", "/stop"] {
            assert_eq!(read(word), TypedLine::Reply(Reply::Pause));
        }
    }

    #[test]
    fn words_paths_and_a_lone_slash_are_text() {
        for text in [
            "I said /skip aloud",
            "/",
            "/home/me",
            "he/she",
            "stay/leave",
            "I don't know how/why.",
            "there/back",
            "with him and/or her",
            "it is in ~/back",
            "look into /home/me",
            "look into /home/me/help",
            "see https://example.org/help",
            "call me /s",
            "",
            "/skip that part",
        ] {
            assert_eq!(read(text), TypedLine::Words(text.into()));
        }
    }
}
