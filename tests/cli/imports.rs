//! `import`: files in, stories and lists out, and what is said of it.

use std::io::{Cursor, Write};

use crate::project::Project;

const W: &str = "http://schemas.openxmlformats.org/wordprocessingml/2006/main";
const R: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
const PR: &str = "http://schemas.openxmlformats.org/package/2006/relationships";

/// A Word file of these paragraphs, the first a large line in the middle.
fn docx(paragraphs: &[&str]) -> Vec<u8> {
    let body: String = paragraphs
        .iter()
        .enumerate()
        .map(|(i, text)| {
            let (set, size) = match i {
                0 => ("<w:jc w:val=\"center\"/>", "<w:sz w:val=\"44\"/>"),
                _ => ("", ""),
            };
            format!(
                "<w:p><w:pPr>{set}</w:pPr><w:r><w:rPr>{size}</w:rPr><w:t>{text}</w:t></w:r></w:p>"
            )
        })
        .collect();
    let mut archive = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for (name, text) in [
        (
            "_rels/.rels",
            format!(
                "<Relationships xmlns=\"{PR}\"><Relationship Id=\"a\" Type=\"{R}/officeDocument\" Target=\"word/document.xml\"/></Relationships>"
            ),
        ),
        (
            "word/document.xml",
            format!("<w:document xmlns:w=\"{W}\"><w:body>{body}</w:body></w:document>"),
        ),
    ] {
        archive.start_file(name, zip::write::SimpleFileOptions::default()).unwrap();
        archive.write_all(text.as_bytes()).unwrap();
    }
    archive.finish().unwrap().into_inner()
}

fn import(project: &Project, more: &[&str]) -> crate::project::Ran {
    project.run(&[&["import", "--lang", "zh", "--now", "2026-06-01"], more].concat())
}

#[test]
fn a_document_becomes_a_draft_that_builds() {
    let project = Project::small();
    project.write("来稿/渠.docx", docx(&["夜里的渠", "渠水流了一夜。", "2026年5月20日"]));
    let ran = import(&project, &["来稿/渠.docx", "--dry-run"]);
    assert_eq!(ran.code, 0, "{ran:?}");
    assert!(
        ran.out.contains("这次什么也没有写") && !project.has("content/stories/2026"),
        "{ran:?}"
    );
    let ran = import(&project, &["来稿/渠.docx"]);
    assert_eq!(ran.code, 0, "{ran:?}");
    assert!(
        ran.out.contains("来稿/渠.docx → content/stories/2026/ye-li-de-qu/index.md"),
        "{}",
        ran.out
    );
    assert!(
        ran.err.contains("标题取自居中的二号以上大字") && ran.err.contains("日期取自落款"),
        "{}",
        ran.err
    );
    let text = project.read("content/stories/2026/ye-li-de-qu/index.md");
    assert!(text.contains("date: 2026-05-20\n") && text.contains("draft: true\n"), "{text}");
    project.build(&["--drafts"]);
    assert!(project.has("public/stories/2026/ye-li-de-qu/index.html"));
    // Never twice, and nothing is changed.
    import(&project, &["来稿/渠.docx"]).fails(1, "import-exists");
    assert_eq!(project.read("content/stories/2026/ye-li-de-qu/index.md"), text);
    assert!(!project.has(".xianfeng/importing"), "nothing is left");
}

