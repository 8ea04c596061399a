//! What a file is, by its first bytes: names often lie.

/// A format that files beside stories have.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, serde::Deserialize,
)]
#[allow(missing_docs)] // Each is called by its name.
pub enum Format {
    Jpeg,
    Png,
    Gif,
    Webp,
    Avif,
    Bmp,
    Ico,
    Svg,
    /// Photographs of telephones.
    Heic,
    /// Scans; photographs as some cameras keep them are TIFF, too.
    Tiff,
    Photoshop,
    Jpeg2000,
    JpegXl,
    /// Drawings of Office programs: EMF and WMF.
    Metafile,
    PostScript,
    Pdf,
    /// Also what Word, Excel and PowerPoint write.
    Zip,
    /// What older Office programs write, and newer ones with a password.
    Ole,
    Rtf,
    Rar,
    SevenZip,
    /// Video and sound.
    Media,
    Html,
}

/// So many bytes tell.
pub const HEAD: usize = 512;

impl Format {
    /// The format of a file that begins with `head`; `None` if it is no known one.
    pub fn of(head: &[u8]) -> Option<Self> {
        let at = |from: usize, bytes: &[u8]| {
            head.get(from..).is_some_and(|rest| rest.starts_with(bytes))
        };
        let begins = SIGNATURES.iter().find(|(bytes, _)| head.starts_with(bytes));
        if let Some((_, format)) = begins {
            return Some(*format);
        }
        if at(0, b"RIFF") {
            return Some(if at(8, b"WEBP") { Self::Webp } else { Self::Media });
        }
        if at(4, b"ftyp") {
            let brands = &head[8..head.len().min(64)];
            let has = |brand: &[u8]| brands.chunks(4).any(|known| known == brand);
            let heif = [&b"heic"[..], b"heix", b"hevc", b"heim", b"heis", b"mif1", b"msf1"];
            return Some(match () {
                () if has(b"avif") || has(b"avis") => Self::Avif,
                () if heif.into_iter().any(has) => Self::Heic,
                () if has(b"crx ") => Self::Tiff,
                () => Self::Media,
            });
        }
        if at(0, b"BM") && at(6, &[0; 4]) {
            return Some(Self::Bmp);
        }
        // Packets of a broadcast, also with the time before each.
        if at(0, b"G") && at(188, b"G") && at(376, b"G")
            || at(4, b"G") && at(196, b"G") && at(388, b"G")
        {
            return Some(Self::Media);
        }
        if at(0, b"FORM") && at(8, b"AIF") {
            return Some(Self::Media);
        }
        if at(0, &[1, 0, 0, 0]) && at(40, b" EMF") {
            return Some(Self::Metafile);
        }
        of_text(head)
    }

    /// The format that an extension in lower case promises, if it is one of those above.
    pub fn of_extension(extension: &str) -> Option<Self> {
        Some(match extension {
            "jpg" | "jpeg" | "jpe" | "jfif" => Self::Jpeg,
            "png" | "apng" => Self::Png,
            "gif" => Self::Gif,
            "webp" => Self::Webp,
            "avif" => Self::Avif,
            "bmp" => Self::Bmp,
            "ico" => Self::Ico,
            "svg" => Self::Svg,
            "heic" | "heif" | "hif" => Self::Heic,
            "tif" | "tiff" | "dng" | "cr2" | "cr3" | "nef" | "arw" | "raf" | "orf" | "rw2"
            | "pef" | "raw" => Self::Tiff,
            "psd" | "psb" => Self::Photoshop,
            "jp2" | "j2k" | "jpx" => Self::Jpeg2000,
            "jxl" => Self::JpegXl,
            "emf" | "wmf" => Self::Metafile,
            "eps" | "ps" | "ai" => Self::PostScript,
            "pdf" => Self::Pdf,
            "zip" | "docx" | "xlsx" | "pptx" => Self::Zip,
            "doc" | "xls" | "ppt" | "wps" | "et" | "dps" => Self::Ole,
            "rtf" => Self::Rtf,
            "rar" => Self::Rar,
            "7z" => Self::SevenZip,
            "mp4" | "m4v" | "mov" | "qt" | "3gp" | "3gpp" | "3g2" | "avi" | "divx" | "wmv"
            | "asf" | "flv" | "f4v" | "mkv" | "webm" | "mpg" | "mpeg" | "mpe" | "m1v" | "m2v"
            | "vob" | "mod" | "ts" | "mts" | "m2t" | "m2ts" | "tod" | "rm" | "rmvb" | "ogv"
            | "ogm" => Self::Media,
            "mp3" | "m4a" | "m4b" | "m4r" | "aac" | "wav" | "ogg" | "oga" | "opus" | "spx"
            | "flac" | "wma" | "weba" | "mka" | "amr" | "awb" | "ape" | "aif" | "aiff" | "aifc"
            | "caf" | "ra" | "mid" | "midi" => Self::Media,
            "html" | "htm" | "mht" => Self::Html,
            _ => return None,
        })
    }

    /// Is it a picture that every browser shows?
    pub fn is_shown(self) -> bool {
        self.is_pixels() || self == Self::Svg
    }

    /// Is it a picture of any kind?
    pub fn is_picture(self) -> bool {
        self.is_shown() || matches!(self, Self::Heic | Self::Tiff)
    }

    /// Is it one that browsers know by its bytes, whatever it is called?
    pub fn is_pixels(self) -> bool {
        matches!(
            self,
            Self::Jpeg | Self::Png | Self::Gif | Self::Webp | Self::Avif | Self::Bmp | Self::Ico
        )
    }

