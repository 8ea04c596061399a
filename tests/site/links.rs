//! Links, pictures, attachments; aliases and redirects.

use crate::campaign::{Campaign, PNG, member, news};
use crate::html;

/// A story with this body, another to link to, and files.
fn linking(markdown: &str) -> Campaign {
    Campaign::new("")
        .with("content/stories/2026/x.md", news("甲", "2026-03-18", "", markdown))
        .with("content/stories/2025/y.md", news("乙", "2025-03-18", "", "## 做法\n\n## 成效 二\n"))
        .with("content/stories/2025/z/index.md", news("丙", "2025-03-18", "", "![图](<图 1.png>)"))
        .with("content/stories/2025/z/图 1.png", PNG)
        .with("content/pages/about.md", "---\ntitle: 关于\n---\n## 联系\n")
        .with("content/static/files/表.pdf", "pdf")
        .template("story.html", "{{ story.body }}")
}

/// The address that `markdown`'s first link or picture gets.
#[track_caller]
fn address(markdown: &str) -> String {
    let campaign = linking(markdown);
    let page = html::read(&campaign.page("/stories/2026/x/")).unwrap();
    page.addresses().next().unwrap_or("(none)").to_string()
}

#[test]
fn a_path_to_a_markdown_file_becomes_its_address() {
    for (written, address_of) in [
        ("../2025/y.md", "/stories/2025/y/"),
        ("./../2025/y.md", "/stories/2025/y/"),
        ("../2025/y.md#做法", "/stories/2025/y/#%E5%81%9A%E6%B3%95"),
        ("../2025/y.md#%E5%81%9A%E6%B3%95", "/stories/2025/y/#%E5%81%9A%E6%B3%95"),
        ("../2025/y.md#成效-二", "/stories/2025/y/#%E6%88%90%E6%95%88-%E4%BA%8C"),
        ("../2025/y.md#top", "/stories/2025/y/"),
        ("../2025/z/index.md", "/stories/2025/z/"),
        ("../../pages/about.md", "/about/"),
        ("../../pages/about.md#联系", "/about/#%E8%81%94%E7%B3%BB"),
        ("x.md", "/stories/2026/x/"),
    ] {
        assert_eq!(address(&format!("[字]({written})")), address_of, "{written}");
    }
}

#[test]
fn addresses_of_the_site_itself_may_be_written() {
    for (written, address_of) in [
        ("/news/", "/news/"),
        ("/", "/"),
        ("/focal-points/livelihood/", "/focal-points/livelihood/"),
        ("/stories/2025/y/", "/stories/2025/y/"),
        ("/files/表.pdf", "/files/%E8%A1%A8.pdf"),
        ("/news/index.html", "/news/"),
    ] {
        assert_eq!(address(&format!("[字]({written})")), address_of, "{written}");
    }
}

#[test]
fn files_go_where_the_link_leads() {
    assert_eq!(address("![图](<../2025/z/图 1.png>)"), "/stories/2025/z/%E5%9B%BE%201.png");
    assert_eq!(address("[表](../../static/files/表.pdf)"), "/files/%E8%A1%A8.pdf");
    assert!(linking("![图](<../2025/z/图 1.png>)").build().has("/stories/2025/z/图 1.png"));
}

#[test]
fn other_sites_are_linked_as_they_are() {
    for url in [
        "https://example.cn/a?b=c&d=e#f",
        "http://example.cn",
        "mailto:a@example.cn",
        "tel:12345",
        "//example.cn/a",
    ] {
        assert_eq!(address(&format!("[字]({url})")), url);
    }
    let page = linking("[字](https://example.cn)").page("/stories/2026/x/");
    assert!(page.contains("rel=\"external noopener\""), "{page}");
}

#[test]
fn anchors_on_the_page_itself() {
    assert_eq!(address("[下](#做法)\n\n## 做法\n"), "#%E5%81%9A%E6%B3%95");
    linking("[下](#做发)\n\n## 做法\n").errs("anchor-dead", "[下](#做发)");
    assert_eq!(linking("[下](#做法们)\n\n## 做法\n").help(), "did you mean “#做法”?");
    linking("[字](../2025/y.md#没有)").errs("anchor-dead", "[字](../2025/y.md#没有)");
}

