//! Typical cases: stories of kind `case`.

use xianfeng::base::lang::Lang;

use crate::campaign::{Campaign, drawn, news, titles_only};

fn case(title: &str, date: &str, body: &str) -> String {
    format!(
        "---\n标题: {title}\n日期: {date}\n类型: 案例\n单位: 河岸社区党支部\n着力点: [抓好民生]\n---\n{body}\n"
    )
}

const WHOLE: &str = "## 背景\n\n路黑。\n\n## 主要做法\n\n装灯。\n\n## 取得的成效\n\n路亮。\n\n## 几点启示\n\n要问人。";

fn campaign() -> Campaign {
    Campaign::new("")
        .with("content/stories/a.md", case("一条路的灯", "2026-03-01", WHOLE))
        .with("content/stories/b.md", case("一口井的水", "2026-03-02", WHOLE))
        .with("content/stories/c.md", news("动员会", "2026-03-03", "", "开会。"))
}

#[test]
fn cases_have_a_list_of_their_own() {
    let built = campaign().build();
    assert_eq!(built.codes(), [""; 0]);
    let listed = titles_only(campaign()).build();
    assert_eq!(listed.titles("/cases/"), ["一口井的水", "一条路的灯"]);
    assert_eq!(listed.titles("/news/"), ["动员会"]);
    // A case is about the focal point and the unit that it names, and about no model branch.
    assert_eq!(listed.titles("/focal-points/livelihood/").len(), 2);
    assert!(!built.has("/branches/"));
    let story = built.page("/stories/2026/a/");
    assert!(story.contains("class=\"kind kind-case\" href=\"/cases/\""), "{story}");
    assert!(built.page("/").contains(">典型案例</a>"));
    assert!(String::from_utf8(built.bytes("/sitemap.xml")).unwrap().contains("/cases/"));
}

#[test]
fn without_a_case_there_is_no_word_of_them() {
    let built =
        Campaign::new("").with("content/stories/c.md", news("会", "2026-03-03", "", "开会。"));
    let built = built.build();
    assert!(!built.has("/cases/") && built.has("/news/"));
    assert!(!built.page("/").contains("典型案例"));
}

#[test]
fn a_case_needs_what_accounts_need() {
    let text = "---\ntitle: 甲\ndate: 2026-03-01\nkind: case\n---\n正文。\n";
    let campaign = Campaign::new("").with("content/stories/a.md", text);
    assert_eq!(campaign.codes(), ["field-missing", "field-missing"]);
    assert!(campaign.diagnostics(Lang::Zh).contains("案例稿件缺少"));
}

fn parts_missing(body: &str) -> Option<String> {
    let campaign = Campaign::new("").with("content/stories/a.md", case("灯", "2026-03-01", body));
    let prepared = campaign.prepared();
    let more = xianfeng::check::more(&prepared.site, &prepared.plan);
    let found = more.iter().find(|diagnostic| diagnostic.code == "case-parts-missing");
    found.map(|found| drawn([found], Lang::Zh).lines().next().unwrap().to_string())
}

#[test]
fn parts_that_a_case_lacks_are_named() {
    for whole in [
        WHOLE,
        "## 缘起\n\n甲。\n\n## 怎么做的\n\n乙。\n\n## 变化\n\n丙。\n\n## 经验与思考\n\n丁。",
        // As it comes from Word.
        "**一、基本情况**\n\n甲。\n\n**二、具体举措**\n\n乙。\n\n三、工作成效\n\n丙。\n\n（四）体会\n\n丁。",
    ] {
        assert_eq!(parts_missing(whole), None);
    }
    let told =
        parts_missing("## 背景\n\n路黑，大家想了很多做法，成效明显，也有启示，都写在这一段里。")
            .unwrap();
    assert!(told.ends_with("这篇典型案例里没有看到：做法、成效、启示"), "{told}");
}
