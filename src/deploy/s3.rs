//! Object storage that speaks S3: Amazon's, and what speaks like it.

use std::path::Path;
use std::sync::atomic::{AtomicI64, Ordering};

use time::OffsetDateTime;

use super::headers::Headers;
use super::http::{Body, Call, Http, Reply, Verdict, error_code};
use super::packed::Sent;
use super::secrets::Secrets;
use super::sign::{Keys, Signed, authorization, encode_path, encode_query, sha256, stamp};
use super::store::{Listed, Sending, Store, Trouble, Version, Watch, on_threads};
use super::{lease, manifest};
use crate::bag::digest::Algorithm;
use crate::base::fault::Fault;
use crate::output::tree;
use crate::settings::DeploySettings;

/// So many requests are under way at once.
const THREADS: usize = 16;

/// A bucket, or a part of it.
pub struct Bucket {
    http: Http,
    keys: Keys,
    region: String,
    /// `https://` or `http://`.
    scheme: &'static str,
    host: String,
    /// What stands before the names of objects in addresses: `/`, or `/bucket/`.
    root: String,
    bucket: String,
    /// What the names of our objects begin with.
    prefix: String,
    /// How many seconds our clock is behind the server's.
    behind: AtomicI64,
}

/// The variables that the keys are in.
const KEYS: &[&str] = &["AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"];

impl Bucket {
    /// A bucket as site.yaml names it.
    pub fn open(
        (bucket, prefix): (&str, &str),
        settings: &DeploySettings,
        secrets: &Secrets<'_>,
    ) -> Result<Self, Trouble> {
        let (Some(id), Some(secret)) = (secrets.get(KEYS[0]), secrets.get(KEYS[1])) else {
            return Err(Trouble::NoSecret(KEYS));
        };
        let keys = Keys { id, secret, token: secrets.get("AWS_SESSION_TOKEN") };
        let region = settings.region.clone().unwrap_or_else(|| "us-east-1".into());
        let endpoint = match &settings.endpoint {
            Some(endpoint) => endpoint.trim_end_matches('/').to_string(),
            None => format!("https://s3.{region}.amazonaws.com"),
        };
        let (scheme, host) = match endpoint.split_once("://") {
            Some(("http", host)) => ("http://", host),
            Some((_, host)) => ("https://", host),
            None => ("https://", &*endpoint),
        };
        let in_host = match settings.style {
            Some(style) => style.0 == "host",
            None => has_bucket_hosts(host, bucket),
        };
        // Some consoles show the address with the bucket in it.
        let is_there = host.strip_prefix(bucket).is_some_and(|rest| rest.starts_with('.'));
        let (host, root) = match in_host {
            true if is_there => (host.to_string(), "/".to_string()),
            true => (format!("{bucket}.{host}"), "/".to_string()),
            false => (host.to_string(), format!("/{bucket}/")),
        };
        Ok(Self {
            http: Http::new(),
            keys,
            region,
            scheme,
            host,
            root,
            bucket: bucket.into(),
            prefix: prefix.into(),
            behind: AtomicI64::new(0),
        })
    }