#[test]
fn what_leads_nowhere_is_an_error_with_the_nearest() {
    for (written, code, near) in [
        ("[字](y.md)", "link-dead", "../2025/y.md"),
        ("[字](../2025/yy.md)", "link-dead", "../2025/y.md"),
        ("[字](../2025/Y.md)", "link-dead", "../2025/y.md"),
        ("[字](/stories/2025/yy/)", "link-dead", "/stories/2025/y/"),
        ("![字](../2025/z/图1.png)", "picture-dead", "<../2025/z/图 1.png>"),
        ("[字](z.md)", "link-dead", "../2025/z/index.md"),
    ] {
        let campaign = linking(&format!("前文 {written} 后文"));
        campaign.errs(code, written);
        assert_eq!(campaign.help(), format!("did you mean “{near}”?"), "{written}");
        assert_eq!(campaign.places(), [format!("6:4 {code}")], "{written}");
    }
    linking("[字]()").errs("link-empty", "[字]()");
}

#[test]
fn an_address_that_is_almost_right_is_mended_with_a_warning() {
    for written in ["/News/", "/news", "/focal_points/livelihood/"] {
        let campaign = linking(&format!("[字]({written})"));
        assert_eq!(campaign.codes(), ["link-mended"], "{written}");
        assert!(address(&format!("[字]({written})")).ends_with('/'), "{written}");
    }
}

#[test]
fn nothing_climbs_out_of_the_project() {
    for written in [
        "../../../site.md",
        "../../../../etc/passwd",
        "/../../etc/passwd",
        "%2e%2e/%2e%2e/%2e%2e/x.md",
        "/%2e%2e/x",
    ] {
        linking(&format!("[字]({written})")).errs("link-outside", &format!("[字]({written})"));
    }
}

#[test]
fn unsafe_schemes_are_refused_in_every_disguise() {
    for dest in [
        "javascript:alert(1)",
        "JaVaScRiPt:alert(1)",
        "&#106;avascript:alert(1)",
        "&#x6A;avascript:alert(1)",
        "javascript&colon;alert(1)",
        "<java\tscript:alert(1)>",
        "<  javascript:alert(1)>",
        "java&#10;script:alert(1)",
        "java&#0;script:alert(1)",
        "&#1;javascript:alert(1)",
        "vbscript:x",
        "data:text/html;base64,PHNjcmlwdD4=",
        "javascript\\:alert(1)",
        "file:///C:/a.doc",
        "C:\\a.doc",
        "blob:https://a.cn/x",
        "ftp://a.cn/",
        "view-source:x",
        "&nbsp;javascript:alert(1)",
        "&#x3000;javascript:alert(1)",
        "java&Tab;script:alert(1)",
        "&#8203;javascript:alert(1)",
    ] {
        for markdown in
            [format!("[字]({dest})"), format!("![字]({dest})"), format!("[字][a]\n\n[a]: {dest}\n")]
        {
            let prepared = linking(&markdown).prepared();
            let errors = prepared.diagnostics.iter().filter(|d| d.is_error()).count();
            assert!(errors > 0, "{markdown}: no error");
            let page = crate::campaign::Built { prepared }.page("/stories/2026/x/");
            let read = html::read(&page).unwrap();
            assert_eq!(
                read.addresses().collect::<Vec<_>>(),
                Vec::<&str>::new(),
                "{markdown}: {page}"
            );
        }
    }
    linking("<javascript:alert(1)>").errs("link-unsafe", "<javascript:alert(1)>");
}

#[test]
fn a_picture_on_another_site_or_without_a_description_is_a_warning() {
    assert_eq!(linking("![字](https://a.cn/b.png)").codes(), ["picture-elsewhere"]);
    assert_eq!(linking("![](<../2025/z/图 1.png>)").codes(), ["picture-alt-missing"]);
}

#[test]
fn a_link_to_a_draft_is_an_error() {
    let to = |front: &str| {
        linking("[字](d.md)")
            .with("content/stories/2026/d.md", news("丁", "2026-01-01", front, "正文"))
    };
    to("draft: true").errs("link-dead", "[字](d.md)");
    assert!(to("draft: true").with_drafts().codes().is_empty());
    assert!(to("publish_at: 2026-01-01").codes().is_empty());
}

