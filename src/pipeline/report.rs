//! What a build has done.

use serde::{Deserialize, Serialize};

use super::clock::Timings;
use crate::base::fault::Fault;
use crate::base::slot::Links;
use crate::diagnostic::Diagnostic;
use crate::model::kinds::FOCAL_POINTS;
use crate::model::{Fate, Site};
use crate::sink::disk::Tally;

/// What a build has done.
#[derive(Debug)]
pub struct BuildReport {
    /// Files written, kept and removed; `None` if errors stopped the build.
    pub tally: Option<Tally>,
    /// How much there is.
    pub counts: SiteCounts,
    /// Everything that is wrong, by place.
    pub diagnostics: Vec<Diagnostic>,
    /// What the machine could not do when the site was written.
    pub fault: Option<Fault>,
    /// How long each stage took.
    pub timings: Timings,
}

/// What is on the site, and what is not.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct SiteCounts {
    /// Stories published.
    pub stories: usize,
    /// Focal points.
    pub focal_points: usize,
    /// Drafts left out.
    pub drafts: usize,
    /// Stories and pages left out because of their time.
    pub withheld: usize,
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
            previews: site.stories.iter().filter(|story| site.is_preview(story)).count(),
        }
    }
}
