//! The settings of a site: `content/site.yaml`, checked.

pub mod messages;

use std::sync::Arc;

use crate::diagnostic::Diagnostic;
use crate::schema::Declared;
use crate::schema::frame::feed_kind;
use crate::schema::site::SITE;
use crate::source::{Place, Source, SourcePath};
use crate::value::address;
use crate::value::destination::Destination;
use crate::value::foreign::{Doubt, doubt};
use crate::yaml::fields::{Fields, Reader, describe};
use crate::yaml::places::At;
use crate::yaml::{Node, Yaml};

pub use crate::schema::site::{
    ArchiveSettings, BaseUrl, BriefSettings, DeploySettings, Retention, Settings, is_code,
};

/// Where the settings are.
const FILE: &str = "content/site.yaml";

impl Settings {
    /// Is this the site of a public body?
    pub fn is_gov(&self) -> bool {
        self.profile.is_some()
    }

    /// Has each entity of a kind, as kinds call several of them, a feed because somebody asks for it?
    pub fn wants_feeds_of(&self, many: &str) -> bool {
        self.feeds.iter().any(|word| feed_kind(word) == Some(many))
    }

    /// The place of a value of site.yaml; the file as a whole where it could not be read.
    pub fn place_of<'k>(&self, at: impl Into<At<'k>>) -> Place {
        match &self.file {
            Some(file) => file.find(&SITE.spell(at.into())),
            None => Place::file(&SourcePath::new(FILE)),
        }
    }
}

/// What the sample campaign says of itself.
const SAMPLE: &str = include_str!("../content/site.yaml");

impl Settings {
    /// Does the site say of itself what the sample campaign does?
    pub fn says_it_is_sample(&self) -> bool {
        self.notice == sample().notice
    }

    /// The keys whose values are those of the sample campaign.
    pub fn left_of_sample(&self) -> Vec<(&'static str, &'static str)> {
        let sample = sample();
        let archive = |settings: &Self| settings.archive.clone().unwrap_or_default();
        let (own, of_sample) = (archive(self), archive(&sample));
        let same = |one: &Option<String>, other: &Option<String>| one.is_some() && one == other;
        let found = [
            (("title", "网站名称"), self.title == sample.title),
            (("subtitle", "副标题"), same(&self.subtitle, &sample.subtitle)),
            (("description", "简介"), same(&self.description, &sample.description)),
            (("organisation", "主办单位"), same(&self.organisation, &sample.organisation)),
            (("contact", "联系方式"), same(&self.contact, &sample.contact)),
            (("feedback", "反馈"), self.feedback.is_some() && self.feedback == sample.feedback),
            (("copyright", "版权说明"), same(&self.copyright, &sample.copyright)),
            (("icp", "备案号"), same(&self.icp, &sample.icp)),
            (("notice", "通栏提示"), same(&self.notice, &sample.notice)),
            (("fonds_name", "全宗名称"), same(&own.fonds_name, &of_sample.fonds_name)),
            (("contact_name", "联系人"), same(&own.contact_name, &of_sample.contact_name)),
            (("contact_phone", "联系电话"), same(&own.contact_phone, &of_sample.contact_phone)),
        ];
        found.into_iter().filter(|(_, is_left)| *is_left).map(|(keys, _)| keys).collect()
    }
}

/// The settings of the sample, with those that it has as comments, to be filled in.
fn sample() -> Settings {
    let example = |line: &str| {
        let key = line.strip_prefix("# ")?.split_once(": ")?.0;
        key.bytes().all(|b| b.is_ascii_lowercase() || b == b'_').then(|| line[2..].to_string())
    };
    let lines = SAMPLE.lines().map(|line| example(line).unwrap_or_else(|| line.to_string()) + "\n");
    read(&Source::new(SourcePath::new(FILE), lines.collect())).0
}

impl Default for Settings {
    /// The settings of a file that says nothing.
    fn default() -> Self {
        let yaml = Yaml::empty(SourcePath::new(FILE));
        let reader = Reader::new(&yaml);
        Self::read(&Fields::none(&reader))
    }
}

/// Complains of an address that can hardly be that of a site.
fn doubt_base_url(fields: &Fields<'_>) {
    let Some(text) = fields.text("base_url") else { return };
    let place = || fields.place_of("base_url");
    let trimmed = text.trim_end_matches('/');
    let (folder, last) = trimmed.rsplit_once('/').unwrap_or((trimmed, ""));
    let extension = last.rsplit_once('.').map(|(_, extension)| extension.to_lowercase());
    if extension.is_some_and(|end| address::PAGES.contains(&end.as_str())) && folder.len() > 8 {
        fields.complain(messages::base_url_page(place(), &text, &format!("{folder}/")));
    } else if let Some(Doubt::Host(_) | Doubt::Port(_) | Doubt::Own(_)) = doubt(&text) {
        fields.complain(messages::base_url_doubtful(place(), &text));
    }
}

/// Complains of targets that are to get compressed files and would serve them so to nobody.
fn compressed_elsewhere(settings: &Settings) -> Vec<Diagnostic> {
    let wrong = settings.deploy.iter().filter(|(_, target)| {
        target.compress
            && !matches!(Destination::parse(&target.to), Ok(Destination::Bucket { .. }) | Err(_))
    });
    let place =
        |name: &str| settings.place_of(At::key("deploy").below(name).below("compress").its_key());
    wrong.map(|(name, _)| messages::deploy_compress_elsewhere(place(name), name)).collect()
}

/// Reads `site.yaml`. What is wrong keeps its default, so that the rest can be checked.
pub fn read(source: &Source) -> (Settings, Vec<Diagnostic>) {
    let yaml = match Yaml::read_file(source) {
        Ok(yaml) => Arc::new(yaml),
        Err(diagnostics) => return (Settings::default(), diagnostics),
    };
    let reader = Reader::new(&yaml);
    let fields = match reader.root() {
        Node::Null => Some(Fields::none(&reader)),
        node @ Node::Map(_) => Fields::open(&reader, Vec::new(), node, SITE.keys),
        node => {
            reader.complain_of_root(|| {
                crate::yaml::messages::type_map(source.place(0..0), describe(node))
            });
            None
        }
    };
    let mut settings = match &fields {
        Some(fields) => {
            if !fields.is_given("title") {
                fields.complain(messages::title_missing(fields.place_of("title")));
            }
            let settings = Settings::read(fields);
            if settings.base_url.is_some() {
                doubt_base_url(fields);
            }
            settings
        }
        None => Settings::default(),
    };
    let mut complaints = reader.finish();
    settings.file = Some(yaml);
    complaints.extend(compressed_elsewhere(&settings));
    (settings, complaints)
}