#[test]
fn a_folder_is_imported_and_what_cannot_be_is_said() {
    let project = Project::small();
    project
        .write("来稿/甲.docx", docx(&["甲渠", "正文。"]))
        .write("来稿/二/乙.docx", docx(&["乙渠", "正文。"]))
        .write("来稿/~$甲.docx", "x")
        .write("来稿/坏.docx", "PK 不是")
        .write("来稿/底稿.pdf", "%PDF-1.7")
        .write("来稿/Thumbs.db", "x")
        .write(
            "来稿/旧.doc",
            [
                &b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1"[..],
                &[0; 600],
                "W\0o\0r\0d\0D\0o\0c\0u\0m\0e\0n\0t\0".as_bytes(),
            ]
            .concat(),
        );
    let ran = import(
        &project,
        &[
            "来稿",
            "--into",
            "推荐表",
            "--unit",
            "渠首村党支部",
            "--focal-point",
            "民生",
            "--kind",
            "branch",
        ],
    );
    ran.fails(1, "来稿/坏.docx: error[import-damaged]");
    assert!(
        ran.err.contains("来稿/旧.doc: error[import-format]: 这是旧的 .doc 文件"),
        "{}",
        ran.err
    );
    assert!(ran.out.contains("导入 2 篇，2 个文件没有导入"), "{}", ran.out);
    let skipped =
        "来稿: note[import-skipped]: 这个文件夹里只导入 Word 文档，这些没有导入：底稿.pdf\n";
    assert!(ran.err.contains(skipped), "{}", ran.err);
    let text = project.read("content/stories/推荐表/yi-qu/index.md");
    for line in ["kind: branch\n", "unit: 渠首村党支部\n", "focal_points: [民生]\n"] {
        assert!(text.contains(line), "{line}: {text}");
    }
    project.build(&["--drafts"]);
    import(&project, &["来稿", "--into", "../外面"]).fails(1, "import-outside");
    let none = import(&project, &["没有.docx"]);
    none.fails(1, "import-unreadable");
    assert_eq!(none.out, "导入 0 篇，1 个文件没有导入\n");
    project.write("巡堤记.txt", "夜里巡堤\n　　三个人，两班倒。\n");
    assert_eq!(import(&project, &["巡堤记.txt", "--into", "文本"]).code, 0);
    let text = project.read("content/stories/文本/ye-li-xun-di/index.md");
    assert!(text.ends_with("---\n\n三个人，两班倒。\n"), "{text}");
    import(&project, &["来稿/旧.doc", "--convert"]).fails(1, "import-convert");
    Project::nowhere().run(&["import", "x.docx", "--lang", "zh"]).fails(1, "project-missing");
}

#[test]
fn a_roster_changes_lists_and_comes_back_unchanged() {
    let project = Project::small();
    let units = "# 名录\r\n- name: 渠首村党支部 # 老支部\r\n  level: 党支部\r\n";
    project.write("content/units.yaml", units).write(
        "名册.csv",
        "党支部名册,,\n姓名,所在党支部,着力点,联系电话\n周　一帆,渠首村党支部,民生,13800138000\n",
    );
    let ran = import(&project, &["名册.csv", "--stories"]);
    assert_eq!(ran.code, 0, "{ran:?}");
    assert!(ran.out.contains("新增：周一帆\ncontent/people.yaml：1 处变化"), "{}", ran.out);
    assert_eq!(project.read("content/people.yaml"), "- name: 周一帆\n  unit: 渠首村党支部\n");
    let story = project.read("content/stories/2026/zhou-yi-fan/index.md");
    assert!(story.contains("focal_points: [民生]") && !story.contains("138"), "{story}");
    project.build(&["--drafts"]);
    let ran = project.run(&[
        "export",
        "roster",
        "-o",
        "导出.xlsx",
        "--lang",
        "zh",
        "--now",
        "2026-06-01",
    ]);
    assert_eq!(ran.code, 0, "{ran:?}");
    let ran = import(&project, &["导出.xlsx"]);
    assert_eq!(ran.code, 0, "{ran:?}");
    assert!(
        ran.out.contains("content/units.yaml：没有变化")
            && ran.out.contains("content/people.yaml：没有变化"),
        "{ran:?}"
    );
    assert_eq!(project.read("content/units.yaml"), units);
    project
        .run(&["export", "roster", "-o", "导出.xlsx", "--lang", "zh"])
        .fails(1, "export-in-the-way");
    // A change keeps the lines' ends and the comments.
    project.write("改.csv", "单位名称,层级,地区\n渠首村党支部,党总支,渠首\n");
    let ran = import(&project, &["改.csv"]);
    assert!(ran.out.contains("渠首村党支部：层级由“党支部”改为“党总支”"), "{ran:?}");
    assert_eq!(
        project.read("content/units.yaml"),
        "# 名录\r\n- name: 渠首村党支部 # 老支部\r\n  level: 党总支\r\n  region: 渠首\r\n"
    );
    project.write("错.csv", "姓名,单位,身份证号\n周一帆,渠首村党支部,1.1E+17\n");
    import(&project, &["错.csv"]).fails(1, "后几位已经丢了");
    project.write("外.csv", "姓名,单位\n李四维,南闸党支部\n");
    import(&project, &["外.csv"]).fails(1, "units.yaml 里没有：南闸党支部");
    assert!(!project.read("content/people.yaml").contains("李四维"));
}

