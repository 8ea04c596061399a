//! robots.txt (RFC 9309).

use super::{Artifact, Output, only};
use crate::model::Site;
use crate::plan::Claims;

/// robots.txt.
pub static ROBOTS: Output = Output {
    claims: |site, _| match site.files.contains_key("content/static/robots.txt") {
        // The author's own says all that there is to say.
        true => Claims::default(),
        false => only("robots.txt"),
    },
    make: |material, _| Ok(Artifact::Bytes(text(material.site()).into_bytes())),
    ..Output::PLAIN
};

/// Everybody may read everything; the sitemap is named where its address is known.
fn text(site: &Site) -> String {
    let mut out = String::from("# generator: xianfeng\nUser-agent: *\nAllow: /\n");
    if let Some(base) = &site.settings.base_url {
        out.push_str(&format!("\nSitemap: {}sitemap.xml\n", base.as_str()));
    }
    out
}
