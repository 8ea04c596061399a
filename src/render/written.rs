//! What templates have written, looked at: links that lead nowhere, ids that stand twice, elements that
//! do not close, what a strict Content-Security-Policy refuses.
//!
//! A template writes the same marks on all its pages, so a few pages of each kind are enough: the first,
//! the last and the middle one, which has pages before and after it, and such that each thing that a page
//! may have or lack is there on one and missing on one. Of a kind in which no own template has a part
//! but those that have one in all pages, the head and foot say, the first is enough. Items of lists are
//! looked at by themselves, by the same rule. Nothing is looked at where no template of the project has a part.

use std::collections::{BTreeMap, BTreeSet};

use html5gum::{HtmlString, Token};

use super::{Renderer, Wanted};
use crate::base::content::Content;
use crate::base::html::{self, VOID, is_loose, text_state};
use crate::base::slot::{Root, fill};
use crate::base::text::has_noncharacters;
use crate::diagnostic::{Diagnostic, error, warning};
use crate::model::{Site, StoryId};
use crate::output::search::may_be_in_index;
use crate::parse::Document;
use crate::parse::markdown::{Body, LinkKind};
use crate::plan::{Plan, Recipe};
use crate::schema::Declared as _;
use crate::source::Place;
use crate::theme::markup::{Unbalanced, Written, Wrong};
use crate::value::address::decode;
use crate::value::kind::Kind;
use crate::value::nearest::nearest;

/// What is wrong with the pages that own templates have a part in, each once.
pub fn look(renderer: &Renderer<'_>) -> Vec<Diagnostic> {
    let mut by_kind: BTreeMap<String, Vec<(&str, &Recipe)>> = BTreeMap::new();
    for (path, recipe) in renderer.plan.iter().filter(|(path, _)| path.ends_with(".html")) {
        if let Some(kind) = kind_of(renderer, path, recipe) {
            by_kind.entry(kind).or_default().push((path, recipe));
        }
    }
    let own_parts = |pages: &Vec<(&str, &Recipe)>| {
        let template = renderer.template_name(pages[0].0, pages[0].1).ok().flatten();
        template.map(|name| renderer.theme.own_parts(&name)).unwrap_or_default()
    };
    let parts: Vec<BTreeSet<&str>> = by_kind.values().map(own_parts).collect();
    let everywhere = parts.iter().cloned().reduce(|all, some| &all & &some).unwrap_or_default();
    let mut found: BTreeMap<Key, (Place, String)> = BTreeMap::new();
    for (pages, parts) in by_kind.values().zip(&parts).filter(|(_, parts)| !parts.is_empty()) {
        let picked = match *parts == everywhere {
            true => BTreeSet::from([0]),
            false => picked(pages.iter().map(|(_, recipe)| traits(renderer.site, recipe))),
        };
        for (path, recipe) in picked.into_iter().map(|at| pages[at]) {
            // What cannot be rendered, the build says.
            let Ok(rendered) = renderer.artifact(path, recipe, Wanted::Content) else { continue };
            let Some(content) = rendered.content else { continue };
            let Content::Bytes(bytes) = content else { continue };
            let Ok(Some(top)) = renderer.template_name(path, recipe) else { continue };
            let html = String::from_utf8_lossy(&bytes);
            let all = findings(&html, path, &renderer.root(path), renderer.plan);
            for (finding, place) in placed(renderer, &top, all) {
                let at = place.range().map_or(0, |range| range.start);
                let key = (place.path.to_string(), at, finding);
                found.entry(key).or_insert_with(|| (place, renderer.shown(path)));
            }
        }
    }
    for (finding, place, page) in of_items(renderer) {
        let at = place.range().map_or(0, |range| range.start);
        let key = (place.path.to_string(), at, finding);
        found.entry(key).or_insert((place, page));
    }
    let pages = Pages { plan: renderer.plan };
    found
        .into_iter()
        .map(|((.., finding), (place, page))| finding.said(place, &page, &pages))
        .collect()
}

/// A complaint by its file and its place there.
type Key = (String, usize, Finding);

