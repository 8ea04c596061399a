#![no_main]

#[path = "../../shared/fuzzed.rs"]
mod fuzzed;

libfuzzer_sys::fuzz_target!(|text: &str| fuzzed::front_matter(text));