    /// Is a file of this format, which begins with `head`, ends with `tail` and has `length`
    /// bytes, surely not whole?
    pub fn is_cut(self, head: &[u8], tail: &[u8], length: u64) -> bool {
        let has = |bytes: &[u8], part: &[u8]| memchr::memmem::find(bytes, part).is_some();
        match self {
            // Cameras put more behind the picture.
            Self::Jpeg => {
                let more = [&b"MotionPhoto"[..], b"MicroVideo", b"MPF\0"];
                !has(tail, &[0xFF, 0xD9]) && !more.into_iter().any(|part| has(head, part))
            }
            Self::Png => !has(tail, b"IEND"),
            Self::Webp => {
                let size = head.get(4..8).and_then(|size| size.try_into().ok());
                size.is_some_and(|size| length < u64::from(u32::from_le_bytes(size)) + 8)
            }
            Self::Zip => !has(tail, b"PK\x05\x06"),
            Self::Pdf => !has(tail, b"%%EOF"),
            _ => false,
        }
    }
}

/// What files of a format begin with.
const SIGNATURES: &[(&[u8], Format)] = &[
    (&[0xFF, 0xD8, 0xFF], Format::Jpeg),
    (b"\x89PNG\r\n\x1a\n", Format::Png),
    (b"GIF87a", Format::Gif),
    (b"GIF89a", Format::Gif),
    (&[0, 0, 1, 0], Format::Ico),
    (b"II*\0", Format::Tiff),
    (b"MM\0*", Format::Tiff),
    (b"II+\0", Format::Tiff),
    (b"MM\0+", Format::Tiff),
    (b"IIRO", Format::Tiff),
    (b"IIU\0", Format::Tiff),
    (b"FUJIFILMCCD-RAW", Format::Tiff),
    (b"8BPS", Format::Photoshop),
    (b"\0\0\0\x0cjP  ", Format::Jpeg2000),
    (b"\0\0\0\x0cJXL ", Format::JpegXl),
    (&[0xFF, 0x0A], Format::JpegXl),
    (&[0xD7, 0xCD, 0xC6, 0x9A], Format::Metafile),
    (b"%!PS", Format::PostScript),
    (b"%PDF", Format::Pdf),
    (b"PK\x03\x04", Format::Zip),
    (b"PK\x05\x06", Format::Zip),
    (&[0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1], Format::Ole),
    (b"{\\rtf", Format::Rtf),
    (b"Rar!", Format::Rar),
    (b"7z\xbc\xaf\x27\x1c", Format::SevenZip),
    (b"ID3", Format::Media),
    (b"OggS", Format::Media),
    (b"fLaC", Format::Media),
    (&[0xFF, 0xF1], Format::Media),
    (&[0xFF, 0xF9], Format::Media),
    (&[0, 0, 1, 0xBA], Format::Media),
    (&[0, 0, 1, 0xB3], Format::Media),
    (b".RMF", Format::Media),
    (b".ra\xFD", Format::Media),
    (b"MAC ", Format::Media),
    (b"caff", Format::Media),
    (b"MThd", Format::Media),
    (b"FLV\x01", Format::Media),
    (b"#!AMR", Format::Media),
    (&[0x1A, 0x45, 0xDF, 0xA3], Format::Media),
    (&[0x30, 0x26, 0xB2, 0x75], Format::Media),
];

/// Texts say what they are by their first element.
fn of_text(head: &[u8]) -> Option<Format> {
    let text = String::from_utf8_lossy(head).to_lowercase();
    let text = text.trim_start_matches(['\u{FEFF}', ' ', '\t', '\r', '\n']);
    if !text.starts_with('<') {
        return None;
    }
    let html = ["<!doctype html", "<html", "<head", "<body", "<script", "<meta", "<title"];
    let first = |marks: &[&str]| marks.iter().filter_map(|mark| text.find(mark)).min();
    match (first(&html), first(&["<svg", "<!doctype svg"])) {
        (Some(html), svg) if svg.is_none_or(|svg| html < svg) => Some(Format::Html),
        (_, Some(_)) => Some(Format::Svg),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::Format;

    #[test]
    fn formats_by_their_first_bytes() {
        for (head, format) in [
            (&b"\xff\xd8\xff\xe1Exif"[..], Some(Format::Jpeg)),
            (b"RIFF\x10\0\0\0WEBPVP8 ", Some(Format::Webp)),
            (b"RIFF\x10\0\0\0WAVEfmt ", Some(Format::Media)),
            (b"\0\0\0\x18ftypheic\0\0\0\0mif1heic", Some(Format::Heic)),
            (b"\0\0\0\x1cftypmif1\0\0\0\0mif1avif", Some(Format::Avif)),
            (b"\0\0\0\x20ftypisom\0\0\x02\0isomiso2", Some(Format::Media)),
            (b"BM\x36\0\0\0\0\0\0\0\x36\0\0\0", Some(Format::Bmp)),
            (b"BMW is a car, and no picture", None),
            (b"\xef\xbb\xbf\r\n<!DOCTYPE HTML>", Some(Format::Html)),
            (b"<?xml version=\"1.0\"?><!-- by hand --><svg xmlns=\"\">", Some(Format::Svg)),
            (b"<svg><title>x</title></svg>", Some(Format::Svg)),
            (b"<?xml version=\"1.0\"?><Error><Code>AccessDenied</Code></Error>", None),
            (b"", None),
        ] {
            assert_eq!(Format::of(head), format, "{}", String::from_utf8_lossy(head));
        }
    }
}
