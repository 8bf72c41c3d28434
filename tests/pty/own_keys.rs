//! Passphrases of one's own in an exercise for two: what one closes is opened by nobody else, also at
//! this machine, and is kept.

use rustix::process::Signal;

use crate::harness::{Screen, USUAL};
use crate::passphrase;
use crate::session::Home;
use crate::two::{
    MARKER, TWO, go_on, lies_below, take, to_first_hand_over, without_own_key, write,
};

pub(crate) const OWN: &str = "heather and old stones";

/// What a command prints with the passphrase in a file.
pub(crate) fn shown_as(home: &Home, person: &str) -> String {
    let file = home.path().with_extension("words");
    std::fs::write(&file, OWN).unwrap();
    let file = file.to_str().unwrap();
    let words = [
        "history",
        "show",
        "last",
        "--as",
        person,
        "--as-passphrase-file",
        file,
    ];
    home.output(&words)
}

/// Sets a passphrase behind a hand-over. It is not shown.
fn set_own_key(screen: &Screen, hand_over: &str) {
    take(screen, hand_over);
    let asked = screen.wait_words("set a passphrase of your own").join("\n");
    assert!(asked.contains("Enter: go on"), "{asked}");
    passphrase::set(screen, OWN);
    screen.wait_words("what do you wish for?");
    assert!(!screen.everything().join("\n").contains(OWN));
}

/// Types the passphrase of their own, and closes the marker under it.
fn close_marker(screen: &Screen) {
    screen.send(&format!("{OWN}\r"));
    screen.wait_words("what do you wish for?");
    screen.send(&format!("{MARKER}\r"));
    screen.wait_words("How warm is it");
}

fn finish(screen: &Screen) -> String {
    screen.send("\r");
    screen.wait_words("What do you take from it?");
    screen.send("Tea.\r");
    screen.wait_list("Finish and save");
    screen.send("1\r");
    screen.turn_pages("What would you like to do next?")
}

#[test]
fn what_was_closed_under_somebodys_own_passphrase_is_kept_for_them_alone() {
    let home = Home::with(TWO);
    let mut screen = to_first_hand_over(&home);
    write(&screen, "Now Mo, alone", "rest", "5");
    take(&screen, "Now Il, alone");
    screen.wait_words("set a passphrase of your own");
    // What was copied brings its line end along, and whatever stood behind it.
    for question in ["The same passphrase again", "what do you wish for?"] {
        screen.paste(&format!("{OWN}\t\nand a line below\n"));
        screen.send("\r");
        screen.wait_words(question);
    }
    screen.send(&format!("{MARKER}\r"));
    screen.wait_words("How warm is it");
    screen.send("4\r");
    for (name, answer) in [("Now Mo, alone", "1\r"), ("Now Il, alone", "3\r")] {
        take(&screen, name);
        screen.turn_pages("Keep it closed");
        screen.wait_list("Keep it closed");
        screen.send(answer);
    }
    take(&screen, "Now both of you");
    screen.wait_words("This stays closed today");
    let end = finish(&screen);
    assert!(end.contains("What Mo didn’t show is erased now."), "{end}");
    assert!(
        end.contains("--as b") && !end.contains("take back"),
        "{end}"
    );
    screen.send("/leave\r");
    screen.wait_exit();
    assert!(!screen.everything().join("\n").contains(MARKER));
    let session = home.session();
    assert!(
        session.contains("[seals.b]") && !session.contains("[seals.a]"),
        "{session}"
    );
    assert_eq!(session.matches("by = \"a\"").count(), 0, "{session}");
    assert!(!lies_below(home.path(), MARKER) && !lies_below(home.path(), OWN));
    assert!(!home.output(&["history", "show", "last"]).contains(MARKER));
    let shown = shown_as(&home, "b");
    assert!(shown.contains(MARKER) && shown.contains("Tea."), "{shown}");
}

