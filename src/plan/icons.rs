//! Icons of the site: where they are, and whether it has its own.

use super::asset_address;
use crate::model::Site;
use crate::source::SourcePath;
use crate::value::address::Address;

/// Has the site icons of its own?
pub fn has_own(site: &Site) -> bool {
    site.settings.colour.is_some() || logo(site).is_some()
}

/// The name of the icon of a size.
pub fn icon_name(site: &Site, size: u32) -> String {
    let own = if has_own(site) { "site-" } else { "" };
    format!("{own}icon-{size}.png")
}

/// Where the icon of a size is.
pub fn icon_address(site: &Site, size: u32) -> Address {
    asset_address(&icon_name(site, size))
}

/// The logo, if its pixels can be read.
pub fn logo(site: &Site) -> Option<&SourcePath> {
    let file = site.portrait_file(site.settings.logo.as_deref()?)?;
    site.picture(file).filter(|header| header.can_be_coded()).map(|_| file)
}
