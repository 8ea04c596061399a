//! Stamps: what a folder tells of a file without opening it.

use std::fs::Metadata;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use serde::{Deserialize, Serialize};

/// Size and times of a file. A file whose stamp is the same has not been changed, unless
/// it was changed so soon after that the file system's clock had not moved on: see
/// [`Stamp::is_settled`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Stamp {
    /// Bytes.
    pub size: u64,
    /// When its content was changed, in nanoseconds since 1970.
    modified: i64,
    /// When anything of it was changed, and its number: where the system knows, this tells
    /// a file that was put in place of another and given its time.
    changed: i64,
    number: u64,
}

/// The coarsest clock of file systems in use (FAT) ticks every two seconds.
const TICK: Duration = Duration::from_secs(2);

impl Stamp {
    /// The stamp of a file.
    pub fn of(meta: &Metadata) -> Self {
        let (changed, number) = beyond(meta);
        Self { size: meta.len(), modified: modified(meta), changed, number }
    }

    /// Had the file's clock moved on when it was looked at, at `time`? If not, a later
    /// change could leave the same stamp.
    pub fn is_settled(&self, time: SystemTime) -> bool {
        self.modified.max(self.changed) < nanoseconds(time).saturating_sub(TICK.as_nanos() as i64)
    }
}

/// When a file's content was changed, in nanoseconds since 1970; 0 where the system does
/// not tell.
pub fn modified(meta: &Metadata) -> i64 {
    meta.modified().map_or(0, nanoseconds)
}

/// A time in nanoseconds since 1970: about 1678 to 2262; what is beyond is the first or the last.
pub fn nanoseconds(time: SystemTime) -> i64 {
    match time.duration_since(UNIX_EPOCH) {
        Ok(since) => i64::try_from(since.as_nanos()).unwrap_or(i64::MAX),
        Err(before) => i64::try_from(before.duration().as_nanos()).map_or(i64::MIN, |n| -n),
    }
}

#[cfg(unix)]
fn beyond(meta: &Metadata) -> (i64, u64) {
    use std::os::unix::fs::MetadataExt;
    (meta.ctime().saturating_mul(1_000_000_000).saturating_add(meta.ctime_nsec()), meta.ino())
}

#[cfg(not(unix))]
fn beyond(_: &Metadata) -> (i64, u64) {
    (0, 0)
}
