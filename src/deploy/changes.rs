//! What differs between a site and what is at a target.

use std::collections::BTreeMap;

use super::headers::Headers;
use super::manifest::{Entry, Manifest, Sent};
use crate::sink::disk::Made;

/// What differs, by path.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Changes {
    all: Vec<Change>,
}

/// One file that differs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Change {
    /// Its path in the site.
    pub path: String,
    /// What is to be done.
    pub kind: Kind,
    /// How many bytes are to be sent.
    pub size: u64,
}

/// The files that are to stand at a target compressed, with how many bytes they have then; all
/// others are to stand there as they are.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Packed(pub BTreeMap<String, u64>);

impl Packed {
    /// The headers that a file is to have.
    pub fn headers(&self, path: &str) -> Headers {
        let plain = Headers::of(path);
        if self.0.contains_key(path) { plain.packed() } else { plain }
    }

    /// What is known of a file once it has been sent as it was made.
    pub fn sent(&self, path: &str, made: &Made) -> Sent {
        Sent {
            digest: made.digest,
            size: made.size,
            headers: self.headers(path).digest(),
            stored: self.0.get(path).copied().unwrap_or(made.size),
        }
    }
}

/// What is to be done with a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Kind {
    /// It is not there yet.
    New,
    /// It is there with other bytes or other headers, or nobody knows.
    Changed,
    /// The site has it no more. It stays until the next deploy, for pages that caches still have.
    Gone,
    /// It has been gone since an earlier deploy, and is removed.
    Due,
}

impl Changes {
    /// All of them, by path.
    pub fn all(&self) -> &[Change] {
        &self.all
    }

    /// Those of one kind.
    pub fn of(&self, kind: Kind) -> impl Iterator<Item = &Change> {
        self.all.iter().filter(move |change| change.kind == kind)
    }

    /// Those that are to be sent.
    pub fn to_send(&self) -> impl Iterator<Item = &Change> {
        self.all.iter().filter(|change| matches!(change.kind, Kind::New | Kind::Changed))
    }

    /// How many bytes are to be sent.
    pub fn bytes(&self) -> u64 {
        self.to_send().map(|change| change.size).sum()
    }

    /// Is everything there as it shall be?
    pub fn is_empty(&self) -> bool {
        self.all.is_empty()
    }
}

/// What differs between the files of a site, in the order of paths, and what a target holds.
pub fn between(files: &[(String, Made)], packed: &Packed, manifest: &Manifest) -> Changes {
    let mut all = Vec::new();
    for (path, made) in files {
        let wanted = packed.sent(path, made);
        let kind = match manifest.entries.get(path) {
            None => Kind::New,
            // It was being sent: as far as we know, nothing is there.
            Some(Entry::New(_)) => Kind::New,
            Some(Entry::There(sent)) if *sent == wanted => continue,
            Some(_) => Kind::Changed,
        };
        all.push(Change { path: path.clone(), kind, size: wanted.stored });
    }
    let is_ours =
        |path: &str| files.binary_search_by(|(known, _)| known.as_str().cmp(path)).is_ok();
    for (path, entry) in &manifest.entries {
        if !is_ours(path) {
            let kind = match entry {
                Entry::Gone(_) => Kind::Due,
                _ => Kind::Gone,
            };
            all.push(Change { path: path.clone(), kind, size: 0 });
        }
    }
    all.sort_by(|a, b| a.path.cmp(&b.path));
    Changes { all }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bytes_and_headers_are_compared() {
        let made = |digest| Made { key: None, digest, size: 5, modified: 0 };
        let sent = |path: &str, digest| {
            let headers = Headers::of(path).digest();
            Entry::There(Sent { digest, size: 5, headers, stored: 5 })
        };
        let old = Entry::There(Sent { digest: 4, size: 5, headers: 0, stored: 5 });
        let manifest = Manifest {
            entries: [
                ("back.html".to_string(), Entry::Gone(1)),
                ("due.html".to_string(), Entry::Gone(1)),
                ("gone.html".to_string(), sent("gone.html", 9)),
                ("headers.html".to_string(), old),
                ("open.html".to_string(), Entry::Open),
                ("other.html".to_string(), sent("other.html", 2)),
                ("same.html".to_string(), sent("same.html", 1)),
                ("was-open.html".to_string(), Entry::Open),
            ]
            .into(),
            ..Manifest::default()
        };
        let files = [
            ("back.html", 8),
            ("headers.html", 4),
            ("new.html", 6),
            ("open.html", 7),
            ("other.html", 3),
            ("same.html", 1),
        ];
        let files: Vec<_> =
            files.iter().map(|&(path, digest)| (path.to_string(), made(digest))).collect();
        let changes = between(&files, &Packed::default(), &manifest);
        let found: Vec<_> =
            changes.all().iter().map(|change| (&*change.path, change.kind)).collect();
        assert_eq!(
            found,
            [
                ("back.html", Kind::Changed),
                ("due.html", Kind::Due),
                ("gone.html", Kind::Gone),
                ("headers.html", Kind::Changed),
                ("new.html", Kind::New),
                ("open.html", Kind::Changed),
                ("other.html", Kind::Changed),
                ("was-open.html", Kind::Gone),
            ]
        );
        assert_eq!(changes.bytes(), 25);
    }

    #[test]
    fn switching_compression_on_or_off_sends_what_it_concerns() {
        let made = Made { key: None, digest: 1, size: 5000, modified: 0 };
        let files = ["a.html", "b.jpg"].map(|path| (path.to_string(), made));
        let on = Packed([("a.html".to_string(), 900)].into());
        let off = Packed::default();
        let at = |packed: &Packed| Manifest {
            entries: files
                .iter()
                .map(|(path, made)| (path.clone(), Entry::There(packed.sent(path, made))))
                .collect(),
            ..Manifest::default()
        };
        for (was, is, bytes) in [(&off, &on, 900), (&on, &off, 5000)] {
            let changes = between(&files, is, &at(was));
            let [change] = changes.all() else { panic!("{changes:?}") };
            assert_eq!((&*change.path, change.kind, change.size), ("a.html", Kind::Changed, bytes));
            assert!(between(&files, is, &at(is)).is_empty());
        }
    }
}
