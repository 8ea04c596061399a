//! The site as a web archive: WARC/1.0 (ISO 28500:2009, GB/T 33994), as if a crawler had
//! fetched every file once. Each record is a gzip member of its own, so that a reader can
//! go to any of them.

use std::cell::RefCell;
use std::io::Write;
use std::path::{Path, PathBuf};

use flate2::write::DeflateEncoder;
use flate2::{Compression, Crc};

use super::encode::{Sum, uuid};
use crate::base::content::{Carried, Content, Edited, Pour};
use crate::base::fault::Fault;
use crate::model::Site;
use crate::value::address::Address;

/// Where a site without `base_url` is said to have been fetched from. The name can never be
/// anybody's (RFC 2606).
pub const STAND_IN: &str = "http://site.invalid/";

/// A web archive in the making. Takes one artifact at a time and holds none.
pub struct Warc<W> {
    out: W,
    /// The file, for messages.
    shown: PathBuf,
    records: Records,
}

/// Makes the records of one web archive, in any order and on any thread.
#[derive(Clone, Debug)]
pub struct Records {
    base: String,
    date: String,
    /// The id of the record that describes the archive.
    about: String,
}

impl<W: Write> Warc<W> {
    /// Begins the archive of `site`, as it is at the time of its edition. It goes to `out`,
    /// shown as `shown` in messages.
    pub fn new(mut out: W, shown: &Path, site: &Site) -> Result<Self, Fault> {
        let settings = &site.settings;
        let base = settings.base_url.as_ref().map_or(STAND_IN, |base| base.as_str()).to_string();
        let mut fields = vec![
            ("software", concat!("xianfeng/", env!("CARGO_PKG_VERSION")).to_string()),
            ("format", "WARC File Format 1.0".to_string()),
            (
                "conformsTo",
                "http://bibnum.bnf.fr/WARC/WARC_ISO_28500_version1_latestdraft.pdf".into(),
            ),
            ("isPartOf", one_line(&settings.title)),
        ];
        fields.extend(settings.organisation.iter().map(|name| ("operator", one_line(name))));
        if settings.base_url.is_none() {
            let told = "written from the files of a site whose address is not known";
            fields.push(("description", told.to_string()));
        }
        let block: String =
            fields.iter().map(|(key, value)| format!("{key}: {value}\r\n")).collect();
        let date = site.edition.now.utc();
        let mut sum = Sum::default();
        sum.add(block.as_bytes());
        let digest = sum.labelled();
        let about = uuid(&["warcinfo", &base, &date, &digest]);
        let records = Records { base, date, about };
        let head = records.head(
            "warcinfo",
            &records.about,
            &[
                ("WARC-Block-Digest", &digest),
                ("Content-Type", "application/warc-fields"),
                ("Content-Length", &block.len().to_string()),
            ],
        );
        member(&mut out, shown, &[&head, &block], |_| Ok(()))?;
        Ok(Self { out, shown: shown.to_path_buf(), records })
    }

    /// What makes its records, for [`Warc::append`].
    pub fn records(&self) -> &Records {
        &self.records
    }

    /// Adds what is at `path`, a path below the site's folder, as being of a media type.
    pub fn add(&mut self, path: &str, kind: &str, content: &Content<'_>) -> Result<(), Fault> {
        self.records.response(path, kind, content, &mut self.out, &self.shown)
    }

    /// Adds a record that [`Records::response`] made.
    pub fn append(&mut self, record: &[u8]) -> Result<(), Fault> {
        self.out.write_all(record).map_err(|error| Fault::write(&self.shown, error))
    }

    /// Ends the archive; what it was written to.
    pub fn finish(mut self) -> Result<W, Fault> {
        self.out.flush().map_err(|error| Fault::write(&self.shown, error))?;
        Ok(self.out)
    }
}

