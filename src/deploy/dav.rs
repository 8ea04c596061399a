//! A folder of a WebDAV server.

use std::collections::BTreeSet;
use std::path::Path;
use std::sync::Mutex;

use xxhash_rust::xxh3::xxh3_64;

use super::headers::Headers;
use super::http::{Body, Call, Http, Reply, Verdict};
use super::secrets::Secrets;
use super::sign::encode_path;
use super::store::{Listed, Sending, Store, Trouble, Version, Watch, on_threads};
use super::{lease, manifest};
use crate::base::fault::Fault;
use crate::output::{encode, tree};
use crate::value::address::decode;

/// So many requests are under way at once. Such servers are small.
const THREADS: usize = 4;

/// A file, and the mark of its version, if the server gave one.
type Tagged = (Vec<u8>, Option<String>);

/// A folder there.
pub struct Dav {
    http: Http,
    /// `https://dav.example.cn`
    server: String,
    /// Its path there, ending in `/`.
    path: String,
    authorization: Option<String>,
    /// Folders that are there.
    made: Mutex<BTreeSet<String>>,
}

impl Dav {
    /// The folder at an address, which ends in `/`.
    pub fn open(url: &str, secrets: &Secrets<'_>) -> Self {
        let after_scheme = url.find("://").map_or(0, |at| at + 3);
        let slash = url[after_scheme..].find('/').map_or(url.len(), |at| after_scheme + at);
        let user = secrets.get("XIANFENG_WEBDAV_USER");
        let password = secrets.get("XIANFENG_WEBDAV_PASSWORD");
        let authorization = user.map(|user| {
            let both = format!("{user}:{}", password.unwrap_or_default());
            format!("Basic {}", encode::base64(both.as_bytes()))
        });
        Self {
            http: Http::new(),
            server: url[..slash].into(),
            path: url[slash..].into(),
            authorization,
            made: Mutex::default(),
        }
    }

    fn call<'a>(
        &self,
        method: &'static str,
        path: &str,
        headers: &[(&'static str, String)],
        body: Body<'a>,
    ) -> Call<'a> {
        let own = self.authorization.iter().map(|value| ("authorization", value.clone()));
        let headers = headers.iter().cloned().chain(own).collect();
        let url = format!("{}{}", self.server, encode_path(&format!("{}{path}", self.path)));
        Call { method, url, headers, body }
    }

    fn refusal<T>(&self, reply: &Reply) -> Verdict<T> {
        let said = format!("HTTP {}", reply.status);
        Verdict::Fail(match reply.status {
            401 | 403 => Trouble::Refused(said),
            404 | 409 => Trouble::Missing(self.path.clone()),
            413 => Trouble::TooLarge(said),
            507 => Trouble::Full(said),
            300..=399 => Trouble::NoStorage(said),
            423 => return Verdict::Again(said),
            _ => Trouble::Answer(said),
        })
    }

    /// A file as it is there, with the server's own mark of its version.
    fn fetch(&self, path: &str) -> Result<Option<Tagged>, Trouble> {
        let make = || Ok(self.call("GET", path, &[], Body::Nothing));
        self.http.ask(&make, &|reply, _| match reply.status {
            200..300 => {
                let tag = reply.header("etag").map(str::to_string);
                Verdict::Take(Some((reply.body, tag)))
            }
            404 => Verdict::Take(None),
            _ => self.refusal(&reply),
        })
    }

    /// Makes the folders down to a file.
    fn make_folders(&self, path: &str) -> Result<(), Trouble> {
        for (at, _) in path.match_indices('/') {
            let folder = &path[..=at];
            if super::lock(&self.made).contains(folder) {
                continue;
            }
            let make = || Ok(self.call("MKCOL", folder, &[], Body::Nothing));
            self.http.ask(&make, &|reply, _| match reply.status {
                // It is there already.
                200..=299 | 405 | 301 => Verdict::Take(()),
                _ => self.refusal(&reply),
            })?;
            super::lock(&self.made).insert(folder.to_string());
        }
        Ok(())
    }