#[test]
fn a_program_that_would_go_on_with_it_hears_whose_passphrase_is_needed_and_no_closed_word() {
    let home = Home::with(TWO);
    let mut screen = to_first_hand_over(&home);
    set_own_key(&screen, "Now Mo, alone");
    screen.send(MARKER);
    std::thread::sleep(std::time::Duration::from_millis(1500));
    screen.signal(Signal::KILL);
    screen.wait_exit();
    let mut command = std::process::Command::new(env!("CARGO_BIN_EXE_trust-coach"));
    command.args(["resume", "--io", "json", "--screened"]);
    command.env("TRUST_COACH_HOME", home.path());
    let output = command.stdin(std::process::Stdio::null()).output().unwrap();
    assert_eq!(output.status.code(), Some(3));
    let said = [output.stdout, output.stderr].concat();
    let said = String::from_utf8(said).unwrap();
    assert!(said.contains("Mo has to type the passphrase"), "{said}");
    assert!(!said.contains(MARKER), "{said}");
}

#[test]
fn after_a_kill_their_passphrase_opens_it_again_on_any_machine_and_nothing_else_does() {
    let home = Home::with(TWO);
    let mut screen = to_first_hand_over(&home);
    set_own_key(&screen, "Now Mo, alone");
    screen.send("tea\r");
    screen.wait_words("How warm is it");
    screen.send("4\r");
    set_own_key(&screen, "Now Il, alone");
    screen.send(MARKER);
    std::thread::sleep(std::time::Duration::from_millis(1500));
    screen.signal(Signal::KILL);
    screen.wait_exit();
    assert!(!lies_below(home.path(), MARKER));
    // On another machine there is no state folder.
    for folder in ["state", "two"] {
        let _ = std::fs::remove_dir_all(home.path().join(folder));
    }
    let resumed = home.open(&["resume"], USUAL);
    resumed.turn_pages("Now Il, alone");
    take(&resumed, "Now Il, alone");
    resumed.wait_words("type your own passphrase");
    resumed.send("some other words\r");
    resumed.wait_words("That isn’t the passphrase");
    resumed.send(&format!("{OWN}\r"));
    // It is Il's own text, which is still there.
    resumed.wait_words(MARKER);
    resumed.send("\r");
    resumed.wait_words("How warm is it");
    resumed.send("5\r");
    take(&resumed, "Now Mo, alone");
    resumed.wait_words("type your own passphrase");
    resumed.send(&format!("{OWN}\r"));
    resumed.turn_pages("Keep it closed");
    resumed.wait_list("Keep it closed");
    resumed.send("1\r");
    take(&resumed, "Now Il, alone");
    resumed.turn_pages("Keep it closed");
    resumed.wait_list("Keep it closed");
    resumed.send("1\r");
    take(&resumed, "Now both of you");
    let shown = resumed.wait_words("both read it").join("\n");
    assert!(shown.contains(MARKER) && shown.contains("tea"), "{shown}");
    let end = finish(&resumed);
    assert!(end.contains("Either of you can take back"), "{end}");
    // In the menu behind the end nothing is left that opens anything, whatever becomes of the window.
    for folder in ["state/two", "two"] {
        let keys = std::fs::read_dir(home.path().join(folder));
        assert_eq!(keys.into_iter().flatten().count(), 0);
    }
    // Everything was shown, so that no key is left.
    assert!(!home.session().contains("[seals"));
}

#[test]
fn who_goes_on_without_their_passphrase_leaves_closed_what_they_closed() {
    let home = Home::with(TWO);
    let mut screen = to_first_hand_over(&home);
    set_own_key(&screen, "Now Mo, alone");
    screen.send(&format!("{MARKER}\r"));
    screen.wait_words("How warm is it");
    screen.send("/pause\r");
    take(&screen, "Now both of you");
    go_on(&screen, "5\r");
    screen.wait_exit();
    let resumed = home.open(&["resume"], USUAL);
    resumed.turn_pages("Now Mo, alone");
    take(&resumed, "Now Mo, alone");
    resumed.wait_words("type your own passphrase");
    std::thread::sleep(std::time::Duration::from_millis(700));
    resumed.send("\r");
    let said = resumed.wait_words("kept under your passphrase").join(" ");
    assert!(
        said.contains("closed under your passphrase stays closed"),
        "{said}"
    );
    resumed.send("\r");
    take(&resumed, "Now Il, alone");
    without_own_key(&resumed);
    resumed.wait_words("what do you wish for?");
    resumed.send("rest\r");
    resumed.wait_words("How warm is it");
    resumed.send("4\r");
    // Mo has nothing that could be shown.
    take(&resumed, "Now Mo, alone");
    take(&resumed, "Now Il, alone");
    resumed.turn_pages("Keep it closed");
    resumed.wait_list("Keep it closed");
    resumed.send("1\r");
    take(&resumed, "Now both of you");
    let asked = resumed.turn_pages("Go on without showing");
    assert!(asked.contains("a passphrase that wasn’t typed"), "{asked}");
    resumed.wait_list("Go on without showing");
    resumed.send("2\r");
    resumed.wait_words("This stays closed today");
    finish(&resumed);
    assert!(shown_as(&home, "a").contains(MARKER));
}

