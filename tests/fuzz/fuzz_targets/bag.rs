#![no_main]

#[path = "../../shared/fuzzed.rs"]
mod fuzzed;

libfuzzer_sys::fuzz_target!(|files: &[u8]| fuzzed::bag(files));
