//! Bytes as text, and names made of what they name: base 32 and 64, SHA-1, UUIDs. The home
//! of data-encoding and sha1.

use data_encoding::{BASE32, BASE64};
use sha1::{Digest, Sha1};

/// A SHA-1 digest in the making. Good for telling whether bytes are the same by accident;
/// nothing here relies on it against an attacker.
#[derive(Clone, Default)]
pub struct Sum(Sha1);

impl Sum {
    /// Adds bytes.
    pub fn add(&mut self, bytes: &[u8]) {
        self.0.update(bytes);
    }

    /// The digest as web archives write it: `sha1:` and base 32.
    pub fn labelled(self) -> String {
        format!("sha1:{}", BASE32.encode(&self.0.finalize()))
    }
}

/// The namespace of UUIDs made of addresses (RFC 9562, 6.6).
const URL_NAMESPACE: [u8; 16] = [
    0x6b, 0xa7, 0xb8, 0x11, 0x9d, 0xad, 0x11, 0xd1, 0x80, 0xb4, 0x00, 0xc0, 0x4f, 0xd4, 0x30, 0xc8,
];

/// A UUID, version 5, of texts: the same for the same texts, on every machine.
pub fn uuid(texts: &[&str]) -> String {
    let mut sum = Sha1::new();
    sum.update(URL_NAMESPACE);
    for (i, text) in texts.iter().enumerate() {
        if i > 0 {
            // No text of an author holds it: what is parted stays apart.
            sum.update([0]);
        }
        sum.update(text.as_bytes());
    }
    let digest = sum.finalize();
    let mut bytes = [0; 16];
    bytes.copy_from_slice(&digest[..16]);
    bytes[6] = bytes[6] & 0x0f | 0x50;
    bytes[8] = bytes[8] & 0x3f | 0x80;
    let hex = |range: std::ops::Range<usize>| {
        bytes[range].iter().map(|byte| format!("{byte:02x}")).collect::<String>()
    };
    format!("{}-{}-{}-{}-{}", hex(0..4), hex(4..6), hex(6..8), hex(8..10), hex(10..16))
}

/// Bytes in base 64. Of what is encoded piece by piece, every piece but the last must be a
/// multiple of three bytes long.
pub fn base64(bytes: &[u8]) -> String {
    BASE64.encode(bytes)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn known_digests() {
        let mut sum = Sum::default();
        sum.add(b"abc");
        assert_eq!(sum.labelled(), "sha1:VGMT4NSHA2AWVOR6EVYXQUGCNSONBWE5");
        // RFC 9562, A.4, gives the one of a name in the namespace of domain names; this one
        // was made by Python's uuid.uuid5(uuid.NAMESPACE_URL, "http://example.com/").
        assert_eq!(uuid(&["http://example.com/"]), "0a300ee9-f9e4-5697-a51a-efc7fafaba67");
        assert_ne!(uuid(&["a", "b"]), uuid(&["ab"]));
    }
}
