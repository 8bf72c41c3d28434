//! Makes the index of built-in exercises: what a list shows of each, so that no list parses them.
//! A test holds it against what the parser reads.

#![allow(clippy::print_stdout, reason = "this is how a build script talks")]

use std::error::Error;
use std::path::{Path, PathBuf};
use std::{env, fs};

fn main() -> Result<(), Box<dyn Error>> {
    println!("cargo::rerun-if-changed=exercises");
    let entries = fs::read_dir("exercises")?.collect::<Result<Vec<_>, _>>()?;
    let mut files: Vec<PathBuf> = entries.iter().map(fs::DirEntry::path).collect();
    files.retain(|path| path.extension().is_some_and(|ending| ending == "toml"));
    // The works that exercises rest on, and no exercise.
    files.retain(|path| !path.ends_with("sources.toml"));
    // A translation, `ID.LANGUAGE.toml`, is in no list of its own.
    files.retain(|path| {
        path.file_stem()
            .is_some_and(|stem| !stem.to_string_lossy().contains('.'))
    });
    files.sort_by(|a, b| a.file_stem().cmp(&b.file_stem()));
    let heads = files.iter().map(|path| head(path));
    let heads = heads.collect::<Result<String, _>>()?;
    let index = Path::new(&env::var("OUT_DIR")?).join("heads.rs");
    Ok(fs::write(index, format!("&[\n{heads}]"))?)
}

/// The entry of a file. Numbers, texts on one line and lists of them are written in Rust as in TOML.
fn head(path: &Path) -> Result<String, Box<dyn Error>> {
    let text = fs::read_to_string(path)?;
    let head = text.lines().take_while(|line| !line.starts_with('['));
    let keys: Vec<_> = head.filter_map(|line| line.split_once(" = ")).collect();
    let value = |name: &str| keys.iter().find(|(key, _)| *key == name).map(|key| key.1);
    let must = |name: &str| {
        value(name).ok_or_else(|| format!("{}: `{name} = …` stands on no line", path.display()))
    };
    Ok(format!(
        "IndexEntry {{ id: {:?}, version: {}, lang: {}, title: {}, strategy: {}, minutes: {}, \
         summary: {}, gate: {}, for_two: {}, tags: &{} }},\n",
        path.file_stem().unwrap_or_default(),
        must("version")?,
        value("lang").unwrap_or("\"en\""),
        must("title")?,
        must("strategy")?,
        must("minutes")?,
        must("summary")?,
        value("gate").is_some(),
        value("for") == Some("\"two\""),
        value("tags").unwrap_or("[]"),
    ))
}
