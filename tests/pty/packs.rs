//! Exercises of a pack, in another language, on a screen.

use std::fs;
use std::path::Path;

use crate::harness::SMALL;
use crate::session::{Home, TEA};

fn with_pack(tags: &str) -> Home {
    let home = Home::with(TEA);
    let from = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/packs/abende");
    let folder = tempfile::tempdir().unwrap();
    for file in fs::read_dir(from).unwrap() {
        let path = file.unwrap().path();
        let text = fs::read_to_string(&path).unwrap();
        let text = text.replace("lang = \"de\"", &format!("lang = \"de\"\n{tags}"));
        fs::write(folder.path().join(path.file_name().unwrap()), text).unwrap();
    }
    home.output(&["pack", "add", folder.path().to_str().unwrap()]);
    home
}

#[test]
fn an_exercise_of_a_pack_is_done_in_its_own_language_on_a_small_screen() {
    let home = with_pack("");
    let screen = home.open(&["exercise", "abende/dank"], SMALL);
    let seen = screen.turn_pages("Was hast du gesehen?");
    let seen = seen.split_whitespace().collect::<Vec<_>>().join(" ");
    let all = screen.everything().join(" ");
    let all = all.split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(seen.contains("Ein Satz genügt."), "{seen}");
    assert!(all.contains("Third-party: from the pack abende"), "{all}");
    screen.send("Du hast für uns gekocht, früh.\x04");
    screen.wait_list("3 Nein, ich behalte es für mich");
    screen.send("1\r");
    screen.wait_words("Wie würdest du es sagen?");
    screen.wait_words("gekocht, früh.");
    screen.send("Danke für das frühe Essen.\r");
    screen.wait_list("Abschließen und speichern");
    screen.send("1\r");
    screen.turn_pages("Was möchtest du als Nächstes tun?");
    let answer = home.output(&["history", "show", "last", "--answer", "satz"]);
    assert_eq!(answer, "Danke für das frühe Essen.\n");
}

#[test]
fn a_pack_is_not_on_the_page_for_people_in_danger_whatever_it_says_of_itself() {
    let home = with_pack("tags = [\"alone\", \"keep\"]");
    assert!(home.output(&["list", "--json"]).contains("\"alone\""));
    let screen = home.open(&["safety"], (80, 120));
    screen.wait_list("rather not say");
    screen.send("1\r");
    let rows = screen.wait_words("What would you like to do?").join("\n");
    assert!(rows.contains("A letter to keep"), "{rows}");
    assert!(!rows.contains("Danke"), "{rows}");
}
