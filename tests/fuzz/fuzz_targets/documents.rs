#![no_main]

#[path = "../../shared/fuzzed.rs"]
mod fuzzed;

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| fuzzed::documents(bytes));
