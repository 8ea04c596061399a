//! What a build has done.

use serde::{Deserialize, Serialize};

use super::clock::Timings;
use crate::base::fault::Fault;
use crate::base::slot::Links;
use crate::diagnostic::Diagnostic;
use crate::model::kinds::FOCAL_POINTS;
use crate::model::{Fate, Site};
use crate::parse::Document;
use crate::sink::disk::{FileChange, OutputRecord, Tally};
use crate::value::moment::Moment;

/// What a build has done.
#[derive(Debug)]
pub struct BuildReport {
    /// Files written, kept and removed; `None` if errors stopped the build.
    pub tally: Option<Tally>,
    /// How much there is.
    pub counts: SiteCounts,
    /// The files that were written or removed, by path, if they were asked for.
    pub changes: Vec<FileChange>,
    /// What stands in the output folder now.
    pub record: OutputRecord,
    /// Everything that is wrong, by place.
    pub diagnostics: Vec<Diagnostic>,
    /// What the machine could not do when the site was written.
    pub fault: Option<Fault>,
    /// How long each stage took.
    pub timings: Timings,
}

/// What is on the site, and what is not.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct SiteCounts {
    /// Stories published.
    pub stories: usize,
    /// Focal points.
    pub focal_points: usize,
    /// Drafts left out.
    pub drafts: usize,
    /// Stories and pages left out because of their time.
    pub withheld: usize,
    /// What time alone will change, the first change first.
    pub scheduled: Vec<Scheduled>,
    /// Stories that are only there for a preview: drafts, and what is not due yet.
    pub previews: usize,
    /// Is the site to be published, and its address not known?
    pub unaddressed: bool,
}

impl SiteCounts {
    /// Counts what is on a site whose links are written like this.
    pub fn of(site: &Site, links: Links) -> Self {
        #[expect(clippy::disallowed_methods, reason = "counted")]
        let fates = || site.outcomes.values();
        Self {
            unaddressed: links == Links::FromRoot && site.settings.base_url.is_none(),
            stories: site.stories.len(),
            focal_points: site.all(FOCAL_POINTS).len(),
            drafts: fates().filter(|fate| **fate == Fate::Draft).count(),
            withheld: fates().filter(|fate| **fate == Fate::Withheld).count(),
            scheduled: scheduled(site),
            previews: site.stories.iter().filter(|story| site.is_preview(story)).count(),
        }
    }
}

/// A story or page that the site will have, or not have any more, when it is built after a time.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Scheduled {
    /// From when on.
    pub at: Moment,
    /// Will it be there? Else it will be gone.
    pub appears: bool,
    /// Its title.
    pub title: String,
    /// Its file.
    pub path: String,
}

fn scheduled(site: &Site) -> Vec<Scheduled> {
    let now = site.edition.now;
    let change = |document: &Document, at: Option<Moment>, appears| {
        let at = at.filter(|at| *at > now)?.in_zone(site.settings.time_zone);
        let path = document.source.path.as_str().to_string();
        Some(Scheduled { at, appears, title: document.front.title.clone(), path })
    };
    let waiting = site.aside_as(Fate::Withheld);
    let appearing =
        waiting.filter_map(|document| change(document, document.front.publish_at, true));
    let published = site.owners().map(|owner| site.document(owner));
    let expiring = published
        .filter_map(|document| change(document, document.front.expire_at.map(Moment::end), false));
    let mut all: Vec<Scheduled> = appearing.chain(expiring).collect();
    all.sort_by(|a, b| (a.at, &a.path).cmp(&(b.at, &b.path)));
    all
}
