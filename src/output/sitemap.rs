//! Sitemaps (<https://www.sitemaps.org/protocol.html>).

use std::fmt::Write as _;

use crate::base::escape::xml;
use crate::base::slot::ROOT;
use crate::model::Site;
use crate::plan::{Plan, SITEMAP_LIMIT, last_change, sitemap_addresses};
use crate::value::address::Address;

const HEAD: &str = "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n";
const XMLNS: &str = "xmlns=\"http://www.sitemaps.org/schemas/sitemap/0.9\"";

/// sitemap.xml: every page, or above 50 000 of them the index of the parts. The root is
/// still to be filled in.
pub fn whole(site: &Site, plan: &Plan) -> String {
    let count = sitemap_addresses(plan).count();
    if count <= SITEMAP_LIMIT {
        return pages(site, plan, 0);
    }
    let mut out = format!("{HEAD}{}<sitemapindex {XMLNS}>\n", missing_base(site));
    for part in 1..=count.div_ceil(SITEMAP_LIMIT) {
        let _ = writeln!(out, "<sitemap><loc>{ROOT}sitemap-{part}.xml</loc></sitemap>");
    }
    out.push_str("</sitemapindex>\n");
    out
}

/// Part `part` of the sitemap, from 1.
pub fn part(site: &Site, plan: &Plan, part: usize) -> String {
    pages(site, plan, (part - 1) * SITEMAP_LIMIT)
}

fn pages(site: &Site, plan: &Plan, from: usize) -> String {
    let mut out = format!("{HEAD}{}<urlset {XMLNS}>\n", missing_base(site));
    for (address, recipe) in sitemap_addresses(plan).skip(from).take(SITEMAP_LIMIT) {
        let url = xml(&Address::file(address).encoded());
        let _ = write!(out, "<url><loc>{ROOT}{url}</loc>");
        if let Some(at) = last_change(site, recipe) {
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
