//! A tour: every page that can be reached from a site's home, and what it is like.

use std::collections::{BTreeMap, BTreeSet, VecDeque};
use std::env;
use std::path::PathBuf;
use std::sync::LazyLock;

use serde::Deserialize;
use serde_json::Value;

use super::{Browser, Page, Request, Server, Site};

/// A phone, a tablet, a desk.
pub const WIDTHS: [u32; 3] = [360, 768, 1440];

/// Every page of a site.
pub struct Tour {
    /// The address of the home page.
    pub start: String,
    /// By address.
    pub pages: BTreeMap<String, Visit>,
    /// What every internal address without its fragment answered.
    pub answers: BTreeMap<String, u16>,
    /// Pages in the output that no link leads to.
    pub unreached: Vec<String>,
}

/// One page.
pub struct Visit {
    /// At each of the tour's widths.
    pub looks: Vec<Look>,
    /// On a dark screen, where the tour has widths.
    pub dark: Option<Look>,
    pub requests: Vec<Request>,
    pub console_errors: Vec<String>,
}

/// What `observe.js` says.
#[derive(Debug, Deserialize)]
pub struct Look {
    pub width: u32,
    pub overflow: i64,
    pub wide: Vec<String>,
    pub lang: String,
    pub title: String,
    pub headings: Vec<u8>,
    pub without_alt: Vec<String>,
    pub broken_pictures: Vec<String>,
    pub nameless_links: Vec<String>,
    pub low_targets: Vec<String>,
    pub small_targets: Vec<String>,
    pub menu: usize,
    pub pale: Vec<String>,
    pub background: String,
    pub text_contrast: f64,
    pub ids: Vec<String>,
    pub repeated_ids: Vec<String>,
    pub lost_references: Vec<String>,
    pub links: Vec<String>,
}

impl Tour {
    /// The sample campaign under a strict Content-Security-Policy, at every width; made
    /// once for all tests. With XIANFENG_SHOTS=FOLDER it leaves a picture of every page.
    pub fn of_sample() -> &'static Self {
        static TOUR: LazyLock<Tour> = LazyLock::new(|| {
            let site = Site::sample(&[]);
            let server = Server::strict(&site.folder);
            let page = Browser::shared().page();
            let shots = env::var_os("XIANFENG_SHOTS").map(PathBuf::from);
            let mut tour = Tour::take(&page, &server, &["/", "/404.html"], |path| {
                let look = |width: u32| {
                    page.at_width(width);
                    if let Some(shots) = &shots {
                        page.screenshot(&shots.join(format!(
                            "{}-{width}.png",
                            path.trim_matches('/').replace('/', "_")
                        )));
                    }
                    Look::at(&page)
                };
                let looks = WIDTHS.map(look).into();
                page.emulate_media("screen", &[("prefers-color-scheme", "dark")]);
                let dark = Some(look(WIDTHS[2] + 1));
                page.emulate_media("screen", &[]);
                (looks, dark)
            });
            tour.unreached = site
                .files(".html")
                .into_iter()
                .filter(|file| {
                    !tour
                        .pages
                        .contains_key(&server.url(file.strip_suffix("index.html").unwrap_or(file)))
                })
                .filter(|file| !site.read(file).contains("http-equiv=\"refresh\""))
                .collect();
            tour
        });
        &TOUR
    }

    /// Every page that can be reached, as it is at the page's present width.
    pub fn quick(page: &Page, server: &Server) -> Self {
        Self::take(page, server, &["/"], |_| (vec![Look::at(page)], None))
    }

    fn take(
        page: &Page,
        server: &Server,
        starts: &[&str],
        look: impl Fn(&str) -> (Vec<Look>, Option<Look>),
    ) -> Self {
        let start = server.url("/");
        let origin = &start[..start[7..].find('/').unwrap() + 8];
        let mut pages = BTreeMap::new();
        let mut others = BTreeSet::new();
        let mut queue: VecDeque<String> = starts.iter().map(|path| server.url(path)).collect();
        while let Some(url) = queue.pop_front() {
            if pages.contains_key(&url) || others.contains(&url) {
                continue;
            }
            if !is_page(&url) {
                others.insert(url);
                continue;
            }
            page.goto(&url);
            let (looks, dark) = look(&url[origin.len() - 1..]);
            let internal = looks[0].links.iter().filter(|link| link.starts_with(origin));
            queue.extend(internal.map(|link| without_fragment(link).to_owned()));
            let visit = Visit {
                looks,
                dark,
                requests: page.requests(),
                console_errors: page.console_errors(),
            };
            pages.insert(url, visit);
        }
        let mut answers: BTreeMap<String, u16> = BTreeMap::new();
        for (url, visit) in &pages {
            let own = visit.requests.iter().find(|request| request.url == *url);
            answers.insert(url.clone(), own.and_then(|request| request.status).unwrap_or(0) as u16);
        }
        page.goto(&start);
        answers.extend(page.eval::<BTreeMap<String, u16>>(&format!(
            "Promise.all({}.map(async (url) => [url, (await fetch(url)).status])).then(Object.fromEntries)",
            Value::from(others.into_iter().collect::<Vec<_>>())
        )));
        Self { start, pages, answers, unreached: Vec::new() }
    }

    /// One complaint for each page and width, with the page's path before it.
    pub fn complaints(&self, of: impl Fn(&Look) -> Vec<String>) -> Vec<String> {
        let each = |(url, visit): (&String, &Visit)| {
            let path = url.strip_prefix(self.start.trim_end_matches('/')).unwrap_or(url).to_owned();
            let looks = visit.looks.iter().chain(&visit.dark);
            looks
                .flat_map(|look| {
                    of(look).into_iter().map(|word| format!("{path} at {}: {word}", look.width))
                })
                .collect::<Vec<_>>()
        };
        self.pages.iter().flat_map(each).collect()
    }

    /// Every link to an address that does not answer 200, or to a fragment that is not there.
    pub fn dead_links(&self) -> Vec<String> {
        let mut dead = Vec::new();
        for (from, visit) in &self.pages {
            for link in &visit.looks[0].links {
                let Some(status) = self.answers.get(without_fragment(link)) else { continue };
                if *status != 200 {
                    dead.push(format!("{from}: {link}: {status}"));
                }
                let Some((to, fragment)) = link.split_once('#') else { continue };
                let fragment = percent_encoding::percent_decode_str(fragment).decode_utf8_lossy();
                let there = |page: &Visit| page.looks[0].ids.iter().any(|id| *id == fragment);
                if !fragment.is_empty() && self.pages.get(to).is_some_and(|page| !there(page)) {
                    dead.push(format!("{from}: {link}: no such place"));
                }
            }
        }
        dead
    }
}

impl Look {
    pub fn at(page: &Page) -> Self {
        page.eval(include_str!("observe.js"))
    }
}

fn is_page(url: &str) -> bool {
    url.ends_with('/') || url.ends_with(".html")
}

fn without_fragment(url: &str) -> &str {
    url.split('#').next().unwrap_or(url)
}
