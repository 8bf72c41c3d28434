//! Slash commands: one list for every mode, its help text, and what counts as one.

use super::Reply;

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
        (Self::Back, "/back", "to the step before"),
        (Self::Skip, "/skip", "rather not say"),
        (Self::Pause, "/pause", "save and stop for now"),
        (Self::Hint, "/hint", "a hint; again for more"),
        (Self::Why, "/why", "why this is asked"),
        (Self::Help, "/help", "this list"),
        (Self::Editor, "/editor", "write in your own editor"),
        (Self::Support, "/support", "help lines, now"),
        (Self::Leave, "/leave", "save, clear the screen and go"),
    ];

    /// What it asks of the program; `None` for [`Command::Editor`], which the prompter itself does.
    pub fn reply(self) -> Option<Reply> {
        match self {
            Self::Back => Some(Reply::Back),
            Self::Skip => Some(Reply::Skip),
            Self::Pause => Some(Reply::Pause),
            Self::Hint => Some(Reply::Hint),
            Self::Why => Some(Reply::Why),
            Self::Help => Some(Reply::Help),
            Self::Editor => None,
            Self::Support => Some(Reply::Support),
            Self::Leave => Some(Reply::Leave),
        }
    }
}

/// What a line that was typed, not pasted, means.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum TypedLine {
    /// A command.
    Command(SlashCommand),
    /// It begins with one slash and is a single word, but no command has that name.
    Unknown(String),
    /// Words; a leading `//` has become the one slash that was meant.
    Words(String),
}

/// Reads a typed line.
pub fn read(line: &str) -> TypedLine {
    let word = line.trim();
    if word.starts_with("//") {
        return TypedLine::Words(line.replacen("//", "/", 1));
    }
    let one_word = word.len() > 1 && !word.contains(char::is_whitespace);
    if !word.starts_with('/') || !one_word || word[1..].contains('/') {
        return TypedLine::Words(line.to_string());
    }
    let known = SlashCommand::ALL
        .iter()
        .find(|(_, typed, _)| *typed == word.to_lowercase());
    known.map_or_else(
        || TypedLine::Unknown(word.to_string()),
        |(command, _, _)| TypedLine::Command(*command),
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_command_alone_on_a_line_is_read_as_one() {
        for (command, typed, _) in SlashCommand::ALL {
            assert_eq!(read(&format!(" {typed} ")), TypedLine::Command(command));
        }
    }

    #[test]
    fn a_double_slash_stands_for_one() {
        assert_eq!(read("//skip"), TypedLine::Words("/skip".into()));
    }

    #[test]
    fn an_unknown_word_is_not_taken_for_text() {
        assert_eq!(read("/bakc"), TypedLine::Unknown("/bakc".into()));
    }

    #[test]
    fn words_paths_and_a_lone_slash_are_text() {
        for text in [
            "I said /skip aloud",
            "/",
            "/home/me",
            "he/she",
            "",
            "/skip that part",
        ] {
            assert_eq!(read(text), TypedLine::Words(text.into()));
        }
    }
}
