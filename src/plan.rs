//! The plan: every address of the site, and how to make what is there. Pure; two things
//! at one address are an error here, before anything is rendered.

pub mod icons;
mod lookup;
pub mod messages;

use std::collections::btree_map::Entry;
use std::collections::{BTreeMap, BTreeSet};

use unicode_normalization::UnicodeNormalization as _;

use crate::base::lang::Text;
use crate::base::map::Map;
use crate::base::parallel;
use crate::diagnostic::{Diagnostic, Outcome};
use crate::model::entity::{EntityId, IndexPages, KindId};
use crate::model::kinds::TASKS;
use crate::model::link::{Owner, Target, resolve, resolve_cover};
use crate::model::picture::{CARD, SQUARE, Variant};
use crate::model::{PageId, Site, StoryId, calendar, honours, tasks};
use crate::parse::Document;
use crate::parse::markdown::{Link, LinkKind};
use crate::picture::Shape;
use crate::source::{Place, SourcePath};
use crate::theme::{self, Theme};
use crate::value::address::{Address, indexed_folder};
use crate::value::kind::Kind;

use messages::WayOut;

pub use lookup::{Found, find, spelt, target_address, target_file};

/// How to make what is at one address.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Recipe {
    /// The home page.
    Home,
    /// A story.
    Story(StoryId),
    /// A page of `content/pages`.
    Page(PageId),
    /// One page of the index of a kind of entities, from 1.
    Index(KindId, usize),
    /// One page of an entity and its stories, from 1.
    Entity(EntityId, usize),
    /// The tasks of a unit or of a focal point.
    Tasks(EntityId),
    /// The calendar.
    Calendar,
    /// One year of the calendar.
    CalendarYear(i32),
    /// Which focal point, unit and month has stories, and which has none.
    Coverage,
    /// One page of the stories of a kind, from 1.
    Kind(Kind, usize),
    /// The honour roll.
    Honours,
    /// One year of the honour roll.
    HonoursYear(i32),
    /// The corrections.
    Corrections,
    /// How readers reach those who publish the site.
    Feedback,
    /// All years.
    Archive,
    /// One year.
    ArchiveYear(i32),
    /// The page for addresses that do not exist.
    NotFound,
    /// A page that leads to another address.
    Redirect(Address),
    /// What an output makes.
    Output(Piece),
    /// An asset of the theme.
    Asset(String),
    /// A file of the project.
    Copy(SourcePath),
    /// A copy of a picture of the project.
    Picture(Variant),
    /// A film or a sound of the project, without what nobody sees; captions, as browsers read them.
    Film(SourcePath),
}

impl Recipe {
    /// The file of the project that is carried, whole, with or without what nobody sees.
    pub fn carried(&self) -> Option<&SourcePath> {
        match self {
            Recipe::Copy(file) | Recipe::Film(file) => Some(file),
            Recipe::Picture(Variant { file, shape: Shape::Whole, .. }) => Some(file),
            _ => None,
        }
    }

    /// The file of the project from which it is made, if it is made from one file alone.
    pub fn file(&self) -> Option<&SourcePath> {
        match self {
            Recipe::Copy(file) | Recipe::Film(file) | Recipe::Picture(Variant { file, .. }) => {
                Some(file)
            }
            _ => None,
        }
    }
}

/// Every file of the site: its path below the output folder, and its recipe.
pub type Plan = BTreeMap<String, Recipe>;

/// What an output makes at one address.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Piece {
    /// The place of the output in the list of all outputs.
    pub output: usize,
    /// Which of its pieces; what numbers mean only the output knows.
    pub number: u32,
    /// Does a sitemap list it?
    pub is_listed: bool,
}

/// An address that an output asks for, and which of its pieces belongs there.
#[derive(Clone, Debug)]
pub struct Claim {
    /// The address.
    pub address: Address,
    /// The number of the piece.
    pub number: u32,
    /// Does a sitemap list it?
    pub is_listed: bool,
}

impl Claim {
    /// An address that no sitemap lists, as it is no page.
    pub fn file(address: Address, number: u32) -> Self {
        Self { address, number, is_listed: false }
    }
}

/// What an output asks of the plan.
#[derive(Clone, Debug, Default)]
pub struct Claims {
    /// Addresses.
    pub addresses: Vec<Claim>,
    /// Beginnings of paths, in lower case. Files whose names are not known yet get theirs there,
    /// so nothing else may.
    pub reserved: &'static [&'static str],
}

