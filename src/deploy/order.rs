//! In which order files are sent, so that no reader gets a page whose files are not there yet.

/// A step of a deploy. All files of one are there before the next begins.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Step {
    /// What pages show and attach: pictures, styles, attachments.
    Assets,
    /// Parts of the search index. What names them follows in a step of its own.
    Search,
    /// Stories and other pages that nothing else of theirs leads to.
    Pages,
    /// Lists, which lead to stories.
    Lists,
    /// What tells where the parts of the search index are.
    Directory,
    /// The home page.
    Home,
    /// Feeds and the sitemap, which tell others.
    Feeds,
}

/// When the file at a path of the site is sent.
pub fn step(path: &str) -> Step {
    let is_page = path.ends_with(".html");
    let (top, rest) = path.split_once('/').unwrap_or(("", path));
    match (top, rest) {
        ("", "index.html") => Step::Home,
        ("", "sitemap.xml" | "robots.txt") => Step::Feeds,
        (_, name) if name == "feed.xml" || name == "feed.json" || name.ends_with("/feed.xml") => {
            Step::Feeds
        }
        ("", name) if name.starts_with("sitemap") && name.ends_with(".xml") => Step::Feeds,
        ("search", name) if name.starts_with("directory.") => Step::Directory,
        ("search", name) if !name.ends_with(".html") => Step::Search,
        ("stories", _) if is_page => Step::Pages,
        // A page of its own: `about/index.html`. Lists are called so, too, and a list that is sent
        // early leads to a story that is there already: all stories are pages.
        _ if is_page => Step::Lists,
        _ => Step::Assets,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_named_goes_before_what_names_it() {
        let order = [
            "stories/2026/a/lou-480.0f3a21bc.jpg",
            "search/k/ab-0123456789abcdef.bin",
            "stories/2026/a/index.html",
            "news/page/2/index.html",
            "search/directory.bin",
            "index.html",
            "feed.xml",
        ];
        let steps: Vec<Step> = order.iter().map(|path| step(path)).collect();
        assert!(steps.is_sorted() && steps.len() == 7, "{steps:?}");
        assert_eq!(step("units/a/feed.xml"), Step::Feeds);
        assert_eq!(step("sitemap.xml"), Step::Feeds);
        assert_eq!(step("search/index.html"), Step::Lists);
        assert_eq!(step("assets/style.css"), Step::Assets);
    }
}
