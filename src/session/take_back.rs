//! Taking back what one of two people gave, with what quotes it.

use std::ops::Range;

use super::{Answer, AnswerId, Outcome, Partner, Session, Value};
use crate::exercise::{Exercise, StepKind};
use crate::text::name_key;

impl Session {
    /// Takes these answers out, or puts a closed one in the place of each that has one. What the program
    /// quoted of them goes too: in questions, where the exercise says what a question quotes, and in texts
    /// that were put together. What the other wrote stays whole, and so do longer words that hold theirs.
    /// Other texts that repeat them stay and are marked as sensitive: nothing else would tell any more whose
    /// words they are.
    /// Returns their ids.
    pub fn take_back(
        &mut self,
        ids: &[AnswerId],
        closed: &[Answer],
        exercise: Option<&Exercise>,
    ) -> Vec<AnswerId> {
        let is_taken = |answer: &Answer| ids.contains(&answer.id());
        let (taken, others): (Vec<_>, Vec<_>) = self.answers.iter().partition(|it| is_taken(it));
        let said: Vec<String> = taken.into_iter().flat_map(Answer::told).collect();
        let others = others.into_iter().filter(|it| it.kind != StepKind::Compose);
        let kept: Vec<String> = others.flat_map(Answer::told).collect();
        let quotes = Quotes {
            said: &said,
            kept: &kept,
        };
        let telling = telling(&said);
        let mut repeats = Vec::new();
        self.answers.retain_mut(|answer| {
            if !is_taken(answer) {
                quotes.forget(answer, exercise);
                let own = answer
                    .told()
                    .into_iter()
                    .filter(|_| answer.kind.gives_text());
                let own: Vec<String> = own.map(|text| as_told(&text)).collect();
                if telling
                    .iter()
                    .any(|words| own.iter().any(|text| says(text, words)))
                {
                    answer.sensitive = true;
                    repeats.push(answer.id());
                }
                return true;
            }
            let again = closed.iter().find(|one| one.is(&answer.id()));
            let is_kept = again.is_some();
            again.into_iter().for_each(|one| answer.clone_from(one));
            is_kept
        });
        repeats
    }
}

/// Of what somebody gave, what would be known again elsewhere, as it’s compared.
pub fn telling(said: &[String]) -> Vec<String> {
    let told = said.iter().map(|text| as_told(text));
    told.filter(|words| is_their_own(words)).collect()
}

impl Answer {
    /// The words by which it's quoted, with those of earlier wordings: a question stays as it was shown.
    /// A number, or yes and no, tell nothing outside of their question.
    pub fn told(&self) -> Vec<String> {
        let said = match self.value() {
            Some(Value::Number(_) | Value::YesNo(_)) | None => None,
            Some(_) => self.words(),
        };
        let before = self.versions.iter().filter_map(|one| match &one.value {
            Value::Text(text) => Some(text.clone()),
            _ => None,
        });
        let said = said.into_iter().chain(self.progress.clone()).chain(before);
        let said = said.map(|text| text.trim().to_string());
        said.filter(|text| !text.is_empty()).collect()
    }
}

/// What was said and is taken out of other texts.
struct Quotes<'s> {
    said: &'s [String],
    /// What the answers that stay say.
    kept: &'s [String],
}