/// Says what an output asks for on a site, where a sitemap lists so many pages before those that
/// it asks for itself.
pub type Claimant = fn(&Site, usize) -> Claims;

/// Plans the site, with what all outputs ask for.
pub fn plan(site: &Site, theme: &Theme, outputs: &[Claimant]) -> Outcome<Plan> {
    let mut planner = Planner {
        site,
        plan: Plan::new(),
        cased: Vec::new(),
        files: Vec::new(),
        reserved: Vec::new(),
        listed: 0,
        diagnostics: Vec::new(),
    };
    planner.fixed();
    planner.stories_and_pages();
    planner.listings();
    planner.files(theme);
    planner.templates(theme);
    outputs.iter().enumerate().for_each(|(output, claimant)| planner.output(output, *claimant));
    // Redirects come last: they give way to everything real.
    planner.old_slugs();
    planner.redirects();
    planner.complain_of_near_clashes();
    planner.leave_out_empty();
    planner.complain_of_reserved();
    Outcome { value: planner.plan, diagnostics: planner.diagnostics }
}

/// How many pages a listing of `count` has; an empty one has one.
pub fn page_count(count: usize, page_size: usize) -> usize {
    count.div_ceil(page_size).max(1)
}

struct Planner<'a> {
    site: &'a Site,
    plan: Plan,
    /// Paths with letters that have a case, or are no ASCII: only they can differ from another by
    /// case, or by how a letter is composed.
    cased: Vec<String>,
    /// Paths of what is no page. Pages lie in folders of their own; only other files can
    /// stand where a folder must.
    files: Vec<String>,
    /// Beginnings of paths that outputs have reserved.
    reserved: Vec<&'static str>,
    /// How many addresses a sitemap would list.
    listed: usize,
    diagnostics: Vec<Diagnostic>,
}

