//! What machines are told of a page: the meta tags of public bodies, and JSON-LD (schema.org).

use serde::Serialize;
use serde_json::{Value, json};

use super::{HeadView, MetaView, NamedLink, PageView, Views};
use crate::base::escape::harmless;
use crate::base::slot::{ROOT, slot};
use crate::base::text::without_noncharacters;
use crate::model::StoryId;
use crate::model::entity::{EntityId, IndexPages, KindId};
use crate::model::kinds::{BRANCHES, FOCAL_POINTS, MEMBERS, UNITS};
use crate::model::story::Story;
use crate::plan::Recipe;
use crate::yaml::fields::ListItem;

impl<'a> Views<'a> {
    /// `head` of a page that `recipe` makes. Its JSON-LD is the slot `data`.
    pub fn head(&self, page: &PageView<'_>, recipe: Option<&Recipe>, data: usize) -> HeadView {
        let metas = match self.site.settings.is_gov() {
            true => self.metas(page, recipe),
            false => Vec::new(),
        };
        HeadView { metas, json_ld: slot(data) }
    }

    /// The meta tags of the guide of 2017. What is not known has no tag: an empty one would be a
    /// mistake.
    fn metas(&self, page: &PageView<'_>, recipe: Option<&Recipe>) -> Vec<MetaView> {
        let settings = &self.site.settings;
        let mut metas = Vec::new();
        let mut add = |name: &'static str, content: &str| {
            let content = without_noncharacters(content.trim().to_string());
            if !content.is_empty() {
                metas.push(MetaView { name, content });
            }
        };
        add("SiteName", &settings.title);
        add("SiteDomain", settings.base_url.as_ref().map_or("", |base| base.host()));
        let code = settings.gov.as_ref().and_then(|gov| gov.site_code.as_deref());
        add("SiteIDCode", code.unwrap_or_default());
        let story = match recipe {
            None | Some(Recipe::Home | Recipe::NotFound) => return metas,
            Some(Recipe::Story(id)) => Some(self.site.story(*id)),
            Some(_) => None,
        };
        let (name, description) = match story {
            Some(_) => {
                let name = self.word(page.section);
                (name.to_string(), self.description_of(page.section, name).into_owned())
            }
            None => {
                let name = self.unnumbered(page);
                (name, page.description.as_deref().unwrap_or_default().to_string())
            }
        };
        add("ColumnName", &name);
        add("ColumnDescription", &description);
        let of_entity = match recipe {
            Some(Recipe::Entity(id, _)) => {
                self.site.entity(*id).aliases.iter().take(3).cloned().collect()
            }
            _ => Vec::new(),
        };
        let keywords: Vec<String> =
            [name.clone()].into_iter().chain(of_entity).chain([settings.title.clone()]).collect();
        add("ColumnKeywords", &keywords.join(","));
        add("ColumnType", self.column_type(page.section));
        let Some(story) = story else { return metas };
        let front = &story.document.front;
        add("ArticleTitle", story.title());
        let clock = story.date.clock().unwrap_or_else(|| "00:00".to_string());
        add("PubDate", &format!("{} {clock}", story.date.date()));
        let texts = |items: &[ListItem<String>]| {
            items.iter().map(|item| item.value.as_str()).collect::<Vec<_>>().join(",")
        };
        let source = match front.source.is_empty() {
            true => settings.organisation.clone().unwrap_or_default(),
            false => texts(&front.source),
        };
        add("ContentSource", &source);
        add("Keywords", &self.keywords(story).join(","));
        add("Author", &texts(&front.author));
        add("Description", page.description.as_deref().unwrap_or_default());
        add("Image", page.image.as_deref().unwrap_or_default());
        add("Url", page.canonical.as_deref().unwrap_or_default());
        metas
    }

    /// The words under which a story is found: those that its author gives, else what it is grouped
    /// by.
    fn keywords(&self, story: &Story) -> Vec<String> {
        let given = &story.document.front.keywords;
        if !given.is_empty() {
            return given.iter().map(|word| word.value.clone()).collect();
        }
        let named = [FOCAL_POINTS, UNITS, MEMBERS].into_iter().flat_map(|kind| story.all(kind));
        named.map(|id| self.site.entity(*id).short_name().to_string()).collect()
    }

    /// The title of a listing without the number of its page.
    fn unnumbered(&self, page: &PageView<'_>) -> String {
        let suffix = self.words("page_number", &[("n", &page.number.to_string())]);
        let title = page.title.strip_suffix(&suffix).unwrap_or(&page.title);
        title.trim_end().trim_end_matches('·').trim_end().to_string()
    }

    /// What a column is to the guide, in the theme's words.
    fn column_type(&self, section: &str) -> &'a str {
        self.word(match section {
            "news" | "calendar" => "column_type_news",
            "branches" | "members" | "cases" | "honours" => "column_type_examples",
            "page" | "units" | "sitemap" | "accessibility" => "column_type_about",
            "feedback" | "corrections" | "search" => "column_type_contact",
            _ => "column_type_topics",
        })
    }

    /// What a page is about, for programs that read schema.org. `listed` are the stories that it
    /// lists. Nothing in it can end the `script` that it stands in.
    pub fn json_ld(
        &self,
        page: &PageView<'_>,
        recipe: Option<&Recipe>,
        listed: &[StoryId],
    ) -> Vec<u8> {
        let mut graph = Vec::new();
        match recipe {
            Some(Recipe::Home) => {
                graph.extend([to_json(&self.organisation_ld()), to_json(&self.site_ld())])
            }
            Some(Recipe::Story(id)) => graph.push(to_json(&self.story_ld(*id, page))),
            Some(Recipe::Entity(id, _)) => graph.extend(self.entity_ld(*id).as_ref().map(to_json)),
            _ => {}
        }
        graph.extend(self.crumbs_ld(page).as_ref().map(to_json));
        let stories = listed.iter().map(|id| self.link_story(*id));
        let list: Vec<NamedLink<'_>> = match recipe {
            // Those that are related are no list of the page's.
            Some(Recipe::Story(_)) => Vec::new(),
            Some(Recipe::Index(kind, number)) => self.index_links(*kind, *number),
            _ => stories.collect(),
        };
        graph.extend(self.list_ld(&list).as_ref().map(to_json));
        let graph = graph.join(",");
        let text = format!(r#"{{"@context":"https://schema.org","@graph":[{graph}]}}"#);
        harmless(&without_noncharacters(text)).into_bytes()
    }

    /// The absolute address of a link of the site, where that is known.
    fn absolute_url(&self, url: &str) -> Option<String> {
        let base = self.site.settings.base_url.as_ref()?;
        match url.strip_prefix(ROOT) {
            Some(rest) => Some(format!("{}{rest}", base.as_str())),
            None => Some(url.to_string()),
        }
    }

    fn home_url(&self) -> Option<&'a str> {
        self.site.settings.base_url.as_ref().map(|base| base.as_str())
    }

    fn organisation_ld(&self) -> Value {
        let settings = &self.site.settings;
        let name = settings.organisation.as_deref().unwrap_or(&settings.title);
        let gov = settings.gov.as_ref();
        let kind = if settings.is_gov() { "GovernmentOrganization" } else { "Organization" };
        let logo = settings.logo.as_deref().and_then(|given| self.frame_picture(given, ""));
        let feedback = settings.feedback.as_ref();
        let phones = gov.map(|gov| &gov.phone).filter(|phones| !phones.is_empty());
        let phones = phones.or(feedback.map(|given| &given.phone));
        with(
            json!({ "@type": kind, "name": name }),
            [
                ("url", self.home_url().map(Into::into)),
                ("logo", logo.and_then(|logo| self.absolute_url(&logo.src)).map(Into::into)),
                (
                    "telephone",
                    phones
                        .and_then(|phones| phones.first())
                        .map(|phone| phone.value.clone().into()),
                ),
                ("email", feedback.and_then(|given| given.email.clone()).map(Into::into)),
                (
                    "address",
                    gov.and_then(|gov| gov.address.clone())
                        .or_else(|| feedback.and_then(|given| given.address.clone()))
                        .map(Into::into),
                ),
            ],
        )
    }

    fn site_ld(&self) -> Value {
        let settings = &self.site.settings;
        with(
            json!({ "@type": "WebSite", "name": settings.title, "inLanguage": settings.language }),
            [
                ("url", self.home_url().map(Into::into)),
                ("description", settings.description.clone().map(Into::into)),
            ],
        )
    }

    fn story_ld(&self, id: StoryId, page: &PageView<'_>) -> Value {
        let story = self.site.story(id);
        let front = &story.document.front;
        let settings = &self.site.settings;
        let people = |names: &[ListItem<String>]| {
            let of = |name: &ListItem<String>| json!({ "@type": "Person", "name": name.value });
            names.iter().map(of).collect::<Vec<_>>()
        };
        let author = match front.author.is_empty() {
            true => vec![self.organisation_ld()],
            false => people(&front.author),
        };
        let about: Vec<Value> = [MEMBERS, UNITS]
            .into_iter()
            .flat_map(|kind| story.all(kind))
            .map(|id| self.short_ld(*id))
            .collect();
        let keywords = self.keywords(story);
        let images: Vec<&String> =
            [&page.image, &page.image_square].into_iter().flatten().collect();
        with(
            json!({
                "@type": "NewsArticle",
                "headline": story.title(),
                "datePublished": story.date.datetime(),
                "dateModified": story.updated().datetime(),
                "author": author,
                "publisher": self.organisation_ld(),
                "inLanguage": settings.language,
                "articleSection": self.word(page.section),
            }),
            [
                (
                    "description",
                    page.description.as_deref().filter(|text| !text.is_empty()).map(Into::into),
                ),
                ("url", page.canonical.clone().map(Into::into)),
                ("mainEntityOfPage", page.canonical.clone().map(Into::into)),
                ("image", (!images.is_empty()).then(|| json!(images))),
                ("keywords", (!keywords.is_empty()).then(|| json!(keywords))),
                ("about", (!about.is_empty()).then(|| json!(about))),
            ],
        )
    }

    /// An entity, named.
    fn short_ld(&self, id: EntityId) -> Value {
        let entity = self.site.entity(id);
        let kind = if id.kind == MEMBERS { "Person" } else { "Organization" };
        let url = self.absolute(&self.site.entity_address(id));
        with(json!({ "@type": kind, "name": entity.name }), [("url", url.map(Into::into))])
    }

    /// A person, or an organisation, on the own page.
    fn entity_ld(&self, id: EntityId) -> Option<Value> {
        if !matches!(id.kind, MEMBERS | BRANCHES | UNITS) {
            return None;
        }
        let entity = self.site.entity(id);
        let description = entity.description.clone().filter(|text| !text.is_empty());
        let mut more = vec![("description", description.map(Into::into))];
        match id.kind {
            UNITS => {
                let above = entity.belongs_to.map(|above| self.short_ld(above));
                more.push(("parentOrganization", above));
            }
            kind => {
                let subject = self.subject(id);
                let image = subject.portrait.or(subject.cover.filter(|_| kind == BRANCHES));
                let image = image.and_then(|picture| self.absolute_url(&picture.src));
                let awards: Vec<String> =
                    self.honours_of(id).iter().map(|honour| honour.title.to_string()).collect();
                more.push(("image", image.map(Into::into)));
                more.push(("award", (!awards.is_empty()).then(|| json!(awards))));
                if kind == MEMBERS {
                    let units: Vec<Value> =
                        entity.all_above().map(|unit| self.short_ld(unit)).collect();
                    more.push(("jobTitle", subject.post.map(Into::into)));
                    more.push(("affiliation", (!units.is_empty()).then(|| json!(units))));
                }
            }
        }
        Some(with(self.short_ld(id), more))
    }

    /// The way to a page from the home page. Programs want addresses in it.
    fn crumbs_ld<'p>(&self, page: &'p PageView<'_>) -> Option<Listed<'p>>
    where
        'a: 'p,
    {
        let home = self.home_url().filter(|_| page.section != "home")?;
        let crumbs = page.crumbs.iter().map(|crumb| (&*crumb.name, self.absolute_url(&crumb.url)));
        let steps = std::iter::once((self.word("home"), Some(home.to_string())))
            .chain(crumbs)
            .chain(std::iter::once((&*page.title, page.canonical.clone())));
        let items = (1..)
            .zip(steps)
            .map(|(position, (name, item))| Position { item, ..Position::new(position, name) });
        Some(Listed { of: "BreadcrumbList", count: None, items: items.collect() })
    }

    fn list_ld<'p>(&self, links: &'p [NamedLink<'_>]) -> Option<Listed<'p>> {
        let items = (1..).zip(links).map(|(position, link)| Position {
            url: self.absolute_url(&link.url),
            ..Position::new(position, &link.name)
        });
        let count = Some(links.len());
        (!links.is_empty()).then(|| Listed { of: "ItemList", count, items: items.collect() })
    }

    /// The entities on one page of an index; of those on one page alone no more than a list of
    /// stories has.
    fn index_links(&self, kind: KindId, number: usize) -> Vec<NamedLink<'a>> {
        let size = self.site.settings.page_size;
        let skipped = match kind.kind().index {
            IndexPages::Paged => (number - 1) * size,
            _ => 0,
        };
        self.site.ids(kind).skip(skipped).take(size).map(|id| self.link_entity(id)).collect()
    }
}

