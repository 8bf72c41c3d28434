//! Files that people write in TOML: a format is a table of keys, and one engine reads every such file
//! with its places, tells everything that is wrong with it, and writes its JSON Schema.

pub(crate) mod check;
pub mod key;
mod names;
pub mod problem;
pub(crate) mod read;
pub mod report;
pub mod schema;
pub mod syntax;
mod value;
mod wording;

pub use names::{beginning_with, did_you_mean, is_id, meant_as_toml, nearest};