impl Planner<'_> {
    /// Plans `recipe` at `address`, unless something else is there.
    fn add(&mut self, address: &Address, recipe: Recipe) {
        let site = self.site;
        let before = match self.plan.entry(address.file_path()) {
            Entry::Vacant(free) => {
                // Noted here, where the path is at hand: to look at all paths again takes
                // as long as to plan them.
                let path = free.key();
                if path.bytes().any(|b| b.is_ascii_uppercase() || b >= 0x80) {
                    self.cased.push(path.clone());
                }
                if !path.ends_with("/index.html") {
                    self.files.push(path.clone());
                }
                let is_listed =
                    is_written(site, &recipe) && listed_address(path, &recipe).is_some();
                self.listed += usize::from(is_listed);
                free.insert(recipe);
                return;
            }
            // The same file of the project, reached from two places.
            Entry::Occupied(before) if *before.get() == recipe => return,
            Entry::Occupied(before) => before.get().clone(),
        };
        // Complain where the author can fix it, of the other of the two.
        let (place, other) = match self.place(&recipe) {
            Some(place) => (Some(place), self.describe(&before)),
            None => (self.place(&before), self.describe(&recipe)),
        };
        let place = place.unwrap_or_else(|| at_path(&address.file_path()));
        let way_out = self.way_out(&recipe, &before);
        let complaint = messages::address_taken(place, address.as_str(), &other, way_out);
        // A file may come here twice: by a link to it, and with its folder.
        if !self.diagnostics.contains(&complaint) {
            self.diagnostics.push(complaint);
        }
    }

    fn add_pages(&mut self, address: &Address, count: usize, recipe: impl Fn(usize) -> Recipe) {
        for number in 1..=page_count(count, self.site.settings.page_size) {
            self.add(&address.numbered(number), recipe(number));
        }
    }

    fn fixed(&mut self) {
        let page = |name: &str| Address::page(&[name]);
        self.add(&Address::home(), Recipe::Home);
        self.add(&page("archive"), Recipe::Archive);
        self.add(&calendar_address(), Recipe::Calendar);
        if self.site.settings.coverage {
            self.add(&coverage_address(), Recipe::Coverage);
        }
        self.add(&honours_address(), Recipe::Honours);
        self.add(&page("corrections"), Recipe::Corrections);
        self.add(&page("feedback"), Recipe::Feedback);
        self.add(&Address::file("404.html"), Recipe::NotFound);
        for kind in Kind::ALL.into_iter().filter(|kind| kind.is_listed()) {
            let count = self.site.listed[kind as usize].len();
            self.add_pages(&page(kind.section()), count, |number| Recipe::Kind(kind, number));
        }
    }

    /// A list that has nothing is not written. Its address was planned all the same, so that
    /// nothing stands there when the first one comes.
    fn leave_out_empty(&mut self) {
        for address in lists() {
            let path = address.file_path();
            if self.plan.get(&path).is_some_and(|recipe| !is_written(self.site, recipe)) {
                self.plan.remove(&path);
            }
        }
    }

    fn stories_and_pages(&mut self) {
        let site = self.site;
        let owners: Vec<Owner> = site.owners().collect();
        let addresses = parallel::map(&owners, |owner| site.address_of(*owner));
        for (owner, address) in owners.into_iter().zip(addresses) {
            let recipe = match owner {
                Owner::Story(id) => Recipe::Story(id),
                Owner::Page(id) => Recipe::Page(id),
            };
            self.add(&address, recipe);
        }
    }

    fn listings(&mut self) {
        let site = self.site;
        for id in KindId::all() {
            let kind = id.kind();
            let listed = match kind.index {
                IndexPages::Whole => 1,
                IndexPages::Paged => site.all(id).len(),
                IndexPages::None => continue,
            };
            self.add_pages(&kind.address(), listed, |number| Recipe::Index(id, number));
            for id in site.ids(id) {
                let count = site.entity(id).stories.len();
                let first = site.entity_address(id);
                self.add_pages(&first, count, |number| Recipe::Entity(id, number));
            }
        }
        let years = calendar::items(site).into_iter().map(|item| item.at.year());
        for year in years.collect::<BTreeSet<i32>>() {
            self.add(&calendar_year_address(year), Recipe::CalendarYear(year));
        }
        for year in honours::years(&site.roll().awards).into_iter().flatten() {
            self.add(&honours_year_address(year), Recipe::HonoursYear(year));
        }
        for owner in tasks::owners(site) {
            self.add(&tasks_address(site, owner), Recipe::Tasks(owner));
        }
        let mut last = None;
        for story in &site.stories {
            let year = story.date.year();
            if last != Some(year) {
                self.add(&year_address(year), Recipe::ArchiveYear(year));
                last = Some(year);
            }
        }
    }

    /// Complains of templates that pages name and the theme does not have, and of those that nobody
    /// names.
    fn templates(&mut self, theme: &Theme) {
        let mut named = BTreeSet::new();
        for page in &self.site.pages {
            let Some(name) = &page.document.front.template else { continue };
            match theme.template_named(name) {
                Ok(template) => {
                    if theme::is_of_others(&template) {
                        let place = page.document.place_of("template");
                        let said = theme::messages::template_of_others(place, &template);
                        self.diagnostics.push(said);
                    }
                    named.insert(template);
                }
                Err((file, near)) => {
                    let place = page.document.place_of("template");
                    // The one that is meant is not unused.
                    named.extend(near.clone());
                    let near = near.as_deref();
                    self.diagnostics.push(theme::messages::template_missing(place, &file, near));
                }
            }
        }
        // A kind of entities has templates of its own name, for its index and for each of them.
        let kinds = KindId::all().flat_map(|id| [id.kind().one, id.kind().many]);
        named.extend(kinds.map(|name| format!("{name}.html")));
        self.diagnostics.extend(theme.unused(|name| named.contains(name)));
    }

    fn files(&mut self, theme: &Theme) {
        for name in theme.assets.keys() {
            self.add(&asset_address(name), Recipe::Asset(name.clone()));
        }
        let site = self.site;
        for file in site.files.keys() {
            if file.as_str().starts_with("content/static/") {
                self.add(&site.static_address(file), whole(site, file));
            }
        }
        let owners: Vec<Owner> = site.owners().collect();
        let publishes_all = |owner: &Owner| site.document(*owner).front.attachments.is_some();
        if owners.iter().any(publishes_all) {
            for file in site.files.keys() {
                let bundle = site.bundle_of(file).map(|(owner, _)| owner).filter(publishes_all);
                if let Some(owner) = bundle {
                    self.carry(owner, file);
                }
            }
        }
        let files = parallel::map(&owners, |owner| {
            let document = site.document(*owner);
            let copies = copies_in(site, *owner);
            (carried_in(site, *owner), copies, addresses_in(site, document))
        });
        let mut addressed = Vec::new();
        for (owner, (files, copies, addresses)) in owners.into_iter().zip(files) {
            for file in files {
                self.carry(owner, &file);
            }
            for variant in copies {
                self.add(&site.variant_address(owner, &variant), Recipe::Picture(variant));
            }
            addressed.extend(addresses);
        }
        let named = site.portraits().map(|(_, portrait)| portrait.given.as_str());
        let of_frame = site.frame_pictures().into_iter().map(|(given, _)| given);
        for given in named.chain(of_frame) {
            let Some(file) = site.portrait_file(given) else { continue };
            let choice = site.choice(file);
            for variant in choice.iter().flat_map(|choice| choice.plain.iter().chain(&choice.webp))
            {
                let address = site.copy_address(&site.static_address(file), variant);
                self.add(&address, Recipe::Picture(variant.clone()));
            }
        }
        self.files_at(addressed);
    }

    /// Plans a file of the project beside a story or page, whole.
    fn carry(&mut self, owner: Owner, file: &SourcePath) {
        self.add(&self.site.file_address(owner, file), whole(self.site, file));
    }

    /// Plans files of stories' folders that are named by the addresses that they will have.
    fn files_at(&mut self, mut addresses: Vec<Address>) {
        let site = self.site;
        addresses.retain(|address| !self.plan.contains_key(&address.file_path()));
        if addresses.is_empty() {
            return;
        }
        #[expect(clippy::disallowed_methods, reason = "into a map")]
        let bundles = site.bundles.iter();
        let bundles: Map<String, &String> = bundles
            .map(|(folder, owner)| (site.address_of(*owner).as_str().to_string(), folder))
            .collect();
        for address in addresses {
            let text = address.as_str();
            let file = text.rmatch_indices('/').find_map(|(at, _)| {
                let folder = bundles.get(&text[..=at])?;
                site.file(&format!("{folder}/{}", &text[at + 1..]))
            });
            if let Some((file, (owner, _))) =
                file.and_then(|file| Some((file, site.bundle_of(file)?)))
            {
                self.carry(owner, file);
            }
        }
    }

    fn output(&mut self, output: usize, claimant: Claimant) {
        let Claims { addresses, reserved } = claimant(self.site, self.listed);
        self.reserved.extend_from_slice(reserved);
        for Claim { address, number, is_listed } in addresses {
            self.add(&address, Recipe::Output(Piece { output, number, is_listed }));
        }
    }

    /// Addresses by slugs that entities had.
    fn old_slugs(&mut self) {
        let site = self.site;
        for kind in KindId::all().filter(|kind| kind.kind().index != IndexPages::None) {
            for id in site.ids(kind) {
                for old in &site.entity(id).old_slugs {
                    let address = Address::page(&[kind.kind().folder, old]);
                    let target = site.entity_address(id);
                    match self.plan.get(&address.file_path()) {
                        None => self.add(&address, Recipe::Redirect(target)),
                        Some(before) => {
                            let other = self.describe(before);
                            // Those of a model branch are its unit's.
                            let file = kind.kind().file().unwrap_or("content/units.yaml");
                            let place = Place::file(&SourcePath::new(file));
                            let complaint = messages::alias_taken(place, address.as_str(), &other);
                            self.diagnostics.push(complaint);
                        }
                    }
                }
            }
        }
    }

    fn redirects(&mut self) {
        for owner in self.site.owners() {
            let aliases = match owner {
                Owner::Story(id) => &self.site.story(id).aliases,
                Owner::Page(id) => &self.site.pages[id.index()].aliases,
            };
            if aliases.is_empty() {
                continue;
            }
            let document = self.site.document(owner);
            let target = self.site.address_of(owner);
            for item in aliases {
                let alias = &item.value;
                let address = Address::file(alias.clone());
                // A file of that name would stand where the alias needs a folder.
                let file = alias.trim_end_matches('/');
                let there = self.plan.get(&address.file_path()).or_else(|| self.plan.get(file));
                if there.is_none() && self.is_reserved(&address.file_path()) {
                    let place = document.place_of(item.of("aliases"));
                    let other = the_site_itself();
                    self.diagnostics.push(messages::alias_taken(place, alias, &other));
                    continue;
                }
                match there {
                    None => self.add(&address, Recipe::Redirect(target.clone())),
                    Some(Recipe::Redirect(before)) if *before == target => {}
                    Some(before) => {
                        let other = self.describe(before);
                        let place = document.place_of(item.of("aliases"));
                        self.diagnostics.push(messages::alias_taken(place, alias, &other));
                    }
                }
            }
        }
    }

    /// Paths that some disk could not hold beside each other: alike but for letter case, or for how
    /// a letter is composed, or a file where another needs a folder.
    fn complain_of_near_clashes(&mut self) {
        let mut found = Vec::new();
        self.cased.sort_unstable();
        self.files.sort_unstable();
        let mut lower: Map<String, &String> = Map::default();
        for path in &self.cased {
            let key = path.nfc().collect::<String>().to_lowercase();
            let same = self.plan.get_key_value(&key).map(|(other, _)| other);
            let before = same.filter(|other| *other != path).or(lower.get(&key).copied());
            // Each of two may find the other.
            found.extend(
                before.map(|before| (path, before)).filter(|&(a, b)| !found.contains(&(b, a))),
            );
            lower.insert(key, path);
        }
        for path in &self.files {
            let folder = format!("{path}/");
            let inside = self.plan.range(folder.clone()..).next();
            let inside = inside.filter(|(other, _)| other.starts_with(&folder));
            found.extend(inside.map(|(other, _)| (other, path)));
        }
        for (path, before) in found {
            let (recipe, other) = (&self.plan[path], &self.plan[before]);
            let place = self.place(recipe).or_else(|| self.place(other));
            let place = place.unwrap_or_else(|| at_path(path));
            let Text { zh, en } = self.describe(other);
            let other =
                Text { zh: format!("{zh}（/{before}）"), en: format!("{en} (/{before})") };
            let way_out = self.way_out(recipe, &self.plan[before]);
            self.diagnostics.push(messages::address_taken(place, path, &other, way_out));
        }
    }

    /// What stands where an output is going to put files whose names are not known yet.
    fn complain_of_reserved(&mut self) {
        let mut found: Vec<&String> = Vec::new();
        for begin in &self.reserved {
            let inside = self.plan.range(begin.to_string()..).map(|(path, _)| path);
            found.extend(inside.take_while(|path| path.starts_with(begin)));
            // A file where the output needs a folder.
            let folder = begin.strip_suffix('/').and_then(|path| self.plan.get_key_value(path));
            found.extend(folder.map(|(path, _)| path));
        }
        // On some disks a path is the same in capital letters.
        let in_capitals = |path: &&String| {
            let lower = path.to_lowercase();
            lower != **path && self.is_reserved(&lower)
        };
        if !self.reserved.is_empty() {
            found.extend(self.cased.iter().filter(in_capitals));
        }
        let complaint = |path: &String| {
            let place = self.place(&self.plan[path]);
            let place = place.unwrap_or_else(|| at_path(path));
            let way_out = self.way_out(&self.plan[path], &Recipe::Home);
            messages::address_taken(place, path, &the_site_itself(), way_out)
        };
        let complaints: Vec<Diagnostic> = found.into_iter().map(complaint).collect();
        self.diagnostics.extend(complaints);
    }

    /// Is this where an output is going to put files?
    fn is_reserved(&self, path: &str) -> bool {
        self.reserved.iter().any(|begin| path.starts_with(begin))
    }

    /// The file that an author would change to move what a recipe makes.
    fn place(&self, recipe: &Recipe) -> Option<Place> {
        let document = match recipe {
            Recipe::Story(id) => &self.site.story(*id).document,
            Recipe::Page(id) => &self.site.pages[id.index()].document,
            recipe => return recipe.file().map(Place::file),
        };
        Some(document.source.place(0..3))
    }

    /// What an author can do about two things at one address.
    fn way_out(&self, one: &Recipe, other: &Recipe) -> WayOut {
        let is_file = |recipe: &&&Recipe| recipe.file().is_some();
        let has_slug = |recipe: &&Recipe| matches!(recipe, Recipe::Story(_) | Recipe::Page(_));
        let both = [one, other];
        let owner = |recipe: &&Recipe| Some(self.site.bundle_of(recipe.file()?)?.0);
        let own = both.iter().find_map(owner).map(|owner| match owner {
            Owner::Story(id) => Recipe::Story(id),
            Owner::Page(id) => Recipe::Page(id),
        });
        if own.is_some_and(|own| both.contains(&&own)) {
            return WayOut::RenameOwn;
        }
        match (both.iter().filter(is_file).count(), both.iter().any(has_slug)) {
            (2, _) => WayOut::RenameOne,
            (1, false) => WayOut::RenameFile,
            _ => WayOut::Slug,
        }
    }

    /// What a recipe makes, in words.
    fn describe(&self, recipe: &Recipe) -> Text {
        let both = |text: String| Text { zh: format!(" {text} "), en: text };
        match (self.place(recipe), recipe) {
            (Some(place), _) => both(place.path.to_string()),
            (None, Recipe::Asset(name)) => both(format!("themes/…/assets/{name}")),
            (None, Recipe::Redirect(target)) => Text {
                zh: format!("另一篇稿件（/{}）的旧网址", target.as_str()),
                en: format!("another alias, of /{}", target.as_str()),
            },
            _ => the_site_itself(),
        }
    }
}