/// A list of schema.org. Long ones are on most pages: a struct is written several times as fast as a
/// `Value` is made. Keys stand in the order of the alphabet, as those of values do.
#[derive(Serialize)]
struct Listed<'p> {
    #[serde(rename = "@type")]
    of: &'static str,
    #[serde(rename = "itemListElement")]
    items: Vec<Position<'p>>,
    #[serde(rename = "numberOfItems", skip_serializing_if = "Option::is_none")]
    count: Option<usize>,
}

/// An item of a list, which leads to a step (`item`) or to a page (`url`).
#[derive(Serialize)]
struct Position<'p> {
    #[serde(rename = "@type")]
    of: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    item: Option<String>,
    name: &'p str,
    position: usize,
    #[serde(skip_serializing_if = "Option::is_none")]
    url: Option<String>,
}

impl<'p> Position<'p> {
    fn new(position: usize, name: &'p str) -> Self {
        Self { of: "ListItem", position, name, item: None, url: None }
    }
}

fn to_json(value: &impl Serialize) -> String {
    serde_json::to_string(value).unwrap_or_default()
}

/// A map with those of `more` that have a value.
fn with(mut value: Value, more: impl IntoIterator<Item = (&'static str, Option<Value>)>) -> Value {
    for (key, given) in more {
        if let Some(given) = given {
            value[key] = given;
        }
    }
    value
}
