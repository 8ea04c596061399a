//! Sitemaps (<https://www.sitemaps.org/protocol.html>).

use std::fmt::Write as _;

use super::{Artifact, Output};
use crate::base::escape::xml;
use crate::base::slot::ROOT;
use crate::model::entity::Entity;
use crate::model::story::Story;
use crate::model::{Site, StoryId};
use crate::plan::{Claim, Claims, Plan, Recipe, listed};
use crate::value::address::Address;
use crate::value::moment::Moment;

/// sitemap.xml (0), and its parts (from 1) where one file cannot list all pages.
pub static SITEMAP: Output = Output {
    claims: |_, listed| {
        let parts = if listed > LIMIT { listed.div_ceil(LIMIT) as u32 } else { 0 };
        let part = |number| Claim::file(Address::file(format!("sitemap-{number}.xml")), number);
        let whole = Claim::file(Address::file("sitemap.xml"), 0);
        Claims {
            addresses: [whole].into_iter().chain((1..=parts).map(part)).collect(),
            ..Claims::default()
        }
    },
    make: |material, number| {
        let (site, plan) = (material.site(), material.plan);
        Ok(Artifact::Absolute(match number {
            0 => whole(site, plan),
            number => part(site, plan, number as usize),
        }))
    },
    ..Output::PLAIN
};

/// The most addresses that one sitemap may have.
const LIMIT: usize = 50_000;

const HEAD: &str = "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n<!-- generator: xianfeng -->\n";
const XMLNS: &str = "xmlns=\"http://www.sitemaps.org/schemas/sitemap/0.9\"";

/// sitemap.xml: every page, or above 50 000 of them the index of the parts. The root is
/// still to be filled in.
fn whole(site: &Site, plan: &Plan) -> String {
    let count = listed(plan).count();
    if count <= LIMIT {
        return pages(site, plan, 0);
    }
    let mut out = format!("{HEAD}{}<sitemapindex {XMLNS}>\n", missing_base(site));
    for part in 1..=count.div_ceil(LIMIT) {
        let _ = writeln!(out, "<sitemap><loc>{ROOT}sitemap-{part}.xml</loc></sitemap>");
    }
    out.push_str("</sitemapindex>\n");
    out
}

/// Part `part` of the sitemap, from 1.
fn part(site: &Site, plan: &Plan, part: usize) -> String {
    pages(site, plan, (part - 1) * LIMIT)
}

fn pages(site: &Site, plan: &Plan, from: usize) -> String {
    let latest = Latest::of(site);
    let mut out = format!("{HEAD}{}<urlset {XMLNS}>\n", missing_base(site));
    for (address, recipe) in listed(plan).skip(from).take(LIMIT) {
        let url = xml(&Address::file(address).encoded());
        let _ = write!(out, "<url><loc>{ROOT}{url}</loc>");
        if let Some(at) = latest.change(site, recipe) {
            let _ = write!(out, "<lastmod>{}</lastmod>", at.datetime());
        }
        out.push_str("</url>\n");
    }
    out.push_str("</urlset>\n");
    out
}

/// The protocol wants absolute addresses; a sitemap that cannot have them says why.
fn missing_base(site: &Site) -> &'static str {
    match site.settings.base_url {
        Some(_) => "",
        None => {
            "<!-- base_url is not set in content/site.yaml: these addresses are incomplete -->\n"
        }
    }
}

/// When stories last changed, gathered once: a list of thousands has hundreds of pages.
struct Latest {
    /// Of each entity, by kind.
    entities: Vec<Vec<Option<Moment>>>,
    /// Of each kind of stories.
    listed: Vec<Option<Moment>>,
    /// Of all.
    all: Option<Moment>,
}

impl Latest {
    fn of(site: &Site) -> Self {
        let newest =
            |stories: &Vec<StoryId>| stories.iter().map(|id| site.story(*id).updated()).max();
        let of_kind = |entities: &Vec<Entity>| {
            entities.iter().map(|entity| newest(&entity.stories)).collect()
        };
        Self {
            entities: site.entities.iter().map(of_kind).collect(),
            listed: site.listed.iter().map(newest).collect(),
            all: site.stories.iter().map(Story::updated).max(),
        }
    }

    /// When what a recipe makes last changed; of what has no date of its own, when the site around it
    /// did.
    fn change(&self, site: &Site, recipe: &Recipe) -> Option<Moment> {
        let of_itself = match recipe {
            Recipe::Story(id) => Some(site.story(*id).updated()),
            Recipe::Page(id) => {
                let front = &site.pages[id.index()].document.front;
                front.updated.or(front.date)
            }
            Recipe::Entity(id, _) | Recipe::Tasks(id) => self.entities[id.kind.index()][id.index()],
            Recipe::Index(kind, _) => self.entities[kind.index()].iter().copied().flatten().max(),
            Recipe::Kind(kind, _) => self.listed[*kind as usize],
            Recipe::ArchiveYear(year) => {
                let of_year = site.stories.iter().filter(|story| story.date.year() == *year);
                of_year.map(Story::updated).max()
            }
            // What is gathered from all of the site.
            _ => None,
        };
        of_itself.or(self.all)
    }
}
