//! Office files as packages: a zip of parts that name each other by relationships. Unpacked within
//! limits, and only what is asked for.

use std::io::{Cursor, Read};

use zip::ZipArchive;

use super::Refusal;
use super::xml::Tree;
use crate::base::map::Map;

/// More parts than any document has.
const MOST_PARTS: usize = 50_000;

/// The most bytes that are unpacked of one part.
const LARGEST_PART: u64 = 96 << 20;

/// A document may always unpack to so much.
const SMALL: u64 = 64 << 20;
/// And to so many times its size, but never to more than this.
const MOST_TIMES: u64 = 100;
const MOST: u64 = 400 << 20;

/// An open package.
pub struct Package {
    archive: ZipArchive<Cursor<Vec<u8>>>,
    /// Parts by their names in lower case.
    parts: Map<String, usize>,
    /// So many bytes may still be unpacked.
    left: u64,
}

/// What a part says of another.
#[derive(Clone, Debug)]
pub struct Relationship {
    /// What the other is to it: the last word of the type, such as `image`.
    pub kind: String,
    /// Where it leads to.
    pub target: Target,
}

/// Where a relationship leads to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Target {
    /// A part of the same file.
    Part(String),
    /// An address.
    Outside(String),
    /// Out of the file, where nothing is looked for.
    Climbing,
}

impl Package {
    /// Opens the bytes of a file.
    pub fn open(bytes: Vec<u8>) -> Result<Self, Refusal> {
        let most = SMALL.saturating_add(bytes.len() as u64 * MOST_TIMES).min(MOST);
        let mut archive = ZipArchive::new(Cursor::new(bytes)).map_err(|_| Refusal::Damaged)?;
        if archive.len() > MOST_PARTS {
            return Err(Refusal::Bomb);
        }
        let mut parts = Map::default();
        for index in 0..archive.len() {
            let part = archive.by_index_raw(index).map_err(|_| Refusal::Damaged)?;
            if part.encrypted() {
                return Err(Refusal::Encrypted);
            }
            let name = part.name().map_err(|_| Refusal::Damaged)?;
            let name = name.trim_start_matches('/').replace('\\', "/").to_lowercase();
            parts.insert(name, index);
        }
        Ok(Self { archive, parts, left: most })
    }

    /// Is there such a part?
    pub fn has(&self, name: &str) -> bool {
        self.parts.contains_key(&name.to_lowercase())
    }

    /// The bytes of a part; `None` if there is none.
    pub fn bytes(&mut self, name: &str) -> Result<Option<Vec<u8>>, Refusal> {
        let Some(&index) = self.parts.get(&name.to_lowercase()) else { return Ok(None) };
        let part = self.archive.by_index(index).map_err(|_| Refusal::Damaged)?;
        let most = self.left.min(LARGEST_PART);
        let mut bytes = Vec::new();
        let read = part.take(most + 1).read_to_end(&mut bytes).map_err(|_| Refusal::Damaged)?;
        if read as u64 > most {
            return Err(Refusal::Bomb);
        }
        self.left -= read as u64;
        Ok(Some(bytes))
    }

    /// Unpacks every part, and forgets it: does all of it stay within the limits?
    pub fn test(&mut self) -> Result<(), Refusal> {
        let left = self.left;
        let names: Vec<String> = {
            let mut names: Vec<String> = self
                .archive
                .file_names()
                .filter_map(|name| Some(name.ok()?.into_owned()))
                .collect();
            names.sort();
            names
        };
        for name in names {
            self.bytes(name.trim_start_matches('/'))?;
        }
        self.left = left;
        Ok(())
    }

    /// A part as a tree; `None` if there is none.
    pub fn tree(&mut self, name: &str) -> Result<Option<Tree>, Refusal> {
        self.bytes(name)?.map(Tree::read).transpose()
    }

    /// The relationships of a part, by id; those of the package for `""`.
    pub fn relationships(&mut self, part: &str) -> Result<Map<String, Relationship>, Refusal> {
        let (folder, name) = part.rsplit_once('/').unwrap_or(("", part));
        let slash = if folder.is_empty() { "" } else { "/" };
        let file = format!("{folder}{slash}_rels/{name}.rels");
        let mut found = Map::default();
        let Some(tree) = self.tree(&file)? else { return Ok(found) };
        for element in tree.root().children().filter(|child| child.name() == "pr:Relationship") {
            let of = |name| element.attribute(name);
            let (Some(id), Some(kind), Some(target)) = (of("Id"), of("Type"), of("Target")) else {
                continue;
            };
            let target = match of("TargetMode") {
                Some("External") => Target::Outside(target.to_string()),
                _ => resolve(folder, target),
            };
            let kind = kind.rsplit('/').next().unwrap_or_default().to_string();
            found.insert(id.to_string(), Relationship { kind, target });
        }
        Ok(found)
    }

    /// The main part, by the relationships of the package.
    pub fn main(&mut self) -> Result<Option<String>, Refusal> {
        let all = self.relationships("")?;
        Ok(of_kind(&all, "officeDocument").next())
    }
}

/// The parts that relationships of a kind lead to, in a fixed order.
pub fn of_kind(all: &Map<String, Relationship>, kind: &str) -> impl Iterator<Item = String> {
    #[expect(clippy::disallowed_methods, reason = "sorted")]
    let mut found: Vec<(&String, &Relationship)> =
        all.iter().filter(|(_, relationship)| relationship.kind == kind).collect();
    found.sort_by_key(|(id, _)| *id);
    let parts: Vec<String> = found
        .into_iter()
        .filter_map(|(_, relationship)| match &relationship.target {
            Target::Part(name) => Some(name.clone()),
            _ => None,
        })
        .collect();
    parts.into_iter()
}

/// The part that `target` names, seen from a folder of the package.
fn resolve(folder: &str, target: &str) -> Target {
    let target = target.replace('\\', "/");
    if target.contains(':') {
        return Target::Climbing;
    }
    let mut parts: Vec<&str> = match target.starts_with('/') {
        true => Vec::new(),
        false => folder.split('/').filter(|part| !part.is_empty()).collect(),
    };
    for part in target.split('/') {
        match part {
            "" | "." => {}
            ".." => {
                if parts.pop().is_none() {
                    return Target::Climbing;
                }
            }
            part => parts.push(part),
        }
    }
    Target::Part(parts.join("/"))
}

#[cfg(test)]
mod tests {
    use super::{Target, resolve};

    #[test]
    fn relationships_lead_to_parts_and_nowhere_else() {
        let part = |name: &str| Target::Part(name.into());
        for (target, leads) in [
            ("media/a.png", part("word/media/a.png")),
            ("/media/a.png", part("media/a.png")),
            ("../customXml/x.xml", part("customXml/x.xml")),
            ("./a/../b.xml", part("word/b.xml")),
            ("../../../etc/passwd", Target::Climbing),
            ("..\\..\\x", Target::Climbing),
            ("file:///c:/x", Target::Climbing),
        ] {
            assert_eq!(resolve("word", target), leads, "{target}");
        }
    }
}