/// The places in the project's templates of what is wrong with a page of the template `top`.
fn placed(renderer: &Renderer<'_>, top: &str, all: Vec<Finding>) -> Vec<(Finding, Place)> {
    let (uneven, others): (Vec<_>, Vec<_>) =
        all.into_iter().partition(|finding| finding.is_of_balance());
    let located = located(renderer, top, &uneven);
    // One mistake leaves many elements of a page uneven: the first stands for them.
    let first = uneven.into_iter().next().filter(|_| located.is_empty());
    let rest = others.into_iter().chain(first).filter_map(|finding| {
        let place = match finding {
            Finding::Empty => renderer.theme.blank(top)?,
            _ => renderer.theme.place_of(top, finding.written()),
        };
        // What the site's settings ask for is no fault of a template.
        let is_of_site = matches!(finding, Finding::Foreign(_)) && place.range().is_none();
        (!is_of_site).then_some((finding, place))
    });
    located.into_iter().chain(rest).collect()
}

/// What is wrong with items of lists, if the project has a part in them, and which stories they show.
fn of_items(renderer: &Renderer<'_>) -> Vec<(Finding, Place, String)> {
    let (site, theme) = (renderer.site, renderer.theme);
    let templates = theme.items.templates().iter().enumerate();
    let own: Vec<_> = templates.filter(|(_, name)| !theme.own_in(name).is_empty()).collect();
    if own.is_empty() {
        return Vec::new();
    }
    let ids = renderer.plan.values().filter_map(|recipe| match recipe {
        Recipe::Story(id) => Some(*id),
        _ => None,
    });
    let ids: Vec<StoryId> = ids.collect();
    let picked = picked(ids.iter().map(|&id| traits(site, &Recipe::Story(id))));
    let mut found = Vec::new();
    for (number, name) in own {
        for &at in &picked {
            let id = ids[at];
            let Ok(item) = renderer.kept_item(id, number) else { continue };
            let path = "index.html";
            let root = renderer.root(path);
            let html = fill(item, &[], &root);
            let all = findings(&String::from_utf8_lossy(&html), path, &root, renderer.plan);
            // What an anchor leads to may stand elsewhere on the page.
            let all = all.into_iter().filter(|finding| !matches!(finding, Finding::NoAnchor(_)));
            let shown = site.story(id).document.source.path.to_string();
            let placed = placed(renderer, name, all.collect()).into_iter();
            found.extend(placed.map(|(finding, place)| (finding, place, shown.clone())));
        }
    }
    found
}

/// So many pages of a kind are looked at, at most.
const MOST: usize = 24;

/// Which of pages with these traits are looked at: the first, the middle and the last, and those that are
/// the first to have a trait, or to lack one.
fn picked(all: impl ExactSizeIterator<Item = u128>) -> BTreeSet<usize> {
    let count = all.len();
    let mut picked = BTreeSet::from([0, count / 2, count.saturating_sub(1)]);
    picked.retain(|&at| at < count);
    let (mut had, mut lacked) = (0, 0);
    for (at, traits) in all.enumerate() {
        if picked.len() < MOST && (traits & !had != 0 || !traits & !lacked != 0) {
            picked.insert(at);
        }
        had |= traits;
        lacked |= !traits;
    }
    picked
}

/// What a page has that another of its kind may lack, a bit for each.
fn traits(site: &Site, recipe: &Recipe) -> u128 {
    // The keys of a file, of which there are fewer.
    const OTHERS: u32 = 64;
    let of_document = |document: &Document| {
        let given = document.front.values().into_iter().enumerate();
        let given = given.filter(|(_, (_, value))| value.is_given());
        let keys = given.fold(0, |bits, (at, _)| bits | 1_u128 << (at as u32 % OTHERS));
        let Body { headings, links, .. } = &document.body;
        let others = [
            headings.len() >= 3,
            links.iter().any(|link| link.kind == LinkKind::Picture),
            document.front.pinned,
            document.front.name.len() > 1,
            document.front.unit.len() > 1,
            document.front.focal_points.len() > 1,
        ];
        keys | bits(&others) << OTHERS
    };
    match recipe {
        Recipe::Story(id) => {
            let story = site.story(*id);
            let list = &site.listed[story.kind as usize];
            let is_kind = Kind::ALL.map(|kind| story.kind == kind);
            let at_end = [list.first() == Some(id), list.last() == Some(id)];
            of_document(&story.document) | bits(&is_kind) << 80 | bits(&at_end) << 96
        }
        Recipe::Page(id) => of_document(&site.pages[id.index()].document),
        Recipe::Entity(id, number) => {
            let entity = site.entity(*id);
            bits(&[
                entity.description.is_some(),
                entity.portrait.is_some(),
                entity.extra.is_some(),
                entity.belongs_to.is_some(),
                entity.stories.is_empty(),
                entity.texts.is_empty(),
                entity.dates.is_empty(),
                entity.ties.is_empty(),
                entity.people.is_empty(),
                *number > 1,
            ])
        }
        _ => 0,
    }
}