    fn put(
        &self,
        path: &str,
        headers: &[(&'static str, String)],
        body: Body<'_>,
    ) -> Result<bool, Trouble> {
        let make = || Ok(self.call("PUT", path, headers, body));
        self.http.ask(&make, &|reply, _| match reply.status {
            200..300 if reply.is_page() && reply.status == 200 => {
                Verdict::Fail(Trouble::NoStorage(String::new()))
            }
            200..300 => Verdict::Take(true),
            412 => Verdict::Take(false),
            _ => self.refusal(&reply),
        })
    }

    /// What is in a folder: files, and folders with `/` at the end; `None` if the server does not tell.
    fn look(&self, folder: &str) -> Result<Option<Vec<Listed>>, Trouble> {
        const ASKED: &[u8] = b"<?xml version=\"1.0\"?><propfind xmlns=\"DAV:\"><prop>\
            <resourcetype/><getcontentlength/></prop></propfind>";
        let headers = [("depth", "1".to_string()), ("content-type", "application/xml".to_string())];
        let make = || Ok(self.call("PROPFIND", folder, &headers, Body::Bytes(ASKED)));
        let own = format!("{}{folder}", self.path);
        self.http.ask(&make, &|reply, _| match reply.status {
            207 => match entries(&reply.text(), &own) {
                Some(entries) => Verdict::Take(Some(entries)),
                None => Verdict::Again("list cut short".into()),
            },
            404 if folder.is_empty() => Verdict::Fail(Trouble::Missing(self.path.clone())),
            404 => Verdict::Take(Some(Vec::new())),
            405 | 501 | 400 => Verdict::Take(None),
            _ => self.refusal(&reply),
        })
    }
}

/// The entries of the folder at a path, by names without it; `None` if the answer is not whole.
fn entries(text: &str, own: &str) -> Option<Vec<Listed>> {
    let local = |name: &str| name.rsplit(':').next().unwrap_or(name).to_lowercase();
    if !text.trim_end().to_lowercase().ends_with("multistatus>") {
        return None;
    }
    fn all<'t>(node: &'t tree::Element, found: &mut Vec<&'t tree::Element>) {
        for child in node.elements() {
            found.push(child);
            all(child, found);
        }
    }
    let nodes = tree::parse(text);
    let mut found = Vec::new();
    for node in tree::elements(&nodes) {
        all(node, &mut found);
    }
    let mut entries = Vec::new();
    for response in found.into_iter().filter(|element| local(&element.name) == "response") {
        let mut parts = Vec::new();
        all(response, &mut parts);
        let value = |wanted: &str| {
            parts.iter().find(|part| local(&part.name) == wanted).map(|part| part.text())
        };
        let href = value("href")?;
        let path = match href.trim().split_once("://") {
            Some((_, rest)) => rest.find('/').map_or("", |at| &rest[at..]),
            None => href.trim(),
        };
        let path = decode(path);
        let is_folder = parts.iter().any(|part| local(&part.name) == "collection");
        let Some(name) = path.strip_prefix(own) else { continue };
        let name = name.trim_matches('/');
        // What lies deeper was not asked for.
        if name.is_empty() || name.contains('/') {
            continue;
        }
        let size = value("getcontentlength").and_then(|size| size.trim().parse().ok());
        let end = if is_folder { "/" } else { "" };
        let path = format!("{name}{end}");
        entries.push(Listed { path, size: size.unwrap_or(u64::MAX), md5: None });
    }
    Some(entries)
}

fn tag(bytes: &[u8]) -> String {
    format!("{:016x}", xxh3_64(bytes))
}

impl Store for Dav {
    fn read(&self, path: &str) -> Result<Option<Version>, Trouble> {
        let there = self.fetch(path)?;
        Ok(there.map(|(bytes, _)| Version { tag: tag(&bytes), bytes }))
    }

    fn swap(
        &self,
        path: &str,
        bytes: &[u8],
        seen: Option<&str>,
    ) -> Result<Option<String>, Trouble> {
        let there = self.fetch(path)?;
        // The answer to an earlier try may have been lost.
        if there.as_ref().is_some_and(|(there, _)| there == bytes) {
            return Ok(Some(tag(bytes)));
        }
        if there.as_ref().map(|(there, _)| tag(there)).as_deref() != seen {
            return Ok(None);
        }
        // Not every server heeds it; then having compared must do.
        let condition = match there {
            None => Some(("if-none-match", "*".to_string())),
            // A weak mark never matches.
            Some((_, mark)) => mark.filter(|mark| !mark.starts_with("W/")).map(|m| ("if-match", m)),
        };
        let condition: Vec<_> = condition.into_iter().collect();
        if self.put(path, &condition, Body::Bytes(bytes))? {
            return Ok(Some(tag(bytes)));
        }
        let now = self.fetch(path)?;
        Ok(now.filter(|(now, _)| now == bytes).map(|(now, _)| tag(&now)))
    }

