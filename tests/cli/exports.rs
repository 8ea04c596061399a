//! `export wechat`, `docx`, `brief` and `zip`: files and folders on the disk, and what is refused.

use std::collections::BTreeMap;
use std::io::Read;

use crate::project::{Project, Ran};

const NOW: [&str; 4] = ["--lang", "zh", "--now", "2026-06-01"];

fn export(project: &Project, words: &[&str]) -> Ran {
    project.run(&[&["export"], words, &NOW].concat())
}

#[track_caller]
fn exported(project: &Project, words: &[&str]) -> Ran {
    let ran = export(project, words);
    assert_eq!(ran.code, 0, "{ran:?}");
    ran
}

/// A campaign with a story in a folder of its own, a draft, and one that waits.
fn campaign() -> Project {
    let project = Project::small();
    let story = |title: &str, more: &str| {
        format!(
            "---\ntitle: {title}\ndate: 2026-03-01\nkind: news\n{more}---\n{title}的正文。\n\n![渡口](渡.png)\n"
        )
    };
    project
        .write("content/stories/2026/du-kou/index.md", story("渡口 & 船", ""))
        .write("content/stories/2026/du-kou/渡.png", picture())
        .write(
            "content/stories/ban-pian.md",
            story("半篇", "draft: true\n").replace("![渡口](渡.png)", ""),
        )
        .write(
            "content/stories/xia-yue.md",
            story("下月", "publish_at: 2026-07-01\n").replace("![渡口](渡.png)", ""),
        );
    project
}

/// A picture that can be read.
fn picture() -> Vec<u8> {
    use xianfeng::picture::encode;
    use xianfeng::picture::pixels::Pixels;
    let bytes = (0..400 * 300 * 3).map(|i| (i % 251) as u8).collect();
    encode::png(&Pixels { width: 400, height: 300, channels: 3, bytes }).unwrap()
}

#[test]
fn a_folder_for_wechat_holds_all_that_is_needed() {
    let project = campaign();
    let ran = exported(&project, &["wechat", "2026/du-kou", "a", "-o", "公众号"]);
    assert!(
        ran.out.contains("《渡口 & 船》：公众号/du-kou") && ran.out.contains("公众号/a"),
        "{}",
        ran.out
    );
    let files = project.files("公众号/du-kou");
    let names: Vec<&str> = files.keys().map(String::as_str).collect();
    // As pictures on the site: drawings and screenshots are PNG.
    let wanted = ["index.html", "图01.png", "封面-200x200.jpg", "封面-900x383.jpg", "检查单.txt"];
    assert!(wanted.iter().all(|name| names.contains(name)) && names.len() == 5, "{names:?}");
    let page = project.read("公众号/du-kou/index.html");
    assert!(page.contains("渡口 &amp; 船") && page.contains("图01.png"), "{page}");
    // Once more: our files are made anew, what is somebody else's stays.
    project.write("公众号/du-kou/题图.psd", "自己的");
    project.write("公众号/du-kou/图02.jpg", "旧的");
    exported(&project, &["wechat", "du-kou", "-o", "公众号"]);
    assert_eq!(project.read("公众号/du-kou/题图.psd"), "自己的");
    assert!(!project.has("公众号/du-kou/图02.jpg"));
    // Nothing is left beside it, and the same story gives the same files.
    let again = project.files("公众号");
    assert!(again.keys().all(|path| !path.starts_with('.')), "{again:?}");
    for (name, bytes) in &files {
        assert_eq!(again.get(&format!("du-kou/{name}")), Some(bytes), "{name}");
    }
}

#[test]
fn what_is_not_ours_is_never_overwritten() {
    let project = campaign();
    project.write("公众号/a/笔记.txt", "自己的");
    export(&project, &["wechat", "a", "du-kou", "-o", "公众号"]).fails(1, "export-in-the-way");
    // Of several stories none is written where one is refused.
    assert!(!project.has("公众号/du-kou"));
    project.write("a.docx", "自己的").write("网站.zip", "自己的").write("简报-1.html", "自己的");
    export(&project, &["docx", "a"]).fails(1, "a.docx: error[export-in-the-way]");
    export(&project, &["zip"]).fails(1, "export-in-the-way");
    export(&project, &["brief", "a"]).fails(1, "export-in-the-way");
    for file in ["a.docx", "网站.zip", "简报-1.html"] {
        assert_eq!(project.read(file), "自己的");
    }
    export(&project, &["docx", "a", "-o", "content/a.docx"]).fails(1, "export-in-project");
    export(&project, &["wechat", "a", "-o", "content"]).fails(1, "export-in-project");
    project.write("夹.docx/x", "");
    export(&project, &["zip", "-o", "content/../网站2.zip"]);
    assert!(!project.has("content/brief-ledger.yaml"));
}

