//! What lies in a bag: written piece by piece, on all threads.

use std::path::Path;
use std::sync::atomic::{AtomicBool, Ordering};

use super::schema::{self, CATALOGUE, CATALOGUE_NAMESPACE, RECORD, RECORD_NAMESPACE};
use super::{Item, inventory, notes, record, spreadsheet};
use crate::diagnostic::{Diagnostic, Fault, Outcome};
use crate::model::moment::Moment;
use crate::model::selection::Selection;
use crate::model::{Site, StoryId};
use crate::output::book::{Book, epub};
use crate::output::warc::Warc;
use crate::output::{alone, media_type};
use crate::parallel;
use crate::pipeline::{Prepared, Progress, pour};
use crate::render::{Content, Failed, Renderer, Wanted};
use crate::sink::bag::{NewBag, Stored};
use crate::sink::{Pull, Sink};
use crate::source::Carried;
use crate::view::Maker;

/// Where the site lies in the bag.
const SITE: &str = "data/其他/site/";

/// The web archive of the site.
const WARC: &str = "data/其他/site.warc.gz";

/// The items as a book.
const BOOK: &str = "data/其他/汇编.epub";

/// Everything that a bag is made from.
pub(super) struct Payload<'a> {
    /// The project folder.
    pub root: &'a Path,
    /// The campaign.
    pub prepared: &'a Prepared,
    /// The items, by number.
    pub items: &'a [Item<'a>],
    /// What they were chosen by.
    pub selection: &'a Selection,
    /// The time of the bag.
    pub now: Moment,
}

/// What is written as one piece of work.
enum Job<'j> {
    Book,
    Warc,
    Item(&'j Item<'j>),
}

/// Files that were written, and what there is to say of them.
type Added = Outcome<Vec<Stored>>;

/// Why a piece of work was not done.
enum Stop {
    Fault(Fault),
    /// Another piece was not done, and says why.
    Skipped,
}

impl From<Failed> for Stop {
    fn from(failed: Failed) -> Self {
        match failed {
            // The page fails in the folder of the site as well.
            Failed::Template { .. } => Stop::Skipped,
            Failed::Fault(fault) => Stop::Fault(fault),
        }
    }
}

impl From<Fault> for Stop {
    fn from(fault: Fault) -> Self {
        Stop::Fault(fault)
    }
}

