//! What lies in a bag: written piece by piece, on all threads.

use std::collections::HashSet;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};

use super::schema::{self, CATALOGUE, CATALOGUE_NAMESPACE, RECORD, RECORD_NAMESPACE};
use super::{Item, ItemFile, inventory, notes, record, spreadsheet};
use crate::bag::manifest::portable;
use crate::base::content::{Carried, Content};
use crate::base::fault::Fault;
use crate::base::parallel;
use crate::base::progress::Progress;
use crate::diagnostic::{Diagnostic, Outcome};
use crate::model::selection::Selection;
use crate::model::{Site, StoryId};
use crate::output::book::{Book, epub};
use crate::output::warc::{Records, Warc};
use crate::output::{alone, media_type};
use crate::pipeline::{Pouring, Prepared};
use crate::plan::{Plan, Recipe};
use crate::render::{Failed, Wanted, pictures};
use crate::sink::bag::{NewBag, Stored};
use crate::sink::{Pull, Sink};
use crate::value::moment::Moment;
use crate::view::Views;

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
    /// Makes the views of its stories: one for all of them, as it knows every unit and person.
    pub views: Views<'a>,
    /// The items, by number.
    pub items: &'a [Item<'a>],
    /// What they were chosen by.
    pub selection: &'a Selection,
    /// The time of the bag.
    pub now: Moment,
}

/// Files that were written, and what there is to say of them.
type Added = Outcome<Vec<Stored>>;

/// Takes the files of the site into the bag and makes their records, on all threads.
struct Pages<'p> {
    bag: &'p NewBag,
    plan: &'p Plan,
    records: Records,
    /// The web archive's file, for messages.
    shown: PathBuf,
    /// Something could not be written, so that the rest need not be.
    stopped: &'p AtomicBool,
}

/// A record for the web archive.
enum WarcRecord {
    Made(Vec<u8>),
    /// Of a file that is too large to be held.
    Large,
}

/// So many pages are made at once; their records are written, in order, while the next are made.
const AT_ONCE: usize = 64;

/// A file up to so many bytes is held as a record of the web archive until its turn comes.
const HELD: u64 = 256 << 10;