#[test]
fn stories_that_cannot_be_exported_are_named() {
    let project = campaign();
    for what in ["wechat", "docx", "brief"] {
        export(&project, &[what, "du-ku"]).fails(1, "是不是“du-kou”");
        export(&project, &[what, "渡口"]).fails(1, "是不是“渡口 & 船”");
        export(&project, &[what, "ban-pian.md"]).fails(1, "《半篇》还是草稿");
        export(&project, &[what, "下月"]).fails(1, "story-withheld");
        export(&project, &[what, "没有的东西"]).fails(1, "也可以写标题或网址名");
    }
    exported(&project, &["docx", "半篇", "--drafts"]);
    // Another story's mistake keeps only a selection from being exported, which would lack it.
    project.bad_story("huai");
    exported(&project, &["docx", "a"]);
    export(&project, &["docx", "--year", "2026"]).fails(1, "huai.md:3:7: error[date-impossible]");
    export(&project, &["docx", "huai.md"]).fails(1, "date-impossible");
    assert!(!project.has("稿件汇编.docx"));
    export(&project, &["docx"]).fails(2, "没有说要哪些稿件");
    export(&project, &["docx", "a", "--year", "2026"]).fails(2, "不用 --year");
    export(&project, &["docx", "a", "-o", "a.doc"]).fails(2, ".docx");
}

#[test]
fn a_story_too_long_for_wechat_is_refused() {
    let project = campaign();
    let long =
        format!("---\ntitle: 长\ndate: 2026-03-01\nkind: news\n---\n{}\n", "渡".repeat(21_000));
    project.write("content/stories/chang.md", long);
    export(&project, &["wechat", "chang", "a"]).fails(1, "少于 20000 个字符");
    assert!(!project.has("公众号"));
    exported(&project, &["docx", "chang"]);
}

#[test]
fn the_same_stories_give_the_same_documents() {
    let project = campaign();
    for words in [
        &["docx", "--year", "2026", "-o"][..],
        &["docx", "du-kou", "-o"],
        &["brief", "du-kou", "a", "--number", "3", "-o"],
    ] {
        exported(&project, &[words, &["1.docx"]].concat());
        exported(&project, &[words, &["2.docx"]].concat());
        let files = project.files(".");
        let file = |name: &str| files.iter().find(|(path, _)| path.ends_with(name)).unwrap().1;
        assert_eq!(file("1.docx"), file("2.docx"), "{words:?}");
    }
}

#[test]
fn numbers_of_the_bulletin_are_remembered() {
    let project = campaign();
    let ran = exported(&project, &["brief", "a"]);
    assert!(ran.out.contains("第 1 期：简报-1.html"), "{}", ran.out);
    let ran = exported(&project, &["brief", "b", "-o", "第二期.docx"]);
    assert!(ran.out.contains("第 2 期"), "{}", ran.out);
    let ledger = project.read("content/brief-ledger.yaml");
    assert!(ledger.contains("- number: 2\n  year: 2026\n  date: 2026-06-01\n  stories:\n    - content/stories/b.md\n"), "{ledger}");
    // The same issue once more, in another form, is the same issue.
    exported(&project, &["brief", "b", "--number", "2", "-o", "第二期"]);
    exported(&project, &["brief", "b", "-o", "第二期.html"]);
    assert!(project.has("第二期/index.html"));
    assert_eq!(project.read("content/brief-ledger.yaml"), ledger);
    export(&project, &["brief", "a", "--number", "2"]).fails(1, "新的一期写 --number 3");
    exported(&project, &["brief", "a", "b", "--number", "1", "--force", "-o", "重做.html"]);
    let ledger = project.read("content/brief-ledger.yaml");
    assert_eq!(ledger.matches("number: 1\n").count(), 1, "{ledger}");
    let ran = exported(&project, &["brief", "du-kou", "--number", "9"]);
    assert!(ran.err.contains("brief-number-skipped"), "{}", ran.err);
    // One that is only looked at is none, and each year has its own numbers.
    exported(&project, &["brief", "半篇", "--drafts", "-o", "送审.html"]);
    assert!(!project.read("content/brief-ledger.yaml").contains("ban-pian"));
    let ran = project.run(&[
        "export",
        "brief",
        "a",
        "--lang",
        "zh",
        "--now",
        "2027-01-05",
        "-o",
        "新年.html",
    ]);
    assert!(ran.out.contains("第 1 期"), "{ran:?}");
    // The list is no part of the site, and a slip in it is told with its place.
    project.build(&[]);
    project.write("content/brief-ledger.yaml", "- number: 一\n  year: 2026\n");
    export(&project, &["brief", "a"]).fails(1, "brief-ledger.yaml:1:");
    project.run(&["export", "brief", "a", "--number", "十"]).fails(2, "--number");
}

/// The parts of a ZIP file, and whether a name that needs it is marked as UTF-8.
fn unzipped(bytes: &[u8]) -> BTreeMap<String, Vec<u8>> {
    let mut zip = zip::ZipArchive::new(std::io::Cursor::new(bytes)).unwrap();
    let mut parts = BTreeMap::new();
    for i in 0..zip.len() {
        let mut file = zip.by_index(i).unwrap();
        let mut content = Vec::new();
        file.read_to_end(&mut content).unwrap();
        parts.insert(file.name().unwrap().into_owned(), content);
    }
    parts
}

