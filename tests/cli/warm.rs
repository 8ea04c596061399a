//! Builds over their own output: the same bytes as a build from nothing, whatever changed.

use std::cell::Cell;
use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::time::{Duration, SystemTime};

use xianfeng::base::lang::Lang;
use xianfeng::base::slot::Links;
use xianfeng::diagnostic::Diagnostic;
use xianfeng::diagnostic::report::{self, Style};
use xianfeng::picture::encode;
use xianfeng::picture::pixels::Pixels;
use xianfeng::pipeline::{self, BuildReport, Destination, Options};
use xianfeng::value::moment::{Moment, default_zone};

use crate::project::Project;

/// How many edits are made; more with `XIANFENG_EDITS=2000`.
const EDITS: usize = 150;

#[test]
fn a_warm_build_is_a_cold_build_after_any_edits() {
    let edits = std::env::var("XIANFENG_EDITS").ok().and_then(|n| n.parse().ok()).unwrap_or(EDITS);
    let seed = std::env::var("XIANFENG_SEED").ok().and_then(|n| n.parse().ok()).unwrap_or(1);
    let mut world = World::new(seed);
    let mut made = Vec::new();
    let (mut done, mut failed, mut idle, mut row) = (0, 0, 0, 0);
    let mut last = BTreeMap::new();
    for step in 0..edits {
        made.push(world.edit());
        let recent = &made[made.len().saturating_sub(8)..];
        let warm = world.build(&world.root.clone(), "public", 10);
        let cold = world.build_cold();
        let what = format!("step {step} of seed {seed} after {recent:#?}");
        assert_eq!(told(&warm), told(&cold), "{what}");
        assert_eq!(warm.counts, cold.counts, "{what}");
        world.is_behind.set(warm.tally.is_none());
        match (&warm.tally, &cold.tally) {
            (Some(tally), Some(_)) => {
                done += 1;
                row = 0;
                idle += usize::from(tally.written + tally.removed == 0);
                let site = world.site("public");
                differ(&site, &world.site("cold/public"), &what);
                keep_addresses(&last, &site, &what);
                last = site;
            }
            (None, None) => {
                failed += 1;
                row += 1;
                if row == 3 {
                    made.push(world.mend());
                    row = 0;
                }
            }
            (warm, cold) => panic!("{warm:?} and {cold:?}: {what}"),
        }
    }
    // The edits must reach all three ways in which a build can end.
    assert!(
        done > edits / 3 && failed > 0 && idle > 0,
        "{done} done, {idle} idle, {failed} failed"
    );
}

/// A picture that can be read, of one colour with a corner of another.
fn photograph(colour: u8, width: u32) -> Vec<u8> {
    let mut pixels = Pixels::black(width, 300, 3);
    pixels.bytes[3000..].fill(colour);
    encode::jpeg(&pixels, 80).unwrap()
}

/// Compares two sites file by file, so that a failure says which.
#[track_caller]
fn differ(warm: &BTreeMap<String, Vec<u8>>, cold: &BTreeMap<String, Vec<u8>>, what: &str) {
    let names = |site: &BTreeMap<String, Vec<u8>>| site.keys().cloned().collect::<Vec<_>>();
    assert_eq!(names(warm), names(cold), "{what}");
    for (path, bytes) in warm {
        let texts = [bytes, &cold[path]].map(|bytes| String::from_utf8_lossy(bytes).into_owned());
        assert!(texts[0] == texts[1], "{path}: {what}\n{}\n{}", texts[0], texts[1]);
    }
}

/// A reader who comes back has files of the last build in the browser: only what is asked for anew
/// each time may have the same address and other bytes. The author's own files have the address
/// that the author gave them.
fn keep_addresses(last: &BTreeMap<String, Vec<u8>>, site: &BTreeMap<String, Vec<u8>>, what: &str) {
    let asked_anew = |path: &str| {
        path.ends_with(".html")
            || path.ends_with("feed.xml")
            || path.starts_with("search/directory.")
            || ["sitemap.xml", "robots.txt", ".xianfeng-site"].contains(&path)
    };
    let is_authors = |path: &str| path.starts_with("stories/") || path.starts_with("static-");
    for (path, bytes) in site {
        let changed = last.get(path).is_some_and(|before| before != bytes);
        if changed && !asked_anew(path) && !is_authors(path) {
            let versions = [last, site].map(|site| version(site, path));
            // A theme may have files that no template asks for.
            let is_asked_for = versions[1].is_some() || path.starts_with("search/");
            assert!(
                !is_asked_for || versions[0] != versions[1],
                "{path} has other bytes at its address: {what}"
            );
        }
    }
}

