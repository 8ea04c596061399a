//! What was written to an output folder, and from what.

use std::path::Path;

use serde::{Deserialize, Serialize};
use xxhash_rust::xxh3::{Xxh3, xxh3_64};

use super::{Cache, Codes, Complaint, Unused, now};
use crate::diagnostic::Diagnostic;
use crate::load::Found;
use crate::model::Site;
use crate::model::moment::Moment;
use crate::pipeline::{Options, SiteCounts};
use crate::render::Links;

/// One file of the output.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Made {
    /// Stands for everything that it was made from, where that was told.
    pub key: Option<u128>,
    /// The digest of its bytes.
    pub digest: u64,
    /// Its size in bytes.
    pub size: u64,
    /// When it was last written, in nanoseconds since 1970.
    pub modified: i64,
}

/// What was written to an output folder, and from what.
#[derive(Debug, Default, Serialize, Deserialize)]
pub struct Record {
    /// All files that were found in the project, as they looked; none where that cannot tell
    /// whether there is nothing to do.
    inputs: Option<u128>,
    told: Told,
    /// The time zone of the site, in seconds east of UTC.
    zone: i32,
    /// Nothing of the site changes by time alone from the one moment to before the other.
    from: Option<Moment>,
    until: Option<Moment>,
    /// How much there is.
    pub counts: SiteCounts,
    complaints: Vec<Complaint>,
    /// Every file by its path, in order.
    files: Vec<(String, Made)>,
    /// When the list of our files in the output folder was written.
    listed: i64,
    /// When this was written, in nanoseconds since 1970.
    written: i64,
}

/// What a build was told that changes its output.
#[derive(Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
struct Told {
    drafts: bool,
    base_url: Option<String>,
    relative: bool,
}

impl Told {
    fn of(options: &Options) -> Self {
        Self {
            drafts: options.drafts,
            base_url: options.base_url.as_ref().map(|url| url.as_str().to_string()),
            relative: options.links == Links::Relative,
        }
    }
}

/// What a build did.
pub struct Built<'a> {
    /// All files that were found in the project, as they looked; none where that cannot tell
    /// whether there is nothing to do.
    pub inputs: Option<u128>,
    /// What it was told.
    pub options: &'a Options,
    /// The site that was built.
    pub site: &'a Site,
    /// How much there is.
    pub counts: SiteCounts,
    /// All complaints.
    pub diagnostics: &'a [Diagnostic],
    /// Every file that was written or left, in the order of paths.
    pub files: Vec<(String, Made)>,
    /// When the list of our files was written, in nanoseconds since 1970.
    pub listed: i64,
}

/// A file that was written so shortly before the record might have been written to again
/// without its time telling: clocks of file systems tick every few milliseconds.
const TICK: i64 = 20_000_000;

/// Everything that tells the files of a project apart from others.
pub fn inputs(found: &[Found], complaints: &[Diagnostic]) -> u128 {
    let mut hash = Xxh3::new();
    for Found { path, stamp, .. } in found {
        hash.update(path.as_str().as_bytes());
        hash.update(&[0]);
        hash.update(&postcard::to_extend(stamp, Vec::with_capacity(48)).unwrap_or_default());
    }
    for complaint in complaints {
        hash.update(complaint.code.as_bytes());
        hash.update(complaint.place.path.as_str().as_bytes());
        hash.update(&[0]);
    }
    hash.digest128()
}

impl Record {
    /// The record of the output folder `output`.
    pub fn read(cache: &Cache, output: &Path) -> Result<Self, Unused> {
        cache.read(&name(output))
    }

    /// The record of a build that is done.
    pub fn of(built: Built<'_>) -> Self {
        let Built { inputs, options, site, counts, diagnostics, files, listed } = built;
        let (from, until) = steady(site);
        Self {
            inputs,
            told: Told::of(options),
            zone: site.settings.time_zone.whole_seconds(),
            from,
            until,
            counts,
            complaints: diagnostics.iter().map(Complaint::of).collect(),
            files,
            listed,
            written: now(),
        }
    }

    /// Writes the record of the output folder `output` for the next build.
    pub fn write(&self, cache: &Cache, output: &Path) {
        cache.write(&name(output), self);
    }

    /// Would a build write just what is recorded here?
    pub fn is_current(&self, inputs: u128, options: &Options) -> bool {
        let now = match time::UtcOffset::from_whole_seconds(self.zone) {
            Ok(zone) if options.now_is_local => options.now.as_in_zone(zone),
            _ => options.now,
        };
        self.inputs == Some(inputs)
            && self.told == Told::of(options)
            && self.from.is_none_or(|from| from <= now)
            && self.until.is_none_or(|until| now < until)
    }

    /// The complaints that the build made.
    pub fn diagnostics(&mut self, root: &Path) -> Vec<Diagnostic> {
        let mut codes = Codes::default();
        let complaints = std::mem::take(&mut self.complaints);
        complaints.into_iter().map(|complaint| complaint.diagnostic(root, &mut codes)).collect()
    }

    /// Every file, by path.
    pub fn files(&self) -> &[(String, Made)] {
        &self.files
    }

    /// What is recorded of a file.
    pub fn get(&self, path: &str) -> Option<Made> {
        let at = self.files.binary_search_by(|(known, _)| known.as_str().cmp(path)).ok()?;
        Some(self.files[at].1)
    }

    /// When the list of our files in the output folder was written, in nanoseconds since 1970.
    pub fn listed(&self) -> i64 {
        self.listed
    }

    /// Would the time of this file tell of every change since?
    pub fn is_settled(&self, made: &Made) -> bool {
        made.modified < self.written - TICK
    }
}

/// The name of the record of an output folder, in the cache folder.
pub fn name(output: &Path) -> String {
    format!("site-{:016x}", xxh3_64(output.as_os_str().as_encoded_bytes()))
}

/// The moments between which the same stories are published.
fn steady(site: &Site) -> (Option<Moment>, Option<Moment>) {
    let published = site.owners().map(|owner| site.document(owner));
    let documents = published.chain(site.aside.iter().map(|document| &**document));
    let moments = documents.flat_map(|document| {
        let front = &document.front;
        [front.publish_at, front.expire_at.map(Moment::end)].into_iter().flatten()
    });
    let now = site.edition.now;
    let (past, coming): (Vec<_>, Vec<_>) = moments.partition(|moment| *moment <= now);
    (past.into_iter().max(), coming.into_iter().min())
}
