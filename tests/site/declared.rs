//! What the site declares and the theme is given: pages with a template and stories of their own, the
//! order of the home page, other items for other lists.

use xianfeng::base::lang::Lang;

use crate::campaign::{Campaign, branch, news};

const LIST: &str = "{{ content.list.count }}/{{ content.list.total }}:{{ content.list.items }}";

/// Three news and a story of a branch; lists show titles alone.
fn campaign() -> Campaign {
    Campaign::new("")
        .with("content/stories/a.md", news("渡口", "2026-01-01", "keywords: [夜校, 河湾]", "字"))
        .with(
            "content/stories/b.md",
            news("灯塔", "2026-01-02", "keywords: [夜 校]\nseries: 汛期", "字"),
        )
        .with("content/stories/c.md", news("码头", "2026-01-03", "unit: 河湾社区", "字"))
        .with(
            "content/stories/d.md",
            branch("船队", "河湾社区", "民生").replace("2026-03-18", "2026-01-04"),
        )
        .template("item.html", "[{{ story.title }}]")
}

fn page(front: &str) -> Campaign {
    campaign().with("content/pages/zhuan.md", format!("---\ntitle: 专辑\n{front}\n---\n正文。\n"))
}

#[test]
fn a_page_lists_the_stories_that_it_asks_for() {
    for (asked, shown) in [
        ("{keyword: 夜校}", "2/2:[灯塔][渡口]"),
        ("{keyword: 夜校, limit: 1}", "1/2:[灯塔]"),
        ("{关键词: 夜校, 专题: 汛期}", "1/1:[灯塔]"),
        ("{unit: 河湾社区}", "2/2:[船队][码头]"),
        ("{focal_point: livelihood}", "1/1:[船队]"),
        ("{focal_point: 民生, unit: 河湾社区}", "1/1:[船队]"),
        ("{limit: 3}", "3/4:[船队][码头][灯塔]"),
    ] {
        let page = page(&format!("stories: {asked}\ntemplate: ce.html")).template("ce.html", LIST);
        assert!(page.codes().is_empty(), "{asked}: {:?}", page.codes());
        assert_eq!(page.page("/zhuan/"), shown, "{asked}");
    }
    // The built-in template shows them below the text.
    let whole = page("stories: {keyword: 夜校}").page("/zhuan/");
    assert!(whole.contains("正文。") && whole.contains("[灯塔][渡口]"), "{whole}");
    let none = page("").template("page.html", "{% if content.list %}有{% else %}无{% endif %}");
    assert_eq!(none.page("/zhuan/"), "无");
}

#[test]
fn what_a_page_asks_for_in_vain_is_said() {
    let codes = |front: &str| page(front).places();
    assert_eq!(codes("stories: {focal_point: 明生}"), ["3:24 focal-point-unknown"]);
    assert_eq!(codes("stories: {keyword: 夜效}"), ["3:10 page-stories-none"]);
    assert_eq!(page("stories: {keyword: 河弯}").help(), "did you mean “河湾”?");
    assert_eq!(codes("stories: {keyword: 夜校, limit: 0}"), ["3:31 number-wrong"]);
    assert_eq!(codes("stories: {keywords: 夜校}"), ["3:11 key-unknown"]);
    assert_eq!(codes("template: cee"), ["3:11 template-missing"]);
    assert_eq!(
        page("template: mpa").template("map.html", "x").help_of("template-missing"),
        "did you mean “map.html”?"
    );
    let listed = page("stories: {unit: 河弯社区}").with("content/units.yaml", "- 河湾社区\n");
    assert_eq!(listed.codes(), ["unit-unknown"]);
    let story = Campaign::story("template: ce", "字");
    assert_eq!(story.codes(), ["key-unused"]);
    assert!(story.diagnostics(Lang::Zh).contains("只在单独的页面里有用"));
}

#[test]
fn a_template_that_only_a_page_names_is_used() {
    let named =
        page("template: 地图").template("地图.html", "<p>{{ content.body }}{{ page.kind }}</p>");
    assert!(named.codes().is_empty(), "{:?}", named.codes());
    let html = named.page("/zhuan/");
    assert!(html.contains("正文。") && html.ends_with("page</p>"), "{html}");
    let unnamed = page("").template("地图.html", "x");
    assert_eq!(unnamed.codes(), ["theme-file-unused"]);
}