impl Records {
    /// Writes the record of what is at `path`, a path below the site's folder, to `out`, shown as
    /// `shown` in messages.
    pub fn response(
        &self,
        path: &str,
        kind: &str,
        content: &Content<'_>,
        out: impl Write,
        shown: &Path,
    ) -> Result<(), Fault> {
        let uri = format!("{}{}", self.base, Address::of_file(path).encoded());
        let length = content.length()?;
        let http =
            format!("HTTP/1.1 200 OK\r\nContent-Type: {kind}\r\nContent-Length: {length}\r\n\r\n");
        let (mut block, mut payload, mut read) = (Sum::default(), Sum::default(), 0);
        block.add(http.as_bytes());
        content.pieces(&mut |piece| {
            block.add(piece);
            payload.add(piece);
            read += piece.len() as u64;
            Ok(())
        })?;
        let (block, payload) = (block.labelled(), payload.labelled());
        if read != length {
            return Err(changed(content));
        }
        let id = uuid(&["response", &uri, &self.date, &payload]);
        let head = self.head(
            "response",
            &id,
            &[
                ("WARC-Warcinfo-ID", &format!("<urn:uuid:{}>", self.about)),
                ("WARC-Target-URI", &uri),
                ("WARC-Block-Digest", &block),
                ("WARC-Payload-Digest", &payload),
                ("Content-Type", "application/http; msgtype=response"),
                ("Content-Length", &(http.len() as u64 + length).to_string()),
            ],
        );
        // Only a file can be another than it was a moment ago.
        let mut again = matches!(content, Content::File(_) | Content::Edited(_)).then(Sum::default);
        member(out, shown, &[&head, &http], |write| {
            content.pieces(&mut |piece| {
                if let Some(again) = &mut again {
                    again.add(piece);
                }
                write(piece)
            })
        })?;
        match again.is_some_and(|again| again.labelled() != payload) {
            true => Err(changed(content)),
            false => Ok(()),
        }
    }

    fn head(&self, kind: &str, id: &str, fields: &[(&str, &str)]) -> String {
        let mut head = format!(
            "WARC/1.0\r\nWARC-Type: {kind}\r\nWARC-Record-ID: <urn:uuid:{id}>\r\nWARC-Date: {}\r\n",
            self.date
        );
        for (name, value) in fields {
            head.push_str(&format!("{name}: {value}\r\n"));
        }
        head.push_str("\r\n");
        head
    }
}

/// Level 6 makes pages 6 % smaller, and takes a sixth of the CPU time of a whole bag more.
const LEVEL: Compression = Compression::new(2);

thread_local! {
    /// One compressor for each thread: making one takes as long as compressing a small page.
    static DEFLATE: RefCell<DeflateEncoder<Vec<u8>>> =
        RefCell::new(DeflateEncoder::new(Vec::new(), LEVEL));
}

/// What a gzip member begins with: without a name and a time, from no system that is known.
const GZIP: [u8; 10] = [0x1F, 0x8B, 8, 0, 0, 0, 0, 0, 0, 0xFF];

/// Writes a record to `out` as a gzip member: `head`, then what `pour` writes.
fn member(
    mut out: impl Write,
    shown: &Path,
    head: &[&str],
    pour: impl FnOnce(&mut Pour<'_>) -> Result<(), Fault>,
) -> Result<(), Fault> {
    let fault = |error| Fault::write(shown, error);
    out.write_all(&GZIP).map_err(fault)?;
    DEFLATE.with_borrow_mut(|deflate| {
        // A record that failed may have left something.
        deflate.reset(Vec::new()).map_err(fault)?;
        let mut crc = Crc::new();
        let mut write = |piece: &[u8]| -> Result<(), Fault> {
            crc.update(piece);
            deflate.write_all(piece).map_err(fault)?;
            out.write_all(deflate.get_ref()).map_err(fault)?;
            deflate.get_mut().clear();
            Ok(())
        };
        head.iter().try_for_each(|text| write(text.as_bytes()))?;
        pour(&mut write)?;
        write(b"\r\n\r\n")?;
        deflate.try_finish().map_err(fault)?;
        let (sum, length) = (crc.sum().to_le_bytes(), crc.amount().to_le_bytes());
        for end in [deflate.get_ref().as_slice(), &sum, &length] {
            out.write_all(end).map_err(fault)?;
        }
        Ok(())
    })
}

/// A value of a field: nothing in it can begin another.
fn one_line(text: &str) -> String {
    text.chars().map(|c| if c.is_control() { ' ' } else { c }).collect()
}

/// A file is not what it was a moment ago.
fn changed(content: &Content<'_>) -> Fault {
    let path = match content {
        Content::File(Carried::Disk(path))
        | Content::Edited(Edited { file: Carried::Disk(path), .. }) => path.as_path(),
        _ => Path::new(""),
    };
    Fault::read(path, std::io::ErrorKind::ResourceBusy.into())
}
