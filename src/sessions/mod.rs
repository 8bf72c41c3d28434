//! One session from its first screen to its last, whoever answers: a person at a terminal, a script,
//! another program.

mod about;
mod channel;
mod checked;
mod closed;
mod context;
mod dry_run;
mod ending;
mod events;
mod follow;
pub mod gate;
mod leave;
mod named_files;
mod names;
mod options;
mod paused;
mod person;
mod private;
mod run;
pub mod runner;
mod screen;
mod script;
mod signals;
mod single_question;
mod start;
mod two;
mod unfinished;

use crate::error::{Exit, Result};
use crate::home::Home;
use crate::home::world::World;

pub use about::goes_over_promises;
pub use closed::{drafts_in_memory, drafts_left};
pub(crate) use context::known;
pub use context::led_to_help;
pub use ending::NextWish;
pub use follow::follow_unfollowed_promises;
pub use options::{AnswerOptions, ChannelProtocol, Mode, Persistence, somebody_is_there};
pub use person::private_screen;
pub(crate) use single_question::given;
pub use single_question::{ProgressTarget, QuestionOutcome, SingleQuestion};
pub use start::{SessionStart, StartPoint, StartRequest, take_up};
pub use unfinished::UnfinishedWords;

use checked::Prefilled;
use person::PersonRun;

/// Does an exercise: at the terminal, or with what a script brought. `load` gives it when it is
/// needed, with the paused session that is to go on. A person says what they would like next.
pub fn perform(
    world: &mut World<'_>,
    home: &Home,
    options: &AnswerOptions,
    request: &StartRequest,
    load: impl FnOnce(Option<String>) -> Result<SessionStart>,
) -> Result<(Exit, NextWish)> {
    let alone = |exit| (exit, NextWish::Stop);
    let sink = named_files::begin(world, options)?;
    let persistence = request.persistence;
    let mode = Mode::decide(options, &world.terminal);
    if let Mode::Channel(protocol) = mode {
        return channel::run(world, home, options, protocol, sink, load(None)?).map(alone);
    }
    if mode == Mode::Script || persistence == Persistence::DryRun {
        return script::run(world, home, options, persistence, sink, load(None)?).map(alone);
    }
    let mut person = PersonRun::new(home, options, mode, persistence, request.head.language());
    person.asks_next = !options.json;
    if !options.brings_answers() {
        let prefilled = Prefilled {
            sink,
            ..Prefilled::default()
        };
        return person.run(world, request, prefilled, load);
    }
    // Answers are checked before the first screen. They are for a session of their own, so that a
    // paused one is not offered; and when they are all there, nothing is left to ask.
    let checked = checked::check(world, home, options, sink, load(None)?)?;
    checked.refuse_what_is_wrong(world, options)?;
    if checked.is_complete() && (options.screened || !request.head.gate) {
        return script::finish(world, home, options, persistence, checked).map(alone);
    }
    let (start, prefilled) = checked.handed_over(options);
    let request = StartRequest {
        offer_paused: false,
        ..request.clone()
    };
    person.run(world, &request, prefilled, |_| Ok(start))
}