/// The addresses of lists that are not written as long as there is nothing in them.
fn lists() -> impl Iterator<Item = Address> {
    let indices = KindId::all().map(|kind| kind.kind().address());
    let sections = Kind::ALL.into_iter().map(Kind::section);
    let sections = sections.chain(["corrections", "feedback", "calendar", "honours"]);
    indices.chain(sections.map(|section| Address::page(&[section])))
}

/// The addresses of lists that have nothing just now: they come with the first entry.
pub fn empty_lists(plan: &Plan) -> impl Iterator<Item = Address> {
    // What readers are asked is a setting, which no time and no story changes.
    let lists = lists().filter(|address| address.as_str() != "feedback/");
    lists.filter(|address| !plan.contains_key(&address.file_path()))
}

/// Is there anything to be shown?
fn is_written(site: &Site, recipe: &Recipe) -> bool {
    match recipe {
        Recipe::Index(kind, _) => !site.all(*kind).is_empty(),
        // News are expected of every campaign.
        Recipe::Kind(Kind::News, _) => true,
        Recipe::Kind(kind, _) => !site.listed[*kind as usize].is_empty(),
        Recipe::Honours => !honours::is_empty(site),
        Recipe::Corrections => site.has_corrections(),
        Recipe::Feedback => site.settings.feedback.is_some(),
        Recipe::Calendar => !calendar::is_empty(site),
        _ => true,
    }
}