#[test]
fn with_the_vault_on_both_passphrases_lie_around_what_was_closed() {
    let home = Home::with(TWO);
    let folders = trust_coach::home::folders::Folders::under(home.path());
    let store = trust_coach::journal::Store::new(folders.data, folders.state);
    let vault = trust_coach::journal::vault::seal::Passphrase::new("the vault has its own".into());
    store
        .make_vault(&crate::common::moment(), &vault, 2)
        .unwrap();
    let screen = to_first_hand_over(&home);
    write(&screen, "Now Mo, alone", "rest", "5");
    set_own_key(&screen, "Now Il, alone");
    screen.send(&format!("{MARKER}\r"));
    screen.wait_words("How warm is it");
    screen.send("4\r");
    for name in ["Now Mo, alone", "Now Il, alone"] {
        take(&screen, name);
        screen.turn_pages("Keep it closed");
        screen.wait_list("Keep it closed");
        screen.send("3\r");
    }
    take(&screen, "Now both of you");
    screen.wait_words("This stays closed today");
    finish(&screen);
    assert!(!lies_below(home.path(), MARKER) && !lies_below(home.path(), "[seals"));
    let words = |name: &str, words: &str| {
        let file = home.path().with_extension(name);
        std::fs::write(&file, words).unwrap();
        file.to_str().unwrap().to_string()
    };
    let (vault, own) = (words("vault", "the vault has its own"), words("own", OWN));
    let show = ["history", "show", "last", "--passphrase-file", &vault];
    assert!(!home.output(&show).contains(MARKER));
    let theirs = ["--as", "b", "--as-passphrase-file", &own];
    assert!(home.output(&[&show[..], &theirs].concat()).contains(MARKER));
}

/// A home in which Il has a lasting key that is quick to open.
fn with_partner() -> (Home, trust_coach::journal::Store) {
    with_key_of("Il")
}

fn with_key_of(name: &str) -> (Home, trust_coach::journal::Store) {
    let home = Home::with(TWO);
    let folders = trust_coach::home::folders::Folders::under(home.path());
    let store = trust_coach::journal::Store::new(folders.data, folders.state);
    let own = trust_coach::journal::vault::seal::Passphrase::new(OWN.into());
    let now = crate::common::moment();
    store.add_partner(name, &now, &own, 2).unwrap();
    (home, store)
}

#[test]
fn whoever_has_a_lasting_key_is_asked_for_its_passphrase_before_their_first_word() {
    let (home, store) = with_partner();
    let screen = to_first_hand_over(&home);
    write(&screen, "Now Mo, alone", "rest", "5");
    take(&screen, "Now Il, alone");
    screen.wait_words("type your own passphrase");
    assert!(!screen.rows().join("\n").contains("wish"));
    screen.send("some other words\r");
    screen.wait_words("That isn’t the passphrase");
    close_marker(&screen);
    screen.send("4\r");
    for name in ["Now Mo, alone", "Now Il, alone"] {
        take(&screen, name);
        screen.turn_pages("Keep it closed");
        screen.wait_list("Keep it closed");
        screen.send("3\r");
    }
    take(&screen, "Now both of you");
    screen.wait_words("This stays closed today");
    finish(&screen);
    // The key itself is in no session: it lasts, and its passphrase can be changed.
    assert!(!home.session().contains("ENCRYPTED FILE-----\n\n[seals"));
    assert!(
        home.session().contains("key = \"partner-"),
        "{}",
        home.session()
    );
    assert!(shown_as(&home, "b").contains(MARKER));
    assert!(!lies_below(home.path(), MARKER) && store.unlisted_partner_keys().is_empty());
}

