//! What every office site has as settings: logo, colour, banner, menu, friends, statistics, order of
//! pages; focal points one by one; special topics; what leads the home page.

use xianfeng::base::lang::Lang;

use crate::campaign::{Campaign, member, news, photograph};
use crate::html::{self, Tag};

fn site(settings: &str) -> Campaign {
    Campaign::story("", "正文").settings(settings)
}

fn tags(page: &str, name: &str) -> Vec<Tag> {
    let page = html::read(page).unwrap();
    page.tags.into_iter().filter(|tag| tag.name == name).collect()
}

/// The links of the menu on top of a page: address and words.
fn menu(page: &str) -> Vec<(String, String)> {
    let menu = page.split("<nav class=\"menu\"").nth(1).unwrap().split("</nav>").next().unwrap();
    let links = menu.split("<a href=\"").skip(1).map(|link| {
        let (url, rest) = link.split_once('"').unwrap();
        let words = rest.split_once('>').unwrap().1.split("</a>").next().unwrap();
        (url.to_string(), words.to_string())
    });
    links.collect()
}

fn names(page: &str) -> Vec<String> {
    menu(page).into_iter().map(|(_, words)| words).collect()
}

#[test]
fn a_logo_stands_on_every_page_and_becomes_the_icons() {
    let campaign = site("logo: biao.jpg").with("content/static/biao.jpg", photograph(300, 150));
    let built = campaign.build();
    let page = built.page("/news/");
    let logo = tags(&page, "img").into_iter().find(|tag| tag.get("class") == Some("logo")).unwrap();
    assert!(logo.get("src").unwrap().starts_with("/biao-300."), "{logo:?}");
    assert_eq!((logo.get("width"), logo.get("height")), (Some("300"), Some("150")));
    let link = |rel: &str| {
        let links = tags(&page, "link");
        let link = links.into_iter().find(|tag| tag.get("rel") == Some(rel)).unwrap();
        link.get("href").unwrap().split('?').next().unwrap().to_string()
    };
    assert!(!page.contains("icon.svg"), "{page}");
    for size in [180, 192, 512] {
        let icon = built.bytes(&format!("/assets/site-icon-{size}.png"));
        let side = |at: usize| u32::from_be_bytes(icon[at..at + 4].try_into().unwrap());
        assert_eq!((side(16), side(20)), (size, size));
        // Read by what we did not write.
        let header = xianfeng::picture::Header::read(&icon, "png").unwrap();
        assert!(xianfeng::picture::pixels::read(&icon, &header).is_ok());
    }
    assert_eq!(link("apple-touch-icon"), "/assets/site-icon-180.png");
    let manifest = built.page(&link("manifest"));
    let manifest: serde_json::Value = serde_json::from_str(&manifest).unwrap();
    assert_eq!(manifest["name"], "测试专栏");
    assert_eq!(manifest["icons"][1]["src"], "site-icon-512.png");
}

#[test]
fn without_a_logo_the_icons_are_the_themes() {
    let built = site("").build();
    let page = built.page("/");
    assert!(page.contains("rel=\"apple-touch-icon\" href=\"/assets/icon-180.png"), "{page}");
    assert!(built.bytes("/assets/icon-512.png").starts_with(b"\x89PNG"));
    assert!(!built.has("/assets/site-icon-180.png"));
    assert!(built.bytes("/favicon.ico").starts_with(&[0, 0, 1, 0]));
    let own = site("").with("content/static/favicon.ico", b"own").build();
    assert_eq!(own.bytes("/favicon.ico"), b"own");
}

#[test]
fn pictures_of_settings_that_are_missing_or_none_are_errors_at_their_places() {
    for (settings, place) in [
        ("logo: biao.png", "2:7 picture-dead"),
        ("banner: {picture: a.jpg, alt: 河}", "picture-dead"),
        ("横幅: a.jpg", "2:5 picture-dead"),
        ("friends: [{name: 甲, to: \"https://a.example.cn/\", logo: b.png}]", "picture-dead"),
        ("profile: gov\ngov: {institution_mark: c.png}", "picture-dead"),
        ("profile: gov\ngov:\n  error_report: {picture: d.png}", "picture-dead"),
    ] {
        let found: Vec<String> =
            site(settings).places().into_iter().filter(|at| at.contains("picture")).collect();
        assert!(found.len() == 1 && found[0].ends_with(place), "{settings}: {found:?}");
    }
    let near = site("logo: bioa.png").with("content/static/biao.png", photograph(9, 9));
    assert_eq!(near.help_of("picture-dead"), "did you mean “biao.png”?");
    let elsewhere = site("logo: https://a.example.cn/biao.png");
    let elsewhere = elsewhere.with("content/static/biao.png", photograph(9, 9));
    assert!(elsewhere.help_of("picture-dead").starts_with("put it into content/static"));
    let empty = site("logo: a.png").with("content/static/a.png", "");
    assert_eq!(empty.places(), ["2:7 picture-empty"]);
    let text = site("logo: a.txt").with("content/static/a.txt", "甲");
    assert_eq!(text.codes(), ["picture-wrong"]);
}

