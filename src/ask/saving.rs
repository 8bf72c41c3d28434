//! How saving stands, for whoever shows it.

/// How saving stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SavingState {
    /// All of it is where it belongs.
    Saved,
    /// Something is on its way there.
    Waiting,
    /// The last try failed. There will be another.
    Failing,
}