/// Where the complaint goes of what no author has put there: the path itself.
fn at_path(path: &str) -> Place {
    Place::file(&SourcePath::new(path))
}

fn the_site_itself() -> Text {
    Text { zh: "网站的固定栏目".into(), en: "a page of the site itself".into() }
}

/// `/coverage/`.
pub fn coverage_address() -> Address {
    Address::page(&["coverage"])
}

/// `/sitemap/`: the map of the site of a public body.
pub fn sitemap_address() -> Address {
    Address::page(&["sitemap"])
}

/// `/accessibility/`: its statement on accessibility.
pub fn accessibility_address() -> Address {
    Address::page(&["accessibility"])
}

/// `/honours/`.
pub fn honours_address() -> Address {
    Address::page(&["honours"])
}

/// `/honours/2026/`.
pub fn honours_year_address(year: i32) -> Address {
    Address::page(&["honours", &format!("{year:04}")])
}

/// `/calendar/`.
pub fn calendar_address() -> Address {
    Address::page(&["calendar"])
}

/// `/calendar/2026/`.
pub fn calendar_year_address(year: i32) -> Address {
    Address::page(&["calendar", &format!("{year:04}")])
}

/// `/tasks/units/SLUG/`: the tasks of a unit or of a focal point.
pub fn tasks_address(site: &Site, of: EntityId) -> Address {
    let folder = TASKS.kind().folder;
    Address::page(&[folder, of.kind.kind().folder, &site.entity(of).slug])
}

