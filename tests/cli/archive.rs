//! `archive`, `archive verify`, `archive diff`: the real program and real bags.

mod diff;
mod failures;
mod hostile;
mod ledger;
mod making;
mod outside;
mod verify;

use std::fs;
use std::path::{Path, PathBuf};

use xianfeng::bag::digest::{Algorithm, read};
use xianfeng::bag::manifest;

use crate::project::{Project, Ran};

pub const SETTINGS: &str = "title: 测试专栏\norganisation: 测试街道党工委\narchive:\n  fonds: Q012\n  \
                        department: DQB\n  retention:\n    branch: Y\n    member: D30\n    news: Y\n  \
                        contact_phone: 0000-1111\n";

/// A story of a branch or member, as text.
pub fn case(kind: &str, title: &str, date: &str) -> String {
    format!(
        "---\ntitle: {title}\ndate: {date}\nkind: {kind}\nunit: 甲支部\nname: 林小满\n\
         focal_points: [民生]\nauthor: 白苇杭\n---\n{title}的正文。\n"
    )
}

/// A campaign with a case of a branch, with a picture and an attachment, one of a member,
/// and news.
pub fn campaign() -> Project {
    let project = Project::nowhere();
    let branch =
        format!("{}\n![图](图 一.png)\n[表](表.csv)\n", case("branch", "乙事迹", "2026-03-02"));
    project
        .write("content/site.yaml", SETTINGS)
        .write("content/stories/2026/yi/index.md", branch.replace("图 一.png", "<图 一.png>"))
        .write("content/stories/2026/yi/图 一.png", b"\x89PNG\r\n\x1a\nnot really")
        .write("content/stories/2026/yi/表.csv", "甲,乙\r\n1,2\r\n")
        .write("content/stories/2026/jia.md", case("member", "甲事迹", "2026-03-01"))
        .story("news", "动态");
    project
}

/// The folders of the two items.
pub const BRANCH: &str = "data/电子档案/2026/先进基层党组织事迹/Q012-WS·2026-Y-DQB-0001";
pub const MEMBER: &str = "data/电子档案/2026/优秀党员事迹/Q012-WS·2026-D30-DQB-0001";

pub const LEDGER: &str = "content/archive-ledger.yaml";

impl Project {
    /// Runs `archive` at a fixed time.
    pub fn try_archive(&self, more: &[&str]) -> Ran {
        self.run(&[&["archive", "--lang", "en", "--now", "2026-12-01"], more].concat())
    }

    #[track_caller]
    pub fn archive(&self, more: &[&str]) -> Ran {
        let ran = self.try_archive(more);
        assert_eq!(ran.code, 0, "{ran:#?}");
        ran
    }

    pub fn verify(&self, bag: &str) -> Ran {
        self.run(&["archive", "verify", bag, "--lang", "en"])
    }

    /// Nothing that a failed run could have left: no bag, no folder beside it, no numbers.
    #[track_caller]
    pub fn has_no_bag(&self, bag: &str) {
        assert!(!self.has(bag), "{bag} is there");
        let parent = self.path(bag).parent().unwrap().to_path_buf();
        let entries = fs::read_dir(&parent).into_iter().flatten();
        let left: Vec<_> = entries
            .map(|entry| entry.unwrap().file_name().into_string().unwrap())
            .filter(|name| name.contains("xianfeng-new") || name.contains("xianfeng-old"))
            .collect();
        assert!(left.is_empty(), "{left:?}");
    }
}

/// Lists all files of a bag anew, so that only what its content says can be wrong.
pub fn reseal(bag: &Path) {
    let mut files = Vec::new();
    collect(bag, bag, &mut files);
    let digest = |path: &str, algorithm| {
        let (size, digests) = read(fs::File::open(bag.join(path)).unwrap(), [algorithm]).unwrap();
        (size, digests[0].1.clone())
    };
    for algorithm in [Algorithm::Sha256, Algorithm::Sha512] {
        let lines: String = files
            .iter()
            .filter(|path| path.starts_with("data/"))
            .map(|path| manifest::line(&digest(path, algorithm).1, path))
            .collect();
        fs::write(bag.join(format!("manifest-{}.txt", algorithm.name())), lines).unwrap();
    }
    let payload: Vec<_> = files.iter().filter(|path| path.starts_with("data/")).collect();
    let bytes: u64 = payload.iter().map(|path| digest(path, Algorithm::Sha256).0).sum();
    let oxum = format!("Payload-Oxum: {bytes}.{}\n", payload.len());
    fs::write(bag.join("bag-info.txt"), oxum).unwrap();
    for algorithm in [Algorithm::Sha256, Algorithm::Sha512] {
        let tags = ["bag-info.txt", "bagit.txt", "manifest-sha256.txt", "manifest-sha512.txt"];
        let lines: String =
            tags.iter().map(|path| manifest::line(&digest(path, algorithm).1, path)).collect();
        fs::write(bag.join(format!("tagmanifest-{}.txt", algorithm.name())), lines).unwrap();
    }
}

fn collect(top: &Path, folder: &Path, files: &mut Vec<String>) {
    let mut entries: Vec<PathBuf> =
        fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    entries.sort();
    for path in entries {
        if path.is_dir() {
            collect(top, &path, files);
        } else {
            files.push(path.strip_prefix(top).unwrap().to_str().unwrap().to_string());
        }
    }
}
