//! Signatures of requests to object storage (AWS Signature Version 4, which all of them take). The
//! home of hmac.

use hmac::{Hmac, KeyInit, Mac};
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};
use sha2::Sha256;
use time::OffsetDateTime;

use crate::bag::digest::{Algorithm, Hasher};

/// Who signs.
#[derive(Clone)]
pub struct Keys {
    /// The name of the key.
    pub id: String,
    /// The key.
    pub secret: String,
    /// What goes with a key that is lent.
    pub token: Option<String>,
}

/// What is signed.
pub struct Signed<'a> {
    /// `GET`
    pub method: &'a str,
    /// The path, encoded.
    pub path: &'a str,
    /// Names and values, not encoded, in any order.
    pub query: &'a [(&'a str, &'a str)],
    /// Headers that are signed, with names in lower case; `host` and the date among them.
    pub headers: &'a [(&'a str, &'a str)],
    /// The SHA-256 digest of the body.
    pub body: &'a str,
}

/// What stays as it is in paths and queries.
const KEPT: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'.').remove(b'_').remove(b'~');
const KEPT_IN_PATHS: &AsciiSet = &KEPT.remove(b'/');

/// A path as it is signed and sent.
pub fn encode_path(path: &str) -> String {
    utf8_percent_encode(path, KEPT_IN_PATHS).to_string()
}

/// A query as it is signed and sent.
pub fn encode_query(query: &[(&str, &str)]) -> String {
    let encode = |text: &str| utf8_percent_encode(text, KEPT).to_string();
    let mut pairs: Vec<String> =
        query.iter().map(|(name, value)| format!("{}={}", encode(name), encode(value))).collect();
    pairs.sort();
    pairs.join("&")
}

/// The SHA-256 digest of bytes, in hexadecimal.
pub fn sha256(bytes: &[u8]) -> String {
    let mut hasher = Hasher::new([Algorithm::Sha256]);
    hasher.update(bytes);
    hasher.finish().into_iter().map(|(_, digest)| digest).collect()
}

/// A moment as it stands in `x-amz-date`: `20260318T093000Z`.
pub fn stamp(moment: OffsetDateTime) -> String {
    let (year, month, day) = moment.to_calendar_date();
    let (hour, minute, second) = moment.to_hms();
    format!("{year:04}{:02}{day:02}T{hour:02}{minute:02}{second:02}Z", month as u8)
}

/// The header `Authorization` of a request at `stamp`.
pub fn authorization(keys: &Keys, region: &str, stamp: &str, request: &Signed<'_>) -> String {
    let mut headers = request.headers.to_vec();
    headers.sort_unstable();
    let names: Vec<&str> = headers.iter().map(|(name, _)| *name).collect();
    let names = names.join(";");
    let lines: String =
        headers.iter().map(|(name, value)| format!("{name}:{}\n", value.trim())).collect();
    let Signed { method, path, query, body, .. } = request;
    let query = encode_query(query);
    let canonical = format!("{method}\n{path}\n{query}\n{lines}\n{names}\n{body}");
    let day = &stamp[..8];
    let scope = format!("{day}/{region}/s3/aws4_request");
    let text = format!("AWS4-HMAC-SHA256\n{stamp}\n{scope}\n{}", sha256(canonical.as_bytes()));
    let first = format!("AWS4{}", keys.secret).into_bytes();
    let key = [day, region, "s3", "aws4_request"]
        .iter()
        .fold(first, |key, part| hmac(&key, part.as_bytes()));
    let signature: String =
        hmac(&key, text.as_bytes()).iter().map(|b| format!("{b:02x}")).collect();
    format!(
        "AWS4-HMAC-SHA256 Credential={}/{scope},SignedHeaders={names},Signature={signature}",
        keys.id
    )
}

fn hmac(key: &[u8], text: &[u8]) -> Vec<u8> {
    // A key of any length will do.
    let Ok(mut mac) = Hmac::<Sha256>::new_from_slice(key) else { return Vec::new() };
    mac.update(text);
    mac.finalize().into_bytes().to_vec()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The examples of Amazon's own documentation.
    #[test]
    fn known_signatures() {
        let keys = Keys {
            id: "AKIAIOSFODNN7EXAMPLE".into(),
            secret: "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY".into(),
            token: None,
        };
        let nothing = sha256(b"");
        let stamp = "20130524T000000Z";
        let host = ("host", "examplebucket.s3.amazonaws.com");
        let hash = ("x-amz-content-sha256", nothing.as_str());
        let date = ("x-amz-date", stamp);
        let sign = |path: &str, query: &[(&str, &str)], more: &[(&str, &str)]| {
            let headers = [&[host, hash, date], more].concat();
            let request = Signed { method: "GET", path, query, headers: &headers, body: &nothing };
            let all = authorization(&keys, "us-east-1", stamp, &request);
            all.rsplit_once('=').unwrap().1.to_string()
        };
        assert_eq!(
            sign("/test.txt", &[], &[("range", "bytes=0-9")]),
            "f0e8bdb87c964420e857bd35b5d6ed310bd44f0170aba48dd91039c6036bdb41"
        );
        assert_eq!(
            sign("/", &[("prefix", "J"), ("max-keys", "2")], &[]),
            "34b48302e7b5fa45bde8084f4b7868a86f0a534bc59db6670ed5711ef69dc6f7"
        );
    }

    #[test]
    fn times_and_addresses_as_they_are_signed() {
        let moment = OffsetDateTime::from_unix_timestamp(1_363_867_200).unwrap();
        assert_eq!(stamp(moment), "20130321T120000Z");
        assert_eq!(encode_path("/桶/a b+c~.html"), "/%E6%A1%B6/a%20b%2Bc~.html");
        assert_eq!(
            encode_query(&[("prefix", "a/b"), ("list-type", "2")]),
            "list-type=2&prefix=a%2Fb"
        );
    }
}