fn bits(all: &[bool]) -> u128 {
    all.iter().rev().fold(0, |bits, is| bits << 1 | u128::from(*is))
}

/// The elements in the project's templates that leave a page uneven.
fn located(renderer: &Renderer<'_>, top: &str, uneven: &[Finding]) -> Vec<(Finding, Place)> {
    if uneven.is_empty() {
        return Vec::new();
    }
    let names: Vec<String> = uneven.iter().map(Finding::element).collect();
    let names: Vec<&str> = names.iter().map(String::as_str).collect();
    let found = renderer.theme.unbalanced(top, &names);
    let found = found.into_iter().map(|(source, Unbalanced { span, wrong, .. })| {
        let text = |span: std::ops::Range<usize>| source.text()[span].to_string();
        let tag = text(span.clone());
        let finding = match wrong {
            Wrong::Open => Finding::Open(tag),
            Wrong::Closed => Finding::Closed(tag),
            Wrong::Crossed(open) => {
                let line = source.place(open.clone()).line();
                Finding::Crossed(tag, text(open), line)
            }
        };
        (finding, source.place(span))
    });
    found.collect()
}

/// Pages of one kind are made by one template.
fn kind_of(renderer: &Renderer<'_>, path: &str, recipe: &Recipe) -> Option<String> {
    Some(match recipe {
        Recipe::Redirect(_) | Recipe::Asset(_) => return None,
        recipe if recipe.file().is_some() => return None,
        Recipe::Story(_) => "story".into(),
        Recipe::Page(_) => renderer.template_name(path, recipe).ok()??,
        Recipe::Entity(id, _) => format!("entity {}", id.kind.kind().one),
        Recipe::Index(kind, _) => format!("index {}", kind.kind().many),
        Recipe::Kind(kind, _) => format!("kind {}", kind.section()),
        Recipe::CalendarYear(_) => "calendar year".into(),
        Recipe::Tasks(_) => "tasks".into(),
        Recipe::HonoursYear(_) => "honours".into(),
        Recipe::ArchiveYear(_) => "archive year".into(),
        other => format!("{other:?}"),
    })
}

/// Something that is wrong on a page, with the text by which it is found in a template.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Finding {
    /// A link, or a picture, that leads nowhere.
    Dead(String),
    /// One of the pictures in a `srcset` that leads nowhere, and all that stands there.
    DeadOf(String, String),
    /// An anchor that is not on the page.
    NoAnchor(String),
    /// An id that stands twice.
    Twice(String),
    /// An element that does not close: its tag.
    Open(String),
    /// The end of an element that is not open.
    Closed(String),
    /// The end of another element than that which is open: that one's tag, and its line.
    Crossed(String, String, usize),
    /// A style in the page.
    Style(String),
    /// A script in the page.
    Script(String),
    /// A mark that nothing was filled in for.
    Mark,
    /// A script or a style sheet of another host.
    Foreign(String),
    /// Nothing at all.
    Empty,
    /// A second `<main>`: the tag of the one that is not the theme's own.
    Main(String),
}

/// So much of a page is read. A list that is longer repeats the same marks, and its end is that of all
/// pages; what is open there, or leads further down, is not known then.
const ENOUGH: usize = 256 * 1024;

