//! What `author preview` draws is what a person sees.

use crate::harness::{SMALL, Screen, USUAL};
use crate::session::{Home, TEA};

/// The screens that a preview draws below a heading, as rows.
fn drawn(preview: &str, heading: &str) -> Vec<Vec<String>> {
    let below = preview.lines().skip_while(|line| *line != heading).skip(1);
    let below: Vec<&str> = below.take_while(|line| !line.is_empty()).collect();
    let row = |line: &&str| line.trim_matches('|').trim_end().to_string();
    let screens = below.split(|line| line.starts_with('+'));
    screens
        .filter(|rows| !rows.is_empty())
        .map(|rows| rows.iter().map(row).collect())
        .collect()
}

#[test]
fn a_preview_draws_the_rows_that_a_person_sees() {
    let home = Home::with(TEA);
    let preview = home.output(&["author", "preview", "tea"]);
    let [question] = &drawn(&preview, "1. `kind` (choose)")[..] else {
        panic!("{preview}");
    };
    let screen = home.open(&["exercise", "tea"], SMALL);
    let shown = screen.wait_list("Mint");
    let mut windows = shown.windows(question.len());
    assert!(
        windows.any(|rows| rows == question),
        "{shown:#?}\n{question:#?}"
    );
}

#[test]
fn so_it_does_where_pages_come_first_and_the_list_is_longer_than_the_screen() {
    let option = |n: usize| format!("{{ id = \"o{n}\", label = \"Tea number {n}\" }}");
    let options: Vec<String> = (1..=20).map(option).collect();
    let long = "Every cup has its own leaves and its own water. ".repeat(9);
    let many = format!("options = [{}, {{ id = \"green\"", options.join(", "));
    let tall = TEA.replace("options = [{ id = \"green\"", &many);
    let tall = tall.replace("Which tea do you like?", &format!("{long}\\n\\nWhich?"));
    let home = Home::with(&tall);
    let preview = home.output(&["author", "preview", "tea"]);
    let [pages @ .., question, note] = &drawn(&preview, "1. `kind` (choose)")[..] else {
        panic!("{preview}");
    };
    assert_eq!(note.len(), 1, "{note:?}");
    assert!(note[0].starts_with("! only 8 of the list’s 22"), "{note:?}");
    let screen = home.open(&["exercise", "tea"], SMALL);
    let seen = screen.turn_pages("more below");
    assert!(!pages.is_empty(), "{preview}");
    for page in pages {
        assert!(seen.contains(&page.join("\n")), "{seen}\n{page:#?}");
    }
    let shown = screen.rows();
    let mut windows = shown.windows(question.len());
    assert!(
        windows.any(|rows| rows == question),
        "{shown:#?}\n{question:#?}"
    );
}

#[test]
fn the_edges_at_the_sides_stand_only_where_they_have_room() {
    let home = Home::with(TEA);
    let args = ["author", "preview", "tea"];
    for (window, first) in [(USUAL, '+'), (SMALL, '-')] {
        let mut screen = Screen::program_with(home.path(), &args, window, &[("PAGER", "cat")]);
        assert_eq!(screen.wait_exit(), 0);
        let all = screen.everything();
        let edge = format!("{first}{}", "-".repeat(38));
        assert!(all.iter().any(|row| row.starts_with(&edge)), "{all:#?}");
        // No row is broken into two.
        assert!(!all.iter().any(|row| row.trim() == "|"), "{all:#?}");
        assert!(all.iter().any(|row| row.contains("Which tea do you like?")));
    }
}
