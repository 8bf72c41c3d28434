//! Who alone can open an export.

use std::path::{Path, PathBuf};

use crate::commands::agreed::AgreedFlag;
use crate::error::{Error, Result};
use crate::input;
use crate::journal::vault::seal::Recipient;

/// Who can read what leaves, and whether it is seen first.
#[derive(Debug, clap::Args)]
pub(crate) struct LeavingFlags {
    /// Seal it with age, so that only the owner of this key can open it; can be given several times
    #[arg(long, value_name = "RECIPIENT")]
    to_age: Vec<String>,
    /// Seal it for the recipients in this file, one per line
    #[arg(long, value_name = "FILE")]
    to_age_file: Vec<PathBuf>,
    /// Show what would go out, without writing anything
    #[arg(long)]
    pub preview: bool,
    /// Don’t ask
    #[arg(long)]
    pub yes: bool,
    #[command(flatten)]
    pub agreed: AgreedFlag,
}

impl LeavingFlags {
    /// Whether what leaves is sealed.
    pub fn is_sealed(&self) -> bool {
        !self.to_age.is_empty() || !self.to_age_file.is_empty()
    }

    /// Those it is sealed for, each once.
    pub fn recipients(&self) -> Result<Vec<Recipient>> {
        recipients(&self.to_age, &self.to_age_file)
    }
}

/// The recipients that were named, and those in files, each once.
fn recipients(named: &[String], files: &[PathBuf]) -> Result<Vec<Recipient>> {
    let mut all = Vec::new();
    let mut add = |recipient| {
        if !all.contains(&recipient) {
            all.push(recipient);
        }
    };
    for words in named {
        // What was typed is not told again: it may be the secret half.
        let recipient = words.trim().parse();
        add(recipient.map_err(|why| wrong("--to-age", &why))?);
    }
    for path in files {
        let place = path.display().to_string();
        let text = read(path)?;
        let lines = text
            .lines()
            .enumerate()
            .map(|(at, line)| (at + 1, line.trim()));
        let mut lines = lines
            .filter(|(_, line)| !line.is_empty() && !line.starts_with('#'))
            .peekable();
        if lines.peek().is_none() {
            return Err(Error::usage(format!("there’s no recipient in {place}")).hint(HINT));
        }
        for (number, line) in lines {
            let recipient = line.parse();
            add(recipient.map_err(|why| wrong(&format!("{place}, line {number}"), &why))?);
        }
    }
    Ok(all)
}

fn read(path: &Path) -> Result<String> {
    input::read_file(path, 1 << 20).map_err(|error| {
        Error::failed(format!("could not read {}", path.display())).because(&error)
    })
}

fn wrong(place: &str, why: &crate::journal::vault::seal::NotARecipient) -> Error {
    Error::usage(format!("{place}: {why}")).hint(HINT)
}

const HINT: &str = "ask for their public key; it begins with age1 and is no secret";
