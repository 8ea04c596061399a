//! The harness: a campaign written as one string, built in memory.

use std::collections::BTreeMap;

use xianfeng::base::content::Carried;
use xianfeng::base::content::Content;
use xianfeng::base::lang::Lang;
use xianfeng::base::slot::Links;
use xianfeng::diagnostic::Outcome;
use xianfeng::diagnostic::report::{Style, human};
use xianfeng::diagnostic::{Diagnostic, Severity};
use xianfeng::load::{FoundFile, from_memory};
use xianfeng::picture::encode;
use xianfeng::picture::pixels::Pixels;
use xianfeng::pipeline::{LastGood, Memory, Options, Prepared, prepare_sources, rehearse};
use xianfeng::plan::Recipe;
use xianfeng::settings::BaseUrl;
use xianfeng::source::SourcePath;
use xianfeng::value::moment::{Moment, parse_zone};

/// A project folder in memory, and how to build it.
#[derive(Clone)]
pub struct Campaign {
    files: Vec<(String, Vec<u8>)>,
    options: Options,
}

/// As a fixture, so that a failing property shows what to paste into a test.
impl std::fmt::Debug for Campaign {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        for (path, bytes) in &self.files {
            writeln!(f, "//- {path}\n{}", String::from_utf8_lossy(bytes))?;
        }
        write!(f, "{:?}", self.options)
    }
}

/// A time in China's zone, so that no test asks the clock.
pub fn moment(text: &str) -> Moment {
    Moment::parse(text, parse_zone("+08:00").unwrap()).unwrap()
}

impl Campaign {
    /// Reads a fixture: lines `//- PATH` begin files. Where it has no settings, the site
    /// is called 测试专栏.
    pub fn new(fixture: &str) -> Self {
        let mut files: Vec<(String, String)> = Vec::new();
        for line in fixture.split_inclusive('\n') {
            match line.strip_prefix("//- ") {
                Some(path) => files.push((path.trim().to_string(), String::new())),
                None => match files.last_mut() {
                    Some((_, text)) => text.push_str(line),
                    None => assert!(line.trim().is_empty(), "text before the first file: {line}"),
                },
            }
        }
        let files = files.into_iter().map(|(path, text)| (path, text.into_bytes())).collect();
        let options = Options {
            now: moment("2026-06-01 12:00"),
            drafts: false,
            base_url: None,
            links: Links::FromRoot,
            ..Options::default()
        };
        let campaign = Self { files, options };
        match campaign.has("content/site.yaml") {
            true => campaign,
            false => campaign.with("content/site.yaml", "title: 测试专栏\n"),
        }
    }

    /// One news story, `content/stories/x.md`, with more front matter and a body.
    pub fn story(front: &str, body: &str) -> Self {
        Self::new("").with("content/stories/x.md", news("标题甲", "2026-03-18", front, body))
    }

    fn has(&self, path: &str) -> bool {
        self.files.iter().any(|(name, _)| name == path)
    }

    /// The same with one more file, or another text for one.
    pub fn with(self, path: &str, text: impl AsRef<[u8]>) -> Self {
        let mut files = self.files;
        files.retain(|(name, _)| name != path);
        files.push((path.to_string(), text.as_ref().to_vec()));
        Self { files, ..self }
    }

    /// The same with its files in another order.
    pub fn in_order(mut self, order: &[usize]) -> Self {
        let mut keyed: Vec<_> = self.files.into_iter().enumerate().collect();
        keyed.sort_by_key(|(i, _)| order.get(*i).copied().unwrap_or(*i));
        self.files = keyed.into_iter().map(|(_, file)| file).collect();
        self
    }

    pub fn settings(self, lines: &str) -> Self {
        self.with("content/site.yaml", format!("title: 测试专栏\n{lines}\n"))
    }

    /// A template of the default theme, replaced by another.
    pub fn template(self, name: &str, text: &str) -> Self {
        self.with(&format!("themes/xianfeng/templates/{name}"), text)
    }

    pub fn at(mut self, now: &str) -> Self {
        self.options.now = moment(now);
        self
    }

    pub fn with_drafts(mut self) -> Self {
        self.options.drafts = true;
        self
    }

