//! Each claim of the page on privacy, with what shows that it is so.

use std::fs;
use std::path::Path;
use std::process::Command;

use trust_coach::journal::vault::seal::{self, Identity};

use crate::common::files;
use crate::privacy::{PAGE, home, run};
use crate::privacy_home::{
    ANSWERS, add_promise, hex, holds, mode, no_core_and_no_look_into_memory, opened, save,
    saves_nothing, sessions,
};

/// Words of the one session that is there.
const WORDS: &str = "unsent-letter";

/// A claim: what the page says, and what shows it.
pub(crate) type Claim = (&'static str, fn(&Path));

/// The claims that are shown here.
pub(crate) const CLAIMS: [Claim; 30] = [
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
    ("| read what you wrote | they can | they can’t |", |home| {
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
    ("File names give away the time and nothing else", |home| {
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
    ("a list that you aren’t on saves nothing at all", |home| {
        let other = Identity::generate().recipient();
        fs::write(home.join("identities/recipients.txt"), format!("{other}\n")).unwrap();
        saves_nothing(home);
    }),
    (
        "Where it doesn’t remember one, nothing is saved until you’ve opened the vault there once: \
         `trust-coach vault recipients` asks for the passphrase",
        |home| {
            let memory = home.join("state/vault");
            for left in [None, Some("own = you\n")] {
                let _ = fs::remove_file(&memory);
                left.inspect(|text| fs::write(&memory, text).unwrap());
                let said = saves_nothing(home);
                assert!(said.contains("vault recipients"), "{said}");
            }
            assert_eq!(opened(home, &["vault", "recipients"]).0, Some(0));
            assert_eq!(save(home).0, Some(0));
            // What is in the way of the note is named: to open the vault would be no help.
            fs::remove_file(&memory).unwrap();
            fs::create_dir(&memory).unwrap();
            let said = saves_nothing(home);
            assert!(
                said.contains("state/vault") && !said.contains("recipients"),
                "{said}"
            );
        },
    ),
    (
        "If somebody changes both the list and what this machine remembers, it’s noticed only when you open the vault",
        |home| {
            let other = Identity::generate().recipient();
            fs::write(home.join("identities/recipients.txt"), format!("{other}\n")).unwrap();
            let memory = format!("own = {other}\nlist = 0\n");
            fs::write(home.join("state/vault"), memory).unwrap();
            assert_eq!(save(home).0, Some(0));
            let (_, said) = opened(home, &["history"]);
            assert!(said.contains(&other.to_string()[..12]), "{said}");
        },
    ),
    (
        "the people who can open each session are counted, and any session that more people can open than your list has is named",
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
        "If the key is missing beside one of these, nothing is saved, and you’re told why",
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
    ("An encrypted file doesn’t prove who wrote it", |home| {
        let list = fs::read_to_string(home.join("identities/recipients.txt")).unwrap();
        let ours = list.lines().find(|line| line.starts_with("age1")).unwrap();
        let session = sessions(home).remove(0);
        let (moment, _) = session.to_str().unwrap().rsplit_once('-').unwrap();
        let text = "format = 1\nid = \"x\"\nexercise = \"tea\"\nstate = \"done\"\nstarted = \"2026-11-01\"\n";
        let sealed = seal::seal(text.as_bytes(), &[ours.parse().unwrap()]).unwrap();
        fs::write(format!("{moment}-00000001.toml.age"), sealed).unwrap();
        let (_, said) = opened(home, &["history", "show", "00000001"]);
        assert!(said.contains("# tea"), "{said}");
    }),
    ("a changed file doesn’t open", |home| {
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
    ("one line says that it isn’t encrypted", |home| {
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
    ("Without the vault, your words are plain files", |_| {
        let home = tempfile::tempdir().unwrap();
        save(home.path());
        assert!(holds(&sessions(home.path())[0], WORDS));
    }),
    (
        "The names show when you said something, and all of these files are about the same size",
        |home| {
            for what in [
                "Call.",
                "I will write to you each morning before I start the car.",
            ] {
                add_promise(home, what);
            }
            let facts = files(&home.join("ledger"));
            let sizes: Vec<u64> = facts
                .iter()
                .map(|it| it.metadata().unwrap().len())
                .collect();
            assert!(
                sizes.len() == 2 && sizes[0].abs_diff(sizes[1]) < 400,
                "{sizes:?}"
            );
            assert!(
                facts
                    .iter()
                    .all(|fact| !holds(fact, "Call") && !holds(fact, "promise"))
            );
        },
    ),
    (
        "If they take somebody else’s place on the list for a while, so that the number stays the same, it’s noticed only while the list differs",
        |home| {
            let reader = || Identity::generate().recipient().to_string();
            let (counsellor, other) = (reader(), reader());
            let (code, said) = opened(
                home,
                &["vault", "recipients", "add", &counsellor, "--existing"],
            );
            assert_eq!(code, Some(0), "{said}");
            let more = || {
                run(home, &["doctor"])
                    .1
                    .contains("more people than your list")
            };
            assert!(!more());
            let list = home.join("identities/recipients.txt");
            let text = fs::read_to_string(&list).unwrap();
            fs::write(&list, text.replace(&counsellor, &other)).unwrap();
            let (_, said) = save(home);
            assert!(said.contains("has changed"), "{said}");
            let (_, said) = opened(home, &["vault", "recipients"]);
            assert!(said.contains("isn’t the one you set"), "{said}");
            fs::write(&list, text).unwrap();
            assert!(!more());
        },
    ),
    ("you’d see that everything is gone", |home| {
        for folder in ["identities", "sessions", "state"] {
            let _ = fs::remove_dir_all(home.join(folder));
        }
        let (code, said) = run(home, &["history"]);
        assert!(code == Some(0) && said.contains("othing"), "{said}");
        save(home);
        assert!(holds(&sessions(home)[0], WORDS));
    }),
    (
        "They can also put an old copy of a session, or of your key file, in place of the new one",
        |home| {
            let (session, key) = (
                sessions(home).remove(0),
                home.join("identities/identity.age"),
            );
            let old = [&session, &key].map(|path| fs::read(path).unwrap());
            let (code, said) = opened(home, &["history", "tag", "last", "calm"]);
            assert_eq!(code, Some(0), "{said}");
            assert!(
                opened(home, &["history", "show", "last"])
                    .1
                    .contains("calm")
            );
            fs::write(&session, &old[0]).unwrap();
            fs::write(&key, &old[1]).unwrap();
            let (code, said) = opened(home, &["history", "show", "last"]);
            assert!(code == Some(0) && !said.contains("calm"), "{said}");
        },
    ),
    (
        "somebody can add a “missed” that you never said",
        |home| {
            add_promise(home, "Call.");
            let id = hex(&files(&home.join("ledger"))[0]);
            // Whoever has the account says it without a passphrase.
            let (code, said) = run(home, &["promise", "missed", &id, "tomorrow"]);
            assert!(code != Some(3), "{said}");
            let (code, said) = run(home, &["promise", "let-go", &id]);
            assert_eq!(code, Some(0), "{said}");
            let (_, said) = opened(home, &["promise", "show", &id, "--json"]);
            assert!(said.contains("let_go"), "{said}");
        },
    ),
    (
        "No core file is written, and other programs of your account can’t read the memory",
        |_| {
            no_core_and_no_look_into_memory();
        },
    ),
    (
        "`backup` copies files as they are: encrypted ones stay encrypted",
        |home| {
            assert_eq!(run(home, &["backup", "all.tar"]).0, Some(0));
            let archive = fs::read(home.join("all.tar")).unwrap();
            let session = fs::read(&sessions(home)[0]).unwrap();
            assert!(archive.windows(session.len()).any(|bytes| bytes == session));
            assert!(!holds(&home.join("all.tar"), WORDS));
        },
    ),
    ("Neither is ever in a backup", |home| {
        fs::write(home.join("config.toml"), "due-without-passphrase = true\n").unwrap();
        add_promise(home, "Call.");
        opened(home, &["promise", "list"]);
        assert!(home.join("state/days.toml").exists());
        assert_eq!(run(home, &["backup", "all.tar"]).0, Some(0));
        assert!(!holds(&home.join("all.tar"), "days.toml"));
    }),
    ("Without that file, the passphrase opens nothing", |home| {
        fs::remove_file(home.join("identities/identity.age")).unwrap();
        let (code, said) = opened(home, &["history", "show", "last"]);
        assert!(code == Some(1) && !said.contains(WORDS), "{said}");
    }),
    (
        "Old copies of the key file still open with the old one",
        |home| {
            let key = home.join("identities/identity.age");
            let old = fs::read(&key).unwrap();
            fs::write(home.join("new"), "quite other words\n").unwrap();
            let args = ["vault", "passphrase", "--new-passphrase-file", "new"];
            let (code, said) = opened(home, &args);
            assert_eq!(code, Some(0), "{said}");
            assert_eq!(opened(home, &["history", "show", "last"]).0, Some(1));
            fs::write(&key, old).unwrap();
            assert_eq!(opened(home, &["history", "show", "last"]).0, Some(0));
        },
    ),
    (
        "turn the vault off and on again: that makes a new key",
        |home| {
            let list = home.join("identities/recipients.txt");
            let old = fs::read_to_string(&list).unwrap();
            for turn in ["off", "on"] {
                let (code, said) = opened(home, &["vault", turn]);
                assert_eq!(code, Some(0), "{said}");
            }
            assert_ne!(fs::read_to_string(&list).unwrap(), old);
        },
    ),
];

#[test]
fn what_the_page_claims_is_so() {
    for (claim, shows) in CLAIMS {
        assert!(
            in_a_row(PAGE).contains(&in_a_row(claim)),
            "the page doesn't say: {claim}"
        );
        let home = home();
        println!("{claim}");
        shows(home.path());
    }
}

/// Words with one space between them.
pub(crate) fn in_a_row(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}