#[test]
fn the_home_page_has_the_sections_that_the_site_names() {
    let order = |lines: &str| {
        let page = campaign().settings(lines).page("/");
        let main = page.split_once("<main").unwrap().1.to_string();
        let ids = ["xf-featured", "xf-news", "xf-focal-points", "xf-latest", "xf-branches"];
        let mut found: Vec<(usize, &str)> = ids
            .into_iter()
            .filter_map(|id| Some((main.find(&format!("aria-labelledby=\"{id}\""))?, id)))
            .collect();
        found.sort_unstable();
        found.into_iter().map(|(_, id)| id).collect::<Vec<_>>()
    };
    assert_eq!(
        order("home: [branches, latest]"),
        ["xf-latest", "xf-branches"].iter().rev().copied().collect::<Vec<_>>()
    );
    assert_eq!(order("首页: [最新, 支部]"), ["xf-latest", "xf-branches"]);
    assert_eq!(order("home: [news, front]"), ["xf-news", "xf-featured"]);
    // What is not shown takes no story from what is.
    let latest = campaign().settings("home: [latest]").page("/");
    assert!(latest.contains("[船队][码头][灯塔][渡口]"), "{latest}");
    assert_eq!(campaign().settings("home: [lastest]").codes(), ["home-section-unknown"]);
    assert_eq!(campaign().settings("home: [lastest]").help(), "did you mean “latest”?");
}

#[test]
fn lists_of_one_place_have_items_of_their_own() {
    let theme = "items:\n  related: short.html\n  page: short.html\n";
    let campaign = page("stories: {unit: 河湾社区}")
        .with("themes/overrides/theme.yaml", theme)
        .with("themes/overrides/templates/short.html", "<{{ story.title }}>");
    assert!(campaign.codes().is_empty(), "{:?}", campaign.codes());
    assert!(campaign.page("/zhuan/").contains("<船队><码头>"));
    assert!(campaign.page("/news/").contains("[码头]"));
    assert!(campaign.page("/stories/2026/d/").contains("<码头>"));
    let wrong = |line: &str| {
        campaign.clone().with("themes/overrides/theme.yaml", format!("items:\n  {line}\n")).places()
    };
    assert!(wrong("relatde: short.html").contains(&"2:3 item-place-unknown".to_string()));
    assert!(wrong("related: shrt.html").contains(&"2:12 template-missing".to_string()));
}

#[test]
fn dates_have_their_parts_and_the_words_of_the_site() {
    let at = |words: &str| {
        Campaign::story("", "字")
            .with("themes/overrides/strings/zh-CN.yaml", words)
            .template("story.html", "{{ story.date.text }}|{{ story.date.short }}|{{ story.date.year }}-{{ story.date.mm }}-{{ story.date.dd }} {{ story.date.month }} {{ story.date.day }} {{ story.date.weekday }}")
    };
    assert_eq!(at("").page("/stories/2026/x/"), "2026年3月18日|03-18|2026-03-18 3 18 3");
    let own = at("date: \"{y}.{mm}.{dd} {weekday}\"\ndate_short: \"{m}/{d}\"\n");
    assert!(own.codes().is_empty(), "{:?}", own.codes());
    assert!(own.page("/stories/2026/x/").starts_with("2026.03.18 周三|3/18|"));
    assert_eq!(at("date: \"{yyyy}\"\n").codes(), ["theme-word-braces"]);
}

#[test]
fn values_for_scripts_can_end_none() {
    let campaign = Campaign::story("extra: {note: \"</script><b>\\\"\\\\\"}", "字").template(
        "story.html",
        "<script type=\"application/json\">{{ story.extra | json }}</script>",
    );
    assert_eq!(
        campaign.page("/stories/2026/x/"),
        "<script type=\"application/json\">{\"note\":\"\\u003c/script\\u003e\\u003cb\\u003e\\u0022\\\\\"}</script>"
    );
    let whole = "<script type=\"application/json\">{{ story | json }}</script>";
    let body = Campaign::story("", "字").template("story.html", whole);
    assert_eq!(body.codes(), ["template-failed"]);
}

#[test]
fn items_and_profiles_have_what_themes_asked_for() {
    let front = "author: 丁一\nkeywords: [夜校]\nextra: {奖项: 金}";
    let item = Campaign::story(front, "字").template(
        "item.html",
        "{{ story.author | join(sep=\",\") }} {{ story.keywords | first }} {{ story.slug }} {{ story.extra[\"奖项\"] }}",
    );
    assert!(item.page("/news/").contains("丁一 夜校 x 金"));
    let profile = Campaign::new("")
        .with("content/units.yaml", "- 镇党委\n- {name: 村党总支, parent: 镇党委}\n- {name: 一支部, parent: 村党总支}\n")
        .with("content/stories/a.md", branch("甲", "一支部", "民生").replace("unit:", "region: 东渡\ncarriers: [早茶会]\nunit:"))
        .template("branch.html", "{% for unit in branch.above %}{{ unit.name }} {% endfor %}{{ branch.region_page.name }} {{ branch.carriers[0].name }} {{ branch.focal_points[0].slug }}");
    assert_eq!(profile.page("/branches/yi-zhi-bu/"), "村党总支 镇党委 东渡 早茶会 livelihood");
    let home = Campaign::story("", "字").template(
        "home.html",
        "{% for one in home.sections %}{{ one.name }} {{ one.count }};{% endfor %}",
    );
    assert!(home.page("/").contains("活动动态 1;"), "{}", home.page("/"));
}