/// `/archive/2026/`.
pub fn year_address(year: i32) -> Address {
    Address::page(&["archive", &format!("{year:04}")])
}

/// `/assets/style.css`.
pub fn asset_address(name: &str) -> Address {
    Address::file(format!("assets/{name}"))
}

/// The addresses of this site that a story or page links, and that are no pages.
fn addresses_in(site: &Site, document: &Document) -> Vec<Address> {
    let links = document.body.links.iter().filter(|link| link.dest.starts_with('/'));
    let targets = links.filter_map(|link| match resolve(site, document, &link.dest, link.kind) {
        Ok(Target::Address(address, _)) => Some(address),
        _ => None,
    });
    targets.filter(|address| !address.as_str().ends_with('/')).collect()
}

/// How a file of the project is published whole: without what nobody sees, where that can be.
fn whole(site: &Site, file: &SourcePath) -> Recipe {
    match site.whole_copy(file) {
        Some(variant) => Recipe::Picture(variant),
        None if site.is_film_cleaned(file) => Recipe::Film(file.clone()),
        None => Recipe::Copy(file.clone()),
    }
}

/// The copies of pictures that a story or page shows, and those for previews of its page.
fn copies_in(site: &Site, owner: Owner) -> Vec<Variant> {
    let mut copies = Vec::new();
    for file in site.shown_in(owner) {
        if let Some(choice) = site.choice(&file) {
            copies.extend(choice.plain.into_iter().chain(choice.webp));
        }
        copies.extend(site.poster(&file).and_then(|poster| site.one_copy(&poster)));
    }
    let main = site.main_picture(owner);
    copies.extend([CARD, SQUARE].into_iter().filter_map(|shape| site.card(main.as_ref()?, shape)));
    copies
}

