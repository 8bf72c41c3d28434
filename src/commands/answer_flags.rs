//! The flags of commands that do an exercise: where answers come from, and what is told besides.

use std::path::PathBuf;
use std::time::Duration;

use clap::{Args, ValueEnum};
use jiff::SignedDuration;

use crate::sessions::{AnswerOptions, ChannelProtocol};

/// Where answers come from.
#[derive(Debug, Default, Args)]
#[command(next_help_heading = "Answers from a script")]
pub(super) struct AnswerFlags {
    /// Take answers from a file, TOML or JSON; `-` is standard input
    #[arg(long, value_name = "FILE")]
    answers: Option<PathBuf>,
    /// Give one answer; others on this machine may see it, so keep private words in a file
    #[arg(long, value_name = "ID=VALUE|ID=@FILE")]
    answer: Vec<String>,
    /// Use the exercise’s own defaults
    #[arg(long)]
    defaults: bool,
    /// Never ask; missing answers are an error
    #[arg(long)]
    no_input: bool,
    /// At the end, write your answers to a new file that can repeat the session
    #[arg(long, value_name = "FILE")]
    record: Option<PathBuf>,
    /// Print how it ended, or what’s wrong with the answers, as JSON
    #[arg(long)]
    json: bool,
    /// Confirm that you’ve seen the private safety questions alone
    #[arg(long)]
    screened: bool,
    #[command(flatten)]
    channel: ChannelFlags,
}

/// How another program takes part.
#[derive(Debug, Default, Args)]
#[command(next_help_heading = "Answers from another program")]
struct ChannelFlags {
    /// Ask on standard input: one answer per line, or messages in JSON
    #[arg(long, value_enum, value_name = "HOW",
        conflicts_with_all = ["answers", "answer", "defaults", "no_input"])]
    io: Option<Io>,
    /// Save and exit with 124 after waiting this long for an answer, such as 60s, 5m or 1h 30m
    #[arg(long, value_name = "TIME", value_parser = duration, requires = "io")]
    answer_timeout: Option<Duration>,
    /// Write what happens to a new file, as JSON messages without your words
    #[arg(long, value_name = "FILE")]
    events: Option<PathBuf>,
    /// With --events: write your words too, except for sensitive steps
    #[arg(long, requires = "events")]
    with_text: bool,
}

/// What goes over standard input.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Io {
    /// One answer per line; <<WORD starts a text that ends with the line WORD
    Lines,
    /// One JSON object per line, with questions on standard output; see `trust-coach schema
    /// protocol`
    Json,
}

impl AnswerFlags {
    /// What the flags ask for, in plain words.
    pub(super) fn options(&self) -> AnswerOptions {
        let channel = &self.channel;
        AnswerOptions {
            answers: self.answers.clone(),
            answer: self.answer.clone(),
            defaults: self.defaults,
            no_input: self.no_input,
            record: self.record.clone(),
            json: self.json,
            screened: self.screened,
            protocol: channel.io.map(|io| match io {
                Io::Lines => ChannelProtocol::Lines,
                Io::Json => ChannelProtocol::Json,
            }),
            answer_timeout: channel.answer_timeout,
            events: channel.events.clone(),
            with_text: channel.with_text,
        }
    }
}

/// `60s`, `5m`, `1h 30m` as jiff reads them, or seconds alone.
fn duration(text: &str) -> Result<Duration, String> {
    let seconds = text.parse().ok().map(SignedDuration::from_secs);
    seconds
        .or_else(|| text.parse().ok())
        .filter(SignedDuration::is_positive)
        .and_then(|time| Duration::try_from(time).ok())
        .ok_or_else(|| String::from("write it as 60s, 5m or 1h 30m"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_time_is_a_number_with_a_unit() {
        let seconds = |text| duration(text).map(|time| time.as_secs());
        assert_eq!(
            ["60s", "5m", "1h", "7", "1h 30m", "2 minutes", "PT5M"].map(seconds),
            [60, 300, 3600, 7, 5400, 120, 300].map(Ok)
        );
        for text in [
            "",
            "0s",
            "s",
            "1d",
            "-1s",
            "5 apples",
            "99999999999999999999h",
        ] {
            assert!(duration(text).is_err(), "{text}");
        }
    }
}