fn site(project: &Project, name: &str) -> (Vec<u8>, BTreeMap<String, Vec<u8>>) {
    let bytes = std::fs::read(project.path(name)).unwrap();
    let parts = unzipped(&bytes);
    (bytes, parts)
}

fn changes(parts: &BTreeMap<String, Vec<u8>>) -> String {
    String::from_utf8(parts["变更清单.txt"].clone()).unwrap()
}

#[test]
fn the_site_is_one_file_with_what_changed() {
    let project = campaign();
    let ran = exported(&project, &["zip", "-o", "甲.zip"]);
    assert!(ran.out.contains("第一份，全部上传"), "{}", ran.out);
    exported(&project, &["zip", "-o", "乙.zip"]);
    let (first, parts) = site(&project, "甲.zip");
    assert_eq!(first, site(&project, "乙.zip").0);
    // All that a build writes, and no more.
    project.build(&[]);
    let built = project.files("public");
    for (path, bytes) in built.iter().filter(|(path, _)| !path.ends_with(".xianfeng-site")) {
        let path = path.rsplit_once("public/").map_or(path.as_str(), |(_, path)| path);
        assert_eq!(parts.get(&format!("site/{path}")), Some(bytes), "{path}");
    }
    assert!(parts.contains_key("说明.txt") && parts.contains_key("文件清单.txt"));
    assert!(changes(&parts).contains("这是第一份"), "{}", changes(&parts));
    // Nothing changed: the same file. Something did: what is gone comes first.
    let ran = exported(&project, &["zip", "-o", "甲.zip"]);
    assert!(ran.out.contains("和上一份一样"), "{}", ran.out);
    assert_eq!(site(&project, "甲.zip").0, first);
    project.story("b", "乙改").story("c", "丙").remove("content/stories/a.md");
    exported(&project, &["zip", "-o", "甲.zip"]);
    let told = changes(&site(&project, "甲.zip").1);
    let place = |words: &str| told.find(words).unwrap_or_else(|| panic!("{words}: {told}"));
    assert!(place("【删除") < place("stories/2026/a/index.html"), "{told}");
    assert!(place("【新增】") < place("stories/2026/c/index.html"), "{told}");
    assert!(place("【修改】") < place("stories/2026/b/index.html"), "{told}");
    assert!(!told.contains("stories/2026/du-kou/du"), "{told}");
    // The same from an older file that is named.
    exported(&project, &["zip", "-o", "丙.zip", "--since", "乙.zip"]);
    assert_eq!(changes(&site(&project, "丙.zip").1), told);
    project.write("x.zip", "PK");
    export(&project, &["zip", "-o", "丁.zip", "--since", "x.zip"]).fails(1, "zip-since-unreadable");
    assert!(!project.has("丁.zip"));
}

#[test]
fn a_site_with_mistakes_leaves_the_last_file() {
    let project = campaign();
    exported(&project, &["zip", "-o", "甲.zip"]);
    let (first, _) = site(&project, "甲.zip");
    project.write("themes/xianfeng/templates/story.html", "{{ page.crumbs[7].name }}");
    export(&project, &["zip", "-o", "甲.zip"]).fails(1, "template-failed");
    project.remove("themes").bad_story("huai");
    export(&project, &["zip", "-o", "甲.zip"]).fails(1, "date-impossible");
    assert_eq!(site(&project, "甲.zip").0, first);
    let names = std::fs::read_dir(project.root()).unwrap();
    let left = names.map(|entry| entry.unwrap().file_name().into_string().unwrap());
    let left: Vec<String> = left.filter(|name| name.ends_with(".new")).collect();
    assert!(left.is_empty(), "{left:?}");
}

#[test]
fn a_file_that_changes_has_another_time() {
    let project = campaign();
    exported(&project, &["zip", "-o", "甲.zip"]);
    let text = project.read("content/stories/b.md").replace("正文", "文正");
    project.write("content/stories/b.md", text);
    exported(&project, &["zip", "-o", "乙.zip"]);
    let times = |name: &str| {
        let bytes = std::fs::read(project.path(name)).unwrap();
        let mut zip = zip::ZipArchive::new(std::io::Cursor::new(bytes)).unwrap();
        let mut times = BTreeMap::new();
        for i in 0..zip.len() {
            let file = zip.by_index(i).unwrap();
            let time = file.last_modified().map(|time| time.to_string());
            times.insert(file.name().unwrap().into_owned(), (file.crc32(), time));
        }
        times
    };
    let (before, after) = (times("甲.zip"), times("乙.zip"));
    let story = "site/stories/2026/b/index.html";
    assert_ne!(before[story].1, after[story].1);
    for (name, (sum, time)) in &before {
        if after.get(name).is_some_and(|(other, _)| other == sum) {
            assert_eq!(&after[name].1, time, "{name}");
        }
    }
}