/// Everything that is wrong on a page.
fn findings(page: &str, path: &str, root: &Root, plan: &Plan) -> Vec<Finding> {
    let mut found = Vec::new();
    // A map that is printed shows it as an escape.
    if has_noncharacters(page) || page.contains("\\u{fdd") {
        found.push(Finding::Mark);
    }
    if page.trim().is_empty() {
        found.push(Finding::Empty);
    }
    let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
    let written = |start: usize, end: usize| page.get(start..end).unwrap_or_default();
    let mut open: Vec<(HtmlString, &str)> = Vec::new();
    let mut ids: BTreeSet<String> = BTreeSet::new();
    // With each, the link as it is written.
    let mut anchors: Vec<(String, String)> = Vec::new();
    let mut mains: Vec<&str> = Vec::new();
    let mut tokens = html::tokens(page);
    // So far the page has been read.
    let mut done = 0;
    while let Some(Ok(token)) = tokens.next() {
        done = html::end_of(&token).unwrap_or(done);
        if done > ENOUGH {
            return found;
        }
        let tag = match token {
            Token::StartTag(tag) => tag,
            Token::EndTag(tag) => {
                match open.iter().rposition(|(known, _)| *known == tag.name) {
                    Some(nth) => {
                        let unclosed = open.drain(nth..).skip(1);
                        let unclosed = unclosed.filter(|(name, _)| !is_loose(&text(name)));
                        found.extend(unclosed.map(|(_, tag)| Finding::Open(tag.to_string())));
                    }
                    None if is_loose(&text(&tag.name)) => {}
                    None => {
                        let tag = written(tag.span.start, tag.span.end);
                        found.push(Finding::Closed(tag.to_string()));
                    }
                }
                continue;
            }
            _ => continue,
        };
        let shown = written(tag.span.start, tag.span.end);
        for (attribute, value) in &tag.attributes {
            match attribute.as_slice() {
                b"id" => {
                    let id = text(value);
                    match ids.contains(&id) {
                        true => found.push(Finding::Twice(id)),
                        false => drop(ids.insert(id)),
                    }
                }
                b"style" => found.push(Finding::Style(format!("style=\"{}\"", text(value)))),
                name if LINKS.iter().any(|known| known.as_bytes() == name) => match text(value) {
                    to if has_noncharacters(&to) => {}
                    to if to.starts_with('#') => anchors.push((to[1..].to_string(), to)),
                    to if is_script(&to) => {
                        found.push(Finding::Script(format!("{}=\"{to}\"", text(name))));
                    }
                    to => match (led(&to, path, root), to.split_once('#')) {
                        (Led::To(file), Some((_, anchor))) if file == path => {
                            anchors.push((anchor.to_string(), to));
                        }
                        (led, _) if is_there(&led, plan) => {}
                        _ => found.push(Finding::Dead(to)),
                    },
                },
                b"srcset" | b"imagesrcset" => {
                    let all = text(value);
                    let dead = sources(&all).into_iter().filter(|to| {
                        !has_noncharacters(to) && !is_there(&led(to, path, root), plan)
                    });
                    found.extend(dead.map(|to| Finding::DeadOf(to.to_string(), all.clone())));
                }
                name if name.starts_with(b"on") => {
                    found.push(Finding::Script(format!("{}=\"{}\"", text(name), text(value))));
                }
                _ => {}
            }
        }
        let name = text(&tag.name);
        let get = |wanted: &str| tag.attributes.get(wanted.as_bytes());
        let is_data = get("type").is_some_and(|kind| text(kind).contains("json"));
        match name.as_str() {
            "style" => found.push(Finding::Style(shown.to_string())),
            "main" if get("hidden").is_none() => mains.push(shown),
            "script" if get("src").is_none() && !is_data => {
                found.push(Finding::Script(shown.to_string()));
            }
            "script" | "link" => {
                let of = if name == "script" { "src" } else { "href" };
                let asks = name == "script"
                    || get("rel").is_some_and(|rel| text(rel).contains("stylesheet"));
                let address = get(of).map(|value| text(value)).unwrap_or_default();
                if asks && ["http://", "https://", "//"].iter().any(|b| address.starts_with(b)) {
                    found.push(Finding::Foreign(address));
                }
            }
            _ => {}
        }
        if let Some(state) = text_state(&name) {
            tokens.set_state(state);
        }
        // In HTML a slash closes nothing; in drawings and formulas it does.
        let is_drawn = |name: &HtmlString| matches!(name.as_slice(), b"svg" | b"math");
        let is_alone = tag.self_closing
            && (is_drawn(&tag.name) || open.iter().any(|(name, _)| is_drawn(name)));
        if !VOID.contains(&&*name) && !is_alone {
            open.push((tag.name, shown));
        }
    }
    if let Some(rest) = page.get(done..).filter(|rest| rest.starts_with('<')) {
        found.push(Finding::Open(rest.to_string()));
    }
    let unclosed = open.into_iter().filter(|(name, _)| !is_loose(&text(name)));
    found.extend(unclosed.map(|(_, tag)| Finding::Open(tag.to_string())));
    // The theme answers some by itself, without an element of this id.
    let by_itself = ["", "top", "xf-elder"];
    let is_there = |anchor: &str| {
        by_itself.contains(&anchor) || ids.contains(anchor) || ids.contains(&*decode(anchor))
    };
    let missing = anchors.into_iter().filter(|(anchor, _)| !is_there(anchor));
    found.extend(missing.map(|(_, to)| Finding::NoAnchor(to)));
    if mains.len() > 1 {
        let own = mains.iter().rfind(|tag| !tag.contains("xf-main"));
        found.extend(own.or(mains.last()).map(|tag| Finding::Main(tag.to_string())));
    }
    found
}

