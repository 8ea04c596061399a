//! The mark of this program in what it writes: where the list of our files is lost, it tells
//! which files of a folder are ours.

use super::{icons, json_feed, search};

/// Stands in a comment of those files whose format has no place for who made them.
const COMMENT: &str = "generator: xianfeng";

/// How the style sheet of the built-in theme begins, in every version.
const STYLE: &str = "/* The look of the theme xianfeng";

/// Marks stand at the beginning, whatever the theme.
pub const HEAD: usize = 16 << 10;

/// Have the `bytes` of the file at `path`, a path in the output folder, what our files alone have?
pub fn is_ours(path: &str, bytes: &[u8]) -> bool {
    let head = &bytes[..bytes.len().min(HEAD)];
    let text = || String::from_utf8_lossy(head);
    let name = path.rsplit('/').next().unwrap_or(path);
    match path.rsplit_once('.').map(|(_, ending)| ending) {
        Some("html") => has_generator(&text()),
        Some("xml") if name == "feed.xml" => text().contains("<generator>xianfeng</generator>"),
        Some("json") if path == "feed.json" => text().contains(json_feed::MARK),
        Some("webmanifest") => text().contains(json_feed::MARK),
        Some("png") if name.starts_with("site-icon-") => is_icon(head),
        Some("ico") if path == "favicon.ico" => is_icon(head),
        Some("xml") if name.starts_with("sitemap") => text().contains(COMMENT),
        Some("txt") if path == "robots.txt" => text().contains(COMMENT),
        Some("css") => text().starts_with(STYLE) || text().contains(COMMENT),
        Some("js" | "bin") if path.starts_with("search/directory.") => search::is_directory(bytes),
        Some("js") if path.starts_with("search/") => text().contains(COMMENT),
        _ => false,
    }
}

fn is_icon(head: &[u8]) -> bool {
    memchr::memmem::find(head, icons::MARK).is_some()
}

/// Does the head of a page say that this program made it?
fn has_generator(head: &str) -> bool {
    head.split("<meta ")
        .skip(1)
        .filter_map(|rest| rest.split('>').next())
        .any(|meta| meta.contains("name=\"generator\"") && meta.contains("content=\"xianfeng"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_is_marked_is_ours() {
        let page = "<!doctype html>\n<meta charset=\"utf-8\">\n<meta name=\"generator\" content=\"";
        for (path, text, ours) in [
            ("index.html", format!("{page}xianfeng 0.1.0\">"), true),
            ("a/index.html", format!("{page}Hexo 6\">"), false),
            ("a.txt", format!("{page}xianfeng 0.1.0\">"), false),
            ("b.html", "generator xianfeng".to_string(), false),
            ("c.html", "<meta name=\"generator\"><p content=\"xianfeng\">".to_string(), false),
            ("feed.xml", "<generator>xianfeng</generator>".to_string(), true),
            ("feed.xml", "<generator>other</generator>".to_string(), false),
            ("sitemap.xml", format!("<!-- {COMMENT} -->"), true),
            ("sitemap.xml", "<urlset>".to_string(), false),
            ("robots.txt", "User-agent: *".to_string(), false),
            ("feed.json", "{\"_xianfeng\":{}}".to_string(), true),
            ("feed.json", "{\"version\":\"1\"}".to_string(), false),
            ("assets/site.webmanifest", "{\"_xianfeng\":{}}".to_string(), true),
            ("favicon.ico", "tEXtSoftware\0xianfeng".to_string(), true),
            ("favicon.ico", "tEXtSoftware\0GIMP".to_string(), false),
            ("search/directory.bin", "xianfeng".to_string(), false),
            ("search/directory.js", "xianfeng(\"directory\",\"\")".to_string(), true),
        ] {
            assert_eq!(is_ours(path, text.as_bytes()), ours, "{path}: {text}");
        }
    }
}
