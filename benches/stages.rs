//! Each stage by itself, on a generated campaign: `cargo bench`.

use corpus::Campaign;
use divan::Bencher;
use xianfeng::load::{FoundFile, from_memory, read_text};
use xianfeng::parse::front_matter::Purpose;
use xianfeng::parse::{Reading, parse};
use xianfeng::pipeline::{Memory, Options, prepare_sources};
use xianfeng::value::moment::{Moment, parse_zone};

const STORIES: [usize; 2] = [100, 1000];

fn main() {
    divan::main();
}

fn options() -> Options {
    let now = Moment::parse("2026-06-01", parse_zone("+08:00").expect("an offset"));
    Options { now: now.expect("a date"), ..Options::default() }
}

fn campaign(stories: usize) -> Vec<corpus::File> {
    Campaign::of(stories).files().collect()
}

/// Bytes into text.
#[divan::bench(args = STORIES)]
fn decode(bencher: Bencher, stories: usize) {
    bencher.with_inputs(|| from_memory(campaign(stories)).value.stories).bench_refs(|found| {
        found.iter().filter_map(|found| read_text(&found.path, &found.file).ok()).count()
    });
}

/// Sources into documents.
#[divan::bench(args = STORIES)]
fn parse_stories(bencher: Bencher, stories: usize) {
    let reading = Reading::new(parse_zone("+08:00").expect("an offset"), false, false);
    let sources = || {
        let found = from_memory(campaign(stories)).value.stories;
        let text = |found: FoundFile| read_text(&found.path, &found.file).ok()?.value;
        found.into_iter().filter_map(text).collect::<Vec<_>>()
    };
    bencher.with_inputs(sources).bench_values(|sources| {
        sources.into_iter().map(|source| parse(source, Purpose::Story, reading)).collect::<Vec<_>>()
    });
}

/// Everything up to the plan, checks included.
#[divan::bench(args = STORIES)]
fn prepare(bencher: Bencher, stories: usize) {
    bencher
        .with_inputs(|| from_memory(campaign(stories)))
        .bench_values(|sources| prepare_sources(sources, &options()).expect("no fault in memory"));
}

/// The search index, from nothing.
#[divan::bench(args = STORIES)]
fn index(bencher: Bencher, stories: usize) {
    let sources = from_memory(campaign(stories));
    let prepared = prepare_sources(sources, &options()).expect("no fault in memory");
    bencher.bench_local(|| prepared.indexed(&mut Memory::default()).expect("no fault in memory"));
}

/// Every file of the site, rendered and thrown away.
#[divan::bench(args = STORIES)]
fn render(bencher: Bencher, stories: usize) {
    let sources = from_memory(campaign(stories));
    let prepared = prepare_sources(sources, &options()).expect("no fault in memory");
    bencher.bench_local(|| {
        let renderer = prepared.renderer();
        prepared.plan.iter().filter(|(path, recipe)| renderer.render(path, recipe).is_ok()).count()
    });
}
