//! Every built-in exercise, done from its first step to its last with the answers of several
//! made-up people: by a script, and typed line by line.

use std::collections::{BTreeSet, VecDeque};
use std::path::Path;
use std::rc::Rc;
use std::sync::Arc;
use std::{fs, io};

use trust_coach::answers::batch::Batch;
use trust_coach::answers::{Answers, record};
use trust_coach::ask::{
    Ask, Input, Note, ProgressKeeper, Prompter, Rejection, Reply, Retry, Want, meant,
};
use trust_coach::engine::{Context, Engine};
use trust_coach::error;
use trust_coach::exercise::library::{BUILT_IN, Library};
use trust_coach::exercise::{Asking, Exercise, Step, StepKind};
use trust_coach::journal::format;
use trust_coach::plain::{Keyboard, KeyboardLine, PlainPrompter};
use trust_coach::review::{Rules, Subject};
use trust_coach::session::{AnswerId, Moment, Session, SessionState};
use trust_coach::sessions::runner::{
    Coach, Feedback, NoSaver, Runner, Saver, SessionEnd, SharedKeyboard, SoftLines,
};
use unicode_segmentation::UnicodeSegmentation;

use crate::common::now;
use crate::fill_in::gone_on;

const FOLDER: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/answers");

/// Somebody who does an exercise.
pub(crate) struct Persona {
    /// The file below the folder, to name in failures.
    pub(crate) name: String,
    pub(crate) exercise: Exercise,
    answers: Answers,
}

/// Nothing is found, so that no line is needed for what a script is not asked.
pub(crate) struct NoRules;

impl Coach for NoRules {
    fn rules(&self, subject: Subject, _: &str, _: Option<&str>) -> Rc<Rules> {
        Rc::new(Rules::from_texts(subject, std::iter::empty()))
    }
}

/// The names in a folder, sorted.
fn names(folder: &Path) -> Vec<String> {
    let files = fs::read_dir(folder).unwrap();
    let names = files.map(|file| file.unwrap().file_name());
    let names = names.map(|name| name.into_string().unwrap());
    names.collect::<BTreeSet<_>>().into_iter().collect()
}

pub(crate) fn personas_of(id: &str) -> Vec<Persona> {
    let folder = Path::new(FOLDER).join(id);
    let exercise = Library::open(None).load(id).unwrap();
    let persona = |file: String| Persona {
        name: format!("{id}/{file}"),
        exercise: exercise.clone(),
        answers: Answers::read(&folder.join(&file)).unwrap(),
    };
    names(&folder).into_iter().map(persona).collect()
}

fn personas() -> Vec<Persona> {
    BUILT_IN
        .iter()
        .flat_map(|(id, _)| personas_of(id))
        .collect()
}

impl Persona {
    fn session(&self) -> Session {
        let seed = self.answers.seed.unwrap_or(1);
        let mut session = Session::new(&self.exercise.head, Moment::new(&now()), seed);
        session.id = "20261122T174501.000Z-00000001".into();
        if self.exercise.head.for_two {
            session.set_partners(self.answers.names.as_ref().unwrap());
        }
        session
    }

    /// Does the exercise with whoever answers; `person` as the runner has it. What a person gives
    /// is saved before every question, so there every save is read again.
    fn run(
        &self,
        prompter: &mut dyn Prompter,
        saver: &Paper,
        person: bool,
    ) -> (SessionEnd, Session) {
        let context = Context {
            draws: self.answers.draws.clone(),
            nudges: person,
            ..Context::default()
        };
        let engine = Engine::new(self.exercise.clone(), self.session(), context);
        let mut runner = Runner {
            engine,
            prompter,
            saver,
            listener: &mut |_| {},
            now: &now,
            person,
            support: &|_| String::new(),
            feedback: Feedback::new(&NoRules, SoftLines::default()),
            keyboard: SharedKeyboard::default(),
        };
        let ended = runner.run().unwrap();
        (ended, runner.engine.session().clone())
    }

    /// Does it by a script, and notes what a person would have typed.
    pub(crate) fn by_script(&self) -> (Session, Noting<'_>) {
        let batch = Batch::new(self.answers.given.clone(), false);
        let mut noting = Noting {
            batch,
            exercise: &self.exercise,
            typed: Vec::new(),
            asked: BTreeSet::new(),
            closed: ClosedWords::default(),
        };
        let (ended, session) = self.run(&mut noting, &Paper(false, NoSaver::default()), false);
        assert_eq!(ended, SessionEnd::Done, "{}", self.name);
        (session, noting)
    }