    pub fn published_at(mut self, base_url: &str) -> Self {
        self.options.base_url = Some(BaseUrl::parse(base_url).expect("a base URL"));
        self
    }

    pub fn with_relative_links(mut self) -> Self {
        self.options.links = Links::Relative;
        self
    }

    /// Prepares it and renders every page, for the complaints.
    pub fn prepared(&self) -> Prepared {
        let sources = from_memory(self.files.clone());
        let mut prepared = prepare_sources(sources, &self.options).expect("nothing is on a disk");
        rehearse(&mut prepared, None).expect("everything is in memory");
        prepared
    }

    /// What a preview shows of it, whatever is wrong; `good` is what it knows from before.
    pub fn previewed(&self, good: &mut LastGood) -> Built {
        let found = |(path, bytes): &(String, Vec<u8>)| FoundFile {
            path: SourcePath::new(path.as_str()),
            file: Carried::Memory(bytes.as_slice().into()),
            stamp: None,
        };
        let found = Outcome::clean(self.files.iter().map(found).collect());
        let options = Options { drafts: true, preview: true, ..self.options.clone() };
        let preview = xianfeng::pipeline::preview(found, &options, &mut Memory::default(), good);
        let preview = preview.expect("everything is in memory");
        assert!(preview.fault.is_none());
        Built { prepared: preview.prepared }
    }

    /// Builds it; a campaign with errors fails the test and shows them.
    pub fn build(&self) -> Built {
        let mut prepared = self.prepared();
        let errors: Vec<_> = prepared.diagnostics.iter().filter(|d| d.is_error()).collect();
        assert!(errors.is_empty(), "the campaign has errors:\n{}", drawn(errors, Lang::En));
        prepared.index(&mut Memory::default()).expect("everything is in memory");
        Built { prepared }
    }

    pub fn page(&self, address: &str) -> String {
        self.build().page(address)
    }

    /// The codes of all complaints, by place.
    pub fn codes(&self) -> Vec<&'static str> {
        self.prepared().diagnostics.iter().map(|d| d.code).collect()
    }

    /// `line:column code` of all complaints, by place.
    pub fn places(&self) -> Vec<String> {
        let place = |d: &Diagnostic| match &d.place.position() {
            Some(at) => format!("{}:{} {}", at.line, at.column, d.code),
            None => d.code.to_string(),
        };
        self.prepared().diagnostics.iter().map(place).collect()
    }

    /// All complaints as people see them.
    pub fn diagnostics(&self, lang: Lang) -> String {
        drawn(&self.prepared().diagnostics, lang)
    }

    /// All complaints, and those that only `check` makes, in both languages.
    pub fn in_both_languages(&self) -> String {
        let mut prepared = self.prepared();
        let more = xianfeng::check::more(&prepared.site, &prepared.plan);
        prepared.diagnostics.extend(more);
        both(&prepared.diagnostics)
    }

    /// Fails unless there is exactly one complaint, an error of this code, whose marked
    /// text is `marked`.
    #[track_caller]
    pub fn errs(&self, code: &str, marked: &str) {
        let prepared = self.prepared();
        let shown = drawn(&prepared.diagnostics, Lang::En);
        let [only] = &prepared.diagnostics[..] else { panic!("not one complaint:\n{shown}") };
        assert_eq!((only.code, only.severity), (code, Severity::Error), "{shown}");
        assert_eq!(marked_text(only), marked, "{shown}");
    }

    /// The help of the first complaint of this code.
    #[track_caller]
    pub fn help_of(&self, code: &str) -> String {
        let prepared = self.prepared();
        let found = prepared.diagnostics.iter().find(|d| d.code == code);
        let found = found.unwrap_or_else(|| panic!("{}", drawn(&prepared.diagnostics, Lang::En)));
        found.help.as_ref().map(|help| help.en.clone()).unwrap_or_default()
    }

    /// The help of the only complaint.
    #[track_caller]
    pub fn help(&self) -> String {
        let prepared = self.prepared();
        let shown = drawn(&prepared.diagnostics, Lang::En);
        let [only] = &prepared.diagnostics[..] else { panic!("not one complaint:\n{shown}") };
        only.help.as_ref().map(|help| help.en.clone()).unwrap_or_default()
    }
}

