//! Reading a web archive (WARC/1.0, gzip), piece by piece: is every record whole?

use std::io::{self, BufRead, BufReader, Read};
use std::path::Path;

use flate2::bufread::MultiGzDecoder;

use super::contents;
use crate::base::fault::Fault;

/// A line of a record's head is not longer.
const LONGEST_LINE: u64 = 64 * 1024;

/// A head has not more lines.
const MOST_LINES: usize = 1000;

/// Pages pack to a tenth; what unpacks to more than this many times its size is a bomb.
const MOST_TIMES: u64 = 200;

/// How many records a web archive has; `None` if it is damaged.
pub fn records(bag: &Path, path: &str, size: u64) -> Result<Option<u64>, Fault> {
    let file = contents::open(bag, path)?;
    let most = size.saturating_mul(MOST_TIMES).saturating_add(LONGEST_LINE);
    let mut reader = BufReader::new(MultiGzDecoder::new(file).take(most));
    let mut count = 0;
    loop {
        match record(&mut reader) {
            Ok(true) => count += 1,
            Ok(false) => return Ok((count > 0).then_some(count)),
            Err(_) => return Ok(None),
        }
    }
}

/// Reads one record; `false` at the end.
fn record(reader: &mut impl BufRead) -> io::Result<bool> {
    let damaged = || io::Error::from(io::ErrorKind::InvalidData);
    let first = line(reader)?;
    if first.is_empty() {
        return Ok(false);
    }
    if !first.starts_with("WARC/1.") {
        return Err(damaged());
    }
    let mut length = None;
    for _ in 0..MOST_LINES {
        let line = line(reader)?;
        let Some((name, value)) = line.split_once(':') else {
            if line.trim().is_empty() && !line.is_empty() {
                break;
            }
            return Err(damaged());
        };
        if name.eq_ignore_ascii_case("Content-Length") {
            length = value.trim().parse::<u64>().ok();
        }
    }
    let length = length.ok_or_else(damaged)?;
    let read = io::copy(&mut Read::take(&mut *reader, length), &mut io::sink())?;
    let mut end = [0; 4];
    reader.read_exact(&mut end)?;
    if read == length && end == *b"\r\n\r\n" { Ok(true) } else { Err(damaged()) }
}

/// The next line with its end; empty at the end of the file.
fn line(reader: &mut impl BufRead) -> io::Result<String> {
    let mut bytes = Vec::new();
    Read::take(reader, LONGEST_LINE).read_until(b'\n', &mut bytes)?;
    String::from_utf8(bytes).map_err(|_| io::ErrorKind::InvalidData.into())
}
