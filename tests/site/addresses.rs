//! Addresses: every one that a site has, paging, slugs, clashes.

use xianfeng::base::lang::Lang;

use crate::campaign::{Campaign, PNG, branch, member, news};

fn small() -> Campaign {
    Campaign::new("")
        .with("content/stories/2026/第一篇.md", branch("支部稿", "第一支部", "民生"))
        .with(
            "content/stories/2026/lin/index.md",
            member("党员稿", "林小满", "第一支部", "实践") + "![图](a.png)",
        )
        .with("content/stories/2026/lin/a.png", PNG)
        .with(
            "content/stories/n.md",
            news(
                "动态稿",
                "2025-12-31",
                "region: 北街\ncarriers: [夜门诊]\naliases: [/old.html, /old/place/]",
                "[表](lin.txt)",
            ),
        )
        .with("content/stories/lin.txt", "x")
        .with("content/pages/about.md", "---\ntitle: 关于\n---\n正文\n")
        .with("content/static/files/表.pdf", "pdf")
}

#[test]
fn every_kind_of_address() {
    // What search has below its page is named by its content.
    let named = |address: &String| !address.starts_with("/search/") || address == "/search/";
    let addresses: Vec<String> = small().build().addresses().into_iter().filter(named).collect();
    insta::assert_snapshot!(addresses.join("\n"), @r"
    /
    /404.html
    /about/
    /archive/
    /archive/2025/
    /archive/2026/
    /branches/
    /branches/di-yi-zhi-bu/
    /carriers/
    /carriers/ye-men-zhen/
    /favicon.ico
    /feed.json
    /feed.xml
    /files/表.pdf
    /focal-points/
    /focal-points/carrier/
    /focal-points/carrier/feed.xml
    /focal-points/center/
    /focal-points/center/feed.xml
    /focal-points/coordination/
    /focal-points/coordination/feed.xml
    /focal-points/livelihood/
    /focal-points/livelihood/feed.xml
    /focal-points/masses/
    /focal-points/masses/feed.xml
    /focal-points/practice/
    /focal-points/practice/feed.xml
    /members/
    /members/lin-xiao-man/
    /news/
    /old.html
    /old/place/
    /regions/
    /regions/bei-jie/
    /robots.txt
    /search/
    /sitemap.xml
    /stories/2025/n/
    /stories/2025/n/lin.txt
    /stories/2026/di-yi-pian/
    /stories/2026/lin/
    /stories/2026/lin/a.png
    /units/
    /units/di-yi-zhi-bu/
    ");
}

#[test]
fn every_address_ends_in_a_slash_or_a_file_name() {
    for address in small().build().addresses() {
        let last = address.rsplit('/').next().unwrap();
        assert!(last.is_empty() || last.contains('.'), "{address}");
    }
}

/// `count` news stories and a page size.
fn many(count: usize, page_size: usize) -> Campaign {
    (0..count).fold(
        Campaign::new("").settings(&format!("page_size: {page_size}")),
        |campaign, i| {
            let text = news(
                &format!("第{i}篇"),
                &format!("2026-01-{:02}", i + 1),
                "focal_points: [民生]",
                "正文",
            );
            campaign.with(&format!("content/stories/s{i}.md"), text)
        },
    )
}

#[test]
fn listings_are_paged() {
    for (count, size, pages) in [(0, 5, 1), (1, 5, 1), (5, 5, 1), (6, 5, 2), (11, 5, 3), (3, 1, 3)]
    {
        let built = many(count, size).build();
        for base in ["/news/", "/focal-points/livelihood/"] {
            let numbered =
                |n: usize| if n == 1 { base.to_string() } else { format!("{base}page/{n}/") };
            assert!(built.has(&numbered(pages)), "{count}/{size}");
            assert!(
                !built.has(&numbered(pages + 1)) && !built.has(&format!("{base}page/1/")),
                "{count}/{size}"
            );
        }
    }
}

#[test]
fn a_page_has_twenty_stories_unless_told_otherwise() {
    assert!(!many(20, 20).with("content/site.yaml", "title: 甲\n").build().has("/news/page/2/"));
    assert!(many(21, 20).with("content/site.yaml", "title: 甲\n").build().has("/news/page/2/"));
}

#[test]
fn pages_of_a_listing_share_the_stories_without_loss() {
    let built = crate::campaign::titles_only(many(11, 4)).build();
    let pages: Vec<_> =
        ["/news/", "/news/page/2/", "/news/page/3/"].map(|page| built.titles(page)).concat();
    let wanted: Vec<_> = (0..11).rev().map(|i| format!("第{i}篇")).collect();
    assert_eq!(pages, wanted);
}

#[test]
fn the_pager_leads_to_every_neighbour() {
    let pager = "{{ list.pager.number }}/{{ list.pager.total }} {{ list.pager.previous }} {{ list.pager.next }} {{ list.pager.first }} {{ list.pager.last }}";
    let built = many(11, 4).template("news.html", pager).build();
    assert_eq!(built.page("/news/"), "1/3  /news/page/2/ /news/ /news/page/3/");
    assert_eq!(built.page("/news/page/2/"), "2/3 /news/ /news/page/3/ /news/ /news/page/3/");
    assert_eq!(built.page("/news/page/3/"), "3/3 /news/page/2/  /news/ /news/page/3/");
}

#[test]
fn slugs_come_from_the_file_or_the_folder_in_pinyin() {
    for (path, address) in [
        ("x.md", "x"),
        ("2026/Hello World.md", "hello-world"),
        ("深/清渠记.md", "qing-qu-ji"),
        ("清渠记/index.md", "qing-qu-ji"),
        ("第3期：AB简报.md", "di-3-qi-ab-jian-bao"),
        ("ＡＢ１.md", "ab1"),
        ("绿水.md", "lv-shui"),
        ("index.md", "index"),
        ("☆.md", "u2606"),
    ] {
        let campaign = Campaign::new("")
            .with(&format!("content/stories/{path}"), news("甲", "2026-03-18", "", "正文"));
        assert!(
            campaign.build().has(&format!("/stories/2026/{address}/")),
            "{path}: {:?}",
            campaign.build().addresses()
        );
    }
}

#[test]
fn surnames_are_read_as_surnames() {
    for (name, slug) in [
        ("曾广和", "zeng-guang-he"),
        ("单月兰", "shan-yue-lan"),
        ("仇伯安", "qiu-bo-an"),
        ("欧阳书", "ou-yang-shu"),
        ("解放", "xie-fang"),
        ("万俟明", "mo-qi-ming"),
        ("任重", "ren-zhong"),
        ("Anna", "anna"),
        ("阿依古丽·买买提", "a-yi-gu-li-mai-mai-ti"),
    ] {
        let campaign =
            Campaign::new("").with("content/stories/x.md", member("甲", name, "乙", "民生"));
        let built = campaign.build();
        let found = built
            .addresses()
            .into_iter()
            .filter(|a| a.starts_with("/members/") && a != "/members/");
        assert_eq!(found.collect::<Vec<_>>(), [format!("/members/{slug}/")], "{name}");
    }
}

#[test]
fn members_sort_by_surname() {
    let campaign = ["周七", "曾一", "单二", "仇三", "安五", "Bob"].iter().enumerate().fold(
        Campaign::new(""),
        |c, (i, name)| {
            c.with(&format!("content/stories/s{i}.md"), member("甲", name, "乙", "民生"))
        },
    );
    let page = campaign
        .template("members.html", "{% for s in subjects.subjects %}{{ s.name }} {% endfor %}")
        .page("/members/");
    assert_eq!(page, "Bob 安五 仇三 单二 曾一 周七 ");
}

#[test]
fn namesakes_in_two_units_are_two_people_whose_addresses_stay() {
    let one =
        Campaign::new("").with("content/stories/a.md", member("甲", "王芳", "第一支部", "民生"));
    assert!(one.page("/members/wang-fang/").contains("第一支部"));
    let later = member("乙", "王芳", "安全支部", "民生").replace("2026-03-18", "2026-04-01");
    let built = one.with("content/stories/0.md", later).build();
    assert!(built.page("/members/wang-fang/").contains("第一支部"), "the older keeps its address");
    assert!(built.page("/members/wang-fang-2/").contains("安全支部"));
}

#[test]
fn two_stories_at_one_address_are_an_error() {
    let text = |date: &str| news("甲", date, "slug: same", "正文");
    let two = |a: &str, b: &str| {
        Campaign::new("")
            .with("content/stories/a.md", text(a))
            .with("content/stories/b.md", text(b))
            .codes()
    };
    assert_eq!(two("2026-03-18", "2026-03-19"), ["address-taken"]);
    assert!(two("2025-03-18", "2026-03-19").is_empty());
}

#[test]
fn a_page_cannot_stand_where_the_program_has_its_own() {
    for name in ["news", "archive", "units", "focal-points", "stories", "assets"] {
        let codes = Campaign::new("")
            .with(&format!("content/pages/{name}.md"), "---\ntitle: 甲\n---\n")
            .codes();
        let free = matches!(name, "stories" | "assets");
        assert_eq!(codes, if free { vec![] } else { vec!["address-taken"] }, "{name}");
    }
}

#[test]
fn a_static_file_cannot_take_the_place_of_a_page() {
    for path in [
        "index.html",
        "feed.xml",
        "news/index.html",
        "404.html",
        "sitemap.xml",
        "News/index.html",
        "news",
    ] {
        let codes = Campaign::new("").with(&format!("content/static/{path}"), "x").codes();
        assert_eq!(codes.first(), Some(&"address-taken"), "{path}: {codes:?}");
    }
}

#[test]
fn nothing_may_stand_where_the_search_index_is_going_to_be() {
    let named = ["k/4e00.4e01-0123456789abcdef.bin", "t/x", "d/x", "n/x", "f/x", "s/2026-03/0.txt"];
    let others = ["z-1.bin", "directory.bin", "directory.js", "search.js", "index.html", "k"];
    for name in named.iter().chain(&others) {
        for folder in ["search", "Search"] {
            let path = format!("content/static/{folder}/{name}");
            let taken = Campaign::new("").settings("search: true").with(&path, "x");
            // The letter case of a folder makes none of a file that would be in its place.
            if folder == "search" || *name != "k" {
                let prepared = taken.prepared();
                let codes: Vec<_> = prepared.diagnostics.iter().map(|d| d.code).collect();
                assert_eq!(codes, ["address-taken"], "{path}");
                assert_eq!(prepared.diagnostics[0].place.path.as_str(), path);
            }
            let free = Campaign::new("").settings("search: false").with(&path, "x");
            assert!(free.codes().is_empty(), "{path} without a search");
        }
    }
    for path in ["search/kk/x", "search/own.js", "k/x", "directory.bin"] {
        let path = format!("content/static/{path}");
        let free = Campaign::new("").settings("search: true").with(&path, "x");
        assert!(free.codes().is_empty(), "{path}");
    }
    let alias = news("甲", "2026-03-18", "aliases: [/search/k/old.html]", "正文");
    let campaign = Campaign::new("").settings("search: true").with("content/stories/x.md", alias);
    assert_eq!(campaign.codes(), ["alias-taken"]);
}

#[test]
fn the_index_stays_where_it_has_reserved_its_place() {
    for campaign in [small(), small().with_relative_links()] {
        let campaign = campaign.settings("search: true");
        let before = campaign.prepared().plan;
        for path in campaign.build().prepared.plan.keys().filter(|path| !before.contains_key(*path))
        {
            let taken = campaign.clone().with(&format!("content/static/{path}"), "x");
            assert_eq!(taken.codes(), ["address-taken"], "{path}");
        }
    }
}

#[test]
fn static_files_and_attachments_are_carried_byte_for_byte() {
    let built = small().build();
    assert_eq!(built.bytes("/files/表.pdf"), b"pdf");
    assert_eq!(built.bytes("/stories/2026/lin/a.png"), PNG);
    assert_eq!(built.bytes("/stories/2025/n/lin.txt"), b"x");
}

#[test]
fn hidden_and_private_files_are_skipped() {
    let campaign = [
        "content/stories/_draft.md",
        "content/stories/.x/a.md",
        "content/static/.DS_Store",
        "content/static/.git/HEAD",
        "content/static/Thumbs.db",
    ]
    .iter()
    .fold(Campaign::new(""), |campaign, path| campaign.with(path, "x"));
    assert!(campaign.codes().is_empty());
    assert_eq!(campaign.build().addresses(), Campaign::new("").build().addresses());
}

/// A campaign with these files in `static`.
fn with_static(files: &[&str]) -> Campaign {
    files.iter().fold(Campaign::new(""), |campaign, path| {
        campaign.with(&format!("content/static/{path}"), "x")
    })
}

#[test]
fn what_servers_look_for_at_the_root_is_taken_where_it_stands() {
    let files = [
        ".nojekyll",
        ".well-known/acme-challenge/_token-1",
        ".well-known/security.txt",
        "CNAME",
        "_headers",
        "_redirects",
    ];
    let campaign = with_static(&files);
    assert_eq!(campaign.codes(), [""; 0]);
    let built = campaign.build();
    for file in files {
        assert_eq!(built.bytes(&format!("/{file}")), b"x", "{file}");
    }
}

#[test]
fn what_is_left_out_of_static_is_said_once_a_folder() {
    let files = [
        ".htaccess",
        "_稿/一.md",
        "_稿/二.md",
        "~旧.css",
        "图/.封面.jpg",
        "图/_headers",
        "图/a.txt",
    ];
    let campaign = with_static(&files);
    assert_eq!(campaign.codes(), ["file-hidden", "file-hidden"]);
    let says = campaign.diagnostics(Lang::Zh);
    assert!(says.contains("content/static: note[file-hidden]"), "{says}");
    assert!(says.contains("不会发布：.htaccess、_稿、~旧.css\n"), "{says}");
    let mut more = campaign.build().addresses();
    more.retain(|at| !Campaign::new("").build().addresses().contains(at));
    assert_eq!(more, ["/图/a.txt"]);
}