/// By which version pages ask for the file at `path`: `page.js?v=12ab34`.
fn version(site: &BTreeMap<String, Vec<u8>>, path: &str) -> Option<String> {
    ["index.html", "search/index.html"].into_iter().find_map(|page| {
        let page = String::from_utf8_lossy(site.get(page)?).into_owned();
        let (_, rest) = page.split_once(&format!("{path}?v="))?;
        Some(rest.chars().take_while(char::is_ascii_alphanumeric).collect())
    })
}

/// What a build says of the sources.
fn told(report: &BuildReport) -> Vec<String> {
    assert!(report.fault.is_none(), "{:?}", report.fault);
    let style = Style { lang: Lang::Zh, colour: false };
    // Some are about what the last build has left.
    let of_sources = |diagnostic: &&Diagnostic| {
        !["cache-", "address-lost", "address-moved", "manifest-", "output-file"]
            .iter()
            .any(|of_output| diagnostic.code.starts_with(of_output))
    };
    report.diagnostics.iter().filter(of_sources).map(|d| report::human(d, style)).collect()
}

/// A project under random edits. The same seed makes the same edits.
struct World {
    _project: Project,
    root: PathBuf,
    seed: Cell<u64>,
    made: usize,
    options: Options,
    /// Has the last build failed, so that the site is not of these sources?
    is_behind: Cell<bool>,
}

const TITLES: [&str; 6] = ["便民服务站", "夜校开课", "把难题摆上桌面", "三句话", "一本账", "门槛"];
const POINTS: [&str; 5] = ["民生", "中心", "载体", "群众", "实践"];
const UNITS: [&str; 3] = ["第一支部", "码头支部", "东社区支部"];
const NAMES: [&str; 5] = ["林小满", "曾广和", "单秋月", "[曾广和, 林晓满]", "林晓满"];

impl World {
    fn new(seed: u64) -> Self {
        let project = Project::nowhere();
        let root = project.root();
        let now = Moment::parse("2026-06-01", default_zone()).unwrap();
        let options = Options { now, ..Options::default() };
        let seed = Cell::new(seed.wrapping_mul(0x9E37_79B9_7F4A_7C15) | 1);
        let is_behind = Cell::new(false);
        let mut world = Self { _project: project, root, seed, made: 0, options, is_behind };
        world.write("content/site.yaml", "title: 测试专栏\npage_size: 3\n");
        (0..6).for_each(|_| drop(world.add()));
        world
    }

    /// A number below `n`, by xorshift.
    fn pick(&self, n: usize) -> usize {
        let mut seed = self.seed.get();
        seed ^= seed << 13;
        seed ^= seed >> 7;
        seed ^= seed << 17;
        self.seed.set(seed);
        (seed >> 33) as usize % n
    }

    fn write(&self, path: &str, text: impl AsRef<[u8]>) {
        let path = self.root.join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }

    /// The files below a folder, in order, by their paths in the project.
    fn files(&self, folder: &str) -> Vec<String> {
        fn walk(root: &Path, folder: &Path, files: &mut Vec<String>) {
            for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
                match entry.file_type().unwrap().is_dir() {
                    true => walk(root, &entry.path(), files),
                    false => {
                        let path = entry.path();
                        files.push(path.strip_prefix(root).unwrap().to_str().unwrap().to_string());
                    }
                }
            }
        }
        let mut files = Vec::new();
        walk(&self.root, &self.root.join(folder), &mut files);
        files.sort();
        files
    }

    fn site(&self, folder: &str) -> BTreeMap<String, Vec<u8>> {
        let files = self.files(folder).into_iter();
        let below = |path: &str| path[folder.len() + 1..].to_string();
        files.map(|path| (below(&path), fs::read(self.root.join(&path)).unwrap())).collect()
    }

    fn story(&self) -> Option<String> {
        let mut stories = self.files("content/stories");
        stories.retain(|path| path.ends_with(".md"));
        (!stories.is_empty()).then(|| stories.swap_remove(self.pick(stories.len())))
    }

    fn text(&self) -> String {
        let kind = ["news", "branch", "member"][self.pick(3)];
        let title = TITLES[self.pick(6)];
        let (year, month, day) = (2024 + self.pick(3), 1 + self.pick(12), 1 + self.pick(28));
        let mut text =
            format!("---\ntitle: {title}\ndate: {year}-{month:02}-{day:02}\nkind: {kind}\n");
        text +=
            &format!("focal_points: [{}]\nunit: {}\n", POINTS[self.pick(5)], UNITS[self.pick(3)]);
        text += &format!("name: {}\nregion: 东区\n", NAMES[self.pick(5)]);
        if self.pick(4) == 0 {
            text += "pinned: true\n";
        }
        if self.pick(5) == 0 {
            text += ["publish_at: 2026-06-03\n", "expire_at: 2026-06-02\n"][self.pick(2)];
        }
        if self.pick(6) == 0 {
            text += &format!("updated: 2026-05-2{}\ncorrection: 改了一处\n", self.pick(9));
        }
        if self.pick(6) == 0 {
            text += ["draft: true\n", "aliases: [/old/]\n", "summary: 一句摘要。\n"][self.pick(3)];
        }
        let link = self.story().filter(|_| self.pick(3) == 0);
        let link = link.map_or(String::new(), |path| format!("[另一篇](/{path})"));
        text + &format!("---\n{title}的正文{}。{link}\n\n## 做法\n\n再说一句。\n", self.pick(1000))
    }

    fn add(&mut self) -> String {
        self.made += 1;
        let path = match self.pick(3) {
            0 => format!("content/stories/{}/index.md", self.made),
            _ => format!("content/stories/2026/{}.md", self.made),
        };
        let text = self.text();
        self.write(&path, text);
        format!("add {path}")
    }

    /// Replaces a part of a story.
    fn change(&mut self, from: &str, to: &str) -> String {
        let Some(path) = self.story() else { return self.add() };
        let text = fs::read_to_string(self.root.join(&path)).unwrap();
        self.write(&path, text.replacen(from, to, 1));
        format!("{from:?} → {to:?} in {path}")
    }

    /// One edit, in words.
    fn edit(&mut self) -> String {
        let title = TITLES[self.pick(6)];
        match self.pick(32) {
            0..=3 => self.add(),
            4..=6 => {
                let to = self.pick(3);
                self.change("正文", ["正文", "正 文", "文正"][to])
            }
            7 => self.change("再说一句", "再问一句"),
            8 => self.change("title: ", &format!("title: {title}")),
            9 => {
                let to = self.pick(5);
                self.change("民生", POINTS[to])
            }
            10 => {
                let (from, to) = (self.pick(3), self.pick(3));
                self.change(UNITS[from], UNITS[to])
            }
            11 => self.change("## 做法", "## 办法"),
            12 => match self.story() {
                Some(path) => {
                    fs::remove_file(self.root.join(&path)).unwrap();
                    format!("remove {path}")
                }
                None => self.add(),
            },
            13 => match self.story() {
                Some(path) => {
                    self.made += 1;
                    let to = format!("content/stories/2025/{}.md", self.made);
                    fs::create_dir_all(self.root.join("content/stories/2025")).unwrap();
                    fs::rename(self.root.join(&path), self.root.join(&to)).unwrap();
                    format!("rename {path} to {to}")
                }
                None => self.add(),
            },
            14 => {
                // A mistake, and most likely its repair in one of the next edits.
                self.write(
                    "content/stories/bad.md",
                    "---\ntitle: 坏\ndate: 2026-02-30\nkind: news\n---\n文\n",
                );
                "a bad story".into()
            }
            15 | 16 => {
                let _ = fs::remove_file(self.root.join("content/stories/bad.md"));
                "no bad story".into()
            }
            17 => {
                let size = 2 + self.pick(3);
                let base =
                    ["", "base_url: https://example.cn/z/\n", "search: true\n"][self.pick(3)];
                self.write(
                    "content/site.yaml",
                    format!("title: {title}\npage_size: {size}\n{base}"),
                );
                format!("settings {title} {size} {base}")
            }
            18 => {
                let units =
                    "- name: 第一支部\n- name: 码头支部\n- name: 东社区支部\n  slug: dong\n";
                let text = ["", "  level: 党支部\n"][self.pick(2)];
                self.write("content/units.yaml", format!("{units}{text}"));
                format!("units {text}")
            }
            19 => {
                let _ = fs::remove_file(self.root.join("content/units.yaml"));
                "no units".into()
            }
            30 => {
                let text =
                    ["- {name: 林小满, aliases: [林晓满]}\n", "- {name: 林晓满, slug: lin}\n"];
                let text = text[self.pick(2)];
                self.write("content/people.yaml", text);
                format!("people {text}")
            }
            31 => {
                let _ = fs::remove_file(self.root.join("content/people.yaml"));
                "no people".into()
            }
            20 => {
                let text = [
                    "<li>{{ story.title }}</li>\n",
                    "<li>{{ story.date.iso }} {{ story.title }}</li>",
                ];
                self.write("themes/xianfeng/templates/item.html", text[self.pick(2)]);
                "a template".into()
            }
            21 => {
                let _ = fs::remove_dir_all(self.root.join("themes"));
                "no theme of its own".into()
            }
            22 => {
                self.write(
                    "themes/xianfeng/strings/zh-CN.yaml",
                    format!("notes: 注{}\n", self.pick(3)),
                );
                self.write("themes/xianfeng/assets/x.css", format!("a{{top:{}}}", self.pick(9)));
                "words and an asset".into()
            }
            23 => {
                let bytes = match self.pick(3) {
                    0 => vec![self.pick(256) as u8; 70_000],
                    _ => photograph(self.pick(256) as u8, 400 + 100 * self.pick(3) as u32),
                };
                let path = ["content/static/a.jpg", "content/stories/1/b.png"][self.pick(2)];
                self.write(path, bytes);
                format!("picture {path}")
            }
            24 => {
                let time = ["2026-05-30", "2026-06-01", "2026-06-03", "2026-06-10"][self.pick(4)];
                self.options.now = Moment::parse(time, default_zone()).unwrap();
                format!("the clock shows {time}")
            }
            25 => {
                self.options.drafts = self.pick(3) == 0;
                let links = [Links::FromRoot, Links::FromRoot, Links::Relative][self.pick(3)];
                self.options.links = links;
                format!("drafts {}, {links:?}", self.options.drafts)
            }
            26 => self.spoil(),
            27 => {
                let cache = self.files(".xianfeng");
                if cache.is_empty() {
                    return "no cache to spoil".into();
                }
                let path = self.root.join(&cache[self.pick(cache.len())]);
                let mut bytes = fs::read(&path).unwrap();
                let at = self.pick(bytes.len().max(1));
                match self.pick(3) {
                    0 => bytes.truncate(at),
                    1 => bytes.clear(),
                    _ => bytes.iter_mut().skip(at).take(1).for_each(|byte| *byte ^= 1),
                }
                fs::write(&path, bytes).unwrap();
                format!("spoil {}", path.display())
            }
            28 => {
                let Some(path) = self.story() else { return self.add() };
                let text = fs::read(self.root.join(&path)).unwrap();
                self.write(&path, text);
                format!("touch {path}")
            }
            _ => "nothing".into(),
        }
    }

    /// Takes out of the stories what may be wrong: links to stories that are gone, an alias
    /// that two have.
    fn mend(&mut self) -> String {
        let _ = fs::remove_file(self.root.join("content/stories/bad.md"));
        for path in self.files("content/stories").iter().filter(|path| path.ends_with(".md")) {
            let text = fs::read_to_string(self.root.join(path)).unwrap();
            let mut mended = text.replace("aliases: [/old/]\n", "");
            if let (Some(from), Some(to)) = (mended.find("[另一篇]"), mended.find("\n\n##")) {
                mended.replace_range(from..to, "");
            }
            if mended != text {
                self.write(path, mended);
            }
        }
        "mend everything".into()
    }

    /// Somebody else changes the output.
    fn spoil(&self) -> String {
        let mut site = self.files("public");
        site.retain(|path| !path.contains("/.xianfeng"));
        if site.is_empty() {
            return "no site to spoil".into();
        }
        let path = site.swap_remove(self.pick(site.len()));
        let file = self.root.join(&path);
        // A change right after the build could keep the file's time: nobody is that fast.
        std::thread::sleep(Duration::from_millis(25));
        // What somebody has changed and the site needs no longer is kept, and a cold build has none.
        if self.pick(2) == 0 || self.is_behind.get() {
            fs::remove_file(&file).unwrap();
            return format!("remove {path}");
        }
        let mut bytes = fs::read(&file).unwrap();
        bytes.reverse();
        fs::write(&file, bytes).unwrap();
        format!("turn {path} round")
    }

    /// Builds the project in `root`, its files looked at `later` seconds from now: stamps
    /// tell of the changes, as they do when edits are not milliseconds apart.
    fn build(&self, root: &Path, output: &str, later: u64) -> BuildReport {
        let time = SystemTime::now() + Duration::from_secs(later);
        let target = Destination {
            output: Path::new(output),
            force: false,
            verify: false,
            listing: false,
            time,
            stopwatch: None,
        };
        pipeline::build(root, target, &self.options, &|_| {}).unwrap()
    }

    /// The same project somewhere else, where nothing has ever been built.
    fn build_cold(&self) -> BuildReport {
        let cold = self.root.join("cold");
        let _ = fs::remove_dir_all(&cold);
        for path in [self.files("content"), self.files("themes")].concat() {
            let to = cold.join(&path);
            fs::create_dir_all(to.parent().unwrap()).unwrap();
            fs::copy(self.root.join(&path), to).unwrap();
        }
        self.build(&cold, "public", 0)
    }
}
