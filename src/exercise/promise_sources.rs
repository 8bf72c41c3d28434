//! Where a step of kind `promise` takes its words from.

/// The earlier steps whose answers make a promise.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct PromiseSources {
    /// What is promised.
    pub what: String,
    /// To whom.
    pub to: Option<String>,
    /// What sets it off.
    pub if_then: Option<String>,
    /// The day after which it's over.
    pub until: Option<String>,
    /// The day on which to look at it as a whole.
    pub look: Option<String>,
    /// Whether it comes after the promise that the session is about.
    pub follows: bool,
}

impl PromiseSources {
    /// Returns the steps that are named.
    pub fn steps(&self) -> impl Iterator<Item = &str> {
        let others = [&self.to, &self.if_then, &self.until, &self.look];
        let others = others.into_iter().filter_map(|step| step.as_deref());
        std::iter::once(self.what.as_str()).chain(others)
    }
}
