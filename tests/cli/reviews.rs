//! `export review`: a story as one file that somebody looks at and signs.

use crate::project::Project;

fn draft() -> Project {
    let project = Project::small();
    project
        .write(
            "content/stories/2026/lou-dao/index.md",
            "---\ntitle: 楼道 & 灯\ndate: 2026-03-01\nkind: news\ndraft: true\n---\n一盏灯。\n\n![灯](灯.svg)\n",
        )
        .write(
            "content/stories/2026/lou-dao/灯.svg",
            "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 1 1\"><rect width=\"1\" height=\"1\"/></svg>",
        )
        // Another story's mistake does not keep this one from its review.
        .bad_story("huai");
    project
}

fn review(project: &Project, story: &str, more: &[&str]) -> crate::project::Ran {
    let command = ["export", "review", story, "--lang", "zh", "--now", "2026-06-01"];
    project.run(&[&command, more].concat())
}

fn version(page: &str) -> String {
    let (_, rest) = page.split_once("版本 ").unwrap();
    rest.chars().take(8).collect()
}

#[test]
fn a_draft_becomes_one_file_that_needs_nothing_else() {
    let project = draft();
    for story in [
        "content/stories/2026/lou-dao/index.md",
        "content/stories/2026/lou-dao/",
        "2026/lou-dao",
        "lou-dao",
        "楼道 & 灯",
    ] {
        let ran = review(&project, story, &[]);
        assert_eq!(ran.code, 0, "{story}: {ran:?}");
        assert!(ran.out.contains("送审-lou-dao.html"), "{}", ran.out);
    }
    let page = project.read("送审-lou-dao.html");
    for part in ["送审稿", "2026-06-01 送审", "一盏灯。", "data:image/svg+xml", "意见", "签名"]
    {
        assert!(page.contains(part), "{part}: {page}");
    }
    assert_eq!(page.matches("<main>").count(), 1);
    for outside in ["src=\"http", "href=\"http", "<script", "url("] {
        assert!(!page.contains(outside), "{outside}: {page}");
    }
}

#[test]
fn the_version_changes_with_the_text_alone() {
    let project = draft();
    review(&project, "lou-dao", &[]);
    let first = version(&project.read("送审-lou-dao.html"));
    review(&project, "lou-dao", &[]);
    assert_eq!(version(&project.read("送审-lou-dao.html")), first);
    let text = project.read("content/stories/2026/lou-dao/index.md");
    project.write("content/stories/2026/lou-dao/index.md", text.replace("一盏灯", "两盏灯"));
    review(&project, "lou-dao", &["-o", "送审/二稿.html"]);
    assert_ne!(version(&project.read("送审/二稿.html")), first);
}

#[test]
fn what_cannot_be_reviewed_is_said() {
    let project = draft();
    review(&project, "lou-da", &[]).fails(1, "是不是“lou-dao”");
    review(&project, "content/stories/huai.md", &[])
        .fails(1, "huai.md:3:7: error[date-impossible]");
    project.write("名单.html", "<p>名单</p>");
    review(&project, "lou-dao", &["-o", "名单.html"]).fails(1, "review-in-the-way");
    assert_eq!(project.read("名单.html"), "<p>名单</p>");
    review(&project, "lou-dao", &["-o", "content/x.html"]).fails(1, "review-in-project");
    project.run(&["export", "--lang", "zh"]).fails(2, "");
    project.run(&["export", "pdf", "--lang", "zh"]).fails(2, "review");
}

#[test]
fn a_book_may_have_drafts() {
    let project = Project::small();
    project.write(
        "content/stories/d.md",
        "---\ntitle: 草稿一篇\ndate: 2026-03-01\nkind: news\ndraft: true\n---\n正文。\n",
    );
    project.run(&["book", "-o", "a.html"]);
    assert!(!project.read("a.html").contains("草稿一篇"));
    project.run(&["book", "-o", "b.html", "--drafts"]);
    assert!(project.read("b.html").contains("草稿一篇"));
}

#[test]
fn a_new_story_has_a_short_name_and_a_place_for_pictures() {
    let project = Project::small();
    let new = |arguments: &[&str]| {
        let ran = project.run(&[&["new", "member"], arguments].concat());
        assert_eq!(ran.code, 0, "{ran:?}");
        let line = ran.out.lines().next().unwrap().to_string();
        line.rsplit('/').next().unwrap().to_string()
    };
    let long = new(&["梅岭社区第一党支部楼道里的红管家和她的三十六个邻居"]);
    assert_eq!(long, "mei-ling-she-qu-di-yi-dang-zhi-bu-lou.md");
    assert_eq!(new(&["一件事", "--slug", "lou-dao"]), "lou-dao.md");
    assert_eq!(
        new(&["另一件事", "--folder", "--unit", "第一: 支部", "--focal-point", "民生"]),
        "index.md"
    );
    let path = project.files("content/stories");
    let (path, text) =
        path.iter().find(|(path, _)| path.ends_with("ling-yi-jian-shi/index.md")).unwrap();
    let text = String::from_utf8(text.clone()).unwrap();
    assert!(
        text.contains("unit: \"第一: 支部\"") && text.contains("focal_points: [民生]"),
        "{path}: {text}"
    );
    project.run(&["new", "member", "事", "--slug", "林 X"]).fails(2, "lin-x");
    // A name is taken by either form.
    project.run(&["new", "member", "事", "--slug", "ling-yi-jian-shi"]).fails(1, "story-exists");
}

#[test]
fn a_draft_that_is_half_filled_is_shown_with_what_is_open() {
    let project = Project::small();
    project.write(
        "content/stories/2026/deng.md",
        "---\n标题: 守灯人\n日期: 2026-03-01\n类型: 党员\n姓名:\n草稿: true\n---\n夜里十点还亮着。\n",
    );
    let settings = project.read("content/site.yaml") + "base_url: https://www.shou-deng.cn/\n";
    project.write("content/site.yaml", settings);
    // A folder that is not there yet.
    let ran = review(&project, "deng", &["-o", "送审/"]);
    assert_eq!(ran.code, 0, "{ran:?}");
    let page = project.read("送审/送审-deng.html");
    assert!(page.contains("夜里十点还亮着。") && page.contains("姓名待填"), "{page}");
    let open = page.split("还要填的项目：").nth(1).unwrap().split("</p>").next().unwrap();
    assert!(open.contains("姓名") && open.contains("单位") && !open.contains("标题"), "{open}");
    assert!(!page.contains("原文地址"), "{page}");
    // What is wrong, and not only missing, still stops it; and so does a name of another format.
    review(&project, "deng", &["-o", "守灯人.docx"]).fails(2, "再用 Word 或 WPS 打开");
}
