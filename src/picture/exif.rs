//! Exif, which is TIFF: the few entries that matter, and a TIFF's own size.

use serde::{Deserialize, Serialize};

/// What was found of a picture that says more than it shows.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Private {
    /// Where it was taken.
    pub place: bool,
    /// With which camera, when, by whom, and whatever else is in Exif, XMP, IPTC and comments.
    pub other: bool,
}

impl Private {
    /// Is there anything?
    pub fn any(self) -> bool {
        self.place || self.other
    }

    /// Both together.
    pub fn and(self, other: Self) -> Self {
        Self { place: self.place || other.place, other: self.other || other.other }
    }
}

/// What the first directory of a TIFF says.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Entries {
    /// How the picture is to be turned: 1 to 8, 1 if nothing is said.
    pub orientation: u8,
    /// Does it say where the picture was taken?
    pub place: bool,
    /// Width and height in pixels; 0 if nothing is said.
    pub size: (u32, u32),
    /// Has the picture an alpha channel?
    pub alpha: bool,
    /// Is there a colour profile?
    pub profile: bool,
    /// How many directories follow each other: pages of a scan.
    pub pages: u32,
}

/// So many entries of a directory are looked at, and so many directories.
const MOST: usize = 512;

/// Reads the first directory; `None` if it is no TIFF.
pub fn entries(tiff: &[u8]) -> Option<Entries> {
    let little = match tiff.get(..4)? {
        b"II*\0" => true,
        b"MM\0*" => false,
        _ => return None,
    };
    let number = |at: usize, size: usize| -> Option<u32> {
        let bytes = tiff.get(at..at.checked_add(size)?)?;
        let fold = |value: u32, byte: &u8| value << 8 | u32::from(*byte);
        Some(match little {
            true => bytes.iter().rev().fold(0, fold),
            false => bytes.iter().fold(0, fold),
        })
    };
    let mut found = Entries { orientation: 1, ..Entries::default() };
    let mut directory = number(4, 4)? as usize;
    let first = directory;
    while directory != 0 && (found.pages as usize) < MOST {
        let Some(count) = number(directory, 2) else { break };
        found.pages += 1;
        let count = (count as usize).min(MOST);
        if directory == first {
            for i in 0..count {
                let at = directory.checked_add(2 + 12 * i)?;
                let (Some(tag), Some(kind)) = (number(at, 2), number(at + 2, 2)) else { break };
                // Short and long numbers stand in the entry itself.
                let value = match kind {
                    3 => number(at + 8, 2),
                    _ => number(at + 8, 4),
                };
                let Some(value) = value else { break };
                match tag {
                    0x0100 => found.size.0 = value,
                    0x0101 => found.size.1 = value,
                    0x0112 if (1..=8).contains(&value) => found.orientation = value as u8,
                    0x0152 => found.alpha = true,
                    0x8773 => found.profile = true,
                    0x8825 => found.place = true,
                    _ => {}
                }
            }
        }
        let next = directory.checked_add(2 + 12 * count).and_then(|at| number(at, 4));
        // A circle would go on for ever; directories of what cameras write follow each other.
        directory = next.map_or(0, |next| next as usize).min(tiff.len());
        if directory == first {
            break;
        }
    }
    Some(found)
}

#[cfg(test)]
mod tests {
    use super::entries;

    #[test]
    fn orientation_and_place() {
        let mut tiff = b"MM\0*\0\0\0\x08\0\x02".to_vec();
        tiff.extend(b"\x01\x12\0\x03\0\0\0\x01\0\x06\0\0");
        tiff.extend(b"\x88\x25\0\x04\0\0\0\x01\0\0\0\x40");
        tiff.extend([0; 4]);
        let found = entries(&tiff).unwrap();
        assert_eq!((found.orientation, found.place, found.pages), (6, true, 1));
        for cut in 0..tiff.len() {
            let _ = entries(&tiff[..cut]);
        }
        // A directory that is its own next.
        let mut circle = tiff.clone();
        let end = circle.len();
        circle[end - 4..].copy_from_slice(&[0, 0, 0, 8]);
        assert_eq!(entries(&circle).unwrap().pages, 1);
        assert_eq!(entries(b"II*\0\xff\xff\xff\xff").unwrap().pages, 0);
        assert!(entries(b"JFIF").is_none());
    }
}