#[test]
fn a_banner_stands_on_top_of_every_page() {
    let campaign = site("banner: {picture: images/he.jpg, alt: 清晨的河堤}")
        .with("content/static/images/he.jpg", photograph(1200, 200));
    for address in ["/", "/news/", "/stories/2026/x/", "/404.html"] {
        let page = campaign.page(address);
        assert!(page.contains("alt=\"清晨的河堤\""), "{address}");
    }
}

#[test]
fn a_colour_of_the_site_is_checked_against_its_ground() {
    let css = site("colour: \"#14507a\"").page("/assets/focal-points.css");
    assert!(css.contains("--red: #14507a") && css.contains("prefers-color-scheme: dark"), "{css}");
    // Large print has it too, as dark as it must be there.
    let css = site("colour: \"#0a6b3b\"").page("/assets/focal-points.css");
    let large = css.split(":root:is(.elder, :has(#xf-elder:target))").nth(1).unwrap();
    assert!(large.starts_with(" { --red: #0") && !large.starts_with(" { --red: #0a6b3b"), "{css}");
    let pale = site("颜色: \"#e8b64c\"");
    assert_eq!(pale.places(), ["2:5 colour-contrast"]);
    let shown = pale.diagnostics(Lang::Zh);
    assert!(shown.contains("对比度只有 1.7") && shown.contains("4.5"), "{shown}");
    assert_eq!(site("colour: 大红").codes(), ["colour-wrong"]);
    // Without quotation marks it is a comment.
    assert_eq!(site("colour: #14507a").codes().len(), 1);
    let of_point = Campaign::new("")
        .with("content/focal-points.yaml", "- name: 治水\n  colour: \"#ffee88\"\n");
    assert_eq!(of_point.codes(), ["colour-contrast"]);
}

#[test]
fn a_style_sheet_of_the_project_is_linked_last() {
    let page = site("colour: \"#14507a\"")
        .with("content/static/custom.css", "h1{color:#000}")
        .page("/news/");
    let links = tags(&page, "link");
    let sheets: Vec<&str> = links
        .iter()
        .filter(|tag| tag.get("rel") == Some("stylesheet"))
        .filter_map(|tag| tag.get("href"))
        .collect();
    assert!(sheets.len() == 3 && sheets[2].starts_with("/custom.css?v="), "{sheets:?}");
    let other = site("").with("content/static/custom.css", "h1{color:#111}").page("/news/");
    assert!(!other.contains(sheets[2]), "its address changes with it");
    assert!(!site("").page("/news/").contains("custom.css"));
}

const ABOUT: &str = "---\ntitle: 本站介绍\n---\n文\n";

fn paged(settings: &str) -> Campaign {
    site(settings)
        .with("content/pages/about.md", ABOUT)
        .with("content/pages/zhinan/index.md", "---\ntitle: 办事指南\n---\n文\n")
        .with("content/pages/bangzhu.md", "---\ntitle: 帮助\ndraft: true\n---\n文\n")
}

