//! Redirect pages: what stands at an old address.

use super::alone::GENERATOR;
use crate::base::escape::xml;
use crate::theme::Asset;
use crate::value::address::Address;
use crate::view::Views;

/// A page that leads to `target`, which is called `title`, with the theme's icon, and with the root still to be filled in. Works without
/// JavaScript and without a server's help; search engines are told the real address.
pub fn page(
    views: &Views<'_>,
    target: &Address,
    title: Option<&str>,
    icon: Option<&Asset>,
) -> String {
    let url = xml(&views.url(target));
    let canonical = views.absolute(target).map_or_else(|| url.clone(), |absolute| xml(&absolute));
    let words = xml(views.word("redirect"));
    // What a list of changes says of this page, and a tab of a browser, is what is there now.
    let named = title.map(xml);
    let title = named.as_deref().unwrap_or(words.trim_end_matches(['：', ':']));
    let shown = named.as_deref().unwrap_or(&url);
    let language = views.language();
    // Without one a browser would look for /favicon.ico.
    let icon = icon.map(|icon| xml(&views.asset_url("icon.svg", icon)));
    let head = icon.map_or(String::new(), |url| format!("<link rel=\"icon\" href=\"{url}\">\n"));
    format!(
        "<!doctype html>\n<html lang=\"{language}\">\n<head>\n<meta charset=\"utf-8\">\n\
         <title>{title}</title>\n<link rel=\"canonical\" href=\"{canonical}\">\n{head}\
         <meta name=\"generator\" content=\"{GENERATOR}\">\n<meta name=\"robots\" content=\"noindex\">\n\
         <meta http-equiv=\"refresh\" content=\"0; url={url}\">\n</head>\n<body>\n\
         <p>{words}<a href=\"{url}\">{shown}</a></p>\n</body>\n</html>\n"
    )
}
