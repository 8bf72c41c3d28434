//! Packs: folders of exercises that somebody else wrote.

/// The file that says what a folder is.
pub const MANIFEST: &str = "pack.toml";

/// What a pack says of itself.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Pack {
    /// The name it is called by; an exercise of it is `name/exercise`.
    pub name: String,
    /// A title for people.
    pub title: Option<String>,
    /// Who wrote it.
    pub author: String,
    /// Under which terms it may be used.
    pub licence: String,
    /// Its version, in the author's own way.
    pub version: String,
    /// The language it is written in, such as `de`.
    pub language: String,
    /// Where it comes from.
    pub address: Option<String>,
}

impl Pack {
    /// One of which no more than its folder's name can be said.
    pub fn nameless(folder: &str) -> Self {
        let unknown = || String::from("unknown");
        Self {
            name: folder.to_string(),
            title: None,
            author: unknown(),
            licence: unknown(),
            version: unknown(),
            language: unknown(),
            address: None,
        }
    }
}

/// The whole name of an exercise of a pack.
pub fn id_in(pack: &str, exercise: &str) -> String {
    format!("{pack}/{exercise}")
}