#[test]
fn time_does_not_break_a_link() {
    let dated = ["publish_at: 2027-01-01", "expire_at: 2026-05-01"];
    for front in dated {
        for dest in [
            "d.md",
            "/stories/2026/d/",
            "/stories/2026/d",
            "/members/lin-xiao-man/",
            "/branches/di-yi-zhi-bu/",
            "/units/di-yi-zhi-bu/",
            "/regions/bei-jie/",
        ] {
            let text = member("丁", "林小满", "第一支部", "民生")
                .replace("kind:", &format!("region: 北街\n{front}\nkind:"));
            let campaign = linking(&format!("见[字]({dest})。"))
                .with("content/stories/2026/d.md", text.clone())
                .with("content/stories/2026/e.md", text.replace("kind: member", "kind: branch"));
            assert_eq!(campaign.codes(), ["link-withheld"], "{front} {dest}");
            let page = campaign.build().page("/stories/2026/x/");
            assert!(page.contains("见字。"), "{front} {dest}: {page}");
        }
    }
    let wrong = linking("[字](/stories/2026/dd/)")
        .with("content/stories/2026/d.md", news("丁", "2026-01-01", dated[1], "正文"));
    assert_eq!(wrong.codes(), ["link-dead"]);
}

#[test]
fn a_link_to_a_story_with_mistakes_is_not_complained_of_twice() {
    let campaign = linking("[字](d.md)").with("content/stories/2026/d.md", "---\ntitle: [\n---\n");
    assert_eq!(campaign.codes(), ["yaml-bracket-open"]);
}

#[test]
fn an_unused_file_is_a_warning_and_is_not_published() {
    let campaign = linking("正文").with("content/stories/2026/稿件.docx", "x");
    assert_eq!(campaign.codes(), ["file-unused"]);
    assert!(!campaign.build().addresses().iter().any(|a| a.contains("docx")));
}

// Aliases.

fn moved(alias: &str) -> Campaign {
    Campaign::story(&format!("aliases: [{alias}]"), "正文")
}

#[test]
fn an_alias_is_a_redirect_with_a_canonical_link() {
    for (alias, at) in [
        ("/old.html", "/old.html"),
        ("old.html", "/old.html"),
        ("/a/b/", "/a/b/"),
        ("/a/b", "/a/b/"),
        ("/旧/网址.html", "/旧/网址.html"),
    ] {
        let page = moved(alias).published_at("https://example.cn/zhuanlan").build().page(at);
        assert!(
            page.contains(
                "<link rel=\"canonical\" href=\"https://example.cn/zhuanlan/stories/2026/x/\">"
            ),
            "{page}"
        );
        assert!(page.contains("content=\"0; url=/zhuanlan/stories/2026/x/\""), "{page}");
        // Readers see what is there, no path.
        assert!(page.contains("<title>标题甲</title>") && page.contains(">标题甲</a>"), "{page}");
        html::read(&page).unwrap();
    }
}

#[test]
fn redirects_are_in_no_sitemap() {
    let built = moved("/a/b/").build();
    assert!(built.has("/a/b/") && !built.page("/sitemap.xml").contains("/a/b/"));
}

#[test]
fn an_alias_never_takes_the_place_of_a_page() {
    for alias in [
        "/",
        "/index.html",
        "/news/",
        "/feed.xml",
        "/stories/2026/x/",
        "/assets/style.css",
        "/404.html",
        "/robots.txt",
    ] {
        let codes = moved(alias).codes();
        assert_eq!(codes.len(), 1, "{alias}: {codes:?}");
        assert!(matches!(codes[0], "alias-taken" | "alias-wrong"), "{alias}: {codes:?}");
    }
    assert_eq!(moved("/News/").codes(), ["address-taken"]);
    assert_eq!(moved("/stories").codes().len(), 0, "a folder may be entered");
}

#[test]
fn two_stories_cannot_have_one_alias() {
    let campaign = moved("/old.html")
        .with("content/stories/y.md", news("乙", "2026-03-18", "aliases: [/old.html]", "正文"));
    assert_eq!(campaign.codes(), ["alias-taken"]);
}

#[test]
fn an_alias_that_is_no_path_of_the_site_is_an_error_at_its_place() {
    for alias in [
        "https://a.cn/b",
        "//a.cn/b",
        "'/a?b'",
        "'/a#b'",
        "../../x.html",
        "/a/../b",
        "/%2e%2e/x",
        "/.git/x",
        "/a//b",
        "C:/x",
    ] {
        moved(alias).errs("alias-wrong", alias);
    }
}

// Base addresses.

#[test]
fn every_internal_link_works_below_a_sub_path() {
    let built = linking("[字](../2025/y.md#做法) ![图](<../2025/z/图 1.png>) [新](/news/)")
        .published_at("https://example.cn/zhuanlan/")
        .build();
    let page = built.page("/stories/2026/x/");
    let read = html::read(&page).unwrap();
    assert_eq!(
        read.addresses().collect::<Vec<_>>(),
        [
            "/zhuanlan/stories/2025/y/#%E5%81%9A%E6%B3%95",
            "/zhuanlan/stories/2025/z/%E5%9B%BE%201.png",
            "/zhuanlan/news/",
        ]
    );
}

