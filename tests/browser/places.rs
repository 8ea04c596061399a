//! The addresses that readers and other sites rely on.

use crate::harness::{Tour, assert_none};

/// One address of every kind that the contract names.
const PLACES: &[&str] = &[
    "/",
    "/focal-points/",
    "/focal-points/center/",
    "/focal-points/livelihood/",
    "/branches/",
    "/branches/liuyan-2/",
    "/members/",
    "/members/shan-yue-lan/",
    "/units/",
    "/units/qinghe/",
    "/carriers/",
    "/carriers/ledger/",
    "/regions/",
    "/news/",
    "/archive/",
    "/archive/2026/",
    "/stories/2026/bei-jie/",
    "/about/",
    "/404.html",
];

#[test]
fn every_kind_of_page_has_its_address() {
    let tour = Tour::of_sample();
    let start = tour.start.trim_end_matches('/');
    let missing =
        PLACES.iter().filter(|place| !tour.pages.contains_key(&format!("{start}{place}")));
    assert_none("no page", missing.map(ToString::to_string).collect());
}

#[test]
fn feeds_are_linked_and_there() {
    let tour = Tour::of_sample();
    for feed in ["feed.xml", "focal-points/masses/feed.xml"] {
        assert_eq!(tour.answers.get(&format!("{}{feed}", tour.start)), Some(&200), "{feed}");
    }
}
