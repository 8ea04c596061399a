//! Bytes into text: UTF-8, and what Chinese Windows writes. The home of encoding_rs.

use encoding_rs::{Encoding, GB18030, UTF_8, UTF_16BE, UTF_16LE};

use crate::base::text::{has_noncharacters, is_noncharacter};

/// A decoded file.
#[derive(Debug, PartialEq, Eq)]
pub struct Decoded {
    /// The text, with `\n` line ends and without a byte order mark.
    pub text: String,
    /// The encoding, where it is not UTF-8.
    pub foreign: Option<&'static str>,
    /// Were characters replaced that no text may hold?
    pub replaced: bool,
}

/// Why bytes are not read as text.
#[derive(Debug, PartialEq, Eq)]
pub enum NotText {
    /// They are no text in any encoding that is read here.
    Binary,
    /// They are text in this encoding, but for some bytes.
    Broken {
        /// What the rest of them is.
        encoding: &'static str,
        /// The text, with U+FFFD for what is none.
        text: String,
        /// Where the first of those is in it.
        at: usize,
    },
    /// They are text but for a few bytes that no text has, with the text and the first of them as above.
    Spoilt {
        /// The text, with U+FFFD for each.
        text: String,
        /// Where the first is.
        at: usize,
    },
}

/// Is this Han character in common use, one of the 6763 of GB 2312?
pub fn is_common(c: char) -> bool {
    let mut buffer = [0; 4];
    let (bytes, _, _) = GB18030.encode(c.encode_utf8(&mut buffer));
    matches!(*bytes, [0xB0..=0xF7, 0xA1..=0xFE])
}

/// Decodes a file: by its byte order mark, else as UTF-8, else as GB18030. A file of both is
/// neither: no encoding makes sense of all of it.
pub fn decode(bytes: Vec<u8>) -> Result<Decoded, NotText> {
    let (text, foreign) = match bytes.as_slice() {
        [0xFF, 0xFE, rest @ ..] => {
            (foreign(UTF_16LE, rest).ok_or(NotText::Binary)?, Some("UTF-16"))
        }
        [0xFE, 0xFF, rest @ ..] => {
            (foreign(UTF_16BE, rest).ok_or(NotText::Binary)?, Some("UTF-16"))
        }
        // Checked some five times faster than by the standard library, and then copied.
        _ => match simdutf8::basic::from_utf8(&bytes) {
            Ok(text) => (text.to_string(), None),
            Err(_) => match (utf8_evidence(&bytes), foreign(GB18030, &bytes)) {
                (0 | 1, Some(text)) => (text, Some("GB18030")),
                (evidence, _) => return Err(broken(&bytes, evidence > 0)),
            },
        },
    };
    if foreign.is_none()
        && let Some(spoilt) = spoilt(&text)
    {
        return Err(spoilt);
    }
    // What was guessed to be text must look like it, too.
    if memchr::memchr(0, text.as_bytes()).is_some()
        || (foreign.is_some() && text.bytes().any(is_odd))
    {
        return Err(NotText::Binary);
    }
    let (text, replaced) = normal(text);
    Ok(Decoded { text, foreign, replaced })
}

/// Says where a text of UTF-8 has a byte of zero, as a disk or a program leaves one; `None` if there is
/// none, or if there are so many, or others like it, that it is no text.
fn spoilt(text: &str) -> Option<NotText> {
    let at = memchr::memchr(0, text.as_bytes())?;
    let zeros = memchr::memchr_iter(0, text.as_bytes()).count();
    if 50 * zeros > text.len() || text.bytes().any(|b| b != 0 && is_odd(b)) {
        return None;
    }
    let at = normal(text[..at].to_string()).0.len();
    Some(NotText::Spoilt { text: normal(text.replace('\0', "\u{FFFD}")).0, at })
}

/// Without a byte order mark and with `\n` line ends; and whether characters were replaced that no
/// text may hold.
fn normal(mut text: String) -> (String, bool) {
    // Programs that add a mark do not look whether there is one.
    let marks = text.len() - text.trim_start_matches('\u{FEFF}').len();
    text.drain(..marks);
    if text.contains('\r') {
        text = text.replace("\r\n", "\n").replace('\r', "\n");
    }
    let replaced = has_noncharacters(&text);
    if replaced {
        text = text.replace(is_noncharacter, "\u{FFFD}");
    }
    (text, replaced)
}

/// A byte that no text has.
fn is_odd(b: u8) -> bool {
    b < 0x20 && !b"\t\n\r\x0c".contains(&b)
}

/// Bytes that are not all UTF-8: how many Chinese characters show that some of them are. In
/// GB18030 one in thirty seems to be one of UTF-8 by chance; but hardly ever three together, and
/// hardly ever all that is on a line.
fn utf8_evidence(bytes: &[u8]) -> usize {
    let is_chinese =
        |c: char| ('\u{2E80}'..='\u{FFEF}').contains(&c) || ('\u{2010}'..='\u{2027}').contains(&c);
    let of_line = |line: &[u8]| {
        let (mut all, mut together, mut most, mut whole) = (0, 0, 0, true);
        for chunk in line.utf8_chunks() {
            for c in chunk.valid().chars().filter(|c| !c.is_ascii()) {
                let chinese = is_chinese(c);
                whole &= chinese;
                all += usize::from(chinese);
                together = if chinese { together + 1 } else { 0 };
                most = most.max(together);
            }
            if !chunk.invalid().is_empty() {
                (whole, together) = (false, 0);
            }
        }
        match (whole, most) {
            (true, _) => all,
            (false, 3..) => most,
            (false, _) => 0,
        }
    };
    bytes.split(|&b| b == b'\n').map(of_line).sum()
}