/// The text that a complaint's caret stands under.
pub fn marked_text(diagnostic: &Diagnostic) -> String {
    let Some(at) = &diagnostic.place.position() else { return String::new() };
    at.excerpt.chars().skip(at.column - 1).take(at.length).collect()
}

pub fn drawn<'a>(diagnostics: impl IntoIterator<Item = &'a Diagnostic>, lang: Lang) -> String {
    let style = Style { lang, colour: false };
    diagnostics.into_iter().map(|d| human(d, style)).collect::<Vec<_>>().join("\n")
}

pub fn both(diagnostics: &[Diagnostic]) -> String {
    format!("{}\n------\n\n{}", drawn(diagnostics, Lang::Zh), drawn(diagnostics, Lang::En))
}

/// A site that can be asked for its pages.
pub struct Built {
    pub prepared: Prepared,
}

impl Built {
    /// What is at an address: `/` or `/feed.xml`.
    #[track_caller]
    pub fn page(&self, address: &str) -> String {
        String::from_utf8(self.bytes(address)).expect("UTF-8")
    }

    #[track_caller]
    pub fn bytes(&self, address: &str) -> Vec<u8> {
        let path = match address.strip_prefix('/').expect("an address begins with /") {
            folder if folder.is_empty() || folder.ends_with('/') => format!("{folder}index.html"),
            file => file.to_string(),
        };
        let Some(recipe) = self.prepared.plan.get(&path) else {
            panic!("nothing is at {address}; there are {:#?}", self.addresses());
        };
        self.render(&path, recipe)
    }

    fn render(&self, path: &str, recipe: &Recipe) -> Vec<u8> {
        let renderer = self.prepared.renderer();
        bytes_of(&renderer.render(path, recipe).expect("the page renders"))
    }

    /// The page of a story that stands by itself, as an archive has it.
    pub fn alone(&self, slug: &str) -> String {
        let Prepared { site, plan, theme, .. } = &self.prepared;
        let views = xianfeng::view::Views::new(site, &theme.strings);
        let place = site.stories.iter().position(|story| story.slug == slug).expect("a story");
        let mut out = Vec::new();
        let mut take = |piece: &[u8]| {
            out.extend_from_slice(piece);
            Ok(())
        };
        let id = xianfeng::model::StoryId(place as u32);
        xianfeng::output::alone::pour(&views, plan, id, &mut take).expect("in memory");
        String::from_utf8(out).expect("UTF-8")
    }

    /// The codes of all complaints, by place.
    pub fn codes(&self) -> Vec<&'static str> {
        self.prepared.diagnostics.iter().map(|d| d.code).collect()
    }

    /// Every address, in order, without the theme's assets and the files of search.
    pub fn addresses(&self) -> Vec<String> {
        let shown = |path: &&String| {
            !path.starts_with("assets/")
                && (!path.starts_with("search/") || *path == "search/index.html")
        };
        let paths = self.prepared.plan.keys().filter(shown);
        let mut all: Vec<String> = paths
            .map(|path| format!("/{}", path.strip_suffix("index.html").unwrap_or(path)))
            .collect();
        all.sort();
        all
    }

    pub fn has(&self, address: &str) -> bool {
        self.addresses().iter().any(|known| known == address)
    }

    /// Every file: path and bytes.
    pub fn files(&self) -> BTreeMap<String, Vec<u8>> {
        let renderer = self.prepared.renderer();
        let one = |(path, recipe): (&String, &Recipe)| {
            let content = renderer.render(path, recipe).expect("the page renders");
            (path.clone(), bytes_of(&content))
        };
        self.prepared.plan.iter().map(one).collect()
    }

    /// Every HTML page, by path.
    pub fn pages(&self) -> BTreeMap<String, String> {
        let html = |(path, bytes): (String, Vec<u8>)| {
            path.ends_with(".html").then(|| (path, String::from_utf8(bytes).expect("UTF-8")))
        };
        self.files().into_iter().filter_map(html).collect()
    }

    /// The files of the stories of a listing, as `list.items` shows them. Needs
    /// [`titles_only`].
    pub fn titles(&self, address: &str) -> Vec<String> {
        let page = self.page(address);
        let inner = page.split("<ol class=\"titles\">").nth(1).expect("a listing");
        let inner = inner.split("</ol>").next().unwrap_or_default();
        inner
            .split("<li>")
            .skip(1)
            .map(|item| item.split("</li>").next().unwrap().to_string())
            .collect()
    }
}