/// The files outside of `static` that are published whole with a story or page: what it links,
/// what `extra` names, and pictures of which no copies are made.
fn carried_in(site: &Site, owner: Owner) -> Vec<SourcePath> {
    let document = site.document(owner);
    let mut files = files_named(site, document, |link| link.kind == LinkKind::Link);
    let shown = site.shown_in(owner).into_iter().filter(|file| site.choice(file).is_none());
    files.extend(shown.flat_map(|file| {
        let poster = site.poster(&file).filter(|poster| site.choice(poster).is_none());
        [site.captions(&file), poster, Some(file)].into_iter().flatten()
    }));
    files.retain(|file| !file.as_str().starts_with("content/static/"));
    files
}

/// The files outside of `static` that a story or page refers to: links, pictures, cover, portrait, and
/// what `extra` names for the theme's templates.
pub fn files_in(site: &Site, document: &Document) -> Vec<SourcePath> {
    let mut files = files_named(site, document, |_| true);
    let pictures = document.front.pictures();
    files.extend(pictures.filter_map(|(_, given)| resolve_cover(site, document, given).ok()));
    let films = files.iter().flat_map(|file| [site.poster(file), site.captions(file)]);
    let beside: Vec<SourcePath> = films.flatten().collect();
    files.extend(beside);
    files.retain(|file| !file.as_str().starts_with("content/static/"));
    files
}

/// The files that some links of a document, and what `extra` of it, name.
fn files_named(site: &Site, document: &Document, some: impl Fn(&Link) -> bool) -> Vec<SourcePath> {
    let links = document.body.links.iter().filter(|link| some(link));
    let mut files: Vec<SourcePath> = links
        .filter_map(|link| match resolve(site, document, &link.dest, link.kind) {
            Ok(Target::File(path)) => Some(path),
            _ => None,
        })
        .collect();
    if let Some(extra) = &document.front.extra {
        extra.each_text(&mut |text| {
            if let Ok(Target::File(path)) = resolve(site, document, text, LinkKind::Picture) {
                files.push(path);
            }
        });
    }
    files
}

/// The addresses of real pages, which a sitemap lists, with their recipes.
pub fn listed(plan: &Plan) -> impl Iterator<Item = (&str, &Recipe)> {
    plan.iter().filter_map(|(path, recipe)| Some((listed_address(path, recipe)?, recipe)))
}

/// The address that a sitemap lists for what a recipe makes at `path`, if it is a real page.
fn listed_address<'p>(path: &'p str, recipe: &Recipe) -> Option<&'p str> {
    match recipe {
        Recipe::Redirect(_) | Recipe::NotFound => None,
        recipe if recipe.file().is_some() => None,
        Recipe::Output(piece) if !piece.is_listed => None,
        _ => indexed_folder(path),
    }
}