/// Is an address a script? Browsers do not mind blanks in it.
fn is_script(address: &str) -> bool {
    let bare = address.chars().filter(|c| !c.is_control() && !c.is_whitespace());
    let begin: String = bare.take("javascript:".len()).collect();
    begin.eq_ignore_ascii_case("javascript:")
}

/// The addresses in a `srcset`: each ends at a space, or at a comma before one.
fn sources(srcset: &str) -> Vec<&str> {
    let mut found = Vec::new();
    let is_gap = |c: char| c.is_ascii_whitespace() || c == ',';
    let mut rest = srcset.trim_start_matches(is_gap);
    while !rest.is_empty() {
        let end = rest.find(|c: char| c.is_ascii_whitespace()).unwrap_or(rest.len());
        let (address, behind) = rest.split_at(end);
        found.push(address.trim_end_matches(','));
        // What follows says how wide it is, unless the comma is there already.
        let next = match address.ends_with(',') {
            true => Some(0),
            false => behind.find(','),
        };
        rest = next.map_or("", |next| behind[next..].trim_start_matches(is_gap));
    }
    found
}

/// Where an address leads.
enum Led {
    /// Elsewhere, which is not looked at, or to the page itself.
    Elsewhere,
    /// Out of the site.
    Nowhere,
    /// To a file of the site.
    To(String),
}

/// Where an address in the page `path` leads.
fn led(value: &str, path: &str, root: &Root) -> Led {
    let is_foreign = value.starts_with("//")
        || value.find(':').is_some_and(|colon| !value[..colon].contains(['/', '?', '#', '.']));
    if is_foreign || value.is_empty() {
        return Led::Elsewhere;
    }
    let bare = value.split(['?', '#']).next().unwrap_or_default();
    let below = match root {
        _ if bare.is_empty() => return Led::To(path.to_string()),
        Root::Prefix(prefix) if bare.starts_with('/') => match bare.strip_prefix(prefix.as_str()) {
            Some(rest) => rest.to_string(),
            None if format!("{bare}/") == *prefix => String::new(),
            None => return Led::Nowhere,
        },
        Root::Relative(_) if bare.starts_with('/') => return Led::Nowhere,
        _ => {
            let folder = path.rsplit_once('/').map_or("", |(folder, _)| folder);
            let mut parts: Vec<&str> = folder.split('/').filter(|part| !part.is_empty()).collect();
            for part in bare.split('/') {
                match part {
                    "." => {}
                    ".." => drop(parts.pop()),
                    part => parts.push(part),
                }
            }
            parts.join("/")
        }
    };
    let below = decode(&below);
    let is_folder = below.is_empty() || below.ends_with('/');
    Led::To(if is_folder { format!("{below}index.html") } else { below })
}

/// Is there something where an address leads? What is elsewhere is not looked at.
fn is_there(led: &Led, plan: &Plan) -> bool {
    match led {
        Led::Elsewhere => true,
        Led::Nowhere => false,
        Led::To(file) => {
            plan.contains_key(file)
                || plan.contains_key(&format!("{}/index.html", file.trim_end_matches('/')))
                || may_be_in_index(file)
        }
    }
}

