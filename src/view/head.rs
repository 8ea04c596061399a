//! What machines are told of a page: the meta tags of public bodies, and JSON-LD (schema.org).

use super::node::Node;
use super::{HeadView, MetaView, PageView, Views};
use crate::base::slot::{ROOT, slot};
use crate::base::text::without_noncharacters;
use crate::model::StoryId;
use crate::model::entity::{EntityId, IndexPages, KindId};
use crate::model::kinds::{BRANCHES, FOCAL_POINTS, MEMBERS, SERIES, UNITS};
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
            Some(Recipe::Home) => graph.extend([self.organisation_ld(), self.site_ld()]),
            Some(Recipe::Story(id)) => graph.push(self.story_ld(*id, page)),
            Some(Recipe::Entity(id, _)) => graph.extend(self.entity_ld(*id)),
            _ => {}
        }
        graph.extend(self.crumbs_ld(page));
        graph.extend(match recipe {
            // Those that are related are no list of the page's.
            Some(Recipe::Story(_)) => None,
            Some(Recipe::Index(kind, number)) => list_ld(self.index_ld(*kind, *number)),
            _ => list_ld(listed.iter().map(|id| self.story_item_ld(*id)).collect()),
        });
        Node::graph(graph)
    }

    /// The absolute address of a link of the site, where that is known.
    fn absolute_url(&self, url: &str) -> Option<String> {
        let base = self.site.settings.base_url.as_ref()?;
        match url.strip_prefix(ROOT) {
            Some(rest) => Some([base.as_str(), rest].concat()),
            None => Some(url.to_string()),
        }
    }

    fn home_url(&self) -> Option<&'a str> {
        self.site.settings.base_url.as_ref().map(|base| base.as_str())
    }

    fn organisation_ld(&self) -> Node {
        let settings = &self.site.settings;
        let name = settings.organisation.as_deref().unwrap_or(&settings.title);
        let gov = settings.gov.as_ref();
        let kind = if settings.is_gov() { "GovernmentOrganization" } else { "Organization" };
        let logo = settings.logo.as_deref().and_then(|given| self.frame_picture(given, ""));
        let feedback = settings.feedback.as_ref();
        let phones = gov.map(|gov| &gov.phone).filter(|phones| !phones.is_empty());
        let phones = phones.or(feedback.map(|given| &given.phone));
        let address = gov.and_then(|gov| gov.address.as_ref());
        Node::new(kind)
            .text("name", name)
            .maybe("url", self.home_url())
            .maybe("logo", logo.and_then(|logo| self.absolute_url(&logo.src)))
            .maybe("telephone", phones.and_then(|phones| phones.first()).map(|phone| &phone.value))
            .maybe("email", feedback.and_then(|given| given.email.as_ref()))
            .maybe("address", address.or(feedback.and_then(|given| given.address.as_ref())))
    }

    fn site_ld(&self) -> Node {
        let settings = &self.site.settings;
        Node::new("WebSite")
            .text("name", &settings.title)
            .text("inLanguage", &settings.language)
            .maybe("url", self.home_url())
            .maybe("description", settings.description.as_ref())
    }

    fn story_ld(&self, id: StoryId, page: &PageView<'_>) -> Node {
        let story = self.site.story(id);
        let authors = &story.document.front.author;
        let publisher = self.publisher.get_or_init(|| self.organisation_ld());
        let about = [MEMBERS, UNITS].into_iter().flat_map(|kind| story.all(kind));
        let images = [&page.image, &page.image_square];
        let description = page.description.as_deref().filter(|text| !text.is_empty());
        let node = Node::new("NewsArticle")
            .text("headline", story.title())
            .text("datePublished", &story.date.datetime())
            .text("dateModified", &story.updated().datetime())
            .text("inLanguage", &self.site.settings.language)
            .text("articleSection", self.word(page.section))
            .maybe("description", description)
            .maybe("url", page.canonical.as_ref())
            .maybe("mainEntityOfPage", page.canonical.as_ref())
            .texts("image", images.into_iter().flatten())
            .texts("keywords", self.keywords(story))
            .nodes("about", about.map(|id| self.short_ld(*id)))
            .node("publisher", publisher);
        match authors.is_empty() {
            true => node.node("author", publisher),
            false => {
                let person =
                    |name: &ListItem<String>| Node::new("Person").text("name", &name.value);
                node.nodes("author", authors.iter().map(person))
            }
        }
    }

    /// An entity, named.
    fn short_ld(&self, id: EntityId) -> Node {
        let kind = if id.kind == MEMBERS { "Person" } else { "Organization" };
        Node::new(kind)
            .text("name", &self.site.entity(id).name)
            .maybe("url", self.absolute(&self.site.entity_address(id)))
    }

    /// A person, or an organisation, on the own page.
    fn entity_ld(&self, id: EntityId) -> Option<Node> {
        if !matches!(id.kind, MEMBERS | BRANCHES | UNITS) {
            return None;
        }
        let entity = self.site.entity(id);
        let description = entity.description.as_ref().filter(|text| !text.is_empty());
        let node = self.short_ld(id).maybe("description", description);
        if id.kind == UNITS {
            return Some(match entity.belongs_to {
                Some(above) => node.node("parentOrganization", &self.short_ld(above)),
                None => node,
            });
        }
        let subject = self.subject(id);
        let image = subject.portrait.or(subject.cover.filter(|_| id.kind == BRANCHES));
        let image = image.and_then(|picture| self.absolute_url(&picture.src));
        let awards = self.honours_of(id);
        let node =
            node.maybe("image", image).texts("award", awards.iter().map(|honour| honour.title));
        Some(match id.kind {
            MEMBERS => node
                .maybe("jobTitle", subject.post)
                .nodes("affiliation", entity.all_above().map(|unit| self.short_ld(unit))),
            _ => node,
        })
    }

    /// The way to a page from the home page. Programs want addresses in it.
    fn crumbs_ld(&self, page: &PageView<'_>) -> Option<Node> {
        let home = self.home_url().filter(|_| page.section != "home")?;
        let crumbs = page.crumbs.iter().map(|crumb| (&*crumb.name, self.absolute_url(&crumb.url)));
        let steps = std::iter::once((self.word("home"), Some(home.to_string())))
            .chain(crumbs)
            .chain(std::iter::once((&*page.title, page.canonical.clone())));
        let item = |(position, (name, url))| Node::item(position, name).maybe("item", url);
        Some(Node::new("BreadcrumbList").nodes("itemListElement", (1..).zip(steps).map(item)))
    }

    fn story_item_ld(&self, id: StoryId) -> (&'a str, Option<String>) {
        (self.site.story(id).title(), self.absolute(&self.site.story_address(id)))
    }

    /// The entities on one page of an index; of those on one page alone no more than a list of
    /// stories has.
    fn index_ld(&self, kind: KindId, number: usize) -> Vec<(&'a str, Option<String>)> {
        let size = self.site.settings.page_size;
        let skipped = match kind.kind().index {
            IndexPages::Paged => (number - 1) * size,
            _ => 0,
        };
        let item = |id| {
            let entity = self.site.entity(id);
            (entity.name.as_str(), self.absolute(&self.site.entity_address(id)))
        };
        // A topic without stories has no card.
        let is_shown = |id: &EntityId| kind != SERIES || !self.site.entity(*id).stories.is_empty();
        self.site.ids(kind).filter(is_shown).skip(skipped).take(size).map(item).collect()
    }
}

/// What a page lists, by name and address; `None` if it lists nothing.
fn list_ld(listed: Vec<(&str, Option<String>)>) -> Option<Node> {
    let item = |(position, (name, url))| Node::item(position, name).maybe("url", url);
    let list = Node::new("ItemList").number("numberOfItems", listed.len());
    (!listed.is_empty()).then(|| list.nodes("itemListElement", (1..).zip(listed).map(item)))
}
