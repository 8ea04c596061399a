//! What the last build into an output folder was made from: whether another would write the
//! same.

use std::path::Path;

use serde::{Deserialize, Serialize};
use time::UtcOffset;
use xxhash_rust::xxh3::{Xxh3, xxh3_64};

use super::options::Options;
use super::report::SiteCounts;
use crate::base::slot::Links;
use crate::cache::{Cache, Unused};
use crate::check::years;
use crate::diagnostic::Diagnostic;
use crate::diagnostic::stored::{Codes, StoredDiagnostic};
use crate::load::FoundFile;
use crate::model::Site;
use crate::model::entity::KindId;
use crate::sink::disk::OutputRecord;
use crate::value::moment::Moment;

/// The last build into an output folder.
#[derive(Debug, Default, Serialize, Deserialize)]
pub(super) struct LastBuild {
    /// Stands for all files that were found in the project, as they looked; `None` if that
    /// cannot tell whether there is nothing to do.
    inputs: Option<u128>,
    asked: Asked,
    /// The time zone of the site, in seconds east of UTC.
    zone: i32,
    /// Nothing of the site changes by time alone from the one moment to before the other.
    from: Option<Moment>,
    until: Option<Moment>,
    /// How much there is.
    pub counts: SiteCounts,
    diagnostics: Vec<StoredDiagnostic>,
    /// When the record of what it wrote was made. A build that is killed between storing the
    /// two leaves those of different builds.
    recorded: i64,
}

/// Those options of a build that change its output.
#[derive(Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
struct Asked {
    drafts: bool,
    base_url: Option<String>,
    relative: bool,
}

impl Asked {
    fn of(options: &Options) -> Self {
        Self {
            drafts: options.drafts,
            base_url: options.base_url.as_ref().map(|url| url.as_str().to_string()),
            relative: options.links == Links::Relative,
        }
    }
}

/// Stands for the files of a project, as they look, and what was wrong with finding them.
pub(super) fn inputs(found: &[FoundFile], diagnostics: &[Diagnostic]) -> u128 {
    let mut hash = Xxh3::new();
    for FoundFile { path, stamp, .. } in found {
        hash.update(path.as_str().as_bytes());
        hash.update(&[0]);
        hash.update(&postcard::to_extend(stamp, Vec::with_capacity(48)).unwrap_or_default());
    }
    for diagnostic in diagnostics {
        hash.update(diagnostic.code.as_bytes());
        hash.update(diagnostic.place.path.as_str().as_bytes());
        hash.update(&[0]);
    }
    hash.digest128()
}

impl LastBuild {
    /// The last build into the output folder `output`.
    pub fn read(cache: &Cache, output: &Path) -> Result<Self, Unused> {
        cache.read(&name(output))
    }

    /// A build that is done. `inputs` stands for the files of the project, if that can tell
    /// whether there is nothing to do; `diagnostics` are about its sources; `record` is of what
    /// it wrote.
    pub fn of(
        inputs: Option<u128>,
        options: &Options,
        site: &Site,
        diagnostics: &[Diagnostic],
        record: &OutputRecord,
    ) -> Self {
        let (from, until) = steady(site);
        Self {
            inputs,
            asked: Asked::of(options),
            zone: site.settings.time_zone.whole_seconds(),
            from,
            until,
            counts: SiteCounts::of(site, options.links),
            diagnostics: diagnostics.iter().map(StoredDiagnostic::of).collect(),
            recorded: record.written(),
        }
    }

    /// Stores this for the next build into the output folder `output`.
    pub fn write(&self, cache: &Cache, output: &Path) {
        cache.write(&name(output), self);
    }

    /// Would a build write just what `record` says?
    pub fn is_current(&self, inputs: u128, options: &Options, record: &OutputRecord) -> bool {
        let now = match UtcOffset::from_whole_seconds(self.zone) {
            Ok(zone) => options.now_in(zone),
            Err(_) => options.now,
        };
        self.recorded == record.written()
            && self.inputs == Some(inputs)
            && self.asked == Asked::of(options)
            && self.from.is_none_or(|from| from <= now)
            && self.until.is_none_or(|until| now < until)
    }

    /// The diagnostics of the project in the folder `root`.
    pub fn into_diagnostics(self, root: &Path) -> Vec<Diagnostic> {
        let mut codes = Codes::default();
        self.diagnostics.into_iter().map(|stored| stored.restore(root, &mut codes)).collect()
    }
}

fn name(output: &Path) -> String {
    format!("build-{:016x}", xxh3_64(output.as_os_str().as_encoded_bytes()))
}

/// The moments between which the same stories are published, the same is told of their years, and
/// the same works and events are past.
fn steady(site: &Site) -> (Option<Moment>, Option<Moment>) {
    let published = site.owners().map(|owner| site.document(owner));
    let documents = published.chain(site.aside.iter().map(|document| &**document));
    let moments = documents.flat_map(|document| {
        let front = &document.front;
        let publishing = [front.publish_at, front.expire_at.map(Moment::end)];
        publishing.into_iter().flatten().chain(years::turns(front))
    });
    let listed = KindId::all().flat_map(|kind| site.all(kind)).flat_map(|entity| &entity.dates);
    // A day begins and ends by the clocks of the site.
    let days = listed.flat_map(|(_, at)| {
        let day = at.day_alone().as_in_zone(site.edition.zone);
        [day, day.plus_days(1)]
    });
    let moments = moments.chain(days);
    let now = site.edition.now;
    let (past, coming): (Vec<_>, Vec<_>) = moments.partition(|moment| *moment <= now);
    (past.into_iter().max(), coming.into_iter().min())
}