impl Quotes<'_> {
    /// Takes words out of what was asked, and of a text that was put together out of answers.
    fn forget(&self, answer: &mut Answer, exercise: Option<&Exercise>) {
        let step = exercise.and_then(|exercise| exercise.step(&answer.step));
        let quotes = step.and_then(|step| step.prompt.quotes(&answer.prompt));
        answer.prompt = self.without(&answer.prompt, quotes.as_deref());
        if answer.kind != StepKind::Compose {
            return;
        }
        let before = answer.clone();
        let texts = answer.versions.iter_mut().map(|one| &mut one.value);
        let given = match &mut answer.given {
            Outcome::Value(value) => Some(value),
            _ => None,
        };
        for value in texts.chain(given) {
            if let Value::Text(text) = value {
                *text = self.without(text, None);
            }
        }
        let progress = answer.progress.as_ref();
        answer.progress = progress.map(|text| self.without(text, None));
        if *answer != before {
            // Findings point at bytes of the text that was.
            answer.findings.clear();
        }
    }

    /// The text without what was said: in these places, where it's known that answers stand there, and
    /// otherwise where it can't be other words by chance.
    fn without(&self, text: &str, places: Option<&[Range<usize>]>) -> String {
        let mut text = text.to_string();
        for words in self.said {
            let longer = self.kept.iter().filter(|kept| kept.len() > words.len());
            let others: Vec<_> = longer.flat_map(|kept| found(&text, kept)).collect();
            let is_in = |all: &[Range<usize>], at: &Range<usize>| {
                all.iter()
                    .any(|it| it.start <= at.start && at.end <= it.end)
            };
            let fills = |at: &Range<usize>| {
                let mut places = places.unwrap_or_default().iter();
                places.any(|place| text.get(place.clone()).map(str::trim) == text.get(at.clone()))
            };
            let is_theirs = |at: &Range<usize>| match places {
                Some(places) => {
                    fills(at) || is_in(places, at) && !is_in(&others, at) && is_telling(words)
                }
                None => !is_in(&others, at) && (is_telling(words) || is_set_off(&text, at)),
            };
            let gone: Vec<_> = found(&text, words).into_iter().filter(is_theirs).collect();
            for at in gone.into_iter().rev() {
                text.replace_range(at, GONE);
            }
        }
        text
    }
}

/// Where these words stand in a text, in whatever lines, and not as a part of a longer word.
fn found(text: &str, words: &str) -> Vec<Range<usize>> {
    let mut words = words.split_whitespace();
    let Some(first) = words.next() else {
        return Vec::new();
    };
    let rest: Vec<&str> = words.collect();
    let mut found: Vec<Range<usize>> = Vec::new();
    for (start, _) in text.match_indices(first) {
        let mut end = start + first.len();
        let all = rest.iter().all(|word| {
            let after = &text[end..];
            let next = after.trim_start();
            end = text.len() - next.len() + word.len();
            next.len() < after.len() && next.starts_with(word)
        });
        let is_free = found.last().is_none_or(|last| last.end <= start);
        if all && is_free && is_whole(text, start..end) {
            found.push(start..end);
        }
    }
    found
}

/// Whether words stand on a line of their own, behind a colon, or in quotation marks.
fn is_set_off(text: &str, at: &Range<usize>) -> bool {
    let (before, after) = (&text[..at.start], &text[at.end..]);
    let opens = before.is_empty() || before.ends_with(['\n', '“', '"']) || before.ends_with(": ");
    let after = after.strip_prefix(['.', ',']).unwrap_or(after);
    opens && (after.is_empty() || after.starts_with(['\n', '”', '"']))
}

/// A text with single spaces in place of all breaks.
pub fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// A text as it’s compared with others’ words: capitals, breaks and punctuation tell nothing apart.
pub fn as_told(text: &str) -> String {
    let is_gap = |c: char| !c.is_alphanumeric();
    let words = name_key(text);
    let words = words.split(is_gap).filter(|word| !word.is_empty());
    words.collect::<Vec<_>>().join(" ")
}

impl Session {
    /// What some of the two gave that tells something outside of its question, each as it’s compared.
    pub fn told_by(&self, people: &[Partner]) -> Vec<String> {
        let answers = self.answers.iter();
        let theirs = answers.filter(|it| it.by.is_some_and(|by| people.contains(&by)));
        telling(&theirs.flat_map(Answer::told).collect::<Vec<_>>())
    }
}

/// Whether a text holds these words, not as a part of a longer word.
pub fn says(text: &str, words: &str) -> bool {
    let mut all = text.match_indices(words);
    all.any(|(at, found)| is_whole(text, at..at + found.len()))
}

/// Whether what stands there is no part of a longer word.
fn is_whole(text: &str, at: Range<usize>) -> bool {
    // Not every script has spaces between words.
    let is_word = |c: Option<char>| c.is_some_and(|c| c.is_ascii_alphanumeric());
    let part = |range: Range<usize>| text.get(range).unwrap_or_default();
    let words = part(at.clone());
    let before = part(0..at.start).chars().next_back();
    let after = part(at.end..text.len()).chars().next();
    let opens = !(is_word(before) && is_word(words.chars().next()));
    opens && !(is_word(after) && is_word(words.chars().next_back()))
}

