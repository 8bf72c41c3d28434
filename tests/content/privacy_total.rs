//! No sentence of the page on privacy stands there unshown: a test shows it, or it is of the world
//! outside, where a program can show nothing.

use std::fs;
use std::path::Path;

use crate::privacy::PAGE;
use crate::privacy_claims::{CLAIMS, in_a_row};
use crate::privacy_two::TWO;
use crate::privacy_vault::VAULT;
use crate::privacy_world::WORLD;

/// Tests and scripts elsewhere, with the beginnings of the sentences that they show.
const SHOWN: &[(&str, &[&str])] = &[
    (
        "src/terminal/editor.rs what_an_editor_saved_beside_the_draft_is_kept_and_named_after_the_draft_was_taken_too",
        &["What an editor leaves beside its draft goes with it only if"],
    ),
    (
        ".ci/outside/vault",
        &[
            "Nothing is sent anywhere",
            "There’s no account, no cloud",
            "us, who make trust-coach",
            "The format is [age]",
            "Any age tool opens it",
            "Tests show that the program opens no socket",
        ],
    ),
    (
        "tests/cli/private.rs every_file_that_any_command_makes_is_for_its_owner_alone_whatever_the_umask",
        &["Other users of the machine can’t read them"],
    ),
    (
        "tests/cli/support.rs help_lines_need_no_home_and_leave_nothing_behind",
        &["`trust-coach support` has the numbers"],
    ),
    (
        "tests/cli/promise/elsewhere.rs with_the_vault_on_saying_needs_no_passphrase_and_reading_does",
        &[
            "What you say about promises is kept in the folder",
            "`trust-coach promise show --all` shows everything",
            "What you say about a promise is saved without",
            "Nobody can check then whether the promise",
        ],
    ),
    (
        "tests/cli/promise/due.rs with_the_vault_on_nothing_is_said_unless_that_was_allowed",
        &[
            "With the vault on, `trust-coach due` says nothing",
            "With `due-without-passphrase = true`",
            "Then the file `days.toml`",
            "It holds none of your words",
            "Set it to `false`",
        ],
    ),
    (
        "tests/cli/plan/elsewhere.rs with_the_vault_on_the_passphrase_tells_what_is_next_and_a_prompt_says_nothing",
        &["The file `next.toml` beside it"],
    ),
    (
        "tests/pty/session.rs nothing_of_a_gated_session_stays_on_the_screen",
        &["Exercises that begin with the safety questions"],
    ),
    (
        "src/terminal/editor.rs where_a_draft_would_leak_no_editor_is_opened",
        &["Where no folder is kept in memory"],
    ),
    (
        "tests/content/privacy.rs what_it_says_asks_does_and_what_it_says_never_asks_does_not",
        &["Never asked, since these read nothing"],
    ),
    (
        "tests/content/privacy.rs its_numbers_are_those_of_the_program",
        &[
            "`identities/identity.age` is an age identity",
            "`identities/recipients.txt` is the list in plain sight",
            "It’s filled up to steps of 4 KB",
        ],
    ),
    (
        "tests/pty/unmade.rs words_for_a_promise_leave_the_disk_once_the_vault_is_on_and_are_shown_after_the_passphrase",
        &[
            "So is a promise that you’ve begun",
            "`trust-coach promise add` asks for it only",
        ],
    ),
    (
        "tests/pty/vault.rs letters_that_are_not_utf_8_open_nothing_and_are_no_wrong_try",
        &["What isn’t UTF-8"],
    ),
    (
        "tests/pty/vault.rs commands_where_a_passphrase_is_asked_for_do_what_they_say_and_are_none",
        &["`/leave`, `/support` and `/pause` typed there"],
    ),
    (
        "src/journal/vault/seal/tests.rs a_passphrase_that_was_made_too_slow_is_not_tried",
        &["A work factor above 20"],
    ),
    (
        "src/journal/vault/readers.rs both_lists_give_back_what_they_were_made_of",
        &["The true one is in the comments of the identity"],
    ),
    (
        "src/journal/vault/seal/tests.rs what_is_sealed_opens_for_each_recipient_and_for_nobody_else",
        &["Each session is an age file for everybody on the list"],
    ),
    (
        "src/journal/vault/pad.rs what_is_padded_comes_back_as_it_was_and_its_length_tells_nothing",
        &["So its length shows a long text"],
    ),
    (
        "src/journal/vault/tests.rs every_session_is_sealed_but_those_that_are_open_and_opened_again",
        &["A session that’s open elsewhere stays plain"],
    ),
    (
        "tests/engine/kill.rs the_second_process_is_told_which_one_has_the_session",
        &["So are the names of lock files"],
    ),
    (
        "tests/cli/export.rs a_file_is_new_and_for_its_owner_alone",
        &["`--record`, `export`, and a copy you save elsewhere"],
    ),
    (
        ".ci/outside/memory",
        &["The passphrase and the key are wiped"],
    ),
];