impl Finding {
    /// What stands in a template.
    fn written(&self) -> Written<'_> {
        match self {
            Self::Dead(to) | Self::NoAnchor(to) | Self::Foreign(to) => {
                Written::Attribute(&LINKS, to)
            }
            Self::DeadOf(_, all) => Written::Attribute(&["srcset", "imagesrcset"], all),
            Self::Twice(id) => Written::Attribute(&["id"], id),
            Self::Open(tag) | Self::Main(tag) => Written::Tag(tag),
            Self::Style(what) | Self::Script(what) => {
                match what.split_once("=\"").and_then(|(name, rest)| {
                    Some((name, rest.strip_suffix('"')?)).filter(|_| !what.starts_with('<'))
                }) {
                    Some((name, value)) => {
                        let of = |all: &'static [&'static str]| {
                            let at = all.iter().position(|known| *known == name)?;
                            Some(&all[at..=at])
                        };
                        let names = of(&HANDLERS).or(of(&LINKS)).unwrap_or(&["style"]);
                        Written::Attribute(names, value)
                    }
                    None => Written::Tag(what),
                }
            }
            // An end looks like any other.
            Self::Closed(_) | Self::Crossed(..) | Self::Mark | Self::Empty => Written::Nothing,
        }
    }

    /// Is it about elements and their ends?
    fn is_of_balance(&self) -> bool {
        matches!(self, Self::Open(_) | Self::Closed(_))
    }

    /// The name of the element that it is about.
    fn element(&self) -> String {
        match self {
            Self::Open(tag) | Self::Closed(tag) => {
                element(tag.trim_start_matches("</")).to_ascii_lowercase()
            }
            _ => String::new(),
        }
    }

    /// The complaint.
    fn said(&self, place: Place, page: &str, pages: &Pages<'_>) -> Diagnostic {
        match self {
            Self::Dead(to) | Self::DeadOf(to, _) => {
                let diagnostic = error(
                    "template-link-dead",
                    place,
                    format!("模板写的链接“{to}”没有对应的网页或文件（{page}）"),
                    format!("the link “{to}” that a template writes leads nowhere (on {page})"),
                );
                pages.help(diagnostic, to)
            }
            Self::Crossed(end, open, line) => error(
                "template-element-closed",
                place,
                format!("“{end}”对不上第 {line} 行的“{open}”（{page}）"),
                format!("“{end}” is not the end of “{open}” of line {line} ({page})"),
            )
            .help(
                format!("改成 </{0}>，或者在它前面补上 </{0}>", element(open)),
                format!("write </{0}> in its place, or before it", element(open)),
            ),
            Self::Main(tag) => warning(
                "template-main-twice",
                place,
                format!("网页里已经有一个 <main>，“{tag}”是第二个：读屏软件不知道正文从哪里开始（{page}）"),
                format!("the page has a <main> already, and “{tag}” is a second: a screen reader does not know where the content begins ({page})"),
            )
            .help(
                "改成 <div> 或 <section>，结束的地方也改",
                "write <div> or <section>, and where it ends too",
            ),
            Self::NoAnchor(to) => warning(
                "template-anchor-dead",
                place,
                format!("模板写的链接“{to}”在这一页没有对应的位置（{page}）"),
                format!("the link “{to}” that a template writes has no target on its page ({page})"),
            )
            .help(
                format!("加上 id=\"{}\"，或者改链接", anchor_of(to)),
                format!("write id=\"{}\" there, or change the link", anchor_of(to)),
            ),
            Self::Twice(id) => error(
                "template-id-twice",
                place,
                format!("同一页里有两个 id=\"{id}\"（{page}）"),
                format!("the id “{id}” stands twice on a page ({page})"),
            )
            .help(
                "一个 id 在一页里只能有一个；循环里的加上编号，例如 id=\"xf-{{ story.id }}\"",
                "an id stands once on a page; in a loop add what tells them apart, as in id=\"xf-{{ story.id }}\"",
            ),
            Self::Open(tag) => error(
                "template-element-open",
                place,
                format!("“{tag}”没有结束（{page}）"),
                format!("“{tag}” is not closed ({page})"),
            )
            .help(
                format!("补上 </{}>", element(tag)),
                format!("write </{}> where it ends", element(tag)),
            ),
            Self::Closed(tag) => error(
                "template-element-closed",
                place,
                format!("“{tag}”前面没有对应的开始（{page}）"),
                format!("“{tag}” closes nothing ({page})"),
            )
            .help("删掉它，或者补上开始", "delete it, or write where it begins"),
            Self::Style(what) => warning(
                "template-style-inline",
                place,
                format!("网页里写了样式“{what}”，安全策略严格的网站不认（{page}）"),
                format!("the style “{what}” stands in the page, and a strict policy refuses it ({page})"),
            )
            .help("写进 assets 里的样式表，用 class", "write it into a style sheet in assets, with a class"),
            Self::Script(what) => warning(
                "template-script-inline",
                place,
                format!("网页里写了脚本“{what}”，网站的安全策略不让它运行（{page}）"),
                format!("the script “{what}” stands in the page, and the site's policy does not let it run ({page})"),
            )
            .help(
                "写进 assets 里的 .js 文件，用 <script defer src=\"{{ site.assets[\"名称.js\"] }}\"></script>",
                "write it into a .js file in assets: <script defer src=\"{{ site.assets[\"NAME.js\"] }}\"></script>",
            ),
            Self::Foreign(to) => warning(
                "template-foreign",
                place,
                format!("网页用了别的网站的“{to}”：安全策略严格的网站不认，读者的访问也会被那个网站知道（{page}）"),
                format!("the page takes “{to}” from another host: a strict policy refuses it, and that host learns of every reader ({page})"),
            )
            .help(
                "把文件下载到主题的 assets 里，写成 {{ site.assets[\"名称\"] }}",
                "put the file into assets of the theme, and write {{ site.assets[\"NAME\"] }}",
            ),
            Self::Empty => error(
                "template-empty",
                place,
                format!("模板什么也没有写，这样的网页是空白的（{page}）"),
                format!("the template writes nothing, and such pages are blank ({page})"),
            )
            .help(
                "通常从 {% extends \"base.html\" %} 和 {% block main %} 写起；不要这个文件就删掉",
                "begin with {% extends \"base.html\" %} and {% block main %}; or delete the file",
            ),
            Self::Mark => error(
                "template-mark-left",
                place,
                format!("网页里留下了内部标记（{page}）"),
                format!("a mark of the program is left on a page ({page})"),
            )
            .help(
                "网址和 HTML 只能原样显示，不能先处理再显示",
                "addresses and HTML can only be printed as they are",
            ),
        }
    }
}

