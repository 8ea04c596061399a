//! Redirect pages: what stands at an old address.

use crate::escape::escape_into;
use crate::model::address::Address;
use crate::theme::Asset;
use crate::view::Maker;

/// A page that leads to `target`, with the theme's icon, and with the root still to be filled in. Works without
/// JavaScript and without a server's help; search engines are told the real address.
pub fn page(maker: &Maker<'_>, target: &Address, icon: Option<&Asset>) -> String {
    let mut url = String::new();
    escape_into(&mut url, &maker.url(target));
    let mut canonical = String::new();
    escape_into(&mut canonical, &maker.absolute(target).unwrap_or_else(|| maker.url(target)));
    let mut words = String::new();
    escape_into(&mut words, maker.word("redirect"));
    let title = words.trim_end_matches(['：', ':']);
    let language = maker.language();
    let mut head = String::new();
    if let Some(icon) = icon {
        // Without one a browser would look for /favicon.ico.
        head.push_str("<link rel=\"icon\" href=\"");
        escape_into(&mut head, &maker.asset_url("icon.svg", icon));
        head.push_str("\">\n");
    }
    format!(
        "<!doctype html>\n<html lang=\"{language}\">\n<head>\n<meta charset=\"utf-8\">\n\
         <title>{title}</title>\n<link rel=\"canonical\" href=\"{canonical}\">\n{head}\
         <meta name=\"robots\" content=\"noindex\">\n\
         <meta http-equiv=\"refresh\" content=\"0; url={url}\">\n</head>\n<body>\n\
         <p>{words}<a href=\"{url}\">{url}</a></p>\n</body>\n</html>\n"
    )
}
