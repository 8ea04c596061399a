//! The settings of a site: `content/site.yaml`, checked.

mod archive;

use std::sync::Arc;

use time::UtcOffset;

use crate::diagnostic::{Diagnostic, catalogue};
use crate::parse::fields::{Fields, Reader, Vocabulary, describe};
use crate::parse::places::At;
use crate::parse::yaml::{Node, Step, Yaml};
use crate::source::{Place, Source, SourcePath};
use crate::value::moment::{default_zone, parse_zone};
pub use archive::{ArchiveSettings, Retention, is_code};

/// Every key of `site.yaml` and its Chinese spelling.
pub const KEYS: Vocabulary = &[
    ("title", "标题"),
    ("subtitle", "副标题"),
    ("description", "简介"),
    ("base_url", "网站地址"),
    ("organisation", "主办单位"),
    ("contact", "联系方式"),
    ("copyright", "版权"),
    ("icp", "备案号"),
    ("notice", "提示"),
    ("language", "语言"),
    ("time_zone", "时区"),
    ("page_size", "每页条数"),
    ("search", "搜索"),
    ("theme", "主题"),
    ("theme_options", "主题选项"),
    ("archive", "归档"),
];

/// The settings, with their defaults filled in.
#[derive(Clone, Debug)]
pub struct Settings {
    /// The name of the site.
    pub title: String,
    /// A line below the name.
    pub subtitle: Option<String>,
    /// A sentence for search engines and the feed.
    pub description: Option<String>,
    /// Where the site will be published; without one it has no absolute addresses.
    pub base_url: Option<BaseUrl>,
    /// Who publishes it.
    pub organisation: Option<String>,
    /// How to reach them.
    pub contact: Option<String>,
    /// The copyright line.
    pub copyright: Option<String>,
    /// The number of the ICP registration, shown in the footer.
    pub icp: Option<String>,
    /// A notice on every page.
    pub notice: Option<String>,
    /// The language of the site, which the theme must have strings for.
    pub language: String,
    /// The zone in which dates without one are meant.
    pub time_zone: UtcOffset,
    /// Stories on a page of a listing.
    pub page_size: usize,
    /// Has the site a search of its own?
    pub search: bool,
    /// The folder of the theme below `themes/`.
    pub theme: String,
    /// Options for the theme.
    pub theme_options: Vec<(String, Node)>,
    /// What the archive needs, where the site says anything of it.
    pub archive: Option<ArchiveSettings>,
    /// The file itself, if it could be read.
    file: Option<Arc<Yaml>>,
}

impl Settings {
    /// The place of a value of site.yaml; the file as a whole where it could not be read.
    pub fn place_of<'k>(&self, at: impl Into<At<'k>>) -> Place {
        match &self.file {
            Some(file) => file.find(at, KEYS),
            None => Place::file(&SourcePath::new("content/site.yaml")),
        }
    }
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            title: String::new(),
            subtitle: None,
            description: None,
            base_url: None,
            organisation: None,
            contact: None,
            copyright: None,
            icp: None,
            notice: None,
            language: "zh-CN".into(),
            time_zone: default_zone(),
            page_size: 20,
            search: true,
            theme: "xianfeng".into(),
            theme_options: Vec::new(),
            archive: None,
            file: None,
        }
    }
}

/// An absolute address that ends in `/`: `https://example.cn/zhuanlan/`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BaseUrl(String);

impl BaseUrl {
    /// Reads `https://HOST/PATH`; a missing slash at the end is added.
    pub fn parse(text: &str) -> Option<Self> {
        let rest = text.strip_prefix("https://").or_else(|| text.strip_prefix("http://"))?;
        let host =
            rest.split('/').next().filter(|host| !host.is_empty() && !host.starts_with(':'))?;
        let odd = |c: char| {
            c.is_whitespace()
                || c.is_control()
                || crate::base::text::is_noncharacter(c)
                || "\"'<>?#\\{}|^`".contains(c)
        };
        let climbs = rest.split('/').any(|part| part == ".." || part == ".");
        if text.contains(odd) || climbs || host.contains('@') || rest.contains("//") {
            return None;
        }
        Some(Self(format!("{}/", text.trim_end_matches('/'))))
    }

    /// The whole address, with `/` at the end.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The path alone: `/`, or `/zhuanlan/`.
    pub fn path(&self) -> &str {
        let host = self.0.find("://").map_or(0, |at| at + 3);
        self.0[host..].find('/').map_or("/", |at| &self.0[host + at..])
    }
}

/// Reads `site.yaml`. What is wrong keeps its default, so that the rest can be checked.
pub fn read(source: &Source) -> (Settings, Vec<Diagnostic>) {
    let yaml = match Yaml::read_file(source) {
        Ok(yaml) => yaml,
        Err(diagnostics) => return (Settings::default(), diagnostics),
    };
    let yaml = Arc::new(yaml);
    let reader = Reader::new(&yaml);
    let mut settings = Settings::default();
    match reader.root() {
        Node::Null => reader.complain(catalogue::title_missing(source.place(0..0))),
        node @ Node::Map(_) => {
            if let Some(fields) = Fields::open(&reader, Vec::new(), node, KEYS) {
                settings = read_fields(&reader, &fields);
            }
        }
        node => {
            reader.complain_of_root(|| catalogue::type_map(source.place(0..0), describe(node)));
        }
    }
    let complaints = reader.finish();
    settings.file = Some(yaml);
    (settings, complaints)
}

fn read_fields(reader: &Reader<'_>, fields: &Fields<'_>) -> Settings {
    let default = Settings::default();
    let text = |key| fields.text(key);
    let title = text("title");
    if title.is_none() {
        fields.complain(catalogue::title_missing(fields.place_of("title")));
    }
    let base_url = text("base_url").and_then(|spelling| {
        let base = BaseUrl::parse(&spelling);
        if base.is_none() {
            fields.complain(catalogue::base_url_wrong(fields.place_of("base_url"), &spelling));
        }
        base
    });
    let time_zone = text("time_zone").and_then(|spelling| {
        let zone = parse_zone(&spelling);
        if zone.is_none() {
            fields.complain(catalogue::time_zone_wrong(fields.place_of("time_zone"), &spelling));
        }
        zone
    });
    let theme = text("theme").filter(|name| {
        let fits = crate::value::slug::is_file_name(name);
        if !fits {
            fields.complain(catalogue::theme_name_wrong(fields.place_of("theme"), name));
        }
        fits
    });
    let language = text("language").filter(|tag| {
        let fits = tag.len() <= 35 && tag.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-');
        if !fits {
            fields.complain(catalogue::language_wrong(fields.place_of("language"), tag));
        }
        fits
    });
    let theme_options = match fields.map("theme_options") {
        Some(Node::Map(options)) => options.clone(),
        _ => Vec::new(),
    };
    Settings {
        title: title.unwrap_or_default(),
        subtitle: text("subtitle"),
        description: text("description"),
        base_url,
        organisation: text("organisation"),
        contact: text("contact"),
        copyright: text("copyright"),
        icp: text("icp"),
        notice: text("notice"),
        language: language.unwrap_or(default.language),
        time_zone: time_zone.unwrap_or(default.time_zone),
        page_size: fields.number("page_size", 1, 1000).map_or(default.page_size, |n| n as usize),
        search: fields.flag("search").unwrap_or(default.search),
        theme: theme.unwrap_or(default.theme),
        theme_options,
        archive: fields
            .get("archive")
            .and_then(|(entry, node)| archive::read(reader, vec![Step::Entry(entry)], node)),
        file: None,
    }
}