#[test]
fn a_menu_has_what_the_settings_say_in_their_order() {
    let settings = "menu:\n  - {to: 活动动态, name: 最新消息}\n  - home\n  - about\n  - to: https://tv.example.cn/\n    name: 视频\n  - 办事指南\n  - 着力点\n  - /archive/2026/\n";
    let campaign = paged(settings);
    assert!(campaign.codes().is_empty(), "{}", campaign.diagnostics(Lang::En));
    let page = campaign.page("/news/");
    let wanted = [
        ("/news/", "最新消息"),
        ("/", "首页"),
        ("/about/", "本站介绍"),
        ("https://tv.example.cn/", "视频"),
        ("/zhinan/", "办事指南"),
        ("/focal-points/", "着力点"),
        ("/archive/2026/", "archive/2026/"),
    ];
    assert_eq!(menu(&page), wanted.map(|(url, name)| (url.to_string(), name.to_string())));
    let current: Vec<Tag> = tags(&page, "a")
        .into_iter()
        .filter(|tag| tag.get("aria-current") == Some("page") && tag.get("href") == Some("/news/"))
        .collect();
    assert_eq!(current.len(), 1);
    assert!(campaign.page("/about/").contains("<a href=\"/about/\" aria-current=\"page\""));
}

#[test]
fn hidden_entries_leave_the_rest_of_the_menu_as_it_is() {
    let usual = names(&paged("").page("/"));
    assert!(usual.contains(&"时间归档".to_string()));
    let hidden = paged("菜单:\n  - {链接: 时间归档, 隐藏: 是}\n");
    assert!(hidden.codes().is_empty(), "{}", hidden.diagnostics(Lang::En));
    let page = hidden.page("/");
    let wanted: Vec<String> = usual.into_iter().filter(|name| name != "时间归档").collect();
    assert_eq!(names(&page), wanted);
    let foot = page.split("<footer").nth(1).unwrap();
    assert!(!foot.contains("href=\"/archive/\""), "{foot}");
}

#[test]
fn entries_without_anything_to_show_wait() {
    let campaign = paged("menu: [home, 日历, honours, 载体, 帮助, 典型案例]");
    // Of a draft somebody may wonder; a list comes with its first entry.
    assert_eq!(campaign.places(), ["2:31 menu-waiting"]);
    assert_eq!(names(&campaign.page("/")), ["首页"]);
    assert_eq!(paged("menu: [日历, 载体]").places(), ["2:7 menu-empty"]);
}

#[test]
fn a_section_of_the_home_page_has_one_place() {
    assert_eq!(site("home: [front, 头条]").places(), ["2:15 home-section-twice"]);
    assert_eq!(site("home: [front, nwes]").places(), ["2:15 home-section-unknown"]);
    assert_eq!(site("feeds: [units, unit]").places(), ["2:16 feed-unknown"]);
}

#[test]
fn a_menu_that_names_what_is_not_there_is_an_error_at_its_place() {
    for (menu, place) in [
        ("[home, nwes]", "2:14 menu-unknown"),
        ("[{to: 活动动太, name: 甲}]", "2:13 menu-unknown"),
        ("[/shi-pin/]", "2:8 menu-unknown"),
        ("[\"ftp://a.example.cn/\"]", "2:8 menu-unknown"),
        ("[home, news, 首页]", "2:20 menu-twice"),
        ("[about, 本站介绍]", "2:15 menu-twice"),
    ] {
        let campaign = paged(&format!("menu: {menu}"));
        assert_eq!(campaign.places(), [place], "{menu}");
    }
    assert_eq!(paged("menu: [nwes]").help(), "did you mean “news”?");
}

#[test]
fn pages_stand_in_the_order_that_the_settings_give() {
    let page = |settings: &str| {
        paged(settings)
            .with("content/pages/a.md", "---\ntitle: 第一页\n---\n文\n")
            .template("footer.html", "{% for p in site.pages %}{{ p.name }} {% endfor %}")
            .template("home.html", "{{ page.footer }}")
            .page("/")
    };
    assert_eq!(page(""), "第一页 本站介绍 办事指南 ");
    assert_eq!(page("pages: [办事指南, about]"), "办事指南 本站介绍 第一页 ");
    assert_eq!(paged("pages: [guanyu]").places(), ["2:9 page-unknown"]);
    assert_eq!(paged("页面顺序: [about, 办事指南, pages/about.md]").places(), ["2:21 page-twice"]);
    // A draft has its place already.
    assert!(paged("pages: [bangzhu, about]").codes().is_empty());
}

