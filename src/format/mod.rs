//! Files that people write in TOML: read with their places, and told what is wrong with them.

pub mod problem;
pub mod report;
pub mod syntax;