#[test]
fn where_another_key_stands_in_the_list_nothing_of_theirs_is_asked() {
    let (home, store) = with_partner();
    let list = std::fs::read_to_string(store.partners_file()).unwrap();
    let theirs = store.partner("Il").unwrap().unwrap().recipient.to_string();
    let strange = trust_coach::journal::vault::seal::Identity::generate();
    let list = list.replace(&theirs, &strange.recipient().to_string());
    std::fs::write(store.partners_file(), list).unwrap();
    let mut screen = to_first_hand_over(&home);
    write(&screen, "Now Mo, alone", "rest", "5");
    take(&screen, "Now Il, alone");
    screen.wait_words("type your own passphrase");
    screen.send(&format!("{OWN}\r"));
    assert_eq!(screen.wait_exit(), 1);
    let told = screen.everything().join(" ");
    assert!(told.contains("closed for the key you set"), "{told}");
    assert!(told.contains("somebody else can write"), "{told}");
    assert!(home.session().contains("state = \"open\""));
}

#[test]
fn a_misspelled_name_is_asked_about_and_finds_the_key() {
    let (home, _) = with_key_of("Ilir");
    let screen = home.open(&["exercise", "tea"], USUAL);
    screen.wait_words("One name or initial");
    screen.send("Mo\r");
    screen.wait_words("other name");
    screen.send("Illir\r");
    screen.wait_words("Did you mean Ilir?");
    screen.wait_list("somebody else");
    for key in ["\r", " ", " \r"] {
        screen.send(key);
        screen.wait_list("somebody else");
    }
    screen.send("1\r");
    for name in ["Now Mo, alone", "Now Ilir, alone"] {
        take(&screen, name);
        screen.turn_pages("Not today");
        screen.wait_list("Not today");
        screen.send("1\r");
    }
    take(&screen, "Now both of you");
    screen.turn_pages("Now Mo, alone");
    write(&screen, "Now Mo, alone", "rest", "5");
    take(&screen, "Now Ilir, alone");
    screen.wait_words("type your own passphrase");
}

#[test]
fn who_writes_without_the_passphrase_they_have_is_told_what_becomes_of_it() {
    let (home, _) = with_partner();
    let screen = to_first_hand_over(&home);
    write(&screen, "Now Mo, alone", "rest", "5");
    take(&screen, "Now Il, alone");
    screen.wait_words("type your own passphrase");
    std::thread::sleep(std::time::Duration::from_millis(700));
    screen.send("\r");
    let said = screen.wait_words("kept under your passphrase").join(" ");
    // Nothing was closed under it yet.
    assert!(!said.contains("What you closed"), "{said}");
    screen.send("\r");
    screen.wait_words("what do you wish for?");
}

#[test]
fn where_the_key_of_one_was_removed_they_go_on_without_it_and_what_they_closed_stays() {
    let (home, store) = with_key_of("Mo");
    let mut screen = to_first_hand_over(&home);
    take(&screen, "Now Mo, alone");
    screen.wait_words("type your own passphrase");
    close_marker(&screen);
    screen.send("/pause\r");
    take(&screen, "Now both of you");
    go_on(&screen, "5\r");
    screen.wait_exit();
    let session = home.session();
    let sealed = session.split("'''").nth(1).unwrap();
    let mo = store.partner("Mo").unwrap();
    store.remove_partner(&mo.unwrap()).unwrap();
    let resumed = home.open(&["resume"], USUAL);
    resumed.turn_pages("Now Mo, alone");
    take(&resumed, "Now Mo, alone");
    resumed.wait_words("type your own passphrase");
    resumed.send(&format!("{OWN}\r"));
    let said = resumed.wait_words("kept under your passphrase").join(" ");
    let is_gone = said.contains("The key for that passphrase isn’t here");
    assert!(is_gone && said.contains("stays closed"), "{said}");
    resumed.send("\r");
    resumed.wait_words("Now Il, alone");
    assert!(home.session().contains(sealed));
}