/// Says where bytes are no text that are text for the most part.
fn broken(bytes: &[u8], is_utf8: bool) -> NotText {
    if bytes.iter().copied().any(is_odd) {
        return NotText::Binary;
    }
    let (encoding, text) = match is_utf8 {
        true => ("UTF-8", String::from_utf8_lossy(bytes).into_owned()),
        false => ("GB18030", GB18030.decode_without_bom_handling(bytes).0.into_owned()),
    };
    let at = match bytes.utf8_chunks().next() {
        Some(chunk) if is_utf8 => chunk.valid().len(),
        _ => text.find('\u{FFFD}').unwrap_or(0),
    };
    let at = normal(text[..at].to_string()).0.len();
    NotText::Broken { encoding, text: normal(text).0, at }
}

fn foreign(encoding: &'static Encoding, bytes: &[u8]) -> Option<String> {
    encoding
        .decode_without_bom_handling_and_without_replacement(bytes)
        .map(|text| text.into_owned())
}

/// A text as it is written in a file, to be written again in the same way.
#[derive(Debug)]
pub struct Written {
    /// The text with its own line ends, without a byte order mark.
    pub text: String,
    mark: &'static [u8],
    encoding: &'static Encoding,
}

impl Written {
    /// Reads the bytes of a file; `None` if they would not be the same when written again.
    pub fn read(bytes: &[u8]) -> Option<Self> {
        let (mark, encoding): (&'static [u8], _) = match bytes {
            [0xFF, 0xFE, ..] => (&[0xFF, 0xFE], UTF_16LE),
            [0xFE, 0xFF, ..] => (&[0xFE, 0xFF], UTF_16BE),
            [0xEF, 0xBB, 0xBF, ..] => (&[0xEF, 0xBB, 0xBF], UTF_8),
            _ if simdutf8::basic::from_utf8(bytes).is_ok() => (&[], UTF_8),
            _ => (&[], GB18030),
        };
        let text = foreign(encoding, &bytes[mark.len()..])?;
        let written = Self { text, mark, encoding };
        let again = written.write(&written.text);
        again.is_some_and(|again| again == bytes).then_some(written)
    }

    /// The bytes of a file with another text; `None` if the encoding has not all of it.
    pub fn write(&self, text: &str) -> Option<Vec<u8>> {
        let units = || text.encode_utf16();
        let bytes = if self.encoding == UTF_16LE {
            units().flat_map(u16::to_le_bytes).collect()
        } else if self.encoding == UTF_16BE {
            units().flat_map(u16::to_be_bytes).collect()
        } else {
            let (bytes, _, is_lossy) = self.encoding.encode(text);
            if is_lossy {
                return None;
            }
            bytes.into_owned()
        };
        Some([self.mark, &bytes].concat())
    }
}

#[allow(clippy::unwrap_used)]
#[cfg(test)]
mod tests {
    use super::*;

    fn gb(text: &str) -> Vec<u8> {
        GB18030.encode(text).0.into_owned()
    }

    fn where_broken(bytes: Vec<u8>) -> Option<(&'static str, String)> {
        match decode(bytes) {
            Err(NotText::Broken { encoding, text, at }) => Some((encoding, text[..at].to_string())),
            _ => None,
        }
    }

    #[test]
    fn a_file_of_two_encodings_is_neither() {
        let front = "---\r\ntitle: 春耕\r\n---\r\n";
        let read = "---\ntitle: 春耕\n---\n";
        for pasted in ["从旧稿里抄来的一整段话，有好几句。", "字", "他说：好"]
        {
            let mixed = [front.as_bytes(), &gb(pasted), b"\n"].concat();
            assert_eq!(where_broken(mixed), Some(("UTF-8", read.into())), "{pasted}");
        }
        // A character that was cut in two.
        let cut = [front.as_bytes(), &"段".as_bytes()[..2], "，完".as_bytes()].concat();
        assert_eq!(where_broken(cut), Some(("UTF-8", read.into())));
        // A byte that is lost in a text of the other encoding.
        let lost = [gb("标题：春耕\n第一段"), vec![0xFF], gb("，完。\n")].concat();
        assert_eq!(where_broken(lost), Some(("GB18030", "标题：春耕\n第一段".into())));
    }

    #[test]
    fn a_text_in_gb18030_is_read_as_such() {
        let rare = "囝囡嵱嶓嵊嵛倪匡僖偲嘏亓谌郗郜鄢郐，娄烨、蕲春与濉溪、渑池。";
        for text in ["title: 甲\n", "他", rare, &rare.repeat(50), "一二三四五六七八九十百千万亿兆"]
        {
            let decoded = decode(gb(text)).unwrap();
            assert_eq!((decoded.text.as_str(), decoded.foreign), (text, Some("GB18030")));
        }
        assert_eq!(decode(vec![0x50, 0x4B, 3, 4, 0xFF, 0]), Err(NotText::Binary));
    }
}