#[test]
fn relative_links_name_their_files() {
    let built = linking("[字](../2025/y.md#做法) ![图](<../2025/z/图 1.png>) [首](/)")
        .with_relative_links()
        .build();
    let page = built.page("/stories/2026/x/");
    let read = html::read(&page).unwrap();
    assert_eq!(
        read.addresses().collect::<Vec<_>>(),
        [
            "../../../stories/2025/y/index.html#%E5%81%9A%E6%B3%95",
            "../../../stories/2025/z/%E5%9B%BE%201.png",
            "../../../index.html",
        ]
    );
}

// What a review found.

#[test]
fn an_anchor_behind_an_address_of_the_site_is_checked_too() {
    assert!(linking("[字](/stories/2025/y/#做法)").codes().is_empty());
    assert_eq!(linking("[字](/stories/2025/y/#做发)").codes(), ["anchor-dead"]);
    assert_eq!(linking("[字](/about/#没有)").codes(), ["anchor-dead"]);
}

#[test]
fn a_page_is_no_picture() {
    for written in ["/stories/2025/y/", "/news/", "../2025/y.md"] {
        assert_eq!(linking(&format!("![图]({written})")).codes(), ["picture-dead"], "{written}");
    }
}

#[test]
fn a_mail_address_between_angle_brackets_is_a_link() {
    assert_eq!(address("<editor@example.cn>"), "mailto:editor@example.cn");
    assert!(linking("<editor@example.cn>").codes().is_empty());
}

#[test]
fn many_mistakes_on_one_long_line_do_not_repeat_the_line() {
    let line = "[字](没有.md) ".repeat(2000);
    let campaign = linking(&line);
    let count: usize = campaign.prepared().diagnostics.iter().map(|d| d.count).sum();
    assert_eq!(count, 2000);
    let drawn = campaign.diagnostics(xianfeng::base::lang::Lang::Zh);
    // Each with a line's excerpt, not with the whole line.
    assert!(drawn.len() < 101 * 1000, "{}", drawn.len());
}

#[test]
fn a_file_whose_name_ends_in_index_html_is_not_a_folder() {
    let campaign = linking("[字](/stories/2025/z/myindex.html) [旧](/oldindex.html)")
        .with("content/stories/2025/z/myindex.html", "x")
        .with(
            "content/stories/2025/o.md",
            news("旧", "2025-03-18", "aliases: [/oldindex.html]", "正文"),
        );
    assert!(campaign.codes().is_empty(), "{:?}", campaign.codes());
    let page = html::read(&campaign.page("/stories/2026/x/")).unwrap();
    let addresses: Vec<&str> = page.addresses().collect();
    assert_eq!(addresses, ["/stories/2025/z/myindex.html", "/oldindex.html"]);
}

#[test]
fn a_link_to_a_list_that_has_nothing_is_its_words() {
    let campaign = |more: &str| {
        let page = "---\ntitle: 导览\n---\n看[支部](/branches/)和[好人好事](/members/)，[更正](/corrections)也有。\n";
        let story = news("灯", "2026-03-18", more, "见[导览](/dao-lan/)。");
        Campaign::new("")
            .with("content/pages/dao-lan.md", page)
            .with("content/stories/2026/x.md", story)
    };
    let built = campaign("").build();
    assert_eq!(built.codes(), ["link-list-empty"; 3]);
    let page = built.page("/dao-lan/");
    assert!(page.contains("看支部和好人好事，更正也有。"), "{page}");
    // The first entry brings the link.
    let one = campaign("")
        .with("content/stories/2026/y.md", crate::campaign::branch("河灯", "河岸", "民生"));
    assert_eq!(one.codes(), ["link-list-empty"; 2]);
    assert!(one.page("/dao-lan/").contains("/branches/"));
    // A page that no entry will bring is a mistake, and so is a picture.
    for wrong in ["[字](/branchs/)", "[字](/feedback/)", "![图](/branches/)"] {
        let codes = linking(wrong).codes();
        assert!(codes.iter().any(|code| code.ends_with("-dead")), "{wrong}: {codes:?}");
    }
}

#[test]
fn a_link_to_a_year_whose_last_story_has_expired_is_its_words() {
    let campaign = linking("见[那一年](/archive/2024/)。").with(
        "content/stories/2024/w.md",
        news("丁", "2024-03-18", "expire_at: 2025-01-01", "正文。"),
    );
    assert_eq!(campaign.codes(), ["link-withheld"]);
}