/// Attributes that have an address.
const LINKS: [&str; 6] = ["href", "src", "action", "formaction", "poster", "xlink:href"];

/// Attributes that have a script, so far as people write them.
const HANDLERS: [&str; 12] = [
    "onclick",
    "onload",
    "onerror",
    "onsubmit",
    "onchange",
    "oninput",
    "onfocus",
    "onblur",
    "onmouseover",
    "onmouseout",
    "onkeydown",
    "onscroll",
];

/// The pages and files that there are, for who has written a link that leads nowhere.
struct Pages<'a> {
    plan: &'a Plan,
}

impl Pages<'_> {
    fn help(&self, diagnostic: Diagnostic, to: &str) -> Diagnostic {
        let bare = to.split(['?', '#']).next().unwrap_or_default();
        let bare = decode(bare);
        let last = bare.trim_end_matches('/').rsplit('/').next().unwrap_or_default();
        // The address may begin with the folder of the site: its last parts are compared.
        let parts: Vec<&str> = bare.split('/').filter(|part| !part.is_empty()).collect();
        let ways = (0..parts.len()).map(|from| parts[from..].join("/"));
        let known =
            || self.plan.keys().map(|path| path.strip_suffix("/index.html").unwrap_or(path));
        if !bare.starts_with('/')
            && !last.contains('.')
            && known().any(|path| path == bare.trim_end_matches('/'))
        {
            return diagnostic.help(
                format!("写成 {{{{ site.root }}}}{}", bare.trim_start_matches('/')),
                format!("write {{{{ site.root }}}}{}", bare.trim_start_matches('/')),
            );
        }
        let mut ways = ways.collect::<Vec<_>>().into_iter();
        let near = ways.find_map(|way| nearest(&way, known()).map(str::to_string));
        let shown = |path: &str| match path.rsplit('/').next().unwrap_or(path).contains('.') {
            true => format!("{{{{ site.root }}}}{path}"),
            false => format!("{{{{ site.root }}}}{path}/"),
        };
        if let Some(near) = near {
            let shown = shown(&near);
            return diagnostic.help(format!("是不是 {shown}？"), format!("did you mean {shown}?"));
        }
        if last.contains('.') {
            return diagnostic.help(
                "资源放进主题的 assets，写成 {{ site.assets[\"名称\"] }}；网站的文件放进 content/static，写成 {{ site.root }}名称",
                "put it into assets of the theme and write {{ site.assets[\"NAME\"] }}, or into content/static and write {{ site.root }}NAME",
            );
        }
        let sections = self.plan.keys().filter_map(|path| path.strip_suffix("/index.html"));
        let sections: Vec<String> =
            sections.filter(|path| !path.contains('/')).map(|path| format!("{path}/")).collect();
        diagnostic.help(
            format!(
                "网站里有这些栏目和页面：{}；写成 {{{{ site.root }}}}{}",
                sections.join("、"),
                sections.first().map_or("", String::as_str)
            ),
            format!(
                "the site has {}; write them as {{{{ site.root }}}}{}",
                sections.join(", "),
                sections.first().map_or("", String::as_str)
            ),
        )
    }
}