/// A photograph of a kind, as a camera writes one.
pub fn photograph(width: u32, height: u32) -> Vec<u8> {
    let mut pixels = Pixels::black(width, height, 3);
    let mut noise = 1_u32;
    for (i, pixel) in pixels.bytes.chunks_exact_mut(3).enumerate() {
        noise = noise.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        let (x, y) = (i as u32 % width * 255 / width, i as u32 / width * 255 / height);
        let grain = (noise >> 28) as u8;
        let sky = if y < 128 { 120 } else { 0 };
        pixel.copy_from_slice(&[(x / 2) as u8 + grain, (y / 2) as u8 + grain, sky + grain]);
    }
    encode::jpeg(&pixels, 90).unwrap()
}

/// A JPEG that is to be turned as Exif says, with the place where it was taken.
pub fn with_exif(jpeg: &[u8], orientation: u8) -> Vec<u8> {
    let mut exif = b"Exif\0\0II*\0\x08\0\0\0\x02\0".to_vec();
    exif.extend([0x12, 1, 3, 0, 1, 0, 0, 0, orientation, 0, 0, 0]);
    exif.extend([0x25, 0x88, 4, 0, 1, 0, 0, 0, 0x40, 0, 0, 0]);
    exif.extend(b"\0\0\0\0Canon GPS 30.27N");
    let length = (exif.len() as u16 + 2).to_be_bytes();
    [&jpeg[..2], &[0xFF, 0xE1], &length, &exif, &jpeg[2..]].concat()
}

fn bytes_of(content: &Content<'_>) -> Vec<u8> {
    let mut bytes = Vec::new();
    let mut take = |piece: &[u8]| {
        bytes.extend_from_slice(piece);
        Ok(())
    };
    content.pieces(&mut take).expect("in memory");
    bytes
}

/// A picture that is one.
pub const PNG: &[u8] = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\0IEND\xaeB`\x82";

/// News with a title, a date, more lines of front matter, and a body.
pub fn news(title: &str, date: &str, front: &str, body: &str) -> String {
    let front = if front.is_empty() { String::new() } else { format!("{}\n", front.trim_end()) };
    format!("---\ntitle: {title}\ndate: {date}\nkind: news\n{front}---\n{body}\n")
}

/// A member story.
pub fn member(title: &str, name: &str, unit: &str, focal_points: &str) -> String {
    format!(
        "---\ntitle: {title}\ndate: 2026-03-18\nkind: member\nname: {name}\nunit: {unit}\nfocal_points: [{focal_points}]\n---\n正文。\n"
    )
}

/// A branch story.
pub fn branch(title: &str, unit: &str, focal_points: &str) -> String {
    format!(
        "---\ntitle: {title}\ndate: 2026-03-18\nkind: branch\nunit: {unit}\nfocal_points: [{focal_points}]\n---\n正文。\n"
    )
}

/// Listings that hold nothing but the titles, so that no test depends on the look.
pub fn titles_only(campaign: Campaign) -> Campaign {
    let list = "<ol class=\"titles\">{{ list.items }}</ol>\n";
    let listings =
        ["focal_point", "branch", "member", "unit", "carrier", "region", "news", "cases"];
    let campaign = campaign
        .template("item.html", "<li>{{ story.title }}</li>")
        .template("home.html", "<ol class=\"titles\">{{ home.items }}</ol>\n");
    listings
        .iter()
        .fold(campaign, |campaign, name| campaign.template(&format!("{name}.html"), list))
}

/// The HTML of a body, through the whole pipeline.
#[track_caller]
pub fn body(markdown: &str) -> String {
    Campaign::story("", markdown)
        .template("story.html", "{{ story.body }}")
        .page("/stories/2026/x/")
        .trim()
        .to_string()
}

/// Letters and digits, and nothing else.
pub fn letters(text: &str) -> String {
    text.chars().filter(|c| c.is_alphanumeric()).collect()
}