#[test]
fn posts_of_other_generators_become_stories() {
    let project = Project::small();
    let picture = b"\x89PNG\r\n\x1a\n";
    project
        .write("旧/_config.yml", "permalink: :year/:title/\n")
        .write("旧/source/_posts/xiu-qu.md", "---\ntitle: 修渠\ndate: 2019-03-01 12:00:00\ntags: [渠, 水]\ncategories: 民生工作\n---\n正文 ![渠](/images/a.png)\n\n[另一篇](/2019/hou-lai/) {% youtube x %}\n")
        .write("旧/source/_posts/hou-lai.md", "---\ntitle: 后来\ndate: 2019-04-01\ndraft: true\n---\n![没有](b.png)\n")
        .write("旧/source/images/a.png", picture)
        .write("分类.yaml", "民生工作: 抓好民生\n")
        .write("新/content/posts/yi.md", "+++\ntitle = \"一\"\ndate = 2020-01-02T08:00:00+08:00\nslug = \"one\"\naliases = [\"/old/one.html\"]\n+++\n{{< figure src=\"/a.png\" title=\"图\" >}}\n")
        .write("新/static/a.png", picture)
        .write("三/_posts/2021-05-06-san.markdown", "---\ntitle: 三\ncategory: news\n---\n{% highlight rust %}\nfn a() {}\n{% endhighlight %}\n");
    let ran = import(&project, &["--from", "hexo", "旧", "--map", "分类.yaml"]);
    assert_eq!(ran.code, 0, "{ran:?}");
    let text = project.read("content/stories/2019/xiu-qu/index.md");
    for part in [
        "focal_points: [抓好民生]",
        "keywords: [渠, 水]",
        "aliases: [/2019/xiu-qu/]",
        "![渠](<a.png>)",
        "[另一篇](../../2019/hou-lai/index.md)",
        "<!-- youtube x -->",
        "date: 2019-03-01 12:00",
    ] {
        assert!(text.contains(part), "{part}: {text}");
    }
    assert!(
        project.has("content/stories/2019/xiu-qu/a.png")
            && ran.err.contains("短代码，写成了注释：youtube"),
        "{}",
        ran.err
    );
    assert!(project.read("content/stories/2019/hou-lai/index.md").contains("# 原来就是草稿"));
    assert_eq!(import(&project, &["--from", "hugo", "新"]).code, 0);
    let text = project.read("content/stories/2020/one/index.md");
    assert!(
        text.contains("aliases: [/old/one.html, /posts/one/]") && text.contains("![图](<a.png>)"),
        "{text}"
    );
    assert_eq!(import(&project, &["--from", "jekyll", "三"]).code, 0);
    let text = project.read("content/stories/2021/san/index.md");
    assert!(
        text.contains("```rust\nfn a() {}\n```") && text.contains("keywords: [news]"),
        "{text}"
    );
    import(&project, &["--from", "jekyll", "新"]).fails(1, "import-no-posts");
}

#[test]
fn a_document_without_a_date_is_of_the_day_that_it_is_where_the_site_is() {
    // These zones never have the same day.
    let day = |zone: &str| {
        let project = Project::nowhere();
        project.write("content/site.yaml", format!("title: 甲\ntime_zone: \"{zone}\"\n"));
        project.write("a.docx", docx(&["修渠记", "水到了田头，大家都来看。"]));
        assert_eq!(project.run(&["import", "a.docx"]).code, 0);
        let files = project.files("content/stories");
        let text = String::from_utf8(files.into_values().next().unwrap()).unwrap();
        text.lines().find_map(|line| line.strip_prefix("date: ")).unwrap().to_string()
    };
    let (east, west) = (day("+14:00"), day("-12:00"));
    assert!(east > west, "{east} {west}");
}

#[test]
fn posts_are_of_the_time_that_it_was_where_the_site_is() {
    let date = |zone: &str, date: &str| {
        let project = Project::nowhere();
        project
            .write("content/site.yaml", format!("title: 甲\ntime_zone: \"{zone}\"\n"))
            .write("旧/source/_posts/a.md", format!("---\ntitle: 修渠\ndate: {date}\n---\n正文\n"));
        assert_eq!(import(&project, &["--from", "hexo", "旧"]).code, 0);
        let files = project.files("content/stories");
        let text = String::from_utf8(files.into_values().next().unwrap()).unwrap();
        text.lines().find_map(|line| line.strip_prefix("date: ")).unwrap().to_string()
    };
    // A clock without a zone is the campaign's; with one, it is what that point is there.
    for zone in ["+06:00", "+08:00", "-03:00"] {
        assert_eq!(date(zone, "2019-03-01 23:30:00"), "2019-03-01 23:30", "{zone}");
        assert_eq!(date(zone, "2019-03-01"), "2019-03-01", "{zone}");
    }
    assert_eq!(date("+06:00", "2019-03-01 01:30:00 +0800"), "2019-02-28 23:30");
    assert_eq!(date("-03:00", "2019-03-01T01:30:00Z"), "2019-02-28 22:30");
}
