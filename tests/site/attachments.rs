//! Of the files beside a story only those are published that somebody has named.

use xianfeng::base::lang::Lang;

use crate::campaign::{Campaign, PNG, news};

/// A story in a folder of its own, beside which these files are.
fn beside(front: &str, body: &str, files: &[&str]) -> Campaign {
    let story = news("标题", "2026-03-01", front, body);
    let campaign = Campaign::new("").with("content/stories/p/index.md", story);
    files.iter().fold(campaign, |campaign, file| {
        campaign.with(&format!("content/stories/p/{file}"), "%PDF-1.7\n%%EOF")
    })
}

/// The files that are published beside the story.
fn published(campaign: &Campaign) -> Vec<String> {
    let addresses = campaign.build().addresses().into_iter();
    let below = addresses.filter_map(|at| Some(at.strip_prefix("/stories/2026/p/")?.to_string()));
    below.filter(|name| !name.is_empty()).collect()
}

fn messages(campaign: &Campaign) -> Vec<String> {
    let all = campaign.prepared().diagnostics;
    all.iter().map(|d| format!("{} {}: {}", d.code, d.place.path, d.message.zh)).collect()
}

#[test]
fn what_nobody_names_stays_at_home() {
    let files = ["方案.pdf", "领导批示.pdf", "工资表.pdf", "原件/签字.pdf"];
    let campaign = beside("", "[下载](方案.pdf)", &files);
    assert_eq!(published(&campaign), ["方案.pdf"]);
    assert_eq!(
        messages(&campaign),
        [
            "file-unused content/stories/p: 这 2 个文件没有发布，没有稿件用到它们：工资表.pdf、领导批示.pdf",
            "file-unused content/stories/p/原件/签字.pdf: 这个文件没有发布：没有稿件用到它",
        ]
    );
    // Nobody is led to publish what others keep beside their stories.
    assert!(!campaign.help_of("file-unused").contains("attachments"));
}

#[test]
fn a_story_may_publish_all_of_its_folder() {
    let files = ["方案.pdf", "原件/签字.pdf"];
    for front in ["attachments: all", "附件: 全部"] {
        let campaign = beside(front, "正文", &files);
        assert_eq!(published(&campaign), ["原件/签字.pdf", "方案.pdf"]);
        assert_eq!(campaign.codes(), [""; 0]);
    }
    beside("attachments: 方案.pdf", "正文", &[]).errs("attachments-unknown", "方案.pdf");
    let other = beside("attachments: all", "正文", &files)
        .with("content/stories/q/index.md", news("别的", "2026-03-02", "", "正文"))
        .with("content/stories/q/不发.pdf", "%PDF-1.7");
    assert_eq!(published(&other), ["原件/签字.pdf", "方案.pdf"]);
    assert_eq!(other.codes(), ["file-unused"]);
}

#[test]
fn a_story_without_a_folder_has_nothing_to_publish() {
    assert_eq!(Campaign::story("attachments: all", "正文").codes(), ["attachments-no-folder"]);
}

#[test]
fn whoever_names_a_file_publishes_it() {
    for (front, body, file) in [
        ("", "[见](<方案 一.pdf>)", "方案 一.pdf"),
        ("", "[见](%E6%96%B9%E6%A1%88.pdf#page=2)", "方案.pdf"),
        ("", "[见](附/方案.pdf)", "附/方案.pdf"),
        ("", "[见](./方案.pdf)", "方案.pdf"),
        ("", "[见](/stories/2026/p/%E6%96%B9%E6%A1%88.pdf)", "方案.pdf"),
        ("", "[见][一]\n\n[一]: 方案.pdf", "方案.pdf"),
        ("extra: {资料: [{文件: 方案.pdf}]}", "正文", "方案.pdf"),
        ("slug: 'q'\naliases: [/old/]", "[见](方案.pdf)", "方案.pdf"),
    ] {
        let campaign = beside(front, body, &[file]);
        assert_eq!(campaign.codes(), [""; 0], "{front} {body}");
        let address =
            format!("/stories/2026/{}/{file}", if front.contains("slug") { "q" } else { "p" });
        assert!(campaign.build().has(&address), "{front} {body}");
    }
    let cover = beside("cover: 会场.png\ncover_alt: 会场", "正文", &[])
        .with("content/stories/p/会场.png", PNG);
    assert_eq!((published(&cover), cover.codes()), (vec!["会场.png".to_string()], vec![]));
}

#[test]
fn another_story_or_page_may_name_it() {
    let other = |path: &str, body: &str| {
        let campaign =
            beside("", "正文", &["方案.pdf"]).with(path, news("别的", "2026-03-02", "", body));
        let said = campaign.codes();
        assert!(said.iter().all(|code| *code == "key-unused"), "{said:?}");
        assert!(campaign.build().has("/stories/2026/p/方案.pdf"));
    };
    other("content/stories/q.md", "[见](p/方案.pdf)");
    other("content/stories/q.md", "[见](/stories/2026/p/方案.pdf)");
    other("content/pages/about.md", "[见](../stories/p/方案.pdf)");
}

#[test]
fn files_of_one_name_but_for_letter_case_are_renamed() {
    let campaign = beside("", "[一](A.pdf) [二](a.PDF)", &["A.pdf", "a.PDF"]);
    assert_eq!(campaign.codes(), ["address-taken"]);
    assert!(campaign.help_of("address-taken").starts_with("rename one of the files"));
    let taken = beside("", "正文", &[]).with("content/static/sitemap.xml", "x");
    assert!(taken.help_of("address-taken").starts_with("rename or delete the file"));
}

