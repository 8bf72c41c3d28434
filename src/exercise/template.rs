//! Texts that quote earlier answers: `{{step-id}}`, `{{exercise-id/step-id}}`,
//! `{{step-id|otherwise}}`, and `{{{{` for a literal `{{`.

/// A text with the places where answers go.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Template {
    /// Its parts in order.
    pub pieces: Vec<Piece>,
}

/// A part of a template.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Piece {
    /// Words as they are.
    Text(String),
    /// An answer.
    Answer(Reference),
}

/// Which answer a template quotes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reference {
    /// Another exercise, whose latest finished session is meant; `None` is this session.
    pub exercise: Option<String>,
    /// The step's id.
    pub step: String,
    /// What stands there when there is no answer.
    pub otherwise: Option<String>,
}

impl Template {
    /// The answers it quotes.
    pub fn references(&self) -> impl Iterator<Item = &Reference> {
        self.pieces.iter().filter_map(|piece| match piece {
            Piece::Answer(reference) => Some(reference),
            Piece::Text(_) => None,
        })
    }

    /// The text with every quote filled in by `answer`, in one pass: what is quoted is never read
    /// as a template again. What has neither answer nor otherwise leaves nothing.
    pub fn fill(&self, mut answer: impl FnMut(&Reference) -> Option<String>) -> String {
        let mut text = String::new();
        for piece in &self.pieces {
            match piece {
                Piece::Text(words) => text.push_str(words),
                Piece::Answer(reference) => {
                    let words = answer(reference).or_else(|| reference.otherwise.clone());
                    text.push_str(&words.unwrap_or_default());
                }
            }
        }
        text
    }

    /// The text without its quotes filled in: every answer shown as `…`, or as its otherwise.
    pub fn outline(&self) -> String {
        self.fill(|reference| reference.otherwise.is_none().then(|| String::from("…")))
    }
}