/// Claims of `privacy_claims.rs` that also show sentences which say the same in other words.
const ALSO: &[(&str, &[&str])] = &[
    (
        "Without the vault, your words are plain files",
        &[
            "But anybody who uses your account can",
            "search it, or see which exercises",
        ],
    ),
    (
        "File names give away the time and nothing else",
        &["see that you use trust-coach, and on which days"],
    ),
    (
        "all of these files are about the same size",
        &["They don’t show which ones belong together"],
    ),
    (
        "An encrypted file doesn’t prove who wrote it",
        &[
            "change a file so that it says something else",
            "Somebody with your account can make a session",
            "They can’t read yours to make it fit",
            "age doesn’t say who wrote a file",
        ],
    ),
    (
        "When the list changes, the next session says so on its first screen",
        &["This machine also remembers which list"],
    ),
    (
        "it’s noticed only while the list differs",
        &["So type the passphrase now and then"],
    ),
    (
        "`backup` copies files as they are",
        &["somebody with your backup, your sync folder"],
    ),
    (
        "Where nobody can be asked, the command ends with exit 3",
        &[
            "The passphrase is never on a command line",
            "It’s never taken from an argument",
        ],
    ),
    (
        "Without that file, the passphrase opens nothing",
        &[
            "If you lose the passphrase",
            "Nobody can reset it",
            "There’s no way back without them",
        ],
    ),
];

/// The sentences of the page and the rows of its tables; headings, and the words in bold that stand
/// for one, say nothing by themselves. The commands that are listed are run by a test of their own.
fn sentences() -> Vec<String> {
    let lines: Vec<&str> = PAGE.lines().collect();
    let mut blocks = vec![String::new()];
    for (at, line) in lines.iter().enumerate() {
        let is_item = line.starts_with("- ")
            || line
                .split_once(". ")
                .is_some_and(|(number, _)| number.parse::<u8>().is_ok());
        if line.is_empty() || line.starts_with('#') || line.starts_with('|') || is_item {
            blocks.push(String::new());
        }
        let is_head = lines.get(at + 1).is_some_and(|next| next.starts_with("|-"));
        if line.starts_with('#')
            || line.starts_with("|-")
            || line.starts_with("- `trust-coach")
            || is_head
        {
            continue;
        }
        let text = line.trim_start_matches("- ").trim_start_matches("| ");
        let text = text
            .trim_start_matches(|c: char| c.is_ascii_digit())
            .trim_start_matches(". ");
        *blocks.last_mut().unwrap() += &format!("{text} ");
    }
    let mut sentences = Vec::new();
    for block in blocks {
        let mut sentence = String::new();
        let block = match block
            .strip_prefix("**")
            .and_then(|rest| rest.split_once("**"))
        {
            Some((_, rest)) => rest.to_string(),
            None => block,
        };
        for word in block.replace("**", "").split_whitespace() {
            let begins = word.starts_with(|c: char| c.is_uppercase() || c == '`');
            if begins && sentence.ends_with(['.', '!', '?']) {
                sentences.push(std::mem::take(&mut sentence));
            }
            sentence += if sentence.is_empty() { "" } else { " " };
            sentence += word;
        }
        sentences.push(sentence);
    }
    sentences.retain(|sentence| !sentence.is_empty());
    sentences
}

fn begins(sentence: &str, with: &str) -> bool {
    sentence.starts_with(&with.replace("**", ""))
}

#[test]
fn no_sentence_of_the_page_is_without_what_shows_it() {
    let sentences = sentences();
    assert!(sentences.len() > 120, "{sentences:#?}");
    let listed: Vec<&str> = SHOWN
        .iter()
        .chain(TWO)
        .chain(VAULT)
        .chain(ALSO)
        .flat_map(|(_, starts)| *starts)
        .chain(WORLD)
        .copied()
        .collect();
    let claims: Vec<String> = CLAIMS.iter().map(|(claim, _)| in_a_row(claim)).collect();
    let is_claimed = |sentence: &str| {
        let mut claims = claims.iter();
        claims.any(|claim| {
            let claim = claim.trim_start_matches("| ");
            sentence.contains(claim) || claim.contains(sentence.trim_end_matches('.'))
        })
    };
    let unshown: Vec<&String> = sentences
        .iter()
        .filter(|sentence| !is_claimed(sentence))
        .filter(|sentence| !listed.iter().any(|start| begins(sentence, start)))
        .collect();
    assert!(unshown.is_empty(), "nothing shows that: {unshown:#?}");
    for start in listed {
        let said = sentences.iter().any(|sentence| begins(sentence, start));
        assert!(said, "the page doesn't say it any more: {start}");
    }
    for (claim, _) in ALSO {
        assert!(claims.iter().any(|known| known.contains(claim)), "{claim}");
    }
}

#[test]
fn what_shows_them_is_there() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    for (place, _) in SHOWN.iter().chain(TWO).chain(VAULT) {
        let (file, test) = place.split_once(' ').unwrap_or((place, ""));
        let text = fs::read_to_string(root.join(file)).unwrap_or_else(|_| panic!("no {file}"));
        let is_there = test.is_empty()
            || text.contains(&format!("#[test]\nfn {test}("))
            || text.contains(&format!("#[test]\n    fn {test}("));
        assert!(is_there, "{place}");
    }
}
