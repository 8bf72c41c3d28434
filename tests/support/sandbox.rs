//! A world of its own for each test: a home in a temporary folder, an empty environment, a pinned
//! clock and a fixed width.

use std::fmt;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};

use tempfile::TempDir;

/// A home folder and the program in it.
pub(crate) struct Sandbox {
    folder: TempDir,
}

/// Everything a person sees of a run, and how it ended.
pub(crate) struct Output {
    pub(crate) stdout: String,
    pub(crate) stderr: String,
    pub(crate) code: Option<i32>,
}

impl Sandbox {
    pub(crate) fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        Self { folder }
    }

    /// The folder that stands for `TRUST_COACH_HOME`.
    pub(crate) fn home(&self) -> PathBuf {
        self.folder.path().join("home")
    }

    /// Writes a file below the sandbox, with the folders it needs.
    pub(crate) fn write(&self, name: impl AsRef<Path>, bytes: impl AsRef<[u8]>) -> PathBuf {
        let path = self.folder.path().join(name);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(&path, bytes).unwrap();
        path
    }

    /// The program with these arguments, not yet started: for tests that change its world.
    pub(crate) fn command(&self, args: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_trust-coach"));
        command
            .args(args)
            .env_clear()
            .env("TRUST_COACH_HOME", self.home())
            .env("TRUST_COACH_NOW", super::NOW)
            .env("COLUMNS", "80")
            .env("TERM", "dumb")
            .current_dir(self.folder.path())
            .stdin(Stdio::null());
        command
    }

    /// Runs the program with nobody at its standard input.
    pub(crate) fn run(&self, args: &[&str]) -> Output {
        self.finish(&mut self.command(args))
    }

    /// Runs the program with `input` on its standard input.
    pub(crate) fn run_with(&self, args: &[&str], input: impl AsRef<[u8]> + Send) -> Output {
        let mut child = self.start(args);
        let mut stdin = child.stdin.take().unwrap();
        // From a thread of its own: a program that says much while it reads must not wait for us.
        std::thread::scope(|scope| {
            scope.spawn(move || {
                // A program that does not read all of it closes the pipe, and that is no failure.
                let _ = stdin.write_all(input.as_ref());
            });
            self.output(child.wait_with_output().unwrap())
        })
    }

    /// Starts the program with pipes for all its streams.
    pub(crate) fn start(&self, args: &[&str]) -> Child {
        let mut command = self.command(args);
        command.stdin(Stdio::piped()).stdout(Stdio::piped());
        command.stderr(Stdio::piped()).spawn().unwrap()
    }

    /// What a program that was started came to.
    pub(crate) fn wait(&self, child: Child) -> Output {
        self.output(child.wait_with_output().unwrap())
    }

    /// Runs a line of a shell in this world, with the program as `$TC`.
    pub(crate) fn shell(&self, line: &str) -> Output {
        let mut command = Command::new("sh");
        command
            .args(["-c", line])
            .env("TC", env!("CARGO_BIN_EXE_trust-coach"))
            .env("TRUST_COACH_HOME", self.home())
            .current_dir(self.folder.path());
        self.finish(&mut command)
    }

    /// Runs a command made by [`Self::command`].
    pub(crate) fn finish(&self, command: &mut Command) -> Output {
        self.output(command.output().unwrap())
    }

    /// The files of all sessions, oldest first.
    pub(crate) fn sessions(&self) -> Vec<PathBuf> {
        self.records("sessions")
    }

    /// The files of one kind of record, oldest first.
    fn records(&self, folder: &str) -> Vec<PathBuf> {
        let mut files = files(&self.home().join(folder));
        files.retain(|path| {
            let name = path.file_name().unwrap().to_str().unwrap();
            name.ends_with(".toml") || name.ends_with(".toml.age")
        });
        files.sort();
        files
    }

    /// The text of the one session there is.
    pub(crate) fn session(&self) -> String {
        let sessions = self.sessions();
        let [path] = sessions.as_slice() else {
            panic!("not one session: {sessions:?}");
        };
        self.numbered(std::fs::read_to_string(path).unwrap())
    }

    /// A text with the names of sessions and facts, which chance gives, as `[id1]` and `[fact1]`.
    fn numbered(&self, text: String) -> String {
        let kinds = [("sessions", "id"), ("ledger", "fact")];
        kinds.iter().fold(text, |text, (folder, word)| {
            let records = self.records(folder);
            records.iter().enumerate().fold(text, |text, (at, path)| {
                let id = path.file_name().unwrap().to_str().unwrap();
                let id = id.split(".toml").next().unwrap();
                match id.rsplit_once('-') {
                    Some((_, hex)) if hex.len() == 8 => {
                        text.replace(hex, &format!("[{word}{}]", at + 1))
                    }
                    _ => text,
                }
            })
        })
    }

    fn output(&self, output: std::process::Output) -> Output {
        let folder = self.folder.path().to_str().unwrap();
        let text = |bytes| {
            let text = String::from_utf8(bytes).unwrap();
            self.numbered(text.replace(folder, "$SANDBOX"))
        };
        Output {
            stdout: text(output.stdout),
            stderr: text(output.stderr),
            code: output.status.code(),
        }
    }
}

/// Every file below a folder.
pub(crate) fn files(folder: &Path) -> Vec<PathBuf> {
    let entries = std::fs::read_dir(folder).into_iter().flatten();
    let paths = entries.map(|entry| entry.unwrap().path());
    paths
        .flat_map(|path| {
            if path.is_dir() {
                files(&path)
            } else {
                vec![path]
            }
        })
        .collect()
}

/// As snapshots show it: what went to each stream, then the exit code.
impl fmt::Display for Output {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.stdout)?;
        if !self.stderr.is_empty() {
            write!(f, "--- stderr ---\n{}", self.stderr)?;
        }
        match self.code {
            Some(code) => write!(f, "--- exit {code} ---"),
            None => f.write_str("--- killed ---"),
        }
    }
}