    fn send(&self, files: &[Sending<'_>], watch: &Watch<'_>) -> Result<(), Trouble> {
        for sending in files {
            (watch.tick)()?;
            self.make_folders(sending.path)?;
        }
        on_threads(THREADS, files, |sending| {
            (watch.tick)()?;
            let kind = ("content-type", sending.headers.content_type.to_string());
            let body = Body::File(sending.file, sending.size, watch.tick);
            self.put(sending.path, &[kind], body)?;
            (watch.done)(sending.path, sending.size);
            Ok(())
        })
        .map(drop)
    }

    fn remove(&self, paths: &[&str], watch: &Watch<'_>) -> Result<(), Trouble> {
        on_threads(THREADS, paths, |path| {
            (watch.tick)()?;
            let make = || Ok(self.call("DELETE", path, &[], Body::Nothing));
            self.http.ask(&make, &|reply, _| match reply.status {
                200..300 | 404 => Verdict::Take(()),
                _ => self.refusal(&reply),
            })?;
            (watch.done)(path, 0);
            Ok(())
        })
        .map(drop)
    }

    fn present(&self, paths: &[&str]) -> Result<Vec<Listed>, Trouble> {
        let found = on_threads(THREADS, paths, |path| {
            let make = || Ok(self.call("HEAD", path, &[], Body::Nothing));
            let size = self.http.ask(&make, &|reply, _| match reply.status {
                200..300 => {
                    let size = reply.header("content-length").and_then(|n| n.parse().ok());
                    Verdict::Take(Some(size.unwrap_or(u64::MAX)))
                }
                404 | 409 => Verdict::Take(None),
                _ => self.refusal(&reply),
            })?;
            Ok(size.map(|size| Listed { path: path.to_string(), size, md5: None }))
        })?;
        Ok(found.into_iter().flatten().collect())
    }

    fn list(&self) -> Result<Option<Vec<Listed>>, Trouble> {
        let mut found = Vec::new();
        let mut folders = vec![String::new()];
        while let Some(folder) = folders.pop() {
            let Some(entries) = self.look(&folder)? else { return Ok(None) };
            for entry in entries {
                let path = format!("{folder}{}", entry.path);
                if path.ends_with('/') {
                    folders.push(path);
                } else if ![manifest::NAME, lease::NAME].contains(&&*path) {
                    found.push(Listed { path, ..entry });
                }
            }
        }
        found.sort_by(|a, b| a.path.cmp(&b.path));
        Ok(Some(found))
    }

    fn is_same(&self, listed: &Listed, file: &Path, _: Headers) -> Result<bool, Trouble> {
        let bytes = std::fs::read(file).map_err(|error| Fault::read(file, error))?;
        if ![bytes.len() as u64, u64::MAX].contains(&listed.size) {
            return Ok(false);
        }
        Ok(self.fetch(&listed.path)?.is_some_and(|(there, _)| there == bytes))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_folder_holds() {
        let text = r#"<?xml version="1.0"?><D:multistatus xmlns:D="DAV:">
            <D:response><D:href>/dav/du/</D:href><D:propstat><D:prop><D:resourcetype><D:collection/></D:resourcetype></D:prop></D:propstat></D:response>
            <D:response><D:href>/dav/du/%E5%9B%BE.png</D:href><D:propstat><D:prop><D:resourcetype/><D:getcontentlength>7</D:getcontentlength></D:prop></D:propstat></D:response>
            <D:response><D:href>http://h:80/dav/du/news/</D:href><D:propstat><D:prop><D:resourcetype><D:collection/></D:resourcetype></D:prop></D:propstat></D:response>
            </D:multistatus>"#;
        let names: Vec<_> = entries(text, "/dav/du/")
            .unwrap()
            .into_iter()
            .map(|entry| (entry.path, entry.size))
            .collect();
        assert_eq!(names, [("图.png".to_string(), 7), ("news/".to_string(), u64::MAX)]);
        assert_eq!(entries(&text[..text.len() - 30], "/dav/du/"), None);
    }
}
