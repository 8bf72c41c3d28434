//! What the tests of all test programs share.

#![allow(dead_code, unused_imports, reason = "no test program uses all of it")]

mod sandbox;

pub(crate) use sandbox::{Output, Sandbox, files};
