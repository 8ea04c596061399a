//! Campaigns of odd proportions, and bodies of nothing but marks.

use crate::project::Project;

fn story(title: &str, body: &str) -> String {
    format!("---\ntitle: {title}\ndate: 2026-03-18\nkind: news\n---\n\n{body}")
}

/// A project with a story for each of these pieces, each repeated up to so many bytes.
fn repeating(pieces: &[&str], bytes: usize) -> Project {
    let project = Project::nowhere();
    project.write("content/site.yaml", "title: 专栏\n");
    for (i, piece) in pieces.iter().enumerate() {
        let body = piece.repeat(bytes / piece.len());
        project.write(&format!("content/stories/s{i}.md"), story("长", &body));
    }
    project
}

#[test]
fn bodies_of_nothing_but_marks_are_built() {
    let pieces = [
        "*",
        "[",
        "![",
        "> ",
        ">",
        "`",
        "<",
        "<!--",
        "&#",
        "\\",
        "|a",
        "- ",
        "1. ",
        "~~甲 ",
        "**“甲”**乙",
        "【a】(",
        "[a][",
        "[^",
        "# 一\n",
        "## 一\n\n",
        "甲 \n",
        "- 一\n",
        "甲\n-\n",
        "甲[^1] ",
        "| 甲 | 乙 |\n",
        "https://example.org/甲 ",
        "值班党员反复核对了图纸。",
    ];
    let project = repeating(&pieces, 48 << 10);
    let table = format!("| 甲 | 乙 |\n|---|---|\n{}", "| 一 | 二 |\n".repeat(5_000));
    project.write("content/stories/table.md", story("表", &table));
    project.build(&["-q"]);
    for i in 0..pieces.len() {
        assert!(project.has(&format!("public/stories/2026/s{i}/index.html")), "{i}");
    }
    let cells = project.read("public/stories/2026/table/index.html").matches("<td>").count();
    assert_eq!(cells, 10_000);
}

#[test]
fn one_long_story_deep_folders_and_many_stories_of_one_focal_point_are_fine() {
    let project = Project::nowhere();
    project.write("content/site.yaml", "title: 专栏\npage_size: 10\n");
    let deep = "层/".repeat(60);
    project
        .write(
            &format!("content/stories/{deep}deep.md"),
            story("深", "[长](/stories/2026/long/)\n"),
        )
        .write(&format!("content/static/{deep}deep.txt"), "深")
        .write(&format!("content/pages/{deep}about.md"), "---\ntitle: 关于\n---\n深\n");
    let paragraph = "值班党员**反复核对**了图纸，见[另一篇](/stories/2026/deep/)。\n\n";
    let long = paragraph.repeat((512 << 10) / paragraph.len()) + "## 最后一节\n";
    project.write("content/stories/long.md", story("长", &long));
    for i in 0..200 {
        let body = format!(
            "---\ntitle: 第{i}篇\ndate: 2026-01-{:02}\nkind: branch\nunit: 码头支部\n\
             focal_points: [民生]\n---\n![现场](photo.svg)\n",
            1 + i % 28
        );
        project.write(&format!("content/stories/p{i}/index.md"), body);
        project.write(&format!("content/stories/p{i}/photo.svg"), "<svg/>");
    }
    project.build(&["-q"]);
    for page in [
        "focal-points/livelihood/page/20/index.html",
        "units/ma-tou-zhi-bu/page/20/index.html",
        "branches/ma-tou-zhi-bu/page/20/index.html",
        "stories/2026/deep/index.html",
        "stories/2026/p199/photo.svg",
        "about/index.html",
        &format!("{deep}deep.txt"),
    ] {
        assert!(project.has(&format!("public/{page}")), "{page}");
    }
    assert!(!project.has("public/focal-points/livelihood/page/21/index.html"));
    assert!(project.read("public/stories/2026/long/index.html").contains("最后一节</h2>"));
    let checked = project.run(&["check", "--strict", "--now", "2026-06-01"]);
    assert_eq!(checked.code, 0, "{checked:?}");
}