#[test]
fn friends_stand_at_the_foot_by_group() {
    let settings = "友情链接:\n  - {名称: 上级网, 链接: \"https://up.example.cn/\", 分组: 上级单位}\n  - {名称: 无组网, 链接: \"https://none.example.cn/\"}\n  - {名称: 邻街网, 网址: \"https://next.example.cn/\", 标志: lin.jpg}\n  - {name: 市网, to: \"https://city.example.cn/\", group: 上级单位}\n";
    let campaign = site(settings).with("content/static/lin.jpg", photograph(200, 80));
    assert!(campaign.codes().is_empty(), "{}", campaign.diagnostics(Lang::En));
    let page = campaign.page("/stories/2026/x/");
    let foot = page.split("<footer class=\"colophon\"").nth(1).unwrap();
    let at = |text: &str| foot.find(text).unwrap_or_else(|| panic!("{text}: {foot}"));
    // Below the name of a group they would belong to it.
    assert!(at("https://none.example.cn/") < at("上级单位"));
    assert!(at("上级单位") < at("https://up.example.cn/"));
    assert!(at("https://up.example.cn/") < at("https://city.example.cn/"));
    assert!(at("https://next.example.cn/") < at("上级单位"));
    assert!(foot.contains("alt=\"邻街网\""), "{foot}");
    assert_eq!(site("friends: [{name: 甲, to: www.example.cn}]").codes(), ["web-address-wrong"]);
    assert_eq!(site("friends: [{name: 甲}]").codes(), ["field-missing"]);
}

#[test]
fn a_public_security_number_is_linked_by_its_digits() {
    let page = site("police: 某公网安备 33010502009999号").page("/");
    assert!(
        page.contains("https://beian.mps.gov.cn/#/query/webSearch?code=33010502009999\""),
        "{page}"
    );
    assert_eq!(site("police: 某公网安备3301050200999号").codes(), ["police-wrong"]);
    assert_eq!(site("公安备案号: 没有").codes(), ["police-wrong"]);
}

#[test]
fn two_telephones_can_both_be_called() {
    let page = site("feedback:\n  phone: [0571-88880001, 0571-88880002]").page("/feedback/");
    for number in ["tel:057188880001", "tel:057188880002"] {
        assert!(page.contains(number), "{number}: {page}");
    }
    assert!(site("反馈: {电话: 0571-88880003}").page("/feedback/").contains("tel:057188880003"));
}

#[test]
fn nothing_is_counted_unless_somebody_asks_for_it() {
    let policy = |page: &str| {
        let metas = tags(page, "meta");
        let policy =
            metas.iter().find(|tag| tag.get("http-equiv") == Some("Content-Security-Policy"));
        policy.and_then(|tag| tag.get("content")).unwrap_or_default().to_string()
    };
    let plain = site("").page("/news/");
    assert_eq!(policy(&plain), "script-src 'self'; object-src 'none'; base-uri 'self'");
    let scripts = |page: &str| -> Vec<String> {
        tags(page, "script").iter().filter_map(|tag| Some(tag.get("src")?.to_string())).collect()
    };
    assert!(scripts(&plain).iter().all(|src| src.starts_with('/')));

    let local = site("statistics: tongji.js").with("content/static/tongji.js", "1");
    let page = local.page("/news/");
    assert!(scripts(&page).contains(&"/tongji.js".to_string()));
    assert_eq!(policy(&page), policy(&plain));

    let remote = site("统计: https://count.example.cn/h.js?abc").page("/news/");
    assert!(scripts(&remote).contains(&"https://count.example.cn/h.js?abc".to_string()));
    assert!(policy(&remote).starts_with("script-src 'self' https://count.example.cn;"));

    let both = site("statistics: {script: tongji.js, host: count.example.cn}")
        .with("content/static/tongji.js", "1")
        .page("/");
    assert!(policy(&both).starts_with("script-src 'self' https://count.example.cn;"));

    // Files that are opened without a server come from nowhere.
    assert_eq!(policy(&site("").with_relative_links().page("/")), "");
}

#[test]
fn a_script_that_is_neither_file_nor_address_is_an_error() {
    assert_eq!(site("statistics: tongji.js").codes(), ["statistics-missing"]);
    for wrong in [
        "hm.example.cn",
        "http://count.example.cn/h.js",
        "\"<script src='https://a.example.cn/h.js'>\"",
        "\"https://a.example.cn; default-src */x.js\"",
        "https://a.example.cn",
    ] {
        assert_eq!(site(&format!("statistics: {wrong}")).codes(), ["statistics-wrong"], "{wrong}");
    }
    assert_eq!(site("statistics: {host: a.example.cn}").codes(), ["field-missing"]);
    assert_eq!(
        site("statistics: {script: \"https://a.example.cn/h.js\", host: \"a.cn; x\"}").codes(),
        ["host-wrong"]
    );
}

