//! JSON Feed (version 1.1): what the feed of the site says, for programs that read JSON.

use serde_json::{Map, Value, json};

use super::feed::LATEST;
use super::{Artifact, Output, Promise, only};
use crate::base::lang::bilingual;
use crate::base::text::without_noncharacters;
use crate::model::StoryId;
use crate::model::kinds::FOCAL_POINTS;
use crate::theme::shape::Shape;
use crate::value::address::Address;
use crate::value::moment::Moment;
use crate::view::Views;

/// `/feed.json`.
pub static JSON_FEED: Output = Output {
    claims: |_, _| only(NAME),
    make: |material, _| Ok(Artifact::Absolute(text(material.views))),
    media_type: Some("application/feed+json; charset=utf-8"),
    told: Some(|views, _| ("json_feed", json!(views.url(&Address::file(NAME))))),
    promised: Some(Promise {
        name: "json_feed",
        shape: || Shape::Address,
        about: bilingual("JSON Feed 的网址", "the address of the JSON Feed"),
    }),
    ..Output::PLAIN
};

const NAME: &str = "feed.json";

/// How a program knows that this one made it. The format keeps such names for others.
pub const MARK: &str = "\"_xianfeng\":";

/// The feed, with the root still to be filled in.
fn text(views: &Views<'_>) -> String {
    let site = views.site();
    let settings = &site.settings;
    let author = settings.organisation.as_ref().unwrap_or(&settings.title);
    let latest = (0..site.stories.len().min(LATEST) as u32).map(StoryId);
    let mut feed = json!({
        "version": "https://jsonfeed.org/version/1.1",
        "title": plain(&settings.title),
        "home_page_url": views.url(&Address::home()),
        "feed_url": views.url(&Address::file(NAME)),
        "language": settings.language,
        "authors": [{ "name": plain(author) }],
        "_xianfeng": { "generator": "xianfeng" },
        "items": latest.map(|id| item(views, id)).collect::<Vec<_>>(),
    });
    let description = match settings.base_url {
        // Who opens the feed learns what it lacks.
        None => Some(views.word("feed_no_base_url")),
        Some(_) => settings.subtitle.as_deref(),
    };
    if let Some(description) = description {
        feed["description"] = json!(plain(description));
    }
    format!("{feed}\n")
}

/// A text of the site has no marks of the program but those of addresses.
fn plain(text: &str) -> String {
    without_noncharacters(text.to_string())
}

fn item(views: &Views<'_>, id: StoryId) -> Value {
    let site = views.site();
    let story = site.story(id);
    let front = &story.document.front;
    let url = views.url(&site.story_address(id));
    let correction = views.correction(&story.document);
    let correction = correction.map(|it| format!("{}{}\n", it.label, it.text));
    let text = format!("{}{}", correction.unwrap_or_default(), story.summary());
    let mut item = Map::new();
    item.insert("id".into(), json!(url));
    item.insert("url".into(), json!(url));
    item.insert("title".into(), json!(plain(story.title())));
    item.insert("content_text".into(), json!(plain(&text)));
    item.insert("summary".into(), json!(plain(story.summary())));
    item.insert("date_published".into(), json!(story.date.rfc3339()));
    item.insert("date_modified".into(), json!(Moment::rfc3339(story.updated())));
    if !front.author.is_empty() {
        let names = front.author.iter().map(|name| json!({ "name": plain(name) }));
        item.insert("authors".into(), names.collect());
    }
    let points = story.all(FOCAL_POINTS).iter().map(|id| site.entity(*id).name.as_str());
    let words = front.keywords.iter().map(|word| word.value.as_str());
    let tags: Vec<Value> = points.chain(words).map(|tag| json!(plain(tag))).collect();
    if !tags.is_empty() {
        item.insert("tags".into(), tags.into());
    }
    Value::Object(item)
}
