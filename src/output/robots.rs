//! robots.txt (RFC 9309).

use crate::model::Site;

/// Everybody may read everything; the sitemap is named where its address is known.
pub fn text(site: &Site) -> String {
    let mut out = String::from("User-agent: *\nAllow: /\n");
    if let Some(base) = &site.settings.base_url {
        out.push_str(&format!("\nSitemap: {}sitemap.xml\n", base.as_str()));
    }
    out
}