/// The focal points of a campaign, as the index has them: slug, name and short name.
fn points(list: &str) -> Vec<String> {
    let campaign = Campaign::new("").with("content/focal-points.yaml", list);
    assert!(campaign.codes().is_empty(), "{list}: {}", campaign.diagnostics(Lang::En));
    let template =
        "{% for f in focal_points %}{{ f.slug }} {{ f.name }} {{ f.short_name }}\n{% endfor %}";
    let page = campaign.template("focal_points.html", template).page("/focal-points/");
    page.lines().map(str::to_string).collect()
}

#[test]
fn focal_points_are_known_by_their_names_alone() {
    let six = ["民生", "围绕中心", "找准载体", "实践特色", "发动群众", "搞好统筹协调"];
    let list: String = six.iter().map(|name| format!("- {name}\n")).collect();
    let found = points(&list);
    assert_eq!(found.len(), 6);
    assert_eq!(found[0], "livelihood 民生 民生");
    assert_eq!(found[1], "center 围绕中心 围绕中心");
    assert_eq!(found[5], "coordination 搞好统筹协调 统筹协调");
    // Stories that call them by their old names are right as before.
    let campaign = Campaign::story("focal_points: [踏踏实实抓好民生]", "文")
        .with("content/focal-points.yaml", list);
    assert!(campaign.codes().is_empty(), "{:?}", campaign.codes());
    assert!(campaign.page("/focal-points/livelihood/").contains("标题甲"));
    assert!(campaign.page("/focal-points/center/").contains("拧成一股绳"));
}

#[test]
fn one_focal_point_is_renamed_without_the_others() {
    let found = points("- slug: carrier\n  name: 活用阵地\n");
    assert_eq!(found.len(), 6);
    assert_eq!(found[0], "carrier 活用阵地 活用阵地");
    assert_eq!(found[1], "center 紧紧围绕中心 围绕中心");
    let story = Campaign::story("focal_points: [找准载体]", "文")
        .with("content/focal-points.yaml", "- slug: carrier\n  name: 活用阵地\n");
    assert!(story.codes().is_empty(), "the old name is an alias: {:?}", story.codes());
}

#[test]
fn one_focal_point_is_hidden_without_the_others() {
    let found = points("- 名称: 统筹协调\n  隐藏: 是\n");
    assert_eq!(found.len(), 5);
    assert!(!found.iter().any(|point| point.starts_with("coordination")), "{found:?}");
    let built = Campaign::new("")
        .with("content/focal-points.yaml", "- name: 统筹协调\n  hidden: true\n")
        .build();
    assert!(!built.has("/focal-points/coordination/") && !built.page("/").contains("coordination"));
    // A story that names it is told where it was hidden.
    let story = Campaign::story("focal_points: [统筹协调]", "文")
        .with("content/focal-points.yaml", "- name: 统筹协调\n  hidden: true\n");
    assert!(story.help_of("focal-point-unknown").contains("content/focal-points.yaml"));
    let all = "center carrier practice masses coordination livelihood".split(' ');
    let list: String =
        all.map(|slug| format!("- {{slug: {slug}, name: {slug}, hidden: true}}\n")).collect();
    let none = Campaign::new("").with("content/focal-points.yaml", list);
    assert_eq!(none.codes(), ["focal-points-hidden"]);
}

#[test]
fn a_list_that_leaves_focal_points_out_says_so() {
    let of = |list: &str| Campaign::new("").with("content/focal-points.yaml", list).places();
    assert_eq!(of("- {name: 抓好民生, colour: \"#7a4b00\"}\n"), ["focal-points-fewer"]);
    assert!(of("- 抓好民生\n- 发动群众\n").is_empty(), "nobody meant to change one");
    assert!(of("- {name: 治水, colour: \"#7a4b00\"}\n").is_empty());
}

#[test]
fn what_leads_the_home_page_is_not_what_is_pinned() {
    let campaign = Campaign::new("")
        .with("content/stories/a.md", news("置顶的通知", "2026-01-01", "pinned: true", "文"))
        .with("content/stories/b.md", news("今天的头条", "2026-01-02", "头条: 是", "文"))
        .with("content/stories/c.md", news("最近的一篇", "2026-01-03", "", "文"))
        .template("home.html", "{% for s in home.featured %}{{ s.title }} {% endfor %}")
        .template("news.html", "{{ list.items }}")
        .template("item.html", "{{ story.title }} ");
    assert_eq!(campaign.page("/"), "今天的头条 ");
    assert_eq!(campaign.page("/news/"), "置顶的通知 最近的一篇 今天的头条 ");
}