impl Payload<'_> {
    /// Writes all of it into the bag. With errors among the complaints it is not whole.
    pub fn write(
        &self,
        bag: &NewBag,
        progress: &(dyn Fn(Progress) + Sync),
    ) -> Result<Outcome<Vec<Stored>>, Fault> {
        let renderer = self.prepared.renderer();
        let plan = &self.prepared.plan;
        progress(Progress::Total(2 * (self.items.len() + plan.len())));
        let done = || progress(Progress::Done);
        let stopped = AtomicBool::new(false);
        // The longest first, as nobody can help with them.
        let long = [Job::Warc, Job::Book].into_iter();
        let jobs: Vec<_> = long.chain(self.items.iter().map(Job::Item)).collect();
        let work = |job: &Job<'_>| {
            let stop = || stopped.load(Ordering::Relaxed);
            if stop() {
                return Err(Stop::Skipped);
            }
            let added = match job {
                Job::Book => self.add_book(bag, &done),
                Job::Warc => self.add_warc(bag, &renderer, &stop, &done),
                Job::Item(item) => self.add_item(bag, item).inspect(|_| done()),
            };
            stopped.fetch_or(matches!(added, Err(Stop::Fault(_))), Ordering::Relaxed);
            added
        };
        let folder = SiteFolder { bag, stopped: &stopped };
        let each = |progress| {
            if progress == Progress::Done {
                done();
            }
        };
        let (added, pages) = parallel::both(
            || parallel::map(&jobs, work),
            || {
                let poured = pour(plan, &renderer, &folder, &each);
                stopped.fetch_or(poured.is_err(), Ordering::Relaxed);
                poured
            },
        );
        let (mut payload, mut diagnostics) = (Vec::new(), Vec::new());
        for added in added {
            match added {
                Ok(added) => payload.extend(added.collect_into(&mut diagnostics)),
                Err(Stop::Fault(fault)) => return Err(fault),
                Err(Stop::Skipped) => {}
            }
        }
        let pages = pages?.collect_into(&mut diagnostics);
        payload.extend(pages.into_iter().filter_map(|(_, stored)| stored));
        // What is wrong with a picture is wrong wherever the picture is.
        let mut once: Vec<Diagnostic> = Vec::with_capacity(diagnostics.len());
        for diagnostic in diagnostics {
            if !once.contains(&diagnostic) {
                once.push(diagnostic);
            }
        }
        if !once.iter().any(Diagnostic::is_error) {
            payload.extend(self.add_papers(bag)?);
        }
        Ok(Outcome { value: payload, diagnostics: once })
    }

    fn site(&self) -> &Site {
        &self.prepared.site
    }

    fn maker(&self) -> Maker<'_> {
        Maker::new(self.site(), &self.prepared.theme.strings)
    }

    /// The folder of one item. Its record comes last, as it names the others with their sizes.
    fn add_item(&self, bag: &NewBag, item: &Item<'_>) -> Result<Added, Stop> {
        let path = |name: &str| format!("{}/{name}", item.folder);
        let story = self.site().story(item.id);
        // As it was written, byte for byte, in whatever encoding.
        let source = Carried::Disk(self.root.join(story.document.source.path.as_str()));
        let mut stored = vec![bag.add(&path("source.md"), &Content::File(&source))?];
        let mut page = bag.begin(&path("story.html"))?;
        let plan = &self.prepared.plan;
        let pour = &mut |piece: &[u8]| page.write(piece);
        let diagnostics = alone::pour(&self.maker(), plan, item.id, pour)?;
        stored.push(page.finish()?);
        for (name, file) in &item.files {
            stored.push(bag.add(&path(name), &Content::File(file))?);
        }
        stored.sort_by(|a, b| a.path.cmp(&b.path));
        let record = record::record(self.site(), item, &stored).document();
        stored.push(bag.add(&path("metadata.xml"), &Content::Bytes(record.into_bytes()))?);
        Ok(Outcome { value: stored, diagnostics })
    }

    /// The items bound into a book.
    fn add_book(&self, bag: &NewBag, each: &dyn Fn()) -> Result<Added, Stop> {
        let Prepared { site, plan, theme, .. } = self.prepared;
        let ids: Vec<StoryId> = self.items.iter().map(|item| item.id).collect();
        let mut diagnostics = Vec::new();
        let book = Book::new(site, plan, theme, self.selection, ids, None)?;
        let book = book.collect_into(&mut diagnostics);
        let stored = bag.add_whole(BOOK, |out, place| epub::write(&book, out, place, each))?;
        Ok(Outcome { value: vec![stored], diagnostics })
    }

    /// Every file of the site, as if it had been fetched.
    fn add_warc(
        &self,
        bag: &NewBag,
        renderer: &Renderer<'_>,
        stop: &dyn Fn() -> bool,
        each: &dyn Fn(),
    ) -> Result<Added, Stop> {
        let mut file = bag.begin(WARC)?;
        let place = file.place().to_path_buf();
        let mut warc = Warc::new(file.stream(), &place, self.site())?;
        for (path, recipe) in &self.prepared.plan {
            if stop() {
                return Err(Stop::Skipped);
            }
            warc.add(path, media_type(path, recipe), &renderer.render(path, recipe)?)?;
            each();
        }
        warc.finish()?;
        Ok(Outcome::clean(vec![file.finish()?]))
    }

    /// The catalogue in its three shapes, the notes and the schemas.
    fn add_papers(&self, bag: &NewBag) -> Result<Vec<Stored>, Fault> {
        let rows = inventory::rows(self.site(), self.items);
        let sheet = spreadsheet::xlsx(&rows, self.now);
        let sheet = sheet.map_err(|error| {
            Fault::write(Path::new("文件目录.xlsx"), std::io::Error::other(error))
        })?;
        let about = notes::about(self.site(), self.items, self.now);
        let papers = [
            ("说明文件.TXT", about.into_bytes()),
            ("文件目录.XML", inventory::xml(&rows).into_bytes()),
            ("文件目录.csv", inventory::csv(&rows).into_bytes()),
            ("文件目录.xlsx", sheet),
            ("其他/numbering.txt", notes::numbering(self.items).into_bytes()),
            ("其他/metadata.xsd", schema::xsd(&RECORD, RECORD_NAMESPACE).into_bytes()),
            ("其他/文件目录.xsd", schema::xsd(&CATALOGUE, CATALOGUE_NAMESPACE).into_bytes()),
            ("其他/dc.xsd", schema::dc_xsd().into_bytes()),
        ];
        papers
            .into_iter()
            .map(|(name, bytes)| bag.add(&format!("data/{name}"), &Content::Bytes(bytes)))
            .collect()
    }
}

/// The site in the bag. Takes nothing more when other work has stopped.
struct SiteFolder<'a> {
    bag: &'a NewBag,
    stopped: &'a AtomicBool,
}

impl Sink for SiteFolder<'_> {
    type Taken = Option<Stored>;

    fn take(&self, path: &str, pull: &Pull<'_, '_>) -> Result<Option<Stored>, Failed> {
        if self.stopped.load(Ordering::Relaxed) {
            return Ok(None);
        }
        let content = pull(Wanted::Content)?.content();
        Ok(Some(self.bag.add(&format!("{SITE}{path}"), &content)?))
    }
}
