//! Sessions on disk: the text of a session file, where it lies, how it is saved so that nothing is
//! lost, and who may write it.

pub mod format;
