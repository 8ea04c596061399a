//! A ZIP file that is the same for the same files: one time for all of them, in the order in
//! which they are added. The home of the crate zip.

use std::io::{self, Seek, Write};
use std::path::{Path, PathBuf};

use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, DateTime, ZipWriter};

use crate::base::content::Content;
use crate::base::fault::Fault;
use crate::value::moment::Moment;

/// A ZIP file in the making. Takes one file at a time and holds none.
pub struct Zip<W: Write + Seek> {
    writer: ZipWriter<W>,
    /// The file, for messages.
    shown: PathBuf,
    time: DateTime,
}

impl<W: Write + Seek> Zip<W> {
    /// Begins a ZIP file, shown as `shown` in messages, whose files are all of `time` and
    /// which says of itself what `comment` says.
    pub fn new(out: W, shown: &Path, time: Moment, comment: &str) -> Result<Self, Fault> {
        let mut zip = Self { writer: ZipWriter::new(out), shown: shown.into(), time: at(time) };
        let set = zip.writer.set_comment(comment);
        set.map_err(|error| zip.fault(error))?;
        Ok(zip)
    }

    /// The time of the files that are added from now on: `second` of the day `day`.
    pub fn date(&mut self, day: Moment, second: u32) {
        let year = day.year().clamp(1980, 2107) as u16;
        let (hour, minute) = ((second / 3600 % 24) as u8, (second / 60 % 60) as u8);
        let second = (second % 60) as u8;
        let made = DateTime::from_date_and_time(year, day.month(), day.day(), hour, minute, second);
        self.time = made.unwrap_or_default();
    }

    /// Adds a file; one that is compressed already, as most pictures are, is only stored.
    pub fn add(&mut self, name: &str, content: &Content<'_>, compress: bool) -> Result<(), Fault> {
        let length = content.length()?;
        let options = SimpleFileOptions::default()
            .last_modified_time(self.time)
            .unix_permissions(0o644)
            .large_file(length >= u32::MAX.into())
            .compression_method(match compress {
                true => CompressionMethod::Deflated,
                false => CompressionMethod::Stored,
            });
        self.writer.start_file(name, options).map_err(|error| self.fault(error))?;
        let Self { writer, shown, .. } = self;
        content.pieces(&mut |piece| {
            writer.write_all(piece).map_err(|error| Fault::write(shown, error))
        })
    }

    /// Ends the file; what it was written to.
    pub fn finish(self) -> Result<W, Fault> {
        let Self { writer, shown, .. } = self;
        writer.finish().map_err(|error| Fault::write(&shown, io::Error::from(error)))
    }

    fn fault(&self, error: zip::result::ZipError) -> Fault {
        Fault::write(&self.shown, io::Error::from(error))
    }
}

/// A time as ZIP can write it: from 1980 to 2107, without a zone.
fn at(time: Moment) -> DateTime {
    let (hour, minute) = time
        .clock()
        .and_then(|clock| {
            let (hour, minute) = clock.split_once(':')?;
            Some((hour.parse().ok()?, minute.parse().ok()?))
        })
        .unwrap_or((0, 0));
    let year = time.year().clamp(1980, 2107) as u16;
    let made = DateTime::from_date_and_time(year, time.month(), time.day(), hour, minute, 0);
    made.unwrap_or_default()
}
