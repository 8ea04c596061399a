//! The pages that a public body must have: a map of its site and a statement on accessibility.

use super::{Artifact, Output};
use crate::plan::{Claim, Claims, accessibility_address, sitemap_address};
use crate::value::address::Address;

/// The template of the map of the site, which gets what is there.
pub const SITE_MAP: &str = "sitemap.html";

/// `/sitemap/` (0) and `/accessibility/` (1), unless the author has a page there.
pub static GUIDE: Output = Output {
    claims: |site, _| {
        if !site.settings.is_gov() {
            return Claims::default();
        }
        let is_own = |address: &Address| {
            site.pages.iter().any(|page| Address::page(&[&page.slug]) == *address)
        };
        let pages = [sitemap_address(), accessibility_address()];
        let claim = |(number, address): (u32, Address)| Claim { address, number, is_listed: true };
        let free = (0..).zip(pages).filter(|(_, address)| !is_own(address));
        Claims { addresses: free.map(claim).collect(), ..Claims::default() }
    },
    make: |_, number| {
        Ok(match number {
            0 => Artifact::Page { template: SITE_MAP, title: "sitemap", section: "sitemap" },
            _ => Artifact::Page {
                template: "accessibility.html",
                title: "accessibility",
                section: "accessibility",
            },
        })
    },
    ..Output::PLAIN
};