    fn call<'a>(
        &self,
        method: &'static str,
        path: &str,
        query: &[(&str, &str)],
        headers: &[(&'static str, &str)],
        (body, digest): (Body<'a>, &str),
    ) -> Call<'a> {
        let now = OffsetDateTime::now_utc()
            + time::Duration::seconds(self.behind.load(Ordering::Relaxed));
        let stamp = stamp(now);
        let path = encode_path(&format!("{}{path}", self.root));
        let mut signed: Vec<(&'static str, &str)> = vec![
            ("host", self.host.as_str()),
            ("x-amz-content-sha256", digest),
            ("x-amz-date", &stamp),
        ];
        signed.extend(self.keys.token.as_deref().map(|token| ("x-amz-security-token", token)));
        let request = Signed { method, path: &path, query, headers: &signed, body: digest };
        let authorization = authorization(&self.keys, &self.region, &stamp, &request);
        // The host is sent by whoever sends.
        let mut all: Vec<(&'static str, String)> =
            signed[1..].iter().map(|&(name, value)| (name, value.to_string())).collect();
        all.push(("authorization", authorization));
        all.extend(headers.iter().map(|&(name, value)| (name, value.to_string())));
        let query = match encode_query(query) {
            query if query.is_empty() => query,
            query => format!("?{query}"),
        };
        let url = format!("{}{}{path}{query}", self.scheme, self.host);
        Call { method, url, headers: all, body }
    }

    /// A request without a body about an object.
    fn plain(&self, method: &'static str, path: &str) -> Call<'static> {
        self.call(method, &self.key(path), &[], &[], (Body::Nothing, &sha256(b"")))
    }

    fn key(&self, path: &str) -> String {
        format!("{}{path}", self.prefix)
    }

    /// What an answer that is no success means.
    fn refusal<T>(&self, reply: &Reply) -> Verdict<T> {
        let code = error_code(reply).unwrap_or_default();
        let status = reply.status;
        let said = format!("HTTP {status} {code}").trim().to_string();
        if code == "RequestTimeTooSkewed" {
            // Its clock counts; a clock that is wrong even so is told.
            let theirs = reply.header("date").and_then(http_date);
            let Some(theirs) = theirs.filter(|_| self.behind.load(Ordering::Relaxed) == 0) else {
                return Verdict::Fail(Trouble::Clock(said));
            };
            let behind = (theirs - OffsetDateTime::now_utc()).whole_seconds();
            self.behind.store(behind, Ordering::Relaxed);
            return Verdict::Again(said);
        }
        let busy =
            ["SlowDown", "RequestTimeout", "InternalError", "ServiceUnavailable", "Throttling"];
        // A body that arrived otherwise than it was signed was cut or altered on the way.
        let on_the_way = ["IncompleteBody", "BadDigest", "XAmzContentSHA256Mismatch"];
        if busy.contains(&&*code) || on_the_way.contains(&&*code) || code == "OperationAborted" {
            return Verdict::Again(said);
        }
        Verdict::Fail(match (status, &*code) {
            (_, "NoSuchBucket") => Trouble::Missing(self.bucket.clone()),
            (
                _,
                "PermanentRedirect"
                | "AuthorizationHeaderMalformed"
                | "IllegalLocationConstraintException",
            ) => Trouble::Refused(format!("{said}: region / endpoint")),
            (413, _) | (_, "EntityTooLarge") => Trouble::TooLarge(said),
            (status, code) if is_full(status, code) => Trouble::Full(said),
            (_, "") if reply.is_page() || (301..400).contains(&status) => Trouble::NoStorage(said),
            (401 | 403, _) => Trouble::Refused(said),
            (404, "") => Trouble::NoStorage(said),
            _ => Trouble::Answer(said),
        })
    }

    fn put(&self, sending: &Sending<'_>, watch: &Watch<'_>) -> Result<(), Trouble> {
        (watch.tick)()?;
        let key = self.key(sending.path);
        let Headers { content_type, cache_control, content_encoding } = sending.headers;
        let sent = Sent::of(sending.file, sending.headers)?;
        let sent = sent.ok_or_else(|| Fault::changed(sending.file))?;
        let (read, digest) = sent.digest(Algorithm::Sha256)?;
        if read != sending.size {
            return Err(Fault::changed(sending.file).into());
        }
        let mut headers = vec![("content-type", content_type), ("cache-control", cache_control)];
        headers.extend(content_encoding.map(|encoding| ("content-encoding", encoding)));
        let body = match &sent {
            Sent::Packed(_, bytes) => Body::Bytes(bytes),
            Sent::File(file) => Body::File(file, sending.size, watch.tick),
        };
        let make = || Ok(self.call("PUT", &key, &[], &headers, (body, &digest)));
        self.http.ask(&make, &|reply, _| match reply.status {
            200..300 if reply.is_page() => Verdict::Fail(Trouble::NoStorage(String::new())),
            200..300 => Verdict::Take(()),
            _ => self.refusal(&reply),
        })?;
        (watch.done)(sending.path, sending.size);
        Ok(())
    }

    /// One page of the list, after `token` or after the name `after`.
    fn page(&self, token: Option<&str>, after: Option<&str>) -> Result<Page, Trouble> {
        let mut query = vec![("list-type", "2"), ("max-keys", "1000"), ("encoding-type", "url")];
        query.push(("prefix", &self.prefix));
        query.extend(token.map(|token| ("continuation-token", token)));
        query.extend(after.map(|after| ("start-after", after)));
        let make = || Ok(self.call("GET", "", &query, &[], (Body::Nothing, &sha256(b""))));
        self.http.ask(&make, &|reply, _| match reply.status {
            200..300 => match Page::read(&reply.text()) {
                Some(page) => Verdict::Take(page),
                None if reply.is_page() => Verdict::Fail(Trouble::NoStorage(String::new())),
                // The end of it is missing.
                None => Verdict::Again("list cut short".into()),
            },
            _ => self.refusal(&reply),
        })
    }
}

/// Is the name of a bucket part of the host there? Where the host is a bare address, has a port or
/// no dot, it cannot be; elsewhere vendors want it so.
fn has_bucket_hosts(host: &str, bucket: &str) -> bool {
    let is_address = host.starts_with('[') || host.bytes().all(|b| b.is_ascii_digit() || b == b'.');
    let fits = bucket.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-');
    fits && host.contains('.') && !host.contains(':') && !is_address
}

/// Does a storage say that it has no room left, or that we may use no more of it? Each says so in
/// words of its own: `QuotaExceeded`, `XMinioStorageFull`, `InsufficientStorage`.
fn is_full(status: u16, code: &str) -> bool {
    status == 507
        || ["Quota", "StorageFull", "InsufficientStorage"].iter().any(|w| code.contains(w))
}

/// The moment that an HTTP header names: `Wed, 21 Oct 2015 07:28:00 GMT`.
fn http_date(text: &str) -> Option<OffsetDateTime> {
    const MONTHS: &str = "JanFebMarAprMayJunJulAugSepOctNovDec";
    let mut parts = text.split([' ', ':']).skip(1);
    let day = parts.next()?.parse().ok()?;
    let month = parts.next().filter(|name| name.len() == 3)?;
    let month = u8::try_from(MONTHS.find(month)? / 3 + 1).ok()?;
    let year = parts.next()?.parse().ok()?;
    let mut number = || parts.next()?.parse::<u8>().ok();
    let (hour, minute, second) = (number()?, number()?, number()?);
    let date = time::Date::from_calendar_date(year, month.try_into().ok()?, day).ok()?;
    Some(date.with_hms(hour, minute, second).ok()?.assume_utc())
}

/// A page of a list.
#[derive(Debug, Default, PartialEq, Eq)]
struct Page {
    /// Names, as they are, with sizes and digests.
    objects: Vec<Listed>,
    /// Does another one follow?
    is_truncated: bool,
    /// What asks for it.
    token: Option<String>,
}

impl Page {
    /// Reads an answer; `None` if it is no whole list.
    fn read(text: &str) -> Option<Self> {
        if !text.contains("</ListBucketResult>") {
            return None;
        }
        let nodes = tree::parse(text);
        let list = tree::elements(&nodes).find(|element| element.name == "ListBucketResult")?;
        let value = |name: &str| {
            list.elements().find(|element| element.name == name).map(|element| element.text())
        };
        let is_encoded = value("EncodingType").as_deref() == Some("url");
        let mut objects = Vec::new();
        for object in list.elements().filter(|element| element.name == "Contents") {
            let value = |name: &str| object.first(name).map(|element| element.text());
            let key = value("Key")?;
            let path = match is_encoded {
                // A space is a plus here, and a plus is not.
                true => crate::value::address::decode(&key.replace('+', " ")),
                false => key,
            };
            let tag = value("ETag").unwrap_or_default();
            let tag = tag.trim_matches('"').to_lowercase();
            let is_md5 = tag.len() == 32 && tag.bytes().all(|b| b.is_ascii_hexdigit());
            let size = value("Size").and_then(|size| size.parse().ok())?;
            objects.push(Listed { path, size, md5: is_md5.then_some(tag) });
        }
        let token = value("NextContinuationToken").filter(|token| !token.is_empty());
        Some(Self { objects, is_truncated: value("IsTruncated").as_deref() == Some("true"), token })
    }
}

impl Store for Bucket {
    fn read(&self, path: &str) -> Result<Option<Version>, Trouble> {
        self.http.ask(&|| Ok(self.plain("GET", path)), &|reply, _| {
            let code = error_code(&reply);
            match reply.status {
                200..300 if reply.is_page() => Verdict::Fail(Trouble::NoStorage(String::new())),
                200..300 => {
                    let tag = reply.header("etag").unwrap_or_default().to_string();
                    Verdict::Take(Some(Version { tag, bytes: reply.body }))
                }
                404 if code.as_deref() == Some("NoSuchKey") => Verdict::Take(None),
                _ => self.refusal(&reply),
            }
        })
    }

    fn swap(
        &self,
        path: &str,
        bytes: &[u8],
        seen: Option<&str>,
    ) -> Result<Option<String>, Trouble> {
        let (key, digest) = (self.key(path), sha256(bytes));
        let condition = match seen {
            Some(tag) => ("if-match", tag),
            None => ("if-none-match", "*"),
        };
        let put = |conditions: &[(&'static str, &str)]| {
            let kind = ("content-type", "application/octet-stream");
            let headers = [&[kind, ("cache-control", "no-store")], conditions].concat();
            let make = || Ok(self.call("PUT", &key, &[], &headers, (Body::Bytes(bytes), &digest)));
            self.http.ask(&make, &|reply, again| match reply.status {
                200..300 if reply.is_page() => Verdict::Fail(Trouble::NoStorage(String::new())),
                200..300 => {
                    Verdict::Take(Swap::Done(reply.header("etag").unwrap_or_default().to_string()))
                }
                412 => Verdict::Take(if again { Swap::Unsure } else { Swap::Lost }),
                // It is not there that shall be compared with.
                404 if error_code(&reply).as_deref() == Some("NoSuchKey") => {
                    Verdict::Take(Swap::Lost)
                }
                501 => Verdict::Take(Swap::NoConditions),
                400 if error_code(&reply).as_deref() == Some("NotImplemented") => {
                    Verdict::Take(Swap::NoConditions)
                }
                _ => self.refusal(&reply),
            })
        };
        let is_as_seen =
            || self.read(path).map(|there| there.map(|there| there.tag).as_deref() == seen);
        match put(&[condition])? {
            Swap::Done(tag) => Ok(Some(tag)),
            // Ceph compares the condition with a tag that has no quotation marks.
            Swap::Lost if seen.is_some_and(|tag| tag.starts_with('"')) && is_as_seen()? => {
                let bare = seen.unwrap_or_default().trim_matches('"');
                match put(&[("if-match", bare)])? {
                    Swap::Done(tag) => Ok(Some(tag)),
                    _ => Ok(None),
                }
            }
            Swap::Lost => Ok(None),
            // An earlier try may have arrived, and its answer been lost.
            Swap::Unsure => {
                Ok(self.read(path)?.filter(|there| there.bytes == bytes).map(|there| there.tag))
            }
            Swap::NoConditions => {
                if !is_as_seen()? {
                    return Ok(None);
                }
                match put(&[])? {
                    Swap::Done(tag) => Ok(Some(tag)),
                    _ => Err(Trouble::Answer("PUT".into())),
                }
            }
        }
    }

    fn send(&self, files: &[Sending<'_>], watch: &Watch<'_>) -> Result<(), Trouble> {
        on_threads(THREADS, files, |sending| self.put(sending, watch)).map(drop)
    }

    fn remove(&self, paths: &[&str], watch: &Watch<'_>) -> Result<(), Trouble> {
        on_threads(THREADS, paths, |path| {
            (watch.tick)()?;
            self.http.ask(&|| Ok(self.plain("DELETE", path)), &|reply, _| match reply.status {
                200..300 => Verdict::Take(()),
                404 if error_code(&reply).as_deref() == Some("NoSuchKey") => Verdict::Take(()),
                _ => self.refusal(&reply),
            })?;
            (watch.done)(path, 0);
            Ok(())
        })
        .map(drop)
    }

    fn present(&self, paths: &[&str]) -> Result<Vec<Listed>, Trouble> {
        // A page of the list has a thousand.
        if paths.len() > 100 {
            let wanted: std::collections::BTreeSet<&str> = paths.iter().copied().collect();
            let all = self.list()?.unwrap_or_default();
            return Ok(all.into_iter().filter(|there| wanted.contains(&*there.path)).collect());
        }
        let found = on_threads(THREADS, paths, |path| {
            self.http.ask(&|| Ok(self.plain("HEAD", path)), &|reply, _| match reply.status {
                200..300 => {
                    let size = reply.header("content-length").and_then(|n| n.parse().ok());
                    let tag = reply.header("etag").map(|tag| tag.trim_matches('"').to_lowercase());
                    let md5 = tag.filter(|tag| tag.len() == 32);
                    let path = path.to_string();
                    Verdict::Take(Some(Listed { path, size: size.unwrap_or(u64::MAX), md5 }))
                }
                404 => Verdict::Take(None),
                _ => self.refusal(&reply),
            })
        })?;
        Ok(found.into_iter().flatten().collect())
    }

    fn list(&self) -> Result<Option<Vec<Listed>>, Trouble> {
        let mut found: Vec<Listed> = Vec::new();
        let (mut token, mut after) = (None, None);
        loop {
            let page = self.page(token.as_deref(), after.as_deref())?;
            let last = page.objects.last().map(|object| object.path.clone());
            for object in page.objects {
                let Some(path) = object.path.strip_prefix(&self.prefix) else { continue };
                // An object whose name ends in `/` is what consoles show as a folder.
                let is_note = [manifest::NAME, lease::NAME, ""].contains(&path);
                let is_folder = path.ends_with('/') && object.size == 0;
                if !is_note && !is_folder {
                    found.push(Listed { path: path.into(), ..object });
                }
            }
            // How many there are on a page tells nothing: some servers stop early and say so.
            match (page.is_truncated, page.token, last) {
                (false, ..) => break,
                (true, Some(next), _) if Some(&next) != token.as_ref() => {
                    (token, after) = (Some(next), None);
                }
                (true, _, Some(last)) if Some(&last) != after.as_ref() => {
                    (token, after) = (None, Some(last));
                }
                _ => return Err(Trouble::Answer("the list does not end".into())),
            }
        }
        found.sort_by(|a, b| a.path.cmp(&b.path));
        found.dedup_by(|a, b| a.path == b.path);
        Ok(Some(found))
    }

    fn is_same(&self, listed: &Listed, file: &Path, headers: Headers) -> Result<bool, Trouble> {
        let Some(sent) = Sent::of(file, headers)? else { return Ok(false) };
        if sent.size()? != listed.size {
            return Ok(false);
        }
        match &listed.md5 {
            Some(md5) => Ok(sent.digest(Algorithm::Md5)?.1 == *md5),
            None => {
                let there = self.read(&listed.path)?.map(|there| there.bytes);
                Ok(there == Some(sent.bytes()?))
            }
        }
    }
}

/// What became of a conditional write.
enum Swap {
    Done(String),
    Lost,
    /// Refused, but after a try whose answer was lost.
    Unsure,
    /// The server knows no conditions.
    NoConditions,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn where_the_name_of_the_bucket_stands() {
        for (host, bucket, in_host) in [
            ("oss-cn-hangzhou.aliyuncs.com", "xianfeng", true),
            ("127.0.0.1", "xianfeng", false),
            ("127.0.0.1:9000", "xianfeng", false),
            ("[::1]", "xianfeng", false),
            ("minio", "xianfeng", false),
            ("s3.example.cn:9000", "xianfeng", false),
            ("s3.example.cn", "Xian_Feng", false),
            ("s3.example.cn", "a.b", false),
        ] {
            assert_eq!(has_bucket_hosts(host, bucket), in_host, "{host} {bucket}");
        }
    }

    #[test]
    fn storages_that_are_full() {
        for (status, code) in [
            (507, ""),
            (507, "XMinioStorageFull"),
            (500, "XMinioStorageFull"),
            (403, "QuotaExceeded"),
            (403, "UserQuotaExceeded"),
            (409, "InsufficientStorageSpace"),
        ] {
            assert!(is_full(status, code), "{status} {code}");
        }
        for (status, code) in [(403, "AccessDenied"), (500, "InternalError"), (403, "")] {
            assert!(!is_full(status, code), "{status} {code}");
        }
    }

    #[test]
    fn dates_of_servers() {
        let date = http_date("Wed, 21 Oct 2015 07:28:00 GMT").unwrap();
        assert_eq!(stamp(date), "20151021T072800Z");
        for wrong in ["", "today", "Wed, 41 Oct 2015 07:28:00 GMT", "Wed, 21 Ocx 2015 07:28:00 GMT"]
        {
            assert_eq!(http_date(wrong), None, "{wrong}");
        }
    }

    #[test]
    fn pages_of_lists() {
        let text = r#"<?xml version="1.0"?><ListBucketResult xmlns="http://s3.amazonaws.com/doc/2006-03-01/">
            <EncodingType>url</EncodingType><IsTruncated>true</IsTruncated>
            <NextContinuationToken>a&amp;b</NextContinuationToken>
            <Contents><Key>du/%E5%9B%BE+1.png</Key><ETag>&quot;0123456789ABCDEF0123456789abcdef&quot;</ETag><Size>7</Size></Contents>
            <Contents><Key>du/b</Key><ETag>"x-2"</ETag><Size>9</Size></Contents></ListBucketResult>"#;
        let page = Page::read(text).unwrap();
        assert_eq!(page.token.as_deref(), Some("a&b"));
        assert!(page.is_truncated);
        let md5 = "0123456789abcdef0123456789abcdef".to_string();
        assert_eq!(
            page.objects,
            [
                Listed { path: "du/图 1.png".into(), size: 7, md5: Some(md5) },
                Listed { path: "du/b".into(), size: 9, md5: None },
            ]
        );
        assert_eq!(Page::read(&text[..text.len() - 20]), None);
        assert_eq!(Page::read("<html>…</html>"), None);
    }
}