impl Payload<'_> {
    /// Writes all of it into the bag. With errors among the complaints it is not whole.
    pub fn write(
        &self,
        bag: &NewBag,
        progress: &(dyn Fn(Progress) + Sync),
    ) -> Result<Outcome<Vec<Stored>>, Fault> {
        let plan = &self.prepared.plan;
        let unreadable = pictures::make(self.site(), plan, &|_, _| false, progress)?;
        if !unreadable.is_empty() {
            return Ok(Outcome { value: Vec::new(), diagnostics: unreadable });
        }
        progress(Progress::Total(2 * (self.items.len() + plan.len())));
        let done = || progress(Progress::Done);
        let stopped = AtomicBool::new(false);
        // The book cannot be split, so it begins at once, and other threads do the rest.
        let (of_items, of_pages) = parallel::both(
            || {
                let work = || self.add_items(bag, &stopped, &done);
                parallel::both(|| self.add_book(bag, &done), work)
            },
            || self.add_pages(bag, &stopped, &done),
        );
        let ((book, items), (pages, failures)) = (of_items, of_pages?);
        let (mut payload, mut diagnostics) = (Vec::new(), Vec::new());
        for added in [book?, items?, Outcome::clean(pages)] {
            payload.extend(added.collect_into(&mut diagnostics));
        }
        diagnostics.extend(failures);
        // What is wrong with a picture is wrong wherever the picture is.
        let once = distinct(diagnostics);
        if !once.iter().any(Diagnostic::is_error) {
            payload.extend(self.add_papers(bag)?);
        }
        Ok(Outcome { value: payload, diagnostics: once })
    }

    fn site(&self) -> &Site {
        &self.prepared.site
    }

    /// The folder of one item. Its record comes last, as it names the others with their sizes.
    fn add_item(&self, bag: &NewBag, item: &Item<'_>) -> Result<Added, Fault> {
        let path = |name: &str| format!("{}/{name}", item.folder);
        let story = self.site().story(item.id);
        // As it was written, byte for byte, in whatever encoding.
        let source = Carried::Disk(self.root.join(story.document.source.path.as_str()));
        let mut stored = vec![bag.add(&path("source.md"), &Content::File(&source))?];
        let mut page = bag.begin(&path("story.html"))?;
        let plan = &self.prepared.plan;
        let pour = &mut |piece: &[u8]| page.write(piece);
        let diagnostics = alone::pour(&self.views, plan, item.id, pour)?;
        stored.push(page.finish()?);
        for ItemFile { name, file, .. } in &item.files {
            stored.push(bag.add(&path(name), &Content::File(file))?);
        }
        stored.sort_by(|a, b| a.path.cmp(&b.path));
        let record = record::record(self.site(), item, &stored).document();
        stored.push(bag.add(&path("metadata.xml"), &Content::Bytes(record.into_bytes()))?);
        Ok(Outcome { value: stored, diagnostics })
    }

    /// The items bound into a book.
    fn add_book(&self, bag: &NewBag, each: &(dyn Fn() + Sync)) -> Result<Added, Fault> {
        let Prepared { site, plan, theme, .. } = self.prepared;
        let ids: Vec<StoryId> = self.items.iter().map(|item| item.id).collect();
        let mut diagnostics = Vec::new();
        let book = Book::new(site, plan, theme, self.selection, ids, None)?;
        let book = book.collect_into(&mut diagnostics);
        let stored = bag.add_whole(BOOK, |out, place| epub::write(&book, out, place, each))?;
        Ok(Outcome { value: vec![stored], diagnostics })
    }

    /// The folders of all items.
    fn add_items(
        &self,
        bag: &NewBag,
        stopped: &AtomicBool,
        each: &(dyn Fn() + Sync),
    ) -> Result<Added, Fault> {
        let added = parallel::map(self.items, |item| {
            if stopped.load(Ordering::Relaxed) {
                return Ok(Outcome::clean(Vec::new()));
            }
            let added = self.add_item(bag, item);
            stopped.fetch_or(added.is_err(), Ordering::Relaxed);
            added.inspect(|_| each())
        });
        let (mut stored, mut diagnostics) = (Vec::new(), Vec::new());
        for added in added {
            stored.extend(added?.collect_into(&mut diagnostics));
        }
        Ok(Outcome { value: stored, diagnostics })
    }

    /// Every file of the site, as it is on the disk and as if it had been fetched; and what is
    /// wrong with templates.
    fn add_pages(
        &self,
        bag: &NewBag,
        stopped: &AtomicBool,
        each: &(dyn Fn() + Sync),
    ) -> Result<(Vec<Stored>, Vec<Diagnostic>), Fault> {
        let mut file = bag.begin(WARC)?;
        let shown = file.place().to_path_buf();
        let mut warc = Warc::new(file.stream(), &shown, self.site())?;
        let plan = &self.prepared.plan;
        let pages = Pages { bag, plan, records: warc.records().clone(), shown, stopped };
        let renderer = self.prepared.renderer();
        let pouring = Pouring::new(&renderer, &pages);
        let plan: Vec<_> = self.prepared.plan.iter().collect();
        let mut stored = Vec::with_capacity(plan.len() + 1);
        let mut records: Vec<(&str, WarcRecord)> = Vec::new();
        // One round more, for the last records.
        for some in plan.chunks(AT_ONCE).chain([&[][..]]) {
            let before = std::mem::take(&mut records);
            let (appended, made) = parallel::both(
                || {
                    before.into_iter().try_for_each(|(path, record)| {
                        each();
                        match record {
                            WarcRecord::Made(bytes) => warc.append(&bytes),
                            WarcRecord::Large => match self.carried(path) {
                                Some((kind, content)) => warc.add(path, kind, &content?),
                                None => Ok(()),
                            },
                        }
                    })
                },
                || pouring.some(some, each),
            );
            appended?;
            for (path, taken) in made? {
                let Some((file, record)) = taken else { continue };
                stored.push(file);
                records.push((path, record));
            }
        }
        warc.finish()?;
        stored.push(file.finish()?);
        Ok((stored, pouring.finish()))
    }

    /// The file of the project that is carried to `path` of the site, and its media type.
    fn carried(&self, path: &str) -> Option<(&'static str, Result<Content<'_>, Fault>)> {
        let recipe = self.prepared.plan.get(path)?;
        let whole = |file| self.site().files.get(file).map(Content::File);
        let content = match recipe {
            Recipe::Copy(file) => Ok(whole(file)?),
            Recipe::Film(file) => self.site().film_cleaned(file).transpose()?,
            _ => return None,
        };
        Some((media_type(path, recipe), content))
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

/// Each complaint once, in the order in which they came first.
fn distinct(diagnostics: Vec<Diagnostic>) -> Vec<Diagnostic> {
    #[expect(clippy::mutable_key_type, reason = "a place hashes its path and its range alone")]
    let mut seen = HashSet::with_capacity(diagnostics.len());
    let is_new: Vec<bool> = diagnostics.iter().map(|diagnostic| seen.insert(diagnostic)).collect();
    diagnostics.into_iter().zip(is_new).filter_map(|(d, is_new)| is_new.then_some(d)).collect()
}

impl Sink for Pages<'_> {
    /// The file, and its record; `None` if other work has stopped.
    type Taken = Option<(Stored, WarcRecord)>;

    fn take(&self, path: &str, pull: &Pull<'_, '_>) -> Result<Self::Taken, Failed> {
        if self.stopped.load(Ordering::Relaxed) {
            return Ok(None);
        }
        let taken = self.add(path, pull);
        self.stopped.fetch_or(matches!(taken, Err(Failed::Fault(_))), Ordering::Relaxed);
        taken.map(Some)
    }
}

impl Pages<'_> {
    /// Writes one file of the site into the bag, and makes its record for the web archive.
    fn add(&self, path: &str, pull: &Pull<'_, '_>) -> Result<(Stored, WarcRecord), Failed> {
        let content = pull(Wanted::Content)?.content();
        let stored = self.bag.add(&format!("{SITE}{}", portable(path)), &content)?;
        if matches!(content, Content::File(_) | Content::Edited(_)) && stored.size > HELD {
            return Ok((stored, WarcRecord::Large));
        }
        let mut record = Vec::new();
        let kind = self.plan.get(path).map_or("", |recipe| media_type(path, recipe));
        self.records.response(path, kind, &content, &mut record, &self.shown)?;
        Ok((stored, WarcRecord::Made(record)))
    }
}
