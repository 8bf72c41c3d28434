//! The keys that mean something here.

/// A key, or what was pasted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Key {
    /// Characters that were typed.
    Text(String),
    /// What was pasted, as it came.
    Paste(String),
    /// A letter, or a paste, that isn't UTF-8.
    Unreadable,
    /// Enter.
    Enter,
    /// Tab.
    Tab,
    /// Backspace.
    Backspace,
    /// Delete.
    Delete,
    /// One character to the left.
    Left,
    /// One character to the right.
    Right,
    /// One row up.
    Up,
    /// One row down.
    Down,
    /// To the start of the row.
    Home,
    /// To the end of the row.
    End,
    /// A windowful up.
    PageUp,
    /// A windowful down.
    PageDown,
    /// One word to the left.
    WordLeft,
    /// One word to the right.
    WordRight,
    /// To the start of the line.
    LineStart,
    /// To the end of the line.
    LineEnd,
    /// To the start of the text.
    TextStart,
    /// To the end of the text.
    TextEnd,
    /// Delete to the start of the line.
    CutToStart,
    /// Delete to the end of the line.
    CutToEnd,
    /// Delete the word before the cursor.
    CutWord,
    /// Ctrl-_ or Ctrl-/: take back the last change.
    Undo,
    /// Ctrl-Y: make it again.
    Redo,
    /// Ctrl-D.
    Done,
    /// Ctrl-O.
    Editor,
    /// Ctrl-L.
    Redraw,
    /// Ctrl-Z.
    Suspend,
    /// Ctrl-C.
    Interrupt,
    /// Esc alone.
    Escape,
}
