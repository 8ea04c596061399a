//! What was read of pictures before.

use std::time::SystemTime;

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::base::fault::Fault;
use crate::base::format::{Format, HEAD};
use crate::base::map::Map;
use crate::base::parallel;
use crate::cache::{Cache, Unused};
use crate::load::FoundFile;
use crate::picture::{MOST_BYTES, Survey};
use crate::source::SourcePath;
use crate::source::stamp::Stamp;

const STORED: &str = "picture-surveys";

/// The surveys of a project's pictures, by path.
#[derive(Debug, Default)]
pub struct PictureMemo {
    files: Map<SourcePath, Known>,
}

#[derive(Clone, Debug, Serialize, Deserialize)]
struct Known {
    stamp: Option<Stamp>,
    /// Does the stamp tell of every later change?
    settled: bool,
    /// `None` if it is no picture.
    survey: Option<Survey>,
}

impl PictureMemo {
    /// What the last build has stored; else why there is nothing.
    pub fn read(cache: &Cache) -> Result<Self, Unused> {
        let files: Vec<(SourcePath, Known)> = cache.read(STORED)?;
        Ok(Self { files: files.into_iter().collect() })
    }

    /// Stores the surveys for the next build.
    pub fn write(&self, cache: &Cache) {
        if self.files.is_empty() {
            return cache.remove(STORED);
        }
        #[expect(clippy::disallowed_methods, reason = "sorted next")]
        let mut files: Vec<_> = self.files.iter().collect();
        files.sort_by(|a, b| a.0.cmp(b.0));
        cache.write(STORED, &files);
    }

    /// The surveys of those of these files that are pictures, or are called so. Those that look as they did are not read again; afterwards
    /// these and no others are known. `time` is before anything of the project was looked at.
    pub fn surveys(
        &mut self,
        found: &[FoundFile],
        time: SystemTime,
    ) -> Result<BTreeMap<SourcePath, Survey>, Fault> {
        let read =
            parallel::map(found, |found| Known::of(found, self.files.get(&found.path), time));
        let mut surveys = BTreeMap::new();
        self.files.clear();
        for (found, known) in found.iter().zip(read) {
            let known = known?;
            if let Some(survey) = &known.survey {
                surveys.insert(found.path.clone(), survey.clone());
            }
            self.files.insert(found.path.clone(), known);
        }
        Ok(surveys)
    }
}

impl Known {
    fn of(found: &FoundFile, before: Option<&Self>, time: SystemTime) -> Result<Self, Fault> {
        let is_same = |known: &&Self| known.settled && known.stamp == found.stamp;
        if let Some(known) = before.filter(|_| found.stamp.is_some()).filter(is_same) {
            return Ok(known.clone());
        }
        let survey = match () {
            () if !is_picture(found) => None,
            () if found.file.length()? > MOST_BYTES => Some(Survey::too_large()),
            () => Some(Survey::of(&found.file.bytes()?, &found.path.extension())),
        };
        let settled = found.stamp.is_some_and(|stamp| stamp.is_settled(time));
        Ok(Self { stamp: found.stamp, settled, survey })
    }
}

/// Is a file a picture, whatever it is called, or called one, whatever it is?
fn is_picture(found: &FoundFile) -> bool {
    // Of one that cannot be read whoever copies it says so.
    let format = || Format::of(&found.file.head(HEAD).ok()?);
    Format::of_extension(&found.path.extension()).is_some_and(Format::is_picture)
        || format().is_some_and(|format| format.is_picture() && format != Format::Svg)
}