/// Whether words tell something: shorter ones are in many texts by chance.
pub fn is_telling(words: &str) -> bool {
    words.chars().count() >= TELLING
}

const TELLING: usize = 8;

/// Whether words are one person's, and not such as anybody says: thanks, or that one doesn't know.
pub fn is_their_own(words: &str) -> bool {
    let is_one_word = !words.contains(char::is_whitespace);
    words.chars().count() >= if is_one_word { TELLING } else { OWN }
}

const OWN: usize = 16;

/// What stands where quoted words were.
const GONE: &str = "…";

#[cfg(test)]
mod tests {
    use super::*;
    use crate::exercise::Partner;
    use crate::session::AnswerVersion;
    use crate::test_support::{answer, moment, session};

    fn text(words: &str) -> Outcome {
        Outcome::Value(Value::Text(words.into()))
    }

    fn given(step: &str, by: Partner, words: &str) -> Answer {
        Answer {
            by: Some(by),
            ..answer(step, StepKind::Write, text(words))
        }
    }

    const WORDS: &str = "A walk,\nwithout phones.";

    fn both() -> Session {
        let page = Answer {
            versions: vec![AnswerVersion {
                at: moment(),
                value: Value::Text(format!("{WORDS}\n\nRest.")),
                extra: toml::Table::new(),
            }],
            ..answer(
                "page",
                StepKind::Compose,
                text("We said: A walk, without phones.\n\nRest."),
            )
        };
        let asked = Answer {
            prompt: format!("You wrote: “{WORDS}” Walks are good."),
            ..answer("next", StepKind::Write, text("A walk, without phones."))
        };
        Session {
            answers: vec![
                given("wish", Partner::A, WORDS),
                given("wish", Partner::B, "Rest."),
                page,
                asked,
            ],
            ..session("20261122T174501.032Z-9f3a61c2")
        }
    }

    fn wish(by: Partner) -> AnswerId {
        AnswerId {
            by: Some(by),
            ..AnswerId::new("wish", 1)
        }
    }

    #[test]
    fn what_the_program_quoted_goes_along_and_what_somebody_wrote_stays() {
        let mut session = both();
        let before = session.clone();
        session.take_back(&[wish(Partner::A)], &[], None);
        assert_eq!(session.answers.len(), 3);
        assert_eq!(session.answers[0], before.answers[1]);
        let page = &session.answers[1];
        assert_eq!(page.words().unwrap(), "We said: …\n\nRest.");
        assert_eq!(page.versions[0].value, Value::Text("…\n\nRest.".into()));
        let asked = &session.answers[2];
        assert_eq!(asked.prompt, "You wrote: “…” Walks are good.");
        assert_eq!(asked.given, before.answers[3].given);
    }

    #[test]
    fn short_words_and_what_the_other_wrote_stay_whole() {
        let mut session = both();
        session.answers[0].given = text("me");
        session.answers[1].given = text("The storm at dinner time.");
        session.answers[2].given = text("The storm at dinner time.\n\nme\n\nA camera for me.");
        session.answers[3].prompt = "Tell me some: “me”".into();
        session.answers[3].given = text("The storm");
        session.take_back(&[wish(Partner::A), AnswerId::new("next", 1)], &[], None);
        let page = session.answers[1].words().unwrap();
        assert_eq!(page, "The storm at dinner time.\n\n…\n\nA camera for me.");
    }

    #[test]
    fn what_is_closed_again_stands_in_its_place() {
        let mut session = both();
        let closed = Answer {
            closed: true,
            given: Outcome::Closed("sealed".into()),
            ..session.answers[1].clone()
        };
        session.take_back(&[wish(Partner::B)], std::slice::from_ref(&closed), None);
        assert_eq!(session.answers[1], closed);
        assert_eq!(session.answers.len(), 4);
        assert!(
            session.answers[2]
                .words()
                .unwrap()
                .ends_with("phones.\n\n…")
        );
    }
}
