//! Taking back what one of two people gave, with what quotes it.

use super::{Answer, AnswerId, Outcome, Partner, Session, Value};
use crate::exercise::StepKind;
use crate::text::name_key;

impl Session {
    /// Takes these answers out, or puts a closed one in the place of each that has one. What the program
    /// quoted of them goes too: in questions, and in texts that were put together. Other texts that repeat
    /// them stay and are marked as sensitive: nothing else would tell any more whose words they are.
    /// Returns their ids.
    pub fn take_back(&mut self, ids: &[AnswerId], closed: &[Answer]) -> Vec<AnswerId> {
        let is_taken = |answer: &Answer| ids.contains(&answer.id());
        let taken = self.answers.iter().filter(|answer| is_taken(answer));
        let said: Vec<String> = taken.flat_map(Answer::told).collect();
        let telling = telling(&said);
        let mut repeats = Vec::new();
        self.answers.retain_mut(|answer| {
            if !is_taken(answer) {
                forget(answer, &said);
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

/// Takes words out of what was asked, and of a text that was put together out of answers.
fn forget(answer: &mut Answer, said: &[String]) {
    answer.prompt = without(&answer.prompt, said);
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
            *text = without(text, said);
        }
    }
    answer.progress = answer.progress.as_ref().map(|text| without(text, said));
    if *answer != before {
        // Findings point at bytes of the text that was.
        answer.findings.clear();
    }
}

fn without(text: &str, said: &[String]) -> String {
    said.iter().fold(text.to_string(), |text, words| {
        let text = text.replace(words, GONE);
        // Laid out in other lines it's quoted as well.
        let (whole, words) = (one_line(&text), one_line(words));
        match says(&whole, &words) {
            true => whole.replace(&words, GONE),
            false => text,
        }
    })
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
        let told = theirs.flat_map(Answer::told).map(|text| as_told(&text));
        told.filter(|words| is_their_own(words)).collect()
    }
}

/// Whether a text holds these words, not as a part of a longer word.
pub fn says(text: &str, words: &str) -> bool {
    // Not every script has spaces between words.
    let is_word = |c: Option<char>| c.is_some_and(|c| c.is_ascii_alphanumeric());
    text.match_indices(words).any(|(at, found)| {
        let (before, after) = (text.get(..at), text.get(at + found.len()..));
        let before = before.and_then(|before| before.chars().next_back());
        let after = after.and_then(|after| after.chars().next());
        let opens = !(is_word(before) && is_word(words.chars().next()));
        opens && !(is_word(after) && is_word(words.chars().next_back()))
    })
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
        session.take_back(&[wish(Partner::A)], &[]);
        assert_eq!(session.answers.len(), 3);
        assert_eq!(session.answers[0], before.answers[1]);
        let page = &session.answers[1];
        assert_eq!(page.words().unwrap(), "We said: … Rest.");
        assert_eq!(page.versions[0].value, Value::Text("…\n\nRest.".into()));
        let asked = &session.answers[2];
        assert_eq!(asked.prompt, "You wrote: “…” Walks are good.");
        assert_eq!(asked.given, before.answers[3].given);
    }

    #[test]
    fn what_is_closed_again_stands_in_its_place() {
        let mut session = both();
        let closed = Answer {
            closed: true,
            given: Outcome::Closed("sealed".into()),
            ..session.answers[1].clone()
        };
        session.take_back(&[wish(Partner::B)], std::slice::from_ref(&closed));
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
