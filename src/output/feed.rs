//! Atom feeds (RFC 4287).

use std::fmt::Write as _;

use super::{Artifact, Output};
use crate::base::escape::xml;
use crate::model::entity::{EntityId, KindId};
use crate::model::kinds::FOCAL_POINTS;
use crate::model::{Site, StoryId};
use crate::plan::{Claim, Claims};
use crate::value::address::Address;
use crate::value::moment::Moment;
use crate::view::Views;

/// The feed of the site (0), and of each entity whose kind has feeds (from 1, in their order).
pub static FEED: Output = Output {
    claims: |site, _| {
        let of_site = Claim::file(Address::file("feed.xml"), 0);
        let of_entity = |(number, id): (u32, EntityId)| {
            Claim::file(site.entity_address(id).below("feed.xml"), number)
        };
        let of_entities = (1..).zip(with_feed(site)).map(of_entity);
        Claims {
            addresses: [of_site].into_iter().chain(of_entities).collect(),
            ..Claims::default()
        }
    },
    make: |material, number| {
        let site = material.site();
        let of = number.checked_sub(1).and_then(|place| with_feed(site).nth(place as usize));
        Ok(Artifact::Absolute(atom(site, material.views, of)))
    },
    media_type: Some("application/atom+xml; charset=utf-8"),
    ..Output::PLAIN
};

/// Every entity that has a feed.
fn with_feed(site: &Site) -> impl Iterator<Item = EntityId> {
    KindId::all().filter(|kind| site.has_feeds(*kind)).flat_map(|kind| site.ids(kind))
}

/// How many stories a feed has.
pub(super) const LATEST: usize = 20;

/// The feed of the site, or of an entity, with the root still to be filled in.
fn atom(site: &Site, views: &Views<'_>, of: Option<EntityId>) -> String {
    let settings = &site.settings;
    let (title, page) = match of {
        None => (settings.title.clone(), Address::home()),
        Some(id) => {
            let title = format!("{} · {}", site.entity(id).name, settings.title);
            (title, site.entity_address(id))
        }
    };
    // Newest first, whatever is pinned.
    let mut stories: Vec<StoryId> = match of {
        None => (0..site.stories.len().min(LATEST) as u32).map(StoryId).collect(),
        Some(id) => newest(&site.entity(id).stories),
    };
    stories.truncate(LATEST);
    let updated = stories.iter().map(|&id| site.story(id).updated()).max();
    let mut out = String::from("<?xml version=\"1.0\" encoding=\"utf-8\"?>\n");
    let _ = writeln!(
        out,
        "<feed xmlns=\"http://www.w3.org/2005/Atom\" xml:lang=\"{}\">",
        settings.language
    );
    let _ = writeln!(out, "<title>{}</title>", xml(&title));
    if settings.base_url.is_none() {
        // Who opens the feed learns what it lacks.
        let _ = writeln!(out, "<subtitle>{}</subtitle>", xml(views.word("feed_no_base_url")));
    } else if let Some(subtitle) = &settings.subtitle {
        let _ = writeln!(out, "<subtitle>{}</subtitle>", xml(subtitle));
    }
    let url = |address: &Address| xml(&views.url(address));
    let _ = writeln!(out, "<id>{}</id>", url(&page));
    let _ = writeln!(out, "<link rel=\"alternate\" type=\"text/html\" href=\"{}\"/>", url(&page));
    let _ = writeln!(
        out,
        "<link rel=\"self\" type=\"application/atom+xml\" href=\"{}\"/>",
        url(&page.below("feed.xml"))
    );
    // An empty feed has never been updated; a feed must have a date all the same.
    let updated = updated.map_or("1970-01-01T00:00:00Z".to_string(), Moment::rfc3339);
    let _ = writeln!(out, "<updated>{updated}</updated>");
    let author = settings.organisation.as_ref().unwrap_or(&settings.title);
    let _ = writeln!(out, "<author><name>{}</name></author>", xml(author));
    let _ = writeln!(out, "<generator>{}</generator>", xml(env!("CARGO_PKG_NAME")));
    for id in stories {
        entry(&mut out, site, views, id);
    }
    out.push_str("</feed>\n");
    out
}

fn newest(stories: &[StoryId]) -> Vec<StoryId> {
    let mut stories = stories.to_vec();
    stories.sort();
    stories
}

fn entry(out: &mut String, site: &Site, views: &Views<'_>, id: StoryId) {
    let story = site.story(id);
    let url = xml(&views.url(&site.story_address(id)));
    let _ = writeln!(out, "<entry>\n<title>{}</title>", xml(story.title()));
    let _ = writeln!(out, "<id>{url}</id>");
    let _ = writeln!(out, "<link rel=\"alternate\" type=\"text/html\" href=\"{url}\"/>");
    let _ = writeln!(out, "<published>{}</published>", story.date.rfc3339());
    let _ = writeln!(out, "<updated>{}</updated>", story.updated().rfc3339());
    for name in &story.document.front.author {
        let _ = writeln!(out, "<author><name>{}</name></author>", xml(name));
    }
    for &point in story.all(FOCAL_POINTS) {
        let point = site.entity(point);
        let _ = writeln!(
            out,
            "<category term=\"{}\" label=\"{}\"/>",
            xml(&point.slug),
            xml(&point.name)
        );
    }
    let correction = views.correction(&story.document);
    let correction = correction.map(|it| format!("{}{}\n", it.label, it.text));
    let summary = format!("{}{}", correction.unwrap_or_default(), story.summary());
    let _ = writeln!(out, "<summary>{}</summary>\n</entry>", xml(&summary));
}
