#![no_main]

#[path = "../../tests/engine/feed.rs"]
#[allow(dead_code, reason = "each target feeds one")]
mod feed;

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| feed::fact(bytes));
