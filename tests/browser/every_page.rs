//! What holds for every page of the sample campaign, at every width.

use crate::harness::{Tour, WIDTHS, assert_none};

#[test]
fn every_page_is_reached_by_links_from_the_home_page() {
    let tour = Tour::of_sample();
    assert!(tour.pages.len() > 60, "{} pages", tour.pages.len());
    let widths = |visit: &crate::harness::Visit| {
        visit.looks.iter().map(|look| look.width).collect::<Vec<_>>()
    };
    assert!(tour.pages.values().all(|visit| widths(visit) == WIDTHS));
    assert_none("pages that no link leads to", tour.unreached.clone());
}

#[test]
fn no_page_is_wider_than_the_window() {
    let wide = Tour::of_sample().complaints(|look| {
        let wide = (look.overflow > 0)
            .then(|| format!("{} px too wide: {}", look.overflow, look.wide.join(", ")));
        wide.into_iter().collect()
    });
    assert_none("horizontal overflow", wide);
}

#[test]
fn every_page_has_one_h1_and_skips_no_level() {
    let wrong = Tour::of_sample().complaints(|look| {
        let once = look.headings.iter().filter(|level| **level == 1).count() == 1;
        let first = look.headings.first() == Some(&1);
        let skips = look.headings.windows(2).any(|pair| pair[1] > pair[0] + 1);
        if once && first && !skips { vec![] } else { vec![format!("headings {:?}", look.headings)] }
    });
    assert_none("headings", wrong);
}

#[test]
fn every_page_names_itself_and_its_language() {
    let wrong = Tour::of_sample().complaints(|look| {
        let right = look.lang == "zh-CN" && look.title.contains("先锋在身边");
        if right { vec![] } else { vec![format!("lang {:?}, title {:?}", look.lang, look.title)] }
    });
    assert_none("language or title", wrong);
}

#[test]
fn every_picture_loads_and_has_alternative_text() {
    assert_none("no alt", Tour::of_sample().complaints(|look| look.without_alt.clone()));
    assert_none("broken", Tour::of_sample().complaints(|look| look.broken_pictures.clone()));
}

#[test]
fn every_link_has_a_name() {
    assert_none("nameless links", Tour::of_sample().complaints(|look| look.nameless_links.clone()));
}

#[test]
fn ids_are_unique_and_references_lead_somewhere() {
    assert_none("repeated", Tour::of_sample().complaints(|look| look.repeated_ids.clone()));
    assert_none("lost", Tour::of_sample().complaints(|look| look.lost_references.clone()));
}

#[test]
fn the_menu_can_be_hit_with_a_thumb() {
    let small = Tour::of_sample().complaints(|look| {
        if look.menu < 5 {
            return vec![format!("{} entries to be seen", look.menu)];
        }
        if look.width == 360 { look.low_targets.clone() } else { vec![] }
    });
    assert_none("menu", small);
}

#[test]
fn whatever_can_be_touched_is_no_smaller_than_a_fingertip() {
    assert_none(
        "smaller than 24 px",
        Tour::of_sample().complaints(|look| look.small_targets.clone()),
    );
}

#[test]
fn text_stands_out_by_day_and_by_night() {
    let tour = Tour::of_sample();
    for (url, visit) in &tour.pages {
        let (day, night) = (&visit.looks[2], visit.dark.as_ref().unwrap());
        assert_ne!(day.background, night.background, "{url}");
        assert!(day.text_contrast >= 4.5 && night.text_contrast >= 4.5, "{url}: {day:?} {night:?}");
    }
    assert_none("contrast (in the dark at 1441)", tour.complaints(|look| look.pale.clone()));
}

#[test]
fn no_page_asks_another_host_and_no_request_fails() {
    let tour = Tour::of_sample();
    let ours = |url: &str| url.starts_with(&tour.start) || url.starts_with("data:");
    let wrong = tour.pages.iter().flat_map(|(url, visit)| {
        // The icon of the site may be asked for when the visit is over: then it has no answer yet.
        let wrong = visit.requests.iter().filter(|request| {
            let is_late = request.url.contains("/assets/icon")
                && request.failed.is_none()
                && request.status.is_none();
            !ours(&request.url) || request.status != Some(200) && !is_late
        });
        wrong.map(move |request| format!("{url}: {request:?}"))
    });
    assert_none("requests", wrong.collect());
}

#[test]
fn no_page_complains_nor_breaks_a_strict_content_security_policy() {
    let pages = &Tour::of_sample().pages;
    let said = pages.iter().flat_map(|(url, visit)| {
        visit.console_errors.iter().map(move |word| format!("{url}: {word}"))
    });
    assert_none("console", said.collect());
}