/// The anchor in an address.
fn anchor_of(address: &str) -> &str {
    address.split_once('#').map_or("", |(_, anchor)| anchor)
}

/// The name of the element of a tag.
fn element(tag: &str) -> &str {
    let name = tag.trim_start_matches('<');
    let is_part = |c: char| c.is_ascii_alphanumeric() || c == '-' || c == ':';
    &name[..name.find(|c| !is_part(c)).unwrap_or(name.len())]
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(html: &str) -> Vec<Finding> {
        let mut plan = Plan::new();
        plan.insert("news/index.html".into(), Recipe::NotFound);
        plan.insert("assets/a.css".into(), Recipe::NotFound);
        findings(html, "about/index.html", &Root::Prefix("/sub/".into()), &plan)
    }

    #[test]
    fn what_is_right_is_silent() {
        for html in [
            "<!doctype html><html><head><title>a < b</title></head><body><p>a<p>b<ul><li>c<li>d</ul></body></html>",
            "<a href=\"/sub/news/\">x</a><a href='../news/'>x</a><link href=/sub/assets/a.css?v=1>",
            "<a href=\"https://a.cn/nope\">x</a><a href=\"mailto:a@b.cn\">x</a><a href=\"//a.cn/x\">x</a>",
            "<a href=\"#x\">y</a><p id=\"x\">z</p><svg><use href=\"#x\"/></svg><br><img src=\"/sub/assets/a.css\">",
            "<script src=\"/sub/assets/a.css\"></script><script type=\"application/ld+json\">{\"a\": \"<b>\"}</script>",
            "<!-- <div> --><table><tr><td>1<td>2</table>",
            "<img src=\"/sub/assets/a.css\" srcset=\"/sub/assets/a.css 1x, ../assets/a.css 2x\">",
            "<img srcset=\"data:image/png;base64,AA 1x,/sub/assets/a.css, https://a.cn/b 3x\"><main>x</main>",
            "<p id=\"x\"></p><a href=\"/sub/about/#x\">x</a><a href=\"?a#x\">x</a><a href=\"../news/#z\">x</a>",
            "<main hidden>x</main><main id=\"xf-main\">y</main>",
        ] {
            assert_eq!(of(html), [], "{html}");
        }
    }

    #[test]
    fn what_is_wrong_is_found() {
        use Finding::{Closed, Dead, DeadOf, Main, Mark, NoAnchor, Open, Script, Style, Twice};
        for (html, finding) in [
            ("<a href=\"/sub/nope/\">x</a>", Dead("/sub/nope/".into())),
            ("<a href=\"/news/\">x</a>", Dead("/news/".into())),
            ("<img src=\"pic.png\">", Dead("pic.png".into())),
            ("<a href=\"#y\">x</a>", NoAnchor("#y".into())),
            ("<p id=\"x\"></p><p id=\"x\"></p>", Twice("x".into())),
            ("<a href=\"/sub/about/#y\">x</a>", NoAnchor("/sub/about/#y".into())),
            ("<a href=\" java\nscript:a()\">x</a>", Script("href=\" java\nscript:a()\"".into())),
            (
                "<img srcset=\"/sub/assets/a.css 1x, b.png 2x\">",
                DeadOf("b.png".into(), "/sub/assets/a.css 1x, b.png 2x".into()),
            ),
            (
                "<main id=\"xf-main\"><main class=\"a\">x</main></main>",
                Main("<main class=\"a\">".into()),
            ),
            ("<div class=\"a\"><p>x", Open("<div class=\"a\">".into())),
            ("<section><div>x</section>", Open("<div>".into())),
            ("<p>x</p><div class=\"a>y", Open("<div class=\"a>y".into())),
            ("<noscript><img src=\"pic.png\"></noscript>", Dead("pic.png".into())),
            ("<title>x", Open("<title>".into())),
            ("<p>x</p></div>", Closed("</div>".into())),
            ("<p style=\"color:red\">x</p>", Style("style=\"color:red\"".into())),
            ("<script>a()</script>", Script("<script>".into())),
            ("<a onclick=\"a()\">x</a>", Script("onclick=\"a()\"".into())),
            ("\u{fdd0}", Mark),
            ("{&quot;url&quot;: &quot;\\u{fdd0}news/&quot;}", Mark),
        ] {
            assert_eq!(of(html), [finding], "{html}");
        }
    }
}
