//! Redirect pages: what stands at an old address.

use crate::escape::escape_into;
use crate::model::address::Address;
use crate::view::Maker;

/// A page that leads to `target`, with the root still to be filled in. Works without
/// JavaScript and without a server's help; search engines are told the real address.
pub fn page(maker: &Maker<'_>, target: &Address) -> String {
    let mut url = String::new();
    escape_into(&mut url, &maker.url(target));
    let mut canonical = String::new();
    escape_into(&mut canonical, &maker.absolute(target).unwrap_or_else(|| maker.url(target)));
    let mut words = String::new();
    escape_into(&mut words, maker.word("redirect"));
    let language = maker.language();
    format!(
        "<!doctype html>\n<html lang=\"{language}\">\n<head>\n<meta charset=\"utf-8\">\n\
         <title>{words}</title>\n<link rel=\"canonical\" href=\"{canonical}\">\n\
         <meta name=\"robots\" content=\"noindex\">\n\
         <meta http-equiv=\"refresh\" content=\"0; url={url}\">\n</head>\n<body>\n\
         <p>{words}<a href=\"{url}\">{url}</a></p>\n</body>\n</html>\n"
    )
}