    /// Does it with lines typed one after the other. All of them are used.
    fn by_typing(&self, lines: Vec<String>) -> (Session, String) {
        let paper = Arc::new(Paper(true, NoSaver::default()));
        let (mut typing, mut screen) = (Typing(lines.into()), Vec::new());
        let mut plain = PlainPrompter::new(&mut typing, &mut screen, 72, paper.clone());
        let (ended, session) = self.run(&mut plain, &paper, true);
        let screen = String::from_utf8(screen).unwrap();
        assert_eq!(ended, SessionEnd::Done, "{}:\n{screen}", self.name);
        assert!(typing.0.is_empty(), "{}: left {:?}", self.name, typing.0);
        (session, screen)
    }
}

/// A saver that keeps nothing, and may look whether what it is given can be read again.
struct Paper(bool, NoSaver);

impl ProgressKeeper for Paper {
    fn progress(&self, text: &str) {
        self.1.progress(text);
    }
}

impl Saver for Paper {
    fn save(&self, session: &Session) -> error::Result<()> {
        if self.0 {
            // What is closed is encrypted before it's written, and not here.
            let mut session = session.clone();
            session.answers.retain(|answer| !answer.closed);
            let read = format::from_text(&format::to_text(&session));
            assert_eq!(read.as_ref(), Ok(&session));
        }
        Ok(())
    }

    fn begin_answer(&self, id: Option<AnswerId>) {
        self.1.begin_answer(id);
    }

    fn take_progress(&self) -> Option<String> {
        self.1.take_progress()
    }
}

/// A keyboard on which these lines are typed.
struct Typing(VecDeque<String>);

impl Keyboard for &mut Typing {
    fn line(&mut self) -> io::Result<Option<KeyboardLine>> {
        Ok(self.0.pop_front().map(|text| KeyboardLine {
            text,
            ..KeyboardLine::default()
        }))
    }

    fn waiting(&mut self) -> bool {
        false
    }
}

/// A script that notes what a person would have typed to give the same answers.
pub(crate) struct Noting<'e> {
    batch: Batch,
    exercise: &'e Exercise,
    typed: Vec<String>,
    /// The steps that were asked, and `skip` where one was left out.
    pub(crate) asked: BTreeSet<String>,
    /// What is in no session once it's finished.
    pub(crate) closed: ClosedWords,
}

/// How much was read and written at steps that stay closed.
#[derive(Default)]
pub(crate) struct ClosedWords {
    pub(crate) read: usize,
    pub(crate) written: usize,
}

/// The step of an answer's id, whoever gives it and in whichever round.
fn step_of<'e>(exercise: &'e Exercise, id: &str) -> Option<&'e Step> {
    let id: AnswerId = id.parse().ok()?;
    exercise.step(&id.step)
}

impl Prompter for Noting<'_> {
    fn say(&mut self, note: &Note) -> io::Result<()> {
        self.batch.say(note)
    }

    fn ask(&mut self, ask: &Ask) -> io::Result<Reply> {
        let reply = self.batch.ask(ask)?;
        self.note(ask, &reply);
        let lines = match &reply {
            Reply::Skip => vec![String::from("/skip")],
            Reply::Answer(Input::Ready) => vec![gone_on(step_of(self.exercise, &ask.id))],
            Reply::Answer(Input::Options(words)) => vec![numbers(ask, words)],
            Reply::Answer(given) => self.words(ask, given.words().unwrap_or_default()),
            other => panic!("a script does not reply {other:?}"),
        };
        self.typed.extend(lines);
        Ok(reply)
    }

    fn reject(&mut self, ask: &Ask, reason: &Rejection) -> io::Result<Retry> {
        self.batch.reject(ask, reason)
    }
}

impl Noting<'_> {
    fn note(&mut self, ask: &Ask, reply: &Reply) {
        let Some(step) = step_of(self.exercise, &ask.id) else {
            return;
        };
        self.asked.insert(step.id.clone());
        if *reply == Reply::Skip {
            self.asked.insert(String::from("skip"));
        }
        if step.participation.seal {
            let count = |text: &str| text.unicode_words().count();
            let options = step.options().iter();
            let options: usize = options.map(|option| count(&option.label)).sum();
            self.closed.read += count(&ask.prompt) + options;
            if let Reply::Answer(Input::Words(words)) = reply {
                self.closed.written += count(words);
            }
        }
    }

    fn words(&self, ask: &Ask, words: &str) -> Vec<String> {
        match &ask.want {
            Want::One { .. } | Want::Many { .. } => vec![numbers(ask, &[words.to_string()])],
            Want::Text if ask.initial.as_deref() == Some(words) => vec![String::new()],
            Want::Text => {
                let anew = ask.initial.iter().map(|_| String::from("3"));
                let lines = words.trim_end().split('\n').map(slash_doubled);
                let ends = if self.is_short(ask, words) { 2 } else { 1 };
                anew.chain(lines)
                    .chain(vec![String::from("."); ends])
                    .collect()
            }
            _ => vec![slash_doubled(words)],
        }
    }

    /// Whether a person is asked once for a few more words, and ends the text a second time.
    fn is_short(&self, ask: &Ask, words: &str) -> bool {
        let Asking::Write { min_words, .. } = step_of(self.exercise, &ask.id).unwrap().ask else {
            return false;
        };
        min_words.is_some_and(|least| words.unicode_words().count() < least as usize)
    }
}

