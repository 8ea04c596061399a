//! What the program makes of a site without a template, beside its pages.
//!
//! An output of the site is declared in its own file and has a line in [`OUTPUTS`]; from the
//! declaration follow its addresses, known before the check, its bytes, its media type, and what
//! templates are told of it. Books, web archives and stories by themselves are made of a site
//! too, but lie elsewhere.

pub mod alone;
pub mod article;
pub mod book;
pub mod brief;
pub mod calendar;
pub mod colours;
pub mod custom;
pub mod docx;
pub mod encode;
pub mod feed;
pub mod guide;
pub mod icons;
pub mod json_feed;
pub mod mark;
pub mod media;
pub mod messages;
pub mod options;
pub mod redirect;
pub mod review;
pub mod robots;
pub mod search;
pub mod sheets;
pub mod sitemap;
pub mod tree;
pub mod warc;
pub mod wechat;
pub mod zip;

use serde_json::Value;

use crate::base::fault::Fault;
use crate::base::lang::{Bilingual, Text};
use crate::base::slot::Links;
use crate::model::Site;
use crate::plan::{Claim, Claimant, Claims, Piece, Plan, Recipe};
use crate::theme::shape::{Added, Shape};
use crate::value::address::Address;
use crate::view::Views;

/// All outputs of a site. A sitemap comes last, as it lists pages of the others.
pub static OUTPUTS: &[&Output] = &[
    &feed::FEED,
    &json_feed::JSON_FEED,
    &robots::ROBOTS,
    &colours::COLOURS,
    &options::OPTIONS,
    &custom::CUSTOM,
    &custom::PRINT,
    &icons::ICONS,
    &guide::GUIDE,
    &calendar::CALENDAR,
    &search::SEARCH,
    &sitemap::SITEMAP,
];

/// An output of the site.
pub struct Output {
    /// What it asks of the plan.
    pub claims: Claimant,
    /// Makes a piece.
    pub make: fn(&Material<'_>, u32) -> Result<Artifact, Fault>,
    /// Stands for everything that a piece is made from; `None` if making it costs no more than
    /// telling.
    pub key: fn(&Material<'_>, u32) -> Option<u128>,
    /// The media type of its pieces; `None` if the endings of their names tell.
    pub media_type: Option<&'static str>,
    /// What templates are told of it, if anything, on a site with such links.
    pub told: Option<SiteFact>,
    /// What that is; nothing of it may be told without being promised.
    pub promised: Option<Promise>,
}

/// What templates may rely on: the name below `site`, what stands there, and what it is for.
pub struct Promise {
    /// The name.
    pub name: &'static str,
    /// What stands there.
    pub shape: fn() -> Shape,
    /// What it is for.
    pub about: Bilingual,
}

/// What all outputs tell templates.
pub fn promised() -> impl Iterator<Item = Added> {
    let promises = OUTPUTS.iter().filter_map(|output| output.promised.as_ref());
    promises.map(|Promise { name, shape, about }| Added {
        record: "Site",
        name,
        shape: shape(),
        about: Text { zh: about.zh.into(), en: about.en.into() },
    })
}

/// An address, if there is one.
fn may_be_address() -> Shape {
    Shape::Address.or_nothing()
}

/// A name below `site`, and what templates find there.
pub type SiteFact = fn(&Views<'_>, Links) -> (&'static str, Value);

impl Output {
    /// An output of which nothing special is to be said, for `..Output::PLAIN`.
    pub const PLAIN: Self = Self {
        claims: |_, _| Claims::default(),
        make: |_, _| Ok(Artifact::Bytes(Vec::new())),
        key: |_, _| None,
        media_type: None,
        told: None,
        promised: None,
    };
}

/// What outputs are made from.
pub struct Material<'a> {
    /// The site, and its words and addresses for people.
    pub views: &'a Views<'a>,
    /// Every address of the site.
    pub plan: &'a Plan,
    /// How links are written.
    pub links: Links,
    /// The search index, once it is made.
    pub search: Option<&'a search::Index>,
}

impl<'a> Material<'a> {
    /// The site.
    pub fn site(&self) -> &'a Site {
        self.views.site()
    }
}

/// A piece of an output.
pub enum Artifact {
    /// As it is written.
    Bytes(Vec<u8>),
    /// A text that is read away from the site: addresses in it are to be absolute.
    Absolute(String),
    /// A page that a template makes from nothing but the site.
    Page {
        /// The template.
        template: &'static str,
        /// The key of its title among the theme's words.
        title: &'static str,
        /// The section of the menu.
        section: &'static str,
    },
}

/// What outputs ask of the plan, in their order.
pub fn claimants() -> Vec<Claimant> {
    OUTPUTS.iter().map(|output| output.claims).collect()
}

/// The plan of addresses that became known late: each begins as the output has reserved.
pub fn planned_late(output: &'static Output, claims: Vec<Claim>) -> Plan {
    let place = OUTPUTS.iter().position(|known| std::ptr::eq(*known, output));
    let Some(output) = place else { return Plan::new() };
    let piece = |Claim { address, number, is_listed }: Claim| {
        (address.file_path(), Recipe::Output(Piece { output, number, is_listed }))
    };
    claims.into_iter().map(piece).collect()
}

/// The media type of what a recipe makes at `path`.
pub fn media_type(path: &str, recipe: &Recipe) -> &'static str {
    let told = match recipe {
        Recipe::Output(piece) => OUTPUTS[piece.output].media_type,
        _ => None,
    };
    told.unwrap_or_else(|| media::of_path(path))
}

/// A claim of one file at the root of the site.
fn only(name: &str) -> Claims {
    let addresses = vec![Claim::file(Address::file(name), 0)];
    Claims { addresses, ..Claims::default() }
}
