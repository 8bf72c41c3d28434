//! An answer as it comes from a person, a program or a file.

use serde_json::Value as Json;

/// An answer as it came, before the engine has checked it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Input {
    /// Go on (`Ready`).
    Ready,
    /// Yes or no, as a program or a file says it: true or false.
    YesNo(bool),
    /// As typed: a text, a number, `yes`, an option's id, label or number, several of these with
    /// commas between.
    Words(String),
    /// Chosen from the list: each an option's id, label or number.
    Options(Vec<String>),
}

impl Input {
    /// What a value of JSON gives.
    ///
    /// # Errors
    ///
    /// Which values would do, in words.
    pub fn of_json(value: &Json) -> Result<Self, &'static str> {
        let holds_nul = |value: &Json| value.as_str().is_some_and(|text| text.contains('\0'));
        let items = value.as_array().into_iter().flatten();
        if std::iter::once(value).chain(items).any(holds_nul) {
            return Err("a text can’t have the character U+0000 in it");
        }
        let plain = |value: &Json| match value {
            Json::String(text) => Some(text.clone()),
            Json::Number(number) => Some(number.to_string()),
            _ => None,
        };
        match value {
            Json::Null => Ok(Self::Ready),
            Json::Bool(yes) => Ok(Self::YesNo(*yes)),
            Json::Array(items) => {
                let items: Option<Vec<String>> = items.iter().map(plain).collect();
                let items = items.ok_or("a list holds option ids, labels or numbers")?;
                Ok(Self::Options(items))
            }
            _ => {
                let words = plain(value);
                words
                    .map(Self::Words)
                    .ok_or("a value is a string, a number, true, false or a list")
            }
        }
    }

    /// Returns it in a word or words, where it isn’t a list: a yes or no as somebody types it.
    pub fn words(&self) -> Option<&str> {
        match self {
            Self::Words(words) => Some(words),
            Self::YesNo(true) => Some("yes"),
            Self::YesNo(false) => Some("no"),
            Self::Ready | Self::Options(_) => None,
        }
    }
}