/// The numbers of the options that are meant, or the words where there is no such option.
fn numbers(ask: &Ask, words: &[String]) -> String {
    let (Want::One { options, .. } | Want::Many { options, .. }) = &ask.want else {
        panic!("{} is not asked as a list", ask.id);
    };
    let number = |words: &String| {
        let option = meant(options, words);
        let at = option.and_then(|option| options.iter().position(|other| other == option));
        at.map_or_else(|| words.clone(), |at| (at + 1).to_string())
    };
    words.iter().map(number).collect::<Vec<_>>().join(", ")
}

/// A line as it is typed so that it is no command.
fn slash_doubled(line: &str) -> String {
    if line.trim_start().starts_with('/') {
        line.replacen('/', "//", 1)
    } else {
        line.to_string()
    }
}

#[test]
fn every_built_in_exercise_has_people_and_every_folder_an_exercise() {
    let mut built_in: Vec<&str> = BUILT_IN.iter().map(|(id, _)| *id).collect();
    built_in.sort_unstable();
    assert_eq!(names(Path::new(FOLDER)), built_in);
    for id in built_in {
        let people = personas_of(id);
        assert!(people.len() >= 2, "{id} has {} of them", people.len());
        for persona in people {
            let says = persona.answers.exercise.as_deref();
            assert_eq!(says, Some(id), "{}", persona.name);
        }
    }
}

#[test]
fn a_script_with_their_answers_does_the_whole_exercise_and_gives_none_in_vain() {
    for persona in personas() {
        let (session, noting) = persona.by_script();
        let unasked: Vec<&str> = noting.batch.unasked().collect();
        let name = &persona.name;
        assert_eq!(noting.batch.problems(), [], "{name}");
        assert!(unasked.is_empty(), "{name}: nobody asked for {unasked:?}");
        assert_eq!(session.state, SessionState::Done, "{name}");
    }
}

#[test]
fn who_says_that_a_promise_is_not_free_is_asked_for_nothing_more() {
    let noa = personas_of("promise");
    let noa = noa
        .iter()
        .find(|one| one.name.ends_with("noa.toml"))
        .unwrap();
    let answers = noa.by_script().0.answers;
    let steps: Vec<&str> = answers.iter().map(|answer| answer.step.as_str()).collect();
    assert_eq!(steps, ["role", "free", "not-free"]);
}

#[test]
fn somebody_afraid_is_told_first_that_a_check_in_is_not_for_them() {
    let exercise = Library::open(None).load("check-in").unwrap();
    let first = &exercise.steps[0];
    assert_eq!(first.kind(), StepKind::Say);
    assert!(first.prompt.outline().contains("afraid"));
    for id in ["third-person", "empathy", "active-listening"] {
        assert!(Library::open(None).load(id).unwrap().head.gate, "{id}");
    }
}

#[test]
fn typed_line_by_line_the_same_answers_give_the_same_session() {
    for persona in personas() {
        let (scripted, mut noting) = persona.by_script();
        // The first entry of the look back finishes.
        noting.typed.push(String::from("1"));
        let (typed, screen) = persona.by_typing(noting.typed);
        assert_eq!(typed, scripted, "{}", persona.name);
        assert!(!screen.contains('\u{1b}'), "{}", persona.name);
    }
}

#[test]
fn a_session_that_is_written_and_read_again_is_equal() {
    for persona in personas() {
        let (session, _) = persona.by_script();
        let text = format::to_text(&session);
        assert_eq!(format::from_text(&text), Ok(session), "{}", persona.name);
    }
}

#[test]
fn the_file_recorded_of_a_session_gives_the_same_session_again() {
    let folders = names(Path::new(FOLDER)).into_iter();
    for mut persona in folders.flat_map(|id| personas_of(&id)) {
        let (session, _) = persona.by_script();
        let recorded = record(&persona.exercise, &session);
        let answers = Answers::from_text(&recorded, "recorded").unwrap();
        let items = session
            .answers
            .iter()
            .filter(|answer| answer.item.is_some());
        assert_eq!(answers.draws.len(), items.count(), "{}", persona.name);
        // What was drawn is drawn again with any seed.
        persona.answers.given = answers.given;
        persona.answers.draws = answers.draws;
        persona.answers.seed = Some(session.seed + 1);
        let (mut again, noting) = persona.by_script();
        assert_eq!(noting.batch.problems(), [], "{}", persona.name);
        again.seed = session.seed;
        assert_eq!(again, session, "{}", persona.name);
        assert_eq!(record(&persona.exercise, &again), recorded);
    }
}