#[test]
fn pages_have_files_too() {
    let page = "---\ntitle: 关于\n---\n[下载](方案.pdf)\n";
    let campaign = Campaign::new("")
        .with("content/pages/about/index.md", page)
        .with("content/pages/about/方案.pdf", "%PDF-1.7 %%EOF")
        .with("content/pages/about/名单.pdf", "%PDF-1.7 %%EOF");
    assert_eq!(campaign.codes(), ["file-unused"]);
    assert!(campaign.build().has("/about/方案.pdf") && !campaign.build().has("/about/名单.pdf"));
}

#[test]
fn a_drafts_files_wait_for_it() {
    let campaign = beside("draft: true", "[见](方案.pdf)", &["方案.pdf", "不发.pdf"]);
    assert_eq!(campaign.codes(), [""; 0]);
    assert_eq!(published(&campaign), [""; 0]);
    assert_eq!(published(&campaign.with_drafts()), ["方案.pdf"]);
}

#[test]
fn what_programs_leave_behind_is_never_published() {
    let files = [
        "~$方案.docx",
        "方案.pdf.bak",
        "会场.TMP",
        "方案.docx~",
        "Thumbs.db",
        ".DS_Store",
        ".~方案.wps",
    ];
    let said = [
        "file-leftover content/stories/p: 这里的备份或临时文件不会发布：~$方案.docx、会场.TMP、方案.docx~、方案.pdf.bak",
    ];
    let campaign = beside("attachments: all", "正文", &files);
    assert_eq!(published(&campaign), [""; 0]);
    assert_eq!(messages(&campaign), said);
    let below = files.iter().fold(Campaign::story("", "正文"), |campaign, file| {
        campaign.with(&format!("content/static/d/{file}"), "x")
    });
    let below = below.with("content/static/d/方案.pdf", "%PDF-1.7");
    let addresses = below.build().addresses();
    let found: Vec<_> = addresses.iter().filter(|at| at.starts_with("/d/")).collect();
    assert_eq!(found, ["/d/方案.pdf"]);
    assert_eq!(below.codes(), ["file-leftover"]);
    beside("", "[见](方案.pdf.bak)", &["方案.pdf.bak"])
        .help_of("link-dead")
        .contains("another ending");
}

/// A story that publishes its whole folder.
fn whole(body: &str) -> Campaign {
    Campaign::new("")
        .with("content/stories/s/index.md", news("甲", "2026-03-18", "附件: 全部", body))
}

#[test]
fn names_that_are_not_published_are_told_where_the_whole_folder_is_to_be() {
    let file = |name: &str| format!("content/stories/s/{name}");
    let campaign = ["_DSC1234.JPG", "_名单.xlsx", "~1.pdf"]
        .iter()
        .fold(whole("正文"), |campaign, name| campaign.with(&file(name), "内容"));
    assert_eq!(campaign.codes(), ["file-hidden"]);
    let told = campaign.diagnostics(Lang::Zh);
    for name in ["_DSC1234.JPG", "_名单.xlsx", "~1.pdf"] {
        assert!(told.contains(name), "{told}");
    }
    // Nobody means these, and without the key nothing is published unasked.
    let left = whole("正文").with(&file(".DS_Store"), "x").with(&file("Thumbs.db"), "x");
    assert_eq!(left.codes(), [""; 0]);
    let drafts = Campaign::story("", "正文").with("content/stories/_草稿.md", "不是稿件");
    assert_eq!(drafts.codes(), [""; 0]);
}

#[test]
fn a_file_that_is_there_under_such_a_name_is_not_missed() {
    let with = |body: &str| {
        Campaign::new("")
            .with("content/stories/s/index.md", news("甲", "2026-03-18", "", body))
            .with("content/stories/s/_p.png", PNG)
    };
    let picture = with("![图](_p.png)");
    assert_eq!(picture.codes(), ["picture-dead"]);
    assert!(picture.help().contains("write p.png here"), "{}", picture.help());
    let beside = with("![图](_p.png)").with("content/stories/s/p.png", PNG);
    assert!(!beside.help_of("picture-dead").contains("did you mean"));
    let link = with("[表](_p.png)");
    assert_eq!(link.codes(), ["link-dead"]);
    let system = with("[x](Thumbs.db)").with("content/stories/s/Thumbs.db", "x");
    assert!(system.help_of("link-dead").contains("of the system"));
}

#[test]
fn a_page_that_lies_beside_the_story_is_told_once() {
    let campaign = whole("正文").with("content/stories/s/index.html", "甲");
    assert_eq!(campaign.codes(), ["address-taken"]);
    assert!(campaign.help().contains("rename the file"), "{}", campaign.help());
}

#[test]
fn a_cover_on_another_site_is_told_as_such() {
    let campaign = Campaign::story("封面: https://x.cn/p.png\n封面说明: 会场", "正文");
    assert_eq!(campaign.codes(), ["link-outside"]);
    assert!(campaign.help().starts_with("download it"), "{}", campaign.help());
}

#[test]
fn a_list_that_notepad_named_is_told_as_such() {
    let campaign = Campaign::story("", "正文").with("content/units.yaml.txt", "- 甲支部\n");
    assert_eq!(campaign.help(), "Notepad added “.txt”: rename it to units.yaml");
    assert_eq!(campaign.codes(), ["file-misnamed"]);
}

#[test]
fn a_null_in_a_text_has_a_place() {
    let text = news("甲", "2026-03-18", "", &format!("正\0文{}", "。正文".repeat(20)));
    let campaign = Campaign::new("").with("content/stories/x.md", text);
    assert_eq!(campaign.places(), ["6:2 file-not-text"]);
}