const TOPICS: &str = "- name: 夏日防汛\n  slug: fangxun\n  aliases: [防汛]\n  description: 守堤的人和事。\n  cover: series/di.jpg\n  cover_alt: 夜里的河堤\n  pinned: true\n- 名称: 清渠行动\n";

#[test]
fn a_special_topic_collects_the_stories_that_name_it() {
    let campaign = Campaign::new("")
        .with("content/series.yaml", TOPICS)
        .with("content/static/series/di.jpg", photograph(640, 360))
        .with("content/stories/a.md", news("守夜", "2026-03-01", "series: 防汛", "文"))
        .with("content/stories/b.md", news("开渠", "2026-03-02", "专题: 清渠行动", "文"))
        .with("content/stories/c.md", news("别的", "2026-03-03", "", "文"));
    assert!(campaign.codes().is_empty(), "{}", campaign.diagnostics(Lang::En));
    let built = campaign.build();
    let index = built.page("/series/");
    assert!(
        index.contains("href=\"/series/fangxun/\"") && index.contains("/series/qing-qu-xing-dong/")
    );
    let page = built.page("/series/fangxun/");
    assert!(page.contains("守夜") && !page.contains("开渠") && page.contains("alt=\"夜里的河堤\""));
    // The home page shows those that are pinned; the story, its topic; the menu, the index.
    let home = built.page("/");
    assert!(home.contains("id=\"xf-series\"") && home.contains("守堤的人和事"), "{home}");
    let band = home.split("id=\"xf-series\"").nth(1).unwrap().split("</section>").next().unwrap();
    assert!(!band.contains("清渠行动"), "{band}");
    assert!(
        built
            .page("/stories/2026/b/")
            .contains("<a href=\"/series/qing-qu-xing-dong/\">清渠行动</a>")
    );
    assert!(names(&home).contains(&"专题".to_string()));
    let empty = campaign.with("content/stories/a.md", news("守夜", "2026-03-01", "", "文")).build();
    assert!(!empty.page("/").contains("xf-series"), "a topic without stories is no news");
    assert!(!empty.page("/series/").contains("/series/fangxun/"));
}

#[test]
fn mistakes_in_special_topics_are_told_at_their_places() {
    let named = |front: &str| {
        Campaign::story(front, "文")
            .with("content/series.yaml", TOPICS)
            .with("content/static/series/di.jpg", photograph(640, 360))
    };
    named("series: 清渠行劲").errs("series-unknown", "清渠行劲");
    assert_eq!(named("").with("content/static/series/di.jpg", "x").codes().len(), 1);
    let lost = Campaign::new("").with("content/series.yaml", TOPICS);
    assert_eq!(lost.codes(), ["picture-dead"]);
    let bare = Campaign::new("").with("content/series.yaml", "- name: 甲\n  cover: a.svg\n");
    assert!(bare.codes().contains(&"cover-alt-missing"), "{:?}", bare.codes());
    // Without a list a topic is what stories name.
    assert!(Campaign::story("series: 秋收", "文").build().has("/series/qiu-shou/"));
}

#[test]
fn units_and_members_have_feeds_if_somebody_asks_for_them() {
    let of = |settings: &str| {
        Campaign::new("")
            .settings(settings)
            .with("content/stories/a.md", member("甲", "林小满", "北街支部", "民生"))
    };
    assert!(!of("").build().has("/units/bei-jie-zhi-bu/feed.xml"));
    let built = of("feeds: [units, 党员]").build();
    for address in ["/units/bei-jie-zhi-bu/", "/members/lin-xiao-man/"] {
        let feed = built.page(&format!("{address}feed.xml"));
        assert!(feed.contains("<title>甲</title>"), "{feed}");
        html::read_xml(&feed).unwrap();
        let page = built.page(address);
        assert!(page.contains(&format!("href=\"{address}feed.xml\"")), "{page}");
    }
    assert_eq!(of("feeds: [小组]").codes(), ["feed-unknown"]);
}
