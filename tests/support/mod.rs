//! What the tests of all test programs share; what the tests inside the crate use as well comes from
//! there.

#![allow(dead_code, unused_imports, reason = "no test program uses all of it")]

#[path = "../../src/test_support.rs"]
mod crate_support;
pub(crate) mod english;
mod sandbox;

pub(crate) use crate_support::*;
pub(crate) use sandbox::{Output, Sandbox, files};
