//! Every screen of every shipped exercise on a small terminal, drawn by the code that draws it
//! there.

use insta::assert_snapshot;
use trust_coach::engine::preview::screens;
use trust_coach::exercise::library::{BUILT_IN, Library};
use trust_coach::sessions::runner::opening;
use trust_coach::terminal::preview::{Misfit, notes, question};

const SIZES: [(usize, usize); 2] = [(40, 15), (80, 24)];

#[test]
fn every_screen_shows_its_question_and_where_one_is() {
    let library = Library::open(None);
    for (id, _) in BUILT_IN {
        let exercise = library.load(id).unwrap();
        for screen in screens(&exercise) {
            for (columns, rows) in SIZES {
                let shown = question(
                    &screen.ask,
                    &exercise.head.title,
                    exercise.head.language(),
                    (columns, rows),
                );
                let what = format!("{id}, `{}` at {columns}x{rows}", screen.step.id);
                let lost = shown
                    .misfits
                    .iter()
                    .find(|misfit| matches!(misfit, Misfit::Question { .. } | Misfit::Place));
                assert_eq!(lost, None, "{what}: {shown:#?}");
                assert!(shown.screen[0].contains("tep "), "{what}");
                assert_no_row_alone(&shown.before, &what);
                assert!(shown.screen.len() <= rows, "{what}: {shown:#?}");
                // What is asked is the last paragraph: it stays in view, and no word is left out.
                let words = |rows: &[String]| rows.join(" ").split_whitespace().count();
                let prompt = screen.ask.prompt.trim();
                let asked = prompt.rsplit("\n\n").next().unwrap();
                let screen_text = shown.screen.join(" ");
                let screen_text = screen_text.split_whitespace().collect::<Vec<_>>().join(" ");
                let asked = asked.split_whitespace().collect::<Vec<_>>().join(" ");
                assert!(screen_text.contains(&asked), "{what}: {shown:#?}");
                let all = words(&shown.before.concat()) + words(&shown.screen);
                assert!(all >= prompt.split_whitespace().count(), "{what}");
            }
        }
    }
}

/// The page that is read last before a question, or before the first step, holds more than one row of
/// text.
fn assert_no_row_alone(pages: &[Vec<String>], what: &str) {
    let Some(page) = pages.last() else {
        return;
    };
    // The last row says how to go on.
    let rows = page[..page.len() - 1].iter();
    let text = rows.filter(|row| !row.trim().is_empty() && !row.contains("tep "));
    assert!(text.count() > 1, "{what}: {pages:#?}");
}

#[test]
fn nothing_is_pointed_at_where_it_is_about_safety_consent_sharing_or_a_verdict() {
    let library = Library::open(None);
    let mut unmarked = String::new();
    for (id, _) in BUILT_IN {
        let exercise = library.load(id).unwrap();
        let lists = screens(&exercise).into_iter().filter(|screen| {
            let count = screen.step.options().len();
            count > 0 && screen.ask.first_mark(count).is_none()
        });
        let mut steps: Vec<String> = lists.map(|screen| screen.step.id.clone()).collect();
        steps.dedup();
        if !steps.is_empty() {
            unmarked.push_str(&format!("{id}: {}\n", steps.join(", ")));
        }
    }
    assert_snapshot!(unmarked, @"
    raise-it-gently: afraid-of, use
    hard-talk: ready
    tell-truth: about, safe, with
    be-known: before, who
    ask-one-thing: ask
    speaker-listener: warm, reaction
    same-fight: do, reaction
    time-out: signs, reaction, length
    promise: tell
    reliability-review: came
    setback: freely, give
    rituals: have, reaction
    agreement: reaction
    validation: harder, reaction
    guesses: need, need-guess, reaction
    support-kind: kind, reaction
    apology: part, give
    hear-it-out: start
    hear-the-hurt: room, pull, reaction
    apology-heard: use
    apology-together: room, how, missing, repair-fits, reaction
    small-repair: size, heard, reaction
    check-in: outside
    weekly-meeting: reaction, talk
    before-you-go-on: mine, over, decide, reaction
    impact: use, offer
    openness: side, own, how
    openness-for-two: about, free, reaction
    question-window: room, untold, heard, reaction
    bad-day: kind-of
    first-weeks-hurt: state, rest, health, contact
    first-weeks-broke: state, rest, over, stopped, health, all
    forgive-if-i-want: stopped, whose
    find-help: signs, who
    money-facts: side
    how-it-came: excuse
    why-us: afraid
    why-us-for-two: reaction
    rulers: whose
    eye-to-eye: theirs
    appreciation: afraid, use
    thanks: free
    remember-when: afraid, use
    ");
}

#[test]
fn a_list_of_options_is_in_view_or_says_how_much_of_it_is_not() {
    let library = Library::open(None);
    for (id, _) in BUILT_IN {
        let exercise = library.load(id).unwrap();
        for screen in screens(&exercise) {
            let shown = question(
                &screen.ask,
                &exercise.head.title,
                exercise.head.language(),
                (40, 15),
            );
            let text = shown.screen.join("\n");
            let hidden = shown.misfits.iter().find_map(|misfit| match misfit {
                Misfit::Entries { seen, of } => Some((*seen, of - seen)),
                _ => None,
            });
            let options = screen.step.options();
            let Some((seen, more)) = hidden else {
                for number in 1..=options.len() {
                    assert!(text.contains(&format!("{number} ")), "{id}: {text}");
                }
                continue;
            };
            assert!(seen >= 3, "{id}: {text}");
            assert!(text.contains(&format!("{more} more below")), "{id}: {text}");
        }
    }
}

#[test]
fn every_opening_begins_with_its_title_and_fits_a_few_small_pages() {
    let library = Library::open(None);
    for (id, _) in BUILT_IN {
        let exercise = library.load(id).unwrap();
        let pages = notes(&opening(&exercise), exercise.head.language(), (40, 15));
        assert!(pages.len() <= 3, "{id}: {pages:#?}");
        assert_no_row_alone(&pages, id);
        let first = pages[0].join(" ");
        assert!(first.starts_with(&exercise.head.title), "{id}: {first}");
    }
}
