//! Each claim of the page on privacy, with what shows that it is so.

use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};
use std::process::Command;

use trust_coach::journal::vault::seal::{self, Identity};

use crate::common::files;
use crate::privacy::{PAGE, home, run};

/// Words of the one session that is there.
const WORDS: &str = "unsent-letter";

/// A claim: what the page says, and what shows it.
type Claim = (&'static str, fn(&Path));

const ANSWERS: &str = concat!(
    env!("CARGO_MANIFEST_DIR"),
    "/tests/answers/unsent-letter/hana.toml"
);

const CLAIMS: [Claim; 16] = [
    (
        "folders are yours alone (0700), and so are files (0600), whatever your settings say",
        |home| {
            let line = format!("umask 000; \"$0\" exercise unsent-letter --answers {ANSWERS}");
            let program = env!("CARGO_BIN_EXE_trust-coach");
            let mut shell = Command::new("sh");
            let shell = shell
                .args(["-c", &line, program])
                .env("TRUST_COACH_HOME", home);
            assert!(shell.output().unwrap().status.success());
            for path in files(home) {
                assert_eq!(mode(&path), 0o600, "{path:?}");
                let folder = path.parent().unwrap();
                // The home itself was there before.
                assert!(folder == home || mode(folder) & 0o077 == 0, "{folder:?}");
            }
        },
    ),
    ("| read what you wrote | they can | they cannot |", |home| {
        for path in files(home) {
            assert!(!holds(&path, WORDS), "{path:?}");
        }
    }),
    ("only in steps of 4 KB", |home| {
        save(home);
        let sizes: Vec<u64> = sessions(home)
            .iter()
            .map(|it| it.metadata().unwrap().len())
            .collect();
        // Age adds some bytes of chance to the beginning of each.
        assert!(sizes[0].abs_diff(sizes[1]) < 400, "{sizes:?}");
        assert!(sizes.iter().all(|size| size % 4096 < 1024), "{sizes:?}");
    }),
    ("Names of files tell the time and nothing else", |home| {
        let name = sessions(home)[0]
            .file_name()
            .unwrap()
            .to_string_lossy()
            .into_owned();
        let hex = name
            .strip_suffix(".toml.age")
            .unwrap()
            .split_once('-')
            .unwrap()
            .1;
        assert!(hex.len() == 8 && !name.contains("letter"), "{name}");
    }),
    (
        "If the list is gone or broken, nothing is saved in plain text instead",
        |home| {
            for list in [None, Some("age1nobody\n")] {
                let file = home.join("identities/recipients.txt");
                let _ = fs::remove_file(&file);
                list.inspect(|text| fs::write(&file, text).unwrap());
                saves_nothing(home);
            }
        },
    ),
    (
        "When the list changes, the next session says so on its first screen",
        |home| {
            let other = Identity::generate().recipient();
            let file = home.join("identities/recipients.txt");
            let text = fs::read_to_string(&file).unwrap();
            fs::write(&file, format!("{text}{other}\n")).unwrap();
            let (code, said) = save(home);
            assert!(code == Some(0) && said.contains("has changed"), "{said}");
        },
    ),
    ("a list that you aren't on saves nothing at all", |home| {
        let other = Identity::generate().recipient();
        fs::write(home.join("identities/recipients.txt"), format!("{other}\n")).unwrap();
        saves_nothing(home);
    }),
    (
        "how many\ncan open each session is counted, and more than your list has are named",
        |home| {
            let other = Identity::generate().recipient();
            let file = home.join("identities/recipients.txt");
            let text = fs::read_to_string(&file).unwrap();
            fs::write(&file, format!("{text}{other}\n")).unwrap();
            save(home);
            fs::write(&file, text).unwrap();
            let (code, said) = run(home, &["doctor"]);
            assert!(
                code == Some(6) && said.contains("more people than your list"),
                "{said}"
            );
        },
    ),
    (
        "If the key is missing beside one of these, nothing is saved, and you are\ntold why",
        |home| {
            fs::remove_file(home.join("identities/identity.age")).unwrap();
            let said = saves_nothing(home);
            assert!(said.contains("key"), "{said}");
        },
    ),
    (
        "`trust-coach vault on` never writes over a key that encrypted sessions need",
        |home| {
            fs::remove_file(home.join("identities/identity.age")).unwrap();
            fs::write(home.join("pass"), "quite other words\n").unwrap();
            let (code, said) = run(home, &["vault", "on", "--passphrase-file", "pass"]);
            assert!(code == Some(1) && said.contains("--new-key"), "{said}");
        },
    ),
    ("An encrypted file does not prove who wrote it", |home| {
        let list = fs::read_to_string(home.join("identities/recipients.txt")).unwrap();
        let ours = list.lines().find(|line| line.starts_with("age1")).unwrap();
        let forged = sessions(home)[0].with_file_name("20261101T000000.000Z-00000001.toml.age");
        let text = "format = 1\nid = \"x\"\nexercise = \"tea\"\nstate = \"done\"\nstarted = \"2026-11-01\"\n";
        fs::write(
            &forged,
            seal::seal(text.as_bytes(), &[ours.parse().unwrap()]).unwrap(),
        )
        .unwrap();
        let (_, said) = opened(home, &["history", "show", "00000001"]);
        assert!(said.contains("# tea"), "{said}");
    }),
    ("a changed file does not open", |home| {
        let path = sessions(home).remove(0);
        let mut bytes = fs::read(&path).unwrap();
        let last = bytes.len() - 20;
        bytes[last] ^= 1;
        fs::write(&path, bytes).unwrap();
        let (code, said) = opened(home, &["history", "show", "last"]);
        assert!(
            code == Some(1) && said.contains("changed or cut off"),
            "{said}"
        );
    }),
    ("one line says that it is not encrypted", |home| {
        let args = [
            "exercise",
            "unsent-letter",
            "--answers",
            ANSWERS,
            "--record",
            "out",
        ];
        let (_, said) = run(home, &args);
        assert!(said.contains("isn’t encrypted"), "{said}");
    }),
    ("the people in `support add` are plain", |home| {
        run(home, &["support", "add", "Sam", "555"]);
        assert!(holds(&home.join("contacts.toml"), "Sam"));
    }),
    (
        "Where nobody can be asked, the command ends with exit 3",
        |home| {
            let (code, _) = run(home, &["history", "show", "last"]);
            assert_eq!(code, Some(3));
            let (code, _) = run(home, &["history", "--passphrase", "four or more words"]);
            assert_eq!(code, Some(2));
        },
    ),
    ("A wrong passphrase says so and changes nothing", |home| {
        fs::write(home.join("pass"), "quite other words\n").unwrap();
        let before = fs::read(home.join("identities/identity.age")).unwrap();
        let (code, said) = run(home, &["vault", "off", "--passphrase-file", "pass"]);
        assert!(code == Some(1) && said.contains("the passphrase"), "{said}");
        assert_eq!(
            fs::read(home.join("identities/identity.age")).unwrap(),
            before
        );
    }),
];

fn mode(path: &Path) -> u32 {
    fs::metadata(path).unwrap().permissions().mode() & 0o777
}

fn holds(path: &Path, words: &str) -> bool {
    String::from_utf8_lossy(&fs::read(path).unwrap()).contains(words)
}

fn sessions(home: &Path) -> Vec<PathBuf> {
    files(&home.join("sessions"))
}

fn save(home: &Path) -> (Option<i32>, String) {
    run(home, &["exercise", "unsent-letter", "--answers", ANSWERS])
}

fn saves_nothing(home: &Path) -> String {
    let before = sessions(home).len();
    let (code, said) = save(home);
    assert_eq!(code, Some(1), "{said}");
    assert_eq!(sessions(home).len(), before, "{said}");
    said
}

fn opened(home: &Path, args: &[&str]) -> (Option<i32>, String) {
    fs::write(home.join("pass"), "four or more words\n").unwrap();
    run(home, &[args, &["--passphrase-file", "pass"]].concat())
}

#[test]
fn what_the_page_claims_is_so() {
    let words = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ");
    for (claim, shows) in CLAIMS {
        assert!(
            words(PAGE).contains(&words(claim)),
            "the page doesn't say: {claim}"
        );
        let home = home();
        println!("{claim}");
        shows(home.path());
    }
}
